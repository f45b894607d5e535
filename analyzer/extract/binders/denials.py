"""Words that turn a statement round: "far from a bubble", "alles andere als billig".

A pattern that is denied is not one whose test came out otherwise: no evidence of a bubble is not evidence of none. What
holds such a word is not tested, for a verdict on its opposite would mislead.
"""

from __future__ import annotations

import re

DENIED = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|cannot|hardly|barely|scarcely|without|"
    r"far from|anything but|\w+n['’]t|"
    r"kein\w*|nicht|nichts|nie|niemals|niemand|nirgends|weder|kaum|ohne|mitnichten|keineswegs|"
    r"weit (?:von|davon)|weit entfernt|alles andere als)\b",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"\b(?:no doubt|no question|nothing (?:less|but)|not only|nicht nur|kein zweifel|nichts anderes als|"
    r"make no mistake|"
    r"machen wir uns nichts vor)\b",
    re.IGNORECASE,
)
"""Denials in form only: "no doubt", "nothing but a bubble"."""


def is_denied(text: str) -> bool:
    return DENIED.search(WEAK.sub("", text)) is not None
