"""The YAML block at the head of a Markdown file, and of a plain text that begins with a right one."""

from __future__ import annotations

import difflib
import re
from datetime import date
from typing import Any

import yaml

from analyzer.errors import InputError
from analyzer.text.metadata import Metadata, filled, iso_date

KEYS = ("title", "author", "outlet", "date", "language", "licence")
OPENING = re.compile(r"---[^\S\n]*\n(?=(?:[^\S\n]*\n|#.*\n)*(?:[\w-]+[^\S\n]*:|---))")
CLOSING = re.compile(r"^---[^\S\n]*(?:\n|\Z)", re.MULTILINE)
EMPTY = {"", "~", "null", "Null", "NULL"}


def has_front_matter(text: str) -> bool:
    """A first line ``---`` and a key under it; without the key it is a rule across the page."""
    return OPENING.match(text) is not None


NESTED = "mapping values are not allowed here"
"""What PyYAML says of a colon within a value."""
COLON = 'a value that holds a colon stands in quotes, as in title: "Dax: der Rekordlauf"'


def read_markdown(text: str, source: str) -> tuple[str, Metadata]:
    """Everything after the closing ``---`` line without leading blank lines, and what the block says.

    InputError (``front_matter``) names the file and the key: unknown, given twice, no plain value, no ISO date; or the
    block is not closed, or is no YAML.
    """
    opening = OPENING.match(text)
    if not opening:
        return text, Metadata()
    closing = CLOSING.search(text, opening.end())
    if not closing:
        raise _wrong(source, 'begins with "---" but no second "---" line closes it')
    values = _parsed(text[opening.end() : closing.start()], source)
    body = re.sub(r"\A(?:[^\S\n]*\n)+", "", text[closing.end() :])
    published = _date(values.get("date"), source)
    metadata = Metadata(
        title=values.get("title"), author=values.get("author"), outlet=values.get("outlet"), published=published,
        published_from="front_matter" if published else None, language=values.get("language"),
        licence=values.get("licence"),
    )  # fmt: skip
    return body, metadata


def read_plain(text: str, source: str) -> tuple[str, Metadata]:
    """The same of a plain text, where the block is whole and has only keys and values that are allowed; else all of it
    is text. Nobody promised that two rules across a plain page mean more, so nothing is refused."""
    try:
        body, metadata = read_markdown(text, source)
    except InputError:
        return text, Metadata()
    return (text, metadata) if metadata == Metadata() else (body, metadata)


def _parsed(block: str, source: str) -> dict[str, str | None]:
    """Key → value. Scalars are read as strings, so that neither "No" nor 2025-01-28 changes its meaning."""
    try:
        node = yaml.compose(block, yaml.BaseLoader)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        problem = getattr(error, "problem", None) or error
        cure = f"; {COLON}" if problem == NESTED else ""
        raise _wrong(source, f"is no YAML{line}: {problem}{cure}") from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(source, "is no list of keys and values")
    values: dict[str, str | None] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        _check_key(key, key in values, source)
        values[key] = _scalar(key, value_node, source)
    return values


def _check_key(key: str, seen: bool, source: str) -> None:
    if key not in KEYS:
        near = difflib.get_close_matches(key.lower(), KEYS, n=1)
        meant = f' (did you mean "{near[0]}"?)' if near else ""
        raise _wrong(source, f'has the unknown key "{key}"{meant}')
    if seen:
        raise _wrong(source, f'has the key "{key}" twice')


def _scalar(key: str, node: Any, source: str) -> str | None:
    """A plain value, or a list of them (several authors)."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(item, yaml.ScalarNode) for item in nodes):
        raise _wrong(source, f'has no plain value under "{key}"')
    return filled(", ".join(item.value for item in nodes if item.value not in EMPTY))


def _date(value: str | None, source: str) -> date | None:
    published = iso_date(value)
    if value and not published:
        raise _wrong(source, f'has "{value}" under "date"; write it as YYYY-MM-DD')
    return published


def _wrong(source: str, what: str) -> InputError:
    return InputError(f"The front matter of {source} {what}. Allowed keys: {', '.join(KEYS)}.", code="front_matter")
