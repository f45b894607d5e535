"""The rows that decided a verdict: of the facts pack, as a page holds them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analyzer.config import load
from analyzer.examination import check_by_hand
from analyzer.market.market import Market
from analyzer.pipeline import Workshop
from analyzer.report.deciding import MOST, Behind, lines
from analyzer.report.html import to_html

TEXT = "Nvidia fell 17 percent, and the sun shone. 600 more."


@pytest.fixture(scope="module")
def market() -> Market:
    return Workshop(load()).market


def test_a_session_comes_with_its_rows_the_ends_and_the_extremes(market: Market) -> None:
    evidence = check_by_hand("session_return", {"symbol": "NVDA", "session": "2025-01-27", "direction": "down"}, market)
    (rows,) = Behind(market).rows(evidence)
    said = {row.day: (row.value, row.note) for row in rows.named}
    base, first = said[date(2025, 1, 24)], said[date(2025, 1, 27)]
    assert "base" in base[1]
    assert "first, last" in first[1]
    assert first[0] / base[0] - 1 == pytest.approx(evidence.observed.value if evidence.observed else 0.0)
    for name in ("first", "last", "highest", "lowest"):
        assert any(f"{name} of all rows" in note for _, note in said.values())
    assert rows.others == ()
    assert rows.held > 1000
    assert "2025-01-27" in lines(rows.named)


def test_a_long_window_is_its_ends_and_extremes_and_the_hash(market: Market) -> None:
    params = {"symbol": "^GSPC", "base": "2010-01-04", "last": "2024-12-31", "direction": "up"}
    (rows,) = Behind(market).rows(check_by_hand("period_return", params, market))
    assert rows.of > 3000
    assert not rows.is_whole
    assert rows.window == ()
    assert len(rows.named) < 20
    notes = " ".join(row.note for row in rows.named)
    for name in ("first", "last", "highest", "lowest"):
        assert f"{name} of the window" in notes
    assert len(rows.used.sha256) == 64


def test_a_window_of_a_year_is_whole_and_within_the_limit(market: Market) -> None:
    params = {"symbol": "^GSPC", "base": "2023-12-29", "last": "2024-12-31", "direction": "up"}
    (rows,) = Behind(market).rows(check_by_hand("period_return", params, market))
    assert rows.is_whole
    assert len(rows.window) == rows.of == 253
    assert len(rows.window) + len(rows.named) <= MOST
    assert len(lines(rows.others).splitlines()) == 253


def test_rows_of_another_hash_are_never_shown(market: Market) -> None:
    evidence = check_by_hand("session_return", {"symbol": "NVDA", "session": "2025-01-27", "direction": "down"}, market)
    other = evidence.data[0].model_copy(update={"sha256": "0" * 64})
    gone = evidence.data[0].model_copy(update={"symbol": "GONE"})
    changed = evidence.model_copy(update={"data": (other, gone)})
    for rows in Behind(market).rows(changed):
        assert rows.named == rows.window == ()
        assert "not at hand" in rows.missing


def test_the_page_holds_them_and_asks_for_nothing(report: Any, claim: Any, market: Market) -> None:
    evidence = check_by_hand("session_return", {"symbol": "NVDA", "session": "2025-01-27", "direction": "down"}, market)
    made = report(claims=(claim(evidence=(evidence,)),))
    page = to_html([(made, TEXT)], Behind(market).rows)
    assert evidence.data[0].sha256 in page
    assert "2025-01-24  142.62  base" in page
    for fetched in ("src=", "url(", "@import", "<script", "<link"):
        assert fetched not in page
    assert "default-src 'none'" in page
