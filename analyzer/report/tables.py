"""A report as tables of typed columns: what the spreadsheet, Parquet and CSV are made of.

Cells hold str, int, float, bool, date or None; lists are joined by " | ", what has parts of its own is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel

from analyzer.decisions import standing_amendments, standing_sign_offs
from analyzer.model import ClaimResult, Evidence, Failure, ReadingRef, Refused, Report, Review, Unclaimed
from analyzer.report import words
from analyzer.standing import standing, state

Cell = str | int | float | bool | date | None
Type = Literal["text", "integer", "number", "flag", "date"]


@dataclass(frozen=True)
class Column:
    """``width``: how wide a reader needs it, in characters."""

    name: str
    type: Type = "text"
    width: int = 14


@dataclass(frozen=True)
class Table:
    """``rows`` gives the cells of a report, one for each column."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Report], Iterator[Sequence[Cell]]]


def _texts(*names: str, width: int = 14) -> tuple[Column, ...]:
    return tuple(Column(name, width=width) for name in names)


def _typed(kind: Type, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind, 12) for name in names)


def _joined(values: Iterable[str]) -> str | None:
    return " | ".join(values) or None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _results(report: Report) -> Iterator[ClaimResult]:
    yield from report.claims or ()


# --- claims -----------------------------------------------------------------------------------------------------------

CLAIMS = (
    *_texts("article"), *_texts("source", width=24), *_typed("date", "published"), *_texts("claim"),
    *_texts("quote", width=60), *_typed("integer", "start", "end"), *_texts("kind", width=20),
    *_texts("statement", width=50), *_texts("attribution", "modality", "checkable", "verdict", "reason"),
    *_texts("summary", width=60), *_typed("date", "as_of"), *_texts("when_written"),
    *_texts("when_written_summary", width=50), *_texts("reviewed"), *_texts("checks", width=24),
    *_texts("review_state"), *_texts("reviews", width=50), *_texts("article_review", width=24),
    *_texts("sign_offs", width=50),
)  # fmt: skip
"""``verdict`` is the machine's; ``reviewed`` the label in force where somebody has reviewed the claim. The last two are
of the article as a whole, and stand in every row of it."""


def claim_cells(report: Report, claim: ClaimResult) -> Sequence[Cell]:
    article, written, latest = report.article, claim.verdict.when_written, claim.verdict.latest
    return (
        article.id, article.source, article.published, claim.id, claim.quote, claim.start, claim.end, claim.kind,
        claim.statement, claim.attribution.name or claim.attribution.to, claim.modality, claim.checkable, latest.label,
        latest.reason, latest.summary, latest.as_of, written.label if written else None,
        written.summary if written else None, words.effective(claim) if claim.reviews else None,
        " ".join(dict.fromkeys(e.check for e in claim.evidence)), state(claim), _joined(words.history(claim)),
        words.article_state(report), _joined(words.sign_offs(report)),
    )  # fmt: skip


def _claims(report: Report) -> Iterator[Sequence[Cell]]:
    return (claim_cells(report, claim) for claim in _results(report))


# --- evidence ---------------------------------------------------------------------------------------------------------

EVIDENCE = (
    *_texts("article", "claim", "evidence"), *_texts("check", width=20), *_typed("date", "as_of"),
    *_texts("outcome", "reason"), *_texts("summary", width=60), *_texts("directness"),
    *_texts("stated", width=20), *_typed("number", "stated_value", "stated_low", "stated_high"),
    *_texts("stated_unit"), *_typed("number", "observed"), *_texts("observed_unit"), *_texts("currency"),
    *_typed("date", "base", "first", "last"), *_texts("statistic", width=20), *_typed("number", "statistic_value"),
    *_typed("number", "pvalue"), *_typed("integer", "nobs"), *_texts("null_hypothesis", width=30),
    *_typed("integer", "variants_agree", "variants"), *_texts("near_misses", "assumed", "caveats", "rule", width=40),
    *_texts("data", "params", width=40),
)  # fmt: skip


