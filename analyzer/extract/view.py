"""An article as the readers and the binder see it: sentences with their figures, times, mentions and cues.

Everything is computed once per article; a claim is then looked at through ``ArticleView.clause``, which says what
stands in the quote, in its sentence, in its paragraph. A model's claims and the rules' claims pass through the same
view, so that both are bound by the same reading of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from operator import attrgetter
from typing import Protocol, TypeVar, cast

from analyzer.extract.currencies import apart_from_phrases
from analyzer.extract.decade_words import with_decades
from analyzer.extract.lexicon import Cue, load_lexicon
from analyzer.extract.named_days import with_known_events
from analyzer.extract.units import with_units
from analyzer.market.instruments import Basket, Catalogue, Instrument
from analyzer.market.mentions import Mention, find_mentions
from analyzer.market.regions import named_regions
from analyzer.model import Article
from analyzer.text.align import Normalised, for_reading
from analyzer.text.numbers import Figure, figures
from analyzer.text.sentences import Span, paragraphs, sentences
from analyzer.text.times import TimeExpression, times


class Located(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Located)
R = TypeVar("R")


START = attrgetter("start")


def within(items: Sequence[T], start: int, end: int) -> tuple[T, ...]:
    """Of items in the order of their starts those that lie inside."""
    first = bisect_left(items, start, key=START)
    last = bisect_left(items, end, first, key=START)
    return tuple(item for item in items[first:last] if item.end <= end)


def remembered(conclude: Callable[[Clause], R]) -> Callable[[Clause], R]:
    """A conclusion from a stretch, drawn once: the rules look at one stretch many times."""
    name = f"{conclude.__module__}.{conclude.__qualname__}"

    @wraps(conclude)
    def known(clause: Clause) -> R:
        kept, key = clause.view.kept, (name, clause.start, clause.end)
        if key not in kept:
            kept[key] = conclude(clause)
        return cast("R", kept[key])

    return known


@dataclass(frozen=True)
class Clause:
    """A stretch of an article: what stands in it, and where it stands."""

    view: ArticleView
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        return self.view.article.text[self.start : self.end]

    @cached_property
    def lowered(self) -> str:
        return self.text.lower()

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        return within(self.view.cues, self.start, self.end)

    @cached_property
    def headings(self) -> frozenset[str]:
        return frozenset(c.heading for c in self.cues)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return within(self.view.figures, self.start, self.end)

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of its figures."""
        return frozenset(f.unit for f in self.figures)

    @cached_property
    def times(self) -> tuple[TimeExpression, ...]:
        return within(self.view.times, self.start, self.end)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return within(self.view.mentions, self.start, self.end)

    @cached_property
    def sentence(self) -> Clause:
        """The sentence, or the run of sentences, that holds the clause."""
        spans = self.view.sentences
        behind = bisect_left(spans, self.end, key=START)
        first = behind
        while first and spans[first - 1].end > self.start:
            first -= 1
        if first == behind:
            return self
        return self.view.clause(min(spans[first].start, self.start), max(spans[behind - 1].end, self.end))

    @cached_property
    def paragraph(self) -> Clause:
        spans = self.view.paragraphs
        at = bisect_right(spans, self.start, key=START) - 1
        if at < 0 or spans[at].end <= self.start:
            return self
        return self.view.clause(spans[at].start, max(spans[at].end, self.end))

    @property
    def is_question(self) -> bool:
        return self.text.rstrip(" \"'»«”“’)").endswith("?")

    def holds_any(self, stems: tuple[str, ...]) -> bool:
        """Whether a stem stands in it, in small letters: asked before a pattern is tried that cannot do without."""
        return any(stem in self.lowered for stem in stems)

    def has(self, *headings: str) -> bool:
        return not self.headings.isdisjoint(headings)


