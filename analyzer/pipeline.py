"""The way of an article: read, split, embed, extract, bind, date, fetch, check, judge, record.

The only module that knows the order. Each step is a small function on nouns; what fails on the way is kept under
``failed`` and never becomes a verdict.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, BinaryIO

from analyzer import __version__
from analyzer.config import Settings, protect_process
from analyzer.errors import InputError, ModelError, StoreError
from analyzer.examination import check_by_hand, examine
from analyzer.extract.bind import Setting, bind
from analyzer.extract.candidates import candidates, slips
from analyzer.extract.dating import Inferred, dateline, infer_date
from analyzer.extract.drafts import Bound
from analyzer.extract.reading import Reading
from analyzer.extract.rules import passed_over
from analyzer.extract.second_opinion import disagreement
from analyzer.extract.view import ArticleView, view
from analyzer.extract.windows import Clock
from analyzer.market.market import Market
from analyzer.model import (
    Article,
    Claim,
    ClaimResult,
    Evidence,
    Failure,
    Passage,
    Report,
    ReportArticle,
    Run,
    Trial,
    Unclaimed,
    article_id,
    content_id,
)  # fmt: skip
from analyzer.series import Series, SeriesRequest
from analyzer.text.documents import Document, read_document
from analyzer.text.language import require_supported
from analyzer.text.sentences import passages
from analyzer.workshop import Workshop, quiet


@dataclass(frozen=True)
class Options:
    """What may be said about one article."""

    published: date | None = None
    as_of: date | None = None
    language: str | None = None


@dataclass(frozen=True)
class Result:
    """A report and what stands behind it: the article with its text, the trials, the passages."""

    article: Article
    report: Report
    trials: tuple[Trial, ...]
    passages: tuple[Passage, ...]


def analyze_source(
    source: str, workshop: Workshop, options: Options | None = None, stdin: BinaryIO | None = None
) -> Result:
    """The whole way of one article; the result is recorded. InputError before anything is written."""
    options = options or Options()
    protect_process()
    clock = time.perf_counter()
    workshop.progress("read")
    return analyze_article(read_article(source, workshop.settings, options, stdin), workshop, options, clock)


def analyze_article(article: Article, workshop: Workshop, options: Options, clock: float | None = None) -> Result:
    """The same for an article that has been read, from wherever it came."""
    clock = time.perf_counter() if clock is None else clock
    workshop.ledger  # noqa: B018  a home that cannot be written is said before the work, not after it
    return record(worked_out(article, workshop, options, clock), workshop, clock)


def worked_out(article: Article, workshop: Workshop, options: Options, clock: float | None = None) -> Result:
    """The way of an article that has been read, up to its report; neither ledger nor index is written.

    ``clock``: the ``time.perf_counter()`` of its beginning, now if None.
    """
    clock = time.perf_counter() if clock is None else clock
    started = datetime.now(UTC) - timedelta(seconds=time.perf_counter() - clock)
    seen = view(article, workshop.catalogue)
    split = split_passages(article)
    workshop.progress("extract")
    reading = workshop.reader.read(article, seen)
    claims = reading.claims or ()
    article, inferred = dated(article, seen, claims, workshop.market)
    workshop.progress("bind")
    bound, reading = bind_all(claims, seen, article, workshop, reading)
    workshop.progress("check")
    results = examine(claims, bound, article, inferred, workshop.market, options.as_of)
    run = _run(workshop, article, reading, options, started, time.perf_counter() - clock)
    report = Report(
        article=_reported(article), run=run, claims=None if reading.claims is None else results,
        refused=reading.refused, unclaimed=unclaimed(seen, claims, reading, workshop), failed=reading.failed,
        advice=advice(results),
    )  # fmt: skip
    trials = tuple(t for b in bound.values() for t in b.trials)
    return Result(article, report, trials, split)


# --- read, split ----------------------------------------------------------------------------------------------------


def read_article(source: str, settings: Settings, options: Options, stdin: BinaryIO | None = None) -> Article:
    return article_of(read_document(source, max_bytes=settings.max_bytes, stdin=stdin), options)


def article_of(document: Document, options: Options) -> Article:
    """The article that a document is, with what was given beside it. InputError for a language that is not read."""
    meta = document.metadata
    language = require_supported(document.text, options.language or meta.language)
    given = options.published or meta.published
    basis = "given" if options.published else "metadata" if meta.published else "unknown"
    return Article(
        id=article_id(document.text, meta.outlet, given), text=document.text, language=language, title=meta.title,
        author=meta.author, outlet=meta.outlet, published=given, published_basis=basis, licence=meta.licence,
        source=document.source.encode("utf-8", "replace").decode("utf-8"), raw_sha256=document.raw_sha256,
    )  # fmt: skip


def split_passages(article: Article) -> tuple[Passage, ...]:
    spans = passages(article.text, article.language)
    return tuple(
        Passage(article=article.id, start=s.start, end=s.end, text=article.text[s.start : s.end]) for s in spans
    )


# --- date, bind -----------------------------------------------------------------------------------------------------


def dated(
    article: Article, seen: ArticleView, claims: Sequence[Claim], market: Market
) -> tuple[Article, Inferred | None]:
    """The article with its date: given, from metadata, from a dateline, inferred from two anchors, or unknown."""
    if article.published is not None:
        return article, None
    written = dateline(seen)
    if written is not None:
        return article.model_copy(update={"published": written, "published_basis": "text"}), None
    opened = market.open(None)

    def prices(symbol: str) -> Series | None:
        market.prepare([symbol])
        request = SeriesRequest(symbol)
        return opened.data([request]).get(request)

    inferred = infer_date(seen, claims, prices, opened.data([]).events)
    if inferred is None:
        return article, None
    update = {"published": inferred.published, "published_basis": "inferred", "published_why": inferred.why}
    return article.model_copy(update=update), inferred


def bind_all(
    claims: Sequence[Claim], seen: ArticleView, article: Article, workshop: Workshop, reading: Reading
) -> tuple[dict[str, Bound], Reading]:
    """The trials of every claim, fixed before the first of them is run."""
    opened = workshop.market.open(None)
    setting = Setting(Clock(article.published), opened.data([]).events, opened.has)
    proposals: dict[str, Any] = {}
    if workshop.client is not None and claims:
        from analyzer.extract.llm import propose_trials

        nearest = workshop.nearest
        offered = candidates(claims, seen, nearest)
        answer = propose_trials(workshop.client, claims, seen, offered, article.published, nearest, workshop.bank)
        reading = replace(reading.with_step(answer.refused, answer.failed, answer.usage), examples=answer.examples)
        proposals = answer.by_claim()
    bound = {}
    for claim in claims:
        found, refused = bind(claim, seen, setting, proposals.get(claim.id, ()))
        differs = disagreement(claim, seen) if claim.extracted_by.reader == "llm" else ()
        bound[claim.id] = replace(with_nearest(found, claim, seen, workshop), disagreement=differs)
        reading = reading.with_refused(refused)
    return bound, reading


def with_nearest(bound: Bound, claim: Claim, seen: ArticleView, workshop: Workshop) -> Bound:
    """A claim whose series is not in the catalogue, with what of the catalogue its names may be slips for."""
    if bound.why_not != "no_instrument":
        return bound
    near = slips(seen.at(claim.start, claim.end), workshop.nearest)
    return replace(bound, near=tuple(map(str, near)))


# --- what nobody claimed, what would help ---------------------------------------------------------------------------


def unclaimed(
    seen: ArticleView, claims: Sequence[Claim], reading: Reading, workshop: Workshop
) -> tuple[Unclaimed, ...]:
    """Numbers that no claim covers; with a model also the market statements that it passed over."""
    covered = [(c.start, c.end) for c in claims]
    found = [
        Unclaimed(text=seen.original[start:end], start=start, end=end)
        for start, end in (seen.verbatim(f) for f in seen.figures)
        if not any(a <= start and end <= b for a, b in covered)
    ]
    if workshop.client is not None and reading.claims is not None:
        for start, end in passed_over(seen, covered):
            found.append(Unclaimed(text=seen.original[start:end], start=start, end=end, kind="statement"))
    return tuple(sorted(found, key=lambda u: (u.start, u.end)))


def advice(results: Sequence[ClaimResult]) -> tuple[str, ...]:
    """One line for each kind of missing data: how many claims, which series, what to type."""
    lines = []
    up_to = max((c.verdict.latest.as_of for c in results), default=None)
    series = f"series that no source has up to {up_to}"
    for reason, what in (("series", series), ("span", "sessions that the sources do not reach")):
        lacking = {c.id: gone for c in results if (gone := _lacking(c, reason))}
        if lacking:
            names = " ".join(sorted({symbol for gone in lacking.values() for symbol in gone}))
            need = "needs" if len(lacking) == 1 else "need"
            update = f"analyze data update {names} (needs the [market] extra), or --data FOLDER"
            lines.append(f"{len(lacking)} of {len(results)} claims {need} {what}: {names}. Try: {update}.")
    return tuple(lines)


def _lacking(claim: ClaimResult, reason: str) -> set[str]:
    """The series whose absence left a trial of the headline verdict without data."""
    latest = (e for e in claim.evidence if e.as_of == claim.verdict.latest.as_of)
    return {s for e in latest if e.outcome == "no_data" and e.reason == reason and (s := _symbol(e))}


def _symbol(evidence: Evidence) -> str:
    symbols = evidence.params.get("symbols") or ()
    return str(evidence.params.get("symbol") or (symbols[0] if symbols else ""))


# --- record ---------------------------------------------------------------------------------------------------------


def record(result: Result, workshop: Workshop, clock: float) -> Result:
    """The index, whose failure is reported and costs no result, then the ledger in one transaction.

    The index can be rebuilt from the ledger, so a failure between the two loses nothing.
    """
    workshop.progress("record")
    failures: list[Failure] = []
    try:
        from analyzer.store.index import article_fields

        workshop.index.add_passages(result.passages, article_fields(result.article))
        workshop.index.add_claims(result.report.claims or ())
    except (StoreError, ModelError) as error:
        failures.append(Failure(stage="embed", code=error.code, message=str(error), retryable=True))
    run = result.report.run.model_copy(update={"seconds": round(time.perf_counter() - clock, 3)})
    report = result.report.model_copy(update={"failed": (*result.report.failed, *failures), "run": run})
    workshop.ledger.record(result.article, report, result.trials, result.passages)
    return Result(result.article, report, result.trials, result.passages)


def _reported(article: Article) -> ReportArticle:
    fields = article.model_dump(exclude={"licence"})
    return ReportArticle(**fields, characters=len(article.text), text_sha256=article.text_sha256)


def _run(
    workshop: Workshop, article: Article, reading: Reading, options: Options, started: datetime, seconds: float
) -> Run:
    usage, market = reading.usage, workshop.market
    model = None if workshop.client is None else workshop.client.spec
    prompts: dict[str, str] = getattr(workshop.reader, "prompts", {})
    return Run(
        id=content_id("run", article.id, started.isoformat(), model), started=started.isoformat(timespec="seconds"),
        analyzer_version=__version__, reader=workshop.reader.name, model=model, prompts=prompts, llm_calls=usage.calls,
        cached_calls=usage.cached, prompt_tokens=usage.prompt_tokens, completion_tokens=usage.completion_tokens,
        cost_usd=_cost(workshop, reading), seconds=round(seconds, 3), as_of=options.as_of,
        data_vintage=market.vintage(),
        market=workshop.market_used, examples=reading.examples,
    )  # fmt: skip


def _cost(workshop: Workshop, reading: Reading) -> float | None:
    """US dollars of the calls that were made; None when the model's price is not known."""
    usage, client = reading.usage, workshop.client
    if client is None or usage.calls == 0:
        return 0.0
    return None if client.price is None else float(client.price.of(usage.prompt_tokens, usage.completion_tokens))


