"""Files that leave the tool, by the command line: of one article, of a batch, on a pipe, and where it cannot be."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from analyzer import cli_files
from analyzer.cli import app
from analyzer.cli_files import Format
from analyzer.errors import InputError, MissingExtra

ARTICLE = "Nvidia fell 17 percent on 27 January 2025. Apple lost 17 percent on 27 January 2025.\n"
FORMATS = [format for format in Format if format is not Format.table]


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two articles, worked out as a batch, and its home."""
    made = tmp_path_factory.mktemp("files")
    (made / "articles").mkdir()
    for name in ("one", "two"):
        text = f"---\ntitle: {name}\ndate: 2025-01-28\n---\n{ARTICLE}And {name} more.\n"
        (made / "articles" / f"{name}.md").write_text(text, encoding="utf-8")
    done = run(made / "articles", "--jobs", 1, "--home", made / "home", "--quiet")
    assert done.exit_code == 0, done.output
    return made


@pytest.mark.parametrize("format", FORMATS)
def test_show_writes_what_it_prints(format: Format, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wanted = ("show", "one", "--home", folder / "home", "--format", format)
    written, printed = run(*wanted, "--out", out), run(*wanted)
    assert (written.exit_code, printed.exit_code) == (0, 0), written.output
    assert written.output == ""
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == ["out"]
    if format is Format.xlsx:
        assert printed.stdout_bytes[:4] == out.read_bytes()[:4] == b"PK\x03\x04"
    elif format is Format.parquet:
        assert printed.stdout_bytes[:4] == out.read_bytes()[:4] == b"PAR1"
    else:
        assert printed.stdout_bytes == out.read_bytes()


def test_a_batch_is_one_file_of_each_format(folder: Path, tmp_path: Path) -> None:
    for format in FORMATS:
        done = run(
            folder / "articles", "--jobs", 1, "--home", folder / "home", "--quiet", "-f", format, "-o",
            tmp_path / format.value,
        )  # fmt: skip
        assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "xlsx").read_bytes()))
    assert {row[1] for row in book["run"].iter_rows(min_row=2, values_only=True)} == {"one", "two"}
    with duckdb.connect() as connection:
        found = connection.execute("SELECT DISTINCT title FROM read_parquet(?)", [str(tmp_path / "parquet")]).fetchall()
    assert sorted(found) == [("one",), ("two",)]
    assert len(json.loads((tmp_path / "json").read_text())) == 2
    assert len((tmp_path / "jsonl").read_text().splitlines()) == 2
    assert len(json.loads((tmp_path / "claimreview").read_text())["@graph"]) >= 2
    page = (tmp_path / "html").read_text()
    assert page.count("<article>") == 2
    assert "2025-01-24  142.62  base" in page
    for text in ((tmp_path / "md").read_text(), (tmp_path / "csv").read_text()):
        assert "one" in text
        assert "two" in text


def test_the_page_on_the_web_comes_from_the_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYZER_PUBLISHER", "The Desk")
    monkeypatch.setenv("ANALYZER_REVIEW_URL", "https://desk.test/{article}#{claim}")
    graph = json.loads(run("show", "one", "--home", folder / "home", "-f", "claimreview").stdout)["@graph"]
    assert {node["author"]["name"] for node in graph} == {"The Desk"}
    assert all(node["url"] == f"https://desk.test/{node['url'][18:34]}#{node['identifier']}" for node in graph)


def test_a_report_in_one_file_stays_small(folder: Path) -> None:
    page = run("show", "one", "--home", folder / "home", "-f", "html").stdout
    assert len(page.encode("utf-8")) < 100_000
    assert "http" not in page.replace("http-equiv", "")


def test_a_binary_file_is_not_put_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(InputError, match=r"--out report\.xlsx"):
        cli_files.check(Format.xlsx, None)
    cli_files.check(Format.csv, None)
    cli_files.check(Format.xlsx, Path("report.xlsx"))


def test_a_missing_library_is_said_before_the_work_with_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r'pip install "commentary-analyzer\[market\]"'):
        cli_files.check(Format.parquet, Path("x.parquet"))


@pytest.mark.parametrize("format", ["xlsx", "parquet"])
def test_a_folder_that_is_not_there_is_said(format: str, folder: Path, tmp_path: Path) -> None:
    done = run("show", "one", "--home", folder / "home", "-f", format, "-o", tmp_path / "none" / "x")
    assert done.exit_code == 2
    assert "cannot be written" in done.output
    assert "Traceback" not in done.output
