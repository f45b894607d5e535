"""The word lists of the readers: files in, cues with offsets out.

A pattern is one or more words; ``*`` stands for letters inside a word, ``…`` for a gap of up to twelve words. All
patterns of a language are looked up by their first word in one pass over the tokens, so that the cost does not grow
with the length of the lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from analyzer.errors import ConfigError

TOKEN = re.compile(r"\w+(?:(?:[-'’./&]|,(?=\d))\w+)*", re.UNICODE)
MAX_GAP = 12
GAP = "…"
KEPT = 50_000
"""Words of which is kept what begins with them; an archive has more, and is not to fill the memory."""


class Cue(NamedTuple):
    """A word or phrase of the lists, found in a text."""

    heading: str
    start: int
    end: int
    text: str


class Token(NamedTuple):
    text: str
    start: int
    end: int


Entry = tuple[str, tuple[str, ...]]
"""A heading, and the words of a pattern behind its first."""


class Begun(NamedTuple):
    """The patterns that begin with a word: those that only their second word can go on, and the others."""

    alone: tuple[Entry, ...]
    by_second: dict[str, list[Entry]]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Begun | None:
        """None when nothing begins with the word, as with most words."""
        alone: list[Entry] = []
        by_second: dict[str, list[Entry]] = {}
        for heading, rest in entries:
            if rest and rest[0] != GAP and "*" not in rest[0]:
                by_second.setdefault(rest[0], []).append((heading, rest))
            else:
                alone.append((heading, rest))
        return cls(tuple(alone), by_second) if alone or by_second else None


@dataclass
class Lexicon:
    """Patterns of one language, indexed by their first word."""

    language: str
    exact: dict[str, list[Entry]] = field(default_factory=dict)
    prefix: dict[str, list[Entry]] = field(default_factory=dict)
    suffix: dict[str, list[Entry]] = field(default_factory=dict)
    inside: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    headings: tuple[str, ...] = ()
    known: dict[str, Begun | None] = field(default_factory=dict)
    """What was looked up before, by the word: a text says the same few words again and again."""

    def add(self, heading: str, pattern: str) -> None:
        """A pattern of the lists, also as it is spelt in Switzerland."""
        for spelt in dict.fromkeys((pattern, pattern.replace("ß", "ss"))):
            self._add(heading, spelt)

    def _add(self, heading: str, pattern: str) -> None:
        first, *rest = pattern.lower().replace("’", "'").split()
        entry = (heading, tuple(rest))
        body = first.strip("*")
        if "*" in body:
            head, _, tail = body.partition("*")
            self.inside.append((head, tail, (heading, *rest)))
        elif first.startswith("*"):
            self.suffix.setdefault(body, []).append(entry)
        elif first.endswith("*"):
            self.prefix.setdefault(body, []).append(entry)
        else:
            self.exact.setdefault(first, []).append(entry)

    def cues(self, text: str, start: int = 0, end: int | None = None) -> tuple[Cue, ...]:
        """The cues in ``text[start:end]``, in order; offsets are those of ``text``."""
        tokens = tokenize(text, start, end)
        found = []
        for i, token in enumerate(tokens):
            begun = self._beginning_with(token.text)
            if begun is None:
                continue
            following = tokens[i + 1].text if i + 1 < len(tokens) else ""
            for heading, rest in (*begun.alone, *begun.by_second.get(following, ())):
                last = _match_rest(tokens, i, rest)
                if last is not None:
                    stop = tokens[last].end
                    found.append(Cue(heading, token.start, stop, text[token.start : stop]))
        return tuple(found)

    def _beginning_with(self, word: str) -> Begun | None:
        if word in self.known:
            return self.known[word]
        found = Begun.of(self._starting(word))
        if len(self.known) < KEPT:
            self.known[word] = found
        return found

    def _starting(self, word: str) -> Iterator[Entry]:
        yield from self.exact.get(word, ())
        for n in range(2, len(word) + 1):
            yield from self.prefix.get(word[:n], ())
            yield from self.suffix.get(word[-n:], ())
        for head, tail, entry in self.inside:
            if word.startswith(head) and word.endswith(tail) and len(word) >= len(head) + len(tail):
                yield entry[0], entry[1:]


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    stop = len(text) if end is None else end
    return [Token(_folded(m.group()), m.start(), m.end()) for m in TOKEN.finditer(text, start, stop)]


def _folded(word: str) -> str:
    """Lower case, but for "May": the month is not the modal."""
    return word if word == "May" else word.lower().replace("’", "'")


def _match_rest(tokens: list[Token], i: int, rest: tuple[str, ...]) -> int | None:
    """Index of the token that ends the phrase, None when it does not go on like this."""
    for n, part in enumerate(rest):
        if part == GAP:
            after = rest[n + 1 :]
            for j in range(i + 1, min(i + 2 + MAX_GAP, len(tokens))):
                if _same(tokens[j].text, after[0]):
                    return _match_rest(tokens, j, after[1:])
            return None
        i += 1
        if i >= len(tokens) or not _same(tokens[i].text, part):
            return None
    return i


def _same(word: str, pattern: str) -> bool:
    if pattern.startswith("*"):
        return word.endswith(pattern[1:])
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return word == pattern


@lru_cache(maxsize=4)
def load_lexicon(language: str) -> Lexicon:
    """The lists of a language (``lexicon/<language>.yaml``)."""
    source = files("analyzer.extract").joinpath("lexicon", f"{language}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lists = yaml.load(source, Loader=loader)
    lexicon = Lexicon(language, headings=tuple(lists))
    for heading, patterns in lists.items():
        for pattern in patterns:
            if not isinstance(pattern, str):
                raise ConfigError(f"lexicon/{language}.yaml, {heading}: {pattern!r} must be written in quotes")
            lexicon.add(heading, pattern)
    return lexicon
