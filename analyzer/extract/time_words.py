"""What the words around a time expression say of it: an aside, a comparison, a length, another figure's time.

Patterns and predicates on the text alone; ``analyzer.extract.windows`` makes sessions of what is left.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeGuard

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import Period
from analyzer.extract.view import Clause, remembered
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.patterns import Pattern
from analyzer.text.time_values import UNSAID, PeriodUnit

UP_TO = Pattern(rf"\b{any_phrase('up_to')}\s+(?:{any_phrase('up_to_link')} )?$", re.IGNORECASE)
THAT_DAY = phrases("that_day")
"""Words that point to a day that was named before, which may lie long back."""
COUNTED = Pattern(
    rf"\b(?:(?:\d+|{any_phrase('counted_number')}) {any_phrase('counted_unit')} {any_phrase('counted_side')}"
    rf"|{any_phrase('counted_from_a_day')}|{any_phrase('day_of_the_week_before')} \w{{2,}}tag"
    rf"|{any_phrase('lengths_beside_an_event')} {any_phrase('beside_an_event')} {any_phrase('article_of_an_event')})\b",
    re.IGNORECASE,
)
"""Words that count from a day that was named before: which day that is, is not read here."""
WHOLE = Pattern(
    rf"(?<!gains )(?<!losses )(?<!gain )(?<!loss )\b{any_phrase('whole_period')} "
    rf"(?:{any_phrase('whole_manner')} ){{0,3}}(?P<en>week|month|year)\b(?! {any_phrase('no_whole_behind')}\b)"
    rf"|\b{any_phrase('whole_over')} (?P<over>week|month|year)\b"
    rf"|\b(?P<wn>wochen|monats|jahres){any_phrase('whole_result')}\w*"
    r"|\bauf (?P<de>woche|monat|jahre)ssicht\b|\bauf (?P<wo>wochen)sicht\b|\bim (?P<wv>wochen)verlauf\b"
    rf"|\bim (?P<ww>wochen){any_phrase('whole_week_joined')}\b",
    re.IGNORECASE,
)
"""A figure for the whole of the running week, month or year: "for the year", "auf Wochensicht"."""
ENDED = Pattern(
    rf"\b{any_phrase('ended_period')}\s+(?:out\s+)?the\s+(?:\w+\s+)?(?P<en>week|month|quarter|year)\b"
    rf"|\b{any_phrase('ended_period_german')}\s+(?:\w+\s+){{0,3}}?{any_phrase('ended_period_article')}\s+(?:\w+\s+)?"
    rf"{any_phrase('ended_period_kind')}?(?P<de>woche|monat|quartal|jahr)\b"
    rf"|\b{any_phrase('out_of_a_period')} {any_phrase('ended_period_kind')}?(?P<aus>woche|monat|quartal|jahr)\b"
    rf"|\b{any_phrase('ended_period_article')} {any_phrase('ended_period_kind')}?(?P<vb>woche|monat|quartal|jahr)\b"
    rf"[^.;]*\b{any_phrase('ended_period_participle')}\b",
    re.IGNORECASE,
)
"""A period that has just come to its end: "ended the year up 23 percent", "beschloss die Woche bei"."""
UNITS: dict[str, PeriodUnit] = {"w": "week", "m": "month", "q": "quarter", "y": "year", "j": "year"}
WHEN = Pattern(rf"^\W*{any_phrase('when_something')}\b", re.IGNORECASE)
"""An event in a subordinate clause: the move is of its day, which the month that is named does not say."""
SINCE = phrases("since_word")
RECENT = timedelta(days=9)
NO_WINDOW = (t.SessionPart, t.Ever, t.Overnight, t.Neighbour)
PEAK = Pattern(
    rf"\b{any_phrase('measured_from_german')}\s+(?:\w+\s+){{0,2}}{any_phrase('peak_german')}\w*"
    rf"(?:\s+{any_phrase('peak_date_german')}\b.{{0,22}})?"
    rf"|\b{any_phrase('measured_from')} {any_phrase('measured_from_owner')}?\s*"
    rf"(?:[\w.]+[ -]){{0,4}}{any_phrase('peak')}\b"
    rf"(?: {any_phrase('peak_more')})?(?:\s+{any_phrase('peak_date')}\b.{{0,20}})?",
    re.IGNORECASE,
)
"""What a distance is measured from, with its date: "zum Höchststand vom 16. Juli", "from its December 16 peak"."""


TROUGH = Pattern(
    rf"\b{any_phrase('recovered_from_german')} (?:\w+ ){{0,2}}\w*{any_phrase('trough_german')}\w*"
    rf"(?: {any_phrase('trough_date_german')}\b.{{0,22}})?"
    rf"|\b{any_phrase('recovered_from')} {any_phrase('recovered_from_owner')} "
    rf"(?:[\w.]+[ -]){{0,4}}{any_phrase('trough')}\b"
    rf"(?: {any_phrase('trough_date')}\b.{{0,20}})?",
    re.IGNORECASE,
)
"""Where a recovery is measured from, with its date: "vom Tief am 8. April", "from the low of 4 April"."""


@remembered
def peak_span(clause: Clause) -> tuple[int, int] | None:
    """Where the clause says from which high its figure is measured."""
    found = PEAK.search(clause.text)
    return (clause.start + found.start(), clause.start + found.end()) if found else None


@remembered
def trough_span(clause: Clause) -> tuple[int, int] | None:
    """Where the clause says from which low its figure is measured."""
    found = TROUGH.search(clause.text)
    return (clause.start + found.start(), clause.start + found.end()) if found else None


def turning_spans(clause: Clause) -> list[tuple[int, int]]:
    """Where the clause says from which high or low its figure is measured."""
    return [span for span in (peak_span(clause), trough_span(clause)) if span is not None]


def scopes(clause: Clause) -> tuple[tuple[Clause, Basis], ...]:
    return (clause, "quote"), (clause.sentence, "context")


def last_weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def last_quarter(day: date) -> tuple[date, date]:
    """First and last day of the quarter that had ended by a day."""
    last = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1) - timedelta(days=1)
    return last.replace(month=last.month - 2, day=1), last


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


def is_of_a_later_figure(clause: Clause, expression: t.TimeExpression, at: int) -> bool:
    """Whether a time behind a comma belongs to the figure there: "rose from 1.5 to 3.9 percent, in October it was"; or
    to a second verb: "gained 4.7 percent and closed on Friday at"."""
    text = clause.view.article.text
    second = SECOND.search(text, at, max(at, expression.start))
    verbs = [c for c in clause.cues if c.heading in VERBS and second and second.end() <= c.start <= expression.start]
    if verbs:
        return True
    if expression.start < at or "," not in text[at : expression.start]:
        return False
    later = [f for f in clause.figures if f.start > at]
    return any("," not in text[min(f.start, expression.end) : max(f.start, expression.start)] for f in later)


SECOND = Pattern(rf"\s{any_phrase('second_verb_behind')}\s", re.IGNORECASE)
VERBS = ("move_up", "move_up_strong", "move_down", "move_down_strong", "level")


def beside_a_date(scope: Clause, expression: t.TimeExpression) -> bool:
    """ "April 14, a Friday": the weekday says nothing more than the date."""
    text = scope.view.article.text
    dates = [e for e in scope.times if isinstance(getattr(e.value, "anchor", e.value), t.Day)]
    return any(
        APPOSED.fullmatch(text[e.end : expression.start]) is not None for e in dates if e.end <= expression.start
    )


BETWEEN = Pattern(rf"\b{any_phrase('between')}\s+(?:\w+\s+)?$", re.IGNORECASE)


def is_half_of_a_span(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Between last Friday and this one": a span of which only one end was read."""
    before = clause.view.article.text[max(clause.start, expression.start - 24) : expression.start]
    return not isinstance(expression.value, t.Between) and BETWEEN.search(before) is not None


