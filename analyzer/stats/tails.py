"""Tail probabilities of the normal and chi-square distributions and of the largest swing of a Brownian bridge.

All by closed forms, so that no check needs scipy.
"""

from __future__ import annotations

from math import erfc, exp, lgamma, log, log10, pi, sqrt
from statistics import NormalDist

TERMS = 100


def normal_two_sided(z: float) -> float:
    """``P(|Z| > |z|)`` of a standard normal Z."""
    return erfc(abs(z) / sqrt(2.0))


def log10_normal_above(z: float) -> float:
    """``log10 P(Z > z)`` of a standard normal Z, also where the probability itself is too small for a float.

    From 30 on by the asymptotic series (Abramowitz and Stegun 1964, 26.2.12), whose error is below 1e-8 there.
    """
    if z < 30.0:
        return log10(erfc(z / sqrt(2.0)) / 2.0)
    series = 1.0 - z**-2 + 3.0 * z**-4 - 15.0 * z**-6
    return (-z * z / 2.0 - log(z * sqrt(2.0 * pi)) + log(series)) / log(10.0)


def normal_quantile(p: float) -> float:
    """The z with ``P(Z <= z) = p``, 0 < p < 1."""
    return NormalDist().inv_cdf(p)


def chi_square(x: float, dof: float) -> float:
    """``P(X > x)`` of a chi-square with ``dof`` > 0 degrees of freedom (Abramowitz and Stegun 1964, 26.4.4 and 5, and
    for broken degrees 6.5.29 and 31)."""
    if dof <= 0:
        raise ValueError(f"a chi-square needs more than no degree of freedom, not {dof}")
    if x <= 0:
        return 1.0
    if dof != int(dof):
        return _upper_gamma(dof / 2.0, x / 2.0)
    odd = int(dof) % 2
    tail = erfc(sqrt(x / 2.0)) if odd else 0.0
    for k in range(1 if odd else 0, int(dof) - 1, 2):
        half = k / 2.0
        tail += exp(half * log(x / 2.0) - x / 2.0 - lgamma(half + 1.0))
    return min(1.0, tail)


def _upper_gamma(a: float, x: float) -> float:
    """The regularised incomplete gamma function from ``x`` on: by its series below ``a + 1``, by its continued fraction
    from the far end above."""
    front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1.0:
        term = total = 1.0 / a
        for k in range(1, 10 * TERMS):
            term *= x / (a + k)
            total += term
        return max(0.0, 1.0 - front * total)
    fraction = 0.0
    for k in range(2 * TERMS, 0, -1):
        fraction = k * (k - a) / (x + 2.0 * k + 1.0 - a - fraction)
    return front / (x + 1.0 - a - fraction)


def bridge_maximum(x: float) -> float:
    """``P(sup |B(t)| > x)`` of a Brownian bridge B on [0, 1]: the law of Kolmogorov (1933).

    By its alternating series, and below 1 by the other one, which converges where that one does not.
    """
    if x <= 0:
        return 1.0
    if x < 1.0:
        inside = sum(exp(-((2 * k - 1) ** 2) * pi**2 / (8.0 * x * x)) for k in range(1, TERMS))
        return 1.0 - sqrt(2.0 * pi) / x * inside
    return 2.0 * sum((-1.0 if k % 2 == 0 else 1.0) * exp(-2.0 * k * k * x * x) for k in range(1, TERMS))


def p_words(pvalue: float) -> str:
    """ "p = 0.034", and "p < 0.001" for what three decimals would print as zero."""
    return "p < 0.001" if pvalue < 0.001 else f"p = {pvalue:.3f}"
