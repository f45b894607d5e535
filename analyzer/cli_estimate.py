"""``--dry-run``: what the main job would ask of the model and what that would cost, and nothing is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from analyzer.cli_common import complain
from analyzer.errors import AnalyzerError, ConfigError, InputError

if TYPE_CHECKING:
    from analyzer.batch.items import Item
    from analyzer.dry_run import Estimate
    from analyzer.pipeline import Workshop

SHOWN = 60
"""Articles that are listed one by one; of more only the sum is shown."""


def estimates(items: Iterable[Item], workshop: Workshop, options: Any) -> tuple[list[Estimate], list[AnalyzerError]]:
    """The estimate of each article; a bad one is reported and does not stop the others."""
    from analyzer.batch.worker import read_item
    from analyzer.dry_run import estimate

    found, errors = [], []
    for item in items:
        if item.source == "-":
            raise InputError("--dry-run reads files, not stdin: what it reads there would be gone for the run itself.")
        try:
            found.append(estimate(read_item(item, workshop.settings, options), workshop))
        except ConfigError:
            raise  # the same for every article
        except AnalyzerError as error:
            complain(error)
            errors.append(error)
    return found, errors


def as_output(found: Sequence[Estimate], model: str | None, format: str) -> Any:
    """What ``--dry-run`` prints: a table, or JSON."""
    from analyzer.dry_run import total

    every = [*found, total(list(found))] if len(found) > 1 else list(found)
    if format == "json":
        rows = [e.as_dict() for e in found]
        return json.dumps({"model": model, "articles": rows, "total": total(list(found)).as_dict()}, indent=1)
    if format != "table":
        raise InputError(f"--dry-run prints a table or json, not {format}.")
    return lambda console: [console.print(_view(every)), console.print(_foot(model))]


def _view(rows: Sequence[Estimate]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("article", overflow="fold")
    for name in ("words", "calls", "cached", "prompt", "answer", "USD"):
        table.add_column(name, justify="right")
    for row in rows if len(rows) <= SHOWN else rows[-1:]:
        money = "unknown" if row.cost_usd is None else f"{row.cost_usd:.4f}"
        numbers = (row.words, row.calls, row.cached, row.prompt_tokens, row.completion_tokens)
        table.add_row(PurePath(row.source).name, *(f"{n:,}" for n in numbers), money)
    return table


def _foot(model: str | None) -> str:
    if model in (None, "", "rules"):
        return "Read by rules: no call, no cost. --model provider:name says what a model would cost."
    return (
        f"Estimated for {model}: tokens of prompts as they would be sent (4 characters a token), of answers by what a "
        "claim and a trial usually take. Nothing was asked, nothing recorded."
    )
