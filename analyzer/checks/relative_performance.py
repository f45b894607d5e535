"""Relative performance of two instruments.

What the claim says
-------------------
One instrument did better or worse than another over one window: "the Nasdaq has left the Dax in the dust this year",
"Halbleiterwerte entwickelten sich besser als der Gesamtmarkt". With a figure: by how much.

Formula
-------
``D = R_x - R_y`` with the simple price returns ``R = P_last / P_base - 1`` on dates common to both, in each
instrument's own currency, or both in the one that is asked for, each price times the rate of its day. Where both have
total returns, their difference is reported beside it. Campbell, Lo and MacKinlay, The Econometrics of Financial Markets
(1997), chapter 1.4.

Rule
----
Without a figure: D has the claimed sign: supported; within 0.05 percentage points of zero: mixed (flat); else refuted
(wrong_sign). With a figure: the stated interval contains D: supported; right sign and stated/observed within 0.8 to
1.25: mixed; else refuted. A figure that is right with dividends only, or a sign that dividends turn round, is mixed
(total_return). The same question is put from bases 5 and 20 sessions earlier and later, because a window can be picked,
and in local currencies where one for both is asked for.

When it is not testable
-----------------------
One of the two has no row at the base or at the end, even within five days for the holidays of another exchange:
no_data. In one currency: no rate from at most four days before a session, or a figure that is no price in money:
no_data (rate, unit).

What it cannot show
-------------------
Whether the difference was skill, or will last: for that decades of returns are needed. Nor what an investor in one
currency earned where the two are quoted in different ones and none is asked for, which is said as a caveat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from pydantic import model_validator

from analyzer.checks.base import (
    LOCAL,
    Check,
    Currency,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    at_rates,
    in_money,
    judge_direction,
    judge_figure,
    line,
    missing_series,
    missing_sessions,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, NearMiss, Stated, Window
from analyzer.series import PriceBasis, common_days, day, to_date

BASES: tuple[PriceBasis, PriceBasis] = ("split_adjusted", "total_return")
HOLIDAYS = 5
"""Calendar days that a common date may lie before the one asked for: exchanges close on different days."""
SHIFTS = (
    ("base 20 sessions earlier", -28), ("base 5 sessions earlier", -7), ("base 5 sessions later", 7),
    ("base 20 sessions later", 28),
)  # fmt: skip
"""The other base dates, in calendar days: parameters know no exchange's calendar."""


class RelativePerformanceParams(Params):
    """``symbol`` against ``other`` from the close of ``base`` to that of ``last`` (None: the last common session).

    ``stated`` is the difference of the returns as a fraction.
    """

    symbol: str
    other: str
    base: date
    last: date | None = None
    relation: Literal["better", "worse"] = "better"
    stated: Stated | None = None
    currency: Currency | None = None
    """In which both are said to be counted; None: each in its own."""

    @model_validator(mode="after")
    def _window_and_figure(self) -> RelativePerformanceParams:
        if self.last is not None and self.last <= self.base:
            raise ValueError(f"last ({self.last}) must lie after base ({self.base})")
        if self.stated is not None and self.stated.unit not in ("fraction", "percentage_points"):
            raise ValueError(f"stated is a difference of returns, a fraction; got {self.stated.unit}")
        return self

    @property
    def local(self) -> RelativePerformanceParams:
        """The same claim with each in its own currency."""
        return self.model_copy(update={"currency": None})

    @property
    def signed(self) -> Stated | None:
        """The stated difference with the sign that the relation gives it."""
        said = self.stated
        if said is None or (said.value < 0) == (self.relation == "worse"):
            return said
        turned = {"value": -said.value, "low": _minus(said.high), "high": _minus(said.low)}
        return said.model_copy(update=turned)


def _minus(value: float | None) -> float | None:
    return None if value is None else -value


def needs(params: RelativePerformanceParams) -> tuple[SeriesRequest, ...]:
    pair = (params.symbol, params.other)
    own = [SeriesRequest(s, basis=b, currency=params.currency) for b in BASES for s in pair]
    return (*own, *(needs(params.local) if params.currency else ()))


