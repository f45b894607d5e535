"""The chart in characters: every extreme drawn, holes left open, never wider than it may be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.report.terminal_chart import chart, fits

START = date(2025, 1, 1)


def days(count: int, step: int = 1) -> list[date]:
    return [START + timedelta(days=step * i) for i in range(count)]


def drawn(lines: list[str]) -> list[str]:
    """What stands right of the axis, without the foot."""
    return [line.split("|" if "|" in line else "+", 1)[1] for line in lines[:-2]]


def test_a_rising_line_rises_and_its_axes_are_labelled() -> None:
    lines = chart(days(11), [float(i) for i in range(11)], 50, 6, ascii=True)
    assert len(lines) == 8
    body = drawn(lines)
    assert body[0].rstrip().endswith("*")
    assert body[-1].startswith("*")
    assert [line.split()[0] for line in lines[:-2] if line.split()[0].isdigit()] == ["10", "5", "0"]
    assert lines[-1].split() == ["2025-01-01", "2025-01-06", "2025-01-11"]


def test_one_low_day_among_thousands_is_drawn() -> None:
    values = [100.0] * 4000
    values[1777] = 20.0
    body = drawn(chart(days(4000), values, 80, 10, ascii=True))
    (column,) = [i for i, sign in enumerate(body[-1]) if sign == "*"]
    assert all(line[column] == "*" for line in body)
    assert column == pytest.approx(1777 / 4000 * len(body[0]), abs=1)


def test_a_hole_in_the_rows_is_a_hole_in_the_line() -> None:
    held = [d for d in days(300) if not 100 <= (d - START).days < 200]
    whole = drawn(chart(days(300), [5.0] * 300, 70, 5, ascii=True))
    holed = drawn(chart(held, [5.0] * len(held), 70, 5, ascii=True))
    stars = ["".join(line).count("*") for line in (whole, holed)]
    assert stars[1] == pytest.approx(stars[0] * 2 / 3, abs=2)


def test_braille_shows_a_valley_in_the_middle() -> None:
    lines = chart(days(61), [abs(i - 30.0) for i in range(61)], 60, 8, ascii=False)
    body = [line.replace("┤", "│").split("│")[1] for line in lines[:-2]]
    assert all(0x2800 < ord(sign) < 0x2900 for line in body for sign in line if sign != " ")
    (left, *_, right), bottom = [i for i, s in enumerate(body[0]) if s != " "], body[-1]
    valley = [i for i, sign in enumerate(bottom) if sign != " "]
    assert (valley[0] + valley[-1]) / 2 == pytest.approx((left + right) / 2, abs=1)


@pytest.mark.parametrize(
    ("values", "label"), [([-37.63, 20.0], "0"), ([1.0952, 1.1192], "1.10"), ([2e8, 8e8], "400 m")]
)
def test_values_are_labelled_in_their_size(values: list[float], label: str) -> None:
    assert any(line.strip().startswith(label) for line in chart(days(2), values, 60, 12, ascii=True))


@pytest.mark.parametrize(("count", "width"), [(0, 80), (1, 80), (5, 12)], ids=["none", "one", "no-room"])
def test_what_cannot_be_drawn_is_not(count: int, width: int) -> None:
    assert chart(days(count), [1000.0 + i for i in range(count)], width, ascii=True) == []


@given(
    values=st.lists(st.floats(-1e12, 1e12), min_size=2, max_size=80),
    step=st.integers(1, 400),
    width=st.integers(20, 160),
    ascii=st.booleans(),
)
def test_no_line_is_wider_than_it_may_be(values: list[float], step: int, width: int, ascii: bool) -> None:
    lines = chart(days(len(values), step), values, width, 12, ascii=ascii)
    assert all(len(line) <= width for line in lines)
    assert len(lines) in (0, 14)
    if ascii:
        assert "".join(lines).isascii()


@pytest.mark.parametrize(("encoding", "known"), [("utf-8", True), ("ascii", False), ("cp1252", False), (None, False)])
def test_an_output_that_cannot_show_the_signs_is_known(encoding: str | None, known: bool) -> None:
    assert fits(encoding) is known
