"""The review page: a local web page on which people read, judge and correct what the ledger holds.

``server`` binds and runs, ``guard`` refuses what it should not answer, ``app`` has the routes; ``desk``, ``article``
and ``decisions`` say what stands on the pages, ``templates`` and ``static`` how it looks. Nothing here computes a
verdict.
"""
