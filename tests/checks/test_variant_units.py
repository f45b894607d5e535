"""Robustness holds variants in several units apart: a record in points beside one in per cent."""

from __future__ import annotations

from analyzer.config import load
from analyzer.examination import check_by_hand
from analyzer.pipeline import Workshop


def test_a_variant_in_another_unit_says_so() -> None:
    params = {"symbol": "^GSPC", "quantity": "return", "side": "low", "session": "2020-03-16", "since": "1990-01-01"}
    evidence = check_by_hand("record_extreme", params, Workshop(load()).market)
    assert evidence.observed is not None
    assert evidence.observed.unit == "fraction"
    variants = {one.name: one for one in evidence.robustness.variants}
    in_points = variants["in points"]
    assert in_points.unit == "points"
    assert in_points.value is not None
    assert -400 < in_points.value < -200
    assert variants["with dividends"].unit is None
