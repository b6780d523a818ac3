"""What eye and keyboard can tell of a window: computed from its pixels and by pressing Tab."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from ui.imports.table import MendingTable

TEXT, FRAME = 4.5, 3.0
"""The least contrast of text and of frames (WCAG 2.2, 1.4.3 and 1.4.11)."""
_RIM = 3
"""Pixels around a widget that belong to the picture of its focus."""
_ENOUGH = 24
"""So many pixels at least are different once something has the focus; a small button's border has more."""


def contrast(one: QColor | str, other: QColor | str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = map(_linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def told(widget: QWidget) -> str:
    """Return how a complaint names a widget."""
    text = getattr(widget, "text", str)
    words = widget.accessibleName() or (text() if callable(text) else "") or widget.toolTip()
    return f"{type(widget).__name__}“{str(words)[:16]}”"


def reachable(root: QWidget) -> list[QWidget]:
    """Return what Tab must come to: all that is seen, enabled and takes the focus by Tab."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.window() is not root or not widget.isVisible() or not widget.isEnabled():
            continue
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
            continue
        within = widget.parentWidget()
        if isinstance(within, QComboBox) or isinstance(widget, QScrollArea):
            continue
        group = widget.group() if isinstance(widget, QAbstractButton) else None
        if group is None or not group.exclusive() or group.checkedButton() in (None, widget):
            found.append(widget)
    return found


def walk(root: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab until the focus is back where it began; return where it was."""
    _activate(root)
    _leave_cell(root)
    QTest.keyClick(root.focusWidget() or root, key)
    seen: list[QWidget] = []
    here = root.focusWidget()
    while here is not None and here not in seen and len(seen) < 400:
        seen.append(here)
        QTest.keyClick(here, key)
        QCoreApplication.processEvents()  # leaving a field may change what stands behind it
        here = root.focusWidget()
    return seen


def _leave_cell(root: QWidget) -> None:
    """A cell that is being edited is read no further."""
    here = root.focusWidget()
    within = here.parentWidget() if here is not None else None
    view = within.parentWidget() if within is not None else None
    if here is not None and isinstance(view, MendingTable):
        QTest.keyClick(here, Qt.Key.Key_Escape)


def _activate(root: QWidget) -> None:
    root.activateWindow()
    for _ in range(50):
        QCoreApplication.processEvents()
        if QApplication.activeWindow() is root:
            return


def order_faults(root: QWidget) -> Iterator[str]:
    """Tell what Tab never comes to, and where it goes against the reading."""
    forth = walk(root)
    if any(widget not in forth for widget in reachable(root)):  # what was read fills what stands beside it
        forth = walk(root)
    for widget in reachable(root):
        if widget not in forth:
            yield f"Tab never reaches {told(widget)}"
    there, again = sorted(map(told, forth)), sorted(map(told, walk(root, Qt.Key.Key_Backtab)))
    if there != again:  # a button came or went while the first round was read
        forth = walk(root)
        there, again = sorted(map(told, forth)), sorted(map(told, walk(root, Qt.Key.Key_Backtab)))
    if there != again:
        yield f"Tab and Shift+Tab go different ways: {set(there) ^ set(again)}"
    found = []
    for before, after in pairwise([*forth, *forth[:1]]):
        over, one, other = _siblings(before, after)
        if over is not None and _against(over, one, other):
            found.append(f"{told(after)} is read before {told(before)}")
    if len(found) > 1:  # from the last back to the first it goes once
        yield from found


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _siblings(before: QWidget, after: QWidget) -> tuple[QWidget | None, QWidget, QWidget]:
    """The nearest widget that holds both, and what of it holds each."""
    line = [before]
    while (above := line[-1].parentWidget()) is not None and not line[-1].isWindow():
        line.append(above)
    one = after
    while (above := one.parentWidget()) is not None and above not in line and not one.isWindow():
        one = above
    if above in line and line.index(above) > 0:
        return above, line[line.index(above) - 1], one
    return None, before, after


def _against(over: QWidget, one: QWidget, other: QWidget) -> bool:
    """Whether ``other`` stands wholly before ``one`` in a text read from left to right."""
    if over.property("read-from-right"):
        return False
    first, second = _place(one), _place(other)
    above = second.bottom() < first.top() and second.left() <= first.right()
    beside = second.right() < first.left() and second.bottom() > first.top() and second.top() < first.bottom()
    return above or beside


def focus_faults(root: QWidget, known: set[Kind]) -> Iterator[str]:
    """Tell where the focus is not seen: too few pixels change by a contrast of 3."""
    _activate(root)
    for widget in reachable(root):
        if not isValid(widget) or widget.visibleRegion().isEmpty() or _is_known(widget, known):
            continue
        rest = next((one for one in reachable(root) if one is not widget), None)
        if rest is None:
            continue
        rest.setFocus(Qt.FocusReason.TabFocusReason)
        area = _place(widget).adjusted(-_RIM, -_RIM, _RIM, _RIM).intersected(root.rect())
        without = _picture(root, area)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if _place(widget).adjusted(-_RIM, -_RIM, _RIM, _RIM).intersected(root.rect()) != area:
            continue  # it was scrolled into sight
        if (changed := _changed(without, _picture(root, area))) < _ENOUGH:
            yield f"the focus on {told(widget)} changes {changed} pixels"


Kind = tuple[str, ...]
"""What looks alike: class, role and state of a widget, and what it stands in."""


def _is_known(widget: QWidget, known: set[Kind]) -> bool:
    """Whether one that looks like it was looked at; it is known from now on."""
    said = [type(widget).__name__, widget.styleSheet()]
    for one in (widget, widget.parentWidget(), widget.window()):
        if one is not None:
            said += [
                str(one.property(name)) for name in ("role", "tone", "wrong", "checked", "active", "proposed")
            ]
    kind = (*said, str(widget.size().height() // 20))
    if kind in known:
        return True
    known.add(kind)
    return False


def _picture(root: QWidget, area: QRect) -> QImage:
    QCoreApplication.processEvents()
    return root.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)


def _changed(one: QImage, other: QImage) -> int:
    """How many pixels differ by a contrast of 3."""
    if one.size() != other.size():
        return 0
    width, pairs = one.width() * 4, Counter[tuple[bytes, bytes]]()
    first, second = bytes(one.constBits()), bytes(other.constBits())
    for row in range(one.height()):
        left, right = (bits[row * width : (row + 1) * width] for bits in (first, second))
        if left != right:
            for at in range(0, width, 4):
                if (before := left[at : at + 4]) != (after := right[at : at + 4]):
                    pairs[before, after] += 1
    return sum(
        count for (before, after), count in pairs.items() if contrast(_of(before), _of(after)) >= FRAME
    )


def _of(pixel: bytes) -> QColor:
    return QColor(pixel[2], pixel[1], pixel[0])


def ink_on_ground(image: QImage) -> float:
    """Return the contrast of what is written and what it stands on: the commonest colour."""
    bits = bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())
    colours = Counter(bits[at : at + 4] for at in range(0, len(bits), 4))
    ground = _of(colours.most_common(1)[0][0])
    return max(contrast(_of(pixel), ground) for pixel in colours)


def text_faults(root: QWidget, known: set[Kind]) -> Iterator[str]:
    """Tell which words stand out too little: labels, buttons, fields, and the highlighted row of a list."""
    for widget in root.findChildren(QWidget):
        if widget.window() is not root or not widget.isEnabled() or widget.visibleRegion().isEmpty():
            continue
        scrolled_out = widget.visibleRegion().boundingRect() != widget.rect()  # in part: seen elsewhere
        if scrolled_out or _is_known(widget, known):
            continue
        if isinstance(widget, QAbstractItemView):
            yield from _row_fault(widget)
        elif isinstance(widget, QLabel | QPushButton | QCheckBox) and widget.text().strip():
            area = _place(widget).intersected(root.rect())
            if area.height() > 8 and (found := ink_on_ground(root.grab(area).toImage())) < TEXT:
                yield f"{told(widget)} has contrast {found:.1f}"


def _row_fault(view: QAbstractItemView) -> Iterator[str]:
    index = view.currentIndex()
    if not index.isValid() or not str(index.data() or "").strip():
        return
    area = view.visualRect(index).intersected(view.viewport().rect())
    if area.height() > 8 and (found := ink_on_ground(view.viewport().grab(area).toImage())) < TEXT:
        yield f"the chosen line of {told(view)} has contrast {found:.1f}"


def frame_faults(root: QWidget, known: set[Kind]) -> Iterator[str]:
    """Tell which fields and buttons have an edge that is hardly seen."""
    for widget in root.findChildren(QWidget):
        if widget.window() is not root or widget.visibleRegion().isEmpty() or not widget.isEnabled():
            continue
        framed = isinstance(widget, QLineEdit | QComboBox) and not isinstance(
            widget.parentWidget(), QComboBox
        )
        if not framed or widget.width() < 12 or widget.hasFocus() or _is_known(widget, known):
            continue
        area = QRect(_place(widget).left() - 2, _place(widget).center().y(), 8, 1).intersected(root.rect())
        if area.width() == 8 and (found := ink_on_ground(root.grab(area).toImage())) < FRAME:
            yield f"the frame of {told(widget)} has contrast {found:.1f}"


def name_faults(root: QWidget) -> Iterator[str]:
    """Tell what a screen reader has no name for."""
    for widget in reachable(root):
        if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()
        if not name.strip():
            yield f"{told(widget)} in {type(widget.parentWidget()).__name__} has no name"


class Looker:
    """Looks at one window after the other; what looks alike is looked at once."""

    def __init__(self) -> None:
        self._focus: set[Kind] = set()
        self._text: set[Kind] = set()
        self._frame: set[Kind] = set()

    def faults(self, root: QWidget) -> list[str]:
        """Return all that eye and keyboard have to complain of."""
        return [
            *order_faults(root),
            *name_faults(root),
            *focus_faults(root, self._focus),
            *text_faults(root, self._text),
            *frame_faults(root, self._frame),
        ]
