"""领导小组: who is in which group on a day, and the beginning and end of their service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hazard_desk.books.groups import GroupNode, Groups
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind, Row, by_name
from hazard_desk.store.acts import Change
from ui.forms.editors import DateEditor
from ui.forms.form_dialog import FormDialog
from ui.office import Office
from ui.pages.page import Page
from ui.style import BODY, GAP, ROOM, ROW_HEIGHT
from ui.widgets.basics import Elided, button, card, clear, label
from ui.widgets.empty import Empty

_DAY = Field("day", "某日名单", Kind.DATE)


class GroupsPage(Page):
    """The leading groups of the plan."""

    title, report, picture = Groups.title, Groups.paper, Groups.icon

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.groups = office.desk.groups
        self.day = DateEditor(_DAY, office.today, self)
        self.day.put(office.today)
        self.total = Elided("", self, "soft")
        self.members: dict[int, MemberTable] = {}
        self._body = QWidget(self)
        self._body.setProperty("role", "page")
        self._cards = QVBoxLayout(self._body)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        self._set_out()
        self.day.edited.connect(self.refresh)
        self.day.line.editingFinished.connect(self.refresh)

    @property
    def ledger_id(self) -> str:
        """The ledger this page shows."""
        return self.groups.id

    def turn_day(self, before: date) -> None:
        self.day.today = self.office.today
        if self.day.raw() == before.isoformat():
            self.day.put(self.office.today)

    def refresh(self) -> None:
        """Show the groups as of the chosen day."""
        try:
            day = _DAY.read(self.day.raw(), self.office.today)
        except Refused:
            self.day.mark(True)
            return
        self.day.mark(False)
        clear(self._cards)
        self.members.clear()
        with self.office.reading(self):
            nodes = self.groups.tree(day)
        for depth, node in _walk(nodes):
            self._cards.addWidget(self._card(node, depth))
        if not nodes:
            self._cards.addWidget(
                Empty("方案没有列出领导小组，可以点“新增小组”设立", self._body, Groups.icon)
            )
        self._cards.addStretch(1)
        serving = sum(len(node.members) for _, node in _walk(nodes))
        self.total.setText(f"{(day or self.office.today).isoformat()} 在任{serving}人次")

    def show_record(self, number: int) -> None:
        """Bring one member into sight."""
        for table in self.members.values():
            table.choose(number)

    def start_new(self) -> None:
        """Take a member into the first group; where there is none yet, set it up."""
        if self.members:
            self.add_member(next(iter(self.members)))
        else:
            self.add_group()

    def add_member(self, group: int) -> None:
        """Open the form for a new member of a group."""

        def save(values: Row) -> Change:
            return self.groups.add(values | {"group_id": group})

        FormDialog(
            self.office,
            f"新增{self.groups.noun}",
            self.groups.entry_fields(),
            save,
            self,
            values={"starts_on": self.office.today},
            ledger=self.groups,
            again=True,
        ).open()

    def change_member(self, number: int) -> None:
        """Open the form of a member."""
        FormDialog(
            self.office,
            f"修改{self.groups.noun}",
            self.groups.entry_fields(),
            partial(self.groups.change, number),
            self,
            values=self.groups.get(number),
            ledger=self.groups,
        ).open()

    def end_member(self, number: int) -> None:
        """Ask for the day on which a member's service ends."""
        ends = replace(by_name(self.groups.fields, "ends_on"), required=True)

        def save(values: Row) -> Change:
            return self.groups.end(number, ends.read(values[ends.name], self.office.today))

        FormDialog(
            self.office,
            f"{self.groups.name_of(self.groups.get(number))}　结束任职",
            [ends],
            save,
            self,
            values={ends.name: self.office.today},
            help="自离任日期起，不再列入小组名单；此前的名单不变。",
        ).open()

    def add_group(self, parent: int | None = None) -> None:
        """Open the form for a group, or for a sub-group of ``parent``."""
        save = partial(self.groups.add_group, parent=parent)
        title = "新增小组" if parent is None else "新增下设小组"
        FormDialog(self.office, title, self.groups.group_fields, save, self).open()

    def change_group(self, node: GroupNode) -> None:
        """Open the form of a group."""
        values = {"id": node.id, "name": node.name, "office": node.office, "charge": node.charge}
        save = partial(self.groups.change_group, node.id)
        FormDialog(self.office, "修改小组", self.groups.group_fields, save, self, values=values).open()

    def _set_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(label(self.title, self, "title"))
        head.addSpacing(GAP)
        head.addWidget(self.total, 1)
        head.addWidget(label("某日名单", self, "soft"))
        self.day.setFixedWidth(170)
        head.addWidget(self.day)
        head.addWidget(button("今天", self, self._today))
        head.addWidget(button("新增小组", self, partial(self.add_group, None), "plus"))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, 12, ROOM, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)

    def _today(self) -> None:
        self.day.put(self.office.today)
        self.refresh()

    def _card(self, node: GroupNode, depth: int) -> QFrame:
        frame, layout = card(self._body)
        head = QHBoxLayout()
        head.addWidget(Elided(node.name, frame, "heading"), 1)
        table = MemberTable(self.groups.fields, node.members, frame)
        self.members[node.id] = table
        acts = MemberActs(self, node, table, frame)
        head.addWidget(acts)
        layout.addLayout(head)
        told = [f"办公室设在{node.office}" if node.office else "", _director(node)]
        if any(told):
            layout.addWidget(label("，".join(word for word in told if word), frame, "soft", wrap=True))
        if node.charge:
            layout.addWidget(label(node.charge, frame, "soft", wrap=True))
        layout.addWidget(table)
        if not node.members:
            layout.addWidget(label("这一天没有在任成员", frame, "soft"))
        table.setVisible(bool(node.members))
        frame.setContentsMargins(depth * 24, 0, 0, 0)
        return frame


