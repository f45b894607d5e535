"""What a run would cost, without asking the model: calls, tokens, money.

Prompts are made as they would be sent, so that their length is known; what the model will answer is not, and is taken
from what answers to our prompts came to. Where the first call is answered by the cache its claims are known, and the
second is counted exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from analyzer.extract.candidates import candidates
from analyzer.extract.llm import ExtractReply, extract_messages
from analyzer.extract.parts import parts_of
from analyzer.extract.proposals import BindReply, batches, bind_messages, examples_for
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import ArticleView, view
from analyzer.llm.budget import estimated_tokens
from analyzer.model import Article, Claim
from analyzer.pipeline import Workshop

CLAIM_TOKENS = 85
"""Tokens of a claim in an answer: its quote, its statement, seven names of fields."""
TRIAL_TOKENS = 70
TRIALS = 1.2
"""Trials that are proposed for a checkable claim."""
MORE_THAN_RULES = 1.3
"""Claims that a model finds for each that the rules find."""


@dataclass(frozen=True)
class Estimate:
    """What one article, or all, would take. ``cost_usd`` is None where the price is not known."""

    source: str
    words: int
    calls: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0

    def as_dict(self) -> dict[str, str | int | float | None]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


def estimate(article: Article, workshop: Workshop) -> Estimate:
    """The estimate for one article; nothing is asked of the model, and nothing is recorded."""
    words = len(article.text.split())
    if workshop.client is None:
        return Estimate(article.source, words)
    workshop.client.only_cached = True
    seen = view(article, workshop.catalogue)
    reading, claims = _reading(article, seen, workshop)
    binding = _binding(article, seen, claims, workshop)
    made = [step for step in (*reading, *binding) if step is not None]
    prompt, answer = sum(p for p, _ in made), sum(a for _, a in made)
    price = workshop.client.price
    return Estimate(
        article.source, words, calls=len(made), cached=len(reading) + len(binding) - len(made), prompt_tokens=prompt,
        completion_tokens=answer, cost_usd=None if price is None else price.of(prompt, answer),
    )  # fmt: skip


def total(estimates: list[Estimate]) -> Estimate:
    costs = [e.cost_usd for e in estimates]
    known = [c for c in costs if c is not None]
    return Estimate(
        f"{len(estimates)} articles", sum(e.words for e in estimates), sum(e.calls for e in estimates),
        sum(e.cached for e in estimates), sum(e.prompt_tokens for e in estimates),
        sum(e.completion_tokens for e in estimates), sum(known) if len(known) == len(costs) else None,
    )  # fmt: skip


Step = tuple[int, int] | None
"""Tokens of a call, prompt and answer; None where the cache holds the answer."""


def _reading(article: Article, seen: ArticleView, workshop: Workshop) -> tuple[list[Step], tuple[Claim, ...]]:
    """The calls that find the claims, and the claims: the model's where all is cached, else those of the rules."""
    steps: list[Step] = []
    by_rules = RulesReader().read(article, seen).claims or ()
    for span in parts_of(article.text):
        asked = extract_messages(article, span)
        if workshop.client.answered(asked, ExtractReply):
            steps.append(None)
            continue
        inside = sum(span.start <= c.start < span.end for c in by_rules)
        steps.append((estimated_tokens(asked), round(CLAIM_TOKENS * MORE_THAN_RULES * inside)))
    if all(step is None for step in steps):
        return steps, workshop.reader.read(article, seen).claims or ()
    return steps, by_rules


def _binding(article: Article, seen: ArticleView, claims: tuple[Claim, ...], workshop: Workshop) -> list[Step]:
    """The calls that propose trials. Claims of the rules stand in for those that are not read yet."""
    offered = candidates(claims, seen, workshop.nearest) if claims else {}
    steps: list[Step] = []
    for batch in batches(claims):
        shown = examples_for(workshop.bank, batch, seen, offered, article.published)
        asked = bind_messages(batch, seen, offered, article.published, shown)
        if workshop.client.answered(asked, BindReply):
            steps.append(None)
        else:
            steps.append((estimated_tokens(asked), round(TRIAL_TOKENS * TRIALS * len(batch))))
    return steps
