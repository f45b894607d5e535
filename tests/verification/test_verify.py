"""``analyze verify``: what was written agrees; one digit or label changed does not; other data are told apart."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command import QUIET, refused, run

from analyzer import config
from analyzer.errors import InputError
from analyzer.model import Claim, Report, seal_of
from analyzer.pipeline import Options, Workshop, analyze_source
from analyzer.report.formats import to_json, to_jsonl
from analyzer.verification import running
from analyzer.verification.reading import Written, read_written
from analyzer.verification.running import Verification, verify
from analyzer.verification.view import as_record

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = """Nvidia fell 17 percent on 27 January 2025 and lost almost 600 billion dollars of market value in one day.

Apple lost 17 percent on 27 January 2025. The VIX jumped on Monday. It is fair that the market punishes greed.

Nvidia fell on 27 January 2025 because of DeepSeek. The S&P 500 will fall below 5,500 by the end of June 2025.
"""
Place = tuple[str | int, ...]
"""Where a leaf stands in the JSON."""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(config.load(home=tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def content(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The JSON of a small report with figures, near misses, p-values, a forecast, and claims without a trial."""
    article = tmp_path_factory.mktemp("article") / "monday.txt"
    article.write_text(TEXT, encoding="utf-8")
    written = written_by(workshop, article, "2025-01-28")
    evidence = [e for c in written["claims"] for e in c["evidence"]]
    assert any(e["pvalue"] is not None for e in evidence)
    assert any(e["near_misses"] for e in evidence)
    assert any(not c["evidence"] for c in written["claims"])
    return written


def written_by(workshop: Workshop, path: Path, published: str | None = None, text: bool = False) -> dict[str, Any]:
    options = Options(published=date.fromisoformat(published) if published else None)
    result = analyze_source(str(path), workshop, options)
    found: dict[str, Any] = json.loads(to_json([result.report], [result.article.text], text=text))
    return found


def sealed(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "seal": seal_of(content)}


def verified(content: dict[str, Any], workshop: Workshop) -> Verification:
    return verify(Written(content, Report.model_validate(content)), workshop.market)


# --- what analyze wrote agrees --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "corpus").glob("0*.md")))
def test_the_reports_of_the_corpus_agree(name: str, workshop: Workshop) -> None:
    found = verified(written_by(workshop, ROOT / "corpus" / name, text=True), workshop)
    assert found.differences == ()
    assert found.counts()["latest"][0] == len(found.report.claims or ()) > 0


def test_a_report_agrees_in_every_form(content: dict[str, Any], workshop: Workshop, tmp_path: Path) -> None:
    report = Report.model_validate(content)
    once, lines = tmp_path / "one.json", tmp_path / "two.jsonl"
    once.write_text("\ufeff" + json.dumps(content, sort_keys=True), encoding="utf-8")
    lines.write_text(to_jsonl([report, report], [TEXT, TEXT]) + "\n", encoding="utf-8")
    several = tmp_path / "several.json"
    several.write_text(to_json([report, report], [TEXT, TEXT], charts=True, text=True), encoding="utf-8")
    for path, number in ((once, 1), (lines, 2), (several, 2)):
        found = [verify(written, workshop.market) for written in read_written(path)]
        assert [one.differences for one in found] == [()] * number


def test_whole_numbers_may_be_written_without_their_point(content: dict[str, Any]) -> None:
    """As JavaScript writes them."""
    assert seal_of({"a": [1.0, {"b": -2.0}]}) == seal_of({"a": [1, {"b": -2}]})
    assert seal_of(content) == content["seal"]


def test_a_report_whose_extraction_failed_holds_nothing_to_verify(content: dict[str, Any], workshop: Workshop) -> None:
    found = verified(sealed({**content, "claims": None, "advice": []}), workshop)
    assert found.differences == ()


# --- one digit was changed ------------------------------------------------------------------------------------------


ONLY_SEALED = re.compile(
    r"schema_version|article\.(?!id$|published$).*|article\.id|run\.(?!market\.last_session).*|refused.*|unclaimed.*|"
    r"failed.*|seal|claims\.\d+\.(quote|statement|checkable|why_not|extracted_by\..*|attribution\..*|modality|reviews.*|"
    r"disagreement.*|judged_on\..*)|"
    r"claims\.\d+\.evidence\.\d+\.(basis\..*|assumed.*|directness|data\.\d+\.(symbol|field|basis))"
)
"""What no recomputation from data reaches, without the text: the seal alone guards it."""
LABELS = {"supported": "refuted", "refuted": "supported", "direct": "proxy"}


def paths(value: Any, path: Place = ()) -> Iterator[Place]:
    if isinstance(value, dict | list):
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(one, (*path, name))
    elif value is not None:
        yield path


def at(content: Any, path: Place) -> Any:
    for name in path:
        content = content[name]
    return content


