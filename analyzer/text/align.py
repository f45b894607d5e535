"""Find a quote in a text, forgiving typography and nothing else.

A quote counts as found when it stands in the text word for word: first as it is, then after both were normalised
(quotes, dashes, white space, ligatures, hyphenation at line ends). Digits, letters, case, negations and units are
never touched, and nothing is matched approximately: a quote with one changed digit, an inserted "nicht", "Mio." for
"Mrd." or another year is not in the text. Nor is "7 Prozent" in "17 Prozent": a quote begins and ends where a word or
a number does.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzer.text.paragraphs import paragraphs
from analyzer.text.spans import Span

DOUBLE_QUOTES = "„“”‟«»″〝〞＂"
SINGLE_QUOTES = "‘’‚‛‹›′´`＇"
DASHES = "‐‑‒–—―−﹣－"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
ASCII = {**dict.fromkeys(DOUBLE_QUOTES, '"'), **dict.fromkeys(SINGLE_QUOTES, "'"), **dict.fromkeys(DASHES, "-")}

SPECIAL = re.compile(
    r"""(?P<hyphenation>(?<=\w)[-‐\u00ad][^\S\n]*\n\s*(?=\w)(?!(?:und|oder|bis|and|or|to)\b))
      | (?P<composed>\w[\u0300-\u036f]+)
      | (?P<space>\s{2,}|[^\S ])
      | (?P<dashes>[-‐‑‒–—―−]{2,})
      | (?P<other>[^\x00-\x7f])""",
    re.VERBOSE,
)
COMPATIBLE = ("<compat>", "<wide>", "<narrow>", "<noBreak>")
"""Decompositions that only respell; super- and subscripts, fractions, circled and squared forms change what is read."""

EDGES = " \t\n\r\f\v\u00a0\"'" + DOUBLE_QUOTES + SINGLE_QUOTES + "…[]"
GROUP_MARKS = ".,:'’"


@dataclass(frozen=True)
class Normalised:
    """``offsets[i]`` is where character ``i`` of ``text`` came from; the last entry is the length of the original."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that ``text[start:end]`` stands for."""
        return Span(self.offsets[start], self.offsets[end])

    def place(self, start: int, end: int) -> Span:
        """The stretch of ``text`` that the original's ``[start:end]`` became."""
        return Span(bisect_left(self.offsets, start), bisect_left(self.offsets, end))


@lru_cache(maxsize=4)
def normalise(text: str, *, keep_hyphens: bool = False) -> Normalised:
    """Typography folded to ASCII, with a map back.

    Typographic quotes and dashes become ASCII, white-space runs one space; soft hyphens and zero-width characters go;
    ligatures, the ellipsis and full-width letters are spelt out; letters with combining accents are composed. A word
    hyphenated at a line end ("Bör-\\nse") is joined when it goes on in lower case; ``keep_hyphens`` keeps the hyphen
    and drops only the line break ("risk-\\nfree"), as is always done before a capital ("KI-\\nAktien") or beside a
    digit ("10-\\njährig").
    """
    return _folded(text, SPECIAL, keep_hyphens)


READ_THROUGH = re.compile(
    r"""(?P<hyphenation>(?<=\w)[-‐\u00ad][^\S\n]*\n[^\S\n]*(?=\w)(?!(?:und|oder|bis|and|or|to)\b))
      | (?P<wrap>(?<=\S)[^\S\n]*\n\s*(?=\S))
      | (?P<space>(?<=\S)[^\S\n]{2,}(?=\S)|(?<!\d)[^\S\n ]|[^\S\n ](?!\d))
      | (?P<letter>[ſıİ\u212a])""",
    re.VERBOSE,
)
USUAL = {"ſ": "s", "ı": "i", "İ": "I", "\u212a": "K"}
"""Letters that a pattern without regard to case takes for these, and no list of words holds: "Auguſt"."""


def for_reading(text: str) -> Normalised:
    """The text as it is read, with a map back: words that a line end divides are joined by the same rule as in
    ``normalise``, the lines of a paragraph and what sets a line in columns are a blank apart, blanks of other kinds are
    usual ones but within a number, and letters of old prints and of other alphabets that stand for usual ones are
    these. All else stays as it is."""
    ends = frozenset(span.end for span in paragraphs(text))
    return _folded(text, READ_THROUGH, keep_hyphens=False, ends=ends)


