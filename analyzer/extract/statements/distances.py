"""What is measured from a high or a low: "stands 8.6 % below its high of 19 February"."""

from __future__ import annotations

import re

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import DOWN, Part
from analyzer.extract.statements.when import anchor_words
from analyzer.extract.statements.who import Who
from analyzer.extract.statements.wording import Tense, figure_words, multiple, share_word, verb
from analyzer.extract.time_words import peak_span, trough_span
from analyzer.extract.view import Clause
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

BELOW = phrases("falls_short_of")
ABOVE_LOW = Pattern(
    rf"\b{any_phrase('stands_above')}\s+{any_phrase('its_or_their')}\s+(?:[\w.-]+\s+){{0,3}}?\w*{any_phrase('low_of_it')}\b",
    re.IGNORECASE,
)
AT_A_RECORD_CLOSE, AT_A_RECORD = phrases("close_at_a_record"), phrases("high_at_a_record")
SINCE = Pattern(r"seit|since", re.IGNORECASE)


def above_low(clause: Clause) -> bool:
    return ABOVE_LOW.search(clause.text) is not None


def distance(clause: Clause, part: Part, subject: Who, tense: Tense) -> str | None:
    """How far a price is from its high or low, or how far it went from there."""
    by, text, span = figure_words(part.figure), clause.view.article.text, peak_span(clause)
    if part.role == "change" and above_low(clause):
        return f"{verb('stand', tense, subject.plural)} {by} above {subject.its} low"
    high = _high(clause, span) if span is not None and part.role == "distance" else None
    if span is None or high is None:
        return None
    since = "since" if SINCE.match(text, span[0]) else "from"
    several, share, below = multiple(part.figure), share_word(part.figure), BELOW.search(clause.text)
    if several:
        return f"{verb(several, tense, subject.plural)} {since} {subject.its} {high}"
    if part.direction == "down" and any(c.heading in DOWN for c in clause.cues) and (since == "since" or not below):
        fell = verb("lose" if share else "fall", tense, subject.plural)
        value = f" of {subject.its} value" if share else ""
        return f"{fell} {by}{value} {since} {subject.its} {high}"
    return f"{verb('stand', tense, subject.plural)} {by} below {subject.its} {high}" if below else None


def _high(clause: Clause, span: tuple[int, int]) -> str | None:
    """The high that is named, with its day."""
    said, high = clause.view.article.text[slice(*span)].lower(), "high"
    if AT_A_RECORD_CLOSE.search(said):
        high = "record close"
    elif "closing high" in said:
        high = "closing high"
    elif AT_A_RECORD.search(said):
        high = "record high"
    days = [e for e in clause.times if span[0] <= e.start < span[1] and not isinstance(e.value, t.Ever)]
    return None if len(days) > 1 else f"{high} {anchor_words(days[0], clause)}" if days else high


def from_low(clause: Clause) -> str:
    """ " from its low of 8 April", where the clause says so."""
    span = trough_span(clause)
    if span is None or SINCE.match(clause.view.article.text, span[0]):
        return ""
    days = [e for e in clause.times if span[0] <= e.start < span[1]]
    return " from its low" + (f" {anchor_words(days[0], clause)}" if len(days) == 1 else "")
