"""Whose work a duty is and to whom: from the leading group, the enterprises and the clerk's word on one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.books.duties.recording import record_for
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.rules.fulfilment import OccurrenceState

INSPECTION, DEPUTIES = "党政主要负责人每月实地督导检查", "分管负责人每月调研检查或专题调度"
CARDS, DRILL = "每季度“两单两卡”培训", "每年事故应急救援预案演练"
FIRMS = ("甲木材厂", "乙加油站", "丙采石场")


@pytest.fixture(autouse=True)
def _in_july(desk: Desk) -> None:
    desk.cabinet.clock.set(date(2023, 7, 10))


def one(desk: Desk, title: str, key: str = "2023-06-30") -> DutyOccurrence:
    number = desk.duties.find(title)
    assert number is not None
    return desk.duties.occurrence(number, key)


def led_by(desk: Desk, leader: str, day: str = "2023-06-20") -> None:
    row = {"kind": "日常", "checked_on": day, "unit_name": "某路段", "inspectors": "甲某、乙某"}
    desk.checks.add(row | {"leader": leader})


def firms(desk: Desk) -> None:
    for name in FIRMS:
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})


def training(desk: Desk, names: str) -> None:
    row: Row = {"kind": "教育培训", "title": "“两单两卡”培训", "held_on": "2023-06-20", "level": "镇"}
    desk.activities.add(row | {"firms": names})


def test_the_principal_is_the_leader_of_that_day(desk: Desk) -> None:
    led_by(desk, "谭华祥")
    assert one(desk, INSPECTION).state is OccurrenceState.MET
    leader = next(row for row in desk.groups.rows(desk.groups.ids(Query())) if row.person == "谭华祥")
    desk.groups.end(leader.id, date(2023, 6, 15))
    assert one(desk, INSPECTION).state is OccurrenceState.MISSED
    desk.groups.add({"role": "组长", "person": "新乡长", "starts_on": "2023-06-15"})
    assert one(desk, INSPECTION).state is OccurrenceState.MISSED
    led_by(desk, "新乡长")
    assert one(desk, INSPECTION).state is OccurrenceState.MET


def test_a_kind_of_check_that_the_desk_does_not_know_is_entered_as_one_by_leaders(desk: Desk) -> None:
    asked = one(desk, INSPECTION)
    asked.duty.codes = ["check:县级互查"]
    ledger, known = record_for(asked, date(2023, 7, 10))
    assert (ledger, known["kind"], known["leader"]) == ("checks", "带队", asked.asked.doers[0].person)


def test_one_whom_the_task_names_counts_though_in_no_group(desk: Desk) -> None:
    led_by(desk, "谭千红")
    assert one(desk, INSPECTION).state is OccurrenceState.MET


def test_those_in_charge_are_deputies(desk: Desk) -> None:
    led_by(desk, "谭华祥")
    assert one(desk, DEPUTIES).state is OccurrenceState.MISSED
    desk.groups.add({"role": "成员", "person": "冉分管", "post": "分管农业的领导", "starts_on": "2023-05-20"})
    led_by(desk, "冉分管")
    assert one(desk, DEPUTIES).state is OccurrenceState.MET
    assert one(desk, INSPECTION).verdict.count == 1


def test_each_firm_by_name_and_closed_ones_are_not_asked(desk: Desk) -> None:
    firms(desk)
    training(desk, "甲 木材厂、乙加油站")
    assert one(desk, CARDS).missing == ("丙采石场",)
    number = desk.enterprises.find("丙采石场")
    assert number is not None
    desk.enterprises.change(number, {"status": "关闭", "stopped_on": "2023-06-30"})
    assert one(desk, CARDS).state is OccurrenceState.MET


def test_a_firm_that_is_renamed_or_merged_keeps_what_was_done(desk: Desk) -> None:
    firms(desk)
    training(desk, "、".join(FIRMS))
    first, second = (desk.enterprises.find(name) for name in FIRMS[:2])
    assert first is not None and second is not None
    desk.enterprises.change(first, {"name": "甲木业公司"})
    assert one(desk, CARDS).state is OccurrenceState.MET
    desk.enterprises.merge([second], first)
    assert one(desk, CARDS).state is OccurrenceState.MET


def test_what_the_firms_have_done_themselves_counts_as_well(desk: Desk) -> None:
    firms(desk)
    for name in FIRMS:
        assert name in one(desk, DRILL, "2023-12-31").missing
        row = {"unit_name": name, "duty": "应急演练", "state": "已落实", "last_on": "2023-07-01"}
        desk.enterprise_duties.add(row)
    assert one(desk, DRILL, "2023-12-31").state is OccurrenceState.MET


def test_a_word_on_single_firms_is_kept_and_taken_back(desk: Desk) -> None:
    firms(desk)
    there = one(desk, CARDS)
    desk.duties.waive(there.duty.id, there.key, {"note": "停工"}, FIRMS[1:])
    assert one(desk, CARDS).missing == FIRMS[:1]
    training(desk, FIRMS[0])
    assert one(desk, CARDS).state is OccurrenceState.MET_LATE
    desk.duties.unmark(there.duty.id, there.key)
    assert one(desk, CARDS).missing == FIRMS[1:]
    with pytest.raises(Refused, match="不在这项工作的对象里"):
        desk.duties.tick(there.duty.id, there.key, {"happened_on": "2023-06-20", "note": "已办"}, ["丁厂"])


def test_the_office_says_otherwise_whose_work_it_is(desk: Desk) -> None:
    led_by(desk, "肖永富")
    number = one(desk, INSPECTION).duty.id
    assert one(desk, INSPECTION).state is OccurrenceState.MISSED
    desk.duties.change(number, {"doers": "党政主要负责人、肖永富"})
    assert one(desk, INSPECTION).state is OccurrenceState.MET
    desk.duties.change(number, {"objects": "每位负责人", "doers": "党政主要负责人"})
    assert one(desk, INSPECTION).missing == ("谭华祥", "谭千红")


def test_a_sub_group_is_known_by_its_office_and_its_whole_name(tmp_path: Path) -> None:
    """S2: what the office that leads a sub-group sends is the sub-group's."""
    names = ("能源股", "粮食服务股", "人防小组", "帮扶村安全专项行动工作行动领导小组")
    with Desk.create(tmp_path / "fangshan", "fangshan-2023", today=date(2023, 7, 10)) as desk:
        title = "各专项领导小组每月25日前上报重大事故隐患"
        assert one(desk, title, "2023-06-25").missing == ("能源小组", "粮食小组", "人防小组", "帮扶村小组")
        row: Row = {"kind": "印发文件", "title": "隐患清单", "held_on": "2023-06-24", "level": "部门"}
        for place, name in enumerate(names, start=1):
            desk.activities.add(row | {"office": name, "title": f"隐患清单{place}"})
            assert len(one(desk, title, "2023-06-25").missing) == 4 - place
        assert one(desk, title, "2023-06-25").state is OccurrenceState.MET


