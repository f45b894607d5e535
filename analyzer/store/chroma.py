"""Opening Chroma: embedded in the home folder with one writing process, or a server; never with its own embedder.

Two processes that write to one embedded store destroy it, so the first one that writes takes a lock beside it and keeps
it until it closes. Readers take none; a store that is not finished yet is empty to them. Chroma holds ids, vectors and
a few small fields, no text: that stands in the ledger alone, where it can be forgotten.

An embedded store that is open does not see what another process writes, and fails on an entry that it only half knows.
So a writer marks every write in the file that names it, and a reader looks there before it reads, and opens the store
anew. The files of the store itself tell nothing: Chroma writes to them whenever it opens them, to read as well.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from analyzer.errors import StoreError, StoreLocked
from analyzer.store import chroma_server
from analyzer.store.embed import Embedder

if TYPE_CHECKING:
    from filelock import BaseFileLock

T = TypeVar("T")
Action = Callable[[Any], T]
"""What is done with a collection."""
Collection = Literal["passages", "claims", "instruments", "examples"]
COLLECTIONS: tuple[Collection, ...] = get_args(Collection)
CONFIGURATION = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 400}}
LOCK_WAIT_S = 1.0
PATIENCE = 10
"""A reader opens a store that goes on changing again when it has been open so many times as long as opening took."""
REBUILD = "make the index anew from the ledger with: analyze index --rebuild"


class Replaced(StoreError):
    """Another machine made the server's index anew: what was open is no more."""


