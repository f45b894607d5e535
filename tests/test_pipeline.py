"""The whole way from Python and over several runs: one record of an article, and verdicts that nobody can steer."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from command import ENGLISH, counts, run, verdicts

from analyzer import analyze
from analyzer.cli_common import opened
from analyzer.errors import InputError
from analyzer.model import Report
from analyzer.pipeline import Options, analyze_source, recorded
from analyzer.store.embed import open_embedder
from analyzer.store.index import Index

# --- from Python ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("python")
    (folder / "article.txt").write_text(ENGLISH, encoding="utf-8")
    return analyze(str(folder / "article.txt"), home=folder / "home", date="2025-01-28")


def test_a_report_is_a_table_with_one_row_a_claim(report: Report) -> None:
    table = report.table()
    assert list(table["claim"]) == [c.id for c in report.claims or ()]
    assert table["verdict"][0] == "supported"
    assert list(table["checks"])[:3] == ["session_return", "market_value_change", "session_return"]
    assert list(table["when_written"])[:3] == ["supported", "supported", "refuted"]


def test_a_report_shows_itself_in_a_notebook(report: Report) -> None:
    page = report._repr_html_()
    assert page.count("<tr") == 1 + len(report.claims or ())
    assert "−16.97 %" in page


def test_bad_input_is_an_error_of_ours_in_python_too(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        analyze(tmp_path / "gone.txt", home=tmp_path / "home")
    assert caught.value.code == "not_found"
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        analyze(tmp_path / "gone.txt", home=tmp_path / "home", date="28.01.2025")


def test_a_report_without_claims_is_an_empty_table(tmp_path: Path) -> None:
    empty = Report.model_validate(
        {
            "article": {
                "id": "0" * 16, "title": None, "author": None, "outlet": None, "published": None,
                "published_basis": "unknown", "language": "en", "source": "-", "characters": 0, "text_sha256": "",
                "raw_sha256": "",
            },
            "run": {"id": "1" * 16, "started": "", "analyzer_version": "0", "reader": "rules"},
            "claims": (),
        }
    )  # fmt: skip
    assert len(empty.table()) == 0
    assert next(iter(empty.table())) == "claim"


# --- the same article again ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Twice:
    """One article read twice: the home, the two reports, and what the index held after each run."""

    home: Path
    reports: tuple[dict[str, Any], dict[str, Any]]
    indexed: tuple[dict[str, int], dict[str, int]]


def indexed(home: Path) -> dict[str, int]:
    from analyzer.config import load

    index = Index.open(home, open_embedder("static", load(home=home)))
    try:
        return index.counts()
    finally:
        index.close()


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    folder = tmp_path_factory.mktemp("twice")
    path, home = folder / "article.txt", folder / "home"
    path.write_text(ENGLISH, encoding="utf-8")
    reports, held = [], []
    for _ in range(2):
        ended = run(path, "--home", home, "--date", "2025-01-28", "-f", "json")
        assert ended.code == 0, ended.err
        reports.append(json.loads(ended.out))
        held.append(indexed(home))
    return Twice(home, (reports[0], reports[1]), (held[0], held[1]))


def test_the_same_article_twice_is_two_runs_of_one_article(twice: Twice) -> None:
    first, second = twice.reports
    assert first["run"]["id"] != second["run"]["id"]
    found = counts(twice.home)
    assert (found["articles"], found["runs"], found["claims"]) == (1, 2, len(first["claims"]))


def test_the_same_article_twice_gives_the_same_claims_and_verdicts(twice: Twice) -> None:
    first, second = twice.reports
    assert first["claims"] == second["claims"]
    assert first["unclaimed"] == second["unclaimed"]


def test_python_and_the_command_line_say_the_same(report: Report, twice: Twice) -> None:
    shown, told = json.loads(report.to_json()), twice.reports[0]
    assert shown["claims"] == told["claims"]
    assert shown["article"]["id"] == told["article"]["id"]


def test_the_same_article_twice_is_indexed_once(twice: Twice) -> None:
    first, second = twice.indexed
    assert first == second
    assert first["claims"] == len(twice.reports[0]["claims"])
    assert first["passages"] >= 1


def test_of_two_runs_of_one_second_the_later_one_is_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.store.ledger.datetime", _Noon)
    with opened({"home": tmp_path / "home"}, True) as workshop:
        for name in ("first", "second"):
            (tmp_path / f"{name}.txt").write_text(f"The harvest of the {name} year was good, they say.\n", "utf-8")
            analyze_source(str(tmp_path / f"{name}.txt"), workshop, Options())
        assert recorded(workshop, None).report.article.source.endswith("second.txt")


class _Noon:
    @staticmethod
    def now(zone: object) -> _Noon:
        return _Noon()

    def isoformat(self, timespec: str) -> str:
        return "2026-01-01T12:00:00+00:00"


def test_show_recomputes_nothing(twice: Twice, tmp_path: Path) -> None:
    """Without index, caches and market data the record still prints the same table."""
    home = Path(shutil.copytree(twice.home, tmp_path / "home"))
    for entry in home.iterdir():
        if not entry.name.startswith("ledger"):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    shown = run("show", "--home", home, "-f", "json", ANALYZER_DATA=json.dumps([str(tmp_path / "nowhere")]))
    assert json.loads(shown.out) == twice.reports[1]
    assert run("show", "--home", home).out == run("show", "--home", twice.home).out


# --- a hostile article -----------------------------------------------------------------------------------------------

HOSTILE = (
    """---
