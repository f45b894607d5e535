"""Events of the table that a text names."""

from __future__ import annotations

import re
from datetime import date

from analyzer.extract.drafts import Context
from analyzer.market.instruments import Instrument
from analyzer.series import Event


def named_event(context: Context, session: date, instrument: Instrument) -> Event | None:
    """The latest event up to the session whose title shares a telling word with the claim's paragraph; one that
    concerns the instrument before all others."""
    words = telling_words(context.clause.paragraph.text)
    known = [e for e in context.events if e.date <= session and telling_words(e.title) & words]
    own = context.catalogue.events_for(instrument, known)
    return max(own or known, key=lambda e: e.date, default=None)


COMMON = frozenset(
    ("Nvidia", "China", "Chinese", "Commerce", "Federal", "Company", "Quarter", "American", "United", "States", "Store")
)
"""Capitalised words of the events table that name no event by themselves."""


def telling_words(text: str) -> frozenset[str]:
    """Names in a text by which an event may be recognised: capitalised, at least six letters, not common."""
    return frozenset(re.findall(r"\b[A-Z][A-Za-z]{5,}\b", text)) - COMMON
