"""A ledger in PostgreSQL when something is amiss: a clear message, nothing lost, and it goes on by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from servers import Postgres, free_port

from analyzer.errors import StoreError, StoreLocked
from analyzer.store import postgres as postgres_ledger
from analyzer.store.ledger import Ledger


@pytest.fixture
def url(postgres: Postgres, ledger_template: str) -> str:
    return postgres.new_database(ledger_template)


def database_of(url: str) -> str:
    return url.rpartition("/")[2]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_url_need_not_name_the_driver(url: str, scheme: str, work: Any) -> None:
    with Ledger.open(Path("unused"), url.replace("postgresql+psycopg", scheme)) as ledger:
        ledger.record(*work.all)
        assert ledger.counts()["runs"] == 1


def test_no_server_is_told_with_the_address_and_without_the_password() -> None:
    with pytest.raises(StoreError, match=r"cannot be used: .*refused.*Check ledger_url") as caught:
        Ledger.open(Path("unused"), f"postgresql://me:secret@127.0.0.1:{free_port()}/ledger")
    assert "me:***@127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.retryable


def test_a_database_that_is_not_there_is_told_by_name(postgres: Postgres) -> None:
    with pytest.raises(StoreError, match='database "nowhere" does not exist'):
        Ledger.open(Path("unused"), postgres.url("nowhere"))


def test_a_server_without_a_free_connection_is_told_and_may_be_tried_again(postgres: Postgres, url: str) -> None:
    name = f"few_{database_of(url)}"
    postgres.execute(f"CREATE ROLE {name} LOGIN CONNECTION LIMIT 0")
    with pytest.raises(StoreError, match="too many connections") as caught:
        Ledger.open(Path("unused"), url.replace("postgres@", f"{name}@"))
    assert caught.value.retryable


def test_connections_that_the_server_closed_are_opened_again(url: str, postgres: Postgres, work: Any) -> None:
    with Ledger.open(Path("unused"), url) as ledger:
        assert ledger.counts()["runs"] == 0
        postgres.execute(
            f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database_of(url)}'"
        )
        ledger.record(*work.all)
        assert ledger.latest_report(work.article.id) == work.report


def test_a_connection_that_breaks_off_while_it_writes_leaves_nothing_and_may_be_tried_again(
    url: str, postgres: Postgres, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analyzer.store import records

    def broken(*given: Any) -> None:
        postgres.execute(
            f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database_of(url)}'"
        )
        write_claims(*given)

    write_claims = records._write_claims
    with Ledger.open(Path("unused"), url) as ledger:
        monkeypatch.setattr(records, "_write_claims", broken)
        with pytest.raises(StoreError, match="went away") as caught:
            ledger.record(*work.all)
        assert caught.value.retryable
        assert ledger.counts()["articles"] == 0
        monkeypatch.undo()
        ledger.record(*work.all)
        assert ledger.counts()["runs"] == 1


def test_a_writer_waits_for_the_one_of_the_same_article_and_then_says_so(
    url: str, work: Any, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_ledger, "WAIT_S", 1)
    other = make(text=work.article.text + " Ende.")
    with Ledger.open(Path("unused"), url) as first, Ledger.open(Path("unused"), url) as second:
        with first._database.writing(work.article.id):
            with pytest.raises(StoreLocked, match="Another process") as caught:
                second.record(*work.all)
            assert caught.value.retryable
            second.record(*other.all)
        second.record(*work.all)
        assert second.counts()["runs"] == 2


def test_a_user_who_may_only_read_reads_and_is_told_when_he_writes(url: str, postgres: Postgres, work: Any) -> None:
    name = f"reader_{database_of(url)}"
    with Ledger.open(Path("unused"), url) as ledger:
        ledger.record(*work.all)
        with ledger._database.writing("roles") as connection:
            connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
            connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    with Ledger.open(Path("unused"), url.replace("postgres@", f"{name}@")) as reader:
        assert reader.latest_report(work.article.id) == work.report
        with pytest.raises(StoreError, match="does not let this user write") as caught:
            reader.forget(work.article.id)
        assert caught.value.code == "store_read_only"
    replica = f"{url}?options=-c%20default_transaction_read_only%3Don"
    with Ledger.open(Path("unused"), replica) as reader:
        assert reader.latest_report(work.article.id) == work.report
        with pytest.raises(StoreError, match="write to the primary server"):
            reader.forget(work.article.id)
    empty = postgres.new_database()
    with pytest.raises(StoreError, match="must be allowed to create tables"):
        Ledger.open(Path("unused"), empty.replace("postgres@", f"{name}@"))
