"""How the claims of the ledger stand by now, one by one and some articles at a time: memory does not grow with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from analyzer.model import JudgedOn, Label, Review
from analyzer.store import queries, tables
from analyzer.store.queries import ClaimFilters, latest

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from analyzer.store.ledger import Ledger

RUNS_AT_ONCE = 100
"""Articles that are read with one query a table."""


@dataclass(frozen=True)
class FixedTrial:
    """A trial of a claim: the check and its parameters."""

    check: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Forecast:
    """What the check ``forecast`` found at the date of the latest verdict; no ``base_rate`` where history is short."""

    outcome: Label
    base_rate: float | None


@dataclass(frozen=True)
class Standing:
    """A claim of an article's newest run with its machine verdict and what people said of it, oldest first."""

    claim: str
    run: str
    article: str
    title: str | None
    source: str
    author: str | None
    outlet: str | None
    published: date | None
    inferred: bool
    """Whether the article's date was inferred from claims in it."""
    kind: str
    quote: str
    attributed_to: str
    modality: str
    judged_on: JudgedOn | None
    label: Label
    summary: str
    as_of: date
    reviews: tuple[Review, ...]
    trials: tuple[FixedTrial, ...]
    forecast: Forecast | None


def standings(ledger: Ledger, filters: ClaimFilters | None = None) -> Iterator[Standing]:
    """Every claim of each article's newest run that could be read, in the order of the articles' days."""
    with ledger.reading() as connection:
        runs = connection.scalars(_runs(filters or {})).all()
        for i in range(0, len(runs), RUNS_AT_ONCE):
            yield from _of_runs(connection, runs[i : i + RUNS_AT_ONCE], filters or {})


def vintages(ledger: Ledger, filters: ClaimFilters | None = None) -> list[tuple[str, str]]:
    """The newest run of each article that could be read, and the vintage of the data that it was judged on."""
    with ledger.reading() as connection:
        found = connection.execute(_runs(filters or {}).add_columns(tables.runs.c.record))
        return [(row.id, row.record.get("data_vintage", "")) for row in found]


def _runs(filters: ClaimFilters) -> Select[Any]:
    """Runs of the claims that are asked for, by the day of their articles; those without a day come last."""
    runs, articles = tables.runs.c, tables.articles.c
    return (
        select(runs.id)
        .join(tables.articles, articles.id == runs.article)
        .where(runs.number.in_(queries.newest_runs(extracted=True)), *queries.narrowed(filters, of_articles=True))
        .order_by(articles.published.is_(None), articles.published, runs.number)
    )


def _of_runs(connection: Connection, runs: Sequence[str], filters: ClaimFilters) -> Iterator[Standing]:
    order = {run: i for i, run in enumerate(runs)}
    found = sorted(
        connection.execute(_claims(runs, filters)).mappings(), key=lambda row: (order[row["run"]], row["position"])
    )
    trials, forecasts = _trials(connection, runs), _forecasts(connection, runs)
    reviews = _reviews(connection, runs)
    for row in found:
        key = (row["run"], row["claim"])
        yield _standing(row, reviews[row["claim"]], trials[key], forecasts.get((*key, row["as_of"])))


def _claims(runs: Sequence[str], filters: ClaimFilters) -> Select[Any]:
    readings, claims, articles = tables.readings.c, tables.claims.c, tables.articles.c
    return (
        select(
            readings.claim, readings.run, readings.position, readings.quote, readings.attributed_to, readings.modality,
            readings.judged_on, claims.article, claims.kind, articles.title, articles.source, articles.author,
            articles.outlet, articles.published, articles.published_basis, latest.c.label, latest.c.summary,
            latest.c.as_of,
        )
        .join(tables.claims, claims.id == readings.claim)
        .join(tables.articles, articles.id == claims.article)
        .join(
            latest,
            (latest.c.run == readings.run) & (latest.c.claim == readings.claim) & (latest.c.stage == "latest"),
        )
        .where(readings.run.in_(runs), *queries.narrowed(filters))
    )  # fmt: skip


def _trials(connection: Connection, runs: Sequence[str]) -> defaultdict[tuple[str, str], list[FixedTrial]]:
    """By run and claim, in the order of the report."""
    found: defaultdict[tuple[str, str], list[FixedTrial]] = defaultdict(list)
    c = tables.trials.c
    query = select(c.run, c.claim, c.check_name, c.params).where(c.run.in_(runs)).order_by(c.position)
    for run, claim, check, params in connection.execute(query):
        found[run, claim].append(FixedTrial(check, params))
    return found


def _forecasts(connection: Connection, runs: Sequence[str]) -> dict[tuple[str, str, date], Forecast]:
    """The evidence of the check by run, claim and as-of date; of several forecasts in a claim the first."""
    c = tables.evidence.c
    query = select(c.run, c.claim, c.as_of, c.outcome, c.statistic, c.statistic_value)
    rows = connection.execute(query.where(c.run.in_(runs), c.check_name == "forecast").order_by(c.position.desc()))
    return {
        (row.run, row.claim, row.as_of): Forecast(
            row.outcome, row.statistic_value if row.statistic == "base_rate" else None
        )
        for row in rows
    }


def _reviews(connection: Connection, runs: Sequence[str]) -> defaultdict[str, list[Review]]:
    found: defaultdict[str, list[Review]] = defaultdict(list)
    of_runs = select(tables.readings.c.claim).where(tables.readings.c.run.in_(runs))
    query = select(tables.reviews).where(tables.reviews.c.claim.in_(of_runs)).order_by(tables.reviews.c.number)
    for row in connection.execute(query).mappings():
        found[row["claim"]].append(Review.model_validate(dict(row)))
    return found


def _standing(
    row: RowMapping, reviews: Sequence[Review], trials: Sequence[FixedTrial], forecast: Forecast | None
) -> Standing:
    same = (
        "claim", "run", "article", "title", "source", "author", "outlet", "published", "kind", "quote",
        "attributed_to", "modality", "label", "summary", "as_of",
    )  # fmt: skip
    return Standing(
        **{name: row[name] for name in same}, inferred=row["published_basis"] == "inferred",
        judged_on=JudgedOn.model_validate(row["judged_on"]) if row["judged_on"] else None, reviews=tuple(reviews),
        trials=tuple(trials), forecast=forecast,
    )  # fmt: skip
