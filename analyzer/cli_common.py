"""What the words of the command line share: options, days, opening, and how an error is told and answered."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.errors import AnalyzerError, InputError

if TYPE_CHECKING:
    from analyzer.pipeline import Workshop

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder of all state: ledger, index, caches.", show_default=False)
]
DataOption = Annotated[
    list[str] | None,
    typer.Option("--data", metavar="FOLDER", help="Folder of market data (or s3://…), tried first. Repeatable."),
]
OnlineOption = Annotated[
    bool, typer.Option("--online", help="Fetch series that are missing or old (needs the market extra).")
]


class answering:  # noqa: N801  reads as a word in a with statement
    """Inside it an AnalyzerError becomes a message and its exit code, Ctrl-C becomes 130."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, AnalyzerError):
            raise failed(error) from error
        if isinstance(error, KeyboardInterrupt):
            typer.echo("Interrupted. The same command goes on from what is recorded.", err=True)
            raise typer.Exit(130) from error


class opened(answering):  # noqa: N801  reads as a word in a with statement
    """Opens the workshop, and answers for what happens in it."""

    def __init__(self, given: dict[str, Any], quiet: bool, reading: bool = False) -> None:
        self.given, self.quiet, self.reading = given, quiet, reading

    def __enter__(self) -> Workshop:
        from analyzer import config
        from analyzer.pipeline import Workshop, quiet

        try:
            settings = config.load(**self.given)
        except AnalyzerError as error:
            raise failed(error) from error
        self.workshop = Workshop(settings, quiet if self.quiet else _progress(), self.reading)
        return self.workshop

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self.workshop.close()
        super().__exit__(kind, error, trace)


def _progress() -> Any:
    """Names of the steps on stderr, on one line when it is a terminal."""
    terminal = sys.stderr.isatty()

    def step(name: str) -> None:
        if terminal:
            end = "\r\x1b[K" if name == "done" else "\r"
            sys.stderr.write(f"\x1b[K{name} …{end}" if name != "done" else end)
            sys.stderr.flush()

    return step


def saying_the_reader(workshop: Workshop, quiet: bool) -> Callable[[str], None]:
    """The progress, which says who reads, and how to change that, once there is something to read: what is wrong
    with the input, or with the model's name, is said first. A key alone spends no money."""
    model, step = workshop.settings.model, workshop.progress
    lines = [f"Reading with {model}."]
    if model in (None, "", "rules"):
        lines = ["Reading by rules, no language model (--model provider:name uses one)."]

    def say(name: str) -> None:
        if name == "extract" and lines:
            _ = workshop.client  # opened, or refused
            line = lines.pop()
            if not quiet:
                typer.echo(line, err=True)
        step(name)

    return say


def failed(error: AnalyzerError) -> typer.Exit:
    complain(error)
    return typer.Exit(error.exit_code)


def complain(error: AnalyzerError) -> None:
    typer.echo(f"analyze: {error}", err=True)


def day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise failed(InputError(f"{option} {text!r} is no day. Write it as YYYY-MM-DD.")) from None


def known(given: str | None, option: str, names: str) -> None:
    """Refuse what is none of the model's closed set ``names``, and say what there is."""
    from typing import get_args

    from analyzer import model

    known = get_args(getattr(model, names))
    if given is not None and given not in known:
        raise failed(InputError(f"{option} {given!r} is not known. There are: {', '.join(known)}."))


def say_notices(workshop: Workshop, quiet: bool) -> None:
    """What a service did not give, after the work."""
    for notice in () if quiet else workshop.market.notices:
        typer.echo(notice, err=True)
