"""Ctrl+Shift+N: one sentence; what was understood of it, field by field; Enter opens the form with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.capture.known import KnownThings
from hazard_desk.capture.library import facts_shown, things_known, unsaid, values_typed
from hazard_desk.capture.sentence import read_sentence
from hazard_desk.capture.told import FieldFact, Sentence
from ui.jobs import Job
from ui.office import Office
from ui.style import GAP, ROOM
from ui.widgets.basics import button, clear, label, pause
from ui.widgets.chip import Chip
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_PAUSE_MS = 60
_EXAMPLE = "如：红星超市 一般 安全出口堵塞 王秀 当场整改"
_ABOUT = "写单位、问题、日期、人员，先后不限，用空格隔开；检查记录以“检查”开头。"
_NOT_SAVED = "现在还没有保存：按 Enter 打开登记表，核对以后再保存。"


@dataclass(frozen=True)
class _Read:
    """What was understood of a text, ready to be shown."""

    text: str
    sentence: Sentence
    noun: str
    lines: Sequence[tuple[str, str, FieldFact]]
    missing: Sequence[str]


class SentenceDialog(Dialog):
    """A line to write in. ``wanted`` tells the book and the values with which its form is to be opened."""

    help_key = Hazards.id
    wanted = Signal(str, object)

    def __init__(self, office: Office, parent: QWidget, text: str = "") -> None:
        """``text`` is what was written before and never saved."""
        super().__init__("一句话登记", parent)
        self._office = office
        self._known: KnownThings | None = None
        self._job: Job | None = None
        self._read: _Read | None = None
        self._hurried = False
        self.box = QLineEdit(text, self)
        self.box.setPlaceholderText(_EXAMPLE)
        self.box.setAccessibleName("一句话登记")
        self.box.selectAll()
        self.heading = label("", self, "heading")
        self.told = QWidget(self)
        self.lines = QGridLayout(self.told)
        self.missing = label("", self, "soft", wrap=True)
        self._set_out()
        self._pause = pause(_PAUSE_MS, self.understand, self)
        self.box.textChanged.connect(self._pause.start)
        self.take_room(720, 520)
        self.understand()

    def understand(self) -> None:
        """Read what stands in the line, in the background; an older question still open is dropped."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._office.read(partial(self._understood, self.box.text()), self._show, self)

    def take(self) -> None:
        """Open the form with what was understood, once all that was written is."""
        if not self.box.text().strip():
            self.box.setFocus()
        elif self._read is None or self._read.text != self.box.text():
            self._hurried = True
            self.understand()
        else:
            self.accept()
            self.wanted.emit(self._read.sentence.book, values_typed(self._read.sentence))

    def _understood(self, text: str) -> _Read:
        books = self._office.desk.books
        if self._known is None:
            self._known = things_known(books)
        sentence = read_sentence(text, self._known, self._office.today)
        noun = books.ledger(sentence.book).noun
        return _Read(text, sentence, noun, facts_shown(sentence, books), unsaid(sentence, books))

    def _show(self, read: _Read) -> None:
        self._read = read
        if self._hurried and read.text == self.box.text():
            self._hurried = False
            self.take()
            return
        clear(self.lines)
        written = bool(read.text.strip())
        self.heading.setText(f"登记{read.noun}" if written else "")
        for row, (name, value, fact) in enumerate(read.lines):
            self._put_line(row, name, value, fact)
        owed = f"还没有写：{'、'.join(read.missing)}。打开登记表以后再填。" if read.missing else ""
        self.missing.setText(owed if written else _ABOUT)

    def _put_line(self, row: int, name: str, value: str, fact: FieldFact) -> None:
        chip = Chip(str(fact.certainty), self.told)
        said = label(value, self.told, wrap=True)
        said.setAccessibleName(f"{name}：{value}，{fact.certainty}{fact.why}")
        for column, piece in enumerate((label(name, self.told, "soft"), chip, said)):
            self.lines.addWidget(piece, row, column)
        self.lines.addWidget(label(fact.why, self.told, "small", wrap=True), row, 3)

    def _set_out(self) -> None:
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setHorizontalSpacing(GAP)
        self.lines.setVerticalSpacing(6)
        self.lines.setColumnStretch(2, 3)
        self.lines.setColumnStretch(3, 2)
        body = QWidget(self)
        body.setProperty("role", "page")
        down(self.heading, self.told, self.missing, Stretch(), within=body, edges=(0, GAP, 0, 0), gap=10)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(body)
        cancel = button("取消", self, self.reject)
        self.open_button = button("打开登记表", self, self.take, role="primary")
        self.open_button.setDefault(True)
        self.open_button.setToolTip("Enter")
        foot = across(label(_NOT_SAVED, self, "small"), Stretch(), cancel, self.open_button)
        down(self.box, Stretch(area), foot, within=self, edges=ROOM, gap=10)
