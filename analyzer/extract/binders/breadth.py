"""How many members of a basket moved the way that the text says."""

from __future__ import annotations

import re
from types import MappingProxyType

from analyzer.extract.binders.common import members_said, span_of
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import direction_near
from analyzer.extract.view import Clause
from analyzer.market.instruments import Basket
from analyzer.model import Basis, Direction
from analyzer.text.patterns import Pattern

ALL, NEARLY = phrases("all_of_the_members"), phrases("nearly_all_of_them")
WORDS = MappingProxyType(
    {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    }
)  # fmt: skip
NUMBER = rf"(?P<number>{'|'.join(WORDS)}|\d{{1,2}})"
FEW = Pattern(
    rf"\b{any_phrase('only_few')}\s+(?:{any_phrase('by_only_few')}\s+)?(?:{NUMBER}|{any_phrase('a_handful')})\s+"
    rf"(?:of\s+)?(?:\w+\s+){{0,2}}{any_phrase('shares_that_carry')}\b",
    re.IGNORECASE,
)
CARRY = phrases("carries_the_market")
HANDFUL = 5


def carried_by(text: str) -> int | None:
    """How many members a text says carry the whole: a handful is five; None where it says nothing of the kind."""
    said = FEW.search(text)
    if said is None or CARRY.search(text) is None:
        return None
    number = (said["number"] or "").casefold()
    return WORDS.get(number) or (int(number) if number else HANDFUL)


QUANTIFIERS = tuple(
    (name, Pattern(rf"\b{any_phrase(f'{name}_of_a_group')}\s+(?:\w+\s+)?$", re.IGNORECASE))
    for name in ("hardly", "none", "market", "most")
)
RETURNS: tuple[tuple[Direction, Pattern], ...] = (
    ("down", phrases("returns_below_zero")), ("up", phrases("returns_above_zero")),
)  # fmt: skip


def quantified(clause: Clause, basket: Basket) -> str | None:
    """ "most", "market" (nearly all), "none" or "hardly", where such a word stands before the group."""
    for mention in clause.mentions:
        before = clause.view.article.text[clause.start : mention.start]
        if mention.target is basket:
            return next((name for name, words in QUANTIFIERS if words.search(before)), None)
    return None


def _direction(clause: Clause) -> Direction | None:
    """By the sign of returns that is named ("suffered negative returns"), else by the words of movement."""
    named = [way for way, words in RETURNS if words.search(clause.text)]
    return named[0] if len(named) == 1 else None if named else direction_near(clause, None)


def breadth_of(context: Context, basket: Basket, basis: Basis, quantifier: str) -> list[Draft]:
    anchor = context.instrument(basket.index or "^GSPC") or context.instrument("^GSPC")
    direction = _direction(context.clause)
    at = next((m.start for m in context.clause.mentions if m.target is basket), None)
    said = quantified(context.clause, basket)
    if anchor is None or direction is None or said == "hardly":
        return []
    span = span_of(context, anchor, at) if said else span_of(context, anchor)
    if span is None:
        return []
    quantifier = said or quantifier
    if quantifier != "none" and ALL.search(context.clause.text) and not NEARLY.search(context.clause.text):
        quantifier = "all"
    top = carried_by(context.clause.sentence.text)
    if top is not None:
        quantifier = "few"
    params = {
        "members": basket.at(span.last), "base": span.base, "last": span.last, "direction": direction,
        "quantifier": quantifier, "label": basket.name, **({"top": top} if top else {}),
    }  # fmt: skip
    marks: dict[str, Basis] = {"members": basis, "symbol": basis, "base": span.basis, "last": span.basis}
    why = f"the dated members of {basket.name}"
    said = members_said(context, basket, span.last)
    return [Draft("breadth", params, marks, directness="statistical", why=why, assumed=(said,))]


def of_a_quantity(context: Context) -> list[Draft]:
    """ "Most asset classes suffered negative returns": a group with a word for how many of it, and no figure."""
    clause = context.clause
    baskets = [s for s in context.subjects() if s.basket is not None and quantified(clause, s.basket)]
    if len(baskets) != 1 or clause.units - {"count"}:
        return []
    basket = baskets[0].basket
    assert basket is not None
    return breadth_of(context, basket, baskets[0].basis, "most")


def breadths(context: Context) -> list[Draft]:
    subject = next((s for s in context.subjects() if s.basket), None) or context.subject()
    if subject is not None and subject.basket is not None:
        return breadth_of(context, subject.basket, subject.basis, "market")
    market = context.catalogue.basket("big-tech")
    return breadth_of(context, market, "default", "market") if market is not None and subject is None else []
