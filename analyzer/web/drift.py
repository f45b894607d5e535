"""How the figure of a claim drifted from article to article: an SVG a unit, with classes only (the page's policy).

A figure is a sign of its claim's verdict at the day it was said, with a line from the least to the greatest value that
its words allow. Figures of claims that contradict the group are crosses, and listed as such in the title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from analyzer.matching.assertion import Quantity
from analyzer.memory.groups import Member
from analyzer.report import words

Said = Member
WIDTH, HEIGHT = 640, 190
LEFT, RIGHT, TOP, BOTTOM = 92, 20, 18, 28


@dataclass(frozen=True)
class Point:
    day: date
    figure: Quantity
    of: Member
    against: bool

    @property
    def value(self) -> float:
        """Without its sign: "minus 17 percent" and "17 percent less" are one figure, and did not drift."""
        return abs(self.figure.value)


def drift(members: Sequence[Member], against: Sequence[Member], name: str) -> Iterator[str]:
    """A chart for each unit in which figures were said on at least two occasions. Every text in it is escaped."""
    points = [*_points(members, against=False), *_points(against, against=True)]
    units = dict.fromkeys((one.figure.unit, one.figure.currency) for one in points if not one.against)
    for unit in units:
        some = [one for one in points if (one.figure.unit, one.figure.currency) == unit]
        if len({one.of.claim for one in some}) > 1:
            yield _svg(sorted(some, key=lambda one: one.day), name)


def _points(members: Sequence[Member], *, against: bool) -> list[Point]:
    return [
        Point(date.fromisoformat(one.published), figure, one, against)
        for one in members
        if one.published
        for figure in one.figures
    ]


def _svg(points: Sequence[Point], name: str) -> str:
    low, high = min(one.value for one in points), max(one.value for one in points)
    room = (high - low) * 0.15 or abs(high) * 0.15 or 1.0
    low, high = low - room, high + room
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()

    def x(day: date) -> float:
        share = (day.toordinal() - first) / (last - first) if last > first else 0.5
        return LEFT + 14 + share * (WIDTH - LEFT - RIGHT - 28)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" class="chart drift">',
        f"<title>{escape(name)}: {escape('; '.join(map(_told, points)))}</title>",
    ]
    for value in dict.fromkeys(one.value for one in (min(points, key=_value), max(points, key=_value))):
        shown = words.quantity(value, points[0].figure.unit, points[0].figure.currency).removeprefix("+")
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>')
        parts.append(f'<text class="tick end" x="{LEFT - 8}" y="{y(value) + 4:.1f}">{escape(shown)}</text>')
    line = " ".join(f"{x(one.day):.1f},{y(one.value):.1f}" for one in points if not one.against)
    parts.append(f'<polyline class="path" points="{line}"/>')
    for one in points:
        sign = "×" if one.against else words.SIGNS[one.of.label]
        parts.append(
            f'<g class="{one.of.label}"><title>{escape(_told(one))}</title>'
            f'<circle class="spot" cx="{x(one.day):.1f}" cy="{y(one.value):.1f}" r="10"/>'
            f'<text class="sign" x="{x(one.day):.1f}" y="{y(one.value) + 5:.1f}">{escape(sign)}</text></g>'
        )
    ends = ((points[0].day, "start", LEFT), (points[-1].day, "end", WIDTH - RIGHT))
    for day, place, where in ends if last > first else ((points[0].day, "middle", x(points[0].day)),):
        parts.append(f'<text class="tick {place}" x="{where:.1f}" y="{HEIGHT - 8}">{day}</text>')
    return "".join([*parts, "</svg>"])


def _value(one: Point) -> float:
    return one.value


def _told(one: Point) -> str:
    who = ", ".join(name for name in (one.of.by, one.of.outlet) if name)
    return words.visible(f"{one.day} {'× ' if one.against else ''}{words.one_line(one.figure.text)} {who}".rstrip())
