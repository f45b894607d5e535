"""Whatever happens to rows that were not known on a day, the market opened as of that day stays the same."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.market.folder import FolderSource
from analyzer.market.market import Catalogue, Market
from analyzer.series import Data, SeriesRequest

FIRST, DAYS = date(2024, 5, 1), 90
SYMBOLS = ("NVDA", "TLT", "^GSPC", "BTC-USD", "GDP", "ICSA")
REQUESTS = [
    SeriesRequest(symbol, name, basis)
    for symbol in SYMBOLS
    for name in ("close", "high", "volume", "value")
    for basis in ("as_traded", "split_adjusted", "total_return", "raw")
] + [SeriesRequest(symbol, currency=currency) for symbol in ("NVDA", "BP.L") for currency in ("EUR", "GBP")]
Rows = list[list[str]]


def days(step: int) -> list[date]:
    return [FIRST + timedelta(days=i) for i in range(0, DAYS, step)]


def original() -> dict[str, Rows]:
    """A folder's files as rows of cells, all dated; the last date cell decides when a row was known."""
    weekdays = [d for d in days(1) if d.weekday() < 5]
    prices = [[str(d), f"{100 + i}", f"{90 + i}", f"{80 + i}", f"{1000 + i}"] for i, d in enumerate(weekdays)]
    adjusted_only = [[str(d), "", "", f"{80 + i}", ""] for i, d in enumerate(weekdays)]
    shares = [["NVDA", str(d), str(d + timedelta(days=9)), f"{2e9 + i}"] for i, d in enumerate(days(30))]
    return {
        "prices/NVDA.csv": [["date", "high", "close", "adj_close", "volume"], *prices],
        "prices/TLT.csv": [["date", "high", "close", "adj_close", "volume"], *adjusted_only],
        "prices/^GSPC.csv": [["date", "close"], *[[r[0], r[2]] for r in prices]],
        "prices/BTC-USD.csv": [["date", "close"], *[[str(d), f"{60000 + i}"] for i, d in enumerate(days(1))]],
        "prices/BP.L.csv": [["date", "close"], *[[r[0], r[2]] for r in prices]],
        "prices/EURUSD=X.csv": [["date", "close"], *[[str(d), f"{1 + i / 100}"] for i, d in enumerate(days(3))]],
        "prices/GBPUSD=X.csv": [["date", "close"], *[[str(d), f"{1 + i / 50}"] for i, d in enumerate(days(2))]],
        "macro/GDP.csv": [["date", "value"], *[[f"2024-{m:02d}-01", f"{m}"] for m in range(1, 9)]],
        "macro/ICSA.csv": [["date", "value"], *[[str(d), f"{i}"] for i, d in enumerate(days(7))]],
        "reference/shares_outstanding.csv": [["symbol", "as_of", "known", "shares"], *shares],
        "reference/events.csv": [["date", "kind", "title"], *[[str(d), "other", f"event {d}"] for d in days(11)]],
        "reference/splits.csv": [["symbol", "ex_date", "new_shares_per_old"], ["NVDA", "2024-06-10", "10"]],
        "SOURCES.csv": [["symbol", "adjusted"], ["NVDA", "split-adjusted (base 2026-08-03)"]],
    }


def changed(files: dict[str, Rows], cut: date, chance: random.Random) -> dict[str, Rows]:
    """Rows dated after the cut: numbers changed, emptied, rows left out. Rows known later: numbers changed."""
    result = dict(files)
    for name, rows in files.items():
        if name.endswith(("splits.csv", "SOURCES.csv")):
            continue
        kept = [rows[0]]
        for row in rows[1:]:
            dated = date.fromisoformat(row[1] if "shares" in name else row[0])
            late = date.fromisoformat(row[2]) > cut if "shares" in name else dated > cut
            late = late or (name.startswith("macro") and dated > cut - timedelta(days=7))
            if late and dated > cut and chance.random() < 0.3:
                continue
            kept.append([_other(c, chance) if late and _is_number(c) else c for c in row])
        result[name] = kept
    return result


def _is_number(cell: str) -> bool:
    return cell.replace(".", "").isdigit()


def _other(cell: str, chance: random.Random) -> str:
    return f"{float(cell) * chance.uniform(0.1, 9):.3f}"


def opened(files: dict[str, Rows], folder: Path, catalogue: Catalogue, cut: date) -> tuple[Market, Data]:
    for name, rows in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    market = Market([FolderSource(folder)], catalogue)
    return market, market.open(cut).data(REQUESTS, ["NVDA"])


def told(data: Data) -> Any:
    """Everything that a check can see, in a form that compares."""
    return (
        {
            request: (
                s.dates.tolist(), s.values.tolist(), s.sessions.tolist(), s.sha256, s.basis, s.source, s.caveats,
                [(rate.symbol, rate.dates.tolist(), rate.values.tolist(), rate.sha256) for rate in s.rates],
            )
            for request, s in data.series.items()
        },
        data.unconverted, data.shares, data.events, data.instruments, data.as_of,
    )  # fmt: skip


@given(after=st.integers(0, DAYS - 1), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_rows_after_the_cut_change_nothing_before_it(
    tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue, after: int, seed: int
) -> None:
    cut = FIRST + timedelta(days=after)
    files = original()
    folder = tmp_path_factory.mktemp("market") / "same"
    before, data = opened(files, folder, catalogue, cut)
    seen = told(data)
    later, again = opened(changed(files, cut, random.Random(seed)), folder, catalogue, cut)
    assert told(again) == seen
    assert before.open(cut).last_session() == later.open(cut).last_session()
    assert len(seen[0]) >= 10
    assert {r.currency for r in seen[0]} == {None, "EUR", "GBP"}


def test_nothing_later_can_be_reached_from_the_arrays(tmp_path: Path, catalogue: Catalogue) -> None:
    cut = date(2024, 6, 14)
    _, data = opened(original(), tmp_path / "market", catalogue, cut)
    for series in (s for found in data.series.values() for s in (found, *found.rates)):
        assert series.dates[-1] <= np.datetime64(cut)
        for array in (series.dates, series.values, series.sessions):
            assert array.base is None
            assert not array.flags.writeable


def test_a_change_on_the_cut_itself_is_seen(tmp_path: Path, catalogue: Catalogue) -> None:
    cut = date(2024, 6, 14)
    files = original()
    _, data = opened(files, tmp_path / "market", catalogue, cut)
    seen = told(data)
    row = next(r for r in files["prices/NVDA.csv"] if r[0] == str(cut))
    row[2] = "1.0"
    _, again = opened(files, tmp_path / "market", catalogue, cut)
    assert told(again) != seen


def test_the_rate_of_the_cut_is_used_and_the_next_is_not(tmp_path: Path, catalogue: Catalogue) -> None:
    """The euro has a rate on every third day: the last one before 2024-06-14 is of the 12th, the next of the 15th."""
    own, euros = SeriesRequest("NVDA"), SeriesRequest("NVDA", currency="EUR")
    _, data = opened(original(), tmp_path / "market", catalogue, date(2024, 6, 14))
    (rate,) = data.series[euros].rates
    assert rate.last == date(2024, 6, 12)
    assert data.series[euros].values[-1] == data.series[own].values[-1] / rate.values[-1]
