"""The nouns of the program: Article, Passage, Claim, Trial, Evidence, Verdict, Review, Run, Report.

All are frozen. Ids are the first 16 hex digits of a SHA-256 over content, so the same text gives the same
ids on every machine and in every run. ``Report`` is the JSON contract; fields may be added to it, removing or
narrowing one raises ``SCHEMA_VERSION``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from analyzer.notebook import ClaimTable

SCHEMA_VERSION = 1

Language = Literal["de", "en"]
Kind = Literal[
    "quantitative_move", "level", "record_extreme", "comparison", "volatility_sentiment", "causal", "prediction",
    "trend_regime", "bubble_valuation", "analogy", "macro", "policy_effect", "normative", "rhetorical", "other_fact",
]  # fmt: skip
Label = Literal[
    "supported", "refuted", "mixed", "consistent", "inconclusive", "no_data", "pending", "not_checkable",
]  # fmt: skip
Checkable = Literal["yes", "partly", "no"]
Modality = Literal["asserted", "hedged", "asked", "denied"]
Directness = Literal["direct", "statistical", "proxy"]
Basis = Literal["quote", "context", "article", "default", "proposed"]
PublishedBasis = Literal["given", "metadata", "text", "inferred", "unknown"]
Unit = Literal["fraction", "percentage_points", "points", "currency", "ratio", "percentile", "sessions", "count"]
Qualifier = Literal["exact", "rounded", "about", "almost", "at_least", "at_most", "up_to", "between"]
Direction = Literal["up", "down"]


def content_id(*parts: object) -> str:
    """First 16 hex digits of the SHA-256 of the parts, in a canonical JSON form."""
    blob = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(blob.encode("utf-8")).hexdigest()[:16]


class Noun(BaseModel):
    """A frozen record. Stored and printed records are read leniently; replies and settings forbid extras."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Article(Noun):
    """A commentary. ``text`` is canonical: offsets count its Unicode code points."""

    id: str
    text: str
    language: Language
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_basis: PublishedBasis = "unknown"
    published_why: str | None = None
    licence: str | None = None
    source: str = "-"
    raw_sha256: str = ""

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


def article_id(text: str, outlet: str | None, published: date | None) -> str:
    """Id of an article: its white-space-normalised text, its outlet, and its date if one was given."""
    return content_id("article", " ".join(text.split()), outlet, published)


class Passage(Noun):
    """A stretch of an article that is embedded as one: ``text == article.text[start:end]``."""

    article: str
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        return content_id("passage", self.article, self.start, self.end)


class Attribution(Noun):
    to: Literal["author", "cited"] = "author"
    name: str | None = None


class ExtractedBy(Noun):
    reader: str
    model: str | None = None
    prompt: str | None = None


class Claim(Noun):
    """A verbatim quote with a predicate. The fields after ``figures`` are its reading, which may differ by run."""

    id: str
    article: str
    quote: str
    start: int
    end: int
    kind: Kind
    figures: tuple[str, ...] = ()
    statement: str
    attribution: Attribution = Attribution()
    modality: Modality = "asserted"
    checkable: Checkable = "yes"
    why_not: str | None = None
    extracted_by: ExtractedBy


def claim_id(article: str, start: int, end: int, kind: str, figures: tuple[str, ...]) -> str:
    return content_id("claim", article, start, end, kind, list(figures))


class Stated(Noun):
    """What the text says of a figure: the words, the value they name, and the interval they allow.

    ``low`` and ``high`` bound what counts as right (None: open on that side), in ``unit``; fractions, never per
    cent. The sign is the claim's: a fall of 17 % is -0.17. The rules are those of CHECKS, section 0.3.
    """

    text: str
    value: float
    low: float | None
    high: float | None
    unit: Unit
    currency: str | None = None
    qualifier: Qualifier = "rounded"


class Trial(Noun):
    """A check's name and its typed parameters, each with its basis; fixed before any data are read."""

    id: str
    claim: str
    check: str
    params: dict[str, Any]
    basis: dict[str, Basis] = {}
    assumed: tuple[str, ...] = ()
    directness: Directness = "direct"
    why: str = ""


