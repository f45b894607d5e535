"""Record, extreme, rank.

What the claim says
-------------------
A close, or the move of a session, week, month, quarter or year, was the highest, the largest or the n-th of its kind,
ever or since a date: "the biggest one-day loss since 2020", "der höchste Stand aller Zeiten", "der drittgrößte
Tagesverlust".

Formula
-------
Rank of ``x_t`` among the ``x_s`` with s <= t: one plus the number of strictly more extreme ones. x is the
split-adjusted close, its return, its change in points, or the change times the shares known on the day (market value).
Weeks end on Friday; a period's close is that of its last session. An independent series sets a record at its n-th
value with probability 1/n (Renyi 1962; Arnold, Balakrishnan and Nagaraja, Records, 1998); levels that drift set more.

Rule
----
The n-th of its kind has n - 1 more extreme ones before it. "Among the ten largest" holds for any of the ten, "not in
the top ten" for none of them; "one of the largest" has no number: by the rule it is one of the ten most extreme, or of
the most extreme 1 % (undefined_word). What a series lacks before its first row hides no level that it could have come
from only by a larger move than it ever made in as many sessions, two years at most.
"Ever": no earlier value is more extreme: supported if the data begin at or before the listing, else no_data (coverage)
with what is true inside the data. A more extreme value refutes, whatever the data cover. "Since D": the day, month,
year or time with a name ("the financial crisis", up to ``since_by``) holds the last more extreme value: supported;
that value is earlier: mixed (understated); later: refuted (overstated), but mixed when it is later by at most a
quarter of the true span, or within a week (wrong_period). A day without a session, such as 1 January, is only the
start of a span. The record on a neighbouring session within five: mixed (wrong_period); within the session: mixed
(intraday). Where the text names the years that were more extreme, the rank is right and they are others: mixed
(wrong_period). Sessions without a row that could hide a more extreme value are not covered: for returns all, for
levels and points unless the series would have had to move further than it ever did in as many sessions. "Of any
company" is refuted by a peer and never supported. Where the series does not reach back, another price of the same
thing (spot oil for the future) is tried: borne out by it consistent, else mixed (other_series).

Of a span without a day ("in December") the most extreme close is tested: it passes any record of the span. Where the
text names no day, the session of its own date is tried beside the one before.

Variants: for the close of a session, the session's highs or lows (a record price may be one within the session); for a
return, with dividends reinvested, and for what is quoted in points also in points, because a text seldom says which. A
claim in points or in money has named its unit: the rank in per cent is a caveat. What "since" names has no alternative:
it must hold the last more extreme value, so a right claim would fail by any other day, month or year.

When it is not testable
-----------------------
The session, or the one before it, lacks its row; no complete share count was known; the span is not covered: no_data.

What it cannot show
-------------------
Whether the record matters. Points and money grow with the level: in per cent the same move can be ordinary, and the
caveat gives that rank. Indices calculated back before their first day count from the listing in the catalogue.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

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
    no_data,
    nothing_before,
    observed,
    of_another_series,
    only_the_second,
    statistic,
)
from analyzer.checks.records.case import UNIT, Case, case_of
from analyzer.checks.records.misses import near_misses_of, of_a_currency, softened
from analyzer.checks.records.params import ByExtremes, InPoints, RecordExtremeParams, WithDividends, ranked, symbols_of
from analyzer.checks.records.peers import any_company
from analyzer.checks.records.wording import caveats_of, chart_of, sentence_of
from analyzer.model import NearMiss, Window
from analyzer.series import to_date
from analyzer.stats.records import bounds, more_extreme


def needs(params: RecordExtremeParams) -> tuple[SeriesRequest, ...]:
    requests = ranked(params)
    requests += [request for s in params.also for request in needs(params.model_copy(update={"symbol": s, "also": ()}))]
    if params.quantity == "level" and params.period == "session":
        requests.append(SeriesRequest(params.symbol, params.side))
    if params.quantity == "return":
        requests += [SeriesRequest(s, basis="total_return") for s in symbols_of(params)]
    return tuple(requests)


def run(params: RecordExtremeParams, data: Data) -> Finding:
    """On the session, or where the text names no day on either of the two that it may be of."""
    first = _in_either_unit(_in_its_span(params, data), data)
    if params.or_session is None:
        return first
    other = params.model_copy(update={"session": params.or_session, "or_session": None})
    note = only_the_second(params.or_said, str(params.session), str(params.or_session))
    second = _in_its_span(other, data)
    return either(first, lambda: _in_either_unit(second, data), note, ambiguous=params.or_said is not None)


WITHIN = "Within the session it went farther, and a currency has no close of the day that all sources share."


def _in_its_span(params: RecordExtremeParams, data: Data) -> RecordExtremeParams:
    """The claim of the most extreme close of the span, where the text names a span and no day. A span of closes may
    end on a day that has none, as that of a monthly series does; that of moves, in ``case_of``, may not."""
    closes = data.get(params.prices(params.symbol)) if params.start else None
    if closes is None or params.quantity != "level":
        return params
    rows = closes.between(params.start, params.session)
    if not len(rows.values):
        return params
    return params.model_copy(update={"session": rows.most_extreme(params.side)[0], "start": None})


def _in_either_unit(params: RecordExtremeParams, data: Data) -> Finding:
    """Of the own series; where that does not reach back, of another price of the same thing."""
    others = (_of_one_series(params.model_copy(update={"symbol": s, "also": ()}), data) for s in params.also)
    return of_another_series(_of_one_series(params, data), others)


def _of_one_series(params: RecordExtremeParams, data: Data) -> Finding:
    """The largest move of an index, no unit said, is tried in per cent, then in points: right in one is mixed."""
    facts = data.instruments.get(params.symbol)
    quoted_in_points = facts is not None and facts.kind in ("index", "volatility")
    if isinstance(params, InPoints) and not quoted_in_points:
        return no_data(f"{data.name(params.symbol)} is not quoted in points.", reason="unit")
    found = _in_one_quantity(params, data)
    no_record = (found.outcome, found.reason) == ("refuted", "not_record")
    if not (quoted_in_points and params.quantity == "return" and no_record):
        return found
    points = _in_one_quantity(params.model_copy(update={"quantity": "points"}), data)
    if points.outcome not in ("supported", "no_data") or points.reason == "series":
        return found
    return replace(found, outcome="mixed", reason="points_only", summary=f"{found.summary} In points: {points.summary}")


def _in_one_quantity(params: RecordExtremeParams, data: Data) -> Finding:
    if params.session > data.as_of:
        return no_data(f"{params.session} lies after the as-of date {data.as_of}.", reason="not_yet")
    closes = data.get(params.prices(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    if isinstance(params, WithDividends) and _without_dividends(params, data, closes):
        return no_data(f"{data.name(params.symbol)} has no dividends apart from its price.", reason="same")
    case = case_of(params, data, closes)
    if case is None:
        return _untestable(params, data, closes)
    outcome, reason = case.claim.decide()
    misses = near_misses_of(case, outcome) if params.place != "outside" else ()
    outcome, reason = softened(outcome, reason, misses)
    reached = of_a_currency(case) if outcome == "refuted" else None
    farther = WITHIN if reached else ""
    if reached is not None:
        outcome, reason = reached
    if params.place == "one_of" and reason in ("exact", "not_record"):
        reason = "undefined_word"
    others = _others(case) if outcome == "supported" else ""
    if others:
        outcome, reason = "mixed", "wrong_period"
    if params.universe == "any" and outcome != "refuted":
        outcome, reason, misses = any_company(case)
    ranking = case.ranking
    return Finding(
        outcome=outcome, reason=reason, near_misses=misses, nobs=ranking.nobs, used=_used(params, data, misses),
        summary=" ".join(s for s in (sentence_of(case, outcome), others, farther, *_true(misses)) if s),
        statistic=statistic("rank", ranking.rank), caveats=caveats_of(case), chart=chart_of(case),
        observed=observed(ranking.own, UNIT[params.quantity], case.currency),
        window=Window(first=bounds(ranking.when, params.period)[0], last=ranking.when), reach=ranking.begins,
    )  # fmt: skip


def _true(misses: tuple[NearMiss, ...]) -> list[str]:
    """The nearest true statement; since when it is the record, the sentence itself says."""
    return [m.sentence for m in misses[:1] if m.change != "window"]


def _others(case: Case) -> str:
    """Which years were more extreme, where they are not those that the text names; else nothing."""
    ranking, named = case.ranking, case.params.outdone_by
    if not named:
        return ""
    before = slice(ranking.start, ranking.i)
    beaten = more_extreme(ranking.values.values[before], ranking.own, case.params.side)
    years = sorted({to_date(d).year for d in ranking.values.dates[before][beaten]})
    return "" if years == sorted(named) else f"More extreme were {', '.join(str(y) for y in years) or 'none'}."


def _without_dividends(params: RecordExtremeParams, data: Data, total: Series) -> bool:
    """Whether the closes with dividends are the closes again, as those of a performance index."""
    closes = data.get(SeriesRequest(params.symbol))
    return closes is not None and np.array_equal(closes.values, total.values)


def _used(params: RecordExtremeParams, data: Data, misses: tuple[NearMiss, ...]) -> tuple[Series, ...]:
    """Every series that the outcome rests on; the session's high or low where it was the record."""
    within = any(m.change == "intraday" for m in misses)
    asked = ranked(params) + ([SeriesRequest(params.symbol, params.side)] if within else [])
    return tuple(s for r in asked if (s := data.get(r)) is not None)


