"""The quote of a claim: the shortest run of words that still makes it.

A reader finds a claim in a clause, and a clause often says more than the claim: who said it, what came of it. What
carries nothing that a test could use is left out of the quote, so that a table shows the claim alone. The sentence
around the quote stays where the binder looks for subject, time and speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analyzer.extract.classify import Rule, classify
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import parts
from analyzer.extract.view import Clause
from analyzer.text.clauses import clauses, has_finite_verb
from analyzer.text.patterns import Pattern
from analyzer.text.spans import Span, trimmed
from analyzer.text.wordlists import words

OPENING, CLOSING = '"“„»«', '"”“«»'
AFTER_SPEECH = re.compile(rf"(?:[,.!?]\s?[{CLOSING}]|[{CLOSING}]\s?[,.!?])(?=\s+\S)")
BEFORE_SPEECH = re.compile(rf"(?<=[,:]) [{OPENING}](?=\S)")
SURE = 0.75
FEWEST = 3
"""Words that a quote has at least."""


def tight(clause: Clause, rule: Rule) -> Span:
    """The part of the clause that is quoted; the whole of it where no part makes the same claim."""
    start, end = _speech(clause, rule)
    end = next((cut for cut in _ends(clause.view.clause(start, end)) if _enough(clause, (start, cut), end, rule)), end)
    start = next(
        (cut for cut in _starts(clause.view.clause(start, end)) if _enough(clause, (cut, end), end, rule)), start
    )
    return trimmed(clause.view.article.text, _without_link(clause, start, end), end)


LINK = Pattern(rf"{any_phrase('link')}\s+(?=\S)")


def _without_link(clause: Clause, start: int, end: int) -> int:
    """Where the quote begins behind the word that joins it to what stands before it in the sentence."""
    link = LINK.match(clause.view.article.text, start, end)
    return link.end() if link and start > clause.sentence.start else start


def cause_behind(clause: Clause, quoted: Span) -> Span | None:
    """The cause that stands right behind a quote, outside of it: "…, because the rate-setters hinted at fewer cuts"."""
    text = clause.view.article.text
    begins = CAUSE.match(text, quoted.end, clause.end)
    if begins is None or clause.view.clause(quoted.end, clause.end).has("conditional"):
        return None
    span = Span(begins.end(), next((p.end for p in _pieces(clause) if p.end > begins.end()), clause.end))
    return trimmed(text, *span) if len(text[span.start : span.end].split()) >= LEAST_OF_A_CAUSE else None


def _speech(clause: Clause, rule: Rule) -> Span:
    """What is cited, without the words that say by whom: '"The bubble bursts," said the trader.'"""
    text, start, end = clause.view.article.text, clause.start, clause.end
    opening = BEFORE_SPEECH.search(text, start, end)
    if opening and _enough(clause, (opening.end(), end), end, rule):
        start = opening.end()
    for closing in AFTER_SPEECH.finditer(text, start, end):
        if _same(clause, start, closing.start(), rule) and not _figures(clause.view.clause(closing.end(), end)):
            return Span(start + (text[start] in OPENING), closing.start())
    return Span(start, end)


TAIL = re.compile(
    rf"\s*,\s+(?=(?:(?!{any_phrase('no_tail')})[a-z]+ing|{any_phrase('tail_behind_comma')})\s)"
    r"|\s+and\s+(?=[a-z]+ed\s(?!by\b))"
    rf"|\s+und\s+(?={any_phrase('tail_behind_und')}\s)"
    rf"|\s+after\s+(?=(?:[\w'’.&-]+\s+){{1,6}}?{any_phrase('tail_after')}\s)"
    rf"|\s+given\s+(?={any_phrase('tail_given')}\s)|\s+as\s+(?={any_phrase('tail_as')}\s)"
)
"""Where something begins that is said beside the predicate: ", meaning higher costs", "and prompted warnings"."""
LEAD_IN = Pattern(rf"\b{any_phrase('lead_in')}\s+(?=that\s)")
FRONTED = phrases("fronted")
"""What opens a part of the sentence that stands before its subject: "As this goes on, …"."""
CAUSE = Pattern(rf"(?:,\s+|\s+)(?={any_phrase('cause_left_out')}\s)")
LEAST_OF_A_CAUSE = 5
"""Words of a cause that is a claim by itself."""
COMMA = re.compile(r", ")


def _ends(clause: Clause) -> Iterator[int]:
    """Where the quote may end: before a clause that follows, or before a tail; the earliest first. What stands between
    dashes is an aside, behind which the clause goes on."""
    text = clause.view.article.text
    pairs = pairwise(_pieces(clause))
    cuts = {left.end for left, right in pairs if not any(d in text[left.end : right.start] for d in "–—-")}
    yield from sorted(cuts | {tail.start() for tail in TAIL.finditer(text, clause.start, clause.end)})


def _starts(clause: Clause) -> Iterator[int]:
    """Where the quote may begin: with a clause, behind a lead-in, or where what stands before the subject ends; the
    last first."""
    text = clause.view.article.text
    cuts = {piece.start for piece in _pieces(clause)[1:]}
    if FRONTED.match(text, clause.start):
        cuts |= {comma.end() for comma in COMMA.finditer(text, clause.start, clause.end)}
    yield from sorted(cuts | {m.end() for m in LEAD_IN.finditer(text, clause.start, clause.end)}, reverse=True)


def _pieces(clause: Clause) -> tuple[Span, ...]:
    key = ("pieces", clause.start, clause.end)
    if key not in clause.view.kept:
        article = clause.view.article
        clause.view.kept[key] = clauses(article.text, Span(clause.start, clause.end), article.language)
    return clause.view.kept[key]  # type: ignore[return-value]


def _enough(clause: Clause, kept: tuple[int, int], end: int, rule: Rule) -> bool:
    """Whether the stretch makes the claim, and what is left out bears nothing of it."""
    view = clause.view
    stretch = view.clause(*kept)
    left_out = (view.clause(clause.start, stretch.start), view.clause(stretch.end, end))
    return _same(clause, *kept, rule) and not any(_bears(part, stretch) for part in left_out if part.text.strip())


MATRIX = re.compile(r",\s+(\w+)$")
"""A verb whose object is still to come: "dass diese Nachricht genügt, zeigt"."""


def _same(clause: Clause, start: int, end: int, rule: Rule) -> bool:
    part = clause.view.clause(start, end)
    spoken = part.text.split()
    if len(spoken) < FEWEST or spoken[0].lower() in words(f"sentences_{clause.view.article.language}")["subordinators"]:
        return False  # "If rates fall, stocks rise" is not said of the rates
    matrix = MATRIX.search(part.text)
    if matrix is not None and has_finite_verb(matrix[1], clause.view.article.language):
        return False
    return classify(part) is rule


def _figures(part: Clause) -> bool:
    return bool(parts(part)) or bool(part.figures)


def _has_verb(part: Clause) -> bool:
    return has_finite_verb(part.text, part.view.article.language)


def _bears(part: Clause, kept: Clause) -> bool:
    """What a trial may rest on: a condition, a figure, a time or a series where the stretch has none of its own, a
    claim of its own. A second figure is not lost: it stands among the numbers that no claim holds; nor is a cause,
    which makes a claim by itself (``cause_behind``)."""
    other = classify(part)
    if part.has("bubble_burst", "conditional") or (other is not None and other.weight >= SURE):
        return True
    if any(figure.unit == "count" for figure in part.figures):
        return True  # "rose 171 percent; the year before, 239": the same predicate goes on
    verbs = (_has_verb(part), _has_verb(kept))  # "The bull market, which began in 2009, is the longest": it goes on
    lost = (verbs, (_figures(part), _figures(kept)), (part.times, kept.times), (part.mentions, kept.mentions))
    return any(there and not here for there, here in lost)
