"""The roll-up dialog: drop the sheets of many sub-units, get one workbook and a list of what to look at."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QWidget,
)

from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.library.progress_forms import bundled_progress_forms
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.store.columns import name_of
from ui.imports.dialog import PATTERN
from ui.imports.work import SheetWork
from ui.office import Office
from ui.production import MadeDialog, free_name
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Rest, across, down

Made = tuple[Path, list[str]]


class RollupDialog(Dialog):
    """Adds up what sub-units sent; nothing is entered into the desk."""

    def __init__(self, office: Office, ledger: Ledger, parent: QWidget) -> None:
        super().__init__("汇总各单位报来的表格", parent)
        self.setAcceptDrops(True)
        self._office = office
        self.work = SheetWork(office, self)
        self.what = QComboBox(self)
        self.what.addItem(ledger.title, ledger.id)
        for form in bundled_progress_forms().values():
            self.what.addItem(form.short or form.title, form.id)
        self.units = QLineEdit(self)
        self.units.setPlaceholderText("应报的单位，用顿号分开；没报的会列出来")
        self.units.setText("、".join(office.desk.enterprises.options(name_of(Enterprise.village))))
        self.files = QListWidget(self)
        self.found = QListWidget(self)
        self.found.setWordWrap(True)
        self.told = label("", self, "heading", wrap=True)
        self.problem = label("", self, "problem", wrap=True)
        self.problem.hide()
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.add_button = button("添加文件", self, self.choose, "plus")
        self.clear_button = button("清空", self, self.files.clear)
        self.make_button = button("汇总", self, self.make, role="primary")
        self._set_out()
        self.work.finished.connect(self._made)
        self.work.failed.connect(self._failed)
        self.work.progressed.connect(self._progressed)
        self.take_room(820, 620)

    def choose(self) -> None:
        """Ask for the files."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择各单位报来的表格", "", PATTERN)
        self.add([Path(one) for one in chosen])

    def add(self, files: list[Path]) -> None:
        """Put files on the list, each once."""
        there = {self.files.item(row).text() for row in range(self.files.count())}
        self.files.addItems([file for file in dict.fromkeys(map(str, files)) if file not in there])

    def make(self) -> None:
        """Add up and write the workbook."""
        files = [Path(self.files.item(row).text()) for row in range(self.files.count())]
        units = [unit for unit in re.split(r"[、，,；;\s]", self.units.text()) if unit]
        to = free_name(self._office.desk.out / f"{self.what.currentText()}汇总表.xlsx")
        self.problem.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.make_button.setEnabled(False)
        what = str(self.what.currentData())
        self.work.start(partial(_roll_up, self._office, what, files, units, to))

    def reject(self) -> None:
        """Close; what is under way is stopped."""
        self.work.cancel()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _made(self, made: Made) -> None:
        file, lines = made
        self._rest()
        self.told.setText("汇总完成" + ("，请核对：" if lines else "，没有需要核对的地方"))
        self.found.clear()
        self.found.addItems(lines)
        MadeDialog(file, self).open()

    def _failed(self, sentence: str) -> None:
        self._rest()
        self.problem.setText(sentence)
        self.problem.show()

    def _rest(self) -> None:
        self.progress.hide()
        self.make_button.setEnabled(True)

    def _progressed(self, done: int, whole: int) -> None:
        self.progress.setRange(0, whole)
        self.progress.setValue(done)

    def _set_out(self) -> None:
        head = QFormLayout()
        head.addRow("汇总什么", self.what)
        head.addRow("应报单位", self.units)
        tools = across(
            Rest(label("各单位报来的文件（可以拖到这里）", self, "heading")),
            self.clear_button,
            self.add_button,
        )
        foot = across(Rest(self.progress), Rest(), button("关闭", self, self.reject), self.make_button)
        down(
            head,
            tools,
            Rest(self.files),
            self.told,
            self.problem,
            Rest(self.found),
            foot,
            within=self,
            edges=ROOM,
        )


def _roll_up(
    office: Office, what: str, files: list[Path], units: list[str], to: Path, progress: TellProgress
) -> Made:
    """Write the workbook; return it and what is to be looked at, a sentence each."""
    from hazard_desk.sheets.rollup.summing import write_rollup  # openpyxl comes with it: heavy

    rollup = office.desk.sheets.roll_up(what, files, units, progress)
    lines = [f"没有报：{unit}" for unit in rollup.missing]
    lines += [f"读不出来：{sentence}" for sentence in rollup.unread]
    lines += [f"{one.unit}：{said}" for one in rollup.sources for said in one.doubts]
    return write_rollup(rollup, to), lines
