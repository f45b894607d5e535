"""Return of one session.

What the claim says
-------------------
An instrument moved by a stated amount, or in a stated direction, within one session: "Nvidia fell 17 % overnight",
"der Dax brach am Montag um 2,1 Prozent ein". In newspapers "overnight" mostly means from one close to the next.

Formula
-------
Simple close-to-close return ``R = P_t / P_(t-1) - 1`` on split-adjusted closes, not adjusted for dividends (a quoted
price move); in points or money ``P_t - P_(t-1)``, counted in the shares of that session. With opens, also overnight
``O_t / P_(t-1) - 1`` and intraday ``P_t / O_t - 1``, where ``(1 + R) = (1 + overnight)(1 + intraday)``. Campbell, Lo,
MacKinlay, The Econometrics of Financial Markets (1997), chapter 1.4. In another currency each price times the rate of
its day, so that R is the move of price and rate together.

Rule
----
The stated interval contains R: supported. Right sign and stated/observed within 0.8 to 1.25: mixed (overstated,
understated); farther out, wrong sign or scale: refuted. The right figure on another session within five: mixed
(wrong_period). When the session's own figure misses, the neighbouring sessions, the other sign and the peers are
searched, and the nearest true statement is printed.

Variants: the return with dividends reinvested, where the session was an ex-dividend day (a reader may count them, a
quoted price does not); and, where the text names no day, each of its two readings alone. A named session of one series
leaves no other choice: from the open, overnight and as an extreme within the session are other claims, and log returns
are another unit. A claim in another currency is also computed in the local one.

When it is not testable
-----------------------
The session or the one before it is missing: no_data. "Up to 17 %" speaks of an extreme within the session: with closes
only, no_data (intraday), unless the close itself lies beyond the figure. In another currency: no rate from at most four
days before, or a figure that is no price in money, as a yield: no_data (rate, unit).

What it cannot show
-------------------
Why the price moved, or whether the move was unusual (event_study, record_extreme). Rates are fixed at other hours than
closes: of one session in another currency a part of the move may belong to the next.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pydantic import model_validator

from analyzer.checks.base import (
    LOCAL,
    NEAREST_FIRST,
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
from analyzer.stats.figures import fits, reached

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

    @model_validator(mode="after")
    def _testable(self) -> SessionReturnParams:
        if self.stated is None and self.direction is None:
            raise ValueError("a move needs a stated figure or a direction")
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
        *([SeriesRequest(symbol, basis="as_traded", currency=money)] if _in_points(params) else []),
        SeriesRequest(symbol, basis="total_return", currency=money),
    )  # fmt: skip
    return (*prices, *others, *(needs(params.local) if money else ()))


def run(params: SessionReturnParams, data: Data) -> Finding:
    first = _closed_day(params, _one_session(params, data))
    if params.or_session is None:
        return first
    other = params.model_copy(update={"session": params.or_session})
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
        outcome, reason = judge_direction(params.direction or "down", move)
        return outcome, reason, ()
    outcome, reason = judge_figure(params.stated, move)
    if outcome == "supported":
        return outcome, reason, ()
    misses = _near_misses(params, data, closes)
    if any(m.change == "session" for m in misses):
        return "mixed", "wrong_period", misses
    if outcome == "refuted" and any(m.change == "subject" for m in misses):
        return "refuted", "wrong_subject", misses
    return outcome, reason, misses


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


def _miss(change: str, params: SessionReturnParams, data: Data, symbol: str, session: date, move: float) -> NearMiss:
    return NearMiss(
        change=change, symbol=symbol, window=Window(first=session, last=session), value=move,
        unit="points" if _in_points(params) else "fraction",
        sentence=f"Nearest true statement: {data.name(symbol)} {_said(params, move)} on {session}.",
    )  # fmt: skip


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
        found += [(f"read as {d}", params.model_copy(update={"session": d, "or_session": None})) for d in readings]
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
