"""Which sessions a claim speaks of: the time words of its clause on the calendar of its instrument's exchange."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeGuard

from analyzer.extract.resolve import Period, resolve
from analyzer.extract.view import Clause
from analyzer.market import calendars
from analyzer.market.instruments import Instrument
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.time_values import PeriodUnit

UP_TO = re.compile(r"\b(?:bis(?: zum)?|up to|until|through|to)\s+(?:am |on )?$", re.IGNORECASE)
THAT_DAY = re.compile(
    r"\b(?:(?:that|the same)(?: one| very)? (?:day|session|evening)|"
    r"(?:am selben|am gleichen|an jenem|an diesem|demselben) tag)\b",
    re.IGNORECASE,
)
"""Words that point to a day that was named before, which may lie long back."""
COUNTED = re.compile(
    r"\b(?:(?:a|one|two|three|\d+) (?:days?|sessions?|weeks?) (?:later|after|before|earlier)|damals|"
    r"(?:the|a) (?:next|following|previous) (?:day|session|week|month|year|\w+day)|"
    r"the day (?:after|before|that)|that (?:monday|tuesday|wednesday|thursday|friday|week|month|year)|"
    r"am (?:selben|gleichen) (?:\w{2,}tag|mittwoch)|am (?:nächsten|folgenden) (?:\w*tag|mittwoch)|"
    r"am (?:\w*tag|mittwoch|freitag) (?:darauf|danach|davor|zuvor)|(?:am )?folgetag|"
    r"(?:in der|die) woche (?:darauf|danach|davor|zuvor)|"
    r"am tag (?:vor|nach|danach|darauf|davor|zuvor)|tags (?:darauf|zuvor)|"
    r"in der zwischenzeit|meanwhile|in the meantime|"
    r"since then|seitdem|seither|"
    r"in those days|back then|at the time|seinerzeit|einst|"
    r"(?:monaten|jahren|wochen|months|years|weeks) (?:vor|before) (?:dem|der|the|its)|"
    r"(?:einen?|zwei|drei|vier) (?:tage?|wochen?) (?:später|danach|zuvor|davor))\b",
    re.IGNORECASE,
)
"""Words that count from a day that was named before: which day that is, is not read here."""
WHOLE = re.compile(
    r"(?<!gains )(?<!losses )(?<!gain )(?<!loss )\b(?:for|on) the (?P<en>week|month|year)\b"
    r"(?! (?:of|to|through|that|ended|ending|beginning|starting)\b)"
    r"|\bauf (?P<de>woche|monat|jahre)ssicht\b|\bauf (?P<wo>wochen)sicht\b|\bim (?P<wv>wochen)verlauf\b",
    re.IGNORECASE,
)
"""A figure for the whole of the running week, month or year: "for the year", "auf Wochensicht"."""
ENDED = re.compile(
    r"\b(?:ended|finish(?:ed)?|closed|wrapped up|concluded)\s+(?:out\s+)?the\s+(?:\w+\s+)?"
    r"(?P<en>week|month|quarter|year)\b"
    r"|\b(?:beende\w*|beschl(?:oss|ießt)\w*|schl(?:oss|ießt|ossen))\s+(?:\w+\s+){0,3}?(?:das|den|die)\s+(?:\w+\s+)?"
    r"(?:börsen|handels)?(?P<de>woche|monat|quartal|jahr)\b"
    r"|\baus (?:dem|der) (?:börsen|handels)?(?P<aus>woche|monat|quartal|jahr)\b"
    r"|\b(?:das|den|die) (?:börsen|handels)?(?P<vb>woche|monat|quartal|jahr)\b[^.;]*"
    r"\b(?:beendet|beschlossen|abgeschlossen)\b",
    re.IGNORECASE,
)
"""A period that has just come to its end: "ended the year up 23 percent", "beschloss die Woche bei"."""
UNITS: dict[str, PeriodUnit] = {"w": "week", "m": "month", "q": "quarter", "y": "year", "j": "year"}
WHEN = re.compile(r"^\W*(?:when|as|after|als|nachdem)\b", re.IGNORECASE)
"""An event in a subordinate clause: the move is of its day, which the month that is named does not say."""
SINCE = re.compile(r"\b(?:since|seit|seitdem)\b", re.IGNORECASE)
RECENT = timedelta(days=9)
NO_WINDOW = (t.SessionPart, t.Ever, t.Overnight)
PEAK = re.compile(
    r"\b(?:vom|zum|(?:von|unter|zu|seit) (?:dem|ihrem|seinem))\s+"
    r"(?:\w+\s+){0,2}(?:rekord|hoch|höchststand|allzeithoch|jahreshoch|spitze|\w+hoch|gipfel)\w*"
    r"(?:\s+(?:aus\s+)?(?:vom|im|am|aus dem|von|mitte|anfang|ende)\b.{0,22})?"
    r"|\b(?:from|below|off|since|under) (?:its|the|their|a|an|that)?\s*(?:[\w.]+[ -]){0,4}(?:peak|high|record|top)\b"
    r"(?:\s+(?:of|on|in|it set on|from)\b.{0,20})?",
    re.IGNORECASE,
)
"""What a distance is measured from, with its date: "zum Höchststand vom 16. Juli", "from its December 16 peak"."""


TROUGH = re.compile(
    r"\b(?:vom|von (?:dem|ihrem|seinem)|seit (?:dem|ihrem|seinem)) (?:\w+ ){0,2}\w*(?:tief|tiefststand|tiefstand)\w*"
    r"(?: (?:vom|am)\b.{0,22})?"
    r"|\b(?:from|off|since) (?:its|the|their|a|that) (?:[\w.]+[ -]){0,4}(?:low|trough|bottom)\b"
    r"(?: (?:of|on|in)\b.{0,20})?",
    re.IGNORECASE,
)
"""Where a recovery is measured from, with its date: "vom Tief am 8. April", "from the low of 4 April"."""


def peak_span(clause: Clause) -> tuple[int, int] | None:
    """Where the clause says from which high its figure is measured."""
    found = PEAK.search(clause.text)
    return (clause.start + found.start(), clause.start + found.end()) if found else None


def trough_span(clause: Clause) -> tuple[int, int] | None:
    """Where the clause says from which low its figure is measured."""
    found = TROUGH.search(clause.text)
    return (clause.start + found.start(), clause.start + found.end()) if found else None


def _scopes(clause: Clause) -> tuple[tuple[Clause, Basis], ...]:
    return (clause, "quote"), (clause.sentence, "context")


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


@dataclass(frozen=True)
class Stretch:
    """A window: from the close of ``base`` to the close of ``last`` (None: to the end of the data)."""

    base: date
    last: date | None
    basis: Basis
    text: str = ""
    vague: bool = False
    other: date | None = None
    """The day of publication, where the window runs up to the writing and that day is a session too."""


@dataclass(frozen=True)
class _Ended:
    """A calendar period that is said to have ended, with the words."""

    first: date
    last: date
    basis: Basis
    text: str


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
        for scope, basis in _scopes(clause):
            # "its worst session since 2020" beside the clause is the span of a record, not the window of the clause
            of_a_record = basis == "context" and scope.has("record") and not clause.has("record")
            read = self._read(scope, clause, days_only)
            if of_a_record:
                read = [pair for pair in read if not isinstance(pair[0].value, (t.Since, t.Duration, t.Ago))]
            if position is not None:
                read = [pair for pair in read if not _is_of_a_later_figure(clause, pair[0], position)]
            if read:
                expression, period = min(read, key=lambda pair: _distance(clause, pair[0], at))
                return period, basis, expression.text
        return None

    def _read(self, scope: Clause, clause: Clause, days_only: bool) -> list[tuple[t.TimeExpression, Period]]:
        measured_from = [
            (m.start() + scope.start, m.end() + scope.start) for p in (PEAK, TROUGH) for m in p.finditer(scope.text)
        ]
        found = []
        for expression in scope.times:
            inside = any(a <= expression.start < b for a, b in measured_from)
            behind = scope is not clause and expression.start >= clause.end
            if inside or behind or isinstance(expression.value, NO_WINDOW) or _is_length(expression.value):
                continue
            if _is_aside(clause, expression) and (scope is not clause or expression.start > clause.start):
                continue
            if isinstance(expression.value, t.Weekday) and _beside_a_date(scope, expression):
                continue
            period = self._resolved(_with_year(scope, expression))
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
        return resolve(value, self.published)

    def names_no_day(self, clause: Clause) -> bool:
        """Whether the day that the clause speaks of does not exist ("31 April", 29 February of most years): then no
        other day is meant either."""
        for scope, _ in _scopes(clause):
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

    def is_open(self, clause: Clause) -> bool:
        """Whether the clause points to a day that cannot be found: "since the April low", "that day"."""
        if self.names_no_day(clause):
            return True
        unnamed_day = WHEN.match(clause.text) is not None and not self._read(clause, clause, True)
        lost_day = THAT_DAY.search(clause.text) is not None and self.day_before(clause) is None
        spans = any(isinstance(e.value, (t.Since, t.Duration)) for e in clause.times)
        unread_since = SINCE.search(clause.text) is not None and not spans and not clause.has("record")
        if unnamed_day or lost_day or unread_since or self._is_counted(clause) or ORDINAL_DAY.search(clause.text):
            return True
        if any(_is_compared_with(clause, e) or _has_a_loose_end(e) for e in clause.times):
            return True
        if OVER_IT.search(clause.text):
            return True
        days = self._read(clause, clause, True)
        kinds: tuple[type, ...] = (t.Since, t.Until, t.Between)
        if not days:  # "after DeepSeek … on Monday": Monday is named, whatever came before
            kinds = (*kinds, t.EventAnchor)
        bounds = [e for e in clause.times if isinstance(e.value, kinds)]
        bounds += [e for e in clause.times if _is_past_length(e.value)]
        if any(resolve(e.value, self.published) is None for e in bounds):
            return True
        if ONE_MOVE.search(clause.text) and any(isinstance(e.value, LONG) for e in clause.times) and not days:
            return True
        return any(self._ended(e.value) or _runs_up_to_something(clause, e) or _took(clause, e) for e in clause.times)

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
        for expression in reversed([e for e in clause.view.times if e.end <= clause.sentence.start]):
            near = expression.start >= clause.paragraph.start
            kinds = (t.Day, t.Weekday, t.RelativeDay) if near else (t.Weekday, t.RelativeDay)
            if isinstance(expression.value, kinds) and not _is_aside(clause, expression):
                period = resolve(expression.value, self.published)
                if period is not None and (self._recent(period.first) or (near and that_day)):
                    return period, "article", expression.text
        return None

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
        if self.names_no_day(clause) or (not days_only and self.is_open(clause)):
            return None
        read = self.period(clause, position, days_only=days_only)
        exchange = exchange_of(instrument)
        if read is None and _overnight(clause) is None:
            # a day taken over from before only where this exchange was open on it: Tokyo's holiday is not meant
            read = self.day_before(clause)
            if read is not None and not calendars.is_session(exchange, read[0].first):
                read = None
        ended = self._ended_period(clause, position)
        said_here = ended is not None and ended.basis == "quote" and read is not None and read[1] != "quote"
        if ended is not None and (read is None or read[0].shape != "day" or said_here):
            return Moment(session_upto(instrument, ended.last), "quote", ended.text)
        if read is not None:
            period, basis, text = read
            if period.shape == "day":
                session = period.first
                if calendars.is_session(exchange, session):
                    return Moment(session, basis, text, other=self._same_day(exchange, session, basis))
                return Moment(session_upto(instrument, session), basis, text, named=session)
            if period.shape != "until":
                return None
        if self.published is None:
            return None
        last = session_upto(instrument, self.published - timedelta(days=1))
        night = _overnight(clause)
        if night is not None:
            return Moment(last, night[0], night[1])
        same_day = self.published if calendars.is_session(exchange, self.published) else None
        return Moment(last, "default", other=same_day)

    def _session_today(self, instrument: Instrument) -> date | None:
        """The day of publication, if it is a session."""
        day = self.published
        return day if day is not None and calendars.is_session(exchange_of(instrument), day) else None

    def _same_day(self, exchange: str, session: date, basis: Basis) -> date | None:
        """The day of publication as the other reading of a day that was only taken over."""
        day = self.published
        return day if basis == "article" and day and day != session and calendars.is_session(exchange, day) else None

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
        whole = self._whole(clause, position)
        last = self.last_session(instrument)
        if whole is not None and last is not None:
            upto = session_upto(instrument, _running(last, self.published or last, whole))
            base = session_upto(instrument, _before_running(upto, whole))
            other = self._session_today(instrument) if upto == last else None
            return Stretch(base, upto, "quote", whole.group(), other=other)
        ended = self._ended_period(clause, position)
        if ended is not None:
            base = session_upto(instrument, ended.first - timedelta(days=1))
            return Stretch(base, session_upto(instrument, ended.last), ended.basis, ended.text)
        if self.is_open(clause):
            return None
        counted = [(round(e.value.count or 0), e.text) for e in clause.times if _counts_sessions(e.value)]
        if counted and last is not None:
            first = calendars.session_offset(exchange_of(instrument), last, -counted[0][0])
            return Stretch(first, last, "quote", counted[0][1]) if first else None
        read = self.period(clause, position)
        if read is None:
            return None
        period, basis, text = read
        until = self._since_until(clause)
        if until is not None:
            begun, ended_on = (session_upto(instrument, d) for d in until)
            return Stretch(begun, ended_on, "quote", text) if begun < ended_on else None
        if period.shape in ("day", "until"):
            return None
        if period.shape == "point":
            base = session_upto(instrument, period.first)
            return Stretch(base, self.last_session(instrument), basis, text)
        base = session_upto(instrument, period.first - timedelta(days=1))
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
        return Stretch(base, end, basis, text, period.vague, today)

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
            others = [_distance(clause, e, at)[1] for e, _ in self._read(clause, clause, False)]
            return found if not others or here <= min(others) else None
        before = clause.view.article.text[clause.sentence.start : clause.start]
        return WHOLE.search(before) if not clause.times else None

    def _ended_period(self, clause: Clause, position: int | None = None) -> _Ended | None:
        """The last week, month, quarter or year that had come to its end by the day of publication, of the clause or of
        its sentence; none where the text names a time of its own, "closed out the month in March"."""
        scopes = _scopes(clause) if not clause.times else _scopes(clause)[:1]
        before = clause.view.article.text[clause.sentence.start : clause.start]
        read = [
            (m, basis)
            for scope, basis in scopes
            if (m := ENDED.search(scope.text if scope is clause else before))  # what follows is of the next verb
        ]
        named = any(isinstance(e.value, (t.Year, t.Month, t.Quarter, t.Day)) for e in clause.times)
        if not read or self.published is None or named:
            return None
        found, basis = read[0]
        between = (
            clause.text[max(0, (position or clause.start) - clause.start) : found.start()] if basis == "quote" else ""
        )
        if SECOND.search(between + " "):
            return None  # "collapsed by 20.6 percent and ended the week below 15"
        unit = UNITS[next(word for word in found.groups() if word)[0].lower()]
        for offset in (0, -1):
            period = resolve(t.RelativePeriod(unit, offset), self.published)
            if period is not None and _last_weekday(period.last) <= self.published:
                return _Ended(period.first, period.last, basis, found.group())
        return None

    def horizon(self, clause: Clause) -> tuple[date, Basis, str, bool] | None:
        """End of a forecast's horizon, and whether its count was vague."""
        if self.published is None:
            return None
        for scope, basis in _scopes(clause):
            for expression in scope.times:
                value = _ahead(clause, expression)
                period = _coming(resolve(value, self.published), value, self.published)
                if period is not None and period.last > self.published and period.shape in ("until", "period", "day"):
                    return period.last, basis, expression.text, period.vague
        return None


