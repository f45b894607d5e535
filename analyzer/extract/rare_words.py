"""How rare a clause says a move is, by the words of ``lexicon/rarity.yaml``: "a once-in-a-century crash"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from analyzer.extract.relations import NO_LONGER, names_a_day
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import Clause
from analyzer.extract.word_patterns import any_of, whole_words
from analyzer.model import Stated
from analyzer.text.numbers import figures, stated
from analyzer.text.patterns import Pattern
from analyzer.untyped_yaml import load

METHOD = Pattern(r"Six Sigma")
"""The method of the factories, which is written with capitals and is no move."""
BORDER = re.compile(r"[,;:–]\s|\s(?:and|but|und|aber)\s", re.IGNORECASE)
WHOLE = ("sigma", "rare", "weak", "kind", "day", "it", "copula", "one", "occurs", "ahead")
"""Lists of the file that are looked for as they are."""
LONGEST = 4
"""Words of a number: "more than ten thousand"."""

ONE = Stated(text="one", value=1.0, low=0.95, high=1.05, unit="count")


@dataclass(frozen=True)
class Rarity:
    """``stated`` counts years or sigmas; a word alone has no figure. ``of_a_kind``: it is said of such days, and not of
    one."""

    says: Literal["years", "sigma", "rare"]
    text: str
    stated: Stated | None = None
    of_a_kind: bool = False


@dataclass(frozen=True)
class _Words:
    """The words of one language, as patterns."""

    events: tuple[tuple[Pattern, float], ...]
    any_event: Pattern
    """All of them, and what is only rare."""
    years: Pattern
    lengths: dict[str, float]
    sigma: Pattern
    rare: Pattern
    weak: Pattern
    kind: Pattern
    day: Pattern
    it: Pattern
    copula: Pattern
    one: Pattern
    occurs: Pattern
    ahead: Pattern


def rarity(clause: Clause) -> Rarity | None:
    """What the clause says of how rare a move is; None where it says nothing, denies it, or speaks of what may come."""
    key = ("rarity", clause.start, clause.end)
    if key not in clause.view.kept:
        clause.view.kept[key] = _rarity(clause)
    return clause.view.kept[key]  # type: ignore[return-value]


def _rarity(clause: Clause) -> Rarity | None:
    words, text = _words(clause.view.article.language), clause.text
    found = _event(words, clause) or _sigmas(words, clause) or _years(words, clause)
    if found is None or words.ahead.search(text) or NO_LONGER.search(text):
        return None
    return found


def _event(words: _Words, clause: Clause) -> Rarity | None:
    """ "A century's event" is at least so rare."""
    if words.any_event.search(clause.text) is None:
        return None
    patterns: list[tuple[Pattern, float | None]] = [*words.events, (words.rare, None)]
    for pattern, years in patterns:
        match = pattern.search(clause.text)
        if match is None or _is_of_something_else(words, clause, match.start()):
            continue
        if years is None:
            return Rarity("rare", match.group())
        said = Stated(text=match.group(), value=years, low=years, high=None, unit="count", qualifier="at_least")
        return Rarity("years", match.group(), said)
    return None


def _is_of_something_else(words: _Words, clause: Clause, at: int) -> bool:
    """ "The flood was a century's event, and the Dax fell": the part up to the word says what it is of."""
    begin = max((m.end() for m in BORDER.finditer(clause.text, 0, at)), default=0)
    part = clause.view.clause(clause.start + begin, clause.start + at)
    if words.copula.search(part.text) is None or words.it.search(part.text):
        return False
    return not (part.has(*DOWN, *UP, "asset") or part.mentions or part.times)


def _sigmas(words: _Words, clause: Clause) -> Rarity | None:
    """ "A 25-sigma event", of a move."""
    match = words.sigma.search(clause.text)
    if match is None or METHOD.search(clause.text) or not clause.has(*DOWN, *UP):
        return None
    before = clause.text[: match.start()].rstrip(" -").split()[-LONGEST:]
    said = _number(before, clause.view.article.language)
    return None if said is None else Rarity("sigma", f"{said.text}{clause.text[match.start() - 1 : match.end()]}", said)


def _years(words: _Words, clause: Clause) -> Rarity | None:
    """ "Such a day comes once in ten years": of a kind of day, or of a move that is named."""
    text = clause.text
    match = words.years.search(text)
    if match is None:
        return None
    sized = any(f.unit == "fraction" for f in clause.figures)
    of_a_kind = words.kind.search(text) is not None or (sized and words.day.search(text) is not None)
    weak = words.weak.fullmatch(match["once"]) is not None
    if not of_a_kind and (weak or not clause.has(*DOWN, *UP) or (sized and not names_a_day(clause))):
        return None  # "corrections of 10 percent come once in two years" are of no day
    if weak and not words.occurs.search(text):
        return None
    length = words.lengths[match["unit"].lower()]
    counted = match["n"].strip()
    one = not counted or words.one.fullmatch(counted) is not None  # "once in a century"
    said = ONE if one else _number(counted.split(), clause.view.article.language)
    if said is None:
        return None
    ends = {n: None if v is None else v * length for n, v in (("low", said.low), ("high", said.high))}
    whole = said.model_copy(update={"text": match.group(), "value": said.value * length, **ends})
    return Rarity("years", match.group(), whole, of_a_kind)


def _number(words: list[str], language: str) -> Stated | None:
    """The number at the end of the words."""
    for first in range(len(words)):
        text = " ".join(words[first:])
        read = figures(text, language)
        if len(read) == 1 and read[0].unit in ("count", "points", "ratio") and read[0].end == len(text):
            return stated(read[0], None).model_copy(update={"unit": "count"})
    return None


# --- the file ----------------------------------------------------------------------------------------------------


@cache
def _words(language: str) -> _Words:
    entry: dict[str, Any] = load(
        files("analyzer.extract").joinpath("lexicon", "rarity.yaml").read_text(encoding="utf-8")
    )[language]  # fmt: skip
    units = {word: float(length) for word, length in entry["years"].items()}
    once, unit = any_of([*entry["once"], *entry["weak"]]), any_of(units)
    number = rf"(?:[\w.,-]+\s+){{0,{LONGEST}}}?"
    return _Words(
        events=tuple((whole_words([word]), float(years)) for word, years in entry["events"].items()),
        any_event=whole_words([*entry["events"], *entry["rare"]]),
        years=Pattern(rf"\b(?P<once>{once})\s+(?P<n>{number})(?P<unit>{unit})\b", re.IGNORECASE),
        lengths=units,
        **{name: whole_words(entry[name]) for name in WHOLE},
    )
