"""When the holidays fall that texts date things by: on fixed days, with Easter, on the n-th weekday of a month."""

from __future__ import annotations

from datetime import date, timedelta

FIXED: dict[str, tuple[int, int]] = {
    "new_year": (1, 1), "epiphany": (1, 6), "valentine": (2, 14), "may_day": (5, 1), "juneteenth": (6, 19),
    "independence_day": (7, 4), "german_unity": (10, 3), "reformation": (10, 31), "all_saints": (11, 1),
    "veterans_day": (11, 11), "saint_nicholas": (12, 6), "christmas_eve": (12, 24), "christmas": (12, 25),
    "christmas_day": (12, 25), "boxing_day": (12, 26), "between_the_years": (12, 27), "new_years_eve": (12, 31),
    "turn_of_year": (12, 31),
}  # fmt: skip
FROM_EASTER = {
    "rose_monday": -48, "ash_wednesday": -46, "maundy_thursday": -3, "good_friday": -2, "easter_weekend": -2,
    "easter": 0, "easter_monday": 1, "ascension": 39, "whitsun": 49, "whit_monday": 50, "corpus_christi": 60,
}  # fmt: skip
WEEKDAYS: dict[str, tuple[int, int, int]] = {
    "martin_luther_king": (1, 0, 3), "presidents_day": (2, 0, 3), "memorial_day": (5, 0, -1), "labor_day": (9, 0, 1),
    "columbus_day": (10, 0, 2), "thanksgiving": (11, 3, 4),
}  # fmt: skip
"""Month, weekday (0 is Monday), and its number within the month, -1 for the last."""
AFTER_THANKSGIVING = {"black_friday": 1, "cyber_monday": 4}
LONG = {"christmas": 2, "between_the_years": 4, "turn_of_year": 2, "easter_weekend": 4, "whitsun": 2}
"""Days of those that are longer than one."""


def holiday(name: str, year: int) -> tuple[date, date]:
    """First and last day of a holiday; ``year`` is that of its first day. ``KeyError`` for a name that is none."""
    first = _first_day(name, year)
    return first, first + timedelta(days=LONG.get(name, 1) - 1)


def _first_day(name: str, year: int) -> date:
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in FROM_EASTER:
        return easter(year) + timedelta(days=FROM_EASTER[name])
    if name in AFTER_THANKSGIVING:
        return _first_day("thanksgiving", year) + timedelta(days=AFTER_THANKSGIVING[name])
    month, weekday, number = WEEKDAYS[name]
    if number < 0:
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the Sunday after the first full moon of spring by the tables."""
    century, golden = year // 100, year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
