"""``analyze eval``: figures computed by hand, perfect and empty readers, both forms of gold, wrong input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import Ended, run
from fake_openai import Answer, FakeOpenAI

from analyzer import config
from analyzer.errors import InputError, ModelError
from analyzer.evaluation.comparing import compare, mcnemar
from analyzer.evaluation.gold import read_gold
from analyzer.evaluation.matching import match
from analyzer.evaluation.running import evaluate, read_evaluation
from analyzer.evaluation.scoring import METRICS, Row, confusion, f1, grouped, misses, shares
from analyzer.model import Report
from analyzer.pipeline import Workshop

TEXT = "Nvidia fell 17 percent on 27 January 2025. Apple lost 17 percent on 27 January 2025. Everybody was tired.\n"


def own(number: int, quote: str, label: str, **more: Any) -> dict[str, Any]:
    expected = {"label": label, "acceptable": [label]}
    return {
        "id": f"a-{number}", "quote": quote, "kind": "quantitative_move", "checkable": "yes", "check": "session_return",
        "series": ["NVDA"], "window": {"base": "2025-01-24", "first": "2025-01-27", "last": "2025-01-27"},
        "observed": {"value": -0.1697, "unit": "fraction"}, "expected": {"latest": expected, "when_written": expected},
        **more,
    }  # fmt: skip


def five(number: int, quote: str, label: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"b-{number}", "quote": quote, "type": "quantitative_move", "checkable_with_market_data": "yes",
        "series": ["NVDA"], "window": ["2025-01-27", "2025-01-27"], "expected_verdict": label,
        "acceptable_verdicts": [label], "expected_figures": {"nvda_pct": -16.97}, "verdict_at_publication": label,
        **more,
    }  # fmt: skip


def folder(path: Path, claims: list[dict[str, Any]], text: str = TEXT, name: str = "piece") -> Path:
    path.mkdir(exist_ok=True)
    (path / f"{name}.txt").write_text(text, encoding="utf-8")
    (path / f"{name}.gold.json").write_text(json.dumps({"article": name, "claims": claims}), encoding="utf-8")
    (path / f"{name}.meta.json").write_text(json.dumps({"language": "en", "published": "2025-01-28"}), encoding="utf-8")
    return path


BOTH = [
    own(1, "Nvidia fell 17 percent on 27 January 2025", "supported"),
    own(2, "Apple lost 17 percent on 27 January 2025", "refuted"),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(config.load(home=tmp_path_factory.mktemp("home")))


# --- matching, shares, comparing ------------------------------------------------------------------------------------


def test_quotes_are_matched_one_to_one_the_best_pair_first() -> None:
    assert match(["a b c d", "a b"], ["a b c", "x y"]) == {0: 0}
    assert match(["a b"], ["a b c d"]) == {0: 0}
    assert match(["a b"], ["a b c d e"]) == {}
    assert match(["fell 17 percent"], ["fell 1,7 percent"], least=0.8) == {}


def row(article: str, gold: bool, found: bool, **more: Any) -> Row:
    return Row(article, "en", more.pop("id", f"{article}-{gold}-{found}"), gold, "level", "yes", "q", found, **more)


def test_shares_are_those_computed_by_hand() -> None:
    rows = [
        row("a", True, True, kind_right=True, verdict_right=True), row("a", True, True, kind_right=False),
        row("a", True, False), row("b", False, True), row("b", True, True, verdict_right=False),
    ]  # fmt: skip
    scores = shares(rows)
    assert (scores["precision"].right, scores["precision"].of) == (3, 4)
    assert (scores["recall"].right, scores["recall"].of) == (3, 4)
    assert (scores["kind"].right, scores["kind"].of) == (1, 2)
    assert (scores["verdict"].right, scores["verdict"].of) == (1, 2)
    assert f1(scores) == pytest.approx(0.75)
    assert scores["figure"].value is None


def test_an_interval_holds_its_share_is_the_same_twice_and_needs_two_articles() -> None:
    rows = [row(name, True, hit, id=str(i)) for name, hits in (("a", "110"), ("b", "100"), ("c", "111"))
            for i, hit in enumerate(h == "1" for h in hits)]  # fmt: skip
    one, again = (shares(rows, intervals=True)["recall"] for _ in range(2))
    assert one == again
    assert one.value == pytest.approx(6 / 9)
    assert one.low is not None
    assert one.high is not None
    assert one.low <= 6 / 9 <= one.high
    assert shares([r for r in rows if r.article == "a"], intervals=True)["recall"].low is None


@pytest.mark.parametrize(("gained", "lost", "p"), [(0, 0, 1.0), (5, 0, 2 / 32), (1, 8, 20 / 512), (3, 3, 1.0)])
def test_mcnemar_is_the_exact_binomial(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p)


def test_a_comparison_counts_what_was_gained_and_lost() -> None:
    before = [row("a", True, True, id="1"), row("a", True, False, id="2"), row("a", True, False, id="3")]
    after = [row("a", True, False, id="1"), row("a", True, True, id="2"), row("a", True, True, id="3")]
    recall = next(d for d in compare(before, after) if d.metric == "recall")
    assert (recall.gained, recall.lost) == (2, 1)
    assert (recall.before.value, recall.after.value) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_reversals_come_first_among_the_misses() -> None:
    wrong = row("a", True, True, id="w", verdict_right=False, label="mixed", expected="supported")
    turned = row("a", True, True, id="t", verdict_right=False, reversed=True)
    listed = misses([row("a", False, True), row("a", True, False, id="m"), wrong, turned])
    assert [name for name, _ in listed] == ["reversed", "other verdict", "missed", "no gold claim"]
    assert confusion([wrong], lambda r: (r.expected, r.label))["supported", "mixed"] == 1
    assert list(grouped([wrong, turned], lambda r: r.article)) == ["a"]


# --- on articles ----------------------------------------------------------------------------------------------------


def test_a_reader_is_scored_on_claims_binding_and_verdicts(tmp_path: Path, workshop: Workshop) -> None:
    claims = [*BOTH, own(3, "Everybody was tired", "not_checkable", checkable="no", kind="rhetorical", check=None)]
    found = evaluate(read_gold(folder(tmp_path / "g", claims)), workshop)
    scores = shares(found.rows)
    assert (scores["recall"].right, scores["recall"].of) == (2, 3)
    assert (scores["recall_checkable"].right, scores["recall_checkable"].of) == (2, 2)
    assert scores["precision"].value == 1.0
    assert (scores["verdict"].right, scores["verdict"].of) == (2, 2)
    assert (scores["bound"].right, scores["bound"].of) == (1, 2), "Apple's trial is not on Nvidia"
    assert (scores["figure"].right, scores["figure"].of) == (1, 2)
    assert (scores["check"].right, scores["check"].of) == (2, 2)
    sentences = shares(found.baseline)
    assert (sentences["precision"].right, sentences["precision"].of) == (3, 3)
    assert (sentences["verdict"].right, sentences["verdict"].of) == (1, 3)


def test_the_form_with_five_labels_is_read_and_answered_in_its_words(tmp_path: Path, workshop: Workshop) -> None:
    claims = [five(1, BOTH[0]["quote"], "supported"), five(2, BOTH[1]["quote"], "unknown")]
    found = evaluate(read_gold(folder(tmp_path / "g", claims)), workshop)
    scores = shares(found.rows)
    assert (scores["verdict_exact"].right, scores["verdict_exact"].of) == (1, 1), "unknown has no exact verdict"
    assert (scores["verdict"].right, scores["verdict"].of) == (1, 2)
    assert found.predictions is not None
    assert {p["verdict"] for p in found.predictions["piece"]} == {"supported", "refuted"}


@pytest.mark.shared
def test_the_exported_predictions_give_the_scorers_own_figures(
    shared: Path, tmp_path: Path, workshop: Workshop
) -> None:
    gold = [a for a in read_gold(shared / "articles") if a.name.startswith(("00", "37", "38"))]
    found = evaluate(gold, workshop)
    (tmp_path / "p.json").write_text(json.dumps(found.predictions), encoding="utf-8")
    command = [sys.executable, str(shared / "articles" / "score.py"), str(tmp_path / "p.json"), "--json", "--only",
               ",".join(a.name for a in gold)]  # fmt: skip
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    theirs = theirs.get("total", theirs)
    ours = shares(found.rows)
    for name, key in (("precision", "precision"), ("recall", "recall"), ("recall_checkable", "recall_checkable"),
                      ("kind", "type"), ("checkable_2way", "checkable_2way"), ("verdict", "verdict_acceptable"),
                      ("verdict_exact", "verdict_exact")):  # fmt: skip
        assert ours[name].value == pytest.approx(theirs[key]), name


def test_a_perfect_and_an_empty_reader(tmp_path: Path, workshop: Workshop) -> None:
    gold = read_gold(folder(tmp_path / "g", BOTH))
    read = evaluate(gold, workshop)
    report = read.predictions
    assert report is not None
    perfect = evaluate(gold, workshop, reports=None)
    assert shares(perfect.rows)["recall"].value == 1.0
    empty = Report.model_validate(_empty(workshop, gold[0].path))
    nothing = shares(evaluate(gold, workshop, reports={"piece": empty}).rows)
    assert nothing["recall"].value == 0.0
    assert nothing["precision"].value is None
    assert f1(nothing) is None


def _empty(workshop: Workshop, path: Path) -> dict[str, Any]:
    from analyzer.pipeline import analyze_source

    report = analyze_source(str(path), workshop).report
    return {**report.model_dump(mode="json"), "claims": []}


def test_a_model_reads_the_articles_side_by_side_and_the_first_error_ends_it(tmp_path: Path) -> None:
    """A model is waited for: twelve articles in a row would take twelve times as long as one."""
    for name in ("one", "two", "three"):
        folder(tmp_path / "g", BOTH, name=name, text=f"The {name}. {TEXT}")
    gold = read_gold(tmp_path / "g")
    names: list[str] = []
    with FakeOpenAI() as server:
        server.answers("extract", Answer(json.dumps({"claims": []}), delay_s=1.0))
        asked = Workshop(config.load(home=tmp_path / "home", model="openai:tester", base_url=server.url, price=(0, 0)))
        found = evaluate(gold, asked, progress=(names := []).append)
        came = [r.at for r in server.requests if r.kind == "extract"]
        assert len(came) == 3
        assert max(came) - min(came) < 1.0, "each was asked for after the one before had been answered"
        assert names == [g.name for g in gold] == list(found.predictions or ())
        server.answers("extract", Answer(status=401, message="no"))
        other = Workshop(config.load(home=tmp_path / "b", model="openai:tester", base_url=server.url, price=(0, 0)))
        with pytest.raises(
            ModelError, match=r"one: the model could not be asked \(extract\), so nothing is scored: .*key"
        ):
            evaluate(gold, other)


def test_a_reply_of_no_use_is_the_models_own_and_scored_as_it_is(tmp_path: Path) -> None:
    gold = read_gold(folder(tmp_path / "g", BOTH))
    with FakeOpenAI() as server:
        server.answers("extract", "I would rather not.").answers("repair", "No.")
        asked = Workshop(config.load(home=tmp_path / "home", model="openai:tester", base_url=server.url, price=(0, 0)))
        assert shares(evaluate(gold, asked).rows)["recall"].value is not None


# --- the command ----------------------------------------------------------------------------------------------------


def ask(where: Path, home: Path, *more: object) -> Ended:
    return run("eval", where, "--home", home, *more)


def test_the_table_names_everything_and_fits_eighty_columns(tmp_path: Path) -> None:
    ended = ask(folder(tmp_path / "g", BOTH), tmp_path / "home")
    assert ended.code == 0, ended.err
    for words in ("precision", "every sentence", "gold kind", "verdicts: gold down", "worst misses", "bootstrap"):
        assert words in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    assert "piece …" in ended.err


def test_results_are_saved_and_compared(tmp_path: Path) -> None:
    where, home, saved = folder(tmp_path / "g", BOTH), tmp_path / "home", tmp_path / "first.json"
    first = ask(where, home, "-q", "--out", saved, "--format", "json")
    assert json.loads(first.out)["metrics"]["recall"]["share"] == 1.0
    assert set(json.loads(first.out)["metrics"]) == set(METRICS)
    assert len(read_evaluation(saved).rows) == 2
    again = ask(where, home, "-q", "--against", saved)
    assert "against the earlier run" in again.out
    assert "McNemar" in again.out


@pytest.mark.slow
def test_saved_reports_are_scored_without_reading(tmp_path: Path) -> None:
    where, home = folder(tmp_path / "g", BOTH), tmp_path / "home"
    reports = tmp_path / "reports.json"
    assert (
        run(where / "piece.txt", "--home", home, "--date", "2025-01-28", "--format", "json", "--out", reports).code == 0
    )
    ended = ask(where, home, "-q", "--reports", reports, "--format", "json")
    assert json.loads(ended.out)["metrics"]["verdict"]["share"] == 1.0


@pytest.mark.slow
def test_a_floor_fails_the_command(tmp_path: Path) -> None:
    where, home = folder(tmp_path / "g", [*BOTH, own(3, "Everybody was tired", "refuted")]), tmp_path / "home"
    assert ask(where, home, "-q", "--fail-under", "precision=0.6").code == 0
    low = ask(where, home, "-q", "--fail-under", "recall=0.9")
    assert low.code == 1
    assert "recall is 0.667, wanted 0.9" in low.err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda g: (g / "piece.gold.json").unlink(), "holds no NAME.gold.json"),
        (lambda g: (g / "piece.txt").unlink(), "no text beside it"),
        (lambda g: (g / "piece.gold.json").write_text("{"), "is no JSON"),
        (lambda g: folder(g, [own(1, "Nvidia rose", "supported")]), "does not stand in piece.txt"),
        (lambda g: folder(g, [own(1, BOTH[0]["quote"], "true")]), "the label 'true' is not known"),
        (lambda g: folder(g, [own(1, BOTH[0]["quote"], "supported", kind="move")]), "the kind 'move' is not known"),
        (lambda g: folder(g, [BOTH[0], BOTH[0]]), "stands there twice"),
        (lambda g: folder(g, [{"id": "a-1"}]), "claim a-1 has no"),
    ],
)
def test_gold_that_cannot_be_used_is_named(tmp_path: Path, change: Any, says: str) -> None:
    where = folder(tmp_path / "g", BOTH)
    change(where)
    ended = ask(where, tmp_path / "home", "-q")
    assert ended.code == 2
    assert says in ended.err


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--fail-under", "beauty=1"), "there is no metric 'beauty'"),
        (("--fail-under", "recall"), "write it as precision=0.6"),
        (("--format", "html"), "table, json"),
        (("--against", "nothing.json"), "cannot be read"),
        (("--reports", "nothing.json"), "cannot be read"),
    ],
)
def test_wrong_options_are_named(tmp_path: Path, more: tuple[str, ...], says: str) -> None:
    ended = ask(folder(tmp_path / "g", BOTH), tmp_path / "home", "-q", *more)
    assert ended.code == 2
    assert says in ended.err


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        read_gold(tmp_path / "gone")
