"""What part a figure plays in its clause: the size of a change, a level that is reached, a threshold, a start.

"fell by 3 % to 17,298 points": the first figure is a change, the second a level. The word before a figure decides, then
its unit, then the words around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analyzer.extract.gone import makes_up_for_losses
from analyzer.extract.lexicon import Cue
from analyzer.extract.phrases import LANGUAGES, any_phrase, phrases, word_set
from analyzer.extract.time_words import is_nearest_to, peak_span
from analyzer.extract.turning import above_low
from analyzer.extract.view import Clause, remembered
from analyzer.market.instruments import Basket, Instrument
from analyzer.model import Direction
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern

Role = Literal["change", "level", "above", "below", "start", "distance"]

PARTS: dict[Role, str] = {
    "change": "before_a_change",
    "level": "before_a_level",
    "start": "before_a_start",
    "above": "before_above",
    "below": "before_below",
}
"""The part that a figure plays, and the heading of the words that say so before it."""
BEFORE = {
    language: {word: part for part, heading in PARTS.items() for word in word_set(heading, language)}
    for language in LANGUAGES
}
SKIPPED = {language: word_set("skipped_before_a_figure", language) for language in LANGUAGES}
THRESHOLD_WORDS: dict[Role, frozenset[str]] = {
    "above": word_set("above_a_threshold"),
    "below": word_set("below_a_threshold"),
}
MARKET_VALUE_FROM = 2e8
"""From this amount on, money that an instrument lost or gained is market value, not a price per share."""


@dataclass(frozen=True)
class Part:
    """A figure with its role and the direction of the words around it."""

    figure: Figure
    role: Role
    direction: Direction | None


@remembered
def parts(clause: Clause) -> tuple[Part, ...]:
    """The figures of a clause that carry a unit of the market, each with its role."""
    language = clause.view.article.language
    found = []
    for figure in clause.figures:
        if figure.unit in ("count", "ratio", "sessions", "percentile") or _is_share(clause, figure):
            continue
        if figure.unit == "points" and APART_FROM_A_CLOSE.match(clause.view.article.text, figure.end, clause.end):
            continue  # "two points above Friday's close" is no level, and no move of Friday
        role = _role(clause, figure, language)
        found.append(Part(figure, role, direction_near(clause, figure)))
    return tuple(found)


APART_FROM_A_CLOSE = Pattern(rf"\s*{any_phrase('apart_from_a_close')}\b", re.IGNORECASE)
SHARE = Pattern(
    rf"\s*(?:{any_phrase('share_of_these')}\b|"
    rf"{any_phrase('share_of')}\b(?!\s+{any_phrase('no_share_of')}\b))",
    re.IGNORECASE,
)


SURVEYED = Pattern(rf"\s*(?:,\s*{any_phrase('share_that')}\b|{any_phrase('share_expects')}\b)", re.IGNORECASE)
"""Whoever expects something, by their share: "erwartet ein Drittel, dass", "a third expect"."""


NEW_LINE = re.compile(r"[^\S\n]*\n\s*[A-ZÄÖÜ]")


def _is_share(clause: Clause, figure: Figure) -> bool:
    """ "75% of those years": a share of something, no change of a price."""
    after = clause.view.article.text[figure.end : figure.end + 24]
    if NEW_LINE.match(after):
        return False  # "verlor 3,98 Prozent" at the end of a line of a list; the next one begins "Der S&P 500"
    counted = re.search(r"\w (?:of|von|in) \w", figure.text) is not None  # "nine of ten stocks"
    asked = SURVEYED.match(after) is not None
    return figure.unit == "fraction" and not figure.signed and (counted or asked or SHARE.match(after) is not None)


AS_FAR_AS = phrases("as_far_as")
BACK_FROM = Pattern(
    r"\b(?:to|auf)\s+[$€£]?\d[\d.,]*\s*(?:%|percent|per cent|Prozent)?,?\s+(?:from|von)\s+$", re.IGNORECASE
)
"""Before a level that something came from: "fell to 3.78 percent from 3.84 percent late Friday"."""
COUNTED_AT = phrases("counted_at")
"""How an index is said to have closed: "wurde mit 18.789 Punkten berechnet"."""
HOVERS = Pattern(rf"\b{any_phrase('hovers_about')}\b(?:\W+\w+){{0,4}}?\W+$", re.IGNORECASE)
AT_THE_CLOSE = Pattern(rf"\b{any_phrase('with_so_many_points')} $", re.IGNORECASE)
LEVEL_NOUN = Pattern(
    rf"\b{any_phrase('level_noun')}\W+(?:{any_phrase('level_noun_link')} )?$"
    rf"|\b{any_phrase('record_level_noun')}\W+{any_phrase('record_level_link')} (?:\w+ )?$",
    re.IGNORECASE,
)
"""What stands right before a level: "minus 1.8 per cent, closing level 17,339 points"."""


def _role(clause: Clause, figure: Figure, language: str) -> Role:
    text = clause.view.article.text
    if figure.unit == "fraction" and _is_measured_from_a_peak(clause, figure):
        return "distance"
    if figure.unit == "points" and text.endswith("(", 0, figure.start):
        return "start"  # "(4,982.77 points)" behind a day says where a move began
    before = _word_before(text, figure.start, language)
    return (
        _side(clause, figure)
        or _by_its_qualifier(clause, figure, before)
        or _of_market_value(clause, figure, before)
        or _stood_at(clause, figure, before)
        or _by_the_word_before(clause, figure, before, language)
        or _by_its_unit(clause, figure)
    )


def _is_measured_from_a_peak(clause: Clause, figure: Figure) -> bool:
    peak = peak_span(clause)
    return peak is not None and is_nearest_to(clause, peak, figure.start)


TOWARDS, BY_HOW_MUCH = ("auf", "to", "bei", "at"), ("um", "by")
"""Words before a level that is reached, and before the size of a change."""


def _side(clause: Clause, figure: Figure) -> Role | None:
    """On which side of a mark: "fell below the mark of 5,000 points"."""
    text = clause.view.article.text
    mark = MARK.search(text[max(0, figure.start - 40) : figure.start]) or _passed(clause, figure)
    if mark is not None and figure.unit in ("points", "currency"):
        return "below" if BELOW_MARK.match(mark.group(1)) else "above"
    passes = figure.unit in ("points", "currency") or (figure.unit == "fraction" and _is_yield(clause))
    return _side_of_a_mark(clause, figure) if passes else None


ABOUT_A_LEVEL = Pattern(any_phrase("about_a_level"), re.IGNORECASE)


def _by_its_qualifier(clause: Clause, figure: Figure, before: str | None) -> Role | None:
    """By what belongs to the figure itself: "above 3,000 points", "as low as 3.65 percent"."""
    words = clause.view.article.text[figure.start : figure.core_start].lower().strip()
    of_yield = figure.unit == "fraction" and not figure.signed and _is_yield(clause)
    if of_yield and AS_FAR_AS.search(words):
        return "level"  # "fell as low as 3.65 percent"
    if figure.signed or not (figure.unit in ("points", "currency") or of_yield):
        return None
    if ABOUT_A_LEVEL.fullmatch(words.strip("$€£ ")) and before not in BY_HOW_MUCH and not clause.has(*DOWN, *UP):
        return "level"  # "the index is around 2,050"; what fell did so by around as much
    for role, thresholds in THRESHOLD_WORDS.items():
        if not any(words.endswith(w) for w in thresholds) or before in BY_HOW_MUCH:
            continue
        nearly = words.startswith(("just", "a little", "slightly", "knapp", "gut"))
        if nearly and clause.has(*DOWN, *UP) and before not in TOWARDS:
            continue  # "put on just under 3,000 points" is nearly as much
        # "more than 3,000 points" behind a move is its size, "above 3,000 points" a threshold
        of_level = before in TOWARDS or not clause.has(*DOWN, *UP)
        if of_level or words.split()[-1] in ("über", "unter", "above", "below", "over", "under"):
            return role
    return None


def _of_market_value(clause: Clause, figure: Figure, before: str | None) -> Role | None:
    """What a company is worth, or by how much that changed."""
    if not is_market_value(clause, figure):
        return None
    text = clause.view.article.text
    behind = WORTH_BEHIND.match(text[figure.end : figure.end + 40])
    worth = behind or WORTH.search(text[max(0, figure.start - 40) : figure.start])
    if worth and before not in BY_HOW_MUCH:
        return "level"
    return "change" if clause.has(*DOWN, *UP) and before not in TOWARDS else None


YIELDS = Pattern(rf"\b{any_phrase('yields_at')}\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
"""Before what a bond yields: "rentierten mit 4,2 Prozent"."""


def _stood_at(clause: Clause, figure: Figure, before: str | None) -> Role | None:
    """A level by the words around it: "schloss mit 12.687 Punkten", "pendelt um 1,1780 Dollar"."""
    text = clause.view.article.text
    if figure.unit == "fraction" and YIELDS.search(text[max(clause.start, figure.start - 40) : figure.start]):
        return "level"
    priced = figure.unit == "points" or (figure.unit == "currency" and not is_market_value(clause, figure))
    if priced and LEVEL_NOUN.search(text[max(0, figure.start - 40) : figure.start]):
        return "level"
    if figure.unit == "points" and abs(figure.value) >= 1000:
        counted = before is None and COUNTED_AT.search(clause.text)
        if counted or AT_THE_CLOSE.search(text[: figure.start][-8:]):
            return "level"
    hovers = before == "um" and HOVERS.search(text[max(clause.start, figure.start - 60) : figure.start])
    return "level" if hovers else None


def _by_the_word_before(clause: Clause, figure: Figure, before: str | None, language: str) -> Role | None:
    text, named = clause.view.article.text, BEFORE[language].get(before or "")
    if figure.unit == "fraction" and named in ("above", "below") and not _is_yield(clause):
        named = None
    if named == "start" and figure.unit != "percentage_points" and BACK_FROM.search(text[: figure.start][-60:]):
        return "level" if figure.unit != "fraction" or _is_yield(clause) else "change"
    if named == "start" and figure.unit == "fraction" and not _is_yield(clause):
        return "change"  # "mit einem Verlust von 1,4 Prozent auf 13.004 Punkte": only a rate stands at per cent
    if named == "start" and not re.search(r"\b(auf|to)\b", text[figure.end : figure.end + 60]):
        named = "change" if figure.unit in ("fraction", "percentage_points") else "level"
    if named == "level" and figure.unit == "fraction" and not _is_yield(clause):
        named = "level" if before in ("auf", "to") and clause.has("macro") else "change"
    return named


def _by_its_unit(clause: Clause, figure: Figure) -> Role:
    if figure.unit in ("fraction", "percentage_points"):
        return "change"
    if figure.unit == "points" or is_market_value(clause, figure):
        # points, or a value of the market, without a word of level are a size, of whatever moved
        return "level" if clause.has("level") and not clause.has(*DOWN, *UP) else "change"
    if _is_right_behind_a_move(clause, figure):
        return "change"  # "crude lost $2.47, or 4.9 percent, to close at $47.64"
    return "change" if clause.has(*DOWN, *UP) and not clause.has("level") else "level"


def _is_right_behind_a_move(clause: Clause, figure: Figure) -> bool:
    """Whether money stands next to a verb of movement, with nothing between them that leads to a level."""
    text = clause.view.article.text
    moves = (c for c in clause.cues if c.heading in DOWN + UP and c.end <= figure.start)
    return any(not text[c.end : figure.start].strip() for c in moves)


MARK = Pattern(
    rf"\b({any_phrase('mark_side')}) (?:{any_phrase('article_of_a_mark')} )?{any_phrase('mark')} "
    rf"{any_phrase('mark_of')} $",
    re.IGNORECASE,
)
BELOW_MARK = Pattern(any_phrase("passed_down"), re.IGNORECASE)
THE_MARK = Pattern(rf"[- ]?(?:\w+[- ])?{any_phrase('any_mark')}\b", re.IGNORECASE)
PASSED = Pattern(rf"\b({any_phrase('passes_a_mark')})\b(?:\W+\w+){{0,3}}?\W*$", re.IGNORECASE)
"""What is done with a mark: "passed the 1,000-dollar mark", "fell below the psychological 5,000 level"."""


A_MARK = Pattern(rf"\b(?P<mark>{any_phrase('mark_joined')}) {any_phrase('mark_of')} $", re.IGNORECASE)
SIDE = Pattern(rf"\b(?P<side>{any_phrase('mark_side')})\W+(?:[\w-]+\W+){{0,4}}$", re.IGNORECASE)
LEAPT = Pattern(rf"\b{any_phrase('leaps_a_mark')}\b", re.IGNORECASE)
DROPPED = Pattern(rf"\b{any_phrase('drops_through_a_mark')}\b", re.IGNORECASE)


def _side_of_a_mark(clause: Clause, figure: Figure) -> Literal["above", "below"] | None:
    """ "Durchbrach die psychologisch wichtige Schwelle von 2000 Dollar", "unter die viel beachtete Marke von": on which
    side of the mark the price came to stand, by the word before the mark or by the verb."""
    before = clause.view.article.text[max(clause.start, figure.start - 80) : figure.start]
    mark = A_MARK.search(before)
    if mark is None:
        return None
    side = SIDE.search(before[: mark.start()])
    if side is not None:
        return "below" if BELOW_MARK.match(side["side"]) else "above"
    if DROPPED.search(clause.text):
        return "below"
    if not LEAPT.search(clause.text):
        return None
    return "below" if clause.has(*DOWN) and not clause.has(*UP) else "above"


def _passed(clause: Clause, figure: Figure) -> re.Match[str] | None:
    text = clause.view.article.text
    if THE_MARK.match(text[figure.end : figure.end + 30]) is None:
        return None
    return PASSED.search(text[clause.start : figure.start])


VALUE_WORDS = phrases("value_of_a_company")


WORTH = Pattern(rf"\b{any_phrase('worth')}\W+(?:\w+\W+){{0,3}}$", re.IGNORECASE)


WORTH_BEHIND = Pattern(rf"\s*{any_phrase('worth_behind')}\b", re.IGNORECASE)


def is_market_value(clause: Clause, figure: Figure) -> bool:
    """Money that an instrument is worth: by its size, or because the text says so, whatever the size."""
    if figure.unit != "currency":
        return False
    return abs(figure.value) >= MARKET_VALUE_FROM or VALUE_WORDS.search(clause.text) is not None


def _word_before(text: str, start: int, language: str) -> str | None:
    words = re.findall(r"[\w']+", text[max(0, start - 48) : start].lower())
    for word in reversed(words[-4:]):
        if word in BEFORE[language] and word not in ("minus", "plus"):
            return str(word)
        if word not in SKIPPED[language]:
            return None
    return None


YIELD = phrases("yield_words")


def _is_yield(clause: Clause) -> bool:
    if YIELD.search(clause.text):
        return True
    subjects = [*clause.mentions, *clause.sentence.mentions]
    if not subjects:
        subjects = [m for m in clause.paragraph.mentions if m.end <= clause.start][-1:]
    return any(isinstance(m.target, Instrument) and m.target.kind in ("rate", "macro") for m in subjects)


DOWN = ("move_down", "move_down_strong")
UP = ("move_up", "move_up_strong")


LOSS_WIDENED, GAIN_WIDENED = phrases("loss_widened"), phrases("gain_widened")
"""What grows is the fall, or the rise, of the day: "hat seine Verluste ausgeweitet"."""


PARTICLE = Pattern(rf"\b{any_phrase('takes_up')}\s+$", re.IGNORECASE)


def _is_up_to(scope: Clause, cue: Cue) -> bool:
    """ "Fell up to 3 percent": a bound, and no rise; "propping up the currency": part of another verb."""
    text = scope.view.article.text
    if cue.text.lower() != "up":
        return False
    before = text[max(scope.start, cue.start - 12) : cue.start]
    return text[cue.end : cue.end + 4] == " to " or PARTICLE.search(before) is not None


HOPED_FOR = Pattern(rf"\b{any_phrase('hope')} {any_phrase('hope_of')} (?:\w+ ){{0,2}}$", re.IGNORECASE)
"""A move that is hoped for or feared has not come: "jede Hoffnung auf Erholung"."""


def _is_hoped_for(scope: Clause, cue: Cue) -> bool:
    text = scope.view.article.text
    return HOPED_FOR.search(text[max(scope.start, cue.start - 48) : cue.start]) is not None


NOT_ACHIEVED = Pattern(rf"\b{any_phrase('not_achieved')}\s+(?:\w+\s+){{0,1}}$", re.IGNORECASE)


def _did_not_come(scope: Clause, cue: Cue) -> bool:
    """ "Tesla failed to climb": a move that did not come says nothing of the one that did."""
    text = scope.view.article.text
    return NOT_ACHIEVED.search(text[max(scope.start, cue.start - 40) : cue.start]) is not None


FAILED = Pattern(rf"\b{any_phrase('not_achieved')}\b", re.IGNORECASE)


def failed_to_move(clause: Clause, target: Instrument | Basket) -> bool:
    """Whether only that is said of a name, up to the next one, which it did not do: "though Tesla failed to climb"."""
    own = next((m for m in clause.mentions if m.target == target), None)
    if own is None:
        return False
    end = min((m.start for m in clause.mentions if m.start >= own.end and m.target != target), default=clause.end)
    failed = FAILED.search(clause.view.article.text, own.end, end) is not None
    return failed and direction_of(clause, target) is None


def direction_of(clause: Clause, target: Instrument | Basket) -> Direction | None:
    """The direction of the first word of movement behind the name of something, before another name: "the S&P slipped,
    while the Nasdaq edged higher"."""
    own = next((m for m in clause.mentions if m.target == target), None)
    if own is None:
        return None
    if makes_up_for_losses(clause):
        return "up"  # "machte die Verluste der Vorwoche wett"
    end = min((m.start for m in clause.mentions if m.start >= own.end and m.target != target), default=clause.end)
    moves = [c for c in clause.cues if c.heading in DOWN + UP and own.end <= c.start < end and not _is_up_to(clause, c)]
    moves = [c for c in moves if not _did_not_come(clause, c)]
    return None if not moves else "down" if moves[0].heading in DOWN else "up"


