"""The order in which Tab goes through a window: as it is read, whatever was made first.

It follows the layouts from top left to bottom right each time Tab is pressed, so that nothing has to keep
an order true while parts of the window come and go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QTextEdit,
    QWidget,
)

_WHOLE = (QComboBox, QAbstractSpinBox, QLineEdit, QPlainTextEdit, QTextEdit)
"""What is one stop, whatever it is made of."""
FROM_RIGHT = "read-from-right"
"""The property of a line of buttons whose main act, at its right end, comes first."""


def stops(root: QWidget) -> list[QWidget]:
    """Return what Tab stops at within ``root``, in reading order."""
    return [widget for widget in _read(root) if _is_stop(widget)]


def move_on(window: QWidget, forward: bool) -> bool:
    """Put the focus on the next stop of a window, or on the one before; after the last comes the first."""
    order = list(_read(window))
    here = window.focusWidget()
    at = order.index(here) if here in order else -1 if forward else 0
    around = [*order[at + 1 :], *order[: max(at, 0)]] if forward else [*order[at:], *order[:at]][::-1]
    target = next((widget for widget in around if _is_stop(widget)), None)
    if target is None:
        return False
    _focus(target, Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def enter(part: QWidget) -> bool:
    """Put the focus on what a part of the window proposes, else on its first stop."""
    proposed = _proposed(part)
    target = proposed if proposed is not None and _is_stop(proposed) else next(iter(stops(part)), None)
    if target is not None:
        _focus(target, Qt.FocusReason.TabFocusReason)
    return target is not None


def go_to_part(parts: Sequence[QWidget], forward: bool) -> None:
    """Put the focus into the next of these parts that has a stop. A part may stand within an earlier one."""
    found = [(part, own) for part in parts if (own := _own_stops(part, parts))]
    if not found:
        return
    here = parts[0].window().focusWidget()
    within = [place for place, (part, _) in enumerate(found) if here is not None and part.isAncestorOf(here)]
    step = 1 if forward else -1
    part, own = found[(within[-1] + step) % len(found)] if within else found[0]
    proposed = _proposed(part)
    _focus(proposed if proposed in own else own[0], Qt.FocusReason.TabFocusReason)


def _proposed(part: QWidget) -> QWidget | None:
    """What a part proposes for the focus, and what that proposes in its turn."""
    proposed = part.focusProxy()
    while proposed is not None and proposed.focusProxy() is not None:
        proposed = proposed.focusProxy()
    return proposed


def _own_stops(part: QWidget, parts: Sequence[QWidget]) -> list[QWidget]:
    """The stops of a part without those of the parts that stand within it."""
    inner = [other for other in parts if other is not part and part.isAncestorOf(other)]
    return [stop for stop in stops(part) if not any(other.isAncestorOf(stop) for other in inner)]


def _focus(target: QWidget, reason: Qt.FocusReason) -> None:
    target.setFocus(reason)
    above = target.parentWidget()
    while above is not None and not target.isWindow():
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(target)
        above = above.parentWidget()


def _is_stop(widget: QWidget) -> bool:
    if not widget.isVisible() or not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QScrollArea):
        return _scrolls(widget) and not any(map(_is_stop, _below(widget)))
    if isinstance(widget, QAbstractButton) and (group := widget.group()) is not None and group.exclusive():
        chosen = group.checkedButton()
        return widget is (chosen if chosen is not None else group.buttons()[0])
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _scrolls(area: QAbstractScrollArea) -> bool:
    return bool(area.verticalScrollBar().maximum() or area.horizontalScrollBar().maximum())


def _read(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    yield from _below(widget)


def _below(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, _WHOLE):
        return
    for child in _children(widget):
        if child.isVisible() and not child.isWindow():
            yield from _read(child)


def _children(widget: QWidget) -> list[QWidget]:
    """The children as they are read: as the layout sets them, else by where they stand."""
    if isinstance(widget, QSplitter):
        return [part for place in range(widget.count()) if (part := widget.widget(place)) is not None]
    if isinstance(widget, QAbstractScrollArea):
        inner = widget.widget() if isinstance(widget, QScrollArea) else None
        return [inner] if inner is not None else _by_place(widget.viewport())
    laid = list(_laid(widget.layout()))
    if widget.property(FROM_RIGHT):
        laid.reverse()
    return laid + [child for child in _by_place(widget) if child not in laid]


def _by_place(widget: QWidget) -> list[QWidget]:
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return sorted(children, key=lambda child: (child.y(), child.x()))


def _laid(layout: QLayout | None) -> Iterator[QWidget]:
    if layout is None:
        return
    for item in _items(layout):
        if (inner := item.widget()) is not None:
            yield inner
        else:
            yield from _laid(item.layout())


def _items(layout: QLayout) -> list[QLayoutItem]:
    """The items of a layout, those of a grid by where they stand."""
    items = [item for place in range(layout.count()) if (item := layout.itemAt(place)) is not None]
    if isinstance(layout, QGridLayout):
        items.sort(key=lambda item: (item.geometry().y(), item.geometry().x()))
    return items
