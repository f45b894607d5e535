"""The articles of a batch: files, folders of them, patterns, and tables with an article a row.

Nothing is read here but what tells one article from another, so that a hundred thousand are listed in seconds. What is
wrong with one article is its own failure later; InputError here means that there is nothing to begin with.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from analyzer import addresses
from analyzer.batch.tables import Row, Table, is_table
from analyzer.errors import InputError
from analyzer.text.documents import SUFFIXES, Document
from analyzer.text.sources import STDIN

UNREAD_NAMES = re.compile(r"(readme|license|licence|changelog|contributing)\b", re.IGNORECASE)
"""Files of a folder that speak of the folder and are no commentary. Given by name they are read."""
WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Item:
    """One article: a source to be read, or the document of a row that has been read.

    ``sha256`` is of the file's bytes or of the row, None where only reading would tell (an address, standard input).
    ``error`` is what is wrong with a row; such an article fails when its turn comes.
    """

    source: str
    sha256: str | None = None
    document: Document | None = None
    error: str | None = None


@dataclass(frozen=True)
class Sources:
    """What a command line names: files in order, tables, and how many files of folders are left out."""

    files: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    left_out: int = 0
    many: bool = False
    """Whether a folder, a pattern or a table was named: then nobody expects a table of claims for each article."""

    def __len__(self) -> int:
        return len(self.files) + sum(len(table) for table in self.tables)

    @property
    def names(self) -> tuple[str, ...]:
        """The files, then the tables, as they are named."""
        return *self.files, *(table.path for table in self.tables)

    def items(self) -> Iterator[Item]:
        """Every article; the bytes of a file are hashed when its turn comes."""
        for file in self.files:
            yield Item(file, _sha256(file))
        for table in self.tables:
            yield from map(_of_row, table.rows())


def sources(paths: Sequence[str], columns: Mapping[str, str] | None = None) -> Sources:
    """What the paths name. A folder is searched to its depths, hidden folders and files aside; ``columns`` says which
    column of a table holds the text, title, author, outlet, date, language, id, where its name does not.

    InputError (not_found, empty, columns …) for a path that names nothing, and a table without a text.
    """
    files: dict[str, None] = {}
    tables: list[Table] = []
    left_out, many = 0, False
    for path in paths:
        found = _named(path)
        many = many or found != [path]
        for one in found:
            if addresses.is_address(one) and (inside := _in_store(one)):
                files.update(dict.fromkeys(inside))
                many = True
            elif one != STDIN and "://" not in one and os.path.isdir(one):
                inside, others = _in_folder(one)
                files.update(dict.fromkeys(inside))
                left_out, many = left_out + others, True
            elif is_table(one):
                tables.append(Table(one, dict(columns or {})))
                many = True
            else:
                files[one] = None
    if columns and not tables:
        raise InputError("--column names columns of a table, and no .jsonl or .csv was given.", code="columns")
    return Sources(tuple(files), tuple(tables), left_out, many)


def _named(path: str) -> list[str]:
    """The path itself, or what its pattern fits; a file whose very name has a * in it is that file."""
    if path == STDIN or "://" in path or not WILD.search(path) or os.path.exists(path):
        return [path]
    found = sorted(glob.glob(path, recursive=True))
    if not found:
        raise InputError(f"Nothing fits the pattern {path}.", code="not_found")
    return [one for one in found if not os.path.isdir(one) or len(found) == 1]


def _in_folder(folder: str) -> tuple[list[str], int]:
    """The files of the folder that can be articles, sorted by path, and how many others there are."""
    every = sorted(
        path for path in Path(folder).rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )  # fmt: skip
    inside = [str(p) for p in every if p.suffix.lower() in SUFFIXES and not UNREAD_NAMES.match(p.stem)]
    if not inside:
        kinds = " ".join(SUFFIXES)
        raise InputError(f"The folder {folder} holds no article ({kinds}).", code="empty")
    return inside, len(every) - len(inside)


def _in_store(address: str) -> list[str]:
    """The files below an address that can be articles, sorted; none where the address is a file itself."""
    if PurePosixPath(address).suffix.lower() in SUFFIXES or is_table(address):
        return []
    root = address.rstrip("/")
    names = [PurePosixPath(name) for name in addresses.list_files(address)]
    return [f"{root}/{n}" for n in sorted(names) if n.suffix.lower() in SUFFIXES and not UNREAD_NAMES.match(n.stem)]


def _sha256(file: str) -> str | None:
    """The hash of the bytes; None for what has to be read first, and for what cannot be: that is said when it is."""
    if file == STDIN or "://" in file:
        return None
    try:
        with Path(file).expanduser().open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _of_row(row: Row) -> Item:
    return Item(row.source, row.sha256, row.document, row.error)


__all__ = ["Item", "Sources", "sources"]
