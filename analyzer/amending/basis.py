"""Where a parameter that a person chose stands in the text, by the same reading that binds the binders.

What the quote or its sentence holds is ``quote`` or ``context``; what only the person says is ``proposed``, as what a
model proposes would be, and caps the outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from analyzer.amending.typed import INSTRUMENT, INSTRUMENTS
from analyzer.extract.roles import direction_near
from analyzer.extract.view import Clause
from analyzer.extract.windows import Clock
from analyzer.market.instruments import Basket, Catalogue, Instrument
from analyzer.model import Basis
from analyzer.text.numbers import Figure

SCOPES: tuple[Basis, Basis] = ("quote", "context")


def basis_of(name: str, params: Mapping[str, Any], clause: Clause, clock: Clock) -> Basis:
    """The basis of one parameter of a trial on the clause."""
    value = params[name]
    scopes = tuple(zip(SCOPES, (clause, clause.sentence), strict=True))
    if isinstance(value, Mapping):
        return next((basis for basis, scope in scopes if any(states(f, value) for f in scope.figures)), "proposed")
    if name in INSTRUMENT | INSTRUMENTS:
        wanted = {value} if isinstance(value, str) else set(value)
        return next((basis for basis, scope in scopes if wanted <= _named(scope, clock)), "proposed")
    if name == "direction":
        return "quote" if direction_near(clause, None) == value else "proposed"
    if isinstance(value, str) and _is_day(value):
        return _days(params, clause, clock).get(value, "proposed")
    return "proposed"


def states(written: Figure, figure: Mapping[str, Any]) -> bool:
    """Whether a figure of the text has that size and unit, whatever sign the words around it give."""
    value = abs(figure["value"])
    same_size = abs(abs(written.value) - value) <= 1e-9 * max(value, 1e-12)
    return bool(written.unit == figure["unit"] and same_size)


def _named(scope: Clause, clock: Clock) -> set[str]:
    """Symbols of what is named there: instruments, and the members of baskets with the index that stands for them."""
    found: set[str] = set()
    for mention in scope.mentions:
        if isinstance(mention.target, Basket):
            found |= {*mention.target.at(clock.published or date.max), mention.target.index or ""}
        else:
            found.add(mention.target.symbol)
    return found


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _days(params: Mapping[str, Any], clause: Clause, clock: Clock) -> dict[str, Basis]:
    """The days that the clause speaks of on the calendar of the trial's instrument, each with its basis."""
    found: dict[str, Basis] = {}
    for instrument in _instruments(params, clause.view.catalogue):
        moments = (clock.moment(clause, instrument), clock.moment(clause, instrument, days_only=True))
        stretch = clock.stretch(clause, instrument)
        for moment in filter(None, moments):
            found.setdefault(moment.session.isoformat(), moment.basis)
        for day in (stretch.base, stretch.last) if stretch else ():
            if day is not None and stretch is not None:
                found.setdefault(day.isoformat(), stretch.basis)
    return found


def _instruments(params: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Instrument]:
    symbols = [params.get("symbol"), *(params.get("symbols") or ()), *(params.get("members") or ())]
    first = next((one for symbol in symbols if symbol and (one := catalogue.get(str(symbol)))), None)
    if first is not None and first.kind != "macro":
        yield first
