"""Whether the direction of returns can be foretold from those before."""

from __future__ import annotations

import numpy as np

from analyzer.checks.base import Finding, Series, no_data, observed, statistic
from analyzer.checks.trends.case import ALPHA, Case, lacking
from analyzer.checks.trends.lines import trend_chart
from analyzer.model import Label, Window
from analyzer.stats.tails import p_words
from analyzer.stats.variance_ratio import VarianceRatio, joint_pvalue, variance_ratio

FEWEST = 250
HORIZONS = (2, 5, 10, 20)


def predictable(case: Case) -> Finding:
    params, rows = case.params, case.rows.between(case.params.base, None)
    if len(rows) < FEWEST:
        return lacking(case, len(rows), FEWEST, "a variance ratio")
    if (rows.values <= 0).any() or not np.ptp(rows.values) > 0:
        return no_data(f"{case.name} has no returns: a price is not positive, or none moved.", used=(case.closes,))
    logs = np.log(rows.values)
    ratios = tuple(variance_ratio(logs, q) for q in HORIZONS)
    pvalue, far = joint_pvalue(ratios), max(ratios, key=lambda r: abs(r.z))
    outcome: Label = "inconclusive"
    reason = "not_significant"
    if pvalue < ALPHA:
        right = (far.ratio > 1.0) == (params.tendency == "persistent")
        outcome, reason = ("supported", "significant") if right else ("refuted", "wrong_sign")
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("largest_z", far.z), pvalue=pvalue, nobs=len(rows) - 1,
        observed=observed(far.ratio - 1.0, "fraction"), used=(case.closes,),
        window=Window(base=rows.first, first=rows.first, last=case.session),
        null_hypothesis="Returns cannot be foretold from those before: all variance ratios are 1.",
        summary=_ratio_words(case, rows, ratios, pvalue, reason),
        caveats=("closes only: stale prices of an index make returns look alike from day to day",),
        chart=trend_chart(case, rows),
    )  # fmt: skip


def _ratio_words(case: Case, rows: Series, ratios: tuple[VarianceRatio, ...], pvalue: float, reason: str) -> str:
    listed = ", ".join(f"{r.ratio:.2f} over {r.horizon} (z {r.z:+.1f})" for r in ratios).replace("z -", "z −")
    way = "go on in the same direction" if case.params.tendency == "persistent" else "are followed by their opposite"
    seen = max(1.96 * r.error for r in ratios)
    verdict = {
        "significant": "evidence for it",
        "wrong_sign": "evidence of the opposite",
    }.get(reason, f"no evidence; a ratio within {seen:.2f} of 1 cannot be told from 1 in this sample")
    return (
        f"{case.name}, {len(rows) - 1} returns from {rows.first} to {rows.last}: variance ratios {listed} sessions; "
        f'jointly {p_words(pvalue)}. By the rule "moves {way}, at 5 %": {verdict}.'
    )
