"""What belongs to a group however it is spelled, and whatever its firms and sectors are called since."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.checks import sent_already
from hazard_desk.figures.progress.filling import fill, submit
from hazard_desk.figures.progress.sheets import unit_sheets
from hazard_desk.library.plan_file import find_plan
from hazard_desk.library.progress_forms import find_progress_form
from tests.every_act import FOUND

FORM = find_progress_form("fangshan-2023")
JUNE = date(2023, 6, 28)
MAJOR = FOUND | {"level": "重大", "criterion": "判定标准第三条", "found_on": "2023-06-10", "sector": "粮食"}
AREA = {"name": "第一片区", "kind": "企业分组"}


@pytest.fixture
def bureau(tmp_path):
    """A desk on S2's plan with two firms."""
    with Desk.create(tmp_path / "desk", find_plan("fangshan-2023"), today=JUNE) as desk:
        for name in ("粮库", "油库（东区）"):
            desk.enterprises.add({"name": name, "category": "企业", "sector": "粮食"})
        yield desk


def value(desk: Desk, group: str, cell: str = "1.3"):
    return fill(desk.books, FORM, JUNE, group).cell(cell).value


class TestFirmsOfAGroup:
    def test_however_they_are_spelled(self, bureau):
        bureau.books.units.add(AREA | {"members": "粮 库、油库(东区)"})
        for name in ("粮库", "油库（东区）"):
            bureau.hazards.add(MAJOR | {"unit_name": name})
        assert value(bureau, "第一片区") == 2

    def test_renamed_since(self, bureau):
        bureau.books.units.add(AREA | {"members": "粮库"})
        bureau.hazards.add(MAJOR | {"unit_name": "粮库"})
        bureau.enterprises.change(bureau.enterprises.called("粮库"), {"name": "方山粮食储备库"})
        assert value(bureau, "第一片区") == 1

    def test_merged_since(self, bureau):
        bureau.books.units.add(AREA | {"members": "粮库"})
        bureau.hazards.add(MAJOR | {"unit_name": "粮库"})
        firms = bureau.enterprises
        firms.merge([firms.called("粮库")], firms.called("油库（东区）"))
        assert value(bureau, "第一片区") == 1


def test_what_a_sub_group_did_in_its_own_name(bureau):
    learnt = {"kind": "专题学习", "title": "学习", "held_on": "2023-06-12", "level": "部门"}
    for office in ("粮食小组", "粮食服务股", "粮食服务 股"):
        bureau.activities.add(learnt | {"office": office})
    told = [value(bureau, group, "4.1")["部门"] for group in ("粮食小组", "粮食小组（本股室）")]
    assert told == [3, 3]
    assert value(bureau, "粮食小组（所属行业领域）", "4.1")["部门"] == 0


@pytest.mark.parametrize("typed", ["粮食小组(本股室)", "粮食小组 （本股室）", " 粮食小组（本股室）"])
def test_a_group_is_found_as_it_is_typed(bureau, typed):
    assert fill(bureau.books, FORM, JUNE, typed).group == "粮食小组（本股室）"


def test_a_village_with_a_blank_is_one_group(bureau):
    for village in ("甲村", "甲 村"):
        bureau.checks.add(
            {
                "checked_on": "2023-06-12",
                "kind": "日常",
                "inspectors": "甲、乙",
                "unit_name": "粮库" if village == "甲村" else "油库（东区）",
                "village": village,
            }
        )
    assert [value(bureau, name, "2.1") for name in ("甲村", "甲 村")] == [2, 2]
    with pytest.raises(Refused, match="没有“丙村”这个报送单位"):
        fill(bureau.books, FORM, JUNE, "丙村")


