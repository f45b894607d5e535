"""The files that leave the tool, read back: a workbook, Parquet, ClaimReview, and reviews in every one of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from analyzer.errors import InputError
from analyzer.model import Attribution, Review, Verdict, Verdicts
from analyzer.report import claimreview, formats, spreadsheet
from analyzer.report.html import to_html
from analyzer.report.parquet import to_parquet
from analyzer.report.spreadsheet import to_xlsx
from analyzer.report.tables import TABLES

LATEST = date(2025, 7, 31)
HOSTILE = '=HYPERLINK("http://x.test","pay")'


def make_review(reviewer: str = "eva", **changes: Any) -> Review:
    fields = {
        "id": f"{reviewer}1", "claim": "c" * 16, "reviewer": reviewer, "at": "2025-08-02T09:30:00+00:00",
        "decision": "override", "label": "mixed", "reason": "rounded", "note": "It was the other <b>session</b>.",
    }  # fmt: skip
    return Review(**{**fields, **changes})


def judged(label: str) -> Verdicts:
    return Verdicts(when_written=None, latest=Verdict(label=label, summary="So it is.", as_of=LATEST))


@pytest.fixture
def reviewed(report: Any, claim: Any) -> Any:
    undone = make_review("bob", id="bob1", decision="override", label="refuted", note="bob was here")
    history = (undone, make_review("bob", id="bob2", decision="undo", label=None, reason=None, note=None))
    return report(claims=(claim(reviews=(*history, make_review())),))


# --- the workbook -----------------------------------------------------------------------------------------------------


def opened(reports: Any, folder: Path) -> Any:
    path = folder / "report.xlsx"
    to_xlsx(iter(reports), path)
    return openpyxl.load_workbook(path)


def rows(sheet: Any) -> list[dict[str, Any]]:
    heads, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_every_table_is_a_sheet_with_frozen_and_filtered_headers(reviewed: Any, tmp_path: Path) -> None:
    book = opened([reviewed], tmp_path)
    names = ["claims", "evidence", "reviews", "amendments", "sign_offs", "refused", "unclaimed", "failed", "run"]
    assert book.sheetnames == names
    for sheet, table in zip(book, TABLES, strict=True):
        assert [cell.value for cell in sheet[1]] == [column.name for column in table.columns]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["A"].width > 10
    assert book["claims"]["E2"].alignment.wrap_text
    assert [len(rows(sheet)) for sheet in book] == [1, 2, 3, 0, 0, 1, 1, 1, 1]


def test_days_numbers_and_labels_have_their_types(reviewed: Any, tmp_path: Path) -> None:
    book = opened([reviewed], tmp_path)
    claim, evidence = rows(book["claims"])[0], rows(book["evidence"])[1]
    assert claim["published"] == datetime(2025, 1, 28)
    assert (claim["start"], claim["verdict"], claim["reviewed"]) == (0, "✓ supported", "≈ mixed")
    assert evidence["observed"] == pytest.approx(-0.1697)
    assert evidence["stated_high"] is None
    assert evidence["last"] is None
    assert evidence["as_of"] == datetime(2025, 7, 31)
    assert rows(book["failed"])[0]["retryable"] is False


@pytest.mark.parametrize("cell", [HOSTILE, "+1", "-1", "@SUM(A1)", "\t=1", "https://x.test/a", "\x07=1"])
def test_no_text_becomes_a_formula_or_a_link(cell: str, report: Any, claim: Any, tmp_path: Path) -> None:
    made = report(claims=(claim(cell, reviews=(make_review(cell, note=cell),)),))
    book = opened([made], tmp_path)
    for sheet in book:
        for line in sheet.iter_rows():
            for one in line:
                assert one.data_type != "f"
                assert one.hyperlink is None
                assert not (isinstance(one.value, str) and one.value.startswith(formats.FORMULA))
    assert rows(book["claims"])[0]["quote"] == formats.neutral(cell)


def test_a_cell_longer_than_a_sheet_takes_is_cut_and_says_so(report: Any, claim: Any, tmp_path: Path) -> None:
    book = opened([report(claims=(claim("a" * 40_000),))], tmp_path)
    quote = rows(book["claims"])[0]["quote"]
    assert (len(quote), quote[-1]) == (32_767, "…")


def test_a_batch_is_written_report_by_report(report: Any, tmp_path: Path) -> None:
    book = opened((report() for _ in range(100)), tmp_path)
    assert len(rows(book["evidence"])) == 200
    assert rows(opened([report(claims=None)], tmp_path)["run"])[0]["claims"] is None
    assert rows(opened([report(claims=())], tmp_path)["run"])[0]["claims"] == 0


def test_a_full_sheet_is_refused_with_what_to_do(report: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 4)
    with pytest.raises(InputError, match="--format parquet"):
        to_xlsx([report(), report()], tmp_path / "report.xlsx")
    assert len(rows(opened([report()], tmp_path)["evidence"])) == 2


# --- Parquet ----------------------------------------------------------------------------------------------------------


def asked(path: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return list(connection.execute(query, [str(path)]).fetchall())


def test_parquet_has_a_row_a_claim_with_its_evidence_nested(reviewed: Any, tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    to_parquet(iter([reviewed, reviewed]), path)
    found = asked(path, "SELECT claim, published, start, verdict, reviewed, title FROM read_parquet(?)")
    assert found == [("c" * 16, date(2025, 1, 28), 0, "supported", "mixed", "T")] * 2
    figures = asked(path, "SELECT e.as_of, e.observed, e.stated_high FROM read_parquet(?), UNNEST(evidence) AS t(e)")
    assert figures[:2] == [(date(2025, 1, 28), -0.1697, None), (date(2025, 7, 31), -0.1697, None)]
    said = asked(path, "SELECT r.reviewer, r.decision, r.stands FROM read_parquet(?), UNNEST(reviews) AS t(r)")
    assert said[:3] == [("bob", "override", False), ("bob", "undo", False), ("eva", "override", True)]


@pytest.mark.parametrize("claims", [(), None])
def test_parquet_without_a_claim_is_a_table_without_rows(claims: Any, report: Any, tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    to_parquet([report(claims=claims)], path)
    assert asked(path, "SELECT count(*), count(evidence) FROM read_parquet(?)") == [(0, 0)]


# --- ClaimReview ------------------------------------------------------------------------------------------------------

CLAIM_REVIEW = {
    "type": "object",
    "required": ["@type", "claimReviewed", "reviewRating", "url", "author", "itemReviewed", "datePublished"],
    "properties": {
        "@type": {"const": "ClaimReview"},
        "url": {"type": "string", "pattern": "^https?://"},
        "claimReviewed": {"type": "string", "minLength": 1},
        "datePublished": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "author": {"$ref": "#/$defs/agent"},
        "reviewRating": {
            "type": "object", "required": ["@type", "alternateName"],
            "properties": {
                "@type": {"const": "Rating"}, "alternateName": {"type": "string", "minLength": 1},
                "ratingValue": {"type": "integer", "minimum": 1, "maximum": 5},
                "bestRating": {"const": 5}, "worstRating": {"const": 1},
            },
            "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]},
        },
        "itemReviewed": {
            "type": "object", "required": ["@type", "appearance"],
            "properties": {
                "@type": {"const": "Claim"}, "author": {"$ref": "#/$defs/agent"},
                "datePublished": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                "appearance": {
                    "type": "object", "required": ["@type"],
                    "properties": {"@type": {"const": "CreativeWork"}, "url": {"type": "string"}},
                },
            },
        },
    },
    "$defs": {
        "agent": {
            "type": "object", "required": ["@type", "name"],
            "properties": {"@type": {"enum": ["Organization", "Person"]}, "name": {"type": "string", "minLength": 1}},
        }
    },
}  # fmt: skip
"""What schema.org and Google's page on fact checks ask for: required are claimReviewed, url and reviewRating with an
alternateName; author, datePublished and itemReviewed are recommended, and required here."""
PUBLISHER = claimreview.Publisher("The Desk", "https://desk.test", "https://desk.test/checks/{article}#{claim}")


def documents(reports: Any, publisher: claimreview.Publisher = PUBLISHER) -> list[dict[str, Any]]:
    content = json.loads("".join(claimreview.pieces(reports, publisher)))
    assert content["@context"] == "https://schema.org"
    return list(content["@graph"])


def nulls(node: Any) -> bool:
    if isinstance(node, dict):
        return any(value is None or nulls(value) for value in node.values())
    return isinstance(node, list) and any(map(nulls, node))


@pytest.mark.parametrize(
    ("label", "rating"),
    [("supported", 5), ("mixed", 3), ("refuted", 1), ("consistent", None), ("inconclusive", None)],
)
def test_what_was_tested_is_published_by_the_rules(label: str, rating: int | None, report: Any, claim: Any) -> None:
    from jsonschema import Draft202012Validator

    (found,) = documents([report(claims=(claim(verdict=judged(label)),))])
    assert [error.message for error in Draft202012Validator(CLAIM_REVIEW).iter_errors(found)] == []
    assert found["reviewRating"].get("ratingValue") == rating
    assert found["url"] == f"https://desk.test/checks/{'a' * 16}#{'c' * 16}"
    assert found["author"] == {"@type": "Organization", "name": "The Desk", "url": "https://desk.test"}
    assert not nulls(found)


@pytest.mark.parametrize("label", ["no_data", "pending", "not_checkable"])
def test_what_was_not_tested_is_not_published(label: str, report: Any, claim: Any) -> None:
    assert documents([report(claims=(claim(verdict=judged(label)),))]) == []


def test_reviewers_decide_what_is_published(reviewed: Any, report: Any, claim: Any) -> None:
    (found,) = documents([reviewed])
    assert found["reviewRating"]["ratingValue"] == 3
    assert found["datePublished"] == "2025-08-02"
    assert "other <b>session" in found["reviewBody"]
    disputed = (make_review(), make_review("ada", label="refuted"))
    rejected = (make_review(decision="reject", label=None),)
    for reviews in (disputed, rejected):
        assert documents([report(claims=(claim(reviews=reviews),))]) == []


def test_no_text_of_an_article_ends_the_script_element(report: Any, claim: Any) -> None:
    hostile = "</script><script>alert(1)</script>"
    made = report(claims=(claim(hostile, statement=hostile),))
    text = "".join(claimreview.pieces([made], PUBLISHER))
    assert "<" not in text
    assert documents([made])[0]["claimReviewed"] == hostile


def test_what_is_not_known_is_left_out(report: Any, claim: Any) -> None:
    made = report(claims=(claim(attribution=Attribution(to="cited", name="Ada Lovelace")), claim()))
    cited, own = documents([made], claimreview.Publisher())
    assert "url" not in cited
    assert not nulls(cited)
    assert cited["author"]["name"].startswith("commentary-analyzer ")
    assert cited["itemReviewed"]["author"] == {"@type": "Person", "name": "Ada Lovelace"}
    assert "author" not in own["itemReviewed"]
    assert "url" not in own["itemReviewed"]["appearance"]
    at = made.article.model_copy(update={"source": "https://paper.test/a?b=1", "author": "Eva", "outlet": "Paper"})
    (first, _) = documents([made.model_copy(update={"article": at})])
    assert first["itemReviewed"]["appearance"]["url"] == "https://paper.test/a?b=1"


# --- reviews are in every export --------------------------------------------------------------------------------------


def test_reviews_and_their_history_are_in_every_export(reviewed: Any) -> None:
    text = ["Nvidia fell 17 percent, and the sun shone. 600 more."]
    (row,) = csv.DictReader(io.StringIO(formats.to_csv([reviewed]).removeprefix("\ufeff")))
    assert (row["verdict"], row["reviewed"], row["review_state"]) == ("supported", "mixed", "overridden")
    assert row["reviews"].split(" | ") == [
        "2025-08-02 09:30 bob, override to refuted (rounded): bob was here",
        "2025-08-02 09:30 bob, undo",
        "2025-08-02 09:30 eva, override to mixed (rounded): It was the other <b>session</b>.",
    ]
    for content in (formats.to_json([reviewed], text), formats.to_jsonl([reviewed], text)):
        said = json.loads(content)["claims"][0]["reviews"]
        assert [one["decision"] for one in said] == ["override", "undo", "override"]
    page = to_html([(reviewed, text[0])])
    for content in (formats.to_markdown([reviewed]), page):
        assert "bob was here" in content
        assert "It was the other &lt;b&gt;session" in content
    assert "≈ mixed, reviewed; machine: supported" in formats.to_markdown([reviewed])
