"""What the words around a time expression say of it: an aside, a comparison, a length, another figure's time.

Patterns and predicates on the text alone; ``analyzer.extract.windows`` makes sessions of what is left.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import Period
from analyzer.extract.view import Clause, remembered
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.clauses import has_finite_verb
from analyzer.text.patterns import Pattern
from analyzer.text.time_values import PeriodUnit

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
ENDED = Pattern(
    rf"\b{any_phrase('ended_period')}\s+(?:(?:off|out)\s+)?{any_phrase('ended_period_which')}\s+(?:\w+\s+){{0,2}}?"
    rf"(?P<en>week|month|quarter|year)\b(?! {any_phrase('no_ended_period')}\b)"
    rf"|\b{any_phrase('ended_period_german')}\s+(?:\w+\s+){{0,3}}?{any_phrase('ended_period_article')}\s+(?:\w+\s+)?"
    rf"{any_phrase('ended_period_kind')}?(?P<de>woche|monat|quartal|jahr)\b"
    rf"|\b{any_phrase('end_of_a_period')}\s+{any_phrase('end_of_a_period_article')}\s+(?:\w+\s+)?"
    rf"{any_phrase('ended_period_kind')}?(?P<ed>woche|monats|quartals|jahres)\b(?=,? in (?:der|dem)\b)"
    rf"|\b{any_phrase('out_of_a_period')} {any_phrase('ended_period_kind')}?(?P<aus>woche|monat|quartal|jahr)\b"
    rf"|\b{any_phrase('ended_period_article')} (?:\w+ )?{any_phrase('ended_period_kind')}?"
    rf"(?P<vv>woche|monat|quartal|jahr) {any_phrase('ended_period_german')}\b"
    rf"|\b{any_phrase('ended_period_article')} {any_phrase('ended_period_kind')}?(?P<vb>woche|monat|quartal|jahr)\b"
    rf"[^.;]*\b{any_phrase('ended_period_participle')}\b",
    re.IGNORECASE,
)
"""A period that has just come to its end: "ended the year up 23 percent", "beschloss die Woche bei"."""
UNITS: dict[str, PeriodUnit] = {"w": "week", "m": "month", "q": "quarter", "y": "year", "j": "year"}
WHEN = Pattern(rf"^\W*{any_phrase('when_something')}\b", re.IGNORECASE)
"""An event in a subordinate clause: the move is of its day, which the month that is named does not say."""
SAME_TIME = Pattern(rf"^\W*{any_phrase('at_the_same_time')}\b", re.IGNORECASE)
"""The beginning of a subordinate clause of the same time as its main clause."""
SINCE = phrases("since_word")
RECENT = timedelta(days=9)
NO_WINDOW = (t.SessionPart, t.Ever, t.Overnight, t.Neighbour)
AT_A_LEVEL_EN = (
    rf"(?: {any_phrase('level_of_an_extreme', 'en')} [$€£]?\d[\d.,]*\d\b(?: {any_phrase('unit_of_a_level', 'en')})*)?"
)
AT_A_LEVEL_DE = (
    rf"(?: {any_phrase('level_of_an_extreme', 'de')} [$€£]?\d[\d.,]*\d\b(?: {any_phrase('unit_of_a_level', 'de')})*)?"
)
"""The level of a high or low, between it and its date: "a peak of $107 in June"."""


def _since_it_came_to(verb: str, noun: str) -> str:
    """ "Since it peaked in June", "since reaching a peak of 107 dollars in June", "seit er sein Hoch erreichte";
    by the headings of the verb and the noun."""
    came = rf"(?:{any_phrase(verb)}|{any_phrase('came_to_an_extreme')} (?:[\w.-]+ ){{0,4}}?{any_phrase(noun)})"
    dated = rf"(?:[^;:!?]{{0,40}}?\s{any_phrase('date_of_an_extreme')}\b.{{0,20}})?"
    german = rf"[^;:!?]{{4,60}}?{any_phrase(f'{noun}_german')}\w* [^,;:!?]{{0,40}}?"
    return (
        rf"\b{any_phrase('since_it_came')} {came}\b{dated}"
        rf"|\b{any_phrase('since_it_came_german')} {german}{any_phrase('came_to_an_extreme_german')}\b"
    )


SET_EN = (
    rf",?\s+(?:{any_phrase('extreme_which_was', 'en')}\s+)?{any_phrase('extreme_was_set', 'en')}\b.{{0,30}}"
    rf"|\s+{any_phrase('extreme_date_bare', 'en')}\b.{{0,20}}"
)
SET_DE = (
    rf",\s+{any_phrase('extreme_which_was', 'de')}\s.{{0,50}}?\b{any_phrase('extreme_was_set', 'de')}\b(?:\s+ha\w+)?"
    rf"|\s+{any_phrase('extreme_date_bare', 'de')}\b.{{0,22}}"
)
"""When a high or low was set, behind its noun: "the record it reached only last week", "its high last Wednesday"."""
SET_BEFORE = rf"(?:(?:\w+\.?\s+){{1,4}}{any_phrase('extreme_set_german', 'de')}\s+(?:\w+\s+)?)"
"""The same before it: "vom im Februar erreichten Rekordhoch"."""
PEAK = Pattern(
    rf"\b{any_phrase('measured_from_german')}\s+(?:{SET_BEFORE}|(?:\w+\s+){{0,2}}){any_phrase('peak_german')}\w*"
    rf"{AT_A_LEVEL_DE}(?:\s+{any_phrase('peak_date_german')}\b.{{0,22}}|{SET_DE})?"
    rf"|\b{any_phrase('measured_from')} {any_phrase('measured_from_owner')}?\s*"
    rf"(?:[\w.]+[ -]){{0,6}}{any_phrase('peak')}\b"
    rf"(?: {any_phrase('peak_more')})?{AT_A_LEVEL_EN}(?:\s+{any_phrase('peak_date')}\b.{{0,20}}|{SET_EN})?"
    rf"|{_since_it_came_to('peaked', 'peak')}",
    re.IGNORECASE,
)
"""What a distance is measured from, with its date: "zum Höchststand vom 16. Juli", "from its December 16 peak"."""
TROUGH = Pattern(
    rf"\b{any_phrase('recovered_from_german')} (?:{SET_BEFORE}|(?:\w+ ){{0,2}})\w*{any_phrase('trough_german')}\w*"
    rf"{AT_A_LEVEL_DE}(?: {any_phrase('trough_date_german')}\b.{{0,22}}|{SET_DE})?"
    rf"|\b{any_phrase('recovered_from')} {any_phrase('recovered_from_owner')} "
    rf"(?:[\w.]+[ -]){{0,4}}{any_phrase('trough')}\b"
    rf"{AT_A_LEVEL_EN}(?: {any_phrase('trough_date')}\b.{{0,20}}|{SET_EN})?"
    rf"|{_since_it_came_to('bottomed', 'trough')}",
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


def is_nearest_to(clause: Clause, span: tuple[int, int], position: int) -> bool:
    """Whether no other share stands between the figure at a place and the high or low of a span: "tumbled 5.8 percent
    to pull more than 20 percent below its record" is one distance, beside a move of the day."""
    low, high = min(position, span[1]), max(position, span[0])
    between = (f for f in clause.figures if f.unit == "fraction" and low <= f.start and f.end <= high)
    return all(f.start == position for f in between)


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


