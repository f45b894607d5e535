"""Stated figures against observed ones."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.model import Stated
from analyzer.stats.figures import fits, inside, is_scaled, reached, scale_slip, shortfall


def stated(value: float, low: float | None, high: float | None, **more: Any) -> Stated:
    return Stated(text="x", value=value, low=low, high=high, unit="currency", **more)


NOT_LESS = stated(-600e9, None, -585e9, qualifier="at_least")


def test_the_border_belongs_to_the_interval_in_spite_of_rounding() -> None:
    assert inside(stated(-0.045, -0.05, -0.04), 95.0 / 100.0 - 1.0)
    assert not inside(stated(-0.045, -0.05, -0.04), -0.0501)


def test_an_open_side_allows_everything_but_only_what_is_near_fits() -> None:
    assert inside(NOT_LESS, -9e12)
    assert not fits(NOT_LESS, -9e12)
    assert fits(NOT_LESS, -592.7e9)


@pytest.mark.parametrize(
    ("said", "value", "within"),
    [("3.8", -0.0385, True), ("3.8", -0.03899, True), ("3.8", -0.03901, False), ("3.8", -0.0374, False),
     ("3.25", -0.03259, True), ("3.25", -0.0326, False), ("1.3", -0.0133, True), ("1.3", -0.0139, False),
     ("17", -0.1765, False), ("3.8", 0.0385, False)],
)  # fmt: skip
def test_a_percentage_with_a_decimal_may_be_cut_off(said: str, value: float, within: bool) -> None:
    stated_value, digit = float(said) / 100, 10.0 ** -len(said.partition(".")[2]) / 100
    low, high = -stated_value - digit / 2, -stated_value + digit / 2
    figure = Stated(text=said, value=-stated_value, low=low, high=high, unit="fraction", qualifier="rounded")
    assert inside(figure, value) is within


@pytest.mark.parametrize(
    ("qualifier", "value", "lacking"),
    [("at_least", -592.7, 7.3), ("at_least", -610.0, 0.0), ("at_most", -610.0, 10.0), ("at_most", -590.0, 0.0),
     ("rounded", -592.7, 0.0)],
)  # fmt: skip
def test_what_is_literally_missing(qualifier: str, value: float, lacking: float) -> None:
    assert shortfall(stated(-600.0, None, None, qualifier=qualifier), value) == pytest.approx(lacking)


@pytest.mark.parametrize(
    ("value", "factor"),
    [(-600e12, 1e-3), (-600e6, 1e3), (-600e15, 1e-6), (-600e3, 1e6), (-600e9, None), (-2e9, None), (600e6, None)],
)
def test_a_slip_of_scale_is_a_thousand_or_a_million(value: float, factor: float | None) -> None:
    assert scale_slip(NOT_LESS, value) == factor


@pytest.mark.parametrize(
    ("stated_value", "value", "slipped"),
    [(-589e6, -592.7e9, True), (-589e9, -592.7e9, False), (-100e6, -592.7e9, False), (5.0, 0.0, False)],
)
def test_about_a_thousand_times_is_a_slip_too(stated_value: float, value: float, slipped: bool) -> None:
    assert is_scaled(stated_value, value) is slipped


@pytest.mark.parametrize(
    ("value", "judged"),
    [(-0.17, ("supported", "rounded")), (-0.166, ("supported", "rounded")), (-0.25, ("supported", "understated")),
     (-0.15, ("mixed", "overstated")), (-0.1, ("refuted", "overstated")), (0.17, ("refuted", "wrong_sign")),
     (0.0, ("refuted", "wrong_sign"))],
)  # fmt: skip
def test_up_to_counts_from_the_rounded_edge_on(value: float, judged: tuple[str, str]) -> None:
    assert reached(stated(-0.17, None, None, qualifier="up_to"), value) == judged
