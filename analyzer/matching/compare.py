"""Two assertions compared: same, contradicting or different, and why.

Subject, time, measure and whether it is a cause, a forecast or a fact have to agree before anything can be the same or
contradict; then polarity, direction, figures and causes decide. What is not said excludes nothing; where neither side
names its subject the likeness of the words (the cosine of their vectors) has to bear it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from analyzer.matching.assertion import ECONOMY, LASTS, Assertion, Way
from analyzer.matching.figures import comparable, figures_agree, figures_exclude
from analyzer.matching.things import ACTORS, COMMON, SAME_THING
from analyzer.model import Unit

Label = Literal["same", "contradicting", "different"]

LIKE = 0.55
"""The least cosine of two claims whose subject no word list reads."""
LIKE_CAUSES = 0.4
"""The same for two causes of one move, which share its words."""
TOLD_ALIKE = 0.45
"""The least cosine of two claims on one subject that share no way, figure or measure."""
ONE_CAUSE_UNREAD = 0.65
"""The same where the cause of only one is read."""
AKIN = 0.28
"""The same where nothing says that they differ."""
DENIES = "one denies the other"
DAYS = 4
MONTH = 31
LENGTHS = 3
"""How many times longer than the other one of two times may be that opposites are told of."""
UNTIMED = timedelta(days=45)
"""How far apart two texts may be that name no time and still mean one event."""
LASTING = timedelta(days=200)
"""The same for a state or a judgement: a bubble, a likeness, a market's phase."""
OPPOSITE = {frozenset(("up", "down")), frozenset(("fear", "calm")), frozenset(("kept", "dropped")),
            frozenset(("up", "flat")), frozenset(("down", "flat")), frozenset(("flat", "dropped")),
            frozenset(("right", "wrong")), frozenset(("late", "early")), frozenset(("well", "ill")),
            frozenset(("brief", "lasting")),
            frozenset(("up", "no_rise")), frozenset(("down", "no_fall"))}  # fmt: skip
TURNED: dict[Way, Way] = {"up": "down", "down": "up"}
APART = frozenset((
    "core", "producer", "price_level", "on_month", "deposit_rate", "main_rate", "volume", "flows", "average_line",
    "ratio", "yield_control", "negative_rates", "accounts", "exports", "intraday", "drawdown", "rating", "volatility",
    "dividend", "earnings", "production", "preferred", "orders", "retail_sales", "confidence_index",
))  # fmt: skip
"""Measures that make two claims out of one subject where only one side speaks of them."""

HAPPENINGS = frozenset((
    "record", "takeover", "flotation", "default_", "bond_buying", "short_selling", "bubble", "cheap", "likeness",
    "bear_market", "bull_market",
))  # fmt: skip
"""What is told in so many words that one side may lack them: they tell apart only from a move of so many per cent."""

LOOSE: frozenset[Unit] = frozenset(("count", "ratio"))
MARKETS = frozenset(("of_bonds", "of_shares"))
KIN = (frozenset(("rate_cut", "bond_buying")), frozenset(("rate_rise", "fed_policy")),
       frozenset(("speculators", "short_squeeze")), frozenset(("taper", "bond_buying")))  # fmt: skip
"""Causes that may be one under two names."""

RATES_OF_PRICES = frozenset(("inflation", "core", "producer", "wages", "rents"))
JUDGEMENTS = frozenset(("bubble", "cheap", "likeness"))
"""What no direction of a price says anything against."""
AT_ITS_CLOSE = frozenset(("intraday", "at_close"))
SAID_BESIDE = frozenset(("record", "intraday", "volatility", "rating", "takeover", "negative_rates", "bond_buying"))
"""Of these, what takes nothing from two claims of one figure: "a record of 83" and "82.7 points"."""

GROUPS = frozenset(
    ("hedge_funds", "retail_investors", "professionals", "households", "analysts_", "executives", "depositors")
)
"""Of whose moods, gains and losses it is told."""
DECIDED = frozenset(("bond_buying", "rating", "takeover", "tariff", "guarantee"))
CARRIED = frozenset(("JPY=X",))


@dataclass(frozen=True)
class Relation:
    label: Label
    reason: str


