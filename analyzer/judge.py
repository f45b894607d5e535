"""From evidence to a verdict, by written rules (CHECKS, section 0.1). No model, no data, no clock.

1. A claim's label is that of its direct trials: the worst of them unless all agree. Order from worst: refuted, mixed,
   inconclusive, no_data, pending, not_checkable, consistent, supported.
2. Without a direct trial the primary one decides: the first of the binder's order. The others enter robustness only.
3. Causal and policy claims reach at most ``consistent``, and so does anything that rests on proxies alone. Of a cause
   all trials count, for an effect that the data do not bear out ("triggered the panic") had no cause.
4. A denied claim ("did not fall") turns supported and refuted round.
5. With more than one p-value in an article the Benjamini-Hochberg q decides, not p. A proxy pays for all tests, and no
   test pays for a proxy that stands beside it.
6. A claim of which a part is not tested, a figure or a superlative, is at most ``mixed``, and the sentence names the
   part: what is borne out is not the whole of it.
7. A forecast that something may happen is not refuted by its not happening (that it may well happen is more); one
   that it will not happen is refuted by its happening.
8. Only a claim that can be read in one way is contradicted: one instrument, one time, one verb a figure.
9. A session or an instrument that the sentence does not name cannot refute, nor can a size that a word is only taken
   for: see ``doubt``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from analyzer.model import Claim, Evidence, Kind, Label, Verdict

ALPHA = 0.05
WORST_FIRST: tuple[Label, ...] = (
    "refuted", "mixed", "inconclusive", "no_data", "pending", "not_checkable", "consistent", "supported",
)  # fmt: skip
ASSERTIONS: tuple[Kind, ...] = ("quantitative_move", "level", "record_extreme", "comparison")
"""Kinds of fact: a question on one asserts nothing that could be refuted."""
CAUSES: tuple[Kind, ...] = ("causal", "policy_effect")

POSSIBLE = re.compile(
    r"\b(?:could|may|might|[Pp]ossibl[ey]|conceivable|cannot be ruled out|[Kk]önnten?|"
    r"[Mm]öglich(?:erweise)?|[Dd]enkbar|"
    r"nicht auszuschließen|nicht ausgeschlossen|"
    r"if (?:necessary|needed|required|warranted)|falls (?:nötig|erforderlich)|"
    r"(?:would not|wouldn['’]t) (?:be surprised|surprise)|[Nn]o reason\b.{0,60}\bcan(?:['’]t|not)|"
    r"würde\b.{0,30}\bnicht (?:überraschen|verwundern|wundern)|[Kk]einen? Grund, warum)\b"
)
"""Words of mere possibility; "likely" and "dürfte" say that something will come."""
WELL = re.compile(r"\s+(?:very\s+)?well\b")
"""Behind such a word it says that something is likely: "could well prevent"."""
NO_TRIAL: Mapping[str, tuple[Label, str]] = {
    "opinion": ("not_checkable", "A judgement of value or a matter of taste: no market series can bear it out."),
    "question": ("not_checkable", "A question that asserts nothing which a market series could bear out."),
    "vague": ("not_checkable", "No test could be fixed on it:"),
    "time_not_read": ("no_data", "A fair test exists; which sessions it speaks of was not read in the text."),
    "out_of_scope": ("not_checkable", "A fact outside what market data can say."),
    "unscorable": ("not_checkable", "A forecast that could not be scored:"),
    "conditional": (
        "not_checkable",
        "It is said for a case only: whether that comes is left open, so nothing that fails to come contradicts it.",
    ),
    "needs_check": ("no_data", "A fair test exists in the catalogue of checks and is not in this version"),
    "no_members": (
        "no_data",
        "It speaks of every member of an index: which those were, and what each of them did, is not in the data.",
    ),
    "no_instrument": ("no_data", "The series that this speaks of is not in the catalogue. Try: --catalogue FILE."),
    "other_measure": (
        "no_data",
        "It speaks of something else than the price of what it names, such as its sales, demand for it or bets on it: "
        "there is no series of that.",
    ),
    "no_cause": (
        "no_data",
        "A cause is tested by the day of its news and the move of a series: which move and which news are meant was "
        "not read. By hand: analyze check trigger.",
    ),
    "no_policy": (
        "no_data",
        "A policy is tested on its sender and on its target, against what it did not touch: for this one, or for this "
        "outcome, they are not written down. By hand: analyze check policy_effect.",
    ),
    "intraday": ("no_data", "It speaks of a price before, after or within the session: daily data cannot decide it."),
    "no_such_day": ("not_checkable", "It speaks of a day that the calendar does not have."),
    "no_date": (
        "no_data",
        "The article's date is unknown, and without it no session can be fixed. Try: --date YYYY-MM-DD.",
    ),
}
"""Verdicts of claims that no trial was formed for, by the binder's code."""


