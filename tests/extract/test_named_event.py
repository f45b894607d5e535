"""The event that a text names: of two that fit, the one that concerns the instrument."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, article_id
from analyzer.series import Event

PUBLISHED = date(2024, 12, 4)
CHIPS = Event(date(2024, 12, 2), "export control", "Washington publishes rules on chipmaking equipment")
STEEL = Event(date(2024, 12, 3), "tariff", "Washington announces tariffs on steel")


@pytest.mark.parametrize(
    ("subject", "event"),
    [("Nvidia", CHIPS), ("The Nasdaq Composite", STEEL), ("Netflix", STEEL)],
    ids=["a chip share", "an index", "neither concerns it: the latest"],
)
def test_of_the_events_that_a_text_names_that_of_the_instrument_is_meant(subject: str, event: Event) -> None:
    text = f"{subject} fell on Tuesday because of the new rules from Washington."
    article = Article(id=article_id(text, None, PUBLISHED), text=text, language="en", published=PUBLISHED)
    seen = view(article, load_catalogue())
    (claim,) = (c for c in RulesReader().read(article, seen).claims or () if c.kind == "causal")
    bound, _ = bind(claim, seen, Setting(Clock(PUBLISHED), (CHIPS, STEEL)))
    (trial,) = (t for t in bound.trials if t.check == "trigger")
    assert (trial.params["event"], trial.params["event_date"]) == (event.title, event.date.isoformat())
