"""Bubbles: whether a price is in one, for how long, whether it bursts, and whether it rises ever faster.

Said of the present, explosive growth up to the session is tested; said of a span in the past, growth within it. Of a
bubble near its end, and of a rise that feeds on itself, log-periodic growth is tested beside it, as a proxy that
decides nothing. Fears of a bubble, bubbles of other things than prices and named bubbles of the past assert nothing of
the market of the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from analyzer.extract.binders.bank_measures import price_of_risk
from analyzer.extract.binders.common import default_moment, index_of
from analyzer.extract.binders.denials import is_denied
from analyzer.extract.binders.outlook import reversal
from analyzer.extract.binders.valuations import valuations
from analyzer.extract.classify import about_market
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import direction_near
from analyzer.extract.windows import Moment
from analyzer.market.instruments import Instrument
from analyzer.model import Basis
from analyzer.text.patterns import Pattern

YEARS = 5
"""Years up to the session in which growth is looked for where the text names no span."""
LOG_PERIODIC = ("symbol", "session", "word")
PRICED = ("equity", "etf", "index", "crypto", "commodity")
"""Kinds of instruments whose price can be called a bubble."""

NOW = Pattern(
    rf"\b{any_phrase('is_a_bubble', 'en')}\s+(?:[\w-]+\s+){{0,4}}?(?:in\s+)?(?:an?|one)?\s*"
    r"(?:[\w-]+\s+){0,3}?bubbles?\b"
    rf"|\bbubble\s+{any_phrase('bubble_goes_on')}\s+(?:[\w-]+\s+){{0,2}}{any_phrase('bubble_inflating')}\b"
    rf"|\b{any_phrase('inflates_a_bubble')}\s+(?:[\w-]+\s+){{0,3}}bubble\b|\b{any_phrase('bubble_without_a_verb')}\b"
    rf"|\bair\b.{{0,40}}\b{any_phrase('air_goes_into')}\s+(?:[\w-]+\s+){{0,4}}bubble\b"
    rf"|\b{any_phrase('is_a_bubble', 'de')}\s+(?:[\w-]+\s+){{0,6}}?\w*blase\b"
    r"|\bluft\b.{0,30}\w*blase\b"
    rf"|\bin (?:eine|einer|die|der)\s+(?:[\w-]+\s+)?\w*blase\s+{any_phrase('bubble_is_there')}\b"
    rf"|\b\w*blase\s+(?:[\w-]+\s+){{0,4}}?{any_phrase('bubble_grows')}\b"
    rf"|\b{any_phrase('bubble_grows_first')}\s+(?:[\w-]+\s+){{0,4}}?\w*blase\b",
    re.IGNORECASE,
)
"""Something is a bubble now, or one is being inflated."""
THEN = Pattern(
    rf"\b{any_phrase('was_a_bubble', 'en')}\s+(?:[\w-]+\s+){{0,4}}?bubble\b"
    rf"|\b{any_phrase('was_a_bubble', 'de')}\s+(?:[\w-]+\s+){{0,6}}?\w*blase\b",
    re.IGNORECASE,
)
NOT_SAID = phrases("bubble_not_said")
"""A bubble that is feared, thought of or still to come."""
OTHER_BUBBLE = Pattern(
    rf"\b{any_phrase('bubble_of_something_else', 'en')}[- ]bubbles?\b"
    rf"|\b{any_phrase('bubble_of_something_else', 'de')}-?blasen?\b|\b{any_phrase('bubble_by_name')}\b",
    re.IGNORECASE,
)
"""Bubbles of another time, or of what has no price here."""


def bubbles(context: Context) -> list[Draft]:
    """explosive_root for a bubble that is there; for one that bursts first what followed, which decides. Log-periodic
    growth stands last."""
    clause = context.clause
    if priced := price_of_risk(context):
        return priced
    if is_denied(clause.text):
        return []
    if clause.has("bubble_burst"):
        return _bursting(context)
    if NOT_SAID.search(clause.text) or OTHER_BUBBLE.search(clause.text):
        return []
    if clause.has("parabolic"):
        return _ever_faster(context)
    if NOW.search(clause.text):
        return _explosive(context, "inside")
    return _of_the_past(context) if THEN.search(clause.text) else valuations(context)


BUBBLE_OF_THE_PAST, STILL = phrases("bubble_of_the_past"), phrases("as_once")
"""A bubble with a name, which burst long ago, and words by which another is likened to it."""


def _is_history(text: str) -> bool:
    return BUBBLE_OF_THE_PAST.search(text) is not None and STILL.search(text) is None


ONLY_NAMED = phrases("burst_only_named")
"""A burst that is a condition, or what something else is likened to: "once this bubble bursts", "recalls the bursting
of"."""


