"""Valuation: is a price high or low for what is earned, by the measure's own past.

What the claim says
-------------------
Shares are dear or cheap ("US-Aktien sind überbewertet", "the S&P 500 is cheap"), or a ratio stands at a figure ("the
CAPE is at 37", "ein KGV von 25").

Formula
-------
CAPE: the real price by the mean of ten years of real earnings (Campbell and Shiller, Journal of Finance 43, 1988). P/E:
the price by the reported earnings of the last twelve months. Monthly, of the S&P 500 and its forerunners, by Shiller's
tables. Percentile rank ``mean(x_s <= x_t)`` among all months up to the month of the session: nothing later is used.

Rule
----
The words have no definition; the rule is fixed in advance. Expensive: at least the 90th percentile of the past; cheap:
at most the 10th. Met: supported; on the word's side of the median only: mixed; on the other side: refuted. A stated
CAPE is judged as any figure; within 5 % of it, as months and revisions differ: mixed (revised). A stated P/E
that does not fit is inconclusive, for other earnings may be meant: those expected, or those without one-off items.

When it is not testable
-----------------------
No series of earnings: no_data, which says what is needed. A ratio can be given as a series of its own, named after the
symbol: macro/NVDA.PE.csv in a folder of data. A last month that is more than 130 days before the session, or fewer than
120 months: no_data.

What it cannot show
-------------------
That a high price must fall: valuation says next to nothing on the next year. Accounting, taxes and rates of interest
have changed since 1881, and there are fifteen separate decades at most. A percentile is not a judgement of value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from pydantic import model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    judge_figure,
    line,
    no_data,
    number,
    observed,
    statistic,
)
from analyzer.checks.volatility_regime import ordinal
from analyzer.model import Chart, Label, Stated, Window
from analyzer.series import to_date
from analyzer.stats.ranks import percentile_rank

Measure = Literal["cape", "pe"]
Says = Literal["expensive", "cheap", "at"]
HIGH, LOW, MEDIAN = 0.90, 0.10, 0.50
FEWEST, LATE = 120, 130
REVISED = 0.05
"""Share by which the CAPE of a day differs from that of its month, or from what is published later."""
CAPE, PRICE, EARNINGS = "SHILLER_CAPE", "SHILLER_SP500", "SHILLER_EARNINGS"
OF_SHILLER = ("^GSPC", "SPY")
"""The index that Shiller's tables are of, and a fund on it."""
NAMES: dict[Measure, str] = {"cape": "CAPE", "pe": "P/E on the earnings of twelve months"}


class ValuationPercentileParams(Params):
    """``says`` is said of ``symbol`` on ``session`` (None: the as-of date), by ``measure``; ``stated`` is a ratio.

    ``years``: of how many years the percentile is (None: of all there are).
    """

    symbol: str = "^GSPC"
    session: date | None = None
    says: Says
    measure: Measure = "cape"
    stated: Stated | None = None
    years: int | None = None
    word: str = ""

    @model_validator(mode="after")
    def _at_has_a_figure(self) -> ValuationPercentileParams:
        if (self.says == "at") != (self.stated is not None):
            raise ValueError("says at needs stated, and only it has one")
        return self

    @property
    def is_shiller(self) -> bool:
        return self.symbol in OF_SHILLER

    @property
    def ratio(self) -> str:
        return NAMES[self.measure] if self.is_shiller else "P/E"


def needs(params: ValuationPercentileParams) -> tuple[SeriesRequest, ...]:
    """For the S&P 500 those of both measures; else a series of ratios named after the symbol. The symbol's own series
    is asked for as well: with it comes what the instrument is called."""
    ratios = (CAPE, PRICE, EARNINGS) if params.is_shiller else (f"{params.symbol}.PE",)
    return tuple(SeriesRequest(symbol) for symbol in (params.symbol, *ratios))


def run(params: ValuationPercentileParams, data: Data) -> Finding:
    ratios, used = _ratios(params, data)
    name = data.name(params.symbol)
    if ratios is None:
        return no_data(_lacking(params, name), reason="series", used=used)
    session = params.session or data.as_of
    past = ratios.between(_since(params, session), session)
    if not len(past) or past.last is None or (session - past.last).days > LATE:
        ends = f"ends with {ratios.last:%B %Y}" if ratios.last and ratios.last <= session else "begins later"
        why = f"The {params.ratio} of {name} {ends}; {session} needs a month near it. Try: --data FOLDER."
        return no_data(why, reason="span", used=used)
    if len(past) < FEWEST:
        why = f"The {params.ratio} of {name} has {len(past)} months up to {session}; a percentile needs {FEWEST}."
        return no_data(why, reason="span", used=used)
    now = _Now(past, float(past.values[-1]), percentile_rank(past.values, float(past.values[-1])))
    outcome, reason, verdict = _judged(params, now)
    return Finding(
        outcome=outcome, reason=reason, summary=f"{_figures(params, name, now)} {verdict}",
        statistic=statistic("percentile_rank", now.rank), observed=observed(now.value, "ratio"), nobs=len(past),
        null_hypothesis=NULL, window=Window(first=past.first, last=past.last), used=used, caveats=_caveats(params),
        chart=_chart(params, name, now),
    )  # fmt: skip


NULL = (
    "The month is an ordinary one of its past, at a percentile that is equally likely anywhere between 0 and 100; the "
    "rule is a fixed percentile, so that no p-value decides."
)


@dataclass(frozen=True, eq=False)
class _Now:
    """The past up to the month, its value and its percentile rank."""

    past: Series
    value: float
    rank: float

    @property
    def month(self) -> str:
        return f"{to_date(self.past.dates[-1]):%B %Y}"


