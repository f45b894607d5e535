"""Bindings that people hold for right: claims with their trials, as examples for claims that are yet to be bound.

A decision stands or does not by the rule of ``analyzer.decisions``, so an undo or a rejection takes its example away.
``SOURCES`` is the one place where a further kind of example is added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Select, select

from analyzer.decisions import Standing, standing, standing_amendments
from analyzer.model import Amendment, Review, Trial, content_id
from analyzer.store import amended, desk_queries, queries, records, rows, tables
from analyzer.store.review_desk import place_holder

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from analyzer.store.ledger import Ledger

By = Literal["agreed", "corrected"]
"""How people bear a binding out: they agreed with its verdict, or wrote its trials themselves."""


@dataclass(frozen=True)
class Example:
    """A claim with the trials that somebody holds for right. ``published`` is its article's day, where it is known."""

    claim: str
    article: str
    published: date | None
    kind: str
    quote: str
    statement: str
    trials: tuple[Trial, ...]
    by: By

    @property
    def id(self) -> str:
        """Of all that is shown of it, so that an example that changes is another entry of the index."""
        trials = [(trial.check, trial.params) for trial in self.trials]
        return content_id("example", self.claim, self.published, self.kind, self.quote, self.statement, trials, self.by)


Found = Callable[["Connection"], Iterator[Example]]


def examples_of(ledger: Ledger) -> dict[str, Example]:
    """Every example of the ledger by its id, one a claim: of two sources the later one of ``SOURCES`` has its say."""
    with ledger.reading() as connection:
        kept = set(connection.scalars(select(tables.texts.c.article).distinct()))  # without forgotten articles
        by_claim = {one.claim: one for source in SOURCES for one in source(connection) if one.article in kept}
    return {one.id: one for one in by_claim.values()}


def agreed(connection: Connection) -> Iterator[Example]:
    """Claims of whose verdict everybody who has a say said that it is right, with the trials that they saw."""
    claims, reviews = tables.claims.c, tables.reviews.c
    agreed = select(claims.article).join(tables.reviews, reviews.claim == claims.id).where(reviews.decision == "agree")
    for run in connection.execute(_newest_runs(agreed)).mappings().all():
        accepted = {}
        for one in _considered(connection, run):
            by = one.standing.by
            is_agreed = by and one.standing.state != "disputed" and all(review.decision == "agree" for review in by)
            if is_agreed and not one.corrections and not one.is_added:
                accepted[one.claim] = max(by, key=lambda review: review.at)
        yield from _as_they_were_seen(connection, run, accepted)


def corrected(connection: Connection) -> Iterator[Example]:
    """Claims whose trials people wrote themselves, changed or added, where nobody holds other trials for right."""
    amended_articles = select(tables.amendments.c.article)
    for run in connection.execute(_newest_runs(amended_articles)).mappings().all():
        for one in _considered(connection, run):
            wanted = {content_id([(t.check, t.params) for t in change.trials]) for change in one.corrections.values()}
            agree = {review.reviewer for review in one.standing.by if review.decision == "agree"}
            is_contested = not one.is_added and bool(agree - set(one.corrections))
            if len(wanted) != 1 or is_contested or one.standing.state in ("disputed", "rejected"):
                continue
            last = max(one.corrections.values(), key=lambda change: change.at)
            if last.trials and last.reading is not None:
                reading = last.reading
                head = (one.claim, run["article"], run["published"], reading.kind, reading.quote, reading.statement)
                yield Example(*head, last.trials, "corrected")


SOURCES: Sequence[Found] = (agreed, corrected)
"""Where examples come from. A source that comes later replaces what earlier ones have of the same claim."""


@dataclass(frozen=True)
class _Considered:
    """A claim with what people decided and changed. ``corrections``: by reviewer the change that he holds for right; of
    one who agreed with the program's verdict after it, it was only tried."""

    claim: str
    standing: Standing
    corrections: Mapping[str, Amendment]
    is_added: bool


def _considered(connection: Connection, run: RowMapping) -> Iterator[_Considered]:
    """Every claim of the run, and behind them those that people added."""
    labelled = connection.execute(desk_queries.labelled([run["id"]])).mappings().all()
    read = [place_holder(row) for row in labelled]
    people = amended.of_article(connection, run["article"], read)
    followed, _ = records.followed(connection, run["article"], [*read, *people.added])
    for claim, row in zip(read, labelled, strict=True):
        found = standing(followed.attached.get(claim.id, ()), row["label"])
        changes = standing_amendments(people.attached.get(claim.id, ()))
        agreed = {review.reviewer: review.at for review in found.by if review.decision == "agree"}
        kept = {name: one for name, one in changes.items() if agreed.get(name, "") <= one.at}
        yield _Considered(claim.id, found, kept, is_added=False)
    for one in people.added:
        found = standing(followed.attached.get(one.id, ()), one.verdict.latest.label)
        yield _Considered(one.id, found, standing_amendments(one.amendments), is_added=True)


def _newest_runs(articles: Select[Any]) -> Select[Any]:
    """Of each of the articles the newest run that read it, and the article's day."""
    runs = tables.runs.c
    return (
        select(runs.id, runs.article, tables.articles.c.published)
        .join(tables.articles, tables.articles.c.id == runs.article)
        .where(runs.number.in_(queries.newest_runs(extracted=True)), runs.article.in_(articles))
        .order_by(runs.number)
    )


def _as_they_were_seen(connection: Connection, run: RowMapping, accepted: Mapping[str, Review]) -> Iterator[Example]:
    """Claims by id with the reading and the trials that stood there when they were decided on; without those that had
    nothing to be tested."""
    decided = {review.claim for review in accepted.values()}
    readings, trials = defaultdict(list), defaultdict(list)
    for row in connection.execute(_readings(decided)).mappings():
        readings[row["claim"]].append(row)
    c = tables.trials.c
    for row in connection.execute(select(tables.trials).where(c.claim.in_(decided)).order_by(c.position)).mappings():
        trials[row["run"], row["claim"]].append(rows.to_trial(row))
    for claim, review in accepted.items():
        seen = _seen(readings[review.claim], review)
        found = tuple(trials[seen["run"], review.claim])
        if found:
            head = (claim, run["article"], run["published"], seen["kind"], seen["quote"], seen["statement"])
            yield Example(*head, found, "agreed")


def _readings(claims: Collection[str]) -> Select[Any]:
    """The readings of claims, the newest last."""
    r = tables.readings.c
    return (
        select(r.claim, r.run, r.quote, r.statement, tables.claims.c.kind, tables.runs.c.recorded)
        .join(tables.claims, tables.claims.c.id == r.claim)
        .join(tables.runs, tables.runs.c.id == r.run)
        .where(r.claim.in_(claims))
        .order_by(tables.runs.c.number)
    )


def _seen(readings: Sequence[RowMapping], review: Review) -> RowMapping:
    """The newest reading that was recorded when the decision was made, both in UTC; of a decision that comes from
    another machine, and is older than all of them, the newest."""
    before = [one for one in readings if one["recorded"] <= review.at]
    return (before or readings)[-1]
