"""Rules of the calendar that a clause states: "sell in May", "September is the worst month", never one year's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.relations import has_market_figure, is_denied_or_ahead
from analyzer.extract.view import Clause
from analyzer.text.patterns import Pattern
from analyzer.text.times import Month

SELL_IN_MAY = Pattern(r"\bSell[ -][Ii]n[ -]May\b")
JANUARY = phrases("january_effect")
SANTA = phrases("santa_rally")
YEAR_END = phrases("year_end_rally")
MONTH_WORD = rf"\b.{{0,25}}?\b{any_phrase('any_month')}\b"
WORST = Pattern(rf"\b{any_phrase('worst_of_months')}{MONTH_WORD}", re.IGNORECASE)
BEST = Pattern(rf"\b{any_phrase('best_of_months')}{MONTH_WORD}", re.IGNORECASE)
CRASH = phrases("month_of_crashes")
OFTEN = phrases("often")
WEAK = phrases("weak_month")
STRONG = phrases("strong_month")
PRESENT = Pattern(rf"\b{any_phrase('rule_holds')}\b|^\W*sell[ -]in[ -]may\b", re.IGNORECASE)
SINCE = phrases("rank_within_years")
"""A rank within some years is that of one month of one year: "the worst month since 2008"."""

MARKET = Pattern(rf"\b{any_phrase('begins_a_market_word')}", re.IGNORECASE)

Effect = Literal["halloween", "january", "santa", "months", "crashes"]


@dataclass(frozen=True)
class CalendarRule:
    """``months`` as numbers; ``assumed``: what a vague name is taken to be."""

    effect: Effect
    months: tuple[int, ...] = ()
    direction: Literal["up", "down"] = "up"
    rank: bool = False
    assumed: str = ""


def calendar_rule(clause: Clause) -> CalendarRule | None:
    """The rule that the clause states; None for what one year did or will do, and for several rules at once."""
    months = [e.value for e in clause.times if isinstance(e.value, Month)]
    others = [e for e in clause.times if not isinstance(e.value, Month) and "may" not in e.text.lower()]
    dated = any(re.search(r"\d{4}", e.text) for e in clause.times)
    text = clause.text
    if others or dated or has_market_figure(clause):
        return None
    found = [*_named(text), *_of_months(clause, tuple(dict.fromkeys(m.month for m in months)))]
    return None if len(found) != 1 or is_denied_or_ahead(clause) or SINCE.search(text) else found[0]


def _named(text: str) -> Iterator[CalendarRule]:
    """Effects that have a name."""
    if SELL_IN_MAY.search(text) and PRESENT.search(text):
        yield CalendarRule("halloween")
    january, santa, found = (one.search(text) for one in (JANUARY, SANTA, YEAR_END))
    if (january or santa or found) and (PRESENT.search(text) or OFTEN.search(text)):
        if january:
            yield CalendarRule("january")
        if santa:
            yield CalendarRule("santa")
        if found is not None:
            yield CalendarRule("months", (12,), assumed=f"“{found.group()}”: December")


def _of_months(clause: Clause, months: tuple[int, ...]) -> Iterator[CalendarRule]:
    """What is said of one or more months: that they crash, that one is the worst, that they are weak."""
    text = clause.text
    if not months or not (PRESENT.search(text) or OFTEN.search(text)):
        return
    if CRASH.search(text):
        yield CalendarRule("crashes", months, "down")
        return
    if not clause.mentions and not clause.has("asset") and not MARKET.search(text):
        return
    worst, best = WORST.search(text) is not None, BEST.search(text) is not None
    weak, strong = WEAK.search(text) is not None, STRONG.search(text) is not None
    if len(months) == 1 and worst != best:
        yield CalendarRule("months", months, "down" if worst else "up", rank=True)
    elif OFTEN.search(text) and weak != strong and not (worst or best):
        yield CalendarRule("months", months, "down" if weak else "up")
