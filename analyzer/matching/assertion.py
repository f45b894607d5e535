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
from analyzer.matching.because import Because, agent, told_cause
from analyzer.matching.things import (
    ACTORS,
    BANKS,
    CURRENCIES,
    SAME_THING,
    currencies_of,
    guessed_of,
    places_of,
    subjects_of,
    thing_of,
)
from analyzer.matching.when import SAID, Told, speaks_of_later, time_of
from analyzer.matching.words import headings, places, said
from analyzer.model import Kind, Modality, Trial, Unit
from analyzer.text.numbers import Figure

Way = Literal[
    "up",
    "down",
    "flat",
    "fear",
    "calm",
    "kept",
    "dropped",
    "right",
    "wrong",
    "early",
    "late",
    "well",
    "ill",
    "brief",
    "lasting",
    "no_rise",
    "no_fall",
]

OWN_DECISION = frozenset(("fed_policy", "floor_end", "rate_rise", "rate_cut"))
"""Of a central bank alone that is no cause but what it decided."""
GIVEN_UP = frozenset(
    ("floor", "negative_rates", "yield_control", "bond_buying", "rating", "takeover", "tariff", "phase", "bull_market",
     "bear_market", "exit_")
)  # fmt: skip
"""What is kept or dropped, where of a price "dropped" says that it fell."""
INSTEAD = (("bond_buying", "takeover"), ("dividend", "ratio"), ("unemployment", "jobs"), ("confidence_index", "growth"),
           ("flotation", "takeover"), ("flotation", "of_shares"),
           ("flotation", "earnings"), ("mood", "likeness"))  # fmt: skip
"""Of two measures that share words, the one that is meant where both are read."""
POLICIES = frozenset(("floor", "bond_buying", "negative_rates", "yield_control"))
LARGEST_STEP = 10
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
    guessed: frozenset[str] = frozenset()
    """Of the named those that are only a kind of thing in a place: "American shares"."""
    moved: frozenset[str] = frozenset()
    """Of a claim of cause and effect what the words of the effect name."""
    surely_causal: bool = False
    """Whether a word like "because" says so, and not only a verb like "lifted"."""
    likened: frozenset[str] = frozenset()
    """What the subject is likened to."""
    planned: bool = False
    """Of what is to come: an actor's own decision, which others report as made."""


def assertion(
    clause: Clause,
    published: date | None,
    trials: Sequence[Trial] = (),
    kind: Kind | None = None,
    modality: Modality = "asserted",
) -> Assertion:
    """What the claim in ``clause`` asserts. ``trials``: what the binder made of it."""
    text, found = clause.lowered, said(clause.lowered)
    bound, around = _bound_thing(trials), clause.paragraph
    outright, regions = subjects_of(clause), places_of(clause)
    own = outright or bound
    measures = _measures(text, own)
    after = told_cause(clause)
    because = after or (agent(clause, found, ACTORS) if "brought_about" in found else None)
    cause, effect = _part(clause, because, "cause"), _part(clause, because, "effect")
    causes = headings("causes", cause.lowered) or headings("causes", text)
    causal, surely = _causal(clause, kind, own, causes, because, measures)
    if causal and after and not causes:
        causes = subjects_of(cause) - subjects_of(effect)  # "because of SVB"
    moved = effect if causal and because and len(effect.text) > SHORTEST_EFFECT else clause
    main = moved if after else clause
    forecast = (
        kind == "prediction"
        or any(x.check == "forecast" for x in trials)
        or _to_come(main)
        or speaks_of_later(main, published)
        or ("year_end" in found and not _told_of_the_past(main))
    ) and not (causal and main is not clause and not _to_come(main) and not speaks_of_later(main, published))
    if "mood" in measures and kind != "prediction" and not SURELY_TO_COME.search(text):
        forecast = False  # "gloom about the coming year"
    way = _way(moved, measures) or _way(clause, measures)
    subjects = own or subjects_of(around)
    if way in ("up", "down") and subjects and subjects <= BONDS and not YIELD.search(moved.lowered):
        way = "down" if way == "up" else "up"  # of bonds, whose price falls as their yield rises
    denied = _denied(main, clause, modality, way, measures)
    if denied and not causal:
        way, measures, denied = _without_a_not(text, way, measures)
    roles = {p.role for p in parts(clause)}
    moves = "change" in roles or kind == "quantitative_move"
    told = Told(
        published, forecast, record="record" in measures, moves=moves, lasts=bool(measures & LASTS),
        likeness="likeness" in measures,
    )  # fmt: skip
    first, last, timed = time_of(clause, told, trials)
    return Assertion(
        subjects=subjects, named=own, places=regions or places_of(around),
        measures=measures, causes=causes, causal=causal, forecast=forecast,
        denied=denied,
        alone="alone" in said(clause.sentence.lowered),
        way=way, bound_way=_bound_way(trials), first=first, last=last, said=timed,
        figures=tuple(_bounded(_quantity(f, own), found) for f in clause.figures),
        instruments=frozenset(n for n in own if not n.islower()), maturities=_maturities(text),
        moves=moves, within=bool(ONE_DAY.search(text)),
        sides=currencies_of(clause), order=_order(clause, trials), guessed=guessed_of(clause) if outright else bound,
        moved=subjects_of(moved) if causal else frozenset(),
        surely_causal=surely, likened=headings("likened", text) if "likeness" in measures else frozenset(),
        planned=forecast and "plans" in found and bool(own & BANKS or "authorities" in found),
    )  # fmt: skip


