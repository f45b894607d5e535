"""Scores of a reader against gold: claims, checkability, kinds, binding, verdicts.

Every gold claim becomes a row that says whether it was found and what was right about it; all figures are shares of
rows. Intervals are those of a bootstrap over articles (2.5 to 97.5 per cent of seeded draws), since the claims of one
article are not independent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analyzer.evaluation.binding import bound
from analyzer.evaluation.gold import GoldArticle, GoldClaim, Moment
from analyzer.evaluation.matching import match
from analyzer.model import ClaimResult, Label

DRAWS, SEED = 1000, 20250127
UNKNOWN: tuple[Label, ...] = ("inconclusive", "no_data", "pending")
FEWEST = 2
"""Articles below which there is no interval."""


@dataclass(frozen=True)
class Row:
    """One gold claim, or (``gold`` false) one that was found and is none. None: there is nothing to be right about."""

    article: str
    language: str
    id: str
    gold: bool
    kind: str
    checkable: str
    quote: str
    found: bool = False
    said: str = ""
    """The found quote."""
    said_kind: str = ""
    said_checkable: str = ""
    label: str = ""
    expected: str = ""
    summary: str = ""
    kind_right: bool | None = None
    checkable_right: bool | None = None
    testable_right: bool | None = None
    """Two-way: yes or partly against no."""
    check_right: bool | None = None
    series_right: bool | None = None
    window_right: bool | None = None
    figure_right: bool | None = None
    verdict_exact: bool | None = None
    verdict_right: bool | None = None
    reversed: bool = False
    """Supported where the gold says refuted, or the reverse."""
    exhaustive: bool = True
    """Whether the gold of the article holds every claim of it: elsewhere precision is not counted."""


METRICS: dict[str, tuple[str, Callable[[Row], bool | None]]] = {
    "precision": (
        "share of the found claims that are gold claims, where the gold holds every claim of the article",
        lambda r: r.gold if r.found and r.exhaustive else None,
    ),
    "recall": ("share of the gold claims that were found", lambda r: r.found if r.gold else None),
    "recall_checkable": (
        "the same of those that market data can test, in full or in part",
        lambda r: r.found if r.gold and r.checkable != "no" else None,
    ),
    "kind": ("share of the found gold claims with the gold's kind", lambda r: r.kind_right),
    "checkable_2way": ("with the gold's yes-or-partly against no", lambda r: r.testable_right),
    "checkable_3way": ("with the gold's yes, partly or no", lambda r: r.checkable_right),
    "check": ("with a trial by the gold's check", lambda r: r.check_right),
    "bound": ("of the testable with a trial on a series and window of the gold", lambda r: r.window_right),
    "figure": ("of these with a figure of the gold's", lambda r: r.figure_right),
    "verdict": ("with a label that the gold accepts", lambda r: r.verdict_right),
    "verdict_exact": ("with the gold's label", lambda r: r.verdict_exact),
}  # fmt: skip
"""Every metric: what it is the share of, and what a row says to it."""


def label_in_words_of(gold: GoldClaim, label: str, kind: str) -> str:
    """A label of ours in the gold's words: five labels know neither "consistent" nor why something is undecided."""
    if gold.form == "own":
        return label
    if label in UNKNOWN:
        return "unknown"
    if label == "consistent":
        return "supported" if kind == "causal" else "mixed"
    return label


def score(
    article: GoldArticle, language: str, claims: Sequence[ClaimResult], held: Callable[[str], bool],
    moment: Moment = "latest", least: float = 0.5,
) -> tuple[Row, ...]:  # fmt: skip
    """The rows of one article: every gold claim, then what else was found. Two found claims with one quote count
    once."""
    once: dict[str, ClaimResult] = {}
    for claim in claims:
        once.setdefault(claim.quote, claim)
    found = list(once.values())
    pairs = match([g.quote for g in article.claims], [c.quote for c in found], least)
    rows = [_gold_row(article.name, language, g, found[pairs[i]] if i in pairs else None, held, moment)
            for i, g in enumerate(article.claims)]  # fmt: skip
    extra = [c for j, c in enumerate(found) if j not in set(pairs.values())]
    scored = (*rows, *(_extra_row(article.name, language, c) for c in extra))
    return tuple(replace(row, exhaustive=article.exhaustive) for row in scored)


