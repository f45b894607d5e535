"""Who is in: one-time links, and the sessions that they open. Kept in memory, gone when the program ends."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

MOST = 200
"""Sessions that are kept; the oldest go first."""

Theme = Literal["auto", "light", "dark"]


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass
class Session:
    """One browser: the name that its decisions carry, and how it wants the page."""

    reviewer: str
    language: str | None = None
    theme: Theme = "auto"
    id: str = field(default_factory=_secret)
    csrf: str = field(default_factory=_secret)
    """Stands in every form of this session's pages and nowhere else."""


class Sessions:
    """``reviewer``: the name that a new session begins with."""

    def __init__(self, reviewer: str) -> None:
        self._reviewer = reviewer
        self._links: set[str] = set()
        self._open: dict[str, Session] = {}

    def new_link(self) -> str:
        """A token that opens one session, once."""
        token = _secret()
        self._links.add(token)
        return token

    def enter(self, token: str) -> Session | None:
        """The session that the token opens; None if it was used before or never given out."""
        if token not in self._links:
            return None
        self._links.discard(token)
        session = Session(self._reviewer)
        self._open[session.id] = session
        while len(self._open) > MOST:
            del self._open[next(iter(self._open))]
        return session

    def get(self, id: str | None) -> Session | None:
        return self._open.get(id or "")
