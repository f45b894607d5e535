"""What an evaluation says, on the terminal: good at 80 columns, and without colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.evaluation.comparing import Difference
from analyzer.evaluation.running import Evaluation
from analyzer.evaluation.scoring import (
    DRAWS,
    METRICS,
    Row,
    Share,
    confusion,
    f1,
    grouped,
    misses,
    shares,
)  # fmt: skip

SHORT = {
    "precision": "P", "recall": "R", "recall_checkable": "Rchk", "kind": "kind", "checkable_2way": "chk2",
    "bound": "bound", "figure": "fig", "verdict": "verd",
}  # fmt: skip
"""The metrics of the tables by article and kind, as their columns are headed."""
LONG = 160
MOST = 8


def evaluation_view(found: Evaluation, show: int = 10) -> RenderableType:
    """Scores with intervals beside the baseline, by article, language and kind, confusions, the worst misses."""
    rows = found.rows
    parts: list[RenderableType] = [
        _heading(
            f"{found.reader}, verdicts {'at the end of the data' if found.moment == 'latest' else 'when written'}"
        ),
        _totals(rows, found.baseline),
        *_not_signed_off(rows),
        _by("article", grouped(rows, lambda r: r.article)),
        _by("language", grouped(rows, lambda r: r.language)),
        _by("gold kind", grouped([r for r in rows if r.gold], lambda r: r.kind)),
        _heading("verdicts: gold down, found across"),
        _confused(confusion(rows, lambda r: (r.expected, r.label))),
        _heading("kinds that were taken for another"),
        _mixed_up(confusion(rows, lambda r: (r.kind, r.said_kind))),
    ]
    if show:
        parts += [_heading("worst misses"), *(_miss(name, row) for name, row in misses(rows)[:show])]
        left = len(misses(rows)) - show
        parts += [Text(f"and {left} more (--show N)", style="dim")] if left > 0 else []
    parts.append(_foot())
    return Group(*parts)


def comparison_view(before: Evaluation, after: Evaluation, differences: Sequence[Difference]) -> RenderableType:
    table = _table("metric", f"{before.reader} before", f"{after.reader} now", "gained", "lost", "p")
    for one in differences:
        p = "" if one.pvalue is None else f"{one.pvalue:.3f}"
        table.add_row(one.metric, _cell(one.before), _cell(one.after), str(one.gained), str(one.lost), p)
    foot = "gained, lost: gold claims that only the later or only the earlier run got right; p: McNemar's exact test"
    return Group(_heading("against the earlier run"), table, Text(foot, style="dim"))


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _table(first: str, *others: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="ellipsis", no_wrap=True)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _cell(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.2f}"


def _totals(rows: Sequence[Row], baseline: Sequence[Row]) -> Table:
    scores, plain = shares(rows, intervals=True), shares(baseline)
    table = _table("metric", "share", "95 %", "of", *(("every sentence",) if baseline else ()))
    for name, share in scores.items():
        interval = "" if share.low is None or share.high is None else f"{share.low:.2f}-{share.high:.2f}"
        extra = (_cell(plain[name]),) if baseline else ()
        table.add_row(name, _cell(share), interval, f"{share.right} of {share.of}", *extra)
    both = (f1(scores), f1(plain))
    shown = ["-" if value is None else f"{value:.2f}" for value in both]
    table.add_row("F1", shown[0], "", "", *((shown[1],) if baseline else ()))
    reversals = sum(r.reversed for r in rows)
    table.add_row("supported/refuted reversed", str(reversals), "", "", *(("",) if baseline else ()))
    return table


def _not_signed_off(rows: Sequence[Row]) -> list[Text]:
    """Over which articles precision is counted, where that is not all of them."""
    names = {row.article for row in rows}
    open_ones = {row.article for row in rows if not row.exhaustive}
    if not open_ones:
        return []
    counted = f"{len(names) - len(open_ones)} of {len(names)} articles"
    return [Text(f"precision is counted on {counted}: of the others nobody says that the gold holds every claim")]


def _by(what: str, groups: dict[str, tuple[Row, ...]]) -> Table:
    table = _table(what, "gold", "found", *SHORT.values())
    for name, rows in groups.items():
        scores = shares(rows)
        counts = (sum(r.gold for r in rows), sum(r.found for r in rows))
        table.add_row(name, *map(str, counts), *(_cell(scores[metric]) for metric in SHORT))
    return table


def _confused(counts: Counter[tuple[str, str]]) -> Table:
    across = sorted({said for _, said in counts})
    table = _table("", *(_narrow(label) for label in across))
    for gold in sorted({g for g, _ in counts}):
        table.add_row(gold, *(str(counts[gold, said] or "·") for said in across))
    return table


def _narrow(label: str) -> str:
    return label.replace("not_checkable", "not_chk").replace("inconclusive", "inconcl").replace("supported", "support")


def _mixed_up(counts: Counter[tuple[str, str]]) -> Table:
    table = _table("gold kind", "taken for", "claims")
    others = [(pair, count) for pair, count in counts.most_common() if pair[0] != pair[1]]
    for (gold, said), count in others[:MOST]:
        table.add_row(gold, said, str(count))
    rest = sum(count for _, count in others[MOST:])
    if rest:
        table.add_row("others", "", str(rest))
    return table


def _miss(name: str, row: Row) -> RenderableType:
    text = Text(f"{name}: ", style="bold")
    text.append(f"{row.article} {row.id} {row.kind}".strip())
    text.append(f"\n“{_cut(row.quote)}”")
    if row.gold and row.found:
        text.append(f"\ngold {row.expected}, found {row.label}: {_cut(row.summary)}")
        if row.said != row.quote:
            text.append(f"\nread as “{_cut(row.said)}”", style="dim")
    elif not row.gold:
        text.append(f"\nfound as {row.said_kind}, {row.label}", style="dim")
    return Padding(text, (0, 0, 1, 0))


def _cut(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= LONG else joined[: LONG - 1] + "…"


def _foot() -> Text:
    means = "; ".join(f"{name}: {what}" for name, (what, _) in METRICS.items())
    return Text(f"\n{means}. 95 %: bootstrap over articles, {DRAWS:,} draws, fixed seed.", style="dim")
