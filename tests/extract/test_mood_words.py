"""Words of mood are taken for the market's where they are, and not for those of politics and of people."""

from __future__ import annotations

import binding_texts
import pytest


def moods(text: str, language: str) -> list[str]:
    found = binding_texts.trials(text, language)  # type: ignore[arg-type]
    return [t.params["word"] for t in found if t.check == "volatility_regime"]


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("Die Anleger sind nervös.", "de", "nervous"),
        ("Nach den Unruhen in der Hauptstadt sind die Anleger nervös.", "de", "nervous"),
        ("Trotz der politischen Unruhe in Paris blieben die Anleger gelassen.", "de", "calm"),
        ("Am Aktienmarkt herrscht Ruhe, auch wenn die Regierung wankt.", "de", "calm"),
        ("Investors are nervous about the government shutdown.", "en", "nervous"),
        ("Political uncertainty made traders nervous on Monday.", "en", "nervous"),
        ("Money managers were on edge on Monday, and so was the stock market.", "en", "nervous"),
        ("The Nasdaq stayed calm on Monday.", "en", "calm"),
    ],
)
def test_the_mood_of_a_market_is_tested(text: str, language: str, word: str) -> None:
    assert moods(text, language) == [word]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die politische Unruhe in Frankreich belastet den Dax.", "de"),
        ("Soziale Unruhe trifft die Aktien von Siemens.", "de"),
        ("In der Hauptstadt ist es ruhig, und Siemens liefert.", "de"),
        ("Die Belegschaft von Volkswagen ist verunsichert.", "de"),
        ("Der SAP-Chef blieb vor den Abgeordneten gelassen.", "de"),
        ("Die Stimmung der Verbraucher ist angespannt, heißt es bei Adidas.", "de"),
        ("The calm in the capital helps Exxon.", "en"),
        ("Social unrest and political uncertainty hit Chevron's output.", "en"),
        ("Voters are anxious, and Tesla is an issue of the campaign.", "en"),
        ("Boeing's engineers are uneasy.", "en"),
        ("Apple's chief executive was relaxed.", "en"),
        ("Consumer sentiment is a worry for Nike.", "en"),
    ],
)
def test_the_mood_of_politics_and_of_people_is_not(text: str, language: str) -> None:
    assert moods(text, language) == []
