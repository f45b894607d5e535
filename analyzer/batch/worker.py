"""What a worker does with one article: read it and work it out. It writes neither ledger nor index.

Here is the one place that catches everything: an article that breaks the program is that article's failure.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analyzer.batch.items import Item
from analyzer.config import Settings
from analyzer.errors import AnalyzerError, InputError
from analyzer.extract.examples import Bank
from analyzer.model import Article, Failure
from analyzer.pipeline import Options, Result, Workshop, article_of, read_article, worked_out
from analyzer.store.neighbours import Neighbours

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analyzer.batch.engines.common_state import CommonState
    from analyzer.store.examples import Example


@dataclass(frozen=True)
class Job:
    """What every worker has to know. ``instruments``: the symbols of the catalogue and their vectors, one row each, so
    that no worker opens the index."""

    settings: Settings
    options: Options
    instruments: tuple[Sequence[str], NDArray[np.float32]] | None = None
    batch_api: bool = False
    common: CommonState | None = None
    """Limits a minute and budget that all nodes of a cluster share."""
    examples: tuple[Mapping[str, Example], Sequence[str], NDArray[np.float32]] | None = None
    """Accepted bindings by id, and the ids and the vectors of those that are in the index."""


@dataclass(frozen=True)
class Task:
    """An article to be worked out, under the key of the work list."""

    key: str
    item: Item


@dataclass(frozen=True)
class Outcome:
    """What became of a task: a result, or a failure. ``seconds`` are of wall time."""

    key: str
    source: str
    seconds: float
    result: Result | None = None
    failure: Failure | None = None


class Worker:
    """Works out one article after the other, in any number of threads. What they share is opened once."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @cached_property
    def workshop(self) -> Workshop:
        workshop = Workshop(self.job.settings, batch_api=self.job.batch_api)
        if self.job.common is not None:
            workshop.limiter, workshop.purse = self.job.common.limiter(self.job.settings), self.job.common
        if self.job.instruments is not None:
            workshop.search = Neighbours(*self.job.instruments, workshop.embedder)
        if self.job.examples is not None:
            found, ids, vectors = self.job.examples
            kept = workshop.client.cache if self.job.batch_api else None
            workshop.examples = Bank(found, Neighbours(ids, vectors, workshop.embedder), kept)
        return workshop

    def warm(self) -> None:
        """Open what every article needs, so that threads need not race for it."""
        self.workshop.catalogue, self.workshop.market.last_session, self.workshop.reader  # noqa: B018

    def __call__(self, task: Task) -> Outcome:
        started = time.perf_counter()
        result, failure = None, None
        try:
            result = self._result(task.item)
        except AnalyzerError as error:
            failure = Failure(stage="read", code=error.code, message=str(error), retryable=error.retryable)
        except Exception as error:  # the driver's border around one article
            failure = Failure(stage="work", code="bug", message=_where(error), retryable=False)
        return Outcome(task.key, task.item.source, time.perf_counter() - started, result, failure)

    def _result(self, item: Item) -> Result:
        article = read_item(item, self.job.settings, self.job.options)
        return worked_out(article, self.workshop, self.job.options)


def read_item(item: Item, settings: Settings, options: Options) -> Article:
    """The article that an item stands for. InputError for one that cannot be read."""
    if item.error is not None:
        raise InputError(item.error, code="row")
    if item.document is not None:
        return article_of(item.document, options)
    return read_article(item.source, settings, options)


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({last.name}, line {last.lineno} of {last.filename.rpartition('/')[2]})"
