"""Calendar effects: some months, or days around New Year, are better or worse than others.

What the claim says
-------------------
Returns depend on the calendar: "sell in May and go away", "the January effect", "a Santa rally", "September is the
worst month", "der Oktober gilt als Crash-Monat". The null is that the mean return is the same all year.

Formula
-------
``r_t = mu + b S_t + e_t`` with Newey-West errors on monthly returns, S_t = 1 in the season (Bouman and Jacobsen 2002);
daily returns for the last five sessions of a year and the first two of the next (Hirsch 1972). Of a month of crashes
r_t is the number of days on which the market fell by 3 % or more. Three lines: the whole sample, since the effect was
published, the last 20 years. Beside them how often the best of 26 such rules would look as good by chance, by the test
for superior predictive ability (Hansen 2005) with the stationary bootstrap.

Rule
----
Since publication and in the last 20 years b has the claimed sign at 5 %: supported, and mixed where the control for the
search is above 5 %. In one of the two, or in the whole sample only: mixed. The other sign at 5 % in one of the two, and
nowhere the claimed one: refuted. Else inconclusive. Where no publication is known the whole sample takes its place.
"The worst month" is a rank: first of twelve in the whole sample and in the last 20 years is supported, in the better
half in both refuted, else mixed.

When it is not testable
-----------------------
Fewer than 20 years of months: no_data.

What it cannot show
-------------------
That it will be so again, or pays after costs. "Sell in May" says that the winter is better, not that the summer loses.
January lies within the winter: both cannot be counted as separate evidence. An index without dividends understates all
months alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from pydantic import model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    missing_series,
    no_data,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, Window
from analyzer.stats.aligned import Moves, chart_line, moves, requests, series_of
from analyzer.stats.bootstrap import REPETITIONS, is_too_close, monte_carlo_error
from analyzer.stats.seasons import (
    RULES,
    WINTER,
    Season,
    Snooping,
    around_new_year,
    in_months,
    month_means,
    season,
    snooping,
)
from analyzer.stats.tails import normal_quantile, p_words

ALPHA = 0.05
TWENTY_YEARS = timedelta(days=7305)
MORE = 8000
"""Draws where the first are too close to 5 % to decide."""
FEWEST = 239
"""Months: of twenty years the first has no return."""
WHOLE_MONTH = 26
"""A month that ends before this day has only begun."""
CRASH = -0.03
"""A day on which the market falls by so much counts for a month of crashes."""
Effect = Literal["halloween", "january", "santa", "months", "crashes"]
PUBLISHED: dict[Effect, tuple[date, str]] = {
    "halloween": (date(2002, 12, 31), "Bouman and Jacobsen 2002"),
    "january": (date(1976, 10, 31), "Rozeff and Kinney 1976"),
    "santa": (date(1972, 12, 31), "Hirsch 1972"),
}
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December")  # fmt: skip


class CalendarEffectParams(Params):
    """``effect`` on ``symbol``; ``against``: the returns are those over another series, as of small shares over large.

    ``months`` (1 to 12) are needed for "months" and "crashes"; ``direction``: better (up) or worse (down) than the rest
    of the year. ``rank``: the month is said to be the best or worst of all.
    """

    symbol: str = "^GSPC"
    effect: Effect
    months: tuple[int, ...] = ()
    direction: Literal["up", "down"] = "up"
    rank: bool = False
    against: str | None = None
    last: date | None = None
    seed: int = 0

    @model_validator(mode="after")
    def _months_where_needed(self) -> CalendarEffectParams:
        if (self.effect in ("months", "crashes")) != bool(self.months):
            raise ValueError("months are needed for the effects months and crashes, and for no other")
        if any(not 1 <= m <= 12 for m in self.months):
            raise ValueError(f"months are 1 to 12; got {self.months}")
        if self.rank and (self.effect != "months" or len(self.months) != 1):
            raise ValueError("rank needs the effect months with one month")
        if self.symbol == self.against:
            raise ValueError("symbol and against must be two")
        return self

    @property
    def season(self) -> tuple[int, ...]:
        return {"halloween": WINTER, "january": (1,)}.get(self.effect, self.months)

    @property
    def sign(self) -> int:
        """Of b, as it is claimed: more crashes is more of what is counted."""
        return 1 if self.direction == "up" or self.effect == "crashes" else -1


def needs(params: CalendarEffectParams) -> tuple[SeriesRequest, ...]:
    return requests(params.symbol, *([params.against] if params.against else []))


@dataclass(frozen=True)
class _Line:
    """One of the three spans."""

    name: str
    found: Season
    first: date

    def side(self, sign: int) -> int:
        """1: the claimed sign at 5 %, -1: the other one, 0: neither."""
        if self.found.difference.pvalue >= ALPHA:
            return 0
        return 1 if self.found.difference.value * sign > 0 else -1


def run(params: CalendarEffectParams, data: Data) -> Finding:
    symbols = [params.symbol, *([params.against] if params.against else [])]
    series = [series_of(data, s) for s in symbols]
    used = [s for s in series if s is not None]
    if len(used) < len(symbols):
        return missing_series(data, *(n for n, s in zip(symbols, series, strict=True) if s is None))
    months = _returns(used, "month", params)
    if len(months) < FEWEST:
        why = f"{data.name(params.symbol)} has {len(months)} of the {FEWEST} months that 20 years have."
        return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=used)
    values, inside, kept = _tested(params, used, months)
    lines = _lines(params, kept, values, inside)
    found = None if params.effect == "santa" else _snooping(params, kept, values)
    ranks = _ranks(params, kept, values) if params.rank else None
    summary = _sentence(params, data, lines, found, ranks)
    outcome, reason = _ranked(ranks) if ranks else _judged(params, lines, found)
    deciding = lines[-1].found.difference
    return Finding(
        outcome=outcome, reason=reason, summary=summary + _verdict(params, reason, lines),
        statistic=statistic("difference", deciding.value),
        observed=observed(deciding.value, "points" if params.effect == "crashes" else "fraction"),
        window=Window(first=kept.first, last=kept.last), pvalue=None if ranks else max(_deciding_p(lines)),
        nobs=lines[-1].found.nobs, null_hypothesis=_NULL, used=tuple(used), caveats=_caveats(params, found),
        chart=_chart(params, data, kept, values, inside),
    )  # fmt: skip


_NULL = "The mean is the same in the season and in the rest of the year."


def _returns(used: list[Series], every: Literal["day", "month"], params: CalendarEffectParams) -> Moves:
    """Of a month that has only begun no return is formed."""
    found = moves(used, every, last=params.last)
    begun = every == "month" and found.last is not None and found.last.day < WHOLE_MONTH
    return Moves(found.dates[:-1], found.values[:-1]) if begun else found


def _tested(params: CalendarEffectParams, used: list[Series], months: Moves) -> tuple[np.ndarray, np.ndarray, Moves]:
    """What is averaged (n,), which rows lie in the season (n,) and the moves that both belong to."""
    if params.effect == "santa":
        days = _returns(used, "day", params)
        return _over(days), around_new_year(days.dates), days
    inside = in_months(months.dates, params.season)
    return (_crash_days(params, used, months) if params.effect == "crashes" else _over(months)), inside, months


def _over(found: Moves) -> np.ndarray:
    """The returns, over those of the other series where there is one."""
    return np.asarray(found.values[:, 0] - (found.values[:, 1] if found.values.shape[1] > 1 else 0.0))


def _crash_days(params: CalendarEffectParams, used: list[Series], months: Moves) -> np.ndarray:
    """(n,) days of each month on which the series fell by 3 % or more."""
    days = _returns(used[:1], "day", params)
    fell = days.dates[days.values[:, 0] <= CRASH].astype("datetime64[M]")
    return np.array([np.sum(fell == m) for m in months.dates.astype("datetime64[M]")], dtype=np.float64)


def _lines(params: CalendarEffectParams, kept: Moves, values: np.ndarray, inside: np.ndarray) -> tuple[_Line, ...]:
    assert kept.first is not None
    assert kept.last is not None
    starts = [("whole sample", kept.first)]
    published = PUBLISHED.get(params.effect)
    if published is not None and published[0] > kept.first:
        starts.append((f"since {published[1]}", published[0]))
    starts.append(("last 20 years", kept.last - TWENTY_YEARS))
    found = []
    for name, start in starts:
        rows = kept.dates > np.datetime64(start) if name != "whole sample" else np.ones(len(kept), dtype=bool)
        found.append(_Line(name, season(values[rows], inside[rows]), start))
    return tuple(found)


def _snooping(params: CalendarEffectParams, kept: Moves, values: np.ndarray) -> Snooping | None:
    """Over the whole sample, for a season that is one of the rules."""
    if (params.season, params.sign) not in RULES:
        return None
    for draws in (REPETITIONS, MORE):
        found = snooping(values, kept.dates, params.season, params.sign, params.seed, draws)
        if not is_too_close(found.pvalue, monte_carlo_error(found.pvalue, draws), ALPHA):
            break
    return found


def _ranks(params: CalendarEffectParams, kept: Moves, values: np.ndarray) -> tuple[int, int]:
    """The month's place from the claimed end, in the whole sample and in the last 20 years."""
    assert kept.last is not None
    late = kept.dates > np.datetime64(kept.last - TWENTY_YEARS)
    found = []
    for rows in (np.ones(len(kept), dtype=bool), late):
        means = month_means(values[rows], kept.dates[rows]) * params.sign
        found.append(1 + int(np.sum(means > means[params.months[0] - 1])))
    return found[0], found[1]


