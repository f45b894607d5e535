"""Correlation and its change: two series move together, or in opposite directions, now or since a day.

What the claim says
-------------------
Two things go together or apart: "bonds and stocks now fall together", "gold and the dollar move in opposite
directions", "Bitcoin läuft mit den Tech-Aktien", "the correlation has risen since 2022". The null is that the moves are
not correlated, and of a change that the correlation was the same before.

Formula
-------
Correlation r of weekly moves between common dates: returns of prices, changes of yields, whose sign is turned round
where a bond is meant. Interval ``tanh(atanh r +- 1.96 / sqrt(n_eff - 3))`` (Fisher 1921), n_eff after the
autocorrelation of both (Bartlett 1946). A change at a known date: ``(z1 - z2) / sqrt(1 / (n1 - 3) + 1 / (n2 - 3))``,
with the statistic of Jennrich (1970) beside it; the later correlation at the earlier variance (Forbes and Rigobon
2002); the fluctuation test for an unknown date (Wied, Krämer and Dehling 2012) over both windows. Weeks in which both
fell, against Fisher's exact test.

Rule
----
The window is that since the day that is named, else the 24 months up to the last day; before it lie up to 10 years.
Interval beyond zero with the sign that is claimed: supported; with the other sign: refuted. A claim of something new
("now", "since") needs the difference from before as well: without it the claim is mixed (unchanged), with the other
sign refuted. Where zero is inside: inconclusive, with the smallest correlation that would have been seen.

When it is not testable
-----------------------
Fewer than 40 weeks in the window, or fewer than 100 before it where a change is claimed: no_data.

What it cannot show
-------------------
That one moves the other, or that they will go on like this. Weeks hide what days do. Where moves grow larger
correlations grow without any change in what ties the two together: the adjusted figure is printed for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
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
    missing_series,
    no_data,
    number,
    observed,
    statistic,
)
from analyzer.model import Chart, Label, Window
from analyzer.series import to_date
from analyzer.stats import correlation as c
from analyzer.stats.aligned import Every, Moves, chart_line, is_yield, moves, requests, series_of
from analyzer.stats.tails import p_words

ALPHA = 0.05
NOW = timedelta(days=730)
BEFORE = timedelta(days=3653)
FEWEST = {"day": 120, "week": 40, "month": 18}
FEWEST_BEFORE = {"day": 250, "week": 100, "month": 48}
ROLLING = {"day": 250, "week": 52, "month": 24}


class CorrelationChangeParams(Params):
    """``relation``: how ``symbol`` and ``other`` are said to move (None: only a ``change`` is claimed).

    ``new``: that they did not before; ``change``: that the correlation rose or fell. ``since``: the first day of the
    window (None: 24 months up to ``last``). ``turned``: symbols whose moves count with the other sign, as a yield does
    for the price of its bond. ``falls``: the claim is on falling together.
    """

    symbol: str
    other: str
    relation: Literal["together", "opposite"] | None = "together"
    new: bool = False
    change: Literal["rose", "fell"] | None = None
    since: date | None = None
    last: date | None = None
    turned: tuple[str, ...] = ()
    falls: bool = False
    every: Every = "week"

    @model_validator(mode="after")
    def _something_is_claimed(self) -> CorrelationChangeParams:
        if self.symbol == self.other:
            raise ValueError("symbol and other must be two")
        if self.relation is None and self.change is None:
            raise ValueError("it needs relation or change: what is claimed of the correlation")
        if self.since is not None and self.last is not None and self.last <= self.since:
            raise ValueError(f"last ({self.last}) must lie after since ({self.since})")
        return self

    @property
    def claims_change(self) -> bool:
        return self.new or self.change is not None

    @property
    def sign(self) -> float:
        """Of the correlation, or of its change where only that is claimed."""
        if self.relation is None:
            return 1.0 if self.change == "rose" else -1.0
        return -1.0 if self.relation == "opposite" else 1.0

    @property
    def sign_of_change(self) -> float:
        return self.sign if self.change is None else (1.0 if self.change == "rose" else -1.0)


def needs(params: CorrelationChangeParams) -> tuple[SeriesRequest, ...]:
    return requests(params.symbol, params.other)


@dataclass(frozen=True)
class _Windows:
    """The moves of the window and of the years before it, and all up to its end."""

    now: Moves
    before: Moves
    all: Moves


def run(params: CorrelationChangeParams, data: Data) -> Finding:
    found = [series_of(data, s) for s in (params.symbol, params.other)]
    first, second = found
    if first is None or second is None:
        return missing_series(
            data, *(s for s, f in zip((params.symbol, params.other), found, strict=True) if f is None)
        )
    windows = _windows(params, data, first, second)
    short = _too_short(params, data, windows, (first, second))
    if short is not None:
        return short
    now = c.correlation(*windows.now.values.T)
    before = c.correlation(*windows.before.values.T) if _has_before(params, windows) else None
    change = c.z_difference(now, before)[1] if before is not None else None
    outcome, reason, pvalue = _judged(params, now, before, change)
    summary = (
        _sentence(params, data, windows, now) + _change(params, windows, now, before) + _verdict(params, reason, now)
    )
    return Finding(
        outcome=outcome, reason=reason, summary=summary, statistic=statistic("correlation", now.r),
        observed=observed(now.r, "ratio"), window=Window(first=windows.now.first, last=windows.now.last),
        caveats=_caveats(params, windows, now), pvalue=pvalue, nobs=round(now.effective), null_hypothesis=_null(params),
        used=(first, second), reach=windows.before.first if params.claims_change else None,
        chart=_chart(params, data, windows),
    )  # fmt: skip


def _windows(params: CorrelationChangeParams, data: Data, first: Series, second: Series) -> _Windows:
    pair = (first, second)
    yields = [s.symbol for s in pair if is_yield(data, s.symbol)]
    every = moves(pair, params.every, yields, params.turned, params.last)
    end = every.last
    if end is None:
        return _Windows(every, every, every)
    start = params.since or end - NOW
    return _Windows(every.between(start, None), every.between(start - BEFORE, start), every)


def _has_before(params: CorrelationChangeParams, windows: _Windows) -> bool:
    return len(windows.before) >= FEWEST_BEFORE[params.every]


def _too_short(
    params: CorrelationChangeParams, data: Data, windows: _Windows, used: tuple[Series, ...]
) -> Finding | None:
    """What is missing for a test, None when nothing is."""
    pair = f"{data.name(params.symbol)} and {data.name(params.other)}"
    have, need = len(windows.now), FEWEST[params.every]
    where = f"in the window ({windows.now.first} to {windows.now.last})" if have else "in the window"
    if have >= need and params.claims_change and not _has_before(params, windows):
        have, need, where = len(windows.before), FEWEST_BEFORE[params.every], "before the window"
    elif have >= need:
        flat = [s.symbol for s, column in zip(used, windows.now.values.T, strict=True) if not np.ptp(column) > 0]
        return no_data(f"{', '.join(flat)} did not move in the window.", used=used) if flat else None
    why = f"{pair} have {have} of the {need} common {params.every}s {where} that a correlation needs."
    return no_data(f"{why} Try: --data FOLDER with further dates.", reason="span", used=used)


def _judged(
    params: CorrelationChangeParams, now: c.Correlation, before: c.Correlation | None, change: float | None
) -> tuple[Label, str, float]:
    """Label, reason and the p-value that decided: of a level and a change together the larger one."""
    level = _side(now.r * params.sign, now.pvalue)
    if not params.claims_change or before is None or change is None:
        return *_label(level), now.pvalue
    moved = _side((now.r - before.r) * params.sign_of_change, change)
    if params.relation is None:
        return *_label(moved), change
    if level != "yes":
        return *_label(level), now.pvalue
    if moved == "no":
        return "mixed", "unchanged", max(now.pvalue, change)
    return ("supported", "significant", max(now.pvalue, change)) if moved == "yes" else ("mixed", "unchanged", change)


def _side(signed: float, pvalue: float) -> Literal["yes", "open", "no"]:
    """Whether a figure is beyond zero on the side that is claimed, on the other, or on neither."""
    if pvalue >= ALPHA:
        return "open"
    return "yes" if signed > 0 else "no"


def _label(side: str) -> tuple[Label, str]:
    return {"yes": ("supported", "significant"), "no": ("refuted", "wrong_sign"),
            "open": ("inconclusive", "not_significant")}[side]  # type: ignore[return-value]  # fmt: skip


# --- words -------------------------------------------------------------------------------------------------------


def _r(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _sentence(params: CorrelationChangeParams, data: Data, windows: _Windows, now: c.Correlation) -> str:
    both = c.joint_falls(*windows.now.values.T)
    names = [data.name(s) + (" (sign turned)" if s in params.turned else "") for s in (params.symbol, params.other)]
    text = (
        f"{names[0]} and {names[1]}: correlation {_r(now.r)} (95 % interval {_r(now.low)} to {_r(now.high)}) over "
        f"{now.nobs} {params.every}s from {windows.now.first} to {windows.now.last}."
    )
    if params.falls:
        text += (
            f" Both fell in {both.both} of {both.nobs} {params.every}s, {number(both.expected, 1)} would be expected "
            f"if they had nothing to do with each other ({p_words(both.pvalue)})."
        )
    return text


def _change(
    params: CorrelationChangeParams, windows: _Windows, now: c.Correlation, before: c.Correlation | None
) -> str:
    if before is None:
        return ""
    z, p = c.z_difference(now, before)
    text = f" Before, from {windows.before.first}, it was {_r(before.r)} over {before.nobs} {params.every}s"
    if not params.claims_change:
        return f"{text}."
    ratio = _variance_ratio(windows)
    _, same = c.jennrich(now.r, now.effective, before.r, before.effective)
    return (
        f"{text}; the difference has z = {_r(z)}, {p_words(p)} (Jennrich's test {p_words(same)}). At the variance of "
        f"before it would be {_r(c.forbes_rigobon(now.r, ratio))} now."
    )


def _variance_ratio(windows: _Windows) -> float:
    """Variance of the first series' moves in the window over that before."""
    return float(windows.now.values[:, 0].var() / max(windows.before.values[:, 0].var(), 1e-300))


