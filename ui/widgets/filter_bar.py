"""Drop-downs to filter by, generated from fields, and buttons for filters that have no drop-down.

Fields that the table does not show by default have their drop-downs behind 更多筛选.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.rules.fields import Field, Kind
from ui.style import BODY, px
from ui.widgets.basics import button, restyle
from ui.widgets.flow import FlowLayout

_FRAME = 44
"""Padding and arrow of a drop-down, pixels."""


class FilterBar(QWidget):
    """Whatever is chosen here is a ``where`` for a query. ``changed`` tells that it is another one."""

    changed = Signal()

    def __init__(self, fields: Sequence[Field], parent: QWidget, search: QLineEdit | None = None) -> None:
        super().__init__(parent)
        self._fields: Sequence[Field] = ()
        self._layout = FlowLayout(self)
        if search is not None:
            search.setParent(self)
            self._layout.addWidget(search)
        self._groups: dict[str, list[str]] = {}
        """The words of a field that stand for several of its choices."""
        self.combos = {field.name: self._combo(field) for field in fields}
        self._fields = fields
        self._seldom = [self.combos[field.name] for field in fields if not field.shown]
        self._more = button("更多筛选", self, self._show_seldom, "chevron-down", "quiet")
        self._layout.addWidget(self._more)
        self._more.setVisible(bool(self._seldom))
        for combo in self._seldom:
            combo.hide()
        self._extra: dict[str, str] = {}
        self._extra_buttons: list[QPushButton] = []
        self._clear = button("清除筛选", self, self.clear, "close", "quiet")
        self._layout.addWidget(self._clear)
        self._clear.hide()

    def put_beside(self, widget: QWidget) -> None:
        """Put something beside the filters, below them where the width ends."""
        self._layout.addWidget(widget)

    def where(self) -> dict[str, str]:
        """Return field name -> wanted value."""
        chosen = {name: str(combo.currentData() or "") for name, combo in self.combos.items()}
        return {name: value for name, value in chosen.items() if value} | self._extra

    def set_where(self, where: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """Choose these values; ``labels`` names fields without a drop-down, shown as buttons to take off."""
        for name, combo in self.combos.items():
            combo.blockSignals(True)
            value = where.get(name, "")
            if value and combo.findData(value) < 0:
                combo.addItem(value, value)
            combo.setCurrentIndex(max(0, combo.findData(value)))
            combo.blockSignals(False)
        self._extra = {name: value for name, value in where.items() if name not in self.combos}
        for old in self._extra_buttons:
            old.hide()
            old.deleteLater()
        self._extra_buttons = [self._tag(name, labels.get(name, name)) for name in self._extra]
        self._layout.removeWidget(self._clear)
        self._layout.addWidget(self._clear)
        self._changed()

    def offer(self, options: Mapping[str, Sequence[str]]) -> None:
        """Fill the drop-downs; what is chosen stays chosen."""
        for name, values in options.items():
            combo = self.combos[name]
            chosen = combo.currentData()
            combo.blockSignals(True)
            while combo.count() > 1:
                combo.removeItem(1)
            for value in dict.fromkeys([*self._groups[name], *values, *([chosen] if chosen else [])]):
                combo.addItem(value, value)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))
            combo.blockSignals(False)

    def clear(self) -> None:
        """Want everything again."""
        self.set_where({}, {})

    def changeEvent(self, event: QEvent) -> None:
        """Larger text wants more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for field in self._fields:
                self.combos[field.name].setFixedWidth(_width(field))

    def _show_seldom(self) -> None:
        for combo in self._seldom:
            combo.show()
        self._more.hide()

    def _combo(self, field: Field) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(f"按{field.label}筛选")
        combo.setToolTip(f"按{field.label}筛选")
        whatever = f"{field.label}不限" if field.name == GAPS else f"全部{field.label}"
        combo.addItem(whatever, "")
        self._groups[field.name] = [word for word, _ in field.groups]
        for choice in [*self._groups[field.name], *field.choices] if field.kind is Kind.CHOICE else ():
            combo.addItem(str(choice), str(choice))
        combo.setFixedWidth(_width(field))
        combo.setMaxVisibleItems(16)
        combo.view().setMinimumWidth(160)
        combo.currentIndexChanged.connect(self._changed)
        self._layout.addWidget(combo)
        return combo

    def _tag(self, name: str, text: str) -> QPushButton:
        tag = button(f"{text}：{self._extra[name]}", self, partial(self._take_off, name), "close")
        tag.setToolTip("取消这项筛选")
        self._layout.addWidget(tag)
        tag.show()
        return tag

    def _take_off(self, name: str) -> None:
        where = self.where()
        del where[name]
        self.set_where(where, {})

    def _changed(self) -> None:
        for combo in self.combos.values():
            restyle(combo, "active", combo.currentIndex() > 0)
        if any(combo.currentIndex() > 0 for combo in self._seldom):
            self._show_seldom()
        self._clear.setVisible(bool(self.where()))
        self.changed.emit()


def _width(field: Field) -> int:
    return (len(field.label) + 2) * px(BODY) + _FRAME
