"""监管对象: enterprises, and also schools, clinics, homes for the elderly and farm courtyards."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import peewee

from hazard_desk.books.kit.gaps import TakenIn
from hazard_desk.books.kit.judging import Telling
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.identifiers import check_credit_code, check_phone
from hazard_desk.rules.sectors import SECTORS
from hazard_desk.store.columns import column, name_of, names_of

SMALL = 30
"""Up to so many people an enterprise is small (小微, S0 三（三）1)."""


CLOSED = "关闭"
GRADES = ("一级", "二级", "三级", "未创建")
"""安全生产标准化等级, from the best; the last for a firm that has none."""
HIGH_RISK = "矿山、危险化学品、烟花爆竹、金属冶炼等高危行业领域的，填是"


class Enterprise(TakenIn, table="enterprise"):
    """One object of supervision (监管对象)."""

    name = column("单位名称", required=True, unique=True, width=18, searched=True)
    category = column(
        "类别",
        Kind.CHOICE,
        required=True,
        choices=("企业", "个体工商户", "学校", "卫生院", "敬老院", "农户大院", "其他"),
        width=7,
    )
    credit_code = column(
        "统一社会信用代码", Kind.CODE, width=13, shown=False, searched=True, check=check_credit_code
    )
    sector = column("行业领域", Kind.CHOICE, required=True, choices=SECTORS, width=9)
    village = column("所在村（社区）", width=8, searched=True)
    address = column("地址", width=16, shown=False, searched=True)
    legal_person = column("法定代表人", width=6, shown=False)
    principal = column("主要负责人", width=6, searched=True)
    phone = column("联系电话", Kind.CODE, width=9, check=check_phone)
    safety_officers = column("安全管理人员", Kind.NAMES, width=10, shown=False)
    headcount = column("从业人数", Kind.INTEGER, unit="人", width=6, help=f"{SMALL}人及以下为小微")
    risk = column("风险等级", Kind.CHOICE, choices=("红", "橙", "黄", "蓝"), width=5)
    grade = column("标准化等级", Kind.CHOICE, choices=GRADES, width=6, shown=False)
    high_risk = column("高危", Kind.BOOL, width=4, shown=False, help=HIGH_RISK)
    office = column("监管科室", width=8)
    leader = column("分管领导", width=6)
    keeper = column("包联责任人", width=7, shown=False)
    status = column("状态", Kind.CHOICE, choices=("在产", "停产", CLOSED), width=5)
    remark = column("备注", Kind.LONG, width=12, shown=False)
    small = column("小微", Kind.BOOL, width=4, computed=True)


class Enterprises(TableLedger[Enterprise]):
    """The ledger of 监管对象; names are unique so that a hazard can name its unit."""

    id = "enterprises"
    title = "监管对象"
    noun = "监管对象"
    icon = "enterprises"
    default_sort = "id"
    table = Enterprise
    same_by = (names_of(Enterprise.credit_code), names_of(Enterprise.name))

    def wrong(self, row: Enterprise, number: int | None) -> dict[str, str]:
        problems = {}
        if row.name and self._other(Enterprise.name, row.name, number):
            problems[name_of(Enterprise.name)] = f"监管对象“{row.name}”已在台账中，请勿重复新增"
        if row.credit_code and (other := self._other(Enterprise.credit_code, row.credit_code, number)):
            problems[name_of(Enterprise.credit_code)] = f"这个代码已用于“{self.get(other).name}”，请核对"
        return problems

    def unique(self, row: Enterprise) -> Mapping[str, Hashable]:
        told = {name_of(Enterprise.name): row.name, name_of(Enterprise.credit_code): row.credit_code}
        return {name: text for name, text in told.items() if text}

    def _refused(
        self, row: Enterprise, problems: Mapping[str, str], telling: Telling, old: Enterprise | None
    ) -> str:
        twice = problems.get(name_of(Enterprise.name), "")
        return super()._refused(row, problems, telling, old) or twice

    def _other(self, made: peewee.Field[str], value: str, number: int | None) -> int | None:
        """Return another enterprise with the same value in a column, or None."""
        ids = self.cabinet.numbers(Enterprise.select(Enterprise.id).where(made == value))
        return next((found for found in ids if found != number), None)

    def finish(self, row: Enterprise) -> Enterprise:
        row.small = row.headcount is not None and row.headcount <= SMALL
        return row
