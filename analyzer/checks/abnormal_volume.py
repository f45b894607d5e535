"""Abnormal trading volume of one session.

What the claim says
-------------------
Unusually many (or few) shares changed hands: "trading was heavy", "die Umsätze waren ungewöhnlich hoch", "dünner
Handel". With a figure: how many ("76.7 million shares"), or how many times as many as usual or as in the session before
("three times the average", "das Volumen verdreifachte sich").

Formula
-------
``v = ln(shares traded)`` of the session against the 60 to 250 sessions before it, the session not among them. The rank
p-value ``(1 + #{v_s >= v}) / (n + 1)`` decides; ``z = (v - mean) / (s sqrt(1 + 1/n))`` and the ratio to the geometric
mean are shown beside it. Log volume: Ajinkya and Jain, The behavior of daily stock market trading volume, Journal of
Accounting and Economics 11 (1989); rank: Campbell and Wasley, Measuring abnormal daily trading volume, Review of
Quantitative Finance and Accounting 6 (1996).

Rule
----
Rank p-value in the claimed direction under 0.05: supported. As extreme in the other direction: refuted (wrong_sign).
Else inconclusive (not_significant), with the volume that would have been needed. A figure decides alone, as a fact
(CHECKS, section 0.1): shares against the shares traded; a ratio against the volume divided by the arithmetic mean of
the window, which is what texts call the average, or by the volume of the session before.

When it is not testable
-----------------------
No volume on the session, or fewer than 60 volumes before it (for a figure in shares or against the session before:
that volume alone): no_data.

What it cannot show
-------------------
Who sold or why. The weekday is not allowed for (its effect is small beside what is called heavy trading); the quarterly
expiry of options and futures raises volume every time and is named as a caveat, index changes and half sessions are not
known here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    judge_figure,
    line,
    missing_sessions,
    no_data,
    nothing_before,
    observed,
    statistic,
)
from analyzer.model import Chart, Label, Observed, Stated, Window
from analyzer.stats.volume import AbnormalVolume
from analyzer.stats.volume import abnormal_volume as volume_test

ALPHA = 0.05
FEWEST = 60
WINDOWS = (60, 120, 250)


class AbnormalVolumeParams(Params):
    """``symbol`` was traded unusually much (high) or little (low) in ``session``; ``window`` counts trailing sessions.

    ``stated`` is a number of shares (unit count) or a multiple (unit ratio) of the window's mean or, with ``against``
    before, of the session before. ``usual_from`` to ``usual_to`` is a period that the text names ("than usual in July")
    in place of the trailing window.
    """

    symbol: str
    session: date
    direction: Literal["high", "low"] = "high"
    window: int = Field(default=250, ge=FEWEST, le=1000)
    stated: Stated | None = None
    against: Literal["usual", "before"] = "usual"
    usual_from: date | None = None
    usual_to: date | None = None

    @model_validator(mode="after")
    def _of_shares(self) -> AbnormalVolumeParams:
        if (self.usual_from is None) != (self.usual_to is None):
            raise ValueError("usual_from and usual_to name a period together; one of them is missing")
        if self.stated is not None and self.stated.unit not in ("count", "ratio"):
            raise ValueError(f"stated is in {self.stated.unit}; a volume is a count of shares or a ratio of volumes")
        return self


def needs(params: AbnormalVolumeParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol, "volume"),)


def run(params: AbnormalVolumeParams, data: Data) -> Finding:
    name = data.name(params.symbol)
    volumes = data.get(SeriesRequest(params.symbol, "volume"))
    if volumes is None:
        label = name if name == params.symbol else f"{name} ({params.symbol})"
        return no_data(f"No volumes of {label} up to {data.as_of}. Try: --data FOLDER with a file of {params.symbol}.")
    now, trailing = volumes.at(params.session), _trailing(volumes, params)
    if not now:
        return missing_sessions(volumes, data, params.session)
    if params.stated is not None and (params.stated.unit == "count" or params.against == "before"):
        return _figure_alone(params, params.stated, data, volumes, now)
    enough = len(trailing) >= FEWEST and trailing.values.min() < trailing.values.max()
    if params.stated is not None and (enough or (params.usual_from and len(trailing))):
        return _multiple(params, params.stated, data, volumes, _Pair(now, float(trailing.values.mean()), trailing))
    if not enough:
        return _too_few(params, name, volumes, trailing)
    outcome, reason, found = _tested(params, trailing.values, now)
    return Finding(
        outcome=outcome, reason=reason, summary=_sentence(params, name, now, trailing, found, outcome),
        statistic=statistic("abnormal_log_volume_z", found.zscore), observed=observed(found.ratio, "ratio"),
        pvalue=found.test.pvalue, nobs=found.test.nobs, null_hypothesis=_NULL, used=(volumes,),
        window=Window(base=trailing.last, first=params.session, last=params.session), caveats=_caveats(params),
        chart=_chart(params, name, volumes, found),
    )  # fmt: skip


def _too_few(params: AbnormalVolumeParams, name: str, volumes: Series, trailing: Series) -> Finding:
    if params.usual_from:
        span = f"from {params.usual_from} to {params.usual_to or params.session}"
        why = f"{name} has {len(trailing)} volumes {span}; {FEWEST} that differ are needed."
    else:
        why = (
            f"{name} has {len(trailing)} volumes in the {params.window} sessions before {params.session} "
            f"({volumes.first} is the first); {FEWEST} that differ are needed. Try: --data FOLDER with earlier dates."
        )
    return no_data(why, reason="span", used=(volumes,))


@dataclass(frozen=True)
class _Pair:
    """A session's volume and what it is set against: the mean of ``rows``, or the one row of the session before."""

    now: float
    other: float
    rows: Series


