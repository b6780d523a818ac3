"""The editor of a paper's words: fields and marks are coloured, and put in by choosing."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRegularExpression, QRegularExpressionMatch
from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from hazard_desk.papers.wording.reading import tidied
from hazard_desk.papers.wording.saying import BLANK, FORMATS
from ui.style import ACCENT, ACCENT_SOFT, INK_SOFT

_FIELD, _MARK = QRegularExpression("«([^«»]*)»"), QRegularExpression("^\\s*【[^】]*】")
_END = "«完»"
_PARAGRAPH = "\u2029"
"""What parts the lines of a selection."""
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
        """Put a field at the cursor; a line of its own (【…】) where a line begins; a format into its field.

        A condition or a loop is put around what is selected.
        """
        cursor = self.textCursor()
        if what in FORMATS:
            self._give_format(cursor, f"{what}12" if what == BLANK else what)
        elif what.startswith("【"):
            self._put_line(cursor, what)
        else:
            self._put_field(cursor, what)
        self.setTextCursor(cursor)
        self.setFocus()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text, each line a line of its own, nothing that is not seen."""
        self.insertPlainText(tidied(source.text()))

    def _put_field(self, cursor: QTextCursor, what: str) -> None:
        if cursor.hasSelection() and what.endswith(_END):
            chosen = cursor.selectedText().replace(_PARAGRAPH, "\n")
            what = f"{what.removesuffix(_END)}{chosen}{_END}"
        elif not cursor.hasSelection() and (field := _field_at(cursor)):
            cursor.setPosition(cursor.block().position() + field.capturedEnd())
        cursor.insertText(what)
        if what.endswith(_END):  # what stands between is written next
            cursor.movePosition(QTextCursor.MoveOperation.Left, n=len(_END))

    def _put_line(self, cursor: QTextCursor, what: str) -> None:
        begin, line = what.partition("\n")[0], cursor.block().text()
        if line.strip() and (cursor.positionInBlock() > 0 or "\n" in what):
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            what = f"\n{what}"
        elif line.startswith("【") or (line.strip() and not begin.endswith("】")):
            what = f"{what}\n"
        cursor.insertText(what)

    def _give_format(self, cursor: QTextCursor, word: str) -> None:
        field = _field_at(cursor, behind=True)
        if field is not None and field.captured(1).strip():
            place = cursor.block().position() + field.capturedEnd() - 1
            cursor.setPosition(place)
            cursor.insertText(f" {word}")
            cursor.movePosition(QTextCursor.MoveOperation.Right)

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


def _field_at(cursor: QTextCursor, behind: bool = False) -> QRegularExpressionMatch | None:
    """Return the field that the cursor stands in, or right ``behind``."""
    at = cursor.positionInBlock()
    found = _FIELD.globalMatch(cursor.block().text())
    while found.hasNext():
        match = found.next()
        if match.capturedStart() < at < match.capturedEnd() + behind:
            return match
    return None


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
