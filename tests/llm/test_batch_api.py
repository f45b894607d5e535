"""OpenAI's Batch API over loopback HTTP: nothing is lost, nothing is paid twice, in whatever state a batch ends."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_batches import FakeBatches, answered_line, failed_line, not_run
from fake_openai import USAGE, Answer, error
from pydantic import BaseModel, ConfigDict

from analyzer.config import load
from analyzer.errors import ConfigError, ModelError, StoreLocked
from analyzer.extract.llm import ExtractReply
from analyzer.extract.proposals import BindReply
from analyzer.llm.batch_api import BatchQueue
from analyzer.llm.batch_report import BatchReport
from analyzer.llm.client import ChatClient, open_model
from analyzer.llm.cost import Price, batch_price_of
from analyzer.store.steps import StepCache

KEY = "not-a-key-of-anybody-0123456789"


class Items(BaseModel):
    model_config = ConfigDict(extra="forbid")

    items: list[str]


GOOD = {"items": ["größer"]}


def messages(n: int) -> list[tuple[str, str]]:
    return [("system", "Rules."), ("user", f"Text {n}.")]


@pytest.fixture
def server() -> Iterator[FakeBatches]:
    with FakeBatches() as fake:
        yield fake


@pytest.fixture
def cache(home: Path) -> Iterator[StepCache]:
    with StepCache(home) as opened:
        yield opened


def opened(server: FakeBatches, cache: StepCache, **given: Any) -> ChatClient:
    settings = load(**{"base_url": server.url, "api_key": KEY, "price": (1.0, 10.0), "max_retries": 2} | given)
    return open_model("openai:tester", settings, cache, batch_api=True)


@pytest.fixture
def client(server: FakeBatches, cache: StepCache) -> ChatClient:
    return opened(server, cache)


def queue_of(client: ChatClient) -> BatchQueue:
    assert client.queue is not None
    return client.queue


def ask(client: ChatClient, *numbers: int) -> list[str]:
    """What comes of asking: "waiting", the code of a failure, or the first item of the answer."""
    found = []
    for n in numbers:
        try:
            reply = client.structured(messages(n), Items)
            found.append(reply.parsed.items[0] if isinstance(reply.parsed, Items) else str(reply.error))
        except ModelError as error:
            found.append(error.code)
    return found


def submitted(client: ChatClient, count: int, server: FakeBatches) -> list[str]:
    """Keys of so many requests in a batch under way."""
    ask(client, *range(count))
    assert queue_of(client).submit().submitted == count
    return server.ids()


# --- the way there and back -----------------------------------------------------------------------------------------


def test_a_call_waits_is_submitted_and_found_in_the_cache(server: FakeBatches, client: ChatClient) -> None:
    assert ask(client, 0, 1, 0) == ["waiting"] * 3
    assert queue_of(client).counts().queued == 2, "a call that is asked twice is one request"
    report = queue_of(client).submit()
    assert (report.submitted, report.batches) == (2, {"validating": 1})
    for state in ("validating", "in_progress", "finalizing"):
        server.state(state)
        going = queue_of(client).collect()
        assert (going.answered, going.batches) == (0, {state: 1})
        assert ask(client, 0, 1) == ["waiting"] * 2
    one, other = server.ids()
    server.end("completed", {other: {"items": ["second"]}, one: {"items": ["first"]}})
    report = queue_of(client).collect()
    assert (report.answered, report.batches) == (2, {"completed": 1})
    assert ask(client, 0, 1) == ["first", "second"]
    assert queue_of(client).counts().done
    assert server.calls() == 0, "nothing was asked directly"
    assert len(server.batches) == 1
    reply = client.structured(messages(0), Items)
    assert (reply.cached, reply.prompt_tokens) == (True, 0)


@pytest.mark.parametrize("schema", [Items, ExtractReply, BindReply])
def test_a_request_is_what_a_direct_call_would_be(
    server: FakeBatches, client: ChatClient, schema: type[BaseModel]
) -> None:
    with pytest.raises(ModelError, match="waits"):
        client.structured(messages(0), schema)
    queue_of(client).submit()
    (line,) = server.sent()
    plain = open_model("openai:tester", client.settings)
    server.answers("extract", "{}")
    plain.structured(messages(0), schema)
    direct = {name: value for name, value in server.requests[0].body.items() if name != "stream"}
    assert line["body"] == direct
    assert (line["method"], line["url"], len(line["custom_id"])) == ("POST", "/v1/chat/completions", 64)


def test_a_direct_call_finds_what_a_batch_brought_and_the_other_way_round(
    server: FakeBatches, client: ChatClient, cache: StepCache
) -> None:
    (key,) = submitted(client, 1, server)
    server.end("completed", {key: GOOD})
    queue_of(client).collect()
    plain = open_model("openai:tester", client.settings, cache)
    assert ask(plain, 0) == ["größer"]
    server.answers("extract", {"items": ["direct"]})
    assert ask(plain, 1) == ["direct"]
    assert ask(client, 1) == ["direct"]


def test_what_was_answered_directly_meanwhile_is_not_submitted(
    server: FakeBatches, client: ChatClient, cache: StepCache
) -> None:
    ask(client, 0, 1)
    server.answers("extract", GOOD)
    ask(open_model("openai:tester", client.settings, cache), 0)
    assert queue_of(client).submit().submitted == 1
    assert queue_of(client).counts().queued == 0


def test_usage_is_counted_once(server: FakeBatches, client: ChatClient) -> None:
    keys = submitted(client, 3, server)
    server.end("completed", dict.fromkeys(keys, GOOD))
    report = queue_of(client).collect()
    assert (report.prompt_tokens, report.completion_tokens) == (3 * USAGE["prompt_tokens"], 3 * 200)
    assert report.cost_usd == pytest.approx((3000 * 1 + 600 * 10) / 1e6)
    assert queue_of(client).collect() == BatchReport()
    assert queue_of(client).cost_usd() == report.cost_usd


def test_batches_cost_half_at_the_provider_and_the_full_price_where_no_discount_is_known() -> None:
    full = batch_price_of("openai:gpt-4o-mini", host="127.0.0.1:1", given=(1.0, 2.0))
    assert full == Price(1.0, 2.0)
    assert batch_price_of("openai:gpt-4o-mini", host="api.openai.com") == Price(0.075, 0.30)
    assert batch_price_of("openai:own", host="api.openai.com", given=(1.0, 2.0)) == Price(0.5, 1.0)
    assert batch_price_of("openai:gpt-99", host="api.openai.com") is None


def test_an_answer_that_cannot_be_used_is_one_in_batches_and_none_elsewhere(
    server: FakeBatches, client: ChatClient, cache: StepCache
) -> None:
    (key,) = submitted(client, 1, server)
    server.end("completed", {key: Answer("rubbish")})
    queue_of(client).collect()
    assert "no JSON object" in ask(client, 0)[0], "its repair is the next request"
    server.answers("extract", GOOD)
    assert ask(open_model("openai:tester", client.settings, cache), 0) == ["größer"]


@pytest.mark.parametrize(
    ("answer", "finish"),
    [
        (Answer('{"items": ["a"', finish="length"), "length"),
        (Answer(refusal="I'd rather not."), "refusal"),
        (Answer("", finish="content_filter"), "refusal"),
    ],
)
def test_how_an_answer_ended_is_kept(server: FakeBatches, client: ChatClient, answer: Answer, finish: str) -> None:
    (key,) = submitted(client, 1, server)
    server.end("completed", {key: answer})
    queue_of(client).collect()
    assert client.structured(messages(0), Items).finish == finish


# --- how a batch ends -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "code"), [("expired", "batch_expired"), ("cancelled", "batch_cancelled")])
def test_what_was_not_run_goes_again_and_what_was_is_kept(
    server: FakeBatches, client: ChatClient, status: str, code: str
) -> None:
    for _ in range(4):  # however often it happens: nothing of it was paid
        ask(client, 0, 1, 2)
        queue_of(client).submit()
        keys = server.ids()
        server.end(status, {keys[0]: GOOD, **{key: not_run(code) for key in keys[1:]}} if len(keys) == 3 else
                   {key: not_run(code) for key in keys})  # fmt: skip
        report = queue_of(client).collect()
        assert report.again == 2
        assert report.failed == []
    assert ask(client, 0, 1) == ["größer", "waiting"]
    assert queue_of(client).counts().queued == 2
    assert [len(server.ids(b)) for b in server.batches] == [3, 2, 2, 2]


def test_a_batch_is_cancelled_and_its_partial_results_are_taken(server: FakeBatches, client: ChatClient) -> None:
    keys = submitted(client, 2, server)
    assert queue_of(client).cancel() == 1
    assert queue_of(client).collect().batches == {"cancelling": 1}
    server.end("cancelled", {keys[1]: GOOD})
    report = queue_of(client).collect()
    assert (report.answered, report.again, report.batches) == (1, 1, {"cancelled": 1})


def test_a_batch_that_fails_validation_fails_the_lines_that_it_names(server: FakeBatches, client: ChatClient) -> None:
    keys = submitted(client, 3, server)
    named = {
        "object": "list",
        "data": [{"code": "invalid_request", "message": "no such field", "line": 2, "param": None}],
    }
    server.state("failed", errors=named)
    report = queue_of(client).collect()
    assert [(key, code) for key, code, _ in report.failed] == [(keys[1], "bad_request")]
    assert "no such field" in report.failed[0][2]
    assert report.again == 2
    assert ask(client, 0, 1, 2) == ["waiting", "bad_request", "waiting"]
    assert queue_of(client).submit().submitted == 2


def test_a_batch_that_fails_as_a_whole_is_not_sent_for_ever(server: FakeBatches, client: ChatClient) -> None:
    submitted(client, 2, server)
    whole = {"object": "list", "data": [{"code": "model_not_found", "message": "no such model", "line": None}]}
    server.state("failed", errors=whole)
    report = queue_of(client).collect()
    assert len(report.failed) == 2
    assert "no such model" in report.failed[0][2]
    assert queue_of(client).submit().submitted == 0
    assert queue_of(client).retry_failed() == 2
    assert queue_of(client).submit().submitted == 2


def test_a_failed_batch_with_partial_output_keeps_it(server: FakeBatches, client: ChatClient) -> None:
    keys = submitted(client, 2, server)
    server.end("failed", {keys[0]: GOOD})
    report = queue_of(client).collect()
    assert (report.answered, [key for key, _, _ in report.failed]) == (1, [keys[1]])


def test_an_account_whose_queue_is_full_gets_smaller_batches(server: FakeBatches, client: ChatClient) -> None:
    submitted(client, 8, server)
    full = {"object": "list", "data": [{"code": "token_limit_exceeded", "message": "limit reached", "line": None}]}
    server.state("failed", errors=full)
    assert queue_of(client).collect().again == 8
    report = queue_of(client).submit()
    assert report.submitted == 4
    assert "no room" in str(report.held_back)
    assert queue_of(client).submit().submitted == 0, "while those are under way"
    server.end("completed", dict.fromkeys(server.ids(), GOOD))
    queue_of(client).collect()
    assert queue_of(client).submit().submitted == 4


def test_a_request_for_which_the_queue_is_always_too_full_is_given_up(server: FakeBatches, client: ChatClient) -> None:
    full = {"object": "list", "data": [{"code": "token_limit_exceeded", "message": "limit reached", "line": None}]}
    ask(client, 0)
    for _ in range(3):
        assert queue_of(client).submit().submitted == 1
        server.state("failed", errors=full)
        report = queue_of(client).collect()
    assert [code for _, code, _ in report.failed] == ["rate_limited"]


def test_errors_of_single_lines(server: FakeBatches, client: ChatClient) -> None:
    keys = submitted(client, 4, server)
    too_long = failed_line(400, "maximum context length is 8192 tokens", "context_length_exceeded")
    outcomes = {keys[0]: GOOD, keys[1]: too_long, keys[2]: failed_line(500, "sorry"), keys[3]: failed_line(429, "slow")}
    server.end("completed", outcomes)
    report = queue_of(client).collect()
    assert [(key, code) for key, code, _ in report.failed] == [(keys[1], "too_long")]
    assert report.again == 2
    assert ask(client, 0, 1, 2, 3) == ["größer", "too_long", "waiting", "waiting"]


def test_a_request_that_always_fails_is_given_up(server: FakeBatches, client: ChatClient) -> None:
    for tries in range(3):
        ask(client, 0)
        assert queue_of(client).submit().submitted == 1
        server.end("completed", {server.ids()[0]: failed_line(500, "sorry")})
        report = queue_of(client).collect()
        assert report.again == (1 if tries < 2 else 0)
    assert [code for _, code, _ in report.failed] == ["endpoint_down"]
    assert queue_of(client).failures() == report.failed
    assert queue_of(client).submit().submitted == 0


def test_a_batch_of_errors_alone_has_no_output_file(server: FakeBatches, client: ChatClient) -> None:
    (key,) = submitted(client, 1, server)
    server.end("completed", {key: failed_line(401, f"Incorrect key {KEY}")})
    report = queue_of(client).collect()
    assert [code for _, code, _ in report.failed] == ["unauthorised"]
    assert KEY not in report.failed[0][2]


def test_a_model_without_temperature_is_asked_again_without(server: FakeBatches, client: ChatClient) -> None:
    (key,) = submitted(client, 1, server)
    server.end("completed", {key: failed_line(400, "Unsupported value: 'temperature' does not support 0.0")})
    assert queue_of(client).collect().again == 1
    ask(client, 1)
    assert queue_of(client).submit().submitted == 2
    assert ["temperature" in line["body"] for line in server.sent()] == [False, False]
    assert server.ids()[0] == key, "under the key that the cache is asked for"


def test_lines_that_are_missing_doubled_strange_or_broken(server: FakeBatches, client: ChatClient) -> None:
    keys = submitted(client, 3, server)
    body = server.sent()[0]["body"]
    more = (
        answered_line(keys[0], {"items": ["doubled"]}, body), answered_line("of nobody", GOOD, body),
        '{"custom_id": "cu',
        '{"custom_id": "x", "response": {"status_code": 200, "body": {"choices": []}}}', "",
    )  # fmt: skip
    server.end("completed", {keys[0]: {"items": ["once \u2028 whole"]}, keys[1]: failed_line(500, "no")}, None, *more)
    report = queue_of(client).collect()
    assert (report.answered, report.again, report.unreadable_lines, report.strange_lines) == (1, 2, 2, 1)
    assert report.prompt_tokens == 1000, "a doubled answer was one"
    assert ask(client, 0) in (["doubled"], ["once \u2028 whole"])


def test_an_answer_wins_over_an_error_of_the_same_key(server: FakeBatches, client: ChatClient) -> None:
    (key,) = submitted(client, 1, server)
    line = answered_line(key, GOOD, server.sent()[0]["body"])
    server.end("completed", {key: failed_line(500, "no")}, None, line)
    report = queue_of(client).collect()
    assert (report.answered, report.again) == (1, 0)


def test_a_batch_that_is_gone_is_not_paid_again_by_itself(server: FakeBatches, client: ChatClient) -> None:
    submitted(client, 1, server)
    server.batches.clear()
    report = queue_of(client).collect()
    assert [code for _, code, _ in report.failed] == ["batch_lost"]
    assert "--retry-failed" in report.failed[0][2]
    assert queue_of(client).submit().submitted == 0


# --- limits and money -----------------------------------------------------------------------------------------------


def test_batches_are_cut_at_the_limits_of_the_endpoint(server: FakeBatches, client: ChatClient) -> None:
    ask(client, *range(7))
    BatchQueue(client, max_requests=3).submit()
    assert [len(server.ids(b)) for b in server.batches] == [3, 3, 1]
    assert len({key for b in server.batches for key in server.ids(b)}) == 7


def test_files_are_cut_at_their_size(server: FakeBatches, client: ChatClient) -> None:
    ask(client, *range(5))
    BatchQueue(client, max_bytes=1000).submit()
    sizes = [len(server.files[b["input_file_id"]]) for b in server.batches.values()]
    assert len(sizes) > 1
    assert max(sizes) <= 1000


def test_a_budget_holds_back_what_it_cannot_pay(server: FakeBatches, cache: StepCache) -> None:
    client = opened(server, cache, budget_usd=0.025, max_tokens=1000)  # each at most 0.0101 USD
    ask(client, *range(4))
    report = queue_of(client).submit()
    assert report.submitted == 2
    assert "--budget-usd" in str(report.held_back)
    assert queue_of(client).submit().submitted == 0


# --- trouble on the way ---------------------------------------------------------------------------------------------


def test_short_failures_of_the_endpoint_are_tried_again(server: FakeBatches, client: ChatClient) -> None:
    once = [error(429, "slow", retry_after_ms="5"), error(500, "oops", retry_after_ms="5")]
    server.fault = lambda method, path: once.pop() if path == "/v1/files" and once else None
    keys = submitted(client, 1, server)
    server.end("completed", {keys[0]: GOOD})
    down = [error(502, "oops", retry_after_ms="5")] * 2
    server.fault = lambda method, path: down.pop() if path.endswith("content") and down else None
    assert queue_of(client).collect().answered == 1


def test_an_upload_that_fails_leaves_the_requests_queued(server: FakeBatches, client: ChatClient) -> None:
    ask(client, 0)
    server.fault = lambda method, path: error(401, "wrong key")
    with pytest.raises(ModelError) as caught:
        queue_of(client).submit()
    assert caught.value.code == "unauthorised"
    server.fault = lambda method, path: None
    assert queue_of(client).submit().submitted == 1


def test_a_batch_that_is_turned_down_leaves_the_requests_queued(server: FakeBatches, client: ChatClient) -> None:
    ask(client, 0)
    server.fault = lambda method, path: error(429, "later", retry_after_ms="5") if path == "/v1/batches" else None
    with pytest.raises(ModelError):
        queue_of(client).submit()
    server.fault = lambda method, path: None
    assert queue_of(client).submit().submitted == 1
    assert len(server.batches) == 1


def test_a_server_without_batches_is_named(server: FakeBatches, client: ChatClient) -> None:
    ask(client, 0)
    server.fault = lambda method, path: error(404, "not found")
    with pytest.raises(ModelError, match="has no Batch API"):
        queue_of(client).submit()


def test_an_answer_that_is_lost_on_its_way_does_not_pay_twice(server: FakeBatches, client: ChatClient) -> None:
    """The endpoint made the batch, and we never heard of it."""
    ask(client, 0, 1)
    server.after = lambda method, path: error(500, "oops") if (method, path) == ("POST", "/v1/batches") else None
    with pytest.raises(ModelError):
        queue_of(client).submit()
    assert len(server.batches) == 1
    server.after = lambda method, path: None
    assert queue_of(client).counts().under_way == 2
    assert ask(client, 0) == ["waiting"]
    for n in range(5):  # it is found on a later page of the list
        server.batches |= {f"of somebody else {n}": {**server.batches["batch_0"], "id": f"of somebody else {n}",
                                                     "metadata": None}}  # fmt: skip
    assert queue_of(client).submit().submitted == 0
    server.end("completed", dict.fromkeys(server.ids("batch_0"), GOOD), "batch_0")
    assert queue_of(client).collect().answered == 2


def test_a_batch_that_was_never_made_is_sent_again_after_a_while(server: FakeBatches, client: ChatClient) -> None:
    ask(client, 0)
    server.fault = lambda method, path: error(500, "oops") if (method, path) == ("POST", "/v1/batches") else None
    with pytest.raises(ModelError):
        queue_of(client).submit()
    server.fault = lambda method, path: None
    assert queue_of(client).submit().submitted == 0, "the endpoint may still be about to make it"
    assert BatchQueue(client, grace_s=0).submit().submitted == 1
    assert len(server.batches) == 1


def test_a_batch_that_is_made_slowly_is_not_made_twice(server: FakeBatches, client: ChatClient, home: Path) -> None:
    """The file took long, the endpoint longer: what counts is the time since the last word."""

    def slow(method: str, path: str) -> Answer | None:
        with sqlite3.connect(home / "batches.sqlite") as connection:
            connection.execute("UPDATE batches SET begun = begun - 1000")
        connection.close()
        return error(504, "too slow") if (method, path) == ("POST", "/v1/batches") else None

    ask(client, 0)
    server.fault = slow
    with pytest.raises(ModelError):
        queue_of(client).submit()
    server.fault = lambda method, path: None
    assert queue_of(client).submit().submitted == 0
    assert queue_of(client).counts().under_way == 1


SUBMIT = """
import sys
from analyzer.config import load
from analyzer.errors import ModelError
from analyzer.llm.client import open_model
from analyzer.store.steps import StepCache
from pydantic import BaseModel
class Items(BaseModel, extra="forbid"):
    items: list[str]