@dataclass(frozen=True)
class _Pair:
    """The two series on common dates with their returns over the window."""

    first: Series
    second: Series
    base: date
    last: date

    @property
    def returns(self) -> tuple[float, float]:
        x, y = (s.between(self.base, self.last).values for s in (self.first, self.second))
        return float(x[-1] / x[0] - 1.0), float(y[-1] / y[0] - 1.0)

    @property
    def difference(self) -> float:
        x, y = self.returns
        return x - y


def run(params: RelativePerformanceParams, data: Data) -> Finding:
    first, second = (data.get(SeriesRequest(s, currency=params.currency)) for s in (params.symbol, params.other))
    if first is None or second is None:
        lacking = (s for s, x in ((params.symbol, first), (params.other, second)) if x is None)
        return missing_series(data, *lacking, currency=params.currency)
    days = common_days(first.dates, second.dates)
    base = _common(days, params.base)
    last = _common(days, params.last) if params.last else (to_date(days[-1]) if len(days) else None)
    if base is None or last is None or last <= base:
        return _not_covered(params, data, first, second)
    price = _Pair(first, second, base, last)
    total = _total(params, data, base, last)
    outcome, reason = _judged(params, price.difference, total.difference if total else None)
    misses = (_swapped(data, price),) if reason == "wrong_sign" else ()
    summary = _sentence(params, data, price, total)
    return Finding(
        outcome=outcome, reason=reason, summary=summary, window=Window(base=base, first=base, last=last),
        statistic=statistic("difference_of_simple_returns", price.difference), near_misses=misses, nobs=1,
        observed=observed(price.difference, "fraction"), caveats=_caveats(params, data, price),
        used=(first, second, *((total.first, total.second) if total else ())), chart=_chart(data, price),
    )  # fmt: skip


def _common(days: np.ndarray, when: date) -> date | None:
    """The last common date on or before the day, if it lies within the reach of a holiday."""
    i = int(np.searchsorted(days, day(when), side="right")) - 1
    if i < 0 or (day(when) - days[i]).astype(int) > HOLIDAYS:
        return None
    return to_date(days[i])


def _not_covered(params: RelativePerformanceParams, data: Data, first: Series, second: Series) -> Finding:
    """Names the series and the day without a row; if each has its own, the two never trade on one day."""
    asked = [d for d in (params.base, params.last) if d]
    for series in (first, second):
        gone = [d for d in asked if _common(series.dates, d) is None]
        if gone:
            return missing_sessions(series, data, *gone)
    later = first if (first.last or params.base) < (second.last or params.base) else second
    return missing_sessions(later, data, params.last or data.as_of)


def _total(params: RelativePerformanceParams, data: Data, base: date, last: date) -> _Pair | None:
    """The same window with dividends, where both series hold both days."""
    pair = (params.symbol, params.other)
    first, second = (data.get(SeriesRequest(s, basis="total_return", currency=params.currency)) for s in pair)
    if first is None or second is None or any(s.at(d) is None for s in (first, second) for d in (base, last)):
        return None
    return _Pair(first, second, base, last)


def _judged(params: RelativePerformanceParams, price: float, total: float | None) -> tuple[Label, str]:
    outcome, reason = _judge(params, price)
    if total is None:
        return outcome, reason
    other = _judge(params, total)[0]
    opposed = params.stated is None and {outcome, other} == {"supported", "refuted"}
    with_dividends_only = params.stated is not None and other == "supported" and outcome != "supported"
    return ("mixed", "total_return") if opposed or with_dividends_only else (outcome, reason)


def _judge(params: RelativePerformanceParams, difference: float) -> tuple[Label, str]:
    if params.signed is not None:
        return judge_figure(params.signed, difference)
    return judge_direction("up" if params.relation == "better" else "down", difference)


def _swapped(data: Data, pair: _Pair) -> NearMiss:
    better, worse = (pair.first, pair.second) if pair.difference > 0 else (pair.second, pair.first)
    sentence = f"Nearest true statement: {data.name(better.symbol)} did better than {data.name(worse.symbol)}."
    return NearMiss(
        change="sign", symbol=better.symbol, window=Window(base=pair.base, last=pair.last), value=abs(pair.difference),
        unit="fraction", sentence=sentence,
    )  # fmt: skip


