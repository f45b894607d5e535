"""A text as tokens with sentences and paragraphs: what the finding of mentions looks at."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache

from analyzer.market.names import TOKEN, fold
from analyzer.market.words import words

HYPHENS = frozenset("-‐‑")


class Page:
    """Tokens of a text: folded (``keys``), as written (``words``), and where they stand. Offsets count code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [m.span() for m in TOKEN.finditer(text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        self.words = [text[start:end] for start, end in found]
        self.keys = [fold(word) for word in self.words]
        self._gaps = [" ", *(text[end:start] for end, start in zip(self.ends, self.starts[1:], strict=False)), " "]
        self.regions: dict[int, str | None] = {}
        """The region that a token names, as far as it has been asked for (see ``analyzer.market.regions``)."""

    def __len__(self) -> int:
        return len(self.keys)

    def gap(self, i: int) -> str:
        """What stands between token i - 1 and token i; a space beyond both ends."""
        return self._gaps[i] if 0 <= i < len(self._gaps) else " "

    def key(self, i: int) -> str:
        return self.keys[i] if 0 <= i < len(self.keys) else ""

    def sentence(self, i: int) -> tuple[int, int]:
        """First token of the sentence of token i, and the first one after it."""
        return self._around(self._sentences, i)

    def paragraph(self, i: int) -> tuple[int, int]:
        return self._around(self._paragraphs, i)

    def between_commas(self, i: int) -> tuple[int, int]:
        """The part of the sentence of token i that no comma divides."""
        low, high = self.sentence(i)
        first = next((k for k in range(i, low, -1) if "," in self.gap(k)), low)
        return first, next((k for k in range(i + 1, high) if "," in self.gap(k)), high)

    def text_of(self, low: int, high: int) -> str:
        """The text from token ``low`` to before token ``high``, with the two characters behind it: "3%."."""
        return self.text[self.starts[low] : self.ends[high - 1] + 2] if low < high else ""

    def phrase(self, first: int, end: int) -> str:
        """The folded tokens with one space around each, for looking up phrases."""
        return f" {' '.join(self.keys[max(0, first) : end])} "

    def _around(self, borders: list[int], i: int) -> tuple[int, int]:
        at = bisect_right(borders, i)
        return borders[at - 1], borders[at] if at < len(borders) else len(self.keys)

    @cached_property
    def _sentences(self) -> list[int]:
        return [0, *(i for i, gap in enumerate(self._gaps) if len(gap) > 1 and self._ends_sentence(i))]

    @cached_property
    def _paragraphs(self) -> list[int]:
        """A line break after a full stop, or an empty line; a bare line break may be a wrapped line."""
        return [0, *(i for i, gap in enumerate(self._gaps) if "\n" in gap and self._ends_sentence(i))]

    def _ends_sentence(self, i: int) -> bool:
        gap = self.gap(i)
        if len(gap) < 2:
            return False
        if "\n" in gap and (gap.count("\n") > 1 or any(c in gap for c in ".!?:")):
            return True
        if ";" in gap:
            return True
        if "." not in gap and "!" not in gap and "?" not in gap and "…" not in gap:
            return False
        before = self.keys[i - 1]
        stops = (
            "!" in gap or "?" in gap or before.isdigit() or (len(before) > 1 and before not in words("abbreviations"))
        )
        ordinal = before.isdigit() and len(before) <= 2 and gap.startswith(". ") and self.words[i][:1].isupper()
        return stops and not ordinal and gap[-1] not in HYPHENS and not self.words[i][:1].islower()


@lru_cache(maxsize=4)
def page_of(text: str) -> Page:
    """The page of a text, made once for all that look at it."""
    return Page(text)
