"""Lead and lag: one series runs ahead of another.

What the claim says
-------------------
What one does the other does later: "A leads B", "der Dax folgt der Wall Street", "copper is a leading indicator
for stocks". The null is that the past of the one says nothing on the other that its own past does not say.

Formula
-------
Moves of weeks (returns of prices, changes of yields) between common dates, up to 20 years. Granger's (1969) test: a
Wald test of the past moves of the one in the regression of the other on its own, with Newey-West errors, in both
directions; lags by Akaike's criterion up to 4 weeks, 5 days or 6 months. Beside it the largest correlation at a lag,
after the memory of each is taken out by an autoregression (Haugh 1976), against what the largest of all lags is when
the order of the weeks is drawn anew; and the test on levels of Toda and Yamamoto (1995).

Rule
----
Granger's test significant at 5 % from the one to the other and not back, and the largest correlation at a lag, with the
one ahead, at 5 % as well: supported; without the latter inconclusive. Both ways: mixed. Back only: refuted. Neither:
inconclusive.

When it is not testable
-----------------------
Fewer than 150 common moves: no_data.

What it cannot show
-------------------
That the one makes the other move: a common driver that reaches the one first looks the same. A lead of minutes or hours
leaves no trace in weeks. Closes of exchanges at different hours make leads of a day that are none, which is why
days are not the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

import numpy as np
from pydantic import model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    SeriesRequest,
    missing_series,
    no_data,
    observed,
    statistic,
)
from analyzer.model import Chart, Label, Window
from analyzer.stats.aligned import Every, Moves, chart_line, is_yield, moves, requests, series_of
from analyzer.stats.bootstrap import is_too_close
from analyzer.stats.lead_lag import (
    Peak,
    autoregression_order,
    granger,
    joint_order,
    lead_peak,
    prewhitened,
    toda_yamamoto,
)
from analyzer.stats.tails import normal_quantile, p_words

ALPHA = 0.05
FEWEST = 150
YEARS = timedelta(days=7305)
LAGS = {"day": 5, "week": 4, "month": 6}
DRAWS, MORE = 499, 4999


class LeadLagParams(Params):
    """``symbol`` is said to run ahead of ``other``, by ``every``: days, weeks or months. ``turned``: symbols whose
    moves count with the other sign."""

    symbol: str
    other: str
    every: Every = "week"
    last: date | None = None
    turned: tuple[str, ...] = ()
    seed: int = 0

    @model_validator(mode="after")
    def _two(self) -> LeadLagParams:
        if self.symbol == self.other:
            raise ValueError("symbol and other must be two")
        return self


def needs(params: LeadLagParams) -> tuple[SeriesRequest, ...]:
    return requests(params.symbol, params.other)


@dataclass(frozen=True)
class _Tests:
    """p-values of the two directions, with their lags, and what stands beside them."""

    wald: float
    forth: float
    back: float
    lags: tuple[int, int]
    levels: tuple[float, float]
    peak: Peak
    draws: int


def run(params: LeadLagParams, data: Data) -> Finding:
    pair = (params.symbol, params.other)
    found = [series_of(data, s) for s in pair]
    used = [s for s in found if s is not None]
    if len(used) < 2:
        return missing_series(data, *(n for n, s in zip(pair, found, strict=True) if s is None))
    yields = [s for s in pair if is_yield(data, s)]
    both = moves(used, params.every, yields, params.turned, params.last)
    both = both.between(both.last - YEARS, None) if both.last else both
    if len(both) < FEWEST:
        names = " and ".join(data.name(s) for s in pair)
        why = f"{names} have {len(both)} of the {FEWEST} common {params.every}s that a test of a lead needs."
        return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=used)
    flat = [data.name(s) for s, column in zip(pair, both.values.T, strict=True) if not np.ptp(column) > 0]
    if flat:
        return no_data(f"{', '.join(flat)} did not move.", used=used)
    tests = _tests(params, both, yields)
    outcome, reason = _judged(tests)
    return Finding(
        outcome=outcome, reason=reason, statistic=statistic("wald", tests.wald),
        observed=observed(tests.peak.correlation, "ratio"), window=Window(first=both.first, last=both.last),
        pvalue=_deciding_p(outcome, tests), nobs=len(both), used=tuple(used),
        null_hypothesis="The past of the one says nothing on the other that its own past does not say.",
        summary=_sentence(params, data, both, tests) + _verdict(reason, len(both)), caveats=_caveats(params, tests),
        chart=_chart(params, data, both),
    )  # fmt: skip


def _tests(params: LeadLagParams, both: Moves, yields: list[str]) -> _Tests:
    x, y = both.values.T
    most = LAGS[params.every]
    lags = joint_order(x, y, most), joint_order(y, x, most)
    value, forth = granger(x, y, lags[0])
    _, back = granger(y, x, lags[1])
    pairs = zip((params.symbol, params.other), (x, y), strict=True)
    level = [np.cumsum(v if s in yields or s in params.turned else np.log1p(v)) for s, v in pairs]
    white = [prewhitened(v, autoregression_order(v, most)) for v in (x, y)]
    common = min(len(w) for w in white)
    draws, peak = DRAWS, lead_peak(white[0][-common:], white[1][-common:], most, DRAWS, params.seed)
    if is_too_close(peak.pvalue, peak.error, ALPHA):
        draws, peak = MORE, lead_peak(white[0][-common:], white[1][-common:], most, MORE, params.seed)
    levels = toda_yamamoto(level[0], level[1], lags[0])[1], toda_yamamoto(level[1], level[0], lags[1])[1]
    return _Tests(value, forth, back, lags, levels, peak, draws)


def _judged(tests: _Tests) -> tuple[Label, str]:
    forth, back = tests.forth < ALPHA, tests.back < ALPHA
    if forth and back:
        return "mixed", "both_ways"
    if forth:
        confirmed = tests.peak.lag > 0 and tests.peak.pvalue < ALPHA
        return ("supported", "significant") if confirmed else ("inconclusive", "unconfirmed_lead")
    return ("refuted", "leads_back") if back else ("inconclusive", "not_significant")


def _deciding_p(outcome: Label, tests: _Tests) -> float:
    return tests.back if outcome == "refuted" else max(tests.forth, tests.peak.pvalue)


# --- words -------------------------------------------------------------------------------------------------------


def _sentence(params: LeadLagParams, data: Data, both: Moves, tests: _Tests) -> str:
    one, two = (data.name(s) + (" (sign turned)" if s in params.turned else "") for s in (params.symbol, params.other))
    lag, size = tests.peak.lag, f"{tests.peak.correlation:+.2f}".replace("-", "−")
    ahead = one if lag > 0 else two
    count = f"{abs(lag)} {params.every}{'s' if abs(lag) > 1 else ''}"
    same = f"{float(np.corrcoef(both.values.T)[0, 1]):+.2f}".replace("-", "−")
    return (
        f"Past {params.every}s of {one} for {two}: {p_words(tests.forth)}; of {two} for {one}: {p_words(tests.back)} "
        f"(Granger, {len(both):,} {params.every}s from {both.first} to {both.last}). The largest correlation at a lag "
        f"is {size}, {ahead} ahead by {count} ({p_words(tests.peak.pvalue)}); in the same {params.every} it is {same}."
    )


def _verdict(reason: str, count: int) -> str:
    least = normal_quantile(1.0 - ALPHA / 2.0) / sqrt(count)
    word = {
        "significant": "evidence for it, which shows no cause", "both_ways": "each says something on the other",
        "leads_back": "it is the other that runs ahead",
        "unconfirmed_lead": "the largest correlation at a lag does not bear it out",
        "not_significant": f"no evidence; a correlation under {least:.2f} at one lag would not have been seen",
    }[reason]  # fmt: skip
    return f' By the rule "significant at 5 % in this direction only": {word}.'


def _caveats(params: LeadLagParams, tests: _Tests) -> tuple[str, ...]:
    found = [
        f"lags by Akaike's criterion: {tests.lags[0]} and back {tests.lags[1]}; on levels (Toda and Yamamoto 1995) "
        f"{p_words(tests.levels[0])} and back {p_words(tests.levels[1])}",
        f"{tests.draws} draws for the search over lags, seed {params.seed}, Monte-Carlo error {tests.peak.error:.3f}",
    ]
    if params.every == "day":
        found.append("exchanges that close at different hours make a lead of a day that is none")
    return tuple(found)


def _chart(params: LeadLagParams, data: Data, both: Moves) -> Chart:
    """Both added up, each by its own usual move, so that a lead can be seen."""
    scaled = np.cumsum((both.values - both.values.mean(axis=0)) / both.values.std(axis=0), axis=0)
    names = (params.symbol, params.other)
    return Chart(
        title=f"{data.name(params.symbol)} and {data.name(params.other)}, in usual moves without their trend",
        unit="ratio", lines=tuple(chart_line(data.name(s), both.dates, scaled[:, i]) for i, s in enumerate(names)),
        rules=((0.0, "start"),), window=Window(first=both.first, last=both.last),
    )  # fmt: skip


def variants(params: LeadLagParams) -> tuple[tuple[str, LeadLagParams], ...]:
    """The other lengths of a move."""
    named: tuple[tuple[str, Every], ...] = (("days", "day"), ("weeks", "week"), ("months", "month"))
    return tuple((name, params.model_copy(update={"every": e})) for name, e in named if e != params.every)


CHECK = Check(
    name="lead_lag",
    scale="pattern",
    kinds=("comparison",),
    params=LeadLagParams,
    rule="Granger's test on weekly moves of up to 20 years is significant at 5 % from one to the other, not back.",
    minimum="150 common weeks",
    examples=(
        Example(
            "Copper is a leading indicator for the S&P 500.", "en",
            {"symbol": "HG=F", "other": "^GSPC", "last": "2025-01-27"},
        ),
        Example("Der Dax folgt der Wall Street.", "de", {"symbol": "^GSPC", "other": "^GDAXI", "last": "2025-01-27"}),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
