"""The log-periodic fit against another program and a slower search, and its indicator against surrogates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import differential_evolution

from analyzer.stats import lppls_steps
from analyzer.stats.explosive_null import pvalue
from analyzer.stats.lppls import LOWER, POINTS, UPPER, Filter, at, fit, fitted, window_lengths, windows
from analyzer.stats.lppls_confidence import confidence, surrogate, surrogate_shares

TIME = np.linspace(0.0, 1.0, POINTS)


def curve(ahead: float, m: float, w: float, b: float, c: float, phase: float = 1.0, rows: int = POINTS) -> np.ndarray:
    left = ahead + np.linspace(1.0, 0.0, rows)
    return np.asarray(7.0 + left**m * (b + c * np.cos(w * np.log(left) - phase)))


NOISY = curve(0.15, 0.45, 7.5, -1.2, 0.05) + np.random.default_rng(42).normal(0.0, 0.01, POINTS)


# --- the fit -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theta", "linear", "squares", "oscillations", "damping"),
    [
        ((1.15, 0.45, 7.5), (6.994442162814208, -1.1940238638202105, 0.027237586512926067, 0.04090257620317244),
         0.007219326262408823, 2.4313487041360577, 1.4578541067168336),
        ((1.05, 0.8, 12.0), (6.511934337904519, -0.784961159504618, 0.029853540517176508, -0.024768153067114107),
         0.13733000819645186, 5.814609543814437, 1.3490642339626902),
        ((1.6, 0.2, 4.0), (8.847839425600105, -2.7347496846063053, -0.041239130324253664, -0.07571567643565924),
         0.06955103662110343, 0.62441529578379, 1.585952039669367),
    ],
)  # fmt: skip
def test_the_linear_numbers_are_those_of_another_program(
    theta: tuple[float, float, float], linear: tuple[float, ...], squares: float, oscillations: float, damping: float
) -> None:
    """lppls 0.6.24 on PyPI, ``matrix_equation``, ``func_restricted``, ``get_oscillations`` and ``get_damping`` on NOISY
    with time from 0 to 1. It adds 1e-8 to the diagonal and to each distance, which moves the sixth digit."""
    tc, m, w = theta
    found = at(NOISY[None, :], tc - 1.0, m, w)
    mine = [float(one[0]) for one in (found.a, found.b, found.c1, found.c2)]
    assert mine == pytest.approx(linear, rel=2e-5)
    assert found.error[0] * ((NOISY - NOISY.mean()) ** 2).sum() == pytest.approx(squares, rel=1e-6)
    assert found.oscillations[0] == pytest.approx(oscillations, rel=1e-12)
    assert found.damping[0] == pytest.approx(damping, rel=1e-5)


def test_the_search_ends_where_a_slower_one_does() -> None:
    """scipy's differential evolution inside the same bounds, on the planted window and on five random walks."""
    walks = np.cumsum(np.random.default_rng(3).normal(0.001, 0.01, (5, POINTS)), axis=1)
    values = np.vstack([NOISY, walks])
    found = fit(values)
    ratios = []
    for i, one in enumerate(values):
        slow = differential_evolution(
            lambda x, one=one: at(one[None, :], np.exp(x[0]), x[1], x[2]).error[0],
            list(zip(LOWER, UPPER, strict=True)), rng=1, maxiter=150, tol=1e-8,
        )  # fmt: skip
        ratios.append(found.error[i] / slow.fun)
    assert ratios[0] == pytest.approx(1.0, abs=1e-4)
    assert max(ratios) < 1.1
    assert np.median(ratios) < 1.01


