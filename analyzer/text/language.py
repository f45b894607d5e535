"""Which language a text is in, and whether the program reads it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import get_args

from analyzer.errors import InputError
from analyzer.model import Language
from analyzer.text.wordlists import words

SUPPORTED: tuple[Language, ...] = get_args(Language)
NAMES = {
    "de": "German", "en": "English", "fr": "French", "it": "Italian", "es": "Spanish", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "nb": "Norwegian", "pl": "Polish", "cs": "Czech",
    "ru": "Russian", "tr": "Turkish", "ja": "Japanese", "zh": "Chinese",
}  # fmt: skip
UNDETERMINED = "und"
"""ISO 639-2 for a text without words."""

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000
"""Characters that are looked at: an op-ed has 3 000 to 8 000."""
MIN_SHARE = 0.2
"""Measured on two sentences each: of German and English words 0.13 to 0.67 (median 0.43) are function words of their
language; of Dutch, Afrikaans and Portuguese words at most 0.14 look like one; of Danish ones 0.21, half as many as
English."""
MIN_DISTINCT = 3
MARGIN = 4
CLOSE = 10.0
"""Log-probability by which py3langid may prefer another of its 97 languages: it does so by under 6 for German and
English headlines of two to six words, and by over 30 for sentences that are in another language."""


def detect(text: str) -> str:
    """ISO 639-1 code of the text's language, "und" when it has no words.

    Function words are counted first (0.3 ms), which decides nearly every German or English text of two sentences. Only
    when they do not decide is py3langid asked, which costs 0.6 s of CPU in a process that has not loaded it.
    """
    found = [word.lower() for word in WORD.findall(text, 0, SAMPLE)]
    if not found:
        return UNDETERMINED
    return _by_function_words(found) or _by_model(text[:SAMPLE])


def require_supported(text: str, given: str | None) -> Language:
    """The given language, else the detected one; InputError (``language``) when the program does not read it."""
    code = given or detect(text)
    for language in SUPPORTED:
        if code.lower().replace("_", "-").split("-")[0] == language:
            return language
    name = f"{NAMES[code]} ({code})" if code in NAMES else f'"{code}"'
    if given:
        what = f"The language {name} is not read. Give --language de or --language en."
    elif code == UNDETERMINED:
        what = "The text has no words to tell its language from. Give --language de or --language en, or another file."
    else:
        what = f"The text looks like {name}; German and English are read. If that is wrong, give --language de or en."
    raise InputError(what, code="language")


def _by_function_words(found: list[str]) -> str | None:
    """The language whose function words make up a fair share of the text and far outnumber the other's; else None."""
    own = _function_words()
    hits = {code: [word for word in found if word in listed] for code, listed in own.items()}
    best, other = sorted(hits, key=lambda code: len(hits[code]), reverse=True)
    enough = len(hits[best]) >= MIN_SHARE * len(found) and len(set(hits[best])) >= MIN_DISTINCT
    return best if enough and len(hits[best]) >= MARGIN * len(hits[other]) else None


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    """Function words of each language that are none in the other ("in", "so" and "was" are both)."""
    de, en = words("sentences_de")["function_words"], words("sentences_en")["function_words"]
    return {"de": de - en, "en": en - de}


def _by_model(text: str) -> str:
    import py3langid

    ranked = py3langid.rank(text)
    best_code, best = ranked[0]
    close = (code for code, score in ranked if code in SUPPORTED and best - score < CLOSE)
    return str(next(close, best_code))
