"""Which forecasts are of the same day, which overlap, and what one says without skill."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from analyzer.series import Series, day
from analyzer.stats import forecasters as f


def forecast(by: str, made: str | None, end: str, value: float) -> f.PointForecast:
    return f.PointForecast.model_validate({"by": by, "made": made, "end": end, "value": value})


def series(values: list[float], first: str = "2024-01-01") -> Series:
    dates = np.busday_offset(day(first), np.arange(len(values)), roll="forward")
    return Series("X", "close", "raw", dates, np.array(values), dates)


@pytest.mark.parametrize(
    ("line", "made", "value", "by"),
    [
        ("2023-12-29 2024-12-31 5200 Bank A", date(2023, 12, 29), 5200.0, "Bank A"),
        ("- 2024-12-31 4.25 J.P. Morgan & Co.", None, 4.25, "J.P. Morgan & Co."),
        ("2023-12-29;2024-12-31;-0.5;ifo", date(2023, 12, 29), -0.5, "ifo"),
        ("2023-12-29, 2024-12-31, 5200, Bank A", date(2023, 12, 29), 5200.0, "Bank A"),
    ],
)
def test_a_forecast_is_read_from_a_line(line: str, made: date | None, value: float, by: str) -> None:
    read = f.PointForecast.model_validate(line)
    assert (read.made, read.end, read.value, read.by) == (made, date(2024, 12, 31), value, by)


@pytest.mark.parametrize(
    "line", ["", "2024-12-31 5200 A", "- 2024-12-31 5,200 A", "- 31.12.2024 5200 A", "- 2024-12-31 A"]
)
def test_another_form_is_refused(line: str) -> None:
    with pytest.raises(ValidationError, match="MADE END VALUE WHO"):
        f.PointForecast.model_validate(line)


def test_the_last_forecast_of_each_end_counts_and_the_mean_is_known_with_the_last_of_them() -> None:
    listed = [
        forecast("A", "2024-03-01", "2024-12-31", 110), forecast("A", "2024-01-02", "2024-12-31", 100),
        forecast("B", "2024-02-01", "2024-12-31", 90),
    ]  # fmt: skip
    end = date(2024, 12, 31)
    assert f.by_end(listed, "A")[end].value == 110
    mean = f.mean_by_end(listed)[end]
    assert (mean.value, mean.made) == (100.0, date(2024, 3, 1))
    assert f.mean_by_end([*listed, forecast("C", None, "2024-12-31", 100)])[end].made is None


def test_what_overlaps_is_counted_once() -> None:
    ends = [date(2024, m, 28) for m in range(1, 13)]
    quarters = [date(2023, 10, 28), date(2023, 11, 28), date(2023, 12, 28), *ends[:9]]
    assert f.open_at_once(quarters, ends) == 3
    assert f.apart(quarters, ends) == 4
    apart = [date(2023, 12, 28), *ends[:-1]]
    assert (f.open_at_once(apart, ends), f.apart(apart, ends)) == (1, 12)
    assert (f.open_at_once([None] * 12, ends), f.apart([None] * 12, ends)) == (1, 12)


def test_who_forecast_much_later_knew_more() -> None:
    early, late = forecast("A", "2024-01-02", "2024-12-31", 1), forecast("B", "2024-06-03", "2024-12-31", 1)
    assert f.who_knew_more("A", "B", {"A": [early], "B": [late]}) == "B forecast 153 days later, and knew more"
    assert f.who_knew_more("A", "B", {"A": [early], "B": [early]}) == ""


def test_without_skill_one_says_the_last_value_or_lets_it_rise_as_before() -> None:
    values = [100.0 * 1.001**i for i in range(261)]
    one = forecast("A", "2024-12-30", "2025-12-30", 1)
    assert f.without_skill(series(values), [one], rising=False) == pytest.approx([values[260]])
    risen = f.without_skill(series(values), [one], rising=True)
    assert risen == pytest.approx([values[260] * 1.001 ** (260 * 365 / 364)], rel=1e-6)
    assert f.without_skill(series(values), [forecast("A", "2020-01-02", "2025-12-30", 1)], rising=False) == date(
        2020, 1, 2
    )
    with pytest.raises(ValueError, match="is not known"):
        f.without_skill(series(values), [forecast("A", None, "2025-12-30", 1)], rising=False)
