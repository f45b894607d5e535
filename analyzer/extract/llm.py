"""The reader with a model: it proposes quotes, code decides which of them stand in the text.

One call for an op-ed, in parts for a long text. Items that do not validate or do not stand in the text are sent back
once, all together; what is still wrong then is refused with its reason. Figures are read from the text, never taken
from the reply.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from analyzer.errors import ModelError
from analyzer.extract.conversation import (
    BIND,
    EXTRACT,
    MAX_SPLITS,
    REPAIR,
    endpoint_failure,
    marker,
    repair,
    spent,
    truncated,
    unusable,
)  # fmt: skip
from analyzer.extract.grounding import Refusal, ground
from analyzer.extract.parts import halves, merged, parts_of
from analyzer.extract.proposals import Proposal, Proposals, propose_trials
from analyzer.extract.reading import Reading, Usage
from analyzer.llm.client import LlmClient, Reply
from analyzer.model import (
    Article,
    Attribution,
    Checkable,
    Claim,
    ExtractedBy,
    Failure,
    Kind,
    Modality,
    Refused,
    claim_id,
)  # fmt: skip
from analyzer.prompts import load_prompt, messages
from analyzer.text.spans import Span

if TYPE_CHECKING:
    from analyzer.extract.view import ArticleView

STAGE = "extract"
MIN_SPLIT = 1500
"""A part of fewer characters is not halved when its answer was cut off."""
ALIKE = 0.5
"""Likeness from which on a mended item counts as the mending of a faulty one."""

WhyNot = Literal["opinion", "question", "vague", "out_of_scope", "unscorable"]


class ExtractedClaim(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    quote: str
    statement: str
    kind: Kind
    cited: str | None
    modality: Modality
    checkable: Checkable
    why_not: WhyNot | None


class ExtractReply(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    claims: list[ExtractedClaim]


@dataclass(frozen=True)
class Bad:
    """An item that cannot be used: as it came, and why."""

    proposed: dict[str, Any]
    refusal: Refusal

    @property
    def quote(self) -> str:
        return str(self.proposed.get("quote") or "")

    def __str__(self) -> str:
        return f"{self.quote or self.proposed}: {self.refusal.why}"


@dataclass(frozen=True)
class Part:
    """What was read in a part: its claims (None: nothing could be read), what was refused, failed, used up."""

    claims: tuple[Claim, ...] | None
    refused: tuple[Refused, ...] = ()
    failed: tuple[Failure, ...] = ()
    usage: Usage = field(default_factory=Usage)
    stopped: bool = False
    """The endpoint failed, or the answer waits for a batch: what was read is not the whole."""

    @property
    def waiting(self) -> bool:
        """Whether an answer waits for a batch; the questions of the other parts can wait in the same one."""
        return any(f.code == "waiting" for f in self.failed)


def extract_messages(article: Article, span: Span) -> list[tuple[str, str]]:
    """What is asked of a part of an article; the fixed words come first, so that providers can keep them."""
    return messages(
        load_prompt(EXTRACT), published=str(article.published or "unknown"), marker=marker(article),
        article=span.of(article.text).strip("\n"),
    )  # fmt: skip


class LlmReader:
    """Reads claims with a chat model; ``prompts`` are the hashes of every prompt of the model's way."""

    name = "llm"

    def __init__(self, client: LlmClient) -> None:
        self.client = client
        self.prompts = {name: load_prompt(name).sha256 for name in (EXTRACT, BIND, REPAIR)}

    def read(self, article: Article, view: ArticleView) -> Reading:
        parts: list[Part] = []
        for span in parts_of(article.text):
            parts.append(self._part(article, view, span))
            if parts[-1].stopped and not parts[-1].waiting:
                break
        whole = _joined(parts)
        claims = None if whole.stopped else whole.claims
        return Reading(claims, whole.refused, whole.failed, whole.usage)

    def _part(self, article: Article, view: ArticleView, span: Span, splits: int = 0) -> Part:
        asked = extract_messages(article, span)
        try:
            reply = self.client.structured(asked, ExtractReply)
        except ModelError as error:
            return Part(None, failed=(endpoint_failure(STAGE, error),), stopped=True)
        if reply.finish == "length" and splits < MAX_SPLITS and span.end - span.start >= MIN_SPLIT:
            smaller = [self._part(article, view, half, splits + 1) for half in halves(article.text, span)]
            return _joined([Part(None, usage=spent(reply)), *smaller])
        sifting = _Sifting(article, view, span.start, self.client.spec)
        if reply.parsed is None:
            return self._again(asked, reply, sifting)
        claims, bad, doubles = sifting.sift(reply)
        if reply.finish == "length":
            cut = (truncated(STAGE, self.client),)
            return Part(claims, doubles + _refused(bad), cut, spent(reply))
        if not bad:
            return Part(claims, doubles, usage=spent(reply))
        mended = self._mended(asked, reply, bad, sifting)
        return _joined([Part(claims, doubles, usage=spent(reply)), mended], overlapping=False)

    def _again(self, asked: list[tuple[str, str]], reply: Reply, sifting: _Sifting) -> Part:
        """The one second try after an answer that could not be read at all."""
        try:
            second = self.client.structured(repair(asked, reply, [str(reply.error)], "all the claims"), ExtractReply)
        except ModelError as error:
            return Part(None, failed=(endpoint_failure(STAGE, error),), usage=spent(reply), stopped=True)
        usage = spent(reply) + spent(second)
        if second.parsed is None:
            return Part(None, failed=(unusable(STAGE, self.client, second),), usage=usage)
        claims, bad, doubles = sifting.sift(second)
        cut = (truncated(STAGE, self.client),) if second.finish == "length" else ()
        return Part(claims, doubles + _refused(bad), cut, usage)

    def _mended(self, asked: list[tuple[str, str]], reply: Reply, bad: Sequence[Bad], sifting: _Sifting) -> Part:
        """What a second answer makes of the faulty items; the rest of them is refused."""
        wanted = repair(asked, reply, [str(b) for b in bad], "only these items, mended")
        try:
            second = self.client.structured(wanted, ExtractReply)
        except ModelError as error:
            waits = error.code == "waiting"  # then claims are still to come, and no trial is asked for before
            return Part((), _refused(bad), (endpoint_failure(STAGE, error),), stopped=waits)
        claims = sifting.sift(second)[0] if second.parsed is not None else ()
        return Part(claims, _refused(_not_mended(bad, claims)), usage=spent(second))


