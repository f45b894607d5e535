"""Windows that are counted from a day or an event: "in the two days after Liberation Day", "binnen zwei Wochen nach der
Wahl", and "binnen zwei Tagen", where the sentence before names the day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from analyzer.extract.counted import NUMBER_WORDS, NUMBERS
from analyzer.extract.length_words import took
from analyzer.extract.named_days import known_event_at, known_event_in
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import resolve
from analyzer.extract.time_words import sentence_of
from analyzer.extract.view import Clause
from analyzer.extract.year_words import with_year
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

UNIT: Mapping[str, str] = {
    "d": "day",
    "t": "day",
    "w": "week",
    "m": "month",
    "s": "session",
    "h": "session",
    "b": "session",
}
"""By the first letter of its word, "trading days" apart."""
COUNTED_AFTER = Pattern(
    rf"\b{any_phrase('opens_a_length_after')}\s+(?:{any_phrase('article_of_a_length_after')}\s+)?"
    rf"(?:(?P<n>\d{{1,3}}|{NUMBER_WORDS})\s+)?(?P<unit>{any_phrase('unit_of_a_length_after')})\s+"
    rf"{any_phrase('after_an_event')}\s+",
    re.IGNORECASE,
)
PERFECT = phrases("auxiliary_of_the_perfect")
BETWEEN = Pattern(rf"\b{any_phrase('between')}\s+", re.IGNORECASE)
AND = Pattern(rf"\s+{any_phrase('and_another_event')}\s*", re.IGNORECASE)
SINCE_THEN = phrases("since_then")
NAMED = (t.Day, t.Weekday, t.Month, t.Year, t.RelativeDay, t.RelativePeriod, t.YearPart, t.Season)
"""Times of which the last one named is that from which "since then" counts: only a day is one to count from."""
FAR = 70
"""Characters between the length and the date of what it is counted from: "the two days after his announcement on"."""
FEW = 10
"""Sessions of a move that a story tells of without saying when it ended."""


@dataclass(frozen=True)
class After:
    """``count`` units from the close of ``base``, and how the day is known."""

    base: date
    count: int | None
    """None: up to ``until``, or to the writing."""
    unit: str
    basis: Basis
    text: str
    known: bool = False
    """Whether the day stands in the list of events and not in the text."""
    until: date | None = None
    """The last day, where that is known and nothing is counted."""


def after_an_event(clause: Clause, published: date | None) -> After | None:
    """The window that the clause counts from a day or a known event; None where it counts none, or from what was not
    read."""
    opening = COUNTED_AFTER.search(clause.text)
    if opening is not None:
        return _said(clause, opening, published)
    return _between(clause, published) or _since_then(clause, published) or _told_before(clause, published)


def counts_from_something(clause: Clause) -> bool:
    """Whether a length of the clause is counted from something, which may not have been read."""
    return COUNTED_AFTER.search(clause.text) is not None


def _said(clause: Clause, opening: re.Match[str], published: date | None) -> After | None:
    """ "In the two days after Liberation Day", "in den zwei Wochen nach der Wahl am 5. November"."""
    article, at = clause.view.article, clause.start + opening.end()
    count, unit = _length(opening)
    dated = next((e for e in clause.times if at <= e.start <= at + FAR and isinstance(_day(e), t.Day)), None)
    if dated is not None and not set(",;") & set(article.text[at : dated.start]):
        day = resolve(_day(dated), published)
        words = article.text[clause.start + opening.start() : dated.end]
        return After(day.first, count, unit, "quote", words) if day is not None else None
    event = known_event_at(article, at)
    day = resolve(event[0], published) if event is not None else None
    if event is None or day is None:
        return None
    words = article.text[clause.start + opening.start() : event[1]]
    return After(day.first, count, unit, "default", words, known=True)


def _between(clause: Clause, published: date | None) -> After | None:
    """ "Between the election and the inauguration": from the one known event to the other."""
    article, opening = clause.view.article, BETWEEN.search(clause.text)
    first = known_event_at(article, clause.start + opening.end()) if opening is not None else None
    link = AND.match(article.text, first[1], clause.end) if first is not None else None
    second = known_event_at(article, link.end()) if link is not None else None
    if opening is None or first is None or second is None:
        return None
    days = [resolve(event, published) for event, _ in (first, second)]
    if days[0] is None or days[1] is None or days[0].first >= days[1].first:
        return None
    words = article.text[clause.start + opening.start() : second[1]]
    return After(days[0].first, None, "day", "default", words, known=True, until=days[1].last)


def _since_then(clause: Clause, published: date | None) -> After | None:
    """ "The index set a record on 19 February. Since then it has lost a tenth": from the day that was named last, in
    its sentence or the one before, or the known event there."""
    found = SINCE_THEN.search(clause.text)
    if found is None or any(isinstance(e.value, t.Since) for e in clause.times):
        return None
    at, paragraph = clause.start + found.start(), clause.paragraph.start
    before = [s for s in clause.view.sentences if s.start < at and s.end > paragraph][-2:]
    if not before:
        return None
    begin = max(before[0].start, paragraph)
    named = [e for e in clause.view.times if begin <= e.start and e.end <= at and isinstance(e.value, NAMED)]
    article = clause.view.article
    if named:
        day = resolve(with_year(clause.sentence, named[-1]).value, published)
        one = day is not None and day.shape == "day" and (published is None or day.first < published)
        return After(day.first, None, "day", "article", found.group()) if day is not None and one else None
    event = known_event_in(article, begin, at)
    day = resolve(event, published) if event is not None else None
    return After(day.first, None, "day", "default", found.group(), known=True) if day is not None else None


def _day(expression: t.TimeExpression) -> t.TimeValue:
    """The day of an expression that was read with what stands before it: "since the vote of June 23"."""
    value = expression.value
    found = value.anchor if isinstance(value, t.Since) else value
    # "nach dem 2. April" behind "innerhalb von", which otherwise looks ahead
    return replace(found, year=None) if isinstance(found, t.Day) and found.year == "ahead" else found


def _length(opening: re.Match[str]) -> tuple[int, str]:
    """How many of which unit; the article alone is one: "in the month after the election"."""
    said = (opening["n"] or "1").lower()
    unit = opening["unit"].lower()
    return NUMBERS.get(said) or int(said), "session" if unit.startswith("trading") else UNIT[unit[0]]


def _told_before(clause: Clause, published: date | None) -> After | None:
    """ "On 2 April he announced tariffs. Within two days the index lost a tenth": a story that goes on, told in the
    past, of a few sessions from the day, or the known event, of the sentence before."""
    article, at = clause.view.article, clause.times[0] if len(clause.times) == 1 else None
    length = at.value if at is not None and took(clause, at) else None
    if at is None or not isinstance(length, t.Duration) or length.unit not in ("day", "session"):
        return None
    count = round(length.count or 1)
    if not 1 < count <= FEW or PERFECT.search(clause.text):
        return None
    before = [s for s in clause.view.sentences if s.end <= clause.sentence.start and s.start >= clause.paragraph.start]
    if not before:
        return None
    told = clause.view.clause(before[-1].start, before[-1].end)
    days = [e for e in told.times if isinstance(e.value, t.Day)]
    day = resolve(days[0].value, published) if len(days) == 1 and sentence_of(days[0], told)[0] == told.start else None
    event = known_event_in(article, told.start, told.end) if not days else None
    known = resolve(event, published) if event is not None else None
    found = day or known
    if found is None:
        return None
    return After(found.first, count, "session", "article" if day else "default", at.text, known=day is None)
