"""Numerals: digits in German and English spelling, and number words, to a value and to how exactly it was written.

The decimal sign comes from the language, with two exceptions: where both signs stand, the last is the decimal one
("1,234.56" in a German text), and where grouping is impossible the other sign is decimal ("1.5 %" in a German text;
"1.234" there is 1234).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from analyzer.text.tables import table
from analyzer.text.tokens import Tokens

VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.3333", "⅔": "0.6667", "⅛": "0.125"}
SLASHED = re.compile(r"(?:(?P<whole>[0-9]{1,2}) )?(?P<part>1/2|[12]/3|[13]/4|[1357]/8)(?![0-9/])")
DIGITS = re.compile(
    r"[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3})* 000(?![0-9])"
    r"|[1-9][0-9]{0,2} [0-9]{3}(?:[.,][0-9]{1,2})?(?=\W(?:punkte|zähler|dollar|euro|franken|points|usd)n?\b)"
    r"|[0-9]+(?:[.,'’][0-9]+)*",
    re.IGNORECASE,
)
ONE = Decimal(1)
LONGEST = 24
"""Characters of the longest number that is one: a trillion with cents, grouped, has 20."""


@dataclass(frozen=True)
class Numeral:
    """A number as written, without sign, scale and unit.

    ``slashed`` marks "2 1/2", a number only before a unit. ``last`` is one unit of the last digit written,
    ``last_nonzero`` of the last digit that is not a trailing zero: 0.1 and 0.1 for "5,6", 1 and 100 for "600".
    ``article`` marks "ein" and "a", which are numbers only before a unit or a scale.
    """

    start: int
    end: int
    value: Decimal
    last: Decimal
    last_nonzero: Decimal
    words: bool = False
    article: bool = False
    slashed: bool = False


def numeral(start: int, end: int, value: Decimal, *, words: bool = False, article: bool = False) -> Numeral:
    """A numeral whose precision is that of its shortest decimal writing."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    last = ONE.scaleb(min(exponent, 0))
    return Numeral(start, end, value, last, ONE.scaleb(exponent) if value else last, words, article)


# --- digits ----------------------------------------


def read_digits(text: str, position: int, language: str) -> Numeral | None:
    """The numeral that starts with a digit or a fraction sign at ``position``; None for dates, versions, "007"."""
    if text[position] in VULGAR:
        return numeral(position, position + 1, Decimal(VULGAR[text[position]]))
    match = SLASHED.match(text, position)
    if match is not None:
        above, below = match["part"].split("/")
        value = Decimal(match["whole"] or 0) + round(Decimal(above) / Decimal(below), 4)
        return replace(numeral(position, match.end(), value), slashed=True)
    match = DIGITS.match(text, position)
    if match is None or len(match[0]) > LONGEST:
        return None
    number = _plain(match[0], language)
    if number is None:
        return None
    end = match.end()
    if text[end : end + 1] in VULGAR and "." not in number:
        return numeral(position, end + 1, Decimal(number) + Decimal(VULGAR[text[end]]))
    value = Decimal(number)
    decimals = len(number.partition(".")[2])
    zeros = 0 if decimals or not value else len(number) - len(number.rstrip("0"))
    last = ONE.scaleb(-decimals)
    return Numeral(position, end, value, last, ONE.scaleb(zeros) if not decimals else last)


def _plain(written: str, language: str) -> str | None:
    """ "1.234,5" to "1234.5"; None when the signs make no number."""
    written = re.sub(r"[\u00a0\u202f\u2009 '’]", " ", written)
    signs = [c for c in written if c in ".,"]
    decimal = _decimal_sign(written, signs, language)
    whole, _, part = written.rpartition(decimal) if decimal else (written, "", "")
    groups = re.split(r"[ .,]", whole)
    grouped = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if (len(groups) > 1 and not grouped) or " " in part:
        return None
    digits = "".join(groups)
    if len(digits) > 1 and digits[0] == "0":
        return None
    return f"{digits}.{part}" if part else digits


def _decimal_sign(written: str, signs: list[str], language: str) -> str:
    """The decimal sign of ``written``; empty when it has none."""
    if not signs or (len(signs) > 1 and len(set(signs)) == 1):
        return ""
    if len(signs) > 1:
        return signs[-1]
    if signs[0] == ("," if language == "de" else "."):
        return signs[0]
    before, after = written.split(signs[0])
    grouped = len(after) == 3 and len(before.split(" ")[0]) <= 3 and before[0] != "0"
    return "" if grouped else signs[0]


# --- words ----------------------------------------


