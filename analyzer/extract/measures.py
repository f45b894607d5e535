"""What else than its price is said of an instrument: "short interest in Nvidia rose", "Nvidia sales fell", "Zuflüsse in
Gold-ETFs stiegen". The price bears out nothing of that, and contradicts nothing of it."""

from __future__ import annotations

import re

from analyzer.extract.drafts import Draft
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause, remembered
from analyzer.market.instruments import Instrument
from analyzer.market.mentions import Mention
from analyzer.text.patterns import Pattern

OF_A_PRICE = (
    "session_return", "period_return", "market_value_change", "drawdown", "level", "record_extreme", "forecast",
    "relative_performance", "trend_reversal", "period_share",
)  # fmt: skip
"""Checks that say what a price did, or will."""
MEASURE = f"(?:{any_phrase('other_measure')}|{any_phrase('others_of_it')})"
A_MEASURE = Pattern(rf"\b{MEASURE}\b", re.IGNORECASE)
BEFORE = Pattern(
    rf"\b{MEASURE}\s+{any_phrase('measure_of_it')}\s+"
    rf"(?:{any_phrase('article_of_it')}\s+)?(?:(?-i:[a-zäöü])[\w-]*\s+){{0,2}}$",
    re.IGNORECASE,
)
"""A measure before the name, with nothing between them that could be a name itself."""
LEVERAGED = Pattern(rf"\b{any_phrase('kind_of_paper')}\s+$", re.IGNORECASE)
BEHIND = Pattern(
    rf"(?:(?:['’]s?|(?<=['’]s))\s+(?:[\w-]+\s+)??|[\s-]+)(?:{any_phrase('kind_of_measure')}\s+){{0,2}}{MEASURE}\b"
    rf"(?!\s+{any_phrase('measure_is_a_verb')}\b)",
    re.IGNORECASE,
)
PAPER = Pattern(rf"(?:['’]s)?[\s-]+{any_phrase('paper_of_it')}\b", re.IGNORECASE)
CHANGED = Pattern(
    rf"\b{any_phrase('own_measure_of_it')}\s+(?:[\w-]+\s+)?{any_phrase('other_measure')}\s+{any_phrase('by_how_much')}\s",
    re.IGNORECASE,
)
"""What a name did to a measure of its own: "cut its workforce by 10 percent"."""
OF_SHARES = Pattern(
    rf"\b{any_phrase('other_measure')}\s+{any_phrase('measure_of_it')}\s+(?:{any_phrase('article_of_it')}\s+)?"
    rf"(?:[\w-]+\s+)?{any_phrase('shares_without_a_name')}\b",
    re.IGNORECASE,
)
"""A measure of shares in general, for which an index would be taken."""
TARGET_IS_CHANGED = phrases("target_is_changed")
JOINED = Pattern(rf"\s*(?:,|,?\s{any_phrase('joins_subjects')})\s+", re.IGNORECASE)
OWN_PRICE = phrases("own_price")
OF_THE_NAME = Pattern(rf"[\s-]+{any_phrase('own_price')}\b", re.IGNORECASE)
""" "Demand for Nvidia shares": they are a part of the name."""


def of_another_measure(clause: Clause, draft: Draft) -> bool:
    """Whether a draft tests the price of what the clause names only to say of what something else is measured, or
    takes the cut of a target for a forecast by so much."""
    if draft.check not in OF_A_PRICE:
        return False
    stated = draft.params.get("stated")
    by_so_much = stated is not None and stated.unit == "fraction"
    if by_so_much and TARGET_IS_CHANGED.search(clause.text):
        return True
    return _is_of(clause, draft) or _is_no_currency(clause, draft)


AGAINST = phrases("priced_in_a_currency")


def _is_no_currency(clause: Clause, draft: Draft) -> bool:
    """ "It is at its lowest against the dollar": whatever was named before, it is not an index."""
    symbol = draft.params.get("symbol")
    instrument = clause.view.catalogue.get(symbol) if isinstance(symbol, str) else None
    of_shares = instrument is not None and instrument.kind in ("equity", "index", "volatility")
    return of_shares and draft.basis.get("symbol") != "quote" and AGAINST.search(clause.text) is not None


def _is_of(clause: Clause, draft: Draft) -> bool:
    symbol = draft.params.get("symbol")
    at_large = not clause.mentions and OF_SHARES.search(clause.text) is not None
    return at_large or (isinstance(symbol, str) and symbol in _measured_otherwise(clause))


@remembered
def _measured_otherwise(clause: Clause) -> frozenset[str]:
    """The symbols that stand in the clause only beside another measure; none where a price is spoken of, too."""
    if not clause.mentions or _speaks_of_a_price(clause):
        return frozenset()
    beside: set[str] = set()
    alone: set[str] = set()
    last: Mention | None = None
    for mention in clause.mentions:
        measured = _stands_beside_one(clause, mention) or (
            last is not None and JOINED.fullmatch(clause.view.article.text, last.end, mention.start) is not None
        )
        last = mention if measured else None
        (beside if measured else alone).update(_tested_for(mention))
    return frozenset(beside - alone)


def _tested_for(mention: Mention) -> tuple[str, ...]:
    """The symbols that a draft on a name may have: its own, what stands in for it, the index of a group."""
    if isinstance(mention.target, Instrument):
        return mention.target.symbol, *mention.target.substitutes
    return (mention.target.index,) if mention.target.index else ()


def _speaks_of_a_price(clause: Clause) -> bool:
    """Apart from names and measures themselves: "exposure to US stocks" says nothing of their price."""
    named = ((m.start, OF_THE_NAME.match(clause.view.article.text, m.end, clause.end), m.end) for m in clause.mentions)
    apart = [(start - clause.start, (own.end() if own else end) - clause.start) for start, own, end in named]
    apart += [word.span() for word in A_MEASURE.finditer(clause.text)]
    spans = (word.span() for word in OWN_PRICE.finditer(clause.text))
    return any(not any(start <= a and b <= end for start, end in apart) for a, b in spans)


def _stands_beside_one(clause: Clause, mention: Mention) -> bool:
    text = clause.view.article.text
    before = text[clause.start : mention.start]
    if BEFORE.search(before) or BEHIND.match(text, mention.end, clause.end):
        return True
    if CHANGED.search(text, mention.end, clause.end):
        return True
    has_papers = isinstance(mention.target, Instrument) and mention.target.kind in ("equity", "index")
    return has_papers and (LEVERAGED.search(before) or PAPER.match(text, mention.end, clause.end)) is not None
