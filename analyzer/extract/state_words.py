"""What a clause states beside a movement, or without one.

The state of a price ("remains under pressure"), where it is heading, lines on a chart, a curve that is inverted, a
verdict on the mood, a figure of speech; that one price did better than another, that a session is one of a run.
"""

from __future__ import annotations

import re

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause, remembered
from analyzer.model import Direction
from analyzer.text.patterns import Pattern

COPULA_FIRST = Pattern(
    rf"\b{any_phrase('is_in_a_state')}\s+(?:[\w-]+\s+){{0,5}}?{any_phrase('state_of_a_price')}\b", re.IGNORECASE
)
STATE_FIRST = Pattern(
    rf"\b{any_phrase('state_of_a_price', 'de')}\s+{any_phrase('is_in_a_state', 'de')}\b", re.IGNORECASE
)
"""As a German subordinate clause has it: "dass der Dollar angeschlagen bleibt"."""
ANOTHER_THING = phrases("state_of_another_thing")
ON_ITS_WAY = phrases("on_its_way_to")
CHART_LINE = phrases("line_on_a_chart")
MOOD_NOUN = phrases("mood_that_is_judged")
SPEECH = phrases("figure_of_speech")

MORE_THAN = Pattern(
    rf"\b{any_phrase('more_than_another')}\b(?:[\s,]+[\w.,-]+){{0,4}}?\s+{any_phrase('than_another')}\s+"
    rf"(?:{any_phrase('before_the_other')}\s+){{0,3}}",
    re.IGNORECASE,
)
THAN = phrases("than_another")
AT_LARGE, ONE_OF_A_RUN = phrases("the_other_at_large"), phrases("one_of_a_run")
ON_COURSE, FORECAST_IDIOM = phrases("on_course_for"), phrases("idiom_of_a_forecast")

FARES, TAKES_IT, NO_LONGER = phrases("market_fares"), phrases("market_takes_it"), phrases("no_longer_so")
TIMES_OF_IT = phrases("good_or_bad_times")
ECONOMY = Pattern(
    rf"\b{any_phrase('economy_in_a_state')}\s+(?:[\w-]+\s+){{0,3}}?{any_phrase('state_of_an_economy')}\b", re.IGNORECASE
)

GOES_ON = rf"{any_phrase('goes_on_in_a_state')}\s+(?:(?!{any_phrase('denial')})[\w-]+\s+){{0,3}}?"
WEAK = Pattern(rf"\b{GOES_ON}{any_phrase('state_of_weakness')}\b", re.IGNORECASE)
STRONG = Pattern(rf"\b{GOES_ON}{any_phrase('state_of_strength')}\b", re.IGNORECASE)


@remembered
def is_in_a_state(clause: Clause) -> bool:
    """ "The dollar remains under pressure", "der Dollar bleibt angeschlagen": of what has a price and stands before."""
    priced = bool(clause.mentions) or clause.has("asset")
    found = (COPULA_FIRST.search(clause.text) or STATE_FIRST.search(clause.text)) if priced else None
    if found is None:
        return False
    before = clause.view.clause(clause.start, clause.start + found.end())
    priced = bool(before.mentions) or before.has("asset")
    return priced and ANOTHER_THING.search(before.text) is None


def is_on_its_way(clause: Clause) -> bool:
    """ "The euro is again heading towards parity": where something with a price is going, with a name for it."""
    return bool(clause.mentions) and ON_ITS_WAY.search(clause.text) is not None


def names_a_chart_line(clause: Clause) -> bool:
    """ "Support at 4,842", "der Widerstand liegt bei 3.238 Dollar"."""
    found = CHART_LINE.search(clause.text)
    return found is not None and any(f.start >= clause.start + found.start() for f in clause.figures)


def judges_the_mood(clause: Clause) -> bool:
    """ "Das Stimmungsbild ist gemischt": a noun for the mood of a market."""
    return MOOD_NOUN.search(clause.text) is not None


def is_a_figure_of_speech(clause: Clause) -> bool:
    return SPEECH.search(clause.text) is not None


def does_better_than_another(clause: Clause) -> bool:
    """ "Fell by more than the S&P 500", "legte stärker zu als der Gesamtmarkt": the other is named right behind."""
    text = clause.view.article.text
    if THAN.search(clause.text) is None:
        return False
    begins = {m.start for m in clause.mentions}
    return any(
        found.end() in begins or AT_LARGE.match(text, found.end(), clause.end)
        for found in MORE_THAN.finditer(text, clause.start, clause.end)
    )


def counts_a_run(clause: Clause) -> bool:
    return ONE_OF_A_RUN.search(clause.text) is not None


def is_on_course_for_a_record(clause: Clause) -> bool:
    """ "Is on track for its worst week since 2020": what only the end of the week has to add to is no forecast."""
    ahead = [c for c in clause.cues if c.heading in ("forecast", "forecast_strong")]
    return clause.has("record") and all(ON_COURSE.search(f"{c.text} to") for c in ahead)


def uses_an_idiom_of_forecasts(clause: Clause) -> bool:
    """ "Is not out of the woods", "das Schlimmste ist überstanden"."""
    return not clause.is_question and FORECAST_IDIOM.search(clause.text) is not None


def fares(clause: Clause) -> bool:
    """ "Has run out of steam", "fuhr Achterbahn": of something with a price, or of a market."""
    return _priced_or_spoken_of(clause) and FARES.search(clause.text) is not None


def had_a_time_of_it(clause: Clause) -> bool:
    """ "Another bad day for the pound", "ein schwacher Handelsschluss an der Wall Street"."""
    return _priced_or_spoken_of(clause) and TIMES_OF_IT.search(clause.text) is not None


def takes_it(clause: Clause) -> bool:
    """ "Shrugged off the news", "wurden auf dem falschen Fuß erwischt"."""
    concerns_a_market = _priced_or_spoken_of(clause) or bool(clause.paragraph.mentions)
    return concerns_a_market and TAKES_IT.search(clause.text) is not None


def _priced_or_spoken_of(clause: Clause) -> bool:
    return bool(clause.mentions) or clause.has("asset", "bull", "move_up", "move_up_strong")


def economy_is_in_a_state(clause: Clause) -> bool:
    """ "The economy is slowing", "Der Immobilienmarkt kühlt ab"."""
    return ECONOMY.search(clause.text) is not None


def no_longer_holds(clause: Clause) -> bool:
    """ "Gold is no longer a hedge against inflation"."""
    return bool(clause.mentions) and NO_LONGER.search(clause.text) is not None


@remembered
def lasting_state(clause: Clause) -> Direction | None:
    """Which way a price has gone that remains in its state: "bleibt angeschlagen" down, "remains in demand" up."""
    weak, strong = WEAK.search(clause.text), STRONG.search(clause.text)
    if (weak is None) == (strong is None) or not is_in_a_state(clause):
        return None
    return "down" if weak else "up"
