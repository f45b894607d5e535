"""A figure, a change or a record of one period."""

from __future__ import annotations

from datetime import date, timedelta

from analyzer.checks.base import (
    Data,
    Finding,
    Series,
    judge_direction,
    judge_figure,
)
from analyzer.checks.economy.params import MacroLevelParams, is_rate, value_of
from analyzer.checks.economy.periods import bases_of, no_period
from analyzer.checks.economy.steps import rate_step
from analyzer.checks.economy.wording import WORDS, difference, finding_of, period_words, shown
from analyzer.model import Label, NearMiss, Window
from analyzer.series import to_date
from analyzer.stats import figures, macro

NEIGHBOURS = 12
"""Periods before and after that are searched for the figure that a text gives another one."""
FLAT = 0.0005
TENTH = 0.001
"""A tenth of a percentage point, in which rates of prices and of unemployment are published and revised."""
POINT = 0.01
"""A percentage point, by which growth at an annual rate is often revised."""
FIFTIETH = 0.02
"""Share by which numbers of people and dollars are revised soon after they were published."""
EPSILON = 1e-9
LATEST = "latest vintage"
"""How the caveat of a series without vintages begins."""
REVISED = "The series is of its latest vintage; what was first published may have differed by a revision."


def one_period(params: MacroLevelParams, data: Data, rows: Series, series: Series, period: date) -> Finding:
    if params.relation in ("highest", "lowest"):
        return _record(params, data, series, period)
    if params.settles and macro.frequency(rows.dates) == "monthly":
        return rate_step(params, data, series, period)
    if params.relation in ("rose", "fell"):
        return _change(params, data, series, period)
    return _at(params, data, rows, series, period)


def _at(params: MacroLevelParams, data: Data, rows: Series, series: Series, period: date) -> Finding:
    stated, value = params.stated, value_of(params, series, period)
    assert stated is not None
    outcome, reason = _judged(params, series, value)
    text = (
        f"{data.name(params.symbol)}{WORDS[params.measure]}: {shown(params, value)} in {period_words(series, period)}."
    )
    misses = () if outcome == "supported" else _near(params, data, series, period)
    note = REVISED if reason == "revised" else ""
    summary = " ".join(part for part in (text, note, *(m.sentence for m in misses)) if part)
    return finding_of(params, data, series, period, (outcome, reason), summary, value, misses)


def _judged(params: MacroLevelParams, series: Series, value: float) -> tuple[Label, str]:
    """The stated figure against the value. Of a series in its latest vintage a rate may have been revised by a tenth of
    a point, and a growth rate or a number of people or dollars by more, without anybody having been wrong."""
    stated = params.stated
    assert stated is not None
    outcome, reason = judge_figure(stated, value)
    if outcome == "supported" or not any(c.text.startswith(LATEST) for c in series.caveats):
        return outcome, reason
    steady = params.measure == "on_year" or (params.measure == "level" and is_rate(params))
    room = TENTH if steady else FIFTIETH * abs(value)
    low, high = (
        (-float("inf") if stated.low is None else stated.low),
        (float("inf") if stated.high is None else stated.high),
    )
    if low - room - EPSILON <= value <= high + room + EPSILON:
        return "supported", "revised"
    ratio = stated.value / value if value else float("inf")
    moved = params.measure == "annualised" and abs(stated.value - value) <= POINT
    return ("inconclusive", "revised") if not steady and (0.5 <= ratio <= 2.0 or moved) else (outcome, reason)


def _change(params: MacroLevelParams, data: Data, series: Series, period: date) -> Finding:
    bases = bases_of(params, series, period)
    if not bases:
        return no_period(params, data, series)
    now = value_of(params, series, period)
    changes = [now - value_of(params, series, base) for base in bases]
    way = "up" if params.relation == "rose" else "down"
    if params.stated is not None:
        before = value_of(params, series, bases[0])
        relative = params.stated.unit == "fraction" and not is_rate(params) and before > 0
        size = now / before - 1.0 if relative else changes[0]
        judged = _judged(params, series, size)
    else:
        held = [judge_direction(way, change, FLAT * max(params.unit_size, FLAT)) for change in changes]
        judged = held[0] if len({label for label, _ in held}) == 1 else ("mixed", "flat")
    name, often = data.name(params.symbol), macro.frequency(series.dates)
    said = [
        f"{shown(params, value_of(params, series, base))} in {macro.period_name(base, often)}"
        f" ({difference(params, change)})"
        for base, change in zip(bases, changes, strict=True)
    ]
    text = (
        f"{name}{WORDS[params.measure]}: {shown(params, now)} in {period_words(series, period)}, after "
        f"{' and '.join(said)}."
    )
    return finding_of(params, data, series, period, judged, text, now, (), base=min(bases))


