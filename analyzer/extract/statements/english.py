"""What things are called in English, read from ``lexicon/english.yaml``."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from analyzer.extract.phrases import phrase_pattern
from analyzer.text.patterns import Pattern
from analyzer.untyped_yaml import load


def table(name: str) -> dict[str, str]:
    """English words by a word of the text, a code, or a heading of the lexicon."""
    found: dict[str, str] = _file()[name]
    return found


def said_for(name: str) -> tuple[tuple[Pattern, str], ...]:
    """Patterns of whole words, and the English words that they stand for, in the order of the file."""
    return tuple(
        (Pattern(rf"\b(?:{'|'.join(map(phrase_pattern, phrases))})\b", re.IGNORECASE), said)
        for said, *phrases in _file()[name]
    )


@cache
def _file() -> dict[str, Any]:
    source = files("analyzer.extract").joinpath("lexicon", "english.yaml")
    listed: dict[str, Any] = load(source.read_text(encoding="utf-8"))
    return listed
