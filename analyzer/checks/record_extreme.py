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
"Ever": no earlier value is more extreme: supported if the data begin at or before the listing, else no_data
(coverage) with what is true inside the data. A more extreme value refutes, whatever the data cover. "Since D": the
day, month or year named holds the last more extreme value: supported; that value is earlier: mixed (understated);
later: refuted (overstated), but mixed when it is later by at most a quarter of the true span, or within a week
(wrong_period). A day without a session, such as 1 January, is only the start of a span. The record on a neighbouring
session within five: mixed (wrong_period); within the session: mixed (intraday). Sessions without a row that could
hide a more extreme value are not covered: for returns all, for levels and points unless the series would have had to
move further than it ever did in as many sessions. "Of any company" is refuted by a peer and never supported.

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

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from pydantic import Field

from analyzer.checks.base import (
    NEAREST_FIRST,
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    amount,
    line,
    missing_series,
    missing_sessions,
    no_data,
    nothing_before,
    number,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, NearMiss, Unit, Window
from analyzer.series import day, to_date
from analyzer.stats.market_value import value_changes
from analyzer.stats.record_claims import RecordClaim
from analyzer.stats.records import Measure, Period, Precision, Ranking, Side, bounds, by_period, more_extreme
from analyzer.stats.shares import adjusted_counts

Quantity = Literal["level", "return", "points", "market_value"]

MEASURE: dict[Quantity, Measure] = {
    "level": "level", "points": "change", "return": "return", "market_value": "return",
}  # fmt: skip
UNIT: dict[Quantity, Unit] = {
    "level": "points", "points": "points", "return": "fraction", "market_value": "currency",
}  # fmt: skip
NOUNS: dict[tuple[Quantity, Side], str] = {
    ("level", "high"): "highest {}close", ("level", "low"): "lowest {}close",
    ("return", "high"): "largest {}rise in per cent", ("return", "low"): "largest {}fall in per cent",
    ("points", "high"): "largest {}rise in points", ("points", "low"): "largest {}fall in points",
    ("market_value", "high"): "largest {}gain of market value",
    ("market_value", "low"): "largest {}loss of market value",
}  # fmt: skip
ADJECTIVES: dict[Period, str] = {
    "session": "", "week": "weekly ", "month": "monthly ", "quarter": "quarterly ", "year": "yearly ",
}  # fmt: skip


class RecordExtremeParams(Params):
    """The ``quantity`` of ``symbol`` in the ``period`` that contains ``session`` was the ``rank``-th most extreme on
    its ``side`` (the largest fall is the lowest return), ever or ``since`` a day, month or year."""

    symbol: str
    quantity: Quantity
    side: Side
    session: date
    period: Period = "session"
    since: date | None = None
    since_precision: Precision = "day"
    rank: int = Field(default=1, ge=1)
    universe: Literal["own", "any"] = "own"
    peers: tuple[str, ...] = ()
    """Other instruments that can refute "of any company"."""

    def prices(self, symbol: str) -> SeriesRequest:
        """What the values are formed from."""
        return SeriesRequest(symbol)


class ByExtremes(RecordExtremeParams):
    """The same claim on the sessions' highs or lows: like the next two a variant, not a claim's own parameters."""

    def prices(self, symbol: str) -> SeriesRequest:
        return SeriesRequest(symbol, self.side)


class WithDividends(RecordExtremeParams):
    """The same claim on closes with dividends reinvested."""

    def prices(self, symbol: str) -> SeriesRequest:
        return SeriesRequest(symbol, basis="total_return")


class InPoints(RecordExtremeParams):
    """The same claim on changes in points, for what is quoted in them."""


@dataclass(frozen=True)
class Case:
    """The claim with what is needed to put it into words."""

    params: RecordExtremeParams
    data: Data
    claim: RecordClaim

    @property
    def ranking(self) -> Ranking:
        return self.claim.ranking

    @property
    def currency(self) -> str | None:
        return self.ranking.levels.currency if self.params.quantity == "market_value" else None

    def said(self, value: float) -> str:
        if self.params.quantity == "return":
            return percent(value)
        if self.params.quantity == "market_value":
            return amount(value, self.currency)
        return number(value) + (" points" if self.params.quantity == "points" else "")


def needs(params: RecordExtremeParams) -> tuple[SeriesRequest, ...]:
    requests = _ranked(params)
    if params.quantity == "level" and params.period == "session":
        requests.append(SeriesRequest(params.symbol, params.side))
    if params.quantity == "return":
        requests += [SeriesRequest(s, basis="total_return") for s in _symbols(params)]
    return tuple(requests)


def _symbols(params: RecordExtremeParams) -> tuple[str, ...]:
    """The instrument and those that can refute the claim, each once."""
    return tuple(dict.fromkeys((params.symbol, *(params.peers if params.universe == "any" else ()))))


def _ranked(params: RecordExtremeParams) -> list[SeriesRequest]:
    """The series that the ranked values are formed from."""
    symbols = _symbols(params)
    traded = symbols if params.quantity == "market_value" else ()
    return [*map(params.prices, symbols), *(SeriesRequest(s, "close", "as_traded") for s in traded)]


def run(params: RecordExtremeParams, data: Data) -> Finding:
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
    case = _case(params, data, closes)
    if case is None:
        return _untestable(params, data, closes)
    outcome, reason = case.claim.decide()
    misses = _near_misses(case, outcome)
    outcome, reason = _softened(outcome, reason, misses)
    if params.universe == "any" and outcome != "refuted":
        outcome, reason, misses = _any_company(case)
    ranking = case.ranking
    return Finding(
        outcome=outcome, reason=reason, near_misses=misses, nobs=ranking.nobs, used=_used(params, data, misses),
        summary=" ".join([_sentence(case, outcome), *(m.sentence for m in misses[:1] if m.change != "window")]),
        statistic=statistic("rank", ranking.rank), caveats=_caveats(case), chart=_chart(case),
        observed=observed(ranking.own, UNIT[params.quantity], case.currency),
        window=Window(first=bounds(ranking.when, params.period)[0], last=ranking.when), reach=ranking.begins,
    )  # fmt: skip


def _without_dividends(params: RecordExtremeParams, data: Data, total: Series) -> bool:
    """Whether the closes with dividends are the closes again, as those of a performance index."""
    closes = data.get(SeriesRequest(params.symbol))
    return closes is not None and np.array_equal(closes.values, total.values)


def _used(params: RecordExtremeParams, data: Data, misses: tuple[NearMiss, ...]) -> tuple[Series, ...]:
    """Every series that the outcome rests on; the session's high or low where it was the record."""
    within = any(m.change == "intraday" for m in misses)
    asked = _ranked(params) + ([SeriesRequest(params.symbol, params.side)] if within else [])
    return tuple(s for r in asked if (s := data.get(r)) is not None)


# --- the values ----------------------------------------------------------------------------------------------------


def _case(params: RecordExtremeParams, data: Data, closes: Series) -> Case | None:
    """The claim's own value among the earlier ones; None where it has no value."""
    named, exactly = _named(params, closes)
    found = _values(params, data, params.symbol)
    if found is None:
        return None
    levels, values = found
    first, last = bounds(params.session, params.period)
    i = int(np.searchsorted(values.dates, day(last), side="right")) - 1
    if i < 0 or not first <= to_date(values.dates[i]) <= last:
        return None
    start = int(np.searchsorted(values.dates, day(named[0]))) if named and not exactly else 0
    before = int(np.searchsorted(levels.dates, values.dates[0])) - 1  # the close that the first change is measured from
    begins = to_date(levels.dates[max(before, 0)]) if params.quantity == "market_value" else levels.first
    ranking = Ranking(levels, values, i, params.side, MEASURE[params.quantity], begins, min(start, i))
    facts = data.instruments.get(params.symbol)
    listed, signed = facts.listed if facts else None, params.quantity != "level"
    return Case(params, data, RecordClaim(ranking, params.rank, named, exactly, listed, signed))


def _named(params: RecordExtremeParams, closes: Series) -> tuple[tuple[date, date] | None, bool]:
    """What ``since`` names, and whether it can hold a value: a day without a session only begins a span."""
    since, precision = params.since, params.since_precision
    if since is None:
        return None, False
    begin, end = bounds(since, precision)
    a_session = precision != "day" or since == closes.session_on_or_before(since)
    return (bounds(begin, params.period)[0], bounds(end, params.period)[1]), params.rank == 1 and a_session


def _values(params: RecordExtremeParams, data: Data, symbol: str) -> tuple[Series, Series] | None:
    """Closes at the ends of the periods, up to the claim's own one, and the quantity formed from them."""
    daily = data.get(params.prices(symbol))
    if daily is None:
        return None
    own_end = None if params.period == "session" else bounds(params.session, params.period)[1]
    closes = by_period(daily.between(None, own_end), params.period)
    if params.quantity == "level":
        return closes, closes
    if params.quantity == "market_value":
        traded = data.get(SeriesRequest(symbol, "close", "as_traded"))
        counts = adjusted_counts(data.shares.get(symbol, ()), traded, daily) if traded is not None else []
        return closes, value_changes(closes, counts)
    return closes, closes.returns() if params.quantity == "return" else closes.changes()


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


# --- of any company ------------------------------------------------------------------------------------------------


def _any_company(case: Case) -> tuple[Label, str, tuple[NearMiss, ...]]:
    """A peer's more extreme values refute; without any there is no cover, for the delisted are not in the data."""
    params = case.params
    found = [_peer(case, peer) for peer in sorted(set(params.peers) - {params.symbol})]
    if case.ranking.rank - 1 + sum(count for count, _ in found) < params.rank:
        return "no_data", "coverage", ()
    worst = sorted((m for _, m in found if m), key=lambda m: m.value, reverse=params.side == "high")
    return "refuted", "wrong_subject", tuple(worst)


def _peer(case: Case, peer: str) -> tuple[int, NearMiss | None]:
    """How many of the peer's values in the claim's span are more extreme than the own one, and the most extreme."""
    pair, claim, side = _values(case.params, case.data, peer), case.claim, case.params.side
    if pair is None or (case.currency and pair[0].currency != case.currency):
        return 0, None
    begin = claim.named[1] + timedelta(days=1) if claim.named and claim.exactly else claim.named and claim.named[0]
    rows = pair[1].between(begin, case.ranking.when)
    count = int(np.count_nonzero(more_extreme(rows.values, case.ranking.own, side)))
    if not count:
        return 0, None
    i = int(rows.values.argmax() if side == "high" else rows.values.argmin())
    when, value = to_date(rows.dates[i]), float(rows.values[i])
    sentence = f"{case.data.name(peer)} had {case.said(value)} on {when}."
    return count, _miss("subject", case, (when, value), sentence, peer)


# --- near misses ---------------------------------------------------------------------------------------------------


def _near_misses(case: Case, outcome: Label) -> tuple[NearMiss, ...]:
    """Where the record was: within the session, on a neighbouring one, or since another date."""
    found, last = [], case.ranking.last
    if outcome == "refuted" and case.params.period == "session":
        found += [m for m in (_within(case), _neighbour(case)) if m is not None]
    if outcome in ("refuted", "mixed") and last is not None and case.params.rank == 1 and not case.claim.wrong_sign:
        sentence = f"Nearest true statement: the {_noun(case)} since {last[0]}, when it was {case.said(last[1])}."
        found.append(_miss("window", case, last, sentence))
    return tuple(found)


def _within(case: Case) -> NearMiss | None:
    """A level record that the session's high or low set, where prints go back as far as the closes."""
    ranking, side = case.ranking, case.params.side
    prints = case.data.get(SeriesRequest(case.params.symbol, side)) if case.params.quantity == "level" else None
    if prints is None or prints.first != ranking.levels.first:
        return None
    other = case.claim.about(replace(ranking, levels=prints, values=prints).at(ranking.when))
    if other is None or other.decide()[0] != "supported":
        return None
    own = other.ranking.own
    return _miss("intraday", case, (ranking.when, own), f"Within the session it was: the {side} was {case.said(own)}.")


def _neighbour(case: Case) -> NearMiss | None:
    """The nearest session within a week for which the claim is true."""
    for steps in NEAREST_FIRST:
        session = case.ranking.levels.session_offset(case.ranking.when, steps)
        other = case.claim.about(case.ranking.at(session)) if session and case.data.may_mean(session) else None
        if other is not None and other.decide()[0] == "supported":
            point = other.ranking.when, other.ranking.own
            return _miss("session", case, point, f"Nearest true statement: {case.said(point[1])} on {point[0]}.")
    return None


def _softened(outcome: Label, reason: str, misses: tuple[NearMiss, ...]) -> tuple[Label, str]:
    kinds = {m.change for m in misses}
    if outcome != "refuted" or not kinds & {"intraday", "session"}:
        return outcome, reason
    return "mixed", "intraday" if "intraday" in kinds else "wrong_period"


def _miss(change: str, case: Case, point: tuple[date, float], sentence: str, symbol: str | None = None) -> NearMiss:
    return NearMiss(
        change=change, symbol=symbol or case.params.symbol, window=Window(first=point[0], last=point[0]),
        value=point[1], unit=UNIT[case.params.quantity], currency=case.currency, sentence=sentence,
    )  # fmt: skip


# --- words and the picture -----------------------------------------------------------------------------------------


def _noun(case: Case) -> str:
    return NOUNS[case.params.quantity, case.params.side].format(ADJECTIVES[case.params.period])


def _ordinal(rank: int) -> str:
    """ "2nd " for 2; nothing for 1, since "the largest" says it."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th") if rank % 100 not in (11, 12, 13) else "th"
    return f"{rank:,}{ending} " if rank > 1 else ""


def _sentence(case: Case, outcome: Label) -> str:
    params, ranking = case.params, case.ranking
    own = f"{case.data.name(params.symbol)}: {case.said(ranking.own)} on {ranking.when}"
    if case.claim.wrong_sign:
        return f"{own}, which is no {'rise' if params.side == 'high' else 'fall'}."
    begins, last = to_date(ranking.values.dates[ranking.start]), ranking.last
    if case.claim.exactly and last is not None:
        parts = [f"{own}, the {_noun(case)} since {last[0]}, when it was {case.said(last[1])}"]
    else:
        parts = [
            f"{own}, the {_ordinal(ranking.rank)}{_noun(case)} of {ranking.nobs:,} {params.period}s since {begins}"
        ]
        parts += [f"the last more extreme one was {case.said(last[1])} on {last[0]}"] if last else []
    if outcome == "no_data":
        parts += [p for p in (case.claim.lacking(), _universe(case)) if p]
    return "; ".join(parts) + "."


def _universe(case: Case) -> str | None:
    return '"of any" needs all companies, the delisted included' if case.params.universe == "any" else None


def _caveats(case: Case) -> tuple[str, ...]:
    texts, ranking, period = [], case.ranking, case.params.period
    end = bounds(case.params.session, period)[1]
    if np.busday_count(day(case.data.as_of) + 1, day(end) + 1) > 0:
        texts.append(f"the {period} is not over: it is judged to {ranking.when}")
    if case.params.quantity in ("points", "market_value"):
        moves = replace(ranking, values=ranking.levels.returns(), start=0).at(ranking.when)
        if moves is not None:
            texts.append(f"in per cent ({percent(moves.own)}) it ranks {moves.rank:,} of {moves.nobs:,}")
    return tuple(texts)


def _chart(case: Case) -> Chart:
    ranking, last = case.ranking, case.ranking.last
    name = f"{case.data.name(case.params.symbol)}, {case.params.quantity.replace('_', ' ')}"
    return Chart(
        title=name, unit=UNIT[case.params.quantity], currency=case.currency, window=Window(last=ranking.when),
        lines=(line(ranking.values.between(last[0] if last else None, ranking.when), name),),
        marks=(*(((last[0], "last more extreme"),) if last else ()), (ranking.when, "claim")),
        rules=((ranking.own, case.said(ranking.own)),),
    )  # fmt: skip


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
