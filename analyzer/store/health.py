"""Which ledger and which index the settings mean, and whether they answer. Nothing is made or changed here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from analyzer.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.config import Settings


def _one_line(finding: Callable[[Settings], str]) -> Callable[[Settings], str]:
    """What cannot be used is a finding as well."""

    @wraps(finding)
    def told(settings: Settings) -> str:
        try:
            return finding(settings)
        except AnalyzerError as error:
            return f"NOT USABLE: {' '.join(str(error).split())}"

    return told


@_one_line
def ledger_state(settings: Settings) -> str:
    """Its place, and how many articles it holds."""
    from analyzer.store.connect import look
    from analyzer.store.ledger import Ledger
    from analyzer.store.migrations import HEAD

    place, version, there = look(settings.home, settings.ledger_url)
    if not there:
        return f"{place}: not there yet; it is made by the first run"
    if version is None:
        return f"{place}: answers, without tables yet; they are made by the first run"
    if version != HEAD:
        return f"{place}: answers; its tables are at {version}, the next run brings them to {HEAD}"
    with Ledger.open(settings.home, settings.ledger_url, reads_only=True) as ledger:
        return f"{place}: answers, articles: {ledger.counts()['articles']}"


@_one_line
def index_state(settings: Settings) -> str:
    """Its place, and how many passages and claims it holds."""
    from analyzer.store.embed import open_embedder
    from analyzer.store.index import Index

    folder = settings.home / "index"
    if not settings.chroma_url and not folder.exists():
        return f"{folder}: not there yet; it is made by the first run"
    with Index.open(settings.home, open_embedder(settings.embedder, settings), settings.chroma_url) as index:
        counts = index.counts()
        writers = "" if not settings.chroma_url else "; several processes may write"
        return f"{index.place}: answers, passages: {counts['passages']}, claims: {counts['claims']}{writers}"
