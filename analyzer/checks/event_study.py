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
with L - 2 degrees of freedom; over several days the covariance of the estimation error is counted in. For what is
itself a market, a currency or a commodity the constant-mean model ``R = a + e``; of a rate the differences. A firm that
is a large part of its index is set, in a variant, against the other large members, equally weighted. The primary
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
from typing import Literal

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
    signed,
    statistic,
)
from analyzer.model import Chart, ChartLine, Direction, Label, Window
from analyzer.series import to_date
from analyzer.stats.event_sample import Returns, Study, changes_of, common_returns, day_of, examined, study
from analyzer.stats.event_study import AbnormalReturn, MarketModel
from analyzer.stats.news import ClaimedNews, Separated, out_of_order, separate

ALPHA = 0.05
FEWEST = 100
SHORTER = 120
BENCHMARKS = ("^GSPC", "^IXIC", "QQQ")
HEAVY = frozenset({"AAPL", "AMZN", "AVGO", "GOOG", "GOOGL", "META", "MSFT", "NVDA", "TSLA"})
"""The largest members of the US indices: an index that holds them hides a part of their move."""
RESTS_ON_P = frozenset({"abnormal", "wrong_sign", "not_significant"})
"""Reasons that the p-value decided; where the order or other news did, none is reported beside the label."""
US_BENCHMARKS = frozenset({*BENCHMARKS, "SPY", "^NDX", "^DJI", "DIA", "SMH", "SOXX", "XLK", "^SOX"})


FEWEST_PEERS = 3
RATES = frozenset({"rate", "volatility"})
"""Kinds whose moves are differences."""


class EventStudyParams(Params):
    """``symbol`` against ``benchmark`` on ``session`` (tau 0: the first that could react); ``event`` is the news'
    title.

    ``model`` "mean" sets the security against its own mean instead; ``peers`` against their equally weighted mean.
    ``around`` widens the event window to so many sessions before and after, ``after`` to so many after.
    """

    symbol: str
    benchmark: str = "^GSPC"
    model: Literal["market", "mean"] = "market"
    peers: tuple[str, ...] = ()
    session: date
    direction: Direction | None = None
    event: str = ""
    event_date: date | None = None
    estimation: int = Field(default=250, ge=FEWEST, le=1000)
    gap: int = Field(default=10, ge=0, le=60)
    around: int = Field(default=0, ge=0, le=10)
    after: int = Field(default=0, ge=0, le=20)

    @model_validator(mode="after")
    def _two_instruments(self) -> EventStudyParams:
        if self.model == "market" and self.symbol == self.benchmark:
            raise ValueError(f"{self.symbol} cannot be its own benchmark")
        if self.symbol in self.peers:
            raise ValueError(f"{self.symbol} cannot be its own peer")
        return self

    @property
    def against(self) -> tuple[str, ...]:
        """The symbols of the benchmark; none under the constant-mean model."""
        if self.model == "mean":
            return ()
        return self.peers or (self.benchmark,)


def needs(params: EventStudyParams) -> tuple[SeriesRequest, ...]:
    """The benchmarks of the variants included."""
    others = () if params.model == "mean" else (*BENCHMARKS, *_large_members(params))
    wanted = dict.fromkeys((params.symbol, *params.against, *others))
    return tuple(SeriesRequest(s) for s in wanted)


def _large_members(params: EventStudyParams) -> tuple[str, ...]:
    """The other large members of an index that contains the firm; none where it contains it not."""
    contained = params.symbol in HEAVY and params.benchmark in US_BENCHMARKS
    return tuple(s for s in sorted(HEAVY) if s != params.symbol) if contained else ()


@dataclass(frozen=True, eq=False)
class _Sample:
    """The common returns of security and benchmark, and where event and estimation lie in them."""

    security: Series
    benchmarks: tuple[Series, ...]
    returns: Returns
    placed: Study

    @property
    def first(self) -> date:
        return day_of(self.returns, self.placed.estimation.start)

    @property
    def before(self) -> date:
        return day_of(self.returns, self.placed.estimation.stop - 1)

    @property
    def last(self) -> date:
        return day_of(self.returns, self.placed.event.stop - 1)