def without_trial(
    why_not: str, as_of: date, needs: Sequence[str] = (), *, lacks: Sequence[str] = (), by_hand: str = ""
) -> Verdict:
    """The verdict of a claim without a trial.

    ``needs``: the checks that it calls for, or the nearest instruments; ``lacks``: what was not read in it;
    ``by_hand``: the command that tests it once that is supplied.
    """
    label, sentence = NO_TRIAL.get(why_not, NO_TRIAL["vague"])
    if why_not in ("vague", "unscorable"):
        sentence = f"{sentence} {_not_read(lacks)}."
    elif why_not == "time_not_read" and by_hand:
        sentence = f"{sentence} With the days: {by_hand}"
    elif why_not == "needs_check":
        sentence = f"{sentence}: {' or '.join(needs)}."
    elif why_not == "no_instrument" and needs:
        sentence = f"{sentence} The nearest that are in it: {', '.join(needs)}."
    return Verdict(label=label, reason=why_not, summary=sentence, as_of=as_of)


def _not_read(lacks: Sequence[str]) -> str:
    """ "A series and the time were not read in it"."""
    if not lacks:
        return "nothing in it was read as one statement on a series and a time, which a check could test"
    return f"{' and '.join(lacks)} {'were' if len(lacks) > 1 else 'was'} not read in it"


def judge(
    claim: Claim,
    evidence: Sequence[Evidence],
    as_of: date,
    untested: Sequence[str] = (),
    beside: Sequence[str] = (),
    *,
    plain: bool = True,
) -> Verdict:
    """The verdict of a claim from its evidence at one as-of date; there must be some.

    ``untested``: figures and superlatives of the quote that no trial holds; ``beside``: further parts, which are named
    and take nothing from what was borne out. What is not ``plain``, because it names several times, things or verbs,
    can be borne out by a figure that fits; it is not contradicted by one that does not.
    """
    deciding = _deciding(claim, evidence)
    worst = min(deciding, key=lambda e: WORST_FIRST.index(e.outcome))
    label, reason = worst.outcome, worst.reason
    if claim.modality == "denied":
        label = _turned(label)
    if claim.modality == "asked" and label == "supported" and claim.kind == "volatility_sentiment":
        label, reason = "inconclusive", "question"
    if label == "refuted" and reason == "undefined_word":
        label = "mixed"  # the word has no definition that could be missed
    if claim.modality == "asked" and label == "refuted" and claim.kind in ASSERTIONS:
        label = "inconclusive"
    if claim.modality == "denied" and label == "refuted" and _is_assumed(worst):
        label, reason = "inconclusive", "session_not_named"
    if not plain and label in ("refuted", "mixed") and reason in MISMATCH and not _is_of_an_hour(worst):
        label, reason = "inconclusive", "not_plain"
    if (
        claim.kind == "prediction"
        and label == "refuted"
        and claim.modality != "denied"
        and _is_only_possible(claim.quote)
    ):
        label, reason = "inconclusive", "only_possible"
    if label == "supported" and (claim.kind in CAUSES or all(e.directness == "proxy" for e in deciding)):
        label = "consistent"
    # A stated probability is a figure too: the forecast that it is of scores it.
    figures_missed = bool(claim.figures) and all(
        e.stated is None and e.params.get("probability") is None for e in deciding
    )
    if label == "supported" and (untested or figures_missed):
        label, reason = "mixed", "figure_not_tested" if figures_missed else "partly_tested"
    shown = evidence if claim.kind in CAUSES else deciding
    return Verdict(label=label, reason=reason, summary=_summary(claim, shown, (*untested, *beside)), as_of=as_of)


