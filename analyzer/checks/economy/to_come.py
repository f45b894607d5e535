"""Forecasts of a figure of the economy: whether it rose, fell or reached a figure in the span that was meant.

A span that the text states decides. One that it does not state is a written default, and caps what can be said: what
came within it is supported, what came within five years of its beginning was right on the thing and not on the time
(mixed), and only what did not come in those five years either is refuted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from analyzer.checks.base import Series
from analyzer.model import Label
from analyzer.series import day, to_date
from analyzer.stats import macro

Way = Literal["will_rise", "will_fall", "will_reach", "will_peak"]
LATER = 5 * 365
"""Days from the beginning of a span that no text states in which the event still counts as having come later."""
EPSILON = 1e-9
OPPOSITE: dict[Label, Label] = {"supported": "refuted", "refuted": "supported"}


@dataclass(frozen=True)
class Awaited:
    """What makes a forecast true, in the claim's unit: 0.01 is a point of a rate, a fiftieth of an amount is 0.02.

    ``first``, ``last``: the span. ``touch``: any figure of it decides, else the last. ``step``: the least change that
    counts, of an amount (``relative``) as a share of it. ``low``, ``high``: where the figure must lie, for will_reach,
    and the highest of the span, for will_peak. ``settles``: the figures are means of a rate that moves in steps, so
    that the period in which the span begins shows what was decided before it.
    """

    way: Way
    first: date
    last: date
    touch: bool
    step: float
    relative: bool
    stated_span: bool
    negated: bool = False
    low: float | None = None
    high: float | None = None
    settles: bool = False


@dataclass(frozen=True)
class Outcome:
    """A label with its reason; the period that decided, and the one before the span that it is measured from."""

    label: Label
    reason: str
    period: date | None = None
    base: date | None = None


def resolve(series: Series, awaited: Awaited, as_of: date) -> Outcome:
    """``series`` in the claim's unit; its rows are those known on ``as_of``."""
    found = _resolved(series, awaited, as_of)
    return replace(found, label=OPPOSITE.get(found.label, found.label)) if awaited.negated else found


def _resolved(series: Series, awaited: Awaited, as_of: date) -> Outcome:
    often = macro.frequency(series.dates)
    ends = [macro.period_end(to_date(d), often) for d in series.dates]
    known_by = [to_date(d) for d in series.dates] if awaited.settles else ends
    base = max((i for i, known in enumerate(known_by) if known < awaited.first), default=None)
    if base is None and awaited.way not in ("will_reach", "will_peak"):
        return Outcome("no_data", "coverage")
    holds = _holds(series.values, awaited, base or 0)
    named = None if base is None else to_date(series.dates[base])
    if awaited.way == "will_peak":
        return _peaked(series, ends, awaited, as_of)
    inside = [i for i, end in enumerate(ends) if awaited.first <= end <= awaited.last and i != base]
    hits = [i for i in inside if holds[i]]
    complete = bool(ends) and (ends[-1] >= awaited.last or _next_end(ends[-1], often) > awaited.last)
    if awaited.touch and hits:
        return Outcome("supported", "reached", to_date(series.dates[hits[0]]), named)
    if not complete:
        known = to_date(series.dates[inside[-1]]) if inside else None
        return Outcome("pending", "open", known, named) if awaited.last > as_of else Outcome("no_data", "not_yet")
    if not inside:
        return Outcome("no_data", "span")
    last = inside[-1]
    if not awaited.touch and holds[last]:
        return Outcome("supported", "reached", to_date(series.dates[last]), named)
    shown = to_date(series.dates[last])
    if awaited.stated_span:
        at_the_border = awaited.touch and awaited.way != "will_reach" and last + 1 < len(ends) and bool(holds[last + 1])
        if at_the_border:  # the average of a month holds of its last days only a little
            return Outcome("inconclusive", "revised", to_date(series.dates[last + 1]), named)
        return Outcome("refuted", "did_not_occur", shown, named)
    end = to_date(day(awaited.first) + LATER)
    later = [i for i in range(last + 1, len(ends)) if ends[i] <= end and holds[i]]
    if later:
        return Outcome("mixed", "wrong_period", to_date(series.dates[later[0]]), named)
    over = ends[-1] >= end
    return Outcome("refuted" if over else "inconclusive", "did_not_occur" if over else "open", shown, named)


def _peaked(series: Series, ends: list[date], awaited: Awaited, as_of: date) -> Outcome:
    """The highest figure of the span against the bounds; one above them refutes before the span is over."""
    often = macro.frequency(series.dates)
    inside = [i for i, end in enumerate(ends) if awaited.first <= end <= awaited.last]
    complete = bool(ends) and (ends[-1] >= awaited.last or _next_end(ends[-1], often) > awaited.last)
    highest = max(inside, key=lambda i: series.values[i], default=None)
    above = highest is not None and awaited.high is not None and series.values[highest] > awaited.high + EPSILON
    when = to_date(series.dates[highest]) if highest is not None else None
    if highest is None or not (complete or above):
        return Outcome("pending", "open", when) if awaited.last > as_of else Outcome("no_data", "not_yet")
    if _holds(series.values, awaited, 0)[highest]:
        return Outcome("supported", "reached", when)
    return Outcome("refuted" if awaited.stated_span else "inconclusive", "did_not_occur", when)


def _next_end(end: date, often: macro.Frequency) -> date:
    """The last day of the period after one that ends on ``end``; of a daily or weekly series its next row."""
    days = {"daily": 1, "weekly": 7}.get(often)
    if days is not None:
        return to_date(day(end) + days)
    return macro.period_end(to_date(day(end) + 1), often)


def _holds(values: np.ndarray, awaited: Awaited, base: int) -> np.ndarray:
    """For each row whether it makes the forecast true. Where any row decides, a fall is one from the highest since the
    ``base``: a rate that is raised and then cut has been cut."""
    if awaited.way in ("will_reach", "will_peak"):
        low = -np.inf if awaited.low is None else awaited.low
        high = np.inf if awaited.high is None else awaited.high
        return np.asarray((values >= low) & (values <= high))
    rises = awaited.way == "will_rise"
    start = np.full(len(values), values[base])
    if awaited.touch:
        start[base:] = (np.minimum if rises else np.maximum).accumulate(values[base:])
    change = values / start - 1.0 if awaited.relative else values - start
    return np.asarray(change >= awaited.step - EPSILON if rises else change <= -awaited.step + EPSILON)
