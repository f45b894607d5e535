"""What all modes of trend_reversal share: the parameters, the question with its closes, and what is lacking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from analyzer.checks.base import Data, Finding, Params, Series, no_data
from analyzer.stats.streaks import Unit

Direction = Literal["up", "down"]
ALPHA = 0.05
YEAR = 252


class TrendReversalParams(Params):
    """``symbol`` up to ``session`` (None: the last row).

    streak: ``length`` moves of ``unit`` in a row in ``direction``; ``at_least`` for "more than"; ``ended`` when the
    session is the one that broke it. ``other``: a second session that may be meant. trend: ``direction`` from the close
    of ``base`` (None: over the ``recent`` sessions, half a year). reversal: ``direction`` it turns to (None: away from
    the more recent extreme), by ``size``, a fraction; the extreme is searched from ``start``. predictable: ``tendency``
    of returns.
    """

    symbol: str
    mode: Literal["streak", "trend", "reversal", "predictable"]
    session: date | None = None
    other: date | None = None
    direction: Direction | None = None
    length: int | None = Field(default=None, ge=2, le=60)
    unit: Unit = "session"
    at_least: bool = False
    ended: bool = False
    base: date | None = None
    recent: int = Field(default=126, ge=20, le=756)
    start: date | None = None
    size: float = Field(default=0.20, gt=0.0, lt=1.0)
    word: str = ""
    tendency: Literal["persistent", "reverting"] = "persistent"
    seed: int = 0

    @model_validator(mode="after")
    def _mode_has_what_it_needs(self) -> TrendReversalParams:
        if self.mode == "streak" and (self.length is None or self.direction is None):
            raise ValueError("mode streak needs length and direction")
        if self.mode == "trend" and self.direction is None:
            raise ValueError("mode trend needs direction")
        for name, begin in (("base", self.base), ("start", self.start)):
            if begin is not None and self.session is not None and begin >= self.session:
                raise ValueError(f"{name} ({begin}) must lie before session ({self.session})")
        return self


@dataclass(frozen=True, eq=False)
class Case:
    """The question, the closes and the session that it is asked of."""

    params: TrendReversalParams
    name: str
    closes: Series
    session: date
    data: Data

    @property
    def rows(self) -> Series:
        return self.closes.between(None, self.session)


def lacking(case: Case, count: int, need: int, what: str) -> Finding:
    why = f"{case.name} has {count} of the {need} closes up to {case.session} that {what} needs."
    return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=(case.closes,))