def _deciding(claim: Claim, evidence: Sequence[Evidence]) -> list[Evidence]:
    direct = [e for e in evidence if e.directness == "direct"]
    statistical = [e for e in evidence if e.directness == "statistical"]
    if claim.kind in CAUSES:
        return [*statistical, *direct] or list(evidence[:1])
    return direct or statistical[:1] or list(evidence[:1])


def _turned(label: Label) -> Label:
    return {"supported": "refuted", "refuted": "supported"}.get(label, label)  # type: ignore[return-value]


def _summary(claim: Claim, deciding: Sequence[Evidence], untested: Sequence[str]) -> str:
    said = dict.fromkeys(f"{e.summary}{_taken_together(e)}" for e in deciding)
    text = " ".join(one for one in said if not _is_said_more_fully(one, said))
    if untested:
        text += f" Not tested: {', '.join(f'“{part}”' for part in dict.fromkeys(untested))}."
    return f"The text denies it: {text}" if claim.modality == "denied" else text


def _is_said_more_fully(sentence: str, said: Iterable[str]) -> bool:
    """ "146.3 m shares were traded." beside "146.3 m shares were traded, 3.10 times the mean"."""
    return any(other != sentence and other.startswith(f"{sentence.removesuffix('.')}, ") for other in said)


def _is_only_possible(quote: str) -> bool:
    """By the first such word: what else might come as well is another forecast."""
    modal = POSSIBLE.search(quote)
    return modal is not None and WELL.match(quote, modal.end()) is None


def _taken_together(evidence: Evidence) -> str:
    """What the control of the false discovery rate changed, which the check's own sentence does not know."""
    said = next((c for c in evidence.caveats if c.startswith(Q)), None)
    changed = evidence.reason == "not_significant" and evidence.pvalue is not None and evidence.pvalue < ALPHA
    return f" Not significant when all are counted: {said}." if changed and said else ""


Q = "q = "


