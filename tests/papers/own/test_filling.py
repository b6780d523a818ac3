"""A Word file filled: split runs, conditions and loops over paragraphs and rows; what stays as it was."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from hazard_desk.errors import RefusedFields
from hazard_desk.papers.own.filling import check_file, file_with_mark, filled_file
from hazard_desk.papers.wording.facts import Each, PaperFacts, Thing, fact, told_fact
from hazard_desk.rules.fields import Kind
from tests.papers.own.word import content_of, lines_of, of_paragraphs, put_runs


def finding(place: str, found: date | None = None) -> PaperFacts:
    return PaperFacts({"部位": told_fact("部位", place), "时限": fact("时限", lambda: found, Kind.DATE)})


def facts_of(*places: str, source: str = "执法检查", measures: str = "") -> PaperFacts:
    own = {
        "单位": told_fact("单位", "三星木材厂"),
        "来源": told_fact("来源", source),
        "措施": told_fact("措施", measures),
        "时限": fact("时限", lambda: date(2023, 6, 1), Kind.DATE),
    }
    return PaperFacts(
        {
            "隐患": Thing(lambda: PaperFacts(own)),
            "问题": Each(lambda: finding(""), lambda: [finding(one, date(2023, 6, 2)) for one in places]),
            "今天": fact("今天", lambda: date(2023, 5, 18), Kind.DATE),
        }
    )


FACTS = facts_of("仓库", "锅炉房")


def test_a_field_split_over_runs_takes_the_format_of_the_run_in_which_it_begins() -> None:
    split = [
        "请",
        ("«隐", "粗"),
        "患.",
        ("单位", "斜"),
        "»于",
        ("{", "线"),
        "{隐患.时限}",
        ("}前", "斜"),
        "整改。",
    ]
    filled = filled_file(content_of(of_paragraphs(split)), FACTS)
    assert lines_of(filled) == ["请三星木材厂于2023年6月1日前整改。"]
    runs = docx.Document(io.BytesIO(filled)).paragraphs[0].runs
    assert [(run.text, bool(run.bold), bool(run.italic), bool(run.underline)) for run in runs] == [
        ("请", False, False, False),
        ("三星木材厂", True, False, False),
        ("于", False, False, False),
        ("2023年6月1日", False, False, True),
        ("前", False, True, False),
        ("整改。", False, False, False),
    ]


def test_conditions_and_loops_within_a_line_and_around_paragraphs() -> None:
    document = of_paragraphs(
        ["问题：«每条", " 问题»«序»．«部", ("位»；", "粗"), "«完»"],
        "«如 隐患.来源 是 群众举报»",
        "根据举报核查，",
        "«否则»",
        [("　　经检查，", "斜"), "发现上述问题。"],
        "«完»",
        "«如 有 隐患.措施»措施：«隐患.措施»。«完»",
        "«每条 问题»",
        "第«序»条：«部位»",
        "«完»",
    )
    content = content_of(document)
    check_file(content, FACTS)
    told = lines_of(filled_file(content, FACTS))
    assert told == [
        "问题：1．仓库；2．锅炉房；",
        "　　经检查，发现上述问题。",
        "第1条：仓库",
        "第2条：锅炉房",
    ]
    told = lines_of(filled_file(content, facts_of(source="群众举报", measures="断电")))
    assert told == ["问题：", "根据举报核查，", "措施：断电。"]


def test_a_row_is_repeated_and_a_table_left_out() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for cell, text in zip(table.rows[0].cells, ("序号", "部位", "时限"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("«每条 问题»«序»", "«部位»", "«时限»«完»"), strict=True):
        put_runs(cell.paragraphs[0], [(text[:3], "粗"), text[3:]])
    table.rows[2].cells[0].text = "«如 有 隐患.措施»"
    table.rows[3].cells[1].text = "«隐患.措施»"
    table.add_row().cells[0].text = "«完»"
    content = content_of(document)
    check_file(content, FACTS)
    rows = ["序号|部位|时限", "1|仓库|2023-06-02", "2|锅炉房|2023-06-02"]
    assert lines_of(filled_file(content, FACTS)) == rows
    assert lines_of(filled_file(content, facts_of("仓库", measures="断电")))[2:] == ["|断电|"]
    assert lines_of(filled_file(content, facts_of())) == rows[:1]


def test_headers_text_boxes_and_what_is_no_text_stay_in_their_place(tmp_path: Path) -> None:
    document = of_paragraphs(["单位：", "«隐患.单位»（见图）"], ["分页", "前«今天»"], "没有栏目的一段")
    document.sections[0].header.paragraphs[0].text = "«隐患.单位»　整改通知"
    Image.new("RGB", (60, 40)).save(tmp_path / "p.jpg")
    document.paragraphs[0].add_run("图").add_picture(str(tmp_path / "p.jpg"))
    document.paragraphs[1].paragraph_format.keep_with_next = True
    document.paragraphs[1].add_run("").add_break(WD_BREAK.PAGE)
    box = document.paragraphs[2]._p.add_r()
    box.append(OxmlElement("w:pict"))
    held = OxmlElement("w:txbxContent")
    box[0].append(held)
    held.append(OxmlElement("w:p"))
    held[0].add_r().text = "框：«隐患.单位»"
    filled = docx.Document(io.BytesIO(filled_file(content_of(document), FACTS)))
    assert filled.sections[0].header.paragraphs[0].text == "三星木材厂　整改通知"
    first, second, _ = (one._p for one in filled.paragraphs)
    assert [one.tag for one in first.iter(qn("w:t"), qn("w:drawing"))].count(qn("w:drawing")) == 1
    assert filled.paragraphs[1].paragraph_format.keep_with_next
    assert [one.get(qn("w:type")) for one in second.iter(qn("w:br"))] == ["page"]
    assert "框：三星木材厂" in "".join(one.text for one in filled.element.body.iter(qn("w:t")))
    assert len(filled.inline_shapes) == 1


def test_what_is_wrong_is_told_all_at_once_by_the_paragraph() -> None:
    document = of_paragraphs(
        "隐患整改通知",
        ["致｛｛隐", "患.单位｝｝："],
        "",
        "时限：《隐患.时限》，依据《安全生产法》和“《隐患.规定》”办理",
        ["«如 有 隐患.措施", "现有措施如下"],
        "{{隐患.部门}}负责",
        "«每条 问题»",
        "<<部位>>",
        "«如 隐患.来源 像 举报»甲«完»",
        "{{隐患.单位}",
    )
    table = document.add_table(2, 2)
    table.rows[1].cells[0].text = "«完»"
    table.rows[1].cells[1].text = "«单位»"
    document.sections[0].footer.paragraphs[0].text = "«隐患.電话»"
    with pytest.raises(RefusedFields) as wrong:
        check_file(content_of(document), FACTS)
    told = list(wrong.value.problems.values())
    braces = "“｛｛隐患.单位｝｝”用的不是栏目的括号，请改为“«隐患.单位»”或“{{隐患.单位}}”"
    assert told[0] == f"第2段“致｛｛隐患.单位｝｝：”：{braces}"
    assert told[1].startswith("第3段“时限：《隐患.时限》，依据《…”：“《隐患.时限》”用的不是栏目的括号")
    assert "安全生产法》”用" not in told[1] and "《隐患.规定》" in told[1]
    assert told[2].startswith("第4段“«如 有 隐患.措施现有措施…”：有“«”而没有对应的“»”")
    assert (
        told[3] == "第5段“«隐患.部门»负责”：没有这个栏目：“隐患.部门”" + told[3].partition("“隐患.部门”")[2]
    )
    assert told[4] == "第6段“«每条 问题»”：“«每条 问题»”没有以“«完»”结束"
    assert told[5].startswith("第7段“<<部位>>”：“<<部位>>”用的不是栏目的括号，请改为“«部位»”")
    assert told[6].startswith("第8段“«如 隐患.来源 像 举报»…”：条件“隐患.来源 像 举报”看不懂")
    assert "“{{隐患.单位}”用的不是栏目的括号" in told[7]
    assert told[8].startswith("第1个表格第2行“«完»”：")
    assert told[9].startswith("第1个表格第2行“«单位»”：没有这个栏目：“单位”，相近的有：隐患.单位")
    assert told[10].startswith("页脚“«隐患.電话»”：没有这个栏目")
    assert len(told) == 11


def test_a_bracket_is_told_once_beside_another_fault() -> None:
    with pytest.raises(RefusedFields) as wrong:
        check_file(content_of(of_paragraphs("致｛｛隐患.单位｝｝：«隐患.部门»")), FACTS)
    (told,) = wrong.value.problems.values()
    assert "用的不是栏目的括号" in told and told.count("｛｛隐患.单位｝｝”") == 1


def test_a_sample_is_marked_as_one() -> None:
    document = of_paragraphs("«今天»")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_section()
    marked = docx.Document(io.BytesIO(file_with_mark(content_of(document), "示例")))
    assert [one.text for one in marked.sections[0].header.paragraphs] == ["页眉", "示例"]
    assert marked.sections[1].header.is_linked_to_previous
    assert file_with_mark(b"x", "") == b"x"


def _within(body: str) -> bytes:
    """Return a file whose body begins with that."""
    document = docx.Document()
    for node in reversed(list(parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"))):
        document.element.body.insert(0, node)
    return content_of(document)


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _cell(text: str) -> str:
    return f"<w:tc><w:p>{_run(text)}</w:p></w:tc>"


def _control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{_run('«隐患.')}<w:ins w:id='1' w:author='甲'>{_run('单位')}</w:ins>{_run('»')}</w:p>",
        f"<w:p>{_run('«')}<w:smartTag>{_run('隐患')}</w:smartTag>{_run('.单位»')}</w:p>",
        f"<w:p><w:fldSimple w:instr=' MERGEFIELD 单位 '>{_run('«隐患.单位»')}</w:fldSimple></w:p>",
        f"<w:customXml w:uri='u' w:element='e'><w:p>{_run('«隐患.单位»')}</w:p></w:customXml>",
        f"<w:tbl><w:tr>{_control(_cell('«隐患.单位»'))}</w:tr></w:tbl><w:p/>",
        f"<w:tbl>{_control('<w:tr>' + _cell('«隐患.单位»') + '</w:tr>')}</w:tbl><w:p/>",
        "<w:p>" + _run("« 隐患 。\u200b单位 »") + "</w:p>",
    ],
)
def test_a_field_is_filled_whatever_word_put_around_or_into_it(body: str) -> None:
    content = _within(body)
    check_file(content, FACTS)
    assert [line for line in lines_of(filled_file(content, FACTS)) if line] == ["三星木材厂"]


def test_a_field_where_nothing_is_filled_is_told() -> None:
    ruby = f"<w:r><w:ruby><w:rt/><w:rubyBase>{_run('«隐患.单位»')}</w:rubyBase></w:ruby></w:r>"
    with pytest.raises(RefusedFields) as wrong:
        check_file(_within(f"<w:p>{ruby}</w:p><w:p>{_run('［隐患.单位］{{«隐患.单位»}}')}</w:p>"), FACTS)
    first, second = wrong.value.problems.values()
    assert "这里的栏目不会填写，请移到正文里" in first and "“［隐患.单位］”用的不是栏目的括号" in second
    assert "“{{«隐患.单位»}}”写了两层括号，请改为“«隐患.单位»”" in second and "成对" not in second


def test_a_row_beside_a_merged_cell_is_repeated() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "问题"
    for cell, text in zip(table.rows[1].cells[1:], ("«每条 问题»«序»", "«部位»«完»"), strict=True):
        cell.text = text
    content = content_of(document)
    check_file(content, FACTS)
    assert lines_of(filled_file(content, FACTS)) == ["问题||", "问题|1|仓库", "问题|2|锅炉房"]


def test_word_does_not_fill_a_control_anew_that_was_filled() -> None:
    control = _control(f"<w:p>{_run('«隐患.单位»')}</w:p>")
    bound = control.replace(
        "<w:sdtPr/>", '<w:sdtPr><w:alias w:val="单位"/><w:dataBinding w:xpath="/a"/></w:sdtPr>'
    )
    filled = docx.Document(io.BytesIO(filled_file(_within(bound), FACTS)))
    (properties,) = filled.element.body.iter(qn("w:sdtPr"))
    assert [one.tag for one in properties] == [qn("w:alias")]
