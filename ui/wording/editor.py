"""The editor of a paper's words: fields and marks are coloured, and put in by choosing."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ui.style import ACCENT, ACCENT_SOFT, INK_SOFT

_FIELD, _MARK = QRegularExpression("«[^«»]*»"), QRegularExpression("^\\s*【[^】]*】")
_END = "«完»"
_WRONG = QColor("#F8D7D3")


class WordsEditor(QPlainTextEdit):
    """Plain text; ``accuse`` marks the lines that cannot be told."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("正文")
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._colours = _Colours(self.document())

    def put_in(self, what: str) -> None:
        """Put a field at the cursor; a line of its own (【…】) where a line begins."""
        cursor = self.textCursor()
        if what.startswith("【") and cursor.positionInBlock() > 0:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            what = f"\n{what}"
        cursor.insertText(what)
        if what.endswith(_END):  # what stands between is written next
            cursor.movePosition(QTextCursor.MoveOperation.Left, n=len(_END))
        self.setTextCursor(cursor)
        self.setFocus()

    def accuse(self, lines: list[int]) -> None:
        """Mark lines, counted from 1; none takes the marks away."""
        marks = []
        for line in lines:
            block = self.document().findBlockByNumber(line - 1)
            if block.isValid():
                mark = QTextEdit.ExtraSelection()
                mark.format.setBackground(_WRONG)
                mark.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
                mark.cursor = QTextCursor(block)
                marks.append(mark)
        self.setExtraSelections(marks)

    def go_to_line(self, line: int) -> None:
        """Put the cursor at the begin of a line, counted from 1."""
        block = self.document().findBlockByNumber(max(line - 1, 0))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()


class _Colours(QSyntaxHighlighter):
    """Fields on a ground of their own, marks in grey."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._field, self._mark = QTextCharFormat(), QTextCharFormat()
        self._field.setForeground(QColor(ACCENT))
        self._field.setBackground(QColor(ACCENT_SOFT))
        self._mark.setForeground(QColor(INK_SOFT))
        self._mark.setFontWeight(QFont.Weight.Bold)

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for pattern, look in ((_MARK, self._mark), (_FIELD, self._field)):
            found = pattern.globalMatch(text)
            while found.hasNext():
                match = found.next()
                self.setFormat(match.capturedStart(), match.capturedLength(), look)
