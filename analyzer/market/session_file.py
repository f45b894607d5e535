"""The sessions of the exchanges of the catalogue's regions, as exchange_calendars has them: kept in a file that ships.

Building a calendar takes a fifth of a second for each exchange; reading one takes none. The file holds the version of
exchange_calendars that it was made with, and is used with that version alone, so that a correction there is not lost
here: with another one calendars are built as they are asked for. ``python -m analyzer.market.session_file`` writes it
anew; a test holds it against exchange_calendars.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("sessions.npz")
LIBRARY = "exchange_calendars"


def read(exchange: str) -> np.ndarray | None:
    """All sessions (n,) datetime64[D] of an exchange; None where the file has none of it, or is of another version."""
    there = _contents()
    if there is None or exchange not in there:
        return None
    first = np.datetime64(int(there[exchange][:4].view("<i4")[0]), "D")
    return np.asarray(first + np.flatnonzero(np.unpackbits(there[exchange][4:])))


def packed(sessions: np.ndarray) -> np.ndarray:
    """Bytes: the first day, counted from 1970, in four, then one bit a day, which is set where it is a session."""
    days = sessions.astype("datetime64[D]").astype(np.int64)
    bits = np.zeros(days[-1] - days[0] + 1, dtype=np.uint8)
    bits[days - days[0]] = 1
    return np.concatenate([np.array([days[0]], dtype="<i4").view(np.uint8), np.packbits(bits)])


@cache
def _contents() -> dict[str, np.ndarray] | None:
    if not FILE.is_file():
        return None
    with np.load(FILE) as kept:
        return dict(kept) if str(kept[LIBRARY]) == version(LIBRARY) else None


def write(exchanges: list[str]) -> None:
    from analyzer.market.calendars import built

    kept: dict[str, Any] = {LIBRARY: np.array(version(LIBRARY)), **{e: packed(built(e)) for e in exchanges}}
    np.savez_compressed(FILE, **kept)


if __name__ == "__main__":
    from analyzer.market.regions import REGION_OF_EXCHANGE

    write(sorted(REGION_OF_EXCHANGE))
