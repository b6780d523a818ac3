"""Pictures of every page, form and dialog of the real window: for the manual and for looking."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QDialog, QWidget

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.fields import by_name
from ui.application import make_application
from ui.calendar.looks import by_day
from ui.duties.holiday_dialog import HolidayDialog
from ui.duties.link_dialog import LinkDialog
from ui.figures.changes_dialog import ChangesDialog
from ui.forms.editors import DateEditor
from ui.forms.form_dialog import FormDialog
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.calendar_page import AXIS, MONTH, YEAR, CalendarPage
from ui.pages.duties_page import DutiesPage
from ui.pages.form_page import FormPage
from ui.pages.groups_page import GroupsPage
from ui.pages.hazard_page import HazardPage, HazardPane
from ui.pages.ledger_page import LedgerPage
from ui.pages.page import Page
from ui.pages.registers_page import RegistersPage
from ui.pages.rollup_dialog import RollupDialog
from ui.pages.tasks_page import TasksPage
from ui.panes.record_papers import PapersButton
from ui.papers.preview_dialog import PreviewDialog
from ui.shots_books import visit_books
from ui.trouble import TroubleDialog, show_refusal
from ui.welcome.dialog import OFFICE, PLACE, PLAN, START, WelcomeDialog
from ui.window import MainWindow

NARROW = QSize(910, 480)
"""What is left of a 1366×768 screen at 150 %."""

Kind = TypeVar("Kind", bound=QWidget)


def take_shots(folder: Path, to: Path, size: tuple[int, int], today: date | None = None) -> list[Path]:
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
        _visit(camera, window)
    finally:
        office.jobs.stop()
        window.hide()
        window.deleteLater()
        _deliver()
    return camera.files


class Camera:
    """Numbers the pictures."""

    def __init__(self, window: MainWindow, to: Path) -> None:
        self.window = window
        self.files: list[Path] = []
        self._to = to
        try:
            to.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Trouble(f"不能在“{to}”中存放截图：{error.strerror}") from error

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture of the window, or of one widget of it."""
        self.settle()
        file = self._to / f"{len(self.files) + 1:03}-{name}.png"
        if not (widget or self.window).grab().save(str(file), "PNG"):
            raise Trouble(f"不能写入“{file}”，请检查磁盘空间和权限")
        self.files.append(file)

    def shoot_dialog(self, name: str, kind: type[Kind], act: Callable[[], object]) -> None:
        """Do ``act``, save a picture of the dialog that it opens, close it again."""
        act()
        self.settle()
        for dialog in self.window.findChildren(kind):
            if dialog.isVisible():
                self.shoot(name, dialog)
                self.close(dialog)
                return
        raise RuntimeError(f"no dialog came for {name}")

    def close(self, dialog: QWidget) -> None:
        """Close a dialog without asking."""
        if isinstance(dialog, QDialog):
            dialog.done(QDialog.DialogCode.Rejected)
        else:
            dialog.close()
        self.settle()

    def settle(self) -> None:
        """Let everything come to rest: jobs, layouts, paints."""
        for _ in range(3):
            self.window.office.jobs.wait()
            _deliver()
        until = time.monotonic() + 3
        while self.window.isVisible() and not self.window.windowHandle().isExposed():
            if time.monotonic() > until:
                return
            _deliver()


def _deliver() -> None:
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _visit(camera: Camera, window: MainWindow) -> None:
    for place, page in enumerate(window.pages):
        window.go(place)
        camera.shoot(_called(page))
        _visit_page(camera, page)
    visit_books(camera)
    camera.shoot_dialog("print", QDialog, window.print_papers)
    _visit_welcome(camera, window)
    camera.shoot_dialog("plan-add", QDialog, window.plan.add)
    camera.shoot_dialog("plan-next-year", FormDialog, window.plan.next_year)
    camera.shoot_dialog("reminders", QDialog, window.show_reminders)
    camera.shoot_dialog("other-desks", WelcomeDialog, window.show_desks)
    camera.shoot_dialog("help", QDialog, window.show_help)
    refused = Refused("这里显示不能办理的原因和办法")
    camera.shoot_dialog("refused", QDialog, lambda: show_refusal(refused, window))
    camera.shoot_dialog("unforeseen", TroubleDialog, lambda: TroubleDialog("", "", window).open())
    window.go(0)
    window.notice.say("已保存：这里显示刚刚完成的事")
    camera.shoot("notice")
    _visit_narrow(camera, window)


