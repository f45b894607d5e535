"""Forecasts that came due: judged again from the record, every earlier verdict kept, on a real ledger."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from command import counts, invoke, refused

from analyzer.config import load
from analyzer.pipeline import Options, Workshop, analyze_source
from analyzer.recheck.judging import recheck
from analyzer.recheck.obligations import Obligation, next_due, obligations
from analyzer.recheck.view import conclusion
from analyzer.scorecard.counting import counted
from analyzer.store.standings import standings, vintages

TEXT = """---
title: What the spring will bring
author: Anna Berg
date: 2025-01-31
---
Nvidia fell 17 percent on 27 January 2025. The S&P 500 will fall below 5,000 before the end of April 2025.

The S&P 500 will close the year 2026 at 9,000 points.
"""
BEFORE, LAST = date(2025, 2, 10), date(2025, 7, 31)
"""To which the first run is judged, and the last session of the facts."""


@pytest.fixture(scope="module")
def judged_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the article judged before the forecast's day."""
    folder = tmp_path_factory.mktemp("before")
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    workshop = Workshop(load(home=folder / "home"))
    analyze_source(str(folder / "a.md"), workshop, Options(as_of=BEFORE))
    workshop.index.close()
    workshop.ledger.close()
    return folder / "home"


@pytest.fixture
def state(judged_before: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(judged_before, tmp_path / "state"))


@pytest.fixture
def workshop(state: Path) -> Iterator[Workshop]:
    opened = Workshop(load(home=state))
    yield opened
    opened.ledger.close()


def pending(workshop: Workshop, latest: date = LAST, today: date = date(2026, 1, 1)) -> list[Obligation]:
    return obligations(standings(workshop.ledger, {"label": "pending"}), latest, today)


def test_what_is_pending_is_listed_by_its_day(workshop: Workshop) -> None:
    found = pending(workshop)
    assert [(one.end, one.state) for one in found] == [(date(2025, 4, 30), "due"), (date(2026, 12, 31), "open")]
    assert (found[0].author, found[0].as_of) == ("Anna Berg", BEFORE)
    following = next_due(found)
    assert following is not None
    assert following.end == date(2026, 12, 31)


def test_a_day_that_has_passed_beyond_the_data_is_told_apart(workshop: Workshop) -> None:
    states = [one.state for one in pending(workshop, latest=BEFORE, today=date(2025, 6, 1))]
    assert states == ["no_data_yet", "open"]
    said = " ".join(conclusion([], pending(workshop, latest=BEFORE, today=date(2025, 6, 1)), BEFORE))
    assert "1 past their day, for which the data end too early (2025-02-10). Try: analyze data update ^GSPC" in said


def test_what_came_due_is_resolved_and_the_earlier_verdict_stays(workshop: Workshop) -> None:
    (due, _) = pending(workshop)
    before, trials = workshop.ledger.report_of(due.run), workshop.ledger.trials(due.run)
    done = recheck(due.run, workshop, None)
    (change,) = [one for one in done.changes if one.claim == due.claim]
    assert change.was is not None
    assert change.now is not None
    assert (change.was.label, change.now.label, change.now.as_of) == ("pending", "supported", LAST)
    assert "4,982.77 on 2025-04-08" in change.now.summary
    assert done.run is not None
    assert workshop.ledger.report_of(due.run) == before
    assert workshop.ledger.trials(done.run) == trials
    after = workshop.ledger.latest_report(due.article)
    assert after is not None
    assert (after.run.id, after.run.reader, after.run.llm_calls) == (done.run, "rules", 0)
    assert [claim.id for claim in after.claims or ()] == [claim.id for claim in (before and before.claims) or ()]
    assert [one.end for one in pending(workshop)] == [date(2026, 12, 31)]


def test_a_resolved_forecast_counts_in_the_scorecard_with_its_base_rate(workshop: Workshop) -> None:
    (due, _) = pending(workshop)
    assert [one.forecast for one in counted(standings(workshop.ledger), "author").decided] == [None]
    recheck(due.run, workshop, None)
    (found,) = [one for one in counted(standings(workshop.ledger), "author").decided if one.forecast]
    assert found.forecast is not None
    assert (found.group, found.forecast.came_true, found.forecast.weight) == ("Anna Berg", True, 0.5)
    assert found.forecast.base_rate == pytest.approx(0.04, abs=0.005)


