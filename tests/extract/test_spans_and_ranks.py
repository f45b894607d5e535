"""Highs and lows that a move is measured from, when something was last so, what is gone again, the yield curve."""

from __future__ import annotations

from datetime import date
from typing import Any

import binding_texts
import pytest

from analyzer.extract.binders.erasures import erased
from analyzer.extract.curve_words import downturns
from analyzer.model import Trial

WINTER = date(2014, 12, 13)


def of(check: str, text: str, language: str, published: date = WINTER) -> Trial:
    return next(t for t in binding_texts.trials(text, language, published) if t.check == check)  # type: ignore[arg-type]


def shown(trial: Trial, *names: str) -> tuple[Any, ...]:
    return tuple(trial.params.get(name) for name in names)


@pytest.mark.parametrize(
    ("text", "language", "published", "start"),
    [
        ("Crude oil has lost 46 percent since reaching a peak of $107 in June this year.", "en", WINTER, "2014-06-01"),
        ("Crude oil is down 46 percent since it peaked in June.", "en", WINTER, "2014-06-01"),
        ("Since topping out in October 2007, the S&P 500 has lost 52 percent.", "en", date(2008, 11, 21), "2007-10-01"),
        ("Seit der Goldpreis im September sein Hoch erreicht hat, ist er um 16 Prozent gefallen.", "de",
         date(2011, 12, 30), "2011-09-01"),
    ],
)  # fmt: skip
def test_a_fall_is_measured_from_a_high_that_was_come_to(text: str, language: str, published: date, start: str) -> None:
    assert of("drawdown", text, language, published).params["start"] == start


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 has gained 66.5 percent since bottoming in March.", "en"),
        ("Since hitting a 12-year low in March, the S&P 500 has risen 66.5 percent.", "en"),
        ("Seit der S&P 500 im März sein Tief markiert hat, ist er um 66,5 Prozent gestiegen.", "de"),
    ],
)
def test_a_rise_is_measured_from_a_low_that_was_come_to(text: str, language: str) -> None:
    trial = of("period_return", text, language, date(2009, 12, 31))
    assert shown(trial, "base", "turn", "turn_last") == ("2009-02-27", "low", "2009-03-31")


def test_a_low_of_a_year_in_a_month_is_that_of_the_month() -> None:
    text = "The euro ended the week at $1.0604. That's up from a 2015 low of $1.0482 in March."
    found = [t for t in binding_texts.trials(text, "en", date(2015, 11, 30)) if t.check == "level"]
    assert shown(found[-1], "symbol", "start", "session") == ("EURUSD=X", "2015-03-01", "2015-03-31")


def test_the_level_of_a_high_is_that_of_its_month() -> None:
    trial = of("level", "Crude oil has lost 46 percent since reaching a peak of $107 in June.", "en")
    assert shown(trial, "start", "session", "relation") == ("2014-06-01", "2014-06-30", "at")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The last time crude oil was this cheap was in May 2009.", "en"),
        ("Crude oil has not been so low since May 2009.", "en"),
        ("Crude oil fell to a level last seen in May 2009.", "en"),
        ("Crude oil dropped to $57.81, a level last seen in May 2009.", "en"),
        ("So niedrig war der Preis für WTI zuletzt im Mai 2009.", "de"),
        ("Zuletzt war WTI im Mai 2009 so billig.", "de"),
        ("Das letzte Mal, dass WTI so wenig kostete, war im Mai 2009.", "de"),
        ("WTI fiel auf ein Niveau, das zuletzt im Mai 2009 erreicht wurde.", "de"),
        ("WTI fiel auf einen Stand, den es seit Mai 2009 nicht mehr gesehen hatte.", "de"),
    ],
)
def test_when_it_was_last_so_is_where_a_record_begins_and_no_window(text: str, language: str) -> None:
    found = binding_texts.trials(text, language, WINTER)  # type: ignore[arg-type]
    record = next(t for t in found if t.check == "record_extreme")
    assert shown(record, "quantity", "side", "since", "session") == ("level", "low", "2009-05-01", "2014-12-12")
    assert not [t for t in found if t.check == "period_return"]


@pytest.mark.parametrize(
    ("text", "language", "span"),
    [
        ("The S&P 500 had its worst week since the financial crisis.", "en", ("2007-08-09", "2009-07-07")),
        ("Der S&P 500 erlebte die schlechteste Woche seit der Finanzkrise.", "de", ("2007-08-09", "2009-07-07")),
        ("The last time oil prices were this low was during the Great Recession.", "en", ("2007-12-01", "2009-10-28")),
        ("The last time oil was this cheap, the country was leaving the Great Recession. OPEC met.", "en",
         ("2007-12-01", "2009-10-28")),
    ],
)  # fmt: skip
def test_a_rank_since_a_time_with_a_name(text: str, language: str, span: tuple[str, str]) -> None:
    record = of("record_extreme", text, language, date(2020, 3, 1))
    assert (shown(record, "since", "since_by"), record.basis["since"]) == (span, "default")


