"""What the rules read in a text and what is bound to it, for the tests of binders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import ArticleView, view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, Claim, Language, Trial, article_id
from analyzer.series import Event

TUESDAY = date(2025, 1, 28)


def claims_in(text: str, language: Language, published: date = TUESDAY) -> tuple[ArticleView, tuple[Claim, ...]]:
    article = Article(id=article_id(text, None, published), text=text, language=language, published=published)
    seen = view(article, load_catalogue())
    return seen, RulesReader().read(article, seen).claims or ()


def trials(
    text: str,
    language: Language,
    published: date = TUESDAY,
    *,
    missing: Sequence[str] = (),
    events: Sequence[Event] = (),
) -> tuple[Trial, ...]:
    """The trials of all claims; ``missing`` are symbols of which there are no data."""
    seen, claims = claims_in(text, language, published)
    setting = Setting(Clock(published), tuple(events), available=lambda symbol: symbol not in missing)
    return tuple(trial for claim in claims for trial in bind(claim, seen, setting)[0].trials)
