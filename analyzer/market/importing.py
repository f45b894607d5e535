"""Folders of market data brought into the home folder, where every run finds them without being told.

A folder is looked at file by file before anything is written, copied beside its place and moved there as a whole:
it is there completely or not at all, and what stood there before stays until then.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from analyzer.config import Settings
from analyzer.errors import ConfigError, DataError, InputError
from analyzer.market.file_source import COLUMNS, Layout, read_series
from analyzer.market.folder import FolderSource
from analyzer.market.opening import IMPORTED, MARKET, imported_folders
from analyzer.market.reference import read_events, read_origins, read_shares, read_splits
from analyzer.market.vintages import read_vintages

NAME = re.compile(r"\w[\w.-]{0,63}")
RESERVED = frozenset({"folders", "imported", "yahoo", "fred", "stooq", "facts"})
"""Names of other sources; one name for two would leave open which is meant."""
LOCK_SECONDS = 30

Step = Callable[[str], None]
"""Called with the name of each file before it is worked on."""


@dataclass(frozen=True)
class Inspected:
    """The files of a folder that a source reads, relative to it: ``good`` ones, and ``bad`` ones with their error."""

    folder: Path
    good: tuple[Path, ...]
    bad: tuple[tuple[Path, str], ...]
    unread: tuple[Path, ...]
    """What lies there and is no market data."""
    series: int
    """How many of the good files are series."""


def inspect(folder: Path, step: Step) -> Inspected:
    """Read every file of a folder as its source would. ConfigError when it is no folder with market data."""
    layout = FolderSource(folder).layout
    good, bad = [], []
    for path in layout.files():
        step(path.name)
        try:
            _read(path, layout)
            good.append(path.relative_to(folder))
        except DataError as error:
            bad.append((path.relative_to(folder), str(error)))
    there = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    unread = sorted(path for path in there - {*good, *(path for path, _ in bad)} if path.name[0] != ".")
    series = {path.relative_to(folder) for path in (*layout.series.values(), *layout.vintages.values())}
    return Inspected(folder, tuple(good), tuple(bad), tuple(unread), len(series & set(good)))


def checked_name(name: str) -> str:
    """The name; InputError for one that is no plain folder name or means another source."""
    if name.lower() in RESERVED:
        raise InputError(f"{name!r} is the name of another source. Choose one with --name NAME.")
    if not NAME.fullmatch(name):
        raise InputError(f"{name!r} is no name: letters, digits, '-', '_' and '.' only. Choose one with --name NAME.")
    return name


def bring_in(inspected: Inspected, name: str, settings: Settings, *, replace: bool, step: Step) -> Path:
    """Copy the good files to ``HOME/market/imported/NAME``, and give that folder.

    InputError when the name is taken and may not be replaced, ConfigError when the home cannot be written.
    """
    target = _folder(settings) / checked_name(name)
    with _writing(settings):
        if target.exists() and not replace:
            raise taken(name)
        part = target.with_name(f".{name}.part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            for path in inspected.good:
                step(path.name)
                (part / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(inspected.folder / path, part / path)
            _swap(part, target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return target


def is_taken(name: str, settings: Settings) -> bool:
    return (_folder(settings) / name).exists()


def taken(name: str) -> InputError:
    return InputError(f"There is an imported folder {name!r} already. Add --replace, or choose another --name.")


def remove(name: str, settings: Settings) -> None:
    """Remove an imported folder; InputError when there is none of that name."""
    names = [folder.name for folder in imported_folders(settings)]
    if name not in names:
        raise InputError(f"There is no imported folder {name!r}. There are: {', '.join(names) or 'none'}.")
    with _writing(settings):
        gone = _folder(settings) / f".{name}.gone"
        shutil.rmtree(gone, ignore_errors=True)
        (_folder(settings) / name).replace(gone)
        shutil.rmtree(gone)


def _folder(settings: Settings) -> Path:
    return settings.home / MARKET / IMPORTED


def _read(path: Path, layout: Layout) -> None:
    """Read one file for what it says; DataError with file and line."""
    readers: Sequence[tuple[Path, Callable[[Path], object]]] = (
        (layout.splits, read_splits), (layout.events, read_events), (layout.origins, read_origins),
        (layout.shares, lambda path: read_shares(path, ())),
    )  # fmt: skip
    for table, reader in readers:
        if path == table:
            reader(path)
            return
    if path in layout.vintages.values():
        read_vintages(path)
    elif not len(read_series(path, COLUMNS).dates):
        raise DataError(f"{path} has no row. Add rows or take the file away.")


@contextmanager
def _writing(settings: Settings) -> Iterator[None]:
    """One process at a time; what the file system refuses is a matter of the home folder."""
    from filelock import FileLock, Timeout

    folder = _folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise ConfigError(f"Another process is writing to {folder}. Try again when it is done.") from error
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written: {error.strerror}. Choose another --home.") from error


def _swap(part: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which comes back when that fails."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    with suppress(FileNotFoundError):
        target.replace(old)
    try:
        part.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
