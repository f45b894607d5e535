"""A report and its table in a notebook: styled, escaped, fetching nothing."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pandas as pd

from analyzer.model import Review
from analyzer.notebook import MOST_ROWS, ClaimTable, claim_table

HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(2)>\u202eabc"


class Page(HTMLParser):
    """Tags, attributes and texts of the HTML; every element that was opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def rendered(shown: Any) -> Page:
    html = shown._repr_html_()
    assert "http" not in html
    assert "url(" not in html
    page = Page(html)
    assert page.open == []
    return page


def test_a_report_shows_its_head_and_its_claims(report: Any) -> None:
    page = rendered(report())
    assert page.tags.count("tr") == 2
    for text in ("T", "✓ supported", "… pending", "1 claim: 1 supported", "what the text says", "rounded"):
        assert text in page.texts, text
    assert "failed: embed, store_locked: Another <process> writes." in page.texts
    assert "review" not in page.texts


def test_what_an_article_holds_stays_text(report: Any, claim: Any) -> None:
    made = report(claims=(claim(HOSTILE),))
    made = made.model_copy(update={"article": made.article.model_copy(update={"title": HOSTILE})})
    page = rendered(made)
    assert not {"script", "img"} & set(page.tags)
    assert page.attributes <= {"class", "scope", "style"}
    assert any("<script>alert(1)" in text for text in page.texts)
    assert not any("\u202e" in text for text in page.texts)


def test_no_claims_and_no_extraction_are_told_apart(report: Any) -> None:
    assert "No claims: the extraction failed." in rendered(report(claims=None)).texts
    empty = rendered(report(claims=()))
    assert "table" not in empty.tags
    assert "No claim was found." in empty.texts


def test_the_table_is_a_data_frame_and_a_selection_shows_itself_too(report: Any, claim: Any) -> None:
    review = Review(id="1", claim="c", reviewer="eva", at="2025-08-02", decision="override", label="refuted")
    table = report(claims=(claim(), claim(reviews=(review,)))).table()
    assert isinstance(table, pd.DataFrame)
    assert list(table["verdict"]) == ["supported", "supported"]
    assert list(table["reviewed"].fillna("")) == ["", "refuted"]
    assert list(table["review"]) == ["not reviewed", "overridden"]
    some = table[table["review"] == "overridden"][["quote", "reviewed"]]
    assert isinstance(some, ClaimTable)
    assert "✗ refuted" in rendered(some).texts
    counted = table.groupby("verdict").size().to_frame("n")
    assert "2" in rendered(counted).texts


def test_a_long_table_is_cut_and_says_so() -> None:
    rows = [{"claim": "c" * 16, "quote": "q", "verdict": "mixed", "review": "not reviewed"}] * (MOST_ROWS + 5)
    page = rendered(claim_table(rows))
    assert page.tags.count("tr") == MOST_ROWS + 1
    assert "305 claims: 305 mixed; the first 300 are shown" in page.texts
