"""What stands around a number: signs and qualifying words before it, and the company in which a number is no figure.

Years and dates are the business of ``analyzer.text.times``; names with numbers in them ("S&P 500") are the caller's,
who knows the instruments. Here: ranks and references, versions, clock times, durations, telephone numbers, addresses,
list numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from analyzer.text.intervals import Said
from analyzer.text.numerals import Numeral
from analyzer.text.tables import inverted, table
from analyzer.text.tokens import Tokens
from analyzer.text.units import END, alternatives, as_listed

SIGN = re.compile(r"(?<![^\s(\[/\"„“»'])[-−–‑+]$")
PHONE = re.compile(r"\(?[0-9][0-9 ()/-]{6,}[0-9]")
HYPHENS, TIES = frozenset("-–‑"), frozenset("/.:,'’&#")
BRACKET = re.compile(r"\(\w\)")
NO_SPACE = re.compile(r"\S+")
REACH = 200
"""Characters before and after a number within which an address around it must be seen."""
LONGEST = 5
"""Tokens of the longest qualifier ("nicht weniger als": 3; "slightly less than": 3; "in der Spitze bis zu": 5)."""


LOOSE = ("about", "almost", "good")


@dataclass(frozen=True)
class Before:
    """What qualifies a number: where the words start, what they say, the sign among them.

    ``core``: where the number itself starts, a sign word right before it included ("minus 17 Prozent").
    """

    start: int
    core: int
    said: Said | None = None
    sign: int | None = None
    between: bool = False


@lru_cache(maxsize=4)
def _qualifiers(language: str) -> dict[str, str]:
    """Words before a number → what they say: a qualifier, "+", "-" or "between"."""
    lists = table(f"numbers_{language}")
    found = inverted(lists["qualifiers"])
    for adverb in lists["intraday"]:
        found |= {f"{adverb} {preposition}": "up_to" for preposition in lists["prepositions"]} | {adverb: "up_to"}
    for word, sign in lists["signs"].items():
        found |= {f"{word} {link}": sign for link in lists["sign_links"]} | {word: sign}
    # "rund dem 18-Fachen": an article between the qualifier and the number changes nothing
    articles = lists.get("the_multiple", ())
    found |= {f"{word} {article}": said for word, said in found.items() if said in LOOSE for article in articles}
    return found | dict.fromkeys(lists["between"], "between")


def before(found: Tokens, index: int, language: str) -> Before:
    """The qualifying words that end right before token ``index``; an extreme ("zeitweise") outweighs the others."""
    words, qualifiers = found.words, _qualifiers(language)
    at, core, said, sign, between = index, index, None, None, False
    while at > 0:
        for length in range(min(LONGEST, at), 0, -1):
            meaning = qualifiers.get(" ".join(words[at - length : at]))
            if meaning is not None:
                break
        else:
            break
        if meaning in ("+", "-"):
            sign = sign or int(meaning + "1")
            core = at - length if at == core else core
        elif meaning == "between":
            between = True
        else:
            said = cast(Said, meaning) if said is None or meaning == "up_to" else said
        at -= length
    return Before(found.starts[at], found.starts[core], said, sign, between)


@lru_cache(maxsize=4)
def _suffix(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    meanings = inverted(table(f"numbers_{language}")["suffixes"])
    return re.compile(rf"(?:\s|-)?(?P<word>{alternatives(meanings)}){END}", re.IGNORECASE), meanings


def after(text: str, end: int, language: str) -> tuple[int, Said] | None:
    """End and meaning of qualifying words that follow a figure: "oder mehr", "or so"."""
    pattern, meanings = _suffix(language)
    match = pattern.match(text, end)
    if match is None or text[match.end() : match.end() + 2].strip()[:1].isdigit():
        return None
    return match.end(), cast(Said, meanings[as_listed(match["word"])])


BORDER = re.compile(r"[.;:,!?–]\s|\s(?:und|and|but|aber)\s")
"""Where one part of a sentence ends and the next begins."""


def is_within_the_session(text: str, start: int, language: str) -> bool:
    """Whether the part of the sentence before a figure speaks of an extreme: "zeitweise hatte er um 2,9 Prozent"."""
    before = text[max(0, start - REACH) : start]
    part = before[max((m.end() for m in BORDER.finditer(before)), default=0) :].lower()
    adverbs = table(f"numbers_{language}")["intraday"]
    return any(re.search(rf"\b{re.escape(adverb)}\b", part) for adverb in adverbs if adverb in part)


def sign_before(text: str, start: int) -> tuple[int, int] | None:
    """Start and sign of a plus or minus character that stands right before ``start`` and belongs to the number."""
    match = SIGN.search(text[max(0, start - 2) : start])
    return (start - 1, 1 if match[0] == "+" else -1) if match else None


# --- no figure ----------------------------------------


@lru_cache(maxsize=4)
def _company(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], re.Pattern[str]]:
    lists = table(f"numbers_{language}")
    clock = alternatives(lists["clock"])
    return (
        frozenset(lists["names"]), frozenset(lists["vague_before"]), frozenset(lists["time_units"]),
        re.compile(rf"(?::[0-9]{{2}})?\s?(?:{clock})(?!\w)", re.IGNORECASE),
    )  # fmt: skip


def glued_before(text: str, start: int) -> bool:
    """Whether the number is the end of something else: "GPT-4", "V3", the second half of "24/7" and "10:1"."""
    previous, one_before = text[start - 1 : start], text[start - 2 : start - 1] if start > 1 else ""
    if previous.isalnum() or previous == "_":
        return True
    ties = HYPHENS if one_before.isalpha() else frozenset()
    return one_before.isalnum() and previous in ties | TIES


def glued_after(text: str, end: int) -> bool:
    """Whether the number is the beginning of something else: "10-year", "2024e", "24/7", "2330.TW", "401(k)"."""
    following, one_after = text[end : end + 1], text[end + 1 : end + 2]
    if following.isalnum() or following == "_":
        return True
    if one_after.isalpha() and following in HYPHENS | TIES:
        return True
    return (one_after.isdigit() and following in TIES) or BRACKET.match(text, end) is not None


def hyphenated(text: str, start: int, end: int) -> bool:
    """Whether a hyphen ties the number to another one: half of a range, or of a score or a telephone number."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    ended = before[1:] in HYPHENS and (before[0].isdigit() or before[0] == "%")
    return ended or (after[:1] in HYPHENS and after[1:].isdigit())


