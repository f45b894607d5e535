"""What the review page asks the ledger: a page of articles with their counts, one article without the weight of its
evidence, one claim with all of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from analyzer.decisions import Followed, Standing, article_state, standing
from analyzer.errors import InputError
from analyzer.model import Amendment, Claim, ClaimResult, ExtractedBy, Label, ReadingRef, Report, Review, Run
from analyzer.store import amended, desk_queries, records, rows, tables
from analyzer.store.connect import Database
from analyzer.store.desk_queries import DeskFilters, Sort

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping


@dataclass(frozen=True)
class DeskRow:
    """An article as the desk lists it. ``labels`` count the labels in force; ``state`` is that of its review."""

    id: str
    title: str | None
    author: str | None
    outlet: str | None
    published: date | None
    published_basis: str
    language: str
    source: str
    recorded: str
    state: str
    claims: int
    reviewed: int
    disputed: int
    signed: int
    """People whose word on the whole article stands, ``missing`` of whom miss something."""
    missing: int
    labels: Counter[Label]
    """Of claims that people added too."""
    added: int = 0
    """Claims that people added; they are none of ``claims``, which count those of the reading."""


@dataclass(frozen=True)
class OpenArticle:
    """An article's newest reading with its claims, their verdicts and reviews, without evidence. ``text`` is None when
    it was forgotten; ``unattached`` are reviews of claims that this reading does not have."""

    report: Report
    text: str | None
    unattached: tuple[tuple[Review, str], ...]
    """Each with the quote that it was of."""
    gone: tuple[Amendment, ...] = ()
    """Standing amendments of claims that this reading does not have."""


@dataclass(frozen=True)
class SeenClaim:
    """A claim without its evidence and its number in the text, beside what people say of all claims of its reading."""

    number: int
    claim: ClaimResult
    standings: tuple[Standing, ...]
    """Of ``others``, in their order."""
    others: tuple[tuple[Claim, Label], ...]
    """Every claim of the reading with the computed label, and behind them the ``added`` ones of people."""
    reading: ReadingRef
    added: int = 0


class ReviewDesk:
    """Reads an open database; ``Ledger.review_desk`` makes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, wanted: DeskFilters, sort: Sort, descending: bool, first: int, most: int
    ) -> tuple[list[DeskRow], int]:
        """``most`` articles from the ``first`` on, and how many fit the filters."""
        query = desk_queries.selected(wanted)
        ordered = desk_queries.ordered(query.add_columns(func.count().over().label("total")), sort, descending)
        with self._database.reading() as connection:
            found = connection.execute(ordered.offset(first).limit(most)).mappings().all()
            total = found[0]["total"] if found else 0
            if first and not found:  # a page behind the last one
                total = connection.scalar(select(func.count()).select_from(query.subquery())) or 0
            standings = _standings(connection, [row["run"] for row in found if row["run"]])
        return [_desk_row(row, standings.get(row["run"], Standings())) for row in found], total

    def known(self, column: str) -> list[str]:
        """Every author, outlet or language of the ledger, in the order of the alphabet."""
        values = tables.articles.c[column]
        with self._database.reading() as connection:
            return list(connection.scalars(select(values).distinct().where(values.is_not(None)).order_by(values)))

    def open(self, article: str) -> OpenArticle:
        """The article with the id; InputError if the ledger has none, or never ran it."""
        with self._database.reading() as connection:
            run = connection.execute(desk_queries.newest_run(article)).mappings().first()
            if run is None:
                raise InputError(f"The ledger {self._database.place} holds no article {article}.", code="not_found")
            text = records.text_of_run(connection, run)
            report = records.read(connection, select(tables.runs).where(tables.runs.c.id == run["id"]), evidence=False)
            assert report is not None
            claims = report.claims or ()
            followed, places = records.followed(connection, article, (*claims, *report.added))
            gone = amended.of_article(connection, article, claims).unattached
        unattached = tuple((review, places[review.claim].quote) for review in followed.unattached)
        return OpenArticle(report, text, unattached, gone)

    def claim(self, article: str, claim: str) -> tuple[Report, ClaimResult]:
        """A claim of the article's newest reading with its evidence, and the report without the others' evidence."""
        with self._database.reading() as connection:
            run = connection.execute(desk_queries.newest_run(article)).mappings().first()
            query = select(tables.runs).where(tables.runs.c.id == (run["id"] if run else None))
            report = records.read(connection, query, evidence=False)
            known = (*(report.claims or ()), *report.added) if report else ()
            found = next((one for one in known if one.id == claim), None)
            if report is None or found is None:
                raise InputError(f"Article {article} has no claim {claim} in its newest reading.", code="not_found")
            if found in report.added:
                return report, found
            evidence = desk_queries.evidence_of(report.run.id, claim)
            shown = tuple(rows.to_evidence(row) for row in connection.execute(evidence).mappings())
        return report, found.model_copy(update={"evidence": shown})

    def reading(self, article: str) -> ReadingRef:
        """What a person has before them who opens the article; InputError if the ledger has none, or never ran it."""
        with self._database.reading() as connection:
            run = connection.execute(desk_queries.newest_run(article)).mappings().first()
        if run is None:
            raise InputError(f"The ledger {self._database.place} holds no article {article}.", code="not_found")
        return Run.model_validate(run["record"]).as_reading()

    def seen(self, article: str, claim: str) -> SeenClaim:
        """The claim as the article's newest reading has it; InputError if it has not."""
        with self._database.reading() as connection:
            run = connection.execute(desk_queries.newest_run(article)).mappings().first()
            labelled = connection.execute(desk_queries.labelled([run["id"]])).mappings().all() if run else []
            read_here = tuple((place_holder(row), row["label"]) for row in labelled)
            people = amended.of_article(connection, article, [one for one, _ in read_here])
            others = (*read_here, *((one, one.verdict.latest.label) for one in people.added))
            number = next((n for n, row in enumerate(labelled, 1) if row["id"] == claim), None)
            if run is None:
                raise InputError(f"Article {article} has no claim {claim} in its newest reading.", code="not_found")
            reading = Run.model_validate(run["record"]).as_reading()
            if number is not None:
                read = records.read_claim(connection, run["id"], claim)
                found = read.model_copy(update={"amendments": people.attached.get(claim, ())})
                return _reviewed(connection, SeenClaim(number, found, (), others, reading, len(people.added)))
            for count, one in enumerate(people.added, len(labelled) + 1):
                if one.id == claim:
                    return _reviewed(connection, SeenClaim(count, one, (), others, reading, len(people.added)))
            raise InputError(f"Article {article} has no claim {claim} in its newest reading.", code="not_found")

    def seen_again(self, seen: SeenClaim) -> SeenClaim:
        """The same with what was decided since."""
        with self._database.reading() as connection:
            return _reviewed(connection, seen)


