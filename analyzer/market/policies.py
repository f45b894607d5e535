"""Policies whose effect texts dispute, from ``policies.yaml``: both sides, controls, and the words that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

Words = Mapping[str, re.Pattern[str]]
"""One pattern for each language that has words."""


@dataclass(frozen=True)
class Side:
    """One side of a policy: its name in a sentence, and the symbols whose mean is its outcome."""

    name: str
    members: tuple[str, ...]
    words: Words = field(repr=False)

    def named_in(self, text: str, language: str) -> bool:
        return _finds(self.words, language, text)


@dataclass(frozen=True)
class Policy:
    """``intent`` is where the target's outcome was to go; without ``controls`` no effect can be set apart."""

    id: str
    name: str
    start: date
    intent: Literal["up", "down"]
    sender: Side
    target: Side
    controls: tuple[str, ...]
    limits: tuple[str, ...]
    words: Words = field(repr=False)
    beside: Words = field(repr=False)
    near: Words = field(repr=False)
    not_near: Words = field(repr=False)

    def named_in(self, text: str, paragraph: str, language: str) -> bool:
        """Whether the text names it: by a name of its own, or by a general one in a paragraph that speaks of it."""
        if _finds(self.not_near, language, paragraph):
            return False
        general = _finds(self.beside, language, text) and _finds(self.near, language, paragraph)
        return _finds(self.words, language, text) or general


@cache
def load_policies() -> tuple[Policy, ...]:
    import yaml

    text = Path(__file__).with_name("policies.yaml").read_text(encoding="utf-8")
    return tuple(_policy(name, entry) for name, entry in yaml.safe_load(text).items())


def _policy(name: str, entry: Mapping[str, Any]) -> Policy:
    words, beside, near, not_near = (_words(entry.get(key, {})) for key in ("words", "beside", "near", "not_near"))
    return Policy(
        id=name, name=entry["name"], start=entry["start"], intent=entry["intent"],
        sender=_side(entry["sender"]), target=_side(entry["target"]),
        controls=tuple(entry.get("controls", ())), limits=tuple(entry.get("limits", ())),
        words=words, beside=beside, near=near, not_near=not_near,
    )  # fmt: skip


def _side(entry: Mapping[str, Any]) -> Side:
    named = {language: entry[language] for language in ("de", "en")}
    return Side(str(entry["name"]), tuple(map(str, entry["members"])), _words(named))


def _words(lists: Mapping[str, Sequence[str]]) -> Words:
    return {language: _pattern(names) for language, names in lists.items()}


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    """Whole words; a star is any ending within the word."""
    forms = (re.escape(name).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def _finds(words: Words, language: str, text: str) -> bool:
    pattern = words.get(language)
    return pattern is not None and pattern.search(text) is not None
