"""Who is to do it and to whom: persons by their service, firms by their name, forms by their day."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.rules.fulfilment import OccurrenceState, judge
from hazard_desk.rules.obligation import Demand, Evidence, Serving, is_about, means, named_in, people_in
from hazard_desk.rules.recurrence import Occurrence

JUNE = Occurrence("2023年6月", date(2023, 6, 1), date(2023, 6, 28), date(2023, 6, 30))
LATER = date(2023, 7, 9)


def record(day: int, people: str = "", about: str = "", closes: int = 0) -> Evidence:
    on = date(2023, 6, day)
    return Evidence(on, f"activities/{day}", "督导", on, people_in(people), named_in(about), closes)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("谭华祥", True),
        ("乡长谭华祥", True),
        ("谭华祥乡长", True),
        ("乡党委书记谭华祥同志", True),
        ("乡人民政府乡长谭华祥", True),
        ("谭华祥生", False),
        ("司机谭华祥", False),
        ("肖永富", False),
    ],
)
def test_a_person_is_meant_with_or_without_the_post(written: str, same: bool) -> None:
    assert means(written, "谭华祥") is same


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("谭 华祥、肖永富，张三", "谭华祥 肖永富 张三"),
        ("谭华祥 肖永富", "谭华祥 肖永富"),
        ("谭华祥\u3000肖 永 富", "谭华祥 肖永富"),
        ("乡长谭 华祥 肖永富", "谭华祥 肖永富"),
        ("谭华祥/肖永富", "谭华祥 肖永富"),
        ("谭华祥和肖永富", "谭华祥 肖永富"),
        ("李明与王强", "李明 王强"),
        ("张和平", "张和平"),
        ("欧阳 修远", "欧阳修远"),
        ("谭华祥（乡长）、肖永富(副乡长、政法委员)", "谭华祥 肖永富"),
        ("组长：谭华祥", "谭华祥"),
        ("谭华祥等3人", "谭华祥"),
        ("谭华祥一行带队", "谭华祥"),
        ("肖永富代谭华祥", ""),
        ("谭华 祥生", ""),
    ],
)
def test_people_are_told_apart_as_offices_write_them(written: str, who: str) -> None:
    known = ("谭华祥", "肖永富", "张三", "李明", "王强", "张和平", "欧阳修远", "张")
    people = people_in(written)
    assert {name for name in known if any(means(one, name) for one in people)} == set(who.split())


def test_a_firm_may_have_a_blank_in_its_name() -> None:
    assert named_in("三星 加油站、甲和木业") == {"三星加油站", "甲和木业"}


def test_a_person_counts_on_the_days_of_service_alone() -> None:
    asked = Demand(
        who="党政主要负责人", doers=(Serving("甲", None, date(2023, 6, 10)), Serving("乙", date(2023, 6, 10)))
    )
    assert judge(JUNE, [record(9, "甲")], None, asked, LATER).state is OccurrenceState.MET
    assert judge(JUNE, [record(10, "甲")], None, asked, LATER).state is OccurrenceState.MISSED
    assert judge(JUNE, [record(10, "乙")], None, asked, LATER).state is OccurrenceState.MET


def test_where_nobody_is_known_nothing_counts_and_it_says_so() -> None:
    verdict = judge(JUNE, [record(9, "甲")], None, Demand(who="党政主要负责人"), LATER)
    assert verdict.state is OccurrenceState.MISSED
    assert "还没有登记党政主要负责人是谁" in verdict.reason


def test_each_object_is_asked_for_and_the_last_one_is_the_day() -> None:
    asked = Demand(whom="每家企业", objects=("甲厂", "乙 厂", "丙厂"))
    two = [record(5, about="甲厂、乙厂")]
    verdict = judge(JUNE, two, None, asked, LATER)
    assert (verdict.state, verdict.missing) == (OccurrenceState.MISSED, ("丙厂",))
    assert "3个对象已完成2个，还缺丙厂" in verdict.reason
    met = judge(JUNE, [*two, record(29, about="丙厂")], None, asked, LATER)
    assert (met.state, met.done_on, met.missing) == (OccurrenceState.MET_LATE, date(2023, 6, 29), ())


def test_without_objects_it_is_not_met_by_nothing() -> None:
    verdict = judge(JUNE, [record(5)], None, Demand(whom="每家企业"), LATER)
    assert verdict.state is OccurrenceState.MISSED
    assert "还没有登记可以对照的对象（每家企业）" in verdict.reason


def test_each_leader_does_it_for_himself() -> None:
    doers = (Serving("甲"), Serving("乙"))
    asked = Demand(who="党政主要负责人", doers=doers, whom="每位负责人", objects=("甲", "乙"), by_doer=True)
    assert judge(JUNE, [record(5, "甲")], None, asked, LATER).missing == ("乙",)
    assert (
        judge(JUNE, [record(5, "甲"), record(6, "乡长乙")], None, asked, LATER).state is OccurrenceState.MET
    )


@pytest.mark.parametrize(("day", "state"), [(2, "未开展"), (27, "未开展"), (28, "已完成"), (30, "逾期完成")])
def test_a_form_tells_of_the_day_it_counts_up_to(day: int, state: str) -> None:
    assert judge(JUNE, [record(day, closes=28)], None, Demand(), LATER).state == state


@pytest.mark.parametrize(
    ("title", "word", "told"),
    [
        ("“两单 两卡”培训", "两单两卡", True),
        ("五进宣传", "", True),
        ("应急演练", "预案", False),
        ("企业主要负责人每月带队检查", "主要负责人 带队", True),
        ("安全员带队检查", "主要负责人 带队", False),
        ("主要负责人未带队检查", "主要负责人 带队", False),
        ("未按规定开展全面安全检查", "全面", False),
        ("通道未清理，全面安全检查", "全面", True),
        ("上半年未带队，补开展带队检查", "带队", True),
        ("未成年人消防疏散演练", "疏散", True),
        ("未来社区疏散演练", "疏散", True),
    ],
)
def test_a_title_that_denies_the_word_is_not_about_it(title: str, word: str, told: bool) -> None:
    assert is_about(title, word) is told
