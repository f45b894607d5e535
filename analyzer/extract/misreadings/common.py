"""What drafts that may be misread have in common."""

from __future__ import annotations

from analyzer.extract.drafts import Draft

FORECASTS = ("will_rise", "will_fall", "will_reach", "will_peak", "occurs", "throughout")
OF_A_WINDOW = ("period_return", "trend_reversal", "drawdown")
OF_A_PRICE = (
    *OF_A_WINDOW, "session_return", "level", "forecast", "relative_performance", "market_value_change", "trigger",
    "event_study", "record_extreme",
)  # fmt: skip  # fmt: skip


def is_forecast(draft: Draft) -> bool:
    """Of a price, or of a figure of the economy."""
    return draft.check == "forecast" or draft.params.get("relation") in FORECASTS


def has_no_size(draft: Draft) -> bool:
    """Whether it tests a way alone, without a stated figure."""
    return draft.params.get("stated") is None


def is_inherited(draft: Draft) -> bool:
    """Whether its instrument was named elsewhere than in the clause."""
    return draft.basis.get("symbol") != "quote"
