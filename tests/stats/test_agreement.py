"""Cohen's kappa, against figures worked out by hand."""

from __future__ import annotations

import pytest

from analyzer.stats.agreement import cohens_kappa


def pairs(**counts: int) -> list[tuple[str, str]]:
    """``ab=3``: three things that the first called a and the second b."""
    return [(name[0], name[1]) for name, count in counts.items() for _ in range(count)]


def test_two_by_two_worked_out_by_hand() -> None:
    # 35 of 50 alike: 0.7; the first says y 25 times, the second 30 times: 0.5 * 0.6 + 0.5 * 0.4 = 0.5 by chance.
    found = cohens_kappa(pairs(yy=20, yn=5, ny=10, nn=15))
    assert (found.nobs, found.alike) == (50, 35)
    assert found.expected == pytest.approx(0.5)
    assert found.kappa == pytest.approx(0.4)


def test_three_classes_worked_out_by_hand() -> None:
    # Rows 30, 30, 40 and columns 28, 36, 36 of 100: expected (840 + 1080 + 1440) / 10,000 = 0.336; alike 70.
    found = cohens_kappa(pairs(aa=20, ab=6, ac=4, ba=4, bb=22, bc=4, ca=4, cb=8, cc=28))
    assert found.kappa == pytest.approx((0.70 - 0.336) / (1 - 0.336))


def test_full_agreement_is_one_and_the_reverse_is_minus_one() -> None:
    assert cohens_kappa(pairs(yy=3, nn=3)).kappa == pytest.approx(1.0)
    assert cohens_kappa(pairs(yn=3, ny=3)).kappa == pytest.approx(-1.0)
    assert cohens_kappa(pairs(yy=1, yn=1, ny=1, nn=1)).kappa == pytest.approx(0.0)


def test_where_chance_would_agree_as_well_there_is_no_kappa() -> None:
    assert cohens_kappa(pairs(yy=9)).kappa is None
    with pytest.raises(ValueError, match="nothing"):
        cohens_kappa([])