def compare(a: Assertion, b: Assertion, likeness: float) -> Relation:
    """``likeness``: the cosine of the two claims' vectors."""
    for found in (_sort(a, b), _subject(a, b, likeness), _time(a, b), _measure(a, b)):
        if found is not None:
            return Relation("different", found)
    if a.causal and b.causal:
        return _of_causes(a, b, likeness)
    if "record" in a.measures & b.measures and opposite_ways(a, b) and not _one_day(a, b):
        return Relation("different", "a best and a worst of times that are not said to be one")
    found = _opposed(a, b)
    if found is not None and not a.order:
        if not _surely_one_subject(a, b) and (likeness < TOLD_ALIKE or bool(a.named) != bool(b.named)):
            return Relation("different", "opposites, of what may be two subjects")
        if not _surely_one_time(a, b):
            return Relation("different", "opposites, of what may be two times")
    if not _says_one_thing(a, b) and _nothing_like(a, b, likeness, denied=found == DENIES, opposed=found is not None):
        return Relation("different", "one subject, of which nothing like is said")
    return Relation("contradicting", found) if found else Relation("same", "subject, time, measure and direction agree")


def _nothing_like(a: Assertion, b: Assertion, likeness: float, *, denied: bool, opposed: bool) -> bool:
    """Of claims that share no way, figure or measure: a "not" denies only what is said in much the same words, and
    never a figure that the denial does not name."""
    if denied:
        if (_one_day(a, b) and any(comparable(a, b))) or len(a.named & b.named) > 1:
            return False
        return likeness < TOLD_ALIKE or bool(a.figures) != bool(b.figures)
    return likeness < AKIN and not opposed and not _one_day(a, b)


def _surely_one_subject(a: Assertion, b: Assertion) -> bool:
    """Whether both name it, or a cause or a mood of it, or its measure with its place or day: what only the text around
    a claim says of its subject contradicts nothing."""
    shared = a.measures & b.measures
    told = shared and (_one_day(a, b) or a.places & b.places or shared & (LASTS | {"mood"}))
    return bool(a.named & b.named or a.causes & b.causes or told)


def _surely_one_time(a: Assertion, b: Assertion) -> bool:
    """Whether both name one day or period, or neither names any and no move of a day is told: a dated fall and an
    undated rise contradict nothing, nor do two moves of times that only overlap."""
    if _one_day(a, b):
        return True
    if a.said != b.said:
        return False
    if a.moves or b.moves:
        return not a.said and _soon(a, b)
    lengths = sorted((one.last - one.first).days + 1 for one in (a, b) if one.first and one.last)
    return len(lengths) < len((a, b)) or lengths[1] <= LENGTHS * lengths[0]


def _says_one_thing(a: Assertion, b: Assertion) -> bool:
    """A way, a figure, a measure or a rank that both speak of."""
    return bool(
        (a.way and a.way == b.way)
        or (a.bound_way and a.bound_way == b.bound_way)
        or a.measures & b.measures
        or a.causes & b.causes
        or (a.order and set(a.order) == set(b.order))
        or figures_agree(a, b)
    )


def _sort(a: Assertion, b: Assertion) -> str | None:
    if a.forecast != b.forecast:
        ahead = a if a.forecast else b
        told = b if a.forecast else a
        planned = ahead.planned and (figures_agree(a, b) or a.measures & b.measures & DECIDED)
        judged = not (told.moves or told.figures or told.said or ahead.said)
        if not planned and not judged:
            return "one foretells, the other tells"
    if a.causal != b.causal:
        cause, told = (a, b) if a.causal else (b, a)
        denies = (cause.denied or cause.alone) and len(a.named & b.named) >= len(("cause", "effect"))
        specific = not denies and (told.moves or told.figures or told.said or told.bound_way or told.denied)
        if specific and not a.causes & b.causes and not (told.causes and figures_agree(a, b)):
            return "one names a cause, the other a move"
        if cause.surely_causal and told.moves and told.figures and not cause.figures:
            return "one names a cause, the other a move"
    return None


