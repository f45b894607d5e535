"""Analogies: the price of the text against a named episode, where the text says that the one is like the other.

Naming an episode likens nothing to it: "the worst panic since the financial crisis". What is said to be unlike it, and
a sentence that names two episodes, bind to nothing.
"""

from __future__ import annotations

from analyzer.episodes import Episode, named_in
from analyzer.extract.binders.bubbles import index_of_article, is_priced
from analyzer.extract.binders.common import index_of
from analyzer.extract.binders.denials import is_denied
from analyzer.extract.classify import about_market
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.phrases import phrases
from analyzer.market.instruments import Instrument
from analyzer.model import Basis

LIKE = phrases("like_another_time")
UNLIKE = phrases("unlike_another_time")
"""Said to be otherwise, or measured from the episode on: "the highest since 2008"."""


def analogues(context: Context) -> list[Draft]:
    """historical_analogue of the subject's path, or of the market's where the text speaks of the market as a whole."""
    text = context.clause.text
    if LIKE.search(text) is None or UNLIKE.search(text) or is_denied(text):
        return []
    named = named_in(text)
    if len(named) != 1:
        return []
    episode = named[0]
    found = _subject(context, episode)
    if found is None:
        return []
    instrument, basis = found
    session = context.clock.last_session(instrument)
    if session is None:
        return []
    params = {"symbol": instrument.symbol, "episode": episode.key, "session": session}
    marks: dict[str, Basis] = {"symbol": basis, "episode": "quote", "session": "default"}
    assumed = [f"the path of the price is meant, {episode.months} months up to {session}"]
    if basis == "default":
        assumed.append(f"no series is named: {instrument.name} is taken for the market")
    why = f"whether the path is more like that of {episode.name} than chance makes it"
    return [
        Draft("historical_analogue", params, marks, directness="statistical", assumed=tuple(assumed), why=why)
    ]  # fmt: skip


def _subject(context: Context, episode: Episode) -> tuple[Instrument, Basis] | None:
    """What is likened; for the market as a whole the index that the article names first, else that of the episode."""
    subject = context.subject()
    named = single(subject) or index_of(context)
    if named is not None and is_priced(named[0]):
        return named
    if subject is not None and subject.basis in ("quote", "context"):
        return None  # an exchange rate, a rate of unemployment
    if not about_market(context.clause.paragraph):
        return None
    of_article = index_of_article(context)
    if of_article is not None:
        return of_article
    symbols = (*(symbol for symbol, _ in episode.series), "^GSPC")
    there = (i for s in symbols if context.available(s) and (i := context.instrument(s)) is not None)
    instrument = next(there, None)
    return (instrument, "default") if instrument is not None else None
