"""Trials that a model proposes for claims: hints for the binder, which reads everything from the text again.

One call for the claims of an op-ed. A proposal with an unknown claim, check or instrument is refused; a figure that
does not stand in the claim's sentence, or days that are none, are refused and taken out of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from analyzer.checks import CHECKS, Check
from analyzer.errors import ModelError
from analyzer.extract.conversation import (
    BIND,
    MAX_SPLITS,
    endpoint_failure,
    marker,
    repair,
    spent,
    truncated,
    unusable,
)  # fmt: skip
from analyzer.extract.examples import Bank, Chosen, block, fitting
from analyzer.extract.grounding import check_figures
from analyzer.extract.reading import Usage
from analyzer.llm.client import LlmClient, Reply
from analyzer.market.candidates import Nearest
from analyzer.market.candidates import candidates as candidates_of
from analyzer.model import Claim, Direction, Directness, ExampleUsed, Failure, Refused
from analyzer.prompts import load_prompt, messages

if TYPE_CHECKING:
    from analyzer.extract.view import ArticleView

STAGE = "bind"
BATCH = 40
"""Claims in one call."""
MAX_TRIALS = 3
"""Proposals of one claim that are taken, the first ones."""


class ProposedTrial(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: int
    check: str
    symbols: list[str]
    direction: Direction | None
    figure: str | None
    first: str | None
    last: str | None
    event: str | None
    directness: Directness
    why: str


class BindReply(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    trials: list[ProposedTrial]


@dataclass(frozen=True)
class Proposal:
    """A trial as proposed; ``figure`` stands in the claim's sentence."""

    claim_id: str
    check: str
    symbols: tuple[str, ...]
    direction: Direction | None
    figure: str | None
    first: date | None
    last: date | None
    event: str | None
    directness: Directness
    why: str


@dataclass(frozen=True)
class Proposals:
    items: tuple[Proposal, ...] = ()
    refused: tuple[Refused, ...] = ()
    failed: tuple[Failure, ...] = ()
    usage: Usage = field(default_factory=Usage)
    examples: tuple[ExampleUsed, ...] = ()
    """Accepted bindings that stood in a prompt, each once."""

    def __add__(self, other: Proposals) -> Proposals:
        shown = {one.claim: one for one in (*other.examples, *self.examples)}
        return Proposals(
            self.items + other.items, self.refused + other.refused, self.failed + other.failed,
            self.usage + other.usage, tuple(shown.values()),
        )  # fmt: skip

    def by_claim(self) -> dict[str, tuple[Proposal, ...]]:
        """The proposals of each claim that has any, by claim id."""
        found: dict[str, tuple[Proposal, ...]] = {}
        for proposal in self.items:
            found[proposal.claim_id] = (*found.get(proposal.claim_id, ()), proposal)
        return found


def propose_trials(
    client: LlmClient,
    claims: Sequence[Claim],
    view: ArticleView,
    candidates: Mapping[str, str],
    published: date | None = None,
    nearest: Nearest | None = None,
    bank: Bank | None = None,
) -> Proposals:
    """What the model proposes for the checkable claims, with instruments of ``candidates`` (symbol to name) only.

    ``published`` is the day of publication where it was inferred, else the article's own is used. ``nearest`` helps to
    say what an unknown symbol may mean; ``bank`` holds accepted bindings that may be shown as examples. What the
    endpoint does wrong stands in ``failed``; nothing is raised for it.
    """
    asking = _Asking(client, view, candidates, published or view.article.published, nearest, bank)
    return sum((asking.ask(batch) for batch in batches(claims)), Proposals())


