"""The providers that the settings name."""

from __future__ import annotations

from analyzer.config import Settings
from analyzer.market.network import Provider


def providers(settings: Settings) -> dict[str, Provider]:
    """By name, in the order of the setting ``sources``. MissingExtra where a package that one needs is absent."""
    from analyzer.market.network.fred import Fred
    from analyzer.market.network.stooq import Stooq
    from analyzer.market.network.yahoo import Yahoo

    key = settings.fred_api_key.get_secret_value() if settings.fred_api_key else None
    made: dict[str, Provider] = {}
    for name in settings.sources:
        if name == "yahoo":
            made[name] = Yahoo(settings.yahoo_url)
        elif name == "fred":
            made[name] = Fred(settings.fred_url, settings.alfred_url, key)
        elif name == "stooq":
            made[name] = Stooq(settings.stooq_url)
    return made
