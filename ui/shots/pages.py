"""Pictures of what each page has of its own: its views, forms and the dialogs that open from it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QPushButton

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.figures.closing import ClosingStep
from hazard_desk.figures.inbox.item import Opens
from hazard_desk.rules.tasks import TaskStatus
from hazard_desk.store.columns import field_of, name_of
from ui.calendar.looks import by_day
from ui.casefile.case_dialog import CaseDialog
from ui.duties.holiday_dialog import HolidayDialog
from ui.duties.link_dialog import LinkDialog
from ui.figures.changes_dialog import ChangesDialog
from ui.figures.majors_dialog import MajorsDialog
from ui.forms.editors import DateEditor
from ui.forms.form_dialog import FormDialog
from ui.inbox.card import COMING, NOW, PUT_OFF
from ui.month.dialog import MonthDialog
from ui.pages.calendar_page import AXIS, MONTH, YEAR, CalendarPage
from ui.pages.desk_page import DeskPage
from ui.pages.duties_page import DutiesPage
from ui.pages.groups_page import GroupsPage
from ui.pages.hazard_page import HazardPage, HazardPane
from ui.pages.ledger_page import LedgerPage
from ui.pages.page import Page
from ui.pages.progress_form_page import ProgressFormPage
from ui.pages.registers_page import RegistersPage
from ui.pages.tasks_page import TasksPage
from ui.panes.record_papers import PapersButton
from ui.papers.preview_dialog import PreviewDialog
from ui.plans.task_summary import TaskSummaryDialog
from ui.shots.camera import Camera
from ui.shots.plans import visit_plan_review


def name_of_page(page: Page) -> str:
    """Return what the pictures of a page are called."""
    return page.ledger_id or page.picture


def visit_page(camera: Camera, page: Page) -> None:
    """Take the pictures; nothing is written to the desk."""
    if isinstance(page, DeskPage):
        page.start.look()
        camera.shoot("start")
        _visit_inbox(camera, page)
    elif isinstance(page, TasksPage):
        _visit_tasks(camera, page)
    elif isinstance(page, CalendarPage):
        _visit_calendar(camera, page)
    elif isinstance(page, DutiesPage):
        _visit_duties(camera, page)
    elif isinstance(page, GroupsPage):
        _visit_groups(camera, page)
    elif isinstance(page, LedgerPage):
        _visit_ledger(camera, page)
    elif isinstance(page, ProgressFormPage):
        _visit_form(camera, page)
    elif isinstance(page, RegistersPage):
        page.turn_to(next(iter(camera.window.office.desk.registers.ledgers())))
        camera.shoot("register")
        camera.shoot_dialog("register-form", FormDialog, page.seen.start_new)
        page.go_to_list()


def _visit_inbox(camera: Camera, page: DeskPage) -> None:
    for name, view in (("coming", COMING), ("put-off", PUT_OFF)):
        page.inbox.show_view(view)
        camera.shoot(f"desk-{name}")
    page.inbox.show_view(NOW)
    lines = page.inbox.list.shown.lines
    steps = [row for row, line in enumerate(lines) if line.next and line.next.opens is Opens.STEP]
    if not steps:  # a new desk
        return
    page.inbox.list.choose(steps[0])
    camera.shoot_dialog("desk-step-form", FormDialog, page.inbox.take)
    camera.shoot_dialog("desk-until-form", FormDialog, page.inbox.ask_until)
    camera.shoot_dialog("desk-silence-form", FormDialog, page.inbox.ask_reason)


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
        duty = next((row for row in rows if row.kind == kind), None)
        if duty is None:
            continue
        page.show_record(duty.id)
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


def _visit_form(camera: Camera, page: ProgressFormPage) -> None:
    page.grid.choose("3.3")
    camera.shoot("form-cell")
    camera.shoot_dialog("form-value", FormDialog, page.change_value)
    camera.shoot_dialog("form-send", QDialog, page.ask_send)
    page.close_month()
    camera.settle()
    if (guide := page.window().findChild(MonthDialog)) is not None:
        for step in ClosingStep:
            guide.turn(step)
            camera.shoot(f"month-{step + 1}", guide)
        camera.close(guide)
    if page.shown is not None and page.shown.last is not None:
        camera.shoot_dialog("form-changes", ChangesDialog, page.compare)


def _visit_tasks(camera: Camera, page: TasksPage) -> None:
    rows = page.tasks.all_rows()
    if not rows:
        return
    telling = max(rows, key=lambda row: (bool(row.inherited), bool(row.doubts), row.log_count))
    page.show_record(telling.id)
    camera.shoot("task-detail")
    camera.shoot_dialog("task-log-form", FormDialog, page.pane.add_log)
    camera.shoot_dialog("task-change-form", FormDialog, partial(page.pane.acts.change, telling))
    camera.shoot_dialog("task-withdraw-form", FormDialog, partial(page.pane.acts.withdraw, telling))
    if telling.doubts:
        settle = partial(page.pane.acts.settle, telling, telling.doubts[0])
        camera.shoot_dialog("task-settle-form", FormDialog, settle)
    camera.shoot_dialog("task-rollup", TaskSummaryDialog, page.show_rollup)
    visit_plan_review(camera)
    page.filter_by({name_of(TaskFacts.status): TaskStatus.OVERDUE})
    camera.shoot("tasks-filtered")
    page.filters.clear()


def _visit_groups(camera: Camera, page: GroupsPage) -> None:
    camera.shoot_dialog("member-form", FormDialog, page.start_new)
    members = [member for node in page.groups.tree() for member in node.members]
    if members:
        number = members[0].id
        page.show_record(number)
        camera.shoot("member-chosen")
        camera.shoot_dialog("member-end-form", FormDialog, partial(page.end_member, number))


def _visit_ledger(camera: Camera, page: LedgerPage) -> None:
    name = name_of_page(page)
    camera.shoot_dialog(f"{name}-form", FormDialog, page.start_new)
    if isinstance(page, HazardPage):
        camera.shoot_dialog("majors", MajorsDialog, page.show_majors)
        _visit_refusals(camera, page)
    if (number := page.model.id_at(0)) is None:
        return
    page.show_record(number)
    camera.shoot(f"{name}-detail")
    camera.shoot_dialog(f"{name}-change-form", FormDialog, page.pane.edit)
    page.table.selectAll()
    camera.settle()
    camera.shoot(f"{name}-chosen")
    page.choose_one()
    if isinstance(page.pane, HazardPane):
        _visit_papers(camera, page.pane)
        _visit_steps(camera, page, page.pane)


def _visit_papers(camera: Camera, pane: HazardPane) -> None:
    """The first paper of the record in sight, looked at."""
    papers = next(made for made in pane.findChildren(PapersButton) if made.isVisible())
    papers.fill()
    camera.shoot_dialog("preview", PreviewDialog, papers.papers.actions()[0].trigger)
    case = next(made for made in pane.findChildren(QPushButton) if made.text() == "出案卷")
    camera.shoot_dialog("case", CaseDialog, case.click)


def _visit_refusals(camera: Camera, page: HazardPage) -> None:
    """An empty form is refused; a search finds nothing; a calendar drops down."""
    form = _opened_form(camera, page)
    form.save()
    camera.shoot("form-refused", form)
    editor = form.form.editor(name_of(Hazard.found_on))
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
    for state in field_of(Hazard.state).choices:
        page.filter_by({name_of(Hazard.state): state})
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
