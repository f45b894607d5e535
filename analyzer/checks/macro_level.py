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
of unemployment, as two per cent do a number; growth or a number within half and double is inconclusive (revised).
rose, fell: the sign of the change from the period that is named, else from the period before and from a year before:
both supported, one of them mixed, none refuted. highest, lowest: no earlier period beyond it in the span that is named;
the span's beginning to the year. occurs: whether a month of the span is one (recessions as dated by the NBER).

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
from datetime import date, timedelta
from typing import Literal

from pydantic import model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    amount,
    judge_direction,
    judge_figure,
    line,
    missing_series,
    no_data,
    number,
    observed,
    percent,
    signed,
    statistic,
)
from analyzer.model import Chart, Label, NearMiss, Stated, Window
from analyzer.series import to_date
from analyzer.stats import figures, macro
from analyzer.stats.macro import Measure

Relation = Literal["at", "rose", "fell", "highest", "lowest", "occurs"]
WORDS: dict[Measure, str] = {
    "level": "", "on_year": " on the year", "on_period": " on the period before", "annualised": ", annualised",
}  # fmt: skip
NEIGHBOURS = 12
"""Periods before and after that are searched for the figure that a text gives another one."""
FLAT = 0.0005
RELEASED_WITHIN = 60
"""Days after its period within which a figure may not have been released."""
WORST_LAST: tuple[Label, ...] = ("supported", "mixed", "inconclusive", "pending", "no_data", "refuted")
PER_CENT = 0.01
TENTH = 0.001
"""A tenth of a percentage point, in which rates of prices and of unemployment are published and revised."""
FIFTIETH = 0.02
"""Share by which numbers of people and dollars are revised soon after they were published."""
EPSILON = 1e-9
LATEST = "latest vintage"
"""How the caveat of a series without vintages begins."""
REVISED = "The series is of its latest vintage; what was first published may have differed by a revision."


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
    against: Literal["both", "period", "year"] = "both"
    """What "rose" is measured from where the text names no period: the one before, the one a year before, or both."""

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
        return self


def needs(params: MacroLevelParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol),)


def run(params: MacroLevelParams, data: Data) -> Finding:
    rows = data.get(SeriesRequest(params.symbol))
    if rows is None or not len(rows):
        return missing_series(data, params.symbol)
    if params.relation == "occurs":
        return _occurs(params, data, rows)
    series = macro.measured(rows, params.measure)
    periods = _periods(params, series)
    if not periods:
        return _no_period(params, data, rows)
    found = [_one(params, data, rows, series, period) for period in periods]
    best = min(found, key=lambda f: (WORST_LAST.index(f.outcome), f.reason == "revised", _distance(params, f)))
    if best.outcome == "supported" or not _is_awaited(params, rows, periods):
        return best
    newest = macro.period_name(_newest(params, rows), macro.frequency(rows.dates))
    why = f"{best.summary} The figure of {newest}, which may be meant, counts as known only later than {data.as_of}."
    return replace(best, outcome="no_data", reason="not_yet", summary=why, near_misses=())


# --- which period ---------------------------------------------------------------------------------------------------


def _periods(params: MacroLevelParams, series: Series) -> tuple[date, ...]:
    """The period that is named: the last row of a span; else those that may be the latest."""
    if params.first is not None:
        rows = series.between(params.first, params.last)
        return (rows.last,) if rows.last is not None else ()
    assert params.published is not None
    return macro.meant(series, params.published, running=params.running)


def _newest(params: MacroLevelParams, rows: Series) -> date:
    assert params.published is not None
    return macro.newest_ended(macro.frequency(rows.dates), params.published)


def _is_awaited(params: MacroLevelParams, rows: Series, periods: tuple[date, ...]) -> bool:
    """Whether the newest figure that the text may mean is not known yet on the day of the data."""
    return params.first is None and max(periods) < _newest(params, rows) and rows.last == max(periods)


def _no_period(params: MacroLevelParams, data: Data, rows: Series) -> Finding:
    name = f"{data.name(params.symbol)} ({params.symbol})"
    wanted = f"{params.first} to {params.last}" if params.first else f"before {params.published}"
    beyond = params.last is not None and rows.last is not None and params.last > rows.last
    if beyond and params.last is not None and (data.as_of - params.last).days <= RELEASED_WITHIN:
        return no_data(f"{name}: no figure of {wanted} is known on {data.as_of}.", reason="not_yet", used=(rows,))
    why = f"{name} has rows from {rows.first} to {rows.last}, none for {wanted}. Try: --data FOLDER with these dates."
    return no_data(why, reason="span", used=(rows,))


def _base(params: MacroLevelParams, series: Series, period: date) -> list[date]:
    """The periods that a change is measured from, as far as there are rows."""
    if params.base_first is not None:
        rows = series.between(params.base_first, params.base_last)
        return [rows.last] if rows.last is not None and rows.last != period else []
    earlier = [to_date(d) for d in series.dates if to_date(d) < period]
    often = macro.frequency(series.dates)
    before, year = earlier[-1:], earlier[-macro.PER_YEAR[often] :][:1]
    year = year if len(earlier) >= macro.PER_YEAR[often] else []
    return before if params.against == "period" else year if params.against == "year" else [*before, *year]


