"""Accepted bindings out of a real ledger, and in a real Chroma: there while a decision stands, gone with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analyzer import config
from analyzer.model import Review, content_id
from analyzer.pipeline import Options, Result, Workshop, analyze_source
from analyzer.store import examples
from analyzer.store.examples import Example, examples_of

TEXT = "Nvidia fell 17 percent on 27 January 2025. Investors who sell now have only themselves to blame.\n"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A ledger with the article in it, which each test copies."""
    folder = tmp_path_factory.mktemp("examples")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    opened = Workshop(config.load(home=folder / "home"))
    result = analyze_source(str(folder / "a.txt"), opened, Options(published=date(2025, 1, 28)))
    opened.index.close()
    opened.ledger.close()
    return folder / "home", result


@pytest.fixture
def result(recorded: tuple[Path, Result]) -> Result:
    return recorded[1]


@pytest.fixture
def workshop(recorded: tuple[Path, Result], home: Path) -> Iterator[Workshop]:
    home.mkdir()
    for path in recorded[0].glob("ledger.sqlite*"):
        shutil.copy(path, home)
    opened = Workshop(config.load(home=home))
    yield opened
    opened.index.close()
    opened.ledger.close()


def decide(workshop: Workshop, claim: str, decision: str, who: str = "ada", at: str = "2026-11-27") -> None:
    number = len(workshop.ledger.all_reviews())
    labels = {"agree": "supported", "override": "mixed"}
    workshop.ledger.add_review(
        Review.model_validate({
            "id": content_id(claim, who, number), "claim": claim, "reviewer": who,
            "at": f"{at}T10:{number:02}:00+00:00", "decision": decision, "label": labels.get(decision),
        })
    )  # fmt: skip


def quotes(workshop: Workshop) -> list[str]:
    return [one.quote for one in examples_of(workshop.ledger).values()]


def test_a_claim_that_somebody_agreed_with_is_an_example_with_its_trials(workshop: Workshop, result: Result) -> None:
    assert quotes(workshop) == []
    first, *others = result.report.claims or ()
    decide(workshop, first.id, "agree")
    for other in others:  # nothing is tested of it, so that it shows no binding
        decide(workshop, other.id, "agree")
    ((id, example),) = examples_of(workshop.ledger).items()
    assert (example.claim, example.kind, example.published) == (first.id, "quantitative_move", date(2025, 1, 28))
    assert [trial.params["symbol"] for trial in example.trials] == ["NVDA"]
    assert example.trials == tuple(trial for trial in result.trials if trial.claim == first.id)
    assert id == example.id


@pytest.mark.parametrize(
    "then",
    [(("undo", "ada"),), (("reject", "ada"),), (("override", "ada"),), (("override", "bob"),), (("reject", "bob"),)],
)
def test_what_no_longer_stands_or_is_disputed_is_none(
    workshop: Workshop, result: Result, then: tuple[tuple[str, str], ...]
) -> None:
    claim = (result.report.claims or ())[0].id
    decide(workshop, claim, "agree")
    workshop.index.sync_examples(examples_of(workshop.ledger))
    assert workshop.index.counts()["examples"] == 1
    for decision, who in then:
        decide(workshop, claim, decision, who)
    assert quotes(workshop) == []
    workshop.index.sync_examples(examples_of(workshop.ledger))
    assert workshop.index.counts()["examples"] == 0


def test_two_who_agree_make_one_example(workshop: Workshop, result: Result) -> None:
    claim = (result.report.claims or ())[0].id
    decide(workshop, claim, "agree")
    decide(workshop, claim, "agree", "bob")
    assert len(quotes(workshop)) == 1


def test_an_agreement_that_was_made_elsewhere_before_is_of_what_stands_here(workshop: Workshop, result: Result) -> None:
    claim = (result.report.claims or ())[0].id
    decide(workshop, claim, "agree", at="2019-01-01")
    assert len(quotes(workshop)) == 1


def test_the_trials_are_those_that_were_seen(
    workshop: Workshop, result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later run, recorded after the decision, binds the claim otherwise. The decision is later than the first run,
    which is of the day of this test."""
    first = (result.report.claims or ())[0]
    decide(workshop, first.id, "agree", at="2029-11-27")
    (trial,) = (one for one in result.trials if one.claim == first.id)
    later = trial.model_copy(update={"id": "later", "params": {**trial.params, "symbol": "AMD"}})
    run = result.report.run.model_copy(update={"id": "later run"})
    monkeypatch.setattr("analyzer.store.ledger.datetime", _Later)
    evidence = tuple(one.model_copy(update={"trial": "later"}) for one in first.evidence)
    claims = tuple(
        claim.model_copy(update={"evidence": evidence if claim is first else ()})
        for claim in result.report.claims or ()
    )
    report = result.report.model_copy(update={"run": run, "claims": claims})
    workshop.ledger.record(result.article, report, [later], result.passages)
    (example,) = examples_of(workshop.ledger).values()
    assert [one.params["symbol"] for one in example.trials] == ["NVDA"]


class _Later:
    @staticmethod
    def now(zone: object) -> _Later:
        return _Later()

    def isoformat(self, timespec: str) -> str:
        return "2030-01-01T00:00:00+00:00"


def test_a_forgotten_article_gives_no_example(workshop: Workshop, result: Result) -> None:
    from analyzer.forgetting import forget

    decide(workshop, (result.report.claims or ())[0].id, "agree")
    workshop.index.sync_examples(examples_of(workshop.ledger))
    (row,) = workshop.ledger.articles()
    forget(row, workshop)
    assert workshop.index.counts() == {"passages": 0, "claims": 0, "instruments": 0, "examples": 0}
    assert quotes(workshop) == []


def test_the_index_is_synced_without_a_lock_where_nothing_changed(workshop: Workshop, result: Result) -> None:
    decide(workshop, (result.report.claims or ())[0].id, "agree")
    found = examples_of(workshop.ledger)
    assert workshop.index.sync_examples(found) == 1
    workshop.index.close()
    with Workshop(workshop.settings).index as other:
        other._chroma.lock()
        assert workshop.index.sync_examples(found) == 0  # the other one holds the lock, and is not asked for it
    (near,) = workshop.index.near("examples", "Nvidia lost 17 percent", 3)
    assert near[0] in found
    assert near[1] > 0.5


def test_a_rebuilt_index_holds_them_again(workshop: Workshop, result: Result) -> None:
    from typer.testing import CliRunner

    from analyzer.cli import app

    decide(workshop, (result.report.claims or ())[0].id, "agree")
    workshop.index.close()
    done = CliRunner().invoke(app, ["index", "--rebuild", "--home", str(workshop.settings.home)])
    assert done.exit_code == 0, done.output
    assert workshop.index.ids("examples") == set(examples_of(workshop.ledger))
    assert "examples     1" in done.output


def test_a_further_source_has_the_last_word(
    workshop: Workshop, result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = (result.report.claims or ())[0]
    decide(workshop, first.id, "agree")
    own = Example(
        first.id, first.article, None, "level", "q", "s", tuple(one for one in result.trials), "corrected"
    )  # fmt: skip
    monkeypatch.setattr(examples, "SOURCES", (examples.agreed, lambda connection: iter([own])))
    assert list(examples_of(workshop.ledger).values()) == [own]
