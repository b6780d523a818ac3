"""Which record a paper is about, the papers about all, issuing, the papers of a record."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.papers.catalogue import reports_about
from hazard_desk.store.tables import Audit
from tests.papers.office import UNIT, rechecked, refusal


class TestPickingARecord:
    def test_by_number_by_id_and_by_the_number_of_its_document(self, desk, major, told):
        for number in (major, "三星隐患〔2023〕001号"):
            assert "三星隐患〔2023〕001号" in told("hazard-card", number)
        assert "责改〔2023〕1号" in told("notice-rectify", major), "what the hazard itself holds"
        desk.documents.add(
            {"kind": "限期整改意见书", "title": "意见书", "issued_on": "2023-05-21"}, f"hazards/{major}"
        )
        assert "三星应急责改〔2023〕1号" in told("notice-rectify", "三星应急责改〔2023〕1号")

    @pytest.mark.parametrize("number", ["三星隐患〔2023〕999号", "99", "0", "-1", "9" * 30, "一"])
    def test_no_such_hazard(self, desk, number):
        assert refusal(desk, "hazard-card", number) == f"没有编号为“{number}”的隐患，请核对"

    def test_none_named(self, desk):
        assert "须写明是哪一条隐患" in refusal(desk, "notice-rectify", "")
        assert "须写明是哪一条奖惩记录" in refusal(desk, "letter-urge", "")

    def test_a_form_can_be_printed_of_no_record_to_be_filled_in_by_hand(self, desk, told):
        text = told("record-check")
        assert "我们是三星乡应急办的检查人员＿＿＿＿＿＿，证件号码为＿" in text
        assert "未发现问题" not in text, "nobody looked yet"
        assert re.search(r"1.*6三、专项行动", text), "lines to write findings on"

    def test_a_check_of_which_nothing_is_said_yet_claims_nothing(self, desk, told):
        visit = {"checked_on": "2023-05-20", "kind": "日常", "unit_name": UNIT, "inspectors": "甲、乙"}
        number = desk.checks.add(visit).ids[0]
        text = told("record-check", number)
        assert "未发现问题" not in text
        assert "安全管理混乱否" not in text
        desk.checks.change(number, {"situation": "逐间查看，未发现问题"})
        text = told("record-check", number)
        assert text.count("未发现问题") == 2
        assert "安全管理混乱否" in text

    def test_no_such_document(self, desk):
        assert refusal(desk, "bulletin", "三星府发〔2023〕9号").startswith("发文登记里没有文号为")


class TestPapersOfAll:
    def test_bulletin(self, desk, major, found, told):
        desk.settings.change({"addressees": "各村、各科室"})
        rechecked(desk, major)
        late = desk.hazards.add(found | {"deadline": "2023-05-25", "office": "经发办"}).ids[0]
        for kind, target in (("表扬表彰", "木坪村"), ("通报", "石桥坝村"), ("行政处罚", UNIT)):
            desk.rewards.add(
                {
                    "kind": kind,
                    "target_kind": "科室村社区" if kind != "行政处罚" else "单位",
                    "target": target,
                    "happened_on": "2023-05-25",
                    "reason": "示例事由",
                    "amount": "2",
                }
            )
        text = told("bulletin")
        for part in (
            "关于2023年上半年重大事故隐患专项排查整治工作进展情况的通报",
            "各村、各科室：",
            "2023年5月18日至2023年6月1日",
            "全乡共排查各类事故隐患2处，其中重大事故隐患1处；已整改1处，整改率50%",
            "逾期未整改的隐患1处",
            "作出行政处罚1起，罚款2万元",
            "1．木坪村：示例事由。",
            "1．石桥坝村：示例事由（通报）。",
            "经发办（1处，整改率0%）",
            "逾期未整改隐患清单",
            "各月排查和整改隐患情况",
            desk.hazards.get(late)["number"],
        ):
            assert part in text

    def test_bulletin_of_an_empty_desk(self, told):
        text = told("bulletin")
        assert "排查各类事故隐患0处" in text
        assert "整改率" not in text, "of nothing there is no rate"
        assert "本期没有表扬记录" in text
        assert "附件" not in text

    def test_an_issued_bulletin_prints_as_of_its_day(self, desk, found, told):
        desk.hazards.add(found)
        issued = desk.papers.issue("bulletin", values={"issued_on": "2023-05-19", "copies": "县安委办"})
        number = desk.documents.get(issued.ids[0])["number"]
        text = told("bulletin", number)
        assert number == "三星府发〔2023〕1号"
        assert number in text
        assert "2023年5月18日至2023年5月19日" in text
        assert "隐患0处" in text
        assert "抄送：县安委办。" in text

    def test_red_head_only_where_the_office_wants_it(self, desk, told):
        desk.papers.issue("bulletin")
        assert "三星乡人民政府文件" not in told("bulletin", "三星府发〔2023〕1号")
        desk.settings.change({"red_head": "套"})
        assert "三星乡人民政府文件" in told("bulletin", "三星府发〔2023〕1号")
        assert "三星乡人民政府文件" not in told("bulletin"), "a draft has none"

    def test_task_progress(self, desk, told):
        desk.tasks.add_log(1, {"happened_on": "2023-05-25", "kind": "进展", "note": "召开专题学习会"})
        text = told("task-progress")
        assert "召开专题学习会" in text
        assert "（八）问题清单督查检查行动" in text.replace("\n", "")
        assert "按牵头领导汇总" in text

    def test_a_past_day_is_told_in_the_head_and_held_by_the_rows(self, desk, found, told):
        desk.hazards.add(found | {"description": "那天之后才发现", "found_on": "2023-05-26"})
        desk.tasks.add_log(1, {"happened_on": "2023-05-25", "kind": "进展", "note": "当天的进展"})
        desk.tasks.add_log(1, {"happened_on": "2023-05-26", "kind": "进展", "note": "第二天的进展"})
        for report in ("hazard-ledger", "task-progress", "duty-record", "wall-chart", "hazard-figures"):
            text = told(report, "", date(2023, 5, 25))
            assert "截至：2023年5月25日" in text, report
            assert "那天之后才发现" not in text
            assert "第二天的进展" not in text
        assert "当天的进展" in told("task-progress", "", date(2023, 5, 25))
        assert "截至：2023年6月1日" in told("hazard-ledger")

    def test_year_summary(self, desk, major, told):
        text = told("year-summary")
        assert "2023年度工作总结" in text
        assert "方案共有具体任务34项" in text
        assert "排查各类事故隐患1处" in text

    def test_leading_group_is_founded_then_adjusted(self, desk, told):
        text = told("leading-group-notice")
        assert "关于成立三星乡重大事故隐患专项排查整治2023行动工作领导小组的通知" in text
        row = next(row for row in desk.groups.select(Query()) if row["person"] == "肖永富")
        desk.groups.end(row["id"], date(2023, 5, 25))
        member = {"role": "副组长", "person": "新任甲", "post": "副乡长", "starts_on": "2023-05-25"}
        desk.groups.add(member | {"basis": "三星府发〔2023〕80号"})
        text = told("leading-group-notice")
        assert "关于调整三星乡" in text
        assert re.search(r"1．肖永富（.{2,12}）不再担任", text)
        assert "2．新任甲（副乡长）担任" in text
        assert "依据：三星府发〔2023〕80号" in text
        assert "关于成立" in told("leading-group-notice", "", date(2023, 5, 20)), "as of a day before"


class TestIssuing:
    def test_a_rectification_notice_is_a_step_of_its_hazard(self, desk, found, told):
        number = desk.hazards.add(found).ids[0]
        desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-10"})
        hazard = desk.hazards.get(number)
        assert (hazard["notice_number"], hazard["deadline"]) == ("三星应急责改〔2023〕1号", date(2023, 6, 10))
        (document,) = desk.documents.select(Query())
        assert (document["record"], document["addressee"]) == (f"hazards/{number}", UNIT)
        assert document["about"] == "三星隐患〔2023〕001号"
        assert "三星应急责改〔2023〕1号" in told("notice-rectify", number)

    def test_issuing_is_one_act_and_undo_leaves_nothing_half_there(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        before = len(desk.cabinet.rows(Audit.select()))
        change = desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-10"})
        assert change.title == f"编发 三星应急责改〔2023〕1号《关于{UNIT}的限期整改意见书》"
        assert set(change.touched) >= {"document", "hazard", "hazard_event"}
        assert len(desk.cabinet.rows(Audit.select())) == before + 1
        assert desk.undo().title == f"撤销：{change.title}"
        assert desk.hazards.get(number)["notice_number"] == ""
        assert [row["effective"] for row in desk.hazards.events(number)] == [True, False, False]
        (document,) = desk.documents.select(Query())
        assert (document["state"], document["number"]) == ("已作废", "三星应急责改〔2023〕1号")
        assert desk.documents.about_record(f"hazards/{number}") == []
        assert desk.undoable() == "登记隐患 三星隐患〔2023〕001号"
        desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-10"})
        assert desk.hazards.get(number)["notice_number"] == "三星应急责改〔2023〕2号"
        assert desk.check() == []

    def test_a_letter_taken_back_loses_its_number(self, desk):
        values = {"kind": "督办函", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
        number = desk.rewards.add(values | {"reason": "进度偏慢"}).ids[0]
        desk.papers.issue("letter-urge", str(number))
        assert desk.rewards.get(number)["number"] == "三星安督〔2023〕1号"
        desk.undo()
        assert desk.rewards.get(number)["number"] == ""
        assert [row["state"] for row in desk.documents.select(Query())] == ["已作废"]
        assert "新增奖惩" in desk.undoable()

    def test_no_number_is_drawn_when_the_step_is_refused(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        with pytest.raises(Refused):
            desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-05-01"})
        with pytest.raises(Refused, match="不能办理“出具复查意见书”"):
            desk.papers.issue("notice-recheck", str(number))
        assert desk.documents.select(Query()) == []

    def test_a_letter_keeps_its_number_in_the_ledger(self, desk):
        values = {"kind": "督办函", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
        number = desk.rewards.add(values | {"reason": "进度偏慢"}).ids[0]
        desk.papers.issue("letter-urge", str(number))
        assert desk.rewards.get(number)["number"] == "三星安督〔2023〕1号"

    def test_what_is_not_issued_is_refused(self, desk, major):
        with pytest.raises(Refused, match="不编文号"):
            desk.papers.issue("hazard-card", str(major))
        assert desk.documents.select(Query()) == []


def test_the_papers_of_a_record(desk, supervised):
    rechecked(desk, supervised)

    def papers() -> list[str]:
        return [report.id for report in reports_about(desk.books, "hazards", supervised)]

    always = {"hazard-card", "notice-rectify", "notice-supervise", "notice-extension", "rectification-plan"}
    assert always <= set(papers())
    assert "notice-recheck" not in papers(), "it is not issued yet"
    desk.papers.issue("notice-recheck", str(supervised))
    assert {*always, "notice-recheck"} <= set(papers())
    assert reports_about(desk.books, "tips", 1) == []


def test_every_paper_stands_on_hard_text(desk, found, told):
    hard = "<b>&=+-@堃喆䶮" + "长" * 1900
    number = desk.hazards.add(found | {"description": hard, "unit_name": "𬎆"}).ids[0]
    for report in ("hazard-card", "notice-rectify"):
        text = told(report, number)
        assert "<b>&=+-@堃喆䶮" in text
        assert "𬎆" in text
