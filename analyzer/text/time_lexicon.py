"""The words of time of a language, ready for the forms: what they mean, and the pieces of patterns that match them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from analyzer.text.numerals import german_number, small_numbers
from analyzer.text.tables import inverted, table
from analyzer.text.time_values import (
    Ago,
    Duration,
    Ever,
    Modifier,
    Neighbour,
    Overnight,
    Part,
    PeriodUnit,
    Quarter,
    RelativeDay,
    RelativePeriod,
    SessionPart,
    Since,
    TimeValue,
    TradingPart,
    Until,
    Weekday,
    Year,
    YearPart,
    YearStart,
)
from analyzer.text.tokens import tokens
from analyzer.text.units import END, ByWord, alternatives, as_listed

YEAR = "(?:1[6-9]|20)[0-9]{2}"


@dataclass(frozen=True)
class Lexicon:
    """word (lower case) → meaning. ``pieces``: name → pattern, for ``<NAME>`` in a form; ``lists``: the file itself."""

    language: str
    lists: dict[str, Any]
    months: ByWord[int]
    weekdays: ByWord[int]
    units: ByWord[PeriodUnit]
    plural: frozenset[str]
    modifiers: ByWord[Modifier]
    counts: dict[str, float | None]
    ordinals: ByWord[int]
    parts: ByWord[Part]
    seasons: ByWord[int]
    season_parts: ByWord[Part]
    holidays: ByWord[str]
    decades: ByWord[int]
    centuries: ByWord[int]
    pieces: dict[str, str]

    def is_plural(self, unit: str) -> bool:
        """Whether the word for a unit, as it stands in the text, is a plural."""
        return as_listed(unit) in self.plural

    def count(self, words: str | None) -> float | None:
        """The number that ``words`` name; None for "einige", "a few"."""
        written = " ".join((words or "").lower().split())
        if written[:1].isdigit():
            return float(written.replace(",", "."))
        number = german_number(written) if self.language == "de" and written not in self.counts else None
        return float(number) if number is not None else self.counts.get(written)

    def is_count(self, words: str) -> bool:
        """Whether ``words`` name a number, or a count that is not said."""
        return self.count(words) is not None or " ".join(words.lower().split()) in self.counts


@lru_cache(maxsize=4)
def lexicon(language: str) -> Lexicon:
    lists = dict(table(f"times_{language}"))
    months = _numbered({**lists["months"], **lists["short_months"], **lists["ambiguous_months"]})
    units = cast(ByWord[PeriodUnit], ByWord(inverted(lists["units"])))
    names: tuple[Modifier, ...] = ("last", "this", "next")
    modifiers = ByWord({word: name for name in names for word in _inflected(lists, name)})
    counts = _counts(language, lists)
    endings = ("", "n", "r", "s", "m") if language == "de" else ("",)
    ordinals = ByWord(
        {stem + ending: number for stem, number in _numbered(lists["ordinals"]).items() for ending in endings}
    )
    found = Lexicon(
        language=language, lists=lists, months=months, weekdays=_numbered(lists["weekdays"]), units=units,
        plural=frozenset(lists["plural_units"]), modifiers=modifiers, counts=counts, ordinals=ordinals,
        parts=cast(ByWord[Part], ByWord(lists["parts"])), seasons=_numbered(lists["seasons"]),
        season_parts=cast(ByWord[Part], ByWord(lists["season_parts"])), holidays=ByWord(inverted(lists["holidays"])),
        decades=_numbered(lists["decades"]), centuries=_numbered(lists["centuries"]), pieces={},
    )  # fmt: skip
    found.pieces.update(_pieces(found))
    return found


def _numbered(words: dict[str, str]) -> ByWord[int]:
    return ByWord({word: int(number) for word, number in words.items()})


def _inflected(lists: dict[str, Any], name: str) -> list[str]:
    return [stem + ending for stem in lists[name] for ending in lists.get("endings", [""])]


def _counts(language: str, lists: dict[str, Any]) -> dict[str, float | None]:
    small = {word: float(value) for word, value in small_numbers(language).items() if value}
    articles = table(f"numbers_{language}")["articles"]
    known: dict[str, float | None] = {**small, **dict.fromkeys(articles, 1.0), **dict.fromkeys(lists["vague_counts"])}
    known |= {words: float(value) for words, value in lists["counts"].items()}
    if language == "de":
        return known
    ones = {word: value for word, value in small.items() if value < 10}
    tens = {word: value for word, value in small.items() if value >= 20}
    known |= {f"{ten}-{one}": tens[ten] + ones[one] for ten in tens for one in ones}
    return known | {f"{one} and a half": value + 0.5 for one, value in ones.items()}


def _pieces(x: Lexicon) -> dict[str, str]:
    count = "[0-9]+(?:[.,][0-9]+)?|" + alternatives(x.counts)
    parts = "|".join(x.lists["day_parts"])
    genitive = "s?" if x.language == "de" else ""  # "des Sommers", but Summers is a name
    if x.language == "de":
        count += r"|[^\W\d_]*(?:und|hundert|tausend)[^\W\d_]*"
    return {
        "D": r"(?P<d>[0-9]{1,2})",
        "TH": "(?:st|nd|rd|th)",
        "AND": f"(?:{alternatives(x.lists['between_days'])}|[-–/])",
        "M": rf"(?P<m>(?:{alternatives(x.lists['short_months'])})\.|(?:{alternatives(x.months)}){END})",
        "MC": f"(?P<m>{alternatives(x.months)})",
        "MM": "(?P<mm>[01]?[0-9])",
        "Y": rf"(?P<y>{YEAR})(?![0-9]|[.,][0-9])",
        "YY": rf"(?P<y>{YEAR}|[0-9]{{2}})",
        "QY": rf"(?P<y>{YEAR}|(?<=['’/])[0-9]{{2}})(?![0-9]|[.,][0-9])",
        "RANGE": rf"(?P<y>{YEAR})\s?[-–/]\s?(?P<to>[0-9]{{4}}|[0-9]{{2}})",
        "DEC": "(?P<dec>(?:1[6-9]|20)[0-9]0|[3-9]0)",
        "W": rf"(?P<w>{alternatives(x.weekdays)})(?:s?[\s-]?(?:{parts}))?{END}",
        "U": rf"(?P<u>{alternatives(x.units)}){END}",
        "EDGE": rf"(?P<edge>{alternatives(x.units)}){END}",
        "IN": r"(?:(?<=early)|(?<=late))\sin",
        "N": rf"(?P<n>{count})(?![^\W_])",
        "O": rf"(?P<o>{alternatives(x.ordinals)}){END}",
        "P": rf"(?P<p>{alternatives(x.parts)}){END}",
        "S": rf"(?:(?P<sp>{alternatives(x.season_parts)})-?)?(?P<s>{alternatives(x.seasons)}){genitive}{END}",
        "HOL": f"(?P<hol>{alternatives(x.holidays)}){END}".replace("'", "['’]"),
        "EVENT": f"(?:{alternatives(x.lists['event_days'])}){END}",
        "CENT": rf"(?P<cent>{alternatives(x.centuries)}){END}",
        "DECW": rf"(?P<decw>{alternatives(x.decades)})",
        "LASTS": rf"(?:{alternatives(x.lists['length_verbs'])})",
        "RUN": rf"(?=(?:\s\w+){{0,2}}\s(?:{alternatives(x.lists['length_nouns'])}))",
        "MOD": rf"(?P<mod>{alternatives(x.modifiers)}){END}",
        "ABOUT": rf"(?:(?:{alternatives(x.lists['about'])})\s)?",
    }


# --- phrases ----------------------------------------

Phrase = tuple[list[str], TimeValue]


@lru_cache(maxsize=4)
def phrases(language: str) -> dict[str, list[Phrase]]:
    """First word → the phrases that begin with it and what they say, the longest first."""
    lists = table(f"times_{language}")
    found: dict[str, list[Phrase]] = {}
    for text, value in _phrase_values(lists):
        words = tokens(text).words
        found.setdefault(words[0], []).append((words, value))
    for listed in found.values():
        listed.sort(key=lambda phrase: -len(phrase[0]))
    return found


def _phrase_values(lists: Mapping[str, Any]) -> list[tuple[str, TimeValue]]:
    def each(heading: str, value: TimeValue) -> list[tuple[str, TimeValue]]:
        return [(text, value) for text in lists[heading]]

    pairs = each("overnight", Overnight()) + each("ever", Ever()) + each("since_year_start", Since(YearStart()))
    pairs += each("until_now", Until(RelativeDay(0))) + each("until_year_end", Until(YearPart(None, "end")))
    pairs += [(text, RelativeDay(int(offset))) for text, offset in lists["relative_day"].items()]
    pairs += [(text, RelativeDay(-1, sessions=True)) for text in lists["previous_session"]]
    pairs += [(text, Weekday(int(day), "this")) for text, day in lists["this_weekday"].items()]
    pairs += [(text, Year(int(year))) for text, year in lists["years"].items()]
    pairs += [(text, Weekday(int(day))) for text, day in lists["day_of_week"].items()]
    for unit, listed in lists["neighbour"].items():
        pairs += [(text, Neighbour(unit, int(offset))) for text, offset in listed.items()]
    for unit, listed in lists["period_part"].items():
        pairs += [(text, RelativePeriod(unit, 0, part)) for text, part in listed.items()]
    pairs += [(text, YearPart(None, part)) for text, part in lists["year_part"].items()]
    pairs += [(text, Quarter(None, int(quarter))) for text, quarter in lists["quarter"].items()]
    for unit, listed in lists["since_period"].items():
        pairs += [(text, Since(RelativePeriod(unit, 0))) for text in listed]
    pairs += [(text, Ago(1.0, unit)) for text, unit in lists["ago"].items()]
    for unit, listed in lists["relative_period"].items():
        pairs += [(text, RelativePeriod(unit, int(offset))) for text, offset in listed.items()]
    for part, listed in lists["session"].items():
        pairs += [(text, SessionPart(cast(TradingPart, part))) for text in listed]
    for length, listed in lists["duration_phrases"].items():
        count, unit = length.split()
        pairs += [(text, Duration(None if count == "-" else float(count), cast(PeriodUnit, unit))) for text in listed]
    return pairs


@lru_cache(maxsize=4)
def idioms(language: str) -> dict[str, list[list[str]]]:
    """First word → the idioms that begin with it, as tokens: times by their words that name none."""
    found: dict[str, list[list[str]]] = {}
    for text in table(f"times_{language}")["idioms"]:
        words = tokens(text).words
        found.setdefault(words[0], []).append(words)
    return found


@lru_cache(maxsize=512)
def compiled(pattern: str, language: str) -> re.Pattern[str]:
    """A form's pattern with its ``<NAME>`` pieces filled in; most of them are needed in no one text."""
    pieces = lexicon(language).pieces
    return re.compile(re.sub(r"<([A-Z]+)>", lambda piece: pieces[piece[1]], pattern), re.IGNORECASE)
