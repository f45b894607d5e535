"""What a clause does not say of the economy: of recessions, of other countries, of figures that were named before."""

from __future__ import annotations

import re

from analyzer.extract.binders.common import points_to_what_was_named
from analyzer.extract.binders.economy import EARNINGS, JOBS, PRICES_AT_LARGE
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.misreadings.common import is_forecast
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.market.instruments import Instrument
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

RECESSIONS = "USREC"
POLICY_RATES = ("FEDFUNDS", "DFEDTARU", "ECBDFR", "BOERUKM")
NOT_STATED = Pattern(rf"\b{any_phrase('no_recession_is_stated')}\s*$", re.IGNORECASE)
NO_SUBJECT = Pattern(rf"[\s-]+(?:\w+\s+)?{any_phrase('recession_is_no_subject')}\b", re.IGNORECASE)
AS_A_RULE = phrases("as_a_rule_before_a_recession")
IN_A_WORD = phrases("recession_in_a_word")
ELSEWHERE = phrases("another_economy")
PRICED = phrases("priced_by_markets")
ONE_OF_THEM = phrases("one_of_the_first")
DONE_TO_RATES = phrases("done_to_rates")
A_MARKET = phrases("market_that_is_ranked")
WORLD = re.compile("global|world|welt", re.IGNORECASE)
AMERICA = phrases("american_economy")
US = phrases("america_in_capitals", ignore_case=False)
STEP_OF_A_RATE = phrases("step_of_a_rate")
THE_FIGURE = Pattern(
    rf"^\W*(?:{any_phrase('before_an_anaphor')}\W+)*{any_phrase('definite_article')}\s+(?:\w+\s+){{0,2}}?{any_phrase('figure_named_before')}\b",
    re.IGNORECASE,
)
FAR = 270
"""Days ahead from which on a month without a year is hardly meant."""


def _is_no_recession(context: Context, draft: Draft) -> bool:
    """The word stands for a fear, a price, a reason, a condition or a technical term, or for another economy's."""
    if draft.params.get("symbol") != RECESSIONS or not is_forecast(draft):
        return False
    clause, text = context.clause, context.clause.view.article.text
    named = [m for m in clause.mentions if isinstance(m.target, Instrument) and m.target.symbol == RECESSIONS]
    if IN_A_WORD.search(clause.text) or ELSEWHERE.search(clause.sentence.text) or AS_A_RULE.search(clause.text):
        return True
    if not named:
        return draft.basis.get("symbol") == "context"
    if draft.params.get("negated"):  # "will avoid a recession" states that none comes
        return all(NO_SUBJECT.match(text, m.end) for m in named)
    return all(NOT_STATED.search(text[clause.start : m.start]) or NO_SUBJECT.match(text, m.end) for m in named)


def _is_of_another_country(context: Context, draft: Draft) -> bool:
    """A figure of the American economy, where another one was named last, or a German text never names America: "die
    Arbeitslosigkeit ist auf Rekordniveau"."""
    if draft.check != "macro_level" or draft.basis.get("symbol") == "proposed":
        return False
    instrument = context.instrument(str(draft.params.get("symbol")))
    sentence, article = context.clause.sentence, context.clause.view.article
    if instrument is None or instrument.region != "US" or _last(sentence.text, AMERICA, US) >= 0:
        return False
    before = article.text[: sentence.end]
    if _last(before, ELSEWHERE) > _last(before, AMERICA, US):
        return True
    return article.language == "de" and _last(article.text, AMERICA, US) < 0


def _last(text: str, *patterns: Pattern) -> int:
    """Where the last word of a list stands that is not of the whole world; -1 where there is none."""
    found = (m for pattern in patterns for m in pattern.finditer(text))
    return max((m.start() for m in found if not WORLD.match(m.group())), default=-1)


def _is_of_what_went_before(context: Context, draft: Draft) -> bool:
    """A figure of the economy that an earlier sentence named, and to which the clause does not point back: "the
    manufacturers' outlook slumped to the lowest since 1979", behind a sentence on jobless claims."""
    if draft.check != "macro_level" or draft.basis.get("symbol") not in ("context", "article"):
        return False
    if draft.params.get("symbol") in POLICY_RATES or is_forecast(draft):
        return False
    clause = context.clause
    told = (PRICES_AT_LARGE.match(clause.text), EARNINGS.match(clause.text), JOBS.search(clause.text))
    return not (any(told) or THE_FIGURE.search(clause.text) or points_to_what_was_named(clause))


def _is_only_priced_in(context: Context, draft: Draft) -> bool:
    """What swaps and futures price in has not come: "swaps continued to price in a hike in September"."""
    came = draft.check == "macro_level" and not is_forecast(draft)
    return came and PRICED.search(context.clause.text) is not None


def _is_a_step_of_another_rate(context: Context, draft: Draft) -> bool:
    """Basis points of a hike are no figure of prices or of work: "would back a 75-basis-point hike after the print"."""
    stated = draft.params.get("stated")
    if draft.check != "macro_level" or draft.params.get("symbol") in POLICY_RATES or stated is None:
        return False
    return stated.unit == "percentage_points" and STEP_OF_A_RATE.search(context.clause.text) is not None


def _is_the_way_of_rates(context: Context, draft: Draft) -> bool:
    """ "Raising rates until inflation is under control": what rises is not the prices."""
    of_prices = draft.check == "macro_level" and draft.params.get("symbol") not in (*POLICY_RATES, RECESSIONS)
    without_size = draft.params.get("stated") is None and draft.params.get("relation") in ("rose", "fell")
    return of_prices and without_size and DONE_TO_RATES.search(context.clause.text) is not None


def _is_the_record_of_a_price(context: Context, draft: Draft) -> bool:
    """ "The downtick in inflation pushed stocks to their highest since May": what stands behind it has reached it."""
    if draft.check != "macro_level" or draft.params.get("relation") not in ("highest", "lowest"):
        return False
    clause = context.clause
    own = [
        m.end for m in clause.mentions if isinstance(m.target, Instrument) and m.target.symbol == draft.params["symbol"]
    ]
    ranks = [c.start for c in clause.cues if c.heading == "record"]
    between = clause.view.clause(max(own), max(ranks)) if own and ranks and max(own) < max(ranks) else None
    return between is not None and (bool(between.mentions) or A_MARKET.search(between.text) is not None)


def _is_one_of_several(context: Context, draft: Draft) -> bool:
    """ "One of the worst years for inflation" is no record."""
    ranked = draft.check == "macro_level" and draft.params.get("relation") in ("highest", "lowest")
    return ranked and ONE_OF_THEM.search(context.clause.text) is not None


def _is_of_the_month_behind(context: Context, draft: Draft) -> bool:
    """ "July's consumer prices are forecast to cool", in August: the figure that is out next, and not next July's."""
    published, first = context.clock.published, draft.params.get("first")
    if draft.check != "macro_level" or not is_forecast(draft) or published is None:
        return False
    bare = [e.value for e in context.clause.times if isinstance(e.value, t.Month)]
    behind = [m for m in bare if not isinstance(m.year, int) and (published.month - m.month) % 12 in (1, 2)]
    return bool(behind) and first is not None and (first - published).days > FAR


RULES = (
    _is_no_recession,
    _is_of_another_country,
    _is_of_what_went_before,
    _is_only_priced_in,
    _is_a_step_of_another_rate,
    _is_the_way_of_rates,
    _is_the_record_of_a_price,
    _is_one_of_several,
    _is_of_the_month_behind,
)
