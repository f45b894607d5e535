"""Decisions leave one machine and arrive on another, by the command line, with real articles and ledgers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from analyzer import config
from analyzer.cli import app
from analyzer.model import Review, SignOff, content_id
from analyzer.pipeline import Workshop
from analyzer.reviews.attaching import attach
from analyzer.reviews.lines import ReviewLine, read_lines
from analyzer.store.ledger import Ledger

ARTICLE = """Nvidia fell 17 percent on 27 January 2025 and lost almost 600 billion dollars of market value in one day.

Apple lost 17 percent on 27 January 2025. Investors panicked on 27 January 2025.
"""


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the article, which each test copies."""
    folder = tmp_path_factory.mktemp("review-files")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = run(folder / "a.txt", "--date", "2025-01-28", "--home", folder / "home", "--quiet")
    assert done.exit_code == 0, done.output
    return folder / "home"


@pytest.fixture
def one(analyzed: Path, tmp_path: Path) -> Path:
    return copied(analyzed, tmp_path / "one")


@pytest.fixture
def other(analyzed: Path, tmp_path: Path) -> Path:
    return copied(analyzed, tmp_path / "other")


def copied(home: Path, to: Path) -> Path:
    to.mkdir()
    for path in home.glob("ledger.sqlite*"):
        (to / path.name).write_bytes(path.read_bytes())
    return to


def claims(home: Path) -> list[Any]:
    with Ledger.open(home) as ledger:
        return list(next(ledger.reports()).claims or ())


def decide(home: Path, *said: tuple[int, str, str, str | None]) -> None:
    """Number of the claim, reviewer, decision, label."""
    found = claims(home)
    with Ledger.open(home) as ledger:
        for n, (number, who, decision, label) in enumerate(said):
            ledger.add_review(
                Review.model_validate({
                    "id": content_id(n, number, who, decision, label), "claim": found[number].id, "reviewer": who,
                    "at": f"2025-08-02T09:{n:02}:00+00:00", "decision": decision, "label": label, "note": "“so”",
                })
            )  # fmt: skip


def exported(home: Path, to: Path) -> Any:
    done = run("review", "export", "--home", home, "--out", to)
    assert done.exit_code == 0, done.output
    return done


def reviews(home: Path) -> Iterator[tuple[str, str, str | None]]:
    with Ledger.open(home) as ledger:
        yield from ((r.reviewer, r.decision, r.label) for r in ledger.all_reviews())


