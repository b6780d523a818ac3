"""Where a task stands on any day: from its due date, its work log and what the ledgers hold for it, with the
reason in one sentence; and where tasks stand together (an action, a leader, a unit)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from hazard_desk.rules.wording import quoted


class TaskStatus(StrEnum):
    """The light of a task; the words are what the clerk reads."""

    NOT_STARTED = "未开始"
    IN_HAND = "进行中"
    DONE = "已完成"
    DONE_LATE = "逾期完成"
    OVERDUE = "已逾期"
    ON_TRACK = "按期推进"
    """A standing task whose duties are met up to the day."""
    BEHIND = "滞后"
    """A standing task one of whose duties was not."""
    BEFORE = "起账前"
    """It fell due before the desk was begun, and nothing says that it was done: not asked for."""


class LogKind(StrEnum):
    """What an entry of the work log says."""

    PROGRESS = "进展"
    DONE = "完成"
    REOPENED = "重新开展"


class LogEntry(Protocol):
    """An entry of a task's work log."""

    @property
    def happened_on(self) -> date: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Light:
    """The status of a task, or of a part of one, on a day, and why."""

    status: TaskStatus
    reason: str
    done_on: date | None = None

    @property
    def overdue(self) -> bool:
        return self.status is TaskStatus.OVERDUE


@dataclass(frozen=True)
class DutyCourse:
    """How a duty of a task went up to a day. ``behind`` are the times it was not done: 2023年6月."""

    title: str
    met: int = 0
    should: int = 0
    behind: tuple[str, ...] = ()
    next_due: date | None = None
    kept_up: str = ""
    """Of what: 条（幅）, where the duty is to keep up a number, met of should, at all times."""
    settling: bool = False
    """Whether the desk was begun lately, and what is there may not be entered yet."""

    @property
    def sentence(self) -> str:
        """How it went, in words."""
        if self.kept_up:
            return f"{quoted(self.title)}现有{self.met}{self.kept_up}，应不少于{self.should}{self.kept_up}"
        if self.behind:
            missing = f"已完成{self.met}次，{_several(self.behind)}未完成"
            return f"{quoted(self.title)}应完成{self.should}次，{missing}"
        return f"{quoted(self.title)}应完成的{self.should}次均已完成"


@dataclass(frozen=True)
class Work:
    """What the ledgers hold for a task on a day, besides its own log."""

    last: date | None = None
    """Day of the latest record of work that names the task."""
    duties: tuple[DutyCourse, ...] = ()
    registers: tuple[tuple[str, int], ...] = ()
    """Registers of the task that have rows: title and how many."""
    parts: tuple[tuple[str, Light], ...] = ()
    """Where each of its parts stands, by its mark: （2）."""

    @property
    def begun(self) -> bool:
        return bool(self.last or self.registers or any(duty.met for duty in self.duties))

    @property
    def parts_done(self) -> date | None:
        """The day on which the last of its parts was done; None while one is not, or where it has none."""
        days = [one.done_on for _, one in self.parts if one.done_on]
        return max(days) if days and len(days) == len(self.parts) else None

    @property
    def late_parts(self) -> str:
        """The parts that are late, in words; '' for none."""
        late = [mark for mark, one in self.parts if one.overdue]
        return f"分项{'、'.join(late)}已逾期" if late else ""

    @property
    def sentence(self) -> str:
        """What the registers and duties tell: “‘三大作业’台账”已登记12条."""
        told = [parts] if (parts := self.late_parts or parts_course(self.parts)) else []
        told += [f"{quoted(title)}已登记{count}条" for title, count in self.registers]
        told += [f"{quoted(duty.title)}已完成{duty.met}次" for duty in self.duties if duty.met]
        return "，".join(told)


def light(
    due: date | None,
    standing: bool,
    log: Sequence[LogEntry],
    today: date,
    work: Work = Work(),
    wording: str = "",
    recurs: bool = False,
) -> Light:
    """Return where a task stands at the end of ``today``.

    ``log`` are the entries in order; later ones than ``today`` do not count. ``work``
    is what the ledgers hold up to ``today``. Only a log says that a task is done, its own or those of all its
    parts; a standing one never is.
    ``wording`` is the deadline as written, '' where the plan gives none; ``recurs``, that it comes back.
    """
    seen = sorted((row for row in log if row.happened_on <= today), key=lambda row: row.happened_on)
    last = max((day for day in (work.last, *(row.happened_on for row in seen[-1:])) if day), default=None)
    done = _done_on(seen, work.parts_done)
    if standing:
        return _standing("长期坚持的任务", last, work)
    if due is None:
        read = "按周期办理" if recurs else "未能识别"
        why = f"时限{quoted(wording)}{read}" if wording else "方案没有写明时限"
        if done:
            return Light(TaskStatus.DONE, f"{done}完成，{why}", done)
        return _standing(why, last, work)
    if done:
        if done > due:
            return Light(TaskStatus.DONE_LATE, f"{done}完成，比时限{due}晚{(done - due).days}天", done)
        return Light(TaskStatus.DONE, f"{done}完成，时限{due}", done)
    found = "，".join(filter(None, (_last(last, work), work.sentence)))
    if today > due:
        late = f"时限{due}已过{(today - due).days}天，未登记完成"
        return Light(TaskStatus.OVERDUE, f"{late}，{found}")
    left = f"距时限{due}还有{(due - today).days}天"
    status = TaskStatus.IN_HAND if last or work.begun else TaskStatus.NOT_STARTED
    return Light(status, f"{found}，{left}")


