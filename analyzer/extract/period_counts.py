"""In how many years, months, weeks or sessions something rose or fell: "in 75 percent of the past 44 years", "acht der
letzten zehn Monate", "in every December since 2019"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analyzer.extract.phrases import any_phrase, word_set
from analyzer.extract.relations import is_denied_or_ahead
from analyzer.extract.roles import direction_near
from analyzer.extract.trend_words import DE_ORDINAL, EN_ORDINAL, count_of
from analyzer.extract.view import Clause
from analyzer.model import Direction
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern

Unit = Literal["session", "week", "month", "quarter", "year"]
UNITS: tuple[Unit, ...] = ("year", "quarter", "month", "week", "session")
NUMBERS = {word: int(value) for word, _, value in (entry.partition("=") for entry in word_set("small_numbers"))}
FRACTIONS = {word: value for word, _, value in (entry.partition("=") for entry in word_set("shares_in_words"))}
MONTHS = {word: int(value) for word, _, value in (entry.partition("=") for entry in word_set("months_counted"))}


def _any_of(words: object) -> str:
    return "|".join(sorted((re.escape(str(w)) for w in words), key=len, reverse=True))  # type: ignore[attr-defined]


NUMBER = rf"(?:{_any_of(NUMBERS)}|\d{{1,3}})"
UNIT = "|".join(f"(?P<{unit}>{any_phrase(f'counted_{unit}')})" for unit in UNITS)
KIND = rf"(?:{any_phrase('before_a_counted_period')}\s+)*(?:{UNIT}|(?P<named>{_any_of(MONTHS)}))\b"
OF = rf"\s+{any_phrase('out_of')}\s+"
WHICH = (
    rf"(?:(?P<which>{any_phrase('which_periods')})\s+)?(?P<past>(?:{any_phrase('past_periods')}\s+)*)"
    rf"(?:(?P<of>{NUMBER})\s+)?(?:{any_phrase('past_periods')}\s+)?"
)
SHARE = Pattern(rf"(?P<share>%|{any_phrase('per_cent_of')}|{_any_of(FRACTIONS)}){OF}{WHICH}{KIND}", re.IGNORECASE)
NUMBERED = Pattern(rf"\b(?P<hits>{NUMBER}){OF}{WHICH}{KIND}", re.IGNORECASE)
NTH = Pattern(
    rf"\b(?:{any_phrase('for_the_nth')}) (?P<hits>{EN_ORDINAL}|{DE_ORDINAL}) {any_phrase('time_counted')} "
    rf"{any_phrase('time_out_of')} (?:{any_phrase('past_periods')}\s+)*(?P<of>{NUMBER})\s+{KIND}",
    re.IGNORECASE,
)
"""Up to the day that is spoken of: "plunged Friday for the fourth time in five days"."""
EVERY = Pattern(rf"\b{any_phrase('every_single')}\s+(?:(?P<of>{NUMBER})\s+)?{KIND}", re.IGNORECASE)
NEARLY = Pattern(rf"\b{any_phrase('nearly_every')}\s+(?:\w+\s+)?$", re.IGNORECASE)
GAIN, LOSS = (Pattern(rf"\b{any_phrase(name)}\b", re.IGNORECASE) for name in ("period_of_gains", "period_of_losses"))
OTHER = Pattern(rf"\b{any_phrase('more_than_a_direction')}\b", re.IGNORECASE)
"""A size, or a comparison with another series, in so many years: more than that it rose."""


@dataclass(frozen=True)
class PeriodCount:
    """``share`` is a figure of the text, or a fraction in words; ``hits`` a number of periods; neither: all of them.

    ``of``: how many periods are counted back; ``those``: they were named before; ``whole``: all there are.
    """

    unit: Unit
    direction: Direction
    months: tuple[int, ...] = ()
    share: Figure | float | None = None
    hits: int | None = None
    of: int | None = None
    past: bool = False
    those: bool = False
    text: str = ""
    up_to_the_day: bool = False
    """The session that the clause speaks of is the last of them."""

    @property
    def every(self) -> bool:
        return self.share is None and self.hits is None


def counts_periods(clause: Clause) -> bool:
    """Whether the clause says in how many periods something was so: then no move of one of them is meant."""
    found = _matches(clause.text)
    if not found:
        return False
    within = [(clause.start + m.start(), clause.start + m.end()) for m in found]
    others = [f for f in clause.figures if not any(f.start < b and a < f.end for a, b in within)]
    return all(f.unit == "count" for f in others)


def period_count(clause: Clause) -> PeriodCount | None:
    """What the clause counts; None for what is denied, to come or asked, for sizes, and where it counts twice."""
    found = _matches(clause.text)
    if len(found) != 1 or is_denied_or_ahead(clause) or clause.is_question or OTHER.search(clause.text):
        return None
    match = found[0]
    if EVERY.found(match) and (NEARLY.search(clause.text[: match.start()]) or clause.has("negation")):
        return None
    way = _way(clause)
    share = _share(clause, match) if SHARE.found(match) else None
    if way is None or (SHARE.found(match) and share is None) or not counts_periods(clause):
        return None
    return _counted(match, way, share)


def _matches(text: str) -> list[re.Match[str]]:
    """The longest readings: "75 percent of those years" is no count of years."""
    found = [m for pattern in (SHARE, NUMBERED, NTH, EVERY) for m in pattern.finditer(text) if _is_of_a_span(m)]
    return [m for m in found if not any(o is not m and o.start() <= m.start() < m.end() <= o.end() for o in found)]


def _is_of_a_span(match: re.Match[str]) -> bool:
    """Not "the one of March 2009", which counts in no span, nor "every day of that week", whose span is a short one."""
    if NTH.found(match):
        return True
    if EVERY.found(match):
        return match["session"] is None or match["of"] is not None
    which = (match["which"] or "").casefold()
    said = bool(match["of"] or match["past"]) or which in word_set("periods_named_before")
    return said or SHARE.found(match)


def _counted(match: re.Match[str], way: Direction, share: Figure | float | None) -> PeriodCount:
    parts = match.groupdict()
    named = (parts["named"] or "").casefold()
    unit: Unit = "month" if named else next(u for u in UNITS if parts[u])
    which = (parts.get("which") or "").casefold()
    return PeriodCount(
        unit=unit, direction=way, months=(MONTHS[named],) if named else (), share=share,
        hits=_number(parts["hits"]) if parts.get("hits") else None, up_to_the_day=NTH.found(match),
        of=_number(parts["of"]) if parts.get("of") else None, past=bool(parts.get("past")) or NTH.found(match),
        those=which in word_set("periods_named_before"), text=match.group(),
    )  # fmt: skip


def _number(word: str) -> int:
    return NUMBERS.get(word.casefold()) or count_of(word) or int(word)


def _share(clause: Clause, match: re.Match[str]) -> Figure | float | None:
    """The figure that ends where the words "percent of" stand, or a share in words."""
    words = match["share"].casefold()
    if words in FRACTIONS:
        above, _, below = FRACTIONS[words].partition("/")
        return int(above) / int(below)
    at = clause.start + match.start("share")
    return next((f for f in clause.figures if f.unit == "fraction" and f.start < at < f.end), None)


def _way(clause: Clause) -> Direction | None:
    gain, loss = GAIN.search(clause.text), LOSS.search(clause.text)
    if (gain is None) != (loss is None):
        return "up" if gain else "down"
    return None if gain else direction_near(clause, None)
