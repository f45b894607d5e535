"""OpenAI's Batch API: calls that need not be answered now are answered within a day, at half the price.

A client that was opened with ``batch_api=True`` asks nothing: what the step cache does not hold is queued, and the
caller gets ModelError("waiting"). Whoever drives the work then goes round:

    run the articles            each of them stops where an answer is missing, with the code "waiting"
    queue.submit()              send what they queued as new batches
    queue.collect()             put the answers of batches that ended into the step cache
    and again, when something was collected, with those that wait, until none does

The key of a request is its key in the step cache, so that the same call finds its answer in the next round, or in
another process a day later. A batch's id is noted here before it is sent and stands in its metadata there: one whose
fate is not known, because the process was killed or the connection lost, is looked for in the endpoint's list.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.errors import ModelError, StoreLocked
from analyzer.llm.batch_endpoint import BatchEndpoint
from analyzer.llm.batch_fate import Sent, fate_of
from analyzer.llm.batch_lines import read_lines, request_line
from analyzer.llm.batch_report import BatchCounts, BatchReport
from analyzer.llm.batch_state import LOST, TAKEN, Batch, BatchState, Outcome, Queued
from analyzer.llm.budget import Budget, estimated_tokens
from analyzer.llm.failures import status_of

if TYPE_CHECKING:
    from analyzer.llm.client import ChatClient

MAX_REQUESTS = 50_000
MAX_BYTES = 200_000_000
GRACE_S = 60.0
"""A batch that was just sent and does not stand in the endpoint's list is given up only after so long."""
ENDED = ("completed", "failed", "expired", "cancelled")
ROOM, WITHOUT_TEMPERATURE = "room", "no_temperature"
"""What was learned of the endpoint: tokens that its queue takes, and a model that takes no temperature."""


class Portion:
    """The requests of a batch to be, and its file, in memory: at most 200 MB."""

    def __init__(self) -> None:
        self.file = BytesIO()
        self.keys: list[str] = []
        self.tokens = self.size = 0

    def add(self, request: Queued, line: bytes) -> None:
        self.file.write(line)
        self.keys.append(request.key)
        self.tokens += request.tokens
        self.size += len(line)


