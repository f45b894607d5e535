"""What a cause is said to have moved: of the instruments of a clause, that of the effect and not that of the cause."""

from __future__ import annotations

from analyzer.extract.binders.common import OTHER_QUANTITY, index_of
from analyzer.extract.drafts import Context, single
from analyzer.extract.phrases import phrases, word_set
from analyzer.extract.subjects import Subject
from analyzer.extract.view import Clause
from analyzer.market.instruments import Basket, Instrument
from analyzer.market.mentions import Mention
from analyzer.model import Basis

SETS_OFF = phrases("sets_off")
"""Verbs whose subject is the cause: in the main clause what stands before them is not what moved."""
BY = phrases("by_the_cause")
REFERS = phrases("refers_to_the_shares")
"""A definite word for the shares of what was named in the clause: "its results sent the shares lower"."""
STRONG = ("move_down_strong", "move_up_strong", "panic", "stress", "nervous")


def effect_of(context: Context) -> tuple[Instrument, Basis] | None:
    """The instrument that is said to have been moved; None where only the cause is one, or where the clause names
    something else of which the catalogue has no series.

    Without a name in the sentence it is what was named before, where the clause speaks of a fall or a mood as such
    ("löste den Kurssturz aus") and of no shares, prices or quantities of its own.
    """
    clause = context.clause
    verb = SETS_OFF.search(clause.text)
    cut = clause.start + verb.end() if verb and not BY.search(clause.text, verb.end()) else clause.start
    behind = [m for m in clause.mentions if m.start >= cut]
    if behind and cut > clause.start:
        return _single(context, behind[0])
    points_back = REFERS.search(clause.view.article.text, cut, clause.end) is not None
    if clause.mentions and (cut == clause.start or points_back):
        return single(context.subject()) or index_of(context)
    return _named_before(context, cut)


def group_of(context: Context) -> tuple[Basket, Basis] | None:
    """The group of shares that is said to have been moved; None where a single series is, or where it is the cause."""
    clause = context.clause
    verb = SETS_OFF.search(clause.text)
    cut = clause.start + verb.end() if verb and not BY.search(clause.text, verb.end()) else clause.start
    named = [m for m in clause.mentions if m.start >= cut]
    if len(named) != 1 or not isinstance(named[0].target, Basket):
        return None
    return named[0].target, "quote"


def _single(context: Context, mention: Mention) -> tuple[Instrument, Basis] | None:
    subject = context.subject(mention.end)
    return single(subject) or index_of(context)


def _named_before(context: Context, cut: int) -> tuple[Instrument, Basis] | None:
    """``cut``: where the effect begins in the text."""
    clause = context.clause
    if not clause.has(*STRONG) or _has_other_subject(clause, cut):
        return None
    causes = {m.target for m in clause.mentions}
    subject = context.subject()
    if subject is not None and subject.target not in causes:
        return single(subject) or index_of(context)
    main = clause.view.main_subject
    return None if main is None or main in causes else single(Subject(main, "article"))


def _has_other_subject(clause: Clause, cut: int) -> bool:
    """Shares, prices or a quantity that no name covers: "Papiere aus dem Energiebereich", "European exports"."""
    own = [c for c in clause.cues if c.heading == "asset" and c.start >= cut and c.text.lower() not in GENERAL]
    return bool(own) or OTHER_QUANTITY.search(clause.view.article.text, cut, clause.end) is not None


GENERAL = word_set("market_at_large")
"""Words for the market at large, which leave open which series is meant."""
