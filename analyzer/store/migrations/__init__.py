"""The ledger's migrations. ``REVISIONS`` is their written list, oldest first.

The list is here so that a ledger that is up to date opens without importing alembic; a test compares it with the
scripts in ``versions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
HEAD = REVISIONS[-1]


def upgrade(connection: Connection, revision: str = HEAD) -> None:
    """Bring the ledger behind the connection to the revision, inside the connection's own transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "analyzer.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
