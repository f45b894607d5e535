"""Superlatives with their span: "its worst session since September 2020", "a record high"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import parts
from analyzer.extract.statements.english import table
from analyzer.extract.statements.when import When, bare_words, tense_of, times_of, when_words
from analyzer.extract.statements.who import Who, named, points_back, who
from analyzer.extract.statements.wording import Tense, figure_words, verb
from analyzer.extract.subjects import subject_of
from analyzer.extract.time_words import peak_span
from analyzer.extract.view import Clause
from analyzer.text import times as t
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern


@dataclass(frozen=True)
class Record:
    """A superlative in English, and where it stands. ``reached``: it is a level, and not a day or a move."""

    text: str
    start: int
    end: int
    reached: bool

    def of(self, subject: Who) -> str:
        return self.text.replace("its ", f"{subject.its} ", 1)

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


ADJECTIVES, NOUNS, RANKS = table("adjectives"), table("nouns"), table("ranks")
GERMAN = Pattern(
    rf"\b(?P<nth>{'|'.join(RANKS)})?(?P<adj>{'|'.join(ADJECTIVES)})e[nrms]?\s+(?:je gesehene[nrs]?\s+)?"
    r"(?P<noun>[^\W\d_]+)",
    re.IGNORECASE,
)
GERMAN_LEVEL = Pattern(
    r"\bein (?P<side>hoch|tief)(?= seit\b)"
    rf"|\b(?:ein(?:en)? (?:neue[ns]? )?)?(?P<rec>{any_phrase('record_name_german')})\b",
    re.IGNORECASE,
)
AS_LAST = Pattern(r"\bso (?P<adj>hoch|niedrig|tief) wie zuletzt\b", re.IGNORECASE)
ENGLISH = Pattern(
    rf"\b(?P<nth>(?:second|third|fourth)[- ])?(?P<adj>{any_phrase('superlative')})"
    rf"(?P<noun>(?: {any_phrase('superlative_span')})? {any_phrase('superlative_noun')}\b)?"
    rf"|\b(?P<rec>{any_phrase('record_name')})\b|\bthe (?P<most>most)(?= since\b)",
    re.IGNORECASE,
)
ONE_OF = Pattern(rf"\b{any_phrase('one_of_several')}\s+(?:\w+\s+)?$", re.IGNORECASE)
EVER = phrases("in_all_history")
OF_THE_YEAR = phrases("of_the_span")
FOR_WHOM = Pattern(r"\b(?:für (?:den |die |das )?|for (?:the )?)$", re.IGNORECASE)
EACH = phrases("of_each")
TO_ITS_SPAN = re.compile(rf"\W*{any_phrase('between_a_record_and_its_span')}?\W*", re.IGNORECASE)
OF_A_MOVE = phrases("superlative_of_a_move", ignore_case=False)


def superlative(clause: Clause) -> Record | None:
    """The superlative of a clause, where it has one, and its span, where it can be read."""
    german = clause.view.article.language == "de"
    found = [m for p in ((GERMAN, GERMAN_LEVEL) if german else (ENGLISH,)) for m in p.finditer(clause.text)]
    peak = peak_span(clause)
    found = [m for m in found if peak is None or not peak[0] <= clause.start + m.start() < peak[1]]
    if len(found) != 1 or ONE_OF.search(clause.text[: found[0].start()]):
        return None
    read = _german(found[0]) if german else _english(found[0], _moved(clause))
    if read is None:
        return None
    (noun, reached), start, end = read, clause.start + found[0].start(), clause.start + found[0].end()
    spans = [e for e in clause.times if e.start >= start and _is_span(e, clause.view.article.text[end : e.start])]
    if len(spans) == 1:
        return Record(f"{noun} {_of(spans[0], clause)}", start, max(end, spans[0].end), reached)
    if spans:
        return None
    ever = EVER.search(clause.text, found[0].start()) or OF_THE_YEAR.search(clause.text, found[0].start())
    if ever:
        said = ever[0].lower()
        if german or said.endswith(("ever", "seen")):
            said = "in its history" if "geschichte" in said else "ever"
        return Record(f"{noun} {said}", start, max(end, clause.start + ever.end()), reached)
    return Record(noun, start, end, reached) if "record" in noun or "all-time" in noun else None


def _is_span(expression: t.TimeExpression, between: str) -> bool:
    """Whether a time behind a superlative says among what it is one: "of the year", "since 2020"."""
    value = expression.value
    long = isinstance(value, t.Duration) and value.unit not in ("session", "day")
    near = TO_ITS_SPAN.fullmatch(between)
    return ((long or isinstance(value, t.RelativePeriod | t.Year)) and near is not None) or isinstance(value, t.Since)


def _of(expression: t.TimeExpression, clause: Clause) -> str:
    value = expression.value
    if isinstance(value, t.RelativePeriod | t.Year):
        return f"of {bare_words(expression)}"
    return when_words(expression, clause)


def _german(match: re.Match[str]) -> tuple[str, bool] | None:
    """The noun phrase in English, and whether it is a level."""
    if GERMAN_LEVEL.found(match):
        if match["rec"]:
            return f"a record {'high' if match['rec'].lower().endswith('hoch') else 'low'}", True
        return f"its {'highest' if match['side'].lower() == 'hoch' else 'lowest'} level", True
    noun = NOUNS.get(match["noun"].lower())
    if noun is None:
        return None
    nth = RANKS.get((match["nth"] or "").lower(), "")
    return f"its {nth}{ADJECTIVES[match['adj'].lower()]} {noun}", noun in ("level", "close", "price")


def _moved(clause: Clause) -> str:
    """ "fall" or "rise", where the clause gives one by a figure: what "the largest since 1998" is one of."""
    directions = {p.direction for p in parts(clause) if p.role == "change"}
    return {"down": " fall", "up": " rise"}.get(directions.pop() or "", "") if len(directions) == 1 else ""


def _english(match: re.Match[str], moved: str) -> tuple[str, bool] | None:
    if match["rec"]:
        return f"{'an' if match['rec'].lower().startswith('all') else 'a'} {match['rec'].lower()}", True
    if match["most"]:
        return "the most", False
    adjective, noun = match["adj"].lower(), (match["noun"] or "").lower()
    level = adjective in ("highest", "lowest") and not OF_A_MOVE.search(noun)
    noun = noun or (" level" if level else moved)
    return (f"its {(match['nth'] or '').lower().replace(' ', '-')}{adjective}{noun}", level) if noun else None


def record_fact(clause: Clause, record: Record, tense: Tense | None, figure: Figure | None = None) -> str | None:
    """ "The VIX reached its highest close since early August", "gold reached a record high of 2,500 USD"."""
    subject, when = _whose(clause, record), times_of(clause, [figure] if figure else [], record.span)
    if subject is None or when is None or record.text.startswith("the most") or EACH.search(clause.text):
        return None
    told = tense or tense_of(clause, when, [], record.span)
    told = "past" if told in ("perfect", "present") else told
    had = verb("reach" if record.reached else "have", told, subject.plural)
    of = f" of {figure_words(figure)}" if figure else ""
    return f"{subject.name} {had} {record.of(subject)}{of}{when.behind}"


def _whose(clause: Clause, record: Record) -> Who | None:
    text = clause.view.article.text
    for mention in clause.mentions:
        if FOR_WHOM.search(text[clause.start : mention.start]):
            return named(clause, mention.target, mention)
    found = who(clause, record.start, record.start)
    if found is None and not clause.mentions:
        subject = subject_of(clause, record.start)
        found = (
            named(clause, subject.target) if subject and points_back(clause, subject, record.start, noun=True) else None
        )
    return found


def as_last(clause: Clause) -> str | None:
    """ "The S&P 500 stands as high as it last did at the start of March"."""
    found = AS_LAST.search(clause.text)
    later = [e for e in clause.times if found and e.start >= clause.start + found.end()]
    if found is None or len(clause.times) != 1 or not later:
        return None
    at = clause.start + found.start()
    subject = who(clause, at, at)
    if subject is None:
        return None
    high = "high" if found["adj"].lower() == "hoch" else "low"
    stood = verb("stand", tense_of(clause, When(), []), subject.plural)
    last = f"{'they' if subject.plural else 'it'} last did {when_words(later[0], clause)}"
    return f"{subject.name} {stood} as {high} as {last}"
