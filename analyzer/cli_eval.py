"""``analyze eval FOLDER``: how a reader and its verdicts fare against gold annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from analyzer.cli_common import DataOption, HomeOption, failed, opened
from analyzer.errors import InputError

if TYPE_CHECKING:
    from analyzer.evaluation.running import Evaluation
    from analyzer.evaluation.scoring import Share


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder with NAME.gold.json beside NAME.md or NAME.txt.")],
    model: Annotated[str | None, typer.Option("--model", help="provider:name, or rules.")] = None,
    data: DataOption = None,
    catalogue: Annotated[
        list[Path] | None, typer.Option("--catalogue", metavar="FILE", help="File with more instruments.")
    ] = None,
    when_written: Annotated[
        bool, typer.Option("--when-written", help="Score the verdicts as of publication, not the latest.")
    ] = False,
    reports: Annotated[
        Path | None, typer.Option("--reports", metavar="FILE", help="Score saved reports (JSON, JSONL), read nothing.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="Compare with what an earlier run wrote by --out.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write every row of the result here, as JSON.")
    ] = None,
    export_predictions: Annotated[
        Path | None, typer.Option("--export-predictions", metavar="FILE", help="Write predictions for a scorer.")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
    show: Annotated[int, typer.Option("--show", min=0, help="How many of the worst misses are shown.")] = 10,
    overlap: Annotated[float, typer.Option("--overlap", min=0.1, max=1.0, help="Least overlap of two quotes.")] = 0.5,
    fail_under: Annotated[
        list[str] | None,
        typer.Option("--fail-under", metavar="METRIC=SHARE", help="Exit 1 when a metric is lower. Repeatable."),
    ] = None,
    budget_usd: Annotated[
        float | None, typer.Option("--budget-usd", metavar="USD", help="Most that the model may cost in this run.")
    ] = None,
    home: HomeOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Score a reader, its binding and its verdicts against gold annotations."""
    if format not in ("table", "json"):
        raise failed(InputError(f"--format {format} is not known. There are: table, json."))
    given = {
        "home": home, "data": tuple(data or ()), "model": model, "catalogue": tuple(catalogue or ()),
        "budget_usd": budget_usd,
    }  # fmt: skip
    with opened(given, True) as workshop:
        from analyzer.evaluation import gold, running
        from analyzer.evaluation.scoring import shares

        floors = _floors(fail_under or ())
        earlier = running.read_evaluation(against) if against else None
        saved = running.read_reports(reports) if reports else None
        moment: Literal["latest", "when_written"] = "when_written" if when_written else "latest"
        found = running.evaluate(
            gold.read_gold(folder), workshop, moment, overlap, reports=saved,
            progress=lambda name: None if quiet else typer.echo(f"{name} …", err=True),
        )  # fmt: skip
        if out is not None:
            _save(out, found.as_json())
        if export_predictions is not None:
            _save(export_predictions, json.dumps(found.predictions, ensure_ascii=False, indent=1))
        scores = shares(found.rows, intervals=True)
        _print(found, earlier, scores, format, show, workshop.settings.color)
    low = [f"{name} is {_shown(scores[name])}, wanted {floor:g}" for name, floor in floors.items()
           if (scores[name].value or 0.0) < floor]  # fmt: skip
    for line in low:
        typer.echo(f"analyze: {line}", err=True)
    raise typer.Exit(1 if low else 0)


def _floors(given: Sequence[str]) -> dict[str, float]:
    from analyzer.evaluation.scoring import METRICS

    found = {}
    for one in given:
        name, _, share = one.partition("=")
        try:
            found[name] = float(share)
        except ValueError:
            raise InputError(f"--fail-under {one!r}: write it as precision=0.6.") from None
        if name not in METRICS:
            raise InputError(f"--fail-under {one!r}: there is no metric {name!r}. There are: {', '.join(METRICS)}.")
    return found


def _shown(share: Share) -> str:
    return "not measured" if share.value is None else f"{share.value:.3f}"


def _save(path: Path, text: str) -> None:
    """The file appears whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error


def _print(
    found: Evaluation, earlier: Evaluation | None, scores: dict[str, Share], format: str, show: int, color: Any
) -> None:
    from analyzer.evaluation.comparing import compare
    from analyzer.evaluation.view import comparison_view, evaluation_view
    from analyzer.report.terminal import console

    differences = compare(earlier.rows, found.rows) if earlier else ()
    if format == "json":
        rows = {
            name: {"share": s.value, "right": s.right, "of": s.of, "low": s.low, "high": s.high}
            for name, s in scores.items()
        }
        content: dict[str, Any] = {"reader": found.reader, "moment": found.moment, "metrics": rows}
        if earlier:
            content["against"] = {
                d.metric: {"before": d.before.value, "gained": d.gained, "lost": d.lost, "p": d.pvalue}
                for d in differences
            }
        typer.echo(json.dumps(content, indent=1))
        return
    terminal = console(color)
    terminal.print(evaluation_view(found, show))
    if earlier:
        terminal.print(comparison_view(earlier, found, differences))
