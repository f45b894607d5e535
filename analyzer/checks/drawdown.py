"""Drawdown: bear market, correction.

What the claim says
-------------------
An instrument stands so far below its high ("gut ein Viertel unter dem Rekord"), or has passed a threshold that has a
name ("the Nasdaq is in a correction", "Bärenmarkt"). Whether it has turned is asked by ``trend_reversal``.

Formula
-------
``DD_t = P_t / max_{s<=t} P_s - 1`` on split-adjusted closes, the high searched from ``start`` on, else in the 252
sessions up to the day of the statement. A threshold is crossed at the first close at or below it. Threshold filter:
Lunde and Timmermann, Duration dependence in stock prices, Journal of Business and Economic Statistics 22 (2004).

Rule
----
By convention a correction is a fall of 10 %, a bear market (and a crash, which has no definition) one of 20 %, by
close. crossed: reached between the running high and the session: supported; a deepest fall of at least 0.8 of the
threshold: mixed; else refuted. size: the stated interval contains the drawdown at the session's close: supported;
within 0.8 to 1.25 of it, or true of one of the five sessions before or of the lowest close since the high: mixed; else
refuted.

When it is not testable
-----------------------
A session without a row: no_data. A threshold not reached, or a high on the first row, in data that do not cover the
whole search: no_data (coverage), because an earlier high may have been higher. "Up to 20 %" with closes only: no_data
(intraday), if they stay above.

What it cannot show
-------------------
Whether the price was too high before, what brought it down, or whether lows within a session went deeper. A bear market
is dated from its peak, but known only at its crossing: both dates are given.
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
    SeriesRequest,
    either,
    judge_figure,
    line,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    only_the_second,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, NearMiss, Stated, Window
from analyzer.stats.drawdown import ROUNDING
from analyzer.stats.falls import Fall, Sequel, fall_at, sequel
from analyzer.stats.rows import row_on_or_before

NEIGHBOURS = 5
TRUSTED = 60
"""Rows from which a high inside the data is taken for the high that the text means."""
CORRECTION, BEAR_MARKET = -0.10, -0.20
NAMES = {CORRECTION: "correction", BEAR_MARKET: "bear market"}


class DrawdownParams(Params):
    """``symbol`` below its high on ``session`` (None: the last row); ``threshold`` is a negative fraction.

    ``stated`` (mode size) is the drawdown as a negative fraction; ``word`` is the text's word, which chooses the
    threshold when none is given.
    """

    symbol: str
    mode: Literal["crossed", "size"]
    threshold: float | None = Field(default=None, gt=-1.0, lt=0.0)
    session: date | None = None
    or_session: date | None = None
    """The second reading of a text that names no day: the day that it was written on."""
    start: date | None = None
    stated: Stated | None = None
    word: str = ""

    @model_validator(mode="after")
    def _size_has_a_figure(self) -> DrawdownParams:
        said = self.stated
        if self.mode == "size" and (said is None or said.unit != "fraction" or said.value >= 0):
            raise ValueError("mode size needs stated, a negative fraction: 13 % below the high is -0.13")
        if self.start is not None and self.session is not None and self.start >= self.session:
            raise ValueError(f"start ({self.start}) must lie before session ({self.session})")
        return self

    @property
    def limit(self) -> float:
        if self.threshold is not None:
            return self.threshold
        return CORRECTION if self.word.strip().lower() in ("correction", "korrektur") else BEAR_MARKET

    @property
    def rule(self) -> str:
        """What the threshold is called; a word without a definition is said to be judged by it."""
        usual, word = NAMES.get(round(self.limit, 4)), self.word.strip()
        name = f'taken for "{word}"' if word and word.lower() != usual else f"of a {usual}" if usual else "of the text"
        return f"the threshold {name} ({percent(self.limit, 0)} by close)"


@dataclass(frozen=True, eq=False)
class _Case:
    """The question, the instrument's name and the fall that the session stands in."""

    params: DrawdownParams
    name: str
    fall: Fall

    @property
    def window(self) -> Window:
        return Window(base=self.fall.peak, first=self.fall.peak, last=self.fall.session)


def needs(params: DrawdownParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol),)


def run(params: DrawdownParams, data: Data) -> Finding:
    first = _one_reading(params, data)
    if params.or_session is None:
        return first
    other = params.model_copy(update={"session": params.or_session, "or_session": None})
    note = only_the_second(None, str(params.session), str(params.or_session))
    return either(first, lambda: _one_reading(other, data), note, params.stated)


