"""Patterns that are not searched for where they cannot stand: what they find is what the regular expression finds."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import analyzer.extract
from analyzer.text.patterns import Pattern, needs
from analyzer.text.sentences import sentences

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\b(?:new\s+high(?:s)?|\w*rekord)\b(?= of)", ("high", "rekord")),
        (r"(?:all|record)?\s+high(?:est)?|\d+", ()),
        (r"(?P<one>[Bb]ubble)+ (?!never)(?:x|why){0,3}", ("ubble",)),
        (r"colou?rs", ("colo",)),
        (r"\bfall(?:en|s)*\b.{0,20}\bshares{1,2}\b", ("share",)),
        (r"niedrig|niedriger|Hoch", ("hoch", "niedrig")),
        (r"(?-i:MOVE)|vix", ("move", "vix")),
        (r"[^,;(]+(?:\)|a)", ()),
        (r"(?i)high", ()),
        (r"high\x6cow", ()),
    ],
)
def test_reads_from_a_pattern_what_it_cannot_do_without(pattern: str, needed: tuple[str, ...]) -> None:
    assert needs(pattern) == needed


def patterns() -> list[Pattern]:
    for module in pkgutil.walk_packages(analyzer.extract.__path__, "analyzer.extract."):
        importlib.import_module(module.name)
    return [one for one in gc.get_objects() if isinstance(one, Pattern)]


def clauses() -> list[str]:
    found = []
    for path in sorted(CORPUS.glob("[0-9]*.md"))[::3]:
        text = path.read_text(encoding="utf-8")
        found += [text[s.start : s.end] for s in sentences(text, "de" if "language: de" in text else "en")]
    return found


def test_every_pattern_of_the_reader_finds_what_its_regular_expression_finds() -> None:
    texts = clauses()
    asked = patterns()
    assert len(asked) > 500
    for pattern in asked:
        for text in texts:
            if not pattern.may_stand_in(text):
                assert pattern.compiled.search(text) is None, (pattern.pattern, text)


def test_a_pattern_that_was_never_needed_is_not_compiled() -> None:
    pattern = Pattern(r"\bparabolic\b", re.IGNORECASE)
    assert pattern.search("Shares fell by three per cent.") is None
    assert "compiled" not in vars(pattern)
    assert pattern.search("Nvidia went PARABOLIC.") is not None


@pytest.mark.parametrize("text", ["the ſtocks fell", "the ſTOCKS fell", "rıse, rise", "RİSE"])
def test_letters_that_fold_otherwise_are_left_to_the_regular_expression(text: str) -> None:
    for pattern in (Pattern(r"\bstocks\b", re.IGNORECASE), Pattern(r"\brise\b", re.IGNORECASE)):
        assert (pattern.search(text) is None) == (re.search(pattern.pattern, text, re.IGNORECASE) is None)


def test_a_part_of_a_text_is_looked_at_alone() -> None:
    pattern, text = Pattern(r"\bfell\b"), "It rose. It fell."
    assert pattern.search(text, 0, 8) is None
    assert [m.start() for m in pattern.finditer(text, 8)] == [12]
    assert list(pattern.finditer(text, 0, 8)) == []
    assert pattern.sub("sank", "It fell, fell.") == "It sank, sank."
    assert pattern.split("up and down") == ["up and down"]
    found = pattern.search(text)
    assert found is not None
    assert pattern.found(found)
    assert not Pattern("fell").found(found)
