"""Names as sequences of tokens, and the forms that they take in German.

A token is a run of letters, a run of digits, or one of "&" and "+": so "S&P 500", "S&P-500" and "S&P500" are the same
four tokens. Tokens are compared folded: lower case, ä as ae, no accents, no soft hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u00ad\u200b\u0300-\u036f])*|\d+|[&+]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "\u00ad": None, "\u200b": None})
ADJECTIVE_ENDINGS = ("e", "er", "es", "en", "em")

NOUN_ENDINGS = {
    "preis": ("es", "e", "en"), "kurs": ("es", "e", "en"), "index": ("es", "e"), "markt": ("s", "es", "e"),
    "wert": ("s", "es", "e", "en"), "satz": ("es",), "zins": ("es", "en"), "rendite": ("n",), "anleihe": ("n",),
    "aktie": ("n",), "papier": ("s", "e", "en"), "barometer": ("s", "n"), "waehrung": (), "devise": (),
    "rate": ("n",), "quote": ("n",), "kurve": ("n",), "boerse": ("n",), "konzern": ("s", "e", "en"), "sorte": ("n",),
    "hersteller": ("s", "n"), "bauer": ("s", "n"), "jaehrige": ("n", "r", "s"), "erwartung": ("en",),
    "pfund": ("s", "es"), "gold": ("s", "es"), "rezession": ("en",), "bilanz": ("en",),
}  # fmt: skip
"""Endings of common nouns, by the last part of the word. Proper names take an s only: "Lindes", never "Linden"."""


COMMON = frozenset({
    "index", "average", "composite", "industrial", "industrials", "rate", "ratio", "futures", "future", "price", "fund",
    "semiconductor", "sentiment", "consumer", "indicator", "rule", "barometer",
})  # fmt: skip
"""Nouns that many write small within a name: "the Nasdaq composite", "the MOVE index"."""
PROPER_ADJECTIVES = frozenset({"Deutsche", "Europäische"})
"""Adjectives with a capital that are inflected all the same: "der Deutschen Bank"."""


class Name(NamedTuple):
    """A name as it may stand in a text: folded tokens, and for each the capitals that it wants."""

    tokens: tuple[str, ...]
    capitals: tuple[str, ...]
    """"" any; "A" a capital first; otherwise exactly this word."""
    inflected: bool


def fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS)
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def capitals(word: str) -> str:
    """What a token of a name wants of the text: nothing, a capital first, or the very word (all capitals)."""
    if not word[:1].isupper():
        return ""  # "gold", "iPhone"
    return word if word.isupper() else "A"


def fits(word: str, wanted: str) -> bool:
    return not wanted or (word != word.lower() if wanted == "A" else word == wanted)


def forms(name: str, language: str, *, plural: bool = False) -> Iterator[Name]:
    """The name as listed, then its inflected forms. ``plural``: the name is one already (of a basket)."""
    words = TOKEN.findall(name)
    listed = tuple(fold(word) for word in words)
    wants = tuple("" if i and key in COMMON else capitals(words[i]) for i, key in enumerate(listed))
    yield Name(listed, wants, False)
    if language != "de":
        return
    for changed in _inflected(listed, words, plural):
        yield Name(changed, wants, True)


def _inflected(listed: tuple[str, ...], words: list[str], plural: bool) -> Iterator[tuple[str, ...]]:
    """Adjectives before the last word share one ending; the last word takes the endings of its kind."""
    adjectives = [i for i, word in enumerate(words[:-1]) if _is_adjective(word, listed[i])]
    last = (listed[-1], *(listed[-1] + ending for ending in _endings(listed[-1], plural)))
    for ending in ADJECTIVE_ENDINGS if adjectives else ("",):
        changed = list(listed)
        for i in adjectives:
            changed[i] = _stem(listed[i]) + ending
        for word in last:
            changed[-1] = word
            if tuple(changed) != listed:
                yield tuple(changed)


def _is_adjective(word: str, token: str) -> bool:
    return word in PROPER_ADJECTIVES or (word.islower() and len(token) >= 5 and token.endswith(ADJECTIVE_ENDINGS))


def _stem(token: str) -> str:
    return token[:-1] if token.endswith("e") else token[:-2]


def _endings(token: str, plural: bool) -> tuple[str, ...]:
    if not token.isalpha():
        return ()
    if plural:
        return ("n",) if token.endswith(("e", "el", "er")) else ()
    for noun, endings in NOUN_ENDINGS.items():
        if token.endswith(noun):
            return endings
    return () if token.endswith(("s", "x", "z")) else ("s",)
