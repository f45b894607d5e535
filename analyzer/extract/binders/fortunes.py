"""Forecasts of how a price will fare, in words that name no movement: resolved by its direction, over the time that is
stated, else over a written default."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

from analyzer.extract.binders.common import index_of, named_of, names_another
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.forecast_words import is_house
from analyzer.extract.fortunes import ON_ITS_WAY, SHARES_OF_ALL, Fortune, fortune_ahead
from analyzer.extract.phrases import phrases
from analyzer.extract.plain_forecasts import is_a_firm
from analyzer.market.instruments import Basket, Instrument
from analyzer.market.mentions import Mention
from analyzer.model import Basis, Direction

A_MONTH_OF_DAYS = 30.4375
STOCKS = "^GSPC"
"""What is meant where an English text sees the shares of a market fare and names no market."""
OTHER_WAY: dict[Direction, Direction] = {"up": "down", "down": "up"}


def fortunes(context: Context) -> list[Draft]:
    """forecast of each price that the clause sees to fare well or badly; nothing where a time stands in it that is no
    horizon."""
    fortune = fortune_ahead(context.clause)
    published = context.clock.published
    if fortune is None or published is None:
        return []
    read = context.clock.horizon(context.clause)
    if read is None and context.clause.times:
        return []
    end = read[0] if read else published + timedelta(days=round(fortune.months * A_MONTH_OF_DAYS))
    assumed = _assumed(fortune, read)
    drafts = []
    for instrument, basis, inverse in _priced(context):
        params = {
            "symbol": instrument.symbol, "made": published, "end": end, "mode": "at_horizon",
            "horizon_basis": "text" if read and not read[3] else "default",
            "direction": OTHER_WAY[fortune.direction] if inverse else fortune.direction,
        }  # fmt: skip
        marks: dict[str, Basis] = {
            "symbol": basis, "made": "article", "end": read[1] if read else "default", "direction": "quote",
        }  # fmt: skip
        unnamed = (f"no market is named: {instrument.name}",) if basis == "default" else ()
        why = "how a price will fare is resolved by its direction"
        drafts.append(Draft("forecast", params, marks, assumed=(*assumed, *unnamed), why=why))
    return drafts


def _assumed(fortune: Fortune, read: tuple[object, Basis, str, bool] | None) -> tuple[str, ...]:
    if read is None:
        return (f"no horizon is stated: {fortune.months} months",)
    return (f'"{read[2]}" is taken to end on {read[0]}',) if read[3] else ()


def _priced(context: Context) -> list[tuple[Instrument, Basis, bool]]:
    """What is seen to fare so: the one price that is named, or those that are named together, as far as there are data;
    else what was named before; else the shares of a market at large."""
    named = _mentions(context)
    if not named:
        return _not_named_here(context)
    if len({m.target.symbol if isinstance(m.target, Instrument) else m.target.id for m in named}) > 1:
        if not _are_joined(context, named):
            return []
        each = [(m.target, m.inverse) for m in named if isinstance(m.target, Instrument)]
        return [(one, "quote", inverse) for one, inverse in each if context.available(one.symbol)]
    if is_a_firm(context.clause, named[0]):
        return []
    one = single(context.subject(named[0].end)) or index_of(context)
    return [(*one, named[0].inverse)] if one is not None else []


def _mentions(context: Context) -> list[Mention]:
    """What the clause names and has a price, but for who forecasts."""
    priced = [m for m in context.clause.mentions if isinstance(m.target, Basket) or m.target.kind != "macro"]
    return [m for m in priced if len(priced) == 1 or not is_house(m.text)]


JOINED = phrases("joins_subjects")


def _are_joined(context: Context, named: list[Mention]) -> bool:
    """ "The euro and the yen": names with nothing but a word that joins them between."""
    text = context.clause.view.article.text
    between = [text[a.end : b.start] for a, b in pairwise(named)]
    return all(len(words.split()) <= 2 and JOINED.search(words) is not None for words in between)


def _not_named_here(context: Context) -> list[tuple[Instrument, Basis, bool]]:
    clause = context.clause
    if any(isinstance(m.target, Instrument) for m in clause.mentions):
        return []  # of the economy
    at_large = SHARES_OF_ALL.search(clause.text)
    subject = None if at_large or names_another(clause) else named_of(context, clause.end)
    named = single(subject)
    if subject is not None and named is not None:
        return [(*named, subject.inverse)]
    if (elsewhere := _named_by_the_same_word(context)) is not None:
        return [elsewhere]
    stocks = context.instrument(STOCKS)
    english = clause.view.article.language == "en"
    if stocks is not None and at_large and english:
        return [(stocks, "default", False)]
    return [(main, "article", False)] if (main := _index_of_the_article(context)) is not None else []


def _index_of_the_article(context: Context) -> Instrument | None:
    """The index that an article speaks of most, where the clause sees a rally, or its end, and names nothing: what is
    only taken from there refutes nothing."""
    clause, main = context.clause, context.clause.view.main_subject
    spoken = any(m.target == main and m.end <= clause.start for m in clause.view.mentions)
    of_a_market = any(words.search(clause.text) for lists in ON_ITS_WAY.values() for words in lists)
    is_index = isinstance(main, Instrument) and main.kind == "index"
    return main if isinstance(main, Instrument) and is_index and spoken and of_a_market else None


def _named_by_the_same_word(context: Context) -> tuple[Instrument, Basis, bool] | None:
    """What another sentence of the article names by a word that stands here too: "the euro", which by itself may mean
    money of any kind."""
    words = {
        (m.target, m.inverse)
        for m in context.clause.view.mentions
        if isinstance(m.target, Instrument)
        and m.target.kind not in ("macro", "equity")
        and re.search(rf"\b{re.escape(m.text)}\b", context.clause.text) is not None
        and context.available(m.target.symbol)
    }
    if len(words) != 1:
        return None
    instrument, inverse = words.pop()
    return instrument, "context", inverse
