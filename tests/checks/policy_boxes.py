"""Boxes for the cases of policies: controls that walk at random, and two sides that are mixtures of them.

``controls``: how many; ``sender`` and ``target``: what is added to the log price of each from the policy on (null: no
prices of it); ``walk``: the daily deviation of a walk of the target's own, so that no mixture fits it; ``first``: the
first day of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from analyzer.series import Data, InstrumentFacts, Series, SeriesRequest, day

FIRST, START = date(2020, 9, 28), date(2022, 10, 7)


def box(spec: Mapping[str, Any], as_of: date) -> Data:
    """Days from two years before the policy to the as-of date; prices of the policy's day show it already."""
    first = day(spec.get("first", FIRST))
    days = np.arange(first, day(as_of) + 1)
    days = days[np.is_busday(days)]
    rng = np.random.default_rng(spec.get("seed", 27))
    common = np.cumsum(rng.normal(0.0003, 0.008, 3000))
    controls = [np.cumsum(rng.normal(0.0, 0.012, 3000)) + common for _ in range(40)]
    own = np.cumsum(rng.normal(0.0, spec.get("walk", 0.0), 3000))
    after = np.zeros(len(days))
    after[days >= day(START)] = 1.0
    n = len(days)
    values = {f"C{i}": controls[i][:n] for i in range(spec["controls"])}
    if spec.get("sender") is not None:
        values["S"] = (controls[0] + controls[1])[:n] / 2 + spec["sender"] * after
    if spec.get("target") is not None:
        values["T"] = (controls[2] + controls[3])[:n] / 2 + own[:n] + spec["target"] * after
    rng = np.random.default_rng(5)
    series = {}
    for symbol, logs in values.items():
        noise = rng.normal(0.0, 0.002, n)
        request = SeriesRequest(symbol)
        series[request] = Series(
            symbol, "close", "split_adjusted", days, 100.0 * np.exp(logs + noise), days, "USD", "made for the test"
        )
    named = {"S": "Senders", "T": "Targets"}
    facts = {s: InstrumentFacts(s, named.get(s, s), "equity") for s in values}
    return Data(as_of=as_of, series=series, instruments=facts)