def _is_above_low(clause: Clause, figure: Figure) -> bool:
    """ "22,5 Prozent über seinem Apriltief"."""
    low = above_low(clause)
    return low is not None and figure.end <= clause.start + low.start() + 1


FROM_A_STAND = Pattern(
    rf"\s*(?:{any_phrase('stand_that_was')}\s+)?"
    rf"(?:(?P<below>{any_phrase('below_a_stand')})|(?P<above>{any_phrase('above_a_stand')}))\s+{any_phrase('a_stand')}\b",
    re.IGNORECASE,
)
""" "Zwölf Prozent unter dem Stand vom Jahresanfang", "3 percent above Friday's close": behind the figure."""


FARTHER = Pattern(rf"\s+(?:(?P<below>{any_phrase('less_than')})|{any_phrase('more_than')})\b", re.IGNORECASE)
""" "27 Prozent weniger als zu Jahresbeginn"."""


def differs_by(clause: Clause) -> bool:
    """ "Zwölf Prozent unter dem Stand vom Jahresanfang", "cost 27 percent less than in January": a share by which a
    price differs from the one that it had."""
    shares = (part.figure for part in parts(clause) if part.role == "change" and part.figure.unit == "fraction")
    return any(_behind(clause, figure) for figure in shares)


def _behind(clause: Clause, figure: Figure) -> re.Match[str] | None:
    """The words right behind a share that say to which side of another price it lies."""
    text = clause.view.article.text
    return FROM_A_STAND.match(text, figure.end, clause.end) or FARTHER.match(text, figure.end, clause.end)


