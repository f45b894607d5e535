"""Where the record was: within the session, on a neighbouring one, or since another date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analyzer.checks.base import (
    NEAREST_FIRST,
    SeriesRequest,
)
from analyzer.checks.records.case import UNIT, Case
from analyzer.checks.records.wording import noun
from analyzer.model import Label, NearMiss, Window


def near_misses_of(case: Case, outcome: Label) -> tuple[NearMiss, ...]:
    """Where the record was: within the session, on a neighbouring one, or since another date."""
    found, last = [], case.ranking.last
    if outcome == "refuted" and case.params.period == "session":
        found += [m for m in (_within(case), _neighbour(case)) if m is not None]
    if outcome in ("refuted", "mixed") and last is not None and case.claim.rank == 1 and not case.claim.wrong_sign:
        sentence = f"Nearest true statement: the {noun(case)} since {last[0]}, when it was {case.said(last[1])}."
        found.append(miss_of("window", case, last, sentence))
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
    return miss_of(
        "intraday", case, (ranking.when, own), f"Within the session it was: the {side} was {case.said(own)}."
    )


def of_a_currency(case: Case) -> tuple[Label, str] | None:
    """What holds of a currency whose session reached what its close did not: it is traded round the clock, and which
    hour the close of a series is of differs from source to source."""
    facts, ranking = case.data.instruments.get(case.params.symbol), case.ranking
    of_a_close = case.params.quantity == "level" and case.params.period == "session"
    if not of_a_close or facts is None or facts.kind != "currency":
        return None
    prints = case.data.get(SeriesRequest(case.params.symbol, case.params.side))
    own = prints.at(ranking.when) if prints is not None else None
    if own is None:
        return None
    values = ranking.values.values.copy()
    values[ranking.i] = own
    reached = replace(ranking.values, values=values)
    other = case.claim.about(replace(ranking, levels=reached, values=reached))
    label = other.decide()[0] if other is not None else "refuted"
    return None if label == "refuted" else ("no_data", "coverage") if label == "no_data" else ("mixed", "intraday")


def _neighbour(case: Case) -> NearMiss | None:
    """The nearest session within a week for which the claim is true."""
    for steps in NEAREST_FIRST:
        session = case.ranking.levels.session_offset(case.ranking.when, steps)
        other = case.claim.about(case.ranking.at(session)) if session and case.data.may_mean(session) else None
        if other is not None and other.decide()[0] == "supported":
            point = other.ranking.when, other.ranking.own
            return miss_of("session", case, point, f"Nearest true statement: {case.said(point[1])} on {point[0]}.")
    return None


def softened(outcome: Label, reason: str, misses: tuple[NearMiss, ...]) -> tuple[Label, str]:
    kinds = {m.change for m in misses}
    if outcome != "refuted" or not kinds & {"intraday", "session"}:
        return outcome, reason
    return "mixed", "intraday" if "intraday" in kinds else "wrong_period"


def miss_of(change: str, case: Case, point: tuple[date, float], sentence: str, symbol: str | None = None) -> NearMiss:
    return NearMiss(
        change=change, symbol=symbol or case.params.symbol, window=Window(first=point[0], last=point[0]),
        value=point[1], unit=UNIT[case.params.quantity], currency=case.currency, sentence=sentence,
    )  # fmt: skip
