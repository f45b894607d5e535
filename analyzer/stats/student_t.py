"""Tail probability of Student's t, without scipy: the whole of scipy for this one function would be 142 MB.

``P(|T| > t) = I_x(nu/2, 1/2)`` with ``x = nu / (nu + t^2)``, where I is the regularised incomplete beta function
(Abramowitz and Stegun 1964, 26.7.1 and 26.5.8), evaluated by its continued fraction with Lentz's method.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

EPSILON = 1e-15
TINY = 1e-300
MAX_STEPS = 10_000


def two_sided(t: float, dof: float) -> float:
    """``P(|T| > |t|)`` for ``dof`` degrees of freedom; ValueError when there are none.

    >>> round(two_sided(2.0, 10), 6)
    0.073388
    """
    if dof <= 0:
        raise ValueError(f"Student's t needs degrees of freedom above zero, not {dof}")
    if t == 0:
        return 1.0
    return _incomplete_beta(dof / 2, 0.5, dof / (dof + t * t))


def quantile(p: float, dof: float) -> float:
    """The t > 0 that is exceeded with probability ``p`` < 0.5, by halving.

    >>> round(quantile(0.05, 29), 4)
    1.6991
    """
    low, high = 0.0, 1.0
    while two_sided(high, dof) > 2.0 * p:
        low, high = high, 2.0 * high
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if two_sided(middle, dof) > 2.0 * p else (low, middle)
    return high


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised; the fraction converges fast below the mean, so above it the complement is taken."""
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) if x < 1 else 0.0
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1.0 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """1 / (1 + d1 / (1 + d2 / (1 + ...))), by Lentz's method."""
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, MAX_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            value *= c * d
        if abs(c * d - 1.0) < EPSILON:
            return value
    raise ArithmeticError(f"the incomplete beta function did not converge for a={a}, b={b}, x={x}")


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