def _folded(text: str, pattern: re.Pattern[str], keep_hyphens: bool, ends: frozenset[int] = frozenset()) -> Normalised:
    pieces: list[str] = []
    offsets = array("I")
    position = 0
    for match in pattern.finditer(text):
        if match.lastgroup == "wrap" and match.start() in ends:
            continue
        pieces.append(text[position : match.start()])
        offsets.extend(range(position, match.start()))
        replaced = _replacement(match, text, keep_hyphens)
        pieces.append(replaced)
        offsets.extend([match.start()] * len(replaced))
        position = match.end()
    pieces.append(text[position:])
    offsets.extend(range(position, len(text) + 1))
    return Normalised("".join(pieces), offsets)


def _replacement(match: re.Match[str], text: str, keep_hyphens: bool) -> str:
    found = match[0]
    match match.lastgroup:
        case "hyphenation":
            goes_on = text[match.start() - 1].isalpha() and text[match.end()].islower()
            return "" if found[0] == "\u00ad" or (goes_on and not keep_hyphens) else "-"
        case "composed":
            return unicodedata.normalize("NFC", found)
        case "space" | "wrap":
            return " "
        case "dashes":
            return "-"
        case "letter":
            return USUAL[found]
        case _:
            return _character(found)


def _character(found: str) -> str:
    if found in ASCII:
        return ASCII[found]
    if found in INVISIBLE:
        return ""
    spelt = unicodedata.normalize("NFKC", found)
    respelt = unicodedata.decomposition(found).startswith(COMPATIBLE)
    if not respelt or any(c.isspace() or unicodedata.numeric(c, None) is not None for c in found + spelt):
        return unicodedata.normalize("NFC", found)
    return spelt


def locate(quote: str, text: str, near: int | None = None) -> Span | None:
    """Where ``quote`` stands in ``text``, or None. Of several places the one nearest to ``near``, else the first.

    Quote marks, ellipses and white space at the quote's ends may be missing from the text.
    """
    if not any(map(str.isalnum, quote)):
        return None
    span = _find(quote, text, near)
    for keep_hyphens in (False, True):
        if span is not None:
            break
        folded = normalise(text, keep_hyphens=keep_hyphens)
        at = bisect_left(folded.offsets, near) if near is not None else None
        found = _find(normalise(quote, keep_hyphens=keep_hyphens).text, folded.text, at)
        span = found and folded.span(*found)
    return span


def _find(quote: str, text: str, near: int | None) -> Span | None:
    for candidate in dict.fromkeys((quote.strip(), _stripped(quote))):
        span = _nearest_to(near, _occurrences(candidate, text))
        if span is not None:
            return span
    return None


def _nearest_to(near: int | None, spans: Iterator[Span]) -> Span | None:
    if near is None:
        return next(spans, None)
    return min(spans, key=lambda span: abs(span.start - near), default=None)


def _occurrences(quote: str, text: str) -> Iterator[Span]:
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        if not _inside_token(text, start) and not _inside_token(text, end):
            yield Span(start, end)
        start = text.find(quote, start + 1)


def _inside_token(text: str, at: int) -> bool:
    """Whether a cut at ``at`` goes through a word or through a number ("1.2|34,5", "3|,1")."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return False
    if _wordlike(before[-1]) and _wordlike(after[0]):
        return True
    if before[-1].isdigit() and after[0] in GROUP_MARKS:
        return after[1:].isdigit()
    return before[-1] in GROUP_MARKS and before[:-1].isdigit() and after[0].isdigit()


def _wordlike(char: str) -> bool:
    return char.isalnum() or char == "\u00ad" or unicodedata.combining(char) != 0


def _stripped(quote: str) -> str:
    """Without quote marks, ellipses and white space at the ends. A single stop at the end is the quote's own."""
    core = quote.strip(EDGES)
    if core.endswith("..."):
        core = core.rstrip(".").rstrip(EDGES)
    if core.startswith("..."):
        core = core.lstrip(".").lstrip(EDGES)
    return core


def nearest(quote: str, text: str) -> tuple[Span, float]:
    """The stretch of ``text`` most like ``quote``, and how alike they are (0 to 1). For messages of refusal only."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(quote, text)
    if found is None or found.dest_end <= found.dest_start:
        return Span(0, 0), 0.0
    start, end = found.dest_start, found.dest_end
    while start > 0 and _inside_token(text, start):
        start -= 1
    while end < len(text) and _inside_token(text, end):
        end += 1
    return Span(start, end), found.score / 100.0
