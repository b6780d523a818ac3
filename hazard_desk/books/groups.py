"""领导小组: leading groups, who serves in them in which role, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import get_args

import peewee

from hazard_desk.books.kit.gaps import TakenIn, ahead
from hazard_desk.books.kit.judging import Telling
from hazard_desk.books.kit.ledger import TableLedger, entries_of
from hazard_desk.errors import Refused
from hazard_desk.library.plans import Role
from hazard_desk.rules.fields import Field, Kind, Value, read_all
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.columns import Record, column, declared, field_of, name_of, names_of
from hazard_desk.store.search import Entry

ROLES: tuple[str, ...] = get_args(Role)
"""In the order in which a group's paper lists them."""


class GroupRow(Record, table="leading_group"):
    """A leading group or one of its sub-groups."""

    plan_id = peewee.IntegerField(index=True)
    parent_id = peewee.IntegerField(null=True)
    name = column("小组名称", required=True, width=24, searched=True)
    office = column("办公室设在", width=10)
    charge = column("职责", Kind.LONG, width=24)


class MembershipRow(TakenIn, table="membership"):
    """A person's service in a group. A change of role ends one and begins another."""

    group_id = peewee.IntegerField(index=True)
    role = column("小组职务", Kind.CHOICE, required=True, choices=ROLES, width=6)
    person = column("姓名", width=6, searched=True, help="方案只写职务未写姓名的，可先留空")
    post = column("单位及职务", width=14, searched=True)
    by_office = column("按职务列入", Kind.BOOL, width=5, help="方案按职务列入、未写姓名的成员")
    starts_on = column("任职日期", Kind.DATE, required=True, width=7)
    ends_on = column("离任日期", Kind.DATE, width=7)
    basis = column("依据文件", width=12)
    group = column("小组名称", width=20, computed=True)


@dataclass
class GroupNode:
    """A group with its members of a day and its sub-groups."""

    id: int
    name: str
    office: str
    charge: str
    members: list[MembershipRow] = field(default_factory=list)
    children: list[GroupNode] = field(default_factory=list)

    @property
    def office_director(self) -> str:
        return "、".join(row.person for row in self.members if row.role == "办公室主任")


_GROUP = name_of(MembershipRow.group)


