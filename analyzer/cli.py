"""The command line: parse, call, print, exit code. Only it and its parts print, exit, or catch AnalyzerError.

Exit codes: 0 done; 1 findings under ``--fail-on``; 2 usage, input or configuration, nothing was done; 3 some or all
articles failed on the way, the rest is recorded; 70 a bug; 130 interrupted. 2 and 3 win over 1.

Nothing heavy is imported at the top: ``--help`` loads Typer and the standard library.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from analyzer import cli_data, cli_estimate, cli_eval, cli_verify
from analyzer.cli_common import DataOption, HomeOption, complain, day, failed, opened, saying_the_reader
from analyzer.errors import AnalyzerError, InputError

if TYPE_CHECKING:
    from analyzer.model import Report
    from analyzer.pipeline import Workshop
    from analyzer.store.queries import ClaimFilters

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


class Format(StrEnum):
    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    md = "md"
    html = "html"


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

OnlineOption = Annotated[
    bool, typer.Option("--online", help="Fetch series that are missing or old (needs the market extra).")
]
app.add_typer(cli_data.app, name="data")
app.command("eval")(cli_eval.evaluate)
app.command("verify")(cli_verify.verify)

FormatOption = Annotated[Format, typer.Option("--format", "-f", help="What is printed.")]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file instead of stdout.")]


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
        list[str], typer.Argument(metavar="PATH", help="Files (.txt .md .html .pdf .docx), or - for stdin.")
    ],
    published: Annotated[str | None, typer.Option("--date", help="Day of publication, YYYY-MM-DD.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Judge 'latest' with data up to this day.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="de or en; else recognised.")] = None,
    model: Annotated[str | None, typer.Option("--model", help="provider:name, or rules.")] = None,
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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Analyse commentaries: find the claims, test them, print the table."""
    from analyzer.pipeline import Options

    for label in fail_on or []:
        _known(label, "--fail-on", "Label")
    if out is not None and not _writable(out):
        raise failed(InputError(f"{out} cannot be written. Choose another --out."))
    options = Options(published=day(published, "--date"), as_of=day(as_of, "--as-of"), language=language)
    given = {
        "home": home, "data": tuple(data or ()), "model": model, "catalogue": tuple(catalogue or ()),
        "online": online or None, "budget_usd": budget_usd,
    }  # fmt: skip
    with opened(given, quiet) as workshop:
        if dry_run:
            _write(*_estimated([_meant(path) for path in paths], workshop, options, format, out))
            return
        workshop.progress = saying_the_reader(workshop, quiet)
        reports, errors = _analyse_all(paths, workshop, options)
        _say_notices(workshop, quiet)
    if reports:
        _write(_formatted(reports, format, workshop, charts=charts, text=with_text), out, workshop)
    raise typer.Exit(_exit_code(reports, errors, fail_on or []))


def _estimated(paths: Sequence[str], workshop: Workshop, options: Any, format: Format, out: Path | None) -> Any:
    found, errors = cli_estimate.estimates(paths, workshop, options)
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
    words += [group.name for group in app.registered_groups if group.name]
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


def _say_notices(workshop: Workshop, quiet: bool) -> None:
    """What a service did not give, after the work."""
    for notice in () if quiet else workshop.market.notices:
        typer.echo(notice, err=True)


# --- looking at what is recorded ------------------------------------------------------------------------------------


@app.command()
def show(
    article: Annotated[
        str | None, typer.Argument(help="Id, its beginning, the file, or the title; else the last.")
    ] = None,
    format: FormatOption = Format.table,
    charts: Annotated[bool, typer.Option("--charts", help="Put chart data into the JSON.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Put the article's text into the JSON.")] = False,
    out: OutOption = None,
    home: HomeOption = None,
) -> None:
    """Show the table of an earlier run, in any format; nothing is recomputed."""
    from analyzer.pipeline import recorded

    with opened({"home": home}, quiet=True, reading=True) as workshop:
        result = recorded(workshop, article)
        _write(_formatted([result], format, workshop, charts=charts, text=with_text), out, workshop)


@app.command()
def explain(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or its beginning.")],
    home: HomeOption = None,
) -> None:
    """Explain a verdict: the rule, the rows, the versions, the lines of Python that recompute it."""
    from analyzer.report.explain import explanation

    with opened({"home": home}, quiet=True, reading=True) as workshop:
        report, found = workshop.ledger.claim(claim)
        _console(workshop).print(explanation(report, found))


@app.command()
def claims(
    article: Annotated[str | None, typer.Option("--article", help="Id of an article, or its beginning.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Kind of claim.")] = None,
    label: Annotated[str | None, typer.Option("--label", help="Label of the latest verdict.")] = None,
    symbol: Annotated[str | None, typer.Option("--symbol", help="Instrument that a trial is on.")] = None,
    author: Annotated[str | None, typer.Option("--author", help="Author of the article.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Words in the quote or the statement.")] = None,
    home: HomeOption = None,
) -> None:
    """List and filter the claims of the ledger."""
    from analyzer.report.terminal import claims_table

    _known(kind, "--kind", "Kind")
    _known(label, "--label", "Label")
    with opened({"home": home}, quiet=True, reading=True) as workshop:
        wanted: ClaimFilters = {
            "article": article,
            "kind": kind,
            "label": label,
            "symbol": symbol,
            "author": author,
            "text": text,
        }
        rows = workshop.ledger.claims(**wanted)
        if not rows and not any(wanted.values()):
            typer.echo("The ledger holds no claim yet. Analyze an article first: analyze article.txt", err=True)
        elif not rows:
            typer.echo("No claim fits. analyze claims without filters lists all.", err=True)
        else:
            _console(workshop).print(claims_table(rows))


