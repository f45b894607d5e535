"""Paragraphs and headlines, from blank lines and from the lengths of lines.

A blank line always ends a paragraph. What a single newline means depends on the text. Where lines are longer than
anybody wraps them (most web text), each line is a paragraph. In wrapped text (PDF, mail) a newline is a space, unless
the next word would have fitted well within the width: then somebody meant the break, and the line is the end of a
paragraph (it ends with a stop) or a headline (it does not, and the next one begins with a capital).
"""

from __future__ import annotations

import re
from functools import lru_cache

from analyzer.text.spans import Span, trimmed
from analyzer.text.wordlists import words

MAX_WRAP = 160
"""Characters: longer lines were not wrapped by anybody."""
FIT = 0.7
"""A line broken although it and the next word fill less than this share of the width was broken on purpose."""

LINE = re.compile(r"[^\n]*[^\s][^\n]*")
ENDED = re.compile(r"""[.!?…:][\])}"'”’“‘»«›‹*_]*$""")
UNFINISHED = re.compile(r"[,;(\[/&–—-]$")
OPENS = re.compile(r"[^\w]*[A-ZÀ-ÖØ-Þ]")
ITEM = re.compile(r"[-*•·‣▪–]\s")
NUMBERED = re.compile(r"\d{1,2}[.)]\s")
OWN_LINE = re.compile(r"#{1,6}\s|[•‣▪]\s|.*\s\|\s")
"""Markdown headings, bullets and rows of tables (our readers write `` | `` between cells) stand alone."""


def paragraphs(text: str) -> tuple[Span, ...]:
    """Trimmed spans, in order, that cover every character but white space."""
    lines = [trimmed(text, *match.span()) for match in LINE.finditer(text)]
    width = _wrap_width(lines)
    found: list[Span] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or _breaks(text, before, line, width):
            found.append(line)
        else:
            found[-1] = Span(found[-1].start, line.end)
    return tuple(found)


def _wrap_width(lines: list[Span]) -> int | None:
    """Width at which the text is wrapped (the longest lines but for outliers), or None when it is not."""
    lengths = sorted(end - start for start, end in lines)
    wrapped = [n for n in lengths if n <= MAX_WRAP]
    if 2 * sum(wrapped) < sum(lengths) or not wrapped:
        return None
    return wrapped[-1 - len(wrapped) // 20]


def _breaks(text: str, before: Span, line: Span, width: int | None) -> bool:
    if text.count("\n", before.end, line.start) > 1 or width is None:
        return True
    first, second = before.of(text), line.of(text)
    if max(len(first), len(second)) > MAX_WRAP or OWN_LINE.match(first) or OWN_LINE.match(second):
        return True
    next_word = second.split(None, 1)[0]
    if len(first) + 1 + len(next_word) >= FIT * width:
        return False
    listed = ITEM.match(second) or (NUMBERED.match(first) and NUMBERED.match(second))
    return bool(ENDED.search(first) or listed) or _headline(first, second)


def _headline(line: str, following: str) -> bool:
    if UNFINISHED.search(line) or not OPENS.match(following):
        return False
    return line.split()[-1].lower() not in _function_words()


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return words("sentences_de")["function_words"] | words("sentences_en")["function_words"]
