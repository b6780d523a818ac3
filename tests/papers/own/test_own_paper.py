"""A paper from her own Word file: taken in, kept, printed, read back, given out, gone back from."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt, RGBColor

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.papers.model import Heading, Line, PageBreak, Para, Table, Title
from hazard_desk.papers.own.back import blocks_of, not_told
from hazard_desk.printing import proof_together
from hazard_desk.rules.fields import Row
from tests.papers.own.word import content_of, lines_of, of_paragraphs, put_runs, saved
from tests.papers.wording.reading_back import text_of


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """A notice as an office sets it."""
    document = docx.Document()
    title = put_runs(document.add_paragraph(), ["«隐患.", "单位名称»隐患整改通知"])
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in title.runs:
        run.font.size, run.font.color.rgb = Pt(22), RGBColor(255, 0, 0)
    put_runs(
        document.add_paragraph(), ["　　请于", ("«隐患.整", "粗"), "改时限»前整改。经办人：", ("    ", "线")]
    )
    put_runs(document.add_paragraph(), [("一、整改要求", "粗")])
    table = document.add_table(3, 3)
    table.style = "Table Grid"
    for at, text in enumerate(("隐患编号", "«隐患.编号»", "右")):
        table.rows[0].cells[at].text = text
    table.rows[1].cells[0].merge(table.rows[2].cells[0]).text = "合并"
    table.rows[1].cells[1].merge(table.rows[1].cells[2]).text = "«隐患.隐患描述»"
    document.add_paragraph("«今天»").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return saved(document, tmp_path / "整改通知.docx")


def test_it_is_kept_printed_given_out_and_gone_back_from(desk: Desk, notice: Path, found: Row) -> None:
    number = str(desk.hazards.add(found).ids[0])
    file = desk.rewording.read_file("我的通知", notice)
    assert file.about == "hazards"
    change = desk.rewording.use_file("我的通知", file)
    assert change.title == "保存自己的Word文件“我的通知”"
    assert [(one.id, one.state) for one in desk.rewording.states()][-1] == ("我的通知", "自拟")
    with pytest.raises(Refused, match="完全一样"):
        desk.rewording.use_file("我的通知", file)

    told = lines_of(desk.papers.print("我的通知", desk.folder / "a.docx", None, number).read_bytes())
    hazard = desk.hazards.get(int(number))
    assert told[0] == f"{hazard.unit_name}隐患整改通知"
    assert f"隐患编号|{hazard.number}|右" in told
    assert "2023年6月1日" in text_of(desk, "我的通知", number)
    proof = desk.papers.proof("我的通知", None, number)
    assert "颜色只在Word文件里有" in proof.advice
    proof.save(desk.folder / "b.docx")
    assert (desk.folder / "b.docx").read_bytes() == proof.paper.filled
    assert desk.rewording.word_file("我的通知") == file
    assert desk.check() == []

    desk.undo()
    with pytest.raises(Refused, match="没有"):
        desk.papers.print("我的通知", None, None, number)
    desk.rewording.use_file("我的通知", file)
    desk.rewording.go_back("我的通知")
    desk.undo()
    assert desk.rewording.word_file("我的通知") == file, "the undo brings the file back"


def test_another_file_and_a_text_take_its_place(desk: Desk, notice: Path, tmp_path: Path) -> None:
    desk.rewording.use_file("甲", desk.rewording.read_file("甲", notice))
    other = saved(of_paragraphs("«监管对象.单位名称»承诺书"), tmp_path / "b.docx")
    desk.rewording.use_file("甲", desk.rewording.read_file("甲", other))
    kept = desk.rewording.word_file("甲")
    assert kept is not None and (kept.name, kept.about) == ("b.docx", "enterprises")
    desk.rewording.use("甲", "名称：甲\n正文：\n只有文字")
    assert desk.rewording.word_file("甲") is None
    with pytest.raises(RefusedFields, match="措辞文本里不写“Word文件：”"):
        desk.rewording.use("甲", "名称：甲\nWord文件：甲.docx\n正文：\n")


def test_it_says_a_paper_of_the_program_which_keeps_its_rules(desk: Desk, tmp_path: Path, found: Row) -> None:
    own = saved(of_paragraphs("签到：«开展记录.主题»"), tmp_path / "s.docx")
    with pytest.raises(RefusedFields, match="没有这个栏目"):
        desk.rewording.read_file("hazard-card", own)
    desk.rewording.use_file("sign-in", desk.rewording.read_file("sign-in", own))
    number = desk.activities.add(
        {"kind": "专题学习", "title": "学习会", "held_on": "2023-05-20", "level": "乡", "host": "张三"}
    ).ids[0]
    assert text_of(desk, "sign-in", str(number)).startswith("签到：学习会")
    assert [(one.title, one.state) for one in desk.rewording.states() if one.id == "sign-in"] == [
        ("会议签到表", "已修改")
    ]
    desk.rewording.go_back("sign-in")
    assert "签到：学习会" not in text_of(desk, "sign-in", str(number))


def test_what_is_no_word_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    for name, content, sentence in (
        ("a.doc", b"x", "另存为 .docx"),
        ("a.docx", b"x", "已损坏"),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式的文档"),
        ("密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("b.docx", content_of(of_paragraphs("«甲»"))[:400], "已损坏"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Refused, match=sentence):
            desk.rewording.read_file("甲", tmp_path / name)


def test_the_filled_file_is_read_back(desk: Desk, notice: Path) -> None:
    document = docx.Document(str(notice))
    title, text, heading, table, date = blocks_of(document)
    assert title == Title("«隐患.单位名称»隐患整改通知")
    assert text == Para("请于«隐患.整改时限»前整改。经办人：＿＿", indent=True)
    assert heading == Heading(1, "一、整改要求")
    assert isinstance(table, Table)
    spans = [[cell and (cell.text, cell.rowspan, cell.colspan) for cell in row] for row in table.rows]
    assert spans == [
        [("隐患编号", 1, 1), ("«隐患.编号»", 1, 1), ("右", 1, 1)],
        [("合并", 2, 1), ("«隐患.隐患描述»", 1, 2), None],
        [None, ("", 1, 1), ("", 1, 1)],
    ]
    assert date == Line("«今天»", "right")
    assert not_told(document) == ["颜色"]


def test_on_the_command_line(
    folder: Path, desk: Desk, notice: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    desk.close()
    assert main(["--desk", str(folder), "wording", "我的通知", "--use", str(notice)]) == 0
    assert capsys.readouterr().out == "保存自己的Word文件“我的通知”\n"
    out = tmp_path / "取出.docx"
    assert main(["--desk", str(folder), "wording", "我的通知", "--to", str(out)]) == 0
    assert out.read_bytes() == notice.read_bytes()
    assert main(["--desk", str(folder), "wording", "我的通知", "--to", str(tmp_path / "a.txt")]) == 2
    capsys.readouterr()
    document = docx.Document(io.BytesIO(notice.read_bytes()))
    document.add_paragraph("«隐患.整改期限»")
    document.add_paragraph("｛｛今天｝｝")
    assert main(["--desk", str(folder), "wording", "甲", "--use", str(saved(document, out))]) == 2
    said = capsys.readouterr().err
    assert (
        "“«隐患.整改期限»”：没有这个栏目：“隐患.整改期限”，相近的有：" in said
        and "“｛｛今天｝｝”用的不是" in said
    )


def test_pages_begin_where_they_do_in_word() -> None:
    document = of_paragraphs("甲", "乙")
    document.paragraphs[0].add_run().add_break(WD_BREAK.PAGE)
    document.add_section(WD_SECTION.NEW_PAGE).orientation = WD_ORIENT.LANDSCAPE
    document.add_paragraph("丙")
    document.add_section(WD_SECTION.CONTINUOUS)
    document.add_paragraph("丁")
    said = [Para("甲"), PageBreak(), Para("乙"), PageBreak(landscape=True), Para("丙"), Para("丁")]
    assert [
        replace(one, indent=True) if isinstance(one, Para) else one for one in blocks_of(document)
    ] == said


def test_a_paper_stays_about_its_book_where_a_new_file_leaves_that_open(desk: Desk, tmp_path: Path) -> None:
    file = saved(of_paragraphs("致企业：", "«今天»"), tmp_path / "信.docx")
    desk.rewording.use_file("信", desk.rewording.read_file("信", file, "enterprises"))
    saved(of_paragraphs("致各企业：", "«今天»"), file)
    assert desk.rewording.read_file("信", file).about == "enterprises"


def test_bound_among_other_papers_it_is_written_as_in_the_pdf(
    desk: Desk, notice: Path, found: Row, tmp_path: Path
) -> None:
    number = str(desk.hazards.add(found).ids[0])
    desk.rewording.use_file("我的通知", desk.rewording.read_file("我的通知", notice))
    papers = [desk.papers.proof(report, None, number).paper for report in ("hazard-card", "我的通知")]
    proof = proof_together("案卷", papers)
    told = lines_of(proof.save(tmp_path / "案卷.docx").read_bytes())
    assert "颜色只在Word文件里有" in proof.advice and any("隐患整改通知" in line for line in told)
