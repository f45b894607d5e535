"""Drafts that would test something else than the clause says, by the words that make another sentence of it.

A binder takes a clause at its verbs and names. "The market has not priced in a recession" holds that word, and says of
no recession that it comes; "a basket of shorted stocks lost 12 percent" is of no index. What such a draft found would
be read as a verdict on the sentence: so there is none. Every rule here is a list of ``phrases/misreadings.yaml`` with
the place where it must stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from analyzer.extract.binders.common import points_to_what_was_named
from analyzer.extract.binders.economy import EARNINGS, JOBS, PRICES_AT_LARGE
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.market.instruments import Instrument
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

RECESSIONS, POLICY_RATES = "USREC", ("FEDFUNDS", "DFEDTARU", "ECBDFR", "BOERUKM")
FORECASTS = ("will_rise", "will_fall", "will_reach", "will_peak", "occurs", "throughout")
OF_A_WINDOW = ("period_return", "trend_reversal", "drawdown")
OF_A_PRICE = (
    *OF_A_WINDOW, "session_return", "level", "forecast", "relative_performance", "market_value_change", "trigger",
    "event_study", "record_extreme",
)  # fmt: skip

NOT_STATED = Pattern(rf"\b{any_phrase('no_recession_is_stated')}\s*$", re.IGNORECASE)
NO_SUBJECT = Pattern(rf"[\s-]+(?:\w+\s+)?{any_phrase('recession_is_no_subject')}\b", re.IGNORECASE)
AS_A_RULE = phrases("as_a_rule_before_a_recession")
IN_A_WORD, ELSEWHERE = phrases("recession_in_a_word"), phrases("another_economy")
PRICED, ONE_OF_THEM = phrases("priced_by_markets"), phrases("one_of_the_first")
RANKED_RUN = phrases("ranked_run")
GUIDANCE = Pattern(rf"\b{any_phrase('guidance_for_a_time')}\s*$", re.IGNORECASE)
TURNS, PAUSE = phrases("turns_it_round"), phrases("pause_in_it")
BEHIND_US = phrases("extreme_is_behind")
TO_AND_FRO, LIES_BEHIND = phrases("to_and_fro"), phrases("lies_behind")
QUANTITY = Pattern(rf"^\W*(?:the\s+|die\s+|der\s+|das\s+)?{any_phrase('quantity_first')}\b", re.IGNORECASE)
COUNTED_ON, SHARE_OF, MOOD_OF_A_MARKET = phrases("counted_on"), phrases("share_of_members"), phrases("whose_mood_it_is")
OF_ANYTHING, OF_MARKETS = phrases("mood_of_anything"), phrases("mood_of_markets")
GROUP = Pattern(rf"^\W*{any_phrase('group_without_a_name')}\b", re.IGNORECASE)
DONE_TO_RATES, A_MARKET = phrases("done_to_rates"), phrases("market_that_is_ranked")
PRODUCT = phrases("price_of_a_product")
REVENUE, TRADED = phrases("revenue_of_a_company"), phrases("traded_at_an_exchange")
ENTERS, WINS = phrases("enters_or_leaves"), phrases("wins_something")
FOR_NOW, TAKEN_FOR = phrases("for_now"), phrases("taken_for")
LAST_TIME_SO, BEHIND_A_RUN = phrases("last_time_so_much"), phrases("behind_a_run")
RECORD_OF, LACKING = phrases("record_of_no_price"), phrases("lacking")
OF_THE_NEWS = Pattern(rf"\s+{any_phrase('time_of_the_news')}\b", re.IGNORECASE)
WORLD = re.compile("global|world|welt", re.IGNORECASE)
YIELDS_FIRST = Pattern(rf"^\W*(?:[\w.-]+\s+){{0,3}}?{any_phrase('yields_at_large')}\b", re.IGNORECASE)
AMERICA = phrases("american_economy")
STEP_OF_A_RATE = phrases("step_of_a_rate")
THE_FIGURE = Pattern(
    rf"^\W*(?:{any_phrase('before_an_anaphor')}\W+)*{any_phrase('definite_article')}\s+(?:\w+\s+){{0,2}}?{any_phrase('figure_named_before')}\b",
    re.IGNORECASE,
)


def is_misreading(context: Context, draft: Draft) -> bool:
    """Whether a draft rests on words that the clause uses for something else."""
    return any(rule(context, draft) for rule in RULES)


def _is_no_recession(context: Context, draft: Draft) -> bool:
    """The word stands for a fear, a price, a reason, a condition or a technical term, or for another economy's."""
    if draft.params.get("symbol") != RECESSIONS or draft.params.get("relation") not in FORECASTS:
        return False
    clause, text = context.clause, context.clause.view.article.text
    named = [m for m in clause.mentions if isinstance(m.target, Instrument) and m.target.symbol == RECESSIONS]
    if IN_A_WORD.search(clause.text) or ELSEWHERE.search(clause.sentence.text) or AS_A_RULE.search(clause.text):
        return True
    if not named:
        return draft.basis.get("symbol") == "context"
    return all(NOT_STATED.search(text[clause.start : m.start]) or NO_SUBJECT.match(text, m.end) for m in named)


