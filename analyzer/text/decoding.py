"""Bytes of a text file to text, never with a replacement character.

Tried in order: a byte order mark; UTF-16 without a mark, told by its NULs; UTF-8, strictly; Windows-1252. Latin-1 needs
no step of its own: it and Windows-1252 differ only in the bytes 0x80 to 0x9F, which are controls in one and the quotes,
dashes and the euro sign in the other, and no commentary has those controls.
"""

from __future__ import annotations

import codecs
import re

from analyzer.errors import InputError

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""UTF-32 first: its little-endian mark begins with that of UTF-16."""

CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B})
MAX_CONTROLS = 0.02
"""Share of control characters above which bytes are no text. Of random bytes 10 % are."""

FOREIGN = re.compile(r"(?<=[A-Za-z])[ƒ„†‡ˆ‰ŠŒŽ˜™Ÿ](?=[a-z])")
"""What umlauts of DOS and old Macintosh files become when they are read as Windows-1252."""

ADVICE = "Save it as UTF-8 and try again."


def decode(raw: bytes, source: str) -> str:
    """Text with newlines as ``\\n`` and no byte order mark, nothing else changed.

    InputError: ``binary`` when the bytes are no text, ``undecodable`` when they are in no encoding that is read, with
    the place of the first byte that does not fit.
    """
    text = _decoded(raw, source)
    if "\x00" in text:
        raise _binary(source)
    return newlines(text)


def newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes, source: str) -> str:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _strict(raw, encoding, source)
    wide = _utf16_without_mark(raw)
    if wide:
        return _strict(raw, wide, source)
    if len(raw) - len(raw.translate(None, CONTROLS)) > MAX_CONTROLS * len(raw):
        raise _binary(source)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(raw):
            raise _undecodable(source, "UTF-8", error.start, raw) from error
    return _windows(raw, source)


def _strict(raw: bytes, encoding: str, source: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(source, encoding.removesuffix("-sig").upper(), error.start, raw) from error


def _utf16_without_mark(raw: bytes) -> str | None:
    """In Western text nearly every second byte of UTF-16 is NUL: the odd ones in little-endian order."""
    if len(raw) < 4:
        return None
    half = len(raw) // 2
    first, second = raw[0::2].count(0), raw[1::2].count(0)
    if second > 0.7 * half and first <= 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if first > 0.7 * half and second <= 0.02 * half else None


def _mostly_utf8(raw: bytes) -> bool:
    """Whether more non-ASCII characters are well-formed UTF-8 than are not: a damaged file, not another encoding."""
    text = raw.decode("utf-8", errors="surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in text)
    return sum(char > "\x7f" for char in text) > 2 * bad


def _windows(raw: bytes, source: str) -> str:
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _undecodable(source, "Windows-1252", error.start, raw) from error
    odd = FOREIGN.search(text)
    if odd:
        raise _undecodable(source, "Windows-1252", odd.start(), raw)
    return text


def _undecodable(source: str, encoding: str, at: int, raw: bytes) -> InputError:
    line = raw.count(b"\n", 0, at) + 1
    return InputError(
        f"{source} is no readable text: byte {at + 1:,} (0x{raw[at]:02X}, near line {line:,}) does not fit {encoding}, "
        f"the nearest encoding of UTF-8, UTF-16, Windows-1252 and Latin-1. {ADVICE}",
        code="undecodable",
    )


def _binary(source: str) -> InputError:
    return InputError(
        f"{source} is binary data, not text. Articles are read from .txt, .md, .html, .pdf and .docx files.",
        code="binary",
    )