def _subject(a: Assertion, b: Assertion, likeness: float) -> str | None:
    """Why the two speak of different things; None where they speak of one, or may well."""
    if _bound_apart(a, b):
        return "other subjects"
    if _groups(a) and _groups(b) and not _groups(a) & _groups(b) and not (a.causal or b.causal):
        return "said of other people"
    if a.named & b.named:
        if a.named & b.named <= COMMON and a.places and b.places and not a.places & b.places and not a.causal:
            return "other countries"
        return "another besides" if _each_has_its_own(a, b) else None
    if "likeness" in a.measures & b.measures and not (a.places & b.places or a.subjects & b.subjects):
        return "other things likened"
    if a.causal and b.causal and a.causes & b.causes and _one_day(a, b):
        moved = _moved(a), _moved(b)
        return "one cause of other moves" if all(moved) and not moved[0] & moved[1] else None
    if a.named and b.named:
        guessed = a.named <= a.guessed or b.named <= b.guessed
        return None if guessed and _signs(a, b) >= 2 else "other subjects"
    if a.places and b.places and not a.places & b.places and not (a.named or b.named):
        return "other countries"
    if a.named or b.named:
        spoken_of = bool(a.subjects & b.subjects)
        unknown = not (a.subjects and b.subjects) and _soon(a, b) and _tells(a, b)
        return None if spoken_of or unknown or _signs(a, b) >= 2 or likeness >= LIKE else "little in common"
    return None if _signs(a, b) >= 1 or likeness >= LIKE else "little in common"


def _bound_apart(a: Assertion, b: Assertion) -> bool:
    """Whether their trials are of two series: "the stock", of which the text says before which one, and another."""
    if a.bound_way is None or b.bound_way is None:
        return False
    x, y = (SAME_THING.get(one.bound_way[0], one.bound_way[0]) for one in (a, b) if one.bound_way)
    return x != y and x not in b.subjects and y not in a.subjects and not a.causal


def _groups(a: Assertion) -> frozenset[str]:
    return a.named & GROUPS


def _moved(a: Assertion) -> frozenset[str]:
    """What a cause may have moved: who acted is not, nor the yen that a carry trade borrowed."""
    return (a.moved or a.named) - ACTORS - (CARRIED if "carry_trade" in a.causes else frozenset())


def _each_has_its_own(a: Assertion, b: Assertion) -> bool:
    """Both name a further instrument that the other one does not: of two races, the rivals differ."""
    own = (a.instruments - b.instruments, b.instruments - a.instruments)
    return all(own) and not a.causal


def _signs(a: Assertion, b: Assertion) -> int:
    """How many things beside the subject speak for one event: a day, a figure, a cause, a measure with its place."""
    shared = bool(a.places & b.places)
    one_place = shared or not (a.places and b.places)
    return sum((
        _one_day(a, b),
        figures_agree(a, b),
        bool(a.causes & b.causes),
        bool(a.measures & b.measures) and one_place,
        shared and a.way is not None and a.way == b.way,
    ))  # fmt: skip


def _tells(a: Assertion, b: Assertion) -> bool:
    """Whether more than a day speaks for one event, of a side that names no subject and none before it."""
    shared = a.measures & b.measures or a.places & b.places or a.causes & b.causes
    return bool(shared or figures_agree(a, b) or (_one_day(a, b) and a.way and a.way == b.way))


