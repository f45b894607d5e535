"""The record: articles, runs, claims, trials, evidence, verdicts and reviews in an SQL database.

SQLite in the home folder, or any SQLAlchemy URL. One transaction records an article's run whole or not at all; nothing
that a machine or a person said is overwritten. What comes in and goes out are the nouns of ``analyzer.model``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Unpack

from sqlalchemy import delete, func, select

from analyzer.decisions import Place
from analyzer.errors import InputError
from analyzer.model import (
    Amendment,
    Article,
    ClaimResult,
    Passage,
    Report,
    Review,
    SignOff,
    Trial,
)  # fmt: skip
from analyzer.store import amended, desk_queries, finding, queries, records, rows, tables, words
from analyzer.store.connect import Database, open_database
from analyzer.store.review_desk import ReviewDesk
from analyzer.store.said import Said, said, trials_of
from analyzer.store.work import WorkList, write_done

if TYPE_CHECKING:
    from sqlalchemy import Connection

COUNTED = (
    tables.articles, tables.texts, tables.runs, tables.claims, tables.trials, tables.evidence, tables.verdicts,
    tables.reviews, tables.amendments, tables.sign_offs, tables.refused, tables.unclaimed, tables.failures,
)  # fmt: skip


@dataclass(frozen=True)
class ArticleRow:
    """An article as it is known by now; ``runs`` counts its runs, ``run`` is the newest, ``recorded`` when (UTC)."""

    id: str
    title: str | None
    author: str | None
    outlet: str | None
    published: date | None
    published_basis: str
    language: str
    source: str
    characters: int
    runs: int
    run: str
    recorded: str


@dataclass(frozen=True)
class ClaimRow:
    """A claim of an article's newest run with the machine's verdicts; ``reviews`` counts what people said of it."""

    id: str
    article: str
    run: str
    kind: str
    quote: str
    statement: str
    checkable: str
    label: str
    reason: str | None
    summary: str
    as_of: date
    when_written: str | None
    title: str | None
    author: str | None
    outlet: str | None
    published: date | None
    reviews: int


class Ledger:
    """An open ledger. Close it, or use it in a ``with`` block. Any method raises StoreError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, home: Path, url: str | None = None, *, reads_only: bool = False) -> Self:
        """The ledger in the home folder, or at ``url``; created or brought up to date where needed. With ``reads_only``
        a file that cannot be written will do."""
        return cls(open_database(home, url, reads_only=reads_only))

    @property
    def place(self) -> str:
        """Where the ledger is, for messages; no password."""
        return self._database.place

    @cached_property
    def work(self) -> WorkList:
        """What batches have done, are doing and could not do."""
        return WorkList(self._database)

    @cached_property
    def review_desk(self) -> ReviewDesk:
        """What the review page asks."""
        return ReviewDesk(self._database)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for what reads the tables itself: exports, scorecards."""
        return self._database.reading()

    # --- writing -------------------------------------------------------------------------------------------------

    def record(
        self,
        article: Article,
        report: Report,
        trials: Sequence[Trial],
        passages: Sequence[Passage],
        work: str | None = None,
    ) -> None:
        """Record a run whole, in one transaction. A run that is recorded already is left as it is. ``work``: the key
        of the work list that is done by it."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.writing(article.id) as connection:
            records.write(connection, records.Record(article, report, trials, passages, at))
            if work is not None:
                write_done(connection, work, report.run.id)

    def record_again(self, report: Report, trials: Sequence[Trial]) -> None:
        """Append a run that judged an article's recorded trials again, in one transaction. Of the article nothing is
        needed and nothing is changed, so that one whose text is forgotten can be judged too."""
        with self._database.writing(report.article.id) as connection:
            records.write_run(connection, report, trials, datetime.now(UTC).isoformat(timespec="seconds"))

    def add_review(self, review: Review) -> None:
        """Append a person's decision. The same review twice is one; InputError for a claim that is not recorded."""
        with self._database.reading() as connection:
            article = connection.scalar(select(tables.claims.c.article).where(tables.claims.c.id == review.claim))
        if article is None:
            raise InputError(f"The ledger {self.place} holds no claim {review.claim}, so it cannot be reviewed.")
        with self._database.writing(article) as connection:
            records.write_reviews(connection, [review])

    def add_amendment(self, amendment: Amendment) -> None:
        """Append what a person had tested otherwise. The same twice is one; InputError for a claim that is neither
        recorded nor added by it."""
        if amendment.change != "claim" and not self.has_claim(amendment.claim):
            raise InputError(f"The ledger {self.place} holds no claim {amendment.claim}, so it cannot be amended.")
        with self._database.writing(amendment.article) as connection:
            amended.write(connection, amendment)

    def add_sign_off(self, sign_off: SignOff) -> None:
        """Append a person's word on a whole article. The same one twice is one; InputError for an article that is not
        recorded."""
        with self._database.writing(sign_off.article) as connection:
            if connection.scalar(select(tables.articles.c.id).where(tables.articles.c.id == sign_off.article)) is None:
                raise InputError(f"The ledger {self.place} holds no article {sign_off.article} to be signed off.")
            records.write_sign_offs(connection, [sign_off])

    def forget(self, article: str) -> None:
        """Remove the text of an article (by id), for rights holders, and the statements in it that no claim covers.
        Its quotes and verdicts stay."""
        of_article = select(tables.runs.c.id).where(tables.runs.c.article == article)
        with self._database.writing(article) as connection:
            words.forget(connection, article)
            connection.execute(delete(tables.passages).where(tables.passages.c.article == article))
            connection.execute(delete(tables.texts).where(tables.texts.c.article == article))
            left_over = tables.unclaimed.c
            connection.execute(
                delete(tables.unclaimed).where(left_over.run.in_(of_article), left_over.kind == "statement")
            )

    def empty_log(self) -> None:
        """Make sure that what was deleted stands in no log beside the ledger; StoreLocked while others have it open."""
        self._database.empty_log()

    # --- reading -------------------------------------------------------------------------------------------------

    def latest_report(self, article: str) -> Report | None:
        """The newest report of an article, named by id, unique beginning of an id, source or title; None if unknown.

        A source that was read several times with different texts means the last one. Raises InputError when the
        reference fits several articles otherwise.
        """
        found = self.find_article(article)
        return None if found is None else next(self.reports([found.id]))

    def find_article(self, ref: str) -> ArticleRow | None:
        """The article that a person means by an id, the beginning of one, a source or a title."""
        found = [row for row in self._articles(queries.articles_like(ref)) if ref]
        exact = [row for row in found if row.id == ref] or [row for row in found if row.source == ref][-1:]
        if len(exact or found) > 1:
            raise _ambiguous(ref, "articles", [(row.id, row.title or row.source) for row in found])
        return next(iter(exact or found), None)

    def reports(self, articles: Iterable[str] | None = None, *, extracted: bool = False) -> Iterator[Report]:
        """The newest report of each article (by id), or the newest with an extraction, in the order of recording."""
        with self._database.reading() as connection:
            found = connection.scalars(queries.newest_run_ids(articles, extracted=extracted)).all()
        for run in found:
            with self._database.reading() as connection:
                report = records.read(connection, select(tables.runs).where(tables.runs.c.id == run))
            if report is not None:
                yield report

    def report_of(self, run: str) -> Report | None:
        """The report of a run (by id)."""
        with self._database.reading() as connection:
            return records.read(connection, select(tables.runs).where(tables.runs.c.id == run))

    def articles(self) -> list[ArticleRow]:
        return self._articles(queries.article_rows())

    def claims(self, **filters: Unpack[queries.ClaimFilters]) -> list[ClaimRow]:
        """Claims of each article's newest run that has any reading, narrowed by the filters."""
        with self._database.reading() as connection:
            return [ClaimRow(**row) for row in connection.execute(queries.claim_rows(filters)).mappings()]

    def claim(self, ref: str) -> tuple[Report, ClaimResult]:
        """A claim by id or unique beginning of one, in the newest report that has it, or that a person added to its
        article. InputError if there is none."""
        with self._database.reading() as connection:
            found = connection.execute(queries.claims_like(ref)).all() if ref else []
            if len(found) > 1:
                raise _ambiguous(ref, "claims", found)
            report = records.read(connection, queries.newest_run_of_claim(found[0].id)) if found else None
            if report is None and found:
                report = records.read(connection, desk_queries.newest_run(found[0].article))
        known = (*(report.claims or ()), *report.added) if report and found else ()
        claim = next((one for one in known if one.id == found[0].id), None)
        if report is None or claim is None:
            raise InputError(f'The ledger {self.place} holds no claim "{ref}". List them with: analyze claims')
        return report, claim

    @cached_property
    def finder(self) -> finding.Finder:
        """Search by words over what is recorded."""
        return finding.Finder(self._database)

    def rebuild_words(self) -> None:
        """Make the index of words anew, of every text and claim that is not forgotten."""
        with self._database.writing() as connection:
            words.rebuild(connection)

    def said(self) -> list[Said]:
        """Claims of each article's newest run with any reading, with what is needed to compare them."""
        with self._database.reading() as connection:
            return said(connection)

    def trials_of(self, runs: Iterable[str]) -> dict[str, list[Trial]]:
        """The trials of these runs (by id), by claim."""
        with self._database.reading() as connection:
            return trials_of(connection, runs)

    def reviews(self, claim: str) -> tuple[Review, ...]:
        """What people decided on a claim (by id), oldest first."""
        query = select(tables.reviews).where(tables.reviews.c.claim == claim).order_by(tables.reviews.c.number)
        with self._database.reading() as connection:
            return tuple(Review.model_validate(dict(row)) for row in connection.execute(query).mappings())

    def all_reviews(self) -> tuple[Review, ...]:
        """Everything that people decided, oldest first."""
        query = select(tables.reviews).order_by(tables.reviews.c.number)
        with self._database.reading() as connection:
            return tuple(Review.model_validate(dict(row)) for row in connection.execute(query).mappings())

    def amendments(self) -> list[tuple[Amendment, Place]]:
        """Everything that people had tested otherwise, oldest first, with the place of the claim that it is of."""
        with self._database.reading() as connection:
            return amended.everything(connection)

    def sign_offs(self, article: str | None = None) -> tuple[SignOff, ...]:
        """What people said of an article (by id) as a whole, or of all of them, oldest first."""
        with self._database.reading() as connection:
            return records.sign_offs(connection, article)

    def has_article(self, article: str) -> bool:
        """Whether an article (by id) is recorded."""
        with self._database.reading() as connection:
            return connection.scalar(select(tables.articles.c.id).where(tables.articles.c.id == article)) is not None

    def has_claim(self, claim: str) -> bool:
        """Whether a claim (by id) is recorded."""
        with self._database.reading() as connection:
            return connection.scalar(select(tables.claims.c.id).where(tables.claims.c.id == claim)) is not None

    def trials(self, run: str) -> tuple[Trial, ...]:
        """The trials of a run (by id) as they were fixed before the first was run."""
        query = select(tables.trials).where(tables.trials.c.run == run).order_by(tables.trials.c.position)
        with self._database.reading() as connection:
            return tuple(rows.to_trial(row) for row in connection.execute(query).mappings())

    def text_of(self, article_id: str) -> str | None:
        """The canonical text that the article's newest run read; None when it is unknown or forgotten."""
        known, texts = tables.articles.c, tables.texts.c
        query = select(texts.text).join(
            tables.articles, (known.id == texts.article) & (known.text_sha256 == texts.sha256)
        )
        with self._database.reading() as connection:
            return connection.scalar(query.where(known.id == article_id))

    def texts_of_article(self, article: str) -> list[str]:
        """Every text that runs have read of an article (by id); none when they are forgotten."""
        with self._database.reading() as connection:
            return list(connection.scalars(select(tables.texts.c.text).where(tables.texts.c.article == article)))

    def quotes_of_article(self, article: str) -> list[str]:
        """What the record holds of an article's words: quotes of claims and of proposals that were refused."""
        with self._database.reading() as connection:
            return list(connection.scalars(queries.quotes_of(article)))

    def passages(self, article: str) -> list[Passage]:
        """The passages of an article (by id) in the order of its text; none when the text is forgotten."""
        known, parts, texts = tables.articles.c, tables.passages.c, tables.texts.c
        query = (
            select(parts.start, parts.end, texts.text)
            .join(tables.texts, (texts.article == parts.article) & (texts.sha256 == parts.sha256))
            .join(tables.articles, (known.id == texts.article) & (known.text_sha256 == texts.sha256))
            .where(parts.article == article)
            .order_by(parts.start, parts.end)
        )
        with self._database.reading() as connection:
            found = connection.execute(query).all()
        return [Passage(article=article, start=a, end=b, text=text[a:b]) for a, b, text in found]

    def texts_of(self, collection: str, ids: Sequence[str]) -> dict[str, str]:
        """The words of passages or claims by id, for the hits of the index; without what is unknown or forgotten."""
        with self._database.reading() as connection:
            if collection == "passages":
                return {id: text[a:b] for id, a, b, text in connection.execute(queries.passage_texts(ids))}
            if collection == "claims":
                return {row.claim: row.quote for row in connection.execute(queries.claim_quotes(ids))}
        return {}

    def counts(self) -> dict[str, int]:
        """Rows of each table, by its name."""
        with self._database.reading() as connection:
            return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in COUNTED}

    def _articles(self, query: Any) -> list[ArticleRow]:
        names = ArticleRow.__dataclass_fields__
        with self._database.reading() as connection:
            found = connection.execute(query).mappings().all()
        return [ArticleRow(**{name: row[name] for name in names}) for row in found]


def _ambiguous(ref: str, what: str, found: Iterable[Sequence[Any]]) -> InputError:
    names = "; ".join(f"{row[0]} ({row[1]})" for row in found)
    return InputError(f'"{ref}" fits several {what}: {names}. Type more of the id.', code="ambiguous")
