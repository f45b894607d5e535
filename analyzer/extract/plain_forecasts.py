"""Which way the one price that a clause names is seen to go, where neither a figure nor a time is stated.

"The move is likely to weaken the euro", "Gold dürfte weiter steigen": such a forecast is resolved by a horizon that is
written down, never by one that the text is made to hold. So it must be plain that a price is meant, which one and which
way, and that the text is no report of the day, whose forecasts are of hours.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analyzer.extract.asserted import VERB_OR_NOUN
from analyzer.extract.events_to_come import is_doubtful, is_said_to_come
from analyzer.extract.forecast_words import is_house
from analyzer.extract.lexicon import Cue
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import Clause, remembered, target_key
from analyzer.market.instruments import Basket, Instrument
from analyzer.market.mentions import Mention
from analyzer.model import Direction
from analyzer.text.patterns import Pattern

WAYS: tuple[Direction, Direction] = ("up", "down")
BETWEEN = rf"\s+(?:{any_phrase('between_push_and_price')}\s+){{0,3}}"
PUSHES_UP = Pattern(rf"\b{any_phrase('pushes_a_price_up', 'en')}{BETWEEN}$", re.IGNORECASE)
PUSHES_DOWN = Pattern(rf"\b{any_phrase('pushes_a_price_down', 'en')}{BETWEEN}$", re.IGNORECASE)
PUSHED_UP = Pattern(rf"{BETWEEN}{any_phrase('pushes_a_price_up', 'de')}\b", re.IGNORECASE)
PUSHED_DOWN = Pattern(rf"{BETWEEN}{any_phrase('pushes_a_price_down', 'de')}\b", re.IGNORECASE)
"""A German verb stands at the end, behind its object: "dürfte den Euro weiter schwächen"."""
GIVES, A_BOOST = Pattern(rf"\b{any_phrase('gives_a_price')}{BETWEEN}$", re.IGNORECASE), phrases("a_boost_to_a_price")
BEHIND = Pattern(rf"\s*(?:[.,;:!?)\"”“]|$)|\s+{any_phrase('behind_a_plain_move')}\b", re.IGNORECASE)
BEHIND_A_MODAL = Pattern(rf"\b{any_phrase('before_an_infinitive')}\s+(?:[\w]+ly\s+)?$", re.IGNORECASE)
COUNTERPART = Pattern(rf"\b{any_phrase('before_a_counterpart')}\s+(?:\w+\s+)?$", re.IGNORECASE)
"""The other side of an exchange rate: "will slip against the dollar"."""
IS_TO_END, OF_THE_DAY = phrases("movement_is_to_end"), phrases("speaks_of_the_day")
OF_A_SHARE, A_SHARE = phrases("moves_of_a_share"), phrases("speaks_of_a_share")
PARTICIPLE = phrases("told_by_a_participle")
LOSSES, GAINS = phrases("year_of_losses"), phrases("year_of_gains")


class PlainForecast(NamedTuple):
    """What is named and seen to go ``direction``: of what is named, not of the series that it is quoted in."""

    mention: Mention
    direction: Direction


@remembered
def plain_forecast(clause: Clause) -> PlainForecast | None:
    """The price that a clause sees to rise or to fall; None where any of it is open."""
    if not _foretells(clause) or clause.figures or clause.times or IS_TO_END.search(clause.text):
        return None
    priced = _priced(clause)
    if len({target_key(m.target) for m in priced}) != 1 or OF_THE_DAY.search(clause.paragraph.text):
        return None
    ways = {(m, way) for m in priced for way in (_pushed(clause, m) or _goes(clause, m))}
    return PlainForecast(*ways.pop()) if len(ways) == 1 else None


@remembered
def year_ahead(clause: Clause) -> Direction | None:
    """ "Expect a down year", "gehen von einem Verlustjahr aus": a year that ends below, or above, its start."""
    if not clause.has("forecast", "forecast_strong") or clause.has("negation"):
        return None
    losses, gains = LOSSES.search(clause.text), GAINS.search(clause.text)
    if (losses is None) == (gains is None) or clause.is_question or is_doubtful(clause):
        return None
    return "down" if losses else "up"


def _foretells(clause: Clause) -> bool:
    open_ = clause.is_question or clause.has("negation", "conditional") or is_doubtful(clause)
    return not open_ and is_said_to_come(clause)


def _priced(clause: Clause) -> list[Mention]:
    """What the clause names and has a price; not who forecasts, nor the other side of an exchange rate."""
    text = clause.view.article.text
    named = [m for m in clause.mentions if not COUNTERPART.search(text[clause.start : m.start])]
    priced = [m for m in named if isinstance(m.target, Basket) or m.target.kind != "macro"]
    return [m for m in priced if len(priced) == 1 or not is_house(m.text)]


def _pushed(clause: Clause, mention: Mention) -> list[Direction]:
    """Which way something else is said to push it: "is likely to weaken the euro"."""
    text = clause.view.article.text
    before, behind = text[clause.start : mention.start], text[mention.end : clause.end]
    if clause.view.article.language == "de":
        up, down = bool(PUSHED_UP.match(behind)), bool(PUSHED_DOWN.match(behind))
    else:
        boosted = bool(GIVES.search(before)) and bool(A_BOOST.match(behind.lstrip()))
        up, down = boosted or bool(PUSHES_UP.search(before)), bool(PUSHES_DOWN.search(before))
    return [way for way, said in zip(WAYS, (up, down), strict=True) if said]


def _goes(clause: Clause, mention: Mention) -> list[Direction]:
    """Which way it is said to go by itself: "Gold will rise further"."""
    cues = [c for c in clause.cues if c.heading in (*UP, *DOWN)]
    ways: set[Direction] = {"up" if c.heading in UP else "down" for c in cues}
    if len(ways) != 1 or not any(_is_its_move(clause, mention, cue) for cue in cues):
        return []
    return list(ways)


def _is_its_move(clause: Clause, mention: Mention, cue: Cue) -> bool:
    text = clause.view.article.text
    if cue.start < mention.end or not BEHIND.match(text[cue.end : clause.end]):
        return False
    if clause.view.article.language == "de":
        verb = cue.text[0].islower() and cue.text.endswith("en") and not PARTICIPLE.fullmatch(cue.text)
    else:
        noun = VERB_OR_NOUN.fullmatch(cue.text) is not None
        verb = not noun or BEHIND_A_MODAL.search(text[clause.start : cue.start]) is not None
    return verb and (not is_a_firm(clause, mention) or OF_A_SHARE.fullmatch(cue.text) is not None)


def is_a_firm(clause: Clause, mention: Mention) -> bool:
    """A company without a word for its shares may lose or win what is no price."""
    firm = isinstance(mention.target, Instrument) and mention.target.kind == "equity"
    return firm and A_SHARE.search(clause.text) is None
