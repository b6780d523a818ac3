"""Every kind of source × paper: who found it, how many there are, nothing claimed that never was."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from hazard_desk.books.documents.together import BESIDES
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import SOURCES
from tests.papers.office import UNIT, step
from tests.papers.reading import ReadPage

Told = Callable[..., str]
CLAIMS = ("检查人员", "经检查", "进行检查", "被检查单位", "经查", "经排查")
"""Words that say that somebody inspected the firm."""
INFORMANT = ("王示例", "13800005678", "来电")
OPENS = {
    "企业自查": "2023年5月20日，你单位自查发现下列事故隐患：",
    "执法检查": "2023年5月20日，检查人员甲检查、乙检查（证件号：川001、川002）对你单位进行检查，"
    "发现存在下列事故隐患：",
    "群众举报": "根据群众举报线索，经核查部分属实，你单位存在下列事故隐患：",
    "上级交办": "根据上级交办（县安办〔2023〕9号），你单位存在下列事故隐患：",
}
SUPERVISES = OPENS | {"执法检查": "2023年5月20日，经检查，你单位存在下列事故隐患："}


def checked(desk: Desk, places: tuple[str, ...] = ("配电室",)) -> list[int]:
    """A check by two with certificates, and the hazards that it found."""
    visit = {"checked_on": "2023-05-20", "kind": "日常", "unit_name": UNIT, "inspectors": "甲检查、乙检查"}
    check = desk.checks.add(visit | {"badges": "川001、川002"}).ids[0]
    for place in places:
        desk.checks.add_finding(check, {"level": "一般", "place": place, "description": "堆放杂物"})
    rows = desk.checks.findings(check)
    return [desk.checks.make_hazard(row.id, {"sector": "工贸"}).ids[0] for row in rows]


def of_source(desk: Desk, found: Row, source: str) -> int:
    """A hazard that became known that way, as the desk enters it."""
    if source == "执法检查":
        return checked(desk)[0]
    if source == "群众举报":
        tip = {"received_on": "2023-05-19", "way": "电话", "unit_name": UNIT, "content": "来电反映通道堵塞"}
        who = {"informant_name": "王示例", "informant_phone": "13800005678", "verified": "部分属实"}
        number = desk.tips.add(tip | who).ids[0]
        told = {"level": "一般", "sector": "工贸", "place": "仓库", "description": "通道堵塞"}
        return desk.tips.make_hazard(number, told).ids[0]
    more = {"assigned_number": "县安办〔2023〕9号"} if source == "上级交办" else {}
    return desk.hazards.add(found | {"source": source, "unit_name": UNIT, "inspectors": "", **more}).ids[0]


@pytest.mark.parametrize("source", SOURCES)
class TestEachSource:
    def test_the_rectification_notice(self, desk: Desk, found: Row, told: Told, source: str) -> None:
        number = of_source(desk, found, source)
        desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-20"})
        text = told("notice-rectify", number)
        assert text.count(OPENS[source]) == 2, "on both copies"
        others = [opening for other, opening in OPENS.items() if other != source]
        assert not [opening for opening in others if opening in text]
        if source != "执法检查":
            assert not [word for word in CLAIMS if word in text]
            assert "经办人员（签名）" in text
            assert "第二联交整改单位" in text
        else:
            assert "检查人员（签名）" in text
            assert "第二联交被检查单位" in text
        assert not [word for word in INFORMANT if word in text]
        assert "1．" not in text, "one hazard is not counted"

    def test_the_supervision_notice(self, desk: Desk, found: Row, told: Told, source: str) -> None:
        number = of_source(desk, found, source)
        listed = {"supervision_level": "乡镇级", "supervisor": "丁督办", "supervision_deadline": "2023-06-30"}
        desk.papers.issue("notice-supervise", str(number), listed)
        text = told("notice-supervise", number)
        assert SUPERVISES[source] in text
        assert ("检查" in text) == (source == "执法检查")
        assert not [word for word in (*INFORMANT, "经排查") if word in text]

    def test_the_recheck_notice_tells_the_recheck_alone(
        self, desk: Desk, found: Row, told: Told, source: str
    ) -> None:
        number = of_source(desk, found, source)
        desk.papers.issue(
            "notice-rectify", str(number), {"deadline": "2023-06-20", "issued_on": "2023-05-21"}
        )
        limits = {"measures": "清理", "responsible": "丙负责", "deadline": "2023-06-20"}
        step(desk, number, "committed", 22, **limits)
        step(desk, number, "rectified", 25, rectified_by="丙负责")
        step(desk, number, "recheck_passed", 26, rechecked_by="甲检查、乙检查", recheck_finding="通道已畅通")
        desk.papers.issue("notice-recheck", str(number))
        text = told("notice-recheck", number)
        assert "我单位于2023年5月21日向你单位下发《限期整改意见书》" in text
        assert "2023年5月26日，复查人员甲检查、乙检查对整改情况进行了复查" in text
        assert not [word for word in (*CLAIMS[1:4], *INFORMANT, "举报") if word in text]


@pytest.mark.parametrize(
    ("more", "opening"),
    [
        ({"inspectors": ""}, "2023年5月20日，检查人员对你单位进行检查，"),
        ({"inspectors": "甲检查"}, "2023年5月20日，检查人员甲检查对你单位进行检查，"),
        ({"source": "群众举报"}, "根据群众举报线索，你单位存在下列事故隐患："),
        ({"source": "上级交办"}, "根据上级交办，你单位存在下列事故隐患："),
    ],
)
def test_what_the_desk_does_not_hold_is_not_said(
    desk: Desk, found: Row, told: Told, more: Row, opening: str
) -> None:
    number = desk.hazards.add(found | {"unit_name": UNIT, **more}).ids[0]
    assert opening in told("notice-rectify", number)


class TestSeveral:
    @pytest.fixture
    def mixed(self, desk: Desk, found: Row) -> list[int]:
        """Two found by a check, one by the firm itself, on one notice with three deadlines."""
        numbers = checked(desk, ("配电室", "仓库"))
        numbers.append(of_source(desk, found, "企业自查"))
        desk.hazards.change(numbers[1], {"deadline": "2023-07-10"})
        told = {
            "deadline": "2023-06-20",
            "issued_on": "2023-05-21",
            "basis": ["《中华人民共和国安全生产法》第四十一条第二款", "《中华人民共和国消防法》第二十八条"],
            BESIDES: [desk.hazards.get(one).number for one in numbers[1:]],
        }
        desk.papers.issue("notice-rectify", str(numbers[0]), told)
        return numbers

    def test_each_stands_under_how_it_was_found(self, told: Told, mixed: list[int]) -> None:
        for number in mixed:
            text = told("notice-rectify", number)
            first = text[: text.index("第一联")]
            places = [
                first.index(part)
                for part in (OPENS["执法检查"], "1．配电室", "2．仓库", OPENS["企业自查"], "3．")
            ]
            assert places == sorted(places)
            assert first.count("三星应急责改〔2023〕1号") == 1

    def test_deadlines_that_differ_stand_at_each(self, told: Told, mixed: list[int]) -> None:
        text = told("notice-rectify", mixed[2])
        assert "请你单位按上列时限整改完毕" in text
        assert text.count("整改时限：2023年7月10日。") == 2
        assert text.count("整改时限：2023年6月20日。") == 4

    def test_the_basis_is_what_was_chosen(self, told: Told, mixed: list[int]) -> None:
        law = "依照《中华人民共和国安全生产法》第四十一条第二款、《中华人民共和国消防法》第二十八条，请你单位"
        assert law in told("notice-rectify", mixed[0])

    def test_printed_again_it_tells_what_was_so_then(self, desk: Desk, told: Told, mixed: list[int]) -> None:
        before = told("notice-rectify", mixed[0])
        step(desk, mixed[1], "extended", 28, deadline="2023-08-01", extended_by="戊批准", note="雨天")
        desk.hazards.step(mixed[2], "voided", {"happened_on": "2023-05-29", "note": "录错"})
        assert told("notice-rectify", mixed[0]) == before


class TestAnswers:
    """The recheck notice answers each hazard of its notice, whatever became of it."""

    @pytest.fixture
    def six(self, desk: Desk) -> list[int]:
        places = ("甲处", "乙处", "丙处", "丁处", "戊处", "己处")
        numbers = checked(desk, places)
        told = {"deadline": "2023-05-30", "issued_on": "2023-05-21"}
        others = [desk.hazards.get(one).number for one in numbers[1:]]
        desk.papers.issue("notice-rectify", str(numbers[0]), told | {BESIDES: others})
        for one in numbers[:3]:
            limits = {"measures": "清理", "responsible": "丙负责", "deadline": "2023-05-30"}
            step(desk, one, "committed", 22, **limits)
        people = {"rechecked_by": "甲检查、乙检查"}
        step(desk, numbers[0], "rectified", 25, rectified_by="丙负责")
        step(desk, numbers[0], "recheck_passed", 26, recheck_finding="通道已畅通", **people)
        step(desk, numbers[1], "rectified", 25, rectified_by="丙负责")
        step(
            desk,
            numbers[1],
            "recheck_failed",
            27,
            recheck_finding="仍有堆放",
            deadline="2023-06-15",
            **people,
        )
        step(desk, numbers[2], "rectified", 28, rectified_by="丙负责")
        step(desk, numbers[3], "extended", 29, deadline="2023-06-25", extended_by="戊批准", note="雨天")
        step(desk, numbers[4], "handed_over", 29, handed_to="县住建局")
        return numbers

    def test_mended_not_mended_extended_and_the_rest(self, desk: Desk, told: Told, six: list[int]) -> None:
        offered = desk.books.issuing.besides("notice-recheck", six[0])
        assert [(row.id, proposed) for row, proposed in offered] == [(six[1], True)]
        named = {BESIDES: [row.number for row, _ in offered]}
        desk.papers.issue("notice-recheck", str(six[0]), named | {"issued_on": "2023-05-30"})
        text = told("notice-recheck", six[1])
        for part in (
            "列明事故隐患6条",
            "1．甲处：堆放杂物。属一般事故隐患。2023年5月26日，复查人员甲检查、乙检查对整改情况进行了复查。",
            "复查情况：通道已畅通。复查意见：经复查，该隐患已按要求整改完成。2．乙处",
            "2023年5月27日，复查人员甲检查、乙检查",
            "复查情况：仍有堆放。复查意见：经复查，该隐患尚未整改到位，请你单位继续整改，并于2023年6月15日前完成",
            "3．丙处：堆放杂物。属一般事故隐患。2023年5月28日报告整改完成，本次未复查。",
            "2023年5月29日，整改时限已同意延至2023年6月25日，本次未复查",
            "2023年5月29日已推送县住建局处理，本次未复查。",
            "6．己处：堆放杂物。属一般事故隐患。本次未复查，请于2023年5月30日前整改完毕",
            "以上6条隐患，经复查整改完成1条，尚未整改到位1条，延期1条，其他3条。",
        ):
            assert re.sub(r"\s", "", part) in text
        assert text == told("notice-recheck", six[0])

    def test_a_later_notice_tells_which_were_answered_before(
        self, desk: Desk, told: Told, six: list[int]
    ) -> None:
        named = {BESIDES: [desk.hazards.get(six[1]).number], "issued_on": "2023-05-30"}
        desk.papers.issue("notice-recheck", str(six[0]), named)
        before = told("notice-recheck", six[0])
        people = {"rechecked_by": "甲检查、乙检查"}
        step(desk, six[2], "recheck_passed", 31, recheck_finding="已清理", **people)
        step(desk, six[1], "rectified", 31, rectified_by="丙负责")
        desk.papers.issue("notice-recheck", str(six[2]), {"issued_on": "2023-05-31"})
        text = told("notice-recheck", six[2])
        assert "该隐患已于2023年5月30日出具复查意见书（三星应急复查〔2023〕1号），整改完成。" in text
        assert "该隐患已于2023年5月30日出具复查意见书（三星应急复查〔2023〕1号），尚未整改到位。" in text
        assert "三星应急复查〔2023〕2号" in text
        assert "以上6条隐患，经复查整改完成2条，尚未整改到位1条，延期1条，其他2条。" in text
        assert told("notice-recheck", six[0]) == before, "the first one still says what it said"

    def test_when_the_last_is_mended_after_the_others_it_says_so(self, desk: Desk, told: Told) -> None:
        numbers = checked(desk, ("甲处", "乙处"))
        named = {BESIDES: [desk.hazards.get(numbers[1]).number]}
        desk.papers.issue(
            "notice-rectify", str(numbers[0]), named | {"deadline": "2023-05-30", "issued_on": "2023-05-20"}
        )
        people = {"rechecked_by": "甲检查、乙检查", "recheck_finding": "已清理"}
        for one, day in zip(numbers, (22, 25), strict=True):
            step(desk, one, "rectified", 20, rectified_by="丙负责")
            step(desk, one, "recheck_passed", day, **people)
            desk.papers.issue("notice-recheck", str(one), {"issued_on": f"2023-05-{day}"})
        assert "整改到位前，请落实安全防范措施" in told("notice-recheck", numbers[0])
        text = told("notice-recheck", numbers[1])
        assert "（三星应急复查〔2023〕1号），整改完成。" in text
        assert "请你单位继续落实安全管理责任，防止隐患反弹。" in text

    def test_when_all_are_mended_it_says_so(self, desk: Desk, told: Told) -> None:
        numbers = checked(desk, ("甲处", "乙处"))
        named = {BESIDES: [desk.hazards.get(numbers[1]).number]}
        desk.papers.issue(
            "notice-rectify", str(numbers[0]), named | {"deadline": "2023-05-30", "issued_on": "2023-05-20"}
        )
        for one in numbers:
            step(desk, one, "rectified", 20, rectified_by="丙负责")
            step(desk, one, "recheck_passed", 26, rechecked_by="甲检查", recheck_finding="已清理")
        desk.papers.issue("notice-recheck", str(numbers[0]), named)
        text = told("notice-recheck", numbers[0])
        assert text.count("已按要求整改完成") == 2
        assert "尚未整改到位" not in text and "整改到位前" not in text
        assert "请你单位继续落实安全管理责任，防止隐患反弹。" in text


class TestExtensionAndAcceptance:
    def test_no_application_is_claimed_that_the_desk_does_not_hold(
        self, desk: Desk, told: Told, major: int
    ) -> None:
        step(desk, major, "extended", 28, deadline="2023-06-15", extended_by="戊批准", note="雨天")
        assert "申请收悉" not in told("notice-extension", major)

    def test_acceptance_without_a_recheck_does_not_tell_one(
        self, desk: Desk, told: Told, supervised: int
    ) -> None:
        step(desk, supervised, "rectified", 25, rectified_by="丙负责")
        step(desk, supervised, "supervision_accepted", 27)
        text = told("notice-acceptance", supervised)
        assert "2023年5月25日，该隐患整改完成。2023年5月27日，经验收，该隐患整改合格。" in text
        assert "复查" not in text and "报告整改完成" not in text


class TestLetters:
    @pytest.mark.parametrize(("report", "kind"), [("letter-remind", "提醒函"), ("letter-urge", "督办函")])
    def test_only_a_letter_of_a_check_tells_a_check(
        self, desk: Desk, found: Row, told: Told, report: str, kind: str
    ) -> None:
        letter = {"kind": kind, "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
        number = desk.rewards.add(letter | {"reason": "进度偏慢"}).ids[0]
        assert "你单位存在以下问题：进度偏慢。" in told(report, number)
        assert "检查" not in told(report, number)
        check = checked(desk)[0]
        of_check = desk.rewards.add(
            letter | {"reason": "通道堵塞"}, {"check_id": desk.hazards.get(check).check_id}
        )
        assert "经检查，你单位存在以下问题：通道堵塞。" in told(report, of_check.ids[0])

    def test_the_basis_of_the_document_or_of_the_record(self, desk: Desk, told: Told) -> None:
        letter = {"kind": "督办函", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
        number = desk.rewards.add(letter | {"reason": "进度偏慢", "basis": "《督办办法》第三条"}).ids[0]
        assert "依据《督办办法》第三条，现予以督办" in told("letter-urge", number)
        desk.papers.issue("letter-urge", str(number), {"basis": ["《中华人民共和国安全生产法》第九条第二款"]})
        assert "依据《中华人民共和国安全生产法》第九条第二款，现予以督办" in told("letter-urge", number)


def test_copies_to_others_leave_no_page_empty(
    desk: Desk, found: Row, pages: Callable[..., list[ReadPage]]
) -> None:
    number = of_source(desk, found, "企业自查")
    desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-20", "copies": "县应急管理局"})
    texts = [page.text for page in pages("notice-rectify", number)]
    assert [text.count("第一联") + text.count("第二联") for text in texts] == [1, 1, 0]
    assert [text.count("抄送") for text in texts] == [1, 1, 0]
