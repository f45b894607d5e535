"""A stretch in which a series has run one way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analyzer.checks.base import Finding, Series, line, no_data, observed, percent, statistic
from analyzer.checks.trends.case import ALPHA, YEAR, Case, TrendReversalParams, lacking
from analyzer.model import Chart, Label, Window
from analyzer.stats.regression import coefficient, hac_covariance, ols, with_constant
from analyzer.stats.tails import p_words
from analyzer.stats.trend import Trend, mann_kendall, momentum, random_walk_share

RECENT = 126
"""Sessions of a trend whose beginning is not named: half a year."""
BY_SESSION = 260
"""Closes of a trend up to which each session counts; of a longer one each week."""
FEWEST = 20
DRAWS = 999


def trend(case: Case) -> Finding:
    params, rows = case.params, case.rows
    first = params.base or case.closes.session_offset(case.session, -RECENT)
    if first is not None and params.base is not None:
        first = case.closes.session_on_or_before(first) or first
    stretch = rows.between(first, None)
    covered = first is not None and rows.first is not None and rows.first <= first
    if not covered or len(stretch) < FEWEST:
        return lacking(case, len(stretch), FEWEST if params.base is not None else RECENT + 1, "a trend")
    if not np.ptp(stretch.values) > 0:
        return no_data(f"{case.name} did not move between {stretch.first} and {stretch.last}.", used=(case.closes,))
    taken = stretch if len(stretch) <= BY_SESSION else _weekly(stretch)
    found = mann_kendall(taken.values)
    change = float(stretch.values[-1] / stretch.values[0] - 1.0)
    outcome, reason = _judged_trend(params, found, change)
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("kendall_tau", found.tau),
        observed=observed(change, "fraction"), pvalue=found.pvalue, nobs=len(taken), used=(case.closes,),
        window=Window(base=stretch.first, first=stretch.first, last=case.session),
        null_hypothesis="The closes of the stretch rise as often as they fall, over all pairs.",
        summary=_trend_words(case, stretch, taken, found), caveats=_trend_caveats(case, taken),
        chart=trend_chart(case, stretch),
    )  # fmt: skip


def _weekly(stretch: Series) -> Series:
    """The last close of each week, and the first row."""
    weeks = (stretch.dates - np.datetime64("1970-01-05", "D")).astype(int) // 7
    keep = np.append(weeks[1:] != weeks[:-1], True)
    keep[0] = True
    return replace(stretch, dates=stretch.dates[keep], values=stretch.values[keep])


def _judged_trend(params: TrendReversalParams, found: Trend, change: float) -> tuple[Label, str]:
    way = 1 if params.direction == "up" else -1
    ranks = (1 if found.z > 0 else -1) if found.pvalue < ALPHA else 0
    ends = 1 if change > 0 else -1 if change < 0 else 0
    if ranks == 0:
        return "inconclusive", "not_significant"
    if ranks == way:
        return ("supported", "significant") if ends == way else ("mixed", "tests_disagree")
    return ("refuted", "wrong_sign") if ends != way else ("mixed", "tests_disagree")


def _trend_words(case: Case, stretch: Series, taken: Series, found: Trend) -> str:
    every = "sessions" if taken is stretch else "weeks"
    change = float(stretch.values[-1] / stretch.values[0] - 1.0)
    rising = (1.0 + found.tau) / 2.0
    evidence = "no evidence of a trend either way"
    if found.pvalue < ALPHA:
        evidence = f"evidence of a trend {'up' if found.z > 0 else 'down'}"
    return (
        f"{case.name} moved {percent(change)} from the close of {stretch.first} to {stretch.last}; of all pairs of its "
        f"{len(taken)} {every} the later close was the higher in about {rising:.0%} (Kendall's tau {found.tau:+.2f}, "
        f"{p_words(found.pvalue)}){_slope_words(taken, every)}. By the rule \"the rank test at 5 % and both ends\": "
        f"{evidence}."
    ).replace("tau -", "tau −")  # fmt: skip


def _slope_words(taken: Series, every: str) -> str:
    """The slope of the log price a year, with Newey-West errors: beside the test, deciding nothing."""
    if (taken.values <= 0).any():
        return ""
    fit = ols(np.log(taken.values), with_constant(np.arange(len(taken), dtype=float)))
    slope = coefficient(fit, 1, hac_covariance(fit))
    year = YEAR if every == "sessions" else 52
    return f"; slope of the log price {percent(slope.value * year, 0)} a year, ± {1.96 * slope.error * year:.0%}"


def _trend_caveats(case: Case, taken: Series) -> tuple[str, ...]:
    params = case.params
    scale = np.log(taken.values) if (taken.values > 0).all() else taken.values
    share = random_walk_share(scale, DRAWS, params.seed)
    said = [
        f"a random walk of the same steps without drift runs one way as much in {share:.0%} of {DRAWS} draws (seed "
        f"{params.seed}): the test describes a stretch that is over and foretells nothing"
    ]
    past = momentum(case.rows.values)
    if past is not None:
        said.append(f"return of the past twelve months without the last: {percent(past)}")
    if params.base is None:
        said.append(f"no beginning is stated: the last {RECENT} sessions")
    return tuple(said)


def trend_chart(case: Case, stretch: Series) -> Chart:
    before = case.closes.session_offset(stretch.first, -20) if stretch.first else None
    shown = case.closes.between(before, case.session)
    marks = ((stretch.first, "from here"),) if stretch.first else ()
    return Chart(
        title=f"{case.name}, close", unit="points", currency=case.closes.currency, lines=(line(shown, case.name),),
        marks=marks, window=Window(first=stretch.first, last=case.session),
    )  # fmt: skip
