"""What the judge knew of a claim besides its evidence, beside its reading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Of readings from before it is not known: null."""
    op.add_column("readings", sa.Column("judged_on", sa.JSON(none_as_null=True)))