def _last_weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _with_year(scope: Clause, expression: t.TimeExpression) -> t.TimeExpression:
    """A day or month without a year behind a date of the same sentence that has one: "peaked on March 10, 2000, and by
    April 14 it had"."""
    value = expression.value
    if isinstance(value, t.Until):
        inner = _with_year(scope, replace(expression, value=value.anchor)).value
        return replace(expression, value=t.Until(inner)) if inner != value.anchor else expression
    if not isinstance(value, (t.Day, t.Month)) or value.year is not None:
        return expression
    dated = (t.Day, t.Month, t.Year, t.Quarter)
    before = [e.value for e in scope.times if e.end <= expression.start and isinstance(e.value, dated)]
    years = [year for v in before if isinstance(year := getattr(v, "year", None), int)]
    return replace(expression, value=replace(value, year=years[-1])) if years else expression


def _is_of_a_later_figure(clause: Clause, expression: t.TimeExpression, at: int) -> bool:
    """Whether a time behind a comma belongs to the figure there: "rose from 1.5 to 3.9 percent, in October it was"; or
    to a second verb: "gained 4.7 percent and closed on Friday at"."""
    text = clause.view.article.text
    second = SECOND.search(text, at, max(at, expression.start))
    verbs = [c for c in clause.cues if c.heading in VERBS and second and second.end() <= c.start <= expression.start]
    if verbs:
        return True
    if expression.start < at or "," not in text[at : expression.start]:
        return False
    later = [f for f in clause.figures if f.start != at and f.start > at]
    return any("," not in text[min(f.start, expression.end) : max(f.start, expression.start)] for f in later)


