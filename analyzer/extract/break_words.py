"""A clause that says that something is not as it was: a relation that no longer holds, a level that has shifted for
good, a new era. The words stand in the lexicon, the days of times with a name in ``lexicon/turns.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from analyzer.extract.relations import AHEAD, correlates, has_market_figure, names_a_day
from analyzer.extract.resolve import resolve
from analyzer.extract.swing_words import swings
from analyzer.extract.view import Clause
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

Says = Literal["relation", "shift", "era"]
Days = tuple[date, date]


@dataclass(frozen=True)
class BreakSaid:
    """``named``: the first and last day of the time from which it is otherwise; None where none is named."""

    says: Says
    named: Days | None


def break_kind(clause: Clause) -> Says | None:
    """Whether a clause says so, and of what; None for what is to come, has a figure, or is on a day."""
    says = _kind(clause)
    if says is None or has_market_figure(clause) or names_a_day(clause) or clause.is_question:
        return None
    if AHEAD.search(clause.text) or correlates(clause) or swings(clause) is not None or _is_negated(clause):
        return None
    return says


def _kind(clause: Clause) -> Says | None:
    """By the cues alone, which most clauses have none of."""
    if clause.has("break_apart") or (clause.has("break_noun") and clause.has("break_gone")):
        return "relation"
    if clause.has("break_lasting") and clause.has("break_shift", "break_up", "break_down"):
        return "shift"
    return "era" if clause.has("break_era") else None


def _is_negated(clause: Clause) -> bool:
    """Whether a negation stands in it that is none of the words themselves: "has not broken down", but "no longer"."""
    own = [c for c in clause.cues if c.heading.startswith("break_")]
    others = (c for c in clause.cues if c.heading == "negation")
    return any(not any(o.start <= c.start and c.end <= o.end for o in own) for c in others)


def break_said(clause: Clause, published: date | None) -> BreakSaid | None:
    """With its time; None where more than one is named, one that was not read, or none of a new era."""
    says = break_kind(clause)
    if says is None or len(clause.times) > 1:
        return None
    named = [_days(e.value, published) for e in clause.times]
    if None in named or (says == "era" and not named):
        return None
    return BreakSaid(says, named[0] if named else None)


def _days(value: t.TimeValue, published: date | None) -> Days | None:
    anchor = value.anchor if isinstance(value, t.Since) else value
    if isinstance(anchor, t.EventAnchor):
        found = named_turn(anchor.text)
        if found is not None or not isinstance(anchor, t.EventDay):
            return found if found and (published is None or found[0] < published) else None
    period = resolve(anchor, published)
    if period is None or period.shape not in ("day", "period") or (published is not None and period.first >= published):
        return None
    return period.first, min(period.last, published) if published else period.last


def named_turn(words: str) -> Days | None:
    """The first and last day of the time with a name that the words hold."""
    return next((days for name, days in _turns() if name.search(words)), None)


@lru_cache(maxsize=1)
def _turns() -> tuple[tuple[Pattern, Days], ...]:
    text = files("analyzer.extract").joinpath("lexicon", "turns.yaml").read_text(encoding="utf-8")
    return tuple(
        (Pattern(rf"\b(?:{'|'.join(one['words'])})\b", re.IGNORECASE), (one["first"], one["last"]))
        for one in yaml.safe_load(text).values()
    )
