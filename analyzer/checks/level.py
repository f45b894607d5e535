"""Level and threshold.

What the claim says
-------------------
A price, an index or a rate stood at, above or below a level, or crossed it, perhaps for the first time: "the Nasdaq
closed above 20,000 for the first time", "der Dax fiel unter 18.000 Punkte", "der Vix stand bei 65".

Formula
-------
``x_t``, the close as traded on the day: never a price that a later split has divided. Crossed: ``x_t > L >= x_(t-1)``
for above, the mirror image for below. Of a period ("in November"): the first session of it on which the level holds,
else the first within which it was reached, else the one that closed nearest to it, of a threshold the last. First time:
``x_s <= L`` for every s < t, or for every s after the named date.
Rates and macro series are held in per cent and compared as fractions. A moving average ("the 200-day line") is the mean
of so many closes up to and with the session, split-adjusted, and told on the price basis of the session; the distance
from it is ``x_t / mean - 1``.

Rule
----
"At" L: the stated interval contains the close, or, of a currency, which no auction closes, L lies within the
session's range and at most 0.25 % from the close, of what a text says of its own day at most 0.05 %, or, of a yield,
0.02 points, the distance of two sources; stated/observed within 0.8 to 1.25: mixed; else refuted. A threshold is
exact. When the close fails, what the session's low or high reached (intraday), what a neighbouring session within
five closed at (wrong_period), and what the price is after later splits (split_adjusted) make the claim mixed. "For
the first time" is refuted by an earlier close beyond L, which is named; a first one at most five sessions before is
mixed (wrong_period). It is supported only if the data begin at or before the listing, or the named date; a date on
the first of a month or year stands for that month or year. Sessions without a row count against it, unless to L and
back the series would have had to move further than it ever did in as many sessions.

A distance from a moving average ("10 % above the 200-day line") by its interval,
counted to the stated side; fits it at a neighbouring session: mixed (wrong_period).

"Never" below (or above) L: the lowest (highest) close up to the session, ever or since the date. One beyond L refutes
it and is named; one that lies beyond it by at most 1 %: mixed (overstated); one of the last five sessions only:
inconclusive, for the text may speak of just that one; so it is where splits make the difference. It is supported only
by data that cover the span, as "first" is. Where the series does not reach back, another price of the same thing (spot
oil for the future) is tried, of "never" up to six sessions before: borne out by it consistent, else mixed
(other_series).

Variant, for a threshold that was crossed or passed for the first time: by the session's highs (above) or lows (below)
instead of the closes, since a level that no close had passed may have been passed within an earlier session. For the
level of one session there is none: a price within it that fits is a near miss already, and where the close fits, the
session's range does. Another beginning than the one named would be another claim, and only one of the two share bases
was ever quoted.

When it is not testable
-----------------------
The session lacks its row, the figure's unit or currency is not the series' own, or the data do not cover "first":
no_data. "Zeitweise", "up to", "briefly" speak of a price within the session: closes can support it, never refute it.

What it cannot show
-------------------
Whether the level means anything. Prices are nominal and indices drift up, so thresholds are passed for the first time
as a matter of course.
"""

from __future__ import annotations

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    SeriesRequest,
    either,
    of_another_series,
    only_the_second,
)
from analyzer.checks.levels.averages import against_average
from analyzer.checks.levels.never import before, never_beyond
from analyzer.checks.levels.params import ByExtremes, LevelParams
from analyzer.checks.levels.rows import SIDES
from analyzer.checks.levels.sessions import on_either_basis, one_session
from analyzer.series import Field


def needs(params: LevelParams) -> tuple[SeriesRequest, ...]:
    fields: tuple[Field, ...] = ("close", "low", "high")
    symbols = (params.symbol, *params.also)
    traded = [SeriesRequest(s, f, "as_traded") for s in symbols for f in fields]
    later = [SeriesRequest(params.symbol, side) for side in SIDES] if params.written else []
    return (*traded, *map(SeriesRequest, symbols), *later)


def run(params: LevelParams, data: Data) -> Finding:
    if params.average is not None:
        return against_average(params, data)
    if params.never:
        others = (never_beyond(before(one, data), data) for one in _of_the_others(params))
        return of_another_series(never_beyond(params, data), others)
    first = _one_reading(params, data)
    if params.or_session is None:
        return first
    other = params.model_copy(update={"session": params.or_session, "or_session": None})
    note = only_the_second(params.or_said, str(params.session), str(params.or_session))
    ambiguous = params.or_said is not None
    return either(first, lambda: _one_reading(other, data), note, params.figure, ambiguous=ambiguous)


def _of_the_others(params: LevelParams) -> list[LevelParams]:
    """The same claim of each other price of the thing."""
    return [params.model_copy(update={"symbol": symbol, "also": ()}) for symbol in params.also]


def _one_reading(params: LevelParams, data: Data) -> Finding:
    others = (one_session(one, data) for one in _of_the_others(params))
    return of_another_series(on_either_basis(params, data), others)


def variants(params: LevelParams) -> tuple[tuple[str, LevelParams], ...]:
    """By highs or lows, where earlier sessions count and the words do not speak of them already; of a moving average
    one that is a tenth shorter and one that is a tenth longer."""
    if params.average is not None:
        lengths = (round(params.average * 0.9), round(params.average * 1.1))
        return tuple((f"average of {n} sessions", params.model_copy(update={"average": n})) for n in lengths if n > 1)
    if params.relation == "at" or params.figure.qualifier == "up_to" or not (params.crossing or params.first_time):
        return ()
    return ((f"by the sessions' {params.side}s", ByExtremes.model_validate(dict(params))),)


CHECK = Check(
    name="level",
    scale="fact",
    kinds=("level", "record_extreme", "macro"),
    params=LevelParams,
    rule="The close as traded on the day lies in the stated interval, or on the stated side of the threshold.",
    minimum='the close of the session; for a crossing the one before it; for "first" all closes since the listing',
    examples=(
        Example(
            "Der Nasdaq schloss am Mittwoch erstmals über 20.000 Punkten", "de",
            {"symbol": "^IXIC", "session": "2024-12-11", "relation": "crossed_above", "first_time": True,
             "stated": {"text": "20.000 Punkten", "value": 20000.0, "low": 20000.0, "high": 20000.0, "unit": "points",
                        "qualifier": "exact"}},
        ),
        Example(
            "Nvidia shares closed at about $950 the day of the results", "en",
            {"symbol": "NVDA", "session": "2024-05-22", "relation": "at",
             "stated": {"text": "about $950", "value": 950.0, "low": 855.0, "high": 1045.0, "unit": "currency",
                        "currency": "USD", "qualifier": "about"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
