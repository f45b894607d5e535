"""Fetch, check, judge: what trials give at an as-of date, and what verdict follows.

The market is opened as of the date and serves what the trials need; the checks see nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from analyzer.checks import CHECKS, run_trial
from analyzer.checks import get as get_check
from analyzer.extract.dating import Inferred
from analyzer.extract.drafts import Bound
from analyzer.judge import adjust, doubt, judge, without_trial
from analyzer.market.market import Market
from analyzer.model import Article, Claim, ClaimResult, Evidence, Trial, Verdict, Verdicts, trial_id
from analyzer.series import SeriesRequest
from analyzer.text.paragraphs import paragraphs


def examine(
    claims: Sequence[Claim],
    bound: dict[str, Bound],
    article: Article,
    inferred: Inferred | None,
    market: Market,
    as_of: date | None,
) -> tuple[ClaimResult, ...]:
    """Every claim with its evidence and its verdicts at both dates."""
    trials = [t for b in bound.values() for t in b.trials]
    prepare(trials, market)
    latest = min(as_of or market.last_session, market.last_session)
    written = min(article.published, latest) if article.published else None
    places = _places(claims, bound, article)
    said = article.published
    now = evidence_at(trials, market, latest, said, places)
    then = now if written == latest else evidence_at(trials, market, written, said, places) if written else {}
    anchors = set(inferred.claims) if inferred else set()
    results = []
    for claim in claims:
        mine = [t.id for t in bound[claim.id].trials]
        at_latest = [_anchored(now[i], claim.id in anchors) for i in mine]
        at_written = [_anchored(then[i], claim.id in anchors) for i in mine] if written else []
        verdicts = Verdicts(
            when_written=_verdict(claim, bound[claim.id], at_written, written) if written else None,
            latest=_verdict(claim, bound[claim.id], at_latest, latest),
        )
        evidence = at_latest if written == latest else (*at_written, *at_latest)
        results.append(
            ClaimResult(
                **claim.model_dump(), untested=_untested(bound[claim.id]), disagreement=bound[claim.id].disagreement,
                verdict=verdicts, evidence=evidence,
            )
        )  # fmt: skip
    return tuple(results)


def prepare(trials: Sequence[Trial], market: Market) -> None:
    """Have the series fetched that the trials are on. Of the peers, which are looked at for near misses, those that are
    there already will do."""
    needed: set[SeriesRequest] = set()
    for trial in trials:
        requests = CHECKS[trial.check].needs(CHECKS[trial.check].parse(trial.params))
        needed |= {request for request in requests if request.symbol not in (trial.params.get("peers") or ())}
    market.prepare(sorted({request.symbol for request in needed} | market.rates(needed)))


def _untested(bound: Bound) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*bound.untested, *bound.beside)))


def _places(claims: Sequence[Claim], bound: dict[str, Bound], article: Article) -> dict[str, int]:
    """The number of the paragraph of each trial's claim."""
    starts = [span.start for span in paragraphs(article.text)]
    at = {claim.id: bisect_right(starts, claim.start) for claim in claims}
    return {trial.id: at[i] for i, b in bound.items() if i in at for trial in b.trials}


def evidence_at(
    trials: Sequence[Trial],
    market: Market,
    as_of: date,
    said: date | None = None,
    places: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, Evidence]:
    """The evidence of all trials at one as-of date, by trial id; ``said`` is the day of the text, ``places`` the
    paragraph of each trial."""
    parsed = [(t, CHECKS[t.check].parse(t.params)) for t in trials]
    requests: set[SeriesRequest] = set()
    for trial, params in parsed:
        requests.update(CHECKS[trial.check].needs(params))
    symbols = {r.symbol for r in requests}
    data = replace(market.open(as_of).data(sorted(requests, key=repr), symbols_for_shares=sorted(symbols)), said=said)
    found = [run_trial(CHECKS[t.check], t, data) for t in trials]
    return {e.trial: e for e in adjust(doubt(found, places))}


def _anchored(evidence: Evidence, is_anchor: bool) -> Evidence:
    if not is_anchor:
        return evidence
    note = "dated_by_this: the article's date was inferred from this claim"
    return evidence.model_copy(update={"caveats": (*evidence.caveats, note)})


def _verdict(claim: Claim, bound: Bound, evidence: Sequence[Evidence], as_of: date) -> Verdict:
    if not evidence:
        why_not, needs = bound.why_not or "vague", bound.needs or bound.near
        return without_trial(why_not, as_of, needs, lacks=bound.lacks, by_hand=bound.by_hand)
    return judge(claim, evidence, as_of, bound.untested, bound.beside, plain=bound.plain)


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