class Chroma:
    """A store of the four collections. ``open`` for reading gives None while there is nothing to read.

    The embedded store lies in a numbered folder, and ``index/current`` names the one in force, so that a store made
    anew takes the place of the old one in one step, and a rebuild that is broken off changes nothing.
    """

    def __init__(self, home: Path, embedder: Embedder, url: str | None) -> None:
        self.home = home
        self.embedder = embedder
        self.url = url or None
        self._client: Any = None
        self._lock: BaseFileLock | None = None
        self._found: dict[Collection, Any] = {}
        self._renewing: Path | None = None
        self._turn = threading.RLock()
        """One reads at a time: to open a store anew is to close it for everybody in this process."""
        self._seen: tuple[object, ...] = ()
        self._opened, self._took = 0.0, 0.0

    @property
    def place(self) -> str:
        return chroma_server.shown(self.url) if self.url else str(self.home / "index")

    @property
    def folder(self) -> Path:
        """Where the embedded store is, or will be."""
        return self._renewing or self.home / "index" / (self._named() or "1")

    @property
    def client(self) -> Any:
        if self._client is None:
            self._seen, begun = self._marks(), time.monotonic()
            self._client = chroma_server.connect(self.url) if self.url else _embedded(self.folder)
            self._opened = time.monotonic()
            self._took = self._opened - begun
        return self._client

    @property
    def batch_size(self) -> int:
        """The most entries that Chroma takes at once."""
        with self.explained():
            return int(self.client.get_max_batch_size())

    def read(self, name: Collection, action: Action[T]) -> T | None:
        """Do something with a collection; None if nothing was written yet."""

        def attempt() -> T | None:
            collection = self.open(name)
            return None if collection is None else self._do(collection, action)

        with self._turn:
            if self._is_outdated() and time.monotonic() - self._opened >= PATIENCE * self._took:
                self._disconnect()
            try:
                return _twice_if_replaced(attempt)
            except StoreError as error:
                if error.code != "index" or self.url or self._lock is not None:
                    raise  # else a writer may have been killed before it could mark what it wrote
                self._disconnect()
                return attempt()

    def write(self, name: Collection, action: Action[T]) -> T:
        """Do something with a collection, which is made if need be."""
        try:
            return _twice_if_replaced(lambda: self._do(self.open_to_write(name), action))
        finally:
            self._mark()

    def _do(self, collection: Any, action: Action[T]) -> T:
        with self.explained():
            return action(collection)

    def open(self, name: Collection) -> Any | None:
        """The collection, for reading; None if nothing was written yet. StoreError if another embedder made it."""
        if name not in self._found:
            if not (self.url or self._renewing or self._named()):
                return None
            with self.explained():
                found = [one for one in self.client.list_collections() if one.name == name]
            if not found:
                return None
            self._found[name] = self._checked(found[0])
        return self._found[name]

    def open_to_write(self, name: Collection) -> Any:
        """The collection, made if need be. StoreLocked if another process writes."""
        self.lock()
        if self.open(name) is None:
            made = {"embedder": self.embedder.name, "version": self.embedder.version}
            with self.explained():
                collection = self.client.get_or_create_collection(
                    name, embedding_function=None, configuration=CONFIGURATION,
                    metadata={**made, "dimension": self.embedder.dimension},
                )  # fmt: skip
            self._found[name] = self._checked(collection)
            if not (self.url or self._renewing or self._named()):
                self._put_in_force(self.folder)
        return self._found[name]

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """An empty store to fill, in force when the block ends well. On a server the old collections go at once."""
        self.lock()
        if self.url:
            with self.explained():
                for one in self.client.list_collections():
                    if one.name in COLLECTIONS:  # a server may hold those of other programs too
                        self.client.delete_collection(one.name)
            self._found.clear()
            yield
            return
        old = self.folder
        self._disconnect()
        self._renewing = old.with_name(str(int(old.name) + 1))
        shutil.rmtree(self._renewing, ignore_errors=True)
        try:
            self._renewing.mkdir()
            yield
            self._put_in_force(self._renewing)
            self.drop_superseded(keep=old)  # readers that have it open may still open files in it
        finally:
            self._disconnect()
            self._renewing = None

    def drop_superseded(self, keep: Path | None = None) -> None:
        """Remove stores that are no longer in force; the one named is left until the next time."""
        if self.url:
            return
        for folder in (self.home / "index").glob("[0-9]*"):
            if folder.name != self._named() and folder != keep:
                shutil.rmtree(folder, ignore_errors=True)

    def lock(self) -> None:
        """Become the one process that writes, until ``close``; a server needs no lock."""
        if self.url is not None or self._lock is not None:
            return
        from filelock import FileLock, Timeout

        lock = FileLock(self.home / "index" / "lock", thread_local=False)
        try:
            self._writer.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=LOCK_WAIT_S)
            self._writer.write_text(str(os.getpid()), encoding="ascii")
        except Timeout as error:
            raise StoreLocked(
                f"Process {self._who()} is writing to the index {self.place}, and only one can at a time. Wait until "
                "it has ended and run the same again; for several writers start a server (chroma run) and set "
                "ANALYZER_CHROMA_URL.",
                retryable=True,
            ) from error
        except OSError as error:
            lock.release()
            raise StoreError(
                f"The index {self.place} cannot be written ({error.strerror}). Make its folder writable and see that "
                "the disk is not full, or choose another with --home or ANALYZER_HOME.",
                code="store_read_only",
            ) from error
        self._lock = lock
        self._disconnect()  # what was open for reading may have been changed or replaced by the last writer

    def close(self) -> None:
        self._disconnect()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn Chroma's errors into StoreError: what happened, to which index, what to do."""
        import httpx
        from chromadb.errors import ChromaError, NotFoundError

        try:
            yield
        except httpx.HTTPError as error:
            raise chroma_server.does_not_answer(str(self.url), error) from error
        except NotFoundError as error:
            self._found.clear()
            raise Replaced(
                f"The index {self.place} was made anew meanwhile. Run the same again.", retryable=True
            ) from error
        except ChromaError as error:
            raise StoreError(
                f"The index {self.place} cannot be used: {error}. If that stays, {REBUILD}", code="index"
            ) from error

    def _is_outdated(self) -> bool:
        """Whether another process has written to the embedded store since it was opened here."""
        return self._client is not None and not self.url and self._lock is None and self._marks() != self._seen

    def _marks(self) -> tuple[object, ...]:
        """What tells a store that was written to: its folder, and when a writer last said so."""
        if self.url:
            return ()
        return self.folder.name, self._writer.stat().st_mtime_ns if self._writer.exists() else None

    def _mark(self) -> None:
        """Say that something was written, or may have been."""
        if self._lock is not None:
            os.utime(self._writer, ns=(time.time_ns(), time.time_ns()))

    def _disconnect(self) -> None:
        self._found.clear()
        if self._client is not None:
            self._client.close()
            self._client = None

    def _checked(self, collection: Any) -> Any:
        """Refuse a collection of another embedder: its vectors mean something else."""
        made, now = collection.metadata or {}, self.embedder
        if (made.get("embedder"), made.get("version")) != (now.name, now.version):
            raise StoreError(
                f"The index {self.place} was made with the embedder {made.get('embedder')} ({made.get('version')}, "
                f"{made.get('dimension')} dimensions), and the one in use is {now.name} ({now.version}). Vectors of "
                f"two embedders cannot be mixed. Use the first one again, or: {REBUILD}",
                code="embedder_mismatch",
            )
        return collection

    def _named(self) -> str | None:
        """The folder in force; none before a first collection is whole, when other processes must not look inside."""
        current = self.home / "index" / "current"
        return current.read_text(encoding="ascii") if current.exists() else None

    def _put_in_force(self, folder: Path) -> None:
        new = folder.with_name("current.new")
        new.write_text(folder.name, encoding="ascii")
        new.replace(folder.with_name("current"))

    @property
    def _writer(self) -> Path:
        return self.home / "index" / "writer"

    def _who(self) -> str:
        return self._writer.read_text(encoding="ascii") if self._writer.exists() else "of another user"


def _twice_if_replaced(attempt: Callable[[], T]) -> T:
    try:
        return attempt()
    except Replaced:
        return attempt()


def _embedded(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    except (ValueError, AttributeError) as error:  # what Chroma makes of a second try on a store that failed before
        raise StoreError(f"The index {folder} cannot be opened. If that stays, {REBUILD}", code="index") from error
