"""The index with the real Chroma: idempotent, one writer, no mixing, rebuildable, alive after a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analyzer.errors import InputError, StoreError, StoreLocked
from analyzer.model import Passage
from analyzer.store.index import Index, article_fields
from analyzer.store.ledger import Ledger
from analyzer.store.static import StaticEmbedder

SENTENCES = (
    "Die Notenbank senkt die Zinsen.", "Der Ölpreis steigt nach dem Angriff.", "Nvidia verlor 17 Prozent.",
    "The harvest suffered from drought.",
)  # fmt: skip


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.fixture
def index(home: Path, embedder: StaticEmbedder) -> Iterator[Index]:
    with Index.open(home, embedder) as opened:
        yield opened


def passages(article: str = "a" * 16, sentences: tuple[str, ...] = SENTENCES) -> list[Passage]:
    return [Passage(article=article, start=i * 100, end=i * 100 + len(s), text=s) for i, s in enumerate(sentences)]


class Reverse(StaticEmbedder):
    """Another embedder of the same dimension."""

    name = "reverse"

    def embed(self, texts: Any) -> Any:
        return super().embed(texts)[:, ::-1]


def test_the_nearest_passage_comes_first_across_languages(index: Index) -> None:
    index.add_passages(passages())
    hits = index.nearest("passages", "The central bank cuts interest rates", 2)
    assert hits[0].id == passages()[0].id
    assert 1 >= hits[0].score > hits[1].score
    assert hits[0].metadata == {"article": "a" * 16}


def test_scores_are_the_cosines_of_the_embedder(index: Index, embedder: StaticEmbedder) -> None:
    index.add_passages(passages())
    vectors = embedder.embed(SENTENCES)
    expected = sorted(vectors @ embedder.embed(["Nvidia fell"])[0], reverse=True)
    assert np.allclose([hit.score for hit in index.nearest("passages", "Nvidia fell", 4)], expected, atol=1e-5)


def test_a_second_run_adds_nothing(index: Index) -> None:
    assert index.add_passages(passages(), {"language": "de"}) == 4
    before = index.ids("passages")
    assert index.add_passages(passages()) == 0
    assert index.ids("passages") == before
    assert index.counts() == {"passages": 4, "claims": 0, "instruments": 0, "examples": 0}


def test_only_what_is_new_is_embedded(home: Path, embedder: StaticEmbedder) -> None:
    asked: list[str] = []

    class Counting(StaticEmbedder):
        def embed(self, texts: Any) -> Any:
            asked.extend(texts)
            return super().embed(texts)

    with Index.open(home, Counting()) as index:
        index.add_passages(passages()[:2])
        index.add_passages(passages())
    assert sorted(asked) == sorted(SENTENCES)


def test_the_same_passage_twice_in_one_call_is_one(index: Index) -> None:
    assert index.add_passages(passages() + passages()) == 4


def test_more_than_chroma_takes_at_once_is_added_in_portions(index: Index) -> None:
    many = tuple(f"{word} {n}" for n in range(2800) for word in ("Kurs", "rate"))
    assert index.add_passages(passages(sentences=many)) == 5600
    assert index.counts()["passages"] == 5600


def test_a_filter_narrows_the_neighbours(index: Index) -> None:
    index.add_passages(passages("a" * 16))
    index.add_passages(passages("b" * 16), {"language": "en"})
    hits = index.nearest("passages", "Zinsen", 10, {"article": "b" * 16})
    assert {hit.metadata["article"] for hit in hits} == {"b" * 16}
    assert len(index.nearest("passages", "Zinsen", 10, {"language": "en"})) == 4


def test_an_empty_address_of_a_server_means_the_home_folder(home: Path, embedder: StaticEmbedder) -> None:
    with Index.open(home, embedder, "") as first, Index.open(home, embedder, "") as second:
        assert first.add_passages(passages()) == 4
        with pytest.raises(StoreLocked):
            second.add_passages(passages("b" * 16))
    assert (home / "index" / "current").exists()


def test_nothing_indexed_and_nothing_asked_give_no_hits(index: Index, home: Path) -> None:
    assert index.nearest("passages", "Zinsen") == []
    assert index.add_passages([]) == index.add_claims([]) == index.sync_instruments({}) == 0
    assert not (home / "index").exists()
    index.add_passages(passages())
    assert index.nearest("passages", "  ") == []
    with pytest.raises(InputError, match="1 or more"):
        index.nearest("passages", "Zinsen", 0)


def test_claims_are_found_and_carry_their_kind(index: Index, work: Any) -> None:
    assert index.add_claims(work.report.claims) == 2
    assert index.add_claims(work.report.claims) == 0
    hit = index.nearest("claims", "the bubble bursts", 1)[0]
    assert (hit.id, hit.metadata["kind"]) == (work.report.claims[1].id, "bubble_valuation")


def test_hits_take_their_words_from_the_ledger(home: Path, ledger: Ledger, work: Any, embedder: StaticEmbedder) -> None:
    ledger.record(*work.all)
    with Index.open(home, embedder, texts=ledger.texts_of) as index:
        index.add_passages(work.passages)
        index.add_claims(work.report.claims)
        assert index.nearest("passages", "stock market", 1)[0].text == "Die Börse bebt.\n"
        assert index.nearest("claims", "bubble", 1)[0].text == "die Blase platzt"
        ledger.forget(work.article.id)
        assert index.nearest("passages", "stock market", 1)[0].text == ""
    assert all(b"bebt" not in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_instruments_follow_the_catalogue(index: Index) -> None:
    assert index.sync_instruments({"NVDA": "Nvidia chip maker", "GLD": "gold"}) == 2
    assert index.sync_instruments({"NVDA": "Nvidia chip maker", "GLD": "gold"}) == 0
    assert index.sync_instruments({"NVDA": "Nvidia, chips for games", "^VIX": "volatility index"}) == 2
    assert index.ids("instruments") == {"NVDA", "^VIX"}
    hit = index.nearest("instruments", "Angstbarometer", 1)[0]
    assert (hit.id, hit.text) == ("^VIX", "volatility index")


def test_forgetting_takes_an_article_out_and_leaves_the_others(index: Index, work: Any) -> None:
    index.add_passages(work.passages)
    index.add_claims(work.report.claims)
    index.add_passages(passages("b" * 16))
    index.forget(work.article.id)
    assert index.counts() == {"passages": 4, "claims": 0, "instruments": 0, "examples": 0}
    index.forget("unknown")


# --- embedders ---------------------------------------------------------------------------------------------------


def test_another_embedder_is_refused_with_what_to_do(home: Path, embedder: StaticEmbedder) -> None:
    with Index.open(home, embedder) as index:
        index.add_passages(passages())
    with Index.open(home, Reverse()) as index:
        for use in (lambda: index.nearest("passages", "Zinsen"), lambda: index.add_passages(passages())):
            with pytest.raises(StoreError, match="analyze index --rebuild") as caught:
                use()
            assert caught.value.code == "embedder_mismatch"
    with Index.open(home, embedder) as index:
        assert index.counts()["passages"] == 4


def test_a_rebuild_changes_the_embedder(home: Path, ledger: Ledger, work: Any, embedder: StaticEmbedder) -> None:
    ledger.record(*work.all)
    with Index.open(home, embedder) as index:
        index.add_passages(work.passages)
    with Index.open(home, Reverse()) as index:
        index.rebuild(ledger)
        assert index.nearest("passages", "Börse", 1)[0].id == work.passages[0].id


def test_a_rebuild_gives_the_ids_that_were_there(ledger: Ledger, make: Any, index: Index) -> None:
    works = [make(text=f"{n}.\nÖlwerte fielen um 17 Prozent, die Blase platzt.") for n in range(3)]
    for work in works:
        ledger.record(*work.all)
        index.add_passages(work.passages, article_fields(work.article))
        index.add_claims(work.report.claims)
    before = index.ids("passages"), index.ids("claims")
    index.rebuild(ledger)
    assert (index.ids("passages"), index.ids("claims")) == before
    assert len(before[0]) == len(before[1]) == 6
    assert index.nearest("passages", "Börse", 1)[0].metadata["language"] == "de"


def folders(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "index").iterdir() if path.is_dir())


def test_a_rebuild_that_breaks_off_leaves_the_old_index(home: Path, index: Index, ledger: Ledger, work: Any) -> None:
    index.add_passages(passages())
    ledger.record(*work.all)

    class Breaking(StaticEmbedder):
        def embed(self, texts: Any) -> Any:
            if "die Blase platzt" in " ".join(texts):
                raise KeyboardInterrupt
            return super().embed(texts)

    index.close()
    with Index.open(home, Breaking()) as broken:
        with pytest.raises(KeyboardInterrupt):
            broken.rebuild(ledger)
        assert broken.ids("passages") == {one.id for one in passages()}
    index.rebuild(ledger)
    assert index.ids("passages") == {one.id for one in work.passages}
    assert folders(home) == ["1", "2"], "readers that have the old store open may still open files in it"
    index.rebuild(ledger)
    assert folders(home) == ["2", "3"]
    index.forget("nobody")
    assert folders(home) == ["3"], "what is forgotten must not live on in an old store"


def test_a_reader_in_the_same_process_reads_on_through_a_rebuild(home: Path, index: Index, ledger: Ledger) -> None:
    index.add_passages(passages())
    with Index.open(home, StaticEmbedder()) as reader:
        assert reader.counts()["passages"] == 4
        index.rebuild(ledger)
        assert reader.nearest("passages", "Zinsen", 4) == [], "the new one holds what the ledger does: nothing"
    with Index.open(home, StaticEmbedder()) as reader:
        assert reader.counts()["passages"] == 0


REBUILD = """
import sys
from pathlib import Path
from analyzer.store.index import Index
from analyzer.store.ledger import Ledger
from analyzer.store.static import StaticEmbedder
home = Path(sys.argv[1])
with Ledger.open(home) as ledger, Index.open(home, StaticEmbedder()) as index:
    index.rebuild(ledger)
