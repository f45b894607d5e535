"""Change in volatility: a series moves more, or less, than before.

What the claim says
-------------------
The swings have grown or shrunk: "volatility has doubled since January", "the swings have grown since the summer",
"die Schwankungen haben zugenommen". The null is that daily returns had the same spread in both windows.

Formula
-------
Standard deviation of daily returns after the day that is named over that of the 250 sessions up to it; without a day,
of the last 60 sessions over the 250 before them. The Brown-Forsythe statistic (1974), the distances from each
window's median, against those of both windows drawn anew in blocks of a month on average (stationary bootstrap,
Politis and Romano 1994): calm and unrest last, so that the F distribution finds changes in any series. The day on
which the variance differs most, without a day named, by kappa-2 of Sansó, Aragó and Carrion (2004). Of a yield
changes instead of returns.

Rule
----
The spread differs at 5 % in the direction that is claimed: supported; in the other: refuted; else inconclusive, with
the interval of the ratio. A figure ("doubled") is held against the ratio besides: inside what the words allow
supported; outside, but inside the ratio's 95 % interval, mixed; else mixed or refuted by its distance, as any figure.

When it is not testable
-----------------------
Fewer than 60 returns before or 20 after: no_data.

What it cannot show
-------------------
Why. Daily closes say nothing on swings within a day, and the volatility that options price (VIX) is another thing.
Twenty days measure a spread to a third at best. The shock of one day against a GARCH forecast is not tested.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np
from pydantic import model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    judge_figure,
    missing_series,
    no_data,
    number,
    observed,
    statistic,
)
from analyzer.model import Chart, Label, Stated, Window
from analyzer.series import to_date
from analyzer.stats.aligned import Moves, chart_line, is_yield, moves, requests, series_of
from analyzer.stats.bootstrap import is_too_close
from analyzer.stats.tails import p_words
from analyzer.stats.volatility import VolatilityChange, annualised, variance_break, volatility_change

ALPHA = 0.05
BEFORE, RECENT = 250, 60
FEWEST_BEFORE, FEWEST_AFTER = 60, 20
DRAWS, MORE = 1999, 9999
ROLLING = 60
SHOWN = 1000
"""Sessions of the chart."""


class VolatilityChangeParams(Params):
    """``symbol`` is said to move more ("rose") or less ("fell") after the session ``since`` (None: in the last 60
    sessions) up to ``last``. ``stated`` is the change of the volatility as a fraction: doubled is 1.0. ``before``: the
    number of sessions that it is set against."""

    symbol: str = "^GSPC"
    direction: Literal["rose", "fell"] = "rose"
    since: date | None = None
    last: date | None = None
    stated: Stated | None = None
    before: int = BEFORE
    seed: int = 0

    @model_validator(mode="after")
    def _window_and_figure(self) -> VolatilityChangeParams:
        if self.since is not None and self.last is not None and self.last <= self.since:
            raise ValueError(f"last ({self.last}) must lie after since ({self.since})")
        if self.before < FEWEST_BEFORE:
            raise ValueError(f"before must be at least {FEWEST_BEFORE} sessions")
        if self.stated is not None and self.stated.unit != "fraction":
            raise ValueError(f"stated is a change as a fraction; got {self.stated.unit}")
        if self.stated is not None and (self.stated.value > 0) != (self.direction == "rose"):
            raise ValueError("stated and direction contradict each other")
        return self


def needs(params: VolatilityChangeParams) -> tuple[SeriesRequest, ...]:
    return requests(params.symbol)


def run(params: VolatilityChangeParams, data: Data) -> Finding:
    series = series_of(data, params.symbol)
    if series is None:
        return missing_series(data, params.symbol)
    yields = [params.symbol] if is_yield(data, params.symbol) else []
    every = moves((series,), "day", yields, last=params.last)
    before, after = _windows(params, every)
    short = _too_short(params, data, series, before, after)
    if short is not None:
        return short
    draws, found = _compared(params, before, after)
    outcome, reason = _judged(params, found)
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("ratio_of_volatility", found.ratio),
        observed=observed(found.ratio - 1.0, "fraction"), pvalue=found.pvalue, nobs=len(before) + len(after),
        window=Window(base=before.first, first=after.first, last=after.last), used=(series,),
        null_hypothesis="Daily returns had the same spread in both windows.",
        summary=_sentence(params, data, before, after, found) + _verdict(params, reason, found),
        caveats=_caveats(params, before, after, (draws, found)), chart=_chart(params, data, every, after),
    )  # fmt: skip


def _windows(params: VolatilityChangeParams, every: Moves) -> tuple[Moves, Moves]:
    """The sessions that are compared: at most ``before`` up to the day, and those after it."""
    after = every.between(params.since, None)
    if params.since is None:
        after = Moves(every.dates[-RECENT:], every.values[-RECENT:])
    end = len(every) - len(after)
    start = max(0, end - params.before)
    return Moves(every.dates[start:end], every.values[start:end]), after


def _compared(params: VolatilityChangeParams, before: Moves, after: Moves) -> tuple[int, VolatilityChange]:
    """The number of draws and what they show; more where the first are too close to 5 % to decide."""
    windows = before.values[:, 0], after.values[:, 0]
    found = volatility_change(*windows, DRAWS, params.seed)
    if not is_too_close(found.pvalue, found.error, ALPHA):
        return DRAWS, found
    return MORE, volatility_change(*windows, MORE, params.seed)


def _too_short(
    params: VolatilityChangeParams, data: Data, series: Series, before: Moves, after: Moves
) -> Finding | None:
    """What is missing for a test, None when nothing is."""
    name = data.name(params.symbol)
    for window, need, where in ((before, FEWEST_BEFORE, "before"), (after, FEWEST_AFTER, "after")):
        if len(window) < need:
            why = f"{name} has {len(window)} of the {need} daily returns {where} that a change of volatility needs."
            return no_data(f"{why} Try: --data FOLDER with further dates.", reason="span", used=(series,))
        if not np.ptp(window.values) > 0:
            return no_data(f"{name} did not move in the window {where}.", used=(series,))
    return None


def _judged(params: VolatilityChangeParams, found: VolatilityChange) -> tuple[Label, str]:
    if found.pvalue >= ALPHA:
        return "inconclusive", "not_significant"
    if (found.ratio > 1.0) != (params.direction == "rose"):
        return "refuted", "wrong_sign"
    if params.stated is None:
        return "supported", "significant"
    label, reason = judge_figure(params.stated, found.ratio - 1.0)
    within = found.interval.low <= 1.0 + params.stated.value <= found.interval.high
    return ("mixed" if label == "refuted" and within else label), reason


# --- words -------------------------------------------------------------------------------------------------------


def _sentence(params: VolatilityChangeParams, data: Data, before: Moves, after: Moves, found: VolatilityChange) -> str:
    then, now = (_volatility(params, data, w.values[:, 0]) for w in (before, after))
    return (
        f"{data.name(params.symbol)}: volatility {now} a year over {len(after)} sessions from {after.first} to "
        f"{after.last}, {then} over {len(before)} from {before.first} to {before.last}; ratio {number(found.ratio)} "
        f"(95 % interval {number(found.interval.low)} to {number(found.interval.high)}), {p_words(found.pvalue)}."
    )


def _volatility(params: VolatilityChangeParams, data: Data, returns: np.ndarray) -> str:
    size = annualised(returns)
    return f"{size:.2f} points" if is_yield(data, params.symbol) else f"{100.0 * size:.1f} %"


def _verdict(params: VolatilityChangeParams, reason: str, found: VolatilityChange) -> str:
    more = "more" if params.direction == "rose" else "less"
    rule = f' By the rule "it moves {more} than before, at 5 %"'
    if reason == "not_significant":
        return f"{rule}: no evidence; changes inside the interval cannot be told from none."
    if reason == "wrong_sign":
        return f"{rule}: evidence of the opposite."
    said = f', and "{params.stated.text}" is {reason}' if params.stated is not None else ""
    return f"{rule}: evidence for it{said}."


def _caveats(
    params: VolatilityChangeParams, before: Moves, after: Moves, drawn: tuple[int, VolatilityChange]
) -> tuple[str, ...]:
    joined = np.concatenate([before.values[:, 0], after.values[:, 0]])
    dates = np.concatenate([before.dates, after.dates])
    apart = variance_break(joined)
    return (
        f"{drawn[0]} draws in blocks, seed {params.seed}, Monte-Carlo error {drawn[1].error:.4f}",
        f"over both windows the variance differs most after {to_date(dates[apart.row])}: kappa-2 "
        f"{apart.statistic:.2f}, {p_words(apart.pvalue)}",
    )


def _chart(params: VolatilityChangeParams, data: Data, every: Moves, after: Moves) -> Chart:
    """Volatility of 60 sessions at a time."""
    values = every.values[-SHOWN:, 0]
    dates = every.dates[-SHOWN:]
    width = min(ROLLING, len(values))
    windows = np.lib.stride_tricks.sliding_window_view(values, width)
    spread = windows.std(axis=1, ddof=1) * np.sqrt(252.0)
    unit = "percentage_points" if is_yield(data, params.symbol) else "fraction"
    return Chart.model_validate({
        "title": f"{data.name(params.symbol)}, volatility of {width} sessions a year", "unit": unit,
        "lines": (chart_line(f"{width} sessions", dates[width - 1 :], spread),),
        "marks": ((after.first, "after"),), "window": Window(first=to_date(dates[width - 1]), last=after.last),
    })  # fmt: skip


def variants(params: VolatilityChangeParams) -> tuple[tuple[str, VolatilityChangeParams], ...]:
    """Other numbers of sessions before."""
    lengths = [n for n in (125, BEFORE, 500) if n != params.before]
    return tuple((f"against {n} sessions", params.model_copy(update={"before": n})) for n in lengths)


CHECK = Check(
    name="volatility_change",
    scale="pattern",
    kinds=("volatility_sentiment",),
    params=VolatilityChangeParams,
    rule="The spread of daily returns after the day named, else of 60 sessions, differs at 5 % from that of the 250 "
    "before, in the direction that is claimed; a figure is held against the ratio.",
    minimum="60 returns before and 20 after",
    examples=(
        Example(
            "The swings in the S&P 500 have grown since the summer.", "en",
            {"symbol": "^GSPC", "direction": "rose", "since": "2024-08-30", "last": "2025-01-27"},
        ),
        Example(
            "Die Schwankungen am Aktienmarkt haben zugenommen.", "de",
            {"symbol": "^GSPC", "direction": "rose", "last": "2025-01-27"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
