"""The catalogue of checks: a written list, one module each.

A test compares the list with the modules in this folder, so a forgotten check fails.
"""

from __future__ import annotations

from analyzer.checks import (
    abnormal_volume,
    breadth,
    drawdown,
    event_study,
    explosive_root,
    forecast,
    historical_analogue,
    level,
    macro_level,
    market_value_change,
    period_return,
    record_extreme,
    relative_performance,
    session_return,
    valuation_percentile,
    volatility_regime,
)
from analyzer.checks.base import Check, Finding, Params, run_trial
from analyzer.errors import ConfigError

MODULES = (
    session_return, period_return, market_value_change, record_extreme, level, relative_performance, volatility_regime,
    abnormal_volume, drawdown, event_study, breadth, forecast,
    macro_level, explosive_root, historical_analogue, valuation_percentile,
)  # fmt: skip

CHECKS: dict[str, Check] = {module.CHECK.name: module.CHECK for module in MODULES}

NOT_THERE_YET = (
    "tail_probability", "volatility_change", "cycle_phase", "trend_reversal", "event_study_group", "trigger",
    "lppls_confidence", "lead_lag",
    "correlation_change", "structural_break", "calendar_effect", "safe_haven", "shock_sensitivity", "policy_effect",
    "forecast_comparison",
)  # fmt: skip
"""Names of the catalogue that a claim may need and this version does not have: said, never hidden."""


def get(name: str) -> Check:
    """The check of that name; ConfigError with the nearest names when there is none."""
    if name in CHECKS:
        return CHECKS[name]
    from difflib import get_close_matches

    near = get_close_matches(name, CHECKS, n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else f" There are: {', '.join(CHECKS)}."
    later = " It is in the catalogue, but not in this version." if name in NOT_THERE_YET else ""
    raise ConfigError(f"There is no check {name!r}.{later}{hint}", code="unknown_check")


__all__ = ["CHECKS", "NOT_THERE_YET", "Check", "Finding", "Params", "get", "run_trial"]
