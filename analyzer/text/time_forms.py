"""The forms of time expressions with a variable part: a pattern, the words it may begin with, what it says.

A pattern is matched where one of its first words stands, never searched for. ``<M>`` and the like are pieces of the
lexicon: D day (TH its ending, AND between two), M month (MM in digits), Y year (YY also of two digits, QY so behind a
mark), RANGE two years, DEC decade, W weekday, U unit, N count, O ordinal, P part, S season, MOD last/this/next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from analyzer.text import time_meanings as says
from analyzer.text.time_lexicon import Lexicon, compiled, lexicon
from analyzer.text.time_values import TimeValue
from analyzer.text.tokens import tokens

Build = Callable[[re.Match[str], Lexicon], TimeValue | None]
DIGIT, HIGH_OR_LOW = "#", "~"
"""Triggers of forms that begin with a digit, and with a word that ends in "hoch" or "tief"."""


class Form(NamedTuple):
    """``first``: headings of the lexicon or plain words, with one of which the expression begins."""

    first: str
    pattern: str
    build: Build


COMMON = (
    Form(DIGIT, r"(?P<y>(?:1[6-9]|20)[0-9]{2})(?P<by>[-/])(?P<mm>[0-9]{2})(?P=by)(?P<d>[0-9]{2})(?![0-9])", says.day),
    Form(DIGIT, r"<D>\.\s?<MM>\.\s?<YY>(?![0-9])", says.day),
    Form(DIGIT, r"<RANGE>(?![%\w]|[-.,][0-9])", says.years),
    Form(DIGIT, r"<Y>(?!\w)", says.year),
    Form("q", r"Q(?P<q>[1-4])(?:[\s/]?(?:of\s)?['’]?<QY>)?(?!\w)", says.quarter),
    Form("h", r"H(?P<h>[12])(?:[\s/]?(?:of\s)?['’]?<QY>)?(?!\w)", says.half),
)
GERMAN = (
    Form(DIGIT, r"<D>\.\s?<M>(?:\s<Y>|\sdieses\sJahres)?", says.day),
    Form(DIGIT, r"<D>\.\s?<AND>\s?(?P<to>[0-3]?[0-9])\.\s?<M>(?:\s<Y>)?", says.days),
    Form(DIGIT, r"<D>\.\s?<AND>\s?(?P<to>[0-3]?[0-9])\.\s?<MM>\.(?:\s?<YY>)?(?![0-9])", says.days),
    Form(DIGIT, r"<D>\.<MM>\.(?![0-9])", says.day),
    Form(DIGIT, r"(?P<q>[1-4])\.\sQuartals?(?:\s(?:des\sJahres\s)?<Y>)?", says.quarter),
    Form(DIGIT, r"(?P<h>[12])\.\s(?:Halbjahr(?:e?s)?|Jahreshälfte)(?:\s(?:des\sJahres\s)?<Y>)?", says.half),
    Form(DIGIT, r"<DEC>er(?:[\s-]Jahren?)?(?!\w)", says.decade),
    Form(
        "frühe frühen späte späten mittleren anfang mitte ende",
        r"(?P<third>frühen?|späten?|mittleren|Anfang\sder|Mitte\sder|Ende\sder)\s<DEC>er(?:[\s-]Jahren?)?(?!\w)",
        says.decade,
    ),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:lang|in\sFolge|hintereinander|nacheinander)\b", says.length),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:zuvor|früher)\b", says.ago),
    Form(
        f"{DIGIT} {HIGH_OR_LOW}",
        r"(?P<n>[0-9]+|[^\W\d_]+?)-?(?P<unit>Jahre?s|Monats|Wochen|Tages?|Quartals)-?(?:Hoch|Tief)\w*",
        says.compound_high,
    ),
    Form("weekdays", r"<W>,?\s(?:de[mnr]\s)?<D>\.\s?<M>(?:,?\s<Y>)?", says.day),
    Form(
        "weekdays",
        r"<W>,?\s(?:de[mnr]\s)?<D>\.<MM>\.<YY>?(?![0-9])",
        says.day,
    ),
    Form("weekdays", r"<W>\s(?:der\s)?<MOD>\sWoche\b", says.weekday),
    Form("weekdays", r"<W>", says.weekday),
    Form("modifiers", r"<MOD>\s<W>", says.weekday),
    Form("modifiers", r"<MOD>\s<N>\s<U>", says.length),
    Form("modifiers", r"<MOD>\s<U>", says.period),
    Form("modifiers jahr jahre jahren jahres", r"(?:<MOD>\s)?Jahr(?:e|es|en)?\s<Y>", says.year),
    Form(
        "jahre jahren",
        r"Jahren?\s<RANGE>(?![0-9])",
        says.years,
    ),
    Form(
        "in während über innerhalb binnen für",
        r"\w+\s(?:de[nmr]\s|die\s|das\s)?<MOD>\s(?:<N>\s)?<U>",
        says.plural_length,
    ),
    Form("parts", r"<P>\s(?:de[sr]\s)?(?:<MOD>\s)?<U>", says.part_of_period),
    Form("parts", r"<P>\s(?:des\sJahres\s|des\s)?<Y>", says.year_part),
    Form("parts", r"<P>\s(?:des\s(?:Monats\s)?)?<M>(?:\s<Y>)?", says.month),
    Form("months", r"<M>(?:\s(?:des\sJahres\s)?<Y>|\sdieses\sJahres)?", says.month),
    Form("year_parts", r"(?P<yp>\w+)\s<Y>", says.year_part),
    Form("ordinals", r"<O>\sQuartals?(?:\s(?:des\sJahres\s)?<Y>)?", says.quarter),
    Form("quarters", r"(?P<name>\w+)\s(?:des\sJahres\s)?<Y>", says.quarter),
    Form("ordinals", r"<O>\s(?:Halbjahr(?:e?s)?|Jahreshälfte)(?:\s(?:des\sJahres\s)?<Y>)?", says.half),
    Form("ordinals", r"<O>\sHälfte\sdes\sJahres(?:\s<Y>)?", says.half),
    Form(
        "ersten letzten in während über für",
        r"(?:\w+\s(?:den|der|die)\s)?(?P<side>ersten|letzten)\s<N>\sMonaten?\s"
        r"(?:(?:des\sJahres\s)?<Y>|des\sJahres\b|dieses\sJahres\b|des\slaufenden\sJahres\b)",
        says.months_of_year,
    ),
    Form("vor", r"vor\s<ABOUT><N>\s<U>", says.ago),
    Form("vor", r"vor\s<U>", says.ago),
    Form("binnen innerhalb in", r"(?:binnen|innerhalb|in)\s(?:von\s)?<ABOUT><N>\s(?:einzigen\s)?<U>", says.length),
    Form("binnen innerhalb", r"(?:binnen|innerhalb)\s(?:von\s)?<U>", says.length),
    Form("seit", r"seit\s<ABOUT><N>\s<U>", says.since_ago),
    Form("seit", r"seit\s<U>", says.since_ago),
    Form("über für", r"(?:über|für)\s<ABOUT>(?:<N>\s)?<U>(?:\shinweg)?(?!\s(?:zuvor|früher)\b)", says.length),
    Form("seasons", r"<S>s?\s(?:des\sJahres\s)?<Y>", says.season),
    Form("je", r"je(?=\s(?P<after>(?:ge|ver|er|be|registr|notier)\w+))", says.ever),
    Form("morgen", r"morgen\b", says.tomorrow),
)
ENGLISH = (
    Form(DIGIT, r"<D><TH>?(?:\sof)?\s<M>(?:,?\s<Y>|\s(?:of\s)?this\syear)?", says.day),
    Form(DIGIT, r"<D>-<M>-<YY>(?![0-9])", says.day),
    Form(DIGIT, r"(?P<one>[0-3]?[0-9])/(?P<other>[0-3]?[0-9])/<YY>(?![0-9])", says.slashed),
    Form(DIGIT, r"<D><TH>?\s?<AND>\s?(?P<to>[0-3]?[0-9])<TH>?(?:\sof)?\s<M>(?:,?\s<Y>)?", says.days),
    Form(DIGIT, r"(?P<q>[1-4])Q(?P<y>[0-9]{2}|20[0-9]{2})(?!\w)", says.quarter),
    Form(DIGIT, r"(?P<q>[1-4])Q\s<Y>(?!\w)", says.quarter),
    Form(DIGIT, r"(?P<h>[12])H(?P<y>[0-9]{2}|20[0-9]{2})(?!\w)", says.half),
    Form(DIGIT, r"<DEC>s(?!\w)", says.decade),
    Form("early mid late", r"(?P<third>early|mid|late)[\s-]<DEC>s(?!\w)", says.decade),
    Form(f"{DIGIT} counts", r"<N>[\s-]<U>\s(?:ago|earlier|previously)\b", says.ago),
    Form("units", r"<U>\s(?:ago|earlier)\b", says.ago),
    Form(f"{DIGIT} counts", r"<N>\s<U>\sfrom\snow\b", says.future_length),
    Form(f"{DIGIT} counts", r"<N>\s(?:straight|consecutive|successive)\s<U>", says.length),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:in\sa\srow|running)\b", says.length),
    Form(f"{DIGIT} counts", r"<N>-<U>[\s-](?:high|low|peak|trough)s?\b", says.past_length),
    Form("months", r"<M>\s<D><TH>?(?![0-9%.,]?[0-9%])(?:,?\s<Y>)?", says.day),
    Form("months", r"<M>\s<D>\s?<AND>\s?(?P<to>[0-3]?[0-9])(?![0-9%])(?:,?\s<Y>)?", says.days),
    Form("months", r"<M>(?:(?:,|\sof)?\s<Y>|\s(?:of\s)?this\syear)?", says.month),
    Form("weekdays", r"<W>,?\s(?:the\s)?<M>\s<D><TH>?(?![0-9%])(?:,?\s<Y>)?", says.day),
    Form("weekdays", r"<W>,?\s(?:the\s)?<D><TH>?(?:\sof)?\s<M>(?:,?\s<Y>)?", says.day),
    Form("weekdays", r"<W>\s(?:of\s)?<MOD>\sweek\b", says.weekday),
    Form("weekdays", r"<W>", says.weekday),
    Form("modifiers", r"<MOD>\s<W>", says.weekday),
    Form("modifiers", r"<MOD>\s<N>\s<U>", says.length),
    Form("modifiers", r"<MOD>\s<U>", says.period),
    Form(
        "one single",
        r"(?:one|single)\sday(?=\s(?:drop|fall|loss|gain|rise|jump|slide|plunge|decline|move|rally))",
        says.session,
    ),
    Form("the", r"the\s(?P<mod>past|coming)\s(?:<N>\s)?<U>", says.length),
    Form("the", r"the\s<MOD>\s<N>\s<U>", says.length),
    Form("the", r"the\s(?P<n>[^\W\d_]+)\s<U>\sahead\b", says.future_length),
    Form("over in during for within through", r"\w+\sthe\s(?P<mod>last|past|next|coming)\s(?:<N>\s)?<U>", says.length),
    Form("over in during for within through", r"\w+\s<MOD>\s<N>\s<U>", says.length),
    Form("over in during", r"\w+\srecent\s<U>", says.past_length),
    Form("parts", r"<P>(?:[\s-]of)?(?:\sthe)?\s(?:<MOD>\s)?<U>", says.part_of_period),
    Form("parts", r"<P>(?:\sof|\sin)?[\s-](?:the\syear\s)?<Y>", says.year_part),
    Form("parts", r"<P>(?:\sof|\sin)?[\s-]<M>(?:,?\s<Y>)?", says.month),
    Form("year", r"year\s<Y>", says.year),
    Form("year", r"(?P<yp>year[\s-]end)\s<Y>", says.year_part),
    Form("in", r"in\s(?:[^\W\d_]+[.'’-]?s?\s){1,3}history\b", says.in_history),
    Form("ordinals", r"<O>[\s-]quarter(?:\s(?:of\s)?<Y>|\sof\sthe\syear)?\b", says.quarter),
    Form("ordinals", r"<O>[\s-]half(?:\s(?:of\s)?<Y>|\sof\sthe\syear|\sof\sthis\syear|\sof\syear)?\b", says.half),
    Form(
        "first last final the in over during for",
        r"(?:(?:\w+\s)?the\s)?(?P<side>first|last|final)\s<N>\smonths\sof\s(?:<Y>|(?:the|this)\syear\b)",
        says.months_of_year,
    ),
    Form("within", r"within\s<ABOUT>(?:<N>\s)?<U>", says.length),
    Form("in", r"in\s<ABOUT>(?:just\s|a\ssingle\s)?<N>\s(?:short\s|single\s)?<U>(?:['’]s?\stime)?", says.length),
    Form("for over", r"(?:for|over)\s<ABOUT><N>\s<U>(?!\s(?:ago|earlier|previously)\b)", says.length),
    Form("for", r"for\s<U>", says.ago),
    Form("seasons", r"<S>\s(?:of\s)?<Y>", says.season),
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
        "months": x.months, "weekdays": _weekday_words(x), "units": x.units, "modifiers": x.modifiers,
        "counts": x.counts, "year_parts": x.lists["year_part"], "ordinals": x.ordinals, "parts": x.parts,
        "seasons": _season_words(x), "quarters": x.lists["quarter"],
    }  # fmt: skip
    return (tokens(word).words[0] for word in headings.get(heading, (heading,)))


def _weekday_words(x: Lexicon) -> Iterable[str]:
    """ "montag", and in German "montagabend", "freitagshandel"."""
    parts = x.lists["day_parts"] if x.language == "de" else []
    return (weekday + part for weekday in x.weekdays for part in ("", *parts))


def _season_words(x: Lexicon) -> Iterable[str]:
    return (season + ending for season in x.seasons for ending in ("", "s"))
