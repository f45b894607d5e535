"""Whether a policy did what is said of it, by its sender and its target.

What the claim says
-------------------
A policy worked, had no effect, hurt its sender, or achieved the opposite: "the sanctions backfire", "die Zölle schaden
den USA selbst", "the export controls worked". That needs two outcomes, the sender's and the target's; both are named.

Formula
-------
Outcome: the mean log price of each side by week, zero in the last week before the policy. Synthetic control (Abadie and
Gardeazabal 2003; Abadie, Diamond and Hainmueller 2010, 2015): weights ``w >= 0, sum w = 1`` of the controls that
minimise the squared gap over the 104 weeks before; the effect is the mean gap of the weeks after. Inference in space:
each control in the place of the treated side; p = rank of the ratio of the root mean squared gaps after and before,
over J + 1. For "backfire" the gap of the sender less that of the target, ranked among all pairs of controls (p at least
1/(J + 1), for pairs share their members). Beside it difference in differences on the same data, with the p-value of
Conley and Taber (2011). Effects in logs are printed as per cent.

Rule
----
"Backfired": the sender fared worse than the target. "Opposite": the target went against the intent. "Worked": the
target went with it. "Hurts the sender": the sender fell behind. "No effect": the target did not go with the intent,
which no test can bear out. Placebo p at 5 % and the sign of the claim: consistent, the best label there is; the other
sign: refuted. Else inconclusive, with the effect that would have been seen. Inconclusive as well where the fit before
is poor (poor_fit: twice the median of the controls), where difference in differences, or the synthetic control without
one of its parts, has the other sign (not_robust), or where there are no controls (no_controls).

When it is not testable
-----------------------
No prices of a side over the weeks before, fewer than 13 weeks after, or fewer than 19 controls, with which no p can
be under 5 %: no_data.

What it cannot show
-------------------
That the policy did it: whatever else hit the side and not the controls is in the gap. Share prices are rarely what a
policy was for. Controls may have gained from it. What was expected before its announcement is not in the effect.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    no_data,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, ChartLine, Direction, Label, Window
from analyzer.series import PriceBasis, to_date
from analyzer.stats.synthetic_control import (
    Differences,
    Synthetic,
    difference_in_differences,
    difference_of_gaps,
    leave_one_out,
    pair_pvalue,
    placebo_pvalue,
    placebos,
    synthetic_control,
)
from analyzer.stats.weekly import fridays, weekly_logs

ALPHA = 0.05
FEWEST_AFTER = 13
FEWEST_CONTROLS = 19
"""With J controls the smallest p is 1/(J + 1)."""
POOR = 2.0
"""Times the median fit of the controls beyond which a side's own fit is poor."""

BASES: tuple[PriceBasis, ...] = ("total_return", "split_adjusted")
"""The first that a source has: over years dividends count."""

Said = Literal["backfired", "opposite", "worked", "hurts_sender", "no_effect"]
MEANS: dict[Said, str] = {
    "backfired": '"backfired" means that the sender fared worse than the target',
    "opposite": '"the opposite" means that the target went against the intent',
    "worked": '"worked" means that the target went with the intent',
    "hurts_sender": '"hurts the sender" means that the sender fell behind',
    "no_effect": '"no effect" is contradicted when the target went with the intent',
}


class PolicyEffectParams(Params):
    """``policy`` since ``start``, with the symbols of both sides and of the ``controls``; ``said`` is what the text
    claims.

    ``intent``: where the target's outcome was to go. ``weeks_after`` None: up to the as-of date. ``limits`` are
    printed.
    """

    policy: str
    start: date
    said: Said
    sender: tuple[str, ...] = Field(min_length=1)
    target: tuple[str, ...] = Field(min_length=1)
    controls: tuple[str, ...] = ()
    sender_name: str = "its makers"
    target_name: str = "whom it was to hit"
    intent: Direction = "down"
    weeks_before: int = Field(default=104, ge=26, le=520)
    weeks_after: int | None = Field(default=None, ge=FEWEST_AFTER, le=520)
    limits: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _apart(self) -> PolicyEffectParams:
        treated = {*self.sender, *self.target}
        if set(self.sender) & set(self.target) or treated & set(self.controls):
            raise ValueError("a symbol can stand on one side only, or be a control")
        return self


