"""Trends, forecasts: what is judged by rules fixed in advance, or only afterwards."""

from __future__ import annotations

import re
from datetime import timedelta

from analyzer.extract.binders.common import default_moment, index_of, names_another, within_session
from analyzer.extract.binders.fortunes import fortunes
from analyzer.extract.binders.moves import moves
from analyzer.extract.binders.near_term import A_MONTH, falls_ahead, near_term, plainly_ahead, turned, years_ahead
from analyzer.extract.binders.phases import phases
from analyzer.extract.binders.returns_ahead import returns_ahead
from analyzer.extract.binders.trend_lines import lasting_states, persistence, streaks, trend_lines
from analyzer.extract.chances import chance
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.events_to_come import named_horizon
from analyzer.extract.length_words import YEAR_CLOSES, a_year_later
from analyzer.extract.outlook_words import A_YEAR, session_ahead
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import MARKET_VALUE_FROM, direction_near, parts
from analyzer.extract.trend_words import turn_direction
from analyzer.extract.view import Clause
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text.numbers import stated
from analyzer.text.patterns import Pattern
from analyzer.text.times import Duration, SessionPart, Until


def trends(context: Context) -> list[Draft]:
    """Runs and trends; drawdown thresholds for bear markets and corrections, with the dated phase beside them; dated
    phases; reversals judged by what followed."""
    clause = context.clause
    lines = streaks(context) or trend_lines(context) or persistence(context)
    lines = lines or lasting_states(context)
    if lines:
        return lines
    dated = phases(context)
    named = single(context.subject()) or index_of(context)
    if named is None:
        return dated or moves(context)
    instrument, basis = named
    moment = context.moment(instrument) or default_moment(context, instrument)
    if moment is None:
        return dated
    if clause.has("reversal"):
        of_one_day = within_session(clause) or any(isinstance(e.value, SessionPart) for e in clause.times)
        return moves(context) if of_one_day else reversal(context, "trend reversal")  # "recovered by the close"
    if ENDED.search(clause.text):
        return dated or moves(context)
    if SHORT_OF.search(clause.text):
        return []  # "90 points short of a bear market" says that there is none
    for heading, threshold, word in (("bear", -0.20, "bear market"), ("correction", -0.10, "correction")):
        if clause.has(heading):
            params = {
                "symbol": instrument.symbol, "mode": "crossed", "threshold": threshold, "word": word,
                "session": moment.session,
            }  # fmt: skip
            marks: dict[str, Basis] = {"symbol": basis, "threshold": "default", "session": moment.basis}
            why = f"{word}: a fall of {threshold:.0%} from the high, by close"
            return [Draft("drawdown", params, marks, why=why), *dated]
    return dated or moves(context)


SHORT_OF = phrases("short_of_a_phase")
ENDED = phrases("bear_market_ended")
"""A bear market that is over asks for dated phases, not for a threshold that was once reached."""


def reversal(context: Context, word: str, of: tuple[Instrument, Basis] | None = None) -> list[Draft]:
    """Whether the price had regained its old high before it fell by a fifth: known only afterwards."""
    named = of or single(context.subject()) or index_of(context)
    if named is None:
        return []
    instrument, basis = named
    moment = context.moment(instrument) or default_moment(context, instrument)
    if moment is None:
        return []
    direction = turn_direction(context.clause) if word != "bursting bubble" else "down"
    params = {
        "symbol": instrument.symbol, "mode": "reversal", "session": moment.session, "word": word,
        "direction": direction,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis}
    why = f"a {word} shows in whether the old extreme is reached again"
    return [Draft("trend_reversal", params, marks, directness="proxy", why=why)]


THAN = phrases("forecast_compared")
WITHIN = phrases("within_the_horizon")


BEFORE = phrases("before_an_end")
SPAN = phrases("span_of_a_forecast")


