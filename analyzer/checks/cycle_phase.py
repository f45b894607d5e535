"""Cycle phase: bull and bear markets, dated by their turning points.

What the claim says
-------------------
A market is in a bull or a bear market ("wir stecken in einem Bärenmarkt"), which began or ended at some time ("the bull
market that began in October 2022 is over"), is so many months old, or is the longest of all.

Formula
-------
Months: a peak is the highest month-end close of eight months before and after, a trough the lowest. Peaks and troughs
alternate; none lies in the first or last six months; a cycle has at least 16 months, a phase at least four, unless
it moves by more than 20 % (Pagan and Sossounov, Journal of Applied Econometrics 18, 2003, after Bry and Boschan 1971).
The day of a turn is that of the extreme close from the month before to the month after. Beside it the filter of Lunde
and Timmermann (Journal of Business and Economic Statistics 22, 2004): a peak is dated once closes have fallen 20 % from
it, a trough once they have risen 20 % from it.

Rule
----
Each part of the claim under each of the two datings. Phase: the day lies in one of that kind; one that is over lies
before it. Beginning and end: within a month of the time that is named; within three months: mixed. Age: within a month,
or inside what is stated; within 0.8 to 1.25 of it: mixed. Longest: none of its kind was longer before. All parts right
under both: supported; under one of them: mixed; under neither: refuted, or mixed as the parts are.

When it is not testable
-----------------------
Fewer than 36 whole months, or a day before the first turn: no_data. A day in the last eight months of the data:
pending, since no turn of these months is known yet; what the filter says of them is told. "Longest" in data that do not
begin with the listing, or with the time that is named: no_data (coverage).

What it cannot show
-------------------
What was known on the day: turns of months are known eight months later, so the sentence says when, and what could be
told then. Why it turned, or how long a phase will last. Random walks with the drift and the spread of the S&P 500 have
bull markets of 29 months and bear markets of 13 by these rules: a dated phase is a description and no test, so there is
no null hypothesis. The months cannot see a fall that was made good within eight months, as that of 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

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
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    percent,
    statistic,
)
from analyzer.model import Chart, Label, Stated, Window
from analyzer.stats.market_phases import (
    A_MONTH,
    RULES,
    DatedPhase,
    DatedTurn,
    Dating,
    MonthBy,
    Months,
    RulesName,
    by_filter,
    by_months,
    known_with,
    months_of,
)
from analyzer.stats.rows import row_on_or_before

FEWEST = 36
"""Whole months: two windows, and room for a cycle between them."""
NEAR, FAR = timedelta(days=31), timedelta(days=92)
"""From the time that is named to the dated turn: as good as right, and wrong by a part."""
AS_OLD = 1.0
"""Months by which an age may be off: nobody counts from the day."""
SHOWN = timedelta(days=10 * 366)
KIND = {True: "bull market", False: "bear market"}
WORST = ("refuted", "mixed", "no_data", "supported")

Part = tuple[Label, str]


class CyclePhaseParams(Params):
    """``symbol`` is in a ``phase`` on ``session`` (None: the last row), or that phase is ``over``.

    ``began`` to ``began_by`` and ``ended`` to ``ended_by``: first and last day of the time in which it is said to have
    begun and ended. ``stated``: its age in months. ``longest``: of its kind, since ``since`` (None: of all). ``rules``
    for the months, ``month``: its last close or the average of its closes; ``size``: the filter, a fraction.
    """

    symbol: str
    phase: Literal["bull", "bear"]
    session: date | None = None
    over: bool = False
    began: date | None = None
    began_by: date | None = None
    ended: date | None = None
    ended_by: date | None = None
    stated: Stated | None = None
    longest: bool = False
    since: date | None = None
    rules: RulesName = "pagan_sossounov"
    month: MonthBy = "last"
    size: float = Field(default=0.20, gt=0.0, lt=1.0)
    word: str = ""

    @model_validator(mode="after")
    def _times_are_whole(self) -> CyclePhaseParams:
        for name, first, last in (("began", self.began, self.began_by), ("ended", self.ended, self.ended_by)):
            if (first is None) != (last is None) or (first is not None and last is not None and first > last):
                raise ValueError(f"{name} and {name}_by are the first and the last day of one time")
        if self.ended is not None and not self.over:
            raise ValueError("a phase that has ended is over")
        if self.stated is not None and (self.stated.unit != "count" or self.stated.value <= 0):
            raise ValueError("stated is an age in months, a count above zero")
        return self

    @property
    def rises(self) -> bool:
        return self.phase == "bull"


def needs(params: CyclePhaseParams) -> tuple[SeriesRequest, ...]:
    return (SeriesRequest(params.symbol),)


@dataclass(frozen=True, eq=False)
class _Case:
    """The question, the closes, the day it is asked of, and both datings."""

    params: CyclePhaseParams
    name: str
    closes: Series
    listed: date | None
    session: date
    months: Months
    by_months: Dating
    by_filter: Dating

    @property
    def is_open(self) -> bool:
        """Whether turns around the day are not known yet."""
        return self.session > self.by_months.reach


def run(params: CyclePhaseParams, data: Data) -> Finding:
    closes = data.get(SeriesRequest(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    asked = params.session or closes.last
    assert asked is not None
    session = row_on_or_before(closes, asked)
    if session is None or asked > data.as_of:
        return missing_sessions(closes, data, asked)
    name, facts = data.name(params.symbol), data.instruments.get(params.symbol)
    if (closes.values <= 0).any():
        return no_data(f"{name} was not positive throughout, so it has no rises in per cent.", reason="not_positive")
    months = months_of(closes, data.as_of, params.month)
    if len(months.values) < FEWEST:
        why = f"{name} has {len(months.values)} of the {FEWEST} whole months up to {data.as_of} that a dating needs."
        return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=(closes,))
    case = _Case(
        params, name, closes, facts.listed if facts else None, session, months,
        by_months(closes, months, RULES[params.rules]), by_filter(closes, params.size),
    )  # fmt: skip
    return _found(case)


def _found(case: _Case) -> Finding:
    phase = case.by_months.at(case.session)
    if phase is None:
        why = f"{case.name}: no turn is dated before {case.session} in closes from {case.closes.first} on."
        return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="coverage", used=(case.closes,))
    outcome, reason = _judged(case)
    about = _meant(case, case.by_months) or phase
    age = about.months(case.session)
    return Finding(
        outcome=outcome, reason=reason, summary=_sentence(case, phase) + _verdict(case, outcome, reason),
        statistic=statistic("phase_months", age if about.rises else -age), observed=observed(age, "count"),
        window=Window(base=about.begin.day, first=about.begin.day, last=case.session), used=(case.closes,),
        reach=case.closes.first if case.params.longest else None, nobs=len(case.months.values),
        caveats=_caveats(case, phase), chart=_chart(case),
    )  # fmt: skip


# --- judging --------------------------------------------------------------------------------------------------------


def _judged(case: _Case) -> Part:
    """Both datings taken together."""
    one, two = _under(case, case.by_months), _under(case, case.by_filter)
    if case.is_open and not _is_decided(case, one, two):
        return "pending", "known_afterwards"
    if (one[0] == "supported") != (two[0] == "supported") and "no_data" not in (one[0], two[0]):
        return "mixed", "tests_disagree"
    return min(one, two, key=lambda part: WORST.index(part[0]))


def _is_decided(case: _Case, one: Part, two: Part) -> bool:
    """Whether turns that are not known yet cannot matter: what has ended stays ended, and what is wrong of a phase that
    goes on is no less wrong of one that does not."""
    if case.params.over and one[0] == two[0] == "supported":
        return True
    return one[0] == two[0] == "refuted" and "other_phase" not in (one[1], two[1])


def _meant(case: _Case, dating: Dating) -> DatedPhase | None:
    """The phase that the claim is about: that of the day, or the one before it where it is over; None where that is of
    the other kind."""
    now = dating.at(case.session)
    about = dating.before(now) if now is not None and case.params.over else now
    return about if about is not None and about.rises == case.params.rises else None


def _under(case: _Case, dating: Dating) -> Part:
    """The worst part of the claim under one dating."""
    phase = _meant(case, dating)
    if phase is None:
        return "refuted", "other_phase"
    parts = [*_rank(case, dating, phase), *_age(case, phase), *_times(case.params, phase)]
    return min(parts, key=lambda part: WORST.index(part[0]), default=("supported", "dated"))


def _times(params: CyclePhaseParams, phase: DatedPhase) -> list[Part]:
    named = ((params.began, params.began_by, phase.begin), (params.ended, params.ended_by, phase.end))
    return [_time(turn.day, first, last) for first, last, turn in named if first and last and turn]


def _time(when: date, first: date, last: date) -> Part:
    if first - NEAR <= when <= last + NEAR:
        return "supported", "dated"
    return ("mixed" if first - FAR <= when <= last + FAR else "refuted"), "wrong_period"


def _age(case: _Case, phase: DatedPhase) -> list[Part]:
    stated, age = case.params.stated, phase.months(case.session)
    if stated is None:
        return []
    return [("supported", "rounded") if abs(age - stated.value) <= AS_OLD else judge_figure(stated, age)]


def _rank(case: _Case, dating: Dating, phase: DatedPhase) -> list[Part]:
    """Whether any of its kind was longer; what lies before the data, or before the first turn, may have been."""
    if not case.params.longest:
        return []
    own = phase.months(case.session)
    if _longer(case, dating, phase):
        return [("refuted", "not_longest")]
    begins, since, first = case.closes.first, case.params.since or case.listed, dating.turns[0]
    assert begins is not None
    covered = since is not None and begins <= since + NEAR
    before = (first.day - max(begins, since or begins)).days / A_MONTH if first.peak == phase.rises else 0.0
    return [("supported", "rank") if covered and before < own else ("no_data", "coverage")]


def _longer(case: _Case, dating: Dating, phase: DatedPhase) -> list[DatedPhase]:
    since, own = case.params.since, phase.months(case.session)
    same = [p for p in dating.phases if p.rises == phase.rises and p.begin.day < phase.begin.day]
    return [p for p in same if p.months(case.session) > own and (since is None or p.begin.day >= since)]


# --- words ----------------------------------------------------------------------------------------------------------


def _turn(turn: DatedTurn) -> str:
    return f"{'peak' if turn.peak else 'trough'} of {turn.day} ({number(turn.close)})"


def _since(phase: DatedPhase | None) -> str:
    return f"{KIND[phase.rises]} since {phase.begin.day}" if phase is not None else "no turn yet"


def _sentence(case: _Case, phase: DatedPhase) -> str:
    known = known_with(case.months, case.by_months, phase.begin, RULES[case.params.rules])
    said = (
        f"{case.name} by months, {case.closes.first} to {case.closes.last}: {_turn(phase.begin)}, known with the close "
        f"of {known}"
    )
    said += f", then {_turn(phase.end)}" if phase.end else f", and no turn dated since, up to {case.by_months.reach}"
    age = phase.months(case.session)
    last = case.closes.at(case.session)
    assert last is not None
    kind, change = KIND[phase.rises], percent(last / phase.begin.close - 1.0, 1)
    verb = "would lie" if case.is_open else "lies"
    said += f". So {case.session} {verb} in a {kind}, {age:.0f} months and {change} from its beginning. "
    said += f"By the filter of {case.params.size * 100:.0f} % it is a {_since(case.by_filter.at(case.session))}."
    return said + _over(case) + _others(case) + _then(case)


def _over(case: _Case) -> str:
    if not case.params.over:
        return ""
    phase = _meant(case, case.by_months)
    if phase is None or phase.end is None:
        return f" No {KIND[case.params.rises]} ended before it by the months."
    return (
        f" The {KIND[phase.rises]} before it ran from {phase.begin.day} to {phase.end.day}, "
        f"{phase.months(case.session):.0f} months."
    )


def _others(case: _Case) -> str:
    """The longest of those that were longer."""
    said = ""
    for dating, name in ((case.by_months, "by months"), (case.by_filter, "by the filter")):
        phase = _meant(case, dating)
        longer = _longer(case, dating, phase) if phase is not None and case.params.longest else []
        if longer:
            most = max(longer, key=lambda p: p.months(case.session))
            end = most.end.day if most.end else case.session
            said += f" Longer {name}: {most.begin.day} to {end}, {most.months(case.session):.0f} months."
    return said


def _then(case: _Case) -> str:
    """What could be told on the day itself, by data that end there; of a day that is still open it is what is told."""
    if case.is_open:
        return ""
    until = case.closes.between(None, case.session)
    months = months_of(until, case.session, case.params.month)
    filtered = by_filter(until, case.params.size).at(case.session)
    by_then = "the months dated nothing yet"
    if len(months.values) >= FEWEST:
        dating = by_months(until, months, RULES[case.params.rules])
        turn = f"the {_turn(dating.turns[-1])} was the last turn known" if dating.turns else "no turn was known"
        by_then = f"{turn}, with months decided up to {dating.reach}"
    return f" On {case.session} itself {by_then}; the filter said {_since(filtered)}."


def _verdict(case: _Case, outcome: Label, reason: str) -> str:
    params = case.params
    what = f"{KIND[params.rises]}{' over' if params.over else ''}"
    word = {
        "pending": "open, since turns of the last months are known only later",
        "supported": "both datings say so", "refuted": "neither dating says so",
        "mixed": "one dating says so, the other does not" if reason == "tests_disagree" else "right in part",
        "no_data": "nothing longer in these data, which do not cover the whole time",
    }[outcome]  # fmt: skip
    return f' By the rule "{what}, dated by months and by the filter": {word}.'


def _caveats(case: _Case, phase: DatedPhase) -> tuple[str, ...]:
    found = ["a dated phase describes; random walks have such phases too"]
    if phase.end is None:
        found.append("the last dated phase is provisional: later months can move or remove its turn")
    return tuple(found)


def _chart(case: _Case) -> Chart:
    first = case.session - SHOWN
    shown = case.closes.between(first, None)
    turns = [(t.day, "peak" if t.peak else "trough") for t in case.by_months.turns if t.day >= first]
    marks = sorted([*turns, (case.session, "statement")])
    return Chart(
        title=f"{case.name}, peaks and troughs by months", unit="points", currency=case.closes.currency,
        lines=(line(shown, case.name, marks=marks),), marks=tuple(marks),
        window=Window(first=shown.first, last=shown.last),
    )  # fmt: skip


def variants(params: CyclePhaseParams) -> tuple[tuple[str, CyclePhaseParams], ...]:
    """Other rules for months, other months, another filter."""
    return (
        ("rules of Gonzalez et al. (2005)", params.model_copy(update={"rules": "gonzalez"})),
        ("months by their average", params.model_copy(update={"month": "average"})),
        ("filter of 15 %", params.model_copy(update={"size": 0.15})),
    )


CHECK = Check(
    name="cycle_phase",
    scale="pattern",
    kinds=("trend_regime", "record_extreme"),
    params=CyclePhaseParams,
    rule="The day lies in a phase of that kind by the turning points of months (Pagan and Sossounov 2003) and by a "
    "filter of 20 % on closes; its beginning, end, age and rank are as stated.",
    minimum="36 whole months, eight of them after the day",
    examples=(
        Example(
            "Der S&P 500 befindet sich seit Oktober 2022 in einem Bullenmarkt.", "de",
            {"symbol": "^GSPC", "phase": "bull", "session": "2025-01-27", "began": "2022-10-01",
             "began_by": "2022-10-31", "word": "Bullenmarkt"},
        ),
        Example(
            "The bear market in US stocks is over.", "en",
            {"symbol": "^GSPC", "phase": "bear", "over": True, "session": "2023-06-30", "word": "bear market"},
        ),
        Example(
            "This bull run is 30 months old.", "en",
            {"symbol": "^GSPC", "phase": "bull", "session": "2025-04-01", "word": "bull run",
             "stated": {"text": "30 months", "value": 30, "low": 29.5, "high": 30.5, "unit": "count"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
