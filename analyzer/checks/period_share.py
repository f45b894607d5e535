"""How often: in how many periods a series rose.

What the claim says
-------------------
A series gained, or lost, in so many of the periods that are named: "the S&P 500 rose in 75 % of the past 44 years", "in
acht der letzten zehn Jahre legte der Dax zu", "it has risen in every December since 2019".

Formula
-------
``k / n``: n whole calendar periods of the span, k those whose close lies above (below) the close of the period before,
on split-adjusted closes without dividends. Weeks end on Friday. An unchanged close is neither. The span: what the text
names, else all periods that the data hold.

Rule
----
A number of periods ("eight of the last ten"): k is that number: supported; one more or less: mixed; else refuted. A
share: the stated interval contains k/n, or would with one period more or less, at most 2.5 points: supported, for
whether a year of little change counts hangs on dividends and on rounding; within 0.8 to 1.25: mixed; else refuted.
Every period: one exception refutes, and is named. Where the last period may be the one that runs ("the last ten
years"), or the first the one behind that which is named ("since 2008"), both readings are tried. Periods without data
count for neither side: the label must be the same whether all of them rose or fell, else no_data (coverage).

Variant: with dividends reinvested, where the data hold them.

When it is not testable
-----------------------
Fewer than 90 % of the periods have data, or no period lies in the span: no_data.

What it cannot show
-------------------
How large the gains and losses were, or that it goes on so: with a drift most years rise by themselves, and a share that
is told of a span which was chosen for it is larger than that of another.
"""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    either,
    judge_figure,
    line,
    missing_series,
    no_data,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Direction, Label, Stated, Window
from analyzer.series import to_date
from analyzer.stats.figures import inside
from analyzer.stats.period_shares import Counted, counted
from analyzer.stats.records import Period, bounds

COVERED = 0.90
LARGEST_STEP = 0.025
"""The most that one period more or less may move a share, for it to be told so."""
NAMED = 6
"""Exceptions that a sentence names; the rest are counted."""


class PeriodShareParams(Params):
    """``symbol`` moved in ``direction`` in the ``stated`` share (a fraction) or number (a count) of the periods of
    ``unit`` that lie whole between ``first`` (None: the first of the data) and ``last``.

    ``months`` (1 to 12): only these months are counted. ``every``: all of them, without exception. ``or_first``,
    ``or_last``: the span that may be meant as well, with the period that runs, or without the one that is named.
    """

    symbol: str
    unit: Period = "year"
    direction: Direction = "up"
    stated: Stated | None = None
    every: bool = False
    first: date | None = None
    last: date
    or_first: date | None = None
    or_last: date | None = None
    months: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> PeriodShareParams:
        if (self.stated is None) != self.every:
            raise ValueError("either a stated share or number is needed, or every")
        if self.stated is not None and self.stated.unit not in ("fraction", "count"):
            raise ValueError(f"a share is a fraction or a count; got {self.stated.unit}")
        if self.first is not None and self.first > self.last:
            raise ValueError(f"the span ends ({self.last}) before it begins ({self.first})")
        if self.months and (self.unit != "month" or any(not 1 <= m <= 12 for m in self.months)):
            raise ValueError("months are 1 to 12, and belong to the unit month")
        return self

    @property
    def prices(self) -> SeriesRequest:
        return SeriesRequest(self.symbol)


class WithDividends(PeriodShareParams):
    """The same claim on closes with dividends reinvested: a variant, not a claim's own parameters."""

    @property
    def prices(self) -> SeriesRequest:
        return SeriesRequest(self.symbol, basis="total_return")


def needs(params: PeriodShareParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol), SeriesRequest(params.symbol, basis="total_return"))


def run(params: PeriodShareParams, data: Data) -> Finding:
    first = _one_span(params, data)
    if params.or_last is None:
        return first
    other = params.model_copy(
        update={"first": params.or_first, "last": params.or_last, "or_first": None, "or_last": None}
    )
    running = params.or_last > params.last
    counted_here = f"the {params.unit} that runs" if running else f"not the {params.unit} that the text names"
    note = f"Counted here is {counted_here}; otherwise that does not hold."
    return either(first, lambda: _one_span(other, data, running=running), note, params.stated, ambiguous=True)


def _one_span(params: PeriodShareParams, data: Data, *, running: bool = False) -> Finding:
    closes = data.get(params.prices)
    if closes is None or closes.first is None or closes.last is None:
        return missing_series(data, params.symbol)
    span = params.first or _next_period(closes.first, params.unit), params.last
    if running:  # to where it stood when the text was written
        span = span[0], bounds(params.last, params.unit)[1]
        closes = closes.between(None, params.last)
    found = counted(closes, params.unit, span, params.months, running=running)
    if not found.asked or len(found.returns) < COVERED * found.asked:
        return _not_covered(params, data, closes, found, span)
    judged = {_judged(params, found, extra) for extra in (0, found.missing)}
    if len(judged) > 1:
        return _not_covered(params, data, closes, found, span)
    (outcome, reason), hits = judged.pop(), _hits(params, found)
    return Finding(
        outcome=outcome, reason=reason, summary=_sentence(params, data, found, span),
        statistic=statistic("share_of_periods", hits / len(found.returns)), nobs=len(found.returns), used=(closes,),
        observed=observed(float(hits), "count") if _is_count(params) else observed(hits / found.asked, "fraction"),
        window=Window(first=span[0], last=found.returns.last), reach=closes.first, chart=_chart(params, data, found),
    )  # fmt: skip


