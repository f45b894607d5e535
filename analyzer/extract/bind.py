"""Binding: a claim's kind chooses the binders, the binders draft trials, the checks' own models validate them.

A model's proposals enter here as hints only. Subject, window, direction and figure are read from the text wherever
it can be read; where a proposal differs from the text it is refused with the reason, and where the text is silent a
proposed parameter is marked ``proposed``, which caps what the trial can show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from analyzer.checks import CHECKS
from analyzer.errors import ConfigError
from analyzer.extract import binders
from analyzer.extract.binders.common import named_of
from analyzer.extract.chances import chance
from analyzer.extract.classify import ESTIMATES
from analyzer.extract.conditions import is_conditional
from analyzer.extract.currencies import in_currency
from analyzer.extract.drafts import Bound, Context, Draft, finished, single
from analyzer.extract.from_proposal import built
from analyzer.extract.measures import of_another_measure
from analyzer.extract.misreadings import is_misreading
from analyzer.extract.outlook_words import names_its_session
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.plain import is_plain
from analyzer.extract.proposals import Proposal
from analyzer.extract.roles import DOWN, UP, direction_near, parts
from analyzer.extract.untested import beside, untested
from analyzer.extract.view import ArticleView, Clause
from analyzer.extract.windows import Clock
from analyzer.model import Claim, Kind, Refused, Trial
from analyzer.series import Event
from analyzer.text.patterns import Pattern
from analyzer.text.times import SessionPart

Binder = Callable[[Context], list[Draft]]

BINDERS: dict[Kind, Binder] = {
    "quantitative_move": binders.moves,
    "level": binders.levels,
    "record_extreme": binders.records,
    "comparison": binders.comparisons,
    "volatility_sentiment": binders.moods,
    "causal": binders.causes,
    "policy_effect": binders.policies,
    "prediction": binders.forecasts,
    "trend_regime": binders.trends,
    "bubble_valuation": binders.bubbles,
    "analogy": binders.analogues,
    "macro": binders.economy,
}

OF_ECONOMY: frozenset[Kind] = frozenset(
    ("macro", "level", "record_extreme", "quantitative_move", "comparison", "prediction", "trend_regime")
)
"""Kinds of claims that say something of a figure of the economy where that is their subject."""


BY_CHECK: dict[str, Binder] = {
    "session_return": binders.moves,
    "period_return": binders.moves,
    "market_value_change": binders.moves,
    "level": binders.levels,
    "record_extreme": binders.records,
    "relative_performance": binders.comparisons,
    "drawdown": binders.trends,
    "cycle_phase": binders.phases,
    "explosive_root": binders.bubbles,
    "lppls_confidence": binders.bubbles,
    "historical_analogue": binders.analogues,
    "trend_reversal": binders.trends,
    "valuation_percentile": binders.valuations,
    "volatility_regime": binders.moods,
    "abnormal_volume": binders.volumes,
    "breadth": binders.breadths,
    "event_study": binders.causes,
    "trigger": binders.causes,
    "event_study_group": binders.causes,
    "policy_effect": binders.policies,
    "forecast": binders.forecasts,
    "macro_level": binders.economy,
    "correlation_change": binders.correlations,
    "calendar_effect": binders.calendars,
    "shock_sensitivity": binders.shocks,
    "lead_lag": binders.leads,
    "tail_probability": binders.rarities,
    "forecast_comparison": lambda context: binders.contests(context) or [],
    "volatility_change": binders.swings,
    "safe_haven": binders.protections,
    "structural_break": binders.breaks,
    "common_moves": binders.pressures,
    "period_share": lambda context: binders.period_shares(context) or [],
}
"""Which binder drafts a check that a model proposes."""


@dataclass(frozen=True)
class Setting:
    """What binding may know besides the text: the day of publication, the events table, which symbols have data."""

    clock: Clock
    events: tuple[Event, ...] = ()
    available: Callable[[str], bool] = lambda symbol: True


def bind(
    claim: Claim, view: ArticleView, setting: Setting, proposals: Sequence[Proposal] = ()
) -> tuple[Bound, tuple[Refused, ...]]:
    """The trials of a claim, each validated, or why there is none; and the proposals that the text contradicts."""
    if claim.checkable == "no":
        return Bound(why_not=claim.why_not or "opinion"), ()
    clause = view.at(claim.start, claim.end)
    if is_conditional(clause, claim.kind):
        return Bound(why_not="conditional"), ()
    if NOBODY_EXPECTED.search(clause.text):
        return Bound(why_not="out_of_scope"), ()
    context = Context(claim, clause, setting.clock, _known(setting.events, setting.clock), setting.available)
    drafts, needs = in_currency(context, _drafts(claim, context))
    drafts = _said(context, drafts)
    refused: list[Refused] = []
    for proposal in proposals:
        added, lost = in_currency(context, _proposed(context, proposal, drafts))
        needs, added = needs + lost, _said(context, added)
        refused += _contradictions(claim, proposal, [*drafts, *added])
        drafts += added
    if not drafts and not needs:
        drafts = _said(context, [draft for proposal in proposals for draft in built(context, proposal)])
        refused = [one for one in refused if not any(one.proposed.get("check") == d.check for d in drafts)]
    if NO_RECORD.search(clause.text):
        drafts = [draft for draft in drafts if draft.check != "record_extreme"]
    fair = [draft for draft in drafts if not of_another_measure(clause, draft)]
    trials, unfit = _validated(fair, claim)
    refused += unfit
    wanted = tuple(dict.fromkeys(needs))
    if trials:
        return replace(around(claim, clause, trials), needs=wanted), tuple(refused)
    lacks = lacking(context)
    why_not = "other_measure" if fair != drafts else _why_not(claim, context, wanted, lacks)
    command = by_hand(context) if why_not == "time_not_read" else ""
    return Bound(why_not=why_not, needs=wanted, lacks=lacks, by_hand=command), tuple(refused)


def _said(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that test what the clause says."""
    return [draft for draft in drafts if not is_misreading(context, draft)]


