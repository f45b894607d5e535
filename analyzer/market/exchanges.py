"""Which codes of exchanges there are. The library that knows them all is asked only for one that is not known here."""

from __future__ import annotations

from analyzer.market.regions import REGION_OF_EXCHANGE

KNOWN = frozenset({*REGION_OF_EXCHANGE, "24/7", "24/5", "macro"})


def wrong_exchange(code: str) -> str:
    """What is wrong with a code and what to write instead; empty for one that has a calendar."""
    if code in KNOWN:
        return ""
    from exchange_calendars import get_calendar_names, resolve_alias
    from exchange_calendars.errors import InvalidCalendarName

    if code in get_calendar_names(include_aliases=False):
        return ""
    try:
        return f"the exchange {code!r} is written {resolve_alias(code)}"
    except InvalidCalendarName:
        return f"unknown exchange {code!r}. There are: {', '.join(sorted(KNOWN))}, and all of exchange_calendars."
