"""Sentences of market reports that state a move or a level of a session or a week: of whom, of when, of how much."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from binding_texts import claims_in, trials

from analyzer.model import Language

MONDAY, FRIDAY, SATURDAY = date(2024, 7, 22), date(2024, 7, 19), date(2024, 7, 20)


def bound(text: str, language: Language, published: date = MONDAY) -> list[dict[str, Any]]:
    return [{"check": t.check, **t.params} for t in trials(text, language, published)]


def quotes(text: str, language: Language, published: date = MONDAY) -> list[str]:
    return [claim.quote for claim in claims_in(text, language, published)[1]]


@pytest.mark.parametrize(
    ("text", "language", "session", "other"),
    [
        ("Der Dax dürfte am Montag steigen. In New York hatten die Kurse am Freitag nachgegeben. "
         "Der Dow schloss 0,9 Prozent tiefer.", "de", "2024-07-22", "2024-07-19"),
        ("Der Dax stieg am Montag. In New York hatten die Börsen vor dem Wochenende nachgegeben. "
         "Der Dow verlor 0,9 Prozent.", "de", "2024-07-22", "2024-07-19"),
        ("The euro was steady on Monday. The Dow lost 0.9 percent.", "en", "2024-07-22", "2024-07-19"),
        ("Heute ist es ruhig. Der Dow steigt um 0,9 Prozent.", "de", "2024-07-22", None),
        ("Der Dax fiel am Donnerstag. Der Dow war am Vortag um 0,9 Prozent gefallen.", "de",
         "2024-07-17", "2024-07-19"),
        ("The Dow rose 0.9 percent after a 2.6 percent plunge the day before.", "en", "2024-07-19", "2024-07-22"),
        ("Nasdaq and Dow were weak. The Dow fell 0.9 percent and the S&P 500 0.7 percent on Thursday.", "en",
         "2024-07-18", None),
    ],
)  # fmt: skip
def test_the_day_that_a_report_speaks_of(text: str, language: Language, session: str, other: str | None) -> None:
    found = [
        t for t in bound(text, language) if t["check"] == "session_return" and t["symbol"] == "^DJI" and "stated" in t
    ]
    assert [(t["session"], t.get("or_session")) for t in found if t["stated"]["value"] in (0.009, -0.009)] == [
        (session, other)
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Der Dax dürfte stabil bleiben. Für den Freitag stand ein Minus von 1,0 Prozent zu Buche.", "de",
         {"check": "session_return", "session": "2024-07-19"}),
        ("Der Dax dürfte stabil bleiben. Am Freitag hatte sich ein Verlust von 1,0 Prozent ergeben.", "de",
         {"check": "session_return", "session": "2024-07-19"}),
        ("Der Dax war schwach. Unter dem Strich blieb ein Wochenverlust von drei Prozent.", "de",
         {"check": "period_return", "base": "2024-07-12", "last": "2024-07-19"}),
        ("Der Dax war schwach. Das Wochenminus belief sich auf über drei Prozent.", "de",
         {"check": "period_return", "base": "2024-07-12", "last": "2024-07-19"}),
        ("Der Dax war schwach. Damit summiert sich das Minus der Woche auf drei Prozent.", "de",
         {"check": "period_return", "base": "2024-07-12", "last": "2024-07-19"}),
        ("The DAX was weak on Friday. The loss for the week came to 3 percent.", "en",
         {"check": "period_return", "base": "2024-07-12", "last": "2024-07-19"}),
    ],
)  # fmt: skip
def test_a_move_that_is_its_own_subject_is_of_what_was_named_last(
    text: str, language: Language, expected: dict[str, Any]
) -> None:
    assert [t for t in bound(text, language) if {**expected, "symbol": "^GDAXI"}.items() <= t.items()]


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia hat Zahlen vorgelegt. Unter dem Strich stand ein Verlust von 1,2 Milliarden Dollar.",
        "Nvidia hat Zahlen vorgelegt. Am Ende stand ein Minus von 3 Prozent beim Gewinn.",
        "Dax und MDax waren schwach. Unter dem Strich stand ein Minus von 3 Prozent.",
    ],
)
def test_a_loss_of_a_business_or_of_one_of_several_is_no_move_of_the_last_named(text: str) -> None:
    assert bound(text, "de") == []


@pytest.mark.parametrize(
    ("text", "language", "published", "expected"),
    [
        ("The Nasdaq dropped 3.7 percent in the week.", "en", SATURDAY,
         {"check": "period_return", "base": "2024-07-12", "last": "2024-07-19"}),
        ("The Nasdaq suffered a weekly loss of 3.7 percent.", "en", SATURDAY,
         {"check": "period_return", "base": "2024-07-12", "last": "2024-07-19"}),
        ("The Nasdaq posted its biggest weekly decline since April.", "en", SATURDAY,
         {"check": "record_extreme", "period": "week", "side": "low"}),
        ("The Nasdaq dropped 3.7 percent in the week, its biggest drop since April.", "en", SATURDAY,
         {"check": "record_extreme", "period": "week", "side": "low"}),
        ("Der Nasdaq verlor in der vergangenen Woche 3,6 Prozent, so viel wie seit April nicht mehr.", "de", MONDAY,
         {"check": "record_extreme", "period": "week"}),
        ("The Nasdaq ended last week at 17,726.94.", "en", MONDAY, {"check": "level", "session": "2024-07-19"}),
        ("Der Nasdaq beendete die vergangene Woche bei 17.726,94 Punkten.", "de", MONDAY,
         {"check": "level", "session": "2024-07-19"}),
    ],
)  # fmt: skip
def test_a_week(text: str, language: Language, published: date, expected: dict[str, Any]) -> None:
    found = [t for t in bound(text, language, published) if {**expected, "symbol": "^IXIC"}.items() <= t.items()]
    assert found


def test_a_figure_of_a_period_that_was_not_read_is_of_no_session() -> None:
    assert bound("The Dow was firm. In the year of the rabbit the Dow gained 4 percent.", "en") == []


@pytest.mark.parametrize(
    ("text", "language", "length"),
    [
        ("Der Dax fiel am Freitag. Es war der fünfte Verlusttag in Folge.", "de", 5),
        ("Der Dax verlor am Freitag, es war der fünfte Tag mit Verlusten in Folge.", "de", 5),
        ("Der Dax gab am Freitag den fünften Tag nacheinander nach.", "de", 5),
        ("The DAX fell on Friday for a fifth day.", "en", 5),
        ("The DAX fell on Friday. It was the fifth losing day in a row.", "en", 5),
        ("The DAX fell on Friday. It was the fifth straight decline for the DAX.", "en", 5),
    ],
)
def test_a_run(text: str, language: Language, length: int) -> None:
    runs = [t for t in bound(text, language) if t["check"] == "trend_reversal"]
    assert [(t["symbol"], t["length"], t["direction"]) for t in runs] == [("^GDAXI", length, "down")]


def test_a_third_straight_loss_of_a_company_is_one_of_its_results() -> None:
    text = "Intel reported on Friday. It was the third straight loss for Intel."
    assert [t for t in bound(text, "en") if t["check"] == "trend_reversal"] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Oil plunged Friday for the fourth time in five days.", "en"),
        ("Crude oil fell on Friday for the fourth time in the past five sessions.", "en"),
        ("Der Preis für WTI fiel am Freitag zum vierten Mal in fünf Tagen.", "de"),
    ],
)
def test_so_many_days_up_to_the_one_that_is_named(text: str, language: Language) -> None:
    (trial,) = bound(text, language)
    assert (trial["check"], trial["symbol"], trial["stated"]["value"]) == ("period_share", "CL=F", 4.0)
    assert (trial["first"], trial["last"]) == ("2024-07-15", "2024-07-19")


def test_so_many_days_of_which_the_last_is_not_named_are_not_counted() -> None:
    assert bound("Oil plunged for the fourth time in five days.", "en") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Nikkei has fallen 5 percent since reaching a peak of 42,224 in July.", "en"),
        ("The Nikkei is down 5 percent since peaking at 42,224 in July.", "en"),
        ("Der Nikkei ist seit dem Hoch von 42.224 Punkten im Juli um 5 Prozent gefallen.", "de"),
        ("Der Nikkei hat seit seinem Rekordhoch bei 42.224 Punkten im Juli 5 Prozent verloren.", "de"),
    ],
)
def test_a_high_that_was_reached_with_its_level_and_its_month(text: str, language: Language) -> None:
    found = {t["check"]: t for t in bound(text, language)}
    assert found.keys() == {"drawdown", "level"}
    assert (
        found["drawdown"].items()
        >= {"start": "2024-07-01", "session": "2024-07-19", "or_session": "2024-07-22"}.items()
    )
    assert found["level"]["start"] == "2024-07-01"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Seit dem Amtsantritt Bidens am 20. Januar 2021 hat der S&P 500 45 Prozent gewonnen.", "de"),
        ("Seit der Amtseinführung von Joe Biden am 20. Januar 2021 hat der S&P 500 45 Prozent gewonnen.", "de"),
        ("The S&P 500 has gained 45 percent since Joe Biden was sworn in on January 20, 2021.", "en"),
        ("Since Joe Biden took office on January 20, 2021, the S&P 500 has gained 45 percent.", "en"),
    ],
)
def test_since_the_day_of_an_event(text: str, language: Language) -> None:
    (trial,) = bound(text, language)
    assert (trial["check"], trial["base"], trial["last"]) == ("period_return", "2021-01-20", "2024-07-19")


@pytest.mark.parametrize(
    ("text", "language", "symbol"),
    [
        ("An der Wall Street fielen die Kurse am Freitag.", "de", "^GSPC"),
        ("An der Wall Street ging es am Freitag abwärts.", "de", "^GSPC"),
        ("Am deutschen Aktienmarkt sind die Kurse am Freitag gefallen.", "de", "^GDAXI"),
        ("Stocks fell on Wall Street on Friday.", "en", "^GSPC"),
    ],
)
def test_prices_at_large_are_those_of_the_place(text: str, language: Language, symbol: str) -> None:
    (trial,) = trials(text, language, MONDAY)
    assert (trial.check, trial.params["symbol"], trial.basis["symbol"]) == ("session_return", symbol, "article")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wall Street fell on Friday. The slide on Wall Street has reached Asia.", "en"),
        ("On Friday the maker of shoes was weak: its shares fell on Wall Street.", "en"),
        ("Die Wall Street war am Freitag schwach. In Tokio gaben die Kurse am Montag nach.", "de"),
    ],
)
def test_what_falls_elsewhere_or_of_others_is_not_the_market_of_the_place(text: str, language: Language) -> None:
    sentence = text.split(". ")[-1]
    _, claims = claims_in(text, language, MONDAY)
    found = [c for c in claims if c.quote in sentence]
    assert all(trial.claim not in {c.id for c in found} for trial in trials(text, language, MONDAY))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Am Freitag gab der S&P 500 0,7 Prozent nach und der Nasdaq 0,8 Prozent.", "de", 2),
        ("The Dow fell 0.9 percent to 40,288 on Friday, the S&P 500 0.7 percent and the Nasdaq 0.8 percent.", "en", 3),
        ("The S&P 500 fell 0.7 percent on Friday, with a low of 5,497.", "en", 1),
    ],
)
def test_a_piece_that_leaves_out_its_verb_is_a_claim(text: str, language: Language, expected: int) -> None:
    assert len(quotes(text, language)) == expected


def test_news_behind_a_move_is_no_part_of_its_quote() -> None:
    text = "Oil fell 2 percent on Friday after the agency said that its members would meet."
    assert quotes(text, "en") == ["Oil fell 2 percent on Friday"]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("The Dow fell on Friday. The Standard & Poor's lost 39.59 points to 5,505.", "^GSPC"),
        ("Die Nasdaq-Börse rutschte am Freitag um 0,8 Prozent ab.", "^IXIC"),
    ],
)
def test_names_in_passing(text: str, symbol: str) -> None:
    language: Language = "de" if text.startswith("Die") else "en"
    assert symbol in {t["symbol"] for t in bound(text, language) if "stated" in t}


def test_what_the_agency_of_that_name_does_is_no_move_of_the_index() -> None:
    found = bound("The Dow fell. Standard & Poor's lowered its rating on Friday by two notches.", "en", FRIDAY)
    assert {t["symbol"] for t in found} <= {"^DJI"}


def test_money_right_behind_a_verb_is_the_size_of_the_move() -> None:
    text = "U.S. crude lost $2.69, or 3.2 percent, to close at $80.13 a barrel on Friday."
    found = [(t["check"], t["stated"]["unit"]) for t in bound(text, "en")]
    assert sorted(found) == [("level", "currency"), ("session_return", "fraction"), ("session_return", "points")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Der Dax gewann in der Woche fünf Prozent.", "de", {"check": "period_return", "base": "2024-07-12"}),
        ("Im bisherigen Wochenverlauf verlor der Dax 1,8 Prozent.", "de",
         {"check": "period_return", "base": "2024-07-12"}),
        ("Die Woche beendete der Dax mit einem Minus.", "de", {"check": "period_return", "last": "2024-07-19"}),
        ("Die Rendite der zehnjährigen US-Anleihen liegt bei hohen 4,2 Prozent.", "de",
         {"check": "level", "relation": "at"}),
        ("Zehnjährige US-Anleihen rentieren mit 4,2 Prozent.", "de", {"check": "level", "relation": "at"}),
        ("Bitcoin stieg seit Mai von 60.000 auf 71.000 Dollar.", "de", {"check": "level", "start": "2024-05-01"}),
    ],
)  # fmt: skip
def test_further_turns_of_phrase(text: str, language: Language, expected: dict[str, Any]) -> None:
    assert [t for t in bound(text, language) if expected.items() <= t.items()]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Dax fell to a low last seen in February.", "en"),
        ("Der Euro stieg auf ein Hoch, das zuletzt im Februar 2022 erreicht wurde.", "de"),
        ("In der Woche nach der Wahl gewann der Dax fünf Prozent.", "de"),
    ],
)
def test_when_something_was_there_before_is_not_when_it_moved(text: str, language: Language) -> None:
    assert [t for t in bound(text, language) if t["check"] != "record_extreme"] == []


def test_a_record_keeps_the_clause_that_says_its_span() -> None:
    text = (
        "Der Dollar gab nach, wodurch der Euro einen Höchststand erreichte, den er seit März 2022 nicht gesehen hatte."
    )
    (record,) = [t for t in bound(text, "de") if t["check"] == "record_extreme"]
    assert record["since"] == "2022-03-01"


def test_records_of_positions_are_none_of_the_price() -> None:
    assert bound("Hedge funds raised short positions in the S&P 500 to the highest level since May.", "en") == []


def test_what_made_up_for_the_losses_of_a_week_came_behind_it() -> None:
    found = bound("Der S&P 500 machte die Verluste der Vorwoche zum Teil wett.", "de", FRIDAY)
    assert [(t["direction"], t["base"], t["last"]) for t in found] == [
        ("down", "2024-07-05", "2024-07-12"),
        ("up", "2024-07-12", "2024-07-18"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "published", "window"),
    [
        ("Im März verbuchte der S&P 500 ein Monatsplus von 3,1 Prozent.", "de", MONDAY,
         ("2024-02-29", "2024-03-28", None)),
        ("Der S&P 500 gewann am Freitag. In der Vorwoche hatte der S&P 500 2 Prozent verloren.", "de", MONDAY,
         ("2024-07-12", "2024-07-19", "2024-07-05")),
    ],
)  # fmt: skip
def test_a_period_that_is_named_and_the_one_before_it(
    text: str, language: Language, published: date, window: tuple[str, str, str | None]
) -> None:
    found = [t for t in bound(text, language, published) if t["check"] == "period_return"]
    assert [(t["base"], t["last"], t.get("or_base")) for t in found] == [window]


def test_a_week_as_seen_from_its_middle_may_be_the_one_before() -> None:
    (trial,) = bound("Auf Wochensicht legte der Dax um 2,4 Prozent zu.", "de", date(2025, 1, 28))
    assert (trial["base"], trial["last"]) == ("2025-01-24", "2025-01-27")
    assert (trial["or_base"], trial["or_last"]) == ("2025-01-17", "2025-01-24")


def test_since_a_year_is_since_its_beginning_or_its_end() -> None:
    (trial,) = bound("The S&P 500 has doubled since 2019.", "en", date(2025, 1, 28))
    assert (trial["base"], trial["or_base"]) == ("2018-12-31", "2019-12-31")
