"""The index: the nearest passages, claims and instruments to a text. Made from the ledger, and again when need be.

Ids are those of the nouns, so that adding twice adds nothing. A hit's text comes from where the text is kept: give
``open`` the ledger's ``texts_of``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from analyzer.errors import InputError
from analyzer.model import Claim, Passage, Report
from analyzer.store.chroma import COLLECTIONS, Chroma, Collection
from analyzer.store.embed import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analyzer.store.examples import Example

Fields = Mapping[str, str | int | float | bool]
Texts = Callable[[Collection, Sequence[str]], Mapping[str, str]]
"""Ids of a collection to their texts, as far as they are known."""


class Source(Protocol):
    """What the index is made from: the ledger."""

    def articles(self) -> Iterable[Any]: ...
    def passages(self, article: str) -> Sequence[Passage]: ...
    def reports(self, *, extracted: bool) -> Iterable[Report]: ...


@dataclass(frozen=True)
class Hit:
    """A neighbour. ``score`` is the cosine, 1 for the same direction; ``text`` is empty when nobody keeps it."""

    id: str
    score: float
    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Entry:
    id: str
    text: str
    metadata: Fields


class Index:
    """Reading needs no lock; the first write takes it and ``close`` gives it back. Any method may raise StoreError."""

    def __init__(self, chroma: Chroma, texts: Texts | None = None) -> None:
        self._chroma = chroma
        self._texts = texts

    @classmethod
    def open(cls, home: Path, embedder: Embedder, chroma_url: str | None = None, *, texts: Texts | None = None) -> Self:
        """The index in the home folder or on a server. Nothing is loaded or made before it is needed."""
        return cls(Chroma(home, embedder, chroma_url), texts)

    @property
    def place(self) -> str:
        """Where the index is, for messages; no password."""
        return self._chroma.place

    def close(self) -> None:
        self._chroma.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # --- writing -------------------------------------------------------------------------------------------------

    def add_passages(self, passages: Iterable[Passage], metadata: Fields | None = None) -> int:
        """Index the passages that are not there yet, each with the fields (``article_fields``); returns how many."""
        fields = metadata or {}
        return self._add("passages", (_Entry(p.id, p.text, {**fields, "article": p.article}) for p in passages))

    def add_passages_of(self, articles: Iterable[tuple[Iterable[Passage], Fields]]) -> int:
        """``add_passages`` for many articles at once: their texts are embedded together."""
        return self._add(
            "passages",
            (_Entry(p.id, p.text, {**fields, "article": p.article}) for found, fields in articles for p in found),
        )

    def add_claims(self, claims: Iterable[Claim]) -> int:
        """Index the claims that are not there yet, by quote and statement; returns how many were new."""
        return self._add("claims", (_claim_entry(claim) for claim in claims))

    def sync_instruments(self, entries: Mapping[str, str]) -> int:
        """Make the instruments exactly these (symbol to text); returns how many were new or changed."""
        known = self._instrument_texts()
        stale = [symbol for symbol, text in known.items() if entries.get(symbol) != text]
        if stale:
            self._chroma.write("instruments", lambda collection: collection.delete(ids=stale))
        changed = {symbol: text for symbol, text in entries.items() if known.get(symbol) != text}
        return self._add("instruments", (_Entry(symbol, text, {"text": text}) for symbol, text in changed.items()))

    def sync_examples(self, examples: Mapping[str, Example]) -> int:
        """Make the examples exactly these (by id); returns how many were new. What did not change is not written."""
        stale = self.ids("examples") - examples.keys()
        if stale:
            self._chroma.write("examples", lambda collection: collection.delete(ids=sorted(stale)))
        if examples.keys() <= self.ids("examples"):
            return 0
        return self._add("examples", (_example_entry(id, example) for id, example in examples.items()))

    def forget(self, article: str) -> None:
        """Take an article's passages, claims and examples out, of a store left over from a rebuild as well."""
        for name in ("passages", "claims", "examples"):
            if self._chroma.open(name) is not None:
                self._chroma.write(name, lambda collection: collection.delete(where={"article": article}))
        self._chroma.drop_superseded()

    def rebuild(self, ledger: Source) -> None:
        """Make passages and claims anew from the ledger, with the embedder in use; instruments and examples want a sync
        afterwards.

        Readers see the old index until the new one is whole; broken off, the old one stays (a server's does not). An
        article whose text is forgotten does not come back.
        """
        with self._chroma.renewed():
            forgotten = set()
            for row in ledger.articles():
                passages = ledger.passages(row.id)
                self.add_passages(passages, article_fields(row))
                forgotten |= set() if passages else {row.id}
            known = (one for one in ledger.reports(extracted=True) if one.article.id not in forgotten)
            self.add_claims(claim for report in known for claim in report.claims or ())

    # --- reading -------------------------------------------------------------------------------------------------

    def nearest(
        self, collection: Collection, text: str, n: int = 10, where: Mapping[str, Any] | None = None
    ) -> list[Hit]:
        """The n nearest entries, best first; ``where`` as Chroma writes filters. Nothing for a blank text."""
        if n < 1:
            raise InputError(f"The number of neighbours is {n}; it must be 1 or more.")
        vector = self._chroma.embedder.embed([text])
        asked = {
            "query_embeddings": vector, "n_results": n, "where": dict(where) if where else None,
            "include": ["metadatas", "distances"],
        }  # fmt: skip
        found = self._chroma.read(collection, lambda opened: opened.query(**asked)) if vector.any() else None
        if found is None:
            return []
        ids, distances, fields = found["ids"][0], found["distances"][0], found["metadatas"][0]
        texts = self._texts(collection, ids) if self._texts and ids else {}
        return [
            Hit(id, 1 - distance, texts.get(id, str(kept.get("text", ""))), kept)
            for id, distance, kept in zip(ids, distances, fields, strict=True)
        ]

    def near(self, collection: Collection, text: str, n: int) -> list[tuple[str, float]]:
        """Ids and cosines of the n nearest entries, best first, without their texts."""
        vector = self._chroma.embedder.embed([text])
        asked = {"query_embeddings": vector, "n_results": n, "include": ["distances"]}
        found = self._chroma.read(collection, lambda opened: opened.query(**asked)) if vector.any() else None
        if found is None:
            return []
        return [(id, 1 - away) for id, away in zip(found["ids"][0], found["distances"][0], strict=True)]

    def cosines(self, collection: Collection, text: str, ids: Sequence[str]) -> list[tuple[str, float]]:
        """These entries, as far as they are indexed, with their cosines, best first: exact, for a few thousand."""
        import numpy as np

        vector = self._chroma.embedder.embed([text])[0]
        if not ids or not vector.any():
            return []
        stored = self._chroma.read(collection, lambda opened: opened.get(ids=list(ids), include=["embeddings"]))
        if stored is None:
            return []
        scores = np.asarray(stored["embeddings"], dtype=np.float32).reshape(len(stored["ids"]), -1) @ vector
        best = np.argsort(-scores, kind="stable")
        return [(stored["ids"][i], float(scores[i])) for i in best]

    def vectors(self, collection: Collection) -> tuple[list[str], NDArray[np.float32]]:
        """All ids of a small collection and their vectors, (n, dimension)."""
        import numpy as np

        stored = self._chroma.read(collection, lambda opened: opened.get(include=["embeddings"]))
        if stored is None:
            return [], np.zeros((0, self._chroma.embedder.dimension), dtype=np.float32)
        return list(stored["ids"]), np.asarray(stored["embeddings"], dtype=np.float32)

    def ids(self, collection: Collection) -> set[str]:
        return set(self._chroma.read(collection, lambda opened: opened.get(include=[])["ids"]) or ())

    def counts(self) -> dict[str, int]:
        """Entries of each collection, by its name."""
        return {name: self._chroma.read(name, lambda opened: int(opened.count())) or 0 for name in COLLECTIONS}

    def _instrument_texts(self) -> dict[str, str]:
        stored = self._chroma.read("instruments", lambda opened: opened.get(include=["metadatas"]))
        if stored is None:
            return {}
        return {id: fields["text"] for id, fields in zip(stored["ids"], stored["metadatas"], strict=True)}

    def _add(self, name: Collection, entries: Iterable[_Entry]) -> int:
        """Embed and add what is new, in portions that Chroma takes. Without an entry nothing is opened or locked."""
        speaking = (entry for entry in entries if entry.text.strip())
        first = next(speaking, None)
        if first is None:
            return 0
        self._chroma.open_to_write(name)
        size, rest, added = self._chroma.batch_size, chain([first], speaking), 0
        while portion := {entry.id: entry for entry in islice(rest, size)}:
            added += self._add_portion(name, portion)
        return added

    def _add_portion(self, name: Collection, portion: Mapping[str, _Entry]) -> int:
        """What another process adds at the same time is the same by its id, and one entry."""
        known = set(self._chroma.write(name, lambda opened: opened.get(ids=list(portion), include=[])["ids"]))
        new = [one for one in portion.values() if one.id not in known]
        if new:
            vectors = self._chroma.embedder.embed([one.text for one in new])
            ids, fields = [one.id for one in new], [dict(one.metadata) for one in new]
            self._chroma.write(name, lambda opened: opened.add(ids=ids, embeddings=vectors, metadatas=fields))
        return len(new)


def article_fields(article: Any) -> Fields:
    """The fields that the passages of an article carry (an Article, a ReportArticle or a row of the ledger)."""
    return {"language": article.language}


def _claim_entry(claim: Claim) -> _Entry:
    return _Entry(claim.id, claim_text(claim), {"article": claim.article, "kind": claim.kind})


def _example_entry(id: str, example: Example) -> _Entry:
    return _Entry(id, claim_text(example), {"article": example.article, "kind": example.kind, "claim": example.claim})


def claim_text(claim: Claim | Example) -> str:
    """What a claim is embedded by: its own words, and the statement where that says more."""
    return claim.quote if claim.statement in claim.quote else f"{claim.quote} {claim.statement}"
