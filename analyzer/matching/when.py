"""Which days a claim speaks of: the session that was bound, else the times of its words, else the day of writing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from analyzer.extract.resolve import Period, resolve
from analyzer.extract.windows import Clock
from analyzer.matching import words
from analyzer.text import times as t

if TYPE_CHECKING:
    from analyzer.extract.view import Clause
    from analyzer.model import Trial

PASSED_OVER = (t.Duration, t.Ever, t.SessionPart, t.EventAnchor)
FAR_BACK = timedelta(days=80)
WEEK = timedelta(days=7)
YEAR = timedelta(days=365)
NEAR_THE_END = 20
"""A horizon may be meant a twentieth of the way earlier or later: "within two years", "by the spring after next"."""
SAID = ("quote", "context")
BEFORE = 30
"""Within how many characters a cue reaches the time that it is said of."""
LENGTH = ("an einem", "one-day", "für ein")


@dataclass(frozen=True)
class Told:
    """What decides how the times of a claim are read."""

    published: date | None
    forecast: bool
    record: bool
    """A record's "since 2011" is no time of its own."""
    moves: bool
    """Whether it is of a change, which takes a time."""
    lasts: bool
    """A state is not of the session that a trial was bound to."""
    likeness: bool
    """ "The Cisco of 2000" is what a thing is likened to, and not when."""


def time_of(clause: Clause, told: Told, trials: Sequence[Trial]) -> tuple[date | None, date | None, bool]:
    """First and last day, and whether the words or the trial say so; else the day of writing."""
    if told.forecast and told.published and (horizon := Clock(told.published).horizon(clause)) is not None:
        room = max((horizon[0] - told.published) / NEAR_THE_END, timedelta(0))
        return horizon[0] - room, horizon[0] + room, True
    if told.forecast and told.published and "year_end" in words.said(clause.lowered):
        return date(told.published.year, 12, 20), date(told.published.year, 12, 31), True
    for scope in (clause, clause.paragraph):
        windows = _windows(scope, told)
        if scope is not clause:
            windows = (window for window in windows if not _long_until_now(window, told))
        window = min(windows, default=None)
        if window is not None:
            return (*window[1:], True)
        if scope is clause and not told.lasts and (bound := _bound_time(trials)) is not None:
            return (*bound, True)
    if (span := _span(clause, told)) is not None:
        return (*span, True)
    return told.published, told.published, False


def _long_until_now(window: tuple[timedelta, date, date], told: Told) -> bool:
    """ "Since 1985" of the sentence beside a claim is none of its times."""
    return window[0] > FAR_BACK and window[2] == told.published


def _span(clause: Clause, told: Told) -> tuple[date, date] | None:
    """Of a move "in a year" the year before the article; of a record, that is how long none was like it."""
    if not told.moves or told.record or told.published is None:
        return None
    for said in clause.times:
        if (
            isinstance(said.value, t.Duration)
            and said.value.unit not in ("day", "hour")
            and said.value.side != "future"
        ):
            period = resolve(said.value, told.published)
            if period is not None and period.first < told.published - WEEK:
                return period.first, told.published
    return None


def speaks_of_later(clause: Clause, published: date | None) -> bool:
    """Whether the words name a year, or a period said to be the next one, that lies after the day of writing."""
    if published is None:
        return False
    for said in clause.times:
        ahead = isinstance(said.value, t.RelativePeriod) and said.value.offset > 0
        if isinstance(said.value, t.YearPart) and isinstance(said.value.year, t.RelativePeriod):
            ahead = said.value.year.offset > 0
        if isinstance(said.value, t.Until):
            end = resolve(said.value, published)
            if end is not None and end.last > published + WEEK:
                return True
        if ahead or isinstance(getattr(said.value, "year", None), int):
            period = resolve(said.value, published)
            if period is not None and period.first > published:
                return True
    return False


def _bound_time(trials: Sequence[Trial]) -> tuple[date, date] | None:
    for trial in trials:
        session = trial.params.get("session")
        if session and trial.basis.get("session", "quote") in SAID:
            return date.fromisoformat(session), date.fromisoformat(session)
    return None


def _windows(clause: Clause, told: Told) -> Iterator[tuple[timedelta, date, date]]:
    """Length, first and last day of each time that the words name; lengths and the spans of records are none."""
    cues = words.said(clause.lowered)
    for said in clause.times:
        text, at = said.text.lower(), said.start - clause.start
        if isinstance(said.value, PASSED_OVER) or text.startswith(LENGTH) or "compared_with" in words.said(text):
            continue
        if _just_before(cues.get("refers_back", ()), at):
            continue
        period = resolve(said.value, told.published)
        if period is None or period.shape == "ever":
            continue
        first, last = _in_tense(said.value, period, told)
        if isinstance(said.value, t.Overnight):
            last += timedelta(days=1)
        since = period.shape == "since" or _just_before(cues.get("since_then", ()), at)
        window = _since(first, told) if since else (first, last)
        if window is None or (told.likeness and told.published and told.published - window[1] > YEAR):
            continue
        yield window[1] - window[0], *window


def _just_before(starts: Sequence[int], at: int) -> bool:
    return any(0 < at - start <= BEFORE for start in starts)


def _since(first: date, told: Told) -> tuple[date, date] | None:
    """A time "since" something long ago lasts until the article; of late, it is the days of that something."""
    if told.published is not None and told.published - first > FAR_BACK:
        return None if told.record else (first, told.published)
    return first - timedelta(days=3), first


def _in_tense(value: object, period: Period, told: Told) -> tuple[date, date]:
    """A day or month without a year lies behind a fact and ahead of a forecast, whatever it is nearest to."""
    window = (period.first, period.last)
    if told.published is None or isinstance(getattr(value, "year", 0), int):
        return window
    if not told.forecast and period.first > told.published:
        return _years_on(window, -1)
    if told.forecast and period.last < told.published:
        return _years_on(window, 1)
    return window


def _years_on(window: tuple[date, date], years: int) -> tuple[date, date]:
    first, last = (day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)
                   for day in window)  # fmt: skip
    return first, last
