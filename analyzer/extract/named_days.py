"""Events from which a text counts and whose day it does not say, for every reader knows it: "since the election".

The days stand in ``lexicon/named_days.yaml``. A day that the text says itself goes before: "seit dem Amtsantritt am 20.
Januar" is since that day. Of what happened several times the last one before the text was written is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.model import Article
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

Days = tuple[date, ...]
"""Of one event: one day, or two of which each may be meant."""

OPENING = Pattern(rf"\b{any_phrase('since_a_known_event')}\s+", re.IGNORECASE)
SECOND_TERM = phrases("second_of_its_kind")
DATED = Pattern(rf"\s*,?\s*\(?(?:{any_phrase('date_of_a_known_event')}\s+)?", re.IGNORECASE)
"""Between an event and its date: "Amtsantritt am", "election in", "Amtsantritt vor"."""
DAYS = (t.Day, t.NoSuchDay)
LONG_AGO = 2 * 366
"""Days after which a text would say which election it means."""


@dataclass(frozen=True)
class KnownEvent:
    """One line of the list: its words, and the days of each time that it happened, in order."""

    words: Pattern
    days: tuple[Days, ...]
    whose: Pattern | None = None
    """Who must stand elsewhere in the text, where the words alone leave open which event they mean."""
    unless: Pattern | None = None
    """What must not stand in it: another one of the kind."""


def with_known_events(expressions: Sequence[t.TimeExpression], article: Article) -> tuple[t.TimeExpression, ...]:
    """The time expressions of a text, with the days of the events that it only names."""
    read = [found for found in _known(expressions, article) if found is not None]
    if not read:
        return tuple(expressions)
    others = (e for e in expressions if not any(e.start < known.end and known.start < e.end for known in read))
    return tuple(sorted([*others, *read], key=lambda e: e.start))


def _known(expressions: Sequence[t.TimeExpression], article: Article) -> Iterator[t.TimeExpression | None]:
    dated = {e.start for e in expressions if isinstance(e.value, t.Since) and isinstance(e.value.anchor, DAYS)}
    for opening in OPENING.finditer(article.text):
        if opening.start() in dated:
            continue
        for event in known_events():
            found = event.words.match(article.text, opening.end())
            if found is not None and _is_meant(event, article):
                yield _since(event, opening.start(), found, expressions, article)
                break


def known_event_in(article: Article, start: int, end: int) -> t.EventDay | None:
    """The one event of a stretch of a text; None where it names none, or several."""
    found = {}
    for event in known_events():
        for match in event.words.finditer(article.text, start, end):
            if event.whose is None and (value := _event_day(event, match.group(), event.days, article)) is not None:
                found[value.days] = value
    return next(iter(found.values())) if len(found) == 1 else None


def known_event_at(article: Article, at: int) -> tuple[t.EventDay, int] | None:
    """The event whose name begins at a place, and where the name ends."""
    for event in known_events():
        match = event.words.match(article.text, at)
        value = _event_day(event, match.group(), event.days, article) if match and _is_meant(event, article) else None
        if match is not None and value is not None:
            return value, match.end()
    return None


def _event_day(event: KnownEvent, words: str, days: Sequence[Days], article: Article) -> t.EventDay | None:
    """The last time that it happened before the text was written, or the second one where the words say so."""
    published = article.published
    passed = [one for one in days if published is None or one[0] <= published]
    several = published is None and len(passed) > 1
    stale = bool(passed) and event.whose is not None and published and (published - passed[-1][0]).days > LONG_AGO
    if not passed or several or stale:
        return None
    meant = passed[1] if len(passed) > 1 and SECOND_TERM.search(words) else passed[-1]
    return t.EventDay(words, tuple(t.Day(day.year, day.month, day.day) for day in meant))


def _is_meant(event: KnownEvent, article: Article) -> bool:
    if event.unless is not None and event.unless.search(article.text) is not None:
        return False
    return event.whose is None or event.whose.search(article.text) is not None


def _since(
    event: KnownEvent, start: int, found: re.Match[str], expressions: Sequence[t.TimeExpression], article: Article
) -> t.TimeExpression | None:
    """Since the event that the words name, or since the day that stands behind them; None where neither can be read."""
    text = article.text
    said = _said_behind(found.end(), expressions, text)
    end = said.end if said is not None else found.end()
    if said is not None and isinstance(said.value, DAYS):
        return t.TimeExpression(start, end, text[start:end], t.Since(said.value))
    days = event.days
    if said is not None and isinstance(said.value, t.Year | t.Month) and isinstance(said.value.year, int):
        days = tuple(one for one in days if one[-1].year == said.value.year)
    value = _event_day(event, found.group(), days, article)
    if value is None:
        return None
    return t.TimeExpression(start, end, text[start:end], t.Since(value))


def _said_behind(end: int, expressions: Sequence[t.TimeExpression], text: str) -> t.TimeExpression | None:
    """The date right behind the name of an event: "on November 8", "vor 100 Tagen", "im Juni 2016"."""
    dated = (*DAYS, t.Month, t.Year, t.Ago)
    behind = [e for e in expressions if end <= e.start <= end + 12 and isinstance(e.value, dated)]
    return next((e for e in behind if DATED.fullmatch(text, end, e.start)), None)


@lru_cache(maxsize=1)
def known_events() -> tuple[KnownEvent, ...]:
    """The list, what names an event alone before what needs somebody of it in the text."""
    text = files("analyzer.extract").joinpath("lexicon", "named_days.yaml").read_text(encoding="utf-8")
    read = yaml.safe_load(text)
    fill = rf"(?:(?:{'|'.join(read['fillers'])})(?:\s+|(?<=-)))*"
    events = [one for entry in read["events"].values() for one in _events_of(entry, fill)]
    return tuple(sorted(events, key=lambda event: event.whose is not None))


def _events_of(entry: Mapping[str, Any], fill: str) -> Iterator[KnownEvent]:
    people: Mapping[str, Sequence[Any]] = entry.get("people", {})
    every = tuple(sorted(_days(entry.get("days") or [day for days in people.values() for day in days])))
    if "words" in entry:
        yield KnownEvent(_pattern(f"{fill}(?:{'|'.join(entry['words'])})"), every)
    for person, days in people.items():
        noun, clause = "|".join(entry["nouns"]), "|".join(entry["clauses"])
        before = rf"{person}(?:'s|’s|s|'|’)?\s+{fill}(?:{noun})"  # "Trumps Amtsantritt", "Trump's second inauguration"
        behind = rf"(?:{noun})\s+{fill}{person}s?"
        named = rf"(?:{before}|{behind}|{person}\s+{fill}(?:{clause}))"
        yield KnownEvent(_pattern(f"{fill}{named}"), tuple(sorted(_days(days))))
    if "bare" in entry:
        whose = Pattern(rf"\b(?:{'|'.join(people)})(?:'s|’s|s)?\b", re.IGNORECASE)
        others = Pattern(rf"\b(?:{'|'.join(entry['unless'])})\b", re.IGNORECASE) if "unless" in entry else None
        yield KnownEvent(
            _pattern(rf"{fill}(?:{'|'.join(entry['bare'])})(?!\s+(?:als|as|von|of)\b)"), every, whose, others
        )


def _pattern(words: str) -> Pattern:
    return Pattern(rf"(?:{words})(?![\w-])", re.IGNORECASE)


def _days(written: Sequence[Any]) -> Iterator[Days]:
    for one in written:
        yield tuple(one) if isinstance(one, list) else (one,)
