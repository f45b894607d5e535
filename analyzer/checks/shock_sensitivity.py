"""Sensitivity to a shock: how a series moves when interest rates, oil or the dollar do.

What the claim says
-------------------
One thing hurts or helps another as a rule: "rate hikes hurt tech", "higher oil prices weigh on airlines", "ein starker
Dollar drückt auf den Goldpreis". The null is that the series does not move with the shock.

Formula
-------
``y_t = a + b s_t + e_t``. For decisions of the central bank t are its days of announcement and s is the change of the
two-year yield on the day, which holds what was not expected (after Kuttner 2001; Bernanke and Kuttner 2005); else
t are all days of up to 20 years and s is the move of the driver. y is the return, over that of a benchmark where one is
given. Errors by White (1980) on announcements, by Newey and West (1987) on days in a row. Rises and falls of s are also
fitted apart. Over several days by local projections (Jordà 2005).

Rule
----
b has the claimed sign at 5 %: supported; the other sign: refuted; else inconclusive, with the size that would have been
seen.

When it is not testable
-----------------------
Fewer than 40 announcements, or 500 days: no_data.

What it cannot show
-------------------
That the one made the other move: both answer to the same news, and a rate decision also tells what the bank thinks of
the economy. What was expected before the day has no surprise left, so that an announced hike moves nothing. There are
eight meetings a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    missing_series,
    no_data,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, Window
from analyzer.stats.aligned import Moves, chart_line, is_yield, moves, requests, series_of
from analyzer.stats.regression import Estimate
from analyzer.stats.sensitivity import Sensitivity, cumulated, sensitivity
from analyzer.stats.tails import normal_quantile, p_words

ALPHA = 0.05
FEWEST = {"announcements": 40, "all": 500}
YEARS = timedelta(days=7305)
KIND = "FOMC"
DECISION = "decision"
"""What the title of an event says of a meeting whose outcome is known."""
STEP = {True: (0.25, "+0.25 points"), False: (0.01, "+1 %")}
"""Of a yield and of a price: the move of the driver that the effect is printed for."""


class ShockSensitivityParams(Params):
    """``symbol`` is said to be hurt (``effect`` "down") or helped when ``driver`` moves by ``shock``.

    ``days``: those of announcement of the US central bank, or all. ``benchmark``: the return is that over it.
    ``horizon``: days over which the effect is summed, with the day itself. ``turned``: symbols whose moves count with
    the other sign.
    """

    symbol: str
    driver: str
    shock: Literal["up", "down"] = "up"
    effect: Literal["up", "down"] = "down"
    days: Literal["announcements", "all"] = "all"
    benchmark: str | None = None
    horizon: int = Field(default=1, ge=1, le=60)
    last: date | None = None
    turned: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _different_series(self) -> ShockSensitivityParams:
        if self.symbol in (self.driver, self.benchmark) or self.driver == self.benchmark:
            raise ValueError("symbol, driver and benchmark must be different series")
        return self

    @property
    def sign(self) -> int:
        """Of b as it is claimed."""
        return 1 if self.shock == self.effect else -1

    @property
    def symbols(self) -> tuple[str, ...]:
        return (self.symbol, self.driver, *([self.benchmark] if self.benchmark else []))


def needs(params: ShockSensitivityParams) -> tuple[SeriesRequest, ...]:
    return requests(*params.symbols)


@dataclass(frozen=True)
class _Sample:
    """``y`` and ``shock`` (n,) on ``dates``."""

    dates: np.ndarray
    y: np.ndarray
    shock: np.ndarray


def run(params: ShockSensitivityParams, data: Data) -> Finding:
    found = [series_of(data, s) for s in params.symbols]
    used = [s for s in found if s is not None]
    if len(used) < len(found):
        return missing_series(data, *(n for n, s in zip(params.symbols, found, strict=True) if s is None))
    sample = _sample(params, data, used)
    if len(sample.y) < FEWEST[params.days]:
        what = "announcements of the central bank" if params.days == "announcements" else "common days"
        names = " and ".join(data.name(s) for s in params.symbols)
        why = f"{names} have {len(sample.y)} of the {FEWEST[params.days]} {what} that a regression needs."
        return no_data(f"{why} Try: --data FOLDER with further dates.", reason="span", used=used)
    if not np.ptp(sample.shock) > 0:
        return no_data(f"{data.name(params.driver)} did not move.", used=used)
    fit = sensitivity(sample.y, sample.shock, params.horizon, daily=params.days == "all")
    outcome, reason = _judged(params, fit.slope)
    step = STEP[is_yield(data, params.driver)][0]
    first, last = (sample.dates[i].astype("datetime64[D]").item() for i in (0, -1))
    unit = "percentage_points" if is_yield(data, params.symbol) else "fraction"
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("slope", fit.slope.value),
        observed=observed(fit.slope.value * step, unit), window=Window(first=first, last=last),
        pvalue=fit.slope.pvalue, nobs=_effective(params, fit.nobs), used=tuple(used),
        null_hypothesis="The series does not move with the shock: the slope is zero.",
        summary=_sentence(params, data, fit, first, last) + _verdict(params, data, fit.slope, reason),
        caveats=_caveats(params, data), chart=_chart(params, data, sample),
    )  # fmt: skip


def _sample(params: ShockSensitivityParams, data: Data, used: list[Series]) -> _Sample:
    yields = [s.symbol for s in used if is_yield(data, s.symbol)]
    found = moves(used, "day", yields, params.turned, params.last)
    own = found.values[:, 0] - (found.values[:, 2] if params.benchmark else 0.0)
    y, shock = cumulated(own, params.horizon), found.values[:, 1]
    keep = np.isfinite(y) & _days(params, data, found)
    return _Sample(found.dates[keep], y[keep], shock[keep])


def _days(params: ShockSensitivityParams, data: Data, found: Moves) -> np.ndarray:
    """(n,) bool: the announcements, or the last 20 years."""
    if params.days == "all":
        return found.dates > np.datetime64(found.last - YEARS) if found.last else np.zeros(0, dtype=bool)
    announced = [e.date for e in data.events if e.kind == KIND and DECISION in e.title]
    return np.isin(found.dates, np.array(announced, dtype="datetime64[D]"))


def _effective(params: ShockSensitivityParams, count: int) -> int:
    """Sums over several days in a row overlap: of h days every h-th is new."""
    return count // params.horizon if params.days == "all" else count


def _judged(params: ShockSensitivityParams, slope: Estimate) -> tuple[Label, str]:
    if slope.pvalue >= ALPHA:
        return "inconclusive", "not_significant"
    return ("supported", "significant") if slope.value * params.sign > 0 else ("refuted", "wrong_sign")


# --- words -------------------------------------------------------------------------------------------------------


def _sentence(params: ShockSensitivityParams, data: Data, fit: Sensitivity, first: date, last: date) -> str:
    over = f" over {data.name(params.benchmark)}" if params.benchmark else ""
    where = f"{fit.nobs} announcements" if params.days == "announcements" else f"{fit.nobs:,} days"
    within = f" within {params.horizon} days" if params.horizon > 1 else ""
    text = (
        f"{_name(params, data, params.symbol)}{over} for {STEP[is_yield(data, params.driver)][1]} of "
        f"{_name(params, data, params.driver)}{within}: {_effect(params, data, fit.slope)} "
        f"({p_words(fit.slope.pvalue)}) over {where} from {first} to {last}"
    )
    if fit.rises is not None and fit.falls is not None:
        text += f"; where it rose {_effect(params, data, fit.rises)}, where it fell {_effect(params, data, fit.falls)}"
    return f"{text}."


def _name(params: ShockSensitivityParams, data: Data, symbol: str) -> str:
    return data.name(symbol) + (" (sign turned)" if symbol in params.turned else "")


def _effect(params: ShockSensitivityParams, data: Data, slope: Estimate) -> str:
    return _size(params, data, slope.value * STEP[is_yield(data, params.driver)][0])


def _size(params: ShockSensitivityParams, data: Data, value: float) -> str:
    if is_yield(data, params.symbol):
        return f"{value:+.2f} points".replace("-", "−")
    return percent(value)


def _verdict(params: ShockSensitivityParams, data: Data, slope: Estimate, reason: str) -> str:
    says = "falls" if params.effect == "down" else "rises"
    rule = f' By the rule "it {says} when the driver {"rises" if params.shock == "up" else "falls"}, at 5 %"'
    step = STEP[is_yield(data, params.driver)][0]
    least = _size(params, data, normal_quantile(1.0 - ALPHA / 2.0) * slope.error * step).lstrip("+")
    word = {"significant": "evidence for it", "wrong_sign": "evidence of the opposite",
            "not_significant": f"no evidence; an effect under {least} would not have been seen"}[reason]  # fmt: skip
    return f"{rule}: {word}."


def _caveats(params: ShockSensitivityParams, data: Data) -> tuple[str, ...]:
    if params.days == "announcements":
        return (
            f"the surprise of a decision is the change of {data.name(params.driver)} on its day, not that of a future "
            "on the policy rate; other news of the day is in it",
        )
    return ("both series may answer to the same news",)


def _chart(params: ShockSensitivityParams, data: Data, sample: _Sample) -> Chart:
    """What the series has gained on days on which the driver rose, and on those on which it fell."""
    sums = [("driver rose", sample.shock > 0), ("driver fell", sample.shock < 0)]
    lines = tuple(chart_line(name, sample.dates, np.cumsum(sample.y * side)) for name, side in sums)
    return Chart.model_validate({
        "title": f"{data.name(params.symbol)} on days of {data.name(params.driver)}, added up",
        "unit": "percentage_points" if is_yield(data, params.symbol) else "fraction", "lines": lines,
        "rules": ((0.0, "nothing"),), "window": Window(first=lines[0].dates[0], last=lines[0].dates[-1]),
    })  # fmt: skip


HORIZONS = (5, 20)


def variants(params: ShockSensitivityParams) -> tuple[tuple[str, ShockSensitivityParams], ...]:
    """Longer horizons, and the return itself where it is that over a benchmark."""
    longer: list[tuple[str, dict[str, object]]] = [
        (f"within {h} days", {"horizon": h}) for h in HORIZONS if h != params.horizon
    ]
    own: list[tuple[str, dict[str, object]]] = [("the return itself", {"benchmark": None})] if params.benchmark else []
    return tuple((name, params.model_copy(update=changed)) for name, changed in (*longer, *own))


CHECK = Check(
    name="shock_sensitivity",
    scale="pattern",
    kinds=("causal",),
    params=ShockSensitivityParams,
    rule="The slope of the return on the shock has the claimed sign at 5 %: on days of announcement with the change of "
    "the two-year yield as the surprise, else on all days of 20 years.",
    minimum="40 announcements, or 500 common days",
    examples=(
        Example(
            "Rate hikes hurt tech stocks.", "en",
            {"symbol": "QQQ", "driver": "DGS2", "days": "announcements", "benchmark": "^GSPC", "last": "2025-01-27"},
        ),
        Example(
            "Ein starker Dollar drückt auf den Goldpreis.", "de",
            {"symbol": "GC=F", "driver": "DX-Y.NYB", "last": "2025-01-27"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
