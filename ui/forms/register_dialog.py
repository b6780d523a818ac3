"""A special register of the office's own: its title and its columns, made and changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QWidget,
)

from hazard_desk.errors import Refused, Trouble
from hazard_desk.library.registers import RegisterColumn, due_plain
from hazard_desk.rules.fields import Due, Kind, Row
from hazard_desk.store.acts import Change
from ui.office import Office
from ui.style import ROOM, px
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_DEADLINE, _VALIDITY = "register", "certificate"
_DUES = {_DEADLINE: Due(_DEADLINE), _VALIDITY: Due(_VALIDITY, "{noun}“{name}”证件到期", ahead=30)}
"""Dates that are due, by their kind among dated things."""
_KINDS = {
    Kind.TEXT: "短文字",
    Kind.LONG: "长文字",
    Kind.DATE: "日期",
    _DEADLINE: "期限（到期提醒）",
    _VALIDITY: "证件有效期（到期提醒）",
    Kind.NUMBER: "数字（可有小数）",
    Kind.INTEGER: "整数",
    Kind.BOOL: "是/否",
    Kind.CHOICE: "选项",
    Kind.NAMES: "多个名称",
    Kind.CODE: "号码",
}
_HEADINGS = ("栏目名称", "类型", "选项（用、隔开）", "单位", "必填")


class _Line:
    """The widgets of one line; ``old`` is the column as it was before, None for a new one."""

    def __init__(self, old: RegisterColumn | None, parent: QWidget, first: bool) -> None:
        self.old = old
        self.name = QLineEdit(parent)
        self.kind = QComboBox(parent)
        for value, word in _KINDS.items():
            self.kind.addItem(word, str(value))
        self.choices, self.unit, self.required = QLineEdit(parent), QLineEdit(parent), QCheckBox(parent)
        self.widgets = (self.name, self.kind, self.choices, self.unit, self.required)
        if old is not None:
            self.name.setText(old.label)
            self.kind.setCurrentIndex(max(0, self.kind.findData(old.due.kind if old.due else old.kind)))
            self.choices.setText("、".join(old.choices))
            self.unit.setText(old.unit)
        self.required.setChecked(first if old is None else old.required)
        self.kind.currentIndexChanged.connect(self._suit)
        self._suit()

    def said(self) -> Row:
        """Return what stands in the line."""
        said = self.old.plain() if self.old is not None else {}
        kind = self.kind.currentData()
        due = said.pop("due", None)
        if kind in _DUES:
            kept = self.old is not None and self.old.due is not None and self.old.due.kind == kind
            said["due"] = due if kept else due_plain(_DUES[kind])
        words = self.choices.text().replace("，", "、").replace(",", "、").split("、")
        return said | {
            "label": self.name.text(),
            "kind": str(Kind.DATE) if kind in _DUES else kind,
            "required": self.required.isChecked(),
            "choices": [word.strip() for word in words if word.strip()] if self.choices.isEnabled() else [],
            "unit": self.unit.text().strip() if self.unit.isEnabled() else "",
        }

    def _suit(self) -> None:
        """Options belong to a choice, a unit to a number."""
        self.choices.setEnabled(self.kind.currentData() == Kind.CHOICE)
        self.unit.setEnabled(self.kind.currentData() in (Kind.NUMBER, Kind.INTEGER))


class RegisterDialog(Dialog):
    """One line for each column. ``saved`` tells the change."""

    saved = Signal(object)

    def __init__(self, office: Office, register: str, parent: QWidget) -> None:
        """``register`` is the id of the one to be changed, '' for a new one."""
        super().__init__("修改栏目" if register else "新建专项台账", parent)
        self._office, self._register = office, register
        self.title = QLineEdit(self)
        self.title.setAccessibleName("台账名称")
        self.title.setPlaceholderText("台账名称，如 防汛物资台账")
        self.banner = label("", self, "problem", wrap=True)
        self.banner.hide()
        self.table = QTableWidget(0, len(_HEADINGS), self)
        self.table.setTabKeyNavigation(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the lines' own fields take the keys
        self._lines: list[_Line] = []
        self._set_out()
        if register:
            old = office.desk.registers.ledgers()[register].definition
            self.title.setText(old.title)
            for column in old.fields:
                self.add_column(column)
        else:
            for _ in range(3):
                self.add_column(None)
        self.take_room(820, 480)

    def add_column(self, column: RegisterColumn | None = None) -> None:
        """Add a line, filled with what a column says now."""
        row = self.table.rowCount()
        self.table.insertRow(row)
        line = _Line(column, self.table, first=row == 0)
        self._lines.append(line)
        for place, widget in enumerate(line.widgets):
            widget.setAccessibleName(f"第{row + 1}栏{_HEADINGS[place]}")
            self.table.setCellWidget(row, place, widget)

    def remove_column(self) -> None:
        """Take the line out in which the cursor stands."""
        row = self.table.indexAt(self.focusWidget().pos()).row() if self.focusWidget() else -1
        row = row if row >= 0 else self.table.currentRow()
        if row >= 0:
            self.table.removeRow(row)
            del self._lines[row]

    def save(self) -> None:
        """Make or change the register; stay open with the sentence when it is refused."""
        registers, title = self._office.desk.registers, self.title.text()
        if self._register:
            act = partial(registers.redefine, self._register, self.columns(), title)
        else:
            act = partial(registers.create, title, self.columns())
        try:
            change: Change = self._office.perform(act)
        except (Refused, Trouble) as error:
            say(self.banner, error.message)
            return
        self._office.notice(f"已保存：{change.title}", change)
        self.saved.emit(change)
        self.accept()

    def columns(self) -> list[Row]:
        """Return what the lines say; empty ones are left out."""
        return [line.said() for line in self._lines if line.name.text().strip()]

    def _set_out(self) -> None:
        self.table.setHorizontalHeaderLabels(list(_HEADINGS))
        self.table.verticalHeader().setDefaultSectionSize(px(40))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.ResizeToContents)
        foot = across(
            button("增加一栏", self, partial(self.add_column, None), "plus"),
            button("删除这一栏", self, self.remove_column, "remove"),
            Stretch(),
            button("取消", self, self.reject),
            button("保存", self, self.save, role="primary"),
        )
        down(
            self.title,
            label(
                "第一个必填的栏目用来称呼一条记录；名称、表格、采集表和打印都由栏目生成。",
                self,
                "soft",
                wrap=True,
            ),
            self.banner,
            Stretch(self.table),
            foot,
            within=self,
            edges=ROOM,
        )
