"""Recessions: whether there was one in a span, and how often one followed the rises of a rate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from analyzer.checks.base import (
    Data,
    Finding,
    Series,
    SeriesRequest,
    missing_series,
    no_data,
    observed,
)
from analyzer.checks.economy.cycles import cycles, told
from analyzer.checks.economy.params import MacroLevelParams
from analyzer.checks.economy.to_come import LATER
from analyzer.checks.economy.wording import finding_of
from analyzer.model import Label, Window
from analyzer.series import to_date
from analyzer.stats import macro

HALF, FEWEST_CYCLES = 0.5, 4


def occurs(params: MacroLevelParams, data: Data, rows: Series) -> Finding:
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
    if params.relation == "throughout" and complete and hits and len(hits) < len(span):
        judged, text = ("mixed", "share"), f"{name}: {len(hits)} of the {len(span)} months from {first} to {last}."
    elif hits and (params.relation == "occurs" or complete):
        judged, text = ("supported", "reached"), f"{name}: from {hits[0]:%B %Y}, {len(hits)} months of the span."
    elif not complete:
        label: Label = "pending" if last > data.as_of else "no_data"
        judged = (label, "not_yet" if label == "no_data" else "open")
        text = f"{name}: none from {first} to {rows.last}, the last month that is known on {data.as_of}."
    elif params.horizon_basis == "default" and (came := _later(params, rows)) is not None:
        judged = ("refuted", "did_not_occur") if params.negated else ("mixed", "wrong_period")
        text = (
            f"{name}: none from {first} to {last}, which the text does not state; the next one began in {came:%B %Y}."
        )
    else:
        judged, text = ("refuted", "did_not_occur"), f"{name}: none of the {len(span)} months from {first} to {last}."
    judged = (_turned(judged[0]), judged[1]) if params.negated else judged
    return replace(
        finding_of(params, data, rows, span.last or first, judged, text, float(len(hits)), ()),
        window=Window(first=first, last=last), nobs=len(span), observed=observed(float(len(hits)), "count"),
    )  # fmt: skip


def _turned(label: Label) -> Label:
    """Of what is said not to come, or not to be so."""
    return "refuted" if label == "supported" else "supported" if label == "refuted" else label


def _later(params: MacroLevelParams, rows: Series) -> date | None:
    """The first month of a recession that came behind a horizon which no text states, within five years."""
    assert params.first is not None
    assert params.last is not None
    behind = rows.between(params.last, params.first + timedelta(days=LATER))
    return next((to_date(d) for d, v in zip(behind.dates, behind.values, strict=True) if v >= 1.0), None)


def follows(params: MacroLevelParams, data: Data, recessions: Series) -> Finding:
    """In how many of the rises of a policy rate what is said to follow them did."""
    assert params.after is not None
    rate = data.get(SeriesRequest(params.after))
    if rate is None or not len(rate):
        return missing_series(data, params.after)
    known = [c for c in cycles(rate, recessions) if c.over]
    followed = sum(c.recession is not None for c in known)
    name = f"{data.name(params.symbol)} after rises of {data.name(params.after)}"
    text = f"{name}: {followed} of {len(known)} since {rate.first} ({'; '.join(told(c) for c in known)})."
    if len(known) < FEWEST_CYCLES:
        return no_data(text, reason="coverage", used=(rate, recessions))
    often = followed / len(known)
    judged: tuple[Label, str] = ("mixed", "share") if often >= HALF else ("refuted", "share")
    if followed == len(known) or (params.share == "most" and often > HALF):
        judged = ("supported", "share")
    last = recessions.last
    assert last is not None
    return replace(
        finding_of(params, data, recessions, last, judged, text, float(followed), ()),
        window=Window(first=known[0].low, last=last), nobs=len(known), observed=observed(float(followed), "count"),
        used=(rate, recessions), reach=rate.first,
    )  # fmt: skip
