"""Tail probability and return period: how rare is a day like this, by the tail of the series itself?

What the claim says
-------------------
A day is as rare as all that: "a once-in-a-century crash", "ein Jahrhundertereignis", "a 25-sigma event", "such a day
comes once in ten years", "ein Schwarzer Schwan". The null is that one waits for it as long as is said.

Formula
-------
Peaks over threshold: the moves of a day beyond the 5 % most extreme in its direction, of which the largest of each
episode counts (clusters by Ferro and Segers 2003), follow a generalised Pareto law fitted by largest likelihood, and
episodes come at a constant rate (Coles 2001, 4.3 and 5.3). Return period: the years between two episodes with a day at
least as extreme, with its 90 % interval by the profile likelihood. The day itself is left out, for the article exists
because it was extreme. Sigmas: the move by the standard deviation of the 250 sessions before it, of all other days, or
of the days before it with weights that fall by 6 % a day (RiskMetrics 1996).

Rule
----
The years that are stated inside the 90 % interval: supported. Outside, and rejected at 5 % by the likelihood ratio:
refuted, as overstated or understated. "A century's event" is one that is at least so rare; a black swan, which has no
definition, likewise, or else mixed. Claim and interval beyond four times the years of data: inconclusive. Sigmas: the
nearest of the three figures is judged as any figure.

When it is not testable
-----------------------
Fewer than 1,000 daily returns, or fewer than 20 episodes: no_data.

What it cannot show
-------------------
That the future is like the past: a tail is taken to be the same in calm and in unrest, in all the years of the data.
Why the day came. By a normal distribution nearly every large fall is impossible, which says that markets are not
normal, and nothing on the day; its figure stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import inf, log10
from typing import Any, Literal

import numpy as np
from pydantic import Field, model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    judge_figure,
    missing_series,
    missing_sessions,
    no_data,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Direction, Label, Stated, Window
from analyzer.series import day, to_date
from analyzer.stats.aligned import chart_line, is_yield
from analyzer.stats.extremes import Peaks, ReturnPeriod, peaks_over, return_period
from analyzer.stats.tails import log10_normal_above, p_words
from analyzer.stats.volatility import weighted_deviation

ALPHA, LEVEL = 0.05, 0.90
FEWEST, EPISODES = 1000, 20
TRAILING = 250
REACH = 4
"""How many times the years of data a return period may be that the data are asked to bear out."""
CENTURY = 100.0
SHOWN = 290
"""Stretches of the chart."""


class TailProbabilityParams(Params):
    """The move of ``symbol`` on ``session``, or one of ``size`` (a fraction) in ``direction``, is said to be rare.

    ``says``: "years" that ``stated`` counts, "sigma" that it counts, or a word of rarity without a figure. ``worst``:
    the share of days beyond the threshold. ``every_day``: days count one by one and not by episodes; ``own_day``: the
    day itself counts among the others.
    """

    symbol: str
    session: date | None = None
    size: Stated | None = None
    direction: Direction | None = None
    says: Literal["years", "sigma", "rare"] = "years"
    stated: Stated | None = None
    word: str = ""
    worst: float = Field(default=0.05, ge=0.005, le=0.2)
    every_day: bool = False
    own_day: bool = False

    @model_validator(mode="after")
    def _whole(self) -> TailProbabilityParams:
        if (self.session is None) == (self.size is None):
            raise ValueError("give the session of the move, or its size, and not both")
        if self.size is not None and (self.size.unit != "fraction" or self.direction is None):
            raise ValueError("size is a move as a fraction, and needs its direction")
        if self.says == "sigma" and self.session is None:
            raise ValueError("sigmas are those of a session")
        if (self.says == "rare") != (self.stated is None):
            raise ValueError("stated is the number of years or of sigmas; a word alone is rare")
        if self.stated is not None and (self.stated.unit not in ("count", "ratio") or self.stated.value <= 0):
            raise ValueError(f"stated counts years or sigmas; got {self.stated.text!r}")
        return self


def needs(params: TailProbabilityParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol),)


@dataclass(frozen=True, eq=False)
class _Case:
    """The move that is said to be rare, ``sign`` times it positive, and the moves it is set against."""

    params: TailProbabilityParams
    data: Data
    series: Series
    moves: Series
    sign: float
    size: float
    kept: np.ndarray

    @property
    def others(self) -> np.ndarray:
        """(n,) the other days' moves, large where they are extreme in the direction."""
        return np.asarray(self.sign * self.moves.values[self.kept])

    @property
    def per_year(self) -> float:
        """Daily moves a year, by the calendar of the series."""
        dates = self.moves.dates[self.kept]
        return len(dates) / max(float((dates[-1] - dates[0]).astype(int)) / 365.25, 1e-9)

    @property
    def years(self) -> float:
        return len(self.others) / self.per_year

    @property
    def deviation(self) -> float:
        return float(self.others.std(ddof=1))

    @property
    def is_yield(self) -> bool:
        return is_yield(self.data, self.params.symbol)

    def said(self, size: float) -> str:
        """A move as it is printed: per cent, or points of a yield."""
        move = self.sign * size
        return f"{move:+.2f} points".replace("-", "−") if self.is_yield else percent(move)


