"""A limit on money that is kept before a call, not found out after it.

What a call may cost at most is known beforehand: its prompt, of which the tokens are estimated on the high side, and an
answer of the full length that is asked for. A call that might go beyond the limit is not made.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

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
class Budget:
    """US dollars that a run may spend. ``spent`` grows with every answered call; threads may share one."""

    limit: float
    price: Price
    spent: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def allow(self, messages: Sequence[tuple[str, str]], max_tokens: int) -> None:
        """ModelError ("budget") when the call might spend more than is left."""
        dearest = self.price.of(estimated_tokens(messages, SURELY), max_tokens)
        with self._lock:
            left = self.limit - self.spent
        if dearest > left:
            raise ModelError(
                f"The budget of {self.limit:g} USD has {left:.4f} USD left, and the next call may cost up to "
                f"{dearest:.4f} USD; it was not made. Answers are kept: the same command with a higher --budget-usd "
                "goes on from here. A lower ANALYZER_MAX_TOKENS makes a call cost less at most.",
                code="budget",
            )

    def pay(self, prompt_tokens: int, completion_tokens: int) -> None:
        with self._lock:
            self.spent += self.price.of(prompt_tokens, completion_tokens)
