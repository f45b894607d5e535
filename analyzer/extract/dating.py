"""The missing date: inferred from two independent anchors of the text, else unknown.

An anchor ties the text to sessions: a figure of one instrument (the sessions on which it moved like that), a weekday
that the text names, a day that it names without a year, an event of the table that it names, the figure of another
instrument. Several figures of one move are one anchor, so "600 bn" and "17 %" of the same fall do not count twice. A
figure beside a day of its own is of that day or no anchor at all. The proposal is the first calendar day after the last
session that the text treats as past; where a later day may be past as well there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from analyzer.extract.phrases import phrases, word_set
from analyzer.extract.roles import parts
from analyzer.extract.subjects import subject_of
from analyzer.extract.view import ArticleView, Clause
from analyzer.model import Claim
from analyzer.series import Event, Series, to_date
from analyzer.text import times as t
from analyzer.text.numbers import stated

MIN_MOVE = 0.025
"""Smaller moves happen too often to date a text."""
MAX_CANDIDATES = 12
"""A figure that fits more sessions than this is no anchor."""
EVENT_REACH = timedelta(days=7)
"""A text speaks of an event at most a week after it as news."""
SOON = 31
"""A day without a year that is so many days ahead of a session may be one of the same weeks, past like it."""


@dataclass(frozen=True)
class Inferred:
    """The proposed day of publication, in words why, and the claims whose figures served as anchors."""

    published: date
    why: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class _Anchor:
    kind: str
    label: str
    sessions: frozenset[date]
    claim: str | None = None


Prices = Callable[[str], Series | None]
A_DAY = (t.Day, t.NoSuchDay, t.Weekday, t.RelativeDay, t.Overnight)


LINE_WORDS, NO_LINE = phrases("line_of_a_date"), word_set("no_line_of_a_date")


def _is_line(rest: str) -> bool:
    """Whether the words beside a date are those of a dateline: names and places, a clock time, "Stand", "updated"."""
    words = [w.strip(".,;:()|–—-/*_·\"'") for w in rest.split()]
    words = [w for w in words if w]
    plain = [w for w in words if not LINE_WORDS.fullmatch(w)]
    events = any(w.lower() in NO_LINE for w in plain)
    return (
        len(plain) <= 6 and not events and all(w[0].isupper() or re.fullmatch(r"\d{1,2}[:.]\d\d|\d", w) for w in plain)
    )


def dateline(view: ArticleView) -> date | None:
    """The full date that stands alone in one of the first two paragraphs or the last one."""
    spans = [*view.paragraphs[:2], *view.paragraphs[-1:]]
    for expression in view.times:
        value = expression.value
        if not isinstance(value, t.Day) or not isinstance(value.year, int):
            continue
        around = [s for s in spans if s.start <= expression.start and expression.end <= s.end and s.end - s.start <= 80]
        if any(
            _is_line(view.article.text[s.start : expression.start] + " " + view.article.text[expression.end : s.end])
            for s in around
        ):
            try:
                return date(value.year, value.month, value.day)
            except ValueError:
                continue
    return None


def infer_date(view: ArticleView, claims: Sequence[Claim], prices: Prices, events: Sequence[Event]) -> Inferred | None:
    """The date that two independent anchors agree on; None when none or more than one does."""
    figures = _figure_anchors(view, claims, prices)
    candidates = {s for a in figures for s in a.sessions}
    scored: dict[date, list[_Anchor]] = {}
    for session in candidates:
        fitting = [a for a in figures if session in a.sessions]
        fitting += _weekday_anchor(view, session)
        fitting += _day_anchor(view, session)
        fitting += _event_anchor(view, session, events)
        scored[session] = _independent(fitting)
    best = max((len(a) for a in scored.values()), default=0)
    winners = [s for s, a in scored.items() if len(a) == best]
    if best < 2 or len(winners) != 1 or _goes_on(view, claims, winners[0]):
        return None
    session = winners[0]
    anchors = scored[session]
    why = f"{' and '.join(a.label for a in anchors)} point to {session}; so the day after it"
    used = tuple(dict.fromkeys(a.claim for a in figures if session in a.sessions and a.claim))
    return Inferred(session + timedelta(days=1), why, used)


def _independent(anchors: Sequence[_Anchor]) -> list[_Anchor]:
    """One anchor of each kind and instrument: figures of one move are one anchor."""
    return list({a.kind: a for a in reversed(anchors)}.values())[::-1]


def _figure_anchors(view: ArticleView, claims: Sequence[Claim], prices: Prices) -> list[_Anchor]:
    found = []
    for claim in claims:
        clause = view.at(claim.start, claim.end)
        if claim.kind == "prediction" or _names_a_period(clause):
            continue
        own = _own_days(clause)
        for part in parts(clause):
            subject = subject_of(clause, part.figure.core_start)
            wrong = part.figure.unit != "fraction" or part.role != "change" or part.direction is None
            if wrong or subject is None or subject.instrument is None or abs(part.figure.value) < MIN_MOVE:
                continue
            series = prices(subject.instrument.symbol)
            said = stated(part.figure, part.direction)
            if series is None or said.low is None or said.high is None:
                continue
            sessions = _sessions_with(series, said.low, said.high)
            if len(sessions) > MAX_CANDIDATES:
                continue
            sessions = frozenset(s for s in sessions if all(_is_day(day, s) for day in own))
            if sessions:
                label = f'"{part.figure.text}" of {subject.instrument.name}'
                found.append(_Anchor(f"figure:{subject.instrument.symbol}", label, sessions, claim.id))
    return found


def _names_a_period(clause: Clause) -> bool:
    longer = (
        t.Since, t.Duration, t.WeekOf, t.Month, t.Quarter, t.HalfYear, t.Season, t.Year, t.YearPart, t.RelativePeriod,
        t.Ago, t.Between,
    )  # fmt: skip
    one_session = t.Duration(1, "session")
    return any(isinstance(e.value, longer) and e.value != one_session for e in clause.times)


def _own_days(clause: Clause) -> list[t.Day | t.NoSuchDay]:
    """The days of the calendar that the clause names; its sentence's where the clause names no day of any kind."""
    scope = clause if any(isinstance(e.value, A_DAY) for e in clause.times) else clause.sentence
    return [e.value for e in scope.times if isinstance(e.value, t.Day | t.NoSuchDay)]


