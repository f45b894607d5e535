"""Search over passages and claims: exact words, meaning, phrases, filters, and what is said when there is nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from servers import Postgres
from three_articles import analysed, opened

from analyzer import config
from analyzer.errors import InputError
from analyzer.memory.search import Hit, search
from analyzer.pipeline import Workshop
from analyzer.store import finding
from analyzer.store.finding import Filters
from tests.command import run


@pytest.fixture(params=["sqlite", "postgresql"])
def workshop(request: pytest.FixtureRequest) -> Iterator[Workshop]:
    """The three articles, their words in SQLite's FTS5 or in PostgreSQL's text search."""
    if request.param == "sqlite":
        yield from opened(request.getfixturevalue("home"))
    else:
        home, url = request.getfixturevalue("server_home")
        yield from opened(home, ledger_url=url)


def find(workshop: Workshop, words: str, **filters: object) -> list[Hit]:
    narrowed: Filters = filters  # type: ignore[assignment]
    return search(words, workshop.ledger.finder, workshop.index, narrowed)


def outlets(hits: Sequence[Hit]) -> list[str | None]:
    return [hit.outlet for hit in hits]


@pytest.mark.parametrize("words", ["straße", "STRASSE", "Strasse", "Öhler", "ohler"])
def test_case_umlauts_and_sharp_s_do_not_matter(workshop: Workshop, words: str) -> None:
    first = find(workshop, words)[0]
    assert (first.outlet, "words" in first.by) == ("Morgenblatt", True)


def test_a_hit_tells_its_sentence_its_article_its_verdict_and_what_to_type(workshop: Workshop) -> None:
    hit = find(workshop, "nvidia fifth")[0]
    assert hit.context == "Nvidia lost almost a fifth of its value on 27 January 2025."
    assert (hit.author, hit.outlet, hit.published) == ("Tom Reed", "The Wire", "2025-01-29")
    assert hit.what == "claim"
    assert hit.verdict == workshop.ledger.claim(hit.id)[1].verdict.latest.label
    assert hit.more == f"analyze explain {hit.id[:8]}"


def test_a_passage_without_a_claim_is_found_and_shown_by_its_article(workshop: Workshop) -> None:
    hit = find(workshop, "ships tide")[0]
    assert (hit.what, hit.verdict, hit.more) == ("passage", None, f"analyze show {hit.article[:8]}")
    assert hit.context == "The harbour was quiet, and the ships waited for the tide."


def test_a_passage_is_not_shown_beside_the_claim_that_stands_in_it(workshop: Workshop) -> None:
    found = find(workshop, "Nvidia verlor Montag 17 Prozent", outlet="Morgenblatt")
    claim = found[0]
    assert claim.what == "claim"
    assert all(claim.quote not in hit.context for hit in found[1:] if claim.quote)


def test_a_phrase_has_to_stand_there_word_for_word(workshop: Workshop) -> None:
    assert outlets(find(workshop, '"ships waited"')) == ["The Herald"]
    assert find(workshop, '"waited ships"') == []
    assert outlets(find(workshop, 'harbour "ships waited"')) == ["The Herald"]


def test_words_that_only_join_others_are_wanted_all_and_the_newest_entry_comes_first(workshop: Workshop) -> None:
    found = workshop.ledger.finder.by_words(finding.parse("the and"), {}, 50)["passages"]
    each = [set(workshop.ledger.finder.by_words(finding.parse(word), {}, 50)["passages"]) for word in ("the", "and")]
    assert set(found) == each[0] & each[1] != each[0] | each[1]
    the = workshop.ledger.finder.by_words(finding.parse("the"), {}, 50)["passages"]
    known = workshop.ledger.finder.passages(the)
    assert list(dict.fromkeys(known[id]["outlet"] for id in the)) == ["The Herald", "The Wire"]
    assert workshop.ledger.finder.by_words(finding.parse("the"), {}, 1)["passages"] == the[:1]


def test_meaning_finds_what_the_words_do_not(workshop: Workshop) -> None:
    found = find(workshop, "Nvidia shares plunged by a sixth")
    german = next(hit for hit in found if hit.outlet == "Morgenblatt")
    assert "meaning" in german.by


def test_filters_leave_what_they_say(workshop: Workshop) -> None:
    assert set(outlets(find(workshop, "nvidia", author="tom reed"))) == {"The Wire"}
    assert set(outlets(find(workshop, "nvidia", outlet="The Herald"))) == {"The Herald"}
    assert set(outlets(find(workshop, "nvidia", since=date(2025, 1, 29)))) == {"The Wire"}
    assert set(outlets(find(workshop, "nvidia", until=date(2025, 1, 28)))) == {"Morgenblatt", "The Herald"}
    assert set(outlets(find(workshop, "nvidia", language="de"))) == {"Morgenblatt"}
    assert {hit.kind for hit in find(workshop, "nvidia", kind="quantitative_move")} == {"quantitative_move"}
    assert {hit.verdict for hit in find(workshop, "nvidia", label="supported")} == {"supported"}
    assert {hit.what for hit in find(workshop, "nvidia", symbol="NVDA")} == {"claim"}
    assert find(workshop, "nvidia", symbol="AAPL") == []


def test_the_mark_of_claims_in_the_index_is_no_word_of_theirs(workshop: Workshop) -> None:
    finder = workshop.ledger.finder
    for word in ("claims", "passages"):
        assert finder.by_words(finding.parse(word), {}, 50) == {"passages": [], "claims": []}
        assert finder.by_words(finding.parse(word), {"kind": "quantitative_move"}, 50) == {"passages": [], "claims": []}


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("on_server", [False, True])
def test_the_quick_ways_rank_what_the_plain_one_ranks(
    home: Path, server_home: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, few: int, on_server: bool
) -> None:
    """The plain one: everything is ranked, then narrowed."""
    monkeypatch.setattr(finding, "FEW", few)
    settings = config.load(home=server_home[0], ledger_url=server_home[1]) if on_server else config.load(home=home)
    made = Workshop(settings)
    narrowing: list[finding.Filters] = [
        {"author": "tom REED"}, {"language": "de"}, {"since": date(2025, 1, 29)}, {"label": "supported"},
        {"kind": "quantitative_move", "outlet": "the herald"}, {"symbol": "NVDA"}, {"author": "nobody"},
    ]  # fmt: skip
    for word in ("nvidia", "der", "the", "harbour"):
        query = finding.parse(word)
        everything = made.ledger.finder.by_words(query, {}, 1000)
        for filters in narrowing:
            found = made.ledger.finder.by_words(query, filters, 1000)
            for what in finding.WHATS:
                left = made.ledger.finder.ids(what, filters, 1000)
                assert found[what] == [id for id in everything[what] if id in left]
                assert made.ledger.finder.fitting(what, everything[what], filters) == set(found[what])
    made.ledger.close()


def test_a_query_without_a_word_is_refused(workshop: Workshop) -> None:
    with pytest.raises(InputError, match="no word"):
        find(workshop, "?!")


def test_what_is_forgotten_is_found_no_more_and_leaves_no_word_in_the_file(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    workshop = Workshop(config.load(home=copy))
    article = next(one.id for one in workshop.ledger.articles() if one.outlet == "The Herald")
    assert find(workshop, "harbour")
    workshop.ledger.forget(article)
    workshop.index.forget(article)
    assert find(workshop, "harbour") == []
    workshop.ledger.close()
    assert b"harbour" not in (copy / "ledger.sqlite").read_bytes()


def test_what_is_forgotten_is_found_no_more_on_a_server(
    tmp_path: Path, postgres: Postgres, ledger_template: str
) -> None:
    url = postgres.new_database(ledger_template)
    for workshop in opened(analysed(tmp_path, ledger_url=url), ledger_url=url):
        article = next(one.id for one in workshop.ledger.articles() if one.outlet == "The Herald")
        assert find(workshop, "harbour")
        workshop.ledger.forget(article)
        workshop.index.forget(article)
        assert find(workshop, "harbour") == []
        assert find(workshop, "sanctions")


def test_a_rebuild_finds_what_was_there(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    workshop = Workshop(config.load(home=copy))
    before, entries = find(workshop, "sanctions"), workshop.ledger.finder.entries()
    workshop.ledger.rebuild_words()
    assert workshop.ledger.finder.entries() == entries
    assert find(workshop, "sanctions") == before


@pytest.mark.slow
def test_the_same_article_again_is_found_once(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    ended = run(home.parent / "fall.md", "--redo", "--home", copy, "--quiet")
    assert ended.code in (0, 3), ended.err
    told = json.loads(run("search", "backfired", "--outlet", "The Wire", "--format", "json", "--home", copy).out)
    assert sum("backfired" in hit["context"] for hit in told) == 1


@pytest.mark.slow
def test_the_command_shows_hits_and_says_when_there_is_none(home: Path, tmp_path: Path) -> None:
    shown = run("search", "sanctions backfire", "--home", home, COLUMNS="160")
    assert shown.code == 0, shown.err
    assert "The sanctions backfired" in shown.out
    none = run("search", "zebra crossing", "--symbol", "AAPL", "--home", home)
    assert (none.code, none.out) == (0, "")
    assert "Nothing that the filters leave holds 'zebra crossing'" in none.err
    empty = run("search", "nvidia", "--home", tmp_path)
    assert "There is nothing to search yet" in empty.err
    wrong = run("search", "nvidia", "--label", "suported", "--home", home)
    assert wrong.code == 2
    assert "'suported' is not known" in wrong.err
    day = run("search", "nvidia", "--from", "yesterday", "--home", home)
    assert day.code == 2
    assert "no day" in day.err
