"""Asking again: the endpoint's word holds for everybody, without one the wait grows, and there is an end to it."""

from __future__ import annotations

import json
import math
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from fake_openai import Answer, FakeOpenAI, Request, closed_url, error, rate_limited, server_error
from pydantic import BaseModel

from analyzer.config import load
from analyzer.errors import ConfigError, ModelError
from analyzer.llm.client import ChatClient, open_model
from analyzer.llm.limits import SharedLimiter
from analyzer.llm.patience import CAP_S, Failure, Trying, duration, said_to_wait, whole_again

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
IN_A_MINUTE = format_datetime(NOW + timedelta(seconds=60), usegmt=True)
MESSAGES = [("system", "Rules."), ("user", "Text."), ("user", "More.")]


class Items(BaseModel):
    items: list[str]


GOOD = {"items": ["a"]}


def client(server: FakeOpenAI, **given: Any) -> ChatClient:
    return open_model("openai:tester", load(base_url=server.url, **given))


# --- what the endpoint says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "words", "seconds"),
    [
        ({"retry-after": "7"}, "", 7.0),
        ({"retry-after": "0.5"}, "", 0.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, "", 0.25),
        ({"retry-after": IN_A_MINUTE, "date": format_datetime(NOW, usegmt=True)}, "", 60.0),
        ({"retry-after": format_datetime(NOW), "date": IN_A_MINUTE}, "", None),
        ({}, "Rate limit reached. Please try again in 41.724s. Visit", 41.724),
        ({}, "Please try again in 6m0.5s.", 360.5),
        ({"retry-after": "7"}, "Please try again in 41s.", 7.0),
        ({"retry-after": "0"}, "", None),
        ({"retry-after": "-3"}, "", None),
        ({"retry-after": "inf"}, "", None),
        ({"retry-after": "soon"}, "", None),
        ({}, "slow down", None),
    ],
)
def test_what_the_endpoint_says_of_waiting(headers: dict[str, str], words: str, seconds: float | None) -> None:
    assert said_to_wait(headers, words) == (None if seconds is None else pytest.approx(seconds))


def test_a_date_is_held_against_our_clock_where_the_answer_has_none() -> None:
    assert said_to_wait({"retry-after": IN_A_MINUTE}, "", NOW) == 60.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("6m0s", 360.0), ("12ms", 0.012), ("1h2m3.5s", 3723.5), ("9", 9.0), ("", None), ("-1", None), ("1 day", None)],
)
def test_durations_are_read_as_endpoints_write_them(text: str, seconds: float | None) -> None:
    assert duration(text) == (None if seconds is None else pytest.approx(seconds))


def test_a_reset_bounds_the_wait_only_where_its_limit_is_used_up() -> None:
    names = ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", "x-ratelimit-remaining-tokens",
             "x-ratelimit-reset-tokens")  # fmt: skip
    assert whole_again(dict(zip(names, ("0", "2s", "500", "6m0s"), strict=True))) == 2.0
    assert whole_again(dict(zip(names, ("0", "2s", "0", "6m0s"), strict=True))) == 360.0
    assert whole_again(dict(zip(names, ("3", "2s", "-1", "0"), strict=True))) == math.inf
    assert whole_again({}) == math.inf


# --- how long, how often --------------------------------------------------------------------------------------------


