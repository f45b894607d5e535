"""Return of one session.

What the claim says
-------------------
An instrument moved by a stated amount, or in a stated direction, within one session: "Nvidia fell 17 % overnight",
"der Dax brach am Montag um 2,1 Prozent ein". In newspapers "overnight" mostly means from one close to the next.

Formula
-------
Simple close-to-close return ``R = P_t / P_(t-1) - 1`` on split-adjusted closes, not adjusted for dividends (a quoted
price move); in points or money ``P_t - P_(t-1)``, counted in the shares of that session; closes are rounded to
the hundredth, so that points are not told apart by less than 0.01. With opens, also overnight
``O_t / P_(t-1) - 1`` and intraday ``P_t / O_t - 1``, where ``(1 + R) = (1 + overnight)(1 + intraday)``. Campbell, Lo,
MacKinlay, The Econometrics of Financial Markets (1997), chapter 1.4. In another currency each price times the rate of
its day, so that R is the move of price and rate together.

Rule
----
The stated interval contains R: supported. Right sign and stated/observed within 0.8 to 1.25: mixed (overstated,
understated); farther out, wrong sign or scale: refuted. A percentage with a decimal may be cut off ("3.8 %" of 3.85),
where that is at most 3 % of it; the move of a yield may be 0.02 points off, the distance of two sources. The right
figure on another session within five: mixed (wrong_period). In a text of that very day, a figure that is 0.05 % of
the price or less from that of the close is supported, for closes are settled after the first reports; one that the
close does not show and the session's range holds: mixed (intraday), one that its low or high came as near to as 0.8
to 1.25 allow: mixed (overstated); so it is of the second reading of a text that names no day, where that is the day
it was written on. When the session's own figure misses, the neighbouring sessions, the other sign and the peers are
searched, and the nearest true statement is printed. A direction without a figure: a move of less than 0.05 % is neither
a rise nor a fall (flat), unless the text says how small it was ("inched up").

"At the start of trading": the stated interval contains the overnight return: supported; a figure that the opening does
not show and the session's range does is of minutes that daily data do not tell apart: mixed (intraday); one beyond the
session's low and high is judged by its size against the nearer of them (not_reached).

Variants: the return with dividends reinvested, where the session was an ex-dividend day (a reader may count them, a
quoted price does not); and, where the text names no day, each of its two readings alone. A named session of one series
leaves no other choice: from the open, overnight and as an extreme within the session are other claims, and log returns
are another unit. A claim in another currency is also computed in the local one.

When it is not testable
-----------------------
The session or the one before it is missing: no_data. "Up to 17 %" speaks of an extreme within the session: with closes
only, no_data (intraday), unless the close itself lies beyond the figure; and so is a figure of the opening where no
opening prices are. In another currency: no rate from at most four days before, or a figure that is no price in money,
as a yield: no_data (rate, unit).

What it cannot show
-------------------
Why the price moved, or whether the move was unusual (event_study, record_extreme). Rates are fixed at other hours than
closes: of one session in another currency a part of the move may belong to the next.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import model_validator

from analyzer.checks.base import (
    LAST_MINUTES,
    LOCAL,
    NEAREST_FIRST,
    NEIGHBOURS,
    OTHER_SOURCE,
    Check,
    Currency,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    at_rates,
    closed_day,
    either,
    in_money,
    judge_direction,
    judge_figure,
    line,
    missing_series,
    missing_sessions,
    no_data,
    nothing_before,
    number,
    observed,
    on_shares_of,
    only_the_second,
    percent,
    signed,
    statistic,
)  # fmt: skip
from analyzer.model import Chart, Direction, Label, NearMiss, Stated, Window
from analyzer.series import Field
from analyzer.stats.figures import fits, reached

SIDES: tuple[Field, Field] = ("low", "high")
NO_DIVIDEND = 5e-5
"""Returns with and without dividends that differ by less are the same but for rounding."""


class SessionReturnParams(Params):
    """``symbol`` moved in ``session`` (an exchange session); ``stated`` is a signed fraction, or points."""

    symbol: str
    session: date
    direction: Direction | None = None
    stated: Stated | None = None
    peers: tuple[str, ...] = ()
    """Other members of the subject's basket: candidates for "right figure, wrong subject"."""
    or_session: date | None = None
    """The second reading of a text that names no day, or of words that may mean two ("last Friday"): the claim stands
    if either session bears it out."""
    or_said: str | None = None
    """The words that may mean either session; None where the text names no day."""
    named_day: date | None = None
    """The calendar day that the text names when the exchange was closed on it; ``session`` is the last one before."""
    currency: Currency | None = None
    """In which the move is said to be counted; None: in the instrument's own."""
    at: Literal["open", "hour", "running"] | None = None
    """The hour that the figure is of: the start of trading, an hour that the text names ("am Nachmittag"), or any of
    the session, in a text that was written on its day; None: the close."""
    or_at: Literal["running"] | None = None
    """The same of the second reading."""
    slight: bool = False
    """Of a direction without a figure: the text says that the move was as small as can be ("inched up")."""

    @model_validator(mode="after")
    def _testable(self) -> SessionReturnParams:
        if self.stated is None and self.direction is None:
            raise ValueError("a move needs a stated figure or a direction")
        if self.at == "open" and self.stated is None:
            raise ValueError("the start of trading is tested on a stated figure")
        return self

    @property
    def prices(self) -> SeriesRequest:
        return SeriesRequest(self.symbol, currency=self.currency)

    @property
    def local(self) -> SessionReturnParams:
        """The same claim in the instrument's own currency."""
        return self.model_copy(update={"currency": None})


