"""Charts of scorecards: rates with their intervals against base rates, and calibration. SVG with classes only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from analyzer.report import words
from analyzer.scorecard.cards import FEWEST, Card, Rate
from analyzer.stats.proportions import wilson

TOP, FOOT, MOST = 8, 28, 30
SIDE, EDGE, ROOM = 300, 44, 24
"""Of the calibration: its side, the margins of its axes, and that of the other two."""
BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))


@dataclass(frozen=True)
class Layout:
    """``left`` and ``right``: margins of the axis; ``above``: whether a name stands above its line, not beside it;
    ``longest``: characters of a name that fit."""

    name: str
    width: int
    left: int
    right: int
    row: int
    longest: int
    above: bool = False

    def x(self, share: float) -> float:
        return self.left + share * (self.width - self.left - self.right)


WIDE = Layout("wide", 640, 190, 84, 30, 20)
SLIM = Layout("slim", 320, 14, 62, 52, 36, above=True)
"""The same for a narrow screen, where the words of the wide one could not be read."""


@dataclass(frozen=True)
class Row:
    """A rate of ``n`` with its interval, and what would have been by the base rates, where there are any."""

    name: str
    rate: Rate | None
    base: float | None
    n: int


@dataclass(frozen=True)
class Bin:
    """Forecasts that stated about the same probability: their mean probability, and how often they came true."""

    stated: float
    came: Rate
    n: int


def svg(rows: Sequence[Row], title: str) -> str:
    """A row a group from 0 to 100 %: a dot at its rate, a line for the interval, a bar at the base rate. Twice, for
    wide and for narrow screens, one of which is shown."""
    drawn = [one for one in rows if one.rate is not None][:MOST]
    return "".join(_laid_out(drawn, title, layout) for layout in (WIDE, SLIM))


def _laid_out(drawn: Sequence[Row], title: str, layout: Layout) -> str:
    height = TOP + layout.row * len(drawn) + FOOT
    parts = [
        f'<svg viewBox="0 0 {layout.width} {height}" role="img" class="chart rates {layout.name}">',
        f"<title>{escape(title)}: {escape('; '.join(map(_told, drawn)))}</title>",
    ]
    for quarter in range(5):
        at = layout.x(quarter / 4)
        parts.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{height - FOOT}"/>')
        parts.append(f'<text class="tick middle" x="{at:.1f}" y="{height - 9}">{25 * quarter} %</text>')
    parts += [part for number, one in enumerate(drawn) for part in _row(one, TOP + layout.row * number, layout)]
    return "".join([*parts, "</svg>"])


def _row(one: Row, top: float, layout: Layout) -> Iterator[str]:
    assert one.rate is not None
    x, y = layout.x, top + layout.row * (0.7 if layout.above else 0.5)
    name = words.visible(words.one_line(one.name))
    short = name if len(name) <= layout.longest else f"{name[: layout.longest - 1]}…"
    place = (0, top + 16, "start") if layout.above else (layout.left - 12, y + 4, "end")
    yield f"<g><title>{escape(_told(one))}</title>"
    yield f'<text class="name {place[2]}" x="{place[0]}" y="{place[1]:.1f}">{escape(short)}</text>'
    yield f'<line class="interval" x1="{x(one.rate.low):.1f}" x2="{x(one.rate.high):.1f}" y1="{y}" y2="{y}"/>'
    if one.base is not None:
        yield f'<line class="base" x1="{x(one.base):.1f}" x2="{x(one.base):.1f}" y1="{y - 9}" y2="{y + 9}"/>'
    yield f'<circle class="dot" cx="{x(one.rate.share):.1f}" cy="{y:.1f}" r="5.5"/>'
    yield f'<text class="tick" x="{layout.width - layout.right + 14}" y="{y + 4:.1f}">n={one.n}</text></g>'


def _told(one: Row) -> str:
    assert one.rate is not None
    base = "" if one.base is None else f", base rate {100 * one.base:.0f} %"
    rate = f"{100 * one.rate.share:.0f} % ({100 * one.rate.low:.0f}–{100 * one.rate.high:.0f} %)"
    return words.visible(f"{words.one_line(one.name)}: {rate}{base}, n={one.n}")


def calibration(cards: Sequence[Card]) -> list[Bin]:
    """Forecasts with a probability in their text, by fifths of it; none where there are fewer than ``FEWEST``."""
    said = [
        (claim.forecast.probability, claim.forecast.came_true)
        for card in cards
        for claim in card.claims
        if claim.forecast is not None and claim.forecast.probability is not None
    ]
    if len(said) < FEWEST:
        return []
    found = []
    for low, high in BINS:
        some = [(p, came) for p, came in said if low <= p < high or p == high == 1.0]
        if some:
            true = sum(came for _, came in some)
            mean = sum(p for p, _ in some) / len(some)
            found.append(Bin(mean, Rate(true / len(some), *wilson(true, len(some))), len(some)))
    return found


def diagonal(bins: Sequence[Bin], title: str, stated: str, came: str) -> str:
    """Stated probability to the right, share that came true upwards; who is calibrated lies on the diagonal. ``stated``
    and ``came`` name the axes."""
    length = SIDE - EDGE - ROOM

    def x(share: float) -> float:
        return EDGE + share * length

    def y(share: float) -> float:
        return ROOM + (1.0 - share) * length

    told = "; ".join(f"{100 * one.stated:.0f} % → {100 * one.came.share:.0f} %, n={one.n}" for one in bins)
    parts = [
        f'<svg viewBox="0 0 {SIDE} {SIDE}" role="img" class="chart calibration">',
        f"<title>{escape(title)}: {escape(told)}</title>",
    ]
    for half in (0.0, 0.5, 1.0):
        parts.append(f'<line class="grid" x1="{x(0)}" x2="{x(1)}" y1="{y(half)}" y2="{y(half)}"/>')
        parts.append(f'<line class="grid" x1="{x(half)}" x2="{x(half)}" y1="{y(0)}" y2="{y(1)}"/>')
        parts.append(f'<text class="tick end" x="{EDGE - 6}" y="{y(half) + 4:.1f}">{100 * half:.0f} %</text>')
        parts.append(f'<text class="tick middle" x="{x(half):.1f}" y="{y(0) + 16:.1f}">{100 * half:.0f} %</text>')
    parts.append(f'<line class="base" x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}"/>')
    parts.append(f'<text class="axis" x="{x(0)}" y="{ROOM - 10}">{escape(came)}</text>')
    parts.append(f'<text class="axis end" x="{x(1)}" y="{y(0) + 31:.1f}">{escape(stated)}</text>')
    for one in bins:
        at, low, high = x(one.stated), y(one.came.low), y(one.came.high)
        parts.append(f"<g><title>{100 * one.stated:.0f} % → {100 * one.came.share:.0f} %, n={one.n}</title>")
        parts.append(f'<line class="interval" x1="{at:.1f}" x2="{at:.1f}" y1="{low:.1f}" y2="{high:.1f}"/>')
        parts.append(f'<circle class="dot" cx="{at:.1f}" cy="{y(one.came.share):.1f}" r="5.5"/>')
        parts.append(f'<text class="tick middle" x="{at:.1f}" y="{low + 13:.1f}">n={one.n}</text></g>')
    return "".join([*parts, "</svg>"])
