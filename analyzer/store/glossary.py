"""German words read in English, word by word, so that one static English vocabulary serves both languages.

``glossary.tsv`` holds English words and the German words that mean them. A word is looked up as it stands, without its
endings, without its prefix, and last as a compound ("Zinserhöhungszyklus"). What is not found stays: names do.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("glossary.tsv")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*|%")

ENDINGS = (
    "ungen", "enden", "ender", "endes", "ende", "end", "ung", "sten", "ste", "ten", "tes", "ter", "tem", "te", "et",
    "est", "en", "ern", "em", "er", "es", "e", "st", "n", "s", "t",
)  # fmt: skip
LINKS = ("", "s", "n", "en", "es", "e")
"""What German puts between the parts of a compound."""
PREFIXES = {
    "zuruck": "back", "hinaus": "out", "herunter": "down", "hinunter": "down", "hinab": "down", "runter": "down",
    "hinauf": "up", "herauf": "up", "empor": "up", "hoch": "up", "weg": "away", "un": "not", "ge": "", "nach": "",
    "aus": "", "auf": "", "ab": "", "an": "", "ein": "", "vor": "", "zu": "", "mit": "", "um": "", "be": "", "ver": "",
    "er": "", "ent": "", "zer": "",
}  # fmt: skip
SHORTEST_STEM = 3
SHORTEST_COMPOUND = 7
DEEPEST = 3
"""How many times a word is taken apart."""

GERMAN = frozenset((
    "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "einen", "einem", "einer", "des", "dem", "den", "zu",
    "von", "mit", "auf", "fur", "sich", "im", "als", "auch", "es", "an", "werden", "aus", "er", "hat", "dass",
    "sie", "nach", "bei", "um", "noch", "wie", "uber", "so", "zum", "war", "haben", "nur", "oder", "aber", "vor",
    "zur", "bis", "mehr", "durch", "man", "sein", "wurde", "sind", "wird", "am", "kein", "keine", "wegen", "gegen",
    "vom", "beim", "ins", "seit",
))  # fmt: skip
ENGLISH = frozenset((
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on", "not",
    "he", "this", "are", "or", "his", "from", "at", "which", "but", "have", "an", "had", "they", "you", "were",
    "there", "one", "all", "we", "can", "has", "more", "if", "will", "would", "about", "their", "its", "been",
    "when", "who", "than", "no", "out", "up", "so", "into", "them", "after", "before", "since", "during", "because",
    "against",
))  # fmt: skip


def fold(text: str) -> str:
    """Lower case, umlauts as plain vowels, ß as ss."""
    return text.lower().replace("ß", "ss").translate(str.maketrans("äöü", "aou"))


def in_english(text: str) -> str:
    """The text with its German words in English and decimal commas as points; an English text nearly as it is.

    >>> in_english("Die Zinserhöhung kostete 3,5 %")
    'Die rate hike cost 3.5 percent'
    """
    if not looks_german(text):
        return text.replace("%", " percent ").strip()
    return " ".join(_word(word) for word in WORD.findall(text)) or text.strip()


def looks_german(text: str) -> bool:
    """By its function words; a text without any, such as two search words, counts as German."""
    words = [fold(word) for word in WORD.findall(text)]
    return sum(word in GERMAN for word in words) >= sum(word in ENGLISH for word in words)


def _word(word: str) -> str:
    if word == "%":
        return "percent"
    if word[0].isdigit():
        return word.translate(str.maketrans(",.", ".,"))
    parts = [_meaning(fold(part)) or part for part in word.split("-")]
    return _meaning(fold(word)) or " ".join(parts)


@cache
def _words() -> dict[str, str]:
    """The folded German words and their English ones; the first line of a word counts."""
    found: dict[str, str] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            english, german = line.split("\t")
            for word in german.split():
                found.setdefault(fold(word), english)
    return found


@lru_cache(100_000)
def _meaning(word: str, depth: int = 0) -> str | None:
    """The English of a folded German word, None when no way of taking it apart leads to a known one."""
    return _inflected(word) or (_prefixed(word, depth) or _compound(word, depth) if depth < DEEPEST else None)


def _inflected(word: str) -> str | None:
    """The word as it stands, without one ending, or without two."""
    once = [word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending)]
    twice = [stem.removesuffix(ending) for stem in once for ending in ENDINGS if stem.endswith(ending)]
    stems = [word] + [stem for stem in once + twice if len(stem) >= SHORTEST_STEM]
    return next((_words()[stem] for stem in stems if stem in _words()), None)


def _prefixed(word: str, depth: int) -> str | None:
    for prefix, english in PREFIXES.items():
        if word.startswith(prefix) and len(word) - len(prefix) > SHORTEST_STEM:
            meaning = _meaning(word.removeprefix(prefix), depth + 1)
            if meaning:
                return f"{english} {meaning}".strip()
    return None


def _compound(word: str, depth: int) -> str | None:
    """The longest known first part, then whatever the rest means."""
    if len(word) < SHORTEST_COMPOUND:
        return None
    for end in range(len(word) - SHORTEST_STEM, SHORTEST_STEM, -1):
        first = _words().get(word[:end])
        for link in LINKS if first else ():
            rest = word[end:].removeprefix(link)
            meaning = _meaning(rest, depth + 1) if word.startswith(link, end) and len(rest) >= SHORTEST_STEM else None
            if meaning:
                return f"{first} {meaning}"
    return None
