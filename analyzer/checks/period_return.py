"""Return over a period.

What the claim says
-------------------
An instrument moved by a stated amount, or in a stated direction, over several sessions: "Nvidia gained 171 % in 2024",
"der Dax liegt seit Jahresbeginn 12 Prozent im Plus", "an average of 10 % a year for 30 years".

Formula
-------
``R = P_last / P_base - 1`` from the close of the base session to that of the last one; a year of it
``(P_last / P_base) ** (365.25 / days) - 1``. Price return on split-adjusted closes; total return on closes with
dividends reinvested. Campbell, Lo and MacKinlay, The Econometrics of Financial Markets (1997), chapter 1.4. In another
currency each price times the rate of its day: ``1 + R`` is ``1 +`` the local return times ``1 +`` that of the rate.

Rule
----
The stated interval contains R: supported. Right sign and stated/observed within 0.8 to 1.25: mixed (overstated,
understated); farther out, wrong sign or scale: refuted. Judged is the price return unless the text speaks of
dividends; where both returns exist both are printed, and a claim that holds for the other one only is mixed
(price_only, total_return). Where the text says that something "returned" so much, either return bears it out, that of
an index with dividends being the return of a fund of it to 0.2 points. The figure that fits after moving the start or
the end by at most five sessions: mixed (wrong_period). The share of start sessions near the base for which the claim
holds is printed: a start can be picked. A claim in another currency is also computed in the local one.

When it is not testable
-----------------------
The period ends after the as-of date (not_yet), a session lacks its row, or the base price is not positive: no_data. A
day without a session stands for the last session before it, at most four days away. "Up to 30 %" speaks of an extreme
within the period: closes can support it, never refute it. In another currency: no rate from at most four days before a
session, or a figure that is no price in money, as a yield: no_data (rate, unit).

What it cannot show
-------------------
What an investor earned after costs, taxes and inflation, or with the currency hedged. A rate a year from less than one
year is an extrapolation, and said to be one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from pydantic import model_validator

from analyzer.checks.base import (
    LOCAL,
    NEIGHBOURS,
    Check,
    Currency,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    at_rates,
    either,
    in_money,
    judge_direction,
    judge_figure,
    line,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    on_shares_of,
    only_the_second,
    percent,
    statistic,
)
from analyzer.model import Chart, Direction, Label, NearMiss, Stated, Window
from analyzer.series import PriceBasis
from analyzer.stats.figures import fits, inside, reached, shortfall
from analyzer.stats.holding import Span, returns_from_neighbours, row_day

Measure = Literal["price", "total"]
BASIS: dict[Measure, PriceBasis] = {"price": "split_adjusted", "total": "total_return"}
OTHER: dict[Measure, Measure] = {"price": "total", "total": "price"}
ONLY: dict[Measure, str] = {"price": "price_only", "total": "total_return"}
FUND_COSTS = 0.002
"""By how much a fund's return may lag that of its index."""
Price = Literal["close", "low", "high"]
EXTREMES: tuple[Price, Price] = ("low", "high")

STARTS = 20
"""Sessions around the base whose returns are compared with the claim: one trading month each way."""
VARIANTS = (-4, -2, -1, 1, 2, 4)
"""Weeks by which the variants move the start: 20, 10 and 5 sessions, holidays apart."""


