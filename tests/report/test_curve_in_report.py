"""The report draws what other defensible choices gave as the page does, with no script, and says the values too."""

from __future__ import annotations

import re
from typing import Any

from analyzer.model import Robustness, Variant
from analyzer.report.curve import curve
from analyzer.report.html import to_html

VARIANTS = (
    Variant(name="with <dividends>", outcome="supported", value=-0.18),
    Variant(name="beside its index", outcome="refuted", value=-0.02),
)


def page(report: Any, claim: Any, *variants: Variant) -> tuple[str, Any]:
    made = claim()
    (first, *others) = made.evidence
    robust = Robustness(agree=1, of=2, variants=variants)
    shown = first.model_copy(update={"robustness": robust, "as_of": made.verdict.latest.as_of})
    made = made.model_copy(update={"evidence": (shown, *others)})
    return to_html([(report(claims=(made,)), "Nvidia fell 17 percent, and the sun shone. 600 more.")]), shown


def test_the_curve_stands_in_the_report_as_it_does_on_the_page(report: Any, claim: Any) -> None:
    text, evidence = page(report, claim, *VARIANTS)
    assert curve(evidence, f"r{evidence.id}", "Other defensible choices") in text
    figure = text[text.index('<figure class="choices">') :]
    figure = figure[: figure.index("</figure>")]
    assert "1 of 2 agree" in figure
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>.*?</tr>", figure)]
    assert [row[-1] for row in rows] == ["supported", "refuted"]
    assert rows[0][-3:-1] == ["%", "✓"]
    assert "&lt;dividends&gt;" in figure
    assert "<script" not in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_without_other_choices_there_is_no_empty_figure(report: Any, claim: Any) -> None:
    assert '<figure class="choices">' not in page(report, claim)[0]
