from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.text.sentences import Span, clauses, paragraphs, passages, sentences
from analyzer.text.wordlists import words

CASES = yaml.safe_load((Path(__file__).parent / "sentence_cases.yaml").read_text(encoding="utf-8"))
LISTED = [(language, line.split(" | ")) for language, lines in CASES.items() for line in lines.splitlines()]

WRAPPED = """Kursrutsch in Frankfurt

Der Dax hat am Montag deutlich nachgegeben. Der deutsche
Leitindex fiel um 2,1 Prozent auf 17.297,98 Punkte.
Absturz auch in Japan
Die Anleger reagierten damit vor allem auf den scharfen
Kurseinbruch in Asien. In Tokio rauschte der Nikkei um
12,4 Prozent in die Tiefe. Manche Bör-
sianer sprechen von einem Bärenmarkt. Das gab es zuletzt am
27. Januar.
- Nvidia: minus 6 Prozent
- Broadcom: minus 1 Prozent"""

ARTICLE = " ".join(
    ["Der Dax fiel am 27. Januar um ca. 2,1 Prozent, d. h. um 370 Punkte. Warum? »Angst«, sagte J. P. Huber."] * 32
)

COMMENTARY = st.text(alphabet="aBcÄß .!?…:;,–-\n\u00a0\t\"'»«“„()[]12", max_size=200)


def texts(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def covers(text: str, spans: tuple[Span, ...]) -> bool:
    """Trimmed, in order, apart, and nothing but white space outside."""
    position, outside = 0, []
    for span in spans:
        inside = span.of(text)
        if span.start < position or inside != inside.strip() or not inside:
            return False
        outside.append(text[position : span.start])
        position = span.end
    return not "".join([*outside, text[position:]]).strip()


@pytest.mark.parametrize(("language", "case"), LISTED, ids=[case[0][:40] for _, case in LISTED])
def test_sentences_end_where_a_reader_ends_them(language: str, case: list[str]) -> None:
    text = " ".join(case)
    assert texts(text, sentences(text, language)) == case


def test_wrapped_lines_are_joined_and_headlines_and_items_stand_alone() -> None:
    found = [text.replace("\n", " ") for text in texts(WRAPPED, sentences(WRAPPED, "de"))]
    assert found[0] == "Kursrutsch in Frankfurt"
    assert "Der deutsche Leitindex fiel um 2,1 Prozent auf 17.297,98 Punkte." in found
    assert "Absturz auch in Japan" in found
    assert "Manche Bör- sianer sprechen von einem Bärenmarkt." in found
    assert found[-3:] == [
        "Das gab es zuletzt am 27. Januar.",
        "- Nvidia: minus 6 Prozent",
        "- Broadcom: minus 1 Prozent",
    ]


def test_a_single_newline_in_running_text_ends_no_sentence() -> None:
    text = "Nvidia verlor an der Wall Street um\n17 Prozent und riss die\nMärkte mit."
    assert len(sentences(text, "de")) == 1


def test_long_lines_are_paragraphs_and_short_ones_between_them_headlines() -> None:
    text = f"{'Der Markt fällt weiter. ' * 9}\nZwischentitel ohne Punkt\n{'Danach steigt er wieder. ' * 9}"
    assert [len(span.of(text)) > 100 for span in paragraphs(text)] == [True, False, True]


def test_rows_of_a_table_and_markdown_headings_stand_alone() -> None:
    text = "# Nach dem Sturz\nDer Markt fällt und\nfällt.\nDax | 17.297\nMDax | 23.808"
    assert texts(text, paragraphs(text)) == [
        "# Nach dem Sturz",
        "Der Markt fällt und\nfällt.",
        "Dax | 17.297",
        "MDax | 23.808",
    ]


def test_a_text_of_white_space_has_no_sentences() -> None:
    assert sentences(" \n\u00a0\n ", "de") == ()
    assert passages("", "en") == ()


def test_passages_are_whole_sentences_of_one_paragraph_up_to_the_target() -> None:
    text = f"{'Der Dax fiel heute stark. ' * 10}\n\nKurz.\n\n{'sehr ' * 60}lang. Noch einer."
    found = texts(text, passages(text, "de", target=100))
    assert all(passage.endswith(".") and "\n\n" not in passage for passage in found)
    assert [passage for passage in found if len(passage) > 100] == ["sehr " * 60 + "lang."]
    assert "Kurz." in found
    assert covers(text, passages(text, "de", target=100))


@settings(max_examples=200)
@given(COMMENTARY, st.sampled_from(["de", "en"]))
def test_spans_cover_all_text_and_never_overlap(text: str, language: str) -> None:
    assert covers(text, sentences(text, language))
    assert covers(text, paragraphs(text))
    assert covers(text, passages(text, language, target=40))


@settings(max_examples=200)
@given(COMMENTARY, st.sampled_from(["de", "en"]))
def test_clauses_lie_in_their_sentence_in_order_and_apart(text: str, language: str) -> None:
    for sentence in sentences(text, language):
        found = clauses(text, sentence, language)
        borders = [sentence.start, *(offset for span in found for offset in span), sentence.end]
        assert found
        assert borders == sorted(borders)


def test_both_languages_have_the_same_lists() -> None:
    assert set(words("sentences_de")) == set(words("sentences_en"))


def test_a_claim_rarely_crosses_a_sentence_of_the_real_articles(shared: Path) -> None:
    import json

    crossing = total = 0
    for gold in sorted((shared / "articles").glob("*.gold.json")):
        text = gold.with_name(gold.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        meta = json.loads(gold.with_name(gold.name.replace("gold", "meta")).read_text(encoding="utf-8"))
        found = sentences(text, meta["language"])
        for claim in json.loads(gold.read_text(encoding="utf-8"))["claims"]:
            total += 1
            crossing += sum(s.start < claim["end"] and s.end > claim["start"] for s in found) > 1
    assert total > 200
    assert crossing <= 2