def _figure_alone(params: AbnormalVolumeParams, said: Stated, data: Data, volumes: Series, now: float) -> Finding:
    """A figure that needs no window: shares traded, or a multiple of the session before."""
    if said.unit == "count":
        outcome, reason = judge_figure(said, now)
        text = f"{millions(now)} shares of {data.name(params.symbol)} were traded on {params.session}."
        return _fact(params, volumes, outcome, reason, text, observed(now, "count"))
    before = volumes.session_offset(params.session, -1)
    other = volumes.at(before) if before else None
    if before is None:
        return nothing_before(volumes, data, params.session, "volume")
    if not other:
        return missing_sessions(volumes, data, before)
    return _multiple(params, said, data, volumes, _Pair(now, other, volumes.between(before, before)))


def _multiple(params: AbnormalVolumeParams, said: Stated, data: Data, volumes: Series, pair: _Pair) -> Finding:
    """A stated multiple of the mean of the sessions before, or of the one session before."""
    ratio = pair.now / pair.other
    outcome, reason = judge_figure(said, ratio)
    rows = pair.rows
    of = f"{millions(pair.other)} of {rows.first}"
    if params.against == "usual":
        of = f"mean of {millions(pair.other)} of the {len(rows)} sessions from {rows.first} to {rows.last}"
    name = data.name(params.symbol)
    text = f"{millions(pair.now)} shares of {name} were traded on {params.session}, {ratio:.2f} times the {of}."
    return _fact(params, volumes, outcome, reason, text, observed(ratio, "ratio"))


def _fact(
    params: AbnormalVolumeParams, volumes: Series, outcome: Label, reason: str, text: str, value: Observed
) -> Finding:
    session, name = params.session, "volume" if value.unit == "count" else "volume_ratio"
    return Finding(
        outcome=outcome, reason=reason, summary=text, statistic=statistic(name, value.value), observed=value,
        used=(volumes,), window=Window(base=volumes.session_offset(session, -1), first=session, last=session),
        caveats=_caveats(params),
    )  # fmt: skip


_NULL = "The session's log volume was drawn like those of the sessions before it."
_OTHER: dict[str, Literal["high", "low"]] = {"high": "low", "low": "high"}


def _trailing(volumes: Series, params: AbnormalVolumeParams) -> Series:
    """The positive volumes of the window's sessions before the session; a recorded zero is a halt or an error."""
    first, last = volumes.session_offset(params.session, -params.window), params.session - timedelta(days=1)
    if params.usual_from and params.usual_to:
        first, last = params.usual_from, min(last, params.usual_to)
    rows = volumes.between(first, last)
    kept = rows.values > 0
    return replace(rows, dates=rows.dates[kept], values=rows.values[kept])


