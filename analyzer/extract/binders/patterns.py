"""Patterns: one instrument against another, moods, turnover."""

from __future__ import annotations

import re

from analyzer.extract.binders.common import default_moment, span_of
from analyzer.extract.binders.moves import moves
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.roles import parts
from analyzer.extract.subjects import subjects_in
from analyzer.extract.windows import Moment
from analyzer.model import Basis

WORSE = re.compile(
    r"\b(schlechter|schwächer|hinkt\w*|zurück\w*|underperform\w*|lagg?\w*|trail\w*|worse|weaker|less|hinterher\w*|schlusslicht)\b",
    re.IGNORECASE,
)


def comparisons(context: Context) -> list[Draft]:
    """relative_performance of the first two instruments that the clause names."""
    named = [s for s in context.subjects() if s.instrument]
    if len(named) < 2:
        named = [s for s in subjects_in(context.clause.sentence) if s.instrument]
    if len(named) < 2:
        return moves(context) if parts(context.clause) else []
    first, second = named[0].instrument, named[1].instrument
    if first is None or second is None:
        return []
    span = span_of(context, first)
    if span is None:
        return []
    relation = "worse" if WORSE.search(context.clause.text) else "better"
    params = {"symbol": first.symbol, "other": second.symbol, "base": span.base, "last": span.last,
              "relation": relation}  # fmt: skip
    marks: dict[str, Basis] = {"symbol": named[0].basis, "other": named[1].basis, "base": span.basis,
                               "last": span.basis}  # fmt: skip
    return [Draft("relative_performance", params, marks, why="two instruments over one window")]


MOODS = ("panic", "stress", "nervous", "calm")


def moods(context: Context) -> list[Draft]:
    """volatility_regime on the VIX for words of mood, abnormal_volume for words of turnover."""
    clause = context.clause
    drafts = volumes(context) if clause.has("volume") else []
    words = [m for m in MOODS if clause.has(m)]
    vix = context.instrument("^VIX")
    if not words or vix is None:
        return drafts or moves(context)
    moment = context.moment(vix) or default_moment(context, vix)
    if moment is None:
        return drafts
    return [*(_mood(context, word, moment) for word in words), *drafts]


def _mood(context: Context, word: str, moment: Moment) -> Draft:
    basket = context.catalogue.basket("big-tech") if word == "panic" else None
    params = {
        "symbol": "^VIX", "session": moment.session, "word": word,
        "members": basket.at(moment.session) if basket else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": "default", "session": moment.basis, "word": "quote"}
    why = "the VIX says how dear protection was, not what people felt"
    return Draft("volatility_regime", params, marks, directness="statistical", why=why)


def volumes(context: Context) -> list[Draft]:
    named = single(context.subject())
    instrument, basis = named if named else (context.instrument("SPY"), "default")
    if instrument is None:
        return []
    moment = context.moment(instrument)
    if moment is None:
        return []
    low = re.search(r"\b(dünn\w*|gering\w*|niedrig\w*|thin|light|low)\b", context.clause.text, re.IGNORECASE)
    params = {"symbol": instrument.symbol, "session": moment.session, "direction": "low" if low else "high"}
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis}  # type: ignore[dict-item]
    return [Draft("abnormal_volume", params, marks, directness="statistical", why="turnover against its usual size")]
