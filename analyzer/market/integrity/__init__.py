"""Whether market data are what they say they are: pure functions from loaded series to findings.

unreadable         a file that cannot be read
missing_sessions   sessions of the exchange without a row
extra_sessions     rows on days that are no session
split_like         a jump that looks like a split which nobody lists, or a listed one that is not adjusted for
impossible_bar     a high below its low, a close outside of both, a price that is not positive
stale_tail         a series that ends before the others, or repeats its last close
disagreement       two sources with different closes of one day

A finding is a reason to look, and says what to look at; the data are never changed.
"""

from analyzer.market.integrity.examine import examine, findings, findings_of
from analyzer.market.integrity.findings import KINDS, Finding, FindingKind, Held, held

__all__ = ["KINDS", "Finding", "FindingKind", "Held", "examine", "findings", "findings_of", "held"]