def _ratios(params: ValuationPercentileParams, data: Data) -> tuple[Series | None, tuple[Series, ...]]:
    """The series of ratios, and what it was made of."""
    if not params.is_shiller or params.measure == "cape":
        found = data.get(SeriesRequest(CAPE if params.is_shiller else f"{params.symbol}.PE"))
        return found, (found,) if found is not None else ()
    price, earnings = data.get(SeriesRequest(PRICE)), data.get(SeriesRequest(EARNINGS))
    if price is None or earnings is None:
        return None, tuple(s for s in (price, earnings) if s is not None)
    dates, i, j = np.intersect1d(price.dates, earnings.dates, return_indices=True)
    positive = earnings.values[j] > 0
    made = price._with(dates[positive], (price.values[i] / earnings.values[j])[positive], dates[positive])
    return (made if len(made) else None), (price, earnings)


def _since(params: ValuationPercentileParams, session: date) -> date | None:
    return None if params.years is None else date(session.year - params.years, session.month, 1)


def _lacking(params: ValuationPercentileParams, name: str) -> str:
    if not params.is_shiller:
        return (
            f"No source has earnings of {name}: its ratio of price to earnings cannot be formed. It would take the "
            f"series {params.symbol}.PE: --data FOLDER with macro/{params.symbol}.PE.csv (date, value)."
        )
    wanted = CAPE if params.measure == "cape" else f"{PRICE} and {EARNINGS}"
    return f"No source has the {params.ratio} of {name} ({wanted}). Try: --data FOLDER."


# --- judging -----------------------------------------------------------------------------------------------------


def _judged(params: ValuationPercentileParams, now: _Now) -> tuple[Label, str, str]:
    if params.says == "at":
        return _figure(params, now)
    high = params.says == "expensive"
    met = now.rank >= HIGH if high else now.rank <= LOW
    beyond = now.rank < MEDIAN if high else now.rank > MEDIAN
    edge = "least the 90th" if high else "most the 10th"
    rule = f'By the rule "{params.word or params.says}" means at {edge} percentile'
    if met:
        return "supported", "undefined_word", f"{rule}: it was."
    if beyond:
        return "refuted", "undefined_word", f"{rule}: it was not, and {'below' if high else 'above'} the median."
    return "mixed", "undefined_word", f"{rule}: it was not, but {'not below' if high else 'not above'} the median."


def _figure(params: ValuationPercentileParams, now: _Now) -> tuple[Label, str, str]:
    assert params.stated is not None
    label, reason = judge_figure(params.stated, now.value)
    said = f"Stated: {params.stated.text}"
    if label in ("mixed", "refuted") and not (params.is_shiller and params.measure == "cape"):
        return "inconclusive", "undefined_word", f"{said}. Another measure of earnings may be meant."
    if label in ("mixed", "refuted") and abs(params.stated.value / now.value - 1.0) <= REVISED:
        return "mixed", "revised", f"{said}, which is within 5 %, as months and revisions differ."
    return label, reason, f"{said}, which is {'right' if label == 'supported' else reason.replace('_', ' ')}."


def _figures(params: ValuationPercentileParams, name: str, now: _Now) -> str:
    return (
        f"The {params.ratio} of {name} was {number(now.value, 1)} in {now.month}, the {ordinal(now.rank)} "
        f"percentile of {len(now.past):,} months since {now.past.first:%B %Y}, with a median of "
        f"{number(float(np.median(now.past.values)), 1)}."
    )


def _caveats(params: ValuationPercentileParams) -> tuple[str, ...]:
    found = ["a high or low valuation says next to nothing on the next year"]
    if params.measure == "pe":
        found.append("where earnings collapse the P/E is high though prices are low, as in 2009")
    return tuple(found)


def _chart(params: ValuationPercentileParams, name: str, now: _Now) -> Chart:
    values = now.past.values
    edge = LOW if params.says == "cheap" else HIGH
    rules = (
        (float(np.quantile(values, edge)), f"{round(100 * edge)}th percentile"),
        (float(np.median(values)), "median"),
    )
    measure = params.ratio.partition(" ")[0]
    assert now.past.last is not None
    return Chart(
        title=f"{measure} of {name}", unit="ratio", lines=(line(now.past, measure),), rules=rules,
        marks=((now.past.last, "month"),), window=Window(first=now.past.first, last=now.past.last),
    )  # fmt: skip


def variants(params: ValuationPercentileParams) -> tuple[tuple[str, ValuationPercentileParams], ...]:
    """The last thirty years only, and the other measure; a stated figure is of its own measure, and of no span."""
    if params.says == "at":
        return ()
    found = [("percentile of thirty years", params.model_copy(update={"years": 30}))] if params.years != 30 else []
    if params.is_shiller:
        other: Measure = "pe" if params.measure == "cape" else "cape"
        found.append((NAMES[other], params.model_copy(update={"measure": other})))
    return tuple(found)


CHECK = Check(
    name="valuation_percentile",
    scale="pattern",
    kinds=("bubble_valuation", "level"),
    params=ValuationPercentileParams,
    rule="Percentile of the ratio among all months before: expensive at least the 90th, cheap at most the 10th; a "
    "stated ratio by its figure.",
    minimum="120 months of the ratio, the last of them within 130 days",
    examples=(
        Example(
            "US-Aktien sind überbewertet.", "de",
            {"symbol": "^GSPC", "session": "2021-06-15", "says": "expensive", "word": "überbewertet"},
        ),
        Example("Stocks are cheap.", "en", {"symbol": "^GSPC", "session": "2009-03-09", "says": "cheap"}),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
