"""Integrity: of each kind of finding a series that has it and one that almost has it; sound series have none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.market import calendars
from analyzer.market.facts import FactsSource
from analyzer.market.folder import FolderSource
from analyzer.market.instruments import load_catalogue
from analyzer.market.integrity import KINDS, Finding, Held, examine, findings, findings_of
from analyzer.market.market import Catalogue
from analyzer.market.sources import RawInstrument, Split
from analyzer.series import day

Write = Callable[[Mapping[str, str]], Path]
FIRST, LAST = date(2024, 1, 2), date(2024, 6, 28)


def held(
    days: np.ndarray,
    closes: Sequence[float] | np.ndarray,
    kind: str | None = "equity",
    exchange: str | None = "XNYS",
    splits: Sequence[Split] = (),
    **columns: Any,
) -> Held:
    """A series in memory; ``source`` and ``basis`` may be among the columns."""
    source, basis = columns.pop("source", "data"), columns.pop("basis", "split_adjusted")
    price = "value" if basis == "raw" else "close"
    made = {name: np.asarray(column, dtype=np.float64) for name, column in ({price: closes} | columns).items()}
    last = days[-1].item() if len(days) else None
    raw = RawInstrument("TEST", days, made, basis, last, None, "", None, "0" * 64)
    return Held(source, raw, kind, exchange, tuple(splits))


def sessions(exchange: str = "XNYS", first: date = FIRST, last: date = LAST) -> np.ndarray:
    return calendars.sessions(exchange, first, last)


def wave(count: int) -> np.ndarray:
    """Closes that move by up to 2 % a day and never stand still."""
    return 100 * np.exp(0.02 * np.sin(np.arange(count) * 1.7) + 0.001 * np.arange(count))


def found(one: Held, reach: date = LAST) -> list[Finding]:
    return list(findings(one, reach))


def told(one: Held, reach: date = LAST) -> list[tuple[str, str]]:
    return [(f.kind, f.what) for f in found(one, reach)]


# --- sessions -------------------------------------------------------------------------------------------------------


def test_a_series_is_late_by_what_its_source_reaches(tmp_path: Path) -> None:
    """Of five series that end together one runs on, and one is late: only the late one is told."""
    ends = {"AAA": 40, "BBB": 40, "CCC": 40, "DDD": 60, "EEE": 10}
    for symbol, count in ends.items():
        days = sessions()[:count]
        rows = "".join(f"{day},{close:.2f}\n" for day, close in zip(days, wave(count), strict=True))
        (tmp_path / f"{symbol}.csv").write_text(f"Date,Close\n{rows}")
    every = {symbol: [f.kind for f in found] for symbol, found in examine([FolderSource(tmp_path)], load_catalogue())}
    assert every == {"AAA": [], "BBB": [], "CCC": [], "DDD": [], "EEE": ["stale_tail"]}


def test_missing_sessions_are_told_by_runs() -> None:
    own = sessions()
    days = np.delete(own, [10, 30, 31, 32])
    runs = found(held(days, wave(len(days))))
    assert [(f.kind, f.what, f.first, f.last) for f in runs] == [
        ("missing_sessions", "1 session without a row", own[10].item(), own[10].item()),
        ("missing_sessions", "3 sessions without a row", own[30].item(), own[32].item()),
    ]


def test_a_sparse_series_is_one_finding() -> None:
    own = sessions()
    days = own[::2]
    (one,) = found(held(days, wave(len(days))))
    assert one.kind == "missing_sessions"
    assert one.what == "sparse: 61 of 123 sessions without a row, in 61 runs"


def test_many_runs_are_one_finding_that_names_the_longest() -> None:
    own = sessions()
    days = np.delete(own, [5, 15, 25, 35, 45, 46, 55])
    (one,) = found(held(days, wave(len(days))))
    assert one.what == f"7 of {len(own)} sessions without a row, in 6 runs"
    assert one.detail == f"the longest from {own[45]} to {own[46]} (2)"


def test_a_row_without_any_price_is_no_row() -> None:
    days = sessions()
    closes = wave(len(days))
    closes[7] = np.nan
    assert told(held(days, closes)) == [("missing_sessions", "1 session without a row")]
    assert told(held(days, closes, adj_close=wave(len(days)))) == []


@pytest.mark.parametrize(
    ("exchange", "kind", "gone", "what"),
    [
        ("24/7", "crypto", 0, None),
        ("24/7", "crypto", 1, "50 of 179 sessions without a row, in 25 runs"),
        ("24/5", "currency", 1, None),
        ("macro", "macro", 1, None),
        (None, None, 1, None),
    ],
    ids=["coin-complete", "coin-without-weekends", "currency-without-weekends", "macro", "not-in-the-catalogue"],
)
def test_each_market_has_its_own_sessions(exchange: str | None, kind: str | None, gone: int, what: str | None) -> None:
    every = sessions("24/7")
    days = every[np.is_busday(every)] if gone else every
    assert [w for _, w in told(held(days, wave(len(days)), kind, exchange))] == ([what] if what else [])


def test_weekends_that_are_missing_are_named_as_such() -> None:
    every = sessions("24/7")
    (one,) = found(held(every[np.is_busday(every)], wave(129), "crypto", "24/7"))
    assert one.detail.startswith("50 of them Saturdays and Sundays; ")


def test_a_row_on_a_holiday_is_one_session_too_many() -> None:
    own = sessions()
    holidays = [day("2024-01-15"), day("2024-02-19")]
    days = np.union1d(own, holidays)
    (one,) = found(held(days, wave(len(days))))
    assert (one.kind, one.what) == ("extra_sessions", "2 rows on days that are no sessions of XNYS")
    assert (one.first, one.last, one.detail) == (date(2024, 1, 15), date(2024, 2, 19), "2024-01-15, 2024-02-19")


def test_days_before_the_calendar_begins_are_no_extra_sessions() -> None:
    days = np.concatenate([[day("1962-05-28")], sessions("XNYS", date(1970, 1, 2), date(1970, 3, 2))])
    assert told(held(days, wave(len(days)), "index"), date(1970, 3, 2)) == []


# --- splits ---------------------------------------------------------------------------------------------------------


def split_at(factor: float, at: int = 60, **more: Any) -> Held:
    """Closes that fall to 1/factor at a row, with opens on the same scale."""
    days = sessions()
    scale = np.where(np.arange(len(days)) < at, 1.0, 1 / factor)
    closes = 100 * np.exp(0.004 * np.sin(np.arange(len(days)))) * scale
    return held(days, closes, **({"open": closes * 1.001} | more))


@pytest.mark.parametrize(
    ("factor", "name"), [(1.5, "3:2"), (2, "2:1"), (10, "10:1"), (20, "20:1"), (0.5, "1:2"), (0.1, "1:10")]
)
def test_a_jump_by_the_factor_of_a_split_is_found(factor: float, name: str) -> None:
    (one,) = found(split_at(factor))
    assert (one.kind, one.what) == ("split_like", f"looks like a split of {name} that nobody lists")
    assert one.first == one.last == sessions()[60].item()
    assert one.detail.startswith(f"closes {split_at(factor).closes[59]:g} on {sessions()[59]}")


@pytest.mark.parametrize("factor", [1.35, 1.75, 2.4, 7.5])
def test_a_jump_by_another_factor_is_a_move(factor: float) -> None:
    assert told(split_at(factor)) == []


def test_a_fall_that_comes_after_the_open_is_a_move() -> None:
    opens = split_at(2).closes.copy()
    opens[60] *= 1.8
    assert told(split_at(2, open=opens)) == []


@pytest.mark.parametrize(("traded", "is_found"), [(2.4, True), (5.0, False)])
def test_a_fall_by_half_on_heavy_trading_is_a_move(traded: float, is_found: bool) -> None:
    """After a split of 2:1 twice as many shares change hands for the same money."""
    volume = np.where(np.arange(len(sessions())) == 60, 1e6 * traded, 1e6)
    assert bool(found(split_at(2, volume=volume))) is is_found


@pytest.mark.parametrize("kind", ["index", "rate", "commodity", "currency", "crypto", "volatility"])
def test_what_has_no_shares_does_not_split(kind: str) -> None:
    assert told(split_at(2, kind=kind)) == []


def test_rows_far_apart_are_no_step() -> None:
    days = sessions()
    kept = np.r_[0:50, 60 : len(days)]
    one = split_at(2)
    assert {kind for kind, _ in told(held(days[kept], one.closes[kept]))} == {"missing_sessions"}


def test_a_listed_split_that_is_adjusted_for_is_fine_and_one_that_is_not_is_named() -> None:
    ex_date = sessions()[60].item()
    listed = [Split("TEST", ex_date, 2.0)]
    assert told(split_at(1, splits=listed)) == []
    assert told(split_at(2, splits=listed)) == [("split_like", "the listed split of 2:1 is not adjusted for")]


def test_a_listed_split_after_the_share_basis_is_not_in_the_prices_yet() -> None:
    one = split_at(1)
    later = Split("TEST", date(2024, 7, 1), 2.0)
    undated = Split("TEST", None, 10.0)
    assert told(held(one.raw.dates, one.closes, splits=[later, undated])) == []


# --- bars -----------------------------------------------------------------------------------------------------------


def bars(**changed: tuple[int, float]) -> Held:
    """Sound bars, in which single cells are changed: column = (row, value)."""
    days = sessions()
    closes = wave(len(days))
    columns = {"open": closes * 0.999, "high": closes * 1.01, "low": closes * 0.99, "close": closes.copy()}
    kind = "equity"
    for name, (row, value) in changed.items():
        columns[name][row] = value
    return held(days, columns.pop("close"), kind, **columns)


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"high": (9, 50.0)}, "1 bar whose high is below its low"),
        ({"close": (9, 103.5)}, "1 bar whose close is outside its low and high"),
        ({"low": (9, -1.0)}, "1 bar whose low is not positive"),
        ({"open": (9, 0.0)}, "1 bar whose open is not positive"),
    ],
    ids=["crossed", "outside", "negative", "zero"],
)
def test_an_impossible_bar_is_found(changed: dict[str, tuple[int, float]], what: str) -> None:
    (one,) = [f for f in found(bars(**changed)) if f.kind == "impossible_bar"]
    assert (one.what, one.first) == (what, sessions()[9].item())
    assert one.detail


def test_rounding_makes_no_bar_impossible() -> None:
    days = sessions()
    closes = wave(len(days))
    assert told(held(days, closes, high=closes * 0.99995, low=closes * 0.99)) == []
    assert told(bars()) == []


def test_the_oil_future_may_close_below_zero_and_a_share_may_not() -> None:
    days = sessions("XNYS", date(2020, 3, 2), date(2020, 6, 1))
    closes = wave(len(days))
    closes[days == day("2020-04-20")] = -37.63
    assert told(held(days, closes, "commodity"), date(2020, 6, 1)) == []
    assert [kind for kind, _ in told(held(days, closes), date(2020, 6, 1))] == ["impossible_bar"]


# --- tails ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("short", "what"), [(5, None), (6, "ends 6 sessions before 2024-06-28")])
def test_a_series_that_ends_before_the_others_is_stale(short: int, what: str | None) -> None:
    days = sessions()[:-short]
    assert [w for _, w in told(held(days, wave(len(days))))] == ([what] if what else [])


def test_a_macro_series_is_stale_when_its_next_figures_should_be_known() -> None:
    months = np.arange("2022-01", "2024-03", dtype="datetime64[M]").astype("datetime64[D]")
    one = held(months, wave(len(months)), "macro", "macro", basis="raw")
    assert told(one, date(2024, 6, 1)) == []
    assert told(one, date(2024, 9, 1)) == [("stale_tail", "ends 213 days before 2024-09-01")]


@pytest.mark.parametrize(("times", "is_found"), [(4, False), (5, True)])
def test_a_last_close_that_is_repeated_is_stale(times: int, is_found: bool) -> None:
    days = sessions()
    closes = wave(len(days))
    closes[-times:] = closes[-1]
    assert bool(found(held(days, closes))) is is_found
    volume = np.arange(len(days), dtype=np.float64)
    assert told(held(days, closes, volume=volume)) == []


def test_an_unchanged_policy_rate_is_not_stale() -> None:
    months = np.arange("2023-01", "2024-06", dtype="datetime64[M]").astype("datetime64[D]")
    assert told(held(months, np.full(len(months), 5.33), "rate", "macro", basis="raw")) == []


# --- agreement ------------------------------------------------------------------------------------------------------


def both(a: np.ndarray, b: np.ndarray) -> list[Finding]:
    days = sessions()
    return list(findings_of([held(days, a, source="first"), held(days, b, source="second")], LAST))


def test_closes_that_differ_are_counted_and_the_largest_is_named() -> None:
    a = wave(len(sessions()))
    b = a.copy()
    b[3] *= 1.002
    b[8] *= 1.03
    b[12] *= 1.0009
    (one,) = both(a, b)
    assert (one.kind, one.source) == ("disagreement", "first, second")
    assert one.what == f"2 of {len(a)} common days differ by more than 0.1%"
    assert (one.first, one.last) == (sessions()[3].item(), sessions()[8].item())
    assert one.detail == f"the most on {sessions()[8]}: {a[8]:g} and {b[8]:g}"


def test_a_constant_factor_is_another_basis() -> None:
    a = wave(len(sessions()))
    (one,) = both(a, a / 10)
    assert one.detail.startswith("different bases, the first is 10 times the other on each of them; ")
    (one,) = both(a / 4, a)
    assert one.detail.startswith("different bases, the first is 1/4 of the other ")
    assert both(a, a * 1.0009) == []


def test_only_the_end_of_the_series_that_is_served_matters() -> None:
    days, a = sessions(), wave(len(sessions()))
    old = held(days[:60], a[:60], source="second")
    assert list(findings_of([held(days, a, source="first"), old], LAST)) == []
    assert [f.kind for f in findings_of([old, held(days, a, source="first")], LAST)] == ["stale_tail"]


# --- sound series ---------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(
    exchange=st.sampled_from(["XNYS", "XFRA", "XLON", "XTKS", "24/7", "24/5"]),
    first=st.dates(date(1998, 1, 5), date(2024, 1, 1)),
    length=st.integers(2, 400),
    seed=st.integers(0, 2**32 - 1),
)
def test_a_sound_series_on_a_real_calendar_has_no_finding(exchange: str, first: date, length: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    days = sessions(exchange, first, date(2025, 12, 31))[:length]
    closes = 100 * np.exp(np.cumsum(chance.normal(0, 0.02, len(days)).clip(-0.2, 0.2)))
    opens = closes * np.exp(chance.normal(0, 0.003, len(days)))
    high, low = np.maximum(opens, closes) * 1.005, np.minimum(opens, closes) * 0.995
    volume = chance.uniform(1e5, 1e7, len(days))
    one = held(days, closes, "equity", exchange, open=opens, high=high, low=low, volume=volume)
    assert told(one, days[-1].item()) == []
    assert list(findings_of([one, held(days, closes * (1 + 5e-4), "equity", exchange)], days[-1].item())) == []


def test_an_empty_series_has_no_finding() -> None:
    assert told(held(sessions()[:0], [])) == []


# --- real data ------------------------------------------------------------------------------------------------------


def test_the_facts_pack_is_as_its_readme_says() -> None:
    """Its known holes and its deliberate ends, a line each, and nothing that would be an error."""
    every = [f for _, found in examine([FactsSource()], load_catalogue()) for f in found]
    assert {f.kind for f in every} == {"missing_sessions", "stale_tail"}
    holes = {f.symbol for f in every if f.kind == "missing_sessions"}
    assert holes == {"BTC-USD", "EURUSD=X", "^GDAXI", "^IXIC", "^VIX"}
    (nasdaq,) = [f for f in every if f.symbol == "^IXIC"]
    assert nasdaq.what.startswith("286 of ")
    assert "AAPL" not in {f.symbol for f in every}
    assert len(every) < 30


def test_a_file_that_cannot_be_read_is_a_finding_and_stops_nothing(write: Write, catalogue: Catalogue) -> None:
    rows = "date,close\n2025-01-24,142.6\n2025-01-27,118.4\n"
    folder = write({"NVDA.csv": rows, "META.csv": "date,close\n2025-01-24,?\n"})
    done = dict(examine([FolderSource(folder)], catalogue))
    (bad,) = done["META"]
    assert (bad.kind, bad.first) == ("unreadable", None)
    assert "META.csv, line 2" in bad.what
    assert done["NVDA"] == ()


def test_a_split_that_only_another_source_lists_is_known(write: Write) -> None:
    rows = "date,close\n2024-06-06,1209.98\n2024-06-07,1208.88\n2024-06-10,121.79\n2024-06-11,120.91\n"
    done = dict(examine([FolderSource(write({"NVDA.csv": rows})), FactsSource()], load_catalogue(), ["NVDA"]))
    splits = [f for f in done["NVDA"] if f.kind == "split_like"]
    assert [f.what for f in splits] == ["the listed split of 10:1 is not adjusted for"]
    (apart,) = [f for f in done["NVDA"] if f.kind == "disagreement"]
    assert apart.detail.startswith("different bases, the first is 10 times the other")


@pytest.mark.shared
def test_the_shared_folder_has_no_impossible_bar_and_no_unknown_split(shared: Path) -> None:
    sources = [FolderSource(shared / "market"), FactsSource()]
    every = [f for _, found in examine(sources, load_catalogue()) for f in found]
    assert {f.kind for f in every} == set(KINDS) - {"unreadable", "split_like", "impossible_bar"}
    apart = {f.symbol: f.first for f in every if f.kind == "disagreement"}
    assert apart.keys() == {"BTC-USD", "EURUSD=X", "NVDA", "^IXIC"}
    assert apart["^IXIC"] == date(1997, 10, 27)
