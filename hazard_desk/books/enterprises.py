"""监管对象: enterprises, and also schools, clinics, homes for the elderly and farm courtyards."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import peewee

from hazard_desk.books.kit.firm_links import FIRM, FirmLinks
from hazard_desk.books.kit.gaps import GAPS, OTHERS, TakenIn
from hazard_desk.books.kit.judging import Batch, Judgement, Telling
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.lists import SECTORS
from hazard_desk.books.kit.named_links import NamedLink
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import NAMES_FIRM, Field, Kind, Row, Value, clean, names_in, read_others
from hazard_desk.rules.identifiers import check_credit_code, check_phone, like_key, same_key
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Made, Record, column, name_of, names_of

SMALL = 30
"""Up to so many people an enterprise is small (小微, S0 三（三）1)."""


CLOSED = "关闭"
STOPPED = ("停产", CLOSED)
"""The states in which nothing more is asked of an enterprise."""
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
    sector = column("行业领域", Kind.CHOICE, required=True, listed=SECTORS, width=9)
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
    status = column("状态", Kind.CHOICE, choices=("在产", *STOPPED), width=5)
    stopped_on = column(
        "停产关闭日期",
        Kind.DATE,
        width=7,
        shown=False,
        help="这一天以前到期的工作仍要对照；改为停产、关闭时不填的，按当天",
    )
    former = column(
        "曾用名", Kind.NAMES, width=12, shown=False, searched=True, help="写着这些名称的记录算这一家的"
    )
    remark = column("备注", Kind.LONG, width=12, shown=False)
    small = column("小微", Kind.BOOL, width=4, computed=True)


_NO_FIRMS = "no_firms"
"""The setting that keeps the names of which the clerk said that they are no enterprise's, as JSON."""
_OWN_ALONE = (OTHERS, GAPS, *names_of(Enterprise.status))
"""What an enterprise does not take over from one that is merged into it: a double is often closed first."""


@dataclass(frozen=True)
class Spelled:
    """A name that records bear and no enterprise does; ``like`` are those that may be meant."""

    name: str
    records: Mapping[str, tuple[int, ...]]
    """By book."""
    like: tuple[str, ...]


