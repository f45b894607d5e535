"""Word lists: patterns in files, cues with offsets."""

from __future__ import annotations

import pytest

from analyzer.extract.lexicon import Lexicon, load_lexicon


def cues(pattern: str, text: str) -> list[str]:
    lexicon = Lexicon("de")
    lexicon.add("x", pattern)
    return [c.text for c in lexicon.cues(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("Panik", "Die Panik wächst.", ["Panik"]),
        ("Panik", "Die Titanik sinkt.", []),
        ("Kurssturz*", "des Kurssturzes", ["Kurssturzes"]),
        ("*blase", "die Immobilienblase", ["Immobilienblase"]),
        ("ver*facht", "hat sich verfünffacht", ["verfünffacht"]),
        ("ver*facht", "verfacht", ["verfacht"]),
        ("gab … nach", "Der Dax gab um 3,1 Prozent nach.", ["gab um 3,1 Prozent nach"]),
        ("gab … nach", "Er gab eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn nach", []),
        ("all-time high", "an All-Time High today", ["All-Time High"]),
    ],
)
def test_patterns_match_words_stems_and_gaps(pattern: str, text: str, found: list[str]) -> None:
    assert cues(pattern, text) == found


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_shipped_pattern_loads_and_offsets_are_exact(language: str) -> None:
    lexicon = load_lexicon(language)
    assert {"move_down", "move_up", "record", "panic", "forecast", "bubble"} <= set(lexicon.headings)
    text = "Panik: the panic fell, die Kurse fielen. Rekord record"
    found = lexicon.cues(text)
    assert found
    assert all(text[c.start : c.end] == c.text for c in found)


def test_both_languages_have_the_same_headings() -> None:
    assert set(load_lexicon("de").headings) == set(load_lexicon("en").headings)
