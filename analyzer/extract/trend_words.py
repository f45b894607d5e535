"""Runs of sessions, weeks or months, trends and turns, by the words in which they are told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analyzer.extract.relations import AHEAD, NO_LONGER
from analyzer.extract.roles import direction_near
from analyzer.extract.view import Clause
from analyzer.model import Direction

Unit = Literal["session", "week", "month", "quarter", "year"]

COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5,
    "sechst": 6, "siebt": 7, "siebent": 7, "neunt": 9, "zehnt": 10, "elft": 11, "zwölft": 12,
}  # fmt: skip
EN_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
EN_ORDINAL = r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}(?:st|nd|rd|th))"
DE_COUNT = r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\d{1,2})"
DE_ORDINAL = r"(?:(?:zweit|dritt|viert|fünft|sechst|siebt|siebent|acht|neunt|zehnt|elft|zwölft)e[nrsm]?|\d{1,2}\.)"
EN_UNIT = r"(?:(?:trading )?(?:sessions?|days?)|weeks?|months?|quarters?|years?)"
DE_UNIT = r"(?:(?:handels|börsen)?(?:tage?n?|sitzung(?:en)?)|wochen?|monate?n?|quartale?n?|jahre?n?)"
EN_EACH = r"(?:daily|weekly|monthly|quarterly|annual|yearly)"
EN_SIDE = r"(?:gains?|advances?|rises?|wins?|loss(?:es)?|declines?|drops?|falls?)"
DE_SIDE = r"(?:gewinn|verlust|minus|plus)"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<n>{EN_ORDINAL})[- ](?:straight|consecutive|successive)[- ](?P<u>{EN_UNIT}|{EN_EACH})\b"
        rf"(?: of)?(?: (?P<s>{EN_SIDE}))?",
        rf"\b(?P<n>{EN_COUNT}) (?:straight|consecutive|successive) (?P<u>{EN_UNIT})\b(?: of (?P<s>{EN_SIDE}))?",
        rf"\b(?P<n>{EN_COUNT}) (?P<u>{EN_UNIT}) (?:in a row|running|on the trot)\b",
        rf"\b(?P<n>{EN_COUNT})[- ](?P<u>session|day|week|month|quarter|year) (?P<s>winning|losing) (?:streak|run)\b",
        rf"\b(?P<s>winning|losing) (?:streak|run) (?:of|to|at) (?P<n>{EN_COUNT})(?: straight)? (?P<u>{EN_UNIT})\b",
        rf"\b(?P<n>{DE_ORDINAL}) (?:(?P<u>{DE_UNIT})(?: \w+)?|"
        rf"(?P<u2>tages|wochen|monats|quartals|jahres)(?P<s>{DE_SIDE}))"
        r" (?:in folge|nacheinander|hintereinander)\b",
        rf"\b(?P<n>{DE_COUNT}) (?:(?P<s>gewinn|verlust))?(?P<u>{DE_UNIT}) (?:in folge|nacheinander|hintereinander|"
        r"am stück)\b",
        rf"\b(?P<s>verlust|gewinn)(?:serie|strähne) von (?P<n>{DE_COUNT}) (?P<u>{DE_UNIT})\b",
        rf"\b(?P<n>{DE_COUNT})(?P<u>tägig|wöchig|monatig)e[nrsm]? (?P<s>verlust|gewinn)(?:serie|strähne)\b",
    )
)
UNITS: tuple[tuple[str, Unit], ...] = (
    ("w", "week"), ("mo", "month"), ("q", "quarter"), ("y", "year"), ("annual", "year"), ("j", "year"),
)  # fmt: skip
LOSING = ("los", "decl", "drop", "fall", "verlust", "minus")
ENDED = re.compile(
    r"\b(?:snap(?:s|ped|ping)?|end(?:s|ed|ing)|br(?:oke|eaks|eaking)|halt(?:s|ed|ing)|stopp?(?:s|ed|ing)|beende\w*|"
    r"endete\w*|riss|gerissen|stopp\w*|unterbr\w+)\b",
    re.IGNORECASE,
)
"""A run that the session broke: "snapped a five-day losing streak"."""
AT_LEAST = re.compile(r"\b(?:more than|at least|mehr als|mindestens)\W+$", re.IGNORECASE)
RANKED = re.compile(
    r"\b(?:first|only|out of|of the (?:last|past)|der (?:letzten|vergangenen)|erstmals|if|wenn|falls|whenever|"
    r"after|nach|"
    r"since \d{4} when)\b",
    re.IGNORECASE,
)
"""A run that is told of other than as one that the series is in: "the first time that", "after three weeks"."""
OTHER_THINGS = re.compile(
    r"\b(?:inflows?|outflows?|earnings|revenues?|profits?|sales|inventor\w+|claims|orders|exports?|rates?|dividends?|"
    r"meetings?|volume|rigs?|beat\w*|estimates|cuts?|hikes?|(?:zu|ab)flüsse\w*|umsatz\w*|umsätze\w*|gewinnschätzung\w*|"
    r"dividenden?|zins\w*|lager\w*|exporte?\w*|aufträge\w*|above|below|over|under|über|unter|oberhalb|unterhalb|record|"
    r"rekord\w*|high|lows?|hoch|tief|outperform\w*|underperform\w*)\b",
    re.IGNORECASE,
)
"""What else comes so many times in a row, or how else than by a move."""


@dataclass(frozen=True)
class Streak:
    """``ended``: it was broken by the session that the clause speaks of."""

    length: int
    unit: Unit
    direction: Direction
    at_least: bool
    ended: bool
    text: str


def streak(clause: Clause) -> Streak | None:
    """The run of moves that the clause says a series is in, or has just ended."""
    text = clause.text
    found = next((m for form in FORMS if (m := form.search(text)) is not None), None)
    if found is None or _is_told_otherwise(text):
        return None
    length = _count(found["n"])
    side = (found.groupdict().get("s") or "").lower()
    ended = ENDED.search(text[: found.start()]) is not None
    direction: Direction | None = None
    if side:
        direction = "down" if side.startswith(LOSING) else "up"
    elif not ended:
        direction = direction_near(clause, None)
    if length is None or direction is None:
        return None
    unit = _unit(found.groupdict().get("u") or found.groupdict().get("u2") or "")
    return Streak(length, unit, direction, AT_LEAST.search(text[: found.start()]) is not None, ended, found.group())


def _is_told_otherwise(text: str) -> bool:
    return any(pattern.search(text) for pattern in (NO_LONGER, AHEAD, RANKED, OTHER_THINGS))


def _count(said: str) -> int | None:
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


UPTREND = re.compile(
    r"\b(?:in|im|on) (?:an? |the |its |einem |einer |seinem |ihrem )?(?:\w+ ){0,2}?"
    r"(?:(?P<up>uptrend|upward trend|rising trend|aufwärtstrend)|(?P<down>downtrend|downward trend|falling trend|"
    r"abwärtstrend))\b"
    r"|\b(?:the |der )?(?:(?P<up2>uptrend|upward trend|aufwärtstrend)|"
    r"(?P<down2>downtrend|downward trend|abwärtstrend))\b"
    r"[^.;:?!]{0,40}?\b(?:continues|persists|is intact|remains intact|intakt|hält an|dauert an|setzt sich fort)\b",
    re.IGNORECASE,
)
BROKEN = re.compile(
    r"\b(?:broke\w*|break\w*|end\w*|over|against|reversal|turn\w*|gebrochen|bruch|beendet|ende|gegen|zurück|wieder|back|"
    r"verlassen|long-term|langfristig\w*|short-term|kurzfristig\w*)\b",
    re.IGNORECASE,
)
"""A trend that is said to have ended, or one over a span that is said and not read."""


def trend_direction(clause: Clause) -> Direction | None:
    """ "Stocks are in an uptrend": the way of the trend that a series is said to be in."""
    text = clause.text
    found = UPTREND.search(text)
    if found is None or NO_LONGER.search(text) or AHEAD.search(text) or BROKEN.search(text):
        return None
    return "up" if found["up"] or found["up2"] else "down"


UPWARD = re.compile(r"\b(?:nach oben|upwards?|to the upside|bottom\w*|boden\w*)\b", re.IGNORECASE)
DOWNWARD = re.compile(r"\b(?:nach unten|downwards?|to the downside)\b", re.IGNORECASE)


def turn_direction(clause: Clause) -> Direction | None:
    """Which way it is said to turn; None where the text does not say."""
    up, down = UPWARD.search(clause.text), DOWNWARD.search(clause.text)
    return None if (up is None) == (down is None) else "up" if up else "down"


PERSISTS = re.compile(
    r"\b(?:trends?|momentum|kurstrends?)\b[^.;:?!]{0,40}?"
    r"\b(?:tends? to (?:persist|continue)|persists?|setz\w+ sich\b.{0,25}"
    r"\bfort)\b",
    re.IGNORECASE,
)


def persists(clause: Clause) -> bool:
    """ "Trends in stocks tend to persist": that the direction of returns can be foretold from the past."""
    return PERSISTS.search(clause.text) is not None and not NO_LONGER.search(clause.text)
