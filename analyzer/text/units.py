"""What stands beside a numeral: its scale, its unit, its currency.

"Billion" is 1e12 in German and 1e9 in English. Per cent become fractions, basis points fractions of percentage points
(50 bp is 0.005), cents parts of their currency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from analyzer.model import Unit
from analyzer.text.tables import inverted, table

V = TypeVar("V")

ONE = Decimal(1)
PREFIXES = {
    "$": "USD", "us$": "USD", "u.s.$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "c$": "CAD", "a$": "AUD",
    "au$": "AUD", "hk$": "HKD", "nz$": "NZD", "s$": "SGD", "r$": "BRL", "usd": "USD", "eur": "EUR", "chf": "CHF",
    "gbp": "GBP", "jpy": "JPY",
}  # fmt: skip
PREFIX = re.compile(
    r"(?:(?<![^\W\d_])(?:U\.S\.|US|HK|AU|NZ|C|A|S|R)?\$|[€£¥₹]|(?<![^\W_])(?<!/)(?:USD|EUR|CHF|GBP|JPY)(?=\s))\s?$",
    re.IGNORECASE,
)
END = r"(?![^\W\d_])"
STOP = r"(?:\.(?=\s(?-i:[a-z])))?"
"""The stop of an abbreviation ("bn. of"), not that of a sentence."""
GAP = r"(?:\s|-|\s?\u00ad)?"


@dataclass(frozen=True)
class Measure:
    """What one of the number is worth: ``value × factor`` is in ``unit``. ``scaled``: a scale word stands there.

    ``fold`` marks "25-fach" and "tenfold", ``explicit`` that a unit, a currency or a scale was written at all.
    """

    end: int
    factor: Decimal = ONE
    unit: Unit = "count"
    currency: str | None = None
    scaled: bool = False
    fold: bool = False

    @property
    def explicit(self) -> bool:
        return self.scaled or self.fold or self.unit != "count"


@dataclass(frozen=True)
class Vocabulary:
    """The compiled units of a language. Each pattern is matched right after a numeral."""

    scale: re.Pattern[str]
    plural_scale: re.Pattern[str]
    scales: dict[str, Decimal]
    letter: re.Pattern[str] | None
    letters: dict[str, Decimal]
    unit: re.Pattern[str]
    units: dict[str, tuple[Unit, Decimal, str | None]]
    multiple: re.Pattern[str]
    times: re.Pattern[str]


def alternatives(words: Iterable[str]) -> str:
    """The longest first; a space in a word stands for white space or a hyphen."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in ordered)


def as_listed(word: str) -> str:
    """A word that ``alternatives`` found, in any case, as the list has it."""
    return re.sub(r"[\s-]", " ", word.lower())


class ByWord(dict[str, V]):
    """word → meaning, for words that ``alternatives`` found: "trading-days" is looked up as "trading days"."""

    def __missing__(self, word: str) -> V:
        plain = as_listed(word)
        if plain == word:
            raise KeyError(word)
        return self[plain]


@lru_cache(maxsize=4)
def vocabulary(language: str) -> Vocabulary:
    lists = table(f"numbers_{language}")
    scales = {word: Decimal(size) for word, size in inverted(lists["scales"]).items()}
    letters = {letter: Decimal(size) for letter, size in lists.get("letters", {}).items()}
    units = _units(lists)
    after = alternatives(lists["after_times"])
    times = alternatives(word for word in lists["times"] if word != "x")
    return Vocabulary(
        scale=re.compile(rf"{GAP}(?P<word>{alternatives(scales)}){END}{STOP}", re.IGNORECASE),
        plural_scale=re.compile(rf"{GAP}(?P<word>{alternatives(scales)})s?{END}", re.IGNORECASE),
        scales=scales,
        letter=re.compile(rf"(?P<word>[{''.join(letters)}])(?![^\W_])", re.IGNORECASE) if letters else None,
        letters=letters,
        unit=re.compile(rf"{GAP}(?P<word>{alternatives(units)}){END}", re.IGNORECASE),
        units=units,
        multiple=re.compile(rf"-?(?:{alternatives(lists['multiples'])}){END}", re.IGNORECASE),
        times=re.compile(rf"(?:x{END}|[\s-]?(?:{times})(?=\s(?:{after}){END}))", re.IGNORECASE),
    )


def _units(lists: Mapping[str, Any]) -> dict[str, tuple[Unit, Decimal, str | None]]:
    """word → unit, factor, currency."""
    hundredth, whole = Decimal("0.01"), ONE
    found: dict[str, tuple[Unit, Decimal, str | None]] = {}
    plain: tuple[tuple[str, Unit, Decimal], ...] = (
        ("percent", "fraction", hundredth),
        ("per_mille", "fraction", Decimal("0.001")),
        ("percentage_points", "percentage_points", hundredth),
        ("basis_points", "percentage_points", Decimal("0.0001")),
        ("quarter_points", "percentage_points", Decimal("0.0025")),
        ("points", "points", whole),
    )
    for heading, unit, factor in plain:
        found |= {word.lower(): (unit, factor, None) for word in lists[heading]}
    found |= {word: ("currency", hundredth, code) for word, code in inverted(lists["cents"]).items()}
    return found | {word: ("currency", whole, code) for word, code in inverted(lists["currencies"]).items()}


def currency_before(text: str, position: int) -> tuple[int, str] | None:
    """Start and ISO code of the currency sign that ends at ``position``."""
    match = PREFIX.search(text[max(0, position - 7) : position])
    if match is None:
        return None
    return position - len(match[0]), PREFIXES[match[0].strip().lower()]


def measure(text: str, end: int, language: str, currency: str | None = None) -> Measure:
    """The measure that follows a numeral ending at ``end``; ``currency`` is one that stood before it."""
    words = vocabulary(language)
    fold = words.multiple.match(text, end) or None
    if fold:
        return Measure(fold.end(), unit="ratio", fold=True)
    times = words.times.match(text, end)
    if times:
        return Measure(times.end(), unit="ratio")
    factor, at = _scale(text, end, words, currency)
    scaled = at > end
    if currency is not None:
        return Measure(at, factor, "currency", currency, scaled)
    match = words.unit.match(text, at)
    if match is None:
        return Measure(at, factor, scaled=scaled)
    unit, size, code = words.units[as_listed(match["word"])]
    return Measure(match.end(), factor * size, unit, code, scaled)


def _scale(text: str, end: int, words: Vocabulary, currency: str | None) -> tuple[Decimal, int]:
    """Factor and end of the scale word or letter; 1 and ``end`` when there is none. "200 thousand million" is read."""
    factor, at = ONE, end
    letter = words.letter.match(text, end) if words.letter else None
    if letter:
        money = currency is not None or words.unit.match(text, letter.end()) is not None
        if money or letter["word"].lower() == "k":
            return words.letters[letter["word"].lower()], letter.end()
    while match := words.scale.match(text, at):
        factor, at = factor * words.scales[as_listed(match["word"])], match.end()
    return factor, at
