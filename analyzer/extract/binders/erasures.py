"""Gains and losses that are gone again: "has erased all of its gains since the election", "machte die Verluste der
Vorwoche wieder wett".

All gains since a day are gone when the close lies at or below that of the day; all losses of a week when it is back
at the close before that week. Of a part that is gone ("most of the losses") only the ways there and back are tested,
which show less than is said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from analyzer.extract.binders.common import named_of, within_session
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.gone import erased, has_a_size
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import resolve
from analyzer.extract.sessions import session_back, session_upto
from analyzer.extract.subjects import shares_at_large
from analyzer.extract.turning import turning
from analyzer.extract.windows import Stretch
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Direction
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

OF_THE_YEAR = phrases("of_the_year_to_date")
NOUN = rf"(?:{any_phrase('erased_gains')}|{any_phrase('erased_losses')})"
OF_THE_DAY = Pattern(rf"['’]s?\s+(?:\w+\s+)?{NOUN}\b", re.IGNORECASE)
NOUN_OF = Pattern(rf"\b{NOUN}\s+{any_phrase('of_a_day')}\s+$", re.IGNORECASE)
WEEK_BEFORE = t.RelativePeriod("week", -1)
WHY = "what was gained or lost is gone when the close is back where it began"


def erasures(context: Context) -> list[Draft] | None:
    """period_return from where the gains or losses began; None where the clause speaks of nothing that is gone. An
    empty list where it does and the span was not read: the direction of its words is then that of no single window."""
    clause = context.clause
    said = erased(clause)
    if said is None or has_a_size(clause):
        return None
    named = single(shares_at_large(clause) or named_of(context, clause.end))
    published = context.clock.published
    if named is None or published is None or clause.has("forecast", "forecast_strong") or within_session(clause):
        return []
    instrument, basis = named
    of_a_day = _of_a_day(context, instrument)
    last = context.day(instrument) if of_a_day is None else None
    now = last.session if last is not None and last.basis == "quote" else context.clock.last_session(instrument)
    span = of_a_day or _span(context, instrument, now)
    if span is None or now is None or (of_a_day is not None and of_a_day.last is not None and of_a_day.last >= now):
        return []
    today = context.clock.today(instrument) if last is None or last.basis != "quote" else None
    base, end = span.base, span.last
    if said.whole:
        draft = _draft(instrument, basis, (base, now), today, said.back, span)
        return [draft if said.said else _loosely(draft)]
    if end is None or end >= now:
        return []  # "has given back part of its gains since May": from which high is not said
    ways = [((base, end), None, said.way), ((end, now), today, said.back)]
    return [_draft(instrument, basis, window, other, way, span, proxy=True) for window, other, way in ways]


def _loosely(draft: Draft) -> Draft:
    """ "Has erased its gains" need not mean all of them: a close that is not back where they began refutes nothing."""
    marks: dict[str, Basis] = {**draft.basis, "base": "default", "last": "default"}
    return replace(draft, basis=marks, assumed=(*draft.assumed, "what is gone is taken for all of it"))


def _of_a_day(context: Context, instrument: Instrument) -> Stretch | None:
    """The session whose losses or gains are named: "Monday's losses", "die Verluste vom Montag"."""
    clause, text = context.clause, context.clause.view.article.text
    for expression in clause.times:
        if not isinstance(expression.value, (t.Day, t.Weekday, t.RelativeDay)):
            continue
        before, behind = text[clause.start : expression.start], text[expression.end : clause.end]
        period = resolve(expression.value, context.clock.published)
        if period is not None and (OF_THE_DAY.match(behind) or NOUN_OF.search(before)):
            session = session_upto(instrument, period.first)
            return Stretch(session_back(instrument, session), session, "quote", expression.text)
    return None


def _span(context: Context, instrument: Instrument, now: date | None) -> Stretch | None:
    """The window in which was gained or lost what is gone: one that is over, or that runs up to now."""
    published = context.clock.published
    if OF_THE_YEAR.search(context.clause.text) is not None and published is not None:
        year = session_upto(instrument, published.replace(month=1, day=1) - timedelta(days=1))
        return Stretch(year, now, "quote", "the year")
    week = _week_before(context, instrument, now)
    found = week or context.stretch(instrument) or _named_period(context, instrument)
    if found is None or now is None or turning(context.clause, published) is not None:
        return None  # "half of the rally from their June lows": up to which high is not said
    if found.last is not None and found.last >= now and found.other is not None and found.other_base is not None:
        return Stretch(found.other_base, found.other, found.basis, found.text)  # a period before, written on a Sunday
    return found


def _week_before(context: Context, instrument: Instrument, now: date | None) -> Stretch | None:
    """The week whose losses were made up for, which is no time of the move itself: the one before the last that was
    over by the writing."""
    for expression in context.clause.times:
        period = resolve(expression.value, context.clock.published) if expression.value == WEEK_BEFORE else None
        if period is None or now is None:
            continue
        back = timedelta(days=7) if session_upto(instrument, period.last) >= now else timedelta(0)
        base, last = (session_upto(instrument, day - back) for day in (period.base, period.last))
        return Stretch(base, last, "quote", expression.text)
    return None


def _named_period(context: Context, instrument: Instrument) -> Stretch | None:
    """A week or month that the clause names, whatever stands around it: "more than half of last week's losses"."""
    read = context.clock.period(context.clause)
    if read is None or read[0].shape != "period":
        return None
    windows = [p for p in (read[0], read[0].other) if p is not None]
    days = [(session_upto(instrument, p.base), session_upto(instrument, p.last)) for p in windows]
    other = days[1] if len(days) > 1 else (None, None)
    return Stretch(*days[0], read[1], read[2], other=other[1], other_base=other[0])


def _draft(
    instrument: Instrument, subject: Basis, window: tuple[date, date], today: date | None, way: Direction,
    span: Stretch, *, proxy: bool = False,
) -> Draft:  # fmt: skip
    base, last = window
    params = {
        "symbol": instrument.symbol, "base": base, "last": last, "direction": way,
        "or_last": today if today is not None and today > last else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": subject, "direction": "quote", "base": span.basis, "last": span.basis}
    note = (f'"{span.text}" is taken to begin at the close of {span.base}',) if span.vague else ()
    return Draft("period_return", params, marks, directness="proxy" if proxy else "direct", why=WHY, assumed=note)
