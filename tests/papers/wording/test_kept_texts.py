"""Texts that a desk keeps and cannot tell, papers of the office's own, and what no text may tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.papers.facts.roots import OF_BOOKS, facts_for
from hazard_desk.papers.order import Order
from hazard_desk.papers.wording import kinds
from hazard_desk.papers.wording.checking import names_of_facts
from hazard_desk.papers.wording.facts import Each, One, PaperFacts
from hazard_desk.rules.fields import Row
from tests.papers.wording.reading_back import text_of

OWN = "名称：交接单\n关于：hazards\n正文：\n【标题】交接单\n«隐患.编号»"


@pytest.fixture
def hazard(desk: Desk, found: Row) -> int:
    """The id of a registered hazard."""
    return desk.hazards.add(found | {"level": "重大", "criterion": "《判定标准》第三条"}).ids[0]


def keep(desk: Desk, report: str, title: str, text: str, original: str = "") -> None:
    """Put a text into the desk as another program may have kept it."""
    desk.books.wordings.keep(report, title, text, original)


BROKEN = (
    ("名称：交接单\n关于：hazards\n正文：\n«如 有 甲»", "没有以“«完»”结束"),
    (
        "名称：交接单\n关于：hazards\n须：有 隐患.旧栏目｜没有\n正文：\n«隐患.旧栏目»",
        "没有“隐患.旧栏目”这个栏目",
    ),
    ("名称：交接单\n关于：hazards\n旧设置：是\n正文：\n甲", "开头只能有"),
    ("名称：交接单\n正文：\n【旧样式】甲", "没有“【旧样式】”这种行"),
    ("名称：交接单\n关于：moon\n正文：\n甲", "不是可以写文书的台账"),
    ("甲", "没有找到“正文：”"),
)


@pytest.mark.parametrize(("text", "sentence"), BROKEN)
def test_a_text_that_cannot_be_told_any_more_stops_nothing_else(
    desk: Desk, hazard: int, text: str, sentence: str
) -> None:
    keep(desk, "交接单", "交接单", text)
    keep(desk, "hazard-card", "隐患整治卡", text, "旧的原文")
    titles = {one.id: one.title for one in desk.papers.reports()}
    assert titles["交接单"] == "交接单" and "sign-in" in titles
    desk.papers.about("hazards", hazard)
    assert desk.papers.print("bulletin", desk.folder / "甲.pdf").exists()
    for report, number in (
        ("交接单", str(hazard) if "关于：hazards" in text else ""),
        ("hazard-card", str(hazard)),
    ):
        with pytest.raises(Refused, match="的措辞现在排不出来，请点“改措辞”修改") as refused:
            desk.papers.print(report, desk.folder / "甲.pdf", None, number)
        assert sentence in refused.value.message
        assert desk.rewording.text(report) == text, "it is there to be mended"
        desk.rewording.sayable(text, number)
    states = {one.id: one for one in desk.rewording.states()}
    assert states["交接单"].broken and states["hazard-card"].broken and not states["sign-in"].broken
    desk.rewording.go_back("交接单")
    desk.rewording.go_back("hazard-card")
    assert desk.papers.print("hazard-card", desk.folder / "甲.pdf", None, str(hazard)).exists()


def test_the_binder_tells_what_to_do_where_a_paper_cannot_be_told(
    desk: Desk, hazard: int, tmp_path: Path
) -> None:
    keep(desk, "hazard-card", "隐患整治卡", BROKEN[1][0], "旧的原文")
    with pytest.raises(Refused, match="请点“改措辞”修改，或者恢复原文"):
        desk.papers.binder(tmp_path / "迎检")
    desk.rewording.go_back("hazard-card")
    assert list(desk.papers.binder(tmp_path / "再来").rglob("*.pdf"))


def test_a_paper_that_the_program_lost_is_still_the_offices(
    desk: Desk, hazard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.rewording.use("assignment", desk.rewording.text("assignment").replace("交办单", "交办书"))
    monkeypatch.delitem(kinds.bundled_texts(), "assignment")
    assert "交办书" in text_of(desk, "assignment", str(hazard))
    assert [one.state for one in desk.rewording.states() if one.id == "assignment"] == ["自拟"]
    desk.rewording.go_back("assignment")


@pytest.mark.parametrize(
    "report",
    [
        "会议/纪要",
        "..",
        "甲 乙",
        "",
        "甲\n乙",
        "甲:1",
        "ABC",
        "长" * 41,
        "😀",
        "hazard-ledger",
        "case-check",
    ],
)
def test_a_paper_of_the_offices_own_has_an_id_of_its_own(desk: Desk, report: str) -> None:
    with pytest.raises(Refused, match=r"不能作材料编号|没有可以修改的措辞"):
        desk.rewording.use(report, OWN)


def test_a_name_is_given_once(desk: Desk) -> None:
    desk.rewording.make_own("交接单", OWN)
    for name in ("交接单", "隐患台账", "会议签到表"):
        with pytest.raises(RefusedFields, match=f"已有名为“{name}”的材料") as refused:
            desk.rewording.make_own(name, OWN)
        assert list(refused.value.problems) == ["title"]
        if name != "交接单":
            with pytest.raises(Refused, match="请换一个名称"):
                desk.rewording.use("交接单", OWN.replace("名称：交接单", f"名称：{name}"))
    desk.rewording.use("交接单", OWN.replace("名称：交接单", "名称：移交单"))
    desk.rewording.make_own("交接单", OWN)
    own = [(one.id, one.title) for one in desk.rewording.states() if one.state == "自拟"]
    assert own == [("交接单", "移交单"), ("交接单_2", "交接单")], "the one that was renamed is still there"


@pytest.mark.parametrize("name", ["会议/纪要", "CON", "..", "Ａ：“甲”😀", "名" * 200, "a.b\\c|d*"])
def test_a_paper_may_be_called_anything(desk: Desk, hazard: int, name: str) -> None:
    desk.rewording.make_own(name, OWN)
    report = next(one.id for one in desk.rewording.states() if one.state == "自拟")
    assert name in [one.title for one in desk.papers.about("hazards", hazard)[0]]
    assert desk.papers.print(report, None, None, str(hazard)).parent == desk.papers.out
    assert desk.papers.proof(report, None, str(hazard)).pdf


def test_acts_of_words_are_undone_and_done_again(desk: Desk, hazard: int) -> None:
    desk.rewording.use("交接单", OWN)
    desk.rewording.use("交接单", f"{OWN}\n第二版")
    for back in ("第二版", ""):
        assert (back in desk.rewording.text("交接单")) or not back
        desk.undo()
    assert "交接单" not in [one.id for one in desk.rewording.states()]
    desk.redo()
    assert "第二版" not in desk.rewording.text("交接单")
    desk.redo()
    assert text_of(desk, "交接单", str(hazard)).endswith("第二版—1—")
    desk.rewording.go_back("交接单")
    desk.undo()
    assert "第二版" in desk.rewording.text("交接单")


# What no text may tell


SECRET, PHONE = "欧阳密密", "13912345678"


def all_told(facts: PaperFacts, deep: int = 2) -> Iterator[tuple[str, str]]:
    for name, holder, tell in names_of_facts(facts, deep=4):
        last = name.rpartition(".")[2]
        if isinstance(tell, One):
            yield name, tell.field.show(holder.value(last))
        elif isinstance(tell, Each) and deep:
            for item in holder.items(last):
                yield from ((f"{name}/{inner}", told) for inner, told in all_told(item, deep - 1))


def test_no_text_tells_who_reported_something(desk: Desk, found: Row) -> None:
    tip = desk.tips.add(
        {
            "received_on": "2023-05-20",
            "way": "电话",
            "content": "堵塞通道",
            "unit_name": "示例木材加工厂",
            "verified": "属实",
            "informant_name": SECRET,
            "informant_phone": PHONE,
        }
    ).ids[0]
    desk.tips.make_hazard(tip, found | {"source": "群众举报"})
    reward = {"target": SECRET, "happened_on": "2023-05-30", "amount": "500"}
    desk.tips.make_reward(tip, reward)
    fine = {
        "kind": "行政处罚",
        "target_kind": "单位",
        "target": "示例木材加工厂",
        "happened_on": "2023-05-30",
    }
    desk.rewards.add(fine | {"reason": "堵塞", "informant_name": SECRET, "informant_phone": PHONE})
    told = list(all_told(facts_for(desk.books, "", Order())))
    for about in OF_BOOKS:
        for row in desk.books.ledger(about).rows([1, 2]):
            facts = facts_for(desk.books, about, Order(record=int(str(row["id"]))))
            told += [(f"{about} {name}", said) for name, said in all_told(facts)]
    assert len(told) > 500
    marks = (SECRET, PHONE, "139****", "5678", "欧*", "欧某")
    found_in = [name for name, said in told if any(mark in said for mark in marks)]
    assert set(found_in) == {"rewards-penalties 函.称呼"}, "the letter to the informant, by the mask"
