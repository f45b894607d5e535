"""Forecasts of a figure of the economy."""

from __future__ import annotations

from dataclasses import replace

from analyzer.checks.base import (
    Data,
    Finding,
    Series,
)
from analyzer.checks.economy.params import BOUNDED, MacroLevelParams, is_rate, value_of
from analyzer.checks.economy.to_come import LATER, Awaited, Way, resolve
from analyzer.checks.economy.wording import WORDS, finding_of, in_words, period_words, shown


def to_come(params: MacroLevelParams, data: Data, series: Series, way: Way) -> Finding:
    """A forecast, resolved in the claim's unit; the sentence names the period that decided and what it started from."""
    assert params.first is not None
    assert params.last is not None
    said, rate = params.stated, is_rate(params)
    scale = params.unit_size if params.measure == "level" else 1.0
    awaited = Awaited(
        way=way, first=params.first, last=params.last, touch=params.mode == "touch", step=params.step,
        relative=not rate, stated_span=params.horizon_basis == "text", negated=params.negated,
        low=said.low if said else None, high=said.high if said else None, settles=params.settles,
    )  # fmt: skip
    found = resolve(replace(series, values=series.values * scale), awaited, data.as_of)
    name = f"{data.name(params.symbol)}{WORDS[params.measure]}"
    wanted = f"{'not forecast' if params.negated else 'forecast'}: {_event(params)}, {params.first} to {params.last}"
    if found.period is None:
        why = f"{name}: {wanted}; the figures known on {data.as_of} end with {series.last} and do not decide it."
        return Finding(outcome=found.label, reason=found.reason, summary=why, used=(series,))
    value = value_of(params, series, found.period)
    start = (
        f", after {shown(params, value_of(params, series, found.base))} in {period_words(series, found.base)}"
        if found.base
        else ""
    )
    text = f"{name}: {shown(params, value)} in {period_words(series, found.period)}{start} ({wanted})."
    finding = finding_of(
        params, data, series, found.period, (found.label, found.reason), text, value, (), base=found.base
    )
    if params.horizon_basis == "text":
        return finding
    by_default = f"no horizon in the text: to {params.last} by default; refuted only by {LATER // 365} years without it"
    return replace(finding, caveats=(*finding.caveats, by_default))


def _event(params: MacroLevelParams) -> str:
    """ "a rise by 0.1 points or more", "5 % or more"."""
    said = params.stated
    if params.relation in BOUNDED and said is not None:
        low, high = (None if b is None else in_words(params, b) for b in (said.low, said.high))
        bounds = f"between {low} and {high}" if low and high else f"{low} or more" if low else f"{high} or less"
        return f"a peak {bounds}" if params.relation == "will_peak" else bounds
    size = f"{params.step * 100:g} {'points' if is_rate(params) else '%'}"
    return f"a {'rise' if params.relation == 'will_rise' else 'fall'} by {size} or more"
