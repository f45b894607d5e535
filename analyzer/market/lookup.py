"""From what somebody types to a symbol: a symbol in any case, or a name that means one instrument only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from analyzer.errors import InputError
from analyzer.market.instruments import Catalogue, Instrument
from analyzer.market.names import TOKEN, fold

NEAR = 78
"""Likeness in per cent from which a name is offered."""
OFFERED = 3


def meant(word: str, catalogue: Catalogue, held: Collection[str]) -> str:
    """The symbol that is meant, of ``held`` or of the catalogue; InputError names what it could be, or what is near."""
    found = matching(word, catalogue, held)
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"{word!r} can be {_listed(found, catalogue)}. Name the symbol.", code="ambiguous")
    near = _near(word, catalogue, held)
    hint = f"Did you mean {_listed(near, catalogue)}?" if near else "analyze data series lists what there is."
    raise InputError(f"There is no series {word!r}. {hint}", code="not_found")


def require_held(symbol: str, catalogue: Catalogue, held: Collection[str]) -> None:
    """InputError where no source has the symbol: what measures the same, and what to type."""
    if symbol in held:
        return
    listing = catalogue.get(symbol)
    alike = [one for one in (listing.substitutes if listing else ()) if one in held]
    instead = f" {', '.join(alike)} measures the same or nearly, and is there." if alike else ""
    raise InputError(
        f"No source has {_listed([symbol], catalogue)}.{instead} Try: analyze data update {symbol}, or --data FOLDER.",
        code="no_series",
    )


def matching(word: str, catalogue: Catalogue, held: Collection[str]) -> tuple[str, ...]:
    """The symbols that a word can mean: itself, the symbol in another case, or the instruments of that name."""
    if word in held or catalogue.get(word) is not None:
        return (word,)
    upper = word.upper()
    if upper in held or catalogue.get(upper) is not None:
        return (upper,)
    key = _key(word)
    own, shared = _names(catalogue)
    return own.get(key) or shared.get(key) or ()


Names = Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=8)
def _names(catalogue: Catalogue) -> tuple[Names, Names]:
    """Symbols by name: by the names that are an instrument's own, and by those that mean other things too."""
    own: dict[str, tuple[str, ...]] = {}
    shared: dict[str, tuple[str, ...]] = {}
    for one in catalogue.instruments:
        for into, names in ((own, _own(one)), (shared, (*one.wording.default_for, *one.wording.ambiguous))):
            for key in dict.fromkeys(map(_key, names)):
                into[key] = (*into.get(key, ()), one.symbol)
    return own, shared


def _own(one: Instrument) -> Iterator[str]:
    yield one.name
    for names in one.aliases.values():
        yield from names


def _key(name: str) -> str:
    return " ".join(fold(word) for word in TOKEN.findall(name))


def _near(word: str, catalogue: Catalogue, held: Collection[str]) -> tuple[str, ...]:
    """The symbols whose own code or name is most like the word."""
    from rapidfuzz import fuzz, process

    own, _ = _names(catalogue)
    known = {*held, *(one.symbol for one in catalogue.instruments)}
    by_key = {**own, **{symbol.lower(): (symbol,) for symbol in known}}
    like = process.extract(_key(word) or word.lower(), by_key.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=10)
    return tuple(dict.fromkeys(symbol for key, _, _ in like for symbol in by_key[key]))[:OFFERED]


def _listed(symbols: Collection[str], catalogue: Catalogue) -> str:
    named = [f"{s} ({one.name})" if (one := catalogue.get(s)) else s for s in symbols]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
