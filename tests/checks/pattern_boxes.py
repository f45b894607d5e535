"""Boxes of data for the cases of checks that need long series, volumes or news.

A series is written as ``rows`` (date: value, which are its only sessions), as ``daily`` (first day, values on
successive weekdays, null for a hole), as a ``ramp`` (last day, number of rows, first and last value) or as ``noise``
(last day, number of rows, seed, size of the daily return; ``trend``, [rows, daily return] of each stretch, adds to it),
both on weekdays; as ``waves`` (last day, [rows, size] of each stretch, seed) with noise of several sizes; as ``legs``
(last day, first value, [rows, value at its end] of each leg) by equal growth from turn to turn; as ``singular`` (last
day, number of rows, sessions to the singular time, size of the swings, seed, size of the noise), log-periodic growth.
``then`` appends
values, ``moves`` appends returns, so that the last of them falls on the last day. ``follows`` makes one whose returns
are ``beta`` times those of another, plus noise, but for its last ``moves``; ``turns`` (rows, beta) gives the last rows
another ``beta``, ``delay`` (rows) lets it come later, ``drift`` (month: daily return) adds to those of a month.
``dof`` draws the noise
with the tails of Student's t. ``splits`` (ex-date: new shares per old) give the price as traded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from analyzer.series import Data, Event, InstrumentFacts, Series, SeriesRequest, ShareCount, day


def box(spec: Mapping[str, Any], as_of: date) -> Data:
    """The box as it is seen on a day: no row and no event after it."""
    whole: dict[SeriesRequest, Series] = {}
    for one in spec["series"]:
        whole.update(_bases(one, whole))
    cut = {request: series.between(None, as_of) for request, series in whole.items()}
    events = [Event(**{**e, "symbols": tuple(e["symbols"])}) for e in spec.get("events", ())]
    events += _meetings(*spec["meetings"]) if "meetings" in spec else []
    return Data(
        as_of=as_of, series=cut, instruments={i["symbol"]: InstrumentFacts(**i) for i in spec.get("instruments", ())},
        events=tuple(e for e in events if e.date <= as_of), shares=_counts(spec, as_of),
    )  # fmt: skip


def _counts(spec: Mapping[str, Any], as_of: date) -> dict[str, tuple[ShareCount, ...]]:
    counts: dict[str, tuple[ShareCount, ...]] = {}
    for row in spec.get("shares", ()):
        if row["known"] <= as_of:
            counts[row["symbol"]] = (*counts.get(row["symbol"], ()), ShareCount(**row))
    return counts


def _meetings(last: date, count: int, apart: int) -> list[Event]:
    """Decisions of the central bank on every so many weekdays, the last of them on ``last``."""
    days = np.busday_offset(day(last), -apart * np.arange(count), roll="backward")
    return [Event(d.item(), "FOMC", "FOMC decision") for d in days]


def _bases(one: Mapping[str, Any], others: Mapping[SeriesRequest, Series]) -> dict[SeriesRequest, Series]:
    request = SeriesRequest(one["symbol"], one.get("field", "close"))
    dates, values, sessions = _rows(one, others)
    made = Series(
        request.symbol, request.field, request.basis, dates, values, sessions, one.get("currency"), "made for the test"
    )  # fmt: skip
    found = {request: made}
    if request.field == "close":
        factors = np.ones(len(dates))
        for ex_date, new_per_old in one.get("splits", {}).items():
            factors[dates < day(ex_date)] *= new_per_old
        found[replace(request, basis="as_traded")] = replace(made, basis="as_traded", values=values * factors)
    if "total" in one:
        total = one["total"]
        if isinstance(total, Mapping):  # on days of its own
            dates = np.array(sorted(total), dtype="datetime64[D]")
            made = replace(made, dates=dates, sessions=dates)
            total = [total[d.item()] for d in dates]
        values = np.array(total, dtype=np.float64)
        found[replace(request, basis="total_return")] = replace(made, basis="total_return", values=values)
    return found


def _rows(one: Mapping[str, Any], others: Mapping[SeriesRequest, Series]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if "rows" in one:
        dates = np.array(sorted(one["rows"]), dtype="datetime64[D]")
        return dates, np.array([one["rows"][d.item()] for d in dates], dtype=np.float64), dates
    if "daily" in one:
        first, given = one["daily"]
        sessions = np.busday_offset(day(first), np.arange(len(given)), roll="forward")
        values = np.array([np.nan if v is None else v for v in given], dtype=np.float64)
        return sessions[np.isfinite(values)], values[np.isfinite(values)], sessions
    if "waves" in one:
        last, stretches, seed = one["waves"]
        sizes = np.concatenate([np.full(rows, size) for rows, size in stretches])
        values = one.get("start", 100.0) * np.exp(np.cumsum(np.random.default_rng(seed).normal(0.0, sizes)))
        dates = np.busday_offset(day(last), np.arange(1 - len(values), 1), roll="backward")
        return dates, values, dates
    if "legs" in one:
        last, start, legs = one["legs"]
        ends = np.log([start, *(value for _, value in legs)])
        rows = np.cumsum([0, *(rows for rows, _ in legs)])
        values = np.exp(np.interp(np.arange(rows[-1] + 1), rows, ends))
        dates = np.busday_offset(day(last), np.arange(1 - len(values), 1), roll="backward")
        return dates, values, dates
    if "singular" in one:
        last, count, ahead, swing, seed, size = one["singular"]
        left = ahead + np.arange(count - 1, -1, -1)
        logs = np.sqrt(left) * (swing * np.cos(8.0 * np.log(left)) - 0.05)
        values = 1000.0 * np.exp(logs + np.random.default_rng(seed).normal(0.0, size, count))
        dates = np.busday_offset(day(last), np.arange(1 - count, 1), roll="backward")
        return dates, values, dates
    if "follows" in one:
        market = others[SeriesRequest(one["follows"])]
        values = _following(one, market.values, market.dates)
        return market.dates, values, market.dates
    values = np.append(_walk(one), one.get("then", ()))
    values = np.append(values, values[-1] * np.cumprod(1.0 + np.array(one.get("moves", ()), dtype=np.float64)))
    last = one["ramp"][0] if "ramp" in one else one["noise"][0]
    dates = np.busday_offset(day(last), np.arange(1 - len(values), 1), roll="backward")
    return dates, values, dates


def _walk(one: Mapping[str, Any]) -> np.ndarray:
    """The values before those appended; all end on the last day together."""
    if "ramp" in one:
        _, count, low, high = one["ramp"]
        return np.linspace(low, high, count)
    _, count, seed, size = one["noise"]
    rng = np.random.default_rng(seed)
    steps = size * rng.standard_t(one["dof"], count) if "dof" in one else rng.normal(0.0, size, count)
    begin = 0
    for rows, drift in one.get("trend", ()):
        steps[begin : begin + rows] += drift
        begin += rows
    return np.asarray(one.get("start", 100.0) * np.exp(np.cumsum(steps)))


def _following(one: Mapping[str, Any], market: np.ndarray, dates: np.ndarray) -> np.ndarray:
    steps = np.random.default_rng(one["seed"]).normal(0.0, one["size"], len(market) - 1)
    market_months = dates[1:].astype("datetime64[M]").astype(int) % 12 + 1
    moved = market[1:] / market[:-1] - 1.0
    if one.get("delay"):
        moved = np.concatenate([np.zeros(one["delay"]), moved[: -one["delay"]]])
    betas = np.full(len(moved), float(one["beta"]))
    if "turns" in one:
        rows, beta = one["turns"]
        betas[-rows:] = beta
    returns = betas * moved + steps
    for month, drift in one.get("drift", {}).items():
        returns[market_months == month] += drift
    moves = one.get("moves", ())
    if moves:
        returns[-len(moves) :] = moves
    return np.asarray(one.get("start", 100.0) * np.cumprod(np.concatenate([[1.0], 1.0 + returns])))
