"""Which period a text means, and from which a change is measured."""

from __future__ import annotations

from datetime import date, timedelta

from analyzer.checks.base import (
    Data,
    Finding,
    Series,
    no_data,
)
from analyzer.checks.economy.params import MacroLevelParams
from analyzer.series import to_date
from analyzer.stats import macro

RELEASED_WITHIN = 60
"""Days after its period within which a figure may not have been released."""


def periods_meant(params: MacroLevelParams, series: Series) -> tuple[date, ...]:
    """The period that is named: the last row of a span; else those that may be the latest."""
    if params.first is not None:
        rows = series.between(params.first, params.last)
        return (rows.last,) if rows.last is not None else ()
    assert params.published is not None
    found = macro.meant(series, params.published, running=params.running)
    if params.running and found and params.relation in ("highest", "lowest"):
        # the mean of a month in which a policy rate was raised shows the new rate in full only a month later
        after = series.between(max(found) + timedelta(days=1), max(found) + timedelta(days=31))
        found = (*found, *((after.first,) if after.first is not None else ()))
    return found


def newest_ended(params: MacroLevelParams, rows: Series) -> date:
    assert params.published is not None
    return macro.newest_ended(macro.frequency(rows.dates), params.published)


def is_awaited(params: MacroLevelParams, rows: Series, periods: tuple[date, ...]) -> bool:
    """Whether the newest figure that the text may mean is not known yet on the day of the data."""
    return params.first is None and max(periods) < newest_ended(params, rows) and rows.last == max(periods)


def no_period(params: MacroLevelParams, data: Data, rows: Series) -> Finding:
    name = f"{data.name(params.symbol)} ({params.symbol})"
    wanted = f"{params.first} to {params.last}" if params.first else f"before {params.published}"
    beyond = params.last is not None and rows.last is not None and params.last > rows.last
    if beyond and params.last is not None and (data.as_of - params.last).days <= RELEASED_WITHIN:
        return no_data(f"{name}: no figure of {wanted} is known on {data.as_of}.", reason="not_yet", used=(rows,))
    why = f"{name} has rows from {rows.first} to {rows.last}, none for {wanted}. Try: --data FOLDER with these dates."
    return no_data(why, reason="span", used=(rows,))


def bases_of(params: MacroLevelParams, series: Series, period: date) -> list[date]:
    """The periods that a change is measured from, as far as there are rows."""
    if params.base_first is not None:
        rows = series.between(params.base_first, params.base_last)
        return [rows.last] if rows.last is not None and rows.last != period else []
    earlier = [to_date(d) for d in series.dates if to_date(d) < period]
    often = macro.frequency(series.dates)
    before, year = earlier[-1:], earlier[-macro.PER_YEAR[often] :][:1]
    year = year if len(earlier) >= macro.PER_YEAR[often] else []
    return before if params.against == "period" else year if params.against == "year" else [*before, *year]
