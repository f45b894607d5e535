"""Claims as people would have them tested, and what came out of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "amendments",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("undoes", sa.Text),
        sa.Column("quote", sa.Text),
        sa.Column("label", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("record", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_amendments"),
        sa.UniqueConstraint("id", name="uq_amendments_id"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_amendments_article_articles"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_amendments_claim_claims"),
    )
    op.create_index("ix_amendments_article", "amendments", ["article"])
    op.create_index("ix_amendments_claim", "amendments", ["claim"])