def _evidence(report: Report) -> Iterator[Sequence[Cell]]:
    return (_evidence_cells(report, claim, one) for claim in _results(report) for one in claim.evidence)


def _evidence_cells(report: Report, claim: ClaimResult, one: Evidence) -> Sequence[Cell]:
    stated, seen, window, statistic = one.stated, one.observed, one.window, one.statistic
    currency = _of(seen, "currency") or _of(stated, "currency")
    near = (m.sentence or f"{m.symbol} {words.quantity(m.value, m.unit, m.currency)}" for m in one.near_misses)
    used = (f"{d.symbol} {d.field} {d.basis} {d.source} {d.first} to {d.last} sha256 {d.sha256}" for d in one.data)
    return (
        report.article.id, claim.id, one.id, one.check, one.as_of, one.outcome, one.reason, one.summary, one.directness,
        *(_of(stated, name) for name in ("text", "value", "low", "high", "unit")), _of(seen, "value"),
        _of(seen, "unit"), currency, window.base, window.first, window.last, _of(statistic, "name"),
        _of(statistic, "value"), one.pvalue, one.nobs, one.null_hypothesis, one.robustness.agree, one.robustness.of,
        _joined(near), _joined(one.assumed), _joined(one.caveats), one.rule, _joined(used), _json(one.params),
    )  # fmt: skip


def _of(part: BaseModel | None, name: str) -> Cell:
    return getattr(part, name) if part is not None else None


# --- reviews and the rest ---------------------------------------------------------------------------------------------

REVIEWS = (
    *_texts("article", "claim"), *_texts("quote", width=60), *_texts("review"), *_texts("reviewer", "at", width=20),
    *_texts("decision", "label", "reason"), *_texts("note", width=50), *_typed("flag", "stands"),
    *_texts("machine", "run"), *_texts("read_at", width=20), *_texts("reader", "model"),
)  # fmt: skip


def _reviews(report: Report) -> Iterator[Sequence[Cell]]:
    for claim in _results(report):
        stand = {review.id for review in standing(claim.reviews).values()}
        yield from (_review_cells(report, claim, one, one.id in stand) for one in claim.reviews)


def _review_cells(report: Report, claim: ClaimResult, one: Review, stands: bool) -> Sequence[Cell]:
    return (
        report.article.id, claim.id, claim.quote, one.id, one.reviewer, one.at, one.decision, one.label, one.reason,
        one.note, stands, claim.verdict.latest.label, *_reading(one.reading),
    )  # fmt: skip


AMENDMENTS = (
    *_texts("article", "claim"), *_texts("quote", width=60), *_texts("amendment"), *_texts("reviewer", "at", width=20),
    *_texts("change", "label", "reason"), *_texts("summary", "assumed", width=50), *_typed("flag", "stands"),
    *_texts("machine"),
)  # fmt: skip
"""``label`` is what came out as changed; of a claim that a person added there is no ``machine``'s."""


def _amendments(report: Report) -> Iterator[Sequence[Cell]]:
    for claim in (*_results(report), *report.added):
        machine = None if claim in report.added else claim.verdict.latest.label
        stand = {one.id for one in standing_amendments(claim.amendments).values()}
        for one in claim.amendments:
            result = one.result() if one.change != "undo" else None
            verdict = result.verdict.latest if result else None
            yield (
                report.article.id, claim.id, result.quote if result else None, one.id, one.reviewer, one.at, one.change,
                _of(verdict, "label"), _of(verdict, "reason"), _of(verdict, "summary"),
                _joined(words.assumed(result)) if result else None, one.id in stand, machine,
            )  # fmt: skip


def _reading(one: ReadingRef | None) -> Sequence[Cell]:
    """The run that was decided on, when it read, and by what."""
    return (None,) * 4 if one is None else (one.run, one.started, one.reader, one.model)


