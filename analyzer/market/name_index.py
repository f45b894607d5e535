"""Every form of every name of the catalogue, by its first token, and where one stands in a text.

Compiled once per catalogue and language. Finding is one look-up per token; only the tokens that begin a name cost more.
The longest name wins; what it may mean is decided elsewhere, with the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from analyzer.market.instruments import Catalogue, Instrument, garbage_collector_paused
from analyzer.market.names import fits
from analyzer.market.page import HYPHENS, Page
from analyzer.market.readings import Reading, distinct, is_proper, readings_of
from analyzer.model import Language

Tail = Literal["", "inflected", "market"]

JOINTS = frozenset(["", " ", "-", "‐", "‑", "\u00a0", "\u202f", "\n", ".", "'", "’", "/", " & "])
"""What may stand between two tokens of a name."""
PREFIXES = frozenset({"us", "top", "mega", "tech"})
"""Words that may be joined to the front of a name with a hyphen; "Nicht-Apple" and "Ex-Siemens" are something else."""
DOMAINS = frozenset({"com", "de", "org", "net", "ai", "io"})

MARKET_HEAD = re.compile(
    r".*(?:aktie|aktienkurs|anteil|anteilsschein|papier|titel|werte|kurs|preis|index|barometer|notierung|rally|rallye|sturz|crash"
    r"|einbruch|rekord|rekordhoch|hoch|tief|hausse|baisse|verlust|anstieg|rutsch|korrektur|erholung|hoehenflug|boom|blase"
    r"|future|futures|kontrakt|rendite|stand|punkte|ausverkauf|volatilitaet|marktkapitalisierung|boersenwert|marktwert|minus"
    r"|plus|vorzuege|staemme|performance|entwicklung|schwaeche|staerke|rueckgang|abverkauf|hype|bewertung|handel|investoren|anleger|aktionaere"
    r"|pleite|insolvenz|zusammenbruch|kollaps|konkurs|schlussstand|abwertung|aufwertung|verfall|inflation|quote|rate)(?:e|en|es|n|s)?"
)
"""Last parts of German compounds that still speak of the market: "Nvidia-Aktie", not "Nvidia-Chef"."""
SHARE_HEAD = re.compile(r".*(?:aktie|anteil|anteilsschein|papier|titel|wert|investor|anleger|aktionaer)(?:e|en|n|s)?")
WITHOUT_SHARES = frozenset({"commodity", "currency", "crypto"})
MOVING_HEAD = re.compile(
    r"(?:rallye?|hausse|baisse|crash|absturz|preissturz|kurssturz|schwaeche|staerke|abwertung|aufwertung|verfall|einbruch|korrektur"
    r"|hoehenflug|rekord|rekordhoch|notierung|future|volatilitaet)(?:en|es|n|s)?"
)
"""Last parts of compounds in one word that make a common word an instrument: "Dollarschwäche", not "Ölstand"."""
LEAST_IN_ONE = 9
"""Letters of the shortest compound in one word that is looked into."""
SINGLE_SHARE = re.compile(r"(?:aktie|papier|titel|wert)s?")
ENGLISH_TAILS = frozenset(
    {"listed", "led", "heavy", "fueled", "fuelled", "driven", "related", "tracking", "linked", "index", "shares",
     "stock", "stocks", "rally"}
)  # fmt: skip
POINTS = re.compile(r"(?:punkt|zaehler|point)")


Form = tuple[tuple[str, ...], tuple[Reading, ...]]


@dataclass(frozen=True)
class Hit:
    """A name in a text: tokens ``first`` to ``end``, characters ``start`` to ``stop``, and what it may mean."""

    first: int
    end: int
    start: int
    stop: int
    readings: tuple[Reading, ...]
    tail: Tail = ""

    @property
    def inflected(self) -> bool:
        return bool(self.tail) or all(r.name.inflected for r in self.readings)


@lru_cache(maxsize=8)
def name_index(catalogue: Catalogue, language: Language) -> NameIndex:
    with garbage_collector_paused():
        return NameIndex(catalogue, language)


class NameIndex:
    """The names of one catalogue in one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self.catalogue = catalogue
        self.language = language
        by_tokens: dict[tuple[str, ...], list[Reading]] = {}
        for reading in readings_of(catalogue, language):
            by_tokens.setdefault(reading.name.tokens, []).append(reading)
        self._by_first: dict[str, dict[str, list[Form]]] = {}
        for tokens, readings in sorted(by_tokens.items(), key=lambda item: -len(item[0])):
            seconds = self._by_first.setdefault(tokens[0], {})
            seconds.setdefault(tokens[1] if len(tokens) > 1 else "", []).append((tokens, distinct(readings)))

    def hits(self, page: Page) -> Iterator[Hit]:
        """The names in the text from left to right, without overlap, the longest at each place."""
        i, keys, names = 0, page.keys, self._by_first
        while i < len(keys):
            hit = (
                self._hit(page, i)
                if keys[i] in names
                else self._in_one_word(page, i)
                if self.language == "de"
                else None
            )
            if hit is None:
                i += 1
                continue
            yield hit
            i = hit.end

    def proper_names(self, least: int) -> dict[str, Reading]:
        """Names that always mean one share, coin or index, without their spaces, for the search of misspelt ones."""
        forms = (form for seconds in self._by_first.values() for group in seconds.values() for form in group)
        found: dict[str, Reading] = {}
        for tokens, readings in forms:
            joined = "".join(tokens)
            if len(joined) >= least and len(tokens) <= 2 and joined.isalpha() and is_proper(readings):
                found.setdefault(joined, readings[0])
        return found

    def closed(self, page: Page, i: int, end: int, reading: Reading) -> Hit | None:
        """The hit of tokens that are no name to the letter, with what is joined to their end."""
        return self._closed(page, i, end, (reading,)) if _may_begin(page, i) else None

    def _hit(self, page: Page, i: int) -> Hit | None:
        if not _may_begin(page, i):
            return None
        seconds = self._by_first[page.keys[i]]
        for tokens, readings in (*seconds.get(page.key(i + 1) or "-", ()), *seconds.get("", ())):
            end = i + len(tokens)
            if len(tokens) > 1 and (tuple(page.keys[i:end]) != tokens or not _joined(page, i, end)):
                continue
            fitting = tuple(r for r in readings if all(map(fits, page.words[i:end], r.name.capitals)))
            hit = self._closed(page, i, end, fitting) if fitting else None
            if hit:
                return hit
        return None

    def _in_one_word(self, page: Page, i: int) -> Hit | None:
        """ "Dollarschwäche", "Siemensaktie": a name and a word of the market without a hyphen."""
        key = page.keys[i]
        if len(key) < LEAST_IN_ONE or not page.words[i][0].isupper() or not _may_begin(page, i):
            return None
        for k in range(len(key) - 4, 3, -1):
            readings = dict(self._by_first.get(key[:k], {}).get("", ())).get((key[:k],), ())
            head = MARKET_HEAD if any(r.trust == "always" for r in readings) else MOVING_HEAD
            if readings and head.fullmatch(key[k:]):
                kept = tuple(r for r in readings if r.trust in ("always", "ambiguous") and not r.name.inflected)
                hit = self._closed(page, i, i + 1, kept) if kept else None
                return replace(hit, tail="market") if hit and not hit.tail else None
        return None

    def _closed(self, page: Page, i: int, end: int, readings: tuple[Reading, ...]) -> Hit | None:
        """The hit with what is joined to its end: a genitive, a compound. None if the name is part of another word."""
        start, stop, gap = page.starts[i], page.ends[end - 1], page.gap(end)
        after = page.key(end)
        if end == len(page) or gap[:1].isspace():
            if page.keys[end - 1].isdigit() and POINTS.match(after):
                return None  # "verlor der Nasdaq 100 Punkte" is the Nasdaq
            return Hit(i, end, start, stop, readings)
        if gap in ("'", "’"):
            if after == "s":
                return Hit(i, end + 1, start, page.ends[end], readings, "inflected")
            return None
        if (
            not gap
            or gap[0] in "_@"
            or (gap == "." and (after in DOMAINS or after.isdigit()))
            or (gap == "," and _is_decimal(page, end))
        ):
            return None
        if gap in HYPHENS:
            return self._compound(page, i, end, readings)
        if gap[0] in HYPHENS:
            return Hit(i, end, start, stop, readings) if _ellipsis_speaks_of_market(page, end) else None
        return Hit(i, end, start, stop, readings)

    def _compound(self, page: Page, i: int, end: int, readings: tuple[Reading, ...]) -> Hit | None:
        last = end
        while page.gap(last + 1) in HYPHENS:
            last += 1
        head = page.keys[last]
        if all(r.target is None for r in readings):
            return Hit(i, last + 1, page.starts[i], page.ends[last], readings)
        if self.language == "en" and head in ENGLISH_TAILS:
            kept = tuple(r for r in readings if r.trust == "always" and any(r.name.capitals))
            return Hit(i, end, page.starts[i], page.ends[end - 1], kept, "inflected") if kept else None
        if not MARKET_HEAD.fullmatch(head):
            return None
        if SHARE_HEAD.fullmatch(head):  # "Gold-Aktien" are shares of miners
            readings = tuple(r for r in readings if getattr(r.target, "kind", "") not in WITHOUT_SHARES)
        if SINGLE_SHARE.fullmatch(head):  # "der Dax-Wert Siemens" is one share of the index, not the index
            readings = tuple(
                r for r in readings if isinstance(r.target, Instrument) and r.target.kind in ("equity", "etf")
            )
        return Hit(i, last + 1, page.starts[i], page.ends[last], readings, "market") if readings else None


def _may_begin(page: Page, i: int) -> bool:
    gap = page.gap(i)
    if not gap or gap[-1] in "@_" or (gap == "." and page.keys[i - 1] == "www"):
        return False
    return gap not in HYPHENS or page.keys[i - 1] in PREFIXES


def _joined(page: Page, i: int, end: int) -> bool:
    return all(
        (gap := page.gap(k)) in JOINTS or (gap == ". " and len(page.keys[k - 1]) == 1) for k in range(i + 1, end)
    )


def _is_decimal(page: Page, end: int) -> bool:
    return page.keys[end - 1].isdigit() and page.keys[end].isdigit()


def _ellipsis_speaks_of_market(page: Page, end: int) -> bool:
    """ "Nvidia- und AMD-Aktien": the compound's head stands with the other name."""
    for k in range(end + 1, min(end + 6, len(page))):
        if page.gap(k) in HYPHENS and page.gap(k + 1) not in HYPHENS:
            return bool(MARKET_HEAD.fullmatch(page.keys[k]))
    return False