@dataclass(frozen=True, eq=False)
class _Wait:
    """How long one waits for such a day, in years."""

    peaks: Peaks
    found: ReturnPeriod
    per_year: float
    low: float
    high: float

    @property
    def years(self) -> float:
        return self.found.period / self.per_year

    def pvalue(self, years: float) -> float:
        """Of the null that one waits so many years."""
        return self.found.pvalue(years * self.per_year)


def run(params: TailProbabilityParams, data: Data) -> Finding:
    case = _case(params, data)
    if isinstance(case, Finding):
        return case
    if case.size <= 0.0:
        return _finding(case, None, _Verdict("refuted", "wrong_sign", "It moved the other way."))
    wait = _wait(case)
    if params.says == "sigma":
        return _finding(case, wait if isinstance(wait, _Wait) else None, _sigmas(case))
    return wait if isinstance(wait, Finding) else _finding(case, wait, _judged(case, wait))


@dataclass(frozen=True)
class _Verdict:
    """``pvalue`` where a null was tested: none where the estimate itself lies where it was claimed to lie."""

    outcome: Label
    reason: str
    sentence: str
    pvalue: float | None = None


def _finding(case: _Case, wait: _Wait | None, verdict: _Verdict) -> Finding:
    found, by_sigma = _figure(case, wait), case.params.says == "sigma"
    return Finding(
        outcome=verdict.outcome, reason=verdict.reason, summary=f"{_sentence(case, wait)} {verdict.sentence}",
        statistic=statistic("standard_deviations" if by_sigma else "return_period_years", found),
        observed=observed(found, "ratio" if by_sigma else "count"), pvalue=verdict.pvalue, nobs=len(case.others),
        null_hypothesis="One waits as long as is said for a day like this.", used=(case.series,),
        window=Window(first=case.params.session, last=case.params.session), reach=case.series.first,
        caveats=_caveats(case, wait), chart=_chart(case, wait),
    )  # fmt: skip


def _figure(case: _Case, wait: _Wait | None) -> float | None:
    """The years, None where there is no end to them; for sigmas their number by all other days."""
    if case.params.says == "sigma":
        return case.size / case.deviation
    return wait.years if wait is not None and wait.years < inf else None


# --- the move and the others -----------------------------------------------------------------------------------------


def _case(params: TailProbabilityParams, data: Data) -> _Case | Finding:
    series = data.get(SeriesRequest(params.symbol))
    if series is None:
        return missing_series(data, params.symbol)
    moves = series.changes() if is_yield(data, params.symbol) else series.returns()
    move = _move(params, data, series, moves)
    if isinstance(move, Finding):
        return move
    sign = {"up": 1.0, "down": -1.0}.get(params.direction or "", 1.0 if move >= 0 else -1.0)
    kept = np.ones(len(moves), dtype=bool)
    if params.session is not None and not params.own_day:
        kept = moves.dates != day(params.session)
    case = _Case(params, data, series, moves, sign, sign * move, kept)
    if len(case.others) < TRAILING:
        return _too_short(case, TRAILING, "standard deviation")
    return case if np.ptp(case.others) > 0.0 else _lacking(case, "not moved on any other day")


def _too_short(case: _Case, needed: int, what: str) -> Finding:
    return _lacking(case, f"{len(case.others):,} of the {needed:,} daily returns that a {what} needs")


def _lacking(case: _Case, has: str) -> Finding:
    why = f"{case.data.name(case.params.symbol)} has {has}. Try: --data FOLDER with earlier dates."
    return no_data(why, reason="span", used=(case.series,))


def _move(params: TailProbabilityParams, data: Data, series: Series, moves: Series) -> float | Finding:
    """The move of the session, or the one that is stated, with the sign of its direction."""
    if params.size is not None:
        return abs(params.size.value) * (1.0 if params.direction == "up" else -1.0)
    assert params.session is not None
    move, before = moves.at(params.session), series.session_offset(params.session, -1)
    if move is not None:
        return move
    there = series.at(params.session) is not None
    return missing_sessions(series, data, before if there and before is not None else params.session)