def _ranked(ranks: tuple[int, int]) -> tuple[Label, str]:
    if ranks == (1, 1):
        return "supported", "rank"
    return ("refuted" if min(ranks) > 6 else "mixed"), "not_record" if 1 not in ranks else "part_of_history"


def _judged(params: CalendarEffectParams, lines: tuple[_Line, ...], found: Snooping | None) -> tuple[Label, str]:
    """By the last two lines: since publication, or the whole sample where there is none, and the last 20 years."""
    sides = [one.side(params.sign) for one in lines]
    if sides[-2:] == [1, 1]:
        searched = found is not None and found.pvalue >= ALPHA
        return ("mixed", "snooping") if searched else ("supported", "significant")
    if 1 in sides:
        return "mixed", "part_of_history"
    return ("refuted", "wrong_sign") if -1 in sides[-2:] else ("inconclusive", "not_significant")


def _deciding_p(lines: tuple[_Line, ...]) -> list[float]:
    return [one.found.difference.pvalue for one in lines[-2:]]


# --- words -------------------------------------------------------------------------------------------------------


def _season_words(params: CalendarEffectParams) -> str:
    named = {"halloween": "November to April", "january": "January",
             "santa": "the last five sessions of a year and the first two of the next"}.get(params.effect)  # fmt: skip
    return named or " and ".join(NAMES[m - 1] for m in params.months)


