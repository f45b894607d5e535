"""Instruments that may be meant: those that the article names, the members of its baskets, the nearest by meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from analyzer.extract.view import ArticleView
from analyzer.market.instruments import Instrument
from analyzer.model import Claim

ALWAYS_OFFERED = ("^GSPC", "^IXIC", "^VIX")
MAX_OFFERED = 40

Nearest = Callable[[str], Sequence[str]]
"""From a text to the symbols of the catalogue that are nearest to it; empty where there is no index."""


def candidates(claims: Sequence[Claim], seen: ArticleView, nearest: Nearest) -> dict[str, str]:
    """Instruments offered to a model, symbol to name; by meaning only for claims whose sentence names none."""
    found: dict[str, None] = {}
    for mention in seen.mentions:
        target = mention.target
        if isinstance(target, Instrument):
            found.setdefault(target.symbol)
        else:
            found.update(dict.fromkeys(target.at(seen.article.published or date.max)))
    found.update(dict.fromkeys(ALWAYS_OFFERED))
    for claim in claims:
        if claim.checkable != "no" and not seen.at(claim.start, claim.end).sentence.mentions:
            found.update(dict.fromkeys(nearest(claim.statement)))
    known = ((s, seen.catalogue.get(s)) for s in list(found)[:MAX_OFFERED])
    return {symbol: instrument.name for symbol, instrument in known if instrument is not None}