TURNED: dict[Way, Way] = {
    "fear": "calm", "calm": "fear", "kept": "dropped", "dropped": "kept", "right": "wrong", "wrong": "right",
    "late": "early", "early": "late", "well": "ill", "ill": "well", "brief": "lasting", "lasting": "brief",
    "up": "no_rise", "down": "no_fall",
}  # fmt: skip
"""Judgements of which one holds where the other is denied: "no panic" is calm."""
YIELD = re.compile(
    r"yield|rendite|rentier|verzins|zins|borrowing|cost of|costs\b|rates?\b|coupon|premium|prozent|percent|per cent|%"
)


PLAIN_NOT = re.compile(
    r"(?:\b(?:not|no|nicht|kein\w*|never|nie|without|ohne|nothing|nichts|anything but|alles andere als|keineswegs"
    r"|hardly)"
    r"|n't)\b.{0,25}$"
)


def _without_a_not(text: str, way: Way | None, measures: frozenset[str]) -> tuple[Way | None, frozenset[str], bool]:
    """A judgement with a "not" right before it as its opposite: what is no bubble is fairly priced."""
    for one, other in (("bubble", "cheap"), ("cheap", "bubble")):
        if one in measures and other not in measures and _after_a_not(text, places("measures", text).get(one, ())):
            return way, measures - {one} | {other}, False
    if way in TURNED and _after_a_not(text, said(text).get(way, ())):
        return TURNED[way], measures, False
    return way, measures, True


def _after_a_not(text: str, starts: Sequence[int]) -> bool:
    return bool(starts) and all(PLAIN_NOT.search(text[:at]) for at in starts)


SHORTEST_EFFECT = 15
"""Characters; what is shorter than that is no statement of its own."""


def _measures(text: str, own: frozenset[str]) -> frozenset[str]:
    measures = headings("measures", text)
    if measures & ECONOMY:
        measures -= {"intraday"}  # prices of shops that rise "for a while"
    if own and own <= BANKS | BONDS and "takeover" in measures:
        measures = measures - {"takeover"} | {"bond_buying"}  # a central bank buys no company
    for narrow, wide in INSTEAD:
        measures -= {wide} if narrow in measures else set()
    if {"earnings", "volume"} <= measures:  # of "Umsatz"
        measures -= {"earnings"} if TRADED.search(text) else {"volume"}
    return measures


TRADED = re.compile(r"handel|gehandelt|aktien|börse|stück|papiere|shares|traded|trading")


def _part(clause: Clause, because: Because | None, which: Literal["cause", "effect"]) -> Clause:
    """The cause or the effect of a clause; the whole where they are not told apart."""
    start, end = getattr(because, which) if because else (0, 0)
    return clause.view.clause(clause.start + start, clause.start + end) if end > start else clause


def _causal(
    clause: Clause,
    kind: Kind | None,
    own: frozenset[str],
    causes: frozenset[str],
    because: Because | None,
    measures: frozenset[str],
) -> tuple[bool, bool]:
    """Whether it says what brought something about, and whether surely so."""
    found = said(clause.lowered)
    if own & BANKS and measures & POLICIES and not {"cause_after", "cause_before"} & set(found):
        return False, False  # a central bank that "lets the euro fall no further"
    surely = "surely_brought_about" in found or "cause_after" in found or "cause_before" in found
    if bool(own) and own <= BANKS | BONDS and causes <= OWN_DECISION and not surely:
        return False, False  # a central bank that "lifts" its rate
    weakly = "brought_about" in found and (bool(causes) or because is not None)
    return kind in ("causal", "policy_effect") or surely or weakly, surely


def _end_of_statement(clause: Clause) -> int:
    """Where a remark begins that is added behind a comma, to a statement that has its subject and its figure or way:
    a "not" in "…, no other share fell as much" denies nothing of it."""
    for comma in ADDED.finditer(clause.lowered):
        before = clause.view.clause(clause.start, clause.start + comma.start())
        if before.figures and (before.mentions or subjects_of(before)):
            return comma.start()
    return len(clause.text)


OF_A_RECORD = re.compile(
    r"(?:(?:noch )?nie(?:mals)?|never|(?:in |an )?keine?[rmns]?|no|not (?:since|in|for)|nicht (?:seit|mehr))\b"
    r"(?! (?:\w+ ){0,2}(?:rekord|record|\w*hoch|\w*tief|high|low)\b)"
)
"""A "never" or "no other" that tells how large a thing is, where it is of a record."""
ADDED = re.compile(r"[,;:–—] ")


