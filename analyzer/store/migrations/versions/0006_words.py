"""The words of passages and claims, to be searched: a table that both databases share, and the index of each.

What a ledger holds already is filled in by ``analyze index --rebuild``; nothing else depends on it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SQLITE = (
    "CREATE VIRTUAL TABLE words_fts USING fts5("
    "folded, content='words', content_rowid='number', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER words_added AFTER INSERT ON words BEGIN "
    "INSERT INTO words_fts(rowid, folded) VALUES (new.number, new.folded); END",
    "CREATE TRIGGER words_gone AFTER DELETE ON words BEGIN "
    "INSERT INTO words_fts(words_fts, rowid, folded) VALUES ('delete', old.number, old.folded); END",
)
POSTGRESQL = ("CREATE INDEX ix_words_search ON words USING gin (to_tsvector('simple', folded))",)


def upgrade() -> None:
    op.create_table(
        "words",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_words"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_words_article_articles"),
    )
    op.create_index("ix_words_article", "words", ["article"])
    op.create_index("ix_words_id", "words", ["id"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
