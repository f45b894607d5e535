"""What the check of a level takes: the parameters, and those of its variant."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field as Bounded
from pydantic import model_validator

from analyzer.checks.base import (
    Params,
)
from analyzer.model import Stated
from analyzer.series import Field
from analyzer.stats.levels import Side

Relation = Literal["at", "above", "below", "crossed_above", "crossed_below"]


class LevelParams(Params):
    """``symbol`` stood in ``relation`` to the ``stated`` level at the close of ``session`` (None: the last row).

    ``stated`` is in points, money, or a fraction for rates. ``average``: the level is the mean of that many closes, up
    to and with the session; a share ``stated`` beside it is the distance from it. ``first_time``: never before, or not
    after ``since``. ``start``: the first session of a period that ends with ``session``, when the text names only the
    period.
    """

    symbol: str
    session: date | None = None
    start: date | None = None
    relation: Relation
    stated: Stated | None = None
    average: int | None = Bounded(default=None, ge=2, le=1000)
    """Sessions of a moving average ("the 200-day line")."""
    first_time: bool = False
    never: bool = False
    """Up to ``session``, ever or since ``since``, it never stood in this relation."""
    since: date | None = None
    also: tuple[str, ...] = ()
    """Other prices of the same thing, for "first" and "never" where the own series does not reach back."""
    passed: bool = False
    """The text says that the level was passed, and not where the session closed: that may have been within it."""
    running: date | None = None
    """The day that the text was written on, where it does not say that the session closed there."""
    named_day: date | None = None
    """The calendar day that the text names when the exchange was closed on it; ``session`` is the last one before."""
    or_session: date | None = None
    """The other reading where the text names no day (the session of the day of publication) or may mean two."""
    or_said: str | None = None
    """The words that may mean either session; None where the text names no day."""
    written: date | None = None
    """The day of a text that looks back: it may count a price in the shares of its own day, after a later split."""

    @model_validator(mode="after")
    def _consistent(self) -> LevelParams:
        if self.stated is None and self.average is None:
            raise ValueError("either a stated level or a moving average is needed")
        if self.average is not None and self.relation == "at":
            raise ValueError("a price is above or below a moving average, or crosses it")
        if self.average is not None and self.stated is not None and (self.stated.unit != "fraction" or self.crossing):
            raise ValueError("the distance from a moving average is a share above or below it")
        if self.since is not None and not (self.first_time or self.never):
            raise ValueError("since belongs to first_time and to never")
        if self.never and (self.relation not in ("above", "below") or self.first_time or self.average is not None):
            raise ValueError("never is said of a stated level above or below which a price stood")
        if self.start is not None and (self.session is None or self.start > self.session):
            raise ValueError("start begins a period that ends with session")
        return self

    @property
    def figure(self) -> Stated:
        """The level as a figure; that of a moving average is known once the data are read."""
        assert self.stated is not None
        return self.stated

    @property
    def side(self) -> Side:
        return "low" if self.relation in ("below", "crossed_below") else "high"

    @property
    def price(self) -> Field:
        """What counts as the level of a session."""
        return "close"

    @property
    def crossing(self) -> bool:
        return self.relation.startswith("crossed")


class ByExtremes(LevelParams):
    """The same claim by the sessions' highs or lows: a variant, not a claim's own parameters."""

    @property
    def price(self) -> Field:
        return self.side


class AsWritten(LevelParams):
    """The same claim on the shares of the day of writing: the second reading of a text that looks back over a split."""