class WithDividends(SessionReturnParams):
    """The same claim on closes with dividends reinvested: a variant, not a claim's own parameters."""

    @property
    def prices(self) -> SeriesRequest:
        return SeriesRequest(self.symbol, basis="total_return", currency=self.currency)


def needs(params: SessionReturnParams) -> tuple[SeriesRequest, ...]:
    symbol, money = params.symbol, params.currency
    prices = [SeriesRequest(s, currency=money) for s in (symbol, *params.peers)]
    others = (
        SeriesRequest(symbol, "low", currency=money), SeriesRequest(symbol, "high", currency=money),
        *([SeriesRequest(symbol, "open", currency=money)] if params.at == "open" else []),
        *([SeriesRequest(symbol, basis="as_traded", currency=money)] if _in_points(params) else []),
        SeriesRequest(symbol, basis="total_return", currency=money),
    )  # fmt: skip
    return (*prices, *others, *(needs(params.local) if money else ()))


def run(params: SessionReturnParams, data: Data) -> Finding:
    first = _closed_day(params, _one_session(params, data))
    if params.or_session is None:
        return first
    other = params.model_copy(update={"session": params.or_session, "at": params.or_at})
    note = only_the_second(params.or_said, str(params.session), str(params.or_session))
    return either(first, lambda: _one_session(other, data), note, params.stated, ambiguous=params.or_said is not None)


def _closed_day(params: SessionReturnParams, finding: Finding) -> Finding:
    """A day without a session cannot bear a claim out; the nearest session is named."""
    if params.named_day is None or finding.outcome == "no_data":
        return finding
    note = closed_day(params.named_day, params.session)
    outcome: Label = "mixed" if finding.outcome == "supported" else "inconclusive"
    return replace(finding, outcome=outcome, reason="wrong_period", summary=f"{note} {finding.summary}")


