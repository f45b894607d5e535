"""shock_sensitivity: what a rate decision, a yield, oil or the dollar does to something, as a rule."""

from __future__ import annotations

from typing import Any

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.shock_words import shock_claim
from analyzer.extract.things import STOCKS
from analyzer.market.instruments import Instrument
from analyzer.model import Basis

NOT_SHARES = ("bonds", "gold", "silver", "oil", "commodities", "bitcoin")
"""Sectors of funds whose return over the stock market would say nothing."""


def shocks(context: Context) -> list[Draft]:
    claim = shock_claim(context.clause, context.available)
    if claim is None:
        return []
    driver, victim = _served(context, claim.shock.driver), claim.victim
    last = context.clock.last_session(victim.instrument)
    if driver is None or last is None or driver.symbol == victim.instrument.symbol:
        return []
    way = claim.shock.way
    params: dict[str, Any] = {
        "symbol": victim.instrument.symbol, "driver": driver.symbol, "shock": way, "effect": claim.effect,
        "days": "announcements" if claim.shock.decided else "all", "benchmark": _benchmark(victim.instrument),
        "turned": (victim.instrument.symbol,) if victim.turned else None, "last": last,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": victim.basis, "driver": "default", "shock": "quote", "effect": "quote", "days": "default",
        "benchmark": "default", "last": "context",
    }  # fmt: skip
    assumed = (f"“{claim.driver_words}”: {driver.name}", *([victim.assumed] if victim.assumed else []))
    why = "how it moves when the driver does, which shows no cause"
    return [Draft("shock_sensitivity", params, marks, directness="statistical", why=why, assumed=assumed)]


def _served(context: Context, symbol: str) -> Instrument | None:
    """The driver, or a substitute of it where only that has data."""
    own = context.instrument(symbol)
    if own is None or context.available(symbol):
        return own
    found = (context.instrument(s) for s in own.substitutes if context.available(s))
    return next((i for i in found if i is not None), own)


def _benchmark(instrument: Instrument) -> str | None:
    """Of shares it is asked whether they are hurt more than all; the market itself, bonds and gold have none."""
    if instrument.kind == "equity":
        return instrument.benchmark or STOCKS
    of_shares = instrument.kind == "etf" and instrument.sector not in NOT_SHARES and instrument.symbol != "SPY"
    return STOCKS if of_shares else None
