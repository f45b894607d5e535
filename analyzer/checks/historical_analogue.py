"""Historical analogue: is a path like that of a named episode.

What the claim says
-------------------
The present resembles an episode: "Einiges erinnert an die Dotcom-Blase", "like 1929", "2008 repeats itself".

Formula
-------
The log path up to the session and that of the episode up to its day, over equal lengths (24, 12 or 6 months, by the
catalogue of episodes), each freed of level and scale; likeness is the correlation r of the levels, the same as the
z-normalised Euclidean distance ``sqrt(2 m (1 - r))``. Rank: the episode among all windows of that length in its series
that lie before the present path, but for its own neighbours, those that end within a quarter of the length. Chance:
the share of paths with the present path's own steps in random order that are at least as like, ``(1 + k) / (1 + B)``.

Rule
----
Fixed in advance, as length and days are, so that no pair of dates is picked by eye. In the nearest 1 % of all windows,
and p at most 5 %: supported. Otherwise inconclusive: as alike as chance. It is never refuted, for what a text is
reminded of need not be a price.

When it is not testable
-----------------------
No series of the episode, or one that begins after it: no_data, which names it. Fewer than 100 other windows, or an
episode within the present path: no_data.

What it cannot show
-------------------
What comes next: likeness says nothing on how it goes on. Two paths that rise steadily always have a high r, and scale
is taken out: a rise of 20 % can be like one of 400 %. So both paths are also given in figures. Valuation, breadth and
new issues, by which many liken the present to the past, are not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from pydantic import Field, field_validator

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
from analyzer.episodes import Episode, episodes
from analyzer.model import Chart, ChartLine, Label, Window
from analyzer.series import day, to_date
from analyzer.stats.analogues import Features, features, likeness, shuffled, windows
from analyzer.stats.explosive_null import PValue, pvalue
from analyzer.stats.kept import kept
from analyzer.stats.periods import PER_YEAR, Frequency, last_of_each

ALPHA, NEAREST = 0.05, 0.01
FEWEST = 100
WEEKLY_FROM = 18
"""Months from which paths are compared by weekly closes; shorter ones by daily ones."""
LATE = timedelta(days=10)
"""By how much the rows of a path may miss its first or last day."""


class HistoricalAnalogueParams(Params):
    """The path of ``symbol`` up to ``session`` (None: the last row) against that of ``episode``, a key of the
    catalogue.

    ``other``: the series of the episode (None: the same one if it lived through it, else the first that reaches so
    far); ``months``: the length of both paths (None: the catalogue's).
    """

    symbol: str
    episode: str
    session: date | None = None
    other: str | None = None
    months: int | None = Field(default=None, ge=3, le=60)
    draws: int = Field(default=1999, ge=99, le=20000)
    seed: int = Field(default=1, ge=0)

    @field_validator("episode")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in episodes():
            raise ValueError(f"there is no episode {value!r}; there are: {', '.join(episodes())}")
        return value

    @property
    def meant(self) -> Episode:
        return episodes()[self.episode]

    @property
    def length(self) -> int:
        return self.months or self.meant.months

    @property
    def frequency(self) -> Literal["weekly", "daily"]:
        return "weekly" if self.length >= WEEKLY_FROM else "daily"

    @property
    def levels(self) -> int:
        """Closes of a path: one more than it has steps."""
        return round(self.length / 12 * PER_YEAR[self.frequency]) + 1

    @property
    def candidates(self) -> tuple[tuple[str, date], ...]:
        """Series that lived through the episode, each with its day: the one that is asked for, or all, the same
        instrument first."""
        known = self.meant.series
        if self.other is not None:
            return tuple(pair for pair in known if pair[0] == self.other)
        return tuple(sorted(known, key=lambda pair: pair[0] != self.symbol))


def needs(params: HistoricalAnalogueParams) -> tuple[SeriesRequest, ...]:
    return tuple(SeriesRequest(s) for s in dict.fromkeys((params.symbol, *(s for s, _ in params.candidates))))


@dataclass(frozen=True, eq=False)
class _Path:
    """Closes of one path."""

    series: Series
    rows: Series

    @property
    def log(self) -> np.ndarray:
        return np.asarray(np.log(self.rows.values))


def run(params: HistoricalAnalogueParams, data: Data) -> Finding:
    closes = data.get(SeriesRequest(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    if not params.candidates:
        return no_data(_no_series(params), reason="series", used=(closes,))
    now = _path(closes, params.session or data.as_of, params)
    if now is None:
        why = (
            f"{data.name(params.symbol)} has no {params.length} months of closes up to {params.session or data.as_of}."
        )
        return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=(closes,))
    found = _episode_path(params, data)
    if isinstance(found, str):
        return no_data(found, reason="span" if "begins" in found else "series", used=(closes,))
    then, name = found
    if not (np.ptp(now.log) and np.ptp(then.log)):
        return no_data("A path that does not move is like no other.", reason="flat", used=(closes, then.series))
    if (then.rows.last or date.max) >= (now.rows.first or date.min):
        why = f"{params.meant.name[0].upper()}{params.meant.name[1:]} lies within the present path, or after it."
        return no_data(why, reason="window", used=(closes, then.series))
    others = _others(params, now, then)
    if len(others) < FEWEST:
        why = (
            f"{name} has {len(others)} other windows of {params.length} months before the present path; a rank needs "
            f"{FEWEST}. Try: --data FOLDER with earlier dates."
        )
        return no_data(why, reason="span", used=(closes, then.series))
    return _compared(params, data, now, then, likeness(now.log, others))


def _no_series(params: HistoricalAnalogueParams) -> str:
    meant = params.meant
    if params.other is not None and meant.series:
        there = ", ".join(symbol for symbol, _ in meant.series)
        return f"The catalogue has no day of {meant.name} for {params.other}; it has: {there}."
    return f"No market series of {meant.name} is to be had; a comparison would need {meant.lacking}."


def _path(series: Series, last: date, params: HistoricalAnalogueParams) -> _Path | None:
    """The path of the asked length up to ``last``; None where the rows do not reach so far or have a long hole."""
    rows = last_of_each(series.between(None, last), params.frequency)
    if len(rows) < params.levels or (rows.values[-params.levels :] <= 0).any():
        return None
    cut = rows.between(to_date(rows.dates[-params.levels]), None)
    assert cut.first is not None
    assert cut.last is not None
    meant = timedelta(days=round(params.length * 30.44))
    if last - cut.last > LATE or (cut.last - cut.first) - meant > 3 * LATE:
        return None
    return _Path(series, cut)


def _episode_path(params: HistoricalAnalogueParams, data: Data) -> tuple[_Path, str] | str:
    """The first series that lived through the episode; else the sentence that says what is missing."""
    begins = []
    for symbol, last in params.candidates:
        series = data.get(SeriesRequest(symbol))
        path = _path(series, last, params) if series is not None else None
        if series is not None and path is not None:
            return path, data.name(symbol)
        if series is not None:
            begins.append(f"{data.name(symbol)} begins on {series.first}")
    wanted = " or ".join(f"{data.name(symbol)} up to {last}" for symbol, last in params.candidates)
    have = f" ({'; '.join(begins)})" if begins else ""
    return (
        f"{params.meant.name[0].upper()}{params.meant.name[1:]} needs {params.length} months of {wanted}{have}. "
        "Try: --data FOLDER."
    )


def _others(params: HistoricalAnalogueParams, now: _Path, then: _Path) -> np.ndarray:
    """Log windows of the episode's series that lie before the present path and are not the episode's neighbours."""
    rows = last_of_each(then.series, params.frequency)
    m = params.levels
    if len(rows) < m:
        return np.empty((0, m))
    ends = rows.dates[m - 1 :]
    apart = np.abs(np.arange(len(ends)) - int(np.searchsorted(ends, then.rows.dates[-1]))) > m // 4
    positive = (windows(rows.values, m) > 0).all(axis=1)
    keep = apart & positive & (ends < day(now.rows.first or date.min))
    logs = np.log(np.where(rows.values > 0, rows.values, 1.0))
    return np.asarray(windows(logs, m)[keep])


def _compared(params: HistoricalAnalogueParams, data: Data, now: _Path, then: _Path, others: np.ndarray) -> Finding:
    """``others``: likeness of the present path to each other window."""
    count = len(others)
    r = float(likeness(now.log, then.log))
    rank = 1 + int(np.count_nonzero(others >= r))
    share = rank / (count + 1)
    chance = pvalue(_by_chance(now.log, then.log, params.draws, params.seed), r)
    alike = share <= NEAREST and chance.value <= ALPHA
    outcome: Label = "supported" if alike else "inconclusive"
    return Finding(
        outcome=outcome, reason="significant" if alike else "not_significant",
        summary=f"{_figures(params, data, now, then, (r, rank, count), chance)} {_verdict(params, alike)}",
        statistic=statistic("correlation_of_paths", r), observed=observed(share, "percentile"), pvalue=chance.value,
        nobs=params.levels - 1, null_hypothesis=NULL, window=Window(first=now.rows.first, last=now.rows.last),
        used=(now.series, then.series) if now.series.symbol != then.series.symbol else (now.series,),
        caveats=("likeness says nothing on what comes next",), chart=_chart(params, data, now, then),
    )  # fmt: skip


@kept(most=16)
def _by_chance(now: np.ndarray, then: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """(draws,) likeness to the episode of paths with the present one's steps in other orders."""
    return likeness(then, shuffled(now, draws, seed))


NULL = "The path is made of its own steps in a random order, and is as like the episode's as such paths are."


def _figures(
    params: HistoricalAnalogueParams, data: Data, now: _Path, then: _Path, ranked: tuple[float, int, int],
    chance: PValue,
) -> str:  # fmt: skip
    r, rank, count = ranked
    name, other = data.name(now.series.symbol), data.name(then.series.symbol)
    frequency: Frequency = params.frequency
    mine, its = (features(path.rows.values, PER_YEAR[frequency]) for path in (now, then))
    return (
        f"{name}, {params.length} months of {frequency} closes to {now.rows.last}, against {other} to {then.rows.last} "
        f"({params.meant.name}): correlation of the log paths {number(r)}, rank {rank:,} of {count + 1:,} windows of "
        f"{other}; of {params.draws:,} paths with the same steps in another order (seed {params.seed}) "
        f"{chance.value * 100:.1f} % are as like it (p {chance.value:.4f} ± {chance.error:.4f}). {_table(mine, its)}"
    )


def _table(mine: Features, its: Features) -> str:
    """Both paths in figures, the present one first."""
    return (
        f"Now and then: from first to last {percent(mine.rise, 0)} and {percent(its.rise, 0)}; "
        f"volatility {100 * mine.volatility:.0f} % and {100 * its.volatility:.0f} % a year; "
        f"deepest fall {percent(mine.deepest, 0)} and {percent(its.deepest, 0)}; "
        f"at the end {percent(mine.below_high, 0)} and {percent(its.below_high, 0)} from the high."
    )


def _verdict(params: HistoricalAnalogueParams, alike: bool) -> str:
    rule = f'By the rule "like {params.meant.name}" means in the nearest 1 % of windows and nearer than 95 % of chance'
    return f"{rule}: the path is like it." if alike else f"{rule}: as alike as chance, or as other times."


def _chart(params: HistoricalAnalogueParams, data: Data, now: _Path, then: _Path) -> Chart:
    """Both paths from 100 on, that of the episode on the days of the present."""
    dates = tuple(to_date(d) for d in now.rows.dates)
    lines = tuple(
        ChartLine(name=name, dates=dates, values=tuple(float(v) for v in 100 * path.rows.values / path.rows.values[0]))
        for name, path in (
            (data.name(now.series.symbol), now),
            (f"{data.name(then.series.symbol)} to {then.rows.last}, on the days of now", then),
        )
    )
    return Chart(
        title=f"{data.name(now.series.symbol)} and {params.meant.name}, first day 100", unit="points", lines=lines,
        window=Window(first=now.rows.first, last=now.rows.last),
    )  # fmt: skip


def variants(params: HistoricalAnalogueParams) -> tuple[tuple[str, HistoricalAnalogueParams], ...]:
    """Paths of half the length and of half as much again."""
    lengths = (max(3, params.length // 2), min(60, params.length * 3 // 2))
    return tuple(
        (f"paths of {months} months", params.model_copy(update={"months": months}))
        for months in lengths if months != params.length
    )  # fmt: skip


CHECK = Check(
    name="historical_analogue",
    scale="pattern",
    kinds=("analogy",),
    params=HistoricalAnalogueParams,
    rule="The log path is nearer to the episode's than to 99 % of other times, and nearer than 95 % of paths with the "
    "same steps in another order.",
    minimum="both paths whole, and 100 other windows of the episode's series",
    examples=(
        Example(
            "Einiges erinnert an die Dotcom-Blase.", "de",
            {"symbol": "NVDA", "session": "2025-01-27", "episode": "dot-com"},
        ),
        Example("The slump looks a lot like 1987.", "en",
                {"symbol": "^GSPC", "session": "2024-08-05", "episode": "1987"}),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
