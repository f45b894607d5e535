"""The words of passages and claims, folded, so that they are found whatever their case and their accents.

Written in the transaction that records an article. The fold is ours, not the database's, so that SQLite and PostgreSQL
find the same: small letters, ß as ss, letters without their marks ("Zölle" is found by "zolle").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, text

from analyzer.model import Article, Claim, Passage
from analyzer.store import queries, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

WORD = re.compile(r"[^\W_]+")
AT_ONCE = 5000
"""Rows of one insert of a rebuild."""


def fold(words: str) -> str:
    """The words of a text, folded, with one space between: what stands between them is not searched.

    >>> fold("Die Straße: »Zölle«!")
    'die strasse zolle'
    """
    plain = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(WORD.findall(letters))


def write(
    connection: Connection, article: Article, claims: Sequence[Claim] | None, passages: Iterable[Passage]
) -> None:
    """In place of what was there: the article's passages, and its claims unless their extraction failed (None)."""
    mine = tables.words.c.article == article.id
    gone = mine if claims is not None else mine & (tables.words.c.what == "passages")
    connection.execute(delete(tables.words).where(gone))
    found = [_row("passages", p.id, article.id, p.text) for p in passages]
    found += [_row("claims", c.id, article.id, _of_claim(c.quote, c.statement)) for c in claims or ()]
    if found:
        connection.execute(insert(tables.words), found)


def forget(connection: Connection, article: str) -> None:
    """Take an article's words out, of the database's own index too, where deleted words outlive their rows."""
    if connection.execute(delete(tables.words).where(tables.words.c.article == article)).rowcount:
        _compact(connection)


def rebuild(connection: Connection) -> None:
    """All words anew; those of an article whose text is forgotten stay out."""
    connection.execute(delete(tables.words))
    for rows in (_passages(connection), _claims(connection)):
        for start in range(0, len(rows), AT_ONCE):
            connection.execute(insert(tables.words), rows[start : start + AT_ONCE])
    _compact(connection)


def _passages(connection: Connection) -> list[dict[str, str]]:
    found = connection.execute(queries.passage_places()).all()
    return [_row("passages", id, article, whole[a:b]) for id, article, a, b, whole in found]


def _claims(connection: Connection) -> list[dict[str, str]]:
    c, r = tables.claims.c, tables.readings.c
    query = (
        select(c.id, c.article, r.quote, r.statement)
        .join(tables.readings, r.claim == c.id)
        .join(tables.runs, tables.runs.c.id == r.run)
        .where(queries.in_force())
        .where(c.article.in_(select(tables.texts.c.article)))
        .order_by(tables.runs.c.number, r.position)
    )
    return [
        _row("claims", id, article, _of_claim(quote, said)) for id, article, quote, said in connection.execute(query)
    ]


def _of_claim(quote: str, statement: str) -> str:
    return quote if statement in quote else f"{quote} {statement}"


def _row(what: str, id: str, article: str, words: str) -> dict[str, str]:
    return {"what": what, "id": id, "article": article, "folded": fold(words)}


def _compact(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO words_fts(words_fts) VALUES ('optimize')"))