def adjust(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The article's evidence at one date after the control of the false discovery rate.

    Trials with a p-value are one family. Where there is more than one, an outcome that rests on p below alpha is kept
    only when its Benjamini-Hochberg q is below alpha as well (Benjamini and Hochberg 1995, JRSS B 57, 289-300).
    """
    tested = [e for e in evidence if e.pvalue is not None]
    tests = [e for e in tested if e.directness != "proxy"]
    families = {"proxy": (_q_values(tested), len(tested)), "test": (_q_values(tests), len(tests))}
    out = []
    for one in evidence:
        q, family = families["proxy" if one.directness == "proxy" else "test"]
        out.append(_with_q(one, q[one.id], family) if one.id in q and family > 1 else one)
    return tuple(out)


def _q_values(tested: Sequence[Evidence]) -> dict[str, float]:
    """By the id of the evidence; each has a p-value."""
    return dict(zip((e.id for e in tested), benjamini_hochberg([e.pvalue or 0.0 for e in tested]), strict=True))


WINDOW = ("session", "base", "last")
NOT_SAID = {"default", "article"}
"""Bases of what does not stand in the sentence: taken from elsewhere in the text, or from a written default."""
MISMATCH = {
    "overstated", "understated", "wrong_sign", "wrong_scale", "wrong_side", "wrong_period", "wrong_subject", "flat",
    "not_reached", "not_record", "not_first", "not_crossed", "points_only", "share", "intraday",
    "other_phase", "not_longest",
}  # fmt: skip
"""Reasons that say that statement and data do not fit together, which they need not when something else is meant."""
NEAR = {"overstated", "understated"}
"""With ``mixed``: the right sign, and a size that is off by a quarter at most (CHECKS 0.1)."""


CORROBORATED = 2
"""Figures of a paragraph that one session bears out, from which on it is the session that the paragraph speaks of."""
OF_ONE_SESSION = ("session_return", "level", "abnormal_volume")
"""Checks whose figures are of one session."""


def doubt(evidence: Sequence[Evidence], places: Mapping[str, int] = MappingProxyType({})) -> tuple[Evidence, ...]:
    """The article's evidence with refutations withdrawn that rest on what the sentence does not say.

    Where it names no day or no instrument, a figure that fits confirms the reading that was assumed; without a figure
    any move does, but one that is next to nothing. A figure that does not fit may only show that another day, or
    another instrument, is meant. Such a trial is inconclusive, and says what it would be. A figure of the right sign
    that is off by a quarter at most confirms the day as well, and stays ``mixed``.
    A move refutes all the same when two other figures of its paragraph fit the session that was assumed; and so does
    what is of one session, when there is a figure of the same instrument that is right to the digit: a close to the
    hundredth is that of one day.
    ``places``: the paragraph of each trial, by its id.
    """
    fitting = [e for e in evidence if e.outcome == "supported" and e.stated is not None]
    moves = Counter((places.get(e.trial), e.window.last) for e in fitting if e.check == "session_return")
    closes = {
        (places.get(e.trial), e.window.last, _symbol(e)) for e in fitting if e.check in OF_ONE_SESSION and _is_sharp(e)
    }

    def corroborated(one: Evidence) -> bool:
        place, last = places.get(one.trial), one.window.last
        by_moves = one.check == "session_return" and moves[place, last] >= CORROBORATED
        return by_moves or (one.check in OF_ONE_SESSION and (place, last, _symbol(one)) in closes)

    return tuple(_withdrawn(e, corroborated=corroborated(e)) for e in evidence)


def _symbol(evidence: Evidence) -> str | None:
    return evidence.params.get("symbol")


def _is_sharp(evidence: Evidence) -> bool:
    """Whether the figure is written so closely that no other session has it: to a ten-thousandth of its size."""
    said = evidence.stated
    if said is None or said.low is None or said.high is None or not said.value:
        return False
    return abs(said.high - said.low) <= SHARP * abs(said.value)


SHARP = 1e-4
NEARLY = (0.8, 1.25)
"""Stated by observed, within which a figure is off by a quarter at most (CHECKS 0.1)."""


def _is_assumed(evidence: Evidence) -> bool:
    bases = {evidence.basis.get(name) for name in WINDOW} - {None}
    return bool(bases) and bases <= NOT_SAID


def _is_all_time_record_in_points(evidence: Evidence) -> bool:
    """Whether the session holds the record of all time, though in points: then it is the session that is meant."""
    of_a_session = evidence.params.get("period") in (None, "session") and evidence.params.get("since") is None
    return evidence.outcome == "mixed" and evidence.reason == "points_only" and of_a_session


def _was_so_within(evidence: Evidence) -> bool:
    """Whether the figure is that of an hour of the session, which the text names or its story goes on from: a figure
    that fits, though not at the close. Where the session is assumed, the figure must be nearly that of its extreme:
    what lies far inside of the range would fit many a session."""
    within = evidence.outcome == "mixed" and evidence.reason == "intraday"
    if not within or evidence.basis.get("symbol") in NOT_SAID:
        return False
    return evidence.basis.get("session") != "default" or _is_nearly_the_extreme(evidence)


def _is_of_an_hour(evidence: Evidence) -> bool:
    """Whether the session's low or high reached the figure, or came near to it: so it was at some hour, whatever else
    the text speaks of."""
    near = evidence.reason == "intraday" or any(m.change == "intraday" for m in evidence.near_misses)
    return evidence.outcome == "mixed" and near


def _is_nearly_the_extreme(evidence: Evidence) -> bool:
    """Whether a move is off by a quarter at most from what the session's low or high came to."""
    said = evidence.stated
    reached = next((m.value for m in evidence.near_misses if m.change == "intraday"), None)
    if said is None or not reached or evidence.check != "session_return":
        return False
    return NEARLY[0] <= said.value / reached <= NEARLY[1]


def _is_next_to_nothing(evidence: Evidence) -> bool:
    """A move without a figure, of a session that is only assumed, that hardly came: "the euro leapt" is not borne out
    by 0.07 % on a day that the sentence does not name."""
    if evidence.outcome != "supported" or evidence.check != "session_return" or evidence.stated is not None:
        return False
    moved = evidence.observed.value if evidence.observed is not None else None
    assumed = evidence.basis.get("session") in NOT_SAID
    return assumed and moved is not None and abs(moved) < NEXT_TO_NOTHING


NEXT_TO_NOTHING = 0.002
"""A move of a session by less than this is hardly one."""


def _withdrawn(evidence: Evidence, *, corroborated: bool) -> Evidence:
    if _is_next_to_nothing(evidence):
        note = f"would be supported if {evidence.window.last} is the session that is meant; it hardly moved"
        update = {
            "outcome": "inconclusive", "reason": "session_not_named", "caveats": (*evidence.caveats, note),
        }  # fmt: skip
        return evidence.model_copy(update=update)
    if evidence.outcome not in ("refuted", "mixed") or evidence.reason not in MISMATCH:
        return evidence
    if evidence.outcome == "refuted" and evidence.check == "forecast" and evidence.basis.get("stated") == "default":
        said = evidence.stated.text if evidence.stated is not None else ""
        note = f'would be refuted if "{said}" means a move of the size that was tested'
        update = {"outcome": "inconclusive", "reason": "undefined_word", "caveats": (*evidence.caveats, note)}
        return evidence.model_copy(update=update)
    if _was_so_within(evidence):
        return evidence
    if evidence.basis.get("close") == "default" and not _is_of_an_hour(
        evidence
    ):  # written on the day, perhaps before its close
        note = f"would be {evidence.outcome} ({evidence.reason}) if it is of the close of {evidence.window.last}"
        update = {"outcome": "inconclusive", "reason": "before_close", "caveats": (*evidence.caveats, note)}
        return evidence.model_copy(update=update)
    another = evidence.reason == "wrong_subject" and evidence.basis.get("symbol", "quote") != "quote"
    if _is_all_time_record_in_points(evidence):
        return evidence
    if evidence.basis.get("symbol") in NOT_SAID or another:  # the figure fits another that the text names
        reason, meant = "subject_not_named", "what was named before is what is meant"
    elif evidence.outcome == "mixed" and evidence.reason in NEAR:
        return evidence  # so near a figure speaks for the session that was assumed
    elif _is_assumed(evidence) and not corroborated:
        reason, meant = "session_not_named", f"{evidence.window.last} is the session that is meant"
    else:
        return evidence
    note = f"would be {evidence.outcome} ({evidence.reason}) if {meant}"
    update = {"outcome": "inconclusive", "reason": reason, "caveats": (*evidence.caveats, note)}
    return evidence.model_copy(update=update)


def _with_q(evidence: Evidence, q: float, family: int) -> Evidence:
    note = f"{Q}{q:.3f} among the article's {family} tests (Benjamini-Hochberg)"
    caveats = (*evidence.caveats, note)
    rests_on_p = (
        evidence.pvalue is not None
        and evidence.pvalue < ALPHA
        and evidence.outcome in ("supported", "consistent", "refuted")
    )
    if rests_on_p and q >= ALPHA:
        return evidence.model_copy(update={"outcome": "inconclusive", "reason": "not_significant", "caveats": caveats})
    return evidence.model_copy(update={"caveats": caveats})


def benjamini_hochberg(pvalues: Sequence[float]) -> list[float]:
    """Adjusted p-values in the given order: ``q_(i) = min over j >= i of m p_(j) / j``."""
    m = len(pvalues)
    order = sorted(range(m), key=lambda i: pvalues[i], reverse=True)
    out, running = [0.0] * m, 1.0
    for rank, i in zip(range(m, 0, -1), order, strict=True):
        running = min(running, pvalues[i] * m / rank)
        out[i] = running
    return out
