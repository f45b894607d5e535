"""The word lists under ``words/``: one YAML file of headings and words for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from analyzer.untyped_yaml import load


@lru_cache(maxsize=8)
def words(name: str) -> Mapping[str, frozenset[str]]:
    """Heading → words of ``words/<name>.yaml``, as written there.

    Every scalar is read as a string: YAML would otherwise take "no" and "on" for truth values.
    """
    text = (files("analyzer.text") / "words" / f"{name}.yaml").read_text(encoding="utf-8")
    return MappingProxyType({heading: frozenset(listed) for heading, listed in load(text).items()})