class PeriodReturnParams(Params):
    """``symbol`` moved from the close of ``base`` to that of ``last`` (None: the last row); ``stated`` is a signed
    fraction, a year's if ``annualised``."""

    symbol: str
    base: date
    last: date | None = None
    direction: Direction | None = None
    stated: Stated | None = None
    measure: Measure = "price"
    peers: tuple[str, ...] = ()
    """Other members of the subject's basket: candidates for "right figure, wrong subject"."""
    annualised: bool = False
    turn: Literal["low", "high"] | None = None
    """The period begins at the lowest or highest close from ``base`` to ``turn_last``: "since the April low"."""
    turn_last: date | None = None
    or_last: date | None = None
    """The other reading where the text does not say with which close its window ends: the day of publication itself."""
    currency: Currency | None = None
    """In which the return is said to be counted; None: in the instrument's own."""
    or_base: date | None = None
    """The beginning of a second window that the words may mean ("seit letztem Freitag"); it ends with ``or_last``."""
    or_said: str | None = None
    """The words that may mean either window."""
    or_total: str | None = None
    """What the return may be that of with dividends reinvested, where the text speaks of a return: a fund for an index,
    which is a price alone, or the instrument itself."""

    @model_validator(mode="after")
    def _testable(self) -> PeriodReturnParams:
        if self.stated is None and self.direction is None:
            raise ValueError("a stated figure or a direction is needed")
        if (self.turn is None) != (self.turn_last is None):
            raise ValueError("a turning point needs its side (turn) and the end of its span (turn_last)")
        if self.or_base is not None and self.or_last is None:
            raise ValueError("a second window needs its end (or_last)")
        return self

    @property
    def local(self) -> PeriodReturnParams:
        """The same claim in the instrument's own currency."""
        return self.model_copy(update={"currency": None})

    def request(self, symbol: str, measure: Measure, field: Price = "close") -> SeriesRequest:
        return SeriesRequest(symbol, field, BASIS[measure], self.currency)


def needs(params: PeriodReturnParams) -> tuple[SeriesRequest, ...]:
    own = [params.request(params.symbol, measure) for measure in BASIS]
    peers = [params.request(s, params.measure) for s in params.peers if s != params.symbol]
    extremes = [params.request(params.symbol, params.measure, f) for f in EXTREMES]
    own += [SeriesRequest(params.symbol, "close", "as_traded", params.currency)] if _in_points(params) else []
    own += extremes if params.stated and params.stated.qualifier == "up_to" else []
    own += (
        [params.request(params.or_total, "total"), params.request(params.or_total, "price")] if params.or_total else []
    )
    return (*own, *peers, *(needs(params.local) if params.currency else ()))


def run(params: PeriodReturnParams, data: Data) -> Finding:
    price = _by_either_close(params, data)
    if params.or_total is None:
        return price
    held = params.model_copy(update={"symbol": params.or_total, "measure": "total", "or_total": None, "peers": ()})
    if held.stated is not None and held.symbol != params.symbol:
        held = held.model_copy(update={"stated": _less_costs(held.stated)})
    note = f"The text speaks of a return: so it is with dividends; of the price alone: {price.summary}"
    total = _by_either_close(held, data)
    if total.outcome == "no_data" and price.outcome in ("mixed", "refuted"):
        why = f"{price.summary} The text speaks of a return, and dividends are not in the data."
        return replace(price, outcome="no_data", reason="coverage", summary=why)
    return either(price, lambda: total, note, params.stated)


def _less_costs(stated: Stated) -> Stated:
    """What a fund shows of an index's return: its costs, and a day's lag of a dividend, are not the text's mistake."""
    low, high = stated.low, stated.high
    room = {"low": None if low is None else low - FUND_COSTS, "high": None if high is None else high + FUND_COSTS}
    return stated.model_copy(update=room) if stated.unit == "fraction" else stated


def _by_either_close(params: PeriodReturnParams, data: Data) -> Finding:
    """Up to the close that the text names, or the other one that it may mean."""
    first = _one_window(params, data)
    if params.or_last is None:
        return first
    other = params.model_copy(update={"base": params.or_base or params.base, "last": params.or_last})
    if params.or_base is None:
        closes = f"{params.last} and {params.or_last}"
        note = f"The text does not say up to which close; of {closes} only the second bears it out."
    else:
        note = only_the_second(params.or_said, f"{params.base} to {params.last}", f"{other.base} to {other.last}")
    return either(first, lambda: _one_window(other, data), note, ambiguous=params.or_base is not None)


def _one_window(params: PeriodReturnParams, data: Data) -> Finding:
    later = [d for d in (params.base, params.last) if d and d > data.as_of]
    if later:
        return no_data(f"The period reaches to {later[-1]}, after the as-of date {data.as_of}.", reason="not_yet")
    closes = _prices(params, data)
    if closes is None:
        return missing_series(data, params.symbol, currency=params.currency)
    if params.turn is not None:
        return _from_turning_point(params, data, closes)
    base, last = row_day(closes, params.base), row_day(closes, params.last) if params.last else closes.last
    absent = [d for d, row in ((params.base, base), (params.last or data.as_of, last)) if row is None]
    if base is None or last is None:
        return missing_sessions(closes, data, *absent)
    if base >= last:
        return no_data(f"A period from {base} to {last} holds no session.", reason="window", used=(closes,))
    return _tested(params, data, closes, Span(base, last, params.annualised, _in_points(params)))


