"""Instruments that may be meant: those that the article names, the members of its baskets, the nearest by meaning; and
those that a name which is not in the catalogue may be a slip for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from analyzer.extract.view import ArticleView, Clause
from analyzer.market import candidates as names
from analyzer.market.candidates import Candidate, Nearest
from analyzer.market.instruments import Instrument
from analyzer.market.name_index import MARKET_HEAD
from analyzer.market.names import fold
from analyzer.model import Claim

AT_HAND = (
    "^GSPC", "^IXIC", "^DJI", "^VIX", "DGS10", "DGS2", "FEDFUNDS", "CPIAUCSL", "UNRATE", "GDPC1", "USREC", "EURUSD=X",
    "DX-Y.NYB", "CL=F", "GC=F",
)  # fmt: skip
AT_HAND_GERMAN = (
    "^GSPC", "^IXIC", "^VIX", "^GDAXI", "^STOXX50E", "IRLTLT01DEM156N", "ECBDFR", "CP0000EZ19M086NEST", "DGS10",
    "FEDFUNDS", "CPIAUCSL", "USREC", "EURUSD=X", "CL=F", "GC=F",
)  # fmt: skip
"""What commentary speaks of without a name ("the central bank", "shares", "dearer money"): offered always."""
MAX_OFFERED = 40

CAPITALISED = re.compile(r"\b[A-ZÄÖÜ][\w.'’-]*(?: (?:& )?[A-ZÄÖÜ][\w.'’-]*)*")


def candidates(claims: Sequence[Claim], seen: ArticleView, nearest: Nearest) -> dict[str, str]:
    """Instruments offered to a model, symbol to name.

    Those that the article names come first, then what is always at hand, then the nearest by meaning for claims whose
    sentence names none. A company is never offered for its meaning: one that is meant is named somewhere.
    """
    found: dict[str, None] = {}
    for mention in seen.mentions:
        target = mention.target
        if isinstance(target, Instrument):
            found.setdefault(target.symbol)
        else:
            found.update(dict.fromkeys(target.at(seen.article.published or date.max)))
    found.update(dict.fromkeys(AT_HAND_GERMAN if seen.article.language == "de" else AT_HAND))
    for claim in claims:
        if claim.checkable != "no" and not seen.at(claim.start, claim.end).sentence.mentions:
            near = (seen.catalogue.get(symbol) for symbol, _ in nearest(claim.statement))
            found.update(dict.fromkeys(i.symbol for i in near if i is not None and i.kind != "equity"))
    known = ((s, seen.catalogue.get(s)) for s in list(found)[:MAX_OFFERED])
    return {symbol: instrument.name for symbol, instrument in known if instrument is not None}


def slips(clause: Clause, nearest: Nearest) -> tuple[Candidate, ...]:
    """What the names in a clause may be misspelt for, the best first. What they mean as they stand has been decided
    with the words around them, and is not offered again."""
    language, catalogue = clause.view.article.language, clause.view.catalogue
    found = (c for name in _names_in(clause) for c in names.candidates(name, language, catalogue, nearest))
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: -c.score):
        if candidate.how in ("fuzzy", "meaning"):
            best.setdefault(candidate.target.name, candidate)
    return tuple(best.values())


def _names_in(clause: Clause) -> Iterator[str]:
    """Runs of capitals in the clause, without a joined word of the market; at its beginning the first may be none."""
    for run in CAPITALISED.finditer(clause.text):
        name, _, head = run.group().rpartition("-")
        name = name if name and MARKET_HEAD.fullmatch(fold(head)) else run.group()
        yield name
        rest = name.partition(" ")[2]
        if rest and run.start() == len(clause.text) - len(clause.text.lstrip()):
            yield rest
