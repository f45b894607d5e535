"""What several binders need: the subject and the window of a statement, when it is safe to have one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from analyzer.extract.drafts import Context
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.sessions import session_back
from analyzer.extract.subjects import Subject
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment
from analyzer.market.instruments import Basket, Instrument
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


PRONOUN = re.compile(
    r"\b(?:it|they)\s+(?:also\s+|even\s+|then\s+|still\s+|now\s+)?(?:has|have|had|was|were|rose|fell|lost|gained|jumped|"
    r"dropped|closed|climbed|slid|sank|plunged|tumbled|surged|soared|added|shed|advanced|declined|ended|finished)\b"
    r"|\b(?:hat|hatte|haben|hatten|ist|war|fiel|stieg|verlor|gewann|legte|gab|schloss|kletterte|sank|brach|büßte)"
    r"\s+(?:er|sie)\b"
    r"|\b(?:dass|weil|als|wenn|während|nachdem|obwohl)\s+(?:er|sie)\b",
    re.IGNORECASE,
)
"""A pronoun that is the subject of a movement further on in the clause: "since January it has risen by"."""

DEFINITE = re.compile(
    r"\b(?:the|this|that|its|their)\s+(?:\w+[- ]){0,2}?(?:index|benchmark|gauge|average|stocks?|shares?|share price|"
    r"price|market value|coins?|(?:precious )?metal|cryptocurrency|currency|company|chipmaker|firm|group|carmaker|fund|"
    r"etf|yield)\b"
    r"|\b(?:der|die|das|den|dem|des|dieser?|dieses|diese[mn]|ihre?[nmr]?|seine?[nmrs]?)\s+(?:\w+\s+)?(?:\w*index(?:es)?|"
    r"\w*barometer|\w*aktien?|\w*kurs(?:es|e)?|papiere?|titel|wert|\w*konzern|unternehmen|\w*währung|\w*preis(?:es)?|fonds|"
    r"edelmetall|"
    r"notierung|börsenwert|anteilsscheine?|rendite)\b",
    re.IGNORECASE,
)
"""A definite word for what was named before: "the index", "its shares", "der Kurs". "Banks lost" is none."""

ANAPHOR = re.compile(
    r"^\W*(?:(?:und|and|aber|but|also|so|dann|then|zudem|zuvor|damit|dabei|now|by \w+)\W+)*"
    r"(?:er|sie|es|dieser?|diese[sm]?|it|they|this|that|its|their|both|all)\b",
    re.IGNORECASE,
)


ELLIPSIS = re.compile(
    r"^\W*(?:(?:und|and|aber|but|dann|then|fast|knapp|rund|gut|almost|nearly|about|some|more than|mehr als)\W+)*"
    r"(?:minus|plus|[+−-]?[$€£]?\d)"
    r"|\b(?:ging|geht) es\b|\b(?:kam|folgte)\b.{0,40}\b(?:plus|minus)\b"
    r"|\b(?:börsenwert|marktwert|marktkapitalisierung|market value|market cap\w*|"
    r"wiped out|evaporated|vernichtet|ausradiert)\b",
    re.IGNORECASE,
)
"""A move without a subject of its own: "Minus 6,4 Prozent, an einem einzigen Tag", "dann ging es um 65 Prozent nach
oben", "almost $900bn of market value has gone up in smoke"."""
OTHER_QUANTITY = re.compile(
    r"\b(?:umsatz|umsätze|gewinn\w*|erlöse?|absatz|ergebnis\w*|dividende\w*|investition\w*|ausgaben|bestellung\w*|"
    r"revenues?|sales|profits?|earnings|income|orders|spending|dividends?|costs?|deliveries|inflation|unemployment)\b",
    re.IGNORECASE,
)
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
    return inside and opener is not None and opener[1] not in ("I", "It", "They", "This", "That", "The")


def _goes_on(clause: Clause) -> bool:
    """Whether the clause is a second predicate of its sentence, without a subject: "und fiel auf 8700 Punkte"."""
    first = SECOND_VERB.match(clause.text)
    if first is None or clause.start == clause.sentence.start:
        return False
    at = clause.start + first.start(1)
    return any(c.start <= at < c.end for c in clause.cues if c.heading in MOVES)


OPENER = re.compile(r"^\W*(?:(?:and|but|while|as)\s+)?([A-Z][\w&.'-]+)\b")
SECOND_VERB = re.compile(r"^\W*(?:(?:und|and|but|aber|then|dann)\s+)?([a-zäöü]\w+)")
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
    if clause.sentence.mentions or subject.basis == "proposed":
        return subject
    behind = _goes_on(clause) and (ANAPHOR.search(clause.sentence.text) or PRONOUN.search(clause.sentence.text))
    if behind or ANAPHOR.search(clause.text) or PRONOUN.search(clause.text) or _is_definite(clause):
        return subject
    elliptic = ELLIPSIS.search(clause.text) is not None and OTHER_QUANTITY.search(clause.text) is None
    return replace(subject, basis="article") if elliptic and subject.basis == "context" else _of_the_article(context)


A_PRICE = re.compile(
    r"\b(?:price|prices|benchmarks?|quote|quotes|futures?|contract|rebound|sell-?off|slump|crash|drop|fall|low|high|level|"
    r"\w*kurs\w*|\w*preis\w*|notierung\w*|\w*absturz|\w*einbruch|rekord\w*|hoch|tief|niveau)\b",
    re.IGNORECASE,
)


def _of_the_article(context: Context) -> Subject | None:
    """What an article is about that is about one thing only, for a clause that speaks of a price and names nobody's:
    "it is the first time that the benchmark dropped below zero". A figure that does not fit refutes nothing then."""
    clause = context.clause
    only = clause.view.only_subject
    if only is None or clause.sentence.mentions or names_another(clause) or OTHER_QUANTITY.search(clause.text):
        return None
    return Subject(only, "article") if A_PRICE.search(clause.text) else None


PRESENT = re.compile(
    r"\b(?:is|are|has|have|stands?|trades?|sits?|remains?|hovers?|costs?|liegt|liegen|notiert|notieren|steht|stehen|steckt|"
    r"stecken|kostet|kosten|fehlen|trennt|trennen|ist|sind|hat|haben|beträgt|currently|now|derzeit|aktuell|momentan|nun)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|had|stood|closed|fell|rose|ended|finished|lag|lagen|stand|standen|schloss|schlossen|fiel|fielen|stieg|"
    r"hatte|hatten|war|waren|notierte|kostete|betrug|hit|dropped|sank|rutschte|kletterte|übersprang)\b",
    re.IGNORECASE,
)


def of_now(context: Context, moment: Moment) -> Moment:
    """A state that is told in the present tense is that of the day of writing: the sentence says so by its tense."""
    text = context.clause.text
    if moment.basis != "default" or PAST.search(text) or not PRESENT.search(text):
        return moment
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