def _one_session(params: SessionReturnParams, data: Data) -> Finding:
    closes = data.get(params.prices)
    if closes is None:
        return missing_series(data, params.symbol, currency=params.currency)
    if _in_points(params):
        closes = on_shares_of(closes, data, params.session, params.currency)
    base = closes.session_offset(params.session, -1)
    now, before = closes.at(params.session), closes.at(base) if base else None
    if base is None and now is not None:
        return nothing_before(closes, data, params.session)
    if base is None or now is None or before is None:
        return missing_sessions(closes, data, *([params.session] if now is None else [base or params.session]))
    window = Window(base=base, first=params.session, last=params.session)
    points = _in_points(params)
    move = _move(params, before, now)
    if isinstance(params, WithDividends) and _paid_nothing(params, data, window, move):
        return no_data(
            f"{data.name(params.symbol)} paid no dividend on {params.session}.", reason="same", used=(closes,)
        )
    if params.stated and params.stated.qualifier == "up_to":
        return _extreme(params, data, closes, window, move)
    if params.at == "open":
        return _at_the_open(params, data, closes, window)
    if params.at == "hour" and params.stated is not None:
        return _at_an_hour(params, data, closes, window, move)
    outcome, reason, misses = _judged(params, data, closes, move)
    summary = _sentence(data, params, closes, window, move)
    if misses:
        summary += " " + misses[0].sentence
    return Finding(
        outcome=outcome, reason=reason, summary=summary, window=window, near_misses=misses, nobs=1,
        statistic=statistic("point_change" if points else "simple_return", move),
        observed=observed(move, "points" if points else "fraction"), used=(closes,),
        chart=_chart(data, closes, window),
    )  # fmt: skip


def _in_points(params: SessionReturnParams) -> bool:
    return params.stated is not None and params.stated.unit == "points"


def _move(params: SessionReturnParams, before: float, now: float) -> float:
    return now - before if _in_points(params) else now / before - 1.0


def _paid_nothing(params: SessionReturnParams, data: Data, window: Window, move: float) -> bool:
    """Whether the return with dividends is the price return again."""
    closes = data.get(SeriesRequest(params.symbol, currency=params.currency))
    before, now = (closes.at(d) if closes is not None and d else None for d in (window.base, window.last))
    return before is not None and now is not None and abs(move - _move(params, before, now)) < NO_DIVIDEND


def _judged(
    params: SessionReturnParams, data: Data, closes: Series, move: float
) -> tuple[Label, str, tuple[NearMiss, ...]]:
    if params.stated is None:
        facts = data.instruments.get(params.symbol)
        if params.slight:
            return *judge_direction(params.direction or "down", move, flat=0.0), ()
        flat = {"flat": FIXINGS} if facts is not None and facts.kind == "currency" and not _in_points(params) else {}
        outcome, reason = judge_direction(params.direction or "down", move, **flat)
        return outcome, reason, ()
    outcome, reason = judge_figure(params.stated, move)
    if outcome != "supported" and _in_points(params) and _is_rounding(params.stated, move):
        return "supported", "rounded", ()
    if outcome == "supported" or params.stated.value == 0.0:
        return outcome, reason, ()
    if _is_all_but_the_close(params, closes, move) or _is_another_source(params, data, move):
        return "supported", "rounded", ()
    misses = (*_reached_within(params, data, closes, move), *_near_misses(params, data, closes))
    within = next((m for m in misses if m.change == "intraday"), None)
    if within is not None:
        return "mixed", "intraday" if abs(within.value) >= _least(params.stated) else "overstated", misses
    if any(m.change == "session" for m in misses):
        return "mixed", "wrong_period", misses
    if outcome == "refuted" and any(m.change == "subject" for m in misses):
        return "refuted", "wrong_subject", misses
    return outcome, reason, misses


def _is_rounding(stated: Stated, move: float) -> bool:
    """Whether points differ by what the rounding of two closes to the hundredth leaves open: "lost 144.29 points"
    beside 17,871.22 and 17,726.94."""
    return abs(stated.value) >= 1 and abs(stated.value - move) <= HUNDREDTH


HUNDREDTH = 0.01 + 1e-6
FIXINGS = 0.003
"""The move of a currency within which its way hangs on the hour at which a source draws the line between two days."""


def _is_all_but_the_close(params: SessionReturnParams, closes: Series, move: float) -> bool:
    """Whether a figure of the very day is that of the last minutes: closes are settled after the first reports."""
    before = closes.session_offset(params.session, -1)
    base = closes.at(before) if before else None
    if params.at != "running" or params.stated is None or base is None:
        return False
    return abs(params.stated.value - move) <= LAST_MINUTES * (base if _in_points(params) else 1.0)


