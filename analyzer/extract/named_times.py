"""Which days and periods a clause names, or takes over from before it, by the calendar and for no instrument yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import wraps
from typing import TypeVar, cast

from analyzer.extract.counted import Counted, counted
from analyzer.extract.ended_periods import quarter_of_the_text
from analyzer.extract.gone import is_of_the_losses
from analyzer.extract.length_words import (
    ADJECTIVE,
    OF_THE_STORY,
    WHOLE,
    YEAR_CLOSES,
    ahead,
    coming,
    is_length,
    is_past_length,
    runs_up_to_something,
    took,
)  # fmt: skip
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.pointing import follows_a_move, ranks_the_move_before
from analyzer.extract.resolve import Period, resolve
from analyzer.extract.time_words import (
    COUNTED,
    HOLIDAY,
    LONG,
    NO_WINDOW,
    ONE_MOVE,
    ORDINAL_DAY,
    OVER_IT,
    PEAK,
    RECENT,
    SAME_TIME,
    SINCE,
    THAT_DAY,
    TROUGH,
    UNITS,
    UP_TO,
    WHEN,
    begins_a_span,
    beside_a_date,
    dates_a_since,
    days_together,
    distance,
    has_a_loose_end,
    in_brackets,
    is_aside,
    is_compared_with,
    is_half_of_a_span,
    is_last_so,
    is_of_a_later_figure,
    is_of_a_rank,
    is_of_a_start,
    is_of_both,
    is_of_results,
    is_span_of_a_high,
    is_start_of_a_change,
    is_weekend,
    is_when_last_seen,
    looks_back,
    peak_span,
    scopes,
    sentence_of,
    shared_out,
    speaks_of_now,
    trough_span,
    up_to_the_day,
)  # fmt: skip
from analyzer.extract.turning import turning
from analyzer.extract.view import Clause
from analyzer.extract.year_words import with_year
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

R = TypeVar("R")
PRESENT = phrases("present_tense")
NAMED_DAY = (t.Day, t.Weekday, t.RelativeDay)
INTO_THE_WEEKEND = phrases("into_the_weekend")
"""With what the last session of a week goes: "schloss zum Wochenende"."""
LEAD = 40
"""Characters of a weekend with the words before it."""
CLOSING = Pattern(
    rf"(?P<en>week|month|quarter|year)\b[^.;:,]{{0,20}}?\b{any_phrase('comes_to_its_end', 'en')}\b"
    rf"|(?P<de>woche|monat|quartal|jahr)\b[^.;:,]{{0,30}}?\b{any_phrase('comes_to_its_end', 'de')}\b",
    re.IGNORECASE,
)
OF_A_DAY, UP_TO_THE_CLOSE = phrases("after_the_session"), phrases("up_to_the_close")
TOLD_ON = 200
"""Characters between a sentence and the one whose year it goes on from."""
UNTIL_NOW = t.Until(t.RelativeDay(0))


def remembered(conclude: Callable[[NamedTimes, Clause], R]) -> Callable[[NamedTimes, Clause], R]:
    """What a clock concludes from a stretch, concluded once: binders ask the same of one stretch many times."""
    name = f"{conclude.__module__}.{conclude.__qualname__}"

    @wraps(conclude)
    def known(times: NamedTimes, clause: Clause) -> R:
        kept, key = clause.view.kept, (f"{name} {times.published}", clause.start, clause.end)
        if key not in kept:
            kept[key] = conclude(times, clause)
        return cast("R", kept[key])

    return known


@dataclass(frozen=True)
class NamedTimes:
    """The day of publication, None when it is unknown, and what a clause says of time as seen from it."""

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
                return period, "default" if period.known else basis, expression.text
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
            behind = scope is not clause and expression.start >= clause.end and not is_of_both(clause, expression)
            if inside or behind or isinstance(expression.value, NO_WINDOW) or is_length(expression.value):
                continue
            if is_span_of_a_high(expression):
                continue
            if scope is not clause and in_brackets(scope, expression) and not in_brackets(scope, clause):
                continue  # "stood at 900 again (its level of May), down 8 percent": of the figure before it
            if is_when_last_seen(scope, expression):
                continue
            if is_of_the_losses(scope, expression):
                after = self._period_after(expression)
                if after is not None:
                    found.append((expression, after))
                continue
            if is_aside(clause, expression) and (scope is not clause or expression.start > clause.start):
                continue
            beside = isinstance(expression.value, t.Weekday) and beside_a_date(scope, expression)
            if beside or is_of_results(scope, expression) or follows_a_move(scope, expression):
                continue
            if is_last_so(scope, expression):
                continue
            if scope.has("record") and expression.value == UNTIL_NOW:
                continue  # "was bis heute den größten Tagesverlust darstellt" is of when it was set
            dated = up_to_the_day(scope, with_year(scope, expression))
            if dates_a_since(scope, expression) or (scope is not clause and begins_a_span(scope, clause, expression)):
                dated = replace(dated, value=t.Since(dated.value))
            if is_start_of_a_change(scope, expression):
                dated = replace(dated, value=t.Since(dated.value))
            period = self._resolved(dated)
            if period is not None and period.from_close and days_together(scope, expression):
                period = replace(period, from_close=False)
                if shared_out(clause):
                    continue  # "2 and 3 percent on Thursday and Friday": to each its own
            if period is not None and period.shape != "ever" and (period.shape == "day" or not days_only):
                found.append((expression, period))
        return found

    def _period_after(self, expression: t.TimeExpression) -> Period | None:
        """The period behind the one whose losses were made up for: "machte die Verluste der Vorwoche wett"."""
        value = expression.value
        if not isinstance(value, t.RelativePeriod) or value.part is not None:
            return None
        return self._resolved(replace(expression, value=replace(value, offset=value.offset + 1)))

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
        unnamed_day = WHEN.match(clause.text) is not None and not days and not self._is_of_the_same_day(clause)
        lost_day = THAT_DAY.search(clause.text) is not None and self.day_before(clause) is None
        spans = any(isinstance(e.value, (t.Since, t.Duration)) or dates_a_since(clause, e) for e in clause.times)
        turned = turning(clause, self.published)
        unread_since = SINCE.search(clause.text) is not None and not spans and not clause.has("record") and not turned
        if unnamed_day or lost_day or unread_since or self._is_counted(clause) or ORDINAL_DAY.search(clause.text):
            return True
        compared = (e for e in clause.times if is_compared_with(clause, e) and not is_start_of_a_change(clause, e))
        if any(compared) or any(has_a_loose_end(e) for e in clause.times):
            return True
        if (OVER_IT.search(clause.text) and quarter_of_the_text(clause, self.published) is None) or (
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
        bounds = [e for e in clause.times if isinstance(e.value, kinds) and not is_last_so(clause, e)]
        bounds += [e for e in clause.times if is_past_length(e.value)]
        if any(resolve(e.value, self.published) is None and turned is None for e in bounds):
            return True
        if ONE_MOVE.search(clause.text) and any(isinstance(e.value, LONG) for e in clause.times) and not days:
            return True
        return any(
            self._ended(e.value) or runs_up_to_something(clause, e) or (took(clause, e) and not is_of_a_rank(clause, e))
            for e in clause.times
        )

    def _is_of_the_same_day(self, clause: Clause) -> bool:
        """ "Stocks fell on Friday, as the Nasdaq lost 5 percent": behind a main clause that names a day."""
        if SAME_TIME.match(clause.text) is None or clause.start == clause.sentence.start:
            return False
        main = clause.view.clause(clause.sentence.start, clause.start)
        return len(self._read(main, main, True)) == 1

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
            named = isinstance(expression.value, NAMED_DAY if near else (t.Weekday, t.RelativeDay))
            named = named or (near and self._ends_a_week(clause, expression))
            told_back = looks_back(clause, expression) and not (same_move and near)
            if named and not (is_aside(clause, expression) or told_back):
                period = self._day_of(expression)
                goes_on = near and (that_day or self._goes_on(clause, expression))
                if period is not None and (goes_on or self._recent(period.first)):
                    return period, "article", expression.text
        return None

    @staticmethod
    def _goes_on(clause: Clause, expression: t.TimeExpression) -> bool:
        """Whether a story of a day long past goes on in the sentence right behind the one that dates it: "On 6 November
        the Dow leapt. The S&P 500 closed at a record"."""
        dated = sentence_of(expression, clause)
        between = clause.view.article.text[dated[1] : clause.sentence.start]
        told = PRESENT.search(clause.text) is None and not speaks_of_now(clause)
        undated = all(isinstance(e.value, (t.Ever, t.SessionPart)) for e in clause.sentence.times)
        return isinstance(expression.value, t.Day) and not between.strip() and told and undated

    def day_looked_back_to(self, clause: Clause) -> date | None:
        """The day to which the paragraph has looked back from the story's own, where no other was named since: the next
        sentence may go on from either. "Am Freitag hatten die Kurse nachgegeben. Der Dow schloss 1 Prozent tiefer"."""
        start, end = clause.paragraph.start, clause.sentence.start
        before = [e for e in clause.view.times if start <= e.start and e.end <= end and not is_aside(clause, e)]
        named = [e for e in before if isinstance(e.value, NAMED_DAY) or self._ends_a_week(clause, e)]
        if not named or not looks_back(clause, named[-1]):
            return None
        day = self._day_of(named[-1])
        return day.first if day is not None and self._recent(day.first) else None

    @staticmethod
    def _ends_a_week(clause: Clause, expression: t.TimeExpression) -> bool:
        """ "Before the weekend": the last day of the week before it."""
        weekend = isinstance(expression.value, t.RelativePeriod) and expression.value.unit == "weekend"
        return weekend and INTO_THE_WEEKEND.search(clause.view.article.text[: expression.end][-LEAD:]) is not None

    def _day_of(self, expression: t.TimeExpression) -> Period | None:
        """The day of a weekday, a date or a word such as "yesterday"; of a weekend the last day before it, which
        "before the weekend" is."""
        period = resolve(expression.value, self.published)
        if period is None or not is_weekend(period):
            return period
        return Period("day", period.first - timedelta(days=1), period.first - timedelta(days=1))

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
                return min(period.first, period.other.first) if period.other is not None else period.first
        return None

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

    def _period_before(self, clause: Clause) -> tuple[Period, Basis, str] | None:
        """The period that the paragraph has named before, where it names no other time: assumed, not read."""
        paragraph = clause.paragraph
        named = [e for e in paragraph.times if not isinstance(e.value, NO_WINDOW) and not is_length(e.value)]
        times = [e for e in named if e.end <= clause.sentence.start]
        if not named and (closing := self._closing_period(clause)) is not None:
            return closing
        at_a_level = clause.has("level") and "fraction" not in clause.units
        if not times or any(e.value != times[0].value for e in times) or clause.has("record") or at_a_level:
            return None
        last = times[-1]
        if UP_TO_THE_CLOSE.search(clause.text):
            return None  # "gab im späten Handel nach"
        if looks_back(clause, last) or paragraph.view.clause(*sentence_of(last, clause)).has("record"):
            return None
        period = self._resolved(last)
        if period is None or period.shape not in ("period", "since"):
            return None
        runs = period.last >= (self.published or period.last)
        goes_on = (runs and named == times) or self._is_told_on(clause, last)
        return (period, "article", last.text) if goes_on else None

    def _closing_period(self, clause: Clause) -> tuple[Period, Basis, str] | None:
        """The running week, month or year of which the sentence before says that it comes to its end."""
        before = clause.view.clause(clause.paragraph.start, clause.sentence.start)
        found = CLOSING.search(before.text)
        if found is None or len(before.text) - found.end() > TOLD_ON or clause.has("record"):
            return None
        unit = UNITS[next(word for word in found.groups() if word)[0].lower()]
        period = resolve(t.RelativePeriod(unit, 0), self.published)
        return (period, "article", found.group()) if period is not None else None

    @staticmethod
    def _is_told_on(clause: Clause, expression: t.TimeExpression) -> bool:
        """Whether a sentence goes on from the year, half or quarter of a sentence shortly before it: "Für 2022 beläuft
        sich das Minus beim Dow auf 9 Prozent. Beim S&P 500 sind es 20 Prozent"."""
        if not isinstance(expression.value, (t.Year, t.HalfYear, t.Quarter)) or speaks_of_now(clause):
            return False
        if OF_A_DAY.search(clause.text) or any(isinstance(e.value, (t.SessionPart, t.Overnight)) for e in clause.times):
            return False
        return clause.sentence.start - sentence_of(expression, clause)[1] <= TOLD_ON

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
        if found is not None and found.lastgroup in ADJECTIVE and self._names_a_period(clause):
            return None  # "a monthly gain of 3 percent in March"
        if found is not None and found.lastgroup in OF_THE_STORY and self._story_is_dated(clause):
            return None  # "In October 2008 … It was a brutal week for the Dow"
        if found is not None:
            here = min(abs(clause.start + found.start() - at), abs(clause.start + found.end() - at))
            others = [distance(clause, e, at)[1] for e, _ in self._read(clause, clause, False)]
            return found if not others or here <= min(others) else None
        before = clause.view.article.text[clause.sentence.start : clause.start]
        return WHOLE.search(before) if not clause.times else None

    @staticmethod
    def _story_is_dated(clause: Clause) -> bool:
        """Whether the paragraph has named a day, a month or a year before the clause."""
        dated = (t.Day, t.Month, t.Quarter, t.Year, t.Since, t.Between)
        before = (e for e in clause.paragraph.times if e.end <= clause.start)
        return any(isinstance(e.value, dated) for e in before)

    def _names_a_period(self, clause: Clause) -> bool:
        return any(period.shape == "period" for _, period in self._read(clause, clause, False))

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
