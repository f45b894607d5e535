"""Proposed trials: hints that are checked one by one before the binder sees them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fake_openai import Answer, FakeOpenAI, server_error
from llm_stage import TEXT, article, client, item, reply, seen, trial

from analyzer.checks import CHECKS
from analyzer.extract.conversation import marker
from analyzer.extract.llm import LlmReader, Proposals, propose_trials
from analyzer.extract.proposals import check_line
from analyzer.extract.reading import Usage
from analyzer.model import Claim

CANDIDATES = {"^GDAXI": "DAX", "NVDA": "Nvidia"}
CLAIMS = reply(
    item("Der Dax verlor am Montag 3,1 Prozent"),
    item("keiner weiß warum", "rhetorical", checkable="no", why_not="opinion"),
    item("Nvidia fiel um 17 Prozent"),
)


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake.answers("extract", CLAIMS)


@pytest.fixture
def claims(server: FakeOpenAI) -> tuple[Claim, ...]:
    of = article()
    return LlmReader(client(server)).read(of, seen(of)).claims or ()


def propose(server: FakeOpenAI, claims: tuple[Claim, ...], *answers: Any, **given: Any) -> Proposals:
    server.answers("bind", *answers)
    return propose_trials(client(server), claims, seen(article()), CANDIDATES, **given)


def trials(*items: dict[str, Any]) -> dict[str, Any]:
    return {"trials": list(items)}


def codes(proposals: Proposals) -> list[str]:
    return [r.code for r in proposals.refused]


def test_a_proposal_points_to_its_claim_and_is_typed(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    sent = trial(1, figure="3,1 Prozent", first="2025-01-27", last="2025-01-27", event="")
    proposals = propose(server, claims, trials(sent, trial(2, symbols=["NVDA", "NVDA"], directness="proxy")))
    dax, nvidia = proposals.items
    assert (dax.claim_id, dax.check, dax.symbols, dax.figure) == (
        claims[0].id, "session_return", ("^GDAXI",), "3,1 Prozent",
    )  # fmt: skip
    assert (dax.first, dax.last, dax.event) == (date(2025, 1, 27), date(2025, 1, 27), None)
    assert (nvidia.claim_id, nvidia.symbols, nvidia.directness) == (claims[2].id, ("NVDA",), "proxy")
    assert proposals.by_claim() == {claims[0].id: (dax,), claims[2].id: (nvidia,)}
    assert (proposals.refused, proposals.failed, proposals.usage) == ((), (), Usage(1, 0, 1000, 200))


def test_reading_and_binding_an_op_ed_takes_two_calls(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    propose(server, claims, trials())
    assert [r.kind for r in server.requests] == ["extract", "bind"]


def test_the_prompt_offers_checks_and_instruments_and_leaves_out_what_cannot_be_tested(
    server: FakeOpenAI, claims: tuple[Claim, ...]
) -> None:
    propose(server, claims, trials())
    system, user = (m["content"] for m in server.requests[-1].messages)
    assert all(check_line(check) in system for check in CHECKS.values())
    assert "^GDAXI: DAX\nNVDA: Nvidia" in user
    mark = marker(seen(article()).article)
    assert user.split(mark)[2].strip().splitlines() == [
        f'1 quantitative_move "{claims[0].quote}" = {claims[0].statement}',
        f'2 quantitative_move "{claims[2].quote}" = {claims[2].statement}',
    ]
    assert "Published: 2025-01-28" in user


def test_an_inferred_date_is_said(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    propose(server, claims, trials(), published=date(2024, 12, 24))
    assert "Published: 2024-12-24" in server.requests[-1].text


def test_an_unknown_symbol_is_refused_with_what_it_may_mean(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    sent = trials(trial(1, symbols=["^GDAXI", "Nvida"]), trial(1, symbols=["REDDISH"]), trial(1, symbols=["MADEUP"]))
    asked: list[str] = []

    def nearest(text: str) -> list[tuple[str, float]]:
        asked.append(text)
        return [("HG=F", 0.95 if text == "REDDISH" else 0.4)]

    proposals = propose(server, claims, sent, nearest=nearest)
    assert [r.why.partition(": ")[2] for r in proposals.refused] == [
        "Nvida (like Nvidia (NVDA) 0.83)", "REDDISH (like Copper (HG=F) 0.95)", "MADEUP",
    ]  # fmt: skip
    assert asked == ["REDDISH", "MADEUP"]
    assert proposals.items == ()


def test_a_check_that_is_not_there_yet_may_be_named(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    proposals = propose(server, claims, trials(trial(1, "explosive_root", symbols=[])))
    assert [p.check for p in proposals.items] == ["explosive_root"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (trial(3), "unknown_claim"),
        (trial(0), "unknown_claim"),
        (trial(1, "crystal_ball"), "unknown_check"),
        (trial(1, symbols=["^GDAXI", "MADEUP"]), "unknown_symbol"),
        (trial(1, directness="certain"), "invalid_item"),
        (trial(1) | {"outcome": "supported"}, "invalid_item"),
    ],
)
def test_what_cannot_be_is_refused_and_the_rest_kept(
    server: FakeOpenAI, claims: tuple[Claim, ...], sent: dict[str, Any], code: str
) -> None:
    proposals = propose(server, claims, trials(sent, trial(2, symbols=["NVDA"])))
    assert [(r.stage, r.code, r.proposed) for r in proposals.refused] == [("bind", code, sent)]
    assert [p.symbols for p in proposals.items] == [("NVDA",)]


@pytest.mark.parametrize("figure", ["3,7 Prozent", "17 Prozent", "1 Prozent", "3.1 percent"])
def test_a_figure_that_the_sentence_does_not_hold_is_taken_out(
    server: FakeOpenAI, claims: tuple[Claim, ...], figure: str
) -> None:
    proposals = propose(server, claims, trials(trial(1, figure=figure)))
    assert codes(proposals) == ["figure_not_in_quote"]
    assert [p.figure for p in proposals.items] == [None]


def test_a_figure_of_the_same_sentence_is_accepted(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    proposals = propose(server, claims, trials(trial(2, symbols=["NVDA"], figure="600 Mrd. Dollar")))
    assert [p.figure for p in proposals.items] == ["600 Mrd. Dollar"]


@pytest.mark.parametrize(("first", "last"), [("2025-01", None), ("Montag", None), ("2025-02-01", "2025-01-01")])
def test_days_that_are_none_are_taken_out(
    server: FakeOpenAI, claims: tuple[Claim, ...], first: str, last: str | None
) -> None:
    proposals = propose(server, claims, trials(trial(1, first=first, last=last)))
    assert codes(proposals) == ["bad_date"]
    assert [(p.first, p.last) for p in proposals.items] == [(None, None)]


def test_three_trials_of_a_claim_are_taken_and_doubles_once(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    sent = [trial(1, why=w) for w in ("a", "b", "b", "c", "d")]
    proposals = propose(server, claims, trials(*sent))
    assert [p.why for p in proposals.items] == ["a", "b", "c"]
    assert codes(proposals) == ["too_many"]


def test_no_trial_is_a_good_answer(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    proposals = propose(server, claims, trials())
    assert (proposals.items, proposals.refused, proposals.failed) == ((), (), ())


def test_nothing_to_test_is_not_asked_for(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    proposals = propose(server, claims[1:2], trials())
    assert proposals == Proposals()
    assert server.calls("bind") == 0


def test_an_unusable_answer_is_asked_for_once_more_and_then_reported(
    server: FakeOpenAI, claims: tuple[Claim, ...]
) -> None:
    server.answers("repair", trials(trial(1)))
    assert len(propose(server, claims, "rubbish").items) == 1
    server.answers("repair", "rubbish")
    proposals = propose(server, claims, "rubbish")
    assert [(f.stage, f.code) for f in proposals.failed] == [("bind", "bad_reply")]
    assert (proposals.items, proposals.usage.calls) == ((), 2)


def test_a_failing_endpoint_is_reported(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    proposals = propose(server, claims, server_error())
    assert [(f.stage, f.code, f.retryable) for f in proposals.failed] == [("bind", "endpoint_down", True)]


def test_a_cut_off_answer_is_asked_for_in_halves(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    cut = Answer('{"trials": [', finish="length")
    proposals = propose(server, claims, cut, trials(trial(1)), trials(trial(1, symbols=["NVDA"])))
    assert [p.claim_id for p in proposals.items] == [claims[0].id, claims[2].id]
    assert (proposals.failed, proposals.usage.calls) == ((), 3)


def test_many_claims_are_asked_for_in_batches(server: FakeOpenAI, claims: tuple[Claim, ...]) -> None:
    many = tuple(claims[0].model_copy(update={"id": f"claim-{n}"}) for n in range(85))
    proposals = propose(server, many, trials(trial(1)))
    assert [p.claim_id for p in proposals.items] == ["claim-0", "claim-40", "claim-80"]
    assert server.calls("bind") == 3


def test_text_of_claims_cannot_leave_its_marks(server: FakeOpenAI) -> None:
    assert marker(article()) not in TEXT
