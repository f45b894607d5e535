"""Of which year a time is that names none, and whether a text tells of one long past."""

from __future__ import annotations

from dataclasses import replace

from analyzer.extract.phrases import phrases
from analyzer.extract.view import Clause
from analyzer.text import times as t
from analyzer.text.time_values import UNSAID


def with_year(scope: Clause, expression: t.TimeExpression) -> t.TimeExpression:
    """A day or month without a year behind a date of the same sentence that has one: "peaked on March 10, 2000, and by
    April 14 it had"."""
    value = expression.value
    if isinstance(value, t.Until):
        inner = with_year(scope, replace(expression, value=value.anchor)).value
        return replace(expression, value=t.Until(inner)) if inner != value.anchor else expression
    if not isinstance(value, (t.Day, t.Month)) or value.year not in UNSAID:
        return expression
    dated = (t.Day, t.Month, t.Year, t.Quarter)
    before = [e.value for e in scope.times if e.end <= expression.start and isinstance(e.value, dated)]
    years = [year for v in before if isinstance(year := getattr(v, "year", None), int)] or _year_of_the_story(scope)
    return replace(expression, value=replace(value, year=years[-1])) if years else expression


GOES_ON = phrases("goes_on_in_that_year")


def _year_of_the_story(scope: Clause) -> list[int]:
    """The year that the sentence before named with a day or a month, where this one goes on from there: "a few days
    later, on March 27". Else none: a story of today would mean this year's March."""
    if GOES_ON.search(scope.sentence.text) is None:
        return []
    before = [e.value for e in scope.view.times if scope.paragraph.start <= e.start and e.end <= scope.sentence.start]
    dated = [v for v in before if isinstance(v, (t.Day, t.Month, t.Quarter, t.Year))]
    year = getattr(dated[-1], "year", None) if dated else None
    return [year] if isinstance(year, int) else []


NEAR_BEFORE = 400
"""Characters over which a story goes on from the year that it has named."""
LONG_AGO = 2
"""Years back, from which on a year is one of history and not of the news."""


def tells_of_long_ago(clause: Clause) -> bool:
    """Whether a text that is no report of a day has just named a year long past and goes on in the past tense: "It fell
    by a third within a month" behind "the top of April 1998" is of no session of today."""
    published = clause.view.article.published
    if published is None or clause.sentence.times or not TOLD_IN_THE_PAST.search(clause.text):
        return False
    daily = (t.Weekday, t.RelativeDay, t.SessionPart, t.Overnight)
    if TOLD_IN_THE_PRESENT.search(clause.text) or any(isinstance(e.value, daily) for e in clause.view.times):
        return False
    start = clause.sentence.start
    before = [e for e in clause.view.times if start - NEAR_BEFORE <= e.start and e.end <= start]
    value = before[-1].value if before else None
    value = value.last if isinstance(value, t.Between) else value
    year = getattr(value, "year", None)
    return isinstance(year, int) and published.year - year >= LONG_AGO


TOLD_IN_THE_PAST = phrases("told_in_the_past")
TOLD_IN_THE_PRESENT = phrases("told_in_the_present")


def year_is_open(clause: Clause) -> bool:
    """Whether a day or month without a year stands behind one of another year in its paragraph: it may be of either."""
    unsaid = [e for e in clause.times if isinstance(e.value, (t.Day, t.Month)) and e.value.year in UNSAID]
    published = clause.view.article.published
    if not unsaid or published is None or _year_of_the_story(clause):
        return False
    before = [
        e.value.year
        for e in clause.view.times
        if clause.paragraph.start <= e.start < clause.start and isinstance(e.value, (t.Day, t.Month))
    ]
    named = [year for year in before if isinstance(year, int)]
    return bool(named) and named[-1] < published.year
