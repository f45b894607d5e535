"""A statement as a sentence: whose it is, whether it is asked, denied or doubted; and the frames of quotations."""

from __future__ import annotations

import re

from analyzer.extract.roles import parts
from analyzer.extract.statements.english import table
from analyzer.extract.statements.themes import regime_word
from analyzer.extract.statements.who import named, points_back
from analyzer.extract.statements.wording import plain
from analyzer.extract.subjects import subject_of
from analyzer.extract.view import Clause
from analyzer.model import Attribution, Kind, Modality
from analyzer.text.patterns import Pattern

SPEAKERS = table("speakers")
MOODS = table("moods")
TOPICS: dict[Kind, tuple[str, str]] = {
    "quantitative_move": ("reports a move", "a move"),
    "level": ("gives a level", "a level"),
    "record_extreme": ("speaks of a record or an extreme", "a record or an extreme"),
    "comparison": ("makes a comparison", "a comparison"),
    "volatility_sentiment": ("describes the mood", "the mood"),
    "causal": ("gives a cause", "a cause"),
    "prediction": ("speaks of what is expected", "what is expected"),
    "trend_regime": ("speaks of a trend", "a trend"),
    "bubble_valuation": ("speaks of a valuation", "a valuation"),
    "analogy": ("recalls an earlier episode", "an earlier episode"),
    "macro": ("speaks of the economy", "the economy"),
    "policy_effect": ("speaks of the effect of a policy", "the effect of a policy"),
    "normative": ("judges", ""),
    "rhetorical": ("remarks", ""),
    "other_fact": ("states", ""),
}
"""What the text does in a claim of a kind, and what the claim is about."""
BUBBLE = Pattern(r"\w*(?:blase\b|bubble)", re.IGNORECASE)
SERIES = ("quantitative_move", "level", "record_extreme", "macro", "prediction", "trend_regime")


def hedged(clause: Clause) -> bool:
    """Whether a word of doubt stands in the part of the sentence that holds the predicate."""
    at = min((p.figure.start for p in parts(clause)), default=clause.end)
    text = clause.view.article.text
    hedges = [c for c in clause.cues if c.heading == "hedge"]
    return any("," not in text[min(c.end, at) : max(c.start, at)] for c in hedges)


def told(fact: str, said: Attribution, modality: Modality, clause: Clause) -> str:
    """A fact as a sentence."""
    if modality == "asked":
        fact = f"it is asked whether {fact}"
    elif modality == "denied":
        fact = f"it is denied that {fact}"
    elif modality == "hedged" and " may " not in fact and hedged(clause):
        fact = f"it is possible that {fact}"
    if said.to == "cited":
        fact = fact.replace(" is said to be ", " is ")
        fact = f"according to {speaker(said.name, clause)}, {fact}" if said.name else f"it is said that {fact}"
    return f"{fact if fact.startswith('iShares') else fact[0].upper() + fact[1:]}."


def speaker(name: str, clause: Clause) -> str:
    """A speaker in English; a description in German is quoted."""
    if name in SPEAKERS:
        return SPEAKERS[name]
    described = clause.view.article.language == "de" and re.search(r"\b(?!von\b|van\b|de\b)[a-zäöü]{2,}\b", name)
    return f'"{plain(name)}"' if described else plain(name)


def quoted(clause: Clause, kind: Kind, said: Attribution, modality: Modality, limit: int) -> str:
    """The claim's words to the letter, in a frame that says what they are about."""
    does, about = TOPICS[kind]
    topic = _topic(clause, kind)
    if topic is not None:
        does, about = f"speaks of {topic}", topic
    of = f" ({subject})" if (subject := _subject(clause, kind)) else ""
    if said.to == "cited":
        by = speaker(said.name, clause) if said.name else "somebody who is not named"
        frame = f"A remark by {by}{' on ' + about if about else ''}{of} is cited"
    elif modality == "asked":
        frame = f"The text asks{' about ' + about if about else ''}{of}"
    elif modality == "denied":
        frame = f"The text makes a denial{' about ' + about if about else ''}{of}"
    else:
        frame = f"The text {does}{of}"
    return f'{frame}: "{_cut(clause, limit - len(frame) - 5)}".'


def _subject(clause: Clause, kind: Kind) -> str | None:
    """What was named before and is meant here, where the words quoted do not name it."""
    open_word = re.search(r"\bit (?:was|is|means)\b", clause.text, re.IGNORECASE)
    found = subject_of(clause, clause.end) if kind in SERIES and not clause.mentions and not open_word else None
    return named(clause, found.target).name if found and points_back(clause, found, clause.end) else None


def _topic(clause: Clause, kind: Kind) -> str | None:
    if kind == "trend_regime":
        return regime_word(clause)
    if kind == "bubble_valuation" and BUBBLE.search(clause.text):
        return "a bubble"
    if kind == "volatility_sentiment":
        return next((said for heading, said in MOODS.items() if clause.has(heading)), None)
    return None


def _cut(clause: Clause, room: int) -> str:
    """The quote without its last stop, shortened to ``room`` characters, its figures kept."""
    whole = plain(clause.text).rstrip(" .,;:")
    if whole.count("'") == 1 and whole[0] == "'":
        whole = whole[1:]
    if len(whole) <= room:
        return whole
    figures = [plain(f.text) for f in clause.figures if f.unit != "count"]
    text = clause.view.article.text
    if not figures or len(plain(text[clause.start : clause.figures[-1].end])) < room:
        return _shortened(whole, room)
    first, last = clause.figures[0].start, clause.figures[-1].end
    if len(plain(text[first:last])) > room - 2:
        return _shortened(" … ".join(figures), room)
    begin = text.find(" ", max(clause.start, last - room + 2), first) + 1 or first
    return f"…{plain(text[begin:last])}" + ("…" if last < clause.start + len(clause.text.rstrip(" .")) else "")


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"
