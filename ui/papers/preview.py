"""The preview of one paper: turned over, zoomed, printed, saved, put into an e-mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QProgressBar, QWidget

from hazard_desk.printing import Proof
from ui.jobs import Job, Refusal
from ui.office import Office
from ui.papers.on_paper import Printing, ask_printer
from ui.papers.paper_view import PAGE, WIDTH, PaperView
from ui.production import Production, free_name
from ui.trouble import show_refusal
from ui.widgets.basics import button, label, say, tool
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across, down

if TYPE_CHECKING:
    from ui.wording.dialog import WordingDialog
    from ui.wording.own_file import OwnFileDialog

FORMATS = {"pdf": "PDF 文件", "docx": "Word 文档", "xlsx": "电子表格"}
_ZOOMS: dict[str, str | float] = {
    "适合宽度": WIDTH,
    "整页": PAGE,
    "50%": 0.5,
    "75%": 0.75,
    "100%": 1.0,
    "150%": 1.5,
    "200%": 2.0,
}

_BUSY = QSize(160, 10)


@dataclass(frozen=True)
class Chosen:
    """A paper to look at: its title, formats, the name of its file without ending, and who makes it."""

    title: str
    formats: tuple[str, ...]
    name: str
    make: Callable[[], Proof]
    report: str = ""
    """The paper whose words can be changed, '' where they cannot."""
    number: str = ""
    """The record that it is about, or the ledger or form where one text tells all."""


class Preview(QWidget):
    """Shows what will be saved, byte for byte; the paper is made in the background."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._chosen: Chosen | None = None
        self._job: Job | None = None
        self.proof: Proof | None = None
        self.view = PaperView(office, self)
        self.place = label("", self, "soft")
        self.zooms = QComboBox(self)
        self.zooms.addItems(list(_ZOOMS))
        self.told = label("", self, "small", wrap=True)
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedSize(_BUSY)
        self.stop_button = button("取消", self, self.stop, "", "quiet")
        self.format = QComboBox(self)
        self.format.setAccessibleName("格式")
        self.format.setToolTip("保存和作为邮件附件的格式")
        self.acts = FlowLayout()
        self._set_out()
        self._tell("")
        self.view.turned.connect(self._say_place)
        self.zooms.activated.connect(self._zoom)
        self._enable()

    def show_paper(self, chosen: Chosen) -> None:
        """Make a paper and show it; what was shown goes away."""
        if self._job is not None:
            self._job.cancel()
        self._chosen, self.proof = chosen, None
        self.view.show_proof(None)
        self.format.clear()
        for kind in chosen.formats:
            self.format.addItem(FORMATS.get(kind, kind), kind)
        self._enable()
        self._say_place()
        self._await("正在准备预览……", self._office.read(chosen.make, self._made, self, self._failed))

    def stop(self) -> None:
        """Stop the paper or the draft that is being made."""
        if self._job is not None:
            self._job.cancel()
        self._tell("已取消" if self.proof else "已取消，需要时请重新打开")

    def save(self) -> None:
        """Save the paper into the desk's folder; an older file is never overwritten."""
        if self.proof and self._chosen:
            self._save_to(free_name(self._office.desk.out / self._file_name()))

    def save_as(self) -> None:
        """Save the paper where the clerk says."""
        kind = str(self.format.currentData())
        start = str(self._office.desk.out / self._file_name())
        to, _ = QFileDialog.getSaveFileName(self, "另存为", start, f"{FORMATS[kind]} (*.{kind})")
        if to:
            file = Path(to)
            self._save_to(
                file if file.suffix.lower() == f".{kind}" else file.with_name(f"{file.name}.{kind}")
            )

    def print_out(self) -> None:
        """Print the paper through the system's dialog."""
        if self.proof and (order := ask_printer(self.proof, self)):
            printing = Printing(self._office, self.proof, order, self.window())
            printing.printed.connect(self._printed)
            printing.start()

    def draft_mail(self) -> None:
        """Save the paper, attach it to the draft of an e-mail, and have the system open that."""
        if self.proof and self._chosen:
            to = free_name(self._office.desk.out / self._file_name())
            title, proof, desk = self._chosen.title, self.proof, self._office.desk
            work = self._office.read(
                lambda: desk.papers.draft_mail(title, proof.save(to)), self._drafted, self, self._failed
            )
            self._await("正在准备邮件草稿……", work)

    def change_words(self) -> WordingDialog | OwnFileDialog | None:
        """Open the words of the paper that is shown; what they make is shown when they are kept."""
        from ui.wording.dialog import WordingDialog  # all that texts can say comes with it: late
        from ui.wording.own_file import OwnFileDialog

        chosen = self._chosen
        if chosen is None or not chosen.report:
            return None
        dialog: WordingDialog | OwnFileDialog
        if self._office.desk.rewording.is_file(chosen.report):
            dialog = OwnFileDialog(self._office, self.window(), chosen.report, chosen.title)
        else:
            dialog = WordingDialog(self._office, chosen.report, chosen.title, chosen.number, self.window())
        dialog.kept.connect(partial(self.show_paper, chosen))
        dialog.removed.connect(self._close)
        dialog.open()
        return dialog

    def open_folder(self) -> None:
        """Open the folder that papers are saved in."""
        folder = self._office.desk.out
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # Inside

    def _close(self) -> None:
        window = self.window()
        if isinstance(window, QDialog):
            window.reject()

    def _file_name(self) -> str:
        assert self._chosen is not None
        return f"{self._chosen.name}.{self.format.currentData()}"

    def _save_to(self, to: Path) -> None:
        if self.proof is not None:
            work = partial(self.proof.save, to)
            Production(self._office, f"正在保存“{to.name}”", work, self.window()).start()

    def _made(self, proof: Proof) -> None:
        self.proof = proof
        self.view.show_proof(proof)
        self._tell(proof.advice)
        self._enable()
        self._say_place()

    def _failed(self, error: Refusal | None) -> None:
        made = self.proof is not None
        self._tell("" if made or error is None else error.message)  # said in the paper's place
        if made and error is not None:
            show_refusal(error, self)

    def _printed(self, pages: int) -> None:
        self._tell(f"已送打印机：{pages} 页")

    def _drafted(self, draft: Path) -> None:
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(draft)))
        self._tell(
            f"邮件草稿已打开，附件已加好，核对后发送即可。草稿存为 {draft}"
            if opened
            else f"本机没有能打开邮件草稿的程序。草稿存为 {draft}；用网页邮箱时，请把文件加为附件"
        )

    def _await(self, text: str, job: Job) -> None:
        """Say what is under way and offer to stop it, until something else is told."""
        self._job = job
        if not job.finished:
            self._tell(text, busy=True)

    def _tell(self, text: str, busy: bool = False) -> None:
        say(self.told, text)
        self.busy.setVisible(busy)
        self.stop_button.setVisible(busy)

    def _zoom(self) -> None:
        self.view.zoom(_ZOOMS[self.zooms.currentText()])

    def _step(self, larger: bool) -> None:
        (self.view.zoom_in if larger else self.view.zoom_out)()
        self.zooms.setCurrentIndex(-1)
        self.zooms.setPlaceholderText(f"{self.view.scale:.0%}")

    def _turn(self, by: int) -> None:
        self.view.go_to(self.view.page + by)
        self._say_place()

    def _say_place(self) -> None:
        pages = self.view.pages
        self.place.setText(f"第 {self.view.page + 1} 页  共 {pages} 页" if pages else "")

    def _enable(self) -> None:
        for widget in (self.save_button, self.as_button, self.print_button, self.mail_button, self.format):
            widget.setEnabled(self.proof is not None)
        self.words_button.setVisible(bool(self._chosen and self._chosen.report))

    def _set_out(self) -> None:
        self.save_button = button("保存", self, self.save, "", "primary")
        self.as_button = button("另存为…", self, self.save_as)
        self.print_button = button("打印…", self, self.print_out, "print")
        self.mail_button = button("邮件草稿", self, self.draft_mail)
        bar = across(
            tool("上一页", self, partial(self._turn, -1), "chevron-left"),
            self.place,
            tool("下一页", self, partial(self._turn, 1), "chevron-right"),
            Stretch(),
            _sign("－", "缩小", self, partial(self._step, False)),
            self.zooms,
            _sign("＋", "放大", self, partial(self._step, True)),
        )
        for widget in (self.format, self.save_button, self.as_button):
            self.acts.addWidget(widget)
        for widget in (self.print_button, self.mail_button):
            self.acts.addWidget(widget)
        self.words_button = button("改措辞…", self, self.change_words, "edit")
        self.words_button.setToolTip("修改这种材料的文字，改好以后都照新的写")
        self.acts.addWidget(self.words_button)
        self.acts.addWidget(button("打开所在文件夹", self, self.open_folder, "folder"))
        told = across(Stretch(self.told), self.busy, self.stop_button)
        down(bar, Stretch(self.view), told, self.acts, within=self)


def _sign(sign: str, tip: str, parent: QWidget, clicked: Callable[[], object]) -> QWidget:
    made = button(sign, parent, clicked, "", "quiet")
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made
