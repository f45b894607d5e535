"""The pages across articles over real HTTP: search, groups, scorecards, forecasts due and judging them again."""

from __future__ import annotations

import html
import re
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from review_page import Served, serving

from analyzer.config import load
from analyzer.pipeline import Options, Workshop, analyze_source
from analyzer.web.background import Background
from analyzer.web.corpus import Corpus

FORECAST = """---
title: What the spring will bring
author: Anna Berg
outlet: Harbour Post
date: 2025-01-31
---
Nvidia fell 17 percent on 27 January 2025. The S&P 500 will fall below 5,000 before the end of April 2025.
"""
OTHER = """---
title: Was im Januar war
author: Ida Quell
outlet: Hafenblatt
date: 2025-02-03
---
Nvidia verlor am 27. Januar 2025 fast 17 Prozent. Der <script>window.pwned = 1</script> Dax stieg nicht.
"""


@pytest.fixture(scope="module")
def two_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two articles of one event, judged before the forecast in the first came due."""
    folder = tmp_path_factory.mktemp("two")
    workshop = Workshop(load(home=folder / "home"))
    for name, text in (("forecast.md", FORECAST), ("other.md", OTHER)):
        (folder / name).write_text(text, encoding="utf-8")
        analyze_source(str(folder / name), workshop, Options(as_of=date(2025, 2, 10)))
    workshop.index.close()
    workshop.ledger.close()
    return folder / "home"


@pytest.fixture
def corpus(two_articles: Path, tmp_path: Path) -> Iterator[Served]:
    with serving(Path(shutil.copytree(two_articles, tmp_path / "home"))) as running:
        yield running


def shown(client: httpx.Client, path: str, language: str = "en") -> str:
    """The page when it is ready, as text."""
    until = time.monotonic() + 60
    while 'class="waiting"' in (text := client.get(path, headers={"Accept-Language": language}).text):
        assert time.monotonic() < until
        time.sleep(0.1)
    return html.unescape(text)


def test_every_page_is_in_the_navigation_and_marks_itself(corpus: Served) -> None:
    for path in ("/", "/search", "/groups", "/scorecards", "/due"):
        text = shown(corpus.client, path)
        assert re.findall(r'<a href="(\S+)" aria-current="page">', text)[0] == path
        assert text.count('href="/due"') >= 1


def test_a_hit_leads_to_its_claim_and_the_address_narrows(corpus: Served) -> None:
    text = shown(corpus.client, "/search?words=Nvidia+percent")
    claim = re.search(r"/articles/(\w+)#c-(\w+)", text)
    assert claim is not None
    assert f'id="c-{claim[2]}"' in corpus.client.get(f"/articles/{claim[1]}").text
    assert "<mark>Nvidia fell 17 percent" in text
    of_one = shown(corpus.client, "/search?words=Nvidia&author=Ida+Quell")
    assert "Ida Quell · Hafenblatt" in of_one
    assert "<mark>Nvidia fell" not in of_one
    assert "YYYY-MM-DD" in shown(corpus.client, "/search?words=Nvidia&since=yesterday")
    assert "no word in this" in shown(corpus.client, "/search?words=!!!")


def test_what_articles_hold_is_escaped(corpus: Served) -> None:
    for path in ("/search?words=Dax", "/groups", '/search?words="><script>'):
        assert "<script>window" not in corpus.client.get(path).text
        assert "<script>" not in corpus.client.get(path).text


def test_the_same_claim_in_two_languages_is_a_group_with_its_first_author(corpus: Served) -> None:
    text = shown(corpus.client, "/groups")
    assert "in 2 articles" in text
    group = re.search(r"/groups/([0-9a-f]{16})", text)
    assert group is not None
    one = shown(corpus.client, f"/groups/{group[1]}")
    assert one.index("Anna Berg") < one.index("Ida Quell")
    assert "„Nvidia" in one or "Nvidia verlor" in one
    assert 'class="chart drift"' in one
    assert "No group fits" in shown(corpus.client, "/groups?words=zinc")
    assert corpus.client.get("/groups/0123456789abcdef").status_code == 404
    assert corpus.client.get("/claims/0123456789abcdef").status_code == 404


def test_few_claims_get_no_rate_and_each_row_leads_to_them(corpus: Served) -> None:
    text = shown(corpus.client, "/scorecards?by=author")
    assert "under 20: no rate" in text
    assert "rates" not in re.findall(r'class="chart (\w+)"', text)
    row = shown(corpus.client, "/scorecards?by=author&row=Anna+Berg")
    assert "Nvidia fell 17 percent" in row.partition('id="row"')[2]
    assert "a forecast whose date has not come" in row
    assert "Keine Aussage passt" in shown(corpus.client, "/scorecards?author=Nobody", "de")


def test_a_forecast_that_is_due_is_judged_again_and_the_earlier_verdict_stays(corpus: Served) -> None:
    before = corpus.ledger.counts()["runs"]
    text = shown(corpus.client, "/due")
    assert "Right if S&P 500 closes at 5,000.00 or below on any day up to 2025-04-30" in re.sub(r"</?strong>", "", text)
    run = re.search(r'name="run" value="(\w+)"', text)
    assert run is not None
    assert corpus.post(corpus.client, "/due", run="0" * 16).status_code == 422
    assert corpus.post(corpus.client, "/due", run=run[1]).status_code == 200
    done = shown(corpus.client, "/due/progress")
    assert "supported" in done
    assert "4,982.77 on 2025-04-08" in re.sub(r"</?span[^>]*>", "", done)
    assert corpus.ledger.counts()["runs"] == before + 1
    assert "Nothing is pending" in shown(corpus.client, "/due")


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path) as empty:
        for path, hint in (
            ("/search", "analyze article.txt"), ("/groups", "analyze FOLDER"), ("/scorecards", "analyze article.txt"),
            ("/due", "Nothing is pending"),
        ):  # fmt: skip
            assert hint in shown(empty.client, path), path


def test_warming_up_opens_the_index_for_the_first_search(two_articles: Path) -> None:
    workshop = Workshop(load(home=two_articles))
    shared = Corpus(workshop.ledger, workshop)
    shared.warm_up()
    assert "index" in vars(workshop)
    assert shared.search("Nvidia", {}, 5)
    workshop.close()


def test_a_job_is_done_once_for_a_key_and_anew_after_an_error_was_told() -> None:
    from analyzer.errors import DataError

    background, said = Background(), []

    def work(step: object) -> int:
        said.append(1)
        if len(said) == 1:
            raise DataError("a file is broken")
        return len(said)

    job = background.ask("key", work)
    assert job.wait(5)
    assert background.ask("key", work) is job
    with pytest.raises(DataError, match="broken"):
        job.result()
    again = background.ask("key", work)
    assert again.wait(5)
    assert (again.result(), background.ask("key", work)) == (2, again)
