"""Answers that are ordered and not waited for: rounds of a batch with OpenAI's Batch API.

A round is one pass over the articles, in which each stops where an answer is missing; then what is missing is ordered.
An article takes two rounds, a third where an answer has to be mended.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analyzer.batch.driver import Tally
from analyzer.errors import ConfigError, ModelError, StoreLocked
from analyzer.llm.batch_report import BatchCounts, BatchReport
from analyzer.pipeline import Workshop

POLL_S = 60.0
"""Between two looks at batches that are under way; most take minutes to hours."""


@dataclass
class Orders:
    """``wait``: stay until everything has come, else end when everything is ordered. ``said`` is told each step."""

    workshop: Workshop
    wait: bool = False
    said: Callable[[str], None] = lambda line: None
    poll_s: float = POLL_S

    def rounds(self, one_pass: Callable[[], Tally], *, retry_failed: bool = False) -> Tally:
        """Passes until nothing more can be done now; the tally is of all of them. ModelError when the endpoint fails:
        what is ordered stays so, and the same command goes on."""
        queue = self._queue()
        if retry_failed and (again := queue.retry_failed()):
            self.said(f"{again:,} requests that failed are ordered again.")
        self._collect(queue)
        tally = one_pass()
        while tally.waiting and not (tally.interrupted or tally.stopped):
            self._submit(queue)
            if not self._something_came(queue):
                break
            tally = _sum(tally, one_pass())
        return tally

    def _queue(self) -> Any:
        client = self.workshop.client
        if client is None or client.queue is None:
            raise ConfigError("--batch-api needs a model of OpenAI's: --model openai:NAME.", code="batch_api")
        return client.queue

    def _collect(self, queue: Any) -> bool:
        """Whether anything new is known of any request."""
        report: BatchReport = queue.collect()
        if report.answered:
            money = "" if report.cost_usd is None else f" for {report.cost_usd:.4f} USD"
            tokens = report.prompt_tokens + report.completion_tokens
            self.said(f"{report.answered:,} ordered answers have come ({tokens:,} tokens{money}).")
        return bool(report.answered or report.failed)

    def _submit(self, queue: Any) -> None:
        report: BatchReport = queue.submit()
        if report.submitted:
            self.said(f"{report.submitted:,} answers are ordered.")
        if report.held_back:
            self.said(f"Held back: {report.held_back}")

    def _something_came(self, queue: Any) -> bool:
        counts: BatchCounts = queue.counts()
        while self.wait and counts.under_way:
            try:
                if self._collect(queue):
                    return True
            except (ModelError, StoreLocked) as error:
                if not error.retryable:
                    raise
                self.said(f"{error} Tried again in {self.poll_s:g} s.")
            time.sleep(self.poll_s)
            counts = queue.counts()
        return False


def _sum(before: Tally, now: Tally) -> Tally:
    """The tally of two passes over the same articles: what was done in the first one was done before in the second."""
    now.labels.update(before.labels)
    now.failures[:0] = before.failures
    for name in ("done", "failed", "claims", "refused", "calls", "cached_calls", "prompt_tokens", "completion_tokens"):
        setattr(now, name, getattr(now, name) + getattr(before, name))
    now.earlier -= before.done
    now.failed_before -= before.failed
    known = now.cost_usd is not None and before.cost_usd is not None
    now.cost_usd = (now.cost_usd or 0.0) + (before.cost_usd or 0.0) if known else None
    return now
