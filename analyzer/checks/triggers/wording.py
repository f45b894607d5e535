"""A trigger in words, and the picture of it."""

from __future__ import annotations

import numpy as np

from analyzer.checks.base import Data, number, percent, signed
from analyzer.checks.triggers.case import EACH_SIDE, LONG_KNOWN, Sample, Tests, TriggerParams
from analyzer.model import Chart, ChartLine, Window
from analyzer.series import to_date
from analyzer.stats.event_study import AbnormalReturn, MarketModel


def sentence_of(params: TriggerParams, data: Data, sample: Sample, found: Tests) -> str:
    when = f"on {params.session}" if params.end == params.session else f"from {params.session} to {params.end}"
    against = f"against {data.name(params.benchmark)}" if params.benchmark else "against its own mean"
    size, parts = found.size, []
    parts.append(f"number {size.placebo.rank} in size beside {size.placebo.nobs} placebo windows, "
                 f"p = {size.placebo.pvalue:.3f}")  # fmt: skip
    if found.placebo is not None:
        parts.append(f"p = {found.placebo.rank.pvalue:.3f} among {found.placebo.rank.nobs} of like volatility without "
                     "news in the table")  # fmt: skip
    text = (
        f"{data.name(params.symbol)} moved {_words(sample, found.moved)} {when}, an abnormal "
        f"{'change' if sample.returns.changes else 'return'} of {_words(sample, size.value)} {against} "
        f"({'; '.join(parts)})."
    )
    return text + _order_words(found) + _dose_words(found)


def _words(sample: Sample, value: float) -> str:
    return f"{signed(value)} points" if sample.returns.changes else percent(value)


def seen_of(sample: Sample, size: AbnormalReturn) -> str:
    """The size that would have been significant; nothing where the sample is too small for any."""
    return f" One of {_words(sample, size.detectable)[1:]} or more would have been seen." if size.detectable else ""


def _order_words(found: Tests) -> str:
    order = found.order
    if order is None:
        return ""
    if order.lag < 0 and order.after == 0.0:
        return " None of it came after the news."
    share = f"{min(max(order.after, 0.0), 1.0):.0%}".replace("%", " %")
    lag = f", {order.lag} session{'s' if order.lag != 1 else ''} after the first that could react" if order.lag else ""
    night = ""
    if order.overnight is not None:
        night = f"; at the opening {number(order.overnight * 100, 0)} % of it was there"
    return f" By date {share} of it came after the news{lag}{night}."


def _dose_words(found: Tests) -> str:
    dose = found.dose
    if dose is None:
        return ""
    how = "all divisions" if dose.exact else f"{dose.draws:,} permutations, error {dose.stderr:.4f}"
    return (
        f" Exposure and response of {found.exposed} exposed and {dose.nobs - found.exposed} other members: rank "
        f"correlation {number(dose.rho)} (p = {dose.p_right:.3f}, {how})."
    )


def why_of(reason: str, found: Tests, dated: str, seen: str) -> str:
    if reason == "order":
        return f" The order does not fit: most of the move came before {dated}."
    if reason == "wrong_sign":
        return " The price moved the other way: not consistent with the claim."
    if reason == "flat":
        return " There was no move that could have been triggered: not consistent with the claim."
    if reason == "dose_response":
        return f" Those said to be more exposed moved less (p = {_small(found)}): not consistent with the claim."
    if reason == "competing_news":
        others = "; ".join(f"{e.title} ({e.date})" for e in found.news.competing[:2])
        if found.order is None:
            return (
                f" The date of the claimed cause is not known, and there was other news within one session: {others}."
            )
        return f" Not separable from other news within one session: {others}."
    if reason == "no_stamp":
        return " The move was unusual; the date of its cause is not known, so whether it came first is open."
    if reason == "long_known":
        return f" {dated[0].upper() + dated[1:]} was known for more than {LONG_KNOWN} sessions: no sign of a reaction."
    if reason == "not_significant":
        return f" No evidence of a reaction by all of these tests.{seen}"
    return f" By the rule all that could be tested fits {dated}; what moved the price is not shown."


def _small(found: Tests) -> str:
    return f"{found.dose.p_wrong:.3f}" if found.dose else ""


def caveats_of(params: TriggerParams, sample: Sample, found: Tests) -> tuple[str, ...]:
    said = ["the session was picked because it was extreme, which biases p down"]
    if found.order is not None and found.order.after == 1.0 and found.order.lag == 0 and not params.after_close:
        said.append("the hour of the news is not known; on its own day a part of the move may have come before it")
    if found.placebo is None:
        said.append(f"not tested: {params.placebos} earlier windows of like volatility, the data begin too late")
    else:
        like = found.placebo
        low, high, own = (_words(sample, v)[1:] for v in (like.low, like.high, like.volatility))
        said.append(f"days of like volatility: {low} to {high} a day in the 20 sessions before, beside {own}")
    if params.exposed and found.dose is None:
        said.append(f"not tested: exposure and response, fewer than {EACH_SIDE} members with data on one side")
    if sample.placed.nobs < params.estimation:
        said.append(f"estimated on {sample.placed.nobs} sessions instead of {params.estimation}")
    return tuple(said)


def chart_of(params: TriggerParams, data: Data, sample: Sample, model: MarketModel) -> Chart:
    """The cumulative abnormal return from twenty sessions before the event to ten after."""
    event, returns = sample.placed.event, sample.returns
    rows = slice(max(event.start - 20, 0), min(event.stop + 10, len(returns.days)))
    market = 0.0 if returns.market is None else model.beta * returns.market[rows]
    path = np.cumsum(returns.returns[rows] - model.alpha - market)
    name = f"cumulative abnormal return of {data.name(params.symbol)}"
    marks = [(params.session, "session")]
    if params.event_date is not None and to_date(returns.days[rows.start]) <= params.event_date < params.session:
        marks.insert(0, (params.event_date, "news"))
    unit = "percentage_points" if returns.changes else "fraction"
    return Chart(
        title=f"{name}, from 20 sessions before", unit=unit, marks=tuple(marks),
        lines=(ChartLine(name=name, dates=tuple(map(to_date, returns.days[rows])), values=tuple(map(float, path))),),
        window=Window(first=params.session, last=params.end),
    )  # fmt: skip
