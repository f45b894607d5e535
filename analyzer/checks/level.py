"""Level and threshold.

What the claim says
-------------------
A price, an index or a rate stood at, above or below a level, or crossed it, perhaps for the first time: "the Nasdaq
closed above 20,000 for the first time", "der Dax fiel unter 18.000 Punkte", "der Vix stand bei 65".

Formula
-------
``x_t``, the close as traded on the day: never a price that a later split has divided. Crossed: ``x_t > L >= x_(t-1)``
for above, the mirror image for below. Of a period ("in November"): the first session of it on which the level holds,
else the last. First time: ``x_s <= L`` for every s < t, or for every s after the named date.
Rates and macro series are held in per cent and compared as fractions. A moving average ("the 200-day line") is the mean
of so many closes up to and with the session, split-adjusted, and told on the price basis of the session.

Rule
----
"At" L: the stated interval contains the close; stated/observed within 0.8 to 1.25: mixed; else refuted. A threshold is
exact. When the close fails, what the session's low or high reached (intraday), what a neighbouring session within five
closed at (wrong_period), and what the price is after later splits (split_adjusted) make the claim mixed. "For the first
time" is refuted by an earlier close beyond L, which is named; a first one at most five sessions before is mixed
(wrong_period). It is supported only if the data begin at or before the listing, or the named date; a date on the first
of a month or year stands for that month or year. Sessions without a row count against it, unless to L and back the
series would have had to move further than it ever did in as many sessions.

Variant, for a threshold that was crossed or passed for the first time: by the session's highs (above) or lows (below)
instead of the closes, since a level that no close had passed may have been passed within an earlier session. For the
level of one session there is none: a price within it that fits is a near miss already, and where the close fits, the
session's range does. Another beginning than the one named would be another claim, and only one of the two share bases
was ever quoted.

When it is not testable
-----------------------
The session lacks its row, the figure's unit or currency is not the series' own, or the data do not cover "first":
no_data. "Zeitweise", "up to", "briefly" speak of a price within the session: closes can support it, never refute it.

What it cannot show
-------------------
Whether the level means anything. Prices are nominal and indices drift up, so thresholds are passed for the first time
as a matter of course.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import Field as Bounded
from pydantic import model_validator

from analyzer.checks.base import (
    NEAREST_FIRST,
    NEIGHBOURS,
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    closed_day,
    either,
    judge_figure,
    line,
    missing_series,
    missing_sessions,
    no_data,
    nothing_before,
    number,
    observed,
    only_the_second,
    statistic,
)
from analyzer.model import Chart, Label, NearMiss, Stated, Window
from analyzer.series import Field, PriceBasis, to_date
from analyzer.stats.figures import inside, shortfall
from analyzer.stats.levels import Passage, Point, Side, crosses, earlier_passage, is_beyond, point_at
from analyzer.stats.records import bounds
from analyzer.stats.shares import NO_SPLIT

IN_PER_CENT = ("rate", "macro", "volatility")
"""Kinds of instruments whose series hold per cent."""
SIDES: tuple[Side, Side] = ("low", "high")
UNITS = ("points", "currency", "ratio", "count", "fraction")

Relation = Literal["at", "above", "below", "crossed_above", "crossed_below"]


class LevelParams(Params):
    """``symbol`` stood in ``relation`` to the ``stated`` level at the close of ``session`` (None: the last row).

    ``stated`` is in points, money, or a fraction for rates. ``average``: the level is the mean of that many closes, up
    to and with the session, instead of a figure. ``first_time``: never before, or not after ``since``.
    ``start``: the first session of a period that ends with ``session``, when the text names only the period.
    """

    symbol: str
    session: date | None = None
    start: date | None = None
    relation: Relation
    stated: Stated | None = None
    average: int | None = Bounded(default=None, ge=2, le=1000)
    """Sessions of a moving average ("the 200-day line")."""
    first_time: bool = False
    since: date | None = None
    named_day: date | None = None
    """The calendar day that the text names when the exchange was closed on it; ``session`` is the last one before."""
    or_session: date | None = None
    """The other reading where the text names no day (the session of the day of publication) or may mean two."""
    or_said: str | None = None
    """The words that may mean either session; None where the text names no day."""

    @model_validator(mode="after")
    def _consistent(self) -> LevelParams:
        if (self.stated is None) == (self.average is None):
            raise ValueError("either a stated level or a moving average is needed")
        if self.average is not None and self.relation == "at":
            raise ValueError("a price is above or below a moving average, or crosses it")
        if self.since is not None and not self.first_time:
            raise ValueError("since belongs to first_time")
        if self.start is not None and (self.session is None or self.start > self.session):
            raise ValueError("start begins a period that ends with session")
        return self

    @property
    def figure(self) -> Stated:
        """The level as a figure; that of a moving average is known once the data are read."""
        assert self.stated is not None
        return self.stated

    @property
    def side(self) -> Side:
        return "low" if self.relation in ("below", "crossed_below") else "high"

    @property
    def price(self) -> Field:
        """What counts as the level of a session."""
        return "close"

    @property
    def crossing(self) -> bool:
        return self.relation.startswith("crossed")


class ByExtremes(LevelParams):
    """The same claim by the sessions' highs or lows: a variant, not a claim's own parameters."""

    @property
    def price(self) -> Field:
        return self.side


def needs(params: LevelParams) -> tuple[SeriesRequest, ...]:
    fields: tuple[Field, ...] = ("close", "low", "high")
    traded = [SeriesRequest(params.symbol, f, "as_traded") for f in fields]
    return (*traded, SeriesRequest(params.symbol))


def run(params: LevelParams, data: Data) -> Finding:
    if params.average is not None:
        return _against_average(params, data)
    first = _one_session(params, data)
    if params.or_session is None:
        return first
    other = params.model_copy(update={"session": params.or_session, "or_session": None})
    note = only_the_second(params.or_said, str(params.session), str(params.or_session))
    return either(first, lambda: _one_session(other, data), note, params.figure, ambiguous=params.or_said is not None)


def _one_session(params: LevelParams, data: Data) -> Finding:
    if params.session and params.session > data.as_of:
        return no_data(f"{params.session} lies after the as-of date {data.as_of}.", reason="not_yet")
    closes = _series(params, data)
    if closes is None or closes.last is None:
        return missing_series(data, params.symbol)
    wrong = _unit_problem(params, data, closes)
    if wrong:
        return wrong
    point = _point(params, closes)
    if point is None:
        return missing_sessions(closes, data, params.session or closes.last)
    if params.crossing and point.before is None:
        if point.before_session is None:
            return nothing_before(closes, data, point.session)
        return missing_sessions(closes, data, point.before_session)
    within = params.figure.qualifier == "up_to"
    outcome, reason, text, misses = (_within if within else _at_close)(params, data, closes, point)
    if outcome == "supported" and params.first_time:
        tested = (_series(params, data, params.side) if within else None) or closes
        outcome, reason, note = _first_time(params, data, tested, point.session)
        text = f"{text} {note}"
    outcome, reason, text = _on_a_closed_day(params, outcome, reason, text)
    prints = _series(params, data, params.side) if within or any(m.change == "intraday" for m in misses) else None
    return Finding(
        outcome=outcome, reason=reason, summary=" ".join([text, *(m.sentence for m in misses[:1])]),
        used=(closes, prints) if prints is not None else (closes,),
        window=Window(base=point.before_session, first=point.session, last=point.session), near_misses=misses,
        statistic=statistic("close", point.close), nobs=1, chart=_chart(params, data, closes, point.session),
        observed=observed(point.close, params.figure.unit, params.figure.currency),
        reach=closes.first if params.first_time else None,
    )  # fmt: skip


def _against_average(params: LevelParams, data: Data) -> Finding:
    """The same with the average of the session in the place of a figure; of two readings each has its own."""
    first = _at_average(params, data, params.session)
    if params.or_session is None:
        return first
    note = only_the_second(params.or_said, str(params.session), str(params.or_session))
    second = params.or_session
    return either(first, lambda: _at_average(params, data, second), note, ambiguous=params.or_said is not None)


def _at_average(params: LevelParams, data: Data, session: date | None) -> Finding:
    """The average is formed of split-adjusted closes, and told on the price basis of the session."""
    adjusted, traded = data.get(SeriesRequest(params.symbol)), _traded(params, data)
    if adjusted is None or traded is None or traded.last is None:
        return missing_series(data, params.symbol)
    day_of = session or traded.last
    if day_of > data.as_of:
        return no_data(f"{day_of} lies after the as-of date {data.as_of}.", reason="not_yet")
    rows = adjusted.between(None, day_of)
    close, price = adjusted.at(day_of), traded.at(day_of)
    if close is None or price is None:
        return missing_sessions(traded, data, day_of)
    length = params.average or 0
    if len(rows) < length:
        why = (
            f"{data.name(params.symbol)} has {len(rows)} of the {length} closes up to {day_of} that the average needs."
        )
        return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=(adjusted,))
    mean = float(rows.values[-length:].mean()) * price / close
    figure = Stated(
        text=f"average of {length} sessions", value=mean, low=mean, high=mean, unit="points", qualifier="exact"
    )
    fixed = params.model_copy(update={"stated": figure, "average": None, "session": day_of, "or_session": None})
    found = _one_session(fixed, data)
    return replace(found, summary=f"{found.summary} The average of {length} sessions stood at {number(mean)}.")


def _traded(params: LevelParams, data: Data) -> Series | None:
    return data.get(SeriesRequest(params.symbol, "close", "as_traded")) or data.get(SeriesRequest(params.symbol))


def _point(params: LevelParams, closes: Series) -> Point | None:
    """The session; of a period the first one on which the level holds, else the last."""
    last = point_at(closes, params.session or closes.last)
    if params.start is None or last is None:
        return last
    rows = closes.between(params.start, last.session)
    points = (point_at(closes, to_date(d)) for d in rows.dates)
    return next((p for p in points if p is not None and _holds(params, p)), last)


def _on_a_closed_day(params: LevelParams, outcome: Label, reason: str, text: str) -> tuple[Label, str, str]:
    """A level on a day without a session is that of the last one before: right, it is of another day than is said."""
    if params.named_day is None or params.session is None:
        return outcome, reason, text
    if outcome == "supported":
        outcome, reason = "mixed", "wrong_period"
    return outcome, reason, f"{closed_day(params.named_day, params.session)} {text}"


def _series(
    params: LevelParams, data: Data, field: Field | None = None, basis: PriceBasis = "as_traded"
) -> Series | None:
    """The series in the unit of the stated level: per cent become fractions."""
    series = data.get(SeriesRequest(params.symbol, field or params.price, basis))
    if series is None or params.figure.unit != "fraction":
        return series
    return replace(series, values=series.values / 100.0)


def _unit_problem(params: LevelParams, data: Data, closes: Series) -> Finding | None:
    unit, currency = params.figure.unit, params.figure.currency
    facts, name = data.instruments.get(params.symbol), data.name(params.symbol)
    if unit not in UNITS or (unit == "fraction" and facts is not None and facts.kind not in IN_PER_CENT):
        why = f'"{params.figure.text}" is not in the unit of {name}, whose series holds levels.'
        return no_data(why, reason="unit", used=(closes,))
    if unit == "currency" and currency and currency != closes.currency:
        why = f"{name} is quoted in {closes.currency or 'an unknown currency'}, the level in {currency}."
        return no_data(f"{why} No exchange rate is applied.", reason="currency", used=(closes,))
    return None


def _holds(params: LevelParams, point: Point) -> bool:
    if params.relation == "at":
        return inside(params.figure, point.close)
    if not params.crossing:
        return is_beyond(point.close, params.figure.value, params.side)
    return point.before is not None and crosses(point.before, point.close, params.figure.value, params.side)


Judged = tuple[Label, str, str, tuple[NearMiss, ...]]


def _at_close(params: LevelParams, data: Data, closes: Series, point: Point) -> Judged:
    text = _sentence(params, data, point)
    if params.relation == "at":
        outcome, reason = judge_figure(params.figure, point.close)
    elif _holds(params, point):
        outcome, reason = "supported", "exact"
    else:
        crossed = params.crossing and is_beyond(point.close, params.figure.value, params.side)
        outcome, reason = "refuted", "not_crossed" if crossed else "wrong_side"
    if outcome == "supported":
        return outcome, reason, text, ()
    misses = _near_misses(params, data, closes, point)
    reasons = {"intraday": "intraday", "session": "wrong_period", "basis": "split_adjusted"}
    return ("mixed", reasons[misses[0].change], text, misses) if misses else (outcome, reason, text, ())


def _within(params: LevelParams, data: Data, closes: Series, point: Point) -> Judged:
    """ "Briefly above L": the session's low or high; without them the close can only support it."""
    text = _sentence(params, data, point)
    extreme = _extremes(params, data, point)[params.side]
    if _holds(params, point):
        return "supported", "exact", text, ()
    if extreme is None:
        why = f'{text} "{params.figure.text}" speaks of a price within the session; there are closing prices only.'
        return "no_data", "intraday", why, ()
    text = f"{text} The session's {params.side} was {_said(params, extreme)}."
    return ("supported", "exact", text, ()) if _touched(params, data, point) else ("refuted", "not_reached", text, ())


