"""The forms of time expressions with a variable part: a pattern, the words it may begin with, what it says.

A pattern is matched where one of its first words stands, never searched for. ``<M>`` and the like are pieces of the lexicon:
D day, M month, Y year, W weekday, U unit, N count, O ordinal, P part, S season, MOD last/this/next.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple, cast

from analyzer.text.time_lexicon import Lexicon, compiled, lexicon
from analyzer.text.time_values import (
    Ago, Between, Day, Duration, Ever, HalfYear, Modifier, Month, Part, PeriodUnit, Quarter, RelativeDay, RelativePeriod, Side, Since,
    TimeValue, Weekday, Year, YearPart,
)  # fmt: skip
from analyzer.text.tokens import tokens

Match = re.Match[str]
Build = Callable[[Match, Lexicon], TimeValue | None]
OFFSETS: dict[Modifier, int] = {"last": -1, "this": 0, "next": 1}
SIDES: dict[Modifier, Side | None] = {"last": "past", "this": None, "next": "future"}
DIGIT, HIGH_OR_LOW = "#", "~"
"""Triggers of forms that begin with a digit, and with a word that ends in "hoch" or "tief"."""


class Form(NamedTuple):
    """``first``: headings of the lexicon or plain words, with one of which the expression begins."""

    first: str
    pattern: str
    build: Build


# --- what a match says -----------------------------------------------------------------------------------------------------


def _group(m: Match, name: str) -> str | None:
    return m.groupdict().get(name)


def year_of(m: Match) -> int | None:
    written = _group(m, "y")
    if written is None:
        return None
    if len(written) == 4:
        return int(written)
    return int(written) + (2000 if int(written) < 70 else 1900)


def month_of(m: Match, x: Lexicon) -> int:
    return x.months[m["m"].lower().rstrip(".")]


def day(m: Match, x: Lexicon) -> TimeValue | None:
    numeric = _group(m, "mm")
    if not numeric and m["m"][0].islower():
        return None
    month = int(numeric) if numeric else month_of(m, x)
    year, number = year_of(m), int(m["d"])
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(year or 2000, month)[1]:
        return None
    return Day(year, month, number)


def month(m: Match, x: Lexicon) -> TimeValue | None:
    return Month(year_of(m), month_of(m, x)) if m["m"][0].isupper() else None


def quarter(m: Match, x: Lexicon) -> TimeValue | None:
    return Quarter(year_of(m), int(m["q"]) if _group(m, "q") else x.ordinals[m["o"].lower()])


def half(m: Match, x: Lexicon) -> TimeValue | None:
    which = int(m["h"]) if _group(m, "h") else x.ordinals[m["o"].lower()]
    return HalfYear(year_of(m), which) if which <= 2 else None


def year(m: Match, x: Lexicon) -> TimeValue | None:
    return Year(int(m["y"]))


def years(m: Match, x: Lexicon) -> TimeValue | None:
    """ "2006-2008", "2008/09"."""
    first, written = int(m["y"]), m["to"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    return Between(Year(first), Year(last)) if first < last < first + 100 else None


def decade(m: Match, x: Lexicon) -> TimeValue | None:
    """ "1990s"; "late 1970s" are the last three years, "early" the first four, "mid" the three between; "1900s" a century."""
    written, third = m["dec"], _group(m, "third")
    first = int(written) if len(written) == 4 else 1900 + int(written)
    if third is None:
        within = (0, 99) if first % 100 == 0 and first < 2000 else (0, 9)
    else:
        within = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[_third(third)]
    return Between(Year(first + within[0]), Year(first + within[1]))


def _third(words: str) -> str:
    word = words.lower()
    return "early" if word.startswith(("früh", "earl", "anf")) else "late" if word.startswith(("spät", "late", "end")) else "mid"


def season(m: Match, x: Lexicon) -> TimeValue | None:
    year, first = int(m["y"]), x.seasons[m["s"].lower()]
    return Between(Month(year, first), Month(year, first + 2))


def weekday(m: Match, x: Lexicon) -> TimeValue | None:
    modifier = _group(m, "mod")
    return Weekday(x.weekdays[m["w"].lower()], x.modifiers[modifier.lower()] if modifier else None) if m["w"][0].isupper() else None


def period(m: Match, x: Lexicon) -> TimeValue | None:
    """ "letzte Woche", "this year"; in the plural ("in den letzten Wochen") a length."""
    unit, modifier = x.units[m["u"].lower()], x.modifiers[m["mod"].lower()]
    if m["u"].lower() in x.plural or (unit in ("day", "session") and modifier != "this"):
        return length(m, x)
    return None if unit in ("day", "session", "minute", "hour") else RelativePeriod(unit, OFFSETS[modifier])


def part_of_period(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Ende des Jahres" is a part of the year, "Ende dieser Woche" the week, "late last year" last year."""
    modifier = x.modifiers[m["mod"].lower()] if _group(m, "mod") else "this"
    unit = x.units[m["u"].lower()]
    if unit == "year" and modifier == "this":
        return YearPart(None, x.parts[m["p"].lower()])
    return None if m["u"].lower() in x.plural or unit in ("day", "session") else RelativePeriod(unit, OFFSETS[modifier])


