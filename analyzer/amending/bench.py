"""Where people's trials are run: the market of a session, the text of an article, one retrial at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from analyzer import __version__
from analyzer.errors import InputError
from analyzer.examination import examine
from analyzer.extract.bind import Setting, around, bind
from analyzer.extract.dating import Inferred
from analyzer.extract.drafts import Bound
from analyzer.extract.view import ArticleView, view
from analyzer.extract.windows import Clock
from analyzer.market.market import Market
from analyzer.model import Amendment, Article, Claim, ClaimResult, Report, Trial, content_id
from analyzer.pipeline import Workshop
from analyzer.recent import Recent

VIEWS = 8
"""Articles whose reading is kept: a person works on one for a while."""
FORGOTTEN = "The text of this article was forgotten, so nothing of it can be tested anew."


@dataclass(frozen=True)
class Desk:
    """An article laid out for a trial: its newest report with evidence, its text as the binder sees it."""

    report: Report
    article: Article
    view: ArticleView
    setting: Setting


@dataclass(frozen=True)
class Change:
    """What a person did: to which claim, who, and after which amendment the form was drawn."""

    claim: str
    kind: str
    reviewer: str
    after: str = ""


class Bench:
    """Tests what people propose, on the workshop's sources. Safe to be used from several threads."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._turn = Lock()
        self._views: Recent[str, ArticleView] = Recent(VIEWS)

    @property
    def workshop(self) -> Workshop:
        return self._workshop

    def turn(self) -> Lock:
        """Held while something is computed: the sources serve one at a time."""
        return self._turn

    @property
    def market(self) -> Market:
        return self._workshop.market

    def has(self, symbol: str) -> bool:
        """Whether some source has rows of the symbol, or may get them."""
        return self.market.open().has(symbol)

    def laid_out(self, report: Report, text: str | None) -> Desk:
        """The article of the report; InputError if its text was forgotten."""
        if text is None:
            raise InputError(FORGOTTEN)
        head = report.article.model_dump(exclude={"text", "characters", "text_sha256"})
        article = Article(**head, text=text)
        with self._turn:
            key = f"{article.id} {report.article.text_sha256}"
            seen = self._views.get(key) or self._views.put(key, view(article, self._workshop.catalogue))
            opened = self.market.open()
            setting = Setting(Clock(article.published), opened.data([]).events, opened.has)
        return Desk(report, article, seen, setting)

    def proposed(self, desk: Desk, claim: Claim) -> tuple[Trial, ...]:
        """The trials that the binder fixes on a claim."""
        with self._turn:
            return bind(claim, desk.view, desk.setting)[0].trials

    def amended(self, desk: Desk, reading: Claim, trials: Sequence[Trial] | None, change: Change) -> Amendment:
        """The claim as it is read now, tested at both dates and judged, as an amendment that can be appended.

        ``trials``: those that the person fixed; None: those that the binder forms.
        """
        with self._turn:
            bound = self._bound(desk, reading, trials)
            result = self._examined(desk, reading, bound, change.claim)
            vintage, used = self.market.vintage(), self._workshop.market_used
        ids = [one.id for one in bound.trials]
        parts = (change.claim, change.reviewer, change.kind, reading.id, ids, change.after)
        return Amendment(
            id=content_id("amendment", *parts), article=desk.article.id, claim=change.claim, reviewer=change.reviewer,
            at=now(), change=change.kind, reading=reading, trials=bound.trials, untested=result.untested,
            judged_on=result.judged_on, verdict=result.verdict, evidence=result.evidence, run=desk.report.run.id,
            analyzer_version=__version__, data_vintage=vintage, market=used,
        )  # fmt: skip

    def _bound(self, desk: Desk, reading: Claim, trials: Sequence[Trial] | None) -> Bound:
        if trials is None:
            return bind(reading, desk.view, desk.setting)[0]
        if not trials:
            return Bound(why_not="vague")
        return around(reading, desk.view.at(reading.start, reading.end), tuple(trials))

    def _examined(self, desk: Desk, reading: Claim, bound: Bound, instead_of: str) -> ClaimResult:
        """Judged beside the article's other claims, as the run would have judged it."""
        claims = desk.report.claims or ()
        old = next((one for one in claims if one.id == instead_of), None)
        others = [one for one in claims if one is not old]
        dating = old is not None and old.judged_on is not None and old.judged_on.dates_article
        published = desk.article.published
        inferred = Inferred(published, "", (reading.id,)) if dating and published else None
        return examine(
            [reading], {reading.id: bound}, desk.article, inferred, self.market, desk.report.run.as_of, others
        )[0]


def taken_back(one: Amendment) -> Amendment:
    """The amendment that takes another one back."""
    return Amendment(
        id=content_id("undo", one.id), article=one.article, claim=one.claim, reviewer=one.reviewer, at=now(),
        change="undo", undoes=one.id,
    )  # fmt: skip


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
