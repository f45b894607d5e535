"""Of what a figure or a predicate speaks: the instrument or basket, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analyzer.extract.view import Clause, remembered, target_key
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
    found = _nearest(_apart_from_places(clause, clause.mentions), at)
    if found and _is_agent(clause, found) and (earlier := _earlier(clause)) is not None:
        return earlier
    if found and (not (found.start >= at and stands_for_earlier) or _is_whose_it_was(clause, found)):
        return Subject(found.target, "quote", found.inverse)
    if _has_own_subject(clause):
        return None
    named_by_then = (m for m in clause.sentence.mentions if m.end <= clause.start)
    found = _nearest(_apart_from_places(clause, named_by_then), at)
    if found and not (found.start >= at and stands_for_earlier):
        return Subject(found.target, "context", found.inverse)
    return _earlier(clause)


IMPERSONAL = re.compile(r"^\W*(?:it|this|that|es|das|dies) (?:was|is|war|ist|wurde|will be)\b", re.IGNORECASE)
FOR = re.compile(r"\b(?:for|für)\s+(?:(?:the|den|die|das)\s+)?(?:\w+\s+)?$", re.IGNORECASE)


def _is_whose_it_was(clause: Clause, mention: Mention) -> bool:
    """ "It was the worst week for the Nasdaq": "it" stands for the week, and for nothing that was named before."""
    before = clause.view.article.text[clause.start : mention.start]
    return IMPERSONAL.match(before) is not None and FOR.search(before) is not None


AGENT = re.compile(r"\b(?:von|durch|by|through)\s+(?:(?:der|dem|den|the|a|einer|einem)\s+)?(?:\w+\s+)?$", re.IGNORECASE)


def _is_agent(clause: Clause, mention: Mention) -> bool:
    """ "Der Leitindex wurde von der schwachen Wall Street nach unten gezogen": what moved is what stands first."""
    before = clause.view.article.text[clause.start : mention.start]
    return AGENT.search(before) is not None and GENERIC.match(before.lstrip(' "»„')) is not None


PLACE = re.compile(
    r"\b(?:an der|auf der|am|on the|on|at the|listed on|notiert an der)\s+(?:\w+e[nr]\s+)?$", re.IGNORECASE
)


def is_place(clause: Clause, mention: Mention) -> bool:
    """ "an der Wall Street", "on the Nasdaq": where something is traded."""
    return PLACE.search(clause.view.article.text[max(0, mention.start - 30) : mention.start]) is not None


def _apart_from_places(clause: Clause, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions without exchanges that a share is traded on, "fell on the Nasdaq", where something else is named."""
    text = clause.view.article.text
    found = tuple(mentions)
    if "equity" not in _kinds_spoken_of(clause) and len(clause.sentence.mentions) < 2:
        return found
    places = [m for m in found if is_place(clause, m)]
    # "Cisco, the Nvidia of its day"
    likened = [m for m in found if text[: m.start].endswith("the ") and text.startswith(" of ", m.end)]
    return tuple(m for m in found if m not in likened and (m not in places or getattr(m.target, "kind", "") != "index"))


OWN = re.compile(
    r"^\W*(?:(?:und|and|but|aber|while|während|sowie|yet|doch)\s+)?(?:(?:a|an|eine?)\s+(?:[\w-]+\s+){0,2}?)?([^\W\d_]+)",
    re.IGNORECASE,
)


def _has_own_subject(clause: Clause) -> bool:
    """Whether the clause begins with a noun of the market that no mention covers: "gold closed Friday at"."""
    opener = OWN.match(clause.text)
    if opener is None or clause.mentions:
        return False
    start = clause.start + opener.start(1)
    return any(c.heading == "asset" and c.start == start for c in clause.cues)


def _earlier(clause: Clause) -> Subject | None:
    """What was named before the sentence, of the kind that the clause's own word for it allows ("the shares")."""
    kinds = _kinds_spoken_of(clause)
    before = [m for m in clause.paragraph.mentions if m.end <= clause.start and _is_of(m.target, kinds)]
    if not before:
        earlier = _main(clause)
        earlier = earlier if earlier and _is_of(earlier.target, kinds) else None
    else:
        found = max(before, key=lambda m: m.end)
        only = len({target_key(m.target) for m in before}) == 1
        # After a sentence on the VIX it is open what the next one speaks of: "it" may be the index or the market.
        sure: Basis = "context" if only else "article"
        open_to_doubt = _is_volatility(found) and POINTED.search(clause.text) is None
        earlier = None if open_to_doubt else Subject(found.target, sure, found.inverse)
    return earlier if earlier is None or not _speaks_of_elsewhere(clause.sentence, earlier) else None


POINTED = re.compile(
    r"^\W*(?:dieser?|dieses|der (?:index|volatilitätsindex)|das (?:angst)?barometer|this (?:index|gauge)|"
    r"the (?:index|gauge|fear gauge|volatility index))\b",
    re.IGNORECASE,
)
"""A beginning that means the very thing that was named last."""


KIND_WORDS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (
        frozenset({"index"}),
        re.compile(r"\b(?:index|indexes|benchmark|\w*leitindex|\w*index|\w*barometer|auswahlindex)\b", re.IGNORECASE),
    ),
    (
        frozenset({"equity", "etf"}),
        re.compile(
            r"\b(?:stock|shares?|share price|company|chipmaker|firm|group|carmaker|\w*aktien?|papiere?n?|titel|"
            r"\w*konzerns?|"
            r"unternehmens?|anteilsscheine?n?)\b",
            re.IGNORECASE,
        ),
    ),
    (frozenset({"crypto"}), re.compile(r"\b(?:coin|cryptocurrency|kryptowährung|token)\b", re.IGNORECASE)),
)
"""Words that stand for what was named before, and what kind of instrument they can stand for."""


@remembered
def _kinds_spoken_of(clause: Clause) -> frozenset[str]:
    """The kinds of the first such word of the clause; empty when it has none, as behind "it"."""
    found = [(m.start(), kinds) for kinds, words in KIND_WORDS if (m := words.search(clause.text))]
    return min(found, key=lambda pair: pair[0])[1] if found else frozenset()


def _is_of(target: Instrument | Basket, kinds: frozenset[str]) -> bool:
    return not kinds or not isinstance(target, Instrument) or target.kind in kinds


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
