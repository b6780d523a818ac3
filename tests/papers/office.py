"""What the tests of the desk's own papers do again and again."""

from __future__ import annotations

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Value

UNIT = "示例木材加工厂"


def step(desk: Desk, number: int, kind: str, day: int, **facts: Value) -> None:
    """Take a step of a hazard on a day of May."""
    desk.hazards.step(number, kind, {"happened_on": f"2023-05-{day}", **facts})


def rechecked(desk: Desk, number: int, passed: bool = True) -> None:
    """Rectify a hazard and recheck it."""
    step(desk, number, "rectified", 25, rectified_by="丙负责", note="已重新布线")
    kind = "recheck_passed" if passed else "recheck_failed"
    step(desk, number, kind, 26, rechecked_by="甲检查、乙检查", recheck_finding="线路已穿管保护")


def refusal(desk: Desk, report: str, number: object) -> str:
    """Return the sentence with which a paper is refused."""
    with pytest.raises(Refused) as refused:
        desk.papers.print(report, desk.folder / "paper.pdf", None, str(number))
    return refused.value.message
