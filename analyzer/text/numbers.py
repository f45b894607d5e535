"""Figures of a text: numbers with their unit, their sign and the words that qualify them, in German and English.

``figures`` reads them, ``stated`` turns one into what a claim states. The value is the one written; how far the truth
may lie from it is CHECKS, section 0.3 (``analyzer.text.intervals``). Nothing is guessed: a number without a unit is a
``count``, a "Cent" in a German text is one of a euro and in an English text one of a dollar, "Billion" is 1e12 in
German and 1e9 in English. Years, dates and durations are no figures (``analyzer.text.times``), nor are ordinals,
ranks, pages, versions, telephone numbers, tenors ("10-year") and plurals without a number ("billions").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from analyzer.model import Direction, Qualifier, Stated, Unit
from analyzer.text.intervals import Said, interval, mirrored
from analyzer.text.number_context import after, is_within_the_session
from analyzer.text.number_pairs import Item, items
from analyzer.text.number_phrases import begins_phrase, phrase_at
from analyzer.text.number_readings import Reading, begins_number, number_at
from analyzer.text.times import times
from analyzer.text.tokens import Tokens, tokens


@dataclass(frozen=True)
class Figure:
    """A figure as written: ``text == source[start:end]`` with its qualifying words, the core without them.

    ``value`` is in ``unit``: per cent as a fraction (0.17), basis points as percentage points in a fraction (0.005),
    money in whole units of ``currency``, "verdoppelt" as the change (+1.0). ``signed``: the sign stands with the
    number, or in the word ("halved" is -0.5). ``low`` and ``high`` are the interval around ``value``, None where it is
    open, both None for "up to"; they hold for the magnitude with the sign of ``value``. ``digit`` is one unit of the
    last digit written, in ``unit``.
    """

    start: int
    end: int
    text: str
    core_start: int
    core_end: int
    value: float
    signed: bool
    unit: Unit
    currency: str | None
    qualifier: Qualifier
    low: float | None
    high: float | None
    digit: float = 0.0


def figures(text: str, language: str, skip: Iterable[tuple[int, int]] = ()) -> tuple[Figure, ...]:
    """The figures of ``text`` in order, not overlapping. ``language`` is "de" or "en".

    A figure whose core touches one of the ``skip`` spans (names such as "S&P 500") or a time expression is left out.
    """
    found = tokens(text)
    taken = Spans([*skip, *((t.start, t.end) for t in times(text, language))])
    read = tuple(items(found, _readings(found, taken, language), language))
    limits = (*(item.before.start for item in read[1:]), len(text))
    return tuple(_figure(text, item, limit, language) for item, limit in zip(read, limits, strict=False))


def stated(figure: Figure, direction: Direction | None, *, exact: bool = False) -> Stated:
    """What a claim states that moves by the figure in ``direction``.

    An unsigned figure takes the sign of the direction, None leaves it as it is (levels). "Fell by less than 3 %" ends
    at zero, as a rise is no small fall. ``exact``: the figure is a threshold ("fell below 5000"), half a unit of its
    last digit wide.
    """
    value = -figure.value if direction == "down" and not figure.signed else figure.value
    low, high = figure.low, figure.high
    if exact:
        low, high = value - figure.digit / 2, value + figure.digit / 2
    elif _below_zero(figure) != (value < 0):
        low, high = mirrored(low, high)
    if figure.qualifier == "at_most" and direction is not None and not exact:
        low, high = (low, 0.0) if value < 0 else (0.0, high)
    return Stated(
        text=figure.text, value=value, low=low, high=high, unit=figure.unit, currency=figure.currency,
        qualifier="exact" if exact else figure.qualifier,
    )  # fmt: skip


def _below_zero(figure: Figure) -> bool:
    """Whether the interval lies below zero; one on both sides of it goes with the value."""
    sides = {bound < 0 for bound in (figure.low, figure.high) if bound}
    return sides.pop() if len(sides) == 1 else figure.value < 0


# --- reading ----------------------------------------


class Spans:
    """Stretches of a text that are taken."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, end - 1) - 1
        return at >= 0 and self.ends[at] > start


@lru_cache(maxsize=1 << 14)
def _begins(word: str, language: str) -> bool:
    return begins_number(word, language) or begins_phrase(word, language)


def _readings(found: Tokens, taken: Spans, language: str) -> list[Reading]:
    """All numbers outside the taken spans, in order and apart."""
    read: list[Reading] = []
    resume = 0
    for index, word in enumerate(found.words):
        start = found.starts[index]
        if start < resume or not _begins(word, language) or taken.touch(start, start + 1):
            continue
        reading = phrase_at(found, index, language)
        end = reading.end if reading else start
        if reading is None:
            end, reading = number_at(found, index, language)
        if reading and not taken.touch(reading.start, reading.end) and not (read and reading.start < read[-1].end):
            read.append(reading)
        elif not word[0].isdigit():
            continue
        resume = end
    return read


def _figure(text: str, item: Item, limit: int, language: str) -> Figure:
    """The figure of an item; words after it qualify it up to ``limit``, where the next figure begins."""
    reading, suffix = item.reading, after(text, item.end, language)
    if suffix and suffix[0] > limit:
        suffix = None
    if is_within_the_session(text, item.before.start, language) and reading.unit in ("fraction", "points"):
        item = replace(item, before=replace(item.before, said="up_to"))
    said: Said = item.before.said or reading.said or (suffix[1] if suffix else "rounded")
    sign = item.sign or 1
    value, low, high = _range_values(item) if item.upper else _values(reading, said, sign)
    start, end = min(item.before.start, reading.start), suffix[0] if suffix else item.end
    core = reading.start if reading.lead is not None else min(item.before.core, reading.start)
    qualifier: Qualifier = "between" if item.upper else "about" if said == "good" else said
    return Figure(
        start=start, end=end, text=text[start:end], core_start=core, core_end=item.end, value=value,
        signed=item.sign is not None, unit=reading.unit, currency=reading.currency, qualifier=qualifier,
        low=low, high=high, digit=float(reading.size.last),
    )  # fmt: skip


def _values(reading: Reading, said: Said, sign: int) -> tuple[float, float | None, float | None]:
    least, most = reading.spread if reading.spread and said == "about" else interval(reading.size, said)
    low, high = None if least is None else float(least), None if most is None else float(most)
    return sign * float(reading.size.value), *((low, high) if sign > 0 else mirrored(low, high))


def _range_values(item: Item) -> tuple[float, float, float]:
    """The middle and the ends as written; a sign before the first end holds for the second unless it has its own."""
    assert item.upper is not None
    sign = item.sign or 1
    ends = (sign * item.reading.size.value, (item.upper_sign or sign) * item.upper.size.value)
    return float(sum(ends) / 2), float(min(ends)), float(max(ends))
