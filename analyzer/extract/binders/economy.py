"""Figures of the economy: inflation, work, growth, money, policy rates.

What a figure of such a series means hangs on its unit: per cent of an index are its rate of change on a year, per cent
of a rate are its level. The period is the month, quarter or year beside the figure, else the latest one published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analyzer.extract.binders.spans import beginning
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.resolve import Period, resolve
from analyzer.extract.roles import direction_near
from analyzer.extract.subjects import Subject
from analyzer.extract.view import Clause
from analyzer.market.instruments import UNITS, Instrument
from analyzer.model import Basis, Stated
from analyzer.text import times as t
from analyzer.text.numbers import Figure, stated

PERIODS = (t.Month, t.Quarter, t.Year, t.YearPart, t.Season)
ON_PERIOD = re.compile(
    r"\b(?:month[- ]on[- ]month|month[- ]over[- ]month|on the month|"
    r"from (?:the )?(?:previous|prior|last) (?:month|quarter)|"
    r"quarter[- ]on[- ]quarter|quarter[- ]over[- ]quarter|on the quarter|zum vormonat|gegenüber dem vormonat|"
    r"(?:zum|gegenüber dem|im vergleich zum) vorquartal)\b",
    re.IGNORECASE,
)
ON_YEAR = re.compile(
    r"\b(?:year[- ]on[- ]year|year[- ]over[- ]year|on the year|from a year (?:ago|earlier)|annual rate of inflation|"
    r"zum vorjahr\w*|gegenüber dem vorjahr\w*|im vergleich zum vorjahr\w*|jahresrate|binnen jahresfrist)\b",
    re.IGNORECASE,
)
PAYROLLS = "PAYEMS"
"""A stock of which the change is told: "payrolls rose by 114,000", "114,000 jobs were added"."""
GROWTH = ("GDPC1", "GDP")
"""Series whose growth American texts state at an annual rate."""
FEARED = re.compile(
    r"\b(?:fears?|worr\w+|concerns?|risks?|odds|chance|probabilit\w+|warning\w*|avoid\w*|avert\w*|if|whether|unless|"
    r"\w*(?:furcht|sorge|angst|ängste|risik\w*|gefahr\w*|wahrscheinlichkeit)|vermeid\w*|ob|falls|wenn)\b",
    re.IGNORECASE,
)
"""What is feared, weighed or made a condition is not said to come."""
GENERAL = re.compile(
    r"\b(?:history|past|consistently|always|usually|typically|often|every|each|geschichte|immer|stets|meist|oft|jedes?)\b",
    re.IGNORECASE,
)
"""A rule that is drawn from many recessions is no statement on one."""
LOWEST = re.compile(
    r"\b(?:lowest|weakest|smallest|low|niedrigst\w*|niedrig|tiefst\w*|schwächst\w*|tief)\b", re.IGNORECASE
)
ALREADY = re.compile(
    r"\b(?:is|are|was|entered|slid|slipped|fell|plunged|pushed|went|ist|sind|war|steckt|rutschte|stürzte|befindet)\b",
    re.IGNORECASE,
)
THAN_IN = re.compile(
    r"\b(?:than|als|from|since|seit|gegenüber|von)\s+(?:it was\s+)?(?:in|im|on|at)?\s*$", re.IGNORECASE
)
"""What stands before a time that a figure is compared with: "lower than in January", "since March"."""
START_MARK = re.compile(r"\b(?:from|von)\s+(?:\w+\s+){0,4}$", re.IGNORECASE)
COMPARED = re.compile(r"\b(?:higher|lower|höher|niedriger|tiefer)\b.{0,24}\b(?:than|als)\b", re.IGNORECASE)
LOWER = re.compile(r"\b(?:lower|niedriger|tiefer)\b", re.IGNORECASE)
TARGET = re.compile(r"\b(?:target|goal|objective|ziel\w*|zielmarke)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Said:
    """A figure of the clause with the period beside it."""

    figure: Figure
    period: tuple[date, date] | None
    basis: Basis
    words: str | None


def is_economy(instrument: Instrument | None) -> bool:
    """A series of the economy: it appears weekly or more rarely, and has no sessions."""
    return instrument is not None and (instrument.kind == "macro" or instrument.exchange == "macro")


def economy(context: Context) -> list[Draft]:
    """macro_level of every figure of the clause, of its record, or of its direction alone."""
    subject = economy_subject(context)
    instrument = subject.instrument if subject else None
    if subject is None or instrument is None or context.clock.published is None:
        return []
    if instrument.unit == "yes or no":
        return _recession(context, instrument, subject.basis)
    if TARGET.search(context.clause.text) or _is_to_come(context):
        return []
    said = [_placed(context, figure) for figure in context.clause.figures if _fits(figure, instrument)]
    drafts = [_figure(context, instrument, subject.basis, one) for one in said]
    if context.clause.has("record"):
        drafts += _record(context, instrument, subject.basis)
    base, _ = _compared(context)
    if (base is not None and not context.clause.has("record")) or not drafts:
        drafts += _direction(context, instrument, subject.basis)
    return drafts


JOBS = re.compile(
    r"\b(?:added|created|gained|lost|shed|cut|destroyed)\s+(?:\w+\s+){0,3}[\d.,]+(?:\s+(?:thousand|million))?\s+"
    r"(?:new\s+)?jobs\b",
    re.IGNORECASE,
)
"""Jobs of a whole economy: "employers added 114,000 jobs"."""
EMPLOYERS = re.compile(r"\b(?:economy|employers|America|United States|U\.?S\.?)\b")


def economy_subject(context: Context) -> Subject | None:
    """The series of the economy that the clause speaks of: by its name, or as jobs that the economy gained or lost."""
    subject = context.subject()
    if subject is not None and is_economy(subject.instrument):
        return subject
    text = context.clause.text
    if JOBS.search(text) and EMPLOYERS.search(text) and not context.clause.mentions:
        payrolls = context.instrument(PAYROLLS)
        return Subject(payrolls, "context") if payrolls is not None else None
    return None


# --- figures --------------------------------------------------------------------------------------------------------


def _fits(figure: Figure, instrument: Instrument) -> bool:
    """Whether a figure may be one of the series: per cent of all, people and dollars of what is counted in them."""
    if figure.unit in ("fraction", "percentage_points"):
        return True
    unit = instrument.unit or "per cent"
    if "USD" in unit:
        return figure.unit == "currency" and figure.currency in (None, "USD")
    return (
        unit in ("people", "thousands of people", "ratio") and figure.unit in ("count", "points") and figure.value > 1
    )


def _figure(context: Context, instrument: Instrument, subject: Basis, one: _Said) -> Draft:
    figure, clause = one.figure, context.clause
    unit = instrument.unit or "per cent"
    way = direction_near(clause, figure)
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "published": context.clock.published, "unit_size": UNITS[unit], "relation": "at",
        "running": _is_known_at_once(instrument),
    }  # fmt: skip
    change = _is_change(clause, figure, instrument)
    if figure.unit == "fraction" and unit != "per cent":
        params["measure"] = _measure(clause, instrument, context)
    elif change and way is not None:
        params |= {"relation": "fell" if way == "down" else "rose", "against": "period"}
    if change or (figure.unit == "fraction" and unit != "per cent"):
        said = stated(figure, way if change or _shrinks(clause) else None)
    else:
        said = stated(figure, None)
    params["stated"] = _thresholded(clause, figure, said)
    if one.period is not None:
        params |= {"first": one.period[0], "last": one.period[1]}
    marks: dict[str, Basis] = {
        "symbol": subject, "stated": "quote", "measure": "default", "first": one.basis, "last": one.basis,
        "published": "article",
    }  # fmt: skip
    return Draft("macro_level", params, marks, why="a figure of the economy in the period that is named or the latest")


def _is_known_at_once(instrument: Instrument) -> bool | None:
    """Rates are known on their day, sentiment within its month; None, the default, for what is published later."""
    known = (instrument.kind == "rate" and instrument.symbol != "MORTGAGE30US") or instrument.symbol == "UMCSENT"
    return True if known else None


def _is_change(clause: Clause, figure: Figure, instrument: Instrument) -> bool:
    """ "Cut by half a point", "rose 0.2 points": a change of a rate; of an index per cent are a change anyway, and are
    measured as such."""
    before = clause.view.article.text[max(0, figure.start - 14) : figure.start]
    by = re.search(r"\b(?:by|um)\s+(?:\w+\s+)?$", before, re.IGNORECASE) is not None
    if figure.unit == "percentage_points" or (by and instrument.unit != "index"):
        return True
    to = re.search(r"\b(?:to|at|of|auf|bei)\s+(?:\w+\s+)?$", before, re.IGNORECASE) is not None
    return instrument.symbol == PAYROLLS and figure.unit == "count" and not to


def _shrinks(clause: Clause) -> bool:
    """ "The economy shrank 0.3 percent", "prices fell 0.2 percent": a rate of change below zero."""
    return re.search(r"\b(?:shrank|contract\w+|shrunk|schrumpf\w+|fell|fielen|sanken|sank)\b", clause.text) is not None


def _measure(clause: Clause, instrument: Instrument, context: Context) -> str:
    text = clause.sentence.text
    if ON_PERIOD.search(text):
        return "on_period"
    if ON_YEAR.search(text):
        return "on_year"
    if instrument.symbol in GROWTH:
        return "annualised"
    return "on_period" if instrument.symbol.startswith("CLVM") else "on_year"


def _thresholded(clause: Clause, figure: Figure, said: Stated) -> Stated:
    """ "Above 4 percent" allows all that is more."""
    before = clause.view.article.text[max(0, figure.start - 16) : figure.core_start].lower()
    above = re.search(r"\b(?:above|over|über|oberhalb(?: von)?|more than|mehr als)\s*$", before)
    below = re.search(r"\b(?:below|under|unter|less than|weniger als)\s*$", before)
    if above:
        return said.model_copy(update={"qualifier": "at_least", "low": said.value, "high": None})
    if below:
        return said.model_copy(update={"qualifier": "at_most", "low": None, "high": said.value})
    return said


def _placed(context: Context, figure: Figure) -> _Said:
    """The figure with the period that stands behind it, before the next figure, else before it in the clause."""
    clause = context.clause
    others = sorted(f.start for f in clause.figures)
    following = next((s for s in others if s > figure.start), clause.end)
    behind = [e for e in clause.times if figure.end <= e.start < following]
    first = figure.start == others[0]
    before = [e for e in clause.times if e.end <= figure.start] if first or len(others) == 1 else []
    if others and figure.start != others[-1] and START_MARK.search(clause.view.article.text[: figure.start][-40:]):
        return _start(context, figure)
    for expression in (*behind, *before[-1:]):
        if THAN_IN.search(clause.view.article.text[: expression.start][-24:]):
            continue
        if isinstance(expression.value, PERIODS):
            period = resolve(expression.value, context.clock.published)
            if period is not None and context.clock.published and period.first <= context.clock.published:
                return _Said(figure, _months(period), "quote", expression.text)
    return _Said(figure, None, "default", None)


def _start(context: Context, figure: Figure) -> _Said:
    """ "From 0.08 % to 4.33 % in 2022": the first figure is that of the month in which the span begins."""
    for expression in context.clause.times:
        if expression.start >= figure.end and isinstance(expression.value, PERIODS):
            period = resolve(expression.value, context.clock.published)
            if period is not None:
                month = (period.first, min(period.last, _month_end(period.first)))
                return _Said(figure, month, "quote", expression.text)
    return _Said(figure, None, "default", None)


def _month_end(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _months(period: Period) -> tuple[date, date]:
    return period.first, period.last


# --- records, directions, recessions ----------------------------------------------------------------------------------


def _record(context: Context, instrument: Instrument, subject: Basis) -> list[Draft]:
    span = beginning(context)
    if span.open:
        return []
    unit = instrument.unit or "per cent"
    params = {
        "symbol": instrument.symbol, "published": context.clock.published, "unit_size": UNITS[unit],
        "relation": "lowest" if LOWEST.search(context.clause.text) else "highest",
        "measure": "level" if unit not in ("index",) else _measure(context.clause, instrument, context),
        "since": span.since, "running": _is_known_at_once(instrument),
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": subject, "since": span.basis, "published": "article", "measure": "default"}
    return [Draft("macro_level", params, marks, why="a record of a figure of the economy")]


def _direction(context: Context, instrument: Instrument, subject: Basis) -> list[Draft]:
    clause = context.clause
    said = direction_near(clause, None)
    way = context.hinted(said)
    if COMPARED.search(clause.text):
        way = "down" if LOWER.search(clause.text) else "up"
    if way is None or clause.has("negation") or context.claim.modality == "asked":
        return []
    unit = instrument.unit or "per cent"
    measure = _measure(clause, instrument, context) if unit == "index" else "level"
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "published": context.clock.published, "unit_size": UNITS[unit],
        "relation": "fell" if way == "down" else "rose", "measure": measure, "running": _is_known_at_once(instrument),
    }  # fmt: skip
    base, named = _compared(context)
    if base is not None:
        params |= {"base_first": base[0], "base_last": base[1]}
    elif named is not None:
        params |= {"first": named[0], "last": named[1], "against": "year"}
    elif clause.times:
        return []
    marks: dict[str, Basis] = {
        "symbol": subject, "published": "article", "measure": "default", "base_first": "quote", "first": "quote",
        "relation": "quote" if said else "proposed",
    }  # fmt: skip
    return [Draft("macro_level", params, marks, why="the direction of a figure of the economy")]


def _compared(context: Context) -> tuple[tuple[date, date] | None, tuple[date, date] | None]:
    """The period that the figure is compared with, and the one that it is of."""
    text, base, named = context.clause.view.article.text, None, None
    for expression in context.clause.times:
        value = expression.value.anchor if isinstance(expression.value, t.Since) else expression.value
        if not isinstance(value, PERIODS):
            continue
        period = resolve(value, context.clock.published)
        if period is None or context.clock.published is None or period.first > context.clock.published:
            continue
        compared = isinstance(expression.value, t.Since) or THAN_IN.search(text[: expression.start][-24:]) is not None
        base, named = (_months(period), named) if compared else (base, _months(period))
    return base, named


def _is_to_come(context: Context) -> bool:
    """What is expected of a figure is judged when it has come, by another check."""
    return context.claim.kind == "prediction" or context.clause.has("forecast_strong")


def _recession(context: Context, instrument: Instrument, subject: Basis) -> list[Draft]:
    """That there is a recession, or will be one within a span; what is feared or a condition is not said to come."""
    clause, published = context.clause, context.clock.published
    if (
        published is None
        or FEARED.search(clause.text)
        or GENERAL.search(clause.text)
        or context.claim.modality in ("asked", "denied")
    ):
        return []
    span = _span(context)
    if context.claim.kind == "prediction":
        if span is None and not SOON.search(clause.text):
            return []
        first, last = span or (published, published + timedelta(days=365))
        assumed = () if span else ('"soon" is taken for the twelve months from publication',)
    elif span is not None and ALREADY.search(clause.text):
        (first, last), assumed = span, ()
    elif ALREADY.search(clause.text) and re.search(r"\b(?:in|into|in einer|in eine|in der)\s+(?:a\s+)?$",
                                                   clause.text[: _at(clause)], re.IGNORECASE):  # fmt: skip
        first = last = published
        assumed = ()
    else:
        return []
    params = {
        "symbol": instrument.symbol,
        "relation": "occurs",
        "first": first,
        "last": last,
        "published": published,
    }
    basis: Basis = "quote" if span else "default"
    marks: dict[str, Basis] = {"symbol": subject, "first": basis, "last": basis, "published": "article"}
    return [Draft("macro_level", params, marks, assumed=assumed, why="recessions as the NBER dates them")]


SOON = re.compile(r"\b(?:soon|shortly|imminent\w*|bald|demnächst|in kürze)\b", re.IGNORECASE)


def _at(clause: Clause) -> int:
    """Where the word of recession begins in the clause."""
    starts = (m.start for m in clause.mentions if isinstance(m.target, Instrument) and is_economy(m.target))
    return max(0, next(starts, clause.end) - clause.start)


def _span(context: Context) -> tuple[date, date] | None:
    """From the first to the last period that the clause names: "in 2023 or early 2024"."""
    found = []
    for expression in context.clause.times:
        value = expression.value.anchor if isinstance(expression.value, t.Until) else expression.value
        if isinstance(value, PERIODS):
            coming = context.claim.kind == "prediction"
            period = resolve(t.looking(value, "ahead") if coming else value, context.clock.published)
            past = coming and period is not None and period.last < (context.clock.published or period.last)
            if period is not None and not past:
                found.append(_months(period))
    return (min(f for f, _ in found), max(last for _, last in found)) if found else None
