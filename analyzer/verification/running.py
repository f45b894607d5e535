"""Recompute a report: its trials again on today's sources, judged again, compared with what it says.

What a report says and does not follow from data (the quote, the kind, the parameters) is held by content ids: a claim's
id is over its place, kind and figures, a trial's over its check and parameters, a piece of evidence's over its rows.
What no id holds, the seal does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analyzer.examination import Dates, dates, judged, prepare
from analyzer.market.market import Market
from analyzer.model import Report, seal_of
from analyzer.pipeline import advice
from analyzer.verification.amended import amendments_compared
from analyzer.verification.claims import Comparison, SeriesMoved, case_of
from analyzer.verification.comparing import NOTHING, TOPICS, Compared, Topic
from analyzer.verification.reading import Written
from analyzer.verification.text import text_compared


@dataclass(frozen=True)
class Verification:
    """Everything that was compared of one report, and the series that are others now."""

    report: Report
    compared: tuple[Compared, ...]
    moved: tuple[SeriesMoved, ...]
    vintage: str
    """That of the sources now."""
    as_of: Dates
    other_reading: bool = False
    """Whether changes by people were tested beside another reading of the article than the report's."""

    @cached_property
    def differences(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.compared if not one.agrees)

    @property
    def is_rounded(self) -> bool:
        """Whether some figures agree only but for the arithmetic of another machine."""
        return any(one.agrees and not one.is_same for one in self.compared)

    @property
    def is_changed(self) -> bool:
        """Whether the report says something else than its own data give."""
        return any(one.cause == "report" for one in self.differences)

    @property
    def has_other_data(self) -> bool:
        return any(one.cause == "data" for one in self.differences)

    def counts(self) -> dict[Topic, tuple[int, int, int]]:
        """By topic, how many agree, how many differ, and how many differ because the data are others."""
        units: dict[tuple[str, ...], tuple[Topic, set[str]]] = {}
        for one in self.compared:
            units.setdefault(one.unit, (one.topic, set()))[1].update(() if one.agrees else (one.cause,))
        found: dict[Topic, list[set[str]]] = {topic: [] for topic in TOPICS}
        for topic, causes in units.values():
            found[topic].append(causes)
        return {
            topic: (
                sum(not causes for causes in each),
                sum("report" in causes for causes in each),
                sum(causes == {"data"} for causes in each),
            )
            for topic, each in found.items()
        }


def verify(written: Written, market: Market) -> Verification:
    """The report recomputed on the market's sources, each trial cut at the dates that the report names."""
    report = written.report
    intact = written.content.get("seal") == seal_of(written.content)
    cases = [case_of(claim) for claim in report.claims or ()]
    prepare([t for case in cases for t in case.trials], market)
    last = report.run.market.last_session or market.last_session
    when = dates(report.article.published, report.run.as_of, last)
    results = judged(cases, market, when, report.article.published)
    vintage = market.vintage()
    said = written.content["claims"] or ()
    comparison = Comparison(intact, vintage == report.run.data_vintage)
    pairs = list(zip(said, report.claims or (), results, strict=True))
    comparison.see_rows(pairs)
    compared = [
        _sealed(written.content, intact),
        *(one for pair in pairs for one in comparison.claim(report.article.id, *pair)),
        *comparison.others(written.content, advice(results)),
        *text_compared(report),
    ]
    changes = amendments_compared(written.content, report, market, intact)
    compared += changes.compared
    moved = (*comparison.moved, *(one for one in changes.moved if one not in comparison.moved))
    return Verification(report, tuple(compared), moved, vintage, when, changes.other_reading)


def _sealed(content: Mapping[str, Any], intact: bool) -> Compared:
    found = content.get("seal") if intact else seal_of(content)
    return Compared("identity", "", "report", "seal", content.get("seal", NOTHING), found)
