"""Names that belong to something else: "AMC Networks", "Wolfgang Porsche", "das ägyptische Pfund".

What stands directly beside a name makes it part of a longer one, of a person's, of the title of a film, or of another
currency. Then the name says nothing, whatever else the sentence speaks of.
"""

from __future__ import annotations

from collections.abc import Callable

from analyzer.market.evidence import FIGURE_WORDS
from analyzer.market.instruments import Basket, Instrument, Target
from analyzer.market.name_index import Hit
from analyzer.market.page import HYPHENS, Page
from analyzer.market.regions import region_at
from analyzer.market.words import beginnings, words
from analyzer.model import Language

SPACES = (" ", "\u00a0")
NEAR = 4
"""Tokens within which a word of listings stands by the exchange."""
HOMES = {
    "USD": "US",
    "GBP": "UK",
    "JPY": "JP",
    "CNY": "CN",
    "INR": "IN",
    "TRY": "TR",
    "RUB": "RU",
    "CHF": "CH",
    "KRW": "KR",
}
"""Regions whose adjectives may stand before a currency without making it another."""
EVENTS = frozenset({"equity", "commodity"})
"""Kinds whose names win races and medals."""
OPENING = frozenset("\"'„“”«»‚‘(:–—•[")
EXCHANGES = frozenset({"nasdaq", "boerse", "boersen", "exchange", "bourse"})
LONGEST_ACRONYM = 5
OF_A_PLACE_EN = ("ian", "ese", "ish")
OF_A_PLACE_DE = ("ische", "ischer", "isches", "ischen", "ischem")
"""Endings of adjectives of places; of those whose own currency is meant the region is known."""


def belongs_elsewhere(page: Page, hit: Hit, target: Target, language: Language, begins: frozenset[int]) -> bool:
    """Whether the words directly beside a name make it part of another. ``begins``: tokens at which names begin."""
    if hit.tail == "market":
        return False
    if isinstance(target, Instrument) and target.kind == "currency" and _is_another_currency(page, hit, target):
        return True
    tests: tuple[Callable[[], bool], ...] = (
        lambda: _is_in_a_title(page, hit),
        lambda: _is_of_another_field(page, hit, target),
        lambda: _is_a_place_of_listing(page, hit, target),
        lambda: _is_proper(page, hit, target) and _is_longer(page, hit, target, language, begins),
    )
    return any(test() for test in tests)


def _is_proper(page: Page, hit: Hit, target: Target) -> bool:
    """A name with a capital, of something that people and companies are named after."""
    kinds = ("equity", "crypto", "commodity", "index")
    return isinstance(target, Instrument) and target.kind in kinds and page.words[hit.first][:1].isupper()


def _is_longer(page: Page, hit: Hit, target: Target, language: Language, begins: frozenset[int]) -> bool:
    if _is_a_person(page, hit) or _is_called_after(page, hit, target) or _is_a_thing(page, hit, target):
        return True
    if not isinstance(target, Instrument) or hit.inflected:
        return False
    return _goes_on(page, hit, target, language, begins) or (
        language == "en" and _began_before(page, hit, target, begins)
    )


# --- persons, titles, other fields ------------------------------------------------------------------------------


def _is_a_person(page: Page, hit: Hit) -> bool:
    """ "Wolfgang Porsche", "Werner von Siemens", "Präsident Ford", "J. Ford", "Ford, the 38th president"."""
    i = hit.first - 1
    if page.key(i) in words("noble") and page.key(i - 1) in words("given_names"):
        return True
    if i >= 0 and page.words[i][:1].isupper() and page.gap(hit.first) in (*SPACES, ". "):
        initial = len(page.keys[i]) == 1 and page.gap(hit.first) == ". "
        if initial or page.keys[i] in words("given_names") | words("titles_of_people"):
            return True
    described = page.keys[hit.end : hit.end + 5] if "," in page.gap(hit.end) else []
    return bool(described) and described[0] in words("articles_of_all") and _first_noun(described) in words("people")


def _first_noun(keys: list[str]) -> str:
    return next((key for key in keys if key in words("people")), "")


def _is_a_thing(page: Page, hit: Hit, target: Target) -> bool:
    """ "A Tesla", "seinen Mercedes", "the town of Santander": a car of the make, a place of the name."""
    if not isinstance(target, Instrument) or target.kind != "equity" or page.gap(hit.first) not in SPACES:
        return False
    i = hit.first - 1
    if page.key(i) in words("places") or (page.key(i) == "of" and page.key(i - 1) in words("places")):
        return True
    return page.key(i) in words("indefinite") and page.key(hit.end) not in words("shares")


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


# --- longer names ------------------------------------------------------------------------------------------------