def _caveats(params: CorrelationChangeParams, windows: _Windows, now: c.Correlation) -> tuple[str, ...]:
    found = []
    if now.effective < 0.9 * now.nobs:
        found.append(f"effective number of {params.every}s {now.effective:.0f} of {now.nobs}, for autocorrelation")
    if params.claims_change and _has_before(params, windows):
        joined = np.vstack([windows.before.values, windows.now.values])
        cusum = c.correlation_cusum(*joined.T)
        dates = np.concatenate([windows.before.dates, windows.now.dates])
        found.append(
            f"over both windows the correlation differs most after {to_date(dates[cusum.row])}: fluctuation test "
            f"{cusum.statistic:.2f}, {p_words(cusum.pvalue)} (Wied, Krämer and Dehling 2012)"
        )
    return tuple(found)


def _verdict(params: CorrelationChangeParams, reason: str, now: c.Correlation) -> str:
    rule = ' By the rule "the 95 % interval lies beyond zero'
    if params.relation is None:
        rule = ' By the rule "the difference from before is significant at 5 %'
    elif params.claims_change:
        rule += " and the difference from before is significant"
    word = {"significant": "evidence for it", "wrong_sign": "evidence of the opposite",
            "unchanged": "they move like this, but no evidence that it is new"}.get(reason, "no evidence")  # fmt: skip
    least = f"; a correlation under {now.least:.2f} would not have been seen" if reason == "not_significant" else ""
    return f'{rule}": {word}{least}.'


