"""Currencies against each other: "der Dollar stieg gegenüber dem Yen", "the euro rose to 163 yen".

Each speaks of one pair, not of two instruments, nor of the first against whatever is usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.market.deciding import Found
from analyzer.market.instruments import Catalogue, Instrument
from analyzer.market.page import Page
from analyzer.market.priced import price_in
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
        subject, quote = _subject(page, found, at), currency_code(reference)
        if subject is not None and kept[subject] is not None:
            kept[subject] = _pair(found[subject], quote, catalogue)
    for at, subject_found in enumerate(found):
        if kept[at] is subject_found and (quote := _price(page, subject_found)):
            kept[at] = _pair(subject_found, quote, catalogue)
    return [f for f in kept if f is not None]


def currency_code(found: Found) -> str | None:
    target = found.target
    if not isinstance(target, Instrument) or target.kind != "currency" or target.base is None:
        return None
    return target.currency if found.inverse else target.base


def _price(page: Page, found: Found) -> str | None:
    """The currency in which the price is stated; None where the mention is measured in it already."""
    base = currency_code(found)
    if base is None or not isinstance(found.target, Instrument):
        return None
    quote = price_in(page, found.stop, page.sentence(found.first)[1], base)
    return quote if quote not in (None, found.target.base, found.target.currency) or _is_index(found) else None


def _is_index(found: Found) -> bool:
    """The dollar by itself is an index of several currencies."""
    return isinstance(found.target, Instrument) and found.target.currency is None


def _is_reference(page: Page, found: Found) -> bool:
    i = found.first - 1
    while page.key(i) in words("articles"):
        i -= 1
    return currency_code(found) is not None and (page.key(i) in words("against") or _is_at_a_rate(page, i))


def _is_at_a_rate(page: Page, i: int) -> bool:
    """ "150 to the dollar", "parity with the dollar": token i is the preposition."""
    before = page.key(i - 1)
    return page.key(i) in ("to", "with") and (before == "parity" or (page.key(i) == "to" and before.isdigit()))


def _subject(page: Page, found: Sequence[Found], at: int) -> int | None:
    """The other currency of the sentence: the nearest before the reference, else the first after it."""
    low, high = page.sentence(found[at].first)
    others = [k for k, f in enumerate(found) if k != at and low <= f.first < high and currency_code(f)]
    free = [k for k in others if not _is_reference(page, found[k])]
    before = [k for k in free if k < at]
    return before[-1] if before else next(iter(free), None)


def _pair(subject: Found, quote: str | None, catalogue: Catalogue) -> Found | None:
    base = currency_code(subject)
    for instrument in catalogue.instruments:
        if instrument.kind == "currency" and {instrument.base, instrument.currency} == {base, quote}:
            return replace(subject, target=instrument, inverse=instrument.base != base, certainty="context", others=())
    return None
