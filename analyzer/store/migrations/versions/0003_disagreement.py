"""Where a model's statement says otherwise than its quote, beside its reading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Readings from before were not compared: an empty list."""
    op.add_column("readings", sa.Column("disagreement", sa.JSON(), nullable=False, server_default="[]"))
