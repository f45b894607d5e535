"""Figures that are words, whole: changes ("verdoppelt", "tenfold"), multiples ("twice as much"), vague plurals
("dozens").

A change that a word names is signed and counts from the old value: doubled is +1, tenfold +9, halved -0.5. "Twice as
much", "das 25-Fache" are ratios. A vague plural ("tens of thousands") is read as its order of magnitude, from once to
ten times the number it names; a plural that stands alone ("billions") is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from analyzer.text.intervals import Written, ratio
from analyzer.text.number_context import is_duration
from analyzer.text.number_readings import Reading, sized
from analyzer.text.number_shares import (
    cut_in_half,
    english_half,
    every,
    german_half,
    leading,
    phrase,
    preceded,
    share,
)
from analyzer.text.numerals import german_number, numeral, small_numbers
from analyzer.text.tables import table
from analyzer.text.tokens import Tokens
from analyzer.text.units import Measure, as_listed, measure, vocabulary

Handler = Callable[[Tokens, int, str], Reading | None]
CHANGE = re.compile(
    r"(?:ver(?P<double>doppel|dopp(?=l))|ver(?P<many>\w+)fach|(?P<half>halbier))"
    r"(?:e?n|t|te[nrsm]?|end|e?lung(?:en)?|ung(?:en)?)?"
)
PER_CENT = re.compile(r"(?P<many>\w+?)prozentig(?:e[nrsm]?)?")
MULTIPLE = re.compile(r"(?P<many>\w+?)(?:fach(?:e[nrsm]?)?|(?P<times>mal))")
FOLDS = {"hundred": Decimal(100), "thousand": Decimal(1000)}
MULTIPLE_ENDS = ("fach", "fache", "fachen", "facher", "faches", "fachem", "mal")


def begins_phrase(word: str, language: str) -> bool:
    """Whether a phrase may be decided by this token (lower case)."""
    return _handler(word, language) is not None


def phrase_at(found: Tokens, index: int, language: str) -> Reading | None:
    """The phrase whose reading is decided by token ``index``: "Hälfte", "verdoppelt", "zwei" of "zwei Drittel"."""
    handler = _handler(found.words[index], language)
    return handler(found, index, language) if handler else None


def _handler(word: str, language: str) -> Handler | None:
    handler = _handlers(language).get(word)
    if handler is None and language == "de":
        if word.startswith(("ver", "halbier")):
            return _german_change
        if word.endswith(MULTIPLE_ENDS) and MULTIPLE.fullmatch(word):
            return _german_multiple
        if "prozentig" in word and PER_CENT.fullmatch(word):
            return _german_per_cent
    return handler


@lru_cache(maxsize=4)
def _handlers(language: str) -> dict[str, Handler]:
    lists = table(f"numbers_{language}")

    def each(heading: str, handler: Handler) -> dict[str, Handler]:
        return dict.fromkeys(lists[heading], handler)

    shared = {**dict.fromkeys(leading(language), share), **each("vague", _vague), **each("vague_scaled", _vague_scaled)}
    shared |= each("dozens", _dozens)
    if language == "de":
        shared |= each("half", german_half) | each("every", every)
        return shared | each("double", _double_so) | each("doubles", _the_double)
    shared |= each("half", english_half) | each("cut", cut_in_half) | each("twice", _twice)
    shared |= each("doubling", _doubled) | each("doubling_before", _doubling) | each("bare_doubling", _double)
    return shared | dict.fromkeys((f"{word}fold" for word in FOLDS.keys() | small_numbers("en").keys()), _fold)


def _changed(found: Tokens, first: int, last: int, times: Decimal) -> Reading:
    """A change to ``times`` the old value."""
    change = times - 1
    return phrase(found, first, last, ratio(abs(change)), "fraction", 1 if change > 0 else -1)


# --- German ----------------------------------------


def _german_change(found: Tokens, index: int, language: str) -> Reading | None:
    """ "verdoppelt", "verfünffachte", "Halbierung", "verneunfachen"."""
    match = CHANGE.fullmatch(found.words[index])
    if match is None:
        return None
    times = Decimal(2) if match["double"] else Decimal("0.5") if match["half"] else german_number(match["many"])
    return None if times is None or times == 1 else _changed(found, index, index, times)


def _german_multiple(found: Tokens, index: int, language: str) -> Reading | None:
    """ "zehnfach", "auf das Dreifache", "dreimal so"; not "einfach", "zweimal in Folge"."""
    match = MULTIPLE.fullmatch(found.words[index])
    times = german_number(match["many"]) if match else None
    if match is None or times is None:
        return None
    if match["times"]:
        follows = found.word(index + 1) in table(f"numbers_{language}")["after_times"]
        return phrase(found, index, index, ratio(times), "ratio") if follows else None
    return _to_multiple(found, index, times) or phrase(found, index, index, ratio(times), "ratio")


def _german_per_cent(found: Tokens, index: int, language: str) -> Reading | None:
    """ "zehnprozentiger Verlust"."""
    match = PER_CENT.fullmatch(found.words[index])
    value = german_number(match["many"]) if match else None
    if value is None:
        return None
    number, worth = (
        numeral(found.starts[index], found.ends[index], value),
        Measure(found.ends[index], Decimal("0.01"), "fraction"),
    )
    return phrase(found, index, index, sized(number, worth), "fraction")


def _to_multiple(found: Tokens, index: int, times: Decimal) -> Reading | None:
    """ "um das Doppelte", "auf das Dreifache"."""
    lists = table("numbers_de")
    start = preceded(found, index, lists["by_multiple"] + lists["to_multiple"])
    return None if start is None else _changed(found, start, index, times)


def _the_double(found: Tokens, index: int, language: str) -> Reading | None:
    """ "um das Doppelte" is a change, "das Doppelte" a ratio, "die doppelte Menge" neither."""
    change = _to_multiple(found, index, Decimal(2))
    start = preceded(found, index, table(f"numbers_{language}")["the_multiple"])
    if change or start is None or not found.text[found.starts[index]].isupper():
        return change
    return phrase(found, start, index, ratio(Decimal(2)), "ratio")


def _double_so(found: Tokens, index: int, language: str) -> Reading | None:
    follows = found.word(index + 1) in table(f"numbers_{language}")["after_times"]
    return phrase(found, index, index, ratio(Decimal(2)), "ratio") if follows else None


# --- English ----------------------------------------


def _doubled(found: Tokens, index: int, language: str) -> Reading | None:
    """ "doubled", "has halved"; not "doubled down"."""
    if found.word(index + 1) == "down":
        return None
    return _changed(found, index, index, Decimal(table(f"numbers_{language}")["doubling"][found.words[index]]))


def _doubling(found: Tokens, index: int, language: str) -> Reading | None:
    """ "doubling its value"; not "the halving", "a doubling season"."""
    lists = table(f"numbers_{language}")
    if found.word(index + 1) not in lists["after_doubling"] or found.word(index - 1) in ("the", "next", "bitcoin"):
        return None
    return _changed(found, index, index, Decimal(lists["doubling_before"][found.words[index]]))


def _double(found: Tokens, index: int, language: str) -> Reading | None:
    """ "could double" is a change, "double the average" a ratio; "double-digit" and "a double bottom" are neither."""
    lists = table(f"numbers_{language}")
    times = Decimal(lists["bare_doubling"][found.words[index]])
    if found.word(index + 1) == "-":
        return None
    if found.word(index - 1) in lists["before_bare_doubling"]:
        return _changed(found, index, index, times)
    if found.word(index + 1) in lists["after_double"] and times > 1:
        return phrase(found, index, index, ratio(times), "ratio")
    return None


def _twice(found: Tokens, index: int, language: str) -> Reading | None:
    """ "twice the average", "twice as much"; not "twice in May"."""
    lists = table(f"numbers_{language}")
    if found.word(index + 1) not in lists["after_times"]:
        return None
    return phrase(found, index, index, ratio(Decimal(lists["twice"][found.words[index]])), "ratio")


def _fold(found: Tokens, index: int, language: str) -> Reading | None:
    """ "Rose tenfold" is a change, "threefold the level" a multiple."""
    word = found.words[index].removesuffix("fold")
    times = Decimal(FOLDS.get(word) or small_numbers("en")[word])
    if found.word(index + 1) in ("the", "its", "their"):
        return phrase(found, index, index, ratio(times), "ratio")
    return _changed(found, index, index, times)


# --- vague plurals ----------------------------------------


def _spread(reading: Reading, low: Decimal, high: Decimal) -> Reading:
    return replace(reading, said="about", spread=(low, high))


def _dozens(found: Tokens, index: int, language: str) -> Reading | None:
    """ "Dutzende", "dozens": two dozen to a hundred; with a unit of time after them no figure."""
    scaled = _vague_scaled(found, index, language) if language == "en" else None
    last = found.ends[index + 1] if found.word(index + 1) == "of" else found.ends[index]
    if scaled or is_duration(found, last, language):
        return scaled
    size = Written(Decimal(24), Decimal(12), Decimal(12))
    return _spread(phrase(found, index, index, size, "count"), Decimal(24), Decimal(100))


def _vague(found: Tokens, index: int, language: str) -> Reading | None:
    """ "zehntausende Dollar": 10 000 to 100 000."""
    return _order(
        found, index, found.ends[index], Decimal(table(f"numbers_{language}")["vague"][found.words[index]]), language
    )


def _vague_scaled(found: Tokens, index: int, language: str) -> Reading | None:
    """ "hunderte Milliarden", "tens of thousands of dollars"; not "hundreds" alone."""
    words = vocabulary(language)
    match = words.plural_scale.match(found.text, _past_of(found.text, found.ends[index]))
    if match is None:
        return None
    lead = Decimal(table(f"numbers_{language}")["vague_scaled"][found.words[index]])
    return _order(found, index, match.end(), lead * words.scales[as_listed(match["word"])], language)


def _past_of(text: str, end: int) -> int:
    return end + 3 if text[end : end + 4].lower() == " of " else end


def _order(found: Tokens, index: int, end: int, low: Decimal, language: str) -> Reading | None:
    """The order of magnitude that begins at ``low``, with the scale and the currency that follow."""
    following = _past_of(found.text, end)
    if is_duration(found, following, language):
        return None
    worth = measure(found.text, following, language)
    if worth.unit not in ("currency", "count") or not worth.explicit:
        return _spread(Reading(found.starts[index], end, Written(low, low, low), "count"), low, low * 10)
    low *= worth.factor
    reading = Reading(found.starts[index], worth.end, Written(low, low, low), worth.unit, worth.currency)
    return _spread(reading, low, low * 10)