LAST_SEEN = Pattern(rf"\b{any_phrase('was_there_before')}\s+(?:{any_phrase('was_there_when')}\s+)?$", re.IGNORECASE)


def is_when_last_seen(scope: Clause, expression: t.TimeExpression) -> bool:
    """Whether a time says when a level was there before: "fell to a low last seen in February" is no move of
    February. "Zuletzt am Freitag" is of now."""
    if isinstance(expression.value, (t.Weekday, t.RelativeDay)):
        return False
    before = scope.view.article.text[max(scope.start, expression.start - 32) : expression.start]
    return LAST_SEEN.search(before) is not None


OF_ONE_DAY = (t.Day, t.Weekday, t.RelativeDay)
BETWEEN_BOTH = 12
"""Words of a piece without a verb, between a clause and the day of both."""


def is_of_both(clause: Clause, expression: t.TimeExpression) -> bool:
    """Whether a day behind a clause is its own too, because what stands between has a figure and leaves the verb out:
    "The S&P 500 rose 2 percent and the Nasdaq 3 percent on Friday"."""
    if not isinstance(expression.value, OF_ONE_DAY) or expression.start <= clause.end:
        return False
    between = clause.view.clause(clause.end, expression.start)
    short = bool(between.mentions and between.figures) and len(between.text.split()) <= BETWEEN_BOTH
    return short and not has_finite_verb(between.text, clause.view.article.language)


