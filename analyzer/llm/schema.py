"""JSON schemas that every endpoint with structured output accepts."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The model's JSON schema in the strict subset: no references, no inner titles or descriptions.

    The models themselves have no defaults, forbid extras, and use plain unions; a test holds them to it.
    """
    made: dict[str, Any] = json.loads(_written(model))  # a new one for each caller: libraries write into theirs
    return made


@cache
def _written(model: type[BaseModel]) -> str:
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})
    return json.dumps({"title": model.__name__, **_plain(schema, definitions)})


def _plain(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_plain(entry, definitions) for entry in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _plain(definitions[node["$ref"].rpartition("/")[2]], definitions)
    return {
        name: _plain(value, definitions)
        for name, value in node.items()
        if not (name in ("title", "description") and isinstance(value, str))
    }