def _is_another_source(params: SessionReturnParams, data: Data, move: float) -> bool:
    """Whether a move of a yield, in points, is one or two hundredths beside that of our source."""
    facts = data.instruments.get(params.symbol)
    is_rate = facts is not None and facts.kind == "rate" and _in_points(params)
    return is_rate and params.stated is not None and abs(params.stated.value - move) <= OTHER_SOURCE


def _near_misses(params: SessionReturnParams, data: Data, closes: Series) -> tuple[NearMiss, ...]:
    """Where the stated figure is true: a neighbouring session, a peer, the other sign."""
    stated = params.stated
    assert stated is not None
    found = []
    first, last = (closes.session_offset(params.session, n) for n in (-NEIGHBOURS - 1, NEIGHBOURS))
    points = _in_points(params)
    window = closes.between(first, last)
    returns = window.changes() if points else window.returns()
    for steps in NEAREST_FIRST:
        session = closes.session_offset(params.session, steps)
        move = returns.at(session) if session else None
        if session and move is not None and data.may_mean(session) and fits(stated, move):
            found.append(_miss("session", params, data, params.symbol, session, move))
            break
    for peer in () if points else params.peers:
        series = data.get(SeriesRequest(peer, currency=params.currency))
        move = series.between(first, last).returns().at(params.session) if series is not None else None
        if peer != params.symbol and move is not None and fits(stated, move):
            found.append(_miss("subject", params, data, peer, params.session, move))
            break
    own = returns.at(params.session)
    if own is not None and fits(stated, -own):
        found.append(_miss("sign", params, data, params.symbol, params.session, own))
    return tuple(found)


def _reached_within(params: SessionReturnParams, data: Data, closes: Series, move: float) -> tuple[NearMiss, ...]:
    """The session's low or high, where it reached a figure that the close falls short of, or came near to it."""
    stated, before = params.stated, closes.session_offset(params.session, -1)
    base = closes.at(before) if before else None
    if stated is None or base is None or params.at != "running":
        return ()
    if move * stated.value > 0 and abs(move) > abs(stated.value):
        return _passed_on_the_way(params, data, base)
    price = _print(params, data, "low" if stated.value < 0 else "high")
    if price is None:
        return ()
    value = _move(params, base, price)
    reached_it = value * stated.value > 0 and abs(value) >= _least(stated)
    if not reached_it and judge_figure(stated, value)[0] != "mixed":
        return ()
    did = "did" if reached_it else "came near"
    sentence = f"Within the session it {did}: its {'low' if stated.value < 0 else 'high'} was {_said(params, value)}."
    miss = _miss("intraday", params, data, params.symbol, params.session, value)
    return (miss.model_copy(update={"sentence": sentence}),)


def _passed_on_the_way(params: SessionReturnParams, data: Data, base: float) -> tuple[NearMiss, ...]:
    """ "Up 0.1 percent", at noon of a day that ended 0.4 percent higher: what lies within the session's range."""
    low, high = (_print(params, data, field) for field in SIDES)
    if params.stated is None or low is None or high is None:
        return ()
    least, most = _move(params, base, low), _move(params, base, high)
    if not least <= params.stated.value <= most:
        return ()
    sentence = f"Within the session it may have: its range was {_said(params, least)} to {_said(params, most)}."
    miss = _miss("intraday", params, data, params.symbol, params.session, params.stated.value)
    return (miss.model_copy(update={"sentence": sentence}),)


def _miss(change: str, params: SessionReturnParams, data: Data, symbol: str, session: date, move: float) -> NearMiss:
    return NearMiss(
        change=change, symbol=symbol, window=Window(first=session, last=session), value=move,
        unit="points" if _in_points(params) else "fraction",
        sentence=f"Nearest true statement: {data.name(symbol)} {_said(params, move)} on {session}.",
    )  # fmt: skip


def _least(stated: Stated) -> float:
    """The smallest size that the stated figure allows."""
    bounds = [abs(bound) for bound in (stated.low, stated.high) if bound is not None and bound * stated.value > 0]
    return min([abs(stated.value), *bounds])