class BatchQueue:
    """The requests of one model that wait for, or are in, batches. ``add`` may be called by many processes at once.

    ``submit`` and ``collect`` are for one driver: a second process that tries meanwhile gets StoreLocked. Both raise
    ModelError when the endpoint fails; what was done until then is kept, and calling them again goes on.
    """

    def __init__(
        self,
        client: ChatClient,
        *,
        max_requests: int = MAX_REQUESTS,
        max_bytes: int = MAX_BYTES,
        grace_s: float = GRACE_S,
    ) -> None:
        self.client, self.grace_s = client, grace_s
        self.max_requests, self.max_bytes = max_requests, max_bytes
        self.state = BatchState(client.settings.home, f"{client.host} {client.name}")

    # --- for the model's client --------------------------------------------------------------------------------------

    def add(self, key: str, body: dict[str, Any]) -> None:
        """Queue a request that is not queued yet; ModelError with its code when it failed for good."""
        said = [(m["role"], m["content"]) for m in body["messages"]]
        tokens = estimated_tokens([*said, ("schema", str(body.get("response_format", "")))])
        failed = self.state.add(key, body, tokens)
        if failed is not None:
            raise ModelError(failed[1], code=failed[0])

    # --- for the driver ----------------------------------------------------------------------------------------------

    def counts(self) -> BatchCounts:
        queued, under_way, failed = self.state.counts()
        return BatchCounts(queued, under_way, failed, len(self.state.under_way()))

    def failures(self) -> list[tuple[str, str, str]]:
        """Key, code and message of the requests that failed for good."""
        return self.state.failures()

    def retry_failed(self) -> int:
        """Queue those again; how many they are."""
        return self.state.retry_failed()

    def cost_usd(self) -> float | None:
        """What all batches came to that were ever taken over; None without a price."""
        return self.client.batch_price.of(*self.state.used()) if self.client.batch_price else None

    def submit(self) -> BatchReport:
        """Send what is queued, in as many batches as the endpoint's limits ask for."""
        report = BatchReport()
        with self._alone():
            self._find_lost()
            for portion in self._portions(report):
                self._send(portion)
                report.submitted += len(portion.keys)
            self._count_batches(report)
        return report

    def collect(self) -> BatchReport:
        """Ask after the batches under way, and take over what those hold that ended, partial results too."""
        report = BatchReport()
        with self._alone():
            self._find_lost()
            for batch in self.state.under_way():
                if batch.remote is not None:
                    self._look_after(batch, report)
            self._count_batches(report)
        report.cost_usd = None
        if self.client.batch_price is not None:
            report.cost_usd = self.client.batch_price.of(report.prompt_tokens, report.completion_tokens)
        return report

    def cancel(self) -> int:
        """Ask the endpoint to stop the batches under way; how many. What they answered until then is collected."""
        with self._alone():
            self._find_lost()
            going = [b for b in self.state.under_way() if b.remote is not None and b.status not in ENDED]
            for batch in going:
                remote = self._endpoint.cancel(str(batch.remote))
                self.state.note(batch.id, status=remote.status)
        return len(going)

    # --- sending -----------------------------------------------------------------------------------------------------

    def _portions(self, report: BatchReport) -> Iterator[Portion]:
        """What is queued, cut by requests, bytes, tokens in the endpoint's queue, and money."""
        portion = Portion()
        room, empty = self._room(), not self.state.under_way()
        without = ("temperature",) if self.state.learned(WITHOUT_TEMPERATURE) else ()
        for request in self._unanswered():
            line = request_line(request.key, {k: v for k, v in request.body.items() if k not in without})
            if len(portion.keys) >= self.max_requests or (portion.keys and portion.size + len(line) > self.max_bytes):
                yield portion
                portion = Portion()
            if room is not None and request.tokens > room and not empty:
                report.held_back = "the endpoint has no room for more tokens until batches under way have ended"
                break
            if not self._affordable(request, report):
                break
            portion.add(request, line)
            room, empty = None if room is None else room - request.tokens, False
        if portion.keys:
            yield portion

    def _unanswered(self) -> Iterator[Queued]:
        """What is queued without what another way answered meanwhile."""
        for request in self.state.queued():
            if self.client.kept(request.key):
                self.state.drop([request.key])
            else:
                yield request

    def _room(self) -> int | None:
        """Tokens that the endpoint's queue still takes, None while no limit was met. An empty queue takes any one."""
        limit = self.state.learned(ROOM)
        return None if limit is None else limit - sum(b.tokens for b in self.state.under_way())

    def _affordable(self, request: Queued, report: BatchReport) -> bool:
        if self.budget is None:
            return True
        said = [(m["role"], m["content"]) for m in request.body["messages"]]
        try:
            self.budget.allow(
                [*said, ("schema", str(request.body.get("response_format", "")))], self.client.settings.max_tokens
            )
        except ModelError as error:
            report.held_back = str(error)
            return False
        return True

    def _send(self, portion: Portion) -> None:
        batch = uuid.uuid4().hex
        self.state.begin(batch, portion.keys, portion.tokens)
        try:
            uploaded = self._endpoint.upload(portion.file, batch)
        except BaseException:
            self.state.give_back(batch)  # a file without a batch costs nothing
            raise
        self.state.tried(batch, uploaded)
        try:
            made = self._endpoint.create(uploaded, batch)
        except ModelError as error:
            if not error.retryable or error.code == "rate_limited":
                self.state.give_back(batch)  # turned down, so there is none
            else:
                self.state.tried(batch, uploaded)  # nobody knows, and it may still come
            raise
        self.state.note(batch, remote=made.id, status=made.status)

    def _find_lost(self) -> None:
        """Batches of which it is not known whether the endpoint has them: it has those that stand in its list."""
        unsure = {b.id: b for b in self.state.under_way() if b.remote is None}
        if not unsure:
            return
        there = self._endpoint.listed()
        for id, batch in unsure.items():
            if id in there:
                self.state.note(id, remote=there[id].id, status=there[id].status)
            elif time.time() - batch.begun >= self.grace_s:
                self.state.give_back(id)

    # --- collecting --------------------------------------------------------------------------------------------------

    def _look_after(self, batch: Batch, report: BatchReport) -> None:
        try:
            remote = self._endpoint.retrieve(str(batch.remote))
            if remote.status not in ENDED:
                self.state.note(batch.id, status=remote.status)
                return
            files = [self._endpoint.content_of(file) for file in (remote.output_file_id, remote.error_file_id) if file]
        except ModelError as error:
            if status_of(error.__cause__ or error) != 404:
                raise
            self._lost(batch, report)
            return
        self._take_over(batch, remote, files, report)

    def _take_over(self, batch: Batch, remote: Any, files: Sequence[bytes], report: BatchReport) -> None:
        """Answers first, each of them on the disk when it is put; then, in one step, what becomes of the batch."""
        sent = [Sent(*row) for row in self.state.keys_of(batch)]
        lines = read_lines(chain.from_iterable(map(BytesIO, files)), {request.key for request in sent})
        for key, answer in lines.answers.items():
            self.client.keep(key, answer)
        fate = fate_of(remote, sent, lines, self.client.endpoint)
        if fate.no_temperature:
            self.state.learn(WITHOUT_TEMPERATURE, 1)
        if fate.too_much:
            others = sum(b.tokens for b in self.state.under_way() if b.id != batch.id)
            self.state.learn(ROOM, others + batch.tokens // 2)
        prompt = sum(a.prompt_tokens for a in lines.answers.values())
        completion = sum(a.completion_tokens for a in lines.answers.values())
        self.state.end(batch, Outcome(lines.answers, fate.again, fate.failed), prompt, completion, TAKEN)
        report.answered += len(lines.answers)
        report.again += len(fate.again)
        report.failed += fate.failed
        report.unreadable_lines += lines.unreadable
        report.strange_lines += lines.strange
        report.prompt_tokens += prompt
        report.completion_tokens += completion
        report.batches[remote.status] = report.batches.get(remote.status, 0) + 1

    def _lost(self, batch: Batch, report: BatchReport) -> None:
        """The endpoint knows the batch, or its file, no more. It may have been paid, so nothing is sent by itself."""
        message = (
            f"{self.client.host} no longer has the batch {batch.remote}, or its answers are deleted there. "
            "--retry-failed sends its requests again, and pays for them again."
        )
        failed = [(key, "batch_lost", message) for key, _, _ in self.state.keys_of(batch)]
        self.state.end(batch, Outcome(failed=failed), 0, 0, LOST)
        report.failed += failed

    # --- what it needs -----------------------------------------------------------------------------------------------

    @cached_property
    def budget(self) -> Budget | None:
        """What this run may put into batches: their dearest cost is held back when they are sent."""
        limit, price = self.client.settings.budget_usd, self.client.batch_price
        return None if limit is None or price is None else Budget(limit, price)

    @cached_property
    def _endpoint(self) -> BatchEndpoint:
        client = self.client
        return BatchEndpoint(client.endpoint, client.settings, client.base_url, client.key, client.sleep)

    def _count_batches(self, report: BatchReport) -> None:
        for batch in self.state.under_way():
            report.batches[batch.status] = report.batches.get(batch.status, 0) + 1

    @contextmanager
    def _alone(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        path = Path(self.client.settings.home) / "batches.lock"
        try:
            with FileLock(path, timeout=0):
                yield
        except Timeout as error:
            raise StoreLocked(
                f"Another process is sending or collecting batches ({path}). Wait for it, and run the same again.",
                retryable=True,
            ) from error
