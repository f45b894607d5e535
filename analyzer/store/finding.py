"""Search by words in the ledger, with filters: SQLite's FTS5, or the text search of PostgreSQL.

A query is words, and phrases in quotation marks. Every phrase has to stand there; of the words all where that finds
something, else any. Words that only join others ("the", "und") are left out unless there is nothing else; then all are
wanted, as any of them stands everywhere, and the newest come first, as such words tell none from another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select, text

from analyzer.errors import InputError
from analyzer.store import glossary, queries, tables
from analyzer.store.conditions import among, reads
from analyzer.store.words import fold

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from analyzer.store.connect import Database

What = Literal["passages", "claims"]
PHRASE = re.compile(r"[\"“”„»«]([^\"“”„»«]*)[\"“”„»«]")
WHATS: tuple[What, ...] = ("passages", "claims")
PLAIN, WITH_FILTERS = 4, 20
"""How many times as many as are wanted are ranked, without filters and with them."""
FEW = 1000
"""Up to so many entries that filters leave are ranked among themselves alone."""
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
OF_ARTICLES: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "author": lambda value: reads(tables.articles.c.author, value),
    "outlet": lambda value: reads(tables.articles.c.outlet, value),
    "since": lambda value: tables.articles.c.published >= value,
    "until": lambda value: tables.articles.c.published <= value,
    "language": lambda value: tables.articles.c.language == value,
}


@dataclass(frozen=True)
class Query:
    """Folded words, and phrases of several."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    weighty: bool = True
    """Whether it says what is looked for: not only words that join others."""

    @property
    def ways(self) -> tuple[str, ...]:
        """How the words are joined, one after the other until something is found."""
        return ("all", "any") if len(self.words) > 1 and self.weighty else ("all",)

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
    return Query(weighty or (() if phrases else words), phrases, weighty=bool(weighty or phrases))


class Finder:
    def __init__(self, database: Database) -> None:
        self._database = database

    def by_words(self, query: Query, filters: Filters, n: int) -> dict[What, list[str]]:
        """Ids of passages and of claims, each best first."""
        with self._database.reading() as connection:
            few = any(value is not None for value in filters.values()) and _are_few(connection, filters)
            for joined in query.ways:
                rows = _ranked(connection, query, joined, filters, n, few)
                if rows:
                    return {what: [id for kind, id in rows if kind == what][:n] for what in WHATS}
        return {what: [] for what in WHATS}

    def fitting(self, what: What, ids: Sequence[str], filters: Filters) -> set[str]:
        """Which of these ids the filters leave."""
        if _excludes(what, filters) or not ids:
            return set()
        words = tables.words.c
        with self._database.reading() as connection:
            found = connection.execute(select(words.what, words.id, words.article).where(among(words.id, ids))).all()
            return {id for _, id in _left([row for row in found if row.what == what], connection, filters)}

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
    conditions = _of_articles(filters)
    articles = select(tables.articles.c.id).where(*conditions)
    if what != "passages" and (of_claims := _of_claims(filters)):
        if conditions:  # of the claims: beside them SQLite would look every claim up in every article
            of_claims.append(tables.claims.c.article.in_(articles))
        return query.where(tables.words.c.what == "claims", tables.words.c.id.in_(_claims_of(of_claims)))
    return query.where(tables.words.c.article.in_(articles)) if conditions else query


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
        .where(queries.in_force(led=True), *conditions)
    )


def _left(rows: Sequence[Any], connection: Connection, filters: Filters) -> list[tuple[str, str]]:
    """What and id of those (what, id, article) that the filters leave, in their order. Short questions about these
    alone: asked in one with them, SQLite goes through all that fits."""
    if of_articles := _of_articles(filters):
        articles = tables.articles.c.id
        fit = select(articles).where(among(articles, {row.article for row in rows}), *of_articles)
        kept = set(connection.scalars(fit))
        rows = [row for row in rows if row.article in kept]
    if of_claims := _of_claims(filters):
        claims = {row.id for row in rows if row.what == "claims"}
        kept = set(connection.scalars(_claims_of([among(tables.claims.c.id, claims), *of_claims])))
        rows = [row for row in rows if row.what == "claims" and row.id in kept]
    return [(row.what, row.id) for row in rows]


# --- ranking --------------------------------------------------------------------------------------------------------


