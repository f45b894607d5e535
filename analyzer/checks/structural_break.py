"""Structural break: growth, a level, a spread or a relation is another since some time.

What the claim says
-------------------
Something is not as it was: "since 2022 the relation between gold and real yields no longer holds", "seit der Zinswende
gelten andere Regeln", "a new era began in 2020", "the level of inflation has shifted for good".

Formula
-------
A regression by months, from ten years before the time that is named (five times as long as since then, where that is
less) to the last day; 20 years where none is named. growth: log growth on a constant. level, and volatility, which is
the log of the spread of a month's daily returns: on a constant and on the month before. relation: moves of the one on
moves of the other (returns of prices, changes of yields). Sup-F: the largest Chow F over all months but 15 % at either
end (Andrews 1993), against draws with errors of the same changing size (Hansen 2000), and with the p-value of Hansen
(1997) beside it. Dates: least squares over all splits, as many as 5 % tests find one after another (Bai and Perron
1998, 2003), with the 95 % interval of each (Bai 1997). Beside them Chow's test at the time that is named with
Newey-West errors, and the cumulated forecast errors and their squares (Brown, Durbin and Evans 1975).

Rule
----
Sup-F under 5 %, and the time that is named inside the 95 % interval of a break (without one, the last break counts):
supported. Another time: mixed. A change the other way than is claimed, or a relation that has become closer: refuted.
Sup-F not under 5 %: inconclusive, even where Chow's test at the named time is, for a time that was picked for its looks
passes that test too often. A level or a spread that keeps more than 85 % of itself from month to month: inconclusive.

When it is not testable
-----------------------
Fewer than 60 months, or fewer than 12 since the time that is named: no_data.

What it cannot show
-------------------
Why, and that it will stay so. Random walks and breaks mimic each other: of levels without any break that keep 80 % of
themselves a month one in eleven is rejected, of random walks one in four, which is why these are not decided. A slow
change is dated as if it were sudden. Breaks of the spread can pass for breaks of the mean under Hansen's p-value; the
draws allow for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

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
    missing_series,
    no_data,
    number,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, Window
from analyzer.series import day, to_date
from analyzer.stats.aligned import PER_YEAR, chart_line, is_yield, requests, series_of
from analyzer.stats.bai_perron import Break, intervals, partitions, sequential
from analyzer.stats.bootstrap import is_too_close
from analyzer.stats.break_samples import DYNAMIC, Every, Of, Sample, sample
from analyzer.stats.breaks import TRIMMING, BreakTest, chow, interacted, sup_f, trimmed_rows, wild_sup_f
from analyzer.stats.cusum import cusum, cusum_squares
from analyzer.stats.regression import ols
from analyzer.stats.tails import p_words

ALPHA = 0.05
FEWEST, FEWEST_AFTER = 60, 12
"""Months, and months since the time that is named."""
AFTER_TIMES, YEAR = 5, 365.25
NONE_NAMED = 20
"""Years where no time is named."""
MEMORY = 0.85
"""Share of itself that a level may keep from one month to the next."""
MOST_BREAKS = 3
DRAWS, MORE = 999, 4999
NEAR = timedelta(days=31)
EVERY = {"month": 1, "week": 4}
"""Rows a month, about."""


class StructuralBreakParams(Params):
    """``of`` what ``symbol`` has (growth, level, volatility) or how it moves with ``other`` (relation), up to ``last``.

    ``since`` to ``since_by``: first and last day of the time in which it is said to have changed (None: at some time).
    ``change``: that it rose or fell; of a relation fell means that it has become looser or turned round. ``years``
    before ``since`` are looked at. ``turned``: symbols whose moves count with the other sign.
    """

    symbol: str
    of: Of = "growth"
    other: str | None = None
    since: date | None = None
    since_by: date | None = None
    last: date | None = None
    change: Literal["rose", "fell"] | None = None
    turned: tuple[str, ...] = ()
    every: Every = "month"
    years: int = Field(default=10, ge=5, le=40)
    test: Literal["wild", "wald"] = "wild"
    seed: int = 0

    @model_validator(mode="after")
    def _what_is_claimed_is_whole(self) -> StructuralBreakParams:
        if (self.of == "relation") != (self.other is not None) or self.symbol == self.other:
            raise ValueError("a relation is one of symbol and other, and nothing else has an other")
        if (self.since is None) != (self.since_by is None):
            raise ValueError("since and since_by are the first and the last day of one time")
        if self.since is not None and self.since_by is not None and self.since > self.since_by:
            raise ValueError(f"since_by ({self.since_by}) must not lie before since ({self.since})")
        if self.since is not None and self.last is not None and self.since >= self.last:
            raise ValueError(f"last ({self.last}) must lie after since ({self.since})")
        if self.of in DYNAMIC and self.every == "week":
            raise ValueError("levels and spreads are looked at by months")
        return self

    @property
    def symbols(self) -> tuple[str, ...]:
        return (self.symbol,) if self.other is None else (self.symbol, self.other)


def needs(params: StructuralBreakParams) -> tuple[SeriesRequest, ...]:
    return requests(*params.symbols)


@dataclass(frozen=True, eq=False)
class _Case:
    """The question, the sample and all that was computed of it."""

    params: StructuralBreakParams
    data: Data
    rows: Sample
    sup: BreakTest
    pvalue: float
    error: float
    draws: int
    breaks: tuple[Break, ...]
    named: BreakTest | None
    """Chow's test at the first day that is named."""

    def when(self, row: int) -> date:
        """The end of a row, held inside the sample."""
        return to_date(self.rows.dates[min(max(row, 0), len(self.rows) - 1)])

    @property
    def matching(self) -> Break | None:
        """The break whose interval reaches into the time that is named, else the last one; None where none does."""
        since, until = self.params.since, self.params.since_by
        if since is None or until is None:
            return self.breaks[-1]
        inside = (b for b in self.breaks if self.when(b.low) <= until and since - NEAR <= self.when(b.high))
        return next(inside, None)


