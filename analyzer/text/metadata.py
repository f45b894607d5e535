"""What a document says of itself, and how sure its date of publication is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

PublishedFrom = Literal["front_matter", "html_meta", "pdf_info", "docx_properties", "table"]

ISO_DATE = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})(?=$|[T ])")


@dataclass(frozen=True)
class Metadata:
    """Title, author, outlet, date of publication and where it was read, language (as declared) and licence.

    Nothing is guessed: what a format does not state for the article itself is None. A file's date of creation is no
    date of publication.
    """

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_from: PublishedFrom | None = None
    language: str | None = None
    licence: str | None = None


def iso_date(value: str | None) -> date | None:
    """The date that an ISO date or date-time begins with, as written there (no change of time zone); else None."""
    found = ISO_DATE.match((value or "").strip())
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None


def filled(value: str | None) -> str | None:
    """Metadata text with its white space tidied, None when nothing is in it."""
    return " ".join(value.split()) or None if value else None
