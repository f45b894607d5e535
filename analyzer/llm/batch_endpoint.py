"""The endpoint's side of batches, through the ``openai`` package: files in, batches, files out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any

from analyzer.config import Settings
from analyzer.errors import ModelError
from analyzer.llm.batch_lines import ENDPOINT
from analyzer.llm.failures import Endpoint, failure_of, status_of
from analyzer.llm.limits import SharedLimiter
from analyzer.llm.patience import Trying

TAG = "analyzer_batch"
"""In a batch's metadata: our own id of it."""


@dataclass
class BatchEndpoint:
    """Where batches are sent. Everything raises ModelError when the endpoint fails, after trying again where it may."""

    at: Endpoint
    settings: Settings
    base_url: str | None
    key: str | None = field(repr=False)
    sleep: Callable[[float], None] = time.sleep

    def upload(self, file: IO[bytes], batch: str) -> str:
        """The id of the file. A second upload after a lost answer leaves a file behind that costs nothing."""

        def send() -> Any:
            file.seek(0)
            return self._api.files.create(file=(f"analyzer-{batch}.jsonl", file), purpose="batch")

        return str(self._asked(send).id)

    def create(self, file: str, batch: str) -> Any:
        """The batch. It is tried once: what failed without a clear word may have been done, and would be paid twice."""
        return self._asked(
            partial(
                self._api.batches.create, input_file_id=file, endpoint=ENDPOINT, completion_window="24h",
                metadata={TAG: batch},
            ),
            retries=0,
        )  # fmt: skip

    def listed(self) -> dict[str, Any]:
        """Batches of ours by our own ids, on whatever page of the list they stand."""
        batches = self._asked(lambda: list(self._api.batches.list(limit=100)))
        return {b.metadata[TAG]: b for b in batches if b.metadata and TAG in b.metadata}

    def retrieve(self, remote: str) -> Any:
        return self._asked(partial(self._api.batches.retrieve, remote))

    def cancel(self, remote: str) -> Any:
        return self._asked(partial(self._api.batches.cancel, remote))

    def content_of(self, file: str) -> bytes:
        content: bytes = self._asked(lambda: self._api.files.content(file).content)
        return content

    @cached_property
    def _api(self) -> Any:
        import openai

        return openai.OpenAI(base_url=self.base_url, api_key=self.key, timeout=self.settings.timeout_s, max_retries=0)

    @cached_property
    def _turns(self) -> SharedLimiter:
        """Pauses that the endpoint asks for: files and batches have limits of their own there."""
        return SharedLimiter(Path(self.settings.home), f"{self.at.host} batches", sleep=self.sleep)

    def _asked(self, call: Callable[[], Any], retries: int | None = None) -> Any:
        allowed = self.settings.max_retries if retries is None else retries
        trying = Trying(self._turns, allowed, self.settings.max_wait_s, self.sleep)
        while True:
            trying.begin(0)
            try:
                return call()
            except Exception as error:  # told apart or raised again, never passed over
                if status_of(error) == 404:
                    raise ModelError(
                        f"{self.at.host} has no Batch API at this address, or not what it was asked for "
                        f"({self.at.clean(str(error))}). Leave --batch-api out.",
                        code="bad_request",
                    ) from error
                failure = failure_of(error, self.at)
                if failure is None:
                    raise
                failure.error.__cause__ = error
            trying.after(failure)
