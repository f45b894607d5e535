"""From sentences to trials: subject, window, direction and figure are read from the text, nothing is guessed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from analyzer.checks.base import PROPOSED_CAP
from analyzer.extract.bind import Setting, bind
from analyzer.extract.proposals import Proposal
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import ArticleView, view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Article, Trial

TUESDAY = date(2025, 1, 28)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def seen(text: str, language: str) -> ArticleView:
    return view(Article(id="a", text=text, language=language, published=TUESDAY), catalogue())


def trials(text: str, language: str = "en", published: date | None = TUESDAY) -> list[Trial]:
    article = seen(text, language)
    claims = RulesReader().read(article.article, article).claims or ()
    return [t for c in claims for t in bind(c, article, Setting(Clock(published)))[0].trials]


def some(text: str, check: str, language: str = "en") -> Trial:
    found = [t for t in trials(text, language) if t.check == check]
    assert found, [t.check for t in trials(text, language)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "language", "check", "params"),
    [
        ("Nvidia shares fell 17 percent on Monday.", "en", "session_return",
         {"symbol": "NVDA", "session": "2025-01-27", "direction": "down"}),
        ("Die Nvidia-Aktie brach über Nacht um 17 Prozent ein.", "de", "session_return",
         {"symbol": "NVDA", "session": "2025-01-27"}),
        ("Der Dax hat seit Jahresbeginn um 7 Prozent zugelegt.", "de", "period_return",
         {"symbol": "^GDAXI", "base": "2024-12-30", "direction": "up"}),
        ("The S&P 500 gained 23 percent in 2024.", "en", "period_return",
         {"symbol": "^GSPC", "base": "2023-12-29", "last": "2024-12-31"}),
        ("Nvidia lost $600bn in market value on Monday.", "en", "market_value_change",
         {"symbols": ["NVDA"], "base": "2025-01-24", "last": "2025-01-27"}),
        ("The Dow fell 504 points on Monday.", "en", "session_return", {"symbol": "^DJI", "session": "2025-01-27"}),
        ("Am Montag schloss der S&P 500 bei 6.012 Punkten.", "de", "level", {"symbol": "^GSPC", "relation": "at"}),
        ("On Monday US crude closed below zero.", "en", "level",
         {"symbol": "CL=F", "relation": "below", "session": "2025-01-27"}),
        ("On Monday the VIX reached its highest level since December.", "en", "record_extreme",
         {"symbol": "^VIX", "quantity": "level", "side": "high", "since": "2024-12-01"}),
        ("An den Börsen herrschte am Montag Panik.", "de", "volatility_regime", {"symbol": "^VIX", "word": "panic"}),
        ("The Nasdaq is 10 percent below its record high.", "en", "drawdown", {"symbol": "^IXIC", "mode": "size"}),
        ("The S&P 500 will fall below 5,000 by the end of 2025.", "en", "forecast",
         {"symbol": "^GSPC", "end": "2025-12-31", "mode": "touch"}),
    ],
)  # fmt: skip
def test_a_sentence_becomes_its_trial(text: str, language: str, check: str, params: dict[str, Any]) -> None:
    trial = some(text, check, language)
    assert {name: trial.params.get(name) for name in params} == params


BENCHMARK = (
    "On Monday the S&P 500 lost 88.96 points. The benchmark finished at 6,012.28, its lowest close since mid-January, "
    "and now stands 1.7 percent below the record it set on January 23."
)


def test_every_predicate_of_a_sentence_becomes_a_claim_with_its_own_trial() -> None:
    article = seen(BENCHMARK, "en")
    claims = RulesReader().read(article.article, article).claims or ()
    bound = [(c.quote, [t.check for t in bind(c, article, Setting(Clock(TUESDAY)))[0].trials]) for c in claims[1:]]
    assert bound == [
        ("The benchmark finished at 6,012.28", ["level"]),
        ("its lowest close since mid-January", ["record_extreme"]),
        ("now stands 1.7 percent below the record it set on January 23.", ["drawdown"]),
    ]


@pytest.mark.parametrize(
    ("text", "language", "left_over"),
    [
        ("Der Dax fiel am Montag um 6,8 Prozent auf 9557 Punkte.", "de", ()),
        ("Der Dax erlebte am Montag mit minus 6,8 Prozent den schlimmsten Tag seit der Tequila-Krise.", "de",
         ("schlimmsten Tag seit der Tequila-Krise",)),
        ("All of the Magnificent Seven fell more than 10% on Monday.", "en", ("more than 10%",)),
        ("Am Montag gab einzig Apple nach.", "de", ("einzig",)),
        ("On Monday only Apple fell.", "en", ("only",)),
        ("On Monday Apple fell only 1.2 percent.", "en", ()),
        ("Von seinem Rekordhoch aus dem Januar bei 6118 Punkten trennen den S&P 500 nun 1,7 Prozent.", "de", ()),
    ],
)  # fmt: skip
def test_what_the_trials_of_a_claim_leave_untested_is_kept(text: str, language: str, left_over: tuple[str]) -> None:
    article = seen(text, language)
    claims = RulesReader().read(article.article, article).claims or ()
    bound = [bind(c, article, Setting(Clock(TUESDAY)))[0] for c in claims]
    assert all(b.trials for b in bound)
    assert tuple(part for b in bound for part in b.untested) == left_over


@pytest.mark.parametrize(
    ("text", "language", "left_over"),
    [
        ("On Monday Nvidia fell 17 percent, because of a Chinese model.", "en",
         ("because of a Chinese model",)),
        ("Am Montag verlor Nvidia 17 Prozent, wegen eines Modells aus China.", "de",
         ("wegen eines Modells aus China",)),
        ("On Monday Nvidia fell 17 percent, which surprised nobody in Frankfurt.", "en", ()),
    ],
)  # fmt: skip
def test_a_second_statement_without_a_figure_is_kept_beside(text: str, language: str, left_over: tuple[str]) -> None:
    article = seen(text, language)
    claims = RulesReader().read(article.article, article).claims or ()
    bound = [bind(c, article, Setting(Clock(TUESDAY)))[0] for c in claims]
    assert tuple(part for b in bound for part in b.beside) == left_over
    assert all(b.untested == () for b in bound)


@pytest.mark.parametrize(
    ("text", "left_over"),
    [
        ("In 2024 Nvidia rose 171 percent; the year before, 239.", ("239",)),
        ("In January Nvidia fell 2.7 percent and 24 analysts changed their minds.", ()),
    ],
)  # fmt: skip
def test_bare_numbers_and_streaks_are_not_tested(text: str, left_over: tuple[str]) -> None:
    article = seen(text, "en")
    claims = RulesReader().read(article.article, article).claims or ()
    bound = [bind(c, article, Setting(Clock(date(2025, 2, 5))))[0] for c in claims]
    assert tuple(part for b in bound for part in b.untested) == left_over


@pytest.mark.parametrize("said", ["finish the year", "end the year", "finish 2025"])
def test_a_threshold_tells_the_way_and_the_year_closes_once(said: str) -> None:
    text = f"Others called the fall healthy and expect the S&P 500 to {said} above 6,500."
    params = some(f"Strategists see it weaker. {text}", "forecast").params
    assert (params["direction"], params["mode"], params["end"]) == ("up", "at_horizon", "2025-12-31")


def test_the_end_of_the_year_is_its_last_day() -> None:
    assert some("The S&P 500 will end the year at 6,500.", "forecast").params["end"] == "2025-12-31"


def test_a_level_to_stand_at_is_no_level_to_rise_to() -> None:
    trial = some("Wir erwarten den S&P 500 Ende 2025 bei 4200 Punkten.", "forecast", "de")
    said = trial.params["stated"]
    assert (said["qualifier"], said["low"], said["high"]) == ("between", 3990.0, 4410.0)
    assert any("within 5 %" in note for note in trial.assumed)
    assert some("The S&P 500 will fall to 5,400 by the end of June.", "forecast").params["direction"] == "down"


UNSEEN = [
    ("Die ASML-Aktie fiel am Montag an der Nasdaq um 16 Prozent.", "de", [("session_return", "ASML")]),
    ("On Monday Nvidia fell 17 percent. Gold closed Monday at $2,740, a record.", "en",
     [("session_return", "NVDA"), ("record_extreme", "GC=F"), ("level", "GC=F")]),
    ("Cisco, the Nvidia of its day, closed at 63 dollars on Monday.", "en", [("level", "CSCO")]),
    ("Nvidia had lost 23% in four sessions.", "en", []),
    ("The Nasdaq reported record revenue on Monday.", "en", []),
    ("Am Montag blieb die Nasdaq unter ihrem Rekord vom Juli.", "de", []),
    ("Der Mai-Kontrakt der Sorte WTI schloss bei minus 37,63 Dollar.", "de", []),
    ("In New York verlor der Dow am selben Donnerstag zehn Prozent.", "de", []),
    ("From the top to the bottom the Nasdaq lost 78 percent.", "en", []),
    ("By January 24, a Friday, Nvidia had lost a third.", "en", []),
    ("In November 2024 Nvidia fell 14 percent on the 9th.", "en", []),
    ("Nvidia notiert tiefer als zum Jahreswechsel.", "de", []),
    ("Vor einem Jahr notierte der Dax noch über 19.000 Punkten.", "de", [("level", "^GDAXI")]),
    ("On Monday the panic on Wall Street passed.", "en", []),
    ("Der Dax gab nach: minus 1,8 Prozent am Montag, Schlussstand 17.339 Punkte.", "de",
     [("session_return", "^GDAXI"), ("level", "^GDAXI")]),
    ("Seinen tiefsten Stand sah der Dax am 13. Januar.", "de", []),
    ("An Heiligabend gab der S&P 500 um 2,7 Prozent nach.", "de", [("session_return", "^GSPC")]),
    ("On Monday gold was the quiet casualty of the panic.", "en", []),
    ("Returns of the S&P 500 over the next decade will be lower than over the last.", "en", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "expected"), UNSEEN)
def test_what_a_hostile_reader_found(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert [(t.check, t.params["symbol"]) for t in trials(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "language", "window"),
    [
        ("Bitcoin fell 8.7 percent in August and 15 percent in April.", "en",
         [("2024-07-31", "2024-08-31"), ("2024-03-31", "2024-04-30")]),
        ("If you spent last week asleep, the S&P 500 gained 1.7 percent.", "en", [("2025-01-17", "2025-01-24")]),
    ],
)  # fmt: skip
def test_every_figure_has_its_own_time(text: str, language: str, window: list[tuple[str, str]]) -> None:
    found = trials(text, language, date(2025, 1, 26))
    assert [(t.params["base"], t.params["last"]) for t in found] == window


def test_a_figure_and_a_state_beside_it_have_a_trial_each() -> None:
    text = "On Monday the Nasdaq was 13 percent below its peak and is now in a correction."
    assert [(t.check, t.params["mode"]) for t in trials(text)] == [("drawdown", "size"), ("drawdown", "crossed")]


def test_the_level_that_a_move_is_measured_from_is_tested_on_its_day() -> None:
    found = trials("Since the low of 13 January (5,836.22 points) the S&P 500 has risen by 3 percent.")
    assert [(t.check, t.params.get("session") or t.params["base"]) for t in found] == [
        ("level", "2025-01-13"), ("period_return", "2025-01-13"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "relation"),
    [
        ("Nvidia closed over 1000 dollars on Monday.", "en", "above"),
        ("Nvidia is now over 100 dollars.", "en", "above"),
        ("Nvidia under 100 dollars: who would have thought it.", "en", "below"),
        ("Nvidia trades for more than 100 dollars.", "en", "above"),
        ("Nvidia shares are worth 118 dollars.", "en", "at"),
        ("Nvidia passed the 100-dollar mark on Monday.", "en", "above"),
        ("The S&P 500 fell below the psychological 6,000-point mark on Monday.", "en", "below"),
        ("Nvidia knackte am Montag die 100-Dollar-Marke.", "de", "above"),
        ("Der Dow steht nun über 44.000.", "de", "above"),
    ],
)
def test_a_price_or_an_index_on_one_side_of_a_mark(text: str, language: str, relation: str) -> None:
    assert some(text, "level", language).params["relation"] == relation


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia sold over 100 million chips.",
        "Nvidia has traded sideways over the past 12 months.",
        "Nvidia employs more than 30,000 people.",
        "Over 600 billion shares of Nvidia were never issued.",
    ],
)
def test_over_and_under_are_not_always_a_mark(text: str) -> None:
    assert [t.check for t in trials(text) if t.check in ("level", "market_value_change")] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia: 600 billion gone overnight.", "en"),
        ("At Nvidia 600 billion were wiped out on Monday.", "en"),
        ("Nvidia lost 600 billion on Monday.", "en"),
        ("Bei Nvidia sind über Nacht 600 Milliarden weg.", "de"),
    ],
)
def test_billions_without_a_currency_that_are_gone_are_money(text: str, language: str) -> None:
    stated = some(text, "market_value_change", language).params["stated"]
    assert (stated["value"], stated["unit"], stated["currency"]) == (-600e9, "currency", "USD")


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Volume in Nvidia tripled on Monday.", "en", {"unit": "ratio", "value": 3.0, "against": "before"}),
        ("On Monday trading volume in Nvidia was three times the average of the past three months.", "en",
         {"unit": "ratio", "value": 3.0, "window": 63}),
        ("Am Montag wurden 818 Millionen Nvidia-Aktien gehandelt, doppelt so viele Stück wie üblich im Dezember.", "de",
         {"unit": "ratio", "value": 2.0, "usual_from": "2024-12-01", "usual_to": "2024-12-31"}),
        ("On Monday some 818 million shares of Nvidia changed hands.", "en", {"unit": "count", "value": 818e6}),
    ],
)  # fmt: skip
def test_turnover_that_is_put_in_a_figure(text: str, language: str, said: dict[str, Any]) -> None:
    found = [t.params | t.params.get("stated", {}) for t in trials(text, language) if t.check == "abnormal_volume"]
    assert any({name: params.get(name) for name in said} == said for params in found), found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nach DeepSeek brach Nvidia am Montag um 17 Prozent ein.", "de"),
        ("After the DeepSeek shock, Nvidia fell 17 percent on Monday.", "en"),
        ("On Monday, after Washington and Beijing had agreed on a truce, Nvidia fell 17 percent.", "en"),
    ],
)
def test_an_event_beside_a_named_day_does_not_hide_the_day(text: str, language: str) -> None:
    assert some(text, "session_return", language).params["session"] == "2025-01-27"


@pytest.mark.parametrize(
    ("text", "why_not", "lacks"),
    [
        ("Nvidia has lost 17 percent since the election.", "time_not_read", ("the time",)),
        ("Three days later Nvidia fell 3 percent.", "time_not_read", ("the time",)),
        ("Shares have lost 17 percent.", "no_instrument", ("a series",)),
        ("Nvidia is mentioned. The prices of houses have suffered losses.", "vague", ("a series",)),
    ],
)
def test_what_was_not_read_is_said(text: str, why_not: str, lacks: tuple[str, ...]) -> None:
    article = seen(text, "en")
    claim = (RulesReader().read(article.article, article).claims or ())[-1]
    bound = bind(claim, article, Setting(Clock(TUESDAY)))[0]
    assert (bound.why_not, bound.lacks) == (why_not, lacks)


def test_a_claim_whose_days_were_not_read_comes_with_its_command() -> None:
    article = seen("Nvidia has lost 17 percent since the election.", "en")
    (claim,) = RulesReader().read(article.article, article).claims or ()
    command = bind(claim, article, Setting(Clock(TUESDAY)))[0].by_hand
    assert command == (
        'analyze check period_return --symbol NVDA --base DAY --last DAY --stated "17 percent" --direction down'
    )


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("On Monday Nvidia fell 17 percent. The shares closed at 118.42 dollars.", "en", 2),
        ("On Monday the S&P 500 fell 1.5 percent. The index is 1.7 percent below its peak.", "en", 2),
        ("Am Montag fiel die Nvidia-Aktie um 17 Prozent. Der Kurs schloss bei 118,42 Dollar.", "de", 2),
        ("On Monday Nvidia fell 17 percent. Banks lost 3 percent.", "en", 1),
        ("On Monday Nvidia fell 17 percent. The banks suffered losses on Monday.", "en", 1),
        ("Am Montag fiel der Dax um 3 Prozent. Versorger gewannen 2 Prozent.", "de", 1),
        ("On Monday Nvidia fell 17 percent. Commodities rose 2 percent.", "en", 1),
    ],
)
def test_only_a_word_that_points_back_takes_over_the_subject(text: str, language: str, count: int) -> None:
    assert len(trials(text, language)) == count


@pytest.mark.parametrize(
    ("text", "language", "published", "window"),
    [
        ("The S&P 500 ended the year up 23 percent.", "en", date(2025, 1, 10), ("2023-12-29", "2024-12-31")),
        ("The S&P 500 closed out the year 23 percent higher.", "en", date(2024, 12, 31), ("2023-12-29", "2024-12-31")),
        ("The Nasdaq ended the week 2 percent lower.", "en", date(2025, 2, 1), ("2025-01-24", "2025-01-31")),
        ("The Nasdaq ended the week 2 percent lower.", "en", date(2025, 1, 29), ("2025-01-17", "2025-01-24")),
        ("The Dow ended the quarter 300 points lower.", "en", date(2025, 1, 29), ("2024-09-30", "2024-12-31")),
        ("Der Dax ging 18,8 Prozent höher aus dem Jahr.", "de", date(2025, 1, 2), ("2023-12-29", "2024-12-30")),
        ("Der Dax beschloss die Woche 2 Prozent höher.", "de", date(2025, 2, 1), ("2025-01-24", "2025-01-31")),
    ],
)  # fmt: skip
def test_a_period_that_has_ended_is_the_last_one(
    text: str, language: str, published: date, window: tuple[str, str]
) -> None:
    (trial,) = trials(text, language, published)
    assert (trial.check, trial.params["base"], trial.params["last"]) == ("period_return", *window)


def test_the_level_at_the_end_of_a_period_is_of_its_last_session() -> None:
    text = "Der S&P 500 beendete das Jahr bei 5.881,63 Punkten."
    assert [t.params["session"] for t in trials(text, "de", date(2025, 1, 5))] == ["2024-12-31"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On February 30, 2025 the S&P 500 fell 1.5 percent.", "en"),
        ("Am 31. April 2025 stieg der S&P 500 um 1,5 Prozent.", "de"),
        ("Am 29. Februar 2025 schloss der Dax bei 22.000 Punkten.", "de"),
        ("On June 31, 2024 the VIX reached its highest level since March.", "en"),
    ],
)
def test_a_day_that_does_not_exist_is_no_other_day(text: str, language: str) -> None:
    article = seen(text, language)
    (claim,) = RulesReader().read(article.article, article).claims or ()
    bound = bind(claim, article, Setting(Clock(date(2025, 5, 10))))[0]
    assert (bound.trials, bound.why_not) == ((), "no_such_day")


@pytest.mark.parametrize(
    ("text", "language", "window"),
    [
        ("The Nasdaq has gained 3 percent over the past five sessions.", "en", ("2025-01-17", "2025-01-27")),
        ("Der Dax hat in den vergangenen zehn Handelstagen 3 Prozent gewonnen.", "de", ("2025-01-13", "2025-01-27")),
        ("For the week ended January 24 the S&P 500 rose 1.7 percent.", "en", ("2025-01-17", "2025-01-24")),
    ],
)
def test_a_counted_window_ends_where_it_says(text: str, language: str, window: tuple[str, str]) -> None:
    (trial,) = trials(text, language)
    assert (trial.params["base"], trial.params["last"]) == window


def test_a_second_statement_of_another_company_is_a_claim_of_its_own() -> None:
    article = seen("On Monday Nvidia lost 17 percent, and Oracle did not recover at all.", "en")
    claims = RulesReader().read(article.article, article).claims or ()
    assert [c.quote for c in claims] == ["On Monday Nvidia lost 17 percent", "Oracle did not recover at all."]


def test_a_first_time_in_a_month_is_looked_for_in_the_month_and_counts_of_records_are_not_tested() -> None:
    text = "The S&P 500 set 57 record closes, and only in November did it rise above 6,000 points for the first time."
    article = seen(text, "en")
    claims = RulesReader().read(article.article, article).claims or ()
    bound = [bind(c, article, Setting(Clock(date(2024, 12, 19))))[0] for c in claims]
    (trial,) = [t for b in bound for t in b.trials if t.check == "level"]
    assert (trial.params["start"], trial.params["session"]) == ("2024-11-01", "2024-11-29")
    assert [b.trials for b in bound if b.why_not] == [()]


def test_a_market_of_another_region_is_not_the_one_named_before() -> None:
    before = "On Monday the Nasdaq fell 3.1 percent. "
    assert len(trials(before + "The benchmark lost 88.96 points.")) == 2
    assert len(trials(before + "Taiwan's benchmark lost 88.96 points.")) == 1


def test_every_parameter_that_decides_has_a_basis() -> None:
    trial = some("Nvidia shares fell 17 percent on Monday.", "session_return")
    assert trial.basis == {"symbol": "quote", "direction": "quote", "stated": "quote", "session": "quote"}


def test_a_session_that_is_not_named_is_said_to_be_assumed() -> None:
    trial = some("Nvidia shares fell 17 percent.", "session_return")
    assert trial.basis["session"] == "default"
    assert any("names no day" in note for note in trial.assumed)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In premarket trading Nvidia shares fell 7.5 percent.", "en"),
        ("In 75 percent of those years the S&P 500 recorded a gain.", "en"),
        ("Nvidia shares fell 17 percent on the same day.", "en"),
        ("The S&P 500 has risen by 10 percent since the crash.", "en"),
        ("US-Konsumentenpreise stiegen um 3 Prozent.", "de"),
    ],
)
def test_what_the_text_does_not_fix_is_not_tested(text: str, language: str) -> None:
    assert [t.check for t in trials(text, language) if t.check in ("session_return", "period_return")] == []


def test_the_other_side_of_a_series_turns_the_sign() -> None:
    trial = some("Der Yen stieg am Montag um 2 Prozent.", "session_return", "de")
    assert trial.params["symbol"] == "JPY=X"
    assert trial.params["direction"] == "down"
    assert trial.params["stated"]["value"] == pytest.approx(-0.02)


def proposed(text: str, **proposal: Any) -> tuple[list[Trial], list[str]]:
    article = seen(text, "en")
    (claim,) = RulesReader().read(article.article, article).claims or ()
    hint = {
        "symbols": (),
        "direction": None,
        "figure": None,
        "first": None,
        "last": None,
        "event": None,
        "directness": "direct",
        "why": "",
    }
    bound, refused = bind(
        claim, article, Setting(Clock(TUESDAY)), [Proposal(claim_id=claim.id, **{**hint, **proposal})]
    )
    return list(bound.trials), [r.code for r in refused]


def test_a_model_that_proposes_another_window_than_the_text_is_refused() -> None:
    found, refused = proposed(
        "Nvidia shares fell 17 percent on Monday.", check="session_return", symbols=("NVDA",), last=date(2020, 3, 16)
    )
    assert "window_differs" in refused
    assert found[0].params["session"] == "2025-01-27"


@pytest.mark.parametrize("last", [date(2025, 1, 27), date(2025, 1, 28)])
def test_a_model_may_propose_either_reading_of_a_day_that_is_not_named(last: date) -> None:
    found, refused = proposed("Nvidia shares fell 17 percent.", check="session_return", symbols=("NVDA",), last=last)
    assert refused == []
    assert (found[0].params["session"], found[0].params["or_session"]) == ("2025-01-27", "2025-01-28")


def test_a_model_that_proposes_another_subject_than_the_text_is_refused() -> None:
    found, refused = proposed("Nvidia shares fell 17 percent on Monday.", check="session_return", symbols=("AVGO",))
    assert "subject_differs" in refused
    assert {t.params["symbol"] for t in found if t.check == "session_return"} == {"NVDA"}


def test_a_forecast_is_not_of_what_another_clause_names() -> None:
    text = "As the 10-year Treasury yield climbs, BTFP usage should continue to increase in the coming weeks."
    assert trials(text, "en") == []


def test_a_proposed_direction_is_marked_and_bears_nothing_out_by_itself() -> None:
    text = "Nervous months will come for the S&P 500 before the end of June."
    hint = {"check": "forecast", "symbols": ("^GSPC",), "direction": "down"}
    (found,) = [t for t in proposed(text, **hint)[0] if t.check == "forecast"]
    assert (found.params["direction"], found.basis["direction"]) == ("down", "proposed")
    assert "direction" in PROPOSED_CAP


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("The S&P 500 will fall.", 1),
        ("The S&P 500 is in for another difficult day.", 0),
        ("Difficult weeks will come for the S&P 500.", 0),
    ],
)
def test_twelve_months_are_not_put_in_place_of_a_span_that_was_said(text: str, years: int) -> None:
    hint = {"check": "forecast", "symbols": ("^GSPC",), "direction": "down"}
    found = [t.params["horizon_basis"] for t in proposed(text, **hint)[0] if t.check == "forecast"]
    assert found.count("default") == years