def _record(params: MacroLevelParams, data: Data, series: Series, period: date) -> Finding:
    highest = params.relation == "highest"
    value = value_of(params, series, period)
    beyond = macro.more_extreme(series, period, highest)
    scope = beyond.between(params.since, None)
    name = f"{data.name(params.symbol)}{WORDS[params.measure]}"
    text = f"{name}: {shown(params, value)} in {period_words(series, period)}"
    last = beyond.last
    seen = (
        f"; the last {'higher' if highest else 'lower'} figure was {shown(params, value_of(params, series, last))} in "
        f"{period_words(series, last)}"
        if last
        else f", the {params.relation} since the series begins in {series.first}"
    )
    judged: tuple[Label, str]
    listed = data.instruments[params.symbol].listed if params.symbol in data.instruments else None
    whole = listed is not None and series.first is not None and series.first <= listed + timedelta(days=400)
    if len(scope) and not _is_of_the_year(params, scope):
        near = _within_a_revision(params, series, scope, value)
        judged = ("supported", "revised") if near else ("refuted", "not_record")
        seen += f". {REVISED[:-1]}" if near else ""
    elif params.since is not None and series.first is not None and params.since >= series.first:
        judged = ("supported", "exact" if last is not None else "rounded")
    elif params.since is None and last is None and whole:
        judged = ("supported", "exact")
    elif last is not None and params.since is None:
        judged = ("refuted", "not_record")
    else:
        judged = ("no_data", "coverage")
    return finding_of(params, data, series, period, judged, f"{text}{seen}.", value, (), reach=series.first)


def _within_a_revision(params: MacroLevelParams, series: Series, scope: Series, value: float) -> bool:
    """Whether all that is beyond in the span, but for the very year that is named, is so by no more than a tenth of a
    point, in a series of the latest vintage: of 8.53 and 8.56 per cent the first was published as the higher one."""
    steady = params.measure == "on_year" or (params.measure == "level" and is_rate(params))
    if not steady or not any(c.text.startswith(LATEST) for c in series.caveats):
        return False
    beyond = [
        value_of(params, series, to_date(d))
        for d in scope.dates
        if params.since is None or to_date(d).year != params.since.year
    ]
    return all(abs(v - value) <= TENTH + EPSILON for v in beyond)


def _is_of_the_year(params: MacroLevelParams, scope: Series) -> bool:
    """Whether all that is beyond lies in the very year that is named: "since 1981" may be since any month of it."""
    return params.since is not None and scope.last is not None and scope.last.year == params.since.year


def _near(params: MacroLevelParams, data: Data, series: Series, period: date) -> tuple[NearMiss, ...]:
    """The nearest other period that has the stated figure."""
    assert params.stated is not None
    at = [to_date(d) for d in series.dates]
    here = at.index(period)
    around = sorted(range(max(0, here - NEIGHBOURS), min(len(at), here + NEIGHBOURS + 1)), key=lambda i: abs(i - here))
    for i in around:
        value = value_of(params, series, at[i])
        if i != here and figures.fits(params.stated, value):
            sentence = (
                f"Nearest true statement: {shown(params, value)} was the figure of {period_words(series, at[i])}."
            )
            miss = NearMiss(
                change="window", symbol=params.symbol, window=Window(first=at[i], last=at[i]), value=value,
                unit=params.stated.unit, sentence=sentence,
            )  # fmt: skip
            return (miss,)
    return ()


def distance_of(params: MacroLevelParams, finding: Finding) -> float:
    """How far a figure that does not fit is off; of those that fit the newest comes first."""
    value = finding.observed.value if finding.observed else None
    if finding.outcome == "supported" or params.stated is None or value is None:
        return 0.0
    return abs(value - params.stated.value)
