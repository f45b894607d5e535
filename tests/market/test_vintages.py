"""Macro series with vintages: a view holds what had been published by its day, and no later revision."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import DataError
from analyzer.market.folder import FolderSource
from analyzer.market.market import Catalogue, Market, open_market
from analyzer.series import SeriesRequest

Write = Callable[[Mapping[str, str]], Path]
GDP = SeriesRequest("GDP", "value", "raw")
PUBLISHED = """date,known,value
2024-01-01,2024-04-25,1.6
2024-01-01,2024-05-30,1.3
2024-04-01,2024-07-25,2.8
2024-01-01,2024-09-26,1.6
2024-04-01,2024-08-29,3.0
"""


@pytest.mark.parametrize(
    ("as_of", "values"),
    [
        (date(2024, 4, 24), None),
        (date(2024, 4, 25), [1.6]),
        (date(2024, 5, 30), [1.3]),
        (date(2024, 8, 1), [1.3, 2.8]),
        (date(2024, 9, 25), [1.3, 3.0]),
        (date(2024, 12, 31), [1.6, 3.0]),
    ],
)
def test_a_view_holds_what_had_been_published(
    write: Write, catalogue: Catalogue, as_of: date, values: list[float] | None
) -> None:
    series = open_market([write({"vintages/GDP.csv": PUBLISHED})], catalogue).open(as_of).data([GDP]).get(GDP)
    assert (None if series is None else series.values.tolist()) == values


def test_vintages_need_no_assumed_lag_and_a_latest_vintage_says_what_it_is(write: Write, catalogue: Catalogue) -> None:
    kept = {"vintages/GDP.csv": PUBLISHED, "macro/CPIAUCNS.csv": "date,value\n2024-01-01,308.4\n2024-02-01,310.3\n"}
    view = open_market([write(kept)], catalogue).open(date(2024, 6, 3))
    cpi = SeriesRequest("CPIAUCNS", "value", "raw")
    data = view.data([GDP, cpi])
    assert data.series[GDP].caveats == ()
    (caveat,) = data.series[cpi].caveats
    assert caveat.text.startswith("latest vintage: later revisions are included")
    assert "what was first published may have differed" in caveat.text


def test_the_latest_values_may_stand_beside_the_vintages(write: Write, catalogue: Catalogue) -> None:
    files = {"vintages/GDP.csv": PUBLISHED, "macro/GDP.csv": "date,value\n2024-01-01,1.6\n2024-04-01,3.0\n"}
    raw = FolderSource(write(files)).load("GDP")
    assert raw is not None
    assert raw.vintages is not None
    assert raw.columns["value"].tolist() == [1.6, 3.0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("date,value\n2024-01-01,1\n", "no column known"),
        ("date,known,value\n2024-01-01,2023-12-01,1\n", "line 2: '2023-12-01' in column known is before the period"),
        ("date,known,value\n2024-01-01,2024-13-01,1\n", "line 2: '2024-13-01' in column known is no date"),
        ("date,known,value\n2024-01-01,2024-02-01,x\n", "line 2: 'x' in column value is no number"),
        ("date,known,value\n2024-01-01,2024-02-01,inf\n", "line 2: 'inf' in column value is no finite number"),
        ("date,known,value\n2024-01-01,2024-02-01,1\n2024-01-01,2024-02-01,2\n", "published on 2024-02-01 is there"),
    ],
)
def test_a_bad_line_is_named(write: Write, text: str, what: str) -> None:
    with pytest.raises(DataError, match=what.replace("(", r"\(")):
        FolderSource(write({"vintages/GDP.csv": text})).load("GDP")


def test_an_empty_value_is_left_out(write: Write) -> None:
    text = "date,known,value\n2024-01-01,2024-02-01,.\n2024-01-01,2024-03-01,2\n"
    raw = FolderSource(write({"vintages/GDP.csv": text})).load("GDP")
    assert raw is not None
    assert raw.columns["value"].tolist() == [2.0]


@given(cut=st.dates(date(2024, 1, 1), date(2025, 12, 31)), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_what_is_published_after_the_cut_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue, cut: date, seed: int
) -> None:
    chance = random.Random(seed)
    rows = [
        (period, period + timedelta(days=chance.randrange(30, 500)), chance.random())
        for period in (date(2024, month, 1) for month in range(1, 13))
        for _ in range(3)
    ]
    rows = list({(r[0], r[1]): r for r in rows}.values())
    later = [(p, k, chance.random() if k > cut else v) for p, k, v in rows if k <= cut or chance.random() < 0.7]
    folder = tmp_path_factory.mktemp("vintages")
    before, after = (_opened(folder / name, each, catalogue, cut) for name, each in (("a", rows), ("b", later)))
    assert before == after
    for period, value in zip(*before, strict=True):
        published = [(k, v) for p, k, v in rows if p == period and k <= cut]
        assert value == max(published)[1]


def _opened(
    folder: Path, rows: list[tuple[date, date, float]], catalogue: Catalogue, cut: date
) -> tuple[list[date], list[float]]:
    (folder / "vintages").mkdir(parents=True)
    lines = "".join(f"{p},{k},{v!r}\n" for p, k, v in rows)
    (folder / "vintages" / "GDP.csv").write_text(f"date,known,value\n{lines}")
    (folder / "X.csv").write_text("date,close\n2024-01-02,1\n")
    series = Market([FolderSource(folder)], catalogue).open(cut).data([GDP]).get(GDP)
    return ([], []) if series is None else (series.dates.astype(object).tolist(), series.values.tolist())


def test_the_arrays_are_copies(write: Write, catalogue: Catalogue) -> None:
    series = open_market([write({"vintages/GDP.csv": PUBLISHED})], catalogue).open(date(2024, 5, 1)).data([GDP])
    values = series.series[GDP].values
    assert values.base is None
    assert not values.flags.writeable
    assert np.isfinite(values).all()
