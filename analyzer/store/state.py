"""What the ledger has come to, as a few numbers: equal ones mean that nothing was added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from analyzer.errors import InputError
from analyzer.store import tables

if TYPE_CHECKING:
    from analyzer.store.ledger import Ledger


class State(NamedTuple):
    """The newest run and review, and how many runs and texts there are (a text can be forgotten)."""

    run: int
    review: int
    runs: int
    texts: int


def state(ledger: Ledger) -> State:
    with ledger.reading() as connection:
        run = connection.scalar(select(func.max(tables.runs.c.number))) or 0
        review = connection.scalar(select(func.max(tables.reviews.c.number))) or 0
        runs, texts = (
            connection.scalar(select(func.count()).select_from(table)) or 0 for table in (tables.runs, tables.texts)
        )
    return State(run, review, runs, texts)


def article_of(ledger: Ledger, claim: str) -> str:
    """The id of the article that a claim (by id) stands in; InputError for a claim that is not recorded."""
    with ledger.reading() as connection:
        article = connection.scalar(select(tables.claims.c.article).where(tables.claims.c.id == claim))
    if article is None:
        raise InputError(f"The ledger {ledger.place} holds no claim {claim}.", code="not_found")
    return str(article)
