"""Conditions that each database is told in the way that is fast there.

``says``: whether a word stands in a text, in any case. SQLite knows small letters of ASCII alone, so that Python has to
be asked. It is asked only where the word may well stand: SQLite's own LIKE, a tenth as dear, leaves out the rest by a
pattern in which what it cannot judge fits anything. ``reads``: the same of a text as a whole.

``among``: whether a value is one of many, which go to the database as one parameter instead of hundreds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler

WILD = frozenset("%_\\ikIK")
"""Signs of LIKE itself, and the letters that are also the small ones of "İ" and of the sign for kelvin."""


class _Condition(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """As it is: where SQLite is given ``(…) = 1`` it looks into no index and leaves out no operand."""
        return self


class says(_Condition):  # noqa: N801  stands in queries like a function
    """``says(word, text, …)``: whether the word is part of any of the texts; one that is NULL holds nothing."""

    name = "says"
    inherit_cache = True

    def __init__(self, word: str, *texts: ColumnElement[Any]) -> None:
        super().__init__(word, f"%{likely(word)}%", *texts)


@compiles(says)
def _says_the_database(element: says, compiler: SQLCompiler, **options: Any) -> str:
    word, _, *texts = element.clauses
    small = compiler.process(word, **options)
    found = (f"strpos(lower({compiler.process(text, **options)}), lower({small})) > 0" for text in texts)
    return f"({' OR '.join(found)})"


@compiles(says, "sqlite")
def _says_python(element: says, compiler: SQLCompiler, **options: Any) -> str:
    word, pattern, *texts = (compiler.process(one, **options) for one in element.clauses)
    may = " OR ".join(f"{text} LIKE {pattern}" for text in texts)
    return f"(({may}) AND says({', '.join((word, *texts))}))"


def likely(word: str) -> str:
    """A pattern of LIKE that fits every text that is the word in some case.

    >>> likely("Öl-Markt")
    '%l-Mar_t'
    """
    return "".join("%" if not c.isascii() else "_" if c in WILD else c for c in word)


def in_any(word: str, *texts: str | None) -> bool:
    """What SQLite calls as ``says``."""
    small = word.lower()
    return any(text is not None and small in text.lower() for text in texts)


class reads(_Condition):  # noqa: N801  stands in queries like a function
    """``reads(text, words)``: whether the text is these words, in any case."""

    name = "reads"
    inherit_cache = True

    def __init__(self, text: ColumnElement[Any], words: str) -> None:
        super().__init__(text, words.lower(), likely(words))


@compiles(reads)
def _reads_the_database(element: reads, compiler: SQLCompiler, **options: Any) -> str:
    text, words, _ = element.clauses
    return f"(lower({compiler.process(text, **options)}) = {compiler.process(words, **options)})"


@compiles(reads, "sqlite")
def _reads_python(element: reads, compiler: SQLCompiler, **options: Any) -> str:
    text, words, pattern = (compiler.process(one, **options) for one in element.clauses)
    return f"({text} LIKE {pattern} AND lower({text}) = {words})"


class among(_Condition):  # noqa: N801  stands in queries like a function
    """``among(column, values)``: ``column IN (values)`` of texts."""

    name = "among"
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], values: Iterable[str]) -> None:
        super().__init__(column, json.dumps(list(values)))


@compiles(among)
def _among_the_database(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"({column} IN (SELECT json_array_elements_text(CAST({values} AS json))))"


@compiles(among, "sqlite")
def _among_sqlite(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"({column} IN (SELECT value FROM json_each({values})))"
