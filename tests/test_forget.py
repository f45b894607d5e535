"""An article is forgotten: its words are in no file of the home folder, quotes and verdicts are."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from command import invoke, refused
from fake_openai import FakeOpenAI

from analyzer.config import load
from analyzer.forgetting import forget, leftovers, phrases_of, quoting, samples_of
from analyzer.llm.batch_state import BatchState
from analyzer.pipeline import Workshop, analyze_source
from analyzer.store.chroma import Chroma
from analyzer.store.embed import open_embedder
from analyzer.store.ledger import Ledger

CLAIMED = "Apple lost 17 percent on 27 January 2025"
QUIET = [f"At berth {n} the ferry waits for the tide, as it did {n + 3} evenings ago." for n in range(150)]
ARTICLE = f"{CLAIMED}. Nvidia slipped 16.9 percent on that Monday, the board shows.\n\n" + "\n\n".join(QUIET)
"""Long enough to lie on several pages of a database. With a model that finds the first sentence, the second is a
statement that nobody claimed."""
OTHER = "Amazon fell 3 percent on 27 January 2025. The harbour office has a new blue door, freshly painted.\n"
NAME = "bericht über Äpfel.txt"


def claim(quote: str) -> dict[str, object]:
    return {
        "quote": quote, "statement": f"{quote}.", "kind": "quantitative_move", "cited": None, "modality": "asserted",
        "checkable": "yes", "why_not": None,
    }  # fmt: skip


GRAPH = ".bin"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two articles that a model has read, one of them twice."""
    folder = tmp_path_factory.mktemp("forget")
    (folder / NAME).write_text(ARTICLE, encoding="utf-8")
    (folder / "other.txt").write_text(OTHER, encoding="utf-8")
    with FakeOpenAI() as server:
        server.answers("extract", {"claims": [claim(CLAIMED)]}, {"claims": [claim(OTHER.partition(".")[0])]})
        server.answers("bind", {"trials": []})
        given = {"model": "openai:tester", "base_url": server.url, "api_key": "k", "price": (0, 0)}
        workshop = Workshop(load(home=folder / "home", **given))
        for name in (NAME, "other.txt", NAME):
            analyze_source(str(folder / name), workshop)
        workshop.client.cache.close()
    workshop.index.close()
    workshop.ledger.close()
    return folder / "home"


@pytest.fixture
def state(before: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(before, tmp_path / "state"))


def files_with(home: Path, text: str) -> set[str]:
    """Names of the files in which the text stands; the bytes of every file are looked at, but of Chroma's graphs.

    Chroma makes room in those from memory that nobody wiped: what of this process lands there differs from run to run.
    """
    every = (path for path in home.rglob("*") if path.is_file() and path.suffix != GRAPH)
    return {path.name for path in every if text.encode("utf-8") in path.read_bytes()}


def any_of(home: Path, texts: Iterable[str]) -> set[str]:
    return set().union(*(files_with(home, text) for text in texts))


def test_the_words_are_in_no_file_and_the_quotes_and_verdicts_are(state: Path) -> None:
    assert any_of(state, QUIET) == {"ledger.sqlite"}
    assert "cache.sqlite" in files_with(state, CLAIMED)
    with Ledger.open(state) as ledger:
        (row,) = [one for one in ledger.articles() if NAME in one.source]
    shown = invoke("show", row.id, "--home", state).out
    assert "refuted" in shown
    ended = invoke("forget", row.id[:8], "--home", state, "--yes")
    assert (ended.code, ended.err) == (0, "") or (ended.code == 3 and GRAPH in ended.err)
    assert f"{len(ARTICLE):,} characters of text" in ended.out
    assert "1 cached reply" in ended.out
    assert any_of(state, QUIET) == set()
    assert files_with(state, "Nvidia slipped 16.9 percent on that Monday") == set()
    assert files_with(state, CLAIMED) <= {"ledger.sqlite"}
    assert invoke("show", row.id, "--home", state).out.partition("number")[0] == shown.partition("number")[0]


def test_what_is_of_another_article_stays(state: Path) -> None:
    workshop = Workshop(load(home=state))
    (row, other) = sorted(workshop.ledger.articles(), key=lambda one: "other" in one.source)
    done = forget(row, workshop)
    # Chroma makes room in its graph files from memory that nobody wiped; docs/forgetting.md says what to do about it
    assert [path for path in done.left if path.suffix != GRAPH] == []
    assert (done.busy, done.replies) == (False, 1)
    assert done.characters == len(ARTICLE)
    assert workshop.ledger.text_of(other.id) == OTHER
    with closing(sqlite3.connect(state / "cache.sqlite")) as cache:
        kept = cache.execute("SELECT value FROM steps").fetchall()
    assert any("Amazon fell 3 percent" in value for (value,) in kept)
    chroma = Chroma(state, open_embedder("static", load(home=state)), None)
    passages = chroma.open("passages")
    assert passages is not None
    assert {kept["article"] for kept in passages.get(include=["metadatas"])["metadatas"]} == {other.id}
    chroma.close()
    again = forget(row, workshop)
    assert (again.characters, again.passages, again.vectors, again.replies) == (0, 0, 0, 0)
    workshop.index.close()
    workshop.ledger.close()


