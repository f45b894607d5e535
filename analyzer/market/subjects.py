"""Whether a name is the subject of its sentence or only says of what kind another noun is.

"Apple growers", "Target prices" against "Apple sells", "Target shares". Told by the words that are known to follow a
subject, and by the forms of verbs.
"""

from __future__ import annotations

from analyzer.market.instruments import Instrument
from analyzer.market.name_index import Hit
from analyzer.market.page import Page
from analyzer.market.readings import Reading
from analyzer.market.words import words
from analyzer.model import Language

BEHIND_A_SUBJECT = (
    "moved", "placed", "auxiliaries", "plain_verbs", "determiners", "adverbs", "company_verbs", "company_nouns",
    "shares", "company", "particles", "saying", "of", "against",
)  # fmt: skip
"""Headings of the words that may follow a subject, or a name that stands by itself."""
NO_PAST = frozenset({"based", "related", "linked", "owned", "backed", "branded", "led", "sized"})
NO_VERB = frozenset(
    ["nicht", "jetzt", "sonst", "fast", "seit", "statt", "heute", "bitte", "samt", "nebst", "selbst", "erst"]
)
"""German words with the ending of a verb."""
COPULAS = frozenset({"ist", "war", "wird", "wurde", "bleibt", "blieb"})
"""Of goods too one says what they are, without an article."""
LEAST_VERB = 4


def follows_as_a_verb(page: Page, hit: Hit, language: Language) -> bool:
    """Whether the word behind the name is the verb of which it is the subject."""
    i = hit.end
    if page.gap(i) not in (" ", "\u00a0") or i >= page.sentence(hit.first)[1] or not page.words[i].islower():
        return False
    key, after = page.keys[i], page.key(i + 1)
    if language == "de" and key in COPULAS:
        return False  # "Biosprit ist teuer"
    if key in words("plain_verbs") | words("auxiliaries"):
        return True
    if language == "de":
        return key.endswith(("t", "te")) and len(key) >= LEAST_VERB and key not in NO_VERB
    is_past = key.endswith("ed") and key not in NO_PAST
    return is_past or (key.endswith("s") and (after in words("determiners") or after.isdigit()))


def modifies_a_noun(page: Page, hit: Hit) -> bool:
    """ "Apple growers", "Target prices", "Visa applications": an English word that only says which kind is meant.

    Told from a subject before its verb by the verbs and particles that are known; a past tense is one by its ending.
    """
    if hit.tail or page.gap(hit.end) not in (" ", "\u00a0") or hit.end >= page.sentence(hit.first)[1]:
        return False
    key = page.keys[hit.end]
    if key in words("of_a_commodity"):
        return any(_is_an_equity(r) for r in hit.readings)
    if not page.words[hit.end].islower() or key.endswith(("ed", "ly")) or page.words[hit.first].isupper():
        return False
    after = page.key(hit.end + 1)
    if key.endswith("s") and (after in words("determiners") or after.isdigit()):
        return False  # "trails the market"
    if key.endswith("s") and key in words("moved") and after in words("moved"):
        return True  # "block trades fell"
    return not any(key in words(heading) for heading in BEHIND_A_SUBJECT)


def _is_an_equity(reading: Reading) -> bool:
    return isinstance(reading.target, Instrument) and reading.target.kind == "equity"