def run(params: EventStudyParams, data: Data) -> Finding:
    security = data.get(SeriesRequest(params.symbol))
    there = tuple(s for name in params.against if (s := data.get(SeriesRequest(name))) is not None)
    gone = [s for s in params.against if not any(one.symbol == s for one in there)]
    too_few = len(there) < FEWEST_PEERS if params.peers else bool(gone)
    if security is None or too_few:
        return missing_series(data, *([params.symbol] if security is None else []), *(gone if too_few else []))
    sample = _sample(params, data, security, there)
    if isinstance(sample, Finding):
        return sample
    model, found = examined(sample.returns, sample.placed, ALPHA)
    named = ClaimedNews(params.event, params.event_date, common=f"{params.symbol} {data.name(params.symbol)}")
    news = separate(security, params.session, data.events, named)
    outcome, reason = _judged(params, found, news)
    unit = "percentage_points" if sample.returns.changes else "fraction"
    return Finding(
        outcome=outcome, reason=reason,
        summary=_sentence(params, data, sample, found) + _why(params, reason, _size(sample, found), news),
        statistic=statistic("t_abnormal_return", found.t), observed=observed(found.value, unit),
        pvalue=found.placebo.pvalue if reason in RESTS_ON_P else None, nobs=model.nobs, null_hypothesis=_NULL,
        caveats=(*_caveats(params, data, sample), _by_student(found)),
        window=Window(base=sample.first, first=day_of(sample.returns, sample.placed.event.start), last=sample.last),
        used=(security, *sample.benchmarks), chart=_chart(params, data, sample, model, found),
    )  # fmt: skip


_NULL = (
    "The abnormal return is zero: the deviation from the market model was drawn like those of the estimation period."
)


def _sample(
    params: EventStudyParams, data: Data, security: Series, benchmarks: tuple[Series, ...]
) -> _Sample | Finding:
    """The common returns around the event, or the finding that says what is missing."""
    facts = data.instruments.get(params.symbol)
    rate = not benchmarks and facts is not None and facts.kind in RATES
    returns = changes_of(security) if rate else common_returns(security, benchmarks)
    at = returns.at(params.session)
    if at is None:
        return _no_return(params, data, security, benchmarks)
    start, stop = at - params.around, at + max(params.around, params.after) + 1
    if start < 0 or stop > len(returns.days):
        steps = stop - at - 1
        later = security.session_offset(params.session, steps) or params.session + timedelta(days=steps)
        return missing_sessions(security, data, later)
    placed = study(slice(start, stop), params.estimation, params.gap)
    if placed.nobs < FEWEST:
        names = " and ".join(
            (data.name(params.symbol), *([_against(params, data, len(benchmarks))] if benchmarks else []))
        )
        why = (
            f"{names} have {placed.nobs} common returns up to {params.gap} sessions before {params.session}; {FEWEST} "
            "are needed. Try: --data FOLDER with earlier dates."
        )
        return no_data(why, reason="span", used=(security, *benchmarks))
    return _Sample(security, benchmarks, returns, placed)


def _against(params: EventStudyParams, data: Data, there: int) -> str:
    """``there``: benchmarks with data."""
    if params.model == "mean":
        return "its own mean"
    return f"{there} other members" if params.peers else data.name(params.benchmark)


def _no_return(params: EventStudyParams, data: Data, security: Series, benchmarks: tuple[Series, ...]) -> Finding:
    """Which series lacks the session or the one before it."""
    for series in (security, *benchmarks):
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
    first = day_of(sample.returns, sample.placed.event.start)
    when = f"on {params.session}" if found.length == 1 else f"from {first} to {sample.last}"
    test = found.placebo
    by = "by the constant-mean model" if params.model == "mean" else "by the market model"
    return (
        f"{data.name(params.symbol)} moved {_words(sample, sample.returns.moved(sample.placed.event))} {when}, an "
        f"abnormal {'change' if sample.returns.changes else 'return'} of {_words(sample, found.value)} against "
        f"{_against(params, data, len(sample.benchmarks))} {by} (t = {number(found.t, 1)}): number {test.rank} in size "
        f"beside {test.nobs} placebo days from {sample.first} to {sample.before} (p = {test.pvalue:.3f})."
    )


def _words(sample: _Sample, value: float) -> str:
    return f"{signed(value)} points" if sample.returns.changes else percent(value)


