"""What the forms of the catalogue's names may mean, and what must hold for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from analyzer.market.instruments import Basket, Catalogue, Instrument, Target
from analyzer.market.names import Name, fold, forms
from analyzer.model import Language

Trust = Literal["always", "ambiguous", "default_for", "regional", "never"]

LEAST_SYMBOL = 3
LONG_SYMBOL = 4
"""Letters of a symbol that is no word of a language when it is written small."""


class Reading(NamedTuple):
    """One thing that a form may mean, and what must hold for it."""

    target: Target | None
    """None: the phrase is no instrument."""
    trust: Trust
    inverse: bool
    name: Name


def readings_of(catalogue: Catalogue, language: Language) -> Iterator[Reading]:
    """Every form of every name of a catalogue, phrases that are no instrument included."""
    targets: tuple[Target, ...] = (*catalogue.instruments, *catalogue.baskets)
    for target in targets:
        plural, wording = isinstance(target, Basket), target.wording
        if isinstance(target, Instrument) and _has_a_bare_symbol(target):
            yield Reading(target, "ambiguous", False, Name((fold(target.symbol),), (target.symbol,), False))
        groups: tuple[tuple[Iterable[str], Trust, bool], ...] = (
            (target.aliases.get(language, ()), "always", False),
            (wording.inverse, "always", True),
            (wording.ambiguous, "ambiguous", False),
            (wording.default_for, "default_for", False),
            (wording.regional, "regional", False),
        )
        for names, trust, inverse in groups:
            for name in names:
                for form in forms(name, language, plural=plural):
                    reading = Reading(target, trust, inverse, form)
                    is_symbol = isinstance(target, Instrument) and name == target.symbol and name.isalpha()
                    yield _of_symbol(reading) if is_symbol else reading
    for phrase in catalogue.not_instruments:
        for form in forms(phrase, language):
            yield Reading(None, "never", False, form)


def _has_a_bare_symbol(target: Instrument) -> bool:
    """ "GME fell 5%": symbols of shares that are not among the names; short ones are words and numerals."""
    is_name = target.symbol in (*target.aliases.get("en", ()), *target.wording.ambiguous)
    return target.kind == "equity" and target.symbol.isalpha() and len(target.symbol) >= LEAST_SYMBOL and not is_name


def _of_symbol(reading: Reading) -> Reading:
    """A symbol by itself: of a fund it may be any acronym, of a share a long one may be written small ("nvda")."""
    if isinstance(reading.target, Instrument) and reading.target.kind == "etf":
        return reading._replace(trust="ambiguous")
    if reading.trust == "always" and len(reading.name.tokens[0]) >= LONG_SYMBOL:
        return reading._replace(name=reading.name._replace(capitals=("",)))
    return reading


def distinct(readings: list[Reading]) -> tuple[Reading, ...]:
    """One reading per target and trust; the form as listed before an inflected one that looks the same."""
    if len(readings) == 1:
        return tuple(readings)
    best: dict[tuple[int, Trust, tuple[str, ...]], Reading] = {}
    for reading in sorted(readings, key=lambda r: r.name.inflected):
        best.setdefault((id(reading.target), reading.trust, reading.name.capitals), reading)
    return tuple(best.values())


def is_proper(readings: tuple[Reading, ...]) -> bool:
    """Whether a form is a proper name that always means one share, coin or index."""
    target = readings[0].target
    sure = len(readings) == 1 and readings[0].trust == "always" and not readings[0].name.inflected
    return (
        sure
        and isinstance(target, Instrument)
        and target.kind in ("equity", "crypto", "index")
        and all(readings[0].name.capitals)
    )