title: "<script>alert(1)</script> [bold]title[/bold] \\e[31mred \\u202Eevil"
author: "=cmd|' /C calc'!A0"
date: 2025-01-28
---
=1+1, and Nvidia fell 17 percent on 27 January 2025 [red]as all[/red] know <script>alert('x')</script>.

\x1b[31m Nvidia \x1b[0m fell 17 percent on 27 January 2025 \u202e and \u2066 \u200b it \x07 is said.

Nvidia fell 17 percent on 27 January 2025 | `code` **bold** <img src=x onerror=alert(1)> "quoted" & co.

Nvidia fell 17 percent on 27 January 2025 """
    + "and on " * 1600
    + ".\n"
)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Hostile:
    home: Path
    text: str
    report: dict[str, Any]

    def show(self, form: str, **environment: str) -> str:
        ended = run("show", "--home", self.home, "-f", form, **environment)
        assert ended.code == 0, ended.err
        return ended.out


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    folder = tmp_path_factory.mktemp("hostile")
    path, home = folder / "article.md", folder / "home"
    path.write_text(HOSTILE, encoding="utf-8")
    ended = run(path, "--home", home, "-f", "json", "--with-text")
    assert ended.code == 0, ended.err
    report = json.loads(ended.out)
    return Hostile(home, report["article"]["text"], report)


def test_hostile_text_is_quoted_verbatim_in_json(hostile: Hostile) -> None:
    claims = hostile.report["claims"]
    assert len(claims) == 4
    for claim in claims:
        assert hostile.text[claim["start"] : claim["end"]] == claim["quote"]
    assert set(verdicts(hostile.report).values()) == {"supported"}
    assert max(len(claim["quote"]) for claim in claims) > 10_000


@pytest.mark.parametrize("width", ["80", "160"])
def test_hostile_text_does_not_steer_the_terminal(hostile: Hostile, width: str) -> None:
    table = hostile.show("table", COLUMNS=width)
    assert not STEERING.search(table)
    assert max(map(len, table.splitlines())) <= int(width)
    flat = " ".join(table.split())
    for verbatim in ("<script>alert(1)</script> [bold]title[/bold]", "[red]as"):
        assert verbatim in flat


def test_hostile_text_does_not_steer_the_lists_and_the_explanation(hostile: Hostile) -> None:
    listed = run("claims", "--home", hostile.home, COLUMNS="160").out
    assert not STEERING.search(listed)
    for claim in hostile.report["claims"]:
        assert claim["id"][:8] in listed
    explained = run("explain", hostile.report["claims"][1]["id"], "--home", hostile.home).out
    assert not STEERING.search(explained)


def test_hostile_text_is_no_formula_in_a_spreadsheet(hostile: Hostile) -> None:
    text = hostile.show("csv")
    assert not STEERING.search(text.replace("\r\n", "\n"))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 4
    assert rows[0]["quote"].startswith("'=1+1")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_hostile_text_stays_in_its_cell_of_markdown(hostile: Hostile) -> None:
    text = hostile.show("md")
    assert not STEERING.search(text)
    assert "<script" not in text
    assert "<img" not in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 6
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.handlers: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}


def test_hostile_text_is_text_in_the_page(hostile: Hostile) -> None:
    page = hostile.show("html")
    tags = Tags(page)
    assert not {"script", "img", "bold", "red"} & tags.found
    assert not tags.handlers
    assert not STEERING.search(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_nobody_inherits_the_verdict_of_another_company(tmp_path: Path) -> None:
    """What a reader sees is "Apple lost 17 percent", twice, and a company that is not in the catalogue."""
    path = tmp_path / "article.txt"
    path.write_text(
        "Nvidia fell 17 percent on 27 January 2025.\n\n"
        "\x1b[31mApple\x1b[0m lost 17 percent on 27 January 2025.\n\n"
        "App\u200ble lost 17 percent on 27 January 2025.\n\n"
        "Nvidia fell 17 percent on 27 January 2025. Quellmann Systems lost 17 percent on 27 January 2025.\n"
    )
    ended = run(path, "--home", tmp_path / "home", "--date", "2025-01-28", "-f", "json")
    found = {c["quote"]: c["verdict"]["latest"]["label"] for c in json.loads(ended.out)["claims"]}
    lost = [(quote, label) for quote, label in found.items() if "lost" in quote]
    assert len(lost) >= 2
    assert [quote for quote, label in lost if label == "supported"] == []


def test_a_command_lets_go_of_its_index_when_it_ends(tmp_path: Path) -> None:
    """And not when the last reference to it happens to be swept: the next one of the process writes to it too."""
    kept = []
    for n, text in enumerate(("The S&P 500 fell 1.5 percent on Monday.", "Nvidia lost 17 percent on Monday.")):
        article = tmp_path / f"{n}.txt"
        article.write_text(text, encoding="utf-8")
        with opened({"home": tmp_path / "home"}, True) as workshop:
            kept.append(workshop)
            assert analyze_source(str(article), workshop).report.failed == ()
