"""What several binders need: the subject and the window of a statement, when it is safe to have one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from analyzer.extract.drafts import CLOSED, Context
from analyzer.extract.phrases import any_phrase, phrases, word_set
from analyzer.extract.pointing import has_a_pronoun_behind_its_verb, ranks_the_move_before
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.sessions import session_back
from analyzer.extract.subjects import ITS_SHARES, Subject
from analyzer.extract.view import Clause, target_key
from analyzer.extract.windows import Moment
from analyzer.extract.year_words import tells_of_long_ago
from analyzer.market.instruments import Basket, Instrument
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.patterns import Pattern


def within_session(clause: Clause) -> bool:
    """Whether the clause speaks of a print before, after or within the session."""
    parts = [e.value.part for e in clause.times if isinstance(e.value, t.SessionPart)]
    return any(part != "close" for part in parts) or MINUTES.search(clause.text) is not None


MINUTES = phrases("within_minutes")


def intraday(clause: Clause) -> bool:
    return _names_part(clause, "intraday")


def at_open(clause: Clause) -> bool:
    """Whether the clause speaks of the start of trading, and of no other hour."""
    parts = {e.value.part for e in clause.times if isinstance(e.value, t.SessionPart)}
    return parts == {"open"} and MINUTES.search(clause.text) is None


def is_running(context: Context, session: date | None) -> bool:
    """Whether the text was written on the session's day, and does not speak of its close."""
    closed = CLOSED.search(context.clause.text) is not None or _names_part(context.clause, "close")
    return session is not None and session == context.clock.published and not closed


def _names_part(clause: Clause, part: str) -> bool:
    return any(isinstance(e.value, t.SessionPart) and e.value.part == part for e in clause.times)


PRONOUN = Pattern(
    rf"\b(?:it|they)\s+(?:{any_phrase('before_its_verb')}\s+)?{any_phrase('its_verb', 'en')}\b"
    rf"|\b(?:{any_phrase('its_verb', 'de')}|{any_phrase('opens_its_clause')})\s+(?:er|sie)\b",
    re.IGNORECASE,
)
"""A pronoun that is the subject of a movement further on in the clause: "since January it has risen by"."""

DEFINITE = Pattern(
    rf"\b{any_phrase('definite_article', 'en')}\s+(?:\w+[- ]){{0,2}}?{any_phrase('named_before', 'en')}\b"
    rf"|\b{any_phrase('definite_article', 'de')}\s+(?:\w+\s+)?{any_phrase('named_before', 'de')}\b",
    re.IGNORECASE,
)
"""A definite word for what was named before: "the index", "its shares", "der Kurs". "Banks lost" is none."""

ANAPHOR = Pattern(rf"^\W*(?:{any_phrase('before_an_anaphor')}\W+)*{any_phrase('anaphor')}\b", re.IGNORECASE)


ELLIPSIS = re.compile(
    rf"^\W*(?:{any_phrase('before_a_bare_move')}\W+)*(?:{any_phrase('bare_move')}|[+−-]?[$€£]?\d)"
    rf"|\b{any_phrase('there_came')}\b.{{0,40}}\b{any_phrase('bare_move')}\b|\b{any_phrase('move_of_nobody')}\b",
    re.IGNORECASE,
)
"""A move without a subject of its own: "Minus 6,4 Prozent, an einem einzigen Tag", "dann ging es um 65 Prozent nach
oben", "almost $900bn of market value has gone up in smoke"."""
AMOUNT = Pattern(
    rf"\b{any_phrase('a_move_amounts')}\b(?:\W+\w+){{0,4}}?\W+(?P<article>{any_phrase('before_its_amount')}\s+)+"
    rf"(?P<behind>{any_phrase('noun_of_a_move')})\b"
    rf"|\b{any_phrase('before_its_amount')}\s+(?:{any_phrase('before_its_amount')}\s+)*"
    rf"(?P<ahead>{any_phrase('noun_of_a_move', 'de')})\b[^;]*\b{any_phrase('a_move_amounts', 'de')}\W*$"
    rf"|^\W*(?:{any_phrase('before_its_amount')}\s+)*(?P<first>{any_phrase('noun_of_a_move')})\b"
    rf"(?:\W+\w+){{0,4}}?\W+{any_phrase('a_move_amounts')}\b",
    re.IGNORECASE,
)
"""A move that is the subject itself: "Am Ende stand ein Minus von 1,2 Prozent", "Das Wochenplus betrug 3 Prozent", "The
loss for the week came to 2 percent"."""
OTHER_QUANTITY = phrases("other_quantity")
"""What else rises and falls about a company: none of it is a price."""


def _is_definite(clause: Clause) -> bool:
    """ "The index", "der Kurs" in its sentence; a name, "the Producer Price Index", is another."""
    for found in DEFINITE.finditer(clause.sentence.text):
        words = found.group().split()[1:]
        if clause.view.article.language == "de" or not any(w[0].isupper() for w in words[:-1]):
            return True
    return False


def names_another(clause: Clause) -> bool:
    """Whether an English clause within a sentence begins with a name that is no instrument: "and Lennar shed"."""
    opener = OPENER.match(clause.text)
    inside = clause.start > clause.sentence.start and clause.view.article.language == "en"
    return inside and opener is not None and opener[1] not in OPENS_NO_NAME


def _goes_on(clause: Clause) -> bool:
    """Whether the clause is a second predicate of its sentence, without a subject: "und fiel auf 8700 Punkte"."""
    first = SECOND_VERB.match(clause.text)
    if first is None or clause.start == clause.sentence.start:
        return False
    at = clause.start + first.start(1)
    return any(c.start <= at < c.end for c in clause.cues if c.heading in MOVES)


