"""The groups as cards below each other, each with its members and the buttons of what can be done there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from hazard_desk.books.groups import GroupNode, MembershipRow
from hazard_desk.books.kit.gaps import GAP_WORD
from hazard_desk.rules.fields import Field
from ui.style import CELL_ROOM, GAP, letters, px
from ui.tones import AMBER
from ui.widgets.basics import Elided, button, card, clear, label, menu_button
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.rows import by_rows


class GroupActs(Protocol):
    """What can be done with groups and members."""

    def add_member(self, group: int) -> None: ...
    def change_member(self, number: int) -> None: ...
    def end_member(self, number: int) -> None: ...
    def add_group(self, parent: int | None = None) -> None: ...
    def change_group(self, node: GroupNode) -> None: ...


class GroupCards(QScrollArea):
    """Shows nodes of ``groups.tree``; what is chosen survives when they are shown anew."""

    clicked = Signal()
    opened = Signal(object)

    def __init__(self, fields: Sequence[Field], acts: GroupActs, parent: QWidget) -> None:
        super().__init__(parent)
        self.members: dict[int, MemberTable] = {}
        self._fields, self._acts = fields, acts
        self._wanted: int | None = None
        self._body = QWidget(self)
        self._body.setProperty("role", "page")
        self._cards = down(within=self._body, gap=12)
        self.setWidgetResizable(True)
        self.setWidget(self._body)

    def show_groups(self, nodes: Sequence[GroupNode]) -> None:
        """Show these."""
        wanted = self.current() if self._wanted is None else self._wanted
        clear(self._cards)
        self.members.clear()
        for depth, node in walk(nodes):
            self._cards.addWidget(self._card(node, depth))
        self._cards.addStretch(1)
        if wanted is not None:
            self.choose(wanted)

    def choose(self, number: int) -> None:
        """Choose a member, as soon as the cards show it."""
        self._wanted = number
        for table in self.members.values():
            if table.choose(number):
                self._wanted = None

    def current(self) -> int | None:
        """Return the id of the chosen member, or None."""
        return next((one for table in self.members.values() if (one := table.current()) is not None), None)

    def _card(self, node: GroupNode, depth: int) -> QFrame:
        frame, layout = card(self._body)
        head = across(Stretch(Elided(node.name, frame, "heading")))
        table = MemberTable(self._fields, node.members, frame)
        self.members[node.id] = table
        head.addWidget(CardActs(self._acts, node, table, frame))
        layout.addLayout(head)
        director = f"办公室主任：{node.office_director}" if node.office_director else ""
        told = [f"办公室设在{node.office}" if node.office else "", director]
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


class CardActs(QWidget):
    """The buttons of one group; two of them act on the chosen member."""

    def __init__(self, acts: GroupActs, node: GroupNode, table: MemberTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._acts, self._table = acts, table
        self.change = button("修改", self, self._change, "edit")
        self.end = button("结束任职", self, self._end, "leave")
        self.add = button("新增成员", self, partial(acts.add_member, node.id), "plus")
        change, below = partial(acts.change_group, node), partial(acts.add_group, node.id)
        self.more = menu_button("更多", self, [("修改小组", change), ("新增下设小组", below)])
        across(self.change, self.end, self.add, self.more, within=self)
        table.itemSelectionChanged.connect(self._enable)
        table.itemDoubleClicked.connect(self._change)
        self._enable()

    def _enable(self) -> None:
        chosen = self._table.current() is not None
        self.change.setEnabled(chosen)
        self.end.setEnabled(chosen)

    def _change(self) -> None:
        if (number := self._table.current()) is not None:
            self._acts.change_member(number)

    def _end(self) -> None:
        if (number := self._table.current()) is not None:
            self._acts.end_member(number)


class MemberTable(QTableWidget):
    """The members of one group; as tall as they are many."""

    def __init__(self, fields: Sequence[Field], members: Sequence[MembershipRow], parent: QWidget) -> None:
        shown = [field for field in fields if field.shown and _told(field, members)]
        super().__init__(len(members), len(shown), parent)
        self._ids = [member.id for member in members]
        self.setHorizontalHeaderLabels([field.heading for field in shown])
        by_rows(self)
        self.setAccessibleName("成员")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        text = self.fontMetrics()
        for column, field in enumerate(shown):
            longest = max(
                [text.horizontalAdvance(field.show(member[field.name])) for member in members], default=0
            )
            wanted = min(longest + px(CELL_ROOM + GAP), letters(field.width + 6))
            self.setColumnWidth(column, max(wanted, letters(len(field.heading))))
            for row, member in enumerate(members):
                missing = field.name in member.gaps
                item = QTableWidgetItem(GAP_WORD if missing else field.show(member[field.name]))
                item.setToolTip(item.text())
                if missing:
                    item.setForeground(QColor(AMBER.ink))
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
        self.setFixedHeight(self.horizontalHeader().height() + self.verticalHeader().length() + 6 + bar)

    def choose(self, number: int) -> bool:
        """Choose a member; False when this group does not have it."""
        if number in self._ids:
            self.selectRow(self._ids.index(number))
        return number in self._ids


def _told(field: Field, members: Sequence[MembershipRow]) -> bool:
    """Whether a column says anything about anybody."""
    return any(field.show(member.get(field.name)) or field.name in member.gaps for member in members)


def walk(nodes: Sequence[GroupNode], depth: int = 0) -> Iterator[tuple[int, GroupNode]]:
    """Yield the groups, each with how deep it stands."""
    for node in nodes:
        yield depth, node
        yield from walk(node.children, depth + 1)
