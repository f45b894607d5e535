"""One self-contained HTML file: the article with its claims highlighted beside the evidence. No script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

from analyzer.model import ClaimResult, Evidence, Report, Variant
from analyzer.report import words
from analyzer.report.chart import caption, svg
from analyzer.report.curve import curve, ordered, written
from analyzer.report.deciding import Rows, lines


@dataclass(frozen=True)
class Piece:
    """A stretch of the article: plain, or covered by claims (the innermost gives colour and link)."""

    text: str
    claim: ClaimResult | None
    number: int = 0


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("analyzer.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(
        words=words,
        chart=_chart,
        curve=_curve,
        choices=_choices,
        caption=_caption,
        figures=_figures,
        latest=words.latest_evidence,
        visible=words.visible,
        lines=lines,
    )
    return environment.get_template("report.html")


RowsOf = Callable[[Evidence], Sequence[Rows]]
"""Gives the rows that decided a piece of evidence."""


def to_html(results: Iterable[tuple[Report, str]], rows: RowsOf = lambda evidence: ()) -> str:
    return "".join(page(results, rows))


def page(results: Iterable[tuple[Report, str]], rows: RowsOf = lambda evidence: ()) -> Iterator[str]:
    """The page of one or several articles, each a report and its text, in pieces."""
    remaining = iter(results)
    first = next(remaining, None)
    articles = ((report, pieces(report, text)) for report, text in chain(() if first is None else (first,), remaining))
    title = words.title(first[0]) if first else "No article"
    yield from _template().generate(articles=articles, title=title, rows=rows)


def pieces(report: Report, text: str) -> list[Piece]:
    """The text cut at the borders of claims; where claims overlap the shortest one is shown."""
    claims = report.claims or ()
    numbers = {claim.id: n for n, claim in enumerate(claims, 1)}
    borders = sorted({0, len(text), *(c.start for c in claims), *(c.end for c in claims)})
    found = []
    for start, end in pairwise(borders):
        covering = [c for c in claims if c.start <= start and end <= c.end]
        claim = min(covering, key=lambda c: c.end - c.start) if covering else None
        found.append(Piece(words.visible(text[start:end]), claim, numbers[claim.id] if claim else 0))
    return found


def _chart(evidence: Evidence) -> Any:
    from markupsafe import Markup

    # svg() escapes every text it is given.
    return Markup(svg(evidence.chart, f"c{evidence.id}")) if evidence.chart else ""


def _curve(evidence: Evidence) -> Any:
    from markupsafe import Markup

    # curve() escapes every text it is given.
    return Markup(curve(evidence, f"r{evidence.id}", "Other defensible choices"))


def _choices(evidence: Evidence) -> list[tuple[Variant, str]]:
    """What the curve shows, row by row, with the value as it is written."""
    return [(one, written(one, evidence)) for one in ordered(evidence)]


def _caption(evidence: Evidence) -> str:
    """The chart's title with its unit; an index counts points, whatever its shares are paid in."""
    index = any(used.symbol.startswith("^") for used in evidence.data[:1])
    return caption(evidence.chart, priced=not index) if evidence.chart else ""


def _figures(evidence: Evidence) -> list[tuple[str, str]]:
    from analyzer.report.explain import evidence_lines

    return list(evidence_lines(evidence))
