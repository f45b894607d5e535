"""From a claim to drafts of trials, one module per family of checks.

Everything is read from the text: subject, direction, figure, window, threshold. What the text does not say comes from
the check's written default and is marked ``default``. No binder looks at a price.
"""

from __future__ import annotations

from analyzer.extract.binders.analogues import analogues
from analyzer.extract.binders.averages import averages, counts_shares, speaks_of_an_average
from analyzer.extract.binders.bank_measures import bank_measures
from analyzer.extract.binders.breadth import breadths, of_a_quantity
from analyzer.extract.binders.breaks import breaks
from analyzer.extract.binders.bubbles import bubbles
from analyzer.extract.binders.calendars import calendars
from analyzer.extract.binders.causes import causes
from analyzer.extract.binders.contests import contests
from analyzer.extract.binders.correlations import correlations
from analyzer.extract.binders.economy import economy, economy_subject
from analyzer.extract.binders.erasures import erasures
from analyzer.extract.binders.fortunes import fortunes
from analyzer.extract.binders.havens import protections
from analyzer.extract.binders.leads import leads
from analyzer.extract.binders.levels import levels, nevers, says_never
from analyzer.extract.binders.macro_forecasts import macro_forecasts
from analyzer.extract.binders.moves import moves
from analyzer.extract.binders.outlook import forecasts, trends
from analyzer.extract.binders.patterns import comparisons, moods, volumes
from analyzer.extract.binders.period_shares import period_shares
from analyzer.extract.binders.phases import phases
from analyzer.extract.binders.policies import policies
from analyzer.extract.binders.pressures import pressures
from analyzer.extract.binders.rarities import rarities
from analyzer.extract.binders.rate_steps import rate_moves, rate_steps
from analyzer.extract.binders.records import records
from analyzer.extract.binders.relations import RELATIONS, relations
from analyzer.extract.binders.returns_ahead import returns_ahead
from analyzer.extract.binders.shocks import shocks
from analyzer.extract.binders.swings import swings
from analyzer.extract.binders.trend_lines import courses, streaks
from analyzer.extract.binders.valuations import names_ratio, valuations
from analyzer.extract.binders.yield_curves import yield_curves

__all__ = [
    "RELATIONS", "analogues", "averages", "bank_measures", "breadths", "breaks", "bubbles", "calendars", "causes",
    "comparisons", "contests", "correlations", "counts_shares", "courses", "economy", "economy_subject", "erasures",
    "forecasts", "fortunes", "leads", "levels", "macro_forecasts", "moods", "moves", "names_ratio", "nevers",
    "of_a_quantity", "period_shares", "phases", "policies", "pressures", "protections", "rarities", "rate_moves",
    "rate_steps", "records", "relations", "returns_ahead", "says_never", "shocks", "speaks_of_an_average", "streaks",
    "swings", "trends", "valuations", "volumes", "yield_curves",
]  # fmt: skip