NOBODY_EXPECTED = phrases("nobody_expected")
"""What had been expected by nobody is no forecast of the text, nor denied by it."""
NO_RECORD = phrases("no_record_was_set")
"""That a record was not set is no record; no check says so of a span."""


def around(claim: Claim, clause: Clause, trials: tuple[Trial, ...]) -> Bound:
    """Trials of a claim with what of its quote they leave untested, and whether it can be read in one way only."""
    return Bound(
        trials,
        untested=_without_chance(untested(clause, trials), clause, trials),
        beside=beside(clause, trials),
        plain=all(t.check in binders.RELATIONS for t in trials) or names_its_session(clause) or is_plain(claim, clause),
    )


def _without_chance(left: tuple[str, ...], clause: Clause, trials: Sequence[Trial]) -> tuple[str, ...]:
    """A probability is scored by the forecast that it is of."""
    odds = chance(clause)
    if odds is None or not any(t.params.get("probability") is not None for t in trials):
        return left
    return tuple(words for words in left if words != odds.text)


NEVER = Pattern(r"(?<!noch )\b(?:nie|niemals|never)\b(?! zuvor| before)", re.IGNORECASE)
"""A universal denial: one session that fits it, or does not, says nothing on all the others."""


AS_NEVER = phrases("as_never_before")
"""A superlative in the words of a denial: "so teuer wie nie"."""


STATE = Pattern(rf"\b{any_phrase('in_a')}\s+(?:\w+\s+){{0,2}}{any_phrase('state_of_a_market')}", re.IGNORECASE)
"""A state beside a figure: "has dropped 13 percent from its peak and is in a correction"."""


FORETOLD: tuple[Kind, ...] = ("prediction", "macro", "policy_effect")
"""Kinds by which a forecast of the economy may be found, the last two by a model."""
OF_A_MOVE: tuple[Kind, ...] = ("quantitative_move", "comparison", "trend_regime")
NO_RELATION: tuple[Kind, ...] = ("prediction", "normative", "rhetorical", "analogy")
"""Kinds that state no relation that holds: what is to come, a judgement, a comparison with another time."""


