"""Runs of sessions, weeks or months, trends and turns, by the words in which they are told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.relations import AHEAD, NO_LONGER
from analyzer.extract.roles import direction_near
from analyzer.extract.view import Clause
from analyzer.model import Direction
from analyzer.text.patterns import Pattern

Unit = Literal["session", "week", "month", "quarter", "year"]

EN_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
}  # fmt: skip
EN_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12,
}  # fmt: skip
DE_COUNTS = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12,
}  # fmt: skip
DE_ORDINALS = {
    "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6, "siebt": 7, "siebent": 7, "acht": 8, "neunt": 9,
    "zehnt": 10, "elft": 11, "zwölft": 12,
}  # fmt: skip
COUNTS = EN_COUNTS | EN_ORDINALS | DE_COUNTS | DE_ORDINALS
EN_COUNT = rf"(?:{'|'.join(EN_COUNTS)}|\d{{1,2}})"
EN_ORDINAL = rf"(?:{'|'.join(EN_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
DE_COUNT = rf"(?:{'|'.join(DE_COUNTS)}|\d{{1,2}})"
DE_ORDINAL = rf"(?:(?:{'|'.join(DE_ORDINALS)})e[nrsm]?|\d{{1,2}}\.)"
EN_UNIT, DE_UNIT = any_phrase("unit_of_a_run", "en"), any_phrase("unit_of_a_run", "de")
EN_EACH = any_phrase("unit_each")
EN_SIDE, DE_SIDE = (
    f"(?:{any_phrase('gains_in_a_row', one)}|{any_phrase('losses_in_a_row', one)})" for one in ("en", "de")
)
EN_RUN, DE_RUN = (rf"(?P<s>{any_phrase('winning', one)}|{any_phrase('losing', one)})" for one in ("en", "de"))
STRAIGHT, IN_A_ROW, RUN = any_phrase("straight"), any_phrase("in_a_row", "en"), any_phrase("run_itself", "en")
OF_WHAT = any_phrase("days_of_what")
NACHEINANDER, SERIE = any_phrase("in_a_row", "de"), any_phrase("run_itself", "de")
FORMS = tuple(
    Pattern(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<n>{EN_ORDINAL})[- ]{STRAIGHT}[- ](?P<u>{EN_UNIT}|{EN_EACH})\b(?: of)?(?: (?P<s>{EN_SIDE}))?",
        rf"\b(?P<n>{EN_ORDINAL})[- ]{STRAIGHT} (?P<s>{EN_SIDE})\b",
        rf"\b(?P<n>{EN_COUNT}) {STRAIGHT} (?P<u>{EN_UNIT})\b(?: of (?P<s>{EN_SIDE}))?",
        rf"\b(?P<n>{EN_COUNT}) (?P<u>{EN_UNIT}) {IN_A_ROW}\b",
        rf"\b(?P<n>{EN_ORDINAL}) (?P<s>{any_phrase('winning', 'en')}|{any_phrase('losing', 'en')}) (?P<u>{EN_UNIT})"
        rf" {IN_A_ROW}\b",
        rf"\b(?P<n>{EN_ORDINAL}) (?P<u>{EN_UNIT}) of (?P<s>{EN_SIDE}) {IN_A_ROW}\b",
        rf"\b{any_phrase('for_a_day')} (?P<n>{EN_ORDINAL}) (?P<u>{EN_UNIT})\b(?! of\b)",
        rf"\b(?P<n>{EN_COUNT})[- ](?P<u>{any_phrase('unit_before_a_run')}) {EN_RUN} {RUN}\b",
        rf"\b{EN_RUN} {RUN} (?:of|to|at) (?P<n>{EN_COUNT})(?: straight)? (?P<u>{EN_UNIT})\b",
        rf"\b(?P<n>{DE_ORDINAL}) (?:(?P<u>{DE_UNIT})(?: \w+)?|(?P<u2>{any_phrase('unit_joined')})(?P<s>{DE_SIDE}))"
        rf" {NACHEINANDER}\b",
        rf"\b(?P<n>{DE_ORDINAL}) (?P<s>{DE_SIDE})s?(?P<u>{DE_UNIT}) {NACHEINANDER}\b",
        rf"\b(?P<n>{DE_ORDINAL}) (?P<u>{DE_UNIT}) {OF_WHAT} (?:\w+ ){{0,2}}?(?P<s>{DE_SIDE})\w* {NACHEINANDER}\b",
        rf"\b(?P<n>{DE_ORDINAL}) (?P<u>{DE_UNIT}) {NACHEINANDER} {OF_WHAT} (?:\w+ ){{0,2}}?\w*?(?P<s>{DE_SIDE})\w*",
        rf"\b(?P<n>{DE_COUNT}) {DE_RUN}?(?P<u>{DE_UNIT}) {any_phrase('in_a_row_of_a_count')}\b",
        rf"\b{DE_RUN}{SERIE} von (?P<n>{DE_COUNT}) (?P<u>{DE_UNIT})\b",
        rf"\b(?P<n>{DE_COUNT})(?P<u>{any_phrase('unit_joined_long')})e[nrsm]? {DE_RUN}{SERIE}\b",
    )
)
UNITS: tuple[tuple[str, Unit], ...] = (
    ("w", "week"), ("mo", "month"), ("q", "quarter"), ("y", "year"), ("annual", "year"), ("j", "year"),
)  # fmt: skip
LOSING = Pattern(f"{any_phrase('losses_in_a_row')}|{any_phrase('losing')}", re.IGNORECASE)
ENDED = phrases("run_ended")
"""A run that the session broke: "snapped a five-day losing streak"."""
WITH_IT = Pattern(rf"\b{any_phrase('ended_with_a_run')}\s+$", re.IGNORECASE)
"""What ended is another time: "beendete den April mit dem siebten Gewinntag in Folge"."""
AT_LEAST = Pattern(rf"\b{any_phrase('at_least')}\W+$", re.IGNORECASE)
RANKED = Pattern(rf"\b(?:{any_phrase('run_among_others')}|since \d{{4}} when)\b", re.IGNORECASE)
"""A run that is told of other than as one that the series is in: "the first time that", "after three weeks"."""
PARTICLE = re.compile(r"\bnach\W*$", re.IGNORECASE)
"""The end of a verb: "gab den fünften Tag nacheinander nach"."""
OTHER_THINGS = phrases("other_things_in_a_row")
"""What else comes so many times in a row, or how else than by a move."""


@dataclass(frozen=True)
class Streak:
    """``ended``: it was broken by the session that the clause speaks of. ``counted``: the text says what is counted."""

    length: int
    unit: Unit
    direction: Direction
    at_least: bool
    ended: bool
    text: str
    counted: bool = True


def streak(clause: Clause) -> Streak | None:
    """The run of moves that the clause says a series is in, or has just ended."""
    text = clause.text
    found = next((m for form in FORMS if (m := form.search(text)) is not None), None)
    if found is None or _is_told_otherwise(text):
        return None
    length = count_of(found["n"])
    side = (found.groupdict().get("s") or "").lower()
    ended = ENDED.search(text[: found.start()]) is not None and WITH_IT.search(text[: found.start()]) is None
    direction: Direction | None = None
    if side:
        direction = "down" if LOSING.match(side) else "up"
    elif not ended:
        direction = direction_near(clause, None)
    if length is None or direction is None:
        return None
    said = found.groupdict().get("u") or found.groupdict().get("u2") or ""
    at_least = AT_LEAST.search(text[: found.start()]) is not None
    return Streak(length, _unit(said), direction, at_least, ended, found.group(), counted=bool(said))


def _is_told_otherwise(text: str) -> bool:
    text = PARTICLE.sub("", text)
    return any(pattern.search(text) for pattern in (NO_LONGER, AHEAD, RANKED, OTHER_THINGS))


def count_of(said: str) -> int | None:
    """A number or an ordinal, as far as runs are counted: "fünfte", "5th", "five"."""
    word = said.lower()
    digits = re.match(r"\d+", word)
    if digits is not None:
        number = int(digits.group())
    else:
        number = COUNTS.get(word) or COUNTS.get(re.sub(r"e[nrsm]?$", "", word)) or 0
    return number if 2 <= number <= 60 else None


def _unit(said: str) -> Unit:
    word = said.lower()
    return next((unit for start, unit in UNITS if word.startswith(start)), "session")


UPTREND = Pattern(
    rf"\b{any_phrase('in_a_trend')} (?:{any_phrase('article_of_a_trend')} )?(?:\w+ ){{0,2}}?"
    rf"(?:(?P<up>{any_phrase('uptrend')}|{any_phrase('uptrend_within')})|"
    rf"(?P<down>{any_phrase('downtrend')}|{any_phrase('downtrend_within')}))\b"
    rf"|\b(?:the |der )?(?:(?P<up2>{any_phrase('uptrend')})|(?P<down2>{any_phrase('downtrend')}))\b"
    rf"[^.;:?!]{{0,40}}?\b{any_phrase('trend_goes_on')}\b",
    re.IGNORECASE,
)
BROKEN = phrases("trend_broken")
"""A trend that is said to have ended, or one over a span that is said and not read."""


def trend_direction(clause: Clause) -> Direction | None:
    """ "Stocks are in an uptrend": the way of the trend that a series is said to be in."""
    text = clause.text
    found = UPTREND.search(text)
    if found is None or NO_LONGER.search(text) or AHEAD.search(text) or BROKEN.search(text):
        return None
    return "up" if found["up"] or found["up2"] else "down"


UPWARD = phrases("upward")
DOWNWARD = phrases("downward")


def turn_direction(clause: Clause) -> Direction | None:
    """Which way it is said to turn; None where the text does not say."""
    up, down = UPWARD.search(clause.text), DOWNWARD.search(clause.text)
    return None if (up is None) == (down is None) else "up" if up else "down"


PERSISTS = Pattern(
    rf"\b{any_phrase('trends_in_general')}\b[^.;:?!]{{0,40}}?"
    rf"\b(?:{any_phrase('tends_to_persist')}|setz\w+ sich\b.{{0,25}}\bfort)\b",
    re.IGNORECASE,
)


def persists(clause: Clause) -> bool:
    """ "Trends in stocks tend to persist": that the direction of returns can be foretold from the past."""
    return PERSISTS.search(clause.text) is not None and not NO_LONGER.search(clause.text)
