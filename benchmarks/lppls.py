"""What log-periodic fits cost and how good they are: ``python benchmarks/lppls.py``.

Windows of random walks are fitted side by side. A sample of them is fitted by scipy's differential evolution as well,
inside the same bounds, which is slow and seldom ends in a minimum that is not the best.
"""

from __future__ import annotations

import os
import time

import numpy as np
from scipy.optimize import differential_evolution

from analyzer.stats.lppls import LOWER, UPPER, Filter, at, fit, window_lengths, windows
from analyzer.stats.lppls_confidence import surrogate_shares

WALKS, SAMPLE, DRAWS = 40, 40, 299


def slow(values: np.ndarray) -> float:
    """The least error that the slow search finds for one window."""
    found = differential_evolution(
        lambda x: at(values[None, :], float(np.exp(x[0])), x[1], x[2]).error[0],
        list(zip(LOWER, UPPER, strict=True)), rng=1, maxiter=150, tol=1e-8,
    )  # fmt: skip
    return float(found.fun)


def main() -> None:
    walks = np.cumsum(np.random.default_rng(1).normal(0.0006, 0.01, (750, WALKS)), axis=0)
    values = windows(walks, window_lengths(750))
    fit(values[:1])
    begun = time.perf_counter()
    found = fit(values)
    each = (time.perf_counter() - begun) / len(values)
    chosen = np.linspace(0, len(values) - 1, SAMPLE).astype(int)
    begun = time.perf_counter()
    best = np.array([slow(values[i]) for i in chosen])
    slowly = (time.perf_counter() - begun) / SAMPLE
    ratio = found.error[chosen] / best
    print(f"a fit: {1e3 * each:.2f} ms side by side, {1e3 * slowly:.0f} ms by differential evolution")
    for room in (0.001, 0.01, 0.05):
        print(f"error within {room:.1%} of the slow search: {np.mean(ratio < 1 + room):.0%} of {SAMPLE}")
    begun = time.perf_counter()
    surrogate_shares(walks[:, 0], window_lengths(750), Filter(), DRAWS, 1)
    print(f"{DRAWS} surrogates of 750 closes on {os.cpu_count()} cores: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
