"""What a chat model's message holds, whatever provider and mode it came by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

FINISH = {
    "end_turn": "stop", "stop_sequence": "stop", "tool_use": "stop", "tool_calls": "stop", "function_call": "stop",
    "max_tokens": "length", "model_length": "length", "max_output_tokens": "length",
}  # fmt: skip
"""The providers' words for why an answer ended, in those of OpenAI's chat completions."""
FILTERED = "stopped by the provider's content filter"
FINISH_KEYS = ("finish_reason", "stop_reason", "done_reason")


@dataclass(frozen=True)
class Answer:
    """The written answer, why it ended, what it cost; ``refusal`` in the model's words when it declined."""

    text: str
    finish: str = "stop"
    prompt_tokens: int = 0
    completion_tokens: int = 0
    refusal: str | None = None


def answer_of(message: Any) -> Answer:
    """From LangChain's AIMessage: the arguments of its tool call if there is one, else its text."""
    usage = message.usage_metadata or {}
    finish = _finish(message.response_metadata)
    refusal = message.additional_kwargs.get("refusal")
    if finish == "content_filter" and not refusal:
        refusal = FILTERED
    return Answer(
        text=_written(message), finish=finish, refusal=refusal,
        prompt_tokens=usage.get("input_tokens", 0), completion_tokens=usage.get("output_tokens", 0),
    )  # fmt: skip


def answer_of_body(body: dict[str, Any]) -> Answer:
    """From a chat completion as it is sent over HTTP; KeyError, IndexError or TypeError where it is none."""
    choice, usage = body["choices"][0], body.get("usage") or {}
    message, finish = choice["message"], _finish(choice)
    refusal = message.get("refusal")
    if finish == "content_filter" and not refusal:
        refusal = FILTERED
    text = message.get("content") or ""
    return Answer(text, finish, usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0), refusal)


def cut_off_answer(error: BaseException) -> Answer | None:
    """The answer inside the errors that OpenAI's client makes of a cut-off or filtered one; None for other errors."""
    names = {c.__name__ for c in type(error).__mro__}
    finish = {"LengthFinishReasonError": "length", "ContentFilterFinishReasonError": "content_filter"}
    found = next((finish[n] for n in names if n in finish), None)
    if found is None:
        return None
    completion = getattr(error, "completion", None)
    if completion is None:
        return Answer("", found, refusal=FILTERED)
    message, usage = completion.choices[0].message, completion.usage
    filtered = FILTERED if found == "content_filter" else None
    return Answer(
        message.content or "", found, usage.prompt_tokens if usage else 0, usage.completion_tokens if usage else 0,
        message.refusal or filtered,
    )  # fmt: skip


def _written(message: Any) -> str:
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"], ensure_ascii=False)
    if message.invalid_tool_calls:
        return message.invalid_tool_calls[0]["args"] or ""
    return str(message.text)


def _finish(metadata: dict[str, Any]) -> str:
    said = next((metadata[k] for k in FINISH_KEYS if metadata.get(k)), "stop")
    return FINISH.get(str(said).lower(), str(said).lower())
