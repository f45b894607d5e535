"""Is a found claim bound to the gold's series, days and figure?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analyzer.evaluation.gold import GoldClaim, Span
from analyzer.model import ClaimResult, Evidence

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SYMBOL_KEYS = ("symbol", "symbols", "other", "others", "members", "benchmark", "targets", "senders", "donors")
DAY_KEYS = ("session", "base", "first", "last", "start", "end", "since", "until", "event", "published")
SCALES = (1.0, 100.0, 10_000.0, 1e-9, 1e-12)
"""From what evidence holds to what the gold writes: per cent, basis points, billions, trillions."""
NEAR = 0.01


@dataclass(frozen=True)
class Bound:
    """``figure`` is None where the gold names none, or no source has its series."""

    series: bool
    window: bool
    figure: bool | None


def bound(gold: GoldClaim, claim: ClaimResult, held: Callable[[str], bool]) -> Bound:
    """Trials on one of the gold's series; of these, such whose window overlaps the gold's; of these, one with a figure
    of the gold's."""
    wanted = set(gold.series)
    on_series = [e for e in claim.evidence if symbols(e) & wanted]
    on_both = [e for e in on_series if _overlaps(e, gold.window)]
    stated = gold.figures if any(map(held, wanted)) else ()
    figure = any(agrees(v, g) for e in on_both for v in _values(e) for g in stated) if stated else None
    return Bound(bool(on_series), bool(on_both), figure)


def symbols(evidence: Evidence) -> set[str]:
    found: set[str] = set()
    for key in SYMBOL_KEYS:
        value = evidence.params.get(key) or ()
        found |= {value} if isinstance(value, str) else {v for v in value if isinstance(v, str)}
    return found | {d.symbol for d in evidence.data if d.symbol}


def days(evidence: Evidence) -> list[str]:
    """The days that were tested, else those that the parameters name."""
    window = evidence.window
    tested = [str(d) for d in (window.base, window.first, window.last) if d is not None]
    if tested:
        return tested
    return [m[0] for key in DAY_KEYS for m in DAY.finditer(str(evidence.params.get(key) or ""))]


def _overlaps(evidence: Evidence, window: tuple[str, ...]) -> bool:
    found = days(evidence)
    if not window:
        return True
    first, last = window[0], window[-1] + ("-12-31" if len(window[-1]) == 4 else "")
    return bool(found) and min(found) <= last and max(found) >= first


def _values(evidence: Evidence) -> Iterator[float]:
    for held in (evidence.observed, evidence.statistic):
        if held is not None and held.value is not None:
            yield held.value


def agrees(value: float, gold: Span) -> bool:
    """Within half a unit of the gold's last digit or one per cent of it, at any of the scales; inside a range."""
    for scale in SCALES:
        at = abs(value) * scale
        if isinstance(gold, tuple):
            low, high = sorted(map(abs, gold))
            if low * (1 - NEAR) <= at <= high * (1 + NEAR):
                return True
            continue
        digits = len(repr(gold).partition(".")[2].rstrip("0"))
        if abs(at - abs(gold)) <= max(0.5 * 10**-digits, NEAR * abs(gold)):
            return True
    return False
