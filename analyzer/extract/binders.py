"""From a claim to drafts of trials, one function per family of checks.

Everything is read from the text: subject, direction, figure, window, threshold. What the text does not say comes from
the check's written default and is marked ``default``. No function here looks at a price.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.resolve import resolve
from analyzer.extract.roles import DOWN, MARKET_VALUE_FROM, UP, Part, direction_near, parts
from analyzer.extract.subjects import Subject, subjects_in
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment, Stretch, exchange_of
from analyzer.market.instruments import Basket, Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.series import Event
from analyzer.text import times as t
from analyzer.text.numbers import stated

ORDINALS = {
    "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip


# --- moves and market value -----------------------------------------------------------------------------------------


def moves(context: Context) -> list[Draft]:
    """session_return, period_return, market_value_change and drawdown for each figure, or the bare direction."""
    found: list[Draft] = []
    for part in parts(context.clause):
        if part.role == "change":
            found += _change(context, part)
        elif part.role == "distance":
            found += _distance(context, part)
        elif part.role in ("level", "above", "below"):
            found += level_of(context, part)
    return found or _bare_direction(context)


def _change(context: Context, part: Part) -> list[Draft]:
    figure = part.figure
    subject = context.subject(figure.core_start)
    if subject is None or part.direction is None:
        return []
    if figure.unit == "currency" and abs(figure.value) >= MARKET_VALUE_FROM:
        return _market_value(context, part, subject)
    if subject.basket is not None:
        return _basket_move(context, subject.basket, subject.basis, part)
    assert subject.instrument is not None
    instrument, said = subject.instrument, stated(figure, part.direction)
    said = _in_series_units(said, instrument)
    basis: dict[str, Basis] = {"symbol": subject.basis, "stated": "quote", "direction": "quote"}
    stretch = context.stretch(instrument, figure.start)
    if stretch is not None and said.unit == "fraction":
        return [_period(context, instrument, stretch, said, basis)]
    moment = context.moment(instrument, figure.start)
    if moment is None:
        return []
    return [_session(context, instrument, moment, said, basis)]


def _session(
    context: Context, instrument: Instrument, moment: Moment, said: Stated | None, basis: dict[str, Basis]
) -> Draft:
    params = {
        "symbol": instrument.symbol, "session": moment.session, "direction": basis and _direction(context, said),
        "stated": said, "peers": context.peers(instrument.symbol, moment.session), "or_session": moment.other,
        "named_day": moment.named,
    }  # fmt: skip
    assumed = ()
    if moment.basis == "default":
        assumed = (f"the text names no day: the last session before publication, {moment.session}",)
    return Draft(
        "session_return", params, {**basis, "session": moment.basis}, assumed=assumed,
        why="the size of a move within one session",
    )  # fmt: skip


def _period(
    context: Context, instrument: Instrument, stretch: Stretch, said: Stated | None, basis: dict[str, Basis]
) -> Draft:
    params = {
        "symbol": instrument.symbol, "base": stretch.base, "last": stretch.last,
        "direction": _direction(context, said), "stated": said,
        "peers": context.peers(instrument.symbol, stretch.base),
    }  # fmt: skip
    assumed = (f'"{stretch.text}" is taken to begin at the close of {stretch.base}',) if stretch.vague else ()
    return Draft(
        "period_return", params, {**basis, "base": stretch.basis, "last": stretch.basis}, assumed=assumed,
        why="the size of a move over a period",
    )  # fmt: skip


def _direction(context: Context, said: Stated | None) -> Direction | None:
    if said is not None and said.value:
        return "up" if said.value > 0 else "down"
    return direction_near(context.clause, None)


def _in_series_units(said: Stated, instrument: Instrument) -> Stated:
    """Changes in basis points or in money per share, as points of the series (yields are in per cent)."""
    if said.unit == "percentage_points":
        scaled = {k: v * 100 if v is not None else None for k, v in (("low", said.low), ("high", said.high))}
        return said.model_copy(update={"value": said.value * 100, "unit": "points", **scaled})
    if said.unit == "currency":
        return said.model_copy(update={"unit": "points", "currency": None})
    return said


def _market_value(context: Context, part: Part, subject: Subject) -> list[Draft]:
    said = stated(part.figure, part.direction)
    instrument = subject.instrument
    if instrument is None:
        assert subject.basket is not None
        anchor = context.instrument(subject.basket.index or "^GSPC")
    else:
        anchor = instrument
    if anchor is None:
        return []
    stretch = context.stretch(anchor, part.figure.start)
    moment = context.moment(anchor, part.figure.start) if stretch is None else None
    if stretch is not None and stretch.last is not None:
        base, last, window_basis = stretch.base, stretch.last, stretch.basis
    elif moment is not None:
        from analyzer.market import calendars

        base = calendars.session_offset(exchange_of(anchor), moment.session, -1)
        last, window_basis = moment.session, moment.basis
    else:
        return []
    symbols = (instrument.symbol,) if instrument else subject.basket.at(last) if subject.basket else ()
    peers = context.peers(instrument.symbol, last) if instrument else ()
    params = {
        "symbols": symbols, "base": base, "last": last, "direction": part.direction, "stated": said, "peers": peers,
    }  # fmt: skip
    basis: dict[str, Basis] = {
        "symbol": subject.basis, "base": window_basis, "last": window_basis, "stated": "quote", "direction": "quote",
    }  # fmt: skip
    return [Draft("market_value_change", params, basis, why="money won or lost is a change of market value")]


def _distance(context: Context, part: Part) -> list[Draft]:
    """ "20 percent below its peak": the drawdown at the session, not a return."""
    subject = context.subject(part.figure.core_start)
    named = single(subject)
    if named is None:
        return []
    instrument, basis = named
    moment = context.moment(instrument, part.figure.start) or _default_moment(context, instrument)
    said = stated(replace(part.figure, signed=False, value=abs(part.figure.value)), "down")
    params = {
        "symbol": instrument.symbol, "mode": "size", "stated": said, "session": moment.session if moment else None,
        "start": context.clock.peak_day(context.clause), "word": "distance from the high",
    }  # fmt: skip
    return [
        Draft(
            "drawdown", params, {"symbol": basis, "stated": "quote", "session": moment.basis if moment else "default"},
            why="a distance from a high is a drawdown",
        )
    ]  # fmt: skip


def _basket_move(context: Context, basket: Basket, basis: Basis, part: Part | None) -> list[Draft]:
    """A group moved: did its members? With a figure also the index that stands for the group, as a proxy."""
    drafts = breadth_of(context, basket, basis, "market" if part else "most")
    index = context.instrument(basket.index) if basket.index else None
    if part is not None and index is not None and part.figure.unit == "fraction":
        moment = context.moment(index, part.figure.start)
        stretch = context.stretch(index, part.figure.start)
        said = stated(part.figure, part.direction)
        marks: dict[str, Basis] = {"symbol": "article", "stated": "quote"}
        if stretch is not None:
            drafts.append(replace(_period(context, index, stretch, said, marks), directness="proxy"))
        elif moment is not None:
            drafts.append(replace(_session(context, index, moment, said, marks), directness="proxy"))
    return drafts


def _bare_direction(context: Context) -> list[Draft]:
    """ "Fell sharply" without a figure: the direction of each instrument that is named."""
    clause = context.clause
    direction = direction_near(clause, None)
    if direction is None:
        return []
    found: list[Draft] = []
    for subject in subjects_in(clause) or tuple(s for s in (context.subject(),) if s):
        if subject.basket is not None:
            found += breadth_of(context, subject.basket, subject.basis, "most")
            continue
        assert subject.instrument is not None
        basis: dict[str, Basis] = {"symbol": subject.basis, "direction": "quote"}
        stretch = context.stretch(subject.instrument)
        moment = context.moment(subject.instrument) if stretch is None else None
        if stretch is not None:
            found.append(_period(context, subject.instrument, stretch, None, basis))
        elif moment is not None:
            found.append(_session(context, subject.instrument, moment, None, basis))
    return found[:4]


# --- levels and records ---------------------------------------------------------------------------------------------


def levels(context: Context) -> list[Draft]:
    return [d for part in parts(context.clause) if part.role != "change" for d in level_of(context, part)]


FIRST_TIME = re.compile(r"\b(erstmals|zum ersten mal|for the first time|first time|noch nie|never)\b", re.IGNORECASE)


def level_of(context: Context, part: Part) -> list[Draft]:
    """A close at, above or below a level; "for the first time" on request of the words."""
    clause, figure = context.clause, part.figure
    subject = context.subject(figure.core_start)
    named = single(subject)
    if named is None or part.role == "start":
        return []
    instrument, basis = named
    threshold = part.role in ("above", "below")
    direction: Direction = "down" if figure.signed and figure.value < 0 else "up"
    said = stated(figure, direction, exact=threshold or figure.unit == "points")
    if said.unit == "currency" and abs(said.value) >= MARKET_VALUE_FROM:
        return []
    moment = context.moment(instrument, figure.start)
    first = FIRST_TIME.search(clause.text) is not None
    moved = clause.has(*UP, *DOWN) and threshold
    relation = part.role if threshold else "at"
    if first and threshold:
        relation = f"crossed_{part.role}"
    params = {
        "symbol": instrument.symbol, "session": moment.session if moment else None, "relation": relation,
        "stated": said, "first_time": first,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "stated": "quote", "threshold": "quote", "session": moment.basis if moment else "default",
    }  # fmt: skip
    why = "a level that was reached" if not moved else "a threshold that was passed"
    return [Draft("level", params, marks, why=why)]


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
    r"\b(any company|of any|any stock|eines (?:einzelnen )?unternehmens|einer (?:einzelnen )?aktie|je ein)\b",
    re.IGNORECASE,
)


def records(context: Context) -> list[Draft]:
    """record_extreme for "highest since", "largest ever", "third worst"; its figures are tried as moves and levels."""
    clause = context.clause
    subject = context.subject()
    named = single(subjects_in(clause)[0] if subjects_in(clause) else subject)
    figures = moves(context) if parts(clause) else []
    first_time = FIRST_TIME.search(clause.text) and any(d.check == "level" for d in figures)
    if named is None or first_time:
        return figures
    instrument, basis = named
    moment = context.day(instrument) or _default_moment(context, instrument)
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


def _default_moment(context: Context, instrument: Instrument) -> Moment | None:
    """A record of a longer period is judged at its end."""
    if instrument.kind == "macro":
        return None
    stretch = context.stretch(instrument)
    if stretch is not None and stretch.last is not None:
        return Moment(stretch.last, stretch.basis, stretch.text)
    last = context.clock.last_session(instrument)
    return Moment(last, "default") if last else None


def _quantity_and_side(context: Context) -> tuple[str | None, str]:
    clause = context.clause
    text = clause.text
    direction = direction_near(clause, None)
    move = MOVE_RECORD.search(text) is not None
    if HIGH_WORDS.search(text) and not re.search(r"\b(höchst\w*|größt\w*)\s+tages", text, re.IGNORECASE):
        return "level", "high"
    if LOW_WORDS.search(text) and not WORST.search(text):
        return "level", "low"
    if re.search(r"börsenwert|marktwert|market value|market cap", text, re.IGNORECASE):
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


LAST_SEEN = re.compile(r"\b(zuletzt|last|wie)\s*(?:seen|in|on|im|am|an|ende|anfang|mitte|early|late)?\s*$", re.IGNORECASE)


def _beginning(expression: t.TimeExpression, context: Context) -> t.TimeValue:
    """What an expression says of the beginning of a span: "since 1981", "in almost two years", "zuletzt im März"."""
    value = expression.value
    if isinstance(value, t.Since):
        return value.anchor
    if isinstance(value, t.Duration) and value.side != "future" and value.count is not None:
        return t.Ago(value.count, value.unit)
    before = context.clause.view.article.text[max(0, expression.start - 24) : expression.start]
    if isinstance(value, (t.Month, t.Year, t.YearPart, t.Day)) and LAST_SEEN.search(before):
        return value
    return t.Ever()


# --- comparison, breadth, mood, volume ------------------------------------------------------------------------------

WORSE = re.compile(
    r"\b(schlechter|schwächer|hinkt\w*|zurück\w*|underperform\w*|lagg?\w*|trail\w*|worse|weaker|less|hinterher\w*|schlusslicht)\b",
    re.IGNORECASE,
)


def comparisons(context: Context) -> list[Draft]:
    """relative_performance of the first two instruments that the clause names."""
    named = [s for s in subjects_in(context.clause) if s.instrument]
    if len(named) < 2:
        named = [s for s in subjects_in(context.clause.sentence) if s.instrument]
    if len(named) < 2:
        return moves(context)
    first, second = named[0].instrument, named[1].instrument
    if first is None or second is None:
        return []
    stretch = context.stretch(first)
    moment = context.moment(first) if stretch is None else None
    if stretch is not None:
        base, last, basis = stretch.base, stretch.last, stretch.basis
    elif moment is not None:
        from analyzer.market import calendars

        base = calendars.session_offset(exchange_of(first), moment.session, -1)
        last, basis = moment.session, moment.basis
    else:
        return []
    relation = "worse" if WORSE.search(context.clause.text) else "better"
    params = {"symbol": first.symbol, "other": second.symbol, "base": base, "last": last, "relation": relation}
    marks: dict[str, Basis] = {"symbol": named[0].basis, "other": named[1].basis, "base": basis, "last": basis}
    return [Draft("relative_performance", params, marks, why="two instruments over one window")]


ALL = re.compile(
    r"\b(alle\w*|ausnahmslos|sämtliche|durch die bank|every|all|jede\w*|keine einzige)\b", re.IGNORECASE
)


def breadth_of(context: Context, basket: Basket, basis: Basis, quantifier: str) -> list[Draft]:
    anchor = context.instrument(basket.index or "^GSPC") or context.instrument("^GSPC")
    direction = direction_near(context.clause, None)
    if anchor is None or direction is None:
        return []
    stretch = context.stretch(anchor)
    moment = context.moment(anchor) if stretch is None else None
    if stretch is not None and stretch.last is not None:
        base, last, window = stretch.base, stretch.last, stretch.basis
    elif moment is not None:
        from analyzer.market import calendars

        base = calendars.session_offset(exchange_of(anchor), moment.session, -1)
        last, window = moment.session, moment.basis
    else:
        return []
    if ALL.search(context.clause.text) and not re.search(r"\b(fast|nahezu|nearly|almost)\b", context.clause.text, re.I):
        quantifier = "all"
    params = {
        "members": basket.at(last), "base": base, "last": last, "direction": direction, "quantifier": quantifier,
        "label": basket.name,
    }  # fmt: skip
    marks: dict[str, Basis] = {"members": basis, "symbol": basis, "base": window, "last": window}
    return [Draft("breadth", params, marks, directness="statistical", why=f"the dated members of {basket.name}")]


def breadths(context: Context) -> list[Draft]:
    subject = next((s for s in subjects_in(context.clause) if s.basket), None) or context.subject()
    if subject is not None and subject.basket is not None:
        return breadth_of(context, subject.basket, subject.basis, "market")
    market = context.catalogue.basket("big-tech")
    return breadth_of(context, market, "default", "market") if market is not None and subject is None else []


MOODS = ("panic", "stress", "nervous", "calm")


def moods(context: Context) -> list[Draft]:
    """volatility_regime on the VIX for words of mood, abnormal_volume for words of turnover."""
    clause = context.clause
    drafts = volumes(context) if clause.has("volume") else []
    words = [m for m in MOODS if clause.has(m)]
    vix = context.instrument("^VIX")
    if not words or vix is None:
        return drafts or moves(context)
    moment = context.moment(vix) or _default_moment(context, vix)
    if moment is None:
        return drafts
    return [*(_mood(context, word, moment) for word in words), *drafts]


def _mood(context: Context, word: str, moment: Moment) -> Draft:
    basket = context.catalogue.basket("big-tech") if word == "panic" else None
    params = {
        "symbol": "^VIX", "session": moment.session, "word": word,
        "members": basket.at(moment.session) if basket else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": "default", "session": moment.basis, "word": "quote"}
    why = "the VIX says how dear protection was, not what people felt"
    return Draft("volatility_regime", params, marks, directness="statistical", why=why)


def volumes(context: Context) -> list[Draft]:
    named = single(context.subject())
    instrument, basis = named if named else (context.instrument("SPY"), "default")
    if instrument is None:
        return []
    moment = context.moment(instrument)
    if moment is None:
        return []
    low = re.search(r"\b(dünn\w*|gering\w*|niedrig\w*|thin|light|low)\b", context.clause.text, re.IGNORECASE)
    params = {"symbol": instrument.symbol, "session": moment.session, "direction": "low" if low else "high"}
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis}  # type: ignore[dict-item]
    return [Draft("abnormal_volume", params, marks, directness="statistical", why="turnover against its usual size")]


# --- trends, bubbles, causes, forecasts -----------------------------------------------------------------------------


def trends(context: Context) -> list[Draft]:
    """drawdown thresholds for bear markets and corrections; reversals judged by what followed."""
    clause = context.clause
    named = single(context.subject()) or _index_of(context)
    if named is None:
        return moves(context)
    instrument, basis = named
    moment = context.moment(instrument) or _default_moment(context, instrument)
    if clause.has("reversal"):
        return reversal(context, "trend reversal")
    for heading, threshold, word in (("bear", -0.20, "bear market"), ("correction", -0.10, "correction")):
        if clause.has(heading):
            params = {
                "symbol": instrument.symbol, "mode": "crossed", "threshold": threshold, "word": word,
                "session": moment.session if moment else None,
            }  # fmt: skip
            marks: dict[str, Basis] = {"symbol": basis, "threshold": "default"}
            return [Draft("drawdown", params, marks, why=f"{word}: a fall of {threshold:.0%} from the high, by close")]
    return moves(context)


def reversal(context: Context, word: str) -> list[Draft]:
    """Whether the price had regained its old high before it fell by a fifth: known only afterwards."""
    named = single(context.subject()) or _index_of(context)
    if named is None:
        return []
    instrument, basis = named
    moment = context.moment(instrument) or _default_moment(context, instrument)
    if moment is None:
        return []
    params = {"symbol": instrument.symbol, "mode": "reversal", "session": moment.session, "word": word}
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis, "threshold": "default"}
    why = f"a {word} shows in whether the old high is regained"
    return [Draft("drawdown", params, marks, directness="proxy", why=why)]


def _index_of(context: Context) -> tuple[Instrument, Basis] | None:
    """For a basket: the instrument of the article's own subject in it, else the index that stands for it."""
    subject = context.subject()
    if subject is None or subject.basket is None:
        return None
    when = context.clock.published or date.max
    members = set(subject.basket.at(when))
    for mention in context.clause.view.mentions:
        if isinstance(mention.target, Instrument) and mention.target.symbol in members:
            return mention.target, "article"
    index = context.instrument(subject.basket.index) if subject.basket.index else None
    return (index, "article") if index else None


