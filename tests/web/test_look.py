"""Report and page look alike: the colours and letters of both are the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import analyzer

HERE = Path(analyzer.__file__).parent
SHEETS = {
    "report": HERE / "report" / "templates" / "report.html",
    "page": HERE / "web" / "static" / "review.css",
}
DARK = re.compile(r"@media (?:screen and )?\(prefers-color-scheme: dark\)")


def variables(sheet: str, theme: str) -> dict[str, str]:
    """The custom properties of a sheet's first block in light, or of its first in dark."""
    text = SHEETS[sheet].read_text("utf-8")
    begins = 0 if theme == "light" else next(iter(DARK.finditer(text))).end()
    block = text[text.index("color-scheme" if theme == "light" else "--paper", begins) :].partition("}")[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;}]+?)\s*(?:;|$)", block))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_report_has_the_colours_and_letters_of_the_page(theme: str) -> None:
    report, page = variables("report", theme), variables("page", theme)
    assert len(report) > 14
    assert report == {name: page[name] for name in report}


def test_the_themes_are_two() -> None:
    light, dark = variables("page", "light"), variables("page", "dark")
    assert {name for name in dark if dark[name] == light[name]} == set()
