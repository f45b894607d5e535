"""Words that turn a statement round: "far from a bubble", "alles andere als billig".

A pattern that is denied is not one whose test came out otherwise: no evidence of a bubble is not evidence of none. What
holds such a word is not tested, for a verdict on its opposite would mislead.
"""

from __future__ import annotations

from analyzer.extract.phrases import phrases

DENIED = phrases("denied")
WEAK = phrases("denied_and_meant")
"""Denials in form only: "no doubt", "nothing but a bubble"."""


def is_denied(text: str) -> bool:
    return DENIED.search(WEAK.sub("", text)) is not None