def _untestable(params: RecordExtremeParams, data: Data, closes: Series) -> Finding:
    """Which session, or which share count, is missing."""
    last = min(bounds(params.session, params.period)[1], data.as_of)
    session = closes.session_on_or_before(last) if params.period != "session" else params.session
    if params.quantity == "market_value" and session is not None and closes.at(session) is not None:
        why = f"No complete share count of {data.name(params.symbol)} was known on {session}."
        return no_data(f"{why} Market value needs all classes.", reason="coverage", used=(closes,))
    if session is None or closes.at(session) is None:
        return missing_sessions(closes, data, session or params.session)
    before = closes.session_offset(session, -1)
    if before is not None and closes.at(before) is None:
        return missing_sessions(closes, data, before)
    return nothing_before(closes, data, session)


def variants(params: RecordExtremeParams) -> tuple[tuple[str, RecordExtremeParams], ...]:
    """Highs or lows for a level; dividends and points for a return, whose text may mean either."""
    fields = dict(params)
    if params.quantity == "level" and params.period == "session":
        return ((f"by the sessions' {params.side}s", ByExtremes.model_validate(fields)),)
    if params.quantity != "return":
        return ()
    in_points = InPoints.model_validate({**fields, "quantity": "points"})
    return (("with dividends", WithDividends.model_validate(fields)), ("in points", in_points))


CHECK = Check(
    name="record_extreme",
    scale="fact",
    kinds=("record_extreme", "quantitative_move", "macro"),
    params=RecordExtremeParams,
    rule="No earlier value in the claim's span is more extreme, and the data cover that span.",
    minimum="the closes of the session and, for a move, of the one before it; for a record all closes of its span",
    examples=(
        Example(
            "Der S&P 500 verzeichnete am Donnerstag den größten Tagesverlust seit Juni 2020", "de",
            {"symbol": "^GSPC", "quantity": "return", "side": "low", "session": "2025-04-03", "since": "2020-06-01",
             "since_precision": "month"},
        ),
        Example(
            "The VIX closed at its highest level since 2020", "en",
            {"symbol": "^VIX", "quantity": "level", "side": "high", "session": "2024-08-05", "since": "2020-01-01",
             "since_precision": "year"},
        ),
        Example(
            "Nvidia's loss of market value was the biggest one-day loss of any company ever", "en",
            {"symbol": "NVDA", "quantity": "market_value", "side": "low", "session": "2025-01-27", "universe": "any"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
