"""The statement of a claim that the rules read: one self-contained English sentence.

What can be read for sure is put into English: the subject of each figure, the figure with its qualifier, the direction,
the time. Everything else is quoted to the letter in an English frame, so that a sentence never says what the quote does
not say. Dates are those of the words: a session that is worked out from the day of publication is not named.
"""

from __future__ import annotations

import re

from analyzer.checks.base import in_money
from analyzer.extract.currencies import asked_in
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import parts
from analyzer.extract.statements.frames import SERIES, hedged, quoted, told
from analyzer.extract.statements.moves import moves
from analyzer.extract.statements.themes import bubble, cause, regime
from analyzer.extract.statements.when import core
from analyzer.extract.view import Clause
from analyzer.model import Attribution, Kind, Modality
from analyzer.text.patterns import Pattern
from analyzer.text.wordlists import words

LIMIT = 300
"""Characters of a statement."""
ASKING = phrases("asks")
UNREAL = Pattern(
    rf"\b(?:{any_phrase('unreal')}|{any_phrase('would')}(?! {any_phrase('would_move')}\b))\b", re.IGNORECASE
)
"""Words of what is imagined, defined, or said of nobody in particular."""
DENYING = re.compile(rf"(?:{any_phrase('denies')}|\w*n['’]t)", re.IGNORECASE)
NO_DENIAL = phrases("denies_not")
WILL = phrases("will_be")
ASIDE = Pattern(rf",\s{any_phrase('aside_which')}\b[^,]*,", re.IGNORECASE)


def statement(clause: Clause, kind: Kind, said: Attribution, modality: Modality) -> str:
    """What the claim says, in one English sentence of at most 300 characters that ends with a full stop."""
    fact = None if _unsafe(clause, modality) else _counted(clause, _fact(clause, kind, modality))
    sentence = told(fact, said, modality, clause) if fact else ""
    return sentence if 0 < len(sentence) <= LIMIT else quoted(clause, kind, said, modality, LIMIT)


def _counted(clause: Clause, fact: str | None) -> str | None:
    """The fact with the currency that its figures are counted in; None where they are counted in several."""
    found = [asked_in(clause, part.figure) for part in parts(clause)] or [asked_in(clause)]
    currencies = {asked.currency if asked else None for asked in found}
    if fact is None or len(currencies) > 1:
        return None
    (currency,) = currencies
    return f"{fact}, counted{in_money(currency)}" if currency else fact


def _fact(clause: Clause, kind: Kind, modality: Modality) -> str | None:
    """The claim in English, from its subject on and without a stop; None where its words are safer."""
    if kind == "causal":
        return cause(clause)
    if kind == "bubble_valuation":
        return bubble(clause)
    if kind == "trend_regime":
        return regime(clause)
    if kind not in SERIES or (kind == "prediction" and modality == "denied"):
        return None
    if kind != "prediction":
        return moves(clause, kind, None)
    if modality == "hedged" and hedged(clause):
        return moves(clause, kind, "may")
    return moves(clause, kind, "future" if WILL.search(clause.text) else "expected")


def _unsafe(clause: Clause, modality: Modality) -> bool:
    """Whether something in the clause would be lost, or turned round, by putting it into a plain sentence."""
    text = core(clause, [p.figure for p in parts(clause)])
    if modality == "asked" and (ASKING.search(text) or not _asks_plainly(text)):
        return True
    asides = [(clause.start + m.start(), clause.start + m.end()) for m in ASIDE.finditer(text)]
    inside = [c for c in clause.cues if c.start < clause.start + len(text)]
    inside = [c for c in inside if not any(a <= c.start < b for a, b in asides)]
    denies = any(c.heading == "negation" and DENYING.fullmatch(c.text) for c in inside)
    if denies and modality != "denied" and not NO_DENIAL.search(text):
        return True
    return UNREAL.search(text) is not None or any(c.heading == "conditional" for c in inside)


def _asks_plainly(text: str) -> bool:
    """ "Has Nvidia fallen 17 percent?": the verb comes first, and one thing is asked."""
    first = re.match(r"\W*(\w+)", text)
    verbs = words("sentences_en")["finite_verbs"] | words("sentences_de")["finite_verbs"]
    return first is not None and first.group(1).lower() in verbs and "," not in text
