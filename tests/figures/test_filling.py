"""Forms filled in, set right by hand, sent, compared; what was sent stays as it was."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.checks import differences, doubts, last_sent
from hazard_desk.figures.progress.filling import (
    FilledProgressForm,
    fill,
    frozen,
    plain_progress_form,
    read_value,
    submit,
    thawed,
)
from hazard_desk.grid.word.text import text_of
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.papers.given import changes_paper, progress_form_paper
from hazard_desk.papers.model import Table
from hazard_desk.papers.order import Order
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.papers.telling import tell_text
from hazard_desk.printing import write_paper
from hazard_desk.rules.fields import Row
from hazard_desk.rules.readings import Reading
from tests.papers.reading import Glyph, read_pdf

JUNE, JULY = date(2023, 6, 28), date(2023, 7, 28)
FORM = find_progress_form("fangshan-2023")


@pytest.fixture
def major(desk: Desk, found: Row) -> Callable[..., int]:
    """Registers a major hazard that an enterprise found itself."""

    def register(**more: object) -> int:
        known = {"level": "重大", "source": "企业自查", "criterion": "判定标准"}
        return desk.hazards.add(found | known | more).ids[0]

    return register


@pytest.fixture
def june(desk: Desk, major: Callable[..., int]) -> Desk:
    """A desk on 28 June with two major hazards, one of them rectified, and a penalty."""
    desk.cabinet.clock.set(JUNE)
    major()
    done = major(found_on="2023-06-02", unit_name="乙厂")
    desk.hazards.step(done, "rectified", {"happened_on": "2023-06-02", "rectified_by": "甲"})
    desk.rewards.add(
        {
            "kind": "行政处罚",
            "target_kind": "单位",
            "target": "乙厂",
            "happened_on": "2023-06-12",
            "reason": "违规",
            "amount": 4.5,
        }
    )
    return desk


def override(desk: Desk, item: str, value: object, as_of: date = JUNE) -> None:
    desk.submissions.override(
        {
            "form": FORM.id,
            "as_of": as_of,
            "group": "",
            "reading": "累计",
            "item": item,
            "value": value,
            "reason": "核对后补报",
        }
    )


def test_a_cell_has_its_value_and_its_records(june):
    filled = fill(june.books, FORM, JUNE)
    assert (filled.cell("1.1").value, filled.cell("1.2").value) == (2, 1)
    assert [record.ledger for record in filled.cell("1.1").records] == ["hazards", "hazards"]
    penalty = filled.cell("3.3")
    assert (penalty.value, penalty.text) == ({"次": 1, "万元": 4.5}, "1次，4.5万元")
    assert [(one.title, one.parts) for one in penalty.records] == [("行政处罚 乙厂", ("次", "万元"))]
    assert filled.cell("4.1").text == "县(0) 镇(0) 部门(0)"
    assert filled.cell("3.6").text == "0(停产) 0(关闭)"
    assert filled.cell("4.6").value == "否"
    assert json.loads(json.dumps(plain_progress_form(filled)))["cells"][0]["id"] == "1.1"


def test_the_month_alone(june, major):
    monthly = fill(june.books, FORM, JUNE, reading=Reading.MONTHLY)
    assert (monthly.cell("1.1").value, monthly.cell("1.2").value) == (1, 1), "found on 20 May, and in June"


def test_only_one_group(june, major):
    major(sector="消防", office="应急办")
    assert fill(june.books, FORM, JUNE, "消防").cell("1.1").value == 1
    assert fill(june.books, FORM, JUNE, "应急办").cell("1.1").value == 1
    assert fill(june.books, FORM, JUNE, "工贸").cell("1.1").value == 2
    with pytest.raises(Refused, match=r"没有“文旅”这个报送单位、.*，可用的有：.*工贸"):
        fill(june.books, FORM, JUNE, "文旅")


def test_a_value_set_by_hand_says_so(june):
    override(june, "3.3", {"次": 2, "万元": 5})
    cell = fill(june.books, FORM, JUNE).cell("3.3")
    assert (cell.value, cell.text, cell.overridden) == ({"次": 2, "万元": 5}, "2次，5万元", True)
    assert (cell.reason, cell.counted) == ("核对后补报", {"次": 1, "万元": 4.5})
    assert not fill(june.books, FORM, JULY).cell("3.3").overridden, "only in that month's form"


@pytest.mark.parametrize(
    ("item", "entered", "says"),
    [
        ("1.1", {"": "三"}, "这一项请填写数字"),
        ("1.1", {"": "1.5"}, "这一项请填写整数"),
        ("1.1", {"": "-1"}, "不小于0"),
        ("1.1", {"": "nan"}, "不小于0"),
        ("3.3", {"次": "3"}, "“万元”请填写数字"),
        ("4.6", {"": "有"}, "请填写“是”或“否”"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_refused(item, entered, says):
    with pytest.raises(Refused, match=says):
        read_value(dict(FORM.items())[item], entered)


def test_what_can_stand_in_a_cell():
    items = dict(FORM.items())
    assert read_value(items["1.1"], {"": " 12 "}) == 12
    assert read_value(items["3.3"], {"次": "3", "万元": "4.50"}) == {"次": 3, "万元": 4.5}
    assert read_value(items["4.6"], {"": "是"}) == "是"


def test_a_sent_form_stays_as_it_was(june, major, tmp_path):
    override(june, "1.3", 7)
    number = submit(june.books, fill(june.books, FORM, JUNE)).ids[0]
    sent = thawed(june.submissions.get(number))
    write_paper(progress_form_paper(june.books, sent), tmp_path / "june.pdf")

    june.cabinet.clock.set(JULY)
    june.hazards.step(1, "voided", {"happened_on": "2023-06-20", "note": "误报"})
    major(found_on="2023-06-15")
    june.rewards.remove(1)
    june.settings.change({"office": "别的办"})

    again = thawed(june.submissions.get(number))
    assert again == sent
    write_paper(progress_form_paper(june.books, again), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "june.pdf").read_bytes()
    now = fill(june.books, FORM, JUNE)
    assert now.cells != sent.cells, "the ledger says another thing by now"
    assert frozen(again)["cells"] == frozen(sent)["cells"]


def sentences(filled: FilledProgressForm, last: FilledProgressForm | None = None) -> list[str]:
    return [doubt.sentence for doubt in doubts(filled, last)]


def test_nothing_to_doubt(june):
    assert sentences(fill(june.books, FORM, JUNE)) == []


@pytest.mark.parametrize(
    ("item", "value", "says"),
    [
        ("1.2", 3, "第1.2项“企业自查发现重大事故隐患中已完成整改的(个)”为3，大于第1.1项"),
        ("2.7", 1, "第2.7项“外包外租安全管理混乱(家)”为1，大于第2.1项"),
        ("3.8", {"个": 1, "其中危险作业罪": 2}, "中“其中危险作业罪”为2，大于“个”的1"),
        ("4.5", {"万元": 0.1, "其中匿名": 0.2}, "中“其中匿名”为0.2，大于“万元”的0.1"),
    ],
)
def test_a_part_beyond_its_whole_is_pointed_out(june, item, value, says):
    override(june, item, value)
    (sentence,) = sentences(fill(june.books, FORM, JUNE))
    assert says in sentence


def test_a_sum_that_falls_is_pointed_out(june, major):
    submit(june.books, fill(june.books, FORM, JUNE))
    june.cabinet.clock.set(JULY)
    june.hazards.step(1, "voided", {"happened_on": "2023-07-01", "note": "误报"})
    filled = fill(june.books, FORM, JULY)
    last = last_sent(june.books, filled)
    assert last and last.as_of == JUNE
    assert sentences(filled, last) == [
        "第1.1项“企业自查发现的重大事故隐患(个)”为1，比上次（截至2023-06-28）的2少，累计数不应减少"
    ]
    monthly = fill(june.books, FORM, JULY, reading=Reading.MONTHLY)
    assert last_sent(june.books, monthly) is None, "of another reading"


def test_inspectors_may_leave(june):
    staff = june.ledgers["technical-inspectors"]
    number = staff.add({"person": "甲", "level": "镇", "starts_on": "2023-06-01"}).ids[0]
    submit(june.books, fill(june.books, FORM, JUNE))
    june.cabinet.clock.set(JULY)
    staff.change(number, {"ends_on": "2023-07-01"})
    filled = fill(june.books, FORM, JULY)
    assert filled.cell("4.7").value == {"县": 0, "镇": 0}
    assert sentences(filled, last_sent(june.books, filled)) == []


def test_an_odd_day_is_pointed_out(june):
    assert sentences(fill(june.books, FORM, date(2023, 5, 28)))[0].startswith("本表自6月份开始上报")
    assert sentences(fill(june.books, FORM, date(2023, 7, 20))) == [
        "本表每月28日前上报，截至日期2023-07-20不是28日"
    ]


def test_what_changed_since_the_last_one(june, major):
    submit(june.books, fill(june.books, FORM, JUNE))
    june.cabinet.clock.set(JULY)
    major(found_on="2023-07-03", unit_name="丙厂")
    june.rewards.remove(1)
    filled = fill(june.books, FORM, JULY)
    last = last_sent(june.books, filled)
    assert last
    found, penalty = differences(last, filled)
    assert (found.id, found.before, found.now, found.by) == ("1.1", "2", "3", "+1")
    assert [record.title for record in found.added] == ["三星隐患〔2023〕003号 丙厂"]
    assert (penalty.id, penalty.by) == ("3.3", "次-1，万元-4.5")
    assert [record.title for record in penalty.gone] == ["行政处罚 乙厂"]
    (table,) = [block for block in changes_paper(june.books, last, filled).blocks if isinstance(block, Table)]
    assert [row[0].text for row in table.rows if row[0]] == ["1.1", "3.3"]


def test_the_paper_of_changes_is_one_page_on_any_desk(june):
    for _ in range(2):
        file = io.BytesIO()
        write_pdf(tell_text("form-changes", june.books, Order()), file)
        assert len(read_pdf(file.getvalue())) == 1
        if not june.submissions.rows():
            submit(june.books, fill(june.books, FORM, JUNE))


@pytest.mark.parametrize("name", ["fangshan-2023", "chongming-2023"])
def test_every_format_says_the_same_in_the_same_cells(june, tmp_path, name):
    form = find_progress_form(name)
    whole = [number for number, item in form.items() if not item.parts and number != "4.6"]
    for place, number in enumerate(whole):
        key = {"form": form.id, "as_of": JUNE, "group": "", "reading": "累计", "item": number}
        june.submissions.override(key | {"value": 101 + place, "reason": "各不相同"})
    filled = fill(june.books, form, JUNE)
    for ending in ("xlsx", "docx", "pdf"):
        write_paper(progress_form_paper(june.books, filled), tmp_path / f"form.{ending}")
    wanted = [(cell.label, cell.text) for cell in filled.cells]
    assert pairs(sheet_rows(tmp_path / "form.xlsx")) == wanted
    assert pairs(word_rows(tmp_path / "form.docx")) == wanted
    pages = read_pdf((tmp_path / "form.pdf").read_bytes())
    words = [word for page in pages for line in page.lines for word in split(line)]
    assert [int(word) for word in words if re.fullmatch(r"1\d\d", word)] == [
        101 + place for place in range(len(whole))
    ], "from left to right, from top to bottom"
    text = "".join("".join(page.text.split()) for page in pages)
    for cell in filled.cells:
        assert "".join(cell.label.split()) in text
        assert "".join(cell.text.split()) in text, cell.label


def split(line: list[Glyph]) -> list[str]:
    """The words of a line of a table: parted where there is a gap."""
    words = [line[0].char]
    for before, glyph in pairwise(line):
        if glyph.x - before.x > 1.5 * before.size:
            words.append("")
        words[-1] += glyph.char
    return words


def pairs(rows: list[list[str]]) -> list[tuple[str, str]]:
    """The (label, value) pairs of the table, in the order of the form."""
    found = []
    for row in rows:
        if len(row) == 7 and row[1].isdigit():
            found += [(row[2], row[3]), (row[5], row[6])]
    return [pair for pair in found if pair[0]]


def sheet_rows(file: Path) -> list[list[str]]:
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = sheet.iter_rows(values_only=True)
    return [["" if value is None else str(value) for value in row] for row in rows]


def word_rows(file: Path) -> list[list[str]]:
    (table,) = Document(str(file)).tables
    return [[text_of(cell._tc).replace("\n", "") for cell in row.cells] for row in table.rows]