def year_part(m: Match, x: Lexicon) -> TimeValue | None:
    return YearPart(year_of(m), cast(Part, x.parts[m["p"].lower()]))


def length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "in den vergangenen drei Monaten", "within a year", "weeks"."""
    modifier = _group(m, "mod")
    side = SIDES[x.modifiers[modifier.lower()]] if modifier else None
    if modifier and side is None:
        return None
    many = _count(m, x)
    unit = x.units[m["u"].lower()]
    if many is None and m["u"].lower() not in x.plural:
        return Duration(1.0, unit, side) if modifier and _group(m, "n") is None and unit not in ("day", "session") else None
    return Duration(many, unit, side)


def _count(m: Match, x: Lexicon) -> float | None:
    return x.count(m["n"]) if _group(m, "n") else None


def plural_length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "in den letzten Wochen", "in den letzten drei Wochen"; "in der letzten Woche" is the week itself."""
    return length(m, x) if m["u"].lower() in x.plural or _group(m, "n") else None


def past_length(m: Match, x: Lexicon) -> TimeValue | None:
    return Duration(_count(m, x), x.units[m["u"].lower()], "past")


def future_length(m: Match, x: Lexicon) -> TimeValue | None:
    return Duration(_count(m, x), x.units[m["u"].lower()], "future")


def ago(m: Match, x: Lexicon) -> TimeValue | None:
    many, unit = _count(m, x), x.units[m["u"].lower()]
    if many is None:
        return Duration(None, unit, "past") if m["u"].lower() in x.plural else None
    return Ago(many, unit)


def since_ago(m: Match, x: Lexicon) -> TimeValue | None:
    value = ago(m, x)
    return Since(value) if isinstance(value, Ago) else value