# --- one period -----------------------------------------------------------------------------------------------------


def _one(params: MacroLevelParams, data: Data, rows: Series, series: Series, period: date) -> Finding:
    if params.relation in ("highest", "lowest"):
        return _record(params, data, series, period)
    if params.relation in ("rose", "fell"):
        return _change(params, data, series, period)
    return _at(params, data, rows, series, period)


def _at(params: MacroLevelParams, data: Data, rows: Series, series: Series, period: date) -> Finding:
    stated, value = params.stated, _value(params, series, period)
    assert stated is not None
    outcome, reason = _judged(params, series, value)
    text = f"{data.name(params.symbol)}{WORDS[params.measure]}: {_shown(params, value)} in {_period(series, period)}."
    misses = () if outcome == "supported" else _near(params, data, series, period)
    note = REVISED if reason == "revised" else ""
    summary = " ".join(part for part in (text, note, *(m.sentence for m in misses)) if part)
    return _finding(params, data, series, period, (outcome, reason), summary, value, misses)


def _judged(params: MacroLevelParams, series: Series, value: float) -> tuple[Label, str]:
    """The stated figure against the value. Of a series in its latest vintage a rate may have been revised by a tenth of
    a point, and a growth rate or a number of people or dollars by more, without anybody having been wrong."""
    stated = params.stated
    assert stated is not None
    outcome, reason = judge_figure(stated, value)
    if outcome == "supported" or not any(c.text.startswith(LATEST) for c in series.caveats):
        return outcome, reason
    steady = params.measure == "on_year" or (params.measure == "level" and _is_rate(params))
    room = TENTH if steady else FIFTIETH * abs(value)
    low, high = (
        (-float("inf") if stated.low is None else stated.low),
        (float("inf") if stated.high is None else stated.high),
    )
    if low - room - EPSILON <= value <= high + room + EPSILON:
        return "supported", "revised"
    ratio = stated.value / value if value else float("inf")
    return ("inconclusive", "revised") if not steady and 0.5 <= ratio <= 2.0 else (outcome, reason)


def _change(params: MacroLevelParams, data: Data, series: Series, period: date) -> Finding:
    bases = _base(params, series, period)
    if not bases:
        return _no_period(params, data, series)
    now = _value(params, series, period)
    changes = [now - _value(params, series, base) for base in bases]
    way = "up" if params.relation == "rose" else "down"
    if params.stated is not None:
        before = _value(params, series, bases[0])
        relative = params.stated.unit == "fraction" and not _is_rate(params) and before > 0
        size = now / before - 1.0 if relative else changes[0]
        judged = _judged(params, series, size)
    else:
        held = [judge_direction(way, change, FLAT * max(params.unit_size, FLAT)) for change in changes]
        judged = held[0] if len({label for label, _ in held}) == 1 else ("mixed", "flat")
    name, often = data.name(params.symbol), macro.frequency(series.dates)
    said = [
        f"{_shown(params, _value(params, series, base))} in {macro.period_name(base, often)}"
        f" ({_difference(params, change)})"
        for base, change in zip(bases, changes, strict=True)
    ]
    text = (
        f"{name}{WORDS[params.measure]}: {_shown(params, now)} in {_period(series, period)}, after "
        f"{' and '.join(said)}."
    )
    return _finding(params, data, series, period, judged, text, now, (), base=min(bases))


def _record(params: MacroLevelParams, data: Data, series: Series, period: date) -> Finding:
    highest = params.relation == "highest"
    value = _value(params, series, period)
    beyond = macro.more_extreme(series, period, highest)
    scope = beyond.between(params.since, None)
    name = f"{data.name(params.symbol)}{WORDS[params.measure]}"
    text = f"{name}: {_shown(params, value)} in {_period(series, period)}"
    last = beyond.last
    seen = (
        f"; the last {'higher' if highest else 'lower'} figure was {_shown(params, _value(params, series, last))} in "
        f"{_period(series, last)}"
        if last
        else f", the {params.relation} since the series begins in {series.first}"
    )
    judged: tuple[Label, str]
    listed = data.instruments[params.symbol].listed if params.symbol in data.instruments else None
    whole = listed is not None and series.first is not None and series.first <= listed + timedelta(days=400)
    if len(scope) and not _is_of_the_year(params, scope):
        judged = ("refuted", "not_record")
    elif params.since is not None and series.first is not None and params.since >= series.first:
        judged = ("supported", "exact" if last is not None else "rounded")
    elif params.since is None and last is None and whole:
        judged = ("supported", "exact")
    elif last is not None and params.since is None:
        judged = ("refuted", "not_record")
    else:
        judged = ("no_data", "coverage")
    return _finding(params, data, series, period, judged, f"{text}{seen}.", value, (), reach=series.first)


def _is_of_the_year(params: MacroLevelParams, scope: Series) -> bool:
    """Whether all that is beyond lies in the very year that is named: "since 1981" may be since any month of it."""
    return params.since is not None and scope.last is not None and scope.last.year == params.since.year