def bubbles(context: Context) -> list[Draft]:
    return reversal(context, "bursting bubble") if context.clause.has("bubble_burst") else []


def causes(context: Context) -> list[Draft]:
    """event_study of the session in question, and the mood if the effect is one."""
    clause = context.clause
    named = single(context.subject()) or _index_of(context)
    drafts: list[Draft] = []
    if named is not None:
        drafts = _event_study(context, *named)
    if clause.has("panic", "nervous", "stress"):
        drafts += [replace(d, directness="proxy") for d in moods(context) if d.check == "volatility_regime"]
    figures = moves(context) if parts(clause) else []
    return [*figures, *drafts]


def _event_study(context: Context, instrument: Instrument, basis: Basis) -> list[Draft]:
    moment = context.moment(instrument)
    if moment is None or instrument.kind not in ("equity", "etf", "index", "crypto"):
        return []
    event = named_event(context, moment.session)
    benchmark = instrument.benchmark or "^GSPC"
    if benchmark == instrument.symbol:
        return []
    params = {
        "symbol": instrument.symbol, "benchmark": benchmark, "session": moment.session,
        "direction": direction_near(context.clause, None) or _mood_direction(context),
        "event": event.title if event else None, "event_date": event.date if event else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "session": moment.basis, "benchmark": "default", "event": "context" if event else "default",
    }  # fmt: skip
    why = "was the move abnormal against the market"
    return [Draft("event_study", params, marks, directness="statistical", why=why)]


