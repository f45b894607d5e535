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
from analyzer.matching.figures import figures_agree, figures_exclude
from analyzer.matching.things import BANKS, SAME_THING
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
UNTIMED = timedelta(days=45)
"""How far apart two texts may be that name no time and still mean one event."""
LASTING = timedelta(days=200)
"""The same for a state or a judgement: a bubble, a likeness, a market's phase."""
OPPOSITE = {frozenset(("up", "down")), frozenset(("fear", "calm")), frozenset(("kept", "dropped")),
            frozenset(("up", "flat")), frozenset(("down", "flat")), frozenset(("flat", "dropped"))}  # fmt: skip
TURNED: dict[Way, Way] = {"up": "down", "down": "up"}
APART = frozenset((
    "core", "producer", "price_level", "on_month", "deposit_rate", "main_rate", "volume", "flows", "average_line",
    "ratio", "yield_control", "negative_rates", "accounts", "exports", "intraday", "takeover", "record", "drawdown",
    "rating", "volatility", "dividend", "bond_buying", "default_", "short_selling", "earnings", "production",
))  # fmt: skip
"""Measures that make two claims out of one subject where only one side speaks of them."""

LOOSE: frozenset[Unit] = frozenset(("count", "ratio"))
MARKETS = frozenset(("of_bonds", "of_shares"))
KIN = (frozenset(("rate_cut", "bond_buying")), frozenset(("rate_rise", "fed_policy")),
       frozenset(("speculators", "short_squeeze")), frozenset(("taper", "bond_buying")))  # fmt: skip
"""Causes that may be one under two names."""

SAID_BESIDE = frozenset(("record", "intraday", "volatility", "rating", "takeover"))
"""Of these, what takes nothing from two claims of one figure: "a record of 83" and "82.7 points"."""

ACTORS = BANKS | {
    "opec", "imf", "sp_agency", "moodys", "fitch", "hedge_funds", "retail_investors", "professionals", "households",
}  # fmt: skip
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
    if found is not None and not a.order and likeness < TOLD_ALIKE and not _surely_one_subject(a, b):
        return Relation("different", "opposites, of what may be two subjects")
    if not _says_one_thing(a, b) and _nothing_like(a, b, likeness, denied=found == DENIES, opposed=found is not None):
        return Relation("different", "one subject, of which nothing like is said")
    return Relation("contradicting", found) if found else Relation("same", "subject, time, measure and direction agree")


def _nothing_like(a: Assertion, b: Assertion, likeness: float, *, denied: bool, opposed: bool) -> bool:
    """Of claims that share no way, figure or measure: a "not" denies only what is said in much the same words, and
    never a figure that the denial does not name."""
    if denied:
        return likeness < TOLD_ALIKE or bool(a.figures) != bool(b.figures)
    return likeness < AKIN and not opposed and not _one_day(a, b)


def _surely_one_subject(a: Assertion, b: Assertion) -> bool:
    """Whether both name it, or a cause or a mood of it, or its measure with its place or day: what only the text around
    a claim says of its subject contradicts nothing."""
    shared = a.measures & b.measures
    told = shared and (_one_day(a, b) or a.places & b.places or shared & (LASTS | {"mood"}))
    return bool(a.named & b.named or a.causes & b.causes or told)


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
        return "one foretells, the other tells"
    if a.causal != b.causal and not a.causes & b.causes:
        told = b if a.causal else a
        if not (told.causes and figures_agree(a, b)):
            return "one names a cause, the other a move"
    return None


def _subject(a: Assertion, b: Assertion, likeness: float) -> str | None:
    """Why the two speak of different things; None where they speak of one, or may well."""
    if _bound_apart(a, b):
        return "other subjects"
    if a.named & b.named:
        return "another besides" if _each_has_its_own(a, b) else None
    if a.causal and b.causal and a.causes & b.causes and _one_day(a, b):
        moved = _moved(a), _moved(b)
        return "one cause of other moves" if all(moved) and not moved[0] & moved[1] else None
    if a.named and b.named:
        return "other subjects"
    if a.places and b.places and not a.places & b.places and not (a.named or b.named):
        return "other countries"
    if a.named or b.named:
        spoken_of = bool(a.subjects & b.subjects)
        return None if spoken_of or _signs(a, b) >= 2 or likeness >= LIKE else "little in common"
    return None if _signs(a, b) >= 1 or likeness >= LIKE else "little in common"


def _bound_apart(a: Assertion, b: Assertion) -> bool:
    """Whether their trials are of two series: "the stock", of which the text says before which one, and another."""
    if a.bound_way is None or b.bound_way is None:
        return False
    x, y = (SAME_THING.get(one.bound_way[0], one.bound_way[0]) for one in (a, b) if one.bound_way)
    return x != y and x not in b.subjects and y not in a.subjects and not a.causal


def _moved(a: Assertion) -> frozenset[str]:
    """What a cause may have moved: who acted is not, nor the yen that a carry trade borrowed."""
    return a.named - ACTORS - (CARRIED if "carry_trade" in a.causes else frozenset())


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
    if a.maturities and b.maturities and not a.maturities & b.maturities:
        return "other maturities"
    return None


def _other_measures(a: Assertion, b: Assertion) -> frozenset[str]:
    """The measures that make two claims of them."""
    differing = (a.measures ^ b.measures) & APART
    if differing and not (a.causal and b.causal and a.causes & b.causes) and not _only_beside(differing, a, b):
        return differing
    if a.measures and b.measures:
        for kinds in (ECONOMY, MARKETS):
            of_a, of_b = a.measures & kinds, b.measures & kinds
            if of_a and of_b and not of_a & of_b:
                return of_a | of_b
    return frozenset()


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
    if bool(a.causes) != bool(b.causes) and likeness < ONE_CAUSE_UNREAD:
        return Relation("different", "a cause that is told in other words")
    if not shared and likeness < LIKE_CAUSES and len(a.named & b.named) < len(("cause", "effect")):
        return Relation("different", "causes that are told in other words")
    return Relation("same", "one cause of one move")


def _opposed(a: Assertion, b: Assertion) -> str | None:
    if a.order and b.order and set(a.order) == set(b.order) and len(a.order) == 2:
        if (a.order != b.order) != (a.denied != b.denied):
            return "each says that the other one did better"
        return None
    if a.denied != b.denied:
        return DENIES
    if opposite_ways(a, b):
        return f"{a.way} and {b.way}"
    if ("bubble" in a.measures and "cheap" in b.measures) or ("cheap" in a.measures and "bubble" in b.measures):
        return "dear and cheap"
    return figures_exclude(a, b)


def opposite_ways(a: Assertion, b: Assertion) -> bool:
    """By what was bound where both were bound to one series, else by the words."""
    if a.bound_way and b.bound_way and a.bound_way[0] == b.bound_way[0]:
        return a.bound_way[1] != b.bound_way[1]
    if "inflation" in a.measures & b.measures and figures_agree(a, b):
        return False  # prices rise at a rate that has fallen
    other = b.way
    if len(a.sides) == len(b.sides) == 2 and a.sides == b.sides[::-1]:
        other = TURNED.get(b.way, b.way) if b.way else None
    return bool(a.way and other) and frozenset((a.way, other)) in OPPOSITE
