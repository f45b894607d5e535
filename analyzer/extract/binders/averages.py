"""A price above or below its moving average: "fell below the 200-day line"."""

from __future__ import annotations

from analyzer.extract.binders.common import default_moment, index_of, named_of
from analyzer.extract.classify import MOVING_AVERAGE
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.phrases import phrases
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import Clause
from analyzer.model import Basis

BELOW, ABOVE = phrases("below_an_average"), phrases("above_an_average")
CROSSES = phrases("crosses_an_average")


def speaks_of_an_average(clause: Clause) -> bool:
    return MOVING_AVERAGE.search(clause.text) is not None


def averages(context: Context) -> list[Draft]:
    """level against the average of so many sessions, where the clause says on which side the price lies or went."""
    clause = context.clause
    found = MOVING_AVERAGE.search(clause.text)
    side = _side(clause)
    named = single(named_of(context, clause.start + (found.start() if found else 0))) or index_of(context)
    if found is None or side is None or named is None or clause.has("negation"):
        return []
    instrument, basis = named
    moment = context.moment(instrument) or default_moment(context, instrument)
    days = int(next(group for group in found.groups() if group))
    if moment is None or days < 2:
        return []
    crossed = clause.has(*DOWN, *UP) or CROSSES.search(clause.text) is not None
    params = {
        "symbol": instrument.symbol, "session": moment.session, "average": days,
        "relation": f"crossed_{side}" if crossed else side, "or_session": moment.other,
        "or_said": moment.words or None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis, "average": "quote", "relation": "quote"}
    return [Draft("level", params, marks, why="a price against its moving average")]


def _side(clause: Clause) -> str | None:
    below, above = BELOW.search(clause.text), ABOVE.search(clause.text)
    return None if bool(below) == bool(above) else "below" if below else "above"
