"""What the words around a time expression say of it: an aside, a comparison, a length, another figure's time.

Patterns and predicates on the text alone; ``analyzer.extract.windows`` makes sessions of what is left.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeGuard

from analyzer.extract.resolve import Period
from analyzer.extract.view import Clause, remembered
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.time_values import UNSAID, PeriodUnit

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
    r"in der zwischenzeit|in the meantime|"
    r"since then|seitdem|seither|"
    r"in those days|back then|at the time|seinerzeit|einst|"
    r"(?:monaten|jahren|wochen|months|years|weeks) (?:vor|before) (?:dem|der|the|its)|"
    r"(?:einen?|zwei|drei|vier) (?:tage?|wochen?) (?:später|danach|zuvor|davor))\b",
    re.IGNORECASE,
)
"""Words that count from a day that was named before: which day that is, is not read here."""
WHOLE = re.compile(
    r"(?<!gains )(?<!losses )(?<!gain )(?<!loss )\b(?:for|on) the "
    r"(?:(?:\w+-\w+|holiday|shortened|full|whole|trading) ){0,3}(?P<en>week|month|year)\b"
    r"(?! (?:of|to|through|that|ended|ending|beginning|starting)\b)"
    r"|\bover the (?P<over>week|month|year)\b|\b(?P<wn>wochen|monats|jahres)(?:verlust|gewinn|plus|minus|bilanz)\w*"
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
NO_WINDOW = (t.SessionPart, t.Ever, t.Overnight, t.Neighbour)
PEAK = re.compile(
    r"\b(?:vom|zum|(?:von|unter|zu|seit) (?:dem|ihrem|seinem))\s+"
    r"(?:\w+\s+){0,2}(?:rekord|hoch|höchststand|allzeithoch|jahreshoch|spitze|\w+hoch|gipfel)\w*"
    r"(?:\s+(?:aus\s+)?(?:vom|im|am|aus dem|von|mitte|anfang|ende)\b.{0,22})?"
    r"|\b(?:from|below|off|since|under) (?:its|the|their|a|an|that)?\s*(?:[\w.]+[ -]){0,4}(?:peak|high|record|top)\b"
    r"(?: close| high)?"
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
    years = [year for v in before if isinstance(year := getattr(v, "year", None), int)]
    return replace(expression, value=replace(value, year=years[-1])) if years else expression


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


SECOND = re.compile(r"\s(?:und|and)\s", re.IGNORECASE)
VERBS = ("move_up", "move_up_strong", "move_down", "move_down_strong", "level")


def beside_a_date(scope: Clause, expression: t.TimeExpression) -> bool:
    """ "April 14, a Friday": the weekday says nothing more than the date."""
    text = scope.view.article.text
    dates = [e for e in scope.times if isinstance(getattr(e.value, "anchor", e.value), t.Day)]
    return any(
        APPOSED.fullmatch(text[e.end : expression.start]) is not None for e in dates if e.end <= expression.start
    )


BETWEEN = re.compile(r"\b(?:between|zwischen)\s+(?:\w+\s+)?$", re.IGNORECASE)


def is_half_of_a_span(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Between last Friday and this one": a span of which only one end was read."""
    before = clause.view.article.text[max(clause.start, expression.start - 24) : expression.start]
    return not isinstance(expression.value, t.Between) and BETWEEN.search(before) is not None


ORDINAL_DAY = re.compile(r"\bon the \d{1,2}(?:st|nd|rd|th)\b(?! (?:floor|century|place))", re.IGNORECASE)
"""A day of a month that is named elsewhere."""
COMPARED = re.compile(
    r"\b(?:als|than|gegenüber|verglichen mit|compared (?:with|to)|stand|niveau|level)\s+(?:vom\s+|von\s+|of\s+)?"
    r"(?:(?:am|im|in|on|at|the|zum|zu|dem|der|den|vor|ende|anfang|mitte|vorigen|letzten|previous|last)\s+){0,3}$",
    re.IGNORECASE,
)


HOLIDAY = re.compile(
    r"\b(?:heiligabend|silvester|weihnachten|neujahr|ostern|pfingsten|christmas(?: eve)?|new year's (?:eve|day)|"
    r"boxing day|thanksgiving|black (?:monday|tuesday|thursday|friday)|"
    r"schwarze[rnm]? (?:montag|dienstag|donnerstag|freitag))\b",
    re.IGNORECASE,
)
"""Days by their names: open where none was read in the clause ("before Christmas" is a horizon)."""
OVER_IT = re.compile(r"\b(?:over|in|for|during) the quarter\b|\bim (?:quartals|jahres)verlauf\b", re.IGNORECASE)
"""A quarter that is not said to be the running one or the last."""


def has_a_loose_end(expression: t.TimeExpression) -> bool:
    """ "Between the end of September and the end of December": ends of months, which are read as whole months."""
    return isinstance(expression.value, t.Between) and PART_OF.search(expression.text) is not None


PART_OF = re.compile(r"\b(?:end of|ende|late|mid|mitte|early|anfang|start of)\b", re.IGNORECASE)


