"""News that the table of events does not give a share, but the catalogue does, stands beside what is claimed of it."""

from __future__ import annotations

from datetime import date

from analyzer.config import load
from analyzer.pipeline import Workshop, check_by_hand

CLAIMED = {"session": "2024-12-02", "event": "a new customer", "event_date": "2024-11-29"}


def test_a_rule_on_chips_competes_with_news_of_any_chip_share() -> None:
    market = Workshop(load()).market
    broadcom, apple = (check_by_hand("event_study", {"symbol": s, **CLAIMED}, market) for s in ("AVGO", "AAPL"))
    assert (broadcom.outcome, broadcom.reason) == ("inconclusive", "competing_news")
    assert "US Commerce (BIS) announces rules on high-bandwidth memory" in broadcom.summary
    assert apple.reason != "competing_news"
    named = next(e for e in market.open(date(2024, 12, 31)).data([]).events if e.date == date(2024, 12, 2))
    assert "AVGO" in named.symbols
