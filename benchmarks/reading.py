"""How well are names, figures and times read? ``python benchmarks/reading.py [times|numbers|mentions] [--show]``.

Measures on the sets in ``benchmarks/sets``. A third of each, chosen by the hash of its text, is held out: of it only
the total is printed, never a case.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from analyzer.extract.resolve import Period, readings
from analyzer.extract.roles import direction_near, parts
from analyzer.extract.view import view
from analyzer.market.instruments import Basket, Catalogue, load_catalogue
from analyzer.market.mentions import find_mentions
from analyzer.model import Article
from analyzer.text import times as t
from analyzer.text.clauses import clauses
from analyzer.text.numbers import Figure, figures

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


# --- figures -----------------------------------------------------------------------------------------------------


UNITS = {"ratio": "multiple"}
"""Our units by the names of the set, where they differ."""


def number_read(case: Case) -> str | None:
    """What is wrong with the reading of a figure, its sign apart; None when it is right. Intervals that the rules leave
    open, marked ``bounds`` in the set, are not compared."""
    start, end = span_of(case)
    found = [f for f in figures_of(case) if f.core_start < end and start < f.core_end]
    wanted = case["reads"]
    if wanted is None:
        return f"read as {[(f.text, f.value, f.unit) for f in found]}" if found else None
    if not found:
        return "not read"
    got = found[0]
    turned = got.signed and got.value < 0 < (
        wanted["value"] or 0
    )  # "ein Minus von 1,7 Prozent": the sign is the noun's
    if turned:
        got = replace(got, value=-got.value, low=_minus(got.high), high=_minus(got.low))
    if wanted["value"] is not None and abs(got.value - wanted["value"]) > 1e-9 * max(1.0, abs(got.value)):
        return f"value {got.value}"
    if (UNITS.get(got.unit, got.unit), got.currency) != (wanted["unit"], wanted["currency"]):
        return f"unit {got.unit} {got.currency or ''}"
    if "bounds" not in case and not (_near(got.low, wanted["low"]) and _near(got.high, wanted["high"])):
        return f"interval {got.low} to {got.high}"
    return None


def figures_of(case: Case) -> Sequence[Figure]:
    names = [
        (m.start, m.end) for m in find_mentions(case["text"], case["lang"], catalogue()) if re.search(r"\d", m.text)
    ]
    return figures(case["text"], case["lang"], skip=names)


def _minus(value: float | None) -> float | None:
    return None if value is None else -value


def _near(ours: float | None, wanted: float | None) -> bool:
    if ours is None or wanted is None:
        return ours is wanted
    return abs(ours - wanted) <= 1e-6 * max(abs(wanted), 1e-6)


def signs(found: list[Case]) -> str:
    """Of the figures read, how many have the sign that the words around them give."""
    read = [c for c in found if c["reads"] and number_read(c) is None]
    right = sum(_sign(c) == c["reads"]["sign"] for c in read)
    return f"signs by the words around: {right} of {len(read)}, {right / len(read):.1%}"


def _sign(case: Case) -> int:
    article = Article(id="case", text=case["text"], language=case["lang"])
    seen = view(article, catalogue())
    start, _ = span_of(case)
    for sentence in seen.sentences:
        for span in clauses(seen.article.text, sentence, case["lang"]):
            clause = seen.clause(span.start, span.end)
            for figure in (f for f in clause.figures if f.unit == "count" and f.start <= start < f.end):
                return {"up": 1, "down": -1}.get(direction_near(clause, figure) or "", 0)
            for part in parts(clause):
                if (
                    part.figure.core_start <= start < part.figure.core_end
                    or part.figure.start <= start < part.figure.end
                ):
                    return (
                        {"up": 1, "down": -1}.get(part.direction or "", 0) if part.role in ("change", "distance") else 0
                    )
    return 0


# --- the totals --------------------------------------------------------------------------------------------------


def mention_read(case: Case) -> str | None:
    """What is wrong with the reading of a name; None when it is right."""
    start, end = span_of(case)
    found = [m for m in find_mentions(case["text"], case["lang"], catalogue()) if m.start < end and start < m.end]
    keys = [f"basket:{m.target.id}" if isinstance(m.target, Basket) else m.target.symbol for m in found]
    if not case["expects"]:
        return f"read as {keys}" if keys else None
    if not keys:
        return "not read"
    return None if set(keys) & set(case["expects"]) else f"read as {keys}"


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def precision_and_recall(found: list[Case]) -> str:
    """Of the names read, the share that is right; of those that should be, the share that is."""
    verdicts = [(case, mention_read(case)) for case in found]
    right = sum(1 for c, what in verdicts if c["expects"] and what is None)
    read = right + sum(1 for _, what in verdicts if what and what.startswith("read as"))
    wanted = sum(1 for c, _ in verdicts if c["expects"])
    return f"precision {right / read:.1%} ({right} of {read}), recall {right / wanted:.1%} ({right} of {wanted})"


JUDGES: dict[str, Judge] = {"times": time_read, "numbers": number_read, "mentions": mention_read}
TOTALS: dict[str, Callable[[list[Case]], str]] = {
    "times": ambiguity, "numbers": signs, "mentions": precision_and_recall,
}  # fmt: skip


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
            print(f"{'':20}{TOTALS[name](found)}")
            for case, what in bad if args.show and part == "open" else ():
                print(
                    f"  {case['id']} {case.get('published', '')} {case['span']!r} {case.get('kind', '')} "
                    f"{case.get('readings') or case.get('reads') or case.get('expects')}: {what}\n      {case['text']}"
                )


if __name__ == "__main__":
    main()
