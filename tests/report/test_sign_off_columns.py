"""People's words on a whole article in tables: "reviewed, nothing found" is not "not yet reviewed"."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from test_files import rows

from analyzer.model import SignOff
from analyzer.report import formats
from analyzer.report.parquet import to_parquet
from analyzer.report.spreadsheet import to_xlsx


def said(decision: str, reviewer: str = "ada", **more: Any) -> SignOff:
    return SignOff.model_validate({
        "id": f"{reviewer}-{decision}", "article": "a" * 16, "reviewer": reviewer, "at": "2025-08-02T09:30:00+00:00",
        "decision": decision, **more,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "sign_offs", "state"),
    [
        (1, (), "not yet reviewed"),
        (0, (), "no claim found, not yet reviewed"),
        (0, (said("complete"),), "reviewed, nothing found"),
        (0, (said("complete"), said("undo", undoes="ada-complete")), "no claim found, not yet reviewed"),
        (1, (said("complete"),), "in review"),
        (1, (said("complete"), said("missing", "bob")), "something is missing"),
        (None, (), "reading failed"),
    ],
)
def test_the_workbook_says_how_far_the_review_of_each_article_is(
    claims: int | None, sign_offs: tuple[SignOff, ...], state: str, report: Any, claim: Any, tmp_path: Path
) -> None:
    """An article without a claim has its row among the runs."""
    made = report(claims=None if claims is None else (claim(),) * claims, sign_offs=sign_offs)
    to_xlsx(iter([made]), tmp_path / "r.xlsx")
    (run,) = rows(openpyxl.load_workbook(tmp_path / "r.xlsx")["run"])
    assert run["article_review"] == state
    undone = {one.undoes for one in sign_offs}
    standing = [one.reviewer for one in sign_offs if one.decision != "undo" and one.id not in undone]
    assert run["signed_by"] == (" | ".join(standing) or None)


def test_csv_and_parquet_have_it_in_every_row_of_the_article(report: Any, claim: Any, tmp_path: Path) -> None:
    made = report(claims=(claim(), claim(id="d" * 16)), sign_offs=(said("missing", note="a sentence on gold"),))
    found = list(csv.DictReader(io.StringIO(formats.to_csv([made]).removeprefix("\ufeff"))))
    assert [row["article_review"] for row in found] == ["something is missing"] * 2
    assert all("2025-08-02 09:30 ada" in row["sign_offs"] and "a sentence on gold" in row["sign_offs"] for row in found)
    to_parquet([made], tmp_path / "r.parquet")
    query = "SELECT article_review, s.reviewer, s.decision, s.stands FROM read_parquet(?), UNNEST(sign_offs) AS t(s)"
    assert (
        duckdb.execute(query, [str(tmp_path / "r.parquet")]).fetchall()
        == [("something is missing", "ada", "missing", True)] * 2
    )
