"""What prices are stated in: whole units of money, never pence.

Shares in London, Johannesburg and Tel Aviv are quoted in hundredths of their currency, and data services hand them on
so. A series holds whole units: its currency is a code of ISO 4217, which an exchange rate or an amount of money fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

MINOR = {"GBp": "GBP", "GBX": "GBP", "ZAc": "ZAR", "ILA": "ILS"}
"""Codes that data services use for a hundredth, with the currency that it is of."""
IN_HUNDREDTHS = {("XLON", "GBP"): "pence"}
"""Exchanges and currencies whose shares are quoted in hundredths, with the word for them."""


class Listed(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def exchange(self) -> str: ...
    @property
    def currency(self) -> str | None: ...


@dataclass(frozen=True)
class Quotation:
    """``parts`` of what is quoted are one of ``currency`` (None: not known, or no money)."""

    currency: str | None
    parts: int = 1
    caveat: str = ""
    """Where the unit was not stated by the source."""


def quotation(stated: str | None, listing: Listed | None) -> Quotation:
    """What a source states of its prices, a code such as "USD" or "GBp"; else what is usual for the listing."""
    if stated in MINOR:
        return Quotation(MINOR[stated], 100)
    if stated or listing is None:
        return Quotation(stated)
    hundredth = IN_HUNDREDTHS.get((listing.exchange, listing.currency or ""))
    if hundredth is None or listing.kind != "equity":
        return Quotation(listing.currency)
    return Quotation(listing.currency, 100, f"prices taken to be in {hundredth}: their source does not say")
