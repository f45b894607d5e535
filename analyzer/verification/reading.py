"""Reports from a file that ``analyze --format json`` or ``jsonl`` wrote, as they stand there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analyzer.errors import InputError
from analyzer.model import SCHEMA_VERSION, Report

FIRST_FIELDS = ("schema_version", "article", "run", "claims")
"""By these a report is told from other JSON."""


@dataclass(frozen=True)
class Written:
    """A report: the object as it stands in the file, and the same as nouns."""

    content: dict[str, Any]
    report: Report


def read_written(path: Path) -> tuple[Written, ...]:
    """Every report of the file; InputError says what is wrong with it, and where."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise InputError(f"{path} is no text. {WANTED}") from None
    if not text.strip():
        raise InputError(f"{path} is empty. {WANTED}")
    found = tuple(_written(one, path) for one in _objects(text, path))
    if not found:
        raise InputError(f"{path} is JSON, but no report. {WANTED}")
    return found


WANTED = "Wanted is a report that analyze --format json or jsonl wrote."


def _objects(text: str, path: Path) -> Iterator[Any]:
    """The objects of the file: the one, those of the list, or those of the lines."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        if not _is_lines(text):
            raise InputError(_broken(text, error, path)) from None
    else:
        yield from whole if isinstance(whole, list) else [whole]
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(_broken(line, error, path, number)) from None


def _is_lines(text: str) -> bool:
    """Whether the first line is an object of its own, as in JSON Lines."""
    first = text.lstrip().partition("\n")[0].strip()
    return first.startswith("{") and first.endswith("}")


def _broken(text: str, error: json.JSONDecodeError, path: Path, line: int | None = None) -> str:
    where = f"line {error.lineno if line is None else line}, column {error.colno}"
    if error.pos >= len(text.rstrip()) or "Unterminated" in error.msg:
        return f"{path} breaks off ({where}): the file is not whole. Write the report again: analyze show --out FILE."
    return f"{path} is no JSON ({where}): {error.msg}. {WANTED}"


def _written(content: Any, path: Path) -> Written:
    if not isinstance(content, dict) or any(name not in content for name in FIRST_FIELDS):
        raise InputError(f"{path} is JSON, but no report. {WANTED}")
    _require_version(content["schema_version"], path)
    try:
        report = Report.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(
            f"{path} is not as analyze writes it: {place}: {first['msg']}. It was changed, or something else wrote it."
        ) from error
    if any(claim.judged_on is None for claim in report.claims or ()):
        raise InputError(
            f"{path} was written by a version of analyze whose reports do not hold all that a verdict is judged on. "
            f"Analyse the commentary again ({report.article.source}), and verify what that writes."
        )
    return Written(content, report)


def _require_version(version: Any, path: Path) -> None:
    if isinstance(version, bool) or not isinstance(version, int):
        raise InputError(f"{path} is JSON, but no report: its schema_version is {version!r}. {WANTED}")
    if version > SCHEMA_VERSION:
        raise InputError(
            f"{path} is of schema_version {version}, and this program knows {SCHEMA_VERSION}. Update the program."
        )
    if version < SCHEMA_VERSION:
        raise InputError(
            f"{path} is of schema_version {version}, which this program no longer verifies (it writes "
            f"{SCHEMA_VERSION}). Analyse the commentary again."
        )