def _drafts(claim: Claim, context: Context) -> list[Draft]:
    if binders.says_never(context.clause):
        return binders.nevers(context)
    if NEVER.search(context.clause.text) and AS_NEVER.search(context.clause.text) is None:
        return []
    if (compared := binders.contests(context)) is not None:
        return compared
    if claim.kind in OF_ECONOMY and claim.kind != "prediction" and (curve := binders.yield_curves(context)) is not None:
        return curve
    if claim.kind in ("level", "record_extreme") and binders.names_ratio(context):
        return binders.valuations(context) if claim.kind == "level" else []
    if claim.kind in FORETOLD and (to_come := binders.macro_forecasts(context)):
        return to_come
    if claim.kind in OF_ECONOMY and claim.kind != "prediction" and (steps := binders.rate_steps(context)):
        return steps
    if claim.kind in OF_ECONOMY and claim.kind != "prediction" and (moved := binders.rate_moves(context)):
        return moved
    if claim.kind in ("macro", "level", "quantitative_move") and (measured := binders.bank_measures(context)):
        return measured
    if claim.kind in OF_ECONOMY and binders.economy_subject(context) is not None:
        return binders.breaks(context) or binders.economy(context)
    if claim.kind == "record_extreme" and (dated := [d for d in binders.phases(context) if d.params["longest"]]):
        return dated
    if claim.kind in ("trend_regime", "level", "quantitative_move") and binders.speaks_of_an_average(context.clause):
        return binders.averages(context)
    if claim.kind in OF_A_MOVE and (gone := binders.erasures(context)) is not None:
        return gone
    if claim.kind not in NO_RELATION and (counted := binders.period_shares(context)) is not None:
        return counted
    if claim.kind not in NO_RELATION and (stated := binders.relations(context)) is not None:
        return stated
    rare = binders.rarities(context) if claim.kind not in NO_RELATION else []
    if any(d.params.get("size") for d in rare):
        return rare  # "a fall of 10 percent comes once in a century" is of no session
    if claim.kind in ("causal", "quantitative_move") and (pressed := binders.pressures(context)):
        return pressed
    if claim.kind in ("comparison", "trend_regime") and (groups := binders.of_a_quantity(context)):
        return groups
    binder = BINDERS.get(claim.kind)
    drafts = [*(binder(context) if binder else []), *rare]
    if claim.kind == "macro" and ESTIMATES.search(context.clause.text):
        return []
    if claim.kind == "macro" and not drafts and parts(context.clause):
        drafts = binders.moves(context)  # "nach den Inflationsdaten sprang der Nasdaq 100 um 7,5 Prozent"
    if context.clause.has("breadth") and claim.kind in ("quantitative_move", "comparison", "trend_regime"):
        drafts = [*binders.breadths(context), *(d for d in drafts if d.check != "breadth")]
    if claim.kind == "quantitative_move" and STATE.search(context.clause.text):
        drafts += [d for d in binders.trends(context) if d.params.get("mode") == "crossed"]
    if claim.kind == "quantitative_move" and (run := binders.streaks(context)):
        drafts = [*run, *(d for d in drafts if d.params.get("stated") is not None)]
    if claim.kind == "quantitative_move":
        drafts = [*drafts, *binders.courses(context, drafts)]
    if context.clause.has("volume") and claim.kind in ("quantitative_move", "comparison", "record_extreme"):
        drafts = binders.volumes(context) or drafts
    return [d for d in drafts if not (speaks_of_every_member(context) and d.check in OF_THE_WHOLE)]


EVERY_MEMBER = Pattern(
    rf"\b{any_phrase('every')}\s+(?:(?:{any_phrase('of_the_members')}|\d+)\s+)*{any_phrase('members')}\b"
    rf"|\b{any_phrase('not_one_of_them')}\b",
    re.IGNORECASE,
)
OF_THE_WHOLE = ("session_return", "period_return", "relative_performance")


def speaks_of_every_member(context: Context) -> bool:
    """ "All 500 members of the index fell": the index's own fall bears out nothing of that."""
    of_index = any(s.instrument is not None and s.instrument.kind == "index" for s in context.subjects())
    subject = context.subject()
    of_index = of_index or (
        subject is not None and subject.instrument is not None and subject.instrument.kind == "index"
    )
    return of_index and EVERY_MEMBER.search(context.clause.text) is not None


