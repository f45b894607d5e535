"""What a clause says of the yield curve: that it is inverted, that it no longer is, or what it went before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from analyzer.extract.counted import NUMBER_WORDS, NUMBERS
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause, remembered
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

State = Literal["inverted", "normal"]
Downturn = Literal["recessions", "bear markets"]

CURVE, INVERTED, NORMAL = phrases("yield_curve"), phrases("curve_inverted"), phrases("curve_normal")
INVERSION = phrases("curve_inversion")
TEN, TWO = any_phrase("ten_years"), any_phrase("two_years")
LESS, MORE = any_phrase("yields_less"), any_phrase("yields_more")
CROSSED = Pattern(
    rf"\b{TEN}\b[^.;]{{0,60}}?\b{LESS}\b[^.;]{{0,40}}?\b{TWO}\b|\b{TWO}\b[^.;]{{0,60}}?\b{MORE}\b[^.;]{{0,40}}?\b{TEN}\b",
    re.IGNORECASE,
)
"""The ends of the curve against each other: "the 10-year yield fell below the 2-year"."""
ANOTHER = phrases("another_curve")
BEFORE = phrases("curve_came_before")
NAMED: dict[Downturn, Pattern] = {
    "recessions": phrases("recession_named"),
    "bear markets": phrases("bear_market_named"),
}
EVERY = phrases("every_downturn")
LAST = Pattern(rf"\b{any_phrase('last_downturns')}\s+(?P<n>\d{{1,2}}|{NUMBER_WORDS})\s", re.IGNORECASE)
IN_GENERAL = phrases("inversions_in_general")


def curve_state(clause: Clause) -> State | None:
    """Whether the curve between ten and two years is said to be, or to have become, inverted or normal again; None for
    what is said of inversions in general, and of other curves."""
    text = clause.text
    if ANOTHER.search(text) or IN_GENERAL.search(text) or clause.is_question:
        return None
    if CROSSED.search(text):
        return "inverted"
    if not CURVE.search(text):
        return None
    if NORMAL.search(text):
        return "normal"
    return "inverted" if INVERTED.search(text) else None


def speaks_of_an_inversion(clause: Clause) -> bool:
    """In general or of another curve, too: "each inversion of the yield curve was a warning"."""
    text = clause.text
    return CURVE.search(text) is not None and (INVERTED.search(text) or INVERSION.search(text)) is not None


@dataclass(frozen=True)
class Preceded:
    """The downturns, by their first day, that an inversion is said to have gone before."""

    kind: Downturn
    first: tuple[date, ...]


@remembered
def preceded(clause: Clause) -> Preceded | None:
    """ "The curve inverted before the recessions of 1990 and 2001", "has preceded the last two bear markets"; None
    where it is not said which ones, or one is not in the list."""
    text = clause.text
    if not (speaks_of_an_inversion(clause) and BEFORE.search(text)) or ANOTHER.search(text):
        return None
    kind = next((kind for kind, words in NAMED.items() if words.search(text)), None)
    published = clause.view.article.published
    if kind is None or published is None:
        return None
    known = [first for first in downturns()[kind] if first < published]
    years = [year for e in clause.times for year in _years(e.value)]
    last = LAST.search(text)
    if last is not None:
        count = NUMBERS.get(last["n"].lower()) or int(last["n"])
        return Preceded(kind, tuple(known[-count:])) if count <= len(known) else None
    if EVERY.search(text) and len(years) == 1:
        return Preceded(kind, tuple(first for first in known if first.year > years[0]))
    meant = [_of_year(year, known) for year in years]
    if not meant or None in meant:
        return None
    return Preceded(kind, tuple(dict.fromkeys(first for first in meant if first is not None)))


def _of_year(year: int, known: Sequence[date]) -> date | None:
    """The downturn that is called by a year: that of its beginning, of the peak before it, or the next."""
    named = ((first.year, (first - timedelta(days=1)).year, first.year + 1) for first in known)
    places = [(years.index(year), first) for years, first in zip(named, known, strict=True) if year in years]
    return min(places)[1] if places else None


def _years(value: t.TimeValue) -> tuple[int, ...]:
    if isinstance(value, t.Since):
        return _years(value.anchor)
    if isinstance(value, t.Between):  # "2008-09" is one downturn, "1990 und 2001" are two
        first, last = _years(value.first), _years(value.last)
        return first if first and last and last[0] - first[0] == 1 else (*first, *last)
    return (value.year,) if isinstance(value, t.Year) else ()


@lru_cache(maxsize=1)
def downturns() -> dict[Downturn, tuple[date, ...]]:
    text = files("analyzer.extract").joinpath("lexicon", "downturns.yaml").read_text(encoding="utf-8")
    return {kind: tuple(days) for kind, days in yaml.safe_load(text).items()}
