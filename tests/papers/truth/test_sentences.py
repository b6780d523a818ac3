"""What a clerk types ends as it likes: a sentence of a paper ends once, and claims no firm or fine."""

from __future__ import annotations

from collections.abc import Callable

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.papers.office import UNIT

Told = Callable[..., str]


def test_stops_that_were_typed_do_not_double(desk: Desk, found: Row, told: Told) -> None:
    typed = {
        "place": "配电房。",
        "description": "箱门未锁。",
        "level": "重大",
        "criterion": "《标准》第三条。",
    }
    number = desk.hazards.add(found | typed).ids[0]
    assert "配电房：箱门未锁。属重大事故隐患，判定依据：《标准》第三条。依照" in told(
        "notice-rectify", number
    )
    letter = {"kind": "督办函", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
    letter |= {"reason": "进度偏慢。", "basis": "《督办办法》第三条。"}
    text = told("letter-urge", desk.rewards.add(letter).ids[0])
    assert "问题：进度偏慢。依据《督办办法》第三条，现予以督办" in text


def test_a_road_is_no_firm(desk: Desk, found: Row, told: Told) -> None:
    road = {"unit_name": "", "place": "村道急弯", "source": "企业自查", "inspectors": ""}
    number = desk.hazards.add(found | road).ids[0]
    assert "所在单位。＿＿＿" in told("letter-transfer", number)
    assert "隐患情况。村道急弯：电线" in told("letter-escalate", number)
    for report in ("hazard-board", "assignment"):
        assert told(report, number).count("村道急弯") == 1


def test_a_day_within_a_fact_is_written_as_in_a_sentence(desk: Desk, told: Told) -> None:
    letter = {"kind": "督办函", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
    number = desk.rewards.add(letter | {"reason": "2023-05-20检查发现的问题未整改"}).ids[0]
    assert "2023年5月20日检查发现的问题未整改" in told("letter-urge", number)


def test_no_fine_of_nothing(desk: Desk, told: Told) -> None:
    fine = {"kind": "行政处罚", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
    none = desk.rewards.add(fine | {"reason": "未整改", "amount": 0}).ids[0]
    some = desk.rewards.add(fine | {"reason": "未整改", "amount": 1.5}).ids[0]
    assert "罚款" not in told("typical-case", none)
    assert "罚款人民币壹万伍仟元整" in told("typical-case", some)


def test_what_the_firm_is_to_do_is_named_in_a_letter_of_transfer(desk: Desk, found: Row, told: Told) -> None:
    number = desk.hazards.add(found | {"measures": "更换线路"}).ids[0]
    assert "三、已采取的措施。整改措施：更换线路。请你单位依法核查处理" in told("letter-transfer", number)


def test_a_school_signs_for_no_enterprise(desk: Desk, told: Told) -> None:
    school = {"name": "三星乡中心小学", "category": "学校", "sector": "学校"}
    number = desk.enterprises.add(school).ids[0]
    assert "为落实安全生产主体责任" in told("responsibility-letter", number)
