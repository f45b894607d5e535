""" "Never below": the extreme close of the span."""

from __future__ import annotations

from dataclasses import replace

from analyzer.checks.base import (
    NEIGHBOURS,
    Data,
    Finding,
    Series,
    missing_series,
    missing_sessions,
    observed,
    statistic,
)
from analyzer.checks.levels.first import named_span, what_is_lacking
from analyzer.checks.levels.params import LevelParams
from analyzer.checks.levels.rows import (
    series_of,
    unit_problem,
)
from analyzer.checks.levels.wording import chart_of, said
from analyzer.model import Label, Window
from analyzer.stats.levels import beyond, earlier_passage, is_beyond

NEARLY = 0.01
"""A level beyond which no close lay by more than this part of it is nearly right."""


def before(params: LevelParams, data: Data) -> LevelParams:
    """The claim up to the session before the last five, which the text may speak of."""
    closes = series_of(params, data)
    last = closes.session_on_or_before(params.session or data.as_of) if closes is not None else None
    session = closes.session_offset(last, -NEIGHBOURS - 1) if closes is not None and last is not None else None
    return params.model_copy(update={"session": session}) if session is not None else params


def never_beyond(params: LevelParams, data: Data) -> Finding:
    """On the prices of each day, and on the shares of the session: decided where a split makes no difference."""
    traded, adjusted = (_never_on(params, data, _on_basis(params, data, split)) for split in (False, True))
    if traded.outcome == adjusted.outcome:
        return traded
    text = (
        f"As traded on each day: {traded.summary} On the shares of {params.session or data.as_of}: {adjusted.summary}"
    )
    return replace(traded, outcome="inconclusive", reason="two_readings", summary=text)


def _on_basis(params: LevelParams, data: Data, split: bool) -> Series | None:
    """The closes as traded, or all of them on the shares of the session."""
    traded = series_of(params, data)
    closes = series_of(params, data, basis="split_adjusted") if split else None
    if traded is None or closes is None:
        return traded
    last = closes.session_on_or_before(params.session or data.as_of)
    then, now = (series.at(last) if last else None for series in (traded, closes))
    return replace(closes, values=closes.values * (then / now)) if then and now else traded


def _never_on(params: LevelParams, data: Data, closes: Series | None) -> Finding:
    """ "It has never been below L": the extreme close of the span, and whether the data cover the span."""
    if closes is None or closes.last is None:
        return missing_series(data, params.symbol)
    wrong = unit_problem(params, data, closes)
    if wrong:
        return wrong
    named, last = named_span(params.since) if params.since else None, params.session or closes.last
    rows = closes.between(named[0] if named else None, last)
    if rows.first is None or rows.last is None:
        return missing_sessions(closes, data, last)
    when, extreme = rows.most_extreme(params.side)
    found = earlier_passage(closes, rows.last, (params.figure.value, params.side), named[0] if named else None)
    facts = data.instruments.get(params.symbol)
    outcome, reason, more = _judged_never(params, rows, extreme)
    if outcome == "supported" and (
        lacking := what_is_lacking(closes, found, named[0] if named else facts.listed if facts else None)
    ):
        outcome, reason, more = "no_data", "coverage", f"; {lacking}"
    word = "lowest" if params.side == "low" else "highest"
    text = f"{data.name(params.symbol)}: the {word} close from {rows.first} to {rows.last} was"
    return Finding(
        outcome=outcome, reason=reason, summary=f"{text} {said(params, extreme)} on {when}{more}.", used=(closes,),
        window=Window(first=rows.first, last=rows.last), statistic=statistic("extreme_close", extreme),
        nobs=len(rows), observed=observed(extreme, params.figure.unit, params.figure.currency), reach=closes.first,
        chart=chart_of(params, data, closes, when),
    )  # fmt: skip


def _judged_never(params: LevelParams, rows: Series, extreme: float) -> tuple[Label, str, str]:
    """Label, reason and what is added to the sentence."""
    level, side = params.figure.value, params.side
    if not is_beyond(extreme, level, side):
        return "supported", "exact", ""
    before = rows.values[:-NEIGHBOURS]
    if not len(before) or not beyond(before, level, side).any():
        return "inconclusive", "two_readings", "; no close before the last five sessions lay beyond the level"
    if abs(extreme - level) <= NEARLY * abs(level):
        return "mixed", "overstated", ""
    return "refuted", "wrong_side", ""
