"""What charts mark: every marked day is a point of its line, and a record stands beside the one that it broke."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from analyzer.checks.base import line
from analyzer.config import load
from analyzer.examination import check_by_hand
from analyzer.market.market import Market
from analyzer.pipeline import Workshop
from analyzer.series import Series

START = date(2000, 1, 3)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    return Workshop(load(home=tmp_path_factory.mktemp("home"))).market


def test_a_marked_day_of_a_long_series_is_among_its_points() -> None:
    dates = np.datetime64(START) + np.arange(5000)
    series = Series("X", "close", "split_adjusted", dates, np.sin(np.arange(5000.0)), dates)
    marks = [(START + timedelta(n), "m") for n in (7, 1234, 4321, 9999)]
    drawn = line(series, "X", marks=marks)
    assert {day for day, _ in marks[:3]} <= set(drawn.dates)
    assert len(drawn.dates) <= 300
    assert list(drawn.dates) == sorted(set(drawn.dates))
    assert drawn.values[drawn.dates.index(marks[1][0])] == series.values[1234]


@pytest.mark.parametrize(
    ("session", "label", "compared"),
    [
        ("2020-03-16", "last more extreme", date(1987, 10, 19)),
        ("1987-10-19", "record until then", None),
    ],
)
def test_a_record_is_drawn_beside_the_one_that_it_is_compared_with(
    market: Market, session: str, label: str, compared: date | None
) -> None:
    params = {"symbol": "^GSPC", "quantity": "return", "side": "low", "session": session}
    evidence = check_by_hand("record_extreme", params, market)
    assert evidence.chart is not None
    (before, said), claim = evidence.chart.marks
    assert (said, claim) == (label, (date.fromisoformat(session), "claim"))
    (drawn,) = evidence.chart.lines
    own, other = (drawn.values[drawn.dates.index(day)] for day in (claim[0], before))
    assert before < claim[0]
    if compared is None:
        assert own < other == min(value for value in drawn.values if value != own)
    else:
        assert before == compared
        assert other < own
