"""Settings: from arguments, the environment (``ANALYZER_…``) and a file. The only reader of ``os.environ``.

Order: arguments win over the environment, the environment over ``analyzer.toml`` in the working folder, that over
``config.toml`` in the home folder. Unknown keys are refused, so that a misspelt setting never passes unseen.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from analyzer.errors import ConfigError

SourceName = Literal["folders", "imported", "yahoo", "fred", "stooq", "facts"]
Place = Annotated[str, BeforeValidator(lambda given: str(given) if isinstance(given, Path) else given)]
"""A path, or an address (``s3://bucket/folder``), which a Path would spoil."""
DEFAULT_HOME = Path("~/.analyzer")
TRACING = ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_GATEWAY")
"""Off, unless ``ANALYZER_`` in front of the name says otherwise."""


class Settings(BaseSettings):
    """Everything that can be set. Each field is also ``ANALYZER_<FIELD>`` and a key of the files."""

    model_config = SettingsConfigDict(env_prefix="ANALYZER_", extra="forbid", frozen=True)

    home: Path = DEFAULT_HOME
    """Folder of all state: ledger, index, caches."""
    data: tuple[Place, ...] = ()
    """Folders of market data, or their addresses (``s3://bucket/market``), tried before the facts pack."""
    sources: tuple[SourceName, ...] = ("folders", "imported", "yahoo", "fred", "stooq", "facts")
    """Where series are looked for, in this order. What the network gave before is kept in the home folder."""
    online: bool = False
    """Whether the network may be asked for series that are missing or old."""
    max_age_hours: float = Field(default=24.0, ge=0)
    """Age from which a series from the network is fetched again, when ``online``."""
    fred_api_key: SecretStr | None = None
    """With a key FRED also tells what was first published (ALFRED); without one it gives the latest values."""
    yahoo_url: str = "https://query2.finance.yahoo.com"
    fred_url: str = "https://fred.stlouisfed.org/graph/fredgraph.csv"
    alfred_url: str = "https://api.stlouisfed.org/fred/series/observations"
    stooq_url: str = "https://stooq.com/q/d/l/?s={symbol}&i=d"
    """A service with CSV files; ``{symbol}`` stands for its own name of a series."""
    catalogue: tuple[Path, ...] = ()
    """Files with further instruments."""
    model: str | None = None
    """``provider:name`` or ``rules``. A key in the environment alone selects no model."""
    base_url: str | None = None
    """An OpenAI-compatible endpoint; else the provider's own settings."""
    api_key: SecretStr | None = None
    timeout_s: float = Field(default=120.0, gt=0)
    requests_per_minute: int | None = Field(default=None, ge=0)
    """Calls to a model a minute, by all processes that share the home folder; 0 or nothing: no limit."""
    tokens_per_minute: int | None = Field(default=None, ge=0)
    """Tokens of prompts and answers together, likewise."""
    max_retries: int = Field(default=8, ge=0)
    """How often a call is asked again after a limit, a time-out or a failure of the server."""
    max_wait_s: float = Field(default=600.0, ge=0)
    """Seconds that a failing call is kept up, and the longest Retry-After that is waited out."""
    max_tokens: int = Field(default=8000, gt=0)
    temperature: float = 0.0
    budget_usd: float | None = Field(default=None, ge=0)
    """US dollars that the calls of one run may cost; a call that might go beyond is not made."""
    price: tuple[float, float] | None = None
    """US dollars per million tokens of prompt and of answer, where `llm/prices.yaml` has none or another one: `[0, 0]`
    for a server of one's own."""
    examples: bool = True
    """Whether a model that binds claims is shown bindings of similar claims that people agreed with."""
    embedder: str = "static"
    """``static`` (in the package), ``openai:NAME`` or ``onnx:FOLDER``."""
    ledger_url: str | None = None
    """A database (``postgresql://user@host/name``) instead of the file in the home folder."""
    chroma_url: str | None = None
    """A Chroma server (``http://host:8000``) instead of the folder in the home folder."""
    publisher: str | None = None
    """Who publishes reviews of claims: the author of ``--format claimreview``."""
    publisher_url: str | None = None
    review_url: str | None = None
    """The page on which they are published, as in ``https://example.org/checks/{article}#{claim}``."""
    max_bytes: int = Field(default=10_000_000, gt=0)
    """Largest article file that is read."""
    color: Literal["auto", "never", "always"] = "auto"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        given = getattr(init_settings, "init_kwargs", {}).get("home")
        home = Path(given or os.environ.get("ANALYZER_HOME") or DEFAULT_HOME).expanduser()
        return (init_settings, env_settings, *(_file(settings_cls, path) for path in _files(home)))


def _files(home: Path) -> list[Path]:
    return [path for path in (Path("analyzer.toml"), home / "config.toml") if path.is_file()]


def _file(settings: type[BaseSettings], path: Path) -> TomlConfigSettingsSource:
    try:
        return TomlConfigSettingsSource(settings, path)
    except (OSError, ValueError) as error:
        raise ConfigError(f"The settings file {path} cannot be read: {error}. Mend or remove it.") from error


def _refuse_unknown_variables() -> None:
    known = {f"ANALYZER_{name}" for name in (*map(str.upper, Settings.model_fields), *TRACING)}
    unknown = sorted(n for n in os.environ if n.startswith("ANALYZER_") and n not in known)
    if unknown:
        raise ConfigError(f"{', '.join(unknown)}: there is no such setting. There are: {' '.join(sorted(known))}.")


def load(**given: Any) -> Settings:
    """Settings with the given (not None) arguments on top; ConfigError names the key and where it may stand."""
    _refuse_unknown_variables()
    known = {k: v for k, v in given.items() if v is not None and v != ()}
    try:
        settings = Settings(**known)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigError(
            f"The settings cannot be used: {wrong}. They come from arguments, ANALYZER_… variables, "
            "analyzer.toml and config.toml in the home folder."
        ) from error
    return settings.model_copy(update={"home": settings.home.expanduser()})


def environment(name: str) -> str | None:
    """A variable that belongs to a library we use (``OPENAI_API_KEY``, ``NO_COLOR``); None when unset or empty."""
    return os.environ.get(name) or None


def protect_process() -> None:
    """Turn off what our libraries would send elsewhere unasked: tracing of article text, usage statistics."""
    for name in TRACING:
        os.environ[name] = environment("ANALYZER_" + name) or "false"
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
