"""A price above or below its moving average, and how far: "fell below the 200-day line", "10 % above it"."""

from __future__ import annotations

import re

from analyzer.extract.binders.common import default_moment, index_of, named_of
from analyzer.extract.classify import MOVING_AVERAGE
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import Clause
from analyzer.model import Basis
from analyzer.text.numbers import Figure, stated

BELOW, ABOVE = phrases("below_an_average"), phrases("above_an_average")
CROSSES, LEAVES = phrases("crosses_an_average"), phrases("leaves_an_average")
OTHER_THINGS, OF_MEMBERS = phrases("average_of_other_things"), phrases("shares_beyond_their_averages")
DISTANCE = phrases("distance_from_an_average")
UPWARDS, DOWNWARDS = phrases("distance_upwards"), phrases("distance_downwards")
SIDE = rf"(?:{any_phrase('below_an_average')}|{any_phrase('above_an_average')})"
BEFORE_IT = re.compile(rf"\b{SIDE}\W+(?:[\w'’-]+\W+){{0,3}}$", re.IGNORECASE)
"""What stands before the average that a price is set against: "above its", "unter die"."""
BESIDE_A_FIGURE = re.compile(rf"\W{{0,2}}\s*{SIDE}\W+(?:[\w'’-]+\W+){{0,3}}$", re.IGNORECASE)
"""What stands between a figure and the average that it is the distance from."""


def speaks_of_an_average(clause: Clause) -> bool:
    return MOVING_AVERAGE.search(clause.text) is not None


def counts_shares(clause: Clause) -> bool:
    """ "60 Prozent der Aktien im S&P 500 notieren über ihrer 200-Tage-Linie": no statement on the index itself."""
    return speaks_of_an_average(clause) and OF_MEMBERS.search(clause.text) is not None


def averages(context: Context) -> list[Draft]:
    """level against the average of so many sessions, where the clause says on which side the price lies or went, and
    how far from it where a figure says so."""
    clause = context.clause
    found, side = MOVING_AVERAGE.search(clause.text), _side(clause)
    named = single(named_of(context, clause.start + (found.start() if found else 0))) or index_of(context)
    if found is None or side is None or named is None or _is_of_others(clause):
        return []
    if clause.has("negation", "conditional") or context.claim.modality == "asked":
        return []
    instrument, basis = named
    moment = context.moment(instrument) or default_moment(context, instrument)
    days = int(next(group for group in found.groups() if group))
    if moment is None or days < 2:
        return []
    figure = _distance(clause, found.start())
    crossed = figure is None and (clause.has(*DOWN, *UP) or CROSSES.search(clause.text) is not None)
    params = {
        "symbol": instrument.symbol, "session": moment.session, "average": days,
        "relation": f"crossed_{side}" if crossed else side, "or_session": moment.other,
        "or_said": moment.words or None, "stated": stated(figure, "up") if figure is not None else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "session": moment.basis, "average": "quote", "relation": "quote",
        **({"stated": "quote"} if figure is not None else {}),
    }  # fmt: skip
    return [Draft("level", params, marks, why="a price against its moving average")]


def _is_of_others(clause: Clause) -> bool:
    """An average of turnover, the shares of an index by their own averages, one average against another."""
    found = list(MOVING_AVERAGE.finditer(clause.text))
    side = min((m.start() for words in (BELOW, ABOVE) for m in words.finditer(clause.text)), default=0)
    crossing = len(found) > 1 and found[0].start() < side
    return crossing or OTHER_THINGS.search(clause.text) is not None or counts_shares(clause)


def _side(clause: Clause) -> str | None:
    """By the word before the average, or the verb that leaves it behind; of a distance by "nach oben"."""
    below, above = BELOW.search(clause.text), ABOVE.search(clause.text)
    found = MOVING_AVERAGE.search(clause.text)
    up, down = UPWARDS.search(clause.text), DOWNWARDS.search(clause.text)
    if DISTANCE.search(clause.text) and bool(up) != bool(down):
        return "above" if up else "below"
    if found is None or bool(below) == bool(above):
        return None
    placed = BEFORE_IT.search(clause.text[: found.start()]) or LEAVES.search(clause.text)
    return None if placed is None else "below" if below else "above"


def _distance(clause: Clause, average: int) -> Figure | None:
    """The share right before the side of the average, or the only one beside a word for a distance."""
    shares = [f for f in clause.figures if f.unit == "fraction"]
    text = clause.view.article.text
    beside = [f for f in shares if BESIDE_A_FIGURE.fullmatch(text[f.end : clause.start + average])]
    if beside:
        return beside[-1]
    return shares[0] if len(shares) == 1 and DISTANCE.search(clause.text) else None