def _sentence(
    params: CalendarEffectParams, data: Data, lines: tuple[_Line, ...], found: Snooping | None,
    ranks: tuple[int, int] | None,
) -> str:  # fmt: skip
    what = "falls of 3 % or more" if params.effect == "crashes" else "mean return"
    over = f" over {data.name(params.against)}" if params.against else ""
    per = "a day" if params.effect == "santa" else "a month"
    shown = "; ".join(_line_words(params, one) for one in lines)
    text = f"{data.name(params.symbol)}{over}, {_season_words(params)} against the rest, {what} {per}: {shown}."
    if ranks is not None:
        end = "best" if params.direction == "up" else "worst"
        text += (
            f" Counted from the {end}, {NAMES[params.months[0] - 1]} is number {ranks[0]} of 12 in the whole sample "
        )
        text += f"and number {ranks[1]} in the last 20 years."
    if found is not None:
        text += f" The best of {len(RULES)} such rules would look as good by chance with {p_words(found.pvalue)}."
    return text


def _line_words(params: CalendarEffectParams, one: _Line) -> str:
    pair = (one.found.inside, one.found.outside)
    inside, outside = (f"{v:.2f}" if params.effect == "crashes" else percent(v) for v in pair)
    return f"{one.name} {inside} against {outside} ({p_words(one.found.difference.pvalue)})"


