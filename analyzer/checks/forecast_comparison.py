"""Forecast comparison: whose forecasts came closer, and are they better?

What the claim says
-------------------
Of forecasts that have come due one was closer ("Bank A said 6,000, Bank B 5,200: A was closer"); or a forecaster is
better than another ("die Prognosen der Bundesbank sind besser als die des IWF"), or no better than a coin ("analysts'
targets are no better than a coin flip"). The null of the latter is that both miss by as much on average.

Formula
-------
A forecast's error is ``forecast / outcome - 1``, of a rate or a figure of the economy the difference; its loss the size
of the error, or its square. Of two: Diebold and Mariano (1995) with the factor of Harvey, Leybourne and Newbold (1997).
Of more: the model confidence set of Hansen, Lunde and Nason (2011). Without skill: the value on the day of the forecast
("unchanged"), the same with the past's average rise ("drift"), or a coin, which is wrong on the direction half of the
time; beside the coin Pesaran and Timmermann (1992), for who always says "up" hits often.

Rule
----
Of the forecasts that are named the one with the smaller loss was closer: a fact. "Better" needs a test at 5 %:
supported, refuted where another is better, else inconclusive. "No better": refuted where it is better at 5 %, supported
where it can have saved at most a twentieth of the loss (one-sided, 5 %), else inconclusive.

When it is not testable
-----------------------
No forecasts with their ends and values: no_data, with what to write. None that has come due: pending. Fewer than 30
forecasts that do not overlap, for a test: inconclusive, with the losses.

What it cannot show
-------------------
Skill from one forecast: who was closer once was lucky or able. A list that was gathered afterwards holds those that
were remembered. Who forecast later knew more: the days are not matched, and where they are far apart it is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    line,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, Stated, Window
from analyzer.stats.aligned import chart_line
from analyzer.stats.bootstrap import REPETITIONS, usual_block
from analyzer.stats.forecast_tests import (
    DieboldMariano,
    diebold_mariano,
    model_confidence_set,
    pesaran_timmermann,
)
from analyzer.stats.forecasters import (
    ALL,
    PointForecast,
    apart,
    by_end,
    mean_by_end,
    open_at_once,
    value_at,
    who_knew_more,
    without_skill,
)
from analyzer.stats.student_t import quantile
from analyzer.stats.tails import p_words

ALPHA = 0.05
FEWEST = 30
BAND = 0.05
"""Share of the loss that is too little to be called better."""
UNSKILLED = {"unchanged": "no change", "drift": "the average rise", "coin": "a coin"}


class ForecastComparisonParams(Params):
    """Forecasts of ``symbol``: those ``by`` one are ``better``, or ``no_better``, than those of the others, or than one
    without skill. ``by`` None: the first who is listed; against no skill the mean of all. ``among``: who else is named.
    ``general``: it is said of the forecasters, and not of these forecasts alone."""

    symbol: str | None = None
    forecasts: tuple[PointForecast, ...] = ()
    by: str | None = None
    among: tuple[str, ...] = ()
    relation: Literal["better", "no_better"] = "better"
    against: Literal["others", "unchanged", "drift", "coin"] = "others"
    general: bool = False
    loss: Literal["absolute", "squared"] = "absolute"
    without_largest: bool = False
    seed: int = 0

    @property
    def is_a_test(self) -> bool:
        return self.general or self.against != "others"

    @property
    def stated(self) -> Stated | None:
        """The figure of the one who is said to be better, where a text names it."""
        own = next((f for f in self.forecasts if f.text and f.by == self.by), None)
        if own is None:
            return None
        return Stated(text=own.text, value=own.value, low=own.value, high=own.value, unit="points", qualifier="exact")


def needs(params: ForecastComparisonParams) -> tuple[SeriesRequest, ...]:
    if params.symbol is None:
        return ()
    return SeriesRequest(params.symbol), SeriesRequest(params.symbol, basis="as_traded")


@dataclass(frozen=True, eq=False)
class _Case:
    """The forecasts that have come due, in the order of their ends: what was forecast by each and what each missed by,
    the one that is said to be better first."""

    params: ForecastComparisonParams
    data: Data
    series: Series
    made: tuple[date | None, ...]
    ends: tuple[date, ...]
    outcomes: np.ndarray
    values: Mapping[str, np.ndarray]
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.values)

    @property
    def is_relative(self) -> bool:
        """A price is missed by a share of it; a rate or a figure of the economy by the difference."""
        facts = self.data.instruments.get(self.series.symbol)
        return facts is None or facts.kind not in ("rate", "macro")

    def errors(self, name: str) -> np.ndarray:
        values = self.values[name]
        return np.asarray(values / self.outcomes - 1.0 if self.is_relative else values - self.outcomes)

    def losses(self) -> np.ndarray:
        """(n, k): of a coin and what is set against it the directions that were missed."""
        if self.params.against == "coin":
            hits, _ = self.directions()
            found = np.column_stack([~hits, np.full(len(hits), 0.5)]).astype(np.float64)
        else:
            found = np.column_stack([np.abs(self.errors(n)) for n in self.names])
        if self.params.loss == "squared" and self.params.against != "coin":
            found = found**2
        if self.params.without_largest and len(found) > 1:
            found = np.delete(found, int(np.ptp(found, axis=1).argmax()), axis=0)
        return found

    def directions(self) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
        """(n,) which directions were right; the ups of the forecasts and of the outcomes."""
        first, start = (self.values[n] for n in self.names[:2])
        ups = first > start, self.outcomes > start
        return ups[0] == ups[1], ups

    def said(self, loss: float) -> str:
        """A mean loss as it is printed."""
        if self.params.against == "coin":
            return f"{100.0 * loss:.0f} % of the directions"
        size = np.sqrt(loss) if self.params.loss == "squared" else loss
        return f"{100.0 * size:.1f} %" if self.is_relative else f"{size:.2f} points"


def run(params: ForecastComparisonParams, data: Data) -> Finding:
    if params.symbol is None or not params.forecasts:
        return _unlisted(params, data, [n for n in (params.by, *params.among) if n])
    series = data.get(SeriesRequest(params.symbol, basis="as_traded")) or data.get(SeriesRequest(params.symbol))
    if series is None:
        return missing_series(data, params.symbol)
    due = sorted({f.end for f in params.forecasts if f.end <= data.as_of})
    if not due:
        return _pending(params, data, series)
    case = _case(params, data, series, due)
    if isinstance(case, Finding):
        return case
    return _tested(case) if params.is_a_test else _closer(case)


def _unlisted(params: ForecastComparisonParams, data: Data, who: Sequence[str]) -> Finding:
    """What a fair test would need, and how to write it down."""
    whose = f" by {' and '.join(who)}" if who else ""
    what = f" of {data.name(params.symbol)}" if params.symbol else ""
    why = (
        f"No series of forecasts{what}{whose} is listed: it takes {FEWEST} that do not overlap, each with its day, its "
        f"end and its value. Try: analyze check forecast_comparison --symbol {params.symbol or 'SYMBOL'} --forecasts "
        '@FILE, a line each: "2023-12-29 2024-12-31 5200 Bank A".'
    )
    return no_data(why, reason="forecasts")


def _pending(params: ForecastComparisonParams, data: Data, series: Series) -> Finding:
    end = min(f.end for f in params.forecasts)
    said = f"The first of the forecasts comes due on {end}; {data.name(series.symbol)} stood at "
    now = float(series.values[-1])
    levels = {f.by: f.value for f in params.forecasts if f.end == end}
    return Finding(
        "pending", "open", f"{said}{number(now)} on {series.last}.", used=(series,), observed=observed(now, "points"),
        window=Window(last=series.last), chart=_way(series, data, None, end, levels),
    )  # fmt: skip


# --- which forecasts are compared ------------------------------------------------------------------------------------


def _case(params: ForecastComparisonParams, data: Data, series: Series, due: Sequence[date]) -> _Case | Finding:
    held = {by: by_end(params.forecasts, by) for by in dict.fromkeys(f.by for f in params.forecasts)}
    if params.against != "others":
        held = {params.by: held.get(params.by, {})} if params.by else {ALL: mean_by_end(params.forecasts)}
    first = params.by or next(iter(held))
    order = [first, *(n for n in held if n != first)]
    ends = [end for end in due if all(end in held.get(n, {}) for n in order)]
    if params.against != "others":
        ends = [end for end in ends if held[first][end].made is not None]
    elif len(order) < 2:
        return _unlisted(params, data, [first, *params.among])
    if not ends:
        return no_data(f"{' and '.join(order)} have no forecast of one end that has come due.", reason="forecasts")
    outcomes = [value_at(series, end) for end in ends]
    if None in outcomes:
        return missing_sessions(series, data, ends[outcomes.index(None)])
    chosen = {name: [held[name][end] for end in ends] for name in order}
    values = {name: np.array([f.value for f in own]) for name, own in chosen.items()}
    if params.against != "others":
        naive = without_skill(series, chosen[first], rising=params.against == "drift")
        if isinstance(naive, date):
            return missing_sessions(series, data, naive)
        values[UNSKILLED[params.against]] = naive
    notes = [note for other in order[1:] if (note := who_knew_more(first, other, chosen))]
    made = tuple(f.made for f in chosen[first])
    return _Case(params, data, series, made, tuple(ends), np.array(outcomes, dtype=float), values, tuple(notes))


# --- a fact, or a test -----------------------------------------------------------------------------------------------


def _closer(case: _Case) -> Finding:
    """Who missed by less, of the forecasts that are named."""
    means = case.losses().mean(axis=0)
    first, rest = float(means[0]), float(means[1:].min())
    note = "who was closer was lucky or able: it takes a test of a series of forecasts to tell"
    if np.isclose(first, rest, rtol=1e-9, atol=0.0):
        return _finding(case, _Verdict("mixed", "same", "Both came as close.", notes=(note,)))
    better = case.params.relation == "better"
    outcome: Label = "supported" if (first < rest) == better else "refuted"
    closest = case.names[int(means.argmin())]
    return _finding(case, _Verdict(outcome, _who(first < rest), f"Closer: {closest}.", notes=(note,)))


def _who(first: bool) -> str:
    return "closer" if first else "not_closer"


def _tested(case: _Case) -> Finding:
    losses, separate = case.losses(), apart(case.made, case.ends)
    if separate < FEWEST:
        lacks = f"Forecasts that do not overlap: {separate} of the {FEWEST} that a test takes, so it is not decided."
        return _finding(case, _Verdict("inconclusive", "too_few", lacks))
    if len(case.names) > 2:
        return _finding(case, _of_many(case, losses))
    if not np.ptp(losses[:, 0] - losses[:, 1]) > 0:
        return _finding(case, _Verdict("inconclusive", "same", "Both miss alike, and nothing can be told."))
    found = diebold_mariano(losses[:, 0], losses[:, 1], open_at_once(case.made, case.ends))
    return _finding(case, _of_two(case, found, float(losses[:, 1].mean())))


@dataclass(frozen=True)
class _Verdict:
    outcome: Label
    reason: str
    sentence: str
    statistic: float | None = None
    pvalue: float | None = None
    notes: tuple[str, ...] = ()


def _of_two(case: _Case, found: DieboldMariano, loss_of_other: float) -> _Verdict:
    """By the sign of a significant difference; "no better" besides by how little can have been saved."""
    says_better, is_better = case.params.relation == "better", found.mean < 0.0
    room = quantile(ALPHA, found.nobs - 1) * found.error / loss_of_other
    saved = room - found.mean / loss_of_other
    outcome: Label = "inconclusive"
    reason = "not_significant"
    if found.pvalue < ALPHA and (is_better or says_better):
        outcome, reason = "supported" if is_better == says_better else "refuted", _who(is_better)
        words = "evidence for it" if outcome == "supported" else "evidence against it"
    elif says_better:
        words = f"no evidence; less than {200.0 * room:.0f} % of the loss would hardly have been seen"
    elif saved < BAND:
        outcome, reason, words = "supported", "not_closer", f"evidence for it, at most {_share(saved)} is saved"
    else:
        words = f"not decided, up to {_share(saved)} may be saved"
    rule = "better at 5 %" if says_better else f"no better, by more than {_share(BAND)}, at 5 %"
    value = f"{found.statistic:.2f}".replace("-", "−")
    sentence = f'Diebold-Mariano {value}, {p_words(found.pvalue)}. By the rule "{rule}": {words}.'
    kernel = ("the plain variance was not positive: Bartlett's weights",) if found.bartlett else ()
    return _Verdict(outcome, reason, sentence, found.statistic, found.pvalue, (*kernel, *_skill(case)))


def _share(saved: float) -> str:
    return f"{100.0 * max(saved, 0.0):.0f} % of the loss"


def _skill(case: _Case) -> tuple[str, ...]:
    """Of directions, whether they were right more often than for one who always says the same."""
    if case.params.against != "coin":
        return ()
    found = pesaran_timmermann(*case.directions()[1])
    by_chance = f"{100.0 * found.by_chance:.0f} % of the directions are right by chance"
    if found.pvalue is None:
        return (f"{by_chance}: all are the same, which shows no skill",)
    return (f"{by_chance} with so many ups (Pesaran and Timmermann 1992, {p_words(found.pvalue)})",)


def _of_many(case: _Case, losses: np.ndarray) -> _Verdict:
    """The best of many is best if no other can be told from it; who is told from the best is not."""
    found = model_confidence_set(losses, block=max(usual_block(len(losses)), open_at_once(case.made, case.ends)),
                                 seed=case.params.seed)  # fmt: skip
    left = [case.names[i] for i in found.members(ALPHA)]
    words = f"Not told from the best at 5 % (model confidence set): {', '.join(left)}."
    says_better, notes = (
        case.params.relation == "better",
        (f"{REPETITIONS:,} draws in blocks, seed {case.params.seed}",),
    )
    if case.names[0] not in left:
        outcome: Label = "refuted" if says_better else "supported"
        return _Verdict(outcome, "not_closer", words, pvalue=float(found.pvalues[0]), notes=notes)
    if len(left) > 1:
        return _Verdict("inconclusive", "not_significant", words, pvalue=float(found.pvalues[1:].max()), notes=notes)
    return _Verdict("supported" if says_better else "refuted", "closer", words, pvalue=float(found.pvalues[1:].max()),
                    notes=notes)  # fmt: skip


# --- the finding -----------------------------------------------------------------------------------------------------


def _finding(case: _Case, verdict: _Verdict) -> Finding:
    means = case.losses().mean(axis=0)
    difference = float(means[0] - means[1:].min())
    name = "loss_differential" if verdict.statistic is None else "diebold_mariano"
    unit = "fraction" if case.is_relative or case.params.against == "coin" else "points"
    return Finding(
        outcome=verdict.outcome, reason=verdict.reason, summary=f"{_figures(case, means)} {verdict.sentence}",
        statistic=statistic(name, difference if verdict.statistic is None else verdict.statistic),
        observed=observed(difference, unit), pvalue=verdict.pvalue, nobs=len(case.ends),
        null_hypothesis="All miss by as much on average." if case.params.is_a_test else None, used=(case.series,),
        window=Window(base=case.made[0], first=case.ends[0], last=case.ends[-1]),
        caveats=(*case.notes, *verdict.notes, *_undated(case)), chart=_chart(case),
    )  # fmt: skip


def _undated(case: _Case) -> tuple[str, ...]:
    return ("the days of the forecasts are not known: overlaps cannot be counted",) if None in case.made else ()


def _figures(case: _Case, means: np.ndarray) -> str:
    """The forecasts and what came of them, where there is one of each; else the losses."""
    name = case.data.name(case.series.symbol)
    if len(case.ends) == 1 and case.params.against != "coin":
        each = ", ".join(f"{who} {number(float(v[0]))} ({_off(case, who)})" for who, v in case.values.items())
        return f"{name} stood at {number(float(case.outcomes[0]))} on {case.ends[0]}; forecast: {each}."
    each = ", ".join(f"{who} {case.said(float(mean))}" for who, mean in zip(case.names, means, strict=True))
    size = "root of the mean squared error" if case.params.loss == "squared" else "mean error"
    what = "missed" if case.params.against == "coin" else f"{size}"
    return f"{len(case.ends)} forecasts of {name} for {case.ends[0]} to {case.ends[-1]}, {what}: {each}."


def _off(case: _Case, who: str) -> str:
    error = float(case.errors(who)[0])
    return percent(error, 1) if case.is_relative else f"{error:+.2f}".replace("-", "−")


def _chart(case: _Case) -> Chart:
    """What each missed by; of one forecast each the way of the series, with the forecasts as levels."""
    name = case.data.name(case.series.symbol)
    if len(case.ends) > 1:
        days = np.array(case.ends, dtype="datetime64[D]")
        lines = tuple(chart_line(who, days, case.errors(who)) for who in case.names)
        unit = "fraction" if case.is_relative else "percentage_points"
        return Chart.model_validate({"title": f"{name}, error of the forecasts", "unit": unit, "lines": lines,
                                     "rules": ((0.0, "outcome"),)})  # fmt: skip
    levels = {who: float(values[0]) for who, values in case.values.items()}
    return _way(case.series, case.data, case.made[0], case.ends[0], levels)


def _way(series: Series, data: Data, begin: date | None, end: date, levels: Mapping[str, float]) -> Chart:
    """The series up to the end of the forecasts, from their day or for a year, and what they say."""
    name = data.name(series.symbol)
    shown = series.between(begin or series.session_offset(end, -250), end)
    return Chart(
        title=f"{name} and what was forecast", unit="points", currency=series.currency, lines=(line(shown, name),),
        rules=tuple((value, who) for who, value in levels.items()), window=Window(base=begin, last=end),
        marks=(*(((begin, "forecast made"),) if begin else ()), (end, "end")),
    )  # fmt: skip


def variants(params: ForecastComparisonParams) -> tuple[tuple[str, ForecastComparisonParams], ...]:
    """The other loss, without the forecast on which they differ most, and the other forecast without skill."""
    other: Literal["absolute", "squared"] = "squared" if params.loss == "absolute" else "absolute"
    found = [("without the one on which they differ most", params.model_copy(update={"without_largest": True}))]
    if params.against != "coin":
        found.insert(0, (f"by {other} errors", params.model_copy(update={"loss": other})))
    if params.against in ("unchanged", "drift"):
        naive = "drift" if params.against == "unchanged" else "unchanged"
        found.append((f"against {UNSKILLED[naive]}", params.model_copy(update={"against": naive})))
    return tuple(found)


CHECK = Check(
    name="forecast_comparison",
    scale="pattern",
    kinds=("comparison", "prediction"),
    params=ForecastComparisonParams,
    rule="Of the forecasts named the closer one is a fact; better than others, or than no skill, by Diebold and "
    "Mariano or the model confidence set at 5 %, from 30 forecasts that do not overlap.",
    minimum="the forecasts with their ends and values; for a test 30 that do not overlap, with their days",
    examples=(
        Example(
            "Goldman Sachs forecast 5,100 points for the S&P 500 by the end of 2024, Morgan Stanley 4,500; Goldman "
            "Sachs was closer.", "en",
            {"symbol": "^GSPC", "by": "Goldman Sachs", "forecasts": [
                {"by": "Goldman Sachs", "end": "2024-12-31", "value": 5100},
                {"by": "Morgan Stanley", "end": "2024-12-31", "value": 4500},
            ]},
        ),
        Example(
            "Die Kursziele der Analysten für den S&P 500 sind nicht besser als ein Münzwurf.", "de",
            {"symbol": "^GSPC", "against": "coin", "relation": "no_better", "among": ["Analysten"]},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
