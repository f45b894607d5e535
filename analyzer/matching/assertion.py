"""What a claim asserts, taken apart so that two can be compared: subject, measure, time, direction, figures, cause.

The reading is that of the binder where it bound (its trials give instrument and window), and of the same typed figures
and times of the text where it did not. Nothing here knows a price.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from analyzer.extract.roles import direction_near, parts
from analyzer.extract.view import Clause
from analyzer.matching.things import BANKS, CURRENCIES, PLACES, currencies_of, subjects_of, thing_of
from analyzer.matching.when import Told, speaks_of_later, time_of
from analyzer.matching.words import headings, places, said
from analyzer.model import Kind, Modality, Trial, Unit
from analyzer.text.numbers import Figure

Way = Literal["up", "down", "flat", "fear", "calm", "kept", "dropped"]

OWN_DECISION = frozenset(("fed_policy", "floor_end", "rate_rise", "rate_cut"))
"""Of a central bank alone that is no cause but what it decided."""
GIVEN_UP = frozenset(
    ("floor", "negative_rates", "yield_control", "bond_buying", "rating", "takeover", "tariff", "phase")
)
"""What is kept or dropped, where of a price "dropped" says that it fell."""
INSTEAD = (("bond_buying", "takeover"), ("dividend", "ratio"))
"""Of two measures that share words, the one that is meant where both are read."""
LARGEST_STEP = 10
SHORTEST_CAUSE = 12
"""Characters before the verb: "on Monday" is no cause."""
BESIDE = 45
"""How many characters a phrase reaches that looks like a denial and is none."""
LARGEST_RATE = 1000
LASTS = frozenset(("bubble", "cheap", "likeness", "bear_market", "bull_market", "floor"))
"""Measures of a state or a judgement, which holds for longer than the day it is said on."""
ECONOMY = frozenset((
    "inflation", "unemployment", "jobs", "growth", "wages", "exports", "retail_sales", "production", "orders",
    "confidence_index", "debt", "trade_balance", "rents",
))  # fmt: skip
"""Figures of an economy, of which two are two measures."""


@dataclass(frozen=True)
class Quantity:
    """A figure of the claim: value and what bounds it (None: open on that side), in ``unit``."""

    text: str
    value: float
    low: float | None
    high: float | None
    unit: Unit
    currency: str | None


@dataclass(frozen=True)
class Assertion:
    """What a claim says. ``said``: whether its time stands in the words, else it is the time of writing."""

    subjects: frozenset[str]
    named: frozenset[str]
    """The subjects that the quote itself names, without the places."""
    places: frozenset[str]
    measures: frozenset[str]
    causes: frozenset[str]
    causal: bool
    forecast: bool
    denied: bool
    alone: bool
    """Whether it says that its cause was the only one, or that another was none."""
    way: Way | None
    bound_way: tuple[str, Way] | None
    """The direction that the trials test, with its symbol."""
    first: date | None
    last: date | None
    said: bool
    figures: tuple[Quantity, ...]
    instruments: frozenset[str] = frozenset()
    """The named subjects that are priced, without banks, groups and places."""
    maturities: frozenset[str] = frozenset()
    moves: bool = False
    within: bool = False
    """Whether it says that it was on one day of a longer time: "at the end of January, in a single day"."""
    sides: tuple[str, ...] = ()
    """The currencies in their order: "the dollar rose to the yen" and "the yen fell to the dollar" go one way."""
    order: tuple[str, ...] = ()
    """Of a comparison: who did better, and than whom."""


def assertion(
    clause: Clause,
    published: date | None,
    trials: Sequence[Trial] = (),
    kind: Kind | None = None,
    modality: Modality = "asserted",
) -> Assertion:
    """What the claim in ``clause`` asserts. ``trials``: what the binder made of it."""
    text, found = clause.lowered, said(clause.lowered)
    named = subjects_of(clause)
    own, regions = named - PLACES, named & PLACES
    subjects = own or (subjects_of(clause.paragraph) - PLACES)
    measures = headings("measures", text)
    if measures & ECONOMY:
        measures -= {"intraday"}  # prices of shops that rise "for a while"
    for narrow, wide in INSTEAD:
        measures -= {wide} if narrow in measures else set()
    forecast = (
        kind == "prediction"
        or any(x.check == "forecast" for x in trials)
        or _to_come(clause)
        or speaks_of_later(clause, published)
    )
    causes = headings("causes", text)
    decides = bool(own) and own <= BANKS and causes and causes <= OWN_DECISION
    brought_about = "surely_brought_about" in found or (
        "brought_about" in found and (bool(causes) or _acts_on_it(clause, found))
    )
    causal = not decides and (kind in ("causal", "policy_effect") or brought_about)
    way = _way(clause, measures)
    roles = {p.role for p in parts(clause)}
    moves = "change" in roles or kind == "quantitative_move"
    told = Told(
        published, forecast, record="record" in measures, moves=moves, lasts=bool(measures & LASTS),
        likeness="likeness" in measures,
    )  # fmt: skip
    first, last, timed = time_of(clause, told, trials)
    return Assertion(
        subjects=subjects, named=own, places=regions or (subjects_of(clause.paragraph) & PLACES),
        measures=measures, causes=causes, causal=causal, forecast=forecast,
        denied=_denied(clause, modality, way, measures),
        alone="alone" in said(clause.sentence.lowered),
        way=way, bound_way=_bound_way(trials), first=first, last=last, said=timed,
        figures=tuple(_bounded(_quantity(f, own), found) for f in clause.figures),
        instruments=frozenset(n for n in own if not n.islower()), maturities=_maturities(text),
        moves=moves, within=bool(ONE_DAY.search(text)),
        sides=currencies_of(clause), order=_order(clause, trials),
    )  # fmt: skip


def _denied(clause: Clause, modality: Modality, way: Way | None, measures: frozenset[str]) -> bool:
    """Whether it says that something is not so; "as not seen since 1990" says how large a thing is."""
    found = said(clause.lowered)
    if "superlative" in found:
        return False
    beside = found.get("no_denial", ())
    if any(not any(0 <= at - start <= BESIDE for start in beside) for at in found.get("negations", ())):
        return True
    if "hardly" in found and way != "flat":
        return True
    return modality == "denied" and not beside and not measures & {"record"} and way != "flat"


def _acts_on_it(clause: Clause, found: Mapping[str, Sequence[int]]) -> bool:
    """Whether something that is no instrument comes before a verb like "knocked", and the instrument after it."""
    if "better" in found or "worse" in found:
        return False
    verb = found["brought_about"][0]
    starts = [m.start - clause.start for m in clause.mentions]
    starts += [at[0] for thing, at in places("things", clause.lowered).items() if thing not in PLACES]
    return bool(starts) and min(starts) > verb > SHORTEST_CAUSE


ONE_DAY = re.compile(
    r"an (?:nur )?einem (?:einzigen )?tag|in (?:just )?(?:a|one) (?:single )?(?:day|session)|one-day|binnen stunden"
)
NUMBER = {
    "two": "2", "zwei": "2", "three": "3", "drei": "3", "five": "5", "fünf": "5", "ten": "10", "zehn": "10",
    "thirty": "30", "dreißig": "30",
}  # fmt: skip
MATURITY = re.compile(rf"(?<![\w.,])(\d+|{'|'.join(NUMBER)})(?:-| )?(?:year|jähr|jahres)(?!\w* (?:high|low|hoch|tief))")


def _maturities(text: str) -> frozenset[str]:
    return frozenset(NUMBER.get(m.group(1), m.group(1)) for m in MATURITY.finditer(text))


PASSIVE = re.compile(r"\bw(?:ird|erden)\b.*\b(?:\w*ge\w+(?:t|en)|\w+iert|be\w+t|ver\w+t|über\w+t)(?: werden)?\W*$")
""" "Wird verteuert": of now, and no future."""
AS_EXPECTED = re.compile(r"\b(?:als|wie) erwartet|than expected|as expected|erwartungen|expectations")


def _to_come(clause: Clause) -> bool:
    text = AS_EXPECTED.sub("", clause.lowered)
    return "to_come" in said(text) and not PASSIVE.search(text)


def _bound_way(trials: Sequence[Trial]) -> tuple[str, Way] | None:
    """Symbol and direction of the move that was bound: of a pair of currencies the same whichever is named first."""
    for trial in trials:
        way, symbol = trial.params.get("direction"), trial.params.get("symbol")
        if symbol and way in ("up", "down"):
            return str(symbol), way
    return None


def _way(clause: Clause, measures: frozenset[str]) -> Way | None:
    """The last word that says a way, by the word list; else the direction that the reader finds."""
    found = said(clause.lowered)
    for way in ("flat", "dropped", "kept", "fear", "calm"):
        if way in ("dropped", "kept") and not measures & GIVEN_UP:
            continue
        if way in found and not (way in ("fear", "calm") and ("up" in found or "down" in found)):
            return way
    read = direction_near(clause, None)
    if read is not None:
        return read
    ways = [(at[-1], way) for way, at in found.items() if way in ("up", "down")]
    return max(ways)[1] if ways else None  # type: ignore[return-value]


def _bounded(figure: Quantity, found: Mapping[str, object]) -> Quantity:
    """Open above or below where the words say that the level is passed or not reached."""
    beyond, short = "beyond" in found, "short_of" in found
    if figure.unit not in ("points", "currency") or beyond == short or figure.low is None or figure.high is None:
        return figure
    return replace(figure, high=None, low=figure.value) if beyond else replace(figure, low=None, high=figure.value)


def _quantity(figure: Figure, named: frozenset[str]) -> Quantity:
    """A central bank's "0.25 points" are percentage points; "90 cents" of a currency are of the other's money."""
    if named & CURRENCIES and figure.unit == "currency" and abs(figure.value) < LARGEST_RATE:
        return Quantity(figure.text, figure.value, figure.low, figure.high, figure.unit, None)
    if named & BANKS and figure.unit == "points" and abs(figure.value) < LARGEST_STEP:
        low, high = (v and v / 100 for v in (figure.low, figure.high))
        return Quantity(figure.text, figure.value / 100, low, high, "percentage_points", None)
    return Quantity(figure.text, figure.value, figure.low, figure.high, figure.unit, figure.currency)


def _order(clause: Clause, trials: Sequence[Trial]) -> tuple[str, ...]:
    """From the trial, else the two that the words name, in their order around a word for better or worse."""
    for trial in trials:
        if trial.check == "relative_performance" and trial.params.get("other"):
            pair = (str(trial.params["symbol"]), str(trial.params["other"]))
            return pair if trial.params.get("relation") != "worse" else pair[::-1]
    found = said(clause.lowered)
    if "better" not in found and "worse" not in found:
        return ()
    named = [(m.start - clause.start, thing_of(m.target)) for m in clause.mentions]
    named += [(at[0], thing) for thing, at in places("things", clause.lowered).items() if thing not in PLACES]
    order = tuple(dict.fromkeys(key for _, key in sorted(named)))[:2]
    return order if "better" in found else order[::-1]


__all__ = ["Assertion", "Quantity", "assertion", "parts"]
