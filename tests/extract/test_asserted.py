"""What is said of a market, against what is only named, supposed or announced."""

from __future__ import annotations

import pytest

from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article


def kinds(text: str, language: str) -> list[str]:
    article = Article(id="case", text=text, language=language)
    return [c.kind for c in RulesReader().read(article, view(article, load_catalogue())).claims or ()]


NOT_SAID = [
    ("en", "If I were certain that shares fall, I would sell them to my neighbour."),
    ("en", "Compare the collapse of these shares with the weather."),
    ("en", "He may be losing money on his shares."),
    ("en", "That is why futures contracts exist."),
    ("en", "His lengthy forecasts for the stock market fill a shelf."),
    ("en", "The chain cut its outlook, as every shop on the stock market does."),
    ("en", "If banks lend less, funds might lend more."),
    ("en", "The central bank has three tools to support the banks:"),
    ("en", "The central bank will do whatever it takes."),
    ("en", "He pays a higher price for oil at that shop, and takes some off the table."),
    ("en", "Traders use futures for speculation."),
    ("en", "The biggest bank loser on Monday was my uncle."),
    ("en", "The banks have improved their opening hours."),
    ("en", "The banks began to lower the blinds."),
    ("de", "Wäre ich sicher, dass die Aktien fallen, verkaufte ich sie meinem Nachbarn."),
    ("de", "Über die Abwertung des Euros freut sich mein Bäcker."),
    ("de", "Von sinkenden Kursen der Aktien träumt mein Onkel."),
    ("de", "Deshalb gibt es Banken an der Börse."),
    ("de", "Wenn die Banken weniger verleihen, könnten die Fonds mehr verleihen."),
    ("de", "Trotz der Rekordkurse herrscht an der Börse Langeweile."),
]
SAID = [
    ("en", "Shares fell, which I was certain of.", "quantitative_move"),
    ("en", "Shares suffered a collapse.", "quantitative_move"),
    ("en", "Oil may be heading for 90 dollars.", "prediction"),
    ("en", "The collapse of the yen is why Japanese shares fell.", "quantitative_move"),
    ("en", "His forecasts see the S&P 500 at 7,000 points.", "prediction"),
    ("en", "If banks lend less, the S&P 500 will fall below 4,000 points by October.", "prediction"),
    ("en", "The shares have improved on their price of May.", "quantitative_move"),
    ("en", "The S&P 500 may fall if the talks succeed.", "prediction"),
    ("en", "Economists at the bank forecast a recession.", "prediction"),
    ("en", "Oil ended higher.", "quantitative_move"),
    ("en", "It was the biggest drop of the S&P 500 since March.", "record_extreme"),
    ("en", "A rally in bond prices followed.", "quantitative_move"),
    ("de", "Der Kurssturz bei Nvidia war dramatisch.", "quantitative_move"),
    ("de", "Ein heftiger Ausverkauf erfasste die Technologiewerte.", "quantitative_move"),
    ("de", "Die Aktien fallen, da bin ich sicher.", "quantitative_move"),
    ("de", "Der Euro verzeichnete eine Abwertung.", "quantitative_move"),
    ("de", "Die Kurse der Aktien sinken.", "quantitative_move"),
    ("de", "Wenn die Banken weniger verleihen, wird der Dax bis Oktober unter 15.000 Punkte fallen.", "prediction"),
    ("de", "Der Dax schloss auf Rekordkurs.", "record_extreme"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NOT_SAID)
def test_what_is_not_said_makes_no_claim(language: str, text: str) -> None:
    assert kinds(text, language) == []


@pytest.mark.parametrize(("language", "text", "kind"), SAID)
def test_what_is_said_does(language: str, text: str, kind: str) -> None:
    assert kind in kinds(text, language)


def test_a_heading_repeats_the_text_and_makes_no_claim() -> None:
    heading = "Absturz um 12 Prozent in Tokio"
    text = f"{heading}\n\nDer Nikkei fiel am Montag um 12 Prozent."
    assert kinds(text, "de") == ["quantitative_move"]
    assert kinds(f"Der Dax lag im Plus.\n\n{heading}", "de")[-1:] == [
        "quantitative_move"
    ]  # the last line may be a note
    assert len(kinds("Nikkei fällt um 12 Prozent\n\nDer Nikkei fiel am Montag um 12 Prozent.", "de")) == 2
