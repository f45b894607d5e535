"""Phrases that the rules look for, read from ``lexicon/phrases_<language>.yaml`` and ``lexicon/phrases/<theme>.yaml``.

A cue of ``lexicon.py`` is found anywhere and says what a clause may be about. A phrase decides a single rule, and often
only at its place in the clause; the rule's module says where, these files say with which words. Every text is searched
with the phrases of both languages, since a German one cites in English. The files of a theme hold both languages of a
heading side by side; a heading has one name in all files.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from analyzer.errors import ConfigError
from analyzer.text.patterns import Pattern
from analyzer.untyped_yaml import load

LANGUAGES = ("en", "de")
SIGNS = {"(": "(?:", ")": ")", "|": "|", "[": "(?:", "]": ")?", "*": r"\w*", "_": r"\w+", "#": r"\d",
         " ": r"\s+"}  # fmt: skip
GAP = " … "
"""What is written in a phrase for choices, for what may be missing, letters, a word, a digit, and anything between."""
SWISS = {ord("ß"): "(?:ß|ss)"}
"""In Switzerland and Liechtenstein one writes "eingebüsst" and "die grösste"."""
AS_WRITTEN = {i: re.escape(chr(i)) for i in range(128)} | {ord(sign): form for sign, form in SIGNS.items()} | SWISS
"""By the sign of a phrase what a pattern has for it; letters that are not here stand for themselves."""


def phrases(name: str, language: str | None = None, *, ignore_case: bool = True) -> Pattern:
    """The phrases under a heading, as whole words; with a language its own alone."""
    return Pattern(_whole(name, language), re.IGNORECASE if ignore_case else 0)


def any_phrase(name: str, language: str | None = None) -> str:
    """The phrases under a heading as a part of a larger pattern."""
    return f"(?:{'|'.join(phrase_pattern(phrase) for phrase in _listed(name, language))})"


def phrase_pattern(phrase: str) -> str:
    """One phrase as a regular expression."""
    return r"\b.*?\b".join(part.translate(AS_WRITTEN) for part in phrase.split(GAP))


def word_set(name: str, language: str | None = None) -> frozenset[str]:
    """What stands under a heading, as it is written there: for words that are compared and not searched."""
    return frozenset(_listed(name, language))


def _whole(name: str, language: str | None) -> str:
    inside = [phrase_pattern(phrase) for phrase in _listed(name, language) if not _is_suffix(phrase)]
    behind = [phrase_pattern(phrase) for phrase in _listed(name, language) if _is_suffix(phrase)]
    found = [rf"\b(?:{'|'.join(inside)})\b"] if inside else []
    return "|".join([*found, *(rf"{one}\b" for one in behind)])


def _is_suffix(phrase: str) -> bool:
    """Written together with the word before it: "'s forecast"."""
    return phrase.startswith("'")


def _listed(name: str, language: str | None = None) -> list[str]:
    """The phrases of one language, or of all, under a heading."""
    languages = LANGUAGES if language is None else (language,)
    found = [phrase for one in languages for phrase in _file(one).get(name, ())]
    if not found:
        raise ConfigError(f"lexicon/phrases_{language or '*'}.yaml: no phrases under {name!r}, nor in lexicon/phrases")
    return found


@cache
def _file(language: str) -> dict[str, list[str]]:
    """The phrases of a language by their heading, of all files."""
    name = f"phrases_{language}.yaml"
    listed: dict[str, list[str]] = _read(name)
    for heading, entries in listed.items():
        _refuse_lost_brackets(name, heading, entries)
    stands_in = dict.fromkeys(listed, name)
    for theme in themes():
        for heading, by_language in _theme(theme).items():
            if heading in stands_in:
                raise ConfigError(f"lexicon/{theme}, {heading}: lexicon/{stands_in[heading]} has this heading already")
            stands_in[heading] = theme
            listed[heading] = by_language.get(language, [])
    return listed


@cache
def themes() -> tuple[str, ...]:
    """The files that hold both languages of a heading."""
    found = (f"phrases/{one.name}" for one in files("analyzer.extract").joinpath("lexicon", "phrases").iterdir())
    return tuple(sorted(name for name in found if name.endswith(".yaml")))


def _theme(name: str) -> dict[str, dict[str, list[str]]]:
    """The phrases of a theme by their heading and language."""
    listed: dict[str, Any] = _read(name)
    for heading, by_language in listed.items():
        where = f"lexicon/{name}, {heading}"
        if not isinstance(by_language, dict) or not by_language:
            raise ConfigError(f"{where}: write its phrases under {' and '.join(LANGUAGES)}")
        for language, entries in by_language.items():
            if language not in LANGUAGES:
                raise ConfigError(f"{where}: {language!r} is not known; phrases stand under {' and '.join(LANGUAGES)}")
            if not isinstance(entries, list) or not all(isinstance(one, str) and one for one in entries):
                raise ConfigError(f"{where}, {language}: write one phrase a line, each behind a dash")
            _refuse_lost_brackets(name, heading, entries)
    return listed


def _read(name: str) -> Any:
    try:
        return load(files("analyzer.extract").joinpath("lexicon", name).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        hint = "a phrase that begins with * or [ stands in quotes"
        raise ConfigError(f"lexicon/{name} is no YAML, perhaps because {hint}: {error}") from error


def _refuse_lost_brackets(name: str, heading: str, entries: list[str]) -> None:
    for phrase in entries:
        if phrase.count("(") != phrase.count(")") or phrase.count("[") != phrase.count("]"):
            raise ConfigError(f"lexicon/{name}, {heading}: a bracket is missing in {phrase!r}")