def batches(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The checkable claims, as many as one call takes at a time."""
    checkable = [c for c in claims if c.checkable != "no"]
    return [checkable[i : i + BATCH] for i in range(0, len(checkable), BATCH)]


def bind_messages(
    claims: Sequence[Claim],
    view: ArticleView,
    candidates: Mapping[str, str],
    published: date | None,
    examples: Sequence[Chosen] = (),
) -> list[tuple[str, str]]:
    """What is asked of a batch of claims; the fixed words come first, so that providers can keep them."""
    return messages(
        load_prompt(BIND), checks="\n".join(check_line(c) for c in CHECKS.values()),
        published=str(published or "unknown"), marker=marker(view.article),
        instruments="\n".join(f"{symbol}: {name}" for symbol, name in candidates.items()),
        claims="\n".join(claim_line(n, c) for n, c in enumerate(claims, 1)), examples=block(examples, view.article),
    )  # fmt: skip


def examples_for(
    bank: Bank | None, claims: Sequence[Claim], view: ArticleView, candidates: Mapping[str, str], published: date | None
) -> tuple[Chosen, ...]:
    """The examples that a call with these claims has room for."""
    chosen = bank.choose(claims, view.article) if bank is not None else ()
    if not chosen:
        return ()
    asked = bind_messages(claims, view, candidates, published)
    return fitting(chosen, view.article, asked, sum(len(claim.quote) for claim in claims))


@dataclass(frozen=True)
class _Asking:
    client: LlmClient
    view: ArticleView
    candidates: Mapping[str, str]
    published: date | None
    nearest: Nearest | None
    bank: Bank | None

    def ask(self, claims: Sequence[Claim], splits: int = 0) -> Proposals:
        examples = examples_for(self.bank, claims, self.view, self.candidates, self.published)
        shown = Proposals(examples=tuple(one.used for one in examples))
        return shown + self._asked(claims, examples, splits)

    def _asked(self, claims: Sequence[Claim], examples: Sequence[Chosen], splits: int) -> Proposals:
        asked = bind_messages(claims, self.view, self.candidates, self.published, examples)
        try:
            reply = self.client.structured(asked, BindReply)
        except ModelError as error:
            return Proposals(failed=(endpoint_failure(STAGE, error),))
        if reply.finish == "length" and splits < MAX_SPLITS and len(claims) > 1:
            half = len(claims) // 2
            smaller = self.ask(claims[:half], splits + 1) + self.ask(claims[half:], splits + 1)
            return Proposals(usage=spent(reply)) + smaller
        if reply.parsed is None:
            return self._again(asked, reply, claims)
        return self._validated(reply, claims)

    def _again(self, asked: list[tuple[str, str]], reply: Reply, claims: Sequence[Claim]) -> Proposals:
        """The one second try after an answer that could not be read at all."""
        first = Proposals(usage=spent(reply))
        try:
            second = self.client.structured(repair(asked, reply, [str(reply.error)], "all the trials"), BindReply)
        except ModelError as error:
            return first + Proposals(failed=(endpoint_failure(STAGE, error),))
        if second.parsed is None:
            return first + Proposals(failed=(unusable(STAGE, self.client, second),), usage=spent(second))
        return first + self._validated(second, claims)

    def _validated(self, reply: Reply, claims: Sequence[Claim]) -> Proposals:
        assert isinstance(reply.parsed, BindReply)
        found: dict[Proposal, None] = {}
        refused = [_refused("invalid_item", r.why, r.item) for r in reply.rejected]
        for trial in reply.parsed.trials:
            proposal = self._proposal(trial, claims, refused)
            if proposal is None or proposal in found:
                continue
            if sum(p.claim_id == proposal.claim_id for p in found) >= MAX_TRIALS:
                why = f"more than {MAX_TRIALS} trials of one claim"
                refused.append(_refused("too_many", why, trial.model_dump()))
                continue
            found[proposal] = None
        cut = (truncated(STAGE, self.client),) if reply.finish == "length" else ()
        return Proposals(tuple(found), tuple(refused), cut, spent(reply))

    def _proposal(self, trial: ProposedTrial, claims: Sequence[Claim], refused: list[Refused]) -> Proposal | None:
        """The trial with what of it holds; what does not is added to ``refused``."""
        claim = claims[trial.claim - 1] if 1 <= trial.claim <= len(claims) else None
        wrong = self._wrong(trial, claim)
        if claim is None or wrong is not None:
            code, why = wrong or ("unknown_claim", "")
            refused.append(_refused(code, why, trial.model_dump(), claim))
            return None
        figure = self._figure(trial, claim, refused)
        first, last = _days(trial, claim, refused)
        return Proposal(
            claim.id, trial.check, tuple(dict.fromkeys(trial.symbols)), trial.direction, figure, first, last,
            trial.event or None, trial.directness, trial.why,
        )  # fmt: skip

    def _wrong(self, trial: ProposedTrial, claim: Claim | None) -> tuple[str, str] | None:
        if claim is None:
            return "unknown_claim", f"there is no claim {trial.claim}"
        if trial.check not in CHECKS:
            return "unknown_check", f"there is no check {trial.check!r}"
        unknown = [s for s in trial.symbols if s not in self.candidates]
        if unknown:
            return "unknown_symbol", f"not among the instruments offered: {', '.join(map(self._meant, unknown))}"
        return None

    def _meant(self, symbol: str) -> str:
        """The symbol as the model wrote it, with what of the catalogue it may mean."""
        found = candidates_of(symbol, self.view.article.language, self.view.catalogue, self.nearest)
        return f"{symbol} (like {', '.join(map(str, found))})" if found else symbol

    def _figure(self, trial: ProposedTrial, claim: Claim, refused: list[Refused]) -> str | None:
        if not trial.figure:
            return None
        sentence = self.view.at(claim.start, claim.end).sentence.text
        wrong = check_figures([trial.figure], sentence)
        if wrong is not None:
            refused.append(_refused(wrong.code, wrong.why, trial.model_dump(), claim))
            return None
        return trial.figure


def check_line(check: Check) -> str:
    """A check as the prompt offers it: name and what it says; the parameters are read by code. A title before a colon
    is the name once more."""
    title, _, said = check.page.strip().splitlines()[0].rstrip(".").partition(": ")
    return f"{check.name}: {said or title}"


def claim_line(number: int, claim: Claim) -> str:
    manner = " (denied)" if claim.modality == "denied" else ""
    return f'{number} {claim.kind}{manner} "{" ".join(claim.quote.split())}" = {claim.statement}'


def _days(trial: ProposedTrial, claim: Claim, refused: list[Refused]) -> tuple[date | None, date | None]:
    """First and last day; none of them, with a refusal, when they are no days or in the wrong order."""
    try:
        first, last = (date.fromisoformat(d) if d else None for d in (trial.first, trial.last))
    except ValueError:
        refused.append(_refused("bad_date", f"no days: {trial.first}, {trial.last}", trial.model_dump(), claim))
        return None, None
    if first and last and first > last:
        refused.append(_refused("bad_date", f"{first} comes after {last}", trial.model_dump(), claim))
        return None, None
    return first, last


def _refused(code: str, why: str, proposed: Any, claim: Claim | None = None) -> Refused:
    item = dict(proposed) if isinstance(proposed, dict) else {"item": proposed}
    return Refused(stage=STAGE, code=code, why=why, quote=claim.quote if claim else "", proposed=item)