def _extremes(params: LevelParams, data: Data, point: Point) -> dict[Side, float | None]:
    prints = {side: _series(params, data, side) for side in SIDES}
    return {side: series.at(point.session) if series is not None else None for side, series in prints.items()}


def _touched(params: LevelParams, data: Data, point: Point) -> bool:
    """Whether the level was reached within the session, and for a crossing from the other side."""
    found, stated = _extremes(params, data, point), params.figure
    extreme = found[params.side]
    if params.relation == "at":
        low, high = found["low"], found["high"]
        if low is None or high is None:
            return False
        return (stated.low is None or high >= stated.low) and (stated.high is None or low <= stated.high)
    if extreme is None:
        return False
    if params.crossing:
        return point.before is not None and crosses(point.before, extreme, stated.value, params.side)
    return is_beyond(extreme, stated.value, params.side)


def _near_misses(params: LevelParams, data: Data, closes: Series, point: Point) -> tuple[NearMiss, ...]:
    """Where the level is true: within the session, at a neighbouring close, on another share basis."""
    found = []
    extreme = _extremes(params, data, point)[params.side]
    if extreme is not None and _touched(params, data, point):
        sentence = f"Within the session it did: its {params.side} was {_said(params, extreme)}."
        found.append(_miss("intraday", params, point.session, extreme, sentence))
    for steps in NEAREST_FIRST:
        near = point_at(closes, closes.session_offset(point.session, steps))
        if near is not None and data.may_mean(near.session) and _holds(params, near):
            sentence = f"Nearest true statement: {_sentence(params, data, near)}"
            found.append(_miss("session", params, near.session, near.close, sentence))
            break
    adjusted = _adjusted(params, data, point)
    if adjusted is not None and not params.crossing and _holds(params, replace(point, close=adjusted)):
        sentence = "Only the price after later splits fits."
        found.append(_miss("basis", params, point.session, adjusted, sentence))
    return tuple(found)


