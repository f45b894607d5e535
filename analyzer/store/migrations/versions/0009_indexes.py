"""Indexes that hold all that a filter asks of words, and of runs for the newest ones: no long row is read for it."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index("ix_words_article_what_id", "words", ["article", "what", "id"])
    op.create_index("ix_words_id_what_article", "words", ["id", "what", "article"])
    op.create_index("ix_runs_article_extracted_number", "runs", ["article", "extracted", "number"])
    op.drop_index("ix_words_article", "words")
    op.drop_index("ix_words_id", "words")
    op.drop_index("ix_runs_article", "runs")
