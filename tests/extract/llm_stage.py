"""What the tests of the model's way share: a short commentary of our own, its view, the client of a fake server."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from fake_openai import FakeOpenAI

from analyzer.config import load
from analyzer.extract.view import ArticleView, view
from analyzer.llm.client import ChatClient, StepCacheLike, open_model
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Article, article_id

TEXT = (
    "Der Dax verlor am Montag 3,1 Prozent, und keiner weiß warum.\n"
    "Nvidia fiel um 17 Prozent und büßte 600 Mrd. Dollar an Börsenwert ein. »Das war Panik«, sagt ein Händler.\n"
    "Wer jetzt verkauft, ist selber schuld. Bis Weihnachten wird der Dax wieder steigen."
)
SPEC = "openai:tester"


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def article(text: str = TEXT, published: date | None = date(2025, 1, 28)) -> Article:
    return Article(
        id=article_id(text, None, published), text=text, language="de", published=published,
        published_basis="given" if published else "unknown",
    )  # fmt: skip


def seen(of: Article) -> ArticleView:
    return view(of, catalogue())


def client(server: FakeOpenAI, cache: StepCacheLike | None = None, **given: Any) -> ChatClient:
    return open_model(SPEC, load(base_url=server.url, **given), cache)


def item(quote: str, kind: str = "quantitative_move", **changed: Any) -> dict[str, Any]:
    """A claim as a model writes it."""
    return {
        "quote": quote, "statement": f"It is said: {quote}", "kind": kind, "cited": None, "modality": "asserted",
        "checkable": "yes", "why_not": None, **changed,
    }  # fmt: skip


def reply(*items: dict[str, Any]) -> dict[str, Any]:
    return {"claims": list(items)}


def trial(claim: int, check: str = "session_return", **changed: Any) -> dict[str, Any]:
    """A trial as a model writes it."""
    return {
        "claim": claim, "check": check, "symbols": ["^GDAXI"], "direction": None, "figure": None,
        "first": None, "last": None, "event": None, "directness": "direct", "why": "the move of a session", **changed,
    }  # fmt: skip
