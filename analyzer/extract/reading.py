"""What a reader of articles gives back, and what every reader is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from analyzer.model import Article, Claim, ExampleUsed, Failure, Refused

if TYPE_CHECKING:
    from analyzer.extract.view import ArticleView


@dataclass(frozen=True)
class Usage:
    """Calls that were answered and their tokens; ``cached`` are answers from the step cache, which cost nothing."""

    calls: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls, self.cached + other.cached, self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """Claims in the order of the text; None when the reading failed, which differs from "found none"."""

    claims: tuple[Claim, ...] | None
    refused: tuple[Refused, ...] = ()
    failed: tuple[Failure, ...] = ()
    usage: Usage = field(default_factory=Usage)
    examples: tuple[ExampleUsed, ...] = ()
    """Accepted bindings of other articles that a model was shown."""

    def with_refused(self, refused: Sequence[Refused]) -> Reading:
        return replace(self, refused=(*self.refused, *refused))

    def with_step(self, refused: Sequence[Refused], failed: Sequence[Failure], usage: Usage) -> Reading:
        """The reading with what a later step refused, failed at and used up."""
        return replace(
            self, refused=(*self.refused, *refused), failed=(*self.failed, *failed), usage=self.usage + usage
        )


class Reader(Protocol):
    """Reads an article's claims. What an endpoint does wrong stands in ``failed``; nothing is raised for it."""

    @property
    def name(self) -> str: ...

    def read(self, article: Article, view: ArticleView) -> Reading: ...
