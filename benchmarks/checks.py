"""What each check costs: ``python benchmarks/checks.py``. Milliseconds of processor time, best of several.

Each example of a check is run on ten years of daily rows to the end of the data; where it needs more, on twenty-five;
where it speaks of earlier days, on all there are. Series that no source has are simulated, from a seed. ``--data
FOLDER`` (repeatable) adds sources, ``--check NAME`` (repeatable) picks checks. Of each check the dearest example is
shown: the check alone, and the whole trial with its variants. What was computed before is forgotten between rounds.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line sets it

import numpy as np

from analyzer.checks import CHECKS, run_trial
from analyzer.checks.base import Check
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import MarketView, open_market
from analyzer.model import Trial
from analyzer.series import Data, Series, SeriesRequest
from analyzer.stats import explosive_null, lppls_confidence

YEARS, MORE_YEARS = timedelta(days=3653), timedelta(days=9132)
ROUNDS = 5
MOST_MS, MEDIAN_MS = 50.0, 5.0
DRAWN = ("explosive_root", "lppls_confidence", "historical_analogue")
"""Checks that stand on thousands of simulated paths: of these one round is enough."""
MORE = {"policy_effect": {"controls": tuple(f"CONTROL{i}" for i in range(24))}}
"""Parameters that an example in the catalogue leaves too short for a test."""


@dataclass(frozen=True)
class Cost:
    check: str
    alone: float
    trial: float
    rows: int
    outcome: str


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--data", type=Path, action="append", default=[])
    asked.add_argument("--check", action="append", choices=sorted(CHECKS), default=[])
    given = asked.parse_args()
    gc.set_threshold(50_000, 20, 100)  # as the command line sets it
    seen = open_market(tuple(given.data), load_catalogue()).open(None)
    print(f"{'check':22} {'alone ms':>9} {'with variants':>14} {'rows':>7}  outcome")
    costs = []
    for name in given.check or CHECKS:
        cost = max((_cost(CHECKS[name], example.params, seen) for example in CHECKS[name].examples), key=_alone)
        mark = "  over 50 ms" if cost.alone > MOST_MS and name not in DRAWN else ""
        print(f"{cost.check:22} {cost.alone:9.2f} {cost.trial:14.2f} {cost.rows:7}  {cost.outcome}{mark}", flush=True)
        costs.append(cost)
    plain = [cost.alone for cost in costs if cost.check not in DRAWN]
    if plain:
        print(f"\nwithout {', '.join(DRAWN)}: median {statistics.median(plain):.2f} ms, most {max(plain):.2f} ms")


def _alone(cost: Cost) -> float:
    return cost.alone


def _cost(check: Check, params: dict[str, Any], seen: MarketView) -> Cost:
    typed = check.parse({**params, **MORE.get(check.name, {})})
    whole = _box(seen, check.needs(typed))
    for years in (YEARS, MORE_YEARS, whole.as_of - date.min):
        data = replace(whole, series={r: s.between(whole.as_of - years, None) for r, s in whole.series.items()})
        if check.run(typed, data).outcome != "no_data":
            break
    trial = Trial(id="t", claim="c", check=check.name, params=typed.model_dump(mode="json"))
    rounds = 1 if check.name in DRAWN else ROUNDS
    alone, finding = _best(lambda: check.run(typed, _fresh(data)), rounds)
    in_all, _ = _best(lambda: run_trial(check, trial, _fresh(data)), rounds)
    rows = max((len(s) for s in data.series.values()), default=0)
    return Cost(check.name, 1e3 * alone, 1e3 * in_all, rows, finding.outcome)


def _best(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Seconds of processor time, the smallest of the rounds after a first one, and what was found."""
    took, found = [], work()
    for _ in range(rounds):
        _forget()
        begun = time.process_time()
        found = work()
        took.append(time.process_time() - begun)
    return min(took), found


def _forget() -> None:
    """Throw away what checks and their statistics keep of what they computed."""
    for one in (explosive_null._KEPT, lppls_confidence._KEPT):
        one._kept.clear()
    for name, module in list(sys.modules.items()):
        if name.startswith(("analyzer.stats", "analyzer.checks")):
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", lambda: None)()


def _fresh(data: Data) -> Data:
    """The same box with series that have computed nothing yet."""
    return replace(data, series={request: replace(series) for request, series in data.series.items()})


# --- the data --------------------------------------------------------------------------------------------------------


def _box(seen: MarketView, requests: tuple[SeriesRequest, ...]) -> Data:
    data = seen.data(requests, symbols_for_shares=sorted({r.symbol for r in requests}))
    there = {r.symbol for r in data.series}
    lacking = [r for r in requests if r.symbol not in there]
    return replace(data, series={**data.series, **{r: _simulated(r, data.as_of) for r in lacking}})


def _simulated(request: SeriesRequest, last: date) -> Series:
    """Ten years of weekdays: a random walk that gains 7 % and moves by 16 % a year; of volumes, numbers about 10^7."""
    days = np.arange(np.datetime64(last - YEARS), np.datetime64(last) + 1)
    days = days[np.is_busday(days)]
    draw = np.random.default_rng(zlib.crc32(repr(request).encode()))
    steps = draw.normal(0.07 / 252, 0.16 / np.sqrt(252), len(days))
    values = 1e7 * np.exp(20.0 * steps) if request.field == "volume" else 100.0 * np.exp(np.cumsum(steps))
    return Series(request.symbol, request.field, request.basis, days, values, days, source="simulated")


if __name__ == "__main__":
    main()
