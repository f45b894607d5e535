"""The quick conditions find what the plain ones find, in both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from servers import Postgres
from sqlalchemy import Column, MetaData, Table, Text, func, insert, or_, select

from analyzer.store.conditions import among, in_any, likely, reads, says
from analyzer.store.connect import Database, open_database

SIGNS = "aäÄiIİkK\u212asSß%_\\' 日Öo"
rows = Table("some_rows", MetaData(), Column("id", Text, primary_key=True), Column("one", Text), Column("two", Text))


@pytest.fixture(scope="module", params=["file", "server"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, ledger_template: str
) -> Iterator[Database]:
    home = tmp_path_factory.mktemp("conditions")
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "server" else None
    opened = open_database(home, server.new_database(ledger_template) if server else None)
    chance = random.Random(7)

    def words() -> str | None:
        return "".join(chance.choices(SIGNS, k=chance.randrange(9))) if chance.random() < 0.9 else None

    with opened.writing() as connection:
        rows.metadata.create_all(connection)
        connection.execute(insert(rows), [{"id": f"{n}", "one": words(), "two": words()} for n in range(400)])
    yield opened
    opened.close()


def found(database: Database, condition: Any) -> set[str]:
    with database.reading() as connection:
        return set(connection.scalars(select(rows.c.id).where(condition)))


@pytest.mark.parametrize("word", ["a", "k", "i", "ik", "ss", "ß", "ä", "Ä", "%", "_", "\\", "'", "k ", "İ", "日", "so"])
def test_a_word_is_found_in_any_case_as_by_the_plain_condition(database: Database, word: str) -> None:
    plain = or_(*(column.icontains(word, autoescape=True) for column in (rows.c.one, rows.c.two)))
    assert found(database, says(word, rows.c.one, rows.c.two)) == found(database, plain)


def test_a_text_is_read_in_any_case_as_by_the_plain_condition(database: Database) -> None:
    with database.reading() as connection:
        texts = [one for one in connection.scalars(select(rows.c.one)) if one]
    for text in texts[:60]:
        for asked in (text, text.upper()):
            assert found(database, reads(rows.c.one, asked)) == found(database, func.lower(rows.c.one) == asked.lower())


def test_many_values_are_one_parameter(database: Database) -> None:
    wanted = [str(n) for n in range(0, 900, 7)] + ["'", "日"]
    assert found(database, among(rows.c.id, wanted)) == found(database, rows.c.id.in_(wanted))
    assert found(database, among(rows.c.id, [])) == set()


def test_only_two_letters_beyond_ascii_become_small_ones_of_it() -> None:
    assert [chr(c) for c in range(128, 0x110000) if any(x.isascii() for x in chr(c).lower())] == ["İ", "\u212a"]
    assert (likely("Öl-Markt"), in_any("KIEL", None, "in Kiel")) == ("%l-Mar_t", True)
