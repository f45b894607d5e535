"""Figures of the economy: inflation, work, growth, money, policy rates.

What a figure of such a series means hangs on its unit: per cent of an index are its rate of change on a year, per cent
of a rate are its level. The period is the month, quarter or year beside the figure, else the latest one published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from analyzer.extract.binders.spans import LOW_OF_A_LENGTH, beginning
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.events_to_come import banks_in
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.rate_words import is_not_taken
from analyzer.extract.resolve import Period, resolve
from analyzer.extract.roles import UP, direction_near
from analyzer.extract.subjects import Subject
from analyzer.extract.view import Clause
from analyzer.market.instruments import UNITS, Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text import times as t
from analyzer.text.numbers import Figure, stated
from analyzer.text.patterns import Pattern

PERIODS = (t.Month, t.Quarter, t.Year, t.YearPart, t.Season)
ON_PERIOD = phrases("on_the_period")
ON_YEAR = phrases("on_the_year")
PAYROLLS = "PAYEMS"
"""A stock of which the change is told: "payrolls rose by 114,000", "114,000 jobs were added"."""
GROWTH = ("GDPC1", "GDP")
"""Series whose growth American texts state at an annual rate."""
FEARED = phrases("feared")
"""What is feared, weighed or made a condition is not said to come."""
THOUGHT_OF = phrases("thought_of")
GENERAL = phrases("in_general")
"""A rule that is drawn from many recessions is no statement on one."""
LOWEST = phrases("lowest_figure")
HIGH = phrases("record_high")
ALREADY = phrases("already_in")
THAN_IN = Pattern(
    rf"\b{any_phrase('before_a_compared_time')}\s+(?:it was\s+)?{any_phrase('in_a_compared_time')}?\s*$", re.IGNORECASE
)
"""What stands before a time that a figure is compared with: "lower than in January", "since March"."""
START_MARK = Pattern(rf"\b{any_phrase('from_a_figure')}\s+(?:\w+\s+){{0,4}}$", re.IGNORECASE)
BY_SO_MUCH = Pattern(rf"\b{any_phrase('by_so_much')}\s+(?:\w+\s+)?$", re.IGNORECASE)
TO_SO_MUCH = Pattern(rf"\b{any_phrase('to_so_much')}\s+(?:\w+\s+)?$", re.IGNORECASE)
ABOVE = Pattern(rf"\b{any_phrase('above_a_figure')}\s*$")
BELOW = Pattern(rf"\b{any_phrase('below_a_figure')}\s*$")
IN_RECESSION = Pattern(rf"\b{any_phrase('into_a_recession')}\s+(?:a\s+)?$", re.IGNORECASE)
COMPARED = Pattern(rf"\b{any_phrase('higher_or_lower_than')}\b.{{0,24}}\b{any_phrase('than')}\b", re.IGNORECASE)
OF_THE_PERIOD = re.compile(r"['’]s? ")
"""Between a period and its figure: "December's 260,000 jobs"."""
LOWER = phrases("lower_than")
TARGET = phrases("target_of_a_bank")


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
    own = [f for f in context.clause.figures if not _is_expected(context.clause, f)]
    said = [_placed(context, figure) for figure in own if _fits(figure, instrument)]
    drafts = [
        _figure(context, instrument, subject.basis, one)
        for one in said
        if not _is_of_no_way(context.clause, one.figure, instrument)
    ]
    if context.clause.has("record"):
        drafts += _record(context, instrument, subject.basis)
    base, _ = _compared(context)
    moved = base is not None and not context.clause.has("record") and _from_year_to_year(context.clause) is None
    if moved or not drafts:
        drafts += _direction(context, instrument, subject.basis)
    return drafts


JOBS = Pattern(
    rf"\b{any_phrase('jobs_come_and_go')}\s+(?:\w+\s+){{0,3}}[\d.,]+(?:\s+(?:thousand|million))?\s+(?:new\s+)?jobs\b",
    re.IGNORECASE,
)
"""Jobs of a whole economy: "employers added 114,000 jobs"."""
EMPLOYERS = phrases("who_employs", ignore_case=False)
OTHER_PRICES = phrases("prices_of_something")
"""Prices of one thing, which are no consumer prices that were spoken of before: "gas prices", "bond prices"."""
CORE = phrases("core_prices")
CONSUMER_PRICES, CORE_PRICES = "CPIAUCSL", "CPILFESL"
TOLD_BY_THE_MONTH = (CONSUMER_PRICES, CORE_PRICES, "PCEPILFE", "INDPRO", "RSXFS")
"""Series whose change is told on the month as often as on the year."""


def economy_subject(context: Context) -> Subject | None:
    """The series of the economy that the clause speaks of: by its name, or as jobs that the economy gained or lost."""
    subject, text = context.subject(), context.clause.text
    if JOBS.search(text) and EMPLOYERS.search(text) and not context.clause.mentions:
        payrolls = context.instrument(PAYROLLS)
        return Subject(payrolls, "context") if payrolls is not None else None
    only_main = subject is not None and _is_only_of_the_article(context.clause, subject)
    if subject is not None and is_economy(subject.instrument) and not only_main:
        if _speaks_of_other_prices(context.clause, subject):
            return None
        return _core(context, subject) if CORE.search(text) else subject
    if (at_large := _at_large(context)) is not None:
        return at_large
    return _prices_gone_on_with(context) if subject is None else None


RATES_AT_LARGE, OTHER_RATES = phrases("interest_rates_at_large"), phrases("rate_of_others")
EARNINGS = Pattern(
    rf"^\W*{any_phrase('earnings_at_large')}\b(?!\s+{any_phrase('no_earnings_that_came')}\b)", re.IGNORECASE
)
EARNINGS_OF_ALL, MARKET = "SHILLER_EARNINGS", "^GSPC"


def _at_large(context: Context) -> Subject | None:
    """The policy rate, where "interest rates" stand in a text on the Fed; the earnings of American companies, where
    "earnings" stand in one on their index."""
    clause = context.clause
    others = any(not isinstance(m.target, Instrument) or m.target.symbol != MARKET for m in clause.mentions)
    if others or context.claim.kind == "prediction":
        return None
    symbol = None
    of_a_bank = RATES_AT_LARGE.search(clause.text) is not None and OTHER_RATES.search(clause.text) is None
    if of_a_bank and not is_not_taken(clause) and _is_on_the_fed(clause):
        symbol = POLICY_RATE
    elif EARNINGS.match(clause.text) and _is_on(clause, MARKET):
        symbol = EARNINGS_OF_ALL
    instrument = context.instrument(symbol) if symbol is not None else None
    return Subject(instrument, "context") if instrument is not None else None


def _is_on_the_fed(clause: Clause) -> bool:
    """Whether the sentence or its paragraph speaks of the Fed and of no other bank; of an English text, all of it."""
    whole = clause.view.clause(0, len(clause.view.article.text))
    here = banks_in(clause.paragraph.text)
    return here == ["fed"] or (not here and clause.view.article.language == "en" and banks_in(whole.text) == ["fed"])


def _is_on(clause: Clause, symbol: str) -> bool:
    return any(isinstance(m.target, Instrument) and m.target.symbol == symbol for m in clause.view.mentions)


IT = Pattern(rf"^\W*(?:{any_phrase('before_a_pronoun')} )?{any_phrase('pronoun_at_the_beginning')}\b", re.IGNORECASE)


def _is_only_of_the_article(clause: Clause, subject: Subject) -> bool:
    """Whether the figure is what the article speaks of most, and nothing in the clause points to it: "Interest rates
    are at a 23-year high" in a text on inflation."""
    return subject.basis == "article" and IT.match(clause.text) is None