def _wait(case: _Case) -> _Wait | Finding:
    """The waiting time, or what is missing to estimate it."""
    values = case.others
    if len(values) < FEWEST:
        return _too_short(case, FEWEST, "tail")
    threshold = float(np.quantile(values, 1.0 - case.params.worst))
    peaks = peaks_over(values, min(threshold, case.size), clustered=not case.params.every_day)
    if len(peaks.excesses) < EPISODES:
        days = f"{peaks.exceedances:,} days beyond {case.said(peaks.threshold)}"
        return _lacking(case, f"{days}, in {len(peaks.excesses)} of the {EPISODES} episodes that a tail needs")
    found = return_period(peaks, case.size)
    low, high = found.interval(LEVEL)
    return _Wait(peaks, found, case.per_year, low / case.per_year, high / case.per_year)


# --- judging ---------------------------------------------------------------------------------------------------------


def _judged(case: _Case, wait: _Wait) -> _Verdict:
    """The years that are stated, or a century for a word without a figure, against the interval."""
    said = case.params.stated
    low, high = _claimed(said)
    rule = f'By the rule "{_rule_words(case.params)}":'
    most = REACH * case.years
    if low <= wait.years <= high and low <= most:
        reason = "understated" if high == inf and wait.low > low else "in_interval"
        return _Verdict("supported", reason, f"{rule} evidence for it.")
    pvalue = wait.pvalue(low if low > wait.years else high)
    if low > most and wait.high > most:
        why = f"{case.years:.0f} years of data speak of {most:,.0f} at most"
        return _Verdict("inconclusive", "beyond_data", f"{rule} not decided, {why}.", pvalue)
    if low <= wait.high and wait.low <= high:
        return _Verdict("supported", "in_interval", f"{rule} evidence for it.", pvalue)
    overstated = low > wait.high
    if pvalue >= ALPHA:
        return _Verdict("inconclusive", "not_significant", f"{rule} not decided ({p_words(pvalue)}).", pvalue)
    if said is None:
        return _Verdict("mixed", "undefined_word", f"{rule} it was not ({p_words(pvalue)}).", pvalue)
    more = "often" if overstated else "seldom"
    sentence = f"{rule} evidence against it, such days come more {more} than that ({p_words(pvalue)})."
    return _Verdict("refuted", "overstated" if overstated else "understated", sentence, pvalue)


def _claimed(said: Stated | None) -> tuple[float, float]:
    """The years that are claimed, from and to; a word without a figure is of a century, or more seldom."""
    return (CENTURY, inf) if said is None else (said.low or 0.0, inf if said.high is None else said.high)


def _rule_words(params: TailProbabilityParams) -> str:
    low, high = _claimed(params.stated)
    side = " or more seldom" if high == inf else " or more often" if low == 0.0 else ""
    return f"{params.word or 'it'} means once in {_years(params.stated.value if params.stated else CENTURY)}{side}"


def _sigmas(case: _Case) -> _Verdict:
    """The nearest of the three figures decides: the text does not say by which sigma it counts."""
    said = case.params.stated
    assert said is not None
    counted = {name: case.size / sigma for name, sigma in _deviations(case).items() if sigma > 0.0}
    nearest = min(counted, key=lambda name: abs(counted[name] - said.value))
    outcome, reason = judge_figure(said, counted[nearest])
    each = ", ".join(f"{value:.1f} by {how}" for how, value in counted.items())
    sentence = f"In standard deviations: {each}. Nearest to “{case.params.word or said.text}” is that by {nearest}."
    return _Verdict(outcome, reason, sentence)


def _deviations(case: _Case) -> dict[str, float]:
    """The standard deviations by which a move may be counted."""
    assert case.params.session is not None
    before = case.moves.values[case.moves.dates < day(case.params.session)]
    found = {"all other days": case.deviation}
    if len(before) >= TRAILING:
        found[f"the {TRAILING} days before"] = float(before[-TRAILING:].std(ddof=1))
        found["the last days before (weights fall by 6 % a day)"] = weighted_deviation(before)
    return found


# --- words and the picture -------------------------------------------------------------------------------------------


def _sentence(case: _Case, wait: _Wait | None) -> str:
    params, dates = case.params, case.moves.dates[case.kept]
    when = f"on {params.session}" if params.session else "in a day"
    what = f"{case.data.name(params.symbol)} {case.said(case.size)} {when}."
    if case.size <= 0.0:
        return what
    if wait is not None:
        unit = "such a day" if params.every_day else "an episode with such a day"
        what += (
            f" By the tail of {len(dates):,} {_others(params)} ({to_date(dates[0])} to {to_date(dates[-1])}) {unit} "
            f"comes once in {_years(wait.years)} ({LEVEL:.0%} interval {_span(wait)}).".replace("%", " %")
        )
    return f"{what} {_normal(case)}"


def _others(params: TailProbabilityParams) -> str:
    return "days" if params.own_day or params.session is None else "other days"


