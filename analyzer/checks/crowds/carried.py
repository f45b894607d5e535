"""Whether a few members carry a group: what those that add most to its change in value made of it, and what the others
did without them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analyzer.checks.base import Data, Finding, Series, SeriesRequest, line, no_data, observed, percent, statistic
from analyzer.model import Chart, Label, Window
from analyzer.stats.cross_section import herfindahl
from analyzer.stats.market_value import value_change
from analyzer.stats.shares import nearest_count

FEWEST, COVERED = 5, 0.80
LEFT = 0.25
"""Share of the group's return under which the others, by themselves, did not carry it."""
MUCH = 0.50
"""Share from which on they did; those that are taken away are the ones that did most, which lowers it by itself."""


@dataclass(frozen=True)
class _Member:
    symbol: str
    name: str
    weight: float
    """Market value at the base, in the currency of the group."""
    change: float
    series: Series


def requests(symbol: str) -> tuple[SeriesRequest, ...]:
    return SeriesRequest(symbol), SeriesRequest(symbol, basis="as_traded")


def carried(members: tuple[str, ...], base: date, last: date, top: int, label: str, data: Data) -> Finding:
    """By the rule that a few carry a group where the others by themselves went the other way, or made less than a
    quarter of its return.

    Weights are market values at the base, with the share count that lies nearest to it of those known today: how many
    there are changes little from year to year. Members without a share count are left out.
    """
    held = [m for symbol in members if (m := _member(symbol, base, last, data)) is not None]
    used = tuple(m.series for m in held)
    if len(held) < max(FEWEST, top + 2, COVERED * len(members)):
        lack = ", ".join(data.name(s) for s in members if s not in {m.symbol for m in held})
        why = (
            f"{len(held)} of {len(members)} members of {label} have prices and a share count on {base} and {last}; "
            f"missing: {lack or 'none'}. Try: --data FOLDER with prices and shares of more members."
        )
        return no_data(why, reason="coverage", used=used)
    weights, changes = np.array([m.weight for m in held]), np.array([m.change for m in held])
    shares = weights / weights.sum()
    whole = float(shares @ changes)
    order = np.argsort(-shares * changes * np.sign(whole), kind="stable")
    first, others = order[:top], order[top:]
    added = float(shares[first] @ changes[first])
    rest = float(shares[others] @ changes[others] / shares[others].sum())
    outcome, reason = _judged(whole, rest)
    names = ", ".join(f"{held[i].name} {percent(held[i].change)}" for i in first)
    equal = percent(float(changes.mean()))
    summary = (
        f"{label}: {percent(whole)} from the close of {base} to that of {last} by market value, {equal} with equal "
        f"weights (HHI {herfindahl(weights):.3f}). The {top} of {len(held)} members that added most ({names}) made "
        f"{percent(added)} of it, the others by themselves {percent(rest)}. By the rule a few carry a group where the "
        "others went the other way or made less than a quarter of its return, and do not where they made half of it."
    )
    return Finding(
        outcome=outcome, reason=reason, summary=summary, statistic=statistic("return_of_the_others", rest),
        observed=observed(rest, "fraction"), nobs=len(held), window=Window(base=base, first=base, last=last), used=used,
        chart=_chart(label, base, last, [held[i] for i in dict.fromkeys((int(first[0]), int(others[-1])))]),
    )  # fmt: skip


def _chart(label: str, base: date, last: date, members: list[_Member]) -> Chart:
    """The member that added most and the one that added least, the close of the base being 1."""
    lines = []
    for member in members:
        rows = member.series.between(base, last)
        lines.append(
            line(replace(rows, values=rows.values / rows.values[0]), f"{member.name} {percent(member.change)}")
        )
    title = f"{label}: the members that added most and least, close of {base} = 1"
    window = Window(base=base, first=base, last=last)
    return Chart(title=title, unit="ratio", lines=tuple(lines), rules=((1.0, "unchanged"),), window=window)


def _judged(whole: float, rest: float) -> tuple[Label, str]:
    if whole == 0 or rest * whole <= 0 or abs(rest) < LEFT * abs(whole):
        return "supported", "share"
    return ("mixed" if abs(rest) < MUCH * abs(whole) else "refuted"), "overstated"


def _member(symbol: str, base: date, last: date, data: Data) -> _Member | None:
    adjusted, traded = (data.get(request) for request in requests(symbol))
    count = nearest_count(data.shares.get(symbol, ()), base, data.as_of)
    if adjusted is None or traded is None or count is None:
        return None
    if any(series.at(day) is None for series in (adjusted, traded) for day in (base, last)):
        return None
    value = value_change(traded, adjusted, count, base, last)
    if value is None:
        return None
    before, now = adjusted.at(base), adjusted.at(last)
    assert before is not None
    assert now is not None
    return _Member(symbol, data.name(symbol), value.shares * value.before, now / before - 1.0, adjusted)
