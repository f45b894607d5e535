"""Names that are part of a longer one: "AMC Networks", "Hang Seng Bank", "the miner Barrick Gold", "Nikkei 300".

A capital beside a name belongs to it, unless it is known to stand there with any: a legal form, a post, a weekday. In
German, where every noun has a capital, only before the verb of a sentence, and words that are known to make a name.
"""

from __future__ import annotations

from analyzer.market.instruments import Instrument
from analyzer.market.name_index import Hit
from analyzer.market.page import HYPHENS, Page
from analyzer.market.regions import region_at
from analyzer.market.words import beginnings, words
from analyzer.model import Language

SPACES = (" ", "\u00a0")
OPENING = frozenset("\"'„“”«»‚‘(:–—•[")
"""Marks behind which a sentence begins anew, or a title."""
OPENERS = (
    "particles", "determiners", "articles_of_all", "adverbs", "auxiliaries", "before_a_name", "shares", "said_first",
)  # fmt: skip
"""Headings of the words with which a sentence may begin before a name."""
HARMLESS = ("behind_a_name", "company", "shares", "months", "weekdays")
"""Headings of words with a capital that belong to no name before them."""
LONGEST_ACRONYM = 5


def goes_on(page: Page, hit: Hit, target: Instrument, language: Language, begins: frozenset[int]) -> bool:
    """Whether a further capital behind the name belongs to it: "Hang Seng Bank", "Bayer 04", "GE HealthCare".

    In German every noun has a capital: there only where no object can follow, before the verb of the sentence.
    """
    n, (low, high) = hit.end, page.sentence(hit.first)
    if target.kind == "index" and page.key(n + 1) in words("of_an_index") and page.words[n].islower():
        return True  # "the Stoxx 600 autos index"
    if n >= high or page.gap(n) not in SPACES or not page.words[hit.end - 1][:1].isupper() | page.keys[n - 1].isdigit():
        return False
    word, key = page.words[n], page.keys[n]
    if word.isdigit():
        return _is_a_number_of_the_name(page, hit, target)
    is_harmless = any(key in words(heading) for heading in HARMLESS)
    is_code = n + 1 < len(page) and not page.gap(n + 1)  # "Copper CMCU3"
    is_shouted = page.words[n - 1].isupper() and word.isupper() and _is_upper(page, n + 1)
    if not word[:1].isupper() or n in begins or is_harmless or is_code or is_shouted:
        return False
    if key in words("other_names") or _is_acronym(page, n):
        return True
    if language == "en":
        return _is_running_text(page, low, high)
    if target.kind == "equity" and page.key(hit.first - 1) in words("a_things_articles"):
        return True  # "im VW Golf"
    opens = hit.first == low or (hit.first == low + 1 and page.keys[low] in words("articles_of_all"))
    return opens and target.kind in ("equity", "crypto", "index") and not page.gap(n + 1).strip()


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
    is_short = word.isupper() and 1 < len(word) <= LONGEST_ACRONYM
    return is_short and page.gap(i + 1) not in HYPHENS and not _is_upper(page, i + 1)


def _is_upper(page: Page, i: int) -> bool:
    return i < len(page) and len(page.words[i]) > 1 and page.words[i].isupper()


def began_before(page: Page, hit: Hit, target: Instrument, begins: frozenset[int]) -> bool:
    """Whether a capital before the name belongs to it, in English: "the miner Barrick Gold", "the First Republic"."""
    p, (low, high) = hit.first - 1, page.sentence(hit.first)
    if p < low or page.gap(hit.first) not in SPACES or not page.words[p][:1].isupper():
        return False
    key = page.keys[p]
    if key in words("other_names_before"):
        return True
    if p == low and all(r.trust == "ambiguous" for r in hit.readings):
        return not _may_open(key) and not region_at(page, p)
    sure = target.kind == "commodity" and hit.readings[0].trust == "always"
    if p == low or sure or OPENING.intersection(page.gap(p)) or p in begins or page.words[p].isupper():
        return False
    named = region_at(page, p) or region_at(page, p - 1)
    harmless = key in words("before_a_name") | words("months") | words("weekdays")
    return not (named or harmless) and _is_running_text(page, low, high)


def _may_open(key: str) -> bool:
    """Words that a sentence may begin with before a name: "At Target", "Carmaker Ford"; not "Times Square"."""
    return key.endswith(beginnings("companies")) or any(key in words(heading) for heading in OPENERS)


def _is_running_text(page: Page, low: int, high: int) -> bool:
    """A sentence, not a headline that gives every word a capital."""
    return any(word.islower() and len(word) > 3 for word in page.words[low:high])