PRICES_AT_LARGE = Pattern(rf"^\W*{any_phrase('prices_at_large')}\b", re.IGNORECASE)


def _prices_gone_on_with(context: Context) -> Subject | None:
    """ "Prices rose 0.3 percent on the month", where the sentence before was of consumer prices."""
    clause = context.clause
    if PRICES_AT_LARGE.match(clause.text) is None or clause.mentions:
        return None
    before = [m.target for m in clause.paragraph.mentions if m.end <= clause.start and isinstance(m.target, Instrument)]
    goes_on = bool(before) and before[-1].symbol in (CONSUMER_PRICES, CORE_PRICES)
    prices = context.instrument(CONSUMER_PRICES) if goes_on else None
    if prices is None:
        return None
    found = Subject(prices, "context")
    return _core(context, found) if CORE.search(clause.text) else found


def _speaks_of_other_prices(clause: Clause, subject: Subject) -> bool:
    """ "Gas prices have fallen", behind a sentence on inflation, or behind the word in the same one."""
    other = OTHER_PRICES.search(clause.text)
    if other is None or subject.basis != "quote":
        return other is not None
    named = max((m.end - clause.start for m in clause.mentions if m.target == subject.target), default=0)
    return other.start() >= named and not clause.figures


EXPECTED_BEHIND = Pattern(rf"\s+(?:\w+\s+){{0,2}}?{any_phrase('expected_behind')}\b", re.IGNORECASE)
EXPECTED_BEFORE = Pattern(rf"\b{any_phrase('expected_before')}\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)


def _is_expected(clause: Clause, figure: Figure) -> bool:
    """Whether a figure is somebody's forecast beside what came: "below the 175,000 that economists expected"."""
    text = clause.view.article.text
    behind = EXPECTED_BEHIND.match(text, figure.end, clause.end) is not None
    return behind or EXPECTED_BEFORE.search(text[clause.start : figure.start]) is not None


def _core(context: Context, subject: Subject) -> Subject:
    """Consumer prices without food and energy, where the clause says so of what it goes on from."""
    core = context.instrument(CORE_PRICES)
    own = subject.instrument
    return replace(subject, target=core) if core and own and own.symbol == CONSUMER_PRICES else subject


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
        params["or_measure"] = _other_measure(clause, instrument, params["measure"])
    elif change and way is not None:
        params |= {"relation": "fell" if way == "down" else "rose", "against": "period"}
    if change or (figure.unit == "fraction" and unit != "per cent"):
        said = stated(figure, way if change or _shrinks(clause, figure) else None)
    else:
        said = stated(figure, None)
    params["stated"] = thresholded(clause, figure, said)
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
    by = BY_SO_MUCH.search(before) is not None
    if figure.unit == "percentage_points" or (by and instrument.unit != "index"):
        return True
    to = TO_SO_MUCH.search(before) is not None
    return instrument.symbol == PAYROLLS and figure.unit == "count" and not to


DISTANCES = ("T10Y2Y", "T10YIE", "BAA10Y", "BAMLH0A0HYM2", "BAMLC0A0CM")
"""Series that are a difference of two rates, whose level may be told in points."""


def _is_of_no_way(clause: Clause, figure: Figure, instrument: Instrument) -> bool:
    """Points of a rate that neither rose nor fell by them: "lies 1.5 percentage points above that of the ECB"."""
    points = figure.unit == "percentage_points" and instrument.symbol not in DISTANCES
    return points and direction_near(clause, figure) is None


def _shrinks(clause: Clause, figure: Figure) -> bool:
    """ "The economy shrank 0.3 percent", "prices fell 0.2 percent": a rate of change below zero. "Inflation fell to 3
    percent" is none."""
    before = clause.view.article.text[max(0, figure.start - 24) : figure.start]
    return FELL.search(clause.text) is not None and REACHED.search(before) is None and not RATE.search(clause.text)


FELL, RATE = phrases("shrinks"), phrases("rate_of_prices")
REACHED = Pattern(rf"\b{any_phrase('stands_at_a_rate')}\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)


def _other_measure(clause: Clause, instrument: Instrument, measure: str) -> str | None:
    """Of prices that "rose 0.4 percent in June" it is not said whether on the month or on the year; inflation is the
    rate of a year."""
    said = ON_YEAR.search(clause.sentence.text) or RATE.search(clause.text) or measure != "on_year"
    said = said or _from_year_to_year(clause) is not None
    return None if said or instrument.symbol not in TOLD_BY_THE_MONTH else "on_period"


def _measure(clause: Clause, instrument: Instrument, context: Context) -> str:
    text = clause.sentence.text
    if ON_PERIOD.search(text) or _from_month_to_month(clause) is not None:
        return "on_period"
    if ON_YEAR.search(text) or _from_year_to_year(clause) is not None:
        return "on_year"
    if instrument.symbol in GROWTH:
        return "annualised"
    return "on_period" if instrument.symbol.startswith("CLVM") else "on_year"


def _from_month_to_month(clause: Clause) -> t.Month | None:
    """The later of two months side by side, "from May to June", "in June from May": the change is that of a month."""
    for expression in clause.times:
        value = expression.value
        if isinstance(value, t.Between) and isinstance(value.first, t.Month) and isinstance(value.last, t.Month):
            return value.last if (value.last.month - value.first.month) % 12 == 1 else None
    months = [value for e in clause.times if isinstance(value := e.value, t.Month)]
    starts = [e.start for e in clause.times if isinstance(e.value, t.Month)]
    text = clause.view.article.text
    if len(months) != 2 or not THAN_IN.search(text[: starts[1]][-24:]):
        return None
    later, earlier = months
    return later if (later.month - earlier.month) % 12 == 1 else None


OVER = Pattern(rf"\b{any_phrase('over_a_compared_time')}\s+$", re.IGNORECASE)


def _is_compared(clause: Clause, expression: t.TimeExpression) -> bool:
    """Whether a figure is compared with the time: "lower than in January", "up 3 percent over November of 2009"."""
    before = clause.view.article.text[max(clause.start, expression.start - 24) : expression.start]
    over = isinstance(expression.value, t.Month) and OVER.search(before) is not None
    return over or THAN_IN.search(before) is not None


def _from_year_to_year(clause: Clause) -> t.Month | None:
    """The later of two months that are a year apart, "in November of 2010 over November of 2009"; of a month alone that
    is compared with and whose year is named, the same month a year later."""
    months = [(e, value) for e in clause.times if isinstance(value := e.value, t.Month)]
    compared = [value for e, value in months if _is_compared(clause, e)]
    others = [value for e, value in months if not _is_compared(clause, e)]
    year = compared[0].year if len(compared) == 1 else None
    if not isinstance(year, int) or len(others) > 1:
        return None
    later = replace(compared[0], year=year + 1)
    if others:
        return later if others[0].month == later.month and others[0].year in (None, later.year) else None
    return later if OVER.search(clause.text[: months[0][0].start - clause.start]) is not None else None


def thresholded(clause: Clause, figure: Figure, said: Stated) -> Stated:
    """ "Above 4 percent" allows all that is more."""
    before = clause.view.article.text[max(0, figure.start - 16) : figure.core_start].lower()
    above = ABOVE.search(before)
    below = BELOW.search(before)
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
    own = [
        e for e in clause.times if OF_THE_PERIOD.fullmatch(clause.view.article.text, e.end, max(e.end, figure.start))
    ]
    if own and isinstance(own[-1].value, PERIODS) and (period := resolve(own[-1].value, context.clock.published)):
        return _Said(figure, _months(period), "quote", own[-1].text)
    for expression in (*behind, *before[-1:]):
        if _is_compared(clause, expression):
            continue
        if isinstance(expression.value, PERIODS):
            period = resolve(t.looking(expression.value, None), context.clock.published)
            if period is not None and context.clock.published and period.first <= context.clock.published:
                return _Said(figure, _months(period), "quote", expression.text)
    later = _from_month_to_month(clause) or _from_year_to_year(clause)
    month = resolve(later, context.clock.published) if later is not None else None
    if month is not None:
        return _Said(figure, _months(month), "quote", clause.text)
    return _Said(figure, None, "default", None)


def _start(context: Context, figure: Figure) -> _Said:
    """ "From 0.08 % to 4.33 % in 2022": the first figure is that of the month in which the span begins, which stands
    behind it in the clause, else before it in the sentence ("raised rates in 2022, from 0.08 % to 4.33 %")."""
    clause = context.clause
    behind = [e for e in clause.times if e.start >= figure.end]
    earlier = [e for e in clause.sentence.times if e.end <= figure.start]
    for expression in (*behind, *reversed(earlier)):
        if isinstance(expression.value, PERIODS):
            period = resolve(expression.value, context.clock.published)
            if period is not None:
                month = (period.first, min(period.last, _month_end(period.first)))
                return _Said(figure, month, "quote" if expression.start >= clause.start else "context", expression.text)
    return _Said(figure, None, "default", None)


def _month_end(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _months(period: Period) -> tuple[date, date]:
    return period.first, period.last


# --- records, directions, recessions ----------------------------------------------------------------------------------


STEP, NO_WAY = phrases("step_that_is_ranked"), phrases("rank_of_no_way")


def _record(context: Context, instrument: Instrument, subject: Basis) -> list[Draft]:
    span = beginning(context)
    if span.open or STEP.search(context.clause.text):
        return []  # "the largest rise of the rate since 1994" ranks the step, and no height
    unit, text = instrument.unit or "per cent", context.clause.text
    low = LOWEST.search(text) or LOW_OF_A_LENGTH.search(text)
    of_no_way = all(NO_WAY.fullmatch(c.text) for c in context.clause.cues if c.heading == "record")
    if of_no_way and not (low or HIGH.search(text) or context.clause.has(*UP)):
        return []  # "This is unprecedented" does not say whether so high or so low
    params = {
        "symbol": instrument.symbol, "published": context.clock.published, "unit_size": UNITS[unit],
        "relation": "lowest" if low else "highest",
        "measure": "level" if unit not in ("index",) else _measure(context.clause, instrument, context),
        "since": span.since, "running": _is_known_at_once(instrument),
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": subject, "since": span.basis, "published": "article", "measure": "default"}
    return [Draft("macro_level", params, marks, why="a record of a figure of the economy")]


def _direction(context: Context, instrument: Instrument, subject: Basis) -> list[Draft]:
    clause = context.clause
    way = _pace(clause) or direction_near(clause, None)  # a proposed one may mean that it is high, which is no change
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
        "relation": "quote",
    }  # fmt: skip
    return [Draft("macro_level", params, marks, why="the direction of a figure of the economy")]


PICKS_UP, SLOWS = phrases("economy_picks_up"), phrases("economy_slows")


def _pace(clause: Clause) -> Direction | None:
    """Which way a figure goes that gathers pace or loses it, in words that say nothing of a price."""
    up, down = PICKS_UP.search(clause.text), SLOWS.search(clause.text)
    return None if (up is None) == (down is None) else "up" if up else "down"


def _compared(context: Context) -> tuple[tuple[date, date] | None, tuple[date, date] | None]:
    """The period that the figure is compared with, and the one that it is of."""
    base, named = None, None
    for expression in context.clause.times:
        value = expression.value.anchor if isinstance(expression.value, t.Since) else expression.value
        if not isinstance(value, PERIODS):
            continue
        period = resolve(value, context.clock.published)
        if period is None or context.clock.published is None or period.first > context.clock.published:
            continue
        compared = isinstance(expression.value, t.Since) or _is_compared(context.clause, expression)
        base, named = (_months(period), named) if compared else (base, _months(period))
    return base, named


def _is_to_come(context: Context) -> bool:
    """What is expected of a figure is judged when it has come, by another check."""
    return context.claim.kind == "prediction" or context.clause.has("forecast_strong")


def _recession(context: Context, instrument: Instrument, subject: Basis) -> list[Draft]:
    """That there is a recession, or will be one within a span; what is feared or a condition is not said to come."""
    clause, published = context.clause, context.clock.published
    if published is not None and (rule := _after_rises(context, instrument, subject)):
        return rule
    if (
        published is None
        or FEARED.search(clause.text)
        or GENERAL.search(clause.text)
        or context.claim.modality in ("asked", "denied")
        or is_of_another_region(clause)
        or (negated := _is_denied(clause)) is None
    ):
        return []
    span = _span(context)
    if context.claim.kind == "prediction":
        if span is None and not SOON.search(clause.text):
            return []
        first, last = span or (published, published + timedelta(days=365))
        assumed = () if span else ('"soon" is taken for the twelve months from publication',)
    elif THOUGHT_OF.search(clause.text):
        return []
    elif span is not None and ALREADY.search(clause.text):
        (first, last), assumed = span, ()
    elif ALREADY.search(clause.text) and IN_RECESSION.search(clause.text[: _at(clause)]):
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
        "negated": negated or None,
    }
    basis: Basis = "quote" if span else "default"
    marks: dict[str, Basis] = {"symbol": subject, "first": basis, "last": basis, "published": "article"}
    return [Draft("macro_level", params, marks, assumed=assumed, why="recessions as the NBER dates them")]


def is_of_another_region(clause: Clause) -> bool:
    """Whether the clause names a region, and not America, for which alone recessions are dated here; a German text that
    names none in its paragraph may mean its own country."""
    regions = _regions(clause)
    if regions or clause.view.article.language == "en":
        return bool(regions) and AMERICA not in regions
    return AMERICA not in _regions(clause.paragraph)


def _regions(stretch: Clause) -> set[str]:
    named = {region for start, _, region in stretch.view.regions if stretch.start <= start < stretch.end}
    return named | ({AMERICA} if "fed" in banks_in(stretch.text) else set())


AMERICA = "US"


def _is_denied(clause: Clause) -> bool | None:
    """Whether it is said that there is none, right before the word: "is not in a recession"; None where another thing
    may be denied."""
    negations = [c for c in clause.cues if c.heading == "negation"]
    at = clause.start + _at(clause)
    if not negations:
        return False
    return True if len(negations) == 1 and 0 <= at - negations[0].end <= NEAR_THE_WORD else None


NEAR_THE_WORD = 24
"""Characters between a negation and the recession that it denies."""
SOON = phrases("soon")
RISES = phrases("rises_of_the_policy_rate")
ALL_OF_THEM, MOST_OF_THEM = phrases("all_of_them"), phrases("most_of_them")
POLICY_RATE = "FEDFUNDS"


def _after_rises(context: Context, instrument: Instrument, subject: Basis) -> list[Draft]:
    """ "Every hiking cycle has ended in recession": a rule on all cycles or on most, counted in those of the data."""
    clause, text = context.clause, context.clause.text
    every = ALL_OF_THEM.search(text) is not None
    if RISES.search(text) is None or not (every or MOST_OF_THEM.search(text)) or clause.has("negation"):
        return []
    if context.claim.kind == "prediction" or context.claim.modality in ("asked", "denied"):
        return []
    params = {
        "symbol": instrument.symbol, "relation": "follows", "after": POLICY_RATE, "published": context.clock.published,
        "share": "all" if every else "most",
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": subject, "after": "default", "published": "article", "share": "quote"}
    return [Draft("macro_level", params, marks, why="of the rises of the rate, how many a recession followed")]


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
