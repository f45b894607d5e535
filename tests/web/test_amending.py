"""Trials, quotes and claims as people change them: what is drawn, tested, appended, refused and taken back."""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from review_page import Served
from test_article import find, moved, page, post, rerun

from analyzer.model import ClaimResult, Evidence


def opened(served: Served, claim: Any) -> tuple[ClaimResult, Evidence]:
    """The claim as it is now, and its latest evidence."""
    _, found = served.ledger.review_desk.claim(claim.article, claim.id)
    return found, next(one for one in found.evidence if one.as_of == found.verdict.latest.as_of)


def shown(served: Served, claim: Any, client: Any = None) -> str:
    answer = (client or served.client).get(f"/articles/{claim.article}/claims/{claim.id}")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def amend(served: Served, claim: Any, client: Any = None, **fields: str) -> Any:
    return served.post(client or served.client, f"/articles/{claim.article}/claims/{claim.id}/amendments", **fields)


def as_it_was(served: Served, claim: Any, **changed: str) -> dict[str, str]:
    """The form of the claim's trial with some fields changed."""
    _, evidence = opened(served, claim)
    return {
        "change": "trial", "trial": evidence.trial, "check": "session_return", "p-symbol": "AAPL",
        "p-session": "2025-01-27", "p-direction": "down", "p-stated": "17 percent",
        **{f"p-{name}": value for name, value in changed.items()},
    }  # fmt: skip


def test_a_changed_trial_is_tested_at_once_and_stands_beside_the_machines(served: Served) -> None:
    claim = find(served, "refuted")
    before, _ = opened(served, claim)
    answer = amend(served, claim, **as_it_was(served, claim, symbol="Nvidia"))
    assert answer.status_code == 200
    assert "Tested as changed by ada" in answer.text
    assert 'data-label="refuted" data-state="open"' in answer.text, "the label in force is the machine's"
    now, _ = opened(served, claim)
    (one,) = now.amendments
    assert now.model_copy(update={"amendments": ()}) == before
    assert (one.reviewer, one.change, one.trials[0].params["symbol"]) == ("ada", "trial", "NVDA")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", one.at)
    assert one.verdict is not None
    assert one.verdict.when_written is not None
    assert {e.as_of for e in one.evidence} == {one.verdict.when_written.as_of, one.verdict.latest.as_of}
    text = shown(served, claim)
    assert "−16.97 %" in text
    assert "a person's choice, not the text" in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


@pytest.mark.slow
def test_a_long_check_holds_nobody_up(served: Served) -> None:
    claim, bob = find(served, "refuted"), served.enter("bob")
    secret, path = served.csrf(bob), f"/articles/{claim.article}/claims/{claim.id}"
    long = {"change": "trial_added", "check": "explosive_root", "p-symbol": "^GSPC", "p-session": "2025-01-27",
            "p-draws": "200", "p-says": "explosive"}  # fmt: skip
    served.client.timeout = 120
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(amend, served, claim, served.client, **long)
        meanwhile = 0
        while not running.done():
            assert bob.post(f"{path}/decisions", data={"csrf": secret, "decision": "agree"}).status_code == 200
            meanwhile += not running.done()
        assert running.result().status_code == 200, running.result().text
    assert meanwhile >= 3


def test_what_the_text_does_not_hold_caps_the_outcome(served: Served) -> None:
    claim = find(served, "refuted")
    amend(served, claim, **as_it_was(served, claim, symbol="NVDA"))
    (one,) = opened(served, claim)[0].amendments
    assert one.trials[0].basis == {"symbol": "proposed", "session": "quote", "direction": "quote", "stated": "quote"}
    assert one.trials[0].assumed == ("symbol NVDA: chosen by ada, not read from the text",)
    assert one.verdict is not None
    assert (one.verdict.latest.label, one.evidence[-1].outcome) == ("mixed", "mixed")


def test_a_typed_figure_that_the_text_lacks_is_marked_so(served: Served) -> None:
    claim = find(served, "refuted")
    amend(served, claim, **as_it_was(served, claim, stated="plus 3.2 percent", direction="up"))
    (one,) = opened(served, claim)[0].amendments
    assert one.trials[0].basis["stated"] == "proposed"
    assert 'the figure "plus 3.2 percent" was typed by ada and does not stand in the text' in one.trials[0].assumed
    assert one.evidence[-1].outcome == "mixed", "it fits, and is not the text's"


