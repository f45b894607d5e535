"""Which delivery month a series of front futures holds on a day: "the May contract" in April is its own, in March not.

A front series changes to the next month when the contract expires. The rules are those of the exchanges' contract
specifications: WTI crude oil trades until the third business day before the 25th of the month before delivery (CME,
chapter 200), Brent until the last business day of the second month before it (ICE, since the contract of March 2016).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from analyzer.extract.phrases import any_phrase, word_set
from analyzer.extract.view import Clause
from analyzer.market.instruments import Instrument
from analyzer.text.patterns import Pattern

FUTURES = rf"(?:(?:\s+\w+){{0,2}}\s+{any_phrase('futures_contract', 'en')}|-{any_phrase('futures_contract', 'de')})"
MONTHS = tuple(sorted(word_set("delivery_months")))
CONTRACT = Pattern(
    rf"\b(?:the |der |des |den )?({'|'.join(m.split('=')[0] for m in MONTHS)}){FUTURES}\b", re.IGNORECASE
)
OTHER = Pattern(rf"\b\w+[- ]{any_phrase('futures_contract', 'de')}\b", re.IGNORECASE)
NUMBERS = {name.casefold(): int(number) for name, _, number in (m.partition("=") for m in MONTHS)}


def of_another_contract(clause: Clause, instrument: Instrument, session: date) -> bool:
    """Whether the clause speaks of a delivery month that the front series does not hold on the session, or of which it
    is not known what it holds."""
    named = CONTRACT.search(clause.text)
    if named is None:
        return OTHER.search(clause.text) is not None
    rule = FRONT.get(instrument.symbol)
    return rule is None or rule(session) != NUMBERS[named[1].casefold()]


def _front_wti(session: date) -> int:
    last = _business_days_before(_on_or_before(session.replace(day=25)), 3)
    return _months_after(session, 1 if session <= last else 2)


def _front_brent(session: date) -> int:
    last = _on_or_before((session.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    return _months_after(session, 2 if session <= last else 3)


FRONT: dict[str, Callable[[date], int]] = {"CL=F": _front_wti, "BZ=F": _front_brent}
"""The delivery month, 1 to 12, by the symbol of the front series."""


def _months_after(session: date, months: int) -> int:
    return (session.month + months - 1) % 12 + 1


def _on_or_before(day: date) -> date:
    """The day, or the Friday before a weekend; holidays are not counted, which moves the change by a day at most."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _business_days_before(day: date, count: int) -> date:
    for _ in range(count):
        day = _on_or_before(day - timedelta(days=1))
    return day
