"""How a verdict was computed: the rule, the figures, the rows used, and the lines of Python that compute it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pprint import pformat

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.codes import REASONS
from analyzer.model import ClaimResult, DataUsed, Evidence, MarketUsed, Report, Window
from analyzer.report import words

CODE = 74
"""Width of the lines of Python: with their indent they fit into 80 columns, and a terminal leaves them whole."""


def explanation(report: Report, claim: ClaimResult) -> RenderableType:
    """Everything on one claim, for a terminal."""
    parts: list[RenderableType] = [Text(f"“{words.one_line(claim.quote)}”", style="italic")]
    source = words.one_line(report.article.source)
    parts.append(Text(f"claim {claim.id}, characters {claim.start} to {claim.end} of {source}"))
    said = f"{claim.kind.replace('_', ' ')}, {claim.modality}, read by {claim.extracted_by.reader}"
    if claim.attribution.to == "cited":
        said += f", attributed to {words.one_line(claim.attribution.name or 'somebody cited')}"
    parts.append(Text(said))
    for name, verdict in (("when written", claim.verdict.when_written), ("latest", claim.verdict.latest)):
        if verdict is None:
            parts.append(Text(f"{name}: none, the article's date is unknown"))
            continue
        line = Text(f"{name} (data to {verdict.as_of}): ")
        line.append(f"{words.SIGNS[verdict.label]} {words.WORDS[verdict.label]}", style=words.COLOURS[verdict.label])
        reason = f" ({verdict.reason.replace('_', ' ')})" if verdict.reason else ""
        parts.append(line.append(f"{reason}. {words.one_line(verdict.summary)}"))
    for evidence in words.latest_evidence(claim):
        parts += [Text(""), evidence_text(evidence, report.run.market, report.article.published)]
    if not claim.evidence:
        parts.append(Text("No trial was formed for this claim, so there is no evidence."))
    run = report.run
    made = f"run {run.id}, analyzer {run.analyzer_version}, data vintage {run.data_vintage}"
    parts += [Text(""), Text(made, style="dim")]
    return Group(*parts)


def evidence_text(
    evidence: Evidence, market: MarketUsed = MarketUsed(), published: date | None = None
) -> RenderableType:
    """One piece of evidence: figures, rule, window, what was assumed, near misses, data, Python."""
    head = Text(f"{evidence.check} as of {evidence.as_of}: ", style="bold")
    head.append(words.WORDS[evidence.outcome], style=words.COLOURS[evidence.outcome])
    figures = Table.grid(padding=(0, 1))
    figures.add_column(style="dim", min_width=11)
    figures.add_column()
    for name, value in evidence_lines(evidence):
        figures.add_row(Text(name), Text(words.one_line(value)))
    code = Text("\n".join(f"    {line}" for line in python_lines(evidence, market, published)))
    return Group(
        head, Text(words.one_line(evidence.summary)), Padding(figures, (0, 0, 0, 2)), Text("  recompute", "dim"), code
    )


def evidence_lines(evidence: Evidence) -> Iterator[tuple[str, str]]:
    yield "rule", evidence.rule
    if evidence.reason and evidence.reason in REASONS:
        yield "reason", f"{evidence.reason}: {REASONS[evidence.reason]}"
    if evidence.stated:
        stated = evidence.stated
        unit, currency = stated.unit, stated.currency
        low, high = ("open" if v is None else words.quantity(v, unit, currency) for v in (stated.low, stated.high))
        allowed = f"allowed {low} to {high} ({stated.qualifier.replace('_', ' ')})"
        yield "stated", f"“{stated.text}” = {words.quantity(stated.value, unit, currency)}, {allowed}"
    observed = evidence.observed
    if observed and observed.value is not None:
        yield "observed", words.quantity(observed.value, observed.unit, observed.currency)
    if evidence.window != Window():
        days = evidence.window.model_dump(mode="json", exclude_none=True)
        yield "window", ", ".join(f"{name} {day}" for name, day in days.items())
    if evidence.pvalue is not None:
        yield "test", f"p = {evidence.pvalue:.4g}, n = {evidence.nobs}; null: {evidence.null_hypothesis}"
    for miss in evidence.near_misses:
        yield "near miss", miss.sentence or f"{miss.symbol} {words.quantity(miss.value, miss.unit, miss.currency)}"
    if evidence.basis:
        yield "basis", ", ".join(f"{k.replace('_', ' ')}: {v}" for k, v in evidence.basis.items())
    yield from (("assumed", note) for note in evidence.assumed)
    yield from (("caveat", note) for note in evidence.caveats)
    if evidence.robustness.of:
        variants = ", ".join(f"{v.name}: {words.WORDS[v.outcome]}" for v in evidence.robustness.variants)
        yield "robustness", f"{evidence.robustness.agree} of {evidence.robustness.of} variants agree ({variants})"
    for used in evidence.data:
        span = f"{used.first} to {used.last}, sha256 {used.sha256[:12]}"
        yield "data", f"{used.symbol} {used.field}, {used.basis.replace('_', ' ')}, {_origin(used)}, {span}"


def _day(day: date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"


def _origin(used: DataUsed) -> str:
    return f"{used.source} ({used.origin})" if used.origin else used.source


def python_lines(evidence: Evidence, market: MarketUsed = MarketUsed(), published: date | None = None) -> list[str]:
    """Python that runs the same trial again, on the folders and the catalogue files that the run had; ``published`` is
    the day of the text, where it is known."""
    as_of = _day(evidence.as_of)
    said = [f"said = {_day(published)}  # the day of the text"] if published else []
    return [
        "from datetime import date",
        *(["from pathlib import Path"] if market.folders or market.catalogues else []),
        "from analyzer.config import load",
        "from analyzer.pipeline import Workshop, check_by_hand",
        *_opened(market),
        *_assigned("params", evidence.params),
        f"check, as_of = {evidence.check!r}, {as_of}",
        *said,
        f"print(check_by_hand(check, params, market, as_of{', said' if said else ''}).summary)",
    ]


def _assigned(name: str, value: object) -> list[str]:
    """``name = value`` in lines of at most ``CODE`` characters."""
    start = f"{name} = "
    text = pformat(value, width=CODE - len(start), sort_dicts=False, compact=True)
    return f"{start}{text}".replace("\n", "\n" + " " * len(start)).splitlines()


def _path(path: str) -> Iterator[str]:
    """``Path('…'),`` on one line, a long one as pieces that Python joins: a terminal would break or cut its line. An
    address stays a string."""
    made = "" if "://" in path else "Path"
    if len(path) + 16 <= CODE:
        yield f"    {made}({path!r})," if made else f"    {path!r},"
        return
    yield f"    {made}("
    yield from (f"        {path[i : i + PIECE]!r}" for i in range(0, len(path), PIECE))
    yield "    ),"


PIECE = 56
"""Characters of a path on one line."""


def _opened(market: MarketUsed) -> Iterator[str]:
    """The market, with the folders and catalogue files of the user's, one a line."""
    named = {"data": market.folders, "catalogue": market.catalogues}
    for name, paths in named.items():
        if paths:
            yield f"{name} = ("
            yield from (line for path in paths for line in _path(path))
            yield ")"
    keywords = ", ".join(f"{name}={name}" for name, paths in named.items() if paths)
    yield f"market = Workshop(load({keywords})).market"
