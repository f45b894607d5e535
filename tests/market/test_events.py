"""Whom an event concerns: those that it names, those listed for its kind, the members that a basket had on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analyzer.errors import ConfigError
from analyzer.market.instruments import Catalogue, Target, load_catalogue
from analyzer.market.market import open_market
from analyzer.series import Event

RULE = Event(date(2024, 12, 2), "export control", "Rules on memory", ("NVDA",))
DECISION = Event(date(2025, 1, 29), "FOMC", "FOMC statement")
RESULTS = Event(date(2025, 1, 30), "earnings", "Results", ("AAPL",))
EVENTS = (RULE, DECISION, RESULTS)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


def _target(catalogue: Catalogue, code: str) -> Target:
    found = catalogue.get(code) or catalogue.basket(code)
    assert found
    return found


@pytest.mark.parametrize(
    ("code", "events"),
    [
        ("NVDA", (RULE,)),
        ("ASML", (RULE,)),
        ("chip-stocks", (RULE,)),
        ("DGS10", (DECISION,)),
        ("EURUSD=X", (DECISION,)),
        ("JPM", (DECISION,)),
        ("AAPL", (RESULTS,)),
        ("BAS.DE", ()),
    ],
)
def test_an_entry_has_the_events_that_concern_it(shipped: Catalogue, code: str, events: tuple[Event, ...]) -> None:
    assert shipped.events_for(_target(shipped, code), EVENTS) == events


def test_a_member_is_concerned_from_the_day_on_which_it_joined(shipped: Catalogue) -> None:
    before, after = (Event(date(2023, 9, day), "Export Control", "Rules") for day in (13, 14))
    assert shipped.events_for(_target(shipped, "ARM"), (before, after)) == (after,)


def test_decisions_of_the_ecb_concern_the_euro_and_the_dax(shipped: Catalogue) -> None:
    decision = Event(date(2025, 1, 30), "ECB", "ECB decision")
    for code in ("EURUSD=X", "^GDAXI", "DBK.DE", "ECBDFR"):
        assert shipped.events_for(_target(shipped, code), (decision,)) == (decision,), code
    assert shipped.events_for(_target(shipped, "AAPL"), (decision,)) == ()


def test_the_market_serves_each_event_with_all_whom_it_concerns(shipped: Catalogue) -> None:
    events = open_market((), shipped).open(date(2025, 1, 31)).data([]).events
    decision = next(e for e in events if e.date == date(2025, 1, 29))
    assert set(decision.symbols) >= {"SPY", "QQQ", "TLT", "GLD", "DGS10", "^GSPC", "JPM", "regional-banks"}
    assert "NVDA" not in decision.symbols, "what moves it with the whole market is taken out by its benchmark"


def test_every_kind_of_the_facts_pack_but_results_has_its_list(shipped: Catalogue) -> None:
    events = open_market((), shipped).open().data([]).events
    assert {e.kind.casefold() for e in events} - set(shipped.events) == {"earnings"}


# --- a user's file -----------------------------------------------------------------------------------------------


@pytest.fixture
def user_file(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_user_adds_to_the_list_of_a_kind_and_adds_kinds(user_file: Callable[[str], Path]) -> None:
    mine = load_catalogue((user_file("events:\n  fomc: [NVDA]\n  SNB: [CHF=X, luxury-stocks]\n"),))
    assert DECISION in mine.events_for(_target(mine, "NVDA"), EVENTS)
    assert DECISION in mine.events_for(_target(mine, "DGS10"), EVENTS)
    swiss = Event(date(2015, 1, 15), "SNB", "SNB gives up the floor")
    assert mine.events_for(_target(mine, "MC.PA"), (swiss,)) == (swiss,)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("events:\n  SNB:\n    [CHF=X, CHFX]\n", 3, "'CHFX' is not in the catalogue"),
        ("events:\n  SNB: CHF=X\n", 2, "a list is wanted"),
        ("events: [SNB]\n", 1, "a mapping is wanted"),
    ],
)
def test_an_error_names_its_line(user_file: Callable[[str], Path], text: str, line: int, says: str) -> None:
    path = user_file(text)
    with pytest.raises(ConfigError) as error:
        load_catalogue((path,))
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert says in str(error.value)
