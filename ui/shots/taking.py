"""Pictures of every page, form and dialog of the real window: for the manual and for looking."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from ui.application import make_application
from ui.forms.form_dialog import FormDialog
from ui.jobs import Jobs
from ui.office import NoticeLook, Office
from ui.pages.hazard_page import HazardPage
from ui.pages.ledger_page import LedgerPage
from ui.shots.books import visit_books
from ui.shots.camera import Camera, deliver
from ui.shots.pages import name_of_page, visit_page
from ui.shots.safety import visit_safety
from ui.trouble import TroubleDialog, show_refusal
from ui.undo.acts_dialog import ActsDialog
from ui.welcome.dialog import COPIES, OFFICE, PLACE, PLAN, START, WelcomeDialog
from ui.window import MainWindow
from ui.wording.dialog import WordingDialog

NARROW = QSize(910, 480)
"""What is left of a 1366×768 screen at 150 %."""


def picture_desk(folder: Path, to: Path, size: tuple[int, int], today: date | None = None) -> list[Path]:
    """Save pictures of the desk in ``folder`` into ``to``; return the files in order.

    ``size`` is the window's, in pixels of the picture. Nothing is written to the desk.
    Raises ``Refused`` when there is no desk, ``Trouble`` when a picture cannot be saved.
    """
    make_application()
    failures: list[BaseException] = []
    hook, sys.excepthook = sys.excepthook, lambda kind, error, trace: failures.append(error)
    try:
        with Desk.open(folder, today, lock=False) as desk:
            files = _take(desk, to, size)
    finally:
        sys.excepthook = hook
    if failures:
        raise failures[0]
    return files


def _take(desk: Desk, to: Path, size: tuple[int, int]) -> list[Path]:
    office = Office(desk, Jobs())
    window = MainWindow(office)
    window.resize(QSize(*size) / window.devicePixelRatio())
    window.show()
    camera = Camera(window, to)
    try:
        visit(camera, window)
    finally:
        office.stop()
        window.hide()
        window.deleteLater()
        deliver()
    return camera.files


def visit(camera: Camera, window: MainWindow) -> None:
    """Open and picture everything; nothing is written to the desk."""
    for place, page in enumerate(window.pages):
        window.go(place)
        camera.shoot(name_of_page(page))
        visit_page(camera, page)
    visit_books(camera)
    visit_safety(camera)
    camera.shoot_dialog("print", QDialog, window.print_papers)
    words = partial(WordingDialog, window.office, "bulletin", "通报", "", window)
    camera.shoot_dialog("wording", WordingDialog, lambda: words().open())
    _visit_welcome(camera, window)
    camera.shoot_dialog("plan-add", QDialog, window.plan.add)
    camera.shoot_dialog("plan-next-year", FormDialog, window.plan.next_year)
    camera.shoot_dialog("acts", ActsDialog, window.show_acts)
    camera.shoot_dialog("other-desks", WelcomeDialog, window.show_desks)
    window.show_help()
    camera.shoot("help", window.manual)
    window.manual.close()
    refused = Refused("这里显示不能办理的原因和办法")
    camera.shoot_dialog("refused", QDialog, lambda: show_refusal(refused, window))
    camera.shoot_dialog("unforeseen", TroubleDialog, lambda: TroubleDialog("", "", window).open())
    window.go(0)
    window.notice.say("已保存：这里显示刚刚完成的事")
    camera.shoot("notice")
    window.notice.say("之后又办理了“销号”，请先撤销那一项", NoticeLook.FAILED)
    camera.shoot("notice-failed")
    _visit_narrow(camera, window)


def _visit_welcome(camera: Camera, window: MainWindow) -> None:
    """The first start, as it is before there is a desk."""
    welcome = WelcomeDialog(window.office.desk.folder.with_name("台账"), window.office.today, window)
    welcome.show()
    for step in (START, OFFICE, PLAN, PLACE, COPIES):
        welcome.turn(step)
        camera.shoot(f"welcome-{step + 1}", welcome)
    camera.close(welcome)


def _visit_narrow(camera: Camera, window: MainWindow) -> None:
    window.notice.hide()
    window.resize(NARROW)
    for place, page in enumerate(window.pages):
        window.go(place)
        camera.shoot(f"narrow-{name_of_page(page)}")
        if isinstance(page, LedgerPage) and (number := page.model.id_at(0)) is not None:
            page.show_record(number)
            camera.shoot(f"narrow-{name_of_page(page)}-detail")
            page.go_back()
        if isinstance(page, HazardPage):
            camera.shoot_dialog(f"narrow-{name_of_page(page)}-form", FormDialog, page.start_new)
