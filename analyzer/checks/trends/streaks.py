"""Closes in a row that are all higher, or all lower, than the one before."""

from __future__ import annotations

from analyzer.checks.base import Finding, line, observed, percent, statistic
from analyzer.checks.trends.case import Case, TrendReversalParams, lacking
from analyzer.model import Chart, Label, Window
from analyzer.series import to_date
from analyzer.stats.streaks import Periods, Run, periods, run_at


def streak(case: Case) -> Finding:
    params = case.params
    length, unit = params.length or 0, params.unit
    found = periods(case.closes, case.session, params.unit, case.data.as_of)
    if len(found.closes) < length + 2 + params.ended:
        return lacking(case, len(found.closes), length + 2 + params.ended, f"a run of {length} {unit}s")
    got = run_at(found, back=1 if params.ended else 0)
    outcome, reason = _judged_run(params, got, run_at(found))
    return Finding(
        outcome=outcome, reason=reason, summary=_streak_words(case, found, got),
        statistic=statistic("run_length", float(got.way * got.length)),
        observed=observed(float(got.length if _is_claimed(params, got) else 0), "count"),
        window=Window(base=got.base, first=got.base, last=to_date(found.dates[-1])), reach=got.as_long,
        nobs=len(found.closes), used=(case.closes,), chart=_streak_chart(case, found, got),
    )  # fmt: skip


def _is_claimed(params: TrendReversalParams, got: Run) -> bool:
    return got.way == (1 if params.direction == "up" else -1)


def _judged_run(params: TrendReversalParams, got: Run, last: Run) -> tuple[Label, str]:
    length = params.length or 0
    if not _is_claimed(params, got):
        return "refuted", "wrong_sign"
    if params.ended and last.way == got.way:
        return "refuted", "not_ended"
    if got.length == length or (params.at_least and got.length > length):
        return "supported", "exact"
    if got.length > length:
        return "mixed", "understated"
    return ("mixed" if got.length >= 0.8 * length else "refuted"), "overstated"


def _streak_words(case: Case, found: Periods, got: Run) -> str:
    params, unit = case.params, case.params.unit
    end = to_date(found.dates[-2 if params.ended else -1])
    if got.way == 0:
        return f"{case.name} closed unchanged in the {unit} that ended on {end}: no run. {_streak_rule(params)}"
    way = "up" if got.way > 0 else "down"
    said = (
        f"{case.name} closed {way} {got.length} {unit}{'s' if got.length > 1 else ''} in a row up to {end} "
        f"({percent(got.change)} from the close of {got.base})"
    )
    if got.length >= 3 and got.as_long is not None:
        said += f", the longest such run since the one that had lasted as long on {got.as_long}"
    elif got.length >= 3:
        said += f", the longest such run since {to_date(found.dates[0])}, where these data begin"
    if params.ended:
        move = float(found.closes[-1] / found.closes[-2] - 1.0)
        said += f"; the next {unit} it moved {percent(move)}"
    return f"{said}. {_streak_rule(params)}"


def _streak_rule(params: TrendReversalParams) -> str:
    more = " or more" if params.at_least else ""
    ended = ", ended then" if params.ended else ""
    return (
        f'By the rule "{params.length}{more} {params.unit}s in a row {params.direction}{ended}" each close is '
        "set against the one before."
    )


def _streak_chart(case: Case, found: Periods, got: Run) -> Chart:
    shown = case.closes.between(to_date(found.dates[max(0, len(found.dates) - 40)]), case.session)
    marks = ((got.base, "run begins"),) if got.base is not None and shown.first and got.base >= shown.first else ()
    return Chart(
        title=f"{case.name}, close", unit="points", currency=case.closes.currency, lines=(line(shown, case.name),),
        marks=marks, window=Window(first=shown.first, last=case.session),
    )  # fmt: skip
