"""The yield curve: inverted, normal again, or inverted before downturns.

The curve is that between ten and two years, by a written default: the text seldom says which it means, and its closes
are those of one source. So a curve that was not inverted by them contradicts nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from analyzer.extract.binders.levels import FIRST_TIME, reached_within
from analyzer.extract.binders.spans import beginning
from analyzer.extract.calendar_spans import shift
from analyzer.extract.curve_words import curve_state, preceded
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.sessions import session_upto
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Stated

CURVE = "T10Y2Y"
BEFORE_A_DOWNTURN = 24
"""Months within which an inversion counts as one that went before a downturn, a written default."""
MID_WEEK = 2
"""A Wednesday, on which the bond market has no holiday that the exchange does not share."""
ZERO = Stated(text="0", value=0.0, unit="points", low=0.0, high=0.0)


def yield_curves(context: Context) -> list[Draft] | None:
    """level of the curve against zero; None where the clause says nothing of the kind."""
    clause, curve = context.clause, context.instrument(CURVE)
    if curve is None:
        return None
    if (went := preceded(clause)) is not None:
        return [_before(curve, first) for first in went.first]
    state = curve_state(clause)
    if state is None:
        return None
    return _state(context, curve, "below" if state == "inverted" else "above")


def _before(curve: Instrument, first: date) -> Draft:
    """Whether the curve was inverted on some day of the two years before a downturn."""
    start = shift(first, -BEFORE_A_DOWNTURN, "month")
    eve = first - timedelta(days=7)
    last = eve - timedelta(days=(eve.weekday() - MID_WEEK) % 7)
    params = {
        "symbol": curve.symbol, "session": session_upto(curve, last), "relation": "below",
        "stated": ZERO, "first_time": False, "start": start,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": "default", "stated": "default", "threshold": "default", "session": "default"}
    note = f"before the downturn that began in {first:%Y-%m}: within {BEFORE_A_DOWNTURN} months"
    return Draft("level", params, marks, assumed=(note,), why="an inversion is a close of the curve below zero")


def _state(context: Context, curve: Instrument, relation: str) -> list[Draft]:
    clause = context.clause
    first = FIRST_TIME.search(clause.text) is not None
    begins = beginning(context) if first else None
    if begins is not None and begins.open:
        return []
    span = reached_within(context, curve)
    moment = span[1] if span is not None else context.moment(curve)
    if moment is None:
        return []
    params = {
        "symbol": curve.symbol, "session": moment.session, "relation": f"crossed_{relation}" if first else relation,
        "stated": ZERO, "first_time": first, "since": begins.since if begins is not None else None,
        "or_session": moment.other, "or_said": moment.words or None, "start": span[0] if span is not None else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": "default", "stated": "default", "threshold": "default", "session": moment.basis,
    }  # fmt: skip
    note = f"the curve: {curve.name}"
    return [Draft("level", params, marks, assumed=(note,), why="an inversion is a close of the curve below zero")]
