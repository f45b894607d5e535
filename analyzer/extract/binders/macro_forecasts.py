"""Forecasts of the economy: what a central bank will do, what prices and work will do, with a span that is read or
written down as a default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from analyzer.extract.binders.economy import is_of_another_region, thresholded
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.events_to_come import Event, default_months, event_to_come, is_said_to_come, way_to_come
from analyzer.extract.length_words import ahead, coming
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import resolve
from analyzer.extract.view import Clause
from analyzer.market.instruments import UNITS, Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text import times as t
from analyzer.text.numbers import Figure, stated
from analyzer.text.patterns import Pattern

PRICES = ("CPIAUCSL", "CP0000EZ19M086NEST", "DEUCPIALLMINMEI")
"""Indices of consumer prices, one of which a clause may name for a forecast of inflation."""
NEAR_THE_EVENT = 24
"""Characters between a negation and the event that it denies."""
NOT_BEFORE = phrases("not_before")
BY = Pattern(rf"\b{any_phrase('by_so_much')}\s+(?:\w+\s+)?$", re.IGNORECASE)
THROUGHOUT = phrases("all_of_a_span")
A_MONTH = 30.4375


@dataclass(frozen=True)
class _Span:
    first: date
    last: date
    stated: bool
    assumed: tuple[str, ...] = ()


def macro_forecasts(context: Context) -> list[Draft]:
    """macro_level of an event of the economy that the clause says will come or will not, else of the way that a figure
    of it is forecast to go; nothing without a date of publication."""
    if context.clock.published is None or context.claim.modality == "asked":
        return []
    event = event_to_come(context.clause)
    if event is not None:
        return _event(context, event)
    return _way(context) if is_said_to_come(context.clause) else []


def _event(context: Context, event: Event) -> list[Draft]:
    family = event.family
    instrument, basis = _series(context, event)
    negated = _negated(context, event)
    span = _span(context, default_months(context.clause, family))
    if instrument is None or negated is None or span is None:
        return []
    bound, of_bound = _bound(context, event)
    if family.relation == "will_peak" and bound is None:
        return []
    relation = (
        "throughout" if family.relation == "occurs" and THROUGHOUT.search(context.clause.text) else family.relation
    )
    params = {
        "relation": relation, "mode": family.mode, "step": family.step, "negated": negated,
        "measure": family.measure, "stated": bound, "settles": family.settles,
    }  # fmt: skip
    assumed = (
        (f"{family.event} is taken for {bound.text} on the year ({instrument.name})",)
        if bound is not None and of_bound == "default"
        else ()
    )
    marks: dict[str, Basis] = {"symbol": basis, "relation": "quote", "step": "default", "stated": of_bound}
    return [_draft(context, instrument, params, marks, span, assumed, f"{family.event} shows in {instrument.name}")]


def _way(context: Context) -> list[Draft]:
    """The figure that the clause names, up or down, or to a bound, over a span that it states."""
    clause = context.clause
    named = {m.target for m in clause.mentions}
    instrument = next(iter(named)) if len(named) == 1 else None
    way, span = way_to_come(clause) or _side(context), _span(context, 0)
    if not isinstance(instrument, Instrument) or (instrument.unit is None and instrument.exchange != "macro"):
        return []
    if way is None or span is None or not span.stated or instrument.unit == "yes or no" or not _is_asserted(context):
        return []
    unit = instrument.unit or "per cent"
    bound = _figure_bound(context, way[0])
    if bound is None and (
        DOUBLE_DIGITS.search(clause.text) or any(f.unit in ("fraction", "percentage_points") for f in clause.figures)
    ):
        return []
    rate = unit in ("per cent", "index")
    params = {
        "relation": ("will_rise" if way[0] == "up" else "will_fall") if bound is None else "will_reach",
        "mode": "at_horizon" if bound is None else "touch", "step": 0.001 if rate else 0.01, "stated": bound,
        "measure": "on_year" if unit == "index" else "level",
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": "quote", "relation": "quote", "step": "default", "measure": "default"}
    return [_draft(context, instrument, params, marks, span, (), "a forecast of a figure of the economy")]


def _is_asserted(context: Context) -> bool:
    return context.claim.modality in ("asserted", "hedged") and not context.clause.has("negation")


def _draft(
    context: Context, instrument: Instrument, params: dict[str, Any], marks: dict[str, Basis], span: _Span,
    assumed: tuple[str, ...], why: str,
) -> Draft:  # fmt: skip
    horizon: Basis = "quote" if span.stated else "default"
    placed = {
        "symbol": instrument.symbol, "published": context.clock.published, "first": span.first, "last": span.last,
        "horizon_basis": "text" if span.stated else "default", "unit_size": UNITS[instrument.unit or "per cent"],
    }  # fmt: skip
    marks = {**marks, "published": "article", "horizon_basis": horizon}
    return Draft("macro_level", {**placed, **params}, marks, assumed=(*span.assumed, *assumed), why=why)


RECESSION = "USREC"
CYCLES = phrases("rises_of_the_policy_rate")


def _is_one_to_look_for(clause: Clause) -> bool:
    """Whether a recession would be one of America, and not that behind a rise of rates which is still to come."""
    return not is_of_another_region(clause) and CYCLES.search(clause.text) is None


def _series(context: Context, event: Event) -> tuple[Instrument | None, Basis]:
    """The bank's series; of prices the index that the clause names, else that of the family."""
    if event.family.words is not None:
        if event.symbol == RECESSION and not _is_one_to_look_for(context.clause):
            return None, "default"
        targets = [m.target for m in context.clause.mentions if isinstance(m.target, Instrument)]
        named = [one for one in targets if one.symbol != event.symbol]
        prices = [i for i in named if i.symbol in PRICES]
        if prices:
            return prices[0], "quote"
        if len(named) != len(prices):
            return None, "default"
    return context.instrument(event.symbol), event.basis


