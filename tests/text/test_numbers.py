"""Figures: the written cases, the rules of CHECKS 0.3, and properties that hold for any text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import Stated
from analyzer.text.numbers import Figure, figures, stated
from analyzer.text.times import times

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "number_cases.yaml").read_text(encoding="utf-8"))


def only(text: str, language: str) -> Figure:
    found = figures(text, language)
    assert len(found) == 1, [f.text for f in found]
    return found[0]


def bounds(text: str, language: str) -> tuple[float | None, float | None]:
    figure = only(text, language)
    return tuple(None if b is None else round(b, 9) for b in (figure.low, figure.high))  # type: ignore[return-value]


# --- the written cases ----------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_sentence_is_read_as_it_is_meant(case: dict[str, Any]) -> None:
    text = case["text"]
    skip = [(text.index(name), text.index(name) + len(name)) for name in case.get("skip", ())]
    found = figures(text, case["lang"], skip)
    assert [f.text for f in found] == [wanted["text"] for wanted in case["figures"]]
    for figure, wanted in zip(found, case["figures"], strict=True):
        assert text[figure.core_start : figure.core_end] == wanted.get("core", wanted["text"])
        assert figure.value == pytest.approx(wanted["value"], rel=1e-5)
        assert (figure.unit, figure.currency) == (wanted["unit"], wanted.get("currency"))
        assert figure.signed is wanted.get("signed", False)
        assert figure.qualifier == wanted.get("qualifier", "rounded")
        if "interval" in wanted:
            for bound, side in zip((figure.low, figure.high), wanted["interval"], strict=True):
                assert bound == (None if side is None else pytest.approx(side, rel=1e-5))


def test_a_third_of_the_cases_are_traps() -> None:
    traps = [case for case in CASES if not case["figures"]]
    assert len(CASES) >= 120
    assert len(traps) * 3 >= len(CASES)


# --- intervals: CHECKS 0.3 ----------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("17 %", 0.165, 0.175),
        ("600 Mrd.", 585e9, 615e9),
        ("5000", 4875, 5125),
        ("10 %", 0.095, 0.105),
        ("50 %", 0.4875, 0.5125),
        ("2,0 %", 0.0195, 0.0205),
        ("3 Billionen", 2.925e12, 3.075e12),
        ("eine Milliarde", 0.95e9, 1.05e9),
        ("12 Mrd. Euro", 11.5e9, 12.5e9),
        ("rund 17 %", 0.153, 0.187),
        ("rund 1 Prozent", 0.005, 0.015),
        ("fast 17 %", 0.153, 0.175),
        ("mehr als 17 %", 0.165, None),
        ("weniger als 17 %", None, 0.175),
        ("bis zu 17 %", None, None),
        ("genau 600 Euro", 599.5, 600.5),
        ("gut 17 %", 0.17, 0.187),
        ("zwischen 3 und 5 Prozent", 0.03, 0.05),
        ("minus 17 %", -0.175, -0.165),
        ("minus mehr als 17 %", None, -0.165),
        ("halbiert", -0.55, -0.45),
        ("verzehnfacht", 8.1, 9.9),
    ],
)
def test_words_become_the_interval_of_the_rules(text: str, low: float | None, high: float | None) -> None:
    assert bounds(text, "de") == (low, high)


def test_trailing_zeros_never_widen_a_figure_beyond_two_and_a_half_per_cent() -> None:
    assert bounds("30 percent", "en") == (0.2925, 0.3075)
    assert bounds("100,000 dollars", "en") == (97_500, 102_500)


# --- what a claim states ----------------------------------------


def test_verb_gives_an_unsigned_figure_its_sign_and_mirrors_the_interval() -> None:
    said = stated(only("nicht weniger als 600 Mrd. Dollar", "de"), "down")
    assert (said.value, said.low, said.high) == (-600e9, None, -585e9)
    assert (said.unit, said.currency, said.qualifier) == ("currency", "USD", "at_least")


def test_sign_beside_the_number_outweighs_the_verb() -> None:
    said = stated(only("minus 17 Prozent", "de"), "up")
    assert (said.value, said.low, said.high) == pytest.approx((-0.17, -0.175, -0.165))


def test_halved_stays_a_loss_whatever_the_verb() -> None:
    assert stated(only("halved", "en"), "down").value == -0.5


def test_small_move_ends_at_zero_but_a_low_level_does_not() -> None:
    figure = only("less than 3 percent", "en")
    fall, rise, level = stated(figure, "down"), stated(figure, "up"), stated(figure, None)
    assert (fall.low, fall.high) == pytest.approx((-0.035, 0.0))
    assert (rise.low, rise.high) == pytest.approx((0.0, 0.035))
    assert level.low is None


def test_threshold_is_half_a_unit_of_its_last_digit_wide() -> None:
    said = stated(only("below 5000", "en"), None, exact=True)
    assert (said.value, said.low, said.high, said.qualifier) == (5000, 4999.5, 5000.5, "exact")


def test_threshold_of_zero_is_zero() -> None:
    said = stated(only("below zero", "en"), None, exact=True)
    assert (said.low, said.high) == (0.0, 0.0)


def test_extreme_has_a_value_and_no_interval() -> None:
    said = stated(only("bis zu 20 Prozent", "de"), "down")
    assert (said.value, said.low, said.high, said.qualifier) == (-0.2, None, None, "up_to")


def test_range_with_a_verb_down_has_its_larger_loss_first() -> None:
    said = stated(only("3 to 5 percent", "en"), "down")
    assert (said.value, said.low, said.high) == pytest.approx((-0.04, -0.05, -0.03))


def test_figure_made_unsigned_by_its_reader_is_mirrored_with_its_value() -> None:
    figure = only("minus 20 Prozent", "de")
    said = stated(replace(figure, signed=False, value=abs(figure.value)), "down")
    assert (said.value, said.low, said.high) == pytest.approx((-0.2, -0.205, -0.195))


# --- properties ----------------------------------------

PIECES = """
17 600 5,6 5,6'17 1.234,5 2024 27.01.2025 0800 GPT-4 10-jährige % Prozent Punkte Mrd. Dollar $ € minus − + nicht weniger
als mehr rund gut ein eine einem Drittel halbe Hälfte verdoppelt bis zu zwischen und von auf um percent points billion
bn a half third quarter of twice times doubled ten in one dozens tens thousands at least up to from Q3 Mai May
. , ( ) - – / :
"""
WORDS = st.sampled_from([*PIECES.split(), "\n"])
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=10).map("".join)
)
LANGUAGES = st.sampled_from(["de", "en"])


@given(TEXTS, LANGUAGES)
@settings(max_examples=400)
def test_figures_stand_in_the_text_in_order_and_apart(text: str, language: str) -> None:
    end = 0
    for figure in figures(text, language):
        assert figure.text == text[figure.start : figure.end]
        assert end <= figure.start <= figure.core_start < figure.core_end <= figure.end
        end = figure.end


@given(TEXTS, LANGUAGES)
@settings(max_examples=300)
def test_value_lies_in_its_interval_and_statement_keeps_it_there(text: str, language: str) -> None:
    for figure in figures(text, language):
        for said in (figure, *(stated(figure, d) for d in ("up", "down", None)), stated(figure, None, exact=True)):
            assert isinstance(said, Figure | Stated)
            assert said.low is None or said.low <= said.value + 1e-9 * abs(said.value)
            assert said.high is None or said.high >= said.value - 1e-9 * abs(said.value)


@given(TEXTS, LANGUAGES)
@settings(max_examples=200)
def test_no_figure_is_a_time_and_none_touches_what_is_skipped(text: str, language: str) -> None:
    found = figures(text, language)
    for expression in times(text, language):
        assert not any(f.core_start < expression.end and expression.start < f.core_end for f in found)
    for figure in found:
        again = figures(text, language, skip=[(figure.core_start, figure.core_end)])
        assert not any(f.core_start < figure.core_end and figure.core_start < f.core_end for f in again)


def written(value: int, decimals: int, language: str, *, grouped: bool) -> str:
    """``value`` × 10^-decimals in the spelling of a language."""
    whole, part = divmod(value, 10**decimals)
    text = f"{whole:,}" if grouped else str(whole)
    text += f".{part:0{decimals}d}" if decimals else ""
    return text.translate(str.maketrans(",.", ".,")) if language == "de" else text


@given(st.integers(0, 10**9), st.integers(0, 2), LANGUAGES, st.booleans())
@settings(max_examples=300)
def test_digits_are_read_back_as_written(value: int, decimals: int, language: str, grouped: bool) -> None:
    digits, unit = written(value, decimals, language, grouped=grouped), "Prozent" if language == "de" else "percent"
    figure = only(f"x {digits} {unit} y", language)
    assert figure.value == pytest.approx(value / 10**decimals / 100)
    assert figure.digit == pytest.approx(10.0**-decimals / 100)


@given(st.integers(1, 999), st.sampled_from([("Mio.", 1e6), ("Milliarden", 1e9), ("Billionen", 1e12)]))
@settings(max_examples=60)
def test_german_scales_are_those_of_the_long_count(value: int, scale: tuple[str, float]) -> None:
    assert only(f"{value} {scale[0]} Euro", "de").value == pytest.approx(value * scale[1])


GERMAN_WORDS = """
null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig
"""
ENGLISH_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
"""
GERMAN, ENGLISH = GERMAN_WORDS.split(), ENGLISH_WORDS.split()


