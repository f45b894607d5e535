"""The price of a currency in another, where it is written behind it: "rose to 155 yen", "kostete 0,94 Franken"."""

from __future__ import annotations

import re

from analyzer.market.page import Page

UNITS = {
    "USD": ("$", "dollar", "dollars"), "EUR": ("€", "euro", "euros"),
    "CHF": ("franken", "francs", "franc", "rappen", "centimes"),
    "GBP": ("£", "pfund", "pound", "pounds", "pence"), "JPY": ("¥", "yen"), "CNY": ("yuan", "renminbi"),
    "RUB": ("rubel", "rubles", "roubles"), "TRY": ("lira", "liras"), "INR": ("rupien", "rupees"), "KRW": ("won",),
    "MXN": ("pesos",), "BRL": ("reais",), "SEK": ("kronor",),
}  # fmt: skip
"""Words and signs of the units in which exchange rates are quoted, by the code of the currency."""
CODES = {unit: code for code, units in UNITS.items() for unit in units}
CENTS = frozenset({"cent", "cents"})
PRICE = re.compile(
    r"(?<![\w-])(?:to|at|auf|bei|for|only|bought|buys|fetched|kostete|kostet|cost|costs|worth|wert|below|above|unter"
    r"|über|noch|of|von|from|near|around|mit|rund|knapp|gut|about|almost|nearly|just|gab es) "
    r"(?:(?P<sign>[$€£¥])\d(?:[\d.,]*\d)?"
    r"|\d(?:[\d.,]*\d)? (?:US[- ]|Swiss |Schweizer |Japanese |japanische )?(?P<unit>[^\W\d_]+))",
    re.IGNORECASE,
)
ANOTHER_MATTER = re.compile(r"[,;:] | (?:as|while|when|because|während|weil|als|nachdem) ")
REACH = 80
"""Characters behind the name within which its price is looked for."""


def price_in(page: Page, stop: int, high: int, base: str) -> str | None:
    """The code of the currency in which the price of ``base`` follows, up to token ``high``; None without a price."""
    rest = ANOTHER_MATTER.split(page.text[stop : min(page.ends[high - 1] + 1, stop + REACH)], maxsplit=1)[0]
    for match in PRICE.finditer(rest):
        code = _code((match["sign"] or match["unit"]).casefold(), base)
        if code is not None:
            return code if code != base else None
    return None


def _code(unit: str, base: str) -> str | None:
    """Cents are those of the dollar, or of the euro where the dollar is priced."""
    if unit in CENTS:
        return "EUR" if base == "USD" else "USD"
    return CODES.get(unit)
