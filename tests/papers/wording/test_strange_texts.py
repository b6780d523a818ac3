"""Texts as they come from Notepad, Word and WPS, and texts that nobody can tell: read, or refused."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import pytest

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.papers.wording.editing import body_of, head_told, with_body, with_head
from hazard_desk.papers.wording.reading import parse_text
from hazard_desk.rules.fields import Row
from tests.papers.wording.reading_back import text_of

HAZARD = "名称：自拟\n关于：hazards\n正文：\n"
ACTIVITY = {"kind": "专题学习", "title": "学习会", "held_on": "2023-05-20", "level": "乡", "host": "张三"}


@pytest.fixture
def hazard(desk: Desk, found: Row) -> str:
    """The number of a registered hazard."""
    return desk.hazards.get(desk.hazards.add(found).ids[0]).number


def wrong(desk: Desk, body: str, head: str = HAZARD) -> str:
    """Return why a text is not kept, '' when it is."""
    try:
        desk.rewording.use("自拟", head + body)
    except Refused as refused:
        return refused.message
    desk.rewording.go_back("自拟")
    return ""


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff名称：甲\r\n关于：hazards\r\n正文：\r\n第一段\u2028第二段\r\n«隐患.\u200b编号»\r\n",
        "名称:甲\n关于 : hazards\n  正文:  \n第一段\n第二段\n«　隐患.编号　»",
        "名称：甲\r关于：hazards\r正文：\r第一段\r第二段\r«隐患.编号\t»",
    ],
)
def test_a_text_is_read_wherever_it_was_written(desk: Desk, hazard: str, text: str) -> None:
    desk.rewording.use("甲", text)
    assert text_of(desk, "甲", hazard) == f"第一段第二段{hazard}—1—"
    kept = desk.rewording.text("甲")
    assert "\r" not in kept and with_body(kept, body_of(kept)) == kept
    assert with_head(kept, head_told(kept)).endswith(kept.partition("正文")[2]), "its head can be set"


@pytest.mark.parametrize(
    "body",
    [
        "«如　有　隐患.来源»甲«否则»乙«完»",
        "«如  隐患.来源  是  群众举报 | 上级交办  或  有\t隐患.编号»甲«完»",
        "«每条\u3000隐患.同一文书的隐患 至少 3»\n«序»\n«完»",
        "【表】部　位 12  居中｜描述 20\n【行】甲｜乙\n【表完】",
    ],
)
def test_blanks_of_any_kind_part_words(desk: Desk, body: str) -> None:
    assert wrong(desk, body) == ""


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("«如有 隐患.来源»甲«完»", "第4行：“如”后面请空一格，写作“«如 有 隐患.来源»”"),
        ("«每条隐患.照片»甲«完»", "第4行：“每条”后面请空一格，写作“«每条 隐患.照片»”"),
        ("甲\n部位：《隐患.部位》", "第5行：“《隐患.部位》”的括号应是«»，写作“«隐患.部位»”"),
        ("＜＜", ""),
        ("<<如 有 隐患.来源>>", "第4行：“<<如 有 隐患.来源>>”的括号应是«»"),
        ("按照《安全生产法》办理。", ""),
        ("«如 隐患.来源 是 群众举抱»甲«完»", "第4行：“隐患.来源”没有“群众举抱”，可写"),
        ("«如 隐患.隐患描述 多于 3»甲«完»", "第4行：“隐患.隐患描述”不是数字，不能用“多于”"),
        ("«如 隐患.发现日期 多于 3»甲«完»", "不是数字"),
        ("«如 隐患.整改资金 多于 ²»甲«完»", "“多于”后面应是整数，如 3，现为“²”"),
        (f"«如 隐患.整改资金 多于 {'9' * 5000}»甲«完»", "“多于”后面应是整数"),
        ("«如 隐患.五落实 是 甲»甲«完»", "“隐患.五落实”是多条，条件可写：有、没有、多于"),
        ("«每条 隐患.五落实 至少 ³»甲«完»", "看不懂"),
        ("«隐患.编号 空99999999»", "不是写法"),
        ("«隐患.编号 短12»", "不是写法"),
        ("«如 有 隐患.编号»" * 400 + "«完»" * 400, "一层套一层，最多12层"),
        ("«如 有 隐患.编号»\n" * 2000 + "«完»\n" * 2000, "一层套一层，最多12层"),
        (
            "«每条 隐患.五落实»\n«每条 隐患.五落实»\n甲\n«完»\n«完»",
            "第5行：“每条 隐患.五落实”里面又有“每条 隐患.五落实”，请删去一层",
        ),
        ("«如 有 隐患.编号»甲«否则»乙«否则»丙«完»", "没有以“«完»”结束"),
        ("«如 有 隐患.编号»甲«每条 隐患.五落实»乙«完»", "没有以“«完»”结束"),
        ("【表】甲 0｜乙\n【行】1｜2\n【表完】", "第4行：列宽应是1到200的数字，以字数计，现为“0”"),
        ("【表】甲 -5｜乙\n【行】1｜2\n【表完】", "列宽应是"),
        ("【表】甲 nan｜乙 1e300\n【行】1｜2\n【表完】", "现为“nan”；第4行：列宽"),
        ("【填表】甲｜乙\n【行】1｜2\n【表完】", "现为“甲”"),
        ("【表】甲｜乙\n【行】1｜2｜3\n【表完】", "第5行：这一行有3格，表格有2列，各格用“｜”分开"),
        ("【表】甲｜乙\n«如 有 隐患.编号»\n【行】1\n«完»\n【表完】", "第6行：这一行有1格，表格有2列"),
        ("【表】" + "｜".join(f"列{at}" for at in range(60)), "第4行：“【表】”后面应有1到40段"),
        ("【表 高0】甲\n【行】1\n【表完】", "不认识“高0”"),
        ("【插入】不存在的图", "没有可以插入的"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_line(desk: Desk, body: str, sentence: str) -> None:
    told = wrong(desk, body)
    assert sentence in told if sentence else told == ""


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("名称：甲\n格式：exe", "第2行：“格式”可写pdf、docx、xlsx，中间空一格，现为“exe”"),
        ("名称：甲\n签字：不要", "“签字”可写要"),
        ("名称：甲\n次序：前面", "“次序”应是整数"),
        ("名称：«今天»", "“名称”里不能有栏目"),
        ("名称：甲\n须：有 今天", "“须”应写作：条件｜不符合条件时的说明"),
        ("名称：甲\n须：有 今天｜", "“须”应写作"),
        ("名称：甲\n关于：moon", "不是可以写文书的台账"),
        ("名称：", "开头没有写“名称：”"),
        ("标题：甲", "开头只能有"),
    ],
)
def test_a_head_that_says_nothing_known_is_refused(desk: Desk, head: str, sentence: str) -> None:
    assert sentence in wrong(desk, "甲", f"{head}\n正文：\n")


def test_a_body_needs_its_begin() -> None:
    for text in ("名称：甲", "名称：甲\n正文：乙", "", "正文"):
        with pytest.raises(Refused, match="正文"):
            parse_text(text)


VALUE = "«今天»【标题】甲｜乙 12 居中〔右〕：丙"


def test_what_a_record_says_is_printed_as_it_stands(desk: Desk) -> None:
    number = str(desk.activities.add(ACTIVITY | {"title": VALUE, "place": f"〔右〕{VALUE}"}).ids[0])
    desk.rewording.use(
        "自拟",
        "名称：自拟\n关于：activities\n文件名：«开展记录.主题»\n正文：\n【标题】«开展记录.主题»\n"
        "«开展记录.主题»\n【填报】«开展记录.主题»｜甲：«开展记录.主题»\n【主送】«开展记录.主题»\n"
        "【表】«开展记录.主题»｜«开展记录.主题» 20 居中\n"
        "【行】«开展记录.地点»｜〔右〕«开展记录.地点»\n【表完】\n"
        "【填表】6｜20\n【行】«开展记录.主题»｜«开展记录.地点»\n【表完】",
    )
    told = text_of(desk, "自拟", number)
    plain = VALUE.replace(" ", "")
    assert told.count(plain) == 11
    assert told.count(f"〔右〕{plain}") == 3
    for ending in ("docx", "pdf"):
        desk.papers.print("自拟", desk.folder / f"甲.{ending}", None, number)
    assert desk.papers.print("自拟", None, None, number).exists(), "whatever its title says"


def test_a_long_text_is_told(desk: Desk, hazard: str) -> None:
    body = "\n".join(f"第{at}段«隐患.编号»" for at in range(3000))
    desk.rewording.use("长文", f"{HAZARD.replace('自拟', '长文')}{body}\n{'长' * 4000}")
    assert "第2999段" in text_of(desk, "长文", hazard)


def test_an_empty_table_and_an_empty_text_are_printed(desk: Desk, hazard: str) -> None:
    for body in ("【表】甲｜乙\n【表完】", "", "«如 没有 隐患.编号»\n甲\n«完»"):
        desk.rewording.use("自拟", HAZARD + body)
        for ending in ("docx", "pdf"):
            assert desk.papers.print("自拟", desk.folder / f"甲.{ending}", None, hazard).exists()
        desk.rewording.go_back("自拟")


def test_several_wrong_names_are_told_each_by_its_line(desk: Desk) -> None:
    with pytest.raises(RefusedFields) as refused:
        desk.rewording.use("自拟", f"{HAZARD}«甲.乙»\n\n«丙» 和 «丁»\n【表】«戊»\n【行】«己»\n【表完】")
    assert list(refused.value.problems) == ["4", "6", "7", "8"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_file_of_notepad_is_used_whatever_it_was_saved_as(
    folder: Path, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    file = tmp_path / "措辞.txt"
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    file.write_bytes(mark + "名称：交接单\r\n正文：\r\n【标题】交接单\r\n".encode(encoding))
    desk.close()
    assert main(["--desk", str(folder), "wording", "交接单", "--use", str(file)]) == 0
    to = tmp_path / "取出.txt"
    assert main(["--desk", str(folder), "wording", "交接单", "--to", str(to)]) == 0
    assert to.read_text("utf-8") == "名称：交接单\n正文：\n【标题】交接单\n"
    assert main(["--desk", str(folder), "wording", "交接单", "--use", str(to)]) == 2
    assert "没有改动" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["落款", "主送", "抄送"])
def test_a_head_that_speaks_of_itself_comes_to_an_end(desk: Desk, hazard: str, word: str) -> None:
    body = "正文：\n甲«文书.落款»乙«文书.主送 空0»丙«文书.抄送 空0»丁"
    desk.rewording.use(
        "自拟", f"名称：自拟\n关于：hazards\n{word}：A«文书.{word} 空0»«文书.主送 空0»B\n{body}"
    )
    assert re.search(r"A.*B", text_of(desk, "自拟", hazard))


LONG = "长" * 4000


@pytest.mark.parametrize(
    "body",
    [
        "【表】"
        + "｜".join(f"列{at} 5" for at in range(40))
        + "\n【行】"
        + "｜".join(["甲乙丙丁"] * 40)
        + "\n【表完】",
        f"【表】甲 200｜乙 1｜丙 1\n【行】{LONG}｜乙乙乙乙｜2\n【表完】",
        f"【表 高30】甲\n【行】\n【行】{LONG}\n【表完】",
        "【填表】200｜200\n【行】甲｜乙｜丙｜丁｜戊｜己\n【行】甲\n【栏】栏\n【行】｜\n【表完】",
        "【标题】«空白 空0»\n【主送】«空白 空0»\n【一级】«空白 空0»\n【落款】«空白 空0»｜«空白 空0»",
        f"【标题】{LONG}\n【居中】{'a' * 3000}\n【悬挂】{'甲' * 500}｜{'b' * 3000}\n{'。' * 4000}",
        "«换行»" * 300 + "\n【表】甲\n【行】" + "«换行»" * 300 + "甲\n【表完】",
        "【换页 横】\n【换页 竖】\n" * 5,
        "«每条 隐患.五落实 至少 200»\n«每条 隐患.办理过程 至少 50»\n«序»\n«完»\n«完»",
    ],
)
def test_shapes_that_nobody_foresees_are_printed(desk: Desk, hazard: str, body: str) -> None:
    desk.rewording.use("自拟", f"{HAZARD}{body}")
    for ending in ("docx", "pdf"):
        assert desk.papers.print("自拟", desk.folder / f"甲.{ending}", None, hazard).exists()