SECOND = re.compile(r"\s(?:und|and)\s", re.IGNORECASE)
VERBS = ("move_up", "move_up_strong", "move_down", "move_down_strong", "level")


def _beside_a_date(scope: Clause, expression: t.TimeExpression) -> bool:
    """ "April 14, a Friday": the weekday says nothing more than the date."""
    text = scope.view.article.text
    dates = [e for e in scope.times if isinstance(getattr(e.value, "anchor", e.value), t.Day)]
    return any(
        APPOSED.fullmatch(text[e.end : expression.start]) is not None for e in dates if e.end <= expression.start
    )


ORDINAL_DAY = re.compile(r"\bon the \d{1,2}(?:st|nd|rd|th)\b(?! (?:floor|century|place))", re.IGNORECASE)
"""A day of a month that is named elsewhere."""
COMPARED = re.compile(
    r"\b(?:als|than|gegenüber|verglichen mit|compared (?:with|to))\s+"
    r"(?:(?:am|im|in|on|at|the|zum|zu|dem|der|den|vor|ende|anfang|mitte|vorigen|letzten|previous|last)\s+){0,3}$",
    re.IGNORECASE,
)


OVER_IT = re.compile(r"\b(?:over|in|for|during) the quarter\b|\bim (?:quartals|jahres)verlauf\b", re.IGNORECASE)
"""A quarter that is not said to be the running one or the last."""


