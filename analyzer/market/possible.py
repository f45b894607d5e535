"""What nothing rules out: the readings of a name that no sum of money, no cited bank, no longer name stands against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.market import evidence
from analyzer.market.bonds import is_no_yield
from analyzer.market.cited import is_cited
from analyzer.market.instruments import Basket, Instrument, Target
from analyzer.market.name_index import Hit
from analyzer.market.neighbours import belongs_elsewhere
from analyzer.market.page import Page
from analyzer.market.readings import Reading
from analyzer.model import Language

_MASCULINE = frozenset({"der", "den", "dem", "des", "ein", "einen", "einem", "eines", "jeder", "dieser"})
SINGULAR_WITH = {
    "hersteller": _MASCULINE, "bauer": _MASCULINE, "titel": _MASCULINE,
    "unternehmen": frozenset({"das", "dem", "des", "ein", "einem", "eines", "jedes", "dieses"}),
}  # fmt: skip
"""German plurals that look like their singular, with the articles that make them one company and no basket."""


def possible(page: Page, hits: Sequence[Hit], language: Language) -> list[Hit]:
    """The hits with the readings that nothing rules out: no sum of money, no cited bank, no part of another name."""
    begins = frozenset(hit.first for hit in hits)
    kept = []
    for hit in hits:
        readings = tuple(
            r
            for r in hit.readings
            if r.target is not None
            and not _ruled_out(page, hit, r, r.target)
            and not belongs_elsewhere(page, hit, r.target, language, begins)
        )
        if readings:
            kept.append(replace(hit, readings=readings))
    return kept


def _ruled_out(page: Page, hit: Hit, reading: Reading, target: Target) -> bool:
    if isinstance(target, Basket):
        return _is_singular(page, hit)
    if target.kind == "rate" and is_no_yield(page, hit, reading):
        return True
    if evidence.is_a_verb(page, hit):
        return True
    if _is_countable(reading, target) and evidence.is_sum(page, hit):
        return hit.tail != "market" and not evidence.is_one_unit(page, hit, target)
    unsure = reading.trust == "ambiguous" and target.kind in ("commodity", "currency")
    if (unsure or target.kind == "crypto") and evidence.is_not_the_price(page, hit):
        return True
    return is_cited(page, hit, target) or (page.gap(hit.end).startswith(":") and _is_listing(page, hit))


def _is_countable(reading: Reading, target: Instrument) -> bool:
    if target.kind == "crypto":
        return True
    return target.kind in ("currency", "commodity") and (reading.trust == "ambiguous" or reading.inverse)


def _is_singular(page: Page, hit: Hit) -> bool:
    """ "Der Chiphersteller", "ein KI-Unternehmen": one company."""
    key, before = page.keys[hit.end - 1], page.keys[max(0, hit.first - 3) : hit.first]
    articles = next((a for ending, a in SINGULAR_WITH.items() if key.endswith(ending)), frozenset[str]())
    return bool(articles.intersection(before[-2:])) and not evidence.is_called_shares(before)


def _is_listing(page: Page, hit: Hit) -> bool:
    """ "Nasdaq: NVDA" names an exchange."""
    return page.key(hit.end) != "" and page.words[hit.end].isupper()
