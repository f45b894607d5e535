"""Lengths of time: how long a move took, what looks back or ahead, and the period that is running."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeGuard

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import Period
from analyzer.extract.view import Clause
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

WHOLE = Pattern(
    rf"(?<!gains )(?<!losses )(?<!gain )(?<!loss )\b{any_phrase('whole_period')} "
    rf"(?:{any_phrase('whole_manner')} ){{0,3}}(?P<en>week|month|year)\b(?! {any_phrase('no_whole_behind')}\b)"
    rf"|\b{any_phrase('whole_over')} (?P<over>week|month|year)\b"
    rf"|\b{any_phrase('whole_within')} (?P<within>week|month)\b(?! {any_phrase('no_whole_within')}\b)"
    rf"|\b(?P<wn>wochen|monats|jahres){any_phrase('whole_result')}\w*"
    r"|\bauf (?P<de>woche|monat|jahre)ssicht\b|\bauf (?P<wo>wochen)sicht\b|\bim (?:\w+ )?(?P<wv>wochen)verlauf\b"
    rf"|\bim (?P<ww>wochen){any_phrase('whole_week_joined')}\b|\b(?P<wg>{any_phrase('whole_week_german')})\b"
    rf"|\bin der (?P<iw>(?:handels|börsen)?woche)\b(?!\s+{any_phrase('no_week_behind_german')}\b)"
    rf"|\b{any_phrase('whole_week')} (?P<wk>week)\b(?! {any_phrase('no_whole_behind')}\b)"
    rf"|\b(?P<wc>week|month)ly {any_phrase('whole_change')}s?\b"
    rf"|\b{any_phrase('noun_of_a_move', 'en')} {any_phrase('move_of_a_period', 'en')} (?P<sn>week|month|year)\b"
    rf"(?= (?:{any_phrase('a_move_amounts', 'en')}|to)\b)"
    rf"|\b{any_phrase('it_was', 'en')} {any_phrase('a_bad_or_good_one', 'en')} (?P<bw>week|month|year) for\b"
    rf"|\b{any_phrase('it_was', 'de')} {any_phrase('a_bad_or_good_one', 'de')} {any_phrase('ended_period_kind')}?"
    rf"(?P<bd>woche|monat|jahr) für\b"
    rf"|\b{any_phrase('noun_of_a_move', 'de')} {any_phrase('move_of_a_period', 'de')} (?P<sd>woche)\b",
    re.IGNORECASE,
)
"""A figure for the whole of the running week, month or year: "for the year", "auf Wochensicht"."""
ADJECTIVE = ("wn", "wc")
"""Its groups that only say how long the period is: "a monthly gain", "Wochenverlust"."""
OF_THE_STORY = ("bw", "bd")
"""Its groups of a period that the text tells of, which may lie long back: "it was a brutal week for the Dow"."""


def took(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Lost 23 % in four sessions", "binnen sieben Wochen": how long it took, and not when it ended."""
    value = expression.value
    if not isinstance(value, t.Duration) or (value.count == 1 and value.unit in ONE_DAY):
        return False
    told = value.side == "future" and WITHIN_WORD.match(expression.text) is not None  # "binnen zwei Tagen brach er ein"
    if value.side is not None and not (told and not _looks_ahead_beside(clause, expression)):
        return False
    before = clause.view.article.text[max(0, expression.start - 16) : expression.start]
    return TOOK.search(before) is not None or TOOK.match(expression.text + " ") is not None


def _looks_ahead_beside(clause: Clause, expression: t.TimeExpression) -> bool:
    """Whether a word of a forecast stands in the clause that is none of the length itself."""
    ahead = (c for c in clause.cues if c.heading in ("forecast", "forecast_strong", "conditional"))
    return any(not expression.start <= c.start < expression.end for c in ahead)


TOOK = Pattern(rf"\b{any_phrase('it_took')}\s+(?:{any_phrase('it_took_only')} )?", re.IGNORECASE)
PERFECT = Pattern(
    rf"\b{any_phrase('perfect_german')}\b(?=.*\b{any_phrase('participle')}\b)|\b{any_phrase('perfect')}\b"
    rf"|(?:'s|\b{any_phrase('perfect_be')}) {any_phrase('perfect_particle')}\b",
    re.IGNORECASE,
)
"""A perfect tense: what has happened up to now."""


