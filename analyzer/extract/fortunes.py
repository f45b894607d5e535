"""How a price is seen to fare ahead, in words that name no movement, no figure and mostly no time.

"The stock is likely going to struggle", "dürfte es schwer haben", "the euro and the yen do not look good", "could
extend their positive run". Nothing follows from them for a size; which way the price is seen to go does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analyzer.extract.events_to_come import named_horizon, says_doubt, says_to_come
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import Clause, remembered
from analyzer.model import Direction
from analyzer.text.patterns import Pattern

Ways = Mapping[Direction, tuple[Pattern, ...]]
FARES: Ways = {"down": (phrases("fares_badly"),), "up": (phrases("fares_well"),)}
SEES = phrases("is_to_see")
SEEN: Ways = {"down": (phrases("fall_to_see"),), "up": (phrases("rise_to_see"),)}
GOES_ON = phrases("goes_on_ahead")
ON_ITS_WAY: Ways = {"down": (phrases("way_down_that_goes_on"),), "up": (phrases("way_up_that_goes_on"),)}
OF_ITSELF: Ways = {
    "down": (phrases("bad_times_ahead"), phrases("little_to_gain")),
    "up": (phrases("good_times_ahead"), phrases("much_to_gain"), phrases("not_to_bet_against")),
}
"""What looks ahead without a word of forecast beside it."""
SURPRISES_NOBODY, NOTHING_FORBIDS = phrases("would_surprise_nobody"), phrases("nothing_forbids_it")
LIKENED = Pattern(rf"\W*\b{any_phrase('likened_to_the_move_before')}\b.*", re.IGNORECASE | re.DOTALL)
SHORT_RUN, NAMED_BEFORE = phrases("of_the_short_run"), phrases("price_named_before")
SHARES_OF_ALL = phrases("shares_of_all")
OTHER_THING, OTHER_STATE = phrases("other_quantity"), phrases("state_of_another_thing")
"""What may fare badly too and has no price: sales, an economy."""
ANOTHER = phrases("another_statement")
A_YEAR = 12
NOT_COUNTED = ((1, SHORT_RUN), (36, phrases("for_some_years")), (6, phrases("for_some_months")))
"""Months, by default, of a time that is named and not counted."""


class Fortune(NamedTuple):
    """Which way a price is seen to go, and over how many ``months`` where no time is stated: a written default."""

    direction: Direction
    months: int


@remembered
def fortune_ahead(clause: Clause) -> Fortune | None:
    """The one way that the clause sees a price to go; None where it is open, asked, denied or a condition."""
    if clause.is_question or OTHER_THING.search(clause.text) or OTHER_STATE.search(clause.text):
        return None
    ways = {way for way, words in _said(clause) if not _is_open(clause, words)}
    return Fortune(ways.pop(), _months(clause)) if len(ways) == 1 else None


def _months(clause: Clause) -> int:
    """The written default for the time that the words leave open."""
    spoken = next((months for months, words in NOT_COUNTED if words.search(clause.text)), None)
    return spoken or named_horizon(clause) or A_YEAR


@remembered
def says_it_may_come(clause: Clause) -> bool:
    """Whether a movement would astonish nobody, or is forbidden by nothing: "I would not be surprised if it fell"."""
    possible = SURPRISES_NOBODY.search(clause.text) or NOTHING_FORBIDS.search(clause.text)
    return possible is not None and clause.has(*UP, *DOWN) and not clause.is_question


def foretells_a_fortune(clause: Clause) -> bool:
    """Whether the clause sees a price of its own, or one that was named before, go one way."""
    own = bool(clause.mentions) or clause.has("asset") or NAMED_BEFORE.search(clause.text) is not None
    return own and (fortune_ahead(clause) is not None or says_it_may_come(clause))


def _said(clause: Clause) -> Iterable[tuple[Direction, re.Match[str]]]:
    """The ways that are spoken of, each with the words that say so."""
    text = clause.text
    yield from _found(OF_ITSELF, text)
    if says_it_may_come(clause) and not clause.figures:
        yield from _movement(clause)
    if not says_to_come(text) or (clause.figures and not clause.times):
        return
    yield from _found(FARES, text)
    if SEES.search(text):
        yield from _found(SEEN, text)
    if GOES_ON.search(text):
        yield from _found(ON_ITS_WAY, text)
    if LIKENED.search(text):
        yield from _movement(clause.view.clause(clause.start, clause.start + _upto_what_it_is_likened_to(text)))


def _found(ways: Ways, text: str) -> Iterable[tuple[Direction, re.Match[str]]]:
    for way, lists in ways.items():
        yield from ((way, match) for words in lists if (match := words.search(text)) is not None)


def _movement(clause: Clause) -> Iterable[tuple[Direction, re.Match[str]]]:
    """The one way of the movements that a clause names."""
    ways: set[Direction] = {"up" if cue.heading in UP else "down" for cue in clause.cues if cue.heading in (*UP, *DOWN)}
    match = re.match(r"(?s).*", clause.text)
    if len(ways) == 1 and match is not None:
        yield ways.pop(), match


def _upto_what_it_is_likened_to(text: str) -> int:
    likened = LIKENED.search(text)
    return likened.start() if likened is not None else len(text)


def _is_open(clause: Clause, words: re.Match[str]) -> bool:
    """A condition, a doubt or a denial beside the words, and not one that belongs to them."""
    text = clause.text
    allowed = [words.span(), *(m.span() for p in (SURPRISES_NOBODY, NOTHING_FORBIDS) for m in [p.search(text)] if m)]
    until = min((m.start() for m in ANOTHER.finditer(text) if m.start() >= words.end()), default=len(text))
    negations = [c for c in clause.cues if c.heading == "negation" and c.start - clause.start < until]
    inside = (any(a <= c.start - clause.start and c.end - clause.start <= b for a, b in allowed) for c in negations)
    rest = text[: min(until, _upto_what_it_is_likened_to(text))]
    spoken = SURPRISES_NOBODY.sub(" ", rest) if says_it_may_come(clause) else rest.replace(words.group(), " ")
    return not all(inside) or clause.has("conditional") or says_doubt(spoken)