def compound_high(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Zehnjahrestief", "52-Wochen-Hoch": the past stretch that the high or low is one of."""
    stem: dict[str, PeriodUnit] = {"jahr": "year", "mona": "month", "woch": "week", "tage": "day", "quar": "quarter"}
    many = None if m["n"].lower() == "mehr" else x.count(m["n"])
    return Duration(many, stem[m["unit"][:4].lower()], "past")


def session(m: Match, x: Lexicon) -> TimeValue | None:
    return Duration(1.0, "session")


def ever(m: Match, x: Lexicon) -> TimeValue | None:
    return Ever() if m["after"][0].islower() else None


def tomorrow(m: Match, x: Lexicon) -> TimeValue | None:
    return RelativeDay(1) if m[0][0].islower() else None


# --- the forms -----------------------------------------------------------------------------------------------------------------

COMMON = (
    Form(DIGIT, r"(?P<y>(?:1[6-9]|20)[0-9]{2})-(?P<mm>[0-9]{2})-(?P<d>[0-9]{2})(?![0-9])", day),
    Form(DIGIT, r"<D>\.\s?(?P<mm>[01]?[0-9])\.\s?(?P<y>(?:1[6-9]|20)[0-9]{2}|[0-9]{2})(?![0-9])", day),
    Form(DIGIT, r"(?P<y>(?:1[6-9]|20)[0-9]{2})\s?[-–/]\s?(?P<to>[0-9]{4}|[0-9]{2})(?![%\w]|[-.,][0-9])", years),
    Form(DIGIT, r"<Y>(?!\w)", year),
    Form("q", r"Q(?P<q>[1-4])(?:[\s/]?<Y>)?(?!\w)", quarter),
    Form("h", r"H(?P<h>[12])(?:[\s/]?<Y>)?(?!\w)", half),
)
GERMAN = (
    Form(DIGIT, r"<D>\.\s?<M>(?:\s<Y>|\sdieses\sJahres)?", day),
    Form(DIGIT, r"<D>\.(?P<mm>[01]?[0-9])\.(?![0-9])", day),
    Form(DIGIT, r"(?P<q>[1-4])\.\sQuartals?(?:\s<Y>)?", quarter),
    Form(DIGIT, r"(?P<h>[12])\.\s(?:Halbjahr(?:e?s)?|Jahreshälfte)(?:\s<Y>)?", half),
    Form(DIGIT, r"(?P<dec>(?:1[6-9]|20)[0-9]0|[3-9]0)er(?:[\s-]Jahren?)?(?!\w)", decade),
    Form(
        "frühe frühen späte späten mittleren anfang mitte ende",
        r"(?P<third>frühen?|späten?|mittleren|Anfang\sder|Mitte\sder|Ende\sder)\s(?P<dec>(?:1[6-9]|20)[0-9]0|[3-9]0)er(?:[\s-]Jahren?)?(?!\w)",
        decade,
    ),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:lang|in\sFolge|hintereinander|nacheinander)\b", length),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:zuvor|früher)\b", ago),
    Form(f"{DIGIT} {HIGH_OR_LOW}", r"(?P<n>[0-9]+|[^\W\d_]+?)-?(?P<unit>Jahre?s|Monats|Wochen|Tages?|Quartals)-?(?:Hoch|Tief)\w*", compound_high),
    Form("weekdays", r"<W>,?\s(?:de[mnr]\s)?<D>\.\s?<M>(?:,?\s<Y>)?", day),
    Form("weekdays", r"<W>,?\s(?:de[mnr]\s)?<D>\.(?P<mm>[01]?[0-9])\.(?P<y>(?:1[6-9]|20)[0-9]{2}|[0-9]{2})?(?![0-9])", day),
    Form("weekdays", r"<W>\s(?:der\s)?<MOD>\sWoche\b", weekday),
    Form("weekdays", r"<W>", weekday),
    Form("modifiers", r"<MOD>\s<W>", weekday),
    Form("modifiers", r"<MOD>\s<N>\s<U>", length),
    Form("modifiers", r"<MOD>\s<U>", period),
    Form("modifiers jahr jahre jahren jahres", r"(?:<MOD>\s)?Jahr(?:e|es|en)?\s<Y>", year),
    Form("jahre jahren", r"Jahren?\s(?P<y>(?:1[6-9]|20)[0-9]{2})\s?[-–/]\s?(?P<to>[0-9]{4}|[0-9]{2})(?![0-9])", years),
    Form("in während über innerhalb binnen für", r"\w+\s(?:de[nmr]\s|die\s|das\s)?<MOD>\s(?:<N>\s)?<U>", plural_length),
    Form("parts", r"<P>\s(?:de[sr]\s)?(?:<MOD>\s)?<U>", part_of_period),
    Form("parts", r"<P>\s(?:des\sJahres\s|des\s)?<Y>", year_part),
    Form("parts", r"<P>\s(?:des\s(?:Monats\s)?)?<M>(?:\s<Y>)?", month),
    Form("months", r"<M>(?:\s(?:des\sJahres\s)?<Y>|\sdieses\sJahres)?", month),
    Form("ordinals", r"<O>\sQuartals?(?:\s(?:des\sJahres\s)?<Y>)?", quarter),
    Form("ordinals", r"<O>\s(?:Halbjahr(?:e?s)?|Jahreshälfte|Hälfte\sdes\sJahres)(?:\s<Y>)?", half),
    Form("vor", r"vor\s<ABOUT><N>\s<U>", ago),
    Form("vor", r"vor\s<U>", ago),
    Form("binnen innerhalb in", r"(?:binnen|innerhalb|in)\s(?:von\s)?<ABOUT><N>\s(?:einzigen\s)?<U>", length),
    Form("binnen innerhalb", r"(?:binnen|innerhalb)\s(?:von\s)?<U>", length),
    Form("seit", r"seit\s<ABOUT><N>\s<U>", since_ago),
    Form("seit", r"seit\s<U>", since_ago),
    Form("über für", r"(?:über|für)\s<ABOUT>(?:<N>\s)?<U>(?:\shinweg)?", length),
    Form("seasons", r"<S>s?\s(?:des\sJahres\s)?<Y>", season),
    Form("je", r"je(?=\s(?P<after>(?:ge|ver|er|be|registr|notier)\w+))", ever),
    Form("morgen", r"morgen\b", tomorrow),
)
ENGLISH = (
    Form(DIGIT, r"<D>(?:st|nd|rd|th)?(?:\sof)?\s<M>(?:,?\s<Y>|\s(?:of\s)?this\syear)?", day),
    Form(DIGIT, r"(?P<mm>[01]?[0-9])/<D>/(?P<y>(?:1[6-9]|20)[0-9]{2}|[0-9]{2})(?![0-9])", day),
    Form(DIGIT, r"<D>/(?P<mm>[01]?[0-9])/(?P<y>(?:1[6-9]|20)[0-9]{2}|[0-9]{2})(?![0-9])", day),
    Form(DIGIT, r"(?P<q>[1-4])Q(?P<y>[0-9]{2}|20[0-9]{2})(?!\w)", quarter),
    Form(DIGIT, r"(?P<h>[12])H(?P<y>[0-9]{2}|20[0-9]{2})(?!\w)", half),
    Form(DIGIT, r"(?P<dec>(?:1[6-9]|20)[0-9]0|[3-9]0)s(?!\w)", decade),
    Form("early mid late", r"(?P<third>early|mid|late)[\s-](?P<dec>(?:1[6-9]|20)[0-9]0|[3-9]0)s(?!\w)", decade),
    Form(f"{DIGIT} counts", r"<N>[\s-]<U>\s(?:ago|earlier|previously)\b", ago),
    Form("units", r"<U>\s(?:ago|earlier)\b", ago),
    Form(f"{DIGIT} counts", r"<N>\s<U>\sfrom\snow\b", future_length),
    Form(f"{DIGIT} counts", r"<N>\s(?:straight|consecutive|successive)\s<U>", length),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:in\sa\srow|running)\b", length),
    Form(f"{DIGIT} counts", r"<N>-<U>[\s-](?:high|low|peak|trough)s?\b", past_length),
    Form("months", r"<M>\s<D>(?:st|nd|rd|th)?(?![0-9%.,]?[0-9%])(?:,?\s<Y>)?", day),
    Form("months", r"<M>(?:(?:,|\sof)?\s<Y>|\s(?:of\s)?this\syear)?", month),
    Form("weekdays", r"<W>,?\s(?:the\s)?<M>\s<D>(?:st|nd|rd|th)?(?![0-9%])(?:,?\s<Y>)?", day),
    Form("weekdays", r"<W>,?\s(?:the\s)?<D>(?:st|nd|rd|th)?(?:\sof)?\s<M>(?:,?\s<Y>)?", day),
    Form("weekdays", r"<W>\s(?:of\s)?<MOD>\sweek\b", weekday),
    Form("weekdays", r"<W>", weekday),
    Form("modifiers", r"<MOD>\s<W>", weekday),
    Form("modifiers", r"<MOD>\s<N>\s<U>", length),
    Form("modifiers", r"<MOD>\s<U>", period),
    Form("one single", r"(?:one|single)\sday(?=\s(?:drop|fall|loss|gain|rise|jump|slide|plunge|decline|move|rally))", session),
    Form("the", r"the\s(?P<mod>past|coming)\s(?:<N>\s)?<U>", length),
    Form("the", r"the\s<MOD>\s<N>\s<U>", length),
    Form("the", r"the\s(?P<n>[^\W\d_]+)\s<U>\sahead\b", future_length),
    Form("over in during for within through", r"\w+\sthe\s(?P<mod>last|past|next|coming)\s(?:<N>\s)?<U>", length),
    Form("over in during for within through", r"\w+\s<MOD>\s<N>\s<U>", length),
    Form("over in during", r"\w+\srecent\s<U>", past_length),
    Form("parts", r"<P>(?:[\s-]of)?(?:\sthe)?\s(?:<MOD>\s)?<U>", part_of_period),
    Form("parts", r"<P>(?:\sof|\sin)?[\s-](?:the\syear\s)?<Y>", year_part),
    Form("parts", r"<P>(?:\sof|\sin)?[\s-]<M>(?:,?\s<Y>)?", month),
    Form("year", r"year\s<Y>", year),
    Form("ordinals", r"<O>[\s-]quarter(?:\s(?:of\s)?<Y>|\sof\sthe\syear)?\b", quarter),
    Form("ordinals", r"<O>[\s-]half(?:\s(?:of\s)?<Y>|\sof\sthe\syear|\sof\sthis\syear|\sof\syear)?\b", half),
    Form("within", r"within\s<ABOUT>(?:<N>\s)?<U>", length),
    Form("in", r"in\s<ABOUT>(?:just\s|a\ssingle\s)?<N>\s(?:short\s|single\s)?<U>(?:['’]s?\stime)?", length),
    Form("for over", r"(?:for|over)\s<ABOUT><N>\s<U>", length),
    Form("for", r"for\s<U>", ago),
    Form("seasons", r"<S>\s(?:of\s)?<Y>", season),
)


