"""That a word with a capital names a company: it does what companies do, has what they have, is called one.

"Target cut its forecast", "Square, the payments company", "Die Allianz hebt die Dividende an". The word itself may be a
common one; the sentence must treat it as a company, not merely speak of business.
"""

from __future__ import annotations

from analyzer.market.name_index import Hit
from analyzer.market.page import Page
from analyzer.market.subjects import follows_as_a_verb
from analyzer.market.words import beginnings, words
from analyzer.model import Language

REACH = 7
"""Tokens behind the comma within which an apposition says what the name is."""
ADVERBS = 1


def is_a_company(page: Page, hit: Hit, language: Language) -> bool:
    """Whether grammar and vocabulary around the name make it a company's."""
    if not page.words[hit.first][:1].isupper() or has_a_wrong_article(page, hit):
        return False
    return (
        _is_described(page, hit)
        or (page.key(hit.end) in words("company_nouns") and not page.gap(hit.end).strip())
        or _acts(page, hit)
        or (language == "en" and _stands_as_a_name(page, hit))
        or _is_a_bare_subject(page, hit, language)
        or _is_at_a_company(page, hit)
    )


def acts_for_itself(page: Page, hit: Hit) -> bool:
    """Of a bank or an agency: its own business is spoken of, not what it says of others."""
    high = page.sentence(hit.first)[1]
    return speaks_of_things(page, hit.end, high) and page.words[hit.first][:1].isupper() and _acts(page, hit)


def speaks_of_things(page: Page, low: int, high: int) -> bool:
    """Whether the words say something that companies have, in one word or in two ("market cap")."""
    pairs = (f"{page.keys[i]} {page.key(i + 1)}" for i in range(low, high))
    return any(pair.startswith(beginnings("company_things")) for pair in pairs)


def has_a_wrong_article(page: Page, hit: Hit) -> bool:
    """ "The target", "ein Visum", "ihr Visa": companies have none. "Die Allianz" has."""
    return page.key(hit.first - 1) in words("no_companys_articles") and bool(page.gap(hit.first).isspace())


def _is_described(page: Page, hit: Hit) -> bool:
    """ "The chip designer Arm", "Retail giant Target", "Block, the payments firm led by ..."."""
    endings = beginnings("companies")
    if page.key(hit.first - 1).endswith(endings) and not page.gap(hit.first).strip():
        return True
    high = page.sentence(hit.first)[1]
    if "," not in page.gap(hit.end) or page.key(hit.end) not in words("articles_of_all"):
        return False
    return any(page.keys[i].endswith(endings) for i in _up_to_a_comma(page, hit.end, min(hit.end + REACH, high)))


def _up_to_a_comma(page: Page, i: int, high: int) -> range:
    return range(i, next((k for k in range(i + 1, high) if "," in page.gap(k)), high))


def _acts(page: Page, hit: Hit) -> bool:
    """A verb of companies behind the name, or any verb and something that companies have.

    "Die Allianz" needs both: alliances act too.
    """
    i, (_, high) = hit.end, page.sentence(hit.first)
    if page.gap(i).strip() or i >= high:
        return False
    if page.key(i) in words("auxiliaries") | words("adverbs"):
        i += ADVERBS
    acts = page.key(i) in words("company_verbs")
    if acts and page.key(hit.first - 1) != "die":
        return True
    any_verb = words("auxiliaries") | words("moved") | words("placed")
    acts = acts or hit.tail == "inflected" or any(page.key(k) in any_verb for k in {hit.end, i})
    return acts and speaks_of_things(page, hit.end, high)


def _stands_as_a_name(page: Page, hit: Hit) -> bool:
    """In English a capital within a running sentence, or a genitive at its beginning."""
    low, high = page.sentence(hit.first)
    if hit.first == low or page.gap(hit.first).strip():
        return hit.tail == "inflected"
    if page.key(hit.first - 1) == "in" or page.keys[hit.first] in words("namesakes"):
        return False
    return any(word.islower() and len(word) > 3 for word in page.words[low:high])


def _is_a_bare_subject(page: Page, hit: Hit, language: Language) -> bool:
    """ "Linde left Frankfurt", "Shell verlegt seinen Sitz": a common noun wants an article before its verb."""
    return hit.first == page.sentence(hit.first)[0] and follows_as_a_verb(page, hit, language)


def _is_at_a_company(page: Page, hit: Hit) -> bool:
    """ "Bei Linde": a common noun would have an article. "Bei der Allianz": with what companies have."""
    before = page.keys[max(0, hit.first - 2) : hit.first]
    low, high = page.sentence(hit.first)
    return before[-1:] == ["bei"] or (before == ["bei", "der"] and speaks_of_things(page, low, high))