def _normal(case: _Case) -> str:
    """What the normal distribution would have said."""
    z = (case.size - float(case.others.mean())) / case.deviation
    logs = -log10_normal_above(z) - log10(case.per_year)
    period = f"10^{logs:.0f} years" if logs >= 6.0 else _years(10.0**logs)
    return f"A normal distribution would have said once in {period} ({z:.1f} standard deviations)."


def _years(value: float) -> str:
    if value == inf:
        return "more years than can be said"
    if value < 0.1:
        return f"{365.25 * value:.0f} days"
    if value < 1.0:
        return f"{12.0 * value:.1f} months"
    return f"{value:,.0f} years" if value >= 10.0 else f"{value:.1f} years"


def _span(wait: _Wait) -> str:
    """ "81 to 15,340 years"."""
    if wait.high == inf:
        return f"from {_years(wait.low)} on, without an upper end"
    low, high = _years(wait.low), _years(wait.high)
    return f"{low.removesuffix(' years') if high.endswith(' years') else low} to {high}"


def _caveats(case: _Case, wait: _Wait | None) -> tuple[str, ...]:
    if case.size <= 0.0:
        return ()
    larger = int(np.sum(case.others >= case.size))
    found = [f"as extreme in {case.years:.0f} years of data: {larger:,} {_others(case.params)}"]
    if wait is not None:
        peaks, law = wait.peaks, wait.found.law
        shape = f", shape {law.shape:.2f}".replace("-", "−") if law is not None else ""
        found.append(
            f"threshold {case.said(peaks.threshold)}: {peaks.exceedances:,} days in {len(peaks.excesses):,} episodes, "
            f"extremal index {peaks.index:.2f}{shape}"
        )
    if case.params.session is not None and not case.params.own_day:
        found.append("the day itself is left out: the text exists because it was extreme")
    return tuple(found)


def _chart(case: _Case, wait: _Wait | None) -> Chart:
    """The most extreme move of each stretch, beside the move in question and those of once in 1, 10, 100 years."""
    values, dates = case.sign * case.moves.values, case.moves.dates
    parts = np.array_split(np.arange(len(values)), min(SHOWN, len(values)))
    most = np.array([part[values[part].argmax()] for part in parts])
    direction = "falls" if case.sign < 0 else "rises"
    return Chart(
        title=f"{case.data.name(case.params.symbol)}, the largest {direction} of a day",
        unit="percentage_points" if case.is_yield else "fraction",
        lines=(chart_line("the largest of each stretch", dates[most], case.sign * values[most]),),
        marks=((case.params.session, "claim"),) if case.params.session else (),
        rules=((case.sign * case.size, "claim"), *_levels(case, wait)),
        window=Window(first=to_date(dates[0]), last=to_date(dates[-1])),
    )  # fmt: skip


def _levels(case: _Case, wait: _Wait | None) -> Iterator[tuple[float, str]]:
    """The moves that come once in 1, 10 and 100 years, where the tail gives them."""
    for years in (1, 10, 100):
        level = wait.found.level_of(wait.peaks, years * case.per_year) if wait is not None else None
        if level is not None:
            yield case.sign * level, "once a year" if years == 1 else f"once in {years} years"


def variants(params: TailProbabilityParams) -> tuple[tuple[str, TailProbabilityParams], ...]:
    """Other thresholds, days one by one, and the day itself among the others."""
    changed: list[tuple[str, dict[str, Any]]] = [
        (f"beyond the {share:.1%} most extreme days".replace("%", " %"), {"worst": share})
        for share in (0.025, 0.05, 0.1) if share != params.worst
    ]  # fmt: skip
    changed.append(("every day by itself", {"every_day": not params.every_day}))
    if params.session is not None:
        changed.append(("with the day itself", {"own_day": not params.own_day}))
    return tuple((name, params.model_copy(update=update)) for name, update in changed)


CHECK = Check(
    name="tail_probability",
    scale="pattern",
    kinds=("record_extreme", "quantitative_move"),
    params=TailProbabilityParams,
    rule="The years stated lie in the 90 % interval of the waiting time for such a day, by the tail of all other days "
    "(peaks over threshold); sigmas are judged as a figure.",
    minimum="1,000 daily returns with 20 episodes beyond the threshold",
    examples=(
        Example(
            "Monday's fall of the S&P 500 was a once-in-a-century event.", "en",
            {"symbol": "^GSPC", "session": "1987-10-19", "direction": "down", "word": "once-in-a-century",
             "stated": {"text": "once-in-a-century", "value": 100, "low": 100, "high": None, "unit": "count",
                        "qualifier": "at_least"}},
        ),
        Example(
            "Der Kurssturz vom 19. Oktober 1987 war ein 25-Sigma-Ereignis.", "de",
            {"symbol": "^GSPC", "session": "1987-10-19", "direction": "down", "says": "sigma",
             "stated": {"text": "25-Sigma", "value": 25, "low": 24.5, "high": 25.5, "unit": "count"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
