"""案卷: everything of a hazard or a check in order, pages numbered through, what is missing told first."""

from __future__ import annotations

import io

import docx
import pytest
from PIL import Image

from hazard_desk.books.attachments import AFTER, BEFORE, OTHER, SIGNED
from hazard_desk.books.kit.placed_file import PlacedFile
from hazard_desk.desk import Desk
from hazard_desk.papers.casefile.pieces import CaseFile
from hazard_desk.papers.casefile.scan_pages import scan_papers
from hazard_desk.papers.model import Scan
from hazard_desk.rules.fields import Row
from tests.papers.office import UNIT, rechecked, refusal, step
from tests.papers.reading import ReadPage, read_pdf
from tests.scans.test_scans import foreign, printed, scanned

SAID = "举报人赵某某"


@pytest.fixture
def check(desk: Desk) -> int:
    told = {"checked_on": "2023-05-18", "unit_name": UNIT, "kind": "日常", "inspectors": "甲检查、乙检查"}
    return desk.checks.add(told | {"reason": "试"}).ids[0]


@pytest.fixture
def hazard(desk: Desk, check: int, five: Row) -> int:
    """A major hazard that the check found, with notice and plan."""
    desk.checks.add_finding(check, {"level": "重大", "place": "车间", "description": "线路老化"})
    finding = desk.checks.findings(check)[-1].id
    more = {"criterion": "《判定标准》第三条", "sector": "工贸"}
    number = desk.checks.make_hazard(finding, more).ids[0]
    told = {"deadline": "2023-05-31", "issued_on": "2023-05-19"}
    desk.papers.issue("notice-rectify", str(number), told)
    desk.hazards.step(number, "committed", five)
    plan = ("goal", "methods", "resources", "people", "safety")
    facts = {f"plan_{name}": "重新布线" for name in plan} | {"plan_deadline": "2023-05-31"}
    step(desk, number, "planned", 22, **facts)
    return number


