"""Selects behind the review page's desk: articles by filters, words and order, with what of them was reviewed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypedDict

from sqlalchemy import ColumnElement, Select, Subquery, Text, and_, case, cast, exists, func, or_, select

from analyzer.decisions import SAME
from analyzer.store.conditions import says
from analyzer.store.tables import amendments, articles, claims, evidence, readings, reviews, runs, sign_offs, verdicts

HEAD = ("id", "title", "author", "outlet", "published", "published_basis", "language", "source")
EQUAL: tuple[Literal["author", "outlet", "language"], ...] = ("author", "outlet", "language")
Sort = Literal["recorded", "published", "title", "author", "outlet", "language", "claims", "refuted", "reviewed"]


class DeskFilters(TypedDict, total=False):
    """``state``: of the review (a key of ``STATES``); ``label``: the machine's, of some claim of the
    article; ``words``: all of them stand in its head or in a claim, in any case. Empty strings narrow nothing."""

    state: str
    label: str
    author: str
    outlet: str
    language: str
    words: str


def unindexed(column: Any) -> ColumnElement[str]:
    """The column as it is, but found by row: SQLite would look up a quarter of the ledger by a label or a kind, for
    want of statistics, where the run or the article leads to ten rows."""
    return func.coalesce(column, "")


def _newest() -> Subquery:
    """Of each article the number of its last run, and of the last that found claims or found that there are none."""
    with_claims = func.max(case((runs.c.extracted, runs.c.number)))
    query = select(runs.c.article, func.max(runs.c.number).label("last"), with_claims.label("read"))
    return query.group_by(runs.c.article).subquery("newest")


def _reviewed() -> Subquery:
    """Of each run how many of its claims have a standing decision, be it of the same claim in an earlier run."""
    undone = func.sum(case((reviews.c.decision == "undo", -1), else_=1))
    decided = select(reviews.c.claim).group_by(reviews.c.claim, reviews.c.reviewer).having(undone > 0).subquery()
    then, now = claims.alias("claim_then"), claims.alias("claim_now")
    query = (
        select(readings.c.run, func.count(readings.c.claim.distinct()).label("claims"))
        .select_from(decided)
        .join(then, then.c.id == decided.c.claim)
        .join(now, and_(now.c.article == then.c.article, _is_same(then.c, now.c)))
        .join(readings, readings.c.claim == now.c.id)
    )
    return query.group_by(readings.c.run).subquery("reviewed")


def _refuted() -> Subquery:
    """Of each run how many of its claims the data refute. Few are, so that the index of labels leads to them."""
    is_refuted = (verdicts.c.stage == "latest", verdicts.c.label == "refuted")
    query = select(verdicts.c.run, func.count().label("claims")).where(*is_refuted)
    return query.group_by(verdicts.c.run).subquery("refuted")


def _signed() -> Subquery:
    """Of each article how many people read it whole, and how many of them miss something: what stands of it
    (``analyzer.decisions.standing_sign_offs``)."""
    said, undo = sign_offs.alias("said"), sign_offs.alias("undo")
    kept = (said.c.decision != "undo", ~exists().where(undo.c.article == said.c.article, undo.c.undoes == said.c.id))
    last = select(func.max(said.c.number)).where(*kept).group_by(said.c.article, said.c.reviewer)
    misses = func.sum(case((sign_offs.c.decision == "missing", 1), else_=0))
    query = select(sign_offs.c.article, func.count().label("signed"), misses.label("missing"))
    return query.where(sign_offs.c.number.in_(last)).group_by(sign_offs.c.article).subquery("signed")


def _is_same(then: Any, now: Any) -> ColumnElement[bool]:
    """The rule of ``analyzer.decisions.follow``: equal kind and figures, and an overlap."""
    last_start = case((then.start > now.start, then.start), else_=now.start)
    first_start = case((then.start > now.start, now.start), else_=then.start)
    first_end = case((then.end < now.end, then.end), else_=now.end)
    last_end = case((then.end < now.end, now.end), else_=then.end)
    alike = and_(unindexed(then.kind) == unindexed(now.kind), cast(then.figures, Text) == cast(now.figures, Text))
    return and_(alike, first_end - last_start >= SAME * (last_end - first_start))


def _says(word: str, run: Any) -> ColumnElement[bool]:
    head = (articles.c[name] for name in ("title", "author", "outlet", "source"))
    in_claim = exists().where(readings.c.run == run, says(word, readings.c.quote, readings.c.statement))
    return or_(says(word, *head), in_claim)


def selected(wanted: DeskFilters) -> Select[Any]:
    """One row an article that fits: its head, its newest reading, and what is counted of that."""
    everything = _everything(wanted.get("words", "").split()).subquery("found")
    found = everything.c
    narrowed = [found[name] == value for name, value in wanted.items() if name in EQUAL and value]
    state, label = wanted.get("state"), wanted.get("label")
    if state:
        narrowed.append(STATES[state](found))
    if label:
        has_label = (verdicts.c.stage == "latest", verdicts.c.label == label)
        narrowed.append(found.run.in_(select(verdicts.c.run).where(*has_label)))
    return select(everything).where(*narrowed)


def _everything(words: Sequence[str]) -> Select[Any]:
    newest, reviewed, run, last = _newest(), _reviewed(), runs.alias("run"), runs.alias("last_run")
    signed = _signed()
    of_run = readings.c.run == run.c.id
    counted = select(func.count()).select_from(readings).where(of_run).correlate(run).scalar_subquery()
    refuted = _refuted()
    return (
        select(
            *(articles.c[name] for name in HEAD), run.c.id.label("run"), last.c.recorded, last.c.number.label("number"),
            counted.label("claims"), func.coalesce(refuted.c.claims, 0).label("refuted"),
            func.coalesce(reviewed.c.claims, 0).label("reviewed"),
            func.coalesce(signed.c.signed, 0).label("signed"), func.coalesce(signed.c.missing, 0).label("missing"),
        )
        .join(newest, newest.c.article == articles.c.id)
        .join(last, last.c.number == newest.c.last)
        .outerjoin(run, run.c.number == newest.c.read)
        .outerjoin(reviewed, reviewed.c.run == run.c.id)
        .outerjoin(refuted, refuted.c.run == run.c.id)
        .outerjoin(signed, signed.c.article == articles.c.id)
        .where(*(_says(word, run.c.id) for word in words))
    )  # fmt: skip


def _told(row: Any) -> ColumnElement[bool]:
    return and_(row.run.is_not(None), row.missing == 0)


STATES: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "open": lambda row: and_(_told(row), row.claims > 0, row.reviewed == 0, row.signed == 0),
    "partly": lambda row: and_(_told(row), row.reviewed < row.claims, or_(row.reviewed > 0, row.signed > 0)),
    "done": lambda row: and_(_told(row), row.claims > 0, row.reviewed >= row.claims),
    "missing": lambda row: and_(row.run.is_not(None), row.missing > 0),
    "read": lambda row: and_(_told(row), row.claims == 0, row.signed > 0),
    "empty": lambda row: and_(_told(row), row.claims == 0, row.signed == 0),
    "failed": lambda row: row.run.is_(None),
}
"""The rule of ``analyzer.decisions.article_state`` as conditions, in the order of the desk's filter."""


