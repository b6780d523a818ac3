"""The sample desk (示例): a year of invented records on the 三星乡 plan, made through the clerk's own acts.

Every act is taken on its own day, in order, with the desk's clock set to that day; nothing is random, so
that two sample desks are alike. The content lies in ``resources/demo``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.groups import MembershipRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import TaskLogRow
from hazard_desk.demo.books import other_books, sent_progress_forms
from hazard_desk.demo.content import Content, Firm, Service, load_content
from hazard_desk.demo.course import Course, SampleStep, courses, working_day_after
from hazard_desk.demo.documents import document_acts, set_patterns, take_step
from hazard_desk.demo.origins import SampleAct, origins, sources
from hazard_desk.demo.pictures import photos
from hazard_desk.desk import Desk
from hazard_desk.rules.identifiers import credit_code_check_char
from hazard_desk.rules.states import State
from hazard_desk.store.acts import Undo
from hazard_desk.store.columns import name_of

PLAN = "sanxiang-2023"
FIRST_DAY = date(2023, 5, 19)
"""The day after the plan was issued: the desk is set up."""
SAMPLE_DAY = date(2023, 10, 20)
"""In the middle of the third stage: something is overdue, something is due, every state is there."""


def make_demo(folder: Path, today: date | None = None) -> list[Path]:
    """Make a sample desk in ``folder`` as it stands on ``today`` and print its everyday papers.

    Return the printed files. Raises ``Refused`` when the folder holds a desk already.
    """
    content = load_content()
    last = today or SAMPLE_DAY
    with Desk.create(folder, PLAN, min(FIRST_DAY, last), content.people.clerk) as desk:
        clock = desk.cabinet.clock
        with desk.cabinet.together():
            _mark(desk, last)
            set_patterns(desk)
            for day, act in sorted(_acts(desk, content), key=lambda timed: timed[0]):
                if day <= last:
                    clock.set(day)
                    act()
        clock.set(last)
        return print_papers(desk)


def print_papers(desk: Desk) -> list[Path]:
    """Print what the office needs every day into the desk's ``out``; return the files."""
    titles = {report.id: report.title for report in desk.papers.reports()}
    wanted = (
        ("task-table", ".pdf"),
        ("task-table", ".xlsx"),
        ("leading-group", ".pdf"),
        ("hazard-ledger", ".pdf"),
        ("task-progress", ".pdf"),
        ("bulletin", ".pdf"),
        ("bulletin", ".docx"),
    )
    papers = [desk.papers.print(name, desk.out / f"{titles[name]}{ending}") for name, ending in wanted]
    papers += [desk.papers.print(name, number=number) for name, number in _of_records(desk)]
    sheets = [
        desk.sheets.export(book.id, desk.out / f"{book.title}.xlsx")
        for book in (desk.hazards, desk.enterprises, desk.tasks)
    ]
    return papers + sheets


def _of_records(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield a card of a hazard with photos, a notice under way, and the last check, where there are any."""
    held = desk.hazards.select(Query(sort=name_of(Hazard.found_on), descending=True))
    shown = [row for row in held if len(desk.attachments.of(desk.hazards.id, row.id)) > 1]
    under_way = [row for row in held if row.notice_number and row.state == State.COMMITTED]
    checks = desk.checks.ids(Query(sort=name_of(CheckRow.checked_on), descending=True, limit=1))
    yield from (("hazard-card", str(row.number)) for row in shown[:1])
    yield from (("notice-rectify", str(row.number)) for row in under_way[:1])
    yield from (("record-check", str(number)) for number in checks)


def _mark(desk: Desk, today: date) -> None:
    """Set the desk's marks: it is a sample, it stands on ``today``."""
    with desk.cabinet.act("desk.sample", "settings", Undo.FINAL) as act:
        desk.cabinet.set(act, "sample", "1")
        desk.cabinet.set(act, "sample_today", today.isoformat())
        act.done("设为示例台账")


def _acts(desk: Desk, content: Content) -> Iterator[SampleAct]:
    """Yield every act of the year with its day, those of one record in order."""
    for serial, firm in enumerate(content.enterprises.firms, start=1):
        yield from _firm(desk, content, firm, serial)
    for service in content.story.services:
        yield from _service(desk, service)
    task_ids = {task.number: task.id for task in desk.tasks.all_rows()}
    for log in content.story.logs:
        entry = TaskLogRow()
        entry.happened_on, entry.kind, entry.note = log.on, log.kind, log.note
        yield max(log.on, FIRST_DAY), partial(desk.tasks.add_log, task_ids[log.task], entry)
    yield from sources(desk, content.people)
    found = courses(content)
    for course, (kept, origin) in zip(found, origins(desk, content.people, found), strict=True):
        yield from _hazard(desk, course, kept, origin)
    yield from other_books(desk, content)
    yield from document_acts(desk)
    yield from photos(desk, found)
    yield from sent_progress_forms(desk)  # last, to count what else was done that day


def _firm(desk: Desk, content: Content, firm: Firm, serial: int) -> Iterator[SampleAct]:
    kind = content.enterprises.kind_of(firm)
    office = content.people.office_for(kind.sector)
    row = Enterprise()
    row.name, row.category, row.sector = firm.name, kind.category, kind.sector
    row.credit_code = _credit_code(kind.code, serial) if kind.code else ""
    row.village, row.address = firm.village, firm.address
    row.legal_person, row.principal = firm.principal if kind.code else "", firm.principal
    row.phone, row.safety_officers = f"1380000{serial:04}", list(firm.officers)
    row.headcount, row.risk = firm.headcount, firm.risk
    row.grade, row.high_risk = kind.grade, kind.high_risk
    row.office, row.leader = office.name, office.leader
    row.keeper = content.people.keeper_of(firm.village)
    row.status, row.remark = "在产", firm.remark
    yield firm.entered or FIRST_DAY, partial(desk.enterprises.add, row)
    if firm.until:
        yield firm.until, partial(_end_firm, desk, firm)


def _credit_code(begin: str, serial: int) -> str:
    """Return a code that no enterprise bears, with a right check character."""
    body = f"{begin}500240MA{serial:07}"
    return body + credit_code_check_char(body)


def _end_firm(desk: Desk, firm: Firm) -> None:
    number = desk.enterprises.find(firm.name)
    assert number is not None  # it was entered on an earlier day
    row = Enterprise()
    row.status, row.remark = firm.ends, firm.reason
    desk.enterprises.change(number, row)


def _service(desk: Desk, service: Service) -> Iterator[SampleAct]:
    kept: list[int] = []
    row = MembershipRow()
    row.role, row.person, row.post = service.role, service.person, service.post
    row.starts_on, row.basis = service.starts_on, service.basis
    yield service.starts_on, lambda: kept.extend(desk.groups.add(row).ids)
    if service.ends_on:
        end = service.ends_on
        yield end, lambda: desk.groups.end(kept[0], end)


def _hazard(desk: Desk, course: Course, kept: list[int], origin: Iterator[SampleAct]) -> Iterator[SampleAct]:
    yield from origin
    case = course.case
    if case.slip:
        mended = Hazard()
        mended.place = case.place
        yield working_day_after(case.found, 1), lambda: desk.hazards.change(kept[0], mended)
    for step in course.steps:
        yield step.day, partial(_take, desk, kept, step)


def _take(desk: Desk, kept: list[int], step: SampleStep) -> None:
    take_step(desk, kept[0], step)
