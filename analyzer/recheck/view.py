"""What came due and what changed, on the terminal and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.model import Verdict
from analyzer.recheck.judging import Change, Rechecked
from analyzer.recheck.obligations import STATES, Obligation, next_due
from analyzer.report import words


def due_view(found: Sequence[Obligation], latest: date) -> RenderableType:
    """Everything that is pending, by the day it comes due."""
    if not found:
        return Text("Nothing is pending.")
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("due", width=10, no_wrap=True)
    table.add_column("claim", width=8, no_wrap=True)
    table.add_column("author", width=18, no_wrap=True, overflow="ellipsis")
    table.add_column("what the text says", ratio=1)
    for one in found:
        table.add_row(
            str(one.end or "any day"), Text(one.claim[:8]), Text(words.one_line(one.author or "")),
            Text(f"“{words.one_line(one.quote)}”", style="bold" if one.state == "due" else ""),
        )  # fmt: skip
    counts = Counter(one.state for one in found)
    lines = [f"{counts[state]} {text}" for state, text in STATES.items() if counts[state]]
    return Group(table, Text(f"Data to {latest}: {'; '.join(lines)}."))


def recheck_view(results: Sequence[Rechecked], pending: Sequence[Obligation], latest: date) -> RenderableType:
    """What is another now, what could not be judged, and what comes due next."""
    parts: list[RenderableType] = []
    for one in results:
        if one.changes:
            parts += [Text(words.title(one.report), style="bold"), *(_change(c) for c in one.changes), Text("")]
    for one in results:
        if one.outcome == "held_back":
            parts.append(Text(f"left as it is: {words.title(one.report)}: {one.why}", style="yellow"))
    return Group(*parts, *(Text(line) for line in conclusion(results, pending, latest)))


def conclusion(results: Sequence[Rechecked], pending: Sequence[Obligation], latest: date) -> Iterator[str]:
    judged = sum(one.judged for one in results)
    changed = sum(len({c.claim for c in one.changes}) for one in results)
    written = sum(one.run is not None for one in results)
    articles = words.plural(sum(one.outcome != "held_back" for one in results), "article")
    if not results:
        yield f"Nothing has come due: the data go to {latest}."
    elif not changed:
        yield f"{words.plural(judged, 'claim')} of {articles} judged again with data to {latest}: nothing changed, "\
              "nothing was written."  # fmt: skip
    else:
        yield (
            f"{words.plural(judged, 'claim')} of {articles} judged again with data to {latest}: {changed} changed, in "
            f"{words.plural(written, 'new run')}; the earlier verdicts stay."
        )
    waiting = [one for one in pending if one.state == "no_data_yet"]
    if waiting:
        symbols = " ".join(sorted({symbol for one in waiting for symbol in one.symbols}))
        yield (
            f"{len(waiting)} {STATES['no_data_yet']} ({latest}). Try: analyze data update {symbols} (needs the "
            "[market] extra), or --data FOLDER."
        )
    following = next_due(pending)
    if following is not None:
        open_yet = sum(one.state == "open" for one in pending)
        quote = words.one_line(following.quote)
        yield f"Next due: {following.end}, {following.claim[:8]} “{quote}”. {open_yet} open in all (--due lists them)."


def _change(change: Change) -> RenderableType:
    head = Text(f"{change.claim[:8]} ")
    if change.stage == "when_written":
        head.append("when written: ", "dim")
    head.append_text(_label(change.was)).append(" → ").append_text(_label(change.now))
    if not change.is_label:
        head.append(" (another reason or other figures)", "dim")
    quote = Text(f"“{words.one_line(change.quote)}”", style="italic")
    lines = [quote, *([Text(words.one_line(change.now.summary))] if change.now else [])]
    return Group(head, *(Padding(line, (0, 0, 0, 2)) for line in lines))


def _label(verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text("none")
    return Text(f"{words.SIGNS[verdict.label]} {words.WORDS[verdict.label]}", style=words.COLOURS[verdict.label])


# --- for machines ----------------------------------------------------------------------------------------------------


def due_record(found: Sequence[Obligation], latest: date) -> dict[str, Any]:
    return {"data_to": latest, "pending": [asdict(one) for one in found]}


def recheck_record(results: Sequence[Rechecked], pending: Sequence[Obligation], latest: date) -> dict[str, Any]:
    following = next_due(pending)
    return {
        "data_to": latest, "judged": sum(one.judged for one in results),
        "articles": [
            {
                "article": one.report.article.id, "title": one.report.article.title, "outcome": one.outcome,
                "run": one.run, "why": one.why, "changes": [_change_record(change) for change in one.changes],
            }
            for one in results
        ],
        "open": sum(one.state == "open" for one in pending), "next_due": following and asdict(following),
    }  # fmt: skip


def _change_record(change: Change) -> dict[str, Any]:
    was, now = (verdict and verdict.model_dump(mode="json") for verdict in (change.was, change.now))
    return {"claim": change.claim, "quote": change.quote, "stage": change.stage, "was": was, "now": now}
