"""What is done with the columns of a table: shown, hidden, moved, frozen; the menu that offers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QMenu, QWidget

from hazard_desk.rules.fields import Field, Kind
from ui.style import CELL_ROOM, letters, px

_DAY = "2023-10-20"


class ColumnView(Protocol):
    """The table whose columns they are."""

    def move_column(self, field: Field, by: int) -> None: ...
    def hide_column(self, field: Field) -> None: ...
    def freeze_up_to(self, field: Field | None) -> None: ...


def natural_width(field: Field, widest: int, font: QFont) -> int:
    """Return how wide a column is, in pixels: as its field declares, at most ``widest`` letters.

    A day takes what its digits take in that font.
    """
    if field.kind is Kind.DATE:
        return QFontMetrics(font).horizontalAdvance(_DAY) + px(CELL_ROOM)
    return letters(min(field.width, widest))


class ColumnMenu(QMenu):
    """A tick for each field, those shown first; ``chosen`` tells the names of those that are ticked."""

    chosen = Signal(object)

    def __init__(self, fields: Sequence[Field], shown: Sequence[Field], parent: QWidget) -> None:
        super().__init__(parent)
        names = [field.name for field in shown]
        hidden = [field for field in fields if field.name not in names]
        for part in (shown, hidden):
            for field in part:
                tick = self.addAction(field.heading)
                tick.setCheckable(True)
                tick.setChecked(field.name in names)
                tick.setData(field.name)
                tick.toggled.connect(self._tell)
            self.addSeparator()
        self.addAction("恢复默认栏目").triggered.connect(partial(self.chosen.emit, ()))

    def names(self) -> list[str]:
        """Return the names of the fields that are ticked, in the order of the table."""
        return [str(tick.data()) for tick in self.actions() if tick.isCheckable() and tick.isChecked()]

    def _tell(self) -> None:
        if self.names():
            self.chosen.emit(self.names())


class HeadingMenu(QMenu):
    """What can be done with one column, and all the others to be ticked."""

    def __init__(
        self, field: Field, view: ColumnView, columns: ColumnMenu, frozen: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        name = field.label
        self._add(f"“{name}”左移", "Alt+←", partial(view.move_column, field, -1))
        self._add(f"“{name}”右移", "Alt+→", partial(view.move_column, field, 1))
        self._add(f"隐藏“{name}”", "", partial(view.hide_column, field))
        self.addSeparator()
        self._add(f"冻结到“{name}”", "", partial(view.freeze_up_to, field))
        self._add("取消冻结", "", partial(view.freeze_up_to, None)).setEnabled(frozen)
        self.addSeparator()
        columns.setParent(self)
        columns.setTitle("选择栏目")
        self.addMenu(columns)

    def _add(self, text: str, keys: str, do: Callable[[], object]) -> QAction:
        made = self.addAction(f"{text}\t{keys}" if keys else text)
        made.triggered.connect(do)
        return made
