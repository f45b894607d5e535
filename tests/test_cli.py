"""The command line: the main job in every format and from every kind of file, and the words that look at the record."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from command import ENGLISH, GERMAN, QUIET, READING_BY_RULES, counts, refused, run, verdicts

from analyzer.model import Report

FRONT_MATTER = """---
title: "A Monday"
author: Ada Example
outlet: The Test
date: 2025-01-28
licence: CC0-1.0
---
"""


@dataclass(frozen=True)
class Done:
    """One run of the main job that many tests look at."""

    home: Path
    article: Path
    report: dict[str, Any]
    err: str

    def show(self, *arguments: object, **environment: str) -> str:
        ended = run("show", *arguments, "--home", self.home, **environment)
        assert (ended.code, ended.err) == (0, "")
        return ended.out

    def claim(self, words: str) -> dict[str, Any]:
        return next(c for c in self.report["claims"] if words in c["quote"])


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("done")
    article, home = folder / "monday.md", folder / "home"
    article.write_text(FRONT_MATTER + ENGLISH, encoding="utf-8")
    ended = run(article, "--home", home, "--format", "json", "--fail-on", "pending")
    assert ended.code == 0, ended.err
    return Done(home, article, json.loads(ended.out), ended.err)


def pdf(lines: list[str]) -> bytes:
    """One page of text in Helvetica."""
    content = b"BT /F1 11 Tf 14 TL 50 720 Td " + b" T* ".join(b"(%s) Tj" % line.encode() for line in lines) + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
        b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"xref\n0 6\n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


def write_kinds(folder: Path) -> dict[str, Path]:
    """The same sentences as every kind of file that is read; two of them in German with umlauts."""
    paragraphs = ENGLISH.strip().split("\n\n")
    page = "".join(f"<p>{p}</p>" for p in paragraphs)
    word = io.BytesIO()
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(word)
    lines = [part for p in paragraphs for part in (*re.findall(r".{1,70}(?:\s|$)", p), "")]
    kinds = {
        "plain.txt": ENGLISH.encode(),
        "matter.md": (FRONT_MATTER + ENGLISH).encode(),
        "page.html": f"<html lang=en><title>T</title><body><article>{page}</article></body></html>".encode(),
        "word.docx": word.getvalue(),
        "print.pdf": pdf(lines),
        "wide.txt": GERMAN.encode("utf-16"),
        "windows.txt": GERMAN.encode("cp1252"),
    }
    for name, raw in kinds.items():
        (folder / name).write_bytes(raw)
    return {name: folder / name for name in kinds}


# --- the main job ---------------------------------------------------------------------------------------------------


def test_help_names_every_word_and_the_options_of_the_main_job() -> None:
    ended = run("--help")
    assert (ended.code, ended.err) == (0, "")
    for word in ("show", "explain", "claims", "checks", "check", "doctor"):
        assert re.search(rf"^  {word} ", ended.out, re.MULTILINE), word
    assert "PATH" in ended.out.split("\n")[0]
    for option in ("--date", "--as-of", "--format", "--fail-on", "--home", "--model"):
        assert option in ended.out, option


def test_the_command_loads_nothing_heavy_before_it_works() -> None:
    lines = "import sys, analyzer.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "numpy", "pydantic", "sqlalchemy", "chromadb", "rich.console", "openai"} & set(loaded)


def test_version_is_that_of_the_package() -> None:
    import analyzer

    assert run("--version").out == f"{analyzer.__version__}\n"


def test_without_arguments_the_usage_is_shown_as_an_error() -> None:
    ended = run()
    assert ended.code == 2
    assert ended.err.startswith("Usage: ")


def test_what_is_wrong_with_the_input_is_said_before_who_reads(tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text(QUIET, encoding="utf-8")
    missing = f"analyze: No such file: {tmp_path / 'missing.txt'}.\n"
    where = ("--home", tmp_path / "home")
    assert run(tmp_path / "missing.txt", *where).err == missing
    assert run(tmp_path / "missing.txt", tmp_path / "quiet.txt", *where).err == missing + READING_BY_RULES


def test_every_kind_of_file_gives_the_same_verdict_on_the_same_sentence(tmp_path: Path) -> None:
    kinds = write_kinds(tmp_path)
    ended = run(*kinds.values(), "--home", tmp_path / "home", "--format", "jsonl")
    assert (ended.code, ended.err) == (0, READING_BY_RULES)
    reports = [json.loads(line) for line in ended.out.splitlines()]
    assert [Path(r["article"]["source"]).name for r in reports] == list(kinds)
    for report in reports:
        first = report["claims"][0]
        assert "Nvidia" in first["quote"], report["article"]["source"]
        assert first["verdict"]["latest"]["label"] == "supported", report["article"]["source"]
    assert [r["article"]["language"] for r in reports] == ["en"] * 5 + ["de"] * 2
    assert "büßte" in reports[5]["claims"][1]["quote"]
    assert "büßte" in reports[6]["claims"][1]["quote"]
    matter = reports[1]["article"]
    assert (matter["title"], matter["author"], matter["outlet"]) == ("A Monday", "Ada Example", "The Test")
    assert (matter["published"], matter["published_basis"]) == ("2025-01-28", "metadata")
    assert counts(tmp_path / "home")["articles"] == len({r["article"]["id"] for r in reports})


def test_standard_input_is_read_with_a_date_and_a_language_and_judged_blind(tmp_path: Path) -> None:
    """One run for four options: -, --date, --as-of, --language, --quiet."""
    home = tmp_path / "home"
    given = ("-", "--date", "2025-01-28", "--as-of", "2025-02-03", "--language", "EN", "--quiet", "-f", "json")
    ended = run(*given, "--charts", "--home", home, stdin=ENGLISH.encode())
    assert (ended.code, ended.err) == (0, "")
    report = json.loads(ended.out)
    head = report["article"]
    assert (head["source"], head["published"], head["published_basis"]) == ("-", "2025-01-28", "given")
    assert report["run"]["as_of"] == "2025-02-03"
    seen = [as_of for c in report["claims"] for v in c["verdict"].values() for as_of in [v["as_of"]]]
    assert set(seen) == {"2025-01-28", "2025-02-03"}
    evidence = [e for c in report["claims"] for e in c["evidence"]]
    assert evidence
    for one in evidence:
        without_plan = {k: v for k, v in one.items() if k not in ("params", "summary", "rule", "caveats")}
        days = re.findall(r'"(\d{4}-\d\d-\d\d)"', json.dumps(without_plan))
        assert max(days) <= one["as_of"], one["check"]
    assert "judged as of 2025-02-03" in run("show", "--home", home).out


def test_an_as_of_date_beyond_the_data_is_not_claimed(tmp_path: Path) -> None:
    """A verdict's as-of date says up to when the data were seen; no table may promise more than the data hold."""
    path = tmp_path / "a.txt"
    path.write_text(ENGLISH)
    ended = run(path, "--as-of", "2030-01-01", "--home", tmp_path / "home", "-f", "json")
    report = json.loads(ended.out)
    last = report["run"]["market"]["last_session"]
    assert {c["verdict"]["latest"]["as_of"] for c in report["claims"]} == {last}


