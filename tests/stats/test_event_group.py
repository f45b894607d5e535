"""The tests of many securities: by hand, against scipy, and their size where members are correlated."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analyzer.stats.event_group import Member, group_study, group_tests, mean_correlation, member
from analyzer.stats.event_study import fit_market_model, studentised


def members(estimation: np.ndarray, scar: np.ndarray, event: np.ndarray | None = None) -> list[Member]:
    """Of (n, N) standardised returns and (N,) SCAR; one event day unless (L, N) are given."""
    days = scar[None, :] if event is None else event
    return [
        Member(
            estimation[:, i], days[:, i], float(scar[i]), 0.02 * float(scar[i]),
            int(np.isfinite(estimation[:, i]).sum()),
            float(np.nanmean(estimation[:, i] > 0)),
        )
        for i in range(len(scar))
    ]  # fmt: skip


def sample(n: int = 100, firms: int = 20, r: float = 0.0, seed: int = 1) -> np.ndarray:
    """(n + 1, firms) normal returns with pairwise correlation r; the last row is the event."""
    rng = np.random.default_rng(seed)
    return np.asarray(np.sqrt(r) * rng.normal(size=(n + 1, 1)) + np.sqrt(1 - r) * rng.normal(size=(n + 1, firms)))


def test_patell_by_hand() -> None:
    """SCAR 1, 2, 3 with 12 days each: 6 / sqrt(3 * 10 / 8)."""
    estimation = np.random.default_rng(2).normal(size=(12, 3))
    found = group_tests(members(estimation, np.array([1.0, 2.0, 3.0])))
    assert found.patell.value == pytest.approx(6 / np.sqrt(3.75), rel=1e-14)
    assert found.patell.pvalue == pytest.approx(2 * stats.norm.sf(6 / np.sqrt(3.75)), rel=1e-12)


def test_bmp_is_the_t_test_of_the_standardised_returns() -> None:
    both = sample()
    scar = both[-1] * 3 + 1
    found = group_tests(members(both[:-1], scar))
    expected = stats.ttest_1samp(scar, 0.0)
    assert found.bmp.value == pytest.approx(expected.statistic, rel=1e-12)
    assert found.bmp.pvalue == pytest.approx(expected.pvalue, rel=1e-9)
    assert found.bmp.dof == 19


def test_kolari_pynnonen_divides_by_the_correlation_of_the_estimation_period() -> None:
    """Two members with correlation r: sqrt((1 - r) / (1 + r))."""
    both = sample(firms=2, r=0.5, seed=3)
    r = float(np.corrcoef(both[:-1], rowvar=False)[0, 1])
    found = group_tests(members(both[:-1], np.array([1.0, 2.0])))
    assert found.correlation == pytest.approx(r, rel=1e-12)
    assert found.kolari_pynnonen.value == pytest.approx(3.0 * np.sqrt((1 - r) / (1 + r)), rel=1e-12)


def test_the_generalised_sign_by_hand() -> None:
    """Three of four CAR are positive where half of the days were: (3 - 2) / sqrt(4 / 4)."""
    estimation = np.tile([1.0, -1.0], 5)[:, None] * np.array([1.0, 2.0, 3.0, 4.0]) + np.random.default_rng(4).normal(
        0, 0.1, (10, 4)
    )
    found = group_tests(members(estimation, np.array([1.0, 2.0, 3.0, -1.0])))
    assert found.generalised_sign.value == pytest.approx(1.0, rel=1e-14)
    assert found.generalised_sign.pvalue == pytest.approx(0.31731050786, rel=1e-9)


def test_the_corrado_rank_test_in_its_own_words() -> None:
    """Ranks of scipy over all 101 days; mean of U - 1/2 on the event over the deviation of that mean."""
    both = sample(firms=7, r=0.2, seed=5)
    ranks = stats.rankdata(both, axis=0) / 102 - 0.5
    expected = ranks[-1].mean() / np.sqrt(np.mean(ranks.mean(axis=1) ** 2))
    assert group_tests(members(both[:-1], both[-1])).corrado.value == pytest.approx(expected, rel=1e-12)


def test_the_generalised_rank_test_in_its_own_words() -> None:
    """GRANK-T of Kolari and Pynnönen (2011), equations 7 to 12, with scipy's ranks; T = 101."""
    both = sample(firms=7, r=0.2, seed=6)
    scar = both[-1] * 2 + 1
    generalised = np.vstack([both[:-1], scar / scar.std(ddof=1)])
    means = (stats.rankdata(generalised, axis=0) / 102 - 0.5).mean(axis=1)
    z = means[-1] / np.sqrt(np.mean(means**2))
    expected = z * np.sqrt(99 / (100 - z**2))
    found = group_tests(members(both[:-1], scar)).generalised_rank
    assert found.value == pytest.approx(expected, rel=1e-12)
    assert found.pvalue == pytest.approx(2 * stats.t.sf(abs(expected), 99), rel=1e-9)
    assert found.dof == 99


def test_missing_days_are_left_out_of_ranks_and_correlations() -> None:
    both = sample(firms=4, r=0.4, seed=7)
    holed = both[:-1].copy()
    holed[:30, 0] = np.nan
    found = group_tests(members(holed, both[-1]))
    pairs = []
    for i in range(4):
        for j in range(i):
            rows = slice(30, 100) if 0 in (i, j) else slice(0, 100)
            pairs.append(np.corrcoef(both[rows, i], both[rows, j])[0, 1])
    assert found.correlation == pytest.approx(np.mean(pairs), rel=1e-12)
    assert np.isfinite(found.corrado.value)
    assert np.isfinite(found.generalised_rank.value)


