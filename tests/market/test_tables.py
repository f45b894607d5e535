"""CSV files: what is read, and what is said when a file is malformed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analyzer.errors import DataError
from analyzer.market.file_source import COLUMNS
from analyzer.market.reference import read_rows, read_shares, read_splits
from analyzer.market.tables import read_table, span

Write = Callable[[Mapping[str, str]], Path]
GOOD = "date,close\n2025-01-24,142.62\n2025-01-27,118.42\n"


def test_a_download_with_times_and_spaced_headings_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('﻿"Date",Adj Close,Dividends\r\n2025-01-27 00:00:00-05:00,118.4,0\r\n2025-01-28T00:00,,0\r\n\r\n')
    table = read_table(path, COLUMNS)
    assert table.dates.tolist() == [date(2025, 1, 27), date(2025, 1, 28)]
    assert table.columns["adj_close"].tolist()[0] == 118.4
    assert np.isnan(table.columns["adj_close"][1])
    assert list(table.columns) == ["adj_close"]


def test_falling_dates_are_turned_round(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("date,close\n2025-01-28,128.99\n2025-01-27,118.42\n")
    table = read_table(path, COLUMNS)
    assert table.columns["close"].tolist() == [118.42, 128.99]
    assert span(path, COLUMNS) == (date(2025, 1, 27), date(2025, 1, 28))


def test_what_is_read_cannot_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(GOOD)
    with pytest.raises(ValueError, match="read-only"):
        read_table(path, COLUMNS).columns["close"][0] = 1.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,close\n2025-01-24,142.62\n2025-01-27,abc\n", "line 3: 'abc' in column close is no number"),
        ("date,close\n2025-01-24,inf\n", "line 2: 'inf' in column close is no number"),
        ('date,close\n2025-01-24,"1,142.62"\n', "line 2: '1,142.62' in column close is no number"),
        ("date,close\n2025-01-24,142.62\n2025-01-2", "line 3: 1 cells instead of 2"),
        ("date,close\n2025-01-24,142.62,7\n", "line 2: 3 cells instead of 2"),
        ("date,close\n27.01.2025,118.42\n", "line 2: '27.01.2025' is no date of the form 2025-01-27"),
        ("date,close\n2025-02-30,118.42\n", "line 2: '2025-02-30' is no date of the form 2025-01-27"),
        ("date,close\n20250127,118.42\n", "line 2: '20250127' is no date"),
        ("date,close\n,118.42\n", "line 2: '' is no date"),
        ("date,close\n2025-01-24,1\n2025-01-24,1\n", "line 3: the date 2025-01-24 comes after 2025-01-24"),
        (
            "date,close\n2025-01-24,1\n2025-01-27,1\n2025-01-23,1\n",
            "line 4: the date 2025-01-23 comes after 2025-01-27",
        ),
        ("day;close\n2025-01-24;1\n", "line 1: the columns are 'day;close'"),
        ("date,close,Close\n2025-01-24,1,2\n", "line 1: the columns are 'date, close, close'"),
        ("", "line 1: the columns are ''"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        read_table(path, COLUMNS)
    assert f"bad.csv, {said}" in str(caught.value)


def test_a_binary_file_and_a_folder_are_no_table(tmp_path: Path) -> None:
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"date,close\n\x00\xff\xfe\n")
    for path in (binary, tmp_path):
        with pytest.raises(DataError):
            read_table(path, COLUMNS)


def test_a_file_with_headings_only_has_no_rows_and_no_span(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("date,close\n")
    assert len(read_table(path, COLUMNS).dates) == 0
    assert span(path, COLUMNS) is None


def test_the_span_is_found_where_the_date_is_not_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("close,date\n142.62,2025-01-24\n118.42,2025-01-27\n")
    assert span(path, COLUMNS) == (date(2025, 1, 24), date(2025, 1, 27))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("splits.csv", "symbol,ex_date\nNVDA,2024-06-10\n", "line 1: no column new_shares_per_old"),
        ("splits.csv", "symbol,ex_date,new_shares_per_old\nNVDA,10 June,10\n", "line 2: '10 June' in column ex_date"),
        ("splits.csv", "symbol,ex_date,new_shares_per_old\nNVDA,2024-06-10,0\n", "line 2: '0' in column new_shares"),
        ("splits.csv", "symbol,ex_date,new_shares_per_old\nNVDA,2024-06-10,x\n", "line 2: 'x' in column new_shares"),
    ],
)
def test_a_malformed_reference_table_is_named_with_its_line(write: Write, name: str, text: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        read_splits(write({name: text}) / name)
    assert said in str(caught.value)


def test_a_reference_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes("date,title\n2025-01-27,Börse\n".encode("latin-1"))
    with pytest.raises(DataError, match="not UTF-8"):
        read_rows(path, "date")


def test_a_count_restated_for_a_later_split_is_brought_back_to_its_day(write: Write) -> None:
    folder = write(
        {
            "splits.csv": "symbol,ex_date,new_shares_per_old\nNVDA,2024-06-10,10\n",
            "shares.csv": "symbol,as_of,shares,share_classes,basis\n"
            'NVDA,2024-01-28,24643000000,common,"on the basis after the 10:1 split of 2024"\n'
            'NVDA,2024-11-15,24490000000,common,"after the 10:1 split of 2024"\n'
            "META,2024-12-31,2190000000,class A,cover\n",
        }
    )
    old, new, meta = read_shares(folder / "shares.csv", read_splits(folder / "splits.csv"))
    assert old.shares == pytest.approx(2464300000)
    assert "restated" in old.status
    assert new.shares == 24490000000
    assert (old.known, old.known_is_assumed, old.complete) == (date(2024, 3, 13), True, True)
    assert not meta.complete
