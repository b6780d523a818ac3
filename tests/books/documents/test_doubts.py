"""What is asked before a paper is issued: a question, not a wall, and the act tells what was asked."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.documents.articles import articles
from hazard_desk.books.documents.issuing import SURE
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.library.dated_rules import bundled_articles
from hazard_desk.rules.fields import Row

ARTICLE = "《中华人民共和国安全生产法》第四十一条第二款"
NO_BASIS = "没有选依据条款，文书里不写具体条款"
NO_BADGE = "没有登记检查人员的证件号"


def asked(desk: Desk, report: str, number: int, **values: object) -> list[str]:
    return desk.papers.doubts(report, str(number), values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "doubts"),
    [
        ({"inspectors": "甲检查、乙检查"}, [NO_BASIS, NO_BADGE]),
        ({"inspectors": "甲检查"}, [NO_BASIS, "检查人只有甲检查一人，应有两人以上", NO_BADGE]),
        ({"inspectors": "甲检查、甲 检查"}, [NO_BASIS, "检查人只有甲检查一人，应有两人以上", NO_BADGE]),
        ({"inspectors": ""}, [NO_BASIS, "没有登记检查人", NO_BADGE]),
        ({"source": "企业自查", "inspectors": ""}, [NO_BASIS]),
        ({"source": "上级交办", "inspectors": ""}, [NO_BASIS]),
        (
            {"source": "群众举报", "inspectors": ""},
            [NO_BASIS, "隐患三星隐患〔2023〕001号来自群众举报，没有登记核查结果"],
        ),
        (
            {"unit_name": "", "source": "企业自查"},
            [NO_BASIS, "隐患三星隐患〔2023〕001号没有单位名称，主送写的是隐患部位"],
        ),
    ],
)
def test_a_rectification_notice(desk: Desk, found: Row, told: Row, doubts: list[str]) -> None:
    number = desk.hazards.add(found | {"unit_name": "示例厂", **told}).ids[0]
    assert asked(desk, "notice-rectify", number) == doubts


def test_the_check_tells_who_checked_with_which_certificate(desk: Desk) -> None:
    visit = {"checked_on": "2023-05-20", "kind": "日常", "unit_name": "示例厂"}
    check = desk.checks.add(visit | {"inspectors": "甲检查、乙检查", "badges": "川001、川002"}).ids[0]
    desk.checks.add_finding(check, {"level": "一般", "place": "仓库", "description": "堆放杂物"})
    number = desk.checks.make_hazard(desk.checks.findings(check)[0].id, {"sector": "工贸"}).ids[0]
    assert asked(desk, "notice-rectify", number, basis=[ARTICLE]) == [f"{ARTICLE}还没有与原文核对（待核）"]


def test_an_article_that_the_office_compared_is_not_asked_about(desk: Desk, found: Row) -> None:
    number = desk.hazards.add(found | {"unit_name": "示例厂", "source": "企业自查"}).ids[0]
    own = {"title": "中华人民共和国安全生产法", "article": "第四十一条第二款", "since": "2021-09-01"}
    desk.registers.ledgers()["legal-articles"].add(own | {"state": "现行", "checked": "已核"})
    assert asked(desk, "notice-rectify", number, basis=ARTICLE) == []


def test_a_recheck_by_one_and_by_who_rectified(desk: Desk, found: Row) -> None:
    number = desk.hazards.add(found | {"level": "重大", "criterion": "判定标准", "unit_name": "示例厂"}).ids[
        0
    ]
    desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-20", "issued_on": "2023-05-20"})
    desk.hazards.step(number, "rectified", {"happened_on": "2023-05-20", "rectified_by": "丁整改"})
    told = {"rechecked_by": "丁整改", "recheck_finding": "已清理"}
    desk.hazards.step(number, "recheck_passed", {"happened_on": "2023-06-01", **told})
    assert asked(desk, "notice-recheck", number) == [
        "复查人只有丁整改一人，应有两人以上",
        "隐患三星隐患〔2023〕001号由整改人自己复查",
    ]


def test_supervision_and_letters(desk: Desk, found: Row) -> None:
    number = desk.hazards.add(found | {"unit_name": "示例厂", "source": "企业自查"}).ids[0]
    assert asked(desk, "notice-supervise", number) == [NO_BASIS, "挂牌督办的不是重大隐患"]
    letter = {"kind": "督办函", "target_kind": "单位", "target": "示例厂", "happened_on": "2023-05-25"}
    row = desk.rewards.add(letter | {"reason": "进度偏慢"}).ids[0]
    assert asked(desk, "letter-urge", row) == ["没有写明依据"]
    assert asked(desk, "letter-urge", row, basis=[ARTICLE]) == []
    assert desk.papers.doubts("bulletin") == []


def test_who_may_stop_a_firm_and_an_acceptance_without_a_recheck(desk: Desk, found: Row) -> None:
    great = {"level": "重大", "criterion": "判定标准", "unit_name": "示例厂", "source": "企业自查"}
    number = desk.hazards.add(found | great).ids[0]
    stop = "停产停业由依法有权的部门决定，请核对本单位是否有授权或者委托"
    assert asked(desk, "notice-stop", number) == [NO_BASIS, stop]
    assert asked(desk, "notice-acceptance", number) == ["没有登记复查结果"]


def test_it_is_issued_all_the_same_and_the_act_tells_it(desk: Desk, found: Row) -> None:
    number = desk.hazards.add(found | {"unit_name": "示例厂", "inspectors": "甲检查"}).ids[0]
    change = desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-20", SURE: True})
    assert change.title.startswith(
        "编发 三星应急责改〔2023〕1号《关于示例厂的限期整改意见书》（仍然编发：没有选依据条款"
    )
    assert "检查人只有甲检查一人" in change.title
    assert desk.documents.select(Query())[0].basis == []


class TestArticles:
    def test_those_that_come_are_dated_and_said_to_be_unchecked(self) -> None:
        assert len(bundled_articles()) > 20
        assert {one.checked for one in bundled_articles()} == {"待核"}
        assert all(one.text and one.named.startswith("《") for one in bundled_articles())
        assert not [one.named for one in bundled_articles() if set("、，,；;") & set(one.named)], (
            "one name each"
        )

    def test_the_sector_s_rule_comes_first_others_sectors_not_at_all(self, desk: Desk) -> None:
        names = [one.named for one in articles(desk.cabinet, date(2023, 6, 1), "城镇燃气")]
        assert names[0] == "《中华人民共和国安全生产法》第三十六条第四款"
        assert "《城镇燃气管理条例》（国务院令第583号）第二十八条" in names
        assert not [name for name in names if "危险化学品" in name or "有限空间" in name]
        assert ARTICLE in names

    def test_one_that_is_not_in_force_yet_is_not_offered(self, desk: Desk) -> None:
        def offered(day: str) -> list[str]:
            return desk.documents.options_for("basis", {"issued_on": day, "sector": "工贸"})

        space = "《工贸企业有限空间作业安全规定》（应急管理部令第13号）"
        assert space not in offered("2023-06-01")
        assert space in offered("2024-01-01")

    def test_the_office_enters_its_own_and_repeals_one(self, desk: Desk) -> None:
        kept = desk.registers.ledgers()["legal-articles"]
        own = {"title": "四川省安全生产条例", "article": "第二十条", "since": "2024-01-01", "checked": "已核"}
        kept.add(own | {"state": "现行", "text": "定期排查"})
        law = {"title": "中华人民共和国安全生产法", "article": "第四十一条第二款", "since": "2021-09-01"}
        kept.add(law | {"state": "已废止", "checked": "已核"})
        named = [one.named for one in articles(desk.cabinet, date(2024, 6, 1))]
        assert named[0] == "《四川省安全生产条例》第二十条"
        assert ARTICLE not in named
        assert desk.documents.options_say("basis")[ARTICLE.replace("第四十一条第二款", "第四十五条")]
