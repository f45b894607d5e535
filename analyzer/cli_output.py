"""What a command puts out: on the terminal, to stdout, or into a file as a whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from analyzer import cli_files
from analyzer.cli_common import failed
from analyzer.cli_files import Format
from analyzer.errors import AnalyzerError, InputError

if TYPE_CHECKING:
    from analyzer.pipeline import Workshop

FormatOption = Annotated[Format, typer.Option("--format", "-f", help="What is printed.")]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file instead of stdout.")]


class Writes(Protocol):
    """What writes itself: a format that wants a path."""

    def write(self, path: Path, /) -> None: ...
    def to_stdout(self) -> None: ...


def put(content: str | Iterable[str] | Writes, out: Path | None) -> None:
    """To stdout, or to the file as a whole: it appears complete or not at all. A device or a pipe is written as it is,
    and behind a link the file that it means is replaced."""
    if out is None:
        try:
            _print(content)
        except AnalyzerError as error:
            raise failed(error) from error
        return
    whole = out.is_file() or not out.exists()
    target = out.resolve() if whole else out
    part = target.with_name(target.name + ".part") if whole else target
    try:
        _save(content, part)
        if whole:
            part.replace(target)
    except (AnalyzerError, OSError) as error:
        if whole:
            part.unlink(missing_ok=True)
        if isinstance(error, AnalyzerError):
            raise failed(error) from error
        raise failed(InputError(f"{out} cannot be written: {error.strerror}. Choose another --out.")) from error


def _print(content: str | Iterable[str] | Writes) -> None:
    if isinstance(content, str | Iterable):
        sys.stdout.writelines(_pieces(content))
    else:
        content.to_stdout()


def _save(content: str | Iterable[str] | Writes, path: Path) -> None:
    if isinstance(content, str | Iterable):
        with path.open("w", encoding="utf-8") as stream:
            stream.writelines(_pieces(content))
    else:
        content.write(path)


def _pieces(content: str | Iterable[str]) -> Iterable[str]:
    if isinstance(content, str):
        return [content if content.endswith("\n") else content + "\n"]
    return content


def console_of(workshop: Workshop) -> Any:
    from analyzer.report.terminal import console

    return console(workshop.settings.color)


def formatted(results: Iterable[Any], format: Format, workshop: Workshop, *, charts: bool, text: bool) -> Any:
    """The reports in the chosen format: text, pieces of it, or something that Rich prints."""
    if format is not Format.table:
        return cli_files.formatted(results, format, workshop, charts=charts, text=text)
    from analyzer.report.terminal import report_view

    return lambda console: [console.print(report_view(r, console.width)) for r in (result.report for result in results)]


def writable(out: Path) -> bool:
    return not out.is_dir() and os.access(out if out.exists() else out.parent, os.W_OK)


def write(content: Any, out: Path | None, workshop: Workshop) -> None:
    """To stdout, or to the file as a whole: it appears complete or not at all. A device or a pipe is written as it is,
    and behind a link the file that it means is replaced."""
    if callable(content):
        from analyzer.report.terminal import plain

        content = content(console_of(workshop)) if out is None else plain(content)
        if out is None:
            return
    put(content, out)