def _one_reading(params: DrawdownParams, data: Data) -> Finding:
    closes = data.get(SeriesRequest(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    asked = params.session or closes.last
    assert asked is not None
    session = row_on_or_before(closes, asked)
    if session is None or asked > data.as_of:
        return missing_sessions(closes, data, asked)
    facts, name = data.instruments.get(params.symbol), data.name(params.symbol)
    fall = fall_at(closes, session, params.limit, start=params.start, listed=facts.listed if facts else None)
    if fall is None:
        why = f"{name}: fewer than two closes up to {session}. Try: --data FOLDER."
        return no_data(why, reason="span", used=(closes,))
    case = _Case(params, name, fall)
    if not _covered_enough(case):
        return _not_covered(case)
    return {"crossed": _crossed, "size": _size}[params.mode](case)


def _covered_enough(case: _Case) -> bool:
    """Without cover a threshold that was reached stays reached; a size needs a high inside the data."""
    fall, crossed = case.fall, case.params.mode == "crossed"
    if fall.covered or (crossed and fall.crossing is not None):
        return True
    return not crossed and fall.peak != fall.closes.first and len(fall.rows) >= TRUSTED


def _not_covered(case: _Case) -> Finding:
    fall = case.fall
    why = (
        f"{case.name} ({fall.closes.symbol}) begins on {fall.closes.first} in these data: in them it stood "
        f"{percent(fall.depth)} from the high of {fall.peak} on {fall.session}, but an earlier high may have been "
        "higher. Try: --data FOLDER with earlier dates."
    )
    return no_data(why, reason="coverage", window=case.window, used=(fall.closes,))


def _crossed(case: _Case) -> Finding:
    fall, limit = case.fall, case.params.limit
    later = _later(fall, sequel(fall, limit))
    if fall.crossing is not None:
        said = (
            f"{case.name} closed at its high of {number(fall.high)} on {fall.peak} and reached {case.params.rule} on "
            f"{fall.crossing} with {percent(fall.depth_on(fall.crossing))}; on {fall.session} it stood at "
            f"{percent(fall.depth)}.{later}"
        )
        return _finding(case, "supported", "crossed", said)
    outcome: Label = "mixed" if fall.deepest <= 0.8 * limit + ROUNDING else "refuted"
    lowest = "" if fall.trough == fall.session else f", at its lowest at {percent(fall.deepest)} ({fall.trough})"
    said = (
        f"{case.name} stood at {percent(fall.depth)} from its high of {number(fall.high)} ({fall.peak}) on "
        f"{fall.session}{lowest}: short of {case.params.rule}.{later}"
    )
    return _finding(case, outcome, "overstated", said, _smaller(case))


def _later(fall: Fall, after: Sequel | None) -> str:
    """What came after the session, in data up to the as-of date."""
    if after is None:
        return ""
    until = f"; the high was regained on {after.regained}" if after.regained else f", to {after.last}"
    return f" Later the lowest close was {percent(after.deepest)} from that high on {after.trough}{until}."


def _smaller(case: _Case) -> tuple[NearMiss, ...]:
    """The smaller threshold with a name that was reached."""
    fall = case.fall
    if case.params.limit >= CORRECTION or fall.deepest > CORRECTION:
        return ()
    smaller = fall_at(fall.closes, fall.session, CORRECTION, start=fall.peak)
    assert smaller is not None
    assert smaller.crossing is not None
    said = f"a correction ({percent(CORRECTION, 0)}) was reached on {smaller.crossing}."
    return (_miss(fall, "threshold", smaller.crossing, said),)


def _miss(fall: Fall, change: str, session: date, said: str) -> NearMiss:
    return NearMiss(
        change=change, symbol=fall.closes.symbol, window=Window(base=fall.peak, last=session),
        value=fall.depth_on(session), unit="fraction", sentence=f"Nearest true statement: {said}",
    )  # fmt: skip


def _size(case: _Case) -> Finding:
    stated, fall = case.params.stated, case.fall
    assert stated is not None
    if stated.qualifier == "up_to":
        return _extreme(case, stated)
    outcome, reason = judge_figure(stated, fall.depth)
    misses = () if outcome == "supported" else _other_sessions(fall, stated)
    if misses:
        outcome, reason = "mixed", "wrong_period"
    said = (
        f"{case.name} stood at {percent(fall.depth)} from its high at the close of {fall.session}: {number(fall.high)} "
        f"on {fall.peak}, {number(float(fall.rows.values[-1]))} on {fall.session}."
    )
    if fall.trough != fall.session:
        said += f" The lowest close in between was {percent(fall.deepest)} on {fall.trough}."
    return _finding(case, outcome, reason, " ".join([said, *(m.sentence for m in misses)]), misses)


def _other_sessions(fall: Fall, stated: Stated) -> tuple[NearMiss, ...]:
    """The lowest close since the high, or one of the sessions just before, of which the figure is true."""
    for session in (fall.trough, *fall.before(NEIGHBOURS)):
        value = fall.depth_on(session)
        if judge_figure(stated, value)[0] == "supported":
            return (_miss(fall, "session", session, f"{percent(value)} from the high on {session}."),)
    return ()


def _extreme(case: _Case, stated: Stated) -> Finding:
    """ "Up to 20 %": the lowest close since the high can bear it out, never refute it: lows may have gone deeper."""
    fall = case.fall
    said = f"{case.name} closed as low as {percent(fall.deepest)} from its high of {fall.peak}, on {fall.trough}"
    if judge_figure(stated, fall.deepest)[0] == "supported" or fall.deepest < stated.value:
        reason = "understated" if fall.deepest < 1.25 * stated.value else "rounded"
        return _finding(case, "supported", reason, said + ".")
    why = f'{said}; "{stated.text}" speaks of an extreme within a session, and there are closing prices only.'
    return no_data(why, reason="intraday", window=case.window, used=(fall.closes,))


def _finding(case: _Case, outcome: Label, reason: str, said: str, misses: tuple[NearMiss, ...] = ()) -> Finding:
    fall = case.fall
    return Finding(
        outcome=outcome, reason=reason, summary=said, window=case.window, near_misses=misses, nobs=len(fall.rows),
        statistic=statistic("drawdown", fall.depth), observed=observed(fall.depth, "fraction"), caveats=_caveats(case),
        used=(fall.closes,), chart=_chart(case),
    )  # fmt: skip


def _caveats(case: _Case) -> tuple[str, ...]:
    fall, params = case.fall, case.params
    said = [] if fall.covered else [f"the high is the highest close since {fall.closes.first}, where these data begin"]
    if params.threshold is None and params.mode != "size":
        said.append(f"threshold by default: {percent(params.limit, 0)} from the high, by close")
    rise = (1.0 + fall.depth) / (1.0 + fall.deepest) - 1.0
    if params.mode == "crossed" and rise >= -params.limit:
        said.append(f"by {fall.session} it had risen {percent(rise)} from its low of {fall.trough}")
    return tuple(said)


def _chart(case: _Case) -> Chart:
    fall, limit = case.fall, case.params.limit
    first = fall.closes.session_offset(fall.peak, -60)
    shown = fall.closes.between(first, fall.session)
    return Chart(
        title=f"{case.name}, close", unit="points", currency=fall.closes.currency, lines=(line(shown, case.name),),
        marks=((fall.peak, "high"), (fall.session, "statement")), window=case.window,
        rules=((fall.high, "high"), (fall.high * (1.0 + limit), percent(limit, 0))),
    )  # fmt: skip


def variants(params: DrawdownParams) -> tuple[tuple[str, DrawdownParams], ...]:
    """The high of half a year and of two years, when the text names neither a start nor leaves the day open."""
    if params.start is not None or params.session is None:
        return ()
    spans = (("high of half a year", 182), ("high of two years", 730))
    return tuple(
        (name, params.model_copy(update={"start": params.session - timedelta(days=days)})) for name, days in spans
    )


CHECK = Check(
    name="drawdown",
    scale="fact",
    kinds=("trend_regime", "bubble_valuation", "quantitative_move"),
    params=DrawdownParams,
    rule="The fall from the running high, by close, reaches the threshold (correction 10 %, bear market 20 %) or the "
    "stated size.",
    minimum="closes from the high to the session",
    examples=(
        Example(
            "Der S&P 500 steckt im Bärenmarkt", "de",
            {"symbol": "^GSPC", "mode": "crossed", "threshold": -0.2, "session": "2025-04-08", "word": "bear market"},
        ),
        Example(
            "The index is more than 13 percent below its December peak", "en",
            {"symbol": "^IXIC", "mode": "size", "session": "2025-03-10",
             "stated": {"text": "more than 13 percent", "value": -0.13, "low": None, "high": -0.125, "unit": "fraction",
                        "qualifier": "at_least"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
