"""Parquet: what is written is read, in folders as CSV is, and what is wrong is named."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analyzer.errors import DataError, MissingExtra
from analyzer.market.file_source import COLUMNS
from analyzer.market.folder import FolderSource
from analyzer.market.market import Catalogue, Market
from analyzer.series import SeriesRequest

pytest.importorskip("duckdb", reason="the extra market is not installed")
from analyzer.market import parquet

DAYS = np.arange("2024-01-01", "2024-01-06", dtype="datetime64[D]")
CLOSES = np.array([1.0, np.nan, 3.0, 4.5, 5.0])


@given(values=arrays(np.float64, 5, elements=st.floats(-1e9, 1e9) | st.just(np.nan)))
@settings(max_examples=25)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, values: np.ndarray) -> None:
    path = tmp_path_factory.mktemp("parquet") / "prices" / "X.parquet"
    parquet.write_parquet(path, {"date": DAYS, "close": values})
    table = parquet.read_parquet(path, COLUMNS)
    assert np.array_equal(table.dates, DAYS)
    assert np.array_equal(table.columns["close"], values, equal_nan=True)
    assert not table.columns["close"].flags.writeable
    assert parquet.span_parquet(path) == (date(2024, 1, 1), date(2024, 1, 5))
    assert [p.name for p in path.parent.iterdir()] == ["X.parquet"]


def test_a_folder_may_hold_both_kinds(tmp_path: Path, catalogue: Catalogue) -> None:
    parquet.write_parquet(tmp_path / "prices" / "NVDA.parquet", {"date": DAYS, "close": CLOSES})
    parquet.write_parquet(tmp_path / "macro" / "GDP.parquet", {"date": DAYS[:1], "value": np.array([7.0])})
    known = {"date": DAYS[:2], "known": DAYS[3:], "value": np.array([1.0, 2.0])}
    parquet.write_parquet(tmp_path / "vintages" / "ICSA.parquet", known)
    (tmp_path / "META.csv").write_text("Date,Close\n2024-01-02,350\n")
    source = FolderSource(tmp_path)
    assert source.symbols() == {"NVDA", "META", "GDP", "ICSA"}
    view = Market([source], catalogue).open(date(2024, 1, 4))
    data = view.data([SeriesRequest("NVDA"), SeriesRequest("META"), SeriesRequest("ICSA", "value", "raw")])
    assert [s.values.tolist() for s in data.series.values()] == [[1.0, 3.0, 4.5], [350.0], [1.0]]
    assert data.series[SeriesRequest("NVDA")].sha256


def test_headings_are_read_as_download_programs_write_them(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "NVDA.parquet"
    query = 'SELECT DATE \'2024-01-02\' AS "Date", 5 AS "Close", 4.5 AS "Adj Close", \'x\' AS note'
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    raw = FolderSource(tmp_path).load("NVDA")
    assert raw is not None
    assert {name: column.tolist() for name, column in raw.columns.items()} == {"close": [5.0], "adj_close": [4.5]}


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT 1 AS close", "Needed are a column date"),
        ("SELECT DATE '2024-01-02' AS date", "at least one of"),
        ("SELECT unnest([DATE '2024-01-02', DATE '2024-01-02']) AS date, 1 AS close", "not in order, each once"),
        ("SELECT unnest([DATE '2024-01-02', NULL]) AS date, 1 AS close", "not in order, each once"),
        ("SELECT DATE '2024-01-02' AS date, 'infinity'::DOUBLE AS close", "infinite number"),
        ("SELECT DATE '2024-01-02' AS date, 'dear' AS close", "no Parquet file of a series"),
    ],
)
def test_a_file_that_is_no_series_is_named(tmp_path: Path, query: str, what: str) -> None:
    import duckdb

    path = tmp_path / "NVDA.parquet"
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    with pytest.raises(DataError, match=what) as caught:
        parquet.read_parquet(path, COLUMNS)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PAR1 this is none", b"<html></html>"])
def test_what_is_no_parquet_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "NVDA.parquet"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"NVDA\.parquet is no Parquet file of a series"):
        FolderSource(tmp_path).load("NVDA")


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "X.parquet"
    parquet.write_parquet(path, {"date": DAYS, "close": CLOSES})
    before = path.read_bytes()
    with pytest.raises(DataError, match="cannot be written"):
        parquet.write_parquet(tmp_path / "X.parquet" / "Y.parquet", {"date": DAYS, "close": CLOSES})
    assert path.read_bytes() == before


def test_without_duckdb_the_line_to_type_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet.write_parquet(tmp_path / "NVDA.parquet", {"date": DAYS, "close": CLOSES})
    parquet._connection.cache_clear()
    monkeypatch.setitem(sys.modules, "duckdb", None)
    try:
        with pytest.raises(MissingExtra, match=r'pip install "commentary-analyzer\[market\]"'):
            FolderSource(tmp_path).load("NVDA")
    finally:
        parquet._connection.cache_clear()
