"""Replies are read leniently around the JSON and strictly in each item."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from analyzer.llm.parse import Parsed, parse_reply


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    quote: str
    kind: Literal["a", "b"]
    name: str | None


class Items(BaseModel):
    model_config = ConfigDict(extra="forbid")

    items: list[Item]


ONE = {"quote": "Dax, [minus] {3,1} Prozent", "kind": "a", "name": None}
TWO = {"quote": 'he said: "no,"', "kind": "b", "name": "Müller"}
PLAIN = json.dumps({"items": [ONE, TWO]}, ensure_ascii=False)


def quotes(parsed: Parsed) -> list[str]:
    assert isinstance(parsed.value, Items)
    return [item.quote for item in parsed.value.items]


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN,
        f"```json\n{PLAIN}\n```",
        f"Here {{is}} what I found: {PLAIN} I hope {{this}} helps.",
        PLAIN.replace("null}", "null,}").replace('"}]}', '",\n},],}'),
        f'<think>perhaps {{"items": []}}?</think>{PLAIN}',
        json.dumps([ONE, TWO]),
        json.dumps({"answer": {"items": [ONE, TWO]}, "done": True}),
        json.dumps({"items": [ONE, TWO], "comment": "two claims"}),
    ],
    ids=["plain", "fences", "text around", "trailing commas", "thoughts", "bare list", "wrapped", "more fields"],
)
def test_items_are_found_whatever_stands_around_them(raw: str) -> None:
    parsed = parse_reply(raw, Items)
    assert quotes(parsed) == [ONE["quote"], TWO["quote"]]
    assert parsed.rejected == ()


def test_line_breaks_inside_strings_are_read() -> None:
    assert quotes(parse_reply('{"items": [{"quote": "a\nb", "kind": "a", "name": null}]}', Items)) == ["a\nb"]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (ONE | {"kind": "c"}, "kind: Input should be 'a' or 'b'"),
        (ONE | {"sure": True}, "sure: Extra inputs are not permitted"),
        ({"quote": "x"}, "kind: Field required; name: Field required"),
        (ONE | {"quote": None}, "quote: Input should be a valid string"),
        ("a string", "item: Input should be a valid dictionary or instance of Item"),
    ],
)
def test_one_bad_item_does_not_lose_the_others(bad: object, why: str) -> None:
    parsed = parse_reply(json.dumps({"items": [ONE, bad, TWO]}), Items)
    assert quotes(parsed) == [ONE["quote"], TWO["quote"]]
    assert [(r.item, r.why) for r in parsed.rejected] == [(bad, why)]


def test_a_reply_that_was_cut_off_gives_its_complete_items() -> None:
    parsed = parse_reply(PLAIN[: PLAIN.index("Müller")], Items)
    assert quotes(parsed) == [ONE["quote"]]
    assert [r.item["quote"] for r in parsed.rejected] == [TWO["quote"]]


@pytest.mark.parametrize(
    "raw", ["", "I cannot help with that.", "{}", "[]", "null", '{"other": []}', '{"items": 3}', "{{{{", "[" * 100_000]
)
def test_what_cannot_be_read_has_a_reason(raw: str) -> None:
    parsed = parse_reply(raw, Items)
    assert parsed.value is None
    assert parsed.error


def test_nothing_found_is_an_empty_list() -> None:
    assert quotes(parse_reply('{"items": []}', Items)) == []


@settings(max_examples=200)
@given(st.text(alphabet='{}[]",:\\ \nitemsquo1', max_size=80))
def test_rubbish_never_raises(raw: str) -> None:
    parsed = parse_reply(raw, Items)
    assert (parsed.value is None) == (parsed.error is not None)


@settings(max_examples=100)
@given(st.lists(st.text(max_size=20), max_size=4), st.text(alphabet="abc {}\n`", max_size=20))
def test_every_valid_reply_comes_back_as_it_was_sent(texts: list[str], around: str) -> None:
    sent = {"items": [{"quote": t, "kind": "a", "name": None} for t in texts]}
    assert quotes(parse_reply(around + json.dumps(sent) + around, Items)) == texts
