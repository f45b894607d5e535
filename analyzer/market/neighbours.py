"""Names that belong to something else: "AMC Networks", "Wolfgang Porsche", "das ägyptische Pfund".

What stands directly beside a name makes it part of a longer one, of a person's, of the title of a film, or of another
currency. Then the name says nothing, whatever else the sentence speaks of.
"""

from __future__ import annotations

from analyzer.market.instruments import Basket, Instrument, Target
from analyzer.market.longer_names import OPENING, SPACES, began_before, goes_on
from analyzer.market.moving import FIGURE_WORDS
from analyzer.market.name_index import Hit
from analyzer.market.page import HYPHENS, Page
from analyzer.market.regions import region_at, region_beside, regions_in
from analyzer.market.words import beginnings, words
from analyzer.model import Language

NEAR = 4
"""Tokens within which a word of listings stands by the exchange."""
HOMES = {
    "USD": "US", "GBP": "UK", "JPY": "JP", "CNY": "CN", "INR": "IN", "TRY": "TR", "RUB": "RU", "CHF": "CH", "KRW": "KR",
}  # fmt: skip
"""Regions whose adjectives may stand before a currency without making it another."""
EVENTS = frozenset({"equity", "commodity", "currency"})
"""Kinds whose names win races and medals."""
PLATFORMS = frozenset({"internet", "media", "travel", "payments"})
LONGEST_MEASURE = 3
GENERAL = frozenset({"macro", "commodity", "etf", "volatility"})
"""Kinds whose names are common nouns, which every region has its own of."""
EXCHANGES = frozenset({"nasdaq", "boerse", "boersen", "exchange", "bourse"})
OF_A_PLACE_EN = ("ian", "ese", "ish", "ican", "ean", "i")
OF_A_PLACE_DE = ("ische", "ischer", "isches", "ischen", "ischem")
"""Endings of adjectives of places; of those whose own currency is meant the region is known."""


def belongs_elsewhere(page: Page, hit: Hit, target: Target, language: Language, begins: frozenset[int]) -> bool:
    """Whether the words directly beside a name make it part of another. ``begins``: tokens at which names begin."""
    if hit.tail == "market":
        return False
    if isinstance(target, Instrument) and target.kind == "currency" and _is_another_currency(page, hit, target):
        return True
    if _is_of_another_region(page, hit, target) or _is_of_another_kind(page, hit, target):
        return True
    if (
        _is_in_a_title(page, hit)
        or _is_of_another_field(page, hit, target)
        or _is_a_place_of_listing(page, hit, target)
    ):
        return True
    return _is_proper(page, hit, target) and _is_longer(page, hit, target, language, begins)


def _is_proper(page: Page, hit: Hit, target: Target) -> bool:
    """A name with a capital or a number, of something that people and companies are named after."""
    kinds = ("equity", "crypto", "commodity", "currency", "index", "macro", "volatility")
    return isinstance(target, Instrument) and target.kind in kinds and not page.words[hit.first][:1].islower()


def _is_longer(page: Page, hit: Hit, target: Target, language: Language, begins: frozenset[int]) -> bool:
    if _is_a_person(page, hit) or _is_called_after(page, hit, target) or _is_a_thing(page, hit, target):
        return True
    if not isinstance(target, Instrument) or hit.inflected:
        return False
    before = language == "en" and began_before(page, hit, target, begins)
    return before or goes_on(page, hit, target, language, begins)


def _is_called_after(page: Page, hit: Hit, target: Target) -> bool:
    """ "Barrick Gold", "Newmont Gold": in both languages."""
    commodity = isinstance(target, Instrument) and target.kind == "commodity"
    return commodity and page.key(hit.first - 1) in words("other_names_before") and page.gap(hit.first) in SPACES


# --- persons, titles, other fields ------------------------------------------------------------------------------


def _is_a_person(page: Page, hit: Hit) -> bool:
    """ "Wolfgang Porsche", "Werner von Siemens", "Präsident Ford", "J. Ford", "Ford, the 38th president"."""
    i = hit.first - 1
    if page.key(i) in words("noble") and page.key(i - 1) in words("given_names"):
        return True
    if i >= 0 and page.words[i][:1].isupper() and page.gap(hit.first) in (*SPACES, ". "):
        initial = len(page.keys[i]) == 1 and page.gap(hit.first) == ". "
        if initial or page.keys[i] in words("given_names") or page.keys[i] in words("titles_of_people"):
            return True
    described = page.keys[hit.end : hit.end + 5] if "," in page.gap(hit.end) else []
    has_article = bool(described) and any(described[0] in words(h) for h in ("articles_of_all", "indefinite"))
    return has_article and bool(words("people").intersection(described))


def _is_a_thing(page: Page, hit: Hit, target: Target) -> bool:
    """ "A Tesla", "seinen Mercedes", "the town of Santander": a car of the make, a place of the name."""
    if not isinstance(target, Instrument) or target.kind != "equity":
        return False
    if _is_a_measure(page, hit) or _is_a_platform(page, hit, target):
        return True
    if page.gap(hit.first) not in SPACES:
        return False
    i = hit.first - 1
    if page.key(i) in words("places") or (page.key(i) == "of" and page.key(i - 1) in words("places")):
        return True
    return page.key(i) in words("indefinite") and page.key(hit.end) not in words("shares")


