"""Log-periodic growth: whether a price rises like a bubble near its end.

What the claim says
-------------------
A rise feeds on itself and comes near its end: the bubble is about to burst ("die Blase platzt bald"), growth is
super-exponential ("the rise has turned parabolic"), its swings come ever faster ("mit immer schnelleren Zyklen").

Formula
-------
``ln p = A + (tc - t)^m [B + C1 cos(w ln(tc - t)) + C2 sin(w ln(tc - t))]`` in windows of 150 to 750 closes that end on
the session, fitted by least squares with A, B, C1 and C2 solved for (Filimonov and Sornette, Physica A 392, 2013) and
tc, m, w searched inside fixed bounds. The indicator is the share of windows whose fit passes: 0 < m < 1, 4 <= w <= 25,
B < 0, damping ``m|B| / (w|C|)`` at least 0.5, at least 2.5 oscillations, tc within the window's length after its end
(Sornette and others, Journal of Investment Strategies 4, 2015). It is held against surrogates: series that grow
steadily at the mean rate of this one, with its own steps about that rate and their signs drawn anew.

Rule
----
Fixed in advance: daily closes, these windows and this filter. The indicator is above 95 % of the surrogates: supported;
else inconclusive. 299 surrogates, and 999 where 5 % lies within two Monte-Carlo errors of p. It is a weak pattern, in
which no text is contradicted, and stands beside explosive_root, which decides.

When it is not testable
-----------------------
Fewer than 500 closes up to the session, or a price that was not positive or stood still over a window: no_data.

What it cannot show
-------------------
When a bubble bursts: tc is given as the range of the fits that pass and is no date. The limits of the filter were tuned
on crashes that are known; the fit has many minima, of which the search finds a good one and not always the best. In
steady rises many windows pass, which is why only surrogates that rise as steadily are a measure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from pydantic import Field

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
    observed,
    statistic,
)
from analyzer.model import Chart, Label, Window
from analyzer.series import to_date
from analyzer.stats.bootstrap import is_too_close
from analyzer.stats.explosive_null import PValue, is_significant, pvalue
from analyzer.stats.kept import kept
from analyzer.stats.lppls import Filter, fitted, window_lengths
from analyzer.stats.lppls_confidence import Confidence, Kind, confidence, surrogate_shares

ALPHA = 0.05
FEWEST, LONGEST, HALF = 500, 750, 390
DRAWS, MORE = 299, 999
VARIANT_DRAWS = 199
FILTERS = {"wide": Filter(), "narrow": Filter(m=(0.1, 0.9), w=(6.0, 13.0))}


class LpplsConfidenceParams(Params):
    """Closes of ``symbol`` up to ``session`` (None: the last). ``filter``: which fits count. ``longest``: rows of the
    longest window. ``surrogates``: how the steps are drawn anew, ``draws`` of them at first; ``seed`` makes them the
    same again. ``word``: what the text says."""

    symbol: str
    session: date | None = None
    filter: Literal["wide", "narrow"] = "wide"
    longest: int = Field(default=LONGEST, ge=250, le=LONGEST)
    surrogates: Kind = "wild"
    draws: int = Field(default=DRAWS, ge=99, le=MORE)
    seed: int = Field(default=1, ge=0)
    word: str = ""


def needs(params: LpplsConfidenceParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol),)


@dataclass(frozen=True, eq=False)
class _Seen:
    """The closes that are looked at, and the indicator."""

    closes: Series
    rows: Series
    found: Confidence

    def shares(self, params: LpplsConfidenceParams, draws: int) -> np.ndarray:
        """The indicator of the first ``draws`` surrogates."""
        levels, filtered = np.log(self.rows.values), FILTERS[params.filter]
        return surrogate_shares(levels, self.found.lengths, filtered, draws, params.seed, params.surrogates)


@dataclass(frozen=True, eq=False)
class _Test:
    """Where the indicator stands among the surrogates."""

    rows: Series
    found: Confidence
    p: PValue
    draws: int
    needed: float


def run(params: LpplsConfidenceParams, data: Data) -> Finding:
    seen = _seen(params, data)
    if isinstance(seen, Finding):
        return seen
    test = _tested(params, seen)
    outcome: Label = "supported" if test.p.value <= ALPHA else "inconclusive"
    reason = "significant" if outcome == "supported" else "not_significant"
    return Finding(
        outcome=outcome, reason=reason, summary=_words(params, data, test), pvalue=test.p.value, nobs=len(test.rows),
        statistic=statistic("lppls_confidence", test.found.share), observed=observed(test.found.share, "fraction"),
        window=Window(first=test.rows.first, last=test.rows.last), null_hypothesis=NULL,
        caveats=_caveats(params, test), used=(seen.closes,), chart=_chart(data, params, test),
    )  # fmt: skip


def brief(params: LpplsConfidenceParams, data: Data) -> Brief:
    """As ``run`` finds them, with no more surrogates than settle whether 5 % is reached."""
    seen = _seen(params, data)
    if isinstance(seen, Finding):
        return in_brief(seen)
    if params.draws >= DRAWS:  # then how many are drawn hangs on how near p comes to 5 %
        significant = _tested(params, seen).p.value <= ALPHA
    else:
        significant = is_significant(lambda n: seen.shares(params, n), seen.found.share, params.draws, ALPHA)
    return Brief("supported" if significant else "inconclusive", seen.found.share, "fraction")


def _seen(params: LpplsConfidenceParams, data: Data) -> _Seen | Finding:
    """A finding where there is nothing to test."""
    closes = data.get(SeriesRequest(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    rows = closes.between(None, params.session)
    lack = _lack(params, data, rows)
    if lack is not None:
        return no_data(lack, reason="span", used=(closes,))
    rows = _last(rows, params.longest)
    lengths = window_lengths(len(rows))
    if (rows.values <= 0).any() or not np.ptp(rows.values[-lengths[-1] :]) > 0:
        why = f"{data.name(params.symbol)} was not positive throughout or stood still, so it has no growth rate."
        return no_data(why, reason="not_positive", used=(closes,))
    return _Seen(closes, rows, _confidence(np.log(rows.values), lengths, FILTERS[params.filter]))


_confidence = kept(most=8)(confidence)


NULL = (
    "The log price grows at a steady mean rate, with steps about it of the sizes that they had; the share of windows "
    "that look like a bubble is what such a series shows by chance."
)


def _last(rows: Series, count: int) -> Series:
    return rows.between(to_date(rows.dates[-min(count, len(rows))]), None)


def _lack(params: LpplsConfidenceParams, data: Data, rows: Series) -> str | None:
    name, need = data.name(params.symbol), min(FEWEST, params.longest)
    if len(rows) < need:
        until = f" up to {params.session}" if params.session else ""
        return f"{name} has {len(rows)} of the {need} closes{until} that the fits need. Try: --data FOLDER with more."
    asked = params.session
    if asked is not None and asked <= data.as_of and rows.last is not None and (asked - rows.last).days > 31:
        return f"{name} ends on {rows.last}, before {asked}. Try: --data FOLDER with later dates."
    return None


def _tested(params: LpplsConfidenceParams, seen: _Seen) -> _Test:
    for draws in sorted({params.draws, MORE if params.draws >= DRAWS else params.draws}):
        shares = seen.shares(params, draws)
        p = pvalue(shares, seen.found.share)
        if not is_too_close(p.value, p.error, ALPHA):
            break
    return _Test(seen.rows, seen.found, p, draws, float(np.quantile(shares, 1 - ALPHA, method="higher")))


# --- words and picture -----------------------------------------------------------------------------------------------


def _words(params: LpplsConfidenceParams, data: Data, test: _Test) -> str:
    found, word = test.found, f'"{params.word or "parabolic"}"'
    verdict = "evidence for it, of a weak kind"
    if test.p.value > ALPHA:
        verdict = "no evidence, which is not evidence against it"
    return (
        f"{data.name(params.symbol)}: {int(found.passes.sum())} of {len(found.lengths)} windows of {found.lengths[-1]} "
        f"to {found.lengths[0]} closes up to {test.rows.last} fit log-periodic growth that runs to an end "
        f"({found.share:.0%}); of {test.draws} surrogates that grow as steadily 95 % stay at or under "
        f"{test.needed:.0%} (p {test.p.value:.3f} ± {test.p.error:.3f}, seed {params.seed}).{_range(found)} By the "
        f"rule {word} means more such windows than in 95 % of the surrogates: {verdict}."
    )


def _range(found: Confidence) -> str:
    if found.ahead is None:
        return ""
    low, high = (max(1, round(rows)) for rows in found.ahead)
    return f" The fits that pass end between {low} and {high} sessions later, which is a range of fits and no date."


def _caveats(params: LpplsConfidenceParams, test: _Test) -> tuple[str, ...]:
    found = ["the limits of the filter were tuned on crashes that are known; beside explosive_root it decides nothing"]
    if len(test.rows) < params.longest:
        found.append(f"{len(test.rows)} closes only: windows of up to {test.found.lengths[0]} instead of {LONGEST}")
    if is_too_close(test.p.value, test.p.error, ALPHA):
        found.append(f"5 % lies within two Monte-Carlo errors of p after {test.draws} draws as well")
    return tuple(found)


def _chart(data: Data, params: LpplsConfidenceParams, test: _Test) -> Chart:
    """The price, and the longest fit that passes; without one the longest of all."""
    rows, found = test.rows, test.found
    chosen = int(np.argmax(found.passes)) if found.passes.any() else 0
    length, verdict = found.lengths[chosen], "passes" if found.passes[chosen] else "does not pass"
    part = _last(rows, length)
    drawn = replace(part, values=np.exp(fitted(found.fits, chosen, length)))
    marks = ((part.first, "window begins"),) if part.first is not None else ()
    return Chart(
        title=f"{data.name(params.symbol)}, log-periodic growth", unit="points", currency=rows.currency,
        lines=(line(rows, data.name(params.symbol)), line(drawn, f"fit of {length} closes, {verdict}")),
        marks=marks, window=Window(first=rows.first, last=rows.last),
    )  # fmt: skip


def variants(params: LpplsConfidenceParams) -> tuple[tuple[str, LpplsConfidenceParams], ...]:
    """The other filter, the other surrogates, and windows of half the length, with fewer surrogates."""
    fewer = min(params.draws, VARIANT_DRAWS)
    others: tuple[tuple[str, dict[str, object]], ...] = (
        ("narrow filter" if params.filter == "wide" else "wide filter",
         {"filter": "narrow" if params.filter == "wide" else "wide"}),
        ("steps drawn in blocks" if params.surrogates == "wild" else "signs drawn anew",
         {"surrogates": "blocks" if params.surrogates == "wild" else "wild"}),
        (f"windows of up to {HALF} closes" if params.longest > HALF else f"windows of up to {LONGEST} closes",
         {"longest": HALF if params.longest > HALF else LONGEST}),
    )  # fmt: skip
    return tuple((name, params.model_copy(update={**update, "draws": fewer})) for name, update in others)


CHECK = Check(
    name="lppls_confidence",
    scale="pattern",
    kinds=("bubble_valuation",),
    params=LpplsConfidenceParams,
    rule="Of the windows that end on the session more fit log-periodic growth than in 95 % of surrogates that grow as "
    "steadily; a weak pattern, which decides nothing beside explosive_root.",
    minimum="500 daily closes up to the session",
    examples=(
        Example(
            "Nvidia's rise has turned parabolic.", "en",
            {"symbol": "NVDA", "session": "2025-01-27", "word": "parabolic"},
        ),
        Example(
            "The bubble in the Nasdaq is on the point of bursting.", "en",
            {"symbol": "^IXIC", "session": "2025-01-27", "word": "bubble"},
        ),
        Example(
            "Die Blase bei Nvidia platzt bald.", "de", {"symbol": "NVDA", "session": "2025-01-27", "word": "Blase"}
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    brief=brief,
    page=__doc__ or "",
)  # fmt: skip
