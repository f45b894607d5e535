"""A limit on money that is kept before a call, not found out after it.

What a call may cost at most is known beforehand: its prompt, of which the tokens are estimated on the high side, and an
answer of the full length that is asked for. A call that might go beyond the limit is not made.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from analyzer.errors import ModelError
from analyzer.llm.cost import Price

SURELY = 2.5
"""Characters to a token of German or English, at the least: an estimate on the high side."""
USUALLY = 4.0
"""Characters to a token as OpenAI's tokenizers make them of English."""


def estimated_tokens(messages: Sequence[tuple[str, str]], characters: float = USUALLY) -> int:
    """Tokens of (role, text) messages; no tokenizer is asked, since that of OpenAI is fetched at run time."""
    return round(sum(len(text) / characters + 4 for _, text in messages))


@dataclass
class Purse:
    """US dollars: what was ``spent``, and what the calls that are under way may cost at most. Threads may share one."""

    spent: float = 0.0
    held: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def hold(self, dearest: float, limit: float) -> float:
        """Hold back so much if it is left of the limit; what was left before."""
        with self._lock:
            left = limit - self.spent - self.held
            if dearest <= left:
                self.held += dearest
            return left

    def pay(self, held: float, cost: float) -> None:
        """What a call came to instead of what was held back for it."""
        with self._lock:
            self.held -= held
            self.spent += cost


class PurseLike(Protocol):
    """A purse; that of a cluster is one for all its nodes."""

    def hold(self, dearest: float, limit: float) -> float: ...

    def pay(self, held: float, cost: float) -> None: ...


@dataclass(frozen=True)
class Budget:
    """US dollars that a run may spend, from a purse that several may share."""

    limit: float
    price: Price
    purse: PurseLike = field(default_factory=Purse)

    def allow(self, messages: Sequence[tuple[str, str]], max_tokens: int) -> float:
        """Hold back what the call may cost at most, and return it; ModelError ("budget") when less is left."""
        dearest = self.price.of(estimated_tokens(messages, SURELY), max_tokens)
        left = self.purse.hold(dearest, self.limit)
        if dearest <= left:
            return dearest
        raise ModelError(
            f"The budget of {self.limit:g} USD has {left:.4f} USD left, and the next call may cost up to "
            f"{dearest:.4f} USD; it was not made. Answers are kept: the same command with a higher --budget-usd "
            "goes on from here. A lower ANALYZER_MAX_TOKENS makes a call cost less at most.",
            code="budget",
        )

    def pay(self, held: float, prompt_tokens: int = 0, completion_tokens: int = 0) -> None:
        """What the call came to instead of what was held back for it; nothing for one that failed."""
        self.purse.pay(held, self.price.of(prompt_tokens, completion_tokens))