def _caveats(params: RelativePerformanceParams, data: Data, pair: _Pair) -> tuple[str, ...]:
    said = []
    money = [s.currency for s in (pair.first, pair.second)]
    if None not in money and money[0] != money[1]:
        said.append(f"each in its own currency ({money[0]}, {money[1]}); no exchange rate is applied")
    reinvesting = [s.symbol for s in (pair.first, pair.second) if _reinvests(params, data, s.symbol)]
    if len(reinvesting) == 1:
        said.append(f"the quotation of {data.name(reinvesting[0])} counts dividends, the other does not")
    for asked, taken in ((params.base, pair.base), (params.last, pair.last)):
        if asked is not None and asked != taken:
            said.append(f"{asked} is no common session of the two; {taken} is taken")
    if params.last is None and pair.first.last != pair.second.last:
        said.append(f"compared to {pair.last}, the last session that both series hold")
    return tuple(said)


def _reinvests(params: RelativePerformanceParams, data: Data, symbol: str) -> bool:
    """A performance index: the only kind of index that has a total return."""
    facts = data.instruments.get(symbol)
    total = SeriesRequest(symbol, basis="total_return", currency=params.currency)
    return facts is not None and facts.kind == "index" and data.get(total) is not None


def _sentence(params: RelativePerformanceParams, data: Data, price: _Pair, total: _Pair | None) -> str:
    names = data.name(price.first.symbol), data.name(price.second.symbol)
    x, y = price.returns
    both = f", both{in_money(params.currency)}" if params.currency else ""
    money = f"{both}{at_rates(price.first, price.second)}"
    said = (
        f"{names[0]} {percent(x)}, {names[1]} {percent(y)}{money} from the close of {price.base} to that of "
        f"{price.last}: a difference of {_points(price.difference)}."
    )
    if total is not None:
        a, b = total.returns
        said += f" With dividends {percent(a)} and {percent(b)}: {_points(total.difference)}."
    return said


def _points(value: float) -> str:
    return f"{value * 100:+.2f} percentage points".replace("-", "−")


def _chart(data: Data, pair: _Pair) -> Chart:
    lines = []
    for series in (pair.first, pair.second):
        rows = series.between(pair.base, pair.last)
        indexed = replace(rows, values=rows.values / rows.values[0])
        lines.append(line(indexed, data.name(series.symbol)))
    return Chart(
        title=f"{lines[0].name} and {lines[1].name}, close of {pair.base} = 1", unit="ratio", lines=tuple(lines),
        window=Window(base=pair.base, last=pair.last), rules=((1.0, "unchanged"),),
    )  # fmt: skip


def variants(params: RelativePerformanceParams) -> tuple[tuple[str, RelativePerformanceParams], ...]:
    shifted = ((name, params.base + timedelta(days=days)) for name, days in SHIFTS)
    bases = tuple(
        (name, params.model_copy(update={"base": base}))
        for name, base in shifted
        if params.last is None or base < params.last
    )
    return (*bases, (LOCAL, params.local)) if params.currency else bases


CHECK = Check(
    name="relative_performance",
    scale="fact",
    kinds=("comparison",),
    params=RelativePerformanceParams,
    rule="The difference of the two price returns has the claimed sign and lies inside the interval that a stated "
    "figure allows.",
    minimum="closes of both instruments at the base and at the end of the window",
    examples=(
        Example(
            "Halbleiterwerte entwickelten sich am Montag besser als der Gesamtmarkt", "de",
            {"symbol": "SOXX", "other": "^GSPC", "base": "2025-05-09", "last": "2025-05-12", "relation": "better"},
        ),
        Example(
            "Wall Street has trailed Frankfurt this year", "en",
            {"symbol": "^GSPC", "other": "^GDAXI", "base": "2024-12-30", "last": "2025-05-12", "relation": "worse"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
