"""One small interface between us and any chat model that LangChain opens.

A reply is asked for by schema: as strict structured output where the endpoint has it, else as a tool call, else as JSON
in plain text. What an endpoint turned down is remembered by the client. Replies are parsed by us in every case, item by
item, and kept in the step cache, so that nothing is paid for twice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel

from analyzer.config import Settings, environment, protect_process
from analyzer.errors import ConfigError, ModelError
from analyzer.llm.budget import Budget, estimated_tokens
from analyzer.llm.cost import Price, price_of
from analyzer.llm.failures import Endpoint, explain, status_of
from analyzer.llm.parse import Rejected, parse_reply
from analyzer.llm.raw import Answer, answer_of, cut_off_answer
from analyzer.llm.schema import strict_schema

STEP = "llm"
MAX_RETRIES = 2
"""After the first try, for limits, time-outs and failures of the server; a Retry-After is honoured by the client."""
OPENAI = "https://api.openai.com/v1"
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


class StepCacheLike(Protocol):
    """What a step gave, by a key of all that it depends on."""

    def get(self, step: str, key: str) -> dict[str, Any] | None: ...
    def put(self, step: str, key: str, value: dict[str, Any]) -> None: ...


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


class LlmClient(Protocol):
    """A chat model that answers by schema. ModelError when its endpoint fails."""

    @property
    def spec(self) -> str: ...

    def structured(self, messages: Messages, schema: type[BaseModel]) -> Reply: ...


def open_model(spec: str, settings: Settings, cache: StepCacheLike | None = None) -> ChatClient:
    """The client of a model ``provider:name``; ConfigError for what is wrong before anything is asked.

    For ``openai`` the endpoint is ``settings.base_url``, else ``OPENAI_BASE_URL``, else the provider's own; a server
    of one's own needs no key. LangChain is imported at the first call that the cache cannot answer.
    """
    provider, _, name = spec.partition(":")
    if not provider or not name:
        raise ConfigError(f"A model is written provider:name, as in openai:gpt-5-mini; not {spec!r}.", code="model")
    protect_process()
    client = ChatClient(spec, settings, cache)
    if provider != "openai":
        client.chat  # noqa: B018  an unknown provider or an absent package is said at once
    elif not client.key:
        raise ConfigError(
            f"{spec} needs a key. Set OPENAI_API_KEY or ANALYZER_API_KEY, or ANALYZER_BASE_URL for a server of your "
            "own, or use --model rules.",
            code="no_key",
        )
    client.budget  # noqa: B018  a budget that cannot be kept is said before anything is spent
    return client


@dataclass
class ChatClient:
    """A model behind LangChain. ``host`` is where it is served, for messages and for the price."""

    spec: str
    settings: Settings
    cache: StepCacheLike | None = None
    only_cached: bool = False
    """Whether nothing may be asked: what the cache does not answer is a ModelError ("not_asked")."""
    mode: str = field(default=MODES[0], init=False)
    temperature: float | None = field(init=False)

    def __post_init__(self) -> None:
        self.temperature = self.settings.temperature

    @property
    def provider(self) -> str:
        return self.spec.partition(":")[0]

    @property
    def base_url(self) -> str | None:
        """The address, always explicit for ``openai``, so that no gateway of a third party steps in between."""
        if self.settings.base_url or self.provider != "openai":
            return self.settings.base_url
        return environment("OPENAI_BASE_URL") or environment("OPENAI_API_BASE") or OPENAI

    @property
    def host(self) -> str:
        if not self.base_url:
            return self.provider
        parts = urlsplit(self.base_url)
        return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or self.base_url

    @property
    def key(self) -> str | None:
        if self.settings.api_key is not None:
            return self.settings.api_key.get_secret_value()
        if self.provider != "openai":
            return None
        return environment("OPENAI_API_KEY") or (None if self.base_url == OPENAI else "unused")

    @property
    def price(self) -> Price | None:
        return price_of(self.spec, host=self.host, given=self.settings.price)

    @cached_property
    def budget(self) -> Budget | None:
        """What the run may spend, None without a limit; ConfigError when there is a limit and no price."""
        limit = self.settings.budget_usd
        if limit is None:
            return None
        if self.price is None:
            raise ConfigError(
                f"A budget needs the price of {self.spec} at {self.host}, which is not in the list. Set "
                "ANALYZER_PRICE='[prompt, answer]' in US dollars per million tokens ('[0, 0]' for a server of your "
                "own), or leave --budget-usd out.",
                code="no_price",
            )
        return Budget(limit, self.price)

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.host, self.spec.partition(":")[2], self.key or "")

    def structured(self, messages: Messages, schema: type[BaseModel]) -> Reply:
        """The reply to (role, text) messages, following the schema as far as it does."""
        wanted = strict_schema(schema)
        key = self._cache_key(messages, wanted)
        hit = self.cache.get(STEP, key) if self.cache else None
        answer = Answer(**hit) if hit is not None else self._paid(messages, wanted)
        reply = _read(answer, schema, cached=hit is not None)
        if self.cache and hit is None and reply.parsed is not None:
            self.cache.put(STEP, key, asdict(answer))
        return reply

    def answered(self, messages: Messages, schema: type[BaseModel]) -> bool:
        """Whether the answer is in the cache, so that asking costs nothing."""
        key = self._cache_key(messages, strict_schema(schema))
        return self.cache is not None and self.cache.get(STEP, key) is not None

    def _paid(self, messages: Messages, schema: dict[str, Any]) -> Answer:
        """One answered call within the budget."""
        if self.only_cached:
            raise ModelError("Nothing is asked in a dry run.", code="not_asked")
        if self.budget is None:
            return self._ask(messages, schema)
        self.budget.allow([*messages, ("schema", json.dumps(schema))], self.settings.max_tokens)
        answer = self._ask(messages, schema)
        self.budget.pay(  # some servers count nothing
            answer.prompt_tokens or estimated_tokens(messages),
            answer.completion_tokens or estimated_tokens([("assistant", answer.text)]),
        )
        return answer

    @cached_property
    def chat(self) -> Any:
        """LangChain's chat model; ConfigError for an unknown provider or an absent package."""
        from langchain.chat_models import init_chat_model

        warnings.filterwarnings("ignore", message=NOISE, category=UserWarning)
        provider, _, name = self.spec.partition(":")
        options: dict[str, Any] = {
            "base_url": self.base_url, "api_key": self.key, "temperature": self.temperature,
            "timeout": self.settings.timeout_s, "max_retries": MAX_RETRIES, "max_tokens": self.settings.max_tokens,
        }  # fmt: skip
        try:
            given = {k: v for k, v in options.items() if v is not None}
            return init_chat_model(name, model_provider=provider, **given)
        except Exception as error:
            if not isinstance(error, (ImportError, ValueError)) and type(error).__name__ != "OpenAIError":
                raise
            words = self.endpoint.clean(str(error)).rstrip(".")
            raise ConfigError(f"The model {self.spec} cannot be opened: {words}.", code="model") from error

    def _cache_key(self, messages: Messages, schema: dict[str, Any]) -> str:
        settings = self.settings
        params = {"base_url": self.base_url, "temperature": settings.temperature, "max_tokens": settings.max_tokens}
        parts = [self.spec, params, [list(m) for m in messages], schema]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()

    def _ask(self, messages: Messages, schema: dict[str, Any]) -> Answer:
        """One answered call; asked again in another mode when the endpoint turns this one down."""
        while True:
            runnable, sent = self._prepared(messages, schema)
            try:
                out = runnable.invoke(sent)
            except Exception as error:  # translated or raised again, never passed over
                cut = cut_off_answer(error)
                if cut is not None:
                    return cut
                if self._adapted(error):
                    continue
                known = explain(error, self.endpoint)
                if known is None:
                    raise
                raise known from error
            return answer_of(out)

    def _prepared(self, messages: Messages, schema: dict[str, Any]) -> tuple[Any, list[tuple[str, str]]]:
        sent = list(messages)
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

    def _adapted(self, error: Exception) -> bool:
        """Whether the endpoint turned down a mode or a parameter that we can do without; then the next try differs."""
        words = str(error).lower()
        if status_of(error) not in REFUSING:
            return False
        if "temperature" in words and self.temperature is not None:
            logger.debug("%s takes no temperature", self.spec)
            self.temperature = None
            del self.chat
            return True
        if any(word in words for word in UNSUPPORTED.get(self.mode, ())):
            later = MODES[MODES.index(self.mode) + 1]
            logger.debug("%s turned down %s: %s is asked for", self.spec, self.mode, later)
            self.mode = later
            return True
        return False


def _read(answer: Answer, schema: type[BaseModel], *, cached: bool) -> Reply:
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
