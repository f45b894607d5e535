"""Steps of a policy rate: "raised rates by three-quarters of a point", "senkte den Leitzins um 25 Basispunkte"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.events_to_come import banks_in
from analyzer.extract.phrases import phrases
from analyzer.extract.view import Clause
from analyzer.market.instruments import UNITS, Instrument
from analyzer.model import Basis, Direction
from analyzer.text.numbers import Figure, stated
from analyzer.text.patterns import Pattern

RATES = {"fed": "FEDFUNDS", "ecb": "ECBDFR", "boe": "BOERUKM"}
RAISES, LOWERS = phrases("raises_a_rate"), phrases("lowers_a_rate")
OF_A_BANK, OF_OTHERS = phrases("rate_of_a_bank"), phrases("rate_of_others")
NOT_TAKEN = phrases("step_not_taken")
LARGEST = 0.03
"""A step; more is a rate."""
REACH = 60
"""Characters between a step and the word that says which way."""
A_MONTH = 31


def rate_steps(context: Context) -> list[Draft]:
    """macro_level of a rate that rose or fell by so much, in the month of the step; nothing for what is still to come,
    hoped for or summed up."""
    clause, text = context.clause, context.clause.text
    if context.clock.published is None or context.claim.modality == "asked" or clause.has("conditional"):
        return []
    if OF_A_BANK.search(text) is None or OF_OTHERS.search(text) or NOT_TAKEN.search(text):
        return []
    if clause.has("negation") and context.claim.modality != "denied":
        return []
    named, steps = _rate(context), [s for f in clause.figures if (s := _step(clause, f)) is not None]
    if named is None or len(steps) != 1:
        return []
    instrument, basis = named
    figure, way = steps[0]
    month = _month(context)
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "published": context.clock.published, "unit_size": UNITS["per cent"],
        "relation": "rose" if way == "up" else "fell", "against": "period", "running": True, "settles": True,
        "stated": stated(figure, way), "first": month[0] if month else None, "last": month[1] if month else None,
    }  # fmt: skip
    when: Basis = month[2] if month else "default"
    marks: dict[str, Basis] = {
        "symbol": basis, "stated": "quote", "first": when, "last": when, "published": "article", "relation": "quote",
    }  # fmt: skip
    return [Draft("macro_level", params, marks, why="what a central bank changed its rate by")]


def _rate(context: Context) -> tuple[Instrument, Basis] | None:
    """The policy rate that the clause names, else that of the one bank in it."""
    clause = context.clause
    named = {m.target for m in clause.mentions if isinstance(m.target, Instrument) and m.target.exchange == "macro"}
    of_banks = [one for one in named if one.symbol in RATES.values()]
    banks = banks_in(clause.text)
    if len(banks) == 1 and banks[0] in RATES:
        instrument = context.instrument(RATES[banks[0]])
        return (instrument, "quote") if instrument is not None else None
    return (of_banks[0], "quote") if len(of_banks) == len(named) == 1 and not banks else None


def _step(clause: Clause, figure: Figure) -> tuple[Figure, Direction] | None:
    """A figure in points of a rate beside a word for raising it or lowering it."""
    points = figure.unit == "points" and 0 < figure.value <= LARGEST * 100
    if points:
        low, high = (None if b is None else b / 100 for b in (figure.low, figure.high))
        figure = replace(figure, value=figure.value / 100, low=low, high=high, unit="percentage_points")
    if figure.unit != "percentage_points" or abs(figure.value) > LARGEST:
        return None
    up, down = (_distance(clause, figure, words) for words in (RAISES, LOWERS))
    if min(up, down) > REACH or up == down:
        return None
    return figure, "up" if up < down else "down"


def _distance(clause: Clause, figure: Figure, words: Pattern) -> int:
    """How far from the figure the nearest of the words stands."""
    at = (figure.start - clause.start, figure.end - clause.start)
    found = [max(at[0] - m.end(), m.start() - at[1]) for m in words.finditer(clause.text)]
    return min(found, default=REACH + 1)


def _month(context: Context) -> tuple[date, date, Basis] | None:
    """The month of the day or of the month that is named."""
    read = context.clock.period(context.clause)
    if read is None or (read[0].last - read[0].first).days > A_MONTH:
        return None
    first = read[0].first.replace(day=1)
    return first, (first + timedelta(days=A_MONTH)).replace(day=1) - timedelta(days=1), read[1]