class Enterprises(TableLedger[Enterprise]):
    """The ledger of 监管对象; names are unique so that a hazard can name its unit.

    Names are compared without blanks and without difference of width. Whatever names an enterprise, by its
    name or by one that it had, is linked to it, whichever of both was entered first.
    """

    id = "enterprises"
    title = "监管对象"
    noun = "监管对象"
    why = "登记检查、隐患时选单位，行业领域、所在村、电话自动带出；企业履职按名册逐家对照"
    icon = "enterprises"
    default_sort = "id"
    table = Enterprise
    same_by = (names_of(Enterprise.credit_code), names_of(Enterprise.name))

    def __init__(self, cabinet: Cabinet) -> None:
        super().__init__(cabinet)
        self.links = FirmLinks(cabinet)
        self._known: tuple[int, Mapping[str, int], Mapping[str, int]] = (-1, {}, {})

    def link(
        self,
        book: str,
        table: type[Record],
        name: Made,
        must_exist: bool = False,
        of_firms: peewee.Expression | None = None,
    ) -> NamedLink:
        """Return the link by which a column of a book names enterprises; its rows are linked from now on."""
        self.links.take(book, table, name, of_firms)
        return NamedLink(name_of(name), FIRM, self.find, self.names, must_exist, self.link_rows)

    def find(self, name: Value) -> int | None:
        """Return the id of the enterprise that is called so, or was; no name is that of none."""
        if not name:
            return None
        if self.cabinet.last_act_number() is None and (found := super().find(name)) is not None:
            return found
        as_written, by_key = self._names()
        return as_written.get(str(name)) or by_key.get(same_key(str(name)))

    def _by_key(self) -> Mapping[str, int]:
        """The names of all enterprises as they are compared."""
        return self._names()[1]

    def _names(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The names of all enterprises as they are written and as they are compared, read after each act."""
        act = self.cabinet.last_act_number()
        if act is not None and act == self._known[0]:
            return self._known[1:]
        rows = self.facts(names_of(Enterprise.id, Enterprise.name, Enterprise.former))
        found = {row.name: row.id for row in reversed(rows)}, _keys(rows)
        if act is not None:  # what an act has not written to the end may be taken back
            self._known = (act, *found)
        return found

    def wrong(self, row: Enterprise, number: int | None) -> dict[str, str]:
        problems = {}
        old = None if number is None else self.get(number)
        renamed = old is None or same_key(old.name) != same_key(row.name)
        if row.name and renamed and (twin := self._by_key().get(same_key(row.name))) not in (None, number):
            problems[name_of(Enterprise.name)] = self._taken(row.name, self.get(int(twin or 0)).name)
        if row.credit_code and (other := self._other(Enterprise.credit_code, row.credit_code, number)):
            problems[name_of(Enterprise.credit_code)] = f"这个代码已用于“{self.get(other).name}”，请核对"
        taken = self._by_key()
        for name in row.former:
            if taken.get(same_key(name), number) != number:
                there = self.get(taken[same_key(name)]).name
                problems[name_of(Enterprise.former)] = f"“{name}”是监管对象“{there}”的名称，请核对或合并"
        return problems

    @staticmethod
    def _taken(name: str, there: str) -> str:
        if same_key(name) == same_key(there):
            written = "" if name == there else f"（写作“{there}”）"
            return f"监管对象“{name}”已在台账中{written}，请勿重复新增"
        return f"“{name}”是监管对象“{there}”的曾用名，请勿重复新增；确是另一家的，请先修改曾用名"

    def unique(self, row: Enterprise) -> Mapping[str, Hashable]:
        told = {
            name_of(Enterprise.name): same_key(row.name),
            name_of(Enterprise.credit_code): row.credit_code,
        }
        return {name: text for name, text in told.items() if text}

    def _judged(self, telling: Telling, number: int | None, batch: Batch) -> Judgement:
        told = telling.values.get(name_of(Enterprise.name))
        old = None if number is None else self.get(number)
        if old is not None and told and same_key(str(told)) == same_key(old.name):
            telling.values[name_of(Enterprise.name)] = old.name  # spelled otherwise, not renamed
        return super()._judged(telling, number, batch)

    def _refused(
        self, row: Enterprise, problems: Mapping[str, str], telling: Telling, old: Enterprise | None
    ) -> str:
        twice = problems.get(name_of(Enterprise.name), "")
        return super()._refused(row, problems, telling, old) or twice

    def _other(self, made: peewee.Field[str], value: str, number: int | None) -> int | None:
        """Return another enterprise with the same value in a column, or None."""
        ids = self.cabinet.numbers(Enterprise.select(Enterprise.id).where(made == value))
        return next((found for found in ids if found != number), None)

    def complete(self, row: Enterprise, old: Enterprise | None, batch: Batch) -> dict[str, str]:
        """Keep the name that a renamed enterprise had, and the day on which it was stopped."""
        former = {same_key(name): name for name in row.former}
        if old is not None and old.name and row.name:
            former.setdefault(same_key(old.name), old.name)
        former.pop(same_key(row.name), None)
        row.former = list(former.values())
        if old is not None and (row.status in STOPPED) != (old.status in STOPPED):
            told = row.stopped_on if row.stopped_on != old.stopped_on else None
            row.stopped_on = told or (self.cabinet.clock.today if row.status in STOPPED else None)
        return {}

    def finish(self, row: Enterprise) -> Enterprise:
        row.small = row.headcount is not None and row.headcount <= SMALL
        return row

    # Who is who

    def entered(self, act: Act, numbers: Sequence[int]) -> None:
        """Link what names an enterprise that was entered or renamed."""
        rows = self.rows(list(numbers))
        self.links.link(act, _keys(rows).get)
        for row in rows:
            for old in row.former:
                self.cabinet.renamed(act, old, row.name)

    def link_rows(self, act: Act, table: type[Record], rows: Sequence[int]) -> None:
        """Link rows that were judged before the enterprise that they name was entered."""
        known = cache(self._by_key)  # asked only where a row names something
        self.links.link(act, lambda key: known().get(key), table, rows)

    def link_all(self) -> Change:
        """Link every record that names an enterprise and is linked to none, as older desks have them."""
        with self.cabinet.act("enterprises.link", self.id) as act:
            count = self.links.link(act, self._by_key().get)
            act.done(f"按名称关联监管对象，{count}条记录")
        return act.result

    def tells(self, name: str, fields: Iterable[Field]) -> Row | None:
        """Return what the enterprise that is called so tells those ``fields`` of a form that take it over.

        None where no enterprise is called so.
        """
        if (number := self.find(clean(name))) is None:
            return None
        told = self.get(number)
        return {field.name: told[field.of_firm] for field in fields if field.of_firm not in ("", NAMES_FIRM)}

    def remark(self, name: str) -> str:
        """Return what a form is to say of a firm that is named in it; '' where nothing is to be said.

        That is one which is not in the book, or is no longer at work.
        """
        if not name:
            return ""
        if (number := self.find(clean(name))) is None:
            return "监管对象台账里没有这一家，按所写的名称登记"
        firm = self.get(number)
        since = f"（{firm.stopped_on}起）" if firm.stopped_on else ""
        return f"监管对象台账写明这一家已{firm.status}{since}，请核对" if firm.status in STOPPED else ""

    def called(self, name: str) -> int:
        """Return the id of the enterprise that is called so; ``Refused`` where there is none."""
        number = self.find(name)
        if number is None:
            raise Refused(f"监管对象台账里没有“{name}”" if name else "请选择监管对象")
        return number

    def merge(self, gone: Sequence[int], stays: int) -> Change:
        """Let enterprises be another: all that names them moves there, what only they told is kept there.

        Raises ``Refused`` where two have a code of their own: these are not one.
        """
        if not gone or stays in gone:
            raise Refused("请选择两家不同的监管对象")
        with self.cabinet.act("enterprises.merge", self.id) as act:
            names = [self._merge(act, number, stays) for number in gone]
            told = "、".join(f"“{name}”" for name in names)
            act.done(f"监管对象{told}并入“{self.get(stays).name}”", stays)
        return act.result

    def _merge(self, act: Act, gone: int, stays: int) -> str:
        """Merge one within the act; return its name."""
        old, new = self.get(gone), self.get(stays)
        codes = {row.credit_code for row in (old, new) if row.credit_code}
        if len(codes) > 1:
            raise Refused(
                f"“{old.name}”和“{new.name}”的统一社会信用代码不同，是两家单位，不能合并；代码写错的请先更正",
                name_of(Enterprise.credit_code),
            )
        known = {field.name: old[field.name] for field in self.own_fields if new[field.name] == field.empty}
        row = Enterprise(new | {name: value for name, value in known.items() if name not in _OWN_ALONE})
        row.former = [*new.former, *old.former, *([old.name] if old.name else [])]
        self.complete(row, None, Batch())
        others = self._otherwise(old, new) | read_others(old[OTHERS]) | read_others(new[OTHERS])
        self.links.move(act, gone, stays)
        for move in self.cabinet.on_move:
            move(act, self.id, gone, stays)
        act.delete(Enterprise, gone)
        act.update(Enterprise, stays, self._columns(self._with_gaps(row, others)))
        self.entered(act, (stays,))
        return old.name

    def _otherwise(self, old: Enterprise, new: Enterprise) -> dict[str, str]:
        """Return what one enterprise tells otherwise than another: heading with its name, to the text."""
        alone = {*_OWN_ALONE, *names_of(Enterprise.name, Enterprise.former)}
        return {
            f"{field.label}（{old.name}）": field.show(old[field.name])
            for field in self.own_fields
            if field.name not in alone and field.empty not in (old[field.name], new[field.name])
            if old[field.name] != new[field.name]
        }

    def also_called(self, number: int, name: str) -> Change:
        """Say that an enterprise is called ``name`` in some records too: they count as its own."""
        return self.change(number, {name_of(Enterprise.former): [*self.get(number).former, clean(name)]})

    def no_firm(self, name: str) -> Change:
        """Say that a name is no enterprise's (a household, a road): it is not listed as unlinked any more."""
        name = clean(name)
        if not name:
            raise Refused("请写明名称")
        if (number := self.find(name)) is not None:
            raise Refused(f"“{name}”是监管对象“{self.get(number).name}”的名称，请核对")
        with self.cabinet.act("enterprises.no_firm", self.id) as act:
            self.cabinet.set(act, _NO_FIRMS, json.dumps([*self._no_firms(), name], ensure_ascii=False))
            act.done(f"“{name}”不是监管对象")
        return act.result

    def _no_firms(self) -> list[str]:
        return names_in(json.loads(self.cabinet.setting(_NO_FIRMS, "[]")))

    def unlinked(self) -> list[Spelled]:
        """Return the names that no enterprise bears, those that one may bear first, each with such ones.

        Left out are the villages of the enterprises and what the clerk said is no enterprise's.
        """
        villages = {row.village for row in self.facts(names_of(Enterprise.village)) if row.village}
        no_firms = {same_key(name) for name in (*villages, *self._no_firms())}
        firms = self._alike()
        found: dict[str, dict[str, list[int]]] = {}
        spelled: dict[str, str] = {}
        for one in self.links.unlinked():
            key = same_key(one.name)
            spelled.setdefault(key, one.name)
            found.setdefault(key, {}).setdefault(one.ledger, []).extend(one.records)
        told = [
            Spelled(
                spelled[key],
                {book: tuple(ids) for book, ids in books.items()},
                tuple(dict.fromkeys((*self._same(key), *firms.get(like_key(key), ())))),
            )
            for key, books in found.items()
            if key not in no_firms
        ]
        return sorted(told, key=lambda one: not one.like)

    def _same(self, key: str) -> list[str]:
        number = self._by_key().get(key)
        return [] if number is None else [self.get(number).name]

    def twins(self) -> list[tuple[str, ...]]:
        """Return names of enterprises that may be one, as they differ in 有限公司 and the like at most."""
        return [tuple(names) for names in self._alike().values() if len(names) > 1]

    def _alike(self) -> dict[str, list[str]]:
        """Return the names of the enterprises by what those share that may well be one firm's."""
        alike: dict[str, list[str]] = {}
        for name in self.names():
            alike.setdefault(like_key(name), []).append(name)
        return alike


def _keys(rows: Sequence[Enterprise]) -> dict[str, int]:
    """Return every name and former name as it is compared, with its enterprise; names before former ones."""
    found = {same_key(old): row.id for row in rows for old in row.former}
    return found | {same_key(row.name): row.id for row in rows if row.name}