def needs(params: PolicyEffectParams) -> tuple[SeriesRequest, ...]:
    """Prices with dividends, and without for what has none."""
    symbols = dict.fromkeys((*params.sender, *params.target, *params.controls))
    return tuple(SeriesRequest(s, "close", basis) for s in symbols for basis in BASES)


def _prices(data: Data, symbol: str) -> Series | None:
    found = (data.get(SeriesRequest(symbol, "close", basis)) for basis in BASES)
    return next((s for s in found if s is not None), None)


@dataclass(frozen=True, eq=False)
class _Panel:
    """Log prices by week, zero in the last week before: both sides (n,), controls (n, J), and the rows before."""

    weeks: np.ndarray
    sender: np.ndarray
    target: np.ndarray
    controls: np.ndarray
    before: int
    used: tuple[Series, ...]
    counts: tuple[int, int]

    @property
    def last(self) -> date:
        return to_date(self.weeks[-1])


@dataclass(frozen=True)
class _Effect:
    """The effect on one side, or on the sender less the target.

    ``without_one``: the smallest and the largest effect without one of the controls that carry it.
    """

    synthetic: Synthetic
    pvalue: float
    seen: float
    """The root mean squared gap, in logs, that would have been significant."""
    differences: Differences | None = None
    without_one: tuple[float, float] | None = None


@dataclass(frozen=True)
class _Effects:
    """On both sides and on their difference; ``deciding`` is that which the claim is on, ``fits`` those whose fit
    matters for it. ``usual``: the median miss of the controls' own synthetic controls before the policy."""

    sender: _Effect
    target: _Effect
    pair: _Effect
    deciding: _Effect
    fits: tuple[_Effect, ...]
    usual: float


def run(params: PolicyEffectParams, data: Data) -> Finding:
    panel = _panel(params, data)
    if isinstance(panel, Finding):
        return panel
    if not params.controls:
        return _without_controls(params, data, panel)
    found = _effects(params, panel)
    outcome, reason = _judged(params, found)
    deciding = found.deciding
    said = _sentence(params, data, panel, found) + _why(params, reason, found) + _limit(params)
    return Finding(
        outcome=outcome, reason=reason, summary=said,
        statistic=statistic("rmspe_ratio", deciding.synthetic.ratio),
        observed=observed(_as_return(deciding.synthetic.effect), "fraction"),
        pvalue=None if reason == "poor_fit" else deciding.pvalue,
        nobs=panel.controls.shape[1] + 1, null_hypothesis=_NULL, caveats=_caveats(params, data, panel, deciding),
        window=_window(params, panel), used=panel.used,
        chart=_chart(params, panel, (found.sender.synthetic.gap, found.target.synthetic.gap), "against its controls"),
    )  # fmt: skip


_NULL = "The policy did nothing: the gap after it, over that before, ranks like those of the controls put in its place."


# --- the panel ------------------------------------------------------------------------------------------------------


