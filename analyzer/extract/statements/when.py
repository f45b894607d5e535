"""When something happened, in English, by the words of the text: "on Monday", "since the end of 2022"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.statements.english import said_for, table
from analyzer.extract.statements.wording import Tense
from analyzer.extract.time_words import peak_span, trough_span
from analyzer.extract.view import Clause
from analyzer.text import times as t
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST = ("first", "second", "third", "fourth")
SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
HOLIDAYS = table("holidays")
"""Those that are not called in English as the word lists call them."""
FEASTS = ("christmas", "turn_of_year", "easter_weekend", "whitsun")
TIME_NOUN = phrases("time_noun")
"""Words of time; outside of what was read as a time, they leave it open when something happened."""
OTHER_TIMES = said_for("times")
"""Times that hang on one named before, in English; or ``AS_WRITTEN``, or ``LEFT_OUT``."""
AS_WRITTEN, LEFT_OUT = "as written", "left out"
AN_OTHER_TIME = Pattern("|".join(pattern.pattern for pattern, _ in OTHER_TIMES), re.IGNORECASE)
"""Any of them: few clauses have one, and then only are they looked for one by one."""
SUBORDINATE = Pattern(
    rf"(?:^|,\s)\W*(?:{any_phrase('opens_a_subordinate_clause')}|after(?! \w+ing))\b[^,]*$", re.IGNORECASE
)
PREPOSITION = Pattern(rf"\b(?P<word>{any_phrase('preposition_of_a_time')})(?: the)? $", re.IGNORECASE)
STANDS_ALONE = Pattern(rf"{any_phrase('time_that_stands_alone')}\b", re.IGNORECASE)
EDGES = table("edges")
EDGE = Pattern(rf"\b({'|'.join(EDGES)})\b", re.IGNORECASE)
HIGH_OR_LOW = Pattern(
    rf"{any_phrase('article_of_an_extreme')} \w*?(?P<what>tief|hoch) "
    rf"(?P<when>{any_phrase('when_of_an_extreme')} .{{3,24}})",
    re.IGNORECASE,
)
STOP = re.compile(rf",\s(?!{any_phrase('time_behind_a_comma')}\b)|[;:–]|\s-")
HALF_OF_A_SPAN = Pattern(rf"\b{any_phrase('half_of_a_span')}\s+$", re.IGNORECASE)
SAYS_WHEN = Pattern(rf"{any_phrase('within_a_length_of_time')}\b", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """When something happened, in English; whether it runs since a day; whether it is one day."""

    words: str = ""
    since: bool = False
    day: bool = False

    @property
    def behind(self) -> str:
        return f" {self.words}" if self.words else ""


def core(clause: Clause, figures: list[Figure]) -> str:
    """The clause up to the end of the part that holds its last figure: what is added behind a comma is an aside."""
    if not figures:
        return clause.text
    text = clause.view.article.text
    end = max(f.end for f in figures)
    stop = STOP.search(text, end, clause.end)
    return text[clause.start : stop.start() if stop else clause.end]


def times_of(
    clause: Clause, figures: list[Figure], record: tuple[int, int] | None = None, *, close: bool = False
) -> When | None:
    """The time of the clause's predicate; None where one of its times has no safe place in a plain sentence.

    ``record``: where a superlative with its span stands, whose times are its own. ``close``: the verb is "to close".
    """
    text, end = clause.view.article.text, clause.start + len(core(clause, figures))
    peak, trough = peak_span(clause), trough_span(clause)
    measured = [s for s in (peak, trough) if s] + ([record] if record else [])
    other = [
        (m.start() + clause.start, m.end() + clause.start, _small(m[0]) if said == AS_WRITTEN else said)
        for pattern, said in (OTHER_TIMES if AN_OTHER_TIME.search(clause.text) else ())
        for m in pattern.finditer(clause.text)
    ]
    covered = (
        [(e.start, e.end) for e in clause.times if not isinstance(e.value, t.Neighbour)]
        + measured
        + [(a, b) for a, b, _ in other]
    )
    covered += [*((f.start, f.end) for f in clause.figures), *((m.start, m.end) for m in clause.mentions)]
    for noun in TIME_NOUN.finditer(text, clause.start, end):
        beside_a_time = re.search(r", (?:the|der|die) $", text[clause.start : noun.start()])
        if not beside_a_time and not any(a - 1 <= noun.start() < b for a, b in covered):
            return None
    main: list[t.TimeExpression] = []
    beside: list[t.TimeExpression] = []
    for expression in clause.times:
        if isinstance(expression.value, t.Neighbour):
            continue
        inside = any(a <= expression.start < b for a, b in measured) and not _opens(expression, trough)
        if inside or isinstance(expression.value, t.Ever) or _is_length(expression) or expression.start >= end:
            continue
        if not _is_beside(clause, expression, figures) or _is_half_read(text, expression):
            return None
        of_the_day = isinstance(expression.value, t.SessionPart) or _is_one_session(expression.value)
        (beside if of_the_day else main).append(expression)
    if close:
        beside = [e for e in beside if not isinstance(e.value, t.SessionPart)]
    span = _from_to(main, clause)
    said = [w for e in beside[:1] if (w := when_words(e, clause))]
    said += [span] if span else [when_words(e, clause) for e in main]
    said += [words for _, _, words in other if words != LEFT_OUT]
    if (len(main) + len(other) > 1 and not span) or (len(beside) > 1 and main):
        return None
    value = main[0].value if main else None
    return When(
        " ".join(said), isinstance(value, t.Since), isinstance(value, t.Day | t.Weekday | t.RelativeDay | t.Overnight)
    )


def _from_to(main: list[t.TimeExpression], clause: Clause) -> str | None:
    """ "From the end of 2023 to Friday": a beginning and an end."""
    if clause.view.article.language != "de" or len(main) != 2:
        return None
    first, last = sorted(main, key=lambda e: isinstance(e.value, t.Until))
    if not isinstance(first.value, t.Since) or not isinstance(last.value, t.Until):
        return None
    begin, end = _bare(first.value.anchor, first.text), _bare(last.value.anchor, last.text)
    return f"from {begin} to {end}" if begin and end else None


def _is_half_read(text: str, expression: t.TimeExpression) -> bool:
    """ "Between March and then", "from its peak to May": an end of a span whose other end is no time."""
    pairs = isinstance(expression.value, t.Between | t.Until)
    before = HALF_OF_A_SPAN.search(text[max(0, expression.start - 12) : expression.start])
    return not pairs and before is not None


def _opens(expression: t.TimeExpression, trough: tuple[int, int] | None) -> bool:
    """ "Since the low of 8 April" is a time; the low itself is what a recovery is measured from."""
    return trough is not None and isinstance(expression.value, t.Since)


def _is_one_session(value: t.TimeValue) -> bool:
    return isinstance(value, t.Duration) and value.count == 1 and value.unit in ("session", "day")


def _is_length(expression: t.TimeExpression) -> bool:
    """ "One-day", "for 90 days": a length that does not say when."""
    value = expression.value
    stands = SAYS_WHEN.match(expression.text)
    return isinstance(value, t.Duration) and value.side is None and stands is None


def _is_beside(clause: Clause, expression: t.TimeExpression, figures: list[Figure]) -> bool:
    """Whether a time stands in the same part of the sentence as a figure, right behind its comma, or first of all."""
    text = clause.view.article.text
    lead = text[clause.start : expression.start]
    if SUBORDINATE.search(lead):
        return False
    if re.fullmatch(r"\W*(?:[\w.]+\s+){0,2}", lead):
        return True
    spans = [(f.start, f.end) for f in figures] or [(clause.start, clause.end)]
    gaps = [text[min(b, expression.end) : max(a, expression.start)] for a, b in spans]
    return any(gap.strip() in ("", ",", ", on") or not re.search(r"[,;:–](?! with )", gap) for gap in gaps)


HAD, HAS = phrases("had"), phrases("has")

NOW = phrases("as_it_is_now")
THEN = phrases("as_it_was_then")


def tense_of(clause: Clause, when: When, figures: list[Figure], record: tuple[int, int] | None = None) -> Tense:
    """The tense of the predicate in English."""
    text = core(clause, figures)
    if record:
        text = text[: max(0, record[0] - clause.start)] + text[max(0, record[1] - clause.start) :]
    if HAD.search(text):
        return "pluperfect"
    measured_since = any(isinstance(e.value, t.Since) for e in clause.times) and (
        peak_span(clause) or trough_span(clause)
    )
    if (when.since or measured_since) and not re.search(r"\b(?:schloss|closed)\b", text):
        return "perfect"
    if HAS.search(text) and clause.view.article.language == "en" and not when.day:
        return "perfect"
    return "present" if NOW.search(text) and not THEN.search(text) else "past"


# --- one time -------------------------------------------------------------------------------------------------------


def when_words(expression: t.TimeExpression, clause: Clause) -> str:
    """A time in English with its preposition; one that cannot be put into English is quoted, "" is left out."""
    value, text = expression.value, expression.text
    if clause.view.article.language == "de":
        return _german(value, text)
    lead = PREPOSITION.search(clause.view.article.text[clause.start : expression.start])
    if lead is not None:
        return f"{_small(lead[0])}{text}"
    if STANDS_ALONE.match(text) or text.lower().endswith((" ago", "to date")):
        return _small(text)
    if isinstance(value, t.SessionPart):
        return ""
    written_out = isinstance(value, t.Weekday | t.RelativePeriod | t.Duration)
    return _german(value, text) if written_out else f"{'on' if isinstance(value, t.Day) else 'in'} {text}"


def anchor_words(expression: t.TimeExpression, clause: Clause) -> str:
    """A time behind a noun: "of 19 February", "in July"."""
    value = expression.value.anchor if isinstance(expression.value, t.Since) else expression.value
    if isinstance(value, t.EventAnchor):  # "dem Hoch im März"
        inside = [e.value for e in t.times(value.text, clause.view.article.language)]
        value = inside[0] if len(inside) == 1 else value
    bare = _bare(value, expression.text) or f'"{expression.text}"'
    return f"{'of' if isinstance(value, t.Day | t.EventAnchor) else 'in'} {bare}"


def bare_words(expression: t.TimeExpression) -> str:
    """A time without a preposition."""
    return _bare(expression.value, expression.text) or f'"{expression.text}"'


def _german(value: t.TimeValue, text: str) -> str:
    edge = EDGE.search(text)
    match value:
        case t.Day():
            return f"on {_bare(value, text)}"
        case t.Weekday(of_week=False, modifier="last" | "this" | "next"):
            return _bare(value, text) or ""
        case t.Weekday():
            return f"on {_bare(value, text)}"
        case t.Holiday():
            return f"{'at' if value.name in FEASTS else 'on'} {_bare(value, text)}"
        case t.RelativeDay(offset=-1):
            return "the day before" if re.search("vortag|previous", text, re.IGNORECASE) else "yesterday"
        case t.RelativeDay(offset=0):
            return "today"
        case t.Overnight():
            return "overnight"
        case t.RelativePeriod(offset=-1 | 0 | 1):
            return (
                f"at {_bare(value, text)}" if edge and edge[1].lower() != "mitte" else _bare(value, text) or f'"{text}"'
            )
        case t.Month(year="last" | "this" | "next", part=None) | t.Season(year="last" | "this" | "next", part=None):
            return _bare(value, text) or ""
        case t.Month() | t.Quarter() | t.HalfYear() | t.Season() | t.Year() | t.YearPart():
            at_edge = (edge and edge[1].lower() in ("anfang", "ende")) or getattr(value, "part", None) in (
                "start",
                "end",
            )
            return f"{'at' if at_edge else 'in'} {_bare(value, text)}"
        case t.Ago():
            return f"{_count(value.count, value.unit)} ago"
        case t.Since() if (anchor := _bare(value.anchor, text)) is not None:
            return f"since {anchor}"
        case t.Until() if (anchor := _bare(value.anchor, text)) is not None:
            return f"{'before' if value.before or re.match('vor', text, re.IGNORECASE) else 'by'} {anchor}"
        case t.Between() if (first := _bare(value.first, "")) and (last := _bare(value.last, "")):
            return f"between {first} and {last}"
        case t.Duration() if (length := _duration(value, text)) is not None:
            return length
        case t.SessionPart():
            if "basis" in text.lower():
                return "on a closing basis"
            return {"premarket": "before the opening", "open": "at the opening", "intraday": "at times",
                    "close": "at the close", "after_hours": "after the close"}[value.part]  # fmt: skip
    return f'"{text}"'


NEAR = ("this", "next", "last")
"""By offset: 0, 1, -1."""


def _year(said: t.YearSaid, lead: str) -> str:
    """The year behind a month or a quarter, with what leads to it; nothing where none is said."""
    if isinstance(said, t.RelativePeriod):
        return f"{lead}{NEAR[said.offset]} year" if said.offset in (-1, 0, 1) else ""
    return f"{lead}{said}" if isinstance(said, int) else ""


def _which(said: t.YearSaid) -> str:
    """ "Last", "this", "next" before a name of time."""
    return f"{said} " if said in NEAR else ""


def _bare(value: t.TimeValue, text: str) -> str | None:
    """A time without its preposition; None where it cannot be put into English."""
    edge = EDGE.search(text)
    at = EDGES[edge[1].lower()] if edge else ""
    match value:
        case t.Day():
            return f"{value.day} {MONTHS[value.month - 1]}" + _year(value.year, " ")
        case t.Weekday(of_week=True):
            return f"{DAYS[value.weekday]} of {value.modifier} week"
        case t.Weekday():
            return f"{_which(value.modifier)}{DAYS[value.weekday]}"
        case t.Holiday():
            name = HOLIDAYS.get(value.name) or value.name.replace("_", " ").title()
            return _which(value.year) + name + _year(value.year, " ")
        case t.Month():
            return f"{at}{_which(value.year)}{MONTHS[value.month - 1]}" + _year(value.year, " ")
        case t.Season(year="last" | "this" | "next"):
            return f"{at}{_which(value.year)}{SEASONS[value.first]}"
        case t.Season():
            return f"{at}the {SEASONS[value.first]}" + _year(value.year, " of ")
        case t.Quarter():
            return f"the {FIRST[value.quarter - 1]} quarter" + _year(value.year, " of ")
        case t.HalfYear():
            return f"the {FIRST[value.half - 1]} half" + _year(value.year, " of ")
        case t.Year():
            return str(value.year)
        case t.YearPart(part="mid"):
            middle = f"the middle of{_year(value.year, ' ') or ' the year'}"
            return f"mid-{value.year}" if isinstance(value.year, int) else middle
        case t.YearPart():
            return f"the {value.part} of{_year(value.year, ' ') or ' the year'}"
        case t.YearStart():
            return "the start of the year"
        case t.RelativePeriod(offset=-1 | 0 | 1) if value.unit != "session":
            return f"{at}{NEAR[value.offset]} {value.unit.replace('_', '-')}"
        case t.EventAnchor() if (inside := HIGH_OR_LOW.fullmatch(value.text)) is not None:
            days = t.times(inside["when"], "de")
            day = _bare(days[0].value, days[0].text) if len(days) == 1 else None
            return f"the {'low' if inside['what'].lower() == 'tief' else 'high'} in {day}" if day else f'"{value.text}"'
        case t.EventAnchor():
            return f'"{re.sub(r"^(?:de[mnr]|die|das) ", "", value.text)}"'
    return None


def _duration(value: t.Duration, text: str) -> str | None:
    if value.count is None:
        return {"past": f"over the past {value.unit}s", "future": f"over the coming {value.unit}s"}.get(
            value.side or ""
        )
    length = _count(value.count, value.unit)
    if value.side is not None:
        return f"over the past {length}" if value.side == "past" else f"within the next {length}"
    if value.unit == "session":
        return f"in {'one day' if value.count == 1 else length}"
    return f"within {length}" if re.match(r"binnen|innerhalb", text, re.IGNORECASE) else None


def _count(count: float, unit: str) -> str:
    name = unit.replace("_", "-")
    return f"half a {name}" if count == 0.5 else f"one {name}" if count == 1 else f"{count:g} {name}s"


def _small(text: str) -> str:
    """Without a capital, unless a name begins the words."""
    first = text.split(" ", 1)[0]
    return text if first in (*MONTHS, *DAYS) or first[:1].isdigit() else text[:1].lower() + text[1:]
