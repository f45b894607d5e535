"""The command line over a PostgreSQL ledger and a Chroma server, as two machines that share them use it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import ENGLISH, GERMAN, Ended, refused, run
from servers import Postgres, free_port

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def shared_stores(postgres: Postgres, empty_chroma: str) -> dict[str, str]:
    return {"ANALYZER_LEDGER_URL": postgres.new_database(), "ANALYZER_CHROMA_URL": empty_chroma}


@pytest.fixture
def articles(tmp_path: Path) -> tuple[Path, Path]:
    english, german = tmp_path / "english.txt", tmp_path / "german.txt"
    english.write_text(ENGLISH, encoding="utf-8")
    german.write_text(GERMAN, encoding="utf-8")
    return english, german


def labels(ended: Ended) -> dict[str, str]:
    return {claim["quote"]: claim["verdict"]["latest"]["label"] for claim in json.loads(ended.out)["claims"]}


@pytest.mark.slow
def test_what_one_machine_records_the_other_one_shows(
    tmp_path: Path, shared_stores: dict[str, str], articles: tuple[Path, Path]
) -> None:
    first, second = ("--home", tmp_path / "first"), ("--home", tmp_path / "second")
    done = run(articles[0], *first, "-f", "json", **shared_stores)
    assert done.code == 0, done.err
    shown = run("show", "english.txt", *second, "-f", "json", **shared_stores)
    assert shown.code == 2, "the source is the path as it was given"
    shown = run("show", articles[0], *second, "-f", "json", **shared_stores)
    assert (shown.code, labels(shown)) == (0, labels(done))
    assert run(articles[1], *second, **shared_stores).code == 0
    assert "Nvidia" in run("claims", "--text", "nvidia", *first, **shared_stores).out
    doctor = run("doctor", *first, **shared_stores).out
    assert "ledger      postgresql+psycopg://postgres@127.0.0.1" in doctor
    assert "answers, articles: 2" in doctor
    assert f"index       {shared_stores['ANALYZER_CHROMA_URL']}: answers, passages: " in doctor
    assert not (tmp_path / "first" / "ledger.sqlite").exists()
    assert not (tmp_path / "second" / "index").exists()
    before = run("index", *first, **shared_stores).out.splitlines()[:2]
    assert run("index", "--rebuild", *second, **shared_stores).out.splitlines()[:2] == before
    assert all(int(line.split()[1]) > 0 for line in before)


def test_an_index_that_does_not_answer_costs_no_article(tmp_path: Path, articles: tuple[Path, Path]) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    done = run(articles[0], "--home", tmp_path / "home", "-f", "json", ANALYZER_CHROMA_URL=url)
    assert done.code == 3
    failed = json.loads(done.out)["failed"]
    assert [(one["stage"], one["retryable"]) for one in failed] == [("embed", True)]
    assert f"{url} does not answer" in failed[0]["message"]
    shown = run("show", articles[0], "--home", tmp_path / "home", "-f", "json")
    assert (shown.code, labels(shown)) == (0, labels(done))
    assert "supported" in labels(done).values()


@pytest.mark.slow
def test_a_ledger_that_does_not_answer_is_said_before_any_work(tmp_path: Path, articles: tuple[Path, Path]) -> None:
    pytest.importorskip("psycopg")
    url = f"postgresql://me:secret@127.0.0.1:{free_port()}/ledger"
    done = run(articles[0], "--home", tmp_path / "home", ANALYZER_LEDGER_URL=url)
    refused(done, "me:***@127.0.0.1", "Check ledger_url", code=3)
    assert "secret" not in done.err


@pytest.mark.slow
def test_doctor_says_what_does_not_answer_and_makes_nothing(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    port, home = free_port(), tmp_path / "home"
    stores = {
        "ANALYZER_LEDGER_URL": f"postgresql://me:secret@127.0.0.1:{port}/ledger",
        "ANALYZER_CHROMA_URL": f"http://me:secret@127.0.0.1:{port}",
    }
    done = run("doctor", "--home", home, **stores)
    assert done.code == 0
    lines = {line.split()[0]: line for line in done.out.splitlines() if line[0] != " "}
    assert "NOT USABLE" in lines["ledger"]
    assert "NOT USABLE" in lines["index"]
    assert f"chroma run --port {port}" in lines["index"]
    assert "secret" not in done.out
    here = run("doctor", "--home", home).out
    assert here.count("not there yet; it is made by the first run") == 3
    assert not home.exists()


def test_doctor_looks_at_an_empty_database_and_leaves_it_empty(tmp_path: Path, postgres: Postgres) -> None:
    import psycopg

    url = postgres.new_database()
    done = run("doctor", "--home", tmp_path / "home", ANALYZER_LEDGER_URL=url)
    assert "answers, without tables yet" in done.out
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


@pytest.mark.slow
def test_two_commands_at_once_over_one_home_record_both_and_one_is_told_of_the_index(
    tmp_path: Path, articles: tuple[Path, Path]
) -> None:
    """Embedded Chroma has one writer; who finds it taken records without it, and a rebuild brings the passages in."""
    from analyzer.store.index import Index
    from analyzer.store.static import StaticEmbedder

    home = tmp_path / "home"
    with Index.open(home, StaticEmbedder()) as index:
        index.sync_instruments({"NVDA": "Nvidia"})
        done = run(articles[0], "--home", home, "-f", "json")
    assert done.code == 3
    failed = json.loads(done.out)["failed"]
    assert [one["code"] for one in failed] == ["store_locked"]
    assert "ANALYZER_CHROMA_URL" in failed[0]["message"]
    assert "passages     0" not in run("index", "--rebuild", "--home", home).out
    both = [sys.executable, "-m", "analyzer"]
    running = [subprocess.Popen([*both, path, "--home", home, "-q"], stdout=subprocess.DEVNULL) for path in articles]
    assert {one.wait(timeout=120) for one in running} <= {0, 3}
    assert run("show", articles[0], "--home", home).code == run("show", articles[1], "--home", home).code == 0
