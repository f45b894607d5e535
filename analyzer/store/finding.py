"""Search by words in the ledger, with filters: SQLite's FTS5, or the text search of PostgreSQL.

A query is words, and phrases in quotation marks. Every phrase has to stand there; of the words all where that finds
something, else any. Words that only join others ("the", "und") are left out unless there is nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select, text

from analyzer.errors import InputError
from analyzer.store import glossary, queries, tables
from analyzer.store.words import fold

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from analyzer.store.connect import Database

What = Literal["passages", "claims"]
PHRASE = re.compile(r"[\"“”„»«]([^\"“”„»«]*)[\"“”„»«]")
WHATS: tuple[What, ...] = ("passages", "claims")
PLAIN, WITH_FILTERS = 4, 20
"""How many times as many as are wanted are ranked, without filters and with them."""
ENOUGH = 4
"""What part of those that are wanted will do: asking for all takes three times as long."""


class Filters(TypedDict, total=False):
    """What hits can be narrowed by; None narrows nothing. The last three are of claims: no passage fits them."""

    author: str | None
    outlet: str | None
    since: date | None
    until: date | None
    language: str | None
    kind: str | None
    label: str | None
    symbol: str | None


OF_CLAIMS = ("kind", "label", "symbol")
OF_ARTICLES = {
    "author": lambda value: func.lower(tables.articles.c.author) == value.lower(),
    "outlet": lambda value: func.lower(tables.articles.c.outlet) == value.lower(),
    "since": lambda value: tables.articles.c.published >= value,
    "until": lambda value: tables.articles.c.published <= value,
    "language": lambda value: tables.articles.c.language == value,
}


@dataclass(frozen=True)
class Query:
    """Folded words, and phrases of several."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]

    def holds(self, folded: str) -> bool:
        """Whether every phrase stands in a folded text."""
        padded = f" {folded} "
        return all(f" {phrase} " in padded for phrase in self.phrases)


def parse(query: str) -> Query:
    """InputError for a query without a word."""
    phrases = tuple(folded for said in PHRASE.findall(query) if (folded := fold(said)))
    words = tuple(dict.fromkeys(fold(PHRASE.sub(" ", query)).split()))
    if not words and not phrases:
        raise InputError(f"There is no word in {query!r} to search for.")
    weighty = tuple(w for w in words if w not in glossary.GERMAN and w not in glossary.ENGLISH)
    return Query(weighty or (() if phrases else words), phrases)


