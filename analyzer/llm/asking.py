"""The calls to a chat model that LangChain opens: in the mode that its endpoint has, again where that may help.

A reply is asked for by schema: as strict structured output where the endpoint has it, else as a tool call, else as JSON
in plain text. What an endpoint turned down is remembered.
"""

from __future__ import annotations

import json
import logging
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from analyzer.config import Settings
from analyzer.errors import ConfigError
from analyzer.llm.budget import estimated_tokens
from analyzer.llm.failures import Endpoint, failure_of, status_of
from analyzer.llm.limits import Limiter
from analyzer.llm.patience import Failure, Trying
from analyzer.llm.raw import Answer, answer_of, cut_off_answer

FIRST_RETRIES = 2
"""An endpoint that never gave any answer may have a wrong address: somebody waits to hear it."""
STRICT = ("openai", "azure_openai")
MODES = ("json_schema", "function_calling", "text")
UNSUPPORTED = {
    "json_schema": ("response_format", "json_schema", "structured output", "schema", "grammar", "strict"),
    "function_calling": ("tool", "function"),
}
"""Words by which an endpoint says that it lacks a mode; some servers say so with a 500."""
REFUSING = (400, 404, 422, 500, 501)
NOISE = "This model does not support OpenAI|Invalid schema for OpenAI|Cannot use method='json_schema'"

Messages = Sequence[tuple[str, str]]
logger = logging.getLogger(__name__)


@dataclass
class Asking:
    """A model behind LangChain, and what was found out of its endpoint's ways. Threads may share one."""

    spec: str
    settings: Settings
    base_url: str | None
    key: str | None = field(repr=False)
    endpoint: Endpoint
    turns: Limiter
    sleep: Callable[[float], None]
    mode: str = field(default=MODES[0], init=False)
    temperature: float | None = field(init=False)
    reached: bool = field(default=False, init=False)
    """Whether the endpoint has ever given an answer."""
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        self.temperature = self.settings.temperature

    @property
    def provider(self) -> str:
        return self.spec.partition(":")[0]

    def ask(self, messages: Messages, schema: dict[str, Any]) -> Answer:
        """One answered call; asked again when it failed and that may pass."""
        settings = self.settings
        trying = Trying(self.turns, settings.max_retries, settings.max_wait_s, self.sleep)
        estimate = estimated_tokens([*messages, ("schema", json.dumps(schema))]) + settings.max_tokens
        while True:
            trying.begin(estimate)
            out: Answer | Failure | None = None
            try:
                out = self._once(messages, schema, again=trying.failed > 0)
            finally:
                used = out.prompt_tokens + out.completion_tokens if isinstance(out, Answer) else 0
                self.turns.settle(estimate, used)
            if isinstance(out, Answer):
                return out
            if out.silent and not self.reached:
                trying.retries = min(trying.retries, FIRST_RETRIES)
            trying.after(out)

    def _once(self, messages: Messages, schema: dict[str, Any], *, again: bool) -> Answer | Failure:
        """One call, or as many as it takes to find the mode that the endpoint has."""
        ways = self._ways
        runnable, sent = self._prepared(messages, schema)
        try:
            answer = answer_of(runnable.invoke(sent))
        except Exception as error:  # told apart or raised again, never passed over
            cut = cut_off_answer(error)
            if cut is not None:
                return cut
            self.reached = self.reached or status_of(error) is not None
            if self._adapted(error, ways, again=again):
                return self._once(messages, schema, again=again)
            failure = failure_of(error, self.endpoint)
            if failure is None:
                raise
            failure.error.__cause__ = error
            return failure
        self.reached = True
        return answer

    def _prepared(self, messages: Messages, schema: dict[str, Any]) -> tuple[Any, list[tuple[str, str]]]:
        sent = list(messages)
        if self.mode == "json_schema" and self.provider == "openai":
            # what the client would send anyway; given so, it does not look through the schema for files at every call
            return self.chat.bind(extra_body={"response_format": self.body(messages, schema)["response_format"]}), sent
        if self.mode != "text":
            options = {"strict": True} if self.mode == "json_schema" and self.provider in STRICT else {}
            try:
                wrapped = self.chat.with_structured_output(schema, method=self.mode, **options)
                return wrapped.first, sent
            except (ValueError, NotImplementedError) as error:
                logger.debug("%s has no %s (%s): plain text is asked for", self.spec, self.mode, error)
                self.mode = "text"
        role, text = sent[0]
        shape = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
        sent[0] = (role, f"{text}\n\nThe JSON object follows this JSON schema: {shape}")
        return self.chat, sent

    @property
    def _ways(self) -> tuple[str, float | None]:
        return self.mode, self.temperature

    def _adapted(self, error: Exception, ways: tuple[str, float | None], *, again: bool) -> bool:
        """Whether the endpoint turned down a mode or a parameter that we can do without; then the next try differs.

        ``ways`` are those that were tried: another thread may have found a better one since. A failure of the server is
        taken for a refusal only when it comes again: the first may be what it says it is.
        """
        words = str(error).lower()
        status = status_of(error)
        if status not in REFUSING or (status >= 500 and not again):
            return False
        with self._lock:
            if ways != self._ways:
                return True
            if "temperature" in words and self.temperature is not None:
                logger.debug("%s takes no temperature", self.spec)
                self.temperature = None
                self.__dict__.pop("chat", None)
                return True
            if any(word in words for word in UNSUPPORTED.get(self.mode, ())):
                later = MODES[MODES.index(self.mode) + 1]
                logger.debug("%s turned down %s: %s is asked for", self.spec, self.mode, later)
                self.mode = later
                return True
        return False

    def body(self, messages: Messages, schema: dict[str, Any]) -> dict[str, Any]:
        """What a direct call sends in strict mode; a test holds the two against each other."""
        named = {"name": schema["title"], "strict": True, "schema": {k: v for k, v in schema.items() if k != "title"}}
        body = {
            "model": self.endpoint.model, "messages": [{"role": role, "content": text} for role, text in messages],
            "response_format": {"type": "json_schema", "json_schema": named},
            "max_completion_tokens": self.settings.max_tokens,
        }  # fmt: skip
        return body if self.temperature is None else body | {"temperature": self.temperature}

    @cached_property
    def chat(self) -> Any:
        """LangChain's chat model; ConfigError for an unknown provider or an absent package."""
        from langchain.chat_models import init_chat_model

        warnings.filterwarnings("ignore", message=NOISE, category=UserWarning)
        options: dict[str, Any] = {
            "base_url": self.base_url, "api_key": self.key, "temperature": self.temperature,
            "timeout": self.settings.timeout_s, "max_retries": 0, "max_tokens": self.settings.max_tokens,
        }  # fmt: skip
        try:
            given = {k: v for k, v in options.items() if v is not None}
            return init_chat_model(self.endpoint.model, model_provider=self.provider, **given)
        except Exception as error:
            if not isinstance(error, (ImportError, ValueError)) and type(error).__name__ != "OpenAIError":
                raise
            words = self.endpoint.clean(str(error)).rstrip(".")
            raise ConfigError(f"The model {self.spec} cannot be opened: {words}.", code="model") from error
