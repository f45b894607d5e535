"""What each name in a text means: what the words around it speak for.

Names that can mean one thing only are decided first; in their light, the others: by evidence, by region, by standing
in a list of shares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analyzer.market import evidence
from analyzer.market.cited import ADVISERS
from analyzer.market.company import acts_for_itself, is_a_company
from analyzer.market.instruments import Basket, Instrument, Target
from analyzer.market.moving import FIGURE_WORDS, PRICED
from analyzer.market.name_index import Hit
from analyzer.market.page import Page
from analyzer.market.priced import CODES
from analyzer.market.readings import Reading
from analyzer.market.regions import is_of_an_unknown_place, region_beside, regions_in
from analyzer.market.subjects import modifies_a_noun
from analyzer.model import Language

Certainty = Literal["exact", "inflected", "context", "fuzzy"]

OWN_BUSINESS = frozenset({"insurers", "brokers"})
"""Advisers of whom the news is what they do themselves."""
LISTS_WITH_ARTICLE = re.compile(r"\s*(?:,|und|and|sowie|oder|or)\s*(?:(?:the|der|die|das|den|dem|in)\s+)?")
LISTS = re.compile(r"\s*(?:,|/|und|and|sowie|oder|or|&)\s*(?:und|and)?\s*")


@dataclass(frozen=True)
class Found:
    """A mention while it is decided on, with its tokens."""

    first: int
    end: int
    start: int
    stop: int
    target: Target
    certainty: Certainty
    trust: str = "always"
    inverse: bool = False
    others: tuple[Target, ...] = ()


def target_key(target: Target | None) -> str:
    return target.symbol if isinstance(target, Instrument) else f"basket:{target.id}" if target else ""


class Decider:
    """Decides every hit: first those that can mean one thing only, then, in their light, the others."""

    def __init__(self, page: Page, hits: Sequence[Hit], named: set[str], language: Language) -> None:
        self.page = page
        self.language = language
        self.hits = hits
        self.decided: dict[int, Found] = {}
        self.named = named
        """Keys of the targets that the text names beyond doubt."""

    def found(self) -> list[Found]:
        for decide in (self._plainly, self._by_evidence, self._by_region, self._by_list):
            for at, hit in enumerate(self.hits):
                if at not in self.decided and (found := decide(at, hit)) is not None:
                    self.decided[at] = found
            self.named |= {target_key(f.target) for f in self.decided.values()}
        return [self.decided[at] for at in sorted(self.decided)]

    def _plainly(self, at: int, hit: Hit) -> Found | None:
        always = [r for r in hit.readings if r.trust == "always"]
        if not always:
            return None
        others = [r for r in hit.readings if r.trust == "ambiguous"]
        nearer = next((r for r in others if evidence.has_context(self.page, hit, target_of(r))), None)
        if nearer is not None:
            return self._as(hit, nearer, "context")
        return self._as(hit, always[0], "inflected" if hit.inflected else "exact")

    def _by_evidence(self, at: int, hit: Hit) -> Found | None:
        unsure = [r for r in hit.readings if r.trust == "ambiguous"]
        if self.language == "en" and modifies_a_noun(self.page, hit):
            unsure = [r for r in unsure if self.page.keys[hit.end - 1] in CODES]  # "the dollar pact held"
        near = [r for r in unsure if evidence.has_context(self.page, hit, target_of(r))]
        for reading in near or unsure:
            traded = evidence.is_traded(self.page, hit, reading) or self._named_before(target_of(reading))
            traded = traded or (isinstance(reading.target, Basket) and self._beside_a_market(hit))
            if (
                near
                or traded
                or self._is_company(hit, target_of(reading))
                or self._beside_a_share(hit, target_of(reading))
            ):
                return self._as(hit, reading, "context")
        return None

    def _is_company(self, hit: Hit, target: Target) -> bool:
        """A bank or an agency that does something is not for that the share: their names need evidence of a market."""
        if not isinstance(target, Instrument) or target.kind != "equity":
            return False
        if evidence.is_a_bare_symbol(self.page, hit, target):
            return False
        if target.sector in ADVISERS and target.sector not in OWN_BUSINESS:
            return acts_for_itself(self.page, hit)
        return is_a_company(self.page, hit, self.language)

    def _beside_a_share(self, hit: Hit, target: Target) -> bool:
        """A company in a sentence that names another share beyond doubt, and a figure of the market."""
        if not isinstance(target, Instrument) or target.kind != "equity":
            return False
        low, high = self.page.sentence(hit.first)
        shares = (
            self.hits[at]
            for at, found in self.decided.items()
            if isinstance(found.target, Instrument) and found.target.kind == "equity"
        )
        beside = any(low <= other.first < high for other in shares)
        return beside and FIGURE_WORDS.search(self.page.text[hit.start : self.page.ends[high - 1] + 2]) is not None

    def _beside_a_market(self, hit: Hit) -> bool:
        """ "Wall Street" in a paragraph that speaks of shares or indices beyond doubt."""
        first, end = self.page.paragraph(hit.first)
        return any(first <= f.first < end and _votes(f) for f in self.decided.values())

    def _named_before(self, target: Target) -> bool:
        """The text names it in full elsewhere. Not currencies and commodities: their names stand all over a text."""
        return (
            isinstance(target, Instrument) and target.kind in ("equity", "crypto") and target_key(target) in self.named
        )

    def _by_region(self, at: int, hit: Hit) -> Found | None:
        readings = [r for r in hit.readings if r.trust in ("default_for", "regional")]
        if not readings:
            return None
        if self.language == "en" and is_of_an_unknown_place(self.page, hit.end):
            return None
        region = region_beside(self.page, hit.first, hit.end) or self._region_around(hit, readings)
        if region is not None:
            chosen = next((r for r in readings if target_of(r).region == region), None)
        else:
            chosen = next((r for r in readings if r.trust == "default_for"), None)
        return self._as(hit, chosen, "context") if chosen is not None else None

    def _region_around(self, hit: Hit, readings: Sequence[Reading]) -> str | None:
        """The only region that the sentence names; without a default, that of the shares and indices around."""
        low, high = self.page.sentence(hit.first)
        said = regions_in(self.page, set(range(low, high)) - self._attributes(hit, low, high))
        default = next((target_of(r).region for r in readings if r.trust == "default_for"), None)
        if said:
            return default if default in said else said.pop() if len(said) == 1 else "several"
        if default is not None:
            return self._region_of_paragraph(hit, readings)
        for first, end in (self.page.paragraph(hit.first), (0, len(self.page))):
            regions = {f.target.region for f in self.decided.values() if first <= f.first < end and _votes(f)}
            if regions:
                return regions.pop() if len(regions) == 1 else "several"
        return None

    def _region_of_paragraph(self, hit: Hit, readings: Sequence[Reading]) -> str | None:
        """ "Die EZB tagte. Der Leitzins bleibt": the one region of the sentences before, if the name is read for it."""
        first = self.page.paragraph(hit.first)[0]
        said = regions_in(self.page, range(first, self.page.sentence(hit.first)[0]))
        return said.pop() if len(said) == 1 and said <= {target_of(r).region for r in readings} else None

    def _attributes(self, hit: Hit, low: int, high: int) -> set[int]:
        """Tokens that belong to the hit or qualify another name of its kind: the "asiatische" of "Chipwerte fielen,
        asiatische Chipwerte auch"."""
        kinds = {_kind(r) for r in hit.readings}
        others = [
            h for h in self.hits if low <= h.first < high and h is not hit and kinds & {_kind(r) for r in h.readings}
        ]
        return {*range(hit.first, hit.end), *(i for h in others for i in range(h.first - 2, h.end + 3))}

    def _by_list(self, at: int, hit: Hit) -> Found | None:
        """ "Apple, Meta und Amazon": a share in a list of shares."""
        shares = [r for r in hit.readings if r.trust == "ambiguous" and _is_share(target_of(r))]
        priced = [r for r in hit.readings if r.trust == "ambiguous" and _kind(r) in PRICED]
        if priced and any(self._lists_prices(hit, self.hits[k]) for k in (at - 1, at + 1) if 0 <= k < len(self.hits)):
            return self._as(hit, priced[0], "context")
        listed = any(self._lists(hit, self.hits[k]) for k in (at - 1, at + 1) if 0 <= k < len(self.hits))
        return self._as(hit, shares[0], "context") if shares and listed else None

    def _lists(self, hit: Hit, other: Hit) -> bool:
        """Two capitals in a list: each speaks for the other, if only as shares they have a common kind."""
        between = self.page.text[min(hit.stop, other.stop) : max(hit.start, other.start)]
        if not any(_is_share(target_of(r)) for r in other.readings) or not LISTS.fullmatch(between):
            return False
        return self.language == "en" or any(r.trust == "always" for r in other.readings) or self._is_decided(other)

    def _lists_prices(self, hit: Hit, other: Hit) -> bool:
        """ "In gold and the franc": beside another commodity or currency that the sentence has decided on."""
        between = self.page.text[min(hit.stop, other.stop) : max(hit.start, other.start)]
        kinds = {_kind(r) for r in other.readings}
        return LISTS_WITH_ARTICLE.fullmatch(between) is not None and kinds <= PRICED and self._is_decided(other)

    def _is_decided(self, hit: Hit) -> bool:
        return any(found.first == hit.first for found in self.decided.values())

    def _as(self, hit: Hit, reading: Reading, certainty: Certainty) -> Found:
        others = tuple(target_of(r) for r in hit.readings if r is not reading)
        target, inverse = target_of(reading), reading.inverse
        if isinstance(target, Instrument) and target.kind == "rate":
            is_paper = inverse or evidence.names_a_paper(self.page, hit)
            inverse = is_paper and not evidence.speaks_of_yields(self.page, hit)
        return Found(hit.first, hit.end, hit.start, hit.stop, target, certainty, reading.trust, inverse, others)


def _kind(reading: Reading) -> str:
    target = target_of(reading)
    return "index" if isinstance(target, Basket) else target.kind


def target_of(reading: Reading) -> Target:
    assert reading.target is not None
    return reading.target


def _is_share(target: Target) -> bool:
    return isinstance(target, Instrument) and target.kind == "equity"


def _votes(found: Found) -> bool:
    target = found.target
    sure = found.trust == "always" and target.region not in (None, "WORLD")
    return sure and (isinstance(target, Basket) or target.kind in ("equity", "index"))
