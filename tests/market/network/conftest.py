"""The services of the other side, and patience that costs the suite nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services import Services, serving

from analyzer.market.network.retry import Pace, Patience


@pytest.fixture
def services() -> Iterator[Services]:
    with serving() as found:
        yield found


@pytest.fixture
def patience() -> Patience:
    return Patience(tries=3, first=0.01, longest=0.1, total=5.0)


@pytest.fixture
def pace() -> Pace:
    return Pace(0.0)
