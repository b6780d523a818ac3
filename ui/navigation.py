"""The navigation on the left: an icon and a name for each page, icons alone where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QScrollArea, QSizePolicy, QWidget

from ui.icons import icon
from ui.keys import PAGE_KEYS
from ui.pages.places import Place
from ui.style import ACCENT_DARK, ICON, INK_SOFT, px, sized
from ui.widgets.basics import rule
from ui.widgets.layouts import down

_WIDE, _NARROW = 152, 60


class Rail(QScrollArea):
    """``chosen`` tells the place of the page whose button was pressed."""

    chosen = Signal(int)

    def __init__(self, pages: Sequence[Place], ruled_off_at: int, parent: QWidget) -> None:
        """A thin rule stands before the page at ``ruled_off_at``, where there is one."""
        super().__init__(parent)
        self._pages = pages
        self._group = QButtonGroup(self)
        self._width, self._folded = px(_WIDE), False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(_NARROW)
        self.setProperty("role", "rail")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget(self)
        layout = down(within=body, edges=(8, 10, 8, 10), gap=2)
        for place, page in enumerate(pages):
            if place == ruled_off_at:
                layout.addSpacing(6)
                layout.addWidget(rule(body))
                layout.addSpacing(6)
            layout.addWidget(self._button(place, page, body))
        layout.addStretch(1)
        self.setWidget(body)
        self._group.idToggled.connect(self._tint)
        self._group.idClicked.connect(self.chosen)

    def choose(self, place: int) -> None:
        """Mark the page that is seen."""
        button = self._group.button(place)
        button.setChecked(True)
        self.ensureWidgetVisible(button)

    @property
    def holds_focus(self) -> bool:
        """Whether the keys are in the navigation: a click with the mouse leaves them where they were."""
        return any(button.hasFocus() for button in self._group.buttons())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page that is seen in sight: what was asked before buttons had their places went astray."""
        super().resizeEvent(event)
        if (chosen := self._group.checkedButton()) is not None:
            self.verticalScrollBar().setValue(0)
            self.ensureWidgetVisible(chosen)

    def sizeHint(self) -> QSize:
        """As wide as names or icons ask for; narrower only while the window is being made small."""
        return QSize(self._width, super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Larger text wants more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._group.buttons():
            self.fold(self._folded)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or icons with names."""
        self._folded = folded
        self._width = _NARROW if folded else px(_WIDE)
        self.setMaximumWidth(self._width)
        self.updateGeometry()
        for place, page in enumerate(self._pages):
            self._group.button(place).setText("" if folded else page.title)

    def _button(self, place: int, page: Place, body: QWidget) -> QPushButton:
        made = QPushButton(page.title, body)
        made.setProperty("role", "nav")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(page.title)
        sized(made, icon=ICON + 2)
        made.setIcon(icon(page.picture, INK_SOFT))
        keys = f"（{PAGE_KEYS[place]}）" if place < len(PAGE_KEYS) else ""
        made.setToolTip(f"{page.title}{keys}")
        self._group.addButton(made, place)
        return made

    def _tint(self, place: int, chosen: bool) -> None:
        colour = ACCENT_DARK if chosen else INK_SOFT
        self._group.button(place).setIcon(icon(self._pages[place].picture, colour))
