"""Fetch, check, judge: what trials give at an as-of date, and what verdict follows.

The market is opened as of the date and serves what the trials need; the checks see nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from analyzer.checks import CHECKS, run_trial
from analyzer.checks import get as get_check
from analyzer.extract.dating import Inferred
from analyzer.extract.drafts import Bound
from analyzer.judge import adjust, doubt, judge, without_trial
from analyzer.market.market import Market
from analyzer.model import Article, Claim, ClaimResult, Evidence, JudgedOn, Trial, Verdict, Verdicts, trial_id
from analyzer.series import SeriesRequest
from analyzer.text.paragraphs import paragraphs


@dataclass(frozen=True)
class Case:
    """A claim with its trials, which are fixed, and what it is judged on besides them."""

    claim: Claim
    trials: tuple[Trial, ...]
    judged_on: JudgedOn
    disagreement: tuple[str, ...] = ()


class Dates(NamedTuple):
    """The as-of dates of an article's verdicts; ``written`` is None when its date is unknown."""

    written: date | None
    latest: date


def dates(published: date | None, as_of: date | None, last_session: date) -> Dates:
    latest = min(as_of or last_session, last_session)
    return Dates(min(published, latest) if published else None, latest)


def examine(
    claims: Sequence[Claim],
    bound: dict[str, Bound],
    article: Article,
    inferred: Inferred | None,
    market: Market,
    as_of: date | None,
    others: Sequence[ClaimResult] = (),
) -> tuple[ClaimResult, ...]:
    """Every claim with its evidence and its verdicts at both dates; ``others``: see ``judged``."""
    cases = _cases(claims, bound, article, inferred)
    prepare([t for case in cases for t in case.trials], market)
    when = dates(article.published, as_of, market.last_session)
    return judged(cases, market, when, article.published, others)


def _cases(
    claims: Sequence[Claim], bound: dict[str, Bound], article: Article, inferred: Inferred | None
) -> tuple[Case, ...]:
    starts = [span.start for span in paragraphs(article.text)]
    anchors = set(inferred.claims) if inferred else set()
    cases = []
    for claim in claims:
        found = bound[claim.id]
        judged_on = JudgedOn(
            paragraph=bisect_right(starts, claim.start), plain=found.plain, untested=found.untested,
            beside=found.beside, dates_article=claim.id in anchors, why_not=found.why_not,
            needs=found.needs or found.near, lacks=found.lacks, by_hand=found.by_hand,
        )  # fmt: skip
        cases.append(Case(claim, found.trials, judged_on, found.disagreement))
    return tuple(cases)


def judged(
    cases: Sequence[Case], market: Market, when: Dates, said: date | None, others: Sequence[ClaimResult] = ()
) -> tuple[ClaimResult, ...]:
    """Run the trials and judge, at both dates; ``said`` is the day of the text. The series have been prepared.

    ``others``: further claims of the article that were judged before. Their evidence counts where trials of one article
    depend on each other: in bearing out a session, and among the tests that a false discovery may come from.
    """
    trials = [t for case in cases for t in case.trials]
    places = {e.trial: c.judged_on.paragraph for c in others if c.judged_on for e in c.evidence}
    places |= {t.id: case.judged_on.paragraph for case in cases for t in case.trials}
    now = evidence_at(trials, market, when.latest, said, places, _at(others, "latest"))
    then = now
    if when.written is not None and when.written != when.latest:
        then = evidence_at(trials, market, when.written, said, places, _at(others, "when_written"))
    return tuple(_result(case, then, now, when) for case in cases)


def _at(claims: Sequence[ClaimResult], stage: Literal["latest", "when_written"]) -> list[Evidence]:
    """Their evidence at the date of that verdict."""
    dated = [(c, getattr(c.verdict, stage)) for c in claims]
    return [e for claim, verdict in dated if verdict for e in claim.evidence if e.as_of == verdict.as_of]


def _result(case: Case, then: Mapping[str, Evidence], now: Mapping[str, Evidence], when: Dates) -> ClaimResult:
    at_latest = [_anchored(now[t.id], case) for t in case.trials]
    at_written = [_anchored(then[t.id], case) for t in case.trials] if when.written else []
    verdicts = Verdicts(
        when_written=_verdict(case, at_written, when.written) if when.written else None,
        latest=_verdict(case, at_latest, when.latest),
    )
    untested = tuple(dict.fromkeys((*case.judged_on.untested, *case.judged_on.beside)))
    return ClaimResult(
        **{name: getattr(case.claim, name) for name in Claim.model_fields}, untested=untested,
        disagreement=case.disagreement, judged_on=case.judged_on, verdict=verdicts,
        evidence=at_latest if when.written == when.latest else (*at_written, *at_latest),
    )  # fmt: skip


def prepare(trials: Sequence[Trial], market: Market) -> None:
    """Have the series fetched that the trials are on. Of the peers, which are looked at for near misses, those that are
    there already will do."""
    needed: set[SeriesRequest] = set()
    for trial in trials:
        requests = CHECKS[trial.check].needs(CHECKS[trial.check].parse(trial.params))
        needed |= {request for request in requests if request.symbol not in (trial.params.get("peers") or ())}
    market.prepare(sorted({request.symbol for request in needed} | market.rates(needed)))


def evidence_at(
    trials: Sequence[Trial],
    market: Market,
    as_of: date,
    said: date | None = None,
    places: Mapping[str, int] = MappingProxyType({}),
    beside: Sequence[Evidence] = (),
) -> dict[str, Evidence]:
    """The evidence of all trials at one as-of date, by trial id; ``said`` is the day of the text, ``places`` the
    paragraph of each trial. ``beside``: what the article's other trials gave at that date."""
    parsed = [(t, CHECKS[t.check].parse(t.params)) for t in trials]
    requests: set[SeriesRequest] = set()
    for trial, params in parsed:
        requests.update(CHECKS[trial.check].needs(params))
    symbols = {r.symbol for r in requests}
    seen = market.open(as_of)
    data = replace(seen.data(sorted(requests, key=repr), symbols_for_shares=sorted(symbols)), said=said)
    found = [run_trial(CHECKS[t.check], t, data, seen.computed) for t in trials]
    return {e.trial: e for e in adjust(doubt([*found, *beside], places))[: len(found)]}


def _anchored(evidence: Evidence, case: Case) -> Evidence:
    if not case.judged_on.dates_article:
        return evidence
    note = "dated_by_this: the article's date was inferred from this claim"
    return evidence.model_copy(update={"caveats": (*evidence.caveats, note)})


def _verdict(case: Case, evidence: Sequence[Evidence], as_of: date) -> Verdict:
    on = case.judged_on
    if not evidence:
        return without_trial(on.why_not or "vague", as_of, on.needs, lacks=on.lacks, by_hand=on.by_hand)
    return judge(case.claim, evidence, as_of, on.untested, on.beside, plain=on.plain)


def check_by_hand(
    name: str, params: dict[str, Any], market: Market, as_of: date | None = None, said: date | None = None
) -> Evidence:
    """One check with parameters given by a person, at one as-of date (None: the end of the data).

    ``said``: the day of the text that the parameters are from, if there is one; nothing later can have been meant.
    """
    check = get_check(name)
    typed = check.parse(params).model_dump(mode="json")
    trial = Trial(id=trial_id("by hand", name, typed), claim="by hand", check=name, params=typed)
    prepare([trial], market)
    return evidence_at([trial], market, as_of or market.last_session, said)[trial.id]