def _is_a_measure(page: Page, hit: Hit) -> bool:
    """ "300 HP", "$3M": a unit behind its number, millions behind a sign of money."""
    short = page.words[hit.end - 1].isupper() and hit.stop - hit.start <= LONGEST_MEASURE
    sign = page.keys[hit.first].isdigit() and page.gap(hit.first)[-1:] in ("$", "€", "£", ".", ",")
    return short and (page.key(hit.first - 1).isdigit() or sign)


def _is_a_platform(page: Page, hit: Hit, target: Instrument) -> bool:
    """ "Wrote on Facebook", "eine Serie auf Netflix": where something is read, seen or sold."""
    if target.sector not in PLATFORMS or page.key(hit.first - 1) not in words("on_a_platform"):
        return False
    low, high = page.sentence(hit.first)
    return any(key.startswith(beginnings("posting")) for key in page.keys[low:high])


def _is_in_a_title(page: Page, hit: Hit) -> bool:
    """ "Im Film „Wall Street“", "the western The Magnificent Seven"."""
    for i in range(hit.first, max(0, hit.first - 6), -1):
        if i == hit.first or OPENING.intersection(page.gap(i)):
            before = i - 2 if page.key(i - 1) in words("articles_of_all") else i - 1
            if page.key(before).endswith(beginnings("works")) and not set(page.gap(before + 1)) & set(",.;"):
                return True
    return False


def _is_of_another_field(page: Page, hit: Hit, target: Target) -> bool:
    """Sport and the stage: "Gold bei Olympia", "Mercedes won the Grand Prix"."""
    if isinstance(target, Instrument) and target.kind not in EVENTS:
        return False
    low, high = page.sentence(hit.first)
    if FIGURE_WORDS.search(page.text_of(low, high)) or words("shares").intersection(page.keys[low:high]):
        return False
    said, ambiguous = page.phrase(low, high), any(r.trust == "ambiguous" for r in hit.readings)
    named_so = ambiguous or isinstance(target, Basket) or target.sector == "autos"
    return named_so and any(f" {word}" in said for word in beginnings("other_fields"))


# --- exchanges and currencies ------------------------------------------------------------------------------------


def _is_a_place_of_listing(page: Page, hit: Hit, target: Target) -> bool:
    """ "Listed on the Nasdaq since 1986", "der Börsengang an der Nasdaq", "Nasdaq-listed": the exchange, no index."""
    is_index = isinstance(target, Basket) or target.kind == "index" or target.sector == "exchanges"
    if not is_index or page.keys[hit.end - 1] not in EXCHANGES:
        return False
    if page.gap(hit.end) in HYPHENS and page.key(hit.end) in words("listing"):
        return True
    i = hit.first - 1
    while page.key(i) in words("articles_of_all") - words("on_an_exchange"):
        i -= 1
    if page.key(i) not in words("on_an_exchange"):
        return False
    low, high = page.sentence(hit.first)
    near = page.keys[max(low, i - NEAR) : i] + page.keys[hit.end : min(hit.end + 3, high)]
    return bool(words("listing").intersection(near))


def _is_of_another_region(page: Page, hit: Hit, target: Target) -> bool:
    """ "Japanese regional banks", "Russian crude", "job openings in Germany": a general name taken elsewhere."""
    is_code = isinstance(target, Instrument) and page.words[hit.end - 1].isupper()
    if hit.tail or is_code or not (isinstance(target, Basket) or target.kind in GENERAL):
        return False
    sure = [r for r in hit.readings if r.trust in ("always", "ambiguous")]
    if not sure or regions_in(page, range(hit.first, hit.end)):
        return False
    said = region_beside(page, hit.first, hit.end)
    return said is not None and said not in (target.region, "WORLD") and not (said == "US" and target.region == "WORLD")


def _is_of_another_kind(page: Page, hit: Hit, target: Target) -> bool:
    """ "Youth unemployment", "palm oil", "the unemployment office", "payrolls at small firms"."""
    if isinstance(target, Instrument) and target.kind in ("equity", "etf", "crypto"):
        return False
    before, behind, after = page.key(hit.first - 1), page.key(hit.end), page.key(hit.end + 1)
    if before in words("kinds") and page.gap(hit.first) in (*SPACES, "-"):
        return True
    if not page.gap(hit.end).strip(" -") and behind in words("not_the_figure"):
        return True
    is_macro = isinstance(target, Instrument) and target.kind == "macro"
    return is_macro and behind == "at" and not (after.isdigit() or after in words("levels"))


def _is_another_currency(page: Page, hit: Hit, target: Instrument) -> bool:
    """ "The Egyptian pound", "das ägyptische Pfund", "the Hong Kong dollar"."""
    p = hit.first - 1
    if p < page.sentence(hit.first)[0] or page.gap(hit.first) not in (*SPACES, "-"):
        return False
    named = region_at(page, p) or (region_at(page, p - 1) if p else None)
    codes = {HOMES.get(code or "") for code in (target.base, target.currency)}
    if named:
        return named not in codes and not (target.base == "EUR" and named in ("EU", "DE"))
    key = page.keys[p]
    is_adjective = key.endswith(OF_A_PLACE_EN) if page.words[p][:1].isupper() else key.endswith(OF_A_PLACE_DE)
    return is_adjective or key in words("other_currencies")
