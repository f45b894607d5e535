"""The catalogue of instruments: what it holds, how files add to it, what is refused with its line."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import run

import pytest

from analyzer.errors import ConfigError
from analyzer.market.instrument_files import read_catalogue
from analyzer.market.instruments import KINDS, Catalogue, load_catalogue
from analyzer.market.instruments import shipped as shipped_files
from analyzer.market.name_index import name_index

FACTS = (
    "NVDA", "QQQ", "SPY", "SMH", "SOXX", "MSFT", "AVGO", "AMD", "TSM", "GOOGL", "META", "AMZN", "AAPL", "ORCL", "MU",
    "ASML", "TSLA", "^VIX", "^IXIC", "^GSPC", "^GDAXI", "GLD", "TLT", "KWEB", "BABA", "BTC-USD", "EURUSD=X",
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def user_file(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


# --- what ships --------------------------------------------------------------------------------------------------


def test_the_shipped_files_hold_together_as_a_whole(shipped: Catalogue) -> None:
    """Which is not looked at each time that they are loaded by themselves."""
    whole = read_catalogue(shipped_files())
    assert (whole.instruments, whole.baskets) == (shipped.instruments, shipped.baskets)


def test_everything_in_the_facts_pack_is_an_instrument(shipped: Catalogue) -> None:
    assert [symbol for symbol in FACTS if shipped.get(symbol) is None] == []


def test_everything_in_a_folder_of_the_shared_form_is_an_instrument(shipped: Catalogue, shared: Path) -> None:
    with (shared / "market" / "SOURCES.csv").open(encoding="utf-8") as file:
        rows = [(row["symbol"], row["first"]) for row in csv.DictReader(file)]
    assert [symbol for symbol, _ in rows if shipped.get(symbol) is None] == []
    early = [symbol for symbol, first in rows if (found := shipped.get(symbol)) and first < str(found.listed or "")]
    assert early == [], "a series cannot begin before the instrument was listed"


def test_kinds_exchanges_and_listings_are_those_of_the_world(shipped: Catalogue) -> None:
    nvidia, dax, bitcoin = shipped.get("NVDA"), shipped.get("^GDAXI"), shipped.get("BTC-USD")
    euro, prices = shipped.get("EURUSD=X"), shipped.get("CPIAUCSL")
    assert nvidia
    assert dax
    assert bitcoin
    assert euro
    assert prices
    assert (nvidia.kind, nvidia.exchange, nvidia.listed) == ("equity", "XNYS", date(1999, 1, 22))
    assert (nvidia.benchmark, nvidia.volatility_index, nvidia.region) == ("^GSPC", "^VIX", "US")
    assert (dax.exchange, dax.currency, dax.listed) == ("XFRA", "EUR", date(1988, 7, 1))
    assert (bitcoin.exchange, euro.exchange, prices.exchange) == ("24/7", "24/5", "macro")
    assert (euro.base, euro.currency, prices.currency) == ("EUR", "USD", None)
    assert {i.kind for i in shipped.instruments} == set(KINDS)


def test_every_exchange_has_a_calendar(shipped: Catalogue) -> None:
    codes = {i.exchange for i in shipped.instruments} - {"macro"}
    from exchange_calendars import get_calendar_names

    assert codes <= set(get_calendar_names())


def test_the_catalogue_holds_sixty_large_companies_of_three_continents(shipped: Catalogue) -> None:
    shares = [i for i in shipped.instruments if i.kind == "equity"]
    assert len(shares) > 200
    for symbol in ("JPM", "LEH", "SAP.DE", "BMW.DE", "SHEL.L", "NESN.SW", "005930.KS", "8035.T", "9984.T", "0700.HK"):
        assert shipped.get(symbol), symbol


def test_a_benchmark_is_never_the_instrument_itself(shipped: Catalogue) -> None:
    assert [
        i.symbol for i in shipped.instruments if i.symbol in (i.benchmark, i.volatility_index, *i.substitutes)
    ] == []


def test_each_entry_gives_a_text_for_search(shipped: Catalogue) -> None:
    texts = dict(shipped.entries_text())
    assert len(texts) == len(shipped.instruments) + len(shipped.baskets)
    assert "Angstbarometer" in texts["^VIX"]
    assert "volatility" in texts["^VIX"]
    assert "KI-Aktien" in texts["ai-stocks"]


# --- baskets -----------------------------------------------------------------------------------------------------


def test_a_basket_has_the_members_of_the_day(shipped: Catalogue) -> None:
    ai, regional = shipped.basket("ai-stocks"), shipped.basket("regional-banks")
    assert ai
    assert regional
    assert "AVGO" in ai.at(date(2025, 1, 27))
    assert "AVGO" not in ai.at(date(2022, 11, 29))
    assert "ARM" not in ai.at(date(2023, 9, 13))
    assert "ARM" in ai.at(date(2023, 9, 14))
    assert "SIVB" in regional.at(date(2023, 3, 9))
    assert "SIVB" not in regional.at(date(2023, 3, 10))


def test_every_basket_says_why_and_the_main_ones_can_be_tested_on_the_facts_pack(shipped: Catalogue) -> None:
    assert all(len(b.why) > 40 and b.members for b in shipped.baskets)
    for name in ("ai-stocks", "big-tech", "magnificent-seven", "faang"):
        basket = shipped.basket(name)
        assert basket
        members = basket.at(date(2025, 1, 27))
        assert sum(m in FACTS for m in members) >= 0.75 * len(members), name


def test_no_member_is_listed_after_it_joined(shipped: Catalogue) -> None:
    late = []
    for basket in shipped.baskets:
        for member in basket.members:
            found = shipped.get(member.symbol)
            if found and member.since and found.listed and found.listed > member.since:
                late.append((basket.id, member.symbol))
    assert late == []


# --- a user's file -----------------------------------------------------------------------------------------------


def test_a_user_adds_instruments_and_baskets(user_file: Callable[[str], Path]) -> None:
    path = user_file(
        "defaults: {kind: equity, exchange: XFRA, currency: EUR}\n"
        "instruments:\n"
        "  MUM.DE: {name: Mensch und Maschine, listed: 1997-07-21, de: [Mensch & Maschine]}\n"
        "baskets:\n"
        "  cad:\n    name: CAD makers\n    why: sellers of CAD software in Germany\n"
        "    members: [MUM.DE, {symbol: SAP.DE, until: 2001-01-01}]\n"
    )
    catalogue = load_catalogue((path,))
    added, basket = catalogue.get("MUM.DE"), catalogue.basket("cad")
    assert added
    assert (added.exchange, added.listed) == ("XFRA", date(1997, 7, 21))
    assert basket
    assert basket.at(date(2020, 1, 1)) == ("MUM.DE",)
    assert load_catalogue().get("MUM.DE") is None


def test_a_user_adds_a_name_and_replaces_a_value_of_a_shipped_entry(user_file: Callable[[str], Path]) -> None:
    path = user_file(
        "defaults: {exchange: XFRA}\ninstruments:\n  NVDA: {name: NVIDIA Corporation, de: [die grüne Macht]}\n"
    )
    mine, shipped = load_catalogue((path,)).get("NVDA"), load_catalogue().get("NVDA")
    assert mine
    assert shipped
    assert mine.name == "NVIDIA Corporation"
    assert "die grüne Macht" in mine.aliases["de"]
    assert set(shipped.aliases["de"]) - {"Nvidia"} <= set(mine.aliases["de"])
    assert mine.exchange == "XNYS", "a file's defaults fill what is missing and replace nothing"


def test_a_changed_file_is_read_again(user_file: Callable[[str], Path]) -> None:
    path = user_file("instruments: {ABC: {name: Abece, kind: equity, exchange: XNYS}}\n")
    assert load_catalogue((path,)).get("ABC")
    path.write_text("instruments: {XYZ9: {name: Xyz, kind: equity, exchange: XNYS}}\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert load_catalogue((path,)).get("ABC") is None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("instruments:\n  ABC:\n    name: Abc\n    kind: equity\n    exchang: XNYS\n", 5, "Did you mean 'exchange'"),
        ("instruments:\n  ABC: {name: Abc, kind: stock, exchange: XNYS}\n", 2, "unknown kind 'stock'"),
        ("instruments:\n  ABC: {name: Abc, kind: equity, exchange: XNYS,\n    listed: 27.1.2025}\n", 3, "no date"),
        ("instruments:\n  ABC: {name: Abc, kind: equity}\n", 2, "exchange must be given"),
        ("instruments:\n  ABC: {name: Abc, kind: equity, exchange: XNYS, region: Mars}\n", 2, "unknown region 'Mars'"),
        ("instruments:\n  ABC:\n    name: Abc\n    kind: equity\n    exchange: XNYS\n    de: [Nvidia]\n", 6, "of NVDA"),
        (
            "instruments:\n  ABC: {name: Abc, kind: equity, exchange: XNYS, benchmark: ^GSPX}\n",
            2, "Did you mean '^GSPC'",
        ),
        ("instruments:\n  ABC: {name: Abc, kind: equity, exchange: XNYS, names: Abcd}\n", 2, "a list is wanted"),
        ("instruments:\n  ABC: {name: A1, kind: equity, exchange: XNYS}\n  ABC: {name: A2}\n", 3, "stands here twice"),
        (
            "baskets:\n  mine:\n    name: Mine\n    why: because\n    members: [NVDA, NVDIA]\n",
            5, "'NVDIA' is not in the",
        ),
        ("baskets:\n  mine:\n    name: Mine\n    why: x\n    members: [{since: 2020-01-01}]\n", 5, "needs its symbol"),
        ("instrument:\n  ABC: {}\n", 1, "Did you mean 'instruments'"),
        ("instruments: [ABC]\n", 1, "a mapping is wanted"),
        ("instruments:\n  ABC:\n    [Abece]\n", 3, "a mapping is wanted"),
        ("hello\n", 1, "a mapping is wanted"),
        ("instruments:\n  ABC: {name: [}\n", 2, "this is no YAML"),
        ("instruments:\n\tABC: {name: Abece}\n", 2, "a tab stands here. Indent with spaces"),
        ("instruments:\n  ABC:\n    name: Abece: the maker\n", 3, "put names with : # @ * & ! or % in quotation marks"),
        ("instruments:\n  ABC:\n    name: '\x07'\n", 3, "a character that no text holds"),
        ("instruments:\n  A: {name: Abece, kind: equity, exchange: NYSE}\n", 2, "'NYSE' is written XNYS"),
        ("defaults: {kind: equity,\n  exchange: XNAS}\n", 2, "'XNAS' is written XNYS"),
        ("instruments:\n  A: {name: Abece, kind: crypto, exchange: 247}\n", 2, "'247'. There are: 24/5, 24/7"),
        ("instruments:\n  A: {name: Abece, kind: equity,\n    currency: usd}\n", 3, "write it as USD, EUR or GBP"),
        ("instruments:\n  A:\n    {name: A1, kind: equity, exchange: XNYS, en: [now]}\n", 3, "'now' is a common word"),
        ("instruments:\n  A:\n    {kind: equity, exchange: XNYS, name: Die}\n", 3, "'Die' is a common word"),
        ("instruments:\n  A: {name: Abece, kind: equity, exchange: XNYS, de: [X]}\n", 2, "or a single letter"),
        ("instruments:\n  A: {name: Abece, kind: equity, exchange: XNYS, de: ['%']}\n", 2, "holds no letter"),
        ("instruments:\n  A: {name: Abece, kind: equity, exchange: XNYS, de: ['']}\n", 2, "a word or a phrase"),
        ("baskets:\n  NVDA: {name: Mine, why: because, members: [AAPL]}\n", 2, "Give the basket another id"),
        ("baskets:\n  mine: {name: Mine, why: because,\n    members: []}\n", 3, "a basket needs a member"),
        ("baskets:\n  mine: {name: Mine, why: because, members: [AMD, AMD]}\n", 2, "AMD is a member twice"),
        (
            "baskets:\n  mine: {name: Mine, why: x, members: [{symbol: AMD, since: 2024-01-02, until: 2024-01-02}]}\n",
            2, "until 2024-01-02, which is not after 2024-01-02",
        ),
        (
            "baskets:\n  b: {name: Mine, why: x, members: [{symbol: AMD, until: 2020-01-02, known: 2021-01-04}]}\n",
            2, "was not known as one before 2021-01-04",
        ),
        (
            "baskets:\n  mine: {name: Mine, why: x, members: [{symbol: ARM, since: 2020-01-01}]}\n",
            2, "ARM is a member since 2020-01-01, before its first session on 2023-09-14",
        ),
    ],
)  # fmt: skip
def test_an_error_in_a_users_file_names_its_line(
    user_file: Callable[[str], Path], text: str, line: int, says: str
) -> None:
    path = user_file(text)
    with pytest.raises(ConfigError) as error:
        load_catalogue((path,))
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert says in str(error.value)
    assert error.value.exit_code == 2


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.yaml: .*cannot be read"):
        load_catalogue((tmp_path / "absent.yaml",))
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory"):
        load_catalogue((tmp_path,))
    binary = tmp_path / "binary.yaml"
    binary.write_bytes("instruments:\n  ABC: {name: Müller}\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"binary\.yaml:2: .*byte 0xfc\. Save it as UTF-8"):
        load_catalogue((binary,))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "instruments:\n", "\ufeff# with a mark at its beginning\n"])
def test_an_empty_file_adds_nothing(user_file: Callable[[str], Path], text: str) -> None:
    assert len(load_catalogue((user_file(text),)).instruments) == len(load_catalogue().instruments)


def test_a_common_word_may_be_a_name_beside_words_of_its_own(user_file: Callable[[str], Path]) -> None:
    path = user_file(
        "instruments:\n  A.B: {name: Abece, kind: equity, exchange: XWAR, ambiguous: [Now, X], context: [software]}\n"
    )
    found = load_catalogue((path,)).get("A.B")
    assert found
    assert (found.wording.ambiguous, found.exchange) == (("Now", "X"), "XWAR")


def test_a_member_counts_from_the_day_on_which_its_membership_was_public(user_file: Callable[[str], Path]) -> None:
    members = "[NVDA, {symbol: AMD, since: 2020-01-02, known: 2020-03-02}, {symbol: MU, known: 2019-05-01}]"
    basket = load_catalogue((user_file(f"baskets:\n  b: {{name: My own, why: x, members: {members}}}\n"),)).basket("b")
    assert basket
    days = (date(2019, 4, 30), date(2020, 2, 28), date(2020, 3, 2))
    assert [basket.at(day) for day in days] == [("NVDA",), ("NVDA", "MU"), ("NVDA", "AMD", "MU")]


def test_a_share_may_leave_a_basket_and_come_back(user_file: Callable[[str], Path]) -> None:
    members = "[{symbol: AMD, since: 2020-01-02}, {symbol: AMD, until: 2010-01-04}]"
    basket = load_catalogue((user_file(f"baskets:\n  b: {{name: My own, why: x, members: {members}}}\n"),)).basket("b")
    assert basket
    assert [basket.at(date(year, 6, 1)) for year in (2009, 2015, 2021)] == [("AMD",), (), ("AMD",)]


# --- time --------------------------------------------------------------------------------------------------------


def test_finding_names_loads_no_table_library() -> None:
    code = (
        "import sys; from analyzer.market.instruments import load_catalogue;"
        "from analyzer.market.mentions import find_mentions;"
        "assert find_mentions('Der Dax fiel.', 'de', load_catalogue());"
        "print(sorted({'pandas', 'numpy', 'exchange_calendars', 'rapidfuzz', 'chromadb'} & set(sys.modules)))"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_loading_is_cached(shipped: Catalogue) -> None:
    assert load_catalogue() is shipped
    assert name_index(shipped, "de") is name_index(shipped, "de")


def test_the_codes_of_regions_are_those_that_have_words() -> None:
    from analyzer.market.regions import CODES
    from analyzer.market.words import regions

    assert set(CODES) == set(regions())