# --- checks by hand -------------------------------------------------------------------------------------------------


@app.command()
def checks(name: Annotated[str | None, typer.Argument(help="Name of a check.")] = None) -> None:
    """List the catalogue of checks, or print the page of one."""
    from analyzer.checks import CHECKS, get

    try:
        if name is not None:
            typer.echo(get(name).page.strip())
            return
    except AnalyzerError as error:
        raise failed(error) from error
    for check in CHECKS.values():
        typer.echo(f"{check.name:22} {check.scale:9} {check.rule}")


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of a check; analyze checks lists them.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Blind after this day.")] = None,
    data: DataOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the evidence as JSON.")] = False,
    home: HomeOption = None,
    online: OnlineOption = False,
) -> None:
    """Run one check by hand, without a model.

    For example: analyze check session_return --symbol NVDA --session 2025-01-27 --stated "minus 17 %"
    """
    from analyzer.extract.by_hand import parameters, with_symbols
    from analyzer.pipeline import check_by_hand
    from analyzer.report.explain import evidence_text

    with opened({"home": home, "data": tuple(data or ()), "online": online or None}, quiet=True) as workshop:
        seen = workshop.market.open()
        given, taken = with_symbols(
            parameters(name, context.args), workshop.catalogue, lambda symbol: seen.last_session(symbol) is not None
        )
        for sentence in taken:
            typer.echo(sentence, err=True)
        evidence = check_by_hand(name, given, workshop.market, day(as_of, "--as-of"))
        if json:
            typer.echo(evidence.model_dump_json(indent=1, exclude={"chart"}))
        else:
            _console(workshop).print(evidence_text(evidence, workshop.market_used))
        _say_notices(workshop, False)


@app.command()
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make it anew from the ledger.")] = False,
    home: HomeOption = None,
) -> None:
    """Say what the index of passages and claims holds, or make it anew."""
    with opened({"home": home}, quiet=True) as workshop:
        if rebuild:
            workshop.index.rebuild(workshop.ledger)
            workshop.index.sync_instruments(workshop.instrument_texts)
        for name, entries in workshop.index.counts().items():
            typer.echo(f"{name:12} {entries}")


@app.command()
def doctor(home: HomeOption = None, data: DataOption = None) -> None:
    """Say what is configured, what is missing, and what to type."""
    from analyzer.report.doctor import findings

    with opened({"home": home, "data": tuple(data or ())}, quiet=True) as workshop:
        lines = findings(workshop.settings, workshop.market, workshop.catalogue)
        for line in lines:
            typer.echo(line)


# --- common ---------------------------------------------------------------------------------------------------------


def _console(workshop: Workshop) -> Any:
    from analyzer.report.terminal import console

    return console(workshop.settings.color)


def _formatted(results: Sequence[Any], format: Format, workshop: Workshop, *, charts: bool, text: bool) -> Any:
    """The reports in the chosen format: text, or something that Rich prints."""
    from analyzer.report import formats

    reports: list[Report] = [r.report for r in results]
    if format is Format.table:
        from analyzer.report.terminal import report_view

        return lambda console: [console.print(report_view(r, console.width)) for r in reports]
    if format is Format.json:
        return formats.to_json(reports, [r.article.text for r in results], charts=charts, text=text)
    if format is Format.jsonl:
        return formats.to_jsonl(reports, [r.article.text for r in results], charts=charts, text=text)
    if format is Format.csv:
        return formats.to_csv(reports)
    if format is Format.md:
        return formats.to_markdown(reports)
    from analyzer.report.html import to_html

    return to_html([(r.report, r.article.text) for r in results])


def _writable(out: Path) -> bool:
    return not out.is_dir() and os.access(out if out.exists() else out.parent, os.W_OK)


def _write(content: Any, out: Path | None, workshop: Workshop) -> None:
    """To stdout, or to the file as a whole: it appears complete or not at all. A device or a pipe is written as it is,
    and behind a link the file that it means is replaced."""
    if callable(content):
        from analyzer.report.terminal import plain

        content = content(_console(workshop)) if out is None else plain(content)
        if out is None:
            return
    if out is None:
        sys.stdout.write(content if content.endswith("\n") else content + "\n")
        return
    whole = out.is_file() or not out.exists()
    target = out.resolve() if whole else out
    part = target.with_name(target.name + ".part") if whole else target
    try:
        part.write_text(content, encoding="utf-8")
        if whole:
            part.replace(target)
    except OSError as error:
        if whole:
            part.unlink(missing_ok=True)
        raise failed(InputError(f"{out} cannot be written: {error.strerror}. Choose another --out.")) from error


def _known(given: str | None, option: str, names: str) -> None:
    """Refuse what is none of the model's closed set ``names``, and say what there is."""
    from typing import get_args

    from analyzer import model

    known = get_args(getattr(model, names))
    if given is not None and given not in known:
        raise failed(InputError(f"{option} {given!r} is not known. There are: {', '.join(known)}."))


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What happens to an output, and is no bug of the program."""


def _drop_output() -> None:
    """What stdout still holds is thrown away, or the end of the process would fail on it once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
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
        traceback.print_exc()
        typer.echo("analyze: this is a bug. Please report it with the lines above.", err=True)
        sys.exit(70)