def _panel(params: PolicyEffectParams, data: Data) -> _Panel | Finding:
    """Members of a side without the whole window are left out; without any member of a side there is no panel."""
    both = (params.sender, params.target)
    symbols = dict.fromkeys((*params.sender, *params.target, *params.controls))
    there = {symbol: s for symbol in symbols if (s := _prices(data, symbol)) is not None}
    ends = [[last for m in side if m in there and (last := there[m].last)] for side in both]
    if not all(ends):
        return _no_side(params, data, [m for m in (*params.sender, *params.target) if m not in there])
    last = min(data.as_of, *(max(dates) for dates in ends))
    first = params.start - timedelta(weeks=params.weeks_before)
    weeks = fridays(first, last)
    before = int(np.count_nonzero(weeks < np.datetime64(params.start)))
    if params.weeks_after is not None:
        weeks = weeks[: before + params.weeks_after]
    after = len(weeks) - before
    if after < FEWEST_AFTER or (params.weeks_after is not None and after < params.weeks_after):
        wanted = params.weeks_after or FEWEST_AFTER
        why = f"{max(after, 0)} weeks since {params.start} up to {last}: {wanted} are needed to see an effect."
        return no_data(why, reason="not_yet", used=tuple(there.values()))
    rows = {symbol: logs for symbol, s in there.items() if (logs := weekly_logs(s, weeks)) is not None}
    missing = [side for side in both if not any(m in rows for m in side)]
    if missing:
        return _no_side(params, data, [m for side in missing for m in side])
    controls = [c for c in params.controls if c in rows]
    if params.controls and len(controls) < FEWEST_CONTROLS:
        return _few_controls(params, controls, to_date(weeks[0]), last)
    zeroed = {symbol: logs - logs[before - 1] for symbol, logs in rows.items()}
    sides = [[zeroed[m] for m in side if m in zeroed] for side in both]
    columns = np.column_stack([zeroed[c] for c in controls]) if controls else np.empty((len(weeks), 0))
    used = tuple(there[s] for s in (*params.sender, *params.target, *controls) if s in rows)
    sender, target = (np.mean(side, axis=0) for side in sides)
    return _Panel(weeks, sender, target, columns, before, used, (len(sides[0]), len(sides[1])))


def _no_side(params: PolicyEffectParams, data: Data, missing: list[str]) -> Finding:
    first = params.start - timedelta(weeks=params.weeks_before)
    why = (
        f"The effect of {params.policy} needs prices of {params.sender_name} and of {params.target_name} from {first} "
        f"on, {params.weeks_before} weeks before {params.start}; missing up to {data.as_of}: {', '.join(missing[:8])}. "
        "Try: --data FOLDER with files of them."
    )
    return no_data(why, reason="series" if any(_prices(data, m) is None for m in missing) else "span")


def _few_controls(params: PolicyEffectParams, there: list[str], first: date, last: date) -> Finding:
    gone = [c for c in params.controls if c not in there]
    why = (
        f"{len(there)} of {len(params.controls)} controls have prices of every week from {first} to {last}; with "
        f"fewer than {FEWEST_CONTROLS} no placebo p can be under 5 %. Missing: {', '.join(gone[:8])}. Try: --data "
        "FOLDER with files of them."
    )
    return no_data(why, reason="coverage")


# --- the effect -----------------------------------------------------------------------------------------------------


def _effect(side: np.ndarray, panel: _Panel, others: tuple[Synthetic, ...]) -> _Effect:
    found = synthetic_control(side, panel.controls, panel.before)
    return _Effect(
        found, placebo_pvalue(found.ratio, [o.ratio for o in others]), _seen(found, others),
        difference_in_differences(side, panel.controls, panel.before),
        leave_one_out(side, panel.controls, panel.before, found.weights),
    )  # fmt: skip


def _seen(found: Synthetic, others: tuple[Synthetic, ...]) -> float:
    """The size of the gap after that would have had p at 5 %, given the fit before."""
    ratios = sorted((o.ratio for o in others), reverse=True)
    allowed = int(ALPHA * (len(ratios) + 1)) - 1
    return ratios[max(allowed, 0)] * found.before


def _effects(params: PolicyEffectParams, panel: _Panel) -> _Effects:
    others = placebos(panel.controls, panel.before)
    sender, target = (_effect(side, panel, others) for side in (panel.sender, panel.target))
    both = difference_of_gaps(sender.synthetic, target.synthetic, panel.before)
    pair = _Effect(both, pair_pvalue(both, others, panel.before), _seen(both, others))
    deciding = {"backfired": pair, "hurts_sender": sender}.get(params.said, target)
    fits = (sender, target) if params.said == "backfired" else (deciding,)
    return _Effects(sender, target, pair, deciding, fits, float(np.median([o.before for o in others])))


