"""Recursive explosive-root tests against single regressions, and what their critical values rest on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.stattools import adfuller

from analyzer.stats import explosive_fast
from analyzer.stats.explosive import Lag, sequences, shortest_episode, smallest_window, stretches
from analyzer.stats.explosive_null import change_on_change, composite_paths, pvalue, random_walks, wild_paths

WALK = np.cumsum(np.random.default_rng(7).normal(0.02, 1.0, 90))
LAGS = pytest.mark.parametrize("lag", [0, 1])


def single(levels: np.ndarray, lag: Lag) -> float:
    return float(adfuller(levels, maxlag=lag, regression="c", autolag=None, result_object=False)[0])


@LAGS
def test_every_window_is_a_regression_of_its_own(lag: Lag) -> None:
    """ADF and BSADF on each end, against one least-squares regression for each window."""
    smallest = 20
    found = sequences(WALK, smallest, lag)
    assert (found.adf[: smallest - 1] == -np.inf).all()
    assert (found.bsadf[: smallest - 1] == -np.inf).all()
    for end in range(smallest - 1, len(WALK), 7):
        windows = [WALK[start : end + 1] for start in range(end + 2 - smallest)]
        assert found.adf[end] == pytest.approx(single(windows[0], lag), abs=1e-11)
        assert found.bsadf[end] == pytest.approx(max(single(w, lag) for w in windows), abs=1e-11)
    assert found.sadf == found.adf.max()
    assert found.gsadf == found.bsadf.max() >= found.sadf


@LAGS
def test_paths_side_by_side_are_what_each_is_alone(lag: Lag) -> None:
    paths = np.cumsum(np.random.default_rng(1).normal(size=(60, 5)), axis=0)
    together = sequences(paths, 15, lag)
    for i in range(5):
        alone = sequences(paths[:, i], 15, lag)
        assert np.array_equal(together.bsadf[:, i], alone.bsadf)
        assert np.array_equal(together.adf[:, i], alone.adf)


@LAGS
def test_the_loops_for_numba_give_equal_results_to_the_last_bit(lag: Lag) -> None:
    """Run here as plain Python: numba compiles the same operations in the same order, without fast-math."""
    paths = np.cumsum(np.random.default_rng(2).normal(size=(40, 3)), axis=0)
    adf, best = np.full(paths.shape, -np.inf), np.full(paths.shape, -np.inf)
    for i in range(3):
        loop = explosive_fast.lag_one if lag else explosive_fast.lag_zero
        loop(paths[:, i], 12, adf[:, i], best[:, i])
    found = sequences(paths, 12, lag, compiled=False)
    for mine, squares in ((found.adf, adf), (found.bsadf, best)):
        assert np.array_equal(mine, np.sign(squares) * np.sqrt(np.abs(squares)))


@LAGS
def test_compiled_sequences_are_equal(lag: Lag) -> None:
    pytest.importorskip("numba", reason="numba is optional")
    paths = np.cumsum(np.random.default_rng(2).normal(size=(150, 4)), axis=0)
    plain, fast = (sequences(paths, 20, lag, compiled=compiled) for compiled in (False, True))
    assert np.array_equal(plain.adf, fast.adf)
    assert np.array_equal(plain.bsadf, fast.bsadf)


@LAGS
def test_a_level_far_from_zero_and_a_wide_range_lose_no_digits(lag: Lag) -> None:
    base = sequences(WALK, 20, lag)
    shifted = sequences(WALK + 1e6, 20, lag)
    assert np.allclose(base.bsadf[19:], shifted.bsadf[19:], atol=1e-8, rtol=0)
    wide = np.exp(np.linspace(0, 14, 90) + 0.05 * np.random.default_rng(3).normal(size=90))
    found = sequences(wide, 20, lag)
    for end in (30, 60, 89):
        best = max(single(wide[s : end + 1], lag) for s in range(end + 2 - 20))
        assert found.bsadf[end] == pytest.approx(best, rel=1e-8)


@given(scale=st.floats(1e-3, 1e3), shift=st.floats(-100, 100))
@settings(max_examples=20)
def test_units_do_not_matter(scale: float, shift: float) -> None:
    assert np.allclose(sequences(WALK, 20).bsadf[19:], sequences(scale * WALK + shift, 20).bsadf[19:], atol=1e-6)


@LAGS
def test_windows_without_variation_are_left_out(lag: Lag) -> None:
    assert sequences(np.full(40, 3.0), 12, lag).gsadf == -np.inf
    stale = np.concatenate([np.full(30, 5.0), 5.0 + np.cumsum(np.random.default_rng(4).normal(size=30))])
    assert not np.isnan(sequences(stale, 12, lag).bsadf).any()


@pytest.mark.parametrize("smallest", [7, 91])
def test_windows_that_cannot_be_are_refused(smallest: int) -> None:
    with pytest.raises(ValueError, match="a window has from 8 to 90"):
        sequences(WALK, smallest)


def test_levels_that_are_missing_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        sequences(np.array([1.0, np.nan] * 20), 10)


def test_the_shortest_window_counts_levels() -> None:
    assert [smallest_window(n) for n in (100, 200, 500, 1000, 1700)] == [19, 27, 45, 66, 91]


# --- null ----------------------------------------------------------------------------------------------------------


def test_draws_depend_on_the_seed_alone() -> None:
    """Neither on the cores that take part nor on what else is drawn: the first 50 of 120 are those of 50."""
    for made in (
        lambda draws, seed, workers: random_walks(300, 30, 0, draws, seed, workers),
        lambda draws, seed, workers: wild_paths(np.tile(WALK, 3), 30, 0, draws, seed, workers),
        lambda draws, seed, workers: composite_paths(np.tile(WALK, 3), 30, 1, draws, seed, workers),
    ):
        one, two, other = made(120, 1, 1), made(120, 1, 2), made(120, 2, 2)
        assert np.array_equal(one.gsadf, two.gsadf)
        assert np.array_equal(one.so_far, two.so_far)
        assert np.array_equal(made(50, 1, 2).gsadf, one.gsadf[:50])
        assert not np.array_equal(one.gsadf, other.gsadf)


def test_the_dating_sequence_is_the_quantile_of_the_sadf_at_each_sample_size() -> None:
    draws = random_walks(100, 19, 0, 199, 5)
    critical = draws.critical()
    assert (np.diff(critical[18:]) >= 0).all()
    assert critical[-1] == np.quantile(draws.sadf, 0.95, method="higher")
    assert (draws.gsadf >= draws.sadf).all()


@pytest.mark.slow
def test_the_size_of_the_wild_test_holds_where_the_variance_changes() -> None:
    """Random walks whose steps are five times as large in the second half: the wild test rejects about one in
    twenty, the one for constant variance far more often."""
    generator = np.random.default_rng(11)
    sizes = np.where(np.arange(100) < 50, 0.2, 1.0)
    constant = random_walks(100, 19, 0, 399, 1).gsadf
    wild, plain = [], []
    for _ in range(60):
        levels = np.cumsum(generator.normal(size=100) * sizes)
        statistic = float(sequences(levels, 19).gsadf)
        wild.append(pvalue(wild_paths(levels, 19, 0, 99, 1).gsadf, statistic).value <= 0.05)
        plain.append(pvalue(constant, statistic).value <= 0.05)
    assert np.mean(wild) <= 0.15
    assert np.mean(plain) >= 0.25


def test_the_composite_bootstrap_regresses_each_change_on_the_one_before() -> None:
    changes = np.diff(WALK)
    slope, residuals = change_on_change(changes)
    design = np.column_stack([np.ones(len(changes) - 1), changes[:-1]])
    wanted = np.linalg.lstsq(design, changes[1:], rcond=None)[0]
    assert slope == pytest.approx(wanted[1], abs=1e-12)
    assert np.allclose(residuals, changes[1:] - design @ wanted)


@pytest.mark.slow
def test_the_composite_bootstrap_holds_its_size_for_changes_that_hang_together() -> None:
    """At lag 1, for walks whose changes carry 0.4 of the one before."""
    generator, rejected = np.random.default_rng(13), []
    for _ in range(40):
        changes = generator.normal(size=99)
        for i in range(1, 99):
            changes[i] += 0.4 * changes[i - 1]
        levels = np.concatenate([[0.0], np.cumsum(changes)])
        statistic = float(sequences(levels, 19, 1).gsadf)
        rejected.append(pvalue(composite_paths(levels, 19, 1, 99, 1).gsadf, statistic).value <= 0.05)
    assert np.mean(rejected) <= 0.2


def test_one_value_holds_for_all_rows_that_are_watched() -> None:
    """A path is as long as its span needs, and the value is the quantile of the largest BSADF of the span."""
    draws = composite_paths(WALK, 20, 0, 199, 3, span=12)
    assert draws.so_far.shape == (199, 31)
    critical = draws.over_span(len(WALK), 12)
    assert (critical[:-12] == np.inf).all()
    assert set(critical[-12:]) == {np.quantile(draws.gsadf, 0.95, method="higher")}
    assert np.array_equal(
        composite_paths(WALK, 20, 0, 99, 3).gsadf, composite_paths(WALK, 20, 0, 99, 3, span=len(WALK) - 19).gsadf
    )
    more = composite_paths(WALK, 20, 0, 199, 3, span=60).over_span(len(WALK), 60)
    assert more[-1] > critical[-1]  # the more days are watched, the more a series must show


@pytest.mark.parametrize("span", [0, 72])
def test_spans_that_cannot_be_are_refused(span: int) -> None:
    with pytest.raises(ValueError, match="a span has from 1 to 71 rows"):
        composite_paths(WALK, 20, 0, 99, 3, span=span)


@pytest.mark.slow
def test_a_walk_crosses_the_value_of_its_span_on_any_day_no_more_often_than_stated() -> None:
    """The rate of the whole span is kept by the composite bootstrap; that of single days taken together is not."""
    generator, crossed, single = np.random.default_rng(17), 0, 0
    for _ in range(300):
        levels = np.cumsum(generator.normal(size=120))
        found = sequences(levels, 20).bsadf
        draws = composite_paths(levels, 20, 0, 199, 1, span=60)
        crossed += bool((found > draws.over_span(120, 60)).any())
        day = composite_paths(levels, 20, 0, 199, 1, span=1)
        single += bool((found[-60:] > np.quantile(day.gsadf, 0.95)).any())
    assert 0.05 - 2.5 * (0.05 * 0.95 / 300) ** 0.5 <= crossed / 300 <= 0.05 + 2.5 * (0.05 * 0.95 / 300) ** 0.5
    assert single / 300 > 0.2


def test_the_quantiles_of_random_walks_are_those_of_another_program() -> None:
    """exuber's documentation prints ``radf_mc_cv(n = 100)`` of three releases: each has noise of its own, so ours must
    lie about their means. Its shortest window counts 19 rows of the regression, which are 20 levels."""
    draws = random_walks(100, 20, 0, 4000, 1)
    printed = {
        "sadf": ([0.977, 1.07, 1.01], [1.25, 1.40, 1.36], [1.77, 1.83, 1.85]),
        "gsadf": ([1.63, 1.63, 1.60], [1.97, 1.98, 1.90], [2.67, 2.59, 2.44]),
    }
    for name, runs in printed.items():
        for level, theirs, room in zip((0.90, 0.95, 0.99), runs, (0.08, 0.12, 0.20), strict=True):
            assert np.quantile(getattr(draws, name), level) == pytest.approx(np.mean(theirs), abs=room)


def test_an_explosive_series_is_seen() -> None:
    levels = np.concatenate([WALK, WALK[-1] + np.cumsum(0.5 * 1.1 ** np.arange(30))])
    statistic = float(sequences(levels, 21).gsadf)
    assert pvalue(wild_paths(levels, 21, 0, 199, 1).gsadf, statistic).value == 1 / 200


def test_a_pvalue_counts_the_series_itself_and_has_its_error() -> None:
    p = pvalue(np.arange(99.0), 95.0)
    assert p.value == 5 / 100
    assert p.error == pytest.approx((0.05 * 0.95 / 99) ** 0.5)
    assert pvalue(np.arange(99.0), 1000.0).value == 0.01


# --- dating --------------------------------------------------------------------------------------------------------


def test_episodes_last_long_enough_and_have_a_direction() -> None:
    levels = np.array([5, 5, 6, 7, 8, 7, 5, 5, 4, 3, 2, 2, 3, 9], dtype=float)
    bsadf = np.array([0, 0, 2, 3, 2, 0, 0, 0, 2, 3, 2, 0, 2, 0], dtype=float)
    rise, fall = stretches(levels, bsadf, np.ones(14), 3)
    assert (rise.first, rise.last, rise.ended, rise.peak, rise.rises) == (2, 4, 5, 3, True)
    assert (fall.first, fall.last, fall.ended, fall.rises) == (8, 10, 11, False)


def test_an_episode_that_goes_on_is_kept_however_short() -> None:
    (only,) = stretches(np.array([1.0, 1.0, 2.0]), np.array([0.0, 0.0, 5.0]), np.ones(3), 3)
    assert (only.first, only.last, only.ended, only.rises) == (2, 2, None, True)


def test_the_shortest_episode_is_the_log_of_the_sample() -> None:
    assert [shortest_episode(n) for n in (100, 228, 1700)] == [5, 5, 7]