def _soon(a: Assertion, b: Assertion) -> bool:
    """Whether their times lie within some days of each other."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return False
    return max(a.first - b.last, b.first - a.last) <= timedelta(days=2 * DAYS)


def _one_day(a: Assertion, b: Assertion) -> bool:
    return a.said and b.said and a.first is not None and a.first == b.first and a.last == b.last


def _time(a: Assertion, b: Assertion) -> str | None:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    allowed = timedelta(0)
    if not (a.said and b.said):
        allowed = LASTING if a.measures & b.measures & (LASTS | ECONOMY) else UNTIMED
    overlap = a.first <= b.last and b.first <= a.last
    if not overlap and max(b.first - a.last, a.first - b.last) > allowed:
        return "other times"
    if a.said and b.said and a.moves and b.moves and not (a.within or b.within):
        lengths = sorted(((a.last - a.first).days, (b.last - b.first).days))
        if lengths[0] <= DAYS and lengths[1] > 2 * DAYS:
            return "moves over other lengths of time"
        if _one_within_the_other(lengths[0], lengths[1]) and not figures_agree(a, b):
            return "moves over other lengths of time"
    return None


def _one_within_the_other(shorter: int, longer: int) -> bool:
    """A day and its week, a month and its year; in days."""
    return (shorter == 0 and longer >= DAYS) or (shorter <= MONTH and longer >= 10 * MONTH)


def _measure(a: Assertion, b: Assertion) -> str | None:
    if a.measures != b.measures and (other := _other_measures(a, b)):
        return f"other measures ({', '.join(sorted(other))})"
    if a.figures and b.figures and not _one_unit({q.unit for q in a.figures}, {q.unit for q in b.figures}):
        return "figures of other kinds"
    if a.maturities and b.maturities:
        gap = "curve" in a.measures & b.measures and len(a.maturities) == len(b.maturities) == len(("short", "long"))
        if not a.maturities & b.maturities or (gap and a.maturities != b.maturities):
            return "other maturities"
    if "likeness" in a.measures & b.measures and a.likened and b.likened and not a.likened & b.likened:
        return "likened to other things"
    return None


def _other_measures(a: Assertion, b: Assertion) -> frozenset[str]:
    """The measures that make two claims of them."""
    if a.measures | b.measures >= AT_ITS_CLOSE and not a.measures & b.measures & AT_ITS_CLOSE:
        return AT_ITS_CLOSE
    differing = (a.measures ^ b.measures) & APART
    for one, other in ((a, b), (b, a)):
        if _plain_move(other):
            differing |= (one.measures - other.measures) & HAPPENINGS
    if differing and not (a.causal and b.causal and a.causes & b.causes) and not _only_beside(differing, a, b):
        return differing
    if a.measures and b.measures:
        for kinds in (ECONOMY, MARKETS):
            of_a, of_b = a.measures & kinds, b.measures & kinds
            if of_a and of_b and not of_a & of_b:
                return of_a | of_b
    return frozenset()


def _plain_move(a: Assertion) -> bool:
    """Up or down by so much, whatever else came of it."""
    return a.moves and a.way in TURNED and any(q.unit in ("fraction", "points") for q in a.figures)


def _only_beside(differing: frozenset[str], a: Assertion, b: Assertion) -> bool:
    return differing <= SAID_BESIDE and (a.denied != b.denied or figures_agree(a, b) or opposite_ways(a, b))


def _one_unit(a: set[Unit], b: set[Unit]) -> bool:
    """Whether they share one; a bare number may be of any."""
    return bool(a & b) or not LOOSE.isdisjoint(a) or not LOOSE.isdisjoint(b)


def _of_causes(a: Assertion, b: Assertion, likeness: float) -> Relation:
    shared = a.causes & b.causes or any(a.causes & kin and b.causes & kin for kin in KIN)
    if a.causes and b.causes and not shared:
        if a.alone or b.alone or a.denied != b.denied:
            return Relation("contradicting", "another cause, and one is said to be the only one")
        return Relation("different", "other causes of one move")
    if a.denied != b.denied:
        return Relation("contradicting", "one denies the other's cause")
    moved = _moved(a), _moved(b)
    if all(moved) and not moved[0] & moved[1]:
        return Relation("different", "one cause of other moves")
    if opposite_ways(a, b):
        return Relation("contradicting", "one cause, opposite effects")
    one_move = moved[0] & moved[1] and _soon(a, b)
    if bool(a.causes) != bool(b.causes) and likeness < ONE_CAUSE_UNREAD and not one_move:
        return Relation("different", "a cause that is told in other words")
    if not shared and likeness < LIKE_CAUSES and len(a.named & b.named) < len(("cause", "effect")):
        return Relation("different", "causes that are told in other words")
    return Relation("same", "one cause of one move")


def _opposed(a: Assertion, b: Assertion) -> str | None:
    if a.order and b.order and set(a.order) == set(b.order) and len(a.order) == 2:
        if (a.order != b.order) != (a.denied != b.denied):
            return "each says that the other one did better"
        return None
    opposite = opposite_ways(a, b)
    if a.denied != b.denied and not (opposite and "flat" in (a.way, b.way)):
        return DENIES
    if opposite:
        return f"{a.way} and {b.way}"
    if ("bubble" in a.measures and "cheap" in b.measures) or ("cheap" in a.measures and "bubble" in b.measures):
        return "dear and cheap"
    return figures_exclude(a, b)


def opposite_ways(a: Assertion, b: Assertion) -> bool:
    """By what was bound where both were bound to one series, else by the words."""
    flat = "flat" in (a.way, b.way)
    if a.bound_way and b.bound_way and a.bound_way[0] == b.bound_way[0] and not flat:
        return a.bound_way[1] != b.bound_way[1]
    if (a.measures | b.measures) & JUDGEMENTS:
        return False  # "lost all contact with reality"
    if a.measures & b.measures & RATES_OF_PRICES and figures_agree(a, b):
        return False  # prices rise at a rate that has fallen
    other = b.way
    if len(a.sides) == len(b.sides) == 2 and a.sides == b.sides[::-1]:
        other = TURNED.get(b.way, b.way) if b.way else None
    return bool(a.way and other) and frozenset((a.way, other)) in OPPOSITE
