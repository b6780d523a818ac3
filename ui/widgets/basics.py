"""Labels, texts, cards, rules and buttons in the house style; each is one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyleOptionButton,
    QStyleOptionFrame,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hazard_desk.rules.fields import Field
from ui.icons import icon
from ui.style import ICON, INK_SOFT, ROOM, SURFACE, give_role, sized
from ui.widgets.layouts import down


def label(text: str, parent: QWidget, role: str = "", wrap: bool = False) -> QLabel:
    """Return a plain-text label; ``role`` is one of the style sheet's."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        give_role(made, role)
    return made


def say(made: QLabel, sentence: str) -> None:
    """Have a label say a sentence; with nothing to say it is gone."""
    made.setText(sentence)
    made.setVisible(bool(sentence))


def rule(parent: QWidget) -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame(parent)
    made.setProperty("role", "rule")
    return made


def card(parent: QWidget, heading: str = "") -> tuple[QFrame, QVBoxLayout]:
    """Return a white card and the layout to fill, under its heading if it has one."""
    frame = QFrame(parent)
    frame.setProperty("role", "card")
    layout = down(within=frame, edges=(ROOM, 12, ROOM, 12))
    if heading:
        layout.addWidget(label(heading, frame, "heading"))
    return frame, layout


_LINK_EDGE = 4
"""Pixels on each side of a link's words."""


def button(
    text: str, parent: QWidget, clicked: Callable[[], object], icon_name: str = "", role: str = ""
) -> QPushButton:
    """Return a push button; ``role`` '' is plain, 'primary' is the one main act, 'quiet' has no frame."""
    made = QPushButton(text, parent)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if icon_name:
        sized(made, icon=ICON)
        made.setIcon(icon(icon_name, SURFACE if role == "primary" else INK_SOFT))
    made.clicked.connect(clicked)
    return made


def tool(text: str, parent: QWidget, clicked: Callable[[], object], icon_name: str) -> QToolButton:
    """Return a button that is only an icon; ``text`` is its tip and its name for screen readers."""
    made = QToolButton(parent)
    sized(made, icon=ICON + 2)
    made.setIcon(icon(icon_name))
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.clicked.connect(clicked)
    return made


def menu_button(
    text: str, parent: QWidget, entries: Iterable[tuple[str, Callable[[], object]]]
) -> QPushButton:
    """Return a button that opens a menu: words and what each does."""
    made = QPushButton(text, parent)
    made.setAutoDefault(False)
    menu = QMenu(made)
    for words, act in entries:
        menu.addAction(words).triggered.connect(act)
    return drops(made, menu)


def drops(made: QPushButton, menu: QMenu) -> QPushButton:
    """Return a button after it was given a menu."""
    made.setProperty("menu", True)
    made.setMenu(menu)
    return made


def field_at(widget: QWidget | None) -> Field | None:
    """Return the field whose editor a widget is or stands in, None for none."""
    while widget is not None:
        field = getattr(widget, "field", None)
        if isinstance(field, Field):
            return field
        widget = widget.parentWidget()
    return None


def pause(milliseconds: int, act: Callable[[], object], parent: QObject) -> QTimer:
    """Return a timer that does ``act`` once, so long after its last start."""
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(act)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at and have the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


class ReadingText(QTextBrowser):
    """The keys scroll it, Tab goes on; no link in it leads anywhere."""

    def __init__(self, parent: QWidget, name: str = "") -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(12)


class Elided(QLabel):
    """A one-line label that ends in … when the room ends and then tells the whole text as its tip."""

    def __init__(self, text: str, parent: QWidget, role: str = "") -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            give_role(self, role)

    def minimumSizeHint(self) -> QSize:
        """Room for two characters is enough."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance("字…"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tip only while the text does not fit."""
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if fits else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shortened text."""
        painter = QPainter(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter, self.rect(), int(self.alignment()), option.palette, True, text, self.foregroundRole()
        )
        painter.end()


class ElidedLink(QPushButton):
    """A link that ends in … where the width ends; the whole stands in its tip."""

    def __init__(self, text: str, parent: QWidget, clicked: Callable[[], object]) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setProperty("role", "link")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.clicked.connect(clicked)

    def sizeHint(self) -> QSize:
        """Room for the whole text: its advance is a rounded one."""
        whole = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self.text())
        return QSize(whole.width() + 2 * _LINK_EDGE, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for two characters is enough."""
        width = self.fontMetrics().horizontalAdvance("字…") + 2 * _LINK_EDGE
        return QSize(width, super().sizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Tell the style the shortened text."""
        super().initStyleOption(option)
        room = self.width() - 2 * _LINK_EDGE
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