def photo(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(file, "JPEG")
    return file.getvalue()


def texts(case: CaseFile) -> list[str]:
    return [one.told for one in case.lacking]


def folios(pages: list[ReadPage]) -> list[str]:
    """The stamped numbers in the upper right corners."""
    marks = [[g for g in page.glyphs if g.y > page.height - 45 and g.x > page.width - 80] for page in pages]
    return ["".join(glyph.char for glyph in glyphs).strip() for glyphs in marks]


def bound(desk: Desk, report: str, record: int) -> list[ReadPage]:
    file = desk.papers.print(report, desk.folder / "case.pdf", None, str(record))
    return read_pdf(file.read_bytes())


def test_the_papers_of_a_hazard_are_in_order_and_the_pages_numbered_through(desk, hazard):
    for label, colour in ((BEFORE, "red"), (AFTER, "green")):
        desk.attachments.add("hazards", hazard, photo(colour), "照片.jpg", label)
    case = desk.papers.case("case-hazard", hazard)
    number = desk.hazards.get(hazard).notice_number
    assert [piece.title for piece in case.pieces] == [
        f"隐患整治卡（{desk.hazards.get(hazard).number}）",
        f"现场检查记录（2023年5月18日 {UNIT}）",
        f"关于{UNIT}的限期整改意见书",
        f"{UNIT}一案一策",
        f"整改前后照片（{desk.hazards.get(hazard).number}）",
    ]
    pages = bound(desk, "case-hazard", hazard)
    first, contents, *inside, closing = pages
    assert (
        sum("整改前" in page.text and "整改后" in page.text and "照片" in page.text for page in inside) == 1
    )
    assert folios(pages) == ["", "", *map(str, range(1, len(inside) + 1)), ""]
    assert f"{UNIT}重大事故隐患整治案卷" in first.text.replace("\n", "").replace("\r", "")
    assert "5件" in first.text
    assert number in contents.text.replace("\n", "").replace("\r", "")
    assert f"本卷共有文件5件，{len(inside)}页，其中照片2张。" in closing.text.replace("\n", "").replace(
        "\r", ""
    )
    at = next(place for place, page in enumerate(inside, start=1) if "限期整改意见书" in page.text)
    rows = ["".join(glyph.char for glyph in line) for line in contents.lines]
    assert any(str(at) in row and "打印件" in row for row in rows)


def test_a_signed_copy_takes_the_place_of_the_paper_and_what_is_missing_is_told(
    desk, check, hazard, tmp_path
):
    told = texts(desk.papers.case("case-hazard", hazard))
    number = desk.hazards.get(hazard).number
    assert told[:3] == [
        f"现场检查记录（2023年5月18日 {UNIT}）没有签字扫描件",
        f"关于{UNIT}的限期整改意见书（{desk.hazards.get(hazard).notice_number}）没有签字扫描件",
        f"{UNIT}一案一策没有签字扫描件",
    ]
    assert f"{number}缺“发现报告”" in told
    assert f"{number}没有整改前照片" in told
    assert told[-1] == f"{number}现为“整改中”，还没有销号"
    scan = scanned(printed(desk, "record-check", check), tmp_path / "记录.pdf")
    before = len(bound(desk, "case-hazard", hazard))
    desk.attachments.add_each([PlacedFile("checks", check, scan, SIGNED, paper="record-check")])
    case = desk.papers.case("case-hazard", hazard)
    assert [piece.told for piece in case.pieces] == ["打印件", "扫描件", "打印件", "打印件"]
    assert texts(case) == told[1:]
    pages = bound(desk, "case-hazard", hazard)
    assert len(pages) == before
    assert "告知事项" not in "".join(page.text for page in pages), "a picture stands there, not the print"
    words = docx.Document(desk.papers.print("case-hazard", tmp_path / "卷.docx", None, str(hazard)))
    assert sum(1 for part in words.part.package.iter_parts() if "/media/" in part.partname) == 1


def test_files_are_bound_or_named_apart_and_none_is_lost(desk, hazard, tmp_path):
    desk.attachments.add(
        "hazards", hazard, scanned([foreign(), foreign()], tmp_path / "检测报告.pdf"), label=OTHER
    )
    sheet = tmp_path / "清单.xlsx"
    sheet.write_bytes(b"PK no real sheet")
    desk.attachments.add("hazards", hazard, sheet, label=OTHER)
    case = desk.papers.case("case-hazard", hazard)
    assert (case.pieces[-1].title, case.pieces[-1].told) == ("检测报告", "扫描件")
    *_, closing = bound(desk, "case-hazard", hazard)
    assert "不能装订，存在台账的附件中：“清单.xlsx”" in closing.text.replace("\n", "").replace("\r", "")


def test_a_scan_that_breaks_off_says_so_behind_the_pages_that_open(tmp_path):
    scan = tmp_path / "断了.pdf"
    scan.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 9 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    scans = [page.blocks[0] for page in scan_papers(scan)]
    assert [scan.picture.caption for scan in scans if isinstance(scan, Scan)] == ["", "扫描件打不开"]


def test_a_check_has_the_papers_of_all_its_hazards_and_each_document_once(desk, check, hazard):
    desk.checks.add_finding(check, {"level": "一般", "place": "仓库", "description": "堆放过高"})
    other = desk.checks.make_hazard(desk.checks.findings(check)[-1].id, {"sector": "工贸"}).ids[0]
    case = desk.papers.case("case-check", check)
    titles = [piece.title for piece in case.pieces]
    assert [title.partition("（")[0] for title in titles[:3]] == ["隐患整治卡", "隐患整治卡", "现场检查记录"]
    assert sum("限期整改意见书" in title for title in titles) == 1
    assert f"{desk.hazards.get(other).number}没有编发限期整改意见书" in texts(case)
    assert folios(bound(desk, "case-check", check))[2] == "1"


def test_the_signed_copy_of_a_notice_of_several_hazards_stands_in_the_case_of_each(desk, check, tmp_path):
    numbers = []
    for place in ("车间", "仓库"):
        desk.checks.add_finding(check, {"level": "一般", "place": place, "description": "线路老化"})
        made = desk.checks.make_hazard(desk.checks.findings(check)[-1].id, {"sector": "工贸"})
        numbers += made.ids
    one, other = numbers
    told = {"deadline": "2023-05-31", "issued_on": "2023-05-19", "besides": [desk.hazards.get(other).number]}
    desk.papers.issue("notice-rectify", str(one), told)
    (document,) = desk.documents.about_record(f"hazards/{other}")
    scan = scanned([foreign()], tmp_path / "意见书.pdf")
    signed = PlacedFile("hazards", one, scan, SIGNED, paper="notice-rectify", document=document.id)
    desk.attachments.add_each([signed])
    for number in numbers:
        case = desk.papers.case("case-hazard", number)
        (piece,) = (piece for piece in case.pieces if "限期整改意见书" in piece.title)
        assert piece.told == "扫描件"
        assert "限期整改意见书" not in "".join(texts(case))


def test_one_visit_yields_all_its_papers_in_a_folder_or_in_one_file(desk, check, hazard, tmp_path):
    folder = desk.papers.print("visit-papers", tmp_path / "全套", None, str(check))
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        f"01_现场检查记录（2023年5月18日 {UNIT}）.pdf",
        f"02_关于{UNIT}的限期整改意见书.pdf",
        f"03_{UNIT}事故隐患整改情况报告.pdf",
        f"04_{UNIT}一案一策.pdf",
    ]
    whole = desk.papers.proof("visit-papers", None, str(check))
    assert len({part.code for part in whole.paper.bound}) == 4, "each comes back by a code of its own"
    assert "第 1 页 共 1 页" in read_pdf(whole.pdf)[0].text
    rechecked(desk, hazard)
    assert f"{desk.hazards.get(hazard).number}已复查，没有编发复查意见书" in texts(
        desk.papers.case("visit-papers", check)
    )


