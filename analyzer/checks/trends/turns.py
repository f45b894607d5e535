"""A move from a high or a low, and whether it became a reversal."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.checks.base import Finding, line, no_data, number, observed, percent, statistic
from analyzer.checks.trends.case import YEAR, Case, lacking
from analyzer.model import Chart, Label, Window
from analyzer.stats.drawdown import ROUNDING
from analyzer.stats.falls import Fall, Sequel, fall_at, sequel
from analyzer.stats.turns import BaseRate, base_rate, reciprocal

KNOWN_AFTER = 21
"""Sessions that must have passed before a reversal is judged: one month."""
TRUSTED = 60
"""Rows from which a high inside the data is taken for the high that the text means."""
SMALL = 0.01
"""A distance from the extreme that is no move yet."""


@dataclass(frozen=True, eq=False)
class _Turn:
    """A fall from a high; of a turn upwards, the fall of the reciprocal price from its high."""

    case: Case
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


def reversal(case: Case) -> Finding:
    turn = _turn(case)
    if turn is None:
        return lacking(case, len(case.rows), 2, "a reversal")
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


def _turn(case: Case) -> _Turn | None:
    """The extreme that the text means; where it does not say, the more recent one of high and low."""
    down = _fall(case, up=False)
    if case.params.direction == "down" or down is None or (case.closes.values <= 0).any():
        return down
    up = _fall(case, up=True)
    if case.params.direction == "up" or up is None:
        return up
    return up if up.fall.peak > down.fall.peak else down


def _fall(case: Case, *, up: bool) -> _Turn | None:
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
