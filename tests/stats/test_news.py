from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analyzer.series import Event, Series
from analyzer.stats.news import ClaimedNews, out_of_order, reacting_session, separate

MONDAY = date(2025, 1, 27)
DAYS = np.arange(np.datetime64("2025-01-13"), np.datetime64("2025-02-08"))
DAYS = DAYS[np.is_busday(DAYS)]
NVDA = Series("NVDA", "close", "split_adjusted", DAYS, np.ones(len(DAYS)), DAYS)

RANKING = Event(MONDAY, "AI model", "DeepSeek assistant tops the app store", ("NVDA", "TSM"))
TARIFF = Event(date(2025, 1, 26), "tariff", "Tariffs on chips announced", ("NVDA",))
OTHERS = Event(MONDAY, "earnings", "Other firm reports", ("MU",))


def test_news_of_a_weekend_is_for_the_next_session() -> None:
    assert reacting_session(NVDA, TARIFF) == MONDAY


def test_news_after_the_close_is_for_the_next_session() -> None:
    late = Event(MONDAY, "earnings", "NVDA results", ("NVDA",), after_close=True)
    assert reacting_session(NVDA, late) == date(2025, 1, 28)


def test_news_is_found_by_a_word_of_its_title() -> None:
    found = separate(NVDA, MONDAY, (RANKING, TARIFF, OTHERS), ClaimedNews("the DeepSeek shock", None))
    assert found.claimed == (RANKING,)
    assert found.competing == (TARIFF,)


def test_the_name_of_the_security_tells_nothing() -> None:
    results = Event(MONDAY, "earnings", "Nvidia results", ("NVDA",))
    found = separate(
        NVDA, MONDAY, (results,), ClaimedNews("Nvidia gains from export rules", None, common="NVDA Nvidia")
    )
    assert found.competing == (results,)


def test_a_title_of_unknown_words_is_found_by_its_date() -> None:
    found = separate(NVDA, MONDAY, (RANKING, TARIFF), ClaimedNews("Zollschock", date(2025, 1, 26)))
    assert found.claimed == (TARIFF,)


def test_unnamed_news_is_the_only_event_or_none() -> None:
    assert separate(NVDA, MONDAY, (RANKING,), ClaimedNews("", None)).claimed == (RANKING,)
    assert len(separate(NVDA, MONDAY, (RANKING, TARIFF), ClaimedNews("", None)).competing) == 2


def test_news_two_sessions_away_does_not_compete() -> None:
    away = Event(date(2025, 1, 23), "tariff", "Tariffs on steel", ("NVDA",))
    assert separate(NVDA, MONDAY, (away,), ClaimedNews("DeepSeek", None)).competing == ()


@pytest.mark.parametrize(
    ("dated", "claimed", "late"),
    [
        (date(2025, 1, 28), (), True),
        (MONDAY, (), False),
        (None, (), False),
        (None, (RANKING,), False),
        (None, (Event(MONDAY, "earnings", "results", ("NVDA",), after_close=True),), True),
        (None, (Event(MONDAY, "earnings", "results", ("NVDA",), after_close=True), RANKING), False),
    ],
)
def test_news_after_the_close_of_the_session_is_out_of_order(
    dated: date | None, claimed: tuple[Event, ...], late: bool
) -> None:
    assert out_of_order(MONDAY, dated, claimed) is late
