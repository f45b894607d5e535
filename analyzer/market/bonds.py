"""Government bonds by issuer and maturity: "the yield on the 10-year US Treasury note", "zweijährige Bundesanleihen".

A phrase is put together of a maturity, an issuer and a word for the paper or its yield, in the orders of German and
English. It means the series of the catalogue with that region and maturity. Where there is none it means nothing, and
hides the shorter names inside it: two-year Bunds are not the ten-year ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from analyzer.market.instruments import Catalogue, Instrument
from analyzer.market.moving import FIGURE_WORDS
from analyzer.market.name_index import Hit
from analyzer.market.names import Name
from analyzer.market.page import HYPHENS, Page
from analyzer.market.readings import Reading
from analyzer.market.regions import region_at
from analyzer.market.words import beginnings, words

SERIES = re.compile(r".*\b(\d+)-year (?:Treasury|Bund|gilt|bond) yield")
"""How the catalogue names the yield of one maturity."""
NUMBERS = {
    "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "twenty": 20, "thirty": 30,
    "zwei": 2, "drei": 3, "fuenf": 5, "sieben": 7, "zehn": 10, "zwanzig": 20, "dreissig": 30,
}  # fmt: skip
JOINED = re.compile(rf"({'|'.join(NUMBERS)})?(jaehrige[rsnm]?|jahresrenditen?|jahres)")
UNITS = ("year", "jähr", "jaehr", "jahr", "Jahr")
"""One of these stands in every text that states a maturity."""
POINTS = re.compile(r"\d\s*(?:punkte|points|zähler|ticks)\b", re.IGNORECASE)
ISSUERS = {
    "treasury": "US", "treasuries": "US", "treasurys": "US", "bund": "DE", "bunds": "DE", "bundesanleihe": "DE",
    "bundesanleihen": "DE", "gilt": "UK", "gilts": "UK", "btp": "IT", "btps": "IT", "jgb": "JP", "jgbs": "JP",
}  # fmt: skip
"""Papers that say who issued them."""
LONGEST = 50
"""Years; a larger number before "year" is none of a maturity."""

BEHIND = 9
"""Tokens behind a name within which its maturity is stated."""

Series = Mapping[tuple[str, int], Instrument]


class Maturity(NamedTuple):
    years: int
    end: int
    is_yield: bool = False
    """ "Zehnjahresrendite" says both."""


class Phrase(NamedTuple):
    """What stands around a maturity: tokens ``first`` to ``end``, the issuer's region, what is spoken of."""

    first: int
    end: int
    region: str | None
    has_paper: bool
    has_yield: bool


def bond_hits(page: Page, catalogue: Catalogue) -> Iterator[Hit]:
    """The bonds and yields that the text names by their maturity; those without a series have no readings."""
    series = _series(catalogue)
    for i in range(len(page)) if any(unit in page.text for unit in UNITS) else ():
        maturity = _maturity(page, i)
        if maturity is not None and (phrase := _phrase(page, i, maturity)) is not None:
            yield _hit(page, phrase, maturity, series)


def merged(page: Page, names: list[Hit], bonds: list[Hit]) -> list[Hit]:
    """Both in reading order; of two that overlap the longer one stays, the bond of equals."""
    names = [_of_its_maturity(page, n) for n in names]
    kept = [b for b in bonds if not any(_covers(n, b) and n.end - n.first > b.end - b.first for n in names)]
    names = [n for n in names if not any(b.first < n.end and n.first < b.end for b in kept)]
    return sorted([*names, *kept], key=lambda hit: hit.first)


def _covers(one: Hit, other: Hit) -> bool:
    return one.first <= other.first and one.end >= other.end


@lru_cache(maxsize=8)
def _series(catalogue: Catalogue) -> Series:
    rates = (i for i in catalogue.instruments if i.kind == "rate" and i.region is not None)
    return {(str(i.region), int(m[1])): i for i in rates if (m := SERIES.fullmatch(i.name))}


def _hit(page: Page, phrase: Phrase, maturity: Maturity, series: Series) -> Hit:
    name = Name(tuple(page.keys[phrase.first : phrase.end]), ("",) * (phrase.end - phrase.first), False)
    inverse = phrase.has_paper and not phrase.has_yield
    fitting = {region: target for (region, years), target in series.items() if years == maturity.years}
    if phrase.region is not None:
        named = [fitting[phrase.region]] if phrase.region in fitting else []
        readings = tuple(Reading(target, "always", inverse, name) for target in named)
    else:
        readings = tuple(
            Reading(target, "default_for" if region == "US" else "regional", inverse, name)
            for region, target in fitting.items()
        )
    return Hit(phrase.first, phrase.end, page.starts[phrase.first], page.ends[phrase.end - 1], readings)


def is_no_yield(page: Page, hit: Hit, reading: Reading) -> bool:
    """A price in points, for which no yield can answer; "Zehnjährige" who are children, as nothing is said of rates."""
    low, high = page.sentence(hit.first)
    said, hit_keys = page.text_of(low, high), page.keys[hit.first : hit.end]
    if "jaehrige" in page.keys[hit.end - 1] and reading.trust in ("default_for", "regional"):
        return not (
            FIGURE_WORDS.search(said) or any(key.startswith(beginnings("yields")) for key in page.keys[low:high])
        )
    if page.keys[hit.end - 1] in ("yield", "yields") and page.key(hit.end).isdigit() and "year" not in hit_keys:
        return True  # "the bond yields 5 percent" is said of one bond
    is_future = page.keys[hit.end - 1].startswith("future")
    return reading.inverse and bool(POINTS.search(said) or (is_future and FIGURE_WORDS.search(said)))