def forecasts(context: Context) -> list[Draft]:
    """A dated obligation: series, direction or target, end of the horizon.

    With neither a target nor a horizon a forecast is nearly always right or never wrong, so it is not scored.
    """
    clause = context.clause
    if _of_the_day(context):
        return moves(context)
    if (ahead := near_term(context)) or session_ahead(clause):
        return ahead
    if yearly := returns_ahead(context):
        return yearly
    if seen := falls_ahead(context) or years_ahead(context) or plainly_ahead(context) or fortunes(context):
        return seen
    named = _forecast_subject(context)
    if named is None or context.clock.published is None:
        return []
    instrument, basis = named
    said = _threshold_side(clause) or direction_near(clause, None) or _by_its_size(clause)
    direction = context.hinted(said)
    target = _target(context, direction, rate=instrument.kind == "rate")
    if _speaks_of_the_other_side(clause) and direction is not None:
        if target is not None and target[0].unit == "fraction":
            return []
        direction = turned(direction)  # "the yen will fall by the summer": the series is of the dollar in yen
    if target is not None and target[0].text and PARITY.fullmatch(target[0].text):
        if instrument.kind != "currency":
            return []
        direction = None  # the side that parity lies on says which way
    if target is not None and target[0].unit == "fraction":
        direction = "up" if target[0].value > 0 else "down"
    if direction is None and target is None:
        return []
    if target is None and THAN.search(clause.text):
        return []  # "returns will be lower than over the last decade": of two spans, not of a price
    read = context.clock.horizon(clause)
    lengths = any(isinstance(e.value, (Duration, Until)) for e in clause.times)
    hinted = context.proposal is not None
    if read is None and ((target is None and not hinted) or lengths or _other_span(clause)):
        return []
    made = context.clock.published
    months = named_horizon(clause)
    default_end = a_year_later(made) if months is None else made + timedelta(days=round(months * A_MONTH))
    end = read[0] if read else default_end
    edge = None if target is None else _edge_of_a_range(clause, target[0], direction)
    if edge is not None:
        target = edge, True
    within = WITHIN.search(clause.text)
    closes = YEAR_CLOSES.search(clause.text) or AT_THE_END.search(clause.text)
    reaches = target is not None and REACH.search(clause.text) is not None
    touch = (target is not None and target[1] and not closes) or within is not None or (reaches and not closes)
    point = target is not None and not touch and _is_point(clause, target[0])
    if target is not None and point:
        target = _near(target[0]), False
    params = {
        "symbol": instrument.symbol, "made": made, "end": end, "horizon_basis": "text" if read else "default",
        "direction": direction, "stated": target[0] if target else None, "mode": "touch" if touch else "at_horizon",
        **({"probability": odds.value} if (odds := chance(clause)) else {}),
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "end": read[1] if read else "default", "made": "article",
        "direction": "quote" if said else "proposed",
    }  # fmt: skip
    assumed = () if read else (f"no horizon is stated: {months or A_YEAR} months",)
    if read and read[3]:
        assumed = (f'"{read[2]}" is taken to end on {end}',)
    if point:
        assumed = (*assumed, "a level to stand at counts as met within 5 %")
    return [Draft("forecast", params, marks, assumed=assumed, why="a forecast is resolved by its own words")]


def _speaks_of_the_other_side(clause: Clause) -> bool:
    """Whether what is named falls where its series rises: a currency that others are quoted in."""
    return any(mention.inverse for mention in clause.mentions)


DIGIT = re.compile(r"\d")


def _by_its_size(clause: Clause) -> Direction | None:
    """The way that a verb of size goes: "will double within a year", "dürfte sich halbieren"."""
    sizes = [f.value for f in clause.figures if f.unit == "fraction" and not DIGIT.search(f.text)]
    if len(sizes) != 1 or 0.0 <= sizes[0] < 1.0:
        return None
    return "up" if sizes[0] > 0 else "down"


def _other_span(clause: Clause) -> bool:
    """Whether a horizon is stated in words that are not read: "another difficult day" is not of twelve months."""
    return BEFORE.search(clause.text) is not None or SPAN.search(clause.text) is not None


REACH = phrases("touches_a_level")
"""A level that any close may touch: "will reach 6,000 this year"."""
AT_THE_END = phrases("ends_the_year_at")
"""A level to stand at when the year ends, and not one to touch before: "finish 2025 above 6,500"."""


def _threshold_side(clause: Clause) -> Direction | None:
    """The way to a threshold, whatever else moves in the clause: "called the pullback healthy … above 6,500"."""
    roles = {part.role for part in parts(clause) if part.figure.unit in ("points", "currency")}
    return "up" if roles == {"above"} else "down" if roles == {"below"} else None


