"""Plain numbers in a text: a numeral with its sign, scale and unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from analyzer.model import Unit
from analyzer.text.intervals import Said, Written, ratio, written
from analyzer.text.number_context import (
    foreign_until,
    glued_after,
    glued_before,
    hyphenated,
    is_duration,
    is_reference,
    is_vague,
    sign_before,
)
from analyzer.text.numerals import VULGAR, Numeral, german_number, read_digits, small_numbers, word_number
from analyzer.text.tables import table
from analyzer.text.tokens import Tokens
from analyzer.text.units import Measure, currency_before, measure


@dataclass(frozen=True)
class Reading:
    """A number before its qualifying words are read.

    ``start`` and ``end`` are the core: number, sign and unit; ``lead`` is where words before it begin that belong to
    it ("ein gutes" of "ein gutes Drittel"). ``size`` is a magnitude in ``unit``. ``sign`` is None where none stands
    with the number. ``usable`` is False for what is no figure by itself but may be half of one ("drei" in "drei bis
    vier Wochen").
    """

    start: int
    end: int
    size: Written
    unit: Unit
    currency: str | None = None
    sign: int | None = None
    said: Said | None = None
    lead: int | None = None
    spread: tuple[Decimal, Decimal] | None = None
    """Magnitudes between which a vague word ("dozens") lies."""
    numeral: Numeral | None = None
    measure: Measure | None = None
    usable: bool = True
    hyphenated: bool = False

    @property
    def bare(self) -> bool:
        """Whether neither unit nor scale stands with the number."""
        return self.measure is not None and not self.measure.explicit

    @property
    def scaled(self) -> bool:
        """Whether a scale word stands with the number."""
        return self.measure is not None and self.measure.scaled

    def measured(self, like: Measure) -> Reading:
        """The same number in the measure of another: "3" of "3 und 5 Prozent"."""
        assert self.numeral is not None
        measure = replace(like, end=self.end)
        return replace(self, size=sized(self.numeral, like), unit=like.unit, currency=like.currency, measure=measure)

    def priced(self, currency: str | None) -> Reading:
        """The same amount as money: "500 Millionen" of "500 Millionen bis 1 Milliarde Euro"."""
        assert self.measure is not None
        return self.measured(replace(self.measure, unit="currency", currency=currency))


def sized(number: Numeral, worth: Measure) -> Written:
    if not number.value and not worth.explicit:  # "below zero" is no rounding
        return Written(number.value, number.value, number.value)
    raw = written(number.value, number.last, number.last_nonzero, scaled=worth.scaled)
    return Written(raw.value * worth.factor, raw.last * worth.factor, raw.room * worth.factor)


def begins_number(word: str, language: str) -> bool:
    """Whether a number may start with this token (lower case)."""
    if word[0] in "0123456789." or word in VULGAR:
        return True
    number = german_number(word) if language == "de" else small_numbers(language).get(word)
    return number is not None or word in table(f"numbers_{language}")["articles"] or (language, word) == ("en", "half")


def number_at(found: Tokens, index: int, language: str) -> tuple[int, Reading | None]:
    """The number that starts with token ``index``, and where to read on; None when there is no figure."""
    position, text = found.starts[index], found.text
    if text[position] in "0123456789." or text[position] in VULGAR:
        return _digits(found, index, language)
    number = word_number(found, index, language)
    if number is None:
        return found.ends[index], None
    worth = measure(text, number.end, language)
    if number.article and not _counts(found, index, number, worth):
        return found.ends[index], None
    if glued_before(text, number.start):
        return number.end, None
    return _reading(found, index, number, worth, language)


def _digits(found: Tokens, index: int, language: str) -> tuple[int, Reading | None]:
    text, position = found.text, found.starts[index]
    number = _pointed(text, position, language) if text[position] == "." else read_digits(text, position, language)
    elsewhere = foreign_until(text, position) if text[position] != "." else None
    if number is None or elsewhere is not None:
        return elsewhere or _run(text, position), None
    prefix = currency_before(text, number.start)
    start, currency = prefix if prefix else (number.start, None)
    if glued_before(text, start):
        return number.end, None
    unit_from = _past_plus(text, number.end)
    worth = measure(text, unit_from, language, currency)
    end, reading = _reading(found, found.at(start), replace(number, start=start), worth, language)
    at_least = reading is not None and number.end < unit_from < worth.end
    return end, replace(reading, said="at_least") if reading and at_least else reading


def _past_plus(text: str, end: int) -> int:
    """Past "+" or "-plus" between a number and its unit: "30+ percent"."""
    return end + next((len(plus) for plus in ("+", "-plus") if text.startswith(plus, end)), 0)


def _pointed(text: str, position: int, language: str) -> Numeral | None:
    """ ".5" as 0.5; a stop after a letter or digit is none of this."""
    following = text[position + 1 : position + 2]
    if language != "en" or not following.isdigit() or text[max(0, position - 1) : position].strip() not in ("", "("):
        return None
    number = read_digits(text, position + 1, language)
    if number is None or number.value != number.value.to_integral_value():
        return None
    digits = number.end - number.start
    tiny = Decimal(1).scaleb(-digits)
    return Numeral(position, number.end, number.value * tiny, tiny, tiny)


def _run(text: str, position: int) -> int:
    """End of the run of digits, stops and commas at ``position``: a date or a version is passed as a whole."""
    end = position + 1
    while end < len(text) and (text[end].isdigit() or (text[end] in ".," and text[end + 1 : end + 2].isdigit())):
        end += 1
    return end


def _counts(found: Tokens, index: int, number: Numeral, worth: Measure) -> bool:
    """Whether "ein", "a" is a number here: "ein Prozent", "one dollar"; not "a point", "ein Euro-Crash"."""
    if not worth.explicit or (number.value == 1 and worth.unit == "points") or glued_after(found.text, worth.end):
        return False
    indefinite = found.words[index] in ("a", "an")
    return not (indefinite and worth.unit == "currency" and not worth.scaled and number.value == 1)


def _reading(found: Tokens, index: int, number: Numeral, worth: Measure, language: str) -> tuple[int, Reading | None]:
    text = found.text
    loose = not worth.explicit
    if is_vague(found, index, language) or (loose and (number.slashed or glued_after(text, worth.end))):
        return worth.end, None
    if loose and is_reference(found, index, number, language):
        return worth.end, None
    signed = sign_before(text, number.start)
    start, sign = signed if signed else (number.start, None)
    if signed and glued_before(text, start):
        return worth.end, None
    reading = Reading(
        start, worth.end, sized(number, worth), worth.unit, worth.currency, sign, numeral=number, measure=worth,
        usable=not (loose and is_duration(found, worth.end, language)),
        hyphenated=loose and hyphenated(text, number.start, worth.end),
    )  # fmt: skip
    return worth.end, _folded(reading, text, language) if worth.fold else reading


def _folded(reading: Reading, text: str, language: str) -> Reading:
    """ "12-fold" is a rise by 1100 %, as is "um das 12-Fache"; "das 25-Fache" is a ratio."""
    lists = table(f"numbers_{language}")
    lead = text[max(0, reading.start - 12) : reading.start].lower().rstrip()
    if language == "de" and not lead.endswith((*lists["by_multiple"], *lists["to_multiple"])):
        return reading
    return replace(reading, size=ratio(reading.size.value - 1), unit="fraction", sign=1)
