"""The schemas that are sent: the strict subset that every endpoint with structured output accepts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from analyzer.extract.llm import ExtractReply
from analyzer.extract.proposals import BindReply
from analyzer.llm.schema import strict_schema
from analyzer.model import Kind

REPLIES = (ExtractReply, BindReply)
ACCEPTED = {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf"}


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for name, value in schema.items():
            yield from (n for v in value.values() for n in nodes(v)) if name == "properties" else nodes(value)
    elif isinstance(schema, list):
        for entry in schema:
            yield from nodes(entry)


@pytest.mark.parametrize("reply", REPLIES)
def test_only_keywords_of_the_strict_subset_are_sent(reply: type[BaseModel]) -> None:
    schema = strict_schema(reply)
    assert schema.pop("title") == reply.__name__
    assert {name for node in nodes(schema) for name in node} <= ACCEPTED


@pytest.mark.parametrize("reply", REPLIES)
def test_every_object_is_closed_and_all_its_fields_are_required(reply: type[BaseModel]) -> None:
    objects = [n for n in nodes(strict_schema(reply)) if n.get("type") == "object"]
    assert len(objects) == 2
    for node in objects:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])


def test_closed_sets_are_those_of_the_nouns() -> None:
    item = strict_schema(ExtractReply)["properties"]["claims"]["items"]["properties"]
    assert item["kind"]["enum"] == list(get_args(Kind))
    assert item["cited"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
