"""Event study of a group of securities on one date.

What the claim says
-------------------
A whole group moved because of a piece of news: "chip stocks were hit by the export rules", "die Banken litten unter der
Zollangst", "AI stocks reacted to DeepSeek". What can be tested is whether the group as such moved abnormally against
the market on the first session that could react.

Formula
-------
The market model of each member as in event_study; ``SCAR = CAR / S``. Patell (1976): ``sum SCAR / sqrt(sum (L-2) /
(L-4))``. BMP (Boehmer, Musumeci and Poulsen 1991): ``sqrt(N) mean(SCAR) / sd(SCAR)``, t with N - 1 degrees of freedom.
Kolari and Pynnönen (2010): BMP times ``sqrt((1-r) / (1+(N-1)r))``, r the mean correlation of abnormal returns in the
estimation period. Corrado's rank test (1989, with Corrado and Zivney 1992), the generalised rank test (Kolari and
Pynnönen 2011), Cowan's generalised sign test (1992). Members that share a date are correlated: the first two, which
take them as independent, are printed and decide nothing.

Rule
----
Two tests decide, both at 5 %: Kolari-Pynnönen and the generalised rank. Below 20 members the rank of the mean SCAR
among the placebo windows of the estimation period takes the place of the first. Both with the claimed sign: consistent,
the best label there is. Both with the other sign, or a mean move of the members the other way: refuted. One of the two:
mixed (tests_disagree). Neither: inconclusive. News dated after the move: refuted (order). Other news within one session
of half of the members or more: inconclusive (competing_news). The p-value is the larger of the two.

When it is not testable
-----------------------
Fewer than five members with a return on the sessions and 100 common returns before them: no_data. Members without are
left out and counted.

What it cannot show
-------------------
That this news moved the group, nor that every member was hit. The members are those of today's list: who has left the
market is not among them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
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
from analyzer.model import Chart, ChartLine, Direction, Label, Window
from analyzer.series import Event, day, to_date
from analyzer.stats.event_group import GroupTests, Member, Tested, group_tests, member
from analyzer.stats.event_sample import Returns, Study, common_returns, day_of, fitted, study
from analyzer.stats.event_study import prediction
from analyzer.stats.news import ClaimedNews, separate

ALPHA = 0.05
FEWEST = 100
FEWEST_MEMBERS = 5
ENOUGH_MEMBERS = 20
"""Members from which on a test across them has its nominal size; below, placebo windows take its place."""
FLAT = 0.0005


class EventStudyGroupParams(Params):
    """``members`` over the sessions from ``session`` to ``last`` (else the one) against ``benchmark``, or each against
    its own mean."""

    members: tuple[str, ...] = Field(min_length=2)
    label: str = "the group"
    benchmark: str = "^GSPC"
    model: Literal["market", "mean"] = "market"
    session: date
    last: date | None = None
    direction: Direction | None = None
    event: str = ""
    event_date: date | None = None
    after_close: bool = False
    estimation: int = Field(default=250, ge=FEWEST, le=1000)
    gap: int = Field(default=10, ge=0, le=60)

    @model_validator(mode="after")
    def _fits_together(self) -> EventStudyGroupParams:
        if self.model == "market" and self.benchmark in self.members:
            raise ValueError(f"{self.benchmark} cannot be a member and the benchmark")
        if self.last is not None and self.last < self.session:
            raise ValueError("last must not lie before session")
        return self

    @property
    def end(self) -> date:
        return self.last or self.session


def needs(params: EventStudyGroupParams) -> tuple[SeriesRequest, ...]:
    benchmark = (params.benchmark,) if params.model == "market" else ()
    return tuple(SeriesRequest(s) for s in dict.fromkeys((*benchmark, *params.members)))


@dataclass(frozen=True, eq=False)
class _Security:
    series: Series
    returns: Returns
    placed: Study

    @property
    def moved(self) -> float:
        return self.returns.moved(self.placed.event)


def run(params: EventStudyGroupParams, data: Data) -> Finding:
    benchmark = data.get(SeriesRequest(params.benchmark)) if params.model == "market" else None
    if params.model == "market" and benchmark is None:
        return missing_series(data, params.benchmark)
    found = [_security(params, data, symbol, benchmark) for symbol in params.members]
    securities = [s for s in found if s is not None]
    if len(securities) < FEWEST_MEMBERS:
        return _too_few(params, data, securities)
    tests = group_tests(_members(securities), ALPHA)
    moved = float(np.mean([s.moved for s in securities]))
    competing = _competing(params, data, securities)
    outcome, reason = _judged(params, tests, moved, competing)
    first = min(day_of(s.returns, s.placed.estimation.start) for s in securities)
    return Finding(
        outcome=outcome, reason=reason,
        summary=_sentence(params, data, tests, moved, len(securities)) + _why(params, reason, competing, tests),
        statistic=statistic("t_kolari_pynnonen", tests.kolari_pynnonen.value),
        observed=observed(tests.mean_car, "fraction"),
        pvalue=max(_deciding(tests).values()) if reason in RESTS_ON_P else None,
        nobs=len(securities), null_hypothesis=_NULL, caveats=_caveats(params, tests),
        window=Window(base=first, first=params.session, last=params.end),
        used=tuple(s.series for s in securities) + ((benchmark,) if benchmark is not None else ()),
        chart=_chart(params, securities),
    )  # fmt: skip


RESTS_ON_P = frozenset({"abnormal", "not_significant", "tests_disagree"})
_NULL = (
    "The mean abnormal return of the group is zero, or its ranks are those of the days before: one of the two deciding "
    "tests does not reject."
)


# --- the samples ----------------------------------------------------------------------------------------------------


def _security(params: EventStudyGroupParams, data: Data, symbol: str, benchmark: Series | None) -> _Security | None:
    """None without the sessions, or without a full sample before them."""
    series = data.get(SeriesRequest(symbol))
    if series is None:
        return None
    returns = common_returns(series, [benchmark] if benchmark is not None else [])
    first, last = returns.at(params.session), returns.at(params.end)
    if first is None or last is None:
        return None
    placed = study(slice(first, last + 1), params.estimation, params.gap)
    return _Security(series, returns, placed) if placed.nobs >= FEWEST and placed.length <= placed.nobs // 2 else None


def _members(securities: list[_Security]) -> list[Member]:
    """On the union of the estimation days and with as many event days as all of them have."""
    grid = np.unique(np.concatenate([s.returns.days[s.placed.estimation] for s in securities]))
    length = min(s.placed.length for s in securities)
    return [_member(s, grid, length) for s in securities]


def _member(security: _Security, grid: np.ndarray, length: int) -> Member:
    returns, placed = security.returns, security.placed
    own = member(returns.returns, returns.market, placed.estimation, placed.event)
    on_grid = np.full(len(grid), np.nan)
    on_grid[np.searchsorted(grid, returns.days[placed.estimation])] = own.estimation
    return replace(own, estimation=on_grid, event=own.event[-length:])


def _too_few(params: EventStudyGroupParams, data: Data, there: list[_Security]) -> Finding:
    names = [s.series.symbol for s in there]
    without = [s for s in params.members if s not in names]
    why = (
        f"{params.label}: {len(there)} of {len(params.members)} members have a return on {params.session} and "
        f"{FEWEST} common returns before it up to {data.as_of}; {FEWEST_MEMBERS} are needed. Missing: "
        f"{', '.join(without[:8])}. Try: --data FOLDER with files of them."
    )
    return no_data(why, reason="series" if not there else "coverage", used=tuple(s.series for s in there))


def _competing(params: EventStudyGroupParams, data: Data, securities: list[_Security]) -> tuple[Event, ...]:
    """Other news within one session that concerns half of the members or more."""
    counts: dict[Event, int] = {}
    named = ClaimedNews(params.event or "unnamed", params.event_date)
    for one in securities:
        for event in separate(one.series, params.session, data.events, named).competing:
            counts[event] = counts.get(event, 0) + 1
    return tuple(e for e, n in counts.items() if 2 * n >= len(securities))


# --- the verdict and its words -----------------------------------------------------------------------------------


def _deciding(tests: GroupTests) -> dict[str, float]:
    """The two tests that decide, by name, with their p-values."""
    small = tests.members < ENOUGH_MEMBERS
    first = {"placebo rank": tests.placebo.pvalue} if small else {"Kolari-Pynnönen": tests.kolari_pynnonen.pvalue}
    return {**first, "generalised rank": tests.generalised_rank.pvalue}


def _judged(
    params: EventStudyGroupParams, tests: GroupTests, moved: float, competing: tuple[Event, ...]
) -> tuple[Label, str]:
    sign = 0 if params.direction is None else 1 if params.direction == "up" else -1
    if sign * moved < -FLAT:
        return "refuted", "wrong_sign"
    if params.event_date is not None and (params.event_date, params.after_close) >= (params.end, True):
        return "refuted", "order"
    if competing:
        return "inconclusive", "competing_news"
    under = sum(p < ALPHA for p in _deciding(tests).values())
    agrees = tests.mean_car * (sign or moved) > 0 and tests.generalised_rank.value * (sign or moved) > 0
    if under == 2 and agrees:
        return "consistent", "abnormal"
    if under == 2:
        return "inconclusive", "not_significant"
    return ("mixed", "tests_disagree") if under == 1 and agrees else ("inconclusive", "not_significant")


def _sentence(params: EventStudyGroupParams, data: Data, tests: GroupTests, moved: float, there: int) -> str:
    when = f"on {params.session}" if params.end == params.session else f"from {params.session} to {params.end}"
    against = "their own means" if params.model == "mean" else data.name(params.benchmark)
    deciding = " and ".join(f"{name} p = {p:.3f}" for name, p in _deciding(tests).items())
    return (
        f"{there} of {len(params.members)} members of {params.label} moved {percent(moved)} on average {when}, an "
        f"abnormal return of {percent(tests.mean_car)} against {against}; {deciding} (mean correlation of the members "
        f"{number(tests.correlation)}). Beside them {_others(tests)}."
    )


def _others(tests: GroupTests) -> str:
    small = tests.members < ENOUGH_MEMBERS
    shown: tuple[tuple[str, Tested], ...] = (
        *((("Kolari-Pynnönen", tests.kolari_pynnonen),) if small else ()),
        ("Patell", tests.patell), ("BMP", tests.bmp), ("Corrado", tests.corrado), ("sign", tests.generalised_sign),
    )  # fmt: skip
    return ", ".join(f"{name} p = {test.pvalue:.3f}" for name, test in shown)


def _why(params: EventStudyGroupParams, reason: str, competing: tuple[Event, ...], tests: GroupTests) -> str:
    title = params.event or "the news"
    if reason == "order":
        return f" The order does not fit: {title} ({params.event_date}) came after the move."
    if reason == "competing_news":
        return f" Not separable from other news within one session: {competing[0].title} ({competing[0].date})."
    if reason == "wrong_sign":
        return " On average they moved the other way: not consistent with the claim."
    if reason == "tests_disagree":
        return " By the rule both tests have to be under 5 %; one of them is."
    if reason == "not_significant":
        return f" No evidence that the group moved against the market.{_detectable(tests)}"
    return f" By the rule the move is consistent with {title}; what moved the prices is not shown."


def _detectable(tests: GroupTests) -> str:
    """The mean standardised move that would have ranked under 5 % among the placebo windows, as a multiple."""
    if tests.placebo.critical is None:
        return ""
    return f" A mean of {number(tests.placebo.critical)} standard errors would have been seen."


def _caveats(params: EventStudyGroupParams, tests: GroupTests) -> tuple[str, ...]:
    said = ["the session was picked because it was extreme, which biases p down"]
    if tests.members < ENOUGH_MEMBERS:
        said.append(
            f"{tests.members} members are too few for tests across them, of which {ENOUGH_MEMBERS} are wanted: placebo "
            "windows decide"
        )
    if tests.members < len(params.members):
        said.append(f"{len(params.members) - tests.members} members without prices of the days are left out")
    if params.event_date is None:
        said.append("the date of the news is not known: that it came first is not tested")
    return tuple(said)


def _chart(params: EventStudyGroupParams, securities: list[_Security]) -> Chart:
    """The mean cumulative abnormal return of the members from twenty sessions before the event to ten after."""
    anchor = max(securities, key=lambda s: len(s.returns.days)).returns.days
    at = int(np.searchsorted(anchor, day(params.session)))
    days = anchor[max(at - 20, 0) : at + (params.end - params.session).days + 10]
    rows = np.full((len(days), len(securities)), np.nan)
    for column, one in enumerate(securities):
        model = fitted(one.returns, one.placed.estimation)
        _, there, mine = np.intersect1d(days, one.returns.days, return_indices=True)
        market = np.zeros(len(mine)) if one.returns.market is None else one.returns.market[mine]
        rows[there, column] = [
            prediction(model, one.returns.returns[[i]], market[[k]])[0] for k, i in enumerate(mine.tolist())
        ]
    counts = np.maximum(np.isfinite(rows).sum(axis=1), 1)
    path = np.cumsum(np.nansum(rows, axis=1) / counts)
    name = f"mean cumulative abnormal return of {params.label}"
    return Chart(
        title=f"{name}, from 20 sessions before", unit="fraction", marks=((params.session, "session"),),
        lines=(ChartLine(name=name, dates=tuple(map(to_date, days)), values=tuple(map(float, path))),),
        window=Window(first=params.session, last=params.end),
    )  # fmt: skip


def variants(params: EventStudyGroupParams) -> tuple[tuple[str, EventStudyGroupParams], ...]:
    """Half of the estimation period, and each member against its own mean."""
    found = []
    if params.estimation != 120:
        found.append(("estimated on 120 sessions", params.model_copy(update={"estimation": 120})))
    if params.model == "market":
        found.append(("against their own means", params.model_copy(update={"model": "mean"})))
    return tuple(found)


CHECK = Check(
    name="event_study_group",
    scale="cause",
    kinds=("causal",),
    params=EventStudyGroupParams,
    rule="Kolari-Pynnönen (below 20 members the rank among placebo windows) and the generalised rank test are both "
    "under 5 %, have the claimed sign, and no other news of half of the members lies within one session.",
    minimum="five members with 100 common returns that end ten sessions before the event",
    examples=(
        Example(
            "Die Chipwerte litten unter der Nachricht von DeepSeek", "de",
            {"members": ["NVDA", "AVGO", "AMD", "TSM", "MU", "ASML"], "label": "Chip stocks", "session": "2025-01-27",
             "direction": "down", "event": "DeepSeek", "event_date": "2025-01-27"},
        ),
        Example(
            "Chip stocks were hit by the new export rules", "en",
            {"members": ["NVDA", "AVGO", "AMD", "TSM", "MU", "ASML"], "session": "2022-10-10", "direction": "down",
             "event": "export rules", "event_date": "2022-10-07", "after_close": True},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