def _is_of_what_went_before(context: Context, draft: Draft) -> bool:
    """A figure of the economy that an earlier sentence named, and to which the clause does not point back: "the
    manufacturers' outlook slumped to the lowest since 1979", behind a sentence on jobless claims."""
    if draft.check != "macro_level" or draft.basis.get("symbol") not in ("context", "article"):
        return False
    if draft.params.get("symbol") in POLICY_RATES or draft.params.get("relation") in FORECASTS:
        return False
    clause = context.clause
    told = (PRICES_AT_LARGE.match(clause.text), EARNINGS.match(clause.text), JOBS.search(clause.text))
    return not (any(told) or THE_FIGURE.search(clause.text) or points_to_what_was_named(clause))


def _is_only_priced_in(context: Context, draft: Draft) -> bool:
    """What swaps and futures price in has not come: "swaps continued to price in a hike in September"."""
    came = draft.check == "macro_level" and draft.params.get("relation") not in FORECASTS
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


def _is_the_span_of_a_run(context: Context, draft: Draft) -> bool:
    """ "Its longest winning streak this year" says of no year's move, "down for a record ninth month" of no highest."""
    without_size = draft.check in (*OF_A_WINDOW, "macro_level") and draft.params.get("stated") is None
    return without_size and RANKED_RUN.search(context.clause.text) is not None


def _is_of_a_company_s_outlook(context: Context, draft: Draft) -> bool:
    """ "A lukewarm forecast for the third quarter": the time is not that of a price."""
    if draft.check not in OF_A_WINDOW:
        return False
    text = context.clause.view.article.text
    times = context.clause.times
    return bool(times) and all(GUIDANCE.search(text[context.clause.start : e.start]) for e in times)


def _is_turned_round(context: Context, draft: Draft) -> bool:
    """ "A pause in hikes is off the table", "does not push the Fed off its path": no rule tells safely which way that
    is, unless the binder has turned it round itself."""
    text = context.clause.text
    foretold = draft.check == "forecast" or draft.params.get("relation") in FORECASTS
    turned = TURNS.search(text) is not None and not draft.params.get("negated")
    return foretold and (turned or PAUSE.search(text) is not None)


def _is_no_way_of_a_price(context: Context, draft: Draft) -> bool:
    """ "The lows are in", "to bounce around 3,950", "coming off a fourth weekly gain" foretell no rise and no fall, and
    an index that "pendelte zwischen 21.978 und 22.320 Punkten" did not move by so many."""
    text, stated = context.clause.text, draft.params.get("stated")
    if draft.check == "session_return":
        return stated is not None and stated.unit == "points" and TO_AND_FRO.search(text) is not None
    return draft.check == "forecast" and any(p.search(text) for p in (BEHIND_US, TO_AND_FRO, LIES_BEHIND))


def _is_what_others_count_on(context: Context, draft: Draft) -> bool:
    """ "Data could upend bets on a Fed pivot", "yields stayed above 3% on bets the Fed will go on": nobody says that it
    comes."""
    foretold = draft.check == "forecast" or draft.params.get("relation") in FORECASTS
    return foretold and COUNTED_ON.search(context.clause.text) is not None


