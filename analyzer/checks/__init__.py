"""The catalogue of checks: a written list, one module each.

A test compares the list with the modules in this folder, so a forgotten check fails.
"""

from __future__ import annotations

from analyzer.checks import (
    abnormal_volume,
    breadth,
    calendar_effect,
    common_moves,
    correlation_change,
    cycle_phase,
    drawdown,
    event_study,
    event_study_group,
    explosive_root,
    forecast,
    forecast_comparison,
    historical_analogue,
    lead_lag,
    level,
    lppls_confidence,
    macro_level,
    market_value_change,
    period_return,
    period_share,
    policy_effect,
    record_extreme,
    relative_performance,
    safe_haven,
    session_return,
    shock_sensitivity,
    structural_break,
    tail_probability,
    trend_reversal,
    trigger,
    valuation_percentile,
    volatility_change,
    volatility_regime,
)
from analyzer.checks.base import Check, Finding, Params, run_trial
from analyzer.errors import ConfigError

MODULES = (
    session_return, period_return, market_value_change, record_extreme, level, relative_performance,
    volatility_regime, abnormal_volume, drawdown, cycle_phase, trend_reversal, event_study, event_study_group, trigger,
    policy_effect, breadth, forecast, macro_level, explosive_root, valuation_percentile, historical_analogue,
    correlation_change, safe_haven, calendar_effect, shock_sensitivity, lead_lag, volatility_change,
    structural_break, lppls_confidence, tail_probability, forecast_comparison,
    period_share, common_moves,
)  # fmt: skip

CHECKS: dict[str, Check] = {module.CHECK.name: module.CHECK for module in MODULES}


def get(name: str) -> Check:
    """The check of that name; ConfigError with the nearest names when there is none."""
    if name in CHECKS:
        return CHECKS[name]
    from difflib import get_close_matches

    near = get_close_matches(name, CHECKS, n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else f" There are: {', '.join(CHECKS)}."
    raise ConfigError(f"There is no check {name!r}.{hint}", code="unknown_check")


__all__ = ["CHECKS", "Check", "Finding", "Params", "get", "run_trial"]
