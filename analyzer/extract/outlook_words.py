"""What a text sees ahead without a figure: a hard day, better returns, rates that rise soon, a good point to buy."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from analyzer.extract.events_to_come import is_doubtful, is_said_to_come, named_horizon
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import Clause, remembered
from analyzer.model import Direction
from analyzer.text.patterns import Pattern

BAD_SESSION, GOOD_SESSION = phrases("bad_session_ahead"), phrases("good_session_ahead")
WEEK = phrases("a_week_of_trading")
BETTER_AHEAD, WORSE_AHEAD = phrases("better_returns_ahead"), phrases("worse_returns_ahead")
TIME_TO_BUY = phrases("a_good_point_to_buy")
WORTH_BUYING, WORTH_SELLING, HARDLY = phrases("worth_buying"), phrases("worth_selling"), phrases("hardly_any_of_it")
MARKET_RATES = phrases("interest_rates_of_the_market")
RATES_MOVE = phrases("rates_will_move")
A_YEAR = 12
UNDER_WAY = Pattern(rf"\b{any_phrase('before_a_told_fall')}\s+$", re.IGNORECASE)
AGREED = phrases("fall_of_agreed_size")
FALLS = tuple((size, phrases(name)) for size, name in (
    (0.05, "fall_ahead_of_five"), (0.10, "fall_ahead_of_ten"), (0.20, "fall_ahead_of_twenty"),
))  # fmt: skip


class SessionAhead(NamedTuple):
    """The day or the week that lies ahead, and which way."""

    direction: Direction
    unit: Literal["day", "week"]


class Outlook(NamedTuple):
    """Which way a price is seen to go over ``months``, which are a written default."""

    direction: Direction
    months: int
    of_rates: bool = False
    """Whether it is said of interest rates at large."""


@remembered
def session_ahead(clause: Clause) -> SessionAhead | None:
    """ "In for another difficult day", "steht vor einer guten Woche"."""
    bad, good = BAD_SESSION.search(clause.text), GOOD_SESSION.search(clause.text)
    found = bad or good
    if found is None or (bad and good) or _is_open(clause):
        return None
    return SessionAhead("down" if bad else "up", "week" if WEEK.search(found.group()) else "day")


def names_its_session(clause: Clause) -> bool:
    """Whether the clause says of itself which session it means, whatever other times stand in its sentence."""
    return session_ahead(clause) is not None and not clause.figures and len(clause.mentions) <= 1


@remembered
def outlook_ahead(clause: Clause) -> Outlook | None:
    """ "Set up for better returns ahead", "a good entry point", "rates to rise in the near term"."""
    better = BETTER_AHEAD.search(clause.text) or TIME_TO_BUY.search(clause.text) or _worth(clause, WORTH_BUYING)
    worse = WORSE_AHEAD.search(clause.text) or _worth(clause, WORTH_SELLING)
    if (better is None) != (worse is None):
        found: Outlook | None = Outlook("up" if better else "down", named_horizon(clause) or A_YEAR)
    else:
        found = None if better else _soon(clause)
    return None if found is None or _is_open(clause) else found


def _worth(clause: Clause, verdict: Pattern) -> re.Match[str] | None:
    """A verdict on what to buy or to sell, which a figure would make a target: "remains a buy", "Luft nach oben"."""
    found = verdict.search(clause.text)
    return None if found is None or clause.figures or HARDLY.search(clause.text) else found


def is_worth_trading(clause: Clause) -> bool:
    """Whether somebody holds it worth buying, or selling, by words that need no forecast beside them."""
    return _worth(clause, WORTH_BUYING) is not None or _worth(clause, WORTH_SELLING) is not None


class FallAhead(NamedTuple):
    """A fall that is said to come, with the size that its word is taken for; ``agreed``: as everybody takes it."""

    size: float
    word: str
    agreed: bool


@remembered
def fall_ahead(clause: Clause) -> FallAhead | None:
    """ "Could trigger a correction", "rechnen mit einem Kursrutsch"; None where several are named, or a figure."""
    if _is_open(clause) or clause.figures or not is_said_to_come(clause):
        return None
    found = [(size, m) for size, words in FALLS if (m := words.search(clause.text)) is not None]
    if len(found) != 1 or UNDER_WAY.search(clause.text[: found[0][1].start()]):
        return None
    size, match = found[0]
    return FallAhead(size, match.group(), AGREED.fullmatch(match.group()) is not None)


def _soon(clause: Clause) -> Outlook | None:
    """A movement with a word for its horizon: "soon", "in the near term"."""
    months = named_horizon(clause)
    if months is None:
        return None
    ways = {("up" if c.heading in UP else "down") for c in clause.cues if c.heading in (*UP, *DOWN)}
    if len(ways) != 1:
        return None
    of_rates = MARKET_RATES.search(clause.text) is not None and RATES_MOVE.search(clause.text) is not None
    way: Direction = "up" if ways == {"up"} else "down"
    return Outlook(way, months, of_rates)


def _is_open(clause: Clause) -> bool:
    return clause.is_question or clause.has("negation") or is_doubtful(clause)
