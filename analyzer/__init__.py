"""Find every claim in a market commentary and test each one against dated market data.

>>> from analyzer import analyze                      # doctest: +SKIP
>>> report = analyze("article.txt")                   # doctest: +SKIP
>>> report.table()                                    # doctest: +SKIP

Importing the package loads nothing heavy; the names below are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from analyzer.model import Report
    from analyzer.pipeline import analyze

_WHERE = {"analyze": "analyzer.pipeline", "Report": "analyzer.model"}

__all__ = ["Report", "__version__", "analyze"]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'analyzer' has no attribute {name!r}")
