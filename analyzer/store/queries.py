"""What the ledger is asked: selects over its tables, without a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, CompoundSelect, FromClause, ScalarSelect, Select, exists, func, or_, select

from analyzer.store.conditions import says
from analyzer.store.tables import (
    amendments,
    articles,
    claims,
    passages,
    readings,
    refused,
    reviews,
    runs,
    symbols,
    texts,
    trials,
    verdicts,
)  # fmt: skip

latest = verdicts.alias("latest")
written = verdicts.alias("written")


class ClaimFilters(TypedDict, total=False):
    """What claims can be narrowed by; None narrows nothing.

    ``article``: an id or its beginning; ``label``: the machine's latest; ``since``, ``until``: the article's date, both
    included; ``text``: words of the quote or the statement, in any case.
    """

    article: str | None
    kind: str | None
    label: str | None
    symbol: str | None
    check: str | None
    author: str | None
    outlet: str | None
    since: date | None
    until: date | None
    text: str | None


def _names_symbol(symbol: str) -> ColumnElement[bool]:
    return exists().where(
        symbols.c.run == readings.c.run, symbols.c.claim == readings.c.claim, symbols.c.symbol == symbol
    )


def _has_check(check: str) -> ColumnElement[bool]:
    return exists().where(
        trials.c.run == readings.c.run, trials.c.claim == readings.c.claim, trials.c.check_name == check
    )


def _says(text: str) -> ColumnElement[bool]:
    return says(text, readings.c.quote, readings.c.statement)


CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "article": lambda value: articles.c.id.startswith(value.lower(), autoescape=True),
    "kind": lambda value: claims.c.kind == value,
    "label": lambda value: latest.c.label == value,
    "symbol": _names_symbol,
    "check": _has_check,
    "author": lambda value: articles.c.author == value,
    "outlet": lambda value: articles.c.outlet == value,
    "since": lambda value: articles.c.published >= value,
    "until": lambda value: articles.c.published <= value,
    "text": _says,
}


OF_ARTICLES = ("article", "author", "outlet", "since", "until")
"""Filters on an article as a whole."""


LEADING = ("kind", "label")
"""Filters with an index that SQLite begins with."""


def narrowed(filters: ClaimFilters, *, of_articles: bool = False) -> list[ColumnElement[bool]]:
    """The conditions that the filters are; with ``of_articles`` only those on an article as a whole."""
    given = ((name, value) for name, value in filters.items() if value is not None)
    return [CONDITIONS[name](value) for name, value in given if not of_articles or name in OF_ARTICLES]


def newest_runs(*, extracted: bool = False) -> Select[tuple[int]]:
    """The number of each article's last recorded run; on request of its last run with an extraction."""
    query = select(func.max(runs.c.number).label("number")).group_by(runs.c.article)
    return query.where(runs.c.extracted) if extracted else query


def in_force(*, led: bool = False) -> ColumnElement[bool]:
    """Whether a run is the last of its article with an extraction. ``led``: where something rarer leads to the run (a
    label, a kind, some claims): SQLite would else try every newest run for each of them."""
    number = runs.c.number + 0 if led else runs.c.number
    return number.in_(newest_runs(extracted=True))


def newest_run_ids(articles: Iterable[str] | None, *, extracted: bool = False) -> Select[tuple[str]]:
    """The newest run of each of the articles (None: of all), in the order of recording."""
    newest = runs.c.number.in_(newest_runs(extracted=extracted))
    query = select(runs.c.id).where(newest).order_by(runs.c.number)
    return query if articles is None else query.where(runs.c.article.in_(list(articles)))


def claim_rows(filters: ClaimFilters) -> Select[Any]:
    """One row a claim of each article's newest run, in the order of recording and reading."""
    reviewed = _review_count()
    return (
        select(
            claims.c.id, claims.c.article, readings.c.run, claims.c.kind, readings.c.quote, readings.c.statement,
            readings.c.checkable, latest.c.label, latest.c.reason, latest.c.summary, latest.c.as_of,
            written.c.label.label("when_written"), articles.c.title, articles.c.author, articles.c.outlet,
            articles.c.published, reviewed.label("reviews"),
        )
        .select_from(readings)
        .join(claims, claims.c.id == readings.c.claim)
        .join(runs, runs.c.id == readings.c.run)
        .join(articles, articles.c.id == claims.c.article)
        .join(latest, of_reading(latest, "latest"))
        .outerjoin(written, of_reading(written, "when_written"))
        .where(in_force(led=any(filters.get(name) for name in LEADING)), *narrowed(filters))
        .order_by(runs.c.number, readings.c.position)
    )  # fmt: skip


def of_reading(table: FromClause, stage: str) -> ColumnElement[bool]:
    return (table.c.run == readings.c.run) & (table.c.claim == readings.c.claim) & (table.c.stage == stage)


def _review_count() -> ScalarSelect[int]:
    count = select(func.count()).select_from(reviews).where(reviews.c.claim == claims.c.id)
    return count.correlate(claims).scalar_subquery()