def changed(value: Any) -> Any:
    """The value with one digit, or one word, another. Of a float it is the fourth that counts."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        figures = [found.start() for found in re.finditer(r"\d", repr(value)) if float(repr(value)[: found.end()] or 0)]
        return float(with_digit(repr(value), (figures or [-1])[:4][-1]))
    if value in LABELS:
        return LABELS[value]
    digits = [found.start() for found in re.finditer(r"\d", value)]
    return with_digit(value, digits[-1]) if digits else f"{value}s"


def with_digit(text: str, position: int) -> str:
    """The text with the digit at the position one more."""
    position %= len(text)
    return f"{text[:position]}{(int(text[position]) + 1) % 10}{text[position + 1 :]}"


def with_change(content: dict[str, Any], path: Place) -> dict[str, Any]:
    new = copy.deepcopy(content)
    at(new, path[:-1])[path[-1]] = changed(at(new, path))
    return new


def test_every_change_breaks_the_seal(content: dict[str, Any]) -> None:
    for path in paths(content):
        if path != ("seal",):
            assert seal_of(with_change(content, path)) != content["seal"], path


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the same trials give is computed once, for hundreds of reports that differ in what is said of it."""
    known: dict[str, Any] = {}

    def judged(cases: Any, *rest: Any) -> Any:
        claims = [case.claim.model_dump(include=set(Claim.model_fields)) for case in cases]
        key = repr((claims, [(case.trials, case.judged_on, case.disagreement) for case in cases], rest))
        if key not in known:
            known[key] = running_judged(cases, *rest)
        return known[key]

    running_judged = running.judged
    monkeypatch.setattr(running, "judged", judged)


@pytest.mark.usefixtures("remembered")
def test_every_change_of_what_follows_from_data_is_found_even_under_a_new_seal(
    content: dict[str, Any], workshop: Workshop
) -> None:
    missed, tried = [], 0
    for path in paths(content):
        name = ".".join(map(str, path))
        if ONLY_SEALED.fullmatch(name):
            continue
        tried += 1
        try:
            found = verified(sealed(with_change(content, path)), workshop)
        except ValueError:  # no report any more: read_written refuses it
            continue
        if not found.is_changed:
            missed.append(name)
    assert not missed, missed
    assert tried > 400


def test_the_place_that_was_changed_is_named(content: dict[str, Any], workshop: Workshop) -> None:
    path = ("claims", 0, "evidence", 0, "observed", "value")
    (found,) = verified(sealed(with_change(content, path)), workshop).differences
    assert (found.claim, found.field, found.topic) == (content["claims"][0]["id"], "observed.value", "figure")
    assert found.found == at(content, path)


def test_a_trial_that_is_taken_out_or_cannot_be_run_is_found(content: dict[str, Any], workshop: Workshop) -> None:
    less = copy.deepcopy(content)
    del less["claims"][0]["evidence"][-1]
    assert verified(sealed(less), workshop).is_changed
    other = copy.deepcopy(content)
    for evidence in other["claims"][0]["evidence"]:
        evidence["check"] = "no_such_check"
    assert verified(sealed(other), workshop).is_changed


