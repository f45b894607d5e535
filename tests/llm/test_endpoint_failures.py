"""Every way in which an endpoint fails has a code, says what to do, and never shows the key."""

from __future__ import annotations

from typing import Any

import pytest
from fake_openai import Answer, FakeOpenAI, closed_url, error, rate_limited, server_error
from pydantic import BaseModel

from analyzer.config import load
from analyzer.errors import ModelError
from analyzer.llm.client import open_model
from analyzer.llm.failures import Endpoint, explain

KEY = "not-a-key-of-anybody-0123456789"


class Items(BaseModel):
    items: list[str]


GOOD = {"items": ["a"]}
MESSAGES = [("system", "Rules."), ("user", "Text."), ("user", "More.")]


def ask(url: str, **given: Any) -> BaseModel | None:
    return open_model("openai:tester", load(base_url=url, api_key=KEY, **given)).structured(MESSAGES, Items).parsed


CASES = {
    "wrong key": (error(401, f"Incorrect API key provided: {KEY}", "invalid_api_key"), "unauthorised", False, 1),
    "no permission": (error(403, f"not for {KEY}"), "unauthorised", False, 1),
    "unknown model": (error(404, "The model `tester` does not exist", "model_not_found"), "unknown_model", False, 1),
    "limit": (rate_limited(), "rate_limited", True, 3),
    "quota": (error(429, "exceeded", "insufficient_quota", retry_after_ms="5"), "rate_limited", False, 1),
    "no money": (error(402, "Insufficient Balance"), "rate_limited", False, 1),
    "overloaded": (error(529, "Overloaded", retry_after_ms="5"), "endpoint_down", True, 3),
    "no use": (error(503, "gone", retry_after_ms="5", x_should_retry="false"), "endpoint_down", True, 1),
    "server error": (server_error(), "endpoint_down", True, 3),
    "bad gateway": (Answer(status=502, body="<html>", headers={"retry-after-ms": "5"}), "endpoint_down", True, 3),
    "too long": (error(400, "maximum context length is 8192 tokens", "context_length_exceeded"), "too_long", False, 1),
    "refused request": (error(400, f"strange request of {KEY}"), "bad_request", False, 1),
    "a web page": (Answer(body="<html>hello</html>", content_type="text/html"), "bad_reply", False, 1),
    "broken JSON": (Answer(body='{"choices": [{"mess'), "bad_reply", False, 1),
    "other JSON": (Answer(body='{"hello": 1}'), "bad_reply", False, 1),
    "no choices": (Answer(body='{"choices": []}'), "bad_reply", False, 1),
    "a list": (Answer(body="[1, 2]"), "bad_reply", False, 1),
}


@pytest.mark.parametrize("mode", ["json_schema", "text"])
@pytest.mark.parametrize(("answer", "code", "retryable", "calls"), CASES.values(), ids=CASES.keys())
def test_failure_has_a_code_and_keeps_the_key_to_itself(
    answer: Answer, code: str, retryable: bool, calls: int, mode: str
) -> None:
    with FakeOpenAI() as server:
        server.answers("extract", answer)
        opened = open_model("openai:tester", load(base_url=server.url, api_key=KEY, max_retries=2))
        opened.asking.mode = mode
        with pytest.raises(ModelError) as caught:
            opened.structured(MESSAGES, Items)
        assert (caught.value.code, caught.value.retryable) == (code, retryable)
        assert server.calls() == calls
        assert KEY not in str(caught.value)
        assert opened.host in str(caught.value)


def test_a_short_limit_is_waited_out() -> None:
    with FakeOpenAI() as server:
        server.answers("extract", rate_limited(), server_error(), GOOD)
        assert ask(server.url) == Items(items=["a"])
        assert server.calls() == 3


def test_a_slow_endpoint_times_out() -> None:
    with FakeOpenAI() as server:
        server.answers("extract", Answer('{"items": []}', delay_s=20))
        with pytest.raises(ModelError, match="ANALYZER_TIMEOUT_S") as caught:
            ask(server.url, timeout_s=0.1, max_retries=1)
        assert (caught.value.code, caught.value.retryable) == ("timeout", True)


def test_an_endpoint_that_is_not_there_is_down() -> None:
    with pytest.raises(ModelError, match="ANALYZER_BASE_URL") as caught:
        ask(closed_url())
    assert (caught.value.code, caught.value.retryable) == ("endpoint_down", True)


def test_a_bug_is_no_failure_of_the_endpoint() -> None:
    at = Endpoint("host", "model")
    assert explain(AssertionError("ours"), at) is None
    assert explain(RecursionError("ours"), at) is None


def test_long_words_of_a_server_are_cut_and_cleaned() -> None:
    cleaned = Endpoint("host", "model", KEY).clean(f"one\n two {KEY} " + "x" * 1000)
    assert cleaned.startswith("one two … x")
    assert len(cleaned) < 310
