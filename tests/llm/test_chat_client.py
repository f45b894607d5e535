"""The client against a real server over loopback HTTP, through LangChain and OpenAI's own library."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from fake_openai import Answer, FakeOpenAI, error
from pydantic import BaseModel, ConfigDict

from analyzer.config import load
from analyzer.errors import ConfigError
from analyzer.llm.client import ChatClient, open_model
from analyzer.store.steps import StepCache


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    quote: str
    kind: Literal["a", "b"]


class Items(BaseModel):
    model_config = ConfigDict(extra="forbid")

    items: list[Item]


GOOD = {"items": [{"quote": "größer", "kind": "a"}]}
MESSAGES = [("system", "Rules."), ("user", "Text.")]


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake.answers("extract", GOOD)


@pytest.fixture
def cache(home: Path) -> Iterator[StepCache]:
    with StepCache(home) as opened:
        yield opened


def client(server: FakeOpenAI, cache: StepCache | None = None, **given: Any) -> ChatClient:
    return open_model("openai:tester", load(base_url=server.url, **given), cache)


def test_strict_json_schema_is_asked_for_first(server: FakeOpenAI) -> None:
    reply = client(server).structured(MESSAGES, Items)
    assert reply.parsed == Items.model_validate(GOOD)
    assert (reply.prompt_tokens, reply.completion_tokens, reply.finish, reply.cached) == (1000, 200, "stop", False)
    sent = server.requests[0].body
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["response_format"]["json_schema"]["name"] == "Items"
    assert (sent["model"], sent["temperature"]) == ("tester", 0.0)
    assert [(m["role"], m["content"]) for m in sent["messages"]] == MESSAGES


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize(
    ("modes", "tried"),
    [
        (("function_calling", "text"), ["json_schema", "function_calling"]),
        (("text",), ["json_schema", "function_calling", "text"]),
    ],
)
def test_a_mode_that_is_turned_down_is_left_for_good(modes: tuple[str, ...], tried: list[str], status: int) -> None:
    with FakeOpenAI(modes=modes, mode_status=status) as server:
        opened = client(server.answers("extract", GOOD))
        for _ in range(2):
            assert opened.structured(MESSAGES, Items).parsed == Items.model_validate(GOOD)
        assert [r.mode for r in server.requests] == [*tried, tried[-1]]


def test_a_server_that_calls_a_missing_mode_its_own_failure_is_understood() -> None:
    """Some local servers answer a response_format that they lack with a 500."""
    refused = error(500, "response_format type must be one of text or json_object", retry_after_ms="5")
    with FakeOpenAI() as server:
        server.answers("extract", refused, refused, refused, GOOD)
        assert client(server).structured(MESSAGES, Items).parsed is not None
        assert server.requests[-1].mode == "function_calling"


def test_plain_text_mode_says_the_schema_in_the_fixed_part(server: FakeOpenAI) -> None:
    server.modes = ("text",)
    client(server).structured(MESSAGES, Items)
    system, user = server.requests[-1].messages
    assert system["content"].startswith("Rules.")
    assert '"additionalProperties":false' in system["content"]
    assert user["content"] == "Text."


def test_models_without_temperature_are_asked_without_it(server: FakeOpenAI) -> None:
    server.answers("extract", error(400, "Unsupported parameter: 'temperature'", "unsupported_parameter"), GOOD)
    opened = client(server)
    assert opened.structured(MESSAGES, Items).parsed is not None
    opened.structured(MESSAGES, Items)
    assert ["temperature" in r.body for r in server.requests] == [True, False, False]


@pytest.mark.parametrize(
    "said",
    [
        "'response_format' of type 'json_schema' is not supported with this model",
        "Invalid schema for response_format 'Items'",
    ],
)
def test_warnings_of_the_library_about_modes_reach_nobody(server: FakeOpenAI, said: str) -> None:
    server.answers("extract", error(400, said), GOOD)
    assert client(server).structured(MESSAGES, Items).parsed is not None


def test_bad_items_come_back_beside_the_good_ones(server: FakeOpenAI) -> None:
    server.answers("extract", {"items": [{"quote": "x", "kind": "wrong"}, GOOD["items"][0]]})
    reply = client(server).structured(MESSAGES, Items)
    assert reply.parsed == Items.model_validate(GOOD)
    assert [r.item["kind"] for r in reply.rejected] == ["wrong"]


CUT = '{"items": [{"quote": "whole", "kind": "a"}, {"quote": "cu'


@pytest.mark.parametrize("mode", ["json_schema", "function_calling", "text"])
def test_a_cut_off_answer_is_told_apart_and_its_whole_items_kept(mode: str) -> None:
    with FakeOpenAI(modes=(mode,)) as server:
        reply = client(server.answers("extract", Answer(CUT, finish="length"))).structured(MESSAGES, Items)
        assert reply.finish == "length"
        assert isinstance(reply.parsed, Items)
        assert [i.quote for i in reply.parsed.items] == ["whole"]
        assert reply.prompt_tokens == 1000


@pytest.mark.parametrize("answer", [Answer(refusal="I'd rather not."), Answer(finish="content_filter")])
def test_a_refusal_is_no_empty_list(server: FakeOpenAI, answer: Answer) -> None:
    reply = client(server.answers("extract", answer)).structured(MESSAGES, Items)
    assert reply.parsed is None
    assert reply.finish == "refusal"
    assert "the model declined" in str(reply.error)


def test_a_server_without_usage_counts_as_zero(server: FakeOpenAI) -> None:
    server.answers("extract", Answer('{"items": []}', usage=False))
    reply = client(server).structured(MESSAGES, Items)
    assert (reply.parsed, reply.prompt_tokens) == (Items(items=[]), 0)


def test_the_second_asking_is_answered_from_the_cache_and_costs_nothing(server: FakeOpenAI, cache: StepCache) -> None:
    first = client(server, cache).structured(MESSAGES, Items)
    again = client(server, cache).structured(MESSAGES, Items)
    assert server.calls() == 1
    assert (first.cached, again.cached) == (False, True)
    assert again.parsed == first.parsed
    assert (again.prompt_tokens, again.completion_tokens) == (0, 0)


@pytest.mark.parametrize("change", [{"temperature": 0.5}, {"max_tokens": 99}])
def test_other_parameters_are_another_question(server: FakeOpenAI, cache: StepCache, change: dict[str, Any]) -> None:
    client(server, cache).structured(MESSAGES, Items)
    client(server, cache, **change).structured(MESSAGES, Items)
    client(server, cache).structured([*MESSAGES, ("user", "More.")], Items)
    assert server.calls() == 3


def test_the_key_is_no_part_of_what_is_kept(server: FakeOpenAI, cache: StepCache, home: Path) -> None:
    client(server, cache, api_key="not-a-key-of-anybody").structured(MESSAGES, Items)
    client(server, cache, api_key="sk-another").structured(MESSAGES, Items)
    assert server.calls() == 1
    assert b"not-a-key-of-anybody" not in b"".join(p.read_bytes() for p in home.iterdir())


@pytest.mark.parametrize("answer", ["rubbish", Answer(refusal="no")])
def test_an_unusable_answer_is_not_kept(server: FakeOpenAI, cache: StepCache, answer: Any) -> None:
    server.answers("extract", answer, GOOD)
    assert client(server, cache).structured(MESSAGES, Items).parsed is None
    assert client(server, cache).structured(MESSAGES, Items).parsed is not None


def test_a_server_of_ones_own_needs_no_key_and_the_environment_is_used(
    server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    opened = open_model("openai:tester", load())
    opened.structured(MESSAGES, Items)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-env")
    open_model("openai:tester", load()).structured(MESSAGES, Items)
    assert [r.headers["authorization"] for r in server.requests] == ["Bearer unused", "Bearer sk-from-env"]
    assert opened.host == server.url.split("/")[2]


def test_article_text_goes_to_the_endpoint_alone(server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third party's gateway or tracing in the environment changes nothing; anything but loopback would raise."""
    monkeypatch.setenv("LANGSMITH_GATEWAY", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "ls-key")
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
    assert client(server).structured(MESSAGES, Items).parsed is not None
    assert os.environ["LANGSMITH_TRACING"] == "false"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    assert open_model("openai:tester", load()).base_url == "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("gpt-5-mini", "provider:name"),
        ("openai:", "provider:name"),
        ("openai:gpt-5-mini", "OPENAI_API_KEY"),
        ("anthropic:claude", "langchain-anthropic"),
        ("ollama:llama3:8b", "langchain-ollama"),
        ("nobody:model", "nobody"),
    ],
)
def test_what_is_wrong_before_asking_is_said_before_asking(spec: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        open_model(spec, load())
    assert caught.value.exit_code == 2


def test_opening_a_model_imports_no_client_library() -> None:
    code = (
        "import sys\n"
        "from analyzer.config import load\n"
        "from analyzer.llm.client import open_model\n"
        "open_model('openai:m', load(base_url='http://127.0.0.1:9/v1'))\n"
        "print([m for m in ('openai', 'langchain', 'langchain_core', 'pandas', 'tiktoken') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
