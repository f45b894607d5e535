"""Hedge and safe haven: what rises, or at least does not fall, when shares fall.

What the claim says
-------------------
As a rule: "gold is a safe haven", "Bitcoin is digital gold", "Treasuries are a hedge against falling stocks". Or of a
day or a week: "investors fled into gold". The null of the rule is that it moves on bad days as little against the
shares as nothing at all; of the day there is nothing to infer.

Formula
-------
Daily returns h of the haven and s of the market between common dates, up to 20 years:
``h = a + b1 s + b2 s 1{s < q5} + b3 s 1{s < q2.5} + b4 s 1{s < q1} + e`` (Baur and Lucey 2010) with Newey-West errors.
The quantiles are those of the days before each day, after 500 days to begin with. Beside it the mean of h on the worst
5 % of days with its interval by the stationary bootstrap (Politis and Romano 1994).

Rule
----
Safe haven: b1 + b2 significantly below zero is supported, significantly above is refuted, one-sided at 5 %; between
them is inconclusive, which others call a weak haven: that it did not fall with the shares is no evidence that it rises.
Where the mean on the worst days lies significantly below zero all the same, what would be supported is mixed. Hedge: b1
alone. Of a day: the haven rose and the market fell: supported; the haven fell: refuted; both rose: mixed.

When it is not testable
-----------------------
Fewer than 2,500 common days, or a row that is missing on the day: no_data.

What it cannot show
-------------------
That investors fled: prices name no motives. Days say nothing on months. Who counts in another currency has another
haven: gold in euros moves otherwise than gold in dollars.
"""

from __future__ import annotations

from dataclasses import replace
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
    line,
    missing_series,
    missing_sessions,
    no_data,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, Window
from analyzer.stats.aligned import Moves, chart_line, is_yield, moves, requests, series_of
from analyzer.stats.bootstrap import REPETITIONS, Interval, mean_interval
from analyzer.stats.regression import Estimate
from analyzer.stats.safe_haven import LEVELS, WARM_UP, Haven, baur_lucey
from analyzer.stats.tails import normal_quantile, p_words

ALPHA = 0.05
FEWEST = 2500
FLAT = 0.0005
"""Moves of a window within it are neither a rise nor a fall: a fraction, or percentage points of a yield."""
AROUND = timedelta(days=45)
"""Calendar days that the chart of an episode shows before it."""


class SafeHavenParams(Params):
    """``symbol`` against ``market``, as a rule in the ``years`` up to ``last``; with ``base`` in the one window from
    its close to that of ``last``. ``turned``: symbols whose moves count with the other sign. ``level``: which share of
    days counts as the worst.
    """

    symbol: str
    market: str = "^GSPC"
    role: Literal["haven", "hedge"] = "haven"
    base: date | None = None
    last: date | None = None
    turned: tuple[str, ...] = ()
    level: float = 0.05
    years: int = Field(default=20, ge=10, le=40)
    seed: int = 0

    @model_validator(mode="after")
    def _two_and_a_window(self) -> SafeHavenParams:
        if self.symbol == self.market:
            raise ValueError("symbol and market must be two")
        if self.base is not None and (self.last is None or self.last <= self.base):
            raise ValueError(f"with base ({self.base}), last must be given and lie after it")
        if self.level not in LEVELS:
            raise ValueError(f"level must be one of {LEVELS}; got {self.level}")
        return self


def needs(params: SafeHavenParams) -> tuple[SeriesRequest, ...]:
    return requests(params.symbol, params.market)


def run(params: SafeHavenParams, data: Data) -> Finding:
    haven, market = series_of(data, params.symbol), series_of(data, params.market)
    if haven is None or market is None:
        pair = ((params.symbol, haven), (params.market, market))
        return missing_series(data, *(symbol for symbol, series in pair if series is None))
    if params.base is not None and params.last is not None:
        return _episode(params, data, haven, market)
    return _rule(params, data, haven, market)


# --- one window --------------------------------------------------------------------------------------------------


