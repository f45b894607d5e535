"""What the check of a trigger takes, and its sub-tests: size, order, like volatility, exposure, other news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from pydantic import Field, model_validator

from analyzer.checks.base import (
    Data,
    Finding,
    Params,
    Series,
    SeriesRequest,
    missing_series,
    missing_sessions,
    no_data,
)
from analyzer.model import Direction
from analyzer.stats.dose_response import SEED, DoseResponse, dose_response
from analyzer.stats.event_sample import Returns, Study, changes_of, common_returns, standardised, study
from analyzer.stats.event_study import AbnormalReturn
from analyzer.stats.news import ClaimedNews, Separated, reacting_session, separate
from analyzer.stats.placebo import Matched, matched_placebos
from analyzer.stats.timing import Timing

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


@dataclass(frozen=True, eq=False)
class Sample:
    security: Series
    benchmark: Series | None
    returns: Returns
    placed: Study


@dataclass(frozen=True)
class Tests:
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


def sample_of(params: TriggerParams, data: Data) -> Sample | Finding:
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
    return Sample(security, benchmark, returns, placed)


def _no_return(security: Series, benchmark: Series | None, data: Data, session: date) -> Finding:
    """Which series lacks the session or the one before it."""
    for series in (s for s in (security, benchmark) if s is not None):
        if series.returns().at(session) is None:
            before = series.session_offset(session, -1) or session
            return missing_sessions(series, data, session if series.at(session) is None else before)
    return missing_sessions(security, data, session)


def stamp_of(params: TriggerParams, data: Data, security: Series) -> tuple[str, date | None, bool]:
    """Title and day of the news, and whether it came after the close; from the table where the text only names it."""
    if params.event_date is not None:
        return params.event, params.event_date, params.after_close
    if not params.event:
        return "", None, False
    claimed = news_of(params, data, security, params.event).claimed
    first = min(claimed, key=lambda e: e.date, default=None)
    return (first.title, first.date, first.after_close) if first else (params.event, None, False)


def news_of(params: TriggerParams, data: Data, security: Series, event: str) -> Separated:
    named = ClaimedNews(event, params.event_date, common=f"{params.symbol} {data.name(params.symbol)}")
    if not event and params.event_date is None:  # none is named: a single event of the day is not taken for it
        named = ClaimedNews("unnamed", None)
    return separate(security, params.session, data.events, named)


def placebo_of(params: TriggerParams, data: Data, sample: Sample) -> Matched | None:
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


def dose_of(
    params: TriggerParams, data: Data, sample: Sample, size: AbnormalReturn
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


def _response(params: TriggerParams, data: Data, sample: Sample, symbol: str) -> float | None:
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