def article_rows() -> Select[Any]:
    """Articles with the number of their runs and their newest run, in the order of that run."""
    counted = (
        select(runs.c.article, func.count().label("runs"), func.max(runs.c.number).label("newest"))
        .group_by(runs.c.article)
        .subquery()
    )
    newest = runs.alias("newest")
    return (
        select(articles, counted.c.runs, newest.c.id.label("run"), newest.c.recorded)
        .join(counted, counted.c.article == articles.c.id)
        .join(newest, newest.c.number == counted.c.newest)
        .order_by(newest.c.number)
    )


def articles_like(ref: str) -> Select[Any]:
    """Articles whose id begins with, whose source is, or whose title is the reference; newest run last."""
    rows = article_rows()
    like_id = articles.c.id.startswith(ref.lower(), autoescape=True)
    same_title = func.lower(articles.c.title) == ref.lower()
    return rows.where(or_(like_id, articles.c.source == ref, same_title))


def claims_like(ref: str) -> Select[Any]:
    return select(claims.c.id, claims.c.kind, claims.c.article).where(
        claims.c.id.startswith(ref.lower(), autoescape=True)
    )


def newest_run_of_claim(claim: str) -> Select[Any]:
    return (
        select(runs)
        .join(readings, readings.c.run == runs.c.id)
        .where(readings.c.claim == claim)
        .order_by(runs.c.number.desc())
        .limit(1)
    )


def readings_of(run: str) -> Select[Any]:
    return (
        select(claims, readings)
        .join(claims, claims.c.id == readings.c.claim)
        .where(readings.c.run == run)
        .order_by(readings.c.position)
    )


def reviews_of(article: str) -> Select[Any]:
    """Reviews of the article's claims, in whatever run, oldest first."""
    query = select(reviews).join(claims, claims.c.id == reviews.c.claim)
    return query.where(claims.c.article == article).order_by(reviews.c.number)


def reviewed_claims(article: str) -> Select[Any]:
    """The article's claims that were ever reviewed, with their quote as it was last read, or as it was added."""
    quote = select(readings.c.quote).join(runs, runs.c.id == readings.c.run).where(readings.c.claim == claims.c.id)
    newest = quote.order_by(runs.c.number.desc()).limit(1).correlate(claims).scalar_subquery()
    by_hand = select(func.max(amendments.c.quote)).where(amendments.c.claim == claims.c.id).correlate(claims)
    was_reviewed = exists().where(reviews.c.claim == claims.c.id)
    shown = func.coalesce(newest, by_hand.scalar_subquery(), "").label("quote")
    return select(claims, shown).where(claims.c.article == article, was_reviewed)


def amendments_of(article: str) -> Select[Any]:
    """What people had tested otherwise of the article's claims, oldest first."""
    return select(amendments.c.record).where(amendments.c.article == article).order_by(amendments.c.number)


def all_amendments() -> Select[Any]:
    """Every amendment with the place of the claim that it is of, oldest first."""
    place = (claims.c.start, claims.c.end, claims.c.kind, claims.c.figures)
    query = select(amendments.c.record, *place).join(claims, claims.c.id == amendments.c.claim)
    return query.order_by(amendments.c.number)


def amended_claims(article: str) -> Select[Any]:
    """The article's claims that were ever amended, or added."""
    return select(claims).where(claims.c.article == article, exists().where(amendments.c.claim == claims.c.id))


def passage_texts(ids: Sequence[str]) -> Select[Any]:
    """Id, start, end and the whole text of passages of the texts that are current."""
    current = (articles.c.id == texts.c.article) & (articles.c.text_sha256 == texts.c.sha256)
    return (
        select(passages.c.id, passages.c.start, passages.c.end, texts.c.text)
        .join(texts, (texts.c.article == passages.c.article) & (texts.c.sha256 == passages.c.sha256))
        .join(articles, current)
        .where(passages.c.id.in_(ids))
    )


def quotes_of(article: str) -> CompoundSelect[tuple[str]]:
    """Quotes of an article's claims, refusals and amendments, each once."""
    read = select(readings.c.quote).join(runs, runs.c.id == readings.c.run).where(runs.c.article == article)
    not_taken = select(refused.c.quote).join(runs, runs.c.id == refused.c.run).where(runs.c.article == article)
    by_hand = select(amendments.c.quote).where(amendments.c.article == article, amendments.c.quote.is_not(None))
    return read.union(not_taken, by_hand)


def claim_quotes(ids: Sequence[str]) -> Select[Any]:
    """Id and quote of claims, the newest reading last."""
    return (
        select(readings.c.claim, readings.c.quote)
        .join(runs, runs.c.id == readings.c.run)
        .where(readings.c.claim.in_(ids))
        .order_by(runs.c.number)
    )


def passage_places() -> Select[Any]:
    """Id, article, start, end and the whole text of every passage of the texts that are current."""
    current = (articles.c.id == texts.c.article) & (articles.c.text_sha256 == texts.c.sha256)
    return (
        select(passages.c.id, passages.c.article, passages.c.start, passages.c.end, texts.c.text)
        .join(texts, (texts.c.article == passages.c.article) & (texts.c.sha256 == passages.c.sha256))
        .join(articles, current)
        .order_by(passages.c.article, passages.c.start)
    )
