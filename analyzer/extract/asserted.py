"""What is said, and what is only named, asked to be imagined, or announced.

"Sinking prices make them nervous" names a movement and asserts none; "the chart shows that prices sank" asserts it. A
rule that needs a movement without a figure asks here whether the clause asserts one.
"""

from __future__ import annotations

import re

from analyzer.extract.lexicon import Cue
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import ArticleView, Clause
from analyzer.text.clauses import has_finite_verb
from analyzer.text.patterns import Pattern
from analyzer.text.spans import Span

MOVE = (*DOWN, *UP)
LONGEST_HEADING = 10
"""Words of a heading."""
END_OF_SENTENCE = ".!?:;,…\"'”“»«)"

IMAGINED = phrases("imagined")
TOLD_TO = Pattern(rf"^\W*{any_phrase('told_to')}\b", re.IGNORECASE)
CARRIES_A_NOUN = phrases("carries_a_noun")
PARTICLE = Pattern(any_phrase("particle"), re.IGNORECASE)
MOVES_WITH_PARTICLE = Pattern(rf"\b{any_phrase('moves_with_particle')}(?:\s+\w+){{0,2}}\s+$", re.IGNORECASE)
PARTICIPLE = Pattern(r"[a-zäöüß]+end(?:e[rnms]?)\b")
"""Before a noun: "sinkenden Kursen", "der schwächer werdenden Währung"."""
BEFORE_A_NOUN = re.compile(r"\s+[a-z]+(?<!ly)\b")
COMPARATIVE = Pattern(any_phrase("comparative"), re.IGNORECASE)
BEFORE_A_COMPARATIVE = re.compile(rf"\b{any_phrase('before_a_comparative')}\s+$", re.IGNORECASE)
AS_A_NOUN = re.compile(rf"\b{any_phrase('before_a_noun')}\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
DONE_TO = phrases("done_to")
ITS_OWNER = Pattern(rf"\s+{any_phrase('its_owner')}\b", re.IGNORECASE)
"""What somebody does to something of his own is no movement of a price: "have improved their lending"."""
BEHIND_A_VERB = re.compile(rf"\s+{any_phrase('behind_a_verb')}\b", re.IGNORECASE)
FORECAST_NOUN = phrases("forecast_noun")
FORECAST_VERB = phrases("forecast_verb_or_noun")
AS_THE_SUBJECT = re.compile(
    rf"^\W*(?:{any_phrase('part_link')}\s+)?(?:{any_phrase('article_of_a_subject')}\s+(?:[\w-]+\s+){{0,2}})?$",
    re.IGNORECASE,
)
"""A noun that the clause begins with is what it speaks of: "The decline accelerated", "Ein Ausverkauf erfasste …"."""
WOULD_BEHIND = Pattern(rf"\s+{any_phrase('would_behind_a_noun')}\b", re.IGNORECASE)
"""What a movement is thought to become is no report of it: "that the climb would not last"."""
VERB_OR_NOUN = Pattern(any_phrase("verb_or_noun"), re.IGNORECASE)


def is_heading(view: ArticleView, span: Span) -> bool:
    """A short line of its own between paragraphs, with no verb or no end: the text below says what it says."""
    text = view.article.text
    said = text[span.start : span.end].strip()
    if not said or said[-1] in END_OF_SENTENCE or len(said.split()) > LONGEST_HEADING:
        return False
    last = view.paragraphs[-1] if view.paragraphs else None
    alone = any(text[p.start : p.end].strip(" #*\n") == said for p in view.paragraphs if p is not last)
    return alone and not has_finite_verb(said, view.article.language)


def is_imagined(clause: Clause) -> bool:
    """What the author supposes, or tells the reader to look at: "If I were sure that …", "Compare the prices of …"."""
    return IMAGINED.search(clause.text) is not None or TOLD_TO.match(clause.text) is not None


def movements(clause: Clause) -> list[Cue]:
    """The movements that the clause asserts: by a verb, by a particle with one, by a noun that a verb carries or
    that is what the clause speaks of."""
    named = [c for c in clause.cues if c.heading in MOVE]
    carried = bool(named) and CARRIES_A_NOUN.search(clause.text) is not None
    return [c for c in named if _asserts(clause, c, carried)]


def _asserts(clause: Clause, cue: Cue, carried: bool) -> bool:
    text = clause.view.article.text
    before, behind = text[clause.start : cue.start], text[cue.end : clause.end]
    if clause.view.article.language == "de":
        noun = cue.text[:1].isupper() and AS_THE_SUBJECT.match(before) is None
        within = PARTICIPLE.fullmatch(cue.text) or PARTICIPLE.match(behind.lstrip())
        return (not noun or carried) and not within
    if PARTICLE.fullmatch(cue.text):
        return MOVES_WITH_PARTICLE.search(before) is not None
    if COMPARATIVE.fullmatch(cue.text) and BEFORE_A_NOUN.match(behind):
        return BEFORE_A_COMPARATIVE.search(before) is None
    if DONE_TO.fullmatch(cue.text) and ITS_OWNER.match(behind):
        return False
    if VERB_OR_NOUN.fullmatch(cue.text) and WOULD_BEHIND.match(behind):
        return False
    noun = VERB_OR_NOUN.fullmatch(cue.text) is not None and AS_A_NOUN.search(before) is not None
    return not noun or carried or AS_THE_SUBJECT.match(before) is not None


def only_names_a_forecast(clause: Clause) -> bool:
    """ "His optimistic forecasts for shares": that there are some is no forecast, where no figure stands beside."""
    forecasts = [c for c in clause.cues if c.heading in ("forecast", "forecast_strong")]
    return not clause.figures and all(_names_a_forecast(clause, cue) for cue in forecasts)


def _names_a_forecast(clause: Clause, cue: Cue) -> bool:
    if not FORECAST_NOUN.fullmatch(cue.text):
        return False
    text = clause.view.article.text
    before, behind = text[clause.start : cue.start], text[cue.end : clause.end]
    is_noun = AS_A_NOUN.search(before) is not None and not BEHIND_A_VERB.match(behind)
    return is_noun or not FORECAST_VERB.fullmatch(cue.text)
