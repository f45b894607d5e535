"""A level in words, and the picture of it."""

from __future__ import annotations

from datetime import date

from analyzer.checks.base import (
    Data,
    Series,
    line,
    number,
)
from analyzer.checks.levels.params import LevelParams
from analyzer.checks.levels.rows import (
    adjusted_close,
    holds,
)
from analyzer.model import Chart, Window
from analyzer.stats.figures import shortfall
from analyzer.stats.levels import Point, is_beyond


def said(params: LevelParams, value: float) -> str:
    unit = params.figure.unit
    if unit == "fraction":
        return f"{number(value * 100)} %"
    digits = number(value, 2 if abs(params.figure.value) >= 10 else 4)
    return f"{digits} {params.figure.currency}" if unit == "currency" and params.figure.currency else digits


def sentence_of(params: LevelParams, data: Data, point: Point) -> str:
    text = f"{data.name(params.symbol)} closed at {said(params, point.close)} on {point.session}"
    if params.crossing and point.before is not None:
        text += f", after {said(params, point.before)} on {point.before_session}"
    adjusted = adjusted_close(params, data, point)
    if adjusted is not None:
        text += f" (as traded that day; {said(params, adjusted)} after later splits)"
    missing = shortfall(params.figure, point.close) if holds(params, point) else 0.0
    if params.relation == "at" and missing:
        word = "short of" if params.figure.qualifier == "at_least" else "above"
        text += f': literally {said(params, missing)} {word} "{params.figure.text}"'
    if params.relation != "at":
        word = "above" if params.side == "high" else "below"
        there = is_beyond(point.close, params.figure.value, params.side)
        text += f": {'' if there else 'not '}{word} {said(params, params.figure.value)}"
        text += ", as before" if params.crossing and there and not holds(params, point) else ""
    return f"{text}."


def chart_of(params: LevelParams, data: Data, closes: Series, session: date) -> Chart:
    first, last = closes.session_offset(session, -60), closes.session_offset(session, 20)
    if params.first_time:
        first = params.since
    name = data.name(params.symbol)
    return Chart(
        title=f"{name}, close", unit=params.figure.unit, currency=closes.currency, window=Window(last=session),
        lines=(line(closes.between(first, last), name),), marks=((session, "session"),),
        rules=((params.figure.value, f"stated: {params.figure.text}"),),
    )  # fmt: skip
