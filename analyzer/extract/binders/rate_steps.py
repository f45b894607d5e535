"""Steps of a policy rate: "raised rates by three-quarters of a point", "senkte den Leitzins um 25 Basispunkte"; and
which way it went in a time that is named: "hiked rates four times in 2018"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.events_to_come import banks_in
from analyzer.extract.phrases import phrases
from analyzer.extract.rate_words import (
    LOWERS,
    NOT_TAKEN,
    OF_A_BANK,
    OF_OTHERS,
    RAISES,
    TIMES,
    is_not_taken,
    moves_a_rate,
    way_of_a_rate,
)
from analyzer.extract.resolve import Period
from analyzer.extract.view import Clause
from analyzer.market.instruments import UNITS, Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text.numbers import Figure, stated
from analyzer.text.patterns import Pattern

RATES = {"fed": "FEDFUNDS", "ecb": "ECBDFR", "boe": "BOERUKM"}
LARGEST = 0.03
"""A step; more is a rate."""
REACH = 60
"""Characters between a step and the word that says which way."""
A_MONTH = 31
PERFECT = phrases("rate_in_the_perfect")
QUARTER, LEAST_STEP = 0.0025, 0.0015
COUNTS = {
    "twice": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "zwei": 2,
    "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
}  # fmt: skip


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


def rate_moves(context: Context) -> list[Draft]:
    """macro_level of a rate that a bank raised or lowered in a month, quarter or year, without a size: from the month
    before it to its last one; so many times are so many quarters of a point, or more. Told in the perfect and without a
    time, from a year before."""
    clause, published = context.clause, context.clock.published
    way, named = way_of_a_rate(clause), _rate_in_the_sentence(context)
    if (
        not moves_a_rate(clause)
        or way is None
        or named is None
        or published is None
        or _is_open(context)
        or clause.figures
    ):
        return []
    instrument, basis = named
    read = context.clock.period(clause)
    if read is not None and (read[0].shape != "period" or read[0].first > published):
        return []
    if read is None and (clause.times or PERFECT.search(clause.text) is None):
        return []
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "published": published, "unit_size": UNITS["per cent"], "running": True,
        "relation": "rose" if way == "up" else "fell", "measure": "level", "stated": _by_its_times(clause, way),
    }  # fmt: skip
    if read is None:
        params["against"] = "year"
        assumed: tuple[str, ...] = ("measured from a year before",)
    else:
        params |= _from_before_to_its_end(read[0], published)
        assumed = ()
    when: Basis = read[1] if read else "default"
    marks: dict[str, Basis] = {
        "symbol": basis, "stated": "quote", "first": when, "last": when, "base_first": when, "published": "article",
        "relation": "quote",
    }  # fmt: skip
    return [Draft("macro_level", params, marks, assumed=assumed, why="which way a central bank moved its rate")]


def _is_open(context: Context) -> bool:
    """A question, a condition, a denial, or a step that is still to come."""
    clause = context.clause
    open_ = context.claim.modality in ("asked", "denied") or clause.has("conditional", "negation", "forecast_strong")
    return open_ or is_not_taken(clause)


def _by_its_times(clause: Clause, way: Direction) -> Stated:
    """So many steps of a quarter of a point at least, less half of one; else one step, less a tenth of a point. The
    series has means of months, in which the end of a step before may show."""
    found = TIMES.search(clause.text)
    count = next((n for word, n in COUNTS.items() if found and found.group().lower().startswith(word)), 1)
    size = (count - 0.5) * QUARTER if count > 1 else LEAST_STEP
    low, high = (size, None) if way == "up" else (None, -size)
    value = count * QUARTER * (1 if way == "up" else -1)
    text = found.group() if found is not None and count > 1 else clause.text
    return Stated(text=text, value=value, low=low, high=high, unit="percentage_points", qualifier="at_least")


def _from_before_to_its_end(period: Period, published: date) -> dict[str, date]:
    """From the month before a time to the one behind it, in whose mean its last step shows in full."""
    before = period.first.replace(day=1) - timedelta(days=1)
    behind = (min(period.last, published).replace(day=1) + timedelta(days=A_MONTH)).replace(day=1)
    end = (behind + timedelta(days=A_MONTH)).replace(day=1) - timedelta(days=1)
    return {"base_first": before.replace(day=1), "base_last": before, "first": behind, "last": end}


def _rate_in_the_sentence(context: Context) -> tuple[Instrument, Basis] | None:
    """The rate of the one bank that the clause names, else its sentence, else its paragraph."""
    clause = context.clause
    for stretch, basis in ((clause, "quote"), (clause.sentence, "quote"), (clause.paragraph, "context")):
        banks = banks_in(stretch.text)
        if banks:
            instrument = context.instrument(RATES.get(banks[0], "")) if len(banks) == 1 else None
            return (instrument, basis) if instrument is not None else None  # type: ignore[return-value]
    return None


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
