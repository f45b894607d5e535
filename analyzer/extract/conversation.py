"""What both calls to a model have in common: the marker around untrusted text, the one repair, what was used up."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.errors import ModelError
from analyzer.extract.reading import Usage
from analyzer.llm.client import LlmClient, Reply
from analyzer.model import Article, Failure
from analyzer.prompts import load_prompt, messages

EXTRACT, BIND, REPAIR = "extract_claims.v4", "bind_trials.v5", "repair.v1"
MAX_SPLITS = 2
"""How often a text is halved when its answer was cut off."""
MAX_ECHO = 2000
"""Characters of an unreadable answer that are shown to the model again."""


def marker(article: Article) -> str:
    """The line around an article's words. It hangs on the whole text, so that no text can hold its own marker."""
    return f"=== {article.text_sha256[:16]} ==="


def repair(asked: Sequence[tuple[str, str]], reply: Reply, problems: Sequence[str], what: str) -> list[tuple[str, str]]:
    """The conversation with the faulty reply and the request to mend it."""
    echo = reply.raw if reply.parsed is not None else reply.raw[:MAX_ECHO]
    listed = "\n".join(f"- {p}" for p in problems)
    return [*asked, ("assistant", echo or "(nothing)"), *messages(load_prompt(REPAIR), problems=listed, what=what)]


def spent(reply: Reply) -> Usage:
    """A cached reply is neither a call nor tokens."""
    if reply.cached:
        return Usage(cached=1)
    return Usage(1, 0, reply.prompt_tokens, reply.completion_tokens)


def endpoint_failure(stage: str, error: ModelError) -> Failure:
    return Failure(stage=stage, code=error.code, message=str(error), retryable=error.retryable)


def unusable(stage: str, client: LlmClient, reply: Reply) -> Failure:
    message = (
        f"{client.spec} gave no usable answer, asked twice ({reply.error}). Try another --model, or --model rules."
    )
    return Failure(stage=stage, code="bad_reply", message=message)


def truncated(stage: str, client: LlmClient) -> Failure:
    message = (
        f"The answer of {client.spec} was cut off at its limit of length; what was complete is kept. "
        "Set ANALYZER_MAX_TOKENS higher."
    )
    return Failure(stage=stage, code="truncated", message=message)