def test_requests_that_wait_for_a_batch_are_dropped(state: Path) -> None:
    waiting = BatchState(state, "tester")
    waiting.add("of-it", {"messages": [{"role": "user", "content": ARTICLE}]}, 900)
    waiting.add("of-another", {"messages": [{"role": "user", "content": OTHER}]}, 90)
    waiting.add("sent", {"messages": [{"role": "user", "content": QUIET[3]}]}, 90)
    waiting.begin("batch", ["sent"], 90)
    waiting.close()
    assert "batches.sqlite" in any_of(state, QUIET)
    workshop = Workshop(load(home=state))
    (row, _) = sorted(workshop.ledger.articles(), key=lambda one: "other" in one.source)
    done = forget(row, workshop)
    assert done.requests == 2
    assert any_of(state, QUIET) == set()
    left = BatchState(state, "tester")
    assert [one.key for one in left.queued()] == ["of-another"]
    assert left.counts() == (1, 0, 0)
    left.close()
    workshop.index.close()
    workshop.ledger.close()


def test_it_asks_first_and_a_pipe_has_to_say_yes(state: Path) -> None:
    workshop = Workshop(load(home=state))
    row = workshop.ledger.articles()[0]
    refused(invoke("forget", row.id, "--home", state), "Say so with --yes")
    refused(invoke("forget", "nobody wrote this", "--home", state, "--yes"), "is not in the ledger")
    assert workshop.ledger.text_of(row.id)
    workshop.ledger.close()


def test_a_file_that_something_else_wrote_is_named(state: Path) -> None:
    workshop = Workshop(load(home=state))
    (row, _) = sorted(workshop.ledger.articles(), key=lambda one: "other" in one.source)
    (state / "notes.txt").write_text(f"copied: {QUIET[17]} {QUIET[18]}", encoding="utf-8")
    done = forget(row, workshop)
    assert [path for path in done.left if path.suffix != GRAPH] == [state / "notes.txt"]
    workshop.index.close()
    workshop.ledger.close()


def test_any_database_of_the_home_that_deleted_it_carelessly_is_written_anew(state: Path) -> None:
    with closing(sqlite3.connect(state / "other.sqlite")) as other:
        other.execute("PRAGMA secure_delete=OFF")
        other.execute("CREATE TABLE requests (body TEXT)")
        other.executemany("INSERT INTO requests VALUES (?)", [("\n".join(QUIET),), ("kept",)])
        other.commit()
        other.execute("DELETE FROM requests WHERE body <> 'kept'")
        other.commit()
    assert "other.sqlite" in any_of(state, QUIET)
    workshop = Workshop(load(home=state))
    (row, _) = sorted(workshop.ledger.articles(), key=lambda one: "other" in one.source)
    assert [path for path in forget(row, workshop).left if path.suffix != GRAPH] == []
    assert any_of(state, QUIET) == set()
    with closing(sqlite3.connect(state / "other.sqlite")) as other:
        assert other.execute("SELECT body FROM requests").fetchall() == [("kept",)]
    workshop.index.close()
    workshop.ledger.close()


def test_a_reader_elsewhere_is_said_and_the_next_try_ends_it(state: Path) -> None:
    workshop = Workshop(load(home=state))
    (row, _) = sorted(workshop.ledger.articles(), key=lambda one: "other" in one.source)
    reader = sqlite3.connect(state / "ledger.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM texts").fetchone()
    with workshop.ledger.reading() as connection:  # the pool gives the same one again
        connection.exec_driver_sql("PRAGMA busy_timeout=100")
    done = forget(row, workshop)
    assert done.busy
    reader.execute("ROLLBACK")
    reader.close()
    assert not forget(row, workshop).busy
    assert any_of(state, QUIET) == set()
    workshop.index.close()
    workshop.ledger.close()


def test_an_index_made_anew_does_not_bring_it_back(state: Path) -> None:
    workshop = Workshop(load(home=state))
    (row, other) = sorted(workshop.ledger.articles(), key=lambda one: "other" in one.source)
    forget(row, workshop)
    workshop.index.rebuild(workshop.ledger)
    workshop.index.close()
    workshop = Workshop(load(home=state))
    assert workshop.index.ids("claims") == {claim.id for claim in workshop.ledger.claims(article=other.id)}
    assert {claim.id for claim in workshop.ledger.claims(article=row.id)}
    workshop.index.close()
    workshop.ledger.close()


# --- the parts --------------------------------------------------------------------------------------------------------


def test_a_reply_is_known_by_six_words_in_a_row_however_they_are_escaped() -> None:
    holds = quoting(set(phrases_of("Am Montag fällt der Dax so tief wie lange nicht.")))
    assert holds({"text": '{"quote": "am Montag f\\u00e4llt der\\nDax so"}'})
    assert holds({"a": [{"b": "Fällt der Dax so tief wie"}]})
    assert not holds({"text": "Am Montag fällt der Euro so tief wie nie", "n": 3})


def test_samples_leave_out_what_the_record_quotes() -> None:
    text = f"{CLAIMED}. The ferry waits for the tide at the far end of the quay."
    found = samples_of([text], [CLAIMED, text[: len(text) // 2]])
    assert found
    assert all(piece.decode("utf-8") not in CLAIMED for piece in found)
    assert samples_of(["Kurz."], []) == set()


def test_pieces_are_found_across_blocks_and_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.forgetting.BLOCK", 64)
    text = "Die Fähre wartet auf die Flut, und über dem Kai liegt Nebel, wie jeden Abend um diese Zeit."
    samples = samples_of([text], [])
    (tmp_path / "plain").write_bytes(b"x" * 50 + text.encode("utf-8"))
    (tmp_path / "json").write_text(text.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00"))
    (tmp_path / "none").write_text("The quay lay still. " * 20)
    assert [path.name for path in leftovers(tmp_path, samples)] == ["json", "plain"]
