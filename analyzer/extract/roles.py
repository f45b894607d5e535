"""What part a figure plays in its clause: the size of a change, a level that is reached, a threshold, a start.

"fell by 3 % to 17,298 points": the first figure is a change, the second a level. The word before a figure decides, then
its unit, then the words around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analyzer.extract.lexicon import Cue
from analyzer.extract.time_words import peak_span
from analyzer.extract.turning import above_low
from analyzer.extract.view import Clause, remembered
from analyzer.market.instruments import Basket, Instrument
from analyzer.model import Direction
from analyzer.text.numbers import Figure

Role = Literal["change", "level", "above", "below", "start", "distance"]

BEFORE = {
    "de": {
        "um": "change", "auf": "level", "bei": "level", "von": "start", "über": "above", "unter": "below",
        "oberhalb": "above", "unterhalb": "below", "als": "change", "ziel": "level", "marke": "level",
        "minus": "change", "plus": "change",
    },
    "en": {
        "by": "change", "to": "level", "at": "level", "from": "start", "above": "above", "below": "below",
        "over": "above", "under": "below", "past": "above", "through": "above", "of": "change", "around": "level",
        "near": "level", "exceeded": "above", "topped": "above", "top": "above",
        "exceed": "above", "beyond": "above", "break": "above", "hit": "level",
        "reach": "level", "equals": "level", "equal": "level",
    },
}  # fmt: skip
SKIPPED = {
    "de": {"rund", "etwa", "circa", "ca", "knapp", "gut", "fast", "nur", "noch", "den", "die", "das", "der", "dem",
           "wieder", "zeitweise", "mehr", "weniger", "nicht", "mindestens", "höchstens", "beinahe", "nahezu",
           "sogar", "deutlich", "ein", "eine", "einen", "einem", "zu", "bis", "minus", "plus", "bereits",
           "kurzzeitig", "zwischenzeitlich"},
    "en": {"about", "around", "nearly", "almost", "roughly", "some", "just", "only", "a", "the", "more", "less", "than",
           "as", "much", "no", "at", "least", "most", "up", "another", "staggering", "record", "negative", "positive",
           "its", "well", "briefly"},
}  # fmt: skip
THRESHOLD_WORDS = {
    "above": {"über", "above", "over", "oberhalb", "mehr als", "more than", "past"},
    "below": {"unter", "below", "under", "unterhalb", "weniger als", "less than"},
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
        role = _role(clause, figure, language)
        found.append(Part(figure, role, direction_near(clause, figure)))
    return tuple(found)


SHARE = re.compile(
    r"\s*(?:davon\b|of (?:it|that|those|this)\b|dieses\b|"
    r"(?:of|der|des|aller|von)\b(?!\s+(?:its|their|his|her|ihr\w*|sein\w*|the value|value)\b))",
    re.IGNORECASE,
)


SURVEYED = re.compile(
    r"\s*(?:,\s*(?:dass|that)\b|(?:expects?|believes?|thinks?|says?|said|fears?|erwarte[nt]?|glaub\w+|rechne\w*|mein\w*)\b)",
    re.IGNORECASE,
)
"""Whoever expects something, by their share: "erwartet ein Drittel, dass", "a third expect"."""


def _is_share(clause: Clause, figure: Figure) -> bool:
    """ "75% of those years": a share of something, no change of a price."""
    after = clause.view.article.text[figure.end : figure.end + 24]
    counted = re.search(r"\w (?:of|von|in) \w", figure.text) is not None  # "nine of ten stocks"
    asked = SURVEYED.match(after) is not None
    return figure.unit == "fraction" and not figure.signed and (counted or asked or SHARE.match(after) is not None)


COUNTED_AT = re.compile(r"\bmit\b.*\b(?:berechnet|festgestellt|ermittelt|aus dem handel)\b", re.IGNORECASE)
"""How an index is said to have closed: "wurde mit 18.789 Punkten berechnet"."""
LEVEL_NOUN = re.compile(
    r"\b(?:schlussstand|schlusskurs|endstand|(?:closing|final) (?:level|value)|close)\W+(?:of |at |von |bei )?$"
    r"|\b(?:record|high|low|peak|\w*rekord\w*|\w*hoch|\w*tief|\w*höchststand|\w*tiefststand)\W+(?:of|von|bei|at) "
    r"(?:\w+ )?$",
    re.IGNORECASE,
)
"""What stands right before a level: "minus 1.8 per cent, closing level 17,339 points"."""


def _role(clause: Clause, figure: Figure, language: str) -> Role:
    if figure.unit == "fraction" and peak_span(clause):
        return "distance"
    text = clause.view.article.text
    if figure.unit == "points" and text.endswith("(", 0, figure.start):
        return "start"  # "(4,982.77 points)" behind a day says where a move began
    mark = MARK.search(text[max(0, figure.start - 40) : figure.start]) or _passed(clause, figure)
    if mark is not None and figure.unit in ("points", "currency"):
        return "below" if BELOW_MARK.match(mark.group(1)) else "above"
    qualifier_words = text[figure.start : figure.core_start].lower().strip()
    before = _word_before(text, figure.start, language)
    if figure.unit in ("points", "currency") and not figure.signed:
        for role, words in THRESHOLD_WORDS.items():
            if not any(qualifier_words.endswith(w) for w in words) or before in ("um", "by"):
                continue
            nearly = qualifier_words.startswith(("just", "a little", "slightly", "knapp", "gut"))
            if nearly and clause.has(*DOWN, *UP) and before not in ("auf", "to", "bei", "at"):
                continue  # "put on just under 3,000 points" is nearly as much
            # "more than 3,000 points" behind a move is its size, "above 3,000 points" a threshold
            of_level = before in ("auf", "to", "bei", "at") or not clause.has(*DOWN, *UP)
            if of_level or qualifier_words.split()[-1] in ("über", "unter", "above", "below", "over", "under"):
                return role  # type: ignore[return-value]
    behind = WORTH_BEHIND.match(text[figure.end : figure.end + 40])
    if is_market_value(clause, figure) and (behind or WORTH.search(text[max(0, figure.start - 40) : figure.start])):
        return "level"
    if is_market_value(clause, figure) and clause.has(*DOWN, *UP) and before not in ("auf", "to", "bei", "at"):
        return "change"
    if figure.unit == "points" and LEVEL_NOUN.search(text[max(0, figure.start - 40) : figure.start]):
        return "level"
    if figure.unit == "points" and before is None and COUNTED_AT.search(clause.text) and abs(figure.value) >= 1000:
        return "level"
    named = BEFORE[language].get(before or "")
    if figure.unit == "fraction" and named in ("above", "below") and not _is_yield(clause):
        named = None
    if named == "start" and not re.search(r"\b(auf|to)\b", text[figure.end : figure.end + 60]):
        named = "change" if figure.unit in ("fraction", "percentage_points") else "level"
    if named == "level" and figure.unit == "fraction" and not _is_yield(clause):
        named = "level" if before in ("auf", "to") and clause.has("macro") else "change"
    if named:
        return named  # type: ignore[return-value]
    if figure.unit in ("fraction", "percentage_points"):
        return "change"
    if is_market_value(clause, figure):
        return "level" if clause.has("level") and not clause.has(*DOWN, *UP) else "change"
    if figure.unit == "points":  # points without a word of level are a size, of whatever moved
        return "level" if clause.has("level") and not clause.has(*DOWN, *UP) else "change"
    return "change" if clause.has(*DOWN, *UP) and not clause.has("level") else "level"


MARK = re.compile(
    r"\b(über|unter|above|below|over|under|through) (?:die |the )?(?:marke|mark|schwelle|threshold|level) (?:von|of) $",
    re.IGNORECASE,
)
BELOW_MARK = re.compile(
    r"unter|below|under|fell|drop|sank|slip|slid|fiel|fallen|sank|riss|gerissen|rutsch|lost|broke below", re.IGNORECASE
)
THE_MARK = re.compile(
    r"[- ]?(?:\w+[- ])?(?:mark|threshold|barrier|level|hurdle|line|marke|schwelle|hürde)\b", re.IGNORECASE
)
PASSED = re.compile(
    r"\b(fell below|fell through|dropped below|sank below|slipped below|slid below|broke below|lost|unter|below|under|"
    r"riss|pass\w*|broke\w*|cross\w*|topp\w*|clear\w*|exceed\w*|surpass\w*|above|over|über\w*|knack\w*|durchbr\w*)\b"
    r"(?:\W+\w+){0,3}?\W*$",
    re.IGNORECASE,
)
"""What is done with a mark: "passed the 1,000-dollar mark", "fell below the psychological 5,000 level"."""


def _passed(clause: Clause, figure: Figure) -> re.Match[str] | None:
    text = clause.view.article.text
    if THE_MARK.match(text[figure.end : figure.end + 30]) is None:
        return None
    return PASSED.search(text[clause.start : figure.start])


VALUE_WORDS = re.compile(
    r"\b(?:börsenwert\w*|marktwert\w*|marktkapitalisierung\w*|market (?:value|cap\w*))\b", re.IGNORECASE
)


WORTH = re.compile(
    r"\b(?:worth|valued at|(?:market (?:value|cap\w*)|valuation) of|wert|(?:börsen|markt)wert(?: von)?|"
    r"(?:markt)?kapitalisierung(?: von| bei)?)\W+"
    r"(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)


WORTH_BEHIND = re.compile(r"\s*(?:wert|market cap\w*|valuation|auf die börsenwaage)\b", re.IGNORECASE)


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


YIELD = re.compile(
    r"\b(?:\w*rendite\w*|yields?|\w*zins(?:satz|en|es)?|(?:interest|policy|mortgage) rates?)\b", re.IGNORECASE
)


def _is_yield(clause: Clause) -> bool:
    if YIELD.search(clause.text):
        return True
    subjects = [*clause.mentions, *clause.sentence.mentions]
    if not subjects:
        subjects = [m for m in clause.paragraph.mentions if m.end <= clause.start][-1:]
    return any(isinstance(m.target, Instrument) and m.target.kind in ("rate", "macro") for m in subjects)


DOWN = ("move_down", "move_down_strong")
UP = ("move_up", "move_up_strong")


RECOVERED = re.compile(
    r"\b(?:claw\w* back|recoup\w*|pared|trimmed|made up|erased|wiped out)\b[^.,;]*\b(?:loss\w*|declines?|drop)\b"
    r"|\b(?:verluste?|minus|einbußen)\b[^.,;]*\b(?:wett\w*|aufgeholt|ausgeglichen|eingedämmt)\b",
    re.IGNORECASE,
)


PARTICLE = re.compile(
    r"\b(?:prop\w*|shor\w+|end\w*|wind\w*|wound|set\w*|back\w*|speed\w*|sped|give\w*|gave)\s+$", re.IGNORECASE
)


def _is_up_to(scope: Clause, cue: Cue) -> bool:
    """ "Fell up to 3 percent": a bound, and no rise; "propping up the currency": part of another verb."""
    text = scope.view.article.text
    if cue.text.lower() != "up":
        return False
    before = text[max(scope.start, cue.start - 12) : cue.start]
    return text[cue.end : cue.end + 4] == " to " or PARTICLE.search(before) is not None


HOPED_FOR = re.compile(
    r"\b(?:hoffnung\w*|hoffnungen|aussicht\w*|angst|furcht|sorgen?|hopes?|prospects?|fears?|worries|talk) "
    r"(?:auf|vor|of|about|for|um) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
"""A move that is hoped for or feared has not come: "jede Hoffnung auf Erholung"."""


def _is_hoped_for(scope: Clause, cue: Cue) -> bool:
    text = scope.view.article.text
    return HOPED_FOR.search(text[max(scope.start, cue.start - 48) : cue.start]) is not None


def direction_of(clause: Clause, target: Instrument | Basket) -> Direction | None:
    """The direction of the first word of movement behind the name of something, before another name: "the S&P slipped,
    while the Nasdaq edged higher"."""
    own = next((m for m in clause.mentions if m.target == target), None)
    if own is None:
        return None
    end = min((m.start for m in clause.mentions if m.start >= own.end and m.target != target), default=clause.end)
    moves = [c for c in clause.cues if c.heading in DOWN + UP and own.end <= c.start < end and not _is_up_to(clause, c)]
    return None if not moves else "down" if moves[0].heading in DOWN else "up"


def _is_above_low(clause: Clause, figure: Figure) -> bool:
    """ "22,5 Prozent über seinem Apriltief"."""
    low = above_low(clause)
    return low is not None and figure.end <= clause.start + low.start() + 1


def direction_near(clause: Clause, figure: Figure | None) -> Direction | None:
    """Up or down by the figure's own sign, else by the nearest word of movement in the clause, else in the sentence."""
    if figure is None and RECOVERED.search(clause.text):
        return "up"  # "clawed back part of their losses"
    if figure is not None and figure.signed:
        return "down" if figure.value < 0 else "up"
    if figure is not None and figure.unit == "fraction" and _is_above_low(clause, figure):
        return "up"
    for scope in (clause, clause.sentence):
        moves = [c for c in scope.cues if c.heading in DOWN + UP and not _is_up_to(scope, c)]
        moves = [c for c in moves if not _is_hoped_for(scope, c)]
        if moves:
            where = figure.core_start if figure is not None else scope.end
            nearest = min(moves, key=lambda c: (min(abs(c.start - where), abs(c.end - where)), -len(c.text)))
            return "down" if nearest.heading in DOWN else "up"
    return None
