"""Which dated news a session could have reacted to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from analyzer.series import Event, Series

COMMON = frozenset({"after", "announces", "from", "news", "results", "that", "with"})
"""Words of titles that tell nothing about which news is meant."""


@dataclass(frozen=True)
class ClaimedNews:
    """The news that a text names: its title (any wording), its date, and words that any news of the security holds."""

    title: str
    dated: date | None
    common: str = ""


@dataclass(frozen=True)
class Separated:
    claimed: tuple[Event, ...]
    competing: tuple[Event, ...]


def reacting_session(security: Series, event: Event) -> date | None:
    """The first session that could react: the next one for news after the close or on a day without trading."""
    return security.session_offset(event.date if event.after_close else event.date - timedelta(days=1), 1)


def separate(security: Series, session: date, events: Iterable[Event], news: ClaimedNews) -> Separated:
    """The claimed news and other news of the security that could have moved it within one session of ``session``.

    The claimed news is the event with the same title, else those that share a telling word with it, else those of its
    date. When the text names neither title nor date, a single event is taken for it.
    """
    around = {security.session_offset(session, steps) for steps in (-1, 1)} | {session}
    own = [e for e in events if security.symbol in e.symbols]
    near = [e for e in own if (reacts := reacting_session(security, e)) is not None and reacts in around]
    words = _telling(news.title) - _telling(news.common)
    claimed = (
        [e for e in near if e.title == news.title]
        or [e for e in near if words & _telling(e.title)]
        or [e for e in near if e.date == news.dated]
    )
    if not claimed and not news.title and news.dated is None and len(near) == 1:
        claimed = near
    return Separated(tuple(claimed), tuple(e for e in near if e not in claimed))


def _telling(title: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\w{4,}", title)} - COMMON


def out_of_order(session: date, dated: date | None, claimed: tuple[Event, ...]) -> bool:
    """The news came after the session, or after its close."""
    if dated is not None and dated > session:
        return True
    late = [e.date > session or (e.after_close and e.date == session) for e in claimed]
    return bool(late) and all(late)
