"""What a text can say, with what it says now; chosen, it is put into the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from hazard_desk.papers.wording.blocks import FORM, GRID_END, ROW, TABLE
from hazard_desk.rewording import Sayable
from ui.widgets.layouts import Stretch, down

_MADE = {
    TABLE: f"【{TABLE}】列名一 10｜列名二 20\n【{ROW}】｜\n【{GRID_END}】",
    FORM: f"【{FORM}】6｜12\n【{ROW}】名目｜\n【{GRID_END}】",
}
"""What is put in with its end: a table of nothing is none."""
_INSERT = Qt.ItemDataRole.UserRole


class NameList(QWidget):
    """A list to be searched; ``chosen`` tells what is to be put into the text."""

    chosen = Signal(str)

    def __init__(
        self, marks: Sequence[tuple[str, str]], parent: QWidget, formats: Sequence[tuple[str, str]] = ()
    ) -> None:
        """``marks`` are the kinds of lines, ``formats`` the ways to write a field, and what each is for."""
        super().__init__(parent)
        self._besides = {
            "行的样式": [(f"【{mark}】", _MADE.get(mark, f"【{mark}】"), about) for mark, about in marks],
            "栏目的写法（先把光标放在栏目后面）": [(word, word, about) for word, about in formats],
        }
        self.box = QLineEdit(self)
        self.box.setPlaceholderText("查找栏目，如 时限")
        self.box.setAccessibleName("查找栏目")
        self.box.setClearButtonEnabled(True)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName("可用的栏目")
        self.tree.setHeaderLabels(["栏目", "现在写出来是"])
        self.tree.setColumnWidth(0, 210)
        self.tree.setUniformRowHeights(True)
        self.box.textChanged.connect(self._narrow)
        self.box.installEventFilter(self)
        self.tree.itemActivated.connect(self._take)
        shortcut = QShortcut(QKeySequence("Shift+Return"), self.tree)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._take_if)
        down(self.box, Stretch(self.tree), within=self)

    def show_names(self, known: Sequence[Sayable]) -> None:
        """Show what can be said of the record that is looked at."""
        self.tree.clear()
        heads: dict[str, QTreeWidgetItem] = {}
        for one in known:
            place = one.inside or one.name.partition(".")[0] if "." in one.name or one.inside else "常用"
            called = f"每条 {place}" if one.inside else place
            if called not in heads:
                heads[called] = QTreeWidgetItem(self.tree, [called, ""])
            line = QTreeWidgetItem(heads[called], [one.name, one.now.replace("\n", " ")])
            line.setData(0, _INSERT, _line_of(one.insert))
            line.setToolTip(0, f"{one.insert}\n{one.now}".strip())
        for called, besides in self._besides.items():
            if not besides:
                continue
            head = QTreeWidgetItem(self.tree, [called, ""])
            for shown, insert, about in besides:
                line = QTreeWidgetItem(head, [shown, about])
                line.setData(0, _INSERT, insert)
                line.setToolTip(0, about)
        self._narrow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the box, down goes to the first line found, Enter takes it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            first = self._first()
            if event.key() == Qt.Key.Key_Down and first is not None:
                self.tree.setCurrentItem(first)
                self.tree.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if first is not None and self.box.text():
                    self._take(first)
                return True
        return super().eventFilter(watched, event)

    def _take(self, line: QTreeWidgetItem) -> None:
        if what := line.data(0, _INSERT):
            self.chosen.emit(what)

    def _take_if(self) -> None:
        """What follows is written only where the fact is known."""
        line = self.tree.currentItem()
        what = str(line.data(0, _INSERT) or "") if line else ""
        if line and what.startswith(("«每条 ", f"«{line.text(0)}»")):
            self.chosen.emit(f"«如 有 {line.text(0)}»«完»")

    def _first(self) -> QTreeWidgetItem | None:
        for head in self._heads():
            for line in _lines(head):
                if not line.isHidden():
                    return line
        return None

    def _heads(self) -> list[QTreeWidgetItem]:
        return [head for at in range(self.tree.topLevelItemCount()) if (head := self.tree.topLevelItem(at))]

    def _narrow(self) -> None:
        """Leave what has all the words in its name or in what it says."""
        words = self.box.text().split()
        for head in self._heads():
            left = 0
            for line in _lines(head):
                text = f"{line.text(0)} {line.text(1)}"
                line.setHidden(not all(word in text for word in words))
                left += not line.isHidden()
            head.setHidden(not left)
            head.setExpanded(bool(words) or head is self.tree.topLevelItem(0))


def _lines(head: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [line for at in range(head.childCount()) if (line := head.child(at))]


def _line_of(insert: str) -> str:
    """A loop is put in with its end."""
    return f"{insert}«完»" if insert.startswith("«每条") else insert