def _judged(params: PolicyEffectParams, found: _Effects) -> tuple[Label, str]:
    if any(e.synthetic.before > POOR * found.usual for e in found.fits):
        return "inconclusive", "poor_fit"
    if found.deciding.pvalue > ALPHA:
        return "inconclusive", "not_significant"
    if _turns(params, found):
        return "inconclusive", "not_robust"
    right = found.deciding.synthetic.effect * _sign(params) > 0
    if params.said == "no_effect":
        return ("consistent", "wrong_sign") if right else ("refuted", "significant")
    return ("consistent", "significant") if right else ("refuted", "wrong_sign")


def _sign(params: PolicyEffectParams) -> int:
    """The sign that bears the claim out: of the target's effect, the sender's, or their difference."""
    intent = 1 if params.intent == "up" else -1
    return {"worked": intent, "opposite": -intent, "no_effect": -intent}.get(params.said, -1)


def _turns(params: PolicyEffectParams, found: _Effects) -> bool:
    """Whether another method, or the absence of one control, turns the sign of what decides."""
    if params.said == "backfired":
        sender, target = found.sender, found.target
        pairs = [e.differences.effect for e in (sender, target) if e.differences]
        others = [pairs[0] - pairs[1]]
    else:
        differences = found.deciding.differences
        others = [*(found.deciding.without_one or ()), *([differences.effect] if differences else [])]
    return any(value * found.deciding.synthetic.effect < 0 for value in others)


# --- words and pictures ---------------------------------------------------------------------------------------------


def _as_return(logs: float) -> float:
    return float(np.exp(logs) - 1.0)


def _sentence(params: PolicyEffectParams, data: Data, panel: _Panel, found: _Effects) -> str:
    after = len(panel.weeks) - panel.before
    head = (
        f"{params.policy}, announced on {params.start}; prices of {after} weeks up to {panel.last} against a synthetic "
        f"control of {panel.controls.shape[1]} other series, fitted on {panel.before} weeks."
    )
    target = _named(params.target_name, params.target, panel.counts[1], data)
    sender = _named(params.sender_name, params.sender, panel.counts[0], data)
    sides = (
        f" Target, {target}: {_figures(found.target)}. Sender, {sender}: {_figures(found.sender)}. Sender against "
        f"target: {percent(_as_return(found.pair.synthetic.effect), 0)} (p = {found.pair.pvalue:.2f})."
    )
    return head + sides + f" By the rule {MEANS[params.said]}: "


def _named(name: str, symbols: tuple[str, ...], count: int, data: Data) -> str:
    return f"{name} ({data.name(symbols[0])})" if len(symbols) == 1 else f"{name} ({count} shares)"


def _figures(effect: _Effect) -> str:
    text = f"{percent(_as_return(effect.synthetic.effect), 0)} on average (placebo p = {effect.pvalue:.2f}"
    if effect.differences is not None:
        found = effect.differences
        text += f"; difference in differences {percent(_as_return(found.effect), 0)}, p = {found.pvalue:.2f}"
    return text + ")"


def _why(params: PolicyEffectParams, reason: str, found: _Effects) -> str:
    if reason == "poor_fit":
        worst = max(e.synthetic.before for e in found.fits)
        return (
            f"not separable, for no mixture of the controls ran like it before the policy (it missed by {worst:.0%}, "
            f"the controls' own by {found.usual:.0%})."
        ).replace("%", " %")
    if reason == "not_robust":
        return "not separable, for another method or the absence of one control turns the sign."
    if reason == "not_significant":
        size = percent(_as_return(found.deciding.seen), 0)[1:]
        return f"no evidence of it; a gap of about {size} would have been seen."
    if (reason == "wrong_sign") == (params.said == "no_effect"):
        return "consistent with that; what did it is not shown."
    return "the effect has the other sign: not consistent with the claim."


def _limit(params: PolicyEffectParams) -> str:
    """The first of the limits, which is of the outcome itself; all of them are caveats."""
    return f" A limit: {params.limits[0]}." if params.limits else ""


