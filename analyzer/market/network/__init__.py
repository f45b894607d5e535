"""Where series come from that are not on this machine. Nothing here is used unless it is asked for.

A ``Provider`` fetches the whole history of one symbol at once: what an earlier day's prices are depends on the splits
and dividends since, so that a series is replaced and never continued. ``analyzer.market.cache`` keeps what was fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from analyzer.errors import DataError
from analyzer.market.sources import Split, Vintages

FailureCode = Literal["throttled", "unreachable", "no_data", "changed", "refused"]


@dataclass(frozen=True, eq=False)
class Fetched:
    """One symbol as a provider gave it, whole.

    ``dates`` is (n,) datetime64[D], strictly rising; ``columns`` are (n,) float64 with NaN where a cell is empty: names
    of ``PRICE_COLUMNS`` on the share basis of the day of the fetch, or ``value`` for a macro series (``basis`` raw).
    ``url`` holds no key. ``vintages`` where the provider keeps what was first published.
    """

    symbol: str
    dates: np.ndarray
    columns: Mapping[str, np.ndarray]
    basis: Literal["split_adjusted", "raw"]
    currency: str | None
    url: str
    splits: tuple[Split, ...] = ()
    vintages: Vintages | None = None


class FetchError(DataError):
    """A series could not be fetched: ``code`` says why, the message with which provider and what to do."""

    def __init__(self, message: str, code: FailureCode, *, retry_after: float | None = None) -> None:
        super().__init__(message, code=code, retryable=code in ("throttled", "unreachable"))
        self.retry_after = retry_after
        """Seconds that the server asked to wait, where it did."""


class Provider(Protocol):
    """A service with series. ``fetch`` retries what is worth retrying and raises FetchError when it gives up."""

    @property
    def name(self) -> str: ...

    def serves(self, symbol: str, kind: str | None) -> bool:
        """Whether it may have the symbol; ``kind`` is that of the catalogue, None where it is not listed."""

    def fetch(self, symbol: str, kind: str | None) -> Fetched: ...