def run(params: StructuralBreakParams, data: Data) -> Finding:
    found = {symbol: series_of(data, symbol) for symbol in params.symbols}
    used = [s for s in found.values() if s is not None]
    if len(used) < len(found):
        return missing_series(data, *(symbol for symbol, s in found.items() if s is None))
    rows = _rows(params, data, used)
    lack = _lack(params, data, rows)
    if lack is not None:
        return no_data(lack, reason="span", used=used)
    if rows.still >= TRIMMING * len(rows):
        why = (
            f"{_what(params, data)}: {rows.still} {params.every}s on end without any change, so nothing to fit on them."
        )
        return no_data(why, used=used)
    case = _computed(params, data, rows)
    outcome, reason = _judged(case)
    before, after = _sides(case)
    return Finding(
        outcome=outcome, reason=reason, summary=_sentence(case) + _verdict(case, reason),
        statistic=statistic("sup_F", case.sup.statistic), observed=observed(after - before, _unit(params)),
        window=Window(first=rows.first, last=rows.last), pvalue=case.pvalue, nobs=len(rows), used=tuple(used),
        null_hypothesis=f"The regression is the same from {rows.first} to {rows.last}.", caveats=_caveats(case),
        chart=_chart(case),
    )  # fmt: skip


def _rows(params: StructuralBreakParams, data: Data, used: list[Series]) -> Sample:
    """From so many years before the time that is named, or five times as long as since then."""
    last = params.last or min(s.last for s in used if s.last is not None)
    yields = [s.symbol for s in used if is_yield(data, s.symbol)]
    rows = sample(used, params.of, params.every, last, yields, params.turned)
    if params.since is None:
        return rows.between(last - timedelta(days=NONE_NAMED * YEAR), None)
    before = min(params.years * YEAR, AFTER_TIMES * (last - params.since).days)
    return rows.between(params.since - timedelta(days=before), None)


def _lack(params: StructuralBreakParams, data: Data, rows: Sample) -> str | None:
    what, each = _what(params, data), EVERY[params.every]
    have, need, where = len(rows), FEWEST * each, ""
    if params.since is not None and have >= need:
        have, need, where = len(rows.between(params.since, None)), FEWEST_AFTER * each, f" since {params.since}"
    if have >= need:
        return None
    return f"{what}: {have} of the {need} {params.every}s{where} that a test of a break needs. Try: --data FOLDER."


