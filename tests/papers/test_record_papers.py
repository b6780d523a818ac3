"""Papers about one record, read back: what they say, what they leave blank, when they are refused."""

from __future__ import annotations

import re

import pytest

from hazard_desk.desk import Desk
from hazard_desk.papers.catalogue import REPORTS
from tests.papers.office import UNIT, rechecked, refusal, step


class TestHazardPapers:
    def test_card(self, desk, major, told):
        rechecked(desk, major)
        text = told("hazard-card", major)
        for part in (UNIT, "电线私拉乱接", "更换线路并穿管", "1.5万元", "断电、撤人、报告", "复查通过"):
            assert part in text
        assert "（未落实）" not in text

    def test_card_of_a_hazard_without_commitments(self, desk, found, told):
        great = found | {"level": "重大", "criterion": "判定标准"}
        assert told("hazard-card", desk.hazards.add(great).ids[0]).count("（未落实）") == 5
        number = desk.hazards.add(found).ids[0]
        assert told("hazard-card", number).count("（未落实）") == 3, "responsible, measures, deadline"
        step(desk, number, "handed_over", 20, handed_to="县住建局")
        assert "（未落实）" not in told("hazard-card", number), "others put it right"

    def test_card_tells_a_correction_not_the_slip(self, desk, found, told):
        number = desk.hazards.add(found).ids[0]
        step(desk, number, "rectified", 20, rectified_by="丙负责", note="错写一笔")
        desk.hazards.correct(number, 2, {"note": "已更正的说明"})
        text = told("hazard-card", number)
        assert "错写一笔" not in text

    def test_plan(self, desk, major, told):
        text = told("rectification-plan", major)
        for part in ("一案一策", "消除电气火灾隐患", "全部重新布线", "2023年5月31日前完成治理", "断电停用"):
            assert part in text

    def test_plan_is_for_major_hazards_with_a_plan(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        assert "只用于重大隐患" in refusal(desk, "rectification-plan", number)
        number = desk.hazards.add(found | {"level": "重大", "criterion": "《判定标准》"}).ids[0]
        assert "还没有办理“制定一案一策”" in refusal(desk, "rectification-plan", number)


class TestRectifyNotice:
    def test_two_copies_and_a_receipt(self, desk, major, pages):
        read = pages("notice-rectify", major)
        texts = [page.text for page in read]
        assert len(texts) == 3
        assert [("第一联" in text, "第二联" in text) for text in texts[:2]] == [(True, False), (False, True)]
        for text in texts[:2]:
            plain = re.sub(r"\s", "", text)
            for part in (f"{UNIT}：", "责改〔2023〕1号", "电线私拉乱接", "2023年5月31日前整改完毕"):
                assert part in plain
            assert "2023年5月21日" in plain, "dated when it was issued"
        assert "送达方式" in texts[2]
        assert "责改〔2023〕1号" in re.sub(r"\s", "", texts[2])

    def test_hazards_of_one_notice_stand_on_it_together(self, desk, major, found, told):
        other = desk.hazards.add(found | {"unit_name": UNIT, "place": "配电室"}).ids[0]
        step(desk, other, "notice_rectify", 21, notice_number="责改〔2023〕1号", deadline="2023-05-31")
        text = told("notice-rectify", other)
        assert "1．" in text
        assert "2．" in text
        assert "配电室" in text
        assert "加工车间" in text

    def test_a_draft_leaves_number_and_date_blank(self, desk, found, told):
        text = told("notice-rectify", desk.hazards.add(found).ids[0])
        assert "〔〕号" in text
        assert "请你单位于＿＿＿＿年＿＿月＿＿日前整改完毕" in text

    def test_refused_when_all_is_rectified_without_one(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        step(desk, number, "rectified", 20, rectified_by="丙负责")
        assert "没有下发过限期整改意见书" in refusal(desk, "notice-rectify", number)


class TestRecheckNotice:
    def test_needs_an_earlier_notice_and_a_recheck(self, desk, found, major):
        number = desk.hazards.add(found).ids[0]
        assert "还没有下发限期整改意见书" in refusal(desk, "notice-recheck", number)
        assert "还没有登记复查结果" in refusal(desk, "notice-recheck", major)

    @pytest.mark.parametrize(("passed", "verdict"), [(True, "已按要求整改完成"), (False, "尚未整改到位")])
    def test_tells_what_the_recheck_found(self, desk, major, told, passed, verdict):
        rechecked(desk, major, passed)
        text = told("notice-recheck", major)
        for part in ("责改〔2023〕1号", "2023年5月26日，复查人员甲检查、乙检查", "线路已穿管保护", verdict):
            assert part in text


class TestSupervision:
    def test_notice_keeps_the_first_deadline(self, desk, supervised, told):
        text = told("notice-supervise", supervised)
        for part in (
            "三星督〔2023〕1号",
            "乡镇级挂牌督办",
            "丁督办",
            "2023年5月30日前完成整改",
            "三星乡人民政府",
        ):
            assert part in text

    def test_another_level_is_signed_by_hand(self, desk, major, told):
        listed = {"supervision_level": "县级", "supervision_number": "石安督〔2023〕1号"}
        step(desk, major, "supervised", 23, supervisor="丁督办", supervision_deadline="2023-05-30", **listed)
        assert "三星乡人民政府" not in told("notice-supervise", major)

    def test_extension(self, desk, supervised, told):
        text = told("notice-extension", supervised)
        assert "督办时限由2023年5月30日延长至2023年6月20日" in text
        assert "材料到货推迟" in text

    def test_extension_of_the_rectification_deadline(self, desk, major, told):
        step(desk, major, "extended", 28, deadline="2023-06-15", extended_by="戊批准", note="雨天")
        text = told("notice-extension", major)
        assert "经研究，现批复如下" in text and "戊批准" not in text, "who approved stays in the ledger"
        assert "整改时限由2023年5月31日延长至2023年6月15日" in text

    def test_acceptance_and_removal(self, desk, supervised, told):
        rechecked(desk, supervised)
        step(desk, supervised, "supervision_accepted", 27)
        assert "待办理摘牌手续" in told("notice-acceptance", supervised)
        step(desk, supervised, "supervision_removed", 28)
        assert "自2023年5月28日起予以摘牌" in told("notice-acceptance", supervised)

    def test_refused_before_the_step(self, desk, major, supervised, found):
        other = desk.hazards.add(found).ids[0]
        assert "没有挂牌督办" in refusal(desk, "notice-supervise", other)
        assert "没有办理过延期" in refusal(desk, "notice-extension", other)
        assert "没有挂牌督办" in refusal(desk, "notice-acceptance", other)
        assert "还没有办理“督办验收”" in refusal(desk, "notice-acceptance", supervised)


class TestLettersAndRecords:
    def reward(self, desk: Desk, kind: str, **other: object) -> int:
        values = {"kind": kind, "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
        return desk.rewards.add(values | {"reason": "用电管理混乱", **other}).ids[0]

    @pytest.mark.parametrize(
        ("report", "kind"), [("letter-remind", "提醒函"), ("letter-urge", "督办函"), ("record-talk", "约谈")]
    )
    def test_letters_and_talk(self, desk, major, told, report, kind):
        number = self.reward(desk, kind, number="三星安〔2023〕3号", hazard_number="三星隐患〔2023〕001号")
        text = told(report, number)
        for part in (UNIT, "用电管理混乱", "三星安〔2023〕3号", "三星隐患〔2023〕001号", "加工车间"):
            assert part in text
        assert f"类型是“{kind}”" in refusal(desk, "notice-reward", number)

    def test_check(self, desk, pages):
        check = {
            "checked_on": "2023-05-25",
            "kind": "日常",
            "unit_name": UNIT,
            "inspectors": "甲检查、乙检查",
        }
        number = desk.checks.add(
            check | {"badges": "001、002", "no_drill": "是", "times": "09:00—10:00"}
        ).ids[0]
        finding = {"level": "一般", "place": "车间", "description": "通道堵塞"}
        for _ in range(30):
            desk.checks.add_finding(number, finding)
        read = pages("record-check", number)
        text = re.sub(r"\s", "", "".join(page.text for page in read))
        for part in (
            UNIT,
            "甲检查、乙检查",
            "001、002",
            "通道堵塞",
            "检查人员（签名）",
            "员工不熟悉逃生出口是",
        ):
            assert part in text
        assert "当场整改" not in text, "nobody said so of a finding that is no hazard"
        assert len(read) > 1
        assert f"第1页共{len(read)}页" in re.sub(r"\s", "", read[0].text)

    def test_sign_in_has_a_line_for_each_who_came(self, desk, told):
        meeting = {"kind": "动员部署", "title": "动员部署会", "held_on": "2023-05-22", "level": "镇"}
        number = desk.activities.add(meeting | {"attendance": "72", "host": "甲主持"}).ids[0]
        text = told("sign-in", number)
        assert "动员部署会" in text
        assert "甲主持" in text
        assert text.endswith("707172第4页共4页")


class TestReward:
    @pytest.fixture
    def reward(self, desk: Desk) -> int:
        tip = {
            "received_on": "2023-05-20",
            "way": "电话",
            "unit_name": UNIT,
            "content": "车间违规动火",
            "verified": "属实",
            "informant_name": "诸葛某某",
            "informant_phone": "13800001234",
        }
        number = desk.tips.add(tip).ids[0]
        return desk.tips.make_reward(number, {"amount": "1050"}).ids[0]

    def test_the_informant_is_masked(self, desk, reward, told):
        text = told("notice-reward", reward)
        assert "诸**：" in text
        assert "1050元（大写：壹仟零伍拾元整）" in text
        assert "2023年5月20日举报示例木材加工厂" in text
        assert "诸葛" not in text
        assert "1380000" not in text

    def test_no_paper_of_any_record_names_the_informant(self, desk, reward, told):
        desk.tips.make_hazard(1, {"level": "一般", "sector": "工贸", "place": "车间"})
        for report in REPORTS.values():
            about = report.about in ("hazards", "rewards-penalties") and not report.lacks(desk.books, 1)
            if about or not report.about:
                text = told(report.id, 1 if about else "")
                assert "诸葛" not in text, report.id
                assert "13800001234" not in text, report.id