def _from_turning_point(params: PeriodReturnParams, data: Data, closes: Series) -> Finding:
    """The move from the extreme close of the span that the text names."""
    last = row_day(closes, params.last) if params.last else closes.last
    span = closes.between(params.base, min(d for d in (params.turn_last, last) if d is not None))
    if not len(span) or last is None:
        return missing_sessions(closes, data, params.base)
    turn, _ = span.most_extreme("low" if params.turn == "low" else "high")
    if turn == last:
        return no_data(f"The {params.turn} of the span is the last close itself.", reason="window", used=(closes,))
    found = _tested(params, data, closes, Span(turn, last, params.annualised, _in_points(params)))
    where = f"{turn} had the {params.turn}est close from {params.base} to {params.turn_last}."
    return replace(found, summary=f"{found.summary} {where}")


def _prices(params: PeriodReturnParams, data: Data, field: Price = "close") -> Series | None:
    """The prices of the claim's measure; for a move in points or money in the shares of the last session."""
    prices = data.get(params.request(params.symbol, params.measure, field))
    if prices is None or not _in_points(params):
        return prices
    return on_shares_of(prices, data, params.last or prices.last or params.base, params.currency)


def _in_points(params: PeriodReturnParams) -> bool:
    return params.stated is not None and params.stated.unit == "points"


def _tested(params: PeriodReturnParams, data: Data, closes: Series, span: Span) -> Finding:
    move = span.move(closes)
    window = Window(base=span.base, first=closes.session_offset(span.base, 1), last=span.last)
    if move is None:
        why = f"{data.name(params.symbol)} stood at {number(closes.at(span.base) or 0.0)} on {span.base}; "
        why += "from a price that is not positive no return is formed."
        return no_data(why, reason="not_positive", window=window, used=(closes,))
    if params.stated and params.stated.qualifier == "up_to":
        return _extreme(params, data, closes, span, window)
    total = data.get(params.request(params.symbol, OTHER[params.measure]))
    other = None if span.points else span.move(total)
    outcome, reason, misses = _judged(params, data, span, move, other)
    text = [_sentence(params, data, closes, span, move), *_beside(params, outcome, move, other)]
    return Finding(
        outcome=outcome, reason=reason, summary=" ".join([*text, *(m.sentence for m in misses[:1])]), window=window,
        statistic=statistic(_statistic_name(params, span), move), near_misses=misses, nobs=1,
        observed=observed(move, "points" if span.points else "fraction"), caveats=_caveats(params, closes, span),
        used=(closes, total) if total is not None and other is not None else (closes,),
        chart=_chart(params, data, closes, span, window),
    )  # fmt: skip


def _statistic_name(params: PeriodReturnParams, span: Span) -> str:
    if span.points:
        return "point_change"
    kind = "return" if params.measure == "price" else "total_return"
    return f"annual_{kind}" if span.annualised else f"simple_{kind}" if kind == "return" else kind


def _judged(
    params: PeriodReturnParams, data: Data, span: Span, move: float, other: float | None
) -> tuple[Label, str, tuple[NearMiss, ...]]:
    outcome, reason = _label(params, move)
    if outcome == "supported":
        return outcome, reason, ()
    if other is not None and _label(params, other)[0] == "supported":
        return "mixed", ONLY[OTHER[params.measure]], ()
    if params.stated is None or params.stated.value == 0.0:
        return outcome, reason, ()
    misses = _near_misses(params.stated, params, data, span)
    if outcome == "refuted" and any(m.change == "window" for m in misses):
        return "mixed", "wrong_period", misses
    if outcome == "refuted" and any(m.change == "subject" for m in misses):
        return "refuted", "wrong_subject", misses
    return outcome, reason, misses


