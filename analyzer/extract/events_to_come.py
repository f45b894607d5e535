"""Which event of the economy a clause says will come, or will not: families of words of ``economy_to_come.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from analyzer.extract.phrases import phrase_pattern
from analyzer.extract.view import Clause, remembered
from analyzer.model import Basis, Direction
from analyzer.text.patterns import Pattern
from analyzer.untyped_yaml import load

OTHER = "other"
"""Central banks of which no series is written down here."""


@dataclass(frozen=True)
class Family:
    """An event with the series that it shows in: of a bank (``verb``, ``noun``), or of an economy (``words``).

    ``at_least``, ``at_most``: the figure that is reached, as a fraction; ``months``: the horizon where none is stated;
    ``settles``: it is the step of a rate.
    """

    event: str
    relation: str
    series: dict[str, str]
    measure: str
    mode: Literal["touch", "at_horizon"]
    step: float
    at_least: float | None
    at_most: float | None
    months: int
    settles: bool
    verb: Pattern | None
    noun: Pattern | None
    words: Pattern | None


@dataclass(frozen=True)
class Event:
    """An event that is said to come, or (``kept_away``) not to; where its words stand in the clause."""

    family: Family
    symbol: str
    basis: Basis
    kept_away: bool
    start: int
    end: int


@dataclass(frozen=True)
class _Words:
    banks: dict[str, Pattern]
    families: tuple[Family, ...]
    to_come: Pattern
    kept_away: Pattern
    not_said: Pattern
    reservation: Pattern
    horizons: tuple[tuple[int, Pattern], ...]
    rises: Pattern
    falls: Pattern


@remembered
def event_to_come(clause: Clause) -> Event | None:
    """The one event of the economy that the clause forecasts; None where it is a condition, a doubt, a question, what
    somebody denied, or what was once expected, and where several are named."""
    if not is_said_to_come(clause):
        return None
    words, away = _words(), _is_kept_away(clause)
    found = [event for family in words.families if (event := _named(clause, family, away)) is not None]
    return found[0] if len(found) == 1 else None


@remembered
def is_said_to_come(clause: Clause) -> bool:
    """Whether the clause forecasts, and makes no condition, question, doubt or memory of it."""
    if clause.is_question or not (_is_kept_away(clause) or says_to_come(clause.text)):
        return False
    return not is_doubtful(clause)


def says_to_come(text: str) -> bool:
    """Whether a word of a text says that something is to come."""
    return _words().to_come.search(text) is not None


@remembered
def is_doubtful(clause: Clause) -> bool:
    """Whether what the clause foretells is a condition, a doubt, a fear, or what was expected once."""
    return says_doubt(clause.text)


def says_doubt(text: str) -> bool:
    """Whether a word of a text makes what it foretells a condition, a doubt, or a memory."""
    return _words().not_said.search(_words().reservation.sub(" ", text)) is not None


def _is_kept_away(clause: Clause) -> bool:
    return _words().kept_away.search(clause.text) is not None


def way_to_come(clause: Clause) -> tuple[Direction, int] | None:
    """The one way that a figure is forecast to go, and where the word for it stands in the clause."""
    words = _words()
    up, down = words.rises.search(clause.text), words.falls.search(clause.text)
    if (up is None) == (down is None) or _is_kept_away(clause):
        return None
    return ("up", up.start()) if up is not None else ("down", down.start()) if down is not None else None


def _named(clause: Clause, family: Family, away: bool) -> Event | None:
    if family.words is not None:
        match = family.words.search(clause.text)
        # as in the catalogue, an English text means the American economy where it names no other
        basis: Basis = "quote" if clause.view.article.language == "en" else "default"
        return Event(family, family.series[""], basis, away, *match.span()) if match is not None else None
    verb = family.verb.search(clause.text) if family.verb is not None else None
    noun = family.noun.search(clause.text) if family.noun is not None else None
    if verb is None and noun is None:
        return None
    here, around = _banks(clause), _banks(clause.paragraph)
    match, banks = (verb, here) if verb is not None and here else (noun, here or around)
    if match is None or len(banks) != 1 or banks[0] not in family.series:
        return None
    return Event(family, family.series[banks[0]], "quote" if here else "context", away, *match.span())


@remembered
def _banks(clause: Clause) -> list[str]:
    return banks_in(clause.text)


def banks_in(text: str) -> list[str]:
    """The central banks that a text names, by their short names in the file."""
    return [bank for bank, pattern in _words().banks.items() if pattern.search(text)]


def default_months(clause: Clause, family: Family) -> int:
    """The horizon in months of a forecast that names no date: by its word for it, else that of the family."""
    return named_horizon(clause) or family.months


def named_horizon(clause: Clause) -> int | None:
    """The months, by default, of a horizon that is named by a word and no date: "soon", "in the near term"."""
    return next((months for months, pattern in _words().horizons if pattern.search(clause.text)), None)


@cache
def _words() -> _Words:
    entries: Any = load(files("analyzer.extract").joinpath("lexicon", "economy_to_come.yaml").read_text("utf-8"))
    return _Words(
        banks={bank: _any(names, ignore_case=False) for bank, names in entries["banks"].items()},
        families=tuple(_family(entry) for entry in entries["families"]),
        to_come=_any(entries["to_come"]), kept_away=_any(entries["kept_away"]),
        not_said=_any(entries["not_said_to_come"]), reservation=_any(entries["a_reservation"]),
        rises=_any(entries["rises"]), falls=_any(entries["falls"]),
        horizons=tuple((int(one["months"]), _any(one["words"])) for one in entries["horizons"]),
    )  # fmt: skip


def _family(entry: dict[str, Any]) -> Family:
    series = entry["series"]
    low, high = (float(entry[name]) if name in entry else None for name in ("at_least", "at_most"))
    return Family(
        event=entry["event"], relation=entry["relation"], series={"": series} if isinstance(series, str) else series,
        measure=entry.get("measure", "level"), mode=entry.get("mode", "touch"), step=float(entry.get("step", 0.001)),
        at_least=low, at_most=high, months=int(entry.get("months", 12)),
        settles=bool(entry.get("settles", False)),
        verb=_any(entry["verb"]) if "verb" in entry else None, noun=_any(entry["noun"]) if "noun" in entry else None,
        words=_any(entry["words"]) if "words" in entry else None,
    )  # fmt: skip


def _any(phrases: Iterable[str], *, ignore_case: bool = True) -> Pattern:
    """Any of the phrases, as whole words."""
    found = "|".join(phrase_pattern(phrase) for phrase in phrases)
    return Pattern(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE if ignore_case else 0)
