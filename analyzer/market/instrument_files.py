"""The files of the catalogue: their form, how they are read, what is refused.

::

    defaults: {kind: equity, exchange: XNYS, currency: USD}   # for the instruments of this file
    instruments:
      NVDA:                        # the symbol, as at Yahoo, or the code of FRED
        name: Nvidia               # also its first alias, unless it is ambiguous
        sector: semiconductors
        listed: 1999-01-22         # first session; left out where not known for sure
        benchmark: ^GSPC           # also volatility_index, substitutes: [...]
        region: US                 # from the exchange, if left out
        unit: per cent             # of a figure of the economy: also index, people, thousands of people, USD, …
        names: [Nvidia Corp]       # always this entry, in both languages; de, en: in one
        ambiguous: [...]           # needs market words around it; context: words that speak for this entry
        default_for: [...]         # this entry unless the text names another region; regional: only with its region
        inverse: [...]             # the other side: when it rises, the series falls
    baskets:
      ai-stocks:
        name: AI stocks
        why: how the members were chosen
        index: SOXX                # what stands for the whole, if anything
        members: [NVDA, {symbol: AVGO, since: 2022-11-30, until: 2030-01-01}]   # since: else from its first session;
                                   # known: the day from which the membership was public, else since
    not_instruments: [Wall Street Journal]   # phrases that hide the shorter name inside them
    events:
      FOMC: [DGS10, us-banks]      # whom events of this kind concern, beside those that the table of events names

A name is matched with its capitals: "Nvidia" wants a capital first, "AMD" all capitals, "gold" takes any. In German,
lower-case adjectives are inflected and common nouns take their endings. An entry of a later file adds its names to
those of an earlier one with the same symbol, and what it lists for a kind of event to what was listed; every other key
that it gives replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from analyzer.errors import ConfigError
from analyzer.market.entries import CODE, CONCERNED, NAME_LISTS, Entry
from analyzer.market.exchanges import wrong_exchange
from analyzer.market.instruments import KINDS, UNITS, Basket, Catalogue, Instrument, Member, Wording
from analyzer.market.regions import CODES, REGION_OF_EXCHANGE
from analyzer.market.yaml_places import Document, Node

NO_WORDING = Wording()
CURRENCY = re.compile(r"[A-Z]{3}")

Reader = Callable[[Document, Node], Any]


def _kind(document: Document, node: Node) -> str:
    return document.one_of(node, KINDS, "kind")


def _unit(document: Document, node: Node) -> str:
    return document.one_of(node, tuple(UNITS), "unit")


def _region(document: Document, node: Node) -> str:
    return document.one_of(node, CODES, "region")


def _exchange(document: Document, node: Node) -> str:
    code = document.text(node)
    if wrong := wrong_exchange(code):
        document.fail(node, wrong)
    return code


def _currency(document: Document, node: Node) -> str:
    code = document.text(node)
    if not CURRENCY.fullmatch(code):
        document.fail(node, f"{code!r} is no code of a currency; write it as USD, EUR or GBP")
    return code


MEMBER_KEYS: dict[str, Reader] = {"symbol": Document.text, **dict.fromkeys(("since", "until", "known"), Document.day)}


def _members(document: Document, node: Node) -> tuple[Member, ...]:
    return tuple(_member(document, item) for item in document.items(node))


def _member(document: Document, node: Node) -> Member:
    if isinstance(node.value, str):
        return Member(document.text(node))
    fields = {key: MEMBER_KEYS[key](document, value) for key, _, value in document.pairs(node, tuple(MEMBER_KEYS))}
    if "symbol" not in fields:
        document.fail(node, "a member needs its symbol")
    return Member(**fields)


_NAMES: dict[str, Reader] = dict.fromkeys(NAME_LISTS, Document.texts)
_TEXTS = ("name", "benchmark", "sector", "volatility_index")
INSTRUMENT_KEYS: dict[str, Reader] = {
    **dict.fromkeys(_TEXTS, Document.text), "kind": _kind, "listed": Document.day, "region": _region,
    "exchange": _exchange, "currency": _currency, "base": _currency, "unit": _unit,
    "substitutes": Document.texts, **_NAMES,
}  # fmt: skip
BASKET_KEYS: dict[str, Reader] = {
    **dict.fromkeys(("name", "why", "index"), Document.text), "region": _region, "members": _members, **_NAMES,
}  # fmt: skip


def stamp(path: Path) -> tuple[Path, int]:
    """The file and when it was last written; ConfigError when there is none."""
    try:
        return path, path.stat().st_mtime_ns
    except OSError as error:
        what = f"the file of instruments cannot be read: {error.strerror}"
        raise ConfigError(f"{path}: {what}. Mend the setting `catalogue` or --catalogue.", code=CODE) from error


def read_catalogue(paths: Iterable[Path], *, whole: bool = True) -> Catalogue:
    """One catalogue of all files, later ones over earlier ones. ConfigError with file and line for what is wrong.

    ``whole``: whether what must hold for the catalogue as a whole is looked at too; of the shipped files by themselves
    a test does that.
    """
    instruments: dict[str, Entry] = {}
    baskets: dict[str, Entry] = {}
    events: dict[str, Entry] = {}
    phrases: list[str] = []
    for path in paths:
        document = Document(path, CODE)
        parts = {key: node for key, _, node in document.pairs(document.root, _PARTS)}
        _collect(_instruments(document, parts), instruments)
        _collect(_entries(document, parts.get("baskets"), BASKET_KEYS), baskets)
        _collect(_events(document, parts.get("events")), events)
        phrases += document.texts(parts["not_instruments"]) if "not_instruments" in parts else ()
    made = [(entry, _instrument(entry)) for entry in instruments.values()]
    listed = {instrument.symbol: instrument.listed for _, instrument in made}
    grouped = [(entry, _basket(entry, listed)) for entry in baskets.values()]
    if whole:
        from analyzer.market import catalogue_rules

        catalogue_rules.check(made, grouped, events.values())
    concerned = {kind: entry.values[CONCERNED] for kind, entry in events.items()}
    return Catalogue(tuple(i for _, i in made), tuple(b for _, b in grouped), tuple(phrases), concerned)


_PARTS = ("defaults", "instruments", "baskets", "not_instruments", "events")


def _instruments(document: Document, parts: dict[str, Node]) -> Iterator[Entry]:
    known = document.pairs(parts.get("defaults"), tuple(INSTRUMENT_KEYS))
    defaults = {name: INSTRUMENT_KEYS[name](document, node) for name, _, node in known}
    for entry in _entries(document, parts.get("instruments"), INSTRUMENT_KEYS):
        entry.defaults = defaults
        yield entry


def _entries(document: Document, node: Node | None, readers: dict[str, Reader]) -> Iterator[Entry]:
    for key, key_node, values in document.pairs(node):
        entry = Entry(key, document.place(key_node))
        for name, name_node, value in document.pairs(values, tuple(readers)):
            entry.values[name] = readers[name](document, value)
            entry.places[name] = document.place(name_node)
        yield entry


def _events(document: Document, node: Node | None) -> Iterator[Entry]:
    for kind, kind_node, codes in document.pairs(node):
        entry = Entry(kind.casefold(), document.place(kind_node), {CONCERNED: document.texts(codes)})
        entry.places[CONCERNED] = document.place(codes)
        yield entry


def _collect(found: Iterable[Entry], entries: dict[str, Entry]) -> None:
    for entry in found:
        entries.setdefault(entry.key, Entry(entry.key, entry.place)).add(entry)


# --- nouns -------------------------------------------------------------------------------------------------------


def _instrument(entry: Entry) -> Instrument:
    values = entry.values = {**entry.defaults, **entry.values}
    _require(entry, "name", "kind", "exchange")
    return Instrument(
        symbol=entry.key, name=values["name"], kind=values["kind"], exchange=values["exchange"],
        currency=values.get("currency"), benchmark=_other(entry, "benchmark"), sector=values.get("sector"),
        listed=values.get("listed"), volatility_index=_other(entry, "volatility_index"), base=values.get("base"),
        unit=values.get("unit"), region=values.get("region") or REGION_OF_EXCHANGE.get(values["exchange"]),
        substitutes=values.get("substitutes", ()), context=values.get("context", ()), aliases=_aliases(values),
        wording=_wording(values),
    )  # fmt: skip


def _basket(entry: Entry, listed: Mapping[str, date | None]) -> Basket:
    values = entry.values
    _require(entry, "name", "why", "members")
    members = tuple(m if m.since else replace(m, since=listed.get(m.symbol)) for m in values["members"])
    return Basket(
        id=entry.key, name=values["name"], members=members, why=" ".join(values["why"].split()),
        index=values.get("index"), region=values.get("region"), context=values.get("context", ()),
        aliases=_aliases(values), wording=_wording(values),
    )  # fmt: skip


def _require(entry: Entry, *names: str) -> None:
    missing = [name for name in names if name not in entry.values]
    if missing:
        entry.fail(f"{' and '.join(missing)} must be given")


def _other(entry: Entry, name: str) -> str | None:
    """A default of the file that points to the entry itself is none."""
    value: str | None = entry.values.get(name)
    return None if value == entry.key else value


def _aliases(values: dict[str, Any]) -> dict[Any, tuple[str, ...]]:
    unsure = {word.casefold() for part in ("ambiguous", "default_for", "regional") for word in values.get(part, ())}
    both = [w for w in (values["name"], *values.get("names", ())) if w.casefold() not in unsure]
    return {language: tuple(dict.fromkeys((*both, *values.get(language, ())))) for language in ("de", "en")}


def _wording(values: dict[str, Any]) -> Wording:
    parts = {part: values[part] for part in Wording.__dataclass_fields__ if part in values}
    return Wording(**parts) if parts else NO_WORDING
