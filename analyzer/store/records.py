"""A run's record over an open connection: written whole within a transaction, read back as the report it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, Table, delete, insert, select, update

from analyzer.decisions import Followed, Place, follow
from analyzer.errors import StoreError
from analyzer.model import (
    Amendment,
    Article,
    Claim,
    ClaimResult,
    Evidence,
    Failure,
    Passage,
    Refused,
    Report,
    Review,
    SignOff,
    Trial,
    Unclaimed,
)  # fmt: skip
from analyzer.store import amended, queries, rows, tables, words

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
    if _is_recorded(connection, record.report):
        return
    _write_article(connection, record.article)
    _write_passages(connection, record.article, record.passages)
    write_run(connection, record.report, record.trials, record.at)
    words.write(connection, record.article, record.report.claims, record.passages)


def write_run(connection: Connection, report: Report, trials: Sequence[Trial], at: str) -> None:
    """Add a run over an article that is recorded, and everything that it came to."""
    add(connection, tables.runs, [rows.run_row(report, at)])
    _write_claims(connection, report)
    _write_tests(connection, report, trials)
    for table, _, name in LISTS:
        add(connection, table, rows.list_rows(report.run.id, getattr(report, name)))
    add(connection, tables.steps, rows.step_rows(report, at))
    write_sign_offs(connection, report.sign_offs)


def write_reviews(connection: Connection, reviews: Sequence[Review]) -> None:
    _add_missing(connection, tables.reviews, [review.model_dump(mode="json") for review in reviews])


def write_sign_offs(connection: Connection, sign_offs: Sequence[SignOff]) -> None:
    _add_missing(connection, tables.sign_offs, [one.model_dump(mode="json") for one in sign_offs])


def sign_offs(connection: Connection, article: str | None) -> tuple[SignOff, ...]:
    """What people said of an article as a whole, or of all of them, oldest first."""
    query = select(tables.sign_offs).order_by(tables.sign_offs.c.number)
    if article is not None:
        query = query.where(tables.sign_offs.c.article == article)
    return tuple(SignOff.model_validate(dict(row)) for row in connection.execute(query).mappings())


def read(connection: Connection, run: Select[Any], *, evidence: bool = True) -> Report | None:
    """The report of the run that the query selects, reviews of later days included; on request without evidence."""
    row = connection.execute(run).mappings().first()
    if row is None:
        return None
    lists = {
        name: tuple(noun.model_validate(dict(one)) for one in _in_order(connection, table, row["id"]))
        for table, noun, name in LISTS
    }
    lists["sign_offs"] = sign_offs(connection, row["article"])
    text = text_of_run(connection, row) if row["with_text"] else None
    read = _read_claims(connection, row, evidence)
    people = amended.of_article(connection, row["article"], read)
    reviews = followed(connection, row["article"], (*read, *people.added))[0].attached
    claims = [_with(one, reviews.get(one.id, ()), people.attached.get(one.id, ())) for one in read]
    added = tuple(_with(one, reviews.get(one.id, ()), one.amendments) for one in people.added)
    report = rows.to_report(row, text, tuple(claims), lists)
    return report.model_copy(update={"added": added}) if added else report


def _with(claim: ClaimResult, reviews: tuple[Review, ...], amendments: tuple[Amendment, ...]) -> ClaimResult:
    if not reviews and not amendments:
        return claim
    return claim.model_copy(update={"reviews": reviews, "amendments": amendments})


def followed(
    connection: Connection, article: str, claims: Sequence[Claim]
) -> tuple[Followed[Review], dict[str, Place]]:
    """The reviews of an article, each given to the claim that it is of in this reading, and where they stood."""
    found = [Review.model_validate(dict(row)) for row in connection.execute(queries.reviews_of(article)).mappings()]
    places = {
        row.id: Place(row.start, row.end, row.kind, tuple(row.figures), row.quote)
        for row in (connection.execute(queries.reviewed_claims(article)) if found else ())
    }
    return follow(claims, found, places), places


# --- writing --------------------------------------------------------------------------------------------------------


def add(connection: Connection, table: Table, new: Sequence[rows.Row]) -> None:
    if new:
        connection.execute(insert(table), list(map(rows.storable, new)))


def _add_missing(connection: Connection, table: Table, new: Sequence[rows.Row]) -> None:
    """Insert the rows whose id the table does not hold yet."""
    known = set(connection.scalars(select(table.c.id).where(table.c.id.in_([row["id"] for row in new]))))
    add(connection, table, [row for row in new if row["id"] not in known])


def _is_recorded(connection: Connection, report: Report) -> bool:
    run, article = report.run.id, report.article.id
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
        connection.execute(update(tables.articles).where(this).values(rows.storable(rows.known_better(old, new))))


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


def text_of_run(connection: Connection, run: RowMapping) -> str | None:
    texts = tables.texts.c
    same = (texts.article == run["article"]) & (texts.sha256 == run["text_sha256"])
    return connection.scalar(select(texts.text).where(same))


def _in_order(connection: Connection, table: Table, run: str) -> Iterable[RowMapping]:
    return connection.execute(select(table).where(table.c.run == run).order_by(table.c.position)).mappings().all()


def read_claim(connection: Connection, run: str, claim: str) -> ClaimResult:
    """One claim of a run that has it, without evidence and reviews."""
    of_claim = (tables.verdicts.c.run == run, tables.verdicts.c.claim == claim)
    verdicts = connection.execute(select(tables.verdicts).where(*of_claim)).mappings().all()
    row = connection.execute(queries.readings_of(run).where(tables.claims.c.id == claim)).mappings().one()
    return rows.to_claim(row, verdicts=verdicts, reviews=(), evidence=())


def _read_claims(connection: Connection, run: RowMapping, with_evidence: bool) -> tuple[ClaimResult, ...]:
    verdicts: defaultdict[str, list[RowMapping]] = defaultdict(list)
    evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
    for row in connection.execute(select(tables.verdicts).where(tables.verdicts.c.run == run["id"])).mappings():
        verdicts[row["claim"]].append(row)
    for row in _in_order(connection, tables.evidence, run["id"]) if with_evidence else ():
        evidence[row["claim"]].append(rows.to_evidence(row))
    return tuple(
        rows.to_claim(row, verdicts=verdicts[row["id"]], reviews=(), evidence=evidence[row["id"]])
        for row in connection.execute(queries.readings_of(run["id"])).mappings()
    )
