"""The words by which a text names a kind of dated news, from ``lexicon/news.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from analyzer.extract.word_patterns import form
from analyzer.text.patterns import Pattern


@dataclass(frozen=True)
class NewsKind:
    """A kind of the table of events: its words by language, and whom its stories expose."""

    kind: str
    words: dict[str, Pattern]
    days: int
    exposed: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    next_day: tuple[str, ...] = ()

    def named_in(self, text: str, language: str) -> bool:
        pattern = self.words.get(language)
        return pattern is not None and pattern.search(text) is not None


@cache
def news_kinds() -> tuple[NewsKind, ...]:
    text = files("analyzer.extract").joinpath("lexicon", "news.yaml").read_text(encoding="utf-8")
    return tuple(_kind(name, entry) for name, entry in yaml.safe_load(text).items())


def news_kind(kind: str) -> NewsKind | None:
    """The entry of a kind of event, whatever its capitals."""
    return next((k for k in news_kinds() if k.kind.casefold() == kind.casefold()), None)


def _kind(name: str, entry: dict[str, Any]) -> NewsKind:
    words = {language: _pattern(entry[language]) for language in ("de", "en") if entry[language]}
    lists = {key: tuple(entry.get(key, ())) for key in ("exposed", "rest", "next_day")}
    return NewsKind(name, words, int(entry["days"]), **lists)


def _pattern(words: list[str]) -> Pattern:
    """Whole words; a star is any ending within the word, or the rest of a compound. Capitals count where the list has
    any: "Fed" is not "fed"."""
    longest_first = sorted(words, key=len, reverse=True)
    found = "|".join(form(word) if re.search(r"[A-Z]", word) else f"(?i:{form(word)})" for word in longest_first)
    return Pattern(rf"(?<![\w-])(?:{found})(?!\w)")
