"""The dialog that fills somebody else's blank form: which file, days and scope, what is not sure."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QListWidget, QWidget

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.sheets.filling.filled import FilledForm
from hazard_desk.sheets.filling.filling import scopes_of
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.sheets.questions import Answers, Asked, Question
from hazard_desk.store.acts import Change
from ui.forms.editors import DateEditor
from ui.imports.sheet_dialog import SheetDialog
from ui.office import Office
from ui.production import MadeDialog, free_name
from ui.style import ROOM
from ui.widgets.basics import Elided, button, label, say
from ui.widgets.layouts import Stretch, across, down

Shown = tuple[FilledForm, list[str]]
"""A filled form, and the scopes that it may be filled for."""
FORMS = "空白表格 (*.xlsx *.xlsm *.docx)"
_WHOLE = "全部"


class FillDialog(SheetDialog):
    """Shows what goes into a form before it is saved; what is not sure is asked."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, "填写别处发来的空白表格", parent)
        self.file: Path | None = None
        self.filled: FilledForm | None = None
        self.answers = Answers()
        self.name = Elided("请选择空白表格，或把文件拖到这里", self, "soft")
        self.choose_button = button("选择文件", self, self.choose, "folder")
        today = office.today
        self.day = DateEditor(Field("as_of", "截至", Kind.DATE), today, self)
        self.first = DateEditor(Field("first", "从", Kind.DATE), today, self)
        self.scope = QComboBox(self)
        self.scope.setEditable(True)
        self.scope.addItem(_WHOLE)
        self.questions = QFormLayout()
        self.asked: dict[Question, QComboBox] = {}
        self.cells = QListWidget(self)
        self.cells.setAccessibleName("要填的各格")
        self.cells.setWordWrap(True)
        self.cells.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.cells.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fill_button = button("填写", self, self.fill, "refresh")
        self.save_button = button("保存", self, self.save, role="primary")
        self._set_out()
        self.work.finished.connect(self._shown)
        self.work.failed.connect(self._failed)
        self.take_room(900, 680)
        self._show_state()

    def choose(self) -> None:
        """Ask for the form."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选择空白表格", "", FORMS)
        if chosen:
            self.take_files([Path(chosen)])

    def take_files(self, files: list[Path]) -> None:
        """Take one form at a time, and fill it as it asks."""
        self.file, self.answers = files[0], Answers()
        self.name.setText(self.file.name)
        self.fill()

    def fill(self) -> None:
        """Fill the form anew, with the days, the scope and the answers that stand there now."""
        if self.file is None:
            return
        try:
            days = self.day.read(), self.first.read()
        except Refused as wrong:
            self._failed(wrong.message)
            return
        for question, box in self.asked.items():
            if (said := _said(box)) is not None:
                self.answers = self.answers.to(question, said)
        scope = self.scope.currentText().strip()
        self.told.setText("正在填写…")
        scope = "" if scope == _WHOLE else scope
        self.begin(partial(self._fill, self.file, *days, scope, self.answers))
        self._show_state()

    def save(self) -> None:
        """Save the form as it is shown, and keep it as sent."""
        if self.filled is None or self.file is None:
            return
        to = free_name(self._office.desk.out / f"{self.file.stem}（已填）{self.file.suffix}")
        if self._office.attempt(partial(self._keep, self.filled, to), self):
            MadeDialog(to, self).open()

    # Inside

    def _fill(
        self,
        file: Path,
        day: date | None,
        first: date | None,
        scope: str,
        answers: Answers,
        progress: TellProgress,
    ) -> Shown:
        desk = self._office.desk
        return desk.sheets.filled(file, day, first, scope, answers), scopes_of(desk.books)

    def _keep(self, filled: FilledForm, to: Path) -> Change:
        change = self._office.desk.sheets.keep_filled(filled, to, self.answers)
        assert change is not None  # the button waits for a cell that is filled
        return change

    def _shown(self, shown: Shown) -> None:
        filled, scopes = shown
        self.filled = filled
        self.day.put(filled.as_of)
        here = self.scope.currentText()
        self.scope.clear()
        self.scope.addItems([_WHOLE, *scopes])
        self.scope.setCurrentText(here)
        counted = f"将填{len(filled.filled)}格，{len(filled.unknown)}格空着"
        self.told.setText("。".join([f"{filled.title}：{counted}", *filled.notes]))
        self.cells.clear()
        self.cells.addItems([f"{one.cell}　{one.label}：空着，{one.reason}" for one in filled.unknown])
        self.cells.addItems([f"{one.cell}　{one.label}：{one.value}" for one in filled.filled])
        self._ask(filled.questions)
        self._show_state()

    def _ask(self, questions: list[Question]) -> None:
        while self.questions.rowCount():
            self.questions.removeRow(0)
        self.asked = {}
        for question in questions:
            counted = "格" if question.kind is Asked.LABEL else "行"
            box = QComboBox(self)
            box.setEditable(True)
            box.addItem("")
            for answer, words in question.offers:
                box.addItem(words, answer)
            box.setToolTip("选一个，或写明这是什么，例如：发现重大隐患；空着以后再说")
            self.asked[question] = box
            self.questions.addRow(f"“{question.about}”（{question.rows}{counted}）填什么", box)

    def _failed(self, sentence: str) -> None:
        self.told.setText("")
        say(self.problem, sentence)
        self._show_state()

    def _show_state(self) -> None:
        busy = self.work.busy
        self.progress.setVisible(busy)
        self.fill_button.setEnabled(self.file is not None and not busy)
        self.save_button.setEnabled(self.filled is not None and bool(self.filled.filled) and not busy)

    def _set_out(self) -> None:
        day, first, scope = (label(text, self) for text in ("截至", "从", "范围"))
        days = across(day, self.day, first, self.first, scope, Stretch(self.scope))
        closer = button("关闭", self, self.reject)
        foot = across(Stretch(self.progress), Stretch(), closer, self.fill_button, self.save_button)
        down(
            across(self.choose_button, Stretch(self.name)),
            days,
            self.told,
            self.problem,
            self.questions,
            Stretch(self.cells),
            foot,
            within=self,
            edges=ROOM,
        )


def _said(box: QComboBox) -> str | None:
    """What was answered: an offer as it was chosen, or what was typed; None where nothing was."""
    text = box.currentText().strip()
    if not text:
        return None
    offered = box.findText(text)
    return text if offered < 0 else str(box.itemData(offered))