def _has_a_loose_end(expression: t.TimeExpression) -> bool:
    """ "Between the end of September and the end of December": ends of months, which are read as whole months."""
    return isinstance(expression.value, t.Between) and PART_OF.search(expression.text) is not None


PART_OF = re.compile(r"\b(?:end of|ende|late|mid|mitte|early|anfang|start of)\b", re.IGNORECASE)


def _is_compared_with(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Lower than at the turn of the year": a point to compare with, and no window."""
    if not isinstance(expression.value, (t.YearPart, t.Day, t.Month, t.RelativePeriod, t.Year, t.Weekday)):
        return False
    text = clause.view.article.text
    return COMPARED.search(text[max(clause.start, expression.start - 24) : expression.start]) is not None


APPOSED = re.compile(r"\s*,?\s*\(?(?:a|einem?|ein|dem)?\s*", re.IGNORECASE)


def _took(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Lost 23 % in four sessions", "binnen sieben Wochen": how long it took, and not when it ended."""
    value = expression.value
    if not isinstance(value, t.Duration) or value.side is not None or (value.count == 1 and value.unit in ONE_DAY):
        return False
    before = clause.view.article.text[max(0, expression.start - 16) : expression.start]
    return TOOK.search(before) is not None or TOOK.match(expression.text + " ") is not None


TOOK = re.compile(
    r"\b(?:in|within|over|binnen|innerhalb(?: von)?|über)\s+(?:just |only |nur |gerade einmal )?", re.IGNORECASE
)
ONE_DAY = ("day", "session")
ONE_MOVE = re.compile(
    r"\b(?:kurssprung\w*|kurssturz\w*|tagesgewinn\w*|tagesverlust\w*|one-day|single-day)\b", re.IGNORECASE
)
"""A move of one session: the month beside it does not say of which."""
LONG = (t.Month, t.Quarter, t.Year, t.HalfYear, t.RelativePeriod)


def _counts_sessions(value: t.TimeValue) -> TypeGuard[t.Duration]:
    """ "The past five sessions", "in den vergangenen zehn Handelstagen"."""
    return isinstance(value, t.Duration) and value.side == "past" and value.unit == "session" and bool(value.count)


def _is_past_length(value: t.TimeValue) -> bool:
    return isinstance(value, t.Duration) and value.side == "past" and not _counts_sessions(value)


def _runs_up_to_something(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "The twelve months before the peak": a length that ends with what is not a date."""
    after = clause.view.article.text[expression.end : expression.end + 16]
    return isinstance(expression.value, t.Duration) and re.match(r"\s+(?:vor|before|bis)\b", after) is not None


def _is_length(value: t.TimeValue) -> bool:
    """A length of time that looks neither back nor ahead ("for 90 days") is no window."""
    return isinstance(value, t.Duration) and value.side is None


WITHIN = re.compile(r"\b(?:within|in|over|binnen|innerhalb(?: von)?)\s+(?:the\s+)?(?:next\s+)?$", re.IGNORECASE)


def _ahead(clause: Clause, expression: t.TimeExpression) -> t.TimeValue:
    """A bare length behind "within", in a forecast, looks ahead."""
    value = expression.value
    before = clause.view.article.text[max(0, expression.start - 24) : expression.start]
    spoken = WITHIN.search(before) or WITHIN.match(expression.text + " ") or WITHIN_WORD.match(expression.text)
    if isinstance(value, t.Duration) and value.side is None and spoken:
        return t.Duration(value.count, value.unit, "future")
    return value


WITHIN_WORD = re.compile(r"(?:within|binnen|innerhalb)\b", re.IGNORECASE)


def _running(last: date, published: date, whole: re.Match[str]) -> date:
    """The last session of the period that "for the year" means: of the one that has just ended, when a text is written
    in the first days of the next."""
    word = next(w for w in whole.groups() if w).lower()
    fresh = (
        published.weekday() == 0
        if word.startswith("w")
        else published.day <= 4
        if word.startswith("mon")
        else (published.month, published.day) <= (1, 20)
    )
    if not fresh:
        return last
    return _before_running(last if word.startswith("w") and last.weekday() == 0 else published, whole)


def _before_running(last: date, whole: re.Match[str]) -> date:
    """The day before the running week, month or year began."""
    word = next(w for w in whole.groups() if w).lower()
    if word.startswith("w"):
        return last - timedelta(days=last.weekday() + 1)
    return last.replace(day=1, month=last.month if word.startswith("mon") else 1) - timedelta(days=1)


def _coming(period: Period | None, value: t.TimeValue, published: date) -> Period | None:
    """A month or day without a year, said of the future, is the next one."""
    if period is None or period.last > published or getattr(value, "year", 0) is not None:
        return period
    first, last = (d.replace(year=d.year + 1, day=min(d.day, 28)) for d in (period.first, period.last))
    return replace(period, first=first, last=last)


def exchange_of(instrument: Instrument) -> str:
    """The calendar of an instrument; official rates have none of their own and are dated by working days."""
    return "24/5" if instrument.exchange == "macro" else instrument.exchange


def session_upto(instrument: Instrument, when: date) -> date:
    """The last session on or before a day; the day itself where the calendar does not reach."""
    return calendars.session_on_or_before(exchange_of(instrument), when) or when


def session_back(instrument: Instrument, session: date) -> date:
    """The session before: the close that a one-session change is measured from."""
    return calendars.session_offset(exchange_of(instrument), session, -1) or session - timedelta(days=1)


SETTLED = re.compile(r"^\W*(?:with|nachdem|after|as|als)\b", re.IGNORECASE)
"""A lead-in that has a time of its own: "With the election settled overnight, the Dow jumped"."""


def _overnight(clause: Clause) -> tuple[Basis, str] | None:
    text = clause.view.article.text
    for scope, basis in _scopes(clause):
        for expression in scope.times:
            lead_in = SETTLED.search(text[scope.start : expression.start]) is not None
            apart = lead_in and "," in text[expression.end : max(expression.end, clause.end)]
            if isinstance(expression.value, t.Overnight) and not apart:
                return basis, expression.text
    return None


ASIDE = re.compile(
    r"\b(?:before|bevor|ehe|which had|that had|who had|nachdem|(?:since|seit)\b.{3,60}\b(?:of|vom|am))\b[^,;:]*$",
    re.IGNORECASE,
)
"""Before a day that is not the sentence's own: "before bouncing on Tuesday", "which had fallen on Friday"."""


def _is_aside(clause: Clause, expression: t.TimeExpression) -> bool:
    text = clause.view.article.text
    segment = max(text.rfind(mark, 0, expression.start) for mark in ".;:,")
    return ASIDE.search(text[segment + 1 : expression.start]) is not None


def _distance(clause: Clause, expression: t.TimeExpression, at: int) -> tuple[int, int]:
    """Borders between an expression and a place, then characters: a day in the same part of the sentence is nearest."""
    first, last = min(expression.end, at), max(expression.start, at)
    between = clause.view.article.text[first:last]
    marks = sum(between.count(mark) for mark in ",;:")
    if expression.start >= at and AT_ONCE.fullmatch(between):
        return -1, 0  # "15 percent in April" beside "8.7 percent in August"
    return marks, min(abs(expression.start - at), abs(expression.end - at))


AT_ONCE = re.compile(
    r"[^,;:]{0,34}?(?:percent|per cent|prozent|%|points|punkten?|dollars?)\s*(?:in|on|im|am|over|during)?\s*",
    re.IGNORECASE,
)
"""A figure, its unit and at most a preposition, from the figure's first character on."""
