"""The language of the texts that papers are told by: what it says, and how it refuses what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.papers.facts.roots import facts_of_none
from hazard_desk.papers.model import Cell, DocNumber, Heading, Letterhead, Line, Para, Signature, Table, Title
from hazard_desk.papers.wording.checking import faults
from hazard_desk.papers.wording.facts import Each, PaperFacts, Thing, fact
from hazard_desk.papers.wording.kinds import bundled_texts
from hazard_desk.papers.wording.reading import ABOUT, parse_text
from hazard_desk.papers.wording.telling import lacks, paper_of
from hazard_desk.rules.fields import Kind, Value

HEAD = "名称：样张\n"


def facts(number: str = "", red: str = "", **more: Value) -> PaperFacts:
    kinds = {date: Kind.DATE, int: Kind.INTEGER, float: Kind.NUMBER, bool: Kind.BOOL, list: Kind.NAMES}
    own = {
        name: fact(
            name,
            lambda value=value: value,
            kinds.get(type(value), Kind.TEXT),
            "元" if value == 1200.5 else "",
        )
        for name, value in more.items()
    }
    rows = [PaperFacts({"部位": fact("部位", lambda place=place: place)}) for place in ("甲处", "乙处")]
    paper = PaperFacts({"文号": fact("文号", lambda: number), "红头": fact("红头", lambda: red)})
    like = PaperFacts({"部位": fact("部位", lambda: "")})
    return PaperFacts({**own, "文书": Thing(lambda: paper), "问题": Each(lambda: like, lambda: rows)})


def said(body: str, **more: Value) -> list[str]:
    """Return the paragraphs that a body makes."""
    blocks = paper_of(parse_text(f"{HEAD}正文：\n{body}"), facts(**more)).blocks
    return [block.text for block in blocks if isinstance(block, Para)]


def wrong(body: str) -> str:
    """Return why a text is refused, when it is read or held against the facts."""
    try:
        found = faults(parse_text(f"{HEAD}正文：\n{body}"), facts(部位="甲"))
    except Refused as refused:
        return refused.message
    return "\n".join(one.message for one in found)


class TestWhatItSays:
    def test_a_fact_stands_as_papers_write_it(self) -> None:
        assert said("«日»完成，«钱»（大写：«钱 大写»）。", 日=date(2023, 5, 18), 钱=1200.5) == [
            "2023年5月18日完成，1200.5元（大写：壹仟贰佰元伍角）。"
        ]

    def test_what_is_not_known_is_a_line_to_write_on(self) -> None:
        assert said("«甲 空3»，«乙 空0»，«日»。", 甲="", 乙="", 日=None) == ["＿＿＿，＿＿＿＿＿＿。"]

    def test_conditions_choose_within_a_line_and_over_lines(self) -> None:
        text = (
            "«如 来源 是 群众举报｜上级交办 且 有 人»接报«否则»检查«完»\n"
            "«如 没有 人»\n无人\n«否则»\n有人\n«完»"
        )
        assert said(text, 来源="上级交办", 人="张三") == ["接报", "有人"]
        assert said(text, 来源="上级交办", 人="") == ["检查", "无人"]

    def test_a_loop_says_each_and_counts(self) -> None:
        assert said("«每条 问题»«序»．«部位»；«完»") == ["1．甲处；2．乙处；"]
        assert said("«每条 问题»\n（«序 中文»）«部位»\n«完»\n«如 问题 多于 1»共多处«完»") == [
            "（一）甲处",
            "（二）乙处",
            "共多处",
        ]

    def test_a_loop_goes_on_with_empty_lines_to_be_filled_in(self) -> None:
        assert said("«每条 问题 至少 4»«序»．«部位 空2»；«完»") == ["1．甲处；2．乙处；3．＿＿；4．＿＿；"]
        assert said("«每条 问题 至少 1»\n«部位»\n«完»") == ["甲处", "乙处"]

    def test_marks_make_blocks(self) -> None:
        body = "【文件头】通知\n【主送】各村\n【一级】一、情况\n【落款】应急办｜2023年5月18日"
        plain = paper_of(parse_text(f"{HEAD}正文：\n{body}"), facts("三〔2023〕1号")).blocks
        assert plain == (
            Title("通知"),
            DocNumber("三〔2023〕1号"),
            Line("各村："),
            Heading(1, "一、情况"),
            Signature("应急办", "2023年5月18日", sealed=True),
        )
        red = paper_of(parse_text(f"{HEAD}正文：\n{body}"), facts("三〔2023〕1号", "三星乡文件")).blocks
        assert red[:2] == (Letterhead("三星乡文件", "三〔2023〕1号"), Title("通知"))

    def test_tables_and_forms(self) -> None:
        body = (
            "【表 高2】序号 3 居中｜部位 9\n«每条 问题»\n【行】«序»｜«部位»\n«完»\n【表完】\n"
            "【填表】4｜9\n【行】时间｜«日»｜人｜\n【栏】签名\n【行】意见｜〔右〕年月日\n【表完】"
        )
        table, form = paper_of(parse_text(f"{HEAD}正文：\n{body}"), facts(日=date(2023, 5, 18))).blocks
        assert isinstance(table, Table) and isinstance(form, Table)
        assert table.row_lines == 2 and [cell and cell.text for cell in table.rows[1]] == ["2", "乙处"]
        assert form.rows[0][1] == Cell("2023年5月18日")
        assert form.rows[2][1] == Cell("年月日", colspan=3, align="right")

    def test_a_rule_says_why_there_is_no_such_paper(self) -> None:
        text = parse_text(f"{HEAD}须：有 人｜“«甲»”没有人\n正文：\n甲")
        assert lacks(text, facts(人="", 甲="x")) == "“x”没有人"
        assert lacks(text, facts(人="张三", 甲="x")) == ""


class TestWhatItRefuses:
    @pytest.mark.parametrize(
        ("body", "sentence"),
        [
            ("甲\n«部门»", "第4行：没有这个栏目：“部门”，相近的有：部位"),
            ("«部位", "没有对应的“»”"),
            ("部位»", "没有对应的“«”"),
            ("«如 有 部位»甲", "没有以“«完»”结束"),
            ("«如 有 部位»\n甲", "没有以“«完»”结束"),
            ("甲«完»", "没有对应的"),
            ("甲\n«完»", "前面没有与它对应的开头"),
            ("«部位 粗体»", "“粗体”不是写法"),
            ("«如 部位 大于 3»甲«完»", "看不懂"),
            ("«»", "没有栏目"),
            ("【大标题】甲", "没有“【大标题】”这种行"),
            ("【行】甲", "应写在表格的开头"),
            ("【表】甲 3\n【行】乙", "没有以“【表完】”结束"),
            ("【落款】甲", "后面应有2段"),
            ("«每条 部位»«完»", "没有多条可以列出的"),
            ("【插入】部位", "没有可以插入的"),
            ("«每条 问题 至少 多»\n«完»", "最多200"),
            ("«每条 问题 至少 900»甲«完»", "看不懂"),
            ("【换页 斜】", "不认识“斜”"),
        ],
    )
    def test_a_wrong_text_is_told_with_its_line(self, body: str, sentence: str) -> None:
        assert sentence in wrong(body)

    def test_the_head_is_held_to_its_words(self) -> None:
        for text, sentence in (
            ("甲\n正文：\n", "开头只能有"),
            ("名称：甲", "没有找到“正文：”"),
            ("正文：\n甲", "没有写“名称：”"),
        ):
            with pytest.raises(Refused, match=sentence):
                parse_text(text)

    @given(st.text(alphabet="«»【】｜如有每条完否则 \n表行甲〔〕：", max_size=60))
    def test_any_text_is_read_or_refused(self, body: str) -> None:
        try:
            text = parse_text(f"{HEAD}正文：\n{body}")
            if not faults(text, facts()):
                paper_of(text, facts())
        except Refused as refused:
            assert refused.message


def test_every_text_that_comes_with_the_program_can_be_told(desk: Desk) -> None:
    for name, text in bundled_texts().items():
        none = facts_of_none(desk.books, text.head.get(ABOUT, ""))
        assert faults(text, none) == [], name
        paper_of(text, none)
