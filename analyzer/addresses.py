"""Files at an address (``s3://bucket/file``) instead of a path, read through fsspec.

Only stores whose address is the name of a bucket are opened, and files of this machine: an address that stands in a
list of articles can then not lead into the network. Keys, endpoints and regions come from where the stores' own
packages look for them (``AWS_…``, ``FSSPEC_S3_…``, ``~/.config/fsspec``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analyzer.errors import ConfigError, InputError

STORES: Mapping[str, str | None] = {
    "file": None, "memory": None, "s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs",
    "abfs": "adlfs", "abfss": "adlfs",
}  # fmt: skip
"""Beginnings of addresses, and the package that each needs."""
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*(?:::[a-z][a-z0-9+.-]*)*)://", re.IGNORECASE)
MARKS = ("ETag", "etag", "md5Hash", "generation", "version_id", "LastModified", "last_modified", "mtime", "created")
"""What tells one version of a file from another, by the name that a store has for it."""


def scheme(place: str) -> str | None:
    """What stands before "://", in small letters; None for a path."""
    found = SCHEME.match(place)
    return found[1].lower() if found else None


def is_address(place: str) -> bool:
    """Whether the place is to be opened here. Pages of the web are not: who reads them checks where they lead."""
    return scheme(place) not in (None, "http", "https")


def local_path(place: str) -> Path | None:
    """The path of a ``file://`` address or of a path; None for a place that is elsewhere."""
    if scheme(place) is None:
        return Path(place).expanduser()
    return Path(open_store(place)[1]) if scheme(place) == "file" else None


def open_store(address: str) -> tuple[Any, str]:
    """The file system of an address, and the address as a path in it. ConfigError for one that cannot be opened."""
    kind = scheme(address) or ""
    if kind not in STORES or "::" in address:  # fsspec would read "a::b://c" as a chain that may lead anywhere
        known = ", ".join(f"{name}://" for name in STORES)
        raise ConfigError(
            f"{address} is no address that can be read. One begins with {known} and holds no '::'.", code="address"
        )
    import fsspec

    try:
        opened: tuple[Any, str] = fsspec.url_to_fs(kind + address[len(kind) :])
    except Exception as error:  # a store's package has errors of its own for settings that it cannot use
        package = STORES[kind]
        if package and find_spec(package) is None:
            raise ConfigError(
                f"{address} needs the package {package}. Try: pip install {package}", code="missing_extra"
            ) from error
        raise ConfigError(f"{address} cannot be opened: {_said(error)}. Check the address.", code="address") from error
    return opened


def read_start(address: str, size: int) -> bytes:
    """The file's first bytes, at most so many. InputError: not_found, is_folder, unreadable."""
    store, path = open_store(address)
    with explained(address):
        try:
            with store.open(path, "rb") as stream:
                found: bytes = stream.read(size)
        except (FileNotFoundError, IsADirectoryError):
            if not store.isdir(path):
                raise
            found = b""
        if not found and store.isdir(path):  # asked last: who may read a file need not be allowed to list its folder
            raise InputError(f"{address} is a folder, not an article. Give the files in it.", code="is_folder")
        return found


def list_files(address: str, folders: Sequence[str] = ("",)) -> dict[str, str]:
    """The files of these folders under the address, as they are now: name below the address to what marks its version.

    A store that marks no version has an empty mark. Nothing where there is no such folder; InputError unreadable.
    """
    store, root = open_store(address)
    root = root.rstrip("/")
    found: dict[str, str] = {}
    with explained(address):
        store.invalidate_cache()
        for folder in folders:
            try:
                entries = store.ls(f"{root}/{folder}".rstrip("/"), detail=True)
            except (FileNotFoundError, NotADirectoryError):
                continue
            found |= {_below(root, one["name"]): _mark(one) for one in entries if one["type"] == "file"}
    return found


def fetch(address: str, files: Mapping[str, Path]) -> None:
    """Copy files (names below the address) to paths of this machine, several at once where the store can."""
    store, root = open_store(address)
    with explained(address):
        for target in files.values():
            target.parent.mkdir(parents=True, exist_ok=True)
        if files:
            sources = [f"{root.rstrip('/')}/{name}" for name in files]
            store.get(sources, [str(target) for target in files.values()])


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Turn what a store raises into InputError."""
    try:
        yield
    except InputError:
        raise
    except FileNotFoundError as error:
        raise InputError(f"No such file: {address}. Check its name and its bucket.", code="not_found") from error
    except Exception as error:  # each store's package has errors of its own, and which one is here is not known
        raise InputError(
            f"{address} cannot be read: {_said(error)}. Check the address, the network, and the store's key and "
            "endpoint (docs/scale.md).",
            code="unreadable",
        ) from error


def _said(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _below(root: str, name: str) -> str:
    return name.lstrip("/").removeprefix(root.lstrip("/")).lstrip("/")


def _mark(entry: Mapping[str, Any]) -> str:
    marks = {name: str(entry[name]) for name in MARKS if entry.get(name) is not None}
    return json.dumps({**marks, "size": entry.get("size")}, sort_keys=True) if marks else ""