class TestRenamedAfterSending:
    """What was sent for a group, and set by hand for it, stays its own under another name."""

    def set_by_hand(self, desk: Desk, group: str) -> None:
        key = {"form": FORM.id, "as_of": JUNE, "group": group, "reading": "累计", "item": "1.1"}
        desk.submissions.override(key | {"value": 9, "reason": "核对后补报"})

    def test_a_sector(self, bureau):
        bureau.hazards.add(MAJOR | {"unit_name": "粮库"})
        self.set_by_hand(bureau, "粮食")
        submit(bureau.books, fill(bureau.books, FORM, JUNE, "粮食"))
        bureau.books.sectors.change(bureau.books.sectors.called("粮食"), {"name": "粮食和物资储备"})
        now = fill(bureau.books, FORM, JUNE, "粮食和物资储备")
        sent = sent_already(bureau.books, now)
        assert (now.cell("1.1").value, sent and sent.version, sent and sent.unit) == (9, 1, "粮食")
        with pytest.raises(Refused, match="更正重报请写明更正原因"):
            submit(bureau.books, now)

    def test_a_unit_with_its_records(self, bureau):
        old, new = "粮食小组（本股室）", "粮储小组（本股室）"
        learnt = {"kind": "专题学习", "title": "学习", "held_on": "2023-06-12", "level": "部门"}
        bureau.activities.add(learnt | {"office": "粮食小组"})
        self.set_by_hand(bureau, old)
        submit(bureau.books, fill(bureau.books, FORM, JUNE, old))
        units = bureau.books.units
        change = units.change(units.called("粮食小组").id, {"short": "粮储小组"})
        assert change.title == "报送单位“粮食小组”更名为“粮储小组”，1条记录随之更改"
        now = fill(bureau.books, FORM, JUNE, new)
        assert (now.cell("1.1").value, now.cell("4.1").value["部门"]) == (9, 1)
        states = {one.group: one.state for one in unit_sheets(bureau.books, FORM, JUNE)}
        assert (states[new], old in states) == ("已报", False)
        bureau.undo()
        assert sent_already(bureau.books, fill(bureau.books, FORM, JUNE, old)) is not None

    def test_what_was_shown_of_its_duties(self, bureau):
        duty = next(row for row in bureau.duties.all_rows() if row.code == "group-report")
        key = "2023-06-25"

        def missing() -> set[str]:
            return set(bureau.duties.occurrence(duty.id, key).verdict.missing)

        told = {"kind": "印发文件", "title": "6月清单", "held_on": "2023-06-24", "level": "部门"}
        bureau.activities.add(told | {"firms": "粮食小组、人防小组"})
        bureau.duties.tick(duty.id, key, {"happened_on": "2023-06-24", "note": "纸质"}, ("能源小组",))
        assert missing() == {"帮扶村小组"}
        units = bureau.books.units
        for name in ("粮食小组", "能源小组"):
            units.change(units.called(name).id, {"short": f"{name[:2]}专班"})
        assert missing() == {"帮扶村小组"}

    def test_what_was_said_of_a_firm(self, bureau):
        duty = next(row for row in bureau.duties.all_rows() if row.objects == "每家企业")
        one = bureau.duties.history(duty.id)[0]
        assert set(one.missing) == {"粮库", "油库（东区）"}
        bureau.duties.tick(duty.id, one.key, {"happened_on": "2023-06-24", "note": "纸质"}, ("粮库",))
        bureau.enterprises.change(bureau.enterprises.called("粮库"), {"name": "方山粮食储备库"})
        assert set(bureau.duties.occurrence(duty.id, one.key).missing) == {"油库（东区）"}

    def test_one_that_ended_keeps_what_was_its_own(self, bureau):
        units = bureau.books.units
        units.change(units.called("粮食小组").id, {"ends_on": "2023-06-01"})
        again = {"name": "粮食小组", "kind": "专项小组", "sectors": "粮食", "starts_on": "2023-06-01"}
        number = units.add(again).ids[0]
        submit(bureau.books, fill(bureau.books, FORM, JUNE, "粮食小组（本股室）"))
        units.change(number, {"name": "粮储小组"})
        assert sent_already(bureau.books, fill(bureau.books, FORM, JUNE, "粮储小组（本股室）")) is None


def test_an_inspector_with_a_blank_in_the_name_is_one(bureau):
    staff = bureau.ledgers["technical-inspectors"]
    for person in ("张三", "张 三", "李四"):
        staff.add({"person": person, "level": "镇", "starts_on": "2023-06-01"})
    assert value(bureau, "", "4.7") == {"县": 0, "镇": 2}
