"""The command line: parse, call, print, exit code. Only it and its parts print, exit, or catch AnalyzerError.

Exit codes: 0 done; 1 findings under ``--fail-on``; 2 usage, input or configuration, nothing was done; 3 some or all
articles failed on the way, the rest is recorded; 70 a bug; 130 interrupted. 2 and 3 win over 1.

Nothing heavy is imported at the top: ``--help`` loads Typer and the standard library.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from analyzer import (
    cli_batch,
    cli_check,
    cli_data,
    cli_estimate,
    cli_eval,
    cli_export,
    cli_files,
    cli_forget,
    cli_memory,
    cli_recheck,
    cli_review,
    cli_review_files,
    cli_scorecard,
    cli_show,
    cli_upkeep,
    cli_verify,
)
from analyzer.cli_common import (
    DataOption,
    HomeOption,
    OnlineOption,
    answering,
    complain,
    day,
    failed,
    known,
    opened,
    say_notices,
    saying_the_reader,
)
from analyzer.cli_files import Format
from analyzer.cli_output import FormatOption, OutOption, formatted, writable, write
from analyzer.errors import AnalyzerError, ConfigError, InputError

if TYPE_CHECKING:
    from analyzer.batch.items import Item
    from analyzer.pipeline import Workshop

DEFAULT = "run"


class DefaultGroup(TyperGroup):
    """``analyze article.txt`` is ``analyze run article.txt``; a path that equals a word is written ``./word``."""

    own = frozenset({"--help", "-h", "--version"})

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options of the main job too: it has no word of its own to ask for help on."""
        rows = [row for p in self.commands[DEFAULT].get_params(ctx) if (row := p.get_help_record(ctx)) is not None]
        with formatter.section("Options of the main job"):
            formatter.write_dl([row for row in rows if row[0].startswith("-") and "--help" not in row[0]])
        super().format_options(ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in self.own:
            args = [DEFAULT, *args]
        return list(super().parse_args(ctx, args))


class MainJob(TyperCommand):
    """The main job has no word: usage reads "analyze PATH…", not "analyze run PATH…"."""

    context_class = type(
        "MainContext", (TyperCommand.context_class,), {"command_path": property(lambda self: self.parent.command_path)}
    )


app = typer.Typer(
    cls=DefaultGroup,
    add_completion=False,
    pretty_exceptions_enable=False,
    subcommand_metavar="PATH… | COMMAND …",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Find every claim in a market commentary and test each one against dated market data.\n\n"
    "analyze PATH… is the main job; the words below do the rest.",
)

app.command("show")(cli_show.show)
app.command("explain")(cli_show.explain)
app.command("claims")(cli_show.claims)
app.add_typer(
    cli_review_files.app, name="review", callback=cli_review.review, invoke_without_command=True, no_args_is_help=False,
    help=cli_review.HELP,
)  # fmt: skip
app.add_typer(cli_review_files.app, name="reviews", hidden=True)  # what export and import were called at first
app.command("search")(cli_memory.search)
app.command("groups")(cli_memory.groups)
app.command("recheck")(cli_recheck.recheck)
app.command("scorecard")(cli_scorecard.scorecard)
app.command("verify")(cli_verify.verify)
app.command("check", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})(cli_check.check)
app.command("checks")(cli_check.checks)
app.add_typer(cli_data.app, name="data")
app.command("eval")(cli_eval.evaluate)
app.command("export")(cli_export.export)
app.command("forget")(cli_forget.forget)
app.command("index")(cli_upkeep.index)
app.command("doctor")(cli_upkeep.doctor)


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:
        from analyzer import __version__

        typer.echo(__version__)
        raise typer.Exit


# --- the main job ---------------------------------------------------------------------------------------------------