@pytest.mark.parametrize(("ahead", "m", "w"), [(0.1, 0.5, 8.0), (0.3, 0.3, 11.0), (0.05, 0.7, 6.0)])
def test_a_planted_curve_is_found_exactly(ahead: float, m: float, w: float) -> None:
    planted = curve(ahead, m, w, -1.0, 0.04)
    found = fit(planted[None, :])
    assert (found.ahead[0], found.m[0], found.w[0]) == pytest.approx((ahead, m, w), rel=1e-3)
    assert (found.b[0], float(np.hypot(found.c1[0], found.c2[0]))) == pytest.approx((-1.0, 0.04), rel=1e-2)
    assert found.error[0] < 1e-7
    assert fitted(found, 0, POINTS) == pytest.approx(planted, abs=1e-4)
    assert Filter().passes(found).tolist() == [found.oscillations[0] >= 2.5]


@pytest.mark.parametrize(("ahead", "m", "w"), [(0.1, 0.5, 8.0), (1.0, 0.01, 2.0), (0.01, 1.5, 30.0), (0.4, 0.02, 5.0)])
def test_a_step_goes_down_the_slope_of_the_error_itself(ahead: float, m: float, w: float) -> None:
    """The error of the sums of products is that of the residuals, and half its slope is what pulls, by differences."""
    values = np.vstack([NOISY, np.cumsum(np.random.default_rng(8).normal(size=(3, POINTS)), axis=1)])
    unit = values - values.mean(axis=1, keepdims=True)
    unit /= np.sqrt((unit**2).sum(axis=1, keepdims=True))
    theta = np.tile([np.log(ahead), m, w], (4, 1))
    here = lppls_steps._at(theta, unit)
    assert here.error == pytest.approx(at(unit, ahead, m, w).error, rel=1e-7)
    for i in range(3):
        little = np.zeros(3)
        little[i] = 1e-5
        after, before = (
            at(unit, float(np.exp(x[0])), x[1], x[2]).error for x in (theta[0] + little, theta[0] - little)
        )
        assert -2.0 * here.pull[:, i] == pytest.approx((after - before) / 2e-5, rel=1e-3, abs=1e-6)
    assert (np.linalg.eigvalsh(here.normal) > -1e-9).all()


