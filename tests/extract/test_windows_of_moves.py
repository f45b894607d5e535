"""Windows of moves that stand in nouns, side clauses and the sentence before; distances from a dated high; lists that
leave out a verb; ranks of what was told before."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import claims_in, trials

from analyzer.model import Language

SATURDAY = date(2020, 2, 29)
NEW_YEARS_EVE = date(2022, 12, 31)
SPRING = date(2019, 4, 16)
AUTUMN = date(2008, 10, 7)


def windows(text: str, language: Language, published: date) -> list[tuple[str, str, str]]:
    found = (t for t in trials(text, language, published) if t.check == "period_return")
    return [(t.params["symbol"], t.params["base"], t.params["last"]) for t in found]


def sessions(text: str, language: Language, published: date) -> list[tuple[str, str]]:
    found = (t for t in trials(text, language, published) if t.check == "session_return")
    return [(t.params["symbol"], t.params["session"]) for t in found]


LAST_WEEK = ("2020-02-21", "2020-02-28")


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Monday's slump capped a week in which the S&P 500 stock index lost 11.5%.", "^GSPC"),
        ("The Dow closed out its week with a 12% decline.", "^DJI"),
        ("It was a brutal week for the Dow, which lost 12.4%.", "^DJI"),
        ("That brings the Nasdaq's loss for the week to 10.5%.", "^IXIC"),
        ("The S&P 500 fell on Friday, completing a week in which it lost 11.5%.", "^GSPC"),
        ("The Nasdaq inched into positive territory Friday, but is still down 10.5% for the week.", "^IXIC"),
    ],
)
def test_a_week_in_which_something_moved(text: str, symbol: str) -> None:
    assert (symbol, *LAST_WEEK) in windows(text, "en", SATURDAY)


@pytest.mark.parametrize(
    "text",
    [
        "The Dow finished a week ago at 28,992 points and lost 1.4 percent since.",
        "In October 1987 markets crashed. It was a brutal week for the Dow, which lost 12.4%.",
    ],
)
def test_another_week(text: str) -> None:
    assert not any((base, last) == LAST_WEEK for _, base, last in windows(text, "en", SATURDAY))


THE_YEAR = ("2021-12-31", "2022-12-30")


@pytest.mark.parametrize(
    "text",
    [
        "Beim Dow beträgt das Minus für 2022 rund 9 Prozent. Beim S&P 500 steht ein Verlust von 20 Prozent zu Buche.",
        "Das Börsenjahr 2022 war schwach. Der Dow verlor 9 Prozent. Der S&P 500 büßte 19 Prozent ein.",
        "Für Anleger neigt sich ein Horrorjahr dem Ende entgegen. Der S&P 500 hat 19 Prozent eingebüsst.",
        "Der S&P 500 notiert 19 Prozent tiefer als zu Jahresbeginn.",
        "Damit liegt der S&P 500 gut 19 Prozent unter dem Stand vom Jahresanfang.",
        "Der S&P 500 steht 19 Prozent niedriger als Ende 2021.",
    ],
)
def test_the_year_of_the_sentence_before_or_of_a_comparison(text: str) -> None:
    assert ("^GSPC", *THE_YEAR) in windows(text, "de", NEW_YEARS_EVE)


@pytest.mark.parametrize(
    "text",
    [
        "Das Börsenjahr 2022 war schwach. Am Freitag schloss der S&P 500 um 0,25 Prozent tiefer.",
        "Der S&P 500 steht 15 Prozent höher als 2020.",
        "Der S&P 500 steht 50 Prozent höher als damals.",
        "Das Börsenjahr 2022 war schwach. Der S&P 500 gab im späten Handel 0,3 Prozent nach.",
    ],
)
def test_no_year_where_another_time_is_meant(text: str) -> None:
    assert not windows(text, "de", NEW_YEARS_EVE)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 is now down 12.8% from the all-time high it reached only last week.", "en"),
        ("The S&P 500 has fallen 12.8% from its record high last Wednesday.", "en"),
        ("The S&P 500 is 12.8% below the record it set earlier this month.", "en"),
        ("The S&P 500 tumbled 0.8% on Friday to pull more than 10% below its record set in February.", "en"),
        ("Der S&P 500 notiert fast 13 Prozent unter seinem im Februar erreichten Rekordhoch.", "de"),
        ("Zum Rekordhoch der Vorwoche fehlen dem S&P 500 inzwischen fast 13 Prozent.", "de"),
    ],
)
def test_when_a_high_was_set_is_not_when_the_distance_is_told(text: str, language: Language) -> None:
    found = [t for t in trials(text, language, SATURDAY) if t.check == "drawdown"]
    assert [(t.params["symbol"], t.params["session"]) for t in found] == [("^GSPC", "2020-02-28")]
    assert found[0].params.get("start", "2020-02-19") <= "2020-02-19"


def test_a_move_beside_a_distance_is_one_of_the_day() -> None:
    text = (
        "Stocks fell on Friday, as the Nasdaq composite tumbled 5.8% to pull more than 20% below its record set in May."
    )
    assert ("^IXIC", "2020-02-28") in sessions(text, "en", SATURDAY)
    assert [t.params["stated"]["text"] for t in trials(text, "en", SATURDAY) if t.check == "drawdown"] == [
        "more than 20%"
    ]


@pytest.mark.parametrize(
    ("text", "language", "symbols"),
    [
        ("2022 hat der SMI 17 Prozent, der Dax 12 Prozent und der Dow Jones 9 Prozent eingebüsst.", "de", 3),
        ("Am Freitag haben der Dax 1,05 Prozent und der S&P 500 0,25 Prozent verloren.", "de", 2),
        ("The Dow lost 0.2% on Friday, the S&P 500 0.25% and the Nasdaq 0.1%.", "en", 3),
    ],
)
def test_a_list_makes_a_claim_of_each(text: str, language: Language, symbols: int) -> None:
    assert len(claims_in(text, language, NEW_YEARS_EVE)[1]) == symbols


def test_as_many_figures_as_names_are_given_in_their_order() -> None:
    found = trials(
        "The Dow, the S&P 500 and the Nasdaq fell 0.2%, 0.25% and 0.1% respectively on Friday.", "en", NEW_YEARS_EVE
    )
    said = [(t.params["symbol"], t.params["stated"]["text"]) for t in found]
    assert said == [("^DJI", "0.2%"), ("^GSPC", "0.25%"), ("^IXIC", "0.1%")]


def test_one_figure_of_two_names_is_of_both() -> None:
    assert len(sessions("The Dow and the S&P 500 both fell 0.2% on Friday.", "en", NEW_YEARS_EVE)) == 2


@pytest.mark.parametrize(
    ("text", "language", "symbol"),
    [
        ("Da stand der Dow-Jones-Index an der New Yorker Börse am Montag 800 Punkte im Minus.", "de", "^DJI"),
        ("Die Aktie von Intel gab am Montag als schwächster Wert im Dow 6,55 Prozent ab.", "de", "INTC"),
        ("Intel was the biggest loser in the Dow on Monday, falling 6.5 percent.", "en", "INTC"),
    ],
)
def test_a_place_and_an_index_in_which_a_share_ranks_move_nothing(text: str, language: Language, symbol: str) -> None:
    assert {found for found, _ in sessions(text, language, AUTUMN)} == {symbol}


def test_a_market_in_which_something_else_is_lost_is_its_own_subject() -> None:
    assert ("^DJI", "2008-10-06") in sessions("Im Dow gab es am Montag ein Minus von 3,6 Prozent.", "de", AUTUMN)


def test_a_recovery_up_to_the_close_is_none_from_the_close_before() -> None:
    assert not sessions("Bis zum Handelsschluss erholte sich der Dow Jones am Montag.", "de", AUTUMN)
    assert sessions("Am Montag erholte sich der Dow Jones.", "de", AUTUMN)


def records_of(text: str, language: Language, published: date) -> list[tuple[str, str | None, str]]:
    found = (t for t in trials(text, language, published) if t.check == "record_extreme")
    return [(t.params["quantity"], t.params.get("period"), t.params["session"]) for t in found]


@pytest.mark.parametrize(
    ("text", "language", "published", "expected"),
    [
        ("The S&P 500 had its best quarter since 2009.", "en", SPRING, ("return", "quarter", "2019-03-29")),
        ("The Dow opened 2019 with its best quarter since 2013.", "en", SPRING, ("return", "quarter", "2019-03-29")),
        (
            "The S&P 500 fell 9.2% in December. It was the worst month since February 2009.",
            "en", SPRING, ("return", "month", "2018-12-31"),
        ),
        (
            "Der Dow verlor 9 Prozent, der S&P 500 19. Damit ist 2022 das schwächste Börsenjahr seit der Finanzkrise.",
            "de", NEW_YEARS_EVE, ("return", "year", "2022-12-30"),
        ),
        (
            "Der Dow verlor am Montag 777 Punkte - so viel wie noch nie an einem Tag.",
            "de", AUTUMN, ("points", None, "2008-10-06"),
        ),
    ],
)  # fmt: skip
def test_a_rank_of_what_was_told_before(
    text: str, language: Language, published: date, expected: tuple[str, str | None, str]
) -> None:
    assert expected in records_of(text, language, published)


def test_a_low_of_the_month_that_was_told() -> None:
    text = "The 10-year Treasury yield fell to 2.39% during March, its lowest level since December 2017."
    (found,) = [t for t in trials(text, "en", SPRING) if t.check == "record_extreme"]
    assert (found.params["start"], found.params["session"]) == ("2019-03-01", "2019-03-29")


def test_closes_rank_no_print_within_the_session() -> None:
    text = "Der Dow lag am Montag zeitweise 800 Punkte im Minus - so viel wie nie zuvor an einem einzigen Tag."
    assert not records_of(text, "de", AUTUMN)


def test_a_first_time_behind_its_level_is_one_claim() -> None:
    text = "Der Dow schloss am Montag unter 10.000 Punkten - zum ersten Mal seit dem Herbst 2004."
    (found,) = trials(text, "de", AUTUMN)
    assert (found.params["relation"], found.params["first_time"]) == ("crossed_below", True)
    assert found.params["since"] == "2004-11-30"
