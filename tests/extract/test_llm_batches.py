"""The reader through the Batch API: round after round until its answers are there, and no question before its time."""

from __future__ import annotations

from pathlib import Path

from fake_batches import FakeBatches
from llm_stage import SPEC, TEXT, article, item, reply, seen

from analyzer.config import load
from analyzer.extract.llm import LlmReader
from analyzer.extract.reading import Reading
from analyzer.llm.client import ChatClient, open_model
from analyzer.store.steps import StepCache

LONG = "\n".join(
    f"Am Tag {n} stieg der Dax um {n},5 Prozent. " + "Mehr ist dazu nicht zu sagen. " * 14 for n in range(1, 61)
)
DAX = item("Der Dax verlor am Montag 3,1 Prozent")


def read(client: ChatClient, text: str) -> Reading:
    return LlmReader(client).read(article(text), seen(article(text)))


def test_all_parts_of_a_long_text_wait_in_one_batch(home: Path) -> None:
    with FakeBatches() as server, StepCache(home) as cache:
        client = open_model(SPEC, load(base_url=server.url), cache, batch_api=True)
        assert client.queue is not None
        first = read(client, LONG)
        assert first.claims is None
        assert {(f.code, f.retryable) for f in first.failed} == {("waiting", True)}
        assert client.queue.submit().submitted == len(first.failed) > 1
        quotes = [item(f"Am Tag {n} stieg der Dax um {n},5 Prozent") for n in (1, 30, 60)]
        texts = {line["custom_id"]: line["body"]["messages"][1]["content"] for line in server.sent()}
        outcomes = {key: reply(*(q for q in quotes if q["quote"] in text)) for key, text in texts.items()}
        server.end("completed", outcomes)
        client.queue.collect()
        second = read(client, LONG)
        assert [c.quote for c in second.claims or ()] == [q["quote"] for q in quotes]
        assert (second.failed, second.usage.calls, server.calls()) == ((), 0, 0)


def test_a_repair_waits_for_the_next_batch_and_nothing_counts_as_read_before(home: Path) -> None:
    with FakeBatches() as server, StepCache(home) as cache:
        client = open_model(SPEC, load(base_url=server.url), cache, batch_api=True)
        assert client.queue is not None
        read(client, TEXT)
        client.queue.submit()
        server.end("completed", {server.ids()[0]: reply(DAX, item("Der Dax verlor am Dienstag"))})
        client.queue.collect()
        between = read(client, TEXT)
        assert between.claims is None, "else trials would be asked for that the repair changes"
        assert [f.code for f in between.failed] == ["waiting"]
        client.queue.submit()
        server.end("completed", {server.ids()[0]: reply(item("Nvidia fiel um 17 Prozent"))})
        client.queue.collect()
        whole = read(client, TEXT)
        assert [c.quote for c in whole.claims or ()] == [DAX["quote"], "Nvidia fiel um 17 Prozent"]
        assert whole.failed == ()