OPENS_NO_NAME = word_set("opens_no_name")
OPENER = re.compile(rf"^\W*(?:{any_phrase('before_a_name')}\s+)?([A-Z][\w&.'-]+)\b")
SECOND_VERB = re.compile(rf"^\W*(?:{any_phrase('before_a_second_verb')}\s+)?([a-zäöü]\w+)")
MOVES = (*DOWN, *UP, "level")


def named_of(context: Context, position: int) -> Subject | None:
    """The subject of a figure; one from before the sentence only when the clause points back to it by a pronoun or by a
    definite word such as "the index", "der Kurs", or has no subject at all where the paragraph has named one only: a
    wrong instrument is worse than none."""
    subject, clause = context.subject(position), context.clause
    if subject is not None and subject.basis != "proposed" and not clause.mentions and names_another(clause):
        return None
    if subject is None:
        return _of_the_article(context)
    if subject.basis in ("quote", "proposed") or any(m.target == subject.target for m in clause.sentence.mentions):
        return subject  # and not what was named before a sentence that names something else further on
    if points_to_what_was_named(clause):
        return subject
    if _is_a_move_itself(clause) and _is_the_last_named(clause, subject):
        return replace(subject, basis="article")
    elliptic = ELLIPSIS.search(clause.text) is not None and OTHER_QUANTITY.search(clause.text) is None
    return replace(subject, basis="article") if elliptic and subject.basis == "context" else _of_the_article(context)


def points_to_what_was_named(clause: Clause) -> bool:
    """By a pronoun, a definite word such as "the index", or a verb that goes on with the sentence's own pronoun."""
    if ranks_the_move_before(clause) or has_a_pronoun_behind_its_verb(clause) or ITS_SHARES.search(clause.text):
        return True
    if _goes_on(clause) and (ANAPHOR.search(clause.sentence.text) or PRONOUN.search(clause.sentence.text)):
        return True
    return bool(ANAPHOR.search(clause.text) or PRONOUN.search(clause.text)) or _is_definite(clause)


def _is_a_move_itself(clause: Clause) -> bool:
    """Whether the subject of the clause is a move, by so many per cent or points, and nobody's profit or turnover."""
    found = AMOUNT.search(clause.text)
    if found is None or not clause.units.isdisjoint(("currency", "count")):
        return False
    others = OTHER_QUANTITY.sub(" ", clause.text[: found.start()] + clause.text[found.end() :])
    return others == clause.text[: found.start()] + clause.text[found.end() :]


def _is_the_last_named(clause: Clause, subject: Subject) -> bool:
    """Whether the last sentence before that names anything names this one only."""
    before = [m for m in clause.paragraph.mentions if m.end <= clause.sentence.start]
    if not before:
        return False
    sentence = clause.view.clause(before[-1].start, before[-1].end).sentence
    return {target_key(m.target) for m in sentence.mentions} == {target_key(subject.target)}


A_PRICE = phrases("speaks_of_a_price")


def _of_the_article(context: Context) -> Subject | None:
    """What an article is about that is about one thing only, for a clause that speaks of a price and names nobody's:
    "it is the first time that the benchmark dropped below zero". A figure that does not fit refutes nothing then."""
    clause = context.clause
    only = clause.view.only_subject
    if only is None or clause.sentence.mentions or names_another(clause) or OTHER_QUANTITY.search(clause.text):
        return None
    return Subject(only, "article") if A_PRICE.search(clause.text) else None


PRESENT = phrases("present_tense")
PERFECT = phrases("auxiliary_of_the_perfect")
PAST = phrases("past_tense")


def of_now(context: Context, moment: Moment) -> Moment:
    """A state that is told in the present tense is that of the day of writing: the sentence says so by its tense."""
    text = context.clause.text
    if moment.basis != "default" or PAST.search(text) or not PRESENT.search(text):
        return moment
    if context.clause.has(*DOWN, *UP) and not PRESENT.search(PERFECT.sub(" ", text)):
        return moment  # "hat sich auf 20.000 Dollar verdoppelt" is no state of today
    return replace(moment, basis="context")


def moment_of_now(context: Context, instrument: Instrument) -> Moment | None:
    """The last session for a state told in the present tense, however long it took to get there."""
    clock, clause = context.clock, context.clause
    last = clock.last_session(instrument)
    if last is None or instrument.kind == "macro" or clock.names_no_day(clause):
        return None
    found = of_now(context, Moment(last, "default"))
    return found if found.basis == "context" and not clause.sentence.has("forecast_strong") else None


def default_moment(context: Context, instrument: Instrument) -> Moment | None:
    """A record of a longer period is judged at its end."""
    if instrument.kind == "macro" or context.clock.is_open(context.clause) or tells_of_long_ago(context.clause):
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


def members_said(context: Context, basket: Basket, when: date) -> str:
    """Of which members a group is taken to be, and on which day."""
    known = ((symbol, context.instrument(symbol)) for symbol in basket.at(when))
    names = ", ".join(instrument.name if instrument else symbol for symbol, instrument in known)
    return f"{basket.name} on {when}: {names}"


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


def other_prices(context: Context, instrument: Instrument) -> tuple[str, ...]:
    """Other prices of the same thing of which there are data, for claims on all of its history: the spot price of an
    oil beside its future. Each stands for the other, which another oil, or a fund, does not."""
    if instrument.kind != "commodity":
        return ()
    found = [i for symbol in instrument.substitutes if (i := context.instrument(symbol)) is not None]
    same = [i for i in found if i.kind == "commodity" and instrument.symbol in i.substitutes]
    return tuple(i.symbol for i in same if context.available(i.symbol))
