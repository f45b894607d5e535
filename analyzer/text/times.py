"""Expressions of time in a text, typed and without a calendar, in German and English.

``times`` finds them; what each can say is in ``analyzer.text.time_values``, whose names are also here. The longest
reading at a place wins, also where it is a day that no calendar has. Plain prepositions ("am", "im", "on") stay outside
unless they make the meaning ("vor drei Wochen", "in zwölf Monaten"). A four-digit number is a year unless a unit, a
preposition of levels ("fiel auf 1950") or a name speaks against it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from analyzer.text.time_fits import fits, idiom_end
from analyzer.text.time_form import Form, trigger
from analyzer.text.time_forms import forms
from analyzer.text.time_lexicon import Phrase, compiled, idioms, lexicon, phrases
from analyzer.text.time_links import linked
from analyzer.text.time_neighbours import with_neighbours
from analyzer.text.time_tense import with_tense
from analyzer.text.time_values import (
    Ago,
    Between,
    CalendarWeek,
    Day,
    DayOfMonth,
    Duration,
    EdgeDay,
    Either,
    EventAnchor,
    EventDay,
    Ever,
    HalfYear,
    Holiday,
    Month,
    Neighbour,
    NoSuchDay,
    Overnight,
    Quarter,
    RelativeDay,
    RelativePeriod,
    Season,
    SessionPart,
    Since,
    TimeExpression,
    TimeValue,
    Trailing,
    Until,
    Weekday,
    WeekOf,
    Year,
    YearPart,
    YearSaid,
    YearStart,
    looking,
)
from analyzer.text.tokens import Tokens, tokens

__all__ = [
    "Ago",
    "Between",
    "CalendarWeek",
    "Day",
    "DayOfMonth",
    "Duration",
    "EdgeDay",
    "Either",
    "EventAnchor",
    "EventDay",
    "Ever",
    "HalfYear",
    "Holiday",
    "Month",
    "Neighbour",
    "NoSuchDay",
    "Overnight",
    "Quarter",
    "RelativeDay",
    "RelativePeriod",
    "Season",
    "SessionPart",
    "Since",
    "TimeExpression",
    "TimeValue",
    "Trailing",
    "Until",
    "WeekOf",
    "Weekday",
    "Year",
    "YearPart",
    "YearSaid",
    "YearStart",
    "looking",
    "times",
]


@lru_cache(maxsize=16)
def times(text: str, language: str) -> tuple[TimeExpression, ...]:
    """The time expressions of ``text`` in order, not overlapping. ``language`` is "de" or "en"."""
    found = tokens(text)
    simple: list[TimeExpression] = []
    resume = 0
    for index, start in enumerate(found.starts):
        if start < resume:
            continue
        begun = _begun(found.words[index], language)
        if begun is None:
            continue
        idiom = idiom_end(found, index, language)
        best = _longest(found, index, begun, language) if idiom is None else None
        if best is not None:
            simple.append(TimeExpression(start, best[0], text[start : best[0]], best[1]))
        resume = best[0] if best else idiom or resume
    said = with_neighbours(text, linked(found, simple, language), language)
    return tuple(with_tense(found, said, language))


class _Begun(NamedTuple):
    """What may begin with a word: phrases, and forms with their patterns."""

    phrases: tuple[Phrase, ...]
    forms: tuple[tuple[re.Pattern[str], Form], ...]


@lru_cache(maxsize=16_384)
def _begun(word: str, language: str) -> _Begun | None:
    """What may begin with the word, idioms too; None for most words, which begin nothing."""
    listed = tuple(phrases(language).get(word, ()))
    fitting = tuple((compiled(form.pattern, language), form) for form in forms(language).get(trigger(word), ()))
    return _Begun(listed, fitting) if listed or fitting or word in idioms(language) else None


def _longest(found: Tokens, index: int, begun: _Begun, language: str) -> tuple[int, TimeValue] | None:
    """End and value of the longest expression that starts with token ``index``."""
    start = found.starts[index]
    best: tuple[int, TimeValue] | None = None
    for words, said in begun.phrases:
        if found.words[index : index + len(words)] == words:
            end = found.ends[index + len(words) - 1]
            best = (end, said) if fits(found, index, end, said, language) else None
            break
    x = lexicon(language)
    for pattern, form in begun.forms:
        match = pattern.match(found.text, start)
        if match is None or (best is not None and match.end() <= best[0]):
            continue
        many = match.groupdict().get("n")
        if many is not None and not x.is_count(many):
            continue
        value = form.build(match, x)
        if value is not None and fits(found, index, match.end(), value, language):
            best = match.end(), value
    return best
