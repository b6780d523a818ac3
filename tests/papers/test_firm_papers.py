"""The papers of firms, checks, training, drills, watch and rewards: what they fill in, what stays blank."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.papers.catalogue import REPORTS
from hazard_desk.papers.facts.roots import facts_for
from hazard_desk.papers.order import Order
from hazard_desk.papers.wording.facts import One
from tests.papers.office import UNIT, refusal, step

FIRM = {
    "name": UNIT,
    "category": "企业",
    "sector": "工贸",
    "principal": "丙负责",
    "phone": "13800000000",
    "headcount": "12",
}
OF_FIRMS = (
    "responsibility-letter",
    "commitment-letter",
    "firm-file",
    "risk-card",
    "two-lists-two-cards",
    "check-scheme",
    "notice-talk",
)


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprises.add(FIRM).ids[0]


class TestFirms:
    @pytest.mark.parametrize("report", OF_FIRMS)
    def test_each_names_the_firm(self, desk, firm, told, report):
        text = told(report, firm)
        assert UNIT in text
        assert "丙负责" in text or report == "responsibility-letter", "its head is written by hand there"

    def test_what_is_asked_of_a_dangerous_or_small_firm_stands_in_its_letter_only(self, desk, firm, told):
        small = told("responsibility-letter", firm)
        assert "（十）制定安全风险明白卡" in small
        assert "双重预防机制" not in small
        desk.enterprises.change(firm, {"high_risk": "是"})
        assert "（十一）建立双重预防机制" in told("responsibility-letter", firm)
        desk.enterprises.change(firm, {"headcount": "200"})
        assert "（十）建立双重预防机制" in told("responsibility-letter", firm)

    def test_a_talk_is_about_what_is_overdue_else_the_reason_is_written_by_hand(
        self, desk, firm, found, told
    ):
        assert "约谈事由：＿＿＿" in told("notice-talk", firm)
        number = desk.hazards.add(found | {"unit_name": UNIT, "deadline": "2023-05-25"}).ids[0]
        text = told("notice-talk", firm)
        assert f"编号：{desk.hazards.get(number).number}，整改时限：2023年5月25日" in text
        assert "约谈事由" not in text

    def test_a_talk_is_issued_to_the_firm(self, desk, firm, told):
        change = desk.papers.issue("notice-talk", str(firm))
        document = desk.documents.get(change.ids[0])
        assert (document.addressee, document.about) == (UNIT, UNIT)
        assert document.number in told("notice-talk", firm)

    def test_one_without_a_firm_is_printed_blank_and_draws_no_number(self, desk, told):
        assert "约谈时间" in told("notice-talk")
        with pytest.raises(Refused, match="须写明是哪一条监管对象"):
            desk.papers.issue("notice-talk")
        assert desk.documents.select(Query()) == []

    def test_one_letter_for_every_firm_in_one_file(self, desk, firm):
        other = desk.enterprises.add(FIRM | {"name": "示例砖厂"}).ids[0]
        file, refused = desk.papers.print_many("responsibility-letter", [str(firm), str(other)])
        assert refused == {} and file.exists()

    def test_the_file_of_a_firm_holds_what_every_book_has_of_it(self, desk, firm, found, told):
        desk.hazards.add(found | {"unit_name": UNIT, "description": "电线私拉乱接"})
        desk.enterprise_duties.add({"unit_name": UNIT, "duty": "两单两卡", "state": "已落实"})
        reward = {"kind": "行政处罚", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
        desk.rewards.add(reward | {"reason": "未开展演练", "amount": "1"})
        desk.ledgers["trainings"].add(
            {"unit_name": UNIT, "audience": "全体从业人员", "subject": "用电安全", "held_on": "2023-05-20"}
        )
        text = told("firm-file", firm)
        for part in ("电线私拉乱接", "两单两卡", "未开展演练", "用电安全"):
            assert part in text


class TestCheckLists:
    def test_the_lines_are_those_of_the_sector_and_of_the_office(self, desk, firm, told):
        text = told("check-list", firm)
        assert "有限空间作业没有审批" in text and "零售点" not in text
        desk.ledgers["criteria"].add(
            {
                "title": "本乡木材加工检查要点",
                "sector": "工贸",
                "state": "现行",
                "points": "锯末当班清理\n禁烟",
            }
        )
        text = told("check-list", firm)
        assert "《本乡木材加工检查要点》1锯末当班清理" in text and "2禁烟" in text

    def test_a_standard_that_the_office_cites_otherwise_keeps_its_points(self, desk, firm, told):
        own = {"title": "工贸企业重大事故隐患判定标准", "number": "10号令", "sector": "工贸", "state": "现行"}
        desk.ledgers["criteria"].add(own)
        text = told("check-list", firm)
        assert "（10号令）" in text and "有限空间作业没有审批" in text

    def test_every_sector_has_a_page_to_take_along(self, desk, told):
        text = told("sector-check-lists")
        for sector in ("工贸", "烟花爆竹", "城镇燃气", "各行业"):
            assert f"{sector}安全检查表" in text
        assert "水利安全检查表" not in text, "its standard is not confirmed, it tells no points"


class TestHazards:
    def test_a_stop_is_for_major_hazards_that_are_not_put_right(self, desk, major, found, told):
        text = told("notice-stop", major)
        assert "电线私拉乱接" in text and "于2023年5月31日前完成整改" in text
        other = desk.hazards.add(found).ids[0]
        assert "只用于重大隐患" in refusal(desk, "notice-stop", other)
        desk.papers.issue("notice-stop", str(major))
        step(desk, major, "rectified", 25, rectified_by="丙负责")
        assert "停产停业" in told("notice-stop", major), "what was issued is printed again"

    def test_a_recheck_leaves_the_verdict_to_the_pen(self, desk, major, told):
        text = told("record-recheck", major)
        assert "□合格□不合格□延期" in text and "责改〔2023〕1号" in text

    def test_a_recheck_goes_through_every_hazard_of_the_notice(self, desk, major, found, told):
        other = desk.hazards.add(found | {"unit_name": UNIT, "place": "配电室"}).ids[0]
        step(desk, other, "notice_rectify", 21, notice_number="责改〔2023〕1号", deadline="2023-05-31")
        text = told("record-recheck", major)
        assert "配电室" in text and "加工车间" in text


class TestActivities:
    def test_papers_of_training_and_drills(self, desk, told):
        drill = {"kind": "应急演练", "title": "火灾疏散演练", "held_on": "2023-05-22", "level": "镇"}
        firms = "、".join(f"示例第{place}厂" for place in range(1, 12))
        number = desk.activities.add(drill | {"firms": firms, "attendance": "72"}).ids[0]
        for report in ("drill-plan", "drill-assessment", "drill-summary"):
            text = told(report, number)
            assert "示例第1厂、示例第2厂、示例第3厂等11家" in text
        assert "共72人参加" in told("drill-summary", number)
        assert "不是教育培训" in refusal(desk, "training-record", number)

    def test_the_plan_of_a_drill_tells_what_is_planned_and_not_how_it_went(self, desk, told):
        drill = {"kind": "应急演练", "title": "火灾疏散演练", "level": "镇", "attendance": "72"}
        held = desk.activities.add(drill | {"held_on": "2023-05-22", "content": "8分钟全部撤出"}).ids[0]
        text = told("drill-plan", held)
        assert "8分钟全部撤出" not in text and "72人" not in text
        assert "8分钟全部撤出" in told("drill-summary", held)


class TestOffice:
    def test_a_roster_names_days_of_rest(self, desk, told):
        october = told("watch-roster", "", date(2023, 9, 28))
        assert "2023年10月应急值班表" in october, "late in a month for the next"
        assert "10月1日星期日放假（国庆节）" in october
        assert "10月7日星期六上班（调休）" in october
        assert "2023年9月应急值班表" in told("watch-roster", "", date(2023, 9, 20))

    def test_the_plan_of_a_year(self, desk, firm, told):
        assert "计划检查：截至" in told("year-check-plan", "", date(2023, 6, 1))
        for due in ("2023-09-30", "2023-11-30"):
            desk.books.check_plans.add({"unit_name": UNIT, "due_on": due, "office": "应急办", "kind": "日常"})
        text = told("year-check-plan", "", date(2023, 6, 1))
        assert "计划检查：1家2次" in text
        assert f"1{UNIT}工贸" in text

    def test_a_document_has_its_sheet(self, desk, told):
        number = desk.documents.add(
            {"kind": "通报", "title": "上半年情况通报", "issued_on": "2023-05-21", "addressee": "各村"}
        ).ids[0]
        for named in (number, desk.documents.get(number).number):
            text = told("issue-sheet", named)
            assert "上半年情况通报" in text and "签发" in text

    def test_papers_of_a_reward_leave_who_is_rewarded_to_the_pen(self, desk, told):
        tip = {"received_on": "2023-05-20", "way": "电话", "content": "违规动火", "verified": "属实"}
        informant = {"informant_name": "诸葛某某", "informant_phone": "13800001234"}
        number = desk.tips.add(tip | informant).ids[0]
        reward = desk.tips.make_reward(number, {"amount": "1050"}).ids[0]
        for report in ("reward-approval", "reward-receipt"):
            text = told(report, reward)
            assert "壹仟零伍拾元整" in text
            assert not re.search("诸|1380|1234", text)
            assert not REPORTS[report].signed, "it carries no code"

    def test_no_words_of_the_office_can_tell_who_is_rewarded(self, desk):
        reward = {
            "kind": "举报奖励",
            "target_kind": "个人",
            "target": "诸葛某某",
            "happened_on": "2023-05-25",
        }
        number = desk.rewards.add(reward | {"reason": "举报属实", "informant_name": "诸葛某某"}).ids[0]
        facts = facts_for(desk.books, "rewards-penalties", Order(record=number)).part("奖惩记录")
        told = [str(facts.value(name)) for name, tell in facts.tells.items() if isinstance(tell, One)]
        assert "举报属实" in told and not [words for words in told if "诸" in words]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_every_form_can_be_printed_from_an_empty_desk(desk, tmp_path, ending):
    forms = [report for report in REPORTS.values() if report.blank]
    assert len(forms) >= 10
    for report in forms:
        file = desk.papers.print(report.id, tmp_path / f"{report.id}.{ending}")
        assert file.stat().st_size > 1000, report.id
