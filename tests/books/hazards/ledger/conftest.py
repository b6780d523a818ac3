"""The hazard ledger on a real desk: a registered hazard, one that went through the loop, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from tests.books.hazards.kept import everything

FOUND_ON = date(2023, 5, 20)


def on(day: int, **values: Any) -> Row:
    """Return the entry of a step so many days after discovery, as the clerk types it."""
    return {"happened_on": (FOUND_ON + timedelta(day)).isoformat()} | values


RECTIFIED = {"rectified_by": "丁整改", "spent": "1.2"}
PASSED = {"rechecked_by": "戊复查", "recheck_finding": "已穿管，合格"}
SIGNED = {"signed_off_by": "己审批"}


@pytest.fixture
def number(desk: Desk, found: Row) -> int:
    """A registered hazard."""
    return desk.hazards.add(found).ids[0]


@pytest.fixture
def closed(desk: Desk, number: int, five: Row) -> int:
    """A hazard that went through the whole loop: found on day 0, closed on day 7."""
    desk.hazards.step(number, Steps.COMMITTED.kind, five)
    desk.hazards.step(number, Steps.RECTIFIED.kind, on(5, **RECTIFIED))
    desk.hazards.step(number, Steps.RECHECK_PASSED.kind, on(6, **PASSED))
    desk.hazards.step(number, Steps.SIGNED_OFF.kind, on(7, **SIGNED))
    return number


@pytest.fixture
def refused(desk: Desk) -> Callable[..., Refused]:
    """Do something that is refused, and see that nothing changed."""

    def check(act: Callable[..., Any], *words: Any, match: str | None = None) -> Refused:
        before = everything(desk)
        with pytest.raises(Refused, match=match) as caught:
            act(*words)
        assert everything(desk) == before
        return caught.value

    return check
