"""Codes of news agencies in a text: "the Nikkei .N225", "Treasuries US10YT=RR", "crude CLc1"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

TABLE = Path(__file__).with_name("vendor_codes.yaml")
CODE = re.compile(r"(?<![\w.=])(?:\.[A-Z][A-Z0-9]{1,8}|=USD|[A-Z0-9]{2,7}=[A-Z0-9]{0,4}|[A-Z]{2,3}c1)(?![\w=])")


def vendor_codes(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and symbol of each code that is known, in order."""
    for match in CODE.finditer(text):
        symbol = _symbols().get(match.group())
        if symbol is not None:
            yield match.start(), match.end(), symbol


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    tables: dict[str, dict[str, str]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {code: symbol for codes in tables.values() for code, symbol in codes.items()}