def german(n: int) -> str:
    """The German words for 1 to 999 999."""
    for size, word in ((1000, "tausend"), (100, "hundert")):
        if n >= size:
            many = german(n // size)
            return ("ein" if many == "eins" else many) + word + (german(n % size) if n % size else "")
    if n < 20:
        return GERMAN[n]
    unit = ("ein" if n % 10 == 1 else GERMAN[n % 10]) + "und" if n % 10 else ""
    return unit + GERMAN[n // 10 + 18]


def english(n: int) -> str:
    """The English words for 1 to 999 999."""
    for size, word in ((1000, "thousand"), (100, "hundred")):
        if n >= size:
            return f"{english(n // size)} {word}" + (f" {english(n % size)}" if n % size else "")
    if n < 20:
        return ENGLISH[n]
    return ENGLISH[n // 10 + 18] + (f"-{english(n % 10)}" if n % 10 else "")


@given(st.integers(2, 999_999), LANGUAGES)
@settings(max_examples=400)
def test_number_words_are_read_back(number: int, language: str) -> None:
    text = f"{german(number)} Punkte" if language == "de" else f"{english(number)} points"
    assert only(text, language).value == number


def test_pathological_text_takes_no_quadratic_time() -> None:
    assert figures("1" * 50_000, "de") == ()
    assert figures("1.1." * 20_000, "en") == ()
    assert len(figures("7 % " * 5_000, "de")) == 5_000


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("cut by half a percentage point", "en", 0.005),
        ("cut by half a point", "en", 0.005),
        ("raised by three-quarters of a point", "en", 0.0075),
        ("cut by a full percentage point", "en", 0.01),
        ("um einen vollen Prozentpunkt gesenkt", "de", 0.01),
        ("um einen ganzen Prozentpunkt erhöht", "de", 0.01),
    ],
)
def test_parts_of_a_point_and_a_whole_one_are_of_a_rate(text: str, language: Any, value: float) -> None:
    said = only(text, language)
    assert (said.value, said.unit) == (pytest.approx(value), "percentage_points")


@pytest.mark.parametrize("text", ["a full day", "a whole new point of view", "half a day", "three quarters of a page"])
def test_other_whole_and_half_things_are_not(text: str) -> None:
    assert [f for f in figures(text, "en") if f.unit == "percentage_points"] == []