def _episode(params: SafeHavenParams, data: Data, haven: Series, market: Series) -> Finding:
    assert params.base is not None
    assert params.last is not None
    for series in (haven, market):
        if series.at(params.base) is None or series.at(params.last) is None:
            lacking = [d for d in (params.base, params.last) if series.at(d) is None]
            return missing_sessions(series, data, *lacking)
    rose, fell = _move(params, data, haven), _move(params, data, market)
    outcome, reason = _of_a_window(rose, fell)
    names = [_named(params, data, s) for s in (params.symbol, params.market)]
    moved = [_shown(data, s.symbol, m) for s, m in ((haven, rose), (market, fell))]
    word = {"direction": "it rose while the market fell", "wrong_sign": "it fell", "flat": "it hardly moved",
            "no_fall": "it rose, but the market did not fall"}[reason]  # fmt: skip
    return Finding(
        outcome=outcome, reason=reason, observed=observed(rose, "percentage_points" if is_yield(data, haven.symbol) else
        "fraction"), statistic=statistic("move_of_the_haven", rose), used=(haven, market),
        window=Window(base=params.base, last=params.last), null_hypothesis="None: a comparison of two recorded moves.",
        summary=f"From {params.base} to {params.last}: {names[0]} {moved[0]}, {names[1]} {moved[1]}. By the rule "
        f'"a haven rises while the market falls": {word}.',
        chart=_chart_of_window(params, data, haven, market),
    )  # fmt: skip


def _of_a_window(rose: float, fell: float) -> tuple[Label, str]:
    if abs(rose) < FLAT:
        return "mixed", "flat"
    if rose < 0:
        return "refuted", "wrong_sign"
    return ("supported", "direction") if fell < 0 else ("mixed", "no_fall")


def _move(params: SafeHavenParams, data: Data, series: Series) -> float:
    """The return over the window, or the change of a yield, with the sign that counts."""
    assert params.base is not None
    assert params.last is not None
    a, b = series.at(params.base), series.at(params.last)
    assert a is not None
    assert b is not None
    move = b - a if is_yield(data, series.symbol) else b / a - 1.0
    return -move if series.symbol in params.turned else move


def _chart_of_window(params: SafeHavenParams, data: Data, haven: Series, market: Series) -> Chart:
    """Both as multiples of the base, from some weeks before it."""
    assert params.base is not None
    lines = []
    for series in (haven, market):
        shown = series.between(params.base - AROUND, params.last)
        start = series.at(params.base) or 1.0
        lines.append(line(replace(shown, values=shown.values / start), data.name(series.symbol)))
    return Chart(
        title=f"{data.name(haven.symbol)} and {data.name(market.symbol)}, {params.base} = 1", unit="ratio",
        lines=tuple(lines), marks=((params.base, "base"),), rules=((1.0, "base"),),
        window=Window(base=params.base, last=params.last),
    )  # fmt: skip


# --- the rule ----------------------------------------------------------------------------------------------------


def _rule(params: SafeHavenParams, data: Data, haven: Series, market: Series) -> Finding:
    yields = [s.symbol for s in (haven, market) if is_yield(data, s.symbol)]
    found = moves((haven, market), "day", yields, params.turned, params.last)
    if found.last is not None:
        found = found.between(found.last - timedelta(days=round(365.25 * params.years)), None)
    if len(found) < FEWEST:
        why = (
            f"{data.name(params.symbol)} and {data.name(params.market)} have {len(found)} of the {FEWEST} common days "
            f"that {WARM_UP} days to begin with and a tail of 1 % need. Try: --data FOLDER with earlier dates."
        )
        return no_data(why, reason="span", used=(haven, market))
    fit = baur_lucey(found.values[:, 0], found.values[:, 1])
    tested = Moves(found.dates[WARM_UP:], found.values[WARM_UP:])
    bad = tested.values[fit.worst[params.level], 0]
    interval = mean_interval(bad, seed=params.seed)
    deciding = fit.hedge if params.role == "hedge" else fit.sums[params.level]
    outcome, reason = _judged(params, deciding, interval)
    summary = _sentence(params, data, fit, bad, interval, tested)
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("sum_of_coefficients", deciding.value),
        observed=observed(deciding.value, "ratio"), window=Window(first=tested.first, last=tested.last),
        pvalue=deciding.pvalue / 2.0, nobs=fit.nobs, null_hypothesis=_NULL[params.role], used=(haven, market),
        reach=found.first, summary=summary + _verdict(params, reason, deciding),
        caveats=_caveats(params, fit, haven, market), chart=_chart(params, data, tested, fit),
    )  # fmt: skip


_NULL = {
    "haven": "On the market's worst days the haven does not move with or against it: the sum of coefficients is zero.",
    "hedge": "On ordinary days it does not move with or against the market: the first coefficient is zero.",
}


def _judged(params: SafeHavenParams, deciding: Estimate, interval: Interval) -> tuple[Label, str]:
    critical = normal_quantile(1.0 - ALPHA)
    if deciding.z < -critical:
        falls = params.role == "haven" and interval.high < 0
        return ("mixed", "unconfirmed_mean") if falls else ("supported", "significant")
    return ("refuted", "wrong_sign") if deciding.z > critical else ("inconclusive", "not_significant")


