"""A list and what is chosen in it: side by side where there is room, else one after the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.focus.reading_order import enter
from ui.style import ROOM, px
from ui.widgets.basics import button
from ui.widgets.layouts import Stretch, across, down

WIDE_FROM = 980
"""Width in pixels at 100 percent from which both stand side by side."""
_MASTER, _DETAIL = 780, 400
"""What they take at first, in such pixels: the master takes what is left."""


class MasterDetail(QWidget):
    """``master`` on the left, ``detail`` on the right; in a narrow window only one of them is seen.

    Without a detail the master has all the room.
    """

    covered_changed = Signal(bool)
    """Whether the detail now covers the list."""

    def __init__(
        self, master: QWidget, detail: QWidget | None, parent: QWidget, back: str = "返回列表"
    ) -> None:
        """``back`` is what the way back to the master is called."""
        super().__init__(parent)
        self._master = master
        self._detail = detail
        self._opened = False
        self._side = QWidget(self)
        self._back = button(back, self._side, self.back, "back", "quiet")
        side = down(across(self._back, Stretch()), within=self._side, gap=4)
        if detail is not None:
            side.addWidget(detail, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(master)
        self.splitter.addWidget(self._side)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(ROOM // 2)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self._share = _DETAIL
        self._put_handle()
        down(self.splitter, within=self)
        self._arrange()

    @property
    def wide(self) -> bool:
        """Whether both are seen."""
        return self._detail is None or self.width() >= px(WIDE_FROM)

    def open(self) -> None:
        """Bring the detail into sight."""
        self._opened = True
        self._arrange()
        if self.covered and self._detail is not None and not enter(self._detail):
            self._back.setFocus()

    def back(self) -> None:
        """Bring the list into sight again."""
        self._opened = False
        self._arrange()
        self._master.setFocus()

    @property
    def covered(self) -> bool:
        """Whether the detail covers the list."""
        return self._opened and not self.wide

    def parts(self) -> list[QWidget]:
        """Return the list and what stands beside it."""
        return [self._master, self._side]

    def state(self) -> str:
        """Return where the handle stands, to be kept: the width of the detail in pixels at 100 percent."""
        if self._detail is not None and self._side.isVisible() and self._master.isVisible():
            self._share = round(self.splitter.sizes()[1] * 100 / px(100))
        return str(self._share)

    def restore(self, state: str) -> None:
        """Put the handle back."""
        if state.isdecimal():
            self._share = int(state)
            self._put_handle()

    def _put_handle(self) -> None:
        detail = px(self._share)
        self.splitter.setSizes([max(self.width() - detail, px(_MASTER)), detail])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between side by side and one after the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._back.setVisible(not self.wide)
        self._master.setVisible(self.wide or not self._opened)
        self._side.setVisible(self._detail is not None and (self.wide or self._opened))
        self.covered_changed.emit(self.covered)
