"""The index on a real Chroma server: several processes write, one embedder, made anew, down and up again."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from servers import free_port, running_chroma

from analyzer.errors import ConfigError, StoreError
from analyzer.model import Passage
from analyzer.store import chroma_server
from analyzer.store.index import Index
from analyzer.store.ledger import Ledger
from analyzer.store.static import StaticEmbedder

SENTENCES = ("Die Notenbank senkt die Zinsen.", "Der Ölpreis steigt nach dem Angriff.", "Nvidia verlor 17 Prozent.")


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.fixture
def index(home: Path, empty_chroma: str, embedder: StaticEmbedder) -> Iterator[Index]:
    with Index.open(home, embedder, empty_chroma) as opened:
        yield opened


def passages(article: str = "a" * 16, sentences: tuple[str, ...] = SENTENCES) -> list[Passage]:
    return [Passage(article=article, start=i * 100, end=i * 100 + len(s), text=s) for i, s in enumerate(sentences)]


class Reverse(StaticEmbedder):
    """Another embedder of the same dimension."""

    name = "reverse"

    def embed(self, texts: Any) -> Any:
        return super().embed(texts)[:, ::-1]


def test_what_is_added_is_found_once_and_can_be_forgotten(home: Path, index: Index) -> None:
    assert index.nearest("passages", "Zinsen") == []
    assert index.add_passages(passages(), {"language": "de"}) == 3
    assert index.add_passages(passages()) == 0
    assert index.add_passages(passages("b" * 16)[:1]) == 1
    hits = index.nearest("passages", "The central bank cuts interest rates", 9, {"language": "de"})
    assert hits[0].id == passages()[0].id
    assert len(hits) == 3
    index.forget("a" * 16)
    assert index.ids("passages") == {passages("b" * 16)[0].id}
    assert not home.exists(), "nothing of a server's index lies in the home folder"


def test_a_rebuild_takes_what_the_ledger_holds_and_leaves_other_programs_alone(
    index: Index, empty_chroma: str, ledger: Ledger, work: Any
) -> None:
    import chromadb

    other = chromadb.HttpClient("127.0.0.1", int(empty_chroma.rpartition(":")[2]))
    other.create_collection("somebody_elses", embedding_function=None)
    ledger.record(*work.all)
    index.add_passages(passages())
    index.sync_instruments({"NVDA": "Nvidia"})
    index.rebuild(ledger)
    assert index.ids("passages") == {one.id for one in work.passages}
    assert index.ids("claims") == {one.id for one in work.report.claims}
    assert index.sync_instruments({"NVDA": "Nvidia"}) == 1
    assert "somebody_elses" in {one.name for one in other.list_collections()}


def test_a_writer_goes_on_after_another_machine_made_the_index_anew(
    home: Path, index: Index, empty_chroma: str, ledger: Ledger, embedder: StaticEmbedder
) -> None:
    index.add_passages(passages())
    with Index.open(home, embedder, empty_chroma) as other:
        assert other.counts()["passages"] == 3
        index.rebuild(ledger)
        assert other.add_passages(passages("b" * 16)) == 3
        assert other.counts()["passages"] == 3
        index.rebuild(ledger)
        assert other.nearest("passages", "Zinsen") == []


def test_another_embedder_is_refused_and_a_rebuild_brings_it_in(
    home: Path, index: Index, empty_chroma: str, ledger: Ledger, work: Any
) -> None:
    index.add_passages(passages())
    ledger.record(*work.all)
    with Index.open(home, Reverse(), empty_chroma) as other:
        for use in (lambda: other.nearest("passages", "Zinsen"), lambda: other.add_passages(passages())):
            with pytest.raises(StoreError, match="analyze index --rebuild") as caught:
                use()
            assert caught.value.code == "embedder_mismatch"
        other.rebuild(ledger)
        assert other.nearest("passages", "Börse", 1)[0].id == work.passages[0].id
    with pytest.raises(StoreError, match="embedder reverse"):
        Index.open(home, StaticEmbedder(), empty_chroma).nearest("passages", "Börse")


WRITE = """
import sys
from pathlib import Path
from analyzer.model import Passage
from analyzer.store.index import Index
from analyzer.store.static import StaticEmbedder
home, url, worker = sys.argv[1:]
with Index.open(Path(home), StaticEmbedder(), url) as index:
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(10):
        for article in (worker * 16, "c" * 16):
            starts = range(n * 1000, n * 1000 + 20)
            index.add_passages(Passage(article=article, start=i, end=i + 1, text=f"Kurs {i} steigt.") for i in starts)
