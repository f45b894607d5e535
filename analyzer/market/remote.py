"""A folder of market data at an address (``s3://bucket/market``), through a copy in the home folder.

The copy is of one moment, ``HOME/market/remote/<address>/<listing>``, and never changed: what is new at the address
makes another one, with the files that are the same linked into it. A run reads on in the copy that it began with.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from analyzer.addresses import fetch, list_files
from analyzer.errors import ConfigError, DataError
from analyzer.market.folder import FOLDERS, FolderSource
from analyzer.market.sources import RawInstrument

REMOTE = "market/remote"
PART = ".part"
MANIFEST = ".manifest.json"
ENDINGS = (".csv", ".parquet")
KEPT = 2
"""Copies of an address: the one in force, and the one before it, which another run may still read."""
LOCK_S = 600
"""How long to wait for another process that copies the same address."""

Manifest = Mapping[str, Mapping[str, str]]
"""Name of a file below the address to its ``mark`` (of its version there) and its ``sha256``."""


class RemoteSource(FolderSource):
    """A folder at an address; its errors name the address. InputError where the store does not answer."""

    def __init__(self, address: str, home: Path) -> None:
        self.address = address.rstrip("/")
        self._copy = copied(self.address, home)
        self._manifest = _manifest(self._copy)
        super().__init__(self._copy, name=PurePosixPath(self.address).name)

    @property
    def place(self) -> str:
        return self.address

    def load(self, symbol: str) -> RawInstrument | None:
        try:
            return super().load(symbol)
        except DataError as error:
            raise self._named(error) from error

    def span(self, symbol: str) -> tuple[date, date] | None:
        try:
            return super().span(symbol)
        except DataError as error:
            raise self._named(error) from error

    def _named(self, error: DataError) -> DataError:
        return DataError(str(error).replace(str(self._copy), self.address), code=error.code)

    def _hash(self, path: Path) -> bytes:
        return bytes.fromhex(self._manifest[path.relative_to(self._copy).as_posix()]["sha256"])


def copied(address: str, home: Path) -> Path:
    """The copy of what lies at the address now, made where there is none. ConfigError: no market data there."""
    marks = {name: mark for name, mark in list_files(address, FOLDERS).items() if name.endswith(ENDINGS)}
    if not marks:
        raise ConfigError(
            f"{address} holds no market data. Give the address of a folder with prices/<SYMBOL>.csv, "
            "macro/<SERIES>.csv or <SYMBOL>.csv (--data, ANALYZER_DATA, or data in a settings file)."
        )
    from filelock import FileLock, Timeout

    copies = home / REMOTE / _short(address)
    target = copies / _short(json.dumps(marks, sort_keys=True))
    try:
        copies.mkdir(parents=True, exist_ok=True)
        with FileLock(copies / ".lock", timeout=LOCK_S):
            for broken in copies.glob(f"{PART}*"):  # of a process that was killed: whoever has the lock is alone here
                shutil.rmtree(broken, ignore_errors=True)
            if not target.is_dir() or "" in marks.values():  # without a mark nothing tells whether it is still the same
                _copy(address, marks, target)
            os.utime(target)
            for old in _by_age(copies)[KEPT:]:
                shutil.rmtree(old, ignore_errors=True)
    except Timeout as error:
        raise ConfigError(f"Another process has been copying {address} for over {LOCK_S} seconds.") from error
    except OSError as error:
        raise ConfigError(
            f"{copies} cannot be written ({error.strerror}), where {address} is copied to. Choose another --home."
        ) from error
    return target


def _copy(address: str, marks: Mapping[str, str], target: Path) -> None:
    """Make the copy beside its place and move it there as a whole; what an earlier copy has is linked."""
    part = Path(tempfile.mkdtemp(prefix=PART, dir=target.parent))
    try:
        known = _linked(marks, part, _by_age(target.parent))
        new = {name: part / name for name in marks if name not in known}
        fetch(address, new)
        hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in new.items()}
        manifest = {name: {"mark": mark, "sha256": known.get(name) or hashes[name]} for name, mark in marks.items()}
        (part / MANIFEST).write_text(json.dumps(manifest, sort_keys=True), encoding="utf-8")
        if target.is_dir():
            shutil.rmtree(target)
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _linked(marks: Mapping[str, str], part: Path, copies: list[Path]) -> dict[str, str]:
    """Link the files of the newest copy that are still the same; gives their hashes."""
    if not copies:
        return {}
    manifest, found = _manifest(copies[0]), {}
    for name, mark in marks.items():
        old = manifest.get(name)
        if old and mark and old["mark"] == mark:
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            _link(copies[0] / name, part / name)
            found[name] = old["sha256"]
    return found


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without links
        shutil.copyfile(old, new)


def _manifest(copy: Path) -> Manifest:
    found: Manifest = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    return found


def _by_age(copies: Path) -> list[Path]:
    """Whole copies, the one used last first."""
    whole = [path for path in copies.iterdir() if path.name[0] != "." and (path / MANIFEST).is_file()]
    return sorted(whole, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
