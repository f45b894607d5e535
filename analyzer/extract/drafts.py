"""What the binders work with: the claim's place in the text, and the trials they draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from analyzer.extract.phrases import phrases
from analyzer.extract.proposals import Proposal
from analyzer.extract.resolve import resolve
from analyzer.extract.sessions import session_upto
from analyzer.extract.subjects import Subject, peers_of, subject_of, subjects_in
from analyzer.extract.view import Clause
from analyzer.extract.windows import Clock, Moment, Stretch
from analyzer.market.instruments import Catalogue, Instrument
from analyzer.model import Basis, Claim, Direction, Directness, Stated, Trial, trial_id
from analyzer.series import Event
from analyzer.text import times as t

CLOSED = phrases("after_the_session")
"""Words of a text that was written after the session."""
NAMED_DAYS = (t.Day, t.Weekday, t.RelativeDay)
FEW = 5
"""A basket of fewer members is the name of a market, tested on the index that stands for it."""


@dataclass(frozen=True)
class Draft:
    """A trial before it is validated and gets its id."""

    check: str
    params: dict[str, Any]
    basis: dict[str, Basis] = field(default_factory=dict)
    directness: Directness = "direct"
    why: str = ""
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """A claim, its clause, the clock, the catalogue and the events that were known when it was written."""

    claim: Claim
    clause: Clause
    clock: Clock
    events: tuple[Event, ...] = ()
    available: Callable[[str], bool] = lambda symbol: True
    """Whether a source has the symbol at all; what its prices are is not known here."""
    days_only: bool = False
    """Whether longer time words say something else than the window of a move: the span of a record."""
    proposal: Proposal | None = None
    """A model's hint: it fills what the text leaves open, marked ``proposed``, and never what the text says."""

    def subject(self, position: int | None = None) -> Subject | None:
        """What the figure at ``position`` speaks of; a proposed symbol only where quote and context name none."""
        found = self._served(subject_of(self.clause, position))
        if self.proposal is not None and (found is None or found.basis == "article"):
            named = next((i for s in self.proposal.symbols if (i := self.catalogue.get(s)) is not None), None)
            return Subject(named, "proposed") if named is not None else found
        return found

    def hinted(self, read: Direction | None) -> Direction | None:
        """The direction that was read, else the proposed one, which is marked so and bears nothing out by itself."""
        return read or (self.proposal.direction if self.proposal is not None else None)

    def subjects(self) -> tuple[Subject, ...]:
        """Every subject named in the clause."""
        return tuple(self._served(s) or s for s in subjects_in(self.clause))

    def _served(self, subject: Subject | None) -> Subject | None:
        """The subject, or one of its written substitutes where only that has data: a gold fund for the gold future."""
        basket = subject.basket if subject else None
        if subject is not None and basket is not None and basket.index and len(basket.members) < FEW:
            index = self.catalogue.get(basket.index)
            return replace(subject, target=index) if index is not None else subject
        instrument = subject.instrument if subject else None
        if subject is None or instrument is None or self.available(instrument.symbol):
            return subject
        for symbol in instrument.substitutes:
            other = self.catalogue.get(symbol)
            if other is not None and self.available(symbol):
                another = other.kind in ("etf", "equity") or instrument.kind == "currency"  # two indices of a currency
                return replace(subject, target=other, other_price=another, named=instrument)
        return subject

    def moment(self, instrument: Instrument, position: int | None = None) -> Moment | None:
        if instrument.kind == "macro":
            return None
        found = self.clock.moment(self.clause, instrument, position, days_only=self.days_only)
        day = self.proposal.last if self.proposal is not None and not self.clock.names_no_day(self.clause) else None
        if day is not None and (found is None or found.basis == "default"):
            return Moment(session_upto(instrument, day), "proposed")
        return found

    def day(self, instrument: Instrument) -> Moment | None:
        """The session of a statement whose longer time words say something else, as "since" does in a record."""
        if instrument.kind == "macro":
            return None
        return self.clock.moment(self.clause, instrument, days_only=True)

    def stretch(self, instrument: Instrument, position: int | None = None) -> Stretch | None:
        if instrument.kind == "macro":
            return None
        found = None if self.days_only else self.clock.stretch(self.clause, instrument, position)
        hint = self.proposal
        silent = found is None and self.clock.period(self.clause, position) is None
        silent = silent and not self.clock.names_no_day(self.clause)
        if hint is not None and silent and hint.first and hint.last and (hint.last - hint.first).days > 5:
            base, last = (session_upto(instrument, d) for d in (hint.first, hint.last))
            return Stretch(base, last, "proposed")
        return found

    def may_precede_the_close(self, session: date) -> bool:
        """Whether the text is of that very day and nowhere speaks of its close: its figures may be of an hour."""
        if session != self.clock.published:
            return False
        text = self.clause.view.article.text
        return not any(self._is_of_that_day(found.start(), session) for found in CLOSED.finditer(text))

    def _is_of_that_day(self, position: int, session: date) -> bool:
        """Whether the sentence there names that day, or none: "am Freitag hatte er bei 142 geschlossen" does not."""
        spoken = self.clause.view.clause(position, position + 1).sentence.times
        if any(e.start <= position < e.end and e.value == t.Duration(1, "session") for e in spoken):
            return False  # "zum Schlusskurs des Vortages"
        days = [resolve(e.value, session) for e in spoken if isinstance(e.value, NAMED_DAYS)]
        return not days or any(day is not None and day.first == session for day in days)

    @property
    def catalogue(self) -> Catalogue:
        return self.clause.view.catalogue

    def instrument(self, symbol: str) -> Instrument | None:
        return self.catalogue.get(symbol)

    def peers(self, symbol: str, when: date) -> tuple[str, ...]:
        return peers_of(self.clause, symbol, when)