def _ranked(
    connection: Connection, query: Query, joined: str, filters: Filters, n: int, few: bool
) -> list[tuple[str, str]]:
    """What and id, best first. The database ranks by the words alone, and only then are the best narrowed; where the
    filters leave too little of them, or are known to leave ``few`` at all, everything that they leave is ranked."""
    postgresql = connection.dialect.name == "postgresql"
    terms = (
        _postgresql(query, joined) if postgresql else _fts5(query, joined, claims_alone=_excludes("passages", filters))
    )
    best = partial(_best_of_postgresql if postgresql else _best_of_fts5, by_rank=query.weighty)
    if not any(value is not None for value in filters.values()):
        rows = [(row.what, row.id) for row in connection.execute(_with_words(best(PLAIN * n)), {"terms": terms})]
        return list(dict.fromkeys(rows))
    fit = _narrowed(select(tables.words.c.number), None, filters)
    if not few:
        ranked = connection.execute(_with_words(best(WITH_FILTERS * n)), {"terms": terms}).all()
        rows = _left(ranked, connection, filters)
        if len(rows) >= n // ENOUGH or len(ranked) < WITH_FILTERS * n:
            return list(dict.fromkeys(rows))
    for most in (WITH_FILTERS * n, None):
        found = connection.execute(_with_words(best(most, fit)), {"terms": terms}).all()
        rows = [(row.what, row.id) for row in found]
        if most and (len(rows) < most or all(sum(one == what for one, _ in rows) >= n for what in WHATS)):
            break
    return list(dict.fromkeys(rows))


def _are_few(connection: Connection, filters: Filters) -> bool:
    """Whether the filters leave so little that all of it is ranked."""
    most = _narrowed(select(tables.words.c.number), None, filters).limit(FEW + 1)
    return len(connection.scalars(most).all()) <= FEW


def _with_words(best: Select[Any]) -> Select[Any]:
    """What, id and article of the ranked, best first."""
    words, ranked = tables.words.c, best.subquery()
    query = select(words.what, words.id, words.article).join(ranked, ranked.c.number == words.number)
    return query.order_by(ranked.c.place, words.number)


def _best_of_fts5(most: int | None, fit: Select[Any] | None = None, *, by_rank: bool) -> Select[Any]:
    """With ``fit`` (numbers) of these alone: the plus keeps FTS5 from looking each of them up, and what is not among
    them gets no rank."""
    number: ColumnElement[Any] = literal_column("rowid")
    place: ColumnElement[Any] = literal_column("rank" if by_rank else "-rowid")
    found = (
        select(number.label("number"), place.label("place"))
        .select_from(text("words_fts"))
        .where(text("words_fts MATCH :terms"))
    )
    if fit is not None:
        found = found.where(literal_column("+rowid").in_(fit))
    if not most:
        return found
    if not by_rank:
        return found.order_by(literal_column("rowid DESC")).limit(most)
    order = ("rank",) if fit is None else ("+rank", "+rowid")
    return found.order_by(*map(literal_column, order)).limit(most)


def _fts5(query: Query, joined: str, *, claims_alone: bool) -> str:
    words = (" AND " if joined == "all" else " OR ").join(f'"{word}"' for word in query.words)
    parts = [f'"{phrase}"' for phrase in query.phrases] + ([f"({words})"] if words else [])
    said = f"folded : ({' AND '.join(parts)})"
    return f"what : claims AND {said}" if claims_alone else said


def _best_of_postgresql(most: int | None, fit: Select[Any] | None = None, *, by_rank: bool) -> Select[Any]:
    simple: ColumnElement[Any] = literal_column("'simple'::regconfig")
    vector = func.to_tsvector(simple, tables.words.c.folded)
    terms = func.to_tsquery(simple, bindparam("terms"))
    place = (-func.ts_rank(vector, terms) if by_rank else -tables.words.c.number).label("place")
    found = select(tables.words.c.number.label("number"), place).where(vector.op("@@")(terms))
    if fit is not None:
        found = found.where(tables.words.c.number.in_(fit))
    return found.order_by(place, tables.words.c.number).limit(most) if most else found


def _postgresql(query: Query, joined: str) -> str:
    words = (" & " if joined == "all" else " | ").join(query.words)
    parts = ["(" + " <-> ".join(phrase.split()) + ")" for phrase in query.phrases] + ([f"({words})"] if words else [])
    return " & ".join(parts)
