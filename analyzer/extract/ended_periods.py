"""Periods that are said to have ended: "closed out the month", and the quarter that a report is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analyzer.extract.resolve import resolve
from analyzer.extract.time_words import (
    ENDED,
    OVER_IT,
    SECOND,
    UNITS,
    last_quarter,
    last_weekday,
    scopes,
)  # fmt: skip
from analyzer.extract.view import Clause
from analyzer.model import Basis
from analyzer.text import times as t

FRESH_QUARTER = 45
"""Days after its end in which a text that names no quarter still speaks of "the quarter"."""


@dataclass(frozen=True)
class Ended:
    """A calendar period that is said to have ended, with the words."""

    first: date
    last: date
    basis: Basis
    text: str


def ended_period(clause: Clause, published: date | None, position: int | None = None) -> Ended | None:
    """The last week, month, quarter or year that had come to its end by the day of publication, of the clause or of
    its sentence; none where the text names a time of its own, "closed out the month in March"."""
    searched = scopes(clause) if not clause.times else scopes(clause)[:1]
    before = clause.view.article.text[clause.sentence.start : clause.start]
    read = [
        (m, basis)
        for scope, basis in searched
        if (m := ENDED.search(scope.text if scope is clause else before))  # what follows is of the next verb
    ]
    named = any(isinstance(e.value, (t.Year, t.Month, t.Quarter, t.Day)) for e in clause.times)
    if not read or published is None or named:
        return quarter_of_the_text(clause, published, position)
    found, basis = read[0]
    between = clause.text[max(0, (position or clause.start) - clause.start) : found.start()] if basis == "quote" else ""
    if SECOND.search(between + " "):
        return None  # "collapsed by 20.6 percent and ended the week below 15"
    unit = UNITS[next(word for word in found.groups() if word)[0].lower()]
    for offset in (0, -1):
        period = resolve(t.RelativePeriod(unit, offset), published)
        if period is not None and last_weekday(period.last) <= published:
            return Ended(period.first, period.last, basis, found.group())
    return None


def quarter_of_the_text(clause: Clause, published: date | None, position: int | None = None) -> Ended | None:
    """The quarter that a text is of, where a sentence says "for the quarter": the only one that the text has named
    by then, else the one that had just ended when it was written, as in a quarterly letter."""
    before = clause.view.clause(clause.sentence.start, clause.end)
    said = OVER_IT.search(before.text)
    if said is None or published is None or _has_a_nearer_time(before, before.start + said.start(), position):
        return None
    named = {e.value for e in clause.view.times if isinstance(e.value, t.Quarter) and e.end <= clause.start}
    just_ended = last_quarter(published)
    if not named and (published - just_ended[1]).days <= FRESH_QUARTER:
        return Ended(*just_ended, "article", said.group())
    periods = [resolve(value, published) for value in named]
    if len(periods) != 1 or periods[0] is None or periods[0].last >= published:
        return None
    return Ended(periods[0].first, periods[0].last, "article", said.group())


def _has_a_nearer_time(scope: Clause, said: int, position: int | None) -> bool:
    """Whether the text names a time that a figure stands nearer to: "up 70 % in the quarter after falling 50 % last
    year"; without a figure, whether it names any."""
    if position is None:
        return bool(scope.times)
    return any(abs(e.start - position) < abs(said - position) for e in scope.times)
