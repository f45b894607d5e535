"""Limits a minute and the budget of a batch, kept in one place of a Ray cluster for all of its nodes.

An actor holds them, on the node of the driver: while that node lives the batch lives, and no call to the actor is lost
with another one. What a node that died had held back of the budget stays held back, so that the limit is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from analyzer.config import Settings
from analyzer.llm.budget import Purse
from analyzer.llm.limits import TurnLimiter, Turns

ASKED = 5


class State:
    """What the actor holds. Ray lets one call in at a time."""

    def __init__(self) -> None:
        self._turns, self._purse = Turns(), Purse()

    def now(self) -> float:
        return time.time()

    def look(self) -> Turns:
        return self._turns

    def change(self, step: Callable[[Turns], Turns]) -> Turns:
        before = self._turns
        self._turns = step(before)
        return before

    def hold(self, dearest: float, limit: float) -> float:
        return self._purse.hold(dearest, limit)

    def pay(self, held: float, cost: float) -> None:
        self._purse.pay(held, cost)


class CommonState:
    """The actor, for whoever has the handle: it may be sent to any node."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    @classmethod
    def opened(cls, ray: Any) -> CommonState:
        """A new one, on the node from which it is opened."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        return cls(ray.remote(num_cpus=0, scheduling_strategy=here)(State).remote())

    def limiter(self, settings: Settings) -> ClusterLimiter:
        return ClusterLimiter(self, settings.requests_per_minute, settings.tokens_per_minute)

    def ask(self, name: str, *values: object) -> Any:
        import ray

        return ray.get(getattr(self._actor, name).remote(*values))

    def hold(self, dearest: float, limit: float) -> float:
        left: float = self.ask("hold", dearest, limit)
        return left

    def pay(self, held: float, cost: float) -> None:
        self.ask("pay", held, cost)


class ClusterLimiter(TurnLimiter):
    """A Limiter for all nodes. They reckon by the clock of the actor's node, whatever their own says."""

    def __init__(self, state: CommonState, requests_per_minute: int | None, tokens_per_minute: int | None) -> None:
        ahead = _ahead(state)
        super().__init__(
            requests_per_minute=requests_per_minute, tokens_per_minute=tokens_per_minute,
            clock=lambda: time.time() + ahead,
        )  # fmt: skip
        self._state = state

    def _look(self) -> Turns:
        turns: Turns = self._state.ask("look")
        return turns

    def _change(self, step: Callable[[Turns], Turns]) -> Turns:
        before: Turns = self._state.ask("change", step)
        return before


def _ahead(state: CommonState) -> float:
    """Seconds by which the actor's clock is ahead of the one here, from the quickest of some answers: the first waits
    until the actor has started."""
    measured: list[tuple[float, float]] = []
    for _ in range(ASKED):
        asked = time.time()
        theirs = state.ask("now")
        answered = time.time()
        measured.append((answered - asked, theirs - (asked + answered) / 2))
    _, ahead = min(measured)
    return ahead
