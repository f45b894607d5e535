"""Robustness as a small specification curve: what every other defensible choice of window, benchmark or series gave.

One row a choice, ordered by its value, on one axis with the value observed and what the text's figure allows. An SVG
with classes only, for the report and the page alike: the page's policy forbids styles in it. Outcomes are signs, never
colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from analyzer.model import Evidence, Label, Variant
from analyzer.report import words

WIDTH, ROW = 640, 22
NAMES, SIGNS = 236, 30
"""Widths of the columns of names and of signs; the axis lies between them."""
LONGEST = 38
"""Characters of a name that fit; the whole one is the row's title."""


@dataclass(frozen=True)
class Axis:
    low: float
    high: float

    def x(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return NAMES + 8 + min(max(share, 0.0), 1.0) * (WIDTH - NAMES - SIGNS - 16)


def curve(
    evidence: Evidence,
    ident: str,
    name: str,
    said: Callable[[str], str] = str,
    labels: Mapping[Label, str] = words.WORDS,
) -> str:
    """The curve as an ``<svg>`` that is called ``name``; empty when no variant was run. Every text in it is escaped.
    ``said``: what the name of a variant is on the page; ``labels``: how outcomes are called there."""
    variants = ordered(evidence)
    if not variants:
        return ""
    observed = evidence.observed.value if evidence.observed else None
    axis = _axis([place(one, evidence) for one in variants], observed)
    height = ROW * (len(variants) + 1)
    title = f"{name}: {evidence.robustness.agree}/{evidence.robustness.of} {labels[evidence.outcome]}"
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{escape(ident)}-s" class="curve">',
        f'<title id="{escape(ident)}-s">{escape(words.visible(title))}</title>',
    ]
    if axis is not None:
        parts += [*_allowed(evidence, axis, height), *_observed(evidence, axis, height)]
    parts += [
        part
        for number, one in enumerate(variants, 1)
        for part in _row(one, number, axis, evidence, said(one.name), labels)
    ]
    return "".join([*parts, "</svg>"])


def ordered(evidence: Evidence) -> list[Variant]:
    """The variants as the curve and the table beside it have them: by value, those last that have no place on the
    axis."""
    places = [(place(one, evidence), one) for one in evidence.robustness.variants]
    return [one for _, one in sorted(places, key=lambda found: (found[0] is None, found[0] or 0.0))]


def place(variant: Variant, evidence: Evidence) -> float | None:
    """Where a variant stands on the axis; None without a value, and for one in another unit than what was observed."""
    observed = evidence.observed
    same = observed is None or variant.unit in (None, observed.unit)
    return variant.value if same else None


def written(variant: Variant, evidence: Evidence) -> str:
    """A variant's value in the unit of what was observed; empty without one."""
    if variant.value is None:
        return ""
    observed = evidence.observed
    unit = variant.unit or (observed.unit if observed else "")
    return words.quantity(variant.value, unit, observed.currency if observed else None)


def _axis(places: list[float | None], observed: float | None) -> Axis | None:
    """From the least to the greatest value, with room at both ends; None when nothing has a value."""
    values = [value for value in (*places, observed) if value is not None]
    if not values:
        return None
    room = (max(values) - min(values)) * 0.08 or abs(values[0]) * 0.08 or 1.0
    return Axis(min(values) - room, max(values) + room)


def _allowed(evidence: Evidence, axis: Axis, height: int) -> Iterator[str]:
    """What the text's figure allows, as a band, where it is of the kind that was observed."""
    stated, observed = evidence.stated, evidence.observed
    if stated is None or observed is None or stated.unit != observed.unit:
        return
    left = axis.x(axis.low if stated.low is None else stated.low)
    right = axis.x(axis.high if stated.high is None else stated.high)
    if right > left:
        yield f'<rect class="allowed" x="{left:.1f}" y="{ROW}" width="{right - left:.1f}" height="{height - ROW}"/>'


def _observed(evidence: Evidence, axis: Axis, height: int) -> Iterator[str]:
    observed = evidence.observed
    if observed is None or observed.value is None:
        return
    x = axis.x(observed.value)
    anchor = "end" if x > WIDTH * 0.8 else "middle"
    shown = words.quantity(observed.value, observed.unit, observed.currency)
    yield f'<line class="observed" x1="{x:.1f}" x2="{x:.1f}" y1="{ROW - 4}" y2="{height}"/>'
    yield f'<text class="tick {anchor}" x="{x:.1f}" y="{ROW - 8}">{escape(shown)}</text>'


def _row(
    variant: Variant, number: int, axis: Axis | None, evidence: Evidence, called: str, labels: Mapping[Label, str]
) -> Iterator[str]:
    y = ROW * number + ROW / 2
    name = words.one_line(called)
    short = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    word, value, where = labels[variant.outcome], written(variant, evidence), place(variant, evidence)
    yield f"<g><title>{escape(name)}: {escape(f'{value}, {word}' if value else word)}</title>"
    yield f'<line class="grid" x1="{NAMES}" x2="{WIDTH - SIGNS}" y1="{y:.1f}" y2="{y:.1f}"/>'
    yield f'<text class="name" x="0" y="{y + 4:.1f}">{escape(short)}</text>'
    if axis is not None and where is not None:
        yield f'<circle class="dot {variant.outcome}" cx="{axis.x(where):.1f}" cy="{y:.1f}" r="4.5"/>'
    elif value:
        yield f'<text class="tick" x="{NAMES + 8}" y="{y + 4:.1f}">{escape(value)}</text>'
    sign = words.SIGNS[variant.outcome]
    yield f'<text class="sign {variant.outcome}" x="{WIDTH - SIGNS / 2}" y="{y + 5:.1f}">{escape(sign)}</text></g>'
