"""The tables under ``words/``: YAML files whose headings map words to what they mean.

``analyzer.text.wordlists`` reads plain lists of words; here a heading holds a mapping (word → value) or a mapping of
lists (value → words), which ``inverted`` turns round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from analyzer.untyped_yaml import load


@lru_cache(maxsize=16)
def table(name: str) -> Mapping[str, Any]:
    """Headings of ``words/<name>.yaml``. Every scalar is a string: YAML would take "no" and "on" for truth values."""
    text = (files("analyzer.text") / "words" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = load(text)
    return loaded


def inverted(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """value → words turned into word → value, words in lower case."""
    return {word.lower(): value for value, words in groups.items() for word in words}