@lru_cache(maxsize=4)
def forms(language: str) -> dict[str, list[tuple[re.Pattern[str], Build]]]:
    """First word → the patterns that may begin with it, and what they say."""
    x = lexicon(language)
    found: dict[str, list[tuple[re.Pattern[str], Build]]] = {}
    for form in (*COMMON, *(GERMAN if language == "de" else ENGLISH)):
        pattern = compiled(form.pattern, x)
        for word in dict.fromkeys(word for heading in form.first.split() for word in _first_words(heading, x)):
            found.setdefault(word, []).append((pattern, form.build))
    return found


def _first_words(heading: str, x: Lexicon) -> Iterable[str]:
    """The words of a heading of the lexicon, else the heading itself; of several words the first."""
    headings: dict[str, Iterable[str]] = {
        "months": x.months, "weekdays": _weekday_words(x), "units": x.units, "modifiers": x.modifiers, "counts": x.counts,
        "ordinals": x.ordinals, "parts": x.parts, "seasons": _season_words(x),
    }  # fmt: skip
    return (tokens(word).words[0] for word in headings.get(heading, (heading,)))


def _weekday_words(x: Lexicon) -> Iterable[str]:
    """ "montag", and in German "montagabend", "freitagshandel"."""
    parts = x.lists["day_parts"] if x.language == "de" else []
    return (weekday + part for weekday in x.weekdays for part in ("", *parts))


def _season_words(x: Lexicon) -> Iterable[str]:
    return (season + ending for season in x.seasons for ending in ("", "s"))
