"""How fast is a window of prices? ``python benchmarks/market_data.py``.

Writes 100 made-up instruments of 30 years as Parquet into a folder of its own and measures, in fresh processes: the
first window of the first instrument (cold, with and without the import of DuckDB), the first window of another one, and
any further window (warm); and what opening the catalogue of instruments adds to the start of a process.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

INSTRUMENTS, DAYS = 100, np.arange("1995-01-02", "2025-01-01", dtype="datetime64[D]")
RUNS = 5
COLD = """
import json, sys, time
from datetime import date
from pathlib import Path
from analyzer.market.folder import FolderSource
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market
from analyzer.series import SeriesRequest
if {duckdb}:
    import duckdb
catalogue = load_catalogue()
import analyzer.market.calendars as calendars
calendars.sessions("XNYS", date(2020, 1, 1), date(2020, 2, 1))
def window(symbol, first, last):
    start = time.perf_counter()
    request = SeriesRequest(symbol)
    rows = view.data([request]).series[request].between(first, last)
    assert len(rows) > 100
    return 1000 * (time.perf_counter() - start)
start = time.perf_counter()
market = Market([FolderSource(Path(sys.argv[1]))], catalogue)
view = market.open(date(2024, 12, 31))
opened = 1000 * (time.perf_counter() - start)
first = opened + window("S000", date(2001, 1, 1), date(2003, 1, 1))
others = [window(f"S{{i:03}}", date(2010, 1, 1), date(2012, 1, 1)) for i in range(1, 40)]
again = [window(f"S{{i % 40:03}}", date(1996 + i % 20, 1, 1), date(1999 + i % 20, 1, 1)) for i in range(2000)]
print(json.dumps([first, max(others), sorted(others)[20], max(again), sorted(again)[1000]]))
"""
CATALOGUE = """
import time, analyzer.config, analyzer.model, numpy
start = time.perf_counter()
from analyzer.market.instruments import load_catalogue
load_catalogue()
print(1000 * (time.perf_counter() - start))
"""


def made(folder: Path) -> None:
    from analyzer.market.parquet import write_parquet

    weekdays = DAYS[np.is_busday(DAYS)]
    chance = np.random.default_rng(7)
    for i in range(INSTRUMENTS):
        close = 100 * np.exp(np.cumsum(chance.normal(0.0003, 0.012, len(weekdays))))
        columns = {"open": close, "high": close * 1.01, "low": close * 0.99, "close": close, "adj_close": close}
        volume = {"volume": chance.integers(1e6, 1e8, len(weekdays)).astype(float)}
        write_parquet(folder / "prices" / f"S{i:03}.parquet", {"date": weekdays, **columns, **volume})


def run(code: str, *args: str) -> str:
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True)
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        made(Path(folder))
        size = sum(p.stat().st_size for p in Path(folder).rglob("*.parquet"))
        print(f"{INSTRUMENTS} instruments written in {time.perf_counter() - start:.1f} s, {size / 1e6:.0f} MB")
        for name, imported in (("DuckDB imported before", True), ("with the import of DuckDB", False)):
            rows = [json.loads(run(COLD.format(duckdb=imported), folder)) for _ in range(RUNS)]
            first, slowest, other, worst, again = (statistics.median(column) for column in zip(*rows, strict=True))
            print(f"{name}: first window {first:.1f} ms; another's first {other:.1f} ms (slowest {slowest:.1f})")
            print(f"{'':{len(name)}}  any further window {again:.3f} ms (slowest of 2,000: {worst:.2f})")
        catalogue = statistics.median(float(run(CATALOGUE)) for _ in range(RUNS))
        print(f"opening the catalogue of instruments: {catalogue:.0f} ms")


if __name__ == "__main__":
    main()
