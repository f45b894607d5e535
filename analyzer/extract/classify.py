"""What kind of claim a clause makes, by written rules in a fixed order.

The first rule that holds decides. Each rule looks at headings of the lexicon, figures and mentions, never at a whole
phrase, so that adding a word is a line in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyzer.extract.break_words import break_kind
from analyzer.extract.calendar_rules import calendar_rule
from analyzer.extract.forecast_words import contest
from analyzer.extract.lead_words import lead
from analyzer.extract.rare_words import rarity
from analyzer.extract.relations import correlates, flees, is_haven
from analyzer.extract.roles import DOWN, UP, is_market_value, parts
from analyzer.extract.shock_words import shock_claim
from analyzer.extract.swing_words import swings
from analyzer.extract.things import things_in
from analyzer.extract.time_words import peak_span
from analyzer.extract.turning import above_low
from analyzer.extract.view import Clause, Located
from analyzer.model import Kind
from analyzer.text import times as t

MOVE = (*DOWN, *UP)
MOOD = ("panic", "stress", "nervous", "calm", "exuberance")


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


PERFECT = re.compile(
    r"\b(?:dürft|könnt|müsst|soll)\w*\b.*\b(?:ge\w+|\w+iert|ver\w+|er\w+) (?:haben|sein)\b"
    r"|\b(?:may|might|could|would|should|must)(?: \w+)? have\b",
    re.IGNORECASE,
)
"""A modal with a perfect speaks of the past: "dürften geahnt haben", "could have known"."""


def _names_the_future(clause: Clause) -> bool:
    return any(isinstance(e.value, t.Until) or getattr(e.value, "side", None) == "future" for e in clause.times)


A_FORECAST = re.compile(
    r"(?:'s|\b(?:analysts'?|street|market|consensus|above|below|beat\w*|topped|exceeded|missed|outperformed|over|under))"
    r" (?:\w+ ){0,2}(?:forecasts?|expectations|estimates)\b"
    r"|\b(?:erwartung\w*|prognose\w*|schätzung\w*) (?:\w+ ){0,2}"
    r"(?:übertr\w+|überbot\w*|verfehl\w+|erfüll\w+|schlug\w*)\b",
    re.IGNORECASE,
)
"""Somebody's forecast, beside which a figure is set: "outperformed Wall Street's forecast"."""


AS_EXPECTED = re.compile(
    r"\b(?:wie|als|as|than) (?:\w+ )?(?:erwartet|erhofft|befürchtet|expected|forecast|feared|hoped)\b", re.IGNORECASE
)
"""What has come as, or otherwise than, it was expected."""


def looks_ahead(clause: Clause) -> bool:
    """Forecast words that stand beside a future time, a movement or a market, and are not a passive or a past."""
    if not clause.has("forecast", "forecast_strong"):
        return False
    if PERFECT.search(clause.text) or AS_EXPECTED.search(clause.text) or A_FORECAST.search(clause.text):
        return False
    if any(isinstance(e.value, (t.Since, t.YearStart)) for e in clause.times) and not _names_the_future(clause):
        return False
    if clause.has("forecast_strong"):
        return True
    if FUTURE_DE.search(clause.text) and (market_figures(clause) or money(clause)):
        return True
    return _names_the_future(clause) or bool(clause.has(*MOVE) and INFINITIVE.search(clause.text))


INFINITIVE = re.compile(
    r"\b(stehen|liegen|notieren|kosten|erreichen|knacken|stand|trade|reach|fallen|steigen|sinken|zulegen|einbrechen|verlieren|gewinnen|klettern|erholen|abstürzen|platzen|rise|fall|drop|"
    r"climb|decline|recover|gain|lose|plunge|crash|continue|collapse)\b",
    re.IGNORECASE,
)
FUTURE_DE = re.compile(
    r"\b(?:wird|werden|werde)\b.*\b(?:stehen|liegen|notieren|kosten|erreichen|knacken|überspringen|fallen|steigen|sinken|"
    r"zulegen|einbrechen|verlieren|gewinnen|klettern|schließen|beenden)\b",
    re.IGNORECASE,
)
"""The German future, whose infinitive stands at the end: "wird Ende 2024 bei 20.000 Punkten stehen"."""
PAST_FIGURE = re.compile(
    r"\b(fiel|fielen|stieg|stiegen|verlor|verloren|gewann|gewannen|legte|legten|sank|sanken|brach|gab|schloss|fell|rose|lost|"
    r"gained|dropped|slid|closed|jumped|surged|plunged|tumbled|climbed|sank|added|shed)\b",
    re.IGNORECASE,
)


