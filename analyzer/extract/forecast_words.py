"""A clause that compares forecasts: of two houses, whose figures it may name, or with what needs no skill.

The words and the names are those of ``lexicon/forecasters.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from analyzer.extract.relations import AHEAD
from analyzer.extract.view import Clause
from analyzer.extract.word_patterns import whole_words
from analyzer.market.instruments import Instrument
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern
from analyzer.untyped_yaml import load

Against = Literal["others", "unchanged", "coin"]
LETTER = Pattern(r"\b(?:Bank|Haus|House|Broker|Analyst) [A-Z]\b")
"""Houses without a name: "Bank A"."""
FEWEST = 2
UNITS = ("points", "currency", "count")
LIKE = 3.0
"""How many times one forecast may be another's: what differs by more is of another thing."""


class House(NamedTuple):
    """A forecaster as the text first names it, and where."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Contest:
    """``first`` is said to be better (``no_better``: not to be) than ``others``, or than what needs no skill; None for
    forecasters without a name, who are then the others. ``figures``: what each house is said to have forecast."""

    first: str | None
    others: tuple[str, ...]
    against: Against
    no_better: bool
    figures: tuple[tuple[str, Figure], ...] = ()
    decides: bool = True
    """Whether the clause says who is better, and not only what was forecast."""


@dataclass(frozen=True)
class _Words:
    who: Pattern
    forecast: Pattern
    made: Pattern
    closer: Pattern
    no_better: Pattern
    better: Pattern
    coin: Pattern
    naive: Pattern


def contest(clause: Clause) -> Contest | None:
    """What the clause compares; None where it compares no forecasts."""
    key = ("contest", clause.start, clause.end)
    if key not in clause.view.kept:
        clause.view.kept[key] = _closer(clause) or _better(clause)
    return clause.view.kept[key]  # type: ignore[return-value]


# --- of forecasts that have come due -----------------------------------------------------------------------------


def _closer(clause: Clause) -> Contest | None:
    """ "Bank A said 6,000, Bank B 5,200: A was closer": each house with the figure behind it, and who won."""
    sentence = clause.sentence
    words = _words(sentence.view.article.language)
    verdict = words.closer.search(sentence.text)
    if verdict is None or not (words.made.search(sentence.text) or words.forecast.search(sentence.text)):
        return None
    said = tuple(_figures_of_houses(sentence, sentence.start + verdict.start()))
    winner = _before(sentence, verdict.start(), [name for name, _ in said])
    if len(said) < FEWEST or winner is None:
        return None
    sizes = [abs(figure.value) for _, figure in said]
    if min(sizes) <= 0.0 or max(sizes) > LIKE * min(sizes):
        return None
    decides = clause.start <= sentence.start + verdict.start() < clause.end
    return Contest(winner, tuple(n for n, _ in said if n != winner), "others", False, said, decides)


def _figures_of_houses(sentence: Clause, end: int) -> Iterable[tuple[str, Figure]]:
    """Each house with the one figure between it and the next one."""
    found = houses(sentence)
    borders = [*(h.start for h in found[1:]), end]
    for house, border in zip(found, borders, strict=False):  # without a house the end borders nothing
        figures = [f for f in sentence.figures if house.end <= f.start and f.end <= border and f.unit in UNITS]
        if house.start < end and len(figures) == 1:
            yield house.name, figures[0]


def _before(sentence: Clause, verdict: int, names: Iterable[str]) -> str | None:
    """Whose name stands right before the words of the verdict, in whole or by a word of it."""
    part = re.split(r"[;:,.–]\s", sentence.text[:verdict])[-1]
    fitting = [n for n in names if any(re.search(rf"\b{re.escape(w)}\b", part) for w in (n, *n.split()) if w != "Bank")]
    return fitting[0] if len(fitting) == 1 else None


# --- of forecasters ----------------------------------------------------------------------------------------------


def _better(clause: Clause) -> Contest | None:
    """ "The forecasts of A are better than those of B", "analysts are no better than a coin"."""
    text = clause.text
    words = _words(clause.view.article.language)
    worse, better = words.no_better.search(text), words.better.search(text)
    verdict = worse or better
    if verdict is None or AHEAD.search(text):
        return None
    before, behind = text[: verdict.start()], text[verdict.end() :]
    if not words.forecast.search(before):
        return None  # "results better than analysts' forecasts" are no forecasts
    against: Against = "coin" if words.coin.search(behind) else "unchanged" if words.naive.search(behind) else "others"
    named = houses(clause)
    ahead = [h.name for h in named if h.end <= clause.start + verdict.start()]
    rest = [h.name for h in named if h.start >= clause.start + verdict.end()]
    if against == "others":
        return Contest(ahead[0], tuple(rest), against, worse is not None) if len(ahead) == 1 and rest else None
    general = words.who.search(before)
    if len(ahead) != 1 and general is None:
        return None
    return Contest(ahead[0] if len(ahead) == 1 else None, (general.group(),) if not ahead and general else (), against,
                   worse is not None)  # fmt: skip


# --- names -------------------------------------------------------------------------------------------------------


def houses(clause: Clause) -> list[House]:
    """The forecasters that the clause names, each where it stands first."""
    text = clause.text
    spans = [(m.start(), m.end(), m.group()) for m in LETTER.finditer(text)]
    spans += [(m.start(), m.end(), name) for name, pattern in _names() for m in pattern.finditer(text)]
    for mention in clause.mentions:
        if isinstance(mention.target, Instrument) and mention.target.kind == "equity":
            spans.append((mention.start - clause.start, mention.end - clause.start, mention.target.name))
    once: dict[str, House] = {}
    taken = -1
    for start, end, key in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start >= taken:
            taken = end
            once.setdefault(key, House(text[start:end], clause.start + start, clause.start + end))
    return list(once.values())


def is_house(said: str) -> bool:
    """Whether the words name somebody who publishes forecasts."""
    return LETTER.search(said) is not None or any(pattern.search(said) for _, pattern in _names())


@cache
def _entries() -> Any:
    return load(files("analyzer.extract").joinpath("lexicon", "forecasters.yaml").read_text(encoding="utf-8"))


@cache
def _names() -> tuple[tuple[str, Pattern], ...]:
    """Each house by its first name, with a pattern of all its names."""
    return tuple((line.split("|")[0], whole_words(line.split("|"), ignore_case=False)) for line in _entries()["names"])


@cache
def _words(language: str) -> _Words:
    return _Words(**{name: whole_words(words) for name, words in _entries()[language].items()})
