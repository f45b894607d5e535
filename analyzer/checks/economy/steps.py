"""A step of a policy rate, by the means of months that a series of it has."""

from __future__ import annotations

from datetime import date, timedelta

from analyzer.checks.base import Data, Finding, Series, no_data
from analyzer.checks.economy.params import MacroLevelParams, value_of
from analyzer.checks.economy.periods import no_period
from analyzer.checks.economy.wording import difference, finding_of, period_words, shown
from analyzer.model import Label, Stated
from analyzer.series import to_date

ROOM = 0.0005
"""Twentieth of a point by which the rate in force moves within the range that a bank sets."""
A_MONTH = 45
"""Days from the first of a month to that of a neighbour, at most."""


def rate_step(params: MacroLevelParams, data: Data, series: Series, period: date) -> Finding:
    """From the month before the step to the month after it, which has the new rate on all of its days."""
    assert params.stated is not None
    days = [to_date(d) for d in series.dates]
    here = days.index(period)
    name, said = data.name(params.symbol), period_words(series, period)
    if here == 0 or period - days[here - 1] > timedelta(A_MONTH):
        return no_period(params, data, series)
    if here + 1 == len(days) or days[here + 1] - period > timedelta(A_MONTH):
        why = f"{name}: a step in {said} shows in full in the month after, of which no figure is known on {data.as_of}."
        return no_data(why, reason="not_yet", used=(series,))
    before, now, after = (value_of(params, series, days[i]) for i in (here - 1, here, here + 1))
    judged = _judged(params.stated, (after - before) * (1 if params.relation == "rose" else -1), params.first is None)
    text = (
        f"{name}: {shown(params, before)} in {period_words(series, days[here - 1])}, {shown(params, now)} in {said}, "
        f"{shown(params, after)} in {period_words(series, days[here + 1])} ({difference(params, after - before)})."
    )
    return finding_of(params, data, series, period, judged, text, after, (), base=days[here - 1])


def _judged(stated: Stated, moved: float, assumed: bool) -> tuple[Label, str]:
    """Less than the step that is stated contradicts it, where the text names the month; more may hold a further step of
    the months beside it."""
    size = abs(stated.value)
    bounds = [abs(b) for b in (stated.low, stated.high) if b is not None] or [size]
    if min(*bounds, size) - ROOM <= moved <= max(*bounds, size) + ROOM:
        return "supported", "rounded"
    if moved > size:
        return "consistent", "figure_not_tested"
    if assumed:
        return "inconclusive", "session_not_named"
    return "refuted", "wrong_sign" if moved < -ROOM else "overstated"