def _reviewed(connection: Connection, seen: SeenClaim) -> SeenClaim:
    claims = [claim for claim, _ in seen.others if claim.id != seen.claim.id]
    followed, _ = records.followed(connection, seen.claim.article, [*claims, seen.claim])
    standings = tuple(standing(followed.attached.get(claim.id, ()), label) for claim, label in seen.others)
    reviews = followed.attached.get(seen.claim.id, ())
    return replace(seen, claim=seen.claim.model_copy(update={"reviews": reviews}), standings=standings)


@dataclass(frozen=True)
class Standings:
    """What people say of the claims of a reading, and of those that they added to it."""

    read: tuple[Standing, ...] = ()
    added: tuple[Standing, ...] = ()


def _standings(connection: Connection, runs: Sequence[str]) -> dict[str, Standings]:
    """What people say of every claim of the runs, by run; of a run without claims what they say of those added."""
    by_run: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(desk_queries.labelled(runs)).mappings():
        by_run[row["run"]].append(row)
    reviewed = set(connection.scalars(desk_queries.reviewed_articles(runs)))
    added_to = set(connection.scalars(desk_queries.articles_with_added(runs)))
    found = {}
    for run, article in connection.execute(desk_queries.articles_of(runs)):
        labelled = [(place_holder(row), row["label"]) for row in by_run[run]]
        read = [claim for claim, _ in labelled]
        added = amended.of_article(connection, article, read).added if article in added_to else ()
        followed: Followed[Review] = Followed({}, ())
        if article in reviewed:
            followed, _ = records.followed(connection, article, [*read, *added])
        by_hand = [(claim, claim.verdict.latest.label) for claim in added]
        found[run] = Standings(*(
            tuple(standing(followed.attached.get(claim.id, ()), label) for claim, label in each)
            for each in (labelled, by_hand)
        ))  # fmt: skip
    return found


def place_holder(row: RowMapping) -> Claim:
    """The claim without its words: its place, kind and figures are what reviews follow."""
    return Claim(
        id=row["id"], article=row["article"], quote="", start=row["start"], end=row["end"], kind=row["kind"],
        figures=tuple(row["figures"]), statement="", extracted_by=ExtractedBy(reader=""),
    )  # fmt: skip


def _desk_row(row: RowMapping, standings: Standings) -> DeskRow:
    read, everything = standings.read, (*standings.read, *standings.added)
    reviewed = sum(one.state != "open" for one in read)
    return DeskRow(
        **{name: row[name] for name in desk_queries.HEAD}, recorded=row["recorded"], claims=len(read),
        state=article_state(row["run"] is not None, len(read), reviewed, row["signed"], row["missing"]),
        reviewed=reviewed, signed=row["signed"], missing=row["missing"],
        disputed=sum(one.state == "disputed" for one in everything),
        labels=Counter(one.label for one in everything if one.state != "rejected"), added=len(standings.added),
    )  # fmt: skip
