"""What must hold for a catalogue as a whole: entries that exist, names that mean one thing, members in their time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from analyzer.market.entries import CONCERNED, NAME_LISTS, Entry
from analyzer.market.instruments import Basket, Instrument, Member, Target
from analyzer.market.words import words
from analyzer.market.yaml_places import nearest
from analyzer.model import Language

REFERENCES = ("benchmark", "volatility_index", "index")
SPACING = re.compile(r"[\s-]+")
COMMON = ("common", "shares", "company", "of", "articles", "months", "moved", "saying", "amount", "not_the_price")
"""Headings of words that stand in every text."""

Instruments = Sequence[tuple[Entry, Instrument]]
Baskets = Sequence[tuple[Entry, Basket]]


def check(instruments: Instruments, baskets: Baskets, events: Iterable[Entry]) -> None:
    """ConfigError, with file and line, for the first thing that does not hold."""
    symbols, ids = {i.symbol for _, i in instruments}, {b.id for _, b in baskets}
    for entry, _ in (*instruments, *baskets):
        _check_references(entry, symbols)
    for entry in events:
        _check_references(entry, symbols | ids)
    listed = {i.symbol: i.listed for _, i in instruments if i.listed}
    for entry, basket in baskets:
        if basket.id in symbols:
            entry.fail("is the symbol of an instrument already. Give the basket another id.")
        _check_members(entry, basket.members, listed)
    _check_names([*instruments, *baskets])


def _check_references(entry: Entry, known: set[str]) -> None:
    values = entry.values
    named = [(name, values[name]) for name in REFERENCES if name in values]
    named += [(name, code) for name in ("substitutes", CONCERNED) for code in values.get(name, ())]
    named += [("members", member.symbol) for member in values.get("members", ())]
    for name, code in named:
        if code not in known:
            entry.fail(f"{code!r} is not in the catalogue.{nearest(code, sorted(known))}", name)


def _check_members(entry: Entry, members: Sequence[Member], listed: dict[str, date]) -> None:
    """Every membership ends after it began and begins when the share is listed; none overlaps another of its share."""
    ends: dict[str, date] = {}
    if not members:
        entry.fail("a basket needs a member: [NVDA, {symbol: ARM, since: 2023-09-14}]", "members")
    for member in sorted(members, key=lambda m: m.since or date.min):
        symbol, since, until = member.symbol, member.since or date.min, member.until or date.max
        if until <= since:
            entry.fail(f"{symbol} is a member until {until}, which is not after {since}. Mend the days.", "members")
        if member.since and symbol in listed and since < listed[symbol]:
            first = listed[symbol]
            entry.fail(f"{symbol} is a member since {since}, before its first session on {first}.", "members")
        if member.known and until <= member.known:
            entry.fail(f"{symbol} is a member until {until} and was not known as one before {member.known}.", "members")
        if since < ends.get(symbol, date.min):
            entry.fail(f"{symbol} is a member twice at the same time. Take one out, or date both.", "members")
        ends[symbol] = until


def _check_names(entries: Iterable[tuple[Entry, Target]]) -> None:
    """A name that always means one entry may not always mean another, and stands in no text as a mere word."""
    common = frozenset().union(*(words(heading) for heading in COMMON))
    owners: dict[Language, dict[str, Entry]] = {"de": {}, "en": {}}
    for entry, target in entries:
        for language, owner in owners.items():
            for name in (*target.aliases[language], *target.wording.inverse):
                key = SPACING.sub("", name).casefold()
                if owner.setdefault(key, entry) is not entry:
                    _fail(entry, name, f"is already a name of {owner[key].key} ({owner[key].place})")
                if not key.isalnum() and not any(map(str.isalnum, key)):
                    entry.fail(f"{name!r} holds no letter and no figure. Take it out.", _list_of(entry, name))
                if key in common or len(key) < 2:
                    _fail(entry, name, "is a common word or a single letter, which stands in every text")


def _fail(entry: Entry, name: str, what: str) -> None:
    entry.fail(f"{name!r} {what}. Put it under ambiguous, with context.", _list_of(entry, name))


def _list_of(entry: Entry, name: str) -> str:
    return next((n for n in NAME_LISTS if name in entry.values.get(n, ())), "name")
