"""The text of a Word document (.docx)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from analyzer.errors import InputError
from analyzer.text.decoding import newlines
from analyzer.text.metadata import Metadata, filled
from analyzer.text.sources import empty, too_large

BODY = "word/document.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

SKIPPED = {
    f"{WORD}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr", "instrText")
} | {FALLBACK}
"""Deleted and moved text of tracked changes, formatting, the second copy of text boxes."""
MALFORMED = (LookupError, ValueError, TypeError, AttributeError, OSError, EOFError, RuntimeError, zlib.error)
"""What zipfile and python-docx raise, beside their own errors, when a part is damaged, missing or something else."""
PROGRAMS = ("python-docx", "docx4j", "Apache POI", "Microsoft Office User", "Unknown")
"""What programs write as the author when nobody is."""
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def is_word(raw: bytes) -> bool:
    """Whether a zip archive is a Word document."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            return BODY in archive.namelist()
    except (BadZipFile, ValueError, OSError):
        return False


def read_docx(raw: bytes, source: str, max_bytes: int) -> tuple[str, Metadata]:
    """Paragraphs and tables in their order, a blank line between blocks, `` | `` between the cells of a row.

    Text that Word does not show (deleted in tracked changes, formatted as hidden) is left out. Title and author come
    from the core properties; their date of creation is the file's, not the article's. InputError: broken, too_large
    (unpacked), empty.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        _check_size(raw, source, max_bytes)
        document = Document(BytesIO(raw))
        blocks = [block for block in _blocks(document.element.body) if block.strip()]
        properties = document.core_properties
        author = filled(properties.author)
        metadata = Metadata(title=filled(properties.title), author=None if author in PROGRAMS else author)
    except (OpcError, BadZipFile, XMLSyntaxError, *MALFORMED) as error:
        message = f"{source} is a broken Word document ({error}). Open it in Word or LibreOffice and save it again."
        raise InputError(message, code="broken") from error
    if not blocks:
        raise empty(source)
    return newlines("\n\n".join(blocks)), metadata


def _check_size(raw: bytes, source: str, max_bytes: int) -> None:
    """A small archive can unpack to gigabytes."""
    with ZipFile(BytesIO(raw)) as archive:
        size = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels")))
    if size > 10 * max_bytes:
        raise too_large(source, f"{size:,} bytes of text and formatting when unpacked", 10 * max_bytes)


def _blocks(body: Any) -> Iterator[str]:
    """Paragraphs, and each table's rows as one block, wherever they stand (content controls, tracked insertions)."""
    for element in body:
        if element.tag == f"{WORD}p":
            yield _text(element)
        elif element.tag == f"{WORD}tbl":
            yield "\n".join(_row(row) for row in element.iter(f"{WORD}tr"))
        elif element.tag not in SKIPPED:
            yield from _blocks(element)


def _row(row: Any) -> str:
    cells = ("".join(_text(p) + " " for p in cell.iter(f"{WORD}p")) for cell in row.iterchildren(f"{WORD}tc"))
    return " | ".join(re.sub(r"\s+", " ", cell).strip() for cell in cells)


def _text(element: Any) -> str:
    """Shown text of an element and what is in it."""
    pieces: list[str] = []
    for child in element:
        name = child.tag.removeprefix(WORD) if isinstance(child.tag, str) else ""
        if child.tag in SKIPPED or not name or (name == "r" and _vanishes(child)):
            continue
        if name == "t":
            pieces.append(child.text or "")
        else:
            pieces.append(CHARACTERS.get(name, ""))
            pieces.append(_text(child))
    return "".join(pieces)


def _vanishes(run: Any) -> bool:
    mark = run.find(f"{WORD}rPr/{WORD}vanish")
    return mark is not None and mark.get(f"{WORD}val", "true") not in ("0", "false", "off")
