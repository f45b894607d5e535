"""The forms of time expressions of a language, by the words they begin with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from analyzer.text import time_meanings as says
from analyzer.text.time_form import DIGIT, Form
from analyzer.text.time_forms_de import GERMAN
from analyzer.text.time_forms_en import ENGLISH
from analyzer.text.time_lexicon import Lexicon, lexicon
from analyzer.text.tokens import tokens

COMMON = (
    Form(DIGIT, r"(?P<y>(?:1[6-9]|20)[0-9]{2})(?P<by>[-/])(?P<mm>[0-9]{2})(?P=by)(?P<d>[0-9]{2})(?![0-9])", says.day),
    Form(DIGIT, r"<D>\.\s?<MM>\.\s?<YY>(?![0-9])", says.day),
    Form(DIGIT, r"<RANGE>(?![%\w]|[-.,][0-9])", says.years),
    Form(DIGIT, r"<Y>(?!\w)", says.year),
    Form("q", r"Q(?P<q>[1-4])(?:[\s/]?(?:of\s)?['’]?<QY>)?(?!\w)", says.quarter),
    Form("h", r"H(?P<h>[12])(?:[\s/]?(?:of\s)?['’]?<QY>)?(?!\w)", says.half),
)


@lru_cache(maxsize=4)
def forms(language: str) -> dict[str, list[Form]]:
    """First word → the forms that may begin with it."""
    x = lexicon(language)
    found: dict[str, list[Form]] = {}
    for form in (*COMMON, *(GERMAN if language == "de" else ENGLISH)):
        for word in dict.fromkeys(word for heading in form.first.split() for word in _first_words(heading, x)):
            found.setdefault(word, []).append(form)
    return found


def _first_words(heading: str, x: Lexicon) -> Iterable[str]:
    """The words of a heading of the lexicon, else the heading itself; of several words the first."""
    headings: dict[str, Iterable[str]] = {
        "months": x.months, "weekdays": _weekday_words(x), "units": x.units, "modifiers": x.modifiers,
        "counts": x.counts, "year_parts": x.lists["year_part"], "ordinals": x.ordinals, "parts": x.parts,
        "seasons": _season_words(x), "quarters": x.lists["quarter"], "about": x.lists["about"],
        "compounds": (f"{month}{link}quartal{end}" for month in x.months for link in ("", "s") for end in ("", "s")),
        "decades": _decade_words(x), "centuries": x.centuries, "holidays": x.holidays,
        "event_days": x.lists["event_days"],
    }  # fmt: skip
    return (tokens(word).words[0] for word in headings.get(heading, (heading,)))


def _weekday_words(x: Lexicon) -> Iterable[str]:
    """ "montag", and in German "montagabend", "freitagshandel"."""
    parts = x.lists["day_parts"] if x.language == "de" else []
    return (weekday + part for weekday in x.weekdays for part in ("", *parts))


def _season_words(x: Lexicon) -> Iterable[str]:
    """ "sommer", "sommers", "spätsommer"."""
    return (part + season + ending for part in ("", *x.season_parts) for season in x.seasons for ending in ("", "s"))


def _decade_words(x: Lexicon) -> Iterable[str]:
    """ "neunziger", "neunzigerjahren"."""
    return (decade + ending for decade in x.decades for ending in ("", "n", "jahre", "jahren"))