SIZE = re.compile(
    r"^(?:biggest|largest|greatest|strongest|weakest|deepest|(?:größt|stärkst|schwächst)\w*)$", re.IGNORECASE
)
"""Superlatives that say anything of anybody: "the largest bank", "one of the biggest losers"."""
OF_A_SERIES = re.compile(
    r"^\W*(?:[\w-]+\W+){0,3}?(?:\w*(?:loss|gain|fall|drop|ris|declin|plunge|slump|slide|crash|rall|jump|surg|sell|move|swing|"
    r"day|week|month|quarter|year|session|level|close|drawdown|return|increase|decrease|outflow|inflow|percentage|point)\w*|"
    r"\w*(?:verlust|gewinn|minus|plus|einbruch|sturz|rutsch|anstieg|rückgang|abschlag|zuwachs|sprung|tag|woche|monat|"
    r"quartal|jahr|stand|niveau|bewegung|ausverkauf|rallye|rally|rückschlag|aufschlag|schwankung|serie)\w*)\b",
    re.IGNORECASE,
)
ITS_DAY = re.compile(
    r"\b(?:best|worst|biggest|largest|strongest|weakest|busiest)\s+(?:\w+[- ])?"
    r"(?:day|session|week|month|quarter|year|result)\b.{0,30}?\b"
    r"(?:since|ever|in (?:its|this|the|a|\w+ years)|of (?:the|that|this) (?:year|month|decade|century))\b"
    r"|\b(?:best|schlechtest|schlimmst|stärkst|schwächst|größt)\w+\s+"
    r"(?:\w*(?:tag|woche|monat|quartal|jahr)\w*)\s+(?:seit|in|der|aller)\b",
    re.IGNORECASE,
)
ALL_THE_TIME = re.compile(r"\b(?:since|ever|history|on record|seit|aller zeiten|geschichte|jemals|je)\b", re.IGNORECASE)


def says_how_rare(clause: Clause) -> bool:
    """Whether it is said how rare a move is, and not beside the size of one on a day."""
    rare = rarity(clause)
    beside_a_size = market_figures(clause) or money(clause)
    return rare is not None and (rare.of_a_kind or not beside_a_size) and _is_of_a_move(clause)


def _is_of_a_move(clause: Clause) -> bool:
    """A pandemic may be a black swan too."""
    return clause.has(*MOVE) or about_market(clause)


def records_something(clause: Clause) -> bool:
    """A superlative of a price or of a move: "its lowest close", "the biggest one-day loss"."""
    speaks = about_market(clause) or market_figures(clause) or clause.has(*MOVE) or about_market(clause.sentence)
    if not speaks:
        # "It was its worst day since August", of what the sentences before speak of
        return ITS_DAY.search(clause.text) is not None and about_market(clause.paragraph)
    cues = [c for c in clause.cues if c.heading == "record"]
    if any(not SIZE.match(c.text) for c in cues):
        return True
    rest = clause.view.article.text
    spoken = any(OF_A_SERIES.match(rest[c.end : clause.end]) for c in cues)
    return bool(cues) and (spoken or ALL_THE_TIME.search(clause.text) is not None)


def causes_something(clause: Clause) -> bool:
    return clause.has("causal") and (clause.has(*MOVE, *MOOD, "bubble", "trend") or about_market(clause))


HOUSES = re.compile(
    r"^(?:\w*banks?|bank\w*|credit|treasury|investors?|traders?|portfolio\w*|funds?|contracts?|anleger\w*|händler\w*)$",
    re.IGNORECASE,
)
"""Words of the market that name no price: what they do is no move."""


def prices(clause: Clause) -> list[Located]:
    """Where the clause names something that has a price."""
    return [*clause.mentions, *(c for c in clause.cues if c.heading == "asset" and not HOUSES.match(c.text))]


