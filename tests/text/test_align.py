from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analyzer.text.align import for_reading, locate, nearest, normalise

TEXT = (
    "Die Aktien von Nvidia sind am 27. Januar 2025 um 17 Prozent abgestürzt – nicht weniger als 600 Mrd. Dollar an "
    "Börsenwert waren weg. »Das ist keine Blase«, sagte ein Händler, „sondern Angst“. Der Leitindex verlor "
    "3,1\u00a0% auf 19.341,83 Punkte; das war nicht der größte Rückgang seit 2020. Broadcom fiel um 17,4 Prozent, "
    "der Halb\u00adleiter\u00adindex um 9,2 Prozent. Wer’s wusste, verkaufte vor dem Börsen-\nschluss in Eﬀekten. Die "
    "KI-\nAktien der 10-\njährigen Rallye waren risk-\nfree … dachte man."
)

FALSIFIED = [
    "um 18 Prozent abgestürzt",
    "nicht weniger als 600 Mio. Dollar an Börsenwert",
    "sind am 27. Januar 2025 nicht um 17 Prozent abgestürzt",
    "am 27. Januar 2024 um 17 Prozent abgestürzt",
    "Der Leitindex verlor 3,1 Prozentpunkte",
    "das war der größte Rückgang seit 2020",
    "»Das ist eine Blase«",
    "Broadcom fiel um 7,4 Prozent",
    "Die Anleger verloren an diesem Tag ihr gesamtes Vermögen.",
]

HONEST = [
    ("um 17 Prozent abgestürzt – nicht weniger als 600 Mrd. Dollar", None),
    ("um 17 Prozent abgestürzt - nicht weniger als 600 Mrd. Dollar", "abgestürzt – nicht weniger"),
    ('"Das ist keine Blase", sagte ein Händler, "sondern Angst".', "»Das ist keine Blase«"),
    ("„Das ist keine Blase“", "Das ist keine Blase"),
    ("...verlor 3,1 % auf 19.341,83 Punkte...", "3,1\u00a0% auf"),
    ("der Halbleiterindex um 9,2 Prozent", "Halb\u00adleiter\u00adindex"),
    ("Wer's wusste, verkaufte vor dem Börsenschluss in Effekten.", "Börsen-\nschluss in Eﬀekten"),
    (unicodedata.normalize("NFD", "nicht der größte Rückgang seit 2020"), "größte Rückgang"),
    ("Die KI-Aktien der 10-jährigen Rallye", "KI-\nAktien der 10-\njährigen"),
]


@pytest.mark.parametrize("quote", FALSIFIED)
def test_a_falsified_quote_is_not_found(quote: str) -> None:
    assert locate(quote, TEXT) is None


@pytest.mark.parametrize(("quote", "contained"), HONEST)
def test_an_honest_quote_is_found_in_spite_of_typography(quote: str, contained: str | None) -> None:
    span = locate(quote, TEXT)
    assert span is not None
    assert (contained or quote) in span.of(TEXT)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("7 Prozent", "um 17 Prozent"),
        ("fiel um 1", "fiel um 17 Prozent"),
        ("600 Mrd", "1.600 Mrd"),
        ("5 Prozent", "um 3,5 Prozent"),
        ("um 3", "um 3,5 Prozent"),
        ("erheblich", "unerheblich"),
        ("10", "10² Meter"),
        ("102 Meter", "10² Meter"),
        ("1/2 Prozent", "½ Prozent"),
        ("-17 Prozent", "17 Prozent"),
        ("iel um", "ﬁel um"),
        ("nvidia fiel", "Nvidia fiel"),
        ("Nvidia fiel … um 17 Prozent", "Nvidia fiel am Montag um 17 Prozent"),
    ],
)
def test_no_digit_unit_word_or_case_is_bent_to_fit(quote: str, text: str) -> None:
    assert locate(quote, text) is None


def test_a_hyphen_at_a_line_end_may_be_the_words_own() -> None:
    assert locate("waren risk-free", TEXT) == locate("waren risk-\nfree", TEXT)
    assert locate("Aus- und Einfuhr", "Die Aus-\nund Einfuhr sank.") is not None


