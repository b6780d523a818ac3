"""奖惩记录: rewards and penalties in one ledger, by type.

Amounts are in 元 for rewards and commendations, in 万元 for all else, as the offices keep them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import peewee
from peewee import fn

from hazard_desk.books.checks.book import Checks
from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.informants import Informants, Protected
from hazard_desk.books.kit.gaps import odd_day
from hazard_desk.books.kit.judging import Telling
from hazard_desk.books.kit.lists import SECTORS
from hazard_desk.books.kit.named_links import link
from hazard_desk.books.kit.protected import ProtectedLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field, Kind, Row, Value, absent
from hazard_desk.rules.states import SELF_FOUND, UNRECTIFIED
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import column, field_of, name_of, names_of

REPORT_REWARD = "举报奖励"
PENALTY = "行政处罚"
REMINDER = "提醒函"
KINDS = (
    REPORT_REWARD,
    "表扬表彰",
    PENALTY,
    "停产整顿",
    "关闭取缔",
    "暂扣吊销",
    "查封扣押",
    "移送司法",
    "曝光",
    "约谈",
    "通报",
    "联合惩戒",
    "失信黑名单",
    "典型案例公布",
    REMINDER,
    "督办函",
    "追责问责",
)
OF_UNIT, OF_PERSON, OF_OFFICE = TARGETS = ("单位", "个人", "科室村社区")
"""Whom a record is about."""
DESPITE = "处罚早于方案起始日期的，或者隐患是企业自查上报、正在整改的，写明仍要登记的理由"
_PAIRED = "这条处罚已与另一条关联为一案双罚，请先取消关联"
IN_YUAN = (REPORT_REWARD, "表扬表彰")


class RewardRow(Protected, table="reward_penalty"):
    """One reward or penalty."""

    enterprise_id = peewee.IntegerField(null=True, index=True)
    hazard_id = peewee.IntegerField(null=True, index=True)
    check_id = peewee.IntegerField(null=True, index=True)
    tip_id = peewee.IntegerField(null=True, index=True)
    pair_id = peewee.IntegerField(null=True)
    kind = column("类型", Kind.CHOICE, required=True, choices=KINDS, width=6, index=True)
    target_kind = column("对象类型", Kind.CHOICE, required=True, choices=TARGETS, width=5)
    target = column("对象", required=True, width=14, searched=True)
    sector = column(
        "行业领域",
        Kind.CHOICE,
        listed=SECTORS,
        width=8,
        shown=False,
        help="不填按关联隐患或对象的行业领域统计",
    )
    village = column("所在村（社区）", width=8, shown=False, help="不填按对象所在的村（社区）统计")
    office = column(
        "承办科室", width=8, shown=False, help="由哪个科室办理，不填按关联隐患或对象的监管科室统计"
    )
    happened_on = column("日期", Kind.DATE, required=True, width=7, index=True, now=True)
    reason = column("事由", Kind.LONG, required=True, width=20, searched=True)
    basis = column("依据", width=14, shown=False)
    despite = column("仍要登记的理由", Kind.LONG, width=12, shown=False, help=DESPITE)
    amount = column("金额", Kind.NUMBER, width=6, help="单位随“类型”：举报奖励、表扬表彰是元，其余是万元")
    number = column("文号", width=10, searched=True)
    hazard_number = column("关联隐患", width=11, shown=False)
    anonymous = column("匿名举报", Kind.BOOL, width=4, shown=False)
    published_at = column("公开方式", width=8, shown=False, help="在哪里公开")
    published_on = column("公开日期", Kind.DATE, width=7, shown=False)
    crime = column("危险作业罪案例", Kind.BOOL, width=5, shown=False)
    people = column("人数", Kind.INTEGER, unit="人", width=4, shown=False)
    remark = column("备注", Kind.LONG, width=10, shown=False)
    amount_unit = column("金额单位", width=4, computed=True)
    paired = column("一案双罚", Kind.BOOL, width=4, computed=True)


_PAIR = name_of(RewardRow.pair_id)
_JUDGED = names_of(RewardRow.kind, RewardRow.happened_on, RewardRow.hazard_number)


class Rewards(ProtectedLedger[RewardRow]):
    """The ledger of rewards and penalties."""

    id = "rewards-penalties"
    title = "奖惩记录"
    noun = "奖惩记录"
    why = "奖励、处罚、约谈、提醒函登记在这里，调度表的处罚次数、罚款数由它统计"
    icon = "rewards"
    first_columns = names_of(RewardRow.target, RewardRow.reason, RewardRow.kind, RewardRow.happened_on)
    default_sort = f"-{name_of(RewardRow.happened_on)}"
    table = RewardRow
    same_by = (
        names_of(RewardRow.number, RewardRow.target),
        names_of(RewardRow.kind, RewardRow.target, RewardRow.happened_on, RewardRow.reason),
    )

    def __init__(
        self,
        cabinet: Cabinet,
        informants: Informants,
        enterprises: Enterprises,
        hazards: Hazards,
        checks: Checks,
    ) -> None:
        super().__init__(cabinet, informants)
        self.checks = checks
        self._hazards = hazards
        self.links = (
            enterprises.link(self.id, RewardRow, RewardRow.target, of_firms=RewardRow.target_kind == OF_UNIT),
            link(RewardRow.hazard_number, RewardRow.hazard_id, hazards.find, hazards.names),
        )

    def name_of(self, row: RewardRow) -> str:
        return f"{row.kind} {row.target}".strip()

    def find(self, name: Value) -> int | None:
        """Return the last record with this 文号; None where there is none."""
        asked = self._all(fn.MAX(RewardRow.id)).where(RewardRow.number == str(name).strip())
        found = self.cabinet.scalar(asked)
        return int(found) if found else None

    def names(self) -> list[str]:
        """Return the 文号 of all records that have one."""
        return [str(number) for number in self.used(name_of(RewardRow.number)) if number]

    def add(self, values: Mapping[str, Value], links: Mapping[str, Value] | None = None) -> Change:
        """Enter a record; ``links`` are ids of what it was made from. One report is rewarded once."""
        tip = (links or {}).get(name_of(RewardRow.tip_id))
        if isinstance(tip, int):
            _refuse_second(self.made_from(name_of(RewardRow.tip_id), [tip]).get(tip, []))
        row = self.read(values, None)
        _refuse_second(self._twins(row, typed=tip is None))
        return super().add(values, links)

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        old = self.get(number)
        row = self.read(old | dict(values), number)
        if old.tip_id is None:
            _refuse_second(self._twins(row, typed=True))
        return super().change(number, values)

    def doubts(self, row: RewardRow, old: RewardRow | None) -> dict[str, str]:
        """What speaks against a penalty without a reason; again where kind, day or hazard change."""
        same = old is not None and all(row[name] == old[name] for name in _JUDGED)
        if row.kind != PENALTY or row.despite or same or not (found := list(self._against(row))):
            return {}
        return {name_of(RewardRow.despite): f"{'；'.join(found)}。仍要登记的，请填写“仍要登记的理由”"}

    def _against(self, row: RewardRow) -> Iterator[str]:
        begins = self.cabinet.row(PlanRow, int(self.cabinet.setting("plan"))).starts_on
        if row.happened_on and row.happened_on < begins:
            yield f"处罚日期早于方案的起始日期{begins.isoformat()}，调度表不统计"
        if row.hazard_id:
            hazard = self._hazards.get(row.hazard_id)
            if hazard.source == SELF_FOUND and hazard.reports and hazard.state in UNRECTIFIED:
                told = "企业自查发现、已报告、正在整改，对这样的隐患一般不予处罚"
                yield f"隐患{hazard.number}是{told}"

    def _twins(self, row: RewardRow, typed: bool) -> list[RewardRow]:
        """Rewards of reports that a row ``typed``, or from a sheet, tells over again; or the reverse."""
        if row.kind != REPORT_REWARD:
            return []
        same = (RewardRow.kind == row.kind) & (RewardRow.target == row.target)
        same &= (RewardRow.happened_on == row.happened_on) & (RewardRow.reason == row.reason)
        select = self._all().where(RewardRow.tip_id.is_null(not typed) & same)
        return self.cabinet.records(RewardRow, select)

    def lacking(self, row: RewardRow) -> dict[str, str]:
        unsaid = row.published_on and not row.published_at
        told = {name_of(RewardRow.published_at): "请填写“公开方式”，写明在哪里公开"} if unsaid else {}
        return super().lacking(row) | told

    def wrong(self, row: RewardRow, number: int | None) -> dict[str, str]:
        problems = odd_day(RewardRow.happened_on, row, self.cabinet.clock.today, RewardRow.despite)
        if row.kind == REPORT_REWARD and row.target_kind not in ("", OF_PERSON):
            problems[name_of(RewardRow.target_kind)] = "举报奖励的“对象类型”应为个人"
        if number is not None and self.get(number).paired:
            old = self.get(number)
            problems |= {
                name: _PAIRED
                for name in names_of(RewardRow.kind, RewardRow.target_kind)
                if row[name] != old[name]
            }
        if row.amount is not None and not row.kind:
            problems[name_of(RewardRow.amount)] = "没有填写“类型”，不知道“金额”的单位是元还是万元"
        return problems

    def _refused(
        self, row: RewardRow, problems: Mapping[str, str], telling: Telling, old: RewardRow | None
    ) -> str:
        twins = [] if old and old.tip_id else self._twins(row, typed=True)
        return super()._refused(row, problems, telling, old) or (_paid_already(twins[0]) if twins else "")

    def unit_of(self, field: Field, row: Row) -> str:
        if field.name != name_of(RewardRow.amount):
            return field.unit
        kind = row.get(name_of(RewardRow.kind))
        return "" if absent(kind) else "元" if kind in IN_YUAN else "万元"

    def finish(self, row: RewardRow) -> RewardRow:
        row.amount_unit = "" if row.amount is None else self.unit_of(field_of(RewardRow.amount), row)
        row.paired = row.pair_id is not None
        return row

    def sums(self, query: Query) -> list[tuple[str, float]]:
        """Return the sums in 元 and in 万元, for the types are kept in different units."""
        found = []
        for unit, in_unit in (("元", RewardRow.kind.in_(IN_YUAN)), ("万元", RewardRow.kind.not_in(IN_YUAN))):
            total = self.cabinet.scalar(self._select(query, fn.SUM(RewardRow.amount)).where(in_unit))
            if total:
                found.append((f"金额（{unit}）", total))
        return found

    def pair(self, enterprise: int, principal: int) -> Change:
        """Mark two penalties as one case with two punished (一案双罚): the enterprise and its principal.

        Raises ``Refused`` unless both are penalties, one of a unit, one of a person, neither paired.
        """
        rows = [self.get(enterprise), self.get(principal)]
        if any(row.kind != PENALTY for row in rows):
            raise Refused("一案双罚的两条记录都应为行政处罚")
        if [row.target_kind for row in rows] != [OF_UNIT, OF_PERSON]:
            raise Refused("一案双罚应为一条对单位的处罚和一条对其主要负责人个人的处罚")
        if any(row.pair_id for row in rows):
            raise Refused("其中一条处罚已与另一条关联，请先取消关联")
        with self.cabinet.act("rewards-penalties.pair", self.id) as act:
            act.update(RewardRow, enterprise, {_PAIR: principal})
            act.update(RewardRow, principal, {_PAIR: enterprise})
            act.done(f"一案双罚：{rows[0].target}、{rows[1].target}", enterprise, principal)
        return act.result

    def unpair(self, number: int) -> Change:
        """Take the mark off both of a pair. ``Refused`` when this one is not paired."""
        row = self.get(number)
        if row.pair_id is None:
            raise Refused("这条处罚没有与另一条关联")
        with self.cabinet.act("rewards-penalties.unpair", self.id) as act:
            for one in (number, row.pair_id):
                act.update(RewardRow, one, {_PAIR: None})
            act.done(f"取消一案双罚：{row.target}", number, row.pair_id)
        return act.result


def _refuse_second(firsts: Sequence[RewardRow]) -> None:
    """A report that is rewarded already is not rewarded again."""
    for first in firsts:
        raise Refused(_paid_already(first))


def _paid_already(first: RewardRow) -> str:
    paid = "" if first.amount is None else f"{first.amount:g}元"
    called = "，".join(part for part in (first.number, paid) if part)
    return (
        f"这件举报已于{show_date(first.happened_on)}奖励{f'（{called}）' if called else ''}，"
        "不能重复奖励；要改金额或日期，请修改奖惩记录中的那一条"
    )
