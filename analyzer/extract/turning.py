"""A high or low that a move is measured from and that is dated by its month or year: "since the April low".

Which session that was, only prices can tell: the check looks for the extreme close of the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from analyzer.extract.phrases import any_phrase
from analyzer.extract.resolve import resolve
from analyzer.extract.time_words import LEADS_SINCE, peak_span, trough_span
from analyzer.extract.view import Clause
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

Side = Literal["low", "high"]

LOW = Pattern(rf"{any_phrase('turning_low')}\b", re.IGNORECASE)
HIGH = Pattern(rf"{any_phrase('turning_high')}\b", re.IGNORECASE)
COMPOUND = Pattern(
    rf"\b{any_phrase('before_a_dated_extreme')}\s+(?:{any_phrase('article_of_a_dated_extreme')}\s+)?"
    rf"({any_phrase('month_of_an_extreme')})(tief|hoch)\w*",
    re.IGNORECASE,
)


ABOVE = Pattern(
    rf"\b{any_phrase('above_a_low')}\s+(?:{any_phrase('own_or_the')}\s+)?(?:\w+\s+){{0,2}}?{any_phrase('low_noun')}\b",
    re.IGNORECASE,
)


def above_low(clause: Clause) -> re.Match[str] | None:
    """ "22,5 Prozent über seinem Apriltief": a rise, though no verb says so."""
    return ABOVE.search(clause.text)


@dataclass(frozen=True)
class Turning:
    """The extreme close lies between ``first`` and ``last``, both included."""

    side: Side
    first: date
    last: date
    text: str


def turning(clause: Clause, published: date | None) -> Turning | None:
    """The turning point that the clause measures from, by its month, quarter or year; None when a day is named, none at
    all, or one that had not begun by publication."""
    language = clause.view.article.language
    for text, side in (*_named(clause), *_named_ahead(clause)):
        dates = [e.value for e in t.times(text, language) if not _is_the_point_itself(e.value)]
        periods = [resolve(value, published) for value in _in_one(dates)]
        spans = [p for p in periods if p is not None and p.shape == "period"]
        if len(spans) == 1 and len(periods) == 1 and (published is None or spans[0].first <= published):
            last = min(spans[0].last, published) if published is not None else spans[0].last
            other = spans[0].other  # "last week" on a Saturday may be either of two
            return Turning(side, min(spans[0].first, other.first) if other is not None else spans[0].first, last, text)
    return None


def _in_one(dates: list[t.TimeValue]) -> list[t.TimeValue]:
    """ "A 2015 low of 1.05 dollars in March": the month of that year."""
    years = [value for value in dates if isinstance(value, t.Year)]
    months = [value for value in dates if isinstance(value, t.Month) and value.year is None]
    if len(dates) == 2 and len(years) == len(months) == 1:
        return [replace(months[0], year=years[0].year)]
    return dates


def _is_the_point_itself(value: t.TimeValue) -> bool:
    """What stands beside its date: "since reaching a peak of 107 dollars in June", "a 12-year low in March"."""
    if isinstance(value, t.Duration):
        return True
    anchor = value.anchor if isinstance(value, t.Since) else value
    return isinstance(anchor, t.EventAnchor) and not any(char.isdigit() for char in anchor.text)


def _named_ahead(clause: Clause) -> Iterator[tuple[str, Side]]:
    """The words of a turning point in a lead-in: "Since hitting a low in March, the index has risen by a half"."""
    sentence = clause.sentence
    lead_in = sentence.view.clause(sentence.start, clause.start)
    if sentence.start < clause.start and LEADS_SINCE.match(sentence.text) is not None and not clause.times:
        yield from _named(lead_in)


def _named(clause: Clause) -> Iterator[tuple[str, Side]]:
    """The words of each turning point in the clause, and its side."""
    compound = COMPOUND.search(clause.text)
    if compound is not None:
        yield compound[1].capitalize(), "low" if compound[2].lower() == "tief" else "high"
    for span, side in ((trough_span(clause), "low"), (peak_span(clause), "high")):
        if span is not None:
            yield clause.view.article.text[slice(*span)], "low" if side == "low" else "high"
    for expression in clause.times:
        value = expression.value
        if isinstance(value, t.Since) and isinstance(value.anchor, t.EventAnchor):
            low, high = LOW.search(value.anchor.text), HIGH.search(value.anchor.text)
            if (low is None) != (high is None):
                yield value.anchor.text, "low" if low else "high"
