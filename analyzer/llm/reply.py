"""What a caller gets of an answer: its valid items, and what was wrong with the rest."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from analyzer.llm.parse import Rejected, parse_reply
from analyzer.llm.raw import Answer


@dataclass(frozen=True)
class Reply:
    """What came back: the valid items in ``parsed``, the others in ``rejected``.

    ``parsed`` is None, with the reason in ``error``, when nothing could be read. ``finish``: stop, length (cut off;
    ``parsed`` then holds what was complete), refusal, or the provider's word. A cached reply counts no tokens.
    """

    parsed: BaseModel | None
    raw: str
    error: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached: bool = False
    finish: str = "stop"
    rejected: tuple[Rejected, ...] = ()


def read_reply(answer: Answer, schema: type[BaseModel], *, cached: bool) -> Reply:
    parsed = parse_reply(answer.text, schema)
    error = parsed.error
    if answer.refusal and parsed.value is None:
        error = f"the model declined: {answer.refusal}"
    elif answer.finish == "length":
        error = f"cut off at the limit of length{'; ' + error if error else ''}"
    return Reply(
        parsed=parsed.value, raw=answer.text, error=error, rejected=parsed.rejected, cached=cached,
        finish="refusal" if answer.refusal else answer.finish,
        prompt_tokens=0 if cached else answer.prompt_tokens,
        completion_tokens=0 if cached else answer.completion_tokens,
    )  # fmt: skip
