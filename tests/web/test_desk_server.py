"""The desk over PostgreSQL answers as it does over SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from servers import Postgres
from test_desk import decide

from analyzer.model import Article, SignOff
from analyzer.store.ledger import Ledger
from analyzer.web.desk import SORTS

pytestmark = pytest.mark.slow


def copy(here: Ledger, there: Ledger) -> None:
    """Every article's newest run."""
    for report in here.reports():
        head = report.article.model_dump(exclude={"text", "characters", "text_sha256"})
        article = Article(**head, text=here.text_of(report.article.id) or "")
        there.record(article, report, here.trials(report.run.id), here.passages(article.id))


def test_both_databases_answer_alike(filled: Path, postgres: Postgres, ledger_template: str) -> None:
    with Ledger.open(filled) as here, Ledger.open(filled, postgres.new_database(ledger_template)) as there:
        copy(here, there)
        claims = [one.id for one in here.claims()]
        for ledger in (here, there):
            decide(ledger, claims[0], "agree", label="refuted")
            decide(ledger, claims[1], "override", 1, label="mixed")
            decide(ledger, claims[1], "override", 2, "bob", "supported")
            decide(ledger, claims[2], "reject", 3)
            decide(ledger, claims[2], "undo", 4)
            articles = sorted(one.id for one in ledger.articles())
            for number, (article, said) in enumerate(zip(articles, ("complete", "missing"), strict=False)):
                at = f"2025-08-02T09:{number:02}:00+00:00"
                one = SignOff.model_validate(
                    {"id": f"s{number}", "article": article, "reviewer": "ada", "at": at, "decision": said}
                )
                ledger.add_sign_off(one)

        def asked(ledger: Ledger, **wanted: Any) -> list[Any]:
            rows, total = ledger.review_desk.page({**wanted}, "title", False, 0, 25)  # type: ignore[typeddict-item]
            found = [
                (row.id, row.state, row.claims, row.reviewed, row.disputed, row.signed, row.labels) for row in rows
            ]
            return [total, *found]

        for wanted in (
            {},
            {"state": "partly"},
            {"state": "empty"},
            {"label": "refuted"},
            {"words": "BÜßTE"},
            {"language": "de"},
        ):
            assert asked(here, **wanted) == asked(there, **wanted)
        assert asked(there, state="partly")[0] == 1
        for sort in SORTS:
            for down in (False, True):
                orders = [
                    [row.id for row in ledger.review_desk.page({}, sort, down, 0, 25)[0]] for ledger in (here, there)
                ]
                assert orders[0] == orders[1], (sort, down)
        seen = [ledger.review_desk.seen(here.claim(claims[1])[1].article, claims[1]) for ledger in (here, there)]
        assert seen[0] == seen[1]
        assert [here.review_desk.known(name) for name in ("author", "outlet")] == [
            there.review_desk.known(name) for name in ("author", "outlet")
        ]
