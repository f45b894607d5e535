"""Parameters of a check as a person types them: the fields of its own model, and the model's own complaints."""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from analyzer.checks import Check
from analyzer.errors import InputError
from analyzer.extract.by_hand import FIXED, value_of, with_symbols
from analyzer.market.instruments import Catalogue
from analyzer.model import Stated

Shape = Literal["instrument", "instruments", "day", "figure", "choice", "switch", "number", "list", "text", "fixed"]
"""What a field is filled with. ``fixed``: a structure that only the text can give; it is kept as it is."""

INSTRUMENT = frozenset({"symbol", "other", "benchmark", "volume_symbol", "prices", "market", "driver"})
INSTRUMENTS = frozenset(
    {"symbols", "peers", "members", "sender", "target", "controls", "exposed", "others", "instruments"}
)
PLAIN = frozenset(
    {"symbol", "symbols", "other", "session", "base", "first", "last", "start", "end", "since", "direction", "relation",
     "stated", "size", "made", "members", "mode", "says", "event", "event_date"}
)  # fmt: skip
"""Parameters that a person looks for first; the others stand under further settings until they are set."""
SAYS_NOTHING = "Nothing was changed: this is the trial that was run."


@dataclass(frozen=True)
class Field:
    """A parameter of a check, to be filled in. ``help`` is what its model's source says of it."""

    name: str
    shape: Shape
    choices: tuple[str, ...]
    required: bool
    default: str
    help: str

    @property
    def is_plain(self) -> bool:
        return self.required or self.name in PLAIN


@dataclass(frozen=True)
class Typed:
    """What came of a form: the parameters, or what is wrong, by the name of the field; "" concerns them together."""

    params: dict[str, Any] | None = None
    wrong: dict[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    """Names that were taken for an instrument."""


@lru_cache(maxsize=64)
def fields(check: str, model: type[BaseModel]) -> tuple[Field, ...]:
    """The parameters of a check in the order of its model; ``check`` names it only for the cache."""
    notes = _notes(model)
    found = []
    for name, info in model.model_fields.items():
        kind = _without_none(info.annotation)
        default = "" if info.is_required() else as_text(info.default)
        found.append(Field(name, _shape(name, kind), _choices(kind), info.is_required(), default, notes.get(name, "")))
    return tuple(found)


def _without_none(annotation: Any) -> Any:
    """The type of an optional parameter, without the metadata of a constrained one."""
    while get_origin(annotation) in (Union, types.UnionType):
        inner = [one for one in get_args(annotation) if one is not type(None)]
        if len(inner) != 1:
            return annotation  # several sets of choices
        annotation = inner[0]
    return annotation


def _shape(name: str, kind: Any) -> Shape:
    if kind is Stated:
        return "figure"
    if get_origin(kind) is tuple:
        of = get_args(kind)[0]
        if isinstance(of, type) and issubclass(of, BaseModel):
            return "fixed"
        return "instruments" if name in INSTRUMENTS else "list"
    if _choices(kind):
        return "choice"
    simple: dict[Any, Shape] = {date: "day", bool: "switch", int: "number", float: "number"}
    return "instrument" if name in INSTRUMENT else simple.get(kind, "text")


def _choices(kind: Any) -> tuple[str, ...]:
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(dict.fromkeys(one for part in get_args(kind) for one in _choices(part)))
    return tuple(map(str, get_args(kind))) if get_origin(kind) is Literal else ()


def _notes(model: type[BaseModel]) -> dict[str, str]:
    """The docstrings that stand below the parameters in the source."""
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)
    notes, last = {}, None
    for line in body.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            last = line.target.id
        elif last and isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
            notes[last] = " ".join(str(line.value.value).split())
        else:
            last = None
    return notes


# --- there and back -------------------------------------------------------------------------------------------------


def as_text(value: Any) -> str:
    """A parameter as it stands in its field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, Mapping):
        return str(value.get("text", ""))
    if isinstance(value, Stated):
        return value.text
    if isinstance(value, (list, tuple)):
        return ", ".join(map(as_text, value))
    return str(value)


def read(
    check: Check, typed: Mapping[str, str], before: Mapping[str, Any], catalogue: Catalogue, has: Callable[[str], bool]
) -> Typed:
    """The parameters that a form holds; what still stands as it was ``before`` is taken over to the digit."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    said: list[str] = []
    known = fields(check.name, check.params)
    turned = typed.get("direction", "").strip() != as_text(before.get("direction"))
    for one in known:
        text = typed.get(one.name, "").strip()
        kept = one.name in before and text == as_text(before[one.name]) and not (one.shape == "figure" and turned)
        try:
            if kept or one.shape == "fixed":
                values |= {one.name: before[one.name]} if one.name in before else {}
            elif text or one.shape == "switch":
                values[one.name] = _value(check, one, text, typed, catalogue, has, said)
        except InputError as error:
            wrong[one.name] = str(error).removeprefix(f"--{one.name.replace('_', '-')} ")
    wrong = {**_complaints(check, values, {one.name for one in known}, wrong), **wrong}
    if wrong:
        return Typed(wrong=wrong, said=tuple(said))
    return Typed(_normal(check, values, before), said=tuple(said))


def _value(
    check: Check, one: Field, text: str, typed: Mapping[str, str], catalogue: Catalogue, has: Callable[[str], bool],
    said: list[str],
) -> Any:  # fmt: skip
    if one.shape == "switch":
        return bool(text)
    direction = FIXED.get(check.name, typed.get("direction") or None)
    value = value_of(one.name, text, check.params.model_fields[one.name].annotation, direction)
    if one.shape in ("instruments", "list") and isinstance(value, str):
        value = [part.strip() for part in text.split(",") if part.strip()]
    if one.shape in ("instrument", "instruments"):
        named, sentences = with_symbols({one.name: value}, catalogue, has, (one.name,))
        said += sentences
        return named[one.name]
    return value


def _complaints(check: Check, values: dict[str, Any], known: set[str], already: Mapping[str, str]) -> dict[str, str]:
    """What the check's own model says against the values, field by field."""
    try:
        check.params.model_validate(values)
    except ValidationError as error:
        found: dict[str, str] = {}
        for one in error.errors():
            name = str(one["loc"][0]) if one["loc"] and str(one["loc"][0]) in known else ""
            if not (name in already or (name == "" and already)):
                found.setdefault(name, one["msg"].removeprefix("Value error, "))
        return found
    return {}


def _normal(check: Check, values: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """As trials hold parameters: in JSON's types, without what is not said."""
    said = check.params.model_validate(values)
    whole = {name: value for name, value in said.model_dump(mode="json").items() if value is not None}
    defaults = {name: info.get_default() for name, info in check.params.model_fields.items() if not info.is_required()}
    return {
        name: value
        for name, value in whole.items()
        if name not in defaults or getattr(said, name) != defaults[name] or before.get(name) == value
    }
