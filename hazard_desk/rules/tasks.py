"""Where a task stands: from its due date and its work log, on any day, with the reason in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hazard_desk.rules.fields import Row


class TaskStatus(StrEnum):
    """The light of a task; the words are what the clerk reads."""

    NOT_STARTED = "未开始"
    IN_HAND = "进行中"
    DONE = "已完成"
    DONE_LATE = "逾期完成"
    OVERDUE = "已逾期"
    STANDING = "持续开展"


class LogKind(StrEnum):
    """What an entry of the work log says."""

    PROGRESS = "进展"
    DONE = "完成"
    REOPENED = "重新开展"


@dataclass(frozen=True)
class Light:
    """A task's status on a day, and why."""

    status: TaskStatus
    reason: str
    done_on: date | None = None

    @property
    def overdue(self) -> bool:
        return self.status is TaskStatus.OVERDUE


def light(due: date | None, standing: bool, log: Sequence[Row], today: date) -> Light:
    """Return where a task stands at the end of ``today``.

    ``log`` are entries with happened_on and kind, in order; later ones than ``today`` do not count.
    """
    seen = sorted((row for row in log if row["happened_on"] <= today), key=lambda row: row["happened_on"])
    last = seen[-1] if seen else None
    done = _done(seen)
    if standing or due is None:
        return _standing(standing, last)
    if done:
        day = done["happened_on"]
        if day > due:
            return Light(TaskStatus.DONE_LATE, f"{day}完成，比时限{due}晚{(day - due).days}天", day)
        return Light(TaskStatus.DONE, f"{day}完成，时限{due}", day)
    if today > due:
        started = f"最近一次进展在{last['happened_on']}" if last else "尚无工作记录"
        return Light(TaskStatus.OVERDUE, f"时限{due}已过{(today - due).days}天，未登记完成，{started}")
    left = f"距时限{due}还有{(due - today).days}天"
    if last:
        return Light(TaskStatus.IN_HAND, f"最近一次进展在{last['happened_on']}，{left}")
    return Light(TaskStatus.NOT_STARTED, f"尚无工作记录，{left}")


def _done(log: Sequence[Row]) -> Row | None:
    """Return the entry that completed the task: the first 完成 since it was last 重新开展, or None."""
    done = None
    for row in log:
        if row["kind"] == LogKind.REOPENED:
            done = None
        elif row["kind"] == LogKind.DONE:
            done = done or row
    return done


def _standing(standing: bool, last: Row | None) -> Light:
    kind = "长期坚持的任务" if standing else "时限未能识别"
    if last:
        return Light(TaskStatus.STANDING, f"{kind}，最近一次工作记录在{last['happened_on']}")
    return Light(TaskStatus.NOT_STARTED, f"{kind}，尚无工作记录")