@app.command(DEFAULT, cls=MainJob, hidden=True)
def run(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help="Files (.txt .md .html .pdf .docx), folders, .jsonl, .csv, or - for stdin."
        ),
    ],
    published: Annotated[str | None, typer.Option("--date", help="Day of publication, YYYY-MM-DD.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Judge 'latest' with data up to this day.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="de or en; else recognised.")] = None,
    model: Annotated[str | None, typer.Option("--model", help="provider:name, or rules.")] = None,
    no_examples: Annotated[
        bool, typer.Option("--no-examples", help="Show the model no bindings that people agreed with.")
    ] = False,
    data: DataOption = None,
    catalogue: Annotated[
        list[Path] | None, typer.Option("--catalogue", metavar="FILE", help="File with more instruments.")
    ] = None,
    format: FormatOption = Format.table,
    charts: Annotated[bool, typer.Option("--charts", help="Put chart data into the JSON.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Put the article's text into the JSON.")] = False,
    out: OutOption = None,
    home: HomeOption = None,
    online: OnlineOption = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", metavar="LABEL", help="Exit 1 when a claim has this label. Repeatable."),
    ] = None,
    budget_usd: Annotated[
        float | None, typer.Option("--budget-usd", metavar="USD", help="Most that the model may cost in this run.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what a run would cost; ask and record nothing.")
    ] = False,
    jobs: cli_batch.JobsOption = None,
    in_flight: cli_batch.InFlightOption = None,
    engine: cli_batch.EngineOption = "local",
    ray_address: cli_batch.RayOption = None,
    batch_api: cli_batch.BatchApiOption = False,
    wait: cli_batch.WaitOption = False,
    retry_failed: cli_batch.RetryOption = False,
    redo: cli_batch.RedoOption = False,
    log_json: cli_batch.LogOption = None,
    column: cli_batch.ColumnOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Analyse commentaries: find the claims, test them, print the table."""
    from analyzer.batch.items import sources
    from analyzer.batch.opening import Choices
    from analyzer.pipeline import Options

    for label in fail_on or []:
        known(label, "--fail-on", "Label")
    if out is not None and not writable(out):
        raise failed(InputError(f"{out} cannot be written. Choose another --out."))
    with answering():
        cli_files.check(format, out)
    options = Options(published=day(published, "--date"), as_of=day(as_of, "--as-of"), language=language)
    given = {
        "home": home, "data": tuple(data or ()), "model": model, "catalogue": tuple(catalogue or ()),
        "online": online or None, "budget_usd": budget_usd, "examples": False if no_examples else None,
    }  # fmt: skip
    with opened(given, quiet) as workshop:
        found = sources(paths, cli_batch.columns(column))
        if dry_run:
            write(*_estimated(found.items(), workshop, options, format, out))
            return
        choices = Choices(jobs, in_flight, cli_batch.engine_of(engine, ray_address), ray_address)
        workshop.batch_api = batch_api
        workshop.progress = saying_the_reader(workshop, quiet)
        if cli_batch.is_batch(found) or batch_api or choices.engine != "local":
            workshop.progress("extract")
            batch = cli_batch.Run(found, workshop, options, choices, retry_failed, redo, log_json, quiet, wait)
            raise typer.Exit(batch.finish(_output_of(batch, format, out, charts=charts, text=with_text), fail_on or []))
        reports, errors = _analyse_all(list(found.files), workshop, options)
        say_notices(workshop, quiet)
    if reports:
        write(formatted(reports, format, workshop, charts=charts, text=with_text), out, workshop)
    raise typer.Exit(_exit_code(reports, errors, fail_on or []))


def _output_of(batch: cli_batch.Run, format: Format, out: Path | None, *, charts: bool, text: bool) -> Any:
    """What a batch puts out when it is over: its summary, or the reports as the ledger has them."""

    def output() -> None:
        content: Any = lambda console: [console.print(batch.view)]  # noqa: E731
        if format is not Format.table:
            content = formatted(batch.results(), format, batch.workshop, charts=charts, text=text)
        write(content, out, batch.workshop)

    return output


def _estimated(items: Iterable[Item], workshop: Workshop, options: Any, format: Format, out: Path | None) -> Any:
    found, errors = cli_estimate.estimates(items, workshop, options)
    if errors and not found:
        raise errors[0]
    return cli_estimate.as_output(found, workshop.settings.model, format.value), out, workshop


def _analyse_all(paths: Sequence[str], workshop: Workshop, options: Any) -> tuple[list[Any], list[AnalyzerError]]:
    """Each path in turn; a bad one is reported and does not stop the others."""
    from analyzer.pipeline import analyze_source

    results, errors = [], []
    for path in paths:
        try:
            results.append(analyze_source(_meant(path), workshop, options, stdin=sys.stdin.buffer))
        except AnalyzerError as error:
            complain(error)
            errors.append(error)
    return results, errors


def _meant(path: str) -> str:
    """The path. A misspelt word of the command is said here, all else that is wrong with it where it is read."""
    from difflib import get_close_matches

    words = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback and not c.hidden]
    words += [group.name for group in app.registered_groups if group.name and not group.hidden]
    near = get_close_matches(path, words, n=1)
    if near and not os.path.lexists(path):
        raise InputError(f"There is no file {path!r}. Did you mean {near[0]}?", code="not_found")
    return path


def _exit_code(results: Sequence[Any], errors: Sequence[AnalyzerError], fail_on: Sequence[str]) -> int:
    if errors and not results:
        return max(e.exit_code for e in errors)
    if errors or any(r.report.failed for r in results):
        return 3
    labels = {c.verdict.latest.label for r in results for c in r.report.claims or ()}
    return 1 if labels & set(fail_on) else 0


# --- the process -----------------------------------------------------------------------------------------------------

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What happens to an output, and is no bug of the program."""


def _drop_output() -> None:
    """What stdout still holds is thrown away, or the end of the process would fail on it once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    # Products of matrices are small here: threads of their own cost twice the processor's time, and stand in the way of
    # those that work on whole simulations. Read when numpy is imported, which is later than here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What imports make stays; to look through all of it again and again for what may go costs up to half a second.
    gc.set_threshold(50_000, 20, 100)
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show a sign gets "?" for it
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        try:
            app(prog_name="analyze")
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe went away: nobody is left to tell
        _drop_output()
        sys.exit(141)
    except Exception as error:  # a bug must look like a bug, and not like the 1 of --fail-on
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            _drop_output()
            what = f"the output could not be written: {error.strerror}. What is recorded is unharmed: analyze show"
            typer.echo(f"analyze: {what}", err=True)
            sys.exit(3)
        if isinstance(error, ConfigError):  # met while modules are read: a word list that somebody changed
            typer.echo(f"analyze: {error}", err=True)
            sys.exit(error.exit_code)
        traceback.print_exc()
        typer.echo("analyze: this is a bug. Please report it with the lines above.", err=True)
        sys.exit(70)
