"""Whether a ranking bears out "the n-th most extreme, ever or since a date", and what the data lack to say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from analyzer.model import Label
from analyzer.stats.records import Ranking

FIRST_DAYS = timedelta(days=7)
"""A series that begins within a week of the listing holds all that a record could be measured by."""
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class RecordClaim:
    """A claimed ``rank`` of a value.

    ``named`` is the first and last day of what "since" says (None: ever, which needs the series from ``listed`` on);
    ``exactly`` whether it must hold the last more extreme value or only begins the span. ``signed`` values are moves: a
    largest rise must be one.
    """

    ranking: Ranking
    rank: int
    named: tuple[date, date] | None
    exactly: bool
    listed: date | None
    signed: bool
    among: bool = False
    """Whether it is one of the ``rank`` most extreme ones, at whichever place."""
    outside: bool = False
    """Whether it is said to be none of them."""

    def about(self, ranking: Ranking | None) -> RecordClaim | None:
        """The same claim about another value."""
        return replace(self, ranking=ranking) if ranking is not None else None

    @property
    def wrong_sign(self) -> bool:
        own = self.ranking.own if self.ranking.side == "high" else -self.ranking.own
        return self.signed and own <= 0

    def decide(self) -> tuple[Label, str]:
        """Label and reason: a more extreme value refutes whatever the data cover; only cover supports."""
        if self.outside:
            return self._none_of_them()
        if self.wrong_sign:
            return "refuted", "wrong_sign"
        if self.exactly and self.named:
            return self._since(self.named)
        if self.ranking.rank > self.rank:
            return "refuted", "not_record"
        if self.lacking():
            return "no_data", "coverage"
        fits = self.among or self.ranking.rank == self.rank
        return ("supported", "exact") if fits else ("mixed", "understated")

    def _none_of_them(self) -> tuple[Label, str]:
        """ "Not in the top ten": enough more extreme values bear it out, whatever the data cover."""
        if self.wrong_sign or self.ranking.rank > self.rank:
            return "supported", "exact"
        return ("no_data", "coverage") if self.lacking() else ("refuted", "not_record")

    def _since(self, named: tuple[date, date]) -> tuple[Label, str]:
        """What was named must hold the last more extreme value."""
        last = self.ranking.last
        if last is not None and last[0] > named[1]:
            return self._later(named[1], last[0])
        if self.lacking():
            return "no_data", "coverage"
        return ("supported", "exact") if last is not None and last[0] >= named[0] else ("mixed", "understated")

    def _later(self, named: date, true: date) -> tuple[Label, str]:
        """A more extreme value came after what was named. Within a week it is the wrong day; a span that is overstated
        by at most a quarter is nearly right, as with any other figure."""
        if true - named <= WEEK:
            return "mixed", "wrong_period"
        claimed, held = self.ranking.when - named, self.ranking.when - true
        return ("mixed" if claimed <= 1.25 * held else "refuted"), "overstated"

    def lacking(self) -> str | None:
        """What the data lack to cover the claim's span; None when they cover it."""
        ranking, needed = self.ranking, self.named[0] if self.named else self.listed
        if self.exactly and ranking.last is not None:
            needed = ranking.last[0]
        if needed is None:
            return "the claim needs the series from the listing on, whose date is not in the catalogue"
        late = ranking.begins is None or ranking.begins > needed + FIRST_DAYS
        if late and ranking.beginning_could_hide(needed):
            return f"the claim needs the series from {needed}"
        hidden = ranking.hidden(needed)
        return f"sessions without a row since {needed} that could hide one: {hidden:,}" if hidden else None
