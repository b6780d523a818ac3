"""The roll-up dialog: drop the sheets of many sub-units, get one workbook and a list of what to look at."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QWidget,
)

from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.library.progress_forms import bundled_progress_forms
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.store.columns import name_of
from ui.imports.dialog import PATTERN
from ui.imports.sheet_dialog import SheetDialog
from ui.office import Office
from ui.production import MadeDialog, free_name
from ui.style import ROOM
from ui.widgets.basics import button, label, say
from ui.widgets.layouts import Stretch, across, down

Made = tuple[Path, list[str]]


class RollupDialog(SheetDialog):
    """Adds up what sub-units sent; nothing is entered into the desk."""

    def __init__(self, office: Office, ledger: Ledger, parent: QWidget) -> None:
        super().__init__(office, "汇总各单位报来的表格", parent)
        self.what = QComboBox(self)
        self.what.addItem(ledger.title, ledger.id)
        for form in bundled_progress_forms().values():
            self.what.addItem(form.short or form.title, form.id)
        self.units = QLineEdit(self)
        self.units.setAccessibleName("单位")
        self.units.setPlaceholderText("应报的单位，用顿号分开；没报的会列出来")
        self.units.setText("、".join(office.desk.enterprises.options(name_of(Enterprise.village))))
        self.files = QListWidget(self)
        self.files.setAccessibleName("报来的表格")
        self.found = QListWidget(self)
        self.found.setAccessibleName("汇总中发现的问题")
        self.found.setWordWrap(True)
        self.add_button = button("添加文件", self, self.choose, "plus")
        self.clear_button = button("清空", self, self.files.clear)
        self.make_button = button("汇总", self, self.make, role="primary")
        self._set_out()
        self.work.finished.connect(self._made)
        self.work.failed.connect(self._failed)
        self.take_room(820, 620)

    def choose(self) -> None:
        """Ask for the files."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择各单位报来的表格", "", PATTERN)
        self.take_files([Path(one) for one in chosen])

    def take_files(self, files: list[Path]) -> None:
        """Put files on the list, each once."""
        there = {self.files.item(row).text() for row in range(self.files.count())}
        self.files.addItems([file for file in dict.fromkeys(map(str, files)) if file not in there])

    def make(self) -> None:
        """Add up and write the workbook."""
        files = [Path(self.files.item(row).text()) for row in range(self.files.count())]
        units = [unit for unit in re.split(r"[、，,；;\s]", self.units.text()) if unit]
        to = free_name(self._office.desk.out / f"{self.what.currentText()}汇总表.xlsx")
        self.progress.show()
        self.make_button.setEnabled(False)
        what = str(self.what.currentData())
        self.begin(partial(_roll_up, self._office, what, files, units, to))

    def _made(self, made: Made) -> None:
        file, lines = made
        self._rest()
        self.told.setText("汇总完成" + ("，请核对：" if lines else "，没有需要核对的地方"))
        self.found.clear()
        self.found.addItems(lines)
        MadeDialog(file, self).open()

    def _failed(self, sentence: str) -> None:
        self._rest()
        say(self.problem, sentence)

    def _rest(self) -> None:
        self.progress.hide()
        self.make_button.setEnabled(True)

    def _set_out(self) -> None:
        head = QFormLayout()
        head.addRow("汇总什么", self.what)
        head.addRow("应报单位", self.units)
        tools = across(
            Stretch(label("各单位报来的文件（可以拖到这里）", self, "heading")),
            self.clear_button,
            self.add_button,
        )
        foot = across(Stretch(self.progress), Stretch(), button("关闭", self, self.reject), self.make_button)
        down(
            head,
            tools,
            Stretch(self.files),
            self.told,
            self.problem,
            Stretch(self.found),
            foot,
            within=self,
            edges=ROOM,
        )


def _roll_up(
    office: Office, what: str, files: list[Path], units: list[str], to: Path, progress: TellProgress
) -> Made:
    """Write the workbook; return it and what is to be looked at, a sentence each."""
    from hazard_desk.sheets.rollup.workbook import write_rollup  # openpyxl comes with it: heavy

    rollup = office.desk.sheets.roll_up(what, files, units, progress)
    return write_rollup(rollup, to), rollup.told()
