"""Where the span of a universal claim begins: "since 1981", "in almost two years", "zuletzt im März"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from analyzer.extract.break_words import named_turn
from analyzer.extract.drafts import Context
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import resolve
from analyzer.extract.time_words import is_last_so, is_span_of_a_high, scopes
from analyzer.extract.view import Clause
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

HIGH_OF_A_LENGTH, LOW_OF_A_LENGTH = phrases("high_of_a_length"), phrases("low_of_a_length")
"""A record with its span in one word: "a 16-year high"."""
OF_THE_YEAR = phrases("of_this_year")
SO_FAR = phrases("so_far_this_year")
"""A span that a denial names: "noch nie in diesem Jahr"."""
A_MONTH = 45
SINCE = phrases("since_when")


@dataclass(frozen=True)
class Beginning:
    """``since`` None is "ever"; ``open`` is a beginning that is said and cannot be read."""

    since: date | None
    precision: Literal["day", "month", "year"] = "day"
    basis: Basis = "default"
    open: bool = False
    length: bool = False
    """Whether it is counted back from now, "in three years", which is a round figure."""
    assumed: tuple[str, ...] = ()
    by: date | None = None
    """The last day of a time with a name, somewhere in which it begins: "since the financial crisis"."""


def beginning(context: Context) -> Beginning:
    """What the clause says of its beginning, else its sentence."""
    for scope, basis in scopes(context.clause):
        for expression in scope.times:
            if (several := _several(expression, context)) is not None:
                return several
            value = expression.value if is_last_so(scope, expression) else _said(expression, context)
            if (turn := _since_a_turn(value, expression.text, context)) is not None:
                return turn
            anchor = resolve(value, context.clock.published)
            if anchor is not None and anchor.known:
                return _since_a_known_event(expression.text, anchor.last)
            if anchor is not None and anchor.shape != "ever":
                long = (
                    anchor.last - anchor.first
                ).days > A_MONTH and anchor.shape == "period"  # "since the summer of 2023"
                precision = "year" if long else _precision(expression.value, anchor.precision)
                return Beginning(anchor.first, precision, basis, length=_is_length(expression.value))
        if LAST_TIME.search(scope.text) and (turn := _of_a_turn(scope.text, scope.text, context)) is not None:
            return turn
        if (OF_THE_YEAR.search(scope.text) or SO_FAR.search(scope.text)) and context.clock.published is not None:
            return Beginning(context.clock.published.replace(month=1, day=1), "day", basis)
        if SINCE.search(scope.text):
            return _since_an_event(scope, context, basis) or Beginning(None, open=True)
        if any(isinstance(e.value, t.Ever) for e in scope.times):
            return Beginning(None)  # "the worst ever, as oil took its biggest fall in two years"
    return Beginning(None)


def _since_a_known_event(words: str, day: date) -> Beginning:
    """What "since the Brexit vote" was last more extreme was so in its month: on the day itself, or after it."""
    note = f'"{words}" is taken for {day:%Y-%m}'
    return Beginning(day.replace(day=1), "month", "default", assumed=(note,))


def _since_a_turn(value: t.TimeValue, words: str, context: Context) -> Beginning | None:
    """ "The worst week since the financial crisis": what was last more extreme was so within that time."""
    if not isinstance(value, t.EventAnchor) or isinstance(value, t.EventDay):
        return None
    return _of_a_turn(value.text, words, context)


def _of_a_turn(named: str, words: str, context: Context) -> Beginning | None:
    found = named_turn(named)
    published = context.clock.published
    if found is None or (published is not None and found[1] >= published) or DIGITS.search(words):
        return None
    last = found[1] + NO_SHARP_END if published is None else min(found[1] + NO_SHARP_END, published)
    note = f'"{words}" is taken for {found[0]} to {last}'
    return Beginning(found[0], "day", "default", assumed=(note,), by=last)


NO_SHARP_END = timedelta(days=120)
"""By how much later than its last day a value still is one of a time with a name: no crisis ends on a day."""
LAST_TIME = phrases("the_last_time")
"""What dates a level by what was then: "the last time oil was this cheap the economy was in the Great Recession"."""
DIGITS = re.compile(r"\d{4}")


SEVERAL = 2
"""Years, months or weeks of "a multi-year high", as a written default: it is the highest of two at least."""


def _several(expression: t.TimeExpression, context: Context) -> Beginning | None:
    """Where the span of a high begins whose length is not said."""
    value = expression.value
    if not isinstance(value, t.Duration) or value.count is not None or not is_span_of_a_high(expression):
        return None
    anchor = resolve(t.Ago(SEVERAL, value.unit), context.clock.published)
    if anchor is None:
        return None
    note = f'"{expression.text}" is taken to reach back to {anchor.first}'
    precision = _precision(t.Duration(SEVERAL, value.unit), "day")
    return Beginning(anchor.first, precision, "default", length=True, assumed=(note,))


AN_EVENT = Pattern(
    rf"\b{any_phrase('since_an_event')}\s+(?:[^\W\d]+[-\s]+){{1,5}}?(?:{any_phrase('since_an_event_link')}\s+)?$",
    re.IGNORECASE,
)
DATED = (t.Year, t.Month, t.Day)


def _since_an_event(scope: Clause, context: Context, basis: Basis) -> Beginning | None:
    """ "Seit dem Börsencrash vom Oktober 1987", "seit der Lehman-Pleite 2008": the month or year of the event."""
    text, language = scope.view.article.text, scope.view.article.language
    for expression in scope.times:
        value = expression.value
        dates: list[t.TimeValue] = []
        if isinstance(value, t.Since) and isinstance(value.anchor, t.EventAnchor):
            dates = [e.value for e in t.times(value.anchor.text, language) if isinstance(e.value, DATED)]
        elif isinstance(value, DATED) and AN_EVENT.search(text[scope.start : expression.start]):
            dates = [value]
        anchor = resolve(dates[0], context.clock.published) if len(dates) == 1 else None
        if anchor is not None:
            return Beginning(anchor.first, _precision(dates[0], anchor.precision), basis)
    return None


def _is_length(value: t.TimeValue) -> bool:
    return isinstance(value.anchor if isinstance(value, t.Since) else value, (t.Duration, t.Ago))


def _precision(value: t.TimeValue, precision: str) -> Literal["day", "month", "year"]:
    """A length is as precise as its unit: "in four years" names a year, not a day."""
    ago = value.anchor if isinstance(value, t.Since) else value
    if isinstance(ago, t.Ago):
        value = t.Duration(ago.count, ago.unit)  # "seit 33 Jahren" is as round as "in 33 years"
    if isinstance(value, t.Duration):
        return "year" if value.unit == "year" else "month" if value.unit in ("month", "quarter", "half_year") else "day"
    return "day" if precision == "day" else "month" if precision == "month" else "year"


LAST_SEEN = Pattern(rf"\b{any_phrase('last_seen')}\s*{any_phrase('last_seen_in')}?\s*$", re.IGNORECASE)


NEARLY = phrases("nearly_so_long")


def _said(expression: t.TimeExpression, context: Context) -> t.TimeValue:
    """What an expression says of the beginning of a span: "since 1981", "in almost two years", "zuletzt im März"."""
    value = expression.value
    if isinstance(value, t.Since):
        return value.anchor
    if isinstance(value, t.Duration) and value.side != "future" and value.count and value.unit != "session":
        nearly = NEARLY.search(context.clause.view.article.text[max(0, expression.start - 4) : expression.end])
        return t.Ago(value.count * (0.9 if nearly else 1.0), value.unit)
    before = context.clause.view.article.text[max(0, expression.start - 24) : expression.start]
    if isinstance(value, (t.Month, t.Season, t.Year, t.YearPart, t.Day, t.WeekOf, t.Ago)) and LAST_SEEN.search(before):
        return value
    return t.Ever()
