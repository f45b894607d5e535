"""The rows that decided a verdict, for a page that has to stand by itself.

Of each series that a piece of evidence used: the rows of its window, at most 300; of a longer window its first, last,
highest and lowest; with them the ends and extremes of the whole series, the sessions that the chart marks, and the
hash. The series is looked up again, and shown only if its rows have the hash that the evidence names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from analyzer.market.market import Market
from analyzer.model import DataUsed, Evidence
from analyzer.series import Series, SeriesRequest, to_date

MOST = 300
"""Rows of one series that are shown."""
NAMED = 20
"""Room among them for rows outside of the window: ends, extremes, marked sessions."""
OTHER_ROWS = (
    "These rows are not at hand: the sources hold none, or others than those that the verdict was computed from. "
    "Name the folder with --data."
)


@dataclass(frozen=True)
class Row:
    day: date
    value: float
    note: str = ""
    """What the row is: base, first, last, highest or lowest, or what the chart says of it."""


@dataclass(frozen=True)
class Rows:
    """Rows of one series: those that have a name, and all of the window, if they are not too many. ``of`` counts the
    window's, ``held`` the series'; ``missing`` says why there are none."""

    used: DataUsed
    named: tuple[Row, ...] = ()
    window: tuple[Row, ...] = ()
    of: int = 0
    held: int = 0
    missing: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every row of the window is shown."""
        return self.of <= MOST - NAMED

    @property
    def others(self) -> tuple[Row, ...]:
        """The window, where it says more than the named rows."""
        return self.window if {row.day for row in self.window} - {row.day for row in self.named} else ()


def lines(rows: Sequence[Row]) -> str:
    """A row a line: day, value, note."""
    width = max((len(f"{row.value:.10g}") for row in rows), default=0)
    return "\n".join(f"{row.day}  {row.value:>{width}.10g}  {row.note}".rstrip() for row in rows)


class Behind:
    """Looks the rows up in a market."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._series: dict[tuple[date, str, str, str], Series | None] = {}

    def rows(self, evidence: Evidence) -> tuple[Rows, ...]:
        """By series, in the order in which the evidence names them; what has the same rows stands once."""
        once = {(used.symbol, used.field, used.sha256): used for used in reversed(evidence.data)}
        return tuple(self._rows(evidence, used) for used in reversed(once.values()))

    def _rows(self, evidence: Evidence, used: DataUsed) -> Rows:
        series = self._found(used, evidence.as_of)
        if series is None or series.sha256 != used.sha256:
            return Rows(used, missing=OTHER_ROWS)
        window = evidence.window
        inside = series.between(window.base or window.first, window.last)
        notes: dict[date, list[str]] = {}
        for day, note in _notes(evidence, series, inside):
            notes.setdefault(day, []).append(note)
        found = ((day, series.at(day), notes[day]) for day in sorted(notes))
        named = (Row(day, value, ", ".join(dict.fromkeys(said))) for day, value, said in found if value is not None)
        whole = (
            () if len(inside) > MOST - NAMED else tuple(map(Row, map(to_date, inside.dates), inside.values.tolist()))
        )
        return Rows(used, tuple(named), whole, len(inside), len(series))

    def _found(self, used: DataUsed, as_of: date) -> Series | None:
        key = (as_of, used.symbol, used.field, used.basis)
        if key not in self._series:
            request = SeriesRequest(used.symbol, used.field, used.basis)  # type: ignore[arg-type]  # stored as text
            self._series[key] = self._market.open(as_of).data([request]).get(request)
        return self._series[key]


def _notes(evidence: Evidence, series: Series, inside: Series) -> Iterator[tuple[date, str]]:
    """Day and note of the rows that are named; a day may come several times."""
    yield from _ends(series, "of all rows")
    if len(inside) > MOST - NAMED:
        yield from _ends(inside, "of the window")
    window = evidence.window
    for name, day in (("first", window.first), ("last", window.last), ("base", window.base)):
        if day is not None:
            yield day, name
    yield from (evidence.chart.marks if evidence.chart else ())


def _ends(series: Series, of: str) -> Iterator[tuple[date, str]]:
    if not len(series):
        return
    places = {
        "first": 0, "last": -1, "highest": int(np.argmax(series.values)), "lowest": int(np.argmin(series.values)),
    }  # fmt: skip
    for name, place in places.items():
        yield to_date(series.dates[place]), f"{name} {of}"