ORDINAL_DAY = Pattern(
    rf"\bon the \d{{1,2}}(?:st|nd|rd|th)\b(?! {any_phrase('no_day_behind_an_ordinal')})", re.IGNORECASE
)
"""A day of a month that is named elsewhere."""
COMPARED = Pattern(
    rf"\b{any_phrase('compared_at')}\s+(?:{any_phrase('compared_of')}\s+)?(?:{any_phrase('compared_link')}\s+){{0,3}}$",
    re.IGNORECASE,
)


HOLIDAY = phrases("day_by_name")
"""Days by their names: open where none was read in the clause ("before Christmas" is a horizon)."""
OVER_IT = phrases("over_the_quarter")
"""A quarter that is not said to be the running one or the last."""


def has_a_loose_end(expression: t.TimeExpression) -> bool:
    """ "Between the end of September and the end of December": ends of months, which are read as whole months. The end
    of a year is one day, and so is a day."""
    value = expression.value
    if isinstance(value, t.Between) and isinstance(value.first, t.YearPart) and isinstance(value.last, t.Day):
        return value.first.part != "end"
    return isinstance(value, t.Between) and PART_OF.search(expression.text) is not None


DAYS_TOGETHER = Pattern(
    rf"^(?!{any_phrase('no_days_together')})[\w. ]+?\b{any_phrase('second_verb_behind')}\b", re.IGNORECASE
)


OPENED = Pattern(rf"\b{any_phrase('opens_a_span')}\s+(?:{any_phrase('opens_a_span_article')}\s+)?$", re.IGNORECASE)