def recorded(workshop: Workshop, article: str | None) -> Result:
    """An earlier result from the ledger: by id, its beginning, file or title; the last one when None."""
    rows = workshop.ledger.articles() if article is None else []  # in the order of their runs
    wanted = rows[-1].id if rows else article
    report = workshop.ledger.latest_report(wanted) if wanted else None
    if report is None:
        what = f"{article!r} is not in the ledger" if article else "the ledger is empty"
        raise InputError(f"{what} ({workshop.settings.home}). Analyse it first: analyze FILE.", code="not_recorded")
    return _with_text(workshop, report)


def recorded_run(workshop: Workshop, run: str) -> Result:
    """What a run (by id) came to, from the ledger."""
    report = workshop.ledger.report_of(run)
    if report is None:
        raise InputError(f"The ledger {workshop.ledger.place} holds no run {run}.", code="not_recorded")
    return _with_text(workshop, report)


def _with_text(workshop: Workshop, report: Report) -> Result:
    text = workshop.ledger.text_of(report.article.id) or ""
    fields = report.article.model_dump(include=set(Article.model_fields)) | {"text": text}
    return Result(Article(**fields), report, (), ())


def analyze(source: str, **settings: Any) -> Report:
    """Analyse one file from Python: ``analyze("article.txt").table()`` is a DataFrame.

    Keywords are those of ``analyzer.config.Settings``, besides ``date``, ``as_of`` and ``language``.
    """
    from analyzer import config

    options = Options(
        published=_day(settings.pop("date", None)), as_of=_day(settings.pop("as_of", None)),
        language=settings.pop("language", None),
    )  # fmt: skip
    workshop = Workshop(config.load(**settings))
    try:
        return analyze_source(str(source), workshop, options).report
    finally:
        workshop.close()


def _day(value: date | str | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise InputError(f"{value!r} is no day. Write it as YYYY-MM-DD.") from None


__all__ = ["Options", "Result", "Workshop", "analyze", "analyze_source", "check_by_hand", "quiet", "recorded"]