def _null(params: CorrelationChangeParams) -> str:
    level = f"The moves of the {params.every}s are not correlated"
    same = "The correlation is the same in the window and in the years before it"
    if params.relation is None:
        return f"{same}."
    return f"{level}; or: {same[0].lower()}{same[1:]}." if params.claims_change else f"{level}."


def _chart(params: CorrelationChangeParams, data: Data, windows: _Windows) -> Chart:
    width = min(ROLLING[params.every], len(windows.all) // 2)
    values = c.rolling_correlation(windows.all.values[:, 0], windows.all.values[:, 1], width)
    dates = windows.all.dates[width - 1 :]
    kept = np.isfinite(values)
    line = chart_line(f"{width} {params.every}s", dates[kept], values[kept])
    start = windows.now.first
    return Chart(
        title=f"Correlation of {data.name(params.symbol)} and {data.name(params.other)}", unit="ratio", lines=(line,),
        marks=((start, "window"),) if start else (), rules=((0.0, "none"),),
        window=Window(first=line.dates[0] if line.dates else start, last=windows.now.last),
    )  # fmt: skip


def variants(params: CorrelationChangeParams) -> tuple[tuple[str, CorrelationChangeParams], ...]:
    """The other lengths of a move."""
    named: tuple[tuple[str, Every], ...] = (
        ("daily moves", "day"),
        ("weekly moves", "week"),
        ("monthly moves", "month"),
    )
    return tuple((name, params.model_copy(update={"every": e})) for name, e in named if e != params.every)


CHECK = Check(
    name="correlation_change",
    scale="pattern",
    kinds=("comparison", "quantitative_move"),
    params=CorrelationChangeParams,
    rule="Correlation of weekly moves since the day named, else of 24 months: its 95 % interval lies beyond zero on "
    "the side that is claimed; what is said to be new differs from up to 10 years before at 5 % as well.",
    minimum="40 common weeks in the window; 100 before it for a change",
    examples=(
        Example(
            "Aktien und Anleihen fallen jetzt gemeinsam.", "de",
            {"symbol": "^GSPC", "other": "TLT", "new": True, "falls": True, "last": "2023-10-20"},
        ),
        Example(
            "Gold and the dollar move in opposite directions.", "en",
            {"symbol": "GC=F", "other": "DX-Y.NYB", "relation": "opposite", "last": "2025-01-27"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
