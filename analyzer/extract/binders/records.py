"""Records and extremes: "highest since", "largest ever", "third worst"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from analyzer.extract.binders.common import default_moment, named_of, other_prices, within_session
from analyzer.extract.binders.levels import FIRST_TIME, reached_within
from analyzer.extract.binders.moves import moves, of_several_sessions
from analyzer.extract.binders.spans import HIGH_OF_A_LENGTH, LOW_OF_A_LENGTH, SO_FAR, Beginning, beginning
from analyzer.extract.counted import NUMBER_WORDS, NUMBERS
from analyzer.extract.drafts import CLOSED, Context, Draft, single
from analyzer.extract.length_words import WHOLE, unit_of
from analyzer.extract.lexicon import Cue
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.pointing import ranks_the_move_before
from analyzer.extract.rank_words import Rank, denies_a_rank, rank
from analyzer.extract.resolve import resolve
from analyzer.extract.roles import VALUE_WORDS, direction_near, parts
from analyzer.extract.sessions import session_upto
from analyzer.extract.subjects import shares_at_large
from analyzer.extract.time_words import UNITS, peak_span
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment
from analyzer.market.instruments import Instrument
from analyzer.model import Basis
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

LOW_WORDS = phrases("record_low")
HIGH_WORDS = phrases("record_high")
HIGHEST_OF_A_DAY = phrases("highest_of_a_day")
RECORD = phrases("record_at_all")
LEVEL = phrases("level_last_seen")
"""A level that a price came to, and that was last seen long ago: "fell to levels last seen in 2009"."""
MARKET_VALUE = phrases("record_of_market_value")
MOVE_RECORD = phrases("record_of_a_move")
RANKED_MOVE = phrases("ranked_move")
WORST = phrases("worst")
POINT = phrases("rank_in_points")
IN_PER_CENT_TOO = phrases("rank_in_per_cent")
FASTEST = phrases("fastest")
"""A rank of speed, which no check has."""
COUNT = Pattern(
    r"\b\d+(?:st|nd|rd|th) record|\b\d+[- ]?mal\b.*\brekord|\brekord.*\b\d+[- ]?mal\b|\b\d+ times\b.*\brecord"
    rf"|\b(?:\d+|{any_phrase('how_many_records')}) (?:record|rekord)\w*",
    re.IGNORECASE,
)
"""How often a record was set is no record of a day."""
BEST = phrases("best")
PERIODS = (
    ("week", phrases("record_of_a_week")),
    ("month", phrases("record_of_a_month")),
    ("quarter", phrases("record_of_a_quarter")),
    ("year", phrases("record_of_a_year")),
)
ANY = phrases("of_any_company")


def records(context: Context) -> list[Draft]:
    """record_extreme for "highest since", "largest ever", "third worst"; its figures are tried as moves and levels."""
    clause = context.clause
    superlative = next((c for c in clause.cues if c.heading == "record"), None)
    figures = moves(replace(context, days_only=True)) if parts(clause) else []
    ranked = _ranked(context, superlative, figures)
    if ranked is None:
        return figures
    if ranked.quantity == "return" and _record_period(clause.text) is not None:
        # "rose 4.4 percent for its best week since January"
        figures = [d for d in figures if d.check != "session_return"]
    draft = _record(context, superlative, ranked)
    return figures if draft is None else [draft, *figures]


@dataclass(frozen=True)
class _Ranked:
    """What a superlative ranks: which quantity of what, on which side, and the session that it is said of."""

    instrument: Instrument
    basis: Basis
    quantity: str
    side: str
    moment: Moment
    outdone: tuple[int, ...]
    """Years that are named as the more extreme ones."""


def _ranked(context: Context, superlative: Cue | None, figures: Sequence[Draft]) -> _Ranked | None:
    clause = context.clause
    ago = days_since_the_record(clause)
    subject = shares_at_large(clause) or named_of(context, superlative.start if superlative else clause.end)
    if subject is None and ago is not None and clause.start == clause.sentence.start:
        whole = replace(context, clause=clause.sentence)  # "A week after hitting a record, the index slumped"
        subject = shares_at_large(clause.view.clause(clause.end, clause.sentence.end)) or named_of(whole, clause.end)
    named = single(subject)
    first_time = FIRST_TIME.search(clause.text) and any(d.check == "level" for d in figures)
    if _ranks_nothing(clause) or _of_a_peak(context) or named is None or first_time:
        return None
    if _is_outdone_by_others(context, superlative):
        return None
    instrument, basis = named
    if subject is not None and subject.other_price:
        basis = "default"  # a record of the dollar index need not be one of another index of the dollar
    outdone = _outdone_by(context, superlative)
    moment = context.day(instrument) or (None if outdone else default_moment(context, instrument))
    if moment is None and outdone and (last := context.clock.last_session(instrument)) is not None:
        moment = Moment(last, "default")
    quantity, side = _ranked_move(context, superlative) or _quantity_and_side(context)
    if ago is not None:
        quantity, side = "level", "low" if LOW_WORDS.search(clause.text) else "high"
        moment = _earlier(moment, ago, instrument)
    if moment is None or quantity is None:
        return None
    return _Ranked(instrument, basis, quantity, side, moment, outdone)


SINCE_A_RECORD = Pattern(
    rf"\b(?:(?P<n>\d{{1,2}}|{NUMBER_WORDS}) (?P<unit>{any_phrase('unit_before_a_record')})"
    rf"|{any_phrase('one_day_before_a_record')}) {any_phrase('after_the_record')} "
    rf"(?:[\w-]+ ){{0,4}}?{any_phrase('record_that_was_set')}\b",
    re.IGNORECASE,
)


def days_since_the_record(clause: Clause) -> int | None:
    """ "Seven days after closing at a record", "a week after its all-time high": the record was set so long before what
    is told; None where no record is dated so."""
    found = SINCE_A_RECORD.search(clause.text)
    if found is None:
        return None
    said, unit = (found["n"] or "1").lower(), (found["unit"] or "day").lower()
    return (NUMBERS.get(said) or int(said)) * (7 if unit.startswith("w") else 1)


def _earlier(moment: Moment | None, days: int, instrument: Instrument) -> Moment | None:
    """The session so many days before; the length is a round one, so that the day is not one that the text names."""
    if moment is None:
        return None
    back = timedelta(days=days)
    other = session_upto(instrument, moment.other - back) if moment.other is not None else None
    basis: Basis = "default" if moment.basis == "quote" else moment.basis
    return Moment(session_upto(instrument, moment.session - back), basis, moment.text, other=other)


def _ranks_nothing(clause: Clause) -> bool:
    """How often a record was set, a speed, a record of something else, a beginning: no rank of a day."""
    return any(words.search(clause.text) for words in (COUNT, FASTEST, OTHER_RECORD, OF_A_BEGINNING))


def _record(context: Context, superlative: Cue | None, ranked: _Ranked) -> Draft | None:
    """The rank among all values of its span; None where it is of what came before, of no session or of no span."""
    clause, instrument, moment, outdone = context.clause, ranked.instrument, ranked.moment, ranked.outdone
    quantity = ranked.quantity
    if superlative is not None and days_since_the_record(clause) is None and _is_of_before(clause, superlative):
        return None
    if quantity != "level" and moment.basis != "quote" and of_several_sessions(context):
        return None  # "a record two-day rout" is no rank of a session
    if quantity != "level" and within_session(clause.sentence) and CLOSED.search(clause.sentence.text) is None:
        return None  # "zeitweise 800 Punkte, so viel wie nie zuvor": closes say nothing of it
    begins = _beginning_of(context, moment)
    if days_since_the_record(clause) is not None and begins is not None and begins.basis == "context":
        begins = Beginning(None)  # the span of another rank: "a week after a record, its worst week in two years"
    if begins is None:
        return None
    place = _rank(clause)
    if denies_a_rank(clause.text, clause.view.article.language):
        if (quantity != "return" and quantity != "points") or (place is not None and place.place == "one_of"):
            return None
        place = Rank("outside", place.number if place else 1)
    if quantity == "return" and instrument.kind == "rate":
        quantity = "points"  # a yield falls by points; in per cent of itself it is not spoken of
    period = (
        ("year" if outdone else _ranked_period(clause) or _period_of_the_move(clause)) if quantity == "return" else None
    )
    when = _when(context, ranked, quantity, period)
    if when.span_last is not None:
        begins = _counted_back(begins, context, when.span_last)
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "quantity": quantity, "side": ranked.side,
        "session": when.session, "period": period, "since": begins.since,
        "since_precision": begins.precision if begins.since else None, "since_by": begins.by,
        "rank": place.number if place else None, "place": place.place if place and place.place != "exact" else None,
        "universe": "any" if ANY.search(clause.text) else None,
        "outdone_by": (outdone or None) if period == "year" else None,
        "start": when.start, "also": other_prices(context, instrument) or None,
        **when.readings,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": ranked.basis, "session": when.basis, "since": begins.basis}
    why = "a superlative is a rank among all values of its span"
    return Draft("record_extreme", params, marks, assumed=begins.assumed, why=why)


def _beginning_of(context: Context, moment: Moment) -> Beginning | None:
    """Where the span of the record begins; None where that cannot be read, or no word says that it has no beginning."""
    begins = beginning(context)
    if begins.basis == "context" and begins.since is not None and begins.since > moment.session:
        begins = Beginning(None)  # of another part: "closed at a record, up 24 percent since the beginning of the year"
    if begins.open or (begins.since is None and not _is_of_all_time(context.clause)):
        return None
    return begins


@dataclass(frozen=True)
class _When:
    """The session that a record is of, or the last of a span, with what else may be meant."""

    session: date
    basis: Basis
    start: date | None = None
    span_last: date | None = None
    """The last day of a span that is named, from which a length is counted back."""
    readings: Mapping[str, Any] = field(default_factory=dict)


def _when(context: Context, ranked: _Ranked, quantity: str, period: str | None) -> _When:
    clause, instrument, moment = context.clause, ranked.instrument, ranked.moment
    if quantity == "level" and moment.basis != "quote":
        reached = reached_within(context, instrument, clause.start) or _reached_before(context, instrument)
        if reached is not None:
            start, last = reached
            return _When(last.session, "quote", start, last.session)
    if period is not None:
        said = _named_period(period, context, instrument, ranked.outdone)
        known: Basis = "quote" if said else moment.basis
        if ON_PACE.search(clause.text):
            return _When(moment.session, known, readings={"so_far": True})
        return _When(said or _of_the_last(period, moment, context, instrument), known)
    past = _past_span(context, instrument) if not moment.words and moment.basis != "article" else None
    if past is not None:
        start, last = past
        return _When(last.session, last.basis, start, last.session)
    if moment.other is None:
        return _When(moment.session, moment.basis)
    return _When(
        moment.session, moment.basis, readings={"or_session": moment.other, "or_said": moment.words or None}
    )  # fmt: skip


def _reached_before(context: Context, instrument: Instrument) -> tuple[date, Moment] | None:
    """ "Fell to 2.39 percent during March, its lowest level since December 2017": the month or quarter of the move that
    is ranked, where that is over and the only time told."""
    clause, published = context.clause, context.clock.published
    told = [e for e in _told_before(clause) if not isinstance(e.value, t.Ever)]
    period = resolve(told[0].value, published) if len(told) == 1 else None
    if period is None or published is None or period.shape != "period" or period.last >= published:
        return None
    if (period.last - period.first).days > LONGEST_SPAN or period.other is not None:
        return None
    return period.first, Moment(session_upto(instrument, period.last), "context", told[0].text)


ON_PACE = phrases("on_pace")
"""A period that is not over: its rank is that of what it has come to."""
OTHER_RECORD = phrases("record_of_something_else")
"""Records of a business, which its price does not show."""


LONGEST_SPAN = 100
"""Days of a span in which a record is looked for, those of a quarter."""


def _past_span(context: Context, instrument: Instrument) -> tuple[date, Moment] | None:
    """The month or quarter, over by the writing, in which a record was set, where no day is named: "the largest fall
    was in October 2023"."""
    read, published = context.clock.period(context.clause), context.clock.published
    if read is None or published is None or context.clock.period(context.clause, days_only=True) is not None:
        return None
    first, last = read[0].first, read[0].last
    is_past = last < published and (last - first).days <= LONGEST_SPAN
    return reached_within(context, instrument) if is_past else None


