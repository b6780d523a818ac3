"""Long work in the background: progress, cancel, and what to do with a file when it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QProgressBar, QWidget

from hazard_desk.errors import Trouble
from hazard_desk.stopping import Tell, while_wanted
from hazard_desk.store.acts import Change
from hazard_desk.store.copies.places import on_stick
from ui.jobs import Job, Refusal
from ui.office import Office
from ui.style import ROOM, sized
from ui.trouble import show_refusal
from ui.widgets.basics import Elided, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

Made = TypeVar("Made")


class LongWork(QObject, Generic[Made]):
    """Runs ``make`` in the background, below a dialog that shows its progress; cancelled there, it stops."""

    told = Signal(int, int, str)
    keeping = False
    """Whether this is work on copies, which has a thread of its own."""
    stoppable = True
    """Whether the clerk may cancel it."""
    much = False
    """Whether it makes or writes thousands of things; see ``Office.read``."""

    def __init__(self, office: Office, text: str, make: Callable[[], Made], parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._make = make
        self._over = parent
        self._cancelled = False
        self._job: Job | None = None
        self.progress = Progress(text, parent, self.stoppable)
        self.progress.rejected.connect(self._cancel)
        self.told.connect(self.progress.show_step)

    def start(self) -> None:
        """Show the progress and begin."""
        self.progress.open()
        read = partial(self._office.read, much=self.much)
        run = self._office.keep_now if self.keeping else read
        self._job = run(self._work, self._done, self, self._failed)

    def tell(self, done: int, of: int, what: str) -> None:
        """Say from any thread what comes next."""
        self.told.emit(done, of, what)

    def show_made(self, made: Made) -> None:
        """Show what became of it, unless it was cancelled."""
        raise NotImplementedError

    def _work(self) -> Made:
        with while_wanted(lambda: not self._cancelled):
            return self._make()

    def _cancel(self) -> None:
        self._cancelled = True
        if self._job is not None:
            self._job.cancel()
        self._office.notice("已取消")

    def _done(self, made: Made) -> None:
        self.deleteLater()
        if not self._cancelled:
            self.progress.accept()
            self.show_made(made)

    def _failed(self, error: Refusal | None) -> None:
        self.progress.accept()
        self.deleteLater()
        if error is not None and not self._cancelled:
            show_refusal(error, self._over)


class Production(LongWork[Path]):
    """Makes one file, which can be opened then. A cancelled one is removed again."""

    made = Signal()

    def show_made(self, made: Path) -> None:
        """Show where the file is."""
        self.made.emit()
        MadeDialog(made, self._over).open()

    def _work(self) -> Path:
        file = super()._work()
        if self._cancelled and file.is_file():
            file.unlink()
        return file


class LongProduction(Production):
    """A production that tells how far it is: ``make`` is given what to tell it by."""

    def __init__(self, office: Office, text: str, make: Callable[[Tell], Path], parent: QWidget) -> None:
        super().__init__(office, text, partial(make, self.tell), parent)


class LongAct(LongWork[Change]):
    """One act that may write thousands of rows. It comes to its end: nobody has to guess what was kept."""

    stoppable = False
    much = True

    def show_made(self, made: Change) -> None:
        """Tell everybody of the act."""
        self._office.announce(made)


def free_name(file: Path) -> Path:
    """Return ``file``, or the same name with (2), (3) … when it is taken; its folder is made.

    Raises ``Trouble`` when the folder cannot be made.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"不能建立文件夹“{file.parent}”，请检查磁盘空间和权限") from error
    number, free = 2, file
    while free.exists():
        free = file.with_name(f"{file.stem}({number}){file.suffix}")
        number += 1
    return free


class Progress(Dialog):
    """Work under way; cancelling, where it is ``stoppable``, drops what it makes."""

    def __init__(self, text: str, parent: QWidget, stoppable: bool = True) -> None:
        super().__init__("请稍候", parent)
        self._stoppable = stoppable
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.step = Elided("", self, "small")
        self.step.hide()
        layout = down(label(text, self), self.bar, self.step, within=self, edges=ROOM, gap=12)
        if stoppable:
            layout.addLayout(across(Stretch(), button("取消", self, self.reject)))
        sized(self, least_width=320)

    def reject(self) -> None:
        """Cancel what can be stopped."""
        if self._stoppable:
            super().reject()

    def show_step(self, done: int, of: int, what: str) -> None:
        """Show that ``what`` is under way, the next after ``done`` of ``of`` steps."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.step.setText(what)
        self.step.show()


class MadeDialog(Dialog):
    """A file is there: open it, or the folder it lies in."""

    def __init__(self, file: Path, parent: QWidget) -> None:
        super().__init__("已生成", parent)
        self.file = file
        where = label(str(file), self, "soft", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = button("复制文件", self, self.copy_file, "paste")
        self.copy_button.setToolTip("复制以后，在微信、QQ、钉钉里按Ctrl+V就发出这个文件")
        foot = across(self.copy_button, Stretch(), button("关闭", self, self.accept))
        if not file.is_dir():
            foot.addWidget(button("打开所在文件夹", self, self.open_folder, "folder"))
        text = "打开文件夹" if file.is_dir() else "打开文件"
        opener = button(text, self, self.open_file, "folder" if file.is_dir() else "file", "primary")
        opener.setDefault(True)
        foot.addWidget(opener)
        takes_away = "已保存，可以拔出U盘。" if on_stick(file) else ""
        down(
            label(f"“{file.name}”已生成。{takes_away}", self, "heading", wrap=True),
            where,
            foot,
            within=self,
            edges=ROOM,
            gap=12,
        )
        sized(self, least_width=460)

    def copy_file(self) -> None:
        """Put the file, or those in the folder, on the clipboard as files."""
        files = [self.file]
        if self.file.is_dir():
            files = sorted(file for file in self.file.rglob("*") if file.is_file())
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        QGuiApplication.clipboard().setMimeData(data)
        self.copy_button.setText("已复制")

    def open_file(self) -> None:
        """Open the file with the program that the system has for it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file)))
        self.accept()

    def open_folder(self) -> None:
        """Open the folder of the file."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file.parent)))
        self.accept()
