"""A clause that says that a market is in a bull or a bear market, that one is over, how old it is, or that none was
longer. The words stand in the lexicon; here is how they go together with the times of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analyzer.extract.lexicon import Cue
from analyzer.extract.resolve import resolve
from analyzer.extract.view import Clause
from analyzer.model import Stated
from analyzer.text import times as t
from analyzer.text.numbers import figures, stated
from analyzer.text.patterns import Pattern

UNIT = Pattern(r"[ -](months?|quarters?|years?|monate?n?|quartale?n?|jahre?n?)\b", re.IGNORECASE)
MONTHS = {"m": 1, "q": 3, "y": 12, "j": 12}
"""By the first letter of the unit."""
DAYS = (t.Day, t.RelativeDay, t.Weekday)
"""Times of the day that the statement is of, which the clock reads."""
DATED = ("began", "ended", "since")
Days = tuple[date, date]


@dataclass(frozen=True)
class PhaseSaid:
    """``began`` and ``ended``: first and last day of the time that is named. ``age`` in months; ``since``: the longest
    since then."""

    rises: bool
    word: str
    over: bool
    longest: bool
    began: Days | None = None
    ended: Days | None = None
    age: Stated | None = None
    since: date | None = None


def phase_said(clause: Clause, published: date | None, *, denied: bool = False) -> PhaseSaid | None:
    """What the clause says of one phase, or ``denied`` says, so that the verdict is turned round; None where it speaks
    of both kinds, of phases in general, of one that is feared or to come, or names a time that is none of these."""
    kinds = [c for c in clause.cues if c.heading in ("bull", "bear")]
    if len({c.heading for c in kinds}) != 1 or clause.has("phase_other", "conditional"):
        return None
    negated = clause.has("negation") and not denied
    over, longest = clause.has("phase_over") and not negated, clause.has("phase_longest")  # what is not over goes on
    if negated and not clause.has("phase_over"):
        return None
    age = _age(clause) if clause.has("phase_age") else None
    found: dict[str, Days] = {}
    for expression in clause.times:
        role = _role(clause, expression, over=over, longest=longest, aged=age is not None)
        days = _days(expression, published) if role in DATED else None
        if role == "other" or role in found or (role in DATED and days is None):
            return None
        if days is not None:
            found[role] = days
    since = found["since"][0] if "since" in found else None
    rises = kinds[0].heading == "bull"
    return PhaseSaid(rises, kinds[0].text, over, longest, found.get("began"), found.get("ended"), age, since)


def _role(clause: Clause, expression: t.TimeExpression, *, over: bool, longest: bool, aged: bool) -> str:
    """What a time of the clause is the time of: "other" where that was not read."""
    value = expression.value
    if isinstance(value, DAYS):
        return "day"
    if isinstance(value, t.Since):
        return "since" if longest else "ended" if over else "began"
    if isinstance(value, (t.Month, t.Year, t.Quarter)):
        cue = _cue_of(expression.start, [c for c in clause.cues if c.heading in ("phase_began", "phase_over")])
        return {"phase_began": "began", "phase_over": "ended"}.get(cue.heading if cue else "", "other")
    fits = (isinstance(value, t.Ever) and longest) or (isinstance(value, t.Duration) and aged)
    return "told" if fits else "other"


def _cue_of(at: int, cues: Iterable[Cue]) -> Cue | None:
    """The last of the words before the time, else the first behind it: "began in October", "im Oktober begonnen"."""
    before = [c for c in cues if c.start < at]
    return max(before, key=lambda c: c.start) if before else min(cues, key=lambda c: c.start, default=None)


def _days(expression: t.TimeExpression, published: date | None) -> Days | None:
    value = expression.value.anchor if isinstance(expression.value, t.Since) else expression.value
    period = resolve(value, published)
    if period is None or period.shape not in ("day", "period") or (published and period.first > published):
        return None
    return period.first, min(period.last, published) if published else period.last


def _age(clause: Clause) -> Stated | None:
    """A count of months, quarters or years as a figure of months."""
    for unit in UNIT.finditer(clause.text):
        before = figures(clause.text[: unit.start()], clause.view.article.language)
        if before and before[-1].end == unit.start() and before[-1].unit == "count":
            said, each = stated(before[-1], None), MONTHS[unit[1][0].lower()]
            low, high = (None if bound is None else bound * each for bound in (said.low, said.high))
            text = clause.text[before[-1].start : unit.end()]
            return said.model_copy(update={"text": text, "value": said.value * each, "low": low, "high": high})
    return None