def test_the_text_holds_the_quotes(workshop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    content = written_by(workshop, tmp_path / "a.txt", "2025-01-28", text=True)
    for path in (("claims", 0, "quote"), ("claims", 0, "judged_on", "paragraph"), ("article", "text")):
        found = verified(sealed(with_change(content, path)), workshop)
        assert found.is_changed, path
        assert {one.topic for one in found.differences} >= {"identity"}


def test_last_digits_of_another_machine_are_no_change(content: dict[str, Any], workshop: Workshop) -> None:
    """Under the seal of then a report was not touched, and the arithmetic of two machines may differ by a last bit."""
    path = ("claims", 0, "evidence", 0, "observed", "value")
    other = copy.deepcopy(content)
    at(other, path[:-1])["value"] *= 1 + 1e-12
    assert [one.field for one in verified(other, workshop).differences] == ["seal", "observed.value"]
    found = verify(Written(sealed(other), Report.model_validate(other)), workshop.market)
    assert (found.differences, found.is_rounded) == ((), True)


# --- other data -----------------------------------------------------------------------------------------------------


ROWS = "date,open,high,low,close,adj_close,volume\n{}"
BEFORE = "2025-01-24,10,10,10,10.00,10.00,1000\n2025-01-27,9,9,9,9.00,9.00,5000\n2025-01-28,9,9,9,9.09,9.09,2000\n"
CATALOGUE = """instruments:
  OMEGA.DE: {name: Omega Werke, kind: equity, exchange: XETR, currency: EUR, de: [Omega-Aktie], en: [Omega Works]}
"""
Own = Callable[[str | None], Workshop]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """A market with a share of one's own, with the rows that are given; None: without it."""
    (tmp_path / "own.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "own" / "prices").mkdir(parents=True)

    def opened(rows: str | None) -> Workshop:
        file = tmp_path / "own" / "prices" / "OMEGA.DE.csv"
        file.write_text(ROWS.format(rows or ""), encoding="utf-8")
        data = (tmp_path / "own",) if rows else ()
        return Workshop(config.load(home=tmp_path / "home", data=data, catalogue=(tmp_path / "own.yaml",)))

    return opened


@pytest.fixture
def omega(own: Own, tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "omega.txt").write_text("On Monday shares of Omega Works fell 10 percent.", encoding="utf-8")
    return written_by(own(BEFORE), tmp_path / "omega.txt", "2025-01-28")


def test_rows_that_came_later_change_nothing(omega: dict[str, Any], own: Own) -> None:
    found = verified(omega, own(BEFORE + "2025-08-01,9,9,9,8.00,8.00,2000\n"))
    assert found.differences == ()
    assert found.vintage != found.report.run.data_vintage


def test_other_rows_are_other_data_and_no_change_of_the_report(omega: dict[str, Any], own: Own) -> None:
    found = verified(omega, own(BEFORE.replace("9,9.00,9.00,5000", "9,9.50,9.50,5000")))
    assert (found.is_changed, found.has_other_data) == (False, True)
    assert [(m.said.symbol, m.found.symbol) for m in found.moved if m.said and m.found] == [("OMEGA.DE", "OMEGA.DE")]
    assert found.moved[0].said != found.moved[0].found


def test_a_source_that_is_missing_is_named_with_the_folder_that_the_run_read(
    omega: dict[str, Any], own: Own, tmp_path: Path
) -> None:
    found = verified(omega, own(None))
    assert (found.is_changed, found.has_other_data) == (False, True)
    assert [m.found for m in found.moved] == [None]
    (tmp_path / "omega.json").write_text(json.dumps(omega), encoding="utf-8")
    catalogue = tmp_path / "own.yaml"
    ended = run("verify", tmp_path / "omega.json", "--catalogue", catalogue, "--home", tmp_path, COLUMNS="300")
    assert ended.code == 3
    assert "No source has OMEGA.DE now." in ended.out
    assert f"--data {tmp_path / 'own'}" in ended.out


def test_a_changed_hash_is_a_changed_report_and_not_other_data(omega: dict[str, Any], own: Own) -> None:
    changed_hash = with_change(omega, ("claims", 0, "evidence", 0, "data", 0, "sha256"))
    found = verified(sealed(changed_hash), own(BEFORE))
    assert (found.is_changed, found.has_other_data) == (True, False)


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_exit_code_and_the_table(content: dict[str, Any], tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(content), encoding="utf-8")
    path = ("claims", 0, "verdict", "latest", "label")
    bad.write_text(json.dumps(with_change(content, path)), encoding="utf-8")
    ended = run("verify", good, "--home", tmp_path / "none")
    assert (ended.code, ended.err) == (0, "")
    assert "each figure to the last digit" in ended.out
    assert not (tmp_path / "none").exists()
    ended = run("verify", bad, "--home", tmp_path / "none")
    assert ended.code == 1
    assert "latest verdict, label: report refuted, recomputed supported" in " ".join(ended.out.split())
    ended = run("verify", bad, "--json", "--home", tmp_path / "none")
    (record,) = json.loads(ended.out)
    assert (ended.code, record["agrees"], record["changed"], record["other_data"]) == (1, False, True, False)
    assert record["counts"]["latest"]["differ"] == 1


def test_the_record_of_other_data_names_both_series(omega: dict[str, Any], own: Own) -> None:
    record = as_record(verified(omega, own(BEFORE.replace("10.00,10.00", "10.10,10.10"))))
    (series,) = json.loads(json.dumps(record))["series"]
    assert series["said"]["sha256"] != series["found"]["sha256"]


WRONG = [
    (QUIET, "is no JSON"),
    ("", "is empty"),
    ("[]", "no report"),
    ('{"claims": []}', "JSON, but no report"),
    ("[1, 2]", "JSON, but no report"),
    ("\xff\xfe", "is no text"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_no_report_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=said):
        read_written(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema_version": 0}, "no longer verifies"),
        ({"schema_version": 2}, "Update the program"),
        ({"schema_version": "1"}, "no report"),
        ({"advice": 3}, "not as analyze writes it: advice"),
    ],
)
def test_other_versions_and_forms_are_refused(
    change: dict[str, Any], said: str, content: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "report.json").write_text(json.dumps({**content, **change}), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_written(tmp_path / "report.json")


def test_a_report_from_before_the_grounds_were_kept_is_refused(content: dict[str, Any], tmp_path: Path) -> None:
    old = copy.deepcopy(content)
    for claim in old["claims"]:
        del claim["judged_on"]
    (tmp_path / "report.json").write_text(json.dumps(old), encoding="utf-8")
    with pytest.raises(InputError, match="Analyse the commentary again"):
        read_written(tmp_path / "report.json")


def test_a_file_that_breaks_off_is_said_to(content: dict[str, Any], tmp_path: Path) -> None:
    whole = json.dumps(content)
    path = tmp_path / "report.json"
    for text in (whole[:-1], whole[: len(whole) // 2], f"{whole}\n{whole[:-100]}"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="breaks off"):
            read_written(path)


def test_the_command_refuses_with_2(tmp_path: Path) -> None:
    refused(run("verify", tmp_path / "missing.json"), "cannot be read: No such file")
    refused(run("verify", tmp_path), "cannot be read: Is a directory")
