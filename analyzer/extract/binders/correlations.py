"""correlation_change: two things that move together or apart, now or since a day."""

from __future__ import annotations

import re
from typing import Any

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.relations import correlates
from analyzer.extract.things import Thing, things_in
from analyzer.model import Basis
from analyzer.text.patterns import Pattern
from analyzer.text.times import Since

NEW = phrases("together_now")
MORE = Pattern(
    rf"\b(?:{any_phrase('together_more')}|(?:ist|hat) .{{0,30}}{any_phrase('together_has_risen')})\b", re.IGNORECASE
)
LESS = Pattern(
    rf"\b(?:{any_phrase('together_less')}|(?:ist|hat) .{{0,30}}{any_phrase('together_has_fallen')})\b", re.IGNORECASE
)
TURNED = phrases("together_turned")
FALLS = phrases("together_down")
ITSELF = phrases("correlation_itself")
"""The correlation is what the sentence is on, so that its rise or fall is the claim."""
SHORTEST = 280
"""Calendar days that a window needs for forty weeks."""


def correlations(context: Context) -> list[Draft]:
    clause = context.clause
    if not correlates(clause):
        return []
    things = _assumed_first(things_in(clause, context.available))
    if len(things) != 2 or any(t.instrument.kind == "macro" for t in things):
        return []
    window = _window(context, things[0])
    if window is None:
        return []
    params, marks = window
    first, second = things
    turned = tuple(t.instrument.symbol for t in things if t.turned)
    params |= {"symbol": first.instrument.symbol, "other": second.instrument.symbol, "turned": turned or None,
               **_claimed(context)}  # fmt: skip
    marks |= {"symbol": first.basis, "other": second.basis, "relation": "quote"}
    return [
        Draft("correlation_change", params, marks, directness="statistical", why="how two series move with each other",
              assumed=tuple(t.assumed for t in things if t.assumed))
    ]  # fmt: skip


def _assumed_first(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """What stands for a general word comes first: a refutation that rests on it is withdrawn by the judge."""
    return tuple(sorted(things, key=lambda t: t.basis == "quote"))


def _claimed(context: Context) -> dict[str, Any]:
    clause = context.clause
    opposite = clause.has("opposite")
    since = any(isinstance(e.value, Since) for e in clause.times)
    said: dict[str, Any] = {"relation": "opposite" if opposite else "together"}
    if NEW.search(clause.text) or since:
        said["new"] = True
    if MORE.search(clause.text) or LESS.search(clause.text):
        turned = TURNED.search(clause.text)
        said["change"] = "rose" if MORE.search(clause.text) else "fell"
        if turned:
            said["relation"] = "together" if "positive" in turned.group().lower() else "opposite"
        elif ITSELF.search(clause.text):
            said["relation"] = None
        elif opposite:
            said["change"] = "fell"
    if not opposite and FALLS.search(clause.text) and "change" not in said:
        said["falls"] = True
    return said


def _window(context: Context, thing: Thing) -> tuple[dict[str, Any], dict[str, Basis]] | None:
    """The stretch that the text names, else the two years up to the day of writing; None for one that is too short."""
    instrument = thing.instrument
    stretch = context.stretch(instrument) if context.clause.times else None
    if stretch is not None:
        if stretch.last is None or (stretch.last - stretch.base).days < SHORTEST:
            return None
        return {"since": stretch.base, "last": stretch.last}, {"since": stretch.basis, "last": stretch.basis}
    if context.clause.times or context.clock.is_open(context.clause):
        return None  # a time that was not read is no window
    last = context.clock.last_session(instrument)
    return ({"last": last}, {"last": "context"}) if last is not None else None
