"""Three small articles, and a home folder in which they are recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer import config
from analyzer.pipeline import Workshop, analyze_source

ARTICLES = {
    "sturz.md": (
        "author: Anna Beck\noutlet: Morgenblatt\ndate: 2025-01-28",
        "Nvidia verlor am Montag 17 Prozent.\n\nDie Sanktionen trafen die Straße hart, sagt Jörg Öhler.",
    ),
    "fall.md": (
        "author: Tom Reed\noutlet: The Wire\ndate: 2025-01-29",
        "Nvidia lost almost a fifth of its value on 27 January 2025.\n\nThe sanctions backfired, as everybody can see.",
    ),
    "rise.md": (
        "author: Carl Dunn\noutlet: The Herald\ndate: 2025-01-28",
        "Nvidia rose 9 percent on Monday.\n\nThe harbour was quiet, and the ships waited for the tide.",
    ),
}


def write_articles(folder: Path) -> list[Path]:
    paths = []
    for name, (head, body) in ARTICLES.items():
        path = folder / name
        path.write_text(f"---\n{head}\n---\n{body}\n", encoding="utf-8")
        paths.append(path)
    return paths


def analysed(folder: Path, **settings: str) -> Path:
    """A home folder in which the three articles are recorded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("ANALYZER_HOME", raising=False)
        workshop = Workshop(config.load(home=folder / "home", **settings))
        for path in write_articles(folder):
            analyze_source(str(path), workshop)
        workshop.index.close()
        workshop.ledger.close()
    return folder / "home"


def opened(home: Path, **settings: str) -> Iterator[Workshop]:
    workshop = Workshop(config.load(home=home, **settings))
    yield workshop
    workshop.index.close()
    workshop.ledger.close()