def _negated(context: Context, event: Event) -> bool | None:
    """Whether it will not come; None where that cannot be told. The judge turns round what was read as denied."""
    clause = context.clause
    negations = [c for c in clause.cues if c.heading == "negation"]
    if NOT_BEFORE.search(clause.text):
        return None
    if context.claim.modality == "denied":
        return None if event.kept_away else False
    if not negations:
        return event.kept_away
    at, end = clause.start + event.start, clause.start + event.end
    if len(negations) == 1 and at <= negations[0].start and negations[0].end <= end:
        return True  # "will be no recession", "avoid a recession"
    near = any(0 <= at - c.end <= NEAR_THE_EVENT for c in negations)
    return True if near and not event.kept_away else None


def _span(context: Context, months: int) -> _Span | None:
    """From the first to the last period that the clause names, from publication on; else the default."""
    clause, published = context.clause, context.clock.published
    assert published is not None
    found, assumed = [], []
    for expression in clause.times:
        value = t.looking(ahead(clause, expression), "ahead")
        period = coming(resolve(value, published), value, published)
        if period is None or period.last <= published or period.shape not in ("period", "until"):
            return None  # a day, or a time that is not read
        begins = period.first if period.shape == "period" and not isinstance(value, t.Duration) else published
        found.append((max(published, begins), period.last))
        if period.vague:
            assumed.append(f'"{expression.text}" is taken to end on {period.last}')
    if found:
        return _Span(
            min(f for f, _ in found), max(last for _, last in found), stated=not assumed, assumed=tuple(assumed)
        )
    end = published + timedelta(days=round(months * A_MONTH))
    return _Span(published, end, stated=False, assumed=(f"no horizon is stated: {months} months",))


def _bound(context: Context, event: Event) -> tuple[Stated | None, Basis]:
    """The figure to be reached: that of the text, else that of the family."""
    family = event.family
    if family.relation == "will_peak":
        return _peak(context), "quote"
    if family.relation != "will_reach":
        return None, "default"
    said = _figure_bound(context)
    if said is not None and said.low is not None:
        return said, "quote"
    if family.at_least is not None:
        return _limit(f"{family.at_least:.0%} or more", family.at_least, "at_least"), "default"
    assert family.at_most is not None
    return _limit(f"{family.at_most:.0%} or less", family.at_most, "at_most"), "default"


RANGE_OF_A_RATE = 0.0025
"""Width of the range that the Fed sets: the rate in force lies within it, and its upper end is what is mostly told."""


def _peak(context: Context) -> Stated | None:
    """The one per cent, or range of them, that a rate is forecast to peak at."""
    figures = [f for f in context.clause.figures if f.unit == "fraction"]
    if len(figures) != 1 or _is_threshold(context, figures[0]):
        return None
    said = stated(figures[0], None)
    low, high = (said.value if b is None else b for b in (said.low, said.high))
    return said.model_copy(update={"low": low - RANGE_OF_A_RATE, "high": high + RANGE_OF_A_RATE})


def _is_threshold(context: Context, figure: Figure) -> bool:
    """ "Peak above 5 percent" names a bound on one side, which the highest figure may lie far beyond."""
    return thresholded(context.clause, figure, stated(figure, None)).qualifier in ("at_least", "at_most")


DOUBLE_DIGITS = phrases("double_digits")
TEN_PER_CENT = 0.10


def _side(context: Context) -> tuple[Direction, int] | None:
    """The side of the one figure that is to be reached, where no word says which way: "looking at a rate of over 15
    percent", "will hit double digits"."""
    if DOUBLE_DIGITS.search(context.clause.text):
        return "up", 0
    figures = [f for f in context.clause.figures if f.unit == "fraction"]
    if len(figures) != 1:
        return None
    side = thresholded(context.clause, figures[0], stated(figures[0], None)).qualifier
    return ("up", 0) if side == "at_least" else ("down", 0) if side == "at_most" else None


def _figure_bound(context: Context, going: Direction | None = None) -> Stated | None:
    """The one per cent of the clause as the bound that the forecast way leads to: "to 6 percent" is 6 % or more where
    it rises, "below 3 percent" is 3 % or less; "double digits" are ten per cent or more."""
    found = way_to_come(context.clause)
    way = found if found is not None or going is None else (going, 0)
    figures = [f for f in context.clause.figures if f.unit == "fraction"]
    digits = DOUBLE_DIGITS.search(context.clause.text)
    if digits is not None and not figures and way is not None and way[0] == "up":
        return _limit(digits.group(), TEN_PER_CENT, "at_least")
    if len(figures) != 1 or way is None:
        return None
    said = thresholded(context.clause, figures[0], stated(figures[0], None))
    if said.qualifier in ("at_least", "at_most"):
        fits = (said.qualifier == "at_least") == (way[0] == "up")
        return said if fits else None
    if BY.search(context.clause.view.article.text[: figures[0].start][-16:]):
        return None  # "by 2 percent" is a change
    if way[0] == "up":
        return _limit(said.text, said.value if said.low is None else said.low, "at_least")
    return _limit(said.text, said.value if said.high is None else said.high, "at_most")


def _limit(text: str, value: float, side: Literal["at_least", "at_most"]) -> Stated:
    low, high = (value, None) if side == "at_least" else (None, value)
    return Stated(text=text, value=value, low=low, high=high, unit="fraction", qualifier=side)
