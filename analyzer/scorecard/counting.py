"""Which claims count, and why the others do not (DESIGN, section 8).

Counted is what an author asserts in a text of his own and data have decided: supported, refuted or mixed, by the
effective label. Nothing else is a hit or a miss, ``consistent`` least of all. Left out are claims that the article's
date was inferred from, which the data bear out by construction, and what the same author has said before: one event
that is forecast ten times is still one event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from analyzer.model import Label, content_id
from analyzer.scorecard.weights import horizon_weight, specificity_weight
from analyzer.standing import effective_label
from analyzer.store.standings import FixedTrial, Standing

By = Literal["author", "outlet", "kind", "instrument"]
DECIDED: tuple[Label, ...] = ("supported", "mixed", "refuted")

WHY_NOT = {
    "cited": "said by somebody whom the text cites",
    "rejected": "no claim, says a reviewer",
    "consistent": "consistent with the data, which is no hit",
    "inconclusive": "tested, not decided",
    "no_data": "no data for a fair test",
    "pending": "a forecast whose date has not come",
    "not_checkable": "nothing that market data can decide",
    "dated_by_this": "the article's date was inferred from it",
    "hedged": "hedged: not asserted",
    "asked": "a question: not asserted",
    "denied": "denies something: not asserted",
    "repeat": "said by the same author before",
    "no_author": "the article names no author",
    "no_outlet": "the article names no outlet",
    "no_instrument": "no single instrument was tested",
}
"""Why a claim does not count, in the order in which the reasons are tried (a repeat last)."""


@dataclass(frozen=True)
class Prediction:
    """What is known of a forecast that was resolved; ``base_rate`` and ``probability`` None where there are none."""

    came_true: bool
    base_rate: float | None
    probability: float | None
    horizon: float
    specificity: float

    @property
    def weight(self) -> float:
        return self.horizon * self.specificity


@dataclass(frozen=True)
class Counted:
    """A claim that data have decided. Only an ``asserted`` one counts, the others are compared with it."""

    group: str
    claim: str
    article: str
    published: date | None
    quote: str
    kind: str
    modality: str
    label: Label
    reviewed: bool
    summary: str
    forecast: Prediction | None

    @property
    def counts(self) -> bool:
        return self.modality == "asserted"


@dataclass(frozen=True)
class LeftOut:
    """A claim that does not count, and the code of why."""

    group: str
    claim: str
    quote: str
    why: str


@dataclass
class Count:
    """Everything that was looked at: what was decided, and what was left out. What is decided and not asserted is in
    both."""

    by: By
    decided: list[Counted] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    seen: int = 0


NOBODY = "(unknown)"


def counted(standings: Iterable[Standing], by: By) -> Count:
    """``standings`` in the order in which they were said: of repeats the first one counts."""
    count, said = Count(by), _Said()
    for one in standings:
        count.seen += 1
        group, label = _group(one, by), effective_label(one.label, one.reviews)
        why = _undecided(one, label) or (None if group else f"no_{by}") or (said.before(one) and "repeat") or None
        if why is None:
            count.decided.append(_counted(one, group or NOBODY, label))
            why = None if one.modality == "asserted" else one.modality
        if why is not None:
            count.left_out.append(LeftOut(group or NOBODY, one.claim, one.quote, why))
    return count


def _group(one: Standing, by: By) -> str | None:
    if by == "instrument":
        return _instrument(one)
    return one.kind if by == "kind" else one.author if by == "author" else one.outlet


def _instrument(one: Standing) -> str | None:
    """What the first trial is on."""
    for trial in one.trials:
        symbols = list(trial.params.get("symbols") or [])
        symbol = trial.params.get("symbol") or (symbols[0] if len(symbols) == 1 else None)
        return str(symbol) if symbol else None
    return None


def _undecided(one: Standing, label: Label) -> str | None:
    if one.attributed_to != "author":
        return "cited"
    if _is_rejected(one):
        return "rejected"
    if label not in DECIDED:
        return label
    return "dated_by_this" if _dates_article(one) else None


def _is_rejected(one: Standing) -> bool:
    """Whether every reviewer's last word is that this is no claim of the text."""
    last = {review.reviewer: review.decision for review in one.reviews if review.decision != "undo"}
    for review in one.reviews:
        if review.decision == "undo":
            last.pop(review.reviewer, None)
    return bool(last) and set(last.values()) == {"reject"}


def _dates_article(one: Standing) -> bool:
    """Also where the record is older than the note of which claims the date was inferred from."""
    return one.judged_on.dates_article if one.judged_on is not None else one.inferred


def _counted(one: Standing, group: str, label: Label) -> Counted:
    return Counted(
        group=group, claim=one.claim, article=one.article, published=one.published, quote=one.quote, kind=one.kind,
        modality=one.modality, label=label, reviewed=label != one.label, summary=one.summary,
        forecast=_prediction(one, label),
    )  # fmt: skip


def _forecast_trial(one: Standing) -> FixedTrial | None:
    return next((trial for trial in one.trials if trial.check == "forecast"), None)


def _prediction(one: Standing, label: Label) -> Prediction | None:
    """The forecast that a claim is; mixed is not true."""
    trial = _forecast_trial(one)
    if trial is None or one.kind != "prediction":
        return None
    params = trial.params
    made, end = (date.fromisoformat(str(params[name])) for name in ("made", "end"))
    stated = params.get("horizon_basis", "text") == "text"
    return Prediction(
        came_true=label == "supported", base_rate=one.forecast.base_rate if one.forecast else None,
        probability=params.get("probability"), horizon=horizon_weight(made, end, stated=stated),
        specificity=specificity_weight(has_target=params.get("stated") is not None),
    )  # fmt: skip


# --- repeats --------------------------------------------------------------------------------------------------------


class _Said:
    """What each author has said so far. A forecast is said again when it is made before the end of an earlier one of
    the same instrument, direction and target; anything else when the same tests are fixed on it."""

    def __init__(self) -> None:
        self._facts: set[str] = set()
        self._open_until: dict[str, date] = {}

    def before(self, one: Standing) -> bool:
        who = one.author or one.outlet or one.article
        trial = _forecast_trial(one)
        if trial is not None:
            return self._is_open(content_id(who, one.modality, _target(trial.params)), trial)
        tests = sorted(content_id(trial.check, _said_in(trial.params)) for trial in one.trials)
        key = content_id(who, one.modality, one.kind, tests or " ".join(one.quote.split()).casefold())
        known = key in self._facts
        self._facts.add(key)
        return known

    def _is_open(self, key: str, trial: FixedTrial) -> bool:
        made, end = (date.fromisoformat(str(trial.params[name])) for name in ("made", "end"))
        until = self._open_until.get(key)
        if until is not None and made < until:
            return True
        self._open_until[key] = end
        return False


def _target(params: Any) -> list[Any]:
    said = params.get("stated") or {}
    return [params.get("symbol"), params.get("direction"), said.get("value"), said.get("unit")]


def _said_in(params: Any) -> dict[str, Any]:
    """Parameters without the wording: "17 Prozent" and "17 percent" are one figure."""
    return {name: _figure(value) if name == "stated" else value for name, value in sorted(params.items())}


def _figure(stated: Any) -> Any:
    return {name: value for name, value in stated.items() if name != "text"} if isinstance(stated, dict) else stated
