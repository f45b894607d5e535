"""The full-text index knows claims from passages, so that a filter of claims ranks claims alone.

PostgreSQL narrows by the column itself, and needs nothing.
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"

SQLITE = (
    "DROP TRIGGER words_added",
    "DROP TRIGGER words_gone",
    "DROP TABLE words_fts",
    "CREATE VIRTUAL TABLE words_fts USING fts5("
    "folded, what, content='words', content_rowid='number', tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO words_fts(words_fts, rank) VALUES ('rank', 'bm25(1.0, 0.0)')",
    "INSERT INTO words_fts(words_fts) VALUES ('rebuild')",
    "CREATE TRIGGER words_added AFTER INSERT ON words BEGIN "
    "INSERT INTO words_fts(rowid, folded, what) VALUES (new.number, new.folded, new.what); END",
    "CREATE TRIGGER words_gone AFTER DELETE ON words BEGIN INSERT INTO words_fts(words_fts, rowid, folded, what) "
    "VALUES ('delete', old.number, old.folded, old.what); END",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
