"""Yahoo by the real yfinance, against a server on loopback that answers what it asks for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from services import NEW_YORK, NOT_ALLOWED, NOT_FOUND, Answer, Services, chart

from analyzer.market.cache import store
from analyzer.market.folder import FolderSource
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market
from analyzer.market.network import FetchError
from analyzer.market.network.retry import Pace, Patience
from analyzer.market.network.yahoo import Yahoo
from analyzer.market.network.yahoo_session import HOME, sent_to
from analyzer.series import SeriesRequest

pytest.importorskip("yfinance", reason="the extra market is not installed")
ROOT = Path(__file__).resolve().parents[3]
DAYS = ["2024-06-06", "2024-06-07", "2024-06-10"]
GOOD = Answer(chart(DAYS, [1.0, 2.0, 3.0]))


@pytest.fixture
def yahoo(services: Services, patience: Patience, pace: Pace) -> Yahoo:
    return Yahoo(services.url, patience, pace)


# --- what comes -------------------------------------------------------------------------------------------------------


def test_bars_dividends_and_splits(services: Services, yahoo: Yahoo) -> None:
    more = {"splits": {"2024-06-10": 10}, "dividends": {"2024-06-07": 0.01}}
    services.answers = [Answer(chart(DAYS, [120.0, 121.0, 122.0], **more))]
    found = yahoo.fetch("NVDA", "equity")
    assert found.dates.astype(str).tolist() == DAYS
    assert found.columns["close"].tolist() == [120.0, 121.0, 122.0]
    assert found.columns["adj_close"] == pytest.approx([118.8, 119.79, 120.78])
    assert set(found.columns) == {"open", "high", "low", "close", "adj_close", "volume"}
    assert [(s.symbol, s.ex_date, s.new_shares_per_old) for s in found.splits] == [("NVDA", date(2024, 6, 10), 10.0)]
    assert (found.currency, found.basis) == ("USD", "split_adjusted")
    assert found.url == f"{services.url}/v8/finance/chart/NVDA"
    assert {"/", "/v1/test/getcrumb"} >= set(services.beside)
    assert services.queries()[-1]["events"] == "div,splits,capitalGains"


@pytest.mark.parametrize(("theirs", "ours"), [("GBp", "GBP"), ("ZAc", "ZAR"), ("ILA", "ILS")])
def test_pence_become_pounds(services: Services, yahoo: Yahoo, theirs: str, ours: str) -> None:
    services.answers = [Answer(chart(DAYS, [70.0, 71.0, 72.0], currency=theirs))]
    found = yahoo.fetch("VOD.L", "equity")
    assert (found.currency, found.columns["close"].tolist()) == (ours, [0.70, 0.71, 0.72])
    assert found.columns["adj_close"] == pytest.approx([0.693, 0.7029, 0.7128])
    assert found.columns["volume"].tolist() == [100.0, 100.0, 100.0]


def test_the_points_of_an_index_stay_points(services: Services, yahoo: Yahoo) -> None:
    services.answers = [Answer(chart(DAYS, [70.0, 71.0, 72.0], currency="ZAc", instrument="INDEX"))]
    found = yahoo.fetch("^J203.JO", "index")
    assert (found.currency, found.columns["close"].tolist()) == ("ZAR", [70.0, 71.0, 72.0])


def test_every_request_keeps_the_pace(services: Services, patience: Patience) -> None:
    services.answers = [GOOD]
    start = time.monotonic()
    Yahoo(services.url, patience, Pace(0.05)).fetch("INTC", "equity")
    requests = len(services.asked) + len(services.beside)
    assert requests >= 2
    assert time.monotonic() - start >= 0.05 * (requests - 1)


# --- a session that is not over ---------------------------------------------------------------------------------------


def rows_kept(services: Services, yahoo: Yahoo, end: datetime | None, last: date) -> int:
    stamp = None if end is None else int(end.timestamp())
    services.answers = [Answer(chart([*DAYS, str(last)], [1.0, 2.0, 3.0, 4.0], end=stamp))]
    return len(yahoo.fetch("NVDA", "equity").dates)


def tonight() -> datetime:
    """The end of a day in New York, at which it is the next day in Greenwich; futures trade so long."""
    return datetime.now(NEW_YORK).replace(hour=23, minute=59)


def test_the_bar_of_a_session_that_is_not_over_is_left_out(services: Services, yahoo: Yahoo) -> None:
    assert rows_kept(services, yahoo, tonight(), tonight().date()) == 3


@pytest.mark.parametrize(("minutes", "rows"), [(10, 3), (40, 4)])
def test_so_is_one_that_may_still_change(services: Services, yahoo: Yahoo, minutes: int, rows: int) -> None:
    end = datetime.now(NEW_YORK) - timedelta(minutes=minutes)
    assert rows_kept(services, yahoo, end, end.date()) == rows


def test_where_the_end_is_unknown_a_bar_of_today_is_left_out(services: Services, yahoo: Yahoo) -> None:
    assert rows_kept(services, yahoo, None, tonight().date()) == 3


def test_a_share_on_its_first_day_has_no_series_yet(services: Services, yahoo: Yahoo) -> None:
    services.answers = [Answer(chart([str(tonight().date())], [1.0], end=int(tonight().timestamp())))]
    with pytest.raises(FetchError, match="no finished session yet") as caught:
        yahoo.fetch("NEWCO", "equity")
    assert caught.value.code == "no_data"


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [
        [Answer("Too Many Requests", 429), Answer("Too Many Requests", 429), GOOD],
        [Answer("<html>Bad Gateway</html>", 502), Answer("", 503, {"Retry-After": "0"}), GOOD],
        [Answer(GOOD.body, cut=True), GOOD],
        [Answer(NOT_ALLOWED, 401), GOOD],
    ],
    ids=["throttled", "failed", "cut off", "another cookie"],
)
def test_what_may_get_better_is_asked_again(services: Services, yahoo: Yahoo, answers: list[Answer]) -> None:
    services.answers = answers
    assert len(yahoo.fetch("TSLA", "equity").dates) == 3


@pytest.mark.parametrize(
    ("answer", "code", "what"),
    [
        (Answer("Too Many Requests", 429), "throttled", r"too many requests \(HTTP 429\)"),
        (Answer("<html>oops</html>", 500), "unreachable", r"the service failed \(HTTP 500\)"),
        (Answer(NOT_FOUND, 404), "no_data", "no such series. Check the symbol"),
        (Answer(NOT_ALLOWED, 401), "refused", r"was refused \(HTTP 401\)"),
        (Answer(chart([], [])), "no_data", "no rows"),
        (Answer("<html>Log in</html>"), "changed", r"cannot read \(JSONDecodeError\)"),
        (Answer('{"chart": {"result": [{"meta": {}}]}}'), "changed", r"cannot read \(KeyError\)"),
    ],
    ids=["throttled", "failed", "unknown", "refused", "empty", "page", "changed"],
)
def test_what_is_no_series_is_said(services: Services, yahoo: Yahoo, answer: Answer, code: str, what: str) -> None:
    services.answers = [answer]
    with pytest.raises(FetchError, match=f"yahoo: QQQQ: .*{what}") as caught:
        yahoo.fetch("QQQQ", "etf")
    assert caught.value.code == code
    assert services.url not in str(caught.value)


def test_what_was_bad_once_is_not_kept(services: Services, yahoo: Yahoo) -> None:
    services.answers = [Answer("<html>Will be right back</html>")]
    with pytest.raises(FetchError):
        yahoo.fetch("AMZN", "equity")
    services.answers = [GOOD]
    assert len(yahoo.fetch("AMZN", "equity").dates) == 3


def test_an_unknown_symbol_costs_one_request(services: Services, yahoo: Yahoo) -> None:
    services.answers = [Answer(NOT_FOUND, 404)]
    with pytest.raises(FetchError, match="no such series"):
        yahoo.fetch("NOSUCH", "equity")
    assert [path.partition("?")[0] for path in services.asked] == ["/v8/finance/chart/NOSUCH"]


def test_a_pause_that_yahoo_asks_for_is_told(services: Services, yahoo: Yahoo) -> None:
    services.answers = [Answer("Too Many Requests", 429, {"Retry-After": "600"})]
    with pytest.raises(FetchError, match="Try again in 600 seconds") as caught:
        yahoo.fetch("ORCL", "equity")
    assert caught.value.retry_after == 600.0
    assert len(services.asked) == 2  # yfinance's own second way, and no further try of ours


def test_a_closed_door_is_no_answer(patience: Patience, pace: Pace) -> None:
    with pytest.raises(FetchError, match=r"yahoo: AMD: no answer \(ConnectionError\)") as caught:
        Yahoo("http://127.0.0.1:9", patience, pace).fetch("AMD", "equity")
    assert caught.value.code == "unreachable"


# --- a split, and the traces that are left ----------------------------------------------------------------------------


def test_a_split_re_bases_the_past_and_the_cache_is_replaced(services: Services, yahoo: Yahoo, tmp_path: Path) -> None:
    before = Answer(chart(DAYS[:2], [1200.0, 1210.0]))
    after = Answer(chart(DAYS, [120.0, 121.0, 122.0], splits={"2024-06-10": 10}))
    catalogue, traded = load_catalogue(), SeriesRequest("NVDA", "close", "as_traded")
    for answer, values in ((before, [1200.0, 1210.0]), (after, [1200.0, 1210.0, 122.0])):
        services.answers = [answer]
        store(tmp_path, yahoo.fetch("NVDA", "equity"), "yahoo")
        series = Market([FolderSource(tmp_path)], catalogue).open(date(2024, 6, 10)).data([traded]).series[traded]
        assert series.values.tolist() == values


QUIET = """
import sys
from analyzer.market.network import FetchError
from analyzer.market.network.retry import Pace, Patience
from analyzer.market.network.yahoo import Yahoo
for url, symbol in zip(sys.argv[1:], ("NVDA", "NOSUCH")):
    try:
        Yahoo(url, Patience(tries=1), Pace(0.0)).fetch(symbol, "equity")
    except FetchError:
        pass
