"""The words of the interface in German and English. What the program computed (summaries, rules) stays in English;
what codes mean is in ``meanings``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files

import yaml

LANGUAGES = ("en", "de")
Say = Callable[..., str]


@lru_cache(maxsize=1)
def phrases() -> dict[str, dict[str, str]]:
    """Key to language to phrase, as the files ``interface*.yaml`` have them."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(files("analyzer.web").iterdir(), key=lambda one: one.name):
        if file.name.startswith("interface") and file.name.endswith(".yaml"):
            found |= yaml.safe_load(file.read_text("utf-8"))
    return found


def speaker(language: str) -> Say:
    """``say(key, name=value)``: the phrase in the language, with its blanks filled; KeyError for an unknown key."""

    def say(key: str, **values: object) -> str:
        phrase = phrases()[key][language]
        return phrase.format(**values) if values else phrase

    return say


def choose(wanted: str | None, accepted: str) -> str:
    """The language that was chosen, else the first of an Accept-Language header that there is, else English."""
    if wanted in LANGUAGES:
        return str(wanted)
    return next((language for language in _ranked(accepted) if language in LANGUAGES), LANGUAGES[0])


def _ranked(accepted: str) -> Iterator[str]:
    """Primary tags of "de-AT,de;q=0.9,en;q=0.5", most wanted first."""
    found = []
    for entry in accepted[:500].split(","):
        tag, _, weight = entry.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        if quality > 0:
            found.append((quality, tag.strip().partition("-")[0].lower()))
    for _, tag in sorted(found, key=lambda one: -one[0]):
        yield tag


def figure(value: int, language: str) -> str:
    """A whole number with the language's separator of thousands."""
    return f"{value:,}".replace(",", "." if language == "de" else ",")
