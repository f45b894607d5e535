"""What has been named and is called otherwise then: shares by the trade of their company, "die Papiere des Autobauers"
after BMW, and indices by what they hold, "the blue-chip index" after the Dow.

Shares only with a word for them beside the trade; both only for the nearest of the kind named before, of companies in
the paragraph, of indices in the text: without one, nothing is meant that could be tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.market.deciding import Found
from analyzer.market.instruments import Instrument
from analyzer.market.page import Page
from analyzer.market.regions import regions_in
from analyzer.market.words import index_epithets, trades, words

BEFORE = 3
"""Tokens from the word for the shares to the trade: "Papiere des angeschlagenen Autobauers"."""


def described(page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """What stands for something that ``found`` names before it."""
    yield from _companies(page, found)
    yield from _indices(page, found)


def _indices(page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """ "The blue-chip index", for the last index named before of which this may be said."""
    named = [(f, f.target.symbol) for f in found if isinstance(f.target, Instrument) and f.target.kind == "index"]
    firsts = {tokens[0] for tokens in index_epithets()} if named else frozenset[str]()
    for i, key in enumerate(page.keys):
        if key not in firsts:
            continue
        said = [tokens for tokens in index_epithets() if tuple(page.keys[i : i + len(tokens)]) == tokens]
        tokens = max(said, key=len, default=None)
        if tokens is None or any(f.first <= i + len(tokens) and i < f.end for f in found):
            continue  # "the blue-chip index Dow Jones" names it itself
        meant = [f.target for f, symbol in named if f.end <= i and symbol in index_epithets()[tokens]]
        if meant and regions_in(page, range(*page.sentence(i))) <= {meant[-1].region}:
            yield Found(i, i + len(tokens), page.starts[i], page.ends[i + len(tokens) - 1], meant[-1], "context")


def _companies(page: Page, found: Sequence[Found]) -> Iterator[Found]:
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