def _print(params: SessionReturnParams, data: Data, field: Field) -> float | None:
    """The session's opening price, low or high, on the shares of that session where the figure is in money."""
    prints = data.get(SeriesRequest(params.symbol, field, currency=params.currency))
    if prints is not None and _in_points(params):
        prints = on_shares_of(prints, data, params.session, params.currency)
    return prints.at(params.session) if prints is not None else None


def _at_the_open(params: SessionReturnParams, data: Data, closes: Series, window: Window) -> Finding:
    """ "At the start of trading it had lost 3 %": the opening price against the close before, else the range."""
    stated, before = params.stated, closes.at(window.base) if window.base else None
    assert stated is not None
    assert before is not None
    name, opening = data.name(params.symbol), _print(params, data, "open")
    if opening is None:
        why = f'No opening price of {name} on {params.session}; "{stated.text}" is of the start of trading.'
        return no_data(why, reason="intraday", window=window, used=(closes,))
    value = _move(params, before, opening)
    moved = f"{_said(params, value)}{at_rates(closes)} on {params.session}"
    summary = f"{name} opened {moved} against the close of {window.base}."
    outcome, reason = judge_figure(stated, value)
    if outcome != "supported":
        outcome, reason, value, more = _by_the_range(params, data, before, value)
        summary += more
    fields: tuple[Field, ...] = ("open",) if outcome == "supported" else ("open", "low", "high")
    prints = (data.get(SeriesRequest(params.symbol, f, currency=params.currency)) for f in fields)
    return Finding(
        outcome=outcome, reason=reason, window=window, nobs=1, summary=summary,
        used=(closes, *(p for p in prints if p is not None)), statistic=statistic("overnight_return", value),
        observed=observed(value, "points" if _in_points(params) else "fraction"), chart=_chart(data, closes, window),
    )  # fmt: skip


def _at_an_hour(params: SessionReturnParams, data: Data, closes: Series, window: Window, move: float) -> Finding:
    """ "In the afternoon it was down 2 %": the close, if that fits, else whether the session's range holds it."""
    before = closes.at(window.base) if window.base else None
    assert params.stated is not None
    assert before is not None
    outcome, reason = judge_figure(params.stated, move)
    value, more = move, ""
    if outcome != "supported":
        outcome, reason, value, more = _by_the_range(params, data, before, move)
    prints = () if not more else (data.get(SeriesRequest(params.symbol, f, currency=params.currency)) for f in SIDES)
    return Finding(
        outcome=outcome, reason=reason, window=window, nobs=1,
        summary=_sentence(data, params, closes, window, move) + more,
        used=(closes, *(p for p in prints if p is not None)), statistic=statistic("session_extreme_return", value),
        observed=observed(value, "points" if _in_points(params) else "fraction"), chart=_chart(data, closes, window),
    )  # fmt: skip


def _by_the_range(
    params: SessionReturnParams, data: Data, before: float, opening: float
) -> tuple[Label, str, float, str]:
    """Label, reason, value and sentence of a figure that the opening does not show."""
    stated = params.stated
    assert stated is not None
    low, high = (_print(params, data, field) for field in SIDES)
    if low is None or high is None:
        return "no_data", "intraday", opening, " The session's low and high are not in the data."
    moves = _move(params, before, low), _move(params, before, high)
    said = f" Its range was {_said(params, moves[0])} to {_said(params, moves[1])}."
    if any(fits(stated, m) for m in moves) or moves[0] <= stated.value <= moves[1]:
        return "mixed", "intraday", opening, f"{said} At which hour it was so daily data do not say."
    nearer = min(moves, key=lambda m: abs(m - stated.value))
    outcome, _ = judge_figure(stated, nearer)
    return ("mixed" if outcome == "mixed" else "refuted"), "not_reached", nearer, said


