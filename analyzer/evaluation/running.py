"""From gold to rows: the articles are read anew, or reports that were saved before are taken."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from analyzer.config import protect_process
from analyzer.errors import InputError, ModelError
from analyzer.evaluation.gold import GoldArticle, Moment
from analyzer.evaluation.scoring import Row, label_in_words_of, score
from analyzer.model import Report
from analyzer.pipeline import Options, Result, Workshop, analyze_source, read_article, record, worked_out
from analyzer.text.sentences import sentences

Progress = Callable[[str], None]

AT_ONCE = 8
"""Articles that a model reads at one time: it is waited for, not worked for. The rules read one after the other."""

OF_THE_READER = ("bad_reply", "truncated")
"""Codes of failures that a model's own reply is the cause of."""


@dataclass(frozen=True)
class Evaluation:
    """The rows of a reader, those of the baseline in which every sentence is a claim, and what was read how."""

    reader: str
    moment: Moment
    least: float
    rows: tuple[Row, ...]
    baseline: tuple[Row, ...] = ()
    predictions: dict[str, list[dict[str, str]]] | None = None

    def as_json(self) -> str:
        kept = {"reader": self.reader, "moment": self.moment, "least_overlap": self.least}
        return json.dumps({**kept, "rows": [asdict(r) for r in self.rows]}, ensure_ascii=False, indent=1)


def evaluate(
    gold: Sequence[GoldArticle], workshop: Workshop, moment: Moment = "latest", least: float = 0.5,
    *, reports: dict[str, Report] | None = None, progress: Progress = lambda name: None,
) -> Evaluation:  # fmt: skip
    """Score a reader on gold. ``reports``: by name of the article, instead of reading it."""
    rows: list[Row] = []
    baseline: list[Row] = []
    predictions: dict[str, list[dict[str, str]]] = {}
    held = workshop.market.open().has
    for article, (report, text, language) in zip(gold, _read_all(gold, workshop, reports, progress), strict=True):
        _check_asked(article, report)
        _check_quotes(article, text)
        rows += score(article, language, report.claims or (), held, moment, least)
        baseline += _every_sentence(article, text, language, least)
        predictions[article.name] = _predictions(article, report, moment)
    reader = workshop.client.spec if workshop.client is not None else "rules"
    return Evaluation(reader, moment, least, tuple(rows), tuple(baseline), predictions)


def _read_all(
    gold: Sequence[GoldArticle], workshop: Workshop, reports: dict[str, Report] | None, progress: Progress
) -> Iterator[tuple[Report, str, str]]:
    """Report, text and language of each article, in their order; the first error ends it."""
    if reports is not None or workshop.client is None:
        for article in gold:
            progress(article.name)
            yield _read(article, workshop, reports)
        return
    protect_process()
    workshop.catalogue, workshop.market.last_session, workshop.ledger  # noqa: B018  opened before threads race for them
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="eval")
    try:
        asked = [pool.submit(_worked_out, article, workshop) for article in gold]
        for article, answer in zip(gold, asked, strict=True):
            progress(article.name)
            worked, clock = answer.result()
            result = record(worked, workshop, clock)
            yield result.report, result.article.text, result.article.language
    finally:
        pool.shutdown(cancel_futures=True)


def _worked_out(article: GoldArticle, workshop: Workshop) -> tuple[Result, float]:
    clock = time.perf_counter()
    options = _options(article)
    return worked_out(read_article(str(article.path), workshop.settings, options), workshop, options), clock


def _options(article: GoldArticle) -> Options:
    return Options(published=article.published, language=article.language)


def _read(article: GoldArticle, workshop: Workshop, reports: dict[str, Report] | None) -> tuple[Report, str, str]:
    if reports is None:
        result = analyze_source(str(article.path), workshop, _options(article))
        return result.report, result.article.text, result.article.language
    if article.name not in reports:
        raise InputError(f"The reports hold none of {article.name}. There are: {', '.join(sorted(reports)) or 'none'}.")
    read = read_article(str(article.path), workshop.settings, _options(article))
    return reports[article.name], read.text, read.language


