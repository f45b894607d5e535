"""Simulated draws in blocks, worked on side by side and kept: fewer draws are the first ones of more.

A trial with its variants, at two dates, asks for the same draws again and again, of some only the first. Each draw has
a generator of its own, seeded by the seed and its number, so that a block is the same whatever it is asked for with.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Block = TypeVar("Block")


class KeptBlocks(Generic[Block]):
    """The blocks of the ``most`` simulations that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Block, ...]] = OrderedDict()

    def first(
        self, of: Hashable, count: int, work: Callable[[int], Block], workers: int | None = None
    ) -> tuple[Block, ...]:
        """The first ``count`` blocks of the simulation ``of``; ``work`` makes the block of a number."""
        there = self._kept.pop(of, ())
        missing = range(len(there), count)
        if missing:
            with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
                there = (*there, *pool.map(work, missing))
        self._kept[of] = there
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return there[:count]