def _computed(params: StructuralBreakParams, data: Data, rows: Sample) -> _Case:
    y, x = rows.y, rows.x
    sup, draws, error = sup_f(y, x), 0, 0.0
    if params.test == "wald":
        sup = sup_f(y, x, robust=True)
        pvalue = sup.pvalue
    else:
        draws, (pvalue, error) = DRAWS, wild_sup_f(y, x, draws=DRAWS, seed=params.seed)
        if is_too_close(pvalue, error, ALPHA):
            draws, (pvalue, error) = MORE, wild_sup_f(y, x, draws=MORE, seed=params.seed)
    split = sequential(y, x, MOST_BREAKS).rows
    if not split:  # the tests one after another ask for more than the one over all rows
        split = partitions(y, x, 1, int(TRIMMING * len(y)))[-1].rows
    lags = None if params.of in DYNAMIC else 0
    named = None
    if params.since is not None:
        row = int(np.searchsorted(rows.dates, day(params.since))) - 1
        named = chow(y, x, row) if row in trimmed_rows(*x.shape) else None
    return _Case(params, data, rows, sup, pvalue, error, draws, intervals(y, x, split, lags=lags), named)


# --- judging --------------------------------------------------------------------------------------------------------


def _judged(case: _Case) -> tuple[Label, str]:
    if case.pvalue >= ALPHA:
        return "inconclusive", "not_significant"
    if _memory(case) > MEMORY:
        return "inconclusive", "near_unit_root"
    if case.matching is None:
        return "mixed", "wrong_period"
    if case.params.change is not None and _rose(case) != (case.params.change == "rose"):
        return "refuted", "wrong_sign"
    return "supported", "significant"


def _rose(case: _Case) -> bool:
    """Of a relation: whether it has become closer and not turned round."""
    before, after = _sides(case)
    return abs(after) > abs(before) and after * before > 0 if case.params.of == "relation" else after > before


def _memory(case: _Case) -> float:
    """The share of itself that a level keeps, with the constant free to change at the break that suits best."""
    if case.params.of not in DYNAMIC:
        return 0.0
    after = np.arange(len(case.rows)) > case.sup.row
    return float(ols(case.rows.y, np.column_stack([case.rows.x, after])).coefficients[1])


def _sides(case: _Case) -> tuple[float, float]:
    """What is spoken of before and after the break: means, or slopes."""
    row = (case.matching or case.breaks[-1]).row
    if case.params.of == "relation":
        slope, change = interacted(case.rows.y, case.rows.x, row).coefficients[[1, 3]]
        return float(slope), float(slope + change)
    means = float(case.rows.values[: row + 1].mean()), float(case.rows.values[row + 1 :].mean())
    return (float(np.exp(means[0])), float(np.exp(means[1]))) if case.params.of == "volatility" else means


# --- words ----------------------------------------------------------------------------------------------------------


def _unit(params: StructuralBreakParams) -> str:
    return {"growth": "fraction", "volatility": "fraction", "level": "points", "relation": "ratio"}[params.of]


def _what(params: StructuralBreakParams, data: Data) -> str:
    names = [data.name(s) + (" (sign turned)" if s in params.turned else "") for s in params.symbols]
    if params.of == "relation":
        return f"{names[0]} on {names[1]}"
    return f"{params.of.capitalize()} of {names[0]}"


def _size(params: StructuralBreakParams, value: float) -> str:
    if params.of in ("growth", "volatility"):
        return f"{percent(value, 1)} a year"
    return f"slope {number(value, 3)}" if params.of == "relation" else number(value)


def _sentence(case: _Case) -> str:
    params, rows = case.params, case.rows
    before, after = _sides(case)
    test = f"in {case.draws:,} draws" if case.draws else "by Hansen (1997), with Newey-West errors"
    chosen = case.matching or case.breaks[-1]
    said = (
        f"{_what(params, case.data)}, {len(rows)} {params.every}s from {rows.first} to {rows.last}: sup-F "
        f"{number(case.sup.statistic)}, {p_words(case.pvalue)} {test}. The break after {case.when(chosen.row)} (95 % "
        f"interval {case.when(chosen.low)} to {case.when(chosen.high)}) takes it from {_size(params, before)} to "
        f"{_size(params, after)}."
    )
    others = [b for b in case.breaks if b != chosen]
    if others:
        said += f" Further breaks after {' and '.join(str(case.when(b.row)) for b in others)}."
    if case.named is not None:
        said += f" At {params.since} Chow's test has {p_words(case.named.pvalue)}."
    return said


