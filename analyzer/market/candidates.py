"""What a name by itself may mean, each candidate with a score, and whether one of them leads clearly.

A name is compared with every name of the catalogue: as listed, in its other forms, then letter by letter, and last by
meaning, where somebody can search by that. The thresholds are measured on ``tests/market/names.csv``, so that a name
which is not in the catalogue gets no candidate: a wrong instrument is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from analyzer.market.deciding import target_key
from analyzer.market.instruments import Catalogue, Instrument, Target
from analyzer.market.names import TOKEN, fold
from analyzer.market.readings import readings_of
from analyzer.market.typos import LEAST
from analyzer.model import Language

How = Literal["exact", "inflected", "fuzzy", "meaning"]
Words = tuple[str, ...]
"""A name as folded tokens, without what joins them."""
Nearest = Callable[[str], Sequence[tuple[str, float]]]
"""From a text to the symbols and basket ids that are nearest in meaning, each with its cosine; empty without an index.
"""

INFLECTED = 0.95
SHARED = 0.95
"""Factor for a name that means other things too, or this one only beside the name of its region."""
LETTERS = 0.83
"""Likeness from which a name is offered: one letter in six is wrong. With one in five most are other names."""
MEANING = 0.92
"""Cosine from which a neighbour in meaning is offered. Under it stands palladium for "uranium price"."""
SURE = 0.87
"""Score from which the first is taken: one letter in eight. With one in seven "Modena" is Moderna."""
LEAD = 0.04
"""How much more than the second it must score."""

LEGAL_FORMS = frozenset(
    ("ag", "se", "kgaa", "kg", "gmbh", "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited",
     "plc", "llc", "lp", "sa", "nv", "bv", "spa", "ab", "asa", "oyj")
)  # fmt: skip
JOINING = frozenset(("&", "+", "and", "und"))
ABBREVIATED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
"""The full stops within "A.G.", "J.P."."""
FIGURES = re.compile(r"\d+")


@dataclass(frozen=True)
class Candidate:
    """What a name may mean. ``score`` is from 0 to 1; ``how`` says what it rests on.

    exact: a listed name; inflected: one in another form, or divided otherwise; fuzzy: like in letters; meaning: near
    in meaning. ``inverse``: the name is the other side of the series, whose fall is a rise of what is named.
    """

    target: Target
    score: float
    how: How
    inverse: bool = False

    def __str__(self) -> str:
        code = self.target.symbol if isinstance(self.target, Instrument) else f"basket {self.target.id}"
        return f"{self.target.name} ({code}) {self.score:.2f}"


def candidates(
    name: str, language: Language, catalogue: Catalogue, nearest: Nearest | None = None, n: int = 5
) -> tuple[Candidate, ...]:
    """At most ``n`` candidates for a name, the best first; none for what is like no name of the catalogue.

    Legal forms, capitals and hyphens do not count. ``nearest`` is asked only where the letters give nothing.
    """
    found = _letters(catalogue, language).candidates(name)
    if found is None:
        return ()
    if not found and nearest is not None:
        found = list(_by_meaning(nearest(name), catalogue))
    return _best(found)[:n]


def unsure(found: Sequence[Candidate]) -> bool:
    """Whether none may be taken without asking: there is none, too unlike, without a clear lead, or the other side."""
    if not found or found[0].inverse or found[0].how == "meaning" or found[0].score < SURE:
        return True
    return len(found) > 1 and found[0].score - found[1].score < LEAD


class _Form(NamedTuple):
    """One form of a name, and what its score is multiplied with."""

    target: Target | None
    """None: the phrase is no instrument."""
    words: Words
    listed: bool
    inverse: bool = False
    weight: float = 1.0

    def candidate(self, score: float, how: How) -> Candidate:
        assert self.target is not None
        return Candidate(self.target, score * self.weight, how, self.inverse)


@lru_cache(maxsize=8)
def _letters(catalogue: Catalogue, language: Language) -> _Letters:
    return _Letters(catalogue, language)


class _Letters:
    """The names of one catalogue in one language, compared by their letters and figures."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self._forms: dict[str, list[_Form]] = {}
        """By the letters and figures of the whole form."""
        self._bare: dict[str, list[_Form]] = {}
        """Of listed names, by those of the name without its legal form."""
        for form in _forms(catalogue, language):
            self._forms.setdefault("".join(form.words), []).append(form)
            if form.listed and form.target is not None:
                bare = _without_legal_form(form.words)
                self._bare.setdefault("".join(bare), []).append(form._replace(words=bare))

    def candidates(self, name: str) -> list[Candidate] | None:
        """Those that have this name, with its legal form or without, else those with one like it; None for a phrase
        that is no instrument."""
        words = _words(name)
        if any(form.target is None for form in self._forms.get("".join(words), ())):
            return None
        bare = _without_legal_form(words)
        return _same(self._forms, words) or _same(self._bare, bare) or self._alike(bare)

    def _alike(self, words: Words) -> list[Candidate]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        whole, like = "".join(words), OSA.normalized_similarity
        near = process.extract(whole, self._bare.keys(), scorer=like, score_cutoff=LETTERS, limit=None)
        found = [form.candidate(_slip(words, form.words), "fuzzy") for key, _, _ in near for form in self._bare[key]]
        return [candidate for candidate in found if candidate.score >= LETTERS]


