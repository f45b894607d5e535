"""Currencies against each other: "der Dollar stieg gegenüber dem Yen" speaks of one pair, not of two instruments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.market.deciding import Found
from analyzer.market.instruments import Catalogue, Instrument
from analyzer.market.page import Page
from analyzer.market.words import words


def paired(page: Page, found: Sequence[Found], catalogue: Catalogue) -> list[Found]:
    """The mentions with pairs in place of single currencies; a reference currency is no mention of its own.

    Where the catalogue has no such pair, both are left out: another pair would be a wrong instrument.
    """
    kept: list[Found | None] = list(found)
    for at, reference in enumerate(found):
        if not _is_reference(page, reference):
            continue
        kept[at] = None
        subject = _subject(page, found, at)
        if subject is not None and kept[subject] is not None:
            kept[subject] = _pair(found[subject], reference, catalogue)
    return [f for f in kept if f is not None]


def currency_code(found: Found) -> str | None:
    target = found.target
    if not isinstance(target, Instrument) or target.kind != "currency" or target.base is None:
        return None
    return target.currency if found.inverse else target.base


def _is_reference(page: Page, found: Found) -> bool:
    i = found.first - 1
    while page.key(i) in words("articles"):
        i -= 1
    return currency_code(found) is not None and page.key(i) in words("against")


def _subject(page: Page, found: Sequence[Found], at: int) -> int | None:
    """The other currency of the sentence: the nearest before the reference, else the first after it."""
    low, high = page.sentence(found[at].first)
    others = [k for k, f in enumerate(found) if k != at and low <= f.first < high and currency_code(f)]
    free = [k for k in others if not _is_reference(page, found[k])]
    before = [k for k in free if k < at]
    return before[-1] if before else next(iter(free), None)


def _pair(subject: Found, reference: Found, catalogue: Catalogue) -> Found | None:
    base, quote = currency_code(subject), currency_code(reference)
    for instrument in catalogue.instruments:
        if instrument.kind == "currency" and {instrument.base, instrument.currency} == {base, quote}:
            return replace(subject, target=instrument, inverse=instrument.base != base, certainty="context", others=())
    return None