"""


def test_nothing_is_said_and_nothing_is_left_behind(services: Services, tmp_path: Path) -> None:
    services.answers = [GOOD]
    (tmp_path / "home").mkdir()
    (tmp_path / "tmp").mkdir()
    places = {"HOME": "home", "XDG_CACHE_HOME": "home", "LOCALAPPDATA": "home", "TMPDIR": "tmp", "TEMP": "tmp"}
    env = os.environ | {name: str(tmp_path / place) for name, place in places.items()} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", QUIET, services.url, "http://127.0.0.1:9"],
        env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(services.asked) == 2
    assert [*(tmp_path / "home").iterdir(), *(tmp_path / "tmp").iterdir()] == []


# --- where requests go, and whose symbols -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("home", "url", "sent"),
    [
        (HOME, "https://fc.yahoo.com", "https://fc.yahoo.com"),
        ("http://mirror", "https://fc.yahoo.com", "http://mirror/"),
        ("http://mirror", "https://query1.finance.yahoo.com/v1/x?a=b", "http://mirror/v1/x?a=b"),
        ("http://mirror", "https://notyahoo.example/x", "https://notyahoo.example/x"),
    ],
)
def test_only_what_is_for_yahoo_goes_to_the_mirror(home: str, url: str, sent: str) -> None:
    assert sent_to(home, url) == sent


@pytest.mark.parametrize(
    ("symbol", "kind", "serves"),
    [("NVDA", "equity", True), ("^GSPC", "index", True), ("CL=F", "commodity", True), ("EURUSD=X", "currency", True),
     ("BTC-USD", "crypto", True), ("XYZ", None, True), ("CPIAUCNS", "macro", False), ("DGS10", "rate", False)],
)  # fmt: skip
def test_which_symbols_it_may_have(yahoo: Yahoo, symbol: str, kind: str | None, serves: bool) -> None:
    assert yahoo.serves(symbol, kind) is serves
