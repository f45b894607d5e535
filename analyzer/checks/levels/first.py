""" "For the first time": no earlier close beyond the level, and data that reach back far enough."""

from __future__ import annotations

from datetime import date

from analyzer.checks.base import (
    NEIGHBOURS,
    Data,
    Series,
)
from analyzer.checks.levels.params import LevelParams
from analyzer.checks.levels.wording import said
from analyzer.model import Label
from analyzer.stats.levels import Passage, earlier_passage
from analyzer.stats.records import bounds


def first_time(params: LevelParams, data: Data, rows: Series, session: date) -> tuple[Label, str, str]:
    """Label, reason and sentence of "for the first time" (ever, or since a date) at a session where the level holds."""
    named = named_span(params.since) if params.since else None
    level = (params.figure.value, params.side)
    found = earlier_passage(rows, session, level, named[1] if named else None, touching=params.relation == "at")
    if found.first:
        text = f"The first such close was {said(params, rows.at(found.first) or 0.0)} on {found.first}"
        if found.sessions_ago <= NEIGHBOURS:
            return "mixed", "wrong_period", f"{text}."
        again = f", the last one before this on {found.last}" if found.last != found.first else ""
        return "refuted", "not_first", f"{text}{again}."
    facts = data.instruments.get(params.symbol)
    lacking = what_is_lacking(rows, found, named[1] if named else facts.listed if facts else None)
    text = f"The first such close of {found.nobs + 1:,} since {found.begins or session}"
    if lacking:
        return "no_data", "coverage", f"{text}; {lacking}."
    text += f"; the last one before was on {found.before_scope}" if found.before_scope else ""
    modest = named and found.before_scope and found.before_scope < named[0]
    return "supported", "understated" if modest else "exact", f"{text}."


def named_span(since: date) -> tuple[date, date]:
    """The month or year that its first day stands for, else the day."""
    if since.day != 1:
        return since, since
    return bounds(since, "year" if since.month == 1 else "month")


def what_is_lacking(rows: Series, found: Passage, needed: date | None) -> str | None:
    """What "first" needs and the data lack; None when they cover it."""
    if needed is None:
        return "the claim needs the series from the listing on, whose date is not in the catalogue"
    if rows.first is None or rows.first > needed:
        return f"the claim needs the series from {needed}"
    return f"sessions without a row that could hide an earlier one: {found.hidden:,}" if found.hidden else None