class Groups(TableLedger[MembershipRow]):
    """The leading groups of the desk's plan; a row is one membership."""

    id = "groups"
    title = "领导小组"
    noun = "小组成员"
    why = "名单印在材料上，领导带队检查、召开会议按姓名对照"
    icon = "groups"
    paper = "leading-group"
    in_binder = False
    group_fields = declared(GroupRow)
    table = MembershipRow
    same_by = (names_of(MembershipRow.group, MembershipRow.role, MembershipRow.person, MembershipRow.post),)

    def name_of(self, row: MembershipRow) -> str:
        return f"{row.role} {row.person or row.post}".strip()

    def finish(self, row: MembershipRow) -> MembershipRow:
        row.group = self.cabinet.row(GroupRow, row.group_id).name
        return row

    def plan_of(self, number: int) -> int | None:
        """Return the plan of a member's group; None when there is no such member."""
        groups = GroupRow.select(GroupRow.plan_id)
        joined = groups.join(MembershipRow.model, on=(MembershipRow.group_id == GroupRow.id))
        found = self.cabinet.scalar(joined.where(MembershipRow.id == number))
        return None if found is None else int(found)

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """Return what each member is found by: those of every plan, whichever is current."""
        select = MembershipRow.select().order_by(MembershipRow.id)
        wanted = select if ids is None else select.where(MembershipRow.id.in_(list(ids)))
        return entries_of(self, self.finish_all(self.cabinet.records(MembershipRow, wanted)))

    def _all(self, *what: peewee.Node) -> peewee.ModelSelect:
        of_plan = GroupRow.select(GroupRow.id).where(GroupRow.plan_id == int(self.cabinet.setting("plan")))
        return super()._all(*what).where(MembershipRow.group_id.in_(of_plan))

    def groups(self) -> list[GroupRow]:
        """Return the groups of the current plan, parents before children."""
        plan = int(self.cabinet.setting("plan"))
        asked = GroupRow.select().where(GroupRow.plan_id == plan).order_by(GroupRow.id)
        return self.cabinet.records(GroupRow, asked)

    def tree(self, on: date | None = None) -> list[GroupNode]:
        """Return the groups with who served in them on the day ``on`` (today when None)."""
        day = on or self.cabinet.clock.today
        since = MembershipRow.starts_on <= day
        if day >= self.cabinet.clock.today:  # from when is not known, but there they are
            since |= MembershipRow.starts_on.is_null()
        serving = self.cabinet.records(
            MembershipRow,
            MembershipRow.select()
            .where(since)
            .where(MembershipRow.ends_on.is_null() | (MembershipRow.ends_on > day))
            .order_by(MembershipRow.id),
        )
        nodes: dict[int, GroupNode] = {}
        top: list[GroupNode] = []
        for row in self.groups():
            node = nodes[row.id] = GroupNode(row.id, row.name, row.office, row.charge)
            node.members = [member for member in serving if member.group_id == row.id]
            node.members.sort(key=lambda member: (*ROLES, "").index(member.role))
            (nodes[row.parent_id].children if row.parent_id else top).append(node)
        return top

    def add(self, values: Mapping[str, Value]) -> Change:
        """Take a member into a group; ``values`` may name it as group_id or group, else the first group."""
        row = self.read(values, None)
        row.group_id = self._group(values.get(name_of(MembershipRow.group_id)), values.get(_GROUP))
        with self.cabinet.act("groups.add", self.id) as act:
            number = act.insert(MembershipRow, row)
            act.done(f"新增小组成员“{self.name_of(row)}”", number)
        return act.result

    def lacking(self, row: MembershipRow) -> dict[str, str]:
        named = row.person or row.post
        told = {} if named else {name_of(MembershipRow.person): "请填写“姓名”或“单位及职务”"}
        return super().lacking(row) | told

    def wrong(self, row: MembershipRow, number: int | None) -> dict[str, str]:
        if row.ends_on and ahead(row.starts_on, row.ends_on):
            return {name_of(MembershipRow.ends_on): "“离任日期”不能早于任职日期"}
        return {}

    def _refused(
        self, row: MembershipRow, problems: Mapping[str, str], telling: Telling, old: MembershipRow | None
    ) -> str:
        """A member serves in a group of the plan: the one that is named, or the only one."""
        names, named = self.options(_GROUP), row.get(_GROUP)
        placed = old is not None or named in names or (not named and len(names) == 1)
        unplaced = "" if placed else f"请填写“小组名称”，可以写{quoted('、'.join(names))}"
        return super()._refused(row, problems, telling, old) or unplaced

    def _insert(self, act: Act, rows: Sequence[Record]) -> list[int]:
        for row in rows:
            row[name_of(MembershipRow.group_id)] = self._group(None, row.get(_GROUP))
        return super()._insert(act, rows)

    def add_group(self, values: Mapping[str, Value], parent: int | None = None) -> Change:
        """Set up a group of the current plan, or a sub-group of ``parent``. Raises ``RefusedFields``."""
        row = GroupRow(read_all(self.group_fields, values, self.cabinet.clock.today))
        row.plan_id, row.parent_id = int(self.cabinet.setting("plan")), parent
        with self.cabinet.act("groups.add_group", self.id) as act:
            number = act.insert(GroupRow, row)
            act.done(f"新增小组“{row.name}”", number)
        return act.result

    def change_group(self, number: int, values: Mapping[str, Value]) -> Change:
        """Change the given fields of a group; those not in ``values`` stay."""
        old = self.cabinet.row(GroupRow, number)
        row = GroupRow(read_all(self.group_fields, old | dict(values), self.cabinet.clock.today))
        with self.cabinet.act("groups.change_group", self.id) as act:
            act.update(GroupRow, number, row)
            act.done(f"修改小组“{row.name}”", number)
        return act.result

    def end(self, number: int, on: date) -> Change:
        """End a member's service: from the day ``on`` the member no longer belongs to the group."""
        row = self.get(number)
        if ahead(row.starts_on, on):
            raise Refused("离任日期不能早于任职日期", name_of(MembershipRow.ends_on))
        with self.cabinet.act("groups.end", self.id) as act:
            act.update(MembershipRow, number, {name_of(MembershipRow.ends_on): on})
            act.done(f"{self.name_of(row)} 自{on}起离任", number)
        return act.result

    def template_fields(self) -> tuple[Field, ...]:
        group = field_of(MembershipRow.group)
        return (replace(group, given=False, required=True), *super().template_fields())

    def options(self, name: str) -> list[str]:
        return [row.name for row in self.groups()] if name == _GROUP else super().options(name)

    def strict_names(self) -> tuple[str, ...]:
        return (_GROUP,)

    def _group(self, wanted: Value, name: Value = None) -> int:
        """Return the id of the wanted group of the current plan; of the first when None is named."""
        if name and not wanted:
            wanted = next((row.id for row in self.groups() if row.name == name), name)
        groups = {str(row.id): int(row.id) for row in self.groups()}
        if not groups:
            raise Refused("本方案还没有领导小组")
        if not wanted:
            return next(iter(groups.values()))
        if str(wanted) not in groups:
            raise Refused(
                "方案里没有这个小组，请从列表中选择", _GROUP if name else name_of(MembershipRow.group_id)
            )
        return groups[str(wanted)]
