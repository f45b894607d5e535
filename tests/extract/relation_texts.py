"""The trials of a text, for the tests of binders of relations."""

from __future__ import annotations

from datetime import date

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, Language, Trial, article_id

TUESDAY = date(2025, 1, 28)


def trials(
    text: str, language: Language, published: date = TUESDAY, missing: tuple[str, ...] = ()
) -> tuple[Trial, ...]:
    article = Article(id=article_id(text, None, published), text=text, language=language, published=published)
    seen = view(article, load_catalogue())
    setting = Setting(Clock(published), available=lambda symbol: symbol not in missing)
    claims = RulesReader().read(article, seen).claims or ()
    return tuple(trial for claim in claims for trial in bind(claim, seen, setting)[0].trials)
