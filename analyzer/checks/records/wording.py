"""A record in words, and the picture of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analyzer.checks.base import (
    line,
    percent,
)
from analyzer.checks.records.case import UNIT, Case
from analyzer.checks.records.params import (
    Quantity,
)
from analyzer.model import Chart, Label, Window
from analyzer.series import day, to_date
from analyzer.stats.records import Period, Side, bounds

NOUNS: dict[tuple[Quantity, Side], str] = {
    ("level", "high"): "highest {}close", ("level", "low"): "lowest {}close",
    ("return", "high"): "largest {}rise in per cent", ("return", "low"): "largest {}fall in per cent",
    ("points", "high"): "largest {}rise in points", ("points", "low"): "largest {}fall in points",
    ("market_value", "high"): "largest {}gain of market value",
    ("market_value", "low"): "largest {}loss of market value",
}  # fmt: skip
ADJECTIVES: dict[Period, str] = {
    "session": "", "week": "weekly ", "month": "monthly ", "quarter": "quarterly ", "year": "yearly ",
}  # fmt: skip


def noun(case: Case) -> str:
    return NOUNS[case.params.quantity, case.params.side].format(ADJECTIVES[case.params.period])


def _ordinal(rank: int) -> str:
    """ "2nd " for 2; nothing for 1, since "the largest" says it."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th") if rank % 100 not in (11, 12, 13) else "th"
    return f"{rank:,}{ending} " if rank > 1 else ""


def sentence_of(case: Case, outcome: Label) -> str:
    params, ranking = case.params, case.ranking
    own = f"{case.data.name(params.symbol)}: {case.said(ranking.own)} on {ranking.when}"
    if case.claim.wrong_sign:
        return f"{own}, which is no {'rise' if params.side == 'high' else 'fall'}."
    begins, last = to_date(ranking.values.dates[ranking.start]), ranking.last
    if case.claim.exactly and last is not None:
        parts = [f"{own}, the {noun(case)} since {last[0]}, when it was {case.said(last[1])}"]
    else:
        parts = [f"{own}, the {_ordinal(ranking.rank)}{noun(case)} of {ranking.nobs:,} {params.period}s since {begins}"]
        parts += [f"the last more extreme one was {case.said(last[1])} on {last[0]}"] if last else []
    if outcome == "no_data":
        parts += [p for p in (case.claim.lacking(), _universe(case)) if p]
    return "; ".join(parts) + "."


def _universe(case: Case) -> str | None:
    return '"of any" needs all companies, the delisted included' if case.params.universe == "any" else None


def caveats_of(case: Case) -> tuple[str, ...]:
    texts, ranking, period = [], case.ranking, case.params.period
    end = bounds(case.params.session, period)[1]
    if np.busday_count(day(case.data.as_of) + 1, day(end) + 1) > 0:
        texts.append(f"the {period} is not over: it is judged to {ranking.when}")
    if case.params.quantity in ("points", "market_value"):
        moves = replace(ranking, values=ranking.levels.returns(), start=0).at(ranking.when)
        if moves is not None:
            texts.append(f"in per cent ({percent(moves.own)}) it ranks {moves.rank:,} of {moves.nobs:,}")
    return tuple(texts)


def chart_of(case: Case) -> Chart:
    """From the value that the claim's is compared with: the last more extreme one or, of a record, that of before."""
    ranking, last = case.ranking, case.ranking.last
    name = f"{case.data.name(case.params.symbol)}, {case.params.quantity.replace('_', ' ')}"
    against = (last[0], "last more extreme") if last else (ranking.before, "record until then")
    marks = [(when, label) for when, label in (against, (ranking.when, "claim")) if when is not None]
    shown = ranking.values.between(last[0] if last else None, ranking.when)
    return Chart(
        title=name, unit=UNIT[case.params.quantity], currency=case.currency, window=Window(last=ranking.when),
        lines=(line(shown, name, marks=marks),), marks=tuple(marks), rules=((ranking.own, case.said(ranking.own)),),
    )  # fmt: skip