def _is_point(clause: Clause, said: Stated) -> bool:
    """ "Ende 2023 bei 4200 Punkten": a level to stand at, neither one to rise to nor one to fall to."""
    before = clause.text[: max(0, clause.text.find(said.text))]
    return said.unit in ("points", "currency") and STAND_AT.search(before) is not None


STAND_AT = Pattern(rf"\b{any_phrase('stands_then_at')}\W+(?:\w+\W+)?$", re.IGNORECASE)


INTO_A_RANGE = Pattern(rf"\b{any_phrase('into_a_range')}\s+(?:the\s+)?$", re.IGNORECASE)


def _edge_of_a_range(clause: Clause, said: Stated, direction: Direction | None) -> Stated | None:
    """ "Fall to the high $80s or low $90s": who names a range to fall to means its upper edge, on any day."""
    if said.qualifier != "between" or direction is None or said.unit not in ("points", "currency"):
        return None
    if INTO_A_RANGE.search(clause.text[: max(0, clause.text.find(said.text))]) is None:
        return None
    if direction == "down":
        return said.model_copy(update={"qualifier": "at_most", "low": None})
    return said.model_copy(update={"qualifier": "at_least", "high": None})


def _near(said: Stated) -> Stated:
    return said.model_copy(update={"qualifier": "between", "low": said.value * 0.95, "high": said.value * 1.05})


def _of_the_day(context: Context) -> bool:
    """Whether the forecast is for the session of the day it was written on: that session decides it."""
    published = context.clock.published
    read = context.clock.period(context.clause, days_only=True)
    same = read is not None and published is not None and read[0].first == published
    return same or within_session(context.clause) or TODAY.search(context.clause.text) is not None


TODAY = Pattern(rf"\b(?:zeichne\w* sich\b.{{0,60}}\bab|{any_phrase('before_the_open')})\b", re.IGNORECASE)


def _forecast_subject(context: Context) -> tuple[Instrument, Basis] | None:
    """What the forecast is of; an instrument in another clause than the word of forecast is not meant."""
    clause = context.clause
    cues = [c for c in clause.cues if c.heading in ("forecast_strong", "forecast")]
    subject = context.subject()
    if not clause.mentions and subject is not None and subject.basis != "proposed" and names_another(clause):
        return None  # "As the 10-year yield rises, BTFP usage should increase": of the usage, not of the yield
    if cues and clause.mentions:
        first = min(c.start for c in cues)
        text = clause.view.article.text
        near = [m for m in clause.mentions if m.start > first or "," not in text[m.end : first]]
        if not near:
            return None
        figures = [p.figure.start for p in parts(clause)]
        subject = context.subject(figures[0] if figures else near[0].end)
    return single(subject) or index_of(context)


PARITY = phrases("parity_of_currencies")


def _parity(word: str) -> Stated:
    """One for one, within half a cent."""
    return Stated(text=word, value=1.0, low=0.995, high=1.005, unit="points", qualifier="exact")


def _in_points(said: Stated, *, threshold: bool) -> Stated:
    """The level of a rate in per cent, as its series has it: 5 per cent are no change by 5 per cent. A ``threshold`` is
    meant to the digit."""
    value, low, high = (None if one is None else round(one * 100, 6) for one in (said.value, said.low, said.high))
    bounds = {"low": value, "high": value, "qualifier": "exact"} if threshold else {"low": low, "high": high}
    return said.model_copy(update={"unit": "points", "value": value, **bounds})


def _target(context: Context, direction: Direction | None, *, rate: bool = False) -> tuple[Stated, bool] | None:
    """The target of a forecast and whether touching it is enough; a probability is none. Of a ``rate``, figures in per
    cent are levels."""
    odds = chance(context.clause)
    if (parity := PARITY.search(context.clause.text)) is not None:
        return _parity(parity.group()), True
    for part in parts(context.clause):
        if part.figure == odds:
            continue
        threshold = part.role in ("above", "below")
        if part.figure.unit == "fraction" and rate and part.role in ("level", "above", "below"):
            return _in_points(stated(part.figure, "up"), threshold=threshold), threshold
        if part.figure.unit == "fraction" and direction is not None:
            return stated(part.figure, direction), False
        if part.figure.unit in ("points", "currency") and abs(part.figure.value) < MARKET_VALUE_FROM:
            as_written = threshold or REACH.search(context.clause.text) is not None
            return stated(part.figure, "up", exact=as_written), threshold
    return None