# --- the maturity ------------------------------------------------------------------------------------------------


def _maturity(page: Page, i: int) -> Maturity | None:
    key = page.keys[i]
    if "jahres" in key or "jaehrige" in key:
        match = JOINED.fullmatch(key)
        if match and match[1]:
            return Maturity(NUMBERS[match[1]], i + 1, "rendite" in match[2])
    years = _number(key)
    if not 0 < years <= LONGEST or page.gap(i + 1) not in (*HYPHENS, " "):
        return None
    unit = page.key(i + 1)
    if unit == "year" or unit == "jahresrendite" or unit.startswith("jaehrige"):
        return Maturity(years, i + 2, unit == "jahresrendite")
    if unit == "jahres" and page.key(i + 2).startswith("rendite"):
        return Maturity(years, i + 3, True)
    return None


def _of_its_maturity(page: Page, hit: Hit) -> Hit:
    """Without the readings of another maturity than the one named behind: "Gilts of two years' maturity"."""
    if not any(_is_bond(r) for r in hit.readings) or (years := _maturity_behind(page, hit)) is None:
        return hit
    return replace(hit, readings=tuple(r for r in hit.readings if not _is_bond(r) or _years(r) == years))


def _is_bond(reading: Reading) -> bool:
    target = reading.target
    return isinstance(target, Instrument) and (SERIES.fullmatch(target.name) is not None or target.sector == "bonds")


def _years(reading: Reading) -> int | None:
    match = SERIES.fullmatch(reading.target.name) if reading.target else None
    return int(match[1]) if match else None


def _maturity_behind(page: Page, hit: Hit) -> int | None:
    reach = range(hit.end, min(hit.end + BEHIND, page.sentence(hit.first)[1]))
    if not any(page.keys[i].startswith(beginnings("maturities")) for i in reach):
        return None
    for i in reach:
        joined = JOINED.fullmatch(page.keys[i])
        if joined and joined[1]:
            return NUMBERS[joined[1]]
        if page.key(i + 1).startswith(("year", "jahr")) and (years := _number(page.keys[i])):
            return years
    return None


def _number(key: str) -> int:
    return int(key) if key.isdecimal() and len(key) <= 2 else NUMBERS.get(key, 0)


# --- what stands around it ---------------------------------------------------------------------------------------


def _phrase(page: Page, i: int, maturity: Maturity) -> Phrase | None:
    after, end, has_paper, has_yield = _paper(page, maturity.end)
    first, before, said_before = _front(page, i)
    region = before or after
    has_yield = has_yield or said_before or maturity.is_yield
    if not (has_yield or (has_paper and _is_government(page, region, i))):
        if has_paper or not _stands_alone(page, i, maturity.end, region):
            return None
        has_yield = True
    return Phrase(first, end, region, has_paper, has_yield)


def _paper(page: Page, i: int) -> tuple[str | None, int, bool, bool]:
    """Behind a maturity: the issuer's region, where the phrase ends, whether a paper and a yield are named.

    ``"10-year and 30-year Treasuries"``: the paper of the second maturity is that of the first.
    """
    if page.key(i) in ("and", "und", "to", "bis") and (other := _maturity(page, i + 1) if i + 1 < len(page) else None):
        region, _, has_paper, has_yield = _paper(page, other.end)
        return region, i, has_paper, has_yield
    region, end, has_paper = None, i, False
    while not page.gap(i).strip(" -'\u00a0"):
        key = page.key(i)
        if key in words("bond_papers") or key in ISSUERS:
            region, end, has_paper = region or ISSUERS.get(key), i + 1, True
        elif key.startswith(beginnings("bond_yields")):
            return region, i + 1, has_paper, True
        elif named := region_at(page, i) if i < len(page) else None:
            region = region or named
        elif key not in words("bond_adjectives"):
            break
        i += 1
    return (region, end, has_paper, False) if has_paper else (None, end, False, False)


def _front(page: Page, i: int) -> tuple[int, str | None, bool]:
    """Before a maturity: where the phrase begins, the issuer's region, whether a yield is named."""
    first, region, k = i, None, i - 1
    while k >= 0 and not page.gap(k + 1).strip(" -'’\u00a0"):
        key = page.keys[k]
        if named := region_at(page, k) or (region_at(page, k - 1) if k and key == "s" else None):
            first, region = k, region or named
        elif key.startswith(beginnings("bond_yields")):
            return k, region, True
        elif key not in words("bond_links"):
            break
        k -= 1
    return (first, region, False) if region else (i, None, False)


def _is_government(page: Page, region: str | None, i: int) -> bool:
    """A company issues ten-year bonds too: an issuer, an article or a word of yields must speak for the state."""
    low, high = page.between_commas(i)
    return region is not None or any(key.startswith(beginnings("yields")) for key in page.keys[low:high])


def _stands_alone(page: Page, i: int, end: int, region: str | None) -> bool:
    """ "The 10-year fell to 4.2 percent", "die Zehnjährigen rentierten": the paper goes without saying."""
    if page.words[end - 1].islower() and not (region or page.key(i - 1) in ("the", "us", "s")):
        return False
    low, high = page.sentence(i)
    closed = end == len(page) or bool(page.gap(end).strip())
    if region and (closed or page.key(end) in words("moved")):
        return True  # "the US 10-year": whose it is says what it is
    followed = closed or page.key(end) in words("after_a_paper") | words("moved") | words("placed")
    said = page.phrase(low, high)
    speaks = any(f" {word}" in said for word in (*beginnings("yields"), *beginnings("basis_points")))
    return followed and (speaks or FIGURE_WORDS.search(page.text_of(low, high)) is not None)