def test_a_correlation_of_few_common_days_is_not_counted() -> None:
    values = np.random.default_rng(8).normal(size=(59, 2))
    assert mean_correlation(values) == 0.0
    assert mean_correlation(np.vstack([values, values[:1]])) != 0.0


def test_the_sign_of_every_test_is_that_of_the_move() -> None:
    both = sample(firms=10, seed=9)
    found = group_tests(members(both[:-1], np.linspace(-6, -2, 10)))
    for one in (found.patell, found.bmp, found.kolari_pynnonen, found.corrado, found.generalised_rank,
                found.generalised_sign):  # fmt: skip
        assert one.value < 0
        assert one.pvalue < 0.05
    assert found.placebo.rank == 1


def test_placebo_windows_carry_the_correlation() -> None:
    """With a common factor the mean of the members varies as much as one of them nearly."""
    both = sample(firms=10, r=0.8, seed=10)
    found = group_tests(members(both[:-1], np.linspace(1.5, 1.7, 10)))
    assert found.patell.pvalue < 1e-5 < 0.05 < found.placebo.pvalue
    assert found.placebo.nobs == 100


def test_several_event_days_are_one_window() -> None:
    rng = np.random.default_rng(11)
    estimation, event = rng.normal(size=(100, 6)), rng.normal(size=(3, 6)) - 2
    found = group_tests(members(estimation, event.sum(axis=0) / np.sqrt(3), event))
    ranks = stats.rankdata(np.vstack([estimation, event]), axis=0) / 104 - 0.5
    daily = ranks.mean(axis=1)
    assert found.corrado.value == pytest.approx(daily[-3:].sum() / (np.sqrt(3) * np.sqrt(np.mean(daily**2))), rel=1e-12)
    assert found.placebo.nobs == 98


@pytest.mark.slow
def test_the_size_under_correlation() -> None:
    """Null true, 20 members with correlation 0.3, 300 samples: the two that decide keep 5 %, the others do not."""
    counts = {"bmp": 0, "patell": 0, "kolari_pynnonen": 0, "generalised_rank": 0, "placebo": 0}
    for seed in range(300):
        both = sample(r=0.3, seed=1000 + seed)
        found = group_tests(members(both[:-1], both[-1]))
        for name in counts:
            counts[name] += getattr(found, name).pvalue < 0.05
    sizes = {name: count / 300 for name, count in counts.items()}
    assert sizes["bmp"] > 0.25
    assert sizes["patell"] > 0.25
    for name in ("kolari_pynnonen", "generalised_rank", "placebo"):
        assert 0.02 <= sizes[name] <= 0.085, sizes


@pytest.mark.slow
def test_a_variance_that_the_event_changes_breaks_patell_only() -> None:
    counts = {"bmp": 0, "patell": 0, "generalised_rank": 0}
    for seed in range(300):
        both = sample(seed=3000 + seed)
        found = group_tests(members(both[:-1], both[-1] * 3))
        for name in counts:
            counts[name] += getattr(found, name).pvalue < 0.05
    assert counts["patell"] / 300 > 0.3
    assert 0.02 <= counts["bmp"] / 300 <= 0.085
    assert 0.02 <= counts["generalised_rank"] / 300 <= 0.085


def test_studentised_residuals_are_those_of_least_squares() -> None:
    rng = np.random.default_rng(12)
    market = rng.normal(0, 0.01, 60)
    model = fit_market_model(0.001 + 1.2 * market + rng.normal(0, 0.01, 60), market)
    design = np.column_stack([np.ones(60), market])
    leverage = np.diag(design @ np.linalg.inv(design.T @ design) @ design.T)
    assert studentised(model) == pytest.approx(model.residuals / (model.sigma * np.sqrt(1 - leverage)), rel=1e-10)


def test_what_is_no_group_is_refused() -> None:
    both = sample(firms=3)
    with pytest.raises(ValueError, match="two members or more"):
        group_tests(members(both[:-1], both[-1])[:1])
    with pytest.raises(ValueError, match="same standardised"):
        group_tests(members(both[:-1], np.ones(3)))


def test_a_group_from_returns_is_that_from_its_members() -> None:
    """Market model by hand for one member; the mean model where there is no market."""
    rng = np.random.default_rng(11)
    market, returns = rng.normal(0.0, 0.01, 130), rng.normal(0.0, 0.02, (130, 5))
    estimation, event = slice(0, 120), slice(127, 130)
    one = member(returns[:, 0], market, estimation, event)
    slope, level = np.polyfit(market[estimation], returns[estimation, 0], 1)
    assert one.car == pytest.approx(float(np.sum(returns[event, 0] - level - slope * market[event])), rel=1e-9)
    assert (one.nobs, one.parameters, len(one.event), len(one.estimation)) == (120, 2, 3, 120)
    found = group_study(returns, market, estimation, event)
    assert found == group_tests([member(column, market, estimation, event) for column in returns.T])
    alone = member(returns[:, 0], None, estimation, event)
    assert alone.car == pytest.approx(float(np.sum(returns[event, 0] - returns[estimation, 0].mean())), rel=1e-9)
    assert alone.parameters == 1