def is_compared_with(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Lower than at the turn of the year": a point to compare with, and no window."""
    named = (t.YearPart, t.Day, t.Month, t.RelativePeriod, t.Year, t.Weekday, t.Holiday, t.Season)
    if not isinstance(expression.value, named):
        return False
    text = clause.view.article.text
    return COMPARED.search(text[max(clause.start, expression.start - 24) : expression.start]) is not None


APPOSED = re.compile(r"\s*,?\s*\(?(?:a|einem?|ein|dem)?\s*", re.IGNORECASE)


def took(clause: Clause, expression: t.TimeExpression) -> bool:
    """ "Lost 23 % in four sessions", "binnen sieben Wochen": how long it took, and not when it ended."""
    value = expression.value
    if not isinstance(value, t.Duration) or value.side is not None or (value.count == 1 and value.unit in ONE_DAY):
        return False
    before = clause.view.article.text[max(0, expression.start - 16) : expression.start]
    return TOOK.search(before) is not None or TOOK.match(expression.text + " ") is not None


TOOK = re.compile(
    r"\b(?:in|within|over|binnen|innerhalb(?: von)?|über)\s+(?:just |only |nur |gerade einmal )?", re.IGNORECASE
)
PERFECT = re.compile(
    r"\b(?:hat|haben|ist|sind)\b(?=.*\b(?:\w*ge\w+(?:t|en)|\w+iert|(?:ver|be|er|ent|zer)\w+(?:t|en))\b)|\b(?:has|have)\b"
    r"|(?:'s|\bis|\bare) (?:up|down|off)\b",
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
ONE_MOVE = re.compile(
    r"\b(?:kurssprung\w*|kurssturz\w*|tagesgewinn\w*|tagesverlust\w*|one-day|single-day)\b", re.IGNORECASE
)
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
    return isinstance(expression.value, t.Duration) and re.match(r"\s+(?:vor|before|bis)\b", after) is not None


def is_length(value: t.TimeValue) -> bool:
    """A length of time that looks neither back nor ahead ("for 90 days") is no window."""
    return isinstance(value, t.Duration) and value.side is None


WITHIN = re.compile(r"\b(?:within|in|over|binnen|innerhalb(?: von)?)\s+(?:the\s+)?(?:next\s+)?$", re.IGNORECASE)


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


WITHIN_WORD = re.compile(r"(?:within|binnen|innerhalb)\b", re.IGNORECASE)


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


YEAR_CLOSES = re.compile(
    r"\b(?:end|finish|close(?: out)?) the year\b|\bdas (?:\w+ )?jahr\b.*\b(?:beenden|abschließen|beschließen)\b",
    re.IGNORECASE,
)
"""A horizon in a verb: the last session of the running year, and no day before it."""


SETTLED = re.compile(r"^\W*(?:with|nachdem|after|as|als)\b", re.IGNORECASE)
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


ASIDE = re.compile(
    r"\b(?:before|bevor|ehe|which had|that had|who had|nachdem|(?:since|seit)\b.{3,60}\b(?:of|vom|am))\b[^,;:]*$",
    re.IGNORECASE,
)
"""Before a day that is not the sentence's own: "before bouncing on Tuesday", "which had fallen on Friday"."""


def is_aside(clause: Clause, expression: t.TimeExpression) -> bool:
    text = clause.view.article.text
    segment = max(text.rfind(mark, 0, expression.start) for mark in ".;:,")
    return ASIDE.search(text[segment + 1 : expression.start]) is not None


PLUPERFECT = re.compile(
    r"\b(?:hatten?|waren?)\b.*\b(?:\w*ge\w+(?:t|en)|\w+iert|(?:ver|be|er|ent|zer)\w+(?:t|en))\W*$"
    r"|\bhad (?:already |also |earlier |just )?"
    r"(?:\w+ed|fallen|risen|lost|slid|sunk|shed|gone|come|won|hit|put on|given)\b",
    re.IGNORECASE,
)
"""Words that look back from the day the text speaks of: "am Freitag hatte er zugelegt", "had gained on Friday"."""
SEGMENT = re.compile(r"[.;:,–!?](?=\s|$)|\s[–-]\s")


RESULTS = re.compile(
    r"\b(?:earnings|results|revenues?|profits?|sales|report\w*|guidance|zahlen|quartalszahlen|umsatz\w*|gewinn\w*|"
    r"ergebnis\w*|bilanz\w*)\b[^.;,]{0,24}\b(?:for|of|in|im|des|vom|zum|aus dem)\s+(?:the |its |their )?$",
    re.IGNORECASE,
)


def is_of_results(scope: Clause, expression: t.TimeExpression) -> bool:
    """Whether a quarter or a year is that of a company's report: "reported earnings for the fourth quarter"."""
    before = scope.view.article.text[max(scope.start, expression.start - 60) : expression.start]
    return isinstance(expression.value, (t.Quarter, t.HalfYear, t.Year)) and RESULTS.search(before) is not None


FROM_A_LEVEL = re.compile(
    r"\b(?:from|von|nach|after)\s+(?:\w+\s+)?[$€£]?\d[\d.,]*\s*(?:%|percent|per cent|prozent|points?|punkten?|zählern?|"
    r"dollars?|euros?)?\s*(?:late|early|on|am|vom|in|im)?\s*$",
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
    r"[^,;:]{0,34}?(?:percent|per cent|prozent|%|points|punkten?|dollars?)\s*(?:in|on|im|am|over|during)?\s*",
    re.IGNORECASE,
)
"""A figure, its unit and at most a preposition, from the figure's first character on."""