def _next_period(day: date, unit: Period) -> date:
    """The first day of the first period that has a whole one before it in the data."""
    return date.fromordinal(bounds(day, unit)[1].toordinal() + 1)


def _hits(params: PeriodShareParams, found: Counted) -> int:
    return found.rises if params.direction == "up" else found.falls


def _is_count(params: PeriodShareParams) -> bool:
    return params.stated is not None and params.stated.unit == "count"


def _judged(params: PeriodShareParams, found: Counted, extra: int) -> tuple[Label, str]:
    """With ``extra`` of the periods without data taken for such as are claimed."""
    hits = _hits(params, found) + extra
    if params.every:
        return ("supported", "exact") if hits == found.asked else ("refuted", "overstated")
    assert params.stated is not None
    if _is_count(params):
        return _by_number(params.stated, hits)
    return _by_share(params.stated, hits, found.asked)


def _by_number(said: Stated, hits: int) -> tuple[Label, str]:
    if inside(said, float(hits)):
        return "supported", "exact"
    size = "overstated" if said.value > hits else "understated"
    return ("mixed" if abs(hits - said.value) <= 1 else "refuted"), size


def _by_share(said: Stated, hits: int, of: int) -> tuple[Label, str]:
    step = min(1.0 / of, LARGEST_STEP)
    low, high = (0.0 if said.low is None else said.low), (1.0 if said.high is None else said.high)
    if low - step <= hits / of <= high + step:
        return "supported", "rounded"
    return judge_figure(said, hits / of)


# --- words and the picture -----------------------------------------------------------------------------------------


def _unit_words(params: PeriodShareParams) -> str:
    if not params.months:
        return f"{params.unit}s"
    return " and ".join(f"{date(2000, month, 1):%B}s" for month in params.months)


def _sentence(params: PeriodShareParams, data: Data, found: Counted, span: tuple[date, date]) -> str:
    hits, n, up = _hits(params, found), len(found.returns), params.direction == "up"
    text = (
        f"{data.name(params.symbol)} {'rose' if up else 'fell'} in {hits} of {n} {_unit_words(params)} from {span[0]} "
        f"to {found.returns.last} ({100 * hits / n:.1f} %)."
    )
    exceptions = [
        (to_date(d), v) for d, v in zip(found.returns.dates, found.returns.values, strict=True) if (v > 0.0) != up
    ]
    if params.every and exceptions:
        more = f" and {len(exceptions) - NAMED} more" if len(exceptions) > NAMED else ""
        named = ", ".join(f"{percent(float(v))} in the {params.unit} to {d}" for d, v in exceptions[:NAMED])
        text += f" Exceptions: {named}{more}."
    if found.missing:
        text += f" Without data: {found.missing}."
    return text


def _not_covered(
    params: PeriodShareParams, data: Data, closes: Series, found: Counted, span: tuple[date, date]
) -> Finding:
    why = (
        f"{data.name(params.symbol)} has data of {len(found.returns)} of the {found.asked} {_unit_words(params)} from "
        f"{span[0]} to {span[1]}, which do not decide it. Try: --data FOLDER with these dates."
    )
    return no_data(why, reason="coverage", used=(closes,))


def _chart(params: PeriodShareParams, data: Data, found: Counted) -> Chart:
    name = f"{data.name(params.symbol)}, return of the {params.unit}"
    return Chart(
        title=name, unit="fraction", lines=(line(found.returns, name),), rules=((0.0, "unchanged"),),
        window=Window(first=found.returns.first, last=found.returns.last),
    )  # fmt: skip


def variants(params: PeriodShareParams) -> tuple[tuple[str, PeriodShareParams], ...]:
    return (("with dividends", WithDividends.model_validate(dict(params))),)


CHECK = Check(
    name="period_share",
    scale="fact",
    kinds=("trend_regime", "quantitative_move", "comparison"),
    params=PeriodShareParams,
    rule="The share or number of whole calendar periods that closed higher (lower) than the one before, within one "
    "period of the stated share, or equal to the stated number.",
    minimum="closes at the ends of 90 % of the periods, and of the one before them",
    examples=(
        Example(
            "The S&P 500 has gained in 75 percent of the past 44 years.", "en",
            {"symbol": "^GSPC", "unit": "year", "direction": "up", "first": "1965-01-01", "last": "2008-12-31",
             "stated": {"text": "75 percent", "value": 0.75, "low": 0.745, "high": 0.755, "unit": "fraction"}},
        ),
        Example(
            "In acht der vergangenen zehn Jahre legte der Dax zu.", "de",
            {"symbol": "^GDAXI", "unit": "year", "direction": "up", "first": "2015-01-01", "last": "2024-12-31",
             "stated": {"text": "acht", "value": 8.0, "low": 8.0, "high": 8.0, "unit": "count"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