settings = load(base_url=sys.argv[1])
client = open_model("openai:tester", settings, StepCache(settings.home), batch_api=True)
for n in range(3):
    try:
        client.structured([("system", "Rules."), ("user", f"Text {n}.")], Items)
    except ModelError as error:
        assert error.code == "waiting", error
client.queue.submit()
"""


@pytest.mark.parametrize("killed_at", [("POST", "/v1/files"), ("POST", "/v1/batches")])
def test_a_process_that_is_killed_while_sending_pays_once(
    server: FakeBatches, client: ChatClient, killed_at: tuple[str, str]
) -> None:
    """It is killed when the endpoint has done what was asked, and before it has said so."""
    server.after = lambda method, path: Answer(delay_s=30) if (method, path) == killed_at else None
    with subprocess.Popen([sys.executable, "-c", SUBMIT, server.url]) as process:
        while killed_at not in server.done and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    server.after = lambda method, path: None
    assert queue_of(client).counts().under_way == 3
    BatchQueue(client, grace_s=0).submit()
    ask(client, 0, 1, 2)
    queue_of(client).submit()
    assert len(server.batches) == 1
    server.end("completed", dict.fromkeys(server.ids(), GOOD))
    assert queue_of(client).collect().answered == 3
    assert ask(client, 0, 1, 2) == ["größer"] * 3


def test_a_takeover_that_broke_off_is_done_again_and_counted_once(
    server: FakeBatches, client: ChatClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = submitted(client, 3, server)
    server.end("completed", dict.fromkeys(keys, GOOD))
    put, room = StepCache.put, [1]

    def full(self: StepCache, step: str, key: str, value: dict[str, Any]) -> None:
        if not room:
            raise KeyboardInterrupt
        room.pop()
        put(self, step, key, value)

    with monkeypatch.context() as patched:
        patched.setattr(StepCache, "put", full)
        with pytest.raises(KeyboardInterrupt):
            queue_of(client).collect()
    assert queue_of(client).cost_usd() == 0
    assert queue_of(client).collect().answered == 3
    assert queue_of(client).cost_usd() == pytest.approx(0.009)


def test_two_drivers_do_not_submit_at_once(server: FakeBatches, client: ChatClient) -> None:
    from filelock import FileLock

    ask(client, 0)
    with FileLock(client.settings.home / "batches.lock"), pytest.raises(StoreLocked, match="Another process"):
        queue_of(client).submit()
    assert queue_of(client).submit().submitted == 1


def test_the_key_stands_in_no_file(server: FakeBatches, client: ChatClient, home: Path) -> None:
    submitted(client, 1, server)
    assert KEY.encode() not in b"".join(p.read_bytes() for p in home.iterdir() if p.is_file())
    assert KEY not in json.dumps(server.sent())


def test_text_is_gone_from_the_queue_when_it_is_answered(server: FakeBatches, client: ChatClient, home: Path) -> None:
    (key,) = submitted(client, 1, server)
    assert b"Text 0." in (home / "batches.sqlite").read_bytes()
    server.end("completed", {key: GOOD})
    queue_of(client).collect()
    assert b"Text 0." not in (home / "batches.sqlite").read_bytes()


def test_batches_need_a_cache_and_a_model_of_openai(server: FakeBatches, cache: StepCache) -> None:
    settings = load(base_url=server.url)
    with pytest.raises(ConfigError, match="step cache"):
        open_model("openai:tester", settings, batch_api=True)


def test_a_dry_run_queues_nothing(server: FakeBatches, client: ChatClient) -> None:
    client.only_cached = True
    assert ask(client, 0) == ["not_asked"]
    assert queue_of(client).counts().queued == 0