def direction_near(clause: Clause, figure: Figure | None) -> Direction | None:
    """Up or down by the figure's own sign, else by the nearest word of movement in the clause, else in the sentence."""
    if LOSS_WIDENED.search(clause.text):
        return "down" if figure is None or not figure.signed or figure.value < 0 else "up"
    if figure is None and GAIN_WIDENED.search(clause.text):
        return "up"
    if figure is None and makes_up_for_losses(clause):
        return "up"  # "clawed back part of their losses"
    if figure is not None and figure.signed:
        return "down" if figure.value < 0 else "up"
    if figure is not None and figure.unit == "fraction" and _is_above_low(clause, figure):
        return "up"
    if figure is not None and figure.unit == "fraction" and (side := _behind(clause, figure)) is not None:
        return "down" if side["below"] else "up"
    for scope in (clause, clause.sentence):
        moves = [c for c in scope.cues if c.heading in DOWN + UP and not _is_up_to(scope, c)]
        moves = [c for c in moves if not _is_hoped_for(scope, c) and not _did_not_come(scope, c)]
        if moves:
            where = figure.core_start if figure is not None else scope.end
            nearest = min(moves, key=lambda c: (min(abs(c.start - where), abs(c.end - where)), -len(c.text)))
            return "down" if nearest.heading in DOWN else "up"
    return None