def test_what_is_judged_again_without_a_change_writes_nothing(workshop: Workshop) -> None:
    (due, _) = pending(workshop)
    recheck(due.run, workshop, None)
    rows = workshop.ledger.counts()
    ((newest, _),) = vintages(workshop.ledger)
    again = recheck(newest, workshop, None)
    assert (again.outcome, again.run, again.changes, again.judged) == ("unchanged", None, (), 3)
    assert workshop.ledger.counts() == rows


def test_an_article_whose_text_is_forgotten_is_judged_all_the_same(workshop: Workshop) -> None:
    (due, _) = pending(workshop)
    workshop.ledger.forget(due.article)
    assert recheck(due.run, workshop, None).outcome == "changed"
    assert workshop.ledger.counts()["texts"] == 0


def test_data_that_end_earlier_than_those_of_the_record_change_nothing(workshop: Workshop) -> None:
    (due, _) = pending(workshop)
    held = recheck(due.run, workshop, date(2025, 1, 15))
    assert (held.outcome, held.run) == ("held_back", None)
    assert "--as-of 2025-01-15 lies before 2025-02-10" in held.why
    assert workshop.ledger.counts()["runs"] == 1


def test_a_series_that_is_missing_now_takes_no_verdict_away(state: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "prices").mkdir(parents=True)
    rows = "date,close\n2025-01-24,100.0\n2025-01-27,83.0\n2025-01-28,84.0\n"
    (folder / "prices" / "KO.csv").write_text(rows, encoding="utf-8")
    article = tmp_path / "b.md"
    article.write_text("---\ndate: 2025-01-31\n---\nCoca-Cola fell 17 percent on 27 January 2025.\n", encoding="utf-8")
    with_data = Workshop(load(home=state, data=(folder,)))
    first = analyze_source(str(article), with_data).report
    assert [claim.verdict.latest.label for claim in first.claims or ()] == ["supported"]
    without = Workshop(load(home=state))
    held = recheck(first.run.id, without, None)
    assert held.outcome == "held_back"
    assert "prices of KO are missing now" in held.why
    assert f"--data {folder}" in held.why
    for one in (with_data, without):
        one.ledger.close()
        one.index.close()


# --- as a person meets it ---------------------------------------------------------------------------------------------


def test_the_command_lists_judges_and_then_has_nothing_to_do(state: Path) -> None:
    due = invoke("recheck", "--due", "--home", state)
    assert "2025-04-30" in due.out
    assert "1 to be judged now; 1 open" in " ".join(due.out.split())
    assert counts(state)["runs"] == 1
    first = invoke("recheck", "--home", state)
    assert (first.code, first.err) == (0, "")
    said = " ".join(first.out.split())
    assert "… pending → ✓ supported" in said
    assert "1 changed, in 1 new run; the earlier verdicts stay." in said
    assert "Next due: 2026-12-31" in said
    again = invoke("recheck", "--home", state, "--format", "json")
    assert json.loads(again.out)["articles"] == []
    assert counts(state) == {"articles": 1, "runs": 2, "claims": 3, "failures": 0}


def test_other_data_make_an_article_stale_and_unchanged_verdicts_are_said(state: Path, tmp_path: Path) -> None:
    invoke("recheck", "--home", state)
    folder = tmp_path / "data"
    (folder / "prices").mkdir(parents=True)
    (folder / "prices" / "OTHER.csv").write_text("date,close\n2025-01-24,1.0\n2025-01-27,2.0\n", encoding="utf-8")
    ended = invoke("recheck", "--stale", "--data", folder, "--home", state)
    assert "3 claims of 1 article judged again with data to 2025-07-31: nothing changed" in " ".join(ended.out.split())
    assert counts(state)["runs"] == 2


def test_what_fits_no_article_is_refused(state: Path) -> None:
    refused(invoke("recheck", "--author", "Nobody", "--home", state), "No article fits")
    refused(invoke("recheck", "--as-of", "soon", "--home", state), "is no day")
