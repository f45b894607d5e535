"""Which region of the world belongs to a name in a text: "deutsche Inflation", "Leitzins der EZB"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from analyzer.market.names import fold
from analyzer.market.page import Page, page_of
from analyzer.market.words import regions, words

KEY_LETTERS = 4
"""The first letters by which region words are looked up."""

CODES = (
    "AR", "ASIA", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CL", "CN", "CO", "CZ", "DE", "DK", "EG", "EM", "ES",
    "EU", "FI", "FR", "GR", "HK", "HU", "ID", "IE", "IL", "IN", "IR", "IS", "IT", "JP", "KR", "LB", "MX", "MY",
    "NG", "NL", "NO", "NZ", "PK", "PL", "PT", "REST", "RO", "RU", "SA", "SE", "SG", "TH", "TR", "TW", "UA", "UK",
    "US", "VE", "VN", "WORLD", "ZA", "ZW",
)  # fmt: skip
"""Every region, without the words that name it in a text, which are a file to read (``words.yaml``)."""
REGION_OF_EXCHANGE = {
    "XNYS": "US", "XFRA": "DE", "XETR": "DE", "XLON": "UK", "XPAR": "FR", "XAMS": "NL", "XMIL": "IT", "XMAD": "ES",
    "XSWX": "CH", "XWBO": "AT", "XCSE": "DK", "XSTO": "SE", "XHEL": "FI", "XMOS": "RU", "XIST": "TR", "XTKS": "JP",
    "XHKG": "HK", "XSHG": "CN", "XKRX": "KR", "XTAI": "TW", "XBOM": "IN", "XASX": "AU", "BVMF": "BR",
}  # fmt: skip

Phrase = tuple[str, ...]


def region_at(page: Page, i: int) -> str | None:
    """The region that the words from token i on name."""
    if i not in page.regions:
        page.regions[i] = _region(page, i)
    return page.regions[i]


def region_beside(page: Page, first: int, end: int) -> str | None:
    """The region that qualifies the name of these tokens: an adjective or a genitive before it, "in" or "of" behind."""
    low, high = page.sentence(first)
    before = [i for i in range(max(low, first - 4), first) if page.keys[i] != "s"][-3:]
    for i in reversed(before):
        if page.gap(i + 1).strip(" -'’"):
            break
        region = region_at(page, i)
        if region:
            return region
    return _region_after(page, end, high)


def is_of_an_unknown_place(page: Page, end: int) -> bool:
    """ "Unemployment in Ohio": a place behind the name's last token that is no region of the list, in English."""
    i = end + 1
    if page.key(end) != "in" or i >= len(page) or not page.words[i][:1].isupper():
        return False
    return not (region_at(page, i) or page.words[i].isupper() or page.keys[i] in words("months"))


def regions_in(page: Page, tokens: Iterable[int]) -> set[str]:
    return {region for i in tokens if (region := region_at(page, i))}


def named_regions(text: str) -> tuple[tuple[int, int, str], ...]:
    """The words of a text that name a region: where they begin, where the first of them ends, and which it is."""
    page, known = page_of(text), _by_first_letters()
    found = ((i, region_at(page, i)) for i, key in enumerate(page.keys) if key[:KEY_LETTERS] in known)
    return tuple((page.starts[i], page.ends[i], region) for i, region in found if region)


def _region_after(page: Page, end: int, high: int) -> str | None:
    links = words("region_links")
    if page.key(end) not in links or page.gap(end).strip():
        return None
    for i in range(end, min(end + 4, high)):
        region = region_at(page, i)
        if region:
            return region
        if page.key(i) not in links:
            return None
    return None


def _region(page: Page, i: int) -> str | None:
    for phrase, region in _by_first_letters().get(page.key(i)[:KEY_LETTERS], ()):
        if phrase == ("us",) and not page.words[i].isupper():
            continue  # the English pronoun
        if all(_is(page.key(i + k), part) for k, part in enumerate(phrase)):
            return region
    return None


def _is(key: str, part: str) -> bool:
    return key.startswith(part[:-1]) if part.endswith("*") else key == part


@cache
def _by_first_letters() -> dict[str, list[tuple[Phrase, str]]]:
    """Phrases with their regions, the longest first."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for region, names in regions().items():
        for name in names:
            phrase = tuple(fold(part.rstrip("*")) + "*" * part.endswith("*") for part in name.split())
            found.setdefault(phrase[0].rstrip("*")[:KEY_LETTERS], []).append((phrase, region))
    for phrases in found.values():
        phrases.sort(key=lambda item: (-len(item[0]), -len(item[0][0])))
    return found
