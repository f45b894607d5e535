""" "Of any company": a peer with a more extreme value refutes."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from analyzer.checks.records.case import Case, values_of
from analyzer.checks.records.misses import miss_of
from analyzer.model import Label, NearMiss
from analyzer.stats.records import more_extreme


def any_company(case: Case) -> tuple[Label, str, tuple[NearMiss, ...]]:
    """A peer's more extreme values refute; without any there is no cover, for the delisted are not in the data."""
    params = case.params
    found = [_peer(case, peer) for peer in sorted(set(params.peers) - {params.symbol})]
    if case.ranking.rank - 1 + sum(count for count, _ in found) < params.rank:
        return "no_data", "coverage", ()
    worst = sorted((m for _, m in found if m), key=lambda m: m.value, reverse=params.side == "high")
    return "refuted", "wrong_subject", tuple(worst)


def _peer(case: Case, peer: str) -> tuple[int, NearMiss | None]:
    """How many of the peer's values in the claim's span are more extreme than the own one, and the most extreme."""
    pair, claim, side = values_of(case.params, case.data, peer), case.claim, case.params.side
    if pair is None or (case.currency and pair[0].currency != case.currency):
        return 0, None
    begin = claim.named[1] + timedelta(days=1) if claim.named and claim.exactly else claim.named and claim.named[0]
    rows = pair[1].between(begin, case.ranking.when)
    count = int(np.count_nonzero(more_extreme(rows.values, case.ranking.own, side)))
    if not count:
        return 0, None
    when, value = rows.most_extreme(side)
    sentence = f"{case.data.name(peer)} had {case.said(value)} on {when}."
    return count, miss_of("subject", case, (when, value), sentence, peer)