"""


def test_two_processes_write_through_one_server_at_once(home: Path, index: Index, empty_chroma: str) -> None:
    """Passages of their own and the same ones, into collections that neither finds there."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-c", WRITE, str(home), empty_chroma]
    running = [subprocess.Popen([*command, worker], text=True, **pipes) for worker in "ab"]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=120)[1] for one in running]
    assert [one.returncode for one in running] == [0, 0], said
    assert index.counts()["passages"] == len(index.ids("passages")) == 3 * 200
    hits = index.nearest("passages", "Kurs 3 steigt", 3, {"article": "c" * 16})
    assert len({hit.id for hit in hits}) == 3
    assert hits[0].score > 0.99


# --- when it does not answer ---------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_named(home: Path, embedder: StaticEmbedder) -> None:
    port = free_port()
    with (
        Index.open(home, embedder, f"http://127.0.0.1:{port}") as index,
        pytest.raises(StoreError, match=f"does not answer.*chroma run --port {port}") as caught,
    ):
        index.nearest("passages", "Zinsen")
    assert caught.value.retryable


def test_a_server_that_goes_away_is_named_and_used_again_when_it_is_back(
    home: Path, tmp_path: Path, embedder: StaticEmbedder
) -> None:
    port = free_port()
    with Index.open(home, embedder, f"http://127.0.0.1:{port}") as index:
        with running_chroma(tmp_path / "server", port):
            assert index.add_passages(passages()) == 3
        with pytest.raises(StoreError, match="does not answer") as caught:
            index.add_passages(passages("b" * 16))
        assert caught.value.retryable
        with running_chroma(tmp_path / "server", port):
            assert index.add_passages(passages("b" * 16)) == 3
            assert index.counts()["passages"] == 6


def test_a_server_that_takes_the_call_and_says_nothing_is_not_waited_for(
    home: Path, embedder: StaticEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_server, "ANSWER_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Index.open(home, embedder, url) as index, pytest.raises(StoreError, match="does not answer: timed out"):
            index.nearest("passages", "Zinsen")


class Elsewhere(BaseHTTPRequestHandler):
    """A web server that is no Chroma, and keeps what it was asked with."""

    asked: list[str | None] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.headers["Authorization"])
        self.send_response(401)
        self.end_headers()

    def log_message(self, *given: Any) -> None:
        pass


def test_another_server_is_told_apart_and_the_password_is_in_no_message(home: Path, embedder: StaticEmbedder) -> None:
    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://eva:gehe%20im@127.0.0.1:{server.server_port}"
        with Index.open(home, embedder, url) as index, pytest.raises(StoreError, match="no Chroma server") as caught:
            index.nearest("passages", "Zinsen")
        server.shutdown()
        thread.join()
    assert Elsewhere.asked == ["Basic ZXZhOmdlaGUgaW0="]
    assert "gehe" not in str(caught.value)
    assert f"http://127.0.0.1:{server.server_port}" in str(caught.value)


@pytest.mark.parametrize(
    "url", ["localhost:8000", "http://", "ftp://host:1", "http://host:port", "http://me:secret@host/chroma"]
)
def test_an_address_that_is_none_is_a_setting_to_mend(home: Path, embedder: StaticEmbedder, url: str) -> None:
    with Index.open(home, embedder, url) as index, pytest.raises(ConfigError, match="chroma_url") as caught:
        index.nearest("passages", "Zinsen")
    assert "secret" not in str(caught.value)


@pytest.fixture(autouse=True)
def _close_clients() -> Iterator[None]:
    yield
    with warnings.catch_warnings():  # Chroma's client never closes its connections; they end here, not in a later test
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
