"""What pages are drawn with: phrases in both languages, the choice of language, the specification curve."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from analyzer.checks import CHECKS
from analyzer.model import Evidence, Kind, Label, Modality, Observed, PublishedBasis, Robustness, Stated, Variant
from analyzer.report.curve import NAMES, SIGNS, WIDTH, curve
from analyzer.scorecard.counting import WHY_NOT, By
from analyzer.store.desk_queries import STATES
from analyzer.web import wording
from analyzer.web.due import PARTS
from analyzer.web.groups import SORTS
from analyzer.web.pages import environment
from analyzer.web.workbench import STEPS

WEB = Path(wording.__file__).parent
TEMPLATES = sorted((WEB / "templates").glob("*.html"))


def test_every_phrase_is_said_in_both_languages_with_the_same_blanks() -> None:
    for key, phrase in wording.phrases().items():
        assert set(phrase) == set(wording.LANGUAGES), key
        assert len({frozenset(re.findall(r"\{(\w+)\}", text)) for text in phrase.values()}) == 1, key
        assert all(text.strip() for text in phrase.values()), key


def test_every_phrase_that_a_template_names_is_there_and_none_is_idle() -> None:
    text = "".join(path.read_text("utf-8") for path in (*TEMPLATES, *WEB.glob("*.py")))
    named = set(re.findall(r'say\([\'"](\w+)[\'"][,)]', text))
    known = set(wording.phrases())
    assert named <= known
    made = {f"{name}{value}" for name in re.findall(r'say\([\'"](\w+_)[\'"] ~', text) for value in _values(name)}
    assert made <= known
    assert len(named) > 50
    made |= {f"param_{name}" for check in CHECKS.values() for name in check.params.model_fields} & known
    quoted = set(re.findall(r'[\'"](\w+)[\'"]', text))
    assert known - named - made - quoted == set()


def _values(prefix: str) -> tuple[str, ...]:
    return {
        "label_": get_args(Label), "modality_": get_args(Modality), "basis_": get_args(PublishedBasis),
        "basis_of_": ("quote", "context", "article", "default", "proposed"), "state_": tuple(STATES),
        "signed_": ("complete", "missing", "undo"),
            "did_": ("agree", "override", "reject", "undo"), "directness_": ("direct", "statistical", "proxy"),
        "stands_": ("agreed", "overridden", "rejected", "disputed"), "unclaimed_": ("number", "statement"),
        "language_": ("de", "en"), "theme_": ("auto", "light", "dark"),
        "step_": STEPS, "work_": ("waiting", "known", "failed", "cancelled"),
        "computing_": ("groups", "scorecards", "due"), "place_": ("desk", "search", "groups", "scorecards", "due"),
        "kind_": get_args(Kind), "by_": (*get_args(By), "words", "meaning"), "order_": SORTS,
        "part_": (*PARTS, *(f"{part}_long" for part in PARTS)), "why_": tuple(WHY_NOT),
    }[prefix]  # fmt: skip


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_escapes_from_the_policy(path: Path) -> None:
    """No script or style of its own, no text that is not escaped, nothing from another server."""
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe|autoescape false|\sstyle=|<style|\son\w+=|javascript:|https?://", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    environment().parse(text)


def test_the_vendored_library_comes_with_its_version_and_licence() -> None:
    (library,) = (WEB / "static").glob("htmx-*.min.js")
    version = re.fullmatch(r"htmx-([\d.]+)\.min\.js", library.name)
    assert version is not None
    assert version[1] in library.read_text("utf-8")
    assert f"/static/{library.name}" in (WEB / "templates" / "layout.html").read_text("utf-8")
    assert "Zero-Clause BSD" in (WEB / "static" / "htmx-LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("wanted", "header", "chosen"),
    [
        (None, "de", "de"),
        ("en", "de", "en"),
        ("fr", "de", "de"),
        (None, "en;q=0.2,de-CH;q=0.4", "de"),
        (None, "x" * 9000, "en"),
    ],
)
def test_the_language_is_chosen_then_asked_for_then_english(wanted: str | None, header: str, chosen: str) -> None:
    assert wording.choose(wanted, header) == chosen


def test_figures_are_separated_as_the_language_does() -> None:
    assert (wording.figure(12345, "de"), wording.figure(12345, "en")) == ("12.345", "12,345")


# --- the specification curve ----------------------------------------------------------------------------------------


def evidence(*variants: Variant, observed: float | None = -0.17, **changes: Any) -> Evidence:
    stated = Stated(text="17 %", value=-0.17, low=-0.175, high=None, unit="fraction")
    made = {
        "id": "e", "trial": "t", "check": "session_return", "params": {}, "as_of": date(2025, 7, 31),
        "directness": "direct", "outcome": "supported", "reason": None, "summary": "", "rule": "", "stated": stated,
        "observed": Observed(value=observed, unit="fraction"),
        "robustness": Robustness(agree=1, of=len(variants), variants=variants),
    }  # fmt: skip
    return Evidence(**{**made, **changes})


SAME = Variant(name="log", outcome="supported", value=-0.172)
OTHER = Variant(name="another <b>window</b>", outcome="refuted", value=-0.02)
NONE = Variant(name="with dividends", outcome="no_data")


def drawn(one: Evidence) -> ET.Element:
    return ET.fromstring(curve(one, "e", "Others"))


def test_every_variant_is_a_row_in_the_order_of_its_value() -> None:
    root = drawn(evidence(OTHER, NONE, SAME))
    rows = root.findall("g")
    assert [row.findtext("title") for row in rows] == [
        "log: −17.20 %, supported", "another <b>window</b>: −2.00 %, refuted", "with dividends: no data",
    ]  # fmt: skip
    places = [float(circle.get("cx", "")) for circle in root.iter("circle")]
    assert len(places) == 2
    assert NAMES < places[0] < places[1] < WIDTH - SIGNS
    assert [text.text for text in root.iter("text") if (text.get("class") or "").startswith("sign")] == ["✓", "✗", "∅"]
    assert root.findtext("title") == "Others: 1/3 supported"


def test_what_the_text_allows_and_what_was_observed_are_drawn() -> None:
    root = drawn(evidence(SAME, OTHER))
    line, band = root.find("line[@class='observed']"), root.find("rect")
    assert line is not None
    assert band is not None
    left, width = float(band.get("x", "")), float(band.get("width", ""))
    assert left <= float(line.get("x1", "")) <= left + width
    assert any(text.text == "−17.00 %" for text in root.iter("text"))
    other_unit = evidence(SAME, observed=5.0).model_copy(update={"observed": Observed(value=5.0, unit="points")})
    assert drawn(other_unit).find("rect") is None


def test_a_variant_in_another_unit_is_written_and_has_no_place_on_the_axis() -> None:
    points = Variant(name="in points", outcome="supported", value=-184.28, unit="points")
    root = drawn(evidence(points, SAME, NONE))
    assert [row.findtext("title") for row in root.findall("g")] == [
        "log: −17.20 %, supported", "in points: −184.28, supported", "with dividends: no data",
    ]  # fmt: skip
    assert len(list(root.iter("circle"))) == 1
    assert "−184.28" in [text.text for text in root.iter("text")]


def test_without_variants_there_is_no_curve_and_without_values_no_axis() -> None:
    assert curve(evidence(), "e", "Others") == ""
    root = drawn(evidence(NONE, observed=None))
    assert root.find(".//circle") is None
    assert len(root.findall("g")) == 1


def test_a_long_name_is_cut_and_told_whole() -> None:
    root = drawn(evidence(SAME.model_copy(update={"name": "y" * 90})))
    name = root.find("g/text[@class='name']")
    assert name is not None
    assert name.text == "y" * 37 + "…"
    assert (root.findtext("g/title") or "").startswith("y" * 90)
