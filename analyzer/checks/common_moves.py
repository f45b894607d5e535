"""Common moves: one series weighed on, or lifted, others.

What the claim says
-------------------
The rise or fall of one series bore on others: "the rise in interest rates was the chief cause of the losses in stocks
and bonds", "rising yields weighed on technology shares in October", "der schwache Euro stützte den Dax". The null is
that the moves of the two are not correlated.

Formula
-------
The change of each series from the close of the base to the last close: ``P_last / P_base - 1``, of a yield in
percentage points. The correlation r of the daily moves in that span, with the interval of Fisher (1921) after the
autocorrelation of both (Bartlett 1946); of a span of fewer than 30 moves that of the 250 sessions up to its end.

Rule
----
Something moved the other way over the span: refuted (wrong_sign); it hardly moved: mixed (flat). All moved as is said,
and with each of the others the interval of r lies beyond zero on the claimed side: supported, which a claim of a cause
can only turn into consistent. On the other side for one of them: mixed (moves_apart). Else inconclusive.

Variant: by weeks, where the exchanges close at different hours of the day.

When it is not testable
-----------------------
A series lacks its rows at the base or the end, or fewer than 30 common moves: no_data.

What it cannot show
-------------------
A cause: a third thing may have moved all of them, and which moved which the correlation does not tell. Nor how much of
the move it explains. The price of a bond moves with its yield by arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import copysign

from pydantic import Field, model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    judge_direction,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    percent,
    signed,
    statistic,
)
from analyzer.model import Chart, Direction, Label, Window
from analyzer.stats.aligned import Every, Moves, chart_line, is_yield, moves, requests, series_of
from analyzer.stats.correlation import Correlation, correlation
from analyzer.stats.rows import row_on_or_before
from analyzer.stats.tails import p_words

FEWEST = 30
"""Common moves below which no correlation is formed."""
A_YEAR = 250
FLAT_YIELD = 0.005
"""Percentage points within which a yield has not moved."""


class CommonMovesParams(Params):
    """``symbol`` moved in ``direction`` from the close of ``base`` to that of ``last``, and so did ``others`` in
    ``other_direction``."""

    symbol: str
    direction: Direction
    others: tuple[str, ...] = Field(min_length=1, max_length=4)
    other_direction: Direction
    base: date
    last: date
    every: Every = "day"

    @model_validator(mode="after")
    def _two_things_and_a_window(self) -> CommonMovesParams:
        if self.last <= self.base:
            raise ValueError(f"last ({self.last}) must lie after base ({self.base})")
        if self.symbol in self.others:
            raise ValueError("a series cannot bear on itself")
        return self

    @property
    def sign(self) -> int:
        """Of the correlation, as it is claimed."""
        return 1 if self.direction == self.other_direction else -1


def needs(params: CommonMovesParams) -> tuple[SeriesRequest, ...]:
    return requests(params.symbol, *params.others)


@dataclass(frozen=True)
class _Change:
    series: Series
    name: str
    value: float
    in_points: bool
    judged: tuple[Label, str]

    def __str__(self) -> str:
        return f"{self.name} {f'{signed(self.value)} points' if self.in_points else percent(self.value)}"


def run(params: CommonMovesParams, data: Data) -> Finding:
    found = {symbol: series_of(data, symbol) for symbol in (params.symbol, *params.others)}
    lacking = [symbol for symbol, series in found.items() if series is None]
    if lacking:
        return missing_series(data, *lacking)
    series = [s for s in found.values() if s is not None]
    changes = [_change(params, data, one) for one in series]
    lost = next((c for c in changes if isinstance(c, Finding)), None)
    if lost is not None:
        return lost
    told = [c for c in changes if isinstance(c, _Change)]
    ties = [_tie(params, data, series[0], other) for other in series[1:]]
    short = next((other for other, tie in zip(told[1:], ties, strict=True) if tie is None), None)
    if short is not None:
        why = f"{told[0].name} and {short.name} have fewer than {FEWEST} common moves up to {params.last}."
        return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=series)
    known = [tie for tie in ties if tie is not None]
    weakest = min(known, key=lambda tie: tie.r * params.sign)
    outcome, reason = _judged(params, told, known)
    return Finding(
        outcome=outcome, reason=reason, summary=_sentence(params, told, known), used=tuple(series),
        statistic=statistic("correlation", weakest.r), observed=observed(weakest.r, "ratio"), nobs=weakest.nobs,
        pvalue=max(tie.pvalue for tie in known), null_hypothesis="The moves of the two are not correlated.",
        window=Window(base=params.base, first=params.base, last=params.last), chart=_chart(params, told),
    )  # fmt: skip


def _change(params: CommonMovesParams, data: Data, series: Series) -> _Change | Finding:
    first, last = (row_on_or_before(series, day) for day in (params.base, params.last))
    before, now = (series.at(day) if day else None for day in (first, last))
    if before is None or now is None or first == last:
        return missing_sessions(series, data, params.base if before is None else params.last)
    in_points = is_yield(data, series.symbol)
    value = now - before if in_points else now / before - 1.0
    way = params.direction if series.symbol == params.symbol else params.other_direction
    judged = judge_direction(way, value, FLAT_YIELD) if in_points else judge_direction(way, value)
    return _Change(series, data.name(series.symbol), value, in_points, judged)


def _tie(params: CommonMovesParams, data: Data, one: Series, other: Series) -> Correlation | None:
    """The correlation in the span, else in the year up to its end."""
    yields = [s.symbol for s in (one, other) if is_yield(data, s.symbol)]
    own = moves([one, other], params.every, yields=yields, last=params.last).between(params.base, None)
    if len(own) < FEWEST:
        year = moves([one, other], "day", yields=yields, last=params.last)
        own = Moves(year.dates[-A_YEAR:], year.values[-A_YEAR:])
    return correlation(own.values[:, 0], own.values[:, 1]) if len(own) >= FEWEST else None


def _judged(params: CommonMovesParams, changes: list[_Change], ties: list[Correlation]) -> tuple[Label, str]:
    for label in ("refuted", "mixed"):
        wrong = next((c.judged for c in changes if c.judged[0] == label), None)
        if wrong is not None:
            return wrong
    sides = [copysign(1.0, tie.low) if tie.low * tie.high > 0 else 0.0 for tie in ties]
    if -params.sign in sides:
        return "mixed", "moves_apart"
    return ("supported", "significant") if 0.0 not in sides else ("inconclusive", "not_significant")


# --- words and the picture -----------------------------------------------------------------------------------------


def _sentence(params: CommonMovesParams, changes: list[_Change], ties: list[Correlation]) -> str:
    said = ", ".join(str(change) for change in changes)
    text = f"From the close of {params.base} to that of {params.last}: {said}."
    for change, tie in zip(changes[1:], ties, strict=True):
        text += (
            f" Correlation of the moves of {changes[0].name} and {change.name}: {number(tie.r)} "
            f"({number(tie.low)} to {number(tie.high)}, {tie.nobs} moves, {p_words(tie.pvalue)})."
        )
    return f"{text} That shows no cause."


def _chart(params: CommonMovesParams, changes: list[_Change]) -> Chart:
    """Each from the base on: prices as returns since then, yields in tenths of a point."""
    lines = []
    for change in changes:
        rows = change.series.between(params.base, params.last)
        start = rows.values[0]
        values = (rows.values - start) / 10.0 if change.in_points else rows.values / start - 1.0
        name = f"{change.name} (points / 10)" if change.in_points else change.name
        lines.append(chart_line(name, rows.dates, values))
    return Chart(
        title=f"Change since the close of {params.base}", unit="fraction", lines=tuple(lines),
        rules=((0.0, "unchanged"),), window=Window(base=params.base, first=params.base, last=params.last),
    )  # fmt: skip


def variants(params: CommonMovesParams) -> tuple[tuple[str, CommonMovesParams], ...]:
    return (("by weeks", params.model_copy(update={"every": "week"})),) if params.every == "day" else ()


CHECK = Check(
    name="common_moves",
    scale="cause",
    kinds=("causal",),
    params=CommonMovesParams,
    rule="All series moved the way that is said over the span, and their moves are correlated on the claimed side at 5 "
    "%; a cause it does not show.",
    minimum="closes at the base and at the end of all series, and 30 common moves",
    examples=(
        Example(
            "The rise in interest rates in 2022 was the chief cause of the losses in stocks and bonds.", "en",
            {"symbol": "DGS10", "direction": "up", "others": ["^GSPC", "TLT"], "other_direction": "down",
             "base": "2021-12-31", "last": "2022-12-30"},
        ),
        Example(
            "Der steigende Ölpreis belastete im Oktober die US-Aktien.", "de",
            {"symbol": "CL=F", "direction": "up", "others": ["^GSPC"], "other_direction": "down",
             "base": "2024-09-30", "last": "2024-10-31"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
