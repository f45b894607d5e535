"""Amendments over an open connection: appended, and given to the claims that they are of in a reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from analyzer.decisions import Place, follow, standing_amendments
from analyzer.model import Amendment, Claim, ClaimResult
from analyzer.store import queries, rows, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Amended:
    """What people had tested otherwise of an article, beside one reading of it."""

    attached: dict[str, tuple[Amendment, ...]] = field(default_factory=dict)
    """By the id of the reading's claim."""
    added: tuple[ClaimResult, ...] = ()
    """Claims that people added and that the reading does not have, in the order of the text."""
    unattached: tuple[Amendment, ...] = ()
    """Standing amendments of claims that are no more."""


def write(connection: Connection, amendment: Amendment) -> None:
    """Append it, with the place of a claim that it adds; one that is there already is left as it is."""
    known = tables.amendments.c
    if connection.scalar(select(known.id).where(known.id == amendment.id)) is not None:
        return
    claim = tables.claims.c.id == amendment.claim
    if amendment.reading is not None and connection.scalar(select(tables.claims.c.id).where(claim)) is None:
        connection.execute(insert(tables.claims), [rows.claim_row(amendment.reading)])
    connection.execute(insert(tables.amendments), [rows.storable(_row(amendment))])


def _row(amendment: Amendment) -> rows.Row:
    latest = amendment.verdict.latest if amendment.verdict else None
    head = ("id", "article", "claim", "reviewer", "at", "change", "undoes")
    return {
        **{name: getattr(amendment, name) for name in head},
        "quote": amendment.reading.quote if amendment.reading else None, "label": latest and latest.label,
        "reason": latest and latest.reason, "record": amendment.model_dump(mode="json"),
    }  # fmt: skip


def everything(connection: Connection) -> list[tuple[Amendment, Place]]:
    """Every amendment of the ledger, oldest first, with the place of the claim that it is of."""
    return [
        (Amendment.model_validate(row.record), Place(row.start, row.end, row.kind, tuple(row.figures)))
        for row in connection.execute(queries.all_amendments())
    ]


def of_article(connection: Connection, article: str, claims: Sequence[Claim]) -> Amended:
    """The article's amendments, each given to the claim that it is of in this reading, as decisions are."""
    found = tuple(map(Amendment.model_validate, connection.scalars(queries.amendments_of(article))))
    if not found:
        return Amended()
    places = {
        row.id: Place(row.start, row.end, row.kind, tuple(row.figures))
        for row in connection.execute(queries.amended_claims(article))
    }
    followed = follow(claims, found, places)
    alone: defaultdict[str, list[Amendment]] = defaultdict(list)
    for one in followed.unattached:
        alone[one.claim].append(one)
    added, gone = [], []
    for group in alone.values():
        standing = list(standing_amendments(group).values())
        if any(one.change == "claim" for one in group):
            added += [one.result().model_copy(update={"amendments": tuple(group)}) for one in standing[-1:]]
        else:
            gone += standing
    in_order = sorted(added, key=lambda claim: (claim.start, claim.end))
    return Amended(followed.attached, tuple(in_order), tuple(gone))
