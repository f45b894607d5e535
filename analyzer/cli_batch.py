"""Many articles on the command line: progress while it runs, a summary at its end, events for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from analyzer.errors import InputError

if TYPE_CHECKING:
    from analyzer.batch.driver import Tally
    from analyzer.batch.items import Sources
    from analyzer.batch.opening import Choices
    from analyzer.batch.worker import Outcome
    from analyzer.pipeline import Options, Result, Workshop

FEW = 8
"""So many files named one by one are worked out in turn, and the table of each is printed."""
EVERY_S = 10.0
"""Between two lines of progress where there is no terminal."""
SHOWN_FAILURES = 20

JobsOption = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes for a batch; one a core if not given.")
]
InFlightOption = Annotated[
    int | None,
    typer.Option("--in-flight", min=1, metavar="N", help="Articles at once for which a model is waited for."),
]
EngineOption = Annotated[str, typer.Option("--engine", help="Who works through a batch: local, or ray.")]
RayOption = Annotated[
    str | None, typer.Option("--ray-address", metavar="ADDRESS", help="Of a Ray cluster, as in ray://head:10001.")
]
BatchApiOption = Annotated[
    bool, typer.Option("--batch-api", help="Order the model's answers: half the price, within a day (OpenAI).")
]
WaitOption = Annotated[bool, typer.Option("--wait", help="With --batch-api, stay until every answer has come.")]
RetryOption = Annotated[bool, typer.Option("--retry-failed", help="In a batch, try again what failed before.")]
RedoOption = Annotated[bool, typer.Option("--redo", help="In a batch, do again what is done and unchanged.")]
LogOption = Annotated[
    Path | None, typer.Option("--log-json", metavar="FILE", help="Append the events of a batch, one JSON a line.")
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="WHAT=NAME", help="Column of a .jsonl or .csv, as in text=body. Repeatable."),
]


def columns(given: Sequence[str] | None) -> dict[str, str]:
    found = {}
    for one in given or ():
        what, sign, name = one.partition("=")
        if not sign or not name:
            raise InputError(f"--column {one!r}: write it as text=body.", code="columns")
        found[what.strip()] = name
    return found


def engine_of(name: str, ray_address: str | None) -> str:
    """The engine; an address alone means Ray."""
    if name not in ("local", "ray"):
        raise InputError(f"--engine {name} is not known. There are: local, ray.")
    return "ray" if ray_address else name


def is_batch(found: Sources) -> bool:
    return found.many or len(found) > FEW


@dataclass
class Run:
    """One batch as the command line has it. ``log``: where its events go."""

    found: Sources
    workshop: Workshop
    options: Options
    choices: Choices
    retry_failed: bool = False
    redo: bool = False
    log: Path | None = None
    quiet: bool = False
    wait: bool = False

    def finish(self, output: Callable[[], None], fail_on: Sequence[str]) -> int:
        """Work through the articles, say what became of them, put out what was asked for; returns the exit code."""
        from analyzer.batch.memory import few_arenas

        started = time.monotonic()
        few_arenas()
        tally = self._worked()
        if not self.quiet:
            for line in failures(tally):
                typer.echo(line, err=True)
            for notice in self.workshop.market.notices:
                typer.echo(notice, err=True)
        self.view = summary(tally, time.monotonic() - started, self.found.left_out)
        output()
        if tally.stopped:
            typer.echo(f"analyze: the batch ended early: {tally.stopped}", err=True)
        if tally.interrupted:
            typer.echo("Interrupted. The same command goes on from what is recorded.", err=True)
        return _exit_code(tally, fail_on)

    def _worked(self) -> Tally:
        from analyzer.batch.driver import Batch
        from analyzer.batch.keys import list_id
        from analyzer.batch.opening import open_engine

        total = len(self.found)
        batch_id = list_id(self.workshop, self.options, self.found.names)
        if not self.quiet:
            typer.echo(f"Batch {batch_id}: {total:,} article{'' if total == 1 else 's'}.", err=True)
        with _events(self.log, batch_id) as event, _progress(total, self.quiet) as show:

            def told(what: str, outcome: Outcome | None, tally: Tally) -> None:
                event(what, outcome, tally)
                show(what, tally)

            event("started", None, None)
            engine = partial(open_engine, self.workshop, self.options, self.choices)
            batch = Batch(self.workshop, self.options, engine, told, self.retry_failed, self.redo)

            def one_pass() -> Tally:
                return batch.run(self.found.items(), total)

            tally = self._ordered(one_pass) if self.workshop.batch_api else one_pass()
            self.keys = batch.keys
            event("ended", None, tally)
        return tally

    def _ordered(self, one_pass: Callable[[], Tally]) -> Tally:
        from analyzer.batch.orders import Orders

        said = (lambda line: None) if self.quiet else partial(typer.echo, err=True)
        return Orders(self.workshop, self.wait, said).rounds(one_pass, retry_failed=self.retry_failed)

    def results(self) -> Iterator[Result]:
        """What the ledger holds of these articles, in their order; each is read when its turn comes."""
        from analyzer.pipeline import recorded_run

        for task in self.workshop.ledger.work.in_order(self.keys):
            if task.run is not None:
                yield recorded_run(self.workshop, task.run)


# --- progress ---------------------------------------------------------------------------------------------------------


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[str, Tally], None]]:
    """A bar on a terminal, a line now and then elsewhere."""
    if quiet:
        yield lambda what, tally: None
        return
    started = time.monotonic()
    if not sys.stderr.isatty():
        said = [started]

        def line(what: str, tally: Tally) -> None:
            if what == "interrupted":
                typer.echo(_INTERRUPTED, err=True)
            elif time.monotonic() - said[0] >= EVERY_S:
                said[0] = time.monotonic()
                typer.echo(_line(tally, said[0] - started), err=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shown = (BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn("{task.fields[line]}"), TimeRemainingColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("articles", total=total, line="")

        def move(what: str, tally: Tally) -> None:
            if what == "interrupted":
                bar.console.print(_INTERRUPTED)
            bar.update(task, completed=tally.seen, line=_numbers(tally, time.monotonic() - started))

        yield move


_INTERRUPTED = "Interrupted: what is in flight is finished. Ctrl-C again ends at once."


def _line(tally: Tally, seconds: float) -> str:
    fresh = tally.done + tally.failed
    left = (tally.total - tally.seen) * seconds / fresh if fresh else None
    rest = f", about {_time(left)} left" if left is not None else ""
    return f"{tally.seen:,} of {tally.total:,}: {_numbers(tally, seconds)}{rest}"


def _numbers(tally: Tally, seconds: float) -> str:
    parts = [f"{tally.done:,} done"]
    parts += [f"{tally.failed:,} failed"] if tally.failed else []
    parts += [f"{tally.claims:,} claims", *([f"{tally.refused:,} refused"] if tally.refused else [])]
    if tally.calls:
        money = "" if tally.cost_usd is None else f" {tally.cost_usd:.2f} USD"
        parts.append(f"{tally.prompt_tokens + tally.completion_tokens:,} tokens{money}")
    rate = (tally.done + tally.failed) / seconds if seconds > 0 else 0.0
    return ", ".join([*parts, f"{rate:.1f}/s"])


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


# --- events -----------------------------------------------------------------------------------------------------------

Event = Callable[[str, "Outcome | None", "Tally | None"], None]


@contextmanager
def _events(log: Path | None, batch_id: str) -> Iterator[Event]:
    if log is None:
        yield lambda what, outcome, tally: None
        return
    try:
        stream: TextIO = log.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise InputError(f"{log} cannot be written: {error.strerror}. Choose another --log-json.") from error
    with stream:

        def event(what: str, outcome: Outcome | None, tally: Tally | None) -> None:
            row = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": what}
            row |= {"batch": batch_id} if what in ("started", "ended", "interrupted") else {}
            row |= _of_outcome(outcome) if outcome else {}
            row |= _of_tally(tally) if tally and what in ("ended", "interrupted") else {}
            if what != "skipped":
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")

        yield event


def _of_outcome(outcome: Outcome) -> dict[str, Any]:
    row: dict[str, Any] = {"source": outcome.source, "key": outcome.key, "seconds": round(outcome.seconds, 3)}
    if outcome.failure is not None:
        row |= {"code": outcome.failure.code, "message": outcome.failure.message}
    if outcome.result is not None:
        report, run = outcome.result.report, outcome.result.report.run
        row |= {
            "article": report.article.id, "run": run.id, "refused": len(report.refused),
            "claims": None if report.claims is None else len(report.claims), "calls": run.llm_calls,
            "prompt_tokens": run.prompt_tokens, "completion_tokens": run.completion_tokens, "cost_usd": run.cost_usd,
        }  # fmt: skip
    return row


NUMBERS = (
    "total", "done", "failed", "earlier", "failed_before", "elsewhere", "waiting", "claims", "refused", "calls",
    "cached_calls", "prompt_tokens", "completion_tokens", "cost_usd", "stopped", "interrupted",
)  # fmt: skip


def _of_tally(tally: Tally) -> dict[str, Any]:
    return {**{name: getattr(tally, name) for name in NUMBERS}, "labels": dict(tally.labels)}


# --- the end ----------------------------------------------------------------------------------------------------------


def summary(tally: Tally, seconds: float, left_out: int = 0) -> Any:
    """What became of the corpus, as something that Rich prints."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    table.add_column("what")
    table.add_column("how many", justify="right")
    table.add_column("note", overflow="fold")
    for what, number, note in _rows(tally, seconds, left_out):
        table.add_row(what, number, note)
    return table


