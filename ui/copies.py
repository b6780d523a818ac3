"""The whole desk as one file: make a copy, check one, go back to one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from hazard_desk.rules.dates import show_moment
from hazard_desk.store.copies.proving import verify_copy
from ui.jobs import Refusal
from ui.office import Office
from ui.production import Production
from ui.style import ROOM
from ui.widgets.ask import ask
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay

_PATTERN = "隐患工作台的备份 (*.zip)"


def back_up(office: Office, over: QWidget, to: Path | None = None) -> None:
    """Write a verified copy to ``to``, or into the desk's own folder of copies."""
    copying = Production(office, "正在备份，备份后会自动校验", partial(office.desk.backup, to), over)
    copying.made.connect(office.renew)
    copying.start()


def back_up_elsewhere(office: Office, over: QWidget) -> None:
    """Ask where the copy goes: a memory stick, another drive, another computer's folder."""
    dialog = QFileDialog(over, "备份到其他位置")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_PATTERN)
    dialog.setDefaultSuffix("zip")
    dialog.selectFile(f"{office.desk.office_name}备份-{office.today.isoformat()}.zip")
    dialog.fileSelected.connect(lambda file: back_up(office, over, Path(file)))
    dialog.open()


class CopiesDialog(Dialog):
    """Backs the desk up, or asks the window to open it again from a copy that was checked."""

    restore = Signal(object)
    """A checked copy is to be put back; the desk must be closed for it."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("备份与恢复", parent)
        self._office = office
        last = office.desk.last_backup()
        when = f"上次备份：{show_moment(last)}" if last else "还没有备份过"
        self.told = label(when, self, "heading", wrap=True)
        self.problem = label("", self, "problem", wrap=True)
        self.problem.hide()
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.backup_button = button("立即备份", self, self.back_up, "backup", "primary")
        self.elsewhere_button = button("备份到…", self, self.back_up_elsewhere, "folder")
        self.restore_button = button("从备份恢复…", self, self.choose_copy, "undo")
        self._set_out()

    def back_up(self) -> None:
        """Close, and write a copy into the desk's own folder of copies."""
        self.accept()
        back_up(self._office, self.over)

    def back_up_elsewhere(self) -> None:
        """Close, and write a copy elsewhere."""
        self.accept()
        back_up_elsewhere(self._office, self.over)

    def choose_copy(self) -> None:
        """Ask which copy to go back to."""
        start = str(self._office.desk.folder / "backups")
        chosen, _ = QFileDialog.getOpenFileName(self, "选择备份文件", start, _PATTERN)
        if chosen:
            self.check(Path(chosen))

    def check(self, copy: Path) -> None:
        """Check a copy away from the GUI thread; ask before the desk goes back to it."""
        self.problem.hide()
        self.progress.show()
        self.restore_button.setEnabled(False)
        self._office.read(partial(verify_copy, copy), partial(self._checked, copy), self, self._failed)

    def _checked(self, copy: Path, _: object) -> None:
        self._rest()
        text = (
            f"“{copy.name}”校验通过。\n恢复后，台账将回到这份备份时的内容；"
            "现在的台账会先留存在台账文件夹里。要恢复吗？"
        )
        ask(self, "从备份恢复", text, "恢复", "不恢复", partial(self._go, copy))

    def _go(self, copy: Path) -> None:
        self.accept()
        self.restore.emit(copy)

    def _failed(self, error: Refusal | None) -> None:
        self._rest()
        say(self.problem, error.message if error else "")

    def _rest(self) -> None:
        self.progress.hide()
        self.restore_button.setEnabled(True)

    def _set_out(self) -> None:
        tools = across(self.backup_button, self.elsewhere_button, self.restore_button, Stretch())
        foot = across(Stretch(), button("关闭", self, self.reject))
        layout = down(self.told, within=self, edges=ROOM, gap=12)
        words = "备份是一个文件，台账和全部附件都在里面，写好后逐项校验；换电脑时把它带过去恢复即可。"
        lay(layout, label(words, self, "soft", wrap=True), tools, self.progress, self.problem, foot)
        self.setMinimumWidth(520)