@dataclass(frozen=True)
class ArticleView:
    """The article with everything that was read in it. Its text is the copy to read, with divided words joined."""

    article: Article
    catalogue: Catalogue
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeExpression, ...]
    figures: tuple[Figure, ...]
    cues: tuple[Cue, ...]
    reading: Normalised
    """The copy and its way back to the text to the letter, ``original``."""
    original: str

    def verbatim(self, found: Located) -> Span:
        """Where something that was read stands in the original."""
        return self.reading.span(found.start, found.end)

    def at(self, start: int, end: int) -> Clause:
        """What stands at a place of the original, such as a claim's."""
        return self.clause(*self.reading.place(start, end))

    def clause(self, start: int, end: int) -> Clause:
        """The stretch; the same object for the same stretch, so that what was found in it is kept."""
        found = self._clauses.get((start, end))
        if found is None:
            found = self._clauses[start, end] = Clause(self, start, end)
        return found

    @cached_property
    def _clauses(self) -> dict[tuple[int, int], Clause]:
        return {}

    @cached_property
    def kept(self) -> dict[tuple[str, int, int], object]:
        """What was concluded of a stretch, by what it is and where: readers look at one stretch many times."""
        return {}

    @cached_property
    def regions(self) -> tuple[tuple[int, int, str], ...]:
        """Words that name a region of the world: start, end, region."""
        return named_regions(self.article.text)

    @cached_property
    def main_subject(self) -> Instrument | Basket | None:
        """The instrument that the article names most often, the first of equals; None when it names none."""
        counts: dict[str, int] = {}
        targets: dict[str, Instrument | Basket] = {}
        for mention in self.mentions:
            key = target_key(mention.target)
            counts[key] = counts.get(key, 0) + 1
            targets.setdefault(key, mention.target)
        return targets[max(counts, key=lambda k: counts[k])] if counts else None

    @cached_property
    def only_subject(self) -> Instrument | None:
        """The instrument of an article that is about one only: named at least three times, and of all priced things
        that are named it is the one in at least two of three."""
        counts = Counter(
            target_key(m.target)
            for m in self.mentions
            if not isinstance(m.target, Instrument) or m.target.kind != "macro"
        )
        main = self.main_subject
        if not isinstance(main, Instrument) or main.kind == "macro":
            return None
        own = counts[main.symbol]
        return main if own >= 3 and own >= 2 / 3 * counts.total() else None


def target_key(target: Instrument | Basket) -> str:
    return target.symbol if isinstance(target, Instrument) else f"basket:{target.id}"


def _meant(cues: set[Cue]) -> set[Cue]:
    """The cues but for those inside an idiom, where they say something else: "shows up in the accounts"."""
    idioms = [cue for cue in cues if cue.heading == "idiom"]
    return {c for c in cues if not any(i.start <= c.start and c.end <= i.end for i in idioms)}


def _is_a_season(cue: Cue, times: Sequence[TimeExpression]) -> bool:
    """ "In the fall", "this fall": no fall of anything."""
    return cue.text.lower() == "fall" and any(t.start <= cue.start and cue.end <= t.end for t in times)


def words_of(article: Article, catalogue: Catalogue) -> ArticleView:
    """A view of a short text in which only the words of the lexicon are looked for: no name, time or figure."""
    reading, lexicon = for_reading(article.text), load_lexicon(article.language)
    spans = sentences(reading.text, article.language)
    found = _meant({cue for span in spans for cue in lexicon.cues(reading.text, span.start, span.end)})
    return ArticleView(
        article=article.model_copy(update={"text": reading.text}), reading=reading, original=article.text,
        catalogue=catalogue, sentences=spans, paragraphs=paragraphs(reading.text), mentions=(), times=(), figures=(),
        cues=tuple(sorted(found, key=lambda c: (c.start, c.end, c.heading))),
    )  # fmt: skip


def view(article: Article, catalogue: Catalogue) -> ArticleView:
    """Read everything in the article's text that can be read without knowing a date."""
    reading, language = for_reading(article.text), article.language
    text = reading.text
    spans = sentences(text, language)
    lexicon = load_lexicon(language)
    found = _meant({cue for span in spans for cue in lexicon.cues(text, span.start, span.end)})
    mentions = apart_from_phrases(find_mentions(text, language, catalogue), found)
    expressions = with_known_events(times(text, language), article.model_copy(update={"text": text}))
    found = {cue for cue in found if not _is_a_season(cue, expressions)}
    taken = [(m.start, m.end) for m in mentions if re.search(r"\d", m.text)]
    taken += [(t.start, t.end) for t in expressions]
    read = with_decades(figures(text, language, skip=taken), text)
    return ArticleView(
        article=article.model_copy(update={"text": text}), reading=reading, original=article.text, catalogue=catalogue,
        sentences=spans, paragraphs=paragraphs(text), mentions=mentions, times=expressions,
        figures=with_units(read, text, language, spans, mentions),
        cues=tuple(sorted(found, key=lambda c: (c.start, c.end, c.heading))),
    )  # fmt: skip
