"""What the check of a figure of the economy takes."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import model_validator

from analyzer.checks.base import (
    Params,
    Series,
)
from analyzer.checks.economy.to_come import Way
from analyzer.model import Stated
from analyzer.stats.macro import Measure

Relation = Literal[
    "at", "rose", "fell", "highest", "lowest", "occurs", "throughout", "follows",
    "will_rise", "will_fall", "will_reach",
    "will_peak",
]  # fmt: skip
TO_COME: tuple[Way, ...] = ("will_rise", "will_fall", "will_reach", "will_peak")
BOUNDED: tuple[Way, ...] = ("will_reach", "will_peak")
PER_CENT = 0.01


class MacroLevelParams(Params):
    """``symbol`` stood in ``relation`` in the period from ``first`` to ``last`` (None: the latest when ``published``).

    ``unit_size``: what one unit of the series is in the claim's unit: 0.01 for per cent, 1000 for thousands of people.
    ``base_first``, ``base_last``: the period that a change is measured from. ``since``: where a record's span begins.
    """

    symbol: str
    relation: Relation
    measure: Measure = "level"
    stated: Stated | None = None
    published: date | None = None
    first: date | None = None
    last: date | None = None
    base_first: date | None = None
    base_last: date | None = None
    since: date | None = None
    unit_size: float = 1.0
    running: bool = False
    """Whether the figure of the period that runs when the text is written may be meant: policy rates, sentiment."""
    or_measure: Measure | None = None
    """The other measure that a rate of change may mean where the text does not say on what: a year, or a month."""
    against: Literal["both", "period", "year"] = "both"
    """What "rose" is measured from where the text names no period: the one before, the one a year before, or both."""
    settles: bool = False
    """Of a policy rate, of which the series has means of months: a step shows in full only in the month after, so that
    is measured to; and one to come is measured from the month of writing, whose mean holds what was decided before."""
    mode: Literal["touch", "at_horizon"] = "touch"
    """Of a forecast: whether any figure of the span decides, or the last."""
    step: float = 0.001
    """Of a forecast: the least change that counts, in the claim's unit; of what is no rate a share of it."""
    negated: bool = False
    """Whether it is forecast that the event will not come."""
    horizon_basis: Literal["text", "default"] = "text"
    after: str | None = None
    """Of what follows: the policy rate whose rises it follows."""
    share: Literal["all", "most"] = "all"
    """How many of the rises are said to be followed."""

    @model_validator(mode="after")
    def _complete(self) -> MacroLevelParams:
        if self.published is None and self.first is None:
            raise ValueError("either a period (first, last) or the day of publication is needed")
        if (self.first is None) != (self.last is None) or (self.base_first is None) != (self.base_last is None):
            raise ValueError("a period has a first and a last day")
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"the period ends ({self.last}) before it begins ({self.first})")
        if self.relation == "at" and self.stated is None:
            raise ValueError("at needs the figure that is stated")
        stepped = self.relation in ("rose", "fell") and self.stated is not None
        if self.settles and not stepped and self.relation not in ("will_rise", "will_fall"):
            raise ValueError("settles belongs to a rise or a fall by a stated figure, or to one to come")
        if self.relation == "follows" and self.after is None:
            raise ValueError("follows needs the rate whose rises it follows (after)")
        if self.relation in TO_COME and (self.first is None or self.published is None):
            raise ValueError("a forecast needs the day it was made (published) and its span (first, last)")
        if self.relation in BOUNDED and (self.stated is None or (self.stated.low, self.stated.high) == (None, None)):
            raise ValueError(f"{self.relation} needs a stated figure with a bound")
        return self


def value_of(params: MacroLevelParams, series: Series, period: date | None) -> float:
    """The measure of a period in the claim's unit."""
    value = series.at(period) if period is not None else None
    assert value is not None
    return value * params.unit_size if params.measure == "level" else value


def is_rate(params: MacroLevelParams) -> bool:
    return params.measure != "level" or params.unit_size == PER_CENT
