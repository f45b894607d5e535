"""Bare numbers that have a unit after all: "the DAX closed at 17,298", "600 billion gone overnight".

A text that speaks of an index or a coin leaves the points away: such a number is read as points when a word of level
stands right before it and what its sentence speaks of is quoted in points. One that speaks of an exchange rate leaves
the currency away ("at 101.52 per dollar"), one that speaks of a company's losses the money: a number in billions that
something lost is money of its currency.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.extract.phrases import LANGUAGES, any_phrase, word_set
from analyzer.market.instruments import Instrument
from analyzer.market.mentions import Mention
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern
from analyzer.text.sentences import Span

LEVEL_WORDS = {language: word_set("word_of_level", language) for language in LANGUAGES}
QUOTED_IN_POINTS = ("index", "volatility", "crypto")
SMALLEST = 10
"""No index of the catalogue stands below; "at 3" is a time or a count."""


LOST_BEHIND = Pattern(rf"\s+(?:\w+\s+)?{any_phrase('lost_behind')}\b", re.IGNORECASE)
LOST_BEFORE = Pattern(rf"\b{any_phrase('lost_before')}\W+(?:\w+\W+){{0,2}}?$", re.IGNORECASE)
COUNTED = re.compile(rf"\s+(?!{any_phrase('counts_nothing')}\b)[^\W\d_]")
"""A noun behind the number says what is counted: "lost 2 billion users"."""
BILLIONS = 1e9


def with_units(
    found: Sequence[Figure], text: str, language: str, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[Figure, ...]:
    """The figures with the unit "points" for bare numbers that are levels of what the text speaks of, and with the
    currency of what lost or won them for bare numbers of billions."""
    return tuple(
        _money(_read(figure, text, language, sentences, mentions), text, sentences, mentions) for figure in found
    )


def _money(figure: Figure, text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> Figure:
    if figure.unit == "count" and figure.value == 0 and SIDE_OF_ZERO.match(text[figure.start : figure.end]):
        return _side_of_zero(figure, _named(figure, text, sentences, mentions))
    if figure.unit != "count" or abs(figure.value) < BILLIONS:
        return figure
    behind = LOST_BEHIND.match(text[figure.end : figure.end + 40])
    before = LOST_BEFORE.search(text[max(0, figure.start - 40) : figure.start])
    if not behind and (not before or COUNTED.match(text[figure.end : figure.end + 20])):
        return figure
    currencies = (getattr(m.target, "currency", None) for m in _named(figure, text, sentences, mentions))
    currency = next((c for c in currencies if c), None)
    return replace(figure, unit="currency", currency=currency) if currency else figure


SIDE_OF_ZERO = Pattern(rf"{any_phrase('side_of_zero')}\b", re.IGNORECASE)


def _side_of_zero(figure: Figure, named: Sequence[Mention]) -> Figure:
    """ "Dropped below zero": in the money of what is priced, as a fraction of what is a rate."""
    for target in (m.target for m in named):
        if getattr(target, "kind", "") == "rate":
            return replace(figure, unit="fraction")
        if currency := getattr(target, "currency", None):
            return replace(figure, unit="currency", currency=currency)
    return figure


def _read(figure: Figure, text: str, language: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> Figure:
    before = text[max(0, figure.start - 30) : figure.core_start].lower()
    words = re.findall(r"[\w']+", before)[-3:]
    if figure.unit != "count" or not (LEVEL_WORDS[language] & set(words) or EXTREME.search(before)):
        return figure
    if abs(figure.value) >= SMALLEST and _in_points(figure, text, sentences, mentions):
        return replace(figure, unit="points")
    return _rate(figure, text, _named(figure, text, sentences, mentions))


EXTREME = Pattern(rf"\b{any_phrase('extreme_of')}\W+of\W+(?:\w+\W+)?$")
PER = Pattern(rf"\s*{any_phrase('per')}\s+(?:us[- ])?{any_phrase('per_currency')}\b", re.IGNORECASE)
DECIMAL = re.compile(r"\d[.,]\d{2,4}(?!\d)")


def _rate(figure: Figure, text: str, named: Sequence[Mention]) -> Figure:
    """An exchange rate, "per dollar" or to the cent, in the currency that the pair is quoted in."""
    targets = [m.target for m in named if isinstance(m.target, Instrument)]
    pairs = {target.currency for target in targets if target.kind == "currency"}
    said = PER.match(text[figure.end : figure.end + 20]) or DECIMAL.fullmatch(text[figure.core_start : figure.core_end])
    if len(pairs) != 1 or not said or len(named) != 1:
        return figure
    return replace(figure, unit="currency", currency=pairs.pop())


def _in_points(figure: Figure, text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> bool:
    """Whether the sentence names something quoted in points, or names nothing and what was named last is."""
    return any(_is_quoted_in_points(m.target) for m in _named(figure, text, sentences, mentions))


def _is_quoted_in_points(target: object) -> bool:
    """An index, also one of a currency against several others, which is in no currency of its own."""
    if not isinstance(target, Instrument):
        return False
    return target.kind in QUOTED_IN_POINTS or (target.kind == "currency" and target.currency is None)


def _named(figure: Figure, text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> list[Mention]:
    """What the figure's sentence names, else what was named last before it in its paragraph."""
    span = next((s for s in sentences if s.start <= figure.start < s.end), None)
    if span is None:
        return []
    named = [m for m in mentions if span.start <= m.start < span.end]
    return named or [m for m in mentions if m.end <= span.start and "\n\n" not in text[m.end : span.start]][-1:]
