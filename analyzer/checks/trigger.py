"""Whether a piece of news can have triggered a move.

What the claim says
-------------------
One dated piece of news set off a move: "the DeepSeek news triggered the sell-off", "wegen der Zölle brachen die Kurse
ein", "the move came after the rate decision". What can be tested is timing and size: did the move come after the news,
was it unusual, did those move more that the story says are more exposed, is such a move rare on days without news.

Formula
-------
Order: the share of the move, in logs, from the close before the first session that could react; with an opening price
the share overnight beside it. Abnormality: the market model on 250 sessions (at least 100) that end 11 sessions before,
the constant-mean model for what is itself the market; the two-sided rank of the standardised abnormal return among
those of the estimation period (see event_study). Placebo: the rank of the abnormal return's size among 200 earlier
windows without news in the table, those nearest in the volatility of the 20 sessions before, each with a model of its
own. Dose and response: Spearman's rank correlation of the claimed exposure and the abnormal returns of members,
one-sided permutation p (all divisions of up to 20,000, else 9,999 seeded draws). The p-value is the largest of the
tests: all of them have to reject (Berger, Multiparameter hypothesis testing, Technometrics 24, 1982). MacKinlay,
Journal of Economic Literature 35 (1997), for the event study; Phipson and Smyth (2010) for permutations.

Rule
----
Consistent, the best label there is: half of the move or more came after the news, within ten sessions of it, and every
test that the data allow is under 5 % with the claimed sign. Refuted: the price did not move (0.05 %) or moved the other
way; more than half of the move came before the news could be known; or those said to be more exposed moved less, at
5 %. Inconclusive: other news within one session (competing_news: not separable), no date of the news (no_stamp), news
of more than ten sessions before (long_known), or a test not under 5 %.

When it is not testable
-----------------------
No return on the sessions or fewer than 100 common ones before: no_data. The placebo test is left out where fewer than
200 earlier windows have an estimation period of their own, dose and response with fewer than four members on either
side; the sentence says which tests were made.

What it cannot show
-------------------
That the news moved the price. The hour of the news is not known: on its own day a move may have come before it. An
article is written because the day was extreme, so the p-values are biased down. News that is in no table cannot
compete.
"""

from __future__ import annotations

from datetime import date

from analyzer.checks.base import Check, Data, Example, Finding, SeriesRequest, observed, statistic
from analyzer.checks.triggers.case import (
    ALPHA,
    FLAT,
    LONG_KNOWN,
    Tests,
    TriggerParams,
    dose_of,
    news_of,
    placebo_of,
    sample_of,
    stamp_of,
)
from analyzer.checks.triggers.wording import caveats_of, chart_of, seen_of, sentence_of, why_of
from analyzer.model import Label, Window
from analyzer.stats.event_sample import day_of, examined
from analyzer.stats.timing import timing


def needs(params: TriggerParams) -> tuple[SeriesRequest, ...]:
    """Closes of all that take part, and the opening prices of the security."""
    wanted = (params.symbol, params.benchmark, *params.exposed, *params.others)
    closes = tuple(SeriesRequest(s) for s in dict.fromkeys(wanted) if s)
    return (*closes, SeriesRequest(params.symbol, "open"))


def run(params: TriggerParams, data: Data) -> Finding:
    sample = sample_of(params, data)
    if isinstance(sample, Finding):
        return sample
    model, size = examined(sample.returns, sample.placed, ALPHA)
    dose, used = dose_of(params, data, sample, size)
    event, stamp, late = stamp_of(params, data, sample.security)
    opening = data.get(SeriesRequest(params.symbol, "open"))
    order = timing(sample.security, opening, params.session, params.end, stamp, late) if stamp else None
    news = news_of(params, data, sample.security, event)
    found = Tests(
        sample.returns.moved(sample.placed.event), size, news, order, placebo_of(params, data, sample), dose,
        sum(s.symbol in params.exposed for s in used),
    )  # fmt: skip
    outcome, reason = _judged(params, found, stamp)
    rests_on_p = reason in ("abnormal", "not_significant")
    dated = f"{event or 'the news'} ({stamp})" if stamp else event or "the news"
    unit = "percentage_points" if sample.returns.changes else "fraction"
    why = why_of(reason, found, dated, seen_of(sample, size))
    return Finding(
        outcome=outcome, reason=reason, summary=sentence_of(params, data, sample, found) + why,
        statistic=statistic("t_abnormal_return", size.t), observed=observed(size.value, unit),
        pvalue=max(found.pvalues) if rests_on_p else None, nobs=model.nobs, null_hypothesis=_NULL,
        caveats=caveats_of(params, sample, found),
        window=Window(base=day_of(sample.returns, sample.placed.estimation.start), first=params.session,
                      last=params.end),
        used=tuple(dict.fromkeys(s for s in (sample.security, sample.benchmark, *used) if s is not None)),
        chart=chart_of(params, data, sample, model),
    )  # fmt: skip


_NULL = (
    "At least one of these holds: the abnormal return was drawn like those of the estimation period, or like those of "
    "the days of like volatility, or exposure and response have nothing to do with each other."
)


def _judged(params: TriggerParams, found: Tests, stamp: date | None) -> tuple[Label, str]:
    if params.direction is not None and found.moved * (1 if params.direction == "up" else -1) < -FLAT:
        return "refuted", "wrong_sign"
    if abs(found.moved) < FLAT:
        return "refuted", "flat"
    if found.order is not None and found.order.after < 0.5:
        return "refuted", "order"
    if found.dose is not None and found.dose.p_wrong < ALPHA:
        return "refuted", "dose_response"
    if found.news.competing:
        return "inconclusive", "competing_news"
    if max(found.pvalues) >= ALPHA or not _signs_agree(found):
        return "inconclusive", "not_significant"
    if stamp is None or found.order is None:
        return "inconclusive", "no_stamp"
    if found.order.lag > LONG_KNOWN:
        return "inconclusive", "long_known"
    return "consistent", "abnormal"


def _signs_agree(found: Tests) -> bool:
    return found.size.value * found.moved > 0


def variants(params: TriggerParams) -> tuple[tuple[str, TriggerParams], ...]:
    """Half of the estimation period, and the other model: its own mean instead of a market, or the S&P 500."""
    found = [("estimated on 120 sessions", {"estimation": 120})] if params.estimation != 120 else []
    changed = [(name, params.model_copy(update=update)) for name, update in found]
    if params.benchmark is not None:
        changed.append(("against its own mean", params.model_copy(update={"benchmark": None})))
    return tuple(changed)


CHECK = Check(
    name="trigger",
    scale="cause",
    kinds=("causal",),
    params=TriggerParams,
    rule="At least half of the move came after the news, it ranks under 5 % among the placebo windows and among those "
    "of like volatility, the exposed moved more than the rest, and no other news lies within one session.",
    minimum="100 returns of the security and its benchmark that end ten sessions before the move",
    examples=(
        Example(
            "Die Nachricht von DeepSeek hat den Absturz von Nvidia ausgelöst", "de",
            {"symbol": "NVDA", "benchmark": "^GSPC", "session": "2025-01-27", "direction": "down", "event": "DeepSeek",
             "event_date": "2025-01-27"},
        ),
        Example(
            "The tariff announcement sent the S&P 500 tumbling", "en",
            {"symbol": "^GSPC", "session": "2025-04-03", "last": "2025-04-04", "direction": "down",
             "event": "Reciprocal tariffs announced (Liberation Day)", "event_date": "2025-04-02", "after_close": True},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
