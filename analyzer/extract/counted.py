"""A day that is counted from one that was named before: "two days later", "the same day", "am Tag darauf"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause
from analyzer.text.patterns import Pattern

NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "ein": 1, "einen": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10,
}  # fmt: skip
NUMBER_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUMBER = rf"(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})"
DAYS = rf"(?P<u>{any_phrase('unit_of_days')})"
SAME = phrases("same_day")
LATER = Pattern(
    rf"\b{NUMBER} {DAYS} {any_phrase('days_later')}\b|\b{any_phrase('next_day')}\b"
    rf"|\b{any_phrase('day_after')}\b(?! \w)",
    re.IGNORECASE,
)
EARLIER = Pattern(
    rf"\b{NUMBER} {DAYS} {any_phrase('days_earlier')}\b(?! the)|\b{any_phrase('day_before')}\b"
    rf"|\b{any_phrase('day_before_at_the_end')}\b(?! \w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Counted:
    """``steps`` days after (negative: before) the day that the text named last; ``sessions``: trading days."""

    start: int
    end: int
    text: str
    steps: int
    sessions: bool


def counted(clause: Clause, start: int | None = None) -> Counted | None:
    """The first such words of the clause; with ``start`` the last ones that end by there, from the clause's begin."""
    found = sorted(
        (m.start(), sign, m)
        for pattern, sign in ((SAME, 0), (LATER, 1), (EARLIER, -1))
        for m in pattern.finditer(clause.text)
        if start is None or clause.start + m.end() <= start
    )
    if not found:
        return None
    _, sign, match = found[0 if start is None else -1]
    groups = match.groupdict()
    said = (groups.get("n") or "1").lower()
    unit = (groups.get("u") or "").lower()
    return Counted(
        clause.start + match.start(), clause.start + match.end(), match.group(),
        sign * (NUMBERS.get(said) or int(said)), "session" in unit or "handel" in unit or "börsen" in unit,
    )  # fmt: skip
