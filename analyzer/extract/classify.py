"""What kind of claim a clause makes, by written rules in a fixed order.

The first rule that holds decides. Each rule looks at headings of the lexicon, figures and mentions, never at a whole
phrase, so that adding a word is a line in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyzer.extract.asserted import is_imagined, movements, only_names_a_forecast
from analyzer.extract.break_words import break_kind
from analyzer.extract.calendar_rules import calendar_rule
from analyzer.extract.curve_words import curve_state, preceded, speaks_of_an_inversion
from analyzer.extract.events_to_come import event_to_come
from analyzer.extract.forecast_words import contest
from analyzer.extract.fortunes import foretells_a_fortune
from analyzer.extract.in_passing import holds_no_longer, is_farther_by, it_moved, names_a_target
from analyzer.extract.lead_words import lead
from analyzer.extract.mood_words import MOODS, market_moods
from analyzer.extract.outlook_words import is_worth_trading, outlook_ahead, session_ahead
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.plain_forecasts import year_ahead
from analyzer.extract.rare_words import rarity
from analyzer.extract.rate_words import moves_a_rate
from analyzer.extract.relations import correlates, flees, is_haven
from analyzer.extract.roles import DOWN, UP, differs_by, is_market_value, parts
from analyzer.extract.shock_words import shock_claim
from analyzer.extract.state_words import (
    counts_a_run,
    does_better_than_another,
    economy_is_in_a_state,
    fares,
    had_a_time_of_it,
    is_a_figure_of_speech,
    is_in_a_state,
    is_on_course_for_a_record,
    is_on_its_way,
    judges_the_mood,
    names_a_chart_line,
    no_longer_holds,
    takes_it,
    uses_an_idiom_of_forecasts,
)
from analyzer.extract.swing_words import swings
from analyzer.extract.things import things_in
from analyzer.extract.time_words import peak_span
from analyzer.extract.trend_words import streak
from analyzer.extract.turning import above_low
from analyzer.extract.view import Clause, Located
from analyzer.market.instruments import Instrument
from analyzer.model import Kind
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

MOVE = (*DOWN, *UP)
MOOD = MOODS


@dataclass(frozen=True)
class Rule:
    kind: Kind
    weight: float
    """How sure the rule makes us that the clause is a claim at all: 1 sure, below 0.5 only in company."""
    holds: Callable[[Clause], bool]


def market_figures(clause: Clause) -> bool:
    return not clause.units.isdisjoint(("fraction", "points", "percentage_points"))


def money(clause: Clause) -> bool:
    return "currency" in clause.units


def about_market(clause: Clause) -> bool:
    return bool(clause.mentions) or clause.has("asset")


PERFECT = phrases("modal_of_the_past")
"""A modal with a perfect speaks of the past: "dürften geahnt haben", "could have known"."""


def _names_the_future(clause: Clause) -> bool:
    return any(isinstance(e.value, t.Until) or getattr(e.value, "side", None) == "future" for e in clause.times)


A_FORECAST = phrases("a_forecast")
"""Somebody's forecast, beside which a figure is set: "outperformed Wall Street's forecast"."""


AS_EXPECTED = phrases("as_expected")
"""What has come as, or otherwise than, it was expected."""


GUESS = phrases("guess_on_the_present")


def _guesses_the_present(clause: Clause) -> bool:
    return GUESS.search(clause.text) is not None


def _is_a_mechanism(clause: Clause) -> bool:
    """What would follow from a condition, at no time and by no size: how things work, and no forecast. A condition that
    only follows a forecast of a price leaves it one."""
    conditions = [c for c in clause.cues if c.heading == "conditional"]
    if not conditions or not clause.has("forecast", "forecast_strong"):
        return False
    main = clause.view.clause(clause.start, conditions[0].start)
    foretold = bool(main.mentions) and main.has(*MOVE)
    return not foretold and not clause.times and not any(DIGIT.search(f.text) for f in clause.figures)


DIGIT = re.compile(r"\d")


