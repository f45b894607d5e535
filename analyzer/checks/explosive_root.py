"""Explosive root: has the price grown faster than a random walk.

What the claim says
-------------------
A market is a bubble, or was one ("die Technologiewerte sind in einer Blase", "the bubble of the nineties"), or it has
been one for long ("seit langem strömt Luft in die Blase"), or the bubble is bursting.

Formula
-------
``dy_t = a + b y_{t-1} (+ c dy_{t-1}) + e_t`` in all windows of at least ``n (0.01 + 1.8 / sqrt(n))`` closes, y the log
of the price; the t-value of b is large where growth feeds on itself. BSADF: the largest of all windows that end on a
day; GSADF: the largest of all days. Phillips, Shi and Yu, International Economic Review 56 (2015). Critical values: (a)
random walks of constant variance; (b) the wild bootstrap of Harvey, Leybourne, Sollis and Taylor, Journal of Empirical
Finance 38 (2016), which keeps when the price was volatile. An episode begins where BSADF rises over the 95 % quantile
of the SADF of (b) at that sample size, ends where it falls under it, and lasts ``ln(n)`` closes at least. Where (a)
alone rejects, dates are shown by (a). A variant takes the composite bootstrap of Phillips and Shi (2020) for (b): one
value for all closes that are watched, which chance crosses on any of them in 5 % of the draws.

Rule
----
Fixed in advance: log price, lag 0, GSADF against (b) at 5 %; monthly closes for more than ten years, weekly ones for
more than three, else daily. Rejected, with an episode in which the price rises: supported for a span in which something
was a bubble (explosive); for a day (inside) only if that day lies in the episode, else mixed. If it lies in a fall of
the same kind: refuted. Rejected under (a) only, or not at all: inconclusive, for that is no evidence against a bubble.
bursting: the episode of the day has ended within half a year after it: supported; it went on: refuted.

When it is not testable
-----------------------
Fewer than 100 closes at the frequency, or more than 2,000: no_data. An end is known only afterwards: bursting is
pending until the episode has ended or half a year has passed.

What it cannot show
-------------------
That the price was above its value: nothing but prices is looked at. The statistic is as large in a crash as in a rise,
so the direction of each episode is printed. Dates hang on the critical sequence; a pointwise one gives longer episodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from analyzer.checks.base import (
    Brief,
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    in_brief,
    line,
    missing_series,
    no_data,
    number,
    observed,
    statistic,
)
from analyzer.model import Chart, Label, Window
from analyzer.series import to_date
from analyzer.stats.explosive import Lag, Sequences, Stretch, sequences, shortest_episode, smallest_window, stretches
from analyzer.stats.explosive_null import (
    Draws,
    PValue,
    composite_paths,
    is_significant,
    pvalue,
    random_walks,
    wild_paths,
)
from analyzer.stats.kept import kept
from analyzer.stats.periods import Frequency, last_of_each, usual_frequency

ALPHA = 0.05
FEWEST, MOST = 100, 2000
HALF_YEAR = timedelta(days=182)
VARIANT_DRAWS = 499
Says = Literal["explosive", "inside", "bursting"]
UNITS: dict[Frequency, tuple[str, str]] = {
    "daily": ("daily", "sessions"), "weekly": ("weekly", "weeks"), "monthly": ("monthly", "months"),
}  # fmt: skip


class ExplosiveRootParams(Params):
    """Closes of ``symbol`` from ``start`` (None: the first) to ``session`` (None: the last), both included.

    ``says``: explosive is said of the span, inside and bursting of ``session``. ``frequency`` None: by the length of
    the span. ``null``: whose quantiles are (b); composite is the bootstrap of Phillips and Shi (2020), under which the
    last ``watched`` closes are looked at (None: all that a window can end on). ``draws`` under each null; ``seed``
    makes them the same again.
    """

    symbol: str
    start: date | None = None
    session: date | None = None
    says: Says = "explosive"
    frequency: Frequency | None = None
    scale: Literal["log", "level"] = "log"
    lag: Lag = 0
    null: Literal["wild", "composite"] = "wild"
    watched: int | None = Field(default=None, ge=1, le=MOST)
    draws: int = Field(default=2000, ge=99, le=20000)
    seed: int = Field(default=1, ge=0)
    word: str = ""

    @model_validator(mode="after")
    def _start_is_before_session(self) -> ExplosiveRootParams:
        if self.start is not None and self.session is not None and self.start >= self.session:
            raise ValueError(f"start ({self.start}) must lie before session ({self.session})")
        if self.watched is not None and self.null != "composite":
            raise ValueError("watched goes with null composite")
        return self


def needs(params: ExplosiveRootParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol),)


@dataclass(frozen=True, eq=False)
class _Test:
    """The closes at their frequency and their sequences; and, each computed where somebody asks for it, what is drawn
    under both nulls, the dating sequence and its episodes."""

    params: ExplosiveRootParams
    rows: Series
    frequency: Frequency
    levels: np.ndarray
    found: Sequences

    @property
    def smallest(self) -> int:
        return smallest_window(len(self.rows))

    @property
    def watched(self) -> int | None:
        """Closes that the composite bootstrap watches; None for the wild one."""
        n, asked = len(self.rows), self.params.watched
        return min(asked or n, n - self.smallest + 1) if self.params.null == "composite" else None

    def walks(self, draws: int) -> Draws:
        """The first ``draws`` under (a)."""
        return random_walks(len(self.rows), self.smallest, self.params.lag, draws, self.params.seed)

    def bootstrap(self, draws: int) -> Draws:
        """The first ``draws`` under (b)."""
        lag, seed = self.params.lag, self.params.seed
        if self.watched is None:
            return wild_paths(self.levels, self.smallest, lag, draws, seed)
        return composite_paths(self.levels, self.smallest, lag, draws, seed, span=self.watched)

    @property
    def gsadf(self) -> float:
        return float(self.found.gsadf)

    @property
    def largest(self) -> float:
        """The statistic under (b): the largest BSADF of the closes that are watched."""
        return self.gsadf if self.watched is None else float(self.found.bsadf[-self.watched :].max())

    @cached_property
    def constant(self) -> PValue:
        return pvalue(self.walks(self.params.draws).gsadf, self.gsadf)

    @cached_property
    def wild(self) -> PValue:
        return pvalue(self.bootstrap(self.params.draws).gsadf, self.largest)

    @cached_property
    def needed(self) -> float:
        return float(np.quantile(self.bootstrap(self.params.draws).gsadf, 1 - ALPHA, method="higher"))

    @cached_property
    def rejects(self) -> bool:
        return is_significant(lambda draws: self.bootstrap(draws).gsadf, self.largest, self.params.draws, ALPHA)

    @cached_property
    def null(self) -> str:
        """Under which null the episodes are dated; empty where neither is rejected, and nothing is dated."""
        if self.rejects:
            return "(b)"
        under_a = is_significant(lambda draws: self.walks(draws).gsadf, self.gsadf, self.params.draws, ALPHA)
        return "(a)" if under_a else ""

    @cached_property
    def critical(self) -> np.ndarray:
        """The dating sequence: of (b), but where (a) alone rejects."""
        if self.null == "(a)":
            return self.walks(self.params.draws).critical(1 - ALPHA)
        drawn = self.bootstrap(self.params.draws)
        if self.watched is None:
            return drawn.critical(1 - ALPHA)
        return drawn.over_span(len(self.rows), self.watched, 1 - ALPHA)

    @cached_property
    def episodes(self) -> tuple[Stretch, ...]:
        return stretches(self.levels, self.found.bsadf, self.critical, shortest_episode(len(self.rows)))

    @property
    def rising(self) -> tuple[Stretch, ...]:
        return tuple(e for e in self.episodes if e.rises)

    @property
    def current(self) -> Stretch | None:
        """The episode that the last row lies in."""
        return next((e for e in self.episodes if e.ended is None), None)

    def day(self, row: int) -> date:
        return to_date(self.rows.dates[row])


def run(params: ExplosiveRootParams, data: Data) -> Finding:
    seen = _seen(params, data)
    if isinstance(seen, Finding):
        return seen
    closes, test = seen
    test.wild, test.constant  # noqa: B018  both are told, so all draws are made at once, and not in parts
    outcome, reason, verdict = _bursting(closes, test) if params.says == "bursting" else _judged(test)
    return Finding(
        outcome=outcome, reason=reason, summary=f"{_figures(data, test)} {verdict}",
        statistic=statistic("GSADF", test.gsadf), nobs=len(test.rows),
        pvalue=None if params.says == "bursting" else test.wild.value,  # bursting: when it ended, and no p, decides
        observed=observed(_rows_inside(test), "count"), window=Window(first=test.rows.first, last=test.rows.last),
        null_hypothesis=NULL, caveats=_caveats(test), used=(closes,), chart=_chart(data, test),
    )  # fmt: skip


def brief(params: ExplosiveRootParams, data: Data) -> Brief:
    """As ``run`` finds them, with no more draws than settle whether 5 % is reached."""
    seen = _seen(params, data)
    if isinstance(seen, Finding):
        return in_brief(seen)
    closes, test = seen
    if params.says == "bursting":
        outcome, *_ = _bursting(closes, test)
    else:
        outcome = _judged(test)[0] if test.rejects else "inconclusive"
    return Brief(outcome, _rows_inside(test), "count")


def _seen(params: ExplosiveRootParams, data: Data) -> tuple[Series, _Test] | Finding:
    """All closes, and the test of those that are asked for; a finding where there is nothing to test."""
    closes = data.get(SeriesRequest(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    rows = closes.between(params.start, params.session)
    frequency = params.frequency or usual_frequency(rows)
    rows = last_of_each(rows, frequency)
    lack = _lack(params, data, rows, frequency)
    if lack is not None:
        return no_data(lack, reason="span", used=(closes,))
    if (rows.values <= 0).any():
        why = f"{data.name(params.symbol)} was not positive throughout, so it has no log and no growth rate."
        return no_data(why, reason="not_positive", used=(closes,))
    return closes, _tested(params, rows, frequency)


NULL = (
    "The log price is a random walk whose steps vary in size as they did; there is no stretch in which growth "
    "feeds on itself. Tested by GSADF against a wild bootstrap."
)


def _lack(params: ExplosiveRootParams, data: Data, rows: Series, frequency: Frequency) -> str | None:
    n, adjective = len(rows), UNITS[frequency][0]
    have = f"{data.name(params.symbol)} has {n:,} {adjective} closes in the span"
    if n < FEWEST:
        return f"{have}; the test needs at least {FEWEST}. Try an earlier --start, or --data FOLDER with earlier dates."
    if n > MOST:
        return f"{have}; at most {MOST:,} are tested. Try --frequency monthly, or a later --start."
    asked = params.session
    if asked is not None and asked <= data.as_of and rows.last is not None and (asked - rows.last).days > 31:
        return f"{data.name(params.symbol)} ends on {rows.last}, before {asked}. Try: --data FOLDER with later dates."
    return None


def _tested(params: ExplosiveRootParams, rows: Series, frequency: Frequency) -> _Test:
    levels = np.log(rows.values) if params.scale == "log" else rows.values / rows.values[0]
    return _Test(params, rows, frequency, levels, _sequences(levels, smallest_window(len(rows)), params.lag))


_sequences = kept(most=16)(sequences)


# --- judging -----------------------------------------------------------------------------------------------------


def _judged(test: _Test) -> tuple[Label, str, str]:
    word = f'"{test.params.word or "bubble"}"'
    rule = f"By the rule {word} means growth that feeds on itself, at 5 % under (b)"
    if not test.rejects:
        return _not_rejected(test, rule)
    if test.params.says == "explosive":
        if test.rising:
            return "supported", "significant", f"{rule}, in an episode of rising prices: there was one."
        return "mixed", "wrong_sign", f"{rule}, in an episode of rising prices: there was none that rose."
    rule += f", with the last close, {test.rows.last}, in an episode of rising prices"
    now = test.current
    if now is None:
        return "mixed", "wrong_period", f"{rule}: it lies in none, though there was explosive growth in the span."
    if not now.rises:
        return "refuted", "wrong_sign", f"{rule}: it lies in one of falling prices, since {test.day(now.first)}."
    return "supported", "significant", f"{rule}: it lies in one, which is {_age(test, now)} old."


def _not_rejected(test: _Test, rule: str) -> tuple[Label, str, str]:
    why = "there is evidence under constant variance only" if test.null == "(a)" else "there is no evidence"
    seen = f"a GSADF of {number(test.needed)} would have been needed"
    return "inconclusive", "not_significant", f"{rule}: {why} ({seen}), which is not evidence against a bubble."


def _bursting(closes: Series, test: _Test) -> tuple[Label, str, str]:
    rule = 'By the rule "bursting" means that the episode of rising prices of that day ends within half a year'
    now = test.current if test.rejects else None
    if now is None or not now.rises:
        return "inconclusive", "not_significant", f"{rule}: the day lies in no such episode that is significant at 5 %."
    assert test.rows.last is not None
    until = test.rows.last + HALF_YEAR
    later = last_of_each(closes.between(test.params.start, until), test.frequency)
    whole = _tested(test.params, later, test.frequency) if len(later) > len(test.rows) else test
    ends = [e for e in whole.episodes if e.first <= now.last <= e.last]
    ended = ends[0].ended if ends else now.last + 1 if whole is not test else None
    if ended is not None:
        return "supported", "known_afterwards", f"{rule}: it had ended by the close of {whole.day(ended)}."
    if closes.last is not None and closes.last >= until:
        return "refuted", "known_afterwards", f"{rule}: it still went on on {whole.rows.last}."
    return "pending", "known_afterwards", f"{rule}: it still goes on, {_age(test, now)} old, and an end is known later."


# --- words -------------------------------------------------------------------------------------------------------


def _figures(data: Data, test: _Test) -> str:
    params, adjective = test.params, UNITS[test.frequency][0]
    return (
        f"{data.name(params.symbol)}, {len(test.rows):,} {adjective} closes from {test.rows.first} to {test.rows.last} "
        f"({params.scale} price, lag {params.lag}, windows of at least {test.smallest}): GSADF "
        f"{number(test.gsadf)}, SADF {number(float(test.found.sadf))}; {params.draws:,} draws, seed "
        f"{params.seed}: p {_p(test.constant)} (a) under constant variance, {_p(test.wild)} (b) "
        f"{BOOTSTRAPS[params.null]}, where 95 % lie below {number(test.needed)}. {_episodes(test)}"
    )


BOOTSTRAPS = {"wild": "under the price's own volatility", "composite": "by the composite bootstrap"}


def _p(p: PValue) -> str:
    return f"{p.value:.4f} ± {p.error:.4f}"


def _episodes(test: _Test) -> str:
    if not test.null:
        return "Episodes are dated only where one of the two rejects at 5 %."
    if not test.episodes:
        return f"No episode lasts long enough to be dated by {_dating(test)}."
    shown = "; ".join(_episode(test, e) for e in test.episodes)
    return f"Episodes, dated by {_dating(test)}: {shown}."


def _dating(test: _Test) -> str:
    if test.null == "(b)" and test.watched is not None:
        return f"the 95 % quantile of the largest BSADF on {test.watched:,} closes under (b)"
    return f"the 95 % quantiles of SADF under {test.null}"


def _episode(test: _Test, one: Stretch) -> str:
    way = "rising" if one.rises else "falling"
    until = f"to {test.day(one.last)}" if one.ended is not None else "and not ended on the last close"
    return f"{way} from {test.day(one.first)} {until} ({_age(test, one)}, BSADF highest on {test.day(one.peak)})"


def _age(test: _Test, one: Stretch) -> str:
    rows, (_, units) = one.last - one.first + 1, UNITS[test.frequency]
    return f"{rows} {units if rows > 1 else units[:-1]}"


def _rows_inside(test: _Test) -> float:
    """Rows of the current episode of rising prices, else of the longest."""
    if not test.null:
        return 0.0
    now = test.current
    chosen = [now] if now is not None and now.rises else list(test.rising)
    return float(max((e.last - e.first + 1 for e in chosen), default=0))


def _caveats(test: _Test) -> tuple[str, ...]:
    draws = test.params.draws
    found = ["prices alone: growth that feeds on itself is not yet a price above value"]
    if abs(test.wild.value - ALPHA) <= 2 * test.wild.error:
        found.append(f"5 % lies within two Monte-Carlo errors of p: try more than {draws:,} draws")
    if draws > VARIANT_DRAWS:
        found.append(_other_scale(test))
    return tuple(found)


def _other_scale(test: _Test) -> str:
    """Log and level often differ, so all four p-values are told; the draws are those of the variant, which are kept."""
    (name, other), *_ = variants(test.params)
    found = _tested(other, test.rows, test.frequency)
    return f"on the {name}: p {_p(found.constant)} (a), {_p(found.wild)} (b), {other.draws} draws; it decides nothing"


def _chart(data: Data, test: _Test) -> Chart:
    params = test.params
    there = np.isfinite(test.found.bsadf) & np.isfinite(test.critical)
    rows, marks = test.rows, []
    if test.null:
        marks = [(test.day(e.first), "rising" if e.rises else "falling") for e in test.episodes]
        marks += [(test.day(e.ended), "ended") for e in test.episodes if e.ended is not None]
    drawn = [
        (f"BSADF of {data.name(params.symbol)}", test.found.bsadf),
        (f"95 % under {test.null or '(b)'}", test.critical),
    ]  # fmt: skip
    return Chart(
        title=f"{data.name(params.symbol)}, explosive growth", unit="ratio",
        lines=tuple(
            line(rows._with(rows.dates[there], values[there], rows.dates[there]), name) for name, values in drawn
        ),
        marks=tuple(sorted(marks)), window=Window(first=rows.first, last=rows.last),
    )  # fmt: skip


def variants(params: ExplosiveRootParams) -> tuple[tuple[str, ExplosiveRootParams], ...]:
    """The other scale, the other lag and the other bootstrap, with fewer draws."""
    fewer = min(params.draws, VARIANT_DRAWS)
    scale, lag = "level" if params.scale == "log" else "log", 1 - params.lag
    null = "composite" if params.null == "wild" else "wild"
    return (
        (f"{scale} of the price", params.model_copy(update={"scale": scale, "draws": fewer})),
        (f"lag {lag}", params.model_copy(update={"lag": lag, "draws": fewer})),
        (f"{null} bootstrap", params.model_copy(update={"null": null, "draws": fewer, "watched": None})),
    )


CHECK = Check(
    name="explosive_root",
    scale="pattern",
    kinds=("bubble_valuation",),
    params=ExplosiveRootParams,
    rule="GSADF of the log price at lag 0 beyond 95 % of its wild-bootstrap draws, and an episode of rising prices; "
    "of a day: with that day in it.",
    minimum="100 daily, weekly or monthly closes",
    examples=(
        Example(
            "Seit Langem strömt Luft in die Blase bei Technologiewerten.", "de",
            {"symbol": "^IXIC", "start": "2020-01-27", "session": "2025-01-27", "says": "inside", "word": "Blase"},
        ),
        Example(
            "The Nasdaq of the nineties was a bubble.", "en",
            {"symbol": "^IXIC", "start": "1985-01-01", "session": "2003-12-31", "says": "explosive", "word": "bubble"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    brief=brief,
    page=__doc__ or "",
)  # fmt: skip
