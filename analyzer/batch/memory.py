"""How much memory a long batch holds on to."""

from __future__ import annotations

import ctypes
import os

M_ARENA_MAX = -8
"""The option of glibc's mallopt: https://man7.org/linux/man-pages/man3/mallopt.3.html"""
ARENAS = 1
"""Python's threads run one at a time, so that they seldom wait for each other here; two took 7 % more memory."""


def few_arenas() -> None:
    """Keep glibc from giving threads arenas of their own, up to eight a core, each with its own waste.

    For this process, as far as its threads have none yet, and for the workers that it starts. Other C libraries, and
    who has set ``MALLOC_ARENA_MAX``, are left alone.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    os.environ["MALLOC_ARENA_MAX"] = str(ARENAS)
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)