def _verdict(case: _Case, reason: str) -> str:
    rule = "sup-F under 5 %"
    if case.params.since is not None:
        rule += f", {case.params.since} to {case.params.since_by} inside the interval of a break"
    word = {
        "significant": "evidence of a break, which shows no cause",
        "not_significant": "no evidence of a break at any time, which is none that nothing changed",
        "near_unit_root": f"not decided, for it keeps {_memory(case) * 100:.0f} % of itself each month, and random "
        "walks and breaks look alike",
        "wrong_period": "evidence of a break, but of another time",
        "wrong_sign": "evidence of a break, but of the opposite kind",
    }[reason]  # fmt: skip
    return f' By the rule "{rule}": {word}.'


def _caveats(case: _Case) -> tuple[str, ...]:
    y, x = case.rows.y, case.rows.x
    found = [
        f"cumulated forecast errors {p_words(cusum(y, x).pvalue)}, their squares {p_words(cusum_squares(y, x).pvalue)}"
        " (Brown, Durbin and Evans 1975)"
    ]
    if case.draws:
        found.append(
            f"seed {case.params.seed}, Monte-Carlo error {case.error:.3f}; by Hansen (1997) {p_words(case.sup.pvalue)}"
        )
    return tuple(found)


def _chart(case: _Case) -> Chart:
    """A level or a spread with the mean of each regime; growth and a relation added up, beside what they would have
    come to as before the break."""
    params, rows = case.params, case.rows
    row, name = (case.matching or case.breaks[-1]).row, "mean of each regime"
    values, fitted = rows.values, np.where(np.arange(len(rows)) > row, rows.values[row + 1 :].mean(), 0.0)
    fitted[: row + 1] = rows.values[: row + 1].mean()
    if params.of not in DYNAMIC:
        earlier = ols(rows.y[: row + 1], rows.x[: row + 1]).coefficients
        each = PER_YEAR[params.every] if params.of == "growth" else 1
        name, values, fitted = "as before the break", np.cumsum(rows.y) / each, np.cumsum(rows.x @ earlier) / each
    marks = [(case.when(b.row), "break") for b in case.breaks]
    marks += [(params.since, "named")] if params.since is not None else []
    return Chart(
        title=_what(params, case.data), unit="ratio", window=Window(first=rows.first, last=rows.last),
        lines=(chart_line("as it was", rows.dates, values), chart_line(name, rows.dates, fitted)),
        marks=tuple(sorted(marks)),
    )  # fmt: skip


def variants(params: StructuralBreakParams) -> tuple[tuple[str, StructuralBreakParams], ...]:
    """Another test, another length of the time before, and weeks where there are prices."""
    found = [
        ("Wald tests with Newey-West errors", params.model_copy(update={"test": "wald"})),
        ("20 years before", params.model_copy(update={"years": 20})),
    ]
    if params.of not in DYNAMIC:
        found.append(("by weeks", params.model_copy(update={"every": "week"})))
    return tuple(found)


CHECK = Check(
    name="structural_break",
    scale="pattern",
    kinds=("trend_regime", "comparison", "macro"),
    params=StructuralBreakParams,
    rule="The sup-F of a regression by months is under 5 %, and the time that is named lies in the 95 % interval of a "
    "break; what rose or fell is as claimed.",
    minimum="60 months, 12 of them since the time that is named",
    examples=(
        Example(
            "Since 2022 the relation between gold and real yields no longer holds.", "en",
            {"symbol": "GC=F", "of": "relation", "other": "DFII10", "since": "2022-01-01", "since_by": "2022-12-31",
             "last": "2025-01-27", "change": "fell"},
        ),
        Example(
            "Für die Börse hat 2020 eine neue Ära begonnen.", "de",
            {"symbol": "^GSPC", "since": "2020-01-01", "since_by": "2020-12-31", "last": "2025-01-27"},
        ),
        Example(
            "The level of inflation has shifted for good.", "en",
            {"symbol": "CPIAUCSL", "last": "2024-12-31"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
