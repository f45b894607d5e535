"""Forecasts as dated obligations: what is pending in the ledger, and when it comes due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analyzer.store.standings import Standing

State = Literal["due", "no_data_yet", "open"]
STATES: dict[State, str] = {
    "due": "to be judged now",
    "no_data_yet": "past their day, for which the data end too early",
    "open": "open",
}


@dataclass(frozen=True)
class Obligation:
    """A claim that is pending. ``end``: the day it can be judged from; None where only later data tell (a turn of the
    market, a phase that goes on), which is looked at whenever the data have gone on."""

    claim: str
    run: str
    article: str
    title: str | None
    author: str | None
    quote: str
    symbols: tuple[str, ...]
    """What its tests are on."""
    end: date | None
    as_of: date
    state: State


def obligations(standings: Iterable[Standing], latest: date, today: date) -> list[Obligation]:
    """What is pending of ``standings``, the earliest end first. ``latest``: the day up to which there are data."""
    found = [_obligation(one, latest, today) for one in standings if one.label == "pending"]
    return sorted(found, key=lambda one: (one.end or date.max, one.claim))


def _obligation(one: Standing, latest: date, today: date) -> Obligation:
    end = min(_ends(one), default=None)
    return Obligation(
        claim=one.claim, run=one.run, article=one.article, title=one.title or one.source, author=one.author,
        quote=one.quote, symbols=tuple(dict.fromkeys(_symbols(one))), end=end, as_of=one.as_of,
        state=_state(end, one.as_of, latest, today),
    )  # fmt: skip


def _symbols(one: Standing) -> Iterator[str]:
    for trial in one.trials:
        symbol = trial.params.get("symbol")
        yield from [str(symbol)] if symbol else []


def _ends(one: Standing) -> Iterator[date]:
    """The ends of its trials that had not come when it was judged."""
    for trial in one.trials:
        end = trial.params.get("end")
        if end is not None and date.fromisoformat(str(end)) > one.as_of:
            yield date.fromisoformat(str(end))


def _state(end: date | None, as_of: date, latest: date, today: date) -> State:
    if (end is None and latest > as_of) or (end is not None and end <= latest):
        return "due"
    return "no_data_yet" if end is not None and end <= today else "open"


def next_due(found: Iterable[Obligation]) -> Obligation | None:
    """The one that comes due next of those that are open."""
    dated = [one for one in found if one.state == "open" and one.end]
    return min(dated, key=lambda one: one.end or date.max, default=None)