def _without_controls(params: PolicyEffectParams, data: Data, panel: _Panel) -> Finding:
    """What both sides did, and why no effect can be told from it."""
    ends = [_as_return(float(side[-1])) for side in (panel.sender, panel.target)]
    summary = (
        f"Since the last week before {params.policy} ({params.start}) the sender, {params.sender_name}, moved "
        f"{percent(ends[0], 1)} and the target, {params.target_name}, {percent(ends[1], 1)}, up to {panel.last}. Not "
        "separable: there is no control group that says how they would have gone without it."
    ) + _limit(params)
    return Finding(
        outcome="inconclusive", reason="no_controls", summary=summary, null_hypothesis=_NULL,
        observed=observed(ends[0] - ends[1], "fraction"), caveats=params.limits, window=_window(params, panel),
        used=panel.used, chart=_chart(params, panel, (panel.sender, panel.target), "since the week before"),
    )  # fmt: skip


def _window(params: PolicyEffectParams, panel: _Panel) -> Window:
    return Window(base=to_date(panel.weeks[0]), first=params.start, last=panel.last)


def _caveats(params: PolicyEffectParams, data: Data, panel: _Panel, deciding: _Effect) -> tuple[str, ...]:
    said = list(params.limits)
    if deciding.without_one is not None:
        low, high = (percent(_as_return(v), 0) for v in deciding.without_one)
        said.append(f"without one of its parts the synthetic control gives {low} to {high}")
    parts = sorted(zip(deciding.synthetic.weights, _controls(panel), strict=True), key=lambda p: -p[0])[:4]
    named = ", ".join(f"{data.name(symbol)} {weight * 100:.0f} %" for weight, symbol in parts if weight > 0.01)
    said.append(f"the synthetic control {'of the sender ' if params.said == 'backfired' else ''}is {named}")
    left = len(params.controls) - panel.controls.shape[1]
    if left:
        said.append(f"{left} controls without prices of every week are left out")
    said.append("prices in their own currencies, with dividends where the source has them")
    return tuple(said)


def _controls(panel: _Panel) -> list[str]:
    return [s.symbol for s in panel.used[-panel.controls.shape[1] :]]


def _chart(params: PolicyEffectParams, panel: _Panel, gaps: tuple[np.ndarray, np.ndarray], what: str) -> Chart:
    dates = tuple(map(to_date, panel.weeks[-300:]))
    lines = tuple(
        ChartLine(name=name, dates=dates, values=tuple(float(v) for v in np.expm1(gap[-300:])))
        for name, gap in zip((params.sender_name, params.target_name), gaps, strict=True)
    )
    return Chart(
        title=f"{params.policy}: both sides {what}", unit="fraction", marks=((params.start, "policy"),), lines=lines,
        window=Window(first=params.start, last=panel.last),
    )  # fmt: skip


def variants(params: PolicyEffectParams) -> tuple[tuple[str, PolicyEffectParams], ...]:
    """One year after instead of all that there is, and one year before instead of two; none without controls."""
    if not params.controls:
        return ()
    found = []
    if params.weeks_after is None:
        found.append(("52 weeks after", params.model_copy(update={"weeks_after": 52})))
    if params.weeks_before != 52:
        found.append(("52 weeks before", params.model_copy(update={"weeks_before": 52})))
    return tuple(found)


_CHIPS = {
    "policy": "US export controls on chips for China", "start": "2022-10-07", "sender": ["NVDA", "AMD", "INTC"],
    "target": ["0981.HK"], "sender_name": "US chip makers", "target_name": "Chinese chip makers",
    "controls": ["AMZN", "MSFT", "NFLX", "NEE", "IBM", "ORCL", "SAP", "CSCO"],
}  # fmt: skip

CHECK = Check(
    name="policy_effect",
    scale="cause",
    kinds=("policy_effect",),
    params=PolicyEffectParams,
    rule="The gap to the synthetic control after the policy, over that before, ranks under 5 % among the controls put "
    "in its place, has the claimed sign, and keeps it by difference in differences and without each control.",
    minimum="both sides and 19 controls by week, 104 weeks before the policy and 13 after it",
    examples=(
        Example("Die US-Sanktionen sind ein Bumerang", "de", {**_CHIPS, "said": "backfired"}),
        Example("The export controls on chips have achieved the opposite of what they were meant to", "en",
                {**_CHIPS, "said": "opposite"}),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
