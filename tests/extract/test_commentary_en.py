"""Turns of phrase of English commentary that once led to an unjust verdict, a wrong series, or to none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, Claim, Trial

WEDNESDAY = date(2024, 7, 3)
LETTER = date(2023, 4, 11)


def read(text: str, published: date = WEDNESDAY, language: Any = "en") -> list[tuple[Claim, tuple[Trial, ...]]]:
    article = Article(id="case", text=text, language=language, published=published, published_basis="given")
    seen = view(article, load_catalogue())
    setting = Setting(Clock(published))
    return [(c, bind(c, seen, setting)[0].trials) for c in RulesReader().read(article, seen).claims or ()]


def last(text: str, published: date = WEDNESDAY, language: Any = "en") -> list[dict[str, Any]]:
    """The trials of the last claim of a text, each with its check."""
    found = read(text, published, language)
    return [{"check": t.check, **t.params} for t in found[-1][1]] if found else []


def holds(trial: dict[str, Any], expected: dict[str, Any]) -> bool:
    return {k: trial.get(k) for k in expected} == expected


@pytest.mark.parametrize(
    ("text", "language", "rank", "place"),
    [
        ("Monday was the seventh worst day of the Dow's history.", "en", 7, None),
        ("The Dow suffered its 4th largest loss on record on Monday.", "en", 4, None),
        ("Monday's fall was among the twelve largest in the Dow's history.", "en", 12, "among"),
        ("Monday was one of the worst days in the Dow's history.", "en", 1, "one_of"),
        ("Monday was not the worst day for the Dow since 2020.", "en", 1, "outside"),
        ("Monday did not make the top ten of the worst days of the Dow's history.", "en", 10, "outside"),
        ("Der Dax verbuchte am Montag den siebtgrößten Tagesverlust seiner Geschichte.", "de", 7, None),
        ("Der Montag war einer der schlechtesten Tage des Dax seit 2020.", "de", 1, "one_of"),
    ],
)
def test_a_rank_as_it_is_said(text: str, language: str, rank: int, place: str | None) -> None:
    (trial,) = [t for t in last(text, language=language) if t["check"] == "record_extreme"]
    assert trial.get("rank", 1) == rank
    assert trial.get("place") == place


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("The Dow had its worst single-day point drop ever on Monday.", "points"),
        ("The Dow had its worst day in point terms since 2020 on Monday.", "points"),
        ("The Dow had its biggest point and percentage drop since 2020 on Monday.", "return"),
        ("The Dow had its worst day since 2020 on Monday.", "return"),
    ],
)
def test_a_rank_in_points(text: str, quantity: str) -> None:
    assert last(text)[0]["quantity"] == quantity


def test_a_record_without_a_day_may_be_of_the_day_of_writing() -> None:
    assert holds(last("The Nasdaq closed at a record high.")[0], {"session": "2024-07-02", "or_session": "2024-07-03"})


def test_a_period_on_pace_is_ranked_by_what_it_has_come_to() -> None:
    (trial,) = last("July is on pace for the worst month of the S&P 500 since 2008.")
    assert holds(trial, {"period": "month", "so_far": True, "session": "2024-07-02"})


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("The Vix, widely watched as the fear gauge of the S&P 500, jumped above 30 on Monday.", "^VIX"),
        ("Nvidia, the heaviest weight in the Nasdaq, fell 3 percent on Monday.", "NVDA"),
        ("The S&P 500 stood still. Stocks rose on Monday as bond yields fell.", "^GSPC"),
        ("The S&P 500 stood still. Hopes of a cut sent stocks to a record high on Monday as yields fell.", "^GSPC"),
    ],
)
def test_of_what_it_is_said(text: str, symbol: str) -> None:
    found = last(text)
    assert found
    assert {t["symbol"] for t in found} == {symbol}


@pytest.mark.parametrize("text", ["Stocks in Europe fell on Monday.", "Stocks of brewers fell on Monday."])
def test_shares_of_somewhere_are_not_the_market(text: str) -> None:
    assert not any(t.get("symbol") == "^GSPC" for t in last(f"The S&P 500 stood still. {text}"))


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia rose on Monday though Tesla failed to gain.",
        "Nvidia rose on Monday while Tesla struggled to climb.",
    ],
)
def test_a_move_that_did_not_come(text: str) -> None:
    assert {t["symbol"] for t in last(text)} <= {"NVDA"}


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("The S&P 500 peaked on March 24, 2000. The Dow would follow some days later, on March 30, when it closed at "
         "10,980.25.", "2000-03-30"),
        ("The S&P 500 closed at 4,796.56 on January 3, 2022. On March 27 it closed at 5,248.49.", "2024-03-27"),
    ],
)  # fmt: skip
def test_the_year_of_a_day_is_that_of_the_story_it_goes_on_with(text: str, session: str) -> None:
    assert last(text)[0]["session"] == session


def test_a_day_behind_one_of_another_year_refutes_nothing() -> None:
    article = Article(
        id="case", language="en", published=WEDNESDAY, published_basis="given",
        text="The S&P 500 closed at 4,796.56 on January 3, 2022. On March 27 it closed at 5,248.49.",
    )  # fmt: skip
    seen = view(article, load_catalogue())
    claims = RulesReader().read(article, seen).claims or ()
    assert not bind(claims[-1], seen, Setting(Clock(WEDNESDAY)))[0].plain


@pytest.mark.parametrize(
    "text",
    [
        "In 2000 the bubble burst. The bear market of the Nasdaq was not over.",
        "The top came in April 1998. The Nasdaq fell 30 percent.",
    ],
)
def test_a_story_of_years_long_past_has_no_session_of_today(text: str) -> None:
    assert last(text) == []


def test_the_present_tense_is_of_today() -> None:
    assert last("The peak came in March 2000. The Nasdaq is down 3 percent.")[0]["session"] == "2024-07-02"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("In 2001 the Dow would fall by 7 percent.", {"quantitative_move"}),
        (
            "The Dow peaked in January 2000. During that time the Nasdaq would fall by 70 percent.",
            {"quantitative_move"},
        ),
        ("You will notice that inflation is falling.", {"macro"}),
        ("The Dow would fall by 7 percent by December.", {"prediction"}),
    ],
)
def test_what_only_sounds_like_a_forecast(text: str, kinds: set[str]) -> None:
    assert {read(text)[-1][0].kind} <= kinds | {"level"}


@pytest.mark.parametrize(
    "text",
    [
        "The S&P 500 rose. Once this bubble bursts, the S&P 500 will be worth less.",
        "The slide of the Nasdaq invites comparisons with the bursting of the dot com bubble.",
        "The S&P 500 rose. This is not to say that a bear market is starting.",
    ],
)
def test_what_is_no_statement_on_today(text: str) -> None:
    assert not any(t["check"] in ("trend_reversal", "explosive_root", "cycle_phase", "drawdown") for t in last(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The S&P 500 rallied about 7 percent in the quarter.", {"base": "2022-12-30", "last": "2023-03-31"}),
        ("Shares had a fine quarter, with the Dow up 0.4 percent.", {"base": "2022-12-30", "last": "2023-03-31"}),
        ("In the third quarter of 2022 rates rose. The S&P 500 lost 5 percent for the quarter.",
         {"base": "2022-06-30", "last": "2022-09-30"}),
    ],
)  # fmt: skip
def test_the_quarter_that_a_letter_is_of(text: str, expected: dict[str, Any]) -> None:
    assert holds(last(text, LETTER)[-1], expected)


def test_a_quarter_long_past_is_not_guessed() -> None:
    assert last("The S&P 500 rallied about 7 percent in the quarter.", date(2023, 5, 31)) == []


@pytest.mark.parametrize(
    ("text", "fund"),
    [
        ("In 2009 the S&P 500 returned 26.5 percent.", "SPY"),
        ("With dividends the Dow gained 9 percent in 2022.", "DIA"),
        ("In 2009 the S&P 500 gained 23.5 percent.", None),
    ],
)
def test_what_something_returned_may_be_with_dividends(text: str, fund: str | None) -> None:
    assert last(text)[0].get("or_total") == fund


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Consumer prices rose 3 percent on the year. Prices rose 0.3 percent from April to May.",
         {"symbol": "CPIAUCSL", "measure": "on_period", "first": "2024-05-01"}),
        ("Consumer prices rose 3 percent on the year. Core prices rose 0.2 percent in May from April.",
         {"symbol": "CPILFESL", "measure": "on_period", "first": "2024-05-01"}),
        ("Unemployment fell. Employers added 206,000 jobs in May, after April's 165,000 jobs.",
         {"symbol": "PAYEMS", "first": "2024-05-01"}),
    ],
)  # fmt: skip
def test_figures_of_the_economy(text: str, expected: dict[str, Any]) -> None:
    assert holds(last(text)[0], {"check": "macro_level", **expected})


def test_a_month_right_before_a_figure_is_its_own() -> None:
    found = last("Employers added 206,000 jobs in May, after April's 165,000 jobs.")
    assert [t["first"] for t in found if "stated" in t] == ["2024-05-01", "2024-04-01"]


@pytest.mark.parametrize("prices", ["Gas prices", "Bond prices", "House prices"])
def test_prices_of_one_thing_are_no_consumer_prices(prices: str) -> None:
    assert not any(t["check"] == "macro_level" for t in last(f"Inflation rose in May. {prices} have fallen since."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 10-year Treasury yield began the year at 3.88 percent.", {"session": "2023-12-29"}),
        ("The gold price has recently passed the $2,400 mark for the first time.",
         {"relation": "crossed_above", "start": "2024-06-01"}),
        ("For the first time in its history, the S&P 500 closed above 5,500 on Tuesday.",
         {"relation": "crossed_above", "first_time": True, "session": "2024-07-02"}),
        ("The Nasdaq 100 hit the 20,000 mark on Tuesday.", {"relation": "above", "session": "2024-07-02"}),
    ],
)  # fmt: skip
def test_levels(text: str, expected: dict[str, Any]) -> None:
    (trial,) = last(text)
    assert holds(trial, {"check": "level", **expected})


@pytest.mark.parametrize("text", ["The Dow has edged higher in a slow start to 2024.", "The Dow fell 1% by 1930 GMT."])
def test_years_and_hours_are_no_levels(text: str) -> None:
    assert not any(t["check"] == "level" or "19" in t.get("session", "20")[:2] for t in last(text))


def test_two_forecasts_of_one_sentence() -> None:
    text = (
        "A strong report could push the S&P 500 higher in August, and might even lift the Dow above 40,000 by December."
    )
    assert [c.kind for c, _ in read(text)] == ["prediction", "prediction"]


def test_a_time_in_brackets_is_of_the_figure_before_it() -> None:
    found = last("The Nasdaq was back at 17,100 (May 2024 levels), down 4 percent.")
    assert not any(t.get("last") == "2024-05-31" for t in found)


@pytest.mark.parametrize(
    "text", ["All 11 S&P sectors fell on Monday.", "It is worth asking where sentiment in the S&P 500 is."]
)
def test_no_trial_of_something_else(text: str) -> None:
    assert last(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 10-year Treasury yield reached a 12-year high on Tuesday.",
         {"symbol": "DGS10", "side": "high", "since": "2012-07-03", "session": "2024-07-02"}),
        ("The Dow sank to a seven-month low.", {"symbol": "^DJI", "side": "low", "since": "2023-12-03"}),
        ("In October 2023 the 10-year Treasury yield hit a 16-year high.",
         {"start": "2023-09-30", "session": "2023-10-31", "since": "2007-10-31"}),
        ("In October 2022 the Dow closed at its lowest level since 2020.",
         {"start": "2022-10-01", "since": "2020-01-01"}),
    ],
)  # fmt: skip
def test_highs_of_a_length_and_of_a_month(text: str, expected: dict[str, Any]) -> None:
    (trial,) = last(text)
    assert holds(trial, {"check": "record_extreme", "quantity": "level", **expected})


def test_inflation_at_the_peak_of_decades() -> None:
    assert holds(last("American inflation reached a four-decade peak in May.")[0], {"relation": "highest"})


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("The 10-year Treasury yield fell to 4.41% from 4.47% late Friday.", {"2024-06-28", "2024-07-02"}),
        ("Gold rose to $2,330 from $2,320 on Monday.", {"2024-07-01", "2024-07-02"}),
    ],
)
def test_a_level_that_something_came_from_is_of_its_own_day(text: str, levels: set[str]) -> None:
    found = last(text)
    assert {t["check"] for t in found} == {"level"}
    assert {t["session"] for t in found} == levels


def test_as_low_as_is_a_level_within_the_session() -> None:
    (trial,) = last("The two-year yield sank as low as 4.65% on Monday.")
    assert holds(trial, {"check": "level", "symbol": "DGS2", "session": "2024-07-01"})
    assert trial["stated"]["qualifier"] == "up_to"
    assert trial["stated"]["low"] < 0.0465 < trial["stated"]["high"]


@pytest.mark.parametrize("word", ["both", "each"])
def test_what_moved_together_is_tested_each(word: str) -> None:
    assert {t["symbol"] for t in last(f"Nvidia and Apple {word} lost 2 percent on Monday.")} == {"NVDA", "AAPL"}


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Inflation fell to 3 percent in May.", "en", 0.03),
        ("Inflation eased to 3.3 percent in May.", "en", 0.033),
        ("Consumer prices fell 0.2 percent in May.", "en", -0.002),
        ("Die US-Inflation sank im Mai auf 3 Prozent.", "de", 0.03),
    ],
)
def test_a_rate_that_fell_to_a_figure_is_above_zero(text: str, language: str, value: float) -> None:
    assert last(text, language=language)[0]["stated"]["value"] == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Consumer prices rose 0.2 percent in May.", "on_period"),
        ("Consumer prices rose 3.3 percent in May from a year earlier.", None),
        ("Inflation rose to 3.3 percent in May.", None),
    ],
)
def test_on_what_prices_rose_may_be_open(text: str, other: str | None) -> None:
    assert last(text)[0].get("or_measure") == other


def test_what_was_expected_is_no_figure_that_came() -> None:
    found = last("The economy added 206,000 jobs in May, above the 190,000 that economists had expected.")
    assert [t["stated"]["text"] for t in found if "stated" in t] == ["206,000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over the past decade the S&P 500 has gained 11 percent a year.", {"annualised": True, "base": "2014-07-03"}),
        ("Since the Fed began raising rates in March 2022, the S&P 500 has gained 20 percent.", {"base": "2022-02-28"}),
        (
            "The S&P 500 lost 19 percent in 2022, its worst year since 2008.",
            {"session": "2022-12-30", "period": "year"},
        ),
        ("The Dow topped 39,000 for the first time in February.", {"relation": "crossed_above", "start": "2024-02-01"}),
    ],
)
def test_spans_that_a_sentence_names(text: str, expected: dict[str, Any]) -> None:
    assert holds(last(text)[-1], expected)


@pytest.mark.parametrize(
    "text",
    [
        "In the first half of 2022 the S&P 500 lost a fifth, its worst start to a year since 1970.",
        "The S&P 500 has averaged a gain of 10 percent a year since 1990.",
    ],
)
def test_what_no_check_has(text: str) -> None:
    assert last(text) == []


def test_a_part_that_says_now_is_not_of_the_day_of_another_part() -> None:
    found = last("The S&P 500 set a record on March 28, and now sits 6 percent below its high of June.")
    assert found
    assert all(t["session"] == "2024-07-02" for t in found)


@pytest.mark.parametrize(
    "text",
    [
        "The S&P 500 is 90 points short of a bear market.",
        "The Nasdaq is nearing a correction.",
    ],
)
def test_short_of_a_bear_market_is_none(text: str) -> None:
    assert last(text) == []


def test_a_figure_of_several_sessions_is_of_no_single_one() -> None:
    found = last("The Nasdaq fell 4% on Friday. In a two-day rout the Dow fell a record 2,700 points.")
    assert found == []


def test_a_relative_clause_is_of_what_stands_before_it() -> None:
    text = "In 2022 both the S&P 500 and long-dated paper of small towns, which lost 26 percent, fell."
    assert not any(t.get("stated", {}).get("text") == "26 percent" for t in last(text))


def test_the_beginning_of_the_year_is_of_the_year_that_is_told() -> None:
    text = "On April 22, 1998, the Nasdaq Composite stood at a record, 22 percent up since the beginning of the year."
    assert holds(last(text)[0], {"base": "1997-12-31", "last": "1998-04-22"})
