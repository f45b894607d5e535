"""Which things and places a claim speaks of: instruments, banks, groups, named outright or by kind and place."""

from __future__ import annotations

from analyzer.extract.view import Clause, target_key
from analyzer.market.instruments import Basket, Instrument
from analyzer.market.mentions import Mention
from analyzer.matching.words import composed, headings, places

SAME_THING = {
    "FEDFUNDS": "fed", "DFF": "fed", "DFEDTARU": "fed", "DFEDTARL": "fed", "ECBDFR": "ecb", "ECBMRRFR": "ecb",
    "BOERUKM": "boe",
    "IRLTLT01DEM156N": "bund", "IRLTLT01GBM156N": "gilt", "IRLTLT01ITM156N": "italy_bond",
    **dict.fromkeys(("DGS2", "DGS5", "DGS10", "DGS30", "DGS3MO", "DTB3", "^TNX", "T10Y2Y"), "treasury"),
    "EURUSD=X": "EURUSD=X", "DX-Y.NYB": "dollar",
    "basket:ai-stocks": "ai", "basket:big-tech": "tech", "CPIAUCSL": "usa", "CPILFESL": "usa", "USREC": "usa",
    "PAYEMS": "usa", "GDPC1": "usa", "DEUCPIALLMINMEI": "germany", "CLVMNACSCAB1GQDE": "germany",
    "CP0000EZ19M086NEST": "euro_area", "basket:us-market": "usa", "GLD": "GC=F", "CHF=X": "EURCHF=X", "^NDX": "^NDX",
}  # fmt: skip
"""Symbols and baskets that stand for a thing of the word list."""
REGIONS = {"US": "usa", "DE": "germany", "EU": "euro_area", "UK": "uk"}
PLACES = frozenset(("germany", "usa", "euro_area", "uk", "china", "japan", "swiss", "spain_italy", "greece", "france"))
"""Where something is: they tell apart only where nothing nearer is named."""
BANKS = frozenset(("fed", "ecb", "boe", "boj", "snb", "bundesbank", "pboc", "tcmb", "rba", "riksbank", "cbr"))
CURRENCIES = frozenset(("dollar", "EURUSD=X", "GBPUSD=X", "JPY=X", "EURCHF=X", "yuan", "lira", "rubel"))
WIDE = {"oil": ("CL=F", "BZ=F")}
"""Names that leave open which of several is meant."""


def subjects_of(clause: Clause) -> frozenset[str]:
    """The things and places that the words name; "Japan's central bank" only where they name no thing outright."""
    at = places("things", clause.lowered)
    things = set(at)
    areas = {start for place in at if place in PLACES for start in at[place]}
    found = {thing_of(m.target) for m in clause.mentions if not _only_an_area(m, areas, clause.start)} | things
    for wide, narrow in WIDE.items():
        if wide in found and not things & set(narrow):
            found = (found | set(narrow)) - {wide}
    if "sp_agency" in found or "rating" in headings("measures", clause.lowered):
        found = {"sp_agency" if one == "^GSPC" else one for one in found}
    if found <= PLACES:
        found |= _by_kind(clause, found)
    return frozenset(found)


def _only_an_area(mention: Mention, areas: set[int], start: int) -> bool:
    """The "euro" of the euro zone is no price."""
    return (
        isinstance(mention.target, Instrument) and mention.target.kind == "currency" and mention.start - start in areas
    )


def _by_kind(clause: Clause, of: set[str]) -> set[str]:
    kinds = headings("kinds_of_thing", clause.lowered)
    return {thing for place in of for kind, thing in composed().get(place, {}).items() if kind in kinds}


def thing_of(target: Instrument | Basket) -> str:
    """Under which name a target is compared: a figure of an economy is the place, which its measure tells apart."""
    key = target_key(target)
    if key not in SAME_THING and isinstance(target, Instrument) and target.kind == "macro":
        return REGIONS.get(target.region or "", key)
    return SAME_THING.get(key, key)


def currencies_of(clause: Clause) -> tuple[str, ...]:
    """The currencies that are named, in their order."""
    named = [(at[0], thing) for thing, at in places("things", clause.lowered).items()]
    named += [(m.start - clause.start, thing_of(m.target)) for m in clause.mentions]
    return tuple(dict.fromkeys(thing for _, thing in sorted(named) if thing in CURRENCIES))
