"""Event study of one security.

What the claim says
-------------------
A price moved because of a piece of news: "the DeepSeek news triggered the sell-off", "die Aktie reagierte auf die
Zölle". What can be tested is whether the move was abnormal against the market on the first session that could react,
and whether the order fits.

Formula
-------
Market model ``R = a + b R_m + e`` by least squares on 250 sessions (at least 100) that end 11 sessions before the
event; ``AR = R - a - b R_m`` with prediction variance ``s^2 [1 + 1/L + (R_m - mean)^2 / sum (R_m - mean)^2]`` and t
with L - 2 degrees of freedom; over several days the covariance of the estimation error is counted in. The primary
p-value is the two-sided rank of the event's standardised |AR| among those of the estimation period (placebo days).
MacKinlay, Event studies in economics and finance, Journal of Economic Literature 35 (1997); Campbell, Lo and MacKinlay
(1997), chapter 4; Corrado (1989) for ranks.

Rule
----
Placebo p under 0.05 and the claimed sign: consistent, the best label there is. Under 0.05 and the other sign: refuted
(wrong_sign). Else inconclusive (not_significant), with the abnormal return that the sample could have seen. News dated
after the session: refuted (order). Other news of the security within one session: inconclusive (competing_news), since
it cannot be separated. p is two-sided because either sign would decide.

When it is not testable
-----------------------
No return of the security or its benchmark on the session, or fewer than 100 common returns before it: no_data.

What it cannot show
-------------------
That this news moved the price. An article is written because the day was extreme, so p is biased down: the rank among
the placebo days says how extreme. News that is in no calendar of events cannot be seen; a benchmark that contains the
firm hides a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from pydantic import Field, model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, ChartLine, Direction, Label, Window
from analyzer.series import day, to_date
from analyzer.stats.event_study import AbnormalReturn, MarketModel, abnormal_return, fit_market_model
from analyzer.stats.news import ClaimedNews, Separated, out_of_order, separate

ALPHA = 0.05
FEWEST = 100
BENCHMARKS = ("^GSPC", "^IXIC", "QQQ")
HEAVY = frozenset({"AAPL", "AMZN", "AVGO", "GOOG", "GOOGL", "META", "MSFT", "NVDA", "TSLA"})
"""The largest members of the US indices: an index that holds them hides a part of their move."""
RESTS_ON_P = frozenset({"abnormal", "wrong_sign", "not_significant"})
"""Reasons that the p-value decided; where the order or other news did, none is reported beside the label."""
US_BENCHMARKS = frozenset({*BENCHMARKS, "SPY", "^NDX", "^DJI", "DIA", "SMH", "SOXX", "XLK", "^SOX"})


class EventStudyParams(Params):
    """``symbol`` against ``benchmark`` on ``session`` (tau 0: the first that could react); ``event`` is the news'
    title.

    ``around`` widens the event window to so many sessions before and after.
    """

    symbol: str
    benchmark: str = "^GSPC"
    session: date
    direction: Direction | None = None
    event: str = ""
    event_date: date | None = None
    estimation: int = Field(default=250, ge=FEWEST, le=1000)
    gap: int = Field(default=10, ge=0, le=60)
    around: int = Field(default=0, ge=0, le=10)

    @model_validator(mode="after")
    def _two_instruments(self) -> EventStudyParams:
        if self.symbol == self.benchmark:
            raise ValueError(f"{self.symbol} cannot be its own benchmark")
        return self


def needs(params: EventStudyParams) -> tuple[SeriesRequest, ...]:
    """The benchmarks of the variants included."""
    wanted = dict.fromkeys((params.symbol, params.benchmark, *BENCHMARKS))
    return tuple(SeriesRequest(s) for s in wanted)


@dataclass(frozen=True, eq=False)
class _Sample:
    """Common returns of security and benchmark, and where the event lies in them."""

    security: Series
    benchmark: Series
    days: np.ndarray
    returns: np.ndarray
    market: np.ndarray
    event: slice
    estimation: slice

    @property
    def first(self) -> date:
        return to_date(self.days[self.estimation.start])

    @property
    def last(self) -> date:
        return to_date(self.days[self.estimation.stop - 1])


def run(params: EventStudyParams, data: Data) -> Finding:
    pair = [data.get(SeriesRequest(s)) for s in (params.symbol, params.benchmark)]
    gone = [s for s, x in zip((params.symbol, params.benchmark), pair, strict=True) if x is None]
    security, benchmark = pair
    if security is None or benchmark is None:
        return missing_series(data, *gone)
    sample = _sample(params, data, security, benchmark)
    if isinstance(sample, Finding):
        return sample
    model = fit_market_model(sample.returns[sample.estimation], sample.market[sample.estimation])
    found = abnormal_return(model, sample.returns[sample.event], sample.market[sample.event], ALPHA)
    named = ClaimedNews(params.event, params.event_date, common=f"{params.symbol} {data.name(params.symbol)}")
    news = separate(security, params.session, data.events, named)
    outcome, reason = _judged(params, found, news)
    return Finding(
        outcome=outcome, reason=reason,
        summary=_sentence(params, data, sample, found) + _why(params, reason, found, news),
        statistic=statistic("t_abnormal_return", found.t), observed=observed(found.value, "fraction"),
        pvalue=found.placebo.pvalue if reason in RESTS_ON_P else None, nobs=model.nobs, null_hypothesis=_NULL,
        caveats=(*_caveats(params, data, sample), _by_student(found)),
        window=Window(base=sample.first, first=to_date(sample.days[sample.event.start]), last=_last(sample)),
        used=(security, benchmark), chart=_chart(params, data, sample, model, found),
    )  # fmt: skip


_NULL = (
    "The abnormal return is zero: the deviation from the market model was drawn like those of the estimation period."
)


def _last(sample: _Sample) -> date:
    return to_date(sample.days[sample.event.stop - 1])


def _sample(params: EventStudyParams, data: Data, security: Series, benchmark: Series) -> _Sample | Finding:
    """The common returns around the event, or the finding that says what is missing."""
    first, second = security.returns(), benchmark.returns()
    days, i, j = np.intersect1d(first.dates, second.dates, assume_unique=True, return_indices=True)
    at = int(np.searchsorted(days, day(params.session)))
    if at == len(days) or days[at] != day(params.session):
        return _no_return(params, data, security, benchmark)
    start, stop = at - params.around, at + params.around + 1
    if start < 0 or stop > len(days):
        later = security.session_offset(params.session, params.around) or params.session + timedelta(days=params.around)
        return missing_sessions(security, data, later)
    end = max(start - params.gap, 0)
    begin = max(end - params.estimation, 0)
    if end - begin < FEWEST:
        why = (
            f"{data.name(params.symbol)} and {data.name(params.benchmark)} have {end - begin} common returns up to "
            f"{params.gap} sessions before {params.session}; {FEWEST} are needed. Try: --data FOLDER with earlier "
            "dates."
        )
        return no_data(why, reason="span", used=(security, benchmark))
    return _Sample(
        security, benchmark, days, first.values[i], second.values[j], slice(start, stop), slice(begin, end)
    )  # fmt: skip


def _no_return(params: EventStudyParams, data: Data, security: Series, benchmark: Series) -> Finding:
    """Which series lacks the session or the one before it."""
    for series in (security, benchmark):
        if series.returns().at(params.session) is None:
            before = series.session_offset(params.session, -1) or params.session
            return missing_sessions(series, data, params.session if series.at(params.session) is None else before)
    return missing_sessions(security, data, params.session)


# --- the verdict and its words -----------------------------------------------------------------------------------


def _judged(params: EventStudyParams, found: AbnormalReturn, news: Separated) -> tuple[Label, str]:
    if out_of_order(params.session, params.event_date, news.claimed):
        return "refuted", "order"
    if news.competing:
        return "inconclusive", "competing_news"
    if found.placebo.pvalue >= ALPHA:
        return "inconclusive", "not_significant"
    if params.direction is not None and (found.value > 0) != (params.direction == "up"):
        return "refuted", "wrong_sign"
    return "consistent", "abnormal"


def _sentence(params: EventStudyParams, data: Data, sample: _Sample, found: AbnormalReturn) -> str:
    moved = float(np.prod(1.0 + sample.returns[sample.event]) - 1.0)
    when = (
        f"on {params.session}"
        if found.length == 1
        else f"from {to_date(sample.days[sample.event.start])} to {_last(sample)}"
    )
    test = found.placebo
    return (
        f"{data.name(params.symbol)} moved {percent(moved)} {when}, an abnormal return of {percent(found.value)} "
        f"against {data.name(params.benchmark)} by the market model (t = {number(found.t, 1)}): number {test.rank} in "
        f"size beside {test.nobs} placebo days from {sample.first} to {sample.last} (p = {test.pvalue:.3f})."
    )


def _why(params: EventStudyParams, reason: str, found: AbnormalReturn, news: Separated) -> str:
    title = params.event or "the news"
    if reason == "order":
        dated = f" ({params.event_date})" if params.event_date else ""
        return f" The order rules it out: {title} came after the session's close{dated}."
    if reason == "competing_news":
        others = "; ".join(f"{e.title} ({e.date})" for e in news.competing[:2])
        return f" Not separable from other news within one session: {others}."
    if reason == "not_significant":
        size = f" One of {percent(found.detectable)[1:]} or more would have been seen." if found.detectable else ""
        return f" No evidence of an abnormal return.{size}"
    if reason == "wrong_sign":
        return " Abnormal, but in the other direction."
    return f" Timing and sign are consistent with {title}; what moved the price is not shown."


def _caveats(params: EventStudyParams, data: Data, sample: _Sample) -> tuple[str, ...]:
    said = ["the session was picked because it was extreme, which biases p down"]
    if params.symbol in HEAVY and params.benchmark in US_BENCHMARKS:
        said.append(
            f"{data.name(params.benchmark)} contains {data.name(params.symbol)}, which hides a part of the move"
        )
    length = sample.estimation.stop - sample.estimation.start
    if length < params.estimation:
        said.append(
            f"estimated on {length} sessions instead of {params.estimation}: the data begin on {sample.security.first}"
        )
    if (
        params.event_date is not None
        and (lag := _sessions_between(sample.security, params.event_date, params.session)) > 1
    ):
        said.append(f"the news is dated {params.event_date}, {lag} sessions before")
    currencies = {s.currency for s in (sample.security, sample.benchmark)} - {None}
    if len(currencies) > 1:
        said.append(f"returns in different currencies ({', '.join(sorted(c for c in currencies if c))})")
    return tuple(said)


def _by_student(found: AbnormalReturn) -> str:
    return f"by Student's t p = {found.pvalue_t:.3g}, which fat tails make too small: the rank decides"


def _sessions_between(series: Series, first: date, last: date) -> int:
    return len(series.between(first + timedelta(days=1), last).sessions)


def _chart(params: EventStudyParams, data: Data, sample: _Sample, model: MarketModel, found: AbnormalReturn) -> Chart:
    shown = slice(sample.estimation.start, min(sample.event.stop + 5, len(sample.days)))
    abnormal = sample.returns[shown] - model.alpha - model.beta * sample.market[shown]
    name = f"abnormal return of {data.name(params.symbol)}"
    size = found.detectable if found.length == 1 else None
    return Chart(
        title=f"{name} against {data.name(params.benchmark)}", unit="fraction", marks=((params.session, "session"),),
        lines=(
            ChartLine(name=name, dates=tuple(map(to_date, sample.days[shown])), values=tuple(map(float, abnormal))),
        ),
        rules=((size, "5 %"), (-size, "5 %")) if size else (), window=Window(first=params.session, last=_last(sample)),
    )  # fmt: skip


def variants(params: EventStudyParams) -> tuple[tuple[str, EventStudyParams], ...]:
    """The other benchmarks, and the day before and after added."""
    others = [b for b in BENCHMARKS if b not in (params.symbol, params.benchmark)]
    found = [(f"against {b}", params.model_copy(update={"benchmark": b})) for b in others]
    if params.around == 0:
        found.append(("sessions -1 to +1", params.model_copy(update={"around": 1})))
    return tuple(found)


CHECK = Check(
    name="event_study",
    scale="cause",
    kinds=("causal",),
    params=EventStudyParams,
    rule="The abnormal return of the session ranks under 5 % among the placebo days of the estimation period, has the "
    "claimed sign, follows the news, and no other news of the security lies within one session.",
    minimum="100 common returns of security and benchmark that end ten sessions before the event",
    examples=(
        Example(
            "Die Nachricht von DeepSeek hat den Absturz von Nvidia ausgelöst", "de",
            {"symbol": "NVDA", "benchmark": "^GSPC", "session": "2025-01-27", "direction": "down", "event": "DeepSeek",
             "event_date": "2025-01-27"},
        ),
        Example(
            "Nvidia jumped on its results", "en",
            {"symbol": "NVDA", "session": "2024-05-23", "direction": "up", "event": "NVDA results, FY2025 Q1",
             "event_date": "2024-05-22"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
