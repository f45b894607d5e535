"""The steps that refine fits of the LPPLS: damped Gauss-Newton in tc, m and w, of many windows side by side.

With the linear numbers solved for, a step hangs on nothing but sums of products: of the three columns of the model, of
what its fitted values change by with log tc, m and w, which are made of six more, of a constant and of the values
(Kaufman, BIT 15, 1975, 49-57). So each step takes one matrix of sums a window, and the rest is done on those.

A window is let go once what its next step can gain is nothing beside the error that is left.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

STEPS = 10
NOTHING = 1e-8
"""Share of the error that a step must promise to gain; ten of them leave the first six digits as they are."""
MODEL, VALUES, CONSTANT = slice(0, 3), 9, 10
"""Places in the matrix of sums."""
AT_A_TIME = 64
"""Windows whose columns fit into a core's cache."""


class _Step(NamedTuple):
    """Of each window: the error, the matrix of the slopes and their products with what is left."""

    error: np.ndarray
    normal: np.ndarray
    pull: np.ndarray

    def where(self, chosen: np.ndarray, other: _Step) -> _Step:
        """This one, but the ``other`` in the windows that are not ``chosen``."""
        return _Step(
            np.where(chosen, self.error, other.error),
            np.where(chosen[:, None, None], self.normal, other.normal),
            np.where(chosen[:, None], self.pull, other.pull),
        )

    def of(self, windows: np.ndarray) -> _Step:
        return _Step(*(part[windows] for part in self))


def refined(unit: np.ndarray, theta: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """(windows, 3) log tc, m and w, within their bounds, from ``theta`` on; ``unit`` (windows, points) of mean zero and
    length one. Each window has a damping of its own, and a step is kept where it helps."""
    found, live = theta.copy(), np.arange(len(theta))
    here, damping, now = theta, np.full(len(theta), 1e-2), _at(theta, unit)
    for _ in range(STEPS):
        step, gain = _step(here, now, damping, lower, upper)
        going = gain > NOTHING * now.error
        if not going.any():
            break
        live, here, step, damping, now = live[going], here[going], step[going], damping[going], now.of(going)
        tried = np.clip(here + step, lower, upper)
        then = _at(tried, unit[live])
        better = then.error < now.error
        damping = damping * np.where(better, 0.2, 6.0)
        here, now = np.where(better[:, None], tried, here), then.where(better, now)
        found[live] = here
    return found


def _step(
    theta: np.ndarray, now: _Step, damping: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """The step of each window, and what it would gain if the model were a plane. At a bound, the others go on alone."""
    held = ((theta <= lower) & (now.pull < 0)) | ((theta >= upper) & (now.pull > 0))
    free = np.where(held, 0.0, 1.0)
    pull, normal = now.pull * free, now.normal * free[:, :, None] * free[:, None, :]
    diagonal = np.einsum("ijj->ij", normal)
    diagonal += damping[:, None] * diagonal + 1e-12
    step = np.linalg.solve(normal, pull[:, :, None])[:, :, 0]
    return step, np.einsum("ij,ij->i", step, pull)


def _at(theta: np.ndarray, unit: np.ndarray) -> _Step:
    sums = [_sums(theta[i : i + AT_A_TIME], unit[i : i + AT_A_TIME]) for i in range(0, len(theta), AT_A_TIME)]
    return _projected(theta, np.concatenate(sums))


def _sums(theta: np.ndarray, unit: np.ndarray) -> np.ndarray:
    """(windows, 10, 10) sums of products about the mean: of the columns of B, C1 and C2, of these over the distance to
    tc and times its log, and of the values."""
    windows, points = unit.shape
    made = np.empty((windows, 11, points))
    distance = np.exp(theta[:, :1]) + np.linspace(1.0, 0.0, points)
    log = np.log(distance)
    power = np.exp(theta[:, 1:2] * log)
    tangent = np.tan(0.5 * theta[:, 2:3] * log)  # of half the angle gives cosine and sine at the price of one
    square = tangent * tangent
    shared = power / (1.0 + square)
    np.subtract(power, 1.0, out=made[:, 0])  # near m = 0 the power hardly differs from the constant
    np.multiply(1.0 - square, shared, out=made[:, 1])
    np.multiply(2.0 * tangent, shared, out=made[:, 2])
    for i, column in enumerate((power, made[:, 1], made[:, 2])):
        np.divide(column, distance, out=made[:, 3 + i])
        np.multiply(column, log, out=made[:, 6 + i])
    made[:, VALUES], made[:, CONSTANT] = unit, 1.0
    products = made @ made.transpose(0, 2, 1)
    total = products[:, :CONSTANT, CONSTANT]
    return np.asarray(products[:, :CONSTANT, :CONSTANT] - total[:, :, None] * total[:, None, :] / points)


def _projected(theta: np.ndarray, sums: np.ndarray) -> _Step:
    """With the linear numbers solved for: what the model's columns do not take of the slopes and of the values."""
    size = 1.0 / np.sqrt(np.einsum("ijj->ij", sums)[:, MODEL])
    scaled = sums[:, MODEL, MODEL] * size[:, :, None] * size[:, None, :]
    taken = np.linalg.solve(scaled, sums[:, MODEL, 3:] * size[:, :, None]) * size[:, :, None]
    rest = sums[:, 3:, 3:] - sums[:, 3:, MODEL] @ taken
    b, c1, c2 = taken[:, :, -1].T
    ahead, m, w = np.exp(theta[:, 0]), theta[:, 1], theta[:, 2]
    slopes = np.zeros((len(theta), 3, 6))
    slopes[:, 0, :3] = (ahead * np.stack([m * b, m * c1 + w * c2, m * c2 - w * c1])).T
    slopes[:, 1, 3:] = np.stack([b, c1, c2], axis=1)
    slopes[:, 2, 4:] = np.stack([c2, -c1], axis=1)
    normal = slopes @ rest[:, :6, :6] @ slopes.transpose(0, 2, 1)
    return _Step(rest[:, -1, -1], normal, (slopes @ rest[:, :6, -1:])[:, :, 0])
