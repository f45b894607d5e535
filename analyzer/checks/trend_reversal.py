"""Trend and reversal: a run, a rise or fall of some length, its turn.

What the claim says
-------------------
streak: so many sessions, weeks or months in a row ("fell for the third straight week", "fünf Tage in Folge"). trend: it
has run one way for some time ("im Aufwärtstrend", "has been falling since March"). reversal: it has turned
("Trendwende", "the tide has turned"). predictable: what has risen goes on to rise, or falls back.

Formula
-------
streak: closes in a row that are all higher, or all lower, than the one before; a period counts when it is over. trend:
Kendall's tau of closes by session, by week above 260 of them, and how often random walks without drift have one as
large either way, with steps of the same sizes at the same places and their signs drawn anew; an exact test where a
step is as likely up as down. Beside it the rank test of Mann and Kendall, its variance corrected for dependence by Yue
and Wang (2004), the slope of the log price with Newey-West errors, and the return of the past twelve months without the
last. Neither these nor least squares on a price decide: on random walks they find trends. reversal: the fall from the
high of 252 sessions (the rise from the low), against what followed; before that, of all earlier moves as large from an
extreme of 250 sessions, the share that became a reversal within twelve months, by the stationary bootstrap over cases.
predictable: variance ratios over 2, 5, 10 and 20 sessions, Lo and MacKinlay (1988) with the z for changing variance,
jointly by Chow and Denning (1993).

Rule
----
streak: exactly as many: supported; more, or fewer by a fifth: mixed; fewer, none, or the other way: refuted. trend:
walks without drift do as well in no more than 5 % of 999 draws (9,999 where that is too near to call), and the two ends
say the same: supported; both say the opposite: refuted; they disagree: mixed; else inconclusive. reversal: what came
first after the session. The old high regained before a fall of 20 % below it: refuted; a fall of 20 % and the high not
regained: supported; both: mixed; neither yet: inconclusive. Which extreme: the one that the text names, else the more
recent of high and low. predictable: the joint test at 5 % on the side that is claimed: supported; on the other:
refuted; else inconclusive.

When it is not testable
-----------------------
A session without a row, fewer than 20 closes of a trend, or 250 for a variance ratio: no_data. An extreme on the first
row of the data, or with fewer than 60 rows: no_data (coverage). A reversal with fewer than 21 sessions after it:
pending, with the base rate, since it is known only afterwards.

What it cannot show
-------------------
Why, and how long it goes on. A trend by this test describes a stretch that is over; where the beginning was chosen for
being a low or a high, chance does as well more often than is told. A streak says nothing of the size of the moves.
"""

from __future__ import annotations

from datetime import date

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Series,
    SeriesRequest,
    either,
    missing_series,
    missing_sessions,
    only_the_second,
)
from analyzer.checks.trends.case import Case, TrendReversalParams
from analyzer.checks.trends.lines import trend
from analyzer.checks.trends.ratios import predictable
from analyzer.checks.trends.streaks import streak
from analyzer.checks.trends.turns import reversal
from analyzer.stats.rows import row_on_or_before


def needs(params: TrendReversalParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol),)


def run(params: TrendReversalParams, data: Data) -> Finding:
    closes = data.get(SeriesRequest(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    asked = params.session or closes.last
    assert asked is not None
    first = _at(params, data, closes, asked)
    second = params.other
    if params.mode != "streak" or second is None or closes.at(second) is None:
        return first
    note = only_the_second(None, str(asked), str(second))
    return either(first, lambda: _at(params, data, closes, second), note)


def _at(params: TrendReversalParams, data: Data, closes: Series, asked: date) -> Finding:
    session = row_on_or_before(closes, asked)
    if session is None or asked > data.as_of:
        return missing_sessions(closes, data, asked)
    case = Case(params, data.name(params.symbol), closes, session, data)
    modes = {"streak": streak, "trend": trend, "reversal": reversal, "predictable": predictable}
    return modes[params.mode](case)


def variants(params: TrendReversalParams) -> tuple[tuple[str, TrendReversalParams], ...]:
    """Other lengths of a trend whose beginning is not named, and other sizes of a reversal."""
    if params.mode == "trend" and params.base is None:
        lengths = [n for n in (63, 126, 252) if n != params.recent]
        return tuple((f"over {n} sessions", params.model_copy(update={"recent": n})) for n in lengths)
    if params.mode == "reversal" and params.start is None:
        sizes = [s for s in (0.10, 0.15, 0.20) if s != params.size]
        return tuple((f"a reversal of {s:.0%}", params.model_copy(update={"size": s})) for s in sizes)
    return ()


CHECK = Check(
    name="trend_reversal",
    scale="pattern",
    kinds=("trend_regime", "bubble_valuation"),
    params=TrendReversalParams,
    rule="A streak is counted in closes that are over; a trend is one that random walks without drift, as volatile, "
    "show in no more than 5 % of draws, and both ends; a reversal is a move of 20 % from the earlier extreme before "
    "that is reached again; returns can be foretold when variance ratios jointly differ from 1 at 5 %.",
    minimum="the closes of the run and one more; 20 closes of a trend; for a reversal 21 sessions after it; 250 "
    "returns",
    examples=(
        Example(
            "The S&P 500 fell for the third straight week.", "en",
            {"symbol": "^GSPC", "mode": "streak", "direction": "down", "length": 3, "unit": "week",
             "session": "2025-03-07"},
        ),
        Example(
            "Der Dax befindet sich im Aufwärtstrend.", "de",
            {"symbol": "^GDAXI", "mode": "trend", "direction": "up", "session": "2025-01-27"},
        ),
        Example(
            "Ist das der Anfang einer Trendwende?", "de",
            {"symbol": "NVDA", "mode": "reversal", "session": "2025-01-27", "word": "trend reversal"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