def _is_a_share_of_members(context: Context, draft: Draft) -> bool:
    """ "About 95% of the companies in the S&P 500 rose", "rose 76% of the time": it is no move of the index."""
    return draft.check in OF_A_PRICE and SHARE_OF.search(context.clause.text) is not None


def _is_nobody_s_mood(context: Context, draft: Draft) -> bool:
    """Moods are read from the options on shares only where somebody at the market feels them: worry and uncertainty,
    which may be of anything, in the clause ("the unrest adds uncertainty over the economy there" says nothing of the
    kind), panic and calm in its paragraph ("he came home relaxed")."""
    clause = context.clause
    if draft.check != "volatility_regime" or draft.basis.get("symbol") in ("quote", "proposed"):
        return False
    of_anything = OF_ANYTHING.search(clause.text) is not None and OF_MARKETS.search(clause.text) is None
    scope = clause if of_anything else clause.paragraph
    return not scope.mentions and MOOD_OF_A_MARKET.search(scope.text) is None


def _is_of_a_quantity(context: Context, draft: Draft) -> bool:
    """ "Trading volumes are lower": turnover is no price."""
    return draft.check in OF_A_PRICE and QUANTITY.match(context.clause.text) is not None


def _is_of_a_nameless_group(context: Context, draft: Draft) -> bool:
    """ "A basket of the most-shorted stocks dropped, extending its weekly loss": it is not what was named before."""
    inherited = draft.check in OF_A_PRICE and draft.basis.get("symbol") != "quote"
    return inherited and GROUP.match(context.clause.sentence.text) is not None


def _is_of_the_month_behind(context: Context, draft: Draft) -> bool:
    """ "July's consumer prices are forecast to cool", in August: the figure that is out next, and not next July's."""
    published, first = context.clock.published, draft.params.get("first")
    if draft.check != "macro_level" or draft.params.get("relation") not in FORECASTS or published is None:
        return False
    bare = [e.value for e in context.clause.times if isinstance(e.value, t.Month)]
    behind = [m for m in bare if not isinstance(m.year, int) and (published.month - m.month) % 12 in (1, 2)]
    return bool(behind) and first is not None and (first - published).days > FAR


def _runs_against_its_turn(context: Context, draft: Draft) -> bool:
    """ "A rally from its June lows hit a wall amid losses": from a low there is no way but up."""
    turn, way = draft.params.get("turn"), draft.params.get("direction")
    against = {"low": "down", "high": "up"}
    return draft.params.get("stated") is None and turn is not None and against.get(turn) == way


def _is_only_for_now(context: Context, draft: Draft) -> bool:
    """ "Vorerst werden keine weiteren Zinssenkungen erwartet": how long that is meant to last is not said."""
    by_default = draft.params.get("relation") in FORECASTS and draft.params.get("horizon_basis") == "default"
    return by_default and FOR_NOW.search(context.clause.text) is not None


def _is_what_holds_as_a_rule(context: Context, draft: Draft) -> bool:
    """ "Ein Doppelhoch gilt als Vorbote einer Trendumkehr": what a sign is taken for, and no turn that came."""
    return draft.check in ("trend_reversal", "cycle_phase") and TAKEN_FOR.search(context.clause.text) is not None


def _is_measured_by_another_year(context: Context, draft: Draft) -> bool:
    """ "Zuletzt hatte der Dax 2012 mit 9,5 Prozent stärker zugelegt": in a month or week that was told before."""
    return draft.check == "period_return" and LAST_TIME_SO.search(context.clause.text) is not None


def _is_behind_a_run(context: Context, draft: Draft) -> bool:
    """ "Hat nach neun Gewinntagen in Folge mit Verlusten geschlossen": the way of the run is not that of the day."""
    without_size = draft.check == "session_return" and draft.params.get("stated") is None
    return without_size and BEHIND_A_RUN.search(context.clause.text) is not None


def _is_a_record_of_something_else(context: Context, draft: Draft) -> bool:
    """ "Its already record low interest rates", behind a sentence on oil."""
    inherited = draft.check == "record_extreme" and draft.basis.get("symbol") != "quote"
    return inherited and RECORD_OF.search(context.clause.text) is not None