def _mood_direction(context: Context) -> Direction | None:
    return "down" if context.clause.has("panic", "stress") else None


def named_event(context: Context, session: date) -> Event | None:
    """The latest event up to the session whose title shares a telling word with the claim's paragraph."""
    words = telling_words(context.clause.paragraph.text)
    known = [e for e in context.events if e.date <= session and telling_words(e.title) & words]
    return max(known, key=lambda e: e.date) if known else None


COMMON = frozenset(
    ("Nvidia", "China", "Chinese", "Commerce", "Federal", "Company", "Quarter", "American", "United", "States", "Store")
)
"""Capitalised words of the events table that name no event by themselves."""


def telling_words(text: str) -> frozenset[str]:
    """Names in a text by which an event may be recognised: capitalised, at least six letters, not common."""
    return frozenset(re.findall(r"\b[A-Z][A-Za-z]{5,}\b", text)) - COMMON


WITHIN = re.compile(r"\b(within|innerhalb|binnen|before|noch in|noch vor|over the next)\b", re.IGNORECASE)


def forecasts(context: Context) -> list[Draft]:
    """A dated obligation: series, direction or target, end of the horizon."""
    clause = context.clause
    named = single(context.subject()) or _index_of(context)
    if named is None or context.clock.published is None:
        return []
    instrument, basis = named
    direction = direction_near(clause, None)
    target = _target(context, direction)
    if direction is None and target is None:
        return []
    read = context.clock.horizon(clause)
    made = context.clock.published
    end = read[0] if read else made.replace(year=made.year + 1, day=min(made.day, 28))
    within = WITHIN.search(clause.text)
    touch = (target is not None and target[1]) or within is not None
    params = {
        "symbol": instrument.symbol, "made": made, "end": end, "horizon_basis": "text" if read else "default",
        "direction": direction, "stated": target[0] if target else None, "mode": "touch" if touch else "at_horizon",
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "end": read[1] if read else "default", "made": "article", "direction": "quote",
    }  # fmt: skip
    assumed = () if read else ("no horizon is stated: 12 months",)
    if read and read[3]:
        assumed = (f'"{read[2]}" is taken to end on {end}',)
    return [Draft("forecast", params, marks, assumed=assumed, why="a forecast is resolved by its own words")]


def _target(context: Context, direction: Direction | None) -> tuple[Stated, bool] | None:
    """The target of a forecast and whether touching it is enough."""
    for part in parts(context.clause):
        threshold = part.role in ("above", "below")
        if part.figure.unit == "fraction" and direction is not None:
            return stated(part.figure, direction), False
        if part.figure.unit in ("points", "currency") and abs(part.figure.value) < MARKET_VALUE_FROM:
            return stated(part.figure, "up", exact=True), threshold
    return None
