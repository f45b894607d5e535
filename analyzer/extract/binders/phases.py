"""cycle_phase: bull and bear markets, dated by their turning points."""

from __future__ import annotations

from typing import Any

from analyzer.extract.binders.common import PRESENT, of_now
from analyzer.extract.binders.trend_lines import Found, one_series
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.phase_words import PhaseSaid, phase_said
from analyzer.extract.things import STOCKS, things_in
from analyzer.model import Basis

GOES_INTO_IT = ("began", "ended", "stated", "longest")


def phases(context: Context) -> list[Draft]:
    """The phase that the clause speaks of, of the series it names, else of the market."""
    said = phase_said(context.clause, context.clock.published, denied=context.claim.modality == "denied")
    subject = _named_here(context) or one_series(context) or _the_market(context)
    if said is None or subject is None or subject[0].kind in ("macro", "rate", "volatility"):
        return []
    if said.longest and not PRESENT.search(context.clause.text):
        return []  # which of all it was is not said
    instrument, basis, assumed = subject
    moment = context.day(instrument)
    if moment is None:
        return []
    moment = of_now(context, moment)
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "phase": "bull" if said.rises else "bear", "session": moment.session,
        "over": said.over or None, "longest": said.longest or None, "stated": said.age, "since": said.since,
        "word": said.word, **_times(said),
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis, "phase": "quote"}
    marks |= {name: "quote" for name in GOES_INTO_IT if params.get(name) is not None}
    why = "the phase that the day lies in, by dated peaks and troughs"
    return [Draft("cycle_phase", params, marks, directness="statistical", why=why, assumed=assumed)]


def _times(said: PhaseSaid) -> dict[str, Any]:
    named = (("began", said.began), ("ended", said.ended))
    return {k: v for name, days in named if days for k, v in ((name, days[0]), (f"{name}_by", days[1]))}


def _named_here(context: Context) -> Found | None:
    """What the clause itself names, by a general word too: "the bear market in bonds"."""
    things = things_in(context.clause, context.available)
    if len(things) != 1:
        return None
    thing = things[0]
    return thing.instrument, thing.basis, (thing.assumed,) if thing.assumed else ()


def _the_market(context: Context) -> Found | None:
    """Where "we are in a bear market" says of nothing else."""
    market = context.instrument(STOCKS)
    if market is None or context.subject() is not None:
        return None
    return market, "default", (f"the market: {market.name}",)
