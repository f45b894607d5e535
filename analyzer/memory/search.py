"""Search over passages and claims: the nearest by meaning and those that hold the very words, fused.

Each of the four lists (passages and claims, by vector and by word) gives a hit 1 / (60 + its rank), and the sums are
ranked (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods,
2009). Filters are resolved in SQL: of the nearest by vector only what they leave is kept, and where that is little all
that they leave is compared one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from analyzer.model import Label
from analyzer.store.finding import WHATS, Filters, Finder, Query, What, parse
from analyzer.store.words import fold
from analyzer.text.sentences import sentences

if TYPE_CHECKING:
    from analyzer.store.index import Index

RANK = 60
"""The constant of reciprocal rank fusion."""
DEEP = 50
"""How many of each list are fused."""
NEAREST = 300
"""How many of the nearest are asked for before the filters: with half of all left, more than enough."""
EXACT = 1000
"""Up to so many entries that the filters leave are compared one by one."""
ALIKE = 0.4
"""The least cosine of a hit that holds none of the words."""
WIDTH = 600
"""Signs of text around a hit in which its sentence is looked for."""


class Hit(BaseModel):
    """A passage or a claim. ``context`` is the sentence around; kind, verdict and quote are a claim's."""

    model_config = ConfigDict(frozen=True)

    what: str
    id: str
    score: float
    by: tuple[str, ...]
    """How it was found: words, meaning, or both."""
    context: str
    quote: str | None
    kind: str | None
    verdict: Label | None
    article: str
    title: str | None
    author: str | None
    outlet: str | None
    published: str | None
    language: str
    source: str
    more: str
    """The command that shows more."""


def search(words: str, finder: Finder, index: Index, filters: Filters | None = None, n: int = 10) -> list[Hit]:
    """The n best hits, best first; InputError for a query without a word."""
    query, narrowed = parse(words), filters or {}
    scores: defaultdict[tuple[What, str], float] = defaultdict(float)
    ways: defaultdict[tuple[What, str], list[str]] = defaultdict(list)
    said = finder.by_words(query, narrowed, DEEP)
    for what in WHATS:
        lists = {"words": said[what], "meaning": _near(words, what, finder, index, narrowed)}
        for way, ids in lists.items():
            for rank, id in enumerate(ids, 1):
                scores[what, id] += 1 / (RANK + rank)
                ways[what, id].append(way)
    ranked = sorted(scores, key=lambda key: (-scores[key], key))
    known = _known(finder, ranked[: 2 * n])
    best = [key for key in ranked if key in known and query.holds(fold(_text(known[key])))]
    best = _without_doubles(best, known)[:n]
    return [_hit(key, known[key], scores[key], ways[key], query) for key in best]


def _near(words: str, what: What, finder: Finder, index: Index, filters: Filters) -> list[str]:
    """Ids by the cosine with the query, of those that the filters leave."""
    if not any(value is not None for value in filters.values()):
        return [id for id, score in index.near(what, words, DEEP) if score >= ALIKE]
    near = index.near(what, words, NEAREST)
    kept = finder.fitting(what, [id for id, _ in near], filters)
    found = [(id, score) for id, score in near if id in kept]
    if len(found) < DEEP and len(near) == NEAREST:
        left = finder.ids(what, filters, EXACT + 1)
        if len(left) <= EXACT:
            found = index.cosines(what, words, left)
    return [id for id, score in found[:DEEP] if score >= ALIKE]


def _known(finder: Finder, keys: Sequence[tuple[What, str]]) -> dict[tuple[What, str], Mapping[str, Any]]:
    passages = finder.passages([id for what, id in keys if what == "passages"])
    claims = finder.claims([id for what, id in keys if what == "claims"])
    return {
        **{("passages", id): row for id, row in passages.items()},
        **{("claims", id): row for id, row in claims.items()},
    }


def _text(row: Mapping[str, Any]) -> str:
    return str(row.get("quote") or row["text"][row["start"] : row["end"]])


def _without_doubles(
    ranked: Sequence[tuple[What, str]], known: Mapping[tuple[What, str], Mapping[str, Any]]
) -> list[tuple[What, str]]:
    """A passage says nothing new where a claim in it stands above it."""
    shown: list[tuple[What, str]] = []
    for what, id in ranked:
        row = known[what, id]
        inside = (known[key] for key in shown if key[0] == "claims" and known[key]["article"] == row["article"])
        if what == "claims" or not any(row["start"] <= c["start"] and c["end"] <= row["end"] for c in inside):
            shown.append((what, id))
    return shown


def _hit(key: tuple[What, str], row: Mapping[str, Any], score: float, ways: Sequence[str], query: Query) -> Hit:
    what, id = key
    claim = what == "claims"
    more = f"analyze explain {id[:8]}" if claim else f"analyze show {row['article'][:8]}"
    return Hit(
        what=what.removesuffix("s"), id=id, score=round(score, 5), by=tuple(ways),
        context=_context(row, query, claim=claim),
        quote=row["quote"] if claim else None, kind=row.get("kind"), verdict=row.get("label"), article=row["article"],
        title=row["title"], author=row["author"], outlet=row["outlet"],
        published=row["published"].isoformat() if row["published"] else None, language=row["language"],
        source=row["source"], more=more,
    )  # fmt: skip


def _context(row: Mapping[str, Any], query: Query, *, claim: bool) -> str:
    """The sentence around a claim; of a passage the sentence with most words of the query."""
    text, start, end = row["text"], row["start"], row["end"]
    if text is None:
        return str(row["quote"])
    if claim:
        low, high = max(0, start - WIDTH), min(len(text), end + WIDTH)
        touching = [
            s for s in sentences(text[low:high], row["language"]) if s.start < end - low and start - low < s.end
        ]
        if touching:
            start, end = low + touching[0].start, low + touching[-1].end
        return " ".join(text[start:end].split())
    spans = sentences(text[start:end], row["language"])
    said = [text[start + s.start : start + s.end] for s in spans] or [text[start:end]]
    wanted = {*query.words, *(word for phrase in query.phrases for word in phrase.split())}
    best = max(said, key=lambda one: len(wanted & set(fold(one).split())))
    return " ".join(best.split())