def _occurs(params: MacroLevelParams, data: Data, rows: Series) -> Finding:
    """Whether the series is one (1) in a month of the span; what has not come by its end is pending until then."""
    first = params.first or params.published
    last = params.last or params.published
    assert first is not None
    assert last is not None
    span = rows.between(first.replace(day=1), last)
    name = data.name(params.symbol)
    hits = [to_date(d) for d, v in zip(span.dates, span.values, strict=True) if v >= 1.0]
    complete = rows.last is not None and macro.period_end(rows.last, macro.frequency(rows.dates)) >= last
    judged: tuple[Label, str]
    if hits:
        judged, text = ("supported", "reached"), f"{name}: from {hits[0]:%B %Y}, {len(hits)} months of the span."
    elif not complete:
        label: Label = "pending" if last > data.as_of else "no_data"
        judged = (label, "not_yet" if label == "no_data" else "open")
        text = f"{name}: none from {first} to {rows.last}, the last month that is known on {data.as_of}."
    else:
        judged, text = ("refuted", "did_not_occur"), f"{name}: none of the {len(span)} months from {first} to {last}."
    return replace(
        _finding(params, data, rows, span.last or first, judged, text, float(len(hits)), ()),
        window=Window(first=first, last=last), nobs=len(span), observed=observed(float(len(hits)), "count"),
    )  # fmt: skip


# --- words ----------------------------------------------------------------------------------------------------------


def _value(params: MacroLevelParams, series: Series, period: date | None) -> float:
    """The measure of a period in the claim's unit."""
    value = series.at(period) if period is not None else None
    assert value is not None
    return value * params.unit_size if params.measure == "level" else value


def _is_rate(params: MacroLevelParams) -> bool:
    return params.measure != "level" or params.unit_size == PER_CENT


def _shown(params: MacroLevelParams, value: float) -> str:
    if _is_rate(params):
        return percent(value).removeprefix("+")
    currency = params.stated.currency if params.stated else None
    return amount(value, currency) if abs(value) >= 1e6 else number(value)


def _difference(params: MacroLevelParams, change: float) -> str:
    return f"{signed(change * 100)} points" if _is_rate(params) else signed(change)


def _period(series: Series, period: date) -> str:
    return macro.period_name(period, macro.frequency(series.dates))


def _distance(params: MacroLevelParams, finding: Finding) -> float:
    """How far a figure that does not fit is off; of those that fit the newest comes first."""
    value = finding.observed.value if finding.observed else None
    if finding.outcome == "supported" or params.stated is None or value is None:
        return 0.0
    return abs(value - params.stated.value)


def _near(params: MacroLevelParams, data: Data, series: Series, period: date) -> tuple[NearMiss, ...]:
    """The nearest other period that has the stated figure."""
    assert params.stated is not None
    at = [to_date(d) for d in series.dates]
    here = at.index(period)
    around = sorted(range(max(0, here - NEIGHBOURS), min(len(at), here + NEIGHBOURS + 1)), key=lambda i: abs(i - here))
    for i in around:
        value = _value(params, series, at[i])
        if i != here and figures.fits(params.stated, value):
            sentence = f"Nearest true statement: {_shown(params, value)} was the figure of {_period(series, at[i])}."
            miss = NearMiss(
                change="window", symbol=params.symbol, window=Window(first=at[i], last=at[i]), value=value,
                unit=params.stated.unit, sentence=sentence,
            )  # fmt: skip
            return (miss,)
    return ()


def _finding(
    params: MacroLevelParams,
    data: Data,
    series: Series,
    period: date,
    judged: tuple[Label, str],
    text: str,
    value: float,
    misses: tuple[NearMiss, ...],
    *,
    base: date | None = None,
    reach: date | None = None,
) -> Finding:
    unit = "fraction" if _is_rate(params) else params.stated.unit if params.stated else "count"
    end = macro.period_end(period, macro.frequency(series.dates))
    return Finding(
        outcome=judged[0], reason=judged[1], summary=text, statistic=statistic(params.measure, value), nobs=1,
        observed=observed(value, unit, params.stated.currency if params.stated else None), near_misses=misses,
        window=Window(base=base, first=period, last=end), used=(series,), reach=reach,
        chart=_chart(params, data, series, period),
    )  # fmt: skip


def _chart(params: MacroLevelParams, data: Data, series: Series, period: date) -> Chart:
    """Ten years around the period, or from the beginning of the span."""
    begins = min(d for d in (params.since, period.replace(year=period.year - 10, day=1)) if d is not None)
    shown = series.between(begins, None)
    scale = params.unit_size if params.measure == "level" else 1.0
    scaled = replace(shown, values=shown.values * scale)
    rules = ((params.stated.value, params.stated.text),) if params.stated and params.relation == "at" else ()
    return Chart(
        title=f"{data.name(params.symbol)}{WORDS[params.measure]}", unit="fraction" if _is_rate(params) else "count",
        lines=(line(scaled, data.name(params.symbol)),), marks=((period, "period"),), rules=rules,
        window=Window(first=shown.first, last=shown.last),
    )  # fmt: skip


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
