"""A clause that says that a series moves more, or less, than before: "volatility has doubled", never a forecast."""

from __future__ import annotations

import re
from typing import Literal

from analyzer.extract.relations import is_denied_or_ahead, names_a_day
from analyzer.extract.view import Clause

NOUN = (
    r"\b(?<!implied )(?<!implizite )(?:volatility|(?:price |market )?swings|(?:price )?fluctuations|"
    r"volatilität|(?:kurs|preis|markt)?schwankungen|schwankungsbreite|kursausschläge|ausschläge)\b"
)
UP = (
    r"\b(?:(?:has|have) (?:\w+ )?(?:more than )?(?:doubled|tripled|quadrupled|risen|increased|grown|jumped|surged|"
    r"picked up|widened|become (?:larger|bigger|wilder))|(?:hat|haben)\b.{0,60}?\b(?:zugenommen|verdoppelt|"
    r"verdreifacht|erhöht|vergrößert)|(?:ist|sind)\b.{0,60}?\b(?:gestiegen|gewachsen|größer geworden|"
    r"heftiger geworden)|nehmen zu|nimmt zu)\b"
)
DOWN = (
    r"\b(?:(?:has|have) (?:\w+ )?(?:halved|fallen|declined|decreased|shrunk|eased|subsided|diminished|narrowed)|"
    r"(?:hat|haben)\b.{0,60}?\b(?:abgenommen|nachgelassen|halbiert|verringert)|"
    r"(?:ist|sind)\b.{0,60}?\b(?:gesunken|kleiner geworden|zurückgegangen)|nehmen ab|nimmt ab)\b"
)
GROWN, SHRUNK = (re.compile(NOUN + r"[^.;:?!]{0,60}?" + verb, re.IGNORECASE) for verb in (UP, DOWN))
MORE = re.compile(
    r"\b(?:schwankt|schwanken)\b.{0,40}\b(?:stärker|heftiger|mehr)\b|\bmore volatile than\b", re.IGNORECASE
)
OTHER = re.compile(
    r"\b(?:options?|optionen|vix|vdax|(?-i:MOVE)|earnings|gewinn\w*|umsatz\w*|revenues?|sales|cash flow|"
    r"temperatures?|temperatur\w*|inflation|"
    r"mood|stimmung\w*|demand|nachfrage|erwartete|expected)\b",
    re.IGNORECASE,
)
"""Other quantities that swing, and the volatility that options price."""
STEMS = ("volatil", "swings", "fluctuations", "schwank", "ausschläge")
"""One of them stands in whatever ``GROWN``, ``SHRUNK`` and ``MORE`` find."""


def swings(clause: Clause) -> Literal["rose", "fell"] | None:
    """Whether the clause says that the swings grew or shrank; None where it says neither, or both."""
    text = clause.text
    if not clause.holds_any(STEMS) or names_a_day(clause) or is_denied_or_ahead(clause) or OTHER.search(text):
        return None
    grew = GROWN.search(text) is not None or MORE.search(text) is not None
    shrank = SHRUNK.search(text) is not None
    if grew == shrank:
        return None
    return "rose" if grew else "fell"