def _adjusted(params: LevelParams, data: Data, point: Point) -> float | None:
    """The close divided by later splits; None when there were none, or when it is not the close that counts."""
    series = _series(params, data, basis="split_adjusted") if params.price == "close" else None
    value = series.at(point.session) if series is not None else None
    return value if value and abs(point.close / value - 1.0) > NO_SPLIT else None


def _miss(change: str, params: LevelParams, session: date, value: float, sentence: str) -> NearMiss:
    return NearMiss(
        change=change, symbol=params.symbol, window=Window(first=session, last=session), value=value,
        unit=params.figure.unit, currency=params.figure.currency, sentence=sentence,
    )  # fmt: skip


# --- for the first time --------------------------------------------------------------------------------------------


def _first_time(params: LevelParams, data: Data, rows: Series, session: date) -> tuple[Label, str, str]:
    """Label, reason and sentence of "for the first time" (ever, or since a date) at a session where the level holds."""
    named = _named(params.since) if params.since else None
    level = (params.figure.value, params.side)
    found = earlier_passage(rows, session, level, named[1] if named else None, touching=params.relation == "at")
    if found.first:
        text = f"The first such close was {_said(params, rows.at(found.first) or 0.0)} on {found.first}"
        if found.sessions_ago <= NEIGHBOURS:
            return "mixed", "wrong_period", f"{text}."
        again = f", the last one before this on {found.last}" if found.last != found.first else ""
        return "refuted", "not_first", f"{text}{again}."
    facts = data.instruments.get(params.symbol)
    lacking = _lacking(rows, found, named[1] if named else facts.listed if facts else None)
    text = f"The first such close of {found.nobs + 1:,} since {found.begins or session}"
    if lacking:
        return "no_data", "coverage", f"{text}; {lacking}."
    text += f"; the last one before was on {found.before_scope}" if found.before_scope else ""
    modest = named and found.before_scope and found.before_scope < named[0]
    return "supported", "understated" if modest else "exact", f"{text}."


