"""What a clause does not say of a price: of members, products and deeds, of other times, records and moods."""

from __future__ import annotations

import re

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.misreadings.common import OF_A_PRICE, OF_A_WINDOW, has_no_size, is_inherited
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.text.patterns import Pattern

RANKED_RUN = phrases("ranked_run")
GUIDANCE = Pattern(rf"\b{any_phrase('guidance_for_a_time')}\s*$", re.IGNORECASE)
BEHIND_US = phrases("extreme_is_behind")
TO_AND_FRO = phrases("to_and_fro")
EITHER_WAY = phrases("either_way")
LIES_BEHIND = phrases("lies_behind")
QUANTITY = Pattern(rf"^\W*(?:the\s+|die\s+|der\s+|das\s+)?{any_phrase('quantity_first')}\b", re.IGNORECASE)
SHARE_OF = phrases("share_of_members")
MOOD_OF_A_MARKET = phrases("whose_mood_it_is")
OF_ANYTHING = phrases("mood_of_anything")
OF_MARKETS = phrases("mood_of_markets")
GROUP = Pattern(rf"^\W*{any_phrase('group_without_a_name')}\b", re.IGNORECASE)
PRODUCT = phrases("price_of_a_product")
REVENUE = phrases("revenue_of_a_company")
TRADED = phrases("traded_at_an_exchange")
ENTERS = phrases("enters_or_leaves")
WINS = phrases("wins_something")
TAKEN_FOR = phrases("taken_for")
LAST_TIME_SO = phrases("last_time_so_much")
BEHIND_A_RUN = phrases("behind_a_run")
RECORD_OF = phrases("record_of_no_price")
LACKING = phrases("lacking")
OF_THE_NEWS = Pattern(rf"\s+{any_phrase('time_of_the_news')}\b", re.IGNORECASE)
YIELDS_FIRST = Pattern(rf"^\W*(?:[\w.-]+\s+){{0,3}}?{any_phrase('yields_at_large')}\b", re.IGNORECASE)


def _is_the_span_of_a_run(context: Context, draft: Draft) -> bool:
    """ "Its longest winning streak this year" says of no year's move, "down for a record ninth month" of no highest."""
    without_size = draft.check in (*OF_A_WINDOW, "macro_level") and has_no_size(draft)
    return without_size and RANKED_RUN.search(context.clause.text) is not None


def _is_of_a_company_s_outlook(context: Context, draft: Draft) -> bool:
    """ "A lukewarm forecast for the third quarter": the time is not that of a price."""
    if draft.check not in OF_A_WINDOW:
        return False
    text = context.clause.view.article.text
    times = context.clause.times
    return bool(times) and all(GUIDANCE.search(text[context.clause.start : e.start]) for e in times)


def _is_no_way_of_a_price(context: Context, draft: Draft) -> bool:
    """ "The lows are in", "to bounce around 3,950", "coming off a fourth weekly gain" foretell no rise and no fall, and
    an index that "pendelte zwischen 21.978 und 22.320 Punkten" did not move by so many."""
    text, stated = context.clause.text, draft.params.get("stated")
    if draft.check == "session_return":
        return stated is not None and stated.unit == "points" and TO_AND_FRO.search(text) is not None
    return draft.check == "forecast" and any(p.search(text) for p in (BEHIND_US, TO_AND_FRO, LIES_BEHIND))


def _is_either_way(context: Context, draft: Draft) -> bool:
    """ "Whether the stock market will rise or fall": no way at all."""
    without_size = draft.check in (*OF_A_PRICE, "macro_level") and has_no_size(draft)
    return without_size and EITHER_WAY.search(context.clause.text) is not None


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
    inherited = draft.check in OF_A_PRICE and is_inherited(draft)
    return inherited and GROUP.match(context.clause.sentence.text) is not None


def _runs_against_its_turn(context: Context, draft: Draft) -> bool:
    """ "A rally from its June lows hit a wall amid losses": from a low there is no way but up."""
    turn, way = draft.params.get("turn"), draft.params.get("direction")
    against = {"low": "down", "high": "up"}
    return draft.params.get("stated") is None and turn is not None and against.get(turn) == way


def _is_what_holds_as_a_rule(context: Context, draft: Draft) -> bool:
    """ "Ein Doppelhoch gilt als Vorbote einer Trendumkehr": what a sign is taken for, and no turn that came."""
    return draft.check in ("trend_reversal", "cycle_phase") and TAKEN_FOR.search(context.clause.text) is not None


def _is_measured_by_another_year(context: Context, draft: Draft) -> bool:
    """ "Zuletzt hatte der Dax 2012 mit 9,5 Prozent stärker zugelegt": in a month or week that was told before."""
    return draft.check == "period_return" and LAST_TIME_SO.search(context.clause.text) is not None


def _is_behind_a_run(context: Context, draft: Draft) -> bool:
    """ "Hat nach neun Gewinntagen in Folge mit Verlusten geschlossen": the way of the run is not that of the day."""
    without_size = draft.check == "session_return" and has_no_size(draft)
    return without_size and BEHIND_A_RUN.search(context.clause.text) is not None


def _is_a_record_of_something_else(context: Context, draft: Draft) -> bool:
    """ "Its already record low interest rates", behind a sentence on oil."""
    inherited = draft.check == "record_extreme" and is_inherited(draft)
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
    inherited = draft.check in OF_A_PRICE and is_inherited(draft)
    instrument = context.instrument(str(draft.params.get("symbol"))) if inherited else None
    return instrument is not None and instrument.kind != "rate" and YIELDS_FIRST.match(context.clause.text) is not None


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
    without_size = draft.check in OF_A_PRICE and has_no_size(draft)
    text = context.clause.text
    return without_size and (ENTERS.search(text) or WINS.search(text)) is not None


RULES = (
    _is_the_span_of_a_run,
    _is_of_a_company_s_outlook,
    _is_no_way_of_a_price,
    _is_either_way,
    _is_a_share_of_members,
    _is_nobody_s_mood,
    _is_of_a_quantity,
    _is_of_a_nameless_group,
    _runs_against_its_turn,
    _is_what_holds_as_a_rule,
    _is_measured_by_another_year,
    _is_behind_a_run,
    _is_a_record_of_something_else,
    _is_dated_by_the_news,
    _is_no_haven,
    _is_of_yields,
    _is_the_price_of_a_product,
    _is_revenue,
    _is_another_verb,
)
