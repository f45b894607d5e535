"""Gold annotations: a folder of articles with the claims that somebody marked in them.

``NAME.gold.json`` beside ``NAME.md`` or ``NAME.txt``. Two forms are read: the project's own (``corpus/README.md``),
with the design's names and labels and an expectation for each of the two verdicts; and one with five labels, in which
``unknown`` is what data cannot decide (``type``, ``checkable_with_market_data``, ``expected_verdict``). A file
``NAME.meta.json`` may give the language and the day of publication.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from analyzer.errors import InputError
from analyzer.model import Kind, Label

Moment = Literal["latest", "when_written"]
Form = Literal["own", "five"]
FIVE = ("supported", "refuted", "mixed", "not_checkable", "unknown")
CHECKABLE = ("yes", "partly", "no")
ENDINGS = (".md", ".txt", ".html", ".pdf", ".docx")
Span = float | tuple[float, float]


@dataclass(frozen=True)
class GoldClaim:
    """A claim as it was marked. ``figures`` are what data should show, ``checks`` empty where none is named."""

    id: str
    quote: str
    kind: str
    checkable: str
    form: Form
    expected: dict[Moment, tuple[str, tuple[str, ...]]]
    """The label and those that count as right besides, for each verdict."""
    series: tuple[str, ...] = ()
    window: tuple[str, ...] = ()
    """Days as written, first to last; a year may stand for its days."""
    figures: tuple[Span, ...] = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoldArticle:
    name: str
    path: Path
    claims: tuple[GoldClaim, ...]
    language: str | None = None
    published: date | None = None
    undated: bool = False
    """Whether the day of publication is kept from the reader on purpose."""
    exhaustive: bool = True
    """Whether every claim of the text is in it, so that what else is found is none. False where somebody says so, as
    the gold of reviewed articles does that nobody has read whole."""


def read_gold(folder: Path) -> tuple[GoldArticle, ...]:
    """Every annotated article of a folder, by name. InputError names the file and the claim that cannot be used."""
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder. Name one with NAME.gold.json beside NAME.md or NAME.txt.")
    paths = sorted(folder.glob("*.gold.json"))
    if not paths:
        raise InputError(f"{folder} holds no NAME.gold.json. What such a file looks like: docs/evaluation.md.")
    return tuple(_article(path) for path in paths)


def _article(path: Path) -> GoldArticle:
    name = path.name.removesuffix(".gold.json")
    text = next((p for e in ENDINGS if (p := path.with_name(name + e)).is_file()), None)
    if text is None:
        raise InputError(f"{path}: there is no text beside it ({name}.md or {name}.txt).")
    content = _json(path)
    if not isinstance(content, dict) or not isinstance(content.get("claims"), list):
        raise InputError(f'{path}: an object with a list "claims" is wanted.')
    exhaustive = content.get("exhaustive", True)
    if not isinstance(exhaustive, bool):
        raise InputError(f'{path}: "exhaustive" is true or false, not {exhaustive!r}.')
    claims = tuple(_claim(path, number, one) for number, one in enumerate(content["claims"], 1))
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise InputError(f"{path}: the id {claim.id!r} stands there twice.")
        seen.add(claim.id)
    meta_path = path.with_name(f"{name}.meta.json")
    meta = _json(meta_path) if meta_path.is_file() else {}
    undated = "undated" in str(meta.get("note", ""))
    published = meta.get("published") if not undated else None
    return GoldArticle(
        name,
        text,
        claims,
        meta.get("language"),
        date.fromisoformat(published) if published else None,
        undated,
        exhaustive,
    )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InputError(f"{path} is no JSON: {error}.") from error


def _claim(path: Path, number: int, one: Any) -> GoldClaim:
    if not isinstance(one, dict):
        raise InputError(f"{path}: claim {number} is no object.")
    where = f"{path}: claim {one.get('id') or number}"
    form: Form = "five" if "checkable_with_market_data" in one else "own"
    try:
        made = _five(one) if form == "five" else _own(one)
    except KeyError as error:
        raise InputError(f"{where} has no {error.args[0]!r}.") from error
    except (TypeError, AttributeError) as error:
        raise InputError(f"{where} is not of the form in docs/evaluation.md: {error}.") from error
    labels = FIVE if form == "five" else get_args(Label)
    known = (("kind", made.kind, get_args(Kind)), ("checkable", made.checkable, CHECKABLE))
    said = [("label", label, labels) for first, more in made.expected.values() for label in (first, *more)]
    for what, value, allowed in (*known, *said):
        if value not in allowed:
            raise InputError(f"{where}: the {what} {value!r} is not known. There are: {', '.join(allowed)}.")
    return made


def _own(one: dict[str, Any]) -> GoldClaim:
    window, seen = one.get("window") or {}, one.get("observed") or {}
    span = tuple(d for d in (window.get("base"), window.get("first"), window.get("last")) if d)
    moments: tuple[Moment, ...] = get_args(Moment)
    expected = {m: (one["expected"][m]["label"], tuple(one["expected"][m]["acceptable"])) for m in moments}
    return GoldClaim(
        id=str(one["id"]), quote=one["quote"], kind=one["kind"], checkable=one["checkable"], form="own",
        expected=expected, series=tuple(one.get("series") or ()), window=span,
        figures=tuple(_spans(seen.get("value"))), checks=(one["check"],) if one.get("check") else (),
    )  # fmt: skip


def _five(one: dict[str, Any]) -> GoldClaim:
    label = one["expected_verdict"]
    latest = (label, tuple(one.get("acceptable_verdicts") or [label]))
    then = one.get("verdict_at_publication", label)
    written = latest if then == label else (then, ("unknown", "not_checkable"))
    return GoldClaim(
        id=str(one["id"]), quote=one["quote"], kind=one["type"], checkable=one["checkable_with_market_data"],
        form="five", expected={"latest": latest, "when_written": written}, series=tuple(one.get("series") or ()),
        window=tuple(one.get("window") or ()), figures=tuple(_spans(one.get("expected_figures"))),
    )  # fmt: skip


def _spans(value: Any) -> Iterator[Span]:
    """Numbers in what the gold says of figures: one by one, and pairs as a range and as both of its ends."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, list) and len(value) == 2 and all(isinstance(v, int | float) for v in value):
        yield (float(min(value)), float(max(value)))
        yield from map(float, value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _spans(item)
