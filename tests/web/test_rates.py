"""Charts of scorecards: that what is said stands on the page, on wide screens and on narrow ones; and a calibration of
forecasts that really came due."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from review_page import serving
from test_corpus import shown

from analyzer.config import load
from analyzer.pipeline import Options, Workshop, analyze_source
from analyzer.scorecard.cards import Rate
from analyzer.web import rates

LONG = "Verband der unabhängigen Beobachter der Börsen"


def drawn() -> list[ET.Element]:
    rows = [
        rates.Row("Ida <Quell>", Rate(0.56, 0.37, 0.72), 0.5, 27),
        rates.Row(LONG, Rate(0.9, 0.7, 0.98), None, 21),
        rates.Row("nobody", None, None, 3),
    ]
    return list(ET.fromstring(f"<both>{rates.svg(rows, 'Hit rate')}</both>"))


def test_a_chart_is_drawn_for_wide_and_for_narrow_screens_with_the_same_rows() -> None:
    wide, slim = drawn()
    assert [one.attrib["class"].split()[-1] for one in (wide, slim)] == ["wide", "slim"]
    for one in (wide, slim):
        names = [text.text for text in one.iter("text") if "name" in text.attrib["class"]]
        assert names[0] == "Ida <Quell>"
        assert len(names) == 2, "a row without a rate has no line"
        assert names[1].endswith("…"), names  # type: ignore[union-attr]
        assert [line.attrib["class"] for line in one.iter("line")].count("base") == 1
    assert wide[0].text == slim[0].text
    assert "56 % (37–72 %), base rate 50 %, n=27" in (wide[0].text or "")


def test_everything_stays_within_its_picture() -> None:
    for one in drawn():
        width, height = map(float, one.attrib["viewBox"].split()[2:])
        for mark in one.iter("circle"):
            assert 0 < float(mark.attrib["cx"]) < width
            assert 0 < float(mark.attrib["cy"]) < height


def test_who_is_calibrated_lies_on_the_diagonal_and_the_axes_are_named() -> None:
    bins = [rates.Bin(0.5, Rate(0.5, 0.3, 0.7), 20), rates.Bin(0.9, Rate(0.2, 0.1, 0.4), 12)]
    picture = ET.fromstring(rates.diagonal(bins, "Calibration", "stated", "came true"))
    (line,) = (one for one in picture.iter("line") if one.attrib["class"] == "base")
    (x1, y1), (x2, y2) = ((float(line.attrib[f"x{n}"]), float(line.attrib[f"y{n}"])) for n in (1, 2))
    above = []
    for dot in picture.iter("circle"):
        x, y = float(dot.attrib["cx"]), float(dot.attrib["cy"])
        above.append(y - (y1 + (y2 - y1) * (x - x1) / (x2 - x1)))
    assert above[0] == pytest.approx(0.0, abs=0.1)
    assert above[1] > 100, "overconfident: below the diagonal"
    assert [text.text for text in picture.iter("text") if "axis" in text.attrib["class"]] == ["came true", "stated"]


@pytest.mark.slow
def test_forecasts_that_came_due_are_drawn_by_what_they_stated(tmp_path: Path) -> None:
    workshop = Workshop(load(home=tmp_path / "home"))
    odds = (55, 60, 70, 80, 90)
    for n in range(24):
        year, month = 2019 + n // 6, 1 + 2 * (n % 6)
        end = f"{MONTHS[n % 6]} {year}"
        text = f"There is a {odds[n % 5]} percent chance that the S&P 500 will rise by the end of {end}.\n"
        head = f"---\nauthor: Ida Quell\ndate: {year}-{month:02}-04\nlanguage: en\n---\n\n"
        (tmp_path / f"{n}.md").write_text(head + text, encoding="utf-8")
        report = analyze_source(str(tmp_path / f"{n}.md"), workshop, Options()).report
        assert [c.verdict.latest.label in ("supported", "refuted") for c in report.claims or ()] == [True]
    workshop.index.close()
    workshop.ledger.close()
    with serving(tmp_path / "home") as served:
        text = shown(served.client, "/scorecards?by=author")
    told = re.search(r"<title>Calibration: ([^<]+)</title>", text)
    assert told is not None
    found = re.findall(r"(\d+) % → \d+ %, n=(\d+)", told[1])
    assert [int(stated) for stated, _ in found] == sorted(int(stated) for stated, _ in found)
    assert sum(int(n) for _, n in found) == 24
    assert len(found) == 3


MONTHS = ("February", "April", "June", "August", "October", "December")
