"""一句话登记: what a sentence says goes to its field, and nothing of it is lost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.capture.known import About, KnownFirm, KnownThings
from hazard_desk.capture.library import ASKS
from hazard_desk.capture.sentence import read_sentence
from hazard_desk.capture.told import CHECKS, HAZARDS, Certainty, Sentence

TODAY = date(2023, 6, 1)
STAR = KnownFirm("三星乡红星超市有限公司", sector="消防", people=("张三丰",))
KNOWN = KnownThings(
    firms=(
        STAR,
        KnownFirm("红岩石料加工厂", former=("老石料厂",), sector="非煤矿山"),
        KnownFirm("红星加油站"),
    ),
    inspectors=frozenset({"王秀", "李明"}),
    leaders=frozenset({"谭华祥"}),
    responsible=frozenset({"赵管事"}),
    places=frozenset({"二楼客房走道"}),
    criteria=("工贸企业重大事故隐患判定标准（应急管理部令第10号）",),
    choices={About.SECTOR: {"消防": "消防"}, About.KIND: {"日常": "日常", "专项": "专项"}},
    asks=ASKS,
)


def read(text: str) -> Sentence:
    return read_sentence(text, KNOWN, TODAY)


def said(text: str) -> dict[About, object]:
    return {about: fact.value for about, fact in read(text).facts.items()}


def test_a_sentence_as_the_clerk_writes_it():
    sentence = read("红星超市 一般 安全出口堵塞 王秀 当场整改")
    assert sentence.book == HAZARDS
    assert sentence.at_once
    assert said("红星超市 一般 安全出口堵塞 王秀 当场整改") == {
        About.UNIT: STAR.name,
        About.SECTOR: "消防",
        About.LEVEL: "一般",
        About.SOURCE: "执法检查",
        About.PLACE: "安全出口",
        About.TEXT: "安全出口堵塞",
        About.INSPECTORS: ["王秀"],
        About.AT_ONCE: True,
        About.DAY: TODAY,
    }
    assert sentence.facts[About.UNIT].certainty is Certainty.TOLD
    assert sentence.facts[About.SECTOR].certainty is Certainty.INFERRED
    assert sentence.facts[About.PLACE].certainty is Certainty.UNSURE


@pytest.mark.parametrize(
    ("text", "about", "value"),
    [
        ("5.25 红星超市 灭火器过期", About.DAY, date(2023, 5, 25)),
        ("红星超市 灭火器过期 昨天", About.DAY, date(2023, 5, 31)),
        ("5月25日红星超市灭火器过期", About.DAY, date(2023, 5, 25)),
        ("红星超市灭火器过期", About.UNIT, STAR.name),
        ("老石料厂 边坡开裂", About.UNIT, "红岩石料加工厂"),
        ("hxcs 灭火器过期", About.UNIT, STAR.name),
        ("红星超市重大隐患出口锁闭", About.LEVEL, "重大"),
        ("红星超市 灭火器过期 6.10前整改", About.DEADLINE, date(2023, 6, 10)),
        ("红星超市 灭火器过期 一周内", About.DEADLINE, date(2023, 6, 8)),
        ("红星超市 灭火器过期 责任人 孙九", About.RESPONSIBLE, "孙九"),
        ("红星超市 灭火器过期 责任人孙九", About.RESPONSIBLE, "孙九"),
        ("红星超市 灭火器过期 张三丰", About.RESPONSIBLE, "张三丰"),
        ("红星超市 灭火器过期 赵管事", About.RESPONSIBLE, "赵管事"),
        ("红星超市 灭火器过期 检查人 孙九、王秀", About.INSPECTORS, ["孙九", "王秀"]),
        ("红星超市 二楼客房走道 堆放纸箱", About.PLACE, "二楼客房走道"),
        ("红星超市 二楼配电室 堆放纸箱", About.PLACE, "二楼配电室"),
        ("红星超市 举报 出口锁闭", About.SOURCE, "群众举报"),
        ("检查红星超市 王秀 李明 未见异常", About.INSPECTORS, ["王秀", "李明"]),
        ("检查 红星超市 日常 王秀 09:00-11:30", About.TIMES, "09:00-11:30"),
        ("专项检查 红星超市 王秀 谭华祥", About.LEADER, "谭华祥"),
        ("红星超市 出口锁闭 《工贸企业重大事故隐患判定标准》", About.CRITERION, KNOWN.criteria[0]),
        ("红星超市出口堵塞当场整改", About.AT_ONCE, True),
        ("红星超市 间距不足 3.5 米", About.TEXT, "间距不足 3.5 米"),
        ("红星超市 灭火器过期，通道堵塞、无人值守", About.TEXT, "灭火器过期，通道堵塞、无人值守"),
    ],
)
def test_each_word_finds_its_field(text, about, value):
    assert said(text)[about] == value


@pytest.mark.parametrize(
    ("text", "about", "why"),
    [
        ("红星 灭火器过期", About.UNIT, "也可能是红星加油站"),
        ("新华书店 灭火器过期", About.UNIT, "监管对象台账里没有这个名称"),
        ("红星超市 灭火器过期 孙九", About.RESPONSIBLE, "台账里没有这个人，也可能是检查人"),
        ("红星超市 灭火器过期 6.10", About.DEADLINE, "晚于今天，按整改时限"),
    ],
)
def test_what_is_unsure_says_why(text, about, why):
    fact = read(text).facts[about]
    assert (fact.certainty, fact.why) == (Certainty.UNSURE, why)


def test_a_check_is_told_from_a_hazard():
    assert read("检查 红星超市").book == CHECKS
    assert read("检查红星超市 日常").book == CHECKS
    assert read("专项检查 红星超市").book == CHECKS
    assert read("红星超市 检查时发现通道堵塞").book == HAZARDS


def test_what_a_form_has_no_field_for_stays_in_the_text():
    assert said("检查 红星超市 一般 当场整改 王秀")[About.TEXT] == "一般，当场整改"
    assert said("红星超市 灭火器过期 检查人")[About.TEXT] == "灭火器过期，检查人"


_WORDS = st.sampled_from(
    [
        "红星超市",
        "红星",
        "hxcs",
        "老石料厂",
        "一般",
        "重大隐患",
        "安全出口堵塞",
        "当场整改",
        "立即整改",
        "王秀",
        "孙九",
        "谭华祥",
        "检查人",
        "带队",
        "整改人张三丰",
        "责任人：赵管事",
        "检查",
        "专项检查",
        "日常",
        "5.25",
        "6.10前",
        "3.5米",
        "昨天",
        "二楼客房走道",
        "消防",
        "举报",
        "09:00-11:30",
        "工贸企业重大事故隐患判定标准",
        "新华书店",
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(_WORDS, st.sampled_from([" ", "", "，", "、", "；", "\n"])), max_size=9).map(
        lambda parts: "".join(word + mark for word, mark in parts)
    ),
)
_BETWEEN = re.compile(r"[\s，,；;。！!？?、]")


@given(_TEXTS)
def test_nothing_that_was_written_is_lost(text):
    sentence = read(text)
    assert "".join(piece.text for piece in sentence.pieces) == text
    asked = ASKS[sentence.book]
    description = str(sentence.facts[About.TEXT].value) if About.TEXT in sentence.facts else ""
    for piece in sentence.pieces:
        if piece.about is None:
            assert not _BETWEEN.sub("", piece.text), "only marks stand between the words"
            continue
        assert piece.about in asked, "the form has a field for it"
        assert piece.about in sentence.facts, "and the field got something"
        if piece.about is About.TEXT:
            assert piece.text in description
            description = description[description.index(piece.text) + len(piece.text) :]


@given(_TEXTS)
def test_every_name_that_was_told_reaches_the_form(text):
    sentence = read(text)
    for about in (About.INSPECTORS, About.RESPONSIBLE, About.LEADER, About.RECTIFIED_BY):
        if fact := sentence.facts.get(about):
            names = fact.value if isinstance(fact.value, list) else [fact.value]
            assert all(str(name) in text for name in names)


@given(_TEXTS)
def test_a_sentence_says_the_same_each_time(text):
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "words",
    ["未当场整改", "不能当场整改", "无法当场整改", "出口堵塞，没有及时当场整改", "出口堵塞当场整改不了"],
)
def test_what_was_not_put_right_is_not_taken_for_it(words):
    sentence = read(f"红星超市 一般 {words}")
    assert not sentence.at_once
    assert sentence.facts[About.TEXT].value == words


def test_an_order_is_no_deed():
    sentence = read("红星超市 一般 灭火器过期，责令当场整改")
    assert sentence.facts[About.AT_ONCE].certainty is Certainty.UNSURE
    assert sentence.facts[About.TEXT].value == "灭火器过期，责令当场整改"
    assert not read("检查 红星超市 王秀 灭火器过期，责令当场整改").at_once


def test_what_is_told_twice_otherwise_is_unsure():
    fact = read("红星超市 一般 灭火器过期 重大").facts[About.LEVEL]
    assert (fact.value, fact.certainty, fact.why) == ("一般", Certainty.UNSURE, "还写了“重大”")


@pytest.mark.parametrize(
    "words",
    ["到红星超市检查，发现灭火器过期", "李芳对红星超市开展检查", "检查了红星加油站，发现灭火器过期"],
)
def test_an_enterprise_in_the_middle_of_a_sentence_is_found_and_the_words_stay(words):
    sentence = read(f"昨天{words}")
    unit = sentence.facts[About.UNIT]
    assert (unit.value, unit.certainty) == (STAR.name if "超市" in words else "红星加油站", Certainty.UNSURE)
    assert sentence.facts[About.TEXT].value == words
