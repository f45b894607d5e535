"""Where the span of a universal claim begins: "since 1981", "in almost two years", "zuletzt im März"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analyzer.extract.drafts import Context
from analyzer.extract.resolve import resolve
from analyzer.extract.time_words import scopes
from analyzer.model import Basis
from analyzer.text import times as t

OF_THE_YEAR = re.compile(r"\b(?:of|this) (?:the )?year\b|\b(?:des|dieses) (?:laufenden )?jahres\b", re.IGNORECASE)
A_MONTH = 45
SINCE = re.compile(r"\b(?:since|seit)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Beginning:
    """``since`` None is "ever"; ``open`` is a beginning that is said and cannot be read."""

    since: date | None
    precision: Literal["day", "month", "year"] = "day"
    basis: Basis = "default"
    open: bool = False
    length: bool = False
    """Whether it is counted back from now, "in three years", which is a round figure."""


def beginning(context: Context) -> Beginning:
    """What the clause says of its beginning, else its sentence."""
    for scope, basis in scopes(context.clause):
        for expression in scope.times:
            value = _said(expression, context)
            anchor = resolve(value, context.clock.published)
            if anchor is not None and anchor.shape != "ever":
                long = (
                    anchor.last - anchor.first
                ).days > A_MONTH and anchor.shape == "period"  # "since the summer of 2023"
                precision = "year" if long else _precision(expression.value, anchor.precision)
                return Beginning(anchor.first, precision, basis, length=isinstance(expression.value, t.Duration))
        if OF_THE_YEAR.search(scope.text) and context.clock.published is not None:
            return Beginning(context.clock.published.replace(month=1, day=1), "day", basis)
        if SINCE.search(scope.text):
            return Beginning(None, open=True)
    return Beginning(None)


def _precision(value: t.TimeValue, precision: str) -> Literal["day", "month", "year"]:
    """A length is as precise as its unit: "in four years" names a year, not a day."""
    if isinstance(value, t.Duration):
        return "year" if value.unit == "year" else "month" if value.unit in ("month", "quarter", "half_year") else "day"
    return "day" if precision == "day" else "month" if precision == "month" else "year"


LAST_SEEN = re.compile(
    r"\b(zuletzt|last|wie)\s*(?:seen|in|on|im|am|an|ende|anfang|mitte|early|late)?\s*$", re.IGNORECASE
)


NEARLY = re.compile(r"\b(?:almost|nearly|about|fast|knapp|beinahe|rund|gut)\b", re.IGNORECASE)


def _said(expression: t.TimeExpression, context: Context) -> t.TimeValue:
    """What an expression says of the beginning of a span: "since 1981", "in almost two years", "zuletzt im März"."""
    value = expression.value
    if isinstance(value, t.Since):
        return value.anchor
    if isinstance(value, t.Duration) and value.side != "future" and value.count and value.unit != "session":
        nearly = NEARLY.search(context.clause.view.article.text[max(0, expression.start - 4) : expression.end])
        return t.Ago(value.count * (0.9 if nearly else 1.0), value.unit)
    before = context.clause.view.article.text[max(0, expression.start - 24) : expression.start]
    if isinstance(value, (t.Month, t.Season, t.Year, t.YearPart, t.Day, t.WeekOf)) and LAST_SEEN.search(before):
        return value
    return t.Ever()
