"""Markdown, CSV, the terminal and the page from one report in memory."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from analyzer.model import MarketUsed
from analyzer.report.explain import evidence_text, explanation, python_lines
from analyzer.report.formats import neutral, to_csv, to_json, to_jsonl, to_markdown
from analyzer.report.html import pieces, to_html
from analyzer.report.terminal import plain, report_view

TEXT = "Nvidia fell 17 percent, and the sun shone. 600 more."


def drawn(what: Any, width: int = 80) -> str:
    return plain(lambda console: console.print(what), width)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"])
def test_a_cell_that_would_be_a_formula_is_neutralised(cell: str) -> None:
    assert str(neutral(cell)).startswith("'")


def test_numbers_and_words_stay_as_they_are() -> None:
    assert [neutral(v) for v in (-17, None, "a = b", "−17 %")] == [-17, None, "a = b", "−17 %"]


def test_markdown_holds_what_was_refused_failed_and_left_over(report: Any) -> None:
    text = to_markdown([report()])
    assert "1 claim: 1 supported" in text
    assert "*assumed: the last session* *when written (2025-01-28): pending. Not yet.*" in text
    assert "- refused (extract, quote\\_not\\_found)" in text or "- refused (extract, quote_not_found)" in text
    assert "x \\| y" in text
    assert "Another &lt;process&gt; writes." in text
    assert "- Numbers that no claim covers: 600" in text


@pytest.mark.parametrize("width", [80, 160])
def test_nothing_found_and_nothing_done_are_told_apart(report: Any, width: int) -> None:
    for claims, said in (((), "No claim was found in this text."), (None, "the extraction failed")):
        made = report(claims=claims)
        assert said in drawn(report_view(made, width), width)
        assert said in to_markdown([made])
        assert said in to_html([(made, TEXT)])
        assert "0 claims" not in drawn(report_view(made, width), width)


def test_several_articles_are_a_list_in_json_and_lines_in_jsonl(report: Any) -> None:
    import json

    two, texts = [report(), report()], [TEXT, TEXT]
    assert [r["article"]["id"] for r in json.loads(to_json(two, texts))] == ["a" * 16] * 2
    lines = to_jsonl(two, texts, text=True).splitlines()
    assert [json.loads(line)["article"]["text"] for line in lines] == texts
    assert "\n" not in to_jsonl(two[:1], texts[:1]).rstrip("\n")
    assert to_csv(two).count("\r\n") == 3


def test_the_page_marks_the_text_where_the_claims_stand(report: Any) -> None:
    cut = pieces(report(), TEXT)
    assert "".join(piece.text for piece in cut) == TEXT
    assert [piece.text for piece in cut if piece.claim] == ["Nvidia fell 17 percent"]


def test_where_claims_overlap_the_shorter_one_is_linked(report: Any, claim: Any) -> None:
    long, short = claim(TEXT[:42], id="1" * 16), claim("Nvidia fell 17 percent", id="2" * 16)
    cut = pieces(report(claims=(long, short)), TEXT)
    assert [piece.claim.id[0] if piece.claim else "-" for piece in cut] == ["2", "1", "-"]
    page = to_html([(report(claims=(long, short)), TEXT)])
    assert page.count(f'href="#k{"1" * 16}"') == page.count(f'href="#k{"2" * 16}"') == 1


def test_the_page_says_what_was_assumed_and_in_what_unit_a_chart_is(report: Any) -> None:
    page = to_html([(report(), TEXT)])
    assert "assumed: the last session" in page
    assert "<figcaption>Nvidia, close, USD</figcaption>" in page
    assert '<p class="meta"></p>' not in page


def test_evidence_is_told_in_words_not_in_fields(evidence: Any) -> None:
    from datetime import date

    text = drawn(evidence_text(evidence(date(2025, 7, 31))))
    assert "“17 percent” = −17.00 %, allowed −17.50 % to open (rounded)" in text
    assert "observed" in text
    assert "named day: context" in text
    assert "first 2025-01-27\n" in re.sub(r" +\n", "\n", text)
    assert "None" not in text.split("recompute")[0]


def test_lines_of_python_are_a_program_that_fits_the_terminal(evidence: Any) -> None:
    from datetime import date

    wide = {"symbols": [f"SYMBOL{n}" for n in range(40)], "stated": {"text": "a b " * 40, "value": -0.17}}
    lines = python_lines(evidence(date(2025, 7, 31), params=wide))
    compile("\n".join(lines), "printed", "exec")
    assert max(map(len, lines)) <= 76
    found: dict[str, Any] = {}
    exec("\n".join(lines[lines.index("market = Workshop(load()).market") + 1 : -2]), found)
    assert found["params"] == wide


def test_a_claim_without_evidence_is_explained_too(report: Any, claim: Any) -> None:
    bare = claim(evidence=())
    assert "No trial was formed" in drawn(explanation(report(claims=(bare,)), bare))


def test_other_folders_than_the_facts_pack_are_named_in_the_program(evidence: Any) -> None:
    from datetime import date

    one = evidence(date(2025, 7, 31))
    assert "market = Workshop(load()).market" in python_lines(one)
    lines = python_lines(one, MarketUsed(folders=("/data/a", "/data/b"), catalogues=("/data/own.yaml",)))
    assert "market = Workshop(load(data=data, catalogue=catalogue)).market" in lines
    assert [line for line in lines if "Path(" in line] == [
        "    Path('/data/a'),", "    Path('/data/b'),", "    Path('/data/own.yaml'),",
    ]  # fmt: skip
    compile("\n".join(lines), "printed", "exec")


def test_the_program_keeps_its_lines_in_a_narrow_terminal(evidence: Any) -> None:
    from datetime import date

    folder = "/data/of/somebody/" + "a-long-name/" * 9
    lines = python_lines(evidence(date(2025, 7, 31)), MarketUsed(folders=(folder,)))
    assert max(map(len, lines)) <= 76
    found: dict[str, Any] = {}
    exec("\n".join(["from pathlib import Path", *lines[lines.index("data = (") : lines.index(")") + 1]]), found)
    assert found["data"] == (Path(folder),)


def test_a_width_of_zero_is_no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer.report.terminal import console

    monkeypatch.setenv("COLUMNS", "0")
    made = console("auto")
    assert isinstance(made, Console)
    assert made.width == 80