def days_together(scope: Clause, expression: t.TimeExpression) -> bool:
    """ "On 3 and 4 April", "am Donnerstag und Freitag": the sessions of both days, and not a span between their
    closes."""
    value = expression.value
    days = (t.Day, t.Weekday)
    return (
        isinstance(value, t.Between)
        and isinstance(value.first, days)
        and isinstance(value.last, days)
        and DAYS_TOGETHER.search(expression.text) is not None
        and OPENED.search(scope.text[: expression.start - scope.start]) is None
    )


def shared_out(clause: Clause) -> bool:
    """Whether a clause has a move for each of several days."""
    return sum(f.unit in ("fraction", "points") for f in clause.figures) > 1


PART_OF = phrases("part_of_a_period")


def is_of_a_rank(clause: Clause, expression: t.TimeExpression) -> bool:
    """Whether a length is the span of a superlative: "fell 4 percent on Monday, its biggest dive in six years"."""
    before = [c for c in clause.cues if c.heading == "record" and c.end <= expression.start]
    text = clause.view.article.text
    return bool(before) and not set(",;:") & set(text[before[-1].end : expression.start])


OF_A_HIGH = Pattern(rf"(?:{any_phrase('high_of_a_length')}|{any_phrase('low_of_a_length')})$", re.IGNORECASE)


def is_span_of_a_high(expression: t.TimeExpression) -> bool:
    """ "A 16-year high" names how far back it is the highest, and no window of a move."""
    return OF_A_HIGH.search(expression.text) is not None


NOW = Pattern(rf"\b{any_phrase('speaks_of_now')}\b", re.IGNORECASE)


def speaks_of_now(clause: Clause) -> bool:
    """Whether a part of a sentence says that it is of now, whatever day another part names."""
    return NOW.search(clause.text) is not None


def up_to_the_day(scope: Clause, expression: t.TimeExpression) -> t.TimeExpression:
    """ "On May 4, 1998, it stood at a record, 9 percent up since the beginning of the year": of that year, and up
    to that day."""
    if getattr(expression.value, "anchor", expression.value) != t.YearStart():
        return expression
    dated = [e.value for e in scope.sentence.times if isinstance(e.value, t.Day) and e.end <= expression.start]
    year = dated[-1].year if dated else None
    published = scope.view.article.published
    if not isinstance(year, int) or published is None or year == published.year:
        return expression
    return replace(expression, value=t.Between(t.Day(year - 1, 12, 31), dated[-1]))


LEADS_SINCE = Pattern(rf"^\W*{any_phrase('since_it_began')}\b", re.IGNORECASE)


def begins_a_span(sentence: Clause, clause: Clause, expression: t.TimeExpression) -> bool:
    """Whether a time in a lead-in says where the span of the rest begins: "Since the Fed began to raise rates in March
    2022, the dollar has gained 10 percent"."""
    led = LEADS_SINCE.match(sentence.text) is not None and expression.end <= clause.start
    return led and isinstance(expression.value, (t.Month, t.Year, t.Day, t.Quarter, t.YearPart))


def in_brackets(scope: Clause, inner: t.TimeExpression | Clause) -> bool:
    """Whether something stands in brackets of a stretch."""
    before = scope.view.article.text[scope.start : inner.start]
    return before.count("(") > before.count(")")


