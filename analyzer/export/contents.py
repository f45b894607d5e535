"""What an export holds: tables with typed columns, and their rows one by one, so that memory stays flat.

No article's text is in it, and no chart; quotes are. Cells that are lists or objects are JSON.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date, Float, Integer, Select, Table, select

from analyzer.decisions import article_state
from analyzer.model import Review
from analyzer.report.words import ARTICLE_STATES
from analyzer.standing import effective_label
from analyzer.store import desk_queries, queries, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = Mapping[str, Any]
ROWS_AT_ONCE = 1000
TYPES = ((Boolean, "BOOLEAN"), (Integer, "BIGINT"), (Float, "DOUBLE"), (Date, "DATE"))
NAMES = {"check_name": "check"}
"""Columns whose name in the database is not that of the JSON contract."""


@dataclass(frozen=True)
class Contents:
    """One file. ``columns``: names and SQL types; ``made``: what is made of a row as it stands in the database."""

    name: str
    query: Select[Any]
    columns: Mapping[str, str]
    made: Callable[[Row], Row] = dict

    def rows(self, connection: Connection) -> Iterator[list[Any]]:
        """Cells in the order of the columns: str, int, float, bool, date or None."""
        found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(self.query).mappings()
        for row in found:
            made = self.made(dict(row))
            yield [_cell(made[name]) for name in self.columns]


def _cell(value: Any) -> Any:
    return in_json(value) if isinstance(value, (dict, list)) else value


def in_json(value: Any) -> str:
    """The one form of a value: keys in order, no white space."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- everything ------------------------------------------------------------------------------------------------------

WITHOUT: dict[str, tuple[str, ...]] = {
    "evidence": ("chart",), "reviews": ("number",), "amendments": ("number",), "sign_offs": ("number",),
}  # fmt: skip
ORDERED: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.articles, ("id",)), (tables.runs, ("number",)), (tables.claims, ("id",)),
    (tables.readings, ("run", "claim")), (tables.trials, ("run", "id")), (tables.evidence, ("run", "id")),
    (tables.verdicts, ("run", "claim", "stage")), (tables.reviews, ("number",)),
    (tables.amendments, ("number",)), (tables.sign_offs, ("number",)), (tables.refused, ("run", "position")),
    (tables.failures, ("run", "position")),
)  # fmt: skip
"""Tables by their keys, which the database has in order."""


def whole_ledger(connection: Connection) -> tuple[Contents, ...]:
    """Every run that was ever recorded. ``articles`` says how far the review of each is, ``runs`` which one of an
    article is in force; ``verdicts`` has beside what the machine said what is in force after the reviews."""
    special: dict[str, tuple[Mapping[str, str], Callable[[Row], Row]]] = {
        "articles": ({"review": "VARCHAR"}, _with_review(connection)),
        "runs": ({"in_force": "BOOLEAN"}, _with_force(connection)),
        "verdicts": ({"effective": "VARCHAR"}, _with_effective(connection)),
    }
    return tuple(_of_table(table, order, *special.get(table.name, ({}, dict))) for table, order in ORDERED)


def _of_table(table: Table, order: Sequence[str], more: Mapping[str, str], add: Callable[[Row], Row]) -> Contents:
    chosen = [column for column in table.c if column.name not in WITHOUT.get(table.name, ())]
    columns = {NAMES.get(column.name, column.name): _type(column.type) for column in chosen}
    query = select(*(column.label(NAMES.get(column.name, column.name)) for column in chosen))
    return Contents(table.name, query.order_by(*(table.c[name] for name in order)), {**columns, **more}, add)


def _type(kind: Any) -> str:
    return next((name for python, name in TYPES if isinstance(kind, python)), "VARCHAR")


def _with_review(connection: Connection) -> Callable[[Row], Row]:
    """The state of the article's review: of one without a claim too, read by somebody or not yet."""
    states = {
        row.id: article_state(row.run is not None, row.claims, row.reviewed, row.signed, row.missing)
        for row in connection.execute(desk_queries.review_states())
    }
    return lambda row: {**row, "review": ARTICLE_STATES[states.get(row["id"], "failed")]}


def _with_force(connection: Connection) -> Callable[[Row], Row]:
    newest = set(connection.scalars(queries.newest_runs(extracted=True)))
    return lambda row: {**row, "in_force": row["number"] in newest}


def _with_effective(connection: Connection) -> Callable[[Row], Row]:
    reviews: defaultdict[str, list[Review]] = defaultdict(list)
    for row in connection.execute(select(tables.reviews).order_by(tables.reviews.c.number)).mappings():
        reviews[row["claim"]].append(Review.model_validate(dict(row)))

    def add(row: Row) -> Row:
        said = reviews.get(row["claim"], ()) if row["stage"] == "latest" else ()
        return {**row, "effective": effective_label(row["label"], said)}

    return add


# --- for comparison --------------------------------------------------------------------------------------------------


def results() -> tuple[Contents, ...]:
    """What each article's run in force came to, in the order of ids, without anything that differs when the same work
    is done again: run ids, times, costs, when a series was fetched."""
    claims, readings, trials, evidence, verdicts = (
        table.c for table in (tables.claims, tables.readings, tables.trials, tables.evidence, tables.verdicts)
    )
    read = (
        "quote", "statement", "attributed_to", "attributed_name", "modality", "checkable", "why_not", "reader",
        "model", "prompt", "untested", "disagreement",
    )  # fmt: skip
    of_claims = select(claims.id, claims.article, claims.start, claims.end, claims.kind, claims.figures,
                       *(readings[name] for name in read)).join(tables.claims, claims.id == readings.claim)  # fmt: skip
    of_trials = select(
        trials.id, trials.claim, trials.check_name.label("check"), trials.params, trials.basis, trials.assumed,
        trials.directness, trials.why,
    )  # fmt: skip
    of_evidence = select(
        evidence.id, evidence.claim, evidence.trial, evidence.check_name.label("check"), evidence.as_of,
        evidence.outcome, evidence.record,
    )  # fmt: skip
    of_verdicts = select(
        verdicts.claim, verdicts.stage, verdicts.label, verdicts.reason, verdicts.summary, verdicts.as_of
    )
    return (
        _result("claims", of_claims, readings.run, (claims.id,)),
        _result("trials", of_trials, trials.run, (trials.id,)),
        _result("evidence", of_evidence, evidence.run, (evidence.id,), _without_times),
        _result("verdicts", of_verdicts, verdicts.run, (verdicts.claim, verdicts.stage)),
    )


def _result(
    name: str, query: Select[Any], run: Any, order: Sequence[Any], made: Callable[[Row], Row] = dict
) -> Contents:
    in_force = select(tables.runs.c.id).where(tables.runs.c.number.in_(queries.newest_runs(extracted=True)))
    columns = {column.name: _type(column.type) for column in query.selected_columns}
    return Contents(name, query.where(run.in_(in_force)).order_by(*order), columns, made)


def _without_times(row: Row) -> Row:
    record = dict(row["record"])
    record["data"] = [{k: v for k, v in used.items() if k != "retrieved"} for used in record.get("data", ())]
    return {**row, "record": record}