def _same(forms: Mapping[str, Sequence[_Form]], words: Words) -> list[Candidate]:
    found = []
    for form in forms.get("".join(words), ()):
        exact = form.listed and form.words == words
        found.append(form.candidate(1.0, "exact") if exact else form.candidate(INFLECTED, "inflected"))
    return found


def _slip(words: Words, listed: Words) -> float:
    """How likely the words are a slip for the listed ones, from 0 to 1: the likeness of the two that differ most.

    0 for another figure ("FTSE 250"), another beginning, another ending of a short name ("Bayern") and for a word more
    or less: these are other names.
    """
    whole, other = "".join(words), "".join(listed)
    ends = whole[-1:] == other[-1:] or len(other) >= LEAST
    if not ends or whole[:1] != other[:1] or FIGURES.findall(whole) != FIGURES.findall(other):
        return 0.0
    if len(words) != len(listed):
        return 0.0 if set(words) < set(listed) or set(listed) < set(words) else _likeness(whole, other)
    return min(_likeness(whole, other), *map(_likeness, words, listed))


def _likeness(one: str, other: str) -> float:
    """1 less the share of letters that are wrong, missing, one too many, or exchanged with a neighbour."""
    from rapidfuzz.distance import OSA

    return float(OSA.normalized_similarity(one, other))


def _forms(catalogue: Catalogue, language: Language) -> Iterator[_Form]:
    for reading in readings_of(catalogue, language):
        weight = SHARED if reading.trust in ("ambiguous", "regional") else 1.0
        words = _telling(reading.name.tokens)
        yield _Form(reading.target, words, not reading.name.inflected, reading.inverse, weight)
    for instrument in catalogue.instruments:
        if not instrument.symbol.isalnum():  # a bare "NOW" is a word
            yield _Form(instrument, _words(instrument.symbol), True)


def _words(name: str) -> Words:
    return _telling(fold(word) for word in TOKEN.findall(ABBREVIATED.sub("", name)))


def _telling(words: Iterable[str]) -> Words:
    return tuple(word for word in words if word not in JOINING)


def _without_legal_form(words: Words) -> Words:
    end = len(words)
    while end > 1 and words[end - 1] in LEGAL_FORMS:
        end -= 1
    return words[:end]


def _by_meaning(near: Iterable[tuple[str, float]], catalogue: Catalogue) -> Iterator[Candidate]:
    for code, cosine in near:
        target = catalogue.get(code) or catalogue.basket(code)
        if target is not None and cosine >= MEANING:
            yield Candidate(target, min(cosine, 1.0), "meaning")


def _best(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """One candidate a target, the best first; of equals, that of the earlier entry."""
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: -c.score):
        best.setdefault(target_key(candidate.target), candidate)
    return tuple(best.values())
