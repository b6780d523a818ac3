"""The papers that the desk can print, by the name that the command line uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from hazard_desk.errors import Refused
from hazard_desk.ledgers.books import Books
from hazard_desk.ledgers.query import Query
from hazard_desk.papers.leading_group import leading_group
from hazard_desk.papers.ledger_paper import hazard_ledger, ledger_paper
from hazard_desk.papers.model import Paper
from hazard_desk.papers.task_table import task_table
from hazard_desk.rules.fields import Field, Kind

TEXT = ("pdf", "docx")
TABLE = ("pdf", "docx", "xlsx")
"""The formats of papers that are text, and of those that are one table."""


@dataclass(frozen=True)
class Report:
    """A kind of paper. ``make`` builds it from the books; the query says which rows, where it has rows."""

    id: str
    title: str
    formats: tuple[str, ...]
    make: Callable[[Books, Query], Paper]


REPORT_FIELDS = (
    Field("id", "编号"),
    Field("title", "材料"),
    Field("formats", "格式", Kind.NAMES),
)

REPORTS = {
    report.id: report
    for report in (
        Report("task-table", "重点任务分解表", TABLE, task_table),
        Report("leading-group", "领导小组名单", TEXT, leading_group),
        Report("hazard-ledger", "隐患台账", TABLE, hazard_ledger),
    )
}


def reports_of(books: Books) -> dict[str, Report]:
    """Return all papers of a desk: ``REPORTS``, and every other ledger by its own name."""
    printed = (books.hazards.id, books.tasks.id, books.groups.id)
    others = [ledger for name, ledger in books.ledgers.items() if name not in printed]
    made = [Report(ledger.id, ledger.title, TABLE, partial(ledger_paper, ledger)) for ledger in others]
    return REPORTS | {report.id: report for report in made}


def find_report(books: Books, name: str) -> Report:
    """Return the report with this id; ``Refused`` with the known ones."""
    reports = reports_of(books)
    if name not in reports:
        known = "、".join(f"{report.id}（{report.title}）" for report in reports.values())
        raise Refused(f"没有“{name}”这种材料，可用的有：{known}")
    return reports[name]