def _denied(main: Clause, clause: Clause, modality: Modality, way: Way | None, measures: frozenset[str]) -> bool:
    """Whether it says that something is not so; "as not seen since 1990" says how large a thing is, and a "not" in the
    words of the cause denies no effect."""
    found = said(main.lowered)
    if "superlative" in said(clause.lowered):
        return False
    beside = said(clause.lowered).get("no_denial", ())
    offset, ends = main.start - clause.start, _end_of_statement(main)
    told = [at for at in found.get("negations", ()) if at < ends]
    if "record" in measures:
        told = [at for at in told if not OF_A_RECORD.match(main.lowered, at)]
    if any(not any(0 <= at + offset - s <= BESIDE for s in beside) for at in told):
        return True
    if "hardly" in found and way != "flat":
        return True
    cut = main is not clause
    return modality == "denied" and not beside and not cut and not measures & {"record"} and way != "flat"


ONE_DAY = re.compile(
    r"an (?:nur )?einem (?:einzigen )?tag|in (?:just )?(?:a|one) (?:single )?(?:day|session)|one-day|binnen stunden"
)
NUMBER = {
    "two": "2", "zwei": "2", "three": "3", "drei": "3", "five": "5", "fünf": "5", "ten": "10", "zehn": "10",
    "thirty": "30", "dreißig": "30",
}  # fmt: skip
MONTHS = re.compile(
    rf"(?<![\w.,])(\d+|{'|'.join(NUMBER)})(?:-| )?(?:month|monat\w*)(?:-| )?"
    r"(?:bill|paper|yield|rate|papier|titel|schein|satz)"
)
MATURITY = re.compile(rf"(?<![\w.,])(\d+|{'|'.join(NUMBER)})(?:-| )?(?:year|jähr|jahres)(?!\w* (?:high|low|hoch|tief))")


def _maturities(text: str) -> frozenset[str]:
    years = {NUMBER.get(m.group(1), m.group(1)) for m in MATURITY.finditer(text)}
    return frozenset(years | {f"{NUMBER.get(m.group(1), m.group(1))}m" for m in MONTHS.finditer(text)})


BONDS = frozenset(("bund", "treasury", "gilt", "italy_bond", "spain_bond", "greek_bond", "jgb"))
PASSIVE = re.compile(r"\bw(?:ird|erden)\b.*\b(?:\w*ge\w+(?:t|en)|\w+iert|be\w+t|ver\w+t|über\w+t)(?: werden)?\W*$")
""" "Wird verteuert": of now, and no future."""
AS_EXPECTED = re.compile(
    r"\b(?:als|wie) (?:von \w+ )?(?:erwartet|prognostiziert|vorhergesagt|gedacht|geplant|erhofft)"
    r"|(?:than|as)[- ](?:was )?(?:expected|predicted|forecast)"
    r"|\bun(?:er|ver)wartet|unexpected\w*|erwartung\w*|expectations|(?:every|all|the|most) forecasts?\b"
)
SURELY_TO_COME = re.compile(r"\b(?:will|wird|werden|dürfte\w*|expects?|erwart\w*|forecasts?|prognos\w*)\b")
PAST = re.compile(
    r"\b(?:hat|haben|hatte\w*|wurde\w*|war|waren|ist \w*ge\w+|stand|standen|lag|lagen|schloss|fiel|stieg|verlor|gewann"
    r"|has|have|had|was|were|did|fell|rose|lost|stood|\w{3,}ed|\w{4,}te)\b"
)


def _told_of_the_past(clause: Clause) -> bool:
    return bool(PAST.search(clause.lowered))


def _to_come(clause: Clause) -> bool:
    text = AS_EXPECTED.sub("", clause.lowered)
    return "to_come" in said(text) and not PASSIVE.search(text)


def _bound_thing(trials: Sequence[Trial]) -> frozenset[str]:
    """The index that the trials test, where the words of the claim or beside it say so: "Wall Street" is one."""
    symbols = (str(x.params["symbol"]) for x in trials if x.params.get("symbol") and x.basis.get("symbol") in SAID)
    return frozenset(SAME_THING.get(symbol, symbol) for symbol in symbols if symbol.startswith("^"))


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
    moody = "mood" in measures
    if "lasting" in measures and ("brief" in found or "lasting" in found):
        return "lasting" if "lasting" in found else "brief"
    for way in ("right", "wrong", "late", "early", "flat", "dropped", "kept", "fear", "calm"):
        if way in ("dropped", "kept") and not measures & GIVEN_UP:
            continue
        if way in found and not (way in ("fear", "calm") and not moody and ("up" in found or "down" in found)):
            return way
    if "jobs" in measures and ("up" in found) != ("down" in found):
        return "up" if "up" in found else "down"  # "cut 20,000 jobs"
    read = direction_near(clause, None)
    if read is not None:
        return read
    ways = [(at[-1], way) for way, at in found.items() if way in ("up", "down")]
    if not ways and "ill" in found:
        return "ill"
    if not ways and "well" in found:
        return "well"
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
    named += [(at[0], thing) for thing, at in places("things", clause.lowered).items()]
    order = tuple(dict.fromkeys(key for _, key in sorted(named) if key not in BANKS))[:2]
    if len(order) < len(("one", "other")):
        return ()
    return order if "better" in found else order[::-1]


__all__ = ["Assertion", "Quantity", "assertion", "parts"]