def _rows(tally: Tally, seconds: float, left_out: int) -> Iterator[tuple[str, str, str]]:
    from analyzer.report import words

    yield "articles", f"{tally.total:,}", f"{left_out:,} other files left out" if left_out else ""
    fresh = tally.done + tally.failed
    yield (
        "  done now",
        f"{tally.done:,}",
        f"in {_time(seconds)}" + (f", {fresh / seconds:.1f} a second" if fresh else ""),
    )
    for what, number, note in (
        ("  done before", tally.earlier, "unchanged, nothing was asked or computed (--redo does them again)"),
        ("  failed now", tally.failed, "--retry-failed tries them again"),
        ("  failed before", tally.failed_before, "--retry-failed tries them again"),
        ("  waiting", tally.waiting, "their answers are ordered; the same command collects them"),
        ("  in other hands", tally.elsewhere, "another batch is at them"),
        ("  not begun", tally.total - tally.seen, "the same command goes on with them"),
    ):
        if number:
            yield what, f"{number:,}", note
    yield "claims", f"{tally.claims:,}", ""
    for label, number in tally.labels.most_common():
        yield f"  {words.SIGNS[label]} {words.WORDS[label]}", f"{number:,}", ""
    if tally.refused:
        yield (
            "refused",
            f"{tally.refused:,}",
            "proposals of the model that did not stand in the text or did not validate",
        )
    if tally.calls or tally.cached_calls:
        cached = f"{tally.cached_calls:,} more answered from the cache" if tally.cached_calls else ""
        yield "calls", f"{tally.calls:,}", cached
        yield "tokens", f"{tally.prompt_tokens + tally.completion_tokens:,}", f"{tally.prompt_tokens:,} of prompts"
        yield "US dollars", "unknown" if tally.cost_usd is None else f"{tally.cost_usd:.4f}", ""


def failures(tally: Tally) -> list[str]:
    """What failed now, a line each."""
    lines = [f"failed: {source}: {failure.message}" for source, failure in tally.failures[:SHOWN_FAILURES]]
    more = len(tally.failures) - SHOWN_FAILURES
    return [*lines, *([f"… and {more:,} more; --log-json FILE lists all"] if more > 0 else [])]


def _exit_code(tally: Tally, fail_on: Sequence[str]) -> int:
    """130 interrupted, 3 something failed or was not begun, 2 nothing could be used, 1 a label of ``fail_on``, else 0.

    Labels are those of what was done now: what is unchanged has answered before.
    """
    if tally.interrupted:
        return 130
    if tally.failed and not (tally.done or tally.earlier):
        return 2 if all(f.stage == "read" for _, f in tally.failures) else 3
    if tally.failed or tally.failed_before or tally.stopped:
        return 3
    return 1 if set(tally.labels) & set(fail_on) else 0
