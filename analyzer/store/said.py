"""Who said what: claims of each article's newest run with what is needed to compare them, without their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from analyzer.model import Kind, Label, Modality, Trial
from analyzer.store import queries, rows, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Said:
    """A claim as its article's newest run read it. ``by``: the one who is cited, else the author."""

    id: str
    article: str
    run: str
    start: int
    end: int
    kind: Kind
    quote: str
    statement: str
    modality: Modality
    cited: bool
    by: str | None
    outlet: str | None
    title: str | None
    published: date | None
    language: str
    label: Label
    summary: str


def said(connection: Connection) -> list[Said]:
    """In the order of recording and reading."""
    c, r, a, latest = tables.claims.c, tables.readings.c, tables.articles.c, queries.latest
    query = (
        select(
            c.id, c.article, r.run, c.start, c.end, c.kind, r.quote, r.statement, r.modality, r.attributed_to,
            r.attributed_name, a.author, a.outlet, a.title, a.published, a.language, latest.c.label, latest.c.summary,
        )
        .select_from(tables.readings)
        .join(tables.claims, c.id == r.claim)
        .join(tables.runs, tables.runs.c.id == r.run)
        .join(tables.articles, a.id == c.article)
        .join(latest, (latest.c.run == r.run) & (latest.c.claim == r.claim) & (latest.c.stage == "latest"))
        .where(queries.in_force())
        .order_by(tables.runs.c.number, r.position)
    )  # fmt: skip
    found = []
    for row in connection.execute(query).mappings():
        kept = {
            name: value for name, value in row.items() if name not in ("attributed_to", "attributed_name", "author")
        }
        cited = row["attributed_to"] == "cited"
        by = (row["attributed_name"] if cited else None) or row["author"]
        found.append(Said(**kept, cited=cited, by=by))
    return found


def trials_of(connection: Connection, runs: Iterable[str]) -> dict[str, list[Trial]]:
    """The trials of these runs, by claim."""
    found: dict[str, list[Trial]] = {}
    for run in runs:
        query = select(tables.trials).where(tables.trials.c.run == run).order_by(tables.trials.c.position)
        for row in connection.execute(query).mappings():
            found.setdefault(row["claim"], []).append(rows.to_trial(row))
    return found
