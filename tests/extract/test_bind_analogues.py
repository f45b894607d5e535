"""Sentences that liken the present to a named episode bind to its path; others that name one do not."""

from __future__ import annotations

from datetime import date

import binding_texts
import pytest
from binding_texts import TUESDAY

from analyzer.episodes import episodes, named_in
from analyzer.market.instruments import load_catalogue
from analyzer.model import Language, Trial


def trials(text: str, language: Language, published: date = TUESDAY) -> list[Trial]:
    found = binding_texts.trials(text, language, published)
    return [t for t in found if t.check == "historical_analogue"]


@pytest.mark.parametrize(
    ("text", "language", "symbol", "episode"),
    [
        ("The rise of Nvidia reminds one of the dot-com bubble.", "en", "NVDA", "dot-com"),
        ("The Nasdaq Composite looks a lot like 2000.", "en", "^IXIC", "dot-com"),
        ("The S&P 500 is repeating 2008.", "en", "^GSPC", "lehman"),
        ("The fall of the S&P 500 is reminiscent of October 1987.", "en", "^GSPC", "1987"),
        ("For the stock market it is 2000 all over again.", "en", "^GSPC", "dot-com"),
        ("Bitcoin is just like the tulip mania.", "en", "BTC-USD", "tulips"),
        ("Der Anstieg der Nvidia-Aktie erinnert an die Dotcom-Blase.", "de", "NVDA", "dot-com"),
        ("Der S&P 500 fällt wie 1929.", "de", "^GSPC", "1929"),
        ("Beim S&P 500 sind die Parallelen zum Herbst 2008 unübersehbar.", "de", "^GSPC", "lehman"),
        ("Die Aktienkurse sind ein Déjà-vu der Jahrtausendwende.", "de", "^IXIC", "dot-com"),
        ("Nvidia ähnelt dem Neuen Markt.", "de", "NVDA", "neuer-markt"),
    ],
)
def test_a_likening_binds_to_the_path_of_its_episode(text: str, language: str, symbol: str, episode: str) -> None:
    (trial,) = trials(text, language)
    assert (trial.params["symbol"], trial.params["episode"]) == (symbol, episode)
    assert trial.params["session"] == "2025-01-27"
    assert trial.directness == "statistical"
    assert trial.basis["episode"] == "quote"
    assert any("months up to 2025-01-27" in line for line in trial.assumed)


def test_the_market_as_a_whole_is_said_to_be_assumed() -> None:
    (trial,) = trials("Wall Street today is similar to 1987.", "en")
    assert trial.params["symbol"] == "^GSPC"
    assert trial.basis["symbol"] in ("default", "quote", "article")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 is at its highest since the dot-com bubble.", "en"),
        ("Unlike 2000, Nvidia earns money.", "en"),
        ("Nvidia is nothing like the dot-com bubble.", "en"),
        ("The mood around Nvidia reminds one of a funeral.", "en"),
        ("US unemployment looks like 2008.", "en"),
        ("The dollar looks like 2008.", "en"),
        ("Nvidia reminds some of 1929 and others of 2000.", "en"),
        ("Nvidia is similar to AMD.", "en"),
        ("It reminds me of 2008, the year my daughter was born.", "en"),
        ("An den Märkten herrscht die schlimmste Panik seit der Finanzkrise.", "de"),
        ("This market does not resemble the dot-com bubble.", "en"),
        ("Nothing about Nvidia reminds one of the dot-com bubble.", "en"),
        ("Nvidia erinnert nicht an die Dotcom-Blase.", "de"),
        ("Anders als 2000 verdient Nvidia Geld.", "de"),
        ("Der S&P 500 ist kein zweites 2008.", "de"),
        ("Der Dax steht ähnlich hoch wie zuletzt, bei 2000 Punkten.", "de"),
    ],
)
def test_what_likens_nothing_to_one_episode_binds_to_nothing(text: str, language: str) -> None:
    assert trials(text, language) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("wie im Jahr 2000", ["dot-com"]), ("up 2000 points", []), ("like 2000 points", []),
        ("die VW-Aktie im Oktober 2008", ["volkswagen"]), ("2008 and 1929", ["lehman", "1929"]),
        ("Bitcoin im Jahr 2017", ["bitcoin-2017"]), ("Japan 1989", ["japan"]), ("the year 12008", []),
    ],
)  # fmt: skip
def test_episodes_are_read_by_their_names(text: str, keys: list[str]) -> None:
    assert [e.key for e in named_in(text)] == keys


def test_the_catalogue_of_episodes_is_whole() -> None:
    """Each has series with a day each, known to the catalogue of instruments, or says what it lacks."""
    known = load_catalogue()
    for episode in episodes().values():
        assert episode.name
        assert 3 <= episode.months <= 60
        assert bool(episode.series) != bool(episode.lacking)
        for symbol, day in episode.series:
            assert known.get(symbol) is not None or symbol == "VOW.DE"
            assert date(1900, 1, 1) < day < TUESDAY
            assert day.weekday() < 5 or symbol == "BTC-USD"
