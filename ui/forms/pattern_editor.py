"""How numbers are made (三星隐患〔2023〕001号), put together from its parts, with a live example."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from hazard_desk.rules.fields import Field, Value
from hazard_desk.rules.identifiers import pattern_of, pattern_parts, serial_number
from ui.forms.editors import Editor
from ui.widgets.basics import label
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import down

_DIGITS = ("1、2、3", "01、02、03", "001、002、003", "0001、0002")
"""How serial numbers look, by the number of digits less one."""
_PADDING = 24
"""Pixels that the style sets around the text of a line."""


class _ShortLine(QLineEdit):
    """As wide as so many characters need, at whatever size the text is."""

    def __init__(self, characters: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._sample = "〔" * characters
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the characters, what stands around them, and the cursor."""
        words = self.fontMetrics().horizontalAdvance(self._sample)
        return QSize(
            words + 2 * self.fontMetrics().averageCharWidth() + _PADDING, super().sizeHint().height()
        )


class PatternEditor(Editor):
    """The words before the year, between year and serial number, and after; how the serial number looks."""

    def __init__(self, field: Field, today: date, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._year = today.year
        self.before, self.between, self.after = (_ShortLine(most, self) for most in (9, 1, 5))
        self.digits = QComboBox(self)
        self.digits.addItems(_DIGITS)
        self.digits.setAccessibleName(f"{field.label}：流水号的写法")
        for line, name in ((self.before, "年份前"), (self.between, "年份后"), (self.after, "流水号后")):
            line.setAccessibleName(f"{field.label}：{name}的文字")
            line.textEdited.connect(self._typed)
        self.digits.activated.connect(self._typed)
        self.example = label("", self, "soft")
        year, serial = label("年份", self, "soft"), label("流水号", self, "soft")
        parts = FlowLayout(gap=4)
        for part in (self.before, year, self.between, serial, self.digits, self.after):
            parts.addWidget(part)
        down(parts, self.example, within=self, gap=2)
        self.box = self.before
        self.setFocusProxy(self.before)
        self._tell()

    def raw(self) -> str:
        before, between, after = (line.text() for line in (self.before, self.between, self.after))
        if not before + between + after or "{" in before:
            return before
        return pattern_of(before, between, after, self.digits.currentIndex() + 1)

    def put(self, value: Value) -> None:
        pattern = str(value or "")
        before, between, after, digits = pattern_parts(pattern) or (pattern, "", "", 1)
        for line, text in ((self.before, before), (self.between, between), (self.after, after)):
            line.setText(text)
            line.setCursorPosition(0)
        self.digits.setCurrentIndex(min(digits, len(_DIGITS)) - 1)
        self._tell()

    def _typed(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Show the first number of the year as it will be."""
        pattern = self.raw()
        example = serial_number(pattern, self._year, 1) if pattern_parts(pattern) else ""
        self.example.setText(f"样例：{example}" if example else "")
