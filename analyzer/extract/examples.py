"""Which accepted bindings a model is shown when it binds claims, and how they are written into the prompt.

The nearest claims of other articles, of the same kind first, as many as the prompt's budget has room for. Their words
come from articles, so they are data like the claims themselves: one line each, between lines that hold a marker which
none of them can contain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.errors import ModelError, StoreError
from analyzer.extract.conversation import EXTRACT
from analyzer.model import Article, Claim, ExampleUsed, Trial
from analyzer.plain import one_line
from analyzer.prompts import load_prompt
from analyzer.store.index import claim_text
from analyzer.store.steps import key

if TYPE_CHECKING:
    from analyzer.llm.client import StepCacheLike
    from analyzer.store.examples import Example

Nearest = Callable[[str, int], Sequence[tuple[str, float]]]
"""From a text and a number to so many of the nearest examples' ids, each with its cosine, best first."""
MOST = 3
"""Examples in one call."""
REACH = 30
"""Neighbours of a claim that are looked at, besides those of its own article."""
LEAST = 0.5
"""Least cosine of an example of the same kind."""
LEAST_OF_OTHER_KIND = 0.7
"""The same for another kind. Of the corpus' claims those of one kind share the check in 7 of 10 cases at any cosine,
those of two kinds in 3 of 10 at 0.5 and in 7 of 10 from 0.7 on."""
STEP = "examples"


@dataclass(frozen=True)
class Chosen:
    example: Example
    score: float

    @property
    def used(self) -> ExampleUsed:
        one = self.example
        return ExampleUsed(claim=one.claim, article=one.article, by=one.by, score=round(self.score, 3))


@dataclass(frozen=True)
class Bank:
    """The examples by id, and the search among them.

    ``kept``: where a choice is kept when answers are ordered, which have to find the same prompt again days later.
    """

    examples: Mapping[str, Example]
    nearest: Nearest
    kept: StepCacheLike | None = None

    def choose(self, claims: Sequence[Claim], article: Article) -> tuple[Chosen, ...]:
        """The examples for a call that binds these claims, at most ``MOST``, the best first."""
        if self.kept is None:
            return self._nearest(claims, article)
        asked = key(STEP, article.id, article.text_sha256, [claim.id for claim in claims])
        before = self.kept.get(STEP, asked)
        if before is None:
            chosen = self._nearest(claims, article)
            self.kept.put(STEP, asked, {"examples": [[one.example.id, one.score] for one in chosen]})
            return chosen
        return tuple(Chosen(self.examples[id], score) for id, score in before["examples"] if id in self.examples)

    def _nearest(self, claims: Sequence[Claim], article: Article) -> tuple[Chosen, ...]:
        fit = {id: one for id, one in self.examples.items() if not _is_of(one, article)}
        reach = REACH + len(self.examples) - len(fit)
        best: dict[str, tuple[bool, float]] = {}
        for claim in claims if fit else ():
            for id, score in self._found(claim_text(claim), reach):
                same = id in fit and fit[id].kind == claim.kind
                if id in fit and score >= (LEAST if same else LEAST_OF_OTHER_KIND):
                    best[id] = max(best.get(id, (False, 0.0)), (same, score))
        ranked = sorted(best, key=lambda id: (*(-value for value in best[id]), id))
        return tuple(Chosen(fit[id], best[id][1]) for id in ranked[:MOST])

    def _found(self, text: str, n: int) -> Sequence[tuple[str, float]]:
        """Nothing where the index or the embedder fails: an article can do without examples, and what is wrong is said
        where its passages are indexed."""
        with suppress(StoreError, ModelError):
            return self.nearest(text, n)
        return ()


def _is_of(example: Example, article: Article) -> bool:
    """Whether it comes from the article itself, or from the same text under another day or outlet."""
    return example.article == article.id or example.quote in article.text


def block(chosen: Sequence[Chosen], article: Article) -> str:
    """The examples as they stand in the prompt, with the lines around them; nothing without an example."""
    if not chosen:
        return ""
    lines = "\n".join(example_line(one.example) for one in chosen)
    around = marker_of(lines, article)
    return f"Examples, between two lines that hold {around}:\n{around}\n{lines}\n{around}\n\n"


def marker_of(lines: str, article: Article) -> str:
    """It hangs on every word of the examples, so that none of them can hold it."""
    return f"=== {hashlib.sha256(f'{article.text_sha256} {lines}'.encode()).hexdigest()[:16]} ==="


def example_line(example: Example) -> str:
    """Day, kind, "quote" = "meaning" -> check symbols direction "figure" days; further trials follow a semicolon."""
    said = f"{example.published or 'unknown'} {example.kind} {_quoted(example.quote)} = {_quoted(example.statement)}"
    return f"{said} -> {'; '.join(trial_words(trial) for trial in example.trials)}"


def trial_words(trial: Trial) -> str:
    """What a model may propose of a trial; everything else is read by code."""
    params = trial.params
    named = [params.get("symbol"), *(params.get("symbols") or ()), params.get("driver"), params.get("other")]
    symbols = ",".join(dict.fromkeys(str(symbol) for symbol in named if symbol))
    figure = (params.get("stated") or {}).get("text")
    words = (trial.check, symbols, _direction(trial), _quoted(figure) if figure else "", _days(params))
    return " ".join(word for word in words if word)


MOVES = ("session_return", "period_return", "market_value_change")
"""Checks in which the sign of the stated figure is the direction."""


def _direction(trial: Trial) -> str:
    stated = (trial.params.get("stated") or {}).get("value")
    if trial.check in MOVES and stated:
        return "down" if stated < 0 else "up"
    return str(trial.params.get("direction") or "")


def _days(params: Mapping[str, Any]) -> str:
    first = params.get("session") or params.get("first") or params.get("base")
    last = params.get("session") or params.get("last")
    return "..".join(dict.fromkeys(str(day) for day in (first, last) if day))


def _quoted(text: str) -> str:
    """On one line, and in quotation marks that it cannot close."""
    return json.dumps(one_line(text), ensure_ascii=False)


BUDGET = 3000
"""Tokens beyond the article's own words that the two prompts of an article may take, at four characters each."""
FIXED = 40
"""Tokens of an extraction's prompt beside its file: the day, two markers."""


def fitting(
    chosen: Sequence[Chosen], article: Article, asked: Sequence[tuple[str, str]], own: int
) -> tuple[Chosen, ...]:
    """As many as the budget has room for beside what is ``asked`` without them, ``own`` characters of which are the
    article's. A long example gives way to shorter ones after it."""
    room = 4 * (BUDGET - FIXED) - len(load_prompt(EXTRACT).text) - sum(len(text) for _, text in asked) + own
    taken: list[Chosen] = []
    for one in chosen:
        if len(block([*taken, one], article)) <= room:
            taken.append(one)
    return tuple(taken)


__all__ = ["Bank", "Chosen", "block", "example_line", "fitting"]