def test_a_case_tells_nothing_of_an_informant(desk):
    told = {"received_on": "2023-05-20", "way": "电话", "unit_name": UNIT, "content": "消防通道堵塞"}
    tip = desk.tips.add(
        told | {"verified": "属实", "informant_name": SAID, "informant_phone": "13800005678"}
    ).ids[0]
    number = desk.tips.make_hazard(tip, {"level": "一般", "sector": "消防", "place": "后门"}).ids[0]
    desk.tips.make_reward(tip, desk.tips.reward_values(tip) | {"amount": "500", "basis": "办法"})
    case = desk.papers.proof("case-hazard", None, str(number))
    text = "".join(page.text for page in read_pdf(case.pdf))
    assert SAID not in text
    assert "奖励" not in text
    assert {piece.title.partition("（")[0] for piece in desk.papers.case("case-hazard", number).pieces} == {
        "隐患整治卡"
    }


def test_a_case_of_nothing_is_refused(desk):
    assert "编号" in refusal(desk, "case-hazard", "没有这一条")


_OWN = "名称：安全提示单\n关于：hazards\n{head}文件名：安全提示单\n正文：\n【标题】安全提示单\n«隐患.编号»"


@pytest.mark.parametrize(
    ("head", "in_case", "of_visit"),
    [
        ("", False, False),
        ("案卷：能印就入卷\n日期：«隐患.发现日期»\n", True, True),
        ("案卷：只出全套\n", False, True),
        ("案卷：能印就入卷\n已办：有 隐患.复查日期\n", False, False),
    ],
)
def test_a_paper_of_the_offices_own_belongs_where_its_head_says(desk, check, hazard, head, in_case, of_visit):
    desk.rewording.make_own("安全提示单", _OWN.format(head=head))
    pieces = {piece.title: piece for piece in desk.papers.case("case-hazard", hazard).pieces}
    assert ("安全提示单" in pieces) == in_case
    if in_case:
        assert str(pieces["安全提示单"].on) == "2023-05-18"
    visit = [piece.title for piece in desk.papers.case("visit-papers", check).pieces]
    assert ("安全提示单" in visit) == of_visit