def _size(sample: _Sample, found: AbnormalReturn) -> str:
    """What the sample could have seen; nothing where no size would have been enough."""
    return _words(sample, found.detectable)[1:] if found.detectable else ""


def _why(params: EventStudyParams, reason: str, size: str, news: Separated) -> str:
    title = params.event or "the news"
    if reason == "order":
        dated = f" ({params.event_date})" if params.event_date else ""
        return f" The order rules it out: {title} came after the session's close{dated}."
    if reason == "competing_news":
        others = "; ".join(f"{e.title} ({e.date})" for e in news.competing[:2])
        return f" Not separable from other news within one session: {others}."
    if reason == "not_significant":
        seen = f" One of {size} or more would have been seen." if size else ""
        return f" No evidence of an abnormal return.{seen}"
    if reason == "wrong_sign":
        return " Abnormal, but in the other direction."
    return f" Timing and sign are consistent with {title}; what moved the price is not shown."


def _caveats(params: EventStudyParams, data: Data, sample: _Sample) -> tuple[str, ...]:
    said = ["the session was picked because it was extreme, which biases p down"]
    if _large_members(params) and not params.peers and params.model == "market":
        said.append(
            f"{data.name(params.benchmark)} contains {data.name(params.symbol)}, which hides a part of the move"
        )
    length = sample.placed.nobs
    if length < params.estimation:
        said.append(
            f"estimated on {length} sessions instead of {params.estimation}: the data begin on {sample.security.first}"
        )
    if (
        params.event_date is not None
        and (lag := _sessions_between(sample.security, params.event_date, params.session)) > 1
    ):
        said.append(f"the news is dated {params.event_date}, {lag} sessions before")
    currencies = {s.currency for s in (sample.security, *sample.benchmarks)} - {None}
    if len(currencies) > 1:
        said.append(f"returns in different currencies ({', '.join(sorted(c for c in currencies if c))})")
    return tuple(said)


def _by_student(found: AbnormalReturn) -> str:
    return f"by Student's t p = {found.pvalue_t:.3g}, which fat tails make too small: the rank decides"


def _sessions_between(series: Series, first: date, last: date) -> int:
    return len(series.between(first + timedelta(days=1), last).sessions)


def _chart(params: EventStudyParams, data: Data, sample: _Sample, model: MarketModel, found: AbnormalReturn) -> Chart:
    rows = sample.returns
    shown = slice(sample.placed.estimation.start, min(sample.placed.event.stop + 5, len(rows.days)))
    market = 0.0 if rows.market is None else model.beta * rows.market[shown]
    abnormal = rows.returns[shown] - model.alpha - market
    kept = slice(-300, None)
    name = f"abnormal {'change' if rows.changes else 'return'} of {data.name(params.symbol)}"
    size = found.detectable if found.length == 1 else None
    return Chart(
        title=f"{name} against {_against(params, data, len(sample.benchmarks))}",
        unit="percentage_points" if rows.changes else "fraction",
        marks=((params.session, "session"),),
        lines=(
            ChartLine(name=name, dates=tuple(map(to_date, rows.days[shown][kept])),
                      values=tuple(map(float, abnormal[kept]))),
        ),
        rules=((size, "5 %"), (-size, "5 %")) if size else (), window=Window(first=params.session, last=sample.last),
    )  # fmt: skip


def variants(params: EventStudyParams) -> tuple[tuple[str, EventStudyParams], ...]:
    """The other benchmarks, the large members without the firm, half of the estimation period, the windows [0, 1] and
    [-1, 1]."""
    others = [] if params.model == "mean" else [b for b in BENCHMARKS if b not in (params.symbol, params.benchmark)]
    found = [(f"against {b}", params.model_copy(update={"benchmark": b, "peers": ()})) for b in others]
    members = _large_members(params) if params.model == "market" else ()
    if members and not params.peers:
        found.append(("against the other large members", params.model_copy(update={"peers": members})))
    if params.estimation != SHORTER:
        found.append((f"estimated on {SHORTER} sessions", params.model_copy(update={"estimation": SHORTER})))
    if params.around == 0 and params.after == 0:
        found.append(("sessions 0 to +1", params.model_copy(update={"after": 1})))
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
