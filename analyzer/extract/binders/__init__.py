"""From a claim to drafts of trials, one module per family of checks.

Everything is read from the text: subject, direction, figure, window, threshold. What the text does not say comes from
the check's written default and is marked ``default``. No binder looks at a price.
"""

from __future__ import annotations

from analyzer.extract.binders.breadth import breadths
from analyzer.extract.binders.causes import causes
from analyzer.extract.binders.levels import levels
from analyzer.extract.binders.moves import moves
from analyzer.extract.binders.outlook import bubbles, forecasts, trends
from analyzer.extract.binders.patterns import comparisons, moods, volumes
from analyzer.extract.binders.policies import policies
from analyzer.extract.binders.records import records

__all__ = [
    "breadths", "bubbles", "causes", "comparisons", "forecasts", "levels", "moods", "moves", "policies", "records",
    "trends", "volumes",
]  # fmt: skip