class Time:
    """A clock that goes on when somebody sleeps, and what was slept."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)


@pytest.fixture
def clock() -> Time:
    return Time()


def trying(home: Path, clock: Time, retries: int = 100, wait_s: float = 1e9) -> Trying:
    limiter = SharedLimiter(home, "m", clock=clock, sleep=clock.sleep)
    return Trying(limiter, retries, wait_s, clock.sleep, clock)


DOWN = Failure(ModelError("down", code="endpoint_down", retryable=True), again=True)


def test_without_a_word_the_wait_is_drawn_from_a_growing_span(home: Path, clock: Time) -> None:
    random.seed(3)
    longest = [0.0] * 9
    for _ in range(200):
        one = trying(home, clock)
        clock.slept.clear()
        for _ in range(9):
            one.after(DOWN)
        longest = [max(pair) for pair in zip(longest, clock.slept, strict=True)]
    spans = [1, 2, 4, 8, 16, 32, CAP_S, CAP_S, CAP_S]
    assert all(0.9 * span < found <= span for found, span in zip(longest, spans, strict=True))


def test_a_failure_of_one_call_holds_nobody_else(home: Path, clock: Time) -> None:
    one = trying(home, clock)
    one.after(DOWN)
    assert one.limiter.paused() == 0


def test_a_limit_without_a_word_holds_all_but_no_longer_than_until_it_is_whole(home: Path, clock: Time) -> None:
    one = trying(home, clock)
    for _ in range(8):
        one.after(Failure(DOWN.error, again=True, everybody=True, at_most_s=0.5))
        assert 0 <= one.limiter.paused() <= 0.5
    assert clock.slept == [], "the limiter makes it wait when it asks for its turn"


def test_the_number_of_tries_has_a_bound(home: Path, clock: Time) -> None:
    one = trying(home, clock, retries=3)
    for _ in range(3):
        one.after(DOWN)
    with pytest.raises(ModelError, match="down"):
        one.after(DOWN)


def test_the_time_has_a_bound(home: Path, clock: Time) -> None:
    one = trying(home, clock, wait_s=40)
    slow = Failure(DOWN.error, again=True, after_s=14)
    one.after(slow)
    one.begin(0)
    one.after(slow)
    one.begin(0)
    with pytest.raises(ModelError, match="down"):
        one.after(slow)


def test_who_comes_later_asks_nothing_while_the_endpoint_wants_nobody_for_long(home: Path, clock: Time) -> None:
    first = trying(home, clock, wait_s=60)
    with pytest.raises(ModelError, match=r"down It wants no calls for 20 minutes\.") as caught:
        first.after(Failure(DOWN.error, again=True, everybody=True, after_s=1200))
    assert (caught.value.code, caught.value.retryable) == ("endpoint_down", True)
    with pytest.raises(ModelError, match=r"another 20 minutes.*ANALYZER_MAX_WAIT_S") as caught:
        trying(home, clock, wait_s=60).begin(0)
    assert (caught.value.code, caught.value.retryable) == ("rate_limited", True)


def test_what_never_passes_is_not_waited_for(home: Path, clock: Time) -> None:
    with pytest.raises(ModelError, match="no credit"):
        trying(home, clock).after(Failure(ModelError("no credit"), everybody=True, after_s=5))
    assert trying(home, clock).limiter.paused() == 0


# --- over HTTP ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", [{"retry_after": "0.6"}, {"retry_after_ms": "600"}])
@pytest.mark.parametrize("status", [429, 503, 529])
def test_retry_after_is_honoured(status: int, header: dict[str, str]) -> None:
    with FakeOpenAI() as server:
        server.answers("extract", error(status, "slow down", **header), GOOD)
        begun = time.perf_counter()
        client(server).structured(MESSAGES, Items)
        assert 0.6 <= time.perf_counter() - begun < 60
        assert server.calls() == 2


def test_a_date_to_come_back_at_is_honoured() -> None:
    with FakeOpenAI() as server:
        opened = client(server)
        opened.asking.chat  # noqa: B018  the libraries' import is no part of what is timed
        soon = (datetime.now(UTC) + timedelta(seconds=3)).replace(microsecond=0)
        header = format_datetime(soon, usegmt=True)
        server.answers("extract", error(429, "slow down", retry_after=header), GOOD)
        opened.structured(MESSAGES, Items)
        assert soon.timestamp() - 0.1 <= server.times[1] < soon.timestamp() + 30


def test_the_clients_of_the_libraries_do_not_retry_by_themselves() -> None:
    with FakeOpenAI() as server:
        server.answers("extract", server_error())
        with pytest.raises(ModelError):
            client(server, max_retries=0).structured(MESSAGES, Items)
        assert server.calls() == 1
        assert server.requests[0].headers["x-stainless-retry-count"] == "0"


def test_a_long_storm_is_outlasted() -> None:
    with FakeOpenAI() as server:
        server.answers("extract", *[rate_limited(1)] * 8, GOOD)
        assert client(server).structured(MESSAGES, Items).parsed == Items(items=["a"])
        assert server.calls() == 9


def test_a_limit_told_to_one_holds_all_threads() -> None:
    with FakeOpenAI() as server:
        server.answers("extract", error(429, "slow down", retry_after="2"), GOOD)
        opened = client(server)
        opened.asking.chat  # noqa: B018  the libraries' import is no part of what is timed
        first = threading.Thread(target=opened.structured, args=(MESSAGES, Items))
        first.start()
        while not opened.turns.paused():
            time.sleep(0.01)
        until = time.time() + opened.turns.paused()
        rest = [threading.Thread(target=opened.structured, args=(MESSAGES, Items)) for _ in range(8)]
        for thread in rest:
            thread.start()
        time.sleep(0.3)
        assert server.calls() == 1, "nobody asks in the pause"
        for thread in (first, *rest):
            thread.join(20)
        assert server.calls() == 10
        assert time.time() >= until
        spread = sorted(server.times[1:])
        assert spread[0] >= until - 0.05
        assert spread[-1] - spread[0] > 0.1, "and not all at once after it"


def test_requests_a_minute_hold_over_clients() -> None:
    with FakeOpenAI() as server:
        server.answers("extract", GOOD)
        begun = time.time()
        for _ in range(2):
            opened = client(server, requests_per_minute=300)
            for _ in range(3):
                opened.structured(MESSAGES, Items)
        assert server.times[5] >= begun + 5 * 0.2 - 0.01


def test_tokens_a_minute_are_those_that_were_used() -> None:
    """Each call is reckoned with at its longest, over 8,000 tokens (4 s), and takes 1,200 (0.6 s)."""
    with FakeOpenAI() as server:
        opened = client(server.answers("extract", GOOD), tokens_per_minute=120_000)
        opened.asking.chat  # noqa: B018  the libraries' import is no part of what is timed
        begun = time.time()
        for _ in range(3):
            opened.structured(MESSAGES, Items)
        assert begun + 2 * 0.6 - 0.01 <= server.times[2] < begun + 2 * 4


def test_a_call_that_is_answered_from_nowhere_is_given_up_soon() -> None:
    waited: list[float] = []
    opened = open_model("openai:tester", load(base_url=closed_url()), sleep=waited.append)
    with pytest.raises(ModelError, match="ANALYZER_BASE_URL"):
        opened.structured(MESSAGES, Items)
    assert len(waited) == 2


def test_a_server_that_answered_before_is_waited_for_longer() -> None:
    waited: list[float] = []
    with FakeOpenAI() as server:
        server.answers("extract", Answer('{"items": []}', headers={"Connection": "close"}))
        opened = open_model("openai:tester", load(base_url=server.url, max_retries=5), sleep=waited.append)
        opened.structured(MESSAGES, Items)
    with pytest.raises(ModelError) as caught:
        opened.structured(MESSAGES, Items)
    assert caught.value.retryable
    assert len(waited) == 5


def test_a_driver_that_stops_ends_the_waiting() -> None:
    class Stopped(Exception):
        pass

    def stop(seconds: float) -> None:
        raise Stopped

    with FakeOpenAI() as server:
        server.answers("extract", error(429, "slow down", retry_after="30"))
        opened = open_model("openai:tester", load(base_url=server.url), sleep=stop)
        with pytest.raises(Stopped):
            opened.structured(MESSAGES, Items)


def test_a_passing_failure_of_the_server_does_not_cost_the_strict_mode() -> None:
    with FakeOpenAI() as server:
        server.answers("extract", error(500, "the schema service is restarting", retry_after_ms="5"), GOOD)
        client(server).structured(MESSAGES, Items)
        assert [r.mode for r in server.requests] == ["json_schema", "json_schema"]


@pytest.mark.parametrize("setting", ["requests_per_minute", "tokens_per_minute", "max_retries", "max_wait_s"])
def test_a_negative_limit_is_refused(setting: str) -> None:
    with pytest.raises(ConfigError, match=setting):
        load(**{setting: -1})


def test_an_answer_of_another_sort_is_no_reason_to_wait() -> None:
    with FakeOpenAI() as server:
        server.answers("extract", Answer(status=200, body="<html>"))
        with pytest.raises(ModelError):
            client(server).structured(MESSAGES, Items)
        assert server.calls() == 1


@pytest.mark.parametrize("modes", [("function_calling", "text"), ("text",)])
def test_threads_that_learn_of_a_missing_mode_together_all_go_on(modes: tuple[str, ...]) -> None:
    with FakeOpenAI(modes=modes) as server:
        opened = client(server.answers("extract", Answer(json.dumps(GOOD), delay_s=0.1)))
        with ThreadPoolExecutor(8) as pool:
            replies = list(pool.map(lambda _: opened.structured(MESSAGES, Items).parsed, range(16)))
        assert replies == [Items(items=["a"])] * 16
        assert opened.asking.mode == modes[0]


def test_threads_that_learn_together_that_a_model_takes_no_temperature_all_go_on() -> None:
    class Strict(FakeOpenAI):
        def answer_to(self, request: Request) -> Answer:
            given = super().answer_to(request)
            return error(400, "Unsupported value: 'temperature'") if "temperature" in request.body else given

    with Strict() as server:
        opened = client(server.answers("extract", GOOD))
        with ThreadPoolExecutor(8) as pool:
            replies = list(pool.map(lambda _: opened.structured(MESSAGES, Items).parsed, range(16)))
        assert replies == [Items(items=["a"])] * 16
