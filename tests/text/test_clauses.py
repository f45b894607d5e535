from __future__ import annotations

import pytest

from analyzer.text.sentences import clauses, sentences

CASES = [
    ("de", "Der Dax fiel um 2 Prozent | und der MDax verlor 3 Prozent | , weil die Zinsen stiegen."),
    ("de", "Nvidia verlor 600 Mrd. Dollar | – minus 17 Prozent | – an einem Tag."),
    ("de", "Der Index fiel auf 17.297 Punkte | ; zu Handelsbeginn hatte er mehr eingebüßt."),
    ("de", "Wenn die Fed die Zinsen senkt | , steigt der Dax."),
    ("de", "Das steht fest | : Die Blase platzt."),
    ("de", "Allen voran Nvidia, die über Nacht um 17 Prozent abgestürzt sind, riss den Markt mit."),
    ("de", "Der Dax fiel um 2 Prozent und schloss bei 17.000 Punkten."),
    ("de", "Der Leitindex der Eurozone, der Euro Stoxx 50, verlor 2,3 Prozent."),
    ("de", "Erwartet werden 3 – 5 Prozent um 12:30 Uhr."),
    ("de", "Die Aktien von Apple, Microsoft und Nvidia fielen."),
    ("en", "The Dow fell 2% | and the S&P 500 lost 3% | , while gold rose."),
    ("en", "When the Fed cut rates | , stocks rose."),
    ("en", "Stocks fell | because investors fled."),
    ("en", "The Dow fell 2% and closed at 17,298."),
    ("en", "The fund (that is, since the merger closed) has grown."),
    ("en", "The Dow fell on September 17, 2001, and on Friday."),
    ("en", "Worries about Brexit, or a British exit, would remain."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "marked"), CASES, ids=[marked[:50] for _, marked in CASES])
def test_clauses_are_cut_at_new_finite_clauses_and_hard_marks_only(language: str, marked: str) -> None:
    expected = [part.strip(" ,;:–") for part in marked.split(" | ")]
    text = marked.replace(" | ,", ",").replace(" | ;", ";").replace(" | :", ":").replace(" |", "")
    (sentence,) = sentences(text, language)
    assert [span.of(text) for span in clauses(text, sentence, language)] == expected


def test_a_sentence_without_end_is_a_list_and_stays_whole() -> None:
    text = "Nvidia fiel; " * 400
    (sentence,) = sentences(text, "de")
    assert clauses(text, sentence, "de") == (sentence,)
