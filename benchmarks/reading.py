"""How well are names, figures and times read? ``python benchmarks/reading.py [times|numbers|mentions] [--show]``.

Measures on the sets in ``benchmarks/sets``. A third of each, chosen by the hash of its text, is held out: of it only
the total is printed, never a case.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from analyzer.extract.resolve import Period, readings
from analyzer.text import times as t

SETS = Path(__file__).resolve().parent / "sets"
Case = dict[str, Any]
Judge = Callable[[Case], "str | None"]


def cases(name: str) -> list[Case]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def is_held_out(case: Case) -> bool:
    return int(hashlib.sha256(case["text"].encode()).hexdigest(), 16) % 3 == 0


def span_of(case: Case) -> tuple[int, int]:
    start = case["text"].index(case["span"])
    return start, start + len(case["span"])


# --- times -------------------------------------------------------------------------------------------------------


KINDS: dict[str, tuple[type, ...]] = {
    "ever": (t.Ever,), "overnight": (t.Overnight,), "intraday": (t.SessionPart,), "length": (t.Duration,),
    "event": (t.EventAnchor, t.Since, t.Until),
}  # fmt: skip


def time_read(case: Case) -> str | None:
    """What is wrong with the reading of a time expression; None when it is right."""
    start, end = span_of(case)
    touching = [e for e in t.times(case["text"], case["lang"]) if e.start < end and start < e.end]
    if case["kind"] == "none":
        return f"read as {touching[0].value}" if touching else None
    if not touching:
        return "not read"
    value = max(touching, key=lambda e: min(e.end, end) - max(e.start, start)).value
    if case["kind"] in KINDS:
        right = isinstance(value, KINDS[case["kind"]]) and _resolves_to_nothing(value, case)
        return None if right else f"read as {value}"
    published = date.fromisoformat(case["published"])
    found = readings(value, published)
    wanted = [(date.fromisoformat(r["first"]), date.fromisoformat(r["last"])) for r in case["readings"]]
    if not any(_same(p, w, case["kind"], published) for p in found for w in wanted):
        return f"{value} is {[(str(p.first), str(p.last), p.shape) for p in found]}"
    return None


def _resolves_to_nothing(value: object, case: Case) -> bool:
    if case["kind"] in ("event", "length"):
        return not [p for p in readings(value, date.fromisoformat(case["published"])) if p.shape == "day"]
    return True


def _same(period: Period, wanted: tuple[date, date], kind: str, published: date) -> bool:
    """Whether a period is the one wanted: exactly, but for the day on which a span of the past begins or ends."""
    first, last = wanted
    if kind == "since":
        return period.shape == "since" and first <= period.first <= last + timedelta(days=1)
    if kind == "back":
        return abs((period.first - first).days) <= 1 and abs((period.last - published).days) <= 1
    if kind == "horizon":
        return period.shape in ("until", "period", "day") and period.last == last
    return (period.first, period.last) == wanted


def ambiguity(found: list[Case]) -> str:
    """Of the expressions with two readings, how many are read with both."""
    both = [c for c in found if len(c["readings"]) > 1]
    kept = sum(_has_all(c) for c in both)
    return f"both readings kept: {kept} of {len(both)}"


def _has_all(case: Case) -> bool:
    start, end = span_of(case)
    published = date.fromisoformat(case["published"])
    found = [
        p
        for e in t.times(case["text"], case["lang"])
        if e.start < end and start < e.end
        for p in readings(e.value, published)
    ]
    wanted = [(date.fromisoformat(r["first"]), date.fromisoformat(r["last"])) for r in case["readings"]]
    return all(any(_same(p, w, case["kind"], published) for p in found) for w in wanted)


# --- the totals --------------------------------------------------------------------------------------------------


JUDGES: dict[str, Judge] = {"times": time_read}


def wrong(found: list[Case], judge: Judge) -> Iterator[tuple[Case, str]]:
    for case in found:
        what = judge(case)
        if what is not None:
            yield case, what


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(JUDGES))
    parser.add_argument("--show", action="store_true", help="print the cases that are read wrongly, not the held-out")
    args = parser.parse_args()
    for name in args.names:
        everything = cases(name)
        for part, found in (
            ("open", [c for c in everything if not is_held_out(c)]),
            ("held out", [c for c in everything if is_held_out(c)]),
        ):
            bad = list(wrong(found, JUDGES[name]))
            print(f"{name:9} {part:9} {len(found) - len(bad)} of {len(found)} right, {1 - len(bad) / len(found):.1%}")
            if name == "times":
                print(f"{'':20}{ambiguity(found)}")
            for case, what in bad if args.show and part == "open" else ():
                print(
                    f"  {case['id']} {case.get('published', '')} {case['span']!r} {case.get('kind', '')} "
                    f"{case.get('readings') or case.get('reads') or case.get('expects')}: {what}\n      {case['text']}"
                )


if __name__ == "__main__":
    main()