def trial_id(claim: str, check: str, params: Mapping[str, Any]) -> str:
    return content_id("trial", claim, check, params)


def evidence_id(trial: str, as_of: date, rows: Sequence[str]) -> str:
    """Id of a trial's evidence at one date; ``rows`` are the hashes of the series that it rests on."""
    return content_id("evidence", trial, as_of, list(rows))


class Statistic(Noun):
    name: str
    value: float | None


class Observed(Noun):
    value: float | None
    unit: Unit
    currency: str | None = None


class Window(Noun):
    """Sessions: the base whose close is compared with, the first and the last session of the window."""

    base: date | None = None
    first: date | None = None
    last: date | None = None


class NearMiss(Noun):
    """The nearest true statement when a fact is refuted. ``change``: session, sign, scale, subject, window."""

    change: str
    symbol: str
    window: Window = Window()
    value: float
    unit: Unit
    currency: str | None = None
    sentence: str = ""


class DataUsed(Noun):
    symbol: str
    field: str
    basis: str
    source: str
    origin: str = ""
    first: date | None
    last: date | None
    retrieved: str | None
    sha256: str


class Variant(Noun):
    """One other defensible choice of window, benchmark or series, and what it gave."""

    name: str
    outcome: Label
    value: float | None = None
    unit: Unit | None = None
    """Of the value, where it is another than that of what was observed: points beside a fraction."""


class Robustness(Noun):
    agree: int = 0
    of: int = 0
    variants: tuple[Variant, ...] = ()


class ChartLine(Noun):
    """One line of a chart: session dates and values of equal length."""

    name: str
    dates: tuple[date, ...]
    values: tuple[float, ...]


class Chart(Noun):
    """Data of the picture that shows the point: lines, the marked sessions, horizontal rules."""

    title: str
    unit: Unit
    currency: str | None = None
    lines: tuple[ChartLine, ...]
    marks: tuple[tuple[date, str], ...] = ()
    rules: tuple[tuple[float, str], ...] = ()
    window: Window = Window()


class Evidence(Noun):
    """One trial at one as-of date."""

    id: str
    trial: str
    check: str
    params: dict[str, Any]
    basis: dict[str, Basis] = {}
    assumed: tuple[str, ...] = ()
    as_of: date
    directness: Directness
    outcome: Label
    reason: str | None
    caveats: tuple[str, ...] = ()
    summary: str
    rule: str
    statistic: Statistic | None = None
    pvalue: float | None = None
    nobs: int | None = None
    null_hypothesis: str | None = None
    window: Window = Window()
    stated: Stated | None = None
    observed: Observed | None = None
    near_misses: tuple[NearMiss, ...] = ()
    data: tuple[DataUsed, ...] = ()
    robustness: Robustness = Robustness()
    chart: Chart | None = None


class Verdict(Noun):
    label: Label
    reason: str | None = None
    summary: str
    as_of: date


class Verdicts(Noun):
    """``when_written`` is null when the article's date is unknown."""

    when_written: Verdict | None
    latest: Verdict


class ReadingRef(Noun):
    """Which reading a person had before them: enough to name it also where its run is not recorded."""

    run: str
    started: str
    reader: str
    model: str | None = None
    prompts: dict[str, str] = {}
    as_of: date | None = None
    data_vintage: str = ""


class Review(Noun):
    """A person's decision on a claim. Reviews are appended, never changed."""

    id: str
    claim: str
    reviewer: str
    at: str
    decision: Literal["agree", "override", "reject", "undo"]
    label: Label | None = None
    reason: str | None = None
    note: str | None = None
    reading: ReadingRef | None = None
    """What was decided on; None in what was recorded before this was kept."""


class SignOff(Noun):
    """A person's word on an article as a whole: read, and nothing is missing (``complete``), or something is.

    Appended, never changed; ``undo`` takes ``undoes`` back, and the same person's word before it stands again.
    """

    id: str
    article: str
    reviewer: str
    at: str
    decision: Literal["complete", "missing", "undo"]
    note: str | None = None
    undoes: str | None = None
    reading: ReadingRef | None = None


class MarketUsed(Noun):
    """What data a run could read, and where: enough to open the same market again."""

    sources: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    catalogues: tuple[str, ...] = ()
    last_session: date | None = None