def _label(params: PeriodReturnParams, move: float) -> tuple[Label, str]:
    if params.stated is None:
        return judge_direction(params.direction or "down", move)
    return judge_figure(params.stated, move)


def _near_misses(stated: Stated, params: PeriodReturnParams, data: Data, span: Span) -> tuple[NearMiss, ...]:
    """Where the stated figure is true: a moved start or end, a year's rate for the whole, a peer, the other sign."""
    closes = _prices(params, data)
    assert closes is not None
    own = params.symbol
    candidates = [("window", own, s, closes) for s in span.neighbours(closes, NEIGHBOURS) if data.may_mean(s.last)]
    if span.years >= 1:
        candidates.append(("annualised", own, replace(span, annualised=not span.annualised), closes))
    for peer in sorted(set(params.peers) - {own}):
        series = data.get(params.request(peer, params.measure))
        candidates += [("subject", peer, span, series)] if series is not None else []
    found: dict[str, NearMiss] = {}
    for change, symbol, other, series in candidates:
        move = other.move(series)
        if change not in found and move is not None and fits(stated, move):
            found[change] = _miss(change, params, data, symbol, other, move)
    move = span.move(closes)
    if move is not None and fits(stated, -move):
        found["sign"] = _miss("sign", params, data, own, span, move)
    return tuple(found.values())


def _miss(change: str, params: PeriodReturnParams, data: Data, symbol: str, span: Span, move: float) -> NearMiss:
    moved = f"{_said(span, move)}{in_money(params.currency)}"
    return NearMiss(
        change=change, symbol=symbol, window=Window(base=span.base, last=span.last), value=move,
        unit="points" if span.points else "fraction",
        sentence=f"Nearest true statement: {data.name(symbol)} {moved} from {span.base} to {span.last}.",
    )  # fmt: skip


def _extreme(params: PeriodReturnParams, data: Data, closes: Series, span: Span, window: Window) -> Finding:
    """ "Up to 30 %": the lowest low or highest high of the period; closes can support it, never refute it."""
    stated = params.stated
    assert stated is not None
    side: Literal["low", "high"] = "low" if stated.value < 0 else "high"
    prints = _prices(params, data, side)
    rows = (closes if prints is None else prints).between(window.first, span.last)
    before = closes.at(span.base)
    if not len(rows) or before is None:
        return missing_sessions(closes, data, span.last)
    when, price = rows.most_extreme(side)
    move = price - before if span.points else price / before - 1.0
    outcome, reason = reached(stated, move)
    where = f"{side if prints is not None else side + 'est close'} ({number(price)} on {when})"
    moved = f"{_said(span, move)}{in_money(params.currency)}{at_rates(closes)}"
    text = f"{data.name(params.symbol)} {moved} at the {where} against the close of {span.base}."
    if prints is None and outcome != "supported":
        why = f'{text} "{stated.text}" may speak of a price within a session.'
        return no_data(why, reason="intraday", window=window, used=(closes,))
    return Finding(
        outcome=outcome, reason=reason, summary=text, window=window, nobs=len(rows), used=(closes, rows),
        statistic=statistic("extreme_return", move), observed=observed(move, "points" if span.points else "fraction"),
        chart=_chart(params, data, closes, span, window),
    )  # fmt: skip


# --- words and the picture -----------------------------------------------------------------------------------------


def _said(span: Span, move: float) -> str:
    if span.points:
        return f"{number(move)} points"
    return percent(move) + (" a year" if span.annualised else "")


def _sentence(params: PeriodReturnParams, data: Data, closes: Series, span: Span, move: float) -> str:
    before, now = closes.at(span.base) or 0.0, closes.at(span.last) or 0.0
    dividends = " with dividends" if params.measure == "total" else ""
    moved = f"{_said(span, move)}{dividends}{in_money(params.currency)}{at_rates(closes)}"
    text = f"{data.name(params.symbol)} {moved} from the close of {span.base} ({number(before)}) "
    text += f"to the close of {span.last} ({number(now)})"
    stated = params.stated
    missing = shortfall(stated, move) if stated and inside(stated, move) else 0.0
    if stated is None or not missing:
        return f"{text}."
    size = f"{number(missing)} points" if span.points else f"{number(missing * 100)} percentage points"
    return f'{text}: literally {size} {"short of" if stated.qualifier == "at_least" else "above"} "{stated.text}".'


