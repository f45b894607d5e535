"""The text of a PDF.

Lines stay broken as the reader returns them, ligatures and hyphens at line ends too: this text is canonical, and
``analyzer.text.align`` looks through such things when a quote is searched for and when claims are read.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from analyzer.errors import InputError
from analyzer.text.align import locate
from analyzer.text.decoding import newlines
from analyzer.text.metadata import Metadata, filled

MONTHS = (
    ("Januar", "January"), ("Februar", "February"), ("März", "March"), ("April", "April"), ("Mai", "May"),
    ("Juni", "June"), ("Juli", "July"), ("August", "August"), ("September", "September"), ("Oktober", "October"),
    ("November", "November"), ("Dezember", "December"),
)  # fmt: skip
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, RuntimeError, zlib.error)
"""What pypdf raises, beside its own errors, where a damaged file holds one kind of object in the place of another."""


def read_pdf(raw: bytes, source: str) -> tuple[str, Metadata]:
    """Text of all pages, a newline between them; title and author of the info dictionary.

    The date of creation counts as date of publication only when the text carries the same date: a page printed to PDF
    years later has one too. InputError: broken, encrypted, no_text (a scan), undecodable (fonts without characters).
    """
    from pypdf.errors import DependencyError, DeprecationError, FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = _opened(raw)
        text = "\n".join(page.extract_text() for page in reader.pages)
        metadata = _metadata(reader, text)
    except (FileNotDecryptedError, DependencyError) as error:
        raise _encrypted(source) from error
    except (PyPdfError, DeprecationError, *MALFORMED) as error:
        raise _broken(source, error) from error
    if not text.strip():
        raise _no_text(source, len(reader.pages))
    return _clean(text, source), metadata


def _opened(raw: bytes) -> Any:
    """The reader; a PDF that is encrypted with an empty password (printing restricted) opens like any other."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    reader = PdfReader(BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError("needs a password")
    return reader


def _metadata(reader: Any, text: str) -> Metadata:
    info = reader.metadata
    if not info:
        return Metadata()
    created = _created(info)
    published = created if created and any(locate(form, text) for form in _written(created)) else None
    return Metadata(
        title=filled(info.title), author=filled(info.author), published=published,
        published_from="pdf_info" if published else None,
    )  # fmt: skip


def _created(info: Any) -> date | None:
    try:
        created = info.creation_date
    except ValueError:
        return None
    return created.date() if created else None


def _written(day: date) -> Iterator[str]:
    """The forms in which a paper prints its date. Browsers print a date into the margin with two digits of the year."""
    german, english = MONTHS[day.month - 1]
    yield from (
        f"{day.day}. {german} {day.year}",
        f"{day.day} {english} {day.year}",
        f"{english} {day.day}, {day.year}",
    )
    yield from (day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}")


def _clean(text: str, source: str) -> str:
    """Surrogates paired, NULs (which databases refuse) dropped: neither is a character of the page."""
    try:
        paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError as error:
        message = f"{source} has fonts that do not say which characters they draw. Copy its text to a .txt file."
        raise InputError(message, code="undecodable") from error
    return newlines(paired.replace("\x00", ""))


def _encrypted(source: str) -> InputError:
    return InputError(f"{source} is encrypted. Save a copy without a password and give that.", code="encrypted")


def _broken(source: str, error: Exception) -> InputError:
    return InputError(f"{source} is a broken PDF ({error}). Open it in a viewer and save it again.", code="broken")


def _no_text(source: str, pages: int) -> InputError:
    return InputError(
        f"{source} has no text on its {pages} page{'s' if pages != 1 else ''}: it is probably a scan. Recognise its "
        "text first, for example: ocrmypdf IN.pdf OUT.pdf",
        code="no_text",
    )
