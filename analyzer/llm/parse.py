"""From what a model wrote to typed items: lenient about the wrapping, strict about every item.

Fences, text around the JSON, trailing commas, line breaks in strings, a bare list and a cut-off end are all read. Items
of a list are validated one by one, so that one bad item never loses the others. Nothing is ever evaluated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)
STRING_OR_COMMA = re.compile(r'"(?:\\.|[^"\\])*"|,(?=\s*[}\]])', re.DOTALL)
MAX_STARTS = 200
"""Places where an object may begin that are tried: a bound on the time that rubbish can cost."""
DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True)
class Rejected:
    """An item of the reply that does not validate, and why."""

    item: Any
    why: str


@dataclass(frozen=True)
class Parsed:
    """The reply with its valid items; ``value`` is None, with ``error``, when nothing could be read."""

    value: BaseModel | None
    rejected: tuple[Rejected, ...] = ()
    error: str | None = None


def parse_reply(raw: str, schema: type[BaseModel]) -> Parsed:
    """What stands in the reply, as far as it follows the schema. Never raises for what a model wrote."""
    data = find_object(raw, schema)
    if data is None:
        return Parsed(None, error=f"no JSON object with {', '.join(schema.model_fields)} in it")
    fields = {name: value for name, value in data.items() if name in schema.model_fields}
    rejected: list[Rejected] = []
    for name, item in _lists(schema):
        if isinstance(fields.get(name), list):
            fields[name] = _valid(fields[name], item, rejected)
    try:
        return Parsed(schema.model_validate(fields), tuple(rejected))
    except ValidationError as error:
        return Parsed(None, tuple(rejected), in_words(error))


def in_words(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'item'}: {e['msg']}" for e in error.errors())


def find_object(raw: str, schema: type[BaseModel]) -> dict[str, Any] | None:
    """The first JSON object of the text that has a field of the schema; a cut-off one counts up to the cut."""
    text = THOUGHTS.sub("", raw)
    for mended in (False, True):
        for value in _decoded(_without_trailing_commas(text) if mended else text):
            found = _as_object(value, schema)
            if found is not None:
                return found
    return _as_object(_cut_off(_without_trailing_commas(text)), schema)


def _decoded(text: str) -> Iterator[Any]:
    starts = re.finditer(r"[{\[]", text)
    for start, _ in zip(starts, range(MAX_STARTS), strict=False):
        try:
            yield DECODER.raw_decode(text, start.start())[0]
        except (ValueError, RecursionError):
            continue


def _cut_off(text: str) -> Any:
    start = text.find("{")
    if start < 0:
        return None
    try:
        return from_json(text[start:], allow_partial=True)
    except ValueError:
        return None


def _as_object(value: Any, schema: type[BaseModel]) -> dict[str, Any] | None:
    if isinstance(value, dict) and schema.model_fields.keys() & value.keys():
        return value
    names = list(schema.model_fields)
    if isinstance(value, list) and value and len(names) == 1 and all(isinstance(v, dict) for v in value):
        return {names[0]: value}
    return None


def _without_trailing_commas(text: str) -> str:
    return STRING_OR_COMMA.sub(lambda m: "" if m.group() == "," else m.group(), text)


def _lists(schema: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """Fields that are lists of models, with the model."""
    for name, field in schema.model_fields.items():
        inner = get_args(field.annotation)
        if get_origin(field.annotation) is list and isinstance(inner[0], type) and issubclass(inner[0], BaseModel):
            yield name, inner[0]


def _valid(entries: list[Any], item: type[BaseModel], rejected: list[Rejected]) -> list[BaseModel]:
    good = []
    for entry in entries:
        try:
            good.append(item.model_validate(entry))
        except ValidationError as error:
            rejected.append(Rejected(entry, in_words(error)))
    return good