def test_a_rank_since_a_known_event_is_since_its_month() -> None:
    record = of("record_extreme", "On Thursday the Dow had its worst day since Black Monday.", "en", date(2020, 3, 13))
    assert shown(record, "since", "since_precision") == ("1987-10-01", "month")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 dropped 3.5 percent in the week, its biggest drop since May 2012.", "en"),
        ("The S&P 500 lost 3.5 percent this week, the most since May 2012.", "en"),
        ("The S&P 500 slumped to its worst weekly loss since May 2012.", "en"),
        ("Der S&P 500 verlor in dieser Woche 3,5 Prozent, der stärkste Rückgang seit Mai 2012.", "de"),
    ],
)
def test_the_rank_of_a_week_is_none_of_its_last_day(text: str, language: str) -> None:
    assert of("record_extreme", text, language).params["period"] == "week"


@pytest.mark.parametrize(
    ("text", "language", "session"),
    [
        ("A week after hitting an all-time high, the S&P 500 tumbled 1.6 percent.", "en", "2014-12-05"),
        (
            "Seven days after closing at record levels, the S&P 500 slumped to its worst week since 2012.",
            "en",
            "2014-12-05",
        ),
    ],
)
def test_a_record_may_lie_some_days_before_what_is_told(text: str, language: str, session: str) -> None:
    found = binding_texts.trials(text, language, WINTER)  # type: ignore[arg-type]
    record = next(t for t in found if t.check == "record_extreme")
    assert shown(record, "quantity", "side", "session", "since") == ("level", "high", session, None)


@pytest.mark.parametrize(
    ("text", "language", "published", "expected"),
    [
        ("The S&P 500 has wiped out all its gains for the year.", "en", date(2025, 4, 5),
         ("2024-12-31", "2025-04-04", "down")),
        ("Wednesday's plunge erased the S&P 500's gains for the year.", "en", date(2018, 10, 25),
         ("2017-12-29", "2018-10-24", "down")),
        ("Der S&P 500 hat alle Gewinne seit Trumps Wahlsieg ausradiert.", "de", date(2025, 4, 30),
         ("2024-11-05", "2025-04-29", "down")),
        ("The S&P 500 has recovered all its losses since Liberation Day.", "en", date(2025, 5, 14),
         ("2025-04-02", "2025-05-13", "up")),
        ("Der S&P 500 hat seine Verluste seit Jahresbeginn wettgemacht.", "de", date(2025, 5, 14),
         ("2024-12-31", "2025-05-13", "up")),
    ],
)  # fmt: skip
def test_what_is_gone_again_is_held_against_where_it_began(
    text: str, language: str, published: date, expected: tuple[str, str, str]
) -> None:
    trial = of("period_return", text, language, published)
    assert (shown(trial, "base", "last", "direction"), trial.directness) == (expected, "direct")


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("The Nasdaq has erased all of Monday's losses.", "quote"),
        ("The Nasdaq has erased Monday's losses.", "default"),  # so that a close below refutes nothing
    ],
)
def test_the_losses_of_a_day_are_gone_when_the_close_before_it_is_back(text: str, basis: str) -> None:
    trial = of("period_return", text, "en", date(2025, 1, 30))
    assert shown(trial, "base", "last", "direction") == ("2025-01-24", "2025-01-29", "up")
    assert trial.basis["base"] == basis


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der S&P 500 machte die meisten Verluste der Vorwoche wieder wett.", "de"),
        ("The S&P 500 recouped more than half of the previous week's losses.", "en"),
    ],
)
def test_of_a_part_that_is_gone_only_the_ways_are_tested(text: str, language: str) -> None:
    found = binding_texts.trials(text, language, date(2025, 4, 13))  # type: ignore[arg-type]
    assert [(*shown(t, "base", "last", "direction"), t.directness) for t in found] == [
        ("2025-03-28", "2025-04-04", "down", "proxy"),
        ("2025-04-04", "2025-04-11", "up", "proxy"),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 gave back part of its gains since May.", "en"),  # from which high is not said
        ("The S&P 500 erased early losses.", "en"),
        ("Der S&P 500 machte seine Verluste wieder wett.", "de"),
    ],
)
def test_what_is_gone_without_a_span_has_no_direction_of_a_day(text: str, language: str) -> None:
    assert not binding_texts.trials(text, language, WINTER)  # type: ignore[arg-type]


def test_gains_and_losses_beside_each_other_are_none_that_are_gone() -> None:
    seen, claims = binding_texts.claims_in(
        "The gains of May were wiped out by the losses of June in the S&P 500.", "en"
    )
    assert all(erased(seen.at(c.start, c.end)) is None for c in claims)


