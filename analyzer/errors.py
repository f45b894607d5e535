"""The error tree.

AnalyzerError
├── InputError        an article, file or argument that cannot be used; nothing was done
├── ConfigError       settings, files of settings or names in them that cannot be used; nothing was done
│   └── MissingExtra  an optional dependency is absent; the message holds the install line
├── DataError         market data that cannot be read or is not what it says it is
├── ModelError        a language model's endpoint failed or answered something unusable
└── StoreError        the ledger, the index or a cache cannot be read or written
    └── StoreLocked   another process is writing

Every error carries a ``code`` (for machines), a message that says what happened with which input and what
to do, and the exit code that the command line answers with. Only the command line (``analyzer.cli`` and
its parts) catches the root class.
"""

from __future__ import annotations


def why_unreadable(error: OSError | UnicodeDecodeError) -> str:
    """The reason in words, without a number or the path once more."""
    if isinstance(error, UnicodeDecodeError):
        return f"it is not text in UTF-8 (byte {error.start})"
    return error.strerror or type(error).__name__


class AnalyzerError(Exception):
    """The root: ``code`` for machines, the message for people, ``retryable`` for batches."""

    exit_code = 3
    code = "error"

    def __init__(self, message: str, *, code: str | None = None, retryable: bool = False) -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.retryable = retryable


class InputError(AnalyzerError):
    exit_code = 2
    code = "input"


class ConfigError(AnalyzerError):
    exit_code = 2
    code = "config"


class MissingExtra(ConfigError):
    code = "missing_extra"

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f'{what} needs an optional package. Try: pip install "commentary-analyzer[{extra}]"')


class DataError(AnalyzerError):
    code = "data"


class ModelError(AnalyzerError):
    code = "model"


class StoreError(AnalyzerError):
    code = "store"


class StoreLocked(StoreError):
    code = "store_locked"
