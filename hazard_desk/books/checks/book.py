"""检查执法: checks on enterprises, what they found, and the three parts of an enforcement (三部曲).

谁检查、谁签名、谁负责 (S0 三（五）3): a check has two inspectors or more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import peewee

from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.same_day import register_hazard
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import UNDATED, TakenIn, odd_day
from hazard_desk.books.kit.lists import SECTORS
from hazard_desk.books.kit.named_links import LinkedLedger
from hazard_desk.books.kit.source import Source
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import NAMES_FIRM, Kind, Row, Value, read_all
from hazard_desk.rules.fulfilment import ANY
from hazard_desk.rules.identifiers import person, same_key
from hazard_desk.rules.states import INSPECTED, State
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, column, declared, name_of, names_of

KINDS = (
    "日常",
    "专项",
    "带队",
    "突击",
    "回头看",
    "交叉",
    "双随机",
    "四不两直",
    "节前",
    "灾害天气",
    "事故后",
    "举报核查",
    "交办核查",
)
TIPPED = KINDS[-2:]
"""The kinds that follow from a report or a case from above: no plan foresees them."""
DIAGNOSED, PUNISHED, RECHECKED = ("已完成",), ("已处罚", "不予处罚"), ("已复查", "无需复查")
"""The answers that complete each of the three parts of an enforcement."""
ASKED = ("合格", "不合格")
"""抽考: whether principals and managers know the criteria of major hazards (S2 三（二）4)."""
_HOUR = r"((?:[01]?\d|2[0-3]):[0-5]\d)"
_TIMES = re.compile(rf"{_HOUR}\s*[—–~～至-]+\s*{_HOUR}")


def check_times(text: str) -> None:
    """Raise ``Refused`` unless ``text`` is a span of hours such as 09:00—11:30."""
    match = _TIMES.fullmatch(text.replace("：", ":"))
    if not match or [part.zfill(5) for part in match.groups()] != sorted(p.zfill(5) for p in match.groups()):
        raise Refused("请写成 09:00—11:30 的样子")


class CheckRow(TakenIn, table="check_visit"):
    """One visit to one object of supervision."""

    enterprise_id = peewee.IntegerField(null=True, index=True)
    checked_on = column("检查日期", Kind.DATE, required=True, width=7, index=True, now=True, stays=True)
    times = column("起止时间", width=7, check=check_times, help="如 09:00—11:30", shown=False)
    kind = column("检查类型", Kind.CHOICE, required=True, choices=KINDS, width=5)
    unit_name = column("检查对象", required=True, width=16, searched=True, of_firm=NAMES_FIRM)
    sector = column(
        "行业领域",
        Kind.CHOICE,
        listed=SECTORS,
        width=8,
        shown=False,
        of_firm="sector",
        help="不填按检查对象的行业领域统计",
    )
    village = column(
        "所在村（社区）",
        width=8,
        shown=False,
        of_firm="village",
        help="不填按检查对象所在的村（社区）统计",
    )
    office = column(
        "检查科室",
        width=8,
        shown=False,
        of_firm="office",
        help="由哪个科室检查，不填按检查对象的监管科室统计",
    )
    leader = column("带队领导", width=6, searched=True, stays=True)
    inspectors = column(
        "检查人",
        Kind.NAMES,
        required=True,
        width=9,
        searched=True,
        stays=True,
        help="两人及以上，谁检查谁签名谁负责",
    )
    badges = column("证件号", Kind.NAMES, width=9, shown=False, stays=True, help="与检查人顺序一致")
    situation = column("检查情况", Kind.LONG, width=20, searched=True)
    quizzed = column(
        "抽考情况",
        Kind.CHOICE,
        choices=(*ASKED, "未抽考"),
        width=5,
        shown=False,
        help="逢查必考：抽考判定标准掌握情况",
    )
    no_study = column("企业主要负责人未按要求亲自研究排查整治工作", Kind.BOOL, width=6, shown=False)
    no_lead = column("企业主要负责人未带队检查", Kind.BOOL, width=6, shown=False)
    no_duties = column("企业未制定分管负责人职责清单", Kind.BOOL, width=6, shown=False)
    no_officers = column("企业未依法建立安全管理机构和配足安全管理人员", Kind.BOOL, width=6, shown=False)
    no_licence = column("电焊等特种作业岗位人员无证上岗作业", Kind.BOOL, width=6, shown=False)
    bad_contracting = column("外包外租安全管理混乱", Kind.BOOL, width=6, shown=False)
    no_drill = column("未按规定开展应急演练、员工不熟悉逃生出口", Kind.BOOL, width=6, shown=False)
    papers = column("出具文书", Kind.NAMES, width=10, shown=False, help="如 限期整改意见书（文号）")
    diagnosis = column("检查诊断", Kind.CHOICE, choices=(*DIAGNOSED, "未完成"), width=5)
    penalty = column("行政处罚", Kind.CHOICE, choices=(*PUNISHED, "未完成"), width=5)
    recheck = column("整改复查", Kind.CHOICE, choices=(*RECHECKED, "未复查"), width=5)
    reason = column(
        "检查理由",
        Kind.LONG,
        width=12,
        shown=False,
        help="超出检查额度、不在年度检查计划内、持证人员不足的，写明仍要检查的理由",
    )
    remark = column("备注", Kind.LONG, width=10, shown=False)
    closed = column("是否办结", Kind.BOOL, width=4, help="三部曲全部完成为办结", computed=True)
    findings = column("发现问题", Kind.INTEGER, required=True, unit="个", width=5, computed=True)


_JUDGED = names_of(CheckRow.checked_on, CheckRow.unit_name, CheckRow.kind, CheckRow.inspectors)
"""What decides whether something speaks against a check."""


class FindingRow(Record, table="finding"):
    """What a check found; it becomes a hazard in one move."""

    check_id = peewee.IntegerField(index=True)
    hazard_id = peewee.IntegerField(null=True)
    level = column("级别", Kind.CHOICE, required=True, choices=("重大", "一般"), width=4)
    place = column("部位", required=True, width=10)
    description = column("发现的问题", Kind.LONG, required=True, width=24)


class Checks(LinkedLedger[CheckRow]):
    """The ledger of checks."""

    id = "checks"
    title = "检查执法"
    noun = "检查"
    why = "每次检查登记一条，检查记录由它生成，发现的问题直接登记为隐患，检查次数自动统计"
    icon = "checks"
    first_columns = names_of(CheckRow.unit_name, CheckRow.checked_on)
    evidence: Source | None = Source(
        CheckRow.checked_on,
        CheckRow.unit_name.concat(CheckRow.kind).concat("检查"),
        "check",
        CheckRow.kind,
        sorts=lambda: {ANY: "检查（任何类型）", **{kind: f"{kind}检查" for kind in KINDS}},
        person=CheckRow.leader,
        about=(CheckRow.unit_name, CheckRow.office, CheckRow.village),
        firm=CheckRow.enterprise_id,
    )
    default_sort = f"-{name_of(CheckRow.checked_on)}"
    table = CheckRow
    same_by = (names_of(CheckRow.checked_on, CheckRow.unit_name, CheckRow.kind),)
    finding_fields = declared(FindingRow)

    def __init__(
        self,
        cabinet: Cabinet,
        enterprises: Enterprises,
        hazards: Hazards,
        warnings: Callable[[Cabinet, CheckRow, int | None], list[str]],
    ) -> None:
        super().__init__(cabinet)
        self._warnings = warnings
        self.hazards = hazards
        self.enterprises = enterprises
        self.links = (enterprises.link(self.id, CheckRow, CheckRow.unit_name),)

    def name_of(self, row: CheckRow) -> str:
        return f"{row.checked_on or UNDATED} {row.unit_name}"

    def find(self, name: Value) -> int | None:
        """Return the last check that is called so, by its day and the unit; None where there is none."""
        day, _, unit = str(name).strip().partition(" ")
        rows = self.cabinet.records(CheckRow, self._all().where(CheckRow.checked_on == day))
        return max((row.id for row in rows if same_key(row.unit_name) == same_key(unit)), default=None)

    def names(self) -> list[str]:
        """Return what the checks are called, the last first."""
        return [self.name_of(row) for row in self.facts() if row.checked_on][::-1]

    def lacking(self, row: CheckRow) -> dict[str, str]:
        alone = len(set(map(person, row.inspectors))) < 2
        few = {name_of(CheckRow.inspectors): "“检查人”至少两人"} if alone else {}
        return super().lacking(row) | few

    def doubts(self, row: CheckRow, old: CheckRow | None) -> dict[str, str]:
        """What speaks against a check without a reason; again where day, firm, kind or people change."""
        if row.reason or (old is not None and all(row[name] == old[name] for name in _JUDGED)):
            return {}
        if not (found := self._warnings(self.cabinet, row, None if old is None else old.id)):
            return {}
        return {name_of(CheckRow.reason): f"{'；'.join(found)}。仍要检查的，请填写“检查理由”"}

    def wrong(self, row: CheckRow, number: int | None) -> dict[str, str]:
        problems: dict[str, str] = {}
        if row.badges and len(row.badges) != len(row.inspectors):
            problems[name_of(CheckRow.badges)] = "“证件号”的个数应与检查人一致，并按相同顺序填写"
        return problems | odd_day(CheckRow.checked_on, row, self.cabinet.clock.today, CheckRow.remark)

    def finish_all(self, rows: list[CheckRow]) -> list[CheckRow]:
        numbers = [row.id for row in rows]
        found = self.cabinet.column(
            FindingRow.select(FindingRow.check_id).where(FindingRow.check_id.in_(numbers))
        )
        for row in rows:
            row.closed, row.findings = _closed(row), found.count(row.id)
        return rows

    def findings(self, number: int) -> list[FindingRow]:
        """Return what a check found, each with the number of its hazard or None."""
        select = FindingRow.select().where(FindingRow.check_id == number).order_by(FindingRow.id)
        return self.cabinet.records(FindingRow, select)

    def add_finding(self, number: int, values: Mapping[str, Value]) -> Change:
        """Note what a check found. Raises ``RefusedFields``."""
        check = self.get(number)
        row = read_all(self.finding_fields, values, self.cabinet.clock.today)
        with self.cabinet.act("checks.finding", self.id) as act:
            found = FindingRow(row)
            found.check_id, found.hazard_id = number, None
            act.insert(FindingRow, found)
            act.done(f"{self.name_of(check)} 登记发现的问题", number)
        return act.result

    def hazard_values(self, finding: int) -> Row:
        """Return what the desk knows already of the hazard that a finding becomes."""
        row = self.cabinet.row(FindingRow, finding)
        known = self.known_of(self.get(row.check_id))
        known.level, known.place, known.description = row.level, row.place, row.description
        return known

    def known_of(self, check: CheckRow) -> Hazard:
        """Return what the desk knows of every hazard that a check found."""
        known = Hazard()
        known.source, known.unit_name, known.found_on = INSPECTED, check.unit_name, check.checked_on
        known.inspectors = check.inspectors
        known.sector, known.office = check.sector, check.office
        if check.enterprise_id:
            enterprise = self.enterprises.get(check.enterprise_id)
            known.sector = check.sector or enterprise.sector
            known.office = check.office or enterprise.office
        return known

    def make_hazard(self, finding: int, values: Mapping[str, Value] | None = None) -> Change:
        """Register the hazard of a finding; ``values`` adds what the check does not know.

        Raises ``Refused`` when it is registered already, unless that hazard is void;
        ``RefusedFields`` for what is missing.
        """
        row = self.cabinet.row(FindingRow, finding)
        if row.hazard_id and self.hazards.get(row.hazard_id).state != State.VOID:
            raise Refused("这个问题已登记为隐患")
        known = self.hazard_values(finding) | dict(values or {})
        with self.cabinet.whole("checks.make_hazard", self.hazards.id) as act:
            made = register_hazard(self.hazards, known)
            # after its registration: an undo takes this back by rows, so a voided hazard names no check
            act.update(Hazard, made.ids[0], {name_of(Hazard.check_id): row.check_id})
            act.update(FindingRow, finding, {name_of(FindingRow.hazard_id): made.ids[0]})
            act.done(made.title, *made.ids)
        return act.result


def _closed(row: CheckRow) -> bool:
    """An enforcement closes only with all three parts (S0 三（五）2)."""
    return row.diagnosis in DIAGNOSED and row.penalty in PUNISHED and row.recheck in RECHECKED
