"""Forms by unit: S2's sub-groups, each with a sheet of its office and one of its sectors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.filling import fill, submit
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import read_pool
from hazard_desk.figures.progress.sheets import unit_sheets
from hazard_desk.library.plan_file import find_plan
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.rules.fields import Row
from hazard_desk.rules.readings import Reading, span_of
from tests.every_act import FOUND, VISIT

FORM = find_progress_form("fangshan-2023")
JUNE = date(2023, 6, 28)
OWN, TRADE = "粮食小组（本股室）", "粮食小组（所属行业领域）"
MAJOR: Row = FOUND | {
    "level": "重大",
    "criterion": "判定标准第三条",
    "unit_name": "粮库",
    "found_on": "2023-06-10",
}
CHECKED = VISIT | {"checked_on": "2023-06-12", "unit_name": "面粉厂"}


@pytest.fixture
def bureau(tmp_path):
    """A desk on S2's plan with the grain of the county."""
    with Desk.create(tmp_path / "desk", find_plan("fangshan-2023"), today=JUNE) as desk:
        firm = {"name": "粮库", "category": "企业", "sector": "粮食", "office": "粮食服务股"}
        desk.enterprises.add(firm)
        for name in ("面粉厂", "酒厂"):
            desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
        desk.enterprises.add({"name": "电厂", "category": "企业", "sector": "能源", "office": "能源股"})
        yield desk


def value(desk: Desk, group: str, cell: str = "1.5", day: date = JUNE):
    return fill(desk.books, FORM, day, group).cell(cell).value


def found(desk: Desk, **more: str) -> None:
    desk.hazards.add(MAJOR | {"source": "执法检查", "sector": "粮食", "office": "粮食服务股"} | more)


class TestTwoSheets:
    def test_of_the_office_and_of_its_sectors(self, bureau):
        found(bureau)
        found(bureau, office="能源股")  # of the sector, overseen by another office
        found(bureau, sector="能源")  # of another sector, overseen by this one
        assert (value(bureau, OWN, "1.3"), value(bureau, TRADE, "1.3"), value(bureau, "粮食小组", "1.3")) == (
            2,
            2,
            3,
        )

    def test_what_a_check_says_itself(self, bureau):
        bureau.checks.add(CHECKED | {"office": "粮食服务股"})
        bureau.checks.add(CHECKED | {"unit_name": "粮库", "office": "能源股"})
        bureau.checks.add(CHECKED | {"unit_name": "酒厂", "sector": "粮食"})
        cell = next(id for id, item in FORM.items() if item.indicator == "spot_checked_enterprises")
        assert [value(bureau, group, cell) for group in (OWN, TRADE, "能源小组（本股室）")] == [1, 2, 1]

    def test_the_office_by_its_name_alone(self, bureau):
        found(bureau)
        assert value(bureau, "粮食服务股", "1.3") == value(bureau, OWN, "1.3") == 1

    def test_a_letter_to_the_office_is_the_offices(self, bureau):
        letter = {"kind": "约谈", "target_kind": "科室村社区", "target": "粮食服务股", "reason": "进度慢"}
        bureau.rewards.add(letter | {"happened_on": "2023-06-10"})
        span = span_of(Reading.CUMULATIVE, JUNE, date(2023, 4, 25), date(2023, 12, 31), 28)
        talked = [
            INDICATORS["departments_talked"].count(read_pool(bureau.books, span, one)) for one in (OWN, TRADE)
        ]
        assert [figure.value for figure in talked] == [1, 0]


class TestOtherUnits:
    def test_a_village(self, bureau):
        bureau.books.units.add({"name": "甲村", "kind": "村（社区）"})
        bureau.checks.add(CHECKED | {"village": "甲村"})
        bureau.checks.add(CHECKED | {"unit_name": "酒厂", "village": "乙村"})
        cell = next(id for id, item in FORM.items() if item.indicator == "spot_checked_enterprises")
        assert [value(bureau, group, cell) for group in ("甲村", "乙村", "")] == [1, 1, 2]

    def test_firms_by_group(self, bureau):
        bureau.books.units.add({"name": "第一片区", "kind": "企业分组", "members": "粮库、油库"})
        found(bureau)
        found(bureau, unit_name="电厂")
        assert value(bureau, "第一片区", "1.3") == 1

    def test_as_it_was_on_that_day(self, bureau):
        units = bureau.books.units
        found(bureau)
        found(bureau, sector="能源", unit_name="电厂", office="能源股")
        number = units.called("粮食小组").id
        units.change(number, {"ends_on": "2023-07-01"})
        again = {"name": "粮食小组", "kind": "专项小组", "office": "粮食服务股", "sectors": "粮食、能源"}
        units.add(again | {"starts_on": "2023-07-01", "form_day": "28"})
        assert value(bureau, TRADE, "1.3") == 1
        assert value(bureau, TRADE, "1.3", date(2023, 7, 28)) == 2

    def test_one_that_is_gone(self, bureau):
        units = bureau.books.units
        units.change(units.called("人防小组").id, {"ends_on": "2023-06-01"})
        with pytest.raises(Refused, match="没有“人防小组”这个报送单位"):
            fill(bureau.books, FORM, JUNE, "人防小组")


class TestWhatIsSent:
    def test_two_sheets_of_each(self, bureau):
        sheets = unit_sheets(bureau.books, FORM, JUNE)
        assert len(sheets) == 8
        assert {(one.due, one.state) for one in sheets} == {(JUNE, "未报")}

    def test_sent_one_by_one_and_again(self, bureau):
        submit(bureau.books, fill(bureau.books, FORM, JUNE, OWN))
        submit(bureau.books, fill(bureau.books, FORM, JUNE, TRADE))
        found(bureau)
        submit(bureau.books, replace(fill(bureau.books, FORM, JUNE, OWN), reason="补登一条"))
        sheets = {one.group: one for one in unit_sheets(bureau.books, FORM, JUNE)}
        assert {group for group, one in sheets.items() if one.state == "已报"} == {OWN, TRADE}
        assert (sheets[OWN].version, sheets[TRADE].version) == (2, 1)

    def test_late_after_its_day(self, tmp_path):
        plan = find_plan("fangshan-2023")
        with Desk.create(tmp_path / "late", plan, today=date(2023, 6, 29)) as late:
            assert {one.state for one in unit_sheets(late.books, FORM, JUNE)} == {"逾期未报"}

    def test_the_duty_wants_both_sheets_of_each(self, bureau):
        duty = next(row for row in bureau.duties.all_rows() if row.code == "progress-form")
        key = JUNE.isoformat()
        assert len(bureau.duties.occurrence(duty.id, key).verdict.missing) == 8
        for group in (OWN, TRADE):
            submit(bureau.books, fill(bureau.books, FORM, JUNE, group))
        missing = bureau.duties.occurrence(duty.id, key).verdict.missing
        assert len(missing) == 6
        assert not {OWN, TRADE} & set(missing)
