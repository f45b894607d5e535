"""Shares called by the trade of their company: "die Papiere des Autobauers", after the text has named BMW.

Only with a word for the shares beside it, and only for the nearest company of that trade named before in the paragraph:
without one, nothing is meant that could be tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.market.deciding import Found
from analyzer.market.instruments import Instrument
from analyzer.market.page import Page
from analyzer.market.words import trades, words

BEFORE = 3
"""Tokens from the word for the shares to the trade: "Papiere des angeschlagenen Autobauers"."""


def described(page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """The descriptions that stand for a company which ``found`` names before them."""
    for i, key in enumerate(page.keys):
        sectors = trades().get(key)
        span = _shares_of(page, i) if sectors else None
        if sectors is None or span is None or any(f.first == i + 1 or f.first <= i < f.end for f in found):
            continue
        company = _named_before(page, found, i, sectors)
        if company is not None:
            first, end = span
            yield Found(first, end, page.starts[first], page.ends[end - 1], company, "context")


def _shares_of(page: Page, i: int) -> tuple[int, int] | None:
    """The tokens of "shares of the carmaker", "the carmaker's shares" around the trade; None without shares."""
    if page.key(i + 1) == "s" and page.key(i + 2) in words("shares"):
        return i, i + 3
    for k in range(i - 1, max(page.sentence(i)[0], i - BEFORE) - 1, -1):
        if page.keys[k] in words("shares"):
            return (k, i + 1) if page.key(k + 1) in words("of") else None
    return None


def _named_before(page: Page, found: Sequence[Found], i: int, sectors: frozenset[str]) -> Instrument | None:
    first = page.paragraph(i)[0]
    before = (f.target for f in reversed(found) if first <= f.first < i)
    return next((t for t in before if isinstance(t, Instrument) and t.kind == "equity" and t.sector in sectors), None)