def test_one_bad_file_among_several_is_named_and_the_others_are_recorded(tmp_path: Path) -> None:
    good, quiet, home = tmp_path / "good.txt", tmp_path / "quiet.txt", tmp_path / "home"
    good.write_text(ENGLISH)
    quiet.write_text(QUIET)
    ended = run(good, tmp_path / "gone.txt", quiet, "--home", home, "--fail-on", "refuted")
    assert ended.code == 3
    assert "gone.txt" in ended.err
    assert "−16.97 %" in ended.out
    assert "No claim was found in this text." in ended.out
    assert counts(home)["articles"] == counts(home)["runs"] == 2


def test_who_reads_is_said_on_stderr(done: Done) -> None:
    assert done.err == READING_BY_RULES


# --- JSON: a contract ------------------------------------------------------------------------------------------------

CONTRACT = {
    "": "schema_version article run claims refused unclaimed failed",
    "article": "id title author outlet published published_basis language source characters text_sha256 raw_sha256",
    "run": "id started analyzer_version reader model prompts llm_calls prompt_tokens completion_tokens cost_usd seconds"
    " as_of data_vintage market",
    "run.market": "sources last_session",
    "claim": "id quote start end kind figures statement attribution modality checkable why_not extracted_by verdict"
    " reviews evidence",
    "attribution": "to name",
    "extracted_by": "reader model prompt",
    "verdict": "when_written latest",
    "latest": "label reason summary as_of",
    "evidence": "id check params basis assumed as_of directness outcome reason caveats statistic pvalue nobs"
    " null_hypothesis window stated observed near_misses data robustness",
    "statistic": "name value",
    "window": "base first last",
    "stated": "text low high unit currency",
    "observed": "value unit currency",
    "near_miss": "change symbol window value unit",
    "data": "symbol field basis source first last retrieved sha256",
    "robustness": "agree of variants",
    "unclaimed": "text start end kind",
}


