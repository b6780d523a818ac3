"""Pictures of what can be done with the records of the books: the dialogs that open from a record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog

from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import REPORT_REWARD, RewardRow
from hazard_desk.books.tips import TRUE, TipRow
from hazard_desk.store.columns import name_of
from ui.attachments.attached import Attached
from ui.attachments.photo import PhotoDialog
from ui.forms.form_dialog import FormDialog
from ui.forms.register_dialog import RegisterDialog
from ui.imports.dialog import ImportDialog
from ui.imports.filling import FillDialog
from ui.imports.rollup import RollupDialog
from ui.pages.hazard_page import HazardPage
from ui.pages.ledger_page import LedgerPage
from ui.pages.registers_page import RegistersPage
from ui.panes.book_panes import CheckPane, RewardPane, TipPane
from ui.panes.record_sections import HistoryDialog
from ui.sealing import SealDialog
from ui.search import SearchDialog
from ui.shots.camera import Camera

_PASTED = (
    "级别\t来源\t行业领域\t隐患部位\t隐患描述\t发现日期\n"
    "一般\t企业自查\t工贸\t配电房\t未上锁\t2023-06-01\n"
    "一般\t\t工贸\t仓库\t通道堵塞\t昨天\n"
)
"""Two rows as a spreadsheet gives them: a good one, and one that is refused."""


def visit_books(camera: Camera) -> None:
    """Take the pictures; nothing is written to the desk."""
    window = camera.window
    for place, page in enumerate(window.pages):
        window.go(place)
        camera.settle()
        if isinstance(page, HazardPage):
            _visit_hazards(camera, page)
            _visit_import(camera, page)
        elif isinstance(page, RegistersPage):
            camera.shoot_dialog("register-make", RegisterDialog, page.make_register)
        elif isinstance(page, LedgerPage):
            _visit_pane(camera, page)
    search = SearchDialog(window.office, window)
    search.box.setText("消防")
    search.search()
    camera.shoot_dialog("search", SearchDialog, search.open)
    camera.shoot_dialog("settings", FormDialog, window.change_settings)
    camera.shoot_dialog("seal", SealDialog, window.show_seal)


def _visit_import(camera: Camera, page: LedgerPage) -> None:
    """The import dialog on the collection sheet of a village; nothing is taken in."""
    with TemporaryDirectory() as folder:
        file = camera.window.office.desk.sheets.export(page.ledger.id, Path(folder) / "示例村报来的台账.xlsx")
        page.import_sheet()
        dialog = next(one for one in page.findChildren(ImportDialog) if one.isVisible())
        dialog.open_file(file)
        camera.shoot("import", dialog)
        camera.close(dialog)
        page.roll_up()
        rollup = next(one for one in page.findChildren(RollupDialog) if one.isVisible())
        rollup.take_files([file])
        camera.shoot("rollup", rollup)
        camera.close(rollup)
        page.fill_form()
        filling = next(one for one in page.findChildren(FillDialog) if one.isVisible())
        blank = camera.window.office.desk.sheets.template(page.ledger.id, Path(folder) / "县里的表.xlsx")
        filling.take_files([blank])
        camera.shoot("fill", filling)
        camera.close(filling)


def _visit_hazards(camera: Camera, page: HazardPage) -> None:
    rows = [number for number in page.ledger.ids(Query()) if _pictured(camera, number)]
    if rows:
        page.show_record(rows[0])
        camera.settle()
        camera.shoot("hazards-photos")
        attached = page.pane.findChildren(Attached)[-1]
        photo = next(row for row in attached.rows if row.is_photo)
        camera.shoot_dialog("photo", PhotoDialog, lambda: attached.open(photo))
        camera.shoot_dialog("history", HistoryDialog, page.pane.show_history)
    pasting = ImportDialog(page.office, page.ledger, page)
    pasting.open()
    pasting.open_text(_PASTED)
    camera.shoot("paste", pasting)
    camera.close(pasting)
    if (past := page.past) is not None:
        past.begin()
        past.editor.put_raw("2023-08-28")
        past.editor.edited.emit()
        camera.settle()
        if (number := page.model.id_at(0)) is not None:
            page.table.choose(number)
        camera.shoot("hazards-past")
        past.end()


def _pictured(camera: Camera, number: int) -> bool:
    desk = camera.window.office.desk
    return sum(row.is_photo for row in desk.attachments.of(desk.hazards.id, number)) > 1


def _visit_pane(camera: Camera, page: LedgerPage) -> None:
    """The dialogs that a ledger's own pane opens."""
    desk = camera.window.office.desk
    if isinstance(page.pane, CheckPane):
        found = [number for number in page.ledger.ids(Query()) if desk.checks.findings(number)]
        if found:
            page.show_record(found[0])
            camera.shoot("checks-findings")
            camera.shoot_dialog("finding-form", FormDialog, page.pane.add_finding)
    elif isinstance(page.pane, TipPane):
        _shoot_first(camera, page, {name_of(TipRow.verified): TRUE[0]}, "tip-reward", page.pane.make_reward)
    elif isinstance(page.pane, RewardPane):
        _shoot_first(camera, page, {name_of(RewardRow.kind): REPORT_REWARD}, "reveal", page.pane.reveal)


def _shoot_first(
    camera: Camera, page: LedgerPage, where: dict[str, str], name: str, act: Callable[[], object]
) -> None:
    numbers = page.ledger.ids(Query(where=where))
    if numbers:
        page.show_record(numbers[0])
        camera.shoot(f"{name}-detail")
        camera.shoot_dialog(name, QDialog, act)