def test_of_several_places_the_nearest_is_taken_else_the_first() -> None:
    text = "Der Dax fiel. Der Dax stieg. Der Dax fiel."
    assert locate("Der Dax fiel.", text) == (0, 13)
    assert locate("Der Dax fiel.", text, near=20) == (29, 42)
    assert locate("»Der Dax fiel.«", text, near=42) == (29, 42)


@pytest.mark.parametrize("quote", ["", "  ", "»«", "…", "..."])
def test_a_quote_without_words_is_nowhere(quote: str) -> None:
    assert locate(quote, "Der Dax fiel ... …  »« um 3 Punkte.") is None


def test_digits_and_what_changes_them_stay_as_they_are() -> None:
    kept = "10² x₁ ½ ① Ⅳ １７ m³ ㎏ 3.000"
    assert normalise(kept).text == kept


def test_a_refusal_can_name_the_nearest_words() -> None:
    span, likeness = nearest("um 18 Prozent abgestürzt", TEXT)
    assert span.of(TEXT) == "um 17 Prozent abgestürzt"
    assert 0.9 < likeness < 1.0
    assert nearest("Angst", "") == ((0, 0), 0.0)


ANY = st.text(alphabet="aäuBn\u0308\u00ad\u00a0 \n-–»«\"'’…ﬁ½²0123.,%", max_size=80)


@given(ANY)
def test_offsets_rise_and_lead_back_into_the_text(text: str) -> None:
    for keep_hyphens in (False, True):
        folded = normalise(text, keep_hyphens=keep_hyphens)
        offsets = list(folded.offsets)
        assert len(offsets) == len(folded.text) + 1
        assert offsets == sorted(offsets)
        assert offsets[-1] == len(text)
        same = [i for i, char in enumerate(folded.text) if char.isdigit() or char in "aB½²"]
        assert all(text[offsets[i]] == folded.text[i] for i in same)


@given(ANY)
def test_normalising_never_changes_the_digits(text: str) -> None:
    def digits(string: str) -> list[str]:
        return [char for char in string if char.isnumeric()]

    assert digits(normalise(text).text) == digits(text)


@given(st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=30), st.data())
def test_any_run_of_words_is_found_where_it_stands(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    starts = [0, *(i + 1 for i, char in enumerate(text) if char == " ")]
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.sampled_from([*(s - 1 for s in starts if s > start), len(text)]))
    quote = text[start:end]
    assume(any(map(str.isalnum, quote)))
    span = locate(quote, text, near=start)
    assert span is not None
    assert span == (start, end)


@given(ANY, st.data())
def test_what_is_found_reads_like_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    span = locate(quote, text)
    if span is not None:
        assert normalise(span.of(text)).text.strip("\"'. -…") in normalise(quote).text


PIECES = ["Bör-\nse", "KI-\nAktie", "Ein-\nund", "a  b", "x", " ", "\n", "\n\n", "ﬁ", "10-\njährig", "\u00a0", "auguſt"]


@given(st.lists(st.sampled_from(PIECES)))
def test_what_is_read_leads_back_to_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    reading = for_reading(text)
    assert text.count("\n\n") == reading.text.count("\n\n")
    for start, end in ((m.start(), m.end()) for m in re.finditer(r"\S+", reading.text)):
        place = reading.span(start, end)
        was = normalise(text[place.start : place.end]).text.strip().replace("ſ", "s")
        assert was == normalise(reading.text[start:end]).text
        assert reading.place(*place) == (start, end)


def test_reading_joins_what_a_line_end_divides() -> None:
    text = "Bör-\nse, KI-\nAktien, 10-\njährig, Ein-\nund Ausfuhr,   weit"
    assert for_reading(text).text == "Börse, KI-Aktien, 10-jährig, Ein- und Ausfuhr, weit"


def test_reading_knows_blanks_lines_and_letters_of_one_kind_only() -> None:
    text = "Im Auguſt\u00a0fiel der\nDax auf 12\u202f345\u00a0Punkte.\n\nEr stieg."
    assert for_reading(text).text == "Im August fiel der Dax auf 12\u202f345 Punkte.\n\nEr stieg."
