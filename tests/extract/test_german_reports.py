"""Turns of phrase of German market reports: what points back, how a number is spelled, what hour a price is of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from test_binding import trials

MARCH = date(2020, 3, 13)
FRIDAY = date(2024, 3, 22)


def bound(text: str, published: date = MARCH) -> list[dict[str, Any]]:
    return [{"check": t.check, **t.params} for t in trials(text, "de", published)]


def only(text: str, check: str, published: date = MARCH) -> dict[str, Any]:
    (found,) = [t for t in bound(text, published) if t["check"] == check]
    return found


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Der S&P 500 gab am Donnerstag 9,5 Prozent ab. Das war der höchste Tagesverlust seit 1987.", "1987-01-01"),
        ("Der S&P 500 fiel am Donnerstag. Dies bedeutete den größten Tagesverlust seit Oktober 1987.", "1987-10-01"),
        ("Der S&P 500 hatte am Donnerstag verloren. Es war das kräftigste Minus seit Oktober 1987.", "1987-10-01"),
        ("Der S&P 500 fiel am Donnerstag. Das war der schwerste Einbruch seit dem Crash von 1987.", "1987-01-01"),
        ("Am Donnerstag sackte der S&P 500 so stark ab wie seit 1987 nicht mehr.", "1987-01-01"),
        ("Der S&P 500 schloss am Donnerstag im Tagestief mit dem deutlichsten Kursrutsch seit 1987.", "1987-01-01"),
    ],
)
def test_a_rank_of_the_move_of_the_sentence_before(text: str, since: str) -> None:
    record = only(text, "record_extreme")
    assert (record["symbol"], record["session"]) == ("^GSPC", "2020-03-12")
    assert (record["quantity"], record["side"], record["since"]) == ("return", "low", since)


def test_a_round_length_is_no_day_of_the_calendar() -> None:
    text = "Der S&P 500 gab am Donnerstag 9,5 Prozent ab und erlitt damit den schwersten Einbruch seit 33 Jahren."
    assert only(text, "record_extreme")["since_precision"] == "year"


def test_a_record_that_names_no_day_may_be_of_the_day_of_the_text() -> None:
    text = "Der S&P 500 brach um zehn Prozent ein. Das war der größte Tagesverlust seit 1987."
    record = only(text, "record_extreme")
    assert (record["session"], record["or_session"]) == ("2020-03-12", "2020-03-13")


@pytest.mark.parametrize(
    "text", ["Im März erreichte der S&P 500 ein Rekordhoch.", "Im März gab es Rekorde im S&P 500."]
)
def test_a_record_of_a_month_is_looked_for_in_the_month(text: str) -> None:
    record = only(text, "record_extreme", FRIDAY)
    assert record["start"] <= "2024-03-01"
    assert record["session"] == "2024-03-21"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Der Dow Jones stand nach Handelsschluss bei 21 200 Punkten.", 21200.0),
        ("Der Dow Jones war abgestürzt. Zum Schluss notierte er bei 21 200,62 Zählern.", 21200.62),
    ],
)
def test_a_level_at_the_close_with_a_space_in_it(text: str, value: float) -> None:
    assert only(text, "level")["stated"]["value"] == value


def test_the_day_before_as_the_base_is_no_window() -> None:
    move = only("Der Dow Jones verlor 9,9 Prozent gegenüber dem Schlusskurs des Vortages.", "session_return")
    assert (move["session"], move["or_session"]) == ("2020-03-12", "2020-03-13")


def test_what_was_so_at_that_time_of_day_is_no_close() -> None:
    move = only("Zu diesem Zeitpunkt lag der Dow Jones am Donnerstag 2,3 Prozent im Minus.", "session_return")
    assert move["at"] == "hour"


def test_a_close_of_another_day_does_not_say_that_this_one_is_over() -> None:
    text = "Der Dax verliert am Freitag 3 Prozent. Am Donnerstag hatte er bei 9161 Punkten geschlossen."
    (move,) = [x for x in trials(text, "de", MARCH) if x.check == "session_return"]
    assert move.basis["close"] == "default"


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Am Donnerstag knackte der Dow Jones die Marke von 21.000 Punkten.", "above"),
        ("Der Dow Jones durchbrach am Donnerstag die viel beachtete Schwelle von 21.000 Punkten.", "above"),
        ("Der Dow Jones schaffte am Donnerstag den Sprung über die psychologisch wichtige Marke von 21.000 Punkten.",
         "above"),
        ("Der Dow Jones fiel am Donnerstag unter die psychologisch wichtige Marke von 21.000 Punkten.", "below"),
        ("Der Dow Jones unterschritt am Donnerstag die Marke von 21.000 Punkten.", "below"),
    ],
)  # fmt: skip
def test_on_which_side_of_a_mark(text: str, relation: str) -> None:
    level = only(text, "level")
    assert (level["relation"], level["stated"]["qualifier"]) == (relation, "exact")


@pytest.mark.parametrize(
    "text",
    [
        "Der Dow Jones schloss am Donnerstag schwächer mit 21.200 Punkten.",
        "Der Dow Jones beendete den Donnerstag mit 21.200 Zählern.",
    ],
)
def test_points_that_an_index_closes_with_are_its_level(text: str) -> None:
    assert [t["check"] for t in bound(text)] == ["level"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Der Goldpreis stieg am Donnerstag. Gold war am Donnerstag so teuer wie nie.", "high"),
        ("Gold ist so teuer wie zuletzt vor mehr als sieben Jahren.", "high"),
        ("Am Donnerstag war WTI so billig wie seit 2016 nicht mehr.", "low"),
    ],
)
def test_a_record_in_a_word_of_value(text: str, side: str) -> None:
    record = only(text, "record_extreme")
    assert (record["quantity"], record["side"]) == ("level", side)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Der Dax hat am Donnerstag seine Verluste ausgeweitet.", "down"),
        ("Der Dax weitete am Donnerstag seine Verluste deutlich aus.", "down"),
        ("Der Dax baute am Donnerstag seine Gewinne aus.", "up"),
    ],
)
def test_what_grows_is_the_move_of_the_day(text: str, direction: str) -> None:
    assert only(text, "session_return")["direction"] == direction


def test_a_price_before_the_participle_of_a_level() -> None:
    text = "Die Nvidia-Aktie brach am Donnerstag ein. Am Mittwoch hatte sie mit 54,50 Dollar geschlossen."
    level = only(text, "level")
    assert (level["symbol"], level["session"], level["relation"]) == ("NVDA", "2020-03-11", "at")


def test_a_price_of_long_ago_may_be_counted_in_shares_of_today() -> None:
    level = only("Anfang 2018 hatte die Nvidia-Aktie weniger als 5 Dollar gekostet.", "level")
    assert level["written"] == "2020-03-13"
    assert "written" not in only("Am Mittwoch kostete die Nvidia-Aktie 54 Dollar.", "level")


def test_lines_of_a_list_are_no_shares_of_one_another() -> None:
    text = "Am Donnerstag:\n\nDer Dow Jones verlor 9,99 Prozent\n\nDer Technologieindex Nasdaq 100 verlor 9,2 Prozent\n"
    moved = {t["symbol"]: t["stated"]["text"] for t in bound(text) if t["check"] == "session_return"}
    assert moved == {"^DJI": "9,99 Prozent", "^NDX": "9,2 Prozent"}


@pytest.mark.parametrize(
    "text",
    ["Unter den Ölhändlern machte sich am Donnerstag Panik breit.", "Am Donnerstag herrschte Nervosität am Ölmarkt."],
)
def test_the_mood_of_another_market_is_not_that_of_shares(text: str) -> None:
    assert [t for t in bound(text) if t["check"] == "volatility_regime"] == []


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Die Rendite zweijähriger US-Anleihen fiel am Donnerstag – der stärkste Rückgang seit 2008.", "points"),
        ("Der VIX erreichte am Donnerstag den höchsten Wert seit 2008.", "level"),
    ],
)
def test_what_is_ranked_of_a_yield_and_of_an_index(text: str, quantity: str) -> None:
    assert only(text, "record_extreme")["quantity"] == quantity


def test_what_has_moved_is_no_state_of_today() -> None:
    (level,) = [x for x in trials("Bitcoin hat sich auf 20.000 Dollar verdoppelt.", "de", MARCH) if x.check == "level"]
    assert level.basis["session"] == "default"


def test_the_words_of_a_definition_are_no_mood() -> None:
    text = "Der Volatilitätsindex misst die erwarteten Schwankungen an der Börse."
    assert [t for t in bound(text) if t["check"] == "volatility_regime"] == []


def test_one_coin_and_its_price() -> None:
    assert only("Am Mittwoch kostete ein Bitcoin noch mehr als 7900 Dollar.", "level")["symbol"] == "BTC-USD"


def test_one_figure_of_each_that_is_named() -> None:
    found = bound("Oracle und Micron verloren am Donnerstag jeweils mehr als elf Prozent.")
    assert [(t["symbol"], t["stated"]["text"]) for t in found] == [
        ("ORCL", "mehr als elf Prozent"),
        ("MU", "mehr als elf Prozent"),
    ]


def test_as_much_as_no_company_before_is_of_money() -> None:
    text = "Nvidia verlor am Donnerstag 60 Milliarden Dollar an Börsenwert – so viel wie noch nie ein Unternehmen."
    record = only(text, "record_extreme")
    assert (record["quantity"], record["universe"]) == ("market_value", "any")


def test_points_above_a_close_are_no_level() -> None:
    text = "Der Dow Jones schloss am Donnerstag bei 21.200 Punkten, rund zwei Punkte über dem Schlusskurs vom Mittwoch."
    assert [t["stated"]["text"] for t in bound(text) if t["check"] == "level"] == ["21.200 Punkten"]


def test_a_bubble_of_the_past_does_not_burst_now() -> None:
    past = "Am Donnerstag erinnerte die Nasdaq an 2000. Das Platzen der Internet-Blase ging in die Geschichte ein."
    assert [t for t in bound(past) if t["check"] == "trend_reversal"] == []
    assert [t["symbol"] for t in bound("An der Nasdaq platzt am Donnerstag die KI-Blase.")][:1] != []


def test_the_time_of_the_move_after_which_another_came() -> None:
    text = "Am Mittwoch fiel Gold. Der Dow Jones gewinnt nach den massiven Verlusten vom Donnerstag zwei Prozent."
    (move,) = [t for t in bound(text) if t.get("symbol") == "^DJI"]
    assert move["session"] != "2020-03-12"


def test_until_today_is_how_long_a_record_has_stood() -> None:
    text = (
        "Am 19. Oktober 1987 brach der Dow Jones um 22,6 Prozent ein, was bis heute der größte Tagesverlust "
        "seiner Geschichte ist."
    )
    assert only(text, "record_extreme")["session"] == "1987-10-19"


def test_no_share_stands_at_points() -> None:
    assert bound("Nvidia gab am Donnerstag nach. Zum Schluss notierte sie bei 9161 Zählern.", MARCH)[1:] == []


@pytest.mark.parametrize(
    "text",
    [
        "Der Dow Jones schloss am Donnerstag mit einem Verlust von 9,9 Prozent auf 21.200 Punkte.",
        "Der Dow Jones ging am Donnerstag mit einem Abschlag von 9,9 Prozent auf 21.200 Punkte aus dem Handel.",
    ],
)
def test_a_loss_of_per_cent_to_a_level(text: str) -> None:
    found = {t["check"]: t["stated"]["text"] for t in bound(text)}
    assert found == {"session_return": "9,9 Prozent", "level": "21.200 Punkte"}


def test_at_the_close_of_a_week() -> None:
    level = only("Der Dow Jones schloss zum Wochenende bei 23.186 Punkten.", "level", date(2020, 3, 15))
    assert (level["session"], level.get("named_day")) == ("2020-03-13", None)


def test_a_participle_far_behind_its_auxiliary() -> None:
    move = only("Gold hat im bisherigen Jahresverlauf nur gut vier Prozent zugelegt.", "period_return")
    assert (move["symbol"], move["base"]) == ("GC=F", "2019-12-31")


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("Nvidia fiel am Donnerstag, damit schrumpfte der Börsenwert um 19 Milliarden Dollar.",
         {"check": "market_value_change", "direction": "down"}),
        ("Der Dow Jones verlor am Donnerstag 10 Prozent, so viel wie noch nie in diesem Jahr.",
         {"check": "record_extreme", "since": "2020-01-01", "quantity": "return"}),
        ("Der Dow Jones fiel am Donnerstag - der größte Punktverlust aller Zeiten.",
         {"check": "record_extreme", "quantity": "points", "side": "low"}),
        ("Nach den Inflationsdaten sprang der Nasdaq 100 am Donnerstag um 7,5 Prozent.",
         {"check": "session_return", "symbol": "^NDX"}),
        ("Die Netflix-Aktie fiel am Montag. Seit ihrem Rekordhoch im Februar hat sie ein Viertel verloren.",
         {"check": "drawdown", "session": "2020-03-12"}),
    ],
)  # fmt: skip
def test_what_is_meant(text: str, params: dict[str, Any]) -> None:
    assert params in [{k: t.get(k) for k in params} for t in bound(text)]


def test_the_largest_step_of_a_rate_is_no_height() -> None:
    text = "Die Fed senkte den Leitzins - die größte Zinssenkung seit 2008."
    assert [t for t in bound(text) if t.get("relation") in ("highest", "lowest")] == []


def test_the_figure_of_the_week_beside_its_last_close() -> None:
    text = "Der Dow Jones schloss zum Wochenende bei 23.186 Punkten, im Wochenüberblick ein Minus von zehn Prozent."
    found = {t["check"]: t.get("base") for t in bound(text, date(2020, 3, 15))}
    assert found == {"level": None, "period_return": "2020-03-06"}


def test_the_share_of_a_company_is_not_that_of_the_one_named_before() -> None:
    """ "Die Aktie von Nvidia" is no passive, "wurde von Nvidia gezogen" is one."""
    text = "Die Aktie von SAP verlor am Montag 2 Prozent.\n\nDie Aktie von Nvidia verlor am Montag 17 Prozent."
    assert [t.params["symbol"] for t in trials(text, "de", date(2025, 1, 28))] == ["SAP.DE", "NVDA"]


def test_a_year_behind_an_index_is_a_year() -> None:
    (trial,) = trials("Der S&P 500 hat den Dax 2024 geschlagen.", "de", date(2025, 1, 28))
    assert (trial.params["base"], trial.params["last"]) == ("2023-12-29", "2024-12-31")


def test_the_index_that_shares_are_listed_in_did_not_move_with_them() -> None:
    text = "SAP meldete schwache Zahlen. Deren Aktien sackten als Schlusslicht im Dax am Montag um 5 Prozent ab."
    (trial,) = trials(text, "de", date(2025, 1, 28))
    assert trial.params["symbol"] == "SAP.DE"
    (trial,) = trials("Im Dax ging es am Montag um 0,5 Prozent nach unten.", "de", date(2025, 1, 28))
    assert trial.params["symbol"] == "^GDAXI"


def test_an_index_named_before_is_not_what_another_word_speaks_of() -> None:
    """ "Die Zinsen sind gestiegen, obwohl die Fed …": the Fed in the sentence makes the index before it no subject."""
    text = (
        "Der Dax stieg am Montag um 0,5 Prozent.\n\n"
        "Die Zinsen in den USA sind seit September gestiegen, obwohl die Fed den Leitzins gesenkt hat."
    )
    found = [t.params["symbol"] for t in trials(text, "de", date(2025, 1, 28)) if t.check == "period_return"]
    assert found == ["DGS10"]
