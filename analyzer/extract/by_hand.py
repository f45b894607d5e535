"""Parameters of a check from the words of a command line: ``--symbol NVDA --stated "minus 17 %"``."""

from __future__ import annotations

import types
from collections.abc import Sequence
from typing import Any, get_args, get_origin

from analyzer.checks import get
from analyzer.errors import InputError
from analyzer.model import Stated
from analyzer.text.numbers import figures, stated


def parameters(name: str, arguments: Sequence[str]) -> dict[str, Any]:
    """The parameters of the check ``name``; InputError names a wrong option and the right ones."""
    fields = get(name).params.model_fields
    found: dict[str, Any] = {}
    rest = list(arguments)
    while rest:
        option = rest.pop(0)
        key, joined, value = option.removeprefix("--").partition("=")
        key = key.replace("-", "_")
        if not option.startswith("--") or key not in fields:
            known = " ".join(f"--{f.replace('_', '-')}" for f in fields)
            raise InputError(f"{name} has no parameter {option!r}. It has: {known}.")
        annotation = fields[key].annotation
        if not joined and _is(annotation, bool):
            found[key] = True
            continue
        if not joined:
            if not rest:
                raise InputError(f"--{key} wants a value.")
            value = rest.pop(0)
        found[key] = _value(key, value, annotation, found)
    return found


def _value(key: str, text: str, annotation: Any, found: dict[str, Any]) -> Any:
    if _is(annotation, Stated):
        return _stated(text, found.get("direction"))
    if get_origin(annotation) is tuple:
        return [part for part in text.split(",") if part]
    return text


def _stated(text: str, direction: Any) -> dict[str, Any]:
    """A figure as it would stand in a text, German or English."""
    for language in ("en", "de"):
        read = figures(text, language)
        if len(read) == 1 and read[0].start == 0 and read[0].end == len(text.rstrip()):
            return stated(read[0], direction).model_dump(mode="json")
    raise InputError(f'--stated {text!r} is no single figure. Write it as in a text: "minus 17 %", "about $600bn".')


def _is(annotation: Any, wanted: type) -> bool:
    if annotation is wanted:
        return True
    return isinstance(annotation, types.UnionType) and wanted in get_args(annotation)