class Finder:
    def __init__(self, database: Database) -> None:
        self._database = database

    def by_words(self, query: Query, filters: Filters, n: int) -> dict[What, list[str]]:
        """Ids of passages and of claims, each best first."""
        with self._database.reading() as connection:
            for joined in ("all", "any") if len(query.words) > 1 else ("all",):
                rows = _ranked(connection, query, joined, filters, n)
                if rows:
                    return {what: [id for kind, id in rows if kind == what][:n] for what in WHATS}
        return {what: [] for what in WHATS}

    def fitting(self, what: What, ids: Sequence[str], filters: Filters) -> set[str]:
        """Which of these ids the filters leave."""
        if _excludes(what, filters) or not ids:
            return set()
        words, articles = tables.words.c, tables.articles.c
        with self._database.reading() as connection:
            # Two short questions: asked in one, SQLite goes through every article that fits.
            rows = connection.execute(select(words.id, words.article).where(words.id.in_(ids)))
            of = {row.id: row.article for row in rows}
            fit = select(articles.id).where(articles.id.in_(set(of.values())), *_of_articles(filters))
            kept = set(connection.scalars(fit))
            left = {id for id, article in of.items() if article in kept}
            if what == "claims" and (of_claims := _of_claims(filters)):
                left &= set(connection.scalars(_claims_of([tables.claims.c.id.in_(left), *of_claims])))
        return left

    def ids(self, what: What, filters: Filters, most: int) -> list[str]:
        """The ids that the filters leave, at most so many."""
        if _excludes(what, filters):
            return []
        query = select(tables.words.c.id).where(tables.words.c.what == what).limit(most)
        with self._database.reading() as connection:
            return list(connection.scalars(_narrowed(query, what, filters)))

    def entries(self) -> int:
        """How many passages and claims can be searched."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(tables.words)) or 0

    def passages(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Passages by id: article, start, end and the article's whole text, with what is known of the article."""
        found, parts, words = queries.passage_places().add_columns(*_article()), tables.passages.c, tables.words.c
        articles = select(words.article).where(words.id.in_(ids))  # by the key, whose first part is the article
        return self._by_id(found.where(parts.article.in_(articles), parts.id.in_(ids)).order_by(None))

    def claims(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Claims by id: article, place, quote, kind and verdict, with the article's text (None when forgotten)."""
        c, r, a, t = tables.claims.c, tables.readings.c, tables.articles.c, tables.texts.c
        query = (
            select(c.id, c.article, c.start, c.end, c.kind, r.quote, queries.latest.c.label, t.text, *_article())
            .select_from(tables.readings)
            .join(tables.claims, c.id == r.claim)
            .join(tables.runs, tables.runs.c.id == r.run)
            .join(tables.articles, a.id == c.article)
            .outerjoin(tables.texts, (t.article == a.id) & (t.sha256 == a.text_sha256))
            .join(queries.latest, queries.of_reading(queries.latest, "latest"))
            .where(c.id.in_(ids))
            .order_by(tables.runs.c.number)
        )
        return self._by_id(query)

    def _by_id(self, query: Select[Any]) -> dict[str, dict[str, Any]]:
        with self._database.reading() as connection:
            return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def _article() -> tuple[Any, ...]:
    a = tables.articles.c
    return a.title, a.author, a.outlet, a.published, a.language, a.source


def _excludes(what: What, filters: Filters) -> bool:
    return what == "passages" and any(filters.get(name) is not None for name in OF_CLAIMS)


def _narrowed(query: Select[Any], what: What | None, filters: Filters) -> Select[Any]:
    """Only what the filters leave; ``what`` None: of both kinds, where filters of claims leave claims alone."""
    if conditions := _of_articles(filters):
        query = query.where(tables.words.c.article.in_(select(tables.articles.c.id).where(*conditions)))
    if what != "passages" and (of_claims := _of_claims(filters)):
        query = query.where(tables.words.c.id.in_(_claims_of(of_claims)))
    return query


def _of_articles(filters: Filters) -> list[ColumnElement[bool]]:
    given = {name: value for name, value in filters.items() if value is not None and name in OF_ARTICLES}
    return [OF_ARTICLES[name](value) for name, value in given.items()]


def _of_claims(filters: Filters) -> list[ColumnElement[bool]]:
    return [queries.CONDITIONS[name](filters[name]) for name in OF_CLAIMS if filters.get(name) is not None]  # type: ignore[literal-required]


def _claims_of(conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    latest = queries.latest
    return (
        select(tables.readings.c.claim)
        .join(tables.claims, tables.claims.c.id == tables.readings.c.claim)
        .join(tables.runs, tables.runs.c.id == tables.readings.c.run)
        .join(latest, queries.of_reading(latest, "latest"))
        .where(tables.runs.c.number.in_(queries.newest_runs(extracted=True)), *conditions)
    )


# --- ranking --------------------------------------------------------------------------------------------------------


def _ranked(connection: Connection, query: Query, joined: str, filters: Filters, n: int) -> list[tuple[str, str]]:
    """What and id, best first. The database ranks by the words alone, which is fast, and only then are the best
    narrowed; where the filters leave too little of them, all are."""
    postgresql = connection.dialect.name == "postgresql"
    terms, best = (
        (_postgresql(query, joined), _best_of_postgresql) if postgresql else (_fts5(query, joined), _best_of_fts5)
    )
    narrowed = any(value is not None for value in filters.values())
    for most in (WITH_FILTERS * n, None) if narrowed else (PLAIN * n,):
        ranked = best(most).subquery()
        select_ids = (
            select(tables.words.c.what, tables.words.c.id)
            .join(ranked, ranked.c.number == tables.words.c.number)
            .order_by(ranked.c.place, tables.words.c.number)
        )
        rows = connection.execute(_narrowed(select_ids, None, filters), {"terms": terms}).all()
        if len(rows) >= n // ENOUGH:
            break
    return list(dict.fromkeys((what, id) for what, id in rows))


def _best_of_fts5(most: int | None) -> Select[Any]:
    number: ColumnElement[Any] = literal_column("rowid")
    place: ColumnElement[Any] = literal_column("rank")
    found = (
        select(number.label("number"), place.label("place"))
        .select_from(text("words_fts"))
        .where(text("words_fts MATCH :terms"))
    )
    return found.order_by(literal_column("rank")).limit(most) if most else found


def _fts5(query: Query, joined: str) -> str:
    words = (" AND " if joined == "all" else " OR ").join(f'"{word}"' for word in query.words)
    parts = [f'"{phrase}"' for phrase in query.phrases] + ([f"({words})"] if words else [])
    return " AND ".join(parts)


def _best_of_postgresql(most: int | None) -> Select[Any]:
    simple: ColumnElement[Any] = literal_column("'simple'::regconfig")
    vector = func.to_tsvector(simple, tables.words.c.folded)
    terms = func.to_tsquery(simple, bindparam("terms"))
    place = (-func.ts_rank(vector, terms)).label("place")
    found = select(tables.words.c.number.label("number"), place).where(vector.op("@@")(terms))
    return found.order_by(place).limit(most) if most else found


def _postgresql(query: Query, joined: str) -> str:
    words = (" & " if joined == "all" else " | ").join(query.words)
    parts = ["(" + " <-> ".join(phrase.split()) + ")" for phrase in query.phrases] + ([f"({words})"] if words else [])
    return " & ".join(parts)