SIGN_OFFS = (
    *_texts("article", "sign_off"), *_texts("reviewer", "at", width=20), *_texts("decision"),
    *_texts("note", width=50), *_typed("flag", "stands"), *_texts("run"), *_texts("read_at", width=20),
    *_texts("reader", "model"),
)  # fmt: skip


def _sign_offs(report: Report) -> Iterator[Sequence[Cell]]:
    stand = {one.id for one in standing_sign_offs(report.sign_offs).values()}
    for one in report.sign_offs:
        yield (
            report.article.id, one.id, one.reviewer, one.at, one.decision, one.note, one.id in stand,
            *_reading(one.reading),
        )  # fmt: skip


REFUSED = (
    *_texts("article", "stage"), *_texts("code", width=20), *_texts("why", "quote", "proposed", width=60),
)  # fmt: skip
UNCLAIMED = (*_texts("article", "kind"), *_texts("text", width=60), *_typed("integer", "start", "end"))
FAILED = (
    *_texts("article", "stage", "code"), *_texts("message", width=80), *_texts("claim"), *_typed("flag", "retryable"),
)  # fmt: skip


def _refused(report: Report) -> Iterator[Sequence[Cell]]:
    def cells(one: Refused) -> Sequence[Cell]:
        return report.article.id, one.stage, one.code, one.why, one.quote, _json(one.proposed)

    return map(cells, report.refused)


def _unclaimed(report: Report) -> Iterator[Sequence[Cell]]:
    def cells(one: Unclaimed) -> Sequence[Cell]:
        return report.article.id, one.kind, one.text, one.start, one.end

    return map(cells, report.unclaimed)


def _failed(report: Report) -> Iterator[Sequence[Cell]]:
    def cells(one: Failure) -> Sequence[Cell]:
        return report.article.id, one.stage, one.code, one.message, one.claim, one.retryable

    return map(cells, report.failed)


RUN = (
    *_texts("article"), *_texts("title", width=40), *_texts("author", "outlet", width=20), *_texts("language"),
    *_typed("date", "published"), *_texts("published_basis"), *_texts("source", width=24),
    *_typed("integer", "characters", "claims"), *_texts("run"), *_texts("started", width=22),
    *_texts("analyzer_version", "reader", "model"),
    *_typed("integer", "llm_calls", "prompt_tokens", "completion_tokens"), *_typed("number", "cost_usd", "seconds"),
    *_typed("date", "as_of", "last_session"), *_texts("sources", "data_vintage"), *_texts("prompts", width=30),
    *_texts("advice", width=60), *_texts("text_sha256", "raw_sha256", width=20), *_texts("article_review", width=24),
    *_texts("signed_by", width=30),
)  # fmt: skip
"""``claims`` is empty, not 0, where the extraction failed; ``cost_usd`` where the price is not known."""


def _run(report: Report) -> Iterator[Sequence[Cell]]:
    article, run = report.article, report.run
    yield (
        article.id, article.title, article.author, article.outlet, article.language, article.published,
        article.published_basis, article.source, article.characters,
        None if report.claims is None else len(report.claims), run.id, run.started, run.analyzer_version, run.reader,
        run.model, run.llm_calls, run.prompt_tokens, run.completion_tokens, run.cost_usd, run.seconds, run.as_of,
        run.market.last_session, _joined(run.market.sources), run.data_vintage, _json(run.prompts),
        _joined(report.advice), article.text_sha256, article.raw_sha256,
        words.article_state(report), _joined(standing_sign_offs(report.sign_offs)),
    )  # fmt: skip


TABLES = (
    Table("claims", CLAIMS, _claims),
    Table("evidence", EVIDENCE, _evidence),
    Table("reviews", REVIEWS, _reviews),
    Table("amendments", AMENDMENTS, _amendments),
    Table("sign_offs", SIGN_OFFS, _sign_offs),
    Table("refused", REFUSED, _refused),
    Table("unclaimed", UNCLAIMED, _unclaimed),
    Table("failed", FAILED, _failed),
    Table("run", RUN, _run),
)
