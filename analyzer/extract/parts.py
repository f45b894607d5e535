"""Long articles in overlapping parts, and the claims of the parts made one list again."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.model import Claim
from analyzer.text.spans import Span

LIMIT = 12_000
"""Characters that are read in one call: an op-ed of 2000 words."""
OVERLAP = 800
"""Characters that neighbouring parts share, so that a claim at the border stands whole in one of them."""


def parts_of(text: str, limit: int = LIMIT) -> tuple[Span, ...]:
    """Spans of at most ``limit`` characters that cover the text and begin and end at paragraphs where they can."""
    parts = []
    start, overlap = 0, min(OVERLAP, limit // 4)
    while len(text) - start > limit:
        end = _last_border(text, start + limit // 2, start + limit)
        parts.append(Span(start, end))
        start = _first_border(text, end - overlap, end)
    return (*parts, Span(start, len(text)))


def halves(text: str, part: Span) -> tuple[Span, ...]:
    """A part in smaller ones, for when its answer was cut off."""
    smaller = parts_of(part.of(text), max(1, (part.end - part.start) * 3 // 5))
    return tuple(Span(part.start + s.start, part.start + s.end) for s in smaller)


def merged(parts: Sequence[Sequence[Claim]]) -> tuple[Claim, ...]:
    """The claims of all parts in the order of the text; what an earlier part has as well is left out."""
    kept: list[Claim] = []
    for part in parts:
        earlier = tuple(kept)
        kept += [claim for claim in part if not any(_same(claim, other) for other in earlier)]
    return tuple(sorted(kept, key=lambda c: (c.start, c.end)))


def _same(one: Claim, other: Claim) -> bool:
    """Two readings of one claim: half of what they cover together is shared, or nearly all under different kinds."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    covered = max(one.end, other.end) - min(one.start, other.start)
    return shared >= (0.5 if one.kind == other.kind else 0.8) * covered


def _last_border(text: str, low: int, high: int) -> int:
    for mark in ("\n", ". ", " "):
        at = text.rfind(mark, low, high)
        if at >= 0:
            return at + len(mark)
    return high


def _first_border(text: str, low: int, high: int) -> int:
    for mark in ("\n", ". ", " "):
        at = text.find(mark, low, high - 1)
        if at >= 0:
            return at + len(mark)
    return low
