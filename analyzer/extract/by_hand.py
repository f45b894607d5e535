"""Parameters of a check from the words of a command line: ``--symbol NVDA --stated "minus 17 %"``."""

from __future__ import annotations

import re
import types
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

from analyzer.checks import get
from analyzer.errors import InputError, why_unreadable
from analyzer.market.candidates import Candidate, candidates, unsure
from analyzer.market.instruments import Catalogue, Instrument
from analyzer.model import Direction, Language, Stated
from analyzer.text.numbers import figures, stated


def parameters(name: str, arguments: Sequence[str]) -> dict[str, Any]:
    """The parameters of the check ``name``; InputError names a wrong option and the right ones."""
    fields = get(name).params.model_fields
    written = _written(name, arguments)
    direction = FIXED.get(name, written.get("direction"))
    return {key: value_of(key, text, fields[key].annotation, direction) for key, text in written.items()}


FIXED: dict[str, Direction | None] = {"level": None, "forecast": None, "tail_probability": None, "drawdown": "down"}
"""Checks whose figure has one sign: 5,500 points are not "minus 5,500" because the way there was down, nor are 25
sigmas, and a distance from a high is a fall."""


def _written(name: str, arguments: Sequence[str]) -> dict[str, str | bool]:
    """The options as they were typed; a switch without a value is True."""
    fields = get(name).params.model_fields
    found: dict[str, str | bool] = {}
    rest = list(arguments)
    while rest:
        option = rest.pop(0)
        key, joined, value = option.removeprefix("--").partition("=")
        key = _meant(key.replace("-", "_"), fields)
        if not option.startswith("--") or key not in fields:
            known = " ".join(f"--{f.replace('_', '-')}" for f in fields)
            raise InputError(f"{name} has no parameter {option!r}. It has: {known}.")
        if not joined and _is(fields[key].annotation, bool):
            found[key] = True
            continue
        if not joined:
            if not rest or rest[0].startswith("--"):
                raise InputError(f"{option} wants a value.")
            value = rest.pop(0)
        found[key] = value
    return found


ENDS = {"from": ("start", "first", "base"), "to": ("session", "last", "end")}
"""What ``--from`` and ``--to`` are called in a check: the first of these that it has."""


def _meant(key: str, fields: Mapping[str, Any]) -> str:
    """The parameter that an option names: ``--from`` and ``--to`` are the two ends of whatever span there is."""
    if key in fields:
        return key
    return next((name for name in ENDS.get(key, ()) if name in fields), key)


MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")


def _day(text: str, key: str) -> str:
    """A month or a year as its first day where a span begins, and as its last where it ends."""
    written = MONTH.fullmatch(text)
    is_end = key in ENDS["to"]
    month = int((written and written[2]) or (12 if is_end else 1))
    if written is None or not 1 <= month <= 12 or int(written[1]) == 0:
        return text
    last = monthrange(int(written[1]), month)[1]
    return f"{written[1]}-{month:02d}-{last if is_end else 1:02d}"


def value_of(key: str, text: str | bool, annotation: Any, direction: str | bool | None) -> Any:
    """What was typed for a parameter, as its model takes it; InputError for a figure that is none."""
    if isinstance(text, bool):
        return text
    if _is(annotation, Stated):
        return _stated(text, direction)
    if get_origin(annotation) is tuple:
        return _listed(text)
    return _day(text, key) if _is(annotation, date) else text


def _listed(text: str) -> list[str]:
    """What stands between commas; of ``@FILE`` the lines of the file, but for empty ones and comments (#)."""
    if not text.startswith("@"):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        lines = Path(text[1:]).expanduser().read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{text[1:]} cannot be read: {why_unreadable(error)}.") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _stated(text: str, direction: Any) -> dict[str, Any]:
    """A figure as it would stand in a text, German or English."""
    for language, behind in (("en", ""), ("de", ""), ("en", " as much"), ("de", " so viel")):
        read = figures(text + behind, language)  # "three times" alone may say how often; with "as much" it is a ratio
        if len(read) == 1 and read[0].start == 0 and read[0].end == len(text.rstrip()):
            return stated(read[0], direction).model_dump(mode="json")
    raise InputError(f'--stated {text!r} is no single figure. Write it as in a text: "minus 17 %", "about $600bn".')


# --- names in place of symbols -----------------------------------------------------------------------------------

SYMBOLS = ("symbol", "benchmark", "volume_symbol", "symbols", "peers")
"""Parameters that hold a symbol or several."""


def with_symbols(
    given: Mapping[str, Any], catalogue: Catalogue, has_rows: Callable[[str], bool], names: Sequence[str] = SYMBOLS
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The parameters with a symbol for each name that surely means one instrument, and a sentence on each such name.

    InputError, with the candidates and their scores, for a name that may mean several things or a whole basket. What is
    like no name of the catalogue stays: it may be the symbol of a series elsewhere.
    """
    said: list[str] = []

    def symbol(option: str, text: str) -> str:
        if catalogue.get(text) is not None or has_rows(text):
            return text
        found = _both_languages(text, catalogue)
        if not found:
            return text
        first = found[0].target
        if unsure(found) or not isinstance(first, Instrument):
            listed = ", ".join(map(str, found))
            raise InputError(f"{option} {text!r} is no symbol. It may mean: {listed}. Give the symbol of one.")
        said.append(f'"{text}" is taken for {first.name} ({first.symbol}).')
        return first.symbol

    written = {key: given[key] for key in names if key in given}
    named = {key: _each(value, f"--{key.replace('_', '-')}", symbol) for key, value in written.items()}
    return {**given, **named}, tuple(said)


def _each(value: str | list[str], option: str, symbol: Callable[[str, str], str]) -> str | list[str]:
    return symbol(option, value) if isinstance(value, str) else [symbol(option, text) for text in value]


def _both_languages(name: str, catalogue: Catalogue) -> tuple[Candidate, ...]:
    """The candidates in the language in which the best of them is better."""
    found = (candidates(name, language, catalogue) for language in get_args(Language))
    return max(found, key=lambda some: some[0].score if some else 0.0)


def _is(annotation: Any, wanted: type) -> bool:
    if annotation is wanted:
        return True
    return isinstance(annotation, types.UnionType) and wanted in get_args(annotation)