def _proposed(context: Context, proposal: Proposal, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of the proposed check, when the text's own reading has none of it."""
    if any(d.check == proposal.check for d in drafts):
        return []
    looks_ahead = context.claim.kind == "prediction" or context.clause.has("forecast", "forecast_strong")
    if proposal.check == "forecast" and not looks_ahead:
        return []
    found = BY_CHECK[proposal.check](replace(context, proposal=proposal))
    return [replace(d, why=proposal.why or d.why) for d in found if d.check == proposal.check]


ENDS = ("session", "or_session", "last", "or_last", "end")
"""Parameters that hold the last day of a window, in either reading of its words."""


def _contradictions(claim: Claim, proposal: Proposal, drafts: Sequence[Draft]) -> list[Refused]:
    """What a proposal says otherwise than the text: the text's reading stands, the difference is kept."""
    mine = [d for d in drafts if d.check == proposal.check]
    found = []
    if proposal.figure and proposal.figure not in claim.quote:
        found.append(("figure_not_in_quote", f"the figure {proposal.figure!r} does not stand in the quote"))
    symbols = {str(s) for d in mine for s in (d.params.get("symbol"), *(d.params.get("symbols") or ())) if s}
    if mine and proposal.symbols and symbols and not symbols & set(proposal.symbols):
        found.append(("subject_differs", f"the text speaks of {', '.join(sorted(symbols))}"))
    windows = {str(d.params[name]) for d in mine for name in ENDS if d.params.get(name)}
    read = [d for d in mine if set(d.basis.values()) & {"quote", "context"}]
    if proposal.last and read and windows and proposal.last.isoformat() not in windows:
        found.append(("window_differs", f"the text's time words lead to {' or '.join(sorted(windows))}"))
    if not mine:
        found.append(("not_in_text", f"the text holds nothing that {proposal.check} could be fixed on"))
    proposed = {k: str(v) if isinstance(v, date) else v for k, v in asdict(proposal).items()}
    return [Refused(stage="bind", code=c, why=w, quote=claim.quote, proposed=proposed) for c, w in found]


def _validated(drafts: Sequence[Draft], claim: Claim) -> tuple[tuple[Trial, ...], list[Refused]]:
    """The drafts as trials; what the check's own model refuses, as an empty window, is kept as refused."""
    trials: dict[str, Trial] = {}
    refused = []
    for draft in drafts:
        trial = finished(draft, claim)
        try:
            CHECKS[draft.check].parse(trial.params)
        except ConfigError as error:
            refused.append(
                Refused(stage="bind", code=error.code, why=str(error), quote=claim.quote, proposed=trial.params)
            )
            continue
        trials.setdefault(trial.id, trial)
    return tuple(trials.values()), refused


SERIES, SIZE, TIME = "a series", "a direction or a figure", "the time"


def lacking(context: Context) -> tuple[str, ...]:
    """Which of the three that a test is fixed on were not read: what moved, how it moved, when."""
    clause = context.clause
    first = parts(clause)[:1]
    subject = named_of(context, first[0].figure.core_start if first else clause.end)
    named = single(subject)
    sized = bool(first) or direction_near(clause, None) is not None or clause.has("record")
    timed = named is None or context.moment(named[0]) is not None or context.stretch(named[0]) is not None
    of_economy = binders.economy_subject(context) is not None
    timed = of_economy or (
        timed and not context.clock.is_open(clause)
    )  # of a state of the economy no session is missed
    series = subject is not None and (of_economy or not clause.has("macro") or bool(clause.mentions))
    found = ((SERIES, series), (SIZE, sized), (TIME, timed))
    return tuple(what for what, there in found if not there)


def by_hand(context: Context) -> str:
    """The test of a move whose sessions have to be supplied; nothing for what is no move of one series."""
    named = single(context.subject())
    change = next((p for p in parts(context.clause) if p.role == "change" and p.figure.unit == "fraction"), None)
    if named is None or change is None:
        return ""
    said = f'--stated "{change.figure.text}" --direction {change.direction}' if change.direction else ""
    return f"analyze check period_return --symbol {named[0].symbol} --base DAY --last DAY {said}".rstrip()


def _why_not(claim: Claim, context: Context, needs: tuple[str, ...], lacks: tuple[str, ...]) -> str:
    if needs:
        return "needs_check"
    if speaks_of_every_member(context) or binders.counts_shares(context.clause):
        return "no_members"
    if claim.kind == "prediction":
        return "unscorable" if context.clock.published is not None else "no_date"
    if claim.kind in ("normative", "rhetorical"):
        return "opinion"
    if context.clock.names_no_day(context.clause):
        return "no_such_day"
    if context.clock.published is None:
        return "no_date"
    if claim.kind == "policy_effect":
        return "no_policy"
    if any(isinstance(e.value, SessionPart) and e.value.part != "close" for e in context.clause.times):
        return "intraday"
    if not context.clause.sentence.mentions and context.clause.view.main_subject is None:
        return "no_instrument"
    if lacks == (TIME,) and binders.economy_subject(context) is None:
        return "time_not_read"  # a figure of the economy has no sessions that could have been missed
    return "no_cause" if claim.kind == "causal" and context.clause.has(*DOWN, *UP, *MOODS) else "vague"


MOODS = ("panic", "stress", "nervous")
"""Effects, beside movements, that a cause is given for."""


def _known(events: Sequence[Event], clock: Clock) -> tuple[Event, ...]:
    """Events up to the day of publication: a claim cannot have meant a later one."""
    return tuple(e for e in events if clock.published is None or e.date <= clock.published)


__all__ = ["BINDERS", "Bound", "around", "bind"]