class ExampleUsed(Noun):
    """A binding that people hold for right and that stood in a prompt. ``score``: the cosine of the nearest claim."""

    claim: str
    article: str
    by: Literal["agreed", "corrected"]
    score: float


class Run(Noun):
    """What produced a result."""

    id: str
    started: str
    analyzer_version: str
    reader: str
    model: str | None = None
    prompts: dict[str, str] = {}
    llm_calls: int = 0
    cached_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0
    seconds: float = 0.0
    as_of: date | None = None
    data_vintage: str = ""
    market: MarketUsed = MarketUsed()
    examples: tuple[ExampleUsed, ...] = ()
    """Which accepted bindings of other articles the model was shown when it bound the claims."""

    def as_reading(self) -> ReadingRef:
        """This run as the reading that people decide on."""
        return ReadingRef(**{name: getattr(self, "id" if name == "run" else name) for name in ReadingRef.model_fields})


class JudgedOn(Noun):
    """What the judge knew of a claim besides its words and its evidence: enough to judge again without the text."""

    paragraph: int
    """The number of the claim's paragraph: figures of one paragraph bear each other out."""
    plain: bool = True
    """Whether the claim can be read in one way only."""
    untested: tuple[str, ...] = ()
    """Figures and superlatives that no trial tests: with them a claim is at most mixed."""
    beside: tuple[str, ...] = ()
    """Further parts that no trial tests, which take nothing from what was borne out."""
    dates_article: bool = False
    """Whether the article's date was inferred from this claim."""
    why_not: str | None = None
    """The code of why there is no trial; the next three say more of it, in words."""
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    by_hand: str = ""


class Amendment(Noun):
    """A claim as a person would have it tested: another quote, kind or trial, and what came out of it. Appended, never
    changed; it stands beside what the machine said and takes nothing from it.

    ``claim`` is the id of the claim that it is of; of one that a person added the id that this got. ``reading`` is the
    claim as amended. Verdicts and evidence are computed by the checks and the judge, from data of ``data_vintage``.
    """

    id: str
    article: str
    claim: str
    reviewer: str
    at: str
    change: Literal["trial", "trial_added", "trial_removed", "quote", "claim", "undo"]
    """``claim``: a claim that nobody had read was added; ``undo`` takes ``undoes`` back, and has nothing more."""
    undoes: str | None = None
    reading: Claim | None = None
    trials: tuple[Trial, ...] = ()
    untested: tuple[str, ...] = ()
    judged_on: JudgedOn | None = None
    verdict: Verdicts | None = None
    evidence: tuple[Evidence, ...] = ()
    run: str = ""
    """The run whose claims it was judged beside; empty in what was recorded before this was kept."""
    analyzer_version: str = ""
    data_vintage: str = ""
    market: MarketUsed = MarketUsed()

    def result(self) -> ClaimResult:
        """The claim as amended, with its verdicts and evidence, under the id of the claim that it is of."""
        if self.reading is None or self.verdict is None:
            raise ValueError(f"Amendment {self.id} takes another one back, and has no result.")
        return ClaimResult(
            **{**{name: getattr(self.reading, name) for name in Claim.model_fields}, "id": self.claim},
            untested=self.untested, judged_on=self.judged_on, verdict=self.verdict, evidence=self.evidence,
        )  # fmt: skip