def _visit_welcome(camera: Camera, window: MainWindow) -> None:
    """The first start, as it is before there is a desk."""
    welcome = WelcomeDialog(window.office.desk.folder.with_name("台账"), window.office.today, window)
    welcome.show()
    for step in (START, OFFICE, PLAN, PLACE):
        welcome.turn(step)
        camera.shoot(f"welcome-{step + 1}", welcome)
    camera.close(welcome)


def _called(page: Page) -> str:
    return page.ledger_id or page.picture


def _visit_page(camera: Camera, page: Page) -> None:
    if isinstance(page, TasksPage):
        _visit_tasks(camera, page)
    elif isinstance(page, CalendarPage):
        _visit_calendar(camera, page)
    elif isinstance(page, DutiesPage):
        _visit_duties(camera, page)
    elif isinstance(page, GroupsPage):
        _visit_groups(camera, page)
    elif isinstance(page, LedgerPage):
        _visit_ledger(camera, page)
    elif isinstance(page, FormPage):
        _visit_form(camera, page)
    elif isinstance(page, RegistersPage):
        page.turn_to(next(iter(camera.window.office.desk.registers.ledgers())))
        camera.shoot("register")
        camera.shoot_dialog("register-form", FormDialog, page.start_new)
        page.go_to_list()


def _visit_calendar(camera: Camera, page: CalendarPage) -> None:
    most = max(by_day(page.items).items(), key=lambda dated: len(dated[1]), default=None)
    if most is not None:
        camera.shoot_dialog("calendar-day", QDialog, partial(page.open_day, most[0]))
    for view in (YEAR, AXIS):
        page.choose_view(view)
        camera.shoot(f"calendar-{view}")
    page.choose_view(MONTH)


def _visit_duties(camera: Camera, page: DutiesPage) -> None:
    camera.shoot_dialog("duty-form", FormDialog, page.start_new)
    camera.shoot_dialog("holidays", HolidayDialog, page.enter_holidays)
    rows = page.duties.all_rows()
    for kind in ("recurring", "triggered"):
        duty = next((row for row in rows if row["kind"] == kind), None)
        if duty is None:
            continue
        page.show_record(duty["id"])
        camera.shoot(f"duty-{kind}")
        acts = page.pane.acts
        if kind == "triggered":
            camera.shoot_dialog("duty-trigger-form", FormDialog, page.pane.trigger)
        elif acts is not None:
            camera.shoot_dialog("duty-change-form", FormDialog, page.pane.edit)
            camera.shoot_dialog("duty-end-form", FormDialog, page.pane.end)
            camera.shoot_dialog("duty-tick-form", FormDialog, acts.tick)
            camera.shoot_dialog("duty-waive-form", FormDialog, acts.waive)
            camera.shoot_dialog("duty-link", LinkDialog, acts.link)


def _visit_form(camera: Camera, page: FormPage) -> None:
    page.grid.choose("3.3")
    camera.shoot("form-cell")
    camera.shoot_dialog("form-value", FormDialog, page.change_value)
    camera.shoot_dialog("form-send", QDialog, page.ask_send)
    if page.shown is not None and page.shown.last is not None:
        camera.shoot_dialog("form-changes", ChangesDialog, page.compare)