def test_a_figure_that_is_left_turns_with_the_direction(served: Served) -> None:
    claim = find(served, "refuted")
    amend(served, claim, **as_it_was(served, claim, direction="up"))
    (one,) = opened(served, claim)[0].amendments
    assert one.trials[0].params["stated"]["value"] == 0.17
    assert one.trials[0].basis["stated"] == "quote"


@pytest.mark.parametrize(
    ("fields", "name", "said"),
    [
        ({"stated": "lots"}, "stated", "is no single figure"),
        ({"symbol": "Nvidea Corp"}, "symbol", "It may mean: Nvidia (NVDA)"),
        ({"session": "2025-13-40"}, "session", "valid date"),
        ({"session": ""}, "session", "Field required"),
        ({"currency": "euro"}, "currency", "should match pattern"),
        ({"stated": "", "direction": ""}, "", "a move needs a stated figure or a direction"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_in_the_checks_words(
    served: Served, fields: dict[str, str], name: str, said: str
) -> None:
    claim = find(served, "refuted")
    answer = amend(served, claim, **as_it_was(served, claim, **fields))
    assert answer.status_code == 422
    text = html.unescape(answer.text)
    assert said in text
    assert (f'id="wrong-{name}"' in text) is bool(name)
    assert f'value="{fields.get("symbol", "AAPL")}"' in text, "what was typed stays"
    assert opened(served, claim)[0].amendments == ()


def test_a_trial_that_is_left_as_it_was_is_no_change(served: Served) -> None:
    claim = find(served, "refuted")
    _, evidence = opened(served, claim)
    peers = ", ".join(evidence.params["peers"])
    answer = amend(served, claim, **as_it_was(served, claim, peers=peers))
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text


def test_the_form_is_that_of_the_checks_own_model(served: Served) -> None:
    from analyzer.checks import CHECKS

    claim = find(served, "refuted")
    _, evidence = opened(served, claim)
    path = f"/articles/{claim.article}/claims/{claim.id}/trial"
    text = html.unescape(served.client.get(path, params={"trial": evidence.trial}).text)
    for name in CHECKS["session_return"].params.model_fields:
        assert f'name="p-{name}"' in text
    for name, check in CHECKS.items():
        assert f'<option value="{name}"' in text
        drawn = served.client.get(path, params={"trial": evidence.trial, "check": name, "p-symbol": "^VIX"})
        assert drawn.status_code == 200, name
        assert check.rule in html.unescape(drawn.text)
    assert served.client.get(path, params={"check": "guess"}).status_code == 422


def test_another_trial_and_another_check_may_be_added_and_left_out(served: Served) -> None:
    claim = find(served, "refuted")
    added = amend(
        served, claim, **{"change": "trial_added", "check": "period_return", "p-symbol": "AAPL",
                          "p-base": "2025-01-24", "p-last": "2025-01-27", "p-direction": "up"},
    )  # fmt: skip
    assert added.status_code == 200
    one = opened(served, claim)[0].amendments[-1]
    assert [t.check for t in one.trials] == ["session_return", "period_return"]
    amend(served, claim, change="trial_removed", base=one.id, trial=one.trials[0].id)
    last = opened(served, claim)[0].amendments[-1]
    assert [t.check for t in last.trials] == ["period_return"]
    assert last.verdict is not None
    assert last.verdict.latest.as_of == one.verdict.latest.as_of  # type: ignore[union-attr]


def test_changes_are_taken_back_by_who_made_them_only(served: Served) -> None:
    claim, bob = find(served, "refuted"), served.enter("bob")
    for symbol in ("NVDA", "MSFT"):
        amend(served, claim, **as_it_was(served, claim, symbol=symbol))
    _, second = opened(served, claim)[0].amendments
    assert amend(served, claim, bob, change="undo", amendment=second.id).status_code == 422
    assert "MSFT" in shown(served, claim)
    assert amend(served, claim, change="undo", amendment=second.id).status_code == 200
    text = shown(served, claim)
    assert "<td>NVDA</td>" in text, "the change before it stands again"
    assert "<td>MSFT</td>" not in text
    assert [one.change for one in opened(served, claim)[0].amendments] == ["trial", "trial", "undo"]
    stale = amend(served, claim, base=second.id, **as_it_was(served, claim, symbol="META"))
    assert stale.status_code == 422
    assert "was taken back" in stale.text


def test_a_form_that_is_sent_twice_is_one_change(served: Served) -> None:
    claim = find(served, "refuted")
    for _ in range(2):
        assert amend(served, claim, **as_it_was(served, claim, symbol="NVDA")).status_code == 200
    assert len(opened(served, claim)[0].amendments) == 1


def test_the_quote_and_the_kind_may_be_others_and_stay_verbatim(served: Served) -> None:
    claim = find(served, "refuted")
    found, _ = opened(served, claim)
    text = served.ledger.text_of(claim.article) or ""
    quote = text[found.start : found.start + 21]
    answer = amend(
        served, claim, change="quote", start=str(found.start), end=str(found.start + 21), quote=quote, kind=""
    )
    assert answer.status_code == 200
    (one,) = opened(served, claim)[0].amendments
    assert one.reading is not None
    assert one.reading.quote == text[one.reading.start : one.reading.end] == quote.strip()
    assert f'<q dir="auto">{quote.strip()}</q>' in shown(served, claim)
    wrong = amend(served, claim, change="quote", start="0", end="12", quote="Nvidia rose ", kind="")
    assert wrong.status_code == 422
    assert "do not stand at that place" in wrong.text
    same = amend(
        served, claim, change="quote", start=str(found.start), end=str(found.end), quote=found.quote, kind=found.kind
    )
    assert "Nothing was changed" in same.text


def added(served: Served, claim: Any, words: str, **fields: str) -> Any:
    text = served.ledger.text_of(claim.article) or ""
    start = text.index(words)
    place = {"start": str(start), "end": str(start + len(words)), "quote": words}
    return served.post(served.client, f"/articles/{claim.article}/claims", **{**place, **fields})


QUOTE = "Nvidia fell 17 percent on 27 January 2025 and lost almost 600 billion dollars of market value"


def test_a_selected_stretch_becomes_a_claim_with_kind_trials_and_verdict(served: Served) -> None:
    claim = find(served, "refuted")
    answer = added(served, claim, QUOTE)
    assert answer.status_code == 200
    text = page(served, claim)
    assert f'id="c-{answer.text}"' in text
    assert "Claim added by ada" in text
    (one,) = served.ledger.latest_report(claim.article).added  # type: ignore[union-attr]
    assert (one.id, one.quote, one.kind) == (answer.text, QUOTE, "quantitative_move")
    assert {e.check for e in one.evidence} == {"session_return", "market_value_change"}
    assert one.verdict.latest.label == "supported"
    assert "0 of 4 reviewed" in text, "it is none of the run's claims"
    assert "already" in added(served, claim, QUOTE).text
    agreed = post(served, served.client, type("Row", (), {"article": claim.article, "id": one.id}), "agree")
    assert 'data-state="agreed"' in agreed.text
    assert served.ledger.latest_report(claim.article).added[0].reviews  # type: ignore[union-attr]
    assert "0 of 4 reviewed" in page(served, claim)


def test_an_added_claim_is_changed_and_taken_back_as_any_other(served: Served) -> None:
    claim = find(served, "refuted")
    id = added(served, claim, QUOTE).text
    row = type("Row", (), {"article": claim.article, "id": id})
    found, _ = opened(served, row)
    (first,) = found.amendments
    trial = next(t for t in first.trials if t.check == "session_return")
    fields = {"change": "trial", "base": first.id, "trial": trial.id, "check": "session_return", "p-symbol": "NVDA",
              "p-session": "2025-01-24", "p-direction": "down", "p-stated": "17 percent"}  # fmt: skip
    assert amend(served, row, **fields).status_code == 200
    now, _ = opened(served, row)
    assert [one.change for one in now.amendments] == ["claim", "trial"]
    assert now.verdict.latest.label != "supported"
    for one in reversed(now.amendments):
        assert amend(served, row, change="undo", amendment=one.id).status_code == 200
    assert f'id="c-{id}"' not in page(served, claim)
    assert served.client.get(f"/articles/{claim.article}/claims/{id}").status_code == 404
    assert served.ledger.counts()["amendments"] == 4


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"start": "0", "end": "0"}, "Select some words"),
        ({"start": "5", "end": "900000"}, "Select some words"),
        ({"start": "", "quote": "Nvidia rose 17 percent"}, "word for word"),
        ({"start": "", "quote": "x" * 700}, "at most 600"),
        ({"start": "", "quote": " … "}, "no words"),
    ],
)
def test_what_is_no_stretch_of_the_text_is_refused(served: Served, fields: dict[str, str], said: str) -> None:
    claim = find(served, "refuted")
    answer = added(served, claim, "Nvidia fell", **fields)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert served.ledger.counts()["amendments"] == 0


