"""Pictures of how sheets come in: the questions, the rows to be put right, what was pasted, the roll-up."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QMenu

from hazard_desk.sheets.book import Sheet
from hazard_desk.sheets.questions import Asked
from ui.imports.dialog import ImportDialog
from ui.imports.filling import FillDialog
from ui.imports.rollup import RollupDialog
from ui.imports.rows import Filter
from ui.pages.ledger_page import LedgerPage
from ui.shots.camera import Camera

_PASTED = (
    "级别\t来源\t行业领域\t隐患部位\t隐患描述\t发现日期\n"
    "一般\t企业自查\t工贸\t配电房\t未上锁\t2023-06-01\n"
    "一般\t\t工贸\t仓库\t通道堵塞\t昨天\n"
)
"""Two rows as a spreadsheet gives them: a good one, and one with a gap and a day that is none."""
_LAST_YEAR = """\
2022年安全生产执法检查隐患台账
序号,检查日期,被检查单位,隐患等级,所在部位,存在问题,整改期限,跟踪情况,责任人,天气
1,2022.3.8,示例一厂,一般,配电房,配电箱未上锁,3月15日,已落实专人,赵甲,晴
2,2022.3.8,示例一厂,较重,仓库,安全通道堆放杂物,立即整改,当场清理,赵甲,晴
3,2022.4.12,示例二厂,一般,车间,传动部位缺少防护罩,一周内,已加装,钱乙,阴
4,五一前后,示例加油站,一般,卸油口,静电接地夹损坏,2022.5.10,已更换,孙丙,
5,2022.6.2,示例烟花店,重大,库房,超量存放,2022.6.9,已移送,李丁,雨
6,2022.6.20,示例饭店,较重,厨房,灭火器过期,2022.6.40,已更换,周戊,晴
3,2022.4.12,示例二厂,一般,车间,传动部位缺少防护罩,一周内,已加装,钱乙,阴
"""
"""A ledger as an office kept it: a fact nobody told, an unknown word, days that are none, a row twice."""
_COUNTY_FORM = "重大事故隐患专项排查整治情况统计表"
_COUNTY_ASKS = """排查隐患数（条） 重大隐患数（条） 已整改隐患数（条） 整改率（%）
    检查企业（家） 受理群众举报（件） 发放明白卡（份）"""
"""What a county asks for: figures that the books hold, and one that they do not."""


def visit_imports(camera: Camera, page: LedgerPage) -> None:
    """Take the pictures; nothing is taken in."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "2022年隐患台账.csv"
        file.write_text(_LAST_YEAR, encoding="utf-8")
        page.import_sheet()
        dialog = next(one for one in page.findChildren(ImportDialog) if one.isVisible())
        camera.shoot("import-empty", dialog)
        dialog.open_file(file)
        camera.shoot("import-questions", dialog)
        for card in dialog.conversation.cards:
            word = card.question.kind is Asked.WORD
            card.choose(None if word else card.question.proposal or None)
        dialog.go_on()
        camera.shoot("import-rows", dialog)
        _visit_rows(camera, dialog)
        camera.close(dialog)
        page.roll_up()
        rollup = next(one for one in page.findChildren(RollupDialog) if one.isVisible())
        rollup.take_files([file])
        camera.shoot("rollup", rollup)
        camera.close(rollup)
        page.fill_form()
        filling = next(one for one in page.findChildren(FillDialog) if one.isVisible())
        filling.take_files([_county_form(Path(folder) / "县里的表.xlsx")])
        camera.shoot("fill", filling)
        camera.close(filling)
    pasting = ImportDialog(page.office, page.ledger, page)
    pasting.open()
    pasting.open_text(_PASTED)
    camera.shoot("paste", pasting)
    camera.close(pasting)


def _county_form(to: Path) -> Path:
    """Write a blank form as a county sends it."""
    sheet = Sheet(_COUNTY_FORM, (18, 10))
    sheet.banner(_COUNTY_FORM)
    sheet.heading(("指标", "本年累计"))
    for asked in _COUNTY_ASKS.split():
        sheet.row((asked, None), ("left", "center"))
    return sheet.save(to)


def _visit_rows(camera: Camera, dialog: ImportDialog) -> None:
    """What a column may be told to be; the rows with a doubt, one of them being put right."""
    table = dialog.mending.table
    table.open_current_menu()
    camera.settle()
    for menu in table.findChildren(QMenu):
        if menu.isVisible():
            camera.shoot("import-column", menu)
            menu.close()
    dialog.mending.choose(Filter.DOUBT)
    table.edit(table.currentIndex())
    camera.shoot("import-doubts", dialog)
    table.setFocus()