def is_duration(found: Tokens, end: int, language: str) -> bool:
    """Whether a unit of time or a clock follows: "drei Jahre", "90 days", "14.30 Uhr"."""
    _, _, units, clock = _company(language)
    return found.word(found.at(end)) in units or clock.match(found.text, end) is not None


def is_reference(found: Tokens, index: int, number: Numeral, language: str) -> bool:
    """Whether a number without a unit is a name, a rank, a page, an ordinal, a list number or a footnote."""
    names = _company(language)[0]
    text, previous = found.text, found.word(index - 1)
    word = found.word(index - 2) if previous == "." else previous
    if word in names and (len(word) > 1 or previous == "." or word in "g§#"):
        return True
    if number.words:
        return False
    if _is_an_age(text, number) or RESUMED.search(text[max(0, number.start - 16) : number.start]):
        return True
    written, end = text[number.start : number.end], number.end
    short, whole = len(written) <= 3, written.isdigit()
    enclosed = text[number.start - 1 : number.start] + text[end : end + 1]
    if short and whole and enclosed in ("()", "[]"):
        return True
    if len(written) <= 2 and text[end : end + 1] in (".", ")") and _begins_line(text, number.start):
        return True
    ordinal = language == "de" and text[end : end + 1] == "." and (len(written) <= 2 or "." in written)
    return ordinal and text[end + 1 : end + 2] == " "


RESUMED = re.compile(r"\b(?:resum\w+|open\w*|beg[ai]n\w*|start\w*|halt\w*|paus\w+) at $", re.IGNORECASE)
"""Before a time of day: "trading resumed at 9.45"."""


def _is_an_age(text: str, number: Numeral) -> bool:
    """ "The strategist, 62, has"."""
    return number.value < 120 and text[: number.start].endswith(", ") and text[number.end : number.end + 2] == ", "


def _begins_line(text: str, start: int) -> bool:
    indent = text[max(0, start - 12) : start].rstrip(" \t")
    return indent.endswith("\n") or (start <= 12 and not indent)


def is_vague(found: Tokens, index: int, language: str) -> bool:
    """Whether the number is as vague as the word before it: "mehrere Milliarden", "a few hundred"."""
    vague = _company(language)[1]
    return found.word(index - 1) in vague or f"{found.word(index - 2)} {found.word(index - 1)}" in vague


def foreign_until(text: str, start: int) -> int | None:
    """End of a telephone number, a web or mail address that the digits at ``start`` belong to."""
    if text[start] == "0" or text[start - 1 : start] in ("+", "("):
        phone = PHONE.match(text, start)
        if phone and not re.fullmatch(r"[1-9][0-9]{0,2}(?: [0-9]{3})+", phone[0]):
            return phone.end()
    before, _, _ = text[max(0, start - REACH) : start][::-1].partition(" ")
    following = NO_SPACE.match(text, start, start + REACH)
    assert following is not None
    chunk = before[::-1].split("\n")[-1] + following[0]
    return following.end() if "://" in chunk or "www." in chunk or "@" in chunk else None