def _only_announces(clause: Clause) -> bool:
    """What a list behind a colon is to say, or the text at another place; a promise; a question that leads over to its
    answer."""
    if ANNOUNCED.search(clause.text) or (clause.is_question and ASKS_TO_ANSWER.search(clause.text)):
        return True
    return clause.text.rstrip().endswith(":") and not clause.figures


ASKS_TO_ANSWER = phrases("asks_to_answer")
NO_FORECAST, FEARED = phrases("no_forecast"), phrases("move_that_is_feared")
"""Words of the future that foretell nothing: "you will notice that", "raised the target of its benchmark rate"."""
WOULD = phrases("future_in_the_past")
TOLD_AFTERWARDS = phrases("told_afterwards")


def _tells_what_came(clause: Clause) -> bool:
    """A future that is past: "during that time the index would fall by 80 percent", "in 2001 it would lose a third"."""
    ahead = [c.text for c in clause.cues if c.heading in ("forecast", "forecast_strong")]
    if not WOULD.search(clause.text) or any(not WOULD.fullmatch(word) for word in ahead):
        return False
    published = clause.view.article.published
    years = [y for e in clause.times if isinstance(y := getattr(e.value, "year", None), int)]
    long_ago = published is not None and any(year < published.year for year in years)
    return not clause.has("conditional") and (long_ago or TOLD_AFTERWARDS.search(clause.text) is not None)


def looks_ahead(clause: Clause) -> bool:
    """Forecast words that stand beside a future time, a movement or a market, and are not a passive or a past."""
    if not clause.has("forecast", "forecast_strong"):
        return False
    if NO_FORECAST.search(clause.text) or FEARED.search(clause.text) or _tells_what_came(clause):
        return False
    if PERFECT.search(clause.text) or AS_EXPECTED.search(clause.text) or A_FORECAST.search(clause.text):
        return False
    if any(isinstance(e.value, (t.Since, t.YearStart)) for e in clause.times) and not _names_the_future(clause):
        return False
    if only_names_a_forecast(clause):
        return False
    if clause.has("forecast_strong"):
        return True
    if FUTURE_DE.search(clause.text) and (market_figures(clause) or money(clause)):
        return True
    return _names_the_future(clause) or bool(clause.has(*MOVE) and INFINITIVE.search(clause.text))


INFINITIVE = phrases("foretold")
FUTURE_DE = phrases("foretold_at_the_end")
"""The German future, whose infinitive stands at the end: "wird Ende 2024 bei 20.000 Punkten stehen"."""
PAST_FIGURE = phrases("told_move")


SIZE = phrases("size")
"""Superlatives that say anything of anybody: "the largest bank", "one of the biggest losers"."""
OF_A_SERIES = Pattern(
    rf"^\W*(?:[\w-]+\W+){{0,3}}?(?!{any_phrase('day_with_a_name')}\b)\w*{any_phrase('of_a_series')}\w*\b", re.IGNORECASE
)
ITS_DAY = phrases("its_day")
ALL_THE_TIME = phrases("all_the_time")


