"""The interval that the words of a figure allow: CHECKS, section 0.3, as code.

Everything here is about magnitudes; the sign of the claim mirrors the interval (``mirrored``). None is an open side.

What the table leaves open is settled thus:

- Trailing zeros: the room is half a unit of the last non-zero digit, at most 2.5 % of the value, and never less than
  half a unit of the last digit written ("10 %" is 9.5 to 10.5, "50 %" 48.75 to 51.25, "2.0 %" 1.95 to 2.05).
- A lone digit before a scale word counts as written to one decimal, since a writer who has one writes it: "3 trillion"
  is 2.925 to 3.075, "a billion" 0.95 to 1.05.
- Words that name a ratio ("a third", "half", "tenfold") have 10 % room, and 2.5 % as a bound ("more than half").
- "gut", "just over": from x to the upper edge of "about".
- A range ("3 to 5 percent") has its ends as written.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analyzer.model import Qualifier

Said = Literal[Qualifier, "good"]
"""A qualifier as said: "good" is "gut ein Drittel", which the model knows as "about"."""

Interval = tuple[Decimal | None, Decimal | None]
TENTH = Decimal("0.1")
TRAILING = Decimal("0.025")
"""Room of trailing zeros at most, as a share of the value."""


@dataclass(frozen=True)
class Written:
    """A magnitude, one unit of its last digit, and its room on either side, all in the figure's unit."""

    value: Decimal
    last: Decimal
    room: Decimal
    is_word: bool = False
    """A word that names a ratio, not a numeral."""


def written(value: Decimal, last: Decimal, last_nonzero: Decimal, *, scaled: bool) -> Written:
    """The magnitude of a numeral before its factor is applied; ``scaled``: a scale word follows it."""
    if scaled and last == 1 and value < 10:
        last = TENTH
    room = min(last_nonzero / 2, value * TRAILING) if last_nonzero > last else last_nonzero / 2
    return Written(value, last, max(room, last / 2))


def ratio(value: Decimal) -> Written:
    """The magnitude of a word that names a ratio."""
    return Written(value, value * TENTH * 2, value * TENTH, is_word=True)


def interval(size: Written, said: Said) -> Interval:
    """What ``said`` allows around a magnitude."""
    lower, upper = size.value - size.room, size.value + size.room
    about = max(upper, size.value * (1 + TENTH))
    # "more than half" names a bound: the tenth of room that a word for a ratio has is not for it
    bound = size.value * TRAILING if size.is_word else size.room
    choices: dict[str, Interval] = {
        "exact": (size.value - size.last / 2, size.value + size.last / 2),
        "rounded": (lower, upper),
        "about": (max(min(lower, size.value * (1 - TENTH)), min(lower, Decimal(0))), about),
        "good": (size.value, about),
        "almost": (size.value * (1 - TENTH), upper),
        "at_least": (size.value - bound, None),
        "at_most": (None, size.value + bound),
        "up_to": (None, None),
    }
    return choices[said]


def mirrored(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """The interval seen from the other side of zero."""
    return (None if high is None else -high, None if low is None else -low)
