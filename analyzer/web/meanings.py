"""What codes mean, in the language of the page: English from ``analyzer.codes``, German from ``codes_de.yaml``; and the
assumptions of binders, which are English sentences with blanks, from ``assumptions_de.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from analyzer.codes import FAILURES, REASONS, REFUSALS

ENGLISH: Mapping[str, Mapping[str, str]] = {"reasons": REASONS, "refusals": REFUSALS, "failures": FAILURES}


@lru_cache(maxsize=1)
def german() -> dict[str, dict[str, str]]:
    """Table (reasons, refusals, failures, kinds) to code to its meaning."""
    found: dict[str, Any] = yaml.safe_load(files("analyzer.web").joinpath("codes_de.yaml").read_text("utf-8"))
    return found


def meaning(table: str, code: str, language: str) -> str:
    """What the code means; the code in words where that is not known, as of one that another version gave."""
    tables = german() if language == "de" else ENGLISH
    return tables.get(table, {}).get(code, code.replace("_", " "))


def short(table: str, code: str, language: str) -> str:
    """For narrow places: the code in words where the page is English, since a code is an English word."""
    return meaning(table, code, language) if language == "de" else code.replace("_", " ")


BLANK = re.compile(r"\\\{(\w+)\\\}")
"""A blank of a template, after ``re.escape``."""
FILLED = {"day": r"\d{4}-\d\d-\d\d", "n": r"\d+", "years": r"\d+", "months": r"\d+"}
"""What fits into a blank; into any other, one character or more."""


@lru_cache(maxsize=1)
def assumptions() -> list[tuple[re.Pattern[str], str]]:
    """English assumptions as patterns, each with its German template, in the order of the file."""
    found: dict[str, str] = yaml.safe_load(files("analyzer.web").joinpath("assumptions_de.yaml").read_text("utf-8"))
    return [(re.compile(BLANK.sub(_blank, re.escape(english)), re.DOTALL), german) for english, german in found.items()]


def _blank(found: re.Match[str]) -> str:
    return f"(?P<{found[1]}>{FILLED.get(found[1], '.+?')})"


def assumption(note: str, language: str) -> tuple[str, str]:
    """The assumption in the language of the page, where that is known, and the language that it is in now."""
    for pattern, template in assumptions() if language == "de" else ():
        filled = pattern.fullmatch(note)
        if filled is not None:
            return template.format(**filled.groupdict()), "de"
    return note, "en"