def review_states() -> Select[Any]:
    """Of every article what its state is made of, as of ``article_state``."""
    found = _everything(()).subquery("found").c
    return select(found.id, found.run, found.claims, found.reviewed, found.signed, found.missing)


def ordered(query: Select[Any], sort: Sort, descending: bool) -> Select[Any]:
    """What is unknown comes last in either direction; equals by the time of recording, the newest first."""
    found = query.selected_columns
    column: Any = found["number" if sort == "recorded" else sort]
    key = func.lower(column) if sort in ("title", "author", "outlet") else column
    return query.order_by(column.is_(None), key.desc() if descending else key, found["number"].desc())


def newest_run(article: str) -> Select[Any]:
    """The article's newest run, one that read it if there is any."""
    of_article = select(runs).where(runs.c.article == article)
    return of_article.order_by(runs.c.extracted.desc(), runs.c.number.desc()).limit(1)


def labelled(of_runs: Sequence[str]) -> Select[Any]:
    """Each claim of the runs with the machine's latest label, in the order of reading."""
    of_claim = (verdicts.c.run == readings.c.run, verdicts.c.claim == claims.c.id, verdicts.c.stage == "latest")
    return (
        select(claims, readings.c.run, verdicts.c.label)
        .join(readings, readings.c.claim == claims.c.id)
        .join(verdicts, and_(*of_claim))
        .where(readings.c.run.in_(of_runs))
        .order_by(readings.c.run, readings.c.position)
    )


def reviewed_articles(of_runs: Sequence[str]) -> Select[Any]:
    """The articles of the runs of which some claim was ever reviewed."""
    query = select(runs.c.article).join(claims, claims.c.article == runs.c.article)
    return query.join(reviews, reviews.c.claim == claims.c.id).where(runs.c.id.in_(of_runs)).distinct()


def articles_of(of_runs: Sequence[str]) -> Select[Any]:
    """Each of the runs with its article."""
    return select(runs.c.id, runs.c.article).where(runs.c.id.in_(of_runs))


def articles_with_added(of_runs: Sequence[str]) -> Select[Any]:
    """The articles of the runs to which people ever added a claim."""
    query = select(runs.c.article).join(amendments, amendments.c.article == runs.c.article)
    return query.where(runs.c.id.in_(of_runs), amendments.c.change == "claim").distinct()


def evidence_of(run: str, claim: str) -> Select[Any]:
    of_claim = (evidence.c.run == run, evidence.c.claim == claim)
    return select(evidence).where(*of_claim).order_by(evidence.c.position)
