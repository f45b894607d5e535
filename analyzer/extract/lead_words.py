"""A clause that says that one thing runs ahead of another: "copper leads stocks", "der Dax folgt der Wall Street"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from analyzer.extract.phrases import any_phrase, phrases, word_set
from analyzer.extract.relations import is_stated
from analyzer.extract.things import Thing, things_in
from analyzer.extract.view import Clause
from analyzer.text.patterns import Pattern

LEADS = phrases("leads")
"""What stands before it runs ahead of what stands behind it."""
FOLLOWS = phrases("follows")
"""What stands before it comes later than what stands behind it."""
AHEAD_LAST = Pattern(rf"\b{any_phrase('goes_ahead')}\b.{{1,60}}\b{any_phrase('goes_ahead_particle')}\b", re.IGNORECASE)
"""The German verb in two parts, around what it runs ahead of."""
STEMS = tuple(sorted(word_set("letters_of_a_lead")))
"""One of them stands in whatever ``LEADS``, ``FOLLOWS`` and ``AHEAD_LAST`` find."""
OF_A_DAY = phrases("lead_of_a_day")
"""A lead in a day's move: "Nvidia leads the Dow lower"."""
BARE = word_set("bare_lead")
ARTICLE = re.compile(rf"\s+(?:{any_phrase('behind_a_bare_lead')} )?", re.IGNORECASE)
REST = re.compile(rf"\W*(?:$|{any_phrase('ends_a_lead')}\b)", re.IGNORECASE)
BETWEEN = 40
"""Characters between the verb and what it is said of."""
MONTHS = phrases("months_or_quarters")


class Lead(NamedTuple):
    first: Thing
    second: Thing
    monthly: bool


def lead(clause: Clause, available: Callable[[str], bool] = lambda symbol: True) -> Lead | None:
    """Which of two things is said to run ahead of which, as a rule; None where no such thing is said."""
    text = clause.text
    if not clause.holds_any(STEMS) or not is_stated(clause) or OF_A_DAY.search(text):
        return None
    things = things_in(clause, available)
    if len(things) != 2:
        return None
    first, second = things
    monthly = MONTHS.search(text) is not None
    found = AHEAD_LAST.search(text)
    if found is not None:
        inside = first.end <= clause.start + found.start() and second.end <= clause.start + found.end()
        return Lead(first, second, monthly) if inside else None
    leads, follows = LEADS.search(text), FOLLOWS.search(text)
    verb = leads or follows
    if verb is None or (leads and follows) or not _stands_between(clause, verb, first, second):
        return None
    if leads and leads.group().lower() in BARE and not _runs_ahead(clause, leads, first, second):
        return None
    return Lead(first, second, monthly) if leads else Lead(second, first, monthly)


def _runs_ahead(clause: Clause, verb: re.Match[str], first: Thing, second: Thing) -> bool:
    """Whether a bare "leads" is of time: not the best of a group ("Nvidia leads the Nasdaq"), and nothing else around
    it ("leads the pack of tech stocks", "leads silver in the race")."""
    of_its_group = first.instrument.kind == "equity" and second.instrument.kind in ("index", "etf")
    text = clause.view.article.text
    between, rest = text[clause.start + verb.end() : second.start], text[second.end : clause.end]
    return not of_its_group and ARTICLE.fullmatch(between) is not None and REST.match(rest) is not None


def _stands_between(clause: Clause, verb: re.Match[str], first: Thing, second: Thing) -> bool:
    start, end = clause.start + verb.start(), clause.start + verb.end()
    return first.end <= start <= first.end + BETWEEN and end <= second.start <= end + BETWEEN
