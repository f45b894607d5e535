"""Tables with an article a row: JSON Lines and CSV, columns known by their names or mapped by the user."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from analyzer.errors import InputError
from analyzer.text.decoding import decode
from analyzer.text.documents import TEXT, Document
from analyzer.text.metadata import Metadata, filled, iso_date

JSON_LINES, CSV = (".jsonl", ".ndjson"), (".csv", ".tsv")
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "fulltext", "volltext", "artikel", "inhalt"),
    "title": ("title", "headline", "titel", "überschrift"),
    "author": ("author", "byline", "autor", "verfasser"),
    "outlet": ("outlet", "publisher", "source", "medium", "quelle"),
    "date": ("date", "published", "published_at", "publication_date", "datum", "veröffentlicht"),
    "language": ("language", "lang", "sprache"),
    "id": ("id", "key", "doc_id", "url", "link"),
}
"""What a row may say of an article, and the names of columns that say it, the first that is there."""
SAMPLE = 8192


@dataclass(frozen=True)
class Row:
    """A row's article, or what is wrong with it."""

    source: str
    sha256: str
    document: Document | None = None
    error: str | None = None


def is_table(path: str) -> bool:
    return Path(path).suffix.lower() in (*JSON_LINES, *CSV)


@dataclass
class Table:
    """A file with an article a row; ``columns`` maps text, title, … to names of columns. InputError when it cannot be
    opened, is empty, or has no column for the text."""

    path: str
    columns: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = [name for name in self.columns if name not in NAMES]
        if unknown:
            raise InputError(f"--column {unknown[0]}=… is not known. There are: {', '.join(NAMES)}.", code="columns")
        self.found  # noqa: B018  a table that cannot be used is said before anything is done

    def __len__(self) -> int:
        return self._length

    @cached_property
    def found(self) -> dict[str, str]:
        """What a row says, by the name of the column that says it."""
        names = self._names()
        if not names:
            raise InputError(f"{self.path} holds no row.", code="empty")
        lower = {name.lower().strip(): name for name in names}
        found = {}
        for what, usual in NAMES.items():
            given = self.columns.get(what)
            if given is not None and given not in names:
                near = get_close_matches(given, names, n=1)
                meant = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(names)}."
                raise InputError(f"{self.path} has no column {given!r}.{meant}", code="columns")
            name = given or next((lower[n] for n in usual if n in lower), None)
            if name is not None:
                found[what] = name
        if "text" not in found:
            raise InputError(
                f"{self.path} has no column that is called {', '.join(NAMES['text'][:3])}; it has {', '.join(names)}. "
                "Say which one holds the text: --column text=NAME.",
                code="columns",
            )
        return found

    def rows(self) -> Iterator[Row]:
        """The rows in order, numbered from 1 as a text editor or a spreadsheet without its header does."""
        for number, (line, values) in enumerate(self._records(), start=1):
            digest = hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
            source = f"{self.path}#{number}"
            if isinstance(values, str):
                yield Row(source, digest, error=f"{source}: {values}")
                continue
            yield self._row(source, digest, values)

    def _row(self, source: str, digest: str, values: Mapping[str, Any]) -> Row:
        said = {what: values.get(column) for what, column in self.found.items()}
        key = filled(_text(said.get("id")))
        source = f"{self.path}#{key}" if key else source
        text, day = _text(said["text"]), _text(said.get("date"))
        if not text.strip():
            return Row(source, digest, error=f"{source} has no text in the column {self.found['text']}.")
        published = iso_date(day)
        if day.strip() and published is None:
            return Row(source, digest, error=f"{source}: the date {day!r} is none. Write it as YYYY-MM-DD.")
        metadata = Metadata(
            title=filled(_text(said.get("title"))), author=filled(_authors(said.get("author"))),
            outlet=filled(_text(said.get("outlet"))), published=published,
            published_from="table" if published else None, language=filled(_text(said.get("language"))),
        )  # fmt: skip
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return Row(source, digest, Document(text, digest, source, TEXT, metadata))

    # --- reading --------------------------------------------------------------------------------------------------

    @cached_property
    def _length(self) -> int:
        return sum(1 for _ in self._records())

    @property
    def _lines(self) -> bool:
        return Path(self.path).suffix.lower() in JSON_LINES

    def _names(self) -> list[str]:
        """Names of the columns; of JSON Lines those of the first hundred rows."""
        if not self._lines:
            return [name for name in self._dialect[1] if name]
        names: dict[str, None] = {}
        for i, (_, values) in enumerate(self._records()):
            if i >= 100:
                break
            names.update(dict.fromkeys(values if isinstance(values, dict) else ()))
        return list(names)

    def _records(self) -> Iterator[tuple[str, dict[str, Any] | str]]:
        """Each row as it stands in the file with its values, or with what is wrong with it."""
        try:
            yield from self._json_lines() if self._lines else self._csv()
        except OSError as error:
            raise InputError(f"{self.path} cannot be read: {error.strerror}.", code="unreadable") from error
        except UnicodeDecodeError as error:
            raise InputError(f"{self.path} is not UTF-8: {error.reason}. Save it as UTF-8.", code="decoding") from error

    def _json_lines(self) -> Iterator[tuple[str, dict[str, Any] | str]]:
        with Path(self.path).open(encoding="utf-8-sig") as stream:
            for line in stream:
                if not line.strip():
                    continue
                try:
                    value = json.loads(line)
                except ValueError as error:
                    yield line, f"this line is no JSON ({error})."
                    continue
                yield line, value if isinstance(value, dict) else "this line is no JSON object."

    def _csv(self) -> Iterator[tuple[str, dict[str, Any] | str]]:
        dialect, header = self._dialect
        with Path(self.path).open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, dialect)
            next(reader, None)
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                line = json.dumps(cells, ensure_ascii=False)
                if len(cells) > len(header):
                    yield line, f"this row has {len(cells)} cells, and there are {len(header)} columns."
                    continue
                yield line, dict(zip(header, cells, strict=False))

    @cached_property
    def _dialect(self) -> tuple[type[csv.Dialect], Sequence[str]]:
        """Delimiter and header: spreadsheets of German systems write semicolons."""
        csv.field_size_limit(2**31 - 1)  # an article is a cell
        try:
            with Path(self.path).open("rb") as stream:
                first = decode(stream.readline(SAMPLE), self.path).lstrip("\ufeff")
        except OSError as error:
            raise InputError(f"{self.path} cannot be read: {error.strerror}.", code="unreadable") from error

        class Found(csv.excel):
            delimiter = max(",;\t", key=first.count)

        return Found, [cell.strip() for cell in next(csv.reader([first], Found), [])]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _authors(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else _text(value)
