"""Trend and reversal: runs of sessions, a rise or fall of some length, its turn, and whether it can be foretold.

What the claim says
-------------------
streak: so many sessions, weeks or months in a row ("fell for the third straight week", "fünf Tage in Folge"). trend: it
has run one way for some time ("im Aufwärtstrend", "has been falling since March"). reversal: it has turned
("Trendwende", "the tide has turned"). predictable: what has risen goes on to rise, or falls back.

Formula
-------
streak: closes in a row that are all higher, or all lower, than the one before; a period counts when it is over. trend:
the rank test of Mann and Kendall, its variance corrected for dependence by Yue and Wang (2004), on closes by session,
by week above 260 of them; beside it the slope of the log price with Newey-West errors, the return of the past twelve
months without the last, and how often a random walk of the same steps without drift runs one way as much. Least
squares on a price never decides: on random walks it finds trends. reversal: the fall from the high of 252 sessions
(the rise from the low), against what followed; before that, of all earlier moves as large from an extreme of 250
sessions, the share that became a reversal within twelve months, by the stationary bootstrap over cases. predictable:
variance ratios over 2, 5, 10 and 20 sessions, Lo and MacKinlay (1988) with the z for changing variance, jointly by
Chow and Denning (1993).

Rule
----
streak: exactly as many: supported; more, or fewer by a fifth: mixed; fewer, none, or the other way: refuted. trend: the
rank test at 5 % and the two ends say so: supported; both say the opposite: refuted; they disagree: mixed; neither:
inconclusive. reversal: what came first after the session. The old high regained before a fall of 20 % below it:
refuted; a fall of 20 % and the high not regained: supported; both: mixed; neither yet: inconclusive. Which extreme:
the one that the text names, else the more recent of high and low. predictable: the joint test at 5 % on the side that
is claimed: supported; on the other: refuted; else inconclusive.

When it is not testable
-----------------------
A session without a row, fewer than 20 closes of a trend, or 250 for a variance ratio: no_data. An extreme on the first
row of the data, or with fewer than 60 rows: no_data (coverage). A reversal with fewer than 21 sessions after it:
pending, with the base rate, since it is known only afterwards.

What it cannot show
-------------------
Why, and how long it goes on. A trend by this test describes a stretch that is over: it finds one in 33 to 42 of 100
random walks without drift (63 to 252 closes), so how often such a walk runs one way as much is told beside it. A streak
says nothing of the size of the moves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
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
    either,
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
from analyzer.model import Chart, Label, Window
from analyzer.series import to_date
from analyzer.stats.drawdown import ROUNDING
from analyzer.stats.falls import Fall, Sequel, fall_at, sequel
from analyzer.stats.regression import coefficient, hac_covariance, ols, with_constant
from analyzer.stats.rows import row_on_or_before
from analyzer.stats.streaks import Periods, Run, Unit, periods, run_at
from analyzer.stats.tails import p_words
from analyzer.stats.trend import Trend, mann_kendall, momentum, random_walk_share
from analyzer.stats.turns import BaseRate, base_rate, reciprocal
from analyzer.stats.variance_ratio import VarianceRatio, joint_pvalue, variance_ratio

Direction = Literal["up", "down"]
ALPHA = 0.05
KNOWN_AFTER = 21
"""Sessions that must have passed before a reversal is judged: one month."""
TRUSTED = 60
"""Rows from which a high inside the data is taken for the high that the text means."""
RECENT = 126
"""Sessions of a trend whose beginning is not named: half a year."""
BY_SESSION = 260
"""Closes of a trend up to which each session counts; of a longer one each week."""
FEWEST, FEWEST_RATIO = 20, 250
YEAR = 252
SMALL = 0.01
"""A distance from the extreme that is no move yet."""
HORIZONS = (2, 5, 10, 20)
DRAWS = 999


class TrendReversalParams(Params):
    """``symbol`` up to ``session`` (None: the last row).

    streak: ``length`` moves of ``unit`` in a row in ``direction``; ``at_least`` for "more than"; ``ended`` when the
    session is the one that broke it. ``other``: a second session that may be meant. trend: ``direction`` from the close
    of ``base`` (None: half a year). reversal: ``direction`` it turns to (None: away from the more recent extreme),
    by ``size``, a fraction; the extreme is searched from ``start``. predictable: ``tendency`` of returns.
    """

    symbol: str
    mode: Literal["streak", "trend", "reversal", "predictable"]
    session: date | None = None
    other: date | None = None
    direction: Direction | None = None
    length: int | None = Field(default=None, ge=2, le=60)
    unit: Unit = "session"
    at_least: bool = False
    ended: bool = False
    base: date | None = None
    start: date | None = None
    size: float = Field(default=0.20, gt=0.0, lt=1.0)
    word: str = ""
    tendency: Literal["persistent", "reverting"] = "persistent"
    seed: int = 0

    @model_validator(mode="after")
    def _mode_has_what_it_needs(self) -> TrendReversalParams:
        if self.mode == "streak" and (self.length is None or self.direction is None):
            raise ValueError("mode streak needs length and direction")
        if self.mode == "trend" and self.direction is None:
            raise ValueError("mode trend needs direction")
        for name, begin in (("base", self.base), ("start", self.start)):
            if begin is not None and self.session is not None and begin >= self.session:
                raise ValueError(f"{name} ({begin}) must lie before session ({self.session})")
        return self


@dataclass(frozen=True, eq=False)
class _Case:
    """The question, the closes and the session that it is asked of."""

    params: TrendReversalParams
    name: str
    closes: Series
    session: date
    data: Data

    @property
    def rows(self) -> Series:
        return self.closes.between(None, self.session)


def needs(params: TrendReversalParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol),)


def run(params: TrendReversalParams, data: Data) -> Finding:
    closes = data.get(SeriesRequest(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    asked = params.session or closes.last
    assert asked is not None
    first = _at(params, data, closes, asked)
    second = params.other
    if params.mode != "streak" or second is None or closes.at(second) is None:
        return first
    note = only_the_second(None, str(asked), str(second))
    return either(first, lambda: _at(params, data, closes, second), note)


def _at(params: TrendReversalParams, data: Data, closes: Series, asked: date) -> Finding:
    session = row_on_or_before(closes, asked)
    if session is None or asked > data.as_of:
        return missing_sessions(closes, data, asked)
    case = _Case(params, data.name(params.symbol), closes, session, data)
    modes = {"streak": _streak, "trend": _trend, "reversal": _reversal, "predictable": _predictable}
    return modes[params.mode](case)


def _lacking(case: _Case, count: int, need: int, what: str) -> Finding:
    why = f"{case.name} has {count} of the {need} closes up to {case.session} that {what} needs."
    return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=(case.closes,))


# --- streaks --------------------------------------------------------------------------------------------------------


def _streak(case: _Case) -> Finding:
    params = case.params
    length, unit = params.length or 0, params.unit
    found = periods(case.closes, case.session, params.unit, case.data.as_of)
    if len(found.closes) < length + 2 + params.ended:
        return _lacking(case, len(found.closes), length + 2 + params.ended, f"a run of {length} {unit}s")
    got = run_at(found, back=1 if params.ended else 0)
    outcome, reason = _judged_run(params, got, run_at(found))
    return Finding(
        outcome=outcome, reason=reason, summary=_streak_words(case, found, got),
        statistic=statistic("run_length", float(got.way * got.length)),
        observed=observed(float(got.length if _is_claimed(params, got) else 0), "count"),
        window=Window(base=got.base, first=got.base, last=to_date(found.dates[-1])), reach=got.as_long,
        nobs=len(found.closes), used=(case.closes,), chart=_streak_chart(case, found, got),
    )  # fmt: skip


def _is_claimed(params: TrendReversalParams, got: Run) -> bool:
    return got.way == (1 if params.direction == "up" else -1)


def _judged_run(params: TrendReversalParams, got: Run, last: Run) -> tuple[Label, str]:
    length = params.length or 0
    if not _is_claimed(params, got):
        return "refuted", "wrong_sign"
    if params.ended and last.way == got.way:
        return "refuted", "not_ended"
    if got.length == length or (params.at_least and got.length > length):
        return "supported", "exact"
    if got.length > length:
        return "mixed", "understated"
    return ("mixed" if got.length >= 0.8 * length else "refuted"), "overstated"


def _streak_words(case: _Case, found: Periods, got: Run) -> str:
    params, unit = case.params, case.params.unit
    end = to_date(found.dates[-2 if params.ended else -1])
    if got.way == 0:
        return f"{case.name} closed unchanged in the {unit} that ended on {end}: no run. {_streak_rule(params)}"
    way = "up" if got.way > 0 else "down"
    said = (
        f"{case.name} closed {way} {got.length} {unit}{'s' if got.length > 1 else ''} in a row up to {end} "
        f"({percent(got.change)} from the close of {got.base})"
    )
    if got.length >= 3 and got.as_long is not None:
        said += f", the longest such run since the one that had lasted as long on {got.as_long}"
    elif got.length >= 3:
        said += f", the longest such run since {to_date(found.dates[0])}, where these data begin"
    if params.ended:
        move = float(found.closes[-1] / found.closes[-2] - 1.0)
        said += f"; the next {unit} it moved {percent(move)}"
    return f"{said}. {_streak_rule(params)}"


def _streak_rule(params: TrendReversalParams) -> str:
    more = " or more" if params.at_least else ""
    ended = ", ended then" if params.ended else ""
    return (
        f'By the rule "{params.length}{more} {params.unit}s in a row {params.direction}{ended}" each close is '
        "set against the one before."
    )


def _streak_chart(case: _Case, found: Periods, got: Run) -> Chart:
    shown = case.closes.between(to_date(found.dates[max(0, len(found.dates) - 40)]), case.session)
    marks = ((got.base, "run begins"),) if got.base is not None and shown.first and got.base >= shown.first else ()
    return Chart(
        title=f"{case.name}, close", unit="points", currency=case.closes.currency, lines=(line(shown, case.name),),
        marks=marks, window=Window(first=shown.first, last=case.session),
    )  # fmt: skip


# --- trends ---------------------------------------------------------------------------------------------------------


def _trend(case: _Case) -> Finding:
    params, rows = case.params, case.rows
    first = params.base or case.closes.session_offset(case.session, -RECENT)
    if first is not None and params.base is not None:
        first = case.closes.session_on_or_before(first) or first
    stretch = rows.between(first, None)
    covered = first is not None and rows.first is not None and rows.first <= first
    if not covered or len(stretch) < FEWEST:
        return _lacking(case, len(stretch), FEWEST if params.base is not None else RECENT + 1, "a trend")
    if not np.ptp(stretch.values) > 0:
        return no_data(f"{case.name} did not move between {stretch.first} and {stretch.last}.", used=(case.closes,))
    taken = stretch if len(stretch) <= BY_SESSION else _weekly(stretch)
    found = mann_kendall(taken.values)
    change = float(stretch.values[-1] / stretch.values[0] - 1.0)
    outcome, reason = _judged_trend(params, found, change)
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("kendall_tau", found.tau),
        observed=observed(change, "fraction"), pvalue=found.pvalue, nobs=len(taken), used=(case.closes,),
        window=Window(base=stretch.first, first=stretch.first, last=case.session),
        null_hypothesis="The closes of the stretch rise as often as they fall, over all pairs.",
        summary=_trend_words(case, stretch, taken, found), caveats=_trend_caveats(case, taken),
        chart=_trend_chart(case, stretch),
    )  # fmt: skip


def _weekly(stretch: Series) -> Series:
    """The last close of each week, and the first row."""
    weeks = (stretch.dates - np.datetime64("1970-01-05", "D")).astype(int) // 7
    keep = np.append(weeks[1:] != weeks[:-1], True)
    keep[0] = True
    return replace(stretch, dates=stretch.dates[keep], values=stretch.values[keep])


def _judged_trend(params: TrendReversalParams, found: Trend, change: float) -> tuple[Label, str]:
    way = 1 if params.direction == "up" else -1
    ranks = (1 if found.z > 0 else -1) if found.pvalue < ALPHA else 0
    ends = 1 if change > 0 else -1 if change < 0 else 0
    if ranks == 0:
        return "inconclusive", "not_significant"
    if ranks == way:
        return ("supported", "significant") if ends == way else ("mixed", "tests_disagree")
    return ("refuted", "wrong_sign") if ends != way else ("mixed", "tests_disagree")


def _trend_words(case: _Case, stretch: Series, taken: Series, found: Trend) -> str:
    every = "sessions" if taken is stretch else "weeks"
    change = float(stretch.values[-1] / stretch.values[0] - 1.0)
    rising = (1.0 + found.tau) / 2.0
    evidence = "no evidence of a trend either way"
    if found.pvalue < ALPHA:
        evidence = f"evidence of a trend {'up' if found.z > 0 else 'down'}"
    return (
        f"{case.name} moved {percent(change)} from the close of {stretch.first} to {stretch.last}; of all pairs of its "
        f"{len(taken)} {every} the later close was the higher in about {rising:.0%} (Kendall's tau {found.tau:+.2f}, "
        f"{p_words(found.pvalue)}){_slope_words(taken, every)}. By the rule \"the rank test at 5 % and both ends\": "
        f"{evidence}."
    ).replace("tau -", "tau −")  # fmt: skip


def _slope_words(taken: Series, every: str) -> str:
    """The slope of the log price a year, with Newey-West errors: beside the test, deciding nothing."""
    if (taken.values <= 0).any():
        return ""
    fit = ols(np.log(taken.values), with_constant(np.arange(len(taken), dtype=float)))
    slope = coefficient(fit, 1, hac_covariance(fit))
    year = YEAR if every == "sessions" else 52
    return f"; slope of the log price {percent(slope.value * year, 0)} a year, ± {1.96 * slope.error * year:.0%}"


def _trend_caveats(case: _Case, taken: Series) -> tuple[str, ...]:
    params = case.params
    scale = np.log(taken.values) if (taken.values > 0).all() else taken.values
    share = random_walk_share(scale, DRAWS, params.seed)
    said = [
        f"a random walk of the same steps without drift runs one way as much in {share:.0%} of {DRAWS} draws (seed "
        f"{params.seed}): the test describes a stretch that is over and foretells nothing"
    ]
    past = momentum(case.rows.values)
    if past is not None:
        said.append(f"return of the past twelve months without the last: {percent(past)}")
    if params.base is None:
        said.append(f"no beginning is stated: the last {RECENT} sessions")
    return tuple(said)


def _trend_chart(case: _Case, stretch: Series) -> Chart:
    before = case.closes.session_offset(stretch.first, -20) if stretch.first else None
    shown = case.closes.between(before, case.session)
    marks = ((stretch.first, "from here"),) if stretch.first else ()
    return Chart(
        title=f"{case.name}, close", unit="points", currency=case.closes.currency, lines=(line(shown, case.name),),
        marks=marks, window=Window(first=stretch.first, last=case.session),
    )  # fmt: skip


# --- reversals ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Turn:
    """A fall from a high; of a turn upwards, the fall of the reciprocal price from its high."""

    case: _Case
    fall: Fall
    up: bool

    @property
    def threshold(self) -> float:
        size = self.case.params.size
        return 1.0 / (1.0 + size) - 1.0 if self.up else -size

    def move(self, depth: float) -> float:
        """A depth of the fall as a move of the price itself."""
        return 1.0 / (1.0 + depth) - 1.0 if self.up else depth

    @property
    def extreme(self) -> str:
        return "low" if self.up else "high"

    @property
    def price(self) -> float:
        return 1.0 / self.fall.high if self.up else self.fall.high


def _reversal(case: _Case) -> Finding:
    turn = _turn(case)
    if turn is None:
        return _lacking(case, len(case.rows), 2, "a reversal")
    fall = turn.fall
    trusted = fall.covered or (fall.peak != fall.closes.first and len(fall.rows) >= TRUSTED)
    if not trusted:
        return _not_covered(turn)
    after = sequel(fall, turn.threshold)
    already = fall.depth <= turn.threshold + ROUNDING
    way = "up" if turn.up else "down"
    rule = (
        f' By the rule "a move of {percent(turn.move(turn.threshold), 0)} from the earlier {turn.extreme} before that '
        f'{turn.extreme} is reached again" it has turned {way}'
    )
    start = (
        f"{case.name} had its {turn.extreme} of {number(turn.price)} on {fall.peak} and stood at "
        f"{percent(turn.move(fall.depth))} from it on {fall.session}"
    )
    if after is None or len(fall.later) < KNOWN_AFTER:
        rate = _rate(turn)
        said = f"{start}; {len(fall.later)} of {KNOWN_AFTER} sessions have passed since: known only afterwards."
        return _turned(turn, "pending", "known_afterwards", f"{said}{_rate_words(turn, rate)}{rule} or not.", rate)
    outcome, reason = _what_came_first(turn, after, already=already)
    fell = "" if already or after.fell is None else f" ({percent(turn.move(turn.threshold), 0)} on {after.fell})"
    end = "it reached that {0} again on {1}" if after.regained else "that {0} was not reached again by {1}"
    end = end.format(turn.extreme, after.regained or after.last)
    far = f"farthest afterwards it was {percent(turn.move(after.deepest))} from it on {after.trough}{fell}"
    verdict = {"supported": "", "refuted": ": it has not", "mixed": ", and back again"}.get(outcome, ": open yet")
    return _turned(turn, outcome, reason, f"{start}; {far}, and {end}.{rule}{verdict}.", _rate(turn))


def _turn(case: _Case) -> _Turn | None:
    """The extreme that the text means; where it does not say, the more recent one of high and low."""
    down = _fall(case, up=False)
    if case.params.direction == "down" or down is None or (case.closes.values <= 0).any():
        return down
    up = _fall(case, up=True)
    if case.params.direction == "up" or up is None:
        return up
    return up if up.fall.peak > down.fall.peak else down


def _fall(case: _Case, *, up: bool) -> _Turn | None:
    params, closes = case.params, reciprocal(case.closes) if up else case.closes
    size = params.size
    facts = case.data.instruments.get(params.symbol)
    threshold = 1.0 / (1.0 + size) - 1.0 if up else -size
    found = fall_at(closes, case.session, threshold, start=params.start, listed=facts.listed if facts else None)
    return None if found is None else _Turn(case, found, up)


def _not_covered(turn: _Turn) -> Finding:
    case, fall = turn.case, turn.fall
    why = (
        f"{case.name} ({case.closes.symbol}) begins on {case.closes.first} in these data: in them it stood "
        f"{percent(turn.move(fall.depth))} from the {turn.extreme} of {fall.peak} on {fall.session}, but an earlier "
        f"{turn.extreme} may go beyond it. Try: --data FOLDER with earlier dates."
    )
    window = Window(base=fall.peak, first=fall.peak, last=fall.session)
    return no_data(why, reason="coverage", window=window, used=(case.closes,))


def _what_came_first(turn: _Turn, after: Sequel, *, already: bool) -> tuple[Label, str]:
    moved = already or after.fell is not None
    if turn.up:
        gone, back, both = "rose", "low_again", "rose_and_fell_back"
    else:
        gone, back, both = "fell", "regained", "fell_and_regained"
    if after.regained is not None:
        return ("mixed", both) if moved else ("refuted", back)
    return ("supported", gone) if moved else ("inconclusive", "undecided")


def _rate(turn: _Turn) -> BaseRate | None:
    """The base rate on what was known at the session; None where there is no move yet, or it is a reversal already."""
    fall = turn.fall
    if not turn.threshold + ROUNDING < fall.depth <= -SMALL:
        return None
    known = fall.closes.between(None, fall.session).values
    return base_rate(known, fall.depth, turn.threshold, YEAR, seed=turn.case.params.seed)


def _rate_words(turn: _Turn, rate: BaseRate | None) -> str:
    if rate is None:
        why = "it stood at the extreme" if turn.fall.depth > -SMALL else "the move is as large already"
        return f" No base rate: {why}."
    if rate.interval is None:
        return f" No base rate: {rate.cases} earlier moves of this size in these data, 10 are needed."
    return (
        f" Of {rate.cases} earlier moves of this size from a {turn.extreme} of 250 sessions {rate.turns} became a "
        f"reversal within twelve months: {rate.share:.0%} "
        f"(95 % interval {rate.interval.low:.0%} to {rate.interval.high:.0%})."
    )


def _turned(turn: _Turn, outcome: Label, reason: str, said: str, rate: BaseRate | None) -> Finding:
    case, fall = turn.case, turn.fall
    caveats = [] if fall.covered else [f"the {turn.extreme} is that of the closes since {case.closes.first}"]
    if outcome != "pending" and rate is not None and rate.interval is not None:
        caveats.append(_rate_words(turn, rate).strip())
    if rate is not None and rate.interval is not None:
        caveats.append(f"the interval is drawn from blocks of the cases, seed {case.params.seed}")
    return Finding(
        outcome=outcome, reason=reason, summary=said, window=Window(base=fall.peak, first=fall.peak, last=fall.session),
        nobs=len(fall.rows), statistic=statistic("move_from_extreme", turn.move(fall.depth)), caveats=tuple(caveats),
        observed=observed(turn.move(fall.depth), "fraction"), used=(case.closes,), chart=_turn_chart(turn),
    )  # fmt: skip


def _turn_chart(turn: _Turn) -> Chart:
    case, fall = turn.case, turn.fall
    shown = case.closes.between(case.closes.session_offset(fall.peak, -60), None)
    mark = turn.price * (1.0 + turn.move(turn.threshold))
    return Chart(
        title=f"{case.name}, close", unit="points", currency=case.closes.currency, lines=(line(shown, case.name),),
        marks=((fall.peak, turn.extreme), (fall.session, "statement")),
        window=Window(base=fall.peak, first=fall.peak, last=fall.session),
        rules=((turn.price, turn.extreme), (mark, percent(turn.move(turn.threshold), 0))),
    )  # fmt: skip


# --- predictability -------------------------------------------------------------------------------------------------


def _predictable(case: _Case) -> Finding:
    params, rows = case.params, case.rows.between(case.params.base, None)
    if len(rows) < FEWEST_RATIO:
        return _lacking(case, len(rows), FEWEST_RATIO, "a variance ratio")
    if (rows.values <= 0).any() or not np.ptp(rows.values) > 0:
        return no_data(f"{case.name} has no returns: a price is not positive, or none moved.", used=(case.closes,))
    logs = np.log(rows.values)
    ratios = tuple(variance_ratio(logs, q) for q in HORIZONS)
    pvalue, far = joint_pvalue(ratios), max(ratios, key=lambda r: abs(r.z))
    outcome: Label = "inconclusive"
    reason = "not_significant"
    if pvalue < ALPHA:
        right = (far.ratio > 1.0) == (params.tendency == "persistent")
        outcome, reason = ("supported", "significant") if right else ("refuted", "wrong_sign")
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("largest_z", far.z), pvalue=pvalue, nobs=len(rows) - 1,
        observed=observed(far.ratio - 1.0, "fraction"), used=(case.closes,),
        window=Window(base=rows.first, first=rows.first, last=case.session),
        null_hypothesis="Returns cannot be foretold from those before: all variance ratios are 1.",
        summary=_ratio_words(case, rows, ratios, pvalue, reason),
        caveats=("closes only: stale prices of an index make returns look alike from day to day",),
        chart=_trend_chart(case, rows),
    )  # fmt: skip


def _ratio_words(case: _Case, rows: Series, ratios: tuple[VarianceRatio, ...], pvalue: float, reason: str) -> str:
    listed = ", ".join(f"{r.ratio:.2f} over {r.horizon} (z {r.z:+.1f})" for r in ratios).replace("z -", "z −")
    way = "go on in the same direction" if case.params.tendency == "persistent" else "are followed by their opposite"
    seen = max(1.96 * r.error for r in ratios)
    verdict = {
        "significant": "evidence for it",
        "wrong_sign": "evidence of the opposite",
    }.get(reason, f"no evidence; a ratio within {seen:.2f} of 1 cannot be told from 1 in this sample")
    return (
        f"{case.name}, {len(rows) - 1} returns from {rows.first} to {rows.last}: variance ratios {listed} sessions; "
        f'jointly {p_words(pvalue)}. By the rule "moves {way}, at 5 %": {verdict}.'
    )


def variants(params: TrendReversalParams) -> tuple[tuple[str, TrendReversalParams], ...]:
    """Other lengths of a trend whose beginning is not named, and other sizes of a reversal."""
    if params.mode == "reversal" and params.start is None:
        sizes = [s for s in (0.10, 0.15, 0.20) if s != params.size]
        return tuple((f"a reversal of {s:.0%}", params.model_copy(update={"size": s})) for s in sizes)
    return ()


CHECK = Check(
    name="trend_reversal",
    scale="pattern",
    kinds=("trend_regime", "bubble_valuation"),
    params=TrendReversalParams,
    rule="A streak is counted in closes that are over; a trend is the rank test of Mann and Kendall with the variance "
    "of "
    "Yue and Wang at 5 %, and both ends; a reversal is a move of 20 % from the earlier extreme before that is reached "
    "again; returns can be foretold when variance ratios jointly differ from 1 at 5 %.",
    minimum="the closes of the run and one more; 20 closes of a trend; for a reversal 21 sessions after it; 250 "
    "returns",
    examples=(
        Example(
            "The S&P 500 fell for the third straight week.", "en",
            {"symbol": "^GSPC", "mode": "streak", "direction": "down", "length": 3, "unit": "week",
             "session": "2025-03-07"},
        ),
        Example(
            "Der Dax befindet sich im Aufwärtstrend.", "de",
            {"symbol": "^GDAXI", "mode": "trend", "direction": "up", "session": "2025-01-27"},
        ),
        Example(
            "Ist das der Anfang einer Trendwende?", "de",
            {"symbol": "NVDA", "mode": "reversal", "session": "2025-01-27", "word": "trend reversal"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
