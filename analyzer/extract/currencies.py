"""In which currency a move is counted: "in Euro gerechnet", "in dollar terms", "in local currency".

A phrase of the lexicon belongs to one figure, the nearest that no comma or "and" parts from it; at the beginning of a
sentence it holds for all figures that have none of their own. "In Euro" alone is a conversion only beside a percentage:
amounts of money ("fiel auf 120 Euro") and what something is quoted in ("in Dollar notiert") convert nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from analyzer.extract.lexicon import TOKEN, Cue
from analyzer.extract.phrases import any_phrase
from analyzer.model import Basis
from analyzer.text.numbers import Figure

if TYPE_CHECKING:
    from analyzer.extract.drafts import Context, Draft
    from analyzer.extract.view import Clause
    from analyzer.market.mentions import Mention

CODES = ("eur", "usd", "gbp", "jpy", "chf")
PLAIN = {f"in_{code}": code.upper() for code in CODES}
BARE = {f"bare_{code}": code.upper() for code in CODES}
LOCAL = "in_local"
PHRASES = frozenset({*PLAIN, *BARE, LOCAL})

CONVERTING = ("session_return", "period_return", "market_value_change", "relative_performance")
"""Checks with a parameter ``currency``."""
OF_PRICES = (
    "record_extreme",
    "drawdown",
    "breadth",
    "level",
    "forecast",
    "event_study",
    "event_study_group",
    "trigger",
)
"""Checks of prices without it: in another currency theirs would be the answer to another question."""

UNITS = ("fraction", "points", "currency")
BORDER = re.compile(rf"[,;()–—]|\b{any_phrase('parts_two_figures')}\b", re.IGNORECASE)
OPENS = re.compile(rf"(?:^|[,;:(–—]|\b{any_phrase('opens_a_part')})\W*$", re.IGNORECASE)
"""What stands before a phrase that begins a sentence or a part of it."""
APART = 40
"""Characters that a border between a phrase and a figure counts for."""
FILLED = 6
"""Words that may stand between "in Euro" and its percentage: "in Euro stieg er am Montag nur um 3 Prozent"."""


class Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Phrase:
    """``currency`` None: the instrument's own."""

    currency: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Asked:
    currency: str
    basis: Basis


def apart_from_phrases(mentions: Iterable[Mention], cues: Iterable[Cue]) -> tuple[Mention, ...]:
    """The mentions without the euro of "aus Sicht eines Euro-Anlegers", which nothing is said of."""
    inside = [cue for cue in cues if cue.heading in PHRASES]
    return tuple(m for m in mentions if not any(c.start <= m.start and m.end <= c.end for c in inside))


def asked_in(clause: Clause, figure: Figure | None = None) -> Asked | None:
    """The currency that the text asks for: for a figure, or for a move without one; None for the instrument's own."""
    sentence = clause.sentence
    phrases = _phrases(sentence)
    figures = [f for f in sentence.figures if f.unit in UNITS]
    found = _of_figure(sentence, phrases, figures, figure) if figure else _of_clause(clause, phrases, figures)
    if found is None or found.currency is None:
        return None
    return Asked(found.currency, "quote" if clause.start <= found.start and found.end <= clause.end else "context")


def _of_figure(sentence: Clause, phrases: Sequence[Phrase], figures: Sequence[Figure], figure: Figure) -> Phrase | None:
    """The phrase that belongs to the figure; else the only one of the sentence, where it stands before all figures."""
    text = sentence.view.article.text
    own = [p for p in phrases if figures and min(figures, key=lambda f: _distance(text, p, f)) == figure]
    if own:
        return min(own, key=lambda p: _distance(text, p, figure))
    fronted = _fronted(phrases, figures)
    return fronted if fronted and ";" not in text[fronted.end : figure.start] else None


def _of_clause(clause: Clause, phrases: Sequence[Phrase], figures: Sequence[Figure]) -> Phrase | None:
    """The phrase of a clause without a figure of its own."""
    inside = (p for p in phrases if clause.start <= p.start and p.end <= clause.end)
    return next(inside, _fronted(phrases, figures))


