"""common_moves: the rise or fall of one series that is said to have borne on others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.phrases import phrases
from analyzer.extract.relations import AHEAD, NO_LONGER
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.sessions import session_back
from analyzer.extract.things import Thing, things_in
from analyzer.extract.view import Clause
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Direction, Directness

PRESSES, LIFTS, CAUSE_OF = phrases("presses_on"), phrases("lifts_up"), phrases("cause_of_it")
FELL, ROSE = phrases("fall_of_an_effect"), phrases("rise_of_an_effect")
HIGHER, LOWER = phrases("higher_as_a_cause"), phrases("lower_as_a_cause")
BRACKETS = re.compile(r"\([^()]*\)")
MOST = 4


def pressures(context: Context) -> list[Draft]:
    """A series whose way is told, a verb of pressure or support or "the cause of", and the series behind it."""
    clause = context.clause
    found = _parted(clause)
    if (
        found is None
        or clause.figures
        or clause.is_question
        or _is_not_said(clause)
        or context.claim.modality == "denied"
    ):
        return []
    before, behind, way = found
    causes, effects = (things_in(part, context.available) for part in (before, behind))
    led = _way(before)
    effect_way = way or _effect_way(behind)
    if len(causes) != 1 or not effects or len(effects) > MOST or led is None or effect_way is None:
        return []
    cause = causes[0]
    window = _window(context, cause.instrument)
    if window is None or not _are_told_apart(cause, effects):
        return []
    base, last, basis = window
    params: dict[str, Any] = {
        "symbol": cause.instrument.symbol, "direction": _turned(led, cause), "base": base, "last": last,
        "others": tuple(t.instrument.symbol for t in effects), "other_direction": _turned(effect_way, effects[0]),
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": cause.basis, "others": effects[0].basis, "direction": "quote", "other_direction": "quote",
        "base": basis, "last": basis,
    }  # fmt: skip
    assumed = tuple(t.assumed for t in (cause, *effects) if t.assumed)
    why = "did they move as is said, and do they move together"
    # of whatever kind the claim was read to be, a cause is the most that it states
    directness: Directness = "statistical" if context.claim.kind == "causal" else "proxy"
    return [Draft("common_moves", params, marks, directness=directness, why=why, assumed=assumed)]


def _is_not_said(clause: Clause) -> bool:
    """Denied, asked or to come; what stands in brackets qualifies it only: "the chief (but not sole) cause"."""
    text = BRACKETS.sub(" ", clause.text)
    return clause.is_question or NO_LONGER.search(text) is not None or AHEAD.search(text) is not None


def _parted(clause: Clause) -> tuple[Clause, Clause, Direction | None] | None:
    """What stands before and behind the one verb, and the way it says of what is behind."""
    found: list[tuple[re.Match[str], Direction | None]] = []
    for words, way in ((PRESSES, "down"), (LIFTS, "up"), (CAUSE_OF, None)):
        found += [(m, way) for m in words.finditer(clause.text)]  # type: ignore[misc]
    if len(found) != 1:
        return None
    match, way = found[0]
    at, end = clause.start + match.start(), clause.start + match.end()
    if not clause.start < at < end < clause.end:
        return None
    return clause.view.clause(clause.start, at), clause.view.clause(end, clause.end), way


def _way(part: Clause) -> Direction | None:
    """The one way that the words before the verb say of the cause."""
    ways: set[Direction] = {"down" if c.heading in DOWN else "up" for c in part.cues if c.heading in (*DOWN, *UP)}
    ways |= {way for way, words in (("up", HIGHER), ("down", LOWER)) if words.search(part.text)}  # type: ignore[misc]
    return next(iter(ways)) if len(ways) == 1 else None


def _effect_way(part: Clause) -> Direction | None:
    fell, rose = FELL.search(part.text), ROSE.search(part.text)
    return None if (fell is None) == (rose is None) else "down" if fell else "up"


def _turned(way: Direction, thing: Thing) -> Direction:
    return way if not thing.turned else "down" if way == "up" else "up"


def _are_told_apart(cause: Thing, effects: Sequence[Thing]) -> bool:
    """Two things that are priced, not a figure of the economy, and of the effects none the cause itself or turned round
    against the others."""
    kinds = {t.instrument.kind for t in (cause, *effects)}
    same = any(t.instrument.symbol == cause.instrument.symbol for t in effects)
    return "macro" not in kinds and not same and len({t.turned for t in effects}) == 1


def _window(context: Context, instrument: Instrument) -> tuple[date, date, Basis] | None:
    """The span or the session that the clause or its sentence names."""
    stretch = context.stretch(instrument)
    if stretch is not None:
        return (stretch.base, stretch.last, stretch.basis) if stretch.last is not None and not stretch.vague else None
    moment = context.moment(instrument)
    if moment is None or moment.basis not in ("quote", "context") or moment.other is not None:
        return None
    return session_back(instrument, moment.session), moment.session, moment.basis
