"""What people say of an article as a whole, and which reading a person had before them when deciding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Of decisions from before the reading is not known: null."""
    op.add_column("reviews", sa.Column("reading", sa.JSON(none_as_null=True)))
    op.create_table(
        "sign_offs",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("undoes", sa.Text),
        sa.Column("reading", sa.JSON(none_as_null=True)),
        sa.PrimaryKeyConstraint("number", name="pk_sign_offs"),
        sa.UniqueConstraint("id", name="uq_sign_offs_id"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_sign_offs_article_articles"),
    )
    op.create_index("ix_sign_offs_article", "sign_offs", ["article"])