def _is_dated_by_the_news(context: Context, draft: Draft) -> bool:
    """ "Nach den gestern bekannt gegebenen Zöllen kam es zu einem Ausverkauf": the day is that of the news."""
    clause = context.clause
    if draft.check not in ("session_return", "level", "record_extreme") or not clause.times:
        return False
    text = clause.view.article.text
    return all(OF_THE_NEWS.match(text, e.end, clause.end) for e in clause.times)


def _is_no_haven(context: Context, draft: Draft) -> bool:
    """ "The lack of buyers who take bitcoin for a haven" says that it is none."""
    return draft.check == "safe_haven" and LACKING.search(context.clause.text) is not None


def _is_of_yields(context: Context, draft: Draft) -> bool:
    """ "Alle Renditen sind gesunken", behind a sentence on gold: a price that was named before is no yield."""
    inherited = draft.check in OF_A_PRICE and draft.basis.get("symbol") != "quote"
    instrument = context.instrument(str(draft.params.get("symbol"))) if inherited else None
    return instrument is not None and instrument.kind != "rate" and YIELDS_FIRST.match(context.clause.text) is not None


FAR = 270
"""Days ahead from which on a month without a year is hardly meant."""


def _is_the_price_of_a_product(context: Context, draft: Draft) -> bool:
    """ "The price is 299 euros", behind a company's name: a share has another one."""
    if draft.check not in ("level", "forecast") or draft.params.get("stated") is None:
        return False
    instrument = context.instrument(str(draft.params.get("symbol")))
    text = context.clause.text
    is_share = instrument is not None and instrument.kind == "equity"
    return is_share and PRODUCT.search(text) is not None and TRADED.search(text) is None


def _is_revenue(context: Context, draft: Draft) -> bool:
    """ "Umsätze von 5,3 Mrd. Euro" of a company are no turnover at an exchange."""
    text = context.clause.text
    return draft.check == "abnormal_volume" and REVENUE.search(text) is not None and TRADED.search(text) is None


def _is_another_verb(context: Context, draft: Draft) -> bool:
    """ "Apple steigt ins Geschäft mit Musik ein", "gewann neue Kunden": nothing of it is a move."""
    without_size = draft.check in OF_A_PRICE and draft.params.get("stated") is None
    text = context.clause.text
    return without_size and (ENTERS.search(text) or WINS.search(text)) is not None


def _is_of_another_country(context: Context, draft: Draft) -> bool:
    """A figure of the American economy, where another one was named last, or a German text never names America: "die
    Arbeitslosigkeit ist auf Rekordniveau"."""
    if draft.check != "macro_level" or draft.basis.get("symbol") == "proposed":
        return False
    instrument = context.instrument(str(draft.params.get("symbol")))
    sentence, article = context.clause.sentence, context.clause.view.article
    if instrument is None or instrument.region != "US" or AMERICA.search(sentence.text):
        return False
    before = article.text[: sentence.end]
    there = max((m.start() for m in ELSEWHERE.finditer(before) if not WORLD.match(m.group())), default=-1)
    here = max((m.start() for m in AMERICA.finditer(before)), default=-1)
    return there > here or (article.language == "de" and AMERICA.search(article.text) is None)


RULES: tuple[Callable[[Context, Draft], bool], ...] = (
    _is_no_recession, _is_of_what_went_before, _is_only_priced_in, _is_a_step_of_another_rate, _is_one_of_several,
    _is_the_span_of_a_run, _is_of_a_company_s_outlook, _is_turned_round, _is_no_way_of_a_price, _is_of_a_quantity,
    _is_of_a_nameless_group, _is_what_others_count_on, _is_a_share_of_members, _is_nobody_s_mood, _is_the_way_of_rates,
    _is_the_record_of_a_price, _is_the_price_of_a_product, _is_revenue, _is_another_verb, _is_of_another_country,
    _is_of_the_month_behind, _runs_against_its_turn, _is_only_for_now, _is_what_holds_as_a_rule,
    _is_measured_by_another_year, _is_behind_a_run, _is_a_record_of_something_else, _is_dated_by_the_news, _is_no_haven,
    _is_of_yields,
)  # fmt: skip
