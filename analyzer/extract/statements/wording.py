"""Figures and verbs in English: "at least 600 bn USD", "has more than doubled"."""

from __future__ import annotations

import re
from math import floor, isclose, log10
from typing import Literal

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern

Tense = Literal["past", "present", "perfect", "pluperfect", "future", "may", "expected"]


# --- figures --------------------------------------------------------------------------------------------------------

SHARES = (
    (1 / 2, "half"), (1 / 3, "a third"), (2 / 3, "two thirds"), (1 / 4, "a quarter"), (3 / 4, "three quarters"),
    (1 / 5, "a fifth"), (4 / 5, "four fifths"), (1 / 10, "a tenth"),
)  # fmt: skip
MULTIPLE = Pattern(any_phrase("letters_of_a_multiple"), re.IGNORECASE)
IN_FIGURES = re.compile(rf"\d|%|{any_phrase('percent')}", re.IGNORECASE)
OVER, UNDER = phrases("more_than_a_figure"), phrases("less_than_a_figure")

SCALES = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"))


def figure_words(figure: Figure, *, qualified: bool = True) -> str:
    """A figure without its sign, with its unit, the decimals as written, and the words that qualify it."""
    if figure.qualifier == "between" and figure.low is not None and figure.high is not None:
        low, high = sorted((abs(figure.low), abs(figure.high)))
        return f"between {_size(figure, low)} and {_size(figure, high)}"
    size = share_word(figure) or _size(figure, abs(figure.value))
    return f"{_qualifier(figure)}{size}" if qualified else size


def share_word(figure: Figure) -> str | None:
    """ "half", "a third": a fraction that the text writes as a word."""
    if figure.unit != "fraction" or IN_FIGURES.search(_core(figure)) or MULTIPLE.search(_core(figure)):
        return None
    return next((word for share, word in SHARES if abs(abs(figure.value) - share) < 0.004), None)


def multiple(figure: Figure) -> str | None:
    """The verb of a multiple: "more than double", "halve", "multiply about 8-fold"."""
    if figure.unit != "fraction" or not MULTIPLE.search(_core(figure)):
        return None
    by, qualifier = 1 + figure.value, _qualifier(figure)
    if abs(by - 0.5) < 0.01 or abs(by - 2) < 0.01:
        return f"{qualifier}{'halve' if by < 1 else 'double'}"
    return f"multiply {qualifier}{by:g}-fold"


def _core(figure: Figure) -> str:
    return figure.text[figure.core_start - figure.start :]


def _qualifier(figure: Figure) -> str:
    limits = [abs(x) for x in (figure.low, figure.high) if x is not None]
    if figure.qualifier == "about" and limits and min(limits) == abs(figure.value):
        return "a little over "  # "gut 3 Prozent": never less
    if figure.qualifier == "at_least":
        return "more than " if OVER.search(figure.text) else "at least "
    if figure.qualifier == "at_most":
        return "less than " if UNDER.search(figure.text) else "at most "
    return {"about": "about ", "almost": "almost ", "up_to": "up to "}.get(figure.qualifier, "")


def _size(figure: Figure, value: float) -> str:
    if figure.unit == "fraction":
        return f"{_digits(figure, value * 100, 100)} %"
    if figure.unit == "percentage_points":
        scale, unit = (1e4, "basis points") if re.search(r"basis|bp", figure.text, re.I) else (1e2, "percentage points")
        return f"{_digits(figure, value * scale, scale)} {unit}"
    if figure.unit == "currency":
        scale, name = next(((s, n) for s, n in SCALES if value >= s), (1.0, ""))
        sign = "−" if figure.value < 0 else ""
        return f"{sign}{_digits(figure, value / scale, 1 / scale)}{name} {figure.currency or ''}".rstrip()
    return f"{_digits(figure, value, 1)} points"


def _digits(figure: Figure, value: float, scale: float) -> str:
    """A number with the decimals that were written, in words or in digits."""
    places = 0 if figure.digit <= 0 else max(0, -floor(log10(figure.digit * scale) + 1e-9))
    if not re.search(r"\d[.,]\d", _core(figure)):  # a quarter of a point is 0.25, whatever its last digit stands for
        places = next((p for p in range(places + 2) if isclose(round(value, p), value)), places)
    return f"{value:,.{min(places, 6)}f}"


# --- verbs ----------------------------------------------------------------------------------------------------------

PAST = {
    "fall": "fell", "rise": "rose", "lose": "lost", "gain": "gained", "stand": "stood", "close": "closed",
    "trade": "traded", "have": "had", "reach": "reached", "double": "doubled", "halve": "halved",
    "multiply": "multiplied", "be": "was",
}  # fmt: skip
PARTICIPLES = PAST | {"fall": "fallen", "rise": "risen", "be": "been"}
PRESENT = {"have": "has", "be": "is", "multiply": "multiplies", "reach": "reaches"}
PLURAL = {"was": "were", "is": "are", "has": "have"}


def verb(phrase: str, tense: Tense, plural: bool = False) -> str:
    """A verb in a tense; the words before and behind it stay ("more than double", "multiply 8-fold")."""
    lemma = next(w for w in phrase.split() if w in PAST)
    before, _, behind = phrase.partition(lemma)
    ahead = {"future": "will", "may": "may", "expected": f"{'are' if plural else 'is'} expected to"}.get(tense)
    if ahead:
        return f"{ahead} {before}{lemma}{behind}"
    if tense in ("perfect", "pluperfect"):
        auxiliary = "had" if tense == "pluperfect" else "have" if plural else "has"
        return f"{auxiliary} {before}{PARTICIPLES[lemma]}{behind}"
    form = PAST[lemma] if tense == "past" else PRESENT.get(lemma, f"{lemma}s")
    if plural:
        form = lemma if tense == "present" and lemma != "be" else PLURAL.get(form, form)
    return f"{before}{form}{behind}"


def listed(names: list[str]) -> str:
    """ "Nvidia, AMD and Intel"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


# --- quotations -----------------------------------------------------------------------------------------------------

MARKS = str.maketrans(dict.fromkeys('"“”„‟»«', "'"))


def plain(text: str) -> str:
    """Words that can stand within quotation marks, on one line."""
    return " ".join(text.translate(MARKS).split()).lstrip("> -*•")
