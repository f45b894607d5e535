"""One small interface between us and any chat model that LangChain opens.

Answers are kept in the step cache, so that nothing is paid for twice; what it does not hold is asked for, within the
budget, or left to a batch.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel

from analyzer.config import Settings, environment, protect_process
from analyzer.errors import ConfigError, ModelError
from analyzer.llm.asking import Asking, Messages
from analyzer.llm.budget import Budget, Purse, PurseLike, estimated_tokens
from analyzer.llm.cost import Price, batch_price_of, price_of
from analyzer.llm.failures import Endpoint
from analyzer.llm.limits import Limiter, SharedLimiter
from analyzer.llm.raw import Answer
from analyzer.llm.reply import Reply, read_reply
from analyzer.llm.schema import strict_schema

if TYPE_CHECKING:
    from analyzer.llm.batch_api import BatchQueue

STEP = "llm"
OPENAI = "https://api.openai.com/v1"

__all__ = ["ChatClient", "LlmClient", "Messages", "Reply", "StepCacheLike", "open_model"]


class StepCacheLike(Protocol):
    """What a step gave, by a key of all that it depends on."""

    def get(self, step: str, key: str) -> dict[str, Any] | None: ...
    def put(self, step: str, key: str, value: dict[str, Any]) -> None: ...


class LlmClient(Protocol):
    """A chat model that answers by schema. ModelError when its endpoint fails."""

    @property
    def spec(self) -> str: ...

    def structured(self, messages: Messages, schema: type[BaseModel]) -> Reply: ...


def open_model(
    spec: str,
    settings: Settings,
    cache: StepCacheLike | None = None,
    *,
    limiter: Limiter | None = None,
    purse: PurseLike | None = None,
    sleep: Callable[[float], None] = time.sleep,
    batch_api: bool = False,
) -> ChatClient:
    """The client of a model ``provider:name``; ConfigError for what is wrong before anything is asked.

    ``limiter`` is by default the one that all processes with this home folder share, ``purse`` this client's own.
    ``sleep`` waits between two tries and for a turn; what it raises ends the waiting, which is how a driver stops. With
    ``batch_api`` nothing is asked, but queued in ``client.queue``; what the cache cannot answer is
    ModelError("waiting"): see analyzer.llm.batch_api.
    For ``openai`` the endpoint is ``settings.base_url``, else ``OPENAI_BASE_URL``, else the provider's own; a server
    of one's own needs no key. LangChain is imported at the first call that the cache cannot answer.
    """
    provider, _, name = spec.partition(":")
    if not provider or not name:
        raise ConfigError(f"A model is written provider:name, as in openai:gpt-5-mini; not {spec!r}.", code="model")
    protect_process()
    client = ChatClient(spec, settings, cache, limiter=limiter, purse=purse, sleep=sleep)
    if provider != "openai":
        client.asking.chat  # noqa: B018  an unknown provider or an absent package is said at once
    elif not client.key:
        raise ConfigError(
            f"{spec} needs a key. Set OPENAI_API_KEY or ANALYZER_API_KEY, or ANALYZER_BASE_URL for a server of your "
            "own, or use --model rules.",
            code="no_key",
        )
    if batch_api:
        client.queue = _opened_queue(client)
    client.budget  # noqa: B018  a budget that cannot be kept is said before anything is spent
    return client


def _opened_queue(client: ChatClient) -> BatchQueue:
    from analyzer.llm.batch_api import BatchQueue

    if client.provider != "openai":
        raise ConfigError(
            f"Batches are only for models of OpenAI and servers that speak its Batch API, not {client.spec}. Leave "
            "--batch-api out.",
            code="batch_api",
        )
    if client.cache is None:
        raise ConfigError("Batches need the step cache, in which their answers are collected.", code="batch_api")
    return BatchQueue(client)


@dataclass
class ChatClient:
    """A model behind LangChain. ``host`` is where it is served, for messages and for the price."""

    spec: str
    settings: Settings
    cache: StepCacheLike | None = None
    only_cached: bool = False
    """Whether nothing may be asked: what the cache does not answer is a ModelError ("not_asked")."""
    _: KW_ONLY
    limiter: Limiter | None = None
    purse: PurseLike | None = None
    sleep: Callable[[float], None] = time.sleep
    queue: BatchQueue | None = field(default=None, init=False)
    """Where calls wait for a batch instead of being made."""

    @cached_property
    def asking(self) -> Asking:
        """The calls themselves, and what is known of the endpoint's ways."""
        return Asking(self.spec, self.settings, self.base_url, self.key, self.endpoint, self.turns, self.sleep)

    @property
    def provider(self) -> str:
        return self.spec.partition(":")[0]

    @property
    def name(self) -> str:
        return self.spec.partition(":")[2]

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

    @property
    def batch_price(self) -> Price | None:
        return batch_price_of(self.spec, host=self.host, given=self.settings.price)

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
        return Budget(limit, self.price, self.purse or Purse())

    @cached_property
    def turns(self) -> Limiter:
        """Whose turn it is to ask: the given limiter, else the one of this model in the home folder."""
        return self.limiter or SharedLimiter(
            self.settings.home, f"{self.host} {self.name}", sleep=self.sleep,
            requests_per_minute=self.settings.requests_per_minute, tokens_per_minute=self.settings.tokens_per_minute,
        )  # fmt: skip

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.host, self.name, self.key or "")

    def structured(self, messages: Messages, schema: type[BaseModel]) -> Reply:
        """The reply to (role, text) messages, following the schema as far as it does."""
        wanted = strict_schema(schema)
        key = self._cache_key(messages, wanted)
        hit = self.kept(key)
        if hit is not None:
            reply = read_reply(hit, schema, cached=True)
            if reply.parsed is not None or self.queue is not None or self.only_cached:
                return reply  # an unusable answer of a batch is an answer where batches are asked, and else none
        elif self.queue is not None and not self.only_cached:
            self._queue(key, messages, wanted)
        answer = self._paid(messages, wanted)
        reply = read_reply(answer, schema, cached=False)
        if reply.parsed is not None:
            self.keep(key, answer)
        return reply

    def kept(self, key: str) -> Answer | None:
        """The answer of a key in the step cache."""
        hit = self.cache.get(STEP, key) if self.cache else None
        return None if hit is None else Answer(**hit)

    def keep(self, key: str, answer: Answer) -> None:
        if self.cache:
            self.cache.put(STEP, key, asdict(answer))

    def answered(self, messages: Messages, schema: type[BaseModel]) -> bool:
        """Whether the answer is in the cache, so that asking costs nothing."""
        return self.kept(self._cache_key(messages, strict_schema(schema))) is not None

    def _queue(self, key: str, messages: Messages, schema: dict[str, Any]) -> NoReturn:
        """Leave the call to a batch; ModelError "waiting", or what made it fail in one for good."""
        assert self.queue is not None
        self.queue.add(key, self.asking.body(messages, schema))
        raise ModelError(f"The answer of {self.spec} waits for a batch.", code="waiting", retryable=True)

    def _paid(self, messages: Messages, schema: dict[str, Any]) -> Answer:
        """One answered call within the budget."""
        if self.only_cached:
            raise ModelError("Nothing is asked in a dry run.", code="not_asked")
        if self.budget is None:
            return self.asking.ask(messages, schema)
        held = self.budget.allow([*messages, ("schema", json.dumps(schema))], self.settings.max_tokens)
        try:
            answer = self.asking.ask(messages, schema)
        except BaseException:
            self.budget.pay(held)
            raise
        self.budget.pay(  # some servers count nothing
            held,
            answer.prompt_tokens or estimated_tokens(messages),
            answer.completion_tokens or estimated_tokens([("assistant", answer.text)]),
        )
        return answer

    def _cache_key(self, messages: Messages, schema: dict[str, Any]) -> str:
        settings = self.settings
        params = {"base_url": self.base_url, "temperature": settings.temperature, "max_tokens": settings.max_tokens}
        parts = [self.spec, params, [list(m) for m in messages], schema]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()
