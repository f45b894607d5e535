"""What a ledger holds, without what differs from run to run."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

QUERIES = {
    "articles": "SELECT id, language, published, characters, text_sha256 FROM articles",
    "claims": 'SELECT id, article, start, "end", kind, figures FROM claims',
    "trials": "SELECT id, claim, check_name, params, basis, assumed, directness FROM trials",
    "evidence": "SELECT id, claim, trial, check_name, as_of, outcome, record FROM evidence",
    "verdicts": "SELECT claim, stage, label, reason, summary, as_of FROM verdicts",
    "passages": 'SELECT article, id, start, "end" FROM passages',
}


def contents(home: Path) -> dict[str, list[Any]]:
    """Rows of the main tables in the order of their ids."""
    with closing(sqlite3.connect(f"file:{home / 'ledger.sqlite'}?mode=ro", uri=True)) as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = {name: sorted(map(json.dumps, ledger.execute(query))) for name, query in QUERIES.items()}
    assert all(found.values())
    return found