def test_json_has_every_field_of_the_contract_under_its_documented_name(done: Done) -> None:
    report, claim, wrong = done.report, done.claim("Nvidia fell"), done.claim("Apple lost")
    evidence, miss = claim["evidence"][0], wrong["evidence"][0]["near_misses"][0]
    found = {
        "": report, "article": report["article"], "run": report["run"], "run.market": report["run"]["market"],
        "claim": claim, "attribution": claim["attribution"], "extracted_by": claim["extracted_by"],
        "verdict": claim["verdict"], "latest": claim["verdict"]["latest"], "evidence": evidence,
        "statistic": evidence["statistic"], "window": evidence["window"], "stated": evidence["stated"],
        "observed": evidence["observed"], "near_miss": miss, "data": evidence["data"][0],
        "robustness": evidence["robustness"],
    }  # fmt: skip
    for place, noun in found.items():
        assert not set(CONTRACT[place].split()) - set(noun), place
    assert report["schema_version"] == 1
    assert "chart" not in evidence
    assert "text" not in report["article"]


def test_json_is_read_back_by_the_model_without_loss(done: Done) -> None:
    report = Report.model_validate_json(json.dumps(done.report))
    assert json.loads(report.to_json()) == done.report


def test_every_quote_stands_in_the_text_at_its_offsets(done: Done) -> None:
    text = json.loads(done.show("-f", "json", "--with-text"))["article"]["text"]
    assert ENGLISH.strip() in text
    for claim in done.report["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["quote"]
    for number in done.report["unclaimed"]:
        assert text[number["start"] : number["end"]] == number["text"]


def test_the_example_is_judged_as_an_editor_would(done: Done) -> None:
    nvidia, apple = done.claim("Nvidia fell"), done.claim("Apple lost")
    assert nvidia["verdict"]["latest"]["label"] == "supported"
    assert nvidia["evidence"][0]["observed"]["value"] == pytest.approx(-0.1697, abs=1e-4)
    assert apple["verdict"]["latest"]["label"] == "refuted"
    assert apple["evidence"][0]["near_misses"][0]["symbol"] == "NVDA"


def test_a_quiet_harbour_is_no_claim_about_the_market(done: Done) -> None:
    assert not [c for c in done.report["claims"] if "harbour" in c["quote"]]


def test_charts_come_on_request_and_fit_the_evidence(done: Done) -> None:
    report = json.loads(done.show("-f", "json", "--charts"))
    chart = report["claims"][0]["evidence"][0]["chart"]
    assert len(chart["lines"][0]["dates"]) == len(chart["lines"][0]["values"]) > 10
    for claim, plain in zip(report["claims"], done.report["claims"], strict=True):
        for evidence in claim["evidence"]:
            evidence.pop("chart")
        assert claim == plain


def test_jsonl_is_one_line_an_article(done: Done) -> None:
    lines = done.show("-f", "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [done.report]


# --- the other formats ---------------------------------------------------------------------------------------------


def test_csv_has_one_row_a_claim_and_opens_in_a_spreadsheet(done: Done) -> None:
    text = done.show("-f", "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["claim"]: row["verdict"] for row in rows} == verdicts(done.report)
    assert rows[0]["quote"] == done.report["claims"][0]["quote"]
    assert [row["checks"] for row in rows[:2]] == ["session_return", "market_value_change"]


def test_markdown_has_one_row_a_claim(done: Done) -> None:
    text = done.show("-f", "md")
    assert text.startswith("# A Monday\n")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + len(done.report["claims"])
    assert all(line.count(" | ") == 3 for line in rows)
    assert "data to 2025-07-31" in text


class Page(HTMLParser):
    """Tags, ids, links and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [str(found[name]) for name in ("href", "src", "action", "srcset", "data") if name in found]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(found["content"])


def test_the_page_stands_alone_and_links_every_claim(done: Done) -> None:
    text = done.show("-f", "html")
    page = Page(text)
    assert page.policy.startswith("default-src 'none'")
    assert "script-src" not in page.policy
    assert not {"script", "iframe", "object", "link", "img", "form"} & set(page.tags)
    assert not re.search(r"https?:|url\(|@import", text)
    assert len(page.ids) == len(set(page.ids))
    assert page.tags.count("svg") >= 2
    for claim in done.report["claims"]:
        assert f"k{claim['id']}" in page.ids
        assert f"#k{claim['id']}" in page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert 'lang="en"' in text
    assert "−16.97 %" in text


@pytest.mark.parametrize("width", [80, 160])
def test_the_table_fits_the_terminal(done: Done, width: int) -> None:
    text = done.show(COLUMNS=str(width))
    assert max(len(line) for line in text.splitlines()) <= width
    assert "\x1b" not in text
    for said in ("A Monday", "2025-01-28 (from the file)", "✓ supported", "✗ refuted", "−16.97 %"):
        assert said in text
    assert "data to 2025-07-31" in " ".join(text.split())
    for claim in done.report["claims"]:
        assert claim["id"][:8] in text


@pytest.mark.parametrize("width", ["0", "-5", "wide", "20"])
def test_a_strange_width_still_shows_the_table(done: Done, width: str) -> None:
    assert "supported" in done.show(COLUMNS=width)


def test_colour_is_only_an_addition_and_can_be_turned_off(done: Done) -> None:
    def coloured(text: str) -> bool:
        return bool(re.search(r"\x1b\[[\d;]*(3[1-7]|9[0-7])m", text))

    always = done.show(ANALYZER_COLOR="always")
    assert coloured(always)
    assert re.sub(r"\x1b\[[\d;]*m", "", always) == done.show(ANALYZER_COLOR="never")
    assert not coloured(done.show(FORCE_COLOR="1", NO_COLOR="1"))


def test_a_terminal_that_knows_ascii_only_gets_a_table_and_no_traceback(done: Done) -> None:
    ended = run("show", "--home", done.home, PYTHONIOENCODING="ascii")
    assert ended.code == 0, ended.err[-300:]
    assert "supported" in ended.out


# --- --out, --fail-on ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "table"])
def test_out_writes_what_would_have_been_printed_and_leaves_nothing_else(done: Done, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    out.write_text("old")
    assert done.show("-f", form, "--out", out) == ""
    text = out.read_text(encoding="utf-8")
    assert text.rstrip("\n") == done.show("-f", form, COLUMNS="160").rstrip("\n")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_an_out_that_cannot_be_written_is_said_and_the_old_file_stays(done: Done, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "none" / "x.json", tmp_path / "folder", Path("/proc/x.json")):
        ended = run("show", "--home", done.home, "--out", out)
        refused(ended, str(out), "--out")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_an_out_that_cannot_be_written_is_said_before_any_work(tmp_path: Path) -> None:
    """Exit code 2 promises that nothing was done."""
    (tmp_path / "a.txt").write_text(ENGLISH)
    ended = run(tmp_path / "a.txt", "--out", tmp_path / "none" / "x.json", "--home", tmp_path / "home")
    refused(ended, "--out")
    assert not (tmp_path / "home" / "ledger.sqlite").exists() or counts(tmp_path / "home")["runs"] == 0


def test_fail_on_answers_with_one_when_a_claim_has_the_label(done: Done) -> None:
    """The run of ``done`` had no pending claim and ended with 0."""
    assert "pending" not in verdicts(done.report).values()
    ended = run(done.article, "--home", done.home, "--quiet", "--fail-on", "pending", "--fail-on", "refuted")
    assert (ended.code, ended.err) == (1, "")
    assert "✗ refuted" in ended.out


# --- words that look at the record ----------------------------------------------------------------------------------


@pytest.mark.parametrize("reference", ["id", "beginning", "file", "title", "nothing"])
def test_show_finds_an_article_by_what_a_person_has_at_hand(done: Done, reference: str) -> None:
    head = done.report["article"]
    words = {"id": head["id"], "beginning": head["id"][:6], "file": head["source"], "title": head["title"]}
    asked = [words[reference]] if reference in words else []
    assert json.loads(done.show(*asked, "-f", "json"))["article"]["id"] == head["id"]


def test_explain_gives_rule_rows_and_python_that_prints_the_same_summary(done: Done, tmp_path: Path) -> None:
    claim = done.claim("Nvidia fell")
    ended = run("explain", claim["id"][:8], "--home", done.home)
    assert (ended.code, ended.err) == (0, "")
    assert max(len(line) for line in ended.out.splitlines()) <= 80
    latest = [e for e in claim["evidence"] if e["as_of"] == claim["verdict"]["latest"]["as_of"]]
    flat = " ".join(ended.out.split())
    for evidence in latest:
        assert f"{evidence['check']} as of {evidence['as_of']}: supported" in flat
        assert evidence["data"][0]["sha256"][:12] in flat
    assert "“17 percent” = −17.00 %, allowed −17.50 % to −16.50 %" in flat
    assert "fraction" not in ended.out.split("recompute")[0]
    programs = re.findall(r"^  recompute\n((?:    .*\n)+)", ended.out, re.MULTILINE)
    assert len(programs) == len(latest) == 1
    for program, evidence in zip(programs, latest, strict=True):
        lines = "\n".join(line.removeprefix("    ") for line in program.splitlines())
        again = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, cwd=tmp_path, check=True)
        assert again.stdout.strip() == evidence["summary"]


def test_a_one_sided_figure_is_checked_by_hand() -> None:
    ended = run(
        "check", "level", "--symbol", "NVDA", "--session", "2025-01-27",
        "--relation", "above", "--stated", "über 100 Dollar",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert "supported" in ended.out


def test_claims_lists_and_filters(done: Done) -> None:
    def listed(*filters: str) -> list[str]:
        ended = run("claims", "--home", done.home, *filters, COLUMNS="160")
        assert ended.code == 0
        return [c["id"] for c in done.report["claims"] if c["id"][:8] in ended.out]

    every = [c["id"] for c in done.report["claims"]]
    assert listed() == every
    assert listed("--label", "refuted") == [i for i, label in verdicts(done.report).items() if label == "refuted"]
    assert listed("--symbol", "NVDA")[:1] == every[:1]
    assert listed("--text", "PANICKED") == [done.claim("panicked")["id"]]
    assert listed("--author", "Ada Example", "--article", done.report["article"]["id"][:6]) == every


@pytest.mark.parametrize(("option", "value", "known"), [("--label", "wrong", "refuted"), ("--kind", "moves", "level")])
def test_a_filter_that_can_fit_nothing_names_what_there_is(done: Done, option: str, value: str, known: str) -> None:
    refused(run("claims", "--home", done.home, option, value), value, known)


def test_checks_lists_the_catalogue_and_prints_a_page() -> None:
    from analyzer.checks import CHECKS

    listed = run("checks").out
    assert [line.split()[0] for line in listed.splitlines()] == list(CHECKS)
    page = run("checks", "session_return").out
    assert page.strip() == CHECKS["session_return"].page.strip()


def test_a_check_runs_by_hand_with_the_words_of_a_text(tmp_path: Path) -> None:
    home = tmp_path / "home"
    given = ("check", "session_return", "--symbol", "NVDA", "--session=2025-01-27", "--direction", "down")
    ended = run(*given, "--stated", "17 Prozent", "--peers", "AVGO,AAPL", "--json", "--home", home)
    assert (ended.code, ended.err) == (0, "")
    evidence = json.loads(ended.out)
    assert (evidence["outcome"], evidence["stated"]["low"]) == ("supported", -0.175)
    text = run(*given, "--home", home).out
    assert "session_return as of 2025-07-31: supported" in text
    assert "−16.97 %" in text
    blind = run(*given, "--as-of", "2025-01-26", "--home", home)
    assert blind.code == 0
    assert "no data" in blind.out
    assert not home.exists()


def test_doctor_says_what_is_configured_and_shows_no_key(tmp_path: Path) -> None:
    key = "not-a-key-of-anybody"
    home = tmp_path / "home"
    ended = run("doctor", "--home", home, OPENAI_API_KEY=key, ANALYZER_API_KEY=key)
    assert (ended.code, ended.err) == (0, "")
    assert key not in ended.out
    for said in (str(home), "rules", "OPENAI_API_KEY", "--model", "2025-07-31", "--data FOLDER"):
        assert said in ended.out
    home.write_text("a file")
    assert "NOT A FOLDER" in run("doctor", "--home", home).out