"""


def test_a_reader_that_turns_writer_writes_to_what_another_process_made_anew(home: Path, index: Index) -> None:
    index.add_passages(passages())
    index.close()
    assert index.counts()["passages"] == 4
    subprocess.run([sys.executable, "-c", REBUILD, str(home)], check=True)
    assert index.add_passages(passages()[:1]) == 1
    assert index.counts()["passages"] == 1


def test_a_damaged_store_is_named_and_made_anew(
    home: Path, ledger: Ledger, work: Any, embedder: StaticEmbedder
) -> None:
    ledger.record(*work.all)
    with Index.open(home, embedder) as index:
        index.add_passages(work.passages)
    (home / "index" / "1" / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with Index.open(home, embedder) as index:
        for _ in range(2):
            with pytest.raises(StoreError, match="--rebuild"):
                index.nearest("passages", "Börse")
        index.rebuild(ledger)
        assert index.counts()["passages"] == 2


# --- several processes -------------------------------------------------------------------------------------------

WRITE = """
import sys, time
from pathlib import Path
from analyzer.model import Passage
from analyzer.store.index import Index
from analyzer.store.static import StaticEmbedder
with Index.open(Path(sys.argv[1]), StaticEmbedder()) as index:
    for n in range(int(sys.argv[2])):
        starts = range(n * 1000, n * 1000 + 20)
        index.add_passages(Passage(article="c" * 16, start=i, end=i + 1, text=f"Kurs {n} steigt.") for i in starts)
        print(n, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def writer(home: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """Starts another process that adds so many batches of 20, says so, and keeps the index open."""
    started: list[subprocess.Popen[str]] = []

    def start(batches: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WRITE, str(home), str(batches)]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    assert any(one.strip() == line for one in process.stdout)


def test_a_second_writer_is_told_who_is_writing_and_readers_read_on(
    home: Path, embedder: StaticEmbedder, writer: Callable[[int], subprocess.Popen[str]]
) -> None:
    process = writer(1)
    said(process, "0")
    with Index.open(home, embedder) as index:
        assert len(index.nearest("passages", "Kurs 0 steigt", 30)) == 20
        with pytest.raises(StoreLocked, match=f"Process {process.pid} is writing") as caught:
            index.add_passages(passages())
        assert caught.value.retryable
        assert "ANALYZER_CHROMA_URL" in str(caught.value)
        process.kill()
        process.wait()
        assert index.add_passages(passages()) == 4
        assert index.counts()["passages"] == 24


def test_a_killed_writer_leaves_a_store_that_reads_and_goes_on(
    home: Path, embedder: StaticEmbedder, writer: Callable[[int], subprocess.Popen[str]]
) -> None:
    process = writer(10_000)
    said(process, "12")
    process.send_signal(signal.SIGKILL)
    process.wait()
    with Index.open(home, embedder) as index:
        kept = index.counts()["passages"]
        assert kept >= 13 * 20
        assert index.nearest("passages", "Kurs 3 steigt", 5)[0].score > 0.99
        assert index.add_passages(passages()) == 4
        assert index.counts()["passages"] == kept + 4


ANOTHER = """
import sys
from pathlib import Path
from analyzer.model import Passage
from analyzer.store.index import Index
from analyzer.store.static import StaticEmbedder

with Index.open(Path(sys.argv[1]), StaticEmbedder()) as index:
    index.add_passages(
        Passage(article="b" * 16, start=i * 100, end=i * 100 + 99, text=f"Gold fell {i} %") for i in range(300)
    )
"""


def test_what_another_process_writes_is_seen_by_a_reader_that_is_open(home: Path, embedder: StaticEmbedder) -> None:
    with Index.open(home, embedder) as index:
        index.add_passages(passages())
    later = [Passage(article="b" * 16, start=i * 100, end=i * 100 + 99, text=f"Gold fell {i} %") for i in range(300)]
    with Index.open(home, embedder) as reader:
        assert len(reader.near("passages", "Nvidia", 10)) == 4
        client = reader._chroma.client
        assert len(reader.cosines("passages", "Nvidia", [one.id for one in passages()])) == 4
        assert reader._chroma.client is client, "what nobody wrote to is not opened again"
        assert not reader._chroma._is_outdated(), "nor is what Chroma itself writes when it opens a store to read"
        subprocess.run([sys.executable, "-c", ANOTHER, str(home)], check=True, timeout=60)
        assert len(reader.cosines("passages", "Gold", [one.id for one in later])) == 300
        assert len(reader.vectors("passages")[0]) == 304
        assert reader.near("passages", "Gold fell", 1)[0][0] in {one.id for one in later}
        assert reader.counts()["passages"] == 304


def test_a_read_only_home_is_named(small_disk: Path, freeze: Callable[[], None], embedder: StaticEmbedder) -> None:
    freeze()
    with Index.open(small_disk, embedder) as index, pytest.raises(StoreError, match="--home"):
        index.add_passages(passages())


def test_importing_the_index_loads_no_chroma() -> None:
    script = "import sys, analyzer.store.index\nprint('chromadb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "False\n"
