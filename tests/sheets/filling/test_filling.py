"""Blank forms of other offices filled from the books: what is filled, what stays as it was."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from contextlib import suppress
from datetime import date

import docx
import pytest
from openpyxl import load_workbook

from hazard_desk.cli import main
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.filling import thawed
from hazard_desk.sheets.questions import Answers
from tests.sheets.filling import blanks
from tests.sheets.filling.conftest import BEGIN, STANDING


@pytest.fixture
def fill(sample, tmp_path):
    """Fill a form, compare the file part by part, and return the cells by name and what is told."""

    def done(blank, answers=None, **options):
        filled = sample.sheets.filled(blank, answers=answers, **options)
        made = tmp_path / f"填好 {blank.name}"
        sample.sheets.keep_filled(filled, made, answers)
        changed = blanks.changed_cells(blank, made)
        assert len(changed) == len(filled.filled)
        return filled, made, {one.cell.rpartition("!")[2]: one for one in filled.filled}

    return done


def told(filled, label):
    return [one for one in filled.unknown if label in one.label]


def test_a_village_list_holds_the_hazards_in_order_with_days_as_days(fill, rows, tmp_path):
    blank = blanks.village_list(tmp_path / "台账.xlsx")
    filled, made, cells = fill(blank, as_of=date(2023, 10, 20), scope="红岩村")
    wanted = rows(
        "SELECT h.*, e.principal, e.phone FROM hazard h JOIN enterprise e ON e.id = h.enterprise_id"
        f" WHERE e.village = '红岩村' AND {STANDING} AND found_on >= ? ORDER BY found_on, h.id",
        BEGIN,
    )
    assert len(wanted) > 6, "more than the form has lines"
    sheet = load_workbook(made).worksheets[0]
    for line, row in enumerate(wanted, start=4):
        got = [sheet.cell(line, column).value for column in range(1, 9)]
        found = date.fromisoformat(row["found_on"])
        assert got[0] == line - 3
        assert got[1:5] == [row["unit_name"], row["principal"], row["phone"], row["description"]]
        assert got[5].date() == found
        assert got[6] == row["deadline"], "where the form has no format for days: 2023-06-01"
        assert got[7] == ("否" if row["state"] in ("待整改", "整改中") else "是")
        assert sheet.cell(line, 5).border.left.style == "thin", "lines that were added look as the others"
        assert sheet.row_dimensions[line].height == 30
    assert sheet.cell(4 + len(wanted), 2).value is None
    assert cells["B4"].records[0].ledger == "hazards"
    assert cells["B2"].value == "三星乡应急办"
    (empty,) = told(filled, "影像资料编号")
    assert empty.cell == "填报表!I4"


def test_a_list_with_something_below_takes_what_it_has_room_for_and_says_so(fill, rows, tmp_path):
    blank = blanks.village_list(tmp_path / "台账.xlsx", foot=True)
    filled, made, cells = fill(blank, scope="红岩村")
    assert "B9" in cells and "B10" not in cells
    assert "没有写下的有" in filled.notes[0]
    assert load_workbook(made).worksheets[0]["A10"].value == "注：本表每月25日前报送。"


def test_a_statistic_with_merged_headings_counts_each_sector(fill, count, rows, tmp_path):
    blank = blanks.statistic(tmp_path / "报表.xlsx")
    filled, made, cells = fill(blank)
    for line, sector in enumerate(blanks.SECTORS[:4], start=8):
        of = f"sector = '{sector}'"
        minor, major = f"{of} AND level = '一般'", f"{of} AND level = '重大'"
        assert cells[f"C{line}"].value == count(minor)
        assert cells[f"D{line}"].value == count(minor, "rectified_on IS NOT NULL")
        assert cells[f"F{line}"].value == count(major) == len(cells[f"F{line}"].records)
        assert cells[f"G{line}"].value == count(major, "signed_off_on IS NOT NULL")
        done = count(major, "rectified_on IS NOT NULL")
        assert cells[f"H{line}"].value == pytest.approx(100 * done / count(major), abs=0.05)
        assert cells[f"J{line}"].value == count(major, "plan_goal <> ''")
        assert cells[f"N{line}"].value == count(major, "plan_safety <> ''")
        money = count(major, "plan_goal <> ''", what="COALESCE(SUM(funds), 0)")
        assert cells[f"O{line}"].value == pytest.approx(money)
    assert cells["B2"].value == "三星乡应急办"
    assert not any(name.endswith("12") for name in cells), "尾矿库 is no sector of this desk"
    assert {one.cell for one in told(filled, "排查单位数")} >= {"填报表!B8", "填报表!B11"}
    sheet = load_workbook(made).worksheets[0]
    assert sheet["C13"].value == "=SUM(C8:C12)"
    assert "E13" not in cells, "a rate beside formulas is the sheet's own affair"
    abouts = {one.about for one in filled.questions}
    assert {"尾矿库", "排查单位数"} <= abouts and len(filled.questions) <= 5


def test_answers_are_taken_and_remembered_for_the_same_form(sample, fill, count, rows, tmp_path):
    blank = blanks.statistic(tmp_path / "报表.xlsx")
    answers = Answers({"尾矿库": "其他", "排查单位数": "检查企业数"})
    _, _, cells = fill(blank, answers)
    of = "sector = '其他'"
    assert cells["C12"].value == count(of, "level = '一般'")
    firms = rows(
        "SELECT COUNT(DISTINCT COALESCE(c.enterprise_id, c.unit_name)) AS n FROM check_visit c"
        " JOIN enterprise e ON e.id = c.enterprise_id WHERE e.sector = '工贸' AND checked_on >= ?",
        BEGIN,
    )
    assert cells["B11"].value == firms[0]["n"]
    again = blanks.statistic(tmp_path / "下季度.xlsx")
    filled = sample.sheets.filled(again)
    assert {one.cell for one in filled.filled} >= {"填报表!C12", "填报表!B11"}
    assert filled.questions == []
    with pytest.raises(Refused, match="看不懂"):
        sample.sheets.filled(again, answers=Answers({"尾矿库": "甲乙丙丁"}))
    left = sample.sheets.filled(again, answers=Answers({"尾矿库": ""}))
    assert not any(one.cell.endswith("12") for one in left.filled)


def test_a_table_in_word_is_filled_as_the_progress_form_is(sample, fill, tmp_path):
    blank = blanks.word_table(tmp_path / "调度表.docx")
    filled, made, cells = fill(blank, as_of=date(2023, 9, 28))
    from hazard_desk.figures.progress.filling import fill as count
    from hazard_desk.library.progress_forms import find_progress_form

    form = count(sample.books, find_progress_form("fangshan-2023"), date(2023, 9, 28))
    for line, item in ((1, "1.1"), (2, "1.2"), (3, "1.3"), (4, "2.1"), (6, "3.9"), (7, "4.6")):
        cell = cells[f"表1第{line}行第3列"]
        assert str(cell.value) == form.cell(item).text, item
        assert {one.id for one in cell.records} == {one.id for one in form.cell(item).records}
    assert cells["表1第5行第3列"].value == form.cell("3.3").text
    assert cells["表1第9行第2列"].value == sample.clerk
    table = docx.Document(str(made)).tables[0]
    assert table.cell(4, 2).text == form.cell("3.3").text
    assert [one.label for one in filled.unknown][-2:] == ["组织领导情况 · 落实“一会三卡”企业(家)", "审核人"]


def test_a_check_list_is_headed_with_the_unit_and_its_points_stay_empty(fill, rows, tmp_path):
    blank = blanks.check_list(tmp_path / "检查表.xlsx")
    filled, _, cells = fill(blank, scope="红岩石料加工厂")
    (firm,) = rows("SELECT * FROM enterprise WHERE name = '红岩石料加工厂'")
    assert {name: one.value for name, one in cells.items()} == {
        "B2": firm["name"],
        "D2": firm["principal"],
        "B3": firm["phone"],
    }
    assert {one.cell for one in filled.unknown} == {f"填报表!D{line}" for line in (3, 5, 6, 7)}


def test_formulas_stay_and_villages_are_counted_apart(sample, fill, rows, tmp_path):
    villages = sorted(sample.enterprises.options("village"))[:4]
    blank = blanks.with_formulas(tmp_path / "统计表.xlsx", villages)
    filled, made, cells = fill(blank)
    assert filled.as_of == date(2023, 9, 30), "as the title says"
    for line, village in enumerate(villages, start=3):
        of = rows(
            "SELECT h.level, h.found_on, h.rectified_on, e.village FROM hazard h JOIN enterprise e"
            f" ON e.id = h.enterprise_id WHERE e.village = ? AND {STANDING} AND found_on <= '2023-09-30'",
            village,
        )
        assert cells[f"B{line}"].value == len(of)
        assert cells[f"C{line}"].value == sum(row["level"] == "重大" for row in of)
        done = sum((row["rectified_on"] or "9") <= "2023-09-30" for row in of)
        assert cells[f"D{line}"].value == done
        assert cells[f"E{line}"].value == len(of) - done
        visits = rows(
            "SELECT COUNT(*) AS n FROM check_visit c JOIN enterprise e ON e.id = c.enterprise_id"
            " WHERE e.village = ? AND checked_on BETWEEN '2023-01-01' AND '2023-09-30'",
            village,
        )
        assert cells[f"G{line}"].value == visits[0]["n"]
    sheet = load_workbook(made).worksheets[0]
    assert sheet["F3"].value == '=IF(B3=0,"",D3/B3)' and sheet["B7"].value == "=SUM(B3:B6)"
    assert {one.label for one in told(filled, "备注")} and "H3" not in cells


def test_of_an_unknown_form_only_what_is_sure_is_filled(fill, rows, tmp_path):
    blank = blanks.unknown_form(tmp_path / "反馈表.xlsx")
    day = date(2023, 6, 30)
    filled, _, cells = fill(
        blank, Answers({"走访监管单位（户）": "检查企业数"}), as_of=day, first=date(2023, 6, 1)
    )
    span = "BETWEEN '2023-06-01' AND '2023-06-30'"
    drills = rows(f"SELECT * FROM activity WHERE kind = '应急演练' AND held_on {span}")
    assert cells["B3"].value == len(drills)
    assert cells["D3"].value == sum(row["attendance"] or 0 for row in drills)
    assert cells["B5"].value == len(
        {
            row["enterprise_id"] or row["unit_name"]
            for row in rows(f"SELECT * FROM check_visit WHERE checked_on {span}")
        }
    )
    found = rows(f"SELECT COUNT(*) AS n FROM hazard WHERE {STANDING} AND found_on {span}")
    assert cells["D5"].value == found[0]["n"]
    assert {one.cell.rpartition("!")[2] for one in filled.unknown} == {"B4", "D4", "B6"}


def test_a_form_counts_as_of_its_day(sample, count, tmp_path):
    blank = blanks.statistic(tmp_path / "报表.xlsx")
    june = {one.cell: one.value for one in sample.sheets.filled(blank, as_of=date(2023, 6, 28)).filled}
    assert june["填报表!C11"] == count("level = '一般'", "sector = '工贸'", "found_on <= '2023-06-28'")
    with pytest.raises(Refused, match="不能晚于"):
        sample.sheets.filled(blank, as_of=date(2023, 6, 1), first=date(2023, 6, 2))


def test_what_was_filled_is_kept_as_sent_with_the_records_behind_it(sample, fill, tmp_path):
    blank = blanks.statistic(tmp_path / "报表.xlsx")
    _, made, cells = fill(blank)
    (row,) = sample.submissions.rows()[:1]
    kept = thawed(sample.submissions.get(row.id))
    assert kept.form.title == "安全生产隐患排查治理情况报表"
    by_label = {cell.label: cell for cell in kept.cells}
    cell = next(one for label, one in by_label.items() if "填报表!F11" in label)
    assert cell.text == str(cells["F11"].value) and cell.records == cells["F11"].records
    (copy,) = sample.attachments.of("submissions", row.id)
    assert sample.attachments.path(copy).read_bytes() == made.read_bytes()
    assert sample.check() == []


def test_informants_never_leave(sample, fill, tmp_path):
    book, sheet = blanks._sheet("群众举报登记台账", "F")
    for place, head in enumerate(
        ["序号", "接报日期", "举报方式", "举报人", "举报人电话", "举报内容"], start=1
    ):
        sheet.cell(2, place, head)
    blanks._boxed(sheet, "A2:F8")
    blank = tmp_path / "举报.xlsx"
    book.save(blank)
    filled, _, cells = fill(blank)
    assert cells["F3"].value and "D3" not in cells and "E3" not in cells
    assert {one.label for one in filled.unknown} >= {"举报人", "举报人电话"}


def test_what_cannot_be_filled_is_refused_in_one_sentence(sample, tmp_path):
    plain = tmp_path / "说明.docx"
    document = docx.Document()
    document.add_paragraph("没有表格")
    document.save(str(plain))
    text = tmp_path / "表.csv"
    text.write_text("单位名称,负责人\n,\n", encoding="utf-8")
    for file, said in ((plain, "没有表格"), (text, "不是 .xlsx"), (tmp_path / "没有.xlsx", "没有找到")):
        with pytest.raises(Refused, match=said):
            sample.sheets.filled(file)
    blank = blanks.statistic(tmp_path / "报表.xlsx")
    filled = sample.sheets.filled(blank)
    with pytest.raises(Refused, match="不要盖住"):
        sample.sheets.keep_filled(filled, blank)
    with pytest.raises(Refused, match="结尾"):
        sample.sheets.keep_filled(filled, tmp_path / "报表.docx")
    with pytest.raises(Refused, match="可用的有"):
        sample.sheets.filled(blank, scope="没有村")


def test_results_of_formulas_are_reckoned_anew(sample, tmp_path):
    """A result that a program kept in the file would be wrong once cells are filled."""
    blank, old = blanks.with_formulas(tmp_path / "表.xlsx", ["红岩村"]), tmp_path / "旧.xlsx"
    with zipfile.ZipFile(blank) as source, zipfile.ZipFile(old, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            target.writestr(
                info, content.replace(b"</f><v></v>", b"</f><v>0</v>").replace(b"</f><v />", b"</f><v>0</v>")
            )
    assert b"<v>0</v>" in zipfile.ZipFile(old).read("xl/worksheets/sheet1.xml")
    made = tmp_path / "填好.xlsx"
    sample.sheets.keep_filled(sample.sheets.filled(old), made)
    assert load_workbook(made).worksheets[0]["B4"].value == "=SUM(B3:B3)"
    assert load_workbook(made, data_only=True).worksheets[0]["B4"].value is None


def test_a_list_in_word_grows_by_rows_like_its_last_one(sample, tmp_path):
    document = docx.Document()
    document.add_paragraph("隐患排查台账")
    table = document.add_table(rows=2, cols=4)
    for place, head in enumerate(("序号", "单位名称", "隐患描述", "发现日期")):
        table.cell(0, place).text = head
    document.save(str(tmp_path / "表.docx"))
    filled = sample.sheets.filled(tmp_path / "表.docx", scope="红岩石料加工厂")
    sample.sheets.keep_filled(filled, tmp_path / "填好.docx")
    made = docx.Document(str(tmp_path / "填好.docx")).tables[0]
    days = [made.cell(line, 3).text for line in range(1, len(made.rows))]
    assert len(days) > 2 and days == sorted(days)
    assert {made.cell(line, 1).text for line in range(1, len(made.rows))} == {"红岩石料加工厂"}


def test_the_command_tells_scripts_of_every_cell(year, tmp_path, capsys):
    blank, folder = blanks.unknown_form(tmp_path / "反馈表.xlsx"), tmp_path / "desk"
    shutil.copytree(year, folder)
    words = ["--desk", str(folder), "fill", str(blank), "--map", "悬挂横幅（条）=", "--set", "工作亮点=无"]
    assert main([*words, "--to", str(tmp_path / "填好.xlsx"), "--as-of", "2023-06-30", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    cells = {one["cell"]: one for one in told["filled"]}
    assert cells["填报表!D2"]["value"] == "2023-10-20"
    assert cells["填报表!B6"]["value"] == "无"
    assert cells["填报表!B3"]["source"] == "activities:kind=应急演练"
    assert all(one.startswith("activities/") for one in cells["填报表!B3"]["records"])
    assert "填报表!B4" not in cells and {one["cell"] for one in told["unknown"]} == {"填报表!D4", "填报表!B5"}
    (asked,) = [one for one in told["questions"] if one["about"] == "走访监管单位（户）"]
    assert set(asked) == {"id", "kind", "about", "proposal", "offers", "rows"}
    assert told["submission"] and told["files"] == [str(tmp_path / "填好.xlsx")]
    assert main(["--desk", str(folder), "fill", str(blank)]) == 2
    assert "--to" in capsys.readouterr().err


@pytest.mark.parametrize("make", [blanks.statistic, lambda to: blanks.word_table(to.with_suffix(".docx"))])
def test_broken_forms_end_in_a_sentence(sample, tmp_path, make):
    whole = make(tmp_path / "表.xlsx")
    content, chance = whole.read_bytes(), random.Random(7)
    for number in range(25):
        broken = bytearray(content)
        if number % 3:
            for _ in range(3):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        else:
            del broken[chance.randrange(len(broken)) :]
        file = tmp_path / f"{number}{whole.suffix}"
        file.write_bytes(broken)
        with suppress(Refused):
            sample.sheets.filled(file).written()
