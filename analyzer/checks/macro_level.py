"""Figures of the economy: level, rate of change, direction, record.

What the claim says
-------------------
Something of inflation, work, growth, money or a policy rate: "inflation is at 3.2 percent", "die Arbeitslosenquote ist
auf 4,3 Prozent gestiegen", "the highest inflation since 1981", "the economy is in recession".

Formula
-------
``level``: the figure as published. ``on_year``: ``x_t / x_(t - 12 months) - 1``; ``on_period``: against the period
before; ``annualised``: that to the power of the periods of a year. A text that names no period means the latest figure:
the last period that had ended, or the one before it where the last had perhaps not been released. For "highest since"
the last earlier period with a higher value.

Rule
----
A stated figure by its interval (CHECKS 0.3), in the period that is named, else in either of the two that may be the
latest. Of a series in its latest vintage a tenth of a point more or less is a revision and supports a rate of prices or
of unemployment, as two per cent do a number; growth or a number within half and double is inconclusive (revised). rose,
fell: the sign of the change from the period that is named, else from the period before and from a year before: both
supported, one of them mixed, none refuted. A step of a policy rate (settles), of which the series is a mean of months:
from the month before to the month after, within a twentieth of a point supported; more may hold a further step:
consistent; less refuted where the month is named, else inconclusive. highest, lowest: no earlier period beyond it, by
more than such a revision, in the span that is named, its beginning to the year. occurs: whether a month of the span is
one (recessions as dated by the NBER), or, negated, none; behind a horizon by default, within five years: mixed.
throughout: whether all months of the span are one; some are mixed. follows: of
the rises of a policy rate by a point or more, each ended by a fall of half a point, the share in which a recession
began by two years after the high: all supported, half or more mixed, fewer refuted; said of most, more than half
supported. will_rise, will_fall: any figure of the span (touch) is by the step at least (a tenth of a point of a rate; a
share of an amount) beyond the lowest, or highest, since the last one before the span; or the last of the span is beyond
that one (at_horizon); will_reach: within the stated bounds; will_peak: the highest of the span within them, which
binders widen by a quarter of a point, the width of the range of a policy rate, for the rate in force lies within it. A
policy rate whose monthly average moves only in the month after the span is inconclusive. Where the text states no
horizon a default one is written down: come within it supported, come within five years of its beginning mixed, else
refuted.

When it is not testable
-----------------------
No series, or none for the period: no_data. Before the day on which a figure counts as known (its release where the
source says it, else 45 days after its period): no_data (not_yet). A span that begins before the series: no_data
(coverage).

What it cannot show
-------------------
What the reader of the day saw, where the series is of the latest vintage: figures are revised, and seasonal factors are
anew each year. National definitions differ and change; an index of all urban consumers is not that of a household.
"""

from __future__ import annotations

from dataclasses import replace

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    SeriesRequest,
    either,
    missing_series,
)
from analyzer.checks.economy.forecasts import to_come
from analyzer.checks.economy.params import TO_COME, MacroLevelParams
from analyzer.checks.economy.periods import is_awaited, newest_ended, no_period, periods_meant
from analyzer.checks.economy.recessions import follows, occurs
from analyzer.checks.economy.single import distance_of, one_period
from analyzer.checks.economy.wording import WORDS
from analyzer.model import Label
from analyzer.stats import macro

WORST_LAST: tuple[Label, ...] = ("supported", "consistent", "mixed", "inconclusive", "pending", "no_data", "refuted")


def needs(params: MacroLevelParams) -> tuple[SeriesRequest, ...]:
    return tuple(SeriesRequest(s) for s in (params.symbol, params.after) if s is not None)


def run(params: MacroLevelParams, data: Data) -> Finding:
    first = _by_measure(params, data)
    if params.or_measure is None:
        return first
    other = params.model_copy(update={"measure": params.or_measure, "or_measure": None})
    note = f"The text does not say on what; so it is{WORDS[params.or_measure]}."
    return either(first, lambda: _by_measure(other, data), note, params.stated)


def _by_measure(params: MacroLevelParams, data: Data) -> Finding:
    rows = data.get(SeriesRequest(params.symbol))
    if rows is None or not len(rows):
        return missing_series(data, params.symbol)
    if params.relation in ("occurs", "throughout"):
        return occurs(params, data, rows)
    if params.relation == "follows":
        return follows(params, data, rows)
    if params.relation in TO_COME:
        return to_come(params, data, macro.measured(rows, params.measure), params.relation)
    series = macro.measured(rows, params.measure)
    periods = periods_meant(params, series)
    if not periods:
        return no_period(params, data, rows)
    found = [one_period(params, data, rows, series, period) for period in periods]
    best = min(found, key=lambda f: (WORST_LAST.index(f.outcome), f.reason == "revised", distance_of(params, f)))
    if best.outcome == "supported" or not is_awaited(params, rows, periods):
        return best
    ended = newest_ended(params, rows)
    newest, overdue = macro.period_name(ended, macro.frequency(rows.dates)), (data.as_of - ended).days > OVERDUE
    known = "is not in the data" if overdue else f"counts as known only later than {data.as_of}"
    why = f"{best.summary} The figure of {newest}, which may be meant, {known}."
    return replace(best, outcome="no_data", reason="span" if overdue else "not_yet", summary=why, near_misses=())


OVERDUE = 300
"""Days after the beginning of a month or quarter from which on its figure is out, and only our series ends before."""


def variants(params: MacroLevelParams) -> tuple[tuple[str, MacroLevelParams], ...]:
    """Of a direction without a period: from the period before, and from a year before."""
    if params.relation not in ("rose", "fell") or params.base_first is not None or params.stated is not None:
        return ()
    changed = {"from the period before": "period", "from a year before": "year"}
    return tuple((name, params.model_copy(update={"against": against})) for name, against in changed.items())


CHECK = Check(
    name="macro_level",
    scale="fact",
    kinds=("macro", "level", "record_extreme", "prediction"),
    params=MacroLevelParams,
    rule="The figure of the period that is named, else of the last one or two that had ended; rose and fell from the "
    "period before and from a year before; highest and lowest since the year that is named.",
    minimum="the figure of the period; for a change also the one it is measured from",
    examples=(
        Example(
            "Die Arbeitslosenquote ist auf 4,3 Prozent gestiegen.", "de",
            {"symbol": "UNRATE", "relation": "at", "published": "2024-08-05", "unit_size": 0.01,
             "stated": {"text": "4,3 Prozent", "value": 0.043, "low": 0.0425, "high": 0.0435, "unit": "fraction"}},
        ),
        Example(
            "US inflation is the highest since 1981.", "en",
            {"symbol": "CPIAUCSL", "relation": "highest", "measure": "on_year", "published": "2022-07-15",
             "since": "1981-01-01"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