@dataclass
class _Sifting:
    """Sorts the items of a part's replies; an item that was accepted before is a double."""

    article: Article
    view: ArticleView
    near: int
    model: str

    def __post_init__(self) -> None:
        self.accepted: set[str] = set()

    def sift(self, reply: Reply) -> tuple[tuple[Claim, ...], tuple[Bad, ...], tuple[Refused, ...]]:
        """Claims whose quotes stand in the text, items to send back, and doubles."""
        assert isinstance(reply.parsed, ExtractReply)
        claims, doubles, near = [], [], self.near
        bad = [Bad(_as_dict(r.item), Refusal("invalid_item", r.why)) for r in reply.rejected]
        for item in reply.parsed.claims:
            place = ground(item.quote, self.article.text, near) if item.statement.strip() else NO_STATEMENT
            if isinstance(place, Refusal):
                bad.append(Bad(item.model_dump(), place))
                continue
            near = place.start
            claim = self._claim(item, place)
            if claim.id in self.accepted:
                doubles.append(Bad(item.model_dump(), DOUBLE))
                continue
            self.accepted.add(claim.id)
            claims.append(claim)
        return tuple(claims), tuple(bad), _refused(doubles)

    def _claim(self, item: ExtractedClaim, place: Span) -> Claim:
        start, end = place
        figures = tuple(f.text for f in self.view.at(start, end).figures if f.unit != "count")
        cited = (item.cited or "").strip()
        return Claim(
            id=claim_id(self.article.id, start, end, item.kind, figures), article=self.article.id,
            quote=self.article.text[start:end], start=start, end=end, kind=item.kind, figures=figures,
            statement=" ".join(item.statement.split()), modality=item.modality, checkable=item.checkable,
            why_not=None if item.checkable == "yes" else item.why_not,
            attribution=Attribution(to="cited", name=cited) if cited else Attribution(),
            extracted_by=ExtractedBy(reader="llm", model=self.model, prompt=EXTRACT),
        )  # fmt: skip


NO_STATEMENT = Refusal("statement_empty", "there is no statement")
DOUBLE = Refusal("duplicate", "the same quote with the same kind came before")


def _joined(parts: Sequence[Part], *, overlapping: bool = True) -> Part:
    """Parts as one. Of overlapping ones a claim that both hold stands once."""
    read = [p.claims for p in parts if p.claims is not None]
    claims = merged(read) if overlapping else tuple(c for part in read for c in part)
    return Part(
        claims=claims if read else None,
        refused=tuple(r for p in parts for r in p.refused), failed=tuple(f for p in parts for f in p.failed),
        usage=sum((p.usage for p in parts), Usage()), stopped=any(p.stopped for p in parts),
    )  # fmt: skip


def _not_mended(bad: Sequence[Bad], claims: Iterable[Claim]) -> list[Bad]:
    """The faulty items that no claim of the second answer resembles."""
    left = list(bad)
    for claim in claims:
        best = max(left, key=lambda b: _likeness(b, claim), default=None)
        if best is not None and _likeness(best, claim) >= ALIKE:
            left.remove(best)
    return left


def _likeness(bad: Bad, claim: Claim) -> float:
    pairs = ((bad.quote, claim.quote), (str(bad.proposed.get("statement") or ""), claim.statement))
    return max(SequenceMatcher(None, one, other).ratio() for one, other in pairs)


def _refused(bad: Iterable[Bad]) -> tuple[Refused, ...]:
    return tuple(
        Refused(stage=STAGE, code=b.refusal.code, why=b.refusal.why, quote=b.quote, proposed=b.proposed) for b in bad
    )


def _as_dict(item: Any) -> dict[str, Any]:
    return dict(item) if isinstance(item, dict) else {"item": item}


__all__ = ["ExtractReply", "ExtractedClaim", "LlmReader", "Proposal", "Proposals", "propose_trials"]