# --- words -------------------------------------------------------------------------------------------------------


def _named(params: SafeHavenParams, data: Data, symbol: str) -> str:
    return data.name(symbol) + (" (sign turned)" if symbol in params.turned else "")


def _shown(data: Data, symbol: str, move: float) -> str:
    return f"{move:+.2f} points".replace("-", "−") if is_yield(data, symbol) else percent(move)


def _coefficient(estimate: Estimate) -> str:
    return f"{estimate.value:+.2f}".replace("-", "−")


def _sentence(
    params: SafeHavenParams, data: Data, fit: Haven, bad: np.ndarray, interval: Interval, tested: Moves
) -> str:
    name, market = _named(params, data, params.symbol), _named(params, data, params.market)
    sums = ", ".join(f"{100 * q:g} % {_coefficient(fit.sums[q])}" for q in LEVELS)
    mean, low, high = (_shown(data, params.symbol, v) for v in (float(bad.mean()), interval.low, interval.high))
    return (
        f"{name} for each move of one of {market}, {tested.first} to {tested.last}: ordinary days "
        f"{_coefficient(fit.hedge)}, worst days {sums}. On the {len(bad)} worst {100 * params.level:g} % of days "
        f"it moved {mean} on average (95 % interval {low} to {high})."
    )


def _verdict(params: SafeHavenParams, reason: str, deciding: Estimate) -> str:
    days = "on ordinary days" if params.role == "hedge" else f"on the worst {100 * params.level:g} % of days"
    name = "hedge" if params.role == "hedge" else "safe haven"
    rule = f' By the rule "a {name} moves against the market {days}"'
    least = f"{abs(normal_quantile(1.0 - ALPHA) * deciding.error):.2f}"
    word = {
        "significant": "evidence for it", "wrong_sign": "evidence of the opposite, it moves with the market",
        "unconfirmed_mean": "the slope is against the market, but on average it fell on these days",
        "not_significant": f"no evidence; less than {least} against the market would not have been seen",
    }[reason]  # fmt: skip
    return f"{rule}: {word} ({p_words(deciding.pvalue / 2.0)}, one-sided)."


def _caveats(params: SafeHavenParams, fit: Haven, haven: Series, market: Series) -> tuple[str, ...]:
    found = [f"interval by the stationary bootstrap with {REPETITIONS} draws, seed {params.seed}"]
    fewest = int(fit.worst[LEVELS[-1]].sum())
    if fewest < 25:
        found.append(f"only {fewest} days lie beyond the worst 1 %")
    if haven.currency and market.currency and haven.currency != market.currency:
        found.append(f"the haven is in {haven.currency}, the market in {market.currency}")
    return tuple(found)


def _chart(params: SafeHavenParams, data: Data, tested: Moves, fit: Haven) -> Chart:
    worst = fit.worst[params.level]
    bad = tested.values[worst, 0]
    running = np.cumsum(bad) / np.arange(1, len(bad) + 1)
    unit = "percentage_points" if is_yield(data, params.symbol) else "fraction"
    return Chart.model_validate({
        "title": f"{data.name(params.symbol)} on the worst days of {data.name(params.market)}: mean so far",
        "unit": unit, "lines": (chart_line("mean so far", tested.dates[worst], running),),
        "rules": ((0.0, "no move"),), "window": Window(first=tested.first, last=tested.last),
    })  # fmt: skip


def variants(params: SafeHavenParams) -> tuple[tuple[str, SafeHavenParams], ...]:
    """A shorter history, and for a haven the other shares of days that are the worst; of one window there is no
    other."""
    if params.base is not None:
        return ()
    shorter = ("12 years", params.model_copy(update={"years": 12}))
    if params.role == "hedge":
        return (shorter,)
    other = [(f"worst {100 * q:g} % of days", q) for q in LEVELS if q != params.level]
    return (shorter, *((name, params.model_copy(update={"level": q})) for name, q in other))


CHECK = Check(
    name="safe_haven",
    scale="pattern",
    kinds=("comparison",),
    params=SafeHavenParams,
    rule="Baur and Lucey's sum of coefficients on the worst 5 % of the market's days lies below zero at 5 %, "
    "one-sided; of one window: the haven rose while the market fell.",
    minimum="2,500 common days; of one window its first and last close",
    examples=(
        Example("Gold is a safe haven.", "en", {"symbol": "GC=F", "last": "2025-01-27"}),
        Example(
            "Am Montag flüchteten die Anleger in Gold.", "de",
            {"symbol": "GC=F", "base": "2025-01-24", "last": "2025-01-27"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