def light_since(stands: Light, due: date | None, opened: date | None) -> Light:
    """Return where stands what may have fallen due before the desk was begun (``opened``, 起账日)."""
    if opened is None or due is None or due >= opened:
        return stands
    if stands.overdue:
        told = f"时限{due}在起账日{opened}之前，没有登记完成；已经完成的可以补记"
        return Light(TaskStatus.BEFORE, told)
    if stands.status is TaskStatus.DONE_LATE and stands.done_on and stands.done_on >= opened:
        told = f"时限{due}在起账日{opened}之前，{stands.done_on}补记完成"
        return Light(TaskStatus.DONE, told, stands.done_on)
    return stands


def _last(last: date | None, work: Work) -> str:
    if last:
        return f"最近一次进展在{last}"
    return "" if work.begun else "尚无工作记录"


def _done_on(log: Sequence[LogEntry], parts_done: date | None) -> date | None:
    """Return when the task was completed: by its first 完成 since it was last 重新开展, or by its parts."""
    done, again = None, None
    for row in log:
        if row.kind == LogKind.REOPENED:
            done, again = None, row.happened_on
        elif row.kind == LogKind.DONE:
            done = done or row.happened_on
    if parts_done and again and parts_done <= again:
        parts_done = None
    return min((day for day in (done, parts_done) if day), default=None)


def parts_course(parts: Sequence[tuple[str, Light]]) -> str:
    """Return how far the parts of a task are, in words; '' where none was begun."""
    done = sum(one.done_on is not None for _, one in parts)
    begun = sum(one.status not in (TaskStatus.NOT_STARTED, TaskStatus.BEFORE) for _, one in parts)
    return f"{len(parts)}个分项已开展{begun}个、完成{done}个" if begun else ""


def _standing(kind: str, last: date | None, work: Work) -> Light:
    short = [duty for duty in work.duties if duty.kept_up and duty.met < duty.should]
    behind = [duty for duty in work.duties if duty.behind or (duty in short and not duty.settling)]
    if behind or work.late_parts:
        told = [duty.sentence for duty in behind]
        return Light(TaskStatus.BEHIND, "；".join(filter(None, [*told, work.late_parts])))
    kept = [parts] if (parts := parts_course(work.parts)) else []
    kept += [duty.sentence for duty in work.duties if duty.should and duty not in short]
    kept += [f"{quoted(title)}已登记{count}条" for title, count in work.registers]
    if last:
        kept.append(f"最近一次工作记录在{last}")
    coming = min((duty.next_due for duty in work.duties if duty.next_due), default=None)
    told = [kind, *(kept or ["尚无工作记录"]), *([f"下一次时限{coming}"] if coming else [])]
    return Light(TaskStatus.ON_TRACK if kept else TaskStatus.NOT_STARTED, "，".join(told))


def _several(periods: Sequence[str]) -> str:
    """Return the periods in words; of many, the latest three."""
    if len(periods) > 3:
        return f"{'、'.join(periods[-3:])}等{len(periods)}次"
    return "、".join(periods)


def together(lights: Mapping[str, int]) -> TaskStatus:
    """Return where tasks stand together, from how many stand in each status: the worst decides."""
    there = {TaskStatus(name) for name, count in lights.items() if count}
    if there == {TaskStatus.BEFORE}:
        return TaskStatus.BEFORE
    there -= {TaskStatus.BEFORE}
    for worst in (TaskStatus.OVERDUE, TaskStatus.BEHIND):
        if worst in there:
            return worst
    if there <= {TaskStatus.DONE, TaskStatus.DONE_LATE} and there:
        return TaskStatus.DONE_LATE if TaskStatus.DONE_LATE in there else TaskStatus.DONE
    if there <= {TaskStatus.NOT_STARTED}:
        return TaskStatus.NOT_STARTED
    if there & {TaskStatus.NOT_STARTED, TaskStatus.IN_HAND}:
        return TaskStatus.IN_HAND
    return TaskStatus.ON_TRACK