@dataclass(frozen=True)
class Bound:
    """The trials of a claim, or the code of why there is none, with what a fair test would need."""

    trials: tuple[Trial, ...] = ()
    why_not: str | None = None
    needs: tuple[str, ...] = ()
    """Names of checks that the claim calls for and that this version does not have."""
    lacks: tuple[str, ...] = ()
    """What a test could not be fixed on, in words: "a series", "the time"."""
    by_hand: str = ""
    """The command that tests the claim once somebody supplies what was not read."""
    untested: tuple[str, ...] = ()
    """Figures and superlatives of the quote that no trial tests, to the letter."""
    disagreement: tuple[str, ...] = ()
    """What a model's statement says otherwise than the rules read the quote."""
    plain: bool = True
    """Whether the claim can be read in one way only, so that a figure which does not fit refutes it."""
    beside: tuple[str, ...] = ()
    """Further parts of the quote that no trial tests: a second movement, a cause."""
    near: tuple[str, ...] = ()
    """Instruments of the catalogue nearest to a claim whose series is not in it."""


def single(subject: Subject | None) -> tuple[Instrument, Basis] | None:
    """The instrument that a statement of one series is tested on, with its basis.

    Macro series need a check of their own: their figures are changes on a year, of a named month, in a vintage.
    """
    instrument = subject.instrument if subject is not None else None
    if subject is not None and instrument is not None and "macro" not in (instrument.kind, instrument.exchange):
        return instrument, subject.basis
    return None


def finished(draft: Draft, claim: Claim) -> Trial:
    params = plain(draft.params)
    return Trial(
        id=trial_id(claim.id, draft.check, params), claim=claim.id, check=draft.check, params=params,
        basis=draft.basis, assumed=draft.assumed, directness=draft.directness, why=draft.why,
    )  # fmt: skip


def plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as JSON has them; None is left out, so that ids do not depend on what was not said."""
    out: dict[str, Any] = {}
    for name, value in params.items():
        if value is None:
            continue
        if isinstance(value, Stated):
            value = value.model_dump(mode="json")
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        out[name] = value
    return out