def _named(since: date) -> tuple[date, date]:
    """The month or year that its first day stands for, else the day."""
    if since.day != 1:
        return since, since
    return bounds(since, "year" if since.month == 1 else "month")


def _lacking(rows: Series, found: Passage, needed: date | None) -> str | None:
    """What "first" needs and the data lack; None when they cover it."""
    if needed is None:
        return "the claim needs the series from the listing on, whose date is not in the catalogue"
    if rows.first is None or rows.first > needed:
        return f"the claim needs the series from {needed}"
    return f"sessions without a row that could hide an earlier one: {found.hidden:,}" if found.hidden else None


# --- words and the picture -----------------------------------------------------------------------------------------


def _said(params: LevelParams, value: float) -> str:
    unit = params.figure.unit
    if unit == "fraction":
        return f"{number(value * 100)} %"
    digits = number(value, 2 if abs(params.figure.value) >= 10 else 4)
    return f"{digits} {params.figure.currency}" if unit == "currency" and params.figure.currency else digits


def _sentence(params: LevelParams, data: Data, point: Point) -> str:
    text = f"{data.name(params.symbol)} closed at {_said(params, point.close)} on {point.session}"
    if params.crossing and point.before is not None:
        text += f", after {_said(params, point.before)} on {point.before_session}"
    adjusted = _adjusted(params, data, point)
    if adjusted is not None:
        text += f" (as traded that day; {_said(params, adjusted)} after later splits)"
    missing = shortfall(params.figure, point.close) if _holds(params, point) else 0.0
    if params.relation == "at" and missing:
        word = "short of" if params.figure.qualifier == "at_least" else "above"
        text += f': literally {_said(params, missing)} {word} "{params.figure.text}"'
    if params.relation != "at":
        word = "above" if params.side == "high" else "below"
        there = is_beyond(point.close, params.figure.value, params.side)
        text += f": {'' if there else 'not '}{word} {_said(params, params.figure.value)}"
        text += ", as before" if params.crossing and there and not _holds(params, point) else ""
    return f"{text}."