def test_a_change_follows_its_claim_into_a_later_run_and_is_listed_when_it_is_gone(served: Served) -> None:
    claim = find(served, "refuted")
    amend(served, claim, **as_it_was(served, claim, symbol="NVDA"))
    rerun(served, claim, lambda one: moved(one, 0.05))
    heir = next(one for one in served.ledger.latest_report(claim.article).claims or () if one.amendments)  # type: ignore[union-attr]
    assert heir.id != claim.id
    assert "Tested as changed by ada" in shown(served, heir)


def test_a_change_of_a_claim_that_is_gone_is_listed(served: Served) -> None:
    claim = find(served, "refuted")
    amend(served, claim, **as_it_was(served, claim, symbol="NVDA"))
    rerun(served, claim, lambda one: moved(one, 0.5))
    text = page(served, claim)
    assert "1 changed trials of claims that this reading does not have" in text
    assert claim.quote in text


def test_a_trial_is_recomputed_as_it_is_recorded(served: Served) -> None:
    claim = find(served, "refuted")
    _, evidence = opened(served, claim)
    path = f"/articles/{claim.article}/claims/{claim.id}/again"
    assert "Equal" in served.post(served.client, f"{path}/{evidence.id}").text
    assert served.post(served.client, f"{path}/0123").status_code == 404
    amend(served, claim, **as_it_was(served, claim, symbol="NVDA"))
    changed = opened(served, claim)[0].amendments[0].evidence[-1]
    assert "Equal" in served.post(served.client, f"{path}/{changed.id}").text