def test_what_a_window_is_let_go_for_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten steps of every window leave the same errors."""
    values = windows(np.cumsum(np.random.default_rng(6).normal(0.0006, 0.01, (750, 6)), axis=0), window_lengths(750))
    quick = fit(values).error
    monkeypatch.setattr(lppls_steps, "NOTHING", 0.0)
    assert quick == pytest.approx(fit(values).error, rel=1e-6)


@given(scale=st.floats(0.01, 100.0), shift=st.floats(-50.0, 50.0))
@settings(max_examples=15)
def test_units_do_not_matter(scale: float, shift: float) -> None:
    base, moved = fit(NOISY[None, :]), fit(scale * NOISY[None, :] + shift)
    assert (moved.ahead[0], moved.m[0], moved.w[0]) == pytest.approx((base.ahead[0], base.m[0], base.w[0]), rel=1e-4)
    assert moved.b[0] == pytest.approx(scale * base.b[0], rel=1e-4)
    assert moved.error[0] == pytest.approx(base.error[0], rel=1e-6)


def test_windows_side_by_side_are_what_each_is_alone() -> None:
    values = np.cumsum(np.random.default_rng(2).normal(size=(7, POINTS)), axis=1)
    together = fit(values)
    for i in range(7):
        alone = fit(values[i : i + 1])
        assert together.error[i] == pytest.approx(alone.error[0], rel=1e-9)


def test_a_fit_falls_through_the_filter_by_each_of_its_conditions() -> None:
    good = fit(curve(0.1, 0.5, 8.0, -1.0, 0.04)[None, :])
    assert Filter().passes(good)[0]
    for refusing in (
        Filter(m=(0.6, 1.0)), Filter(w=(9.0, 25.0)), Filter(least_damping=5.0), Filter(least_oscillations=4.0),
    ):  # fmt: skip
        assert not refusing.passes(good)[0]
    assert not Filter().passes(fit(-curve(0.1, 0.5, 8.0, -1.0, 0.04)[None, :]))[0]  # falling ever faster


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (np.zeros((2, 50)), "windows are finite"),
        (np.full((1, POINTS), np.nan), "windows are finite"),
        (np.ones((1, POINTS)), "nothing moves"),
    ],
)
def test_what_cannot_be_fitted_is_refused(values: np.ndarray, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        fit(values)


# --- windows -------------------------------------------------------------------------------------------------------


def test_windows_end_on_the_last_row_and_are_read_at_even_times() -> None:
    levels = np.arange(300.0)
    assert window_lengths(300) == (270, 230, 190, 150)
    read = windows(levels, (241, 121))
    assert read[0] == pytest.approx(np.linspace(59.0, 299.0, POINTS))
    assert read[1] == pytest.approx(levels[-121:])
    both = windows(np.column_stack([levels, -levels]), (241, 121))
    assert both[2] == pytest.approx(-read[0])


# --- the indicator -------------------------------------------------------------------------------------------------


def test_surrogates_keep_the_growth_and_the_sizes_of_the_steps() -> None:
    levels = np.cumsum(np.random.default_rng(1).normal(0.001, 0.01, 400))
    wild, blocks = surrogate(levels, 1, 0), surrogate(levels, 1, 0, "blocks")
    steps = np.diff(levels)
    around = steps - steps.mean()
    assert np.abs(np.diff(wild) - steps.mean()) == pytest.approx(np.abs(around))
    assert blocks[-1] - blocks[0] == pytest.approx(levels[-1] - levels[0])
    assert set(np.round(np.diff(np.diff(blocks)), 12)) & set(np.round(np.diff(steps), 12))
    assert not np.array_equal(wild, surrogate(levels, 1, 1))


@pytest.mark.parametrize("kind", ["wild", "blocks"])
def test_draws_depend_on_the_seed_alone(kind: str) -> None:
    """Neither on the cores that take part nor on what else is drawn."""
    levels, lengths = np.cumsum(np.random.default_rng(4).normal(0.002, 0.01, 300)), window_lengths(300)
    one, two = (surrogate_shares(levels, lengths, Filter(), 60, 1, kind, workers) for workers in (1, 2))  # type: ignore[arg-type]
    assert np.array_equal(one, two)
    assert np.array_equal(surrogate_shares(levels, lengths, Filter(), 40, 1, kind, 2), one[:40])  # type: ignore[arg-type]


def test_a_planted_bubble_stands_out_of_its_surrogates_and_its_end_lies_in_the_range() -> None:
    lengths = window_lengths(750)
    planted = curve(0.07, 0.5, 8.0, -1.4, 0.1, rows=750) + np.random.default_rng(6).normal(0.0, 0.005, 750)
    found = confidence(planted, lengths)
    assert found.share > 0.5
    assert found.ahead is not None
    low, high = found.ahead
    assert low == pytest.approx(0.07 * 749, abs=5.0)
    assert high == pytest.approx(0.07 * 749, abs=15.0)
    assert pvalue(surrogate_shares(planted, lengths, Filter(), 99, 1), found.share).value <= 0.03


@pytest.mark.slow
@pytest.mark.parametrize("drift", [0.0, 0.0012])
def test_the_null_is_rejected_at_no_more_than_its_nominal_rate(drift: float) -> None:
    """Walks with and without growth; the indicator takes few values and is often nought, so the rate may lie below."""
    generator, lengths, ps = np.random.default_rng(8), window_lengths(750), []
    for _ in range(120):
        levels = np.cumsum(generator.normal(drift, 0.01, 750))
        share = confidence(levels, lengths).share
        ps.append(pvalue(surrogate_shares(levels, lengths, Filter(), 59, 1), share).value)
    assert np.mean(np.array(ps) <= 0.05) <= 0.05 + 2 * (0.05 * 0.95 / 120) ** 0.5
    assert np.mean(np.array(ps) <= 0.10) <= 0.10 + 2 * (0.10 * 0.90 / 120) ** 0.5
