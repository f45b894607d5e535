"""What a verification says: a table of what agrees, every difference, the series that are others, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer import __version__
from analyzer.model import DataUsed
from analyzer.report import words
from analyzer.verification.claims import SeriesMoved
from analyzer.verification.comparing import TOPICS, Compared
from analyzer.verification.running import Verification

LONG = 120
"""Characters of a value that are shown of a long one."""
HASH = re.compile("[0-9a-f]{64}")


def verification_view(found: Verification, show: int = 20) -> RenderableType:
    """One report, for a terminal of 80 columns."""
    parts: list[RenderableType] = [_head(found), _table(found)]
    changed, other = ([one for one in found.differences if one.cause == cause] for cause in ("report", "data"))
    if changed:
        parts += [Text("not what the data give", style="bold"), *_listed(changed, show), Text("")]
    if found.moved:
        parts += [Text("series that are others than those of the report", style="bold")]
        parts += [_indented(_series(one)) for one in found.moved]
        parts += [_indented(f"places of the report that differ for it: {len(other)} (--json lists them)"), Text("")]
    return Group(*parts, *(Text(line) for line in conclusion(found)))


def as_record(found: Verification) -> dict[str, Any]:
    """The same for machines."""
    article = found.report.article
    return {
        "article": article.id, "source": article.source, "agrees": not found.differences,
        "changed": found.is_changed, "other_data": found.has_other_data,
        "data_vintage": {"said": found.report.run.data_vintage, "found": found.vintage},
        "counts": {
            topic: dict(zip(("agree", "differ", "other_data"), counts, strict=True))
            for topic, counts in found.counts().items()
        },
        "differences": [asdict(one) for one in found.differences],
        "series": [
            {"said": one.said and one.said.model_dump(mode="json"), "found": one.found and
             one.found.model_dump(mode="json")} for one in found.moved
        ],
    }  # fmt: skip


def conclusion(found: Verification) -> Iterator[str]:
    """What follows, in sentences."""
    run = found.report.run
    if found.report.claims is None:
        yield "The extraction had failed, so the report holds no verdict."
    if not found.differences:
        but = "; the last digits of some figures are those of another machine" if found.is_rounded else ""
        yield f"Every verdict was recomputed and agrees{but or ', each figure to the last digit'}."
        return
    if found.is_changed:
        yield "The report says something else than its data give: it was changed, or another program computed it."
        if run.analyzer_version != __version__:
            yield f"It was written by analyzer {run.analyzer_version}; this is {__version__}."
        if found.vintage != run.data_vintage and not found.moved:
            yield (
                "The sources hold other data than then. What no piece of evidence names (neighbours that near misses "
                "are looked for in, share counts, events) may be others."
            )
    if found.has_other_data:
        yield "What rests on other data could be neither confirmed nor contradicted."
        if found.other_reading:
            yield (
                "A change by a person was tested beside another reading of the article, which this report does not "
                "hold. Recompute it on the page, or change it again there."
            )
        if found.moved or not found.other_reading:
            yield from _remedy(found)


def _remedy(found: Verification) -> Iterator[str]:
    read = [found.report.run.market, *(one.market for one in found.report.amendments())]
    folders = " ".join(dict.fromkeys(f"--data {folder}" for market in read for folder in market.folders))
    missing = sorted({one.said.symbol for one in found.moved if one.said and one.found is None})
    if missing:
        yield f"No source has {' '.join(missing)} now."
    if folders:
        yield f"The run also read these folders. Try: analyze verify FILE {folders}"
    elif missing:
        yield f"Try: --data FOLDER, or analyze data update {' '.join(missing)} (needs the [market] extra)."
    else:
        yield "Verify with the files of then (--data FOLDER), or analyse the commentary again on those of today."


def _head(found: Verification) -> Text:
    report, run = found.report, found.report.run
    vintage = run.data_vintage
    data = f"data vintage {vintage}, the same here" if found.vintage == vintage else (
        f"data vintage {vintage}, here {found.vintage}"
    )  # fmt: skip
    text = Text(words.title(report), style="bold")
    written = f"as of {found.as_of.written} and " if found.as_of.written else ""
    text.append(
        f"\nwritten by analyzer {run.analyzer_version}; recomputed {written}as of {found.as_of.latest}", "not bold"
    )
    return text.append(f"\n{data}", "not bold")


def _table(found: Verification) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    for name in ("agree", "differ", "other data"):
        table.add_column(name, justify="right", no_wrap=True)
    for topic, (agree, differ, other) in found.counts().items():
        if agree or differ or other:
            bad = ((differ, "red"), (other, "yellow"))
            cells = (Text(str(n), style=style if n else "") for n, style in bad)
            table.add_row(TOPICS[topic], str(agree), *cells)
    return table


def _listed(differences: Sequence[Compared], show: int) -> Iterator[RenderableType]:
    for one in differences[:show]:
        claim = f"{one.claim[:8]} " if one.claim else ""
        yield _indented(f"{claim}{one.where}, {one.field}: report {_shown(one.said)}, recomputed {_shown(one.found)}")
    left = len(differences) - show
    if left > 0:
        yield _indented(f"and {left} more (--show N)")


def _shown(value: Any) -> str:
    text = words.one_line(str(value))
    if HASH.fullmatch(text):
        return f"{text[:12]}…"
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _series(one: SeriesMoved) -> str:
    known = one.said or one.found
    name = "" if known is None else f"{known.symbol} {known.field}, {known.basis.replace('_', ' ')}"
    return f"{name}: then {_rows(one.said)}; now {_rows(one.found)}"


def _rows(used: DataUsed | None) -> str:
    if used is None:
        return "none"
    fetched = f", fetched {used.retrieved}" if used.retrieved else ""
    return f"{used.source}, {used.first} to {used.last}{fetched}, sha256 {used.sha256[:12]}"


def _indented(text: str) -> Padding:
    return Padding(Text(text), (0, 0, 0, 2))