def _gold_row(
    article: str, language: str, gold: GoldClaim, claim: ClaimResult | None, held: Callable[[str], bool], moment: Moment
) -> Row:
    expected, acceptable = gold.expected[moment]
    row = Row(article, language, gold.id, True, gold.kind, gold.checkable, gold.quote, expected=expected)
    if claim is None:
        return row
    verdict = claim.verdict.latest if moment == "latest" else claim.verdict.when_written or claim.verdict.latest
    label = label_in_words_of(gold, verdict.label, claim.kind)
    on = bound(gold, claim, held)
    # Gold of people's decisions names no series where they said otherwise than the machine: nothing to be bound to.
    testable = gold.checkable == "yes" and bool(gold.series or gold.form == "five")
    decidable = not (gold.form == "five" and expected == "unknown")
    return replace(
        row, found=True, said=claim.quote, said_kind=claim.kind, said_checkable=claim.checkable, label=label,
        summary=verdict.summary, kind_right=claim.kind == gold.kind, checkable_right=claim.checkable == gold.checkable,
        testable_right=(claim.checkable != "no") == (gold.checkable != "no"),
        check_right=any(c in {e.check for e in claim.evidence} for c in gold.checks) if gold.checks else None,
        series_right=on.series if testable else None,
        window_right=on.window if testable else None,
        figure_right=on.figure if testable else None,
        verdict_exact=label == expected if decidable else None, verdict_right=label in acceptable,
        reversed={label, expected} == {"supported", "refuted"},
    )  # fmt: skip


def _extra_row(article: str, language: str, claim: ClaimResult) -> Row:
    return Row(
        article, language, "", False, claim.kind, claim.checkable, claim.quote, found=True, said=claim.quote,
        said_kind=claim.kind, said_checkable=claim.checkable, label=claim.verdict.latest.label,
        summary=claim.verdict.latest.summary,
    )  # fmt: skip


# --- shares ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """``right`` of ``of``; ``low`` and ``high`` bound the share (None: too few articles, or nothing to count)."""

    right: int
    of: int
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None


def shares(rows: Sequence[Row], *, intervals: bool = False) -> dict[str, Share]:
    """Every metric over the rows."""
    return {name: _share(rows, says, intervals) for name, (_, says) in METRICS.items()}


def _share(rows: Sequence[Row], says: Callable[[Row], bool | None], intervals: bool) -> Share:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for row in rows:
        said = says(row)
        of[row.article] += said is not None
        right[row.article] += bool(said)
    plain = Share(right.total(), of.total())
    names = sorted(name for name in of)
    if not intervals or len(names) < FEWEST or not plain.of:
        return plain
    counts = np.array([[right[n], of[n]] for n in names], dtype=np.float64)
    drawn = np.random.default_rng(SEED).integers(0, len(names), (DRAWS, len(names)))
    sums = counts[drawn].sum(axis=1)
    values = sums[sums[:, 1] > 0, 0] / sums[sums[:, 1] > 0, 1]
    low, high = np.quantile(values, (0.025, 0.975))
    return replace(plain, low=float(low), high=float(high))


def f1(scores: dict[str, Share]) -> float | None:
    precision, recall = scores["precision"].value, scores["recall"].value
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def grouped(rows: Sequence[Row], by: Callable[[Row], str]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return {name: tuple(found[name]) for name in sorted(found)}


def confusion(rows: Sequence[Row], of: Callable[[Row], tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How often what the gold says met what was said, over the gold claims that were found."""
    return Counter(of(row) for row in rows if row.gold and row.found)


def misses(rows: Sequence[Row]) -> list[tuple[str, Row]]:
    """The worst first: reversals, verdicts that the gold does not accept, gold claims "yes" that were not found, claims
    that are none."""
    named = [
        ("reversed", [r for r in rows if r.gold and r.found and r.reversed]),
        ("other verdict", [r for r in rows if r.gold and r.verdict_right is False and not r.reversed]),
        ("missed", [r for r in rows if r.gold and not r.found and r.checkable == "yes"]),
        ("missed, partly checkable", [r for r in rows if r.gold and not r.found and r.checkable == "partly"]),
        ("no gold claim", [r for r in rows if not r.gold and r.exhaustive]),
    ]
    return [(name, row) for name, listed in named for row in listed]