def _chart(params: LevelParams, data: Data, closes: Series, session: date) -> Chart:
    first, last = closes.session_offset(session, -60), closes.session_offset(session, 20)
    if params.first_time:
        first = params.since
    name = data.name(params.symbol)
    return Chart(
        title=f"{name}, close", unit=params.figure.unit, currency=closes.currency, window=Window(last=session),
        lines=(line(closes.between(first, last), name),), marks=((session, "session"),),
        rules=((params.figure.value, f"stated: {params.figure.text}"),),
    )  # fmt: skip


def variants(params: LevelParams) -> tuple[tuple[str, LevelParams], ...]:
    """By highs or lows, where earlier sessions count and the words do not speak of them already; of a moving average
    one that is a tenth shorter and one that is a tenth longer."""
    if params.average is not None:
        lengths = (round(params.average * 0.9), round(params.average * 1.1))
        return tuple((f"average of {n} sessions", params.model_copy(update={"average": n})) for n in lengths if n > 1)
    if params.relation == "at" or params.figure.qualifier == "up_to" or not (params.crossing or params.first_time):
        return ()
    return ((f"by the sessions' {params.side}s", ByExtremes.model_validate(dict(params))),)


CHECK = Check(
    name="level",
    scale="fact",
    kinds=("level", "record_extreme", "macro"),
    params=LevelParams,
    rule="The close as traded on the day lies in the stated interval, or on the stated side of the threshold.",
    minimum='the close of the session; for a crossing the one before it; for "first" all closes since the listing',
    examples=(
        Example(
            "Der Nasdaq schloss am Mittwoch erstmals über 20.000 Punkten", "de",
            {"symbol": "^IXIC", "session": "2024-12-11", "relation": "crossed_above", "first_time": True,
             "stated": {"text": "20.000 Punkten", "value": 20000.0, "low": 20000.0, "high": 20000.0, "unit": "points",
                        "qualifier": "exact"}},
        ),
        Example(
            "Nvidia shares closed at about $950 the day of the results", "en",
            {"symbol": "NVDA", "session": "2024-05-22", "relation": "at",
             "stated": {"text": "about $950", "value": 950.0, "low": 855.0, "high": 1045.0, "unit": "currency",
                        "currency": "USD", "qualifier": "about"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