def _extreme(params: SessionReturnParams, data: Data, closes: Series, window: Window, move: float) -> Finding:
    """ "Up to 17 %": the session's low or high against the previous close; closes can support it, never refute it."""
    stated = params.stated
    assert stated is not None
    assert window.base is not None
    down = stated.value < 0
    prints = data.get(SeriesRequest(params.symbol, "low" if down else "high", currency=params.currency))
    if prints is not None and _in_points(params):
        prints = on_shares_of(prints, data, params.session, params.currency)
    price = prints.at(params.session) if prints is not None else None
    before = closes.at(window.base)
    assert before is not None
    name = data.name(params.symbol)
    if price is None and abs(move) < abs(stated.value):
        why = (
            f'{name} closed {_said(params, move)} on {params.session}; "{stated.text}" speaks of an extreme within the '
            "session, and there are closing prices only."
        )
        return no_data(why, reason="intraday", window=window, used=(closes,))
    value = move if price is None else _move(params, before, price)
    outcome, reason = reached(stated, value)
    where = "at the close" if price is None else f"at the session's {'low' if down else 'high'}"
    return Finding(
        outcome=outcome, reason=reason, window=window, nobs=1, used=(closes,) + ((prints,) if prints else ()),
        summary=f"{name} was {_said(params, value)}{at_rates(closes)} {where} of {params.session} against the close of "
        f"{window.base}.",
        statistic=statistic("session_extreme_return", value),
        observed=observed(value, "points" if _in_points(params) else "fraction"),
        chart=_chart(data, closes, window),
    )  # fmt: skip


def _said(params: SessionReturnParams, move: float) -> str:
    said = f"{signed(move)} points" if _in_points(params) else percent(move)
    return said + in_money(params.currency)


def _sentence(data: Data, params: SessionReturnParams, closes: Series, window: Window, move: float) -> str:
    before, now = (number(closes.at(d) or 0.0) for d in (window.base, window.last) if d)
    moved = f"{data.name(params.symbol)} {_said(params, move)}{at_rates(closes)} on {params.session}"
    return f"{moved}: {before} at the close of {window.base}, {now} at the close of {window.last}."


def _chart(data: Data, closes: Series, window: Window) -> Chart:
    assert window.last is not None
    first = closes.session_offset(window.last, -60)
    last = closes.session_offset(window.last, 20)
    return Chart(
        title=f"{data.name(closes.symbol)}, close", unit="points", currency=closes.currency,
        lines=(line(closes.between(first, last), data.name(closes.symbol)),), window=window,
        marks=((window.last, "session"),),
    )  # fmt: skip


def variants(params: SessionReturnParams) -> tuple[tuple[str, SessionReturnParams], ...]:
    """With dividends, for a fraction from close to close; the two readings where the text names no day; in local
    currency, where another one is asked for."""
    found: list[tuple[str, SessionReturnParams]] = []
    if params.stated is None or (params.stated.unit != "points" and params.stated.qualifier != "up_to"):
        found.append(("with dividends", WithDividends.model_validate(dict(params))))
    if params.or_session is not None:
        readings = (params.session, params.or_session)
        hours = (params.at, params.or_at)
        found += [
            (f"read as {d}", params.model_copy(update={"session": d, "or_session": None, "at": hour, "or_at": None}))
            for d, hour in zip(readings, hours, strict=True)
        ]
    if params.currency is not None:
        found.append((LOCAL, params.local))
    return tuple(found)


CHECK = Check(
    name="session_return",
    scale="fact",
    kinds=("quantitative_move",),
    params=SessionReturnParams,
    rule="The close-to-close return of the session lies inside the interval that the stated figure allows.",
    minimum="the closes of the session and of the session before it",
    examples=(
        Example(
            "Nvidia ist über Nacht um 17 Prozent abgestürzt", "de",
            {"symbol": "NVDA", "session": "2025-01-27", "direction": "down",
             "stated": {"text": "17 Prozent", "value": -0.17, "low": -0.175, "high": -0.165, "unit": "fraction"}},
        ),
        Example(
            "The S&P 500 jumped 9.5 percent on Wednesday", "en",
            {"symbol": "^GSPC", "session": "2025-04-09", "direction": "up",
             "stated": {"text": "9.5 percent", "value": 0.095, "low": 0.0945, "high": 0.0955, "unit": "fraction"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
