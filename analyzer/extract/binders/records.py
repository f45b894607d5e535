"""Records and extremes: "highest since", "largest ever", "third worst"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from analyzer.extract.binders.common import default_moment, named_of
from analyzer.extract.binders.levels import FIRST_TIME
from analyzer.extract.binders.moves import moves
from analyzer.extract.binders.spans import beginning
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.roles import direction_near, parts
from analyzer.extract.sessions import session_upto
from analyzer.extract.time_words import peak_span
from analyzer.extract.windows import Moment
from analyzer.market.instruments import Instrument
from analyzer.model import Basis

ORDINALS = {
    "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip


LOW_WORDS = re.compile(
    r"\b(\w*tief\w*|niedrigst\w*|lowest|new lows?|record low|all-time low|schwächst\w*|below zero)\b", re.IGNORECASE
)
HIGH_WORDS = re.compile(
    r"\b(\w*hoch\w*|höchst\w*|\w*höchstst\w*|highest|new highs?|all-time high\w*|record high\w*)\b", re.IGNORECASE
)
MOVE_RECORD = re.compile(
    r"\b(tagesverlust\w*|tagesgewinn\w*|verlust\w*|gewinn\w*|tag|day|day's|one-day|drop|fall|gain|loss|decline|rise|"
    r"jump|rally|the most since|most since|rout|sell-?off|kurssturz\w*|einbruch\w*|absturz|sprung|week|woche|month|"
    r"monat|quarter|quartal|year|jahr|returns?)\b",
    re.IGNORECASE,
)
WORST = re.compile(r"\b(schlechtest\w*|schlimmst\w*|worst|schwächst\w*)\b", re.IGNORECASE)
POINT = re.compile(r"\b(?:point (?:drop|fall|loss|gain|rise)|in points|in punkten|nach punkten)\b", re.IGNORECASE)
FASTEST = re.compile(r"\b(?:fastest|quickest|swiftest|schnellst\w*)\b", re.IGNORECASE)
"""A rank of speed, which no check has."""
COUNT = re.compile(
    r"\b\d+(?:st|nd|rd|th) record|\b\d+[- ]?mal\b.*\brekord|\brekord.*\b\d+[- ]?mal\b|\b\d+ times\b.*\brecord"
    r"|\b(?:\d+|zwei|drei|dutzende?|dozens? of|two|three) (?:record|rekord)\w*",
    re.IGNORECASE,
)
"""How often a record was set is no record of a day."""
BEST = re.compile(r"\b(best\w*|zweitbest\w*)\b", re.IGNORECASE)
PERIODS = (
    ("week", re.compile(r"\b(week|woche|wochen\w+)\b", re.IGNORECASE)),
    ("month", re.compile(r"\b(month|monat|monats\w+)\b", re.IGNORECASE)),
    ("quarter", re.compile(r"\b(quarter|quartal|quartals\w+)\b", re.IGNORECASE)),
    ("year", re.compile(r"\b(year|jahr|calendar year|börsenjahr)\b", re.IGNORECASE)),
)
ANY = re.compile(
    r"\b(any company|of any|any stock|no company|a company|k?ein unternehmen|eines (?:einzelnen )?unternehmens|"
    r"einer (?:einzelnen )?aktie|je ein)\b",
    re.IGNORECASE,
)


def records(context: Context) -> list[Draft]:
    """record_extreme for "highest since", "largest ever", "third worst"; its figures are tried as moves and levels."""
    clause = context.clause
    superlative = next((c for c in clause.cues if c.heading == "record"), None)
    named = single(named_of(context, superlative.start if superlative else clause.end))
    figures = moves(replace(context, days_only=True)) if parts(clause) else []
    if (
        COUNT.search(clause.text)
        or FASTEST.search(clause.text)
        or OTHER_RECORD.search(clause.text)
        or _of_a_peak(context)
    ):
        return figures
    first_time = FIRST_TIME.search(clause.text) and any(d.check == "level" for d in figures)
    if named is None or first_time:
        return figures
    instrument, basis = named
    moment = context.day(instrument) or default_moment(context, instrument)
    quantity, side = _quantity_and_side(context)
    if moment is None or quantity is None:
        return figures
    if quantity == "return" and _record_period(clause.text) is not None:
        figures = [
            d for d in figures if d.check != "session_return"
        ]  # "rose 4.4 percent for its best week since January"
    if superlative is not None and AFTER.search(clause.text[: superlative.start - clause.start]):
        return figures
    begins = beginning(context)
    if begins.open or (begins.since is None and not EVER.search(clause.sentence.text)):
        return figures
    period = _record_period(clause.text) if quantity == "return" else None
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "quantity": quantity, "side": side,
        "session": _of_the_last(period, moment, context, instrument), "period": period, "since": begins.since,
        "since_precision": begins.precision if begins.since else None, "rank": _rank(clause.text),
        "universe": "any" if ANY.search(clause.text) else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis, "since": begins.basis}
    draft = Draft("record_extreme", params, marks, why="a superlative is a rank among all values of its span")
    return [draft, *figures]


OTHER_RECORD = re.compile(
    r"\brecord (?:revenue|sales|profits?|earnings|orders|deliveries|results?|inflows?|outflows?|dividend|number|demand|"
    r"spending|quarter|income|margins?)\b"
    r"|\brekord(?:umsatz|gewinn|ergebnis|erlös|absatz|auftrag|dividende|quartal|zufl[uü]ss|zahl)\w*",
    re.IGNORECASE,
)
"""Records of a business, which its price does not show."""


def _of_a_peak(context: Context) -> bool:
    """Whether the only record is the one that a distance is measured from: "stayed below its record of July"."""
    peak = peak_span(context.clause)
    cues = [c for c in context.clause.cues if c.heading == "record"]
    return peak is not None and bool(cues) and all(peak[0] <= c.start < peak[1] for c in cues)


AFTER = re.compile(r"\b(?:nach|after|following)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
"""A superlative of what came before: "after the worst week of its history"."""
EVER = re.compile(
    r"\b(?:ever|never|new (?:highs?|lows?|peaks?)|neue[nrs]? (?:\w+)?(?:hoch|höchst\w*|tief|tiefst\w*)|\w*allzeit\w*|"
    r"in (?:its|their|the)?\s*history|of all time|on record|records?|all-time|in living memory|"
    r"historic\w*|aller zeiten|je|jemals|nie|noch nie|(?:in|seiner|ihrer|der) (?:\w+ )?\w*geschichte|rekord\w*|"
    r"je gesehen\w*|"
    r"seit (?:bestehen|beginn|einführung)|of the year|des jahres|any (?:company|stock))\b",
    re.IGNORECASE,
)
"""Words of a span without end; a superlative without any is one of the story that is told: "the blackest day"."""


def _quantity_and_side(context: Context) -> tuple[str | None, str]:
    clause = context.clause
    text = clause.text
    direction = direction_near(clause, None)
    move = MOVE_RECORD.search(text) is not None
    if HIGH_WORDS.search(text) and not re.search(r"\b(höchst\w*|größt\w*)\s+tages", text, re.IGNORECASE):
        return "level", "high"
    if LOW_WORDS.search(text) and not WORST.search(text):
        return "level", "low"
    if re.search(r"börsenwert|marktwert|market value|market cap|\bviel wert\b|\bmuch value\b", text, re.IGNORECASE):
        return "market_value", "low" if direction == "down" else "high"
    if WORST.search(text):
        return "return", "low"
    if BEST.search(text) and move:
        return "return", "high"
    if move and direction is not None:
        points = any(f.unit == "points" for f in clause.figures) or POINT.search(text) is not None
        return "points" if points else "return", "low" if direction == "down" else "high"
    if re.search(r"rekord|record", text, re.IGNORECASE):
        return "level", "low" if direction == "down" else "high"
    return None, "high"


OF_THE = re.compile(
    r"\b(?:of|in) (?:the|this|a) (?:\w+ )?(?:week|month|quarter|year)\b"
    r"|\b(?:des|dieses|im) (?:\w+ )?(?:jahres|monats|quartals|jahr|monat|quartal)\b|\b(?:der|dieser) woche\b",
    re.IGNORECASE,
)
"""The span of a rank, and not what is ranked: "the strongest session of the year"."""


FRESH = {"week": 4, "month": 10, "quarter": 15, "year": 31}
"""Days of a period in which "the worst week" still means the one before."""


def _of_the_last(period: str | None, moment: Moment, context: Context, instrument: Instrument) -> date:
    """The session, or where none is named and the period has only begun the last one of the period before."""
    published = context.clock.published
    if period is None or published is None or moment.basis != "default":
        return moment.session
    first = {
        "week": published - timedelta(days=published.weekday()), "month": published.replace(day=1),
        "quarter": published.replace(month=3 * ((published.month - 1) // 3) + 1, day=1),
        "year": published.replace(month=1, day=1),
    }[period]  # fmt: skip
    fresh = (published - first).days < FRESH[period]
    return session_upto(instrument, first - timedelta(days=1)) if fresh else moment.session


def _record_period(text: str) -> str | None:
    shown = OF_THE.sub(" ", text)
    for name, pattern in PERIODS:
        if pattern.search(shown):
            return name
    return None


RANKED = re.compile(
    r"\b(zweit|dritt|viert|fünft|second|third|fourth|fifth)[\w-]*\s*-?\s*\w*(?:est|ste|sten|worst|best|größ|schlecht)",
    re.IGNORECASE,
)


def _rank(text: str) -> int | None:
    found = RANKED.search(text)
    return ORDINALS[found.group(1).lower()] if found else None
