"""The words of ``words.yaml``, compiled once: which headings a text speaks of, and where.

Some 7,000 entries are tried on every claim, each only where a word of the text begins as it does, which saves
nearly all of the searching.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from analyzer.untyped_yaml import load

FILE = Path(__file__).with_name("words.yaml")
WORD_BEGINS = re.compile(r"(?<!\w)(?=\S)")
LITERAL = re.compile(r"[^\W_]{2}(?![?*+{])")
GROUPS = ("things", "countries", "measures", "causes", "kinds_of_thing", "likened")
COMPOSED = "composed"
REMEMBERED = 4096
"""Texts whose headings are kept: a claim's own, its sentence's and its paragraph's are asked for many times."""


class Lexicon:
    """Headings by the patterns that name them."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._by_beginning: defaultdict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        for heading, said in entries.items():
            for entry in said.split(" ; "):
                pattern = entry.strip()
                plain = "|" not in re.sub(r"\(.*\)", "", pattern) and LITERAL.match(pattern)
                self._by_beginning[pattern[:2] if plain else ""].append((heading, re.compile(pattern)))

    def places(self, text: str) -> dict[str, list[int]]:
        """The headings that the text (in small letters) names, each with where its words begin."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for begins in WORD_BEGINS.finditer(text):
            at = begins.start()
            for beginning in (text[at : at + 2], ""):
                for heading, pattern in self._by_beginning.get(beginning, ()):
                    if pattern.match(text, at) and at not in found.get(heading, ()):
                        found[heading].append(at)
        return dict(found)


@cache
def _held() -> Mapping[str, Lexicon]:
    held = load(FILE.read_text(encoding="utf-8"))
    grouped = {name: Lexicon(held[name]) for name in GROUPS}
    return {**grouped, "said": Lexicon({name: said for name, said in held.items() if name not in (*GROUPS, COMPOSED)})}


@cache
def composed() -> Mapping[str, Mapping[str, str]]:
    """Of a place, which thing each kind of thing is there: the central bank of "japan" is "boj"."""
    held: Mapping[str, Mapping[str, str]] = load(FILE.read_text(encoding="utf-8"))[COMPOSED]
    return held


def headings(group: str, text: str) -> frozenset[str]:
    """What of one of ``GROUPS`` the text names."""
    return frozenset(places(group, text))


@lru_cache(maxsize=REMEMBERED)
def places(group: str, text: str) -> Mapping[str, Sequence[int]]:
    """The same with where in the text each is named."""
    return _held()[group].places(text)


def said(text: str) -> Mapping[str, Sequence[int]]:
    """Which of the single headings ("up", "negations", "alone" …) the text holds, and where."""
    return places("said", text)


def speaks_of(names: Iterable[str], found: Mapping[str, Sequence[int]]) -> bool:
    return any(name in found for name in names)
