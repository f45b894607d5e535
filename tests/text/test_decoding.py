from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import InputError
from analyzer.text.decoding import decode

TEXT = "»Börse fällt um 17 %«, sagt er – für 600 €.\nDas „Ende“? Groß!\n"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode("cp1252"),
        TEXT.replace("\n", "\r").encode("utf-8"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "crlf", "cr"],
)
def test_every_usual_encoding_gives_the_same_text(raw: bytes) -> None:
    assert decode(raw, "article.txt") == TEXT


def test_latin_1_is_read_and_nothing_but_newlines_is_changed() -> None:
    text = "Über\u00a0Nacht: Kurs\u00adsturz auf Ös Börse\n\n  zwei Leerzeichen \t\n"
    assert decode(text.encode("latin-1"), "article.txt") == text
    assert decode(text.encode("utf-8"), "article.txt") == text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Börse fällt für alle, größer".encode()[:-2] + b"\xc3", "UTF-8"),
        ("Börse fällt".encode() + b"\nK\xe4se", "line 2"),
        ("Börsenkurse fallen für alle".encode("cp850"), "Windows-1252"),
        ("Märkte fallen schön".encode("mac-roman"), "Windows-1252"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], "UTF-16"),
    ],
    ids=["truncated", "damaged", "dos", "macintosh", "half a character"],
)
def test_what_cannot_be_read_for_certain_is_refused_with_its_place(raw: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        decode(raw, "article.txt")
    assert refused.value.code == "undecodable"
    assert "article.txt" in str(refused.value)
    assert "UTF-8" in str(refused.value)


@pytest.mark.parametrize("raw", [random.Random(1).randbytes(4000), b"Text\x00Text" * 9, b"\x01\x02\x03" + b"a" * 50])
def test_binary_data_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match="binary") as refused:
        decode(raw, "article.txt")
    assert refused.value.code == "binary"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert decode(b"Text " + text.encode(), "article.txt") == "Text " + text


@given(st.binary(max_size=80))
def test_no_bytes_give_a_replacement_character_that_was_not_there(raw: bytes) -> None:
    try:
        text = decode(raw, "article.txt")
    except InputError:
        return
    assert "\ufffd" not in text or "\ufffd".encode() in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw
