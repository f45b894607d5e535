"""What the program computes, said in German for the page: rules, findings, caveats, other choices. The record stays as
it is; this reads the sentences back by the templates of ``computed_de.yaml``.

A text is said in German only where all of it is known, so that no sentence is half in one language; else it stays, and
the page marks it as English. Figures and days are left as they are written everywhere on the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml
from markupsafe import Markup

from analyzer.model import Chart
from analyzer.report.words import visible
from analyzer.web.meanings import short

BLANK = re.compile(r"\\\{(\w+)\\\}")
"""A blank of a template, after ``re.escape``."""
FILLED = {
    "n": r"[−+-]?\d(?:[\d,.]*\d)?", "d": r"\d{4}-\d\d(?:-\d\d)?", "k": r"\d+(?:\.\d+)?(?:st|nd|rd|th)",
    "year": r"\d{4}",
}  # fmt: skip
"""What fits into a blank by its name without its number."""
ANY = ("words", "names", "command")
"""Blanks into which any words fit; into all others those of one sentence."""
SEVERAL = {"moves": ", ", "episodes": "; "}
"""Parts that stand one after the other, and what stands between them."""
WORDS = r"[^\n]{1,400}?"
WITHIN = r"(?:(?![.:?!] )[^\n]){1,100}?"
LONGEST = 2000
"""Characters of a text that is read back; no sentence of the program is nearly as long."""


class Template(NamedTuple):
    english: re.Pattern[str]
    german: str


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files("analyzer.web").joinpath("computed_de.yaml").read_text("utf-8"))
    return found


@lru_cache(maxsize=32)
def _templates(table: str, part: str = "") -> tuple[Template, ...]:
    """Templates with the most words of their own first: they say most exactly what they fit."""
    entries: Mapping[str, str] = _tables()[table][part] if part else _tables()[table]
    made = [(len(re.sub(r"\{\w+\}", "", english)), english, german) for english, german in entries.items()]
    return tuple(
        Template(re.compile(BLANK.sub(_blank, re.escape(english)), re.DOTALL), german)
        for _, english, german in sorted(made, key=lambda one: -one[0])
    )


def _blank(found: re.Match[str]) -> str:
    name = found[1]
    kind = name.rstrip("0123456789")
    return f"(?P<{name}>{_filled(kind)})"


@lru_cache(maxsize=64)
def _filled(kind: str) -> str:
    """What fits into a blank: where its parts are known, one of them and no other words."""
    parts = _tables()["parts"].get(kind)
    if parts is None:
        return FILLED.get(kind, WORDS if kind in ANY else WITHIN)
    known = (BLANK.sub(lambda found: f"(?:{_filled(found[1].rstrip('0123456789'))})", re.escape(one)) for one in parts)
    one = f"(?:{'|'.join(sorted(known, key=len, reverse=True))})"
    return f"{one}(?:{SEVERAL[kind]}{one})*" if kind in SEVERAL else one


def said(table: str, text: str, language: str) -> tuple[str, str]:
    """A text of the table (rules, nulls, variants, caveats, lines, sentences) in the language of the page, where all of
    it is known, and the language that it is in now."""
    if language != "de" or len(text) > LONGEST:
        return text, "en"
    german = _sentences(text) if table == "sentences" else _whole(table, text)
    return (text, "en") if german is None else (german, "de")


UNBROKEN = re.compile(r"(\d{4}-\d\d-\d\d|[−+]?\d(?:[\d,.]*\d)? %)")
"""Days and shares, which a line does not end in."""


def spoken(table: str, text: str, language: str) -> Markup:
    """The same as HTML, escaped and visible, marked with its language; in a sentence no line ends within a day or a
    share."""
    found, now = said(table, text, language)
    pieces = UNBROKEN.split(visible(found)) if table == "sentences" else [visible(found)]
    whole = (Markup('<span class="whole">{}</span>').format(one) if n % 2 else one for n, one in enumerate(pieces))
    return Markup('<span lang="{}">{}</span>').format(now, Markup("").join(whole))


NEAREST = ("Nearest true statement: ", "Nächste wahre Aussage: ")


def nearest(text: str, language: str) -> Markup:
    """A near miss where the page's own words say already what it is."""
    found, now = said("sentences", text, language)
    prefix = next((one for one in NEAREST if found.startswith(one)), "")
    rest = found.removeprefix(prefix)
    return Markup('<span lang="{}">{}</span>').format(now, visible(rest[:1].upper() + rest[1:] if prefix else rest))


def chart_in(chart: Chart, language: str) -> Chart:
    """The chart with its title and the names of what is drawn in the language of the page."""

    def name(text: str) -> str:
        return said("labels", text, language)[0]

    if language != "de":
        return chart
    lines = tuple(one.model_copy(update={"name": name(one.name)}) for one in chart.lines)
    marks = tuple((day, name(text)) for day, text in chart.marks)
    rules = tuple((value, name(text)) for value, text in chart.rules)
    return chart.model_copy(update={"title": name(chart.title), "lines": lines, "marks": marks, "rules": rules})


@lru_cache(maxsize=4096)
def _whole(table: str, text: str, part: str = "") -> str | None:
    for one in _templates(table, part):
        filled = one.english.fullmatch(text)
        if filled is not None and (german := _german(one, filled)) is not None:
            return german
    return None


@lru_cache(maxsize=4096)
def _sentences(text: str) -> str | None:
    """Sentence by sentence: where one may end in several places, the first after which the rest is known too."""
    if not text:
        return ""
    for one in _templates("sentences"):
        for end in _ends(text):
            filled = one.english.fullmatch(text, 0, end)
            if filled is None or (german := _german(one, filled)) is None:
                continue
            rest = _sentences(text[end:].lstrip())
            if rest is not None:
                return f"{german} {rest}".rstrip()
    return None


@lru_cache(maxsize=4096)
def _ends(text: str) -> tuple[int, ...]:
    """Where a sentence may end: behind a stop, a colon or a closing quote before a space, and at the end."""
    stops = (m.end() for m in re.finditer(r"[.:?!]['\"”“]?(?= )", text))
    return (*dict.fromkeys((*stops, len(text))),)


def _german(template: Template, filled: re.Match[str]) -> str | None:
    """The German sentence; None where a part of it is not known."""
    values = {}
    for name, value in filled.groupdict().items():
        kind = name.rstrip("0123456789")
        found = _part(kind, value)
        if found is None:
            return None
        values[name] = found
    return template.german.format(**values)


def _part(kind: str, value: str) -> str | None:
    if kind == "k":
        return f"{value[:-2]}-te" if "." in value else f"{value[:-2]}."
    if kind in SEVERAL:
        said = [_whole("parts", one, kind) for one in value.split(SEVERAL[kind])]
        return None if None in said else SEVERAL[kind].join(one for one in said if one is not None)
    if kind == "reason":
        return short("reasons", value, "de")
    return _whole("parts", value, kind) if kind in _tables()["parts"] else value