def is_compared_with(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Lower than at the turn of the year": a point to compare with, and no window."""
    named = (t.YearPart, t.Day, t.Month, t.RelativePeriod, t.Year, t.Weekday, t.Holiday, t.Season)
    if not isinstance(expression.value, named):
        return False
    text = clause.view.article.text
    return COMPARED.search(text[max(clause.start, expression.start - 24) : expression.start]) is not None


APPOSED = re.compile(rf"\s*,?\s*\(?{any_phrase('apposed_article')}?\s*", re.IGNORECASE)


def took(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Lost 23 % in four sessions", "binnen sieben Wochen": how long it took, and not when it ended."""
    value = expression.value
    if not isinstance(value, t.Duration) or value.side is not None or (value.count == 1 and value.unit in ONE_DAY):
        return False
    before = clause.view.article.text[max(0, expression.start - 16) : expression.start]
    return TOOK.search(before) is not None or TOOK.match(expression.text + " ") is not None


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
ONE_MOVE = phrases("move_of_one_session")
"""A move of one session: the month beside it does not say of which."""
LONG = (t.Month, t.Quarter, t.Season, t.Year, t.HalfYear, t.RelativePeriod)


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


def is_weekend(period: Period) -> bool:
    return period.shape == "period" and period.first.weekday() == 5 and period.last == period.first + timedelta(days=1)


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
    return before_running(last if word.startswith("w") and last.weekday() == 0 else published, whole)


def before_running(last: date, whole: re.Match[str]) -> date:
    """The day before the running week, month or year began."""
    word = next(w for w in whole.groups() if w).lower()
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


SETTLED = Pattern(rf"^\W*{any_phrase('settled_before')}\b", re.IGNORECASE)
"""A lead-in that has a time of its own: "With the election settled overnight, the Dow jumped"."""


def overnight(clause: Clause) -> tuple[Basis, str] | None:
    text = clause.view.article.text
    for scope, basis in scopes(clause):
        for expression in scope.times:
            lead_in = SETTLED.search(text[scope.start : expression.start]) is not None
            apart = lead_in and "," in text[expression.end : max(expression.end, clause.end)]
            if isinstance(expression.value, t.Overnight) and not apart:
                return basis, expression.text
    return None


ASIDE = Pattern(
    rf"\b(?:{any_phrase('aside')}|{any_phrase('aside_since')}\b.{{3,60}}\b{any_phrase('aside_of')})\b[^,;:]*$",
    re.IGNORECASE,
)
"""Before a day that is not the sentence's own: "before bouncing on Tuesday", "which had fallen on Friday"."""


def is_aside(clause: Clause, expression: t.TimeExpression) -> bool:
    text = clause.view.article.text
    segment = max(text.rfind(mark, 0, expression.start) for mark in ".;:,")
    return ASIDE.search(text[segment + 1 : expression.start]) is not None


PLUPERFECT = Pattern(
    rf"\b{any_phrase('pluperfect')}\b.*\b{any_phrase('participle')}\W*$"
    rf"|\bhad (?:{any_phrase('pluperfect_manner')} )?{any_phrase('pluperfect_verb')}\b",
    re.IGNORECASE,
)
"""Words that look back from the day the text speaks of: "am Freitag hatte er zugelegt", "had gained on Friday"."""
SEGMENT = re.compile(r"[.;:,–!?](?=\s|$)|\s[–-]\s")


RESULTS = Pattern(
    rf"\b{any_phrase('company_results')}\b[^.;,]{{0,24}}\b{any_phrase('company_results_of')}"
    rf"\s+(?:{any_phrase('company_results_article')} )?$",
    re.IGNORECASE,
)


def is_of_results(scope: Clause, expression: t.TimeExpression) -> bool:
    """Whether a quarter or a year is that of a company's report: "reported earnings for the fourth quarter"."""
    before = scope.view.article.text[max(scope.start, expression.start - 60) : expression.start]
    return isinstance(expression.value, (t.Quarter, t.HalfYear, t.Year)) and RESULTS.search(before) is not None


FROM_A_LEVEL = Pattern(
    rf"\b{any_phrase('from_a_level')}\s+(?:\w+\s+)?[$€£]?\d[\d.,]*\s*(?:%|{any_phrase('level_unit')})?"
    rf"\s*{any_phrase('level_date')}?\s*$",
    re.IGNORECASE,
)


def is_of_a_start(clause: Clause, expression: t.TimeExpression, at: int) -> bool:
    """Whether a time dates the level that a move began from, and not the figure at ``at``: "to 1.65% from 1.63% late
    Thursday"."""
    begin = max(clause.start, expression.start - 40)
    found = FROM_A_LEVEL.search(clause.view.article.text[begin : expression.start])
    return found is not None and any(f.start <= at < f.end <= begin + found.start() for f in clause.figures)


def looks_back(clause: Clause, expression: t.TimeExpression) -> bool:
    """Whether a day stands, in another sentence, in a part that looks back from the story's own day."""
    first, last = sentence_of(expression, clause)
    if first >= clause.sentence.start:
        return False
    text = clause.view.article.text
    start = max((m.end() for m in SEGMENT.finditer(text, first, expression.start)), default=first)
    end = SEGMENT.search(text, expression.end, last)
    return PLUPERFECT.search(text[start : end.start() if end else last]) is not None


def sentence_of(expression: t.TimeExpression, clause: Clause) -> tuple[int, int]:
    """Where the sentence of an expression begins and ends."""
    found = (s for s in clause.view.sentences if s.start <= expression.start < s.end)
    return next(((s.start, s.end) for s in found), (expression.start, expression.end))


def distance(clause: Clause, expression: t.TimeExpression, at: int) -> tuple[int, int]:
    """Borders between an expression and a place, then characters: a day in the same part of the sentence is nearest."""
    first, last = min(expression.end, at), max(expression.start, at)
    between = clause.view.article.text[first:last]
    marks = sum(between.count(mark) for mark in ",;:")
    if expression.start >= at and AT_ONCE.fullmatch(between):
        return -1, 0  # "15 percent in April" beside "8.7 percent in August"
    return marks, min(abs(expression.start - at), abs(expression.end - at))


AT_ONCE = re.compile(
    rf"[^,;:]{{0,34}}?(?:%|{any_phrase('at_once_unit')})\s*{any_phrase('at_once_date')}?\s*", re.IGNORECASE
)
"""A figure, its unit and at most a preposition, from the figure's first character on."""