def lasted_until_now(clause: Clause) -> t.TimeExpression | None:
    """The length of a move that has just ended, "binnen einer Woche hat er ein Zehntel verloren"; None where the clause
    has another time, or tells it in the past tense."""
    lengths = [e for e in clause.times if took(clause, e) and isinstance(e.value, t.Duration)]
    counted = len(lengths) == 1 and isinstance(lengths[0].value, t.Duration) and lengths[0].value.count is not None
    return lengths[0] if counted and len(clause.times) == 1 and PERFECT.search(clause.text) else None


ONE_DAY = ("day", "session")


def counts_sessions(value: t.TimeValue) -> TypeGuard[t.Duration]:
    """ "The past five sessions", "in den vergangenen zehn Handelstagen"."""
    return isinstance(value, t.Duration) and value.side == "past" and value.unit == "session" and bool(value.count)


def is_past_length(value: t.TimeValue) -> bool:
    return isinstance(value, t.Duration) and value.side == "past" and not counts_sessions(value)


def runs_up_to_something(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "The twelve months before the peak": a length that ends with what is not a date."""
    after = clause.view.article.text[expression.end : expression.end + 16]
    return isinstance(expression.value, t.Duration) and LENGTH_BEFORE.match(after) is not None


LENGTH_BEFORE = Pattern(rf"\s+{any_phrase('length_before')}\b")


def is_length(value: t.TimeValue) -> bool:
    """A length of time that looks neither back nor ahead ("for 90 days") is no window."""
    return isinstance(value, t.Duration) and value.side is None


WITHIN = Pattern(rf"\b{any_phrase('within_a_length')}\s+(?:the\s+)?(?:next\s+)?$", re.IGNORECASE)


def ahead(clause: Clause, expression: t.TimeExpression) -> t.TimeValue:
    """A bare length behind "within", in a forecast, looks ahead."""
    value = expression.value
    before = clause.view.article.text[max(0, expression.start - 24) : expression.start]
    spoken = WITHIN.search(before) or WITHIN.match(expression.text + " ") or WITHIN_WORD.match(expression.text)
    if isinstance(value, t.Duration) and value.side is None and spoken:
        return t.Duration(value.count, value.unit, "future")
    return value


WITHIN_WORD = Pattern(rf"{any_phrase('within_word')}\b", re.IGNORECASE)


def running(last: date, published: date, whole: re.Match[str]) -> date:
    """The last session of the period that "for the year" means: of the one that has just ended, when a text is written
    in the first days of the next."""
    word = unit_of(whole)
    fresh = (
        published.weekday() == 0
        if word.startswith("w")
        else published.day <= 4
        if word.startswith("mon")
        else (published.month, published.day) <= (1, 20)
    )
    if not fresh:
        return last
    return before_running(last if word.startswith("w") and last.weekday() == 0 else published, whole)


def unit_of(whole: re.Match[str]) -> str:
    """ "week", "month", "year" or a German word that begins like one of them."""
    found = next(w for w in whole.groups() if w).lower()
    return "week" if "woche" in found else found


def before_running(last: date, whole: re.Match[str]) -> date:
    """The day before the running week, month or year began."""
    word = unit_of(whole)
    if word.startswith("w"):
        return last - timedelta(days=last.weekday() + 1)
    return last.replace(day=1, month=last.month if word.startswith("mon") else 1) - timedelta(days=1)


def coming(period: Period | None, value: t.TimeValue, published: date) -> Period | None:
    """A month or day without a year, said of the future, is the next one."""
    if period is None or period.last > published or getattr(value, "year", 0) is not None:
        return period
    return replace(period, first=a_year_later(period.first), last=a_year_later(period.last))


def a_year_later(day: date) -> date:
    """The same day of the next year; 28 February for the 29th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


YEAR_CLOSES = phrases("year_closes")
"""A horizon in a verb: the last session of the running year, and no day before it."""
