"""Names with one letter wrong or spaced otherwise: "Infinion", "Goldman Sacks", "Pay Pal".

Names are compared without their spaces. Every name and token is looked up by what remains when one letter is left out,
so that a token costs a few look-ups instead of a comparison with each name. Only long names, and only errors inside
the word: at its end stand inflections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzer.market.name_index import NameIndex
from analyzer.market.readings import Reading

LEAST = 6
"""Letters of the shortest name that is searched for."""
SURE = 7
"""Letters from which on a changed letter is taken for an error; in shorter names only one too many or too few."""


class Typos:
    """The long names of one index, by themselves and with each single letter left out."""

    def __init__(self, index: NameIndex) -> None:
        self._names: Mapping[str, Reading] = index.proper_names(LEAST)
        self._by_rest: dict[str, list[str]] = {}
        self._ends = {(name[0], name[-1], len(name) + more) for name in self._names for more in (-1, 0, 1)}
        for name in self._names:
            for rest in _rests(name):
                self._by_rest.setdefault(rest, []).append(name)

    def meant(self, key: str) -> Reading | None:
        """The name that a folded token misspells by one insertion, deletion, change or exchange of neighbours."""
        if (key[0], key[-1], len(key)) not in self._ends:
            return None
        near = {name for rest in _rests(key) for name in self._by_rest.get(rest, ()) if _is_typo(key, name)}
        return self._names[near.pop()] if len(near) == 1 else None

    def spaced(self, key: str) -> Reading | None:
        """The name that two tokens written as one are, to the letter or with one wrong."""
        return self._names.get(key) or self.meant(key)


def _rests(word: str) -> Iterator[str]:
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(1, len(word) - 1))


def _is_typo(key: str, name: str) -> bool:
    from rapidfuzz.distance import OSA

    if key[0] != name[0] or key[-1] != name[-1] or key == name or (len(name) < SURE and len(key) == len(name)):
        return False
    return OSA.distance(key, name, score_cutoff=1) <= 1
