"""The rescue room: what happened to a desk that does not open, its copies, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QWidget

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.rescue import Salvaged, parcel, parcel_name, salvage, salvage_folder
from hazard_desk.store.copies.list import Copy, copies_of
from hazard_desk.store.known_desks import new_folder
from hazard_desk.store.rescue.situation import Plight, Situation, Way, situation
from ui.copies.restoring import WantedCopy, ask_for_more
from ui.copies.table import CopiesTable, told_of
from ui.jobs import Failed, Jobs, Refusal
from ui.rescue.salvaged import SalvagedDialog
from ui.style import ROOM, px
from ui.widgets.ask import ask
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay

_NO_COPIES = "没有找到这本台账的备份。备份在U盘、移动硬盘或共享文件夹里的，请接好后点“选择其他备份文件…”。"
_GO_ON = (
    "缺少的操作不会再找回，台账从现在的样子继续使用，这次确认会记入操作记录。\n"
    "如果有更新的备份，恢复备份更稳妥。要继续吗？"
)
Found = tuple[Situation, list[Copy]]


class RescueDialog(Dialog):
    """Stands by itself, or over the welcome. When it is accepted ``desk`` is open."""

    def __init__(
        self,
        folder: Path,
        today: date | None,
        problem: str,
        parent: QWidget | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        """``problem`` is what was said when the desk in ``folder`` did not open."""
        super().__init__("台账没有打开", parent)
        self.desk: Desk | None = None
        self.elsewhere = False
        """Whether the clerk wants another desk instead."""
        self.said = Situation(Plight.OTHER, problem)
        self._folder, self._today, self._first_said = folder, today, problem
        self._jobs = jobs or Jobs(self)
        self._busy = self._working = False
        self.told = label(problem, self, "heading", wrap=True)
        self.copies = CopiesTable(self)
        self.copies.chosen.connect(self._choose)
        self.no_copies = label(_NO_COPIES, self, "soft", wrap=True)
        self.about = label("", self, "soft", wrap=True)
        self.work = label("", self, wrap=True)
        self.problem = label("", self, "problem", wrap=True)
        self.done_well = label("", self, "soft", wrap=True)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.ways: dict[Way, QPushButton] = {
            Way.RESTORE: button("恢复选中的备份", self, self.restore_chosen, "undo", "primary"),
            Way.SALVAGE: button("抢救还能读出的内容", self, self.salvage, "file"),
            Way.ACCEPT: button("按现状继续使用", self, self.ask_to_go_on),
            Way.RETRY: button("重试", self, self.retry),
        }
        self._others = [
            button("生成诊断包…", self, self.choose_parcel),
            button("选择其他备份文件…", self, self.choose_copy, "folder"),
            button("打开其他台账", self, self.go_elsewhere),
            button("退出" if parent is None else "关闭", self, self.reject),
        ]
        self._set_out()
        self.look()

    # Looking

    def look(self) -> None:
        """Find out what is the matter, and which copies there are."""
        self._begin("正在查看台账和备份……")
        self._jobs.run(
            partial(_look, self._folder), partial(self._worked, self.show_found), self, self._failed
        )

    def show_found(self, found: Found) -> None:
        """Show what is the matter, the copies, and what can be done."""
        self.said, copies = found
        if self.said.kind in (Plight.SOUND, Plight.NONE):  # what was said when it did not open counts
            self.said = Situation(
                Plight.OTHER if self.said.kind is Plight.SOUND else Plight.GONE, self._first_said
            )
        self.told.setText(self.said.sentence)
        self.copies.show_copies(copies)
        self.copies.setVisible(bool(copies))
        self.no_copies.setVisible(not copies)
        self.about.setVisible(bool(copies))
        for way, made in self.ways.items():
            made.setVisible(way in self.said.ways and (way is not Way.RESTORE or bool(copies)))
        self._enable()
        first = next(
            (made for made in self.ways.values() if made.isVisibleTo(self) and made.isEnabled()), None
        )
        if first is not None:
            first.setDefault(True)
            (self.copies if first is self.ways[Way.RESTORE] else first).setFocus()

    def _choose(self, copy: Copy | None) -> None:
        self.about.setText(told_of(copy, writable=False) if copy else "")
        self._enable()

    # What can be done

    def restore_chosen(self) -> None:
        """Put the chosen copy back and open the desk."""
        copy = self.copies.current()
        if copy is not None:
            self.restore(copy.file)

    def choose_copy(self) -> None:
        """Ask for a copy that is not in the list."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选择备份文件", "", "隐患工作台的备份 (*.zip)")
        if chosen:
            self.restore(Path(chosen))

    def restore(self, copy: Path) -> None:
        """Put a copy back into the folder of the desk and open it."""
        self._restore(WantedCopy(copy))

    def salvage(self) -> None:
        """Make a new desk of what can still be read."""
        to = new_folder() if self.said.kind is Plight.READ_ONLY else salvage_folder(self._folder)
        text = "正在逐页读取损坏的文件，把还能读出的内容存成一本新的台账，请稍候……"
        self._run(text, partial(salvage, self._folder, to, self._today), self._salvaged)

    def ask_to_go_on(self) -> None:
        """Ask, then open the desk as it is."""
        ask(self, "按现状继续使用", _GO_ON, "继续使用", "不继续", self.go_on)

    def go_on(self) -> None:
        """Open the desk although acts are missing; that goes into the trail."""
        self._open(partial(Desk.open, self._folder, self._today, accept=True))

    def retry(self) -> None:
        """Open the desk again: the stick is back, the other window closed."""
        self._open(partial(Desk.open, self._folder, self._today))

    def choose_parcel(self) -> None:
        """Ask where the diagnostic parcel goes."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
        proposal = str(Path(place) / parcel_name())
        chosen, _ = QFileDialog.getSaveFileName(self, "生成诊断包", proposal, "诊断包 (*.zip)")
        if chosen:
            self.make_parcel(Path(chosen))

    def make_parcel(self, to: Path) -> None:
        """Write the diagnostic parcel."""
        self._run("正在生成诊断包……", partial(parcel, self._folder, to), self._parcelled)

    def go_elsewhere(self) -> None:
        """Leave for another desk."""
        self.elsewhere = True
        self.reject()

    def reject(self) -> None:
        """Leave, but not while something is being made."""
        if not self._working:
            super().reject()

    # Inside

    def _restore(self, copy: WantedCopy) -> None:
        text = "正在恢复备份：先在旁边恢复并校验，再换上，请稍候……"
        work = partial(copy.restore, self._folder)
        self._run(text, work, self._restored, partial(self._not_restored, copy))

    def _restored(self, _: object) -> None:
        self._open(partial(Desk.open, self._folder, self._today))

    def _not_restored(self, copy: WantedCopy, error: Refusal | None) -> None:
        if ask_for_more(error, copy, self, self._restore):
            self._rest()
        else:
            self._failed(error)

    def _salvaged(self, made: Salvaged) -> None:
        told = SalvagedDialog(made, self)
        told.opened.connect(partial(self._open, partial(Desk.open, made.folder, self._today)))
        told.open()

    def _parcelled(self, file: Path) -> None:
        say(self.done_well, f"诊断包已生成：{file}。里面没有单位、人员和隐患内容，可以发给技术支持。")

    def _open(self, opens: Callable[[], Desk]) -> None:
        try:
            self.desk = opens()
        except (Refused, Trouble) as error:
            self._first_said = error.message
            self.look()
            say(self.problem, error.message)
        else:
            self.accept()

    def _run(
        self,
        text: str,
        work: Callable[[], object],
        then: Callable[..., object],
        failed: Failed | None = None,
    ) -> None:
        """Do something beside the window, which cannot be left meanwhile."""
        self._working = True
        self._begin(text)
        self._jobs.run(work, partial(self._worked, then), self, failed or self._failed)

    def _begin(self, text: str) -> None:
        self._busy = True
        say(self.problem, "")
        say(self.done_well, "")
        say(self.work, text)
        self.bar.show()
        self._enable()

    def _worked(self, then: Callable[..., object], result: object) -> None:
        self._rest()
        then(result)

    def _failed(self, error: Refusal | None) -> None:
        self._rest()
        say(self.problem, error.message if error else "出现了意外问题，没有做成，原来的文件没有变动")

    def _rest(self) -> None:
        self._busy = self._working = False
        self.bar.hide()
        say(self.work, "")
        self._enable()

    def _enable(self) -> None:
        copy = self.copies.current()
        for made in (*self.ways.values(), *self._others[:2], self.copies):
            made.setEnabled(not self._busy)
        for made in self._others[2:]:  # one may leave while it only looks: a share may not answer
            made.setEnabled(not self._working)
        self.ways[Way.RESTORE].setEnabled(not self._busy and copy is not None and copy.there)

    def _set_out(self) -> None:
        ways = across(*self.ways.values(), Stretch())
        parcels, copies, elsewhere, leave = self._others
        foot = across(parcels, Stretch(), copies, elsewhere, leave)
        layout = down(
            self.told, self.no_copies, Stretch(self.copies), self.about, within=self, edges=ROOM, gap=12
        )
        layout.addStretch()  # where no copies fill the room
        lay(layout, self.work, self.bar, self.problem, self.done_well, ways, foot)
        for hidden in (self.problem, self.done_well, self.no_copies):
            hidden.hide()
        self.resize(px(880), px(460))


def _look(folder: Path) -> Found:
    return situation(folder), copies_of(folder)
