"""Pictures of what can be done with the records of the books: the dialogs that open from a record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog

from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import REPORT_REWARD, RewardRow
from hazard_desk.books.tips import TRUE, TipRow
from hazard_desk.store.columns import name_of
from ui.attachments.attached import Attached
from ui.attachments.photo import PhotoDialog
from ui.capture.photos_dialog import PhotosDialog
from ui.capture.sentence_dialog import SentenceDialog
from ui.forms.check_form import CheckForm
from ui.forms.form_dialog import FormDialog
from ui.forms.register_dialog import RegisterDialog
from ui.pages.enterprise_page import EnterprisePage
from ui.pages.firm_names import FirmNames
from ui.pages.hazard_page import HazardPage
from ui.pages.ledger_page import LedgerPage
from ui.pages.registers_page import RegistersPage
from ui.palette.dialog import PaletteDialog
from ui.panes.book_panes import CheckPane, RewardPane, TipPane
from ui.panes.record_sections import HistoryDialog
from ui.sealing import SealDialog
from ui.shots.camera import Camera
from ui.shots.imports import visit_imports


def visit_books(camera: Camera) -> None:
    """Take the pictures; nothing is written to the desk."""
    window = camera.window
    for place, page in enumerate(window.pages):
        window.go(place)
        camera.settle()
        if isinstance(page, HazardPage):
            _visit_hazards(camera, page)
            visit_imports(camera, page)
        elif isinstance(page, RegistersPage):
            camera.shoot_dialog("register-make", RegisterDialog, page.make_register)
        elif isinstance(page, LedgerPage):
            _visit_pane(camera, page)
    window.find_all()
    search = next(one for one in window.findChildren(PaletteDialog) if one.isVisible())
    search.box.setText("复查")
    search.search()
    camera.shoot("search", search)
    camera.close(search)
    _visit_capture(camera)
    camera.shoot_dialog("seal", SealDialog, window.show_seal)


def _visit_capture(camera: Camera) -> None:
    """One sentence, understood."""
    desk = camera.window.office.desk
    firm = next(iter(desk.enterprises.names()), "红星超市")
    text = f"昨天 {firm} 一般 安全出口堵塞 灭火器过期 孙九 当场整改"
    dialog = SentenceDialog(camera.window.office, camera.window, text)
    camera.shoot_dialog("capture", SentenceDialog, dialog.open)


def _visit_hazards(camera: Camera, page: HazardPage) -> None:
    rows = [number for number in page.ledger.ids(Query()) if _pictured(camera, number)]
    if rows:
        page.show_record(rows[0])
        camera.settle()
        camera.shoot("hazards-photos")
        attached = page.pane.findChildren(Attached)[-1]
        photo = next(row for row in attached.rows if row.is_photo)
        camera.shoot_dialog("photo", PhotoDialog, lambda: attached.open(photo))
        file = camera.window.office.desk.attachments.path(photo)
        camera.shoot_dialog("photos-dropped", PhotosDialog, partial(camera.window.dropping.take, [file]))
        camera.shoot_dialog("history", HistoryDialog, page.pane.show_history)
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
    if isinstance(page, EnterprisePage):
        camera.shoot_dialog("firm-names", FirmNames, page.check_names)
    elif isinstance(page.pane, CheckPane):
        found = [number for number in page.ledger.ids(Query()) if desk.checks.findings(number)]
        if found:
            page.show_record(found[0])
            camera.shoot("checks-findings")
            camera.shoot_dialog("finding-form", FormDialog, page.pane.add_finding)
        camera.shoot_dialog("check-with-findings", FormDialog, partial(_begin_check, page))
    elif isinstance(page.pane, TipPane):
        _shoot_first(camera, page, {name_of(TipRow.verified): TRUE[0]}, "tip-reward", page.pane.make_reward)
    elif isinstance(page.pane, RewardPane):
        _shoot_first(camera, page, {name_of(RewardRow.kind): REPORT_REWARD}, "reveal", page.pane.reveal)


def _begin_check(page: LedgerPage) -> None:
    """Begin a check that found something."""
    page.start_new()
    for form in page.window().findChildren(CheckForm):
        form.add_card()


def _shoot_first(
    camera: Camera, page: LedgerPage, where: dict[str, str], name: str, act: Callable[[], object]
) -> None:
    numbers = page.ledger.ids(Query(where=where))
    if numbers:
        page.show_record(numbers[0])
        camera.shoot(f"{name}-detail")
        camera.shoot_dialog(name, QDialog, act)
