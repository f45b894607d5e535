"""Two numbers that belong together: ranges ("3 to 5 percent"), and a unit that both share ("3,4 und 5,1 Prozent")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from analyzer.text.number_context import Before, before
from analyzer.text.number_readings import Reading
from analyzer.text.tables import table
from analyzer.text.tokens import Tokens

HYPHENS = frozenset("-–‑")
WIDEST = 10
"""The ends of a range are at most this ratio apart: "3 to 20 percent"; "66 to 11,497" is a way."""


@dataclass(frozen=True)
class Item:
    """One figure in the making: a number and its qualifying words, or the two ends of a range."""

    reading: Reading
    before: Before
    upper: Reading | None = None
    upper_sign: int | None = None

    @property
    def sign(self) -> int | None:
        return self.reading.sign or self.before.sign

    @property
    def end(self) -> int:
        return self.upper.end if self.upper else self.reading.end


def items(found: Tokens, readings: Sequence[Reading], language: str) -> Iterator[Item]:
    """The usable numbers, ranges joined; a bare number takes the unit of the one that it is linked with."""
    single = [Item(r, before(found, found.at(r.start if r.lead is None else r.lead), language)) for r in readings]
    for left in range(len(single) - 2, -1, -1):
        single[left : left + 2] = _with_units(found, single[left], single[left + 1], language)
    at = 0
    while at < len(single):
        pair = single[at : at + 2]
        joined = _range(found, pair[0], pair[1], language) if len(pair) == 2 else None
        if joined or (pair[0].reading.usable and not pair[0].reading.hyphenated):
            yield joined or pair[0]
        at += 2 if joined else 1


@lru_cache(maxsize=4)
def _links(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Words that share a unit, that make a range, that make one after "between", that forbid one before it."""
    lists = table(f"numbers_{language}")
    shared, ranges, ands = frozenset(lists["shared"]), frozenset(lists["ranges"]), frozenset(lists["between_and"])
    return shared | ranges | ands | HYPHENS, ranges | HYPHENS, ands, frozenset(lists["from"])


def _gap(found: Tokens, left: Item, right: Item) -> str:
    """What stands between two numbers, as one string of tokens."""
    between = found.text[left.reading.end : right.before.start]
    return re.sub(r"\s*\.", " .", " ".join(between.lower().split())) if len(between) < 20 else between


def _with_units(found: Tokens, left: Item, right: Item, language: str) -> tuple[Item, Item]:
    """Two numbers, the one that lacks it with the unit, the scale or the currency of the other."""
    first, second = left.reading, right.reading
    gap = _gap(found, left, right)
    decimal = first.numeral is not None and first.numeral.last < 1
    if gap not in _links(language)[0] and not (gap == "," and decimal):
        return left, right
    if not second.usable:
        return replace(left, reading=replace(first, usable=first.usable and not first.bare)), right
    if first.measure is None or second.measure is None or first.measure.fold or second.measure.fold:
        return left, right
    if first.bare and second.measure.explicit:
        return replace(left, reading=first.measured(second.measure)), right
    if _says_range(found, left, gap, language):
        first, second = _as_money(first, second)
        if first.unit == "currency" and second.bare and not found.text[first.start].isdigit():
            second = second.priced(first.currency)  # "$70-75"
        return replace(left, reading=first), replace(right, reading=second)
    return left, right


def _as_money(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    """The ends of a range of money: "$5 to 10 billion", "500 Millionen bis 1 Milliarde Euro"."""
    if second.measure is None or not second.measure.scaled:
        return first, second
    if first.unit == "count" and first.scaled and second.unit == "currency":
        return first.priced(second.currency), second
    if first.unit == "currency" and second.unit == "count":
        second = second.priced(first.currency)
    alike = first.unit == "currency" == second.unit and first.currency == second.currency
    if alike and second.measure is not None and not first.scaled and first.size.value < 1000:
        return first.measured(second.measure), second
    return first, second


def _says_range(found: Tokens, left: Item, gap: str, language: str) -> bool:
    _, ranges, ands, ways = _links(language)
    if gap in ands:
        return left.before.between
    return gap in ranges and found.word(found.at(left.before.start) - 1) not in ways


def _range(found: Tokens, left: Item, right: Item, language: str) -> Item | None:
    """The range of two numbers of one unit, the smaller first; None where they make none."""
    first, second = left.reading, right.reading
    alike = (first.unit, first.currency) == (second.unit, second.currency)
    if first.measure is None or second.measure is None or not alike or not second.usable:
        return None
    gap = _gap(found, left, right)
    if not _says_range(found, left, gap, language) or (gap in HYPHENS and first.bare):
        return None
    moved = found.word(found.at(left.before.start) - 1) in table(f"numbers_{language}")["moved"]
    if gap == "to" and moved and first.unit == "currency" and not first.bare:
        return None  # "fell by $24.20 to $118.42"
    near = Decimal(0) < first.size.value < second.size.value <= first.size.value * WIDEST
    opposite = left.sign == -1 and right.sign == 1
    return replace(left, upper=second, upper_sign=right.sign) if near or opposite else None
