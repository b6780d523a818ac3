"""A row of a sheet becomes a hazard, or brings the one that is here to where the row has it."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.incoming.sheets import is_same_story
from hazard_desk.books.hazards.numbers import number_pattern
from hazard_desk.books.hazards.steps import manual_lines
from tests.books.taking import judged, take

ROW = {
    "level": "一般",
    "source": "执法检查",
    "sector": "工贸",
    "unit_name": "示例木材加工厂",
    "place": "加工车间",
    "description": "电线私拉乱接，未穿管保护",
    "found_on": date(2023, 5, 20),
    "inspectors": ["甲检查"],
    "remark": "",
    "funds": None,
}
FIVE = {
    "responsible": "丙负责",
    "measures": "更换线路",
    "funds": 1.5,
    "deadline": date(2023, 5, 31),
    "contingency": "断电",
}
DONE = {
    "rectified_on": date(2023, 5, 22),
    "rectified_by": ["丁整改"],
    "rechecked_on": date(2023, 5, 23),
    "rechecked_by": ["戊复查"],
    "recheck_finding": "到位",
}


def kinds(desk, number: int) -> list[str]:
    return [event["kind"] for event in desk.hazards.events(number) if event["effective"]]


class TestNew:
    def test_it_is_registered_and_taken_where_the_row_has_it(self, desk):
        number = take(desk.hazards, ROW | FIVE | DONE)
        row = desk.hazards.get(number)
        assert (row.number, row.state) == ("三星隐患〔2023〕001号", "待销号")
        assert kinds(desk, number) == ["registered", "rectified", "recheck_passed"]
        assert {name: row[name] for name in FIVE | DONE} == FIVE | DONE

    def test_a_number_of_the_offices_pattern_stays(self, desk):
        number = take(desk.hazards, ROW | {"number": "三星隐患〔2023〕007号"})
        assert desk.hazards.get(number).number == "三星隐患〔2023〕007号"
        following = take(desk.hazards, ROW | {"place": "仓库"})
        assert desk.hazards.get(following).number == "三星隐患〔2023〕008号"

    def test_a_number_of_another_pattern_is_given_anew(self, desk):
        number = take(desk.hazards, ROW | {"number": "县局2023-7"})
        row = desk.hazards.get(number)
        assert (row.number, row.others) == ("三星隐患〔2023〕001号", {"原编号": "县局2023-7"})

    def test_a_number_that_another_one_has_is_kept_aside_and_another_given(self, desk):
        take(desk.hazards, ROW | {"number": "三星隐患〔2023〕007号"})
        found = judged(desk.hazards, ROW | {"number": "三星隐患〔2023〕007号"})
        assert found.problems == {"number": "编号“三星隐患〔2023〕007号”在台账里是另一条隐患，另编一个号"}
        (number,) = desk.hazards.enter([found])
        row = desk.hazards.get(number)
        assert (row.number, row.others) == ("三星隐患〔2023〕008号", {"原编号": "三星隐患〔2023〕007号"})


class TestHere:
    @pytest.fixture
    def here(self, desk) -> int:
        return take(desk.hazards, ROW)

    def test_told_again_nothing_is_done(self, desk, here):
        assert not judged(desk.hazards, ROW, here).changes
        assert not judged(desk.hazards, ROW | {"state": "待整改"}, here).changes
        assert kinds(desk, here) == ["registered"]

    def test_what_the_row_says_otherwise_is_corrected(self, desk, here):
        assert take(desk.hazards, ROW | {"place": "仓库", "remark": "夜间"}, here) == here
        row = desk.hazards.get(here)
        assert (row.place, row.remark) == ("仓库", "夜间")
        assert not judged(desk.hazards, row | {"place": "", "remark": None}, here).changes, (
            "empty asks for nothing"
        )

    def test_the_steps_that_the_row_tells_are_taken(self, desk, here):
        take(desk.hazards, ROW | FIVE | DONE, here)
        assert kinds(desk, here) == ["registered", "rectified", "recheck_passed", "committed"]
        assert desk.hazards.get(here).state == "待销号"

    def test_commitments_made_only_now_are_a_step_and_no_correction(self, desk, here):
        take(desk.hazards, ROW | FIVE, here)
        assert kinds(desk, here) == ["registered", "committed"]
        assert desk.hazards.get(here).state == "整改中"

    def test_some_of_the_five_are_a_correction(self, desk, here):
        take(desk.hazards, ROW | {"responsible": "丙负责"}, here)
        assert "committed" not in kinds(desk, here)
        row = desk.hazards.get(here)
        assert (row.state, row.responsible) == ("待整改", "丙负责")

    def test_the_deadline_of_a_new_notice_comes_with_it(self, desk, here):
        take(desk.hazards, ROW | {"notice_number": "限改1号", "deadline": date(2023, 5, 30)}, here)
        assert kinds(desk, here) == ["registered", "notice_rectify"]
        assert desk.hazards.get(here).deadline == date(2023, 5, 30)

    def test_the_state_as_it_was_sent_out_holds_nothing_back(self, desk, here):
        take(desk.hazards, ROW | FIVE | DONE | {"state": "待整改"}, here)
        assert desk.hazards.get(here).state == "待销号"

    def test_what_the_row_cannot_bring_about_is_kept_aside(self, desk, here):
        take(desk.hazards, ROW | FIVE | DONE, here)
        found = judged(desk.hazards, ROW | FIVE | DONE | {"rechecked_by": ["己"]}, here)
        assert found.problems == {"rechecked_by": "“复查人”在台账中是“戊复查”"}
        assert found.others == {"复查人": "己"}
        desk.hazards.enter([found])
        assert desk.hazards.get(here).rechecked_by == ["戊复查"]
        take(desk.hazards, ROW | {"signed_off_by": "甲"}, here)
        row = desk.hazards.get(here)
        assert (row.state, row.signed_off_by) == ("待销号", "甲"), "nobody says that it was signed off"
        assert desk.hazards.check() == []


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ({}, True),
        ({"place": "加工车间", "description": ROW["description"]}, True),
        ({"place": "加工车间", "description": "灭火器过期"}, False),
        ({"place": "加工车间", "description": "灭火器过期", "unit_name": ROW["unit_name"]}, True),
        ({"place": "仓库", "description": "灭火器过期", "unit_name": ROW["unit_name"]}, False),
        ({"place": "加工车间"}, True),
        ({"place": "仓库"}, False),
        ({"level": "重大", "place": "", "found_on": ROW["found_on"]}, True),
    ],
)
def test_what_tells_one_hazard_from_another(told, same):
    assert is_same_story(ROW, told) is same


def test_a_desk_without_a_pattern_of_its_own_numbers_plainly(desk):
    assert number_pattern(desk.cabinet) == "三星隐患〔{year}〕{seq:03}号"
    desk.cabinet.db.execute_sql("DELETE FROM setting WHERE name = 'hazard_number'")
    assert number_pattern(desk.cabinet) == "隐患〔{year}〕{seq:03}号"


def test_the_manual_has_a_sentence_for_each_step():
    told = manual_lines()
    assert (
        "落实“五落实”：不能立即整改的隐患，须明确责任人、措施和时限，重大隐患还要有资金和应急预案，办后为“整改中”。"
        in told
    )
    assert "报告（双报告）：发现后向监管单位和乡政府等报告，可一次填写多个报告对象。" in told
    assert "复查通过：待复查的隐患可以办理，办后为“待销号”。" in told
    assert any(line.startswith("销号：复查通过后销号；") for line in told)
    assert not any(line.startswith("登记：") for line in told)
    assert len(told) == 27
