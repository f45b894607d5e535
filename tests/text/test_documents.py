from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analyzer.errors import InputError
from analyzer.text.documents import Document, read_document

LIMIT = 100_000
PROSE = "Der Dax fiel am Montag um 2,1 Prozent – so »stark« wie lange nicht.\n"


def read(path: Path | str, stdin: bytes | None = None) -> Document:
    return read_document(str(path), max_bytes=LIMIT, stdin=io.BytesIO(stdin) if stdin is not None else None)


def refused(path: Path | str, stdin: bytes | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, stdin)
    assert caught.value.exit_code == 2
    return caught.value


def test_a_text_file_is_kept_as_it_is(tmp_path: Path) -> None:
    raw = f"\n{PROSE}\r\n  Ende\u00a0hier.\u00ad \n".encode()
    (tmp_path / "a.txt").write_bytes(raw)
    document = read(tmp_path / "a.txt")
    assert document.text == f"\n{PROSE}\n  Ende\u00a0hier.\u00ad \n"
    assert document.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert (document.source, document.media_type) == (str(tmp_path / "a.txt"), "text/plain")
    assert document.metadata.published is None


def test_markdown_gives_its_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.MD").write_text(f"---\ntitle: T\ndate: 2025-01-28\n---\n\n{PROSE}", encoding="utf-16")
    document = read(tmp_path / "a.MD")
    assert document.text == PROSE
    assert (document.media_type, document.metadata.published) == ("text/markdown", date(2025, 1, 28))


@pytest.mark.parametrize(
    ("raw", "media_type", "text"),
    [
        (PROSE.encode("cp1252"), "text/plain", PROSE),
        (f"---\ntitle: T\n---\n{PROSE}".encode(), "text/markdown", PROSE),
        (f"<!DOCTYPE html><html><body><p>{PROSE}</p><p>{PROSE}</p></body></html>".encode(), "text/html", None),
    ],
)
def test_standard_input_is_told_by_its_beginning(raw: bytes, media_type: str, text: str | None) -> None:
    document = read("-", raw)
    assert (document.source, document.media_type) == ("-", media_type)
    assert text is None or document.text == text
    assert "2,1 Prozent" in document.text


def test_a_file_without_a_known_ending_is_told_by_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "article").write_bytes(f"---\ntitle: T\n---\n{PROSE}".encode())
    assert read(tmp_path / "article").metadata.title == "T"


def test_a_text_file_may_begin_with_front_matter(tmp_path: Path) -> None:
    head = "---\r\ntitle: Die Lage\r\nauthor: E. M.\r\ndate: 2025-01-28\r\nlanguage: de\r\n---\r\n\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + (head + PROSE).encode())
    document = read(tmp_path / "a.txt")
    assert (document.text, document.media_type) == (PROSE, "text/plain")
    said = document.metadata
    assert (said.title, said.author, said.published, said.published_from) == (
        "Die Lage", "E. M.", date(2025, 1, 28), "front_matter",
    )  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: T\n",
        "---\ntitle: T\ntags: [a]\n---\n",
        "---\ndate: 28.01.2025\n---\n",
        "---\ntitle: a: b\n---\n",
        "---\nDax: plus 2 Prozent\nDow: minus 1 Prozent\n---\n",
        "---\n---\n",
        "---\nEin Strich, und noch einer.\n---\n",
        "Vorab.\n---\ntitle: T\n---\n",
    ],
    ids=["not closed", "unknown key", "no ISO date", "no YAML", "list of prices", "empty", "rules", "not first"],
)
def test_a_text_file_keeps_what_is_no_front_matter(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.txt").write_bytes((head + PROSE).encode())
    document = read(tmp_path / "a.txt")
    assert document.text == head + PROSE
    assert document.metadata.title is None


def test_a_missing_file_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(PROSE)
    error = refused(tmp_path / "artcle.txt")
    assert error.code == "not_found"
    assert f"Did you mean {tmp_path / 'article.txt'}?" in str(error)
    missing = refused(tmp_path / "no" / "such" / "a.txt")
    assert missing.code == "not_found"
    assert f"{tmp_path} does" in str(missing)
    assert "save the page" in str(refused("https://example.org/a"))
    assert refused("x" * 5000).code == "not_found"
    assert refused("a\x00b").code == "not_found"
    assert refused(tmp_path / "article.txt" / "a.txt").code == "not_found"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "is_folder"


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", "\u00a0\n".encode(), b"---\ntitle: x\n---\n\n"])
def test_an_empty_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.md").write_bytes(raw)
    assert refused(tmp_path / "a.md").code == "empty"
    assert "standard input" in str(refused("-", raw))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(50), "without a password"),
        (b"{\\rtf1 Der Dax fiel.}", "RTF"),
        (b"\x1f\x8b\x08" + bytes(50), "Unpack"),
        (b"PK\x03\x04" + bytes(50), "zip"),
        (bytes(range(256)), "binary data"),
    ],
)
def test_what_is_no_text_is_refused_whatever_it_is_called(tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "a.txt").write_bytes(raw)
    for error in (refused(tmp_path / "a.txt"), refused("-", raw)):
        assert error.code == "binary"
        assert said in str(error)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(50_000_000_000)
    error = refused(tmp_path / "big.txt")
    assert error.code == "too_large"
    assert "50,000,000,000" in str(error)
    assert "100,000" in str(error)
    assert "ANALYZER_MAX_BYTES" in str(error)


def test_standard_input_is_read_to_the_limit_and_no_further() -> None:
    stream = io.BytesIO(b"a" * 3 * LIMIT)
    with pytest.raises(InputError, match="standard input has more than 100,000 bytes"):
        read_document("-", max_bytes=LIMIT, stdin=stream)
    assert stream.tell() == LIMIT + 1
    assert len(read("-", b"a " * (LIMIT // 2)).text) == LIMIT


@pytest.fixture
def nobody() -> Iterator[None]:
    """Root may read everything: give the right away for the time of the test."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(PROSE)
    path.chmod(0)
    request.getfixturevalue("nobody")
    error = refused(path)
    assert error.code == "unreadable"
    assert "Permission denied" in str(error)


def test_plain_text_loads_no_reader_of_other_formats(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    code = (
        "import sys; from analyzer.text.documents import read_document; read_document(sys.argv[1], max_bytes=9999);"
        "assert not {'trafilatura', 'pypdf', 'docx', 'lxml', 'numpy'} & set(sys.modules)"
    )
    done: Any = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.txt")], check=False)
    assert done.returncode == 0
