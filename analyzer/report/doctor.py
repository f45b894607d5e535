"""What is configured, what is missing, and what to type."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

from analyzer import __version__
from analyzer.config import Settings, environment
from analyzer.market.instruments import Catalogue
from analyzer.market.market import Market
from analyzer.store.health import index_state, ledger_state

KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
MODULES = {"anthropic": "langchain_anthropic", "ollama": "langchain_ollama", "openai": "langchain_openai"}


def findings(settings: Settings, market: Market, catalogue: Catalogue) -> Iterator[str]:
    """One line a finding: what it is, whether it is well, what to type if not."""
    yield f"analyzer    {__version__}"
    yield f"home        {settings.home}: {_home(settings)}"
    yield f"ledger      {ledger_state(settings)}"
    yield f"index       {index_state(settings)}"
    yield f"reader      {_reader(settings)}"
    yield f"key         {_keys(settings)}"
    yield f"embedder    {settings.embedder}"
    yield f"data        {', '.join(market.sources)}; last session {market.last_session}"
    yield f"catalogue   {len(catalogue.instruments)} instruments, {len(catalogue.baskets)} baskets"
    if set(market.sources) == {"facts"}:
        yield "            only the facts pack that ships with the program: --data FOLDER adds series of your own"
    yield f"network     {_network(settings)}"


def _network(settings: Settings) -> str:
    """Whether series may be fetched, and what is missing for it."""
    missing = [name for name in ("duckdb", "yfinance", "tenacity") if find_spec(name) is None]
    if missing:
        return f'{", ".join(missing)} missing. To fetch series: pip install "commentary-analyzer[market]"'
    how = (
        "on: series that are missing or old are fetched" if settings.online else "off; --online fetches what is missing"
    )
    vintages = "with vintages" if settings.fred_api_key else "latest values only (ANALYZER_FRED_API_KEY adds vintages)"
    return f"{how}; FRED {vintages}"


def _home(settings: Settings) -> str:
    home = settings.home
    if home.exists() and not home.is_dir():
        return "NOT A FOLDER: give another with --home or ANALYZER_HOME"
    if not home.exists():
        return "not there yet; it is made by the first run"
    return "writable" if os.access(home, os.W_OK) else "NOT WRITABLE: give another with --home or ANALYZER_HOME"


def _reader(settings: Settings) -> str:
    model = settings.model
    if not model or model == "rules":
        return "rules (no language model). To use one: --model openai:NAME, or ANALYZER_MODEL"
    provider = model.partition(":")[0]
    module = MODULES.get(provider)
    if module and find_spec(module) is None:
        return f"{model}, but its package is missing: pip install {module.replace('_', '-')}"
    return f"{model} at {settings.base_url or environment('OPENAI_BASE_URL') or 'the provider'}"


def _keys(settings: Settings) -> str:
    found = [name for name in KEYS.values() if environment(name)]
    if settings.api_key:
        found.insert(0, "ANALYZER_API_KEY")
    if not found:
        return "none set (rules need none)"
    return f"{', '.join(found)} set; a key alone spends no money, only --model does"
