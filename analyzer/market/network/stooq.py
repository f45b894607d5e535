"""CSV services in the manner of stooq: one address with the service's own name of a series in it.

Their prices of shares and funds are adjusted for dividends as well as for splits, so that they are kept as
``adj_close`` alone: total returns can be formed from them and prices are never mixed. Levels are kept as they are.
Since 2026 stooq itself wants a key; it belongs into the address, and is in nothing that is stored or said.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from analyzer.errors import ConfigError
from analyzer.market.network import Fetched
from analyzer.market.network.http import Notice, Request, get, without_keys
from analyzer.market.network.retry import Pace, Patience, patiently
from analyzer.market.network.table import read_table, unknown_columns

TABLE = Path(__file__).with_name("stooq.yaml")
PAIR = re.compile(r"([A-Z]{3})([A-Z]{3})?=X")
LISTED_IN_US = re.compile(r"[A-Z]{1,5}(?:-[A-Z])?")
LEVEL = re.compile(r"\^.+|.+=[XF]")
"""Symbols that are no share's and no fund's, whether the catalogue has them or not."""
WITH_DIVIDENDS = ("equity", "etf", None)
COLUMNS = ("open", "high", "low", "close", "volume")
NOTICES = (
    Notice(re.compile(r"^(no data|brak danych)", re.IGNORECASE), "no data", "no_data", "Check the symbol."),
    Notice(
        re.compile(r"exceeded the daily hits limit|przekroczony dzienny limit", re.IGNORECASE),
        "the daily limit of requests is reached", "refused", "Try tomorrow.",
    ),
    Notice(
        re.compile(r"^(get your|uzyskaj) apikey", re.IGNORECASE), "it wants a key", "refused",
        "Get one on its site and put &apikey=... at the end of ANALYZER_STOOQ_URL.",
    ),
)  # fmt: skip
PACE = Pace(1.0)


class Stooq:
    name = "stooq"

    def __init__(self, url: str, patience: Patience = Patience(), pace: Pace = PACE) -> None:
        """``url`` with ``{symbol}`` in it, for else every series would be the same; ConfigError without."""
        if "{symbol}" not in url:
            raise ConfigError("The setting stooq_url holds no {symbol}. Put it where the name of a series belongs.")
        self._url, self._patience, self._pace = url, patience, pace

    def serves(self, symbol: str, kind: str | None) -> bool:
        return kind not in ("macro", "rate") and own_name(symbol) is not None

    def fetch(self, symbol: str, kind: str | None) -> Fetched:
        """The series, whole. FetchError when the service does not have it, wants no more today or does not answer."""
        url = self._url.replace("{symbol}", own_name(symbol) or symbol.lower())
        request = Request(self.name, symbol, url, notices=NOTICES)
        dates, columns = read_table(request, self._asked(request), ("date",))
        if "close" not in columns:
            raise unknown_columns(request, columns)
        kept = {name: column for name, column in columns.items() if name in COLUMNS}
        if kind in WITH_DIVIDENDS and not LEVEL.fullmatch(symbol):
            kept = {"adj_close": columns["close"]}
        return Fetched(symbol, dates, kept, "split_adjusted", None, without_keys(url))

    def _asked(self, request: Request) -> str:
        return patiently(lambda: get(request, self._pace), self._patience)


def own_name(symbol: str) -> str | None:
    """The service's name of a series by Yahoo's symbol; None where it has none that is known."""
    lists = _lists()
    if symbol in lists["symbols"]:
        return str(lists["symbols"][symbol])
    pair = PAIR.fullmatch(symbol)
    if pair is not None:
        return (pair[1] + pair[2] if pair[2] else "USD" + pair[1]).lower()
    stem, _, ending = symbol.partition(".")
    if ending in lists["exchanges"]:
        return f"{stem.lower()}.{lists['exchanges'][ending]}"
    return f"{symbol.lower()}.us" if LISTED_IN_US.fullmatch(symbol) else None


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    import yaml

    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
