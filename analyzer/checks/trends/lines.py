"""A stretch in which a series has run one way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analyzer.checks.base import Finding, Series, line, no_data, observed, percent, statistic
from analyzer.checks.trends.case import ALPHA, YEAR, Case, TrendReversalParams, lacking
from analyzer.model import Chart, Label, Window
from analyzer.stats.bootstrap import is_too_close
from analyzer.stats.regression import coefficient, hac_covariance, ols, with_constant
from analyzer.stats.tails import p_words
from analyzer.stats.trend import Trend, WalkTest, mann_kendall, momentum, random_walk_test

BY_SESSION = 260
"""Closes of a trend up to which each session counts; of a longer one each week."""
FEWEST = 20
DRAWS, MORE = 999, 9999


@dataclass(frozen=True, eq=False)
class _Line:
    """The stretch, the closes of it that are taken, its ranks, and the test against walks without drift."""

    stretch: Series
    taken: Series
    ranks: Trend
    test: WalkTest

    @property
    def change(self) -> float:
        return float(self.stretch.values[-1] / self.stretch.values[0] - 1.0)

    @property
    def way(self) -> int:
        """1 for a trend up, -1 for one down, 0 where none can be told from a walk."""
        if self.test.pvalue > ALPHA:
            return 0
        return 1 if self.ranks.score > 0 else -1


def trend(case: Case) -> Finding:
    params, rows = case.params, case.rows
    first = params.base or case.closes.session_offset(case.session, -params.recent)
    if first is not None and params.base is not None:
        first = case.closes.session_on_or_before(first) or first
    stretch = rows.between(first, None)
    covered = first is not None and rows.first is not None and rows.first <= first
    if not covered or len(stretch) < FEWEST:
        return lacking(case, len(stretch), FEWEST if params.base is not None else params.recent + 1, "a trend")
    if not np.ptp(stretch.values) > 0:
        return no_data(f"{case.name} did not move between {stretch.first} and {stretch.last}.", used=(case.closes,))
    taken = stretch if len(stretch) <= BY_SESSION else _weekly(stretch)
    found = _Line(stretch, taken, mann_kendall(taken.values), _tested(taken, params.seed))
    outcome, reason = _judged_trend(params, found)
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("kendall_tau", found.ranks.tau),
        observed=observed(found.change, "fraction"), pvalue=found.test.pvalue, nobs=len(taken), used=(case.closes,),
        window=Window(base=stretch.first, first=stretch.first, last=case.session),
        null_hypothesis="The price is a random walk without drift whose steps are of the sizes that they had.",
        summary=_trend_words(case, found), caveats=_trend_caveats(case, found), chart=trend_chart(case, stretch),
    )  # fmt: skip


def _tested(taken: Series, seed: int) -> WalkTest:
    """Of logs, so that a rise by a tenth and the fall back are steps of one size; of levels where one is not positive.
    Drawn again where the p-value comes too near to 5 %."""
    scale = np.log(taken.values) if (taken.values > 0).all() else taken.values
    first = random_walk_test(scale, DRAWS, seed)
    return random_walk_test(scale, MORE, seed) if is_too_close(first.pvalue, first.error, ALPHA) else first


def _weekly(stretch: Series) -> Series:
    """The last close of each week, and the first row."""
    weeks = (stretch.dates - np.datetime64("1970-01-05", "D")).astype(int) // 7
    keep = np.append(weeks[1:] != weeks[:-1], True)
    keep[0] = True
    return replace(stretch, dates=stretch.dates[keep], values=stretch.values[keep])


def _judged_trend(params: TrendReversalParams, found: _Line) -> tuple[Label, str]:
    claimed = 1 if params.direction == "up" else -1
    ends = 1 if found.change > 0 else -1 if found.change < 0 else 0
    if found.way == 0:
        return "inconclusive", "not_significant"
    if found.way == claimed:
        return ("supported", "significant") if ends == claimed else ("mixed", "tests_disagree")
    return ("refuted", "wrong_sign") if ends != claimed else ("mixed", "tests_disagree")


def _trend_words(case: Case, found: _Line) -> str:
    stretch, taken, test = found.stretch, found.taken, found.test
    every = "sessions" if taken is stretch else "weeks"
    rising = (1.0 + found.ranks.tau) / 2.0
    evidence = f"no evidence of a trend either way, for which a tau of ±{test.needed:.2f} would have been needed"
    if found.way:
        evidence = f"evidence of a trend {'up' if found.way > 0 else 'down'}"
    return (
        f"{case.name} moved {percent(found.change)} from the close of {stretch.first} to {stretch.last}; of all pairs "
        f"of its {len(taken)} {every} the later close was the higher in about {rising:.0%} (Kendall's tau "
        f"{found.ranks.tau:+.2f}); random walks without drift, as volatile, run one way as much in "
        f"{test.pvalue:.1%} of {test.draws:,} draws (± {test.error:.1%}, seed {case.params.seed})"
        f"{_slope_words(taken, every)}. By the rule \"in no more than 5 % of such walks, and both ends\": {evidence}."
    ).replace("tau -", "tau −")  # fmt: skip


def _slope_words(taken: Series, every: str) -> str:
    """The slope of the log price a year, with Newey-West errors: beside the test, deciding nothing."""
    if (taken.values <= 0).any():
        return ""
    fit = ols(np.log(taken.values), with_constant(np.arange(len(taken), dtype=float)))
    slope = coefficient(fit, 1, hac_covariance(fit))
    year = YEAR if every == "sessions" else 52
    return f"; slope of the log price {percent(slope.value * year, 0)} a year, ± {1.96 * slope.error * year:.0%}"


def _trend_caveats(case: Case, found: _Line) -> tuple[str, ...]:
    said = [
        f"the rank test of Mann and Kendall alone ({p_words(found.ranks.pvalue)}) decides nothing: it takes a third of "
        "all walks without drift for trends",
        "a stretch that is over is described and nothing foretold",
    ]
    past = momentum(case.rows.values)
    if past is not None:
        said.append(f"return of the past twelve months without the last: {percent(past)}")
    if case.params.base is None:
        said.append(f"no beginning is stated: the last {case.params.recent} sessions")
    return tuple(said)


def trend_chart(case: Case, stretch: Series) -> Chart:
    before = case.closes.session_offset(stretch.first, -20) if stretch.first else None
    shown = case.closes.between(before, case.session)
    marks = ((stretch.first, "from here"),) if stretch.first else ()
    return Chart(
        title=f"{case.name}, close", unit="points", currency=case.closes.currency, lines=(line(shown, case.name),),
        marks=marks, window=Window(first=stretch.first, last=case.session),
    )  # fmt: skip
