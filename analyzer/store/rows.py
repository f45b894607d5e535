"""Nouns to rows of the ledger, and back. Pure: no connection, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analyzer.model import (
    Article,
    Attribution,
    Chart,
    Claim,
    ClaimResult,
    Evidence,
    ExtractedBy,
    Failure,
    JudgedOn,
    Passage,
    Refused,
    Report,
    ReportArticle,
    Review,
    Run,
    Trial,
    Unclaimed,
    Verdict,
    Verdicts,
)  # fmt: skip

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

Row = dict[str, Any]
STAGES = ("when_written", "latest")
DATED = ("published", "published_basis", "published_why")


def storable(row: Row) -> Row:
    """The row with a sign in place of every NUL, which a model's reply may hold and PostgreSQL's text does not."""
    return {name: value.replace("\0", "\ufffd") if isinstance(value, str) else value for name, value in row.items()}


def article_row(article: Article) -> Row:
    row = article.model_dump(include=set(ReportArticle.model_fields) | {"licence"}, exclude={"text"})
    return {**row, "characters": len(article.text), "text_sha256": article.text_sha256}


def known_better(old: RowMapping, new: Row) -> Row:
    """The new row, with what only the old one knew. A date and its basis go together."""
    merged = {name: old[name] if value is None else value for name, value in new.items()}
    if new["published"] is None:
        merged.update({name: old[name] for name in DATED})
    return merged


def run_row(report: Report, recorded: str) -> Row:
    run, article = report.run, report.article
    return {
        "id": run.id, "article": article.id, "text_sha256": article.text_sha256, "started": run.started,
        "recorded": recorded, "analyzer_version": run.analyzer_version, "reader": run.reader, "model": run.model,
        "as_of": run.as_of, "cost_usd": run.cost_usd, "schema_version": report.schema_version,
        "extracted": report.claims is not None, "with_text": report.article.text is not None,
        "head": report.article.model_dump(mode="json", exclude={"text"}), "record": run.model_dump(mode="json"),
        "advice": list(report.advice),
    }  # fmt: skip


def passage_row(article: Article, passage: Passage) -> Row:
    return {
        "article": article.id, "sha256": article.text_sha256, "id": passage.id, "start": passage.start,
        "end": passage.end,
    }  # fmt: skip


def claim_row(claim: Claim) -> Row:
    return claim.model_dump(mode="json", include={"id", "article", "start", "end", "kind", "figures"})


def reading_row(run: str, position: int, claim: ClaimResult) -> Row:
    return {
        "run": run, "claim": claim.id, "position": position, "quote": claim.quote, "statement": claim.statement,
        "attributed_to": claim.attribution.to, "attributed_name": claim.attribution.name, "modality": claim.modality,
        "checkable": claim.checkable, "why_not": claim.why_not, **claim.extracted_by.model_dump(),
        "untested": list(claim.untested), "disagreement": list(claim.disagreement),
        "judged_on": claim.judged_on and claim.judged_on.model_dump(mode="json"),
    }  # fmt: skip


def trial_row(run: str, position: int, trial: Trial) -> Row:
    row = trial.model_dump(mode="json")
    return {"run": run, "position": position, "check_name": row.pop("check"), **row}


def evidence_row(run: str, claim: str, position: int, found: Evidence) -> Row:
    return {
        "run": run, "id": found.id, "claim": claim, "trial": found.trial, "position": position,
        "check_name": found.check, "as_of": found.as_of, "outcome": found.outcome, "reason": found.reason,
        "directness": found.directness, "statistic": found.statistic and found.statistic.name,
        "statistic_value": found.statistic and found.statistic.value, "pvalue": found.pvalue, "nobs": found.nobs,
        "observed": found.observed and found.observed.value, "first": found.window.first, "last": found.window.last,
        "record": found.model_dump(mode="json", exclude={"chart"}),
        "chart": found.chart and found.chart.model_dump(mode="json"),
    }  # fmt: skip


def verdict_rows(run: str, claim: ClaimResult) -> Iterator[Row]:
    for stage in STAGES:
        verdict: Verdict | None = getattr(claim.verdict, stage)
        if verdict is not None:
            yield {"run": run, "claim": claim.id, "stage": stage, **verdict.model_dump()}


def list_rows(run: str, nouns: Sequence[Refused] | Sequence[Unclaimed] | Sequence[Failure]) -> list[Row]:
    return [{"run": run, "position": i, **noun.model_dump(mode="json")} for i, noun in enumerate(nouns)]


def symbol_rows(report: Report, trials: Iterable[Trial]) -> list[Row]:
    """The instruments that each claim's trials and evidence name, each once."""
    found: dict[tuple[str, str], None] = {}
    for trial in trials:
        found |= dict.fromkeys((trial.claim, symbol) for symbol in _named(trial.params))
    for claim in report.claims or ():
        for one in claim.evidence:
            found |= dict.fromkeys((claim.id, used.symbol) for used in one.data)
    return [{"run": report.run.id, "claim": claim, "symbol": symbol} for claim, symbol in found]


def _named(params: Mapping[str, Any]) -> Iterator[str]:
    for name in ("symbol", "symbols", "other", "benchmark", "members"):
        value = params.get(name)
        yield from [value] if isinstance(value, str) else value or ()


def step_rows(report: Report, recorded: str) -> list[Row]:
    """The stages that failed, and the recording itself."""
    states = {failure.stage: "failed" for failure in report.failed} | {"record": "done"}
    same = {"run": report.run.id, "article": report.article.id, "started": report.run.started, "finished": recorded}
    return [{**same, "name": name, "state": state} for name, state in states.items()]


# --- back -----------------------------------------------------------------------------------------------------------


def to_report(run: RowMapping, text: str | None, claims: tuple[ClaimResult, ...], lists: Row) -> Report:
    head = {**run["head"], "text": text if run["with_text"] else None}
    return Report(
        schema_version=run["schema_version"], article=ReportArticle.model_validate(head),
        run=Run.model_validate(run["record"]), claims=claims if run["extracted"] else None,
        advice=tuple(run["advice"]), **lists,
    )  # fmt: skip


def to_claim(
    row: RowMapping, *, verdicts: Sequence[RowMapping], reviews: Sequence[Review], evidence: Sequence[Evidence]
) -> ClaimResult:
    return ClaimResult(
        id=row["id"], article=row["article"], quote=row["quote"], start=row["start"], end=row["end"],
        kind=row["kind"], figures=tuple(row["figures"]), statement=row["statement"],
        attribution=Attribution(to=row["attributed_to"], name=row["attributed_name"]), modality=row["modality"],
        checkable=row["checkable"], why_not=row["why_not"],
        extracted_by=ExtractedBy(reader=row["reader"], model=row["model"], prompt=row["prompt"]),
        untested=tuple(row["untested"]), disagreement=tuple(row["disagreement"]),
        judged_on=JudgedOn.model_validate(row["judged_on"]) if row["judged_on"] else None,
        verdict=_to_verdicts(verdicts),
        reviews=tuple(reviews), evidence=tuple(evidence),
    )  # fmt: skip


def to_trial(row: RowMapping) -> Trial:
    return Trial.model_validate({**row, "check": row["check_name"]})


def to_evidence(row: RowMapping) -> Evidence:
    chart = Chart.model_validate(row["chart"]) if row["chart"] else None
    return Evidence.model_validate({**row["record"], "chart": chart})


def _to_verdicts(found: Sequence[RowMapping]) -> Verdicts:
    by_stage = {row["stage"]: Verdict.model_validate(dict(row)) for row in found}
    return Verdicts(when_written=by_stage.get("when_written"), latest=by_stage["latest"])
