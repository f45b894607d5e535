"""The one writer of a batch: what workers give goes into the index some articles at a time, then into the ledger, an
article a transaction."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.batch.worker import Outcome
from analyzer.errors import ModelError, StoreError
from analyzer.model import Failure
from analyzer.pipeline import Result, Workshop
from analyzer.store.index import article_fields

AT_ONCE = 32
"""Articles whose vectors are made and written together: Chroma takes ten times as long one by one."""
PATIENCE_S = 2.0
"""How long a finished article may wait for others before it is written."""


@dataclass
class Writer:
    """Call ``add`` with each outcome that has a result, and ``flush`` at the end; what both return is on disk."""

    workshop: Workshop
    _waiting: list[tuple[Outcome, Result]] = field(default_factory=list)
    _since: float = 0.0

    def add(self, outcome: Outcome, result: Result) -> Sequence[Outcome]:
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append((outcome, result))
        if len(self._waiting) >= AT_ONCE or time.monotonic() - self._since > PATIENCE_S:
            return self.flush()
        return ()

    def flush(self) -> Sequence[Outcome]:
        written, self._waiting = self._waiting, []
        if written:
            failure = self._index([result for _, result in written])
            for outcome, result in written:
                self._record(outcome, result, failure)
        return [outcome for outcome, _ in written]

    def _index(self, results: Sequence[Result]) -> Failure | None:
        """Passages and claims of all; a failure costs no result, since the ledger can make the index anew."""
        try:
            self.workshop.index.add_passages_of((r.passages, article_fields(r.article)) for r in results)
            self.workshop.index.add_claims(claim for r in results for claim in r.report.claims or ())
        except (StoreError, ModelError) as error:
            return Failure(stage="embed", code=error.code, message=str(error), retryable=True)
        return None

    def _record(self, outcome: Outcome, result: Result, failure: Failure | None) -> None:
        """An article in which a step failed is recorded as far as it came, and stays on the list as failed."""
        ledger, report = self.workshop.ledger, result.report
        failed = report.failed
        if failure is not None:
            report = report.model_copy(update={"failed": (*failed, failure)})
        ledger.record(result.article, report, result.trials, result.passages, work=None if failed else outcome.key)
        if failed:
            ledger.work.fail(outcome.key, failed[0].code, failed[0].message)
