"""What several binders need: the subject and the window of a statement, when it is safe to have one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from analyzer.extract.drafts import Context
from analyzer.extract.subjects import Subject
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment, session_back
from analyzer.market.instruments import Instrument
from analyzer.model import Basis
from analyzer.text import times as t


def within_session(clause: Clause) -> bool:
    """Whether the clause speaks of a print before, after or within the session."""
    parts = [e.value.part for e in clause.times if isinstance(e.value, t.SessionPart)]
    return any(part != "close" for part in parts) or MINUTES.search(clause.text) is not None


MINUTES = re.compile(
    r"\b(?:binnen|innerhalb von|in|within) (?:\w+ )?(?:minuten|sekunden|stunden|minutes|seconds|hours)\b", re.IGNORECASE
)


def intraday(clause: Clause) -> bool:
    return any(isinstance(e.value, t.SessionPart) and e.value.part == "intraday" for e in clause.times)


ANAPHOR = re.compile(
    r"^\W*(?:(?:und|and|aber|but|also|so|dann|then|zudem|zuvor|damit|dabei|now|by \w+)\W+)*"
    r"(?:er|sie|es|dieser?|diese[sm]?|it|they|this|that|its|their|both|all)\b",
    re.IGNORECASE,
)


def named_of(context: Context, position: int) -> Subject | None:
    """The subject of a figure; one from before the sentence only when the clause points back to it by a pronoun or by a
    word such as "the index", "der Kurs": a wrong instrument is worse than none."""
    subject = context.subject(position)
    if subject is None or context.clause.sentence.mentions or subject.basis == "proposed":
        return subject
    clause = context.clause
    return subject if clause.sentence.has("asset") or ANAPHOR.search(clause.text) else None


def default_moment(context: Context, instrument: Instrument) -> Moment | None:
    """A record of a longer period is judged at its end."""
    if instrument.kind == "macro" or context.clock.is_open(context.clause):
        return None
    stretch = context.stretch(instrument)
    if stretch is not None and stretch.last is not None:
        return Moment(stretch.last, stretch.basis, stretch.text)
    last = context.clock.last_session(instrument)
    return Moment(last, "default") if last else None


def index_of(context: Context) -> tuple[Instrument, Basis] | None:
    """For a basket: the index that stands for it, else the member that the article itself names first."""
    subject = context.subject()
    if subject is None or subject.basket is None:
        return None
    when = context.clock.published or date.max
    index = context.instrument(subject.basket.index) if subject.basket.index else None
    if index is not None and context.available(index.symbol):
        return index, "article"
    members = set(subject.basket.at(when))
    for mention in context.clause.view.mentions:
        if isinstance(mention.target, Instrument) and mention.target.symbol in members:
            return mention.target, "article"
    return None


@dataclass(frozen=True)
class Span:
    """From the close of ``base`` to the close of ``last``, and how it is known."""

    base: date
    last: date
    basis: Basis


def span_of(context: Context, instrument: Instrument, position: int | None = None) -> Span | None:
    """The window that the text names, else the one session; None when neither is known or the window is still open."""
    stretch = context.stretch(instrument, position)
    if stretch is not None:
        return Span(stretch.base, stretch.last, stretch.basis) if stretch.last is not None else None
    moment = context.moment(instrument, position)
    if moment is None:
        return None
    return Span(session_back(instrument, moment.session), moment.session, moment.basis)