@lru_cache(maxsize=4)
def small_numbers(language: str) -> dict[str, Decimal]:
    """Number words of one token: 2 to 19 and the tens; in German 2 to 99 and halves ("anderthalb", "dreieinhalb")."""
    lists = table(f"numbers_{language}")
    ones = {word: Decimal(value) for word, value in lists["ones"].items()}
    tens = {word: Decimal(value) for word, value in lists["tens"].items()}
    found = {**ones, **{word: Decimal(value) for word, value in lists["teens"].items()}, **tens}
    if language == "de":
        units = {"ein": ONE, **ones}
        found |= {f"{one}und{ten}": units[one] + tens[ten] for one in units for ten in tens}
        found |= {f"{word}einhalb": value + Decimal("0.5") for word, value in units.items()}
        found |= {"anderthalb": Decimal("1.5"), "null": Decimal(0)}
    else:
        found["zero"] = Decimal(0)
    return found


@lru_cache(maxsize=4096)
def german_number(word: str) -> Decimal | None:
    """The value of a German number word up to 999 999, in lower case: "zwölftausend", "hundertfünf"."""
    small = small_numbers("de")
    if word in small:
        return small[word]
    for unit, size in (("tausend", Decimal(1000)), ("hundert", Decimal(100))):
        head, found, tail = word.partition(unit)
        if not found:
            continue
        many = ONE if head in ("", "ein") else german_number(head)
        tail = tail.removeprefix("und")
        rest = Decimal(0) if not tail else ONE if tail in ("ein", "eins") else german_number(tail)
        if many is None or rest is None or rest >= size or many >= size * 10:
            return None
        return many * size + rest
    return None


def word_number(found: Tokens, index: int, language: str) -> Numeral | None:
    """The number word, or the run of English number words, that starts with token ``index``."""
    if language == "de":
        value = german_number(found.words[index])
        if value is None:
            return _german_article(found, index)
        return numeral(found.starts[index], found.ends[index], value, words=True)
    return _english_article(found, index) or _english(found, index)


def _german_article(found: Tokens, index: int) -> Numeral | None:
    """ "ein" in "ein Prozent", "eine halbe" in "eine halbe Billion"."""
    lists = table("numbers_de")
    if found.words[index] not in lists["articles"]:
        return None
    start = found.starts[index]
    if found.word(index + 1) in lists["halves"]:
        return numeral(start, found.ends[index + 1], Decimal("0.5"), words=True, article=True)
    if found.word(index + 1) in lists["wholes"]:
        return numeral(start, found.ends[index + 1], ONE, words=True, article=True)
    return numeral(start, found.ends[index], ONE, words=True, article=True)


def _english_article(found: Tokens, index: int) -> Numeral | None:
    """ "a" in "a billion", "half a" in "half a trillion", "a quarter of a" in "a quarter of a point"."""
    start, words = found.starts[index], found.words[index : index + 6]
    if words[:1] == ["half"] and words[1:2] in (["a"], ["an"]):
        return numeral(start, found.ends[index + 1], Decimal("0.5"), words=True, article=True)
    if words[0] not in ("a", "an", "one"):
        return None
    if words[1:2] in (["hundred"], ["thousand"]):
        return _english(found, index)
    if words[1:4] == ["quarter", "of", "a"]:
        return numeral(start, found.ends[index + 3], Decimal("0.25"), words=True, article=True)
    if words[1:2] and words[1] in table("numbers_en")["wholes"]:
        return numeral(start, found.ends[index + 1], ONE, words=True, article=True)
    return numeral(start, found.ends[index], ONE, words=True, article=True)


def _english(found: Tokens, index: int) -> Numeral | None:
    """Small numbers, hundreds and thousands: "twenty-one", "two hundred and five", "three and a half"."""
    small, words = small_numbers("en"), found.words
    total, current, at, end = Decimal(0), Decimal(0), index, None
    while at < len(words):
        word, room = words[at], 10 if current % 100 >= 20 and current % 10 == 0 else 100 if current % 100 == 0 else 0
        value = ONE if word == "one" or (word == "a" and at == index) else small.get(word)
        if value is not None and value < room:
            current, lone = current + value, at == index and value == 1
            end = end if lone else found.ends[at]
        elif word == "hundred" and 0 < current < 100:
            current, end = current * 100, found.ends[at]
        elif word == "thousand" and current and not total:
            total, current, end = current * 1000, Decimal(0), found.ends[at]
        elif word == "and" and words[at + 1 : at + 3] == ["a", "half"] and end is not None:
            return numeral(found.starts[index], found.ends[at + 2], total + current + Decimal("0.5"), words=True)
        elif not (at > index and (word == "-" or (word == "and" and words[at - 1] in ("hundred", "thousand")))):
            break
        at += 1
    return None if end is None else numeral(found.starts[index], end, total + current, words=True)
