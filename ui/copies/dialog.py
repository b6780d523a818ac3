"""All copies of the desk: made, looked through, and gone back to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from hazard_desk.store.copies.list import Copy
from hazard_desk.store.copies.proving import verify_copy
from hazard_desk.store.copies.unpacking import Manifest, read_manifest
from ui.copies.desk_place import DeskPlace
from ui.copies.first_line import FirstLine
from ui.copies.making import PATTERN, PortableDialog, back_up, write_anew
from ui.copies.places import WHY
from ui.copies.reading import KeptCopies, read_kept
from ui.copies.restoring import WantedCopy, ask_for_more
from ui.copies.table import CopiesTable, told_of
from ui.jobs import Refusal
from ui.office import COPIES, Office
from ui.reader import Reader
from ui.style import CONTROL_HEIGHT, ROOM, sized
from ui.widgets.ask import ask
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay


class CopiesDialog(Dialog):
    """Backs the desk up, or asks the window to open it again from a copy that was checked."""

    restore = Signal(object)
    """A copy that was read through is to be put back, a ``WantedCopy``; the desk must be closed for it."""
    check_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("备份与恢复", parent)
        self.view = CopiesView(office, self)
        self._office = office
        self.portable_button = button("备份到一个文件…", self, self.back_up_to_file, "export")
        self.check_button = button("立即校验", self, self.check_all, "check")
        self.other_button = button("从其他文件恢复…", self, self.choose_copy, "folder")
        self.view.restore_wanted.connect(self.check)
        self.view.line.wanted.connect(self.back_up)
        self.problem = label("", self, "problem", wrap=True)
        self.problem.hide()
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        foot = across(self.portable_button, self.check_button, self.other_button, Stretch(), self.closer())
        down(Stretch(self.view), self.progress, self.problem, foot, within=self, edges=ROOM, gap=12)
        self.take_room(1080, 640)

    def back_up(self) -> None:
        """Make a copy in every place that is there; the table shows it then."""
        back_up(self._office, self)

    def back_up_to_file(self) -> None:
        """Close, and ask where the one file goes."""
        self.accept()
        PortableDialog(self._office, self.over).open()

    def check_all(self) -> None:
        """Close, and have everything checked."""
        self.accept()
        self.check_wanted.emit()

    def choose_copy(self) -> None:
        """Ask for a copy that is not in the table."""
        start = str(self._office.desk.folder / "backups")
        chosen, _ = QFileDialog.getOpenFileName(self, "选择备份文件", start, PATTERN)
        if chosen:
            self.check(Path(chosen))

    def check(self, copy: Path) -> None:
        """Read a copy back away from the GUI thread; ask before the desk goes back to it."""
        self._check(WantedCopy(copy))

    def _check(self, wanted: WantedCopy) -> None:
        self._work(True)
        work = partial(_read_through, wanted, self._office.desk.folder)
        then = partial(self._checked, wanted)
        self._office.keep_now(work, then, self, partial(self._failed, wanted))

    def _checked(self, wanted: WantedCopy, about: Manifest) -> None:
        self._work(False)
        strange = about.desk_id not in ("", self._office.desk.cabinet.setting("desk_id"))
        other = f"注意：这是“{about.office}”的备份，不是这本台账的。\n" if strange else ""
        when = f"，{about.at[:16].replace('T', ' ')}备份，{about.records:,}条记录" if about.at else ""
        but = "除了缺少的附件，" if wanted.incomplete else ""
        text = (
            f"{other}“{wanted.file.name}”{but}校验通过{when}。\n恢复后，台账将回到这份备份时的内容；"
            "现在的台账会先留存在台账文件夹里。要恢复吗？"
        )
        ask(self, "从备份恢复", text, "恢复", "不恢复", partial(self._go, wanted))

    def _go(self, wanted: WantedCopy) -> None:
        self.accept()
        self.restore.emit(wanted)

    def _failed(self, wanted: WantedCopy, error: Refusal | None) -> None:
        self._work(False)
        if not ask_for_more(error, wanted, self, self._check):
            say(self.problem, error.message if error else "")

    def _work(self, under_way: bool) -> None:
        self.progress.setVisible(under_way)
        self.view.setEnabled(not under_way)
        self.other_button.setEnabled(not under_way)
        if under_way:
            self.problem.hide()


class CopiesView(Reader):
    """What there is to see of the copies; reads anew after every copy."""

    restore_wanted = Signal(object)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self.tables.add(COPIES)
        self._office = office
        self.line = FirstLine(self)
        self.second = DeskPlace(office, self)
        self.table = CopiesTable(self)
        self.about = label("", self, "soft", wrap=True)
        self.restore_button = button("恢复这一份…", self, self._wish, "undo")
        self.rewrite_button = button("改写", self, self.rewrite, "refresh")
        self.rewrite_button.setToolTip("改写这份备份，去掉里面未封存的、已经抹去的举报人信息")
        self._why = label(WHY, self, "small", wrap=True)
        named = label("第二备份位置", self, "heading")
        sized(named, least_height=CONTROL_HEIGHT)
        line = across(named, Stretch(self.second))
        line.setAlignment(named, Qt.AlignmentFlag.AlignTop)
        acts = across(Stretch(self.about), self.rewrite_button, self.restore_button)
        layout = down(self.line, within=self, gap=12)
        lay(layout, line, self._why, Stretch(self.table), acts)
        self.table.chosen.connect(self._show_about)
        self._show_about(None)
        office.keep_true(self)

    def refresh(self) -> None:
        """Read all copies anew, in the background."""
        self._office.read_anew(partial(read_kept, self._office.desk), self.show_kept, self)

    def rewrite(self) -> None:
        """Write the chosen copy anew, without what must not be read in it."""
        if (copy := self.table.current()) is not None:
            write_anew(self._office, copy, self)

    def _wish(self) -> None:
        if (copy := self.table.current()) is not None:
            self.restore_wanted.emit(copy.file)

    def show_kept(self, kept: KeptCopies) -> None:
        """Show what was read."""
        self.line.show_sentence(kept.sentence, kept.tone)
        self.second.show_place(kept.second, kept.remark)
        self._why.setVisible(kept.second is None)
        self.table.show_copies(kept.copies)

    def _show_about(self, copy: Copy | None) -> None:
        self.restore_button.setEnabled(copy is not None and copy.there)
        self.rewrite_button.setVisible(copy is not None and copy.there and copy.holds_clear)
        self.about.setText(told_of(copy) if copy else "还没有备份，点“立即备份”就做一份。")


def _read_through(wanted: WantedCopy, folder: Path) -> Manifest:
    """Verify a copy of the desk in ``folder``; return what it says of itself. Raises as that does."""
    verify_copy(wanted.file, wanted.password, folder, wanted.incomplete)
    return read_manifest(wanted.file, wanted.password)