class TestUrging:
    def test_each_gets_one_letter(self, desk: Desk) -> None:
        firms(desk)
        training(desk, FIRMS[0])
        there = one(desk, CARDS)
        change = desk.books.urging.urge(there.duty.id, there.key)
        rows = desk.rewards.rows(list(change.ids))
        assert [(row.kind, row.target, row.target_kind) for row in rows] == [
            ("提醒函", name, "单位") for name in FIRMS[1:]
        ]
        assert rows[0].reason == "“每季度‘两单两卡’培训（2023年第二季度）”尚未完成，时限2023年6月30日"
        with pytest.raises(Refused, match="都已催办过"):
            desk.books.urging.urge(there.duty.id, there.key)
        desk.undo()
        assert desk.books.urging.urged(there) == {}

    def test_a_person_is_urged_where_a_person_is_to_do_it(self, desk: Desk) -> None:
        there = one(desk, INSPECTION)
        change = desk.books.urging.urge(there.duty.id, there.key, ["谭华祥"])
        (row,) = desk.rewards.rows(list(change.ids))
        assert (row.target, row.target_kind) == ("谭华祥", "个人")

    def test_nobody_is_urged_for_what_is_done(self, desk: Desk) -> None:
        led_by(desk, "谭华祥")
        there = one(desk, INSPECTION)
        with pytest.raises(Refused, match="不用催办"):
            desk.books.urging.urge(there.duty.id, there.key)


def test_a_firm_that_is_stopped_is_still_asked_for_what_fell_due_before(desk: Desk) -> None:
    firms(desk)
    training(desk, "甲木材厂、乙加油站")
    assert one(desk, CARDS).missing == ("丙采石场",)
    quarry = desk.enterprises.called("丙采石场")
    desk.enterprises.change(quarry, {"status": "关闭"})
    assert one(desk, CARDS).missing == ("丙采石场",), "June stays June"
    assert one(desk, CARDS, "2023-09-30").asked.objects == FIRMS[:2]
    assert desk.enterprises.get(quarry).stopped_on == date(2023, 7, 10)
    desk.enterprises.change(quarry, {"stopped_on": "2023-06-15"})
    assert one(desk, CARDS).state is OccurrenceState.MET
    desk.enterprises.change(quarry, {"status": "在产"})
    assert desk.enterprises.get(quarry).stopped_on is None
    assert one(desk, CARDS).missing == ("丙采石场",)


def test_a_firm_that_came_in_as_stopped_is_never_asked(desk: Desk) -> None:
    firms(desk)
    desk.enterprises.add({"name": "丁砖厂", "category": "企业", "sector": "工贸", "status": "停产"})
    assert one(desk, CARDS).asked.objects == FIRMS
