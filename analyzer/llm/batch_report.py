"""What a driver of batches is told."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class BatchReport:
    """What a round came to. Counts are of requests, but for ``batches``: how many are in which state of the endpoint.

    ``failed`` are key, code and message of requests that will not be sent again. ``cost_usd`` is None without a price.
    """

    submitted: int = 0
    answered: int = 0
    again: int = 0
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    unreadable_lines: int = 0
    strange_lines: int = 0
    batches: dict[str, int] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0
    held_back: str | None = None
    """Why something that is queued was not submitted."""


@dataclass(frozen=True)
class BatchCounts:
    """Requests that are queued, in a batch under way, failed for good; and the batches under way."""

    queued: int
    under_way: int
    failed: int
    batches: int

    @property
    def done(self) -> bool:
        return self.queued == 0 and self.under_way == 0
