"""Checking the desk and its copies because the clerk asks for it, and telling what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from hazard_desk.desk import Desk
from hazard_desk.errors import Fault
from ui.copies.safety import Safety
from ui.office import Office
from ui.production import LongWork
from ui.style import ROOM, sized
from ui.widgets.basics import button, card, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay


@dataclass(frozen=True)
class Findings:
    """What a check found wrong: with the desk, and with copies of it."""

    desk: list[str]
    copies: list[str]
    proved: int
    """How many copies were looked at and are good."""


class CheckNow(LongWork[Findings]):
    """Checks everything; ``found`` tells the outcome."""

    keeping = True
    found = Signal(object)

    def __init__(self, office: Office, safety: Safety, over: QWidget) -> None:
        text = "正在校验台账、全部附件和每一份备份，数据多时要几分钟，可以取消"
        super().__init__(office, text, partial(check_all, office.desk), over)
        self._safety = safety

    def show_made(self, made: Findings) -> None:
        """Remember and tell it."""
        self._safety.keep_found(made.desk, self._office.today)
        self._safety.keep_proof(made.copies)
        self._office.tell_of_copies()
        self.found.emit(made)


def check_all(desk: Desk) -> Findings:
    """Check the desk and every copy that is there. Raises ``Trouble`` where the disk stands in the way."""
    wrong = desk.check()
    bad = desk.copies.prove(desk.cabinet.clock.now, everything=True)
    sound = sum(copy.there and copy.sound for copy in desk.copies.all())
    return Findings(wrong, bad, sound)


class FoundDialog(Dialog):
    """Tells what a check found, and what to do about each thing."""

    open_record = Signal(str)
    restore = Signal()
    """The clerk wants to go back to a copy."""
    back_up = Signal()

    def __init__(self, found: Findings, parent: QWidget) -> None:
        super().__init__("校验结果", parent)
        layout = down(within=self, edges=ROOM, gap=12)
        self.wrong = wrong = len(found.desk) + len(found.copies)
        foot = across(Stretch(), self.closer())
        if not wrong:
            layout.addWidget(label("校验通过，没有发现问题。", self, "heading"))
            about = f"{found.proved}份备份" if found.proved else "台账还没有备份"
            told = f"台账的每一条记录、每一个附件都完好；能读到的{about}逐项核对过，也都完好。"
            if not found.proved:
                told = "台账的每一条记录、每一个附件都完好。还没有备份，请点“立即备份”。"
            lay(layout, label(told, self, "soft", wrap=True), foot)
            sized(self, least_width=460)
            return
        layout.addWidget(label(f"发现{wrong}处问题", self, "heading"))
        layout.addWidget(self._list(found), 1)
        if found.desk:
            foot.insertWidget(0, button("从备份恢复…", self, partial(self._leave, self.restore), "undo"))
        if found.copies:
            foot.insertWidget(0, button("立即备份", self, partial(self._leave, self.back_up), "backup"))
        layout.addLayout(foot)
        self.take_room(720, 150 + 90 * min(wrong, 5))

    def _list(self, found: Findings) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        inside = QWidget(area)
        inside.setProperty("role", "page")
        layout = down(within=inside, gap=12)
        if found.desk:
            layout.addWidget(self._card("台账", found.desk, inside))
            todo = "缺失或损坏的，从一份完好的备份恢复；也可以打开那条记录，把原来的文件重新添加进去。"
            layout.addWidget(label(todo, inside, "soft", wrap=True))
        if found.copies:
            layout.addWidget(self._card("备份", found.copies, inside))
            todo = "有问题的备份不要再用来恢复。请再备份一次；U盘、硬盘经常出错的，请换一个。"
            layout.addWidget(label(todo, inside, "soft", wrap=True))
        layout.addStretch(1)
        area.setWidget(inside)
        return area

    def _card(self, heading: str, faults: Sequence[str], parent: QWidget) -> QFrame:
        frame, layout = card(parent, heading)
        for fault in faults:
            told = label(fault, frame, wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line = across(Stretch(told))
            if isinstance(fault, Fault) and fault.record:
                line.addWidget(button("打开记录", frame, partial(self._open, fault.record), role="quiet"))
            layout.addLayout(line)
        return frame

    def _open(self, record: str) -> None:
        self.accept()
        self.open_record.emit(record)

    def _leave(self, wish: SignalInstance) -> None:
        self.accept()
        wish.emit()
