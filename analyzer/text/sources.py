"""The bytes of a file or of standard input, within the limit of size."""

from __future__ import annotations

import difflib
import errno
import re
import sys
from pathlib import Path
from typing import BinaryIO

from analyzer.addresses import is_address, read_start
from analyzer.errors import InputError

STDIN = "-"
URL = re.compile(r"https?://", re.IGNORECASE)


def read_bytes(source: str, max_bytes: int, stdin: BinaryIO | None = None) -> bytes:
    """All bytes of ``source`` (a path, an address such as ``s3://bucket/file``, or "-" for standard input).

    InputError: not_found, is_folder, unreadable, too_large (known from the size before anything is read; of standard
    input and pipes one byte more than the limit is read), empty.
    """
    if source == STDIN:
        raw = _read_stream(stdin or sys.stdin.buffer, max_bytes)
    elif is_address(source):
        raw = read_start(source, max_bytes + 1)
    else:
        raw = _read_file(source, max_bytes)
    if len(raw) > max_bytes:
        raise too_large(name(source), f"more than {max_bytes:,} bytes", max_bytes)
    if not raw:
        raise empty(source)
    return raw


def name(source: str) -> str:
    return "standard input" if source == STDIN else source


def empty(source: str, why: str = "has no text in it") -> InputError:
    return InputError(f"{name(source)} {why}. Give a file with the text of a commentary.", code="empty")


def too_large(what: str, size: str, max_bytes: int) -> InputError:
    return InputError(
        f"{what} has {size}; the limit is {max_bytes:,}. Give the article alone, or raise the limit with the setting "
        "max_bytes (ANALYZER_MAX_BYTES).",
        code="too_large",
    )


def _read_stream(stream: BinaryIO, max_bytes: int) -> bytes:
    return stream.read(max_bytes + 1)


def _read_file(source: str, max_bytes: int) -> bytes:
    path = Path(source).expanduser()
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(f"{source} is a folder, not an article. Give the files in it.", code="is_folder")
        if size > max_bytes:
            raise too_large(source, f"{size:,} bytes", max_bytes)
        with path.open("rb") as stream:
            return _read_stream(stream, max_bytes)
    except (OSError, ValueError) as error:
        raise _unreadable(source, path, error) from error


def _unreadable(source: str, path: Path, error: OSError | ValueError) -> InputError:
    missing = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
    if isinstance(error, OSError) and error.errno not in missing:
        why = error.strerror or type(error).__name__
        advice = (
            "Check who may read it (ls -l)."
            if error.errno in (errno.EACCES, errno.EPERM)
            else "Check the path and the disk."
        )
        return InputError(f"{source} cannot be read: {why}. {advice}", code="unreadable")
    return InputError(f"No such file: {source}.{_advice(source, path)}", code="not_found")


def _advice(source: str, path: Path) -> str:
    if URL.match(source):
        return " It is an address: save the page as .html and give that file."
    near = difflib.get_close_matches(path.name, _listed(path.parent), n=1, cutoff=0.6)
    if near:
        return f" Did you mean {path.parent / near[0]}?"
    folder = path.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return f" The folder {path.parent} does not exist; {folder} does." if folder != path.parent else ""


def _listed(folder: Path) -> list[str]:
    """Names in a folder; none when it cannot be listed, since they only serve for advice."""
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except (OSError, ValueError):
        return []
