"""What is opened once and serves every article: catalogue, market, reader, ledger, index."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from analyzer.config import Settings
from analyzer.errors import ModelError, StoreError
from analyzer.extract.reading import Reader
from analyzer.extract.rules import RulesReader
from analyzer.market.candidates import Nearest
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.market.market import Market
from analyzer.market.opening import folders_read, open_sources
from analyzer.model import MarketUsed

if TYPE_CHECKING:
    from analyzer.extract.examples import Bank
    from analyzer.llm.budget import PurseLike
    from analyzer.llm.limits import Limiter
    from analyzer.store.embed import Embedder
    from analyzer.store.index import Index
    from analyzer.store.ledger import Ledger

Progress = Callable[[str], None]


def quiet(step: str) -> None:
    """No progress."""


@dataclass
class Workshop:
    """What is opened once and serves every article: catalogue, market, reader, ledger, index."""

    settings: Settings
    progress: Progress = field(default=quiet)
    reads_only: bool = False
    """Whether the ledger is only looked into, so that one on a medium that cannot be written will do."""
    batch_api: bool = False
    """Whether a model is not asked but ordered answers, half as dear, that come within a day."""
    search: Nearest | None = None
    """The search for instruments by meaning, where the index is not to be opened for it."""
    limiter: Limiter | None = None
    purse: PurseLike | None = None
    """Whose turn it is to ask the model, and what may be spent on it, where more than this machine shares them."""
    examples: Bank | None = None
    """Accepted bindings, where ledger and index are not to be opened for them."""

    @cached_property
    def catalogue(self) -> Catalogue:
        return load_catalogue(self.settings.catalogue)

    @cached_property
    def market(self) -> Market:
        return open_sources(self.settings, self.catalogue)

    @property
    def market_used(self) -> MarketUsed:
        folders = tuple(str(path) for path in folders_read(self.settings))
        catalogues = tuple(str(path.expanduser().resolve()) for path in self.settings.catalogue)
        return MarketUsed(
            sources=self.market.sources, folders=folders, catalogues=catalogues, last_session=self.market.last_session
        )

    @cached_property
    def ledger(self) -> Ledger:
        from analyzer.store.ledger import Ledger

        return Ledger.open(self.settings.home, self.settings.ledger_url, reads_only=self.reads_only)

    @cached_property
    def embedder(self) -> Embedder:
        from analyzer.store.embed import open_embedder

        return open_embedder(self.settings.embedder, self.settings)

    @cached_property
    def index(self) -> Index:
        from analyzer.store.index import Index

        url = self.settings.chroma_url
        return Index.open(self.settings.home, self.embedder, chroma_url=url, texts=self.ledger.texts_of)

    def close(self) -> None:
        """Let go of the ledger and of the index, which a second workshop of this process could not write to."""
        for name in ("index", "ledger"):
            if (opened := self.__dict__.pop(name, None)) is not None:
                opened.close()

    @cached_property
    def instrument_texts(self) -> dict[str, str]:
        return dict(self.catalogue.entries_text())

    @cached_property
    def instrument_index(self) -> Index:
        """The index, with the catalogue in it as it is now."""
        self.index.sync_instruments(self.instrument_texts)
        return self.index

    @property
    def nearest(self) -> Nearest:
        """The search for instruments by meaning. An index that cannot be used only takes candidates away here; its
        failure is reported where the passages are recorded."""
        if self.search is not None:
            return self.search

        def nearest(text: str, n: int = 3) -> list[tuple[str, float]]:
            with suppress(StoreError, ModelError):
                return [(hit.id, hit.score) for hit in self.instrument_index.nearest("instruments", text, n)]
            return []

        return nearest

    @cached_property
    def bank(self) -> Bank | None:
        """Accepted bindings as examples; None where none are wanted or there are none. An index that cannot be used
        only takes them away here; its failure is reported where the passages are recorded."""
        if self.client is None or not self.settings.examples or self.search is not None:
            return self.examples
        from analyzer.extract.examples import Bank
        from analyzer.store.connect import look
        from analyzer.store.examples import examples_of

        if not look(self.settings.home, self.settings.ledger_url)[2]:
            return None  # an estimate makes no ledger
        found = examples_of(self.ledger)
        with suppress(StoreError, ModelError):
            self.index.sync_examples(found)
            kept = self.client.cache if self.batch_api else None
            return Bank(found, partial(self.index.near, "examples"), kept) if found else None
        return None

    @cached_property
    def client(self) -> Any:
        """The language model's client, None when none is configured."""
        if self.settings.model in (None, "", "rules"):
            return None
        from analyzer.llm.client import open_model
        from analyzer.store.steps import StepCache

        return open_model(
            str(self.settings.model), self.settings, StepCache(self.settings.home),
            limiter=self.limiter, purse=self.purse, batch_api=self.batch_api,
        )  # fmt: skip

    @cached_property
    def reader(self) -> Reader:
        if self.client is None:
            return RulesReader()
        from analyzer.extract.llm import LlmReader

        return LlmReader(self.client)
