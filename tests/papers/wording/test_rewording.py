"""The office's own words: taken in when they can be told, refused by line, gone back from, its own papers."""

from __future__ import annotations

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.papers.wording import kinds
from tests.papers.wording.reading_back import text_of

ACTIVITY = {"kind": "专题学习", "title": "学习会", "held_on": "2023-05-20", "level": "乡", "host": "张三"}


def test_changed_words_are_printed_and_gone_back_from(desk: Desk) -> None:
    number = str(desk.activities.add(ACTIVITY).ids[0])
    text = desk.rewording.text("sign-in")
    desk.rewording.use(
        "sign-in", text.replace("【标题】会议签到表", "【标题】«开展记录.主持人»主持的会议签到表")
    )
    assert "张三主持的会议签到表" in text_of(desk, "sign-in", number)
    assert [(one.state, one.renewed) for one in desk.rewording.states() if one.id == "sign-in"] == [
        ("已修改", False)
    ]
    desk.rewording.go_back("sign-in")
    assert desk.rewording.text("sign-in") == text
    with pytest.raises(Refused, match="自带的措辞"):
        desk.rewording.go_back("sign-in")


def test_a_text_that_cannot_be_told_is_refused_by_its_lines(desk: Desk) -> None:
    text = desk.rewording.text("sign-in").replace("开展记录.主持人", "开展记录.主持者")
    with pytest.raises(RefusedFields) as wrong:
        desk.rewording.use("sign-in", f"{text}«开展记录.地址»")
    lines = text.split("\n")
    host = next(at for at, line in enumerate(lines, start=1) if "主持者" in line)
    assert list(wrong.value.problems) == [str(host), str(len(lines))]
    assert "相近的有：开展记录.主持人" in wrong.value.problems[str(host)]
    assert "开展记录.地点" in wrong.value.problems[str(len(lines))]
    for changed, sentence in (
        (text.replace("关于：activities", "关于：hazards"), "没有这个栏目"),
        (desk.rewording.text("sign-in").replace("关于：activities", "关于：moon"), "不是可以写文书的台账"),
        (desk.rewording.text("sign-in"), "没有改动"),
    ):
        with pytest.raises(Refused, match=sentence):
            desk.rewording.use("sign-in", changed)
    with pytest.raises(Refused, match="没有可以修改的措辞"):
        desk.rewording.text("hazard-ledger")


def test_a_paper_of_the_offices_own(desk: Desk) -> None:
    number = str(desk.activities.add(ACTIVITY).ids[0])
    desk.rewording.use(
        "会议纪要",
        "名称：会议纪要（自拟）\n关于：activities\n正文：\n【标题】纪要\n主持人：«开展记录.主持人»。",
    )
    assert "主持人：张三。" in text_of(desk, "会议纪要", number)
    printed, _ = desk.papers.about("activities", int(number))
    assert "会议纪要" in [one.id for one in printed]
    desk.rewording.go_back("会议纪要")
    with pytest.raises(Refused, match="没有“会议纪要”这种材料"):
        desk.papers.print("会议纪要", None, None, number)


def test_a_newer_program_tells_that_its_words_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.rewording.use("sign-in", desk.rewording.text("sign-in").replace("会议签到表", "签到簿"))
    newer = kinds.bundled_texts()["sign-in"].text.replace("签　到", "签名")
    monkeypatch.setitem(kinds.bundled_texts(), "sign-in", kinds.parse_text(newer))
    assert [one.renewed for one in desk.rewording.states() if one.id == "sign-in"] == [True]


def test_what_can_be_said_has_its_value_now(desk: Desk) -> None:
    number = str(desk.activities.add(ACTIVITY).ids[0])
    known = {one.name: one for one in desk.rewording.sayable(desk.rewording.text("sign-in"), number)}
    assert known["开展记录.日期"].now == "2023年5月20日"
    assert known["开展记录.日期"].insert == "«开展记录.日期»"
    assert known["开展记录.签到行"].insert == "«每条 开展记录.签到行»"


def test_a_text_is_looked_at_before_it_is_kept(desk: Desk) -> None:
    number = str(desk.activities.add(ACTIVITY).ids[0])
    proof = desk.rewording.proof("名称：甲\n关于：activities\n正文：\n«开展记录.主题»", number)
    assert len(proof.sizes) == 1
    with pytest.raises(RefusedFields):
        desk.rewording.proof("名称：甲\n关于：activities\n正文：\n«主题»", number)