def _bursting(context: Context) -> list[Draft]:
    if ONLY_NAMED.search(context.clause.text) or _is_history(context.clause.text):
        return []
    named = _named(context)
    drafts = reversal(context, "bursting bubble", named) if named is not None else []
    if not drafts or OTHER_BUBBLE.search(context.clause.text):
        return drafts
    return [*drafts, *_with_log_periodic(_explosive(context, "bursting"))]


def _ever_faster(context: Context) -> list[Draft]:
    """A rise that feeds on itself, up to the end of the span that is named, else up to the session; no fall does."""
    clause = context.clause
    if direction_near(clause, None) == "down" or clause.has("growth_of_other"):
        return []
    named = _named(context)
    stretch = context.stretch(named[0]) if named is not None else None
    past = stretch is not None and stretch.last is not None
    drafts = _of_the_past(context) if past else _explosive(context, "inside")
    word = next(c.text for c in clause.cues if c.heading == "parabolic")
    return _with_log_periodic([replace(d, params={**d.params, "word": word}) for d in drafts])


def _with_log_periodic(drafts: list[Draft]) -> list[Draft]:
    """The drafts, and log-periodic growth of the same price up to the same session beside them: always a proxy, so that
    it never decides against the test of explosive growth."""
    why = "a rise that runs to an end swings ever faster"
    beside = [
        Draft(
            "lppls_confidence", {k: d.params[k] for k in LOG_PERIODIC}, {k: d.basis[k] for k in LOG_PERIODIC}, why=why,
            directness="proxy",
        )
        for d in drafts
        if d.check == "explosive_root"
    ]  # fmt: skip
    return [*drafts, *beside]


def is_priced(instrument: Instrument | None) -> bool:
    """Whether it has a price that can run up and break: no rate, no currency, no figure of the economy."""
    return instrument is not None and instrument.kind in PRICED


def _named(context: Context) -> tuple[Instrument, Basis] | None:
    """What is said to be a bubble; where the text speaks of the market as a whole, the index that it names first."""
    subject = context.subject()
    named = single(subject) or index_of(context)
    if named is not None and is_priced(named[0]):
        return named
    if subject is not None and subject.basis in ("quote", "context"):
        return None  # a currency, a figure of the economy
    return index_of_article(context) if about_market(context.clause.paragraph) else None


def index_of_article(context: Context) -> tuple[Instrument, Basis] | None:
    """The index of shares that the article names first and that has data."""
    targets = (m.target for m in context.clause.view.mentions)
    indices = (i for i in targets if isinstance(i, Instrument) and i.kind == "index" and context.available(i.symbol))
    found = next(indices, None)
    return (found, "article") if found is not None else None


def _explosive(context: Context, says: str) -> list[Draft]:
    named = _named(context)
    if named is None:
        return []
    instrument, basis = named
    moment = context.moment(instrument) or default_moment(context, instrument) or _latest(context, instrument)
    if moment is None:
        return []
    return [_draft(context, (instrument, basis), moment, _years_before(moment.session), says)]


def _latest(context: Context, instrument: Instrument) -> Moment | None:
    """The last session, for what has gone on "for long" up to now."""
    last = None if context.clock.names_no_day(context.clause) else context.clock.last_session(instrument)
    return Moment(last, "default") if last is not None else None


def _of_the_past(context: Context) -> list[Draft]:
    named = _named(context)
    stretch = context.stretch(named[0]) if named is not None else None
    if named is None or stretch is None or stretch.last is None:
        return []
    moment = Moment(stretch.last, stretch.basis, stretch.text)
    return [_draft(context, named, moment, _years_before(stretch.base), "explosive")]


def _draft(context: Context, named: tuple[Instrument, Basis], moment: Moment, start: date, says: str) -> Draft:
    instrument, basis = named
    german = context.clause.view.article.language == "de"
    params = {
        "symbol": instrument.symbol, "start": start, "session": moment.session, "says": says,
        "word": "Blase" if german else "bubble",
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "session": moment.basis, "start": "default", "says": "quote", "word": "quote",
    }  # fmt: skip
    assumed = (f"growth is looked for from {start} on, {YEARS} years",)
    why = "a bubble, as far as prices show it, is growth that feeds on itself"
    return Draft(
        "explosive_root", params, marks, assumed=assumed, why=why,
        directness="proxy" if says == "bursting" else "statistical",
    )  # fmt: skip


def _years_before(session: date) -> date:
    first = 28 if (session.month, session.day) == (2, 29) else session.day
    return session.replace(year=session.year - YEARS, day=first)