def _fronted(phrases: Sequence[Phrase], figures: Sequence[Figure]) -> Phrase | None:
    """The only phrase of a sentence, where it stands before all figures."""
    return phrases[0] if len(phrases) == 1 and all(phrases[0].end <= f.start for f in figures) else None


def _distance(text: str, phrase: Phrase, figure: Figure) -> int:
    between = _between(text, phrase, figure)
    return len(between) + (APART if BORDER.search(between) else 0)


def _between(text: str, one: Placed, other: Placed) -> str:
    """What stands between two places that do not overlap, in whichever order they are."""
    first, second = (one, other) if one.start <= other.start else (other, one)
    return text[first.end : second.start]


# --- phrases --------------------------------------------------------------------------------------------------------


def _phrases(sentence: Clause) -> tuple[Phrase, ...]:
    """The phrases of a sentence in their order, each longest one once."""
    cues = [c for c in sentence.cues if c.heading in PHRASES]
    whole = [c for c in cues if not any(o.start <= c.start and c.end <= o.end and _longer(o, c) for o in cues)]
    return tuple(
        Phrase((PLAIN | BARE).get(c.heading), c.start, c.end)
        for c in whole
        if c.heading not in BARE or _converts(sentence, c)
    )


def _longer(one: Cue, other: Cue) -> bool:
    return one.end - one.start > other.end - other.start


def _converts(sentence: Clause, cue: Cue) -> bool:
    """Whether a bare "in Euro" is said of a percentage: right behind it, a few words before it, or at the beginning."""
    text = sentence.view.article.text
    if any(c.heading == "stated_in" and not _between(text, c, cue).strip() for c in sentence.cues):
        return False  # "in Dollar notierte Anleihen", "gold, which is priced in dollars"
    percentages = [f for f in sentence.figures if f.unit == "fraction"]
    if any(f.end <= cue.start and not _between(text, f, cue).strip() for f in percentages):
        return True
    following = next((f for f in percentages if f.start >= cue.end), None)
    if following is None or BORDER.search(between := _between(text, cue, following)):
        return False
    opens = OPENS.search(text[sentence.start : cue.start]) is not None
    return opens or len(TOKEN.findall(between)) <= FILLED


# --- drafts ---------------------------------------------------------------------------------------------------------


def in_currency(context: Context, drafts: Sequence[Draft]) -> tuple[list[Draft], list[str]]:
    """The drafts with the currency that the text asks for, and the checks that are wanted in it and cannot be had."""
    found: list[Draft] = []
    wanted: list[str] = []
    for draft in drafts:
        asked = asked_in(context.clause, _figure_of(context.clause, draft))
        if asked is None or _is_own(context, draft, asked.currency):
            found.append(draft)
        elif draft.check in CONVERTING:
            params = {**draft.params, "currency": asked.currency}
            found.append(replace(draft, params=params, basis={**draft.basis, "currency": asked.basis}))
        elif draft.check in OF_PRICES and _unit(draft) != "currency":
            wanted.append(f"{draft.check} in {asked.currency}")
        else:
            found.append(draft)
    return found, wanted


def _figure_of(clause: Clause, draft: Draft) -> Figure | None:
    said = draft.params.get("stated")
    return next((f for f in clause.figures if said is not None and f.text == said.text), None)


def _unit(draft: Draft) -> str | None:
    said = draft.params.get("stated")
    return said.unit if said is not None else None


def _is_own(context: Context, draft: Draft, currency: str) -> bool:
    """Whether the prices of everything that the draft is on are in that currency already."""
    params = draft.params
    symbols = [params[k] for k in ("symbol", "other") if params.get(k)]
    symbols += [*(params.get("symbols") or ()), *(params.get("members") or ())]
    listed = [context.instrument(symbol) for symbol in symbols]
    return all(one is not None and one.currency == currency for one in listed)
