"""领导小组: who is in which group on a day, and the beginning and end of their service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from hazard_desk.books.groups import GroupNode, GroupRow, Groups, MembershipRow
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import field_of, name_of
from ui.forms.editors import DateEditor
from ui.forms.form_dialog import FormDialog, Save
from ui.office import Office
from ui.pages.board_page import BoardPage
from ui.widgets.basics import button, label
from ui.widgets.empty import Way
from ui.widgets.group_cards import GroupCards, walk

_DAY = Field("day", "某日名单", Kind.DATE)


class GroupsPage(BoardPage):
    """The leading groups of the plan."""

    ledgers = (Groups.id,)

    how_to_fill = "方案没有列出领导小组的，先设立小组，再增加成员。"

    def __init__(self, office: Office, parent: QWidget) -> None:
        self.groups = office.desk.groups
        super().__init__(office, self.groups, parent)
        self.day = DateEditor(_DAY, office.today, self)
        self.day.stay_short()
        self.day.put(office.today)
        self.cards = GroupCards(self.groups.fields, self, self)
        tools = [
            label(_DAY.label, self, "soft"),
            self.day,
            button("今天", self, self._today),
            button("新增小组", self, partial(self.add_group, None), "plus"),
        ]
        self.set_out(self.cards, None, tools)
        self.day.edited.connect(self.refresh)
        self.day.line.editingFinished.connect(self.refresh)

    def turn_day(self, before: date) -> None:
        self.day.today = self.office.today
        if self.day.raw() == before.isoformat():
            self.day.put(self.office.today)

    def refresh(self) -> None:
        """Show the groups as of the chosen day."""
        try:
            day = self.day.read()
        except Refused:
            return
        self.office.read_anew(partial(self.groups.tree, day), partial(self._show, day), self)

    def ways_to_fill(self) -> list[Way]:
        return [("新增小组", "设立一个小组", partial(self.add_group, None))]

    def start_new(self) -> None:
        """Take a member into the first group; where there is none yet, set it up."""
        if self.cards.members:
            self.add_member(next(iter(self.cards.members)))
        else:
            self.add_group()

    def add_member(self, group: int) -> None:
        """Open the form for a new member of a group."""

        def save(values: Row) -> Change:
            return self.groups.add(values | {name_of(MembershipRow.group_id): group})

        values: Row = {name_of(MembershipRow.starts_on): self.office.today}
        self._ask_member(f"新增{self.groups.noun}", save, values, again=True)

    def change_member(self, number: int) -> None:
        """Open the form of a member."""
        save = partial(self.groups.change, number)
        self._ask_member(f"修改{self.groups.noun}", save, self.groups.get(number))

    def end_member(self, number: int) -> None:
        """Ask for the day on which a member's service ends."""
        ends = replace(field_of(MembershipRow.ends_on), required=True)

        today = self.office.today

        def save(values: Row) -> Change:
            return self.groups.end(number, ends.read_day(values[ends.name], today) or today)

        title = f"{self.groups.name_of(self.groups.get(number))}　结束任职"
        help = "自离任日期起，不再列入小组名单；此前的名单不变。"
        FormDialog(self.office, title, [ends], save, self, {ends.name: today}, help).open()

    def _ask_member(self, title: str, save: Save, values: Row, again: bool = False) -> None:
        asked, book = self.groups.entry_fields(), self.groups
        FormDialog(self.office, title, asked, save, self, values, ledger=book, again=again).open()

    def add_group(self, parent: int | None = None) -> None:
        """Open the form for a group, or for a sub-group of ``parent``."""
        save = partial(self.groups.add_group, parent=parent)
        title = "新增小组" if parent is None else "新增下设小组"
        FormDialog(self.office, title, self.groups.group_fields, save, self).open()

    def change_group(self, node: GroupNode) -> None:
        """Open the form of a group."""
        values = GroupRow()
        values.id, values.name, values.office, values.charge = node.id, node.name, node.office, node.charge
        save = partial(self.groups.change_group, node.id)
        FormDialog(self.office, "修改小组", self.groups.group_fields, save, self, values=values).open()

    def _show(self, day: date | None, nodes: list[GroupNode]) -> None:
        self.cards.show_groups(nodes)
        serving = sum(len(node.members) for _, node in walk(nodes))
        self.total.setText(f"{(day or self.office.today).isoformat()} 在任{serving}人次")
        self.show_list(bool(nodes), False)

    def _today(self) -> None:
        self.day.put(self.office.today)
        self.refresh()
