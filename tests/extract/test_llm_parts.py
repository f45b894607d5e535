"""Long texts in overlapping parts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llm_stage import article

from analyzer.extract.parts import OVERLAP, halves, merged, parts_of
from analyzer.model import Claim, ExtractedBy, Kind
from analyzer.text.spans import Span

PARAGRAPHS = "\n".join(f"Absatz {n}. " + "Der Dax stieg und fiel. " * 20 for n in range(80))


def test_an_op_ed_is_read_in_one_piece() -> None:
    assert parts_of("x" * 12_000) == (Span(0, 12_000),)


def test_parts_begin_and_end_at_paragraphs() -> None:
    parts = parts_of(PARAGRAPHS)
    assert len(parts) == 4
    assert all(PARAGRAPHS[p.start :].startswith("Absatz") for p in parts)
    assert all(PARAGRAPHS[p.end - 1] == "\n" for p in parts[:-1])


@settings(max_examples=100)
@given(st.text(alphabet="ab. \n", max_size=600), st.integers(min_value=10, max_value=200))
def test_parts_cover_the_text_in_order_and_keep_the_limit(text: str, limit: int) -> None:
    parts = parts_of(text, limit)
    assert parts[0].start == 0
    assert parts[-1].end == len(text)
    assert all(p.end - p.start <= limit for p in parts)
    for one, other in pairwise(parts):
        assert one.start < other.start <= one.end <= other.end


def test_what_is_shorter_than_the_overlap_stands_whole_in_a_part() -> None:
    parts = parts_of(PARAGRAPHS)
    for start in range(0, len(PARAGRAPHS) - 300, 97):
        assert any(p.start <= start and start + 300 <= p.end for p in parts), start
    assert OVERLAP > 600


@pytest.mark.parametrize("part", [Span(0, 9000), Span(700, 3000)])
def test_halves_cover_their_part(part: Span) -> None:
    smaller = halves(PARAGRAPHS, part)
    assert len(smaller) >= 2
    assert (smaller[0].start, smaller[-1].end) == part
    assert all(s.end - s.start < part.end - part.start for s in smaller)


def claim(start: int, end: int, kind: Kind = "level") -> Claim:
    return Claim(
        id=f"{start}-{end}-{kind}", article=article().id, quote="q", start=start, end=end, kind=kind, statement="s",
        extracted_by=ExtractedBy(reader="llm"),
    )  # fmt: skip


def test_a_claim_that_two_parts_hold_stands_once() -> None:
    first = [claim(0, 40), claim(100, 150)]
    second = [claim(104, 150), claim(100, 149, "causal"), claim(160, 200)]
    assert [c.id for c in merged([first, second])] == ["0-40-level", "100-150-level", "160-200-level"]


def test_overlapping_claims_of_one_part_are_all_kept() -> None:
    part = [claim(0, 100), claim(0, 90), claim(10, 30, "causal")]
    assert len(merged([part, []])) == 3
