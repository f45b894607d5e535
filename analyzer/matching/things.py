"""Which things and places a claim speaks of: instruments, banks, groups, named outright or by kind and place."""

from __future__ import annotations

from analyzer.extract.view import Clause, remembered, target_key
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
    "LEH": "LEHMQ", "^MXEF": "emerging", "EEM": "emerging", "CNY=X": "yuan", "TRY=X": "lira", "RUB=X": "rubel",
    "TTF=F": "gas", "INR=X": "rupee", "KRW=X": "won_", "SEK=X": "krona", "NOK=X": "norwegian_krone",
    "3333.HK": "evergrande",
    "HG=F": "copper", "PA=F": "palladium", "PL=F": "platinum", "ZW=F": "wheat", "KC=F": "coffee", "CC=F": "cocoa",
    "SB=F": "sugar_", "ALI=F": "aluminium", "MORTGAGE30US": "usa", "IRLTLT01JPM156N": "jgb",
    "basket:regional-banks": "regional_banks", "basket:us-banks": "banks", "basket:german-banks": "banks",
    "basket:european-banks": "ez_banks", "basket:german-autos": "cars", "basket:us-autos": "cars",
    "basket:china-stocks": "000001.SS", "basket:crypto": "crypto", "basket:chip-stocks": "chips",
    "basket:meme-stocks": "meme", "basket:oil-stocks": "oil_majors", "basket:luxury-stocks": "luxury",
    "basket:defence-stocks": "defence", "basket:magnificent-seven": "m7", "TLT": "treasury", "JETS": "airlines",
}  # fmt: skip
"""Symbols and baskets that stand for a thing of the word list."""
REGIONS = {"US": "usa", "DE": "germany", "EU": "euro_area", "UK": "uk"}
BANKS = frozenset(("fed", "ecb", "boe", "boj", "snb", "bundesbank", "pboc", "tcmb", "rba", "riksbank", "cbr"))
ACTORS = BANKS | {
    "opec", "imf", "sp_agency", "moodys", "fitch", "hedge_funds", "retail_investors", "professionals", "households",
}  # fmt: skip
"""Who acts, and is not what a cause moves."""
CURRENCIES = frozenset(("dollar", "EURUSD=X", "GBPUSD=X", "JPY=X", "EURCHF=X", "yuan", "lira", "rubel"))
COMMON = frozenset((
    "housing", "power", "gas", "banks", "regional_banks", "cars", "chips", "households", "retail_investors",
    "professionals", "executives", "depositors", "insurers", "builders", "utilities", "rents_", "commercial_property",
))  # fmt: skip
"""What there is in every country, so that its place tells two of them apart."""
WIDE = {"oil": ("CL=F", "BZ=F")}
"""Names that leave open which of several is meant."""


def subjects_of(clause: Clause) -> frozenset[str]:
    """The things that the words name; "Japan's central bank" only where they name no thing outright."""
    return _outright(clause) or guessed_of(clause)


def places_of(clause: Clause) -> frozenset[str]:
    """Where it is; places tell apart only where nothing nearer is named."""
    return headings("countries", clause.lowered)


def guessed_of(clause: Clause) -> frozenset[str]:
    """Which thing a kind and a place make up, where none is named outright."""
    return frozenset() if _outright(clause) else _by_kind(clause, places_of(clause)) or _shares(clause)


def _shares(clause: Clause) -> frozenset[str]:
    """ "Stocks" of nowhere in particular are a subject too."""
    return frozenset(("shares",)) & headings("kinds_of_thing", clause.lowered)


@remembered
def _outright(clause: Clause) -> frozenset[str]:
    text = clause.lowered
    things = set(places("things", text))
    areas = {start for at in places("countries", text).values() for start in at}
    mentioned = [m for m in clause.mentions if not _only_an_area(m, areas, clause.start)]
    found = {thing_of(m.target) for m in mentioned} - set(REGIONS.values()) | things
    for wide, narrow in WIDE.items():
        if wide in found and not things & set(narrow):
            found = (found | set(narrow)) - {wide}
    if found and found <= CURRENCIES:
        found |= _by_kind(clause, places_of(clause)) & CURRENCIES  # "China let its currency fall to the dollar"
    if "sp_agency" in found or "rating" in headings("measures", text):
        found = {"sp_agency" if one == "^GSPC" else one for one in found}
    return frozenset(found)


def _only_an_area(mention: Mention, areas: set[int], start: int) -> bool:
    """The "euro" of the euro zone is no price."""
    return (
        isinstance(mention.target, Instrument) and mention.target.kind == "currency" and mention.start - start in areas
    )


def _by_kind(clause: Clause, of: frozenset[str]) -> frozenset[str]:
    kinds = headings("kinds_of_thing", clause.lowered)
    return frozenset(thing for place in of for kind, thing in composed().get(place, {}).items() if kind in kinds)


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