def _counted_back(begins: Beginning, context: Context, last: date) -> Beginning:
    """A length of time is counted back from the span that the record is of, and not from the day of writing."""
    published = context.clock.published
    if not begins.length or begins.since is None or published is None:
        return begins
    return replace(begins, since=begins.since - (published - last))


def _is_of_all_time(clause: Clause) -> bool:
    """Whether the sentence speaks of a span without end: "ever", "in the history of the Dow"."""
    ever = any(isinstance(e.value, t.Ever) for e in clause.sentence.times)
    return ever or EVER.search(clause.sentence.text) is not None


OF_A_BEGINNING = phrases("rank_of_a_beginning")
"""A rank of how years began, which no period of the check is."""


def _of_a_peak(context: Context) -> bool:
    """Whether the only record is the one that a distance is measured from: "stayed below its record of July"."""
    peak = peak_span(context.clause)
    cues = [c for c in context.clause.cues if c.heading == "record"]
    return peak is not None and bool(cues) and all(peak[0] <= c.start < peak[1] for c in cues)


AFTER = Pattern(rf"\b{any_phrase('after_the_record')}\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)
"""A superlative of what came before: "after the worst week of its history"."""
BESIDE = re.compile(
    rf"\b{any_phrase('beside_a_record')}\s+(?:(?!{any_phrase('leads_to_a_record')}\b)\w+\s+){{0,2}}$", re.IGNORECASE
)
"""A superlative that a price lies beside or comes from: "below its 52-week high", "vom Fünfjahrestief erholt"."""
ITSELF = re.compile(rf"^\W*{any_phrase('article_of_a_record')}\s+(?:\w+\s+)?$", re.IGNORECASE)
"""What a clause says something of: "Das 52-Wochen-Hoch liegt bei 153 Dollar"."""


def _is_of_before(clause: Clause, superlative: Cue) -> bool:
    before = clause.text[: superlative.start - clause.start]
    of_a_length = HIGH_OF_A_LENGTH.match(clause.text, len(before)) or LOW_OF_A_LENGTH.match(clause.text, len(before))
    if of_a_length is not None and ITSELF.search(before):
        return True
    return AFTER.search(before) is not None or BESIDE.search(before) is not None


EVER = phrases("of_all_time")
"""Words of a span without end; a superlative without any is one of the story that is told: "the blackest day"."""


RANKED_FALL = Pattern(rf"\W*(?:\w+\W+)?(?P<noun>{any_phrase('ranked_fall')})\b", re.IGNORECASE)
RANKED_RISE = Pattern(rf"\W*(?:\w+\W+)?(?P<noun>{any_phrase('ranked_rise')})\b", re.IGNORECASE)
AS_MUCH = phrases("as_much_as_last")
IN_POINTS = phrases("move_in_points")
AS_DEAR, AS_CHEAP = phrases("as_dear_as_last"), phrases("as_cheap_as_last")
"""A price by a word of value: "so teuer wie nie", "so billig wie zuletzt 2016"."""


def _ranked_move(context: Context, superlative: Cue | None) -> tuple[str, str] | None:
    """What a superlative ranks by the noun right behind it, "mit dem größten Tagesverlust", or by the verb beside it,
    "fiel so stark wie seit 2008 nicht mehr": a move, whatever else the clause says of highs and lows."""
    clause = context.clause
    text = clause.view.article.text
    direction = None
    if superlative is not None and not superlative.text.lower().startswith("seit"):
        if RANKED_FALL.match(text, superlative.end, clause.end):
            direction = "down"
        elif RANKED_RISE.match(text, superlative.end, clause.end):
            direction = "up"
    if direction is None and AS_MUCH.search(clause.text):
        direction = direction_near(clause, None)
    if direction is None:
        return None
    if VALUE_WORDS.search(clause.sentence.text) and not any(f.unit == "fraction" for f in clause.figures):
        return "market_value", "low" if direction == "down" else "high"
    points = POINT.search(clause.text) is not None or IN_POINTS.search(clause.text) is not None
    points = points or _was_told_in_points(clause)
    return "points" if points else "return", "low" if direction == "down" else "high"


def _was_told_in_points(clause: Clause) -> bool:
    """ "Der Dow verlor 777 Punkte - so viel wie noch nie an einem Tag": what is ranked was told in points alone."""
    ranked = clause if clause.figures else clause.view.clause(clause.sentence.start, clause.end)
    units = {f.unit for f in ranked.figures}
    return "points" in units and "fraction" not in units


def _quantity_and_side(context: Context) -> tuple[str | None, str]:
    clause = context.clause
    text = clause.text
    direction = direction_near(clause, None)
    move = MOVE_RECORD.search(text) is not None or RANKED_MOVE.search(text) is not None
    if HIGH_OF_A_LENGTH.search(text) or LOW_OF_A_LENGTH.search(text):
        return "level", "high" if HIGH_OF_A_LENGTH.search(text) else "low"
    if HIGH_WORDS.search(text) and not HIGHEST_OF_A_DAY.search(text):
        return "level", "high"
    if LOW_WORDS.search(text) and not WORST.search(text):
        return "level", "low"
    if AS_DEAR.search(text):
        return "level", "high"
    if AS_CHEAP.search(text):
        return "level", "low"
    if MARKET_VALUE.search(text):
        return "market_value", "low" if direction == "down" else "high"
    in_points = POINT.search(text) is not None and not IN_PER_CENT_TOO.search(text)
    if WORST.search(text):
        return "points" if in_points else "return", "low"
    if BEST.search(text) and move:
        return "return", "high"
    if move and direction is not None:
        points = any(f.unit == "points" for f in clause.figures) or in_points or _was_told_in_points(clause)
        return "points" if points else "return", "low" if direction == "down" else "high"
    if RECORD.search(text) or (direction is not None and LEVEL.search(text)):
        return "level", "low" if direction == "down" else "high"
    return None, "high"


OF_THE = phrases("of_the_period")
"""The span of a rank, and not what is ranked: "the strongest session of the year"."""


FRESH = {"week": 4, "month": 10, "quarter": 45, "year": 31}
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


NAMED = MappingProxyType({"year": t.Year, "quarter": t.Quarter, "month": t.Month})


def _outdone_by(context: Context, superlative: Cue | None) -> tuple[int, ...]:
    """The years that are named as those that were more extreme, as many as the rank leaves room for: "the third worst
    returns since 1976, surpassed only in 2002 and 2008"."""
    place = _rank(context.clause)
    if place is None or place.place != "exact" or superlative is None:
        return ()
    named = [e.value.year for e in context.clause.times if e.start > superlative.start and isinstance(e.value, t.Year)]
    return tuple(sorted(named)) if len(set(named)) == len(named) == place.number - 1 else ()


OUTDONE = Pattern(rf"\b{any_phrase('outdone_only_by')}\b", re.IGNORECASE)


def _is_outdone_by_others(context: Context, superlative: Cue | None) -> bool:
    """Whether years are named as the more extreme ones, and not as many as the rank leaves room for: one of them would
    be taken for the year that is ranked."""
    if _rank(context.clause) is None or superlative is None or _outdone_by(context, superlative):
        return False
    behind = context.clause.text[superlative.end - context.clause.start :]
    years = any(e.start > superlative.start and isinstance(e.value, t.Year) for e in context.clause.times)
    return years and OUTDONE.search(behind) is not None


def _named_period(
    period: str | None, context: Context, instrument: Instrument, others: tuple[int, ...] = ()
) -> date | None:
    """The last session of the year, quarter or month that the clause names: "the worst year since 2008 was 2022"."""
    kind = NAMED.get(period or "")
    clause = context.clause
    if period == "quarter" and (first := _first_quarter(context, instrument)) is not None:
        return first
    told = _told_before(clause)
    times = clause.times if any(kind and isinstance(e.value, kind) for e in clause.times) else told
    named = [e.value for e in times if kind is not None and isinstance(e.value, kind)]
    named = [v for v in named if not (isinstance(v, t.Year) and v.year in others)]
    published = context.clock.published
    found = resolve(named[0], published) if len(named) == 1 else None
    if found is None or published is None or found.last >= published:
        return None
    return session_upto(instrument, found.last)


OPENS_A_YEAR = Pattern(
    rf"\b{any_phrase('opens_a_year')}\s+(?P<year>(?:19|20)\d\d|{any_phrase('the_year')})\b", re.IGNORECASE
)


def _first_quarter(context: Context, instrument: Instrument) -> date | None:
    """ "Stocks opened 2019 with their best quarter since": the first of that year, where it is over."""
    found, published = OPENS_A_YEAR.search(context.clause.text), context.clock.published
    if found is None or published is None:
        return None
    year = int(found["year"]) if found["year"].isdigit() else published.year
    last = date(year, 3, 31)
    return session_upto(instrument, last) if last < published else None


def _told_before(clause: Clause) -> Sequence[t.TimeExpression]:
    """The times of the move that is ranked: told in the sentence before the clause, or in the one to which it points
    back, "fell 9 percent in December. It was the worst month since"."""
    if clause.start > clause.sentence.start:
        return clause.view.clause(clause.sentence.start, clause.start).times
    if not ranks_the_move_before(clause):
        return ()
    before = [s for s in clause.view.sentences if clause.paragraph.start <= s.start and s.end <= clause.start]
    return clause.view.clause(before[-1].start, before[-1].end).times if before else ()


def _ranked_period(clause: Clause) -> str | None:
    """The period that is ranked, by a word of its own or as the period of the move that the sentence has told before:
    "dropped 3.5 percent in the week, its biggest drop since May 2012"."""
    own = _record_period(clause.text)
    if own is not None or clause.start == clause.sentence.start:
        return own
    before = clause.view.clause(clause.sentence.start, clause.start)
    if any(isinstance(e.value, t.Weekday | t.Day | t.RelativeDay) for e in (*before.times, *clause.times)):
        return None
    told = WHOLE.search(before.text)
    if told is not None:
        return {"w": "week", "m": "month"}.get(unit_of(told)[0], "year")
    spans = {e.value.unit for e in before.times if isinstance(e.value, t.RelativePeriod) and e.value.unit in FRESH}
    return spans.pop() if len(spans) == 1 else None


def _record_period(text: str) -> str | None:
    shown = SO_FAR.sub(" ", OF_THE.sub(" ", text))
    for name, pattern in PERIODS:
        if pattern.search(shown):
            return name
    return None


APPOSED = Pattern(rf"^\W*{any_phrase('opens_an_apposed_record')}\b", re.IGNORECASE)


def _period_of_the_move(clause: Clause) -> str | None:
    """The week or month of the move that an apposition ranks: "dropped 3 percent for the week, its largest fall since
    May"."""
    before = clause.view.article.text[clause.sentence.start : clause.start]
    if not before.rstrip().endswith((",", "–", "-")) or APPOSED.match(clause.text) is None:
        return None
    whole = WHOLE.search(before)
    word = next((w for w in whole.groups() if w), "").lower() if whole is not None else ""
    named = [e.value for e in clause.sentence.times if e.end <= clause.start]
    running = [v.unit for v in named if isinstance(v, t.RelativePeriod) and v.part is None]
    units = {UNITS[word[0]]} if word else set(running)
    found = next(iter(units)) if len(units) == 1 else None
    return found if found in dict(PERIODS) else None


def _rank(clause: Clause) -> Rank | None:
    return rank(clause.text, clause.view.article.language)