@pytest.mark.parametrize(
    ("text", "language", "published", "expected"),
    [
        ("The 10-year Treasury yield fell below the 2-year on Wednesday.", "en", date(2019, 8, 15),
         ("below", "2019-08-14")),
        ("Two-year Treasury yields are higher than 10-year yields.", "en", date(2022, 7, 15), ("below", "2022-07-14")),
        ("The yield curve is inverted.", "en", date(2022, 7, 15), ("below", "2022-07-14")),
        ("Die US-Zinskurve ist invers.", "de", date(2022, 7, 15), ("below", "2022-07-14")),
        ("Die Rendite zweijähriger US-Anleihen liegt über der zehnjähriger.", "de", date(2022, 7, 15),
         ("below", "2022-07-14")),
        ("The yield curve is no longer inverted.", "en", date(2024, 9, 10), ("above", "2024-09-09")),
    ],
)  # fmt: skip
def test_an_inversion_is_a_close_of_the_curve_below_zero(
    text: str, language: str, published: date, expected: tuple[str, str]
) -> None:
    trial = of("level", text, language, published)
    assert shown(trial, "symbol", "relation", "session") == ("T10Y2Y", *expected)
    assert trial.basis["symbol"] == "default"


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("An inverted yield curve preceded the recessions of 1990, 2001 and 2007.", "en", 3),
        ("The yield curve has inverted before each of the last two recessions.", "en", 2),
        ("An inverted yield curve has preceded the last two bear markets.", "en", 2),
        ("The yield curve inverted before every recession since 1980.", "en", 4),
        ("Eine inverse Zinskurve ging den Rezessionen von 1990 und 2001 voraus.", "de", 2),
        ("Vor jeder Rezession seit 1980 war die Zinskurve invertiert.", "de", 4),
    ],
)
def test_what_an_inversion_went_before(text: str, language: str, count: int) -> None:
    found = binding_texts.trials(text, language, date(2019, 8, 15))  # type: ignore[arg-type]
    assert [shown(t, "symbol", "relation") for t in found] == [("T10Y2Y", "below")] * count
    assert all(days == tuple(sorted(days)) for days in downturns().values())


@pytest.mark.parametrize(
    "text",
    [
        "Yield curve inversions are a warning of recessions.",
        "When the yield curve inverts, stocks suffer.",
        "The German Bund yield curve with its five-year end is inverted.",
    ],
)
def test_inversions_in_general_and_other_curves_are_not_tested(text: str) -> None:
    found = binding_texts.trials(text, "en", date(2022, 7, 15))
    assert not [t for t in found if t.params.get("symbol") == "T10Y2Y" and t.check == "level"]


def test_the_second_level_of_a_way_told_in_the_past_was_reached_on_some_day() -> None:
    text = "Seit September stieg Bitcoin von 60.000 Dollar auf 106.000 Dollar."
    found = [t for t in binding_texts.trials(text, "de", date(2025, 4, 13)) if t.check == "level"]
    assert [shown(t, "start", "session") for t in found] == [(None, "2024-08-31"), ("2024-09-01", "2025-04-12")]
    now = "Seit September ist Bitcoin von 60.000 Dollar auf 85.000 Dollar gestiegen."
    found = [t for t in binding_texts.trials(now, "de", date(2025, 4, 13)) if t.check == "level"]
    assert [t.params.get("start") for t in found] == [None, None]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Seit Jahresbeginn sind die Kurse an der Wall Street gefallen.", "de"),
        ("Share prices on Wall Street have fallen since the beginning of the year.", "en"),
    ],
)
def test_the_prices_of_a_place_are_its_market(text: str, language: str) -> None:
    trial = of("period_return", text, language, date(2025, 4, 30))
    assert shown(trial, "symbol", "base", "direction") == ("^GSPC", "2024-12-31", "down")


def test_positions_of_traders_have_no_price() -> None:
    text = "Speculators raised their net short position in S&P 500 futures to the highest level since December."
    assert not [t for t in binding_texts.trials(text, "en") if t.check == "record_extreme"]


def test_a_record_of_another_index_of_the_dollar_is_no_contradiction() -> None:
    found = binding_texts.trials(
        "The US Dollar Index fell to its lowest level since 2022.", "en", missing=("DX-Y.NYB",)
    )
    records = [t for t in found if t.check == "record_extreme"]
    assert all((t.params["symbol"], t.basis["symbol"]) == ("DTWEXBGS", "default") for t in records)


def test_nothing_is_compared_with_itself() -> None:
    text = "Wall Street fared worse only in 1973, when the S&P 500 lost a tenth."
    assert not [t for t in binding_texts.trials(text, "en") if t.check == "relative_performance"]
