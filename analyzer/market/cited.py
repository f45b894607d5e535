"""Names of those who speak of the market instead of being traded on it: banks, agencies, newspapers.

"Analysten von Goldman Sachs", "JPMorgan expects", "downgraded by Citi", "Nikkei reported": of the share or the index of
that name nothing is said.
"""

from __future__ import annotations

from analyzer.market.company import speaks_of_things
from analyzer.market.instruments import Instrument, Target
from analyzer.market.moving import FIGURE_WORDS
from analyzer.market.name_index import Hit
from analyzer.market.page import Page
from analyzer.market.words import beginnings, words

ADVISERS = frozenset({"banks", "regional banks", "asset managers", "brokers", "ratings", "insurers"})
"""Sectors whose companies are cited more often than traded."""
BEFORE = 5
"""Tokens before a name within which its analyst is named."""


def is_cited(page: Page, hit: Hit, target: Target) -> bool:
    """Whether the name stands for somebody who says or publishes something."""
    if not isinstance(target, Instrument) or hit.tail == "market":
        return False
    if target.kind == "index":
        return _is_a_publisher(page, hit)
    if target.sector == "ratings" and not _is_a_share(page, hit):
        return True
    return target.sector in ADVISERS and (
        _speaks(page, hit, target) or _is_employer(page, hit.first) or _rates(page, hit)
    )


def _is_a_share(page: Page, hit: Hit) -> bool:
    """An agency whose shares or profit are spoken of: else it is its ratings that count."""
    low, high = page.sentence(hit.first)
    own = speaks_of_things(page, low, high)
    return own or FIGURE_WORDS.search(page.text_of(low, high)) is not None


def _speaks(page: Page, hit: Hit, target: Instrument) -> bool:
    """Its people stand beside it, or it says something itself; an insurer that expects a loss speaks of its own."""
    low, high = page.sentence(hit.first)
    behind = page.keys[hit.end : min(hit.end + 2, high)]
    if words("cited").intersection(behind) or (target.sector != "insurers" and words("saying").intersection(behind)):
        return not _of_its_own(page, hit, high)
    if hit.tail == "inflected" and _is_a_full_name(page, hit.end, high):
        return True  # "JPMorgan's Jamie Dimon"
    return any(_is_speaker(key) for key in page.keys[max(low, hit.first - BEFORE) : hit.first])


def _is_a_full_name(page: Page, i: int, high: int) -> bool:
    return i + 1 < high and page.gap(i + 1) == " " and page.words[i].istitle() and page.words[i + 1].istitle()


def _of_its_own(page: Page, hit: Hit, high: int) -> bool:
    """ "HSBC said profits rose": what it says is about itself."""
    return speaks_of_things(page, hit.end + 1, min(hit.end + 4, high))


def _is_speaker(key: str) -> bool:
    return key.startswith(beginnings("speakers")) or any(part in key for part in beginnings("speakers_within"))


def _is_employer(page: Page, i: int) -> bool:
    """ "Alexander Virgo von der Bank of America": two capitals before the preposition are a person."""
    i -= 2 if page.key(i - 1) in ("der", "the") else 1
    if page.key(i) not in words("employed") or page.gap(i) != " " or page.gap(i - 1) != " ":
        return False
    person = page.words[max(0, i - 2) : i]
    return len(person) == 2 and all(w.istitle() for w in person) and page.keys[i - 1] not in words("shares")


def _rates(page: Page, hit: Hit) -> bool:
    """ "Goldman Sachs senkte das Kursziel", "downgraded by JPMorgan"."""
    low, high = page.sentence(hit.first)
    said = page.phrase(low, high)
    if not any(f" {phrase}" in said for phrase in beginnings("ratings")):
        return False
    acts = words("rating_verbs").intersection(page.keys[hit.end : hit.end + 2])
    return bool(acts) or page.key(hit.first - 1) in words("reported_by")


def _is_a_publisher(page: Page, hit: Hit) -> bool:
    """ "According to Nikkei", "Nikkei, the owner of the Financial Times": an index has no voice and owns nothing."""
    by_agency = all(r.trust == "ambiguous" for r in hit.readings) and page.key(hit.end) in words("agency_verbs")
    told = by_agency or page.key(hit.end) in words("reporting") | words("cited")
    if told or page.phrase(hit.first - 2, hit.first).endswith(tuple(f" {p} " for p in beginnings("told_by"))):
        return True
    behind = page.keys[hit.end : min(hit.end + 2, page.sentence(hit.first)[1])]
    if page.key(hit.first - 1) in words("publishers") or words("of_a_firm").intersection(behind):
        return True
    apposition = page.keys[hit.end : hit.end + 4] if "," in page.gap(hit.end) else []
    return bool(words("publishers").intersection(apposition))