def _visit_tasks(camera: Camera, page: TasksPage) -> None:
    rows = page.tasks.all_rows()
    if not rows:
        return
    telling = max(rows, key=lambda row: (bool(row["inherited"]), bool(row["doubts"]), row["log_count"]))
    page.show_record(telling["id"])
    camera.shoot("task-detail")
    camera.shoot_dialog("task-log-form", FormDialog, page.pane.add_log)
    camera.shoot_dialog("task-change-form", FormDialog, partial(page.pane.acts.change, telling))
    camera.shoot_dialog("task-withdraw-form", FormDialog, partial(page.pane.acts.withdraw, telling))
    if telling["doubts"]:
        settle = partial(page.pane.acts.settle, telling, telling["doubts"][0])
        camera.shoot_dialog("task-settle-form", FormDialog, settle)
    camera.shoot_dialog("task-rollup", RollupDialog, page.show_rollup)
    page.filter_by({"status": "已逾期"})
    camera.shoot("tasks-filtered")
    page.filters.clear()


def _visit_groups(camera: Camera, page: GroupsPage) -> None:
    camera.shoot_dialog("member-form", FormDialog, page.start_new)
    members = [member for node in page.groups.tree() for member in node.members]
    if members:
        number = members[0]["id"]
        page.show_record(number)
        camera.shoot("member-chosen")
        camera.shoot_dialog("member-end-form", FormDialog, partial(page.end_member, number))


def _visit_ledger(camera: Camera, page: LedgerPage) -> None:
    name = _called(page)
    camera.shoot_dialog(f"{name}-form", FormDialog, page.start_new)
    if isinstance(page, HazardPage):
        _visit_refusals(camera, page)
    if (number := page.model.id_at(0)) is None:
        return
    page.show_record(number)
    camera.shoot(f"{name}-detail")
    camera.shoot_dialog(f"{name}-change-form", FormDialog, page.pane.edit)
    if isinstance(page.pane, HazardPane):
        _visit_papers(camera, page.pane)
        _visit_steps(camera, page, page.pane)


def _visit_papers(camera: Camera, pane: HazardPane) -> None:
    """The first paper of the record in sight, looked at."""
    papers = next(made for made in pane.findChildren(PapersButton) if made.isVisible())
    papers.fill()
    camera.shoot_dialog("preview", PreviewDialog, papers.papers.actions()[0].trigger)


def _visit_refusals(camera: Camera, page: HazardPage) -> None:
    """An empty form is refused; a search finds nothing; a calendar drops down."""
    form = _opened_form(camera, page)
    form.save()
    camera.shoot("form-refused", form)
    editor = form.form.editor("found_on")
    if isinstance(editor, DateEditor):
        editor.open_calendar()
        if editor.popup is not None:
            camera.shoot("date-calendar", editor.popup)
            editor.popup.hide()
    camera.close(form)
    page.search.setText("没有这样的记录")
    page.refresh()
    camera.shoot("none-found")
    page.search.clear()
    page.refresh()
    camera.settle()


def _opened_form(camera: Camera, page: LedgerPage) -> FormDialog:
    page.start_new()
    camera.settle()
    return next(dialog for dialog in page.findChildren(FormDialog) if dialog.isVisible())


def _visit_steps(camera: Camera, page: LedgerPage, pane: HazardPane) -> None:
    hazards = pane.hazards
    seen: set[str] = set()
    for state in by_name(hazards.fields, "state").choices:
        page.filter_by({"state": str(state)})
        camera.settle()
        if (number := page.model.id_at(0)) is None:
            continue
        page.table.choose(number)
        camera.settle()
        for step in hazards.steps(number):
            if step.kind not in seen:
                seen.add(step.kind)
                name = f"step-{step.kind.replace('_', '-')}"
                camera.shoot_dialog(name, FormDialog, partial(pane.take_step, step))
    page.filters.clear()


def _visit_narrow(camera: Camera, window: MainWindow) -> None:
    window.notice.hide()
    window.resize(NARROW)
    for place, page in enumerate(window.pages):
        window.go(place)
        camera.shoot(f"narrow-{_called(page)}")
        if isinstance(page, LedgerPage) and (number := page.model.id_at(0)) is not None:
            page.show_record(number)
            camera.shoot(f"narrow-{_called(page)}-detail")
            page.go_back()
        if isinstance(page, HazardPage):
            camera.shoot_dialog(f"narrow-{_called(page)}-form", FormDialog, page.start_new)
