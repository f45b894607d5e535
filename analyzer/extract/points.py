"""Bare numbers that are levels: "the DAX closed at 17,298", "the benchmark finished at 5,614.56".

A text that speaks of an index or a coin leaves the unit away. Such a number is read as points when a word of level
stands right before it and what its sentence speaks of is quoted in points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.market.mentions import Mention
from analyzer.text.numbers import Figure
from analyzer.text.sentences import Span

LEVEL_WORDS = {
    "de": {"bei", "auf", "über", "unter", "oberhalb", "unterhalb", "marke"},
    "en": {"at", "to", "above", "below", "over", "under", "past", "through", "near", "around", "break", "hit", "reach"},
}
QUOTED_IN_POINTS = ("index", "volatility", "crypto")
SMALLEST = 10
"""No index of the catalogue stands below; "at 3" is a time or a count."""


def with_points(
    found: Sequence[Figure], text: str, language: str, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[Figure, ...]:
    """The figures with the unit "points" for bare numbers that are levels of what the text speaks of."""
    return tuple(_read(figure, text, language, sentences, mentions) for figure in found)


def _read(figure: Figure, text: str, language: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> Figure:
    if figure.unit != "count" or abs(figure.value) < SMALLEST:
        return figure
    words = re.findall(r"[\w']+", text[max(0, figure.start - 30) : figure.core_start].lower())[-3:]
    if not LEVEL_WORDS[language] & set(words):
        return figure
    return replace(figure, unit="points") if _in_points(figure, text, sentences, mentions) else figure


def _in_points(figure: Figure, text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> bool:
    """Whether the sentence names something quoted in points, or names nothing and what was named last is."""
    span = next((s for s in sentences if s.start <= figure.start < s.end), None)
    if span is None:
        return False
    named = [m for m in mentions if span.start <= m.start < span.end]
    if not named:
        named = [m for m in mentions if m.end <= span.start and "\n\n" not in text[m.end : span.start]][-1:]
    return any(getattr(m.target, "kind", "") in QUOTED_IN_POINTS for m in named)
