"""Which row of a series stands for a day that a text names."""

from __future__ import annotations

from datetime import date

import numpy as np

from analyzer.series import Series, day


def row_on_or_before(series: Series, when: date) -> date | None:
    """The session whose close was the last one known on ``when``; None where the series cannot say.

    A weekend or a holiday stands for the session before it. A session that lacks its row is a hole, and after the last
    row one weekday may pass (a holiday, or the day itself before its close): beyond that the data have ended.
    """
    session = series.session_on_or_before(when)
    if session is None or series.at(session) is None:
        return None
    passed = int(np.busday_count(day(session) + 1, day(when) + 1))
    return session if session != series.last or passed <= 1 else None
