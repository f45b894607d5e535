"""From a claim to drafts of trials, one module per family of checks.

Everything is read from the text: subject, direction, figure, window, threshold. What the text does not say comes from
the check's written default and is marked ``default``. No binder looks at a price.
"""

from __future__ import annotations

from analyzer.extract.binders.analogues import analogues
from analyzer.extract.binders.breadth import breadths
from analyzer.extract.binders.bubbles import bubbles
from analyzer.extract.binders.economy import economy, economy_subject
from analyzer.extract.binders.levels import levels
from analyzer.extract.binders.moves import moves
from analyzer.extract.binders.outlook import causes, forecasts, trends
from analyzer.extract.binders.patterns import comparisons, moods, volumes
from analyzer.extract.binders.records import records
from analyzer.extract.binders.valuations import names_ratio, valuations

__all__ = [
    "analogues", "breadths", "bubbles", "causes", "comparisons", "economy", "economy_subject", "forecasts", "levels",
    "moods", "moves", "names_ratio", "records", "trends", "valuations", "volumes",
]  # fmt: skip
