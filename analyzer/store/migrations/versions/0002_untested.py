"""What the trials of a claim leave untested, beside its reading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Readings from before know of nothing that was left out: an empty list."""
    op.add_column("readings", sa.Column("untested", sa.JSON(), nullable=False, server_default="[]"))
