"""A run's record over an open connection: written whole within a transaction, read back as the report it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, Table, delete, insert, select, update

from analyzer.errors import StoreError
from analyzer.model import (
    Article,
    ClaimResult,
    Evidence,
    Failure,
    Passage,
    Refused,
    Report,
    Review,
    Trial,
    Unclaimed,
)  # fmt: skip
from analyzer.store import queries, rows, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

LISTS: tuple[tuple[Table, Any, str], ...] = (
    (tables.refused, Refused, "refused"),
    (tables.unclaimed, Unclaimed, "unclaimed"),
    (tables.failures, Failure, "failed"),
)
"""Tables, nouns and fields of the report's lists."""


@dataclass(frozen=True)
class Record:
    """Everything of one run over one article; ``at`` is the time of recording (ISO 8601)."""

    article: Article
    report: Report
    trials: Sequence[Trial]
    passages: Sequence[Passage]
    at: str


def write(connection: Connection, record: Record) -> None:
    """Add the record; one that is there already, by its run's id, is left as it is."""
    article, report = record.article, record.report
    if _is_recorded(connection, record):
        return
    _write_article(connection, article)
    _write_passages(connection, article, record.passages)
    add(connection, tables.runs, [rows.run_row(article, report, record.at)])
    _write_claims(connection, report)
    _write_tests(connection, report, record.trials)
    for table, _, name in LISTS:
        add(connection, table, rows.list_rows(report.run.id, getattr(report, name)))
    add(connection, tables.steps, rows.step_rows(article, report, record.at))


def write_reviews(connection: Connection, reviews: Sequence[Review]) -> None:
    _add_missing(connection, tables.reviews, [review.model_dump() for review in reviews])


def read(connection: Connection, run: Select[Any]) -> Report | None:
    """The report of the run that the query selects, reviews of later days included."""
    row = connection.execute(run).mappings().first()
    if row is None:
        return None
    lists = {
        name: tuple(noun.model_validate(dict(one)) for one in _in_order(connection, table, row["id"]))
        for table, noun, name in LISTS
    }
    text = _text(connection, row) if row["with_text"] else None
    return rows.to_report(row, text, _read_claims(connection, row["id"]), lists)


# --- writing --------------------------------------------------------------------------------------------------------


def add(connection: Connection, table: Table, new: Sequence[rows.Row]) -> None:
    if new:
        connection.execute(insert(table), new)


def _add_missing(connection: Connection, table: Table, new: Sequence[rows.Row]) -> None:
    """Insert the rows whose id the table does not hold yet."""
    known = set(connection.scalars(select(table.c.id).where(table.c.id.in_([row["id"] for row in new]))))
    add(connection, table, [row for row in new if row["id"] not in known])


def _is_recorded(connection: Connection, record: Record) -> bool:
    run, article = record.report.run.id, record.article.id
    known = connection.scalar(select(tables.runs.c.article).where(tables.runs.c.id == run))
    if known not in (None, article):
        raise StoreError(f"Run {run} is recorded with article {known}, so it cannot hold {article}.", code="conflict")
    return known is not None


def _write_article(connection: Connection, article: Article) -> None:
    new, this = rows.article_row(article), tables.articles.c.id == article.id
    old = connection.execute(select(tables.articles).where(this)).mappings().first()
    if old is None:
        add(connection, tables.articles, [new])
    else:
        connection.execute(update(tables.articles).where(this).values(rows.known_better(old, new)))


def _write_passages(connection: Connection, article: Article, passages: Sequence[Passage]) -> None:
    """The text, if it is new, and the passages in place of those of an earlier split."""
    texts, parts = tables.texts.c, tables.passages.c
    same = (texts.article == article.id) & (texts.sha256 == article.text_sha256)
    if connection.scalar(select(texts.sha256).where(same)) is None:
        add(connection, tables.texts, [{"article": article.id, "sha256": article.text_sha256, "text": article.text}])
    connection.execute(delete(tables.passages).where(parts.article == article.id, parts.sha256 == article.text_sha256))
    add(connection, tables.passages, [rows.passage_row(article, passage) for passage in passages])


def _write_claims(connection: Connection, report: Report) -> None:
    run, claims = report.run.id, report.claims or ()
    _add_missing(connection, tables.claims, [rows.claim_row(claim) for claim in claims])
    add(connection, tables.readings, [rows.reading_row(run, i, claim) for i, claim in enumerate(claims)])
    add(connection, tables.verdicts, [row for claim in claims for row in rows.verdict_rows(run, claim)])
    write_reviews(connection, [review for claim in claims for review in claim.reviews])


def _write_tests(connection: Connection, report: Report, trials: Sequence[Trial]) -> None:
    run = report.run.id
    add(connection, tables.trials, [rows.trial_row(run, i, trial) for i, trial in enumerate(trials)])
    found = [(claim.id, i, one) for claim in report.claims or () for i, one in enumerate(claim.evidence)]
    add(connection, tables.evidence, [rows.evidence_row(run, claim, i, one) for claim, i, one in found])
    add(connection, tables.symbols, rows.symbol_rows(report, trials))


# --- reading --------------------------------------------------------------------------------------------------------


def _text(connection: Connection, run: RowMapping) -> str | None:
    texts = tables.texts.c
    same = (texts.article == run["article"]) & (texts.sha256 == run["text_sha256"])
    return connection.scalar(select(texts.text).where(same))


def _in_order(connection: Connection, table: Table, run: str) -> Iterable[RowMapping]:
    return connection.execute(select(table).where(table.c.run == run).order_by(table.c.position)).mappings().all()


def _read_claims(connection: Connection, run: str) -> tuple[ClaimResult, ...]:
    verdicts: defaultdict[str, list[RowMapping]] = defaultdict(list)
    evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
    reviews: defaultdict[str, list[Review]] = defaultdict(list)
    for row in connection.execute(select(tables.verdicts).where(tables.verdicts.c.run == run)).mappings():
        verdicts[row["claim"]].append(row)
    for row in _in_order(connection, tables.evidence, run):
        evidence[row["claim"]].append(rows.to_evidence(row))
    for row in connection.execute(queries.reviews_in(run)).mappings():
        reviews[row["claim"]].append(Review.model_validate(dict(row)))
    return tuple(
        rows.to_claim(row, verdicts=verdicts[row["id"]], reviews=reviews[row["id"]], evidence=evidence[row["id"]])
        for row in connection.execute(queries.readings_of(run)).mappings()
    )
