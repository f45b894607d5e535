"""Valuations: shares that are dear or cheap, and ratios of price to earnings that stand at a figure.

Of shares and their indices only: gold and coins earn nothing. What the text compares with something else ("cheaper than
bonds") or expects is no statement on the past of the ratio.
"""

from __future__ import annotations

import re
from typing import Literal

from analyzer.extract.binders.common import PAST, PRESENT, default_moment, index_of
from analyzer.extract.binders.denials import is_denied
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Stated
from analyzer.text.numbers import stated
from analyzer.text.patterns import Pattern

Measure = Literal["cape", "pe"]
IS = any_phrase("is_valued")
DEAR = any_phrase("dear")
CHEAP = any_phrase("cheap")
STATE = Pattern(
    rf"\b{IS}\s+(?:\w+\s+){{0,4}}?(?:(?P<dear>{DEAR})|(?P<cheap>{CHEAP}))\b(?! {any_phrase('dear_for_whom')})"
    rf"|\b(?:(?P<dear_last>{DEAR})|(?P<cheap_last>{CHEAP}))\s+{any_phrase('is_valued_last')}\b",
    re.IGNORECASE,
)
"""Something is dear or cheap, not so to somebody or against something else."""
NOUN = Pattern(
    rf"\b(?:(?P<dear>{any_phrase('high_valuation')})|(?P<cheap>{any_phrase('low_valuation')}))\b"
    r"(?P<dear_last>(?!))?(?P<cheap_last>(?!))?",
    re.IGNORECASE,
)
"""The same as a noun: "high valuations", "an expensive market"."""
COMPARED = Pattern(
    rf"\b{any_phrase('dear_compared')}\s+(?:\w+\s+)?(?:{DEAR}|{CHEAP})|\b{any_phrase('valued_against')}\b",
    re.IGNORECASE,
)
RATIO = phrases("price_to_earnings")
CAPE = phrases("price_to_earnings_of_ten_years")
EXPECTED = phrases("earnings_to_come")
"""A ratio to earnings that are still to come: no series of those is asked for."""
UNSURE = phrases("valuation_unsure")
SHARES = ("equity", "etf", "index")


def names_ratio(context: Context) -> bool:
    """Whether a figure or a rank of the clause is of a ratio of price to earnings, and not of the index."""
    clause = context.clause
    text = clause.text if clause.mentions else clause.sentence.text
    return RATIO.search(text) is not None or CAPE.search(text) is not None


def valuations(context: Context) -> list[Draft]:
    """valuation_percentile of a stated ratio, else of a word for dear or cheap."""
    text = context.clause.text
    if is_denied(text) or UNSURE.search(text) or (PAST.search(text) and not PRESENT.search(text)):
        return []
    if names_ratio(context):
        return _ratio(context)
    found = STATE.search(text) or NOUN.search(text)
    if found is None or COMPARED.search(text):
        return []
    named = _shares(context, found.start())
    if named is None and found.re is NOUN.compiled:
        named = _shares_at_large(context)
    if named is None:
        return []
    dear = found["dear"] or found["dear_last"]
    word = dear or found["cheap"] or found["cheap_last"]
    said = {"says": "expensive" if dear else "cheap", "word": word.lower()}
    return _draft(context, named, said, {"says": "quote", "measure": "default"}, "cape")


def _ratio(context: Context) -> list[Draft]:
    """The one ratio of the clause; two figures may be of two things, or of two years."""
    clause = context.clause
    if EXPECTED.search(clause.text):
        return []
    measure: Measure = "cape" if CAPE.search(clause.text) else "pe"
    figures = [f for f in clause.figures if f.unit in ("count", "points", "ratio") and 1 < f.value < 1000]
    named = _shares(context, clause.end) or (_of_shiller(context) if measure == "cape" else None)
    if named is None or len(figures) != 1 or len(clause.figures) != 1:
        return []
    said: Stated = stated(figures[0], None).model_copy(update={"unit": "ratio"})
    return _draft(context, named, {"says": "at", "stated": said}, {"stated": "quote", "measure": "quote"}, measure)


def _of_shiller(context: Context) -> tuple[Instrument, Basis] | None:
    """Without a name the CAPE is that of the S&P 500."""
    index = context.instrument("^GSPC")
    subject = context.subject()
    unnamed = subject is None or subject.instrument is None or subject.instrument.symbol.startswith("SHILLER")
    return (index, "default") if index is not None and unnamed else None


def _shares(context: Context, position: int) -> tuple[Instrument, Basis] | None:
    """Shares or an index of them, named in the clause or pointed back to by it."""
    subject = context.subject(context.clause.start + position if position < context.clause.start else position)
    named = single(subject) or index_of(context)
    if named is None or named[0].kind not in SHARES or (subject is not None and subject.basis == "article"):
        return None
    return named


def _shares_at_large(context: Context) -> tuple[Instrument, Basis] | None:
    """Those of America, in an English text that names their index and no other share in the clause."""
    clause = context.clause
    index = context.instrument("^GSPC")
    spoken = any(isinstance(m.target, Instrument) and m.target.symbol == "^GSPC" for m in clause.view.mentions)
    english = clause.view.article.language == "en"
    return (index, "article") if index is not None and spoken and english and not clause.mentions else None


def _draft(
    context: Context,
    named: tuple[Instrument, Basis],
    said: dict[str, object],
    marks: dict[str, Basis],
    measure: Measure,
) -> list[Draft]:
    instrument, basis = named
    moment = context.moment(instrument) or default_moment(context, instrument)
    if moment is None:
        return []
    params = {"symbol": instrument.symbol, "session": moment.session, "measure": measure, **said}
    why = "dear and cheap are places of a ratio in its own past"
    return [
        Draft("valuation_percentile", params, {"symbol": basis, "session": moment.basis, **marks},
              directness="direct" if "stated" in said else "statistical", why=why)
    ]  # fmt: skip
