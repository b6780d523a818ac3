"""What the three views have in common: spots that can be clicked, tips, the keyboard, a chosen day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from hazard_desk.figures.calendar import Calendar
from hazard_desk.figures.dated import DueItem
from ui.style import ACCENT, SMALL, px


@dataclass(frozen=True)
class Spot:
    """A part of the picture: what it tells, what a click does."""

    rect: QRectF
    tip: str
    act: Callable[[], object]
    day: date | None = None
    item: DueItem | None = None
    more: int = 0
    """How many items it stands for besides."""

    @property
    def points(self) -> bool:
        """Whether it looks like something to click."""
        return self.item is not None or self.more > 0


class PaintedView(QWidget):
    """A picture with spots. Subclasses lay the spots out and paint."""

    open_record = Signal(str)
    moved = Signal()
    """Something else is chosen, perhaps out of sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.spots: list[Spot] = []
        self.hovered: Spot | None = None
        self.small = QFont(self.font())
        self.small.setPixelSize(px(SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def ready(self) -> bool:
        """Whether there is anything to show yet."""
        raise NotImplementedError

    def lay_out(self) -> list[Spot]:
        """Return the spots at the present size; a later one lies over an earlier one."""
        raise NotImplementedError

    def least_height(self) -> int:
        """Return the height in pixels below which nothing can be read."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """Paint everything."""
        raise NotImplementedError

    def described(self) -> str:
        """Return in words what is chosen, for screen readers."""
        raise NotImplementedError

    def chosen_rect(self) -> QRectF:
        """Return where that is."""
        raise NotImplementedError

    def step(self, key: Qt.Key) -> bool:
        """Move what is chosen by an arrow key; False when the key means nothing here."""
        raise NotImplementedError

    def enter(self) -> None:
        """Open what is chosen."""
        raise NotImplementedError

    def lay_out_again(self) -> None:
        """Find the spots anew, paint, and tell a screen reader what is chosen."""
        self.hovered = None
        if not self.ready:
            return
        self.setMinimumHeight(self.least_height())
        self.spots = self.lay_out()
        self.update()
        words = self.described()
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            self.moved.emit()

    def spot_at(self, point: QPointF) -> Spot | None:
        """Return the spot under a point."""
        return next((spot for spot in reversed(self.spots) if spot.rect.contains(point)), None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.small.setPixelSize(px(SMALL))
            self.lay_out_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out_again()

    def sizeHint(self) -> QSize:
        return QSize(700, self.least_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.ready:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small)
        self.paint(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ACCENT), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if spot is not self.hovered:
            self.hovered = spot
            pointing = spot is not None and spot.points
            self.setCursor(Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            spot.act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.enter()
        elif event.modifiers() or not self.step(key):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self.spot_at(QPointF(event.pos()))
            if spot is not None and spot.tip:
                QToolTip.showText(event.globalPos(), spot.tip, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


class DaysView(PaintedView):
    """A picture of days, one of which is chosen."""

    open_day = Signal(object)
    day_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.calendar: Calendar | None = None
        self.day = date.min

    @property
    def ready(self) -> bool:
        return self.calendar is not None

    def show_calendar(self, calendar: Calendar, items: Sequence[DueItem], day: date) -> None:
        """Show these items of a calendar, with ``day`` chosen."""
        self.calendar = calendar
        self.day = day
        self.lay_out_again()

    def step(self, key: Qt.Key) -> bool:
        """Move by a day or a week."""
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}.get(key)
        if days is not None:
            self.day_chosen.emit(self.day + timedelta(days=days))
        return days is not None

    def enter(self) -> None:
        """Open the chosen day."""
        self.open_day.emit(self.day)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Open the day that is clicked twice; a double click on an item opened it already."""
        spot = self.hovered
        if spot is not None and not spot.points:
            self.enter()
