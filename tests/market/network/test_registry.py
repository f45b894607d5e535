"""Which providers the settings name, in which order, and what naming them costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.config import load
from analyzer.errors import MissingExtra
from analyzer.market.network.registry import providers

ROOT = Path(__file__).resolve().parents[3]
LISTED = """
import sys
from analyzer.config import load
from analyzer.market.network.registry import providers
print(*providers(load()))
print(*sorted({"duckdb", "httpx", "pandas", "tenacity", "yaml", "yfinance", "curl_cffi"} & set(sys.modules)))
"""


def test_the_providers_come_in_the_order_of_the_settings() -> None:
    assert list(providers(load(sources=("facts", "stooq", "fred", "yahoo")))) == ["stooq", "fred", "yahoo"]
    assert list(providers(load(sources=("facts",)))) == []


def test_each_bears_the_name_it_is_listed_under() -> None:
    assert all(name == provider.name for name, provider in providers(load()).items())


def test_without_yfinance_the_line_to_type_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yfinance", None)
    with pytest.raises(MissingExtra, match=r'Yahoo Finance .* pip install "commentary-analyzer\[market\]"'):
        providers(load())
    assert list(providers(load(sources=("fred", "stooq")))) == ["fred", "stooq"]


def test_listing_them_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LISTED], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.splitlines() == ["yahoo fred stooq", ""]
