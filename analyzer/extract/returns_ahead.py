"""Returns a year that are expected over some years: "in the low single digits", "5 to 7 percent a year"."""

from __future__ import annotations

from typing import NamedTuple

from analyzer.extract.phrases import phrases
from analyzer.extract.view import Clause, remembered
from analyzer.text.numbers import Figure

OF_RETURNS, A_YEAR = phrases("speaks_of_returns"), phrases("yearly_rate")
DIGITS = phrases("single_digits")
BANDS = (
    (phrases("low_single_digits"), 0.01, 0.04),
    (phrases("mid_single_digits"), 0.04, 0.07),
    (phrases("high_single_digits"), 0.07, 0.10),
)
"""What the words are taken for, a year: a third of the digits each."""


class YearlyReturn(NamedTuple):
    """Between which rates a year the return is expected, by which words."""

    low: float
    high: float
    text: str


@remembered
def yearly_return(clause: Clause) -> YearlyReturn | None:
    """The yearly return that a clause expects; None without such a rate, and where several are named."""
    if OF_RETURNS.search(clause.text) is None or clause.is_question or clause.has("negation"):
        return None
    return _in_figures(clause) or _in_digits(clause)


def _in_digits(clause: Clause) -> YearlyReturn | None:
    digits = DIGITS.search(clause.text)
    if digits is None or any(f.unit == "fraction" for f in clause.figures):
        return None
    bands = [(low, high) for words, low, high in BANDS if words.search(digits.group())]
    if not bands:
        return None
    return YearlyReturn(min(low for low, _ in bands), max(high for _, high in bands), digits.group())


def _in_figures(clause: Clause) -> YearlyReturn | None:
    rates: list[Figure] = [f for f in clause.figures if f.unit == "fraction"]
    if len(rates) != 1 or A_YEAR.search(clause.text) is None:
        return None
    low, high = rates[0].low, rates[0].high
    return YearlyReturn(low, high, rates[0].text) if low is not None and high is not None else None
