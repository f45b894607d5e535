"""A folder of market data brought into the home folder, whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.config import Settings
from analyzer.errors import DataError, InputError
from analyzer.market.folder import FolderSource
from analyzer.market.opening import IMPORTED, MARKET

NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
PARTS = (".", "prices", "macro", "vintages", "reference")
ENDINGS = (".csv", ".parquet")


@dataclass
class Imported:
    """What was brought in, and what was left out because it cannot be read, with why."""

    folder: Path
    symbols: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def bring_in(
    source: Path, settings: Settings, name: str | None = None, *, replace: bool = False, skip_bad: bool = False,
    done: Callable[[str], None] = lambda symbol: None,
) -> Imported:  # fmt: skip
    """Check every file of a folder and copy it into the home folder; ``done`` hears each symbol.

    ConfigError for a folder without market data, InputError for a name that cannot be used or is taken, DataError for
    a file that cannot be read (with ``skip_bad`` it is left out) or a home that cannot be written.
    """
    name = name or source.resolve().name
    if NAME.fullmatch(name) is None:
        raise InputError(f"{name!r} cannot be the name of an import. Use letters, digits, points and hyphens.")
    target = settings.home / MARKET / IMPORTED / name
    if target.exists() and not replace:
        raise InputError(f"There is an import {name!r} already. Use another --name, or --replace.")
    opened, found = FolderSource(source), Imported(target)
    opened.splits(), opened.shares(), opened.events()  # what is wrong in the reference tables is said now
    for symbol in sorted(opened.symbols()):
        try:
            opened.load(symbol)
            found.symbols.append(symbol)
        except DataError as error:
            if not skip_bad:
                raise
            found.skipped[symbol] = str(error)
        done(symbol)
    if not found.symbols:
        raise DataError(f"No series of {source} can be read. {next(iter(found.skipped.values()), '')}")
    _copy(source, target, opened, found)
    return found


def forget(name: str, settings: Settings) -> Path:
    """Remove an imported folder; InputError when there is none of the name."""
    folder = settings.home / MARKET / IMPORTED / name
    if NAME.fullmatch(name) is None or not folder.is_dir():
        raise InputError(f"There is no import {name!r}. analyze data status lists them.")
    shutil.rmtree(folder)
    return folder


def _copy(source: Path, target: Path, opened: FolderSource, found: Imported) -> None:
    """The files beside the target first, then in its place."""
    part = target.with_name(f".{target.name}.part")
    bad = {path for symbol in found.skipped for path in opened.files(symbol)}
    try:
        shutil.rmtree(part, ignore_errors=True)
        for folder in PARTS:
            for path in sorted((source / folder).glob("*")):
                if path.suffix in ENDINGS and path.name[0] != "." and path not in bad:
                    (part / folder).mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, part / folder / path.name)
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise DataError(f"{target} cannot be written: {error.strerror}. Choose another --home.") from error
