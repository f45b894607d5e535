"""Of what a figure or a predicate speaks: the instrument or basket, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analyzer.extract.view import Clause, target_key
from analyzer.market.instruments import Basket, Instrument
from analyzer.market.mentions import Mention
from analyzer.model import Basis


@dataclass(frozen=True)
class Subject:
    """``inverse``: the text speaks of what the series is quoted in, so that up is down ("the yen rose" in yen per
    dollar, "Treasuries rallied" in a yield). ``other_price``: a fund or another listing stands in, whose moves are
    those of what is named and whose price is another."""

    target: Instrument | Basket
    basis: Basis
    inverse: bool = False
    other_price: bool = False

    @property
    def instrument(self) -> Instrument | None:
        return self.target if isinstance(self.target, Instrument) else None

    @property
    def basket(self) -> Basket | None:
        return self.target if isinstance(self.target, Basket) else None


GENERIC = re.compile(
    r"\b(?:it|they|the (?:index|stock|shares|benchmark|share|market)|er|sie|"
    r"(?:der|die|das) (?:index|leitindex|aktien?|kurs|papiere?))\b",
    re.IGNORECASE,
)
"""Words that stand for what was named before, so that a name further on is not their subject."""


def subject_of(clause: Clause, position: int | None = None) -> Subject | None:
    """The subject of what stands at ``position``: the nearest mention before it in the clause, else the first one in
    the clause, else in the sentence, else the last one before in the paragraph, else what the article is about."""
    at = clause.end if position is None else position
    stands_for_earlier = GENERIC.search(clause.text[: max(0, at - clause.start)]) is not None
    found = _nearest(clause.mentions, at)
    if found and not (found.start >= at and stands_for_earlier):
        return Subject(found.target, "quote", found.inverse)
    found = _nearest(clause.sentence.mentions, at)
    if found and not (found.start >= at and stands_for_earlier):
        return Subject(found.target, "context", found.inverse)
    found = _last_before(clause.paragraph.mentions, clause.start)
    if found is None:
        earlier = _main(clause)
    else:
        # After a sentence on the VIX it is open what the next one speaks of: "it" may be the index or the market.
        earlier = None if _is_volatility(found) else Subject(found.target, "context", found.inverse)
    return earlier if earlier is None or not _speaks_of_elsewhere(clause.sentence, earlier) else None


APART = 24
"""Characters within which a region qualifies a word of the market: "Taiwan's main benchmark"."""


def _speaks_of_elsewhere(sentence: Clause, earlier: Subject) -> bool:
    """Whether the sentence names a market of another region than the one named before: "Taiwan's benchmark"."""
    home = earlier.instrument.region if earlier.instrument else None
    assets = [c.start for c in sentence.cues if c.heading == "asset"]
    return home is not None and any(
        region != home and any(end < at <= end + APART for at in assets)
        for start, end, region in sentence.view.regions
        if sentence.start <= start < sentence.end
    )


def _main(clause: Clause) -> Subject | None:
    """What the article is about, if it has named it by then."""
    main = clause.view.main_subject
    named = main is not None and any(m.target == main and m.end <= clause.start for m in clause.view.mentions)
    return Subject(main, "article") if main is not None and named else None


def subjects_in(clause: Clause) -> tuple[Subject, ...]:
    """Every subject named in the clause, once each, in order."""
    seen: dict[str, Subject] = {}
    for mention in clause.mentions:
        seen.setdefault(target_key(mention.target), Subject(mention.target, "quote", mention.inverse))
    return tuple(seen.values())


def peers_of(clause: Clause, symbol: str, when: date) -> tuple[str, ...]:
    """The neighbours in which a figure may be true instead: members of the baskets that hold the symbol, and the
    other instruments that the article names."""
    catalogue = clause.view.catalogue
    found: dict[str, None] = {}
    for basket in catalogue.baskets:
        members = basket.at(when)
        if symbol in members:
            found.update(dict.fromkeys(members))
    for mention in clause.view.mentions:
        if isinstance(mention.target, Instrument):
            found.setdefault(mention.target.symbol)
    found.pop(symbol, None)
    return tuple(found)


def _is_volatility(mention: Mention) -> bool:
    return getattr(mention.target, "kind", None) == "volatility"


def _nearest(mentions: Iterable[Mention], at: int) -> Mention | None:
    before = [m for m in mentions if m.end <= at]
    after = [m for m in mentions if m.start >= at]
    if before:
        return max(before, key=lambda m: m.end)
    return min(after, key=lambda m: m.start) if after else None


def _last_before(mentions: Iterable[Mention], at: int) -> Mention | None:
    before = [m for m in mentions if m.end <= at]
    return max(before, key=lambda m: m.end) if before else None
