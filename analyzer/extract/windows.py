"""Which sessions a claim speaks of: the time words of its clause on the calendar of its instrument's exchange."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import wraps
from typing import TypeVar, cast

from analyzer.extract.counted import Counted, counted
from analyzer.extract.phrases import phrases
from analyzer.extract.pointing import follows_a_move, ranks_the_move_before
from analyzer.extract.resolve import Period, resolve
from analyzer.extract.sessions import exchange_of, session_upto
from analyzer.extract.time_words import (
    COUNTED,
    ENDED,
    HOLIDAY,
    LONG,
    NO_WINDOW,
    ONE_MOVE,
    ORDINAL_DAY,
    OVER_IT,
    PEAK,
    RECENT,
    SECOND,
    SINCE,
    THAT_DAY,
    TROUGH,
    UNITS,
    UP_TO,
    WHEN,
    WHOLE,
    YEAR_CLOSES,
    ahead,
    before_running,
    begins_a_span,
    beside_a_date,
    coming,
    counts_sessions,
    days_together,
    distance,
    has_a_loose_end,
    in_brackets,
    is_aside,
    is_compared_with,
    is_half_of_a_span,
    is_length,
    is_of_a_later_figure,
    is_of_a_rank,
    is_of_a_start,
    is_of_results,
    is_past_length,
    is_span_of_a_high,
    is_weekend,
    last_quarter,
    last_weekday,
    lasted_until_now,
    looks_back,
    overnight,
    peak_span,
    running,
    runs_up_to_something,
    scopes,
    sentence_of,
    shared_out,
    speaks_of_now,
    tells_of_long_ago,
    took,
    trough_span,
    up_to_the_day,
    with_year,
)  # fmt: skip
from analyzer.extract.turning import Turning, turning
from analyzer.extract.view import Clause
from analyzer.market import calendars
from analyzer.market.instruments import Instrument
from analyzer.model import Basis
from analyzer.text import times as t

FRESH_QUARTER = 45
"""Days after its end in which a text that names no quarter still speaks of "the quarter"."""


@dataclass(frozen=True)
class Moment:
    """One session, and how it is known. ``other`` is the second reading where the text names no day: the session of the
    publication date itself, beside the last one before it."""

    session: date
    basis: Basis
    text: str = ""
    other: date | None = None
    named: date | None = None
    """The calendar day that the text names, when that was no session."""
    words: str = ""
    """Those that may mean either session ("last Friday"); empty where the text names no day."""


@dataclass(frozen=True)
class Stretch:
    """A window: from the close of ``base`` to the close of ``last`` (None: to the end of the data)."""

    base: date
    last: date | None
    basis: Basis
    text: str = ""
    vague: bool = False
    other: date | None = None
    """The day of publication, where the window runs up to the writing and that day is a session too; the end of the
    second window where the words may mean two."""
    other_base: date | None = None
    """The beginning of that second window."""
    turning: Turning | None = None
    """The low or high of a month or year that the move is measured from: ``base`` is where its search begins."""


@dataclass(frozen=True)
class _Ended:
    """A calendar period that is said to have ended, with the words."""

    first: date
    last: date
    basis: Basis
    text: str


R = TypeVar("R")
INTO_THE_WEEKEND = phrases("into_the_weekend")
"""With what the last session of a week goes: "schloss zum Wochenende"."""
UNTIL_NOW = t.Until(t.RelativeDay(0))


def remembered(conclude: Callable[[Clock, Clause], R]) -> Callable[[Clock, Clause], R]:
    """What a clock concludes from a stretch, concluded once: binders ask the same of one stretch many times."""
    name = f"{conclude.__module__}.{conclude.__qualname__}"

    @wraps(conclude)
    def known(clock: Clock, clause: Clause) -> R:
        kept, key = clause.view.kept, (f"{name} {clock.published}", clause.start, clause.end)
        if key not in kept:
            kept[key] = conclude(clock, clause)
        return cast("R", kept[key])

    return known


@dataclass(frozen=True)
class Clock:
    """The day of publication, None when it is unknown."""

    published: date | None

    def period(
        self, clause: Clause, position: int | None = None, *, days_only: bool = False
    ) -> tuple[Period, Basis, str] | None:
        """The period that the clause, or else its sentence, names; the expression nearest to ``position`` wins.

        The date of a high that a figure is measured from is no window. With ``days_only`` longer periods are passed
        over.
        """
        at = clause.start if position is None else position
        for scope, basis in scopes(clause):
            if basis == "context" and speaks_of_now(clause):
                break  # "set a record on 3 May, and now stands a tenth lower"
            # "its worst session since 2020" beside the clause is the span of a record, not the window of the clause
            of_a_record = basis == "context" and scope.has("record") and not clause.has("record")
            read = self._read(scope, clause, days_only)
            if of_a_record:
                read = [pair for pair in read if not isinstance(pair[0].value, (t.Since, t.Duration, t.Ago))]
            if position is not None:
                read = [pair for pair in read if not is_of_a_later_figure(clause, pair[0], position)]
                read = [pair for pair in read if not is_of_a_start(clause, pair[0], position)]
            if read:
                expression, period = min(read, key=lambda pair: distance(clause, pair[0], at))
                return period, basis, expression.text
        return None

    def _read(self, scope: Clause, clause: Clause, days_only: bool) -> Sequence[tuple[t.TimeExpression, Period]]:
        """The expressions of the scope that may be the clause's window, with their periods."""
        if not scope.times:
            return ()
        kept, key = (
            clause.view.kept,
            (f"read {self.published} {scope.start} {scope.end} {days_only}", clause.start, clause.end),
        )
        if key not in kept:
            kept[key] = self._read_anew(scope, clause, days_only)
        return cast("Sequence[tuple[t.TimeExpression, Period]]", kept[key])

    def _read_anew(self, scope: Clause, clause: Clause, days_only: bool) -> list[tuple[t.TimeExpression, Period]]:
        measured_from = [
            (m.start() + scope.start, m.end() + scope.start) for p in (PEAK, TROUGH) for m in p.finditer(scope.text)
        ]
        found = []
        for expression in scope.times:
            inside = any(a <= expression.start < b for a, b in measured_from)
            behind = scope is not clause and expression.start >= clause.end
            if inside or behind or isinstance(expression.value, NO_WINDOW) or is_length(expression.value):
                continue
            if is_span_of_a_high(expression):
                continue
            if scope is not clause and in_brackets(scope, expression) and not in_brackets(scope, clause):
                continue  # "stood at 900 again (its level of May), down 8 percent": of the figure before it
            if is_aside(clause, expression) and (scope is not clause or expression.start > clause.start):
                continue
            beside = isinstance(expression.value, t.Weekday) and beside_a_date(scope, expression)
            if beside or is_of_results(scope, expression) or follows_a_move(scope, expression):
                continue
            if scope.has("record") and expression.value == UNTIL_NOW:
                continue  # "was bis heute den größten Tagesverlust darstellt" is of when it was set
            dated = up_to_the_day(scope, with_year(scope, expression))
            if scope is not clause and begins_a_span(scope, clause, expression):
                dated = replace(dated, value=t.Since(dated.value))
            period = self._resolved(dated)
            if period is not None and period.from_close and days_together(scope, expression):
                period = replace(period, from_close=False)
                if shared_out(clause):
                    continue  # "2 and 3 percent on Thursday and Friday": to each its own
            if period is not None and period.shape != "ever" and (period.shape == "day" or not days_only):
                found.append((expression, period))
        return found

    def _resolved(self, expression: t.TimeExpression) -> Period | None:
        """The period of an expression; "by Wednesday" said of what has happened is that Wednesday."""
        value = expression.value
        if isinstance(value, t.Until):
            day = resolve(value.anchor, self.published)
            if day is not None and day.shape == "day" and self.published is not None and day.last <= self.published:
                return day
        period = resolve(value, self.published)
        if period is not None and period.other is not None and self._is_to_come(period):
            return period.other  # what is told has happened
        return period

    def _is_to_come(self, period: Period) -> bool:
        return period.shape in ("day", "period") and self.published is not None and period.first > self.published

    @remembered
    def names_no_day(self, clause: Clause) -> bool:
        """Whether the day that the clause speaks of does not exist ("31 April", 29 February of most years): then no
        other day is meant either."""
        for scope, _ in scopes(clause):
            if any(self._is_lost(e.value) for e in scope.times if e.start < clause.end):
                return True
            if self._read(scope, clause, False):
                return False
        days = (t.Day, t.NoSuchDay, t.Weekday, t.RelativeDay)
        start, end = clause.paragraph.start, clause.sentence.start
        before = [e.value for e in clause.view.times if start <= e.start and e.end <= end and isinstance(e.value, days)]
        return bool(before) and self._is_lost(before[-1])

    def _is_lost(self, value: t.TimeValue) -> bool:
        dated = self.published is not None and isinstance(value, t.Day)
        return isinstance(value, t.NoSuchDay) or (dated and resolve(value, self.published) is None)

    @remembered
    def is_open(self, clause: Clause) -> bool:
        """Whether the clause points to a day that cannot be found: "since the April low", "that day"."""
        if self.names_no_day(clause):
            return True
        days = self._read(clause, clause, True)
        unnamed_day = WHEN.match(clause.text) is not None and not days
        lost_day = THAT_DAY.search(clause.text) is not None and self.day_before(clause) is None
        spans = any(isinstance(e.value, (t.Since, t.Duration)) for e in clause.times)
        turned = turning(clause, self.published)
        unread_since = SINCE.search(clause.text) is not None and not spans and not clause.has("record") and not turned
        if unnamed_day or lost_day or unread_since or self._is_counted(clause) or ORDINAL_DAY.search(clause.text):
            return True
        if any(is_compared_with(clause, e) or has_a_loose_end(e) for e in clause.times):
            return True
        if (OVER_IT.search(clause.text) and self._quarter_of_the_text(clause) is None) or (
            HOLIDAY.search(clause.text) and not days
        ):
            return True
        if any(isinstance(e.value, t.Ago) and e.value.unit in ("month", "quarter", "year") for e in clause.times):
            return True  # "a year ago the Dax stood above 11,000": about then, and on no day that is said
        if any(is_half_of_a_span(clause, e) for e in clause.times):
            return True
        kinds: tuple[type, ...] = (t.Since, t.Until, t.Between)
        if not days:  # "after DeepSeek … on Monday": Monday is named, whatever came before
            kinds = (*kinds, t.EventAnchor)
        bounds = [e for e in clause.times if isinstance(e.value, kinds)]
        bounds += [e for e in clause.times if is_past_length(e.value)]
        if any(resolve(e.value, self.published) is None and turned is None for e in bounds):
            return True
        if ONE_MOVE.search(clause.text) and any(isinstance(e.value, LONG) for e in clause.times) and not days:
            return True
        return any(
            self._ended(e.value) or runs_up_to_something(clause, e) or (took(clause, e) and not is_of_a_rank(clause, e))
            for e in clause.times
        )

    def _is_counted(self, clause: Clause) -> bool:
        """Whether the clause counts from another day, and not only beside a date: "on 23 May, the day after …"."""
        text = clause.text
        dates = [e.end - clause.start for e in clause.times if isinstance(e.value, t.Day)]
        return any(not any(text[d : m.start()].strip() == "," for d in dates) for m in COUNTED.finditer(text))

    def _ended(self, value: t.TimeValue) -> bool:
        """Whether a window is said to end with a month or a year long past, and not where it begins."""
        anchor = resolve(value.anchor, self.published) if isinstance(value, t.Until) else None
        return bool(anchor and anchor.shape != "day" and self.published and anchor.last < self.published)

    def day_before(self, clause: Clause) -> tuple[Period, Basis, str] | None:
        """The day that the text named last before the sentence, in its paragraph or before it: assumed, not read."""
        that_day = THAT_DAY.search(clause.text) is not None
        same_move = ranks_the_move_before(clause)
        for expression in reversed([e for e in clause.view.times if e.end <= clause.sentence.start]):
            near = expression.start >= clause.paragraph.start
            kinds = (t.Day, t.Weekday, t.RelativeDay) if near else (t.Weekday, t.RelativeDay)
            told_back = looks_back(clause, expression) and not (same_move and near)
            if isinstance(expression.value, kinds) and not (is_aside(clause, expression) or told_back):
                period = resolve(expression.value, self.published)
                if period is not None and (self._recent(period.first) or (near and that_day)):
                    return period, "article", expression.text
        return None

    def counted_day(self, clause: Clause, position: int | None = None) -> tuple[date, Counted] | None:
        """The day that is counted from the one named last before it, "two days later", with the words; None when the
        clause names a day itself, or when nothing before it does."""
        found = counted(clause)
        named = self._read(clause, clause, True)
        if found is None or any(not found.start <= e.start < found.end for e, _ in named):
            return None
        anchor = self._named_by(clause, found.start)
        return (anchor + timedelta(days=found.steps), found) if anchor is not None else None

    def _named_by(self, clause: Clause, at: int) -> date | None:
        """The day that the paragraph named, or counted to, last before a place."""
        start = clause.paragraph.start
        days = (t.Day, t.Weekday, t.RelativeDay)
        named = [e for e in clause.view.times if start <= e.start and e.end <= at and isinstance(e.value, days)]
        before = counted(clause.view.clause(start, at), at)
        if before is not None and (not named or named[-1].end <= before.start):
            anchor = self._named_by(clause, before.start)
            return anchor + timedelta(days=before.steps) if anchor is not None else None
        period = resolve(with_year(clause.sentence, named[-1]).value, self.published) if named else None
        return period.first if period is not None else None

    def _recent(self, day: date) -> bool:
        """Whether a text of this date would go on speaking of that day without naming it again."""
        return self.published is not None and timedelta(0) <= self.published - day <= RECENT

    def peak_day(self, clause: Clause) -> date | None:
        """The day of the high that a figure is measured from, where the text names one."""
        return self._day_in(clause, peak_span(clause))

    def trough_day(self, clause: Clause) -> date | None:
        """The day of the low that a recovery is measured from, where the text names one."""
        return self._day_in(clause, trough_span(clause))

    def _day_in(self, clause: Clause, span: tuple[int, int] | None) -> date | None:
        for expression in clause.times if span else ():
            value = expression.value
            period = resolve(value.anchor if isinstance(value, t.Since) else value, self.published)
            if span and span[0] <= expression.start < span[1] and period is not None and period.shape == "day":
                return period.first
        return None

    def moment(
        self, clause: Clause, instrument: Instrument, position: int | None = None, *, days_only: bool = False
    ) -> Moment | None:
        """The session of a one-session statement; None without a date, or when the text names a longer period."""
        if self.names_no_day(clause):
            return None
        from_before = self._from_before(clause, instrument)
        if from_before is not None:
            return from_before
        if not days_only and self.is_open(clause):
            return None
        read = self.period(clause, position, days_only=days_only)
        exchange = exchange_of(instrument)
        if read is None and overnight(clause) is None:
            # a day taken over from before only where this exchange was open on it: Tokyo's holiday is not meant
            read = self.day_before(clause)
            if read is not None and not calendars.is_session(exchange, read[0].first):
                read = None
        ended = self._ended_period(clause, position)
        said_here = ended is not None and ended.basis == "quote" and read is not None and read[1] != "quote"
        if ended is not None and (read is None or read[0].shape != "day" or said_here):
            known: Basis = "article" if ended.basis == "article" else "quote"
            return Moment(session_upto(instrument, ended.last), known, ended.text)
        if read is not None:
            period, basis, text = read
            if period.shape == "day":
                session = period.first
                if calendars.is_session(exchange, session):
                    second = self._second_day(exchange, period)
                    other = second or self._same_day(exchange, session, basis)
                    return Moment(session, basis, text, other=other, words=text if second else "")
                return Moment(session_upto(instrument, session), basis, text, named=session)
            if self._is_closed_weekend(period, instrument):
                named = None if INTO_THE_WEEKEND.search(clause.text) else period.first
                return Moment(session_upto(instrument, period.first), basis, text, named=named)
            if period.shape != "until":
                return None
        if self.published is None:
            return None
        last = session_upto(instrument, self.published - timedelta(days=1))
        night = overnight(clause)
        if night is not None:
            return Moment(last, night[0], night[1])
        if tells_of_long_ago(clause):
            return None
        same_day = self.published if calendars.is_session(exchange, self.published) else None
        return Moment(last, "default", other=same_day)

    def _from_before(self, clause: Clause, instrument: Instrument) -> Moment | None:
        """The session that is counted from a day named before; by trading days, and where that is another day also by
        days of the calendar."""
        found = self.counted_day(clause)
        if found is None:
            return None
        day, words = found
        exchange = exchange_of(instrument)
        start = day - timedelta(days=words.steps)
        session = (
            calendars.session_offset(exchange, start, words.steps) if words.steps else session_upto(instrument, day)
        )
        if session is None or (self.published is not None and session > self.published):
            return None
        other = day if not words.sessions and day != session and calendars.is_session(exchange, day) else None
        return Moment(session, "article", words.text, other=other)

    def about(self, clause: Clause) -> tuple[date, date, str] | None:
        """The days that a point long past may mean, "half a year ago": the tenth of the time before and after it."""
        for expression in clause.times:
            value, published = expression.value, self.published
            if published is None or not isinstance(value, t.Ago) or value.unit in ("day", "session", "week"):
                continue
            point = resolve(value, published)
            if point is not None and not is_compared_with(clause, expression):
                room = (published - point.first) / 10
                return point.first - room, point.first + room, expression.text
        return None

    def _session_today(self, instrument: Instrument) -> date | None:
        """The day of publication, if it is a session."""
        day = self.published
        return day if day is not None and calendars.is_session(exchange_of(instrument), day) else None

    def _same_day(self, exchange: str, session: date, basis: Basis) -> date | None:
        """The day of publication as the other reading of a day that was only taken over."""
        day = self.published
        return day if basis == "article" and day and day != session and calendars.is_session(exchange, day) else None

    def _second_day(self, exchange: str, period: Period) -> date | None:
        """The session of the second reading of a day, where it had come by publication."""
        other = period.other
        if other is None or other.shape != "day" or self._is_to_come(other):
            return None
        return other.first if calendars.is_session(exchange, other.first) else None

    def last_session(self, instrument: Instrument) -> date | None:
        """The last session before the day of publication."""
        if self.published is None:
            return None
        return session_upto(instrument, self.published - timedelta(days=1))

    def stretch(self, clause: Clause, instrument: Instrument, position: int | None = None) -> Stretch | None:
        """The window that the text names; None when it names none, only a single day, or an end that is not known."""
        if self.names_no_day(clause):
            return None
        low = self.trough_day(clause)
        if low is not None:
            return Stretch(session_upto(instrument, low), self.last_session(instrument), "quote", "the low named")
        turned = turning(clause, self.published)
        if turned is not None and not self._read(clause, clause, True):
            return self._since_turning(turned, instrument)
        whole = self._whole(clause, position)
        last = self.last_session(instrument)
        if whole is not None and last is not None:
            upto = session_upto(instrument, running(last, self.published or last, whole))
            base = session_upto(instrument, before_running(upto, whole))
            other = self._session_today(instrument) if upto == last else None
            return Stretch(base, upto, "quote", whole.group(), other=other)
        ended = self._ended_period(clause, position)
        if ended is not None:
            base = session_upto(instrument, ended.first - timedelta(days=1))
            return Stretch(base, session_upto(instrument, ended.last), ended.basis, ended.text)
        lasted = lasted_until_now(clause)
        if lasted is not None and isinstance(lasted.value, t.Duration):
            return self._of_length(lasted, lasted.value, instrument)
        if self.is_open(clause):
            return None
        said = clause.times or [e for e in clause.sentence.times if e.end <= clause.start]
        numbered = [(round(e.value.count or 0), e.text) for e in said if counts_sessions(e.value)]
        if numbered and last is not None:
            first = calendars.session_offset(exchange_of(instrument), last, -numbered[0][0])
            return Stretch(first, last, "quote", numbered[0][1]) if first else None
        read = self.period(clause, position) or self._period_before(clause)
        if read is None:
            return None
        period, basis, text = read
        until = self._since_until(clause)
        if until is not None:
            begun, ended_on = (session_upto(instrument, d) for d in until)
            return Stretch(begun, ended_on, "quote", text) if begun < ended_on else None
        if period.shape in ("day", "until") or self._is_closed_weekend(period, instrument):
            return None
        if period.shape == "point":
            base = session_upto(instrument, period.first)
            return Stretch(base, self.last_session(instrument), basis, text)
        window = self._window(period, instrument)
        if window is None:
            return None
        base, end, today = window
        second = self._window(period.other, instrument) if period.other and not self._is_to_come(period.other) else None
        if second is None or second[1] is None or second[:2] == (base, end):
            return Stretch(base, end, basis, text, period.vague, today)
        return Stretch(base, end, basis, text, period.vague, second[1], second[0])

    def _window(self, period: Period, instrument: Instrument) -> tuple[date, date | None, date | None] | None:
        """Base and end of a period's window, and the other end where it runs up to the writing; None without a session
        between them."""
        if period.shape not in ("period", "since"):
            return None
        base = session_upto(instrument, period.base)
        end: date | None = period.last
        today = None
        if self.published is not None and (period.shape == "since" or period.last >= self.published):
            end, today = self.last_session(instrument), self._session_today(instrument)
        elif period.shape == "since":
            end = None
        if end is not None:
            end = session_upto(instrument, end)
            if end <= base:
                return None
        return base, end, today

    def _of_length(self, said: t.TimeExpression, length: t.Duration, instrument: Instrument) -> Stretch | None:
        """A window of a length that ends with the last session: how long is said, up to when is assumed."""
        last = self.last_session(instrument)
        back = resolve(t.Duration(length.count, length.unit, "past"), last)
        if back is None or last is None:
            return None
        base = session_upto(instrument, back.first - timedelta(days=1))
        return Stretch(base, last, "default", said.text, vague=True) if base < last else None

    def _since_turning(self, turned: Turning, instrument: Instrument) -> Stretch | None:
        """From the extreme close of a month or year to the writing."""
        last = self.last_session(instrument)
        if last is None or last <= turned.first:
            return None
        today = self._session_today(instrument)
        return Stretch(session_upto(instrument, turned.first), last, "quote", turned.text, other=today, turning=turned)

    def _period_before(self, clause: Clause) -> tuple[Period, Basis, str] | None:
        """The period that the paragraph has named before, where it names no other time: assumed, not read."""
        paragraph = clause.paragraph
        times = [e for e in paragraph.times if not isinstance(e.value, NO_WINDOW) and not is_length(e.value)]
        if len(times) != 1 or times[0].end > clause.sentence.start or clause.has("record", "level"):
            return None
        if looks_back(clause, times[0]) or paragraph.view.clause(*sentence_of(times[0], clause)).has("record"):
            return None
        period = self._resolved(times[0])
        if period is None or period.shape not in ("period", "since") or period.last < (self.published or period.last):
            return None
        return period, "article", times[0].text

    def _is_closed_weekend(self, period: Period, instrument: Instrument) -> bool:
        exchange = exchange_of(instrument)
        return is_weekend(period) and not len(calendars.sessions(exchange, period.first, period.last))

    def _since_until(self, clause: Clause) -> tuple[date, date] | None:
        """Both ends of "since the end of 2023 … up to Friday": the day before the one, and the other."""
        text = clause.view.article.text
        read = self._read(clause, clause, False)
        since = [p for e, p in read if isinstance(e.value, t.Since) and p.shape == "since"]
        ends = [p for e, p in read if p.shape == "day" and UP_TO.search(text[max(0, e.start - 20) : e.start])]
        ends += [p for e, p in read if p.shape == "day" and isinstance(e.value, t.Until)]
        if not since or not ends or since[0].first > ends[0].last:
            return None
        return since[0].first - timedelta(days=1), ends[0].last

    def _whole(self, clause: Clause, position: int | None) -> re.Match[str] | None:
        """ "For the week" in the clause, or before it in its sentence, unless another period stands nearer."""
        at = clause.start if position is None else position
        found = WHOLE.search(clause.text)
        if found is not None:
            here = min(abs(clause.start + found.start() - at), abs(clause.start + found.end() - at))
            others = [distance(clause, e, at)[1] for e, _ in self._read(clause, clause, False)]
            return found if not others or here <= min(others) else None
        before = clause.view.article.text[clause.sentence.start : clause.start]
        return WHOLE.search(before) if not clause.times else None

    def _ended_period(self, clause: Clause, position: int | None = None) -> _Ended | None:
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
        if not read or self.published is None or named:
            return self._quarter_of_the_text(clause, position)
        found, basis = read[0]
        between = (
            clause.text[max(0, (position or clause.start) - clause.start) : found.start()] if basis == "quote" else ""
        )
        if SECOND.search(between + " "):
            return None  # "collapsed by 20.6 percent and ended the week below 15"
        unit = UNITS[next(word for word in found.groups() if word)[0].lower()]
        for offset in (0, -1):
            period = resolve(t.RelativePeriod(unit, offset), self.published)
            if period is not None and last_weekday(period.last) <= self.published:
                return _Ended(period.first, period.last, basis, found.group())
        return None

    def _quarter_of_the_text(self, clause: Clause, position: int | None = None) -> _Ended | None:
        """The quarter that a text is of, where a sentence says "for the quarter": the only one that the text has named
        by then, else the one that had just ended when it was written, as in a quarterly letter."""
        before = clause.view.clause(clause.sentence.start, clause.end)
        said = OVER_IT.search(before.text)
        if (
            said is None
            or self.published is None
            or self._has_a_nearer_time(before, before.start + said.start(), position)
        ):
            return None
        named = {e.value for e in clause.view.times if isinstance(e.value, t.Quarter) and e.end <= clause.start}
        just_ended = last_quarter(self.published)
        if not named and (self.published - just_ended[1]).days <= FRESH_QUARTER:
            return _Ended(*just_ended, "article", said.group())
        periods = [resolve(value, self.published) for value in named]
        if len(periods) != 1 or periods[0] is None or periods[0].last >= self.published:
            return None
        return _Ended(periods[0].first, periods[0].last, "article", said.group())

    def _has_a_nearer_time(self, scope: Clause, said: int, position: int | None) -> bool:
        """Whether the text names a time that a figure stands nearer to: "up 70 % in the quarter after falling 50 % last
        year"; without a figure, whether it names any."""
        if position is None:
            return bool(scope.times)
        return any(abs(e.start - position) < abs(said - position) for e in scope.times)

    def horizon(self, clause: Clause) -> tuple[date, Basis, str, bool] | None:
        """End of a forecast's horizon, and whether its count was vague."""
        if self.published is None:
            return None
        for scope, basis in scopes(clause):
            for expression in scope.times:
                value = ahead(clause, expression)
                period = coming(resolve(value, self.published), value, self.published)
                if period is not None and period.last > self.published and period.shape in ("until", "period", "day"):
                    return period.last, basis, expression.text, period.vague
        closes = YEAR_CLOSES.search(clause.text)
        return (date(self.published.year, 12, 31), "quote", closes.group(), False) if closes else None