def test_a_record_that_does_not_come_out_again_is_said_figure_by_figure(served: Served) -> None:
    def falsified(one: ClaimResult) -> ClaimResult:
        found = [
            e.model_copy(update={"observed": e.observed.model_copy(update={"value": 0.5})}) if e.observed else e
            for e in one.evidence
        ]
        return one.model_copy(update={"evidence": tuple(found)})

    claim = find(served, "refuted")
    rerun(served, claim, falsified)
    _, evidence = opened(served, claim)
    text = html.unescape(
        served.post(served.client, f"/articles/{claim.article}/claims/{claim.id}/again/{evidence.id}").text
    )
    assert "Not equal: 1 differences" in text
    assert "observed.value" in text
    assert "<td>0.5</td>" in text


def test_instruments_are_found_as_they_are_typed(served: Served) -> None:
    for typed, symbol in (("nvi", "NVDA"), ("nvda", "NVDA"), ("nvidea", "NVDA"), ("dax", "^GDAXI")):
        assert f'data-value="{symbol}"' in served.client.get("/instruments", params={"q": typed}).text
    assert "No instrument" in served.client.get("/instruments", params={"q": "<b>harbour"}).text
    assert "data-value" not in served.client.get("/instruments").text


def test_forgotten_texts_and_pages_without_a_market_test_nothing(served: Served) -> None:
    claim = find(served, "refuted")
    served.ledger.forget(claim.article)
    assert "was forgotten" in amend(served, claim, **as_it_was(served, claim, symbol="NVDA")).text
    assert 'data-amend="select"' not in page(served, claim)


def test_reports_mark_what_people_changed_and_added_and_keep_the_machines_verdict(served: Served) -> None:
    from analyzer.report.formats import markdown
    from analyzer.report.html import to_html
    from analyzer.report.tables import TABLES
    from analyzer.report.terminal import plain, report_view

    claim = find(served, "refuted")
    amend(served, claim, **as_it_was(served, claim, symbol="NVDA"))
    added(served, claim, QUOTE)
    report = served.ledger.latest_report(claim.article)
    assert report is not None
    text = served.ledger.text_of(claim.article) or ""
    printed = plain(lambda console: console.print(report_view(report, 140)))
    for written in (markdown(report), html.unescape(to_html([(report, text)])), printed):
        assert "tested as changed by ada" in " ".join(written.split())
        assert "added by ada" in " ".join(written.split())
        assert "chosen by ada" in " ".join(written.split())
    (table,) = (one for one in TABLES if one.name == "amendments")
    rows = [dict(zip([c.name for c in table.columns], row, strict=True)) for row in table.rows(report)]
    assert [(row["change"], row["label"], row["machine"], row["stands"]) for row in rows] == [
        ("trial", "mixed", "refuted", True),
        ("claim", "supported", None, True),
    ]
    assert report.claims is not None
    assert next(one for one in report.claims if one.id == claim.id).verdict.latest.label == "refuted"