class ClaimResult(Claim):
    """A claim with its verdicts, its reviews and its evidence: one row of the table."""

    untested: tuple[str, ...] = ()
    """Parts of the quote, to the letter, that none of its trials tests."""
    disagreement: tuple[str, ...] = ()
    """What a model's statement says otherwise than the rules read the quote."""
    judged_on: JudgedOn | None = None
    """None in what was recorded before this was kept."""
    verdict: Verdicts
    reviews: tuple[Review, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    """What people had tested otherwise, undone or not, oldest first."""
    evidence: tuple[Evidence, ...] = ()


class Refused(Noun):
    """What was proposed and not accepted, with the code of the reason."""

    stage: str
    code: str
    why: str
    quote: str = ""
    proposed: dict[str, Any] = {}


class Unclaimed(Noun):
    """A number or a market statement of the text that no claim covers."""

    text: str
    start: int
    end: int
    kind: str = "number"


class Failure(Noun):
    """A step that failed. Never a verdict."""

    stage: str
    code: str
    message: str
    claim: str | None = None
    retryable: bool = False


class ReportArticle(Noun):
    id: str
    title: str | None
    author: str | None
    outlet: str | None
    published: date | None
    published_basis: PublishedBasis
    published_why: str | None = None
    language: Language
    source: str
    characters: int
    text_sha256: str
    raw_sha256: str
    text: str | None = None


class Report(Noun):
    """One article's result: the JSON contract. ``claims`` is None when extraction failed, never ``()``."""

    schema_version: int = SCHEMA_VERSION
    article: ReportArticle
    run: Run
    claims: tuple[ClaimResult, ...] | None = Field(default=None)
    added: tuple[ClaimResult, ...] = ()
    """Claims that people added by hand, as they stand now; their verdicts are computed, as all are."""
    refused: tuple[Refused, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    failed: tuple[Failure, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    """What people said of the article as a whole, taken back or not, oldest first."""
    advice: tuple[str, ...] = ()
    seal: str = ""
    """Of what was written: see ``seal_of``."""

    def amendments(self) -> tuple[Amendment, ...]:
        """Everything that people had tested otherwise, claim by claim."""
        return tuple(one for claim in (*(self.claims or ()), *self.added) for one in claim.amendments)

    def to_json(self, *, charts: bool = False, text: bool = False) -> str:
        """The contract's JSON, sealed. Chart data and the article's text only on request."""
        drop: dict[str, Any] = {}
        if not charts:
            drawn: dict[str, Any] = {"evidence": {"__all__": {"chart"}}}
            drop["claims"] = drop["added"] = {"__all__": {**drawn, "amendments": {"__all__": drawn}}}
        if not text:
            drop["article"] = {"text"}
        content = self.model_dump(mode="json", exclude=drop or None)
        return json.dumps({**content, "seal": seal_of(content)}, ensure_ascii=False, indent=1)

    def table(self) -> ClaimTable:
        """One row a claim, as a pandas DataFrame that shows itself in a notebook."""
        from analyzer.notebook import claim_table
        from analyzer.standing import effective, state

        rows = []
        for claim in self.claims or ():
            written = claim.verdict.when_written
            rows.append(
                {
                    "claim": claim.id,
                    "quote": claim.quote,
                    "kind": claim.kind,
                    "checkable": claim.checkable,
                    "verdict": claim.verdict.latest.label,
                    "reason": claim.verdict.latest.reason,
                    "summary": claim.verdict.latest.summary,
                    "when_written": written.label if written else None,
                    "checks": ", ".join(dict.fromkeys(e.check for e in claim.evidence)),
                    "reviewed": effective(claim) if claim.reviews else None,
                    "review": state(claim),
                }
            )
        return claim_table(rows)

    def _repr_html_(self) -> str:
        """What a notebook shows: who wrote what and when, and the table."""
        from analyzer.notebook import report_html

        article = self.article
        lines = [
            " · ".join(filter(None, (article.author, article.outlet, str(article.published or "date unknown")))),
            f"data to {self.run.market.last_session} ({', '.join(self.run.market.sources)})",
            *(["No claims: the extraction failed."] if self.claims is None else []),
            *(["No claim was found."] if self.claims == () else []),
            *(f"failed: {one.stage}, {one.code}: {one.message}" for one in self.failed),
        ]
        return report_html(article.title or article.source, lines, self.table() if self.claims else None)


def seal_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over everything in a report's JSON but its seal, whatever the order of the fields and the white space.

    It shows that a report was changed after it was written where nothing recomputes what stands there: in a quote, in a
    cost. It is no signature: who changes a report on purpose can seal it again.
    """
    kept = _plain_numbers({name: value for name, value in content.items() if name != "seal"})
    return hashlib.sha256(json.dumps(kept, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def _plain_numbers(value: Any) -> Any:
    """1.0 as 1: programs that pass JSON on write the one for the other."""
    if isinstance(value, dict):
        return {name: _plain_numbers(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain_numbers(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