def _beside(params: PeriodReturnParams, outcome: Label, move: float, other: float | None) -> list[str]:
    """The other return, and whether the claim holds for one of the two only."""
    if other is None or abs(other - move) < 5e-5:
        return []
    name = "With dividends" if params.measure == "price" else "Without dividends"
    holds = _label(params, other)[0] == "supported"
    alone = ", and only so the claim holds" if holds else ", and so the claim does not hold"
    note = "" if holds == (outcome == "supported") else alone
    return [f"{name}: {percent(other)}{note}."]


def _caveats(params: PeriodReturnParams, closes: Series, span: Span) -> tuple[str, ...]:
    texts = [
        f"{asked} was no session; the close of {taken} is taken"
        for asked, taken in ((params.base, span.base), (params.last, span.last))
        if asked and asked != taken
    ]
    if span.annualised and span.years < 1:
        texts.append("a rate a year from less than a year is an extrapolation")
    share = _start_share(params, closes, span)
    return (*texts, share) if share else tuple(texts)


def _start_share(params: PeriodReturnParams, closes: Series, span: Span) -> str | None:
    """For how many neighbouring starts the claim holds; a start moves by a quarter of the period at most."""
    reach = min(STARTS, len(closes.between(span.base, span.last)) // 4)
    if not reach or span.annualised or span.points:
        return None
    moves = returns_from_neighbours(closes, span, reach)
    holds = sum(_label(params, float(m))[0] == "supported" for m in moves)
    return f"the claim holds for {holds} of {len(moves)} start sessions within {reach} of {span.base}"


def _chart(params: PeriodReturnParams, data: Data, closes: Series, span: Span, window: Window) -> Chart:
    first, last = closes.session_offset(span.base, -20), closes.session_offset(span.last, 20)
    name, before, said = data.name(params.symbol), closes.at(span.base) or 0.0, params.stated
    level = None
    if said and not span.annualised:
        level = before + said.value if span.points else before * (1.0 + said.value)
    return Chart(
        title=f"{name}, close", unit="points", currency=closes.currency, window=window,
        lines=(line(closes.between(first, last), name),), marks=((span.base, "base"), (span.last, "last")),
        rules=((level, f"stated: {said.text}"),) if said and level is not None else (),
    )  # fmt: skip


def variants(params: PeriodReturnParams) -> tuple[tuple[str, PeriodReturnParams], ...]:
    """Other start sessions, moved by at most a quarter of the period: the choice that a writer could have made, which a
    turning point does not leave; and in local currency, where another one is asked for."""
    local = ((LOCAL, params.local),) if params.currency else ()
    if params.turn is not None:
        return local
    longest = (params.last - params.base) / 4 if params.last else timedelta.max
    starts = tuple(
        (f"base {abs(n)} week{'s' if abs(n) > 1 else ''} {'later' if n > 0 else 'earlier'}",
         params.model_copy(update={"base": params.base + timedelta(weeks=n)}))
        for n in VARIANTS if timedelta(weeks=abs(n)) <= longest
    )  # fmt: skip
    return (*starts, *local)


CHECK = Check(
    name="period_return",
    scale="fact",
    kinds=("quantitative_move",),
    params=PeriodReturnParams,
    rule="The return from the close of the base to that of the last session lies inside the interval that was stated.",
    minimum="the closes of the base and the last session",
    examples=(
        Example(
            "Nvidia hat sich seit Jahresbeginn 2024 um 171 Prozent verteuert", "de",
            {"symbol": "NVDA", "base": "2023-12-29", "last": "2024-12-31", "direction": "up",
             "stated": {"text": "171 Prozent", "value": 1.71, "low": 1.705, "high": 1.715, "unit": "fraction"}},
        ),
        Example(
            "The S&P 500 has lost more than 10 percent in the two days since 2 April", "en",
            {"symbol": "^GSPC", "base": "2025-04-02", "last": "2025-04-04", "direction": "down",
             "stated": {"text": "more than 10 percent", "value": -0.1, "low": None, "high": -0.0975, "unit": "fraction",
                        "qualifier": "at_least"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
