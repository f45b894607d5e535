"""The rise or fall of one series that is said to have borne on others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language

JANUARY = date(2023, 1, 31)


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("The rise in interest rates in 2022 was the chief cause of the losses in stocks and bonds.", "en",
         {"symbol": "DGS10", "direction": "up", "others": ["^GSPC", "TLT"], "other_direction": "down",
          "base": "2021-12-31", "last": "2022-12-30"}),
        ("Rising yields weighed on tech stocks in 2022.", "en",
         {"symbol": "DGS10", "direction": "up", "others": ["QQQ"], "other_direction": "down"}),
        ("Falling oil prices weighed on stocks in 2022.", "en",
         {"symbol": "CL=F", "direction": "down", "others": ["^GSPC"], "other_direction": "down"}),
        ("The strong dollar weighed on gold in September 2022.", "en",
         {"direction": "up", "others": ["GC=F"], "other_direction": "down", "base": "2022-08-31",
          "last": "2022-09-30"}),
        ("Die steigenden Renditen belasteten 2022 den Nasdaq.", "de",
         {"symbol": "DGS10", "direction": "up", "others": ["^IXIC"], "other_direction": "down"}),
        ("Der Anstieg der Renditen drückte im September 2022 den Goldpreis.", "de",
         {"symbol": "DGS10", "direction": "up", "others": ["GC=F"], "other_direction": "down", "base": "2022-08-31"}),
    ],
)  # fmt: skip
def test_a_pressure_is_bound(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = [t for t in trials(text, language, JANUARY) if t.check == "common_moves"]
    assert {k: trial.params[k] for k in params} == params
    assert trial.directness in ("statistical", "proxy")  # so that it can at most be consistent


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rising yields did not weigh on tech stocks in 2022.", "en"),
        ("Rising yields could weigh on tech stocks in 2023.", "en"),
        ("Did rising yields weigh on stocks in 2022?", "en"),
        ("Rising yields weighed on tech stocks.", "en"),  # no time is named
        ("Fears of a recession weighed on stocks in 2022.", "en"),
        ("Rising and falling yields weighed on stocks in 2022.", "en"),
        ("Der Streik belastete 2022 den Dax.", "de"),
        ("Die Notenbank stützte 2022 den Euro.", "de"),
    ],
)
def test_what_is_no_pressure_of_one_series_on_another(text: str, language: Language) -> None:
    assert all(t.check != "common_moves" for t in trials(text, language, JANUARY))
