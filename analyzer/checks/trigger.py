"""Whether a piece of news can have triggered a move.

What the claim says
-------------------
One dated piece of news set off a move: "the DeepSeek news triggered the sell-off", "wegen der Zölle brachen die Kurse
ein", "the move came after the rate decision". What can be tested is timing and size: did the move come after the news,
was it unusual, did those move more that the story says are more exposed, is such a move rare on days without news.

Formula
-------
Order: the share of the move, in logs, from the close before the first session that could react; with an opening price
the share overnight beside it. Abnormality: the market model on 250 sessions (at least 100) that end 11 sessions before,
the constant-mean model for what is itself the market; the two-sided rank of the standardised abnormal return among
those of the estimation period (see event_study). Placebo: the rank of the abnormal return's size among 200 earlier
windows without news in the table, those nearest in the volatility of the 20 sessions before, each with a model of its
own. Dose and response: Spearman's rank correlation of the claimed exposure and the abnormal returns of members,
one-sided permutation p (all divisions of up to 20,000, else 9,999 seeded draws). The p-value is the largest of the
tests: all of them have to reject (Berger, Multiparameter hypothesis testing, Technometrics 24, 1982). MacKinlay,
Journal of Economic Literature 35 (1997), for the event study; Phipson and Smyth (2010) for permutations.

Rule
----
Consistent, the best label there is: half of the move or more came after the news, within ten sessions of it, and every
test that the data allow is under 5 % with the claimed sign. Refuted: the price did not move (0.05 %) or moved the other
way; more than half of the move came before the news could be known; or those said to be more exposed moved less, at
5 %. Inconclusive: other news within one session (competing_news: not separable), no date of the news (no_stamp), news
of more than ten sessions before (long_known), or a test not under 5 %.

When it is not testable
-----------------------
No return on the sessions or fewer than 100 common ones before: no_data. The placebo test is left out where fewer than
200 earlier windows have an estimation period of their own, dose and response with fewer than four members on either
side; the sentence says which tests were made.

What it cannot show
-------------------
That the news moved the price. The hour of the news is not known: on its own day a move may have come before it. An
article is written because the day was extreme, so the p-values are biased down. News that is in no table cannot
compete.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
    signed,
    statistic,
)
from analyzer.model import Chart, ChartLine, Direction, Label, Window
from analyzer.series import to_date
from analyzer.stats.dose_response import SEED, DoseResponse, dose_response
from analyzer.stats.event_sample import (
    Returns,
    Study,
    changes_of,
    common_returns,
    day_of,
    examined,
    standardised,
    study,
)
from analyzer.stats.event_study import AbnormalReturn, MarketModel
from analyzer.stats.news import ClaimedNews, Separated, reacting_session, separate
from analyzer.stats.placebo import Matched, matched_placebos
from analyzer.stats.timing import Timing, timing

ALPHA = 0.05
FEWEST = 100
FLAT = 0.0005
RATES = frozenset({"rate", "volatility"})
"""Kinds whose moves are differences: a yield of 0.1 per cent that doubles has no return of 100 %."""
LONG_KNOWN = 10
"""Sessions after which a reaction is no reaction to the news any more."""
EACH_SIDE = 4
"""Members on either side below which no rank correlation is formed."""


class TriggerParams(Params):
    """``symbol`` over the sessions from ``session`` to ``last`` (else the one) against ``benchmark``; without one, its
    own mean.

    ``exposed`` and ``others``: symbols that the story exposes, and those that it does not, the security included.
    """

    symbol: str
    benchmark: str | None = None
    session: date
    last: date | None = None
    direction: Direction | None = None
    event: str = ""
    event_date: date | None = None
    after_close: bool = False
    exposed: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    estimation: int = Field(default=250, ge=FEWEST, le=1000)
    gap: int = Field(default=10, ge=0, le=60)
    placebos: int = Field(default=200, ge=200, le=2000)
    seed: int = SEED

    @model_validator(mode="after")
    def _fits_together(self) -> TriggerParams:
        if self.symbol == self.benchmark:
            raise ValueError(f"{self.symbol} cannot be its own benchmark")
        if self.last is not None and self.last < self.session:
            raise ValueError("last must not lie before session")
        if set(self.exposed) & set(self.others):
            raise ValueError("a symbol cannot be both exposed and not exposed")
        return self

    @property
    def end(self) -> date:
        return self.last or self.session


def needs(params: TriggerParams) -> tuple[SeriesRequest, ...]:
    """Closes of all that take part, and the opening prices of the security."""
    wanted = (params.symbol, params.benchmark, *params.exposed, *params.others)
    closes = tuple(SeriesRequest(s) for s in dict.fromkeys(wanted) if s)
    return (*closes, SeriesRequest(params.symbol, "open"))


@dataclass(frozen=True, eq=False)
class _Sample:
    security: Series
    benchmark: Series | None
    returns: Returns
    placed: Study


@dataclass(frozen=True)
class _Tests:
    """The sub-tests; None where the data do not allow one."""

    moved: float
    size: AbnormalReturn
    news: Separated
    order: Timing | None
    placebo: Matched | None
    dose: DoseResponse | None
    exposed: int = 0

    @property
    def pvalues(self) -> tuple[float, ...]:
        placebo = (self.placebo.rank.pvalue,) if self.placebo else ()
        return (self.size.placebo.pvalue, *placebo, *((self.dose.p_right,) if self.dose else ()))


def run(params: TriggerParams, data: Data) -> Finding:
    sample = _sample(params, data)
    if isinstance(sample, Finding):
        return sample
    model, size = examined(sample.returns, sample.placed, ALPHA)
    dose, used = _dose(params, data, sample, size)
    event, stamp, late = _stamp(params, data, sample.security)
    opening = data.get(SeriesRequest(params.symbol, "open"))
    order = timing(sample.security, opening, params.session, params.end, stamp, late) if stamp else None
    news = _news(params, data, sample.security, event)
    found = _Tests(
        sample.returns.moved(sample.placed.event), size, news, order, _placebo(params, data, sample), dose,
        sum(s.symbol in params.exposed for s in used),
    )  # fmt: skip
    outcome, reason = _judged(params, found, stamp)
    rests_on_p = reason in ("abnormal", "not_significant")
    dated = f"{event or 'the news'} ({stamp})" if stamp else event or "the news"
    unit = "percentage_points" if sample.returns.changes else "fraction"
    why = _why(reason, found, dated, _seen(sample, size))
    return Finding(
        outcome=outcome, reason=reason, summary=_sentence(params, data, sample, found) + why,
        statistic=statistic("t_abnormal_return", size.t), observed=observed(size.value, unit),
        pvalue=max(found.pvalues) if rests_on_p else None, nobs=model.nobs, null_hypothesis=_NULL,
        caveats=_caveats(params, sample, found),
        window=Window(base=day_of(sample.returns, sample.placed.estimation.start), first=params.session,
                      last=params.end),
        used=tuple(dict.fromkeys(s for s in (sample.security, sample.benchmark, *used) if s is not None)),
        chart=_chart(params, data, sample, model),
    )  # fmt: skip


_NULL = (
    "At least one of these holds: the abnormal return was drawn like those of the estimation period, or like those of "
    "the days of like volatility, or exposure and response have nothing to do with each other."
)


# --- the tests ------------------------------------------------------------------------------------------------------


def _sample(params: TriggerParams, data: Data) -> _Sample | Finding:
    security = data.get(SeriesRequest(params.symbol))
    benchmark = data.get(SeriesRequest(params.benchmark)) if params.benchmark else None
    gone = [s for s, x in ((params.symbol, security), (params.benchmark, benchmark)) if s and x is None]
    if security is None or gone:
        return missing_series(data, *gone)
    facts = data.instruments.get(params.symbol)
    rate = benchmark is None and facts is not None and facts.kind in RATES
    returns = changes_of(security) if rate else common_returns(security, [benchmark] if benchmark is not None else [])
    first, last = returns.at(params.session), returns.at(params.end)
    if first is None or last is None:
        return _no_return(security, benchmark, data, params.session if first is None else params.end)
    placed = study(slice(first, last + 1), params.estimation, params.gap)
    if placed.nobs < FEWEST:
        beside = f" and {data.name(params.benchmark)}" if params.benchmark else ""
        why = (
            f"{data.name(params.symbol)}{beside}: {placed.nobs} common returns up to {params.gap} sessions before "
            f"{params.session}; {FEWEST} are needed. Try: --data FOLDER with earlier dates."
        )
        return no_data(why, reason="span", used=(security,))
    if placed.length > placed.nobs // 2:
        why = f"{placed.length} sessions are too many for one event: {placed.nobs // 2} at most. Name fewer."
        return no_data(why, reason="window", used=(security,))
    return _Sample(security, benchmark, returns, placed)


def _no_return(security: Series, benchmark: Series | None, data: Data, session: date) -> Finding:
    """Which series lacks the session or the one before it."""
    for series in (s for s in (security, benchmark) if s is not None):
        if series.returns().at(session) is None:
            before = series.session_offset(session, -1) or session
            return missing_sessions(series, data, session if series.at(session) is None else before)
    return missing_sessions(security, data, session)


def _stamp(params: TriggerParams, data: Data, security: Series) -> tuple[str, date | None, bool]:
    """Title and day of the news, and whether it came after the close; from the table where the text only names it."""
    if params.event_date is not None:
        return params.event, params.event_date, params.after_close
    if not params.event:
        return "", None, False
    claimed = _news(params, data, security, params.event).claimed
    first = min(claimed, key=lambda e: e.date, default=None)
    return (first.title, first.date, first.after_close) if first else (params.event, None, False)


def _news(params: TriggerParams, data: Data, security: Series, event: str) -> Separated:
    named = ClaimedNews(event, params.event_date, common=f"{params.symbol} {data.name(params.symbol)}")
    if not event and params.event_date is None:  # none is named: a single event of the day is not taken for it
        named = ClaimedNews("unnamed", None)
    return separate(security, params.session, data.events, named)


def _placebo(params: TriggerParams, data: Data, sample: _Sample) -> Matched | None:
    days = sample.returns.days
    barred = np.zeros(len(days), dtype=bool)
    for event in (e for e in data.events if params.symbol in e.symbols):
        reacts = reacting_session(sample.security, event)
        row = None if reacts is None else sample.returns.at(reacts)
        if row is not None:
            barred[max(0, row - 1) : row + 2] = True
    return matched_placebos(
        sample.returns, sample.placed.event, barred, estimation=sample.placed.nobs, gap=params.gap,
        wanted=params.placebos, alpha=ALPHA,
    )  # fmt: skip


def _dose(
    params: TriggerParams, data: Data, sample: _Sample, size: AbnormalReturn
) -> tuple[DoseResponse | None, list[Series]]:
    """Exposure against the size of the abnormal return in the direction of the claim (of the security, without one)."""
    sign = -1.0 if (params.direction or ("up" if size.value > 0 else "down")) == "down" else 1.0
    rows: list[tuple[float, float]] = []
    used: list[Series] = []
    for exposure, symbols in ((1.0, params.exposed), (0.0, params.others)):
        for symbol in symbols:
            response = _response(params, data, sample, symbol)
            series = data.get(SeriesRequest(symbol))
            if response is not None and series is not None:
                rows.append((exposure, sign * response))
                used.append(series)
    exposed = sum(1 for exposure, _ in rows if exposure)
    if min(exposed, len(rows) - exposed) < EACH_SIDE:
        return None, []
    exposure, response = np.array(rows).T
    return dose_response(exposure, response, seed=params.seed), used


def _response(params: TriggerParams, data: Data, sample: _Sample, symbol: str) -> float | None:
    """The standardised abnormal return of a member; None without its own full sample."""
    series = data.get(SeriesRequest(symbol))
    if series is None or symbol == params.benchmark:
        return None
    returns = common_returns(series, [sample.benchmark] if sample.benchmark is not None else [])
    first, last = returns.at(params.session), returns.at(params.end)
    if first is None or last is None:
        return None
    placed = study(slice(first, last + 1), params.estimation, params.gap)
    return standardised(returns, placed) if placed.nobs >= FEWEST else None


# --- the verdict and its words -----------------------------------------------------------------------------------


def _judged(params: TriggerParams, found: _Tests, stamp: date | None) -> tuple[Label, str]:
    if params.direction is not None and found.moved * (1 if params.direction == "up" else -1) < -FLAT:
        return "refuted", "wrong_sign"
    if abs(found.moved) < FLAT:
        return "refuted", "flat"
    if found.order is not None and found.order.after < 0.5:
        return "refuted", "order"
    if found.dose is not None and found.dose.p_wrong < ALPHA:
        return "refuted", "dose_response"
    if found.news.competing:
        return "inconclusive", "competing_news"
    if max(found.pvalues) >= ALPHA or not _signs_agree(found):
        return "inconclusive", "not_significant"
    if stamp is None or found.order is None:
        return "inconclusive", "no_stamp"
    if found.order.lag > LONG_KNOWN:
        return "inconclusive", "long_known"
    return "consistent", "abnormal"


def _signs_agree(found: _Tests) -> bool:
    return found.size.value * found.moved > 0


def _sentence(params: TriggerParams, data: Data, sample: _Sample, found: _Tests) -> str:
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


def _words(sample: _Sample, value: float) -> str:
    return f"{signed(value)} points" if sample.returns.changes else percent(value)


def _seen(sample: _Sample, size: AbnormalReturn) -> str:
    """The size that would have been significant; nothing where the sample is too small for any."""
    return f" One of {_words(sample, size.detectable)[1:]} or more would have been seen." if size.detectable else ""


def _order_words(found: _Tests) -> str:
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


def _dose_words(found: _Tests) -> str:
    dose = found.dose
    if dose is None:
        return ""
    how = "all divisions" if dose.exact else f"{dose.draws:,} permutations, error {dose.stderr:.4f}"
    return (
        f" Exposure and response of {found.exposed} exposed and {dose.nobs - found.exposed} other members: rank "
        f"correlation {number(dose.rho)} (p = {dose.p_right:.3f}, {how})."
    )


def _why(reason: str, found: _Tests, dated: str, seen: str) -> str:
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


def _small(found: _Tests) -> str:
    return f"{found.dose.p_wrong:.3f}" if found.dose else ""


def _caveats(params: TriggerParams, sample: _Sample, found: _Tests) -> tuple[str, ...]:
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


def _chart(params: TriggerParams, data: Data, sample: _Sample, model: MarketModel) -> Chart:
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


def variants(params: TriggerParams) -> tuple[tuple[str, TriggerParams], ...]:
    """Half of the estimation period, and the other model: its own mean instead of a market, or the S&P 500."""
    found = [("estimated on 120 sessions", {"estimation": 120})] if params.estimation != 120 else []
    changed = [(name, params.model_copy(update=update)) for name, update in found]
    if params.benchmark is not None:
        changed.append(("against its own mean", params.model_copy(update={"benchmark": None})))
    return tuple(changed)


CHECK = Check(
    name="trigger",
    scale="cause",
    kinds=("causal",),
    params=TriggerParams,
    rule="At least half of the move came after the news, it ranks under 5 % among the placebo windows and among those "
    "of like volatility, the exposed moved more than the rest, and no other news lies within one session.",
    minimum="100 returns of the security and its benchmark that end ten sessions before the move",
    examples=(
        Example(
            "Die Nachricht von DeepSeek hat den Absturz von Nvidia ausgelöst", "de",
            {"symbol": "NVDA", "benchmark": "^GSPC", "session": "2025-01-27", "direction": "down", "event": "DeepSeek",
             "event_date": "2025-01-27"},
        ),
        Example(
            "The tariff announcement sent the S&P 500 tumbling", "en",
            {"symbol": "^GSPC", "session": "2025-04-03", "last": "2025-04-04", "direction": "down",
             "event": "Reciprocal tariffs announced (Liberation Day)", "event_date": "2025-04-02", "after_close": True},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
