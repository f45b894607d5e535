"""That the price of what is named moves, or stands somewhere: "gold rose", "a rally in gold", "Gold ist teuer"."""

from __future__ import annotations

import re

from analyzer.market.instruments import Instrument
from analyzer.market.name_index import Hit
from analyzer.market.page import Page
from analyzer.market.words import words

FIGURE = re.compile(
    r"[+\-−–(]?\s*(?:minus|plus|up|down|um|by)?\s*\d[\d.,]*\s*(?:prozent|percent|per cent|pct|%)", re.IGNORECASE
)
FIGURE_WORDS = re.compile(r"(?:prozent|percent|per cent|pct|%)", re.IGNORECASE)
UP_OR_DOWN = re.compile(
    r"[^.;,]{0,30}?\b(?:up|down|higher|lower|ahead|plus|minus|im Plus|im Minus|um)\b[^.;,]{0,20}?\d", re.IGNORECASE
)
AT_A_LEVEL = re.compile(
    r" (?:auf|bei|über|unter|at|near|above|below) (?:\w+ )?(?:[$€£]?\d|record|all-time|rekord|\w*hoch\b|\w*tief\b)",
    re.IGNORECASE,
)
LEVEL = re.compile(
    r"\d|\b(?:higher|lower|highs?|lows?|record|flat|unchanged|höher|tiefer|fester|schwächer|leichter|rekord\w*|\w*hoch|\w*tief|plus|minus)\b",
    re.IGNORECASE,
)
PLACED, NEAR = 3, 60
"""Tokens up to a verb of a level, and characters up to its number."""
REACH = 7
"""Tokens after a name within which its verb is looked for."""
PULLED = re.compile(r" (?:zog|zogen|zieht|ziehen)\b[^.;,]*\ban\b")
BEST_DAY = re.compile(
    r" [^.;,]{0,25}\b(?:best|worst|bad|good|(?:beste|schlechteste|schwächste|stärkste|schwarze)[nrs]?) "
    r"(?:day|week|month|quarter|year|session|tag|woche|monat|quartal|jahr|handelstag|börsentag)",
    re.IGNORECASE,
)
PRICED = frozenset({"commodity", "currency", "crypto", "index"})
"""Kinds of which a text says that they are dear, cheap, weak or in demand; of a company that is said of its goods."""


def moves(page: Page, hit: Hit) -> bool:
    """A verb of the market after the name, or before it with a figure after, or a figure right behind the name."""
    low, high = page.sentence(hit.first)
    moved = words("moved")
    if moved.intersection(page.keys[hit.end : min(hit.end + REACH, high)]):
        return True
    if _follows_its_verb(page, hit) or _closes_its_bracket(page, hit, high) or _is_foretold(page, hit, low, high):
        return True
    rest = page.text[hit.stop : page.ends[high - 1] + 2]
    if _has_a_move(page, hit, high) or AT_A_LEVEL.match(rest):
        return True
    if FIGURE.match(rest.lstrip(" ,(")) or (UP_OR_DOWN.match(rest) and FIGURE_WORDS.search(rest)):
        return True
    if PULLED.match(rest) or BEST_DAY.match(rest) or (_is_a_thing_of_price(hit) and _is_valued(page, hit, high)):
        return True
    placed = words("placed").intersection(page.keys[hit.end : min(hit.end + PLACED, high)])
    if placed and (LEVEL.search(rest[:NEAR]) or FIGURE_WORDS.search(rest[:NEAR])):
        return True
    return bool(moved.intersection(page.keys[max(low, hit.first - 4) : hit.first]) and FIGURE.search(rest))


def _follows_its_verb(page: Page, hit: Hit) -> bool:
    """ "Endlich fällt der Euro wieder": the German order behind an adverb; of currencies, which are never its object
    there with the article of a subject."""
    of_currency = any(isinstance(r.target, Instrument) and r.target.kind == "currency" for r in hit.readings)
    subject = page.key(hit.first - 1) == "der" and page.gap(hit.first) == " "
    return of_currency and subject and page.key(hit.first - 2) in words("moved")


MODAL = 3
"""Words behind a name within which the modal stands that a movement is foretold with."""
BOOSTED = re.compile(r" (?:a|another|some) (?:\w+ )?(?:boost|lift|leg up|tailwind)\b", re.IGNORECASE)


def _is_foretold(page: Page, hit: Hit, low: int, high: int) -> bool:
    """ "Oil could rise", "is likely to weaken the euro", "dürfte den Euro stützen", "could give the dollar a boost"."""
    if not _is_a_thing_of_price(hit):
        return False
    behind = page.keys[hit.end : min(hit.end + REACH, high)]
    if words("modals").intersection(behind[:MODAL]) and words("moved_to_come").intersection(behind):
        return True
    i = hit.first - 1
    while i > low and page.key(i) in words("articles"):
        i -= 1
    pushed = page.key(i) in words("pushes") or bool(words("pushed").intersection(behind[:MODAL]))
    return pushed or (page.key(i) in words("gives") and BOOSTED.match(page.text, hit.stop) is not None)


BRACKET = 14
"""Words within which a German participle closes what its auxiliary has opened."""
OPENS = frozenset({"hat", "haben", "hatte", "ist", "war"})


def _closes_its_bracket(page: Page, hit: Hit, high: int) -> bool:
    """ "Gold hat im bisherigen Jahresverlauf gut 40 Prozent zugelegt": auxiliary, a figure, participle."""
    if page.key(hit.end) not in OPENS or page.gap(hit.end) != " ":
        return False
    keys = page.keys[hit.end : min(hit.end + BRACKET, high)]
    return bool(words("moved").intersection(keys)) and bool(
        FIGURE_WORDS.search(page.text[hit.stop : page.ends[high - 1]])
    )


def _has_a_move(page: Page, hit: Hit, high: int) -> bool:
    """ "The dollar's slide", "a rally in gold", "die Schwäche des Dollars"."""
    if hit.tail == "inflected" and words("moves").intersection(page.keys[hit.end : min(hit.end + 2, high)]):
        return True
    i = hit.first - 1
    while page.key(i) in words("articles"):
        i -= 1
    i -= page.key(i) in words("of_a_move")
    return i < hit.first - 1 and page.key(i) in words("moves") and page.gap(i + 1) == " "


def _is_a_thing_of_price(hit: Hit) -> bool:
    return any(isinstance(r.target, Instrument) and r.target.kind in PRICED for r in hit.readings)


def _is_valued(page: Page, hit: Hit, high: int) -> bool:
    """ "Öl ist billig", "the pound is at its lowest since 1985": a verb of being, then a word of value."""
    i = hit.end
    if page.key(i) == "so" and page.key(i + 1) in words("valued") and page.key(i + 2) == "wie":
        return not page.gap(i).strip()  # "war Gold so teuer wie nie"
    is_held = page.key(i) in ("fuer", "for") and page.key(i - 2) in words("saying")  # "hält Gold für billig"
    if page.gap(i).strip() or not (is_held or page.key(i) in words("auxiliaries")):
        return False
    return bool(words("valued").intersection(page.keys[i + 1 : min(i + 1 + REACH, high)]))
