"""Which sessions a claim speaks of: the time words of its clause on the calendar of its instrument's exchange."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analyzer.extract.after_events import FEW, After, after_an_event, counts_from_something
from analyzer.extract.calendar_spans import shift
from analyzer.extract.counted import counted
from analyzer.extract.ended_periods import ended_period
from analyzer.extract.length_words import before_running, counts_sessions, lasted_until_now, running, unit_of
from analyzer.extract.named_times import INTO_THE_WEEKEND, NamedTimes
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import Period, resolve
from analyzer.extract.sessions import exchange_of, session_upto
from analyzer.extract.time_words import is_nearest_to, is_weekend, overnight, turning_spans
from analyzer.extract.turning import Turning, turning
from analyzer.extract.view import Clause
from analyzer.extract.year_words import tells_of_long_ago
from analyzer.market import calendars
from analyzer.market.instruments import Instrument
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.clauses import has_finite_verb
from analyzer.text.patterns import Pattern

ONE_BEFORE = phrases("period_before")
TOLD = phrases("told_of_a_session")
AFTER = Pattern(rf"\s{any_phrase('after_another_move')}\s", re.IGNORECASE)


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
    known: bool = False
    """Whether it begins with an event whose day is known and stands in no word of the text."""


SINCE_YEAR = re.compile(r"(?:since|seit) ((?:19|20)\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Clock(NamedTimes):
    """What a clause says of time, as sessions of an instrument."""

    def moment(
        self, clause: Clause, instrument: Instrument, position: int | None = None, *, days_only: bool = False
    ) -> Moment | None:
        """The session of a one-session statement; None without a date, or when the text names a longer period."""
        if self.names_no_day(clause):
            return None
        own = self._up_to_the_next_figure(clause, position)
        if own is not None:
            return self.moment(own, instrument, position, days_only=days_only)
        from_before = self._from_before(clause, instrument)
        if from_before is not None:
            return from_before
        if not days_only and (self.is_open(clause) or counts_from_something(clause)):
            return None
        read = self.period(clause, position, days_only=days_only)
        exchange = exchange_of(instrument)
        if read is None and overnight(clause) is None:
            # a day taken over from before only where this exchange was open on it: Tokyo's holiday is not meant
            read = self.day_before(clause)
            if read is not None and not calendars.is_session(exchange, read[0].first):
                read = None
        ended = ended_period(clause, self.published, position)
        said_here = ended is not None and ended.basis == "quote" and read is not None and read[1] != "quote"
        if ended is not None and (read is None or read[0].shape != "day" or said_here):
            known: Basis = "article" if ended.basis == "article" else "quote"
            return Moment(session_upto(instrument, ended.last), known, ended.text)
        if read is not None:
            period, basis, text = read
            if period.shape == "day":
                session = period.first
                if calendars.is_session(exchange, session):
                    if basis == "article":
                        return self._taken_over(clause, period, exchange, text)
                    second = self._second_day(exchange, period)
                    return Moment(session, basis, text, other=second, words=text if second else "")
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

    def _up_to_the_next_figure(self, clause: Clause, position: int | None) -> Clause | None:
        """The part of a clause that a figure stands in, where a day is counted for another one behind it: "rallied
        10.2 percent after a 12.4 percent plunge the day before"."""
        found = counted(clause) if position is not None else None
        if found is None or position is None or found.start <= position:
            return None
        behind = AFTER.search(clause.view.article.text, position, found.start)
        later = behind is not None and any(behind.end() <= f.start and f.end <= found.start for f in clause.figures)
        return clause.view.clause(clause.start, behind.start()) if behind is not None and later else None

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
        if words.steps == -1 and other is None:
            # "am Vortag" may also be said as seen from the day of writing
            last = self.last_session(instrument)
            other = last if last != session else None
        return Moment(session, "article", words.text, other=other)

    @staticmethod
    def _spoken(clause: Clause) -> Clause:
        """Where the verb of the clause stands: in its sentence, where it leaves the verb out."""
        return clause if has_finite_verb(clause.text, clause.view.article.language) else clause.sentence

    def today(self, instrument: Instrument) -> date | None:
        """The day of publication, if it is a session."""
        day = self.published
        return day if day is not None and calendars.is_session(exchange_of(instrument), day) else None

    def _taken_over(self, clause: Clause, period: Period, exchange: str, text: str) -> Moment:
        """A day that was only taken over from before, with the other that may be meant: the one to which the paragraph
        looked back, else the day of publication; of that day itself, the last session before it. What is told in the
        present is of no day before."""
        session, day = period.first, self.published
        is_over = TOLD.search(self._spoken(clause).text) is not None
        back = self.day_looked_back_to(clause) if is_over else None
        if back is not None and back != session and calendars.is_session(exchange, back):
            return Moment(session, "article", text, other=back)
        if day is not None and day == session:
            before = calendars.session_offset(exchange, day, -1) if is_over else None
            return Moment(session, "article", text, other=before)
        second = self._second_day(exchange, period)
        if second is not None:
            return Moment(session, "article", text, other=second, words=text)
        same = day if day is not None and calendars.is_session(exchange, day) else None
        return Moment(session, "article", text, other=same)

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
        counted = after_an_event(clause, self.published)
        if counted is not None:
            return self._after(counted, instrument)
        if position is None or all(is_nearest_to(clause, span, position) for span in turning_spans(clause)):
            turned = self._from_a_turn(clause, instrument)
            if turned is not None:
                return turned
        whole = self._whole(clause, position)
        last = self.last_session(instrument)
        if whole is not None and last is not None:
            return self._of_a_whole(whole, last, instrument)
        ended = ended_period(clause, self.published, position)
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
        return self._of_a_period(clause, read, instrument)

    def _from_a_turn(self, clause: Clause, instrument: Instrument) -> Stretch | None:
        """From the high or low that the clause measures from to the writing."""
        low = self.trough_day(clause)
        if low is not None:
            return Stretch(session_upto(instrument, low), self.last_session(instrument), "quote", "the low named")
        turned = turning(clause, self.published)
        if turned is None or self._read(clause, clause, True):
            return None
        return self._since_turning(turned, instrument)

    def _of_a_period(self, clause: Clause, read: tuple[Period, Basis, str], instrument: Instrument) -> Stretch | None:
        """The window of a period, with the other that its words may mean."""
        period, basis, text = read
        window = self._window(period, instrument)
        if window is None:
            return None
        base, end, today = window
        vague = period.vague or period.known
        also = period.other if period.other and not self._is_to_come(period.other) else self._one_earlier(clause, text)
        second = self._window(also, instrument) if also is not None else None
        if second is None or second[1] is None or second[:2] == (base, end):
            over = self._year_over(text, end, instrument)
            if over is not None:  # from its beginning or from its end, and neither is said
                return Stretch(base, end, "default", text, True, end, over)
            return Stretch(base, end, basis, text, vague, today, known=period.known)
        return Stretch(base, end, basis, text, vague, second[1], second[0], known=period.known)

    def _of_a_whole(self, whole: re.Match[str], last: date, instrument: Instrument) -> Stretch:
        """ "For the year", "auf Wochensicht": the running week, month or year, or the one that has just ended."""
        upto = session_upto(instrument, running(last, self.published or last, whole))
        base = session_upto(instrument, before_running(upto, whole))
        if unit_of(whole) == "week" and upto == last and self._is_midweek():
            # of the week so far, or of the one before
            week = session_upto(instrument, base - timedelta(days=7))
            return Stretch(base, upto, "quote", whole.group(), other=base, other_base=week)
        other = self.today(instrument) if upto == last else None
        return Stretch(base, upto, "quote", whole.group(), other=other)

    def _is_midweek(self) -> bool:
        """Whether the text was written when the week had begun and was not over."""
        return self.published is not None and self.published.weekday() in (1, 2, 3)

    @staticmethod
    def _year_over(text: str, end: date | None, instrument: Instrument) -> date | None:
        """The last session of the year of "since 2019", from which it may be counted as well."""
        found = SINCE_YEAR.fullmatch(text)
        last = session_upto(instrument, date(int(found[1]), 12, 31)) if found is not None else None
        return last if last is not None and end is not None and last < end else None

    def _after(self, counted: After, instrument: Instrument) -> Stretch | None:
        """A window of a length that begins with a day or an event; None where it was not over by the writing."""
        base, now = session_upto(instrument, counted.base), self.last_session(instrument)
        last = self._end_of(counted, base, instrument)
        today = None
        if self.published is not None and last is not None and now is not None and last >= self.published:
            over = counted.count is None or last == self.published
            last, today = (now, self.today(instrument)) if over else (None, None)
        if last is None or last <= base:
            return None
        vague = counted.basis != "quote"
        return Stretch(base, last, counted.basis, counted.text, vague, today, known=counted.known)

    def _end_of(self, counted: After, base: date, instrument: Instrument) -> date | None:
        """A few days are sessions, a hundred days those of the calendar; None counted is up to the writing."""
        if counted.count is None:
            end = counted.until or self.published
        elif counted.unit == "session" or (counted.unit == "day" and counted.count <= FEW):
            return calendars.session_offset(exchange_of(instrument), base, counted.count)
        else:
            end = shift(counted.base, counted.count, counted.unit)
        return session_upto(instrument, end) if end is not None else None

    def _one_earlier(self, clause: Clause, text: str) -> Period | None:
        """The second reading of "in der Vorwoche": the period before the one that the text tells of, where that is over
        itself, "beendete die Woche im Plus. In der Vorwoche hatte er verloren"."""
        value = next((e.value for e in clause.sentence.times if e.text == text), None)
        if ONE_BEFORE.search(text) is None or not isinstance(value, t.RelativePeriod):
            return None
        return resolve(replace(value, offset=value.offset - 1), self.published)

    def _window(self, period: Period, instrument: Instrument) -> tuple[date, date | None, date | None] | None:
        """Base and end of a period's window, and the other end where it runs up to the writing; None without a session
        between them."""
        if period.shape not in ("period", "since"):
            return None
        base = session_upto(instrument, period.base)
        end: date | None = period.last
        today = None
        if self.published is not None and (period.shape == "since" or period.last >= self.published):
            end, today = self.last_session(instrument), self.today(instrument)
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
        today = self.today(instrument)
        return Stretch(session_upto(instrument, turned.first), last, "quote", turned.text, other=today, turning=turned)

    def _is_closed_weekend(self, period: Period, instrument: Instrument) -> bool:
        exchange = exchange_of(instrument)
        return is_weekend(period) and not len(calendars.sessions(exchange, period.first, period.last))
