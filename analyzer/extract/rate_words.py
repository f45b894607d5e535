"""What a clause says that a central bank did to its rate: raised it, lowered it, left it as it was."""

from __future__ import annotations

import re

from analyzer.extract.events_to_come import banks_in
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause, remembered
from analyzer.model import Direction
from analyzer.text.patterns import Pattern

RAISES, LOWERS, LEAVES = phrases("raises_a_rate"), phrases("lowers_a_rate"), phrases("leaves_a_rate")
RAISED, LOWERED, TO_COME = phrases("raised_a_rate"), phrases("lowered_a_rate"), phrases("about_a_step_to_come")
OF_A_BANK, OF_OTHERS = phrases("rate_of_a_bank"), phrases("rate_of_others")
RATES = phrases("rates_by_themselves")
OF_NOBODY = Pattern(rf"^\W*{any_phrase('opens_a_step')}\b", re.IGNORECASE)
"""A beginning without a subject of its own: "After hiking", "Interest rates were raised"."""
NOT_TAKEN, TIMES = phrases("step_not_taken"), phrases("times_that_are_counted")


@remembered
def moves_a_rate(clause: Clause) -> bool:
    """Whether a step, or that there was none, is told of the one bank that the clause or its sentence names."""
    stays = LEAVES.search(clause.text) is not None and speaks_of_its_rate(clause)
    banks = banks_in(clause.text)
    if not banks and OF_A_BANK.search(clause.text):
        banks = banks_in(clause.sentence.text)
    told = (stays or way_of_a_rate(clause) is not None) and not is_not_taken(clause)
    return told and len(banks) == 1 and not clause.is_question and _is_the_main_thing(clause)


def _is_the_main_thing(clause: Clause) -> bool:
    """Whether the bank stands before the first comma, or nobody else does: "Yields rose, although the Fed has cut
    rates" is of something else, "After hiking rates, the Fed reversed course" is not."""
    first = clause.text.split(",")[0]
    if banks_in(first):
        return True
    told = RAISED.search(first) or LOWERED.search(first) or LEAVES.search(first)
    return told is not None and OF_NOBODY.match(first) is not None


def speaks_of_its_rate(clause: Clause) -> bool:
    """Whether it is of the rate that a bank sets, or of "rates", and of no other one."""
    own = OF_A_BANK.search(clause.text) or RATES.search(clause.text)
    return own is not None and OF_OTHERS.search(clause.text) is None


def way_of_a_rate(clause: Clause) -> Direction | None:
    """The one way that a bank is told to have moved its rate."""
    if not speaks_of_its_rate(clause):
        return None
    up, down = RAISED.search(clause.text), LOWERED.search(clause.text)
    return None if (up is None) == (down is None) else "up" if up else "down"


def is_not_taken(clause: Clause) -> bool:
    """Whether a step is hoped for, priced in or summed up; how often it was taken is no such word."""
    return (NOT_TAKEN.search(TIMES.sub(" ", clause.text)) or TO_COME.search(clause.text)) is not None
