"""A proposed quote must stand in the text, and a proposed figure in its words; else it is refused with a code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analyzer.text.align import locate, nearest
from analyzer.text.spans import Span

MAX_QUOTE = 600
"""Characters. A clause has some 70; what is much longer is a passage, not the place of one claim."""
MAX_SHOWN = 200


@dataclass(frozen=True)
class Refusal:
    """Why a proposal was not accepted: a code, and a sentence."""

    code: str
    why: str


def ground(quote: str, text: str, near: int | None = None) -> Span | Refusal:
    """Where the quote stands in the text, of several places the one nearest to the offset ``near``; or the refusal."""
    if not re.search(r"\w", quote):
        return Refusal("quote_empty", "there are no words in the quote")
    if len(quote) > MAX_QUOTE:
        return Refusal("quote_too_long", f"the quote has {len(quote)} characters, at most {MAX_QUOTE} are accepted")
    span = locate(quote, text, near)
    return span if span is not None else _not_found(quote, text)


def _not_found(quote: str, text: str) -> Refusal:
    span, alike = nearest(quote, text)
    stretch = " ".join(span.of(text).split())[:MAX_SHOWN]
    return Refusal("quote_not_found", f'not in the text word for word; the nearest is "{stretch}" ({alike:.0%} alike)')


def check_figures(figures: Iterable[str], quote: str) -> Refusal | None:
    """The refusal of the first figure that does not stand in the quote as a whole number or word; None if all do."""
    for figure in figures:
        if not re.search(r"\w", figure) or locate(figure, quote) is None:
            shown = " ".join(quote.split())[:MAX_SHOWN]
            return Refusal("figure_not_in_quote", f'the figure "{figure}" does not stand in "{shown}"')
    return None
