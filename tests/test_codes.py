"""Every code that the program can give is in the tables, and every code of the tables can be given."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import analyzer
from analyzer.codes import FAILURES, REASONS, REFUSALS
from analyzer.judge import NO_TRIAL
from analyzer.model import Label
from analyzer.report.formats import json_schema

PACKAGE = Path(analyzer.__file__).parent
LABELS = set(get_args(Label))


def words(node: ast.AST | None) -> Iterator[str]:
    """The texts that an expression can be: a constant, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from words(node.body)
        yield from words(node.orelse)


def given(folder: str) -> set[str]:
    """Texts that stand where a reason stands: ``reason=…``, and the second of a pair that begins with a label."""
    found: set[str] = set()
    for path in [PACKAGE / "judge.py", *(PACKAGE / folder).glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "reason":
                found.update(words(node.value))
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and LABELS & set(words(node.elts[0])):
                found.update(words(node.elts[1]))
    return {text for text in found if " " not in text} - LABELS


def everywhere() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.py") if p.name != "codes.py")


def test_every_reason_that_a_check_gives_is_known() -> None:
    assert given("checks") | given("stats") | set(NO_TRIAL) <= set(REASONS)


@pytest.mark.parametrize("code", sorted({*REASONS, *REFUSALS, *FAILURES}))
def test_every_known_code_can_be_given(code: str) -> None:
    assert f'"{code}"' in everywhere()


def test_the_schema_says_what_is_always_written_and_which_codes_are_known() -> None:
    schema = json.loads(json_schema())
    assert "advice" in schema["required"]
    evidence = schema["$defs"]["Evidence"]
    assert {"near_misses", "robustness", "pvalue"} <= set(evidence["required"])
    assert "chart" not in evidence["required"]
    assert evidence["properties"]["reason"]["examples"] == list(REASONS)
    assert schema["$defs"]["Failure"]["properties"]["code"]["examples"] == list(FAILURES)


def test_what_is_written_fits_the_schema(tmp_path: Path) -> None:
    from jsonschema import Draft202012Validator

    text = "On Monday Nvidia shares fell 17 percent. The bubble is bursting."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    report = analyzer.analyze(str(tmp_path / "a.txt"), home=tmp_path / "home", date="2025-01-28")
    validator = Draft202012Validator(json.loads(json_schema()))
    for flags in ({}, {"charts": True}, {"text": True}):
        assert list(validator.iter_errors(json.loads(report.to_json(**flags)))) == []
    short = json.loads(report.to_json())
    del short["claims"][0]["evidence"]
    assert not validator.is_valid(short)
