"""Records and extremes: "highest since", "largest ever", "third worst"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from analyzer.extract.binders.common import default_moment
from analyzer.extract.binders.levels import FIRST_TIME
from analyzer.extract.binders.moves import moves
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.resolve import resolve
from analyzer.extract.roles import direction_near, parts
from analyzer.extract.view import Clause
from analyzer.model import Basis
from analyzer.text import times as t

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
    r"monat|year|jahr|quarter|returns?)\b",
    re.IGNORECASE,
)
WORST = re.compile(r"\b(schlechtest\w*|schlimmst\w*|worst|schwächst\w*)\b", re.IGNORECASE)
BEST = re.compile(r"\b(best\w*|stärkst\w*|strongest)\b", re.IGNORECASE)
PERIODS = (
    ("week", re.compile(r"\b(week|woche|wochen\w+)\b", re.IGNORECASE)),
    ("month", re.compile(r"\b(month|monat|monats\w+)\b", re.IGNORECASE)),
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
    named = single(context.subject(superlative.start if superlative else None))
    figures = moves(replace(context, days_only=True)) if parts(clause) else []
    first_time = FIRST_TIME.search(clause.text) and any(d.check == "level" for d in figures)
    if named is None or first_time:
        return figures
    instrument, basis = named
    moment = context.day(instrument) or default_moment(context, instrument)
    quantity, side = _quantity_and_side(context)
    if moment is None or quantity is None:
        return figures
    since, precision, since_basis = _since(context)
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "quantity": quantity, "side": side, "session": moment.session,
        "period": _record_period(clause.text) if quantity == "return" else None, "since": since,
        "since_precision": precision if since else None, "rank": _rank(clause.text),
        "universe": "any" if ANY.search(clause.text) else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis, "since": since_basis}
    draft = Draft("record_extreme", params, marks, why="a superlative is a rank among all values of its span")
    return [draft, *figures]


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
        points = any(f.unit == "points" for f in clause.figures)
        return "points" if points else "return", "low" if direction == "down" else "high"
    if re.search(r"rekord|record", text, re.IGNORECASE):
        return "level", "low" if direction == "down" else "high"
    return None, "high"


def _record_period(text: str) -> str | None:
    for name, pattern in PERIODS:
        if pattern.search(text):
            return name
    return None


RANKED = re.compile(
    r"\b(zweit|dritt|viert|fünft|second|third|fourth|fifth)[\w-]*\s*-?\s*\w*(?:est|ste|sten|worst|best|größ|schlecht)",
    re.IGNORECASE,
)


def _rank(text: str) -> int | None:
    found = RANKED.search(text)
    return ORDINALS[found.group(1).lower()] if found else None


def _since(context: Context) -> tuple[date | None, str, Basis]:
    """Where the claimed span begins; None for "ever" and for words that name no beginning."""
    scopes: tuple[tuple[Clause, Basis], ...] = (context.clause, "quote"), (context.clause.sentence, "context")
    for scope, basis in scopes:
        for expression in scope.times:
            anchor = resolve(_beginning(expression, context), context.clock.published)
            if anchor is not None and anchor.shape != "ever":
                precision = anchor.precision if anchor.precision in ("day", "month", "year") else "year"
                return anchor.first, precision, basis
    return None, "day", "default"


LAST_SEEN = re.compile(
    r"\b(zuletzt|last|wie)\s*(?:seen|in|on|im|am|an|ende|anfang|mitte|early|late)?\s*$", re.IGNORECASE
)


NEARLY = re.compile(r"\b(?:almost|nearly|about|fast|knapp|beinahe|rund|gut)\b", re.IGNORECASE)


def _beginning(expression: t.TimeExpression, context: Context) -> t.TimeValue:
    """What an expression says of the beginning of a span: "since 1981", "in almost two years", "zuletzt im März"."""
    value = expression.value
    if isinstance(value, t.Since):
        return value.anchor
    if isinstance(value, t.Duration) and value.side != "future" and value.count is not None:
        nearly = NEARLY.search(context.clause.view.article.text[max(0, expression.start - 4) : expression.end])
        return t.Ago(value.count * (0.9 if nearly else 1.0), value.unit)
    before = context.clause.view.article.text[max(0, expression.start - 24) : expression.start]
    if isinstance(value, (t.Month, t.Year, t.YearPart, t.Day)) and LAST_SEEN.search(before):
        return value
    return t.Ever()
