"""Forecast: registration, resolution, base rate.

What the claim says
-------------------
A price will rise, fall or reach a level by a date: "the S&P 500 will break 6,000 before the end of May", "noch vor
Weihnachten fällt der Dax unter 12 000 Punkte", "stocks will fall within a year".

Formula
-------
The move is ``P_t / P_made - 1`` from the last close on or before the day of the forecast. Base rate: the share of all
windows of the same length (252 sessions to 365.25 days) in the instrument's history up to that day in which a move of
the same size came true, worth about T/h independent windows. Its 95 % interval is drawn by the stationary bootstrap
(Politis and Romano, JASA 89, 1994; 999 draws, fixed seed).

Rule
----
touch ("will fall below", "within"): any close from the next session to the end. at_horizon ("will end the year at"):
the close of the last session up to the end. The event is a close at or beyond the target (its rounded edge counts, and
is said); inside the interval for "between" and, within 5 %, for a level to stand at ("at 4,200 at year-end"); any
higher or lower close for a direction alone. Before the end, and not yet touched: pending. Then supported or refuted.
The base rate is printed beside every forecast: what nearly always comes true is worth little.

When it is not testable
-----------------------
No direction and no target, a target that is already touched when the forecast is made, or one that the price was beyond
by half of it even then: not_checkable (unscorable).
No horizon in the text: 12 months, said as a caveat; of a direction alone half and twice of it have to say the same,
else it is mixed. No close at the day of the forecast or at the end: no_data. A price target in money for a share whose
prices as traded are not known: no_data.

What it cannot show
-------------------
Skill: one forecast is one draw, and repeated ones of one event are not independent. The base rate is unconditional: it
knows neither the valuation nor the volatility of the day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

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
    line,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Direction, Label, NearMiss, Observed, Stated, Window
from analyzer.series import to_date
from analyzer.stats.base_rates import BaseRate, Mode, base_rate, window_events
from analyzer.stats.rows import row_on_or_before
from analyzer.stats.scores import brier, skill
from analyzer.stats.targets import Target, any_move, stated_target

EVEN = 0.5
SESSIONS_A_DAY = 252.0 / 365.25


class ForecastParams(Params):
    """``symbol`` as forecast on the day ``made`` for the time to ``end``.

    ``stated`` is a level (points, currency) or a signed return (fraction); ``probability`` that of the event, where the
    text gives one.
    """

    symbol: str
    made: date
    end: date
    horizon_basis: Literal["text", "default"] = "text"
    direction: Direction | None = None
    stated: Stated | None = None
    mode: Mode = "at_horizon"
    probability: float | None = Field(default=None, ge=0.0, le=1.0)

    @model_validator(mode="after")
    def _one_event(self) -> ForecastParams:
        said = self.stated
        if self.end <= self.made:
            raise ValueError(f"end ({self.end}) must lie after made ({self.made})")
        if said is not None and said.unit not in ("fraction", "points", "currency"):
            raise ValueError(f"stated is a level in points or money, or a return as a fraction; got {said.unit}")
        if said is not None and said.unit == "fraction" and self.direction == ("up" if said.value < 0 else "down"):
            raise ValueError(f"direction {self.direction} and a return of {said.value} contradict each other")
        return self

    @property
    def sessions(self) -> int:
        return max(1, round((self.end - self.made).days * SESSIONS_A_DAY))


def needs(params: ForecastParams) -> tuple[SeriesRequest, ...]:
    return SeriesRequest(params.symbol), SeriesRequest(params.symbol, basis="as_traded")


@dataclass(frozen=True, eq=False)
class _Start:
    """The close that a forecast starts from; split-adjusted prices divided by ``factor`` are those of that day."""

    params: ForecastParams
    data: Data
    closes: Series
    base: date
    close: float
    factor: float

    @property
    def name(self) -> str:
        return self.data.name(self.params.symbol)

    def price(self, value: float) -> str:
        return number(value / self.factor)

    def moves(self, series: Series) -> np.ndarray:
        return np.asarray(series.values / self.close - 1.0)


@dataclass(frozen=True, eq=False)
class _Case:
    """A forecast that can be scored: where it starts, what makes it true, and the closes known up to its end."""

    start: _Start
    target: Target
    path: Series

    @property
    def touches(self) -> bool:
        """Any close counts; to lie between two bounds is a question of the end."""
        return self.start.params.mode == "touch" and not self.target.two_sided

    @property
    def wanted(self) -> str:
        """The closes that make it true: "at or above 6,000.00 (+2.7 %)"."""
        start, target = self.start, self.target
        if start.params.stated is None:
            return f"{'higher' if target.upward else 'lower'} than {start.price(start.close)}"
        low, high, literal = (
            f"{start.price(start.close * (1.0 + move))} ({percent(move, 1)})"
            for move in (target.low, target.high, target.literal)
        )
        if target.two_sided:
            return f"between {low} and {high}"
        return f"at or {'above' if target.upward else 'below'} {literal}"


def run(params: ForecastParams, data: Data) -> Finding:
    found = _run(params, data)
    if not _is_direction_by_default(params) or found.outcome not in ("supported", "refuted"):
        return found
    return _over_horizons(params, data, found)


def _is_direction_by_default(params: ForecastParams) -> bool:
    return params.horizon_basis == "default" and params.stated is None and params.mode == "at_horizon"


def _over_horizons(params: ForecastParams, data: Data, found: Finding) -> Finding:
    """A direction over a span that no text states: half of it and twice of it have to say the same."""
    days = (params.end - params.made).days
    ends = [params.made + timedelta(days=days // 2), params.made + timedelta(days=days * 2)]
    others = [_run(params.model_copy(update={"end": end}), data) for end in ends]
    outcomes = {f.outcome for f in (found, *others)} - {"pending", "no_data"}
    shown = ", ".join(f"{f.outcome} by {end}" for f, end in zip(others, ends, strict=True))
    said = f"{found.summary} With other ends: {shown}."
    if outcomes == {found.outcome}:
        return replace(found, summary=said)
    return replace(found, outcome="mixed", reason="wrong_period", summary=said)


def _run(params: ForecastParams, data: Data) -> Finding:
    if params.direction is None and params.stated is None:
        return _unscorable(
            f"{data.name(params.symbol)}: neither a direction nor a target can be read from the forecast."
        )
    start = _start(params, data)
    if isinstance(start, Finding):
        return start
    path = start.closes.between(start.base + timedelta(days=1), params.end)
    case = _Case(start, _target(start), path)
    if case.touches and case.target.holds(0.0):
        stood = f"{start.name} stood at {start.price(start.close)} on {start.base}"
        return _unscorable(f"{stood}, already {case.wanted}: nothing was forecast.", start.closes)
    if params.stated is not None and case.target.holds(0.0) and abs(case.target.literal) > FAR_BEYOND:
        stood = f"{start.name} stood at {start.price(start.close)} on {start.base}"
        return _unscorable(f"{stood}, far beyond {params.stated.text}: that is of something else.", start.closes)
    return _resolved(case)


FAR_BEYOND = 0.5
"""How far beyond a target, as a share of the price, it stood when the forecast was made, if another thing is meant."""


def _unscorable(why: str, *used: Series) -> Finding:
    return Finding(outcome="not_checkable", reason="unscorable", summary=why, used=used)


def _start(params: ForecastParams, data: Data) -> _Start | Finding:
    """Where the forecast starts, or the finding that says what is missing."""
    closes, name = data.get(SeriesRequest(params.symbol)), data.name(params.symbol)
    if closes is None:
        return missing_series(data, params.symbol)
    base = row_on_or_before(closes, params.made)
    close = closes.at(base) if base else None
    if base is None or close is None:
        return missing_sessions(closes, data, params.made)
    if close <= 0.0:
        why = f"{name} closed at {number(close)} on {base}: from there no return can be formed."
        return no_data(why, reason="not_positive", used=(closes,))
    said = params.stated
    if said is None or said.unit != "currency":
        return _Start(params, data, closes, base, close, 1.0)
    if said.currency and closes.currency and said.currency != closes.currency:
        why = f"{said.text} is in {said.currency}, {name} is quoted in {closes.currency}."
        return no_data(why, reason="currency", used=(closes,))
    traded = data.get(SeriesRequest(params.symbol, basis="as_traded"))
    price = traded.at(base) if traded is not None else None
    if price is None:
        why = f"The price of {name} as traded on {base} is not known, so that {said.text} cannot be placed."
        return no_data(why, reason="as_traded", used=(closes,))
    return _Start(params, data, closes, base, close, close / price)


def _target(start: _Start) -> Target:
    said, direction = start.params.stated, start.params.direction
    if said is not None:
        return stated_target(said, start.close / start.factor, direction)
    assert direction is not None
    return any_move(direction)


# --- resolution --------------------------------------------------------------------------------------------------


def _resolved(case: _Case) -> Finding:
    start, path = case.start, case.path
    hits = case.target.reached(start.moves(path)) if case.touches else np.zeros(0, dtype=bool)
    if hits.any():
        when, close = to_date(path.dates[hits.argmax()]), float(path.values[hits.argmax()])
        said = f"Came true: the first close of {start.name} {case.wanted} was {start.price(close)} on {when}."
        return _finding(case, ("supported", "reached"), said, when)
    if start.data.as_of < start.params.end:
        return _finding(case, ("pending", "open"), _open_sentence(case), path.last)
    last = row_on_or_before(start.closes, start.params.end)
    if last is None or last <= start.base:
        return missing_sessions(start.closes, start.data, start.params.end)
    return _never_touched(case, last) if case.touches else _at_horizon(case, last)


def _open_sentence(case: _Case) -> str:
    start, path = case.start, case.path
    which = "any close" if case.touches else "the last close"
    stood = f"{start.name} stood at {start.price(start.close)} on {start.base}"
    later = f" and at {start.price(float(path.values[-1]))} on {path.last}" if len(path) else ""
    return f"Open until {start.params.end}: {which} {case.wanted}. {stood}{later}."


def _never_touched(case: _Case, last: date) -> Finding:
    start, path, up = case.start, case.path, case.target.upward
    when, close = path.most_extreme("high" if up else "low")
    said = (
        f"Did not come true: from {start.base} to {last} the {'highest' if up else 'lowest'} close of {start.name} was "
        f"{start.price(close)} on {when}, the forecast one {case.wanted}."
    )
    return _finding(case, ("refuted", "not_reached"), said, last, _reached_later(case), when)


def _at_horizon(case: _Case, last: date) -> Finding:
    start = case.start
    close = start.closes.at(last)
    assert close is not None
    true = case.target.holds(close / start.close - 1.0)
    said = (
        f"{'Came true' if true else 'Did not come true'}: {start.name} closed at {start.price(close)} on {last} after "
        f"{start.price(start.close)} on {start.base}, the forecast a close {case.wanted}."
    )
    return _finding(case, ("supported", "reached") if true else ("refuted", "not_reached"), said, last)


def _reached_later(case: _Case) -> tuple[NearMiss, ...]:
    """The first close after the end that would have made the forecast true."""
    start = case.start
    later = start.closes.between(start.params.end + timedelta(days=1), None)
    moves = start.moves(later)
    hits = case.target.reached(moves)
    if not hits.any():
        return ()
    session = to_date(later.dates[hits.argmax()])
    said = f"Nearest true statement: a close {case.wanted} came on {session}, after the end of {start.params.end}."
    return (
        NearMiss(
            change="window", symbol=later.symbol, window=Window(base=start.base, last=session),
            value=float(moves[hits.argmax()]), unit="fraction", sentence=said,
        ),
    )  # fmt: skip


# --- the finding -------------------------------------------------------------------------------------------------


def _finding(
    case: _Case, found: tuple[Label, str], said: str, last: date | None, misses: tuple[NearMiss, ...] = (),
    nearest: date | None = None,
) -> Finding:  # fmt: skip
    """``nearest`` is the session that came nearest to the target, where that is not the last."""
    start, (outcome, reason) = case.start, found
    close = start.closes.at(last) if last else None
    move = None if close is None else close / start.close - 1.0
    short = case.target.short(move) if move is not None and outcome == "supported" else 0.0
    if short > 0.0:
        reason, said = "rounded", f"{said} Literally {percent(short)[1:]} short."
    if misses:
        reason, said = "wrong_period", f"{said} {misses[0].sentence}"
    rate = _base_rate(case)
    said = f"{said} {_rate_sentence(start, rate)}{_score_sentence(start.params, outcome, rate)}"
    if _says_little(start.params) and outcome in ("supported", "refuted"):
        outcome, reason = "inconclusive", "not_significant"
    return Finding(
        outcome=outcome, reason=reason, summary=said, near_misses=misses,
        statistic=statistic("base_rate", rate.rate if rate else None), nobs=rate.windows if rate else None,
        observed=_observed(case, nearest or last), window=Window(base=start.base, first=start.base, last=last),
        caveats=_caveats(start, rate), used=(start.closes,), chart=_chart(case),
    )  # fmt: skip


def _observed(case: _Case, session: date | None) -> Observed:
    """The close that decides, in the unit of the forecast: a level for "under 5,000", else the move to it."""
    start, said = case.start, case.start.params.stated
    close = start.closes.at(session) if session else None
    if close is None or said is None or said.unit == "fraction":
        return observed(None if close is None else close / start.close - 1.0, "fraction")
    return observed(close / start.factor, said.unit, said.currency)


def _base_rate(case: _Case) -> BaseRate | None:
    params = case.start.params
    history = case.start.closes.between(None, case.start.base).values
    mode: Mode = "touch" if case.touches else "at_horizon"
    events = window_events(history, params.sessions, case.target.low, case.target.high, mode)
    return base_rate(events, params.sessions) if len(events) else None


def _rate_sentence(start: _Start, rate: BaseRate | None) -> str:
    sessions = start.params.sessions
    if rate is None:
        return f"No base rate: the history before {start.base} is shorter than the {sessions} sessions of the forecast."
    room = (
        f", 95 % interval {100 * rate.low:.0f} to {100 * rate.high:.0f} %" if rate.low is not None and rate.high else ""
    )
    return (
        f"Base rate: such a move came in {100 * rate.rate:.0f} % of {rate.windows:,} windows of {sessions} sessions "
        f"since {start.closes.first} (worth about {rate.effective:.0f} independent ones{room})."
    )


def _says_little(params: ForecastParams) -> bool:
    """An even chance or less: neither what comes nor what does not contradicts it."""
    return params.probability is not None and params.probability <= EVEN


def _score_sentence(params: ForecastParams, outcome: Label, rate: BaseRate | None) -> str:
    """The Brier score of a stated probability (Brier 1950), and that of the base rate beside it."""
    if params.probability is None or outcome not in ("supported", "refuted"):
        return ""
    came = np.array([1.0 if outcome == "supported" else 0.0])
    own = brier(np.array([params.probability]), came)
    said = f" Stated at {100 * params.probability:.0f} %: Brier score {own:.3f}"
    if rate is None:
        return f"{said}."
    base = brier(np.array([rate.rate]), came)
    gain = f", skill {skill(own, base):.2f}" if base > 0.0 else ""
    return f"{said}, that of the base rate {base:.3f}{gain}; one forecast shows no skill."


def _caveats(start: _Start, rate: BaseRate | None) -> tuple[str, ...]:
    said = []
    if start.params.horizon_basis == "default":
        said.append(f"no horizon in the text: {_months(start.params)} months by default")
    if start.params.made != start.base:
        said.append(f"measured from the close of {start.base}, the last one known on {start.params.made}")
    if not math.isclose(start.factor, 1.0, rel_tol=1e-6):
        said.append(f"prices are on the share basis of {start.base}; the shares were split since")
    if rate is not None and rate.low is not None and 0.0 < rate.rate < 1.0:
        how = f"{rate.draws} draws, mean block {rate.block} sessions, seed {rate.seed}"
        said.append(f"interval of the base rate: stationary bootstrap, {how}")
    return tuple(said)


def _months(params: ForecastParams) -> int:
    return round((params.end - params.made).days / 30.4375)


def _chart(case: _Case) -> Chart:
    start = case.start
    shown = start.closes.between(start.closes.session_offset(start.base, -60), start.params.end)
    shown = replace(shown, values=shown.values / start.factor)
    bounds = [b for b in (case.target.low, case.target.high) if not math.isinf(b)]
    return Chart(
        title=f"{start.name}, close", unit="points", currency=shown.currency, lines=(line(shown, start.name),),
        rules=tuple((start.close / start.factor * (1.0 + b), "forecast") for b in bounds),
        marks=((start.base, "forecast made"), (start.params.end, "end")),
        window=Window(base=start.base, last=start.params.end),
    )  # fmt: skip


def variants(params: ForecastParams) -> tuple[tuple[str, ForecastParams], ...]:
    """The other reading of the wording, and other horizons when the text names none."""
    other: Mode = "at_horizon" if params.mode == "touch" else "touch"
    name = "at the end instead of at any close" if params.mode == "touch" else "at any close instead of at the end"
    found = [(name, params.model_copy(update={"mode": other}))]
    if params.horizon_basis == "default":
        ends = ((f"{m} months", params.made + timedelta(days=round(m * 30.4375))) for m in (6, 24))
        found += [(name, params.model_copy(update={"end": end})) for name, end in ends]
    return tuple(found)


CHECK = Check(
    name="forecast",
    scale="forecast",
    kinds=("prediction",),
    params=ForecastParams,
    rule="A close at or beyond the target up to the end (touch) or at the end (at_horizon), counted from the last "
    "close known when the forecast was made; beside it how often such a move came true before.",
    minimum="the close of the day of the forecast, and the closes to the end once it has passed",
    examples=(
        Example(
            "Noch vor Weihnachten fällt der S&P 500 unter 4500 Punkte.", "de",
            {"symbol": "^GSPC", "made": "2024-08-05", "end": "2024-12-24", "direction": "down", "mode": "touch",
             "stated": {"text": "4500 Punkte", "value": 4500, "low": None, "high": 4500, "unit": "points"}},
        ),
        Example(
            "Stocks will fall within a year", "en",
            {"symbol": "^GSPC", "made": "2024-12-18", "end": "2025-12-18", "direction": "down", "mode": "touch"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