def _goes_on(page: Page, hit: Hit, target: Instrument, language: Language, begins: frozenset[int]) -> bool:
    """Whether a further capital behind the name belongs to it: "Hang Seng Bank", "Bayer 04", "GE HealthCare".

    In German every noun has a capital: there only where no object can follow, before the verb of the sentence.
    """
    n, (low, high) = hit.end, page.sentence(hit.first)
    if n >= high or page.gap(n) not in SPACES or not page.words[hit.end - 1][:1].isupper() | page.keys[n - 1].isdigit():
        return False
    word, key = page.words[n], page.keys[n]
    if word.isdigit():
        return _is_a_number_of_the_name(page, hit, target)
    harmless = words("behind_a_name") | words("company") | words("shares") | words("months") | words("weekdays")
    is_code = n + 1 < len(page) and not page.gap(n + 1)  # "Copper CMCU3"
    if not word[:1].isupper() or n in begins or key in harmless or is_code:
        return False
    if key in words("other_names") or _is_acronym(page, n):
        return True
    if language == "en":
        return _is_running_text(page, low, high)
    return hit.first == low and target.kind in ("equity", "crypto") and not page.gap(n + 1).strip()


def _is_a_number_of_the_name(page: Page, hit: Hit, target: Instrument) -> bool:
    """ "Bayer 04", "the Boeing 737", "Nikkei 300", "S&P 1500": neither an amount nor a year."""
    n = hit.end
    word, behind = page.words[n], page.text[page.ends[n] : page.ends[n] + 2]
    if word.startswith("0") and target.kind == "equity":
        return True
    if "%" in behind or (behind[:1] in (".", ",") and behind[1:].isdigit()) or page.key(n + 1) in words("units"):
        return False
    is_year = len(word) == 4 and word.startswith(("19", "20"))
    of_a_thing = target.kind == "index" or page.key(hit.first - 1) in words("articles_of_all")
    return of_a_thing and not is_year and len(word) > 1


def _is_acronym(page: Page, i: int) -> bool:
    """ "Samsung SDI"; not "Nvidia KI-Chips"."""
    word = page.words[i]
    shouted = i + 1 < len(page) and len(page.words[i + 1]) > 1 and page.words[i + 1].isupper()
    return word.isupper() and 1 < len(word) <= LONGEST_ACRONYM and page.gap(i + 1) not in HYPHENS and not shouted


def _began_before(page: Page, hit: Hit, target: Instrument, begins: frozenset[int]) -> bool:
    """Whether a capital before the name belongs to it, in English: "the miner Barrick Gold", "the First Republic"."""
    p, (low, high) = hit.first - 1, page.sentence(hit.first)
    if p < low or page.gap(hit.first) not in SPACES or not page.words[p][:1].isupper():
        return False
    key = page.keys[p]
    if key in words("other_names_before"):
        return True
    if p == low and all(r.trust == "ambiguous" for r in hit.readings):
        return not _may_open(key) and not region_at(page, p)
    if (
        p == low
        or OPENING.intersection(page.gap(p))
        or (target.kind == "commodity" and hit.readings[0].trust == "always")
    ):
        return False
    named = region_at(page, p) or region_at(page, p - 1)
    return not (
        named
        or p in begins
        or key in words("before_a_name") | words("months") | words("weekdays")
        or page.words[p].isupper()
    ) and _is_running_text(page, low, high)


def _may_open(key: str) -> bool:
    """Words that a sentence may begin with before a name: "At Target", "Carmaker Ford"; not "Times Square"."""
    opening = (
        "particles",
        "determiners",
        "articles_of_all",
        "adverbs",
        "auxiliaries",
        "before_a_name",
        "shares",
        "said_first",
    )
    return key.endswith(beginnings("companies")) or any(key in words(heading) for heading in opening)


def _is_called_after(page: Page, hit: Hit, target: Target) -> bool:
    """ "Barrick Gold", "Newmont Gold": in both languages."""
    commodity = isinstance(target, Instrument) and target.kind == "commodity"
    return commodity and page.key(hit.first - 1) in words("other_names_before") and page.gap(hit.first) in SPACES


def _is_running_text(page: Page, low: int, high: int) -> bool:
    """A sentence, not a headline that gives every word a capital."""
    return any(word.islower() and len(word) > 3 for word in page.words[low:high])


# --- exchanges and currencies ------------------------------------------------------------------------------------


def _is_a_place_of_listing(page: Page, hit: Hit, target: Target) -> bool:
    """ "Listed on the Nasdaq since 1986", "der Börsengang an der Nasdaq", "Nasdaq-listed": the exchange, no index."""
    is_index = isinstance(target, Basket) or target.kind == "index"
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
