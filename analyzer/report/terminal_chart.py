"""A line chart for the terminal: braille dots where the output can show them, else plain characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np

HEIGHT = 12
"""Lines of the plot."""
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bits of the eight dots of a braille sign, by column and row."""
EMPTY = 0x2800


def chart(dates: Sequence[date], values: np.ndarray, width: int, *, braille: bool = True) -> list[str]:
    """Lines of at most ``width`` characters: the values over time between their lowest and highest, with labels."""
    low, high = float(values.min()), float(values.max())
    labels = [f"{v:,.2f}" for v in (high, (high + low) / 2, low)]
    margin = max(map(len, labels)) + 1
    columns = max(10, width - margin - 1)
    rows = _braille(values, columns, low, high) if braille else _plain(values, columns, low, high)
    shown = {0: labels[0], len(rows) // 2: labels[1], len(rows) - 1: labels[2]}
    bar = "│" if braille else "|"
    lines = [f"{shown.get(i, ''):>{margin - 1}} {bar}{row}".rstrip() for i, row in enumerate(rows)]
    first, last = str(dates[0]), str(dates[-1])
    return [*lines, f"{'':{margin + 1}}{first}{last:>{columns - len(first)}}"]


def _level(value: float, low: float, high: float, steps: int) -> int:
    """The step of a value, 0 at the top."""
    return round((high - value) / (high - low) * (steps - 1)) if high > low else steps // 2


def _sampled(values: np.ndarray, count: int) -> list[tuple[float, float]]:
    """Lowest and highest value of each of ``count`` stretches, so that no peak is lost; fewer where there are fewer."""
    edges = np.linspace(0, len(values), min(count, len(values)) + 1).astype(int)
    found = [(float(values[a:b].min()), float(values[a:b].max())) for a, b in pairwise(edges)]
    return [found[i * len(found) // count] for i in range(count)]


def _braille(values: np.ndarray, columns: int, low: float, high: float) -> list[str]:
    grid = np.full((HEIGHT, columns), EMPTY)
    before: int | None = None
    for x, (least, most) in enumerate(_sampled(values, 2 * columns)):
        top, bottom = (_level(v, low, high, 4 * HEIGHT) for v in (most, least))
        if before is not None:  # joined to the dots before it
            top, bottom = min(top, before), max(bottom, before)
        for y in range(top, bottom + 1):
            grid[y // 4, x // 2] |= DOTS[x % 2][y % 4]
        before = _level((least + most) / 2, low, high, 4 * HEIGHT)
    return ["".join(chr(cell) if cell != EMPTY else " " for cell in row) for row in grid]


def _plain(values: np.ndarray, columns: int, low: float, high: float) -> list[str]:
    grid = [[" "] * columns for _ in range(HEIGHT)]
    for x, (least, most) in enumerate(_sampled(values, columns)):
        for y in range(_level(most, low, high, HEIGHT), _level(least, low, high, HEIGHT) + 1):
            grid[y][x] = "*"
    return ["".join(row) for row in grid]