def _tested(params: AbnormalVolumeParams, trailing: np.ndarray, now: float) -> tuple[Label, str, AbnormalVolume]:
    """The label with the test that it rests on: that of the claimed side, or of the other one when it refutes."""
    claimed = volume_test(trailing, now, params.direction, ALPHA)
    if claimed.test.pvalue < ALPHA:
        return "supported", "significant", claimed
    opposite = volume_test(trailing, now, _OTHER[params.direction], ALPHA)
    if opposite.test.pvalue < ALPHA:
        return "refuted", "wrong_sign", opposite
    return "inconclusive", "not_significant", claimed


def _sentence(
    params: AbnormalVolumeParams, name: str, now: float, trailing: Series, found: AbnormalVolume, outcome: Label
) -> str:
    test = found.test
    side = _OTHER[params.direction] if outcome == "refuted" else params.direction
    said = (
        f"{millions(now)} shares of {name} were traded on {params.session}, {found.ratio:.2f} times the usual "
        f"{millions(found.usual)} of the {test.nobs} sessions since {trailing.first}: number {test.rank} of "
        f"{test.nobs + 1}, the {side}est first (p = {test.pvalue:.3f})."
    )
    if outcome == "inconclusive" and found.needed is not None:
        more = "more" if params.direction == "high" else "fewer"
        said += f" For evidence at 5 % it would have taken {more} than {millions(found.needed)}."
    return said


def millions(shares: float) -> str:
    return f"{shares / 1e6:,.1f} m" if shares >= 1e5 else f"{shares:,.0f}"


def _caveats(params: AbnormalVolumeParams) -> tuple[str, ...]:
    session = params.session
    third_friday = session.weekday() == 4 and 15 <= session.day <= 21
    if third_friday and session.month % 3 == 0:
        return (f"{session} was the quarterly expiry of options and futures, when volume is high every time",)
    return ()


def _chart(params: AbnormalVolumeParams, name: str, volumes: Series, found: AbnormalVolume) -> Chart:
    first = volumes.session_offset(params.session, -params.window)
    shown = volumes.between(first, volumes.session_offset(params.session, 20))
    rules = [(found.usual, "usual")]
    if found.needed is not None:
        rules.append((found.needed, "5 %"))
    return Chart(
        title=f"{name}, shares traded", unit="count", lines=(line(shown, name),), marks=((params.session, "session"),),
        rules=tuple(rules), window=Window(first=first, last=params.session),
    )  # fmt: skip


def variants(params: AbnormalVolumeParams) -> tuple[tuple[str, AbnormalVolumeParams], ...]:
    if params.stated is not None and (params.stated.unit == "count" or params.against == "before"):
        return ()  # no window takes part
    if params.usual_from is not None:
        return ()  # the period is named
    others = [w for w in WINDOWS if w != params.window]
    return tuple((f"{w} sessions", params.model_copy(update={"window": w})) for w in others)


CHECK = Check(
    name="abnormal_volume",
    scale="pattern",
    kinds=("volatility_sentiment",),
    params=AbnormalVolumeParams,
    rule="The rank of the session's volume among the sessions before it has a p-value under 0.05 in the claimed "
    "direction; a figure decides alone.",
    minimum="60 volumes before the session; for a figure, the volumes that it compares",
    examples=(
        Example(
            "Die Umsätze waren ungewöhnlich hoch", "de", {"symbol": "SPY", "session": "2024-12-18", "direction": "high"}
        ),
        Example("Trading was heavy", "en", {"symbol": "QQQ", "session": "2025-03-10"}),
        Example(
            "more than twice the average of the preceding three months", "en",
            {"symbol": "QQQ", "session": "2025-03-10", "window": 63,
             "stated": {"text": "more than twice", "value": 2.0, "low": 2.0, "high": None, "unit": "ratio",
                        "qualifier": "at_least"}},
        ),
        Example("in thin holiday trading", "en", {"symbol": "SPY", "session": "2024-12-24", "direction": "low"}),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
