"""The table on the terminal, readable at 80 and at 160 columns; verdicts in words and signs as well as in colour."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.config import environment
from analyzer.model import ClaimResult, Report
from analyzer.report import words

WIDE = 120
"""From this width on, quote and finding stand in columns of their own."""


def console(color: str, file: Any = None) -> Console:
    """A console that honours NO_COLOR and the setting ``color`` (auto, never, always)."""
    plain = color == "never" or (environment("NO_COLOR") is not None and color != "always")
    columns = environment("COLUMNS")
    return Console(
        no_color=plain, force_terminal=True if color == "always" else None, highlight=False, file=file, soft_wrap=False,
        width=80 if columns == "0" else None, emoji=False, markup=False,
    )  # fmt: skip


def plain(draw: Callable[[Console], Any], width: int = 160) -> str:
    """What would be drawn, as text without colour: for files."""
    out = io.StringIO()
    draw(Console(file=out, width=width, no_color=True, highlight=False, markup=False))
    return out.getvalue()


def report_view(report: Report, width: int) -> RenderableType:
    """Head, table and foot of one report."""
    parts: list[RenderableType] = [_head(report)]
    if report.claims is None:
        parts.append(Text("No claims: the extraction failed (see below).", style="red"))
    elif not report.claims:
        parts.append(Text("No claim was found in this text."))
    else:
        parts.append(_wide(report.claims) if width >= WIDE else _narrow(report.claims))
    parts.append(_foot(report))
    return Group(*parts)


def _head(report: Report) -> RenderableType:
    article = report.article
    names = [n for n in (article.title, article.author, article.outlet) if n]
    title = words.one_line(" · ".join(names) or article.source)
    lines = [words.date_line(report), f"{words.reader_line(report)}; {words.data_line(report)}"]
    return Group(Text(title, style="bold"), *(Text(words.one_line(line)) for line in lines), Text(""))


def _wide(claims: Sequence[ClaimResult]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_lines=False, leading=1)
    table.add_column("claim", width=8, no_wrap=True, overflow="crop")
    table.add_column("verdict", width=15)
    table.add_column("what the text says", ratio=4)
    table.add_column("what the data say", ratio=6)
    for claim in claims:
        table.add_row(Text(claim.id[:8]), _verdict(claim), _quote(claim), _finding(claim))
    return table


def _narrow(claims: Sequence[ClaimResult]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, leading=1)
    table.add_column("verdict", width=15)
    table.add_column("what the text says, what the data say", ratio=1)
    for claim in claims:
        left = Group(_verdict(claim), Text(claim.id[:8], style="dim"))
        table.add_row(left, Group(_quote(claim), Padding(_finding(claim), (0, 0, 0, 2))))
    return table


def _verdict(claim: ClaimResult) -> Text:
    label = words.effective(claim)
    text = Text(f"{words.SIGNS[label]} {words.WORDS[label]}", style=words.COLOURS[label])
    reviewed = words.reviewed(claim)
    if reviewed:
        text.append(f"\n{reviewed}", style="dim")
    elif claim.verdict.latest.reason and label not in ("not_checkable",):
        text.append(f"\n{claim.verdict.latest.reason.replace('_', ' ')}", style="dim")
    return text


def _quote(claim: ClaimResult) -> Text:
    return Text(f"“{words.one_line(claim.quote)}”", style="italic")


def _finding(claim: ClaimResult) -> Text:
    """The summary; the rule where a word has no definition; what was assumed; the other verdict where it differs."""
    text = Text(words.one_line(claim.verdict.latest.summary))
    for line in words.assumed(claim):
        text.append(f"\nassumed: {words.one_line(line)}", style="dim")
    for line in words.second_opinion(claim):
        text.append(f"\n{words.one_line(line)}", style="yellow")
    then = words.then_differs(claim)
    if then:
        text.append(f"\n{words.one_line(then)}", style="dim")
    for line in words.amended(claim):
        text.append(f"\n{line}", style="cyan")
    return text


def _foot(report: Report) -> RenderableType:
    lines: list[RenderableType] = []
    if report.claims:
        lines.append(Text(words.counts(report.claims), style="bold"))
        reviewed = words.review_line(report.claims)
        lines += [Text(reviewed)] if reviewed else []
    signed = words.signed_line(report)
    lines += [Text(signed)] if signed else []
    shown = words.examples_line(report.run)
    lines += [Text(shown)] if shown else []
    added = words.added_line(report)
    lines += [Text(added)] if added else []
    for claim in report.added:
        lines += [Text(f"“{words.one_line(claim.quote)}” {line}", style="cyan") for line in words.amended(claim)]
    if report.refused:
        refused = words.plural(len(report.refused), "proposal")
        lines.append(Text(f"{refused} refused (in the JSON under refused)."))
    numbers = [words.one_line(u.text) for u in report.unclaimed if u.kind == "number"]
    if numbers:
        shown = ", ".join(numbers[:8]) + (" …" if len(numbers) > 8 else "")
        lines.append(Text(f"{words.plural(len(numbers), 'number')} that no claim covers: {shown}"))
    for failure in report.failed:
        lines.append(Text(f"failed: {failure.stage}, {failure.code}: {words.one_line(failure.message)}", style="red"))
    lines += [Text(words.one_line(line)) for line in report.advice]
    if report.claims:
        lines.append(Text(f"analyze explain {report.claims[0].id[:8]} shows how a verdict was computed.", style="dim"))
    return Group(*lines)


def claims_table(rows: Sequence[Any]) -> Table:
    """Claims of the ledger, one line each."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("claim", width=8, no_wrap=True, overflow="crop")
    table.add_column("verdict", width=15)
    table.add_column("kind", width=18, overflow="ellipsis", no_wrap=True)
    table.add_column("article", ratio=1, overflow="ellipsis", no_wrap=True)
    table.add_column("quote", ratio=3)
    for row in rows:
        label = Text(f"{words.SIGNS[row.label]} {words.WORDS[row.label]}", style=words.COLOURS[row.label])
        kind, where = Text(row.kind.replace("_", " ")), Text(words.one_line(row.title or row.article[:8]))
        table.add_row(Text(row.id[:8]), label, kind, where, Text(words.one_line(row.quote)))
    return table
