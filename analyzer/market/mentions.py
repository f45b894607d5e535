"""Which instruments and baskets a text speaks of, and where.

A name that can mean only one thing is taken as it stands. A word that means other things too ("Gold", "Shell", "Euro",
"Inflation") needs evidence in the words around it; without, it is not reported: a wrong instrument is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analyzer.market import evidence
from analyzer.market.deciding import Certainty, Decider, Found, possible, target_key, target_of
from analyzer.market.instruments import Basket, Catalogue, Instrument, Target
from analyzer.market.name_index import Hit, NameIndex, name_index
from analyzer.market.page import Page
from analyzer.market.pairs import paired
from analyzer.market.typos import Typos, searched
from analyzer.market.vendor_codes import vendor_codes
from analyzer.model import Language

TICKER = re.compile(
    r"(?<![\w$])\$([A-Z]{2,5})\b|\(([A-Z]{1,5})\)|\b(?i:nasdaq|nyse|xetra)\s*:\s*([A-Z]{1,5})\b"
    r"|(?<![\w.^=$])(\^[A-Z0-9]+\b|[A-Z]{3,6}=[XF]\b|[A-Z0-9]{2,6}\.[A-Z]{1,2}\b|[A-Z]{3}-USD\b)"
)
"""Symbols that a text marks as such; a bare word in capitals is one only where the catalogue lists it as a name."""
BARE_IN_BRACKETS = 2
WITH_MARKS = 4
"""The group of the symbols that hold a mark of their own: "^GSPC", "EURUSD=X", "SAP.DE"."""
SPACES = (" ", "\u00a0", "\n")
IN_BRACKETS = re.compile(r"\s*\((?:\w+\s*:\s*)?")


@dataclass(frozen=True)
class Mention:
    """A name in a text: ``text == article[start:end]``, and what it stands for.

    ``certainty``: exact as listed, inflected (or joined to a word of the market), context (the words around it
    decided), fuzzy (one letter wrong). ``candidates``: the target first, then what else the name could mean or what
    measures the same. ``inverse``: the name is the other side of the series, whose fall is a rise of what is named.
    """

    start: int
    end: int
    text: str
    target: Target
    certainty: Certainty
    candidates: tuple[Target, ...] = ()
    inverse: bool = False


def find_mentions(text: str, language: Language, catalogue: Catalogue) -> tuple[Mention, ...]:
    """The mentions in reading order, without overlap."""
    page, index = Page(text), name_index(catalogue, language)
    names = list(index.hits(page))
    hits = [replace(hit, readings=kept) for hit in names if (kept := possible(page, hit))]
    tickers = list(_tickers(text, catalogue))
    found = Decider(page, hits, {target_key(f.target) for f in tickers}).found()
    found += _misspelt(page, index, names)
    found = _apart(sorted([*tickers, *found], key=lambda f: (f.start, -f.stop)))
    found = _appositions(page, paired(page, _coded(text, found, catalogue), catalogue))
    return tuple(_mention(text, f, catalogue) for f in found)


def _mention(text: str, found: Found, catalogue: Catalogue) -> Mention:
    same = found.target.substitutes if isinstance(found.target, Instrument) else ()
    others = (*found.others, *(i for s in same if (i := catalogue.get(s)) is not None))
    candidates = tuple({target_key(t): t for t in (found.target, *others)}.values())
    return Mention(
        found.start,
        found.stop,
        text[found.start : found.stop],
        found.target,
        found.certainty,
        candidates,
        found.inverse,
    )


# --- symbols and misspelt names ----------------------------------------------------------------------------------


def _tickers(text: str, catalogue: Catalogue) -> Iterator[Found]:
    for match in TICKER.finditer(text) if any(mark in text for mark in "$(:^=.-") else ():
        group = match.lastindex or 0
        instrument = catalogue.get(match.group(group))
        if instrument is not None and _is_symbol(text[: match.start()], group, instrument):
            yield Found(-1, -1, match.start(group), match.end(group), instrument, "exact")


def _coded(text: str, named: Sequence[Found], catalogue: Catalogue) -> list[Found]:
    """The named with what codes behind them say: "the dollar JPY=" is the dollar in yen; where the sentence has named
    the same already the code adds nothing."""
    found = list(named)
    for start, stop, symbol in vendor_codes(text):
        instrument = catalogue.get(symbol)
        before = [f for f in found if f.stop <= start and not SENTENCE_END.search(text, f.stop, start)]
        if instrument is None or any(f.target == instrument for f in before):
            continue
        last = before[-1] if before and text[before[-1].stop : start] in SPACES else None
        if last is not None and getattr(last.target, "symbol", "") == DOLLAR and instrument.kind == "currency":
            found.remove(last)
            found.append(replace(last, stop=stop, target=instrument, inverse=instrument.base != "USD"))
        else:
            found.append(Found(-1, -1, start, stop, instrument, "exact"))
        found.sort(key=lambda f: (f.start, -f.stop))
    return found


DOLLAR = "DX-Y.NYB"
SENTENCE_END = re.compile(r"[.!?]\s")


def _is_symbol(before: str, group: int, instrument: Instrument) -> bool:
    """ "(F)" is one behind its own name only: "Ford (F)"."""
    if group == BARE_IN_BRACKETS:
        names = (*instrument.aliases["de"], *instrument.aliases["en"], *instrument.wording.ambiguous)
        return before.rstrip().endswith(names)
    return group == WITH_MARKS or instrument.kind in ("equity", "etf")


@lru_cache(maxsize=8)
def _typos(index: NameIndex) -> Typos:
    return Typos(index)


def _misspelt(page: Page, index: NameIndex, names: Iterable[Hit]) -> list[Found]:
    """Long proper names with one letter wrong, where the words around speak of a share."""
    taken = {i for name in names for i in range(name.first, name.end)}
    misspelt = []
    for i in searched(page.keys, page.words):
        reading = None if i in taken else _typos(index).meant(page.keys[i])
        hit = Hit(i, i + 1, page.starts[i], page.ends[i], (reading,)) if reading else None
        if hit and reading and evidence.is_traded(page, hit, reading):
            misspelt.append(Found(i, i + 1, hit.start, hit.stop, target_of(reading), "fuzzy"))
    return misspelt


# --- one mention for one thing -----------------------------------------------------------------------------------


def _apart(found: Sequence[Found]) -> list[Found]:
    """Without overlap: the earlier, then the longer one stays."""
    kept: list[Found] = []
    for f in found:
        if not kept or f.start >= kept[-1].stop:
            kept.append(f)
    return kept


def _appositions(page: Page, found: Sequence[Found]) -> list[Found]:
    """ "Der deutsche Leitindex Dax" is one mention, "der Chiphersteller Nvidia" is Nvidia, "Nvidia (NVDA)" is one."""
    kept: list[Found] = []
    for f in found:
        last = kept[-1] if kept else None
        between = page.text[last.stop : f.start] if last else "."
        if last and IN_BRACKETS.fullmatch(between) and _is_listing_of(f, last):
            kept[-1] = replace(last, target=f.target)
            continue
        if last and between in SPACES and last.target == f.target:
            kept[-1] = replace(f, start=last.start, first=last.first)
            continue
        if last and between in SPACES and _describes(last, f):
            kept.pop()
        kept.append(f)
    return kept


def _is_listing_of(symbol: Found, named: Found) -> bool:
    """ "HSBC (0005.HK)": a symbol in brackets says which of its listings is meant."""
    one, other = symbol.target, named.target
    if one == other:
        return True
    listings = other.substitutes if isinstance(other, Instrument) and symbol.first < 0 else ()
    return isinstance(one, Instrument) and one.symbol in listings


def _describes(described: Found, named: Found) -> bool:
    by_kind = isinstance(described.target, Basket) or described.trust == "regional"
    return by_kind and isinstance(named.target, Instrument) and named.trust == "always"
