"""Papers about all that the desk holds, from a desk with records and from an empty one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from hazard_desk.desk import Desk
from hazard_desk.papers.wording.kinds import bundled_texts
from hazard_desk.papers.wording.reading import ABOUT, EMPTY
from hazard_desk.rules.fields import Row
from hazard_desk.rules.fulfilment import OccurrenceState
from tests.papers.office import UNIT, refusal, step

Told = Callable[..., str]
OF_ALL = sorted(name for name, text in bundled_texts().items() if not text.head.get(ABOUT))


@pytest.fixture
def firm(desk: Desk) -> str:
    """A firm in a village."""
    facts = {"name": UNIT, "category": "企业", "sector": "工贸", "village": "木坪村", "address": "木坪村三组"}
    desk.enterprises.add(facts)
    return UNIT


@pytest.mark.parametrize("report", OF_ALL)
def test_an_empty_desk_prints_each_and_claims_nothing(desk: Desk, told: Told, report: str) -> None:
    text = told(report)
    assert text
    for wrong in ("—。", "率—", "0.0万元", "None", "。。", "，。", "待补", "2023-06-01"):
        assert wrong not in text, wrong


@pytest.mark.parametrize("report", OF_ALL)
def test_word_takes_each(desk: Desk, found: Row, report: str) -> None:
    desk.hazards.add(found)
    desk.papers.print(report, desk.folder / "paper.docx")
    assert (desk.folder / "paper.docx").stat().st_size > 5000


def test_nobody_is_named_before_the_clerk_has_a_name(desk: Desk, told: Told) -> None:
    desk.settings.change({"clerk": "经办人"})
    assert "联系人：＿" in told("meeting-notice")


def test_what_falls_due_is_named_with_its_day_as_papers_write_it(desk: Desk, told: Told) -> None:
    tip = {"received_on": "2023-05-20", "way": "电话", "unit_name": UNIT, "content": "通道堵塞"}
    desk.tips.add(tip | {"deadline": "2023-07-05"})
    text = told("month-report")
    assert f"举报“{UNIT}（2023年5月20日）”办理时限" in text


def test_the_notice_of_a_meeting_says_what_is_to_be_talked_about(desk: Desk, found: Row, told: Told) -> None:
    desk.settings.change({"addressees": "各村、各科室"})
    desk.hazards.add(found | {"deadline": "2023-05-25"})
    text = told("meeting-notice")
    for part in ("各村、各科室：", "研究逾期未整改的隐患1处", "累计排查隐患1处", "研判重大安全风险"):
        assert part in text


def test_minutes_of_a_meeting(desk: Desk, told: Told) -> None:
    meeting = {"kind": "调度会", "title": "全乡安全生产调度会", "held_on": "2023-05-25", "level": "乡"}
    number = desk.activities.add(
        {**meeting, "host": "谭某", "place": "三楼会议室", "content": "通报进展"}
    ).ids[0]
    text = told("meeting-minutes", number)
    for part in ("谭某在三楼会议室主持召开会议", "主题为“全乡安全生产调度会”", "通报进展。", "议定事项"):
        assert part in text
    drill = desk.activities.add({**meeting, "kind": "应急演练", "title": "疏散演练"}).ids[0]
    assert "会议才有纪要" in refusal(desk, "meeting-minutes", drill)


def test_what_is_published_leaves_out_what_the_firm_found_itself(
    desk: Desk, found: Row, major: int, told: Told
) -> None:
    own = {"level": "重大", "criterion": "判定标准", "source": "企业自查", "place": "自查车间"}
    desk.hazards.add(found | own)
    text = told("public-notice")
    assert UNIT in text and "整改中" in text.replace("逾期未整改", "整改中") and "自查车间" not in text


def test_each_village_is_urged_about_its_own(desk: Desk, firm: str, found: Row, told: Told) -> None:
    desk.hazards.add(found | {"unit_name": firm, "deadline": "2023-05-25", "place": "喷漆房"})
    desk.hazards.add(found | {"unit_name": "无名店", "place": "店堂"})
    text = told("village-urge")
    assert "木坪村：" in text and "喷漆房" in text and "店堂" not in text
    assert "共1处，其中重大0处，逾期1处" in text
    text = told("village-list")
    assert "木坪村（1处，其中重大0处，逾期1处）" in text
    assert text.index("未写明所在村") < text.index("店堂")


def test_the_month_and_what_comes_next(desk: Desk, found: Row, told: Told) -> None:
    desk.hazards.add(found | {"found_on": "2023-05-20"})
    text = told("month-report")
    assert "2023年6月工作小结" in text and "排查各类事故隐患0处" in text
    assert "累计排查隐患1处" in text
    assert "常态化" in text.split("下月到期的工作")[1]


def test_the_brief_tells_the_work_of_the_month(desk: Desk, told: Told) -> None:
    done = {"kind": "主题宣传", "title": "安全生产月宣传", "held_on": "2023-06-01", "level": "乡"}
    desk.activities.add(done | {"content": "发放资料200份"})
    assert "1．2023年6月1日，安全生产月宣传。发放资料200份。" in told("work-brief")


def test_reports_go_upwards_and_not_to_the_villages(desk: Desk, told: Told) -> None:
    desk.settings.change({"addressees": "各村、各科室"})
    for report in ("report-county", "report-launch", "report-midway", "report-final"):
        text = told(report)
        assert "各村、各科室" not in text and "特此报告。" in text and "三星乡人民政府" in text, report
    assert desk.papers.issue_values("report-county")["addressee"] == ""
    assert "成立三星乡重大事故隐患" in told("report-launch")


def test_a_receipt_of_delivery_is_about_the_document(desk: Desk, firm: str, found: Row, told: Told) -> None:
    number = desk.hazards.add(found | {"unit_name": firm}).ids[0]
    issued = desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-10"}).ids[0]
    text = told("delivery-receipt", issued)
    for part in ("三星应急责改〔2023〕1号", firm, "木坪村三组", "受送达人拒收事由", "两人"):
        assert part in text
    desk.documents.void(issued, "写错了")
    assert refusal(desk, "delivery-receipt", issued) == "三星应急责改〔2023〕1号 已作废，不再送达"


def test_a_case_is_published_without_the_name_of_a_person(desk: Desk, told: Told) -> None:
    fine = {"kind": "行政处罚", "happened_on": "2023-05-25", "reason": "违规储存汽油", "amount": "2"}
    firm = desk.rewards.add({**fine, "target_kind": "单位", "target": UNIT}).ids[0]
    text = told("typical-case", firm)
    assert f"对{UNIT}作出处理：行政处罚，罚款人民币贰万元整" in text
    person = desk.rewards.add({**fine, "target_kind": "个人", "target": "钱老板"}).ids[0]
    text = told("typical-case", person)
    assert "钱某" in text and "钱老板" not in text
    paid = {"kind": "举报奖励", "target_kind": "个人", "target": "举报人", "happened_on": "2023-05-25"}
    reward = desk.rewards.add({**paid, "reason": "举报属实", "amount": "500"}).ids[0]
    assert "不作典型案例曝光" in refusal(desk, "typical-case", reward)


def test_a_hazard_that_was_signed_off_is_published_with_its_outcome(
    desk: Desk, major: int, told: Told
) -> None:
    step(desk, major, "rectified", 25, rectified_by="丙")
    assert "已整改" in told("public-notice")


@pytest.mark.parametrize(
    "report", sorted(name for name, text in bundled_texts().items() if EMPTY in text.head)
)
def test_a_blank_one_is_printed_of_no_record(desk: Desk, told: Told, report: str) -> None:
    text = told(report)
    assert text
    for wrong in ("None", "待补", "。。", "，。"):
        assert wrong not in text, wrong
    word = docx.Document(str(desk.papers.print(report, desk.folder / "paper.docx")))
    for line in word.paragraphs:  # a year's blanks at the end of a line leave no room to write
        aside = "：" in line.text or line.alignment == WD_ALIGN_PARAGRAPH.RIGHT
        assert aside or "　年" not in line.text, line.text


@pytest.mark.parametrize(
    ("report", "day", "duty"),
    [
        ("report-launch", "2023-05-29", "5月31日前报送专项行动方案及动员部署情况"),
        ("report-midway", "2023-08-02", "8月5日前报送贯彻落实情况"),
        ("report-final", "2023-12-18", "12月20日前报送贯彻落实情况"),
    ],
)
def test_a_report_that_was_issued_fulfils_its_duty(tmp_path: Path, report: str, day: str, duty: str) -> None:
    with Desk.create(tmp_path / "desk", "chongming-2023", today=date.fromisoformat(day)) as desk:
        assert desk.papers.issue_values(report)["addressee"] == "区安委会办公室"

        def met() -> bool:
            row = next(row for row in desk.duties.all_rows() if row.title == duty)
            return desk.duties.history(row.id)[-1].state == OccurrenceState.MET

        assert not met()
        desk.papers.issue(report)
        assert met()
