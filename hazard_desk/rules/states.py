"""The words of a hazard's closed loop: where it stands, how grave it is, who found it, which list holds it.

The steps that lead from state to state are declared in ``books.hazards.steps``.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a hazard stands; the words are what the clerk reads."""

    FOUND = "待整改"
    COMMITTED = "整改中"
    HANDED = "已移交"
    RECTIFIED = "待复查"
    RECHECKED = "待销号"
    CLOSED = "已销号"
    MERGED = "已并案"
    VOID = "已作废"


ENDED = (State.MERGED, State.VOID)
"""States of hazards that ended aside of the round."""
FAR = {state: place for place, state in enumerate(State)}
"""How far a hazard of each state is."""
OWN_WORK = (State.FOUND, State.COMMITTED)
"""States in which the rectification deadline runs for this office."""
UNRECTIFIED = (*OWN_WORK, State.HANDED)
"""States of hazards that are not put right; one that was handed over is put right by others."""
OPEN_STATES = (*UNRECTIFIED, State.RECTIFIED, State.RECHECKED)
OPEN_WORD = "未销号"
"""What the clerk calls all of these together."""
STANDING = (*OPEN_STATES, State.CLOSED)
"""States of hazards that count; a merged or voided one never does."""

MAJOR = "重大"
LEVELS = (MAJOR, "一般")
SELF_FOUND, INSPECTED, REPORTED, ASSIGNED = SOURCES = ("企业自查", "执法检查", "群众举报", "上级交办")
FULL_LIST, HANDED, ESCALATED = POOLS = ("全量库", "已推送", "蓄水池")
SUPERVISION_LEVELS = ("国家级", "省级", "市级", "县级", "乡镇级")
