"""What recursive explosive-root tests cost: ``python benchmarks/explosive_root.py``.

One run sets the running sums against a plain loop of least squares, statsmodels' ``adfuller`` for each window. Its cost
is a number of windows times that of one, so a sample of the windows is timed and the whole is extrapolated; the results
of the sample must agree. With numba installed the compiled loops are timed too, and must be equal.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from statsmodels.tsa.stattools import adfuller

from analyzer.stats.explosive import Lag, sequences, smallest_window
from analyzer.stats.explosive_null import random_walks, wild_paths

SIZES = (200, 500, 1000, 1700)
SAMPLE = 200
DRAWS = 200


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """Seconds of processor time, the smallest of the rounds; one before them warms caches and compiles."""
    work()
    took = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)


def plain(levels: np.ndarray, smallest: int, lag: Lag) -> tuple[float, float]:
    """Seconds for all windows by single regressions, and the largest difference on those that were run: the windows
    from the first level on."""
    ends = np.linspace(smallest, len(levels), SAMPLE).astype(int)
    begun = time.process_time()
    single = [adfuller(levels[:n], maxlag=lag, regression="c", autolag=None, result_object=False)[0] for n in ends]
    each = (time.process_time() - begun) / SAMPLE
    windows = len(levels) - smallest + 1
    found = sequences(levels, smallest, lag).adf[ends - 1]
    return each * windows * (windows + 1) / 2, float(np.abs(found - np.array(single)).max())


def has_numba() -> bool:
    try:
        sequences(np.arange(20.0) ** 2, 10, compiled=True)
    except ValueError:
        return False
    return True


def main() -> None:
    compiled = has_numba()
    print("one sequence, seconds of processor time" + ("" if compiled else " (numba is not installed)"))
    print(f"{'n':>5} {'lag':>3} {'numpy':>9} {'numba':>9} {'least squares':>14} {'times':>8}  largest difference")
    for n in SIZES:
        levels = np.cumsum(np.random.default_rng(n).normal(size=n))
        smallest = smallest_window(n)
        for lag in (0, 1):
            vector = best(lambda: sequences(levels, smallest, lag, compiled=False))  # noqa: B023 - run at once
            fast = best(lambda: sequences(levels, smallest, lag, compiled=True)) if compiled else float("nan")  # noqa: B023
            loop, difference = plain(levels, smallest, lag)
            print(f"{n:5} {lag:3} {vector:9.4f} {fast:9.4f} {loop:14.0f} {loop / vector:8.0f}  {difference:.1e}")
            if compiled:
                pair = (sequences(levels, smallest, lag, compiled=way) for way in (False, True))
                assert len({one.bsadf.tobytes() for one in pair}) == 1
    print(f"\ncritical values, milliseconds of processor time a draw ({DRAWS} draws)")
    for n in SIZES:
        levels, smallest = np.cumsum(np.random.default_rng(n).normal(size=n)), smallest_window(n)
        for name, work in (("Monte Carlo", random_walks), ("wild bootstrap", wild_paths)):
            begun = time.process_time()
            work(n if work is random_walks else levels, smallest, 0, DRAWS, 99)  # type: ignore[operator]
            print(f"{n:5} {name:15} {1e3 * (time.process_time() - begun) / DRAWS:8.2f}")


if __name__ == "__main__":
    main()