def _verdict(params: CalendarEffectParams, reason: str, lines: tuple[_Line, ...]) -> str:
    if params.rank:
        word = {"rank": "it was, in both", "part_of_history": "it was in one of them",
                "not_record": "it was not"}[reason]  # fmt: skip
        end = "best" if params.direction == "up" else "worst"
        return f' By the rule "the {end} month by its mean in the whole sample and in the last 20 years": {word}.'
    error = lines[-1].found.difference.error * normal_quantile(1.0 - ALPHA / 2.0)
    least = f"{error:.2f} days" if params.effect == "crashes" else percent(error).lstrip("+")
    word = {
        "significant": "evidence for it", "wrong_sign": "evidence of the opposite",
        "snooping": "by itself yes, but among all the rules that could have been picked it is not significant",
        "part_of_history": "only in a part of the history",
        "not_significant": f"no evidence; a difference under {least} would not have been seen in 20 years",
    }[reason]  # fmt: skip
    return f' By the rule "{lines[-2].name} and last 20 years differ at 5 %": {word}.'


def _caveats(params: CalendarEffectParams, found: Snooping | None) -> tuple[str, ...]:
    if found is None:
        return ("not controlled for having been picked among other seasons",)
    error = monte_carlo_error(found.pvalue, found.draws)
    months, sign = found.best
    best = "November to April" if months == WINTER else NAMES[months[0] - 1]
    return (
        f"{found.draws} draws of the stationary bootstrap, seed {params.seed}, Monte-Carlo error {error:.3f}",
        f"the strongest of the rules in the whole sample: {best} {'above' if sign > 0 else 'below'} the rest",
    )


def _chart(params: CalendarEffectParams, data: Data, kept: Moves, values: np.ndarray, inside: np.ndarray) -> Chart:
    """What the season and what the rest of the year have added up to."""
    unit = "count" if params.effect == "crashes" else "fraction"
    sums = ((f"{_season_words(params)}", np.cumsum(values * inside)), ("the rest", np.cumsum(values * ~inside)))
    return Chart.model_validate({
        "title": f"{data.name(params.symbol)}, added up", "unit": unit,
        "lines": tuple(chart_line(name, kept.dates, added) for name, added in sums), "rules": ((0.0, "nothing"),),
        "window": Window(first=kept.first, last=kept.last),
    })  # fmt: skip


def variants(params: CalendarEffectParams) -> tuple[tuple[str, CalendarEffectParams], ...]:
    """The same without the last five years: whether it hangs on them."""
    if params.last is None:
        return ()
    return (("five years earlier", params.model_copy(update={"last": params.last - timedelta(days=1826)})),)


CHECK = Check(
    name="calendar_effect",
    scale="pattern",
    kinds=("comparison", "record_extreme"),
    params=CalendarEffectParams,
    rule="The mean of the season differs from the rest of the year at 5 % since the effect was published and in the "
    "last 20 years, and the best of 26 rules would rarely look as good by chance; the worst month by rank in both.",
    minimum="20 years of months",
    examples=(
        Example("Sell in May and go away.", "en", {"effect": "halloween", "last": "2025-01-27"}),
        Example(
            "Der Oktober gilt als Crash-Monat.", "de",
            {"effect": "crashes", "months": [10], "direction": "down", "last": "2025-01-27"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