def _check_asked(article: GoldArticle, report: Report) -> None:
    """An endpoint that failed says nothing about a reader. A reply of no use does: it is scored as it is."""
    for failure in report.failed:
        if failure.stage != "embed" and failure.code not in OF_THE_READER:
            raise ModelError(
                f"{article.name}: the model could not be asked ({failure.stage}), so nothing is scored: "
                f"{failure.message} What was answered is kept: mend this and run the same again.",
                code=failure.code, retryable=failure.retryable,
            )  # fmt: skip


def _check_quotes(article: GoldArticle, text: str) -> None:
    for claim in article.claims:
        if " ".join(claim.quote.split()) not in " ".join(text.split()):
            raise InputError(
                f"{article.name}.gold.json: the quote of claim {claim.id} does not stand in {article.path.name}: "
                f"{claim.quote[:80]!r}. Copy it from the text."
            )


def _every_sentence(article: GoldArticle, text: str, language: str, least: float) -> tuple[Row, ...]:
    """The baseline: every sentence a claim, a move, checkable, supported."""
    from analyzer.evaluation.matching import match

    quotes = [text[s.start : s.end] for s in sentences(text, language)]
    pairs = match([g.quote for g in article.claims], quotes, least)
    rows = []
    for i, gold in enumerate(article.claims):
        expected, acceptable = gold.expected["latest"]
        row = Row(article.name, language, gold.id, True, gold.kind, gold.checkable, gold.quote, expected=expected)
        if i in pairs:
            fixed: dict[str, Any] = {
                "found": True, "said": quotes[pairs[i]], "kind_right": gold.kind == "quantitative_move",
                "checkable_right": gold.checkable == "yes", "testable_right": gold.checkable != "no",
                "label": "supported", "verdict_right": "supported" in acceptable,
                "verdict_exact": expected == "supported" if expected != "unknown" else None,
            }  # fmt: skip
            row = Row(**{**asdict(row), **fixed})
        rows.append(row)
    taken = set(pairs.values())
    extra = [q for j, q in enumerate(quotes) if j not in taken]
    others = (Row(article.name, language, "", False, "", "yes", q, found=True, said=q) for q in extra)
    return tuple(replace(row, exhaustive=article.exhaustive) for row in (*rows, *others))


def _predictions(article: GoldArticle, report: Report, moment: Moment) -> list[dict[str, str]]:
    """What the scorer of the five-label form reads: quote, type, checkable, verdict; each quote once."""
    five = [g for g in article.claims if g.form == "five"]
    out: dict[str, dict[str, str]] = {}
    for claim in report.claims or ():
        verdict = claim.verdict.latest if moment == "latest" else claim.verdict.when_written or claim.verdict.latest
        label = label_in_words_of(five[0], verdict.label, claim.kind) if five else verdict.label
        row = {"quote": claim.quote, "type": claim.kind, "checkable": claim.checkable, "verdict": label}
        out.setdefault(claim.quote, row)
    return list(out.values())


# --- saved ------------------------------------------------------------------------------------------------------------


def read_reports(path: Path) -> dict[str, Report]:
    """Reports of a JSON or JSONL file that ``analyze … --format json|jsonl`` wrote, by the stem of their source."""
    try:
        text = path.read_text(encoding="utf-8")
        rows = json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.splitlines() if line]
        listed = rows if isinstance(rows, list) else [rows]
        reports = [Report.model_validate(row) for row in listed]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InputError(f"{path} holds no reports of analyze --format json or jsonl: {str(error)[:200]}") from error
    return {Path(r.article.source).stem: r for r in reports}


def read_evaluation(path: Path) -> Evaluation:
    """What ``analyze eval --out FILE`` wrote."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = tuple(Row(**row) for row in content["rows"])
        return Evaluation(content["reader"], content["moment"], content["least_overlap"], rows)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} holds no result of analyze eval --out: {error}.") from error
