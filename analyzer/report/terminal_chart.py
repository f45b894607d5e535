"""A series as a line of characters: braille dots, or plain ASCII where the terminal has no others.

Days lie at their distance in time, so that a hole in the rows is a hole in the line. Where several rows fall on one
column of dots it is drawn from the lowest to the highest of them, so that no extreme is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import floor, log10
from statistics import median

BRAILLE = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of the dots of a braille character, by row and column."""
SIZES = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"))
ROWS_PER_TICK = 3
HOLE_DAYS = 10
"""Rows further apart than this, and than five times the usual distance, are not joined."""
HOLE_TIMES = 5


@dataclass(frozen=True)
class Signs:
    """How many dots a character holds, and the characters of the frame."""

    across: int
    down: int
    axis: str
    tick: str
    corner: str
    floor: str
    mark: str


UNICODE = Signs(2, 4, "│", "┤", "└", "─", "┴")
ASCII = Signs(1, 1, "|", "+", "+", "-", "+")


def chart(days: Sequence[date], values: Sequence[float], width: int, height: int = 12, *, ascii: bool) -> list[str]:
    """Lines of at most ``width`` characters: ``height`` of them with the values at the left, the days beneath.

    Nothing for fewer than two rows or where there is no room.
    """
    signs = ASCII if ascii else UNICODE
    low, high = (min(values), max(values)) if len(values) > 1 else (0.0, 0.0)
    if low == high:
        pad = abs(low) * 0.05 or 1.0
        low, high = low - pad, high + pad
    labels = dict(_ticks(low, high, height))
    margin = max(map(len, labels.values()), default=0)
    columns = width - margin - 2
    if len(values) < 2 or columns < 10:
        return []
    dots = _dots(days, values, (low, high), (columns * signs.across, height * signs.down))
    body = [
        f"{labels.get(row, ''):>{margin}} {signs.tick if row in labels else signs.axis}{drawn}".rstrip()
        for row, drawn in enumerate(_drawn(dots, columns, height, signs))
    ]
    return [*body, *_foot(days, margin, columns, signs)]


def fits(encoding: str | None) -> bool:
    """Whether an output of this encoding can show the braille signs and the frame."""
    try:
        (chr(BRAILLE) + UNICODE.axis + UNICODE.mark).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


# --- the line -------------------------------------------------------------------------------------------------------


def _dots(
    days: Sequence[date], values: Sequence[float], span: tuple[float, float], size: tuple[int, int]
) -> set[tuple[int, int]]:
    """Dots (x, y) from the upper left corner."""
    (low, high), (across, down) = span, size
    first, length = days[0].toordinal(), max(1, days[-1].toordinal() - days[0].toordinal())
    xs = [round((d.toordinal() - first) / length * (across - 1)) for d in days]
    ys = [round((high - v) / (high - low) * (down - 1)) for v in values]
    distances = [(b - a).days for a, b in pairwise(days)]
    hole = max(HOLE_DAYS, HOLE_TIMES * median(distances))
    dots = {(xs[0], ys[0])}
    for i, distance in enumerate(distances):
        joined = distance <= hole
        dots |= set(_line((xs[i], ys[i]), (xs[i + 1], ys[i + 1]))) if joined else {(xs[i + 1], ys[i + 1])}
    return dots


def _line(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots of a straight line between two dots, both included."""
    (x0, y0), (x1, y1) = start, end
    steps = max(abs(x1 - x0), abs(y1 - y0), 1)
    for step in range(steps + 1):
        yield round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps)


def _drawn(dots: set[tuple[int, int]], columns: int, height: int, signs: Signs) -> Iterator[str]:
    draw: Callable[[int, int], str] = _braille(dots) if signs is UNICODE else _star(dots)
    for row in range(height):
        yield "".join(draw(column, row) for column in range(columns))


def _braille(dots: set[tuple[int, int]]) -> Callable[[int, int], str]:
    cells: dict[tuple[int, int], int] = {}
    for x, y in dots:
        place = (x // 2, y // 4)
        cells[place] = cells.get(place, 0) | DOTS[y % 4][x % 2]
    return lambda column, row: chr(BRAILLE + bits) if (bits := cells.get((column, row))) else " "


def _star(dots: set[tuple[int, int]]) -> Callable[[int, int], str]:
    return lambda column, row: "*" if (column, row) in dots else " "


# --- the axes -------------------------------------------------------------------------------------------------------


def _ticks(low: float, high: float, height: int) -> Iterator[tuple[int, str]]:
    """Round values between low and high, each with the row that is nearest to it."""
    step = _step((high - low) / max(1, height // ROWS_PER_TICK))
    largest = max(abs(low), abs(high))
    scale, sign = next(((size, sign) for size, sign in SIZES if largest >= size), (1.0, ""))
    digits = max(0, -floor(log10(step / scale) + 1e-9))
    for i in range(floor(low / step), floor(high / step) + 1):
        value = i * step
        if low <= value <= high:
            shown = f"{round(value / scale, digits) or 0.0:,.{digits}f}{sign}"
            yield round((high - value) / (high - low) * (height - 1)), shown


def _step(rough: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** floor(log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))


def _foot(days: Sequence[date], margin: int, columns: int, signs: Signs) -> Iterator[str]:
    """The lower axis with a mark under the first, the middle and the last day, as many as there is room for."""
    first, last = days[0].toordinal(), days[-1].toordinal()
    count = 3 if columns >= 40 and last - first > 2 else 2 if columns >= 24 and last > first else 1
    marks = [round(i * (columns - 1) / max(1, count - 1)) for i in range(count)]
    names = [date.fromordinal(round(first + (last - first) * i / max(1, count - 1))).isoformat() for i in range(count)]
    axis, line = [signs.floor] * columns, [" "] * columns
    for mark, name in zip(marks, names, strict=True):
        axis[mark] = signs.mark
        start = min(max(0, mark - len(name) // 2), columns - len(name))
        line[start : start + len(name)] = name
    yield f"{'':>{margin}} {signs.corner}{''.join(axis)}"
    yield f"{'':>{margin}}  {''.join(line)}".rstrip()
