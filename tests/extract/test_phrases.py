"""Phrases in files: how they are written, and that every pattern of a rule finds what it is for."""

from __future__ import annotations

import pytest

from analyzer.errors import ConfigError
from analyzer.extract import calendar_rules, classify, lead_words, manner, quotes, roles, time_words, untested
from analyzer.extract import phrases as module
from analyzer.extract.phrases import any_phrase, phrases, word_set

READERS = {
    one.__name__.rsplit(".", 1)[-1]: one
    for one in (calendar_rules, classify, lead_words, manner, quotes, roles, time_words, untested)
}


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("stand[s] at", "it stands  at 40", "stands  at"),
        ("stand[s] at", "it withstands at least that", None),
        ("[very ](soon|late)", "too Late", "Late"),
        ("schwächst*", "der schwächste Tag", "schwächste"),
        ("nor _ can", "nor anyone can", "nor anyone can"),
        ("nor _ can", "nor can", None),
        ("wird … stehen", "wird Ende 2024 bei 20.000 Punkten stehen.", "wird Ende 2024 bei 20.000 Punkten stehen"),
        ("wird … stehen", "wird bestehen", None),
        ("'s forecast", "Wall Street's forecast", "'s forecast"),
    ],
)
def test_a_phrase_finds_whole_words(phrase: str, text: str, found: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_file", lambda language: {"x": [phrase]} if language == "en" else {})
    match = phrases("x").search(text)
    assert (match.group() if match else None) == found


def test_a_heading_can_be_read_in_one_language(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {"en": {"x": ["at", "to"], "only_english": ["by"]}, "de": {"x": ["bei"]}}
    monkeypatch.setattr(module, "_file", lambda language: listed[language])
    assert word_set("x") == {"at", "to", "bei"}
    assert word_set("x", "de") == {"bei"}
    assert phrases("x", "de").search("bei 40")
    assert not phrases("x", "de").search("at 40")
    assert any_phrase("x", "en") == "(?:at|to)"
    with pytest.raises(ConfigError, match=r"phrases_de.yaml: no phrases under 'only_english'"):
        word_set("only_english", "de")


def test_a_heading_without_phrases_and_a_lost_bracket_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="no phrases under 'nothing_such'"):
        any_phrase("nothing_such")
    monkeypatch.setattr(module, "load", lambda text: {"x": ["(a|b"]})
    module._file.cache_clear()
    with pytest.raises(ConfigError, match=r"x: a bracket is missing in '\(a\|b'"):
        module._file("en")
    module._file.cache_clear()


@pytest.mark.parametrize(
    ("where", "finds", "not_in"),
    [
        ("classify.OPEN", "I do not know whether it will fall", "I do not know him"),
        ("classify.OPEN", "Offen ist, ob die Kurse fallen", "Offen gesagt fallen die Kurse"),
        ("classify.ITS_DAY", "its worst day since August", "its worst day"),
        ("classify.ITS_DAY", "der schwächste Handelstag seit Mai", "der schwächste Handelstag"),
        ("classify.STANDS_AT", "the index stood at ", "the index held out to "),
        ("classify.STANDS_AT", "Der Index schloss am Freitag bei ", "Der Index schloss sich an bei"),
        ("quotes.TAIL", "it fell, meaning higher costs", "it fell, including shares"),
        ("quotes.TAIL", "es fiel und wurde billig", "es fiel und stieg"),
        ("quotes.LEAD_IN", "The chart shows that it fell", "The chart shows a fall"),
        ("untested.ALONE", "only the Dax", "lonely"),
        ("untested.ALONE", "Einzig der Dax", "einzigartig"),
        ("roles.HOPED_FOR", "jede Hoffnung auf ", "jede Hoffnung der "),
        ("lead_words.LEADS", "copper leads stocks", "a leading bank"),
        ("time_words.PEAK", "from its December 16 peak", "from its December report"),
        ("time_words.TROUGH", "vom Tief am 8. April", "tief am 8. April"),
        ("calendar_rules.WORST", "der schlechteste Monat", "der schlechteste Wert"),
        ("manner.EXPECTED_NOT", "they do not expect a fall", "they do expect a fall"),
        ("manner.EXPECTED_NOT", "Wir erwarten nicht, dass es fällt", "Wir erwarten, dass es fällt"),
    ],
)
def test_patterns_of_the_rules_in_both_languages(where: str, finds: str, not_in: str) -> None:
    reader, name = where.split(".")
    pattern = getattr(READERS[reader], name)
    assert pattern.search(finds)
    assert not pattern.search(not_in)
