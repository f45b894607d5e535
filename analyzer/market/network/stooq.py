"""CSV services in the manner of stooq: one address with the service's own name of a series in it.

Their prices of shares and funds are adjusted for dividends as well as for splits, so that they are kept as
``adj_close`` alone: total returns can be formed from them and prices are never mixed. Levels are kept as they are.
"""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from analyzer.market.network import Fetched
from analyzer.market.network.http import Request, get
from analyzer.market.network.retry import Pace, Patience, patiently

TABLE = Path(__file__).with_name("stooq.yaml")
PAIR = re.compile(r"([A-Z]{3})([A-Z]{3})?=X")
WITH_DIVIDENDS = ("equity", "etf", None)
"""Kinds whose prices are adjusted for dividends; what is not in the catalogue is taken for one."""
COLUMNS = ("open", "high", "low", "close", "volume")
NO_DATA = re.compile(r"no data|brak danych", re.IGNORECASE)
LIMIT = re.compile(r"exceeded the daily hits limit|przekroczony dzienny limit", re.IGNORECASE)
CHANGED = "The service may have changed: report it."
PACE = Pace(1.0)


class Stooq:
    name = "stooq"

    def __init__(self, url: str, patience: Patience = Patience(), pace: Pace = PACE) -> None:
        self._url, self._patience, self._pace = url, patience, pace

    def serves(self, symbol: str, kind: str | None) -> bool:
        return kind not in ("macro", "rate") and own_name(symbol) is not None

    def fetch(self, symbol: str, kind: str | None) -> Fetched:
        """The series, whole. FetchError when the service does not have it, wants no more today or does not answer."""
        url = self._url.replace("{symbol}", own_name(symbol) or symbol.lower())
        request = Request(self.name, symbol, url, {})
        dates, columns = _read(request, patiently(lambda: get(request), self._patience, self._pace))
        if kind in WITH_DIVIDENDS:
            columns = {"adj_close": columns["close"]}
        return Fetched(symbol, dates, columns, "split_adjusted", None, url)


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
    return f"{symbol.lower()}.us" if re.fullmatch(r"[A-Z]{1,5}(?:-[A-Z])?", symbol) else None


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    import yaml

    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _read(request: Request, text: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    if LIMIT.search(text[:200]):
        raise request.failed("the daily limit of requests is reached", "refused", "Try tomorrow.")
    if NO_DATA.search(text[:200]):
        raise request.failed("no data", "no_data", "Check the symbol.")
    head, *rows = list(csv.reader(io.StringIO(text)))
    names = [name.strip().lower() for name in head]
    if names[:1] != ["date"] or "close" not in names:
        raise request.failed(f"unknown columns {', '.join(head)[:60]!r}", "changed", CHANGED)
    try:
        dates = np.array([row[0] for row in rows], dtype="datetime64[D]")
        kept = [(n, i) for i, n in enumerate(names) if n in COLUMNS]
        columns = {n: np.array([float(row[i]) if row[i] else np.nan for row in rows]) for n, i in kept}
    except (ValueError, IndexError) as error:
        raise request.failed("a line that is no date and numbers", "changed", CHANGED) from error
    if not len(dates):
        raise request.failed("no rows", "no_data", "Check the symbol.")
    return dates, columns