NEAR = 12
"""Words between a price and its movement."""


def a_price_moves(clause: Clause) -> bool:
    """A movement within reach of what has a price: "a heart of gold" eighteen words before a recovery is none."""
    text = clause.view.article.text
    moved = [c for c in clause.cues if c.heading in MOVE]
    return any(
        len(text[min(p.end, m.end) : max(p.start, m.start)].split()) <= NEAR for p in prices(clause) for m in moved
    )


def values_something(clause: Clause) -> bool:
    """Bubbles and prices too high; not somebody called Bubbles, nor a multiple of something else."""
    article = clause.view.article
    cues = [c for c in clause.cues if c.heading == "bubble"]
    if cues and article.language == "en" and _is_a_name(clause):
        cues = [c for c in cues if not c.text.startswith("Bubble")]
    return bool(cues)


def feeds_on_itself(clause: Clause) -> bool:
    """A price that rises ever faster: "has turned parabolic"; sales or users that do are none."""
    return clause.has("parabolic") and about_market(clause) and not clause.has("growth_of_other")


A_NAME = re.compile(r"(?<=[a-z,] )Bubbles?\b(?! (?:Act|Economy|Wrap))")


def _is_a_name(clause: Clause) -> bool:
    """Whether the text writes the word with a capital in the middle of a sentence: then it names somebody."""
    return A_NAME.search(clause.view.article.text) is not None


QUESTION_WORD = re.compile(
    r"^\W*(?:so |and |but |und |aber |doch )?"
    r"(?:what|who|when|why|how|where|which|was|wer|wann|warum|wie|wo|wohin|welche\w*)\b",
    re.IGNORECASE,
)


def asks_what_comes(clause: Clause) -> bool:
    """A question that names nothing that could come true: "What will happen to oil next?"."""
    return clause.is_question and QUESTION_WORD.match(clause.text) is not None and not clause.figures


SAID_OF_MACRO = ("record", "level", "comparison", "trend", "analogy", "bubble")
IN_RECESSION = re.compile(
    r"\b(?:in|into|entered|einer|eine|der)\s+(?:an?\s+)?(?:\w+\s+)?(?:recession|rezession)\b", re.IGNORECASE
)


def says_of_economy(clause: Clause) -> bool:
    """Whether something is said of a figure of the economy: a size, a way, a rank, a state."""
    return market_figures(clause) or clause.has(*MOVE, *SAID_OF_MACRO) or IN_RECESSION.search(clause.text) is not None


MOVING_AVERAGE = re.compile(
    r"\b(?P<days>\d{1,3})[- ](?:day|session|tage|tages)[- ]?"
    r"(?:(?:simple |moving |rolling )*(?:average|line|mean|sma)|-?(?:linie|durchschnitt\w*|\w*linie))\b"
    r"|\b(?:GD|SMA)[- ]?(?P<short>\d{2,3})\b"
    r"|\b(?:gleitende\w* durchschnitt\w*|moving average|durchschnitt\w*) "
    r"(?:der (?:letzten|vergangenen)|of the (?:last|past)) (?P<last>\d{1,3}) (?:tage|sessions|days|handelstage)\b",
    re.IGNORECASE,
)
"""A moving average of prices, with its sessions: "the 200-day line", "GD200"."""


THEMES = ("policy", "bubble", "macro", "trend")


def passes_level(clause: Clause) -> bool:
    """Whether a figure is a threshold of a price: "is now over 1,000 dollars", "Nvidia under 100 dollars"."""
    sides = [p for p in parts(clause) if p.role in ("above", "below") and p.figure.unit in ("points", "currency")]
    return bool(clause.sentence.mentions) and any(not is_market_value(clause, p.figure) for p in sides)