def _is_day(value: t.Day | t.NoSuchDay, session: date) -> bool:
    return (value.month, value.day) == (session.month, session.day) and value.year in (None, "either", session.year)


def _sessions_with(series: Series, low: float, high: float) -> frozenset[date]:
    moves = series.returns()
    inside = np.flatnonzero((moves.values >= low) & (moves.values <= high))
    return frozenset(to_date(moves.dates[i]) for i in inside)


def _weekday_anchor(view: ArticleView, session: date) -> list[_Anchor]:
    for expression in view.times:
        if isinstance(expression.value, t.Weekday) and expression.value.weekday == session.weekday():
            return [_Anchor("weekday", f'"{expression.text}"', frozenset({session}))]
    return []


def _day_anchor(view: ArticleView, session: date) -> list[_Anchor]:
    """The session's day, named without a year. After that year it is told as history and says nothing of the text."""
    for expression in view.times:
        if str(session.year) in expression.text:
            return []
        if (
            isinstance(expression.value, t.Day)
            and expression.value.year in (None, "either")
            and _is_day(expression.value, session)
        ):
            return [_Anchor("day", f'"{expression.text}"', frozenset({session}))]
    return []


def _goes_on(view: ArticleView, claims: Sequence[Claim], session: date) -> bool:
    """Whether a claim that is no forecast names a day without a year soon after the session: it would be read as one of
    the year before, though the text may well be younger."""
    ahead = {((session + timedelta(n)).month, (session + timedelta(n)).day) for n in range(1, SOON + 1)}
    said = (c for c in claims if c.kind != "prediction" and c.checkable != "no")
    days = (e.value for c in said for e in view.at(c.start, c.end).times if isinstance(e.value, t.Day))
    return any(day.year in (None, "either") and (day.month, day.day) in ahead for day in days)


def _event_anchor(view: ArticleView, session: date, events: Sequence[Event]) -> list[_Anchor]:
    from analyzer.extract.binders.events import telling_words

    words = telling_words(view.article.text)
    near = [e for e in events if e.date <= session <= e.date + EVENT_REACH and telling_words(e.title) & words]
    if not near:
        return []
    event = max(near, key=lambda e: e.date)
    shared = sorted(telling_words(event.title) & words)[0]
    return [_Anchor("event", f'"{shared}" (events table: {event.date}, {event.title})', frozenset({session}))]
