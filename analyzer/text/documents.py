"""Articles from files and standard input: text, Markdown, HTML, PDF, Word.

The canonical text is what the reader of the format returns, with newlines as ``\\n`` and nothing else changed; every
offset of the program counts its characters.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from analyzer.errors import InputError
from analyzer.text.decoding import decode
from analyzer.text.front_matter import has_front_matter, read_markdown, read_plain
from analyzer.text.html_page import looks_like_html, read_html
from analyzer.text.metadata import Metadata
from analyzer.text.sources import STDIN, empty, name, read_bytes

TEXT, MARKDOWN, HTML, PDF = "text/plain", "text/markdown", "text/html", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SUFFIXES = {
    ".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".pdf": PDF, ".docx": DOCX,
}  # fmt: skip
FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file", "Save it as .docx without a password."),
    (b"{\\rtf", "a rich text file (RTF)", "Save it as .docx or .txt."),
    (b"\x89PNG", "an image (PNG)", "Recognise its text first (OCR)."),
    (b"\xff\xd8\xff", "an image (JPEG)", "Recognise its text first (OCR)."),
    (b"GIF8", "an image (GIF)", "Recognise its text first (OCR)."),
    (b"\x1f\x8b", "a compressed file (gzip)", "Unpack it first."),
)
"""First bytes, what they mean, what to do."""


@dataclass(frozen=True)
class Document:
    """``text`` is canonical; ``raw_sha256`` is of the bytes that were read; ``source`` as it was given."""

    text: str
    raw_sha256: str
    source: str
    media_type: str
    metadata: Metadata


def read_document(source: str, *, max_bytes: int, stdin: BinaryIO | None = None) -> Document:
    """Read a path, or standard input for "-".

    The bytes decide between PDF, Word and text; among kinds of text the file's ending does, and without one (or on
    standard input) the beginning: a page, front matter, else plain text. Plain text may begin with front matter too.

    InputError, whose ``code`` is not_found, is_folder, unreadable, too_large, empty, binary, undecodable, front_matter,
    encrypted, no_text or broken.
    """
    return document_of(read_bytes(source, max_bytes, stdin), source, max_bytes)


def document_of(raw: bytes, source: str, max_bytes: int) -> Document:
    """The document that bytes are, from wherever they came; ``source`` is only their name. Raises as above."""
    media_type = _media_type(raw, source)
    text, metadata = _read(raw, source, media_type, max_bytes)
    if not text.strip():
        raise empty(source)
    return Document(text, hashlib.sha256(raw).hexdigest(), source, media_type, metadata)


def _media_type(raw: bytes, source: str) -> str:
    named = None if source == STDIN else SUFFIXES.get(PurePath(source).suffix.lower())
    if raw.startswith(b"%PDF-") or named == PDF:
        return PDF
    if raw.startswith(b"PK\x03\x04") or named == DOCX:
        return _archive(raw, source, named)
    for start, what, advice in FOREIGN:
        if raw.startswith(start):
            raise InputError(f"{name(source)} is {what}. {advice}", code="binary")
    return named or _sniffed(decode(raw, name(source)))


def _archive(raw: bytes, source: str, named: str | None) -> str:
    from analyzer.text.word_file import is_word

    if named != DOCX and not is_word(raw):
        message = (
            f"{name(source)} is an archive (zip, .xlsx, .odt …), no Word document. Give its text as .txt or .docx."
        )
        raise InputError(message, code="binary")
    return DOCX


def _sniffed(text: str) -> str:
    if looks_like_html(text):
        return HTML
    return MARKDOWN if has_front_matter(text) else TEXT


def _read(raw: bytes, source: str, media_type: str, max_bytes: int) -> tuple[str, Metadata]:
    shown = name(source)
    if media_type == PDF:
        from analyzer.text.pdf_file import read_pdf

        return read_pdf(raw, shown)
    if media_type == DOCX:
        from analyzer.text.word_file import read_docx

        return read_docx(raw, shown, max_bytes)
    if media_type == HTML:
        return read_html(raw, shown)
    text = decode(raw, shown)
    return read_markdown(text, shown) if media_type == MARKDOWN else read_plain(text, shown)


__all__ = ["Document", "Metadata", "document_of", "read_document"]
