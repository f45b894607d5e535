"""A figure of the economy in words, the finding that is made of it, and the picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analyzer.checks.base import (
    Data,
    Finding,
    Series,
    amount,
    line,
    number,
    observed,
    percent,
    signed,
    statistic,
)
from analyzer.checks.economy.params import MacroLevelParams, is_rate
from analyzer.model import Chart, Label, NearMiss, Window
from analyzer.stats import macro
from analyzer.stats.macro import Measure

WORDS: dict[Measure, str] = {
    "level": "", "on_year": " on the year", "on_period": " on the period before", "annualised": ", annualised",
}  # fmt: skip


def shown(params: MacroLevelParams, value: float) -> str:
    return in_words(params, value)


def in_words(params: MacroLevelParams, value: float) -> str:
    if is_rate(params):
        return percent(value).removeprefix("+")
    currency = params.stated.currency if params.stated else None
    return amount(value, currency) if abs(value) >= 1e6 else number(value)


def difference(params: MacroLevelParams, change: float) -> str:
    return f"{signed(change * 100)} points" if is_rate(params) else signed(change)


def period_words(series: Series, period: date) -> str:
    return macro.period_name(period, macro.frequency(series.dates))


def finding_of(
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
    unit = "fraction" if is_rate(params) else params.stated.unit if params.stated else "count"
    end = macro.period_end(period, macro.frequency(series.dates))
    return Finding(
        outcome=judged[0], reason=judged[1], summary=text, statistic=statistic(params.measure, value), nobs=1,
        observed=observed(value, unit, params.stated.currency if params.stated else None), near_misses=misses,
        window=Window(base=base, first=period, last=end), used=(series,), reach=reach,
        chart=chart_of(params, data, series, period),
    )  # fmt: skip


def chart_of(params: MacroLevelParams, data: Data, series: Series, period: date) -> Chart:
    """Ten years around the period, or from the beginning of the span."""
    begins = min(d for d in (params.since, period.replace(year=period.year - 10, day=1)) if d is not None)
    rows = series.between(begins, None)
    scale = params.unit_size if params.measure == "level" else 1.0
    scaled = replace(rows, values=rows.values * scale)
    rules = ((params.stated.value, params.stated.text),) if params.stated and params.relation == "at" else ()
    return Chart(
        title=f"{data.name(params.symbol)}{WORDS[params.measure]}", unit="fraction" if is_rate(params) else "count",
        lines=(line(scaled, data.name(params.symbol)),), marks=((period, "period"),), rules=rules,
        window=Window(first=rows.first, last=rows.last),
    )  # fmt: skip
