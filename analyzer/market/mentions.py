"""Which instruments and baskets a text speaks of, and where.

A name that can mean only one thing is taken as it stands. A word that means other things too ("Gold", "Shell", "Euro",
"Inflation") needs evidence in the words around it; without, it is not reported: a wrong instrument is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analyzer.market import evidence
from analyzer.market.bonds import bond_hits, merged
from analyzer.market.company import is_a_company
from analyzer.market.deciding import Certainty, Decider, Found, target_key, target_of
from analyzer.market.descriptions import described
from analyzer.market.instruments import Basket, Catalogue, Instrument, Target
from analyzer.market.name_index import Hit, NameIndex, name_index
from analyzer.market.page import Page, page_of
from analyzer.market.pairs import paired
from analyzer.market.possible import possible
from analyzer.market.typos import LEAST, Typos
from analyzer.market.vendor_codes import vendor_codes
from analyzer.model import Language

TICKER = re.compile(
    r"(?<![\w$])\$([A-Z]{2,5})\b|\(([A-Z]{1,5})\)|\b(?i:nasdaq|nyse|xetra)\s*:\s*([A-Z]{1,5})\b"
    r"|(?<![\w.^=$])(\^[A-Z0-9]+\b|[A-Z]{3,6}=[XF]\b|[A-Z0-9]{2,6}\.[A-Z]{1,2}\b|[A-Z]{3}-USD\b)"
)
"""Symbols that a text marks as such; a bare word in capitals is one only where the catalogue lists it as a name."""
CALLED_A_SYMBOL = re.compile(r"(?:[Kk]ürzel|(?:[Tt]icker-?)?[Ss]ymbol|[Tt]icker)\s+[„“\"'»]?([A-Z0-9]{1,5})(?![\w.])")
"""Symbols that a text calls so: "unter dem Kürzel RHM", "under the ticker PLTR"."""
BARE_IN_BRACKETS = 2
WITH_MARKS = 4
"""The group of the symbols that hold a mark of their own: "^GSPC", "EURUSD=X", "SAP.DE"."""
LONG = 8
"""Letters of a misspelt name that is one even where no market is spoken of."""
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
    page, index = page_of(text), name_index(catalogue, language)
    names = merged(page, list(index.hits(page)), list(bond_hits(page, catalogue)))
    hits = possible(page, names, language)
    tickers = list(_tickers(text, catalogue))
    found = Decider(page, hits, {target_key(f.target) for f in tickers}, language).found()
    found += _misspelt(page, index, names, hits, language)
    found = _apart(sorted([*tickers, *found], key=lambda f: (f.start, -f.stop)))
    found = _appositions(page, paired(page, _coded(text, found, catalogue), catalogue))
    found = _apart(sorted([*found, *described(page, found)], key=lambda f: (f.start, -f.stop)))
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
    for match in CALLED_A_SYMBOL.finditer(text) if any(word in text for word in ("ürzel", "ymbol", "icker")) else ():
        instrument = _by_stem(catalogue).get(match.group(1))
        if instrument is not None:
            yield Found(-1, -1, match.start(1), match.end(1), instrument, "exact")


@lru_cache(maxsize=8)
def _by_stem(catalogue: Catalogue) -> dict[str, Instrument]:
    """Shares and funds by their symbol without the exchange, "RHM" of "RHM.DE"; the first of those that share it."""
    stems: dict[str, Instrument] = {}
    for instrument in catalogue.instruments:
        if instrument.kind in ("equity", "etf"):
            stems.setdefault(instrument.symbol.split(".")[0], instrument)
    return stems


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


def _misspelt(
    page: Page, index: NameIndex, names: Sequence[Hit], hits: Sequence[Hit], language: Language
) -> list[Found]:
    """Proper names with one letter wrong or a space too many, where the words around speak of a share."""
    taken = {i for name in names for i in range(name.first, name.end)}
    known = {hit.first for hit in hits}
    halves = {n.first for n in names if n.end == n.first + 1 and n.first not in known}
    misspelt = []
    for i in range(len(page)):
        if (i in taken and i not in halves) or not page.words[i][:1].isupper():
            continue
        hit = _pair_misspelt(page, index, i, taken) or (None if i in taken else _word_misspelt(page, index, i))
        if hit and possible(page, [hit], language) and _is_spoken_of(page, hit, language):
            misspelt.append(Found(hit.first, hit.end, hit.start, hit.stop, target_of(hit.readings[0]), "fuzzy"))
    return misspelt


def _word_misspelt(page: Page, index: NameIndex, i: int) -> Hit | None:
    reading = _typos(index).meant(page.keys[i]) if len(page.keys[i]) >= LEAST - 1 else None
    return index.closed(page, i, i + 1, reading) if reading else None


def _pair_misspelt(page: Page, index: NameIndex, i: int, taken: set[int]) -> Hit | None:
    """ "Goldman Sacks", "Pay Pal": two capitals in a row, compared with the names without their spaces."""
    two = (
        i + 1 < len(page)
        and len(page.keys[i] + page.keys[i + 1]) >= LEAST
        and i + 1 not in taken
        and page.gap(i + 1) == " "
        and page.words[i + 1][:1].isupper()
    )
    reading = _typos(index).spaced(page.keys[i] + page.keys[i + 1]) if two else None
    return index.closed(page, i, i + 2, reading) if reading else None


def _is_spoken_of(page: Page, hit: Hit, language: Language) -> bool:
    """As a share or an index, a long name also as a company: short ones are too near to common words."""
    target = target_of(hit.readings[0])
    is_share = isinstance(target, Instrument) and target.kind == "equity"
    acts = is_share and hit.stop - hit.start >= LONG and is_a_company(page, hit, language)
    return acts or evidence.is_traded(page, hit, hit.readings[0])


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
        if last and between in SPACES and _describes(page, last, f):
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


def _describes(page: Page, described: Found, named: Found) -> bool:
    by_kind = isinstance(described.target, Basket) or described.trust == "regional" or _is_worded(page, described)
    return by_kind and isinstance(named.target, Instrument) and named.trust == "always"


def _is_worded(page: Page, found: Found) -> bool:
    """ "Der weltgrößte Autobauer": a description of a share that begins with a small letter."""
    is_share = isinstance(found.target, Instrument) and found.target.kind == "equity"
    return is_share and 0 <= found.first < found.end - 1 and page.words[found.first].islower()
