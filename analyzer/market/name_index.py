"""Every form of every name of the catalogue, by its first token, and where one stands in a text.

Compiled once per catalogue and language. Finding is one look-up per token; only the tokens that begin a name cost more.
The longest name wins; what it may mean is decided elsewhere, with the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from analyzer.market.instruments import Basket, Catalogue, Instrument, Target
from analyzer.market.names import Name, fits, forms
from analyzer.market.page import HYPHENS, Page
from analyzer.model import Language

Trust = Literal["always", "ambiguous", "default_for", "regional", "never"]
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
    r"|plus|performance|entwicklung|schwaeche|staerke|rueckgang|abverkauf|hype|bewertung|handel|investoren|anleger|aktionaere"
    r"|schlussstand|abwertung|aufwertung|verfall|inflation|quote|rate)(?:e|en|es|n|s)?"
)
"""Last parts of German compounds that still speak of the market: "Nvidia-Aktie", not "Nvidia-Chef"."""
SINGLE_SHARE = re.compile(r"(?:aktie|papier|titel|wert)s?")
ENGLISH_TAILS = frozenset(
    {"listed", "led", "heavy", "fueled", "fuelled", "driven", "related", "tracking", "linked", "index", "shares",
     "stock", "stocks", "rally"}
)  # fmt: skip
POINTS = re.compile(r"(?:punkt|zaehler|point)")


class Reading(NamedTuple):
    """One thing that a form may mean, and what must hold for it."""

    target: Target | None
    """None: the phrase is no instrument."""
    trust: Trust
    inverse: bool
    name: Name


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
    return NameIndex(catalogue, language)


class NameIndex:
    """The names of one catalogue in one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self.catalogue = catalogue
        self.language = language
        by_tokens: dict[tuple[str, ...], list[Reading]] = {}
        for reading in all_readings(catalogue, language):
            by_tokens.setdefault(reading.name.tokens, []).append(reading)
        self._by_first: dict[str, dict[str, list[Form]]] = {}
        for tokens, readings in sorted(by_tokens.items(), key=lambda item: -len(item[0])):
            seconds = self._by_first.setdefault(tokens[0], {})
            seconds.setdefault(tokens[1] if len(tokens) > 1 else "", []).append((tokens, _distinct(readings)))

    def hits(self, page: Page) -> Iterator[Hit]:
        """The names in the text from left to right, without overlap, the longest at each place."""
        i, keys, names = 0, page.keys, self._by_first
        while i < len(keys):
            hit = self._hit(page, i) if keys[i] in names else None
            if hit is None:
                i += 1
                continue
            yield hit
            i = hit.end

    def single_names(self, least: int) -> dict[str, Reading]:
        """Names of one long token that always mean one share or coin, for the search of misspelt ones."""
        singles = (form for seconds in self._by_first.values() for form in seconds.get("", ()))
        return {
            tokens[0]: readings[0] for tokens, readings in singles if len(tokens[0]) >= least and _is_proper(readings)
        }

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
        if SINGLE_SHARE.fullmatch(head):  # "der Dax-Wert Siemens" is one share of the index, not the index
            readings = tuple(
                r for r in readings if isinstance(r.target, Instrument) and r.target.kind in ("equity", "etf")
            )
        return Hit(i, last + 1, page.starts[i], page.ends[last], readings, "market") if readings else None


def all_readings(catalogue: Catalogue, language: Language) -> Iterator[Reading]:
    """Every form of every name of the catalogue with what it may mean, those of phrases that are no instrument too."""
    targets: tuple[Target, ...] = (*catalogue.instruments, *catalogue.baskets)
    for target in targets:
        plural, wording = isinstance(target, Basket), target.wording
        groups: tuple[tuple[Iterable[str], Trust, bool], ...] = (
            (target.aliases.get(language, ()), "always", False),
            (wording.inverse, "always", True),
            (wording.ambiguous, "ambiguous", False),
            (wording.default_for, "default_for", False),
            (wording.regional, "regional", False),
        )
        for names, trust, inverse in groups:
            for name in names:
                for form in forms(name, language, plural=plural):
                    yield Reading(target, trust, inverse, form)
    for phrase in catalogue.not_instruments:
        for form in forms(phrase, language):
            yield Reading(None, "never", False, form)


def _distinct(readings: list[Reading]) -> tuple[Reading, ...]:
    """One reading per target and trust; the form as listed before an inflected one that looks the same."""
    if len(readings) == 1:
        return tuple(readings)
    best: dict[tuple[int, Trust, tuple[str, ...]], Reading] = {}
    for reading in sorted(readings, key=lambda r: r.name.inflected):
        best.setdefault((id(reading.target), reading.trust, reading.name.capitals), reading)
    return tuple(best.values())


def _is_proper(readings: tuple[Reading, ...]) -> bool:
    target = readings[0].target
    sure = len(readings) == 1 and readings[0].trust == "always" and not readings[0].name.inflected
    return (
        sure
        and isinstance(target, Instrument)
        and target.kind in ("equity", "crypto")
        and any(readings[0].name.capitals)
    )


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
