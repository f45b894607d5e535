"""An article's text, vectors and cached replies removed, for rights holders. Quotes and verdicts stay.

What a database deletes may lie on in its file; so the files of the home folder are looked through afterwards for the
text, and a database in which some of it is left is written anew.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.errors import StoreLocked
from analyzer.llm.batch_state import remove_requests
from analyzer.pipeline import Workshop
from analyzer.store.ledger import ArticleRow
from analyzer.store.steps import StepCache

PHRASE = 6
"""Words in a row that a cached reply and an article share only when the reply quotes it."""
SAMPLE, STEP = 32, 24
"""Characters of a sample of the text that is looked for, and how far apart samples begin."""
BLOCK = 1 << 22
SQLITE = b"SQLite format 3\0"
WAIT_S = 10.0
"""How long a database is waited for."""
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")


@dataclass(frozen=True)
class Forgotten:
    """What was removed, and ``left``: files of the home folder in which some of the text stands all the same."""

    characters: int
    passages: int
    vectors: int
    replies: int
    requests: int
    """Requests that waited for a batch of the model's endpoint, or for its answer."""
    left: tuple[Path, ...]
    busy: bool = False
    """Whether somebody else had the ledger open, so that its log could not be emptied."""


def forget(row: ArticleRow, workshop: Workshop) -> Forgotten:
    """Remove what is kept of an article besides its record. StoreLocked, before anything is removed, while another
    process writes to the index."""
    ledger, home = workshop.ledger, workshop.settings.home
    texts = ledger.texts_of_article(row.id)
    samples = samples_of(texts, ledger.quotes_of_article(row.id))
    passages = len(ledger.passages(row.id))
    before = sum(workshop.index.counts().values())
    workshop.index.forget(row.id)
    vectors = before - sum(workshop.index.counts().values())
    ledger.forget(row.id)
    busy = False
    try:
        ledger.empty_log()
    except StoreLocked:
        busy = True
    replies, requests = _forget_calls(home, texts)
    left = leftovers(home, samples)
    if left:
        for path in left:
            _write_anew(path)
        left = leftovers(home, samples)
    return Forgotten(sum(map(len, texts)), passages, vectors, replies, requests, tuple(left), busy)


# --- replies and requests --------------------------------------------------------------------------------------------


def _forget_calls(home: Path, texts: Sequence[str]) -> tuple[int, int]:
    """Drop the replies that quote one of the texts, which would have to be paid for again, and the requests."""
    phrases = {phrase for text in texts for phrase in phrases_of(text)}
    if not phrases:
        return 0, 0
    requests, replies = remove_requests(home, quoting(phrases)), 0
    if (home / "cache.sqlite").exists():
        with StepCache(home) as cache:
            replies = cache.remove(quoting(phrases))
    return replies, requests


def quoting(phrases: set[tuple[str, ...]]) -> Callable[[Any], bool]:
    """Whether a cached value holds one of the phrases, however its strings are escaped."""

    def holds(value: Any) -> bool:
        return any(phrase in phrases for string in _strings(value) for phrase in phrases_of(_unescaped(string)))

    return holds


def phrases_of(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    size = min(PHRASE, len(words)) or 1
    yield from (tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _unescaped(text: str) -> str:
    """JSON inside a string: "f\\u00e4llt\\n" as it reads."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)


# --- what is left ----------------------------------------------------------------------------------------------------


def samples_of(texts: Iterable[str], quotes: Iterable[str]) -> set[bytes]:
    """Pieces of the texts that no quote of the record holds, as they would stand in a file: plain or in JSON."""
    kept = "\n".join(quotes)
    pieces = (text[i : i + SAMPLE] for text in texts for i in range(0, max(1, len(text) - SAMPLE + 1), STEP))
    chosen = {piece for piece in pieces if len(piece) == SAMPLE and piece not in kept}
    return {form for piece in chosen for form in (piece.encode("utf-8"), json.dumps(piece)[1:-1].encode("ascii"))}


def _write_anew(path: Path) -> None:
    """Write an SQLite database again without what it deleted; of a log, its database. Another file is left alone, and
    so is one that somebody else is at."""
    file = path.with_name(path.name.removesuffix("-wal"))
    if not _is_database(file):
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=WAIT_S, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_database(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(len(SQLITE)) == SQLITE


def leftovers(home: Path, samples: set[bytes]) -> list[Path]:
    """Files of the home folder in which one of the samples stands."""
    if not samples:
        return []
    pattern = re.compile(b"|".join(map(re.escape, samples)))
    overlap = max(map(len, samples)) - 1
    return sorted(path for path in home.rglob("*") if path.is_file() and _stands_in(path, pattern, overlap))


def _stands_in(path: Path, pattern: re.Pattern[bytes], overlap: int) -> bool:
    with suppress(FileNotFoundError), path.open("rb") as stream:  # a log may go while it is looked for
        tail = b""
        while block := stream.read(BLOCK):
            if pattern.search(tail + block):
                return True
            tail = block[-overlap:]
    return False