class MemberActs(QWidget):
    """The buttons of one group; two of them act on the chosen member."""

    def __init__(self, page: GroupsPage, node: GroupNode, table: MemberTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._table = table
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        self.change = button("修改", self, self._change, "edit")
        self.end = button("结束任职", self, self._end, "leave")
        self.add = button("新增成员", self, partial(page.add_member, node.id), "plus")
        for made in (self.change, self.end, self.add):
            layout.addWidget(made)
        menu = QMenu(self)
        menu.addAction("修改小组").triggered.connect(partial(page.change_group, node))
        menu.addAction("新增下设小组").triggered.connect(partial(page.add_group, node.id))
        self.more = QPushButton("更多", self)
        self.more.setProperty("menu", True)
        self.more.setMenu(menu)
        layout.addWidget(self.more)
        table.itemSelectionChanged.connect(self._enable)
        table.itemDoubleClicked.connect(self._change)
        self._enable()

    def _enable(self) -> None:
        chosen = self._table.current() is not None
        self.change.setEnabled(chosen)
        self.end.setEnabled(chosen)

    def _change(self) -> None:
        if (number := self._table.current()) is not None:
            self._page.change_member(number)

    def _end(self) -> None:
        if (number := self._table.current()) is not None:
            self._page.end_member(number)


class MemberTable(QTableWidget):
    """The members of one group; as tall as they are many."""

    def __init__(self, fields: Sequence[Field], members: Sequence[Row], parent: QWidget) -> None:
        shown = [field for field in fields if field.shown and _told(field, members)]
        super().__init__(len(members), len(shown), parent)
        self._ids = [int(member["id"]) for member in members]
        self.setHorizontalHeaderLabels([field.heading for field in shown])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        for column, field in enumerate(shown):
            longest = max([len(field.show(member[field.name])) for member in members], default=0)
            letters = max(min(longest, field.width + 6), len(field.heading))
            self.setColumnWidth(column, (letters + 1) * BODY + 22)
            for row, member in enumerate(members):
                item = QTableWidgetItem(field.show(member[field.name]))
                item.setToolTip(item.text())
                self.setItem(row, column, item)

    def current(self) -> int | None:
        """Return the id of the chosen member, or None."""
        rows = self.selectionModel().selectedRows()
        return self._ids[rows[0].row()] if rows else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as tall as the rows, and the scroll bar where the columns need one."""
        super().resizeEvent(event)
        wide = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        self.setFixedHeight((self.rowCount() + 1) * ROW_HEIGHT + 4 + bar)

    def choose(self, number: int) -> None:
        """Choose a member, if this group has it."""
        if number in self._ids:
            self.selectRow(self._ids.index(number))


def _told(field: Field, members: Sequence[Row]) -> bool:
    """Whether a column says anything about anybody."""
    return any(field.show(member.get(field.name)) for member in members)


def _director(node: GroupNode) -> str:
    return f"办公室主任：{node.office_director}" if node.office_director else ""


def _walk(nodes: Sequence[GroupNode], depth: int = 0) -> Iterator[tuple[int, GroupNode]]:
    for node in nodes:
        yield depth, node
        yield from _walk(node.children, depth + 1)