DESPITE = Pattern(rf"\b{any_phrase('despite')}\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
"""What something happened in spite of is taken for known: "trotz der Rekordkurse"."""


def says_how_rare(clause: Clause) -> bool:
    """Whether it is said how rare a move is, and not beside the size of one on a day."""
    rare = rarity(clause)
    beside_a_size = market_figures(clause) or money(clause)
    return rare is not None and (rare.of_a_kind or not beside_a_size) and _is_of_a_move(clause)


def _is_of_a_move(clause: Clause) -> bool:
    """A pandemic may be a black swan too."""
    return clause.has(*MOVE) or about_market(clause)


CALM_AS_NOW = phrases("calm_as_now")
"""A state of the day beside something else: "in einer Zeit der Ruhe, wie jetzt"."""


def records_something(clause: Clause) -> bool:
    """A superlative of a price or of a move: "its lowest close", "the biggest one-day loss"."""
    speaks = about_market(clause) or market_figures(clause) or clause.has(*MOVE) or about_market(clause.sentence)
    if not speaks:
        # "It was its worst day since August", of what the sentences before speak of
        return ITS_DAY.search(clause.text) is not None and about_market(clause.paragraph)
    text = clause.view.article.text
    cues = [c for c in clause.cues if c.heading == "record" and not DESPITE.search(text[clause.start : c.start])]
    if any(not SIZE.fullmatch(c.text) for c in cues):
        return True
    spoken = any(OF_A_SERIES.match(text[c.end : clause.end]) for c in cues)
    return bool(cues) and (spoken or ALL_THE_TIME.search(clause.text) is not None)


def causes_something(clause: Clause) -> bool:
    return clause.has("causal") and (clause.has(*MOVE, *MOOD, "bubble", "trend") or about_market(clause))


CONNECTIVE = phrases("connective")


def names_a_cause(clause: Clause) -> bool:
    """A cause by a verb or a noun; "that is why" only joins a sentence to the one before."""
    causal = [c for c in clause.cues if c.heading in ("causal", "cause_strong")]
    if ONLY_NAMED.search(clause.text):
        return False
    return causes_something(clause) and not all(CONNECTIVE.search(c.text) for c in causal)


HOUSES = phrases("houses")
"""Words of the market that name no price: what they do is no move."""


def prices(clause: Clause) -> list[Located]:
    """Where the clause names something that has a price."""
    return [*clause.mentions, *(c for c in clause.cues if c.heading == "asset" and not HOUSES.fullmatch(c.text))]


NEAR = 12
"""Words between a price and its movement."""


def a_price_moves(clause: Clause) -> bool:
    """A movement within reach of what has a price: "a heart of gold" eighteen words before a recovery is none; nor is a
    firm's outlook that is lowered."""
    moved = movements(clause)
    if not moved or A_FORECAST.search(clause.text):
        return False
    text = clause.view.article.text
    return any(
        len(text[min(p.end, m.end) : max(p.start, m.start)].split()) <= NEAR for p in prices(clause) for m in moved
    )


HARDLY_MOVED = phrases("hardly_moved")


def hardly_moved(clause: Clause) -> bool:
    """ "The Dow ended flat", "der Dax notierte kaum verändert"."""
    return HARDLY_MOVED.search(clause.text) is not None and bool(prices(clause)) and not clause.has("policy")


def values_something(clause: Clause) -> bool:
    """Bubbles and prices too high; not somebody called Bubbles, nor a multiple of something else."""
    article = clause.view.article
    cues = [c for c in clause.cues if c.heading == "bubble"]
    if cues and article.language == "en" and _is_a_name(clause):
        cues = [c for c in cues if not c.text.startswith("Bubble")]
    return any(not WHO_SPECULATES.search(c.text) for c in cues)


def feeds_on_itself(clause: Clause) -> bool:
    """A price that rises ever faster: "has turned parabolic"; sales or users that do are none."""
    return clause.has("parabolic") and about_market(clause) and not clause.has("growth_of_other")


WHO_SPECULATES = phrases("who_speculates")
A_NAME = Pattern(r"(?<=[a-z,] )Bubbles?\b(?! (?:Act|Economy|Wrap))")


def _is_a_name(clause: Clause) -> bool:
    """Whether the text writes the word with a capital in the middle of a sentence: then it names somebody."""
    return A_NAME.search(clause.view.article.text) is not None


QUESTION_WORD = Pattern(
    rf"^\W*(?:{any_phrase('before_a_question_word')} )?{any_phrase('question_word')}\b", re.IGNORECASE
)


def asks_what_comes(clause: Clause) -> bool:
    """A question that names nothing that could come true: "What will happen to oil next?"."""
    return clause.is_question and QUESTION_WORD.match(clause.text) is not None and not clause.figures


SAID_OF_MACRO = ("record", "level", "comparison", "trend", "analogy", "bubble")
IN_RECESSION = phrases("in_recession")
ONLY_NAMED = phrases("economy_only_named")


def says_of_economy(clause: Clause) -> bool:
    """Whether something is said of a figure of the economy: a size, a way, a rank, a state."""
    if ONLY_NAMED.search(clause.text):
        return False
    return (
        market_figures(clause)
        or bool(movements(clause))
        or clause.has(*SAID_OF_MACRO)
        or IN_RECESSION.search(clause.text) is not None
    )


SAID_BESIDE = ("causal", "cause_strong", "comparison")
"""What makes more of a figure that rose than that it did."""


def tells_of_the_economy(clause: Clause) -> bool:
    """ "The money supply has shrunk": that it did, and nothing more."""
    moved = is_of_the_economy(clause) and says_of_economy(clause) and clause.has(*MOVE)
    return moved and not clause.has(*SAID_BESIDE)


ESTIMATES = phrases("estimates_of_the_economy")


def is_of_the_economy(clause: Clause) -> bool:
    """Whether all that the clause names are figures of the economy."""
    targets = [m.target for m in clause.mentions]
    return bool(targets) and all(isinstance(one, Instrument) and one.kind == "macro" for one in targets)


MOVING_AVERAGE = Pattern(
    rf"\b(?P<days>\d{{1,3}})[- ]{any_phrase('average_unit')}[- ]?"
    rf"(?:(?:{any_phrase('average_manner')} )*{any_phrase('average_noun')}|-?{any_phrase('average_noun_joined')})\b"
    rf"|\b{any_phrase('average_short')}[- ]?(?P<short>\d{{2,3}})\b"
    rf"|\b{any_phrase('average_of')} (?P<last>\d{{1,3}}) {any_phrase('average_days')}\b",
    re.IGNORECASE,
)
"""A moving average of prices, with its sessions: "the 200-day line", "GD200"."""


THEMES = ("policy", "bubble", "macro", "trend")


def passes_level(clause: Clause) -> bool:
    """Whether a figure is a threshold of a price: "is now over 1,000 dollars", "Nvidia under 100 dollars"."""
    sides = [p for p in parts(clause) if p.role in ("above", "below") and p.figure.unit in ("points", "currency")]
    return bool(clause.sentence.mentions) and any(not is_market_value(clause, p.figure) for p in sides)


def moves_to_a_level(clause: Clause) -> bool:
    """ "The yield fell to 2.39 percent": all figures are levels, and none says by how much."""
    roles = {part.role for part in parts(clause)}
    return bool(roles) and roles <= {"level", "above", "below"} and bool(clause.mentions) and clause.has(*MOVE)


PRONOUN = phrases("pronoun_at_the_beginning")
STANDS_AT = re.compile(
    rf"\b{any_phrase('stands')}\s+(?:{any_phrase('stands_when')}\s+)*"
    rf"(?:{any_phrase('stands_at')}\s+(?:{any_phrase('stands_about')} )?)?$"
    rf"|\b{any_phrase('stands_german')}\b(?:\W+\w+){{0,3}}\W+"
    rf"{any_phrase('stands_at_german')}\s+(?:{any_phrase('stands_about_german')} )?$",
    re.IGNORECASE,
)
"""What stands before the figure of a level, up to the figure."""
IT = Pattern(
    rf"^\W*(?:{any_phrase('before_a_pronoun')} )?{any_phrase('pronoun_at_the_beginning')}\b"
    rf"|\b{any_phrase('pronoun')}\b",
    re.IGNORECASE,
)


def stands_at(clause: Clause) -> bool:
    """A bare number that a price stands at: "the VIX stood at 82.69", "it ended the year at 3,756"."""
    text = clause.view.article.text
    bare = [f for f in clause.figures if f.unit in ("count", "points") and (set(".,") & set(f.text) or f.value >= 10)]
    named = bool(bare) and (clause.mentions or (IT.search(clause.text) and clause.paragraph.mentions))
    return bool(named) and any(STANDS_AT.search(text[clause.start : f.start]) for f in bare)


CLOSED_BEHIND = Pattern(rf"\W{{1,3}}(?:\w+\W+){{0,2}}?{any_phrase('stood_behind')}\b", re.IGNORECASE)


def had_stood_at(clause: Clause) -> bool:
    """A price before the participle of a level: "am Freitag hatten sie mit 142,62 Dollar geschlossen"."""
    text = clause.view.article.text
    priced = [f for f in clause.figures if f.unit in ("currency", "points")]
    named = bool(priced) and (about_market(clause) or (PRONOUN.search(clause.text) and clause.paragraph.mentions))
    return bool(named) and any(CLOSED_BEHIND.match(text, f.end, clause.end) for f in priced)


IS_PRICED = Pattern(rf"\b{any_phrase('is_priced')}\b(?:\W+\w+){{0,2}}?\W+$", re.IGNORECASE)
SOLD_BY_MEASURE = ("commodity", "crypto", "currency")


def is_priced(clause: Clause) -> bool:
    """What is sold by measure, by what it costs: "gold is about $1,150 an ounce", "der Euro steht nahe 1,06 Dollar"."""
    text = clause.view.article.text
    if not any(getattr(m.target, "kind", "") in SOLD_BY_MEASURE for m in clause.mentions):
        return False
    priced = (part.figure for part in parts(clause) if part.figure.unit == "currency" and part.role != "change")
    return any(IS_PRICED.search(text[clause.start : f.start]) for f in priced)


def counts_turnover(clause: Clause) -> bool:
    return clause.has("volume") and any(f.unit in ("count", "ratio", "fraction") for f in clause.figures)


OUT_OF_PLACE, OF_A_RULE = phrases("mood_out_of_place"), phrases("mood_of_a_rule")
"""Advice on a mood: "panic is out of place", "buy when there is panic" say nothing of the market's."""
MAXIM = Pattern(rf"^\W*{any_phrase('maxim_of')} {any_phrase('maxim_is')}\b", re.IGNORECASE)
"""A maxim on a mood ("panic is for people who cannot read") says nothing of the market's."""


def panics(clause: Clause) -> bool:
    moved = market_figures(clause) and bool(clause.mentions)
    if len(clause.text.split()) < 2:
        return False
    return (
        "panic" in market_moods(clause)
        and about_market(clause.paragraph)
        and not moved
        and not MAXIM.search(clause.text)
    )


def _only_dates_a_rank(clause: Clause) -> bool:
    """ "The worst week since the financial crisis" likens nothing to it."""
    events = [e for e in clause.times if isinstance(getattr(e.value, "anchor", e.value), t.EventAnchor)]
    likened = [c for c in clause.cues if c.heading == "analogy"]
    return bool(likened) and all(any(e.start <= c.start and c.end <= e.end for e in events) for c in likened)


def likens(clause: Clause) -> bool:
    if clause.has("record") and _only_dates_a_rank(clause):
        return False
    return clause.has("analogy") and (about_market(clause) or clause.has(*THEMES, *MOOD) or len(clause.text) < 90)


def foretells(clause: Clause) -> bool:
    concerns_us = about_market(clause) or clause.has(*MOVE, *THEMES) or bool(market_moods(clause))
    if not concerns_us or not looks_ahead(clause) or is_on_course_for_a_record(clause):
        return False
    return IRREAL.search(clause.text) is None and PAST_FIGURE.search(clause.text) is None


HINDSIGHT = phrases("hindsight")
"""What nobody would have believed is said to have happened, but not as a statement that a series could bear out."""
IRREAL = phrases("irreal")
ANNOUNCED = phrases("announced")


OPEN = phrases("left_open")
"""What is left open is no forecast: "as to how deep the recession will be", "nor can I predict the winning years"."""


WILL = phrases("future_verb")


def leaves_open(clause: Clause) -> bool:
    return OPEN.search(clause.text) is not None


def says_what(clause: Clause) -> bool:
    """Whether a forecast names what will happen: a movement, a figure, a policy, an economic series."""
    return (
        clause.has(*MOVE, *THEMES)
        or (clause.has(*MOOD) and WILL.search(clause.text) is not None)
        or market_figures(clause)
        or money(clause)
        or bool(clause.mentions)
    )


def _sees_ahead(clause: Clause) -> bool:
    """An outlook by its own words, or a movement soon that the words of forecast foretell."""
    found = outlook_ahead(clause)
    foretold = clause.has("forecast", "forecast_strong") or not clause.has(*MOVE)
    return found is not None and (foretold or is_worth_trading(clause))


RULES: tuple[Rule, ...] = (
    Rule("rhetorical", 0.5, lambda c: HINDSIGHT.search(c.text) is not None),
    Rule("causal", 0.95, lambda c: shock_claim(c) is not None),
    Rule("bubble_valuation", 0.9, lambda c: c.has("bubble_burst") and c.has("bubble")),
    Rule("volatility_sentiment", 0.8, lambda c: CALM_AS_NOW.search(c.text) is not None and about_market(c.paragraph)),
    Rule("analogy", 0.9, likens),
    Rule("policy_effect", 0.9, lambda c: c.has("policy") and c.has("policy_effect") and not market_figures(c)),
    Rule("rhetorical", 0.5, lambda c: asks_what_comes(c) and (about_market(c) or c.has(*THEMES))),
    Rule("comparison", 0.95, lambda c: (found := contest(c)) is not None and found.decides),
    Rule("other_fact", 0.5, lambda c: contest(c) is not None),
    Rule("record_extreme", 0.95, says_how_rare),
    Rule("trend_regime", 0.9, lambda c: preceded(c) is not None),
    Rule("prediction", 0.9, lambda c: event_to_come(c) is not None or session_ahead(c) is not None),
    Rule("prediction", 0.85, lambda c: outlook_ahead(c) is not None and _sees_ahead(c)),
    Rule("prediction", 0.9, lambda c: foretells(c) and says_what(c)),
    Rule("prediction", 0.9, lambda c: year_ahead(c) is not None),
    Rule("prediction", 0.85, lambda c: foretells_a_fortune(c) and about_market(c.paragraph)),
    Rule("prediction", 0.85, lambda c: uses_an_idiom_of_forecasts(c) and about_market(c.paragraph)),
    Rule("prediction", 0.85, names_a_target),
    Rule("comparison", 0.95, lambda c: correlates(c) or is_haven(c) or flees(c) or calendar_rule(c) is not None),
    Rule("comparison", 0.9, lambda c: lead(c) is not None),
    Rule("comparison", 0.9, lambda c: break_kind(c) == "relation" and len(things_in(c)) == 2),
    Rule("trend_regime", 0.85, lambda c: break_kind(c) == "era" and about_market(c)),
    Rule("volatility_sentiment", 0.95, lambda c: swings(c) is not None),
    Rule("comparison", 0.95, does_better_than_another),
    Rule(
        "quantitative_move", 0.95,
        lambda c: market_figures(c) and (peak_span(c) or above_low(c)) is not None and not c.has("macro"),
    ),
    Rule("record_extreme", 0.95, records_something),
    Rule("causal", 0.9, lambda c: c.has("cause_strong") and c.has(*MOVE, *MOOD) and not market_figures(c)),
    Rule("normative", 0.8, lambda c: OUT_OF_PLACE.search(c.text) is not None or OF_A_RULE.search(c.text) is not None),
    Rule("volatility_sentiment", 0.9, panics),
    Rule("trend_regime", 0.9, lambda c: MOVING_AVERAGE.search(c.text) is not None and about_market(c)),
    Rule("trend_regime", 0.9, lambda c: not market_figures(c) and c.has(*MOVE) and counts_a_run(c)),
    Rule("trend_regime", 0.9, lambda c: c.has("bull") and c.has("trend")),
    Rule("trend_regime", 0.9, lambda c: c.has("trend") and (about_market(c) or c.is_question or market_figures(c))),
    Rule("macro", 0.85, lambda c: moves_a_rate(c) and not market_figures(c) and not c.has("causal", "cause_strong")),
    Rule("macro", 0.95, lambda c: ESTIMATES.search(c.text) is not None and c.has(*MOVE)),
    Rule("macro", 0.95, lambda c: is_of_the_economy(c) and market_figures(c) and c.has(*MOVE)),
    Rule("macro", 0.8, tells_of_the_economy),
    Rule("level", 0.95, moves_to_a_level),
    Rule("quantitative_move", 1.0, lambda c: market_figures(c) and c.has(*MOVE) and not c.has("macro")),
    Rule("bubble_valuation", 0.85, feeds_on_itself),
    Rule("level", 0.85, lambda c: curve_state(c) is not None),
    Rule("comparison", 0.85, lambda c: c.has("comparison") and about_market(c)),
    Rule("bubble_valuation", 0.85, values_something),
    Rule("volatility_sentiment", 0.8, lambda c: c.has("volume") and (about_market(c) or counts_turnover(c))),
    Rule("causal", 0.8, lambda c: causes_something(c) and c.has(*MOVE, *MOOD)),
    Rule("macro", 0.8, lambda c: c.has("macro") and says_of_economy(c)),
    Rule("quantitative_move", 0.9, lambda c: c.has(*MOVE) and (money(c) or market_figures(c))),
    Rule("quantitative_move", 0.85, lambda c: differs_by(c) and about_market(c)),
    Rule("level", 0.85, lambda c: (market_figures(c) or money(c)) and c.has("level") and about_market(c)),
    Rule("level", 0.8, passes_level),
    Rule("level", 0.8, stands_at),
    Rule("level", 0.8, had_stood_at),
    Rule("level", 0.8, is_priced),
    Rule("quantitative_move", 0.75, a_price_moves),
    Rule("quantitative_move", 0.75, it_moved),
    Rule("quantitative_move", 0.75, hardly_moved),
    Rule("trend_regime", 0.75, lambda c: streak(c) is not None and about_market(c.paragraph)),
    Rule("quantitative_move", 0.8, is_farther_by),
    Rule("trend_regime", 0.75, holds_no_longer),
    Rule("trend_regime", 0.75, speaks_of_an_inversion),
    Rule("trend_regime", 0.75, is_on_its_way),
    Rule("level", 0.75, names_a_chart_line),
    Rule("trend_regime", 0.75, is_in_a_state),
    Rule("trend_regime", 0.7, fares),
    Rule("quantitative_move", 0.6, had_a_time_of_it),
    Rule("macro", 0.7, economy_is_in_a_state),
    Rule("trend_regime", 0.6, no_longer_holds),
    Rule("normative", 0.5, lambda c: MAXIM.search(c.text) is not None),
    Rule(
        "volatility_sentiment", 0.7,
        lambda c: bool(market_moods(c)) and (about_market(c) or c.has("policy")) and len(c.text.split()) > 2,
    ),
    Rule("causal", 0.55, names_a_cause),
    Rule("volatility_sentiment", 0.55, lambda c: judges_the_mood(c) or takes_it(c)),
    Rule(
        "volatility_sentiment", 0.5,
        lambda c: "nervous" in market_moods(c) and about_market(c.paragraph) and len(c.text.split()) > 2,
    ),
    Rule("level", 0.6, lambda c: market_figures(c) and about_market(c)),
    Rule("normative", 0.5, lambda c: c.has("normative") and (about_market(c) or c.has("policy", "macro", "opinion"))),
    Rule("rhetorical", 0.5, lambda c: c.is_question and (about_market(c) or c.has(*THEMES, "opinion"))),
    Rule("rhetorical", 0.45, lambda c: c.has("opinion") and (about_market(c) or c.has("policy"))),
    Rule("rhetorical", 0.5, is_a_figure_of_speech),
    Rule("other_fact", 0.5, lambda c: money(c) and about_market(c)),
)  # fmt: skip


NOT_TO_SAY = Pattern(rf"^\W*(?:\w+,? )?{any_phrase('not_to_say')}\b", re.IGNORECASE)


def _is_not_meant(clause: Clause) -> bool:
    """What a sentence begins by not saying: "This is not to say that a bear market is starting"."""
    return NOT_TO_SAY.match(clause.sentence.text) is not None


NO_STATEMENT = (leaves_open, _is_not_meant, is_imagined, _guesses_the_present, _only_announces)
"""What states nothing that a series could bear out, unless a figure of the market stands in it."""


def _states(clause: Clause) -> bool:
    states = market_figures(clause) or not any(none(clause) for none in NO_STATEMENT)
    return states and not _is_a_mechanism(clause)


def classify(clause: Clause) -> Rule | None:
    """The rule that decides the clause's kind; None when it makes no claim that concerns us."""
    key = ("rule", clause.start, clause.end)
    if key not in clause.view.kept:
        rule = next((rule for rule in RULES if rule.holds(clause)), None)
        clause.view.kept[key] = rule if rule is not None and _states(clause) else None
    return clause.view.kept[key]  # type: ignore[return-value]