def test_decisions_arrive_whole_and_once(one: Path, other: Path, tmp_path: Path) -> None:
    decide(one, (0, "ada", "agree", None), (0, "ada", "undo", None), (1, "ada", "override", "mixed"))
    exported(one, tmp_path / "r.jsonl")
    first, second = (run("review", "import", tmp_path / "r.jsonl", "--home", other) for _ in range(2))
    assert "3 added, 0 held already, 0 without a claim here" in first.output
    assert "0 added, 3 held already, 0 without a claim here" in second.output
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert list(reviews(other)) == list(reviews(one))
    exported(other, tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_bytes() == (tmp_path / "r.jsonl").read_bytes()


def test_agreement_of_reviewers_is_printed(one: Path, tmp_path: Path) -> None:
    machine = [claim.verdict.latest.label for claim in claims(one)]
    assert len(machine) >= 3
    decide(
        one, (0, "ada", "override", "mixed"), (0, "bob", "override", "mixed"), (1, "ada", "override", "refuted"),
        (1, "bob", "override", "refuted"), (2, "ada", "override", "mixed"), (2, "bob", "override", "refuted"),
    )  # fmt: skip
    # Alike 2 of 3; by chance (2 * 1 + 1 * 2) / 9; kappa = (2/3 - 4/9) / (5/9) = 0.4.
    assert "ada and bob: 2 of 3 claims alike, 44% expected by chance; Cohen's kappa 0.40" in (
        exported(one, tmp_path / "r.jsonl").output
    )


def test_one_reviewer_alone_has_nobody_to_agree_with(one: Path, tmp_path: Path) -> None:
    decide(one, (0, "ada", "agree", None))
    assert "no agreement to measure" in exported(one, tmp_path / "r.jsonl").output


def test_without_a_decision_nothing_is_written(one: Path, tmp_path: Path) -> None:
    done = run("review", "export", "--home", one, "--out", tmp_path / "r.jsonl")
    assert (done.exit_code, (tmp_path / "r.jsonl").exists()) == (2, False)
    assert "holds no decision" in done.output


def test_what_finds_no_claim_is_listed_and_kept(one: Path, tmp_path: Path) -> None:
    decide(one, (0, "ada", "agree", None), (1, "ada", "reject", None))
    exported(one, tmp_path / "r.jsonl")
    done = run("review", "import", tmp_path / "r.jsonl", "--home", tmp_path / "new", "--unattached", tmp_path / "u")
    assert done.exit_code == 3
    assert "0 added, 0 held already, 2 without a claim here" in done.output
    assert done.output.count("unattached: ada on") == 2
    assert (tmp_path / "u").read_text(encoding="utf-8") == (tmp_path / "r.jsonl").read_text(encoding="utf-8")


def moved(line: ReviewLine, **changes: Any) -> ReviewLine:
    """The decision as of a run that cut the quote otherwise, so that the claim has another id."""
    review = line.review.model_copy(update={"claim": "f" * 16})
    return line.model_copy(update={"review": review, **changes})


def test_a_decision_follows_a_claim_that_overlaps_enough(one: Path, other: Path, tmp_path: Path) -> None:
    decide(one, (0, "ada", "override", "mixed"))
    exported(one, tmp_path / "r.jsonl")
    (line,) = read_lines(tmp_path / "r.jsonl")
    length = line.end - line.start
    near = moved(line, end=line.end - length // 10)
    with Ledger.open(other) as ledger:
        found, again = attach([near], ledger), attach([near], ledger)
        assert [review.claim for review in found.added] == [claims(other)[0].id]
        assert [claim.id for _, claim in found.followed] == [claims(other)[0].id]
        assert (len(again.added), len(again.held), again.followed) == (0, 1, [])
        for far in (
            moved(line, end=line.end - length // 2), moved(line, kind="macro"), moved(line, figures=("18 percent",)),
            moved(line, text_sha256="0" * 64), moved(line, article="0" * 16),
        ):  # fmt: skip
            assert attach([far], ledger).unattached == [far]


def test_a_changed_decision_is_refused_and_nothing_is_imported(one: Path, other: Path, tmp_path: Path) -> None:
    decide(one, (0, "ada", "override", "mixed"), (1, "ada", "agree", None))
    path = tmp_path / "r.jsonl"
    exported(one, path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(lines[0], encoding="utf-8")
    assert run("review", "import", path, "--home", other).exit_code == 0
    path.write_text(lines[1] + lines[0].replace('"mixed"', '"refuted"', 1), encoding="utf-8")
    done = run("review", "import", path, "--home", other)
    assert done.exit_code == 2
    assert "Decisions are never changed" in " ".join(done.output.split())
    assert list(reviews(other)) == [("ada", "override", "mixed")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda line: "{broken", "line 1 is no JSON"),
        (lambda line: "[1]", "line 1 is no decision"),
        (lambda line: json.dumps({**json.loads(line), "kind": "guess"}), "kind"),
        (lambda line: line.replace('"mixed"', '"true"', 1), "review.label"),
        (lambda line: line.replace('"label":"mixed"', '"label":null', 1), "has to name a label"),
        (lambda line: line.replace('"reviewer":"ada"', '"reviewer":" "', 1), "has to name its reviewer"),
    ],
)
def test_a_line_that_is_no_decision_is_refused(change: Any, said: str, one: Path, other: Path, tmp_path: Path) -> None:
    decide(one, (0, "ada", "override", "mixed"))
    path = tmp_path / "r.jsonl"
    exported(one, path)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    done = run("review", "import", path, "--home", other)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert list(reviews(other)) == []


def sign_off(home: Path, decision: str, who: str = "ada", **more: Any) -> None:
    with Ledger.open(home) as ledger:
        article = next(ledger.reports()).article.id
        n = len(ledger.sign_offs())
        ledger.add_sign_off(
            SignOff.model_validate({
                "id": f"s{n}", "article": article, "reviewer": who, "at": f"2025-08-02T10:{n:02}:00+00:00",
                "decision": decision, **more,
            })
        )  # fmt: skip


# --- gold -------------------------------------------------------------------------------------------------------------


def test_a_wholly_reviewed_article_is_gold_for_eval(one: Path, tmp_path: Path) -> None:
    found = claims(one)
    override = "refuted" if found[1].verdict.latest.label == "supported" else "supported"
    decide(
        one, *((n, "ada", "agree", None) for n in range(len(found)) if n not in (1, 2)),
        (1, "ada", "override", override), (2, "ada", "reject", None),
    )  # fmt: skip
    sign_off(one, "complete")
    done = run("review", "export", "--home", one, "--gold", tmp_path / "gold")
    assert "1 gold articles" in done.output
    assert json.loads((tmp_path / "gold" / "a.meta.json").read_text()) == {"language": "en", "published": "2025-01-28"}
    assert (tmp_path / "gold" / "a.txt").read_text(encoding="utf-8") == ARTICLE
    gold = json.loads((tmp_path / "gold" / "a.gold.json").read_text())["claims"]
    assert [claim["quote"] for claim in gold] == [c.quote for n, c in enumerate(found) if n != 2]
    assert gold[1]["expected"]["latest"] == {"label": override, "acceptable": [override]}
    scored = run("eval", tmp_path / "gold", "--home", tmp_path / "fresh", "--format", "json", "--quiet")
    assert scored.exit_code == 0, scored.output
    metrics = json.loads(scored.output)["metrics"]
    right = {name: (metrics[name]["right"], metrics[name]["of"]) for name in ("precision", "recall", "verdict_exact")}
    n = len(found)
    assert right == {"precision": (n - 1, n), "recall": (n - 1, n - 1), "verdict_exact": (n - 2, n - 1)}
    assert metrics["bound"]["share"] == 1.0


def gold_of(home: Path, to: Path) -> tuple[Any, Any]:
    """What was said, and the gold of the article."""
    done = run("review", "export", "--home", home, "--gold", to)
    return done, json.loads((to / "a.gold.json").read_text())


def evaluated(folder: Path, fresh: Path, *more: str) -> Any:
    scored = run("eval", folder, "--home", fresh, "--quiet", *more)
    assert scored.exit_code == 0, scored.output
    return scored.output


def test_precision_is_counted_only_where_somebody_misses_nothing(one: Path, tmp_path: Path) -> None:
    n = len(claims(one))
    decide(one, *((i, "ada", "agree", None) for i in range(n)))
    done, gold = gold_of(one, tmp_path / "gold")
    assert gold["exhaustive"] is False
    assert "1 of them do not count for precision" in done.output
    metrics = json.loads(evaluated(tmp_path / "gold", tmp_path / "f", "--format", "json"))["metrics"]
    assert (metrics["precision"]["of"], metrics["recall"]["of"]) == (0, n)
    assert "precision is counted on 0 of 1 articles" in " ".join(evaluated(tmp_path / "gold", tmp_path / "f").split())
    sign_off(one, "complete")
    assert gold_of(one, tmp_path / "gold")[1]["exhaustive"] is True
    metrics = json.loads(evaluated(tmp_path / "gold", tmp_path / "f", "--format", "json"))["metrics"]
    assert (metrics["precision"]["right"], metrics["precision"]["of"]) == (n, n)


@pytest.mark.slow
def test_who_misses_something_or_takes_it_back_leaves_the_gold_open(one: Path, tmp_path: Path) -> None:
    decide(one, *((i, "ada", "agree", None) for i in range(len(claims(one)))))
    sign_off(one, "complete")
    sign_off(one, "missing", "bob", note="gold")
    assert gold_of(one, tmp_path / "gold")[1]["exhaustive"] is False
    sign_off(one, "undo", "bob", undoes="s1")
    assert gold_of(one, tmp_path / "gold")[1]["exhaustive"] is True
    sign_off(one, "undo", "ada", undoes="s0")
    assert gold_of(one, tmp_path / "gold")[1]["exhaustive"] is False


@pytest.mark.slow
def test_read_and_nothing_found_is_gold_with_no_claim(tmp_path: Path) -> None:
    """There, whatever is found is found for nothing."""
    (tmp_path / "a.txt").write_text("A quiet garden, and nobody in it.\n", encoding="utf-8")
    home = tmp_path / "quiet"
    assert run(tmp_path / "a.txt", "--date", "2025-01-28", "--home", home, "--quiet").exit_code == 0
    sign_off(home, "complete")
    gold = gold_of(home, tmp_path / "gold")[1]
    assert (gold["exhaustive"], gold["claims"]) == (True, [])


@pytest.mark.slow
def test_added_claims_and_changed_bindings_are_gold(one: Path, tmp_path: Path) -> None:
    from amending_by_hand import added, changed

    found = claims(one)
    apple = next(n for n, claim in enumerate(found) if "Apple" in claim.quote)
    workshop = Workshop(config.load(home=one))
    change = changed(workshop, found[apple], symbol="NVDA")
    by_hand = added(workshop, found[0].article, "panicked on 27 January 2025")
    workshop.ledger.close()
    label = change.verdict.latest.label if change.verdict else ""
    decide(
        one, *((n, "ada", "agree", None) for n in range(len(found)) if n != apple), (apple, "ada", "override", label)
    )
    gold = {claim["quote"]: claim for claim in gold_of(one, tmp_path / "gold")[1]["claims"]}
    assert gold[found[apple].quote]["series"][0] == "NVDA"
    assert by_hand.reading is not None
    assert gold[by_hand.reading.quote]["expected"]["latest"]["label"] == by_hand.result().verdict.latest.label


def test_a_disputed_claim_accepts_what_either_said(one: Path, tmp_path: Path) -> None:
    found = claims(one)
    decide(one, *((n, "ada", "agree", None) for n in range(len(found))), (0, "bob", "override", "inconclusive"))
    run("review", "export", "--home", one, "--gold", tmp_path / "gold")
    gold = json.loads((tmp_path / "gold" / "a.gold.json").read_text())["claims"]
    accepted = {found[0].verdict.latest.label, "inconclusive"}
    assert set(gold[0]["expected"]["latest"]["acceptable"]) == accepted


def test_an_article_that_is_reviewed_in_part_is_no_gold(one: Path, tmp_path: Path) -> None:
    decide(one, (0, "ada", "agree", None))
    done = run("review", "export", "--home", one, "--gold", tmp_path / "gold")
    assert f"{len(claims(one)) - 1} of {len(claims(one))} claims are not reviewed" in done.output
    assert not (tmp_path / "gold").exists()


def test_the_first_name_of_the_commands_still_works(one: Path) -> None:
    decide(one, (0, "ada", "agree", None))
    now, then = (run(word, "export", "--home", one) for word in ("review", "reviews"))
    assert then.exit_code == 0
    assert then.stdout == now.stdout != ""


def test_an_option_of_the_page_before_a_word_is_refused(one: Path) -> None:
    """It would name another home than the one that is read."""
    done = run("review", "--home", one, "export")
    assert done.exit_code == 2
    assert "--home stands before export. Write it behind: analyze review export" in done.output