STANDS_AT = re.compile(
    r"\b(?:stood|stands?|ended|ends|closed|finished|yielded|trades?|traded|was|is|now|got)\s+"
    r"(?:(?:the (?:year|week|month|day)|on \w+|(?:on )?(?:mon|tues|wednes|thurs|fri)day|only|now|up|back)\s+)*"
    r"(?:(?:at|to|above|below|over|under|near|around)\s+(?:about |around |roughly |under |over )?)?$"
    r"|\b(?:steht|stand|schloss|schließt|notiert\w*|liegt|lag|döst|endete|beendete)\b(?:\W+\w+){0,3}\W+"
    r"(?:bei|auf|über|unter)\s+(?:knapp |rund |etwa |gut )?$",
    re.IGNORECASE,
)
IT = re.compile(
    r"^\W*(?:and |but |now |und |jetzt |by \w+ )?(?:it|es|er|sie|this|that)\b|\b(?:it|er|es)\b", re.IGNORECASE
)


def stands_at(clause: Clause) -> bool:
    """A bare number that a price stands at: "the VIX stood at 82.69", "it ended the year at 3,756"."""
    text = clause.view.article.text
    named = clause.mentions or (IT.search(clause.text) and clause.paragraph.mentions)
    bare = [f for f in clause.figures if f.unit in ("count", "points") and (set(".,") & set(f.text) or f.value >= 10)]
    return bool(named) and any(STANDS_AT.search(text[clause.start : f.start]) for f in bare)


def counts_turnover(clause: Clause) -> bool:
    return clause.has("volume") and any(f.unit in ("count", "ratio", "fraction") for f in clause.figures)


MAXIM = re.compile(r"^\W*(?:panic|panik|calm|fear|angst|ruhe|gelassenheit|nervosität) (?:is|ist)\b", re.IGNORECASE)
"""A maxim on a mood ("panic is for people who cannot read") says nothing of the market's."""


def panics(clause: Clause) -> bool:
    moved = market_figures(clause) and bool(clause.mentions)
    if len(clause.text.split()) < 2:
        return False
    return clause.has("panic") and about_market(clause.paragraph) and not moved and not MAXIM.search(clause.text)


def likens(clause: Clause) -> bool:
    return clause.has("analogy") and (about_market(clause) or clause.has(*THEMES, *MOOD) or len(clause.text) < 90)


def foretells(clause: Clause) -> bool:
    concerns_us = about_market(clause) or clause.has(*MOVE, *THEMES)
    if IRREAL.search(clause.text):
        return False
    return concerns_us and looks_ahead(clause) and not PAST_FIGURE.search(clause.text)


HINDSIGHT = re.compile(
    r"\bhätten? (?:\w+ ){0,3}(?:niemand|keiner|kaum|jemand)\b|\bwer hätte\b|\bwould have (?:thought|believed|dreamt)\b",
    re.IGNORECASE,
)
"""What nobody would have believed is said to have happened, but not as a statement that a series could bear out."""
IRREAL = re.compile(
    r"\b(?:if i were|i could|i would|wäre ich|könnte ich|würde ich|you could|we could have)\b", re.IGNORECASE
)


OPEN = re.compile(
    r"\b(?:as (?:for|to)|tell\w*(?: us)?|know|question is|depends? on|wonder\w*|debate\w*|predict|forecast),? "
    r"(?:when|how|whether|what|if|the)\b|\b(?:can|could|nor \w+ can|cannot|can't) (?:predict|forecast|foresee|know)\b"
    r"|\b(?:weiß|wissen|fragt|fragen|offen|unklar|frage),? (?:ist, |sei, )?(?:ob|wann|wie|was|wohin|wer)\b"
    r"|\b(?:kann|können|konnte|könnte) \w+ (?:vorhersagen|vorhersehen|prognostizieren|wissen)\b",
    re.IGNORECASE,
)
"""What is left open is no forecast: "as to how deep the recession will be", "nor can I predict the winning years"."""


WILL = re.compile(r"\b(?:will|wird|werden)\b|'ll\b", re.IGNORECASE)


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


