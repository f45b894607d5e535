"""Named episodes of the past, from ``episodes.yaml``: what they are called, and where and when their paths end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Episode:
    """``series``: symbols, best first, each with the last day of the path that is compared over ``months``.

    ``lacking``: what would be needed, where there is no series; ``words``: what it is called, as one pattern.
    """

    key: str
    name: str
    months: int
    series: tuple[tuple[str, date], ...]
    lacking: str
    words: re.Pattern[str]


@cache
def episodes() -> dict[str, Episode]:
    """All of the catalogue, by key, in its order."""
    import yaml

    content = yaml.safe_load(files("analyzer").joinpath("episodes.yaml").read_text(encoding="utf-8"))
    return {key: _episode(key, entry) for key, entry in content.items()}


def _episode(key: str, entry: dict[str, Any]) -> Episode:
    words = "|".join(entry["words"])
    return Episode(
        key=key, name=entry["name"], months=entry["months"], series=tuple(entry["series"].items()),
        lacking=entry.get("lacking", ""), words=re.compile(rf"\b(?:{words})\b", re.IGNORECASE),
    )  # fmt: skip


def named_in(text: str) -> tuple[Episode, ...]:
    """The episodes that the text names; a year inside a longer name, as in "Volkswagen in 2008", is that name's."""
    found = [(m.start(), m.end(), e) for e in episodes().values() for m in e.words.finditer(text)]
    whole = [
        one for one in found
        if not any(o is not one and o[0] <= one[0] and one[1] <= o[1] and o[1] - o[0] > one[1] - one[0] for o in found)
    ]  # fmt: skip
    return tuple(dict.fromkeys(e for _, _, e in sorted(whole, key=lambda one: one[:2])))