SINCE_CLAUSE = Pattern(rf"\b{any_phrase('since_word')}\s+[^,;:]*$", re.IGNORECASE)


def dates_a_since(clause: Clause, expression: t.TimeExpression) -> bool:
    """Whether a day is that of the event from which a span is counted: "since Trump was sworn in on January 20"."""
    if not isinstance(expression.value, t.Day):
        return False
    before = clause.view.article.text[clause.start : expression.start]
    found = SINCE_CLAUSE.search(before)
    start = clause.start + found.start() if found is not None else clause.end
    return found is not None and not any(start <= e.start < expression.start for e in clause.times)


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


COMPARES = phrases("compares_a_price")


def is_start_of_a_change(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Gut zehn Prozent höher als zu Jahresbeginn", "3 percent lower than on Friday": the point from which a change is
    counted. A whole year or month is none: its mean may be meant."""
    value = expression.value
    a_part = isinstance(value, (t.Month, t.RelativePeriod)) and value.part is not None
    if not (a_part or isinstance(value, (t.Day, t.Weekday, t.YearPart))) or not is_compared_with(clause, expression):
        return False
    before = clause.view.article.text[clause.start : expression.start]
    shares = [f for f in clause.figures if f.unit == "fraction" and f.end <= expression.start]
    return bool(shares) and COMPARES.search(before) is not None


APPOSED = re.compile(rf"\s*,?\s*\(?{any_phrase('apposed_article')}?\s*", re.IGNORECASE)
ONE_MOVE = phrases("move_of_one_session")
"""A move of one session: the month beside it does not say of which."""
LONG = (t.Month, t.Quarter, t.Season, t.Year, t.HalfYear, t.RelativePeriod)


def is_weekend(period: Period) -> bool:
    return period.shape == "period" and period.first.weekday() == 5 and period.last == period.first + timedelta(days=1)


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
DATES_OF_A_LEVEL = (t.Month, t.Season, t.Quarter, t.Year, t.YearPart, t.Day, t.WeekOf, t.Between, t.Ago, t.EventAnchor)
AS_LAST = (phrases("as_dear_as_last"), phrases("as_cheap_as_last"))
LAST_SO = Pattern(rf"\b{any_phrase('last_so_at')}\s*(?:\w+\s+){{0,2}}$", re.IGNORECASE)


def is_last_so(scope: Clause, expression: t.TimeExpression) -> bool:
    """Whether a time says when something was last as it is now, and not when it moved: "a level last seen in May 2009",
    "das zuletzt 2021 erreicht wurde", "the last time oil was this cheap was in 2009"."""
    if not isinstance(expression.value, DATES_OF_A_LEVEL):
        return False
    begin = max(scope.sentence.start, expression.start - 90)
    if LAST_SO.search(scope.view.article.text[begin : expression.start]) is not None:
        return True
    around = ((scope.start + m.start(), scope.start + m.end()) for p in AS_LAST for m in p.finditer(scope.text))
    return any(first < expression.start and expression.end < last for first, last in around)


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