RULES: tuple[Rule, ...] = (
    Rule("rhetorical", 0.5, lambda c: HINDSIGHT.search(c.text) is not None),
    Rule("causal", 0.95, lambda c: shock_claim(c) is not None),
    Rule("bubble_valuation", 0.9, lambda c: c.has("bubble_burst") and c.has("bubble")),
    Rule("analogy", 0.9, likens),
    Rule("policy_effect", 0.9, lambda c: c.has("policy") and c.has("policy_effect") and not market_figures(c)),
    Rule("rhetorical", 0.5, lambda c: asks_what_comes(c) and (about_market(c) or c.has(*THEMES))),
    Rule("comparison", 0.95, lambda c: (found := contest(c)) is not None and found.decides),
    Rule("other_fact", 0.5, lambda c: contest(c) is not None),
    Rule("record_extreme", 0.95, says_how_rare),
    Rule("prediction", 0.9, lambda c: foretells(c) and says_what(c)),
    Rule("comparison", 0.95, lambda c: correlates(c) or is_haven(c) or flees(c) or calendar_rule(c) is not None),
    Rule("comparison", 0.9, lambda c: lead(c) is not None),
    Rule("comparison", 0.9, lambda c: break_kind(c) == "relation" and len(things_in(c)) == 2),
    Rule("trend_regime", 0.85, lambda c: break_kind(c) == "era" and about_market(c)),
    Rule("volatility_sentiment", 0.95, lambda c: swings(c) is not None),
    Rule("quantitative_move", 0.95, lambda c: market_figures(c) and (peak_span(c) or above_low(c)) is not None),
    Rule("record_extreme", 0.95, records_something),
    Rule("causal", 0.9, lambda c: c.has("cause_strong") and c.has(*MOVE, *MOOD) and not market_figures(c)),
    Rule("volatility_sentiment", 0.9, panics),
    Rule("trend_regime", 0.9, lambda c: MOVING_AVERAGE.search(c.text) is not None and about_market(c)),
    Rule("trend_regime", 0.9, lambda c: c.has("bull") and c.has("trend")),
    Rule("trend_regime", 0.9, lambda c: c.has("trend") and (about_market(c) or c.is_question or market_figures(c))),
    Rule("quantitative_move", 1.0, lambda c: market_figures(c) and c.has(*MOVE) and not c.has("macro")),
    Rule("bubble_valuation", 0.85, feeds_on_itself),
    Rule("comparison", 0.85, lambda c: c.has("comparison") and about_market(c)),
    Rule("bubble_valuation", 0.85, values_something),
    Rule("volatility_sentiment", 0.8, lambda c: c.has("volume") and (about_market(c) or counts_turnover(c))),
    Rule("causal", 0.8, lambda c: causes_something(c) and c.has(*MOVE, *MOOD)),
    Rule("macro", 0.8, lambda c: c.has("macro") and says_of_economy(c)),
    Rule("quantitative_move", 0.9, lambda c: c.has(*MOVE) and (money(c) or market_figures(c))),
    Rule("level", 0.85, lambda c: (market_figures(c) or money(c)) and c.has("level") and about_market(c)),
    Rule("level", 0.8, passes_level),
    Rule("level", 0.8, stands_at),
    Rule("quantitative_move", 0.75, a_price_moves),
    Rule("normative", 0.5, lambda c: MAXIM.search(c.text) is not None),
    Rule(
        "volatility_sentiment", 0.7,
        lambda c: c.has(*MOOD) and (about_market(c) or c.has("policy")) and len(c.text.split()) > 2,
    ),
    Rule("causal", 0.55, causes_something),
    Rule(
        "volatility_sentiment", 0.5,
        lambda c: c.has("nervous") and about_market(c.paragraph) and len(c.text.split()) > 2,
    ),
    Rule("level", 0.6, lambda c: market_figures(c) and about_market(c)),
    Rule("normative", 0.5, lambda c: c.has("normative") and (about_market(c) or c.has("policy", "macro", "opinion"))),
    Rule("rhetorical", 0.5, lambda c: c.is_question and (about_market(c) or c.has(*THEMES, "opinion"))),
    Rule("rhetorical", 0.45, lambda c: c.has("opinion") and (about_market(c) or c.has("policy"))),
    Rule("other_fact", 0.4, lambda c: money(c) and about_market(c)),
)  # fmt: skip


def classify(clause: Clause) -> Rule | None:
    """The rule that decides the clause's kind; None when it makes no claim that concerns us."""
    key = ("rule", clause.start, clause.end)
    if key not in clause.view.kept:
        states = not leaves_open(clause) or market_figures(clause)
        clause.view.kept[key] = next((rule for rule in RULES if rule.holds(clause)), None) if states else None
    return clause.view.kept[key]  # type: ignore[return-value]
